//! Puts the letters of a broken line at their places.

use std::sync::Arc;

use super::class::Class;
use super::linebreak::{Broken, adjustments};
use super::shape::Shaped;
use crate::document::Datum;
use crate::page::{Color, Content, Glyph, TextRun};
use crate::units::{Abs, Em, Point};

/// A line set: its runs stand on a baseline at y 0, x counted from the measure's left edge.
#[derive(Clone, Debug, Default)]
pub(crate) struct SetLine {
    /// The runs in reading order.
    pub(crate) runs: Vec<TextRun>,
    /// From the measure's left edge to the end of the last letter's box.
    pub(crate) end: Abs,
    /// The printed data: what, its text on this line, from where to where.
    pub(crate) data: Vec<SetDatum>,
    /// The footnotes whose marks stand on it, by their numbers.
    pub(crate) footnotes: Vec<usize>,
}

/// A datum, or the part of it that stands on one line.
#[derive(Clone, Debug)]
pub(crate) struct SetDatum {
    /// The datum.
    pub(crate) datum: Arc<Datum>,
    /// Where its run begins in the filled text; one datum printed twice has two.
    pub(crate) offset: usize,
    /// What of it stands on this line.
    pub(crate) text: String,
    /// Its left and right edges.
    pub(crate) from: Abs,
    /// Its right edge.
    pub(crate) to: Abs,
    /// The font size.
    pub(crate) size: Abs,
}

/// Sets one line from a left edge.
pub(crate) fn set(letters: &[Shaped], line: &Broken, left: Abs) -> SetLine {
    let added = adjustments(letters, line);
    let mut set = SetLine::default();
    let mut x = left - line.start_cut;
    let mut joined = Abs::ZERO;
    for (nth, shaped) in letters[line.start..line.end].iter().enumerate() {
        if nth > 0 {
            x += shaped.gap.natural - shaped.gap.squeeze + added[nth];
        }
        // The strokes of a 破折号 touch, though its cells are a hair wider than its glyphs.
        let before = (nth > 0).then(|| &letters[line.start + nth - 1]);
        let continued =
            before.is_some_and(|before| before.class == Class::Dash && shaped.class == Class::Dash);
        joined =
            if continued { joined + (shaped.cell - shaped.found.advance.at(shaped.size)) } else { Abs::ZERO };
        push_glyph(&mut set.runs, shaped, x + inset(shaped) - joined);
        push_datum(&mut set.data, shaped, x);
        if let Some(mark) = shaped.letter.mark
            && set.footnotes.last() != Some(&mark.footnote)
        {
            set.footnotes.push(mark.footnote);
        }
        x += shaped.width;
    }
    set.end = x - line.end_cut;
    set
}

/// Returns how far a glyph stands inside its box: full cells and half cells hold theirs in the middle.
fn inset(shaped: &Shaped) -> Abs {
    let own = shaped.found.advance.at(shaped.size);
    match shaped.class {
        Class::Space => Abs::ZERO,
        Class::Latin | Class::Digit if shaped.width.approx_eq(own) => Abs::ZERO,
        _ => (shaped.width - own) / 2.0,
    }
}

fn push_glyph(runs: &mut Vec<TextRun>, shaped: &Shaped, x: Abs) {
    let baseline = -shaped.found.raise.at(shaped.size);
    let content = Content::Element(shaped.letter.element);
    let fits = |run: &TextRun| {
        run.face == shaped.found.face
            && run.size.approx_eq(shaped.size)
            && run.origin.y.approx_eq(baseline)
            && run.content == content
    };
    let glyph = |x| Glyph { id: shaped.found.glyph, x, character: shaped.letter.character };
    match runs.last_mut().filter(|run| fits(run)) {
        Some(run) => {
            let offset = x - run.origin.x;
            run.glyphs.push(glyph(offset));
        }
        None => runs.push(TextRun {
            face: shaped.found.face,
            size: shaped.size,
            color: Color::Black,
            origin: Point::new(x, baseline),
            glyphs: vec![glyph(Abs::ZERO)],
            content,
            line: 0,
            turned: false,
        }),
    }
}

fn push_datum(data: &mut Vec<SetDatum>, shaped: &Shaped, x: Abs) {
    // A mark that moves up to the letter before it takes the blank off that one's box.
    if let Some(before) = data.last_mut() {
        before.to = before.to.min(x);
    }
    let Some(datum) = &shaped.letter.datum else { return };
    let (offset, to) = (shaped.letter.offset, x + shaped.width);
    let same = |set: &&mut SetDatum| {
        Arc::ptr_eq(&set.datum, datum) && set.offset + set.text.len() == offset && set.to <= x + Abs::pt(20.0)
    };
    match data.last_mut().filter(same) {
        Some(set) => {
            set.text.push(shaped.letter.character);
            set.to = to;
        }
        None => data.push(SetDatum {
            datum: Arc::clone(datum),
            offset,
            text: shaped.letter.character.to_string(),
            from: x,
            to,
            size: shaped.size,
        }),
    }
}

/// Returns where a CJK glyph's box begins above its baseline: 880 thousandths of its size.
pub(crate) const ASCENT: Em = Em::new(0.88);

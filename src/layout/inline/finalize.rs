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
pub(crate) fn set(letters: &[Shaped<'_>], line: &Broken, left: Abs) -> SetLine {
    let added = adjustments(letters, line);
    let letters = &letters[line.start..line.end];
    let mut set = SetLine::default();
    let mut x = left - line.start_cut;
    let mut joined = Abs::ZERO;
    let mut before: Option<&Shaped<'_>> = None;
    let mut added = added.into_iter().enumerate();
    for run in letters.chunk_by(share_run) {
        let mut glyphs = Vec::with_capacity(run.len());
        let mut start = None;
        for (shaped, (nth, added)) in run.iter().zip(&mut added) {
            if before.is_some() {
                x += shaped.gap.natural + added;
            }
            // The strokes of a 破折号 touch, though its cells are a hair wider than its glyphs.
            let dash = |shaped: &Shaped<'_>| shaped.class == Class::Dash;
            joined = if dash(shaped) && before.is_some_and(dash) {
                joined + (shaped.cell - shaped.found.advance.at(shaped.size))
            } else {
                Abs::ZERO
            };
            let at = x + inset(shaped) - joined;
            let start = *start.get_or_insert(at);
            glyphs.push(Glyph { id: shaped.found.glyph, x: at - start, character: shaped.letter.character });
            push_datum(&mut set.data, &letters[nth..], x);
            if let Some(mark) = shaped.letter.mark
                && set.footnotes.last() != Some(&mark.number)
            {
                set.footnotes.push(mark.number);
            }
            x += shaped.width;
            before = Some(shaped);
        }
        let first = &run[0];
        set.runs.push(TextRun {
            face: first.found.face,
            size: first.size,
            color: Color::Black,
            origin: Point::new(start.unwrap_or(x), -first.found.raise.at(first.size)),
            glyphs,
            content: Content::Element(first.letter.element as usize),
            line: 0,
            turned: false,
        });
    }
    set.end = x - line.end_cut;
    set
}

/// Tells whether two letters stand in one run: of one face and size, on one baseline, part of one element.
fn share_run(first: &Shaped<'_>, other: &Shaped<'_>) -> bool {
    other.found.face == first.found.face
        && other.size.approx_eq(first.size)
        && other.found.raise.at(other.size).approx_eq(first.found.raise.at(first.size))
        && other.letter.element == first.letter.element
}

/// Returns how far a glyph stands inside its box: full cells and half cells hold theirs in the middle.
fn inset(shaped: &Shaped<'_>) -> Abs {
    let own = shaped.found.advance.at(shaped.size);
    match shaped.class {
        Class::Space => Abs::ZERO,
        Class::Latin | Class::Digit if shaped.width.approx_eq(own) => Abs::ZERO,
        _ => (shaped.width - own) / 2.0,
    }
}

/// Adds the first letter of what is left of a line to the datum that it prints.
fn push_datum(data: &mut Vec<SetDatum>, rest: &[Shaped<'_>], x: Abs) {
    let shaped = &rest[0];
    // A mark that moves up to the letter before it takes the blank off that one's box.
    if let Some(before) = data.last_mut() {
        before.to = before.to.min(x);
    }
    let Some(datum) = shaped.letter.datum else { return };
    let (offset, to) = (shaped.letter.offset as usize, x + shaped.width);
    let same = |set: &&mut SetDatum| {
        Arc::ptr_eq(&set.datum, datum) && set.offset + set.text.len() == offset && set.to <= x + Abs::pt(20.0)
    };
    if let Some(set) = data.last_mut().filter(same) {
        set.text.push(shaped.letter.character);
        set.to = to;
    } else {
        let own = rest.iter().map(|shaped| &shaped.letter);
        let own = own.take_while(|letter| letter.datum.is_some_and(|own| Arc::ptr_eq(own, datum)));
        let mut text = String::with_capacity(own.map(|letter| letter.character.len_utf8()).sum());
        text.push(shaped.letter.character);
        data.push(SetDatum { datum: Arc::clone(datum), offset, text, from: x, to, size: shaped.size });
    }
}

/// Returns where a CJK glyph's box begins above its baseline: 880 thousandths of its size.
pub(crate) const ASCENT: Em = Em::new(0.88);

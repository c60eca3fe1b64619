//! Turns a page's items into operators, each stretch of them marked with what it means.
//!
//! Neighbours of one meaning share one mark. Each run is one `Tj`, behind one `Td` that leads there from where the run
//! before it began: the same steps come again and again, and compress well. The space that justification puts between all
//! the glyphs of a line is set once for the line (`Tc`); adjustments (`TJ`) mend what is left, and are reckoned against
//! where the pen really is, written numbers and all, so that errors do not add up. No run goes on from where the one before
//! it ends, though most would stand right: some readers (pdfminer) leave out the space behind a string's last glyph.
//!
//! Readers guess a space where a gap is wide. In a justified line gaps widen without a space, so glyphs on
//! both sides of such a gap stand in a span that says its text itself (`ActualText`), as do glyphs whose
//! code stands for another character. Two readers differ in what lies behind such a span:
//!
//! - pdfium measures from the first thing shown in the span, so that a span in which the face changes seems far from what
//!   follows it on the line. There the span ends where the face changes, or else goes on to the line's end.
//! - poppler takes three hundredths for a gap behind a span, but counts as the span's own the space that its last glyph
//!   was shown with (`Tc`), if that is none any more at the span's end. So the gap that a span ends at is its own.
//!
//! The operators are written here, not by printpdf: it makes an object of each glyph and a string of each object, which
//! took a third of the time of the whole file, and it knows no space between glyphs.

use std::io::Write as _;
use std::sync::Arc;

use super::deflate::Deflater;
use super::picture;
use super::subset::{Code, Subset, Subsets};
use super::syntax::{escaped, number, place, points, ten_thousandths};
use crate::page::{
    Color, Content, Fill, FrameItem, Glyph, Page, Pages, Paint, PlacedPicture, Shape, StructureElement,
    TextRun,
};
use crate::picture::Picture;

/// The gaps, in the size of the text, that some reader takes for a space though none was set. The least is
/// below poppler's limits: 0.1 within a word, and 0.03 where it begins one, at another face and behind a span
/// that says its text. Between two runs, a space is what a reader should see beyond the largest.
const GAPS: std::ops::RangeInclusive<f64> = 0.025..=0.5;

/// The largest of these gaps at which pdfium sees no space between two things shown, which is a sixth of a cell.
const JOINED: f64 = 0.16;

/// How far a glyph may stand from its place before an adjustment mends it, in points: a fifteenth of the dot of a machine
/// that makes printing plates (2,400 to an inch).
const SLACK: f64 = 0.002;

/// What a page shows, as operators.
pub(super) struct PageContent {
    /// The operators, compressed.
    pub(super) packed: Vec<u8>,
    /// For each marked stretch (its index is the MCID), the structure element that it is part of.
    pub(super) marks: Vec<usize>,
}

/// Writes the operators of every page, one after the other in the same working memory.
pub(super) fn contents(pages: &Pages, subsets: &Subsets, deflater: &mut Deflater) -> Vec<PageContent> {
    let pictures = picture::all(pages);
    let mut operators = Vec::new();
    let write = |page| {
        operators.clear();
        let marks = Writer::new(page, &mut operators, &pages.structure, subsets, &pictures).page(page);
        PageContent { packed: deflater.pack(&operators), marks }
    };
    pages.pages.iter().map(write).collect()
}

/// Returns how many bytes an item takes, at most about.
fn room(item: &FrameItem) -> usize {
    match item {
        FrameItem::Text(run) => 64 + 6 * run.glyphs.len(),
        FrameItem::Fill(_) | FrameItem::Shape(_) | FrameItem::Picture(_) => 64,
    }
}

struct Writer<'a> {
    subsets: &'a Subsets,
    pictures: &'a [&'a Arc<Picture>],
    height: f64,
    operators: &'a mut Vec<u8>,
    marks: Vec<usize>,
    font: Option<(&'a str, i64)>,
    color: Option<Color>,
    /// The space between glyphs, in ten thousandths of a point.
    spacing: i64,
    in_text: bool,
    /// Where the run before began, in ten thousandths of a point from the page's lower left corner.
    origin: [i64; 2],
    /// Whether the run before runs up the page.
    turned: bool,
    /// Gaps that are compared.
    gaps: Vec<i64>,
    /// Whether what is shown stands for a text that is given already.
    drawing: bool,
    structure: &'a [StructureElement],
}

impl<'a> Writer<'a> {
    fn new(
        page: &Page,
        operators: &'a mut Vec<u8>,
        structure: &'a [StructureElement],
        subsets: &'a Subsets,
        pictures: &'a [&'a Arc<Picture>],
    ) -> Self {
        operators.reserve(page.items.iter().map(room).sum());
        Self {
            subsets,
            pictures,
            height: page.size.height.to_pt(),
            operators,
            marks: Vec::new(),
            font: None,
            color: None,
            spacing: 0,
            in_text: false,
            origin: [0, 0],
            turned: false,
            gaps: Vec::new(),
            drawing: false,
            structure,
        }
    }

    /// Writes a page, and returns its marks.
    fn page(mut self, page: &'a Page) -> Vec<usize> {
        let items: Vec<_> = page.items.iter().filter(|item| !is_empty(item)).collect();
        let mut end = 0;
        for group in items.chunk_by(|one, next| content(one) == content(next)) {
            end += group.len();
            let after = items.get(end).copied().and_then(text);
            // Text objects and marks lie within each other, so that neighbours of text alone are in one text object.
            if group.iter().all(|item| text(item).is_some()) {
                self.begin_text();
            } else {
                self.end_text();
            }
            let was_in_text = self.in_text;
            self.begin_mark(content(group[0]));
            let actual = self.actual(content(group[0]));
            let is_drawing = actual.is_some();
            if let Some(text) = actual {
                self.begin_actual(text);
                self.drawing = true;
            }
            for items in group.chunk_by(|one, next| text(one).is_some() == text(next).is_some()) {
                let runs: Vec<_> = items.iter().copied().filter_map(text).collect();
                self.runs(&runs, after);
                for item in items {
                    match item {
                        FrameItem::Text(_) => {}
                        FrameItem::Fill(fill) => self.fill(fill),
                        FrameItem::Shape(shape) => self.shape(shape),
                        FrameItem::Picture(picture) => self.picture(picture),
                    }
                }
            }
            if !was_in_text {
                self.end_text();
            }
            if is_drawing {
                self.end_mark();
                self.drawing = false;
            }
            self.end_mark();
        }
        self.end_text();
        self.marks
    }

    fn begin_mark(&mut self, content: Content) {
        match content {
            Content::Element(element) => {
                self.operators.extend(b"/Span<</MCID ");
                self.number(self.marks.len() as i64, 0);
                self.operators.extend(b">>BDC\n");
                self.marks.push(element);
            }
            Content::Pagination => {
                self.operators.extend(b"/Artifact<</Type/Pagination/Subtype/Footer>>BDC\n");
            }
            Content::Layout => self.operators.extend(b"/Artifact<</Type/Layout>>BDC\n"),
        }
    }

    fn end_mark(&mut self) {
        self.operators.extend(b"EMC\n");
    }

    /// Returns the text that a drawing stands for.
    fn actual(&self, content: Content) -> Option<&'a str> {
        match content {
            Content::Element(element) => self.structure.get(element)?.actual.as_deref(),
            Content::Pagination | Content::Layout => None,
        }
    }

    fn begin_actual(&mut self, text: &str) {
        self.operators.extend(b"/Span<</ActualText(");
        for unit in std::iter::once(0xFEFF).chain(text.encode_utf16()) {
            for byte in unit.to_be_bytes() {
                escaped(self.operators, byte);
            }
        }
        self.operators.extend(b")>>BDC\n");
    }

    fn begin_text(&mut self) {
        if !self.in_text {
            self.operators.extend(b"BT\n");
            self.in_text = true;
            (self.origin, self.turned) = ([0, 0], false);
        }
    }

    fn end_text(&mut self) {
        if self.in_text {
            self.operators.extend(b"ET\n");
            self.in_text = false;
        }
    }

    fn color(&mut self, color: Color) {
        if self.color == Some(color) {
            return;
        }
        self.color = Some(color);
        self.ink(color, ["g", "k"]);
    }

    /// Writes a colour and the operator that sets it: of grey or of the four inks.
    fn ink(&mut self, color: Color, [grey, inks]: [&str; 2]) {
        match color {
            Color::Black => self.put(format_args!("0 {grey}\n")),
            Color::Red => self.put(format_args!("0 0.8 0.8 0 {inks}\n")),
            Color::Gray(value) => self.put(format_args!("{value} {grey}\n")),
            Color::Cmyk([c, m, y, k]) => self.put(format_args!("{c} {m} {y} {k} {inks}\n")),
        }
    }

    /// Draws a line or an area.
    fn shape(&mut self, shape: &Shape) {
        self.end_text();
        match shape.paint {
            Paint::Fill(color) => self.color(color),
            Paint::Stroke { color, width, dash } => {
                self.ink(color, ["G", "K"]);
                self.number(ten_thousandths(width.to_pt()), 4);
                self.put(format_args!(" w\n["));
                if dash.to_pt() > 0.0 {
                    self.number(ten_thousandths(dash.to_pt()), 4);
                }
                self.put(format_args!("] 0 d\n"));
            }
        }
        for (index, at) in shape.points.iter().enumerate() {
            self.number(ten_thousandths(at.x.to_pt()), 4);
            self.operators.push(b' ');
            self.number(ten_thousandths(self.height - at.y.to_pt()), 4);
            self.put(format_args!(" {}\n", if index == 0 { "m" } else { "l" }));
        }
        let paint = if matches!(shape.paint, Paint::Fill(_)) { "f" } else { "S" };
        self.put(format_args!("{paint}\n"));
    }

    fn fill(&mut self, fill: &Fill) {
        self.end_text();
        self.color(fill.color);
        let (origin, size) = (fill.rect.origin, fill.rect.size);
        let lower = self.height - origin.y.to_pt() - size.height.to_pt();
        for side in [origin.x.to_pt(), lower, size.width.to_pt(), size.height.to_pt()] {
            self.number(ten_thousandths(side), 4);
            self.operators.push(b' ');
        }
        self.put(format_args!("re\nf\n"));
    }

    /// Writes words of the page's language.
    fn put(&mut self, words: std::fmt::Arguments<'_>) {
        // Writing to memory cannot fail.
        let _ = self.operators.write_fmt(words);
    }

    /// Writes a number that is given in units of its last decimal.
    fn number(&mut self, units: i64, decimals: u32) {
        number(self.operators, units, decimals);
    }

    fn picture(&mut self, placed: &PlacedPicture) {
        self.end_text();
        let (origin, size) = (placed.rect.origin, placed.rect.size);
        let (width, height) = (place(size.width.to_pt()), place(size.height.to_pt()));
        let left = place(origin.x.to_pt());
        let foot = place(self.height - origin.y.to_pt() - size.height.to_pt());
        if placed.turned {
            let right = place(origin.x.to_pt() + size.width.to_pt());
            self.put(format_args!("q\n0 {height} -{width} 0 {right} {foot} cm\n"));
        } else {
            self.put(format_args!("q\n{width} 0 0 {height} {left} {foot} cm\n"));
        }
        let name = picture::name(self.pictures, &placed.picture);
        self.put(format_args!("/{name} Do\nQ\n"));
    }

    /// Shows runs that follow one another in one mark, before a run of the next one.
    fn runs(&mut self, runs: &[&'a TextRun], after: Option<&'a TextRun>) {
        let subsets = self.subsets;
        let placed = |run: &'a TextRun| {
            let subset = subsets.get(run.face);
            // The size that the file has.
            let size = points(ten_thousandths(run.size.to_pt()));
            run.glyphs.iter().map(move |glyph| {
                let code = subset.code(glyph.id);
                let x = run.along(glyph).to_pt();
                Placed { run, glyph, subset, code, x, advance: f64::from(code.width) * size / 1000.0 }
            })
        };
        let mut glyphs = Vec::with_capacity(runs.iter().map(|run| run.glyphs.len()).sum());
        glyphs.extend(runs.iter().copied().flat_map(placed));
        if glyphs.is_empty() {
            return;
        }
        let after = after.and_then(|run| placed(run).next());
        self.begin_text();
        let (mut start, mut at) = (0, 0);
        while at < glyphs.len() {
            // As nearly all are: it says itself what it is, and nobody sees a gap behind it.
            if let [this, next, ..] = &glyphs[at..]
                && this.speaks()
                && !this.seems_apart_from(next)
            {
                at += 1;
                continue;
            }
            let joined = glyphs[at..].windows(2).take_while(|pair| pair[0].seems_apart_from(&pair[1]));
            let mut end = at + 1 + joined.count();
            let last = glyphs[end - 1];
            let next = glyphs.get(end).or(after.as_ref()).filter(|next| last.is_on_line_of(next));
            // Within a mark the gap would be part of the group.
            let gap = next.filter(|next| last.seems_apart_from(next)).map(|next| next.x - last.end());
            if !self.drawing && (end - at > 1 || !last.speaks() || gap.is_some()) {
                self.show_runs(&glyphs[start..at]);
                let group = &glyphs[at..end];
                let is_alone = next.is_none() || group.iter().all(|placed| placed.is_shown_with(&group[0]));
                let pieces: Vec<_> = if is_alone {
                    vec![group]
                } else {
                    let one =
                        |one: &Placed<'_>, two: &Placed<'_>| one.is_shown_with(two) || one.gap(two) > JOINED;
                    group.chunk_by(one).collect()
                };
                let is_whole =
                    |piece: &&[Placed<'_>]| piece.iter().all(|placed| placed.is_shown_with(&piece[0]));
                if is_alone || pieces.iter().all(is_whole) {
                    for (index, piece) in pieces.iter().enumerate() {
                        let follower =
                            pieces.get(index + 1).map(|next| next[0].x - piece[piece.len() - 1].end());
                        self.speak(piece, follower.or(gap));
                    }
                } else {
                    end += glyphs[end..].iter().take_while(|next| last.is_on_line_of(next)).count();
                    let last = glyphs[end - 1];
                    let next = glyphs.get(end).or(after.as_ref()).filter(|next| last.seems_apart_from(next));
                    self.speak(&glyphs[at..end], next.map(|next| next.x - last.end()));
                }
                start = end;
            }
            at = end;
        }
        self.show_runs(&glyphs[start..]);
    }

    /// Shows glyphs in a span that says its text. A gap at its end, in points, is the span's own.
    fn speak(&mut self, glyphs: &[Placed<'a>], gap: Option<f64>) {
        let text: String = glyphs.iter().map(|placed| placed.glyph.character).collect();
        self.begin_actual(&text);
        match gap {
            Some(gap) => {
                let first =
                    glyphs.iter().rposition(|placed| !placed.is_shown_with(&glyphs[glyphs.len() - 1]));
                let (before, last) = glyphs.split_at(first.map_or(0, |index| index + 1));
                self.show_runs(before);
                self.choose(&last[0]);
                self.space(ten_thousandths(gap));
                self.show(last[0].run, last);
                self.space(0);
            }
            None => self.show_runs(glyphs),
        }
        self.end_mark();
    }

    fn show_runs(&mut self, glyphs: &[Placed<'a>]) {
        for glyphs in glyphs.chunk_by(Placed::is_shown_with) {
            self.choose(&glyphs[0]);
            if let Some(spacing) = spacing(glyphs, &mut self.gaps) {
                self.space(spacing);
            }
            self.show(glyphs[0].run, glyphs);
        }
    }

    /// Sets the colour, the font and its size.
    fn choose(&mut self, placed: &Placed<'a>) {
        let Placed { run, subset, .. } = *placed;
        self.color(run.color);
        let size = ten_thousandths(run.size.to_pt());
        if self.font != Some((&subset.id, size)) {
            self.font = Some((&subset.id, size));
            self.operators.push(b'/');
            self.operators.extend(subset.id.as_bytes());
            self.operators.push(b' ');
            self.number(size, 4);
            self.operators.extend(b" Tf\n");
        }
    }

    /// Sets the space between glyphs, in ten thousandths of a point.
    fn space(&mut self, spacing: i64) {
        if spacing != self.spacing {
            self.spacing = spacing;
            self.number(spacing, 4);
            self.operators.extend(b" Tc\n");
        }
    }

    /// Leads to a place, in ten thousandths of a point from the page's lower left corner.
    fn go(&mut self, to: [i64; 2], turned: bool) {
        let by = [to[0] - self.origin[0], to[1] - self.origin[1]];
        if turned == self.turned {
            // Up the page, a line's own directions are up and to the left.
            self.pair(if turned { [by[1], -by[0]] } else { by });
            self.operators.extend(b" Td\n");
        } else {
            self.operators.extend(if turned { b"0 1 -1 0 ".as_slice() } else { b"1 0 0 1 " });
            self.pair(to);
            self.operators.extend(b" Tm\n");
        }
        (self.origin, self.turned) = (to, turned);
    }

    fn pair(&mut self, [one, two]: [i64; 2]) {
        self.number(one, 4);
        self.operators.push(b' ');
        self.number(two, 4);
    }

    /// Shows glyphs of one baseline by one step and one string, or an array of strings.
    fn show(&mut self, run: &TextRun, glyphs: &[Placed<'a>]) {
        let size = points(ten_thousandths(run.size.to_pt()));
        // Up the page, a line is measured from the page's foot.
        let foot = if run.turned { self.height } else { 0.0 };
        let start = ten_thousandths(foot + glyphs[0].x);
        let to = if run.turned {
            [ten_thousandths(run.origin.x.to_pt()), start]
        } else {
            [start, ten_thousandths(self.height - run.origin.y.to_pt())]
        };
        self.go(to, run.turned);
        let string = self.operators.len();
        self.operators.push(b'(');
        let mut is_array = false;

        // Where a reader's pen stands after each glyph.
        let mut pen = points(start) - foot;
        for (index, placed) in glyphs.iter().enumerate() {
            for byte in placed.code.value.to_be_bytes() {
                escaped(self.operators, byte);
            }
            pen += placed.advance + points(self.spacing);
            if let Some(next) = glyphs.get(index + 1) {
                let ahead = pen - next.x;
                if ahead.abs() <= SLACK {
                    continue;
                }
                let hundredths = (ahead * 100_000.0 / size).round();
                if hundredths != 0.0 {
                    pen -= hundredths * size / 100_000.0;
                    is_array = true;
                    self.operators.push(b')');
                    self.number(hundredths as i64, 2);
                    self.operators.push(b'(');
                }
            }
        }
        if is_array {
            self.operators.insert(string, b'[');
            self.operators.extend(b")]TJ\n");
        } else {
            self.operators.extend(b")Tj\n");
        }
    }
}

/// Returns the space that most of the gaps between glyphs have, in ten thousandths of a point; nothing where there are
/// no gaps.
fn spacing(glyphs: &[Placed<'_>], gaps: &mut Vec<i64>) -> Option<i64> {
    gaps.clear();
    gaps.extend(glyphs.windows(2).map(|pair| ten_thousandths(pair[1].x - pair[0].end())));
    if gaps.is_empty() {
        return None;
    }
    let middle = gaps.len() / 2;
    let (_, median, _) = gaps.select_nth_unstable(middle);
    let median = *median;
    // What rounding leaves over a whole line is no space.
    Some(if median.abs() < 2 { 0 } else { median })
}

/// A glyph with what is known of it.
#[derive(Clone, Copy)]
struct Placed<'a> {
    run: &'a TextRun,
    glyph: &'a Glyph,
    subset: &'a Subset,
    code: Code,
    /// Where the glyph stands in the direction of reading, in points.
    x: f64,
    /// How far the pen moves, in points, at the size that the file has.
    advance: f64,
}

impl Placed<'_> {
    fn speaks(&self) -> bool {
        self.code.speaks_for(self.glyph.character)
    }

    fn end(&self) -> f64 {
        self.x + self.advance
    }

    /// Returns the gap before the next glyph, in the size of the text.
    fn gap(&self, next: &Self) -> f64 {
        (next.x - self.end()) / self.run.size.to_pt()
    }

    /// Returns the gap between the first glyphs of the run, in points; none where there is one glyph alone.
    fn spread(&self) -> f64 {
        let [first, second, ..] = &self.run.glyphs[..] else { return 0.0 };
        let advance = f64::from(self.subset.code(first.id).width) * self.run.size.to_pt() / 1000.0;
        (second.x - first.x).to_pt() - advance
    }

    /// Tells whether both are shown by one operator.
    fn is_shown_with(&self, other: &Self) -> bool {
        std::ptr::eq(self.run, other.run)
    }

    /// Tells whether the next glyph follows on the same line.
    fn is_on_line_of(&self, next: &Self) -> bool {
        // Faces are raised by what their glyphs lack: two of them on one line differ in their baselines.
        self.run.turned == next.run.turned
            && (self.run.across() - next.run.across()).abs() < self.run.size / 2.0
    }

    /// Tells whether a reader may see a space before the next glyph where none was set.
    fn seems_apart_from(&self, next: &Self) -> bool {
        let gap = next.x - self.end();
        let size = self.run.size.to_pt();
        // However far the letters of one run are spread, as in 发文机关标志, a space among them would be a letter; and so would
        // one before a mark of another face among them, where a line is spread.
        let is_spread =
            || self.is_shown_with(next) || [self, next].iter().any(|placed| placed.spread() * 2.0 > gap);
        gap >= GAPS.start() * size
            && (gap <= GAPS.end() * size || is_spread())
            && self.is_on_line_of(next)
            && !self.glyph.character.is_whitespace()
            && !next.glyph.character.is_whitespace()
    }
}

fn text(item: &FrameItem) -> Option<&TextRun> {
    match item {
        FrameItem::Text(run) => Some(run),
        FrameItem::Fill(_) | FrameItem::Shape(_) | FrameItem::Picture(_) => None,
    }
}

fn content(item: &FrameItem) -> Content {
    item.content()
}

fn is_empty(item: &FrameItem) -> bool {
    match item {
        FrameItem::Text(run) => run.glyphs.is_empty(),
        FrameItem::Fill(Fill { rect, .. }) | FrameItem::Picture(PlacedPicture { rect, .. }) => {
            rect.size.width.to_pt() == 0.0 || rect.size.height.to_pt() == 0.0
        }
        FrameItem::Shape(shape) => shape.points.len() < 2,
    }
}

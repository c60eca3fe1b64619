//! Turns a page's items into operators, each stretch of them marked with what it means.
//!
//! Neighbours of one meaning share one mark. Each run is one `TJ` behind one `Tm`; the adjustments in it are
//! reckoned against where the pen really is, written numbers and all, so that errors do not add up.
//!
//! Readers guess a space where a gap is wide. In a justified line gaps widen without a space, so glyphs on
//! both sides of such a gap stand in a span that says its text itself (`ActualText`), as do glyphs whose
//! code stands for another character.

use std::collections::BTreeMap;

use printpdf::{
    Cmyk, Codepoint, DictItem, Greyscale, Line, LineDashPattern, LinePoint, Op, PaintMode, PdfFontHandle,
    Polygon, PolygonRing, Pt, Rect, TextItem, TextMatrix, WindingOrder,
};

use super::subset::{Code, Subset, Subsets};
use crate::page::{
    Color, Content, Fill, FrameItem, Glyph, Page, Pages, Paint, Shape, StructureElement, TextRun,
};
use crate::units::Point;

/// The gaps, in the size of the text, that some reader takes for a space though none was set. The least is
/// below poppler's limits (0.1 and 0.15); beyond the largest, a space is what a reader should see.
const GAPS: std::ops::RangeInclusive<f64> = 0.09..=0.5;

/// What a page shows, as operators.
pub(super) struct PageContent {
    /// The operators.
    pub(super) operators: Vec<Op>,
    /// For each marked stretch (its index is the MCID), the structure element that it is part of.
    pub(super) marks: Vec<usize>,
}

/// Writes the operators of every page.
pub(super) fn contents(pages: &Pages, subsets: &Subsets) -> Vec<PageContent> {
    pages.pages.iter().map(|page| Writer::new(page, &pages.structure, subsets).page(page)).collect()
}

/// Rounds a place to what is far below any device's reach and still short to write.
pub(super) fn place(points: f64) -> f32 {
    // The sum turns -0 into 0.
    ((points * 1e4).round() / 1e4 + 0.0) as f32
}

struct Writer<'a> {
    subsets: &'a Subsets,
    height: f64,
    operators: Vec<Op>,
    marks: Vec<usize>,
    font: Option<(&'a printpdf::FontId, f32)>,
    color: Option<Color>,
    in_text: bool,
    /// Whether what is shown stands for a text that is given already.
    drawing: bool,
    structure: &'a [StructureElement],
}

impl<'a> Writer<'a> {
    fn new(page: &Page, structure: &'a [StructureElement], subsets: &'a Subsets) -> Self {
        Self {
            subsets,
            height: page.size.height.to_pt(),
            operators: Vec::new(),
            marks: Vec::new(),
            font: None,
            color: None,
            in_text: false,
            drawing: false,
            structure,
        }
    }

    fn page(mut self, page: &'a Page) -> PageContent {
        let items: Vec<_> = page.items.iter().filter(|item| !is_empty(item)).collect();
        for group in items.chunk_by(|one, next| content(one) == content(next)) {
            self.begin_mark(content(group[0]));
            let actual = self.actual(content(group[0]));
            let is_drawing = actual.is_some();
            if let Some(text) = actual {
                self.begin_actual(text);
                self.drawing = true;
            }
            for items in group.chunk_by(|one, next| text(one).is_some() == text(next).is_some()) {
                let runs: Vec<_> = items.iter().copied().filter_map(text).collect();
                self.runs(&runs);
                for item in items {
                    match item {
                        FrameItem::Text(_) => {}
                        FrameItem::Fill(fill) => self.fill(fill),
                        FrameItem::Shape(shape) => self.shape(shape),
                    }
                }
            }
            self.end_text();
            if is_drawing {
                self.end_mark();
                self.drawing = false;
            }
            self.end_mark();
        }
        PageContent { operators: self.operators, marks: self.marks }
    }

    fn begin_mark(&mut self, content: Content) {
        let (tag, properties) = match content {
            Content::Element(element) => {
                self.marks.push(element);
                ("Span", vec![("MCID", DictItem::Int(self.marks.len() as i64 - 1))])
            }
            Content::Pagination => {
                ("Artifact", vec![("Type", name("Pagination")), ("Subtype", name("Footer"))])
            }
            Content::Layout => ("Artifact", vec![("Type", name("Layout"))]),
        };
        self.begin(tag, properties);
    }

    fn begin(&mut self, tag: &str, properties: Vec<(&str, DictItem)>) {
        let map: BTreeMap<_, _> =
            properties.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
        let properties = DictItem::Dict { map };
        self.operators.push(Op::BeginMarkedContentWithProperties { tag: tag.to_owned(), properties });
    }

    fn end_mark(&mut self) {
        self.operators.push(Op::EndMarkedContentWithProperties);
    }

    /// Returns the text that a drawing stands for.
    fn actual(&self, content: Content) -> Option<&'a str> {
        match content {
            Content::Element(element) => self.structure.get(element)?.actual.as_deref(),
            Content::Pagination | Content::Layout => None,
        }
    }

    fn begin_actual(&mut self, text: &str) {
        let bytes = std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_be_bytes);
        self.begin("Span", vec![("ActualText", DictItem::Bytes(bytes.collect()))]);
    }

    fn begin_text(&mut self) {
        if !self.in_text {
            self.operators.push(Op::StartTextSection);
            self.in_text = true;
        }
    }

    fn end_text(&mut self) {
        if self.in_text {
            self.operators.push(Op::EndTextSection);
            self.in_text = false;
        }
    }

    fn color(&mut self, color: Color) {
        if self.color == Some(color) {
            return;
        }
        self.color = Some(color);
        self.operators.push(Op::SetFillColor { col: inked(color) });
    }

    /// Draws a line or an area.
    fn shape(&mut self, shape: &Shape) {
        self.end_text();
        let place = |at: &Point| LinePoint {
            p: printpdf::Point { x: Pt(place(at.x.to_pt())), y: Pt(place(self.height - at.y.to_pt())) },
            bezier: false,
        };
        let points: Vec<_> = shape.points.iter().map(place).collect();
        match shape.paint {
            Paint::Fill(color) => {
                self.color(color);
                let polygon = Polygon {
                    rings: vec![PolygonRing { points }],
                    mode: PaintMode::Fill,
                    winding_order: WindingOrder::NonZero,
                };
                self.operators.push(Op::DrawPolygon { polygon });
            }
            Paint::Stroke { color, width, dash } => {
                let dash = dash.to_pt() as f32;
                let dash =
                    if dash > 0.0 { LineDashPattern::new(0.0, &[dash]) } else { LineDashPattern::solid() };
                self.operators.extend([
                    Op::SetOutlineColor { col: inked(color) },
                    Op::SetOutlineThickness { pt: Pt(width.to_pt() as f32) },
                    Op::SetLineDashPattern { dash },
                    Op::DrawLine { line: Line { points, is_closed: false } },
                ]);
            }
        }
    }

    fn fill(&mut self, fill: &Fill) {
        self.end_text();
        self.color(fill.color);
        let (origin, size) = (fill.rect.origin, fill.rect.size);
        let rectangle = Rect {
            x: Pt(place(origin.x.to_pt())),
            y: Pt(place(self.height - origin.y.to_pt() - size.height.to_pt())),
            width: Pt(place(size.width.to_pt())),
            height: Pt(place(size.height.to_pt())),
            mode: Some(PaintMode::Fill),
            winding_order: None,
        };
        self.operators.push(Op::DrawRectangle { rectangle });
    }

    /// Shows runs that follow one another in one mark.
    fn runs(&mut self, runs: &[&'a TextRun]) {
        let glyphs: Vec<_> = runs
            .iter()
            .flat_map(|run| {
                let subset = self.subsets.get(run.face);
                run.glyphs.iter().map(move |glyph| Placed { run, glyph, subset, code: subset.code(glyph.id) })
            })
            .collect();
        if glyphs.is_empty() {
            return;
        }
        self.begin_text();
        let (mut start, mut at) = (0, 0);
        for group in glyphs.chunk_by(Placed::seems_apart_from) {
            let end = at + group.len();
            if !self.drawing && (group.len() > 1 || !group[0].speaks()) {
                self.show_runs(&glyphs[start..at]);
                let text: String = group.iter().map(|placed| placed.glyph.character).collect();
                self.begin_actual(&text);
                self.show_runs(group);
                self.end_mark();
                start = end;
            }
            at = end;
        }
        self.show_runs(&glyphs[start..]);
    }

    fn show_runs(&mut self, glyphs: &[Placed<'a>]) {
        for glyphs in glyphs.chunk_by(|one, next| std::ptr::eq(one.run, next.run)) {
            let Placed { run, subset, .. } = glyphs[0];
            self.color(run.color);
            let size = run.size.to_pt() as f32;
            if self.font != Some((&subset.id, size)) {
                self.font = Some((&subset.id, size));
                let font = PdfFontHandle::External(subset.id.clone());
                self.operators.push(Op::SetFont { font, size: Pt(size) });
            }
            self.show(run, glyphs);
        }
    }

    /// Shows glyphs of one baseline by one matrix and one array.
    fn show(&mut self, run: &TextRun, glyphs: &[Placed<'a>]) {
        let thousandths = 1000.0 / f64::from(run.size.to_pt() as f32);
        let start = place(glyphs[0].x());
        // Where a reader's pen stands after each glyph, from the start, in thousandths of the size.
        let mut pen = 0.0;
        let mut codepoints = Vec::with_capacity(glyphs.len());
        for (index, placed) in glyphs.iter().enumerate() {
            pen += f64::from(placed.code.width);
            let mut offset = 0.0;
            if let Some(next) = glyphs.get(index + 1) {
                let wanted = (next.x() - f64::from(start)) * thousandths;
                offset = (((pen - wanted) * 100.0).round() / 100.0 + 0.0) as f32;
                pen -= f64::from(offset);
            }
            codepoints.push(Codepoint { gid: placed.code.value, offset, cid: Some(placed.code.text()) });
        }
        let baseline = place(self.height - run.origin.y.to_pt());
        let matrix = TextMatrix::Raw([1.0, 0.0, 0.0, 1.0, start, baseline]);
        self.operators.push(Op::SetTextMatrix { matrix });
        self.operators.push(Op::ShowText { items: vec![TextItem::GlyphIds(codepoints)] });
    }
}

/// A glyph with what is known of it.
#[derive(Clone, Copy)]
struct Placed<'a> {
    run: &'a TextRun,
    glyph: &'a Glyph,
    subset: &'a Subset,
    code: Code,
}

impl Placed<'_> {
    fn x(&self) -> f64 {
        (self.run.origin.x + self.glyph.x).to_pt()
    }

    fn speaks(&self) -> bool {
        self.code.speaks_for(self.glyph.character)
    }

    /// Tells whether a reader may see a space before the next glyph where none was set.
    fn seems_apart_from(&self, next: &Self) -> bool {
        let size = self.run.size.to_pt();
        let end = self.x() + f64::from(self.code.width) * size / 1000.0;
        self.run.origin.y == next.run.origin.y
            && !self.glyph.character.is_whitespace()
            && !next.glyph.character.is_whitespace()
            && GAPS.contains(&((next.x() - end) / size))
    }
}

/// Returns a colour as printpdf has it.
fn inked(color: Color) -> printpdf::Color {
    let gray = |percent| printpdf::Color::Greyscale(Greyscale { percent, icc_profile: None });
    let cmyk = |[c, m, y, k]: [f32; 4]| printpdf::Color::Cmyk(Cmyk { c, m, y, k, icc_profile: None });
    match color {
        Color::Black => gray(0.0),
        Color::Red => cmyk([0.0, 0.8, 0.8, 0.0]),
        Color::Gray(value) => gray(value),
        Color::Cmyk(inks) => cmyk(inks),
    }
}

fn name(name: &str) -> DictItem {
    DictItem::Name(name.as_bytes().to_vec())
}

fn text(item: &FrameItem) -> Option<&TextRun> {
    match item {
        FrameItem::Text(run) => Some(run),
        FrameItem::Fill(_) | FrameItem::Shape(_) => None,
    }
}

fn content(item: &FrameItem) -> Content {
    item.content()
}

fn is_empty(item: &FrameItem) -> bool {
    match item {
        FrameItem::Text(run) => run.glyphs.is_empty(),
        FrameItem::Fill(fill) => fill.rect.size.width.to_pt() == 0.0 || fill.rect.size.height.to_pt() == 0.0,
        FrameItem::Shape(shape) => shape.points.len() < 2,
    }
}

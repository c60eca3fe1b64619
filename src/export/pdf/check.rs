//! Refuses pages that would make a faulty file.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::catalogue::export as messages;
use crate::diag::{Diagnostic, Text};
use crate::font::{FaceId, Fonts};
use crate::page::{Color, Content, FrameItem, Pages, Paint, TextRun};
use crate::units::{Point, Rect};

/// PDF's own limit of a page's side, in points (ISO 32000-1, C.2).
const LARGEST_SIDE: f64 = 14400.0;

/// Finds every fault of the pages.
pub(super) fn check(pages: &Pages, fonts: &Fonts) -> Result<(), Vec<Diagnostic>> {
    let mut faults = Faults { pages, found: Vec::new(), missing: BTreeSet::new() };
    faults.check_parents();
    let counts = glyph_counts(pages, fonts);
    for (index, page) in pages.pages.iter().enumerate() {
        let number = index + 1;
        let sides = [page.size.width.to_pt(), page.size.height.to_pt()];
        let bleed = pages.bleed.to_pt();
        let fits = |side: &f64| *side >= 1.0 && *side + bleed * 2.0 <= LARGEST_SIDE;
        if !(bleed >= 0.0 && sides.iter().all(fits)) {
            faults.number(number);
        }
        for item in &page.items {
            match item {
                FrameItem::Text(run) => {
                    faults.content(number, run.content);
                    faults.run(number, run, fonts, &counts);
                }
                FrameItem::Fill(fill) => {
                    faults.content(number, fill.content);
                    if !is_box(fill.rect) || !is_color(fill.color) {
                        faults.number(number);
                    }
                }
                FrameItem::Picture(picture) => {
                    faults.content(number, picture.content);
                    if !is_box(picture.rect) {
                        faults.number(number);
                    }
                }
                FrameItem::Shape(shape) => {
                    faults.content(number, shape.content);
                    let (color, sound) = match shape.paint {
                        Paint::Fill(color) => (color, true),
                        Paint::Stroke { color, width, dash } => {
                            (color, is_place(width.to_pt()) && is_place(dash.to_pt()))
                        }
                    };
                    let in_place = |at: &Point| is_place(at.x.to_pt()) && is_place(at.y.to_pt());
                    if !sound || !shape.points.iter().all(in_place) || !is_color(color) {
                        faults.number(number);
                    }
                }
            }
        }
    }
    for item in &pages.outline {
        let place = is_place(item.position.x.to_pt()) && is_place(item.position.y.to_pt());
        if item.page >= pages.pages.len() || !place {
            faults.inconsistent("书签指向不存在的位置", "a bookmark leads nowhere");
        }
    }
    if pages.pages.is_empty() {
        faults.inconsistent("没有页面", "there is no page");
    }
    if faults.found.is_empty() { Ok(()) } else { Err(faults.found) }
}

/// Counts the glyphs of the faces in use, and of no other: opening a face may mean to unpack it.
fn glyph_counts(pages: &Pages, fonts: &Fonts) -> BTreeMap<FaceId, u16> {
    let items = pages.pages.iter().flat_map(|page| &page.items);
    let used: BTreeSet<_> = items
        .filter_map(|item| match item {
            FrameItem::Text(run) => Some(run.face),
            FrameItem::Fill(_) | FrameItem::Shape(_) | FrameItem::Picture(_) => None,
        })
        .collect();
    let known = fonts.ids().filter(|id| used.contains(id));
    known.map(|id| (id, fonts.face(id).glyph_count())).collect()
}

struct Faults<'a> {
    pages: &'a Pages,
    found: Vec<Diagnostic>,
    missing: BTreeSet<(FaceId, char)>,
}

impl Faults<'_> {
    fn run(&mut self, page: usize, run: &TextRun, fonts: &Fonts, counts: &BTreeMap<FaceId, u16>) {
        let Some(count) = counts.get(&run.face) else {
            self.inconsistent("字体不存在", "a run names a face that is not there");
            return;
        };
        let size = run.size.to_pt();
        let fits = (is_place(size) && size > 0.0)
            && is_place(run.origin.x.to_pt())
            && is_place(run.origin.y.to_pt())
            && run.glyphs.iter().all(|glyph| is_place(glyph.x.to_pt()))
            && is_color(run.color);
        if !fits {
            self.number(page);
        }
        for glyph in &run.glyphs {
            let absent = glyph.id == 0 || glyph.id >= *count;
            if absent && self.missing.insert((run.face, glyph.character)) {
                self.found.push(
                    Diagnostic::new(&messages::MISSING_GLYPH)
                        .with("character", glyph.character)
                        .with("code", format!("U+{:04X}", u32::from(glyph.character)))
                        .with("face", fonts.name(run.face))
                        .with("page", page),
                );
            }
        }
    }

    fn content(&mut self, page: usize, content: Content) {
        if let Content::Element(element) = content
            && element >= self.pages.structure.len()
        {
            self.inconsistent(
                &format!("第 {page} 页有内容属于不存在的结构元素"),
                &format!("page {page} has content of an element that is not there"),
            );
        }
    }

    fn check_parents(&mut self) {
        let ordered = self.pages.structure.iter().enumerate();
        if !ordered.into_iter().all(|(index, element)| element.parent.is_none_or(|parent| parent < index)) {
            self.inconsistent("结构元素排在它的上级之前", "an element stands before its parent");
        }
    }

    fn number(&mut self, page: usize) {
        let fault = Diagnostic::new(&messages::NOT_A_NUMBER).with("page", page);
        if !self.found.contains(&fault) {
            self.found.push(fault);
        }
    }

    fn inconsistent(&mut self, zh: &str, en: &str) {
        let fault = Diagnostic::new(&messages::INCONSISTENT).with("reason", Text::both(zh, en));
        if !self.found.contains(&fault) {
            self.found.push(fault);
        }
    }
}

/// Tells whether a distance can stand in a file: a number, and not beyond any page.
fn is_place(points: f64) -> bool {
    points.abs() <= LARGEST_SIDE
}

fn is_box(rect: Rect) -> bool {
    [rect.origin.x, rect.origin.y, rect.size.width, rect.size.height]
        .iter()
        .all(|measure| is_place(measure.to_pt()))
}

fn is_color(color: Color) -> bool {
    match color {
        Color::Black | Color::Red => true,
        Color::Gray(value) => (0.0..=1.0).contains(&value),
        Color::Cmyk(inks) => inks.iter().all(|ink| (0.0..=1.0).contains(ink)),
    }
}

//! Sees that what a style file asks for can be laid out.

use super::{FaceChoice, Length, Style};
use crate::diag::catalogue::layout::STYLE_IMPOSSIBLE;
use crate::diag::{Diagnostic, Text};
use crate::units::Abs;

/// By how much of an em a face may be raised or lowered: more and it would leave its line.
const MOST_RAISED: f64 = 0.3;

impl Style {
    /// Finds what cannot be laid out, each at the key that is to be mended.
    pub(super) fn impossibilities(&self) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        // The first of the keys that the pack itself has is the one to be mended.
        let mut refuse = |keys: &[&str], wrong: bool, zh: &str, en: &str| {
            if wrong {
                let fault = Diagnostic::new(&STYLE_IMPOSSIBLE).with("what", Text::both(zh, en));
                let place = self.places.nearest(keys);
                found.push(Diagnostic { origin: place, ..fault });
            }
        };
        let page = &self.page;
        for (key, margin) in [
            ("page.top", page.top),
            ("page.binding", page.binding),
            ("page.fore_edge", page.fore_edge),
            ("page.bottom", page.bottom),
        ] {
            refuse(&[key], margin.0 < Abs::ZERO, "页边距是负数", "the margin is negative");
        }
        for (key, side) in [("page.width", page.width), ("page.height", page.height)] {
            // What a page of a PDF may be (ISO 32000-1, annex C: 14,400 units).
            let wrong = side.0 > Abs::mm(5080.0);
            refuse(&[key], wrong, "纸张的一边超过5080毫米", "a side of the sheet is over 5080 mm");
        }
        let wrong = page.bleed.0 < Abs::ZERO || page.bleed.0 > Abs::mm(20.0);
        refuse(&["page.bleed"], wrong, "出血不在0至20毫米之间", "the bleed is not between 0 and 20 mm");
        for (key, count) in [("grid.columns", self.grid.columns), ("grid.rows", self.grid.rows)] {
            let (zh, en) = ("行数或每行字数少于4", "the grid has fewer than 4 columns or rows");
            refuse(&[key], count < 4, zh, en);
        }
        let area = ["page.width", "page.height", "page.top", "page.binding", "page.fore_edge", "page.bottom"];
        let wrong = self.measure() < Abs::mm(20.0) || self.depth() < Abs::mm(20.0);
        refuse(&area, wrong, "版心不到20毫米", "the type area is under 20 mm");
        for (role, size, faces) in self.looks() {
            if let Some(size) = size {
                let key = format!("{role}.size");
                let small = size.0 < Abs::pt(4.0);
                refuse(
                    &[&key],
                    small,
                    &format!("`[{role}]` 的字号不到4pt"),
                    &format!("the size of `[{role}]` is under 4pt"),
                );
                let large = size.0 > Abs::pt(400.0);
                refuse(
                    &[&key],
                    large,
                    &format!("`[{role}]` 的字号超过400pt"),
                    &format!("the size of `[{role}]` is over 400pt"),
                );
            }
            let (zh, en) = (format!("`[{role}]` 没有指定字体"), format!("`[{role}]` has no faces"));
            refuse(&[&format!("{role}.faces")], faces.is_empty(), &zh, &en);
        }
        for (face, raise) in &self.raise {
            let wrong = !(-MOST_RAISED..=MOST_RAISED).contains(&raise.0);
            let zh = format!("`{face}` 升高的量不在-{MOST_RAISED}至{MOST_RAISED}个字之间");
            let en = format!("`{face}` is not raised by -{MOST_RAISED} to {MOST_RAISED} em");
            refuse(&[&format!("raise.{face}")], wrong, &zh, &en);
        }
        let leading = !(1.0..=2.0).contains(&self.title.leading);
        let (zh, en) = ("标题的 `leading` 不在1至2之间", "the title's `leading` is not between 1 and 2");
        refuse(&["title.leading"], leading, zh, en);
        let gap = !(0.0..=0.5).contains(&self.line_breaking.latin_gap);
        let (zh, en) = ("`latin_gap` 不在0至0.5之间", "`latin_gap` is not between 0 and 0.5");
        refuse(&["line_breaking.latin_gap"], gap, zh, en);
        // What stands below the type area is on the paper with the whole of its size.
        let below = self.page_number.below.0;
        let wrong = below < Abs::ZERO || below + self.page_number.size.0 > page.bottom.0;
        refuse(
            &["page_number.below", "page.bottom", "page_number.size"],
            wrong,
            "页码排到了纸外：`[page_number]` 的 `below` 加字号不能超过 `[page]` 的 `bottom`，也不能是负数",
            "the page number leaves the paper: `below` and `size` of `[page_number]` together are no more than `bottom` of `[page]`, and `below` is not negative",
        );
        self.elements_impossible(&mut refuse);
        let narrow = self.cell() < self.body.size.0 * 0.9;
        let (zh, en) =
            ("每行字数太多，一格比正文的字窄", "the grid's cell is narrower than the body's characters");
        refuse(
            &["grid.columns", "body.size", "page.binding", "page.fore_edge", "page.width"],
            narrow,
            zh,
            en,
        );
        let close = self.pitch() < self.body.size.0;
        let (zh, en) = ("行数太多，行距比正文的字小", "the grid's lines are closer than the body's size");
        refuse(&["grid.rows", "body.size", "page.top", "page.bottom", "page.height"], close, zh, en);
        found
    }

    fn elements_impossible(&self, refuse: &mut impl FnMut(&[&str], bool, &str, &str)) {
        let elements = &self.elements;
        let mm: fn(f64) -> Abs = Abs::mm;
        let pt: fn(f64) -> Abs = Abs::pt;
        for (name, length, unit, least, most, zh, en) in [
            ("mark", elements.mark, pt, 16.0, 72.0, "pt", "pt"),
            ("imprint", elements.imprint, pt, 9.0, 16.0, "pt", "pt"),
            ("seal", elements.seal, mm, 20.0, 60.0, "毫米", "mm"),
            ("stamp", elements.stamp, mm, 8.0, 40.0, "毫米", "mm"),
        ] {
            let wrong = length.0 < unit(least) || length.0 > unit(most);
            let zh = format!("`[elements]` 的 `{name}` 不在{least}至{most}{zh}之间");
            let en = format!("`{name}` of `[elements]` is not between {least} and {most} {en}");
            refuse(&[&format!("elements.{name}")], wrong, &zh, &en);
        }
    }

    /// Returns the roles of text, each with its size, if it has one of its own, and its faces.
    fn looks(&self) -> Vec<(&'static str, Option<Length>, &[FaceChoice])> {
        let texts = [
            ("byline", &self.byline),
            ("body", &self.body),
            ("heading1", &self.heading1),
            ("heading2", &self.heading2),
            ("heading3", &self.heading3),
            ("heading4", &self.heading4),
            ("headline", &self.headline),
            ("table", &self.table),
        ];
        let mut looks: Vec<_> =
            texts.into_iter().map(|(role, look)| (role, Some(look.size), &look.faces[..])).collect();
        let optional = [("caption", &self.caption), ("footnote", &self.footnote)];
        looks.extend(
            optional.into_iter().filter_map(|(role, look)| {
                look.as_ref().map(|look| (role, Some(look.size), &look.faces[..]))
            }),
        );
        looks.extend(self.chart.as_ref().map(|chart| ("chart", Some(chart.size), &chart.faces[..])));
        looks.push(("title", Some(self.title.size), &self.title.faces));
        looks.push(("page_number", Some(self.page_number.size), &self.page_number.faces));
        looks.push(("mark", None, &self.mark.faces));
        looks
    }
}

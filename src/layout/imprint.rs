//! Sets 版记 and puts it on the last page (GB/T 9704-2012, 7.4).

use std::sync::Arc;

use super::chunk::Chunk;
use super::flow::{Flow, TITLE_LEVEL, place, shift};
use super::fonts::Role;
use super::inline::collect;
use super::inline::finalize::{ASCENT, SetLine};
use super::inline::linebreak::Measure;
use super::inline::{set_line, set_paragraph};
use super::pages::{Dealt, reach};
use crate::diag::Diagnostic;
use crate::document::{
    self, Block, COPIES, Document, Form, Imprint, Inline, PRINTED, Paragraph, ParagraphKind, RECIPIENTS,
};
use crate::pack::Style;
use crate::page::{Color, Content, Fill, FrameItem, Role as Meaning};
use crate::units::{Abs, Point, Rect, Size};

/// The first and the last rule (7.4.1).
const THICK: Abs = Abs::mm(0.35);
/// Those between.
const THIN: Abs = Abs::mm(0.25);
/// The height of its lines, in sizes of its text.
const LEADING: f64 = 1.5;
/// The room between a rule and the text, in sizes.
const PADDING: f64 = 0.25;
/// The bookmark that leads to it.
const BOOKMARK: &str = "版记";

impl Flow<'_, '_> {
    /// Sets 版记 as rows that stand directly above one another; the last ends with its rule. A letter's has neither
    /// rules nor 印发机关 and 印发日期 (10.1).
    pub(super) fn imprint(&mut self, imprint: &Imprint, form: Form) -> Result<Vec<Chunk>, Vec<Diagnostic>> {
        let is_letter = form == Form::Letter;
        let mut groups = Vec::new();
        let mut others = self.organs(RECIPIENTS, &imprint.recipients)?;
        others.extend(self.organs(COPIES, &imprint.copies)?);
        if !others.is_empty() {
            groups.push(others);
        }
        let has_printer = !imprint.printer.is_empty() || !imprint.date.is_empty();
        if has_printer && !is_letter {
            groups.push(self.printer(imprint)?);
        }
        let mut rows = if is_letter { groups.concat() } else { self.ruled(groups) };
        if let Some(first) = rows.first_mut() {
            first.bookmark = Some((TITLE_LEVEL, BOOKMARK.to_owned()));
        }
        Ok(rows)
    }

    /// Puts rules above, between and below groups of rows.
    fn ruled(&self, groups: Vec<Vec<Chunk>>) -> Vec<Chunk> {
        let padding = self.style.elements.imprint.0 * PADDING;
        let count = groups.len();
        let mut rows = Vec::new();
        for (nth, mut group) in groups.into_iter().enumerate() {
            let above = if nth == 0 { THICK } else { THIN };
            if let Some(first) = group.first_mut() {
                lower(first, above + padding);
                first.items.push(rule(self.style, Abs::ZERO, above));
            }
            if let Some(last) = group.last_mut() {
                last.height += padding;
                if nth + 1 == count {
                    last.items.push(rule(self.style, last.height, THICK));
                    last.height += THICK;
                }
            }
            rows.extend(group);
        }
        rows
    }

    /// 抄送机关 and 主送机关 (7.4.2): one character in on both sides, turned lines under the first organ.
    fn organs(&mut self, label: &str, organs: &[Inline]) -> Result<Vec<Chunk>, Vec<Diagnostic>> {
        if organs.is_empty() {
            return Ok(Vec::new());
        }
        let role = Role::Imprint;
        let one = self.fonts.size(role);
        let element = self.tree.push(Meaning::Paragraph, None);
        let mut label_rows = Vec::new();
        collect::push_text(&mut label_rows, label, role, element);
        let opening = set_line(&label_rows.remove(0), one, self.fonts, 0.0)?;
        let start = opening.end;
        let rows = self.rows(organs, role, element)?;
        let measure =
            Measure { first: start, rest: start, ..self.measure(self.style.measure() - one, start) };
        let mut lines = set_paragraph(&rows, &measure, self.fonts, self.style.line_breaking.latin_gap)?;
        if let Some(first) = lines.first_mut() {
            first.runs.splice(0..0, opening.runs);
        }
        Ok(lines.into_iter().map(|line| self.imprint_row(vec![line])).collect())
    }

    /// 印发机关 and 印发日期 (7.4.3): the one at the left, the other at the right, on one line.
    fn printer(&mut self, imprint: &Imprint) -> Result<Vec<Chunk>, Vec<Diagnostic>> {
        let role = Role::Imprint;
        let (one, measure) = (self.fonts.size(role), self.style.measure());
        let printer_element = self.tree.push(Meaning::Paragraph, None);
        let mut date = SetLine::default();
        let mut right = measure - one;
        if !imprint.date.is_empty() {
            let element = self.tree.push(Meaning::Paragraph, None);
            let mut row = self.rows(&imprint.date, role, element)?;
            collect::push_text(&mut row, PRINTED, role, element);
            date = set_line(&row.concat(), Abs::ZERO, self.fonts, self.style.line_breaking.latin_gap)?;
            let by = measure - one - date.end;
            shift(&mut date, by);
            right = by - one;
        }
        let mut lines = self.set_within(&imprint.printer, role, printer_element, right - one)?;
        for line in &mut lines {
            shift(line, one);
        }
        if lines.is_empty() {
            lines.push(SetLine::default());
        }
        let count = lines.len();
        let row = |(nth, line): (usize, SetLine)| {
            let beside = if nth + 1 == count { vec![line, std::mem::take(&mut date)] } else { vec![line] };
            self.imprint_row(beside)
        };
        Ok(lines.into_iter().enumerate().map(row).collect())
    }

    fn imprint_row(&self, lines: Vec<SetLine>) -> Chunk {
        let size = self.fonts.size(Role::Imprint);
        let height = size * LEADING;
        let mut chunk = Chunk { height, ..Chunk::default() };
        for line in lines {
            place(&mut chunk, line, (height - size) / 2.0 + ASCENT.at(size));
        }
        chunk
    }
}

/// Moves what a row shows down.
fn lower(row: &mut Chunk, by: Abs) {
    row.height += by;
    for item in &mut row.items {
        item.shift(Point::new(Abs::ZERO, by));
    }
    for (_, baseline) in &mut row.data {
        *baseline += by;
    }
}

fn rule(style: &Style, top: Abs, thickness: Abs) -> FrameItem {
    let rect = Rect::new(Point::new(Abs::ZERO, top), Size::new(style.measure(), thickness));
    FrameItem::Fill(Fill { rect, color: Color::Black, content: Content::Layout })
}

/// 主送机关 that have room on so many lines are not too many to stand above the text.
const FEW_RECIPIENTS: usize = 2;

/// Returns a document whose 主送机关 stand in 版记, with a 。 for their colon; `None` where it has none before its text,
/// or few.
pub(super) fn with_recipients(document: &Document, style: &Style) -> Option<Document> {
    let is_salutation = |block: &Block| matches!(block, Block::Paragraph(paragraph) if paragraph.kind == ParagraphKind::Salutation);
    let at = document.blocks.iter().position(is_salutation)?;
    let runs = document.blocks[at].inlines().into_iter().flat_map(document::runs);
    if runs.map(|run| run.text.chars().count()).sum::<usize>()
        <= FEW_RECIPIENTS * usize::from(style.grid.columns)
    {
        return None;
    }
    let mut moved = document.clone();
    let Block::Paragraph(Paragraph { content: mut recipients, .. }) = moved.blocks.remove(at) else {
        return None;
    };
    if let Some(Inline::Run(last)) = recipients.last_mut() {
        let names = last.text.trim_end_matches(['：', ':']).to_owned();
        last.text = format!("{names}。");
    }
    let known = moved.blocks.iter_mut().find_map(|block| match block {
        Block::Imprint(imprint) => Some(imprint),
        _ => None,
    });
    match known {
        Some(imprint) => imprint.recipients = recipients,
        None => moved.blocks.push(Block::Imprint(Imprint { recipients, ..Imprint::default() })),
    }
    Some(moved)
}

/// Puts 版记 at the foot of the last page, which is an even one, and returns the pages, by their indexes, that
/// bear no number: where a blank page stands before that of 版记, neither has one (7.5). A letter's stands on the
/// last page whatever its number (10.1).
pub(super) fn put(
    rows: Vec<Chunk>,
    pages: &mut Vec<Vec<Dealt>>,
    style: &Style,
    before: usize,
    form: Form,
) -> Vec<usize> {
    if rows.is_empty() {
        return Vec::new();
    }
    let height: Abs = rows.iter().map(|row| row.height).sum();
    let bottom = pages.last().map_or(Abs::ZERO, |page| reach(page));
    let has_room = bottom + style.pitch() + height <= style.depth();
    let is_even = (before + pages.len()).is_multiple_of(2);
    let mut unnumbered = Vec::new();
    if form == Form::Letter {
        if !has_room {
            pages.push(Vec::new());
        }
    } else if !is_even {
        pages.push(Vec::new());
    } else if !has_room {
        unnumbered.extend([pages.len(), pages.len() + 1]);
        pages.extend([Vec::new(), Vec::new()]);
    }
    // One that is longer than a page goes on; its end stands at the foot of the last.
    let mut rest = rows;
    while rest.iter().map(|row| row.height).sum::<Abs>() > style.depth() {
        let mut top = Abs::ZERO;
        let mut page = Vec::new();
        while let Some(row) = rest.first()
            && (page.is_empty() || top + row.height <= style.depth())
        {
            let row = rest.remove(0);
            let height = row.height;
            page.push((Arc::new(row), top));
            top += height;
        }
        if let Some(last) = pages.last_mut() {
            last.extend(page);
        }
        pages.push(Vec::new());
    }
    let mut top = style.depth() - rest.iter().map(|row| row.height).sum::<Abs>();
    for row in rest {
        let height = row.height;
        if let Some(last) = pages.last_mut() {
            last.push((Arc::new(row), top));
        }
        top += height;
    }
    unnumbered
}

//! Deals chunks out to pages, moves them to their places and numbers the pages.

use std::collections::VecDeque;

use super::flow::Chunk;
use super::fonts::{Role, RoleFonts};
use super::inline::finalize::ASCENT;
use crate::diag::Diagnostic;
use crate::document::Document;
use crate::layout::inline::collect;
use crate::layout::inline::set_line;
use crate::pack::Style;
use crate::page::{Content, FrameItem, OutlineItem, Page, Pages, PlacedDatum};
use crate::units::{Abs, Point, Rect, Size};

/// Makes pages of chunks. The structure is left for the caller to add.
pub(crate) fn paginate(
    chunks: Vec<Chunk>,
    document: &Document,
    style: &Style,
    fonts: &mut RoleFonts<'_>,
) -> Result<Pages, Vec<Diagnostic>> {
    let mut pages = Pages {
        title: document.title.clone(),
        language: document.language.clone(),
        date: document.date.clone(),
        author: document.author.clone(),
        ..Pages::default()
    };
    for (index, dealt) in deal(chunks, style).into_iter().enumerate() {
        let number = index + 1;
        let left = left_edge(style, number);
        let mut page =
            Page { size: Size::new(style.page.width.0, style.page.height.0), number, items: Vec::new() };
        for (chunk, y) in dealt {
            let origin = Point::new(left, style.page.top.0 + y);
            let line = (y / style.pitch() + 1e-6).floor() as usize + 1;
            put(chunk, origin, line, &mut page, &mut pages);
        }
        page.items.extend(page_number(number, left, style, fonts)?);
        pages.pages.push(page);
    }
    Ok(pages)
}

/// Splits chunks into pages, each chunk with the distance of its top from the type area's: a page holds as
/// many lines as the grid has, less where it may not end.
fn deal(chunks: Vec<Chunk>, style: &Style) -> Vec<Vec<(Chunk, Abs)>> {
    let pitch = style.pitch();
    let room = pitch * f64::from(style.grid.rows) + Abs::pt(0.01);
    let mut pages = Vec::new();
    let mut rest: VecDeque<Chunk> = chunks.into();
    while !rest.is_empty() {
        while rest.len() > 1 && rest.front().is_some_and(|chunk| chunk.blank) {
            rest.pop_front();
        }
        let head = rest.front().and_then(|chunk| chunk.head.clone()).filter(|_| !pages.is_empty());
        let mut tops = Vec::new();
        let mut bottom = head.as_ref().map_or(Abs::ZERO, |head| head.height);
        let mut allowed = 0;
        for chunk in &rest {
            let top = if chunk.floating { bottom } else { pitch * (bottom / pitch - 1e-6).ceil() };
            if top + chunk.height > room && !tops.is_empty() {
                break;
            }
            tops.push(top);
            bottom = top + chunk.height;
            if chunk.break_after {
                allowed = tops.len();
            }
        }
        let take = if tops.len() == rest.len() || allowed == 0 { tops.len() } else { allowed };
        let repeated = head.map(|head| (repeated(&head), Abs::ZERO));
        pages.push(repeated.into_iter().chain(rest.drain(..take).zip(tops)).collect());
    }
    if pages.is_empty() {
        pages.push(Vec::new());
    }
    pages
}

/// Copies a table's head for another page; who listens has heard it already, so the copy is an artifact.
fn repeated(head: &Chunk) -> Chunk {
    let mut copy = Chunk { data: Vec::new(), ..head.clone() };
    for item in &mut copy.items {
        match item {
            FrameItem::Text(run) => run.content = Content::Layout,
            FrameItem::Fill(fill) => fill.content = Content::Layout,
        }
    }
    copy
}

fn put(mut chunk: Chunk, origin: Point, line: usize, page: &mut Page, pages: &mut Pages) {
    let index = page.number - 1;
    if let Some((level, title)) = chunk.bookmark.take() {
        pages.outline.push(OutlineItem { title, level, page: index, position: origin });
    }
    for mut item in chunk.items {
        match &mut item {
            FrameItem::Text(run) => {
                run.origin = Point::new(run.origin.x + origin.x, run.origin.y + origin.y);
                run.line = line;
            }
            FrameItem::Fill(fill) => {
                let at = fill.rect.origin;
                fill.rect.origin = Point::new(at.x + origin.x, at.y + origin.y);
            }
        }
        page.items.push(item);
    }
    for (datum, baseline) in chunk.data {
        let top = origin.y + baseline - ASCENT.at(datum.size);
        let corner = Point::new(origin.x + datum.from, top);
        let rect = Rect::new(corner, Size::new(datum.to - datum.from, datum.size));
        pages.placed.push(PlacedDatum { datum: datum.datum, text: datum.text, page: index, line, rect });
    }
}

/// 订口 is on the left; mirrored pages have it on the right of even pages.
fn left_edge(style: &Style, number: usize) -> Abs {
    if style.page.mirrored && number.is_multiple_of(2) {
        style.page.fore_edge.0
    } else {
        style.page.binding.0
    }
}

/// 页码: — 1 —, the upper edge of its 一字线 below the type area, one character in from the outer edge
/// (GB/T 9704-2012, 7.5).
fn page_number(
    number: usize,
    left: Abs,
    style: &Style,
    fonts: &mut RoleFonts<'_>,
) -> Result<Vec<FrameItem>, Vec<Diagnostic>> {
    let role = Role::PageNumber;
    let size = fonts.size(role);
    let dash_top = fonts.find(role, '—').map_or(ASCENT, |found| fonts.top(found));
    let area_bottom = style.page.height.0 - style.page.bottom.0;
    let baseline = area_bottom + style.page_number.below.0 + dash_top.at(size);
    let half = size / 2.0;
    let mut rows = Vec::new();
    collect::push_text(&mut rows, &number.to_string(), role, 0);
    let digits = set_line(rows.remove(0), Abs::ZERO, fonts, 0.0)?;
    collect::push_text(&mut rows, "—", role, 0);
    let dash = set_line(rows.remove(0), Abs::ZERO, fonts, 0.0)?;
    let width = dash.end * 2.0 + half * 2.0 + digits.end;
    let start = if number.is_multiple_of(2) { left + size } else { left + style.measure() - size - width };
    let parts = [
        (dash.clone(), start),
        (digits.clone(), start + dash.end + half),
        (dash.clone(), start + dash.end + half * 2.0 + digits.end),
    ];
    let mut items = Vec::new();
    for (part, x) in parts {
        for mut run in part.runs {
            run.origin = Point::new(run.origin.x + x, run.origin.y + baseline);
            run.content = Content::Pagination;
            items.push(FrameItem::Text(run));
        }
    }
    Ok(items)
}

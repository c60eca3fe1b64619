//! Turns wide tables (横排表格): they have the type area's height for their width (GB/T 9704-2012, 8).
//!
//! The head is at 订口 (the binding edge) on odd pages and at 切口 (the fore edge) on even ones. A sheet has its binding
//! edge on the left of its front and on the right of its back, so the head is on the left of every page, and two
//! facing pages are read without turning the volume over. The sheet and its page number stay as they are.

use super::flow::{Chunk, Flow, Start};
use super::pages;
use crate::pack::Style;
use crate::units::{Abs, Point};

/// Deals the rows of a turned table out to pages of its own and makes a chunk of each.
pub(super) fn pages(flow: &Flow<'_, '_>, chunks: Vec<Chunk>) -> Vec<Chunk> {
    let style = turned(flow.style);
    let dealt = pages::deal(chunks, &style, &flow.footnotes, &|_, _| None, None).unwrap_or_default();
    dealt
        .into_iter()
        .map(|rows| {
            let height = flow.style.depth();
            let mut page =
                Chunk { height, start: Start::Page, break_after: true, turned: true, ..Chunk::default() };
            for (row, top) in rows {
                page.items.extend(row.items.into_iter().map(|mut item| {
                    item.shift(Point::new(Abs::ZERO, top));
                    item
                }));
                page.data.extend(row.data.into_iter().map(|(datum, baseline)| (datum, baseline + top)));
            }
            page
        })
        .collect()
}

/// Returns a style whose page lies on its side: its type area is as high as the upright one is wide.
fn turned(style: &Style) -> Style {
    let mut turned = style.clone();
    let page = &style.page;
    (turned.page.width, turned.page.height) = (page.height, page.width);
    (turned.page.top, turned.page.bottom) = (page.binding, page.fore_edge);
    (turned.page.binding, turned.page.fore_edge) = (page.top, page.bottom);
    let rows = (style.measure() - style.body.size.0) / style.pitch() + 1.0;
    turned.grid.rows = rows.floor().max(2.0) as u16;
    turned
}

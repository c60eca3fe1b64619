//! Turns wide tables (横排表格): they have the type area's height for their width (GB/T 9704-2012, 8).
//!
//! The head is at 订口 (the binding edge) on odd pages and at 切口 (the fore edge) on even ones. A sheet has its binding
//! edge on the left of its front and on the right of its back, so the head is on the left of every page, and two
//! facing pages are read without turning the volume over. The sheet and its page number stay as they are.

use std::iter::Peekable;
use std::slice::Iter;
use std::sync::Arc;

use super::chunk::{Chunk, Part, Stance, Start};
use super::flow::Flow;
use super::pages;
use crate::diag::Diagnostic;
use crate::document::{Block, ParagraphKind};
use crate::pack::Style;
use crate::units::{Abs, Point};

/// A page of a turned table keeps at least this part of its height for rows, below what leads to the table.
const FOR_ROWS: f64 = 0.5;

/// Appends to the rows of a turned table the signature that follows on it, and the names of what is attached before or
/// 附注 after that: they would stand on the next page without text (7.3.5.5). Returns the last block appended, or the
/// table.
pub(super) fn trailing<'b>(
    flow: &mut Flow<'_, 'b>,
    blocks: &mut Peekable<Iter<'b, Block>>,
    table: &'b Block,
    rows: &mut Vec<Chunk>,
    faults: &mut Vec<Diagnostic>,
) -> &'b Block {
    let wider = flow.style.depth() - flow.style.measure();
    let mut last = table;
    while let Some(block) = blocks.next_if(|block| match block {
        Block::AttachmentList(_) | Block::Signature(_) => true,
        Block::Paragraph(paragraph) => {
            paragraph.kind == ParagraphKind::Note && matches!(last, Block::Signature(_))
        }
        _ => false,
    }) {
        match flow.block(block) {
            Ok(mut own) => {
                flow.join(last, block, rows, &mut own);
                if let Some(row) = rows.last_mut() {
                    row.break_after = false;
                }
                // A signature stands at the right edge, which is further away.
                let is_signature = matches!(block, Block::Signature(_));
                rows.extend(own.into_iter().map(|chunk| {
                    if is_signature { Chunk { part: Part::Signature, ..moved(chunk, wider) } } else { chunk }
                }));
            }
            Err(missing) => faults.extend(missing),
        }
        last = block;
    }
    last
}

/// Deals the rows of a turned table out to pages of its own and makes a chunk of each.
///
/// A heading or the label and title of 附件, the chunks from `leading` on, are turned with it: they would stand alone
/// on the page before.
pub(super) fn pages(
    flow: &Flow<'_, '_>,
    chunks: &mut Vec<Chunk>,
    leading: Option<usize>,
    rows: Vec<Chunk>,
) -> Vec<Chunk> {
    let style = turned(flow.style);
    let above = |at: &usize| chunks[*at..].iter().map(|chunk| chunk.height).sum::<Abs>();
    let leading = leading.filter(|at| above(at) <= style.depth() * (1.0 - FOR_ROWS));
    let leading = leading.map(|at| chunks.split_off(at)).unwrap_or_default();
    let wider = flow.style.depth() - flow.style.measure();
    let leading = leading
        .into_iter()
        .map(|chunk| if chunk.stance == Stance::Centred { moved(chunk, wider / 2.0) } else { chunk });
    let rows: Vec<Arc<Chunk>> = leading.chain(rows).map(Arc::new).collect();
    let dealt = pages::deal(&rows, &style, &flow.footnotes, &mut |_, _| None, None).unwrap_or_default();
    drop(rows);
    dealt
        .into_iter()
        .map(|rows| {
            let height = flow.style.depth();
            let mut page = Chunk {
                height,
                start: Start::Page,
                break_after: true,
                stance: Stance::Turned,
                ..Chunk::default()
            };
            for (row, top) in rows {
                let row = Arc::unwrap_or_clone(row);
                page.bookmark = page.bookmark.or(row.bookmark);
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

/// Moves what a chunk shows to the right: what is in the middle of the upright page, to that of the turned one.
fn moved(mut chunk: Chunk, by: Abs) -> Chunk {
    for item in &mut chunk.items {
        item.shift(Point::new(by, Abs::ZERO));
    }
    for (datum, _) in &mut chunk.data {
        datum.from += by;
        datum.to += by;
    }
    chunk
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

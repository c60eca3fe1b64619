//! Tells of tables that no page has the room for.

use super::chunk::Chunk;
use crate::diag::catalogue::layout::{ROW_TOO_HIGH, TABLE_CROWDED};
use crate::diag::{Anchor, Diagnostic, Text};
use crate::document::{self, Inline, Row, Table};
use crate::pack::Style;
use crate::units::Abs;

/// Tells of a table that no page is wide enough for.
pub(super) fn wide(table: &Table, count: usize) -> Diagnostic {
    let fault = Diagnostic::new(&TABLE_CROWDED).with("table", named(table)).with("count", count);
    let rows = table.head.iter().chain(&table.body);
    anchored(fault, table.caption.iter().chain(rows.flat_map(contents)))
}

/// Fails with a fault for each row that no page is high enough for, with the head above it that each page has.
pub(super) fn check(
    style: &Style,
    table: &Table,
    turned: bool,
    rows: &[Chunk],
) -> Result<(), Vec<Diagnostic>> {
    let height = if turned { style.measure() } else { style.depth() } + Abs::pt(0.01);
    let (head, body) = rows.split_at_checked(table.head.len()).unwrap_or_default();
    let above: Abs = head.iter().map(|row| row.height).sum();
    let high = |(nth, (chunk, row)): (usize, (&Chunk, &Row))| {
        let fault = Diagnostic::new(&ROW_TOO_HIGH).with("table", named(table)).with("row", nth + 1);
        (above + chunk.height > height).then(|| anchored(fault, contents(row)))
    };
    let faults: Vec<_> = body.iter().zip(&table.body).enumerate().filter_map(high).collect();
    if faults.is_empty() { Ok(()) } else { Err(faults) }
}

fn named(table: &Table) -> Text {
    table.caption.as_deref().map(plain).map_or(Text::both("表格", "a table"), |caption| {
        Text::both(format!("表格“{caption}”"), format!("the table `{caption}`"))
    })
}

fn contents(row: &Row) -> impl Iterator<Item = &Vec<Inline>> {
    row.cells.iter().map(|cell| &cell.content)
}

/// Tells where a fault is: at the first text of these.
fn anchored<'a>(fault: Diagnostic, contents: impl Iterator<Item = &'a Vec<Inline>>) -> Diagnostic {
    match contents.flat_map(|content| document::runs(content)).next() {
        Some(run) => {
            let path = run.datum.as_ref().and_then(|datum| datum.paths.first().cloned());
            fault.anchored(Anchor { offset: run.offset, length: run.text.len(), path })
        }
        None => fault,
    }
}

/// Returns the text of a cell or a title as it is printed, with the marks of its footnotes.
pub(super) fn plain(content: &[Inline]) -> String {
    let runs = content.iter().map(|inline| match inline {
        Inline::Run(run) => run.text.as_str(),
        Inline::LineBreak => "\n",
        Inline::Footnote(footnote) => &footnote.mark,
    });
    runs.collect()
}

//! Makes tables and checks that their rows are of one length.

use super::fault;
use super::inline::{Whole, runs};
use super::tree::Element;
use super::vocabulary::Name;
use crate::diag::Diagnostic;
use crate::diag::catalogue::markup::{TABLE_OVERHANG, TABLE_UNEVEN};
use crate::document::{Cell, Row, Table};
use crate::fill::Filled;

/// Makes a table, without the notes that follow it.
pub(super) fn table(element: &Element, filled: &Filled, faults: &mut Vec<Diagnostic>) -> Table {
    let mut table =
        Table { caption: None, head: Vec::new(), body: Vec::new(), notes: Vec::new(), columns: Vec::new() };
    let mut wanted = None;
    for part in element.elements() {
        match part.name {
            Name::Caption => table.caption = Some(runs(part, Whole::Part)),
            Name::Head => table.head.extend(rows(part, &mut wanted, filled, faults)),
            _ => table.body.extend(rows(part, &mut wanted, filled, faults)),
        }
    }
    table
}

/// Makes the rows of a head or a body; cells that reach down do not leave it.
fn rows(
    part: &Element,
    wanted: &mut Option<usize>,
    filled: &Filled,
    faults: &mut Vec<Diagnostic>,
) -> Vec<Row> {
    let rows: Vec<_> = part.elements().collect();
    // The cells of earlier rows that reach into this one: how many columns and how many rows yet.
    let mut reaching: Vec<(usize, usize)> = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        let spans: Vec<_> =
            row.elements().map(|cell| (cell.cell_span("colspan"), cell.cell_span("rowspan"))).collect();
        let found = spans.iter().chain(&reaching).map(|(columns, _)| columns).sum();
        let wanted = *wanted.get_or_insert(found);
        reaching.extend(spans);
        for (_, rows) in &mut reaching {
            *rows -= 1;
        }
        reaching.retain(|(_, rows)| *rows > 0);
        if index + 1 == rows.len() && !reaching.is_empty() {
            faults.push(fault(filled, &TABLE_OVERHANG, row.span.start));
        }
        if found != wanted {
            let fault = fault(filled, &TABLE_UNEVEN, row.span.start);
            faults.push(fault.with("found", found).with("wanted", wanted));
        }
    }
    let cell = |cell: &Element| Cell {
        content: runs(cell, Whole::Part),
        header: cell.name == Name::HeaderCell,
        columns: cell.cell_span("colspan"),
        rows: cell.cell_span("rowspan"),
    };
    rows.iter().map(|row| Row { cells: row.elements().map(cell).collect() }).collect()
}

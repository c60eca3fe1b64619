//! Makes tables, checks that their rows are of one length, and makes charts of them.

use super::fault;
use super::inline::{Whole, runs};
use super::tree::{Element, Node};
use super::vocabulary::Name;
use crate::diag::Diagnostic;
use crate::diag::catalogue::markup::{CHART_CELL, CHART_FORM, CHART_UNIT, TABLE_OVERHANG, TABLE_UNEVEN};
use crate::document::{Cell, Chart, ChartKind, Inline, NO_DATUM, Orientation, Row, Run, Table, text};
use crate::fill::Filled;

/// Makes a table, without the notes that follow it.
pub(super) fn table(element: &Element, filled: &Filled, faults: &mut Vec<Diagnostic>) -> Table {
    let orientation = element.attribute("orientation");
    let orientation = Orientation::NAMES.iter().find(|(name, _)| Some(*name) == orientation);
    let mut table = Table {
        label: String::new(),
        caption: None,
        head: Vec::new(),
        body: Vec::new(),
        notes: Vec::new(),
        columns: Vec::new(),
        orientation: orientation.map_or(Orientation::Auto, |(_, orientation)| *orientation),
    };
    let mut wanted = None;
    // A chart draws nothing for what is wanting.
    let dashes = element.name == Name::Table;
    for part in element.elements() {
        match part.name {
            Name::Caption => table.caption = Some(runs(part, Whole::Part)),
            Name::Head => table.head.extend(rows(part, false, &mut wanted, filled, faults)),
            _ => table.body.extend(rows(part, dashes, &mut wanted, filled, faults)),
        }
    }
    table
}

/// Makes a chart, without the notes that follow it; its cells hold one number each, or one still to come.
pub(super) fn chart(
    element: &Element,
    number: usize,
    filled: &Filled,
    faults: &mut Vec<Diagnostic>,
) -> Chart {
    let kind = element.attribute("kind");
    let kind = ChartKind::NAMES.iter().find(|(name, ..)| Some(*name) == kind);
    let mut chart = Chart {
        kind: kind.map_or(ChartKind::Bar, |(.., kind)| *kind),
        label: format!("图{number}"),
        unit: element.attribute("unit").unwrap_or_default().to_owned(),
        table: table(element, filled, faults),
    };
    let columns = chart.table.body.first().map_or(0, |row| row.cells.len());
    let rows = chart.table.head.iter().chain(&chart.table.body);
    let merged = rows.flat_map(|row| &row.cells).any(|cell| cell.columns > 1 || cell.rows > 1);
    let too_many = chart.kind == ChartKind::Ranking && columns > 2;
    if columns < 2 || chart.table.head.len() > 1 || merged || too_many {
        faults.push(fault(filled, &CHART_FORM, element.span.start));
        return chart;
    }
    let parts = element.elements().filter(|part| part.name == Name::Body);
    let rows = parts.flat_map(Element::elements);
    // All are drawn to one measure: the chart's unit, or the one that the first cell has.
    let mut unit = chart.unit.clone();
    for (row, made) in rows.zip(&chart.table.body) {
        // Where a row has a figure, another one may be wanting: nothing is drawn for it.
        let has_figure = made.cells.iter().skip(1).any(|cell| !cell.content.is_empty());
        for (cell, made) in row.elements().zip(&made.cells).skip(1) {
            if made.is_open() || (has_figure && made.content.is_empty()) {
                continue;
            }
            let own = made.unit();
            if unit.is_empty() {
                unit.clone_from(&own);
            }
            let fault = |entry| fault(filled, entry, cell.span.start).with("found", text(&made.content));
            if made.number().is_none() {
                faults.push(fault(&CHART_CELL));
            } else if !own.is_empty() && own != unit {
                faults.push(fault(&CHART_UNIT).with("unit", &unit));
            }
        }
    }
    if chart.kind == ChartKind::Ranking {
        // What is still to come has no rank yet.
        let rank = |row: &Row| row.cells[1].number().unwrap_or(f64::NEG_INFINITY);
        chart.table.body.sort_by(|one, other| rank(other).total_cmp(&rank(one)));
    }
    chart
}

/// Makes the rows of a head or a body, with dashes for what is wanting or without; cells that reach down do not leave it.
fn rows(
    part: &Element,
    dashes: bool,
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
    let content = |cell: &Element| {
        let content = runs(cell, Whole::Part);
        let is_wanting = dashes && content.is_empty() && cell.name == Name::Cell && has_gap(cell);
        if is_wanting { vec![dash(cell)] } else { content }
    };
    let cell = |cell: &Element| Cell {
        content: content(cell),
        header: cell.name == Name::HeaderCell,
        columns: cell.cell_span("colspan"),
        rows: cell.cell_span("rowspan"),
    };
    rows.iter().map(|row| Row { cells: row.elements().map(cell).collect() }).collect()
}

/// Tells whether a datum of a cell is not given: a cell that the template leaves blank is to be filled in by hand.
fn has_gap(cell: &Element) -> bool {
    cell.children.iter().any(|child| matches!(child, Node::Gap(_)))
}

fn dash(cell: &Element) -> Inline {
    Inline::Run(Run { text: NO_DATUM.to_owned(), strong: false, datum: None, offset: cell.span.start })
}

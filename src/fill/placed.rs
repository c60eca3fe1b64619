//! Holds a document against the record that it was made of: finds the data that the file gives and the document does not
//! print, for their sentence needs another one, and the figures that a chart draws in another unit than theirs.

use rust_decimal::Decimal;
use rustc_hash::FxHashSet;

use super::Templates;
use crate::data::{Leaf, Node, Record, Value};
use crate::diag::catalogue::fill::NOT_PLACED;
use crate::diag::catalogue::markup::CHART_UNIT;
use crate::diag::{Anchor, Diagnostic};
use crate::document::{Block, Chart, Document, Run, runs};
use crate::pack::{Field, Kind};

impl Templates {
    /// Tells whether a field decides how the text is worded: flags, what words derive from, what a template compares.
    pub fn steers(&self, field: &Field) -> bool {
        field.kind == Kind::Flag || self.steering.contains(&field.path)
    }
}

/// Warns of each datum that a document made of a record does not print.
///
/// What only steers the text is not expected there: flags, what words derive from, what a template compares;
/// nor is what only checks another figure, that of the year before, and what follows from a 0 that is printed: where there
/// was no accident nobody died of one, and it is a fall by 100%.
pub fn unplaced(templates: &Templates, record: &Record, document: &Document) -> Vec<Diagnostic> {
    // Paths are the schema's own; no data file makes one.
    let mut placed: FxHashSet<&str> = FxHashSet::default();
    document.for_each_run(&mut |run| {
        if let Some(datum) = &run.datum {
            placed.extend(datum.paths.iter().map(String::as_str));
        }
    });
    let is_expected =
        |leaf: &Leaf| leaf.value != Value::Open && !leaf.field.is_aside() && !templates.steers(&leaf.field);
    let mut nothing: Vec<&str> = Vec::new();
    record.root.for_each_leaf(&mut |leaf| {
        if is_number(leaf, Decimal::ZERO) && placed.contains(leaf.path.as_str()) {
            nothing.extend(leaf.path.rsplit_once('.').map(|(group, _)| group));
        }
    });
    let follows = |leaf: &Leaf| {
        let says_no_more = is_number(leaf, Decimal::ZERO)
            || leaf.field.kind == Kind::Growth && is_number(leaf, -Decimal::ONE_HUNDRED);
        let is_of = |group: &&str| leaf.path.strip_prefix(*group).is_some_and(|rest| rest.starts_with('.'));
        says_no_more && nothing.iter().any(is_of)
    };
    let mut found = Vec::new();
    record.root.for_each_leaf(&mut |leaf| {
        if !placed.contains(leaf.path.as_str()) && is_expected(leaf) && !follows(leaf) {
            let told = Diagnostic::new(&NOT_PLACED).with("title", &leaf.field.title);
            found.push(told.at(record.origin(leaf)));
        }
    });
    found
}

fn is_number(leaf: &Leaf, number: Decimal) -> bool {
    matches!(&leaf.value, Value::Quantity(quantity) if quantity.number == number)
}

/// Finds the figures that a chart draws in another unit than they have: what is printed without its unit takes the chart's
/// for its own.
pub fn misdrawn(record: &Record, document: &Document) -> Vec<Diagnostic> {
    let charts = document.blocks.iter().filter_map(|block| match block {
        Block::Chart(chart) => Some(chart),
        _ => None,
    });
    charts.flat_map(|chart| misdrawn_of(record, chart)).collect()
}

fn misdrawn_of(record: &Record, chart: &Chart) -> Vec<Diagnostic> {
    // Whatever the chart does not say, all are drawn to one measure.
    let mut unit = chart.unit.as_str();
    let mut found = Vec::new();
    // A figure that is printed with its unit was held against the chart's where the cell was read.
    for cell in chart.figures().filter(|cell| cell.unit().is_empty()) {
        for run in runs(&cell.content) {
            let own = unit_of(record, run).unwrap_or_default();
            if unit.is_empty() {
                unit = own;
            }
            if !own.is_empty() && own != unit {
                let anchor = Anchor { offset: run.offset, length: run.text.len(), path: None };
                let told = Diagnostic::new(&CHART_UNIT).with("unit", unit);
                found.push(told.with("found", format!("{}{own}", run.text)).anchored(anchor));
            }
        }
    }
    found
}

/// Returns the unit of the field that a run prints a number of.
fn unit_of<'r>(record: &'r Record, run: &Run) -> Option<&'r str> {
    let path = run.datum.as_ref()?.paths.first()?;
    match record.get(path)? {
        Node::Leaf(leaf) if matches!(leaf.value, Value::Quantity(_)) => Some(&leaf.field.unit),
        _ => None,
    }
}

//! Finds the data that a file gives and its document does not print: a figure whose sentence needs another one.

use rustc_hash::FxHashSet;

use super::Templates;
use crate::data::{Leaf, Record, Value};
use crate::diag::Diagnostic;
use crate::diag::catalogue::fill::NOT_PLACED;
use crate::document::Document;
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
/// nor is what only checks another figure, that of the year before.
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
    let mut found = Vec::new();
    record.root.for_each_leaf(&mut |leaf| {
        if !placed.contains(leaf.path.as_str()) && is_expected(leaf) {
            let told = Diagnostic::new(&NOT_PLACED).with("title", &leaf.field.title);
            found.push(told.at(record.origin(leaf)));
        }
    });
    found
}

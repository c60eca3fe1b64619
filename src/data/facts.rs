//! Lays out what was read for the rules that hold figures against each other.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::check::Check;
use super::{Leaf, Measure, Node, Previous, Purpose, Quantity, Value, past};
use crate::diag::{Diagnostic, Entry, Origin, Severity, SourceText, Text};
use crate::pack::{Field, Schema};

/// The figures of a data file, found by their fields.
pub(super) struct Facts<'a> {
    pub(super) source: &'a Arc<SourceText>,
    pub(super) schema: &'a Schema,
    /// The paths that a fault was told of.
    pub(super) failed: &'a HashSet<String>,
    /// Whether nothing stops the work.
    pub(super) is_draft: bool,
    /// Each figure by its path in the data.
    measures: &'a BTreeMap<String, Measure>,
    /// Those that were reckoned.
    derived: BTreeMap<String, Measure>,
    /// Last year's values by the paths of this year's.
    pub(super) previous: BTreeMap<String, (Quantity, Measure)>,
    /// The leaves by their fields' paths, in the file's order.
    leaves: FxHashMap<&'a str, Vec<Arc<Leaf>>>,
}

impl<'a> Facts<'a> {
    /// Lays out a tree and, if there is one, last year's file.
    pub(super) fn new(check: &'a Check<'_>, root: &'a Node, file: Option<&Previous>) -> Self {
        let Check { source, schema, purpose, measures, failed, .. } = check;
        let mut leaves: FxHashMap<&str, Vec<Arc<Leaf>>> = FxHashMap::default();
        let mut previous = BTreeMap::new();
        root.for_each_leaf(&mut |leaf| {
            // What is wrong by itself is not held against anything.
            if is_failed(failed, &leaf.path) {
                return;
            }
            leaves.entry(&leaf.field.path).or_default().push(Arc::clone(leaf));
            if let Some(figure) =
                file.and_then(|file| file.get(&leaf.path)).filter(|_| past::is_comparable(leaf))
            {
                previous.insert(leaf.path.clone(), figure.clone());
            }
        });
        let is_draft = *purpose == Purpose::Draft;
        let mut facts =
            Self { source, schema, failed, is_draft, measures, derived: BTreeMap::new(), previous, leaves };
        // What this year's file says of last year goes before last year's own, which may have been revised.
        for field in schema.fields() {
            if let Some(level) = &field.bearing.previous_of
                && let Some((leaf, measure)) = facts.figure(&field.path)
                && let Value::Quantity(quantity) = &leaf.value
            {
                let figure = (quantity.clone(), measure);
                facts.previous.insert(level.clone(), figure);
            }
        }
        facts
    }

    /// Adds a rate that was reckoned.
    pub(super) fn add(&mut self, leaf: &Arc<Leaf>, measure: Measure) {
        let Some(field) = self.schema.field(&leaf.field.path) else { return };
        self.derived.insert(leaf.path.clone(), measure);
        self.leaves.entry(&field.path).or_default().push(Arc::clone(leaf));
    }

    /// Returns the paths of a table's rows, in the file's order: `history.structure[0]`.
    pub(super) fn rows(&self, table: &str) -> Vec<&str> {
        let mut rows = Vec::new();
        for column in self.schema.children(&format!("{table}[]")) {
            for leaf in self.leaves(&format!("{table}[].{column}")) {
                let end = leaf.path[table.len()..].find(']').map(|end| table.len() + end + 1);
                rows.extend(end.map(|end| &leaf.path[..end]));
            }
        }
        rows.sort_by_key(|row| (row.len(), *row));
        rows.dedup();
        rows
    }

    /// Returns the leaves of a field.
    pub(super) fn leaves(&self, path: &str) -> &[Arc<Leaf>] {
        self.leaves.get(path).map_or(&[], Vec::as_slice)
    }

    /// Returns the one figure of a field.
    pub(super) fn figure(&self, path: &str) -> Option<(&Arc<Leaf>, Measure)> {
        let leaf = self.leaves(path).first()?;
        Some((leaf, self.measure(leaf)?))
    }

    /// Returns the figure of a leaf; that of a date is its year.
    pub(super) fn measure(&self, leaf: &Leaf) -> Option<Measure> {
        match leaf.value {
            Value::Date(year, ..) => Some(Measure::exact(year.into())),
            _ => self.measures.get(&leaf.path).or_else(|| self.derived.get(&leaf.path)).copied(),
        }
    }

    /// Returns last year's value of a level.
    pub(super) fn before(&self, path: &str) -> Option<&(Quantity, Measure)> {
        self.previous.get(path)
    }

    /// Tells whether anything is given at a path of the schema: a value, or rows below it, or what was wrong.
    pub(super) fn is_given(&self, path: &str) -> bool {
        let below = format!("{path}[].");
        let is_it = |key: &str| {
            let form = Schema::form(key);
            form == path || form.starts_with(&below)
        };
        self.leaves.contains_key(path)
            || self.leaves.keys().any(|key| key.starts_with(&below))
            || self.failed.iter().any(|failed| is_it(failed) || failed.is_empty())
    }

    /// Tells whether a fault was told of a path.
    pub(super) fn has_failed(&self, path: &str) -> bool {
        self.failed.iter().any(|failed| *failed == path || Schema::form(failed) == path)
    }

    /// Says something at a leaf.
    pub(super) fn tell(&self, entry: &'static Entry, severity: Severity, leaf: &Leaf) -> Diagnostic {
        let origin = Origin::new(self.source, leaf.span.clone()).field(&leaf.path, Some(&leaf.field.title));
        let mut diagnostic = Diagnostic::new(entry).at(origin);
        diagnostic.severity = if self.is_draft { severity.min(Severity::Warning) } else { severity };
        diagnostic
    }

    /// Returns a value as it was given, where rounding would hide what is wrong with it.
    pub(super) fn unrounded(&self, leaf: &Leaf) -> String {
        match (&leaf.value, self.measures.get(&leaf.path)) {
            (Value::Quantity(Quantity { number, approximation, unit }), Some(measure))
                if *unit == leaf.field.unit && *number != measure.number =>
            {
                approximation.around(&measure.number.normalize().to_string(), unit)
            }
            _ => shown(leaf),
        }
    }

    /// Names a leaf with its value and its line: “出口总值”86420万美元（第9行）.
    pub(super) fn name(&self, leaf: &Leaf) -> Text {
        let line = self.source.position(leaf.span.start).line;
        let (title, value) = (&leaf.field.title, self.unrounded(leaf));
        Text::both(format!("“{title}”{value}（第{line}行）"), format!("{title} {value} (line {line})"))
    }
}

/// Tells whether a fault was told of a path, or of a group that holds it.
fn is_failed(failed: &HashSet<String>, path: &str) -> bool {
    let ends = path.match_indices(['.', '[']).map(|(end, _)| end);
    !failed.is_empty() && ends.chain([path.len()]).any(|end| failed.contains(&path[..end]))
}

/// Returns a value as a message shows it.
pub(super) fn shown(leaf: &Leaf) -> String {
    match &leaf.value {
        Value::Quantity(quantity) => quantity.to_string(),
        Value::Text(text) | Value::Partly(text) => super::number::excerpt(text),
        Value::Shares(shares) => shares.map(|share| share.to_string()).join(":"),
        Value::Fraction(fraction) => format!("{}/{}", fraction.numerator, fraction.denominator),
        Value::Date(year, month, day) => format!("{year:04}-{month:02}-{day:02}"),
        Value::Flag(choice) => choice.to_string(),
        Value::Open => String::new(),
    }
}

/// Returns a number in a field's unit as a message shows it, without zeros at its end.
pub(super) fn in_unit(number: rust_decimal::Decimal, field: &Field) -> String {
    format!("{}{}", number.normalize(), field.unit)
}

/// Returns the path of a leaf's row.
pub(super) fn row_of(leaf: &Leaf) -> &str {
    leaf.path.rsplit_once('.').map_or("", |(row, _)| row)
}

/// Returns the leaf of a row among those of a column, which stand in the order of their rows.
pub(super) fn in_row<'a>(leaves: &'a [Arc<Leaf>], row: &str) -> &'a [Arc<Leaf>] {
    // A row's number has more digits the further down it stands.
    let order = |leaf: &Arc<Leaf>| {
        let own = row_of(leaf);
        own.len().cmp(&row.len()).then_with(|| own.cmp(row))
    };
    leaves.binary_search_by(order).map_or(&[], |at| &leaves[at..=at])
}

//! Reads last year's data file, of which only the figures count.

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::check::Walked;
use super::{Leaf, Measure, Node, Quantity, Source, Value, check, read};
use crate::diag::catalogue::previous::{PREVIOUS_OTHER, PREVIOUS_PARTLY, PREVIOUS_YEAR};
use crate::diag::{Diagnostic, Origin};
use crate::json;
use crate::pack::{Kind, Schema};

/// The figures of last year's data file.
#[derive(Clone, Debug)]
pub struct Previous {
    figures: BTreeMap<String, (Quantity, Measure)>,
    /// Three shares together, by their path, as they would be printed.
    shares: BTreeMap<String, Arc<Leaf>>,
    warnings: Vec<Diagnostic>,
    /// The year that the file is of, and where it says so.
    year: Option<(Measure, Origin)>,
    /// The names that say whose file it is, by their paths, and where they stand.
    names: BTreeMap<String, (String, Origin)>,
}

impl Previous {
    /// Reads last year's data file, made for the same pack. What is wrong with single values of it only takes
    /// them out of the comparison.
    ///
    /// Fails when the file cannot be read at all: not text, not JSON.
    pub fn read(source: &Source, schema: &Schema) -> Result<Self, Vec<Diagnostic>> {
        let (text, note) = read::decode(source)?;
        let (tree, twice) = json::parse_with_duplicates(&text)?;
        let Walked { root, found, measures } = check::walk(&text, &tree, schema);
        let mut figures = BTreeMap::new();
        let mut shares = BTreeMap::new();
        let mut year = None;
        let mut names = BTreeMap::new();
        root.for_each_leaf(&mut |leaf| {
            if let Some(name) = identity(leaf) {
                let origin = Origin::new(&text, leaf.span.clone()).field(&leaf.path, Some(&leaf.field.title));
                names.insert(leaf.path.clone(), (name.to_owned(), origin));
            }
            if matches!(leaf.value, Value::Shares(_)) && !leaf.path.contains('[') {
                shares.insert(leaf.path.clone(), Arc::clone(leaf));
            }
            let (Value::Quantity(quantity), Some(measure)) = (&leaf.value, measures.get(&leaf.path)) else {
                return;
            };
            if leaf.field.kind == Kind::Year && leaf.field.required && year.is_none() {
                let origin = Origin::new(&text, leaf.span.clone());
                year = Some((*measure, origin.field(&leaf.path, Some(&leaf.field.title))));
            }
            if is_comparable(leaf) {
                figures.insert(leaf.path.clone(), (quantity.clone(), *measure));
            }
        });
        let faults = found.iter().chain(&twice).filter(|found| found.is_error()).count();
        let partly = Diagnostic::new(&PREVIOUS_PARTLY).with("count", faults).with("file", &source.name);
        let warnings = note.into_iter().chain((faults > 0).then_some(partly)).collect();
        Ok(Self { figures, shares, warnings, year, names })
    }

    /// Returns the figure at a path.
    pub(super) fn get(&self, path: &str) -> Option<&(Quantity, Measure)> {
        self.figures.get(path)
    }

    /// Returns the three shares at a path.
    pub(super) fn shares(&self, path: &str) -> Option<&Leaf> {
        self.shares.get(path).map(|leaf| &**leaf)
    }

    /// Tells whether it is of the year before a record's and of the same place: otherwise nothing follows from it.
    pub(super) fn is_comparable(&self, root: &Node) -> bool {
        self.other_year(root).is_none() && self.other_name(root).is_none()
    }

    /// Returns what was noticed: in reading it, and that it is another year's or another place's.
    pub(super) fn notices(&self, root: &Node) -> Vec<Diagnostic> {
        let other = self.other_name(root).or_else(|| self.other_year(root));
        self.warnings.iter().cloned().chain(other).collect()
    }

    /// Says that it is not of the year before a record's.
    fn other_year(&self, root: &Node) -> Option<Diagnostic> {
        let mut now = None;
        root.for_each_leaf(&mut |leaf| {
            if let (Kind::Year, true, Value::Quantity(year)) =
                (leaf.field.kind, leaf.field.required, &leaf.value)
            {
                now.get_or_insert(year.number);
            }
        });
        let (year, origin) = self.year.as_ref()?;
        let expected = now?.checked_sub(Decimal::ONE).filter(|expected| year.number != *expected)?;
        let warning = Diagnostic::new(&PREVIOUS_YEAR).with("expected", expected).with("found", year.number);
        Some(warning.at(origin.clone()))
    }

    /// Says that it has another name than a record.
    fn other_name(&self, root: &Node) -> Option<Diagnostic> {
        let mut found = None;
        root.for_each_leaf(&mut |leaf| {
            if let Some(name) = identity(leaf)
                && let Some((other, origin)) = self.names.get(&leaf.path)
                && other != name
                && found.is_none()
            {
                let warning = Diagnostic::new(&PREVIOUS_OTHER).with("found", other).with("expected", name);
                found = Some(warning.at(origin.clone()));
            }
        });
        found
    }
}

/// Returns a name that a file cannot do without: with it the file says whose it is.
fn identity(leaf: &Leaf) -> Option<&str> {
    match &leaf.value {
        Value::Text(name)
            if leaf.field.required && leaf.field.kind == Kind::Name && !leaf.path.contains('[') =>
        {
            Some(name)
        }
        _ => None,
    }
}

/// Tells whether last year's value of a figure says anything of this year's. Rows of tables have no names to
/// know them by, and a year or an ordinal is no amount.
pub(super) fn is_comparable(leaf: &Leaf) -> bool {
    !leaf.path.contains('[')
        && leaf.field.bearing.previous_of.is_none()
        && matches!(leaf.field.kind, Kind::Count | Kind::Quantity | Kind::Percent | Kind::Growth | Kind::Rank)
}

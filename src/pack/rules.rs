//! Reads the rules that a schema declares for its figures (`x-rules`): what must not exceed what, which parts
//! make which whole.
//!
//! A rule is data: its name, how grave it is to break it, a message in both languages, the kind of rule, and the
//! paths that it is about. All of it is checked here, so that a rule that was read can be asked of any data.

mod kinds;
mod reader;

use std::sync::Arc;

use rust_decimal::Decimal;
use serde::Deserialize;

use self::reader::Reader;
use super::bearing::Basis;
use super::dimension;
use super::schema::{Field, Kind, Nodes};
use super::switches::{DATA_RULES, TEXT_RULES};
use crate::diag::catalogue::pack::RULE_TWICE;
use crate::diag::{Diagnostic, Severity, SourceText, Text};
use crate::json::{Json, JsonValue};

/// A rule on several figures.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(serde::Serialize))]
pub struct Rule {
    /// The name by which `pack.toml` switches it.
    pub name: String,
    /// How grave it is to break it.
    pub severity: Severity,
    /// What is told when it is broken.
    pub message: Text,
    /// What it asks.
    pub test: Test,
}

/// What a rule asks. Paths are in the schema's form; one through a table (`projects[].investment`) stands for
/// every row. Where an operand is absent the rule is not asked.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(serde::Serialize))]
pub enum Test {
    /// The parts together are not more than the whole.
    AtMost {
        /// The parts.
        part: Vec<String>,
        /// The whole.
        whole: String,
    },
    /// The parts together are the total, give or take what rounding leaves.
    Sum {
        /// The parts; three shares are three of them.
        parts: Vec<String>,
        /// The total.
        total: Total,
        /// How much they may differ, in the total's unit.
        tolerance: Decimal,
        /// The table whose rows are asked one by one, if the parts are its columns.
        rows: Option<String>,
    },
    /// The rate is what a part is of the whole, in percent, give or take what rounding leaves.
    ShareOf {
        /// The rate, or three shares.
        share: String,
        /// The part, or the three parts.
        parts: Vec<String>,
        /// The whole.
        whole: String,
        /// How many 百分点 it may be off beyond rounding.
        tolerance: Decimal,
    },
    /// Each part that is given is not more than the whole.
    PartOf {
        /// The parts.
        parts: Vec<String>,
        /// The whole.
        whole: String,
        /// Whether those given are not more than the whole together either.
        together: bool,
    },
    /// Where the whole is nothing, so are the parts.
    NoneWithout {
        /// The parts, in whatever unit.
        parts: Vec<String>,
        /// The whole.
        whole: String,
    },
    /// The figure is not below the least nor above the greatest of the others, as their mean is not.
    Between {
        /// The figure.
        figure: String,
        /// The others.
        of: Vec<String>,
        /// How far out it may be, in its unit.
        tolerance: Decimal,
    },
    /// The figure is what one quantity comes to for each of another.
    Quotient {
        /// The figure.
        figure: String,
        /// What is shared out.
        of: String,
        /// Among how many.
        per: String,
        /// How many percent it may be off.
        within: Decimal,
    },
    /// A table has no more rows than a count says.
    RowsAtMost {
        /// The table.
        table: String,
        /// The count.
        whole: String,
    },
    /// What is said of a target (完成, 未完成) is so.
    Fulfilled {
        /// What came of it.
        actual: String,
        /// What was aimed at.
        target: String,
        /// What is said.
        verdict: String,
    },
    /// No date is before another.
    NotBefore {
        /// The dates.
        fields: Vec<String>,
        /// The date that they are not before.
        date: String,
    },
    /// The years that texts name (2025年, 〔2025〕) are not far from a year.
    YearsNamed {
        /// The texts.
        texts: Vec<String>,
        /// The year, or the date.
        year: String,
        /// How many years a text may be before it (below 0) and after it.
        range: (Decimal, Decimal),
    },
    /// No name is in two of the lists.
    Disjoint {
        /// The lists, or single names.
        lists: Vec<String>,
    },
    /// If one datum is given, a text does not say certain words.
    Excludes {
        /// The datum.
        given: String,
        /// The text.
        text: String,
        /// The words.
        words: Vec<String>,
    },
    /// Each figure, or how far it is from another, is within bounds.
    Range {
        /// The figures.
        fields: Vec<String>,
        /// The figure from which the distance is taken.
        from: Option<String>,
        /// The least it may be, in the figure's unit.
        minimum: Option<Decimal>,
        /// The most it may be.
        maximum: Option<Decimal>,
        /// Whether the distance of a date from a year is in months, from its January on.
        in_months: bool,
    },
    /// The figures do not differ in sign.
    SameSign {
        /// The figures.
        fields: Vec<String>,
    },
    /// The rate follows from the two levels.
    GrowthOf {
        /// The rate.
        growth: String,
        /// The level.
        level: String,
        /// The level of the year before.
        previous: String,
        /// How the rate is reckoned.
        basis: Basis,
        /// How many 百分点 a rate at constant prices may be off.
        bound: Option<Decimal>,
    },
    /// The figures, or names, are the same.
    Equal {
        /// The figures.
        fields: Vec<String>,
        /// The field that must have a value for the rule to be asked, and the value.
        when: Option<(String, String)>,
    },
    /// Each figure is not below that of the year before.
    NotBelowPrevious {
        /// The figures.
        fields: Vec<String>,
    },
    /// If one figure is given, the others are.
    Implies {
        /// The figure that asks for the others.
        given: String,
        /// The others.
        needed: Vec<String>,
        /// The field with whose values the others may be absent, and the values.
        unless: Option<(String, Vec<String>)>,
    },
}

impl Test {
    /// Returns the paths that it is about.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        let (several, single): (&[String], Vec<&String>) = match self {
            Self::AtMost { part, whole } => (part, vec![whole]),
            Self::PartOf { parts, whole, .. } | Self::NoneWithout { parts, whole } => (parts, vec![whole]),
            Self::ShareOf { share, parts, whole, .. } => (parts, vec![share, whole]),
            Self::Between { figure, of, .. } => (of, vec![figure]),
            Self::Quotient { figure, of, per, .. } => (&[], vec![figure, of, per]),
            Self::RowsAtMost { table, whole } => (&[], vec![table, whole]),
            Self::Fulfilled { actual, target, verdict } => (&[], vec![actual, target, verdict]),
            Self::NotBefore { fields, date } => (fields, vec![date]),
            Self::YearsNamed { texts, year, .. } => (texts, vec![year]),
            Self::Disjoint { lists } => (lists, Vec::new()),
            Self::Excludes { given, text, .. } => (&[], vec![given, text]),
            Self::Sum { parts, total: Total::Field(total), .. } => (parts, vec![total]),
            Self::Sum { parts, .. } => (parts, Vec::new()),
            Self::Range { fields, from, .. } => (fields, from.iter().collect()),
            Self::GrowthOf { growth, level, previous, .. } => (&[], vec![growth, level, previous]),
            Self::SameSign { fields } | Self::NotBelowPrevious { fields } => (fields, Vec::new()),
            Self::Equal { fields, when } => (fields, when.iter().map(|(path, _)| path).collect()),
            Self::Implies { given, needed, unless } => {
                (needed, unless.iter().map(|(path, _)| path).chain([given]).collect())
            }
        };
        several.iter().chain(single).map(String::as_str)
    }
}

/// What parts are to sum up to.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(serde::Serialize))]
pub enum Total {
    /// A figure.
    Field(String),
    /// A number of the schema's.
    Number(Decimal),
}

/// Reads the rules; `nodes` are the fields they may name.
pub(super) fn read(
    source: &Arc<SourceText>,
    value: &Json<'_>,
    nodes: &Nodes,
    faults: &mut Vec<Diagnostic>,
) -> Vec<Rule> {
    let mut reader = Reader { source, nodes, faults };
    let JsonValue::Array(items) = &value.value else {
        reader.value("x-rules", &Text::both("数组，一条规则一项", "an array of rules"), value);
        return Vec::new();
    };
    let mut rules: Vec<Rule> = Vec::new();
    for item in items {
        let Some(rule) = reader.rule(item) else { continue };
        let is_taken = |name: &str| rules.iter().any(|rule| rule.name == name);
        if is_taken(&rule.name) || DATA_RULES.iter().chain(TEXT_RULES).any(|own| *own == rule.name) {
            let fault = Diagnostic::new(&RULE_TWICE).with("name", &rule.name);
            reader.fault(fault, item.get("name").unwrap_or(item));
        }
        rules.push(rule);
    }
    rules
}

/// Returns the power of ten that brings one field's figures to the unit of another, if they can be compared.
///
/// What is counted is compared whatever its measure word; years and dates with each other alone.
pub(crate) fn power(from: &Field, to: &Field) -> Option<i32> {
    use Kind::{Count, Date, Ordinal, Rank, Year};
    let is_year = |field: &Field| matches!(field.kind, Year | Date);
    if is_year(from) || is_year(to) {
        return (is_year(from) && is_year(to)).then_some(0);
    }
    let is_counted = |field: &Field| matches!(field.kind, Count | Rank | Ordinal);
    let counted = is_counted(from) && is_counted(to);
    let scales = dimension::split(&from.unit).0 - dimension::split(&to.unit).0;
    dimension::power_between(&from.unit, &to.unit).or_else(|| counted.then_some(scales))
}

//! Asks the schema's own rules (`x-rules`) of a data file.
//!
//! Figures are held against each other in decimal and in one unit. An approximate one breaks a rule only if it
//! does so whatever it stands for; where an operand is absent, or was complained of already, a rule is not asked.

mod amounts;
mod texts;

use std::collections::HashSet;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::facts::{Facts, in_row, in_unit, shown};
use super::measure::Bounds;
use super::{Leaf, Measure, Value, growth, trend};
use crate::diag::catalogue::data::{RULE_BROKEN, RULE_DOUBTED, RULE_NOTED, SUM_ROUNDED};
use crate::diag::{Diagnostic, Severity, Text};
use crate::pack::{Basis, Field, Rule, Test, Total, comparison};

/// Asks every rule; of figures that are doubted already, those alone that stop the work.
pub(super) fn check(facts: &Facts<'_>, doubted: &HashSet<&str>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut out_of_range: Vec<Diagnostic> = Vec::new();
    for (rule, severity) in facts.schema.rules() {
        let is_doubted = |path: &str| facts.leaves(path).iter().any(|leaf| doubted.contains(&*leaf.path));
        if severity != Severity::Error && !doubted.is_empty() && rule.test.paths().any(is_doubted) {
            continue;
        }
        let ask = Ask { facts, rule, severity, row: None };
        match &rule.test {
            Test::AtMost { part, whole } => found.extend(ask.at_most(part, whole)),
            Test::Sum { parts, total, tolerance, rows: None } => {
                found.extend(ask.sum(parts, total, *tolerance));
            }
            Test::Sum { parts, total, tolerance, rows: Some(table) } => {
                for row in facts.rows(table) {
                    let ask = Ask { facts, rule, severity, row: Some(row) };
                    found.extend(ask.sum(parts, total, *tolerance));
                }
            }
            Test::ShareOf { share, parts, whole, tolerance } => {
                found.extend(ask.share_of(share, parts, whole, *tolerance));
            }
            Test::PartOf { parts, whole, together } => found.extend(ask.part_of(parts, whole, *together)),
            Test::NoneWithout { parts, whole } => found.extend(ask.none_without(parts, whole)),
            Test::Between { figure, of, tolerance } => found.extend(ask.between(figure, of, *tolerance)),
            Test::Quotient { figure, of, per, within } => {
                found.extend(ask.quotient(figure, of, per, *within));
            }
            Test::RowsAtMost { table, whole } => found.extend(ask.rows_at_most(table, whole)),
            Test::Fulfilled { actual, target, verdict } => {
                found.extend(ask.fulfilled(actual, target, verdict));
            }
            Test::NotBefore { fields, date } => found.extend(ask.not_before(fields, date)),
            Test::YearsNamed { texts, year, range } => found.extend(ask.years_named(texts, year, *range)),
            Test::Disjoint { lists } => found.extend(ask.disjoint(lists)),
            Test::Excludes { given, text, words } => found.extend(ask.excludes(given, text, words)),
            Test::Range { fields, from, minimum, maximum, in_months } => {
                for leaf in fields.iter().flat_map(|path| facts.leaves(path)) {
                    let from = from.as_deref();
                    out_of_range.extend(ask.range(leaf, (from, *in_months), (*minimum, *maximum)));
                }
            }
            Test::SameSign { fields } => found.extend(ask.same_sign(fields)),
            Test::GrowthOf { growth, level, previous, basis, bound } => {
                found.extend(ask.growth(growth, level, previous, (*basis, *bound)));
            }
            Test::Equal { fields, when } => {
                if when
                    .as_ref()
                    .is_none_or(|(path, value)| has_value(facts, path, std::slice::from_ref(value)))
                {
                    found.extend(ask.equal(fields));
                }
            }
            Test::NotBelowPrevious { fields } => {
                found.extend(fields.iter().filter_map(|path| ask.not_below_previous(path)));
            }
            Test::Implies { given, needed, unless } => {
                if unless.as_ref().is_some_and(|(path, values)| has_value(facts, path, values)) {
                    continue;
                }
                found.extend(needed.iter().filter_map(|path| ask.implies(given, path)));
            }
        }
    }
    // What is out of a range altogether is not told of a narrower one as well.
    let is_worst = |found: &&Diagnostic| {
        !out_of_range.iter().any(|other| other.origin == found.origin && other.severity > found.severity)
    };
    found.extend(out_of_range.iter().filter(is_worst).cloned());
    found
}

/// A rule that is asked.
struct Ask<'a> {
    facts: &'a Facts<'a>,
    rule: &'a Rule,
    severity: Severity,
    /// The row of a table that it is asked of: `history.structure[2]`.
    row: Option<&'a str>,
}

/// The sum of several figures.
struct Sum {
    bounds: Bounds,
    /// The sum of the numbers as they stand.
    number: Decimal,
    leaves: Vec<Arc<Leaf>>,
}

impl Ask<'_> {
    fn at_most(&self, part: &[String], whole: &str) -> Option<Diagnostic> {
        let facts = self.facts;
        let whole = facts.leaves(whole).first()?;
        let sum = self.add(part, &whole.field)?;
        let most = facts.measure(whole)?.bounds().most?;
        sum.bounds.is_above(most).then(|| {
            let found = match &sum.leaves[..] {
                [one] => list(&[facts.name(one), facts.name(whole)]),
                several => {
                    let sum = in_unit(sum.number, &whole.field);
                    let whole = facts.name(whole);
                    let several: Vec<_> = several.iter().map(|leaf| facts.name(leaf)).collect();
                    let several = list(&several);
                    Text::both(
                        format!("{}，合计{sum}；{}", several.zh, whole.zh),
                        format!("{}, together {sum}; {}", several.en, whole.en),
                    )
                }
            };
            self.broken(&sum.leaves[0], found)
        })
    }

    fn sum(&self, parts: &[String], total: &Total, tolerance: Decimal) -> Option<Diagnostic> {
        let facts = self.facts;
        let (measure, unit, shown_total) = match total {
            Total::Field(path) => {
                let leaf = facts.leaves(path).first()?;
                (facts.measure(leaf)?, Arc::clone(&leaf.field), facts.name(leaf))
            }
            Total::Number(number) => {
                let unit = facts.schema.field(&parts[0])?;
                (Measure::exact(*number), Arc::clone(unit), Text::from(in_unit(*number, unit)))
            }
        };
        let sum = self.add(parts, &unit)?;
        let gap = sum.bounds.minus(measure.bounds());
        let shown_sum = in_unit(sum.number, &unit);
        if gap.is_above(tolerance) || gap.is_below(-tolerance) {
            let parts: Vec<_> = match &sum.leaves[..] {
                [shares] if matches!(shares.value, Value::Shares(_)) => vec![Text::from(shown(shares))],
                leaves => leaves.iter().map(|leaf| facts.name(leaf)).collect(),
            };
            let parts = list(&parts);
            let found = Text::both(
                format!("{}，合计{shown_sum}；应为{}", parts.zh, shown_total.zh),
                format!("{}, together {shown_sum}; expected {}", parts.en, shown_total.en),
            );
            return Some(self.broken(&sum.leaves[0], found));
        }
        // Apart, but by no more than the parts' rounding leaves.
        let is_apart = gap.is_above(Decimal::ZERO) || gap.is_below(Decimal::ZERO);
        is_apart.then(|| {
            let gap = sum.number.checked_sub(measure.number).unwrap_or_default().abs();
            let note = facts.tell(&SUM_ROUNDED, Severity::Note, &sum.leaves[0]);
            let gap = match &*unit.unit {
                "%" => {
                    let gap = gap.normalize();
                    Text::both(format!("{gap}个百分点"), format!("{gap} points"))
                }
                _ => in_unit(gap, &unit).into(),
            };
            note.with("sum", shown_sum).with("total", shown_total).with("gap", gap)
        })
    }

    fn range(
        &self,
        leaf: &Leaf,
        (from, in_months): (Option<&str>, bool),
        (minimum, maximum): (Option<Decimal>, Option<Decimal>),
    ) -> Option<Diagnostic> {
        let facts = self.facts;
        if facts.has_failed(&leaf.path) {
            return None;
        }
        let measure = facts.measure(leaf)?;
        // The number of a bound is held to the range as well: 控制在140%以内 may stand for less, yet no rate has that limit.
        let (bounds, number, base) = match from {
            None => (measure.bounds(), Some(measure.number), None),
            Some(path) if in_months => {
                let base = facts.leaves(path).first()?;
                let Value::Date(year, month, _) = leaf.value else { return None };
                let whole_years = Decimal::from(year).checked_sub(facts.measure(base)?.number)?;
                let months = whole_years.checked_mul(Decimal::from(12))?;
                let months = months.checked_add(Decimal::from(month - 1))?;
                (Measure::exact(months).bounds(), None, Some(base))
            }
            Some(path) => {
                let base = facts.leaves(path).first()?;
                let base_bounds = in_units_of(&leaf.field, facts.measure(base)?, &base.field)?.bounds();
                (measure.bounds().minus(base_bounds), None, Some(base))
            }
        };
        let is_below = |minimum| bounds.is_below(minimum) || number.is_some_and(|number| number < minimum);
        let is_above = |maximum| bounds.is_above(maximum) || number.is_some_and(|number| number > maximum);
        let is_out = minimum.is_some_and(is_below) || maximum.is_some_and(is_above);
        is_out.then(|| {
            let names = [Some(leaf), base.map(|base| &**base)];
            let names: Vec<_> = names.into_iter().flatten().map(|leaf| facts.name(leaf)).collect();
            self.broken(leaf, list(&names))
        })
    }

    fn same_sign(&self, fields: &[String]) -> Option<Diagnostic> {
        let figures: Vec<_> = fields
            .iter()
            .flat_map(|path| self.facts.leaves(path))
            .filter_map(|leaf| Some((leaf, self.facts.measure(leaf)?.bounds())))
            .collect();
        let (above, _) = figures.iter().find(|(_, bounds)| bounds.is_above(Decimal::ZERO))?;
        let (below, _) = figures.iter().find(|(_, bounds)| bounds.is_below(Decimal::ZERO))?;
        Some(self.broken(below, list(&[self.facts.name(above), self.facts.name(below)])))
    }

    fn growth(
        &self,
        growth: &str,
        level: &str,
        previous: &str,
        basis: (Basis, Option<Decimal>),
    ) -> Option<Diagnostic> {
        let facts = self.facts;
        let (leaf, given) = facts.figure(growth)?;
        let (now_leaf, now) = facts.figure(level)?;
        let (before_leaf, before) = facts.figure(previous)?;
        let Value::Quantity(before_shown) = &before_leaf.value else { return None };
        let before = in_units_of(&now_leaf.field, before, &before_leaf.field)?;
        let verdict = growth::judge(&now_leaf.field, given, now, before, basis);
        let told = trend::disagreement(
            facts,
            verdict,
            self.severity,
            (leaf, given),
            (now_leaf, now),
            (before_shown, before),
        )?;
        let found = Text::both(
            told.message(crate::diag::Language::Chinese),
            told.message(crate::diag::Language::English),
        );
        Some(self.broken(leaf, found))
    }

    fn equal(&self, fields: &[String]) -> Option<Diagnostic> {
        let facts = self.facts;
        let leaves: Vec<_> = fields.iter().flat_map(|path| facts.leaves(path)).collect();
        let (first, others) = leaves.split_first()?;
        let other = others.iter().find(|other| {
            if let (Value::Text(one), Value::Text(other)) = (&first.value, &other.value) {
                return one != other;
            }
            let bounds =
                |leaf: &Leaf| Some(in_units_of(&first.field, facts.measure(leaf)?, &leaf.field)?.bounds());
            let gap = bounds(first).zip(bounds(other)).map(|(one, other)| one.minus(other));
            gap.is_some_and(|gap| gap.is_above(Decimal::ZERO) || gap.is_below(Decimal::ZERO))
        })?;
        Some(self.broken(other, list(&[facts.name(first), facts.name(other)])))
    }

    fn not_below_previous(&self, path: &str) -> Option<Diagnostic> {
        let (leaf, measure) = self.facts.figure(path)?;
        let (quantity, before) = self.facts.before(&leaf.path)?;
        let least = before.bounds().least?;
        measure.bounds().is_below(least).then(|| {
            let name = self.facts.name(leaf);
            let found = Text::both(
                format!("{}，上年{quantity}", name.zh),
                format!("{}, {quantity} the year before", name.en),
            );
            self.broken(leaf, found)
        })
    }

    fn implies(&self, given: &str, needed: &str) -> Option<Diagnostic> {
        let facts = self.facts;
        let leaf = match facts.leaves(given).first() {
            Some(leaf) => leaf,
            // A table is given by its rows.
            None => self.row(given)?,
        };
        (!facts.is_given(needed)).then(|| {
            let title = facts.schema.title(needed).unwrap_or_default();
            let name = facts.name(leaf);
            let found = Text::both(
                format!("有{}，没有“{title}”（`{needed}`）", name.zh),
                format!("{} is given, `{needed}` ({title}) is not", name.en),
            );
            self.broken(leaf, found)
        })
    }

    /// Returns a leaf of a table's rows.
    fn row(&self, table: &str) -> Option<&Arc<Leaf>> {
        let columns = self.facts.schema.children(&format!("{table}[]"));
        columns.iter().find_map(|column| self.facts.leaves(&format!("{table}[].{column}")).first())
    }

    /// Adds figures in a field's unit; nothing when one of them is absent or cannot be added.
    fn add(&self, paths: &[String], unit: &Field) -> Option<Sum> {
        let none = Bounds { least: Some(Decimal::ZERO), most: Some(Decimal::ZERO) };
        let mut sum = Sum { bounds: none, number: Decimal::ZERO, leaves: Vec::new() };
        for path in paths {
            let mut leaves = self.facts.leaves(path);
            if let Some(row) = self.row {
                leaves = in_row(leaves, row);
            }
            if leaves.is_empty() {
                return None;
            }
            for leaf in leaves {
                let measures = match &leaf.value {
                    Value::Shares(shares) => shares.iter().copied().map(Measure::exact).collect(),
                    _ => vec![self.facts.measure(leaf)?],
                };
                for measure in measures {
                    let measure = in_units_of(unit, measure, &leaf.field)?;
                    sum.bounds = sum.bounds.plus(measure.bounds());
                    sum.number = sum.number.checked_add(measure.number)?;
                }
                sum.leaves.push(Arc::clone(leaf));
            }
        }
        Some(sum)
    }

    fn broken(&self, leaf: &Leaf, found: Text) -> Diagnostic {
        let entry = match self.severity {
            Severity::Error => &RULE_BROKEN,
            Severity::Warning => &RULE_DOUBTED,
            Severity::Note => &RULE_NOTED,
        };
        let diagnostic = self.facts.tell(entry, self.severity, leaf);
        diagnostic
            .with("message", self.rule.message.clone())
            .with("found", found)
            .with("rule", &self.rule.name)
    }
}

/// Brings a field's figure to the unit of another.
pub(super) fn in_units_of(unit: &Field, measure: Measure, field: &Field) -> Option<Measure> {
    measure.scaled(comparison(field, unit)?)
}

/// Tells whether a field has one of some values.
fn has_value(facts: &Facts<'_>, path: &str, values: &[String]) -> bool {
    let is_one = |leaf: &Arc<Leaf>| matches!(&leaf.value, Value::Text(text) if values.contains(text));
    facts.leaves(path).iter().any(is_one)
}

/// Joins names.
fn list(names: &[Text]) -> Text {
    let join = |names: Vec<&str>, mark: &str| names.join(mark);
    Text::both(
        join(names.iter().map(|name| name.zh.as_str()).collect(), "，"),
        join(names.iter().map(|name| name.en.as_str()).collect(), ", "),
    )
}

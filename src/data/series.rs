//! Holds the tables of years against the text: each year once, in order, this year's row the text's own figure and
//! the row before it that of the year before (`x-series-of`).

use std::sync::Arc;

use rust_decimal::Decimal;

use super::facts::{Facts, in_row, row_of, shown};
use super::relations::in_units_of;
use super::{Leaf, Measure, Value, growth};
use crate::diag::catalogue::trend::{SERIES_DIFFERS, SERIES_DIRECTION, SERIES_ORDER};
use crate::diag::{Diagnostic, Severity, Text};
use crate::pack::{Field, Kind};

/// Asks every table that has a column of years.
pub(super) fn check(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let Some(severity) = facts.schema.severity("series", Severity::Error) else { return Vec::new() };
    let mut found = Vec::new();
    for field in facts.schema.fields() {
        let Some(level) = &field.bearing.series_of else { continue };
        if field.kind == Kind::Year {
            found.extend(order(facts, field, severity));
        } else {
            found.extend(values(facts, field, level, severity));
            found.extend(direction(facts, field, level));
        }
    }
    found
}

/// Finds years that do not come after the one above them.
fn order(facts: &Facts<'_>, years: &Field, severity: Severity) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut before: Option<Decimal> = None;
    for leaf in facts.leaves(&years.path) {
        let Some(year) = facts.measure(leaf).map(|measure| measure.number) else { continue };
        if let Some(before) = before.filter(|before| year <= *before) {
            let told = facts.tell(&SERIES_ORDER, severity, leaf);
            found.push(told.with("year", year.normalize()).with("before", before.normalize()));
        }
        before = Some(year);
    }
    found
}

/// Finds the values of this year and of the year before that are not those of the text.
fn values(facts: &Facts<'_>, column: &Field, level: &str, severity: Severity) -> Vec<Diagnostic> {
    let Some((years, this_year)) = years(facts, column) else { return Vec::new() };
    let mut found = Vec::new();
    for leaf in facts.leaves(&column.path) {
        let year = in_row(years, row_of(leaf)).first().and_then(|year| facts.measure(year));
        let Some(year) = year.map(|year| year.number) else { continue };
        let (known, name) = if year == this_year {
            let Some((known, measure)) = figure(facts, level) else { continue };
            (measure, facts.name(known))
        } else if this_year.checked_sub(Decimal::ONE) == Some(year) {
            let Some((known, measure)) = facts.before(level) else { continue };
            (*measure, Text::both(format!("上年的{known}"), format!("last year's {known}")))
        } else {
            continue;
        };
        if differs(facts, leaf, level, known) {
            let told = facts.tell(&SERIES_DIFFERS, severity, leaf).with("year", year.normalize());
            found.push(told.with("given", shown(leaf)).with("known", name));
        }
    }
    found
}

/// Finds a growth that goes the other way than the table of years.
fn direction(facts: &Facts<'_>, column: &Field, level: &str) -> Option<Diagnostic> {
    let severity = facts.schema.severity("series", Severity::Warning)?.min(Severity::Warning);
    let is_rate = |field: &&Arc<Field>| field.bearing.growth_of.as_deref() == Some(level);
    let rate = facts.schema.fields().iter().find(is_rate)?;
    let (given_leaf, given) = facts.figure(&rate.path)?;
    let (now_leaf, now) = facts.figure(level)?;
    // Last year's value has been held against it already.
    if facts.before(level).is_some() {
        return None;
    }
    let (years, this_year) = years(facts, column)?;
    let last = this_year.checked_sub(Decimal::ONE)?;
    let year = years.iter().find(|year| facts.measure(year).is_some_and(|year| year.number == last))?;
    let before_leaf = in_row(facts.leaves(&column.path), row_of(year)).first()?;
    let before = in_units_of(&now_leaf.field, facts.measure(before_leaf)?, column)?;
    let change = growth::change(&now_leaf.field, now.number, before.number)?;
    let is_opposite = change.is_sign_negative() != given.number.is_sign_negative();
    let is_far = change.checked_sub(given.number)?.abs() > Decimal::ONE;
    let is_exact = given.is_exact() && now.is_exact() && before.is_exact();
    (is_opposite && is_far && is_exact && !change.is_zero() && !given.number.is_zero()).then(|| {
        let computed = format!("{}{}", growth::rounded(change, rate.decimals), rate.unit);
        let warning = facts.tell(&SERIES_DIRECTION, severity, given_leaf).with("given", shown(given_leaf));
        let warning = warning.with("before", shown(before_leaf)).with("now", shown(now_leaf));
        warning.with("computed", computed)
    })
}

/// Splits the number of a share off the path of the shares: `structure.current[0]`.
fn split(level: &str) -> (&str, Option<usize>) {
    let share = level.strip_suffix(']').and_then(|level| level.rsplit_once('['));
    share.map_or((level, None), |(path, index)| (path, index.parse().ok()))
}

/// Returns the one figure of a level, or of a share.
fn figure<'a>(facts: &'a Facts<'_>, level: &str) -> Option<(&'a Arc<Leaf>, Measure)> {
    let (path, Some(index)) = split(level) else { return facts.figure(level) };
    let leaf = facts.leaves(path).first()?;
    let Value::Shares(shares) = &leaf.value else { return None };
    Some((leaf, Measure::exact(*shares.get(index)?)))
}

/// Returns the years of a column's table, and the year that the document is of.
fn years<'a>(facts: &'a Facts<'_>, column: &Field) -> Option<(&'a [Arc<Leaf>], Decimal)> {
    let (table, _) = column.path.rsplit_once('.')?;
    let is_year = |field: &&Arc<Field>| {
        field.kind == Kind::Year && field.path.rsplit_once('.').is_some_and(|(own, _)| own == table)
    };
    let years = facts.schema.fields().iter().find(is_year)?;
    let (_, this_year) = facts.figure(years.bearing.series_of.as_ref()?)?;
    Some((facts.leaves(&years.path), this_year.number))
}

/// Tells whether a row's value cannot be a figure, both rounded to the digits that were typed.
fn differs(facts: &Facts<'_>, leaf: &Leaf, level: &str, known: Measure) -> bool {
    let Some(level) = facts.schema.field(split(level).0) else { return false };
    let given = facts.measure(leaf).and_then(|given| in_units_of(level, given, &leaf.field));
    given.is_some_and(|given| {
        let gap = given.unrounded().minus(known.unrounded());
        gap.is_above(Decimal::ZERO) || gap.is_below(Decimal::ZERO)
    })
}

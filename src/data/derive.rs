//! Reckons the rates of growth that a file does not give from the levels that it gives.

use std::sync::Arc;

use super::facts::Facts;
use super::{Leaf, Measure, Value, growth};
use crate::diag::catalogue::data::GROWTH_NOMINAL;
use crate::diag::{Diagnostic, Severity, Text};
use crate::pack::{Basis, Field};

/// What was reckoned, and what was found.
pub(super) struct Derived {
    pub(super) leaves: Vec<(Arc<Leaf>, Measure)>,
    pub(super) found: Vec<Diagnostic>,
}

/// Reckons the rates that are missing; of those that cannot be and the report cannot do without, tells so.
pub(super) fn derive(facts: &Facts<'_>, missing: &[(String, Diagnostic)]) -> Derived {
    let mut derived = Derived { leaves: Vec::new(), found: Vec::new() };
    for (path, fault) in missing {
        let Some(field) = facts.schema.field(path) else { continue };
        let rate = rate(facts, field);
        let is_real = field.bearing.basis == Basis::ConstantPrice;
        if let Some((leaf, measure)) = rate.as_ref().filter(|_| !is_real) {
            derived.leaves.push((Arc::new(leaf.clone()), *measure));
            continue;
        }
        // A rate at constant prices does not follow from two levels at current ones: what does would be another figure.
        derived.found.extend(rate.and_then(|(leaf, _)| nominal(facts, &leaf)));
        if field.required && !facts.is_draft && !is_awaited(facts, field) {
            let fault = fault.clone();
            derived.found.push(match previous(facts, field).filter(|_| !is_real) {
                Some(path) => fault.hint(Text::both(
                    format!("也可填上年的数（`{path}`），由程序算出"),
                    format!("or give last year's value (`{path}`), and it is reckoned"),
                )),
                None => fault,
            });
        }
    }
    derived
}

/// Tells whether a rate can be reckoned once the level is mended, of which a fault was told.
fn is_awaited(facts: &Facts<'_>, field: &Field) -> bool {
    let Some(level) = field.bearing.growth_of.as_ref() else { return false };
    let is_sound = |path: &str| facts.is_given(path) && !facts.has_failed(path);
    let has_previous = || facts.before(level).is_some() || previous(facts, field).is_some_and(is_sound);
    facts.has_failed(level) && has_previous()
}

/// Reckons a rate, if both levels are known exactly.
fn rate(facts: &Facts<'_>, field: &Arc<Field>) -> Option<(Leaf, Measure)> {
    let level = field.bearing.growth_of.as_ref()?;
    let (leaf, now) = facts.figure(level)?;
    let (_, before) = facts.before(level)?;
    let quantity = growth::printed(&leaf.field, Some(field), now, *before)?;
    let measure = Measure::exact(quantity.number);
    let leaf = Leaf {
        path: field.path.clone(),
        field: Arc::clone(field),
        value: Value::Quantity(quantity),
        span: leaf.span.clone(),
    };
    Some((leaf, measure))
}

/// Says that a rate is not put in that was reckoned at current prices where constant ones are wanted.
fn nominal(facts: &Facts<'_>, leaf: &Leaf) -> Option<Diagnostic> {
    let Value::Quantity(rate) = &leaf.value else { return None };
    let severity = facts.schema.severity("growth", Severity::Warning)?;
    let warning = facts.tell(&GROWTH_NOMINAL, severity, leaf).with("computed", rate);
    Some(warning.with("department", &leaf.field.department))
}

/// Returns the path of last year's value of the level that a rate is of.
fn previous<'a>(facts: &Facts<'a>, field: &Field) -> Option<&'a str> {
    let level = field.bearing.growth_of.as_ref()?;
    facts.schema.previous_of(level).map(|previous| previous.path.as_str())
}

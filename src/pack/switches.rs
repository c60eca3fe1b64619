//! Names the rules that a pack can switch, and reads its `[rules]` table: `NAME = "off"`.
//!
//! A pack switches three sorts of rules in one table: those of the program on the figures ([`DATA_RULES`]) and on
//! the text ([`TEXT_RULES`]), and its own, the `x-rules` of its schema.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Deserialize;
use toml::Spanned;

use super::Schema;
use crate::diag::catalogue::pack::{RULE_SWITCH, RULE_UNKNOWN};
use crate::diag::{Diagnostic, Origin, Severity, SourceText};

/// The rules of the program on the figures of a data file.
///
/// `growth`: a rate follows from the two levels beside it; `magnitude`: a figure is not ten thousand times too
/// large or small; `ratio`: a percentage is no ratio of a spreadsheet; `series`: the rows of a table of years follow
/// one another and agree with the text; `stock`: what only grows has not shrunk; `swing`: a figure is not far from
/// last year's; `usual-rate`: a rate is not beyond what is usual.
pub const DATA_RULES: &[&str] = &["growth", "magnitude", "ratio", "series", "stock", "swing", "usual-rate"];

/// The rules of the program on the text of the filled document.
pub const TEXT_RULES: &[&str] = &[
    "no-placeholder",
    "no-blank",
    "no-pending-word",
    "paired-marks",
    "nested-marks",
    "single-marks",
    "marks-in-place",
    "full-width-marks",
    "chinese-quotes",
    "dash-and-ellipsis",
    "quotes-without-comma",
    "list-end",
    "heading-end",
    "paragraph-end",
    "label-mark",
    "single-label",
    "label-order",
    "half-width-numerals",
    "no-space",
    "middle-dot",
    "numeral-zero",
    "range-sign",
    "range-unit",
    "percentage-point",
    "single-approximation",
    "no-decline-by-times",
    "no-signed-change",
    "unmixed-numerals",
    "single-scale",
    "leading-zero",
    "single-unit",
    "approximate-numerals",
    "no-padded-date",
    "date-form",
    "real-date",
    "document-number",
    "sentence-once",
    "clause-once",
    "word-once",
    "figure-one-value",
    "figures-agree",
    "right-word",
    "attachment-names",
    "change-adds-up",
    "part-within-whole",
    "attachment-there",
    "request-recipient",
    "signer-named",
    "secret-numbered",
    "imprint-whole",
    "recipient-once",
    "organs-sign",
    "rates-agree",
];

/// What a pack makes of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(serde::Serialize))]
pub enum RuleSwitch {
    /// The rule is not asked.
    Off,
    /// What breaks it is told as a note.
    Note,
    /// What breaks it is told as a warning.
    Warning,
    /// What breaks it stops the work.
    Error,
}

impl RuleSwitch {
    /// Every setting, by the name that `[rules]` gives it.
    pub const ALL: [(&'static str, Self); 4] =
        [("off", Self::Off), ("note", Self::Note), ("warning", Self::Warning), ("error", Self::Error)];

    /// Returns how grave it makes what breaks the rule; nothing when the rule is off.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::Off => None,
            Self::Note => Some(Severity::Note),
            Self::Warning => Some(Severity::Warning),
            Self::Error => Some(Severity::Error),
        }
    }
}

/// The `[rules]` table as it is written.
pub(super) type Table = BTreeMap<Spanned<String>, Spanned<String>>;

/// Reads the table. Without a schema, which could not be read then, any name will do.
pub(super) fn read(
    source: &Arc<SourceText>,
    table: &Table,
    schema: Option<&Schema>,
    faults: &mut Vec<Diagnostic>,
) -> BTreeMap<String, RuleSwitch> {
    let known: Vec<&str> =
        schema.into_iter().flat_map(Schema::rule_names).chain(DATA_RULES.iter().copied()).collect();
    let all = || known.iter().chain(TEXT_RULES).copied();
    let mut switches = BTreeMap::new();
    for (name, setting) in table {
        if schema.is_some() && !all().any(|known| known == name.get_ref()) {
            let fault = Diagnostic::new(&RULE_UNKNOWN)
                .with("name", name.get_ref())
                .with("known", known.join(" "))
                .suggest(name.get_ref(), all());
            faults.push(fault.at(Origin::new(source, name.span())));
        }
        if let Some((_, switch)) = RuleSwitch::ALL.iter().find(|(known, _)| known == setting.get_ref()) {
            switches.insert(name.get_ref().clone(), *switch);
        } else {
            let fault = Diagnostic::new(&RULE_SWITCH)
                .with("name", name.get_ref())
                .with("found", setting.get_ref())
                .suggest(setting.get_ref(), RuleSwitch::ALL.map(|(known, _)| known));
            faults.push(fault.at(Origin::new(source, setting.span())));
        }
    }
    switches
}

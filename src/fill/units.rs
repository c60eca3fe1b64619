//! Holds the unit that a template writes behind a figure against the one that the schema has for it.

use super::compile::{Argument, Call};
use super::scope::Shape;
use crate::diag::Diagnostic;
use crate::diag::catalogue::fill::{UNIT_AGAIN, UNIT_OTHER};
use crate::pack::{Field, Kind, dimension};

/// The most characters of a unit that is looked for in a template's text: 微克/立方米.
const LONGEST: usize = 8;

/// Tells what is wrong with the unit at the beginning of the text that follows a tag, if anything is; the tag prints its
/// one figure with its unit or without.
pub(super) fn behind(call: &Call, shape: &Shape, text: &str) -> Option<Diagnostic> {
    let Shape::Field(field) = shape else { return None };
    let text = text.trim_start();
    match call.name.as_deref()? {
        "number" | "numeral" if !has_unit(call) => other(field, text),
        _ if call.arguments.is_empty() => again(field, text),
        _ => None,
    }
}

fn has_unit(call: &Call) -> bool {
    call.options.iter().any(|(name, value)| name == "unit" && matches!(value, Argument::Literal(_)))
}

/// A number without its unit is in the schema's: 万元 behind one in 亿元 makes ten thousand times too little of it.
fn other(field: &Field, text: &str) -> Option<Diagnostic> {
    if field.unit.is_empty() {
        return None;
    }
    // 70余万元.
    let text = text.strip_prefix(['余', '多']).unwrap_or(text);
    let ends = text.char_indices().map(|(at, c)| at + c.len_utf8()).take(LONGEST);
    let units = ends.filter_map(|end| text.get(..end));
    let written = units.filter_map(|unit| Some((unit, dimension::power_between(&field.unit, unit)?))).last();
    let (written, _) = written.filter(|(_, power)| *power != 0)?;
    let fault = Diagnostic::new(&UNIT_OTHER).with("path", &field.path).with("unit", &field.unit);
    Some(fault.with("written", written))
}

/// A figure prints its unit itself. Where the unit is one character, what follows may be a word that begins with it:
/// 12个 and 个体户.
fn again(field: &Field, text: &str) -> Option<Diagnostic> {
    let is_printed = matches!(
        field.kind,
        Kind::Ordinal | Kind::Rank | Kind::Count | Kind::Quantity | Kind::Percent | Kind::Growth
    );
    let rest = text.strip_prefix(field.unit.as_str()).filter(|_| is_printed && !field.unit.is_empty())?;
    let ends = rest.starts_with(['。', '，', '；', '：', '！', '？', '）', '”']) || rest.starts_with("</");
    let is_sure = field.unit.chars().count() > 1 || ends;
    let fault = || Diagnostic::new(&UNIT_AGAIN).with("path", &field.path).with("unit", &field.unit);
    is_sure.then(fault)
}

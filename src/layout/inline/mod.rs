//! Turns a paragraph's text into lines: collect, shape, break, set.

pub(crate) mod bond;
pub(crate) mod class;
pub(crate) mod collect;
pub(crate) mod finalize;
pub(crate) mod linebreak;
pub(crate) mod shape;
#[cfg(test)]
mod tests;

use self::collect::Letters;
use self::finalize::SetLine;
use self::linebreak::Measure;
use super::fonts::RoleFonts;
use crate::diag::Diagnostic;
use crate::units::Abs;

/// Sets rows of letters as lines within a measure, justified; each row begins anew as after a forced break.
pub(crate) fn set_paragraph(
    rows: Vec<Letters>,
    measure: &Measure,
    fonts: &mut RoleFonts<'_>,
    latin_gap: f64,
) -> Result<Vec<SetLine>, Vec<Diagnostic>> {
    let mut lines = Vec::new();
    let mut faults = Vec::new();
    let mut measure = *measure;
    for row in rows {
        match shape::shape(row, fonts, latin_gap) {
            Ok(letters) => {
                for (nth, broken) in linebreak::break_lines(&letters, &measure).iter().enumerate() {
                    let left = if nth == 0 { measure.first } else { measure.rest };
                    lines.push(finalize::set(&letters, broken, left));
                }
            }
            Err(missing) => faults.extend(missing),
        }
        measure.first = measure.rest;
    }
    if faults.is_empty() { Ok(lines) } else { Err(faults) }
}

/// Sets a row of letters on one line from a left edge, at its natural width, and returns it.
pub(crate) fn set_line(
    row: Letters,
    left: Abs,
    fonts: &mut RoleFonts<'_>,
    latin_gap: f64,
) -> Result<SetLine, Vec<Diagnostic>> {
    let measure = Measure {
        width: Abs::pt(1e9),
        first: Abs::ZERO,
        rest: Abs::ZERO,
        line_end_marks: crate::pack::LineEndMarks::WhenNeeded,
    };
    let letters = shape::shape(row, fonts, latin_gap)?;
    let lines = linebreak::break_lines(&letters, &measure);
    Ok(lines.first().map(|broken| finalize::set(&letters, broken, left)).unwrap_or_default())
}

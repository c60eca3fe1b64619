//! Turns a paragraph's text into lines: collect, shape, break, set.

pub(crate) mod bond;
pub(crate) mod class;
pub(crate) mod collect;
pub(crate) mod finalize;
pub(crate) mod linebreak;
pub(crate) mod shape;
#[cfg(test)]
mod tests;

use self::bond::Bond;
use self::collect::{Letter, Letters};
use self::finalize::SetLine;
use self::linebreak::Measure;
use self::shape::Shaped;
use super::fonts::RoleFonts;
use crate::diag::Diagnostic;
use crate::units::Abs;
use crate::words::{self, Parting};

/// A paragraph shaped, ready to be broken into lines within its measure.
#[derive(Clone, Debug)]
pub(crate) struct Shapes<'a> {
    /// The rows; each begins anew as after a forced break.
    rows: Vec<Vec<Shaped<'a>>>,
    measure: Measure,
}

impl<'a> Shapes<'a> {
    /// Shapes rows of letters; fails with a diagnostic for each character that no face has.
    pub(crate) fn new(
        rows: &[Letters<'a>],
        measure: &Measure,
        fonts: &mut RoleFonts<'_>,
        latin_gap: f64,
    ) -> Result<Self, Vec<Diagnostic>> {
        let mut shaped = Vec::with_capacity(rows.len());
        let mut faults = Vec::new();
        for row in rows {
            match shape::shape(row, fonts, latin_gap) {
                Ok(letters) => shaped.push(letters),
                Err(missing) => faults.extend(missing),
            }
        }
        if faults.is_empty() { Ok(Self { rows: shaped, measure: *measure }) } else { Err(faults) }
    }

    /// Lets no line end inside a word where there is another way.
    pub(crate) fn hold_words(&mut self) {
        for letters in &mut self.rows {
            let text: String = letters.iter().map(|shaped| shaped.letter.character).collect();
            for (shaped, parting) in letters.iter_mut().zip(words::partings(&text)) {
                if parting == Parting::Word {
                    shaped.bond = shaped.bond.max(Bond::Weak);
                }
            }
        }
    }

    /// Sets the lines, justified, as good as they get.
    pub(crate) fn lines(&self) -> Vec<SetLine> {
        self.lines_eased(|_, _, _| {})
    }

    /// Sets the lines of a narrow column, such as a table's cell, or of a list of names: justified where the gaps stay within
    /// their limits, else all of them at their natural width, so that no word is spread over a line (市　公　安　局) or broken
    /// to fill one.
    pub(crate) fn narrow_lines(&self) -> Vec<SetLine> {
        self.lines_eased(|letters, lines, measure| {
            let is_held = |line: &linebreak::Broken| letters[line.start].bond > Bond::Address;
            let parts_words = lines.iter().skip(1).any(is_held);
            if let Some(ragged) = parts_words.then(|| linebreak::ragged(letters, measure)).flatten() {
                *lines = ragged;
            } else if lines.iter().any(|line| linebreak::is_spread(letters, line)) {
                for line in lines {
                    line.difference = line.difference.min(Abs::ZERO);
                }
            }
        })
    }

    /// Sets the lines, once what they ask for has been eased.
    fn lines_eased(
        &self,
        ease: impl Fn(&[Shaped<'_>], &mut Vec<linebreak::Broken>, &Measure),
    ) -> Vec<SetLine> {
        let mut lines = Vec::new();
        let mut measure = self.measure;
        for letters in &self.rows {
            let mut broken = linebreak::break_lines(letters, &measure);
            ease(letters, &mut broken, &measure);
            lines.extend(set_all(letters, &broken, &measure));
            measure.first = measure.rest;
        }
        lines
    }

    /// Sets the lines so that there is a given number of them, where they stay within their limits.
    pub(crate) fn lines_in(&self, count: usize) -> Option<Vec<SetLine>> {
        let [letters] = self.rows.as_slice() else { return None };
        let broken = linebreak::break_into(letters, &self.measure, count)?;
        Some(set_all(letters, &broken, &self.measure))
    }
}

/// Makes room for something of each letter of a row, for as long as the row is being set.
///
/// Rows of many lengths take room of few sizes, so that the memory of one serves the next: what each page of memory costs
/// when it is first written to is more than what setting the letters does that it holds.
fn room<T>(letters: usize) -> Vec<T> {
    Vec::with_capacity(letters.next_power_of_two())
}

fn set_all(letters: &[Shaped<'_>], broken: &[linebreak::Broken], measure: &Measure) -> Vec<SetLine> {
    let left = |nth| if nth == 0 { measure.first } else { measure.rest };
    broken.iter().enumerate().map(|(nth, line)| finalize::set(letters, line, left(nth))).collect()
}

/// Sets rows of letters as lines within a measure, justified; each row begins anew as after a forced break.
pub(crate) fn set_paragraph(
    rows: &[Letters<'_>],
    measure: &Measure,
    fonts: &mut RoleFonts<'_>,
    latin_gap: f64,
) -> Result<Vec<SetLine>, Vec<Diagnostic>> {
    Ok(Shapes::new(rows, measure, fonts, latin_gap)?.lines())
}

/// Sets a row of letters on one line from a left edge, at its natural width, and returns it.
pub(crate) fn set_line(
    row: &[Letter<'_>],
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

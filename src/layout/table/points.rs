//! Sets the figures of a column below one another, their decimal points in a line.
//!
//! Figures of several units need no common point: where the table has a column of units, and all figures of a narrow one
//! together would reach from rule to rule, though none of them does, those of each unit stand in its middle for
//! themselves.

use std::collections::BTreeMap;

use super::super::overfull::plain;
use super::Placed;
use crate::document::{DatumKind, Inline};
use crate::units::Abs;

/// What a column of units is called.
const UNIT_HEADS: [&str; 2] = ["单位", "计量单位"];
/// Less than a digit takes, in sizes of the text: figures with as many of them differ by so much at most.
const DIGIT: f64 = 0.3;
/// What is left of a column on both sides of its figures, in sizes of the text, unless it is narrow.
const BESIDE: f64 = 2.0;

/// What stands before and behind the decimal points of a column.
#[derive(Clone, Debug)]
pub(super) struct Points {
    /// The size of the text.
    size: Abs,
    /// The widest parts of all its figures.
    all: (Abs, Abs),
    /// The widest parts of the figures of each unit.
    units: BTreeMap<usize, (Abs, Abs)>,
    /// The width of its widest figure.
    widest: Abs,
}

impl Points {
    /// Makes those of a column without figures, whose text has a size.
    pub(super) fn new(size: Abs) -> Self {
        let none = (Abs::ZERO, Abs::ZERO);
        Self { size, all: none, units: BTreeMap::new(), widest: Abs::ZERO }
    }

    /// Adds a figure of a unit: the widths of its parts before and behind the point.
    pub(super) fn add(&mut self, unit: usize, parts: (Abs, Abs)) {
        for (before, behind) in [&mut self.all, self.units.entry(unit).or_default()] {
            *before = before.max(parts.0);
            *behind = behind.max(parts.1);
        }
        self.widest = self.widest.max(parts.0 + parts.1);
    }

    /// Returns the widest parts that figures of a unit are aligned with in a column of a width.
    pub(super) fn of(&self, unit: usize, width: Abs) -> (Abs, Abs) {
        let is_narrow = width < self.all.0 + self.all.1 + self.size * BESIDE;
        let own = self.units.get(&unit).filter(|_| is_narrow && self.can_part());
        own.copied().unwrap_or(self.all)
    }

    /// Returns the least room that the figures take.
    pub(super) fn width(&self) -> Abs {
        let sum = |(before, behind): &(Abs, Abs)| *before + *behind;
        if self.can_part() { self.units.values().map(sum).fold(Abs::ZERO, Abs::max) } else { sum(&self.all) }
    }

    /// Tells whether the figures of each unit can be aligned for themselves, and take less room so.
    fn can_part(&self) -> bool {
        self.units.len() > 1 && self.all.0 + self.all.1 > self.widest + self.size * DIGIT
    }
}

/// Gives the cells of a body the unit that their row is counted in, as a column below the head 单位 says it.
pub(super) fn find_units(cells: &mut [Placed<'_>], head_rows: usize, rows: usize) {
    // The first column names the rows: 单位 is who it is about there.
    let is_head = |placed: &&Placed<'_>| {
        placed.row < head_rows
            && placed.column > 0
            && UNIT_HEADS.contains(&plain(&placed.cell.content).trim())
    };
    let Some(column) = cells.iter().find(is_head).map(|head| head.column) else { return };
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    let mut units = vec![0; rows];
    for placed in cells.iter().filter(|placed| placed.column == column && placed.row >= head_rows) {
        let next = known.len() + 1;
        let unit = *known.entry(plain(&placed.cell.content)).or_insert(next);
        units[placed.row..].iter_mut().take(placed.cell.rows.max(1)).for_each(|own| *own = unit);
    }
    for placed in cells {
        placed.unit = units.get(placed.row).copied().unwrap_or(0);
    }
}

/// Returns the letter of a cell that stands on its column's decimal point: the point itself, or what follows
/// a whole number. A cell has one when it holds a number alone, or one figure with its words: 约70个.
pub(super) fn point(content: &[Inline]) -> Option<usize> {
    let is_figure = match content {
        [Inline::Run(run)] => run.datum.as_ref().is_some_and(|datum| datum.kind == DatumKind::Figure),
        _ => false,
    };
    let letters: Vec<char> = plain(content).chars().collect();
    let is_part = |c: &char| c.is_ascii_digit() || matches!(c, '.' | ',');
    let start = letters.iter().position(char::is_ascii_digit)?;
    let end = start + letters[start..].iter().take_while(|c| is_part(c)).count();
    let alone = letters[..start].iter().all(|c| matches!(c, '-' | '+' | '−'))
        && letters[end..].iter().all(|c| matches!(c, '%' | '‰' | '％'));
    if !alone && (!is_figure || letters[end..].iter().any(is_part)) {
        return None;
    }
    Some(letters[start..end].iter().position(|c| *c == '.').map_or(end, |at| start + at))
}

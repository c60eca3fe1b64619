//! Sizes a table's columns where not all of them have room for their text on one line.
//!
//! Each begins as narrow as it still reads well: its words, numbers and dates whole. What is left of the measure goes,
//! step by step, to the column that makes the table lower by most for it.

use crate::units::Abs;
use crate::words::{self, Parting};

/// A step in which columns are widened, in sizes of the letters.
const STEP: f64 = 0.5;
/// How many steps at a time are tried.
const STRIDES: [u8; 4] = [1, 2, 4, 8];
/// A word wider than so many letters may be broken: the most that the measure has room for.
pub(super) const LONGEST_WORDS: [f64; 6] = [10.0, 7.0, 5.0, 4.0, 3.0, 2.0];
/// Marks that stay with the word before them.
const MARKS: &str = "，、；：。？！）》”’";
/// What a line of one cell counts beside a line of the table.
const OWN_LINE: f64 = 0.02;

/// A text in a cell of one column.
pub(super) struct Text {
    /// Its row.
    pub(super) row: usize,
    /// Its column.
    pub(super) column: usize,
    /// Its width on one line, padding included.
    pub(super) width: Abs,
}

/// Returns the width of the widest word of a text whose letters have a size, those of ASCII an advance of their own; a
/// number stays with what is beside it.
pub(super) fn widest_word(text: &str, size: Abs, mut advance: impl FnMut(char) -> f64) -> Abs {
    let mut widest = 0.0_f64;
    let mut width = 0.0;
    let mut before = None;
    for (character, parting) in text.chars().zip(words::partings(text)) {
        let is_number = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        // A mark never begins a line, and takes half a cell at its end.
        let is_mark = MARKS.contains(character);
        if parting != Parting::Word && !is_number(before) && !is_number(Some(character)) && !is_mark {
            width = 0.0;
        }
        width += match character {
            own if own.is_ascii() => advance(own),
            _ if is_mark => 0.5,
            _ => 1.0,
        };
        widest = widest.max(width);
        before = Some(character);
    }
    size * widest
}

/// Widens columns from their floors, which the measure has room for, until it is used up.
pub(super) fn widen(
    floor: &[Abs],
    wanted: &[Abs],
    texts: &[Text],
    rows: usize,
    [size, padding, measure]: [Abs; 3],
) -> Vec<Abs> {
    let mut widths = floor.to_vec();
    let step = size * STEP;
    let mut left = measure - widths.iter().copied().sum::<Abs>();
    while left >= step {
        let now = height(&widths, texts, rows, padding);
        let mut best: Option<(f64, usize, Abs)> = None;
        for column in 0..widths.len() {
            let before = widths[column];
            if before >= wanted[column] {
                continue;
            }
            for stride in STRIDES {
                let by = (step * f64::from(stride)).min(wanted[column] - before);
                if by > left {
                    break;
                }
                widths[column] += by;
                let gain = (now - height(&widths, texts, rows, padding)) / (by / step).max(f64::EPSILON);
                widths[column] = before;
                if gain > 1e-9 && best.is_none_or(|(most, ..)| gain > most) {
                    best = Some((gain, column, by));
                }
            }
        }
        let Some((_, column, by)) = best else { break };
        widths[column] += by;
        left -= by;
    }
    // Columns that ask for the same are of one width, where that makes the table no higher.
    let now = height(&widths, texts, rows, padding);
    let mut even = widths.clone();
    for (column, own) in wanted.iter().enumerate() {
        let alike = wanted.iter().zip(&widths).filter(|(other, _)| (**other - *own).abs() < Abs::pt(0.01));
        let (sum, count) =
            alike.fold((Abs::ZERO, 0_u32), |(sum, count), (_, width)| (sum + *width, count + 1));
        even[column] = sum / f64::from(count.max(1));
    }
    if height(&even, texts, rows, padding) < now + 0.5 {
        widths = even;
    }
    // What makes the table no lower goes in equal parts to those that want more.
    let is_open: Vec<bool> = widths.iter().zip(wanted).map(|(width, wanted)| width < wanted).collect();
    let open = is_open.iter().filter(|is_open| **is_open).count();
    for (width, is_open) in widths.iter_mut().zip(is_open) {
        if open == 0 {
            *width += left / floor.len() as f64;
        } else if is_open {
            *width += left / open as f64;
        }
    }
    widths
}

/// Returns about how high a table is, in lines.
fn height(widths: &[Abs], texts: &[Text], rows: usize, padding: Abs) -> f64 {
    let mut heights = vec![1.0_f64; rows];
    let mut own = 0.0;
    for text in texts {
        let room = widths[text.column];
        let lines = if text.width <= room + Abs::pt(0.01) {
            1.0
        } else {
            // No line is filled to its end.
            ((text.width - padding) / (room - padding) + 0.1).ceil()
        };
        own += lines;
        heights[text.row] = heights[text.row].max(lines);
    }
    heights.iter().sum::<f64>() + own * OWN_LINE
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Columns of texts of so many letters, on a measure of so many.
    fn widened(columns: &[&[usize]], measure: usize) -> Vec<f64> {
        let size = Abs::pt(10.0);
        let padding = size * 0.8;
        let rows = columns[0].len();
        let texts = columns.iter().enumerate().flat_map(|(column, lengths)| {
            lengths.iter().enumerate().map(move |(row, length)| (row, column, *length))
        });
        let texts: Vec<_> = texts
            .map(|(row, column, length)| Text { row, column, width: size * length as f64 + padding })
            .collect();
        let most = |lengths: &&[usize]| size * *lengths.iter().max().unwrap() as f64 + padding;
        let wanted: Vec<_> = columns.iter().map(most).collect();
        let floor: Vec<_> = wanted.iter().map(|wanted| wanted.min(size * 4.0 + padding)).collect();
        let measure = size * measure as f64;
        let widths = widen(&floor, &wanted, &texts, rows, [size, padding, measure]);
        let sum: Abs = widths.iter().copied().sum();
        assert!((sum - measure).abs() < Abs::pt(0.01), "{widths:?}");
        assert!(widths.iter().zip(&floor).all(|(width, floor)| width >= floor), "{widths:?}");
        widths.iter().map(|width| (*width - padding) / size).collect()
    }

    #[test]
    fn the_longest_text_gets_the_room() {
        let widths = widened(&[&[20, 24, 22], &[8, 6, 7], &[5, 4, 5], &[8, 8, 8]], 36);
        assert!(widths[0] > 8.0 && widths[0] > widths[1] && widths[1] >= 4.0, "{widths:?}");
    }

    #[test]
    fn numbers_do_not_keep_room_that_a_heading_needs() {
        let widths = widened(&[&[9, 3, 3], &[3, 3, 3], &[4, 4, 4]], 18);
        assert!(widths[0] >= 5.0 && widths[1] >= 3.0, "{widths:?}");
    }

    #[test]
    fn words_and_dates_are_whole() {
        let size = Abs::pt(1.0);
        let widest = |text: &str| widest_word(text, size, |_| 0.55).to_pt();
        assert!(widest("市消防救援支队") <= 5.0);
        assert!(widest("各通信运营企业") < 5.0);
        // Wider digits ask for more room than half a cell.
        assert!(widest("2026年4月30日") >= 3.0 + 0.55 * 7.0 - 1e-9);
    }
}

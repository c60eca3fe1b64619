//! Numbers headings: 一、（一）1.（1）, each level beginning anew under a higher one.

use crate::fill::numeral;

/// The number of the last heading of each level.
#[derive(Debug, Default)]
pub(super) struct Numbers([u64; 4]);

impl Numbers {
    /// Returns the number of the next heading of a level from 1 to 4, as it is printed.
    pub(super) fn next(&mut self, level: u8) -> String {
        let index = usize::from(level.clamp(1, 4)) - 1;
        self.0[index] += 1;
        self.0[index + 1..].fill(0);
        let number = self.0[index];
        match index {
            0 => format!("{}、", numeral::ordinal(number)),
            1 => format!("（{}）", numeral::ordinal(number)),
            2 => format!("{number}."),
            _ => format!("（{number}）"),
        }
    }
}

//! Holds figures against each other: what an approximate one may be, and sums that cannot overflow.

use rust_decimal::Decimal;

use super::Approximation;
use crate::pack::dimension;

/// A figure in its field's own unit, as exactly as it was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measure {
    /// The number, before rounding to the decimals that print.
    pub number: Decimal,
    /// One unit of the last digit that was typed.
    pub step: Decimal,
    /// How exactly it is known.
    pub approximation: Approximation,
}

/// The numbers between which a figure is, both of them included; nothing where there is no end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Bounds {
    pub(super) least: Option<Decimal>,
    pub(super) most: Option<Decimal>,
}

impl Measure {
    /// Makes an exact figure of a number.
    pub(super) fn exact(number: Decimal) -> Self {
        Self { number, step: Decimal::new(1, number.scale()), approximation: Approximation::Exact }
    }

    /// Brings it to another unit, a power of ten away; nothing when it would have too many digits.
    pub(super) fn scaled(self, power: i32) -> Option<Self> {
        let number = dimension::shift(self.number, power)?;
        Some(Self { number, step: dimension::shift(self.step, power)?, ..self })
    }

    /// Tells whether it is exact.
    pub(super) fn is_exact(self) -> bool {
        self.approximation == Approximation::Exact
    }

    /// Returns what it may be. 约70 is taken to be within a tenth, 70余 to be below 80, 70亿余 to be below 71亿.
    pub(super) fn bounds(self) -> Bounds {
        let number = self.number;
        let (least, most) = match self.approximation {
            Approximation::Exact => (Some(number), Some(number)),
            Approximation::About | Approximation::Around => {
                let tenth = number.abs() / Decimal::TEN;
                (number.checked_sub(tenth), number.checked_add(tenth))
            }
            Approximation::Nearly => (number.checked_sub(number.abs() / Decimal::TEN), Some(number)),
            Approximation::Odd | Approximation::Over => (Some(number), number.checked_add(place(number))),
            Approximation::OddBehind | Approximation::OverBehind => {
                (Some(number), number.checked_add(self.step))
            }
            Approximation::MoreThan | Approximation::AtLeast => (Some(number), None),
            Approximation::Within | Approximation::LessThan => (None, Some(number)),
            Approximation::To(most) => (Some(number), Some(most)),
        };
        Bounds { least, most }
    }

    /// Returns what it may have been before it was rounded to the digits that were typed.
    pub(super) fn unrounded(self) -> Bounds {
        let half = self.step / Decimal::TWO;
        let Bounds { least, most } = self.bounds();
        Bounds {
            least: least.and_then(|least| least.checked_sub(half)),
            most: most.and_then(|most| most.checked_add(half)),
        }
    }
}

impl Bounds {
    /// Adds two figures.
    pub(super) fn plus(self, other: Self) -> Self {
        let add = |one: Option<Decimal>, other: Option<Decimal>| one?.checked_add(other?);
        Self { least: add(self.least, other.least), most: add(self.most, other.most) }
    }

    /// Takes a figure from this one.
    pub(super) fn minus(self, other: Self) -> Self {
        let take = |one: Option<Decimal>, other: Option<Decimal>| one?.checked_sub(other?);
        Self { least: take(self.least, other.most), most: take(self.most, other.least) }
    }

    /// Tells whether it is certainly above a number.
    pub(super) fn is_above(self, number: Decimal) -> bool {
        self.least.is_some_and(|least| least > number)
    }

    /// Tells whether it is certainly below a number.
    pub(super) fn is_below(self, number: Decimal) -> bool {
        self.most.is_some_and(|most| most < number)
    }
}

/// Returns one unit of the last digit of a number that is not 0: 10 of 70, 100 of 1200, 0.1 of 12.6.
fn place(number: Decimal) -> Decimal {
    let short = number.normalize();
    let (mut mantissa, mut place) = (short.mantissa(), Decimal::new(1, short.scale()));
    while mantissa != 0 && mantissa % 10 == 0 {
        mantissa /= 10;
        place *= Decimal::TEN;
    }
    place
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn approximate_figures_leave_room() {
        let bounds = |number: &str, approximation| {
            let number = number.parse().expect("a number");
            let Bounds { least, most } = Measure { approximation, ..Measure::exact(number) }.bounds();
            let show = |end: Option<Decimal>| end.map_or("..".to_owned(), |end| end.normalize().to_string());
            format!("{} {}", show(least), show(most))
        };
        for (number, approximation, expected) in [
            ("70", Approximation::Exact, "70 70"),
            ("70", Approximation::About, "63 77"),
            ("70", Approximation::Nearly, "63 70"),
            ("70", Approximation::Odd, "70 80"),
            ("1200", Approximation::Odd, "1200 1300"),
            ("12.60", Approximation::Over, "12.6 12.7"),
            ("0", Approximation::Odd, "0 1"),
            ("70", Approximation::OddBehind, "70 71"),
            ("12.60", Approximation::OverBehind, "12.6 12.61"),
            ("50", Approximation::MoreThan, "50 .."),
            ("3.4", Approximation::Within, ".. 3.4"),
            ("-50", Approximation::About, "-55 -45"),
        ] {
            assert_eq!(bounds(number, approximation), expected, "{number} {approximation:?}");
        }
    }

    #[test]
    fn the_largest_numbers_do_not_overflow() {
        let largest = Measure::exact(Decimal::MAX);
        assert_eq!(largest.bounds().plus(largest.bounds()), Bounds { least: None, most: None });
        let about = Measure { approximation: Approximation::About, ..largest };
        assert_eq!(about.bounds().most, None);
        assert_eq!(largest.scaled(4), None);
    }
}

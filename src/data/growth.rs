//! Reckons how a figure has changed since the year before, and holds a given rate against it.
//!
//! The change of an amount is a rate in percent, that of a rate a difference in 百分点. Rounding is half away from
//! zero (四舍五入).

use rust_decimal::{Decimal, RoundingStrategy};

use super::measure::Bounds;
use super::{Approximation, Measure, Quantity};
use crate::pack::{Basis, Field, Kind};

/// How many decimals a change has where its field does not say.
const DECIMALS: u32 = 1;

/// How many 百分点 a rate at constant prices may be from that at current prices where the schema does not say.
const BOUND: Decimal = Decimal::TEN;

/// Tells whether a change of a level is a difference in 百分点.
fn is_difference(level: &Field) -> bool {
    matches!(level.kind, Kind::Percent | Kind::Growth)
}

/// Returns the change of a level since the year before, unrounded: in percent, of a rate in 百分点.
///
/// There is none from nothing, or from less.
pub(super) fn change(level: &Field, now: Decimal, before: Decimal) -> Option<Decimal> {
    let difference = now.checked_sub(before)?;
    if is_difference(level) {
        return Some(difference);
    }
    (before > Decimal::ZERO).then(|| difference.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(before))?
}

/// Rounds a change to so many decimals, half away from zero, and keeps them all: 5 with one decimal is 5.0.
pub(super) fn rounded(change: Decimal, decimals: Option<u32>) -> Decimal {
    let decimals = decimals.unwrap_or(DECIMALS);
    let mut rounded = change.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero);
    rounded.rescale(decimals);
    if rounded.is_zero() {
        rounded.set_sign_positive(true);
    }
    rounded
}

/// Returns the change of a level since the year before as it would be printed; the rate's field, if it has one,
/// says with how many decimals.
pub(super) fn printed(
    level: &Field,
    rate: Option<&Field>,
    now: Measure,
    before: Measure,
) -> Option<Quantity> {
    if !(now.is_exact() && before.is_exact()) {
        return None;
    }
    let change = change(level, now.number, before.number)?;
    let unit = match rate {
        Some(rate) => rate.unit.clone(),
        None if is_difference(level) => "个百分点".to_owned(),
        None => "%".to_owned(),
    };
    let number = rounded(change, rate.and_then(|rate| rate.decimals));
    Some(Quantity { number, approximation: Approximation::Exact, unit })
}

/// How a given rate stands to the two levels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It follows from them, or nothing can be said.
    Agrees,
    /// It does not follow from them.
    Disagrees,
    /// At constant prices: the one is a rise, the other a fall.
    OtherSign,
    /// At constant prices: it is farther from them than the prices may have moved, by more 百分点 than this.
    TooFar(Decimal),
}

/// Holds a given rate against the two levels.
pub(super) fn judge(
    level: &Field,
    given: Measure,
    now: Measure,
    before: Measure,
    (basis, bound): (Basis, Option<Decimal>),
) -> Verdict {
    match basis {
        Basis::Nominal if agrees(level, given, now, before) == Some(false) => Verdict::Disagrees,
        Basis::Nominal => Verdict::Agrees,
        Basis::ConstantPrice => {
            let exact = given.is_exact() && now.is_exact() && before.is_exact();
            let Some(change) = change(level, now.number, before.number).filter(|_| exact) else {
                return Verdict::Agrees;
            };
            let bound = bound.unwrap_or(BOUND);
            // What rounds to nothing has no sign.
            let is_opposite = |one: Decimal, other: Decimal| one > given.step && other < -given.step;
            if is_opposite(change, given.number) || is_opposite(given.number, change) {
                Verdict::OtherSign
            } else if change.checked_sub(given.number).is_none_or(|gap| gap.abs() > bound) {
                Verdict::TooFar(bound)
            } else {
                Verdict::Agrees
            }
        }
    }
}

/// Tells whether a rate can be that of two levels, all three rounded to the digits that were typed; nothing when
/// that cannot be told. Nothing is divided, so nothing is rounded on the way.
fn agrees(level: &Field, given: Measure, now: Measure, before: Measure) -> Option<bool> {
    let (rate, now, before) = (given.unrounded(), now.unrounded(), before.unrounded());
    if is_difference(level) {
        let Bounds { least, most } = now.minus(before);
        let too_low = rate.most.zip(least).is_some_and(|(rate, least)| rate < least);
        let too_high = rate.least.zip(most).is_some_and(|(rate, most)| rate > most);
        return Some(!too_low && !too_high);
    }
    if before.least? <= Decimal::ZERO {
        return None;
    }
    // rate = (now / before - 1) * 100, so (100 + rate) * before = 100 * now.
    let reach = |rate: Option<Decimal>, before: Option<Decimal>| {
        Decimal::ONE_HUNDRED.checked_add(rate?)?.checked_mul(before?)
    };
    let hundredfold = |now: Option<Decimal>| now?.checked_mul(Decimal::ONE_HUNDRED);
    let too_low = |highest: Decimal, least: Decimal| highest < least;
    let is_low =
        reach(rate.most, before.most).zip(hundredfold(now.least)).is_some_and(|(a, b)| too_low(a, b));
    let is_high =
        reach(rate.least, before.least).zip(hundredfold(now.most)).is_some_and(|(a, b)| too_low(b, a));
    Some(!is_low && !is_high)
}

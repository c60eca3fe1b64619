//! Says by how much a figure differs from last year's.

use rust_decimal::{Decimal, RoundingStrategy};

use crate::data::{Approximation, Quantity};
use crate::pack::{Kind, dimension};

/// The decimals of a rate that is computed here.
const DECIMALS: u32 = 1;

/// Returns the change from last year's value: of a rate the difference in 百分点, of a whole number and a place
/// the difference, of an amount the rate of growth. Nothing for a figure that is not exact or whose
/// unit measures something else, and for one that is no amount.
pub(super) fn between(now: &Quantity, before: &Quantity, kind: Kind) -> Option<String> {
    let exact = |quantity: &Quantity| quantity.approximation == Approximation::Exact;
    if !exact(now) || !exact(before) {
        return None;
    }
    // Less than one whole unit stands in the unit that it was given in: 8500万元 before 1.2亿元.
    let number = dimension::shift(before.number, dimension::power_between(&before.unit, &now.unit)?)?;
    let before = &Quantity { number, unit: now.unit.clone(), ..before.clone() };
    let difference = now.number.checked_sub(before.number)?;
    let same = || Some("持平".to_owned());
    match kind {
        Kind::Year | Kind::Ordinal => None,
        _ if difference.is_zero() => same(),
        Kind::Percent | Kind::Growth => Some(format!("{}个百分点", signed(difference))),
        Kind::Rank => {
            let way = if difference.is_sign_negative() { "前移" } else { "后移" };
            Some(format!("{way}{}{}", difference.abs().normalize(), now.unit))
        }
        Kind::Quantity if !before.number.is_zero() => {
            let rate = difference.checked_div(before.number.abs())?.checked_mul(Decimal::ONE_HUNDRED)?;
            // 四舍五入: half away from zero.
            let mut rate = rate.round_dp_with_strategy(DECIMALS, RoundingStrategy::MidpointAwayFromZero);
            rate.rescale(DECIMALS);
            if rate.is_zero() {
                Some(format!("{}{}", signed(difference), now.unit))
            } else {
                Some(signed(rate) + "%")
            }
        }
        _ => Some(format!("{}{}", signed(difference), now.unit)),
    }
}

fn signed(number: Decimal) -> String {
    if number.is_sign_negative() { number.to_string() } else { format!("+{number}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quantity(number: &str, unit: &str) -> Quantity {
        Quantity {
            number: number.parse().unwrap(),
            approximation: Approximation::Exact,
            unit: unit.to_owned(),
        }
    }

    #[test]
    fn each_kind_has_its_own_change() {
        for (kind, now, before, unit, change) in [
            (Kind::Quantity, "318.72", "300.00", "亿元", "+6.2%"),
            (Kind::Quantity, "95", "100", "亿元", "-5.0%"),
            (Kind::Quantity, "100.01", "100.00", "亿元", "+0.01亿元"),
            (Kind::Quantity, "5", "0", "亿元", "+5亿元"),
            (Kind::Quantity, "5.0", "5", "亿元", "持平"),
            (Kind::Count, "12", "15", "家", "-3家"),
            (Kind::Percent, "62.5", "61.2", "%", "+1.3个百分点"),
            (Kind::Growth, "-1.5", "0.5", "%", "-2.0个百分点"),
            (Kind::Rank, "3", "5", "位", "前移2位"),
            (Kind::Rank, "5", "3", "位", "后移2位"),
        ] {
            let found = between(&quantity(now, unit), &quantity(before, unit), kind);
            assert_eq!(found.as_deref(), Some(change), "{kind:?} {now} {before}");
        }
    }

    #[test]
    fn units_of_one_kind_are_compared() {
        let change = |now: Quantity, before: Quantity, kind| between(&now, &before, kind);
        let less = change(quantity("8500", "万元"), quantity("1", "亿元"), Kind::Quantity);
        assert_eq!(less.as_deref(), Some("-15.0%"));
        let more = change(quantity("1.02", "亿元"), quantity("8500", "万元"), Kind::Quantity);
        assert_eq!(more.as_deref(), Some("+20.0%"));
        let same = change(quantity("1.2", "万人"), quantity("12000", "人"), Kind::Count);
        assert_eq!(same.as_deref(), Some("持平"));
    }

    #[test]
    fn what_cannot_be_compared_has_no_change() {
        let about = Quantity { approximation: Approximation::About, ..quantity("70", "个") };
        assert_eq!(between(&about, &quantity("60", "个"), Kind::Count), None);
        assert_eq!(between(&quantity("1", "亿元"), &quantity("1", "亿美元"), Kind::Quantity), None);
        assert_eq!(between(&quantity("2025", ""), &quantity("2024", ""), Kind::Year), None);
    }
}

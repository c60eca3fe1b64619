//! Writes values as the report prints them: numbers with their units and approximations, dates, shares.
//!
//! Nothing here knows of templates or markup; the text is plain.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::numeral;
use crate::data::{Approximation, Quantity, Value};
use crate::pack::{Field, Kind, dimension};

/// What stands for a number or a name still to come.
pub(super) const OPEN: &str = "XX";

/// Returns a value as the report prints it.
pub(super) fn value(value: &Value, field: &Field) -> String {
    match value {
        Value::Quantity(quantity) => match field.kind {
            Kind::Rank => ranked(quantity),
            Kind::Ordinal => chinese(quantity, Kind::Ordinal, true),
            _ => number(quantity, &quantity.unit),
        },
        Value::Text(text) | Value::Partly(text) => text.clone(),
        Value::Shares(shares) => shares.iter().map(ToString::to_string).collect::<Vec<_>>().join(":"),
        Value::Fraction(fraction) => numeral::fraction(fraction.numerator, fraction.denominator),
        Value::Date(year, month, day) => format!("{year}年{month}月{day}日"),
        // A choice decides what is printed; it is not printed itself.
        Value::Flag(_) => String::new(),
        Value::Open => open(field),
    }
}

/// Returns what stands for a value still to come: XX亿元, 第XX位, XX年XX月XX日.
fn open(field: &Field) -> String {
    match field.kind {
        Kind::Rank => format!("第{OPEN}{}", field.unit),
        Kind::Ordinal | Kind::Count | Kind::Quantity | Kind::Percent | Kind::Growth => {
            format!("{OPEN}{}", field.unit)
        }
        Kind::Shares => [OPEN; 3].join(":"),
        Kind::Date => format!("{OPEN}年{OPEN}月{OPEN}日"),
        _ => OPEN.to_owned(),
    }
}

/// Returns a number with a unit as its approximation has it: 约70个, 70余个, 3.4%以内.
pub(super) fn number(quantity: &Quantity, unit: &str) -> String {
    quantity.approximation.around(&quantity.number.to_string(), unit)
}

/// Returns a quantity in the unit that the schema has for its field, for a place that prints it without one: 0.85 where
/// 8500万元 was given for 亿元. Nothing where the two units do not measure the same.
fn in_field_unit(quantity: &Quantity, field: &Field) -> Option<Quantity> {
    let Quantity { number, approximation, unit } = quantity;
    let is_behind = matches!(approximation, Approximation::OddBehind | Approximation::OverBehind);
    // A year and its like bear no unit, or print with it.
    if *unit == field.unit && !is_behind {
        return Some(quantity.clone());
    }
    let power = dimension::power_between(unit, &field.unit)?;
    // Zeros that the conversion makes after the point say nothing.
    let shift = |number: Decimal| dimension::shift(number, power).map(|number| number.normalize());
    let approximation = match *approximation {
        Approximation::To(most) => Approximation::To(shift(most)?),
        // 1300余 is 0.13 and a little more, and nobody says 0.13余. 10亿余 is less than 10余.
        Approximation::Odd | Approximation::Over => Approximation::MoreThan,
        _ if is_behind => Approximation::MoreThan,
        other => other,
    };
    Some(Quantity { number: shift(*number)?, approximation, unit: field.unit.clone() })
}

/// Returns a number for a place that states the schema's unit itself, with its approximation and without the unit.
pub(super) fn bare(quantity: &Quantity, field: &Field) -> Option<String> {
    Some(number(&in_field_unit(quantity, field)?, ""))
}

/// Returns a number in Chinese numerals: 两年, 九届, 二十; one that has decimals stays in Arabic digits.
pub(super) fn numeral(quantity: &Quantity, field: &Field, with_unit: bool) -> Option<String> {
    if with_unit {
        return Some(chinese(quantity, field.kind, true));
    }
    Some(chinese(&in_field_unit(quantity, field)?, field.kind, false))
}

fn chinese(quantity: &Quantity, kind: Kind, with_unit: bool) -> String {
    let unit = if with_unit { quantity.unit.as_str() } else { "" };
    let Some(whole) = quantity.number.to_u64().filter(|_| quantity.number.fract().is_zero()) else {
        return number(quantity, unit);
    };
    let digits = match kind {
        Kind::Year => numeral::year(whole),
        Kind::Count | Kind::Quantity if with_unit => numeral::counted(whole),
        _ => numeral::ordinal(whole),
    };
    quantity.approximation.around(&digits, unit)
}

/// Returns a rate of change in words: 增长6.5%, 下降3.2%, 与上年持平. The words are given.
pub(super) fn growth(quantity: &Quantity, up: &str, down: &str, same: &str) -> String {
    if quantity.number.is_zero() {
        match quantity.approximation {
            Approximation::MoreThan => "实现正增长".to_owned(),
            Approximation::AtLeast => "不低于上年水平".to_owned(),
            Approximation::About | Approximation::Around | Approximation::Nearly => {
                same.replace("持平", "基本持平")
            }
            Approximation::To(_) => format!("{up}{}", number(quantity, &quantity.unit)),
            _ => same.to_owned(),
        }
    } else if quantity.number.is_sign_negative() {
        // The bounds change places with the sign: above -3 is a fall of less than 3.
        let approximation = match quantity.approximation {
            Approximation::MoreThan => Approximation::LessThan,
            Approximation::LessThan => Approximation::MoreThan,
            Approximation::AtLeast => Approximation::Within,
            Approximation::Within => Approximation::AtLeast,
            other => other,
        };
        let fall = quantity.number.abs().to_string();
        format!("{down}{}", approximation.around(&fall, &quantity.unit))
    } else {
        format!("{up}{}", number(quantity, &quantity.unit))
    }
}

/// Returns the pattern of the three sectors, the largest first: 三二一.
pub(super) fn pattern(shares: &[Decimal; 3]) -> String {
    const SECTORS: [&str; 3] = ["一", "二", "三"];
    let mut order = [0, 1, 2];
    order.sort_by(|a, b| shares[*b].cmp(&shares[*a]));
    order.iter().map(|index| SECTORS[*index]).collect()
}

fn ranked(quantity: &Quantity) -> String {
    quantity.approximation.around(&format!("第{}", quantity.number), &quantity.unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quantity(number: &str, approximation: Approximation, unit: &str) -> Quantity {
        Quantity { number: number.parse().unwrap(), approximation, unit: unit.to_owned() }
    }

    fn field(kind: Kind) -> Field {
        Field { path: "a".into(), kind, ..Field::default() }
    }

    #[test]
    fn approximations_stand_where_the_language_has_them() {
        use Approximation::{
            About, Around, AtLeast, Exact, LessThan, MoreThan, Nearly, Odd, OddBehind, Over, OverBehind, To,
            Within,
        };
        for (number_text, approximation, unit, text) in [
            ("1234.50", Exact, "亿元", "1234.50亿元"),
            ("70", About, "个", "约70个"),
            ("70", Nearly, "个", "近70个"),
            ("70", Odd, "个", "70余个"),
            ("70", Over, "个", "70多个"),
            ("70", Odd, "万人", "70余万人"),
            ("70", OddBehind, "万人", "70万余人"),
            ("1.3", OverBehind, "万亿元", "1.3万亿多元"),
            ("2", OddBehind, "亿千瓦时", "2亿余千瓦时"),
            ("45", MoreThan, "%", "超过45%"),
            ("45", Odd, "%", "45%以上"),
            ("70", AtLeast, "个", "70个以上"),
            ("3.4", Within, "%", "3.4%以内"),
            ("50", LessThan, "个", "不足50个"),
            ("6.5", Around, "%", "6.5%左右"),
            ("-1.5", Exact, "%", "-1.5%"),
            ("6", To(Decimal::new(65, 1)), "%", "6%～6.5%"),
        ] {
            assert_eq!(number(&quantity(number_text, approximation, unit), unit), text);
        }
    }

    #[test]
    fn a_bare_number_is_in_the_schemas_unit() {
        use Approximation::{About, Exact, LessThan, MoreThan, Odd, OddBehind, To};
        let field = Field { unit: "亿元".into(), ..field(Kind::Quantity) };
        for (number_text, approximation, unit, text) in [
            ("1234.50", Exact, "亿元", "1234.50"),
            ("70", Odd, "亿元", "70余"),
            ("8500", Exact, "万元", "0.85"),
            ("-8500.0", Exact, "万元", "-0.85"),
            ("8500", About, "万元", "约0.85"),
            ("13000", Odd, "万元", "超过1.3"),
            ("13000", OddBehind, "万元", "超过1.3"),
            ("10", OddBehind, "亿元", "超过10"),
            ("90", MoreThan, "元", "超过0.0000009"),
            ("90", LessThan, "万元", "不足0.009"),
            ("7000", To(Decimal::from(8000)), "万元", "0.7～0.8"),
        ] {
            let given = quantity(number_text, approximation, unit);
            assert_eq!(bare(&given, &field).as_deref(), Some(text));
        }
        assert_eq!(bare(&quantity("5", Exact, "家"), &field), None);
        let field = Field { unit: "年".into(), ..super::tests::field(Kind::Count) };
        assert_eq!(numeral(&quantity("1.2", Exact, "万年"), &field, false).as_deref(), Some("一万二千"));
    }

    #[test]
    fn growth_reads_in_words() {
        let words = |number, approximation| {
            growth(&quantity(number, approximation, "%"), "增长", "下降", "与上年持平")
        };
        assert_eq!(words("6.5", Approximation::Exact), "增长6.5%");
        assert_eq!(words("-3.2", Approximation::Exact), "下降3.2%");
        assert_eq!(words("0.0", Approximation::Exact), "与上年持平");
        assert_eq!(words("-0.0", Approximation::Exact), "与上年持平");
        assert_eq!(words("0", Approximation::MoreThan), "实现正增长");
        assert_eq!(words("0", Approximation::AtLeast), "不低于上年水平");
        assert_eq!(words("0.0", Approximation::About), "与上年基本持平");
        assert_eq!(words("6.5", Approximation::MoreThan), "增长超过6.5%");
        assert_eq!(words("-3", Approximation::MoreThan), "下降不足3%");
    }

    #[test]
    fn kinds_have_their_own_form() {
        let exact = |number, unit| Value::Quantity(quantity(number, Approximation::Exact, unit));
        assert_eq!(value(&exact("3", "位"), &field(Kind::Rank)), "第3位");
        assert_eq!(value(&exact("9", "届"), &field(Kind::Ordinal)), "九届");
        assert_eq!(value(&exact("2", "届"), &field(Kind::Ordinal)), "二届");
        assert_eq!(value(&exact("2025", ""), &field(Kind::Year)), "2025");
        assert_eq!(value(&Value::Date(2026, 1, 5), &field(Kind::Date)), "2026年1月5日");
        let shares = ["5.2", "41.3", "53.5"].map(|share| share.parse().unwrap());
        assert_eq!(value(&Value::Shares(shares), &field(Kind::Shares)), "5.2:41.3:53.5");
        assert_eq!(pattern(&shares), "三二一");
        let two = quantity("2", Approximation::Exact, "年");
        assert_eq!(chinese(&two, Kind::Count, true), "两年");
        assert_eq!(chinese(&two, Kind::Count, false), "二");
        assert_eq!(chinese(&quantity("1.5", Approximation::Exact, "年"), Kind::Count, true), "1.5年");
    }
}

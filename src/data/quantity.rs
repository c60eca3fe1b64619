//! Makes a field's quantity of a number that was read: its unit, its decimals, its limits.

use rust_decimal::{Decimal, RoundingStrategy};

use super::number::{Fault, Figure, excerpt};
use super::{Approximation, Measure, Quantity, wording};
use crate::diag::catalogue::data::{
    BELOW_LEAST, NO_UNIT, NOT_EXACT, NOT_WHOLE, ROUNDED, TOO_MANY_DIGITS, UNIT_MISMATCH,
};
use crate::diag::catalogue::spreadsheet::LIKELY_RATIO;
use crate::diag::{Diagnostic, Text};
use crate::json::{Json, JsonValue, narrow};
use crate::pack::{Field, Kind, dimension};

/// A quantity that was made.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Made {
    pub(super) quantity: Quantity,
    /// The number in the schema's unit, before rounding: what limits are checked against.
    pub(super) measure: Measure,
    /// Says that decimals were rounded off.
    pub(super) warning: Option<Diagnostic>,
}

/// What prints of a growth that rounds to nothing.
const HARDLY_CHANGED: &str = "与上年基本持平";

/// Makes a field's quantity.
pub(super) fn make(figure: Figure, field: &Field, typed: &str) -> Result<Made, Fault> {
    let Figure { mut number, mut approximation, unit } = figure;
    let fault = |entry| Diagnostic::new(entry).with("found", excerpt(typed));
    let too_many = || Box::new(fault(&TOO_MANY_DIGITS));
    let is_number_of_order = matches!(field.kind, Kind::Year | Kind::Ordinal | Kind::Rank);
    if is_number_of_order && approximation != Approximation::Exact {
        return Err(Box::new(fault(&NOT_EXACT)));
    }
    approximation = wording::settle(approximation, number, field, typed)?;

    let power = power(&unit, field).ok_or_else(|| {
        let is_bare = field.unit.is_empty() || is_number_of_order;
        let entry = if is_bare { &NO_UNIT } else { &UNIT_MISMATCH };
        let fault = fault(entry).with("unit", excerpt(&unit));
        Box::new(if is_bare {
            let (zh, en) = (format!("只写数字：`{number}`"), format!("write the bare number: `{number}`"));
            fault.hint(Text::both(zh, en))
        } else if field.unit == "%" && unit.contains('点') {
            fault.with("expected", &field.unit).hint(Text::both(
                "“百分点”说的是两个百分率之差；这里要的是百分率本身",
                "百分点 is the difference of two rates; this is a rate",
            ))
        } else {
            fault.with("expected", &field.unit).hint(unit_hint(&unit, &field.unit))
        })
    })?;
    let measured = dimension::shift(number, power).ok_or_else(too_many)?;
    let step = dimension::shift(Decimal::new(1, number.scale()), power).unwrap_or_default();

    let is_whole = is_number_of_order || field.kind == Kind::Count;
    if is_whole && !measured.fract().is_zero() {
        return Err(Box::new(fault(&NOT_WHOLE)));
    }
    let least = if is_number_of_order { Some(1) } else { (field.kind == Kind::Count).then_some(0) };
    if let Some(least) = least.filter(|least| measured < Decimal::from(*least)) {
        return Err(Box::new(fault(&BELOW_LEAST).with("least", least)));
    }

    // The upper end of a range is in the unit of the lower one.
    let in_unit = |power: i32| match approximation {
        Approximation::To(most) => dimension::shift(most, power).map(Approximation::To),
        other => Some(other),
    };
    let measured_as = in_unit(power).ok_or_else(too_many)?;

    let in_field_unit = power == 0;
    let (given, given_base) = dimension::split(&unit);
    let is_count_in_ten_thousands = field.kind == Kind::Count && power >= 4 && given >= 4;
    let keeps_unit = !in_field_unit && !is_number_of_order && keeps_unit(measured, approximation, field);
    let mut printed_unit = field.unit.clone();
    if keeps_unit || is_count_in_ten_thousands {
        let base = if given_base.is_empty() { dimension::split(&field.unit).1 } else { given_base };
        // 万 and 亿 are units of a count, 千万 and 百万 are none: 3千万人次 is 3000万人次.
        let kept = if is_count_in_ten_thousands { given - given % 4 } else { given };
        printed_unit = format!("{}{base}", dimension::scale(kept).unwrap_or_default());
        approximation = in_unit(given - kept).ok_or_else(too_many)?;
        number = dimension::shift(number, given - kept).ok_or_else(too_many)?;
    } else if !in_field_unit {
        number = measured;
        approximation = measured_as;
    }

    let mut warning = None;
    let known = approximation;
    let is_range = matches!(known, Approximation::To(_));
    if is_whole && !is_count_in_ten_thousands {
        // Decimals that are left here are zeros.
        number = number.normalize();
    } else if let Some(decimals) = field.decimals.filter(|_| !is_count_in_ten_thousands) {
        // 1.2万余亩 is not 1万余亩, though 亩 are whole.
        let kept = if keeps_unit { u32::try_from(power).unwrap_or(0) } else { 0 };
        let decimals = decimals + kept;
        let (rounded, around) = match round_ends(number, decimals, known) {
            // A little is not nothing: it prints as it was given.
            (rounded, _)
                if rounded.is_zero() && !number.is_zero() && field.kind != Kind::Growth && !is_range =>
            {
                (number, known)
            }
            ends => ends,
        };
        approximation = around;
        if (rounded, around) != (number, known) {
            // Both ends of a range are told; the words about one number are not what is rounded.
            let shown = |number: Decimal, around: Approximation| {
                let around = if is_range { around } else { Approximation::Exact };
                around.around(&number.to_string(), &printed_unit)
            };
            let printed = if field.kind == Kind::Growth && rounded.is_zero() && !is_range {
                // Hardly any growth is not none.
                approximation = Approximation::About;
                HARDLY_CHANGED.to_owned()
            } else {
                shown(rounded, around)
            };
            warning = Some(
                Diagnostic::new(&ROUNDED)
                    .with("typed", shown(number, known))
                    .with("printed", printed)
                    .with("rounded", rounded_to(decimals)),
            );
        }
        number = rounded;
    }
    if !in_field_unit && !keeps_unit && !is_count_in_ten_thousands {
        // The conversion made zeros of its own.
        number = number.normalize();
    }
    if number.is_zero() {
        number.set_sign_positive(true);
    }
    let quantity = Quantity { number, approximation, unit: printed_unit };
    // Of what was typed; what rounds to nothing is 与上年基本持平 on paper alone.
    let measure = Measure { number: measured, step, approximation: measured_as };
    Ok(Made { quantity, measure, warning })
}

/// Returns the power of ten from the unit that was given to the field's, if they measure the same.
fn power(unit: &str, field: &Field) -> Option<i32> {
    if unit.is_empty() || unit == field.unit {
        return Some(0);
    }
    match field.kind {
        Kind::Year => (unit == "年").then_some(0),
        Kind::Rank => matches!(unit, "位" | "名").then_some(0),
        Kind::Ordinal => None,
        Kind::Percent | Kind::Growth => {
            dimension::power_between(unit, if field.unit == "‰" { &field.unit } else { "%" })
        }
        _ => match dimension::split(unit) {
            // A bare 万 counts the field's unit without its own scale.
            (given, "") => Some(given - dimension::split(&field.unit).0),
            _ => dimension::power_between(unit, &field.unit),
        },
    }
}

/// Says what two units measure that cannot be converted to one another, and what to do.
fn unit_hint(given: &str, expected: &str) -> Text {
    let convert =
        || Text::both(format!("换算成“{expected}”再填"), format!("convert it to `{expected}` first"));
    match (dimension::measured(given), dimension::measured(expected)) {
        (Some(given_size), Some(expected_size)) if given_size == expected_size => convert(),
        (Some(given_size), expected_size) => {
            let expected_size = expected_size.unwrap_or_else(|| {
                Text::both(format!("“{expected}”的个数"), format!("a count of `{expected}`"))
            });
            Text::both(
                format!(
                    "“{given}”计的是{}，这一项是{}；核对是不是填错了地方",
                    given_size.zh, expected_size.zh
                ),
                format!(
                    "`{given}` is for {}, this is {}; see whether the value is in the right place",
                    given_size.en, expected_size.en
                ),
            )
        }
        _ if given.ends_with('次') && !expected.ends_with('次') => Text::both(
            format!("“{given}”计的是次数，这一项要的是“{expected}”数"),
            format!("`{given}` counts times, this is a number of `{expected}`"),
        ),
        _ => Text::both(
            format!("写“{expected}”，或者只写数字；说明写在 `_note` 里"),
            format!("write `{expected}` or the bare number; write remarks as `_note`"),
        ),
    }
}

/// Tells whether a number reads better in the unit that it was given in.
fn keeps_unit(measured: Decimal, approximation: Approximation, field: &Field) -> bool {
    if matches!(field.kind, Kind::Percent | Kind::Growth) {
        return false;
    }
    // 13000余万元 would be 1.3余亿元, which nobody says.
    let is_odd = matches!(
        approximation,
        Approximation::Odd | Approximation::Over | Approximation::OddBehind | Approximation::OverBehind
    );
    is_odd || (!measured.is_zero() && measured.abs() < Decimal::ONE)
}

/// Says that a number has more decimals than print.
pub(super) fn rounded_to(decimals: u32) -> Text {
    match decimals {
        0 => Text::both("舍入为整数", "is not whole"),
        1 => Text::both("按最多1位小数", "has more than 1 decimal"),
        _ => Text::both(format!("按最多{decimals}位小数"), format!("has more than {decimals} decimals")),
    }
}

/// Doubts a percentage that looks like the ratio of a spreadsheet, which shows 0.065 as 6.5% and saves it as 0.065.
///
/// With its own % the number is what it says.
pub(super) fn likely_ratio(made: &Made, field: &Field, json: &Json<'_>) -> Option<Diagnostic> {
    let is_bare = match &json.value {
        JsonValue::Number(_) => true,
        JsonValue::String(typed) => narrow(typed).trim_end().ends_with(|c: char| c.is_ascii_digit()),
        _ => false,
    };
    let number = made.measure.number.normalize();
    let has_more_decimals = number.scale() > field.decimals.unwrap_or(1);
    let is_small = match field.kind {
        // Growth by less than 1% is nothing unusual, but is not published more exactly than it prints.
        Kind::Growth => number.abs() < Decimal::ONE && has_more_decimals,
        Kind::Percent => number.is_sign_positive() && number <= Decimal::ONE,
        _ => false,
    };
    let is_usual = field.bearing.typical.is_some_and(|(least, most)| (least..=most).contains(&number));
    if !is_bare || !is_small || is_usual || number.is_zero() || !made.measure.is_exact() || field.unit != "%"
    {
        return None;
    }
    // A spreadsheet's 0.058 may be saved as 0.058000000000000003.
    let percent = number.checked_mul(Decimal::ONE_HUNDRED)?.round_dp(4).normalize();
    let typed = Some(number.round_dp(6).normalize()).filter(|typed| !typed.is_zero()).unwrap_or(number);
    let printed = if field.kind == Kind::Growth && made.quantity.number.is_zero() {
        HARDLY_CHANGED.to_owned()
    } else {
        made.quantity.to_string()
    };
    let doubt = Diagnostic::new(&LIKELY_RATIO).with("found", typed).with("printed", printed);
    Some(doubt.with("percent", percent))
}

/// Rounds a number as [`round`] does, of a range both its ends. One decimal more keeps apart the ends that would print
/// alike; those that even it does not keep apart stay as they are.
fn round_ends(number: Decimal, decimals: u32, approximation: Approximation) -> (Decimal, Approximation) {
    let Approximation::To(most) = approximation else {
        return (round(number, decimals, approximation), approximation);
    };
    let ends = [decimals, decimals + 1].map(|decimals| {
        let [mut least, most] = [number, most].map(|end| round(end, decimals, Approximation::Exact));
        if least.is_zero() {
            least.set_sign_positive(true);
        }
        (least, most)
    });
    let (least, most) = ends.into_iter().find(|(least, most)| least < most).unwrap_or((number, most));
    (least, Approximation::To(most))
}

/// Rounds to so many decimals, half away from zero; of a bound, to the side on which it stays true.
///
/// Fewer decimals stay as they are.
pub(super) fn round(number: Decimal, decimals: u32, approximation: Approximation) -> Decimal {
    let strategy = match approximation {
        Approximation::Exact | Approximation::About | Approximation::Around | Approximation::To(_) => {
            RoundingStrategy::MidpointAwayFromZero
        }
        Approximation::MoreThan
        | Approximation::AtLeast
        | Approximation::Odd
        | Approximation::Over
        | Approximation::OddBehind
        | Approximation::OverBehind => RoundingStrategy::ToNegativeInfinity,
        Approximation::Within | Approximation::LessThan | Approximation::Nearly => {
            RoundingStrategy::ToPositiveInfinity
        }
    };
    number.round_dp_with_strategy(decimals, strategy)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::data::number::figure;
    use crate::diag::Language;
    use crate::diag::catalogue::wording::BOUND_ON_FALL;
    use crate::pack::Wording;

    fn field(kind: Kind, unit: &str, decimals: u32) -> Field {
        Field {
            path: "a.b".to_owned(),
            kind,
            unit: unit.to_owned(),
            decimals: Some(decimals),
            ..Field::default()
        }
    }

    fn print(kind: Kind, unit: &str, decimals: u32, text: &str) -> String {
        let made = figure(text).and_then(|figure| make(figure, &field(kind, unit, decimals), text));
        match made {
            Ok(Made { quantity: Quantity { number, unit, .. }, warning, .. }) => {
                format!("{number}{unit}{}", if warning.is_some() { " !" } else { "" })
            }
            Err(fault) => fault.entry.code.to_owned(),
        }
    }

    #[test]
    fn quantities_print_in_the_fields_unit() {
        let cases = [
            ("8500万元", "8500万元"),
            ("18500万元", "1.85亿元"),
            ("10000万元", "1亿元"),
            ("1.5万亿元", "15000亿元"),
            ("1234.50", "1234.50亿元"),
            ("1234.50亿元", "1234.50亿元"),
            ("12345.678万元", "1.23亿元 !"),
            ("8500万", "8500万元"),
            ("70余万元", "70余万元"),
            ("0万元", "0亿元"),
            ("100美元", UNIT_MISMATCH.code),
            ("5家", UNIT_MISMATCH.code),
        ];
        for (text, expected) in cases {
            let plain = expected.replace('余', "");
            assert_eq!(print(Kind::Quantity, "亿元", 2, text), plain, "{text}");
        }
        assert_eq!(print(Kind::Quantity, "平方公里", 1, "350公顷"), "3.5平方公里");
        assert_eq!(print(Kind::Quantity, "亿元", 2, "0.001"), "0.001亿元");
        assert_eq!(print(Kind::Percent, "%", 1, "0.04"), "0.04%");
        assert_eq!(print(Kind::Quantity, "亿元", 2, "0.000"), "0.00亿元");
        assert_eq!(print(Kind::Quantity, "亩", 0, "1.2万亩"), "12000亩");
        assert_eq!(print(Kind::Quantity, "亩", 0, "1.2万余亩"), "1.2万亩");
        assert_eq!(print(Kind::Quantity, "亩", 0, "80公顷"), UNIT_MISMATCH.code);
        assert_eq!(print(Kind::Percent, "%", 1, "3‰"), "0.3%");
    }

    #[test]
    fn counts_are_whole_and_may_be_given_in_ten_thousands() {
        let cases = [
            ("12000", "12000人"),
            ("1.2万人", "1.2万人"),
            ("1.20万", "1.20万人"),
            ("1.23456万人", NOT_WHOLE.code),
            ("12.0", "12人"),
            ("12.5", NOT_WHOLE.code),
            ("-1", BELOW_LEAST.code),
            ("3千人", "3000人"),
            ("1万余人", "1万人"),
            ("12名", "12人"),
            ("1.3亿人", "1.3亿人"),
            ("1.3亿", "1.3亿人"),
            ("3千万人", "3000万人"),
            ("5百万", "500万人"),
            ("2万亿人", "2万亿人"),
        ];
        for (text, expected) in cases {
            assert_eq!(print(Kind::Count, "人", 0, text), expected, "{text}");
        }
        assert_eq!(print(Kind::Count, "批次", 0, "1.2万批次"), "1.2万批次");
        assert_eq!(print(Kind::Year, "", 0, "2025年"), "2025");
        assert_eq!(print(Kind::Year, "", 0, "2025家"), NO_UNIT.code);
        assert_eq!(print(Kind::Rank, "位", 0, "约3"), NOT_EXACT.code);
    }

    #[test]
    fn decimals_are_rounded_half_away_from_zero_and_bounds_stay_true() {
        let cases = [
            ("6.45", "6.5% !"),
            ("-6.45", "-6.5% !"),
            ("6.44", "6.4% !"),
            ("-0.04", "0.0% !"),
            ("-3以内", BOUND_ON_FALL.code),
            ("-3以上", BOUND_ON_FALL.code),
            ("约-3", "-3%"),
            ("0以内", BOUND_ON_FALL.code),
            ("超过0", "0%"),
            ("6.50", "6.5%"),
            ("6", "6%"),
            ("超过45.67", "45.6% !"),
            ("3.41以内", "3.5% !"),
        ];
        for (text, expected) in cases {
            assert_eq!(print(Kind::Growth, "%", 1, text), expected, "{text}");
        }
    }

    #[test]
    fn growth_with_more_decimals_than_are_published_may_be_a_ratio() {
        let field = field(Kind::Growth, "%", 1);
        let doubted = |digits: &str| {
            let made = figure(digits).and_then(|figure| make(figure, &field, digits)).unwrap();
            let json = Json { value: JsonValue::Number(digits), span: 0..digits.len() };
            likely_ratio(&made, &field, &json).map(|doubt| doubt.message(Language::Chinese))
        };
        for (digits, printed, percent) in [
            ("0.058", "0.1%", "5.8"),
            ("0.047", "与上年基本持平", "4.7"),
            ("-0.012", "与上年基本持平", "-1.2"),
            ("0.04", "与上年基本持平", "4"),
            ("0.0004", "与上年基本持平", "0.04"),
        ] {
            let message = format!("`{digits}` 印作{printed}；它像是表格里的比值，那就是{percent}%");
            assert_eq!(doubted(digits), Some(message), "{digits}");
        }
        for digits in ["0", "0.0", "0.000", "0.1", "-0.3", "0.50", "1.047"] {
            assert_eq!(doubted(digits), None, "{digits}");
        }
    }

    #[test]
    fn both_ends_of_a_range_are_in_one_unit() {
        let print = |kind, unit: &str, decimals, text: &str| {
            let mut field = field(kind, unit, decimals);
            field.wording = Wording { range: true, ..Wording::default() }.into();
            let made = figure(text).and_then(|figure| make(figure, &field, text)).unwrap();
            (made.quantity.to_string(), made.measure.number, made.measure.approximation)
        };
        let to = |most: &str| Approximation::To(most.parse().unwrap());
        assert_eq!(
            print(Kind::Percent, "‰", 1, "6%～6.5%"),
            ("60～65‰".to_owned(), Decimal::from(60), to("65.0"))
        );
        let ends = print(Kind::Quantity, "‰", 1, "6%～6.5%");
        assert_eq!(ends, ("60～65‰".to_owned(), Decimal::from(60), to("65.0")));
    }

    #[test]
    fn a_range_keeps_its_two_ends_apart_and_says_how_both_print() {
        let cases = [
            ("6.5%～6.8%", "6.5%～6.8%", None),
            ("6.51%～6.78%", "6.5%～6.8%", Some("6.51%～6.78%")),
            // The upper end alone.
            ("6.5%～6.78%", "6.5%～6.8%", Some("6.5%～6.78%")),
            ("6.51%～6.53%", "6.51%～6.53%", None),
            ("6.512%～6.534%", "6.51%～6.53%", Some("6.512%～6.534%")),
            ("6.5121%～6.5122%", "6.5121%～6.5122%", None),
            ("0.01%～2.51%", "0.0%～2.5%", Some("0.01%～2.51%")),
        ];
        let mut field = field(Kind::Growth, "%", 1);
        field.wording = Wording { range: true, ..Wording::default() }.into();
        for (text, printed, typed) in cases {
            let figure = figure(text).unwrap();
            let known = figure.approximation;
            let Made { quantity, measure, warning } = make(figure, &field, text).unwrap();
            assert_eq!(measure.approximation, known, "{text}");
            assert_eq!(quantity.to_string(), printed, "{text}");
            let message = warning.map(|warning| warning.message(Language::English));
            let expected =
                typed.map(|typed| format!("`{typed}` has more than 1 decimal and prints as `{printed}`"));
            assert_eq!(message, expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_value_converted_there_and_back_is_unchanged(
            mantissa in -999_999_999_999_i64..999_999_999_999,
            scale in 0_u32..6,
            power in -12_i32..=12,
        ) {
            let number = Decimal::new(mantissa, scale);
            let there = dimension::shift(number, power);
            let back = there.and_then(|there| dimension::shift(there, -power));
            prop_assert_eq!(back, Some(number));
        }

        #[test]
        fn what_prints_is_one_number_in_one_unit(
            whole in 0_u64..1_000_000_000_000,
            decimals in "(\\.[0-9]{1,6})?",
            given in prop::sample::select(&["元", "千元", "万元", "百万元", "亿元", "万亿元"][..]),
            wanted in prop::sample::select(&["元", "万元", "亿元"][..]),
        ) {
            let text = format!("{whole}{decimals}{given}");
            let field = field(Kind::Quantity, wanted, 2);
            if let Ok(made) = figure(&text).and_then(|figure| make(figure, &field, &text)) {
                let printed = made.quantity.to_string();
                let digits = printed.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
                prop_assert!(digits == wanted || digits == given, "{} prints as {}", text, printed);
                // Less than one whole unit stays as it was given; of the rest no zero is the conversion's.
                let is_small = !made.measure.number.is_zero() && made.measure.number < Decimal::ONE;
                prop_assert_eq!(digits == given, given == wanted || is_small, "{} prints as {}", text, printed);
                let number = made.quantity.number;
                prop_assert!(digits == given || number == number.normalize() && number.scale() == number.normalize().scale());
            }
        }

        /// Neither the unit nor 余 may make another amount of what was typed.
        #[test]
        fn what_prints_is_read_as_what_was_typed(
            number in "[1-9][0-9]{0,6}(\\.[0-9]{1,2})?",
            (odd, scale, behind) in prop_oneof![
                (Just(String::new()), "(万亿|亿|万|百万|千)?", "[余多]?"),
                ("[余多]", "(万亿|亿|万|百万|千)?", Just(String::new())),
            ],
            unit in "元?",
            wanted in prop::sample::select(&["元", "万元", "亿元"][..]),
        ) {
            let text = format!("{number}{odd}{scale}{behind}{unit}");
            let field = Field { decimals: None, ..field(Kind::Quantity, wanted, 0) };
            let read = |text: &str| figure(text).and_then(|figure| make(figure, &field, text));
            let made = read(&text).map_err(|fault| TestCaseError::fail(format!("{text}: {fault:?}")))?;
            let printed = made.quantity.to_string();
            let again = read(&printed).map_err(|fault| TestCaseError::fail(format!("{printed}: {fault:?}")))?;
            let scales = [("万亿", 12), ("亿", 8), ("百万", 6), ("万", 4), ("千", 3), ("", 0)];
            let power = |unit: &str| scales.iter().find(|(name, _)| unit.starts_with(name)).unwrap().1;
            let given = if scale.is_empty() && unit.is_empty() { wanted } else { scale.as_str() };
            let typed = number.parse().ok().and_then(|number| dimension::shift(number, power(given) - power(wanted)));
            prop_assert_eq!(Some(made.measure.number), typed, "{} is {}", text, made.measure.number);
            prop_assert_eq!(made.measure.number, again.measure.number, "{} prints as {}", text, printed);
            // Of 10千余 the text says less exactly how much it is: it is read like 10000余.
            let (typed, read) = (made.measure.bounds(), again.measure.bounds());
            prop_assert_eq!(typed.least, read.least, "{} prints as {}", text, printed);
            let is_bare = unit.is_empty() && matches!(scale.as_str(), "千" | "百万");
            prop_assert!(typed.most == read.most || is_bare && typed.most < read.most, "{} prints as {}", text, printed);
        }

        #[test]
        fn no_figure_in_any_unit_makes_it_panic(
            number in "[约近]?-?[0-9]{1,30}(\\.[0-9]{0,30})?(e-?[0-9]{1,3})?余?",
            unit in "(万亿|亿|万|千|百)?(元|人|公顷|‰|)",
            wanted in "(万亿|亿|万|千|百)?(元|人|平方公里|%|)",
        ) {
            let text = format!("{number}{unit}");
            for kind in [Kind::Quantity, Kind::Count, Kind::Percent, Kind::Year] {
                let field = field(kind, &wanted, 2);
                drop(figure(&text).and_then(|figure| make(figure, &field, &text)));
            }
        }
    }
}

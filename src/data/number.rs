//! Reads a number as people write it: digits, how exactly it is known, and what follows it.

use rust_decimal::Decimal;

use super::Approximation;
use crate::diag::catalogue::data::{
    AMBIGUOUS_NUMBER, CHINESE_NUMERAL, MIXED_UNITS, NOT_A_NUMBER, NUMBER_RANGE, TOO_MANY_DIGITS,
    TWO_APPROXIMATIONS,
};
use crate::diag::{Diagnostic, Text};
use crate::json::narrow;
use crate::pack::dimension;

/// What is wrong with a value, its place not yet told.
pub(super) type Fault = Box<Diagnostic>;

/// A number as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Figure {
    pub(super) number: Decimal,
    pub(super) approximation: Approximation,
    /// What follows the number; empty when nothing does.
    pub(super) unit: String,
}

/// The words before an approximate number; of those that begin alike the longer first.
const BEFORE: [(&str, Approximation); 26] = [
    ("大约", Approximation::About),
    ("约", Approximation::About),
    ("将近", Approximation::Nearly),
    ("接近", Approximation::Nearly),
    ("近", Approximation::Nearly),
    ("不超过", Approximation::Within),
    ("不高于", Approximation::Within),
    ("不多于", Approximation::Within),
    ("至多", Approximation::Within),
    ("≤", Approximation::Within),
    ("不低于", Approximation::AtLeast),
    ("不少于", Approximation::AtLeast),
    ("不小于", Approximation::AtLeast),
    ("至少", Approximation::AtLeast),
    ("≥", Approximation::AtLeast),
    ("不足", Approximation::LessThan),
    ("不到", Approximation::LessThan),
    ("低于", Approximation::LessThan),
    ("少于", Approximation::LessThan),
    ("<", Approximation::LessThan),
    ("超过", Approximation::MoreThan),
    ("超", Approximation::MoreThan),
    ("高于", Approximation::MoreThan),
    ("多于", Approximation::MoreThan),
    ("逾", Approximation::MoreThan),
    (">", Approximation::MoreThan),
];

/// The words after an approximate number and its unit. 以下 includes the number (民法典 第一千二百五十九条).
const AFTER: [(&str, Approximation); 5] = [
    ("以上", Approximation::AtLeast),
    ("以内", Approximation::Within),
    ("以下", Approximation::Within),
    ("左右", Approximation::Around),
    ("上下", Approximation::Around),
];

/// The marks of money before a number, and what they stand for; `$` is what [`narrow`] makes of `＄`.
const MONEY: [(char, &str); 3] = [('¥', "元"), ('￥', "元"), ('$', "美元")];

/// Reads a number as JSON writes it (RFC 8259, clause 6), keeping the decimals that were typed.
pub(super) fn literal(text: &str) -> Result<Decimal, Fault> {
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let number = plain(mantissa).ok_or_else(|| too_many_digits(text))?;
    let exponent = exponent.parse().map_err(|_| too_many_digits(text))?;
    dimension::shift(number, exponent).ok_or_else(|| too_many_digits(text))
}

/// Reads a number in a string: `1,234.5`, `约70`, `70余家`, `3.4%以内`.
pub(super) fn figure(text: &str) -> Result<Figure, Fault> {
    let narrow = narrow(text);
    let mut rest = narrow.trim();
    let mut approximation = None;
    if let Some((word, meaning)) = BEFORE.iter().find(|(word, _)| rest.starts_with(word)) {
        approximation = Some(*meaning);
        rest = rest[word.len()..].trim_start();
    }
    let money = MONEY.iter().find_map(|(mark, unit)| Some((rest.strip_prefix(*mark)?, *unit)));
    rest = money.map_or(rest, |(number, _)| number.trim_start());
    let length = number_length(rest);
    if !rest[..length].contains(|c: char| c.is_ascii_digit()) {
        let is_numeral = rest.starts_with(|c| "零〇一二两三四五六七八九十百千万亿".contains(c));
        let entry = if is_numeral { &CHINESE_NUMERAL } else { &NOT_A_NUMBER };
        return Err(Box::new(Diagnostic::new(entry).with("found", text)));
    }
    let mut number = grouped(&rest[..length], text)?;
    let mut unit = rest[length..].trim();
    // 86420（万美元）.
    if let Some(inner) = unit.strip_prefix('(').and_then(|unit| unit.strip_suffix(')')) {
        unit = inner.trim();
    }
    if let Some(most) = range(unit).filter(|most| approximation.is_none() && *most > number) {
        let unit = if unit.contains('%') { "%" } else { "" };
        return Ok(Figure { number, approximation: Approximation::To(most), unit: unit.to_owned() });
    }
    if unit.contains(|c: char| c.is_ascii_digit()) {
        let before = narrow.trim().strip_suffix(rest).unwrap_or_default();
        if let Some(sum) = mixed(number, rest.starts_with('-'), unit)
            .map(|sum| format!("{before}{sum}"))
            .filter(|sum| figure(sum).is_ok())
        {
            let fault = Diagnostic::new(&MIXED_UNITS).with("found", text);
            return Err(Box::new(
                fault.hint(Text::both(format!("改为：`\"{sum}\"`"), format!("write: `\"{sum}\"`"))),
            ));
        }
        let is_range = unit.starts_with(|c| "-~—–至到".contains(c));
        let entry = if is_range { &NUMBER_RANGE } else { &NOT_A_NUMBER };
        return Err(Box::new(Diagnostic::new(entry).with("found", text)));
    }

    let two = || Box::new(Diagnostic::new(&TWO_APPROXIMATIONS).with("found", text));
    if let Some((word, meaning)) = AFTER.iter().find(|(word, _)| unit.ends_with(word)) {
        unit = unit[..unit.len() - word.len()].trim_end();
        if approximation.replace(*meaning).is_some() {
            return Err(two());
        }
    }
    let mut unit = unit.to_owned();
    if let Some((before, mark, after)) = odd(&unit) {
        let after = after.trim_start();
        let (power, _) = dimension::split(before);
        // 10亿余 is less than 11亿 and 10余亿 is not, so behind the scales of four digits the mark stays. Of 3千余户
        // and 5百万余元 it comes to stand right after the digits: 3000余户, 500余万元.
        // Without a unit of its own the scale is all that tells 1千余 from 1000余 of the field's unit.
        let is_bare = (1..4).contains(&power) && after.is_empty();
        let is_behind = is_bare || matches!(before, "万" | "亿" | "万亿");
        let kept = match power {
            _ if is_behind => power,
            0..=3 => 0,
            4..=7 => 4,
            _ => 8,
        };
        let mark = match mark {
            Approximation::Odd if is_behind => Approximation::OddBehind,
            Approximation::Over if is_behind => Approximation::OverBehind,
            mark => mark,
        };
        if approximation.replace(mark).is_some() {
            return Err(two());
        }
        // 1.0千余 is no more exact than 1千余.
        number = if is_bare { number.normalize() } else { number };
        number = dimension::shift(number, power - kept).ok_or_else(|| too_many_digits(text))?;
        unit = format!("{}{after}", dimension::scale(kept).unwrap_or_default());
    }
    if let Some((_, base)) = money.filter(|_| dimension::split(&unit).1.is_empty()) {
        unit.push_str(base);
    }
    Ok(Figure { number, approximation: approximation.unwrap_or(Approximation::Exact), unit })
}

/// Adds what was given in two units of one sort, in the first of them: 3亿5000万元 and 3亿零5000万元 are 3.5亿元.
fn mixed(number: Decimal, is_negative: bool, rest: &str) -> Option<String> {
    let (first, rest) = rest.split_at(rest.find(|c: char| c.is_ascii_digit())?);
    let first = first.trim().trim_end_matches(['零', '〇', '又']);
    let length = number_length(rest);
    let (digits, second) = (grouped(&rest[..length], rest).ok()?, rest[length..].trim());
    let (power, base) = dimension::split(first);
    let (smaller, second_base) = dimension::split(second);
    // What parts the two numbers is no unit: 168.3亿/2.
    let is_unit =
        if base.is_empty() { power > 0 } else { base == second_base || dimension::measured(base).is_some() };
    if !is_unit || second.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let base = if base.is_empty() { second_base } else { base };
    let unit = format!("{}{base}", dimension::scale(power).unwrap_or_default());
    let difference = match second_base {
        // 3亿5 may be 3.5亿.
        "" if smaller == 0 => return None,
        "" => smaller - power,
        _ => dimension::power_between(second, &unit)?,
    };
    let part = dimension::shift(digits, difference)?;
    let sum = number.checked_add(if is_negative { -part } else { part })?;
    (difference < 0).then(|| format!("{}{unit}", sum.normalize()))
}

/// Reads what follows the first of two numbers: `%～6.5%`, `-6.5`, `至6.5%`.
fn range(rest: &str) -> Option<Decimal> {
    let rest = rest.strip_prefix('%').unwrap_or(rest).trim_start();
    let rest = rest.strip_prefix(['~', '—', '–', '-', '至', '到'])?;
    let rest = rest.strip_prefix('—').unwrap_or(rest).trim();
    let rest = rest.strip_suffix('%').unwrap_or(rest).trim_end();
    let is_plain = rest.starts_with(|c: char| c.is_ascii_digit())
        && rest.chars().all(|c| c.is_ascii_digit() || c == '.')
        && !rest.ends_with('.');
    plain(rest).filter(|_| is_plain)
}

/// Parts a unit at its 余 or 多, which stands first or right after a scale.
fn odd(unit: &str) -> Option<(&str, Approximation, &str)> {
    let (at, mark) = unit.char_indices().find(|(_, c)| matches!(c, '余' | '多'))?;
    let (before, after) = (&unit[..at], &unit[at + mark.len_utf8()..]);
    let is_scale = before.is_empty() || matches!(dimension::split(before), (power, "") if power > 0);
    let meaning = if mark == '余' { Approximation::Odd } else { Approximation::Over };
    is_scale.then_some((before, meaning, after))
}

/// Returns how many bytes at the start of a text may belong to a number.
fn number_length(text: &str) -> usize {
    let sign = text.len() - text.trim_start_matches(['-', '+']).len();
    let digits = text[sign..]
        .find(|c: char| !(c.is_ascii_digit() || c == '.' || c == ','))
        .unwrap_or(text.len() - sign);
    let end = sign + digits;
    let exponent = &text[end..];
    let Some(power) = exponent.strip_prefix(['e', 'E']) else { return end };
    let unsigned = power.strip_prefix(['-', '+']).unwrap_or(power);
    let digits = unsigned.find(|c: char| !c.is_ascii_digit()).unwrap_or(unsigned.len());
    if digits == 0 { end } else { end + (exponent.len() - unsigned.len()) + digits }
}

/// Reads digits that commas may group by three.
fn grouped(digits: &str, whole: &str) -> Result<Decimal, Fault> {
    let (mantissa, exponent) = digits.split_once(['e', 'E']).unwrap_or((digits, ""));
    let unsigned = mantissa.strip_prefix(['-', '+']).unwrap_or(mantissa);
    let not_a_number = || Box::new(Diagnostic::new(&NOT_A_NUMBER).with("found", whole));
    let is_plain = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());

    let (integer, fraction) = match unsigned.split_once('.') {
        Some((integer, fraction)) => (integer, Some(fraction)),
        None => (unsigned, None),
    };
    let mut groups = integer.split(',');
    let first = groups.next().unwrap_or_default();
    let well_grouped = is_plain(first)
        && (!integer.contains(',') || (first.len() <= 3 && first != "0"))
        && groups.all(|group| group.len() == 3 && is_plain(group))
        && fraction.is_none_or(is_plain);
    if !well_grouped {
        let parts: Vec<_> = unsigned.split(['.', ',']).collect();
        if parts.len() < 2 || !parts.iter().all(|part| is_plain(part)) {
            return Err(not_a_number());
        }
        let readings: Vec<_> = readings(unsigned).iter().map(|reading| format!("`{reading}`")).collect();
        return Err(Box::new(
            Diagnostic::new(&AMBIGUOUS_NUMBER)
                .with("found", whole)
                .with("readings", Text::both(readings.join("或"), readings.join(" or "))),
        ));
    }
    let sign = if mantissa.starts_with('-') { "-" } else { "" };
    let fraction = fraction.map(|fraction| format!(".{fraction}")).unwrap_or_default();
    let exponent = if exponent.is_empty() { String::new() } else { format!("e{exponent}") };
    literal(&format!("{sign}{}{fraction}{exponent}", integer.replace(',', "")))
        .map_err(|_| too_many_digits(whole))
}

/// Returns the two numbers that digits with points and commas may be: each of the marks may be the point.
fn readings(digits: &str) -> [String; 2] {
    let plain = |part: &str| part.replace(['.', ','], "");
    let number = |whole: &str, fraction: &str| match plain(whole).trim_start_matches('0') {
        "" => format!("0.{}", plain(fraction)),
        whole => format!("{whole}.{}", plain(fraction)),
    };
    let with_point = |mark: char| {
        let (whole, fraction) = digits.split_once(mark)?;
        (!fraction.contains(mark)).then(|| number(whole, fraction))
    };
    let without = || {
        let whole = plain(digits);
        let short = whole.trim_start_matches('0');
        if short.is_empty() { "0".to_owned() } else { short.to_owned() }
    };
    match (with_point('.'), with_point(',')) {
        (Some(one), Some(other)) => [other, one],
        (Some(one), None) | (None, Some(one)) => [without(), one],
        (None, None) => {
            let (whole, fraction) = digits.rsplit_once(['.', ',']).unwrap_or((digits, ""));
            [without(), number(whole, fraction)]
        }
    }
}

/// Reads plain digits; nothing when there are more than a [`Decimal`] holds.
fn plain(digits: &str) -> Option<Decimal> {
    let number = Decimal::from_str_exact(digits).ok()?;
    // A zero has no sign on paper.
    Some(if number.is_zero() { number.abs() } else { number })
}

fn too_many_digits(found: &str) -> Fault {
    Box::new(Diagnostic::new(&TOO_MANY_DIGITS).with("found", excerpt(found)))
}

/// Shortens a text for a message.
pub(super) fn excerpt(text: &str) -> String {
    const MOST: usize = 30;
    if text.chars().count() <= MOST {
        return text.to_owned();
    }
    text.chars().take(MOST - 1).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> String {
        match figure(text) {
            Ok(figure) => {
                format!("{} {:?} {}", figure.number, figure.approximation, figure.unit).trim().to_owned()
            }
            Err(fault) => fault.entry.code.to_owned(),
        }
    }

    #[test]
    fn figures_are_read_as_people_write_them() {
        let cases = [
            ("70", "70 Exact"),
            ("1,234.50", "1234.50 Exact"),
            ("１２３４．５", "1234.5 Exact"),
            ("\u{202a}1234.5\u{200b} 亿元\u{202c}", "1234.5 Exact 亿元"),
            ("－3.2％", "-3.2 Exact %"),
            ("+6.5%", "6.5 Exact %"),
            ("1.2e3", "1200 Exact"),
            ("约70", "70 About"),
            ("约 70 家", "70 About 家"),
            ("近70个", "70 Nearly 个"),
            ("70余", "70 Odd"),
            ("70余家", "70 Odd 家"),
            ("70多家", "70 Over 家"),
            ("5000余万元", "5000 Odd 万元"),
            ("1万余人", "1 OddBehind 万人"),
            ("3千多户", "3000 Over 户"),
            ("3千多", "3 OverBehind 千"),
            ("5百万余元", "500 Odd 万元"),
            ("2千亿多元", "2000 Over 亿元"),
            ("168亿余元", "168 OddBehind 亿元"),
            ("168.3亿多元", "168.3 OverBehind 亿元"),
            ("168亿多", "168 OverBehind 亿"),
            ("680000万余", "680000 OddBehind 万"),
            ("2万亿余元", "2 OddBehind 万亿元"),
            ("￥168亿余", "168 OddBehind 亿元"),
            ("超过50", "50 MoreThan"),
            ("不超过50", "50 Within"),
            ("50以上", "50 AtLeast"),
            ("50家以上", "50 AtLeast 家"),
            ("3.4%以内", "3.4 Within %"),
            ("3.4以内", "3.4 Within"),
            ("不足50", "50 LessThan"),
            ("6.5左右", "6.5 Around"),
            ("6.5%左右", "6.5 Around %"),
            ("6～6.5", "6 To(6.5)"),
            ("6%～6.5%", "6 To(6.5) %"),
            ("6-6.5", "6 To(6.5)"),
            ("6至6.5%", "6 To(6.5) %"),
            ("8500万元", "8500 Exact 万元"),
            ("8500万", "8500 Exact 万"),
            ("￥8500万", "8500 Exact 万元"),
            ("约¥ 8,500万元", "8500 About 万元"),
            ("$8500", "8500 Exact 美元"),
            ("8500（万元）", "8500 Exact 万元"),
            ("约8500 (万元)", "8500 About 万元"),
            ("-0", "0 Exact"),
            ("0.00", "0.00 Exact"),
        ];
        for (text, expected) in cases {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn what_can_be_read_in_two_ways_is_refused() {
        let cases = [
            ("1.234,5", AMBIGUOUS_NUMBER.code),
            ("1,23", AMBIGUOUS_NUMBER.code),
            ("1,2345", AMBIGUOUS_NUMBER.code),
            ("0,123", AMBIGUOUS_NUMBER.code),
            ("1.234.567", AMBIGUOUS_NUMBER.code),
            ("60-50", NUMBER_RANGE.code),
            ("约50-60", NUMBER_RANGE.code),
            ("50～60家", NUMBER_RANGE.code),
            ("五十余", CHINESE_NUMERAL.code),
            ("约七十", CHINESE_NUMERAL.code),
            ("约70余", TWO_APPROXIMATIONS.code),
            ("超过70以上", TWO_APPROXIMATIONS.code),
            ("很多", NOT_A_NUMBER.code),
            ("70家80个", NOT_A_NUMBER.code),
            ("1234亿5000万元", MIXED_UNITS.code),
            ("3公里200米", MIXED_UNITS.code),
            ("3米2公里", NOT_A_NUMBER.code),
            ("168.3亿/2", NOT_A_NUMBER.code),
            ("168亿/2万", NOT_A_NUMBER.code),
            ("3亿5", NOT_A_NUMBER.code),
            ("1亿2亿3亿元", NOT_A_NUMBER.code),
            ("1.", NOT_A_NUMBER.code),
            (".5", NOT_A_NUMBER.code),
            ("--5", NOT_A_NUMBER.code),
            ("1e400", TOO_MANY_DIGITS.code),
            ("1e99999999999", TOO_MANY_DIGITS.code),
            ("0.12345678901234567890123456789012345", TOO_MANY_DIGITS.code),
        ];
        for (text, expected) in cases {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn the_two_readings_are_told() {
        for (text, expected) in [
            ("1.234,5", "`1234.5` or `1.2345`"),
            ("1,234.5.6", "`123456` or `1.23456`"),
            ("1,23", "`123` or `1.23`"),
            ("0,123", "`123` or `0.123`"),
            ("1.234.567", "`1234567` or `1234.567`"),
            ("12,34,5.6", "`123456` or `12345.6`"),
        ] {
            let fault = figure(text).expect_err(text);
            let readings = fault.arguments.iter().find(|(name, _)| *name == "readings");
            assert_eq!(readings.map(|(_, readings)| &*readings.en), Some(expected), "{text}");
        }
    }

    #[test]
    fn mixed_units_are_added_for_the_hint() {
        let hint = |text: &str| figure(text).map_err(|fault| fault.hints[0].zh.clone());
        assert_eq!(hint("1234亿5000万元"), Err("改为：`\"1234.5亿元\"`".to_owned()));
        assert_eq!(hint("3公里 200米"), Err("改为：`\"3.2公里\"`".to_owned()));
        assert_eq!(hint("2万3千人"), Err("改为：`\"2.3万人\"`".to_owned()));
        assert_eq!(hint("2万3千"), Err("改为：`\"2.3万\"`".to_owned()));
        assert_eq!(hint("2万家3千家"), Err("改为：`\"2.3万家\"`".to_owned()));
        assert_eq!(hint("168亿零5百万"), Err("改为：`\"168.05亿\"`".to_owned()));
        assert_eq!(hint("约¥3亿5000万"), Err("改为：`\"约¥3.5亿\"`".to_owned()));
        assert_eq!(hint("-3亿5000万元"), Err("改为：`\"-3.5亿元\"`".to_owned()));
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in any::<String>()) {
            drop(figure(&text));
            drop(literal(&text));
        }

        #[test]
        fn nothing_like_a_figure_makes_it_panic(text in "[约近超过不足0-9０-９.,，eE+\\-余多万亿千家元%以上内左右 ]{0,16}") {
            drop(figure(&text));
            drop(literal(&text));
        }

        #[test]
        fn a_number_is_read_digit_for_digit(mantissa in -999_999_999_999_i64..999_999_999_999, scale in 0_u32..8) {
            let number = Decimal::new(mantissa, scale);
            prop_assert_eq!(literal(&number.to_string()).map(|read| read.to_string()), Ok(number.to_string()));
        }
    }
}

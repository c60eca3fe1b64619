//! Writes Chinese numerals in digits: 二十 is 20, 三万八千 is 3.8万, 二〇二五 is 2025.

use rust_decimal::Decimal;

const NUMERALS: &str = "零〇一二两三四五六七八九十百千万亿";

/// The most characters of a numeral: those of a number of sixteen digits, each with its scale and a 零, have fewer. Numerals
/// lie within each other, and a text of nothing but 亿 would be taken apart as deep as it is long.
const LONGEST: usize = 48;

/// The scales of four digits each, the largest first, and what each is worth.
const SCALES: [(char, u32); 2] = [('亿', 100_000_000), ('万', 10_000)];

/// Writes the Chinese numeral in a text in digits: 二十余家 is 20余家, 二〇二五 is 2025. Nothing of one that may be
/// several numbers: 三四家 are three or four.
pub(super) fn arabic(text: &str) -> Option<String> {
    let from = text.find(|c| NUMERALS.contains(c))?;
    let length = text[from..].find(|c| !NUMERALS.contains(c)).unwrap_or(text.len() - from);
    let (before, numeral, after) = (&text[..from], &text[from..from + length], &text[from + length..]);
    // What follows digits is theirs: 3万八千.
    if before.ends_with(|c: char| c.is_ascii_digit() || c == '.') || numeral.chars().count() > LONGEST {
        return None;
    }
    Some(format!("{before}{}{after}", spelled(numeral, after.is_empty())?))
}

/// Writes a numeral in digits, with the largest scale that it has. Where nothing follows it, its last digit may be
/// that of the next lower scale: 两万五 is 2.5万.
fn spelled(numeral: &str, is_last: bool) -> Option<String> {
    for (scale, worth) in SCALES {
        let Some((high, low)) = numeral.rsplit_once(scale) else { continue };
        if low.is_empty() {
            return Some(format!("{}{scale}", spelled(high, false)?));
        }
        let worth = Decimal::from(worth);
        let low = match only_digit(low) {
            Some(digit @ 1..) if is_last => Decimal::from(digit) * worth / Decimal::TEN,
            Some(_) => return None,
            None => {
                let number = value(low)?;
                // 三万八百 may be a slip for either of two.
                let is_clear = low.starts_with(['零', '〇']) || number * Decimal::TEN >= worth;
                Some(number).filter(|number| is_clear && *number < worth)?
            }
        };
        let sum = value(high)?.checked_add(low / worth)?;
        return Some(format!("{}{scale}", sum.normalize()));
    }
    section(numeral)
}

/// Returns what a numeral is worth.
fn value(numeral: &str) -> Option<Decimal> {
    let spelled = spelled(numeral, false)?;
    let digits = spelled.trim_end_matches(['万', '亿']);
    let scale = spelled[digits.len()..].chars().map(|scale| SCALES.iter().find(|(name, _)| *name == scale));
    scale.fold(digits.parse().ok(), |number: Option<Decimal>, scale| {
        number?.checked_mul(Decimal::from(scale?.1))
    })
}

/// Reads a numeral below 一万, or one of digits alone: 二十五, 二〇二六. 百 alone is 一百, as in 百分之二十五.
pub(super) fn whole(numeral: &str) -> Option<u32> {
    if numeral == "百" { Some(100) } else { section(numeral)?.parse().ok() }
}

/// Writes a numeral below 一万, or one of digits alone, in digits.
fn section(numeral: &str) -> Option<String> {
    let numeral: Vec<char> = numeral.chars().collect();
    let scale = |c: char| match c {
        '十' => Some(10),
        '百' => Some(100),
        '千' => Some(1000),
        _ => None,
    };
    if numeral.iter().all(|c| scale(*c).is_none()) {
        // 三四 and 三五 are several numbers, 二〇二五 is one.
        let is_one =
            numeral.len() == 1 || numeral.len() > 3 || numeral.iter().any(|c| matches!(c, '零' | '〇'));
        let digits = numeral.iter().map(|c| char::from_digit(digit(*c)?, 10)).collect::<Option<String>>();
        return digits.filter(|digits| is_one && !digits.is_empty());
    }
    let (mut sum, mut pending, mut smallest) = (0, None, 10_000);
    for (at, c) in numeral.iter().enumerate() {
        if let Some(scale) = scale(*c) {
            // 十 alone is 一十; scales come in their order.
            let digit =
                pending.take().or((at == 0 && scale == 10).then_some(1)).filter(|digit| *digit != 0)?;
            if scale >= smallest {
                return None;
            }
            sum += digit * scale;
            smallest = scale;
        } else if pending.replace(digit(*c)?).is_some_and(|digit| digit != 0) {
            return None;
        }
    }
    // 三百五 is 350, or a slip.
    let is_clear = smallest == 10 || numeral.len() < 2 || matches!(numeral[numeral.len() - 2], '零' | '〇');
    let ones = pending.unwrap_or(0);
    (ones == 0 || is_clear).then(|| (sum + ones).to_string())
}

fn only_digit(numeral: &str) -> Option<u32> {
    let mut chars = numeral.chars();
    let only = chars.next().filter(|_| chars.next().is_none())?;
    digit(only)
}

fn digit(c: char) -> Option<u32> {
    match c {
        '零' | '〇' => Some(0),
        '两' => Some(2),
        c => "一二三四五六七八九".chars().zip(1..).find(|(numeral, _)| *numeral == c).map(|(_, digit)| digit),
    }
}

#[cfg(test)]
pub(super) mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Spells a number below 一万, with 零 for the digits that are left out.
    fn below_ten_thousand(number: u32, is_after_more: bool) -> String {
        let mut text = String::new();
        let mut is_gap = is_after_more && number < 1000;
        for (scale, name) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
            match number / scale % 10 {
                0 => is_gap |= !text.is_empty(),
                digit => {
                    if std::mem::take(&mut is_gap) {
                        text.push('零');
                    }
                    text.extend("零一二三四五六七八九".chars().nth(digit as usize));
                    text.push_str(name);
                }
            }
        }
        text
    }

    pub(in crate::data) fn chinese(number: u32) -> String {
        let parts = [(100_000_000, "亿"), (10_000, "万"), (1, "")];
        let (mut text, mut is_gap) = (String::new(), false);
        for (scale, name) in parts {
            let part = number / scale % 10_000;
            if part == 0 {
                is_gap = !text.is_empty();
                continue;
            }
            if is_gap && part >= 1000 {
                text.push('零');
            }
            text.push_str(&below_ten_thousand(part, !text.is_empty()));
            text.push_str(name);
            is_gap = false;
        }
        text
    }

    #[test]
    fn what_is_longer_than_any_numeral_is_none() {
        for part in ["亿", "万亿", "一万", "十", "〇"] {
            assert_eq!(arabic(&format!("一{}", part.repeat(200_000))), None, "{part}");
        }
    }

    #[test]
    fn numerals_are_written_in_digits() {
        for (text, expected) in [
            ("二十余家", Some("20余家")),
            ("二〇二五", Some("2025")),
            ("一千零五", Some("1005")),
            ("三万八千", Some("3.8万")),
            ("约三万八千余人", Some("约3.8万余人")),
            ("两万五", Some("2.5万")),
            ("一亿五", Some("1.5亿")),
            ("两万五人", None),
            ("两万零五", Some("2.0005万")),
            ("三万零八百", Some("3.08万")),
            ("三万八百", None),
            ("一亿五千万余元", Some("1.5亿余元")),
            ("一亿零五百万", Some("1.05亿")),
            ("二千三百八十六亿元", Some("2386亿元")),
            ("三万八千亿元", Some("3.8万亿元")),
            ("一万亿三千万元", Some("10000.3亿元")),
            ("三百五", None),
            ("三四家", None),
            ("三五百家", None),
            ("二十三四家", None),
            ("十十", None),
            ("3万八千", None),
            ("万元", None),
            ("一亿二亿", None),
        ] {
            assert_eq!(arabic(text).as_deref(), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_number_is_read_as_it_is_spelled(number in prop_oneof![1_u32..100_000, any::<u32>()]) {
            let spelled = chinese(number.max(1));
            prop_assert_eq!(value(&spelled), Some(Decimal::from(number.max(1))), "{}", spelled);
        }

        #[test]
        fn no_numeral_makes_it_panic(text in "[零〇一两九十百千万亿余0-9]{0,12}") {
            drop(arabic(&text));
        }
    }
}

//! Writes whole numbers and fractions in Chinese numerals.

/// The digits.
const DIGITS: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
/// The units of the places of a section of four digits.
const PLACES: [&str; 4] = ["", "十", "百", "千"];
/// The units of the sections of four digits.
const SECTIONS: [&str; 5] = ["", "万", "亿", "万亿", "亿亿"];

/// Returns a number as it numbers things: 九, 十一, 二十, 一百零二, 一万零一十.
pub fn ordinal(number: u64) -> String {
    if number == 0 {
        return DIGITS[0].to_owned();
    }
    let mut text = String::new();
    // A place that was passed over says 零 before the next digit that is written.
    let mut passed_over = false;
    for (index, unit) in SECTIONS.iter().enumerate().rev() {
        let section = number / 10_000_u64.pow(index as u32) % 10_000;
        if section == 0 {
            passed_over |= !text.is_empty();
            continue;
        }
        for (place, place_unit) in PLACES.iter().enumerate().rev() {
            let digit = (section / 10_u64.pow(place as u32) % 10) as usize;
            if digit == 0 {
                passed_over |= !text.is_empty();
                continue;
            }
            if passed_over {
                text.push_str(DIGITS[0]);
                passed_over = false;
            }
            // 十一, not 一十一, where nothing stands before it.
            if !(digit == 1 && place == 1 && text.is_empty()) {
                text.push_str(DIGITS[digit]);
            }
            text.push_str(place_unit);
        }
        // The zeros at the end of a section are said by its unit: 二十万三千.
        passed_over = false;
        text.push_str(unit);
        let below = number % 10_000_u64.pow(index as u32);
        passed_over |= below > 0 && below < 1_000 * 10_000_u64.pow((index as u32).saturating_sub(1));
    }
    text
}

/// Returns a number as it counts things before a measure word: 两, 三, 十二, 两千, 两万.
pub fn counted(number: u64) -> String {
    let text = ordinal(number);
    match text.strip_prefix('二') {
        Some("") => "两".to_owned(),
        Some(rest) if rest.starts_with(['千', '万', '亿']) => format!("两{rest}"),
        _ => text,
    }
}

/// Returns the digits of a year one by one: 二〇二五.
pub fn year(number: u64) -> String {
    let digits = number.to_string();
    digits.bytes().map(|byte| if byte == b'0' { "〇" } else { DIGITS[usize::from(byte - b'0')] }).collect()
}

/// Returns a fraction: 三分之一.
pub fn fraction(numerator: u32, denominator: u32) -> String {
    format!("{}分之{}", ordinal(denominator.into()), ordinal(numerator.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_they_are_spoken() {
        for (number, text) in [
            (0, "零"),
            (9, "九"),
            (10, "十"),
            (11, "十一"),
            (20, "二十"),
            (99, "九十九"),
            (100, "一百"),
            (102, "一百零二"),
            (110, "一百一十"),
            (112, "一百一十二"),
            (1000, "一千"),
            (1001, "一千零一"),
            (1010, "一千零一十"),
            (9999, "九千九百九十九"),
            (10_000, "一万"),
            (10_001, "一万零一"),
            (10_010, "一万零一十"),
            (11_000, "一万一千"),
            (100_000, "十万"),
            (110_000, "十一万"),
            (203_000, "二十万三千"),
            (200_300, "二十万零三百"),
            (100_000_000, "一亿"),
            (100_000_001, "一亿零一"),
            (100_010_000, "一亿零一万"),
            (120_003_000, "一亿二千万三千"),
        ] {
            assert_eq!(ordinal(number), text, "{number}");
        }
    }

    #[test]
    fn every_number_to_ten_thousand_is_another_and_has_no_doubled_zero() {
        let all: std::collections::BTreeSet<_> = (0..=20_000).map(ordinal).collect();
        assert_eq!(all.len(), 20_001);
        assert!(all.iter().all(|text| text == "零" || !(text.contains("零零") || text.ends_with('零'))));
    }

    #[test]
    fn two_changes_its_word_before_measure_words() {
        assert_eq!(counted(2), "两");
        assert_eq!(counted(12), "十二");
        assert_eq!(counted(20), "二十");
        assert_eq!(counted(2000), "两千");
        assert_eq!(counted(20_000), "两万");
        assert_eq!(ordinal(2), "二");
        assert_eq!(year(2025), "二〇二五");
        assert_eq!(fraction(1, 3), "三分之一");
        assert_eq!(ordinal(u64::MAX).chars().next(), Some('一'));
    }
}

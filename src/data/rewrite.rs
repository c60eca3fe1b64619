//! Finds the number that a text was meant for, so that the message can show what to write.

use super::Approximation;
use super::mend::signed;
use super::number::{Fault, excerpt, figure};
use super::quantity::{self, Made};
use crate::diag::catalogue::data::{CHINESE_NUMERAL, MIXED_UNITS, NO_UNIT, NOT_A_NUMBER, UNIT_MISMATCH};
use crate::diag::{Diagnostic, Text};
use crate::json::narrow;
use crate::pack::{Field, Kind, dimension};

/// Words before a number that the sentence around it says, or nobody needs.
const WORDS: [&str; 22] = [
    "人民币",
    "RMB",
    "rmb",
    "CNY",
    "达到",
    "已达",
    "达",
    "完成",
    "实现",
    "共计",
    "合计",
    "总计",
    "累计",
    "共有",
    "共",
    "为",
    "计",
    "控制在",
    "稳定在",
    "保持在",
    "并列",
    "增加到",
];

/// Reads a number in a string as a field's quantity.
pub(super) fn read(typed: &str, field: &Field) -> Result<Made, Fault> {
    let is_ordinal = matches!(field.kind, Kind::Rank | Kind::Ordinal);
    let plain = typed.trim().strip_prefix('第').filter(|_| is_ordinal).unwrap_or(typed);
    figure(plain).and_then(|figure| quantity::make(figure, field, typed)).map_err(|mut fault| {
        // What is shown is what stands there.
        for (_, value) in fault.arguments.iter_mut().filter(|(name, _)| *name == "found" && plain != typed) {
            *value = excerpt(typed).into();
        }
        fault
    })
}

/// Adds to a fault what to write, if that can be told, or else what numbers look like.
pub(super) fn hinted(fault: Diagnostic, typed: &str, field: &Field) -> Diagnostic {
    let told = fault.entry.code;
    if told == MIXED_UNITS.code {
        let is_taken = |hint: &Text| written(hint).is_none_or(|sum| read(sum, field).is_ok());
        let hints = fault.hints.into_iter().filter(is_taken).collect();
        return Diagnostic { hints, ..fault };
    }
    if ![&NOT_A_NUMBER, &CHINESE_NUMERAL, &UNIT_MISMATCH, &NO_UNIT].iter().any(|entry| entry.code == told) {
        return fault;
    }
    let as_rate = || (field.kind == Kind::Growth).then(|| signed(typed)).flatten();
    if let Some(number) = as_rate() {
        let hint = Text::both(format!("改为：`{number}`"), format!("write: `{number}`"));
        return Diagnostic { hints: vec![hint], ..fault };
    }
    match meant(typed, field) {
        Some((number, has_remark)) => {
            let hint = Text::both(format!("改为：`\"{number}\"`"), format!("write: `\"{number}\"`"));
            let fault = Diagnostic { hints: vec![hint], ..fault };
            if !has_remark {
                return fault;
            }
            fault.hint(Text::both("括号里的说明写在 `_note` 里", "write the remark as `_note`"))
        }
        None if told == NOT_A_NUMBER.code => fault.hint(Text::both(
            "写阿拉伯数字；概数写“约70”“近70”“70余”“70多”，界限写“超过50”“50以上”“3.4以内”“不足50”",
            "write digits; approximate numbers as 约70 近70 70余 70多, bounds as 超过50 50以上 3.4以内 不足50",
        )),
        None => fault,
    }
}

/// Returns the text that a hint says to write.
fn written(hint: &Text) -> Option<&str> {
    hint.en.strip_prefix("write: `\"")?.strip_suffix("\"`")
}

/// Returns what was meant, and whether a remark behind it was taken off.
fn meant(typed: &str, field: &Field) -> Option<(String, bool)> {
    let narrow = narrow(typed);
    let mut text = narrow.trim();
    if field.kind == Kind::Count && ["没有", "未发生", "未出现", "无一发生", "零发生"].contains(&text)
    {
        return Some(("0".to_owned(), false));
    }
    let mut has_remark = false;
    if let Some((before, _)) = text.strip_suffix(')').and_then(|text| text.rsplit_once('('))
        && !before.trim().is_empty()
    {
        (text, has_remark) = (before.trim_end(), true);
    }
    text = text.trim_start_matches(['=', '\'']);
    text = text.trim_end_matches(['*', '#', '。', '，', ',', ';', '、', '!']).trim();
    while let Some(rest) = WORDS.iter().find_map(|word| text.strip_prefix(word)) {
        text = rest.trim_start_matches([':', ' ']);
    }
    if field.kind == Kind::Year {
        text = text.strip_suffix("度").unwrap_or(text);
    }
    let text = text.strip_prefix("突破").map_or(text.to_owned(), |rest| format!("超过{rest}"));
    let text = with_digits(&with_minus(&text));
    let text = arabic(&text).unwrap_or(text);
    let candidates = [Some(text.clone()), in_fields_unit(&text, field)];
    let found = candidates.into_iter().flatten().find(|text| *text != typed && read(text, field).is_ok());
    found.map(|found| (found, has_remark))
}

/// Makes a minus of the dash that a word processor made of it.
fn with_minus(text: &str) -> String {
    match text.strip_prefix(['–', '—']) {
        Some(rest) if rest.starts_with(|c: char| c.is_ascii_digit()) => format!("-{rest}"),
        _ => text.to_owned(),
    }
}

/// Mends the characters within a number: letters for digits, blanks and apostrophes that part it, marks for its
/// point. Blanks elsewhere go.
fn with_digits(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let is_digit = |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(char::is_ascii_digit);
    let mut mended = String::with_capacity(text.len());
    for (at, c) in chars.iter().enumerate() {
        let before = is_digit(at.checked_sub(1));
        let after = is_digit(Some(at + 1));
        match c {
            'O' | 'o' if before || after => mended.push('0'),
            'l' | 'I' if before || after => mended.push('1'),
            '。' | '·' if before && after => mended.push('.'),
            ' ' | '\'' | '’' if before && after => {
                // Of two numbers nothing is made one.
                let digits = chars[at + 1..].iter().take_while(|c| c.is_ascii_digit()).count();
                if digits != 3 || mended.contains('.') {
                    mended.push(*c);
                }
            }
            c if c.is_whitespace() => {}
            c => mended.push(*c),
        }
    }
    mended
}

/// Writes the Chinese numeral in a text in digits: 二十余家 is 20余家, 二〇二五 is 2025.
fn arabic(text: &str) -> Option<String> {
    const NUMERALS: &str = "零〇一二两三四五六七八九十百千";
    let from = text.find(|c| NUMERALS.contains(c))?;
    let length = text[from..].find(|c| !NUMERALS.contains(c)).unwrap_or(text.len() - from);
    let numeral: Vec<char> = text[from..from + length].chars().collect();
    let digit = |c: char| match c {
        '零' | '〇' => Some(0_u32),
        '两' => Some(2),
        c => "一二三四五六七八九".chars().zip(1..).find(|(numeral, _)| *numeral == c).map(|(_, digit)| digit),
    };
    let scale = |c: char| match c {
        '十' => Some(10),
        '百' => Some(100),
        '千' => Some(1000),
        _ => None,
    };
    let number = if numeral.iter().all(|c| scale(*c).is_none()) {
        numeral
            .iter()
            .map(|c| digit(*c).and_then(|digit| char::from_digit(digit, 10)))
            .collect::<Option<String>>()?
    } else {
        let (mut sum, mut pending, mut smallest) = (0, None, 10_000);
        for (at, c) in numeral.iter().enumerate() {
            if let Some(scale) = scale(*c) {
                // 十 alone is 一十; scales come in their order.
                let digit = pending.take().or((at == 0 && scale == 10).then_some(1))?;
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
        let is_clear = smallest == 10 || numeral.len() < 2 || numeral[numeral.len() - 2] == '零';
        let ones = pending.unwrap_or(0);
        (ones == 0 || is_clear).then(|| (sum + ones).to_string())?
    };
    Some(format!("{}{number}{}", &text[..from], &text[from + length..]))
}

/// Writes a figure with another measure word, or an area in 亩 or 公顷, with the unit that the field has.
fn in_fields_unit(text: &str, field: &Field) -> Option<String> {
    let typed = figure(text).ok()?;
    let unit = &typed.unit;
    let before = text.strip_suffix(unit.as_str())?;
    if field.kind == Kind::Count {
        // 人次 counts times, 人 people.
        let base = dimension::split(unit).1;
        let is_word = base.chars().count() <= 2 && !base.ends_with('次');
        let is_measure_word = is_word && dimension::measured(base).is_none();
        let scale = unit.strip_suffix(base)?;
        return is_measure_word.then(|| format!("{before}{scale}{}", field.unit));
    }
    // 1公顷 is 15亩.
    let (from, to) = (dimension::power_between(unit, "公顷"), dimension::power_between(unit, "亩"));
    let fifteen = rust_decimal::Decimal::from(15);
    let (number, unit) = match (from, to) {
        (Some(power), None) => (dimension::shift(typed.number, power)?.checked_mul(fifteen)?, "亩"),
        (None, Some(power)) => {
            let hectares = dimension::shift(typed.number, power)?.checked_div(fifteen)?;
            (Some(hectares).filter(|hectares| hectares.scale() <= 8)?, "公顷")
        }
        _ => return None,
    };
    let power = dimension::power_between(unit, &field.unit)?;
    let number = dimension::shift(number, power)?.normalize();
    (typed.approximation == Approximation::Exact).then(|| format!("{number}{}", field.unit))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(kind: Kind, unit: &str, decimals: u32) -> Field {
        Field { kind, unit: unit.to_owned(), decimals: Some(decimals), ..Field::default() }
    }

    #[test]
    fn what_is_meant_is_found() {
        let money = field(Kind::Quantity, "亿元", 2);
        let cases = [
            (&money, "2 386.5", "2386.5"),
            (&money, "2'386.5亿元", "2386.5亿元"),
            (&money, "2386。5", "2386.5"),
            (&money, "=2386.5", "2386.5"),
            (&money, "2O86.5", "2086.5"),
            (&money, "l386.5", "1386.5"),
            (&money, "2386.5 亿 元", "2386.5亿元"),
            (&money, "2386.5*", "2386.5"),
            (&money, "人民币2386.5亿元", "2386.5亿元"),
            (&money, "突破2400亿元", "超过2400亿元"),
            (&money, "累计完成2400亿元。", "2400亿元"),
            (&money, "二千三百八十六亿元", "2386亿元"),
            (&money, "约两千亿元", "约2000亿元"),
            (&money, "两千多亿元", "2000多亿元"),
            (&money, "二十余", "20余"),
            (&money, "一百零五亿元", "105亿元"),
            (&field(Kind::Growth, "%", 1), "–3.2%", "-3.2%"),
            (&field(Kind::Percent, "%", 1), "控制在3.4%以内", "3.4%以内"),
            (&field(Kind::Year, "", 0), "二〇二五", "2025"),
            (&field(Kind::Year, "", 0), "二〇二五年度", "2025年"),
            (&field(Kind::Rank, "位", 0), "并列第3", "第3"),
            (&field(Kind::Rank, "位", 0), "第三", "第3"),
            (&field(Kind::Count, "家", 0), "18个", "18家"),
            (&field(Kind::Count, "起", 0), "未发生", "0"),
            (&field(Kind::Count, "家", 0), "70余个", "70余家"),
            (&field(Kind::Count, "家", 0), "1.2万个", "1.2万家"),
            (&field(Kind::Quantity, "万亩", 2), "12万公顷", "180万亩"),
            (&field(Kind::Quantity, "万平方米", 2), "480亩", "32万平方米"),
        ];
        for (field, typed, expected) in cases {
            assert_eq!(meant(typed, field), Some((expected.to_owned(), false)), "{typed}");
        }
        let with_remark = meant("2386.5亿元（初步核算，截至11月）", &money);
        assert_eq!(with_remark, Some(("2386.5亿元".to_owned(), true)));
    }

    #[test]
    fn what_may_mean_several_things_is_left_alone() {
        let money = field(Kind::Quantity, "亿元", 2);
        for (field, typed) in [
            (&money, "很多"),
            (&money, "2386 2271"),
            (&money, "2386.5 227"),
            (&money, "2386、2271"),
            (&money, "三百五亿元"),
            (&money, "十十亿元"),
            (&money, "一亿五千万元"),
            (&money, "2400公里"),
            (&money, "2400美元"),
            (&money, "翻番"),
            (&field(Kind::Count, "人", 0), "12500人次"),
            (&field(Kind::Quantity, "万平方米", 2), "500亩"),
            (&field(Kind::Quantity, "万平方米", 2), "约480亩"),
        ] {
            assert_eq!(meant(typed, field), None, "{typed}");
        }
    }
}

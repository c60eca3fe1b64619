//! Reads the values that are not one number: texts, shares, fractions.

use std::ops::Range;

use rust_decimal::Decimal;

use super::number::{Fault, excerpt, figure, literal};
use super::numerals::whole;
use super::quantity::{round, rounded_to};
use super::{Approximation, Fraction};
use crate::diag::catalogue::data::{
    BAD_FRACTION, CONTROL_INSIDE, NOT_EXACT, ROUNDED, SHARES_COUNT, SHARES_RANGE, SHARES_TIE, UNIT_MISMATCH,
};
use crate::diag::catalogue::spreadsheet::SHARES_OF_ONE;
use crate::diag::{Diagnostic, Text};
use crate::json::{Json, JsonValue, narrow, narrowed};
use crate::pack::Field;

/// What people write where a value is still to come.
const OPEN_WHOLE: [&str; 26] = [
    "",
    "待定",
    "待填",
    "待补",
    "待补充",
    "待核",
    "待核实",
    "未定",
    "暂缺",
    "缺",
    "无",
    "暂无",
    "没有",
    "不详",
    "未知",
    "待统计",
    "待确定",
    "待公布",
    "tbd",
    "n/a",
    "?",
    "/",
    "-",
    "—",
    "——",
    "……",
];

/// The most characters of one of them.
const LONGEST_WHOLE: usize = 3;

/// What stands for a value still to come within a longer text.
const OPEN_WITHIN: [&str; 10] =
    ["待填", "__", "某某", "(待定)", "(待补)", "(待补充)", "(待核)", "(待核实)", "(待确定)", "(待确认)"];

/// Tells whether a text says that the value is still to come: `""`, `XX`, `待定`, `XX亿元`.
pub(super) fn is_open(text: &str) -> bool {
    // Most texts are longer, and have nothing in them that could say so.
    let is_long = narrowed(text).filter(|c| !c.is_whitespace()).nth(LONGEST_WHOLE).is_some();
    if is_long && !narrowed(text).any(is_sign) {
        return false;
    }
    let text = narrow(text).trim().to_lowercase();
    OPEN_WHOLE.contains(&text.as_str())
        || is_promised(&text)
        || OPEN_WITHIN.iter().any(|mark| text.contains(mark))
        || has_crosses(&text)
        || has_shapes(&text)
}

/// Tells whether a text says that there is none of something, which of what is counted is 0.
pub(super) fn says_none(text: &str) -> bool {
    matches!(narrow(text).trim(), "无" | "没有")
}

/// Tells whether a character is one of those without which no longer text says that something is still to come.
fn is_sign(c: char) -> bool {
    matches!(c, '待' | '_' | '某' | '(') || is_cross(c.to_ascii_lowercase()) || is_shape(c)
}

/// Tells whether a text says who is still to do what: 待统计局提供, 待年报后更新.
fn is_promised(text: &str) -> bool {
    const WAYS: [&str; 13] = [
        "提供", "填报", "填写", "补充", "核实", "核定", "确认", "确定", "上报", "反馈", "更新", "公布",
        "补报",
    ];
    text.starts_with('待') && WAYS.iter().any(|way| text.ends_with(way))
}

/// Returns the places in a text of what stands for something still to come: XX, __, 某某, （待核实）.
pub(crate) fn gaps(text: &str) -> Vec<Range<usize>> {
    let chars: Vec<(usize, char)> =
        text.char_indices().zip(narrowed(text)).map(|((at, _), c)| (at, c.to_ascii_lowercase())).collect();
    let at = |index: usize| chars.get(index).map(|(_, c)| *c);
    let is_latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let mut gaps = Vec::new();
    let mut index = 0;
    while let Some(first) = at(index) {
        let is_alike = |c: char| if is_cross(first) { is_cross(c) } else { c == first };
        let run = chars[index..].iter().take_while(|(_, c)| is_alike(*c)).count();
        let is_word = |word: &&&str| word.chars().enumerate().all(|(nth, c)| at(index + nth) == Some(c));
        let word = OPEN_WITHIN.iter().find(is_word).map_or(0, |word| word.chars().count());
        let is_bounded = !is_latin(index.checked_sub(1).and_then(at)) && !is_latin(at(index + run));
        let length = match first {
            '_' if run > 1 => run,
            c if is_shape(c) && run > 1 => run,
            c if is_cross(c) && run > 1 && is_bounded => run,
            _ => word,
        };
        if length > 0 {
            let end = chars.get(index + length).map_or(text.len(), |(end, _)| *end);
            gaps.push(chars[index].0..end);
        }
        index += length.max(if is_cross(first) { run } else { 1 });
    }
    gaps
}

/// Tells whether two or more circles, stars, boxes or question marks stand for words; 二○○五年 and 二〇〇五年
/// have them as digits, and one 〇 is a character of names.
fn has_shapes(text: &str) -> bool {
    let is_digit = |c: char| "零一二三四五六七八九十".contains(c);
    let mut before = None;
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let mut after = rest.clone();
        if is_shape(c) && after.next() == Some(c) && before != Some(c) {
            let follows = after.find(|other| *other != c);
            if !before.is_some_and(is_digit) && !follows.is_some_and(is_digit) {
                return true;
            }
        }
        before = Some(c);
    }
    false
}

fn is_shape(c: char) -> bool {
    matches!(c, '○' | '〇' | '●' | '◯' | '*' | '□' | '■' | '△' | '?')
}

/// Tells whether two or more crosses stand for digits or words; not the `xx` of a Latin word.
fn has_crosses(text: &str) -> bool {
    let is_latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let mut rest = text;
    let mut before = None;
    while let Some(start) = rest.find(is_cross) {
        let run = rest[start..].find(|c| !is_cross(c)).map_or(rest.len(), |end| start + end);
        let before_run = rest[..start].chars().next_back().or(before);
        let crosses = rest[start..run].chars().count();
        if crosses >= 2 && !is_latin(before_run) && !is_latin(rest[run..].chars().next()) {
            return true;
        }
        before = rest[..run].chars().next_back();
        rest = &rest[run..];
    }
    false
}

fn is_cross(c: char) -> bool {
    matches!(c, 'x' | '×' | '╳' | '✕')
}

/// Checks that a text has no character that cannot be printed, and takes the white space off its ends.
pub(super) fn text(text: &str) -> Result<String, Fault> {
    let is_plain = |c: char| matches!(c, ' '..='~' | '\u{3000}'..='\u{3163}' | '\u{3165}'..='\u{9fff}');
    let trimmed = text.trim();
    match trimmed.chars().find(|c| !is_plain(*c) && is_unprintable(*c)) {
        None => Ok(trimmed.to_owned()),
        Some(c) => {
            Err(Box::new(Diagnostic::new(&CONTROL_INSIDE).with("code", format!("{:04X}", u32::from(c)))))
        }
    }
}

/// Tells whether a character shows nothing by itself, or is none: controls, marks of direction, joiners, fillers,
/// and what chooses a form of the character before it, which the faces are not asked for.
///
/// Those of Unicode's `Default_Ignorable_Code_Point`, controls, separators of lines, the codes that are no characters, and
/// what stands for something lost. A soft hyphen is among them, though a face has a glyph for it: it would print as a hyphen
/// in the middle of a line.
pub fn is_unprintable(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{ad}'
                | '\u{34f}'
                | '\u{61c}'
                | '\u{115f}'..='\u{1160}'
                | '\u{17b4}'..='\u{17b5}'
                | '\u{180b}'..='\u{180f}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{3164}'
                | '\u{fdd0}'..='\u{fdef}'
                | '\u{fe00}'..='\u{fe0f}'
                | '\u{feff}'
                | '\u{ffa0}'
                | '\u{fff0}'..='\u{ffff}'
                | '\u{1bca0}'..='\u{1bca3}'
                | '\u{1d173}'..='\u{1d17a}'
                | '\u{e0000}'..='\u{e0fff}'
        )
        || u32::from(c) & 0xFFFE == 0xFFFE
}

/// The shares of 三次产业 and a warning when decimals were rounded off.
pub(super) type Shares = ([Decimal; 3], Option<Diagnostic>);

/// Reads three shares; a fault's number says which of them it concerns.
pub(super) fn shares(items: &[Json<'_>], field: &Field) -> Result<Shares, Vec<(Option<usize>, Fault)>> {
    let mut faults = Vec::new();
    let mut numbers = Vec::new();
    for (index, item) in items.iter().enumerate() {
        match share(item) {
            Ok(number) => numbers.push(number),
            Err(fault) => faults.push((Some(index), fault)),
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let whole = |fault: Diagnostic| vec![(None, Box::new(fault))];
    let Ok(shares) = <[Decimal; 3]>::try_from(numbers) else {
        return Err(whole(Diagnostic::new(&SHARES_COUNT).with("count", items.len())));
    };
    if let Some(fault) = shares_of_one(&shares) {
        return Err(whole(fault));
    }
    if has_tie(&shares) {
        return Err(whole(Diagnostic::new(&SHARES_TIE)));
    }
    let Some(decimals) = field.decimals else { return Ok((shares, None)) };
    let rounded = shares.map(|share| round(share, decimals, Approximation::Exact));
    // One decimal more tells apart what rounding would make equal.
    let rounded = if has_tie(&rounded) {
        shares.map(|share| round(share, decimals + 1, Approximation::Exact))
    } else {
        rounded
    };
    if has_tie(&rounded) {
        return Ok((shares, None));
    }
    let list = |shares: &[Decimal; 3]| shares.map(|share| share.to_string()).join(":");
    let warning = (rounded != shares).then(|| {
        Diagnostic::new(&ROUNDED)
            .with("typed", list(&shares))
            .with("printed", list(&rounded))
            .with("rounded", rounded_to(decimals))
    });
    Ok((rounded, warning))
}

/// Tells shares of 1, as a spreadsheet keeps them, from shares of 100.
fn shares_of_one(shares: &[Decimal; 3]) -> Option<Diagnostic> {
    let sum: Decimal = shares.iter().sum();
    // As near to 1 as shares in percent are to 100.
    let is_one = (sum - Decimal::ONE).abs() <= Decimal::new(1, 2);
    is_one.then(|| {
        let percent = shares.map(|share| (share * Decimal::ONE_HUNDRED).round_dp(4).normalize().to_string());
        let meant = format!("[{}]", percent.join(", "));
        let fault = Diagnostic::new(&SHARES_OF_ONE).with("sum", sum.round_dp(4).normalize());
        fault.hint(Text::both(format!("改为：`{meant}`"), format!("write: `{meant}`")))
    })
}

fn has_tie(shares: &[Decimal; 3]) -> bool {
    shares[0] == shares[1] || shares[1] == shares[2] || shares[0] == shares[2]
}

pub(crate) fn share(item: &Json<'_>) -> Result<Decimal, Fault> {
    let number = match &item.value {
        JsonValue::Number(digits) => literal(digits)?,
        JsonValue::String(typed) => {
            let figure = figure(typed)?;
            if figure.approximation != Approximation::Exact {
                return Err(Box::new(Diagnostic::new(&NOT_EXACT).with("found", excerpt(typed))));
            }
            if !matches!(figure.unit.as_str(), "" | "%") {
                let fault = Diagnostic::new(&UNIT_MISMATCH).with("found", excerpt(typed));
                return Err(Box::new(fault.with("unit", excerpt(&figure.unit)).with("expected", "%")));
            }
            figure.number
        }
        _ => return Err(Box::new(Diagnostic::new(&SHARES_RANGE).with("found", found(item)))),
    };
    if number.is_sign_negative() || number > Decimal::ONE_HUNDRED {
        return Err(Box::new(Diagnostic::new(&SHARES_RANGE).with("found", number)));
    }
    Ok(number)
}

/// Reads a proper fraction: `1/3`, 三分之一.
pub(super) fn fraction(typed: &str) -> Result<Fraction, Fault> {
    let text = narrow(typed);
    let number = |part: &str| {
        let part = part.trim();
        let is_plain = part.bytes().all(|b| b.is_ascii_digit());
        part.parse::<u32>().ok().filter(|_| is_plain).or_else(|| whole(part))
    };
    let (numerator, denominator) = match text.split_once("分之") {
        Some((denominator, numerator)) => (numerator, denominator),
        None => text.split_once('/').unwrap_or_default(),
    };
    match (number(numerator), number(denominator)) {
        (Some(numerator @ 1..), Some(denominator @ 2..=100)) if numerator < denominator => {
            Ok(Fraction { numerator, denominator })
        }
        _ => Err(Box::new(Diagnostic::new(&BAD_FRACTION).with("found", excerpt(typed)))),
    }
}

/// Says what a value is, for messages.
pub(super) fn found(json: &Json<'_>) -> Text {
    match &json.value {
        JsonValue::Null => "`null`".into(),
        JsonValue::Bool(choice) => format!("`{choice}`").into(),
        JsonValue::Number(digits) => {
            let digits = excerpt(digits);
            Text::both(format!("数字 `{digits}`"), format!("the number `{digits}`"))
        }
        JsonValue::String(text) => {
            let text = excerpt(text);
            Text::both(format!("文字“{text}”"), format!("the text `{text}`"))
        }
        JsonValue::Array(_) => Text::both("一个数组 `[..]`", "an array `[..]`"),
        JsonValue::Object(_) => Text::both("一个对象 `{..}`", "an object `{..}`"),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn texts_have_nothing_that_does_not_show() {
        for inside in [
            '\n',
            '\t',
            '\u{ad}',
            '\u{34f}',
            '\u{61c}',
            '\u{115f}',
            '\u{1160}',
            '\u{17b4}',
            '\u{180b}',
            '\u{180e}',
            '\u{200b}',
            '\u{200e}',
            '\u{2028}',
            '\u{202e}',
            '\u{2060}',
            '\u{2066}',
            '\u{3164}',
            '\u{fe00}',
            '\u{fe0f}',
            '\u{feff}',
            '\u{ffa0}',
            '\u{fffd}',
            '\u{e0041}',
            '\u{e0100}',
            '\u{1ffff}',
        ] {
            let fault = text(&format!("云{inside}溪")).expect_err("nobody would see it");
            assert_eq!(fault.entry, &CONTROL_INSIDE, "{inside:?}");
        }
        for shown in ["云溪 A-1", "岑汀（试点）、芷坪", "𠀋㐀﨑", "5℃～8℃", "㎡", "-‐–—…·", "Ａ１ﾊ"]
        {
            assert_eq!(text(shown).expect("a text"), shown);
        }
        assert_eq!(text(" \u{3000}云溪\n").expect("a text"), "云溪");
    }

    #[test]
    fn open_values_are_told_from_words_with_crosses() {
        for text in [
            "",
            "  ",
            "XX",
            "XXX",
            "xx亿元",
            "××市",
            "ＸＸ",
            "待定",
            "待填",
            "数字待填",
            "待统计局提供",
            "待年报后更新",
            "__家",
            "？",
            "—",
            "TBD",
            "无",
            "暂无",
            "园区（待定）",
            "某某园区",
            "○○园区",
            "〇〇园区",
            "**园区",
            "？？园区",
            "□□办法",
        ] {
            assert!(is_open(text), "{text}");
        }
        for text in [
            "XXL码",
            "Maxx",
            "X光",
            "Windows XX1",
            "0",
            "无锡",
            "无纸化办公",
            "待定岗位清零",
            "5×5",
            "A-B",
            "刘〇",
            "〇号数据中心",
            "二〇〇五年",
            "二○○五年",
            "A*B_（#1）",
            "某部",
            "为什么？",
        ] {
            assert!(!is_open(text), "{text}");
        }
    }

    #[test]
    fn what_says_that_a_value_is_open_has_a_sign_of_it_or_is_short() {
        assert_eq!(OPEN_WHOLE.iter().map(|whole| whole.chars().count()).max(), Some(LONGEST_WHOLE));
        assert!(OPEN_WITHIN.iter().all(|mark| mark.contains(is_sign)));
    }

    #[test]
    fn fractions_are_proper() {
        assert_eq!(fraction("1/3"), Ok(Fraction { numerator: 1, denominator: 3 }));
        assert_eq!(fraction(" ２／５ "), Ok(Fraction { numerator: 2, denominator: 5 }));
        assert_eq!(fraction("三分之一"), Ok(Fraction { numerator: 1, denominator: 3 }));
        assert_eq!(fraction("百分之二十五"), Ok(Fraction { numerator: 25, denominator: 100 }));
        for text in [
            "3/3",
            "4/3",
            "0/3",
            "1/0",
            "1/1",
            "1/101",
            "-1/3",
            "1/3/5",
            "三分之四",
            "分之一",
            "十十分之一",
            "0.3",
            "1/",
            "+1/3",
        ] {
            assert!(fraction(text).is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(typed in any::<String>()) {
            drop(fraction(&typed));
            drop(text(&typed));
            is_open(&typed);
        }

        #[test]
        fn nothing_like_a_fraction_makes_it_panic(typed in "[0-9０-９/年月日 x×-]{0,14}") {
            drop(fraction(&typed));
            is_open(&typed);
        }
    }
}

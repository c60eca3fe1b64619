//! Says what a field takes, and how a value that will not do was likely meant.

use serde_json::Value as Document;

use super::Approximation;
use super::date::meant_date;
use super::number::{Figure, excerpt, figure};
use crate::diag::Text;
use crate::json::{Json, JsonValue};
use crate::pack::{Field, Kind};

/// Returns the number that words of rise and fall stand for: 下降3.2% is -3.2, 持平 is 0.
pub(super) fn signed(typed: &str) -> Option<String> {
    const WORDS: [(&str, &str); 7] = [
        ("增长", ""),
        ("上升", ""),
        ("提高", ""),
        ("下降", "-"),
        ("减少", "-"),
        ("降低", "-"),
        ("回落", "-"),
    ];
    const BEFORE: [&str; 5] = ["同比", "比上年", "较上年", "增速为", "增速"];
    let typed = typed.trim();
    let before = BEFORE.iter().find_map(|word| typed.strip_prefix(word));
    let rest = before.unwrap_or(typed).trim_start();
    if rest.ends_with("持平") {
        return Some("0".to_owned());
    }
    let of_word = WORDS.iter().find_map(|(word, sign)| Some((rest.strip_prefix(word)?, *sign)));
    let (rest, sign) = of_word.or(before.map(|_| (rest, "")))?;
    let is_rate = |figure: &Figure| {
        figure.approximation == Approximation::Exact && matches!(figure.unit.as_str(), "" | "%")
    };
    let figure = figure(rest).ok().filter(is_rate)?;
    Some(format!("{sign}{}", figure.number))
}

/// Says what a field takes.
pub(super) fn expected(field: &Field) -> Text {
    let unit = &field.unit;
    match field.kind {
        Kind::Year => Text::both("年份，如 `2025`", "a year such as `2025`"),
        Kind::Ordinal | Kind::Rank => Text::both("整数", "a whole number"),
        Kind::Count => Text::both(
            format!("整数（单位：{unit}）或概数，如 `\"70余\"`"),
            format!("a whole number (unit: {unit}) or an approximate one such as `\"70余\"`"),
        ),
        Kind::Quantity | Kind::Percent | Kind::Growth => Text::both(
            format!("数字（单位：{unit}）或概数，如 `\"约70\"`"),
            format!("a number (unit: {unit}) or an approximate one such as `\"约70\"`"),
        ),
        Kind::Name | Kind::Person | Kind::Grade | Kind::Text => {
            Text::both("放在引号里的文字", "a text in quotes")
        }
        Kind::Names => Text::both("数组，一个名称一项", "an array of names"),
        Kind::Texts => Text::both("数组，一句一项", "an array of sentences"),
        Kind::Shares => Text::both("数组，三个百分数", "an array of three shares in percent"),
        Kind::Fraction => Text::both("分数，如 `\"1/3\"`", "a fraction such as `\"1/3\"`"),
        Kind::Table => Text::both("数组，一行一个对象", "an array of rows, each an object"),
        Kind::Date => Text::both("日期，如 `\"2026-01-05\"`", "a date such as `\"2026-01-05\"`"),
        Kind::Flag => Text::both("`true` 或 `false`，不加引号", "`true` or `false` without quotes"),
    }
}

/// Says how a value of the wrong type was likely meant, where that can be told.
pub(super) fn hint(field: &Field, json: &Json<'_>) -> Option<Text> {
    if let (JsonValue::Number(digits), Kind::Date) = (&json.value, field.kind) {
        return meant_date(digits);
    }
    let mended = mended(field, json)?;
    Some(Text::both(format!("改为：`{mended}`"), format!("write: `{mended}`")))
}

fn mended(field: &Field, json: &Json<'_>) -> Option<String> {
    match (&json.value, field.kind) {
        (JsonValue::Number(digits), Kind::Name | Kind::Person | Kind::Grade | Kind::Text) => {
            Some(format!("\"{}\"", excerpt(digits)))
        }
        (JsonValue::String(text), Kind::Names | Kind::Texts) if text.chars().count() <= 60 => {
            let separators: &[char] =
                if field.kind == Kind::Names { &['、', '，', ','] } else { &['；', ';'] };
            let items: Vec<_> = text
                .split(separators)
                .map(str::trim)
                .filter(|item| !item.is_empty())
                .map(|item| Document::String(item.to_owned()).to_string())
                .collect();
            Some(format!("[{}]", items.join(", ")))
        }
        (JsonValue::String(text), Kind::Flag) => match text.trim().to_lowercase().as_str() {
            "true" | "是" | "有" | "yes" | "1" => Some("true".to_owned()),
            "false" | "否" | "无" | "no" | "0" => Some("false".to_owned()),
            _ => None,
        },
        (JsonValue::String(text), Kind::Shares) => {
            let parts: Vec<_> = text.split([':', '：', '∶', '、', ',', '，']).map(str::trim).collect();
            let is_number = |part: &str| part.parse::<rust_decimal::Decimal>().is_ok();
            (parts.len() == 3 && parts.iter().all(|part| is_number(part)))
                .then(|| format!("[{}]", parts.join(", ")))
        }
        _ => None,
    }
}

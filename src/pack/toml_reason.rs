//! Says in our words what is wrong with a TOML file: the library's own words are English alone.

use crate::diag::Text;

/// Parts a message of our own that goes through the library into its two languages.
const PARTED: char = '\u{1f}';

/// Makes a message that the library carries to [`reason`].
pub(super) fn both(zh: &str, en: &str) -> String {
    format!("{zh}{PARTED}{en}")
}

/// What the library says of a file's syntax, by a part of its words, and what we say.
const SLIPS: &[(&str, &str)] = &[
    ("string values must be quoted", "文字要放在半角双引号里"),
    ("missing assignment between key-value pairs", "键和值之间要有 `=`"),
    ("missing comma between array elements", "数组的各项之间要有逗号"),
    ("missing comma between key-value pairs", "各项之间要有逗号"),
    ("key with no value", "键后面要有 `=` 和值"),
    ("missing value", "`=` 后面没有值"),
    ("missing key", "这里缺键名"),
    ("unquoted keys cannot be empty", "键名不能空着"),
    ("invalid unquoted key", "键名里有不能用的字符；含中文或标点的键名要放在半角双引号里"),
    ("invalid key", "键名写得不对"),
    ("missing opening quote", "缺前面的引号"),
    ("invalid basic string", "引号没有关上，或者文字里有不能用的字符"),
    ("invalid multi-line basic string", "三引号没有关上"),
    ("invalid literal string", "单引号没有关上"),
    ("missing escaped value", "反斜杠 `\\` 后面缺东西；要写反斜杠本身，写两个"),
    ("unicode", "`\\u` 后面的编码不对"),
    ("unclosed array table", "`[[` 没有用 `]]` 关上"),
    ("unclosed table", "`[` 没有用 `]` 关上"),
    ("unclosed inline table", "`{` 没有用 `}` 关上"),
    ("unclosed array", "`[` 没有用 `]` 关上"),
    ("unexpected leading zero", "数字开头多了 0"),
    ("unexpected sign", "正负号写得不对"),
    ("redundant numeric sign", "正负号写了两个"),
    ("duplicate key", "这个键前面已经写过"),
    ("cannot recurse further", "括号套得太深"),
    ("number overflowed", "数字太大"),
    ("carriage return", "换行的写法不对，用编辑器另存一次"),
    ("unexpected content", "这一行后面多了东西"),
    ("unexpected key or value", "这里多了东西，多半是前面少了引号或换行"),
    ("cannot extend value", "这个键前面已经有值，不能再往里加"),
];

/// Puts what the library says of a file into both languages.
pub(super) fn reason(error: &toml::de::Error) -> Text {
    words(error.message())
}

/// Puts words of the library, or such as it would say, into both languages.
pub(super) fn words(message: &str) -> Text {
    if let Some((zh, en)) = message.split_once(PARTED) {
        return Text::both(zh, en);
    }
    let zh = shape(message).or_else(|| {
        let known = SLIPS.iter().find(|(part, _)| message.contains(part));
        known.map(|(_, zh)| (*zh).to_owned())
    });
    // Where nothing better can be said, the library's words help whoever is asked for help.
    Text::both(zh.unwrap_or_else(|| format!("这里看不懂（{message}）")), message)
}

/// Reads what the library says of values that are not what they should be.
fn shape(message: &str) -> Option<String> {
    let quoted = |text: &str| Some(text.split('`').nth(1)?.to_owned());
    if message.starts_with("missing field") {
        return Some(format!("缺少 `{}`", quoted(message)?));
    }
    if let Some(rest) = message.strip_prefix("unknown field ").or(message.strip_prefix("unknown variant ")) {
        let known: Vec<_> = rest.split('`').skip(3).step_by(2).map(|name| format!("`{name}`")).collect();
        let known = if known.is_empty() {
            String::new()
        } else {
            format!("，可以写的有 {}", known.join("、"))
        };
        return Some(format!("没有 `{}` 这个写法{known}", quoted(rest)?));
    }
    let rest = message.strip_prefix("invalid type: ").or_else(|| message.strip_prefix("invalid value: "))?;
    let (found, expected) = rest.split_once(", expected ")?;
    Some(format!("应为{}，现为{}", wanted(expected), self::found(found)))
}

fn wanted(words: &str) -> String {
    match words {
        "a string" => "放在引号里的文字".to_owned(),
        "a boolean" => "`true` 或 `false`".to_owned(),
        "a sequence" => "方括号里的几项".to_owned(),
        "f64" | "f32" => "数字".to_owned(),
        "u8" | "u16" | "u32" | "u64" | "usize" => "不小于 0 的整数".to_owned(),
        "i8" | "i16" | "i32" | "i64" => "整数".to_owned(),
        _ if words == "a map" || words.starts_with("struct ") => "一组键和值".to_owned(),
        _ => words.to_owned(),
    }
}

fn found(words: &str) -> String {
    const KINDS: [(&str, &str); 7] = [
        ("string ", "文字 "),
        ("integer ", "整数 "),
        ("floating point ", "小数 "),
        ("boolean ", ""),
        ("sequence", "方括号里的几项"),
        ("map", "一组键和值"),
        ("datetime", "日期"),
    ];
    let known = KINDS.iter().find_map(|(kind, zh)| Some(format!("{zh}{}", words.strip_prefix(kind)?)));
    known.unwrap_or_else(|| words.to_owned())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "it is only read into")]
    struct Sample {
        name: String,
        count: Option<u16>,
        table: Option<BTreeMap<String, bool>>,
    }

    #[test]
    fn every_fault_has_chinese_words() {
        let cases = [
            ("", "缺少 `name`"),
            ("nmae = 'a'", "没有 `nmae` 这个写法，可以写的有 `name`、`count`、`table`"),
            ("name = 3", "应为放在引号里的文字，现为整数 `3`"),
            ("name = 'a'\ncount = '3'", "应为不小于 0 的整数，现为文字 \"3\""),
            ("name = 'a'\ncount = -3", "应为不小于 0 的整数，现为整数 `-3`"),
            ("name = 'a'\ntable = 1.5", "应为一组键和值，现为小数 `1.5`"),
            ("name = 'a'\ntable = { a = [] }", "应为`true` 或 `false`，现为方括号里的几项"),
            ("name = a", "文字要放在半角双引号里"),
            ("name = ", "文字要放在半角双引号里"),
            ("name", "键后面要有 `=` 和值"),
            ("name = \"a", "引号没有关上，或者文字里有不能用的字符"),
            ("name = 'a", "单引号没有关上"),
            ("[table", "`[` 没有用 `]` 关上"),
            ("[[table]", "`[[` 没有用 `]]` 关上"),
            ("name = [1, 2", "`[` 没有用 `]` 关上"),
            ("name = {a = 1", "`{` 没有用 `}` 关上"),
            ("name = 'a' 'b'", "这里多了东西，多半是前面少了引号或换行"),
            ("name = 'a'\nname = 'b'", "这个键前面已经写过"),
            ("名称 = 'b'", "键名里有不能用的字符；含中文或标点的键名要放在半角双引号里"),
            ("name = 01", "数字开头多了 0"),
        ];
        let mut wrong = Vec::new();
        for (text, expected) in cases {
            let error = toml::from_str::<Sample>(text).expect_err(text);
            let reason = reason(&error);
            if reason.zh != expected {
                wrong.push(format!("{text:?}: {:?} of {:?}", reason.zh, reason.en));
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
        assert_eq!(words("something new").zh, "这里看不懂（something new）");
        assert_eq!(words(&both("甲", "a")), Text::both("甲", "a"));
    }
}

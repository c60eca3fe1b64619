//! Finds what was left open: XX, 某某, blanks, words such as 待定.

use std::ops::Range;

use super::Finding;
use super::character::{closing, digit, is_hanzi};
use super::passage::Passage;
use crate::document::braced;

/// What stands for a figure or a name that somebody still meant to fill in.
const WORDS: &[&str] = &["某某", "TODO", "TBD", "{{", "}}"];
/// What may follow a single X, ×: X年, X个, X%.
const UNITS: &[char] = &[
    '年', '月', '日', '个', '家', '项', '亿', '万', '元', '%', '％', '位', '名', '人', '户', '处', '座',
    '条', '次', '亩', '吨', '省', '市', '县', '区', '州', '镇', '乡', '村',
];

/// What one of the placeholders is in each.
pub(super) const PLACEHOLDERS: &[char] =
    &['X', 'x', 'Ｘ', 'ｘ', '×', '✕', '╳', '*', '＊', '○', '●', '〇', '□', '■', '某', 'T', '{', '}', '｛'];

/// Finds XX, ××, ○○, **, □, 某某, {trees} and their like.
pub(super) fn placeholders(passage: &Passage<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut index = 0;
    while let Some(c) = passage.at(index) {
        let end = match c {
            'X' | 'x' | 'Ｘ' | 'ｘ' | '×' | '✕' | '╳' => crosses(passage, index),
            '*' | '＊' | '○' | '●' | '〇' | '□' | '■' => shapes(passage, index),
            '某' | 'T' | '{' | '}' | '｛' => passage
                .one_of(index, WORDS)
                .map(|word| index + word.chars().count())
                .or_else(|| braced_path(passage, index).map(|length| index + length)),
            _ => None,
        };
        if let Some(end) = end {
            found.push(Finding::new(index..end));
        }
        index = end.unwrap_or(index + 1);
    }
    found
}

/// Returns how many characters at an index are a path in single braces, which was to print a datum.
fn braced_path(passage: &Passage<'_>, index: usize) -> Option<usize> {
    // No path is longer.
    let end = passage.chars.len().min(index + 100);
    let text = passage.text(index..end);
    let length = braced(&text).filter(|_| !passage.is_name(index))?;
    Some(text[..length].chars().count())
}

fn is_cross(c: char) -> bool {
    matches!(c, 'X' | 'x' | 'Ｘ' | 'ｘ' | '×' | '✕' | '╳')
}

/// Two or more crosses that are no part of a word, or one before a unit: returns where they end.
fn crosses(passage: &Passage<'_>, start: usize) -> Option<usize> {
    let length = passage.chars[start..].iter().take_while(|c| is_cross(**c)).count();
    let end = start + length;
    let is_word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || c == '-');
    if is_word(passage.before(start)) || is_word(passage.at(end)) {
        return None;
    }
    let before_unit = passage.at(end).is_some_and(|c| UNITS.contains(&c));
    let capital = passage.at(start).is_some_and(|c| c != 'x');
    (length > 1 || (before_unit && capital)).then_some(end)
}

/// Two or more stars or circles, or a box: returns where they end. 二○二五 is a year.
fn shapes(passage: &Passage<'_>, start: usize) -> Option<usize> {
    let c = passage.at(start)?;
    let length = passage.chars[start..].iter().take_while(|other| **other == c).count();
    if passage.before(start).is_some_and(|before| digit(before).is_some()) || passage.before(start) == Some(c)
    {
        return None;
    }
    (length > 1 || matches!(c, '□' | '■')).then_some(start + length)
}

/// What blanks begin with.
pub(super) const BLANKS: &[char] =
    &['_', '＿', '(', '“', '‘', '（', '《', '〈', '【', '〔', '「', '『', '［', '｛'];

/// Finds blanks to be filled in: ＿＿, and brackets or quotes with nothing in them.
pub(super) fn blanks(passage: &Passage<'_>) -> Vec<Finding> {
    let is_line = |c: &char| matches!(c, '_' | '＿');
    let mut found = Vec::new();
    let mut told = 0;
    for start in passage.signs(|_| true) {
        if start < told {
            continue;
        }
        let c = passage.chars[start];
        let rest = &passage.chars[start + 1..];
        let end = if is_line(&c) {
            let more = rest.iter().take_while(|c| is_line(c)).count();
            (more > 0).then_some(start + 1 + more)
        } else {
            let close = if c == '(' { Some(')') } else { closing(c) };
            close.and_then(|close| {
                let spaces = rest.iter().take_while(|c| c.is_whitespace()).count();
                (rest.get(spaces) == Some(&close)).then_some(start + spaces + 2)
            })
        };
        if let Some(end) = end {
            found.push(Finding::new(start..end));
            told = end;
        }
    }
    found
}

/// Words that say that something is still to come.
const PENDING: &[&str] = &["待定", "待核", "待补", "待填", "待确认", "待提供"];
/// What makes an ordinary word of them: 有待补齐, 等待确认, 亟待.
const ORDINARY: &[char] =
    &['有', '亟', '尚', '等', '期', '对', '接', '招', '看', '优', '善', '急', '留', '以'];

/// Finds words that say that something is still to come.
pub(super) fn pending_words(passage: &Passage<'_>) -> Vec<Finding> {
    let word = |index: usize| -> Option<Range<usize>> {
        if passage.before(index).is_some_and(|before| ORDINARY.contains(&before)) {
            return None;
        }
        let word = passage.one_of(index, PENDING)?;
        Some(index..index + word.chars().count())
    };
    let own_word = |range: &Range<usize>| {
        // 待定岗位 is a term; 待定 stands at the end of something.
        passage.at(range.end).is_none_or(|c| !is_hanzi(c)) || !passage.has(range.start, "待定")
    };
    passage.places(|c| c == '待').filter_map(word).filter(own_word).map(Finding::new).collect()
}

//! Judges punctuation marks: pairs, doubles, widths, quotes (GB/T 15834-2011).

use super::Finding;
use super::character::{closing, is_hanzi, is_numeral, is_point, is_wide, opening};
use super::labels::attachment_number;
use super::passage::{Element, Passage, Place};

/// An opening mark whose closing one is still to come.
struct Open {
    mark: char,
    at: usize,
}

/// What the marks of a passage that come in pairs amount to.
#[derive(Default)]
struct Pairs {
    /// Marks without their other half.
    alone: Vec<usize>,
    /// Opening marks inside a pair of the same form.
    alike: Vec<usize>,
}

/// The marks that come in pairs.
pub(super) const PAIRED: &[char] = &[
    '(', ')', '[', ']', '“', '”', '‘', '’', '（', '）', '《', '》', '〈', '〉', '【', '】', '〔', '〕', '「',
    '」', '『', '』', '［', '］', '｛', '｝',
];

fn pairs(passage: &Passage<'_>) -> Pairs {
    let mut pairs = Pairs::default();
    let mut open: Vec<Open> = Vec::new();
    for at in passage.signs(|_| true) {
        let c = passage.chars[at];
        let (close, own) = match c {
            '(' => (Some(')'), None),
            ')' => (None, Some('(')),
            '[' => (Some(']'), None),
            ']' => (None, Some('[')),
            c => (closing(c), opening(c)),
        };
        if close.is_some() {
            let around = open.iter().rev().find(|outer| is_quote(outer.mark) == is_quote(c));
            if matches!(c, '“' | '‘' | '《' | '（') && around.is_some_and(|outer| outer.mark == c) {
                pairs.alike.push(at);
            }
            open.push(Open { mark: c, at });
        } else if let Some(own) = own {
            if is_apostrophe(passage, at) || is_list_number(passage, at, &open) {
                continue;
            }
            match open.iter().rposition(|open| open.mark == own) {
                Some(index) => pairs.alone.extend(open.drain(index..).skip(1).map(|open| open.at)),
                None => pairs.alone.push(at),
            }
        }
    }
    pairs.alone.extend(open.into_iter().map(|open| open.at));
    pairs.alone.sort_unstable();
    pairs
}

fn is_quote(c: char) -> bool {
    matches!(c, '“' | '‘')
}

/// Tells whether a closing quote is an apostrophe: Xi’an.
fn is_apostrophe(passage: &Passage<'_>, at: usize) -> bool {
    let is_letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
    passage.at(at) == Some('’') && is_letter(passage.before(at)) && is_letter(passage.at(at + 1))
}

/// Tells whether a closing bracket belongs to a number such as `1)`.
fn is_list_number(passage: &Passage<'_>, at: usize, open: &[Open]) -> bool {
    matches!(passage.at(at), Some(')' | '）'))
        && !open.iter().any(|open| matches!(open.mark, '(' | '（'))
        && passage.before(at).is_some_and(|c| c.is_ascii_alphanumeric())
        && at <= passage.label + 3
}

/// Finds quotes, brackets and 《》 without their other half.
pub(super) fn unpaired(passage: &Passage<'_>) -> Vec<Finding> {
    pairs(passage).alone.into_iter().map(|at| Finding::new(at..at + 1)).collect()
}

/// Finds pairs inside a pair of the same form.
pub(super) fn nested_alike(passage: &Passage<'_>) -> Vec<Finding> {
    let inner = |at: &usize| match passage.at(*at) {
        Some('“') => "‘’",
        Some('‘') => "“”",
        Some('《') => "〈〉",
        _ => "〔〕",
    };
    let alike = pairs(passage).alike;
    alike.into_iter().map(|at| Finding::new(at..at + 1).with("inner", inner(&at))).collect()
}

/// What dashes and ellipses are made of, or of what is taken for them.
pub(super) const STROKES_AND_DOTS: &[char] = &['…', '.', '·', '—', '-', '－', '–', '─', '━'];

/// Marks that may stand twice where one belongs.
pub(super) const DOUBLED: &[char] =
    &['。', '，', '、', '；', '：', '？', '！', '“', '”', '‘', '’', '《', '》', '【', '】'];

/// Finds two marks where one belongs.
pub(super) fn doubled(passage: &Passage<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut told = 0;
    for start in passage.signs(|_| true) {
        if start < told {
            continue;
        }
        let c = passage.chars[start];
        let end = if is_point(c) {
            points_end(passage, start)
        } else {
            let twice = matches!(c, '“' | '”' | '‘' | '’' | '《' | '》' | '【' | '】')
                && passage.at(start + 1) == Some(c);
            twice.then_some(start + 2)
        };
        if let Some(end) = end {
            found.push(Finding::new(start..end));
            told = end;
        }
    }
    found
}

/// Returns where marks end that begin at an index and are more than one: 。。 ，。 。”。; not ？！ and ！！！.
fn points_end(passage: &Passage<'_>, start: usize) -> Option<usize> {
    let length = passage.chars[start..].iter().take_while(|c| is_point(**c)).count();
    let run = &passage.chars[start..start + length];
    if length > 1 && !(length <= 3 && run.iter().all(|c| matches!(c, '？' | '！'))) {
        return Some(start + length);
    }
    if length > 1 || matches!(run[0], '？' | '！' | '：' | '、') {
        return None;
    }
    // A mark inside the quotes and another outside them (B.2.1).
    let after = start + 1;
    let closers = passage.chars[after..].iter().take_while(|c| matches!(c, '”' | '’' | '）')).count();
    let outer = passage.at(after + closers)?;
    (closers > 0 && is_point(outer) && !matches!(outer, '？' | '！')).then_some(after + closers + 1)
}

/// Finds marks that stand where none can: at the beginning, after an opening mark, before a closing one, after ——.
pub(super) fn stray(passage: &Passage<'_>) -> Vec<Finding> {
    let is_pause = |c: char| matches!(c, '。' | '，' | '、' | '；' | '：');
    let stray = |index: usize| {
        let c = passage.at(index)?;
        let (before, after) = (passage.before(index), passage.at(index + 1));
        let first = index == passage.label && (index == 0 || is_pause(c));
        let after_opening = is_pause(c) && before.is_some_and(|c| closing(c).is_some());
        let before_closing =
            matches!(c, '，' | '、' | '；' | '：') && after.is_some_and(|c| opening(c).is_some());
        let after_dash = is_pause(c) && passage.ends(index, "——");
        let is_stray = first || after_opening || before_closing || after_dash;
        (is_stray && !is_doubled(passage, index)).then(|| Finding::new(index..index + 1))
    };
    passage.signs(is_point).filter_map(stray).collect()
}

/// Tells whether a mark stands beside another one, which is told as doubled.
fn is_doubled(passage: &Passage<'_>, index: usize) -> bool {
    [passage.before(index), passage.at(index + 1)].into_iter().flatten().any(is_point)
        || points_end(passage, index).is_some()
}

/// Finds half-width marks beside hanzi.
pub(super) fn half_width(passage: &Passage<'_>) -> Vec<Finding> {
    let wide = |c: Option<char>| c.is_some_and(is_wide);
    let mark = |index: usize| {
        let c = passage.at(index)?;
        let full = full_width(c)?;
        let before = passage.chars[..index].iter().rev().find(|c| **c != ' ').copied();
        let after = passage.chars[index + 1..].iter().find(|c| **c != ' ').copied();
        let beside = match c {
            '.' => {
                let ends = before.is_some_and(|c| is_hanzi(c) || c == '%' || opening(c).is_some());
                ends && !is_label(passage, index)
                    && after.is_none_or(|c| !c.is_ascii_alphanumeric() && c != '.')
            }
            _ => wide(before) || wide(after),
        };
        if !beside {
            return None;
        }
        // These are told as a number of the attachment, and as one of the document.
        let is_told = attachment_number(passage).is_some_and(|end| index < end)
            || passage.element == Some(Element::Number) && matches!(c, '(' | ')');
        if is_told {
            return None;
        }
        let found = Finding::new(index..index + 1);
        let between = passage.is_within_hanzi(index);
        match c {
            // A name has no sentences, and a sentence may have names.
            '.' if passage.is_name(index) => between.then(|| found.mended("·")),
            '.' if between => Some(found.choice(
                "一句到此结束的，改为：`。`；姓名、地名里的，改为：`·`",
                "write `。` where a sentence ends, `·` within a name",
            )),
            '(' | ')' if passage.is_name(index) => {
                passage.is_beside_own_hanzi(index).then(|| found.mended(full))
            }
            _ => (!passage.is_name(index)).then(|| found.mended(full)),
        }
    };
    passage.signs(|c| full_width(c).is_some()).filter_map(mark).collect()
}

/// Returns the full-width form of a mark.
fn full_width(c: char) -> Option<char> {
    Some(match c {
        ',' => '，',
        ';' => '；',
        ':' => '：',
        '?' => '？',
        '!' => '！',
        '(' => '（',
        ')' => '）',
        '.' => '。',
        _ => return None,
    })
}

/// Tells whether Chinese numerals alone stand before a point, which is told of as a number's mark.
fn is_label(passage: &Passage<'_>, at: usize) -> bool {
    at > passage.label && passage.chars[passage.label..at].iter().all(|c| is_numeral(*c))
}

/// Finds straight quotes: `"` anywhere but after a number, `'` beside hanzi. A pair is told once.
pub(super) fn ascii_quotes(passage: &Passage<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut index = 0;
    while let Some(c) = passage.at(index) {
        let beside = [passage.before(index), passage.at(index + 1)];
        let is_quote = match c {
            '"' => !passage.before(index).is_some_and(|c| c.is_ascii_digit()),
            '\'' => beside.into_iter().flatten().any(is_wide),
            _ => false,
        };
        if !is_quote || passage.is_name(index) {
            index += 1;
            continue;
        }
        let close = passage.chars[index + 1..].iter().take(40).position(|other| *other == c);
        let end = close.map_or(index + 1, |length| index + length + 2);
        let mut finding = Finding::new(index..end);
        if close.is_some() {
            let (open, shut) = if c == '"' { ('“', '”') } else { ('‘', '’') };
            finding = finding.mended(format!("{open}{}{shut}", passage.text(index + 1..end - 1)));
        }
        found.push(finding);
        index = end;
    }
    found
}

/// Finds ellipses and dashes in other forms than …… and ——.
pub(super) fn dashes_and_ellipses(passage: &Passage<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    // A cell's sign for no data, or for less than the smallest unit of its table.
    if passage.place == Place::Cell && passage.chars.iter().all(|c| STROKES_AND_DOTS.contains(c)) {
        return found;
    }
    let mut end = 0;
    for start in passage.signs(|c| STROKES_AND_DOTS.contains(&c)) {
        if start < end {
            continue;
        }
        let c = passage.chars[start];
        let length = passage.chars[start..].iter().take_while(|other| **other == c).count();
        end = start + length;
        let (before, after) = (passage.before(start), passage.at(end));
        let beside_wide = [before, after].into_iter().flatten().any(is_wide);
        let mended = match c {
            '…' if !matches!(length, 2 | 4) => Some("……"),
            '.' | '·' if length > 2 => Some("……"),
            '—' if length > 2 => Some("——"),
            // One alone is 连接号, between two things: 北京—上海.
            '—' if length == 1 && [before, after].into_iter().any(|c| c.is_none_or(is_point)) => Some("——"),
            '-' | '－' | '–' if length > 1 && beside_wide => Some("——"),
            '─' | '━' => Some("——"),
            _ => None,
        };
        if let Some(mended) = mended.filter(|_| !passage.is_name(start)) {
            found.push(Finding::new(start..end).mended(mended));
        }
    }
    found
}

/// Finds 、 between two quotations or two titles.
pub(super) fn commas_between_quotes(passage: &Passage<'_>) -> Vec<Finding> {
    let between = |index: usize| {
        let around = (passage.before(index), passage.at(index + 1));
        let quotes = matches!(around, (Some('”'), Some('“')) | (Some('》'), Some('《')));
        quotes.then(|| Finding::new(index - 1..index + 2))
    };
    passage.signs(|c| c == '、').filter_map(between).collect()
}

/// What begins with 等 and is another word.
const NOT_AND_SO_ON: &[&str] =
    &["等级", "等于", "等候", "等待", "等值", "等额", "等同", "等距", "等量", "等效"];

/// Finds 、等 and ……等.
pub(super) fn list_ends(passage: &Passage<'_>) -> Vec<Finding> {
    let end = |index: usize| {
        if passage.one_of(index, NOT_AND_SO_ON).is_some() {
            return None;
        }
        let word = if passage.has(index, "等等") { "等等" } else { "等" };
        let end = index + word.chars().count();
        if passage.ends(index, "、") {
            Some(Finding::new(index - 1..end).mended(word))
        } else if passage.ends(index, "……") {
            Some(Finding::new(index - 2..end).mended(word))
        } else {
            None
        }
    };
    passage.places(|c| c == '等').filter_map(end).collect()
}

//! Finds what stands there twice: sentences, clauses, words.

use std::cell::OnceCell;
use std::ops::Range;

use super::Finding;
use super::character::{is_hanzi, is_numeral, ordinal};
use super::passage::Passage;
use super::units::said_again;

/// The fewest hanzi of a sentence that may not come twice.
const SENTENCE: usize = 8;
/// The fewest hanzi of a clause that may not come twice.
const CLAUSE: usize = 12;
/// The fewest hanzi of one that may not come twice in a row.
const NEXT_CLAUSE: usize = 4;

/// Finds sentences that stand in the document twice.
pub(super) fn sentences(passages: &[Passage<'_>]) -> Vec<(usize, Finding)> {
    twice(passages, &all_parts(passages, |c| matches!(c, '。' | '！' | '？')), SENTENCE)
}

/// Finds clauses that stand in the document twice, unless their whole sentences do.
pub(super) fn clauses(passages: &[Passage<'_>]) -> Vec<(usize, Finding)> {
    let parts = all_parts(passages, |c| matches!(c, '。' | '！' | '？' | '；' | '，' | '：'));
    let mut found = twice(passages, &parts, CLAUSE);
    for (index, (passage, parts)) in passages.iter().zip(&parts).enumerate() {
        let in_a_row = parts.windows(2).filter_map(|pair| {
            let [one, other] = pair else { return None };
            let is_next = one.end + 1 == other.start;
            let is_alike = passage.chars[one.clone()] == passage.chars[other.clone()];
            let is_short = || (NEXT_CLAUSE..CLAUSE).contains(&passage.hanzi(other));
            (is_next && is_alike && is_short())
                .then(|| Finding::new(other.clone()).with("other", beginning(passage)))
        });
        found.extend(in_a_row.map(|finding| (index, finding)));
    }
    let whole = if found.is_empty() { Vec::new() } else { sentences(passages) };
    found.retain(|(index, clause)| {
        !whole.iter().any(|(other, sentence)| {
            index == other
                && sentence.range.start <= clause.range.start
                && clause.range.end <= sentence.range.end
        })
    });
    found
}

/// Finds parts of a least length that come twice. Of the two, the one that the data file's free text wrote is
/// told, or else the later one.
fn twice(passages: &[Passage<'_>], parts: &[Vec<Range<usize>>], least: usize) -> Vec<(usize, Finding)> {
    let mut long = Vec::new();
    for (index, (passage, parts)) in passages.iter().zip(parts).enumerate() {
        if passage.is_prose() {
            let parts = parts.iter().filter(|part| passage.hanzi(part) >= least);
            long.extend(parts.map(|part| (&passage.chars[part.clone()], index, part)));
        }
    }
    // Those that are alike come to stand together, in the order of the text. Two parts differ in their first characters.
    long.sort_by_key(|(text, ..)| *text);
    let mut found = Vec::new();
    for alike in long.chunk_by(|(one, ..), (other, ..)| one == other) {
        let [(_, first, range), again @ ..] = alike else { continue };
        for (_, index, part) in again {
            let by_data = passages[*first].is_free(range) && !passages[*index].is_free(part);
            let (told, range, other) = if by_data { (first, range, index) } else { (index, part, first) };
            let finding = Finding::new((*range).clone()).with("other", beginning(&passages[*other]));
            found.push((*told, finding));
        }
    }
    found
}

/// Returns the parts of each passage.
fn all_parts(passages: &[Passage<'_>], ends: impl Fn(char) -> bool) -> Vec<Vec<Range<usize>>> {
    passages.iter().map(|passage| parts(passage, &ends)).collect()
}

/// Returns the parts of a passage without their last marks and the labels before them.
fn parts(passage: &Passage<'_>, ends: &impl Fn(char) -> bool) -> Vec<Range<usize>> {
    let mut start = passage.label;
    let chars = &passage.chars;
    let mut parts = Vec::new();
    for end in passage.signs(ends).filter(|end| *end >= passage.label).chain([chars.len()]) {
        let begin = start + label_length(&chars[start..end]);
        if begin < end {
            parts.push(begin..end);
        }
        start = end + 1;
    }
    parts
}

fn label_length(chars: &[char]) -> usize {
    match ordinal(chars) {
        Some((_, length)) if chars.get(length) == Some(&'是') => length + 1,
        _ => 0,
    }
}

/// How many characters of a paragraph say which it is.
const BEGINNING: usize = 10;

fn beginning(passage: &Passage<'_>) -> String {
    let more = if passage.chars.len() > BEGINNING { "…" } else { "" };
    format!("{}{more}", passage.text(0..BEGINNING.min(passage.chars.len())))
}

/// Verbs that are said twice to make little of it: 研究研究.
const SAID_TWICE: &[&str] = &["研究", "讨论", "商量", "考虑", "学习", "交流", "走走", "看看", "层层", "时时"];
/// Names that begin with a word which may end what stands before them: 市政府政府采购中心, 常务会议会议纪要.
const COMPOUNDS: &[&str] = &[
    "政府采购",
    "政府信息公开",
    "政府网站",
    "政府投资",
    "政府债",
    "政府专项债",
    "政府隐性债务",
    "政府引导基金",
    "政府购买",
    "政府工作报告",
    "政府性基金",
    "政府法律顾问",
    "政府职能",
    "管理办法",
    "管理条例",
    "管理规定",
    "管理局",
    "管理处",
    "管理中心",
    "企业家",
    "企业所得税",
    "企业标准",
    "产业链",
    "产业园",
    "产业基金",
    "会议纪要",
    "会议精神",
    "公司债",
    "团体标准",
    "技术标准",
    "技术合同",
    "城市更新",
    "城市体检",
    "城市管理",
    "市场监管",
    "市场主体",
    "工程师",
    "项目库",
    "项目部",
    "资产负债率",
    "学生会",
];
/// The most characters of a word that may not stand twice in a row.
const LONGEST_WORD: usize = 6;
/// Single characters that are never right twice, and what makes other words of them.
const SINGLE: &[(char, &[char], &[char])] = &[
    ('的', &['目', '有'], &['确']),
    ('了', &[], &['解', '然', '结', '却', '如', '得', '不', '起']),
    (
        '和',
        &['温', '总', '祥', '谐', '调', '缓', '人', '共'],
        &['谐', '平', '睦', '美', '气', '解', '田', '谈', '声'],
    ),
];

/// Finds words that stand there twice in a row: 推进推进, 的的.
pub(super) fn words(passage: &Passage<'_>) -> Vec<Finding> {
    let chars = &passage.chars;
    let mut found = Vec::new();
    let mut told = passage.label;
    let units = OnceCell::new();
    for index in soon_again(chars) {
        if index < told {
            continue;
        }
        let length = (2..=LONGEST_WORD).rev().find(|length| is_twice(passage, index, *length));
        let single = || {
            chars[index] == chars[index + 1]
                && SINGLE.iter().any(|(c, before, after)| {
                    chars[index] == *c
                        && !passage.before(index).is_some_and(|c| before.contains(&c))
                        && !passage.at(index + 2).is_some_and(|c| after.contains(&c))
                })
        };
        if let Some(length) = length.or_else(|| single().then_some(1)) {
            told = index + 2 * length;
            // A unit is told as one.
            if units
                .get_or_init(|| said_again(passage))
                .binary_search_by_key(&told, |again| again.end)
                .is_ok()
            {
                continue;
            }
            found.push(Finding::new(index..told).mended(passage.text(index..index + length)));
        }
    }
    found
}

/// Returns the places of the characters that come again within the length of a word, in order, and of a few others:
/// most do not come again so soon.
fn soon_again(chars: &[char]) -> Vec<usize> {
    // Where a character comes next; those that share an entry are taken for one.
    let mut next = [usize::MAX; 256];
    let mut places = Vec::new();
    for (at, c) in chars.iter().enumerate().rev() {
        let next = &mut next[*c as usize % 256];
        if *next - at <= LONGEST_WORD {
            places.push(at);
        }
        *next = at;
    }
    places.reverse();
    places
}

fn is_twice(passage: &Passage<'_>, at: usize, length: usize) -> bool {
    let Some(both) = passage.chars.get(at..at + 2 * length) else { return false };
    let (first, second) = both.split_at(length);
    first == second
        && first.iter().all(|c| is_hanzi(*c))
        && first.iter().any(|c| *c != first[0])
        && !is_numeral(first[0])
        && passage.one_of(at, SAID_TWICE).is_none()
        && passage.one_of(at + length, COMPOUNDS).is_none()
}

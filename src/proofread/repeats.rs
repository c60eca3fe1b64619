//! Finds what stands there twice: sentences, clauses, words.

use std::collections::BTreeMap;
use std::ops::Range;

use super::Finding;
use super::character::{is_hanzi, is_numeral, ordinal};
use super::passage::{Passage, Place};

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
            let is_short = || (NEXT_CLAUSE..CLAUSE).contains(&passage.hanzi(other.clone()));
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
    // Two parts differ in their first characters: to compare them takes less than to hash the whole of one.
    let mut seen: BTreeMap<&[char], (usize, Range<usize>)> = BTreeMap::new();
    let mut found = Vec::new();
    for (index, (passage, parts)) in passages.iter().zip(parts).enumerate() {
        if !matches!(passage.place, Place::Body | Place::Note) {
            continue;
        }
        for part in parts {
            if passage.hanzi(part.clone()) < least {
                continue;
            }
            let text = &passage.chars[part.clone()];
            match seen.get(text).cloned() {
                None => drop(seen.insert(text, (index, part.clone()))),
                Some((first, range)) => {
                    let by_data = passages[first].is_free(&range) && !passage.is_free(part);
                    let ((told, range), other) =
                        if by_data { ((first, range), index) } else { ((index, part.clone()), first) };
                    found.push((told, Finding::new(range).with("other", beginning(&passages[other]))));
                }
            }
        }
    }
    found
}

/// Returns the parts of each passage.
fn all_parts(passages: &[Passage<'_>], ends: impl Fn(char) -> bool) -> Vec<Vec<Range<usize>>> {
    passages.iter().map(|passage| parts(passage, &ends)).collect()
}

/// Returns the parts of a passage without their last marks and the labels before them.
fn parts(passage: &Passage<'_>, ends: impl Fn(char) -> bool) -> Vec<Range<usize>> {
    let mut start = passage.label;
    let chars = &passage.chars;
    let mut parts = Vec::new();
    for (index, c) in chars.iter().enumerate().skip(passage.label) {
        if ends(*c) || index + 1 == chars.len() {
            let end = if ends(*c) { index } else { index + 1 };
            let begin = start + label_length(&chars[start..end]);
            if begin < end {
                parts.push(begin..end);
            }
            start = index + 1;
        }
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
    let mut index = passage.label;
    while let Some((first, ahead)) = chars[index.min(chars.len())..].split_first() {
        // Most characters do not come again so soon.
        if !ahead.iter().take(LONGEST_WORD).any(|c| c == first) {
            index += 1;
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
        match length.or_else(|| single().then_some(1)) {
            Some(length) => {
                let word = passage.text(index..index + length);
                found.push(Finding::new(index..index + 2 * length).mended(word));
                index += 2 * length;
            }
            None => index += 1,
        }
    }
    found
}

fn is_twice(passage: &Passage<'_>, at: usize, length: usize) -> bool {
    let Some(both) = passage.chars.get(at..at + 2 * length) else { return false };
    let (first, second) = both.split_at(length);
    first == second
        && first.iter().all(|c| is_hanzi(*c))
        && first.iter().any(|c| *c != first[0])
        && !is_numeral(first[0])
        && passage.one_of(at, SAID_TWICE).is_none()
}

//! Holds the growth of headline figures that free text tells against what the data file has printed.

use std::ops::Range;

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::Finding;
use super::figures::{LINKS, WHOLE};
use super::numbers::{unit_length, value};
use super::passage::{Passage, Place};
use super::quantities::is_estimate;

/// The figures whose growth a report tells once for the whole place. Another one's has its name before it: 民间投资,
/// 经开区固定资产投资.
const HEADLINES: &[&str] = &[
    "地区生产总值",
    "规模以上工业增加值",
    "固定资产投资",
    "社会消费品零售总额",
    "一般公共预算收入",
    "货物进出口总额",
    "进出口总额",
    "城镇居民人均可支配收入",
    "农村居民人均可支配收入",
    "居民消费价格",
];
/// What the growth is to, as far as it is last year.
const TO_LAST_YEAR: &[&str] = &["比上年", "较上年", "比去年", "同比"];
/// Words of growth, and whether they say that it is less.
const WORDS: &[(&str, bool)] = &[("增长", false), ("上涨", false), ("下降", true), ("下跌", true)];

/// A rate that is told of a headline figure.
struct Told {
    value: Decimal,
    passage: usize,
    /// From the name to the unit.
    range: Range<usize>,
    is_free: bool,
}

/// Finds rates in free text that are not those which a figure of the data file printed in the same part of the document.
pub(super) fn free(passages: &[Passage<'_>]) -> Vec<(usize, Finding)> {
    let mut told: FxHashMap<(usize, &str), Vec<Told>> = FxHashMap::default();
    let may_tell = |passage: &Passage<'_>| passage.place == Place::Body && passage.characters.may_have('%');
    for (index, passage) in passages.iter().enumerate().filter(|(_, passage)| may_tell(passage)) {
        for (name, value, range) in headlines(passage) {
            let is_free = passage.is_free(&range);
            let rates = told.entry((passage.section, name)).or_default();
            rates.push(Told { value, passage: index, range, is_free });
        }
    }
    let mut found = Vec::new();
    for ((_, name), rates) in told {
        // Two of the data are the template's to tell apart.
        let mut own = rates.iter().filter(|rate| !rate.is_free);
        let (Some(own), None) = (own.next(), own.next()) else { continue };
        for rate in rates.iter().filter(|rate| rate.is_free && rate.value != own.value) {
            let other = passages[own.passage].text(own.range.clone());
            let finding = Finding::new(rate.range.clone()).with("noun", name).with("other", other);
            found.push((rate.passage, finding));
        }
    }
    found.sort_by_key(|(passage, finding)| (*passage, finding.range.start));
    found
}

/// Returns the rates of a passage that are headline figures' of the whole place, with the names.
fn headlines<'p>(
    passage: &'p Passage<'_>,
) -> impl Iterator<Item = (&'static str, Decimal, Range<usize>)> + 'p {
    // Of the sentence so far: the headline figure that it told last, and whether it spoke of nothing else.
    let mut last: Option<(&'static str, usize)> = None;
    let (mut sentence, mut seen) = (passage.label, passage.label);
    passage.numbers.iter().filter_map(move |number| {
        let new = passage.signs_before(number.start).rev().take_while(|sign| *sign >= seen);
        if let Some(end) = new.into_iter().find(|sign| passage.at(*sign) == Some('。')) {
            (sentence, last) = (end + 1, None);
        }
        seen = number.end;
        let begin = passage.signs_before(number.start).next_back().map_or(0, |sign| sign + 1).max(sentence);
        let mut at = begin;
        while let Some(word) = passage.one_of(at, WHOLE).or_else(|| passage.one_of(at, &["全年"])) {
            at += word.chars().count();
        }
        let before = last.take();
        // Whose it is, a clause before may say: 经开区加快建设，固定资产投资增长20%.
        let is_next = before.is_some_and(|(_, end)| end + 1 == begin);
        let own = HEADLINES.iter().find(|name| passage.has(at, name));
        let name = match own {
            Some(name) if begin == sentence || is_next => *name,
            // The name may stand in the clause before, with the level: 地区生产总值2386.50亿元，同比增长5.8%.
            None if is_next && passage.before(begin) == Some('，') => before?.0,
            _ => return None,
        };
        at += own.map_or(0, |name| name.chars().count());
        let rest = passage.chars.get(at..number.start)?;
        let unit_end = number.end + unit_length(passage, number.end);
        if own.is_some()
            && (rest.is_empty() || LINKS.iter().any(|link| link.chars().eq(rest.iter().copied())))
        {
            last = Some((name, unit_end));
            return None;
        }
        if let Some(to) = passage.one_of(at, TO_LAST_YEAR) {
            at += to.chars().count();
        }
        let (word, falls) = WORDS.iter().find(|(word, _)| passage.has(at, word))?;
        if at + word.chars().count() != number.start || passage.at(number.end) != Some('%') {
            return None;
        }
        last = Some((name, unit_end));
        let about = ["左右", "以上", "以下", "以内", "上下", "～", "—"];
        if is_estimate(passage, number.start) || passage.one_of(unit_end, &about).is_some() {
            return None;
        }
        let value = value(passage, number)?;
        Some((name, if *falls { -value } else { value }, begin..unit_end))
    })
}

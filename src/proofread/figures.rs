//! Finds figures that the document gives twice with two values.

use std::collections::BTreeMap;
use std::ops::Range;

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::Finding;
use super::character::is_hanzi;
use super::numbers::{scale_length, unit_length, value};
use super::passage::{Passage, Place};
use crate::document::DatumKind;

/// Finds data that are printed twice with two values. Of a year or a term one more than the other is not told: a
/// template prints `{{next}}` of it.
pub(super) fn same_path(passages: &[Passage<'_>]) -> Vec<(usize, Finding)> {
    // Paths are the schema's own; no data file makes one.
    let mut seen: FxHashMap<&str, Printed<'_>> = FxHashMap::default();
    let mut found = Vec::new();
    for (index, passage) in passages.iter().enumerate() {
        for (start, datum, text) in passage.data() {
            if datum.kind != DatumKind::Figure {
                continue;
            }
            let end = start + text.chars().count();
            let printed = Printed::new(passage, start..end, text);
            if printed.values.is_empty() {
                continue;
            }
            for path in &datum.paths {
                let known = seen.entry(path).or_insert_with(|| printed.clone());
                if known.differs(&printed) {
                    // Two that are alike differ in what the template writes behind them: 12.5株 and 12.5万株.
                    let is_alike = known.text == text;
                    let (range, other) = if is_alike {
                        let other = known.passage.text(known.with_unit());
                        (printed.with_unit(), other)
                    } else {
                        (start..end, known.text.to_owned())
                    };
                    found.push((index, Finding::new(range).with("path", path).with("other", other)));
                }
            }
        }
    }
    found
}

/// A figure as it is printed in one place.
#[derive(Clone)]
struct Printed<'a> {
    text: &'a str,
    /// Where it stands.
    passage: &'a Passage<'a>,
    part: Range<usize>,
    /// Its numbers, and the same scaled by 万 and 亿.
    values: Vec<(Decimal, Decimal)>,
    /// Whether it stands in a column whose head has its unit.
    in_column: bool,
    /// Whether it is a year or a term, which prints without its unit.
    is_ordinal: bool,
}

impl<'a> Printed<'a> {
    fn new(passage: &'a Passage<'a>, part: Range<usize>, text: &'a str) -> Self {
        let first = passage.numbers.partition_point(|number| number.start < part.start);
        let within = passage.numbers[first..].iter().take_while(|number| number.end <= part.end);
        let values = within.filter_map(|number| {
            let bare = value(passage, number)?;
            Some((bare, scaled(passage, number, bare)?))
        });
        // The words of an estimate are no unit: 约26, 70余, 3.4以内.
        let is_bare = |c: char| c.is_ascii_digit() || ".,-−～约近余多超过不足以上内左右".contains(c);
        Self {
            text,
            passage,
            part: part.clone(),
            values: values.collect(),
            in_column: passage.place == Place::Cell && text.chars().all(is_bare),
            is_ordinal: text.chars().all(|c| !is_hanzi(c) || matches!(c, '年' | '届' | '次')),
        }
    }

    /// Returns where it stands with the unit that the template writes behind it.
    fn with_unit(&self) -> Range<usize> {
        self.part.start..self.part.end + unit_behind(self.passage, self.part.end)
    }

    fn differs(&self, other: &Self) -> bool {
        // A column's head has the unit of its figures, which may be another than the one that the text prints (0.85 in
        // a column of 亿元, 8500万元 in the text), and a fall is a minus there.
        let alike = self.in_column == other.in_column;
        let pick = |(bare, scaled): &(Decimal, Decimal)| match alike {
            true => *scaled,
            false if self.is_ordinal && other.is_ordinal => bare.abs(),
            false => digits(*bare),
        };
        let differ = |(one, two): (&(Decimal, Decimal), &(Decimal, Decimal))| {
            let (one, two) = (pick(one), pick(two));
            let follow = || one.checked_sub(two).is_some_and(|difference| difference.abs() == Decimal::ONE);
            one != two && !(other.is_ordinal && follow())
        };
        self.values.len() == other.values.len() && self.values.iter().zip(&other.values).any(differ)
    }
}

/// Returns how many characters behind a number are its unit: of one that is not known, its scale and a character.
fn unit_behind(passage: &Passage<'_>, at: usize) -> usize {
    let (scale, unit) = (scale_length(passage, at), unit_length(passage, at));
    unit + usize::from(scale == unit && passage.at(at + unit).is_some_and(is_hanzi))
}

/// Returns the digits of a number, wherever its point stands: 85 of 0.85 and of 8500.
fn digits(number: Decimal) -> Decimal {
    let mut mantissa = number.mantissa().abs();
    while mantissa != 0 && mantissa % 10 == 0 {
        mantissa /= 10;
    }
    Decimal::from_i128_with_scale(mantissa, 0)
}

/// Returns a number's value scaled by the 万 and 亿 behind it.
pub(super) fn scaled(passage: &Passage<'_>, number: &Range<usize>, bare: Decimal) -> Option<Decimal> {
    let scale = scale_length(passage, number.end);
    passage.chars[number.end..number.end + scale].iter().try_fold(bare, |value, c| {
        value.checked_mul(Decimal::from(if *c == '亿' { 100_000_000_u64 } else { 10_000 }))
    })
}

/// The fewest hanzi of a noun that names a figure by itself: 地区生产总值.
const NOUN: usize = 6;
/// The fewest of one that is the name of a figure of the data file, beside which free text says it too: 出口总值.
const NOUN_OF_DATUM: usize = 4;
/// Words between a noun and its figure.
pub(super) const LINKS: &[&str] =
    &["达到", "实现", "完成", "累计", "合计", "共有", "共计", "已达", "达", "为", "是", "共", "有", "到"];
/// Words before a noun that do not change what it is.
pub(super) const WHOLE: &[&str] = &[
    "全市",
    "全省",
    "全县",
    "全区",
    "全州",
    "全盟",
    "全旗",
    "全地区",
    "我市",
    "我县",
    "我区",
    "我州",
    "我盟",
    "我旗",
    "我地区",
    "本市",
];
/// Words of time before a noun that do not change what it is either.
const TIMES: &[&str] = &["全年", "今年"];
/// What makes a figure an estimate.
const ESTIMATES: &[char] = &['约', '近', '超', '过', '余', '多', '逾'];

/// Returns the word that begins with a character and makes it another year's figure, a part or a comparison.
fn other_word(first: char) -> Option<&'static str> {
    Some(match first {
        '上' => "上年",
        '去' => "去年",
        '前' => "前年",
        '往' => "往年",
        '年' => "年初",
        '同' => "同期",
        '预' => "预期",
        '目' => "目标",
        '力' => "力争",
        '计' => "计划",
        '其' => "其中",
        '比' => "比上",
        '较' => "较上",
        '每' => "每",
        '平' => "平均",
        '另' => "另",
        '以' => "以来",
        '截' => "截至",
        _ => return None,
    })
}

/// A figure that a sentence names.
struct Named<'a> {
    /// The clauses of the sentence before its own, which may say whose figure it is: 经开区壮大主体，新增企业5家. Nothing where
    /// it begins the sentence or says that it is the whole's.
    subject: &'a [char],
    noun: &'a [char],
    unit: String,
    value: Decimal,
    range: Range<usize>,
}

/// What makes two figures the same: the part of the document, whose they are, the words, the unit.
type Key<'a> = (usize, &'a [char], &'a [char], String);
/// What a figure is and where: its value, its passage, the words there.
type Known = (Decimal, usize, Range<usize>);

/// Finds figures that the text names with the same words, in one part of the document, with two values.
pub(super) fn same_noun(passages: &[Passage<'_>]) -> Vec<(usize, Finding)> {
    let mut seen: BTreeMap<Key<'_>, Known> = BTreeMap::new();
    let mut found = Vec::new();
    for (index, passage) in passages.iter().enumerate() {
        if passage.place != Place::Body {
            continue;
        }
        let mut others = Others::new(passage);
        for named in passage.numbers.iter().filter_map(|number| named(passage, number, &mut others)) {
            let key = (passage.section, named.subject, named.noun, named.unit);
            match seen.get(&key).cloned() {
                None => drop(seen.insert(key, (named.value, index, named.range))),
                Some((value, ..)) if value == named.value => {}
                Some((_, first, range)) => {
                    let noun: String = named.noun.iter().collect();
                    let is_free = (passages[first].is_free(&range), passage.is_free(&named.range));
                    if named.noun.len() < NOUN && is_free.0 == is_free.1 {
                        continue;
                    }
                    let by_data = is_free == (true, false);
                    let ((told, range), (other, other_range)) = if by_data {
                        ((first, range), (index, named.range))
                    } else {
                        ((index, named.range), (first, range))
                    };
                    let other = passages[other].text(other_range);
                    found.push((told, Finding::new(range).with("noun", noun).with("other", other)));
                }
            }
        }
    }
    found
}

/// Looks for the words that make another figure of one, as far as somebody asks.
struct Others<'p> {
    passage: &'p Passage<'p>,
    /// As far as was looked.
    until: usize,
    /// Where the last one stands before that.
    last: Option<usize>,
}

impl<'p> Others<'p> {
    fn new(passage: &'p Passage<'p>) -> Self {
        Self { passage, until: 0, last: None }
    }

    /// Tells whether a word begins in a stretch. Stretches are asked for in their order, by where they begin and end.
    fn is_in(&mut self, stretch: Range<usize>) -> bool {
        let passage = self.passage;
        let is_other =
            |at: &usize| passage.at(*at).and_then(other_word).is_some_and(|word| passage.has(*at, word));
        let new = self.until.max(stretch.start)..stretch.end;
        self.until = self.until.max(stretch.end);
        self.last = new.rev().find(is_other).or(self.last);
        self.last.is_some_and(|last| last >= stretch.start)
    }
}

/// Reads what a number is the figure of: the words from the clause's beginning to the number.
fn named<'a>(passage: &'a Passage<'_>, number: &Range<usize>, others: &mut Others<'_>) -> Option<Named<'a>> {
    let unit_end = number.end + unit_length(passage, number.end);
    if unit_end == number.end || passage.at(unit_end).is_some_and(|c| matches!(c, '余' | '多')) {
        return None;
    }
    if ["左右", "以上", "以下", "以内", "～", "—"].iter().any(|word| passage.has(unit_end, word)) {
        return None;
    }
    let begin = passage.signs_before(number.start).next_back().map_or(0, |sign| sign + 1);
    // A clause that begins with something else than words, such as a year, says more than its words.
    let starts_clause = begin <= passage.label
        || passage.before(begin).is_some_and(|c| matches!(c, '。' | '，' | '；' | '：'));
    if !starts_clause || number.start - begin < NOUN_OF_DATUM {
        return None;
    }
    let mut end = number.start;
    while let Some(word) = LINKS.iter().find(|word| passage.ends(end, word)) {
        end = end.checked_sub(word.chars().count()).filter(|end| *end > begin)?;
    }
    let mut start = begin;
    let mut is_of_the_whole = false;
    loop {
        let word = passage.one_of(start, WHOLE);
        is_of_the_whole |= word.is_some();
        let Some(word) = word.or_else(|| passage.one_of(start, TIMES)) else { break };
        start += word.chars().count();
    }
    let noun = passage.chars.get(start..end).filter(|noun| noun.len() >= NOUN_OF_DATUM)?;
    if noun.last().is_some_and(|c| ESTIMATES.contains(c)) {
        return None;
    }
    let is_end = |sign: &usize| matches!(passage.at(*sign), Some('。' | '；'));
    let sentence = passage.signs_before(number.start).rfind(is_end).map_or(0, |end| end + 1);
    // No word goes on into the number, which has none of their characters.
    if others.is_in(sentence..number.start) {
        return None;
    }
    let scale = scale_length(passage, number.end);
    let subject = if is_of_the_whole { begin..begin } else { sentence.max(passage.label).min(begin)..begin };
    Some(Named {
        subject: &passage.chars[subject],
        noun,
        unit: passage.text(number.end + scale..unit_end),
        value: scaled(passage, number, value(passage, number)?)?,
        range: begin..unit_end,
    })
}

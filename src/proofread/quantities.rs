//! Judges what is said of quantities: estimates, changes, differences of rates.

use std::ops::Range;
use std::sync::LazyLock;

use super::Finding;
use super::character::digit;
use super::numbers::{unit_length, value};
use super::passage::Passage;
use super::presence::Characters;

/// What a word beside a number says of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Estimate {
    /// 约.
    About,
    /// 近: a little less.
    Near,
    /// 超过: more.
    Over,
    /// 不少于: no less.
    AtLeast,
    /// 不超过: no more.
    AtMost,
    /// 余, 多: a little more.
    Odd,
    /// 左右.
    Around,
    /// 以上.
    Above,
    /// 以下, 以内.
    Below,
}

use Estimate::{About, Above, Around, AtLeast, AtMost, Below, Near, Odd, Over};

/// Words before a number, the longer before the shorter of the same end.
const BEFORE: &[(&str, Estimate)] = &[
    ("不超过", AtMost),
    ("不高于", AtMost),
    ("不多于", AtMost),
    ("至多", AtMost),
    ("不少于", AtLeast),
    ("不低于", AtLeast),
    ("至少", AtLeast),
    ("大约", About),
    ("约为", About),
    ("约", About),
    ("将近", Near),
    ("接近", Near),
    ("近", Near),
    ("超过", Over),
    ("突破", Over),
    ("多于", Over),
    ("高于", Over),
    ("逾", Over),
    ("超", Over),
];
/// The characters that they end with.
static BEFORE_ENDINGS: LazyLock<Characters> =
    LazyLock::new(|| BEFORE.iter().filter_map(|(word, _)| word.chars().next_back()).collect());
/// Words after a number and its unit.
const AFTER: &[(&str, Estimate)] =
    &[("左右", Around), ("上下", Around), ("以上", Above), ("之多", Above), ("以下", Below), ("以内", Below)];
/// What makes another word of 约, 近 and 超: 节约100万元以上.
const OTHER_WORDS: &[&str] = &[
    "节约", "合约", "预约", "公约", "签约", "条约", "制约", "特约", "履约", "违约", "邀约", "解约", "续约",
    "集约", "简约", "契约", "纽约", "附近", "最近", "邻近", "就近", "靠近", "临近", "贴近", "毗邻", "相近",
    "赶超", "高超", "反超", "中超",
];

/// Returns the word that ends before an index, unless it is part of another.
fn estimate_before(passage: &Passage<'_>, at: usize) -> Option<(usize, Estimate)> {
    passage.before(at).filter(|last| BEFORE_ENDINGS.may_have(*last))?;
    let (word, estimate) = BEFORE.iter().find(|(word, _)| passage.ends(at, word))?;
    if passage.one_before(at, OTHER_WORDS).is_some() {
        return None;
    }
    Some((word.chars().count(), *estimate))
}

/// Tells whether a word before an index makes an estimate of the number there: 近100家, 不足100家.
pub(super) fn is_estimate(passage: &Passage<'_>, at: usize) -> bool {
    estimate_before(passage, at).is_some() || passage.one_before(at, &["不足", "不到"]).is_some()
}

/// Finds estimates that are made twice or contradict each other: 约70余, 超过50以上, 近30左右.
pub(super) fn approximations(passage: &Passage<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for number in &passage.numbers {
        let mut start = number.start;
        let mut estimates = Vec::new();
        while let Some((length, estimate)) = estimate_before(passage, start) {
            start -= length;
            estimates.push(estimate);
        }
        let scale =
            passage.chars[number.end..].iter().take_while(|c| matches!(c, '百' | '千' | '万' | '亿')).count();
        let mut end = number.end + scale;
        let mut last = number.end;
        if passage.at(end).is_some_and(|c| matches!(c, '余' | '多')) {
            estimates.push(Odd);
            end += 1;
            last = end;
        }
        end += unit_length(passage, end);
        while let Some((word, estimate)) = AFTER.iter().find(|(word, _)| passage.has(end, word)) {
            // The same word twice in a row is told as that.
            if estimates.last() == Some(estimate) {
                break;
            }
            end += word.chars().count();
            last = end;
            estimates.push(*estimate);
        }
        // No two of them say more than one would.
        if estimates.len() > 1 {
            found.push(Finding::new(start..last));
        }
    }
    found
}

const FALLS: &[&str] = &[
    "下降", "减少", "降低", "缩小", "压缩", "缩短", "减轻", "回落", "下滑", "缩减", "压减", "下跌", "减",
    "降",
];

/// Finds 下降N倍.
pub(super) fn declines(passage: &Passage<'_>) -> Vec<Finding> {
    let decline = |index: usize| {
        let mut at = index;
        at -= usize::from(matches!(passage.before(at), Some('余' | '多')));
        let digits = passage.chars[..at]
            .iter()
            .rev()
            .take_while(|c| {
                c.is_ascii_digit()
                    || digit(**c).is_some()
                    || matches!(c, '.' | '十' | '百' | '几' | '数' | '半' | '点' | '余' | '多')
            })
            .count();
        if digits == 0 {
            return None;
        }
        at -= digits;
        while let Some(word) =
            passage.one_before(at, &["超过", "将近", "接近", "了", "近", "约", "达", "到", "为"])
        {
            at -= word.chars().count();
        }
        let fall = passage.one_before(at, FALLS)?;
        Some(Finding::new(at - fall.chars().count()..index + 1))
    };
    passage.places(|c| c == '倍').filter_map(decline).collect()
}

const CHANGES: &[&str] =
    &["增长", "提高", "上升", "增加", "提升", "下降", "减少", "降低", "回落", "下滑", "增幅", "降幅", "增速"];

/// Finds a change with a sign: 增长-1.2%.
pub(super) fn signed_changes(passage: &Passage<'_>) -> Vec<Finding> {
    let signed = |number: &Range<usize>| {
        let sign = number.start.checked_sub(1)?;
        if !matches!(passage.at(sign), Some('-' | '－' | '−' | '–' | '负')) {
            return None;
        }
        let filler =
            passage.one_before(sign, &["了", "为", "约", "达"]).map_or(0, |word| word.chars().count());
        let change = passage.one_before(sign - filler, CHANGES)?;
        // 增速为-1.2% names a rate, which may be negative.
        if matches!(change, "增幅" | "降幅" | "增速") {
            return None;
        }
        Some(Finding::new(sign - filler - change.chars().count()..number.end))
    };
    passage.numbers.iter().filter_map(signed).collect()
}

const SHARES: &[&str] = &["比重", "占比"];
/// Rates that are in percent, whatever they are of; 效率, 汇率 and 发案率 are not.
const RATES: &[&str] = &[
    "城镇化率",
    "机械化率",
    "失业率",
    "就业率",
    "覆盖率",
    "优良率",
    "达标率",
    "合格率",
    "满意率",
    "普及率",
    "入学率",
    "参保率",
    "贡献率",
    "巩固率",
    "办结率",
    "可办率",
    "处理率",
    "利用率",
    "绿化率",
    "流转率",
    "负债率",
    "增长率",
    "增速",
    "增幅",
    "涨幅",
    "降幅",
];
const COMPARED: &[&str] = &[
    "比上年末",
    "较上年末",
    "比上年同期",
    "较上年同期",
    "比上年",
    "较上年",
    "比去年",
    "较去年",
    "比年初",
    "较年初",
    "同比",
    "环比",
    "分别",
    "再",
    "又",
];
const MOVES: &[&str] = &["提高", "上升", "增加", "提升", "下降", "降低", "减少", "回落"];

/// Finds differences of rates that are not in 个百分点: 2.1百分点, 2.1%个百分点, 比重提高2.1%, 由65%提高到68%，提高3%.
pub(super) fn percentage_points(passage: &Passage<'_>) -> Vec<Finding> {
    let is_percent = |at: usize| passage.at(at).is_some_and(|c| matches!(c, '%' | '％'));
    let mut found = Vec::new();
    for (index, number) in passage.numbers.iter().enumerate() {
        let digits = || passage.text(number.clone());
        if passage.has(number.end, "百分点") {
            found.push(Finding::new(number.start..number.end + 3).mended(format!("{}个百分点", digits())));
        } else if is_percent(number.end) {
            let start = share_before(passage, index)
                .or_else(|| above_another(passage, number.start))
                .or_else(|| difference(passage, index, [index.checked_sub(2), index.checked_sub(1)]))
                .or_else(|| difference(passage, index, [Some(index + 1), Some(index + 2)]));
            if let Some(start) = start {
                let mended = format!("{}{}个百分点", passage.text(start..number.start), digits());
                found.push(Finding::new(start..number.end + 1).mended(mended));
            }
        }
    }
    found
}

/// Returns where 比重提高 begins before a number; of 占比为80.2%，比上年提高 where 比上年 does.
fn share_before(passage: &Passage<'_>, index: usize) -> Option<usize> {
    let at = passage.numbers.get(index)?.start;
    let mut at = at - usize::from(passage.ends(at, "了"));
    at -= passage.one_before(at, MOVES)?.chars().count();
    while let Some(word) = passage.one_before(at, COMPARED) {
        at -= word.chars().count();
    }
    if let Some(rate) = rate_before(passage, at) {
        return Some(at - rate);
    }
    let level = passage.numbers.get(index.checked_sub(1)?)?;
    let follows = passage.has(level.end, "%，") && level.end + 2 == at;
    let before =
        passage.one_before(level.start, &["达到", "为", "达", "是"]).map_or(0, |word| word.chars().count());
    (follows && rate_before(passage, level.start - before).is_some()).then_some(at)
}

/// Returns the length of the share or the rate that is named before an index.
fn rate_before(passage: &Passage<'_>, at: usize) -> Option<usize> {
    let name = passage.one_before(at, SHARES).or_else(|| passage.one_before(at, RATES))?;
    Some(name.chars().count())
}

/// How many characters may stand between 增速比 and 高.
const OTHER: usize = 12;

/// Returns where the verb begins before a number by which one rate is above another: 增速比全省平均水平高1.2%,
/// 增速高于全省平均水平1.2%.
fn above_another(passage: &Passage<'_>, at: usize) -> Option<usize> {
    let within = at.saturating_sub(OTHER)..at;
    let is_mark = |c: char| matches!(c, '，' | '。' | '；' | '：' | '、');
    let from = within.clone().rev().find(|index| passage.at(*index).is_some_and(is_mark));
    let mut words = from.map_or(within.start, |mark| mark + 1)..at;
    let verb = passage.one_before(at, &["高出", "低出", "高", "低", "快", "慢"]);
    match verb {
        Some(verb) => {
            let is_compared = |index: &usize| {
                passage.one_of(*index, &["比", "较"]).is_some() && rate_before(passage, *index).is_some()
            };
            words.find(is_compared).map(|_| at - verb.chars().count())
        }
        None => words.find(|index| {
            let verb = passage.one_of(*index, &["高于", "低于", "快于", "慢于"]);
            verb.is_some() && rate_before(passage, *index).is_some()
        }),
    }
}

/// Returns where the verb begins before a number that is the difference of two rates, before or behind it:
/// 由65.2%提高到68.3%，提高3.1%; 下降0.5%，由4.5%降至4.0%.
fn difference(passage: &Passage<'_>, index: usize, rates: [Option<usize>; 2]) -> Option<usize> {
    let number = |at: usize| passage.numbers.get(at);
    let (by, [Some(from), Some(to)]) = (number(index)?, rates.map(|at| at.and_then(number))) else {
        return None;
    };
    let is_percent = |number: &Range<usize>| matches!(passage.at(number.end), Some('%' | '％'));
    let is_led_to = (1..=8).contains(&(to.start - from.end))
        && matches!(passage.before(to.start), Some('到' | '至' | '为'));
    let (between, whole) = if by.start > to.start {
        (to.end..by.start, from.end..by.start)
    } else {
        (by.end..from.start, by.end..to.start)
    };
    let same_sentence = || !passage.chars[whole].contains(&'。');
    if !is_percent(from) || !is_percent(to) || !is_led_to || between.len() > 12 || !same_sentence() {
        return None;
    }
    let changed = value(passage, to)? - value(passage, from)?;
    if changed.abs() != value(passage, by)? {
        return None;
    }
    let at = by.start - usize::from(passage.ends(by.start, "了"));
    Some(at - passage.one_before(at, MOVES)?.chars().count())
}

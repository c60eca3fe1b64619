//! Holds numbers of one sentence against each other: changes against the levels that they are between, parts
//! against their whole.

use std::ops::Range;

use rust_decimal::Decimal;

use super::Finding;
use super::figures::scaled;
use super::numbers::{scale_length, unit_length, value};
use super::passage::Passage;
use super::quantities::is_estimate;
use crate::diag::Text;

/// What leads from one level to the other.
const LEADS: &[&str] = &[
    "增加到",
    "增加至",
    "增长到",
    "增长至",
    "增至",
    "提高到",
    "提高至",
    "上升到",
    "上升至",
    "扩大到",
    "发展到",
    "减少到",
    "减少至",
    "减至",
    "下降到",
    "下降至",
    "降至",
    "降到",
];

/// What says by how much.
const BY: &[&str] =
    &["增长了", "增长", "增加了", "增加", "提高了", "提高", "下降了", "下降", "减少了", "减少"];
/// What says that it is less.
const FALLS: &[&str] = &["下降了", "下降", "减少了", "减少"];

/// Finds rates of change that do not follow from the levels before them: 由100家增加到150家，增长10%.
pub(super) fn wrong(passage: &Passage<'_>) -> Vec<Finding> {
    let rates = passage.numbers.windows(3).filter_map(|three| {
        let [from, to, by] = three else { return None };
        // Most numbers have other words before them.
        passage.before(to.start).filter(|last| matches!(last, '到' | '至'))?;
        let unit = unit_length(passage, from.end);
        let lead = from.end + unit;
        let word = passage.one_of(lead, LEADS)?;
        let is_alike = passage.text(from.end..lead) == passage.text(to.end..to.end + unit);
        if lead + word.chars().count() != to.start
            || !is_alike
            || unit == 0
            || passage.has(to.end + unit, "以")
        {
            return None;
        }
        // 占比由65%提高到68% is a difference of rates.
        let verb = to.end + unit + 1;
        let said = passage.one_of(verb, BY).filter(|_| passage.at(verb - 1) == Some('，'))?;
        if passage.has(from.end, "%") || verb + said.chars().count() != by.start || !passage.has(by.end, "%")
        {
            return None;
        }
        // Of 近100家 nobody knows how many there were.
        let is_about = passage.one_of(by.end + 1, &["左右", "以上", "以下", "以内", "上下"]).is_some();
        if is_estimate(passage, from.start) || is_about {
            return None;
        }
        let computed = change(&range(passage, from)?, &range(passage, to)?)?;
        let given = range(passage, by)?;
        let falls = FALLS.contains(&said);
        let (least, most) = if falls { (-given.1, -given.0) } else { given };
        (most < computed.0 || least > computed.1).then(|| {
            let rate = percent(value(passage, from)?, value(passage, to)?)?;
            let size = rate.abs().round_dp(1).normalize();
            let text = match (falls, rate.is_sign_negative()) {
                (true, true) | (false, false) => Text::from(format!("{size}%")),
                (false, true) => Text::both(format!("下降{size}%"), format!("a fall of {size}%")),
                (true, false) => Text::both(format!("增长{size}%"), format!("a growth of {size}%")),
            };
            Some(Finding::new(verb..by.end + 1).with("computed", text))
        })?
    });
    rates.collect()
}

/// Returns what a number may have been before it was rounded to the digits that stand there; nothing where that takes
/// more digits than a [`Decimal`] has.
fn range(passage: &Passage<'_>, number: &Range<usize>) -> Option<(Decimal, Decimal)> {
    let value = value(passage, number)?;
    let half = Decimal::try_new(5, value.scale() + 1).ok()?;
    Some((value.checked_sub(half)?, value.checked_add(half)?))
}

/// Returns the change from one level to another in percent, each known as exactly as its digits say.
fn change(from: &(Decimal, Decimal), to: &(Decimal, Decimal)) -> Option<(Decimal, Decimal)> {
    if from.0 <= Decimal::ZERO {
        return None;
    }
    Some((percent(from.1, to.0)?, percent(from.0, to.1)?))
}

/// Returns the change from one number to another in percent.
fn percent(from: Decimal, to: Decimal) -> Option<Decimal> {
    to.checked_sub(from)?.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(from)
}

/// Finds parts that are more than the whole before 其中: 总投资10亿元，其中甲12亿元.
pub(super) fn parts(passage: &Passage<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for (index, whole) in passage.numbers.iter().enumerate() {
        let end = whole.end + unit_length(passage, whole.end);
        if end == whole.end || !passage.has(end, "，其中") || !is_sum(passage, whole) {
            continue;
        }
        let Some((most, base)) = amount(passage, whole) else { continue };
        let mut from = end + 3;
        for part in &passage.numbers[index + 1..] {
            let words = from..part.start;
            if passage.chars[words.clone()].iter().any(|c| matches!(c, '，' | '。' | '；'))
                || is_change(passage, part.start)
                || is_mean(&passage.text(words))
            {
                break;
            }
            let Some((amount, _)) = amount(passage, part).filter(|(_, other)| *other == base) else { break };
            let end_of_part = part.end + unit_length(passage, part.end);
            if amount > most {
                let whole = passage.text(whole.start..end);
                found.push(Finding::new(part.start..end_of_part).with("whole", whole));
            }
            from = end_of_part;
            if passage.at(from) != Some('、') {
                break;
            }
        }
    }
    found
}

/// Returns what a number comes to, scaled by the 万 and 亿 behind it, and the unit that these scale.
fn amount(passage: &Passage<'_>, number: &Range<usize>) -> Option<(Decimal, String)> {
    let scale = scale_length(passage, number.end);
    let unit = passage.text(number.end + scale..number.end + unit_length(passage, number.end));
    Some((scaled(passage, number, value(passage, number)?)?, unit))
}

/// Tells whether a number is a whole that its parts add up to: no change, no mean, no rate.
fn is_sum(passage: &Passage<'_>, number: &Range<usize>) -> bool {
    if is_change(passage, number.start) || matches!(passage.at(number.end), Some('%' | '％' | '‰')) {
        return false;
    }
    let begin = |at: usize| {
        let is_end = |sign: &usize| matches!(passage.at(*sign), Some('，' | '。' | '；' | '：'));
        passage.signs_before(at).rfind(is_end).map_or(0, |sign| sign + 1)
    };
    let mut from = begin(number.start);
    // 村均集体经济收入增加，达到30万元: what is so much stands before.
    let goes_on = passage.one_of(from, &["达", "为", "是", "平均"]).is_some();
    if from > 0 && goes_on && passage.at(from - 1) == Some('，') {
        from = begin(from - 1);
    }
    !is_mean(&passage.text(from..number.start))
}

/// What says that a figure is a mean, a rate or a level, of which a part may be above the whole.
const MEANS: &[&str] = &[
    "均",
    "率",
    "比例",
    "占比",
    "比重",
    "比值",
    "标准",
    "单产",
    "每",
    "覆盖面",
    "密度",
    "浓度",
    "强度",
    "指数",
    "增速",
    "增幅",
    "价格",
    "单价",
    "房价",
    "物价",
    "电价",
    "水价",
    "气价",
    "地价",
    "水平",
    "系数",
    "得分",
    "寿命",
    "海拔",
    "气温",
    "最高",
    "最大",
    "最多",
];
/// Words that have one of those in them and say nothing of the kind.
const NO_MEANS: &[&str] = &[
    "高标准",
    "标准化",
    "标准厂房",
    "标准地",
    "标准箱",
    "标准件",
    "率先",
    "率领",
    "率队",
    "表率",
    "统率",
    "均衡",
    "均为",
    "均已",
    "高水平",
];

/// Tells whether the words before a figure say that it is a mean, a rate or a level.
fn is_mean(words: &str) -> bool {
    let mut words = words.to_owned();
    for other in NO_MEANS {
        words = words.replace(other, "");
    }
    MEANS.iter().any(|mean| words.contains(mean))
}

/// How far before a number a word may stand that makes it a change.
const NEAR: usize = 6;

/// Tells whether a number is by how much something changed: a part may rise by more than the whole does.
fn is_change(passage: &Passage<'_>, at: usize) -> bool {
    let before = passage.chars[at.saturating_sub(NEAR)..at].iter().rev();
    before
        .take_while(|c| !matches!(c, '，' | '。' | '；' | '、'))
        .any(|c| matches!(c, '增' | '减' | '净' | '升' | '降'))
}

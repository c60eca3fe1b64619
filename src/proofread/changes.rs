//! Holds numbers of one sentence against each other: changes against the levels that they are between, parts
//! against their whole.

use std::ops::Range;

use rust_decimal::Decimal;

use super::Finding;
use super::numbers::{unit_length, value};
use super::passage::Passage;

/// What leads from one level to the other, and whether it goes down.
const LEADS: &[(&str, bool)] = &[
    ("增加到", false),
    ("增加至", false),
    ("增长到", false),
    ("增长至", false),
    ("增至", false),
    ("提高到", false),
    ("提高至", false),
    ("上升到", false),
    ("上升至", false),
    ("扩大到", false),
    ("发展到", false),
    ("减少到", true),
    ("减少至", true),
    ("减至", true),
    ("下降到", true),
    ("下降至", true),
    ("降至", true),
    ("降到", true),
];

/// What says by how much.
const BY: &[&str] =
    &["增长了", "增长", "增加了", "增加", "提高了", "提高", "下降了", "下降", "减少了", "减少"];

/// Finds rates of change that do not follow from the levels before them: 由100家增加到150家，增长10%.
pub(super) fn wrong(passage: &Passage<'_>) -> Vec<Finding> {
    let rates = passage.numbers.windows(3).filter_map(|three| {
        let [from, to, by] = three else { return None };
        // Most numbers have other words before them.
        passage.before(to.start).filter(|last| matches!(last, '到' | '至'))?;
        let unit = unit_length(passage, from.end);
        let lead = from.end + unit;
        let (word, falls) = LEADS.iter().find(|(word, _)| passage.has(lead, word))?;
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
        let sign = if *falls { -Decimal::ONE } else { Decimal::ONE };
        let computed = change(&range(passage, from)?, &range(passage, to)?)?;
        let given = range(passage, by)?;
        let (least, most) = if *falls { (-given.1, -given.0) } else { given };
        (most < computed.0 || least > computed.1).then(|| {
            let (from, to) = (value(passage, from)?, value(passage, to)?);
            let rate = percent(from, to)? * sign;
            let text = format!("{}%", rate.round_dp(1).normalize());
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
        let unit = unit_length(passage, whole.end);
        let end = whole.end + unit;
        if unit == 0 || !passage.has(end, "，其中") || is_change(passage, whole.start) {
            continue;
        }
        let mut from = end + 3;
        for part in &passage.numbers[index + 1..] {
            let is_part = !passage.chars[from..part.start].iter().any(|c| matches!(c, '，' | '。' | '；'))
                && passage.text(part.end..part.end + unit) == passage.text(whole.end..end)
                && unit_length(passage, part.end) == unit
                && !is_change(passage, part.start);
            if !is_part {
                break;
            }
            if value(passage, part).zip(value(passage, whole)).is_some_and(|(part, whole)| part > whole) {
                let whole = passage.text(whole.start..end);
                found.push(Finding::new(part.start..part.end + unit).with("whole", whole));
            }
            from = part.end + unit;
            if passage.at(from) != Some('、') {
                break;
            }
        }
    }
    found
}

/// How far before a number a word may stand that makes it a change.
const NEAR: usize = 6;

/// Tells whether a number is by how much something changed: a part may rise by more than the whole does.
fn is_change(passage: &Passage<'_>, at: usize) -> bool {
    let before = passage.chars[at.saturating_sub(NEAR)..at].iter().rev();
    before
        .take_while(|c| !matches!(c, '，' | '。' | '；' | '、'))
        .any(|c| matches!(c, '增' | '减' | '净' | '升' | '降' | '均' | '率'))
}

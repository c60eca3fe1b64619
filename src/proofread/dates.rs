//! Judges dates and document numbers.

use std::ops::Range;

use super::Finding;
use super::character::is_hanzi;
use super::passage::{Element, Passage};

/// Finds months and days with a 0 before them: 01月05日 (GB/T 9704-2012, 7.3.5.4).
pub(super) fn padded(passage: &Passage<'_>) -> Vec<Finding> {
    let padded = |number: &Range<usize>| {
        let [zero, one] = passage.chars.get(number.clone())? else { return None };
        let is_date = passage.at(number.end).is_some_and(|c| matches!(c, '月' | '日'));
        let is_part =
            passage.before(number.start).is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'));
        (*zero == '0' && *one != '0' && is_date && !is_part).then(|| {
            let mended = format!("{one}{}", passage.text(number.end..number.end + 1));
            Finding::new(number.start..number.end + 1).mended(mended)
        })
    };
    passage.numbers.iter().filter_map(padded).collect()
}

/// Finds dates that are not written in 年月日, and years of two digits.
pub(super) fn forms(passage: &Passage<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for (index, number) in passage.numbers.iter().enumerate() {
        if let Some((end, mended)) = parted(passage, number.start) {
            found.push(Finding::new(number.start..end).mended(mended));
        } else if let Some(end) = short_year(passage, index) {
            let mended = format!("20{}", passage.text(number.start..end));
            found.push(Finding::new(number.start..end).mended(mended));
        }
    }
    found
}

/// Reads a few digits at an index.
fn digits(passage: &Passage<'_>, at: usize, most: usize) -> Option<(u32, usize)> {
    let rest = passage.chars.get(at..)?;
    let length = rest.iter().take_while(|c| c.is_ascii_digit()).count();
    if !(1..=most).contains(&length) {
        return None;
    }
    let number = rest[..length].iter().try_fold(0, |number: u32, c| Some(number * 10 + c.to_digit(10)?))?;
    Some((number, at + length))
}

/// Reads a date such as 2025.1.5, 2025-01-05 or 2025/1/5; returns where it ends and how it should be written.
fn parted(passage: &Passage<'_>, at: usize) -> Option<(usize, String)> {
    let is_part =
        passage.before(at).is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '/' | '_'));
    let (year, end) = digits(passage, at, 4)?;
    let sign = passage.at(end).filter(|c| matches!(c, '.' | '-' | '/' | '．' | '、'))?;
    let (month, end) = digits(passage, end + 1, 2)?;
    if passage.at(end) != Some(sign) || is_part {
        return None;
    }
    let (day, end) = digits(passage, end + 1, 2)?;
    let goes_on = passage.at(end).is_some_and(|c| c == sign || c.is_ascii_alphanumeric());
    let is_date =
        (1900..2200).contains(&year) && days(Some(year), month).is_some_and(|days| (1..=days).contains(&day));
    (is_date && !goes_on).then(|| (end, format!("{year}年{month}月{day}日")))
}

/// Returns where 25年1月 ends.
fn short_year(passage: &Passage<'_>, index: usize) -> Option<usize> {
    let (year, month) = (&passage.numbers[index], passage.numbers.get(index + 1)?);
    let is_year = year.len() == 2 && passage.has(year.end, "年") && month.start == year.end + 1;
    let is_part = passage.before(year.start).is_some_and(|c| {
        c.is_ascii_alphanumeric() || matches!(c, '第' | '.' | '-' | '—' | '～' | '近' | '约' | '了')
    });
    (is_year && !is_part && passage.has(month.end, "月") && month.len() <= 2).then_some(month.end + 1)
}

/// Returns how many days a month has; the most it can have where the year is not known.
fn days(year: Option<u32>, month: u32) -> Option<u32> {
    Some(match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if year.is_none_or(|year| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)) => 29,
        2 => 28,
        _ => return None,
    })
}

/// Finds days that no calendar has: 13月, 2月30日.
pub(super) fn impossible(passage: &Passage<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for (index, number) in passage.numbers.iter().enumerate() {
        let is_part = passage
            .before(number.start)
            .is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '第' | '/'));
        if is_part || number.len() > 2 || !passage.has(number.end, "月") {
            continue;
        }
        // 24月龄 is an age.
        if passage.has(number.end, "月龄") {
            continue;
        }
        let Ok(month) = passage.text(number.clone()).parse::<u32>() else { continue };
        let year = index
            .checked_sub(1)
            .map(|before| &passage.numbers[before])
            .filter(|year| year.end + 1 == number.start && passage.has(year.end, "年"));
        let start = year.map_or(number.start, |year| year.start);
        let year =
            year.filter(|year| year.len() == 4).and_then(|year| passage.text(year.clone()).parse().ok());
        let day = passage
            .numbers
            .get(index + 1)
            .filter(|day| day.start == number.end + 1 && day.len() <= 2 && passage.has(day.end, "日"));
        let value = day.and_then(|day| passage.text(day.clone()).parse::<u32>().ok());
        let is_real = match (days(year, month), value) {
            (Some(days), Some(day)) => (1..=days).contains(&day),
            (Some(_), None) => true,
            (None, _) => false,
        };
        if !is_real {
            let end = day.map_or(number.end, |day| day.end) + 1;
            found.push(Finding::new(start..end));
        }
    }
    found
}

/// Finds document numbers in another form than 〔2025〕1号 (GB/T 9704-2012, 7.2.5).
pub(super) fn document_numbers(passage: &Passage<'_>) -> Vec<Finding> {
    let number = |year: &Range<usize>| {
        let open = year.start.checked_sub(1)?;
        let (before, after) = (passage.at(open)?, passage.at(year.end)?);
        let bracketed = matches!(
            (before, after),
            ('〔', '〕') | ('[', ']') | ('［', '］') | ('(', ')') | ('（', '）') | ('【', '】')
        );
        // （26）3号 may be anything; of the brackets that years alone stand in 26 is one too.
        let is_round = matches!(before, '(' | '（');
        let is_year = match year.len() {
            4 => passage.has(year.start, "19") || passage.has(year.start, "20"),
            2 => !is_round,
            _ => false,
        };
        if !bracketed || !is_year || !passage.before(open).is_some_and(is_hanzi) {
            return None;
        }
        let ordinal = usize::from(passage.has(year.end + 1, "第"));
        let (serial, end) = digits(passage, year.end + 1 + ordinal, 6)?;
        let is_numbered = passage.has(end, "号");
        // 〔2026〕3、4号 has one 号 for both.
        let is_over = passage.at(end).is_none_or(|next| "，。；！？）》”’".contains(next));
        if !is_numbered && (is_round || year.len() == 2 || !is_over) {
            return None;
        }
        let century = if year.len() == 2 { "20" } else { "" };
        let right = format!("〔{century}{}〕{serial}号", passage.text(year.clone()));
        let end = end + usize::from(is_numbered);
        (passage.text(open..end) != right).then(|| Finding::new(open..end).mended(right))
    };
    let padded = padded_order(passage).into_iter();
    passage.numbers.iter().filter_map(number).chain(padded).collect()
}

/// Finds 令号 with a 0 before it: 第01号.
fn padded_order(passage: &Passage<'_>) -> Option<Finding> {
    let [number] = passage.numbers.as_slice() else { return None };
    let is_whole = passage.element == Some(Element::Number)
        && (number.start, number.end + 1) == (1, passage.chars.len())
        && passage.has(0, "第")
        && passage.ends(number.end + 1, "号");
    let (serial, _) = digits(passage, number.start, 6).filter(|_| is_whole && passage.at(1) == Some('0'))?;
    Some(Finding::new(0..number.end + 1).mended(format!("第{serial}号")))
}

//! Judges the elements of an official document against one another: 版头, 主送机关, 附件, 署名 and 版记
//! (《党政机关公文处理工作条例》, GB/T 9704-2012).

use std::ops::Range;

use super::Finding;
use super::passage::{Element, Passage, Place};
use crate::document::Form;

/// Returns the passages that are an element, with their places.
fn of<'p, 'a>(
    passages: &'p [Passage<'a>],
    is_it: impl Fn(Element) -> bool,
) -> impl Iterator<Item = (usize, &'p Passage<'a>)> {
    passages.iter().enumerate().filter(move |(_, passage)| passage.element.is_some_and(&is_it))
}

fn has(passages: &[Passage<'_>], element: Element) -> bool {
    of(passages, |it| it == element).next().is_some()
}

fn whole(passage: &Passage<'_>) -> Finding {
    Finding::new(0..passage.chars.len())
}

/// Returns the title, where its document is in the common format and addressed to somebody.
fn addressed_title<'p, 'a>(passages: &'p [Passage<'a>]) -> Option<(usize, &'p Passage<'a>)> {
    let is_common = has(passages, Element::Organ(Form::Document));
    let is_addressed = passages.iter().any(|passage| passage.place == Place::Salutation);
    of(passages, |it| it == Element::Title).next().filter(|_| is_common && is_addressed)
}

/// Returns where the organs of a list stand in it.
fn organs(passage: &Passage<'_>) -> Vec<Range<usize>> {
    let is_end = |c: char| matches!(c, '，' | '、' | '；' | '。' | '：');
    let mut organs = Vec::new();
    let mut start = 0;
    for end in passage.signs(is_end).chain([passage.chars.len()]) {
        if start < end {
            organs.push(start..end);
        }
        start = end + 1;
    }
    organs
}

/// Finds 请示 to more than one organ (条例, 15).
pub(super) fn request_recipients(passages: &[Passage<'_>]) -> Vec<(usize, Finding)> {
    let is_request =
        of(passages, |it| it == Element::Title).any(|(_, title)| title.ends(title.chars.len(), "请示"));
    let addressed = passages.iter().enumerate().find(|(_, passage)| passage.place == Place::Salutation);
    let several =
        addressed.filter(|_| is_request).and_then(|(index, passage)| match organs(passage).as_slice() {
            [first, .., last] => Some((index, Finding::new(first.start..last.end))),
            _ => None,
        });
    several.into_iter().collect()
}

/// Finds 请示 and 报告 that nobody is named to have signed (条例, 9).
pub(super) fn signers(passages: &[Passage<'_>]) -> Vec<(usize, Finding)> {
    let is_upward = |title: &Passage<'_>| {
        let end = title.chars.len();
        title.ends(end, "请示") || title.ends(end, "报告") && title.text(0..end).contains("关于")
    };
    let title = addressed_title(passages).filter(|(_, title)| is_upward(title));
    let unsigned = title.filter(|_| !has(passages, Element::Signer));
    unsigned.map(|(index, title)| (index, whole(title))).into_iter().collect()
}

/// Finds marks of secrecy on documents without 份号 (条例, 9).
pub(super) fn copy_numbers(passages: &[Passage<'_>]) -> Vec<(usize, Finding)> {
    let secret = of(passages, |it| it == Element::Secrecy).filter(|_| !has(passages, Element::CopyNumber));
    secret.map(|(index, passage)| (index, whole(passage))).collect()
}

/// Finds 印发机关 without 印发日期, and the other way round (7.4.3).
pub(super) fn imprints(passages: &[Passage<'_>]) -> Vec<(usize, Finding)> {
    let halves = [(Element::Printer, "印发日期", "`printed`"), (Element::Printed, "印发机关", "`printer`")];
    let has = halves.map(|(element, ..)| has(passages, element));
    if has[0] == has[1] {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (element, zh, en) in halves {
        let half = of(passages, |it| it == element);
        let missing = crate::diag::Text::both(zh, en);
        found.extend(half.map(|(index, passage)| (index, whole(passage).with("missing", missing.clone()))));
    }
    found
}

/// Finds organs among 抄送机关 that are 主送机关 already.
pub(super) fn copied_recipients(passages: &[Passage<'_>]) -> Vec<(usize, Finding)> {
    let addressed = passages.iter().filter(|passage| passage.place == Place::Salutation);
    let recipients: Vec<String> =
        addressed.flat_map(|passage| organs(passage).into_iter().map(|organ| passage.text(organ))).collect();
    let mut found = Vec::new();
    for (index, passage) in of(passages, |it| it == Element::Copies) {
        let again =
            organs(passage).into_iter().filter(|organ| recipients.contains(&passage.text(organ.clone())));
        found.extend(again.map(|organ| (index, Finding::new(organ))));
    }
    found
}

/// Finds signatures of other organs than 发文机关标志 names (条例, 9; 7.2.4).
///
/// The mark of a joint document may bear the organ in charge alone, and either may be short for the other.
pub(super) fn signatories(passages: &[Passage<'_>]) -> Vec<(usize, Finding)> {
    // Orders bear the name of a person.
    let is_organ = |it| matches!(it, Element::Organ(Form::Document | Form::Letter));
    let organs: Vec<_> = of(passages, is_organ).collect();
    if organs.iter().any(|(_, organ)| organ.is_open(&(0..organ.chars.len()))) {
        return Vec::new();
    }
    let signed: Vec<_> = of(passages, |it| it == Element::Signatory).collect();
    let agree = |organ: &Passage<'_>, signatory: &Passage<'_>| {
        let organ = organ.chars.strip_suffix(&['文', '件']).unwrap_or(&organ.chars);
        is_short_for(organ, &signatory.chars) || is_short_for(&signatory.chars, organ)
    };
    let other = match organs.as_slice() {
        [] => None,
        [(_, organ)] => {
            signed.first().filter(|_| !signed.iter().any(|(_, signatory)| agree(organ, signatory)))
        }
        several if several.len() == signed.len() => several
            .iter()
            .zip(&signed)
            .find(|((_, organ), (_, signatory))| !agree(organ, signatory))
            .map(|(_, it)| it),
        several => {
            let is_named = |signatory: &Passage<'_>| several.iter().any(|(_, organ)| agree(organ, signatory));
            let unnamed = signed.iter().find(|(_, signatory)| !is_named(signatory));
            unnamed.or(signed.last())
        }
    };
    let names: Vec<String> = organs.iter().map(|(_, organ)| organ.chars.iter().collect()).collect();
    other
        .map(|(index, passage)| (*index, whole(passage).with("organs", names.join("、"))))
        .into_iter()
        .collect()
}

/// Tells whether one name has the characters of another in their order: 岑汀市政府 of 岑汀市人民政府.
fn is_short_for(short: &[char], long: &[char]) -> bool {
    let mut rest = long.iter();
    short.iter().all(|c| rest.any(|other| other == c))
}

/// What stands before an attachment that the text refers to as its own.
const REFERRING: &[&str] = &["见", "照", "按", "写", "将", "把", "附", "至", "送"];

/// Finds attachments that the text refers to by a number above that of the last one (7.3.4).
///
/// What an attachment says is its own affair, and so are 《办法》附件4 and 国发〔2025〕1号附件4.
pub(super) fn absent_attachments(passages: &[Passage<'_>]) -> Vec<(usize, Finding)> {
    let count = |place: Place| passages.iter().filter(|passage| passage.place == place).count();
    let last = count(Place::Listed).max(count(Place::Attached));
    let mut found = Vec::new();
    let own = passages.iter().enumerate().take_while(|(_, passage)| passage.place != Place::Attached);
    for (index, passage) in own.filter(|(_, passage)| passage.is_prose()) {
        for number in passage.numbers.iter().filter(|number| passage.ends(number.start, "附件")) {
            let start = number.start - 2;
            let Ok(wanted) = passage.text(number.clone()).parse::<usize>() else { continue };
            let clause = passage.chars[..start].iter().rev().take_while(|c| !"。；！？".contains(**c));
            let is_other = clause.into_iter().any(|c| matches!(c, '》' | '〕' | '号'));
            let after_number = |at: usize| passage.before(at).is_some_and(|c| c.is_ascii_digit());
            let refers = passage.begins_clause(start)
                || passage.before(start).is_some_and(|c| "（(、".contains(c))
                || passage.one_before(start, REFERRING).is_some()
                || passage.one_before(start, &["和", "及", "与"]).is_some() && after_number(start - 1);
            if wanted > last && number.len() <= 2 && refers && !is_other {
                let count = u32::try_from(last).unwrap_or(u32::MAX);
                found.push((index, Finding::new(start..number.end).with("count", count.to_string())));
            }
        }
    }
    found
}

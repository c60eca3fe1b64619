//! Finds characters that look right and are not: full-width digits, spaces, dots, circles for 〇.

use std::ops::Range;

use super::Finding;
use super::character::{closing, digit, is_hanzi, is_numeral, is_wide};
use super::passage::{Passage, Place};
use crate::document::DatumKind;

/// Returns the half-width form of a full-width letter, digit or sign of a number.
fn half(c: char) -> Option<char> {
    match c {
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '％' => char::from_u32(u32::from(c) - 0xfee0),
        _ => None,
    }
}

/// Tells whether a point stands between two digits of either width.
fn is_decimal_point(passage: &Passage<'_>, at: usize) -> bool {
    let is_digit = |c: Option<char>| c.is_some_and(char::is_numeric);
    passage.at(at) == Some('.') && is_digit(passage.before(at)) && is_digit(passage.at(at + 1))
}

/// Finds full-width letters and digits, and full-width points and commas inside a number.
pub(super) fn full_width(passage: &Passage<'_>) -> Vec<Finding> {
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit() || matches!(c, '０'..='９'));
    let inner = |index: usize| {
        let between = is_digit(index.checked_sub(1).and_then(|index| passage.at(index)))
            && is_digit(passage.at(index + 1));
        match passage.at(index) {
            Some('．') if between => Some('.'),
            Some('，') if between => {
                let digits = passage.chars[index + 1..].iter().take_while(|c| is_digit(Some(**c))).count();
                let before = passage.chars[..index].iter().rev().take_while(|c| is_digit(Some(**c))).count();
                (digits == 3 && before <= 3).then_some(',')
            }
            _ => None,
        }
    };
    let wrong = |index: usize| passage.at(index).and_then(half).or_else(|| inner(index));
    // Most passages have none.
    if passage.signs.iter().all(|sign| wrong(*sign).is_none()) {
        return Vec::new();
    }
    // What a letter, a digit or a sign of a number should be; nothing for another character.
    let mended = |index: usize| {
        let is_right = |c: &char| c.is_ascii_alphanumeric() || is_decimal_point(passage, index);
        wrong(index).or_else(|| passage.at(index).filter(is_right))
    };
    let mut found = Vec::new();
    let mut end = 0;
    for start in passage.signs(|_| true) {
        if start < end {
            continue;
        }
        end = start + (start..).map_while(mended).count();
        let is_found = (start..end).any(|index| wrong(index).is_some());
        let mended: String = (start..end).filter_map(mended).collect();
        // ＸＸ is a placeholder, told as one.
        if is_found && !mended.chars().all(|c| c.eq_ignore_ascii_case(&'x')) {
            found.push(Finding::new(start..end).mended(mended));
        }
    }
    found
}

/// Spaces, and characters that take no room at all.
pub(super) const SPACES: &[char] = &[
    '\t', '\n', '\u{b}', '\u{c}', '\r', ' ', '\u{85}', '\u{a0}', '\u{ad}', '\u{1680}', '\u{2000}',
    '\u{2001}', '\u{2002}', '\u{2003}', '\u{2004}', '\u{2005}', '\u{2006}', '\u{2007}', '\u{2008}',
    '\u{2009}', '\u{200a}', '\u{200b}', '\u{200c}', '\u{200d}', '\u{2028}', '\u{2029}', '\u{202f}',
    '\u{205f}', '\u{2060}', '\u{3000}', '\u{feff}',
];

/// Tells whether a character is one of [`SPACES`].
fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
}

/// Finds spaces beside hanzi and Chinese marks.
///
/// A name has its own of Latin words; between two hanzi none belongs there, but that which makes a name of two hanzi as
/// long as those of three in a list of people.
pub(super) fn spaces(passage: &Passage<'_>) -> Vec<Finding> {
    let is_read = passage.is_prose() || matches!(passage.place, Place::Salutation | Place::Signature);
    if !is_read && !passage.is_heading() {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut index = 0;
    while let Some(c) = passage.at(index) {
        if !is_space(c) {
            index += 1;
            continue;
        }
        let start = index;
        index += passage.chars[index..].iter().take_while(|c| is_space(**c)).count();
        let sides = [passage.before(start), passage.at(index)];
        let mut beside = sides.into_iter().flatten().any(is_wide);
        if !is_read {
            // A blank of a whole cell may part what a title says.
            beside = passage.chars[start..index] == [' ']
                && sides.into_iter().flatten().filter(|c| is_hanzi(*c)).count() == 2;
        }
        // An empty pair of brackets is told as a blank.
        let is_blank = sides[0].and_then(closing) == sides[1];
        if beside
            && !is_blank
            && !is_of_name(passage, &(start..index))
            && passage.before(start) != Some('.')
            && !follows_chapter(passage, start)
            && !stands_before_person(passage, start..index)
        {
            found.push(Finding::new(start.saturating_sub(1)..(index + 1).min(passage.chars.len())));
        }
    }
    found
}

/// Tells whether a space belongs to the name that it stands in.
fn is_of_name(passage: &Passage<'_>, space: &Range<usize>) -> bool {
    let Some(datum) = passage.datum(space.start).filter(|_| passage.is_name(space.start)) else {
        return false;
    };
    let sides = [space.start.checked_sub(1), Some(space.end)];
    let within = sides.into_iter().flatten().filter(|side| {
        passage.at(*side).is_some_and(is_hanzi) && passage.datum(*side).is_some_and(|other| other == datum)
    });
    // 钱　喆 is a person's, wherever it stands.
    let is_person = matches!(datum.kind, DatumKind::Person | DatumKind::Listed)
        || passage.piece_at(space.start) == (space.start.saturating_sub(1)..space.end + 1);
    within.count() < 2 || is_person && passage.chars[space.clone()].iter().all(|c| *c == '\u{3000}')
}

/// Tells whether 第一章 or 第二条 stands before a space; these take one (B.3.6).
fn follows_chapter(passage: &Passage<'_>, at: usize) -> bool {
    at <= 8
        && passage.at(0) == Some('第')
        && passage.before(at).is_some_and(|c| matches!(c, '章' | '节' | '条' | '篇' | '编' | '款'))
}

/// Dots that are taken for ·.
pub(super) const DOTS: &[char] = &['•', '・', '‧', '∙', '⋅', '･', '．'];

/// Tells whether a space of a template parts a post from the name after it: 市长　赵堃.
fn stands_before_person(passage: &Passage<'_>, space: Range<usize>) -> bool {
    space.len() == 1
        && passage.at(space.start) == Some('\u{3000}')
        && passage.datum(space.start).is_none()
        && passage.datum(space.end).is_some_and(|datum| datum.kind == DatumKind::Person)
}

/// Finds other dots than · between hanzi.
pub(super) fn middle_dots(passage: &Passage<'_>) -> Vec<Finding> {
    let dot = |index: usize| {
        let sides = [passage.before(index), passage.at(index + 1)];
        let between = sides.iter().all(|c| c.is_some_and(|c| is_hanzi(c) || c.is_ascii_alphanumeric()));
        let beside_hanzi = sides.into_iter().flatten().any(is_hanzi);
        let is_of_name = passage.is_name(index) && !passage.is_within_hanzi(index);
        (between && beside_hanzi && !is_of_name && !ends_label(passage, index))
            .then(|| Finding::new(index..index + 1).mended("·"))
    };
    passage.signs(|c| DOTS.contains(&c)).filter_map(dot).collect()
}

/// Tells whether a dot ends the number that a passage begins with, which is told as a wrong mark of it: 2．名单.
fn ends_label(passage: &Passage<'_>, at: usize) -> bool {
    let number = passage.chars.get(passage.label..at).filter(|_| passage.at(at) == Some('．'));
    let is_arabic = |number: &[char]| number.len() <= 2 && number.iter().all(char::is_ascii_digit);
    let prose = (passage.is_prose() || passage.is_heading()) && passage.at(at + 1).is_some_and(is_hanzi);
    prose && number.is_some_and(|number| is_arabic(number) || number.iter().all(|c| is_numeral(*c)))
}

/// Finds years in hanzi with another character for 〇.
pub(super) fn zeros(passage: &Passage<'_>) -> Vec<Finding> {
    let year = |index: usize| {
        let start = index.checked_sub(4)?;
        let year = &passage.chars[start..index];
        let is_zero = |c: &char| matches!(c, '○' | 'O' | 'o' | 'Ｏ' | '0' | '零' | '◯');
        let is_digit = |c: &char| digit(*c).is_some() && *c != '零';
        let digits = year.iter().filter(|c| is_digit(c)).count();
        let zeros = year.iter().filter(|c| is_zero(c)).count();
        (digits >= 2 && zeros >= 1 && digits + zeros == 4).then(|| {
            let mended: String = year.iter().map(|c| if is_zero(c) { '〇' } else { *c }).collect();
            Finding::new(start..index).mended(mended)
        })
    };
    let found = passage.places(|c| c == '年').filter_map(year);
    if passage.place == Place::Cell { Vec::new() } else { found.collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_are_all_listed() {
        assert!(('\0'..=char::MAX).all(|c| is_space(c) == SPACES.contains(&c)));
    }
}

//! Judges numbers of headings and clauses, and how headings and paragraphs end.

use super::Finding;
use super::character::{closing, is_hanzi, is_numeral, is_point, ordinal};
use super::numbers::unit_length;
use super::passage::{Passage, Place};

/// Finds marks at the end of headings on a line of their own (B.4).
pub(super) fn heading_ends(passage: &Passage<'_>) -> Vec<Finding> {
    let last = passage.chars.len() - 1;
    let is_mark = matches!(passage.at(last), Some('。' | '，' | '、' | '；' | '：'));
    let found = passage.is_heading() && is_mark;
    found.then(|| Finding::new(last..last + 1)).into_iter().collect()
}

/// The fewest hanzi of a paragraph that is surely one.
const PARAGRAPH: usize = 10;

/// Finds paragraphs that end without a mark, and 主送机关 without its colon.
pub(super) fn paragraph_ends(passage: &Passage<'_>) -> Vec<Finding> {
    let length = passage.chars.len();
    let last = passage.at(length - 1);
    let found = match passage.place {
        Place::Salutation => last != Some('：'),
        Place::Body => {
            let ends =
                matches!(last, Some('。' | '！' | '？' | '：' | '；' | '…' | '”' | '’' | '）' | '》' | '】'));
            // A short one may be a name; but none ends in the midst of a sentence, a clause that goes on in the next apart.
            let breaks_off = passage.label == 0 && matches!(last, Some('，' | '、'));
            !ends && (breaks_off || passage.hanzi(&(0..length)) >= PARAGRAPH)
        }
        _ => false,
    };
    found.then(|| Finding::new(length - 1..length)).into_iter().collect()
}

/// A number of a heading or a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Label {
    form: Form,
    number: u32,
    /// Where it ends, its mark included.
    end: usize,
}

/// The forms of numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// `（一）`, `（1）`.
    Bracketed,
    /// `一、`.
    Hanzi,
    /// `1.`.
    Arabic,
    /// `一是`.
    Clause,
    /// `第一，`.
    Ordinal,
}

/// Reads the number at an index.
fn label(passage: &Passage<'_>, at: usize) -> Option<Label> {
    let rest = passage.chars.get(at..)?;
    let label = |form, number, length: usize| Some(Label { form, number, end: at + length });
    let arabic = |chars: &[char]| {
        let digits: String = chars.iter().take_while(|c| c.is_ascii_digit()).take(2).collect();
        Some((digits.parse().ok()?, digits.len()))
    };
    match *rest.first()? {
        '（' | '(' => {
            let (number, length) = ordinal(&rest[1..]).or_else(|| arabic(&rest[1..]))?;
            matches!(rest.get(length + 1), Some('）' | ')'))
                .then(|| label(Form::Bracketed, number, length + 2))?
        }
        '第' => {
            let (number, length) = ordinal(&rest[1..])?;
            (rest.get(length + 1) == Some(&'，')).then(|| label(Form::Ordinal, number, length + 2))?
        }
        c if c.is_ascii_digit() => {
            let (number, length) = arabic(rest)?;
            let is_mark = matches!(rest.get(length), Some('.' | '．' | '、'));
            let ends = rest.get(length + 1).is_none_or(|c| !c.is_ascii_digit());
            (is_mark && ends).then(|| label(Form::Arabic, number, length + 1))?
        }
        _ => {
            let (number, length) = ordinal(rest)?;
            match rest.get(length) {
                Some('、') => label(Form::Hanzi, number, length + 1),
                Some('是') => label(Form::Clause, number, length + 1),
                _ => None,
            }
        }
    }
}

/// Finds a number with a mark that it does not have: `（一）、`, `第一、`, `1、`, `一是，` (B.3).
pub(super) fn marks(passage: &Passage<'_>) -> Vec<Finding> {
    if !passage.is_prose() && !passage.is_heading() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for at in passage.starts() {
        let c = passage.chars[at];
        if !matches!(c, '（' | '(' | '第' | '首' | '其' | '最') && !c.is_ascii_digit() && !is_numeral(c)
        {
            continue;
        }
        let first = at == 0 || at == passage.label;
        if !first && (!passage.begins_clause(at) || passage.before(at) == Some('”')) {
            continue;
        }
        if let Some(finding) = mark(passage, at, first) {
            found.push(finding);
        }
    }
    found
}

fn mark(passage: &Passage<'_>, at: usize, first: bool) -> Option<Finding> {
    let c = passage.at(at)?;
    let is_word = |index: usize| passage.at(index).is_some_and(is_hanzi);
    let finding = |end: usize, mended: &str| {
        let mended = format!("{}{mended}", passage.text(at..end - 1));
        Some(Finding::new(at..end).mended(mended))
    };
    match c {
        '（' | '(' => {
            let end = label(passage, at)?.end;
            let doubled = passage.at(end).is_some_and(|c| is_point(c) || c == '.');
            (doubled && is_word(end + 1)).then(|| finding(end + 1, ""))?
        }
        '第' => {
            let (_, length) = ordinal(&passage.chars[at + 1..])?;
            let end = at + length + 2;
            let next = passage.at(end)?;
            let more = next == '第' || is_numeral(next);
            (passage.at(end - 1) == Some('、') && is_hanzi(next) && !more).then(|| finding(end, "，"))?
        }
        '首' | '其' | '最' => {
            let end = at + 3;
            let word = passage.one_of(at, &["首先、", "其次、", "最后、"]);
            let more = passage.one_of(end, &["其次", "再次", "最后"]).is_some();
            (word.is_some() && !more).then(|| finding(end, "，"))?
        }
        c if c.is_ascii_digit() => {
            let label = label(passage, at).filter(|label| first && label.form == Form::Arabic)?;
            (passage.at(label.end - 1) != Some('.') && is_word(label.end)).then(|| finding(label.end, "."))?
        }
        _ => {
            let (_, length) = ordinal(&passage.chars[at..])?;
            let end = at + length + 1;
            match passage.at(end - 1)? {
                '.' | '．' | '，' | ',' if first && is_word(end) => finding(end, "、"),
                '是' if passage.at(end).is_some_and(|c| matches!(c, '，' | '、' | '：'))
                    && !first_to_last(passage, end) =>
                {
                    finding(end + 1, "")
                }
                _ => None,
            }
        }
    }
}

/// Tells whether a clause goes on after `一是、`: 一是、二是.
fn first_to_last(passage: &Passage<'_>, at: usize) -> bool {
    passage.at(at + 1).is_some_and(is_numeral)
}

/// Finds a number after a number: the program's and one typed in the data.
pub(super) fn doubled(passage: &Passage<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    if passage.place == Place::Caption
        && let Some(end) = caption_number(passage)
    {
        found.push(Finding::new(0..end));
    }
    if let Some(end) = attachment_number(passage) {
        let name = passage.text(end..passage.chars.len());
        found.push(Finding::new(passage.label..passage.chars.len()).mended(name));
    } else if passage.label > 0
        && let Some(second) = label(passage, passage.label)
    {
        found.push(Finding::new(0..second.end));
    }
    for at in passage.starts().filter(|at| *at >= passage.label) {
        let is_start =
            passage.before(at).is_none_or(|c| matches!(c, '；' | '：')) || ends_sentence(passage, at);
        if !is_start || at == passage.label && passage.label > 0 {
            continue;
        }
        let Some(one) = label(passage, at) else { continue };
        // 一、二、三产业 is a list of numbers.
        if let Some(two) =
            label(passage, one.end).filter(|_| matches!(one.form, Form::Clause | Form::Bracketed))
            && (two.form == one.form || two.form == Form::Clause)
        {
            found.push(Finding::new(at..two.end));
        }
    }
    found
}

/// Returns where the number ends that an attachment's name begins with: 附件2：, 附件:, 1.; not 附件材料, 3.15.
pub(super) fn attachment_number(passage: &Passage<'_>) -> Option<usize> {
    let start = passage.label;
    let is_attachment = matches!(passage.place, Place::Listed | Place::Attached);
    let is_typed = is_attachment && passage.has(start, "附件");
    let digits_at = start + if is_typed { 2 } else { 0 };
    let is_digit = |c: &&char| c.is_ascii_digit() || is_numeral(**c);
    let digits = passage.chars.get(digits_at..)?.iter().take_while(is_digit).count();
    let mut end = digits_at + digits;
    if is_typed {
        let is_mark = |c: &&char| matches!(c, '：' | ':' | '.' | '．' | '、' | ' ' | '\u{3000}');
        let marks = passage.chars[end..].iter().take_while(is_mark).count();
        // Not 附件一览表, 附件2026年清单, 附件1-1清单.
        let is_number = (1..=2).contains(&digits)
            && passage.at(digits_at).is_some_and(|c| c.is_ascii_digit())
            && passage.at(end).is_some_and(|c| is_hanzi(c) || c == '《');
        end += marks;
        return (marks > 0 || is_number).then_some(end).filter(|end| *end < passage.chars.len());
    }
    let is_arabic = passage.at(start).is_some_and(|c| c.is_ascii_digit());
    let is_mark = matches!(passage.at(end), Some('.' | '．' | '、'));
    let is_name = passage.at(end + 1).is_some_and(is_hanzi);
    (is_attachment && is_arabic && digits <= 2 && is_mark && is_name).then_some(end + 1)
}

/// Returns where the number of a table or a chart ends that a caption begins with: 表1, 图2：; not 表2025年, 图3种.
fn caption_number(passage: &Passage<'_>) -> Option<usize> {
    let kind = passage.one_of(0, &["附表", "附图", "表", "图"])?;
    let start = kind.chars().count();
    let start = start + usize::from(passage.at(start) == Some(' '));
    let digits = passage.chars[start..].iter().take_while(|c| c.is_ascii_digit()).count();
    let end = start + digits;
    let goes_on = passage.at(end).is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '%' | '/'));
    let counts = unit_length(passage, end) > 0;
    ((1..=2).contains(&digits) && !goes_on && !counts).then_some(end)
}

/// Finds numbers that leave one out or come twice: 一是, 二是; 第一，第二，; 一、二、 and （一）（二） of headings that were
/// typed.
pub(super) fn order(passages: &[Passage<'_>]) -> Vec<(usize, Finding)> {
    let mut found = typed_order(passages);
    // The last number of either form; paragraphs that follow one another go on counting.
    let mut last = [(Form::Clause, 0), (Form::Ordinal, 0)];
    for (index, passage) in passages.iter().enumerate() {
        let has_heading =
            passage.label > 0 && passage.at(0).is_some_and(|c| closing(c).is_some() || c == '第');
        if passage.place != Place::Body || has_heading {
            last = [(Form::Clause, 0), (Form::Ordinal, 0)];
        }
        if passage.place != Place::Body {
            continue;
        }
        for at in passage.starts() {
            let starts = at == 0
                || at == passage.label
                || passage.before(at).is_some_and(|c| matches!(c, '；' | '：' | '，'))
                || ends_sentence(passage, at);
            if !starts || !passage.at(at).is_some_and(|c| c == '第' || is_numeral(c)) {
                continue;
            }
            let Some(label) = label(passage, at) else { continue };
            for (form, number) in &mut last {
                if *form == label.form {
                    if label.number != 1 && label.number != *number + 1 {
                        let wanted = ordinal_text(passage, &label, *number + 1);
                        found.push((index, Finding::new(at..label.end).with("wanted", wanted)));
                    }
                    *number = label.number;
                }
            }
        }
    }
    found
}

/// Finds headings that were typed with a number that does not follow the one before it on their level.
fn typed_order(passages: &[Passage<'_>]) -> Vec<(usize, Finding)> {
    let mut found = Vec::new();
    let mut last = [0; 2];
    for (index, passage) in passages.iter().enumerate() {
        if passage.place == Place::Attached {
            last = [0; 2];
        }
        let Some(level @ 1..=2) = passage.level.map(usize::from) else { continue };
        let wanted = last[level - 1] + 1;
        last[level..].fill(0);
        let form = [Form::Hanzi, Form::Bracketed][level - 1];
        let Some(label) = label(passage, 0).filter(|label| label.form == form) else { continue };
        last[level - 1] = label.number;
        // A heading of the template's is numbered by the program.
        if passage.label == 0 && label.number != 1 && label.number != wanted {
            let numeral = ordinal_text(passage, &label, wanted);
            let wanted = if form == Form::Bracketed { format!("（{numeral}") } else { numeral };
            found.push((index, Finding::new(0..label.end).with("wanted", wanted)));
        }
    }
    found
}

/// Finds attachments whose titles 附件说明 does not give, where there is one (GB/T 9704-2012, 7.3.7).
pub(super) fn attachment_names(passages: &[Passage<'_>]) -> Vec<(usize, Finding)> {
    let of = |place: Place| passages.iter().enumerate().filter(move |(_, passage)| passage.place == place);
    let listed: Vec<&[char]> =
        of(Place::Listed).map(|(_, passage)| &passage.chars[passage.label..]).collect();
    let attached: Vec<_> = of(Place::Attached).collect();
    // A name that no attachment has is the one that is meant, or else the list.
    let free = listed.iter().filter(|name| !attached.iter().any(|(_, passage)| passage.chars == ***name));
    let names = free.map(|name| name.iter().collect::<String>()).collect::<Vec<_>>().join("、");
    let is_other = |(_, passage): &(usize, &Passage<'_>)| !listed.contains(&&passage.chars[..]);
    let other = attached.iter().filter(|attached| !listed.is_empty() && is_other(attached));
    other
        .map(|(index, passage)| (*index, Finding::new(0..passage.chars.len()).with("names", names.as_str())))
        .collect()
}

/// Tells whether a sentence ends before an index, be it a quoted one: 。 ？ ！ …… and 。”.
fn ends_sentence(passage: &Passage<'_>, at: usize) -> bool {
    let is_end = |c: Option<char>| c.is_some_and(|c| matches!(c, '。' | '？' | '！' | '…'));
    let is_closing = |c: char| matches!(c, '”' | '’' | '）');
    let before = passage.before(at);
    is_end(before)
        || before.is_some_and(is_closing) && is_end(at.checked_sub(1).and_then(|at| passage.before(at)))
}

fn ordinal_text(passage: &Passage<'_>, label: &Label, number: u32) -> String {
    let digits = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let (tens, ones) = ((number / 10) as usize, (number % 10) as usize);
    let numeral = match tens {
        0 => digits[ones].to_owned(),
        1 => format!("十{}", digits[ones]),
        _ => format!("{}十{}", digits[tens % 10], digits[ones]),
    };
    let end = passage.text(label.end - 1..label.end);
    if label.form == Form::Ordinal { format!("第{numeral}{end}") } else { format!("{numeral}{end}") }
}

//! Characters by what they may do in a line (GB/T 15834-2011, 5.1), and numbers as headings have them.

pub(super) use crate::words::is_hanzi;

/// Marks that never begin a line.
const NEVER_FIRST: &str = "。．，、；：？！‼⁇⁈⁉）】〕》〉」』”’］｝…—–～·％%‰℃/.,:;?!)]}";
/// Marks that never end a line.
const NEVER_LAST: &str = "（【〔《〈「『“‘［｛￥＄№/([{";
/// Marks whose ink stands in the left half of their cell, so that half of it is blank at a line's end.
const CLOSING: &str = "。．，、；：？！）】〕》〉」』”’］｝";
/// Marks whose ink stands in the right half of their cell.
const OPENING: &str = "（【〔《〈「『“‘［｛";

/// Tells whether a mark never begins a line.
pub(super) fn is_never_first(character: char) -> bool {
    NEVER_FIRST.contains(character)
}

/// Tells whether a mark never ends a line.
pub(super) fn is_never_last(character: char) -> bool {
    NEVER_LAST.contains(character)
}

/// Tells whether a mark's right half may be blank.
pub(super) fn is_closing(character: char) -> bool {
    CLOSING.contains(character)
}

/// Tells whether a mark's left half may be blank.
pub(super) fn is_opening(character: char) -> bool {
    OPENING.contains(character)
}

/// The number of a heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Label {
    /// 1 for 一、 to 4 for （1）.
    pub(super) level: usize,
    /// The number itself.
    pub(super) number: usize,
    /// How many characters it takes with its marks.
    pub(super) length: usize,
    /// Whether it is written as the standard has it; 一. and (一) and 1、 are not.
    pub(super) well_formed: bool,
}

impl Label {
    /// Reads the number at the start of a text.
    pub(super) fn read(text: &[char]) -> Option<Self> {
        let open = text.first().filter(|first| matches!(first, '（' | '('));
        let rest = &text[usize::from(open.is_some())..];
        let chinese =
            rest.iter().take_while(|character| "一二三四五六七八九十百零".contains(**character)).count();
        let digits = rest.iter().take_while(|character| character.is_ascii_digit()).count();
        let (length, is_chinese) = if chinese > 0 { (chinese, true) } else { (digits, false) };
        if length == 0 || length > 5 {
            return None;
        }
        let number = if is_chinese {
            numeral(&rest[..length])?
        } else {
            rest[..length].iter().collect::<String>().parse().ok()?
        };
        let after = rest.get(length).copied()?;
        let next = rest.get(length + 1).copied();
        let level = match (open.is_some(), is_chinese) {
            (false, true) => 1,
            (true, true) => 2,
            (false, false) => 3,
            (true, false) => 4,
        };
        let (fits, well_formed) = match (level, after) {
            (1, '、') => (true, true),
            (1, '.' | '．' | '，') => (true, false),
            (2 | 4, '）') => (true, open == Some(&'（')),
            (2 | 4, ')') => (true, false),
            (3, '.') => (next.is_none_or(|next| !next.is_ascii_digit()), true),
            (3, '．' | '、') => (true, after == '．'),
            _ => (false, false),
        };
        let length = length + 1 + usize::from(open.is_some());
        fits.then_some(Self { level, number, length, well_formed })
    }

    /// Writes a number of a level as the standard has it.
    pub(super) fn write(level: usize, number: usize) -> String {
        match level {
            1 => format!("{}、", chinese(number)),
            2 => format!("（{}）", chinese(number)),
            3 => format!("{number}."),
            _ => format!("（{number}）"),
        }
    }
}

const DIGITS: &str = "一二三四五六七八九";

/// Reads a number below 1000 in hanzi.
fn numeral(text: &[char]) -> Option<usize> {
    let digit = |character: char| DIGITS.chars().position(|own| own == character).map(|at| at + 1);
    if let [hundreds, '百', rest @ ..] = text {
        let rest = rest.strip_prefix(&['零']).unwrap_or(rest);
        return Some(digit(*hundreds)? * 100 + if rest.is_empty() { 0 } else { numeral(rest)? });
    }
    match text {
        ['十'] => Some(10),
        ['十', ones] => Some(10 + digit(*ones)?),
        [tens, '十'] => Some(digit(*tens)? * 10),
        [tens, '十', ones] => Some(digit(*tens)? * 10 + digit(*ones)?),
        [ones] => digit(*ones),
        _ => None,
    }
}

/// Writes a number below 1000 in hanzi.
fn chinese(number: usize) -> String {
    let digit = |number: usize| DIGITS.chars().nth(number.wrapping_sub(1));
    let (hundreds, tens, ones) = (number / 100 % 10, number / 10 % 10, number % 10);
    let mut text = String::new();
    if hundreds > 0 {
        text.extend(digit(hundreds));
        text.push('百');
        if tens == 0 && ones > 0 {
            text.push('零');
        }
    }
    if tens > 1 || (tens == 1 && hundreds > 0) {
        text.extend(digit(tens));
    }
    if tens > 0 {
        text.push('十');
    }
    text.extend(digit(ones));
    text
}

/// Tells whether a text is a date, 2026年1月5日; well formed or with zeros before the month or the day.
pub(super) fn date(text: &[char]) -> Option<bool> {
    let text: String = text.iter().collect();
    let (year, rest) = text.split_once('年')?;
    let (month, rest) = rest.split_once('月')?;
    let day = rest.strip_suffix('日')?;
    let all = |part: &str, range: std::ops::RangeInclusive<usize>, characters: &str| {
        range.contains(&part.chars().count()) && part.chars().all(|character| characters.contains(character))
    };
    let arabic = "0123456789";
    if all(year, 4..=4, arabic) && all(month, 1..=2, arabic) && all(day, 1..=2, arabic) {
        return Some(!month.starts_with('0') && !day.starts_with('0'));
    }
    let hanzi = "〇○零一二三四五六七八九十";
    (all(year, 4..=4, hanzi) && all(month, 1..=2, hanzi) && all(day, 1..=3, hanzi)).then_some(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn characters(text: &str) -> Vec<char> {
        text.chars().collect()
    }

    #[test]
    fn labels_are_read_as_they_are_written() {
        for number in 1..=999 {
            for level in 1..=4 {
                let text = Label::write(level, number) + "总则";
                let label = Label::read(&characters(&text)).unwrap();
                assert_eq!((label.level, label.number, label.well_formed), (level, number, true), "{text}");
                assert_eq!(label.length, text.chars().count() - 2, "{text}");
            }
        }
    }

    #[test]
    fn other_forms_are_told() {
        for (text, level) in [("(一)总则", 2), ("一.总则", 1), ("1、总则", 3), ("(1)总则", 4)] {
            let label = Label::read(&characters(text)).unwrap();
            assert_eq!((label.level, label.well_formed), (level, false), "{text}");
        }
        for text in ["1.5亿元", "一是", "2025年", "十分", "（二〇二六年）", "总则", ""] {
            assert_eq!(Label::read(&characters(text)), None, "{text}");
        }
    }

    #[test]
    fn dates_are_told_from_other_lines() {
        assert_eq!(date(&characters("2026年1月5日")), Some(true));
        assert_eq!(date(&characters("2026年01月05日")), Some(false));
        assert_eq!(date(&characters("二〇二六年一月五日")), Some(false));
        assert_eq!(date(&characters("2026年1月5日印发")), None);
        assert_eq!(date(&characters("26年1月5日")), None);
    }
}

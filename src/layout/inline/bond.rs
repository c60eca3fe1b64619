//! Says how strongly neighbouring characters hold together at a line's end.
//!
//! UAX 14 gives the candidates between letters; the tailoring for Chinese official documents is ours:
//! forbidden starts and ends, numbers with their units, dates, ranges, names given by data, labels. A line
//! breaks where nothing holds; only when no line can be made so does the weakest bond give way.

use icu_segmenter::options::{LineBreakOptions, LineBreakStrictness};
use icu_segmenter::{LineSegmenter, LineSegmenterBorrowed};

use super::class::{Class, forbidden_at_end, forbidden_at_start};
use super::collect::Letter;
use crate::document::DatumKind;

/// How strongly two neighbours hold together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Bond {
    /// A line may break here.
    Free,
    /// Better not: after 年 and 月 in a date, inside 一是.
    Weak,
    /// Inside a short name.
    Name,
    /// Between a number and its unit, sign or counter; inside a person's name.
    Unit,
    /// Inside a word or a number.
    Word,
    /// A mark would stand where no mark may stand.
    Mark,
    /// Inside —— or ……, or a line that would be empty.
    Whole,
}

/// The longest name, in characters, that is kept on one line.
const SHORT_NAME: usize = 6;

/// The most characters of a person's name, and of a part of one before its dot.
const LONGEST_NAME: usize = 3;
const LONGEST_PART: usize = 4;

/// Units, counters and what else stays with the number before it; the longest match holds.
const UNITS: &[&str] = &[
    "个工作日",
    "个百分点",
    "百分点",
    "平方公里",
    "平方千米",
    "平方米",
    "立方米",
    "万平方米",
    "万立方米",
    "千瓦时",
    "万千瓦",
    "千瓦",
    "公里",
    "千米",
    "公顷",
    "公斤",
    "千克",
    "厘米",
    "毫米",
    "美元",
    "欧元",
    "港元",
    "日元",
    "批次",
    "人次",
    "户次",
    "车次",
    "家次",
    "小时",
    "分钟",
    "周年",
    "周岁",
    "年度",
    "季度",
    "个月",
    "万元",
    "亿元",
    "万亿元",
    "万亩",
    "万吨",
    "亿吨",
    "万人",
    "亿人",
    "万美元",
    "亿美元",
    "万户",
    "万件",
    "万个",
    "万家",
    "万辆",
    "万套",
    "万公里",
    "万千瓦时",
    "亿千瓦时",
    "亿斤",
    "万头",
    "万亿",
    "万",
    "亿",
    "千",
    "百",
    "元",
    "角",
    "分",
    "个",
    "家",
    "项",
    "件",
    "处",
    "座",
    "条",
    "名",
    "位",
    "人",
    "户",
    "所",
    "场",
    "次",
    "起",
    "例",
    "类",
    "种",
    "批",
    "届",
    "年",
    "月",
    "日",
    "天",
    "时",
    "秒",
    "岁",
    "幢",
    "栋",
    "亩",
    "吨",
    "米",
    "斤",
    "克",
    "升",
    "度",
    "倍",
    "成",
    "折",
    "级",
    "档",
    "等",
    "版",
    "期",
    "号",
    "路",
    "辆",
    "台",
    "套",
    "艘",
    "架",
    "架次",
    "列",
    "班",
    "趟",
    "间",
    "层",
    "楼",
    "张",
    "本",
    "部",
    "篇",
    "份",
    "册",
    "幅",
    "支",
    "只",
    "头",
    "匹",
    "棵",
    "株",
    "片",
    "块",
    "段",
    "点",
    "步",
    "站",
    "区",
    "县",
    "市",
    "省",
    "村",
    "乡",
    "镇",
    "组",
    "队",
    "桌",
    "床",
    "门",
    "口",
    "眼",
    "盏",
    "枚",
    "副",
    "双",
    "对",
    "周",
    "旬",
    "轮",
    "章",
    "节",
    "款",
    "目",
    "字",
    "词",
    "句",
    "词条",
    "海里",
    "伏",
    "安",
    "瓦",
];

/// What each of the units begins with: a hanzi, which is three bytes. Few have the same.
const UNIT_HEADS: [[u8; 3]; UNITS.len()] = {
    let mut heads = [[0; 3]; UNITS.len()];
    let mut at = 0;
    while at < UNITS.len() {
        let unit = UNITS[at].as_bytes();
        heads[at] = [unit[0], unit[1], unit[2]];
        at += 1;
    }
    heads
};

/// What stays with the number after it.
const BEFORE_NUMBER: &[char] = &['第', '约', '近', '超', '逾', '达', '共', '各', '每', '前', '满'];

/// Returns the bond before each letter, given their classes; the first one's is [`Bond::Whole`].
pub(crate) fn bonds(letters: &[Letter<'_>], classes: &[Class]) -> Vec<Bond> {
    let mut bonds = candidates(letters, classes);
    let mut hold = |at: usize, bond: Bond| {
        if let Some(held) = bonds.get_mut(at)
            && *held < bond
        {
            *held = bond;
        }
    };
    for (index, letter) in letters.iter().enumerate().filter(|(_, letter)| letter.mark.is_some()) {
        let inside = index > 0 && letters[index - 1].shares_mark(letter);
        hold(index, if inside { Bond::Whole } else { Bond::Mark });
    }
    numbers(letters, &mut hold);
    labels(letters, classes, &mut hold);
    names(letters, &mut hold);
    bonds
}

/// Returns the bonds that UAX 14 and the classes alone give.
fn candidates(letters: &[Letter<'_>], classes: &[Class]) -> Vec<Bond> {
    let mut bonds = Vec::with_capacity(letters.len());
    let mut before: Option<(char, Class)> = None;
    for (letter, class) in letters.iter().zip(classes) {
        let after = (letter.character, *class);
        bonds.push(before.map_or(Bond::Whole, |before| between(before, after)));
        before = Some(after);
    }
    // Only letters beside letters need the full algorithm, and those of a plain word (GDP) never part; hanzi and marks
    // are the tailoring's.
    let may_part = |index: usize| {
        let (before, after) = (letters[index - 1].character, letters[index].character);
        let in_word = before.is_ascii_alphabetic() && after.is_ascii_alphabetic();
        !(in_word || before.is_ascii_digit() || after.is_ascii_digit())
    };
    if bonds.iter().enumerate().any(|(index, bond)| *bond == Bond::Word && may_part(index)) {
        let text: String = letters.iter().map(|letter| letter.character).collect();
        let starts: Vec<usize> = text.char_indices().map(|(start, _)| start).collect();
        for byte in segmenter().segment_str(&text) {
            if let Ok(index) = starts.binary_search(&byte)
                && bonds.get(index) == Some(&Bond::Word)
                && may_part(index)
            {
                bonds[index] = Bond::Free;
            }
        }
    }
    bonds
}

/// Returns the algorithm of UAX 14, the strict one for marks.
fn segmenter() -> LineSegmenterBorrowed<'static> {
    let mut options = LineBreakOptions::default();
    options.strictness = Some(LineBreakStrictness::Strict);
    LineSegmenter::new_for_non_complex_scripts(options)
}

/// Returns the bond that two neighbours have by their classes alone.
fn between((before, left): (char, Class), (after, right): (char, Class)) -> Bond {
    if left == right && matches!(left, Class::Dash | Class::Ellipsis) {
        Bond::Whole
    } else if right == Class::Space || forbidden_at_start(right, after) || forbidden_at_end(left, before) {
        Bond::Mark
    } else if left.western() && right.western() {
        Bond::Word
    } else {
        Bond::Free
    }
}

/// Holds numbers together, and with their units, signs and counters.
fn numbers(letters: &[Letter<'_>], hold: &mut impl FnMut(usize, Bond)) {
    let character = |index: usize| letters.get(index).map(|letter| letter.character);
    let digit = |index: usize| character(index).is_some_and(|c| c.is_ascii_digit());
    let mut index = 0;
    while index < letters.len() {
        if !digit(index) {
            index += 1;
            continue;
        }
        let start = index;
        while digit(index)
            || (character(index).is_some_and(|c| matches!(c, '.' | ',' | ':' | '/' | '：' | '∶'))
                && digit(index + 1))
        {
            index += 1;
        }
        (start + 1..index).for_each(|inside| hold(inside, Bond::Word));
        before_number(letters, start, hold);
        index = after_number(letters, index, hold);
    }
}

/// Holds what stands before a number: its sign, 第, 约, 超过.
fn before_number(letters: &[Letter<'_>], start: usize, hold: &mut impl FnMut(usize, Bond)) {
    let Some(before) = start.checked_sub(1) else { return };
    match letters[before].character {
        '-' | '−' | '+' | '±' | '～' | '￥' | '＄' | '$' => hold(start, Bond::Word),
        '过' if before > 0 && letters[before - 1].character == '超' => {
            hold(before, Bond::Unit);
            hold(start, Bond::Unit);
        }
        '足' if before > 0 && letters[before - 1].character == '不' => {
            hold(before, Bond::Unit);
            hold(start, Bond::Unit);
        }
        other if BEFORE_NUMBER.contains(&other) => hold(start, Bond::Unit),
        _ => {}
    }
}

/// Holds what stands behind a number: 余, its unit, a sign, the other end of a range. Returns where the
/// search goes on.
fn after_number(letters: &[Letter<'_>], end: usize, hold: &mut impl FnMut(usize, Bond)) -> usize {
    let character = |index: usize| letters.get(index).map(|letter| letter.character);
    let mut index = end;
    if matches!(character(index), Some('余' | '多' | '几')) {
        hold(index, Bond::Unit);
        index += 1;
    }
    while matches!(character(index), Some('%' | '％' | '‰' | '℃' | '°')) {
        hold(index, Bond::Word);
        index += 1;
    }
    let stands_here = |unit: &str| {
        let mut rest = letters[index..].iter().map(|letter| letter.character);
        unit.chars().all(|own| rest.next() == Some(own))
    };
    let mut first = [0; 4];
    let first = character(index).map_or("", |character| character.encode_utf8(&mut first)).as_bytes();
    let first = first.first_chunk::<3>().copied().unwrap_or_default();
    let mut unit = "";
    for (head, longer) in UNIT_HEADS.iter().zip(UNITS) {
        if *head == first && longer.len() > unit.len() && stands_here(longer) {
            unit = longer;
        }
    }
    if !unit.is_empty() {
        let length = unit.chars().count();
        (index..index + length).for_each(|inside| hold(inside, Bond::Unit));
        index += length;
        if matches!(unit, "年" | "月") && character(index).is_some_and(|c| c.is_ascii_digit()) {
            hold(index, Bond::Weak);
        }
        if matches!(character(index), Some('余' | '多')) {
            hold(index, Bond::Unit);
            index += 1;
        }
    }
    if matches!(character(index), Some('～' | '—' | '–' | '-'))
        && character(index + 1).is_some_and(|c| c.is_ascii_digit())
    {
        hold(index, Bond::Word);
        hold(index + 1, Bond::Word);
        index += 1;
    }
    index
}

/// Tells whether a character is one of those that number headings.
pub(super) fn is_numeral(character: char) -> bool {
    matches!(character, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十')
}

/// Holds numbering together: （一）, and 一是 at the start of a clause.
fn labels(letters: &[Letter<'_>], classes: &[Class], hold: &mut impl FnMut(usize, Bond)) {
    for (index, _) in letters.iter().enumerate().filter(|(_, letter)| is_numeral(letter.character)) {
        let after_mark = index == 0 || classes[index - 1].blank_after();
        let run = letters[index..].iter().take_while(|letter| is_numeral(letter.character)).count();
        let close = letters.get(index + run).map(|letter| letter.character);
        if index > 0 && letters[index - 1].character == '（' && close == Some('）') {
            (index..=index + run).for_each(|inside| hold(inside, Bond::Mark));
        } else if after_mark && close == Some('是') {
            (index + 1..=index + run).for_each(|inside| hold(inside, Bond::Weak));
        }
    }
}

/// Returns where a person's name begins that an office may stand before: 市商务局王旻, 市民委阿里木·买买提. A text as short
/// as a name is one.
fn name_of(letters: &[Letter<'_>]) -> usize {
    if letters.len() <= SHORT_NAME {
        return 0;
    }
    let joined = letters.iter().position(|letter| letter.character == '·');
    joined.map_or(letters.len() - LONGEST_NAME, |dot| dot.saturating_sub(LONGEST_PART))
}

/// Holds figures, short names and people's names together.
fn names(letters: &[Letter<'_>], hold: &mut impl FnMut(usize, Bond)) {
    let mut start = 0;
    while start < letters.len() {
        let datum = letters[start].datum;
        let end = start + letters[start..].iter().take_while(|letter| letter.datum == datum).count();
        let bond = match datum.map(|datum| datum.kind) {
            Some(DatumKind::Figure) => Some(Bond::Unit),
            Some(DatumKind::Person | DatumKind::Listed) => Some(Bond::Unit),
            Some(DatumKind::Name) if end - start <= SHORT_NAME => Some(Bond::Name),
            Some(DatumKind::Name | DatumKind::Text) | None => None,
        };
        if let Some(bond) = bond {
            let first = match datum.map(|datum| datum.kind) {
                // What stands before a figure's number is words (增长, 比上年下降): `numbers` knows which belong to it.
                Some(DatumKind::Figure) => {
                    let is_digit = |letter: &Letter<'_>| letter.character.is_ascii_digit();
                    letters[start..end].iter().position(is_digit).map_or(start, |number| start + number)
                }
                Some(DatumKind::Listed) => start + name_of(&letters[start..end]),
                _ => start,
            };
            for inside in first + 1..end {
                // A date may part after 年 and 月 where nothing else is left.
                let date = matches!(letters[inside - 1].character, '年' | '月');
                hold(inside, if date { Bond::Weak } else { bond });
            }
        }
        start = end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// So that the algorithm need not be asked about plain words.
    #[test]
    fn letters_of_a_plain_word_never_part() {
        let letters = || ('A'..='Z').chain('a'..='z');
        let pairs: String =
            letters().flat_map(|first| letters().flat_map(move |second| [first, second])).collect();
        let breaks: Vec<usize> = segmenter().segment_str(&pairs).collect();
        assert_eq!(breaks, [0, pairs.len()]);
    }

    #[test]
    fn no_unit_stands_twice_in_the_list() {
        for (at, unit) in UNITS.iter().enumerate() {
            assert!(!UNITS[..at].contains(unit), "{unit}");
        }
    }
}

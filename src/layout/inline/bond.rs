//! Says how strongly neighbouring characters hold together at a line's end.
//!
//! UAX 14 gives the candidates between letters; the tailoring for Chinese official documents is ours:
//! forbidden starts and ends, numbers with their units, dates, ranges, names given by data, labels. A line
//! breaks where nothing holds; only when no line can be made so does the weakest bond give way.

use std::cmp::Reverse;
use std::sync::LazyLock;

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
    /// Inside a part of an address of the network, which breaks rather than that a line is spread.
    Address,
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

/// Units, counters and what else stays with the number before it, without 万 and its like; the longest match holds.
#[rustfmt::skip]
const UNITS: &[&str] = &[
    "个工作日", "个百分点", "百分点", "平方公里", "平方千米", "平方米", "立方米", "千瓦时", "千瓦", "公里", "千米", "公顷", "公斤", "千克", "厘米", "毫米", "美元",
    "欧元", "港元", "日元", "批次", "人次", "户次", "车次", "家次", "小时", "分钟", "周年", "周岁", "年度", "季度", "个月", "元", "亩", "吨", "人", "户",
    "件", "个", "家", "辆", "套", "斤", "头", "角", "分", "项", "处", "座", "条", "名", "位", "所", "场", "次", "起", "例", "类", "种", "批",
    "届", "年", "月", "日", "天", "时", "秒", "岁", "幢", "栋", "米", "克", "升", "度", "倍", "成", "折", "级", "档", "等", "版", "期", "号",
    "路", "台", "艘", "架", "架次", "列", "班", "趟", "间", "层", "楼", "张", "本", "部", "篇", "份", "册", "幅", "支", "只", "匹", "棵",
    "株", "片", "块", "段", "点", "步", "站", "区", "县", "市", "省", "村", "乡", "镇", "组", "队", "桌", "床", "门", "口", "眼", "盏", "枚",
    "副", "双", "对", "周", "旬", "轮", "章", "节", "款", "目", "字", "词", "句", "词条", "海里", "伏", "安", "瓦", "个基点", "个标段", "吨标准煤",
    "吨公里", "人公里", "人天", "人份", "载重吨", "总吨", "标准箱", "标箱", "千伏安", "千伏", "伏安", "兆比特每秒", "兆比特", "比特", "兆瓦时", "兆瓦", "吉瓦时",
    "吉瓦", "瓦时", "摄氏度", "分贝", "帕", "毫克", "微克", "微米", "纳米", "毫升", "立方", "平方", "英里", "英寸", "学时", "学年", "课时", "张床位", "床位",
    "亩次", "台次", "件次", "例次", "间次", "班次", "剂次", "场次", "列次", "套房", "人年", "代", "科", "粒", "孔", "格", "线", "方", "集", "兆",
    "页", "宗", "尾", "羽", "筐", "箱", "袋", "瓶", "包", "桶", "捆", "顶", "杆", "根", "盆", "滴", "束", "封", "顷", "丈", "尺", "寸",
    "公分", "公升", "平米", "赫兹", "兆赫", "吉赫", "千赫", "毫秒", "微秒", "学分", "席", "桩", "笔", "标段", "基点", "平方厘米", "立方厘米", "卷",
    "元人民币", "人民币", "英镑", "卢布", "韩元", "批件", "星期", "刻钟", "世纪", "光年", "公吨",
];

/// The units by the bytes of their first characters, of those with the same the longest first.
static UNITS_BY_HEAD: LazyLock<Vec<([u8; 3], &str)>> = LazyLock::new(|| {
    let head = |unit: &&'static str| Some((*unit.as_bytes().first_chunk::<3>()?, *unit));
    let mut units: Vec<_> = UNITS.iter().filter_map(head).collect();
    units.sort_unstable_by_key(|(head, unit)| (*head, Reverse(unit.len())));
    units
});

/// What stays with the number after it.
const BEFORE_NUMBER: &[char] = &['第', '约', '近', '超', '逾', '达', '共', '各', '每', '前', '满'];

/// Words that say how much more or less a number is, and stay with it as one; the longer before its end.
const LIMITS: &[&str] = &[
    "不超过",
    "不低于",
    "不高于",
    "不少于",
    "不多于",
    "不小于",
    "不大于",
    "超过",
    "低于",
    "高于",
    "少于",
    "多于",
    "大于",
    "小于",
    "不足",
    "不到",
    "至少",
    "至多",
    "大约",
    "将近",
    "接近",
    "突破",
];

/// The characters that the words end with.
const LIMIT_ENDS: &[char] = &['过', '于', '足', '到', '少', '多', '约', '近', '破'];

/// What stays with the number and the unit before it.
const AFTER_NUMBER: &[&str] = &["以上", "以下", "以内", "左右", "上下", "之多"];

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
    addresses(letters, &mut bonds);
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
    let last = letters[before].character;
    let ends_here = |word: &&&str| {
        let mut rest = letters[..start].iter().rev().map(|letter| letter.character);
        word.chars().rev().all(|own| rest.next() == Some(own))
    };
    if let Some(word) = LIMITS.iter().filter(|_| LIMIT_ENDS.contains(&last)).find(ends_here) {
        (start + 1 - word.chars().count()..=start).for_each(|inside| hold(inside, Bond::Unit));
    }
    match last {
        '-' | '−' | '+' | '±' | '～' | '￥' | '＄' | '$' => hold(start, Bond::Word),
        // 〔2025〕12号: the year and the number of a document are one.
        '〕' if before > 0 && letters[before - 1].character.is_ascii_digit() => hold(start, Bond::Unit),
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
    let first = index;
    index = after_unit(letters, index, hold);
    // 公里/小时, 微克/立方米.
    while index > first && character(index) == Some('/') {
        let end = after_unit(letters, index + 1, hold);
        if end == index + 1 {
            break;
        }
        hold(index, Bond::Unit);
        index = end;
    }
    if character(index).is_some_and(|next| matches!(next, '以' | '左' | '上' | '之'))
        && AFTER_NUMBER.iter().any(|word| stands_at(letters, index, word))
    {
        hold(index, Bond::Weak);
        hold(index + 1, Bond::Unit);
        index += 2;
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

/// Holds a unit to what stands before it, and 余 or 多 to its scale: 元, 万元, 万余元. Returns where it ends.
fn after_unit(letters: &[Letter<'_>], start: usize, hold: &mut impl FnMut(usize, Bond)) -> usize {
    let character = |index: usize| letters.get(index).map(|letter| letter.character);
    let is_scale = |index: &usize| matches!(character(*index), Some('十' | '百' | '千' | '万' | '亿'));
    let is_odd = |index: &usize| matches!(character(*index), Some('余' | '多'));
    let scale = start + (start..letters.len()).take_while(is_scale).count();
    let base = scale + usize::from(scale > start && is_odd(&scale));
    let (own, scaled) = (start + unit(letters, start), base + unit(letters, base));
    // 千克 and 百分点 are units of their own.
    let (base, end) = if scale > start && scaled > own { (base, scaled) } else { (start, own) };
    (start..end).filter(|at| *at <= base).for_each(|at| hold(at, Bond::Unit));
    // A unit is a word.
    (base + 1..end).for_each(|inside| hold(inside, Bond::Word));
    let is_date = end == start + 1 && matches!(character(start), Some('年' | '月'));
    if is_date && character(end).is_some_and(|next| next.is_ascii_digit()) {
        hold(end, Bond::Weak);
    }
    if end > start && is_odd(&end) {
        hold(end, Bond::Unit);
        return end + 1;
    }
    end
}

/// Returns how many characters the unit has that begins at an index.
fn unit(letters: &[Letter<'_>], start: usize) -> usize {
    let Some(first) = letters.get(start) else { return 0 };
    let mut bytes = [0; 4];
    let first = first.character.encode_utf8(&mut bytes).as_bytes();
    let Some(first) = first.first_chunk::<3>() else { return 0 };
    let from = UNITS_BY_HEAD.partition_point(|(head, _)| head < first);
    let alike = UNITS_BY_HEAD[from..].iter().take_while(|(head, _)| head == first);
    let mut units = alike.map(|(_, unit)| *unit);
    units.find(|unit| stands_at(letters, start, unit)).map_or(0, |unit| unit.chars().count())
}

/// Tells whether a word begins at an index.
fn stands_at(letters: &[Letter<'_>], start: usize, word: &str) -> bool {
    let mut rest = letters[start..].iter().map(|letter| letter.character);
    word.chars().all(|own| rest.next() == Some(own))
}

/// What an address is parted behind.
const PARTING: &[char] = &['/', '.', '&', '=', '-', '?', '_', '#', '@', ':'];

/// How many characters of an address stay together at its ends.
const ADDRESS_END: usize = 4;

/// Lets addresses of the network part, better behind their marks than elsewhere: `https://a.cn/b?c=d`, `a@b.cn`.
///
/// Whoever types one off goes on with the next line, and no mark is added (UAX 14, 8.1).
fn addresses(letters: &[Letter<'_>], bonds: &mut [Bond]) {
    let character = |index: usize| letters.get(index).map(|letter| letter.character);
    let is_part = |letter: &Letter<'_>| {
        letter.character.is_ascii_graphic()
            && !matches!(letter.character, '(' | ')' | '<' | '>' | '"' | ',' | ';')
    };
    let mut end = 0;
    for (index, letter) in letters.iter().enumerate() {
        let is_address = match letter.character {
            '/' => index > 1 && character(index - 1) == Some('/') && character(index - 2) == Some(':'),
            '@' => index > 0 && character(index - 1).is_some_and(|before| before.is_ascii_alphanumeric()),
            _ => false,
        };
        if !is_address || index < end {
            continue;
        }
        let start = index - letters[..index].iter().rev().take_while(|letter| is_part(letter)).count();
        end = index + letters[index..].iter().take_while(|letter| is_part(letter)).count();
        for (at, bond) in bonds.iter_mut().enumerate().take(end).skip(start + 1) {
            let is_mark = |at: usize| character(at).is_some_and(|c| PARTING.contains(&c));
            let is_near_end = at < start + ADDRESS_END || at + ADDRESS_END > end;
            *bond = match (is_mark(at - 1), is_mark(at)) {
                (true, false) if !is_near_end => Bond::Free,
                (false, false) if !is_near_end => Bond::Address,
                // No mark begins a line.
                _ => (*bond).max(Bond::Word),
            };
        }
    }
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

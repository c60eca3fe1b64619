//! Judges how numerals are written: ranges, scales, mixed and doubled forms (GB/T 15835-2011).

use std::ops::Range;

use rust_decimal::Decimal;

use super::Finding;
use super::character::{digit, is_numeral};
use super::passage::Passage;
use super::units::said_again;

/// Returns how many characters at an index are a scale (万, 亿, 万亿) and a unit.
pub(super) fn unit_length(passage: &Passage<'_>, at: usize) -> usize {
    let scale = scale_length(passage, at);
    let longer = passage.at(at + scale).map_or(&[][..], units);
    let unit = passage.one_of(at + scale, longer).map_or(0, |unit| unit.chars().count());
    scale + unit
}

/// Returns the units and counters that begin with a character, the longer before the shorter.
fn units(first: char) -> &'static [&'static str] {
    match first {
        '个' => &["个工作日", "个百分点", "个小时", "个月", "个"],
        '平' => &["平方公里", "平方千米", "平方米"],
        '立' => &["立方米"],
        '千' => &["千瓦时", "千瓦", "千米", "千克"],
        '公' => &["公里", "公顷", "公斤"],
        '美' => &["美元"],
        '元' => &["元"],
        '批' => &["批次", "批"],
        '人' => &["人次", "人"],
        '户' => &["户次", "户"],
        '家' => &["家次", "家"],
        '小' => &["小时"],
        '分' => &["分钟"],
        '亩' => &["亩"],
        '吨' => &["吨"],
        '米' => &["米"],
        '斤' => &["斤"],
        '克' => &["克"],
        '升' => &["升"],
        '度' => &["度"],
        '倍' => &["倍"],
        '成' => &["成"],
        '级' => &["级"],
        '项' => &["项"],
        '件' => &["件"],
        '处' => &["处"],
        '座' => &["座"],
        '条' => &["条"],
        '名' => &["名"],
        '位' => &["位"],
        '所' => &["所"],
        '场' => &["场"],
        '次' => &["次"],
        '起' => &["起"],
        '例' => &["例"],
        '类' => &["类"],
        '种' => &["种"],
        '届' => &["届"],
        '年' => &["年"],
        '月' => &["月"],
        '日' => &["日"],
        '天' => &["天"],
        '时' => &["时"],
        '岁' => &["岁"],
        '幢' => &["幢"],
        '栋' => &["栋"],
        '辆' => &["辆"],
        '台' => &["台"],
        '套' => &["套"],
        '张' => &["张"],
        '部' => &["部"],
        '宗' => &["宗"],
        '期' => &["期"],
        '号' => &["号"],
        '%' => &["%"],
        '％' => &["％"],
        '‰' => &["‰"],
        '℃' => &["℃"],
        _ => &[],
    }
}

/// Returns how many characters at an index are a scale.
pub(super) fn scale_length(passage: &Passage<'_>, at: usize) -> usize {
    passage.chars.get(at..).unwrap_or_default().iter().take_while(|c| matches!(c, '万' | '亿')).count()
}

/// Returns the value of a number.
pub(super) fn value(passage: &Passage<'_>, number: &Range<usize>) -> Option<Decimal> {
    let mut digits = String::with_capacity(number.len());
    digits.extend(passage.chars[number.clone()].iter().filter(|c| **c != ','));
    digits.parse().ok()
}

/// Two numbers with a sign of a range between them.
struct Span {
    /// The first number.
    first: Range<usize>,
    /// The second one.
    second: Range<usize>,
    /// Where the sign begins: after the first number's unit.
    sign: usize,
}

const RIGHT_SIGNS: &[char] = &['～', '—'];
const WRONG_SIGNS: &[char] = &['-', '~', '–', '－', '〜', '∼', '˜', '―', 'ー', '﹣', '‐', '‑'];

/// Finds the ranges of a passage. Codes, telephone numbers and dates have the sign too and are none.
fn spans(passage: &Passage<'_>) -> Vec<Span> {
    let span = |pair: &[Range<usize>]| {
        let (first, second) = (pair[0].clone(), pair[1].clone());
        let is_sign = |c: &char| RIGHT_SIGNS.contains(c) || WRONG_SIGNS.contains(c);
        // Most numbers have other words before them.
        passage.before(second.start).filter(|c| is_sign(c) || matches!(c, '至' | '到'))?;
        let sign = first.end + unit_length(passage, first.end);
        let between = passage.chars.get(sign..second.start)?;
        let by_word = matches!(between, ['至' | '到']);
        if between.is_empty() || between.len() > 2 || !(by_word || between.iter().all(is_sign)) {
            return None;
        }
        let before = passage.chars[..first.start].iter().rev().find(|c| **c != ' ');
        let is_code = |c: &char| c.is_ascii_alphabetic() || is_sign(c) || matches!(c, '/' | '.' | '_' | '〔');
        let after = passage.at(second.end);
        let goes_on =
            after.is_some_and(|c| c.is_ascii_alphanumeric() || is_sign(&c) || matches!(c, '/' | '.'));
        let padded = passage.at(first.start) == Some('0') && passage.at(first.start + 1) != Some('.');
        let counted = sign > first.end || unit_length(passage, second.end) > 0;
        let is_none = before.is_some_and(is_code) || goes_on || (padded && first.len() > 1) || !counted;
        (!is_none).then_some(Span { first, second, sign })
    };
    passage.numbers.windows(2).filter_map(span).collect()
}

/// Returns how many characters after a range are the % or the scale that its first number lacks (5.1.3).
fn missing_unit(passage: &Passage<'_>, span: &Span) -> Option<usize> {
    let end = span.second.end;
    let length = match passage.at(end)? {
        '%' | '％' | '‰' => 1,
        '万' | '亿' => unit_length(passage, end),
        _ => return None,
    };
    // 5000～2万元 is right: the first number is not of the scale.
    let rises = value(passage, &span.first)? < value(passage, &span.second)?;
    (span.sign == span.first.end && rises).then_some(length)
}

/// Returns the sign that a range should have, if it has another.
fn right_sign(passage: &Passage<'_>, span: &Span) -> Option<char> {
    let sign = &passage.chars[span.sign..span.second.start];
    let is_right = sign.len() == 1 && !WRONG_SIGNS.contains(&sign[0]);
    let mark = if passage.at(span.second.end) == Some('年') { '—' } else { '～' };
    (!is_right).then_some(mark)
}

/// Writes a range as it should be, in sign and in units: what mends one fault is not to leave the other.
fn mended(passage: &Passage<'_>, span: &Span, end: usize) -> String {
    let sign = right_sign(passage, span).map(String::from);
    let sign = sign.unwrap_or_else(|| passage.text(span.sign..span.second.start));
    let second = span.second.end;
    let unit = missing_unit(passage, span).map(|length| passage.text(second..second + length));
    let first = passage.text(span.first.start..span.sign) + &unit.unwrap_or_default();
    format!("{first}{sign}{}", passage.text(span.second.start..end))
}

/// Finds ranges with another sign than ～ or — (5.1.3).
pub(super) fn range_signs(passage: &Passage<'_>) -> Vec<Finding> {
    let wrong = |span: Span| {
        right_sign(passage, &span)?;
        let end = span.second.end + unit_length(passage, span.second.end);
        Some(Finding::new(span.first.start..end).mended(mended(passage, &span, end)))
    };
    spans(passage).into_iter().filter_map(wrong).collect()
}

/// Finds ranges whose first number lacks the % or the scale of the second (5.1.3).
pub(super) fn range_units(passage: &Passage<'_>) -> Vec<Finding> {
    let wrong = |span: Span| {
        let end = span.second.end + missing_unit(passage, &span)?;
        Some(Finding::new(span.first.start..end).mended(mended(passage, &span, end)))
    };
    spans(passage).into_iter().filter_map(wrong).collect()
}

/// What 百, 千 and 十 after a number may begin instead: 千瓦, 百分点, 十大.
const NOT_A_SCALE: &[&str] = &[
    "千瓦",
    "千克",
    "千米",
    "千伏",
    "千兆",
    "千卡",
    "千赫",
    "千帕",
    "千焦",
    "千安",
    "千字",
    "百分",
    "百帕",
    "十大",
    "十佳",
    "十强",
    "十项",
    "十件",
    "十个",
    "十条",
    "十四五",
    "十五五",
    "十三五",
];

/// Finds Arabic and Chinese numerals in one number: 4千, 三十5, 百分之5, 二〇二五年1月 (5.3).
pub(super) fn mixed(passage: &Passage<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for number in &passage.numbers {
        let end = number.end;
        let scaled = passage.at(end).is_some_and(|c| matches!(c, '百' | '千' | '十'))
            && passage.one_of(end, NOT_A_SCALE).is_none();
        if scaled {
            found.push(Finding::new(number.start..end + 1));
        } else if passage.ends(number.start, "百分之") {
            let mended = format!("{}%", passage.text(number.clone()));
            found.push(Finding::new(number.start - 3..end).mended(mended));
        } else if let Some(start) = chinese_before(passage, number) {
            found.push(Finding::new(start..end));
        }
    }
    found
}

/// Returns where a Chinese number or year begins that an Arabic number goes on with.
fn chinese_before(passage: &Passage<'_>, number: &Range<usize>) -> Option<usize> {
    let start = number.start;
    let tens = passage.before(start).is_some_and(|c| matches!(c, '十' | '百' | '千' | '万'));
    let before = start.checked_sub(2).and_then(|index| passage.at(index));
    if tens && before.is_some_and(|c| is_numeral(c) && c != '十') && number.len() < 4 {
        return Some(start - 2);
    }
    let year = start.checked_sub(5)?;
    let is_year = passage.before(start) == Some('年')
        && passage.chars[year..start - 1].iter().all(|c| digit(*c).is_some())
        && passage.at(number.end) == Some('月');
    is_year.then_some(year)
}

/// Finds amounts in two scales: 1234亿5000万元.
pub(super) fn compound(passage: &Passage<'_>) -> Vec<Finding> {
    let pair = |pair: &[Range<usize>]| {
        let (first, second) = (&pair[0], &pair[1]);
        let after = passage.at(second.end);
        let is_compound = match passage.chars[first.end..second.start] {
            ['亿'] | ['亿', '零' | '元'] => after == Some('万'),
            ['万'] | ['万', '零'] => {
                unit_length(passage, second.end) > 0 && scale_length(passage, second.end) == 0
            }
            _ => false,
        };
        is_compound.then(|| {
            let end = second.end + unit_length(passage, second.end);
            Finding::new(first.start..end)
        })
    };
    passage.numbers.windows(2).filter_map(pair).collect()
}

/// Finds decimals without their 0: .5 (5.1.2).
pub(super) fn leading_zeros(passage: &Passage<'_>) -> Vec<Finding> {
    let bare = |number: &Range<usize>| {
        let point = number.start.checked_sub(1).filter(|point| passage.at(*point) == Some('.'))?;
        let before = passage.before(point);
        let is_part = before.is_some_and(|c| {
            c.is_alphabetic() && c.is_ascii() || c.is_numeric() || matches!(c, '.' | '/' | '_' | '-')
        });
        let is_whole = !passage.chars[number.clone()].contains(&'.');
        (!is_part && is_whole)
            .then(|| Finding::new(point..number.end).mended(format!("0.{}", passage.text(number.clone()))))
    };
    passage.numbers.iter().filter_map(bare).collect()
}

/// Units of one character that few words begin with, so that a second one is too many unless it begins one of
/// [`UNIT_WORDS`].
const SURE_UNITS: &[&str] = &["元", "亿", "万", "亩", "%", "％", "‰"];
/// Words that begin with such a unit: 300元元宵节消费券, 500亩亩均产值.
const UNIT_WORDS: &[&str] = &[
    "元宵",
    "元旦",
    "元月",
    "元素",
    "元件",
    "元器件",
    "元首",
    "元帅",
    "元勋",
    "元老",
    "元代",
    "元朝",
    "元曲",
    "元宇宙",
    "元气",
    "亩均",
    "亩产",
];
/// Units of money: two in a row are one too many.
const MONEY: &[&str] = &["亿美元", "万美元", "亿元", "万元", "美元", "元"];

/// Finds a unit after a unit: 亿元亿元, %%, 亿元元, and 期期 where the data printed the first.
pub(super) fn doubled_units(passage: &Passage<'_>) -> Vec<Finding> {
    let doubled = |number: &Range<usize>| {
        let at = number.end;
        let length = unit_length(passage, at);
        if length == 0 {
            return None;
        }
        // What may be too many: the same unit again, money, a point, a percentage.
        let next = passage.at(at + length)?;
        if passage.at(at) != Some(next)
            && !matches!(next, '亿' | '万' | '美' | '元' | '个' | '%' | '％' | '‰' | '百')
        {
            return None;
        }
        let unit = passage.text(at..at + length);
        let again = if length > 1 || SURE_UNITS.contains(&unit.as_str()) {
            [unit.as_str()].into_iter().find(|unit| passage.has(at + length, unit))
        } else {
            None
        };
        let money = || MONEY.contains(&unit.as_str()).then(|| passage.one_of(at + length, MONEY)).flatten();
        let points =
            || (unit == "个").then(|| passage.one_of(at + length, &["个百分点", "个工作日"])).flatten();
        let percent = || {
            let more = ["%", "％", "‰", "个百分点", "百分点"];
            matches!(unit.as_str(), "%" | "％" | "‰").then(|| passage.one_of(at + length, &more)).flatten()
        };
        let again = again.or_else(money).or_else(points).or_else(percent)?;
        if passage.one_of(at + length, UNIT_WORDS).is_some() {
            return None;
        }
        Some(number.start..at + length + again.chars().count())
    };
    let mut found: Vec<Range<usize>> = passage.numbers.iter().filter_map(doubled).collect();
    for again in said_again(passage) {
        if !found.iter().any(|known| known.start < again.end && again.start < known.end) {
            found.push(again);
        }
    }
    found.into_iter().map(Finding::new).collect()
}

/// Counters after which two neighbouring numbers are an estimate: 三四个, not 三、四级.
const COUNTERS: &[&str] =
    &["个", "天", "次", "人", "家", "户", "倍", "里", "公里", "米", "种", "名", "岁", "万", "千", "百", "年"];

/// Finds 、 between two neighbouring numbers that are an estimate: 三、四个, 3、4个月 (5.2.1).
pub(super) fn parted(passage: &Passage<'_>) -> Vec<Finding> {
    let parted = |index: usize| parted_hanzi(passage, index).or_else(|| parted_arabic(passage, index));
    passage.signs(|c| c == '、').filter_map(parted).collect()
}

fn is_counted(passage: &Passage<'_>, at: usize, counters: &[&str]) -> bool {
    let not = ["年级", "人大", "家庭", "个别", "次产业", "年期", "人民", "户籍", "天然", "百强", "百分"];
    passage.one_of(at, counters).is_some() && passage.one_of(at, &not).is_none()
}

fn parted_hanzi(passage: &Passage<'_>, at: usize) -> Option<Finding> {
    let (first, second) = (digit(passage.before(at)?)?, digit(passage.at(at + 1)?)?);
    let before = at.checked_sub(2).and_then(|index| passage.at(index));
    let is_list = before.is_some_and(|c| is_numeral(c) || matches!(c, '、' | '第'));
    (first > 0 && second == first + 1 && !is_list && is_counted(passage, at + 2, COUNTERS)).then(|| {
        let mended = format!("{}{}", passage.text(at - 1..at), passage.text(at + 1..at + 2));
        Finding::new(at - 1..at + 3).mended(mended + &passage.text(at + 2..at + 3))
    })
}

fn parted_arabic(passage: &Passage<'_>, at: usize) -> Option<Finding> {
    let index = passage.numbers.iter().position(|number| number.end == at)?;
    let (first, second) = (&passage.numbers[index], passage.numbers.get(index + 1)?);
    let small = |number: &Range<usize>| passage.text(number.clone()).parse::<u8>().ok().filter(|it| *it < 10);
    let follows = second.start == at + 1 && small(second)? == small(first)? + 1;
    let is_list = passage.before(first.start).is_some_and(|c| matches!(c, '、' | '第' | '.' | '-' | '—'));
    let counted = is_counted(passage, second.end, COUNTERS) || passage.at(second.end) == Some('月');
    (follows && !is_list && counted).then(|| Finding::new(first.start..second.end + 1))
}

//! Finds the number that a text was meant for, so that the message can show what to write.

use super::Approximation;
use super::mend::signed;
use super::number::{Fault, excerpt, figure};
use super::numerals::arabic;
use super::quantity::{self, Made};
use crate::diag::catalogue::data::{CHINESE_NUMERAL, MIXED_UNITS, NO_UNIT, NOT_A_NUMBER, UNIT_MISMATCH};
use crate::diag::{Diagnostic, Text};
use crate::json::narrow;
use crate::pack::{Field, Kind, dimension};

/// Words before a number that the sentence around it says, or nobody needs.
const WORDS: [&str; 22] = [
    "人民币",
    "RMB",
    "rmb",
    "CNY",
    "达到",
    "已达",
    "达",
    "完成",
    "实现",
    "共计",
    "合计",
    "总计",
    "累计",
    "共有",
    "共",
    "为",
    "计",
    "控制在",
    "稳定在",
    "保持在",
    "并列",
    "增加到",
];

/// The measure words that count one by one, and the nouns that stand for them. 双, 打 and 成 are several or a part,
/// 人次 counts times.
const MEASURE_WORDS: [&str; 60] = [
    "个", "家", "户", "所", "座", "处", "条", "项", "件", "起", "例", "宗", "间", "栋", "幢", "套", "台",
    "辆", "艘", "架", "部", "本", "册", "份", "张", "片", "块", "根", "株", "棵", "头", "只", "匹", "口",
    "支", "届", "场", "篇", "首", "幅", "门", "款", "种", "类", "枚", "颗", "扇", "面", "盏", "眼", "宅",
    "村", "镇", "企业", "单位", "项目", "公司", "机构", "学校", "家庭",
];

/// Reads a number in a string as a field's quantity.
pub(super) fn read(typed: &str, field: &Field) -> Result<Made, Fault> {
    let is_ordinal = matches!(field.kind, Kind::Rank | Kind::Ordinal);
    let plain = typed.trim().strip_prefix('第').filter(|_| is_ordinal).unwrap_or(typed);
    figure(plain).and_then(|figure| quantity::make(figure, field, typed)).map_err(|mut fault| {
        // What is shown is what stands there.
        for (_, value) in fault.arguments.iter_mut().filter(|(name, _)| *name == "found" && plain != typed) {
            *value = excerpt(typed).into();
        }
        fault
    })
}

/// Adds to a fault what to write, if that can be told, or else what numbers look like.
pub(super) fn hinted(fault: Diagnostic, typed: &str, field: &Field) -> Diagnostic {
    let told = fault.entry.code;
    if told == MIXED_UNITS.code {
        let is_taken = |hint: &Text| written(hint).is_none_or(|sum| read(sum, field).is_ok());
        let hints = fault.hints.into_iter().filter(is_taken).collect();
        return Diagnostic { hints, ..fault };
    }
    if ![&NOT_A_NUMBER, &CHINESE_NUMERAL, &UNIT_MISMATCH, &NO_UNIT].iter().any(|entry| entry.code == told) {
        return fault;
    }
    let as_rate = || (field.kind == Kind::Growth).then(|| signed(typed)).flatten();
    if let Some(number) = as_rate() {
        let hint = Text::both(format!("改为：`{number}`"), format!("write: `{number}`"));
        return Diagnostic { hints: vec![hint], ..fault };
    }
    match meant(typed, field) {
        Some((number, has_remark)) => {
            let hint = Text::both(format!("改为：`\"{number}\"`"), format!("write: `\"{number}\"`"));
            let fault = Diagnostic { hints: vec![hint], ..fault };
            if !has_remark {
                return fault;
            }
            fault.hint(Text::both("括号里的说明写在 `_note` 里", "write the remark as `_note`"))
        }
        None if told == NOT_A_NUMBER.code => fault.hint(Text::both(
            "写阿拉伯数字；概数写“约70”“近70”“70余”“70多”，界限写“超过50”“50以上”“3.4以内”“不足50”",
            "write digits; approximate numbers as 约70 近70 70余 70多, bounds as 超过50 50以上 3.4以内 不足50",
        )),
        None => fault,
    }
}

/// Returns the text that a hint says to write.
fn written(hint: &Text) -> Option<&str> {
    hint.en.strip_prefix("write: `\"")?.strip_suffix("\"`")
}

/// Returns what was meant, and whether a remark behind it was taken off.
fn meant(typed: &str, field: &Field) -> Option<(String, bool)> {
    let narrow = narrow(typed);
    let mut text = narrow.trim();
    if field.kind == Kind::Count && ["未发生", "未出现", "无一发生", "零发生"].contains(&text) {
        return Some(("0".to_owned(), false));
    }
    let mut has_remark = false;
    if let Some((before, remark)) = text.strip_suffix(')').and_then(|text| text.rsplit_once('('))
        && !before.trim().is_empty()
        && !is_of_number(remark)
    {
        (text, has_remark) = (before.trim_end(), true);
    }
    text = text.trim_start_matches(['=', '\'']);
    text = text.trim_end_matches(['*', '#', '。', '，', ',', ';', '、', '!']).trim();
    while let Some(rest) = WORDS.iter().find_map(|word| text.strip_prefix(word)) {
        text = rest.trim_start_matches([':', ' ']);
    }
    if field.kind == Kind::Year {
        text = text.strip_suffix("度").unwrap_or(text);
    }
    let text = text.strip_prefix("突破").map_or(text.to_owned(), |rest| format!("超过{rest}"));
    let text = with_digits(&with_minus(&text));
    let text = arabic(&text).unwrap_or(text);
    let text = with_mark_inside(&text).unwrap_or(text);
    let candidates = [Some(text.clone()), in_fields_unit(&text, field)];
    let found = candidates.into_iter().flatten().find(|text| *text != typed && read(text, field).is_ok());
    found.map(|found| (found, has_remark))
}

/// Tells whether what stands in brackets behind a number may be a part of it: 12（万个）, 100（美元）, 3万（八千）.
fn is_of_number(remark: &str) -> bool {
    let remark = remark.trim();
    let is_numeral =
        |c: char| c.is_ascii_digit() || "零〇一二两三四五六七八九十百千万亿余多几来半%‰".contains(c);
    let is_word = remark.chars().count() == 1 && !MEASURE_WORDS.contains(&remark);
    is_word
        || remark.ends_with('次')
        || dimension::measured(remark).is_some()
        || remark.starts_with(is_numeral) && !remark.contains(['年', '月', '日', '，', ',', '。'])
}

/// Makes a minus of the dash that a word processor made of it.
fn with_minus(text: &str) -> String {
    match text.strip_prefix(['–', '—']) {
        Some(rest) if rest.starts_with(|c: char| c.is_ascii_digit()) => format!("-{rest}"),
        _ => text.to_owned(),
    }
}

/// Mends the characters within a number: letters for digits, blanks and apostrophes that part it, marks for its
/// point. Blanks elsewhere go.
fn with_digits(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let at_digit = |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(char::is_ascii_digit);
    let at_letter = |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(|c| "OolI".contains(*c));
    let is_digit = |c: &&char| c.is_ascii_digit();
    let mut mended = String::with_capacity(text.len());
    for (at, c) in chars.iter().enumerate() {
        let (before, after) = (at_digit(at.checked_sub(1)), at_digit(Some(at + 1)));
        match c {
            'O' | 'o' if before || after => mended.push('0'),
            'l' | 'I' if before || after => mended.push('1'),
            '。' | '·' if before && after => mended.push('.'),
            ' ' | '\'' | '’' if before && after => {
                // Of two numbers nothing is made one: blanks part the digits by three.
                let following = chars[at + 1..].iter().take(4).take_while(is_digit).count();
                let leading = chars[..at].iter().rev().take(4).take_while(is_digit).count();
                if following != 3 || leading > 3 || mended.contains('.') {
                    mended.push(*c);
                }
            }
            ' ' if (before || at_letter(at.checked_sub(1))) && (after || at_letter(Some(at + 1))) => {
                mended.push(' ');
            }
            c if c.is_whitespace() => {}
            c => mended.push(*c),
        }
    }
    mended
}

/// Moves 余 or 多 from behind the unit to where it stands: 3万人余 is 3万余人.
fn with_mark_inside(text: &str) -> Option<String> {
    let mark = text.chars().next_back().filter(|c| matches!(c, '余' | '多'))?;
    let plain = text.strip_suffix(mark)?.trim_end();
    let typed = figure(plain).ok().filter(|typed| typed.approximation == Approximation::Exact)?;
    let base = dimension::split(&typed.unit).1;
    // 70亿余元 is less than 71亿, and 70余亿元 is not.
    plain.strip_suffix(base).filter(|_| !base.is_empty()).map(|before| format!("{before}{mark}{base}"))
}

/// Writes a figure with another measure word, or an area in 亩 or 公顷, with the unit that the field has.
fn in_fields_unit(text: &str, field: &Field) -> Option<String> {
    let typed = figure(text).ok()?;
    let unit = &typed.unit;
    let before = text.strip_suffix(unit.as_str())?;
    if field.kind == Kind::Count {
        let base = dimension::split(unit).1;
        let scale = unit.strip_suffix(base)?;
        return MEASURE_WORDS.contains(&base).then(|| format!("{before}{scale}{}", field.unit));
    }
    // 1公顷 is 15亩.
    let (from, to) = (dimension::power_between(unit, "公顷"), dimension::power_between(unit, "亩"));
    let fifteen = rust_decimal::Decimal::from(15);
    let (number, unit) = match (from, to) {
        (Some(power), None) => (dimension::shift(typed.number, power)?.checked_mul(fifteen)?, "亩"),
        (None, Some(power)) => {
            let hectares = dimension::shift(typed.number, power)?.checked_div(fifteen)?;
            (Some(hectares).filter(|hectares| hectares.scale() <= 8)?, "公顷")
        }
        _ => return None,
    };
    let power = dimension::power_between(unit, &field.unit)?;
    let number = dimension::shift(number, power)?.normalize();
    (typed.approximation == Approximation::Exact).then(|| format!("{number}{}", field.unit))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rust_decimal::Decimal;

    use super::*;
    use crate::data::numerals::tests::chinese;

    fn field(kind: Kind, unit: &str, decimals: u32) -> Field {
        Field { kind, unit: unit.to_owned(), decimals: Some(decimals), ..Field::default() }
    }

    #[test]
    fn what_is_meant_is_found() {
        let money = field(Kind::Quantity, "亿元", 2);
        let cases = [
            (&money, "2 386.5", "2386.5"),
            (&money, "2'386.5亿元", "2386.5亿元"),
            (&money, "2386。5", "2386.5"),
            (&money, "=2386.5", "2386.5"),
            (&money, "2O86.5", "2086.5"),
            (&money, "l386.5", "1386.5"),
            (&money, "2386.5 亿 元", "2386.5亿元"),
            (&money, "2386.5*", "2386.5"),
            (&money, "人民币2386.5亿元", "2386.5亿元"),
            (&money, "突破2400亿元", "超过2400亿元"),
            (&money, "累计完成2400亿元。", "2400亿元"),
            (&money, "二千三百八十六亿元", "2386亿元"),
            (&money, "约两千亿元", "约2000亿元"),
            (&money, "两千多亿元", "2000多亿元"),
            (&money, "二十余", "20余"),
            (&money, "一百零五亿元", "105亿元"),
            (&money, "一亿五千万元", "1.5亿元"),
            (&money, "168亿元余", "168亿余元"),
            (&field(Kind::Growth, "%", 1), "–3.2%", "-3.2%"),
            (&field(Kind::Percent, "%", 1), "控制在3.4%以内", "3.4%以内"),
            (&field(Kind::Year, "", 0), "二〇二五", "2025"),
            (&field(Kind::Year, "", 0), "二〇二五年度", "2025年"),
            (&field(Kind::Rank, "位", 0), "并列第3", "第3"),
            (&field(Kind::Rank, "位", 0), "第三", "第3"),
            (&field(Kind::Count, "家", 0), "18个", "18家"),
            (&field(Kind::Count, "起", 0), "未发生", "0"),
            (&field(Kind::Count, "家", 0), "70余个", "70余家"),
            (&field(Kind::Count, "家", 0), "1.2万个", "1.2万家"),
            (&field(Kind::Count, "人", 0), "三万八千", "3.8万"),
            (&field(Kind::Count, "人", 0), "两万五", "2.5万"),
            (&field(Kind::Count, "人", 0), "3万人余", "3万余人"),
            (&field(Kind::Count, "人", 0), "1 234 567人", "1234567人"),
            (&field(Kind::Quantity, "万亩", 2), "12万公顷", "180万亩"),
            (&field(Kind::Quantity, "万平方米", 2), "480亩", "32万平方米"),
        ];
        for (field, typed, expected) in cases {
            assert_eq!(meant(typed, field), Some((expected.to_owned(), false)), "{typed}");
        }
        let with_remark = meant("2386.5亿元（初步核算，截至11月）", &money);
        assert_eq!(with_remark, Some(("2386.5亿元".to_owned(), true)));
    }

    /// Returns what a message on a value says to write for it.
    fn suggested(typed: &str, field: &Field) -> Option<String> {
        let fault = hinted(*read(typed, field).err()?, typed, field);
        fault.hints.iter().find_map(written).map(str::to_owned)
    }

    /// A spelling, and what it says: nothing where that is no certain number of single things.
    fn spellings() -> impl Strategy<Value = (String, Option<Decimal>)> {
        let number = prop_oneof![1_u32..10_000, 1_u32..100_000_000, any::<u32>()];
        let unit = prop::sample::select(&["", "个", "家", "户"][..]);
        let odd = prop::sample::select(&["", "余", "多"][..]);
        (number, 1_u32..100, 1_u32..10, unit, odd, 0_usize..16).prop_map(
            |(number, tens, digit, unit, odd, form)| {
                let number = number.max(1);
                let (high, low) = (number / 10_000, number % 10_000);
                let digits = |number: u32| {
                    let plain = number.to_string();
                    let first = (plain.len() + 2) % 3 + 1;
                    let (first, rest) = plain.split_at(first.min(plain.len()));
                    let groups: Vec<_> =
                        rest.as_bytes().chunks(3).map(|group| String::from_utf8_lossy(group)).collect();
                    [vec![first.into()], groups].concat().join(" ")
                };
                let thousands = tens * 10_000 + digit * 1000;
                let (text, value) = match form {
                    0 => (format!("{}{odd}{unit}", chinese(number)), Some(number)),
                    1 => (format!("约{}{unit}", chinese(number)), Some(number)),
                    2 => (format!("{}万{}", chinese(tens), chinese(digit)), Some(thousands)),
                    3 => (format!("{}万{}千{odd}{unit}", chinese(tens), chinese(digit)), Some(thousands)),
                    4 => (format!("{tens}万{}千{unit}", chinese(digit)), Some(thousands)),
                    5 => (format!("{tens}万{digit}千{odd}{unit}"), Some(thousands)),
                    6 => (format!("约{tens}万{digit}千{unit}"), Some(thousands)),
                    7 => (format!("{tens}万{unit}{odd}"), Some(tens * 10_000)),
                    8 => (format!("{}{unit}", digits(number)), Some(number)),
                    9 => (format!("{high}万零{low}{unit}"), Some(number)),
                    10 => (format!("{number}{unit}（快报数）"), Some(number)),
                    11 => (format!("{tens}（万{unit}）"), Some(tens * 10_000)),
                    12 => (format!("{tens}来{unit}"), None),
                    13 => (format!("{}{}{unit}", chinese(digit), chinese(digit % 9 + 1)), None),
                    14 => (format!("{tens}双"), None),
                    _ => (format!("{number} {tens}{unit}"), None),
                };
                (text, value.map(Decimal::from))
            },
        )
    }

    proptest! {
        #[test]
        fn no_hint_suggests_another_value_than_was_typed(
            (typed, value) in spellings(),
            wanted in prop::sample::select(&["家", "个"][..]),
        ) {
            let field = field(Kind::Count, wanted, 0);
            if let Some(suggested) = suggested(&typed, &field) {
                let made = read(&suggested, &field).map_err(|fault| TestCaseError::fail(format!("{typed}: {fault:?}")))?;
                prop_assert_eq!(Some(made.measure.number), value, "{} is not {}", typed, suggested);
                let is_kept = |mark: &str| typed.contains(mark) == suggested.contains(mark);
                prop_assert!(["约", "余", "多"].into_iter().all(is_kept), "{} is not {}", typed, suggested);
            }
        }

        #[test]
        fn no_sum_of_units_is_another_amount(whole in 0_u32..1000, part in 1_u32..10_000, sign in "-?", word in "[约近]?") {
            let money = field(Kind::Quantity, "亿元", 8);
            let sum = Decimal::from(whole) + Decimal::new(i64::from(part), 4);
            let sum = if sign.is_empty() { sum } else { -sum };
            for typed in [format!("{word}{sign}{whole}亿{part}万元"), format!("{word}{sign}{whole}亿零{part}万")] {
                let Some(suggested) = suggested(&typed, &money) else {
                    return Err(TestCaseError::fail(typed));
                };
                let made = read(&suggested, &money).map_err(|fault| TestCaseError::fail(format!("{fault:?}")))?;
                prop_assert_eq!(made.measure.number, sum, "{} is not {}", typed, suggested);
                prop_assert!(suggested.starts_with(&word), "{} is not {}", typed, suggested);
            }
        }
    }

    #[test]
    fn what_may_mean_several_things_is_left_alone() {
        let money = field(Kind::Quantity, "亿元", 2);
        for (field, typed) in [
            (&money, "很多"),
            (&money, "2386 2271"),
            (&money, "2386.5 227"),
            (&money, "2386、2271"),
            (&money, "三百五亿元"),
            (&money, "十十亿元"),
            (&money, "2386 227"),
            (&money, "100（美元）"),
            (&money, "2400公里"),
            (&money, "2400美元"),
            (&money, "翻番"),
            (&field(Kind::Count, "人", 0), "12500人次"),
            (&field(Kind::Count, "人", 0), "12（万人次）"),
            (&field(Kind::Count, "人", 0), "3万八千"),
            (&field(Kind::Count, "人", 0), "3万来人"),
            (&field(Kind::Count, "家", 0), "12（万处）"),
            (&field(Kind::Count, "家", 0), "三四家"),
            (&field(Kind::Count, "家", 0), "十几家"),
            (&field(Kind::Count, "家", 0), "3成"),
            (&field(Kind::Count, "家", 0), "18双"),
            (&field(Kind::Count, "家", 0), "18人"),
            (&field(Kind::Quantity, "万平方米", 2), "500亩"),
            (&field(Kind::Quantity, "万平方米", 2), "约480亩"),
        ] {
            assert_eq!(meant(typed, field), None, "{typed}");
        }
    }
}

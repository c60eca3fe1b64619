//! Finds units that a template adds to a figure that prints its own: 12家家企业, 第三期期。

use std::ops::Range;

use super::character::{digit, is_hanzi, is_numeral};
use super::passage::Passage;
use crate::document::DatumKind;

/// What says how exact a figure is, behind its unit.
const ESTIMATES: &[&str] = &["以上", "以下", "以内", "左右"];
/// Units of one character that are words of their own beside others of their kind: 5家家、校、社协同基地.
const NOUNS: &[char] = &['人', '家', '名', '部'];
/// What a unit is followed by and begins no word with.
const COUNTED: &[(char, &[&str])] = &[
    ('家', &["企业", "单位", "机构", "医院", "公司", "银行"]),
    ('个', &["项目", "村", "社区", "园区", "乡镇", "小区", "单位", "部门", "岗位"]),
    ('项', &["任务", "措施", "工作", "政策", "制度", "改革", "指标"]),
    ('名', &["干部", "群众", "学生", "党员", "职工"]),
    ('户', &["居民", "群众", "企业", "农户"]),
    ('座', &["桥梁", "水库"]),
    ('所', &["学校", "幼儿园", "医院"]),
    ('条', &["道路", "线路", "生产线"]),
    ('件', &["案件", "提案", "建议", "实事"]),
    ('台', &["设备"]),
    ('套', &["住房", "设备"]),
    ('张', &["床位"]),
    ('场', &["活动", "会议"]),
    ('次', &["会议", "活动"]),
    ('起', &["案件", "事故"]),
    ('处', &["隐患"]),
];

/// Returns where figures of the data stand with the unit that the template says again behind them.
pub(super) fn said_again(passage: &Passage<'_>) -> Vec<Range<usize>> {
    let figure = |(start, kind, text): (usize, DatumKind, &str)| {
        let end = start + text.chars().count();
        let unit = passage.chars.get(unit_start(passage, start..end)?..end)?;
        let is_exact = !ESTIMATES.iter().any(|estimate| passage.ends(end, estimate));
        if kind != DatumKind::Figure || !is_exact {
            return None;
        }
        let is_again = |length: &usize| {
            let again = end..end + length;
            passage.chars.get(again.clone()) == unit.get(unit.len() - length..)
                && again.clone().all(|index| passage.datum(index).is_none())
                && (*length > 1 || stands_alone(passage, end))
        };
        let length = (1..=unit.len()).rev().find(is_again)?;
        Some(start..end + length)
    };
    passage.data().map(|(start, datum, text)| (start, datum.kind, text)).filter_map(figure).collect()
}

/// Returns where a figure's unit begins: behind the last of its numerals; nothing where it has none.
fn unit_start(passage: &Passage<'_>, figure: Range<usize>) -> Option<usize> {
    let is_digit = |c: char| c.is_ascii_digit() || is_numeral(c) || digit(c).is_some();
    figure.rev().find(|index| passage.at(*index).is_some_and(is_digit)).map(|last| last + 1)
}

/// Tells whether a unit of one character begins no word: 个 of 12个个体户 does, that of 12个个。 does not.
fn stands_alone(passage: &Passage<'_>, at: usize) -> bool {
    let (Some(unit), Some(next)) = (passage.at(at), passage.at(at + 1)) else { return true };
    let is_noun = NOUNS.contains(&unit);
    match next {
        _ if passage.datum(at + 1).is_some() => true,
        '、' | '和' => !is_noun,
        '的' => true,
        '以' => passage.one_of(at + 1, ESTIMATES).is_some(),
        next if is_hanzi(next) => COUNTED
            .iter()
            .any(|(counter, counted)| *counter == unit && passage.one_of(at + 1, counted).is_some()),
        next => !(unit.is_ascii_alphanumeric() && next.is_ascii_alphanumeric()),
    }
}

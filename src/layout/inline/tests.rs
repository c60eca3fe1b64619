//! Shows the rules of line breaking to hold for random paragraphs.

mod rules;

use std::sync::Arc;

use super::bond::{self, Bond};
use super::class::{Class, forbidden_at_end, forbidden_at_start};
use super::collect::Letter;
use super::finalize::SetLine;
use super::linebreak::Measure;
use super::set_paragraph;
use crate::diag::SourceText;
use crate::document::{Datum, DatumKind};
use crate::font::Fonts;
use crate::layout::fonts::{Role, RoleFonts};
use crate::pack::{LineEndMarks, Style};
use crate::units::Abs;

pub(super) fn style() -> Style {
    let text = include_str!("../../../templates/annual-report/style.toml");
    Style::parse(&Arc::new(SourceText::new("style.toml", text))).unwrap()
}

pub(super) fn letters<'a>(text: &str, datum: Option<&'a Arc<Datum>>) -> Vec<Letter<'a>> {
    let letter = |(offset, character)| Letter {
        character,
        role: Role::Body,
        element: 0,
        datum,
        offset: offset as u32,
        mark: None,
    };
    text.char_indices().map(letter).collect()
}

fn bonds(letters: &[Letter<'_>]) -> Vec<Bond> {
    bond::bonds(letters, &letters.iter().map(|letter| Class::of(letter.character)).collect::<Vec<_>>())
}

fn measure(style: &Style) -> Measure {
    Measure {
        width: style.measure(),
        first: style.cell() * 2.0,
        rest: Abs::ZERO,
        line_end_marks: LineEndMarks::WhenNeeded,
    }
}

fn set(text: &str) -> Vec<SetLine> {
    let (style, fonts) = (style(), Fonts::embedded());
    let mut fonts = RoleFonts::open(&style, &fonts).unwrap();
    set_paragraph(&[letters(text, None)], &measure(&style), &mut fonts, 0.0).unwrap()
}

fn text_of(line: &SetLine) -> String {
    line.runs.iter().flat_map(|run| &run.glyphs).map(|glyph| glyph.character).collect()
}

/// A small generator of numbers: the same paragraphs each time, on every machine.
pub(super) struct Random(u64);

impl Random {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(super) fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % bound
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }
}

const WORDS: &[&str] = &[
    "全市",
    "完成",
    "经济",
    "运行",
    "稳中有进",
    "坚持",
    "高质量发展",
    "的",
    "和",
    "一是",
    "二是",
    "党建引领",
    "人民群众",
    "获得感",
    "持续",
    "增强",
    "项目",
    "建设",
    "加快推进",
    "新增",
    "同比增长",
    "下降",
    "达到",
];
const FIGURES: &[&str] = &[
    "1234.50亿元",
    "6.5%",
    "第9名",
    "约70个",
    "70余处",
    "超过45%",
    "2026年1月5日",
    "5%～8%",
    "5.2:41.3:53.5",
    "3.4%以内",
    "12家",
    "-3.2%",
    "9亿～16亿",
    "0.85亿元",
    "120多家",
    "100‰",
    "25℃",
];
const MARKS: &[&str] = &[
    "，", "。", "、", "；", "：", "？", "！", "“", "”", "《", "》", "（", "）", "——", "……", "·", "～", "”，",
    "》、", "）。", "”“", "“《", "》）", "％",
];
const LATIN: &[&str] = &["GDP", "PM2.5", "5G", "A", "e-commerce", "R&D", "www.example.cn", "AI+", "TCP/IP"];

pub(super) fn paragraph(random: &mut Random) -> String {
    let mut text = String::new();
    for _ in 0..=random.below(60) {
        let from = match random.below(20) {
            0..=9 => WORDS,
            10..=13 => FIGURES,
            14..=18 => MARKS,
            _ => LATIN,
        };
        text.push_str(random.pick(from));
    }
    text
}

#[test]
fn random_paragraphs_keep_every_rule() {
    let style = style();
    let fonts = Fonts::embedded();
    let mut fonts = RoleFonts::open(&style, &fonts).unwrap();
    let mut random = Random::new(0x9704_2012);
    let (mut lines_seen, mut given_up, mut beyond, mut lonely) = (0_usize, 0_usize, 0_usize, 0_usize);
    for _ in 0..100_000 {
        let text = paragraph(&mut random);
        let lines = set_paragraph(&[letters(&text, None)], &measure(&style), &mut fonts, 0.0).unwrap();
        let joined: String = lines.iter().map(text_of).collect();
        assert_eq!(joined, text, "characters were lost or added");
        for (nth, line) in lines.iter().enumerate() {
            let shown = text_of(line);
            let last = nth + 1 == lines.len();
            assert!(line.end <= style.measure() + Abs::pt(0.01), "overfull: {shown} in {text}");
            if !last {
                assert!((line.end - style.measure()).abs() < Abs::pt(0.1), "not flush: {shown} in {text}");
            }
            rules::spacing(line, style.cell(), style.body.size.0);
            beyond += usize::from(widest_gap(line, &style) > style.body.size.0 * 0.25);
        }
        for (at, whole) in rules::broken(&lines.iter().map(text_of).collect::<Vec<_>>()) {
            given_up += 1;
            // Nothing is given up where what holds together leaves room for a line.
            assert!(whole.chars().count() > 14, "{whole} is broken before its letter {at} in {text}");
        }
        lonely += usize::from(lines.len() > 1 && rules::own(&text_of(&lines[lines.len() - 1])) < 2);
        lines_seen += lines.len();
    }
    assert!(lines_seen > 300_000, "the paragraphs are too short to show anything: {lines_seen}");
    assert!(given_up * 2_000 < lines_seen, "{given_up} bonds given up in {lines_seen} lines");
    assert!(beyond * 30 < lines_seen, "{beyond} loose lines of {lines_seen}");
    assert!(lonely * 10_000 < lines_seen, "{lonely} lonely characters in 100000 paragraphs");
}

/// The widest blank between two hanzi of a line.
fn widest_gap(line: &SetLine, style: &Style) -> Abs {
    let glyphs: Vec<(char, Abs)> = line
        .runs
        .iter()
        .flat_map(|run| run.glyphs.iter().map(|glyph| (glyph.character, run.origin.x + glyph.x)))
        .collect();
    let gaps = glyphs
        .windows(2)
        .filter(|pair| Class::of(pair[0].0) == Class::Ideograph && Class::of(pair[1].0) == Class::Ideograph);
    gaps.map(|pair| pair[1].1 - pair[0].1 - style.cell()).fold(Abs::ZERO, Abs::max)
}

#[test]
fn hanzi_alone_fill_the_grid() {
    let lines = set(&"市".repeat(26 + 28 * 3 + 5));
    let counts: Vec<usize> = lines.iter().map(|line| text_of(line).chars().count()).collect();
    assert_eq!(counts, [26, 28, 28, 28, 5]);
    let cell = style().cell();
    for glyph in &lines[1].runs[0].glyphs {
        let cells = glyph.x / cell;
        assert!((cells - cells.round()).abs() < 1e-9);
    }
}

#[test]
fn facing_marks_share_a_blank() {
    let style = style();
    for (text, cells) in
        [("市”，市", 3.5), ("市》、市", 3.5), ("市）。市", 3.5), ("市”“市", 3.5), ("市。”）市", 4.0)]
    {
        let lines = set(text);
        let width = lines[0].end - style.cell() * 2.0;
        assert!(width.approx_eq(style.cell() * cells), "{text}: {:?}", width / style.cell());
    }
}

#[test]
fn a_mark_that_would_start_a_line_is_squeezed_in_first() {
    // 28 cells are full before the 。; two pauses give the room for it.
    let text = format!("{}，{}，{}。{}", "市".repeat(6), "市".repeat(8), "市".repeat(10), "市".repeat(30));
    let lines = set(&text);
    assert!(text_of(&lines[0]).ends_with('。'), "{}", text_of(&lines[0]));
}

#[test]
fn a_label_is_as_wide_as_any_other() {
    let cell = style().cell();
    for label in ["（一）", "（十二）", "三、"] {
        for count in 8..24 {
            // Whatever the line squeezes, it is not the label that all headings have.
            let text =
                format!("{label}{}，{}，{}。", "市".repeat(count), "政".repeat(25 - count), "府".repeat(40));
            let line = &set(&text)[0];
            let glyphs: Vec<Abs> = line
                .runs
                .iter()
                .flat_map(|run| run.glyphs.iter().map(|glyph| run.origin.x + glyph.x))
                .collect();
            let length = label.chars().count();
            let width = glyphs[length] - cell * 2.0;
            assert!(width > cell * (length as f64 - 0.01), "{label}{count}: {}", width / cell);
        }
    }
}

#[test]
fn digits_stand_two_to_a_cell() {
    let style = style();
    let width = set("12")[0].end - style.cell() * 2.0;
    assert!(width.approx_eq(style.cell()));
}

#[test]
fn a_last_line_has_two_characters() {
    for count in 20..200 {
        let text = format!("{}，{}。", "市".repeat(count / 2), "政".repeat(count - count / 2));
        let lines = set(&text);
        let last = text_of(lines.last().unwrap());
        let own = last.chars().filter(|c| !Class::of(*c).punctuation()).count();
        assert!(lines.len() == 1 || own >= 2, "{count}: {last}");
    }
}

#[test]
fn names_hold_up_to_six_characters_and_peoples_names_always() {
    let style = style();
    let fonts = Fonts::embedded();
    let mut fonts = RoleFonts::open(&style, &fonts).unwrap();
    for (kind, name, holds) in [
        (DatumKind::Name, "岑汀新城区", true),
        (DatumKind::Person, "阿卜杜拉买买提江", true),
        (DatumKind::Name, "岑汀市现代农业产业示范园", false),
        (DatumKind::Figure, "70余处", true),
    ] {
        let datum = Arc::new(Datum { paths: vec!["a.b".to_owned()], kind, open: false });
        let mut split = false;
        for before in 10..40 {
            let mut row = letters(&"市".repeat(before), None);
            row.extend(letters(name, Some(&datum)));
            row.extend(letters(&"政".repeat(40), None));
            let lines = set_paragraph(&[row], &measure(&style), &mut fonts, 0.0).unwrap();
            split |= !lines.iter().any(|line| text_of(line).contains(name));
        }
        assert_eq!(!split, holds, "{name}");
    }
}

#[test]
fn an_office_parts_before_the_name_that_it_is_listed_with() {
    let free = |text: &str| {
        let datum = Datum { paths: vec!["a".to_owned()], kind: DatumKind::Listed, open: false };
        let bonds = bonds(&letters(text, Some(&Arc::new(datum))));
        bonds[1..].iter().take_while(|bond| **bond == Bond::Free).count()
    };
    assert_eq!(free("市市场监管局冯頔"), 5);
    assert_eq!(free("市民族事务委员会阿卜杜拉·买买提"), 8);
    assert_eq!(free("欧阳修明"), 0);
}

/// What a helper writes before a figure, 比上年增长6.1%, is text like any other: a line may end within it.
#[test]
fn words_before_a_figure_part_and_the_figure_does_not() {
    let datum = Datum { paths: vec!["a.b".to_owned()], kind: DatumKind::Figure, open: false };
    let bonds = bonds(&letters("比上年增长约6.15万人次", Some(&Arc::new(datum))));
    assert_eq!(bonds[1..=5], [Bond::Free; 5]);
    assert!(bonds[6..].iter().all(|bond| *bond >= Bond::Unit), "{bonds:?}");
}

#[test]
fn a_bond_longer_than_a_line_gives_way_without_loss() {
    for text in ["1".repeat(200), "a".repeat(300), "，".repeat(100), "—".repeat(90), "（".repeat(70)] {
        let lines = set(&text);
        let joined: String = lines.iter().map(text_of).collect();
        assert_eq!(joined, text);
        assert!(lines.iter().all(|line| line.end <= style().measure() + Abs::pt(0.01)), "{text}");
    }
}

#[test]
fn the_standards_examples_are_held_together() {
    for whole in
        ["1234.5亿元", "6.5%", "第9名", "约70个", "70余处", "5%～8%", "5.2:41.3:53.5", "（一）", "9亿～16亿"]
    {
        let bonds = bonds(&letters(whole, None));
        assert!(bonds[1..].iter().all(|bond| *bond > Bond::Weak), "{whole}: {bonds:?}");
    }
    for whole in [
        "31.4微克",
        "31.4微克/立方米",
        "100公里/小时",
        "4500元/平方米",
        "1.2万人次",
        "3亿立方米",
        "5亿块",
        "8亿吨公里",
        "30毫升",
        "20万吨标准煤",
        "600兆瓦",
        "6个标段",
        "3万标准箱",
        "5千瓦时",
        "7千克",
        "0.21个百分点",
        "30余万元",
        "5万余户",
        "3宗",
        "12页",
        "不超过0.8%",
        "不低于85%",
        "不少于300家",
        "突破1000亿元",
        "不足5千伏安",
    ] {
        let bonds = bonds(&letters(whole, None));
        assert!(bonds[1..].iter().all(|bond| *bond >= Bond::Unit), "{whole}: {bonds:?}");
    }
    // The number of a document is one, and the organs' short name before it is a word of its own.
    let number = bonds(&letters("岑政发〔2025〕12号", None));
    assert!(number[4..].iter().all(|bond| *bond >= Bond::Unit), "{number:?}");
    // An address parts behind its marks, else inside where nothing else helps, and not near its ends.
    let address = "https://zwfw.centing.gov.cn/portal/index?id=2026&lang=zh-CN下载";
    let (bonds_of, letters_of) = (bonds(&letters(address, None)), address.chars().collect::<Vec<_>>());
    let free: String =
        (1..letters_of.len()).filter(|at| bonds_of[*at] == Bond::Free).map(|at| letters_of[at - 1]).collect();
    assert_eq!(free, "/...//?=&=N下");
    assert!(bonds_of.contains(&Bond::Address));
    assert!(bonds(&letters("GB/T 9704—2012", None)).iter().all(|bond| *bond != Bond::Address));
    // 以上 goes where nothing else does, and never in two.
    assert_eq!(bonds(&letters("20%以上", None))[3..], [Bond::Weak, Bond::Unit]);
    assert_eq!(bonds(&letters("3万多年代表", None))[4..], [Bond::Free, Bond::Free]);
    let date = bonds(&letters("2026年1月5日", None));
    assert_eq!(date.iter().filter(|bond| **bond == Bond::Weak).count(), 2);
    for pair in ["《市", "市《", "》市"] {
        let bond = bonds(&letters(pair, None))[1];
        let (left, right) = (pair.chars().next().unwrap(), pair.chars().nth(1).unwrap());
        let free = !forbidden_at_end(Class::of(left), left) && !forbidden_at_start(Class::of(right), right);
        assert_eq!(bond == Bond::Free, free, "{pair}");
    }
}

//! Holds every rule of the text to what it lets pass and what it finds, where.

mod cases;
mod whole;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use proptest::prelude::*;
use proptest::sample::select;
use shizheng::diag::catalogue::proofread::ENTRIES;
use shizheng::diag::{Diagnostic, Language, Severity};
use shizheng::document::{
    Attachment, AttachmentList, Block, Datum, DatumKind, Document, Heading, Inline, ListItem, Paragraph,
    ParagraphKind, Run, Title,
};
use shizheng::pack::{RuleSwitch, TEXT_RULES};
use shizheng::proofread::{RULES, proofread};

use self::cases::{CASES, Case};
use self::whole::WHOLE;

/// Makes a document of a text, and the filled text that its runs stand in.
fn document(text: &str) -> (Document, String) {
    if text.starts_with("<article>") {
        let filled =
            shizheng::fill::Filled { text: text.to_owned(), map: shizheng::fill::SourceMap::default() };
        return (shizheng::markup::parse(&filled, "zh-CN").expect("the text is well formed"), filled.text);
    }
    let mut filled = String::new();
    let mut blocks = Vec::new();
    let mut first = 0;
    let numerals = ["零", "一", "二", "三", "四", "五", "六", "七", "八"];
    for line in text.lines() {
        if let Some(heading) = line.strip_prefix("# ") {
            first += 1;
            let number = format!("{}、", numerals[first]);
            blocks.push(Block::Heading(Heading { level: 1, number, content: inlines(heading, &mut filled) }));
        } else if let Some(title) = line.strip_prefix("= ") {
            blocks.push(Block::Title(Title { lines: vec![inlines(title, &mut filled)], byline: None }));
        } else if let Some(salutation) = line.strip_prefix("> ") {
            let content = inlines(salutation, &mut filled);
            blocks.push(Block::Paragraph(Paragraph {
                heading: None,
                content,
                kind: ParagraphKind::Salutation,
            }));
        } else if let Some(paragraph) = line.strip_prefix("## ") {
            let (heading, rest) = paragraph.split_once('|').expect("a heading ends with |");
            // A number that was typed is the heading's own text.
            let (number, own) = if let Some(typed) = heading.strip_prefix('!') {
                (String::new(), typed)
            } else {
                let (number, own) = heading.split_once('）').expect("a heading has its number");
                (format!("{number}）"), own)
            };
            let heading = Heading { level: 2, number, content: inlines(own, &mut filled) };
            let content = inlines(rest, &mut filled);
            let kind = ParagraphKind::Body;
            blocks.push(Block::Paragraph(Paragraph { heading: Some(heading), content, kind }));
        } else if let Some(name) = line.strip_prefix("+ ") {
            let item = ListItem { label: String::new(), content: inlines(name, &mut filled) };
            blocks.push(Block::AttachmentList(AttachmentList { items: vec![item] }));
        } else if let Some(title) = line.strip_prefix("@ ") {
            let title = Title { lines: vec![inlines(title, &mut filled)], byline: None };
            blocks.push(Block::Attachment(Attachment { label: "附件".to_owned(), title }));
        } else {
            let content = inlines(line, &mut filled);
            blocks.push(Block::Paragraph(Paragraph { heading: None, content, kind: ParagraphKind::Body }));
        }
    }
    (Document { blocks, ..Document::default() }, filled)
}

fn inlines(text: &str, filled: &mut String) -> Vec<Inline> {
    let mut inlines = Vec::new();
    let mut push = |text: &str, datum: Option<Datum>| {
        if !text.is_empty() {
            let run = Run {
                text: text.to_owned(),
                strong: false,
                datum: datum.map(Arc::new),
                offset: filled.len(),
            };
            filled.push_str(text);
            inlines.push(Inline::Run(run));
        }
    };
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(['⟦', '⟪']) {
        push(before, None);
        let kind = if rest[before.len()..].starts_with('⟦') { DatumKind::Figure } else { DatumKind::Text };
        let (datum, after) = after.split_once(['⟧', '⟫']).expect("a datum is closed");
        let (path, text) = datum.split_once(':').expect("a datum has a path");
        push(text, Some(figure(path, kind)));
        rest = after;
    }
    push(rest, None);
    inlines
}

fn figure(path: &str, kind: DatumKind) -> Datum {
    Datum { paths: vec![path.to_owned()], kind, open: false }
}

/// Every finding of a text: its rule's code and the words that it is anchored at.
fn findings(text: &str) -> Vec<(&'static str, String)> {
    let (document, filled) = document(text);
    proofread(&document, &BTreeMap::new())
        .iter()
        .map(|found| (found.entry.code, words(found, &filled)))
        .collect()
}

fn words(found: &Diagnostic, filled: &str) -> String {
    let anchor = found.anchor.as_ref().expect("a finding has a place");
    filled[anchor.offset..anchor.offset + anchor.length].to_owned()
}

fn code(rule: &str) -> &'static str {
    RULES.iter().find(|known| known.name == rule).unwrap_or_else(|| panic!("no rule {rule}")).entry.code
}

/// Returns the cases of all rules, in the rules' order.
fn cases() -> impl Iterator<Item = &'static Case> {
    CASES.iter().chain(WHOLE)
}

#[test]
fn every_message_has_a_rule_and_every_rule_its_cases_and_switch() {
    let of_rules: Vec<&str> = RULES.iter().map(|rule| rule.entry.code).collect();
    let of_catalogue: Vec<&str> = ENTRIES.iter().map(|entry| entry.code).collect();
    assert_eq!(of_rules, of_catalogue);
    let names: Vec<&str> = RULES.iter().map(|rule| rule.name).collect();
    assert_eq!(names, TEXT_RULES);
    assert_eq!(names, cases().map(|case| case.rule).collect::<Vec<_>>());
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
    for (rule, case) in RULES.iter().zip(cases()) {
        assert!(!case.right.is_empty() && !case.wrong.is_empty(), "{} lacks a case", rule.name);
        for language in [Language::Chinese, Language::English] {
            let explanation = rule.entry.explanation.get(language);
            assert!(explanation.contains(&format!("`{}`", rule.name)), "{explanation}");
        }
    }
}

#[test]
fn right_texts_break_no_rule_at_all() {
    let wrong: Vec<_> = cases()
        .flat_map(|case| case.right.iter().map(|text| (case.rule, *text, findings(text))))
        .filter(|(_, _, found)| !found.is_empty())
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn wrong_texts_break_their_rule_there() {
    let mut missed = Vec::new();
    for case in cases() {
        for (text, words) in case.wrong {
            let found = findings(text);
            // What runs over two pieces is led back to one of them.
            if found
                .iter()
                .filter(|(code_, _)| *code_ == code(case.rule))
                .all(|(_, at)| at != words && !words.ends_with(at.as_str()))
            {
                missed.push((case.rule, *text, *words, found));
            }
        }
    }
    assert!(missed.is_empty(), "{missed:#?}");
}

#[test]
fn what_a_rule_says_to_write_keeps_every_rule_of_its_words() {
    let mut tried = 0;
    let mut refused = Vec::new();
    for (text, at) in cases().flat_map(|case| case.wrong) {
        let (document, filled) = document(text);
        let found = proofread(&document, &BTreeMap::new());
        for one in &found {
            let hints = one.hints(Language::English);
            let written = hints.iter().find_map(|hint| hint.strip_prefix("write: `")?.strip_suffix('`'));
            let told = words(one, &filled);
            let Some(written) = written.filter(|_| text.matches(&told).count() == 1) else { continue };
            let mended = text.replace(&told, written);
            tried += 1;
            // Other faults of the text may be left, but none in what was written.
            let left = findings(&mended);
            let is_left = |(code, words): &(&str, String)| {
                *code == one.entry.code || words.contains(written) || written.contains(words.as_str())
            };
            if left.iter().any(is_left) {
                refused.push((*text, *at, written.to_owned(), left));
            }
        }
    }
    assert!(tried > 30, "only {tried}");
    assert!(refused.is_empty(), "{refused:#?}");
}

#[test]
fn a_wrong_text_breaks_its_own_rule_alone() {
    // These faults are two at once.
    let also = [
        ("no-placeholder", "full-width-marks"),
        ("paragraph-end", "marks-in-place"),
        ("single-approximation", "word-once"),
        ("nested-marks", "single-marks"),
        ("single-marks", "paired-marks"),
        ("single-marks", "nested-marks"),
        ("full-width-marks", "paired-marks"),
        ("full-width-marks", "paragraph-end"),
        ("single-unit", "word-once"),
        ("sentence-once", "clause-once"),
        ("label-mark", "label-order"),
        ("label-order", "single-label"),
        ("single-label", "word-once"),
        ("single-label", "label-order"),
        ("range-sign", "range-unit"),
        ("unmixed-numerals", "figures-agree"),
    ];
    let mut others = Vec::new();
    for case in cases() {
        for (text, _) in case.wrong {
            let allowed = |found: &str| {
                found == code(case.rule)
                    || also.iter().any(|(rule, other)| *rule == case.rule && code(other) == found)
            };
            let found: Vec<_> = findings(text).into_iter().filter(|(found, _)| !allowed(found)).collect();
            if !found.is_empty() {
                others.push((case.rule, *text, found));
            }
        }
    }
    assert!(others.is_empty(), "{others:#?}");
}

#[test]
fn a_pack_switches_every_rule() {
    for case in cases() {
        let (document, _) = document(case.wrong[0].0);
        let severities = |switch: RuleSwitch| -> Vec<Severity> {
            let switches = BTreeMap::from([(case.rule.to_owned(), switch)]);
            let found = proofread(&document, &switches).into_iter();
            found.filter(|found| found.entry.code == code(case.rule)).map(|found| found.severity).collect()
        };
        assert!(severities(RuleSwitch::Off).is_empty(), "{}", case.rule);
        for (switch, severity) in [
            (RuleSwitch::Note, Severity::Note),
            (RuleSwitch::Warning, Severity::Warning),
            (RuleSwitch::Error, Severity::Error),
        ] {
            let found = severities(switch);
            assert!(!found.is_empty() && found.iter().all(|it| *it == severity), "{}", case.rule);
        }
    }
}

/// Every finding of a text whose data are names of a kind.
fn of_names(text: &str, kind: DatumKind) -> Vec<(&'static str, String)> {
    let (mut document, filled) = document(text);
    for block in &mut document.blocks {
        let Block::Paragraph(paragraph) = block else { panic!() };
        for inline in &mut paragraph.content {
            if let Inline::Run(Run { datum: Some(datum), .. }) = inline {
                *datum = Arc::new(figure("n", kind));
            }
        }
    }
    let found = proofread(&document, &BTreeMap::new());
    found.iter().map(|found| (found.entry.code, words(found, &filled))).collect()
}

#[test]
fn names_are_spelt_as_their_bearers_spell_them() {
    for name in ["A*B（#1）<x>\"q\"5G • 甲 Y,丙", "Smart City Ltd.", "A(B)", "St.雅士", "甲Café 7", "K•Y"]
    {
        let found = of_names(&format!("引进⟪n:{name}⟫项目。"), DatumKind::Name);
        assert!(found.is_empty(), "{found:#?}");
    }
    assert_eq!(of_names("由⟪n:钱\u{3000}喆⟫主持。", DatumKind::Name), []);
    for name in ["钱\u{3000}喆", "市长\u{3000}赵堃", "买买提·艾力"] {
        for kind in [DatumKind::Person, DatumKind::Listed] {
            let found = of_names(&format!("由⟪n:{name}⟫主持。"), kind);
            assert!(found.is_empty(), "{found:#?}");
        }
    }
}

#[test]
fn what_no_bearer_of_a_name_means_is_told_in_it_too() {
    for (name, rule, at) in [
        ("各县(区)人民政府", "full-width-marks", ["(", ")"].as_slice()),
        ("市政府 各部门", "no-space", &["府 各"]),
        ("Ａ医院", "half-width-numerals", &["Ａ"]),
        ("买买提•艾力", "middle-dot", &["•"]),
        ("买买提.艾力", "full-width-marks", &["."]),
        ("钱 喆", "no-space", &["钱 喆"]),
    ] {
        let told: Vec<_> = at.iter().map(|at| (code(rule), (*at).to_owned())).collect();
        let texts = [format!("> ⟪n:{name}⟫："), format!("由⟪n:{name}⟫主持召开工作会议。")];
        for text in texts {
            for kind in [DatumKind::Name, DatumKind::Person, DatumKind::Listed] {
                assert_eq!(of_names(&text, kind), told, "{text}");
            }
        }
    }
}

#[test]
fn a_point_between_hanzi_may_be_that_of_a_name() {
    let (document, _) = document("艺术家买买提.艾力获奖。");
    let found = proofread(&document, &BTreeMap::new());
    let hints: Vec<_> = found.iter().flat_map(|found| found.hints(Language::Chinese)).collect();
    assert_eq!(hints, ["一句到此结束的，改为：`。`；姓名、地名里的，改为：`·`"]);
}

#[test]
fn what_a_draft_prints_for_an_open_figure_is_no_fault() {
    let text = "新增园区⟦a:XX家⟧，引进企业××家。";
    assert_eq!(
        findings(text),
        [(code("no-placeholder"), "XX".to_owned()), (code("no-placeholder"), "××".to_owned())]
    );
    let (mut document, filled) = document(text);
    let Some(Block::Paragraph(paragraph)) = document.blocks.first_mut() else { panic!() };
    for inline in &mut paragraph.content {
        if let Inline::Run(Run { datum: Some(datum), .. }) = inline {
            *datum = Arc::new(Datum { open: true, ..Datum::clone(datum) });
        }
    }
    let found = proofread(&document, &BTreeMap::new());
    assert_eq!(found.iter().map(|found| words(found, &filled)).collect::<Vec<_>>(), ["××"]);
}

/// A cell that has nothing but — or … says that there are no data, or less than the smallest unit of the table.
#[test]
fn a_sign_alone_in_a_cell_is_no_dash() {
    let cell = |text: &str| {
        let text = format!(
            "<article><p>文。</p><table><tbody><tr><td>甲</td><td>{text}</td></tr></tbody></table></article>"
        );
        let filled = shizheng::fill::Filled { text, map: shizheng::fill::SourceMap::default() };
        let document = shizheng::markup::parse(&filled, "zh-CN").unwrap();
        let found = proofread(&document, &BTreeMap::new());
        found.iter().map(|found| found.entry.code).collect::<Vec<_>>()
    };
    for sign in ["—", "…", "-", "——", "……"] {
        assert!(cell(sign).is_empty(), "{sign}");
    }
    assert_eq!(cell("有…无"), [code("dash-and-ellipsis")]);
}

#[test]
fn clauses_of_a_list_may_end_with_the_comma_that_joins_them() {
    let text = "<article><ol join=\"，\"><li>甲</li><li>乙</li></ol></article>".to_owned();
    let filled = shizheng::fill::Filled { text, map: shizheng::fill::SourceMap::default() };
    let document = shizheng::markup::parse(&filled, "zh-CN").unwrap();
    let found = proofread(&document, &BTreeMap::new());
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn a_number_typed_in_a_caption_comes_twice() {
    let found = |caption: &str| {
        let text = format!(
            "<article><p>文。</p><table><caption>{caption}</caption><tbody><tr><td>甲</td></tr></tbody></table>\
             <chart><caption>{caption}</caption><tbody><tr><td>甲</td><td>1</td></tr></tbody></chart></article>"
        );
        let filled = shizheng::fill::Filled { text, map: shizheng::fill::SourceMap::default() };
        let document = shizheng::markup::parse(&filled, "zh-CN").unwrap();
        let found = proofread(&document, &BTreeMap::new());
        found.iter().map(|found| (found.entry.code, words(found, &filled.text))).collect::<Vec<_>>()
    };
    for (caption, number) in
        [("表1 甲", "表1"), ("图1：丙", "图1"), ("表2甲", "表2"), ("附表3 甲", "附表3"), ("图12．丙", "图12")]
    {
        let told = (code("single-label"), number.to_owned());
        let labels: Vec<_> = found(caption).into_iter().filter(|(code_, _)| *code_ == told.0).collect();
        assert_eq!(labels, [told.clone(), told], "{caption}");
    }
    for caption in ["主要指标", "表2025年甲", "图3种方案", "图5G基站", "表一丙", "图书馆"]
    {
        assert_eq!(found(caption), [], "{caption}");
    }
}

#[test]
fn a_unit_said_again_is_told_once() {
    for text in ["栽植⟦a:3.2万株⟧万株苗木。", "吞吐量⟦a:8万标准箱⟧标准箱。", "投资⟦a:3.2亿元⟧亿元。"]
    {
        let codes: Vec<_> = findings(text).into_iter().map(|(code, _)| code).collect();
        assert_eq!(codes, [code("single-unit")], "{text}");
    }
}

#[test]
fn figures_that_differ_in_what_is_written_behind_them_are_told_with_it() {
    let (document, _) = document("栽植⟦a:12.5⟧万株。\n共栽植⟦a:12.5⟧株。");
    let found = proofread(&document, &BTreeMap::new());
    let told: Vec<String> = found.iter().map(|found| found.message(Language::English)).collect();
    assert_eq!(told, ["`a` prints two values: `12.5株` here, `12.5万株` before"]);
}

#[test]
fn a_fault_in_free_text_is_led_to_its_path() {
    let (document, filled) = document("推进建设；⟪projects.highlights[1]:，完成投资5～8%⟫。");
    let found = proofread(&document, &BTreeMap::new());
    let paths: Vec<_> = found
        .iter()
        .map(|found| {
            (found.entry.code, found.anchor.as_ref().and_then(|at| at.path.as_deref()), words(found, &filled))
        })
        .collect();
    let path = Some("projects.highlights[1]");
    assert_eq!(
        paths,
        [(code("single-marks"), path, "，".to_owned()), (code("range-unit"), path, "5～8%".to_owned())]
    );
}

/// Clauses that nothing is wrong with; their figures differ.
fn clause() -> impl Strategy<Value = String> {
    let opening = select(vec![
        "完善公共服务设施",
        "推进重点项目建设",
        "优化营商环境",
        "实施“三年行动计划”",
        "落实《城市更新规划（试行）》",
        "培育新兴产业",
        "深化国资国企改革",
        "改善群众居住条件",
        "加强生态保护",
        "举办第3届旅游发展大会",
    ]);
    let closing = select(vec![
        "新增企业#家",
        "完成投资#亿元",
        "同比增长#%",
        "惠及群众#万人",
        "建成公园#个",
        "新建道路#公里",
        "占比达到#%",
        "力争增长#%～9#%",
        "改造小区#余个",
        "减排#吨左右",
        "超过#家",
        "比上年提高#个百分点",
        "服务企业约#家",
    ]);
    let street = "[东南西北中][安平宁和兴][街路区镇乡村]";
    (opening, street, closing, 1_u32..900, 0_u32..10).prop_map(|(opening, street, closing, whole, tenth)| {
        format!("在{street}{opening}，{}", closing.replace('#', &format!("{whole}.{tenth}")))
    })
}

fn report() -> impl Strategy<Value = Vec<String>> {
    proptest::collection::vec(clause(), 2..12).prop_filter("no clause twice", |clauses| {
        let openings: BTreeSet<&str> =
            clauses.iter().filter_map(|clause| clause.split('，').next()).collect();
        openings.len() == clauses.len()
    })
}

/// What is put in to break a rule.
const FAULTS: &[(&str, &str)] = &[
    ("no-placeholder", "共XX处"),
    ("paired-marks", "落实“一网通办制度"),
    ("single-marks", "抓好落实，。"),
    ("full-width-marks", "抓好落实,做好保障"),
    ("chinese-quotes", "打造\"一张网\""),
    ("range-unit", "压减3～5%"),
    ("no-padded-date", "于05月开工"),
    ("no-decline-by-times", "成本下降3倍"),
    ("single-approximation", "约70余处"),
    ("no-space", "抓好 落实"),
    ("word-once", "统筹统筹安排"),
    ("half-width-numerals", "共３处"),
    ("no-signed-change", "产量增长-3%"),
    ("unmixed-numerals", "共4千处"),
    ("single-unit", "投资3亿元元"),
    ("date-form", "于2025.3.4开工"),
    ("right-word", "全面布署"),
    ("dash-and-ellipsis", "做好保障...抓好落实"),
];

proptest! {
    #[test]
    fn correct_sentences_break_no_rule(clauses in report()) {
        let text = format!("{}。", clauses.join("。"));
        prop_assert_eq!(findings(&text), []);
    }

    #[test]
    fn a_fault_put_in_anywhere_is_found(clauses in report(), at in 0_usize..12, fault in select(FAULTS)) {
        let mut clauses = clauses;
        let at = at % (clauses.len() + 1);
        clauses.insert(at, fault.1.to_owned());
        let text = format!("{}。", clauses.join("。"));
        let found = findings(&text);
        prop_assert!(found.iter().any(|(found, _)| *found == code(fault.0)), "{}: {:?}", text, found);
    }

    #[test]
    fn a_sentence_copied_anywhere_is_found(clauses in report(), from in 0_usize..12, to in 0_usize..12) {
        let mut clauses = clauses;
        let copy = clauses[from % clauses.len()].clone();
        clauses.insert(to % (clauses.len() + 1), copy);
        let text = format!("{}。", clauses.join("。\n"));
        let found = findings(&text);
        prop_assert!(found.iter().any(|(found, _)| *found == code("sentence-once")), "{:?}", found);
    }

    #[test]
    fn any_text_is_read_to_its_end(text in "[一二十第是（）()“”《》。，、；：…—～0-9.,%Xx×\\-\"' 年月日个亿万元约近超过余以上左右倍降增长负百千分之等截止国发〔〕号的了\u{10348}a-z]{0,60}") {
        findings(&text);
    }
}

#[test]
fn a_long_report_is_read_in_no_time() {
    // A rule that compared everything with everything would be at it for minutes.
    let paragraph = |index: usize| {
        format!(
            "完善第{index}号街区的公共服务设施，完成投资{index}.5亿元，增长{index}%，惠及群众{index}万人。"
        )
    };
    let text: String = (1..4000).map(|index| paragraph(index) + "\n").collect();
    let found = findings(&text);
    assert!(found.is_empty(), "{:#?}", &found[..found.len().min(5)]);
}

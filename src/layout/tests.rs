//! Shows the rules of the page to hold for documents of every length.

mod titles;
mod turned;

use std::collections::BTreeMap;
use std::sync::Arc;

use super::layout;
use crate::diag::SourceText;
use crate::document::{
    Attachment, AttachmentList, Block, Cell, Column, Datum, DatumKind, Document, Footnote, Heading, Inline,
    ListItem, Orientation, Paragraph, ParagraphKind, Roster, Row, Run, Signature, Signer, Table, Title,
};
use crate::font::Fonts;
use crate::pack::{Length, Style};
use crate::page::{Content, FrameItem, Pages, TextRun};
use crate::units::Abs;

fn style() -> Style {
    let text = include_str!("../../templates/annual-report/style.toml");
    Style::parse(&Arc::new(SourceText::new("style.toml", text))).unwrap()
}

fn run(text: &str) -> Vec<Inline> {
    vec![Inline::Run(Run { text: text.to_owned(), strong: false, datum: None, offset: 0 })]
}

fn paragraph(text: &str) -> Block {
    Block::Paragraph(Paragraph { heading: None, content: run(text), kind: ParagraphKind::Body })
}

fn run_in(title: &str, text: &str) -> Block {
    let heading = Heading { level: 2, number: "（一）".to_owned(), content: run(title) };
    Block::Paragraph(Paragraph { heading: Some(heading), content: run(text), kind: ParagraphKind::Body })
}

fn heading(text: &str) -> Block {
    Block::Heading(Heading { level: 1, number: "一、".to_owned(), content: run(text) })
}

fn signature() -> Block {
    let signers = vec![Signer { name: run("岑汀市人民政府"), ..Signer::default() }];
    Block::Signature(Signature { signers, date: run("2026年1月5日"), ..Signature::default() })
}

fn set(blocks: Vec<Block>) -> Pages {
    let document =
        Document { title: "报告".to_owned(), language: "zh-CN".to_owned(), blocks, ..Document::default() };
    layout(&document, &style(), &Fonts::embedded()).unwrap()
}

fn runs(pages: &Pages, page: usize) -> impl Iterator<Item = &TextRun> {
    pages.pages[page].items.iter().filter_map(|item| match item {
        FrameItem::Text(run) if matches!(run.content, Content::Element(_)) => Some(run),
        _ => None,
    })
}

/// The text of each line of a page, by the line's number.
fn lines(pages: &Pages, page: usize) -> BTreeMap<usize, String> {
    let mut lines = BTreeMap::<usize, String>::new();
    for run in runs(pages, page) {
        lines.entry(run.line).or_default().extend(run.glyphs.iter().map(|glyph| glyph.character));
    }
    lines
}

/// A paragraph that takes a number of lines, each of them marked with its own and the paragraph's number.
fn of_lines(count: usize, name: char) -> Block {
    let text: String = std::iter::repeat_n(name, 26 + 28 * (count - 1) - 10).collect();
    paragraph(&text)
}

#[test]
fn a_full_page_has_twenty_two_lines_from_margin_to_margin() {
    let pages = set(vec![paragraph(&"市".repeat(28 * 60))]);
    let lines = lines(&pages, 0);
    assert_eq!(lines.len(), 22);
    let baselines: Vec<Abs> = runs(&pages, 0).map(|run| run.origin.y).collect();
    let pitch = (baselines[21] - baselines[0]) / 21.0;
    assert!((pitch.to_mm() - 10.450).abs() < 0.001);
    // The faces' raise apart, the first glyph's box begins 37 mm below the top, the last one's ends 35 mm
    // above the bottom.
    let raise = Abs::pt(15.75) * 0.08;
    let top = baselines[0] + raise - Abs::pt(15.75) * 0.88;
    let bottom = baselines[21] + raise + Abs::pt(15.75) * 0.12;
    assert!((top.to_mm() - 37.0).abs() < 0.001 && (bottom.to_mm() - 262.0).abs() < 0.001);
    let left = runs(&pages, 1).map(|run| run.origin.x).fold(Abs::mm(210.0), Abs::min);
    assert!((left.to_mm() - 28.0).abs() < 0.01);
}

#[test]
fn pages_neither_begin_nor_end_with_a_line_alone() {
    let names: Vec<char> = "甲乙丙丁戊己庚辛壬癸".chars().collect();
    for seed in 0..400_usize {
        let count = |nth: usize| 1 + (seed * 7 + nth * nth * 5 + nth * (seed % 11)) % 7;
        let mut blocks = Vec::new();
        for nth in 0..20 {
            if nth % 5 == seed % 5 {
                blocks.push(heading("旗帜鲜明讲政治，全面提升治理能力"));
            }
            blocks.push(of_lines(count(nth), names[nth % 10]));
        }
        blocks.push(signature());
        let pages = set(blocks);
        for page in 0..pages.pages.len() {
            let lines: Vec<String> = lines(&pages, page).into_values().collect();
            assert!(lines.len() <= 22, "{} lines", lines.len());
            let last_page = page + 1 == pages.pages.len();
            // A heading and three lines that hold together leave 19; before the signature it may be fewer.
            if page + 2 < pages.pages.len() {
                assert!(lines.len() >= 19, "seed {seed}, page {page}: only {} lines", lines.len());
            }
            let name = |line: &String| line.chars().next().unwrap_or(' ');
            let full = |line: &String| line.chars().count() == 28;
            // A first line has 26 characters, a middle one 28, a last one fewer.
            if let (Some(first), Some(second)) = (lines.first(), lines.get(1)) {
                let begins = first.chars().count() == 26 || first.starts_with('一');
                let alone = !begins && !full(first) && name(first) != name(second);
                let single = first.chars().count() == 16;
                assert!(!alone || single, "seed {seed}: page {page} begins with a last line alone");
            }
            if let (false, Some(last)) = (last_page, lines.last()) {
                assert!(!last.starts_with("一、"), "seed {seed}: page {page} ends with a heading");
                let opens = last.chars().count() == 26
                    && lines.get(lines.len() - 2).is_none_or(|b| name(b) != name(last));
                assert!(!opens, "seed {seed}: page {page} ends with a first line alone");
            }
        }
        let last = lines(&pages, pages.pages.len() - 1);
        assert!(last.len() > 2, "seed {seed}: the signature stands alone");
    }
}

#[test]
fn a_run_in_heading_keeps_its_text_and_its_face() {
    let pages = set(vec![run_in("经济运行稳中有进。", &"市".repeat(60))]);
    let first: Vec<&TextRun> = runs(&pages, 0).filter(|run| run.line == 1).collect();
    let faces: std::collections::BTreeSet<_> = first.iter().map(|run| run.face).collect();
    assert!(faces.len() >= 2, "heading and text have faces of their own");
    assert!(lines(&pages, 0)[&1].starts_with("（一）经济运行稳中有进。市"));
    assert_eq!(pages.outline[0].title, "（一）经济运行稳中有进");
}

#[test]
fn the_signature_stands_as_the_standard_says() {
    let cell = style().cell();
    let right = Abs::mm(28.0) + style().measure();
    let pages = set(vec![paragraph("正文。"), signature()]);
    let start = |line: usize| {
        runs(&pages, 0).filter(|run| run.line == line).map(|run| run.origin.x).fold(Abs::mm(210.0), Abs::min)
    };
    // Line 2 is blank; the name ends two cells from the edge, the date begins two cells in from its start.
    let name_start = right - cell * 2.0 - cell * 7.0;
    assert!((start(3) - name_start).abs() < Abs::pt(0.1));
    assert!((start(4) - (name_start + cell * 2.0)).abs() < Abs::pt(0.1));
}

#[test]
fn attachments_are_listed_and_begin_a_page_of_their_own() {
    let item = |label: &str, text: &str| ListItem { label: label.to_owned(), content: run(text) };
    let long = "岑汀市二〇二六年重点工程和民生实事项目责任分解清单以及推进时间安排表";
    let list = AttachmentList { items: vec![item("1.", long), item("2.", "主要指标表")] };
    let title = Title { lines: vec![run("主要指标表")], byline: None };
    let attachment = Attachment { label: "附件2".to_owned(), title };
    let pages = set(vec![
        paragraph("正文。"),
        Block::AttachmentList(list),
        signature(),
        Block::Attachment(attachment),
        paragraph("附件的正文。"),
    ]);
    assert_eq!(pages.pages.len(), 2);
    let first = lines(&pages, 0);
    assert!(first[&3].starts_with("附件：1.岑汀市") && first[&5].starts_with("2.主要"), "{first:?}");
    let x = |line: usize, nth: usize| {
        let glyphs: Vec<Abs> = runs(&pages, 0)
            .filter(|run| run.line == line)
            .flat_map(|run| run.glyphs.iter().map(|glyph| run.origin.x + glyph.x))
            .collect();
        glyphs[nth]
    };
    assert!((x(3, 5) - x(4, 0)).abs() < Abs::pt(0.1), "turned lines stand under the name");
    assert!((x(3, 3) - x(5, 0)).abs() < Abs::pt(0.1), "numbers stand under one another");
    let second = lines(&pages, 1);
    assert_eq!(
        (second[&1].as_str(), second[&3].as_str(), second[&5].as_str()),
        ("附件2", "主要指标表", "附件的正文。")
    );
}

#[test]
fn page_numbers_stand_below_the_outer_corner() {
    let pages = set(vec![paragraph(&"市".repeat(28 * 50))]);
    for (index, page) in pages.pages.iter().enumerate() {
        let numbers: Vec<&TextRun> = page
            .items
            .iter()
            .filter_map(|item| match item {
                FrameItem::Text(run) if run.content == Content::Pagination => Some(run),
                _ => None,
            })
            .collect();
        let text: String = numbers.iter().flat_map(|run| &run.glyphs).map(|glyph| glyph.character).collect();
        assert_eq!(text, format!("—{}—", index + 1));
        let (first, last) = (numbers[0].origin.x, numbers[numbers.len() - 1].origin.x);
        if index % 2 == 0 {
            let inset = Abs::mm(184.0) - (last + Abs::pt(14.0) * 0.890);
            assert!((inset - Abs::pt(14.0)).abs() < Abs::mm(0.3), "{inset:?}");
        } else {
            assert!((first - Abs::mm(28.0) - Abs::pt(14.0)).abs() < Abs::mm(0.3));
        }
    }
}

#[test]
fn options_for_the_printing_house() {
    let mut style = style();
    style.page.even = true;
    style.page.mirrored = true;
    style.page.bleed = Length(Abs::mm(3.0));
    let blocks = vec![paragraph(&"市".repeat(28 * 50))];
    let document = Document { blocks, ..Document::default() };
    let pages = layout(&document, &style, &Fonts::embedded()).unwrap();
    assert_eq!(pages.pages.len(), 4);
    assert!(pages.pages[3].items.is_empty(), "the page that makes the number even bears nothing");
    assert!(pages.bleed.approx_eq(Abs::mm(3.0)));
    // The type area's left edge: 28 mm on fronts, 26 mm on backs.
    for (page, edge) in [(0, 28.0), (1, 26.0), (2, 28.0)] {
        let left = runs(&pages, page).filter(|run| run.line > 1).map(|run| run.origin.x);
        let left = left.fold(Abs::mm(210.0), Abs::min);
        assert!((left.to_mm() - edge).abs() < 0.02, "page {page}: {left:?}");
    }
}

#[test]
fn a_long_table_repeats_its_head_and_loses_no_row() {
    let cell = |text: &str, header| Cell { content: run(text), header, columns: 1, rows: 1 };
    let head = vec![Row { cells: vec![cell("指标", true), cell("实绩", true)] }];
    let body: Vec<Row> = (0..80)
        .map(|nth| Row {
            cells: vec![cell("一般公共预算收入", false), cell(&format!("{nth}.5"), false)]
        })
        .collect();
    let table = Table {
        label: String::new(),
        caption: None,
        head,
        body,
        notes: vec![run("注：快报数。")],
        columns: Vec::new(),
        orientation: Orientation::Portrait,
    };
    let pages = set(vec![Block::Table(table), paragraph("表后文字。")]);
    assert!(pages.pages.len() > 2);
    let all: Vec<String> = (0..pages.pages.len())
        .map(|page| {
            let texts = pages.pages[page].items.iter().filter_map(|item| match item {
                FrameItem::Text(run) => Some(run),
                FrameItem::Fill(_) | FrameItem::Shape(_) | FrameItem::Picture(_) => None,
            });
            texts.flat_map(|run| &run.glyphs).map(|glyph| glyph.character).collect()
        })
        .collect();
    assert!(all[..3].iter().all(|text| text.contains("指标实绩")));
    for nth in 0..80 {
        let wanted = format!("一般公共预算收入{nth}.5");
        assert!(all.iter().any(|text| text.contains(&wanted)), "row {nth} is lost");
    }
}

fn cell(content: Vec<Inline>, header: bool) -> Cell {
    Cell { content, header, columns: 1, rows: 1 }
}

fn figure(text: &str) -> Vec<Inline> {
    let datum = Datum { paths: vec!["a".to_owned()], kind: DatumKind::Figure, open: false };
    vec![Inline::Run(Run { text: text.to_owned(), strong: false, datum: Some(datum.into()), offset: 0 })]
}

#[test]
fn a_form_has_its_columns_fixed_and_figures_on_their_points() {
    let figures = ["1234.50亿元", "增长6.2%", "约70个"];
    let body = figures
        .iter()
        .map(|text| Row { cells: vec![cell(run("甲"), false), cell(figure(text), false)] })
        .collect();
    let head = vec![Row { cells: vec![cell(run("名称"), true), cell(run("印出"), true)] }];
    let columns = vec![Column { share: 3, flush: true }, Column { share: 1, flush: false }];
    let pages = set(vec![Block::Table(Table {
        label: String::new(),
        caption: None,
        head,
        body,
        notes: Vec::new(),
        columns,
        orientation: Orientation::Portrait,
    })]);
    let left = Abs::mm(28.0);
    let x = |wanted: char| {
        let found = runs(&pages, 0).find_map(|run| {
            let glyph = run.glyphs.iter().find(|glyph| glyph.character == wanted)?;
            Some(run.origin.x + glyph.x - left)
        });
        found.unwrap()
    };
    // Text of a flush column stands at the rule, four tenths of its size away.
    assert!(x('甲').approx_eq(Abs::pt(12.0 * 0.4)), "{:?}", x('甲'));
    let rules: Vec<Abs> = pages.pages[0]
        .items
        .iter()
        .filter_map(|item| match item {
            FrameItem::Fill(fill) => Some(fill.rect.origin.x - left + Abs::pt(0.25)),
            FrameItem::Text(_) | FrameItem::Shape(_) | FrameItem::Picture(_) => None,
        })
        .collect();
    assert!(rules.iter().any(|rule| rule.approx_eq(Abs::mm(156.0 * 0.75))), "{rules:?}");
    let points: Vec<Abs> = runs(&pages, 0)
        .flat_map(|run| run.glyphs.iter().map(|glyph| (glyph.character, run.origin.x + glyph.x)))
        .filter(|(character, _)| matches!(character, '.' | '个'))
        .map(|(_, x)| x)
        .collect();
    assert_eq!(points.len(), 3);
    assert!(points.iter().all(|x| (*x - points[0]).abs() < Abs::pt(3.0)), "{points:?}");
}

#[test]
fn a_tables_last_row_stands_on_no_page_alone() {
    for rows in 20..60 {
        let body = (0..rows).map(|_| Row { cells: vec![cell(run("甲"), false)] }).collect();
        let head = vec![Row { cells: vec![cell(run("乙"), true)] }];
        let table = Table {
            label: String::new(),
            caption: None,
            head,
            body,
            notes: Vec::new(),
            columns: Vec::new(),
            orientation: Orientation::Portrait,
        };
        let pages = set(vec![Block::Table(table)]);
        let last = runs(&pages, pages.pages.len() - 1);
        let on_last = last.filter(|run| run.glyphs[0].character == '甲').count();
        assert!(on_last > 1, "{rows} rows");
    }
}

#[test]
fn each_further_title_begins_a_page() {
    let title = |text| Block::Title(Title { lines: vec![run(text)], byline: None });
    let pages = set(vec![title("甲"), paragraph("正文。"), title("乙"), paragraph("正文。")]);
    let first = |page| runs(&pages, page).next().unwrap().glyphs[0].character;
    assert_eq!((pages.pages.len(), first(0), first(1)), (2, '甲', '乙'));
}

#[test]
fn a_character_without_a_glyph_is_named() {
    let document = Document { blocks: vec![paragraph("甲\u{e000}乙\u{13000}")], ..Document::default() };
    let faults = layout(&document, &style(), &Fonts::embedded()).unwrap_err();
    let codes: Vec<&str> = faults.iter().map(|fault| fault.entry.code).collect();
    assert_eq!(codes, ["E0510", "E0510"]);
    assert_eq!(faults[1].anchor.as_ref().map(|anchor| anchor.offset), Some(9));
}

#[test]
fn titles_are_trapezoids_that_break_no_word() {
    let title = "岑汀市人民政府关于二〇二五年国民经济和社会发展计划执行情况与二〇二六年国民经济和社会发展计划草案的报告";
    let block = Block::Title(Title { lines: vec![run(title)], byline: None });
    let pages = set(vec![block, paragraph("正文。")]);
    let mut rows = BTreeMap::<i64, String>::new();
    for run in runs(&pages, 0).filter(|run| run.size > Abs::pt(20.0)) {
        let row = rows.entry((run.origin.y.to_pt() * 10.0) as i64).or_default();
        row.extend(run.glyphs.iter().map(|glyph| glyph.character));
    }
    let lengths: Vec<usize> = rows.values().map(|row| row.chars().count()).collect();
    assert!(lengths.len() >= 3 && lengths.iter().all(|length| *length > 2), "{lengths:?}");
    let (least, widest) = (lengths.iter().copied().min().unwrap(), lengths.iter().copied().max().unwrap());
    // Two lines of a trapezoid may be of one length where no word parts elsewhere, but not all of them.
    let falls = lengths.windows(2).all(|pair| pair[0] >= pair[1]) && least < widest;
    let rises = lengths.windows(2).all(|pair| pair[0] <= pair[1]) && least < widest;
    let diamond = lengths.len() > 2 && lengths[0] < widest && lengths[lengths.len() - 1] < widest;
    assert!(falls || rises || diamond, "{rows:?}");
    for word in ["人民政府", "国民经济", "社会", "发展", "计划", "草案", "报告", "二〇二六年"]
    {
        assert!(rows.values().any(|row| row.contains(word)), "{word} is broken: {rows:?}");
    }
}

fn with_footnotes(text: &str, notes: &[(usize, &str)]) -> Block {
    let mut content = run(text);
    for (number, note) in notes {
        let mark = char::from_u32(u32::from('①') + *number as u32 - 1).unwrap().to_string();
        content.push(Inline::Footnote(Footnote { number: *number, mark, content: run(note) }));
        content.extend(run("后文。"));
    }
    Block::Paragraph(Paragraph { heading: None, content, kind: ParagraphKind::Body })
}

/// The text of a page's elements, its marks and notes among it, and how far down the body and the notes reach.
fn foot(pages: &Pages, page: usize) -> (String, Abs, Abs) {
    let small = |run: &&TextRun| run.size.approx_eq(Abs::pt(10.5));
    let lowest = |runs: Vec<&TextRun>| runs.iter().map(|run| run.origin.y).fold(Abs::ZERO, Abs::max);
    let notes: Vec<&TextRun> = runs(pages, page).filter(small).collect();
    let text = notes.iter().flat_map(|run| &run.glyphs).map(|glyph| glyph.character).collect();
    let highest = notes.iter().map(|run| run.origin.y).fold(Abs::mm(297.0), Abs::min);
    let body = lowest(runs(pages, page).filter(|run| !small(run)).collect());
    assert!(notes.is_empty() || body < highest, "the text runs into the notes");
    (text, body, lowest(notes))
}

#[test]
fn footnotes_stand_at_the_foot_of_their_marks_page() {
    let filler = "市".repeat(28 * 3 - 4);
    for before in 0..24 {
        let mut blocks: Vec<Block> = (0..before).map(|_| paragraph(&filler[..60])).collect();
        blocks.push(with_footnotes(&filler, &[(1, "快报数。"), (2, "按可比价格计算，以上年为基期。")]));
        blocks.push(paragraph(&filler));
        let pages = set(blocks);
        let mut seen = String::new();
        for page in 0..pages.pages.len() {
            let (text, _, lowest) = foot(&pages, page);
            let all: String = runs(&pages, page).flat_map(|run| &run.glyphs).map(|g| g.character).collect();
            for mark in ['①', '②'] {
                // The mark in the text and that of the note, or neither.
                let count = all.chars().filter(|c| *c == mark).count();
                assert!(count == 0 || count == 2, "{before}: page {page} has {count} of {mark}");
            }
            if !text.is_empty() {
                let bottom = lowest + Abs::pt(10.5) * 0.12;
                assert!((bottom.to_mm() - 262.0).abs() < 0.05, "{before}: {bottom:?}");
            }
            seen.push_str(&text);
        }
        assert_eq!(seen, "①快报数。②按可比价格计算，以上年为基期。", "{before}");
    }
}

#[test]
fn footnotes_longer_than_a_page_go_on_at_the_next_pages_foot() {
    let note = "长".repeat(4_000);
    let pages = set(vec![with_footnotes("正文", &[(1, &note)]), paragraph("后文。")]);
    let mut seen = String::new();
    for page in 0..pages.pages.len() {
        let (text, _, lowest) = foot(&pages, page);
        assert!(lowest.to_mm() < 262.0);
        seen.push_str(&text);
    }
    assert_eq!(seen, format!("①{note}"));
}

#[test]
fn a_footnotes_mark_begins_no_line() {
    for count in 20..60 {
        let pages = set(vec![with_footnotes(&"市".repeat(count), &[(1, "注。")])]);
        let body = lines(&pages, 0);
        assert!(body.values().all(|line| !line.starts_with('①') || line.ends_with("注。")), "{body:?}");
    }
}

#[test]
fn no_list_of_names_is_torn_apart() {
    let names =
        ["赵堃", "阿卜杜热合曼·买买提江", "欧阳俊", "古丽娜尔·阿不都拉", "钱喆", "木合塔尔·艾比布拉", "孙珺"];
    let style = style();
    for start in 0..names.len() {
        let mut content = Vec::new();
        for name in names.iter().cycle().skip(start).take(12) {
            let kind = DatumKind::Listed;
            let datum = Arc::new(Datum { paths: vec!["a.b".to_owned()], kind, open: false });
            if !content.is_empty() {
                content.extend(run("、"));
            }
            let text = (*name).to_owned();
            content.push(Inline::Run(Run { text, strong: false, datum: Some(datum), offset: 0 }));
        }
        let roster = Roster { label: "出席".to_owned(), content };
        let pages = set(vec![paragraph("会议研究了工作。"), Block::Roster(roster)]);
        for run in runs(&pages, 0) {
            for pair in run.glyphs.windows(2) {
                let most = style.cell() + style.body.size.0 / 8.0 + Abs::pt(0.01);
                assert!(pair[1].x - pair[0].x <= most, "{start}: {:?}", pair[0].character);
            }
        }
    }
}

//! Makes pages as the program does: a document, laid out.

use std::sync::Arc;

use shizheng::diag::SourceText;
use shizheng::document::{
    Block, Cell, Document, Heading, Inline, List, ListItem, Orientation, Paragraph, ParagraphKind, Row, Run,
    Signature, Signer, Table, Title,
};
use shizheng::font::Fonts;
use shizheng::layout::layout;
use shizheng::pack::Style;
use shizheng::page::Pages;

pub(super) fn run(text: &str) -> Vec<Inline> {
    vec![Inline::Run(Run { text: text.to_owned(), strong: false, datum: None, offset: 0 })]
}

fn paragraph(heading: Option<Heading>, text: &str) -> Block {
    Block::Paragraph(Paragraph { heading, content: run(text), kind: ParagraphKind::Body })
}

pub(super) fn heading(level: u8, number: &str, text: &str) -> Heading {
    Heading { level, number: number.to_owned(), content: run(text) }
}

/// A few pages whose lines have every reason to stretch: numbers, Latin words, marks.
pub(super) fn document() -> Document {
    let body = "全市地区生产总值1234.50亿元，同比增长6.5%，高于全省0.8个百分点；规模以上工业增加值增长7.25%，\
                固定资产投资增长10.3%。新增5G基站1280个，“一网通办”事项达到98.6%，引进R&D项目15个（其中国家级3个）。\
                城镇新增就业5.2万人，登记失业率3.4%以内，居民人均可支配收入38765元；PM2.5平均浓度29微克/立方米，\
                优良天数比例92.3%——创有监测以来最好水平……";
    let mut blocks = vec![
        Block::Title(Title {
            lines: vec![run("云州市人民政府2025年工作总结和2026年工作谋划")],
            byline: Some(run("（2026年1月5日）")),
        }),
        Block::Heading(heading(1, "一、", "2025年工作总结")),
    ];
    for number in ["（一）", "（二）", "（三）", "（四）"] {
        blocks.push(paragraph(Some(heading(2, number, "经济运行稳中有进。")), body));
        blocks
            .push(paragraph(None, &body.chars().rev().skip(40).collect::<String>().replace(['”', '“'], "")));
    }
    blocks.push(Block::Heading(heading(1, "二、", "2026年工作谋划")));
    let item = |label: &str| ListItem { label: label.to_owned(), content: run(body) };
    blocks.push(Block::List(List { items: vec![item("一是"), item("二是")] }));
    blocks.push(Block::Signature(Signature {
        signers: vec![Signer { name: run("云州市人民政府"), ..Signer::default() }],
        date: run("2026年1月5日"),
        ..Signature::default()
    }));
    Document {
        title: "云州市人民政府2025年工作总结和2026年工作谋划".to_owned(),
        language: "zh-CN".to_owned(),
        date: Some("2026-01-05".to_owned()),
        author: "云州市人民政府".to_owned(),
        label: None,
        blocks,
    }
}

/// The same with a table of three pages.
pub(super) fn with_table() -> Document {
    let mut document = document();
    let cell = |text: &str, header| Cell { content: run(text), header, columns: 1, rows: 1 };
    let body = (1..70).map(|row| Row {
        cells: vec![
            cell(&format!("指标{row}"), true),
            cell(&format!("{}.50", row * 7), false),
            Cell { content: Vec::new(), header: false, columns: 1, rows: 1 },
        ],
    });
    let wide = Cell { columns: 2, ..cell("全年", true) };
    document.blocks.insert(
        4,
        Block::Table(Table {
            label: String::new(),
            caption: Some(run("主要指标完成情况")),
            head: vec![Row { cells: vec![cell("指标", true), wide] }],
            body: body.collect(),
            notes: vec![run("注：增长率按可比价计算。")],
            columns: Vec::new(),
            orientation: Orientation::Portrait,
        }),
    );
    document
}

pub(super) fn pages(document: &Document, fonts: &Fonts) -> Pages {
    let text = include_str!("../../templates/annual-report/style.toml");
    let style = Style::parse(&Arc::new(SourceText::new("style.toml", text))).unwrap();
    layout(document, &style, fonts).unwrap()
}

/// A data file of a report with figures that are still to come.
pub(super) const OPEN: &str = r#"{"report": {"year": 2025, "city": "云州市", "status": "征求意见稿"},
    "economy": {"gdp": {"value": null, "growth": "XX"}}, "epidemic": {}}"#;

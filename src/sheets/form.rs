//! Sets the sheets as a document: for each department a form that begins a page, with room for signatures.
//!
//! The pages lie across (横向), because a row has eight columns. What the style decides beside the page, its
//! faces above all, is the report's own.

use std::sync::Arc;

use super::{Department, Item, NAME, Sheets};
use crate::document::{
    Block, Cell, Column, Datum, DatumKind, Document, Heading, Inline, Orientation, Row, Run, Table, Title,
};
use crate::pack::{Grid, Kind, Length, PageStyle, Style};
use crate::units::Abs;

/// The columns: their heads, their widths in millimetres, whether their text begins at the left.
const COLUMNS: [(&str, u32, bool); 8] = [
    ("序号", 12, false),
    ("名称", 50, true),
    ("报告印出", 47, false),
    ("数据填报", 47, false),
    ("上年", 27, false),
    ("比上年", 25, false),
    ("报告页行", 26, false),
    ("核对意见", 23, false),
];
/// The column of the places in the report.
const PLACES: usize = 6;
/// The most characters of a cell of each column in one row; more goes on in further rows, so that a row
/// never outgrows a page.
const MOST: [usize; 8] = [8, 120, 120, 120, 60, 60, 60, 1];
/// The same for a sentence that takes two columns.
const MOST_PROSE: usize = 240;

/// Room for signatures, each cell with the columns that it takes.
const SIGNATURE: [(&str, usize); 3] =
    [("核稿人（签字）：", 2), ("部门负责人（签字）：", 2), ("日期：　　　　年　　月　　日", 4)];

const NOTE: &str = "说明：“报告页行”是该项印在报告的第几页第几行；“决定怎么写”的不印出来，\
                    报告写不写、怎么写一句话由它定；“未印出”是报告没有用到的数据。\
                    核对无误的，在“核对意见”栏打√；有误的，写上正确的数。签字后请退回。";

/// Returns the style of the sheets: the report's faces on A4 lying across.
pub fn style(report: &Style) -> Style {
    let mut style = report.clone();
    let length = |millimetres| Length(Abs::mm(millimetres));
    style.page = PageStyle {
        width: length(297.0),
        height: length(210.0),
        top: length(18.0),
        binding: length(20.0),
        fore_edge: length(20.0),
        bottom: length(20.0),
        mirrored: false,
        even: false,
        bleed: Length(Abs::ZERO),
    };
    style.grid = Grid { columns: 52, rows: 21 };
    let points = |points| Length(Abs::pt(points));
    style.title.size = points(18.0);
    for role in [
        &mut style.byline,
        &mut style.body,
        &mut style.heading1,
        &mut style.heading2,
        &mut style.heading3,
        &mut style.heading4,
        &mut style.headline,
    ] {
        role.size = points(13.5);
    }
    style.table.size = points(10.5);
    style.page_number.size = points(12.0);
    style.page_number.below = length(6.0);
    style
}

/// Makes the document: a part for each department.
pub fn document(sheets: &Sheets) -> Document {
    let title = format!("{}{NAME}", sheets.title);
    let blocks = sheets.departments.iter().flat_map(|department| part(&title, department));
    Document {
        title: title.clone(),
        language: sheets.language.clone(),
        date: sheets.date.clone(),
        author: sheets.author.clone(),
        blocks: blocks.collect(),
        ..Document::default()
    }
}

fn part(title: &str, department: &Department) -> Vec<Block> {
    let count = department.items.len();
    let unprinted = department.items.iter().filter(|item| item.is_idle()).count();
    let besides = if unprinted > 0 { format!("，其中未印出{unprinted}项") } else { String::new() };
    // On the head of every page, so that a leaf that comes loose finds its way back.
    let owner = format!("{}　共{count}项{besides}", department.name);
    let mut body: Vec<Row> =
        department.items.iter().enumerate().flat_map(|(index, item)| rows(index + 1, item)).collect();
    let room = SIGNATURE.map(|(text, columns)| Cell {
        content: vec![run(text, None), Inline::LineBreak, run("　", None)],
        header: false,
        columns,
        rows: 1,
    });
    body.push(Row { cells: room.to_vec() });
    let owner = Cell { content: text(&owner), header: true, columns: COLUMNS.len(), rows: 1 };
    let head = COLUMNS.map(|(name, ..)| Cell { content: text(name), header: true, columns: 1, rows: 1 });
    let columns = COLUMNS.map(|(_, share, flush)| Column { share, flush });
    vec![
        Block::Title(Title { lines: vec![text(title)], byline: None }),
        Block::Heading(Heading { level: 1, number: String::new(), content: text(&department.name) }),
        Block::Table(Table {
            label: String::new(),
            caption: None,
            head: vec![Row { cells: vec![owner] }, Row { cells: head.to_vec() }],
            body,
            notes: vec![text(NOTE)],
            columns: columns.to_vec(),
            orientation: Orientation::Portrait,
        }),
    ]
}

/// Sets a datum in one row, or in as many as its longest cell needs.
fn rows(number: usize, item: &Item) -> Vec<Row> {
    let shown = item.shown();
    let prose = item.is_prose() && item.printed.len() == 1 && shown == item.given;
    let empty = String::new();
    let texts = [
        number.to_string(),
        item.title.clone(),
        shown,
        if prose { empty.clone() } else { item.given.clone() },
        item.previous.clone().unwrap_or_default(),
        item.change.clone().unwrap_or_default(),
        item.whereabouts(),
        empty,
    ];
    let pieces: Vec<Vec<String>> = texts
        .iter()
        .enumerate()
        .map(|(column, text)| pieces(text, if prose && column == 2 { MOST_PROSE } else { MOST[column] }))
        .collect();
    let count = pieces.iter().map(Vec::len).max().unwrap_or(1);
    let row = |nth: usize| {
        let cells = pieces.iter().enumerate().filter(|(column, _)| !(prose && *column == 3));
        let cells = cells.map(|(column, pieces)| {
            let piece = pieces.get(nth).map_or("", String::as_str);
            let figure = (column >= 2 && nth == 0 && is_figure(item.kind)).then_some(item);
            let columns = if prose && column == 2 { 2 } else { 1 };
            let content = if column == PLACES { lines(piece) } else { content(piece, figure) };
            Cell { content, header: false, columns, rows: 1 }
        });
        Row { cells: cells.collect() }
    };
    (0..count).map(row).collect()
}

/// Begins a line with each page: 1页3、5行 / 2页1行.
fn lines(places: &str) -> Vec<Inline> {
    let pages = places.split('，').filter(|page| !page.is_empty());
    let lines = pages.flat_map(|page| [Inline::LineBreak, run(page, None)]);
    lines.skip(1).collect()
}

/// Parts a text into pieces of up to a number of characters.
fn pieces(text: &str, most: usize) -> Vec<String> {
    let letters: Vec<char> = text.chars().collect();
    letters.chunks(most).map(|piece| piece.iter().collect()).collect()
}

/// Tells whether a value is a number that stands on its column's decimal point.
fn is_figure(kind: Kind) -> bool {
    matches!(kind, Kind::Count | Kind::Quantity | Kind::Percent | Kind::Growth | Kind::Rank)
}

fn content(piece: &str, figure: Option<&Item>) -> Vec<Inline> {
    if piece.is_empty() {
        return Vec::new();
    }
    let datum =
        figure.map(|item| Datum { paths: vec![item.path.clone()], kind: DatumKind::Figure, open: false });
    vec![run(piece, datum)]
}

fn text(text: &str) -> Vec<Inline> {
    vec![run(text, None)]
}

fn run(text: &str, datum: Option<Datum>) -> Inline {
    Inline::Run(Run { text: text.to_owned(), strong: false, datum: datum.map(Arc::new), offset: 0 })
}

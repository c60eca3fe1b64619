//! Makes the list that ends a draft: every figure that is still to come, with whom to ask and where it is
//! missing. It is a document of its own, laid out after the first one has its pages.

use std::collections::BTreeSet;

use crate::document::{
    Block, Cell, Column, Document, Heading, Inline, Orientation, Paragraph, ParagraphKind, Row, Run, Table,
};
use crate::trace::Trace;

/// The label of a draft whose data say nothing else.
pub const LABEL: &str = "草稿";

/// The columns of a list with pages, in millimetres: most paths have room on a line.
const COLUMNS: [Column; 4] = [
    Column { share: 12, flush: false },
    Column { share: 92, flush: true },
    Column { share: 32, flush: false },
    Column { share: 20, flush: false },
];
/// The most runs of pages that are named of a datum.
const MOST_RUNS: usize = 4;

/// Makes the list of what is still to come; nothing when there is nothing. `with_pages` says whether the
/// document has pages that the list can name.
pub fn list(trace: &Trace, with_pages: bool) -> Option<Document> {
    let open = trace.open();
    if open.is_empty() {
        return None;
    }
    let heading = Heading { level: 1, number: String::new(), content: run("未定数据清单") };
    let words = format!("以下{}项数据还没有确定，定稿前须填入数据文件。", open.len());
    let paragraph = Paragraph { heading: None, content: run(&words), kind: ParagraphKind::Body };
    let head: &[&str] = if with_pages {
        &["序号", "数据项和路径", "部门", "页码"]
    } else {
        &["序号", "数据项", "路径", "部门"]
    };
    let head = Row { cells: head.iter().map(|text| cell(run(text), true)).collect() };
    let body = open.iter().enumerate().map(|(nth, datum)| {
        let leaf = &trace.data[*datum];
        let field = &leaf.field;
        let title = match field.unit.as_str() {
            "" => field.title.clone(),
            unit => format!("{}（{unit}）", field.title),
        };
        let number = run(&(nth + 1).to_string());
        let (title, path, department) = (run(&title), run(&leaf.path), run(&field.department));
        let cells = if with_pages {
            // A path below its title: both have room, and few are broken.
            let item = [title, vec![Inline::LineBreak], path].concat();
            vec![number, item, department, run(&pages(trace, *datum))]
        } else {
            vec![number, title, path, department]
        };
        Row { cells: cells.into_iter().map(|content| cell(content, false)).collect() }
    });
    let body = body.collect();
    let table = Table {
        label: String::new(),
        caption: None,
        head: vec![head],
        body,
        notes: Vec::new(),
        columns: if with_pages { COLUMNS.to_vec() } else { Vec::new() },
        orientation: Orientation::Portrait,
    };
    let blocks = vec![Block::Heading(heading), Block::Paragraph(paragraph), Block::Table(table)];
    Some(Document { blocks, ..Document::default() })
}

/// Returns the pages that a datum is printed on: `3、7`, `1—4、9`.
fn pages(trace: &Trace, datum: usize) -> String {
    let places = trace.printed(datum).flat_map(|printed| &printed.places);
    let pages: BTreeSet<usize> = places.map(|place| place.page).collect();
    if pages.is_empty() {
        return "未印出".to_owned();
    }
    let mut runs: Vec<[usize; 2]> = Vec::new();
    for page in &pages {
        match runs.last_mut() {
            Some([_, last]) if *last + 1 == *page => *last = *page,
            _ => runs.push([*page; 2]),
        }
    }
    let shown = runs.iter().take(MOST_RUNS).map(|[first, last]| match last - first {
        0 => first.to_string(),
        1 => format!("{first}、{last}"),
        _ => format!("{first}—{last}"),
    });
    let shown = shown.collect::<Vec<_>>().join("、");
    if runs.len() > MOST_RUNS { format!("{shown}等{}页", pages.len()) } else { shown }
}

fn cell(content: Vec<Inline>, header: bool) -> Cell {
    Cell { content, header, columns: 1, rows: 1 }
}

fn run(text: &str) -> Vec<Inline> {
    if text.is_empty() {
        return Vec::new();
    }
    vec![Inline::Run(Run { text: text.to_owned(), strong: false, datum: None, offset: 0 })]
}

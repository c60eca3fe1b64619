//! Shows tables to be turned as GB/T 9704-2012, 8 has it.

use super::*;
use crate::diag::catalogue::layout::TABLE_CROWDED;

/// All text of a page: heads repeated and the page number too.
fn everything(pages: &Pages, page: usize) -> impl Iterator<Item = &TextRun> {
    pages.pages[page].items.iter().filter_map(|item| match item {
        FrameItem::Text(run) => Some(run),
        _ => None,
    })
}

fn text<'a>(runs: impl Iterator<Item = &'a TextRun>) -> String {
    runs.flat_map(|run| &run.glyphs).map(|glyph| glyph.character).collect()
}

/// A table whose every cell is told from all others.
fn wide(rows: usize, columns: usize, orientation: Orientation) -> Table {
    let row = |nth: usize, header: bool| Row {
        cells: (0..columns)
            .map(|column| cell(run(&format!("{}{nth}.{column}", if header { '表' } else { '格' })), header))
            .collect(),
    };
    Table {
        label: String::new(),
        caption: Some(run("横排的表")),
        head: vec![row(0, true)],
        body: (1..=rows).map(|nth| row(nth, false)).collect(),
        notes: vec![run("来源：统计局。")],
        columns: Vec::new(),
        orientation,
    }
}

#[test]
fn a_turned_table_stays_in_the_type_area_with_every_row_once_and_its_head_at_the_left_of_each_page() {
    for (rows, columns) in [(1, 1), (2, 3), (14, 8), (40, 6), (75, 9)] {
        let blocks = vec![
            paragraph("表前。"),
            Block::Table(wide(rows, columns, Orientation::Landscape)),
            paragraph("表后。"),
        ];
        let pages = set(blocks);
        let last = pages.pages.len() - 1;
        let mut seen = String::new();
        for page in 1..last {
            let area = Abs::mm(28.0);
            let (top, bottom) = (Abs::mm(37.0), Abs::mm(297.0 - 35.0));
            let (number, turned): (Vec<&TextRun>, Vec<&TextRun>) =
                everything(&pages, page).partition(|run| run.content == Content::Pagination);
            assert!(turned.iter().all(|run| run.turned), "page {page} has upright text");
            assert!(!number.is_empty(), "page {page} has no number");
            assert!(number.iter().all(|run| !run.turned && run.origin.y > bottom), "the number has moved");
            let slack = Abs::pt(0.6);
            for run in &turned {
                let end = run.origin.y - run.glyphs.last().unwrap().x;
                assert!(run.origin.y <= bottom + slack && end >= top - slack, "{run:?}");
                let right = area + Abs::mm(156.0);
                assert!(run.origin.x >= area && run.origin.x <= right, "{run:?}");
            }
            for item in &pages.pages[page].items {
                if let FrameItem::Fill(fill) = item {
                    let (corner, size) = (fill.rect.origin, fill.rect.size);
                    assert!(
                        corner.x >= area - slack && corner.x + size.width <= area + Abs::mm(156.0) + slack
                    );
                    assert!(corner.y >= top - slack && corner.y + size.height <= bottom + slack);
                }
            }
            let all = text(turned.iter().copied());
            assert_eq!(all.matches("表0.0").count(), 1, "page {page} has no head, or two");
            assert_eq!(all.contains("续表"), page > 1, "page {page}");
            let of = |wanted: char| turned.iter().filter(move |run| run.glyphs[0].character == wanted);
            let head = of('表').map(|run| run.origin.x).fold(Abs::ZERO, Abs::max);
            assert!(of('格').all(|run| run.origin.x > head), "the head is not at the left of page {page}");
            seen.push_str(&all);
            seen.push('|');
        }
        for nth in 1..=rows {
            let wanted = format!("格{nth}.0");
            let found = seen
                .match_indices(&wanted)
                .filter(|(at, _)| !seen[at + wanted.len()..].starts_with(|c: char| c.is_ascii_digit()));
            assert_eq!(found.count(), 1, "row {nth} of {rows}");
        }
        assert!(runs(&pages, 0).chain(runs(&pages, last)).all(|run| !run.turned));
    }
}

#[test]
fn a_table_is_turned_by_itself_where_it_has_no_room_upright() {
    let is_turned = |columns, orientation| {
        let pages = set(vec![Block::Table(wide(3, columns, orientation))]);
        runs(&pages, 0).any(|run| run.turned)
    };
    assert!(!is_turned(4, Orientation::Auto));
    assert!(is_turned(13, Orientation::Auto));
    assert!(!is_turned(13, Orientation::Portrait));
    assert!(is_turned(1, Orientation::Landscape));
}

#[test]
fn what_leads_to_a_turned_table_is_turned_with_it() {
    let attachment = || {
        let title = Title { lines: vec![run("重点项目汇总表")], byline: None };
        Block::Attachment(Attachment { label: "附件2".to_owned(), title })
    };
    for (leading, word, bookmark) in
        [(heading("项目"), "一、项目", "一、项目"), (attachment(), "附件2", "附件2 重点项目汇总表")]
    {
        let table = Block::Table(wide(30, 6, Orientation::Landscape));
        let pages = set(vec![paragraph("表前。"), leading, table, paragraph("表后。")]);
        assert_eq!(text(runs(&pages, 0)), "表前。");
        assert!(runs(&pages, 1).all(|run| run.turned));
        assert!(text(runs(&pages, 1)).starts_with(word));
        let outline = &pages.outline[0];
        assert_eq!((outline.title.as_str(), outline.level, outline.page), (bookmark, 1, 1));
        // The title is in the middle between the foot and the top of the type area.
        for run in runs(&pages, 1).filter(|run| run.size > Abs::pt(20.0)) {
            let (start, end) = (run.along(&run.glyphs[0]), run.along(run.glyphs.last().unwrap()) + run.size);
            assert!(((start + end) / 2.0 + Abs::mm(37.0 + 112.5)).abs() < Abs::pt(1.0), "{run:?}");
        }
    }
}

#[test]
fn a_table_wider_than_a_turned_page_is_refused_by_name() {
    let wide = |columns| {
        let number = || cell(run("123456789.01"), false);
        let mut table = wide(2, columns, Orientation::Auto);
        for row in &mut table.body {
            row.cells = (0..columns).map(|_| number()).collect();
        }
        let document = Document { blocks: vec![Block::Table(table)], ..Document::default() };
        layout(&document, &style(), &Fonts::embedded())
    };
    assert!(runs(&wide(6).unwrap(), 0).all(|run| run.turned));
    let faults = wide(9).unwrap_err();
    assert_eq!(faults.len(), 1);
    assert_eq!(faults[0].entry.code, TABLE_CROWDED.code);
    assert!(faults[0].message(crate::diag::Language::Chinese).contains("横排的表"));
}

#[test]
fn no_number_is_broken_where_the_columns_of_text_can_give_way() {
    let long = "很长的一段文字".repeat(8);
    for columns in [5, 7, 9] {
        let cells = |nth: usize| {
            let content = if nth == 0 { run(&long) } else { run("98765432.1") };
            cell(content, false)
        };
        let body = (0..2).map(|_| Row { cells: (0..columns).map(cells).collect() }).collect();
        let table = Table { caption: None, head: Vec::new(), body, ..wide(0, 1, Orientation::Auto) };
        let pages = set(vec![Block::Table(table)]);
        let all = (0..pages.pages.len()).flat_map(|page| runs(&pages, page));
        let whole = all.filter(|run| text(std::iter::once(*run)) == "98765432.1").count();
        assert_eq!(whole, 2 * (columns - 1), "{columns}");
    }
}

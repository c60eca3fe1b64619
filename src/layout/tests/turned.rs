//! Shows tables to be turned as GB/T 9704-2012, 8 has it.

use super::*;
use crate::diag::catalogue::layout::{ROW_TOO_HIGH, TABLE_CROWDED};
use crate::document::{Manner, Seal};
use crate::page::{Color, Fill};
use crate::picture::Picture;

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
    for (leading, word, bookmark, level) in
        [(heading("项目"), "一、项目", "一、项目", 1), (attachment(), "附件2", "附件2 重点项目汇总表", 0)]
    {
        let table = Block::Table(wide(30, 6, Orientation::Landscape));
        let pages = set(vec![paragraph("表前。"), leading, table, paragraph("表后。")]);
        assert_eq!(text(runs(&pages, 0)), "表前。");
        assert!(runs(&pages, 1).all(|run| run.turned));
        assert!(text(runs(&pages, 1)).starts_with(word));
        let outline = &pages.outline[0];
        assert_eq!((outline.title.as_str(), outline.level, outline.page), (bookmark, level, 1));
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
fn rows_higher_than_a_page_are_refused_by_their_numbers() {
    let laid = |orientation, characters: usize| {
        let mut table = wide(3, 2, orientation);
        for row in [0, 2] {
            table.body[row].cells[1] = cell(run(&"长".repeat(characters)), false);
        }
        let document = Document { blocks: vec![Block::Table(table)], ..Document::default() };
        layout(&document, &style(), &Fonts::embedded())
    };
    for orientation in [Orientation::Portrait, Orientation::Landscape] {
        // A page with the head has room for 500 characters in a cell either way, and none has for 2,000.
        assert!(laid(orientation, 500).is_ok());
        let faults = laid(orientation, 2_000).unwrap_err();
        assert!(faults.iter().all(|fault| fault.entry.code == ROW_TOO_HIGH.code), "{faults:?}");
        let told: Vec<_> = faults.iter().map(|fault| fault.message(crate::diag::Language::English)).collect();
        assert!(told.len() == 2 && told[0].contains("row 1 of") && told[1].contains("row 3 of"), "{told:?}");
    }
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

#[test]
fn what_signs_a_turned_table_stands_on_a_page_with_some_of_its_rows() {
    let signature = |manner| {
        let signer = Signer { post: Vec::new(), name: run("岑汀市人民政府"), seal: None };
        Block::Signature(Signature { manner, signers: vec![signer], date: run("2026年1月5日") })
    };
    for rows in 1..40 {
        for manner in [Manner::Plain, Manner::Sealed, Manner::Stamped] {
            let note =
                Paragraph {
                    heading: None, content: run("（联系人：某某）"), kind: ParagraphKind::Note
                };
            let table = Block::Table(wide(rows, 6, Orientation::Landscape));
            let pages = set(vec![paragraph("表前。"), table, signature(manner), Block::Paragraph(note)]);
            let last = pages.pages.len() - 1;
            let all = text(runs(&pages, last));
            assert!(all.contains(&format!("格{rows}.0")), "{manner:?} after {rows} rows: {all}");
            for words in ["来源：统计局。", "岑汀市人民政府", "2026年1月5日", "联系人"] {
                assert!(all.contains(words), "{manner:?} after {rows} rows: {all} without {words}");
            }
            // The sheet's lower end is the left of what is turned: the date ends near its upper end.
            assert!(runs(&pages, last).all(|run| run.turned));
            let date = runs(&pages, last).find(|run| run.glyphs[0].character == '2').unwrap();
            assert!(date.origin.y < Abs::mm(37.0 + 78.0), "{date:?}");
        }
    }
}

#[test]
fn a_seal_is_turned_with_its_table() {
    let picture = Arc::new(Picture { width: 10, height: 20, ink: vec![255; 200], colors: None });
    let seal = Seal {
        file: Run { text: "seal.png".to_owned(), strong: false, datum: None, offset: 0 },
        picture: Some(picture),
    };
    let signer = Signer { post: Vec::new(), name: run("岑汀市人民政府"), seal: Some(seal) };
    let signature = Signature { manner: Manner::Sealed, signers: vec![signer], date: run("2026年1月5日") };
    let table = Block::Table(wide(3, 6, Orientation::Landscape));
    let pages = set(vec![table, Block::Signature(signature)]);
    let pictures = pages.pages[0].items.iter().filter_map(|item| match item {
        FrameItem::Picture(picture) => Some(picture),
        _ => None,
    });
    let turned: Vec<_> = pictures.map(|placed| (placed.turned, placed.rect.size)).collect();
    assert_eq!(turned.len(), 1);
    assert!(turned[0].0 && turned[0].1.width > turned[0].1.height);
}

#[test]
fn a_turned_table_stays_in_the_type_area_of_mirrored_pages_its_head_at_the_fore_edge_of_even_ones() {
    let mut style = style();
    style.page.mirrored = true;
    // So that a page on the wrong side shows.
    (style.page.binding, style.page.fore_edge) = (Length(Abs::mm(34.0)), Length(Abs::mm(20.0)));
    let blocks = vec![paragraph("表前。"), Block::Table(wide(75, 9, Orientation::Landscape))];
    let document = Document { blocks, ..Document::default() };
    let pages = layout(&document, &style, &Fonts::embedded()).unwrap();
    assert!(pages.pages.len() > 4);
    let slack = Abs::pt(0.6);
    for (page, sheet) in pages.pages.iter().enumerate().skip(1) {
        let left = if (page + 1) % 2 == 0 { Abs::mm(20.0) } else { Abs::mm(34.0) };
        let right = left + Abs::mm(156.0);
        let (number, turned): (Vec<&TextRun>, Vec<&TextRun>) =
            everything(&pages, page).partition(|run| run.content == Content::Pagination);
        assert!(turned.iter().all(|run| run.turned && run.origin.x > left && run.origin.x < right));
        let at = number.iter().map(|run| run.origin.x).fold(right, Abs::min);
        assert_eq!(at < left + Abs::mm(20.0), (page + 1) % 2 == 0, "the number of page {page} is inside");
        let of = |wanted: char| turned.iter().filter(move |run| run.glyphs[0].character == wanted);
        let head = of('表').map(|run| run.origin.x).fold(Abs::ZERO, Abs::max);
        assert!(of('格').all(|run| run.origin.x > head), "the head is not at the left of page {page}");
        for item in &sheet.items {
            if let FrameItem::Fill(Fill { rect, .. }) = item {
                assert!(rect.origin.x >= left - slack && rect.origin.x + rect.size.width <= right + slack);
            }
        }
    }
}

#[test]
fn a_draft_shows_the_open_figures_of_a_turned_table_on_their_grounds_and_its_label_upright() {
    let mut table = wide(40, 6, Orientation::Landscape);
    let paths = vec!["economy.gdp.value".to_owned()];
    let datum = Some(Arc::new(Datum { paths, kind: DatumKind::Figure, open: true }));
    let open = Inline::Run(Run { text: "XX".to_owned(), strong: false, datum, offset: 0 });
    table.body[38].cells[3].content = vec![open];
    let document =
        Document {
            label: Some("草稿".to_owned()), blocks: vec![Block::Table(table)], ..Document::default()
        };
    let pages = layout(&document, &style(), &Fonts::embedded()).unwrap();
    let label = runs(&pages, 0).find(|run| run.glyphs[0].character == '草').unwrap();
    assert!(!label.turned && label.origin.y < Abs::mm(37.0), "{label:?}");
    assert_eq!(pages.placed.len(), 1);
    let placed = &pages.placed[0];
    assert!(placed.page > 0);
    let grounds = pages.pages[placed.page].items.iter().filter_map(|item| match item {
        FrameItem::Fill(Fill { rect, color: Color::Gray(_), .. }) => Some(*rect),
        _ => None,
    });
    let grounds: Vec<_> = grounds.collect();
    assert_eq!(grounds.len(), 1);
    let (ground, rect) = (grounds[0], placed.rect);
    let same = |one: Abs, other: Abs| (one - other).abs() < Abs::pt(0.01);
    assert!(
        same(ground.origin.x, rect.origin.x) && same(ground.origin.y, rect.origin.y),
        "{ground:?} {rect:?}"
    );
    assert!(same(ground.size.width, rect.size.width) && ground.size.height > ground.size.width / 4.0);
    let text = runs(&pages, placed.page).find(|run| run.glyphs[0].character == 'X').unwrap();
    assert!(text.origin.x > rect.origin.x && text.origin.x < rect.origin.x + rect.size.width);
    assert!(text.origin.y <= rect.origin.y + rect.size.height && text.origin.y > rect.origin.y);
}

//! Shows footnotes to be notes to whoever listens: marked, identified, read behind their marks.

use shizheng::document::{
    Block, Cell, Document, Footnote, Inline, List, ListItem, Orientation, Paragraph, ParagraphKind, Row, Run,
    Table,
};
use shizheng::export::pdf;
use shizheng::font::Fonts;

use super::laid;
use super::reader::{Element, File};

fn run(text: &str) -> Inline {
    Inline::Run(Run { text: text.to_owned(), strong: false, datum: None, offset: 0 })
}

fn note(number: usize, text: &str) -> Inline {
    let mark = char::from_u32(u32::from('①') + number as u32 - 1).unwrap().to_string();
    Inline::Footnote(Footnote { number, mark, content: vec![run(text)] })
}

fn document(long: &str) -> Document {
    let body = |content| Block::Paragraph(Paragraph { heading: None, content, kind: ParagraphKind::Body });
    let cell = |content, header| Cell { content, header, columns: 1, rows: 1 };
    let table = Table {
        label: String::new(),
        caption: Some(vec![run("表")]),
        head: vec![Row { cells: vec![cell(vec![run("甲"), note(4, "表头里的。")], true)] }],
        body: (0..60).map(|_| Row { cells: vec![cell(vec![run("乙")], false)] }).collect(),
        notes: vec![vec![run("注：表下的。")]],
        columns: Vec::new(),
        orientation: Orientation::Portrait,
    };
    let item = ListItem {
        label: "一是".to_owned(),
        content: vec![run("项"), note(3, "列举里的。"), run("完。")],
    };
    let blocks = vec![
        body(vec![run("正文"), note(1, "第一个。"), run("中间"), note(2, "第二个。"), run("后文。")]),
        Block::List(List { items: vec![item] }),
        Block::Table(table),
        body(vec![run(&"市".repeat(250)), note(5, long), run("。")]),
        body(vec![run(&"政".repeat(100))]),
    ];
    Document { title: "脚注".to_owned(), language: "zh-CN".to_owned(), blocks, ..Document::default() }
}

fn notes(top: &Element) -> Vec<&Element> {
    top.all().into_iter().filter(|element| element.kind == "Note").collect()
}

#[test]
fn footnotes_are_read_behind_their_marks() {
    let fonts = Fonts::embedded();
    let long = "长".repeat(1_500);
    let file =
        File::read(&pdf::write(&laid::pages(&document(&long), &fonts), &fonts, None).unwrap().into_vec());
    let top = file.structure();
    let text = top.text();
    let wanted = "正文①①第一个。中间②②第二个。后文。一是项③③列举里的。完。表甲④④表头里的。乙";
    assert!(text.starts_with(wanted), "{text}");
    let wanted = format!("{}⑤⑤{long}。{}", "市".repeat(250), "政".repeat(100));
    assert!(text.ends_with(&wanted), "{text}");

    // Each has a label, and an identifier of its own that the tree of identifiers leads to (PDF/UA-1, 7.9).
    let all = notes(&top);
    let footnotes: Vec<_> = all.iter().filter(|note| !note.text().starts_with('注')).collect();
    assert_eq!((all.len(), footnotes.len()), (6, 5));
    for (note, mark) in footnotes.iter().zip('①'..) {
        let label = note.below()[0];
        assert_eq!((label.kind.as_str(), label.own.clone()), ("Lbl", mark.to_string()));
    }
    let mut ids: Vec<_> = all.iter().map(|note| note.id.clone().unwrap()).collect();
    ids.sort_unstable();
    let listed = file.ids();
    assert!(listed.iter().all(|(_, kind)| kind == "Note"));
    assert_eq!(listed.into_iter().map(|(id, _)| id).collect::<Vec<_>>(), ids);
    assert!(ids.windows(2).all(|pair| pair[0] < pair[1]));

    // Every mark in the text is a reference beside its note.
    let references = top.all().into_iter().filter(|element| element.kind == "Reference");
    let marks: String = references.map(|reference| reference.own.clone()).collect();
    assert_eq!(marks, "①②③④⑤");
}

#[test]
fn long_footnotes_are_one_note_on_several_pages() {
    let fonts = Fonts::embedded();
    let long = "长".repeat(3_000);
    let file =
        File::read(&pdf::write(&laid::pages(&document(&long), &fonts), &fonts, None).unwrap().into_vec());
    let top = file.structure();
    let note = *notes(&top).last().unwrap();
    let mut pages = note.pages.clone();
    pages.dedup();
    assert!(pages.len() >= 2 && pages.windows(2).all(|pair| pair[1] == pair[0] + 1), "{pages:?}");
    let reference = top.all().into_iter().rfind(|element| element.kind == "Reference").unwrap();
    assert_eq!(reference.pages, pages[..1], "the note begins on the page of its mark");
}

//! Sets every character of 通用规范汉字表 in every role of text and reads it back from the file.

use shizheng::document::{
    Block, Cell, Document, Footnote, Heading, Inline, Orientation, Paragraph, ParagraphKind, Row, Run, Table,
    Title,
};
use shizheng::font::Fonts;

use super::laid;
use super::reader::File;

/// The 8,105 characters of 通用规范汉字表.
fn listed() -> Vec<char> {
    let list = include_str!("../../fonts/tgh8105.txt");
    let lines = list.lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(str::chars).filter(|character| !character.is_whitespace()).collect()
}

fn run(text: &str, strong: bool) -> Vec<Inline> {
    vec![Inline::Run(Run { text: text.to_owned(), strong, datum: None, offset: 0 })]
}

fn paragraph(heading: Option<Heading>, content: Vec<Inline>) -> Block {
    Block::Paragraph(Paragraph { heading, content, kind: ParagraphKind::Body })
}

/// Makes a block that has a text in one role.
type InRole = fn(&str) -> Block;

const ROLES: [(&str, InRole); 9] = [
    ("title", |text| Block::Title(Title { lines: vec![run(text, false)], byline: None })),
    ("byline", |text| Block::Title(Title { lines: vec![run("市", false)], byline: Some(run(text, false)) })),
    ("body", |text| paragraph(None, run(text, false))),
    ("heading 1", |text| heading(1, text)),
    ("heading 2", |text| heading(2, text)),
    ("heading 3", |text| heading(3, text)),
    ("headline", |text| paragraph(None, run(text, true))),
    ("table", |text| {
        let cell = Cell { content: run(text, false), header: false, columns: 1, rows: 1 };
        let body = vec![Row { cells: vec![cell.clone()] }, Row { cells: vec![cell] }];
        Block::Table(Table {
            label: String::new(),
            caption: None,
            head: Vec::new(),
            body,
            notes: Vec::new(),
            columns: Vec::new(),
            orientation: Orientation::Portrait,
        })
    }),
    ("footnote", |text| {
        let mut content = run("市", false);
        let note = Footnote { number: 1, mark: "①".to_owned(), content: run(text, false) };
        content.push(Inline::Footnote(note));
        paragraph(None, content)
    }),
];

fn heading(level: u8, text: &str) -> Block {
    Block::Heading(Heading { level, number: String::new(), content: run(text, false) })
}

#[test]
fn every_listed_character_comes_back_from_every_role() {
    let fonts = Fonts::embedded();
    let characters = listed();
    assert_eq!(characters.len(), 8_105);
    for (name, block) in ROLES {
        // As many as a page bears of the largest.
        let mut blocks: Vec<Block> =
            characters.chunks(200).map(|some| block(&some.iter().collect::<String>())).collect();
        for (index, block) in blocks.iter_mut().enumerate() {
            if let Block::Paragraph(Paragraph { content, .. }) = block
                && let Some(Inline::Footnote(note)) = content.last_mut()
            {
                note.number = index + 1;
            }
        }
        let document =
            Document { title: name.to_owned(), language: "zh-CN".to_owned(), blocks, ..Document::default() };
        let pages = laid::pages(&document, &fonts);
        let bytes = shizheng::export::pdf::write(&pages, &fonts, None).unwrap().into_vec();
        let file = File::read(&bytes);
        let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        let seen = bare(&file.structure().text());
        assert_eq!(seen, bare(&document.plain_text()), "{name}");
        let mut own: Vec<char> = seen.chars().collect();
        own.sort_unstable();
        own.dedup();
        assert!(characters.iter().all(|character| own.binary_search(character).is_ok()), "{name}");
    }
}

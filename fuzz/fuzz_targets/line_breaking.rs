//! Breaks any text into lines, as paragraphs and as a title: no character is lost or added, and none stands
//! outside of the type area.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use shizheng::document::{Block, Document, Inline, Paragraph, ParagraphKind, Run, Title};
use shizheng::font::Fonts;
use shizheng::layout::layout;
use shizheng::pack::Pack;
use shizheng::page::{Content, FrameItem};

static PACK: LazyLock<Pack> = LazyLock::new(|| {
    Pack::embedded("annual-report").and_then(Result::ok).expect("the embedded pack is sound")
});

static FONTS: LazyLock<Fonts> = LazyLock::new(Fonts::embedded);

fn run(text: &str) -> Vec<Inline> {
    if text.is_empty() {
        return Vec::new();
    }
    vec![Inline::Run(Run { text: text.to_owned(), strong: false, datum: None, offset: 0 })]
}

fuzz_target!(|text: &str| {
    // Data with control characters are refused long before layout.
    let text: String = text.chars().filter(|c| !c.is_control()).collect();
    let (title, body) = text.split_once('|').unwrap_or(("", &text));
    let mut blocks = Vec::new();
    if !title.is_empty() {
        blocks.push(Block::Title(Title { lines: vec![run(title)], byline: None }));
    }
    for part in body.split('|').filter(|part| !part.is_empty()) {
        let paragraph = Paragraph { heading: None, content: run(part), kind: ParagraphKind::Body };
        blocks.push(Block::Paragraph(paragraph));
    }
    let document = Document { title: "试".to_owned(), language: "zh-CN".to_owned(), blocks, ..Document::default() };
    let Ok(pages) = layout(&document, PACK.style(), &FONTS) else { return };
    let mut shown = String::new();
    for item in pages.pages.iter().flat_map(|page| &page.items) {
        if let FrameItem::Text(run) = item {
            if matches!(run.content, Content::Element(_)) {
                shown.extend(run.glyphs.iter().map(|glyph| glyph.character));
            }
            for glyph in &run.glyphs {
                let x = (run.origin.x + glyph.x).to_mm();
                // An opening mark at a line's start hangs out by its blank half.
                assert!((25.0..184.1).contains(&x), "a glyph stands outside of the type area");
            }
        }
    }
    let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    assert_eq!(bare(&shown), bare(&document.plain_text()), "characters were lost or added");
});

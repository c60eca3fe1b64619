//! Writes any pages as PDF: whatever their glyphs, places and structure, they are written or refused, and what
//! is written is read again.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::arbitrary::{Arbitrary, Result, Unstructured};
use libfuzzer_sys::fuzz_target;
use shizheng::export::pdf;
use shizheng::font::{FaceId, Fonts};
use shizheng::page::{
    Color, Content, Fill, FrameItem, Glyph, OutlineItem, Page, Pages, Role, StructureElement, TextRun,
};
use shizheng::units::{Abs, Point, Rect, Size};

static FONTS: LazyLock<Fonts> = LazyLock::new(Fonts::embedded);

/// Pages made of bytes.
#[derive(Debug)]
struct Any(Pages);

impl<'a> Arbitrary<'a> for Any {
    fn arbitrary(bytes: &mut Unstructured<'a>) -> Result<Self> {
        let count = bytes.int_in_range(0..=6)?;
        // Parents stand before their children.
        let structure = (0..count).map(|index| element(bytes, index)).collect::<Result<Vec<_>>>()?;
        let mut pages = Pages {
            title: bytes.arbitrary()?,
            language: "zh-CN".to_owned(),
            date: bytes.arbitrary::<bool>()?.then(|| "2026-01-05".to_owned()),
            author: bytes.arbitrary()?,
            bleed: length(bytes)?,
            structure,
            ..Pages::default()
        };
        for number in 1..=bytes.int_in_range(0..=3)? {
            let size = Size::new(length(bytes)?, length(bytes)?);
            let items = (0..bytes.int_in_range(0..=8)?)
                .map(|_| item(bytes, pages.structure.len()))
                .collect::<Result<Vec<_>>>()?;
            pages.pages.push(Page { size, number, items });
        }
        for _ in 0..bytes.int_in_range(0..=3)? {
            let page = bytes.int_in_range(0..=3)?;
            let level = bytes.int_in_range(1..=6)?;
            let position = Point::new(length(bytes)?, length(bytes)?);
            pages.outline.push(OutlineItem { title: bytes.arbitrary()?, level, page, position });
        }
        Ok(Self(pages))
    }
}

/// A length as pages have them, or any number at all.
fn length(bytes: &mut Unstructured<'_>) -> Result<Abs> {
    let any = bytes.ratio(1, 16)?;
    Ok(if any { Abs::pt(bytes.arbitrary()?) } else { Abs::pt(f64::from(bytes.arbitrary::<u16>()?) / 64.0) })
}

fn element(bytes: &mut Unstructured<'_>, index: usize) -> Result<StructureElement> {
    let role = *bytes.choose(&[
        Role::Title,
        Role::Heading(1),
        Role::Heading(2),
        Role::Paragraph,
        Role::Span,
        Role::List,
        Role::ListItem,
        Role::Label,
        Role::ListBody,
        Role::Table,
        Role::TableBody,
        Role::TableRow,
        Role::TableHeader { columns: 1, rows: 2, names_row: true },
        Role::TableCell { columns: 2, rows: 1 },
        Role::Figure,
        Role::Note,
        Role::Reference,
    ])?;
    let parent = if index > 0 && bytes.arbitrary()? { Some(bytes.int_in_range(0..=index - 1)?) } else { None };
    let (alternative, actual, follows) = (bytes.arbitrary()?, bytes.arbitrary()?, bytes.arbitrary()?);
    Ok(StructureElement { role, parent, alternative, actual, follows })
}

fn content(bytes: &mut Unstructured<'_>, elements: usize) -> Result<Content> {
    Ok(match bytes.int_in_range(0..=3)? {
        0 => Content::Pagination,
        1 => Content::Layout,
        _ => Content::Element(bytes.int_in_range(0..=elements)?),
    })
}

fn item(bytes: &mut Unstructured<'_>, elements: usize) -> Result<FrameItem> {
    let content = content(bytes, elements)?;
    let color = *bytes.choose(&[Color::Black, Color::Red, Color::Gray(0.85)])?;
    if bytes.ratio(1, 4)? {
        let corner = Point::new(length(bytes)?, length(bytes)?);
        let rect = Rect::new(corner, Size::new(length(bytes)?, length(bytes)?));
        return Ok(FrameItem::Fill(Fill { rect, color, content }));
    }
    let face = FaceId(bytes.int_in_range(0..=5)?);
    let (size, origin) = (length(bytes)?, Point::new(length(bytes)?, length(bytes)?));
    let view = FONTS.face(face);
    let mut glyphs = Vec::new();
    for _ in 0..bytes.int_in_range(0..=12)? {
        // A character of the face by its own glyph, or by the glyph of another.
        let character = *bytes.choose(&['一', '市', '政', '，', '—', '0', 'A', ' ', '堃', '\u{2F00}', '\u{2B77C}'])?;
        let other = *bytes.choose(&['一', '政', '0', '。'])?;
        let shown = if bytes.ratio(1, 8)? { other } else { character };
        let id = view.glyph(shown).unwrap_or(0);
        glyphs.push(Glyph { id, x: length(bytes)?, character });
    }
    let turned = bytes.ratio(1, 8)?;
    Ok(FrameItem::Text(TextRun { face, size, color, origin, glyphs, content, line: 1, turned }))
}

fuzz_target!(|pages: Any| {
    let Any(pages) = pages;
    match pdf::write(&pages, &FONTS, None) {
        Ok(bytes) => {
            let bytes = bytes.into_vec();
            let read = lopdf::Document::load_mem(&bytes).expect("what was written is read");
            assert_eq!(read.get_pages().len(), pages.pages.len());
            assert!(pdf::write(&pages, &FONTS, None).expect("written once").into_vec() == bytes, "other bytes the second time");
        }
        Err(faults) => assert!(!faults.is_empty(), "refused without a reason"),
    }
});

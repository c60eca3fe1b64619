//! Shows that official documents of any elements and lengths lie on their pages as the standard says.

use std::collections::BTreeMap;
use std::sync::Arc;

use proptest::prelude::*;

use super::layout;
use crate::diag::SourceText;
use crate::document::{
    Attachment, AttachmentList, Block, Document, Form, Head, Imprint, Inline, ListItem, Manner, Paragraph,
    ParagraphKind, Roster, Run, Seal, Signature, Signer, Title,
};
use crate::font::Fonts;
use crate::pack::Style;
use crate::page::{Color, Content, Fill, FrameItem, Page, Pages, PlacedPicture, TextRun};
use crate::picture::Picture;
use crate::units::{Abs, Rect};

/// What the body consists of; no other element has this character.
const BODY: char = '市';
/// What the names of attachments and of those present consist of.
const LISTED: char = '附';
const NAMES: &str = "岑汀县人民政府办公室发展和改革委员会财政局住房城乡建设交通运输水利农业农村商务文化旅游卫生健康应急管理审计统计医疗保障";

fn style() -> Style {
    let text = include_str!("../../templates/annual-report/style.toml");
    Style::parse(&Arc::new(SourceText::new("style.toml", text))).unwrap()
}

fn run(text: &str) -> Vec<Inline> {
    if text.is_empty() {
        return Vec::new();
    }
    vec![Inline::Run(Run { text: text.to_owned(), strong: false, datum: None, offset: 0 })]
}

fn picture() -> Arc<Picture> {
    Arc::new(Picture { width: 10, height: 10, ink: vec![255; 100], colors: None })
}

/// What the names of signers and their posts consist of.
const SIGNS: char = '署';
const POST: char = '职';
const DATE: &str = "2026年1月5日";

/// Text of a length that begins anywhere in the names.
fn name() -> impl Strategy<Value = String> {
    let all: Vec<char> = NAMES.chars().collect();
    (0..all.len(), 0..=60_usize)
        .prop_map(move |(start, length)| all.iter().cycle().skip(start).take(length).collect())
}

fn names() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(name(), 0..=5)
}

fn texts(names: &[String]) -> Vec<Vec<Inline>> {
    names.iter().filter(|name| !name.is_empty()).map(|name| run(name)).collect()
}

prop_compose! {
    fn head()(
        form in prop::sample::select(vec![Form::Document, Form::Letter, Form::Order, Form::Minutes]),
        copy_number in prop::bool::ANY,
        secrecy in name(),
        urgency in name(),
        organs in names(),
        suffix in prop::bool::ANY,
        number in name(),
        signers in names(),
    ) -> Head {
        let mut organs = texts(&organs);
        if form == Form::Letter {
            organs.truncate(1);
        }
        Head {
            form,
            copy_number: run(if copy_number { "000001" } else { "" }),
            secrecy: run(&secrecy),
            urgency: run(&urgency),
            suffix: run(if suffix && !organs.is_empty() { "文件" } else { "" }),
            organs,
            number: run(&number),
            signers: if form == Form::Letter { Vec::new() } else { texts(&signers) },
        }
    }
}

prop_compose! {
    fn signature()(
        manner in prop::sample::select(vec![Manner::Plain, Manner::Sealed, Manner::Stamped]),
        signers in names(),
        post in name(),
        pictured in prop::bool::ANY,
    ) -> Option<Signature> {
        // What signs is told apart from the names elsewhere.
        let all = |of: char, name: &str| -> String { name.chars().map(|_| of).collect() };
        let post = all(POST, &post);
        let signer = |name| Signer {
            name,
            post: if manner == Manner::Stamped { run(&post) } else { Vec::new() },
            seal: pictured.then(|| {
                let file = Run { text: "a.png".to_owned(), strong: false, datum: None, offset: 0 };
                Seal { file, picture: Some(picture()) }
            }),
        };
        let signers: Vec<String> = signers.iter().map(|name| all(SIGNS, name)).collect();
        let signers: Vec<Signer> = texts(&signers).into_iter().map(signer).collect();
        let signature = Signature { manner, signers, date: run(DATE) };
        (!signature.signers.is_empty()).then_some(signature)
    }
}

prop_compose! {
    fn document()(
        head in prop::option::of(head()),
        title in name(),
        recipients in prop::collection::vec(name(), 0..=5),
        paragraphs in prop::collection::vec(1..400_usize, 1..8),
        attachments in names(),
        rosters in prop::collection::vec(name(), 0..=3),
        signature in signature(),
        note in name(),
        attached in prop::collection::vec(name(), 0..=4),
        copies in names(),
        printer in name(),
        imprinted in prop::bool::ANY,
    ) -> Document {
        let paragraph = |text: &str, kind| {
            Block::Paragraph(Paragraph { heading: None, content: run(text), kind })
        };
        let mut blocks = Vec::new();
        blocks.extend(head.map(|head| Block::Head(Box::new(head))));
        if !title.is_empty() {
            blocks.push(Block::Title(Title { lines: vec![run(&title)], byline: None }));
        }
        let recipients = texts(&recipients).concat();
        if !recipients.is_empty() {
            let content = [recipients, run("：")].concat();
            let kind = ParagraphKind::Salutation;
            blocks.push(Block::Paragraph(Paragraph { heading: None, content, kind }));
        }
        for count in paragraphs {
            let text: String = std::iter::repeat_n(BODY, count).collect();
            blocks.push(paragraph(&text, ParagraphKind::Body));
        }
        let repeated = |text: &str| run(&std::iter::repeat_n(LISTED, text.chars().count()).collect::<String>());
        let names = attachments.iter().filter(|name| !name.is_empty()).enumerate();
        let items: Vec<ListItem> = names
            .map(|(nth, name)| ListItem { label: format!("{}.", nth + 1), content: repeated(name) })
            .collect();
        if !items.is_empty() {
            blocks.push(Block::AttachmentList(AttachmentList { items }));
        }
        for (label, names) in ["出席", "请假", "列席"].into_iter().zip(&rosters) {
            if !names.is_empty() {
                blocks.push(Block::Roster(Roster { label: label.to_owned(), content: repeated(names) }));
            }
        }
        let signed = signature.is_some();
        blocks.extend(signature.map(Block::Signature));
        if signed && !note.is_empty() {
            blocks.push(paragraph(&format!("（{note}）"), ParagraphKind::Note));
        }
        for (nth, title) in attached.iter().enumerate() {
            let lines = if title.is_empty() { Vec::new() } else { vec![run(title)] };
            let title = Title { lines, byline: None };
            blocks.push(Block::Attachment(Attachment { label: format!("附件{}", nth + 1), title }));
            let text: String = std::iter::repeat_n(BODY, 7 * nth + 1).collect();
            blocks.push(paragraph(&text, ParagraphKind::Body));
        }
        let imprint = Imprint {
            recipients: Vec::new(),
            copies: texts(&copies).concat(),
            printer: run(&printer),
            date: run("2026年1月6日"),
        };
        if imprinted {
            blocks.push(Block::Imprint(imprint));
        }
        Document { language: "zh-CN".to_owned(), blocks, ..Document::default() }
    }
}

fn text_runs(page: &Page) -> impl Iterator<Item = &TextRun> {
    page.items.iter().filter_map(|item| match item {
        FrameItem::Text(run) => Some(run),
        FrameItem::Fill(_) | FrameItem::Shape(_) | FrameItem::Picture(_) => None,
    })
}

fn pictures(page: &Page) -> impl Iterator<Item = &PlacedPicture> {
    page.items.iter().filter_map(|item| match item {
        FrameItem::Picture(picture) => Some(picture),
        FrameItem::Text(_) | FrameItem::Fill(_) | FrameItem::Shape(_) => None,
    })
}

/// The boxes of what is drawn on a page: left, right, top, bottom, in points.
fn rules(page: &Page) -> impl Iterator<Item = [f64; 4]> {
    page.items.iter().filter_map(|item| match item {
        FrameItem::Fill(Fill { rect: Rect { origin, size }, .. }) => {
            let sides = [origin.x, origin.x + size.width, origin.y, origin.y + size.height];
            Some(sides.map(Abs::to_pt))
        }
        FrameItem::Text(_) | FrameItem::Shape(_) | FrameItem::Picture(_) => None,
    })
}

/// The box of a run's ink, roughly: left, right, top, bottom, in points.
fn ink(run: &TextRun) -> [f64; 4] {
    let last = run.glyphs.last().unwrap();
    // The blank half of a closing mark is no ink.
    let wide = if last.character.is_ascii() || "，。、：）〕》".contains(last.character) {
        0.5
    } else {
        0.95
    };
    let size = run.size.to_pt();
    let left = (run.origin.x + run.glyphs[0].x).to_pt();
    let right = (run.origin.x + last.x).to_pt() + wide * size;
    let base = run.origin.y.to_pt();
    [left, right, base - 0.72 * size, base - 0.02 * size]
}

fn overlap(one: [f64; 4], other: [f64; 4], by: f64) -> bool {
    one[0] + by < other[1] && other[0] + by < one[1] && one[2] + by < other[3] && other[2] + by < one[3]
}

fn lies_well(document: &Document, pages: &Pages) -> Result<(), TestCaseError> {
    let style = style();
    let form = document.head().map_or(Form::Document, |head| head.form);
    let (left, right) = (Abs::mm(28.0).to_pt(), Abs::mm(184.0).to_pt());
    let bottom = Abs::mm(262.0).to_pt();
    let mut date_page = None;
    for (index, page) in pages.pages.iter().enumerate() {
        let runs: Vec<&TextRun> = text_runs(page).filter(|run| !run.glyphs.is_empty()).collect();
        for (nth, run) in runs.iter().enumerate() {
            let own = ink(run);
            let in_area = matches!(run.content, Content::Element(_));
            if in_area {
                prop_assert!(
                    own[0] > left - 0.6 && own[1] < right + 0.6,
                    "page {index}: {own:?} is too wide"
                );
                prop_assert!(own[3] < bottom + 0.1, "page {index}: {own:?} is too low");
                let top = if form == Form::Letter && index == 0 { 29.0 } else { 36.9 };
                prop_assert!(own[2] > Abs::mm(top).to_pt(), "page {index}: {own:?} is too high");
            }
            for other in &runs[nth + 1..] {
                // Marks that are squeezed share their blank half with their neighbour on the line.
                let same_line = (run.origin.y - other.origin.y).abs() < Abs::pt(2.0);
                let by = if same_line { run.size.to_pt() * 0.55 } else { 0.5 };
                let text = |run: &TextRun| run.glyphs.iter().map(|glyph| glyph.character).collect::<String>();
                prop_assert!(
                    !overlap(own, ink(other), by),
                    "page {index}: {} and {} overlap",
                    text(run),
                    text(other)
                );
            }
            for rule in rules(page) {
                prop_assert!(!overlap(own, rule, 0.3), "page {index}: {own:?} lies on the rule {rule:?}");
            }
            let text: String = run.glyphs.iter().map(|glyph| glyph.character).collect();
            if text.contains('5') && run.color == Color::Black && in_area {
                date_page = Some(index);
            }
        }
        let seals: Vec<[f64; 4]> = pictures(page)
            .map(|seal| {
                let (corner, size) = (seal.rect.origin, seal.rect.size);
                [corner.x, corner.x + size.width, corner.y, corner.y + size.height].map(Abs::to_pt)
            })
            .collect();
        for (nth, seal) in seals.iter().enumerate() {
            prop_assert!(seal[0] > left - 0.1 && seal[1] < right + 0.1 && seal[3] < bottom + 0.1, "{seal:?}");
            prop_assert!(seal[2] > Abs::mm(36.9).to_pt(), "{seal:?} is too high");
            prop_assert!(seals[nth + 1..].iter().all(|other| !overlap(*seal, *other, -1.0)), "{seals:?}");
            // It lies over the names and the date, and over nothing else.
            let is_signature = |run: &TextRun| {
                let mut characters = run.glyphs.iter().map(|glyph| glyph.character);
                characters.all(|own| own == SIGNS || own == POST || DATE.contains(own))
            };
            let covered = runs.iter().find(|run| !is_signature(run) && overlap(*seal, ink(run), 0.5));
            prop_assert!(covered.is_none(), "page {index}: a seal covers {:?}", covered.map(|run| ink(run)));
        }
    }
    for (index, page) in pages.pages.iter().enumerate() {
        for rule in rules(page) {
            // Those of a letter are longer than the measure and stand above and below the type area.
            let beyond = if form == Form::Letter && index == 0 { Abs::mm(8.1).to_pt() } else { 0.1 };
            prop_assert!(rule[0] > left - beyond && rule[1] < right + beyond, "page {index}: {rule:?}");
            let lowest = if form == Form::Letter && index == 0 { Abs::mm(277.0).to_pt() } else { bottom };
            prop_assert!(rule[3] < lowest + 0.1, "page {index}: {rule:?} is too low");
        }
    }
    if let Some(date_page) = date_page.filter(|_| has_signature(document)) {
        signature_has_text(pages, date_page, style.pitch())?;
    }
    if document.imprint().is_some() && form != Form::Letter {
        prop_assert!(pages.pages.len().is_multiple_of(2), "{} pages", pages.pages.len());
        let last = pages.pages.last().unwrap();
        let lowest = last.items.iter().filter_map(|item| match item {
            FrameItem::Fill(fill) => Some(fill.rect.origin.y + fill.rect.size.height),
            FrameItem::Text(_) | FrameItem::Shape(_) | FrameItem::Picture(_) => None,
        });
        let lowest = lowest.fold(Abs::ZERO, Abs::max);
        prop_assert!((lowest.to_mm() - 262.0).abs() < 0.01, "the last rule stands at {lowest:?}");
    }
    prop_assert!(style.pitch() > Abs::ZERO);
    Ok(())
}

fn has_signature(document: &Document) -> bool {
    document.blocks.iter().any(|block| matches!(block, Block::Signature(_)))
}

/// The signature has text above it, or begins below text and fills the pages up to its date.
fn signature_has_text(pages: &Pages, date_page: usize, pitch: Abs) -> Result<(), TestCaseError> {
    let in_area =
        |page: usize| text_runs(&pages.pages[page]).filter(|run| matches!(run.content, Content::Element(_)));
    let shows =
        |run: &TextRun, wanted: &[char]| run.glyphs.iter().any(|glyph| wanted.contains(&glyph.character));
    let is_text = |run: &TextRun| shows(run, &[BODY, LISTED]);
    let first = (0..=date_page)
        .find(|page| in_area(*page).any(|run| shows(run, &[SIGNS, POST])))
        .unwrap_or(date_page);
    prop_assert!(in_area(first).any(is_text), "the signature stands alone on page {first}");
    if first < date_page {
        let names = in_area(date_page).any(|run| !shows(run, &['5']));
        prop_assert!(names, "the date stands alone on page {date_page}");
        // It goes on because one page has no room for it.
        let top = in_area(first).filter(|run| shows(run, &[SIGNS, POST])).map(|run| run.origin.y);
        let above = Abs::mm(262.0) - top.fold(Abs::mm(262.0), Abs::min);
        let below = in_area(date_page).map(|run| run.origin.y).fold(Abs::ZERO, Abs::max) - Abs::mm(37.0);
        // With a page of its own between them it is higher than one.
        let is_high = date_page > first + 1 || above + below > Abs::mm(225.0) - pitch * 6.0;
        prop_assert!(is_high, "the signature is parted for nothing");
    }
    Ok(())
}

/// Leaves out what a document says and no letters show: a stamp's picture shows the name, a letter has no 印发机关.
fn shows(mut document: Document) -> Document {
    let is_letter = document.head().is_some_and(|head| head.form == Form::Letter);
    for block in &mut document.blocks {
        match block {
            Block::Signature(signature) if signature.manner == Manner::Stamped => {
                let pictured = signature.signers.iter_mut().filter(|signer| signer.seal.is_some());
                pictured.for_each(|signer| signer.name.clear());
            }
            Block::Imprint(imprint) if is_letter => {
                imprint.printer.clear();
                imprint.date.clear();
            }
            _ => {}
        }
    }
    document
}

/// How often each character stands in a text, white space and the marks that move with 主送机关 apart.
fn counted(text: impl Iterator<Item = char>) -> BTreeMap<char, usize> {
    let mut counts = BTreeMap::new();
    for character in text.filter(|c| !c.is_whitespace() && !"：。主送".contains(*c)) {
        *counts.entry(character).or_default() += 1;
    }
    counts
}

proptest! {
    // PROPTEST_CASES asks for more: three eighths of it, as of the 256 that are usual.
    #![proptest_config({
        let usual = ProptestConfig::default();
        ProptestConfig { cases: usual.cases * 3 / 8, ..usual }
    })]

    #[test]
    fn any_elements_lie_without_overlap_or_overflow(document in document()) {
        let pages = layout(&document, &style(), &Fonts::embedded()).unwrap();
        lies_well(&document, &pages)?;
        let shown = pages.pages.iter().flat_map(text_runs);
        let shown = shown.filter(|run| matches!(run.content, Content::Element(_)));
        let shown = counted(shown.flat_map(|run| &run.glyphs).map(|glyph| glyph.character));
        prop_assert_eq!(shown, counted(shows(document).plain_text().chars()));
    }
}

/// A signature that is higher than a page goes on from a line of text, wherever on its page the text ends that holds
/// together with it.
#[test]
fn a_signature_that_fills_pages_begins_with_text() {
    let fonts = Fonts::embedded();
    let signer = |length: usize| Signer {
        name: run(&SIGNS.to_string().repeat(length)),
        post: run(&POST.to_string().repeat(60)),
        seal: None,
    };
    for rows in 1..16 {
        let title = Title { lines: vec![run("岑汀"); rows], byline: None };
        let text = BODY.to_string().repeat(50);
        let body = Paragraph { heading: None, content: run(&text), kind: ParagraphKind::Body };
        let item = ListItem { label: "1.".to_owned(), content: run(&LISTED.to_string().repeat(60)) };
        let list = AttachmentList { items: vec![item] };
        let signers = [20, 11, 8, 25, 17].map(signer).to_vec();
        let signature = Signature { manner: Manner::Stamped, signers, date: run(DATE) };
        let blocks = vec![
            Block::Title(title),
            Block::Paragraph(body),
            Block::AttachmentList(list),
            Block::Signature(signature),
        ];
        let document = Document { language: "zh-CN".to_owned(), blocks, ..Document::default() };
        let pages = layout(&document, &style(), &fonts).unwrap();
        lies_well(&document, &pages).unwrap_or_else(|fault| panic!("{rows} lines of title: {fault}"));
    }
}

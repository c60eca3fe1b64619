//! Reads written files back with a reader of its own and compares them with the pages.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod attachment;
mod characters;
mod common;
mod footnotes;
mod frames;
mod heard;
mod laid;
mod reader;
mod sheet;

use std::collections::BTreeMap;

use shizheng::data::Source;
use shizheng::diag::Language;
use shizheng::export::pdf;
use shizheng::font::Fonts;
use shizheng::pack::Pack;
use shizheng::page::{Content, FrameItem, Pages, Role};
use shizheng::units::{Abs, Point};
use shizheng::{Options, Press, SheetFormat};

use self::reader::File;
use self::sheet::Sheet;

/// How far a glyph may stand from its place.
const TOLERANCE: f64 = 0.003;

fn written(pages: &Pages, fonts: &Fonts) -> File {
    File::read(&pdf::write(pages, fonts, None).unwrap().into_vec())
}

/// A glyph as the pages have it: the text, its place from the page's lower left corner.
fn glyphs(pages: &Pages, page: usize) -> Vec<(char, f64, f64, f64)> {
    let page = &pages.pages[page];
    let height = page.size.height.to_pt();
    let runs = page.items.iter().filter_map(|item| match item {
        FrameItem::Text(run) => Some(run),
        FrameItem::Fill(_) | FrameItem::Shape(_) | FrameItem::Picture(_) => None,
    });
    runs.flat_map(|run| {
        run.glyphs.iter().map(move |glyph| {
            let x = (run.origin.x + glyph.x).to_pt();
            (glyph.character, x, height - run.origin.y.to_pt(), run.size.to_pt())
        })
    })
    .collect()
}

/// Returns the largest distance between where the pages have a glyph and where a reader sees it.
fn largest_error(pages: &Pages, file: &File) -> f64 {
    let mut largest: f64 = 0.0;
    for page in 0..pages.pages.len() {
        let wanted = glyphs(pages, page);
        let seen = file.glyphs(page);
        let texts = |all: String| all;
        assert_eq!(
            texts(seen.iter().map(|glyph| glyph.text.as_str()).collect()),
            texts(wanted.iter().map(|glyph| glyph.0).collect()),
        );
        assert_eq!(seen.len(), wanted.len());
        for (seen, (_, x, y, size)) in seen.iter().zip(wanted) {
            largest = largest.max((seen.x - x).abs()).max((seen.y - y).abs());
            assert!((seen.size - size).abs() < 1e-6);
        }
    }
    largest
}

#[test]
fn glyphs_stand_where_the_pages_have_them() {
    let fonts = Fonts::embedded();
    let pages = sheet::report(&fonts);
    let file = written(&pages, &fonts);
    let error = largest_error(&pages, &file);
    assert!(error < TOLERANCE, "{error}");
}

#[test]
fn errors_do_not_add_up() {
    let fonts = Fonts::embedded();
    let mut sheet = Sheet::new(&fonts);
    let paragraph = sheet.element(Role::Paragraph, None);
    // 400 glyphs on one baseline at a pitch that no number of the file hits exactly.
    for (line, face) in ["fangsong", "song", "hei", "kai", "fallback"].into_iter().enumerate() {
        let y = Abs::pt(100.0 + 30.0 * line as f64);
        // The fallback has what no other face has.
        let text = if face == "fallback" { "堃喆珺玥" } else { "市政府ab12" };
        let text: String = text.chars().cycle().take(400).collect();
        let pitch = Abs::pt(1.0 + 1.0 / 3.0);
        sheet.spaced(face, Abs::pt(15.75), Point::new(Abs::pt(1.0 / 7.0), y), &text, pitch, paragraph);
    }
    let pages = sheet.finish();
    let error = largest_error(&pages, &written(&pages, &fonts));
    assert!(error < TOLERANCE, "{error}");
}

#[test]
fn one_glyph_for_two_characters_keeps_both() {
    let fonts = Fonts::embedded();
    let mut sheet = Sheet::new(&fonts);
    let paragraph = sheet.element(Role::Paragraph, None);
    sheet.line("fangsong", "一年一度", paragraph);
    // As an author's text may have it: the radical, shown by the same glyph.
    sheet.replace('度', '\u{2F00}', '一');
    let pages = sheet.finish();
    let file = written(&pages, &fonts);
    let error = largest_error(&pages, &file);
    assert!(error < TOLERANCE, "{error}");
    let text: String = file.glyphs(0).iter().map(|glyph| glyph.text.as_str()).collect();
    assert_eq!(text, "一年一\u{2F00}");
}

#[test]
fn characters_beyond_the_first_plane_survive() {
    let fonts = Fonts::embedded();
    let face = fonts.face(fonts.find("fallback").unwrap());
    let rare: String = "𬭎𬺈堃喆珺玥翀祎旻".chars().filter(|c| face.glyph(*c).is_some()).collect();
    assert!(rare.chars().any(|character| u32::from(character) > 0xFFFF), "{rare}");
    let mut sheet = Sheet::new(&fonts);
    let paragraph = sheet.element(Role::Paragraph, None);
    sheet.line("fallback", &rare, paragraph);
    let pages = sheet.finish();
    largest_error(&pages, &written(&pages, &fonts));
}

#[test]
fn readers_that_guess_spaces_see_none_in_a_stretched_line() {
    let fonts = Fonts::embedded();
    for percent in 0..=100 {
        let mut sheet = Sheet::new(&fonts);
        let elements = [0; 2].map(|_| sheet.element(Role::Paragraph, None));
        sheet.stretched(f64::from(percent) / 100.0, elements);
        let pages = sheet.finish();
        let file = written(&pages, &fonts);
        assert!(largest_error(&pages, &file) < TOLERANCE);
        let set: String = glyphs(&pages, 0).iter().map(|glyph| glyph.0).collect();
        // A gap that is wider parts one mark from the next, as columns are parted, but nothing within a mark.
        let guessed = file.guessed(0);
        assert_eq!(if percent > 50 { guessed.replace("降 、", "降、") } else { guessed }, set, "{percent}");
        // Where a mark ends at a gap that is wider, nothing can be said for both sides of it.
        if percent < 16 {
            assert_eq!(file.guessed_by_pdfium(0), set, "{percent}");
        }
    }
}

#[test]
fn readers_that_guess_spaces_see_none_in_a_laid_out_document() {
    let fonts = Fonts::embedded();
    let pages = laid::pages(&laid::document(), &fonts);
    let file = written(&pages, &fonts);
    for page in 0..pages.pages.len() {
        let set: String = glyphs(&pages, page).iter().map(|glyph| glyph.0).collect();
        // The two spaces beside a page number are there to be seen.
        let text = file.guessed(page);
        let number = format!("— {} —", page + 1);
        assert_eq!(text.replace(&number, &number.replace(' ', "")), set, "page {page}");
    }
}

/// The text without what tells blocks and cells apart.
fn joined(text: &str) -> String {
    text.chars().filter(|character| !matches!(character, '\n' | '\t')).collect()
}

#[test]
fn laid_out_document_reads_as_its_plain_text() {
    let fonts = Fonts::embedded();
    for document in [laid::document(), laid::with_table()] {
        let pages = laid::pages(&document, &fonts);
        let file = written(&pages, &fonts);
        assert!(largest_error(&pages, &file) < TOLERANCE);
        let text = file.structure().text();
        // The head of a table is printed again on each page, as an artifact or as part of the head.
        if document == laid::document() {
            assert_eq!(text, joined(&document.plain_text()));
        }
    }
}

/// Makes a collection of one face: a header before the font, whose offsets move by its length.
fn collection(font: &[u8]) -> Vec<u8> {
    let mut collection = b"ttcf\x00\x01\x00\x00\x00\x00\x00\x01\x00\x00\x00\x10".to_vec();
    let shift = collection.len();
    collection.extend(font);
    let tables = usize::from(u16::from_be_bytes([font[4], font[5]]));
    for record in 0..tables {
        let at = shift + 12 + record * 16 + 8;
        let offset = u32::from_be_bytes(collection[at..at + 4].try_into().unwrap()) + shift as u32;
        collection[at..at + 4].copy_from_slice(&offset.to_be_bytes());
    }
    collection
}

#[test]
fn own_faces_of_a_collection_take_the_place() {
    let embedded = Fonts::embedded();
    let mut fonts = Fonts::embedded();
    for (name, source) in [("fangsong", "kai"), ("song", "hei")] {
        let data = embedded.face(embedded.find(source).unwrap()).data();
        fonts.add(name, collection(data), 0).unwrap();
    }
    let pages = sheet::report(&fonts);
    let file = written(&pages, &fonts);
    assert!(largest_error(&pages, &file) < TOLERANCE);
    let names: Vec<_> = file.fonts().iter().filter_map(|font| font.name.split('+').nth(1)).collect();
    assert_eq!(names.iter().filter(|name| **name == "FandolKai-Regular").count(), 2);
    assert!(!names.contains(&"FandolFang-Regular"));
    // The two are the same font but for the file that they are in.
    for font in file.fonts() {
        assert!(!font.program.starts_with(b"ttcf"));
    }
}

#[test]
fn same_pages_same_bytes() {
    let fonts = Fonts::embedded();
    let pages = sheet::report(&fonts);
    let first = pdf::write(&pages, &fonts, None).unwrap().into_vec();
    let second = pdf::write(&pages, &Fonts::embedded(), None).unwrap().into_vec();
    assert!(first == second);
    let other = Pages { title: "别的报告".to_owned(), ..pages };
    let third = pdf::write(&other, &fonts, None).unwrap().into_vec();
    let id = |bytes: &[u8]| File::read(bytes).trailer_id();
    assert_eq!(id(&first), id(&second));
    assert_ne!(id(&first), id(&third));
}

#[test]
fn documents_before_make_no_other_bytes() {
    let pack = Pack::embedded("document").unwrap().unwrap();
    let press = || Press::new(pack.clone(), Fonts::embedded()).unwrap();
    let source = |length: usize| {
        let text: String = "岑汀市本年度重点工作进展顺利城乡面貌持续改善".chars().take(length).collect();
        let data =
            include_str!("../samples/document/plain.json").replace("报送的内容和格式按往年的要求执行", &text);
        Source::new("plain.json", data)
    };
    let bytes = |press: &Press, length: usize| {
        press.render(&source(length), &Options::default()).unwrap().bytes.into_vec()
    };
    let alone: Vec<_> = (3..20).map(|length| bytes(&press(), length)).collect();
    let many = press();
    // More programs of a face than are remembered, some of them again before they are forgotten and some after.
    for length in (3..20).chain((3..20).rev()).chain([3, 3, 4, 3, 5, 4]) {
        assert!(bytes(&many, length) == alone[length - 3], "{length}");
    }
}

#[test]
fn elements_hold_their_own_text_in_order() {
    let fonts = Fonts::embedded();
    let pages = sheet::report(&fonts);
    let file = written(&pages, &fonts);

    let mut wanted: BTreeMap<usize, String> = BTreeMap::new();
    let mut reading = String::new();
    for item in pages.pages.iter().flat_map(|page| &page.items) {
        if let FrameItem::Text(run) = item
            && let Content::Element(element) = run.content
        {
            let text: String = run.glyphs.iter().map(|glyph| glyph.character).collect();
            wanted.entry(element).or_default().push_str(&text);
            reading.push_str(&text);
        }
    }
    let tree = file.structure();
    assert_eq!(tree.text(), reading);
    let mut own: Vec<_> = tree.all().into_iter().map(|element| element.own.clone()).collect();
    own.retain(|text| !text.is_empty());
    let mut texts: Vec<_> = wanted.into_values().collect();
    own.sort_unstable();
    texts.sort_unstable();
    assert_eq!(own, texts);
}

#[test]
fn structure_has_standard_types_and_table_attributes() {
    let fonts = Fonts::embedded();
    let file = written(&sheet::report(&fonts), &fonts);
    let mut lines = String::new();
    file.structure().dump(0, &mut lines);
    insta::assert_snapshot!(lines);
}

#[test]
fn artifacts_are_marked_as_such() {
    let fonts = Fonts::embedded();
    let pages = sheet::report(&fonts);
    let file = written(&pages, &fonts);
    for (page, content) in pages.pages.iter().enumerate() {
        let mut wanted: Vec<_> = Vec::new();
        for item in &content.items {
            let (kind, count) = match item {
                FrameItem::Text(run) => (run.content, run.glyphs.len()),
                FrameItem::Fill(rule) => (rule.content, 1),
                FrameItem::Shape(shape) => (shape.content, 1),
                FrameItem::Picture(picture) => (picture.content, 1),
            };
            let kind = match kind {
                Content::Element(_) => "element",
                Content::Pagination => "Pagination",
                Content::Layout => "Layout",
            };
            wanted.extend(std::iter::repeat_n(kind, count));
        }
        assert_eq!(file.kinds(page), wanted);
    }
}

#[test]
fn colours_are_gray_and_the_official_red() {
    let fonts = Fonts::embedded();
    let file = written(&sheet::report(&fonts), &fonts);
    let mut colors: Vec<String> = Vec::new();
    for page in 0..file.pages() {
        colors.extend(file.colors(page));
    }
    colors.sort_unstable();
    colors.dedup();
    assert_eq!(colors, ["0 0.8 0.8 0 k", "0 g"]);
}

#[test]
fn outline_is_nested_and_leads_to_the_headings() {
    let fonts = Fonts::embedded();
    let file = written(&sheet::report(&fonts), &fonts);
    insta::assert_snapshot!(file.outline());
}

#[test]
fn catalog_says_what_readers_ask_for() {
    let fonts = Fonts::embedded();
    let pages = sheet::report(&fonts);
    let bytes = pdf::write(&pages, &fonts, None).unwrap().into_vec();
    assert!(bytes.starts_with(b"%PDF-1.7\n%"));
    assert!(bytes[10..14].iter().all(|byte| *byte > 127));
    let file = File::read(&bytes);
    let catalog = file.catalog();
    assert_eq!(catalog.get(b"Lang").unwrap().as_str().unwrap(), b"zh-CN");
    assert_eq!(catalog.get(b"PageMode").unwrap().as_name().unwrap(), b"UseOutlines");
    for index in 0..file.pages() {
        let page = file.page(index);
        assert!(!page.has(b"Annots"));
        assert_eq!(page.get(b"Tabs").unwrap().as_name().unwrap(), b"S");
        assert_eq!(page.get(b"TrimBox").unwrap(), page.get(b"MediaBox").unwrap());
    }
    let packet = file.packet();
    let xml = roxmltree::Document::parse(packet.trim_start_matches('\u{FEFF}')).unwrap();
    let value = |name: &str| {
        let found = xml.descendants().find(|node| node.tag_name().name() == name);
        let text = found.map(|node| {
            node.descendants()
                .filter(roxmltree::Node::is_text)
                .filter_map(|node| node.text())
                .collect::<String>()
        });
        text.map(|text| text.trim().to_owned())
    };
    assert_eq!(value("title").as_deref(), Some("云州市2025年工作总结 <和> 2026年谋划"));
    assert_eq!(value("creator").as_deref(), Some("云州市人民政府"));
    assert_eq!(value("CreateDate").as_deref(), Some("2026-01-05"));
    assert_eq!(value("Producer").as_deref(), Some("shizheng"));
    assert_eq!(file.info("CreationDate").as_deref(), Some("D:20260105"));
    assert_eq!(file.info("Title"), value("title"));

    let undated = Pages { date: None, ..pages };
    let file = written(&undated, &fonts);
    assert_eq!((file.info("CreationDate"), file.info("ModDate")), (None, None));
    assert!(!file.packet().contains("Date>"));
}

#[test]
fn embedded_programs_have_the_outlines() {
    let fonts = Fonts::embedded();
    let pages = sheet::report(&fonts);
    let file = written(&pages, &fonts);
    assert!(file.fonts().len() >= 5);
    for font in file.fonts() {
        let (tag, name) = font.name.split_once('+').unwrap();
        assert!(tag.len() == 6 && tag.bytes().all(|byte| byte.is_ascii_uppercase()), "{tag}");
        let face = fonts.ids().map(|id| fonts.face(id)).find(|face| face.postscript_name() == name).unwrap();
        assert_eq!(font.is_cff, face.is_cff());
        for (code, text) in &font.unicode {
            let glyph = face.glyph(text.chars().next().unwrap()).unwrap();
            let width = (face.advance(glyph).get() * 1000.0).round();
            assert!((font.widths[code] - width).abs() < 0.5, "{text} in {name}");
            if !font.is_cff {
                let mut own = Fonts::default();
                // A subset has no character map and would be refused by name; its bytes are read as they are.
                assert!(own.add("subset", font.program.clone(), 0).is_err());
                let read = skrifa::FontRef::new(&font.program).unwrap();
                let metrics = skrifa::MetadataProvider::glyph_metrics(
                    &read,
                    skrifa::instance::Size::unscaled(),
                    skrifa::instance::LocationRef::default(),
                );
                let bounds = metrics.bounds(u32::from(*code).into()).unwrap_or_default();
                let (low, high) =
                    face.vertical_extents(glyph).map_or((0.0, 0.0), |(low, high)| (low.get(), high.get()));
                let scale = f64::from(face.units_per_em());
                assert!((f64::from(bounds.y_min) - low * scale).abs() < 0.5, "{text} in {name}");
                assert!((f64::from(bounds.y_max) - high * scale).abs() < 0.5, "{text} in {name}");
            }
        }
    }
}

#[test]
fn missing_glyph_is_refused_by_name() {
    let fonts = Fonts::embedded();
    let mut pages = sheet::report(&fonts);
    let FrameItem::Text(run) = &mut pages.pages[1].items[0] else { panic!("a run comes first") };
    run.glyphs[0].id = 0;
    run.glyphs[0].character = '𰻝';
    run.glyphs[1].id = 0;
    run.glyphs[1].character = '𰻝';
    let faults = pdf::write(&pages, &fonts, None).unwrap_err();
    let messages: Vec<_> = faults.iter().map(|fault| fault.message(Language::English)).collect();
    assert_eq!(messages, ["face `fangsong` has no glyph for `𰻝` (U+30EDD), which page 2 shows"]);
}

#[test]
fn places_that_are_no_numbers_are_refused() {
    let fonts = Fonts::embedded();
    let spoilers: [fn(&mut Pages); 6] = [
        |pages| pages.pages[0].size.width = Abs::pt(f64::NAN),
        |pages| {
            pages.pages.truncate(1);
            pages.outline.clear();
            pages.bleed = Abs::pt(f64::NAN);
        },
        |pages| {
            let FrameItem::Text(run) = &mut pages.pages[0].items[0] else { panic!("a run comes first") };
            run.size = Abs::pt(1e300);
        },
        |pages| pages.outline[0].position.x = Abs::pt(f64::INFINITY),
        |pages| {
            let FrameItem::Text(run) = &mut pages.pages[0].items[0] else { panic!("a run comes first") };
            run.glyphs[1].x = Abs::pt(f64::NAN);
        },
        |pages| {
            let FrameItem::Text(run) = &mut pages.pages[0].items[0] else { panic!("a run comes first") };
            run.content = Content::Element(100_000);
        },
    ];
    for spoil in spoilers {
        let mut pages = sheet::report(&fonts);
        spoil(&mut pages);
        assert_eq!(pdf::write(&pages, &fonts, None).unwrap_err().len(), 1);
    }
    assert!(pdf::write(&Pages::default(), &fonts, None).is_err());
}

/// Writes the files that the scripts of `tests/conformance` check, and says where.
#[test]
#[ignore = "run by tests/conformance"]
#[expect(clippy::disallowed_methods, reason = "other programs read these files")]
fn files_for_conformance() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("conformance");
    std::fs::create_dir_all(&folder).unwrap();
    let fonts = Fonts::embedded();
    let report = sheet::report(&fonts);
    let mut plain = Pages { date: None, author: String::new(), outline: Vec::new(), ..report.clone() };
    // A character of private use, as cities have for rare names.
    let FrameItem::Text(run) = &mut plain.pages[0].items[0] else { panic!("a run comes first") };
    run.glyphs[1].character = '\u{E000}';
    for (name, pages) in [("report", &report), ("plain", &plain), ("long", &sheet::long(&fonts, 500))] {
        std::fs::write(
            folder.join(format!("{name}.pdf")),
            pdf::write(pages, &fonts, None).unwrap().into_vec(),
        )
        .unwrap();
        std::fs::write(folder.join(format!("{name}.txt")), sheet::text(pages, &fonts)).unwrap();
    }
    // A draft with its list, and the same as a file that carries its data: in a folder of its own, for it is
    // PDF/A-3.
    let source = shizheng::data::Source::new("data.json", laid::OPEN);
    let pack = shizheng::pack::Pack::embedded("annual-report").unwrap().unwrap();
    let press = shizheng::Press::new(pack, fonts.clone()).unwrap();
    std::fs::create_dir_all(folder.join("3a")).unwrap();
    for (name, embed_data) in [("draft.pdf", false), ("3a/draft.pdf", true)] {
        let options = shizheng::Options { draft: true, embed_data, ..shizheng::Options::default() };
        std::fs::write(folder.join(name), press.render(&source, &options).unwrap().bytes.into_vec()).unwrap();
    }
    for (name, document) in [("laid", laid::document()), ("laid-table", laid::with_table())] {
        let pages = laid::pages(&document, &fonts);
        std::fs::write(
            folder.join(format!("{name}.pdf")),
            pdf::write(&pages, &fonts, None).unwrap().into_vec(),
        )
        .unwrap();
        std::fs::write(folder.join(format!("{name}.txt")), joined(&document.plain_text())).unwrap();
    }
    for name in crate::elements::samples() {
        let bytes = crate::elements::made(&name).bytes;
        std::fs::write(folder.join(format!("elements-{name}.pdf")), bytes.into_vec()).unwrap();
    }
    let pack = Pack::embedded("annual-report").unwrap().unwrap();
    let sample = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/chongyue.json");
    let source = Source::new("chongyue.json", std::fs::read(sample).unwrap());
    let sheets =
        Press::new(pack, fonts).unwrap().proof(&source, SheetFormat::Pdf, &Options::default()).unwrap();
    std::fs::write(folder.join("sheets.pdf"), sheets.bytes.into_vec()).unwrap();
}

#[test]
fn a_bleed_makes_the_sheet_larger_than_the_page() {
    let fonts = Fonts::embedded();
    let pages = Pages { bleed: Abs::mm(3.0), ..sheet::report(&fonts) };
    let text = plain(&pdf::write(&pages, &fonts, None).unwrap().into_vec());
    assert!(text.contains("/BleedBox[-8.50") && text.contains("/TrimBox["));
}

/// Returns a file's text with every object on its own: none of them is compressed but for streams.
fn plain(bytes: &[u8]) -> String {
    let mut text = Vec::new();
    lopdf::Document::load_mem(bytes).unwrap().save_to(&mut text).unwrap();
    String::from_utf8_lossy(&text).into_owned()
}

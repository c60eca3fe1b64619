//! What a clerk gives that the format of a document adds itself, or has no place for.

use serde_json::{Value, json};
use shizheng::data::load;
use shizheng::document::{Block, Form};
use shizheng::fill::{Templates, fill};
use shizheng::markup;
use shizheng::pack::Pack;
use shizheng::page::FrameItem;
use shizheng::units::{Abs, Rect};
use shizheng::{Format, Options, Press, Rendered};

use super::{Color, FONTS, PACK, Source, layout, runs};

fn changed(name: &str, changes: &[(&str, Value)]) -> Source {
    let mut data: Value = serde_json::from_slice(&super::source(name).bytes).unwrap();
    for (path, value) in changes {
        let (above, key) = path.rsplit_once('.').unwrap();
        let above = data.pointer_mut(&format!("/{}", above.replace('.', "/"))).unwrap();
        above[key] = value.clone();
    }
    Source::new("data.json", data.to_string())
}

/// Returns the text of a sample with some changes, and the codes and paths of what was said of it.
fn text(name: &str, changes: &[(&str, Value)]) -> (String, Vec<(&'static str, String)>) {
    let press = Press::new(PACK.clone(), FONTS.clone()).unwrap();
    let options = Options { format: Format::Text, ..Options::default() };
    let Rendered { bytes, warnings, .. } = press.render(&changed(name, changes), &options).unwrap();
    let told = warnings.iter().map(|told| {
        let path = told.arguments.iter().find(|(key, _)| *key == "path");
        (told.entry.code, path.map_or_else(String::new, |(_, path)| format!("{path:?}")))
    });
    (String::from_utf8(bytes.into_vec()).unwrap(), told.collect())
}

#[test]
fn brackets_of_a_note_stand_once() {
    for typed in ["此件公开发布", "（此件公开发布）", "（此件公开发布）。"] {
        let (text, told) = text("plain", &[("document.note", json!(typed))]);
        assert!(text.contains("\n（此件公开发布）\n"), "{text}");
        assert_eq!(told.iter().any(|(code, _)| *code == "W0190"), typed.starts_with('（'), "{told:?}");
    }
}

#[test]
fn an_organ_has_what_follows_it_once() {
    for (typed, mark) in
        [("岑汀市人民政府", "文件"), ("岑汀市人民政府文件", "文件"), ("岑汀市人民政府文件", "不加")]
    {
        let (text, _) = text("plain", &[("document.organs", json!([typed])), ("document.mark", json!(mark))]);
        assert!(text.contains("岑汀市人民政府文件\n") && !text.contains("文件文件"), "{text}");
    }
}

#[test]
fn an_order_has_neither_title_nor_recipients() {
    let changes =
        [("content.title", json!("关于公布办法的命令")), ("content.recipients", json!(["各区人民政府"]))];
    let (text, told) = text("order", &changes);
    assert!(!text.contains("关于公布办法") && !text.contains("各区人民政府"), "{text}");
    assert_eq!(told.iter().filter(|(code, _)| *code == "W0303").count(), 2, "{told:?}");
}

#[test]
fn a_letter_names_nobody_who_signed_or_printed_it() {
    let changes = [
        ("document.signers", json!(["赵堃"])),
        ("document.printer", json!("岑汀市人民政府办公室")),
        ("document.printed", json!("2026-01-29")),
    ];
    let (text, told) = text("letter", &changes);
    assert!(!text.contains("赵堃") && !text.contains("办公室") && !text.contains("29日"), "{text}");
    assert_eq!(told.iter().filter(|(code, _)| *code == "W0303").count(), 3, "{told:?}");
}

/// The ground of an organ that is open, and the letters of the mark's line with their places.
fn open_mark(organs: &Value) -> (Rect, Vec<(char, f64)>) {
    let source = changed("plain", &[("document.organs", organs.clone()), ("document.mark", json!("文件"))]);
    let record =
        shizheng::data::load_beside(shizheng::data::Purpose::Draft, &source, PACK.schema(), None).unwrap();
    let filled = shizheng::fill::fill(&shizheng::fill::Templates::compile(&PACK).unwrap(), &record).unwrap();
    let document = shizheng::markup::parse(&filled, "zh-CN").unwrap();
    let pages = layout(&document, PACK.style(), &FONTS).unwrap();
    let page = &pages.pages[0];
    let open = runs(page).find(|run| run.glyphs.first().is_some_and(|glyph| glyph.character == 'X')).unwrap();
    assert_eq!(open.color, Color::Red);
    let grounds = page.items.iter().filter_map(|item| match item {
        FrameItem::Fill(fill) if matches!(fill.color, Color::Gray(_)) => Some(fill.rect),
        _ => None,
    });
    let grounds: Vec<Rect> = grounds.collect();
    assert_eq!(grounds.len(), 1, "{grounds:?}");
    let line = runs(page).filter(|run| (run.origin.y - open.origin.y).abs() < Abs::pt(1.0));
    let letters = line
        .flat_map(|run| run.glyphs.iter().map(|glyph| (glyph.character, (run.origin.x + glyph.x).to_pt())));
    (grounds[0], letters.collect())
}

#[test]
fn an_open_mark_is_red_on_grey() {
    for organs in [json!(["XX"]), json!(["岑汀市人民政府", "XX"]), json!(["岑汀市局", "XX"])] {
        let (ground, letters) = open_mark(&organs);
        // The letters that are open and no others stand on it.
        let (left, right) =
            (ground.origin.x.to_pt() - 0.5, (ground.origin.x + ground.size.width).to_pt() - 0.5);
        let on: String =
            letters.iter().filter(|(_, x)| (left..right).contains(x)).map(|(letter, _)| *letter).collect();
        assert_eq!(on, "XX", "{organs}: {ground:?} {letters:?}");
    }
}

#[test]
fn minutes_are_called_that_whatever_their_format_says() {
    let pack = Pack::embedded("minutes").unwrap().unwrap();
    let press = Press::new(pack.clone(), FONTS.clone()).unwrap();
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/minutes/centing-minutes.json");
    let mut data: Value = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
    for format in [None, Some("公文"), Some("纪要")] {
        data["document"].as_object_mut().unwrap().remove("format");
        if let Some(format) = format {
            data["document"]["format"] = json!(format);
        }
        let source = Source::new("data.json", data.to_string());
        let options = Options { format: Format::Text, ..Options::default() };
        let text = press.render(&source, &options).unwrap().bytes.into_vec();
        let text = String::from_utf8(text).unwrap();
        assert!(text.contains("纪要\n") && !text.contains("会议文件\n"), "{text}");
        let filled = fill(&Templates::compile(&pack).unwrap(), &load(&source, pack.schema()).unwrap());
        let document = markup::parse(&filled.unwrap(), "zh-CN").unwrap();
        let is_minutes = |block: &Block| matches!(block, Block::Head(head) if head.form == Form::Minutes);
        assert!(document.blocks.iter().any(is_minutes), "{data}");
    }
}

/// The faces of titles have the characters of the general list alone: what comes from the light 楷体 is told once.
#[test]
fn large_letters_from_the_face_of_last_resort_are_told_once() {
    let press = Press::new(PACK.clone(), FONTS.clone()).unwrap();
    let told = |organ: &str, title: &str| {
        let changes = [("document.organs", json!([organ])), ("content.title", json!(title))];
        let warnings = press.check(&changed("document", &changes), &Options::default()).unwrap();
        let notes = warnings.into_iter().filter(|told| told.entry.code == "N0516");
        notes.map(|told| format!("{:?}", told.arguments)).collect::<Vec<_>>()
    };
    let notes = told("岑汀市堃灣區人民政府", "岑汀市人民政府關於保護臺灣同胞權益的通知");
    assert_eq!(notes.len(), 1, "{notes:?}");
    assert!(notes[0].contains('灣'), "{notes:?}");
    assert!(told("岑汀市人民政府", "岑汀市人民政府关于保护同胞权益的通知").is_empty());
}

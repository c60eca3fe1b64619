//! The packs beside the annual report: each is without a fault, and its samples read as they were approved.

#![expect(clippy::disallowed_methods, reason = "reads the samples")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;

use shizheng::data::Source;
use shizheng::diag::{Diagnostic, Language, Report};
use shizheng::font::Fonts;
use shizheng::pack::{Pack, embedded, embedded_names};
use shizheng::{Format, Options, Press};

fn told(found: &[Diagnostic]) -> String {
    found.iter().map(|fault| Report::new(fault, Language::English).to_string()).collect()
}

/// Every pack that has a folder of samples under its own name.
fn with_samples() -> Vec<(&'static str, Vec<std::path::PathBuf>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let samples = |name: &&'static str| {
        let files = fs::read_dir(root.join(name)).ok()?.map(|entry| entry.unwrap().path());
        let mut files: Vec<_> =
            files.filter(|path| path.extension().is_some_and(|end| end == "json")).collect();
        files.sort();
        Some((*name, files))
    };
    embedded_names().filter_map(|name| samples(&name)).collect()
}

#[test]
fn every_pack_is_without_a_fault() {
    for name in embedded_names() {
        let found = shizheng::lint(&embedded(name).unwrap());
        assert!(found.is_empty(), "{name}:\n{}", told(&found));
    }
}

#[test]
fn samples_read_as_approved_and_print_all_that_they_give() {
    let families = with_samples();
    assert!(!families.is_empty());
    for (name, samples) in families {
        assert!(samples.len() >= 2, "{name} has a full and a sparse sample");
        let press = Press::new(Pack::embedded(name).unwrap().unwrap(), Fonts::embedded()).unwrap();
        for sample in samples {
            let stem = sample.file_stem().unwrap().to_string_lossy().into_owned();
            let source = Source::new(format!("{stem}.json"), fs::read(&sample).unwrap());
            let options = Options { format: Format::Text, ..Options::default() };
            let rendered =
                press.render(&source, &options).unwrap_or_else(|faults| panic!("{}", told(&faults)));
            // A figure that finds no place is a warning.
            assert!(rendered.warnings.is_empty(), "{stem}:\n{}", told(&rendered.warnings));
            let reference = format!("{}/tests/reference/{stem}.txt", env!("CARGO_MANIFEST_DIR"));
            let wanted = fs::read_to_string(&reference).unwrap().replace("\r\n", "\n");
            assert_eq!(String::from_utf8(rendered.bytes.into_vec()).unwrap(), wanted, "{stem}");
            let pages = press.render(&source, &Options::default());
            pages.unwrap_or_else(|faults| panic!("{}", told(&faults)));
        }
    }
}

fn codes(pack: &str, data: &str) -> Vec<&'static str> {
    let press = Press::new(Pack::embedded(pack).unwrap().unwrap(), Fonts::embedded()).unwrap();
    let found = press.check(&Source::new("data.json", data), &Options::default());
    found.unwrap_or_else(|found| found).iter().map(|found| found.entry.code).collect()
}

#[test]
fn a_document_without_title_or_text_is_none() {
    let text = r#""sections": [{ "paragraphs": ["请遵照执行"] }]"#;
    let document = |format: &str, content: &str| {
        codes("document", &format!(r#"{{ "document": {{ {format} }}, "content": {{ {content} }} }}"#))
    };
    assert_eq!(document("", ""), ["E0141"]);
    assert_eq!(document("", r#""title": "关于启用新印章的通知", "sections": []"#), ["E0141"]);
    assert_eq!(document("", text), ["E0170"]);
    assert_eq!(document(r#""format": "信函""#, text), ["E0170"]);
    assert_eq!(document(r#""format": "命令""#, text), [""; 0]);
    assert_eq!(document("", &format!(r#""title": "关于启用新印章的通知", {text}"#)), [""; 0]);
    assert_eq!(
        codes("notice", &format!(r#"{{ "content": {{ "matter": "启用新印章", {text} }} }}"#)),
        [""; 0]
    );
}

#[test]
fn a_fault_of_a_value_is_told_once_however_often_it_is_printed() {
    let sample = fs::read_to_string(format!("{}/samples/tongzhu.json", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let with = |city: &str| codes("annual-report", &sample.replacen("桐渚市", city, 1));
    assert_eq!(with("𠮷汀市"), ["E0510"]);
    assert_eq!(with("{{某}}市").iter().filter(|code| **code == "E0801").count(), 2);
}

#[test]
fn what_follows_from_a_printed_0_is_not_called_unused() {
    let sample =
        format!("{}/samples/statistical-communique/centing-communique.json", env!("CARGO_MANIFEST_DIR"));
    let sample = fs::read_to_string(sample).unwrap();
    let with = |accidents: u32, deaths: u32, growth: i32| {
        let mut data: serde_json::Value = serde_json::from_str(&sample).unwrap();
        data["safety"]["accidents"] = accidents.into();
        data["safety"]["deaths"] = deaths.into();
        data["safety"]["accident_change"]["growth"] = growth.into();
        codes("statistical-communique", &data.to_string())
    };
    assert_eq!(with(0, 0, -100), [""; 0]);
    // A fall by half does not lead to none.
    assert_eq!(with(0, 0, -50), ["W0303"]);
}

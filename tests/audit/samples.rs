//! The program's own documents, audited by the standard's own numbers.

#![expect(clippy::disallowed_methods, reason = "reads the samples")]

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use lopdf::Document;
use proptest::prelude::*;
use shizheng::audit::{self, Kind, Options, Verdict};
use shizheng::data::Source;
use shizheng::pack::{Pack, embedded_names};
use shizheng::{Options as Manner, Press};

const EXACT: Options = Options { kind: None, exact: true };

/// The PDF of each sample, by its name.
static SAMPLES: LazyLock<Vec<(String, Vec<u8>)>> = LazyLock::new(|| {
    let pack = Pack::embedded("annual-report").unwrap().unwrap();
    let fonts = shizheng::fonts(&pack).unwrap();
    let press = Press::new(pack, fonts).unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let files = files.filter(|path| path.extension().is_some_and(|end| end == "json"));
    let rendered = files.map(|path| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let source = Source::new(name.clone(), fs::read(&path).unwrap());
        (name, press.render(&source, &Manner::default()).unwrap().bytes.into_vec())
    });
    rendered.collect()
});

#[test]
fn samples_keep_every_clause() {
    assert!(SAMPLES.len() >= 3);
    for (name, bytes) in SAMPLES.iter() {
        let report = audit::audit(bytes, EXACT).unwrap();
        assert!(!report.incomplete, "{name}: not all of it was read");
        assert_eq!(report.kind, Kind::Report, "{name}");
        let failed: Vec<_> =
            report.judgements.iter().filter(|judgement| judgement.verdict == Verdict::Fail).collect();
        assert!(failed.is_empty(), "{name}: {failed:#?}");
        // What is not judged is not in a work report.
        let passed = report.count(Verdict::Pass);
        assert!(passed >= 28, "{name}: {passed} passed");
    }
}

/// The samples of the packs that have a folder of their own.
fn family() -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let mut found = Vec::new();
    // The documents with seals, whose pictures stand beside them, are judged where they are made (tests/elements.rs).
    for name in embedded_names().filter(|name| *name != "document") {
        let Ok(files) = fs::read_dir(folder.join(name)) else { continue };
        let pack = Pack::embedded(name).unwrap().unwrap();
        let fonts = shizheng::fonts(&pack).unwrap();
        let press = Press::new(pack, fonts).unwrap();
        let files = files.map(|entry| entry.unwrap().path());
        for path in files.filter(|path| path.extension().is_some_and(|kind| kind == "json")) {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let source = Source::new(name.clone(), fs::read(&path).unwrap());
            found.push((name, press.render(&source, &Manner::default()).unwrap().bytes.into_vec()));
        }
    }
    found
}

#[test]
fn samples_of_every_pack_keep_every_clause() {
    let family = family();
    assert!(family.len() >= 4);
    for (name, bytes) in family {
        let report = audit::audit(&bytes, EXACT).unwrap();
        assert!(!report.incomplete, "{name}: not all of it was read");
        let failed: Vec<_> =
            report.judgements.iter().filter(|judgement| judgement.verdict == Verdict::Fail).collect();
        assert!(failed.is_empty(), "{name}: {failed:#?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    /// Font programs, character maps and tables of places with spoiled bytes in them.
    #[test]
    fn spoiled_fonts_lead_to_an_end(
        spots in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..200),
    ) {
        let mut document = Document::load_mem(&SAMPLES[0].1).unwrap();
        document.decompress();
        let mut bytes = Vec::new();
        document.save_to(&mut bytes).unwrap();
        for (spot, byte) in spots {
            let at = spot.index(bytes.len());
            bytes[at] = byte;
        }
        if let Ok(report) = audit::audit(&bytes, EXACT) {
            prop_assert!(report.pages > 0);
        }
    }
}

/// A document of one page with these paragraphs, and what its head and its end have beside them.
fn short(paragraphs: &[&str], attachments: &[&str], with_head: bool) -> Vec<u8> {
    changed(paragraphs, attachments, with_head, |_| {})
}

/// The same with changes to its elements.
fn changed(
    paragraphs: &[&str],
    attachments: &[&str],
    with_head: bool,
    change: impl Fn(&mut serde_json::Value),
) -> Vec<u8> {
    let organ = "岑汀市人民政府办公室";
    let mut document = serde_json::json!({ "signatories": [{ "name": organ }] });
    if with_head {
        document["organs"] = serde_json::json!([organ]);
        document["number"] = "岑政办发〔2026〕3号".into();
        document["printer"] = organ.into();
        document["printed"] = "2026-02-11".into();
    }
    change(&mut document);
    let attachments: Vec<_> = attachments.iter().map(|title| serde_json::json!({ "title": title })).collect();
    let data = serde_json::json!({
        "document": document,
        "content": {
            "title": "岑汀市人民政府办公室关于启用新印章的通知",
            "recipients": ["各县（区）人民政府", "市政府各部门"],
            "sections": [{ "paragraphs": paragraphs }],
            "attachments": attachments,
            "date": "2026-02-10",
        },
    });
    let pack = Pack::embedded("document").unwrap().unwrap();
    let fonts = shizheng::fonts(&pack).unwrap();
    let press = Press::new(pack, fonts).unwrap();
    let source = Source::new("short.json", data.to_string());
    press.render(&source, &Manner::default()).unwrap().bytes.into_vec()
}

#[test]
fn short_documents_keep_every_clause() {
    let lines = [
        "自2026年3月1日起启用新印章，旧印章同时废止",
        "各单位要在收到本通知后做好衔接工作",
        "已经盖印的文件继续有效，不再重新盖印",
        "印模附后，请妥善保存，不得外传",
        "有关事项请与办公室秘书科联系",
        "联系电话和传真照旧，不再另行通知",
    ];
    for paragraphs in [&[lines[0], "特此通知"][..], &[lines[0]], &["甲"], &["甲", "乙", "丙"], &lines]
    {
        for with_head in [true, false] {
            let report = audit::audit(&short(paragraphs, &[], with_head), EXACT).unwrap();
            let failed: Vec<_> =
                report.judgements.iter().filter(|judgement| judgement.verdict == Verdict::Fail).collect();
            assert!(failed.is_empty(), "{paragraphs:?} {with_head}: {failed:#?}");
        }
    }
}

/// Fails where a clause is broken.
fn holds(bytes: &[u8], what: &str) {
    let report = audit::audit(bytes, EXACT).unwrap();
    let failed: Vec<_> =
        report.judgements.iter().filter(|judgement| judgement.verdict == Verdict::Fail).collect();
    assert!(failed.is_empty(), "{what}: {failed:#?}");
}

#[test]
fn pages_that_give_way_to_the_signature_keep_their_lines() {
    for (with_head, lengths) in [(true, 360..560), (false, 420..620)] {
        for length in lengths.step_by(13) {
            let long: String = "请各单位按时报送有关材料".chars().cycle().take(length).collect();
            let bytes = changed(&["按往年要求办理", &long], &[], with_head, |document| {
                document["seal"] = "印章".into();
            });
            let report = audit::audit(&bytes, EXACT).unwrap();
            for clause in ["lines-per-page", "line-pitch"] {
                let own = report.judgements.iter().find(|judgement| judgement.clause.id == clause).unwrap();
                assert_ne!(own.verdict, Verdict::Fail, "{with_head} {length}: {own:#?}");
            }
        }
    }
}

#[test]
fn an_imprint_of_long_names_keeps_every_clause() {
    let printer = "中国（岑汀）自由贸易试验区岑汀片区管理委员会办公室";
    holds(&changed(&["甲"], &[], true, |document| document["printer"] = printer.into()), "printer");
    for length in 1..=20 {
        let organ = "市".repeat(length) + "（区）人民政府";
        let bytes = changed(&["甲"], &[], true, |document| {
            document["copies"] = serde_json::json!(["市委各部门", "市人大常委会办公室", organ, organ]);
            document["printer"] = printer.into();
        });
        holds(&bytes, &organ);
    }
}

#[test]
fn items_of_the_attachments_are_not_split_from_one_another() {
    let attachments = ["燃气安全整治计划表1", "老旧小区改造计划表2"];
    let report = audit::audit(&short(&["甲"], &attachments, true), EXACT).unwrap();
    let split = report.judgements.iter().find(|judgement| judgement.clause.id == "split");
    assert!(split.is_none_or(|split| split.findings.is_empty()), "{split:#?}");
}

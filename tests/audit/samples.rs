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

//! Reads bad data files and compares whole messages; reads good ones and compares the record.

use std::sync::Arc;

use proptest::prelude::*;
use shizheng::data::{self, Leaf, Record, Source, Value};
use shizheng::diag::{Diagnostic, Language, Report, Severity, SourceText};
use shizheng::pack::Schema;

#[expect(clippy::disallowed_methods, reason = "the tests' inputs are files")]
fn read(path: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/data/{path}", env!("CARGO_MANIFEST_DIR")))
        .expect("the test's input is there")
}

fn schema() -> Schema {
    let text = String::from_utf8(read("schema/schema.json")).expect("the schema is UTF-8");
    Schema::parse(&Arc::new(SourceText::new("schema.json", text))).expect("the schema is sound")
}

fn load(name: &str, bytes: Vec<u8>, schema: &Schema) -> Result<Record, Vec<Diagnostic>> {
    data::load(&Source::new(name, bytes), schema)
}

fn report(diagnostics: &[Diagnostic]) -> String {
    let show = |language| -> Vec<String> {
        diagnostics.iter().map(|diagnostic| Report::new(diagnostic, language).to_string()).collect()
    };
    format!("{}\n----\n\n{}", show(Language::Chinese).join("\n"), show(Language::English).join("\n"))
}

fn printed(leaf: &Leaf) -> String {
    match &leaf.value {
        Value::Quantity(quantity) => {
            format!("{} {:?} {}", quantity.number, quantity.approximation, quantity.unit)
                .trim_end()
                .to_owned()
        }
        other => format!("{other:?}"),
    }
}

#[test]
fn bad_files_are_told_whole() {
    let schema = schema();
    let names = bad_files();
    assert!(names.len() >= 75, "only {} bad files", names.len());
    for name in names {
        let Err(found) = load(&name, read(&name), &schema) else { panic!("{name} is not bad") };
        assert!(found.iter().any(Diagnostic::is_error));
        insta::with_settings!({
            snapshot_path => "data/snapshots",
            prepend_module_to_snapshot => false,
            omit_expression => true,
        }, {
            insta::assert_snapshot!(name.trim_end_matches(".json"), report(&found));
        });
    }
}

/// The bad files: all that is in the folder beside the good one.
#[expect(clippy::disallowed_methods, reason = "the tests' inputs are files")]
fn bad_files() -> Vec<String> {
    let folder = format!("{}/tests/data", env!("CARGO_MANIFEST_DIR"));
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .expect("the folder is there")
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.strip_suffix(".json").is_some())
        .collect();
    names.sort();
    names
}

/// Returns a text with what a message says to write put in, if it says so: a value, or a whole line.
fn mended(diagnostic: &Diagnostic) -> Option<String> {
    let origin = diagnostic.origin.as_ref()?;
    let hints = diagnostic.hints(Language::English);
    let written = hints.iter().find_map(|hint| hint.split_once("write: `").map(|(_, rest)| rest))?;
    // What is to be written ends with the hint, or with a second thing that may be meant.
    let written =
        written.split_once("`; ").map_or_else(|| written.strip_suffix('`'), |(one, _)| Some(one))?;
    if written.starts_with('…') {
        return None;
    }
    let text = origin.source.text();
    let place = if diagnostic.entry.code < "E0140" && diagnostic.is_error() {
        // The line is shown without the blanks that it begins with.
        let (line, start) = origin.source.line_at(origin.span.start);
        start + (line.len() - line.trim_start().len())..start + line.len()
    } else if text[origin.span.clone()].starts_with('[') {
        // Of an array the opening bracket alone is pointed at.
        origin.span.start..origin.span.start + text[origin.span.start..].find(']')? + 1
    } else {
        origin.span.clone()
    };
    Some(format!("{}{written}{}", &text[..place.start], &text[place.end..]))
}

/// Returns the codes of the slips on a line.
fn slips_on(line: usize, found: &[Diagnostic]) -> Vec<&'static str> {
    let is_slip = |one: &&Diagnostic| one.is_error() && one.entry.code < "E0140";
    let on_line = |one: &&Diagnostic| {
        one.origin.as_ref().is_some_and(|it| it.source.position(it.span.start).line == line)
    };
    found.iter().filter(is_slip).filter(on_line).map(|one| one.entry.code).collect()
}

/// Checks that who writes a line as a message says gets no other message on a slip there.
fn hints_lead_on(name: &str, bytes: Vec<u8>, schema: &Schema) -> usize {
    let Err(found) = load(name, bytes, schema) else { return 0 };
    let slips = found.iter().filter(|one| one.is_error() && one.entry.code < "E0140");
    let mut followed = 0;
    for one in slips {
        let Some((origin, text)) = one.origin.as_ref().zip(mended(one)) else { continue };
        let line = origin.source.position(origin.span.start).line;
        let before = slips_on(line, &found);
        let after = load(name, text.clone().into_bytes(), schema).err().unwrap_or_default();
        for code in slips_on(line, &after) {
            assert!(before.contains(&code), "{code} on line {line} of {text}, made of {}", report(&found));
        }
        followed += 1;
    }
    followed
}

#[test]
fn what_a_message_says_to_write_makes_no_other_slip() {
    let schema = schema();
    let followed: usize = bad_files().iter().map(|name| hints_lead_on(name, read(name), &schema)).sum();
    assert!(followed > 60, "only {followed}");
}

#[test]
fn what_a_message_says_to_write_is_accepted() {
    let schema = schema();
    let mut corrections = 0;
    for name in bad_files() {
        let mut bytes = read(&name);
        let mut told: Vec<(String, usize)> = Vec::new();
        loop {
            let found = load(&name, bytes, &schema).map_or_else(|found| found, |record| record.warnings);
            let place = |one: &Diagnostic| {
                let line = one.origin.as_ref().map_or(0, |it| it.source.position(it.span.start).line);
                (one.message(Language::English), line)
            };
            for one in &found {
                assert!(!told.contains(&place(one)), "{name}: still {:?} of {}", place(one), report(&found));
            }
            let Some((one, text)) = found.iter().find_map(|one| Some((one, mended(one)?))) else { break };
            told.push(place(one));
            corrections += 1;
            bytes = text.into_bytes();
        }
    }
    assert!(corrections > 60, "only {corrections}");
}

#[test]
fn a_good_file_is_read_whole() {
    let record = load("valid.jsonc", read("valid.jsonc"), &schema()).expect("the file is good");
    let mut leaves = Vec::new();
    record.root.for_each_leaf(&mut |leaf| leaves.push(format!("{} = {}", leaf.path, printed(leaf))));
    insta::assert_snapshot!(leaves.join("\n"));
    let messages: Vec<_> = record.warnings.iter().map(|warning| warning.message(Language::English)).collect();
    assert_eq!(messages, ["`5.2:41.3:53.45` has more than 1 decimal and prints as `5.2:41.3:53.5`"]);
}

#[test]
fn a_leaf_knows_its_place() {
    let record = load("valid.jsonc", read("valid.jsonc"), &schema()).expect("the file is good");
    let Some(data::Node::Leaf(leaf)) = record.get("people.projects[1].investment") else {
        panic!("the projects are there");
    };
    assert_eq!(record.source.text()[leaf.span.clone()], *"\"约2.50\"");
    assert_eq!(leaf.field.path, "people.projects[].investment");
    let Some(data::Node::Leaf(venue)) = record.get("people.venues[0]") else {
        panic!("the venues are there")
    };
    assert_eq!(venue.field.path, "people.venues");
    assert!(record.get("people.highlights").is_none());
}

#[test]
fn the_pack_is_known_before_its_schema() {
    let name = |text: &str| data::peek(&Source::new("a.json", text), &[]).pack;
    assert_eq!(name("{\"pack\": \"annual-report\"}").as_deref(), Some("annual-report"));
    assert_eq!(name("{\"pack\": 3}"), None);
    assert_eq!(name("{}"), None);
    assert_eq!(name("{"), None);
}

/// A line of a JSON Lines file is told of by its line there, in the message's words too.
#[test]
fn a_line_of_many_keeps_its_number() {
    let schema = schema();
    let source =
        Source { line: 17, ..Source::new("a.jsonl", "{\"report\": {}, \"report\": {}, \"people\": null}") };
    let faults = data::load(&source, &schema).expect_err("a name stands twice");
    let shown = report(&faults);
    assert!(shown.contains("a.jsonl:17:") && shown.contains("第17行") && !shown.contains(":1:"), "{shown}");
}

#[test]
fn line_ends_and_marks_of_windows_change_nothing() {
    let schema = schema();
    let unix = String::from_utf8(read("valid.jsonc")).expect("the file is UTF-8");
    let leaves = |bytes: Vec<u8>| {
        let record = load("valid.jsonc", bytes, &schema).expect("the file is good");
        let mut leaves = Vec::new();
        record.root.for_each_leaf(&mut |leaf| leaves.push(format!("{} = {}", leaf.path, printed(leaf))));
        // That the file is from Windows is noted.
        let doubts = record.warnings.iter().filter(|doubt| doubt.severity > Severity::Note);
        (leaves, doubts.count())
    };
    let windows = format!("\u{feff}{}", unix.replace('\n', "\r\n"));
    assert_eq!(leaves(windows.into_bytes()), leaves(unix.clone().into_bytes()));
    // A fault is on the same line and column.
    let place = |text: String| {
        let found = load("bad.json", text.into_bytes(), &schema).expect_err("the file is bad");
        let fault = found.iter().find(|fault| fault.severity == Severity::Error).expect("it has a fault");
        let origin = fault.origin.clone().expect("it has a place");
        origin.source.position(origin.span.start)
    };
    let bad = "{\n  \"report\": { \"year\": 2025, \"城\": 1, \"city\": \"云溪市\" },\n  \"economy\": { \"gdp\": { \"value\": 1, \"growth\": 1 } }\n}\n";
    assert_eq!(place(format!("\u{feff}{}", bad.replace('\n', "\r\n"))), place(bad.to_owned()));
}

#[test]
fn deep_nesting_is_refused() {
    let schema = schema();
    let codes = |text: String| -> Vec<&str> {
        let found = load("deep.json", text.into_bytes(), &schema).expect_err("the file is bad");
        found.iter().map(|diagnostic| diagnostic.entry.code).collect()
    };
    assert_eq!(codes("[".repeat(10_000)), ["E0103"]);
    assert_eq!(codes("{\"a\":".repeat(10_000)), ["E0103"]);
    assert_eq!(codes(format!("{}{}", "[".repeat(10_000), "]".repeat(10_000))), ["E0103"]);
    assert_eq!(codes(format!("{{\"a\":：{}", "[".repeat(10_000))).last(), Some(&"E0103"));
}

#[test]
fn a_file_of_twenty_kilobytes_is_read_quickly() {
    let schema = schema();
    let row = "{ \"name\": \"云溪大桥\", \"investment\": \"8500万元\" },";
    let rows: String = (0..400).map(|index| row.replace("云溪", &format!("云溪{index}"))).collect();
    let text = format!(
        "{{\"report\":{{\"year\":2025,\"city\":\"云溪市\"}},\"economy\":{{\"gdp\":{{\"value\":1,\"growth\":1}}}},\
         \"people\":{{\"projects\":[{rows}]}}}}"
    );
    let record = load("long.json", text.into_bytes(), &schema).expect("the file is good");
    let mut count = 0;
    record.root.for_each_leaf(&mut |_| count += 1);
    assert_eq!(count, 804);
}

/// What is put into a valid file.
const PIECES: [&str; 17] =
    ["\"", "{", "}", "[", ",", ":", "，", "“", "1e999", "XX", "\\u", "0", "-", "万", "余", "\n", "\u{0}"];

/// Changes some bytes of a valid file.
fn mutated() -> impl Strategy<Value = Vec<u8>> {
    let valid = read("valid.jsonc");
    let length = valid.len();
    let piece = prop_oneof![
        any::<u8>().prop_map(|byte| vec![byte]),
        prop::sample::select(&PIECES[..]).prop_map(|piece| piece.as_bytes().to_vec()),
        Just(Vec::new()),
    ];
    prop::collection::vec((0..length, 0_usize..6, piece), 1..6).prop_map(move |edits| {
        let mut bytes = valid.clone();
        for (at, removed, inserted) in edits {
            let at = at.min(bytes.len());
            let end = (at + removed).min(bytes.len());
            bytes.splice(at..end, inserted);
        }
        bytes
    })
}

proptest! {
    #[test]
    fn no_damage_makes_it_panic(bytes in mutated()) {
        thread_local!(static SCHEMA: Schema = schema());
        SCHEMA.with(|schema| {
            if let Err(found) = load("damaged.json", bytes, schema) {
                assert!(found.iter().any(Diagnostic::is_error));
                report(&found);
            }
        });
    }

    #[test]
    fn no_hint_makes_another_slip(bytes in mutated()) {
        thread_local!(static SCHEMA: Schema = schema());
        SCHEMA.with(|schema| hints_lead_on("damaged.json", bytes, schema));
    }

    #[test]
    fn no_text_makes_it_panic(text in "[\\[\\]{}:,：，\"“”'‘a-z0-9.+e\\\\/*\\- \n约余亿元XX\u{0}]{0,60}") {
        thread_local!(static SCHEMA: Schema = schema());
        SCHEMA.with(|schema| {
            if let Err(found) = load("random.json", text.into_bytes(), schema) {
                assert!(found.iter().any(Diagnostic::is_error));
                report(&found);
            }
        });
    }

    #[test]
    fn a_number_is_kept_digit_for_digit(whole in 0_u64..1_000_000_000, decimals in 0_u32..100) {
        let schema = schema();
        let number = format!("{whole}.{decimals:02}");
        let text = format!(
            "{{\"report\":{{\"year\":2025,\"city\":\"云溪市\"}},\"economy\":{{\"gdp\":{{\"value\":{number},\"growth\":1}}}}}}"
        );
        let record = load("a.json", text.into_bytes(), &schema).expect("the file is good");
        let Some(data::Node::Leaf(leaf)) = record.get("economy.gdp.value") else { panic!("the value is there") };
        prop_assert_eq!(printed(leaf), format!("{number} Exact 亿元"));
    }
}

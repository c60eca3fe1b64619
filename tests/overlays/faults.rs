//! What is wrong with an overlay is told at its own files, once, and with nothing that follows from it.

use std::borrow::Cow;
use std::io;

use shizheng::pack::PackFiles;

use super::Overlay;

/// A field that needs nothing else.
const FIELD: &str = r#"{"title": "甲", "x-kind": "count", "x-unit": "个", "x-source": "乙", "x-part": "1"}"#;

fn schema(changes: &str) -> Overlay {
    Overlay::new("").with("schema.json", changes)
}

#[test]
fn a_fault_of_a_changed_schema_is_told_where_it_is_written() {
    let lines = |field: &str| format!("{{\n\"replace\": {{\n\"economy.gdp.value\": {{\n{field}\n}}}}}}");
    for (field, code) in [
        (r#""x-kind": "quantiti""#, "E0223"),
        (r#""x-kind": 5"#, "E0223"),
        (r#""x-unit": 5"#, "E0227"),
        (r#""title": ["甲"]"#, "E0227"),
        (r#""x-source": false"#, "E0227"),
        (r#""x-decimals": "二""#, "E0227"),
    ] {
        assert_eq!(schema(&lines(field)).found(), [format!("{code} schema.json:4")], "{field}");
    }
    let required = "{\n\"required\": [\"report\",\n\"tourizm\",\n\"economy.gdp\"]}";
    assert_eq!(schema(required).found(), ["E0227 schema.json:3", "E0227 schema.json:4"]);
    for name in ["_note", "_note_of_ours"] {
        let added = format!("{{\"add\": {{\n\"economy.{name}\": {FIELD}}}}}");
        assert_eq!(schema(&added).found(), ["E0255 schema.json:2"], "{name}");
    }
}

#[test]
fn a_fault_of_a_changed_manifest_is_told_where_it_is_written() {
    for (manifest, wanted) in [
        (
            "[[words]]\nfield = \"report.city\"\nvalue = \"磐浦市\"\nset = { hotline = \"热线\" }",
            "E0214 pack.toml:6",
        ),
        (
            "[[words]]\nfield = \"report.city\"\nsuffix = \"市\"\nset = { hotlin = \"热线\" }",
            "E0214 pack.toml:9",
        ),
        (
            "[sections]\ndrop = [\"development/epidemic\"]\norder = [\"development/epidemic\"]",
            "E0248 pack.toml:8",
        ),
        ("sections = [\"front/title\"]", "E0210 pack.toml:6"),
    ] {
        let found: Vec<_> = Overlay::new(manifest).found();
        let errors: Vec<_> = found.iter().filter(|one| one.starts_with('E')).collect();
        assert_eq!(errors, [wanted], "{manifest}");
    }
}

#[test]
fn misnamed_files_are_errors_and_others_are_left_alone() {
    let misnamed = [
        "front/lead.hbs.txt",
        "plan/heading.HBS",
        "front/lead",
        "style.toml.txt",
        "style.yaml",
        "Schema.json",
    ];
    for name in misnamed {
        assert_eq!(Overlay::new("").with(name, "").found(), ["E0249"], "{name}");
    }
    for name in ["README.md", "notes.txt", "front/lead.hbs.bak"] {
        assert!(Overlay::new("").with(name, "").found().is_empty(), "{name}");
    }
}

/// An overlay one of whose files an editor has spoiled.
struct Spoiled(Overlay, &'static str);

impl PackFiles for Spoiled {
    fn names(&self) -> io::Result<Vec<String>> {
        self.0.names()
    }

    fn read(&self, path: &str) -> io::Result<Option<Cow<'static, [u8]>>> {
        if path == self.1 { Ok(Some(b"# \xbc\xd7\n"[..].into())) } else { self.0.read(path) }
    }
}

#[test]
fn a_file_that_cannot_be_read_is_told_alone() {
    for spoiled in ["pack.toml", "schema.json", "development/tourism.hbs", "front/lead.hbs"] {
        let sections =
            "[sections]\nadd = [{ name = \"development/tourism\", after = \"development/urban_rural\" }]";
        let overlay = Overlay::new(sections)
            .with("schema.json", &format!("{{\"add\": {{\"tourism\": {FIELD}}}}}"))
            .with("front/lead.hbs", "<p>文。</p>")
            .with("development/tourism.hbs", "<p>{{tourism}}。</p>");
        let found = shizheng::lint(&Spoiled(overlay, spoiled));
        let codes: Vec<_> =
            found.iter().map(|one| one.entry.code).filter(|code| code.starts_with('E')).collect();
        assert_eq!(codes, ["E0203"], "{spoiled}: {found:#?}");
    }
}

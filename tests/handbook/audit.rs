//! The JSON of `audit` has the members that the handbook shows and explains, and no others.

use std::collections::BTreeSet;

use serde_json::Value as Json;
use shizheng::audit::{self, Kind, Options};
use shizheng::data::Source;
use shizheng::pack::Pack;
use shizheng::{Options as Manner, Press};

use super::{LANGUAGES, Part, book, parts, read, root};

/// Gathers the paths of all members, those of a list's objects together.
fn members(json: &Json, path: &str, found: &mut BTreeSet<String>) {
    match json {
        Json::Object(members_of) => {
            for (name, value) in members_of {
                let path = format!("{path}.{name}");
                members(value, &path, found);
                found.insert(path);
            }
        }
        Json::Array(values) => values.iter().for_each(|value| members(value, path, found)),
        _ => {}
    }
}

/// What the program writes, of all members that hold something.
fn written() -> BTreeSet<String> {
    let pack = Pack::embedded("annual-report").unwrap().unwrap();
    let fonts = shizheng::fonts(&pack).unwrap();
    let sample = root().join("samples/tongzhu.json");
    let source = Source::new("tongzhu.json", read(&sample));
    let made = Press::new(pack, fonts).unwrap().render(&source, &Manner::default()).unwrap();
    // A report has no 版头: clauses fail, with findings.
    let options = Options { kind: Some(Kind::Letter), ..Options::default() };
    let report = audit::audit(&made.bytes.into_vec(), options).unwrap();
    let mut found = BTreeSet::new();
    members(&serde_json::from_str(&report.to_json("tongzhu.pdf")).unwrap(), "", &mut found);
    // Why a clause is not judged: null in the example.
    found.into_iter().filter(|path| !path.starts_with(".clauses.reason.")).collect()
}

#[test]
fn the_json_of_an_audit_is_what_the_handbook_shows() {
    let written = written();
    for language in LANGUAGES {
        let chapter = read(&book(language).join("clerk/audit.md"));
        let example = parts(&chapter).into_iter().find_map(|part| match part {
            Part::Code(fenced) if fenced.info == "json" => Some(fenced.text),
            _ => None,
        });
        let mut shown = BTreeSet::new();
        members(&serde_json::from_str(&example.unwrap()).unwrap(), "", &mut shown);
        assert_eq!(shown, written, "{language}");
        let rows: String = chapter.lines().filter(|line| line.starts_with("| `")).collect();
        for path in &written {
            let name = path.rsplit('.').next().unwrap();
            let explained = rows.contains(&format!("`{name}`")) || ["zh", "en", "x", "y"].contains(&name);
            assert!(explained, "{language}: {path}");
        }
    }
    let table = read(&root().join("docs/audit.md"));
    for path in &written {
        let name = path.rsplit('.').next().unwrap();
        let stands = [format!("{name}`"), format!("`{name}` "), format!("`{name}`,")];
        assert!(stands.iter().any(|form| table.contains(form)), "{path}");
    }
}

//! Puts departments' files together: nothing lost, nothing twice, no figure with two values.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;

use proptest::prelude::*;
use serde_json::{Map, Value as Json};
use shizheng::data::{self, Purpose, Record, Source};
use shizheng::diag::{Diagnostic, Language, Report};
use shizheng::merge::{Merged, Part, merge};
use shizheng::pack::{Pack, Schema};

const FULL: &str = include_str!("../samples/centing.json");

fn pack() -> &'static Pack {
    static PACK: std::sync::LazyLock<Pack> =
        std::sync::LazyLock::new(|| Pack::embedded("annual-report").unwrap().unwrap());
    &PACK
}

fn load(name: &str, text: &str, schema: &Schema) -> Record {
    data::load_for(Purpose::Draft, &Source::new(name, text), schema).unwrap()
}

fn put_together(texts: &[&str]) -> Result<Merged, Vec<Diagnostic>> {
    let schema = pack().schema();
    let records: Vec<Record> = texts
        .iter()
        .enumerate()
        .map(|(index, text)| load(&format!("{}.json", (b'a' + index as u8) as char), text, schema))
        .collect();
    let parts: Vec<Part<'_>> = records.iter().map(|record| Part { record, schema }).collect();
    merge(&parts, schema, "annual-report", "city.json")
}

fn told(found: &[Diagnostic]) -> String {
    let tell = |language| found.iter().map(move |one| Report::new(one, language).to_string());
    tell(Language::Chinese).chain(tell(Language::English)).collect::<Vec<_>>().join("\n")
}

/// Returns a file's values by their paths, as typed; of a list, the whole.
fn values(text: &str) -> Vec<(String, String)> {
    fn walk(json: &Json, path: String, found: &mut Vec<(String, String)>) {
        match json {
            Json::Object(members) => {
                for (name, member) in members {
                    let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                    walk(member, path, found);
                }
            }
            other => found.push((path, other.to_string())),
        }
    }
    let mut found = Vec::new();
    walk(&serde_json::from_str(text).unwrap(), String::new(), &mut found);
    found.sort();
    found
}

fn put(tree: &mut Map<String, Json>, path: &str, value: &Json) {
    match path.split_once('.') {
        Some((group, rest)) => {
            let group = tree.entry(group).or_insert_with(|| Json::Object(Map::new()));
            put(group.as_object_mut().unwrap(), rest, value);
        }
        None => drop(tree.insert(path.to_owned(), value.clone())),
    }
}

/// Gives as open what a department does not have, groups and tables among it, where the bits say so.
fn leave_open(tree: &mut Map<String, Json>, full: &Map<String, Json>, bits: &mut impl Iterator<Item = bool>) {
    for (name, value) in full.iter().filter(|(name, _)| *name != "pack" && *name != "$schema") {
        match (tree.get_mut(name), value) {
            (Some(Json::Object(group)), Json::Object(full)) => leave_open(group, full, bits),
            (None, _) if bits.next() == Some(true) => {
                let open = if bits.next() == Some(true) { Json::Null } else { Json::from("XX") };
                tree.insert(name.clone(), open);
            }
            _ => {}
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// The full sample, dealt out to departments in any way, some figures to several of them and left open by others,
    /// comes back whole, with the digits that were typed.
    #[test]
    fn what_was_dealt_out_comes_back(
        deal in prop::collection::vec(1_u8..128, 400),
        open in prop::collection::vec(any::<bool>(), 400),
    ) {
        let all = values(FULL);
        prop_assert!(all.len() < deal.len());
        let mut departments = vec![Map::new(); 7];
        for ((path, value), hands) in all.iter().zip(&deal) {
            for (index, department) in departments.iter_mut().enumerate() {
                if hands & 1 << index != 0 {
                    put(department, path, &serde_json::from_str(value).unwrap());
                }
            }
        }
        let full: Map<String, Json> = serde_json::from_str(FULL).unwrap();
        let mut bits = open.into_iter().cycle();
        for department in &mut departments {
            leave_open(department, &full, &mut bits);
        }
        let texts: Vec<String> = departments.into_iter().map(|tree| Json::Object(tree).to_string()).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let merged = put_together(&texts).map_err(|found| TestCaseError::fail(told(&found)))?;
        let mut expected = all;
        expected.retain(|(path, _)| path != "$schema" && path != "pack");
        let mut got = values(&merged.text);
        got.retain(|(path, _)| path != "pack");
        prop_assert_eq!(got, expected);
        // What is lacking is what the sample itself lacks.
        let lacking = |merged: &Merged| -> BTreeSet<String> {
            merged.absent.iter().map(|absent| absent.field.path.clone()).collect()
        };
        prop_assert_eq!(lacking(&merged), lacking(&put_together(&[FULL]).unwrap()));
    }
}

#[test]
fn every_figure_with_two_values_is_told_with_both_files() {
    let one = r#"{ "economy": { "gdp": { "value": "9124600万元", "growth": 5.8 } }, "investment": { "exports": 3 },
        "report": { "city": "岑汀市" } }"#;
    let other = "{\n  \"economy\": { \"gdp\": { \"value\": 912.46, \"growth\": 5.9 } },\n  \"report\": { \"city\": \"云澜市\" }\n}";
    let found = put_together(&[one, other]).unwrap_err();
    insta::assert_snapshot!(told(&found));
}

#[test]
fn an_open_figure_gives_way_and_an_approximate_one_is_another() {
    let merged = |one: &str, other: &str| {
        let text = |value: &str| format!(r#"{{ "investment": {{ "exports": {value} }} }}"#);
        put_together(&[&text(one), &text(other)])
    };
    for (one, other, expected) in [
        ("\"XX\"", "86420", "86420"),
        ("86420", "null", "86420"),
        ("\"约70000\"", "\"约7亿\"", "\"约70000\""),
    ] {
        let text = merged(one, other).unwrap().text;
        assert!(text.contains(&format!("\"exports\": {expected}\n")), "{text}");
    }
    assert_eq!(merged("\"约70000\"", "70000").unwrap_err().len(), 1);
    let both_open = merged("\"XX\"", "\"待定\"").unwrap();
    let open: Vec<_> = both_open.absent.iter().filter_map(|absent| absent.open_in.as_deref()).collect();
    assert_eq!(open, ["a.json"]);
}

/// What several files leave open and another one gives, in every order of them.
#[test]
fn nothing_that_one_department_gives_is_lost() {
    let economy = |value: &str| format!(r#"{{ "economy": {value} }}"#);
    let gdp = economy(r#"{ "gdp": { "value": 318.72, "growth": 6.2 } }"#);
    let shares = |value: &str| economy(&format!(r#"{{ "structure": {{ "current": {value} }} }}"#));
    let projects = |value: &str| format!(r#"{{ "plan": {{ "projects": {{ "major": {value} }} }} }}"#);
    let heritage = |value: &str| format!(r#"{{ "livelihood": {{ "culture": {{ "heritage": {value} }} }} }}"#);
    let three = r#""current": [13.9, 43.5, 42.6]"#;
    let drum = r#""heritage": ["棹湾渔鼓"]"#;
    for (texts, expected) in [
        (vec![economy("null"), gdp.clone()], r#""value": 318.72"#),
        (vec![economy(r#"{ "gdp": null }"#), gdp.clone()], r#""growth": 6.2"#),
        (vec![economy(r#"{ "gdp": "XX" }"#), gdp.clone(), economy("\"\"")], r#""growth": 6.2"#),
        (
            vec![projects("null"), projects(r#"[{ "name": "甲项目", "investment": 5 }]"#)],
            r#""investment": 5"#,
        ),
        (vec![shares("[13.9, null, null]"), shares("[null, 43.5, 42.6]")], three),
        (vec![shares(r#"[13.9, "XX", 42.6]"#), shares("[13.90, 43.5, 42.6]"), shares("null")], "43.5, 42.6]"),
        (
            vec![shares("[13.9, null, null]"), shares("[null, 43.5, null]"), shares("[null, null, 42.6]")],
            three,
        ),
        (vec![heritage(r#"["XX"]"#), heritage(r#"["棹湾渔鼓"]"#), heritage("null")], drum),
        (vec![heritage(r#"["XX", "棹湾渔鼓"]"#), heritage(r#"["棹湾渔鼓", "岑汀剪纸"]"#)], "岑汀剪纸"),
    ] {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        for turn in 0..texts.len() {
            let mut turned = texts.clone();
            turned.rotate_left(turn);
            let text = put_together(&turned).map_err(|found| told(&found)).unwrap().text;
            assert!(text.contains(expected), "{expected} is lost: {text}");
        }
    }
    // What cannot be both is told.
    for texts in [
        [shares("[13.9, null, null]"), shares("[14.2, 43.5, 42.3]")],
        [shares("[13.9, null, null]"), shares("[14.2, 43.5, null]")],
        [heritage(r#"["XX", "棹湾渔鼓"]"#), heritage(r#"["岑汀剪纸", "XX"]"#)],
        [heritage(r#"["XX", "棹湾渔鼓"]"#), heritage(r#"["岑汀剪纸", "岑汀米塑"]"#)],
    ] {
        let [one, other] = &texts;
        assert_eq!(put_together(&[one, other]).unwrap_err().len(), 1, "{one} {other}");
        assert_eq!(put_together(&[other, one]).unwrap_err().len(), 1, "{other} {one}");
    }
}

#[test]
fn rows_whose_names_are_open_are_not_one() {
    let project = |investment: u8| {
        format!(
            r#"{{ "plan": {{ "projects": {{ "major": [{{ "name": "XX", "investment": {investment} }}] }} }} }}"#
        )
    };
    let text = put_together(&[&project(3), &project(5)]).unwrap().text;
    assert!(text.contains(r#""investment": 3"#) && text.contains(r#""investment": 5"#), "{text}");
}

#[test]
fn rows_and_sentences_are_joined_and_remarks_are_kept() {
    let one = r#"{ "_note": "口径见附件", "economy": { "highlights": ["甲。", "乙。"] },
        "urban_rural": { "city": { "projects": [{ "name": "环湖路", "investment": 3.20 }] } } }"#;
    let other = r#"{ "_note": "快报数", "economy": { "highlights": ["乙。", "丙。"], },
        // 工程
        "urban_rural": { "city": { "projects": [{ "name": "环湖路" }, { "name": "南桥", "investment": 1.5 }] } } }"#;
    let merged = put_together(&[one, other]).unwrap();
    insta::assert_snapshot!(merged.text);
    let clash = r#"{ "urban_rural": { "city": { "projects": [{ "name": "环湖路", "investment": 3.2 }, { "name": "南桥", "investment": 2 }] } } }"#;
    let found = put_together(&[&merged.text, clash]).unwrap_err();
    let paths: Vec<_> =
        found.iter().map(|found| found.origin.as_ref().unwrap().path.clone().unwrap()).collect();
    assert_eq!(paths, ["urban_rural.city.projects[1].investment"]);
}

#[test]
fn a_departments_own_fields_and_units_are_its_own() {
    let schema = |unit: &str, more: &str| {
        let text = format!(
            r#"{{ "type": "object", "properties": {{ {more} "value": {{ "title": "产值", "x-kind": "quantity",
            "x-unit": "{unit}", "x-decimals": 4, "x-source": "统计局", "x-part": "1" }} }} }}"#
        );
        Schema::parse(&std::sync::Arc::new(shizheng::diag::SourceText::new("schema.json", text))).unwrap()
    };
    let own = schema(
        "万元",
        r#""head": { "title": "负责人", "x-kind": "person", "x-source": "办公室", "x-part": "1" },"#,
    );
    let whole = schema("亿元", "");
    let record = load("a.json", r#"{ "head": "甲某", "value": 8500 }"#, &own);
    let merged = merge(&[Part { record: &record, schema: &own }], &whole, "whole", "city.json").unwrap();
    assert_eq!(merged.text, "{\n  \"pack\": \"whole\",\n  \"value\": \"8500万元\"\n}\n");
    assert_eq!(merged.left_out, [("a.json".to_owned(), "head".to_owned())]);
}

//! Holds figures against each other, against last year's and against what is usual: whole messages, and the
//! figures that are reckoned.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod annual_report;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use proptest::prelude::*;
use rust_decimal::{Decimal, RoundingStrategy};
use shizheng::data::{self, Node, Previous, Purpose, Record, Source, Value};
use shizheng::diag::{Diagnostic, Language, Report, Severity, SourceText};
use shizheng::pack::{Kind, Pack, PackFiles, Schema, Test, embedded, embedded_names};

/// The full sample of the annual report.
const FULL: &str = include_str!("../samples/centing.json");

fn schema() -> Schema {
    let text = include_str!("data/rules/schema.json");
    Schema::parse(&Arc::new(SourceText::new("schema.json", text))).unwrap()
}

fn load(text: &str, previous: Option<&str>) -> Result<Record, Vec<Diagnostic>> {
    thread_local!(static SCHEMA: Schema = schema());
    SCHEMA.with(|schema| {
        let source = |name: &str, text: &str| Source::new(name, text);
        let previous = previous.map(|text| Previous::read(&source("2024.json", text), schema)).transpose()?;
        data::load_beside(Purpose::Final, &source("2025.json", text), schema, previous.as_ref())
    })
}

fn report(diagnostics: &[Diagnostic]) -> String {
    let show = |language| -> Vec<String> {
        diagnostics.iter().map(|diagnostic| Report::new(diagnostic, language).to_string()).collect()
    };
    format!("{}\n----\n\n{}", show(Language::Chinese).join("\n"), show(Language::English).join("\n"))
}

fn printed(record: &Record, path: &str) -> String {
    match record.get(path) {
        Some(Node::Leaf(leaf)) => match &leaf.value {
            Value::Quantity(quantity) => quantity.to_string(),
            other => format!("{other:?}"),
        },
        _ => "absent".to_owned(),
    }
}

fn codes(text: &str, previous: Option<&str>) -> Vec<&'static str> {
    let found = load(text, previous).map_or_else(|found| found, |record| record.warnings);
    found.iter().map(|found| found.entry.code).collect()
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the tests' inputs are files")]
fn what_does_not_fit_together_is_told_whole() {
    let folder = format!("{}/tests/data/rules/cases", env!("CARGO_MANIFEST_DIR"));
    let mut files = BTreeMap::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        files.insert(name, std::fs::read_to_string(&path).unwrap());
    }
    for (name, text) in files.iter().filter(|(name, _)| !name.ends_with(".previous.json")) {
        let name = name.trim_end_matches(".json");
        let previous = files.get(&format!("{name}.previous.json")).map(String::as_str);
        let found = load(text, previous).map_or_else(|found| found, |record| record.warnings);
        assert!(!found.is_empty(), "{name}");
        insta::with_settings!({
            snapshot_path => "data/rules/snapshots",
            prepend_module_to_snapshot => false,
            omit_expression => true,
        }, {
            insta::assert_snapshot!(name, report(&found));
        });
    }
}

#[test]
fn growth_that_is_not_given_is_reckoned_and_prints_as_if_given() {
    let text = r#"{ "report": { "year": 2025 }, "gdp": { "growth": 5 },
        "revenue": { "value": 168, "previous": 160 }, "rates": { "air": 81.5, "air_previous": 83.4 } }"#;
    let record = load(text, None).unwrap();
    assert!(record.warnings.is_empty(), "{}", report(&record.warnings));
    assert_eq!(printed(&record, "revenue.growth"), "5.0%");
    assert_eq!(printed(&record, "rates.air_change"), "-1.9个百分点");
    assert!(record.is_derived("revenue.growth") && !record.is_derived("gdp.growth"));
    let record =
        load(r#"{ "report": { "year": 2025 }, "gdp": { "growth": 5 }, "revenue": { "value": 168 } }"#, None)
            .unwrap();
    assert_eq!(printed(&record, "revenue.growth"), "absent");
}

#[test]
fn growth_is_reckoned_from_last_years_file() {
    let previous =
        r#"{ "report": { "year": 2024 }, "gdp": { "growth": 5 }, "revenue": { "value": "1600000万元" } }"#;
    let text = r#"{ "report": { "year": 2025 }, "gdp": { "growth": 5 }, "revenue": { "value": 152.04 } }"#;
    let record = load(text, Some(previous)).unwrap();
    assert_eq!(printed(&record, "revenue.growth"), "-5.0%");
    assert_eq!(record.previous("revenue.value").unwrap().to_string(), "160亿元");
    assert_eq!(record.change("revenue.value").unwrap().to_string(), "-5.0%");
    assert_eq!(record.change("gdp.growth").unwrap().to_string(), "0.0个百分点");
    assert_eq!(record.previous("works.total"), None);
    assert!(record.warnings.is_empty(), "{}", report(&record.warnings));
}

#[test]
fn rounding_is_half_away_from_zero() {
    for (now, before, growth) in [
        ("10085", "10000", "0.9%"),
        ("10075", "10000", "0.8%"),
        ("9925", "10000", "-0.8%"),
        ("10005", "10000", "0.1%"),
        ("10004", "10000", "0.0%"),
        ("9996", "10000", "0.0%"),
        ("1", "3", "-66.7%"),
    ] {
        let text = format!(
            r#"{{ "report": {{ "year": 2025 }}, "gdp": {{ "growth": 5 }},
                "revenue": {{ "value": {now}, "previous": {before} }} }}"#
        );
        assert_eq!(printed(&load(&text, None).unwrap(), "revenue.growth"), growth, "{now} {before}");
    }
}

#[test]
fn a_rule_is_not_asked_where_an_operand_is_absent() {
    for part in [
        r#""works": { "done": 5 }"#,
        r#""works": { "total": 5 }"#,
        r#""schools": { "primary": 5, "all": 3 }"#,
        r#""loans": { "now": 5, "growth": 30 }"#,
        r#""plan": { "total": 5, "name": "甲" }"#,
        r#""report": { "year": 2025, "date": "2025-12-31" }"#,
        // The projects alone are within the total; with nothing of the reserve the rule is not asked.
        r#""works": { "name": "甲", "total": 1, "projects": [{ "name": "乙", "investment": 2 }] }"#,
    ] {
        let text = format!(r#"{{ "report": {{ "year": 2025 }}, "gdp": {{ "growth": 5 }}, {part} }}"#);
        let text =
            if part.contains("report") { text.replace(r#""report": { "year": 2025 }, "#, "") } else { text };
        assert_eq!(codes(&text, None), [""; 0], "{part}");
    }
}

#[test]
fn a_draft_is_only_warned() {
    let text = r#"{ "report": { "year": 2025 }, "gdp": { "value": 50, "previous": null },
        "revenue": { "value": 168.30, "previous": 160, "growth": 4.7 }, "works": { "total": 1, "done": 2 } }"#;
    let source = Source::new("2025.json", text);
    let record = data::load_for(Purpose::Draft, &source, &schema()).unwrap();
    let told: Vec<_> = record.warnings.iter().map(|warning| (warning.entry.code, warning.severity)).collect();
    assert_eq!(told, [("E0171", Severity::Warning), ("E0170", Severity::Warning)]);
    assert!(record.get("gdp.growth").unwrap().is_open());
    // Last year's value is not printed, so nothing is amiss without it.
    assert!(record.get("rates.air_previous").is_none());
    assert_eq!(codes(text, None), ["E0141", "E0143", "E0171", "E0170"]);
}

#[test]
fn approximate_figures_break_a_rule_only_if_they_must() {
    let with = |done: &str, total: &str| {
        codes(
            &format!(
                r#"{{ "report": {{ "year": 2025 }}, "gdp": {{ "growth": 5 }},
                    "works": {{ "done": "{done}", "total": "{total}" }} }}"#
            ),
            None,
        )
    };
    for (done, total) in [
        ("12", "超过10"),
        ("70余", "71"),
        ("约10", "9.5"),
        ("3以内", "2"),
        ("10", "100000万元"),
        ("9999万元", "1"),
    ] {
        assert_eq!(with(done, total), [""; 0], "{done} {total}");
    }
    for (done, total) in
        [("超过12", "10"), ("70余", "69"), ("约10", "8"), ("3", "2以内"), ("10.01", "100000万元")]
    {
        assert_eq!(with(done, total), ["E0170"], "{done} {total}");
    }
}

#[test]
fn what_is_within_its_bounds_is_not_questioned() {
    let previous = r#"{ "report": { "year": 2024 }, "gdp": { "value": 1000, "growth": 5.5 },
        "revenue": { "value": 100 }, "schools": { "all": 165 }, "rates": { "water": 95 } }"#;
    let text = r#"{ "report": { "year": 2025 }, "gdp": { "value": 1200, "growth": 12 },
        "revenue": { "value": 50 }, "schools": { "all": 165 }, "rates": { "water": 45 } }"#;
    assert_eq!(codes(text, Some(previous)), [""; 0]);
    let text = r#"{ "report": { "year": 2025 }, "gdp": { "value": 1200.01, "growth": 12.1 },
        "revenue": { "value": 49.99 }, "schools": { "all": 164 }, "rates": { "water": 44.9 } }"#;
    assert_eq!(codes(text, Some(previous)), ["W0175", "W0175", "W0174", "W0175"]);
}

#[test]
fn a_rate_beyond_what_is_usual_is_questioned() {
    let rate = |growth: &str| {
        let text = format!(r#"{{ "report": {{ "year": 2025 }}, "gdp": {{ "growth": {growth} }} }}"#);
        codes(&text, None)
    };
    for growth in ["5.8", "50", "-50"] {
        assert_eq!(rate(growth), [""; 0], "{growth}");
    }
    for growth in ["58", "-50.1", "500", "1000000000000000"] {
        assert_eq!(rate(growth), ["W0184"], "{growth}");
    }
    // Two levels that the rate follows from bear it out, and so does last year's rate.
    let text = r#"{ "report": { "year": 2025 }, "gdp": { "growth": 5 },
        "revenue": { "value": 160, "previous": 100, "growth": 60 } }"#;
    assert!(!codes(text, None).contains(&"W0184"));
    let previous = r#"{ "report": { "year": 2024 }, "gdp": { "growth": 55 } }"#;
    let text = r#"{ "report": { "year": 2025 }, "gdp": { "growth": 58 } }"#;
    assert_eq!(codes(text, Some(previous)), [""; 0]);
}

#[test]
fn a_series_agrees_with_the_text() {
    let text = include_str!("../samples/statistical-communique/tongzhu-communique.json");
    let pack = Pack::embedded("statistical-communique").unwrap().unwrap();
    let found = |rows: &str| -> Vec<String> {
        let mut data: serde_json::Value = serde_json::from_str(text).unwrap();
        data["history"] = serde_json::from_str(rows).unwrap();
        let source = Source::new("data.json", data.to_string());
        let found = data::load(&source, pack.schema()).map_or_else(|found| found, |record| record.warnings);
        let tell = |found: &Diagnostic| {
            let path = found.origin.as_ref().and_then(|origin| origin.path.clone());
            format!("{} {}", found.entry.code, path.unwrap_or_default())
        };
        found.iter().map(tell).collect()
    };
    let sound = r#"{ "gdp": [{ "year": 2021, "value": 1 }, { "year": 2024, "value": "3021600万元" },
        { "year": 2025, "value": 318.7, "growth": 6.2 }], "structure": [{ "year": 2025, "primary": 9.3 }] }"#;
    assert_eq!(found(sound), [""; 0]);
    let other =
        r#"{ "gdp": [{ "year": 2024, "value": 999 }, { "year": 2025, "value": 300, "growth": 9.9 }] }"#;
    let wanted = ["E0185 history.gdp[0].value", "E0185 history.gdp[1].value", "E0185 history.gdp[1].growth"];
    assert_eq!(found(other), wanted);
    let unordered = r#"{ "structure": [{ "year": 2025 }, { "year": 2025 }, { "year": 2024 }] }"#;
    assert_eq!(found(unordered), ["E0186 history.structure[1].year", "E0186 history.structure[2].year"]);
}

/// A pack in memory.
struct Files(BTreeMap<String, Vec<u8>>);

impl PackFiles for Files {
    fn names(&self) -> std::io::Result<Vec<String>> {
        Ok(self.0.keys().cloned().collect())
    }

    fn read(&self, path: &str) -> std::io::Result<Option<Cow<'static, [u8]>>> {
        Ok(self.0.get(path).cloned().map(Cow::Owned))
    }
}

#[test]
fn a_pack_switches_rules() {
    let files = embedded("annual-report").unwrap().files();
    let pack = |rules: &str| {
        let mut files: BTreeMap<_, _> =
            files.iter().map(|(name, bytes)| (name.clone(), bytes.to_vec())).collect();
        let manifest = files.get_mut("pack.toml").unwrap();
        manifest.extend(format!("\n[rules]\n{rules}\n").into_bytes());
        Pack::load(&Files(files)).unwrap()
    };
    let told = |rules: &str, old: &str, new: &str| -> Vec<(String, Severity)> {
        let source = Source::new("a.json", FULL.replace(old, new));
        let found = data::load(&source, pack(rules).schema());
        let found = found.map_or_else(|found| found, |record| record.warnings);
        found.iter().map(|found| (found.entry.code.to_owned(), found.severity)).collect()
    };
    let parks = (r#""provincial_parks": 5"#, r#""provincial_parks": 19"#);
    assert_eq!(told("", parks.0, parks.1), [("E0170".to_owned(), Severity::Error)]);
    assert_eq!(told("provincial-parks = \"note\"", parks.0, parks.1), [("N0170".to_owned(), Severity::Note)]);
    assert_eq!(told("provincial-parks = \"off\"", parks.0, parks.1), []);
    // The standard keyword, which editors read, does not stand in for a rule that is off.
    assert_eq!(told("rates = \"off\"", r#""share": 81.5"#, r#""share": 181.5"#), []);
    let growth = (r#""growth": 4.7"#, r#""growth": 4.8"#);
    assert_eq!(told("growth = \"warning\"", growth.0, growth.1), [("E0171".to_owned(), Severity::Warning)]);
    assert_eq!(told("growth = \"off\"", growth.0, growth.1), []);
    let retail = (r#""value": 912.46"#, r#""value": 9124600"#);
    let ratio = (r#""share": 81.5"#, r#""share": 0.815"#);
    assert_eq!(told("", ratio.0, ratio.1), [("W0181".to_owned(), Severity::Warning)]);
    assert_eq!(told("ratio = \"error\"", ratio.0, ratio.1), [("W0181".to_owned(), Severity::Error)]);
    // The number is still rounded.
    assert_eq!(told("ratio = \"off\"", ratio.0, ratio.1), [("W0150".to_owned(), Severity::Warning)]);
    assert_eq!(told("magnitude = \"error\"", retail.0, retail.1), [("W0173".to_owned(), Severity::Error)]);
}

/// Every rate of the annual report is within 0 and 100; a contribution is not.
#[test]
fn every_rate_has_its_range() {
    let pack = Pack::embedded("annual-report").unwrap().unwrap();
    let schema = pack.schema();
    for field in schema.fields().iter().filter(|field| field.kind == Kind::Percent) {
        let is_ranged = schema.rules().any(|(rule, severity)| match &rule.test {
            Test::Range { fields, from: None, minimum, maximum, .. } => {
                severity == Severity::Error
                    && fields.contains(&field.path)
                    && (*minimum, *maximum) == (Some(Decimal::ZERO), Some(Decimal::ONE_HUNDRED))
            }
            _ => false,
        });
        assert_eq!(is_ranged, field.path != "economy.services_contribution", "{}", field.path);
    }
}

/// Returns a data file with one figure.
fn with_one(path: &str, value: &str) -> String {
    path.split('.').rev().fold(value.to_owned(), |inner, name| match name.strip_suffix("[]") {
        Some(name) => format!("{{ \"{name}\": [{inner}] }}"),
        None => format!("{{ \"{name}\": {inner} }}"),
    })
}

/// Every figure of every pack that has a range, by a standard keyword or by a rule, is told when it is out of it, be
/// it written as a number, as a bound or as known roughly.
#[test]
fn what_is_out_of_its_range_is_told_of_every_field() {
    let mut asked = 0;
    for pack in embedded_names().map(|name| Pack::embedded(name).unwrap().unwrap()) {
        let schema = pack.schema();
        for field in schema.fields() {
            let pointer: String = field.path.split('.').fold(String::new(), |pointer, name| {
                let items = if name.ends_with("[]") { "/items" } else { "" };
                format!("{pointer}/properties/{}{items}", name.trim_end_matches("[]"))
            });
            let keywords = schema.document().pointer(&pointer);
            let number = |key: &str| {
                let number = keywords?.get(key)?;
                Some(number.to_string().parse::<Decimal>().unwrap())
            };
            let mut out: Vec<_> = ["minimum", "exclusiveMinimum"]
                .into_iter()
                .filter_map(number)
                .map(|least| least - Decimal::ONE)
                .chain(
                    ["maximum", "exclusiveMaximum"]
                        .into_iter()
                        .filter_map(number)
                        .map(|most| most + Decimal::ONE),
                )
                .collect();
            for (rule, _) in schema.rules() {
                if let Test::Range { fields, from: None, minimum, maximum, .. } = &rule.test
                    && fields.contains(&field.path)
                {
                    out.extend(minimum.map(|least| least - Decimal::ONE));
                    out.extend(maximum.map(|most| most + Decimal::ONE));
                }
            }
            let forms =
                ["#", "\"#\"", "\"#以内\"", "\"不足#\"", "\"超过#\"", "\"#以上\"", "\"约#\"", "\"近#\""];
            for (number, form) in out.iter().flat_map(|number| forms.map(|form| (number, form))) {
                let text = with_one(&field.path, &form.replace('#', &number.to_string()));
                let found = data::load(&Source::new("a.json", text.as_str()), schema);
                let found = found.map_or_else(|found| found, |record| record.warnings);
                let is_told = found.iter().any(|found| {
                    let path = found.origin.as_ref().and_then(|origin| origin.path.as_deref());
                    path.is_some_and(|path| Schema::form(path) == field.path)
                });
                assert!(is_told, "{}: {text}\n{}", pack.manifest().name, report(&found));
                asked += 1;
            }
        }
    }
    assert!(asked > 1000, "{asked}");
}

#[test]
fn a_number_of_a_spreadsheet_is_told_with_the_unit_that_it_fits() {
    let pack = Pack::embedded("annual-report").unwrap().unwrap();
    for (old, new, meant) in [
        (r#""value": 912.46"#, r#""value": 91246000000"#, "91246000000元"),
        (r#""value": 912.46"#, r#""value": 9124600"#, "9124600万元"),
        (r#""exports": 86420"#, r#""exports": 864200000"#, "864200000美元"),
        (r#""exports": 86420"#, r#""exports": 8.6420"#, "8.6420亿美元"),
    ] {
        let last = FULL.replace("\"year\": 2025", "\"year\": 2024");
        let text = FULL.replace(old, new);
        assert_ne!(text, FULL);
        let load = |text: &str| {
            let source = |text: &str| Source::new("a.json", text);
            let previous = Previous::read(&source(&last), pack.schema()).unwrap();
            let found = data::load_beside(Purpose::Final, &source(text), pack.schema(), Some(&previous));
            let found = found.map_or_else(|found| found, |record| record.warnings);
            found.into_iter().find(|found| found.entry.code == "W0173")
        };
        let told = load(&text).unwrap();
        let hint = told.hints(Language::English).pop().unwrap();
        assert_eq!(hint, format!("if the number is in another unit, write: `\"{meant}\"`"));
        let (key, _) = old.split_once(' ').unwrap();
        assert_eq!(load(&FULL.replace(old, &format!("{key} \"{meant}\""))), None, "{meant}");
    }
}

/// 100,000 triples of shares, held against the same reckoned in whole hundredths.
#[test]
fn triples_of_shares_are_judged_as_they_print() {
    let schema = r#"{ "type": "object",
        "x-rules": [{ "name": "shares", "rule": "sum", "severity": "error", "parts": ["shares"], "total": 100,
            "tolerance": 0.1, "message": { "zh": "合计应为100", "en": "the shares are 100 together" } }],
        "properties": { "shares": { "title": "比重", "x-kind": "shares", "x-decimals": 1,
            "x-source": "统计局", "x-part": "1" } } }"#;
    let schema = Schema::parse(&Arc::new(SourceText::new("schema.json", schema))).unwrap();
    let mut random = 20_260_124_u64;
    let mut next = |below: i64| {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((random >> 33) as i64) % below
    };
    let mut seen = BTreeMap::new();
    for _ in 0..100_000 {
        let (one, two) = (next(5000), next(5000));
        let three = 10_000 - one - two + [0, 0, next(41) - 20][next(3) as usize];
        let shares = [one, two, three];
        let text = format!(
            "{{\"shares\": [{}]}}",
            shares.map(|share| format!("{}.{:02}", share / 100, share % 100)).join(", ")
        );
        let is_tied =
            |shares: [i64; 3]| shares[0] == shares[1] || shares[1] == shares[2] || shares[0] == shares[2];
        let rounded = shares.map(|share| (share + 5) / 10 * 10);
        let off = (if is_tied(rounded) { shares } else { rounded }).iter().sum::<i64>() - 10_000;
        let expected = match off.abs() {
            _ if is_tied(shares) => "E0163",
            0 => "",
            1..=10 => "N0179",
            _ => "E0170",
        };
        let source = Source::new("a.json", text.as_str());
        let found = data::load(&source, &schema).map_or_else(|found| found, |record| record.warnings);
        let codes: Vec<_> =
            found.iter().map(|found| found.entry.code).filter(|code| *code != "W0150").collect();
        assert_eq!(codes.concat(), expected, "{text}");
        *seen.entry(expected).or_insert(0) += 1;
    }
    assert!(seen.len() == 4 && seen.values().all(|times| *times > 10), "{seen:?}");
}

/// A number as people write it, or one that is absurd.
fn odd_figure() -> impl Strategy<Value = String> {
    prop_oneof![
        "(约|近|超过|不足)?-?[0-9]{1,29}(\\.[0-9]{1,10})?(余|多)?(万|亿)?(元|%|亿元|万元|所)?(以上|以内|左右)?".prop_map(|text| format!("\"{text}\"")),
        "-?[1-9][0-9]{0,28}(\\.[0-9]{1,8})?(e-?[0-9]{1,2})?",
        Just("null".to_owned()),
    ]
}

proptest! {
    #[test]
    fn no_figures_make_it_panic(figures in prop::collection::vec(odd_figure(), 22)) {
        let file = |figures: &[String]| {
            let [year, now, before, rate, revenue, last, growth, total, done, public, private] = figures else { panic!() };
            format!(
                r#"{{ "report": {{ "year": {year}, "date": "2026-01-01" }},
                    "gdp": {{ "value": {now}, "previous": {before}, "growth": {rate} }},
                    "revenue": {{ "value": {revenue}, "previous": {last}, "growth": {growth} }},
                    "loans": {{ "now": {revenue}, "before": {last}, "growth": {rate} }},
                    "works": {{ "total": {total}, "done": {done}, "public": {public}, "private": {private} }},
                    "schools": {{ "primary": {total}, "middle": {done}, "all": {now} }},
                    "rates": {{ "air": {total}, "air_previous": {done}, "air_change": {now} }} }}"#
            )
        };
        let (now, last) = figures.split_at(11);
        if let Err(found) = load(&file(now), Some(&file(last))) {
            report(&found);
        }
    }

    /// A rate that is reckoned from two levels agrees with them when it is then given.
    #[test]
    fn a_reckoned_rate_agrees(now in 1_u64..1_000_000_000, before in 100_000_u64..1_000_000_000, scale in 0_u32..5) {
        let (now, before) = (Decimal::new(now as i64, scale), Decimal::new(before as i64, scale));
        let text = |growth: &str| format!(
            r#"{{ "report": {{ "year": 2025 }}, "gdp": {{ "growth": 5 }},
                "revenue": {{ "value": "{now}", "previous": "{before}"{growth} }} }}"#
        );
        let Ok(record) = load(&text(""), None) else { return Err(TestCaseError::reject("out of bounds")) };
        let growth = printed(&record, "revenue.growth");
        let exact = (now - before) * Decimal::ONE_HUNDRED / before;
        let rounded = exact.round_dp_with_strategy(1, RoundingStrategy::MidpointAwayFromZero);
        prop_assert_eq!(growth.trim_end_matches('%').parse::<Decimal>().unwrap(), rounded);
        let given = load(&text(&format!(r#", "growth": "{growth}""#)), None);
        prop_assert!(given.is_ok());
        // One that is plainly off does not.
        let off = rounded + Decimal::new(3, 1) + exact.abs() / Decimal::TEN;
        let given = load(&text(&format!(r#", "growth": "{off}""#)), None);
        prop_assert!(given.is_err_and(|found| found.iter().any(|found| found.entry.code == "E0171")));
    }
}

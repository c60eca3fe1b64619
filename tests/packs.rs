//! Reads the embedded packs and the samples, and packs with faults of every sort.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

use shizheng::data::{self, Source};
use shizheng::diag::{Diagnostic, Language, Report, SourceText};
use shizheng::pack::{
    Kind, Pack, PackFiles, RuleSwitch, Schema, embedded, embedded_names, schema_for_editors, skeleton,
};

/// A pack in memory.
struct Files(BTreeMap<String, Vec<u8>>);

impl Files {
    /// Returns a copy of an embedded pack.
    fn annual_report() -> Self {
        let pack = embedded("annual-report").expect("the pack is embedded");
        Self(pack.files().into_iter().map(|(name, bytes)| (name, bytes.to_vec())).collect())
    }

    fn with(mut self, name: &str, text: &str) -> Self {
        self.0.insert(name.to_owned(), text.as_bytes().to_vec());
        self
    }

    fn without(mut self, name: &str) -> Self {
        self.0.remove(name);
        self
    }

    fn faults(&self) -> String {
        let found = Pack::load(self).expect_err("the pack is bad");
        report(&found)
    }
}

impl PackFiles for Files {
    fn names(&self) -> io::Result<Vec<String>> {
        Ok(self.0.keys().cloned().collect())
    }

    fn read(&self, path: &str) -> io::Result<Option<Cow<'static, [u8]>>> {
        Ok(self.0.get(path).cloned().map(Cow::Owned))
    }
}

fn report(diagnostics: &[Diagnostic]) -> String {
    let show = |language| -> Vec<String> {
        diagnostics.iter().map(|diagnostic| Report::new(diagnostic, language).to_string()).collect()
    };
    format!("{}\n----\n\n{}", show(Language::Chinese).join("\n"), show(Language::English).join("\n"))
}

#[test]
fn schema_for_editors_is_the_same_without_the_rest_of_the_pack() {
    for name in embedded_names() {
        let files = embedded(name).expect("the pack is embedded");
        let pack = Pack::load(&files).expect("the pack is sound");
        assert!(schema_for_editors(&files).unwrap() == pack.schema().for_editors(), "{name}");
    }
}

#[test]
fn every_embedded_pack_is_sound() {
    let mut count = 0;
    for name in embedded_names() {
        let pack = Pack::embedded(name).expect("the name is of an embedded pack");
        let pack = pack.unwrap_or_else(|found| panic!("{}", report(&found)));
        assert_eq!(pack.manifest().name, name);
        assert!(pack.template(&pack.manifest().entry).is_some());
        let found = shizheng::lint(&embedded(name).expect("the pack is there"));
        assert!(found.is_empty(), "{}", report(&found));

        // What a city begins with is a draft at once.
        let empty = Source::new("new.json", skeleton(pack.schema(), name, "schema.json"));
        let press =
            shizheng::Press::new(pack, shizheng::font::Fonts::embedded()).expect("lint found nothing");
        let options =
            shizheng::Options { format: shizheng::Format::Text, draft: true, ..shizheng::Options::default() };
        let rendered = press.render(&empty, &options).unwrap_or_else(|found| panic!("{}", report(&found)));
        assert!(rendered.open() > 2, "{name}");
        count += 1;
    }
    assert!(count > 0);
    assert!(Pack::embedded("no-such-pack").is_none());
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the samples are files")]
fn every_sample_keeps_its_packs_schema() {
    let folder = format!("{}/samples", env!("CARGO_MANIFEST_DIR"));
    let mut count = 0;
    for entry in std::fs::read_dir(folder).expect("the samples are there").filter_map(Result::ok) {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.strip_suffix(".json").is_some() {
            let bytes = std::fs::read(entry.path()).expect("the sample can be read");
            let source = Source::new(name, bytes);
            let name = data::peek(&source, &[]).pack.expect("the sample names its pack");
            let pack = Pack::embedded(&name).expect("the pack is embedded").expect("the pack is sound");
            let record =
                data::load(&source, pack.schema()).unwrap_or_else(|found| panic!("{}", report(&found)));
            assert!(record.warnings.is_empty(), "{}", report(&record.warnings));
            count += 1;
        }
    }
    assert!(count >= 3);
}

#[test]
fn the_schema_knows_its_paths() {
    let pack = Pack::embedded("annual-report").expect("the pack is embedded").expect("the pack is sound");
    let schema = pack.schema();
    assert!(
        schema.is_object("") && schema.is_object("economy.gdp") && !schema.is_object("economy.gdp.value")
    );
    assert!(schema.is_object("urban_rural.city.projects[]") && schema.is_array("urban_rural.city.projects"));
    assert_eq!(schema.children("urban_rural.city.projects[]"), ["name", "investment"]);
    let kind = |path| schema.field(path).map(|field| field.kind);
    assert_eq!(kind("economy.gdp.value"), Some(Kind::Quantity));
    assert_eq!(kind("urban_rural.city.venues[]"), Some(Kind::Names));
    assert_eq!(kind("urban_rural.city.projects[].name"), Some(Kind::Name));
    assert_eq!(kind("urban_rural.city.projects[]"), None);
    assert_eq!(kind("economy.gdp"), None);
    assert_eq!(Schema::form("a.b[12].c[0]"), "a.b[].c[]");
    let unknown: Vec<_> =
        schema.fields().iter().filter(|field| kind(&field.path) != Some(field.kind)).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}

#[test]
fn words_follow_the_data() {
    let pack = Pack::embedded("annual-report").expect("the pack is embedded").expect("the pack is sound");
    let words = |city: &'static str, province: &'static str| {
        pack.manifest().words(|field| match field {
            "report.city" => Some(city),
            "report.province" => Some(province),
            _ => None,
        })
    };
    for (city, our, all, committee, government, authority) in [
        ("青岚市", "我市", "全市", "市委", "市政府", "人民政府"),
        ("青岚区", "我区", "全区", "区委", "区政府", "人民政府"),
        ("青岚特区", "我区", "全区", "区委", "区政府", "人民政府"),
        ("青岚林区", "我区", "全区", "林区党委", "林区政府", "人民政府"),
        ("青岚县", "我县", "全县", "县委", "县政府", "人民政府"),
        ("青岚旗", "我旗", "全旗", "旗委", "旗政府", "人民政府"),
        ("青岚自治旗", "我旗", "全旗", "旗委", "旗政府", "人民政府"),
        ("青岚自治州", "我州", "全州", "州委", "州政府", "人民政府"),
        ("青岚盟", "我盟", "全盟", "盟委", "盟行署", "行政公署"),
        ("青岚地区", "我地区", "全地区", "地委", "行署", "行政公署"),
    ] {
        let words = words(city, "某某自治区");
        let own = ["our", "all", "committee", "government", "authority"].map(|word| words[word].as_str());
        assert_eq!(own, [our, all, committee, government, authority], "{city}");
        assert_eq!(words["provincial_committee"], "自治区党委");
        assert_eq!(words["province_in_full"], "全自治区");
    }
    let city = words("青岚市", "某某省");
    assert_eq!(city["provincial_committee"], "省委");
    let names: Vec<_> = pack.manifest().word_names().collect();
    assert_eq!(city.keys().map(String::as_str).collect::<Vec<_>>(), names);
    let unmatched = pack.manifest().unmatched(|field| (field == "report.province").then_some("某某"));
    let fields: Vec<_> = unmatched.iter().map(|(field, _)| *field).collect();
    assert_eq!(fields, ["report.city", "report.province"]);
    assert_eq!(unmatched[1].1, "…自治区、…省、…市");
    assert!(!pack.manifest().words(|_| None).contains_key("our"));
}

#[test]
fn missing_and_misnamed_files_are_told() {
    let files = Files::annual_report()
        .without("schema.json")
        .without("report.hbs")
        .with("../outside.hbs", "")
        .with("a\\b.hbs", "");
    let mut files = files;
    files.0.insert("garbled.hbs".to_owned(), b"abc\xff".to_vec());
    insta::assert_snapshot!(files.faults());
}

#[test]
fn a_bad_manifest_is_told_whole() {
    let manifest = r#"
name = "Annual Report"
title = " "
version = "1"
engine = ">=99"
entry = "nothing"

[document]
language = "中文"

[[words]]
field = "report.level"
value = "县"
suffix = "县"
set = { our = "我县", all = "全县" }

[[words]]
field = "report.level"
value = "县级市"
set = { our = "我市", both = "全市" }

[[words]]
field = "report.provinc"
set = { our = "我省" }
"#;
    let unknown_key = "name = \"a\"\ntitel = \"b\"\n";
    let not_toml = "name = \n";
    let faults: Vec<_> = [manifest, unknown_key, not_toml]
        .iter()
        .map(|text| Files::annual_report().with("pack.toml", text).faults())
        .collect();
    insta::assert_snapshot!(faults.join("\n====\n\n"));
}

/// What a template is filled by is made of control characters; a pack that prints them would forge it.
#[test]
fn control_characters_of_a_pack_are_refused() {
    let annual = Files::annual_report;
    let own = |name: &str| String::from_utf8(annual().0[name].clone()).expect("a text");
    let manifest = own("pack.toml").replacen("\"我市\"", r#""我\u00020:0:0\u0003市""#, 1);
    let schema = own("schema.json");
    let title = schema.replacen("\"title\": \"", r#""title": "\u0001"#, 1);
    let unit = schema.replacen("\"x-unit\": \"", r#""x-unit": "\u0002"#, 1);
    for (name, text) in [("pack.toml", manifest), ("schema.json", title), ("schema.json", unit)] {
        let faults = Pack::load(&annual().with(name, &text)).expect_err("the pack is bad");
        let codes: Vec<_> = faults.iter().map(|fault| fault.entry.code).collect();
        assert_eq!(codes, ["E0261"], "{name}");
        assert!(faults[0].origin.as_ref().is_some_and(|origin| origin.source.name().ends_with(name)));
    }
}

#[test]
fn a_bad_rule_is_told_whole() {
    let own = include_str!("data/rules/schema.json");
    let (before, after) = own.split_once("\"x-rules\": [").expect("the schema has rules");
    let message = r#""message": { "zh": "不对", "en": "wrong" }"#;
    let rules = [
        format!(r#"{{ "name": "a", "rule": "atmost", "severity": "error", {message} }}"#),
        format!(r#"{{ "name": "B c", "rule": "same_sign", "severity": "bad", "fields": ["gdp.growth"], {message} }}"#),
        r#"{ "name": "swing", "rule": "implies", "severity": "error", "given": "gdp.valu", "needed": "works.projects", "message": { "zh": "不对" } }"#.to_owned(),
        format!(r#"{{ "name": "part", "rule": "at_most", "severity": "error", "part": "works.name", "whole": "works.total", {message} }}"#),
        format!(r#"{{ "name": "c", "rule": "at_most", "severity": "error", "part": "schools.all", "hole": "works.total", {message} }}"#),
        format!(r#"{{ "name": "d", "rule": "sum", "severity": "error", "parts": ["schools.all", "works.done"], "total": "works.total", "tolerance": "0.1", {message} }}"#),
        format!(r#"{{ "name": "e", "rule": "range", "severity": "error", "fields": "report.date", "from": "schools.all", "minimum": 0, {message} }}"#),
        format!(r#"{{ "name": "f", "rule": "range", "severity": "error", "fields": "rates.water", "minimum": 9, "maximum": 0, {message} }}"#),
        format!(r#"{{ "name": "ff", "rule": "range", "severity": "error", "fields": "rates.water", "from": "rates.air", "minimum": 9, "in": "months", {message} }}"#),
        format!(r#"{{ "name": "g", "rule": "growth_of", "severity": "error", "growth": "rates.air_change", "level": "gdp.value", "previous": "gdp.previous", "basis": "real", {message} }}"#),
        format!(r#"{{ "name": "g2", "rule": "growth_of", "severity": "error", "growth": "rates.water", "level": "gdp.value", "previous": "gdp.previous", {message} }}"#),
        format!(r#"{{ "name": "h", "rule": "not_below_previous", "severity": "error", "fields": ["works.total"], {message} }}"#),
        format!(r#"{{ "name": "swing", "rule": "not_below_previous", "severity": "error", "fields": ["works.total"], {message} }}"#),
        r#""rule""#.to_owned(),
    ];
    let keywords = r#""x-swong": 1, "x-swing": 0,"#;
    let fields = after
        .replace(r#""x-previous-of": "value" }"#, r#""x-previous-of": "growth" }"#)
        .replace(
            r#""x-basis": "constant-price", "x-bound": 8"#,
            r#""x-basis": "real", "x-bound": "8", "x-typical": [9, 1]"#,
        )
        .replace(r#""x-growth-of": "air""#, r#""x-growth-of": "gdp.value""#)
        .replace(r#""x-stock": true"#, r#""x-stock": "yes""#);
    let before = before.replace("\"x-swing\": 50,", keywords);
    // Fields that will not do are told first; rules are told with them.
    let text = format!("{before}\"x-rules\": [\n{},\n{fields}", rules.join(",\n"));
    let source = Arc::new(SourceText::new("schema.json", text));
    insta::assert_snapshot!(report(&Schema::parse(&source).expect_err("the schema is bad")));
}

#[test]
fn rules_are_switched_by_their_names() {
    let manifest = |rules: &str| {
        let own = include_str!("../templates/annual-report/pack.toml");
        Files::annual_report().with("pack.toml", &format!("{own}\n[rules]\n{rules}"))
    };
    let pack = Pack::load(&manifest("swing = \"off\"\nstock = \"error\"\n")).expect("the pack is sound");
    let switches: Vec<_> =
        pack.manifest().rules.iter().map(|(name, switch)| (name.as_str(), *switch)).collect();
    assert_eq!(switches, [("stock", RuleSwitch::Error), ("swing", RuleSwitch::Off)]);
    insta::assert_snapshot!(manifest("swong = \"off\"\nstock = \"of\"\n").faults());
}

#[test]
fn a_bad_schema_is_told_whole() {
    let schema = r##"{
  "type": "object",
  "properties": {
    "plain": { "type": "string" },
    "kind": { "title": "甲", "x-kind": "quantty", "x-source": "局", "x-part": "1" },
    "bare": { "x-kind": "count" },
    "keys": {
      "title": "乙", "x-kind": "quantity", "x-unit": "元", "x-source": "局", "x-part": "1",
      "x-decimal": 2, "x-decimals": 2.5, "x-required": "yes"
    },
    "share": { "title": "丙", "x-kind": "percent", "x-unit": "‰", "x-source": "局", "x-part": "1" },
    "rows": { "title": "丁", "x-kind": "table", "x-source": "局", "x-part": "1", "items": {} },
    "away": { "$ref": "https://example.org/a.json" },
    "nowhere": { "$ref": "#/$defs/none" },
    "loop": { "$ref": "#/$defs/loop" },
    "deep": { "$ref": "#/$defs/deep" }
  },
  "$defs": {
    "loop": { "$ref": "#/$defs/loop" },
    "deep": { "type": "object", "properties": { "deep": { "$ref": "#/$defs/deep" } } }
  }
}"##;
    let parse = |text: &str| {
        let source = Arc::new(SourceText::new("schema.json", text));
        report(&Schema::parse(&source).expect_err("the schema is bad"))
    };
    let invalid = r#"{ "type": "objekt", "properties": { "a": { "title": "甲", "x-kind": "name", "x-source": "局", "x-part": "1" } } }"#;
    let faults = [schema, invalid, "{}", "{", "[]"].map(parse);
    insta::assert_snapshot!(faults.join("\n====\n\n"));
}

#[test]
fn every_key_at_fault_is_told_at_once() {
    let manifest = "titel = \"b\"\nname = 3\nversion = \"1\"\nentry = [\"report\"]\nsections = [\"a\", 2, true]\n\n\
        [document]\nlangauge = \"zh-CN\"\nstatus = 1\n\n\
        [[words]]\nfeild = \"report.level\"\nvalues = \"县\"\nset = { our = 3, all = \"全县\" }\n\n\
        [[words]]\nfield = \"report.level\"\nset = 1\n\n[rules]\nno-space = false\n";
    let style = include_str!("../templates/annual-report/style.toml")
        .replace("width = ", "widht = ")
        .replace("\"37mm\"", "\"37 em\"")
        .replace("columns = 28", "columns = \"28\"")
        .replace("[byline]", "[byline]\ncolour = \"red\"")
        .replace("[heading4]", "[heading5]")
        .replacen("\"fallback\"]", "3, \"song:mark\"]", 1);
    let faults = [
        Files::annual_report().with("pack.toml", manifest).faults(),
        Files::annual_report().with("style.toml", &style).faults(),
    ];
    insta::assert_snapshot!(faults.join("\n====\n\n"));
}

//! Asks of data what rules say of parts and wholes, means and quotients, targets, dates, names and texts: each kind of
//! rule with data that keep it and data that break it, and every such rule of the packs with a sample that was spoiled.

#![expect(clippy::disallowed_methods, reason = "reads the samples")]

use std::fs;
use std::path::Path;
use std::sync::Arc;

use serde_json::{Value as Json, json};
use shizheng::data::{self, Source};
use shizheng::diag::{Diagnostic, Language, SourceText};
use shizheng::pack::{Pack, Schema, Test, embedded_names};

/// Fields of every kind that rules may be of.
const FIELDS: &str = r#"
    "year": { "title": "年度", "x-kind": "year" },
    "whole": { "title": "整体", "x-kind": "quantity", "x-unit": "亿元", "x-decimals": 2 },
    "one": { "title": "甲", "x-kind": "quantity", "x-unit": "亿元", "x-decimals": 2 },
    "two": { "title": "乙", "x-kind": "quantity", "x-unit": "万元", "x-decimals": 2 },
    "three": { "title": "丙", "x-kind": "quantity", "x-unit": "亿元", "x-decimals": 2 },
    "people": { "title": "人口", "x-kind": "quantity", "x-unit": "万人", "x-decimals": 2 },
    "each": { "title": "人均", "x-kind": "count", "x-unit": "元" },
    "all": { "title": "总数", "x-kind": "count", "x-unit": "家" },
    "dead": { "title": "死亡", "x-kind": "count", "x-unit": "人" },
    "share": { "title": "占比", "x-kind": "percent", "x-decimals": 1 },
    "shares": { "title": "比重", "x-kind": "shares", "x-decimals": 1 },
    "growth": { "title": "增速", "x-kind": "growth", "x-decimals": 1 },
    "fast": { "title": "快的", "x-kind": "growth", "x-decimals": 1 },
    "slow": { "title": "慢的", "x-kind": "growth", "x-decimals": 1 },
    "target": { "title": "目标", "x-kind": "growth", "x-decimals": 1, "x-range": true },
    "verdict": { "title": "完成情况", "x-kind": "text" },
    "signed": { "title": "成文日期", "x-kind": "date" },
    "printed": { "title": "印发日期", "x-kind": "date" },
    "text": { "title": "标题", "x-kind": "text" },
    "secret": { "title": "密级", "x-kind": "text" },
    "chair": { "title": "主持人", "x-kind": "name" },
    "present": { "title": "出席", "x-kind": "names" },
    "away": { "title": "请假", "x-kind": "names" },
    "rows": { "title": "历年", "x-kind": "table", "type": "array", "items": { "type": "object", "properties": {
        "year": { "title": "年份", "x-kind": "year", "x-series-of": "year" },
        "first": { "title": "一产", "x-kind": "percent", "x-decimals": 1, "x-series-of": "shares[0]" },
        "second": { "title": "二产", "x-kind": "percent", "x-decimals": 1 },
        "third": { "title": "三产", "x-kind": "percent", "x-decimals": 1 },
        "value": { "title": "历年的数", "x-kind": "quantity", "x-unit": "亿元", "x-decimals": 2 } } } }"#;

/// Reads some data by a schema of the fields with a rule, and returns the codes of what was found.
fn found(rule: &Json, data: &Json) -> Vec<Diagnostic> {
    let mut rule = rule.clone();
    rule["name"] = "asked".into();
    rule["severity"] = "error".into();
    rule["message"] = json!({ "zh": "不合", "en": "it does not fit" });
    let fields = FIELDS.replace(", \"x-kind\"", ", \"x-source\": \"统计局\", \"x-part\": \"1\", \"x-kind\"");
    let text = format!(r#"{{ "type": "object", "x-rules": [{rule}], "properties": {{ {fields} }} }}"#);
    let schema = Schema::parse(&Arc::new(SourceText::new("schema.json", text)))
        .unwrap_or_else(|faults| panic!("{}", told(&faults)));
    load(&schema, data)
}

fn load(schema: &Schema, data: &Json) -> Vec<Diagnostic> {
    let source = Source::new("data.json", data.to_string());
    data::load(&source, schema).map_or_else(|found| found, |record| record.warnings)
}

fn told(found: &[Diagnostic]) -> String {
    let tell = |found: &Diagnostic| format!("{} {}", found.entry.code, found.message(Language::Chinese));
    found.iter().map(tell).collect::<Vec<_>>().join("\n")
}

fn is_broken(found: &[Diagnostic], name: &str) -> bool {
    let rule = format!("(rule `{name}`)");
    found.iter().any(|found| found.hints(Language::English).iter().any(|hint| hint.contains(&rule)))
}

#[test]
fn each_kind_of_rule_is_kept_and_broken() {
    let share = json!({ "rule": "share_of", "share": "share", "part": "one", "whole": "whole" });
    let shares = json!({ "rule": "share_of", "share": "shares", "part": ["one", "two", "three"], "whole": "whole", "tolerance": 0.1 });
    let part = json!({ "rule": "part_of", "parts": ["one", "two"], "whole": "whole", "together": true });
    let none = json!({ "rule": "none_without", "parts": "dead", "whole": "all" });
    let mean = json!({ "rule": "between", "figure": "growth", "of": ["fast", "slow"] });
    let each = json!({ "rule": "quotient", "figure": "each", "of": "whole", "per": "people", "within": 15 });
    let rows = json!({ "rule": "rows_at_most", "table": "rows", "whole": "all" });
    let sums = json!({ "rule": "sum", "parts": ["rows[].first", "rows[].second", "rows[].third"], "total": 100,
        "tolerance": 0.2, "rows": "rows" });
    let target = json!({ "rule": "fulfilled", "actual": "growth", "target": "target", "verdict": "verdict" });
    let after = json!({ "rule": "not_before", "fields": ["printed"], "date": "signed" });
    let years = json!({ "rule": "years_named", "texts": ["text"], "year": "year", "maximum": 1 });
    let lists = json!({ "rule": "disjoint", "lists": ["chair", "present", "away"] });
    let words = json!({ "rule": "excludes", "given": "secret", "text": "text", "words": ["公开"] });
    let verdict = |growth: f64, target: &str, verdict: &str| json!({ "growth": growth, "target": target, "verdict": verdict });
    for (rule, kept, broken) in [
        (
            &share,
            vec![
                json!({ "share": 61.4, "one": 158.39, "whole": 258.14 }),
                json!({ "share": 33.3, "one": 1, "whole": 3 }),
                json!({ "share": "约61", "one": 158.39, "whole": 258.14 }),
                json!({ "share": 71.4, "one": 158.39 }),
                json!({ "share": 10, "one": 0, "whole": 0 }),
            ],
            vec![
                json!({ "share": 71.4, "one": 158.39, "whole": 258.14 }),
                json!({ "share": 61.6, "one": 158.39, "whole": 258.14 }),
            ],
        ),
        (
            &shares,
            vec![
                json!({ "shares": [9.1, 43.8, 47.1], "one": 117.06, "two": 5_634_700, "three": 605.92, "whole": 1286.45 }),
            ],
            vec![
                json!({ "shares": [19.1, 33.8, 47.1], "one": 117.06, "two": 5_634_700, "three": 605.92, "whole": 1286.45 }),
            ],
        ),
        (
            &part,
            vec![
                json!({ "one": 6, "two": 40000, "whole": 10 }),
                json!({ "one": 10, "whole": 10 }),
                json!({ "one": "约11", "whole": 10.5 }),
                // Rounding of the parts.
                json!({ "one": 5.01, "two": 50000, "whole": 10 }),
            ],
            vec![
                json!({ "one": 12, "whole": 10 }),
                json!({ "two": 120_000, "whole": 10 }),
                json!({ "one": 6, "two": 70000, "whole": 10 }),
            ],
        ),
        (
            &none,
            vec![json!({ "all": 3, "dead": 2 }), json!({ "all": 0, "dead": 0 }), json!({ "dead": 2 })],
            vec![json!({ "all": 0, "dead": 2 })],
        ),
        (
            &mean,
            vec![
                json!({ "growth": 5.5, "fast": 6.1, "slow": 5.4 }),
                json!({ "growth": 6.1, "fast": 6.1, "slow": -5.4 }),
                json!({ "growth": 9.2, "slow": 5.4 }),
            ],
            vec![
                json!({ "growth": 9.2, "fast": -5.8, "slow": -10.3 }),
                json!({ "growth": 5.2, "fast": 6.1, "slow": 5.4 }),
            ],
        ),
        (
            &each,
            vec![
                json!({ "each": 49820, "whole": 1286.45, "people": 258.14 }),
                json!({ "each": 55000, "whole": 1286.45, "people": 258.14 }),
                json!({ "each": 49820, "whole": 1286.45, "people": 0 }),
            ],
            vec![
                json!({ "each": 498_200, "whole": 1286.45, "people": 258.14 }),
                json!({ "each": 39820, "whole": 1286.45, "people": 258.14 }),
            ],
        ),
        (
            &rows,
            vec![json!({ "all": 2, "rows": [{ "value": 1 }, { "value": 2 }] }), json!({ "all": 0 })],
            vec![json!({ "all": 2, "rows": [{ "value": 1 }, { "value": 2 }, { "year": 2025 }] })],
        ),
        (
            &sums,
            vec![json!({ "rows": [{ "first": 9.1, "second": 43.8, "third": 47.1 }, { "first": 50 }] })],
            vec![json!({ "rows": [{ "first": 9.1, "second": 43.8, "third": 47.1 },
                { "first": 12.1, "second": 43.8, "third": 47.1 }] })],
        ),
        (
            &target,
            vec![
                verdict(5.8, "6左右", "基本完成"),
                verdict(5.8, "6左右", "完成"),
                verdict(6.2, "6～6.5", "完成"),
                verdict(6.6, "6～6.5", "超额完成"),
                verdict(5.2, "6", "未完成"),
                verdict(5.2, "6", "推进中"),
                verdict(2.0, "3以内", "完成"),
            ],
            vec![
                verdict(0.1, "6左右", "超额完成"),
                verdict(0.1, "6左右", "完成"),
                verdict(0.1, "6左右", "基本完成"),
                verdict(-1.2, "5以上", "完成"),
                verdict(6.0, "6", "超额完成"),
                verdict(6.4, "6", "未完成"),
                verdict(6.2, "6～6.5", "没有完成"),
                verdict(4.0, "3以内", "完成"),
            ],
        ),
        (
            &after,
            vec![
                json!({ "signed": "2026-03-18", "printed": "2026-03-18" }),
                json!({ "printed": "2026-03-18" }),
            ],
            vec![json!({ "signed": "2026-03-18", "printed": "2026-03-01" })],
        ),
        (
            &years,
            vec![
                json!({ "year": 2025, "text": "2025年工作总结和2026年工作谋划" }),
                json!({ "year": 2025, "text": "岑政办发〔2026〕14号" }),
                json!({ "year": 2025, "text": "“十四五”规划（2021—2025年）和2016～2020年" }),
                json!({ "year": 2025, "text": "政府工作报告" }),
            ],
            vec![
                json!({ "year": 2025, "text": "2024年工作总结和2025年工作谋划" }),
                json!({ "year": 2025, "text": "岑政办发〔2024〕14号" }),
            ],
        ),
        (
            &lists,
            vec![
                json!({ "present": ["赵堃", "钱喆"], "away": ["吴翀"] }),
                json!({ "chair": "市长赵堃", "away": ["吴翀"], "present": ["钱喆"] }),
                json!({ "present": ["市财政局王旻"], "away": ["王旻"] }),
            ],
            vec![
                json!({ "present": ["赵堃", "钱喆"], "away": ["钱喆（因公出差）"] }),
                json!({ "chair": "市长赵堃", "away": ["赵堃"] }),
            ],
        ),
        (
            &words,
            vec![json!({ "text": "此件公开发布" }), json!({ "secret": "秘密", "text": "此件发至县团级" })],
            vec![json!({ "secret": "秘密", "text": "此件公开发布" })],
        ),
    ] {
        for data in kept {
            let found = found(rule, &data);
            assert!(!is_broken(&found, "asked"), "{rule} {data}\n{}", told(&found));
        }
        for data in broken {
            let found = found(rule, &data);
            assert!(is_broken(&found, "asked"), "{rule} {data}\n{}", told(&found));
        }
    }
}

#[test]
fn a_series_of_shares_agrees_with_the_shares() {
    let rule = json!({ "rule": "same_sign", "fields": ["fast", "slow"] });
    let data = |first: f64| json!({ "year": 2025, "shares": [9.1, 43.8, 47.1], "rows": [{ "year": 2024, "first": 12 }, { "year": 2025, "first": first }] });
    assert!(found(&rule, &data(9.1)).is_empty());
    assert!(told(&found(&rule, &data(12.1))).contains("E0185"));
}

/// A sample with one datum changed.
fn with(sample: &Json, path: &str, value: Json) -> Option<Json> {
    let mut data = sample.clone();
    *data.pointer_mut(&format!("/{}", path.replace("[]", ".0").replace('.', "/")))? = value;
    Some(data)
}

fn number(sample: &Json, path: &str) -> Option<f64> {
    sample.pointer(&format!("/{}", path.replace('.', "/")))?.as_f64()
}

/// A sample in which a rule is broken, if it has what the rule is about.
fn spoiled(sample: &Json, test: &Test) -> Option<Json> {
    match test {
        Test::ShareOf { share, parts, whole, .. } => {
            number(sample, &parts[0]).zip(number(sample, whole))?;
            match number(sample, share) {
                Some(given) => {
                    with(sample, share, json!(if given > 50.0 { given - 9.0 } else { given + 9.0 }))
                }
                None => with(sample, share, json!([30.5, 30.0, 39.5])),
            }
        }
        Test::PartOf { parts, whole, .. } => {
            let part = parts.iter().find(|part| number(sample, part).is_some())?;
            with(sample, part, json!(number(sample, whole)? + 5.0))
        }
        Test::NoneWithout { parts, whole } => with(&with(sample, whole, json!(0))?, &parts[0], json!(2)),
        Test::Between { figure, of, .. } => {
            let most = of.iter().map(|path| number(sample, path)).collect::<Option<Vec<_>>>()?;
            with(sample, figure, json!(most.into_iter().fold(f64::MIN, f64::max) + 4.0))
        }
        Test::Quotient { figure, of, per, .. } => {
            number(sample, of).zip(number(sample, per))?;
            with(sample, figure, json!(number(sample, figure)? * 10.0))
        }
        Test::RowsAtMost { table, whole } => {
            let rows = sample.pointer(&format!("/{}", table.replace('.', "/")))?.as_array()?.len();
            with(sample, whole, json!(rows - 1))
        }
        Test::Fulfilled { actual, target, verdict } => {
            number(sample, target)?;
            let data = with(sample, verdict, json!("超额完成"))?;
            with(&data, actual, json!(0.1))
        }
        Test::NotBefore { fields, date } => {
            sample.pointer(&format!("/{}", date.replace('.', "/")))?;
            with(sample, &fields[0], json!("2001-01-01"))
        }
        Test::YearsNamed { texts, year, .. } => {
            sample.pointer(&format!("/{}", year.replace('.', "/")))?;
            with(sample, &texts[0], json!("某政发〔2001〕1号"))
        }
        Test::Disjoint { lists } => {
            let names = sample.pointer(&format!("/{}", lists[0].replace('.', "/")))?;
            let name = if names.is_array() { names.as_array()?.first()?.clone() } else { names.clone() };
            with(sample, &lists[1], json!([name]))
        }
        Test::Excludes { given, text, words } => {
            with(&with(sample, text, json!(words[0]))?, given, json!("秘密"))
        }
        _ => None,
    }
}

#[test]
fn every_rule_of_the_packs_is_broken_by_what_it_is_for() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let mut asked = 0;
    for name in embedded_names() {
        let pack = Pack::embedded(name).unwrap().unwrap();
        let folder = if name == "annual-report" { root.clone() } else { root.join(name) };
        let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let samples: Vec<Json> = files
            .filter(|path| path.extension().is_some_and(|end| end == "json"))
            .map(|path| serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap())
            .collect();
        for (rule, _) in pack.schema().rules() {
            for data in samples.iter().filter_map(|sample| spoiled(sample, &rule.test)) {
                let found = load(pack.schema(), &data);
                assert!(is_broken(&found, &rule.name), "{name} {}\n{}", rule.name, told(&found));
                asked += 1;
            }
        }
    }
    assert!(asked > 50, "{asked}");
}

//! Fills templates and reads the text back: `tests/fill/*.txt`, and properties that hold for any data.
//!
//! A case file is data, `---`, a template, `---`, and what comes of it: the document's text when it can be
//! made, else the messages. The data follow `tests/fill/schema.json`. A template may be several: `=== name`
//! begins another one. After a fourth `---`, the filled markup itself.
#![expect(clippy::unwrap_used, reason = "what cannot be read fails the test")]
#![expect(clippy::disallowed_methods, reason = "the cases are files")]

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io;
use std::sync::{Arc, LazyLock};

use proptest::prelude::*;
use serde_json::Value as Json;
use shizheng::data::{self, Approximation, Figures, Fraction, Leaf, Node, Quantity, Record, Value};
use shizheng::diag::{Diagnostic, Language, Report, SourceText};
use shizheng::fill::{Filled, Templates, fill};
use shizheng::markup;
use shizheng::pack::{Field, Kind, Pack, PackFiles, Schema};

const SCHEMA: &str = include_str!("fill/schema.json");
const STYLE: &str = include_str!("../templates/annual-report/style.toml");
const MANIFEST: &str = r#"
name = "case"
title = "用例"
version = "1.0.0"
engine = ">=0.1.0"
entry = "t"

[document]
language = "zh-CN"

[[words]]
field = "report.level"
value = "县"
[words.set]
our = "我县"
all = "全县"

[[words]]
field = "report.level"
[words.set]
our = "我市"
all = "全市"
"#;

/// A pack in memory: the manifest, schema and style of the cases, and templates.
pub(crate) struct Files(pub(crate) BTreeMap<String, String>);

impl Files {
    /// Takes the templates of a case: the entry `t`, and those after a line `=== name`.
    pub(crate) fn new(templates: &str) -> Self {
        let mut files: BTreeMap<_, _> =
            [("pack.toml", MANIFEST), ("schema.json", SCHEMA), ("style.toml", STYLE)]
                .into_iter()
                .map(|(name, text)| (name.to_owned(), text.to_owned()))
                .collect();
        let (entry, others) = templates.split_once("=== ").unwrap_or((templates, ""));
        files.insert("t.hbs".to_owned(), entry.to_owned());
        for other in others.split("=== ").filter(|other| !other.is_empty()) {
            let (name, text) = other.split_once('\n').unwrap();
            files.insert(format!("{}.hbs", name.trim()), text.to_owned());
        }
        Self(files)
    }
}

impl PackFiles for Files {
    fn names(&self) -> io::Result<Vec<String>> {
        Ok(self.0.keys().cloned().collect())
    }

    fn read(&self, path: &str) -> io::Result<Option<Cow<'static, [u8]>>> {
        Ok(self.0.get(path).map(|text| text.clone().into_bytes().into()))
    }
}

/// Makes a record of data without the checks of `data`, so that the cases can say anything.
pub(crate) fn record(schema: &Schema, data: &str) -> Record {
    let json: Json = serde_json::from_str(data).unwrap();
    let source = Arc::new(SourceText::new("data.json", data));
    Record { source, root: node(schema, &json, ""), warnings: Vec::new(), figures: Figures::default() }
}

fn node(schema: &Schema, json: &Json, path: &str) -> Node {
    let field = schema.field(&Schema::form(path));
    match json {
        Json::Object(members) => {
            let member = |(name, value): (&String, &Json)| {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                (name.clone(), node(schema, value, &path))
            };
            Node::Object(members.iter().map(member).collect())
        }
        Json::Array(items) if field.is_some_and(|field| field.kind != Kind::Shares) => {
            let item = |(at, item)| node(schema, item, &format!("{path}[{at}]"));
            Node::Array(items.iter().enumerate().map(item).collect())
        }
        _ => {
            let field = field.unwrap_or_else(|| panic!("{path}: not in the schema"));
            let value = value(field, json);
            Node::Leaf(Arc::new(Leaf { path: path.to_owned(), field: Arc::clone(field), value, span: 0..0 }))
        }
    }
}

fn value(field: &Field, json: &Json) -> Value {
    let text = json.as_str().map_or_else(|| json.to_string(), str::to_owned);
    match field.kind {
        Kind::Flag => Value::Flag(json.as_bool().unwrap()),
        Kind::Shares => {
            let shares: Vec<_> =
                json.as_array().unwrap().iter().map(|it| it.to_string().parse().unwrap()).collect();
            Value::Shares(shares.try_into().unwrap())
        }
        Kind::Fraction => {
            let (numerator, denominator) = text.split_once('/').unwrap();
            Value::Fraction(Fraction {
                numerator: numerator.parse().unwrap(),
                denominator: denominator.parse().unwrap(),
            })
        }
        Kind::Date => {
            let parts: Vec<u16> = text.split('-').map(|part| part.parse().unwrap()).collect();
            Value::Date(parts[0], parts[1] as u8, parts[2] as u8)
        }
        kind if kind.is_number() => {
            use Approximation::{
                About, Around, AtLeast, Exact, LessThan, MoreThan, Nearly, Odd, Over, Within,
            };
            let words = [
                ("约", About),
                ("近", Nearly),
                ("余", Odd),
                ("多", Over),
                ("超过", MoreThan),
                ("以上", AtLeast),
                ("以内", Within),
                ("不足", LessThan),
                ("左右", Around),
            ];
            let (word, approximation) =
                words.into_iter().find(|(word, _)| text.contains(word)).unwrap_or(("", Exact));
            let number = text.replace(word, "").parse().unwrap();
            Value::Quantity(Quantity { number, approximation, unit: field.unit.clone() })
        }
        _ => Value::Text(text),
    }
}

/// Fills a template and parses the text.
pub(crate) fn run(
    templates: &str,
    data: &str,
) -> Result<(Filled, shizheng::document::Document), Vec<Diagnostic>> {
    let pack = Pack::load(&Files::new(templates))?;
    let compiled = Templates::compile(&pack)?;
    let filled = fill(&compiled, &record(pack.schema(), data))?;
    let document = markup::parse(&filled, "zh-CN")?;
    Ok((filled, document))
}

pub(crate) fn messages(faults: &[Diagnostic]) -> String {
    faults.iter().fold(String::new(), |mut text, fault| {
        write!(text, "{}", Report::new(fault, Language::Chinese)).unwrap();
        text
    })
}

#[test]
fn cases_come_out_as_written() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fill");
    let bless = std::env::var_os("BLESS").is_some();
    let mut wrong = String::new();
    for path in glob::glob(&format!("{folder}/*.txt")).unwrap() {
        let path = path.unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        let parts: Vec<_> = text.split("---\n").collect();
        let [data, templates, wanted @ ..] = parts.as_slice() else { panic!("{}: no `---`", path.display()) };
        let mut found = match run(templates, data) {
            Ok((filled, document)) if wanted.len() > 1 => {
                format!("{}---\n{}\n", document.plain_text(), filled.text.trim_end())
            }
            Ok((_, document)) => document.plain_text(),
            Err(faults) => messages(&faults),
        };
        if !found.ends_with('\n') {
            found.push('\n');
        }
        if found != wanted.join("---\n") {
            if bless {
                std::fs::write(&path, format!("{data}---\n{templates}---\n{found}")).unwrap();
            }
            writeln!(wrong, "{}:\n{found}", path.display()).unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// A template with every way of leaving things out, and nothing that depends on the data in its own marks.
const RICH: &str = r#"
<article>
<h1>总结</h1>
<p><h2>经济</h2>
  {{words.all}}稳中有进，<span>总量{{economy.gdp.value}}，</span><span>{{growth economy.gdp.growth}}，</span>
  <ul join="，"><li>甲{{works.a}}</li><li>乙{{works.b}}<span>，其中{{works.c}}</span></li><li>居{{works.rank}}</li></ul>
  <ul>{{#each works.highlights}}<li>{{this}}</li>{{/each}}</ul>
  <ol>
    <li><b>城建推进。</b><ul><li>甲{{works.a}}</li><li><ul join="，" end=""><li>乙{{works.b}}</li><li>丙{{works.c}}</li></ul></li></ul></li>
    <li><b>项目落地。</b>加快建设<span>{{list works.names}}</span>，<ul join="、" end="">{{#each works.projects}}<li>{{name}}<span>（{{investment}}）</span></li>{{/each}}</ul></li>
    <li>工程{{works.name}}建成{{works.a}}；</li>
    <li>{{works.text}}</li>
  </ol>
</p>
<p><h2>城乡</h2><ol><li>连续{{numeral works.d unit=true}}</li><li>居{{works.rank}}，<span>等级{{works.grade}}</span></li></ol></p>
<p><h2>名单</h2><ul join="，"><li>{{works.name}}</li></ul></p>
<h2>分项</h2>
<h3>一项</h3>
<ol><li>{{works.text}}。</li><li>甲{{works.a}}</li><li>{{list works.names open="“" close="”"}}</li></ol>
<h3>二项</h3>
<p><span>丁{{works.d}}，</span><ul join="；"><li>{{works.name}}，</li><li>{{works.text}}！</li></ul></p>
<h1>计划</h1>
<p><span>以“{{works.name}}”为抓手，</span>干好工作。<span>{{works.text}}。</span></p>
</article>
"#;

/// Everything that [`RICH`] can print.
const FULL: &str = r#"{"report": {"year": 2025, "city": "岑汀市", "level": "地级市"},
 "economy": {"gdp": {"value": "1234.50", "growth": "-3.2"}},
 "works": {"a": "70余", "b": 5, "c": 0, "d": 2, "rank": 3, "grade": "5A", "name": "甲乙工程", "text": "建成一批项目",
  "names": ["东湖公园", "西山体育馆"], "highlights": ["打通道路两条", "新建学校三所"],
  "projects": [{"name": "一号工程", "investment": "12.00"}, {"name": "二号工程"}]}}"#;

/// Returns the data without those members of `economy.gdp` and `works` whose turn in `kept` says no.
fn without(kept: &[bool]) -> String {
    let mut json: Json = serde_json::from_str(FULL).unwrap();
    let mut turn = kept.iter();
    for pointer in ["/economy/gdp", "/works"] {
        let members = json.pointer_mut(pointer).and_then(Json::as_object_mut).unwrap();
        members.retain(|_, _| *turn.next().unwrap_or(&true));
    }
    json.to_string()
}

/// Says what is wrong with the marks, labels and numbers of a text.
fn fault_in(text: &str) -> Option<String> {
    let marks = ['，', '、', '；', '：', '。', '！'];
    let characters: Vec<char> = text.chars().collect();
    for pair in characters.windows(2) {
        if marks.contains(&pair[0]) && marks.contains(&pair[1]) {
            return Some(format!("marks doubled: {}{}", pair[0], pair[1]));
        }
    }
    for line in text.lines().filter(|line| !line.is_empty()) {
        if line.starts_with(marks) || line.ends_with(['，', '、', '；', '：']) {
            return Some(format!("marks dangle: {line}"));
        }
        if line.contains("（）") || line.contains("“”") {
            return Some(format!("brackets are empty: {line}"));
        }
    }
    let digits: Vec<char> = "一二三四五".chars().collect();
    let labels: Vec<usize> = characters
        .windows(2)
        .filter(|pair| pair[1] == '是')
        .filter_map(|pair| digits.iter().position(|digit| *digit == pair[0]))
        .collect();
    for (at, label) in labels.iter().enumerate() {
        let follows = *label == 0 || at > 0 && labels[at - 1] + 1 == *label;
        let alone = *label == 0 && labels.get(at + 1) != Some(&1);
        if !follows || alone {
            return Some(format!("labels are broken: {labels:?}"));
        }
    }
    let numbers: Vec<_> =
        text.lines().filter_map(|line| line.split_once('、')).map(|(number, _)| number).collect();
    let chapters: Vec<_> = numbers.iter().filter(|number| number.chars().count() == 1).collect();
    let wanted = ["一", "二", "三", "四"];
    if chapters.iter().zip(wanted).any(|(found, wanted)| **found != wanted) {
        return Some(format!("chapters are broken: {chapters:?}"));
    }
    let mut section = 0;
    for line in text.lines() {
        if wanted.iter().any(|chapter| line.starts_with(&format!("{chapter}、"))) {
            section = 0;
        }
        let number = line.strip_prefix('（').and_then(|rest| rest.split_once('）')).map(|(number, _)| number);
        if let Some(number) =
            number.filter(|number| number.chars().all(|c| "一二三四五六七八九十".contains(c)))
        {
            section += 1;
            if number != shizheng::fill::numeral::ordinal(section) {
                return Some(format!("sections are broken: {line}"));
            }
        }
    }
    None
}

/// The annual report's pack and templates, and the samples.
static ANNUAL_REPORT: LazyLock<(Pack, Templates, Vec<Record>)> = LazyLock::new(|| {
    let pack = Pack::embedded("annual-report").unwrap().unwrap();
    let templates = Templates::compile(&pack).map_err(|faults| messages(&faults)).unwrap();
    let load = |text: &str| {
        let source = data::Source::new("sample.json", text.as_bytes());
        data::load(&source, pack.schema()).map_err(|faults| messages(&faults)).unwrap()
    };
    let samples = vec![
        load(include_str!("../samples/centing.json")),
        load(include_str!("../samples/tongzhu.json")),
        load(include_str!("../samples/chongyue.json")),
    ];
    (pack, templates, samples)
});

/// Returns what is left of a node when only the kept fields are.
fn only(node: &Node, kept: &BTreeSet<&str>) -> Option<Node> {
    match node {
        Node::Object(members) => {
            let member = |(name, member): &(String, Node)| Some((name.clone(), only(member, kept)?));
            let members: Vec<_> = members.iter().filter_map(member).collect();
            (!members.is_empty()).then_some(Node::Object(members))
        }
        Node::Array(items) => {
            let items: Vec<_> = items.iter().filter_map(|item| only(item, kept)).collect();
            (!items.is_empty()).then_some(Node::Array(items))
        }
        Node::Leaf(leaf) => kept.contains(leaf.field.path.as_str()).then(|| node.clone()),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 250, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever optional data are missing, the text closes up.
    #[test]
    fn any_subset_of_the_data_reads_well(kept in proptest::collection::vec(any::<bool>(), 13)) {
        let (_, document) = run(RICH, &without(&kept)).map_err(|faults| TestCaseError::fail(messages(&faults)))?;
        let text = document.plain_text();
        prop_assert_eq!(fault_in(&text), None, "{}", text);
    }

    /// The annual report closes up, whatever is missing of a city's data.
    #[test]
    fn the_annual_report_reads_well_whatever_is_missing(seed in any::<u64>(), share in 0_u64..=100, sample in 0_usize..3) {
        let (pack, templates, samples) = &*ANNUAL_REPORT;
        let mut state = seed | 1;
        let mut is_kept = || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state % 100 < share
        };
        let fields = pack.schema().fields().iter();
        let kept: BTreeSet<_> = fields.filter(|field| field.required || is_kept()).map(|field| field.path.as_str()).collect();
        let record = &samples[sample];
        let root = only(&record.root, &kept).unwrap();
        let filled = fill(templates, &Record { root, ..record.clone() });
        let document = filled.and_then(|filled| markup::parse(&filled, "zh-CN"));
        let document = document.map_err(|faults| TestCaseError::fail(messages(&faults)))?;
        let text = document.plain_text();
        prop_assert_eq!(fault_in(&text), None, "{}", text);
    }

    /// No template, however broken, makes the program panic.
    #[test]
    fn broken_templates_are_told(at in 0..RICH.len(), length in 0_usize..40, put in "[{}#/<>&;=\"a-c>\\\\ ~!^.@\\[(|]{0,6}") {
        let floor = |byte: usize| (0..=byte.min(RICH.len())).rev().find(|byte| RICH.is_char_boundary(*byte)).unwrap_or(0);
        let (start, end) = (floor(at), floor(at + length));
        let broken = format!("{}{put}{}", &RICH[..start], &RICH[end..]);
        drop(run(&broken, FULL));
    }
}

#[test]
fn the_fullest_text_reads_well() {
    let (_, document) = run(RICH, FULL).unwrap();
    insta::assert_snapshot!(document.plain_text());
}

#[test]
fn every_byte_leads_back_to_its_template() {
    let template = "<article>\n<p>甲{{#if works.campaign}}乙{{else}}丙{{/if}}\n {{works.b}}{{> part}}丁</p>\n</article>\n=== part\n戊{{works.c}}己";
    let pack = Pack::load(&Files::new(template)).unwrap();
    let filled = fill(&Templates::compile(&pack).unwrap(), &record(pack.schema(), FULL)).unwrap();
    for (at, c) in filled.text.char_indices().filter(|(_, c)| "甲丙丁戊己p/".contains(*c)) {
        let origin = filled.map.origin(at).unwrap();
        if origin.span.is_empty() {
            assert!(origin.source.text()[origin.span.start..].starts_with(c), "{c} at {at}");
        } else {
            assert!(origin.source.text()[origin.span.clone()].starts_with("{{works."), "{c} at {at}");
        }
    }
    for (paths, tag) in [("works.b", "{{works.b}}"), ("works.c", "{{works.c}}")] {
        let at = filled.text.find(&format!("\"{paths}\"")).unwrap();
        let origin = filled.map.origin(at).unwrap();
        assert_eq!(&origin.source.text()[origin.span], tag);
    }
}

#[test]
fn one_set_of_templates_serves_many_threads() {
    let pack = Pack::load(&Files::new(RICH)).unwrap();
    let templates = Templates::compile(&pack).unwrap();
    let once = fill(&templates, &record(pack.schema(), FULL)).unwrap().text;
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| assert_eq!(fill(&templates, &record(pack.schema(), FULL)).unwrap().text, once));
        }
    });
}

#[test]
fn no_template_goes_on_for_ever() {
    let names =
        format!(r#"{{"report": {{"level": "县"}}, "works": {{"names": {}}}}}"#, Json::from(vec!["甲"; 200]));
    let code = |template: &str| run(template, &names).unwrap_err()[0].entry.code;
    let each = "{{#each @root.works.names}}";
    let loops = |body: &str, times: usize| {
        format!("<article><p>{}{body}{}</p></article>", each.repeat(times), "{{/each}}".repeat(times))
    };
    assert_eq!(code(&loops("", 6)), "E0316");
    assert_eq!(code(&loops(&"长".repeat(2000), 3)), "E0315");
    assert_eq!(code(&loops("", 60)), "E0303");
    // Each template includes the next one twice.
    let doubling = (0..40).fold(String::new(), |all, at| {
        format!("{all}=== p{at}\n{{{{> p{}}}}}{{{{> p{}}}}}\n", at + 1, at + 1)
    });
    assert_eq!(code(&format!("<article>{{{{> p0}}}}</article>\n{doubling}=== p40\n")), "E0316");
    let chain = (0..80).fold(String::new(), |all, at| format!("{all}=== p{at}\n{{{{> p{}}}}}\n", at + 1));
    assert_eq!(code(&format!("<article>{{{{> p0}}}}</article>\n{chain}=== p80\n")), "E0303");
}

#[test]
fn fields_that_no_template_prints_are_told() {
    let pack = Pack::load(&Files::new("<article>{{works.a}}{{#given works.b}}{{/given}}{{#equal works.name \"a\"}}{{/equal}}{{#if works.campaign}}{{/if}}{{#each works.projects}}{{name}}{{/each}}</article>")).unwrap();
    let templates = Templates::compile(&pack).unwrap();
    let told: Vec<_> = templates.warnings().iter().map(|warning| warning.arguments[0].1.zh.clone()).collect();
    for (path, is_told) in [
        ("works.a", false),
        ("works.b", true),
        ("works.name", false),
        ("works.campaign", false),
        ("works.projects", false),
        ("works.projects[].name", false),
        ("works.projects[].investment", true),
        ("report.level", false),
        ("report.year", true),
    ] {
        assert_eq!(told.iter().any(|it| it == path), is_told, "{path}");
    }
}

//! Packs that stand on another: what they change is changed and nothing else, and what they would change in vain
//! is told at its place.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod faults;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::sync::LazyLock;

use shizheng::data::Source;
use shizheng::diag::{Diagnostic, Language};
use shizheng::font::Fonts;
use shizheng::pack::{Pack, PackFiles, Snapshot, embedded};
use shizheng::{Format, Options, Press};

/// The pack that the overlays stand on.
static BASE: LazyLock<Pack> = LazyLock::new(|| Pack::embedded("annual-report").unwrap().unwrap());

/// What every overlay says of itself.
const HEAD: &str = "name = \"own-report\"\nversion = \"0.1.0\"\nengine = \">=0.1.0\"\n\
                    extends = \"annual-report\"\nbase_version = \"1.0.0\"\n";

/// An overlay in memory.
struct Overlay(BTreeMap<String, String>);

impl Overlay {
    fn new(manifest: &str) -> Self {
        Self(BTreeMap::from([("pack.toml".to_owned(), format!("{HEAD}{manifest}"))]))
    }

    fn with(mut self, name: &str, text: &str) -> Self {
        self.0.insert(name.to_owned(), text.to_owned());
        self
    }

    fn pack(&self) -> Pack {
        Pack::load(self).unwrap_or_else(|faults| panic!("{:#?}", told(&faults)))
    }

    /// The codes of all that lint finds, each with its file and line.
    fn found(&self) -> Vec<String> {
        let found = shizheng::lint(self);
        let place = |one: &Diagnostic| match &one.origin {
            Some(origin) => {
                let line = origin.source.position(origin.span.start).line;
                format!("{} {}:{line}", one.entry.code, origin.source.name())
            }
            None => one.entry.code.to_owned(),
        };
        found.iter().map(place).collect()
    }
}

impl PackFiles for Overlay {
    fn names(&self) -> io::Result<Vec<String>> {
        Ok(self.0.keys().cloned().collect())
    }

    fn read(&self, path: &str) -> io::Result<Option<Cow<'static, [u8]>>> {
        Ok(self.0.get(path).map(|text| text.clone().into_bytes().into()))
    }
}

fn told(faults: &[Diagnostic]) -> Vec<String> {
    faults.iter().map(|fault| format!("{} {}", fault.entry.code, fault.message(Language::English))).collect()
}

fn text(pack: Pack) -> String {
    let fonts = Fonts::embedded();
    let press = Press::new(pack, fonts).unwrap_or_else(|faults| panic!("{:#?}", told(&faults)));
    let bytes = include_bytes!("../samples/centing.json").to_vec();
    let options = Options { format: Format::Text, ..Options::default() };
    let rendered = press.render(&Source::new("centing.json", bytes), &options);
    let rendered = rendered.unwrap_or_else(|faults| panic!("{:#?}", told(&faults)));
    String::from_utf8(rendered.bytes.into_vec()).unwrap()
}

fn paths(pack: &Pack) -> BTreeSet<String> {
    pack.schema().fields().iter().map(|field| field.path.clone()).collect()
}

#[test]
fn overlay_that_changes_nothing_is_its_base() {
    let overlay = Overlay::new("");
    assert_eq!(overlay.found(), [""; 0]);
    let pack = overlay.pack();
    assert_eq!(pack.manifest().name, "own-report");
    assert_eq!(pack.manifest().title, BASE.manifest().title);
    assert_eq!(pack.manifest().sections, BASE.manifest().sections);
    assert_eq!(pack.style(), BASE.style());
    assert_eq!(pack.schema().document(), BASE.schema().document());
    assert_eq!(pack.inherited().len() + 1, pack.templates().len());
    assert_eq!(text(pack), text(BASE.clone()));
}

#[test]
fn sections_are_dropped_added_moved_and_put_in_order() {
    let manifest = r#"
title = "工作报告"

[sections]
drop = ["development/epidemic", "plan/conduct"]
add = [{ name = "development/culture_tourism", after = "development/urban_rural" }]
move = [
  { name = "plan/targets", before = "plan/requirement" },
  { name = "capacity/capacity", after = "conduct/conduct" },
]
order = ["development/livelihood", "development/economy", "development/ecology"]

[rules]
swing = "off"
"#;
    let overlay = Overlay::new(manifest)
        .with("schema.json", r#"{ "remove": ["epidemic", "plan.tasks.conduct"] }"#)
        .with("development/culture_tourism.hbs", "<p><h2>发展文化旅游</h2>文旅融合不断深入。</p>");
    assert_eq!(overlay.found(), [""; 0]);
    let pack = overlay.pack();
    assert_eq!(pack.manifest().title, "工作报告");
    assert_eq!(
        pack.manifest().sections.join(" "),
        "front/title front/lead capacity/heading development/heading development/livelihood \
         development/structure development/investment development/economy development/reform \
         development/urban_rural development/culture_tourism development/ecology conduct/heading \
         conduct/conduct capacity/capacity plan/heading plan/targets plan/requirement plan/industry \
         plan/investment plan/environment plan/reform plan/urban_rural plan/livelihood back/signature"
    );
    let all = paths(&BASE);
    let kept = paths(&pack);
    let gone: Vec<_> = all.difference(&kept).map(String::as_str).collect();
    assert!(
        gone.iter().all(|path| path.starts_with("epidemic.") || *path == "plan.tasks.conduct"),
        "{gone:?}"
    );
    assert!(gone.len() > 3, "{gone:?}");
}

#[test]
fn templates_words_and_style_are_replaced_one_by_one() {
    let manifest = r#"
[[words]]
field = "report.city"
suffix = "市"
set = { hotline = "12345热线" }
"#;
    let overlay = Overlay::new(manifest)
        .with("conduct/efficiency.hbs", "<li><b>坚持廉洁高效。</b>换了一种说法。</li>")
        .with("style.toml", "[heading1]\nfaces = [\"kai\", \"fallback\"]\n[page]\nmirrored = true\n");
    let pack = overlay.pack();
    let (own, base) = (pack.style(), BASE.style());
    assert_ne!(own.heading1.faces, base.heading1.faces);
    assert_eq!(own.heading1.size, base.heading1.size);
    assert!(own.page.mirrored && !base.page.mirrored);
    assert_eq!((own.page.width, &own.body), (base.page.width, &base.body));

    let (own, base) = (text(pack), text(BASE.clone()));
    assert!(own.contains("换了一种说法") && own.contains("12345热线") && !own.contains("市长热线"), "{own}");
    let kept = own.lines().filter(|line| base.lines().any(|known| known == *line)).count();
    // The whole of part three is one paragraph.
    assert_eq!(kept + 1, base.lines().count());
}

#[test]
fn groups_that_a_data_file_has_are_said_anew() {
    let required = |pack: &Pack| pack.schema().document()["required"].to_string();
    assert_eq!(required(&BASE), r#"["report","economy"]"#);
    let pack = Overlay::new("").with("schema.json", r#"{ "required": ["report"] }"#).pack();
    assert_eq!(required(&pack), r#"["report"]"#);
}

#[test]
fn fields_are_added_replaced_and_removed_with_their_rules() {
    let schema = r#"{
  "remove": ["industry.parks_note_that_is_not_there"],
  "add": {}
}"#;
    let found = Overlay::new("").with("schema.json", schema).found();
    assert_eq!(found, ["E0245 schema.json:2"]);

    let schema = r#"{
  "x-swing": 30,
  "add": {
    "tourism": { "type": "object", "title": "文化旅游", "properties": {
      "visitors": { "title": "接待游客", "x-kind": "quantity", "x-unit": "万人次", "x-decimals": 2,
        "x-source": "文旅局", "x-part": "2.9", "type": ["number", "string", "null"] }
    } },
    "tourism.income": { "title": "旅游收入", "x-kind": "quantity", "x-unit": "亿元", "x-source": "文旅局", "x-part": "2.9" },
    "economy.gdp.per_head": { "title": "人均地区生产总值", "x-kind": "quantity", "x-unit": "元", "x-source": "统计局", "x-part": "2.1" },
    "plan.projects.major[].start": { "title": "开工日期", "x-kind": "date", "x-source": "发改委", "x-part": "4" }
  },
  "replace": {
    "economy.gdp.value": { "x-source": "经济运行局" },
    "economy.retail_sales": { "title": "社零" }
  },
  "remove": ["governance.proposal_completion"],
  "rules": {
    "add": [{ "name": "income", "rule": "at_most", "severity": "warning", "part": "tourism.income", "whole": "economy.gdp.value",
      "message": { "zh": "旅游收入不应多于地区生产总值", "en": "tourism is part of the economy" } }],
    "replace": { "municipality": { "severity": "warning" } },
    "remove": ["pension-standard"]
  }
}"#;
    let pack = Overlay::new("").with("schema.json", schema).pack();
    let (own, base) = (paths(&pack), paths(&BASE));
    let added: Vec<_> = own.difference(&base).map(String::as_str).collect();
    assert_eq!(
        added,
        ["economy.gdp.per_head", "plan.projects.major[].start", "tourism.income", "tourism.visitors"]
    );
    assert_eq!(base.difference(&own).collect::<Vec<_>>(), ["governance.proposal_completion"]);
    let visitors = pack.schema().field("tourism.visitors").unwrap();
    assert_eq!((visitors.unit.as_str(), visitors.department.as_str()), ("万人次", "文旅局"));
    let gdp = pack.schema().field("economy.gdp.value").unwrap();
    assert_eq!(gdp.department, "经济运行局");
    assert_eq!(gdp.unit, BASE.schema().field("economy.gdp.value").unwrap().unit);
    assert_eq!(pack.schema().title("economy.retail_sales"), Some("社零"));

    let rules = |pack: &Pack| -> BTreeMap<String, String> {
        pack.schema()
            .rules()
            .map(|(rule, severity)| (rule.name.clone(), format!("{severity:?} {:?}", rule.test)))
            .collect()
    };
    let (own, base) = (rules(&pack), rules(&BASE));
    let (own_names, base_names): (BTreeSet<_>, BTreeSet<_>) = (own.keys().collect(), base.keys().collect());
    assert_eq!(own_names.difference(&base_names).map(|name| name.as_str()).collect::<Vec<_>>(), ["income"]);
    assert_eq!(
        base_names.difference(&own_names).map(|name| name.as_str()).collect::<Vec<_>>(),
        ["pension-standard"]
    );
    assert!(own["municipality"].starts_with("Warning") && base["municipality"].starts_with("Error"));
    // The field that is removed is taken out of the rule that asks many, which goes on.
    assert_eq!(own["rates"], base["rates"].replace("\"governance.proposal_completion\", ", ""));
}

#[test]
fn mistyped_paths_are_never_new_fields() {
    let typos: Vec<String> = paths(&BASE)
        .iter()
        .map(|path| {
            let group = path.rsplit_once('.').map_or("", |(group, _)| group);
            format!("{group}_.{}_", path.rsplit('.').next().unwrap())
        })
        .collect();
    let list = typos.iter().map(|path| format!("{path:?}")).collect::<Vec<_>>();
    let by_path =
        |value: &str| list.iter().map(|path| format!("{path}: {value}")).collect::<Vec<_>>().join(",\n");
    let field = r#"{ "title": "甲", "x-kind": "name", "x-source": "局", "x-part": "1" }"#;
    for changes in [
        format!("\"remove\": [\n{}\n]", list.join(",\n")),
        format!("\"replace\": {{\n{}\n}}", by_path(r#"{ "title": "甲" }"#)),
        format!("\"add\": {{\n{}\n}}", by_path(field)),
    ] {
        let found = Overlay::new("").with("schema.json", &format!("{{ {changes} }}")).found();
        let expected: Vec<_> =
            (0..typos.len()).map(|index| format!("E0245 schema.json:{}", index + 2)).collect();
        assert_eq!(found, expected, "{changes}");
    }
}

#[test]
fn what_an_overlay_would_change_in_vain_is_told() {
    let manifest = |text: &str| Overlay::new(text);
    let schema = |text: &str| Overlay::new("").with("schema.json", text);
    // The head has five lines.
    let cases: &[(&str, Overlay, &str)] = &[
        ("a section to drop", manifest("[sections]\ndrop = [\"development/epidemi\"]"), "E0245 pack.toml:7"),
        (
            "a section that is there",
            manifest("[sections]\nadd = [{ name = \"plan/reform\", after = \"plan/heading\" }]"),
            "E0246 pack.toml:7",
        ),
        (
            "a section without template",
            manifest("[sections]\nadd = [{ name = \"plan/none\", after = \"plan/heading\" }]"),
            "E0240 pack.toml:7",
        ),
        (
            "a section without place",
            manifest("[sections]\nmove = [{ name = \"plan/reform\" }]"),
            "E0248 pack.toml:7",
        ),
        (
            "a section after none",
            manifest("[sections]\nmove = [{ name = \"plan/reform\", after = \"plan/head\" }]"),
            "E0245 pack.toml:7",
        ),
        (
            "a section twice in order",
            manifest("[sections]\norder = [\"plan/reform\", \"plan/reform\"]"),
            "E0248 pack.toml:7",
        ),
        ("sections of another form", manifest("[sections]\ndrob = []"), "E0210 pack.toml:7"),
        ("an unknown key", manifest("titel = \"甲\""), "E0210 pack.toml:6"),
        ("an unknown rule", manifest("[rules]\nswong = \"off\""), "E0218 pack.toml:7"),
        (
            "a word that there is none of",
            manifest("[[words]]\nfield = \"report.city\"\nsuffix = \"市\"\nset = { hotlime = \"热线\" }"),
            "E0214",
        ),
        (
            "a template that replaces none",
            manifest("").with("development/economi.hbs", "<p>甲</p>"),
            "E0250 development/economi.hbs:1",
        ),
        (
            "an entry without the sections",
            manifest("").with(
                "report.hbs",
                "{{!-- 甲 --}}\n<article>{{> document/head}}<title>甲</title><p>甲。</p>{{> document/imprint}}</article>",
            ),
            "E0260 report.hbs:1",
        ),
        (
            "a template of a dropped section",
            manifest("[sections]\ndrop = [\"plan/conduct\"]")
                .with("plan/conduct.hbs", "<p>甲</p>")
                .with("schema.json", r#"{ "remove": ["plan.tasks.conduct"] }"#),
            "E0250 plan/conduct.hbs:1",
        ),
        ("a file that does nothing", manifest("").with("styel.toml", ""), "E0249"),
        (
            "a role that there is none of",
            manifest("").with("style.toml", "[heading9]\nsize = \"三号\""),
            "E0501 style.toml:1",
        ),
        (
            "a length that is none",
            manifest("").with("style.toml", "\n[body]\nsize = \"三好\""),
            "E0501 style.toml:3",
        ),
        ("a whole schema", schema("{ \"properties\": {} }"), "E0247 schema.json:1"),
        (
            "a field that is there",
            schema("{ \"add\": {\n\"economy.gdp.value\": {} } }"),
            "E0246 schema.json:2",
        ),
        (
            "a field below a field",
            schema("{ \"add\": {\n\"economy.gdp.value.more\": {} } }"),
            "E0245 schema.json:2",
        ),
        (
            "a keyword to take away",
            schema("{ \"replace\": { \"economy.gdp.value\": {\n\"x-stock\": null } } }"),
            "E0247 schema.json:2",
        ),
        (
            "fields of a group at once",
            schema("{ \"replace\": { \"economy.gdp\": {\n\"properties\": {} } } }"),
            "E0247 schema.json:2",
        ),
        (
            "a mistyped keyword",
            schema("{ \"replace\": { \"economy.gdp.value\": {\n\"x-surce\": \"局\" } } }"),
            "E0228 schema.json:2",
        ),
        ("a list that is none", schema("{ \"remove\":\n\"epidemic\" }"), "E0247 schema.json:2"),
        ("a rule to remove", schema("{ \"rules\": { \"remove\":\n[\"pension\"] } }"), "E0245 schema.json:2"),
        (
            "a rule to replace",
            schema("{ \"rules\": { \"replace\": {\n\"pension\": {} } } }"),
            "E0245 schema.json:2",
        ),
        (
            "a rule that is there",
            schema(
                "{ \"rules\": { \"add\": [\n{ \"name\": \"rates\", \"rule\": \"range\", \"severity\": \"error\", \"fields\": [\"plan.targets.gdp_growth\"], \"maximum\": 50, \"message\": { \"zh\": \"不对\", \"en\": \"wrong\" } }] } }",
            ),
            "E0237 schema.json:2",
        ),
        (
            "a field that templates print",
            schema("{ \"remove\": [\"governance.decisions\"] }"),
            "E0304 annual-report/conduct/decisions.hbs:10",
        ),
    ];
    let mut wrong = Vec::new();
    for (name, overlay, expected) in cases {
        let found = overlay.found();
        if !found.iter().any(|found| found.starts_with(expected))
            || Pack::load(overlay).is_ok_and(|pack| Press::new(pack, Fonts::embedded()).is_ok())
        {
            wrong.push(format!("{name}: {found:?}, expected {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// What is not of the form of a change is told with what stands there and what should.
#[test]
fn a_change_of_another_form_is_told_with_what_it_is() {
    let faults = |text: &str| {
        let found = shizheng::lint(&Overlay::new("").with("schema.json", text));
        found.iter().map(|fault| fault.message(Language::Chinese)).collect::<Vec<_>>()
    };
    assert_eq!(
        faults("{ \"remove\": \"epidemic\", \"ad\": {} }"),
        [
            "改动数据项的 `schema.json` 里，`remove` 处应为方括号里的一列文字，现为 `\"epidemic\"`",
            "改动数据项的 `schema.json` 里，`ad` 处应为`add`、`replace`、`remove`、`rules`、`required` 或 `x-swing`，现为 `\"ad\"`",
        ]
    );
}

/// Of the base's templates that have changed since an overlay was written, those are told of that it replaces.
#[test]
fn replaced_templates_that_have_changed_in_the_base_are_told() {
    let base = Snapshot::read(&embedded("annual-report").unwrap()).unwrap();
    let replaced = BTreeSet::from(["plan/heading".to_owned(), "back/signature".to_owned()]);
    let text = |name: &str| BASE.template(name).unwrap().text().to_owned();
    let overlay = |lock: &Snapshot| {
        let overlay = Overlay::new("").with("plan/heading.hbs", "<h1>甲</h1>");
        overlay.with("back/signature.hbs", &text("back/signature")).with("base.lock.json", &lock.to_json())
    };
    let lock = base.keeping(&replaced);
    assert_eq!(overlay(&lock).found(), [""; 0]);

    let mut then = lock.clone();
    for name in ["plan/heading", "front/lead", "report"] {
        then.templates.insert(name.to_owned(), "<h1>旧</h1>".to_owned());
    }
    assert_eq!(overlay(&then).found(), ["W0256 plan/heading.hbs:1"]);
    // A digest alone will do.
    then.templates.insert("back/signature".to_owned(), format!("sha256:{}", "0".repeat(32)));
    assert_eq!(overlay(&then).found(), ["W0256 back/signature.hbs:1", "W0256 plan/heading.hbs:1"]);
    // What the base did not have then took the place of nothing.
    then.templates.remove("plan/heading");
    assert_eq!(overlay(&then).found(), ["W0256 back/signature.hbs:1"]);
    // What cannot be read, or is of another base, would keep silent for ever.
    let conflict = format!("<<<<<<< HEAD\n{}", lock.to_json());
    for broken in ["{}", "", conflict.as_str()] {
        assert_eq!(
            overlay(&then).with("base.lock.json", broken).found(),
            ["E0259 base.lock.json:1"],
            "{broken}"
        );
    }
    let other = Snapshot { pack: "notice".to_owned(), ..lock.clone() };
    assert_eq!(overlay(&other).found(), ["E0259"]);
}

#[test]
fn bases_are_there_and_of_the_version() {
    let head = |from: &str, to: &str| {
        let mut overlay = Overlay::new("");
        let text = overlay.0["pack.toml"].replacen(from, to, 1);
        assert!(text.contains(to));
        overlay.0.insert("pack.toml".to_owned(), text);
        overlay.found()
    };
    assert_eq!(head("\"annual-report\"", "\"anual-report\""), ["E0242 pack.toml:4"]);
    assert_eq!(head("\"1.0.0\"", "\"2.0.0\""), ["E0243 pack.toml:5"]);
    assert_eq!(head("\"1.0.0\"", "\"1.99.0\""), ["E0243 pack.toml:5"]);
    assert_eq!(head("\"1.0.0\"", "\"1\""), ["E0211 pack.toml:5"]);
    assert_eq!(head("base_version", "basis"), ["E0210 pack.toml:1", "E0210 pack.toml:5"]);
    assert_eq!(head("extends = \"annual-report\"\n", "\n"), ["E0210 pack.toml:5"]);
    assert_eq!(head("version = \"0.1.0\"\n", "\n"), ["E0210 pack.toml:1"]);
    assert_eq!(head(">=0.1.0", ">=99.0.0"), ["E0212 pack.toml:3"]);
}

//! Leaves data out of every pack's samples and reads what is left: a sentence that hangs on what is not there, or
//! says something of naught, is never printed.
//!
//! The whole sample says what a clause hangs on: the figure before 其中 or 比上年增长, the 全年 or 年末 that holds for
//! it, the year that a change is from. Whatever else is left out, it hangs on the same or is left out with it.

#![expect(clippy::disallowed_methods, reason = "reads the samples")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value as Json;
use shizheng::data::{self, Source};
use shizheng::document::{Block, Document, Inline};
use shizheng::fill::{self, Templates};
use shizheng::markup;
use shizheng::pack::{Kind, Pack, Schema, embedded_names};
use shizheng::proofread::proofread;

/// What a clause with a figure begins with that says something of the figure before it.
const DEPENDENT: [&str; 14] = [
    "其中",
    "比上年",
    "与上年",
    "同比",
    "增长",
    "下降",
    "上升",
    "提高",
    "降低",
    "占",
    "相当于",
    "按可比价格",
    "惠及",
    "总数",
];

/// What is never said, whatever is given.
const BROKEN: [&str; 22] = [
    "，，",
    "，。",
    "；。",
    "。。",
    "：。",
    "、。",
    "。，",
    "；，",
    "：，",
    "，；",
    "。；",
    "（）",
    "《》",
    "“”",
    "关于的",
    "关于，",
    "由牵头，",
    "由牵头。",
    "日前。",
    "联络员将",
    "第次",
    "第届",
];

/// What a sentence begins with that parts a whole: it has two parts or more.
const DIVISIONS: [&str; 5] = ["分产业看", "分行业看", "按经营地分", "按消费类型分", "按常住地分"];

/// What a heading names, and the data that it names: both are there or neither.
type Named = (&'static str, &'static [&'static str]);

/// What the headings of 政府工作报告 name.
const NAMED_TO_CONGRESS: [Named; 1] = [("主要目标", &["plan.targets."])];

/// The groups that share a heading of the communique.
const TOGETHER: [&str; 10] = [
    "industry",
    "construction",
    "science",
    "education",
    "culture",
    "health",
    "sports",
    "resources",
    "environment",
    "safety",
];

/// What the headings of the communique name.
const NAMED_IN_COMMUNIQUE: [Named; 17] = [
    ("工业", &["industry.", "history.industry"]),
    ("建筑业", &["construction."]),
    ("财政", &["finance.revenue.", "history.revenue"]),
    ("金融", &["finance.credit.", "finance.listed", "finance.premiums.", "finance.claims."]),
    (
        "收入",
        &["livelihood.all_income.", "livelihood.urban_income.", "livelihood.rural_income.", "history.income"],
    ),
    (
        "消费",
        &[
            "livelihood.all_spending.",
            "livelihood.urban_spending.",
            "livelihood.rural_spending.",
            "livelihood.spending.",
            "livelihood.urban_engel",
            "livelihood.rural_engel",
        ],
    ),
    (
        "社会保障",
        &[
            "livelihood.insurance.",
            "livelihood.urban_allowance",
            "livelihood.rural_allowance",
            "livelihood.care_",
        ],
    ),
    ("科学技术", &["science."]),
    ("教育", &["education."]),
    ("文化", &["culture.museums", "culture.libraries", "culture.centres"]),
    ("旅游", &["culture.scenic_spots", "culture.visitors.", "culture.tourism_income."]),
    ("卫生健康", &["health."]),
    ("体育", &["sports."]),
    ("资源", &["resources."]),
    ("环境", &["environment."]),
    ("应急管理", &["safety."]),
    ("农业", &["agriculture.", "history.grain"]),
];

/// What the title of a table names, and the column that has it.
const IN_COLUMNS: [(&str, &str); 3] = [("增长速度", "增长"), ("构成", "比重"), ("比重", "比重")];

/// What says nothing of naught: 提高0个百分点 is 持平.
const CHANGES: [&str; 9] = ["提高", "降低", "增长", "下降", "上升", "上涨", "减少", "增加", "回落"];

/// The periods that figures are of, and what changes are from: the last that was said holds.
const PERIODS: [&str; 2] = ["全年", "年末"];
const BASES: [&str; 4] = ["比上年末", "与上年末", "比上年", "与上年"];

struct Reader {
    pack: Pack,
    templates: Templates,
}

/// What the clauses of a document hang on, each by the path that it prints.
#[derive(Default)]
struct Hangs {
    /// The figure before a dependent clause.
    on: BTreeMap<String, BTreeSet<String>>,
    /// The figure before the 其中 of a sentence, which every clause of it may come to stand behind.
    among: BTreeMap<String, BTreeSet<String>>,
    /// The period and the base that hold for a figure.
    within: BTreeMap<String, BTreeSet<(String, String)>>,
}

impl Reader {
    fn new(name: &str) -> Self {
        let pack = Pack::embedded(name).unwrap().unwrap();
        let templates = Templates::compile(&pack).unwrap();
        Self { pack, templates }
    }

    /// The document of some data, unless they are refused.
    fn read(&self, data: &Json) -> Option<Document> {
        let source = Source::new("data.json", data.to_string());
        let record = data::load(&source, self.pack.schema()).ok()?;
        let filled = fill::fill(&self.templates, &record).ok()?;
        markup::parse(&filled, "zh-CN").ok()
    }
}

fn samples(pack: &str) -> Vec<(PathBuf, Json)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let folder = if pack == "annual-report" { root } else { root.join(pack) };
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|end| end == "json"));
    files.sort();
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).unwrap();
        let data = serde_json::from_str(&text).unwrap();
        (path, data)
    };
    files.into_iter().map(read).collect()
}

/// The paths of everything in some data: values, lists, rows and groups.
fn paths(data: &Json, path: &str, found: &mut Vec<String>) {
    match data {
        Json::Object(members) => {
            for (name, member) in members {
                let path = format!("{path}/{name}");
                paths(member, &path, found);
                found.push(path);
            }
        }
        Json::Array(items) if items.iter().any(Json::is_object) => {
            for (index, item) in items.iter().enumerate() {
                paths(item, &format!("{path}/{index}"), found);
            }
        }
        _ => {}
    }
}

fn without(data: &Json, path: &str) -> Json {
    let mut data = data.clone();
    let (parent, name) = path.rsplit_once('/').unwrap();
    // A group that holds it may be gone.
    if let Some(parent) = data.pointer_mut(parent).and_then(Json::as_object_mut) {
        parent.remove(name);
    }
    data
}

fn is_figure(schema: &Schema, path: &str) -> bool {
    let kinds = [Kind::Quantity, Kind::Count, Kind::Percent, Kind::Growth];
    schema.field(&Schema::form(path)).is_some_and(|field| kinds.contains(&field.kind))
}

/// What a figure is of: a value, its growth and its share are of one.
fn subject(path: &str) -> &str {
    match path.rsplit_once('.') {
        Some((group, "value" | "growth" | "share" | "count" | "amount" | "total")) => group,
        _ => path,
    }
}

/// Reads what the paragraphs say, tells what is broken and what each clause hangs on.
fn read(document: &Document, schema: &Schema, broken: &mut Vec<String>) -> Hangs {
    let mut hangs = Hangs::default();
    for block in &document.blocks {
        let contents: Vec<&[Inline]> = match block {
            Block::Paragraph(paragraph) => vec![&paragraph.content],
            Block::List(list) => list.items.iter().map(|item| &item.content[..]).collect(),
            _ => continue,
        };
        for content in contents {
            let text: String = content.iter().map(run_text).collect();
            for words in BROKEN.iter().filter(|words| text.contains(**words)) {
                broken.push(format!("says {words}: {text}"));
            }
            if text.contains("议定的事项") && !text.contains("召开") {
                broken.push(format!("no meeting is held: {text}"));
            }
            for change in CHANGES {
                let naught = format!("{change}0");
                if text.match_indices(&naught).any(|(at, _)| {
                    !text[at + naught.len()..].starts_with(|c: char| c == '.' || c.is_ascii_digit())
                }) {
                    broken.push(format!("says {naught}: {text}"));
                }
            }
            if DEPENDENT.iter().chain(&["，", "；", "。", "于", "由"]).any(|words| {
                text.starts_with(words)
                    && content.iter().any(|inline| matches!(inline, Inline::Run(run) if run.datum.is_some()))
            }) {
                broken.push(format!("begins so: {text}"));
            }
            divisions(content, broken);
            clauses(content, schema, &mut hangs);
        }
    }
    hangs
}

/// Tells of a division with one part: 按经营地分，乡村消费品零售额88.73亿元。
fn divisions(content: &[Inline], broken: &mut Vec<String>) {
    let (mut sentence, mut parts) = (String::new(), BTreeSet::new());
    let mut end = |sentence: &mut String, parts: &mut BTreeSet<String>| {
        if DIVISIONS.iter().any(|words| sentence.contains(words)) && parts.len() < 2 {
            broken.push(format!("a division with {} parts: {sentence}", parts.len()));
        }
        sentence.clear();
        parts.clear();
    };
    for inline in content {
        let Inline::Run(run) = inline else { continue };
        match (&run.datum, run.text.rsplit_once('。')) {
            (Some(datum), _) => drop(parts.insert(subject(&datum.paths[0]).to_owned())),
            (None, Some((before, after))) => {
                sentence += before;
                end(&mut sentence, &mut parts);
                after.clone_into(&mut sentence);
                continue;
            }
            (None, None) => {}
        }
        sentence += &run.text;
    }
    end(&mut sentence, &mut parts);
}

/// Tells of headings that name what is not below them, or do not name what is.
fn headings(document: &Document, named: &[Named], broken: &mut Vec<String>) {
    let mut heading = String::new();
    let mut below = BTreeSet::new();
    let mut end = |heading: &str, below: &BTreeSet<String>| {
        for (name, paths) in named {
            let is_below = below.iter().any(|path| paths.iter().any(|start| path.starts_with(start)));
            if heading.contains(*name) != is_below && !heading.is_empty() {
                broken.push(format!("{heading} with {below:?} below it"));
            }
        }
    };
    for block in &document.blocks {
        if let Block::Heading(next) = block {
            end(&heading, &below);
            below.clear();
            heading = next.content.iter().map(run_text).collect();
            continue;
        }
        let runs = block.inlines().into_iter().flatten().filter_map(|inline| match inline {
            Inline::Run(run) => run.datum.as_ref(),
            Inline::LineBreak | Inline::Footnote(_) => None,
        });
        below.extend(runs.flat_map(|datum| datum.paths.iter().cloned()));
    }
    end(&heading, &below);
}

/// Tells of titles of tables that name a column which is left out.
fn captions(document: &Document, broken: &mut Vec<String>) {
    for block in &document.blocks {
        let Block::Table(table) = block else { continue };
        let caption: String = table.caption.iter().flatten().map(run_text).collect();
        let cells = table.head.iter().flat_map(|row| &row.cells);
        let head: String = cells.flat_map(|cell| &cell.content).map(run_text).collect();
        for (named, column) in IN_COLUMNS {
            if caption.contains(named) && !head.contains(column) {
                broken.push(format!("{caption} above {head}"));
            }
        }
    }
}

fn run_text(inline: &Inline) -> &str {
    match inline {
        Inline::Run(run) => run.text.as_str(),
        Inline::LineBreak | Inline::Footnote(_) => "",
    }
}

fn clauses(content: &[Inline], schema: &Schema, hangs: &mut Hangs) {
    let (mut said, mut clause) = (String::new(), String::new());
    let mut before = String::new();
    // Where the last datum ends.
    let mut figures = 0;
    // Where the last 其中 stands, and what it is among.
    let mut among: Option<(usize, String)> = None;
    for inline in content {
        let Inline::Run(run) = inline else { continue };
        let Some(datum) = &run.datum else {
            said += &run.text;
            match run.text.rfind(['，', '；', '。', '：', '、']) {
                Some(at) => clause = run.text[at..].chars().skip(1).collect(),
                None => clause += &run.text,
            }
            continue;
        };
        // 其中， is a clause of its own, and what comes first after it is meant.
        let part = said.rfind(['。', '；']).map_or(0, |at| at + '。'.len_utf8());
        let leads = said[part..].starts_with("其中") && part >= figures;
        clause += &run.text;
        let path = Schema::form(&datum.paths[0]);
        if is_figure(schema, &path) {
            if leads || DEPENDENT.iter().any(|words| clause.starts_with(words)) {
                hangs.on.entry(path.clone()).or_default().insert(subject(&before).to_owned());
            }
            if leads {
                among = Some((part, subject(&before).to_owned()));
            }
            if let Some((at, whole)) = &among
                && !said[*at..].contains('。')
            {
                hangs.among.entry(path.clone()).or_default().insert(whole.clone());
            }
            let last = |words: &[&str]| {
                let said = format!("{said}{}", run.text);
                let last = words.iter().filter_map(|word| Some((said.rfind(word)?, *word))).max();
                last.map(|(_, word)| word.replace('与', "比")).unwrap_or_default()
            };
            let is_growth = schema.field(&path).is_some_and(|field| field.kind == Kind::Growth);
            let base = if is_growth { last(&BASES) } else { String::new() };
            hangs.within.entry(path.clone()).or_default().insert((last(&PERIODS), base));
        }
        said += &run.text;
        figures = said.len();
        before = path;
    }
}

/// Tells what some data say that is broken or hangs on something else than in the whole.
fn judge(reader: &Reader, whole: &Hangs, data: &Json, what: &str, faults: &mut Vec<String>) {
    let Some(document) = reader.read(data) else { return };
    let mut broken = Vec::new();
    let schema = reader.pack.schema();
    let hangs = read(&document, schema, &mut broken);
    let named: &[Named] = match reader.pack.manifest().name.as_str() {
        "statistical-communique" => &NAMED_IN_COMMUNIQUE,
        "government-work-report" => &NAMED_TO_CONGRESS,
        _ => &[],
    };
    headings(&document, named, &mut broken);
    captions(&document, &mut broken);
    for (path, on) in &hangs.on {
        let known = whole.on.get(path).into_iter().chain(whole.among.get(path)).flatten();
        let known: BTreeSet<_> = known.map(String::as_str).chain([subject(path)]).collect();
        for on in on.iter().filter(|on| !known.contains(on.as_str())) {
            broken.push(format!("{path} hangs on {on}, not on {known:?}"));
        }
    }
    for (path, within) in &hangs.within {
        let Some(known) = whole.within.get(path) else { continue };
        // What a change is from is said where the whole says it; the periods of the annual report are those of its
        // single sentences.
        let is_carried = known.iter().all(|(_, base)| !base.is_empty())
            || schema.field(path).is_some_and(|field| field.kind != Kind::Growth);
        // A rate is of a year or of its end, whatever stands before it.
        let is_rate = schema.field(path).is_some_and(|field| field.kind == Kind::Percent);
        if !is_carried || is_rate || reader.pack.manifest().name != "statistical-communique" {
            continue;
        }
        for within in within.difference(known) {
            broken.push(format!("{path} is within {within:?}, not {known:?}"));
        }
    }
    let rules = BTreeMap::new();
    broken.extend(
        proofread(&document, &rules).iter().filter(|found| found.is_error()).map(|found| {
            format!("{}: {}", found.entry.code, found.message(shizheng::diag::Language::English))
        }),
    );
    faults.extend(broken.into_iter().map(|fault| format!("{what}: {fault}")));
}

#[test]
fn nothing_hangs_on_what_is_left_out() {
    let mut faults = Vec::new();
    for name in embedded_names() {
        let reader = Reader::new(name);
        for (file, data) in samples(name) {
            let file = file.file_stem().unwrap().to_string_lossy().into_owned();
            let whole = reader.read(&data).unwrap();
            let mut broken = Vec::new();
            let whole = read(&whole, reader.pack.schema(), &mut broken);
            faults.extend(broken.into_iter().map(|fault| format!("{file}: {fault}")));
            let mut all = Vec::new();
            paths(&data, "", &mut all);
            for path in &all {
                judge(&reader, &whole, &without(&data, path), &format!("{file} without {path}"), &mut faults);
                let value = data.pointer(path).unwrap();
                if value.is_number() {
                    let mut data = data.clone();
                    *data.pointer_mut(path).unwrap() = 0.into();
                    judge(&reader, &whole, &data, &format!("{file} with 0 for {path}"), &mut faults);
                }
            }
            // Two groups at once: a heading of the communique names up to three.
            let is_group = |path: &&String| {
                name == "statistical-communique" && TOGETHER.contains(&path.trim_start_matches('/'))
            };
            let groups: Vec<_> = all.iter().filter(is_group).collect();
            for (index, one) in groups.iter().enumerate() {
                for other in &groups[index + 1..] {
                    let some = without(&without(&data, one), other);
                    judge(&reader, &whole, &some, &format!("{file} without {one} and {other}"), &mut faults);
                }
            }
            // A whole column of a table.
            for member in ["/growth", "/share"] {
                let of = |path: &String| Some(path.strip_suffix(member)?.rsplit_once('/')?.0.to_owned());
                let groups: BTreeSet<String> = all.iter().filter_map(of).collect();
                for group in groups {
                    let column = all.iter().filter(|path| path.starts_with(&group) && path.ends_with(member));
                    let some = column.fold(data.clone(), |data, path| without(&data, path));
                    judge(&reader, &whole, &some, &format!("{file} without {group}/*{member}"), &mut faults);
                }
            }
            // Several at once: every third or so, another choice each time.
            for round in 0_usize..12 {
                let left_out = |index: &usize| (index * 7919 + round * 104_729) % 101 < 30;
                let mut some = data.clone();
                let chosen = all.iter().enumerate().filter(|(index, _)| left_out(index));
                for (_, path) in chosen.filter(|(_, path)| path.matches('/').count() > 2) {
                    some = without(&some, path);
                }
                judge(&reader, &whole, &some, &format!("{file} round {round}"), &mut faults);
            }
        }
    }
    let count = faults.len();
    assert!(faults.is_empty(), "{count} faults:\n{}", faults.join("\n"));
}

//! Renders every sample: every figure of the inventory stands in the text with its unit, once, and the text
//! is the one that was read and approved.

#![expect(clippy::disallowed_methods, reason = "reads the samples")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use shizheng::data::{self, Node, Record, Source, Value};
use shizheng::diag::{Diagnostic, Language, Report};
use shizheng::document::{Block, Document, Inline, Run};
use shizheng::fill::{self, Templates};
use shizheng::font::Fonts;
use shizheng::layout::layout;
use shizheng::markup;
use shizheng::pack::{Kind, Pack};
use shizheng::page::{Content, FrameItem};
use shizheng::proofread::proofread;

static PACK: LazyLock<Pack> = LazyLock::new(|| {
    Pack::embedded("annual-report").expect("the pack is embedded").unwrap_or_else(|faults| refuse(&faults))
});

fn refuse(faults: &[Diagnostic]) -> ! {
    let reports: String =
        faults.iter().map(|fault| Report::new(fault, Language::English).to_string()).collect();
    panic!("{reports}");
}

fn samples() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut samples: Vec<_> =
        files.filter(|path| path.extension().is_some_and(|end| end == "json")).collect();
    // Those of other packs have figures of their own.
    samples.retain(|path| fs::read_to_string(path).unwrap().contains("\"pack\": \"annual-report\""));
    samples.sort();
    assert!(samples.len() >= 3);
    samples
}

fn document(path: &Path) -> (Record, Document) {
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    let source = Source::new(name, fs::read(path).unwrap());
    let record = data::load(&source, PACK.schema()).unwrap_or_else(|faults| refuse(&faults));
    let templates = Templates::compile(&PACK).unwrap_or_else(|faults| refuse(&faults));
    let filled = fill::fill(&templates, &record).unwrap_or_else(|faults| refuse(&faults));
    let document = markup::parse(&filled, "zh-CN").unwrap_or_else(|faults| refuse(&faults));
    (record, document)
}

fn runs(document: &Document) -> Vec<&Run> {
    let inlines = document.blocks.iter().flat_map(Block::inlines);
    let runs = inlines.flatten().filter_map(|inline| match inline {
        Inline::Run(run) => Some(run),
        Inline::LineBreak | Inline::Footnote(_) => None,
    });
    runs.collect()
}

/// What is printed of each path: list items under the list's own.
fn printed(document: &Document) -> BTreeMap<String, Vec<String>> {
    let mut printed = BTreeMap::<String, Vec<String>>::new();
    for run in runs(document) {
        for path in run.datum.iter().flat_map(|datum| &datum.paths) {
            let path = path.split('[').next().unwrap_or(path);
            printed.entry(path.to_owned()).or_default().push(run.text.clone());
        }
    }
    printed
}

/// A row of the inventory.
struct Figure {
    part: String,
    path: String,
    kind: String,
    unit: String,
    note: String,
}

fn inventory() -> Vec<Figure> {
    let rows: Vec<Figure> = include_str!("figures.tsv")
        .lines()
        .skip(1)
        .map(|row| {
            let cells: Vec<&str> = row.split('\t').collect();
            let cell = |index: usize| cells.get(index).copied().unwrap_or("").to_owned();
            Figure { part: cell(1), path: cell(2), kind: cell(4), unit: cell(5), note: cell(8) }
        })
        .collect();
    assert_eq!(rows.len(), 176);
    rows
}

fn full() -> PathBuf {
    samples().into_iter().find(|path| path.ends_with("centing.json")).unwrap()
}

#[test]
fn every_figure_of_the_inventory_stands_in_the_full_sample_with_its_unit() {
    let (record, document) = document(&full());
    let printed = printed(&document);
    for figure in inventory() {
        if figure.path == "report.level" {
            // The level is never printed itself: its words are (我市, 市委).
            assert!(document.plain_text().contains("市委"));
            continue;
        }
        assert!(record.get(&figure.path).is_some(), "{} is not in the sample", figure.path);
        let Some(texts) = printed.get(&figure.path) else {
            // A title and a signature of the city's own take the place of the derived ones.
            let name = match record.get(&figure.path) {
                Some(Node::Leaf(leaf)) => leaf.value.clone(),
                _ => panic!("{} is not printed", figure.path),
            };
            assert_eq!(figure.part, "meta", "{} is not printed", figure.path);
            assert!(
                matches!(name, Value::Text(name) if document.plain_text().contains(&name)),
                "{}",
                figure.path
            );
            continue;
        };
        let counted = matches!(
            figure.kind.as_str(),
            "count" | "quantity" | "percent" | "growth" | "rank" | "shares" | "fraction" | "grade" | "table"
        );
        if counted && figure.kind != "table" && figure.kind != "shares" {
            assert_eq!(texts.len(), 1, "{} is printed as {texts:?}", figure.path);
        }
        // 党的二十大: the congress bears no 届; nothing at all (未发生) has no unit; a ratio (5.2:41.3:53.5)
        // says by itself that its parts are per cent.
        let bare = figure.kind == "shares"
            || figure.note.contains("党的二十大")
            || texts.iter().any(|text| text.starts_with('未'));
        if !bare && !figure.unit.is_empty() {
            assert!(
                texts.iter().any(|text| text.contains(&figure.unit)),
                "{}: {texts:?} lacks {}",
                figure.path,
                figure.unit
            );
        }
    }
}

#[test]
fn no_sample_prints_a_counted_figure_twice() {
    for path in samples() {
        let (record, document) = document(&path);
        let printed = printed(&document);
        for field in PACK.schema().fields() {
            let counted = matches!(
                field.kind,
                Kind::Count | Kind::Quantity | Kind::Percent | Kind::Growth | Kind::Rank
            );
            let given = record.get(&field.path).is_some();
            // Last year's value is there to be compared with, not to be printed.
            if counted && given && field.bearing.previous_of.is_none() {
                let times = printed.get(&field.path).map_or(0, Vec::len);
                assert_eq!(times, 1, "{}: {} is printed {times} times", path.display(), field.path);
            }
        }
    }
}

#[test]
fn no_sample_breaks_a_rule_of_the_text() {
    for path in samples() {
        let found = proofread(&document(&path).1, &BTreeMap::new());
        let told: Vec<_> = found.iter().map(|found| found.message(Language::English)).collect();
        assert!(told.is_empty(), "{}: {told:#?}", path.display());
    }
}

#[test]
fn every_sample_reads_as_approved() {
    for path in samples() {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/reference/{name}.txt"));
        let approved = fs::read_to_string(&file).unwrap();
        let text = document(&path).1.plain_text();
        for (nth, (now, then)) in text.lines().zip(approved.lines()).enumerate() {
            assert_eq!(
                now,
                then,
                "{name}, paragraph {}: if right, run scripts/reference and read the change",
                nth + 1
            );
        }
        assert_eq!(text.lines().count(), approved.lines().count(), "{name}");
    }
}

#[test]
fn the_pages_say_what_the_document_says() {
    let fonts = Fonts::embedded();
    for path in samples() {
        let (_, document) = document(&path);
        let pages = layout(&document, PACK.style(), &fonts).unwrap_or_else(|faults| refuse(&faults));
        assert!(pages.pages.len() >= 8, "{} pages", pages.pages.len());
        let mut shown = String::new();
        for item in pages.pages.iter().flat_map(|page| &page.items) {
            if let FrameItem::Text(run) = item
                && matches!(run.content, Content::Element(_))
            {
                shown.extend(run.glyphs.iter().map(|glyph| glyph.character));
            }
        }
        let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        assert_eq!(bare(&shown), bare(&document.plain_text()), "{}", path.display());
        // What was printed of a datum is found where the pages say it is.
        let placed: String = pages.placed.iter().map(|placed| placed.text.as_str()).collect();
        let data: String =
            runs(&document).iter().filter(|run| run.datum.is_some()).map(|run| run.text.as_str()).collect();
        assert_eq!(bare(&placed), bare(&data));
    }
}

/// A figure may be given in a smaller unit. The text prints it so where less than one of the schema's would be left; a
/// column that states its unit, and a chart, have it in that unit, and the two do not disagree. Nor does an estimate.
#[test]
fn tables_and_charts_keep_to_their_unit() {
    let pack = Pack::embedded("statistical-communique").unwrap().unwrap();
    let templates = Templates::compile(&pack).unwrap();
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/statistical-communique/centing-communique.json");
    let mut data: serde_json::Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    for (pointer, given) in [
        ("/services/value_added/leasing/value", "8500万元"),
        ("/services/value_added/catering/value", "约26"),
        ("/history/revenue/0/value", "7836万元"),
        ("/agriculture/products/tea/value", "8600吨"),
    ] {
        *data.pointer_mut(pointer).unwrap() = given.into();
    }
    let source = Source::new("data.json", data.to_string().into_bytes());
    let record = data::load(&source, pack.schema()).unwrap_or_else(|faults| refuse(&faults));
    let filled = fill::fill(&templates, &record).unwrap_or_else(|faults| refuse(&faults));
    let document = markup::parse(&filled, "zh-CN").unwrap_or_else(|faults| refuse(&faults));
    let faults = proofread(&document, &BTreeMap::new());
    assert!(faults.is_empty(), "{faults:?}");
    let text = document.plain_text();
    for line in ["租赁和商务服务业\t0.85", "住宿和餐饮业\t约26", "2021年\t0.7836", "茶叶\t万吨\t0.86\t"]
    {
        assert!(text.lines().any(|printed| printed.starts_with(line)), "{line}");
    }
    assert!(text.contains("租赁和商务服务业增加值8500万元"), "{text}");
}

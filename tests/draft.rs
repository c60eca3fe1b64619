//! Makes drafts: what is still to come is printed as XX in every form, marked, and listed at the end.

#![expect(clippy::disallowed_methods, reason = "reads the samples")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use shizheng::data::{self, Purpose, Source, Value};
use shizheng::diag::{Diagnostic, Language};
use shizheng::document::Document;
use shizheng::fill::{Templates, fill};
use shizheng::font::Fonts;
use shizheng::layout::layout;
use shizheng::markup;
use shizheng::pack::Pack;
use shizheng::page::{Color, Content, FrameItem, Pages};
use shizheng::trace::Trace;
use shizheng::units::Abs;
use shizheng::{Format, Options, Press, draft};

use crate::fill::Files;

static ANNUAL: LazyLock<Pack> = LazyLock::new(|| Pack::embedded("annual-report").unwrap().unwrap());

fn source(data: &str) -> Source {
    Source::new("data.json", data)
}

fn messages(faults: &[Diagnostic]) -> Vec<String> {
    faults.iter().map(|fault| format!("{} {}", fault.entry.code, fault.message(Language::English))).collect()
}

fn press(templates: &str) -> Press {
    Press::new(Pack::load(&Files::new(templates)).unwrap(), Fonts::embedded()).unwrap()
}

/// The text of a draft up to its list, and the list's rows.
fn drafted(templates: &str, data: &str) -> (String, Vec<String>) {
    let options = Options { format: Format::Text, draft: true, ..Options::default() };
    let made = press(templates).render(&source(data), &options);
    let made = made.unwrap_or_else(|faults| panic!("{:?}", messages(&faults)));
    let text = String::from_utf8(made.bytes.into_vec()).unwrap();
    let text = text.strip_prefix("草稿\n").unwrap();
    match text.split_once("\n未定数据清单\n") {
        Some((text, list)) => (text.to_owned(), list.lines().skip(2).map(str::to_owned).collect()),
        None => (text.to_owned(), Vec::new()),
    }
}

/// The groups are there, and everything in them is open or missing.
const OPEN: &str = r#"{
  "report": {"year": null, "city": "XX", "level": "待定", "term": ""},
  "economy": {"gdp": {}, "previous": [null, 1, 2]},
  "works": {"text": "待定", "names": null, "highlights": ["甲已建成", ""], "projects": [null, {"name": "乙"}], "campaign": null}
}"#;

#[test]
fn what_is_open_prints_in_the_form_that_its_place_asks_for() {
    for (template, text) in [
        ("{{report.year}}年，{{next report.year}}年", "【XX】年，【XX】年"),
        ("{{words.our}}{{report.city}}，{{report.mayor}}", "【XX】【XX】，【XX】"),
        (
            "第{{report.term}}，{{numeral report.term}}大，{{report.date}}",
            "第【XX届】，【XX】大，【XX年XX月XX日】",
        ),
        ("{{economy.gdp.value}}，{{number economy.gdp.value}}", "【XX亿元】，【XX】"),
        ("{{growth economy.gdp.growth up=\"同比增长\"}}，{{economy.gdp.growth}}", "【同比增长XX%】，【XX%】"),
        (
            "{{economy.previous}}，{{pattern economy.current}}，{{economy.share}}",
            "【XX:XX:XX】，【XX】，【XX%】",
        ),
        ("{{economy.fraction}}，{{works.rank}}，{{works.grade}}", "【XX】，【第XX位】，【XX】"),
        (
            "{{numeral works.d unit=true}}，{{numeral works.d}}，{{both works.a works.b}}",
            "【XX年】，【XX】，各【XX个】",
        ),
        ("{{occurred works.c \"事故\"}}", "发生事故【XX家】"),
        (
            "{{works.text}}，{{works.names}}，{{list works.names open=\"《\" close=\"》\" etc=\"等\"}}",
            "【XX】，【XX】，《【XX】》等",
        ),
        ("{{works.highlights}}", "甲已建成、【XX】"),
        (
            "{{#each works.names}}{{this}}，{{/each}}{{#each works.highlights}}{{this}}，{{/each}}终",
            "【XX】，甲已建成，【XX】，终",
        ),
        (
            "{{#each works.projects}}{{name}}{{this.investment}}，{{/each}}终",
            "【XX】【XX亿元】，乙【XX亿元】，终",
        ),
        // What is open counts as given; of two texts the one that claims less, and a rise rather than a fall.
        ("{{#given works.a works.text works.names}}有{{else}}无{{/given}}", "有"),
        ("{{#any works.a}}有{{else}}无{{/any}}", "有"),
        ("{{#rose economy.gdp.growth}}升{{else}}降{{/rose}}", "升"),
        ("{{#fell economy.gdp.growth}}降{{else}}升{{/fell}}", "升"),
        (
            "{{#zero works.c}}无{{else}}有{{/zero}}{{#unchanged economy.gdp.growth}}平{{else}}变{{/unchanged}}",
            "有变",
        ),
        (
            "{{#equal works.a works.b}}同{{else}}异{{/equal}}{{#equal report.city \"甲\"}}同{{else}}异{{/equal}}",
            "异异",
        ),
        ("{{#same_pattern economy.previous economy.current}}同{{else}}异{{/same_pattern}}", "同"),
        ("{{#if works.campaign}}是{{else}}否{{/if}}", "否"),
    ] {
        let (drafted, _) = drafted(&format!("<article><p>{template}</p></article>"), OPEN);
        assert_eq!(drafted, format!("{text}\n"), "{template}");
    }
}

#[test]
fn what_is_missing_is_open_where_its_group_is_there_or_the_report_needs_it() {
    let template = "<article><p>{{report.city}}<span>，{{report.date}}</span><span>，{{economy.gdp.value}}</span>\
                    <span>，{{works.a}}</span><span>，{{works.text}}</span><span>，{{works.names}}</span>。</p></article>";
    assert_eq!(drafted(template, "{}").0, "【XX】。\n");
    assert_eq!(
        drafted(template, r#"{"report": null, "works": {}}"#).0,
        "【XX】，【XX年XX月XX日】，【XX个】。\n"
    );
    // The group that holds the figure itself, not one further out; an empty list is an answer.
    assert_eq!(drafted(template, r#"{"economy": {}, "works": {"a": 1, "names": []}}"#).0, "【XX】，1个。\n");
    assert_eq!(drafted(template, r#"{"economy": {"gdp": {}}}"#).0, "【XX】，【XX亿元】。\n");
}

#[test]
fn a_draft_does_not_wait_for_what_many_reports_do_without() {
    // A city right under its province has no prefecture above it.
    let whole = sample("centing.json", |text| text);
    let (trace, document, _) = annual(&whole);
    assert_eq!(trace.open().iter().map(|open| &trace.data[*open].path).collect::<Vec<_>>(), [""; 0]);
    let text = String::from_utf8(shizheng::export::text::write(&document)).unwrap();
    assert!(!text.contains("XX"), "{text}");
}

#[test]
fn list_names_what_is_open_once() {
    let template = "<article><p>{{works.b}}，{{works.a}}，{{works.b}}</p></article>";
    let data = r#"{"report": {"year": 2025, "city": "甲", "level": "县", "date": "2026-01-05", "term": 1, "mayor": "乙"},
                   "works": {"a": null, "b": "XX", "c": 1, "d": 1, "rank": 1, "grade": "A", "name": "待定"}}"#;
    let rows = drafted(template, data).1;
    let wanted = ["1\t甲项（个）\tworks.a\t", "2\t乙项（个）\tworks.b\t", "3\t名称\tworks.name\t"];
    assert_eq!(rows.len(), wanted.len(), "{rows:?}");
    for (row, wanted) in rows.iter().zip(wanted) {
        assert!(row.starts_with(wanted), "{row}");
    }
    let complete = data.replace("null", "1").replace("XX", "2").replace("待定", "丙");
    assert_eq!(drafted(template, &complete), ("2个，1个，2个\n".to_owned(), Vec::new()));
}

#[test]
fn sentences_print_around_what_is_open_in_them() {
    let data = r#"{
      "report": {"year": 2025, "city": "云澜市", "level": "市"},
      "works": {"highlights": ["新建5G基站ＸＸ座，覆盖__个村", "建成（待核实）", "待定", "更名为XX。"]}
    }"#;
    let (text, list) = drafted("<article><p>{{list works.highlights join=\"；\"}}。</p></article>", data);
    assert_eq!(text.trim(), "新建5G基站【XX】座，覆盖【XX】个村；建成【XX】；【XX】；更名为【XX】。");
    assert_eq!(list.iter().filter(|row| row.contains("highlights")).count(), 4, "{list:#?}");
}

#[test]
fn final_text_refuses_everything_that_is_open_at_once() {
    let schema = ANNUAL.schema();
    let data =
        r#"{"report": {"year": 2025, "city": "XX"}, "economy": {"gdp": {"value": null, "growth": "一"}}}"#;
    let faults = messages(&data::load(&source(data), schema).unwrap_err());
    let count = |code: &str| faults.iter().filter(|fault| fault.starts_with(code)).count();
    assert_eq!((count("E0143"), count("E0141") > 5), (2, true), "{faults:#?}");
    // A draft forgives what is open, not what is wrong.
    let faults = messages(&data::load_for(Purpose::Draft, &source(data), schema).unwrap_err());
    assert_eq!(faults.len(), 1, "{faults:#?}");
}

fn sample(name: &str, edit: impl Fn(String) -> String) -> Source {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(name);
    source(&edit(fs::read_to_string(path).unwrap()))
}

/// A draft of the annual report: its trace, its document and its pages without the list.
fn annual(source: &Source) -> (Trace, Document, Pages) {
    let record = data::load_for(Purpose::Draft, source, ANNUAL.schema())
        .unwrap_or_else(|faults| panic!("{:?}", messages(&faults)));
    let filled = fill(&Templates::compile(&ANNUAL).unwrap(), &record).unwrap();
    let mut document = markup::parse(&filled, "zh-CN").unwrap();
    document.label = Some(draft::LABEL.to_owned());
    let pages = layout(&document, ANNUAL.style(), &Fonts::embedded()).unwrap();
    (Trace::new(&record, &pages), document, pages)
}

#[test]
fn every_open_figure_stands_on_a_grey_ground() {
    let (trace, _, pages) = annual(&sample("tongzhu.json", |text| text.replace("318.72", "null")));
    let open: Vec<_> = trace.figures.iter().filter(|printed| printed.open).collect();
    assert!(open.iter().any(|printed| printed.text == "XX亿元"));
    let mut grounds = 0;
    for place in open.iter().flat_map(|printed| &printed.places) {
        let page = pages.pages.iter().find(|page| page.number == place.page).unwrap();
        let ground = page.items.iter().position(|item| match item {
            FrameItem::Fill(fill) => {
                fill.rect == place.rect
                    && fill.content == Content::Layout
                    && matches!(fill.color, Color::Gray(gray) if gray > 0.5 && gray < 0.9)
            }
            FrameItem::Text(_) | FrameItem::Shape(_) | FrameItem::Picture(_) => false,
        });
        // The ground is drawn before the letters that stand on it.
        let letters = page.items.iter().position(|item| match item {
            FrameItem::Text(run) => run.glyphs.iter().any(|glyph| {
                let (x, y) = (run.origin.x + glyph.x, run.origin.y);
                let (corner, size) = (place.rect.origin, place.rect.size);
                x >= corner.x && x < corner.x + size.width && y > corner.y && y < corner.y + size.height
            }),
            FrameItem::Fill(_) | FrameItem::Shape(_) | FrameItem::Picture(_) => false,
        });
        assert!(ground.unwrap() < letters.unwrap(), "{place:?}");
        grounds += 1;
    }
    let all = pages.pages.iter().flat_map(|page| &page.items);
    assert_eq!(grounds, all.filter(|item| matches!(item, FrameItem::Fill(_))).count());
}

#[test]
fn what_stands_on_many_pages_leaves_the_list_its_columns() {
    let source = sample("tongzhu.json", |text| text.replace("\"桐渚市\"", "null").replace("318.72", "null"));
    let (trace, ..) = annual(&source);
    let list = draft::list(&trace, true).unwrap();
    let text = list.plain_text();
    let pages = text.split_once("\nreport.city\t").unwrap().1.lines().next().unwrap();
    assert!(pages.contains('—') && pages.chars().count() < 30, "{pages}");
    // Hardly a path is parted.
    let laid = layout(&list, ANNUAL.style(), &Fonts::embedded()).unwrap();
    let runs = laid.pages.iter().flat_map(|page| &page.items).filter_map(|item| match item {
        FrameItem::Text(run) => Some(run.glyphs.iter().map(|glyph| glyph.character).collect::<String>()),
        FrameItem::Fill(_) | FrameItem::Shape(_) | FrameItem::Picture(_) => None,
    });
    let lines: Vec<String> = runs.collect();
    let paths: Vec<&str> = trace.open().iter().map(|datum| trace.data[*datum].path.as_str()).collect();
    let parted = paths.iter().filter(|path| !lines.iter().any(|line| line.contains(**path))).count();
    assert!(parted * 20 <= paths.len(), "{parted} of {}: {lines:?}", paths.len());
}

#[test]
fn label_moves_no_line() {
    let (_, mut document, with) = annual(&sample("chongyue.json", |text| text));
    document.label = None;
    let without = layout(&document, ANNUAL.style(), &Fonts::embedded()).unwrap();
    let text = |pages: &Pages, page: usize| -> Vec<(String, usize)> {
        let runs = pages.pages[page].items.iter().filter_map(|item| match item {
            FrameItem::Text(run) => Some(run),
            FrameItem::Fill(_) | FrameItem::Shape(_) | FrameItem::Picture(_) => None,
        });
        runs.map(|run| (run.glyphs.iter().map(|glyph| glyph.character).collect(), run.line)).collect()
    };
    assert_eq!(with.pages.len(), without.pages.len());
    let first = text(&with, 0);
    assert_eq!(first[0], ("草稿".to_owned(), 0));
    assert_eq!(first[1..], text(&without, 0)[..]);
    assert_eq!(with.pages[1].items.len(), without.pages[1].items.len());
    assert_eq!(with.placed, without.placed);
}

#[test]
fn list_says_on_which_pages_a_figure_is_printed() {
    let source = sample("tongzhu.json", |text| text.replace("318.72", "null"));
    let (trace, _, pages) = annual(&source);
    let list = draft::list(&trace, true).unwrap().plain_text();
    for datum in trace.open() {
        let leaf = &trace.data[datum];
        assert_eq!(leaf.value, Value::Open);
        let row = list.split('\t').find(|cell| cell.ends_with(&format!("\n{}", leaf.path)));
        assert!(row.is_some_and(|cell| cell.starts_with(&leaf.field.title)), "{}", leaf.path);
    }
    let row = list.split_once("\neconomy.gdp.value\t").unwrap().1.lines().next().unwrap();
    assert_eq!(row, "统计局\t2");
    assert!(list.contains("以下") && list.contains(&format!("以下{}项", trace.open().len())));
    let first = |datum: &usize| trace.printed(*datum).next().map_or(usize::MAX, |it| it.places[0].page);
    assert!(trace.open().is_sorted_by_key(first));
    let is_open = |path: &str| trace.open().iter().any(|datum| trace.data[*datum].path == path);
    assert!(is_open("economy.gdp.value") && is_open("economy.services_contribution"));
    // No report prints it, so nobody waits for it.
    assert!(ANNUAL.schema().field("economy.gdp.previous").is_some() && !is_open("economy.gdp.previous"));
    // The whole draft has the list's pages too, numbered on.
    let press = Press::new(ANNUAL.clone(), Fonts::embedded()).unwrap();
    let made = press.render(&source, &Options { draft: true, ..Options::default() }).unwrap();
    assert!(made.pages.unwrap() > pages.pages.len());
    assert_eq!(made.open(), trace.open().len());
    assert_eq!(made.trace().figures, trace.figures);
}

#[test]
fn status_of_the_data_is_the_label() {
    let press = Press::new(ANNUAL.clone(), Fonts::embedded()).unwrap();
    let first = |status: &str, draft: bool| {
        let source =
            sample("tongzhu.json", |text| text.replacen("\"year\"", &format!("{status}\"year\""), 1));
        let made = press.render(&source, &Options { format: Format::Text, draft, ..Options::default() });
        String::from_utf8(made.unwrap().bytes.into_vec()).unwrap().lines().next().unwrap().to_owned()
    };
    let asking = r#""status": "征求意见稿", "#;
    assert_eq!((first("", true), first(asking, true)), ("草稿".to_owned(), "征求意见稿".to_owned()));
    assert_eq!(
        (first("", false), first(asking, false)),
        ("桐渚市人民政府".to_owned(), "征求意见稿".to_owned())
    );
}

#[test]
fn long_status_stands_in_lines_on_the_sheet() {
    let mut files = Files::new("<article><p>我县各项工作进展顺利。</p></article>");
    let manifest = files.0.get_mut("pack.toml").unwrap();
    *manifest = manifest.replace("[document]\n", "[document]\nstatus = \"works.text\"\n");
    let press = Press::new(Pack::load(&files).unwrap(), Fonts::embedded()).unwrap();
    let render = |status: &str| {
        let report = r#""report": {"year": 2025, "city": "云溪县", "level": "县"}"#;
        let data = format!("{{{report}, \"works\": {{\"text\": \"{status}\"}}}}");
        press.render(&source(&data), &Options::default())
    };
    let made = render(&"稿".repeat(56)).unwrap_or_else(|faults| panic!("{:?}", messages(&faults)));
    let page = &shizheng::reading::pages(&made.bytes.into_vec()).unwrap()[0];
    let lines: Vec<_> = page.iter().map(|line| line.text.chars().count()).collect();
    assert_eq!(lines[..2], [28, 28], "{page:?}");
    let within = page[0].baseline > Abs::mm(5.0) && page[1].baseline < Abs::mm(37.0);
    assert!(within && page[2].baseline > Abs::mm(37.0), "{page:?}");
    let faults = render(&"稿".repeat(100)).unwrap_err();
    let told = ["E0515 the status of the document is too long for the lines above the text of page 1"];
    assert_eq!(messages(&faults), told);
    assert_eq!(faults[0].origin.as_ref().unwrap().path.as_deref(), Some("works.text"));
}

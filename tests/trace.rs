//! Follows figures to their places: each box holds exactly the letters that it says, and each figure of the
//! data file leads back to where the file has it.

#![expect(clippy::disallowed_methods, reason = "reads the samples")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;

use shizheng::data::{self, Source};
use shizheng::fill::{Templates, fill};
use shizheng::font::Fonts;
use shizheng::layout::layout;
use shizheng::markup;
use shizheng::pack::Pack;
use shizheng::page::{FrameItem, Pages};
use shizheng::trace::{Place, Trace};
use shizheng::units::Abs;

use crate::fill::Files;

fn pages(pack: &Pack, source: &Source) -> (Trace, Pages) {
    let record = data::load(source, pack.schema()).unwrap();
    let filled = fill(&Templates::compile(pack).unwrap(), &record).unwrap();
    let document = markup::parse(&filled, "zh-CN").unwrap();
    let pages = layout(&document, pack.style(), &Fonts::embedded()).unwrap();
    (Trace::new(&record, &pages), pages)
}

/// The characters whose glyphs begin inside a place's box, and the lines that they are said to stand on.
fn seen(pages: &Pages, place: &Place) -> (String, Vec<usize>) {
    let page = pages.pages.iter().find(|page| page.number == place.page).unwrap();
    let (corner, size) = (place.rect.origin, place.rect.size);
    let hair = Abs::pt(0.05);
    let mut text = String::new();
    let mut lines = Vec::new();
    for item in &page.items {
        let FrameItem::Text(run) = item else { continue };
        if run.origin.y < corner.y || run.origin.y > corner.y + size.height {
            continue;
        }
        for glyph in &run.glyphs {
            let x = run.origin.x + glyph.x;
            if x >= corner.x - hair && x < corner.x + size.width - hair {
                text.push(glyph.character);
                lines.push(run.line);
            }
        }
    }
    lines.dedup();
    (text, lines)
}

fn check(trace: &Trace, pages: &Pages) {
    assert!(!trace.figures.is_empty());
    for printed in &trace.figures {
        let whole: String = printed.places.iter().map(|place| place.text.as_str()).collect();
        assert_eq!(whole, printed.text);
        assert!(!printed.data.is_empty(), "{printed:?}");
        for place in &printed.places {
            let (text, lines) = seen(pages, place);
            assert_eq!((&text, &lines), (&place.text, &vec![place.line]), "{place:?}");
            assert!((1..=22).contains(&place.line));
        }
        let order: Vec<_> = printed.places.iter().map(|place| (place.page, place.line)).collect();
        assert!(order.is_sorted(), "{printed:?}");
    }
    for leaf in &trace.data {
        let given = trace.given(leaf).unwrap();
        let position = trace.position(leaf);
        let line = trace.source.text().lines().nth(position.line - 1).unwrap();
        let at: String = line.chars().skip(position.column - 1).collect();
        assert!(at.starts_with(given.lines().next().unwrap()), "{}: {given} at {position:?}", leaf.path);
    }
}

#[test]
fn every_box_of_the_samples_holds_its_letters() {
    let pack = Pack::embedded("annual-report").unwrap().unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    for name in ["centing.json", "chongyue.json", "tongzhu.json"] {
        let source = Source::new(name, fs::read(folder.join(name)).unwrap());
        let (trace, pages) = pages(&pack, &source);
        check(&trace, &pages);
        // Names go over the end of a line somewhere, and are one figure all the same.
        assert!(trace.figures.iter().any(|printed| printed.places.len() > 1), "{name}");
    }
}

#[test]
fn titles_tables_signatures_and_shared_numbers_are_found() {
    let template = "<article><title>{{report.city}}{{works.text}}<br/>{{report.year}}年报告</title>\
        <byline>（{{report.date}}）</byline><h1>{{works.name}}</h1>\
        <p><h2>{{works.name}}</h2>增长{{economy.gdp.growth}}，{{both works.a works.b}}。</p>\
        <table><caption>{{report.year}}年项目</caption><thead><tr><th>名称</th><th>投资</th></tr></thead>\
        <tbody>{{#each works.projects}}<tr><td>{{name}}</td><td>{{investment}}</td></tr>{{/each}}</tbody></table>\
        <note>{{works.c}}</note>\
        <signature><name>{{report.city}}人民政府</name><date>{{report.date}}</date></signature></article>";
    let long = "沿江综合整治和生态修复".repeat(3);
    let data = format!(
        r#"{{"report": {{"year": 2025, "city": "岑汀市", "level": "地级市", "date": "2026-01-05"}},
        "economy": {{"gdp": {{"value": 1, "growth": "6.5"}}}},
        "works": {{"a": 5, "b": 5, "c": 7, "name": "甲乙工程", "text": "关于{long}的",
        "projects": [{{"name": "{long}", "investment": 12}}, {{"name": "丁", "investment": "3.5"}}]}}}}"#
    );
    let pack = Pack::load(&Files::new(template)).unwrap();
    let (trace, pages) = pages(&pack, &Source::new("a.json", data));
    check(&trace, &pages);
    let find = |path: &str| -> Vec<_> {
        let datum = trace.data.iter().position(|leaf| leaf.path == path).unwrap();
        trace.printed(datum).collect()
    };
    assert_eq!(find("works.a"), find("works.b"));
    assert_eq!(find("works.a")[0].text, "5个");
    assert_eq!(find("report.city").len(), 2);
    assert_eq!(find("report.date").len(), 2);
    assert_eq!(find("works.name").len(), 2);
    assert_eq!(find("economy.gdp.value"), Vec::<&_>::new());
    assert!(find("works.projects[0].name")[0].places.len() > 1);
    assert_eq!(find("works.projects[1].investment")[0].text, "3.5亿元");
    // A title of two lines is on lines of its own.
    let title = find("works.text")[0];
    assert!(title.places.len() > 1 && title.places[0].line == 1 && title.places[1].line == 2, "{title:?}");
}

#[test]
fn a_figure_in_a_footnote_is_printed() {
    let template = "<article><p>正文<note>全年{{economy.gdp.value}}，为快报数。</note>。</p></article>";
    let pack = Pack::load(&Files::new(template)).unwrap();
    let data =
        r#"{"report": {"year": 2025, "city": "岑汀市", "level": "县"}, "economy": {"gdp": {"value": 12.5}}}"#;
    let source = Source::new("a.json", data);
    let (trace, _) = pages(&pack, &source);
    assert_eq!(trace.figures[0].text, "12.5亿元");
    let templates = Templates::compile(&pack).unwrap();
    let record = data::load(&source, pack.schema()).unwrap();
    let document = markup::parse(&fill(&templates, &record).unwrap(), "zh-CN").unwrap();
    let told = shizheng::fill::unplaced(&templates, &record, &document);
    let told: Vec<_> = told.iter().filter_map(|told| told.origin.as_ref()?.path.clone()).collect();
    assert!(!told.contains(&"economy.gdp.value".to_owned()), "{told:?}");
}

#[test]
fn json_has_the_documented_shape() {
    let template = "<article><p>{{report.city}}，{{economy.gdp.value}}。</p></article>";
    let data = "{\"report\": {\"year\": 2025, \"city\": \"岑汀市\", \"level\": \"县\"},\n \"economy\": {\"gdp\": {\"value\": 12.5}}}";
    let pack = Pack::load(&Files::new(template)).unwrap();
    let (trace, pages) = pages(&pack, &Source::new("a.json", data));
    insta::assert_snapshot!(trace.to_json(pages.pages.len(), false));
}

//! Measures the stages of a report one by one, from the data file's bytes to the PDF's.
//!
//! ```text
//! cargo bench --bench stages [-- NAME]
//! ```

use std::hint::black_box;

use criterion::{BatchSize, Criterion};
use shizheng::data::{self, Source};
use shizheng::fill::{self, Templates};
use shizheng::font::Fonts;
use shizheng::pack::Pack;
use shizheng::{Options, Press, export, layout, markup, proofread};

/// The longest sample: thirteen pages.
const REPORT: &[u8] = include_bytes!("../samples/centing.json");

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    once(&mut criterion);
    stages(&mut criterion);
    whole(&mut criterion);
    criterion.final_summary();
}

fn source() -> Source {
    Source::new("centing.json", REPORT.to_vec())
}

fn pack() -> Pack {
    Pack::embedded("annual-report").expect("the pack is embedded").expect("the pack is sound")
}

/// What a batch does once.
fn once(criterion: &mut Criterion) {
    criterion.bench_function("pack", |bencher| bencher.iter(pack));
    let read = pack();
    criterion.bench_function("templates", |bencher| {
        bencher.iter(|| Templates::compile(black_box(&read)).expect("the templates are sound"));
    });
}

/// What each document goes through.
fn stages(criterion: &mut Criterion) {
    let pack = pack();
    let templates = Templates::compile(&pack).expect("the templates are sound");
    let fonts = Fonts::embedded();
    let (source, language) = (source(), &pack.manifest().language);
    let record = data::load(&source, pack.schema()).expect("the data are sound");
    let filled = fill::fill(&templates, &record).expect("the templates are filled");
    let document = markup::parse(&filled, language).expect("the text is well-formed");
    let pages = layout::layout(&document, pack.style(), &fonts).expect("the document is laid out");

    criterion.bench_function("data", |bencher| {
        bencher.iter(|| data::load(black_box(&source), pack.schema()).expect("the data are sound"));
    });
    criterion.bench_function("fill", |bencher| {
        bencher.iter(|| fill::fill(&templates, black_box(&record)).expect("the templates are filled"));
    });
    criterion.bench_function("markup", |bencher| {
        bencher.iter(|| markup::parse(black_box(&filled), language).expect("the text is well-formed"));
    });
    criterion.bench_function("proofread", |bencher| {
        bencher.iter(|| proofread::proofread(black_box(&document), &pack.manifest().rules));
    });
    criterion.bench_function("layout", |bencher| {
        let lay_out = || layout::layout(black_box(&document), pack.style(), &fonts);
        bencher.iter(|| lay_out().expect("the document is laid out"));
    });
    criterion.bench_function("export", |bencher| {
        bencher.iter(|| export::pdf::write(black_box(&pages), &fonts, None).expect("the pages are written"));
    });
}

/// A document as a batch makes it, all stages in one.
fn whole(criterion: &mut Criterion) {
    let press = Press::new(pack(), Fonts::embedded()).expect("the pack is sound");
    let options = Options::default();
    criterion.bench_function("document", |bencher| {
        let render = |source: Source| press.render(&source, &options).expect("the report is made");
        bencher.iter_batched(source, render, BatchSize::LargeInput);
    });
}

//! Compares the size of our PDF with what krilla writes for the same glyphs.
//!
//! ```text
//! cargo run --manifest-path bench/size/Cargo.toml [-- DATA.json ...]
//! ```
//!
//! Both files hold the same glyphs at the same places, the same structure tree and bookmarks, and claim
//! PDF/A-2a; ours claims PDF/UA-1 besides, for which krilla would write each heading's text once more. Without arguments the samples are compared. Ends with exit code 1 where ours is more
//! than a twentieth larger.

mod same;

use std::process::ExitCode;

use shizheng::data::{self, Source};
use shizheng::fill::{self, Templates};
use shizheng::font::Fonts;
use shizheng::pack::Pack;
use shizheng::page::Pages;
use shizheng::{export, layout, markup};

/// Our file may be this many times as large as krilla's.
const LIMIT: f64 = 1.05;

fn main() -> ExitCode {
    let mut files: Vec<String> = std::env::args().skip(1).collect();
    if files.is_empty() {
        let samples = concat!(env!("CARGO_MANIFEST_DIR"), "/../../samples");
        let entries = std::fs::read_dir(samples).expect("the samples are there");
        let paths = entries.map(|entry| entry.expect("the folder is read").path());
        files = paths
            .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
            .map(|path| path.display().to_string())
            .collect();
        files.sort();
    }
    let pack = Pack::embedded("annual-report").and_then(Result::ok).expect("the embedded pack is sound");
    let templates = Templates::compile(&pack).expect("the embedded templates are sound");
    let fonts = Fonts::embedded();
    let mut within = !files.is_empty();
    println!("file\tpages\tshizheng\tkrilla\tratio");
    for file in &files {
        let pages = paginate(file, &pack, &templates, &fonts);
        let ours = export::pdf::write(&pages, &fonts, None).expect("laid out pages are written").len();
        let theirs = same::write(&pages, &fonts).len();
        let ratio = ours as f64 / theirs as f64;
        let name = file.rsplit('/').next().unwrap_or(file);
        println!("{name}\t{}\t{ours}\t{theirs}\t{ratio:.3}", pages.pages.len());
        within &= ratio <= LIMIT;
    }
    if within { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn paginate(file: &str, pack: &Pack, templates: &Templates, fonts: &Fonts) -> Pages {
    let bytes = std::fs::read(file).unwrap_or_else(|error| panic!("{file}: {error}"));
    let source = Source::new(file, bytes);
    let record = data::load(&source, pack.schema()).expect("the data are sound");
    let filled = fill::fill(templates, &record).expect("the templates are filled");
    let document = markup::parse(&filled, &pack.manifest().language).expect("the filled text is sound");
    layout::layout(&document, pack.style(), fonts).expect("the document is laid out")
}

//! Lays small texts out and compares where their lines stand: `tests/layout/*.txt`.
//!
//! A case begins with `=== ` and what it shows. After it comes a template, the inside of `<article>`, `---`, and
//! the pages. `[市*28]` in the template is 28 of them. Lines before it: `style KEY = VALUE` changes the style,
//! `data JSON` gives data after `tests/fill/schema.json`.
//!
//! Each line of a page is its number on the grid, its baseline and its left and right edges in points, its
//! size where it is not the body's, and its text, ` | ` where a gap parts it. Below stand the glyphs' advances in
//! cells, `12*1.00 0.50`: none where every hanzi and mark takes one cell and every digit half of one.
//! `BLESS=1 cargo test layout` writes what comes of the cases; read the difference before you commit it.
#![expect(clippy::unwrap_used, reason = "what cannot be read fails the test")]
#![expect(clippy::disallowed_methods, reason = "the cases are files")]

use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use shizheng::diag::SourceText;
use shizheng::font::Fonts;
use shizheng::layout::layout;
use shizheng::pack::Style;
use shizheng::page::{Content, Fill, FrameItem, Page, Pages, TextRun};
use shizheng::units::Abs;

use crate::fill::run;

const STYLE: &str = include_str!("../templates/annual-report/style.toml");

/// Glyphs that stand this many cells from the one before are another cell's of a table.
const APART: f64 = 1.5;

/// What a case has that gives no data.
const DATA: &str = r#"{"report": {"level": "市"}}"#;

/// Runs whose baselines are nearer than this stand on one line.
const SAME_LINE: f64 = 6.5;

#[test]
fn lines_stand_as_the_cases_say() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/layout");
    let bless = std::env::var_os("BLESS").is_some();
    let mut files: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let fonts = Fonts::embedded();
    let mut count = 0;
    let mut wrong = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let mut made = String::new();
        for case in text.split("=== ").skip(1) {
            count += 1;
            let (name, rest) = case.split_once('\n').unwrap();
            let (input, _) = rest.split_once("---\n").unwrap_or((rest, ""));
            let dump = dump(input, &fonts);
            if !bless && rest != format!("{input}---\n{dump}\n") && rest != format!("{input}---\n{dump}") {
                wrong.push(format!("{}: {name}\n{dump}", file.display()));
            }
            write!(made, "=== {name}\n{input}---\n{dump}\n").unwrap();
        }
        if bless {
            std::fs::write(&file, made.trim_end().to_owned() + "\n").unwrap();
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count >= 25, "only {count} cases were found");
}

/// Repeats what stands in `[市*28]`.
fn expanded(text: &str) -> String {
    let mut expanded = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('[') {
        let (inside, after) = after.split_once(']').unwrap();
        let (what, count) = inside.rsplit_once('*').unwrap();
        expanded.push_str(before);
        expanded.push_str(&what.repeat(count.parse().unwrap()));
        rest = after;
    }
    expanded + rest
}

fn style(changes: &[&str]) -> Style {
    let mut text = String::new();
    for line in STYLE.lines() {
        let key = |line: &str| line.split_once('=').map(|(key, _)| key.trim().to_owned());
        let change = changes.iter().find(|change| key(change).is_some() && key(change) == key(line));
        text.push_str(change.unwrap_or(&line));
        text.push('\n');
    }
    Style::parse(&Arc::new(SourceText::new("style.toml", text))).unwrap()
}

fn dump(input: &str, fonts: &Fonts) -> String {
    let changes: Vec<&str> = input.lines().filter_map(|line| line.strip_prefix("style ")).collect();
    let style = style(&changes);
    let is_text = |line: &&str| !line.starts_with("style ") && !line.starts_with("data ");
    let text: Vec<&str> = input.lines().filter(is_text).collect();
    let template = format!("<article>{}</article>", expanded(&text.join("\n")));
    let data = input.lines().find_map(|line| line.strip_prefix("data ")).unwrap_or(DATA);
    let (_, document) = run(&template, data).unwrap();
    let pages: Pages = layout(&document, &style, fonts).unwrap();
    let mut dump = String::new();
    for page in &pages.pages {
        writeln!(dump, "page {}", page.number).unwrap();
        dump_page(page, &style, &mut dump);
    }
    dump
}

fn dump_page(page: &Page, style: &Style, dump: &mut String) {
    let text = |item: &'_ FrameItem| match item {
        FrameItem::Text(run) => Some(run.clone()),
        FrameItem::Fill(_) | FrameItem::Shape(_) | FrameItem::Picture(_) => None,
    };
    let runs: Vec<TextRun> = page.items.iter().filter_map(text).collect();
    let is_number = |run: &TextRun| run.content == Content::Pagination;
    let near = |one: &TextRun, next: &TextRun| {
        (one.origin.y - next.origin.y).abs() < Abs::pt(SAME_LINE) && is_number(one) == is_number(next)
    };
    for line in runs.chunk_by(near) {
        dump_line(line, style, dump);
    }
    rules(page, dump);
}

fn dump_line(runs: &[TextRun], style: &Style, dump: &mut String) {
    let body = style.body.size.0;
    let size = runs.iter().map(|run| run.size).fold(Abs::ZERO, Abs::max);
    let cell = if size.approx_eq(body) { style.cell() } else { size };
    let baseline = runs.iter().map(|run| run.origin.y).fold(Abs::ZERO, Abs::max);
    let place = if runs[0].content == Content::Pagination {
        "number".to_owned()
    } else {
        format!("{:2}", runs[0].line)
    };
    let glyphs: Vec<(char, Abs)> = runs
        .iter()
        .flat_map(|run| run.glyphs.iter().map(|glyph| (glyph.character, run.origin.x + glyph.x)))
        .collect();
    let mut text = String::new();
    let mut advances: Vec<(String, usize)> = Vec::new();
    let mut plain = true;
    for (index, (character, x)) in glyphs.iter().enumerate() {
        text.push(*character);
        let Some((_, next)) = glyphs.get(index + 1) else { continue };
        let advance = (*next - *x) / cell;
        let apart = advance > APART;
        if apart {
            text.push_str(" | ");
        }
        let shown = if apart { "|".to_owned() } else { format!("{:.2}", advance + 1e-9) };
        let natural = if character.is_ascii_digit() { "0.50" } else { "1.00" };
        plain &= shown == natural || apart;
        match advances.last_mut().filter(|(known, _)| *known == shown) {
            Some((_, count)) => *count += 1,
            None => advances.push((shown, 1)),
        }
    }
    let (left, right) = (glyphs[0].1.to_pt(), glyphs[glyphs.len() - 1].1.to_pt());
    let sized = if size.approx_eq(body) { String::new() } else { format!(" {}pt", size.to_pt()) };
    writeln!(dump, "{place} {:.2} {left:.2}..{right:.2}{sized} {text}", baseline.to_pt()).unwrap();
    if !plain && runs[0].content != Content::Pagination {
        let counted = advances.iter().map(|(advance, count)| match count {
            1 => advance.clone(),
            _ => format!("{count}*{advance}"),
        });
        writeln!(dump, "       {}", counted.collect::<Vec<_>>().join(" ")).unwrap();
    }
}

/// Writes where rules stand: those that lie, and the edges of those that stand upright.
fn rules(page: &Page, dump: &mut String) {
    let fills: Vec<&Fill> = page
        .items
        .iter()
        .filter_map(|item| match item {
            FrameItem::Fill(fill) => Some(fill),
            FrameItem::Text(_) | FrameItem::Shape(_) | FrameItem::Picture(_) => None,
        })
        .collect();
    for (name, upright) in [("rules at", false), ("edges at", true)] {
        let mut places: Vec<String> = Vec::new();
        let mut own: Vec<f64> = fills
            .iter()
            .filter(|fill| (fill.rect.size.height > fill.rect.size.width) == upright)
            .map(|fill| if upright { fill.rect.origin.x.to_pt() } else { fill.rect.origin.y.to_pt() })
            .collect();
        own.sort_by(f64::total_cmp);
        for place in own {
            let place = format!("{place:.2}");
            if places.last() != Some(&place) {
                places.push(place);
            }
        }
        if !places.is_empty() {
            writeln!(dump, "{name} {}", places.join(" ")).unwrap();
        }
    }
}

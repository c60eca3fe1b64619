//! Holds the handbook (`docs/`) to the program: what it shows is what comes out, and what it names is there.

#![expect(clippy::disallowed_methods, reason = "the handbook is files")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod audit;
mod chapters;
mod examples;
mod names;
mod walk;

use std::fs;
use std::path::{Path, PathBuf};

/// The handbook's languages: a book for each.
const LANGUAGES: [&str; 2] = ["zh", "en"];

/// The chapters' parts that the program writes (`scripts/handbook`).
const GENERATED: [&str; 2] = ["generated/helpers.md", "generated/messages.md"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn book(language: &str) -> PathBuf {
    root().join("docs").join(language).join("src")
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Every chapter of a book by its path in it, those that the program writes left out.
fn chapters(language: &str) -> Vec<(String, String)> {
    let book = book(language);
    let mut chapters = Vec::new();
    let mut waiting = vec![book.clone()];
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(&book).unwrap().to_string_lossy().replace('\\', "/");
            if path.is_dir() {
                waiting.push(path);
            } else if name.strip_suffix(".md").is_some() && !name.starts_with("generated/") {
                chapters.push((name, read(&path)));
            }
        }
    }
    chapters.sort();
    assert!(chapters.len() > 10);
    chapters
}

/// A block of code between fences.
struct Fenced<'a> {
    /// What stands behind the opening fence.
    info: &'a str,
    /// The lines between, each with its line feed.
    text: String,
}

/// What a chapter consists of, as far as a test reads it.
enum Part<'a> {
    /// A comment that stands alone on its line, without its marks.
    Comment(&'a str),
    /// A line of text.
    Line(&'a str),
    /// A block of code.
    Code(Fenced<'a>),
}

fn parts(chapter: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut lines = chapter.lines();
    while let Some(line) = lines.next() {
        if let Some(info) = line.strip_prefix("```") {
            let text = lines.by_ref().take_while(|line| *line != "```");
            let text = text.flat_map(|line| [line, "\n"]).collect();
            parts.push(Part::Code(Fenced { info, text }));
        } else if let Some(comment) = line.strip_prefix("<!-- ").and_then(|line| line.strip_suffix(" -->")) {
            parts.push(Part::Comment(comment));
        } else {
            parts.push(Part::Line(line));
        }
    }
    parts
}

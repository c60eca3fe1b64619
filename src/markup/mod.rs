//! Parses the filled text into a [`Document`]: XML in, blocks and runs out.
//!
//! One step after another: [`tree`] parses, by [`portions`] of it, and checks the vocabulary, [`prune`] leaves out what is absent or
//! empty, [`arrangement`] sees to what stands once and in which order, [`bases`] says once what changes are from, [`blocks`]
//! makes blocks, with [`number`] for headings, [`lists`] for the marks and labels of clauses, [`elements`] for 版头, 署名 and
//! 版记, [`image`] for pictures, [`notes`] for footnotes and [`inline`] for white space and runs. Every fault is told at the
//! template's line; [`check()`] finds what it can of them in the templates, before they are filled.

mod arrangement;
mod bases;
mod blocks;
mod characters;
mod check;
mod elements;
mod image;
mod inline;
mod lists;
mod notes;
mod number;
mod portions;
mod prune;
mod table;
mod tag;
mod tree;
mod typed;
mod vocabulary;

pub use self::characters::texts;
pub use self::check::check;
use crate::diag::catalogue::markup::{DATUM_ABSENT, DOCUMENT_TOO_LONG};
use crate::diag::{Diagnostic, Entry, Text};
use crate::document::Document;
use crate::fill::Filled;

/// Parses a filled text; `language` is the document's language as a BCP 47 tag.
///
/// Fails with every fault: text that is not well-formed, elements that do not belong where they stand, data
/// that the text needs and does not have.
pub fn parse(filled: &Filled, language: &str) -> Result<Document, Vec<Diagnostic>> {
    let mut article = tree::parse(filled)?;
    let absent = prune::prune(&mut article);
    if !absent.is_empty() {
        let tell = |absent: prune::Absent| fault(filled, &DATUM_ABSENT, absent.at).with("path", absent.paths);
        return Err(absent.into_iter().map(tell).collect());
    }
    let misarranged = arrangement::check(&article, filled);
    if !misarranged.is_empty() {
        return Err(misarranged);
    }
    bases::say_once(&mut article);
    notes::number(&mut article);
    let document = blocks::build(&article, filled, language)?;
    if let Some(limit) = exceeded(&document) {
        return Err(vec![Diagnostic::new(&DOCUMENT_TOO_LONG).with("limit", limit)]);
    }
    Ok(document)
}

/// The most characters of a document: some 2,400 pages. What is laid out takes time and memory by its length, so the
/// limits hold both, on every machine alike.
const MOST_TEXT: usize = 1_500_000;
/// The most characters of one paragraph or row: some 160 pages. The choice of breaks grows faster than the text.
const LONGEST: usize = 100_000;
/// The most paragraphs, rows and cells: to place one costs as much as some characters do.
const MOST_PARTS: usize = 45_000;

/// Returns the limit that a document exceeds, if it does.
fn exceeded(document: &Document) -> Option<Text> {
    let text = document.plain_text();
    // So short a text has too many of nothing.
    if text.len() + document.blocks.len() <= MOST_PARTS {
        return None;
    }
    let parts = text.bytes().filter(|byte| matches!(byte, b'\n' | b'\t')).count() + document.blocks.len();
    let longest = text.lines().map(|line| line.chars().count()).max().unwrap_or_default();
    if longest > LONGEST {
        Some(Text::both(format!("一段最多{LONGEST}字"), format!("{LONGEST} characters in one paragraph")))
    } else if parts > MOST_PARTS {
        Some(Text::both(
            format!("段落和表格的格子最多{MOST_PARTS}个"),
            format!("{MOST_PARTS} paragraphs and cells of tables"),
        ))
    } else {
        let most = || Text::both(format!("全文最多{MOST_TEXT}字"), format!("{MOST_TEXT} characters in all"));
        (text.chars().count() > MOST_TEXT).then(most)
    }
}

/// Makes a fault at a byte of the filled text.
fn fault(filled: &Filled, entry: &'static Entry, at: usize) -> Diagnostic {
    let fault = Diagnostic::new(entry);
    match filled.map.origin(at) {
        Some(origin) => fault.at(origin),
        None => fault,
    }
}

//! Parses the filled text into a [`Document`]: XML in, blocks and runs out.
//!
//! One step after another: [`tree`] parses and checks the vocabulary, [`prune`] leaves out what is absent or
//! empty, [`blocks`] makes blocks, with [`number`] for headings, [`lists`] for the marks and labels of
//! clauses, [`elements`] for 版头, 署名 and 版记, [`image`] for pictures, [`notes`] for footnotes and [`inline`] for white space and runs. Every fault is told at the
//! template's line; [`check()`] finds what it can of them in the templates, before they are filled.

mod blocks;
mod check;
mod elements;
mod image;
mod inline;
mod lists;
mod notes;
mod number;
mod prune;
mod table;
mod tag;
mod tree;
mod vocabulary;

pub use self::check::{check, texts};
use crate::diag::catalogue::markup::{DATUM_ABSENT, DOCUMENT_TOO_LONG};
use crate::diag::{Diagnostic, Entry};
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
    notes::number(&mut article);
    let document = blocks::build(&article, filled, language)?;
    if size(&document) > MOST_SIZE {
        let fault = Diagnostic::new(&DOCUMENT_TOO_LONG).with("most", MOST_SIZE / 10_000);
        return Err(vec![fault]);
    }
    Ok(document)
}

/// The most that a document may come to, in characters: some 480 pages of text. What is laid out takes time and
/// memory by its length, so the limit holds both, on every machine alike.
const MOST_SIZE: usize = 300_000;
/// How many characters a block, a row or a cell counts for, beside its text.
const PART: usize = 10;

/// Returns how much a document comes to, in characters.
fn size(document: &Document) -> usize {
    let text = document.plain_text();
    let parts = text.bytes().filter(|byte| matches!(byte, b'\n' | b'\t')).count();
    text.chars().count() + (parts + document.blocks.len()) * PART
}

/// Makes a fault at a byte of the filled text.
fn fault(filled: &Filled, entry: &'static Entry, at: usize) -> Diagnostic {
    let fault = Diagnostic::new(entry);
    match filled.map.origin(at) {
        Some(origin) => fault.at(origin),
        None => fault,
    }
}

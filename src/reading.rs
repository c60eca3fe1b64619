//! Reads a finished PDF back: its text, page by page and line by line.
//!
//! It follows the operators that show text, whoever wrote them, takes what a stretch says of itself (`ActualText`,
//! ISO 32000-1, 14.9.4) before what its glyphs stand for (`ToUnicode`, 9.10.3), and keeps the height of each baseline.

use std::collections::BTreeMap;

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, LoadOptions, Object, ObjectId};

use crate::audit::UnicodeMap;
use crate::diag::Diagnostic;
use crate::diag::catalogue::export as messages;
use crate::units::Abs;

/// The most bytes that a part of a file is unpacked to.
const LIMIT: usize = 64 * 1024 * 1024;
/// Baselines nearer than this, in points, are one line's.
const NEAR: f64 = 0.5;

/// What stands on one baseline, in the order in which the file shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// The baseline, from the page's top.
    pub baseline: Abs,
    /// The text, without the space between words that no character stands for.
    pub text: String,
    /// Whether the file calls it no part of the document: a page's number, or the head of a table said again on its next page
    /// (an artifact, ISO 32000-1, 14.8.2.2).
    pub is_artifact: bool,
}

/// Returns the text of each page of a PDF.
///
/// # Errors
/// When the bytes are no PDF that can be read.
pub fn pages(bytes: &[u8]) -> Result<Vec<Vec<Line>>, Box<Diagnostic>> {
    let unreadable =
        |error: lopdf::Error| Box::new(Diagnostic::new(&messages::UNREADABLE_PDF).with("reason", error));
    let head = &bytes[..bytes.len().min(1024)];
    if !head.windows(5).any(|window| window == b"%PDF-") {
        return Err(Box::new(Diagnostic::new(&messages::NOT_A_PDF)));
    }
    let options = LoadOptions { max_decompressed_size: Some(LIMIT), ..LoadOptions::default() };
    let document = Document::load_mem_with_options(bytes, options).map_err(unreadable)?;
    if document.is_encrypted() {
        return Err(Box::new(Diagnostic::new(&messages::ENCRYPTED_PDF)));
    }
    document.page_iter().map(|page| read(&document, page).map_err(unreadable)).collect()
}

fn read(document: &Document, page: ObjectId) -> lopdf::Result<Vec<Line>> {
    let fonts = document.get_page_fonts(page)?;
    let faces: BTreeMap<&[u8], Option<UnicodeMap>> =
        fonts.iter().map(|(name, font)| (name.as_slice(), unicode_map(document, font))).collect();
    let content = document.get_page_content_with_limit(page, LIMIT)?;
    let operations = Content::decode(&content)?.operations;
    let mut pen = Pen { top: top(document, page), ..Pen::default() };
    let mut face = None;
    for operation in &operations {
        match operation.operator.as_str() {
            "Tf" => {
                let name = operation.operands.first().and_then(|name| name.as_name().ok());
                face = name.and_then(|name| faces.get(name)?.as_ref());
            }
            "BDC" | "BMC" => pen.marks.push(Mark {
                says: says(document, page, operation),
                is_artifact: matches!(operation.operands.first(), Some(Object::Name(tag)) if tag == b"Artifact"),
            }),
            "EMC" => pen.unmark(),
            "Tj" | "TJ" | "'" | "\"" => {
                if matches!(operation.operator.as_str(), "'" | "\"") {
                    pen.next_line();
                }
                let shown = operation.operands.last().map(|shown| decode(shown, face)).unwrap_or_default();
                pen.show(&shown);
            }
            _ => pen.place(operation),
        }
    }
    Ok(pen.lines)
}

/// Reads what a font's codes stand for, where it says so: every file of this program does.
fn unicode_map(document: &Document, font: &Dictionary) -> Option<UnicodeMap> {
    let stream = font.get_deref(b"ToUnicode", document).and_then(Object::as_stream).ok()?;
    Some(UnicodeMap::parse(&stream.get_plain_content_with_limit(LIMIT).ok()?))
}

/// Returns the height of the page's upper edge, in points.
fn top(document: &Document, page: ObjectId) -> f64 {
    let mut node = document.get_dictionary(page).ok();
    // The box may be the parent's; a tree of pages is not deep, and a broken one may be a ring.
    for _ in 0..32 {
        let Some(dictionary) = node else { break };
        if let Ok(corners) = dictionary.get_deref(b"MediaBox", document).and_then(Object::as_array) {
            return corners.get(3).map_or(0.0, number);
        }
        node = dictionary.get_deref(b"Parent", document).and_then(Object::as_dict).ok();
    }
    0.0
}

fn number(object: &Object) -> f64 {
    object.as_float().map_or(0.0, f64::from)
}

/// Returns what a marked stretch says of itself.
fn says(document: &Document, page: ObjectId, operation: &Operation) -> Option<String> {
    let properties = match operation.operands.get(1)? {
        Object::Dictionary(properties) => properties,
        Object::Name(name) => {
            let resources = document.get_page_resources(page).ok()?.0?;
            let lists = document.get_dict_in_dict(resources, b"Properties").ok()?;
            document.get_dict_in_dict(lists, name).ok()?
        }
        _ => return None,
    };
    lopdf::decode_text_string(properties.get(b"ActualText").ok()?).ok()
}

/// Returns the text of a string, or of the strings of an array. Without a map it is taken for ASCII: without one no text of
/// another alphabet comes out of a file.
fn decode(shown: &Object, face: Option<&UnicodeMap>) -> String {
    match (shown, face) {
        (Object::String(bytes, _), Some(map)) => map.text(bytes),
        (Object::String(bytes, _), None) => {
            bytes.iter().filter(|byte| matches!(byte, b' '..=b'~')).map(|byte| char::from(*byte)).collect()
        }
        (Object::Array(parts), _) => parts.iter().map(|part| decode(part, face)).collect(),
        _ => String::new(),
    }
}

/// Where the text goes, and what has been read.
#[derive(Default)]
struct Pen {
    /// The page's upper edge.
    top: f64,
    /// The height of the line's start in the space of the page (a matrix that turns the text moves it elsewhere; such
    /// text is read all the same).
    height: f64,
    leading: f64,
    /// The marked stretches around, the innermost last.
    marks: Vec<Mark>,
    lines: Vec<Line>,
}

/// A marked stretch.
struct Mark {
    /// What it says of itself.
    says: Option<String>,
    is_artifact: bool,
}

impl Pen {
    fn place(&mut self, operation: &Operation) {
        let operand = |index: usize| operation.operands.get(index).map_or(0.0, number);
        match operation.operator.as_str() {
            "BT" => self.height = 0.0,
            "Tm" => self.height = operand(5),
            "Td" => self.height += operand(1),
            "TD" => {
                self.leading = -operand(1);
                self.height += operand(1);
            }
            "TL" => self.leading = operand(0),
            "T*" => self.next_line(),
            _ => {}
        }
    }

    fn next_line(&mut self) {
        self.height -= self.leading;
    }

    /// Takes what is shown; within a stretch that says it itself, its place alone.
    fn show(&mut self, text: &str) {
        let is_said = self.marks.iter().any(|mark| mark.says.is_some());
        self.add(if is_said { "" } else { text });
    }

    fn add(&mut self, text: &str) {
        let baseline = Abs::pt(self.top - self.height);
        let is_artifact = self.marks.iter().any(|mark| mark.is_artifact);
        let continues = |line: &Line| {
            line.is_artifact == is_artifact && (line.baseline.to_pt() - baseline.to_pt()).abs() < NEAR
        };
        match self.lines.last_mut() {
            Some(line) if continues(line) => line.text.push_str(text),
            _ => self.lines.push(Line { baseline, text: text.to_owned(), is_artifact }),
        }
    }

    fn unmark(&mut self) {
        if let Some(text) = self.marks.pop().and_then(|mark| mark.says) {
            // What a stretch around says covers it.
            if self.marks.iter().all(|mark| mark.says.is_none()) {
                match self.lines.last_mut() {
                    Some(line) => line.text.push_str(&text),
                    None => self.add(&text),
                }
            }
        }
    }
}

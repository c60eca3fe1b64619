//! Turns a municipality's figures into its official documents.
//!
//! One way through, each step a module of its own that knows only the one before it:
//!
//! ```text
//! data file -> Record -> Filled -> Document -> Pages -> Rendered
//!     data        fill     markup    layout     export
//! ```

pub mod data;
pub mod diag;
pub mod document;
pub mod export;
pub mod fill;
pub mod font;
pub mod json;
pub mod layout;
pub mod markup;
pub mod pack;
pub mod page;
pub mod units;

use self::data::{Node, Record, Source};
use self::diag::{Diagnostic, Text};
use self::fill::{Filled, Templates};
use self::font::Fonts;
use self::pack::Pack;
use self::page::PlacedDatum;

/// The formats of finished documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Pages as PDF, to be printed and filed.
    Pdf,
    /// The text in UTF-8, one block a line, without pages.
    Text,
}

/// A finished document.
#[derive(Clone, Debug)]
pub struct Rendered {
    /// The document's file.
    pub bytes: Vec<u8>,
    /// How many pages it has; nothing for a format without pages.
    pub pages: Option<usize>,
    /// Where each figure was printed, in reading order; empty for a format without pages.
    pub trace: Vec<PlacedDatum>,
    /// What was noticed on the way, none of it an error.
    pub warnings: Vec<Diagnostic>,
}

/// Returns the faces that a pack's documents are set in: those inside the program and the pack's own.
///
/// Fails with a diagnostic for each of the pack's faces that is no font or may not be embedded.
pub fn fonts(pack: &Pack) -> Result<Fonts, Vec<Diagnostic>> {
    let mut fonts = Fonts::embedded();
    let mut faults = Vec::new();
    for face in pack.faces() {
        if let Err(fault) = fonts.add(&face.name, face.bytes.clone(), face.index) {
            faults.push(fault.hint(Text::both(
                format!("字体文件：{}", face.file),
                format!("the font file is {}", face.file),
            )));
        }
    }
    if faults.is_empty() { Ok(fonts) } else { Err(faults) }
}

/// Makes a document of a data file: all the way from bytes to bytes, the same for the same input.
///
/// Fails at the first step that finds faults, with all the faults that this step finds.
pub fn render(
    source: &Source,
    pack: &Pack,
    fonts: &Fonts,
    format: Format,
) -> Result<Rendered, Vec<Diagnostic>> {
    let record = data::load(source, pack.schema())?;
    let templates = Templates::compile(pack)?;
    let filled = fill::fill(&templates, &record)?;
    let document = markup::parse(&filled, &pack.manifest().language)?;
    let (bytes, pages, trace) = match format {
        Format::Pdf => {
            let pages = layout::layout(&document, pack.style(), fonts)
                .map_err(|faults| locate(faults, &record, &filled))?;
            (export::pdf::write(&pages, fonts)?, Some(pages.pages.len()), pages.placed)
        }
        Format::Text => (export::text::write(&document), None, Vec::new()),
    };
    let warnings = [record.warnings, templates.warnings().to_vec(), filled.warnings].concat();
    Ok(Rendered { bytes, pages, trace, warnings })
}

/// Leads faults that were found in the filled text back to the data file, or else to the template.
fn locate(faults: Vec<Diagnostic>, record: &Record, filled: &Filled) -> Vec<Diagnostic> {
    let locate = |fault: Diagnostic| {
        let Some(anchor) = &fault.anchor else { return fault };
        let datum = anchor.path.as_ref().and_then(|path| record.get(path)).and_then(|node| match node {
            Node::Leaf(leaf) => Some(record.origin(leaf)),
            Node::Object(_) | Node::Array(_) => None,
        });
        match datum.or_else(|| filled.map.origin(anchor.offset)) {
            Some(origin) => fault.at(origin),
            None => fault,
        }
    };
    faults.into_iter().map(locate).collect()
}

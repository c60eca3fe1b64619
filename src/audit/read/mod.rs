//! Reads a file as a reader on the screen does: follows the operators of its pages and notes what they paint.
//!
//! Nothing is taken from what a file says about its own structure, which not every file has. Any bytes lead to an
//! end: the nesting of forms, the operators of a file, what its streams unpack to and what its fonts map have limits,
//! and a file that goes beyond them is read up to there.

mod budget;
mod file;
mod font;
mod matrix;
mod pages;
mod path;
mod resources;
mod run;
mod state;
mod text;
mod tokens;

use self::budget::Budget;
use self::file::File;
use self::font::cmap::Cmap;
use self::run::Reader;
use super::seen::{Font, Seen};
use crate::diag::Diagnostic;
use crate::diag::catalogue::audit as messages;

/// What the codes of a font's strings stand for (`ToUnicode`, ISO 32000-1, 9.10.3).
pub(crate) struct UnicodeMap(Cmap);

impl UnicodeMap {
    /// Reads a map.
    pub(crate) fn parse(bytes: &[u8]) -> Self {
        Self(Cmap::parse(bytes, &mut Budget::new()))
    }

    /// Returns the text that a string stands for, without the codes that the map does not have.
    pub(crate) fn text(&self, mut bytes: &[u8]) -> String {
        let mut text = String::new();
        while !bytes.is_empty() {
            let (code, length) = self.0.next(bytes);
            text.push_str(self.0.characters(code).unwrap_or_default());
            bytes = &bytes[length..];
        }
        text
    }
}

/// Reads the pages of a PDF.
///
/// # Errors
/// When the bytes are no PDF, are broken beyond reading, want a password, or have no page.
pub(super) fn read(bytes: &[u8]) -> Result<Seen, Box<Diagnostic>> {
    let file = File::open(bytes)?;
    let (sheets, mut incomplete) = pages::find(&file);
    if sheets.is_empty() {
        return Err(Box::new(Diagnostic::new(&messages::NO_PAGES)));
    }
    let mut reader = Reader::new(&file);
    let mut seen = Seen::default();
    for sheet in &sheets {
        let number = seen.pages.len() + 1;
        seen.pages.push(reader.page(sheet, number));
    }
    incomplete |= reader.is_incomplete();
    seen.incomplete = incomplete;
    seen.fonts = reader.font_names().map(|name| Font { name: name.to_owned() }).collect();
    Ok(seen)
}

//! Writes pages as a PDF 1.7 file for print, archive (PDF/A-2a) and every reader (PDF/UA-1).
//!
//! The way through, a module a step:
//!
//! ```text
//! check      refuse what a file must not hold: missing glyphs, places that are no numbers
//! subset     the glyphs in use -> one small font a face, codes, widths (cff: outlines copied unchanged;
//!            common: those that most reports print, compressed beforehand; unicode: what each code says)
//! content    items -> operators, marked with what they mean
//! picture    seals -> red through a mask
//! structure  elements -> the structure tree, leading to the marks
//! outline    headings -> bookmarks; numbers -> page labels
//! metadata   title, author, date -> XMP and Info; the output intent
//! attachment the data file, if it is to be in the file (PDF/A-3a then), and back out of it
//! finish     all of it together, compressed (deflate)
//! save       the objects -> the bytes of a file, named by its hash
//! ```
//!
//! They write with `syntax`: numbers, names and strings as PDF has them. Pages and fonts go through `printpdf`, the rest is put on its document; nothing outside this module
//! knows of either. The same pages give the same bytes.

mod attachment;
mod cff;
mod check;
mod common;
mod content;
mod deflate;
mod finish;
mod huffman;
mod metadata;
mod outline;
mod picture;
mod program;
mod save;
mod structure;
mod subset;
mod syntax;
mod unicode;

pub use self::attachment::extract;
use self::deflate::Deflater;
pub(crate) use self::program::KnownPrograms;
use super::Bytes;
use crate::diag::Diagnostic;
use crate::font::Fonts;
use crate::page::Pages;

/// Writes pages as one file, without a copy of what comes with the program. With the data that it was made of, if any
/// is given, the file is PDF/A-3a; [`extract`] gets them back.
///
/// # Errors
/// When a glyph is missing, a place is not a number, an index leads nowhere, or a face cannot be subset:
/// all such faults, not the first alone.
pub fn write(pages: &Pages, fonts: &Fonts, data: Option<&[u8]>) -> Result<Bytes, Vec<Diagnostic>> {
    write_after(pages, fonts, data, &KnownPrograms::default())
}

/// Writes pages as [`write`] does, with the font programs of documents before, which were of the same faces.
///
/// # Errors
/// As [`write`].
pub(crate) fn write_after(
    pages: &Pages,
    fonts: &Fonts,
    data: Option<&[u8]>,
    programs: &KnownPrograms,
) -> Result<Bytes, Vec<Diagnostic>> {
    check::check(pages, fonts)?;
    let mut deflater = Deflater::new();
    let subsets = subset::subset(pages, fonts, programs, &mut deflater)?;
    let contents = content::contents(pages, &subsets, &mut deflater);
    finish::finish(pages, &subsets, contents, data, &mut deflater).map_err(|fault| vec![*fault])
}

//! Checks a face that comes from outside before anything relies on it.

use skrifa::raw::types::Tag;
use skrifa::raw::{FileRef, FontRef, ReadError, TableProvider};
use skrifa::{GlyphId, MetadataProvider};

use crate::diag::catalogue::layout as messages;
use crate::diag::{Diagnostic, Entry, Text};

/// The units per em that OpenType allows (OpenType 1.9, `head`).
const UNITS_PER_EM: std::ops::RangeInclusive<u16> = 16..=16384;

/// `OS/2` fsType: the bits that say how far embedding is allowed; the loosest of them counts.
const EMBEDDING: u16 = 0x000E;
/// The only one of these bits is set: no embedding without the maker's leave.
const RESTRICTED: u16 = 0x0002;
/// No subsets, or bitmaps only: neither can be had, as only a subset of the outlines is ever embedded.
const NO_SUBSET_OR_BITMAPS: u16 = 0x0300;

/// Says in our words what is wrong with a font file; the library's are English alone.
fn reason(error: &ReadError) -> Text {
    let zh = match error {
        ReadError::InvalidSfnt(_) | ReadError::InvalidTtc(_) => "不是字体文件".to_owned(),
        ReadError::OutOfBounds | ReadError::InvalidArrayLen | ReadError::NullOffset => {
            "文件不完整或已损坏".to_owned()
        }
        ReadError::TableIsMissing(tag) => format!("缺少 `{tag}` 表"),
        _ => format!("文件已损坏（{error}）"),
    };
    Text::both(zh, error.to_string())
}

/// Refuses a face that cannot be read, measured, subset and embedded to the end.
pub(super) fn check(name: &str, bytes: &[u8], index: u32) -> Result<(), Box<Diagnostic>> {
    let fault = |entry: &'static Entry| Diagnostic::new(entry).with("name", name);
    let unreadable = |error: ReadError| fault(&messages::FACE_UNREADABLE).with("reason", reason(&error));

    let font = match FileRef::new(bytes).map_err(unreadable)? {
        FileRef::Font(font) if index == 0 => font,
        FileRef::Font(_) => {
            return Err(fault(&messages::FACE_INDEX).with("index", index).with("count", 1).into());
        }
        FileRef::Collection(collection) if index < collection.len() => {
            collection.get(index).map_err(unreadable)?
        }
        FileRef::Collection(collection) => {
            let count = collection.len();
            return Err(fault(&messages::FACE_INDEX).with("index", index).with("count", count).into());
        }
    };

    let directory = font.table_directory();
    if directory.table_records().len() < usize::from(directory.num_tables()) {
        return Err(fault(&messages::FACE_TRUNCATED).with("table", "sfnt").into());
    }
    for record in directory.table_records() {
        let end = u64::from(record.offset()) + u64::from(record.length());
        if end > bytes.len() as u64 {
            return Err(fault(&messages::FACE_TRUNCATED).with("table", record.tag()).into());
        }
    }
    for tag in [b"cmap", b"head", b"hhea", b"hmtx", b"maxp"] {
        if font.table_data(Tag::new(tag)).is_none() {
            return Err(fault(&messages::FACE_TABLE).with("table", Tag::new(tag)).into());
        }
    }
    let outlines = match (font.glyf().is_ok() && font.loca(None).is_ok(), font.cff().is_ok()) {
        (false, false) => false,
        _ => font.data_for_tag(Tag::new(b"CFF2")).is_none(),
    };
    if !outlines {
        return Err(fault(&messages::FACE_OUTLINES).into());
    }

    let units_per_em = font.head().map_err(unreadable)?.units_per_em();
    if !UNITS_PER_EM.contains(&units_per_em) {
        return Err(fault(&messages::FACE_UNITS).with("units", units_per_em).into());
    }
    check_measures(&font).map_err(unreadable)?;
    let glyphs = u32::from(font.maxp().map_err(unreadable)?.num_glyphs());
    let mapped =
        font.charmap().mappings().any(|(_, glyph)| glyph != GlyphId::NOTDEF && glyph.to_u32() < glyphs);
    if !mapped {
        return Err(fault(&messages::FACE_CHARACTERS).into());
    }

    let permissions = font.os2().map_or(0, |table| table.fs_type());
    if permissions & EMBEDDING == RESTRICTED {
        return Err(fault(&messages::FACE_EMBEDDING).into());
    }
    if permissions & NO_SUBSET_OR_BITMAPS != 0 {
        return Err(fault(&messages::FACE_SUBSETTING).into());
    }
    Ok(())
}

/// Reads what the advances are read from, so that a table of the wrong length shows here.
fn check_measures(font: &FontRef<'_>) -> Result<(), ReadError> {
    let count = usize::from(font.hhea()?.number_of_h_metrics());
    let advances = font.hmtx()?;
    if count == 0 || advances.h_metrics().len() < count {
        return Err(ReadError::OutOfBounds);
    }
    Ok(())
}

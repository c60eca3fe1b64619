//! Turns a data file's bytes into text: UTF-8, or what Chinese editors and spreadsheets save instead.

use std::sync::Arc;

use encoding_rs::{Encoding, GB18030, UTF_16BE, UTF_16LE};

use crate::diag::catalogue::data::{BAD_ENCODING, NOT_TEXT, READ_AS};
use crate::diag::{Diagnostic, Origin, SourceText};

/// A data file as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The file's name as the user gave it.
    pub name: String,
    /// The file's bytes.
    pub bytes: Vec<u8>,
}

/// The first bytes of files that people take for data files, and what they are.
const OTHER_FILES: [(&[u8], &str); 5] = [
    (b"PK\x03\x04", "xlsx/docx/zip"),
    (b"\xd0\xcf\x11\xe0", "xls/doc"),
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
];

/// The byte order mark of UTF-8.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// Decodes a file, with a note when it is not UTF-8.
pub(super) fn decode(source: &Source) -> Result<(Arc<SourceText>, Option<Diagnostic>), Vec<Diagnostic>> {
    let empty = || Arc::new(SourceText::new(source.name.as_str(), ""));
    if let Some((_, kind)) = OTHER_FILES.iter().find(|(start, _)| source.bytes.starts_with(start)) {
        let fault = Diagnostic::new(&NOT_TEXT).with("kind", kind);
        return Err(vec![fault.at(Origin::new(&empty(), 0..0))]);
    }
    let bytes = &source.bytes[..];
    let (text, encoding) = match text(bytes) {
        Ok(read) => read,
        Err(offset) => {
            // What comes before the place is sound, so its line and column are those of the file.
            let plain = bytes.strip_prefix(MARK).unwrap_or(bytes);
            let text = SourceText::new(source.name.as_str(), String::from_utf8_lossy(plain));
            let at = offset.saturating_sub(bytes.len() - plain.len());
            let fault = Diagnostic::new(&BAD_ENCODING).with("offset", offset + 1);
            return Err(vec![fault.at(Origin::new(&Arc::new(text), at..at))]);
        }
    };
    let text = Arc::new(SourceText::new(source.name.as_str(), text));
    let note = encoding
        .map(|encoding| Diagnostic::new(&READ_AS).with("encoding", encoding).at(Origin::new(&text, 0..0)));
    Ok((text, note))
}

/// Returns the text and the name of its encoding when that is not UTF-8; or the first byte that is in none.
fn text(bytes: &[u8]) -> Result<(String, Option<&'static str>), usize> {
    if let Some((encoding, start)) = wide_encoding(bytes) {
        return strict(encoding, &bytes[start..]).map(|text| (text, Some(encoding.name()))).ok_or(start);
    }
    let plain = bytes.strip_prefix(MARK).unwrap_or(bytes);
    let error = match std::str::from_utf8(plain) {
        Ok(text) => return Ok((text.to_owned(), None)),
        Err(error) => error,
    };
    let offset = bytes.len() - plain.len() + error.valid_up_to();
    if is_mostly_utf8(plain) {
        return Err(offset);
    }
    strict(GB18030, bytes).map(|text| (text, Some("GB18030"))).ok_or(offset)
}

fn strict(encoding: &'static Encoding, bytes: &[u8]) -> Option<String> {
    encoding.decode_without_bom_handling_and_without_replacement(bytes).map(std::borrow::Cow::into_owned)
}

/// Tells UTF-16 by its byte order mark, or by the zero beside the `{` that a data file begins with.
fn wide_encoding(bytes: &[u8]) -> Option<(&'static Encoding, usize)> {
    match bytes {
        [0xff, 0xfe, ..] => Some((UTF_16LE, 2)),
        [0xfe, 0xff, ..] => Some((UTF_16BE, 2)),
        [b'{' | b'\r' | b'\n' | b' ', 0, _, ..] => Some((UTF_16LE, 0)),
        [0, b'{' | b'\r' | b'\n' | b' ', ..] => Some((UTF_16BE, 0)),
        _ => None,
    }
}

/// Tells a damaged UTF-8 file, most of whose Chinese is sound, from one in another encoding.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut sound, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        // Two letters in a row that are three bytes long hardly come about by chance.
        sound += chunk.valid().chars().filter(|c| c.len_utf8() >= 3).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    sound > broken * 3
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "{\"report\": {\"city\": \"云溪市\"}}";

    #[test]
    fn every_encoding_reads_the_same() {
        let (gb18030, ..) = GB18030.encode(TEXT);
        let wide = |mark: &[u8], bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
            mark.iter().copied().chain(TEXT.encode_utf16().flat_map(bytes)).collect()
        };
        let files = [
            TEXT.as_bytes().to_vec(),
            [b"\xef\xbb\xbf", TEXT.as_bytes()].concat(),
            gb18030.into_owned(),
            wide(b"\xff\xfe", u16::to_le_bytes),
            wide(b"\xfe\xff", u16::to_be_bytes),
            wide(b"", u16::to_le_bytes),
            wide(b"", u16::to_be_bytes),
        ];
        for bytes in files {
            assert_eq!(text(&bytes).map(|(text, _)| text).as_deref(), Ok(TEXT));
        }
    }

    #[test]
    fn damaged_files_are_refused_with_the_place() {
        let mut damaged = TEXT.as_bytes().to_vec();
        damaged.insert(25, 0xff);
        // The letter that was cut in two begins a byte before.
        assert_eq!(text(&damaged).err(), Some(24));
        assert_eq!(text(b"\x80\xff\xff").err(), Some(0));
        assert!(text(b"\xff\xfe{").is_err());
    }
}

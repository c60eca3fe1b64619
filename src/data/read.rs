//! Turns a data file's bytes into text: UTF-8, or what Chinese editors and spreadsheets save instead.

use std::sync::Arc;

use encoding_rs::{DecoderResult, Encoding, GB18030, UTF_16BE, UTF_16LE};

use crate::diag::catalogue::data::{BAD_ENCODING, NOT_TEXT, READ_AS, READ_WITH};
use crate::diag::{Diagnostic, Origin, SourceText};

/// A data file as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The file's name as the user gave it.
    pub name: String,
    /// The file's bytes.
    pub bytes: Vec<u8>,
    /// The line of the file that the bytes begin at: 1, unless they are one line of many (JSON Lines).
    pub line: usize,
}

impl Source {
    /// Takes a whole file.
    pub fn new(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self { name: name.into(), bytes: bytes.into(), line: 1 }
    }

    fn text(&self, text: impl Into<String>) -> Arc<SourceText> {
        Arc::new(SourceText::new(self.name.as_str(), text).from_line(self.line))
    }
}

/// The first bytes of files that people take for data files, and what they are.
const OTHER_FILES: [(&[u8], &str); 9] = [
    (b"PK\x03\x04", "xlsx/docx/zip"),
    (b"\xd0\xcf\x11\xe0", "xls/doc"),
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x1f\x8b", "gz"),
    (b"Rar!", "rar"),
    (b"7z\xbc\xaf", "7z"),
    (b"{\\rtf", "RTF"),
];

/// The byte order mark of UTF-8.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// Decodes a file, with a note when it is not plain UTF-8.
pub(super) fn decode(source: &Source) -> Result<(Arc<SourceText>, Option<Diagnostic>), Vec<Diagnostic>> {
    let empty = || source.text("");
    if let Some((_, kind)) = OTHER_FILES.iter().find(|(start, _)| source.bytes.starts_with(start)) {
        let fault = Diagnostic::new(&NOT_TEXT).with("kind", kind);
        return Err(vec![fault.at(Origin::new(&empty(), 0..0))]);
    }
    let bytes = &source.bytes[..];
    let (text, encoding) = match text(bytes) {
        Ok(read) => read,
        Err(Broken { offset, text, at }) => {
            let text = source.text(text);
            let fault = Diagnostic::new(&BAD_ENCODING).with("offset", offset + 1);
            return Err(vec![fault.at(Origin::new(&text, at..at))]);
        }
    };
    let text = source.text(text);
    let note = match encoding {
        Some(encoding) => Some(Diagnostic::new(&READ_AS).with("encoding", encoding)),
        None => additions(bytes).map(|what| Diagnostic::new(&READ_WITH).with("what", what)),
    };
    let note = note.map(|note| note.at(Origin::new(&text, 0..0)));
    Ok((text, note))
}

/// Returns what an editor for Windows added to a file in UTF-8.
fn additions(bytes: &[u8]) -> Option<&'static str> {
    let lines_end_with_return = bytes.contains(&b'\r') && bytes.windows(2).any(|pair| pair == b"\r\n");
    match (bytes.starts_with(MARK), lines_end_with_return) {
        (true, true) => Some("BOM + CRLF"),
        (true, false) => Some("BOM"),
        (false, true) => Some("CRLF"),
        (false, false) => None,
    }
}

/// A file that is in no encoding, read in the one that it is nearest to.
struct Broken {
    /// The first byte of the file that is no text.
    offset: usize,
    /// The text, with U+FFFD for what is none.
    text: String,
    /// Where in the text that byte is.
    at: usize,
}

/// Returns the text and the name of its encoding when that is not UTF-8.
fn text(bytes: &[u8]) -> Result<(String, Option<&'static str>), Broken> {
    if let Some((encoding, start)) = wide_encoding(bytes) {
        return strict(encoding, &bytes[start..])
            .map(|text| (text, Some(encoding.name())))
            .ok_or_else(|| broken(encoding, bytes, start));
    }
    // A program that adds the mark to files may be run on one twice.
    let mut plain = bytes;
    while let Some(rest) = plain.strip_prefix(MARK) {
        plain = rest;
    }
    let error = match std::str::from_utf8(plain) {
        Ok(text) => return Ok((text.to_owned(), None)),
        Err(error) => error,
    };
    let at = error.valid_up_to();
    let offset = bytes.len() - plain.len() + at;
    let in_utf8 = || Broken { offset, text: String::from_utf8_lossy(plain).into_owned(), at };
    if is_mostly_utf8(plain) {
        return Err(in_utf8());
    }
    strict(GB18030, bytes).map(|text| (text, Some("GB18030"))).ok_or_else(|| {
        // Chinese that is sound UTF-8 is no accident.
        if plain[..at].is_ascii() { broken(GB18030, bytes, 0) } else { in_utf8() }
    })
}

/// Reads a file up to the first byte that is no text, and the rest as well as it goes.
fn broken(encoding: &'static Encoding, bytes: &[u8], start: usize) -> Broken {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text =
        String::with_capacity(decoder.max_utf8_buffer_length(bytes.len()).unwrap_or(bytes.len() * 3));
    let (result, read) = decoder.decode_to_string_without_replacement(&bytes[start..], &mut text, true);
    let bad = match result {
        DecoderResult::Malformed(bad, after) => usize::from(bad + after),
        DecoderResult::InputEmpty | DecoderResult::OutputFull => 0,
    };
    let at = text.len();
    text.push('\u{fffd}');
    text.push_str(&encoding.decode_without_bom_handling(&bytes[start + read..]).0);
    Broken { offset: (start + read).saturating_sub(bad), text, at }
}

fn strict(encoding: &'static Encoding, bytes: &[u8]) -> Option<String> {
    encoding.decode_without_bom_handling_and_without_replacement(bytes).map(std::borrow::Cow::into_owned)
}

/// Tells UTF-16 by its byte order mark, or by the zero beside the `{` that a data file begins with.
fn wide_encoding(bytes: &[u8]) -> Option<(&'static Encoding, usize)> {
    match bytes {
        // UTF-32, which no editor saves.
        [0xff, 0xfe, 0, 0, ..] => None,
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
            [b"\xef\xbb\xbf\xef\xbb\xbf", TEXT.as_bytes()].concat(),
            gb18030.into_owned(),
            wide(b"\xff\xfe", u16::to_le_bytes),
            wide(b"\xfe\xff", u16::to_be_bytes),
            wide(b"", u16::to_le_bytes),
            wide(b"", u16::to_be_bytes),
        ];
        for bytes in files {
            assert_eq!(text(&bytes).map(|(text, _)| text).ok().as_deref(), Some(TEXT));
        }
    }

    #[test]
    fn what_editors_for_windows_add_is_noted() {
        let note = |bytes: &[u8]| {
            let source = Source::new("a.json", bytes);
            let (text, note) = decode(&source).ok()?;
            assert_eq!(text.text().replace('\r', ""), "{\n}\n");
            note.map(|note| note.message(crate::diag::Language::English))
        };
        assert_eq!(note(b"{\n}\n"), None);
        for (bytes, what) in [
            (&b"\xef\xbb\xbf{\n}\n"[..], "the file has BOM "),
            (b"{\r\n}\r\n", "the file has CRLF "),
            (b"\xef\xbb\xbf{\r\n}\r\n", "the file has BOM + CRLF "),
        ] {
            assert!(note(bytes).is_some_and(|note| note.starts_with(what)), "{what}");
        }
    }

    #[test]
    fn damaged_files_are_refused_with_the_place() {
        let mut damaged = TEXT.as_bytes().to_vec();
        damaged.insert(25, 0xff);
        let offset = |bytes: &[u8]| text(bytes).err().map(|broken| broken.offset);
        // The letter that was cut in two begins a byte before.
        assert_eq!(offset(&damaged), Some(24));
        // The first byte alone would be GB18030.
        assert_eq!(offset(b"\x80\xff\xff"), Some(1));
        let (gb18030, ..) = GB18030.encode(TEXT);
        let mut damaged = gb18030.into_owned();
        let end = damaged.len() - 3;
        damaged[end - 1] = b' ';
        assert_eq!(offset(&damaged), Some(end - 2));
        let mut wide: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_le_bytes).collect();
        wide.push(0);
        let Err(broken) = text(&wide) else { panic!("half a letter is left over") };
        assert_eq!((broken.offset, broken.at), (wide.len() - 1, TEXT.len()));
        assert!(text(b"\xff\xfe{").is_err());
    }
}

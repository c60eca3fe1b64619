//! The encodings of simple fonts: codes of one byte, their characters and the names of their glyphs.

use std::collections::HashMap;

use encoding_rs::{MACINTOSH, WINDOWS_1252};
use lopdf::{Dictionary, Object};

use super::super::budget::Budget;
use super::super::file::{File, dictionary_of};

/// What the codes of a simple font stand for.
#[derive(Debug, Default)]
pub(super) struct Encoding {
    names: HashMap<u8, String>,
    is_macintosh: bool,
    /// Whether the file says anything about the characters; a symbolic font's codes may mean whatever they like.
    is_known: bool,
}

impl Encoding {
    /// Reads a font's encoding.
    pub(super) fn read(file: &File, font: &Dictionary, budget: &mut Budget) -> Self {
        let mut encoding = Self::default();
        let base = match file.get(font, b"Encoding") {
            Some(Object::Name(name)) => Some(name.as_slice()),
            Some(object) => dictionary_of(object).and_then(|own| {
                encoding.names = differences(file, own, budget);
                file.name(own, b"BaseEncoding")
            }),
            None => None,
        };
        encoding.is_macintosh = base == Some(b"MacRomanEncoding");
        encoding.is_known = base.is_some();
        encoding
    }

    /// Returns the name that the file gives to a code's glyph.
    pub(super) fn name(&self, code: u8) -> Option<&str> {
        self.names.get(&code).map(String::as_str)
    }

    /// Returns the character of a code.
    pub(super) fn character(&self, code: u8) -> Option<char> {
        if let Some(name) = self.name(code) {
            return character_named(name);
        }
        let ascii = code.is_ascii_graphic() || code == b' ';
        if !self.is_known && !ascii {
            return None;
        }
        let encoding = if self.is_macintosh { MACINTOSH } else { WINDOWS_1252 };
        let bytes = [code];
        let (text, _) = encoding.decode_without_bom_handling(&bytes);
        text.chars().next().filter(|character| !character.is_control())
    }
}

fn differences(file: &File, encoding: &Dictionary, budget: &mut Budget) -> HashMap<u8, String> {
    let (mut names, mut code) = (HashMap::new(), 0_i64);
    for item in file.list(encoding, b"Differences").unwrap_or_default() {
        if !budget.enter() {
            break;
        }
        match file.follow(item) {
            Some(Object::Integer(value)) => code = *value,
            Some(Object::Name(name)) => {
                if let Ok(code) = u8::try_from(code) {
                    names.insert(code, String::from_utf8_lossy(name).into_owned());
                }
                code = code.saturating_add(1);
            }
            _ => {}
        }
    }
    names
}

/// The glyph names of what official documents print in simple fonts, beside letters, which are their own names.
const NAMES: &[(&str, char)] = &[
    ("space", ' '),
    ("exclam", '!'),
    ("quotedbl", '"'),
    ("numbersign", '#'),
    ("percent", '%'),
    ("ampersand", '&'),
    ("quotesingle", '\''),
    ("parenleft", '('),
    ("parenright", ')'),
    ("asterisk", '*'),
    ("plus", '+'),
    ("comma", ','),
    ("hyphen", '-'),
    ("minus", '−'),
    ("period", '.'),
    ("slash", '/'),
    ("zero", '0'),
    ("one", '1'),
    ("two", '2'),
    ("three", '3'),
    ("four", '4'),
    ("five", '5'),
    ("six", '6'),
    ("seven", '7'),
    ("eight", '8'),
    ("nine", '9'),
    ("colon", ':'),
    ("semicolon", ';'),
    ("less", '<'),
    ("equal", '='),
    ("greater", '>'),
    ("question", '?'),
    ("at", '@'),
    ("bracketleft", '['),
    ("bracketright", ']'),
    ("endash", '–'),
    ("emdash", '—'),
    ("quoteleft", '‘'),
    ("quoteright", '’'),
    ("quotedblleft", '“'),
    ("quotedblright", '”'),
    ("ellipsis", '…'),
    ("periodcentered", '·'),
    ("bullet", '•'),
    ("degree", '°'),
    ("multiply", '×'),
    ("perthousand", '‰'),
];

fn character_named(name: &str) -> Option<char> {
    let base = name.split('.').next().filter(|base| !base.is_empty())?;
    let mut letters = base.chars();
    if let (Some(letter), None) = (letters.next(), letters.next()) {
        return letter.is_ascii_alphabetic().then_some(letter);
    }
    if let Some((_, character)) = NAMES.iter().find(|(own, _)| *own == base) {
        return Some(*character);
    }
    let digits = base.strip_prefix("uni").or_else(|| base.strip_prefix('u'))?;
    (4..=6).contains(&digits.len()).then(|| u32::from_str_radix(digits, 16).ok())?.and_then(char::from_u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_to_characters() {
        for (name, character) in
            [("A", Some('A')), ("emdash", Some('—')), ("uni4E00", Some('一')), ("u2000B", Some('𠀋'))]
        {
            assert_eq!(character_named(name), character, "{name}");
        }
        assert_eq!(character_named("one.tnum"), Some('1'));
        for name in ["g123", ".notdef", "", "uniXYZW", "C0_1"] {
            assert_eq!(character_named(name), None, "{name}");
        }
    }
}

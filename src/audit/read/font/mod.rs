//! Fonts of a file: from the bytes of a string to glyphs with their text, their width and their ink.

pub(in crate::audit) mod cmap;
mod encoding;
mod predefined;
mod program;

use std::collections::HashMap;

use encoding_rs::GB18030;
use lopdf::{Dictionary, Object};

use self::cmap::Cmap;
use self::encoding::Encoding;
use self::predefined::Predefined;
use self::program::Program;
use super::budget::Budget;
use super::file::{File, dictionary_of, number};

/// A font as it is used to read strings.
pub(super) struct Font {
    /// The name without the tag of a subset.
    pub(super) name: String,
    /// Whether lines run from top to bottom.
    pub(super) vertical: bool,
    codes: Codes,
    unicode: Option<Cmap>,
    widths: HashMap<u32, f64>,
    default_width: f64,
    program: Option<Program>,
    /// The glyphs of the codes of one byte that have been shown: a program may have to be searched for them.
    glyphs: HashMap<u8, Option<u32>>,
    /// What has been drawn already.
    inks: HashMap<u32, Option<[f64; 4]>>,
    /// The width of a Type 3 font's unit, in ems.
    unit: f64,
}

/// How a string is taken apart.
enum Codes {
    /// Codes of one byte.
    Simple(Encoding),
    /// Codes by a map that the file names.
    Named(Predefined, GlyphMap),
    /// Codes by a map that the file holds.
    Held(Cmap, GlyphMap),
}

/// From a CID to a glyph.
enum GlyphMap {
    Own,
    List(Vec<u8>),
}

/// One glyph of a string.
pub(super) struct Shown {
    /// Its text, where the file tells it.
    pub(super) text: Option<String>,
    /// Its width in ems.
    pub(super) width: f64,
    /// Where it has ink, in ems from its origin, y upwards.
    pub(super) ink: Option<[f64; 4]>,
    /// Whether it is the single byte 32, which word spacing widens.
    pub(super) is_word_space: bool,
}

impl Font {
    /// Reads a font; a broken one is read as far as it goes, and each as far as the budget does.
    pub(super) fn read(file: &File, font: &Dictionary, budget: &mut Budget) -> Self {
        if file.name(font, b"Subtype") == Some(b"Type0") {
            Self::composite(file, font, budget)
        } else {
            Self::simple(file, font, budget)
        }
    }

    fn simple(file: &File, font: &Dictionary, budget: &mut Budget) -> Self {
        let is_type3 = file.name(font, b"Subtype") == Some(b"Type3");
        let first = file.number(font, b"FirstChar").unwrap_or(0.0).clamp(0.0, 255.0) as u32;
        let unit = if is_type3 {
            let matrix = file.numbers(font, b"FontMatrix").unwrap_or_default();
            matrix.first().copied().filter(|unit| unit.is_finite()).unwrap_or(0.001)
        } else {
            0.001
        };
        let widths = file.list(font, b"Widths").unwrap_or_default();
        let width = |item| file.follow(item).and_then(number).unwrap_or(0.0);
        // Their codes have one byte.
        let widths: HashMap<u32, f64> = (first..=255).zip(widths.iter().map(width)).collect();
        let descriptor = file.dictionary(font, b"FontDescriptor");
        let missing = descriptor.and_then(|descriptor| file.number(descriptor, b"MissingWidth"));
        let program = descriptor.and_then(|descriptor| program(file, descriptor, budget));
        let name = name(file, font, program.as_ref());
        // The fourteen fonts that every reader has come without widths; half an em is what their digits take.
        let default_width = missing.unwrap_or(if widths.is_empty() { 500.0 } else { 0.0 });
        Self {
            name,
            vertical: false,
            codes: Codes::Simple(Encoding::read(file, font, budget)),
            unicode: unicode(file, font, budget),
            widths,
            default_width,
            program,
            glyphs: HashMap::new(),
            inks: HashMap::new(),
            unit,
        }
    }

    fn composite(file: &File, font: &Dictionary, budget: &mut Budget) -> Self {
        let below = file.list(font, b"DescendantFonts").and_then(<[Object]>::first);
        let below = below.and_then(|below| file.follow(below)).and_then(dictionary_of);
        let empty = Dictionary::new();
        let below = below.unwrap_or(&empty);
        let list = file.stream(below, b"CIDToGIDMap");
        let glyphs = match list.and_then(|list| budget.unpack(list)) {
            Some(list) => GlyphMap::List(list),
            None => GlyphMap::Own,
        };
        let encoding = file.get(font, b"Encoding");
        let named = encoding.and_then(|encoding| encoding.as_name().ok());
        let held = encoding.and_then(|encoding| encoding.as_stream().ok());
        let held = held.and_then(|held| budget.unpack(held));
        let (codes, vertical) = match (held, named) {
            (Some(bytes), _) => {
                let map = Cmap::parse(&bytes, budget);
                let vertical = map.vertical;
                (Codes::Held(map, glyphs), vertical)
            }
            (None, named) => {
                let name = String::from_utf8_lossy(named.unwrap_or(b"Identity-H"));
                let map = Predefined::named(&name).unwrap_or(Predefined::Identity);
                (Codes::Named(map, glyphs), name.ends_with("-V") || name == "V")
            }
        };
        let descriptor = file.dictionary(below, b"FontDescriptor");
        let program = descriptor.and_then(|descriptor| program(file, descriptor, budget));
        Self {
            name: name(file, font, program.as_ref()),
            vertical,
            codes,
            unicode: unicode(file, font, budget),
            widths: composite_widths(file, below, budget),
            default_width: file.number(below, b"DW").unwrap_or(1000.0),
            program,
            glyphs: HashMap::new(),
            inks: HashMap::new(),
            unit: 0.001,
        }
    }

    /// Takes the first glyph off a string; nothing when it is empty.
    pub(super) fn next(&mut self, bytes: &mut &[u8]) -> Option<Shown> {
        let first = *bytes.first()?;
        let (code, length, cid, character, glyph) = match &self.codes {
            Codes::Simple(encoding) => {
                let character = encoding.character(first);
                let glyph = *self.glyphs.entry(first).or_insert_with(|| {
                    self.program.as_ref()?.glyph_of_code(first, encoding.name(first), character)
                });
                (u32::from(first), 1, u32::from(first), character, glyph)
            }
            Codes::Named(map, glyphs) => {
                let (length, character) = map.next(bytes);
                let code = bytes[..length].iter().fold(0, |code, byte| code << 8 | u32::from(*byte));
                let cid = match (map, character) {
                    (Predefined::Identity, _) => Some(code),
                    // In every collection of Adobe's the proportional ASCII stands first.
                    (_, Some(character @ ' '..='~')) => Some(u32::from(character) - 31),
                    _ => None,
                };
                let glyph = cid.and_then(|cid| self.glyph(cid, glyphs));
                (code, length, cid.unwrap_or(u32::MAX), character, glyph)
            }
            Codes::Held(map, glyphs) => {
                let (code, length) = map.next(bytes);
                let cid = map.glyph(code).unwrap_or(code);
                (code, length, cid, None, self.glyph(cid, glyphs))
            }
        };
        *bytes = &bytes[length..];
        let text = self.unicode.as_ref().and_then(|map| map.characters(code)).filter(|text| is_text(text));
        let text = text.map(str::to_owned).or_else(|| character.map(String::from));
        let width = self.widths.get(&cid).copied().unwrap_or(self.default_width) * self.unit;
        let ink = glyph.and_then(|glyph| {
            let program = self.program.as_ref()?;
            *self.inks.entry(glyph).or_insert_with(|| program.ink(glyph))
        });
        let is_word_space = length == 1 && first == b' ';
        Some(Shown { text, width: if width.is_finite() { width } else { 0.0 }, ink, is_word_space })
    }

    fn glyph(&self, cid: u32, glyphs: &GlyphMap) -> Option<u32> {
        match glyphs {
            GlyphMap::List(list) => {
                let at = (cid as usize).checked_mul(2)?;
                list.get(at..at + 2).map(|pair| u32::from(pair[0]) << 8 | u32::from(pair[1]))
            }
            GlyphMap::Own => self.program.as_ref()?.glyph_of_cid(cid),
        }
    }
}

/// Tells whether a map says anything: some writers give NUL or U+FFFD to what they do not know.
fn is_text(text: &str) -> bool {
    !text.is_empty()
        && text.chars().all(|character| character != '\0' && character != char::REPLACEMENT_CHARACTER)
}

fn unicode(file: &File, font: &Dictionary, budget: &mut Budget) -> Option<Cmap> {
    let bytes = budget.unpack(file.stream(font, b"ToUnicode")?)?;
    Some(Cmap::parse(&bytes, budget))
}

fn program(file: &File, descriptor: &Dictionary, budget: &mut Budget) -> Option<Program> {
    let keys = [b"FontFile2".as_slice(), b"FontFile3", b"FontFile"];
    let stream = keys.into_iter().find_map(|key| file.stream(descriptor, key))?;
    Program::new(budget.unpack(stream)?, budget)
}

/// Returns a font's name without the tag of its subset: the file's own, or else the program's where the file has
/// a made-up one.
fn name(file: &File, font: &Dictionary, program: Option<&Program>) -> String {
    let bytes = file.name(font, b"BaseFont").or_else(|| file.name(font, b"Name")).unwrap_or_default();
    let name = match std::str::from_utf8(bytes) {
        Ok(name) => name.to_owned(),
        Err(_) => GB18030.decode_without_bom_handling(bytes).0.into_owned(),
    };
    let name = untagged(&name);
    if name.is_empty() || name.starts_with("CIDFont") || name.starts_with("T3Font") {
        let own = program.and_then(Program::name);
        return own.map_or_else(|| name.to_owned(), |own| untagged(&own).to_owned());
    }
    name.to_owned()
}

fn untagged(name: &str) -> &str {
    match name.split_once('+') {
        Some((tag, rest)) if tag.len() == 6 && tag.bytes().all(|byte| byte.is_ascii_uppercase()) => rest,
        _ => name,
    }
}

fn composite_widths(file: &File, font: &Dictionary, budget: &mut Budget) -> HashMap<u32, f64> {
    let mut widths = HashMap::new();
    let list = file.list(font, b"W").unwrap_or_default();
    let mut items = list.iter().filter_map(|item| file.follow(item));
    while let Some(first) = items.next().and_then(number).filter(|_| budget.enter()) {
        let first = first.clamp(0.0, 1e7) as u32;
        match items.next() {
            Some(Object::Array(list)) => {
                let list = list.iter().filter_map(|item| file.follow(item).and_then(number));
                widths.extend((first..).zip(list).take_while(|_| budget.enter()));
            }
            Some(object) => {
                let end = number(object).unwrap_or(0.0).clamp(0.0, 1e7) as u32;
                let width = items.next().and_then(number).unwrap_or(0.0);
                // A CID has two bytes.
                let range = (first..=end.min(0xffff)).take_while(|_| budget.enter());
                widths.extend(range.map(|cid| (cid, width)));
            }
            None => break,
        }
    }
    widths
}

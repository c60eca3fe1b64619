//! Cuts each face down to the glyphs in use and says which code stands for which glyph.
//!
//! A glyph has one code, and a code one character of its own: the one that the glyph shows most often.
//! Where a glyph shows another (⼀ U+2F00 with the glyph of 一), the page says so itself
//! ([`Subset::speaks_for`]).

use std::collections::BTreeMap;

use printpdf::{FontId, FontMetrics, FontType, ParsedFont, PdfFont, PdfFontMetricsStub};
use sha2::{Digest, Sha256};
use subsetter::GlyphRemapper;

use super::cff;
use crate::diag::catalogue::export as messages;
use crate::diag::{Diagnostic, Text};
use crate::font::{Face, FaceId, Fonts, GlyphId};
use crate::page::{FrameItem, Pages};
use crate::units::Em;

/// The faces in use.
pub(super) struct Subsets {
    faces: BTreeMap<FaceId, Subset>,
}

/// A face cut down to the glyphs in use.
pub(super) struct Subset {
    /// The name of the font among a page's resources.
    pub(super) id: FontId,
    codes: BTreeMap<GlyphId, Code>,
    /// The cap height in thousandths of an em, which printpdf does not take.
    pub(super) cap_height: i64,
    /// The PostScript name with the subset's tag.
    pub(super) name: String,
    font: PdfFont,
}

/// What stands for a glyph.
#[derive(Clone, Copy)]
pub(super) struct Code {
    /// The code in the content and the glyph in the font alike.
    pub(super) value: u16,
    /// The advance in the file's font dictionary, in thousandths of an em: a whole number, so that every
    /// reader has the same.
    pub(super) width: u16,
    /// The character that the code stands for.
    character: char,
}

impl Subsets {
    /// Returns the subset of a face in use.
    pub(super) fn get(&self, face: FaceId) -> &Subset {
        &self.faces[&face]
    }

    /// Returns every subset in the order of the faces.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Subset> {
        self.faces.values()
    }
}

impl Subset {
    /// Returns what stands for a glyph in use.
    pub(super) fn code(&self, glyph: GlyphId) -> Code {
        self.codes[&glyph]
    }

    /// Returns the font for printpdf.
    pub(super) fn font(&self) -> PdfFont {
        self.font.clone()
    }
}

impl Code {
    /// Tells whether the code's own text is the character, so that nothing else needs to say it.
    ///
    /// A character of private use has a meaning for its maker alone; PDF/A-2 (6.2.11.7.3) wants it said on
    /// the page.
    pub(super) fn speaks_for(self, character: char) -> bool {
        self.character == character && !is_private(character)
    }

    /// Returns the text that the code stands for.
    pub(super) fn text(self) -> String {
        self.character.to_string()
    }
}

fn is_private(character: char) -> bool {
    matches!(character, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{FFFFD}' | '\u{100000}'..='\u{10FFFD}')
}

/// Tells a plain hanzi from radicals and compatibility forms.
fn is_unified(character: char) -> bool {
    matches!(character, '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{2F7FF}' | '\u{30000}'..='\u{3FFFF}')
}

/// Cuts every face in use.
pub(super) fn subset(pages: &Pages, fonts: &Fonts) -> Result<Subsets, Vec<Diagnostic>> {
    let mut faults = Vec::new();
    let mut faces = BTreeMap::new();
    for (face, glyphs) in used(pages) {
        match cut(&fonts.face(face), &format!("T{}", faces.len()), &glyphs) {
            Ok(subset) => {
                faces.insert(face, subset);
            }
            Err(error) => faults.push(
                Diagnostic::new(&messages::NOT_SUBSET)
                    .with("face", fonts.name(face))
                    .with("reason", Text::both(format!("字体库报告“{error}”"), error.to_string())),
            ),
        }
    }
    if faults.is_empty() { Ok(Subsets { faces }) } else { Err(faults) }
}

/// Counts, for each face and glyph, how often it shows each character.
fn used(pages: &Pages) -> BTreeMap<FaceId, BTreeMap<GlyphId, BTreeMap<char, usize>>> {
    let mut used: BTreeMap<_, BTreeMap<_, BTreeMap<_, _>>> = BTreeMap::new();
    for item in pages.pages.iter().flat_map(|page| &page.items) {
        if let FrameItem::Text(run) = item
            && !run.glyphs.is_empty()
        {
            let glyphs = used.entry(run.face).or_default();
            for glyph in &run.glyphs {
                *glyphs.entry(glyph.id).or_default().entry(glyph.character).or_insert(0) += 1;
            }
        }
    }
    used
}

fn cut(
    face: &Face<'_>,
    id: &str,
    glyphs: &BTreeMap<GlyphId, BTreeMap<char, usize>>,
) -> Result<Subset, subsetter::Error> {
    let mut remapper = GlyphRemapper::new();
    let mut codes = BTreeMap::new();
    let mut widths = BTreeMap::new();
    for (&glyph, characters) in glyphs {
        let value = remapper.remap(glyph);
        let width = thousandths(face.advance(glyph)) as u16;
        let most = characters.iter().max_by_key(|(character, count)| (**count, is_unified(**character)));
        let character = most.map_or(char::REPLACEMENT_CHARACTER, |(character, _)| *character);
        codes.insert(glyph, Code { value, width, character });
        widths.insert(value, width);
    }
    let chosen: Vec<_> = remapper.remapped_gids().collect();
    let bytes = match face.cff().and_then(|table| cff::subset(table, &chosen)) {
        // printpdf looks for the table in a font file, and embeds the table alone.
        Some(table) => cff::file(&[(*b"CFF ", &table)]),
        None => subsetter::subset(face.data(), face.index(), &remapper)?,
    };
    let name = format!("{}+{}", tag(face, glyphs.keys()), face.postscript_name());
    let font = PdfFont::new(wrap(face, name.clone(), bytes, widths));
    Ok(Subset { id: FontId(id.to_owned()), codes, cap_height: thousandths(face.cap_height()), name, font })
}

/// Gives printpdf the font with every measure in thousandths of an em, which it then writes unchanged.
fn wrap(face: &Face<'_>, name: String, bytes: Vec<u8>, widths: BTreeMap<u16, u16>) -> ParsedFont {
    let bounds = face.bounds();
    let slant = face.italic_angle().to_radians().tan();
    ParsedFont {
        original_bytes: bytes,
        font_index: 0,
        font_name: Some(name),
        codepoint_to_glyph: BTreeMap::new(),
        glyph_widths: widths,
        units_per_em: 1000,
        font_metrics: FontMetrics {
            ascent: thousandths(face.ascender()) as i16,
            descent: thousandths(face.descender()) as i16,
        },
        font_type: if face.is_cff() { FontType::OpenTypeCFF(()) } else { FontType::TrueType },
        pdf_font_metrics: PdfFontMetricsStub {
            units_per_em: 1000,
            x_min: thousandths(bounds.x_min) as i16,
            y_min: thousandths(bounds.y_min) as i16,
            x_max: thousandths(bounds.x_max) as i16,
            y_max: thousandths(bounds.y_max) as i16,
            caret_slope_rise: 1000,
            caret_slope_run: (-slant * 1000.0).round() as i16,
            us_weight_class: face.weight(),
        },
    }
}

fn thousandths(length: Em) -> i64 {
    (length.get() * 1000.0).round() as i64
}

/// Makes the subset's tag of six letters (ISO 32000-1, 9.6.4) from the face and its glyphs alone.
fn tag<'a>(face: &Face<'_>, glyphs: impl Iterator<Item = &'a GlyphId>) -> String {
    let mut hash = Sha256::new();
    hash.update(face.postscript_name());
    for glyph in glyphs {
        hash.update(glyph.to_be_bytes());
    }
    hash.finalize().iter().take(6).map(|byte| char::from(b'A' + byte % 26)).collect()
}

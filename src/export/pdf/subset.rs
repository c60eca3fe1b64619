//! Cuts each face down to the glyphs in use and says which code stands for which glyph.
//!
//! A glyph has one code, and a code one character of its own: the one that the glyph shows most often.
//! Where a glyph shows another (⼀ U+2F00 with the glyph of 一), the page says so itself
//! ([`Subset::speaks_for`]).

use std::collections::BTreeMap;

use printpdf::{Codepoint, FontMetrics, FontType, ParsedFont, PdfFont, PdfFontMetricsStub};
use sha2::{Digest, Sha256};
use subsetter::GlyphRemapper;

use super::cff;
use super::common::{self, Group};
use super::deflate::Deflater;
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
    pub(super) id: String,
    codes: BTreeMap<GlyphId, Code>,
    /// The cap height in thousandths of an em, which printpdf does not take.
    pub(super) cap_height: i64,
    /// The PostScript name with the subset's tag.
    pub(super) name: String,
    /// The font program, compressed, where printpdf is given a hollow one.
    pub(super) program: Option<Vec<u8>>,
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

    pub(super) fn iter_mut(&mut self) -> impl Iterator<Item = &mut Subset> {
        self.faces.values_mut()
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

    /// Returns every code with its text, for printpdf, which gives a font no glyph that is not shown.
    pub(super) fn codepoints(&self) -> Vec<Codepoint> {
        let codes = self.codes.values();
        codes
            .map(|code| Codepoint { gid: code.value, offset: 0.0, cid: Some(code.character.to_string()) })
            .collect()
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
}

fn is_private(character: char) -> bool {
    matches!(character, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{FFFFD}' | '\u{100000}'..='\u{10FFFD}')
}

/// Tells a plain hanzi from radicals and compatibility forms.
fn is_unified(character: char) -> bool {
    matches!(character, '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{2F7FF}' | '\u{30000}'..='\u{3FFFF}')
}

/// Cuts every face in use.
pub(super) fn subset(
    pages: &Pages,
    fonts: &Fonts,
    deflater: &mut Deflater,
) -> Result<Subsets, Vec<Diagnostic>> {
    let mut faults = Vec::new();
    let mut faces = BTreeMap::new();
    for (face, glyphs) in used(pages) {
        let mut groups = common::groups(fonts, face);
        groups.retain(|group| group.suits(|glyph| glyphs.contains_key(&glyph)));
        match cut(&fonts.face(face), &format!("T{}", faces.len()), &glyphs, &groups, deflater) {
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

/// Cuts a face. The glyphs of the groups come first, whether they are in use or not.
fn cut(
    face: &Face<'_>,
    id: &str,
    glyphs: &BTreeMap<GlyphId, BTreeMap<char, usize>>,
    groups: &[Group],
    deflater: &mut Deflater,
) -> Result<Subset, subsetter::Error> {
    let mut remapper = GlyphRemapper::new();
    for glyph in groups.iter().flat_map(|group| &group.glyphs) {
        remapper.remap(*glyph);
    }
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
    let (bytes, program) = match face.cff().and_then(|table| copy(table, &chosen, groups, deflater)) {
        Some((hollow, program)) => (hollow, Some(program)),
        None => (subsetter::subset(face.data(), face.index(), &remapper)?, None),
    };
    let name = format!("{}+{}", tag(face, &chosen), face.postscript_name());
    let font = PdfFont::new(wrap(face, name.clone(), bytes, widths));
    let cap_height = thousandths(face.cap_height());
    Ok(Subset { id: id.to_owned(), codes, cap_height, name, program, font })
}

/// Copies the outlines of a face, and returns a file for printpdf, which copies what it is given several times,
/// and the font program, compressed.
fn copy(
    table: &[u8],
    glyphs: &[GlyphId],
    groups: &[Group],
    deflater: &mut Deflater,
) -> Option<(Vec<u8>, Vec<u8>)> {
    let whole = cff::subset(table, glyphs)?;
    let program = if groups.is_empty() {
        deflater.pack(&whole.bytes())
    } else {
        // The glyph 0 is of no group, and nobody sees it: its outline goes before them.
        let grouped: usize = groups.iter().map(|group| group.glyphs.len()).sum();
        let first = whole.char_strings.first()?;
        let rest = whole.char_strings.get(1 + grouped..)?.concat();
        deflater.pack_around(&[&whole.frame, *first].concat(), groups, &rest)
    };
    let hollow = cff::hollow(table, glyphs.len())?;
    // printpdf looks for the table in a font file, and embeds the table alone.
    Some((cff::file(&[(*b"CFF ", &hollow)]), program))
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
fn tag(face: &Face<'_>, glyphs: &[GlyphId]) -> String {
    let mut hash = Sha256::new();
    hash.update(face.postscript_name());
    for glyph in glyphs {
        hash.update(glyph.to_be_bytes());
    }
    hash.finalize().iter().take(6).map(|byte| char::from(b'A' + byte % 26)).collect()
}

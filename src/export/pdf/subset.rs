//! Cuts each face down to the glyphs in use and says which code stands for which glyph.
//!
//! A glyph has one code, and a code one character of its own: the one that the glyph shows most often.
//! Where a glyph shows another (⼀ U+2F00 with the glyph of 一), the page says so itself
//! ([`Subset::speaks_for`]).

use std::collections::BTreeMap;
use std::sync::Arc;

use printpdf::{Codepoint, FontMetrics, FontType, ParsedFont, PdfFont, PdfFontMetricsStub};

use super::common;
use super::deflate::Deflater;
use super::program::{KnownPrograms, Program};
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
    /// What stands for the glyphs in use, the codes rising.
    codes: Vec<Code>,
    /// For each glyph of the face its index among the codes; what none stands for has any.
    places: Vec<u16>,
    /// The cap height in thousandths of an em, which printpdf does not take.
    pub(super) cap_height: i64,
    /// The font program and its name.
    pub(super) program: Arc<Program>,
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
    pub(super) character: char,
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
        self.codes[usize::from(self.places[usize::from(glyph)])]
    }

    /// Returns what stands for the glyphs in use, the codes rising.
    pub(super) fn codes(&self) -> &[Code] {
        &self.codes
    }

    /// Returns the font for printpdf.
    pub(super) fn font(&self) -> PdfFont {
        self.font.clone()
    }

    /// Returns a code with its text for printpdf, which writes no font that is not shown.
    pub(super) fn specimen(&self) -> Codepoint {
        let code = self.codes[0];
        Codepoint { gid: code.value, offset: 0.0, cid: Some(code.character.to_string()) }
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
    programs: &KnownPrograms,
    deflater: &mut Deflater,
) -> Result<Subsets, Vec<Diagnostic>> {
    let mut faults = Vec::new();
    let mut faces = BTreeMap::new();
    for (face, used) in used(pages, fonts) {
        match cut(fonts, face, format!("T{}", faces.len()), &used, programs, deflater) {
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

/// The glyphs of a face that are in use.
struct Used {
    /// The glyphs in the order in which they come.
    glyphs: Vec<Shown>,
    /// For each glyph of the face one more than its index among those, 0 for one that is not in use.
    places: Vec<u16>,
}

/// A glyph in use.
struct Shown {
    glyph: GlyphId,
    /// The character that it showed first, and how often it shows it.
    first: (char, usize),
    /// What others it shows: as a rule there are none.
    others: Vec<(char, usize)>,
}

impl Used {
    /// Returns the index of a glyph among those in use.
    fn place(&self, glyph: GlyphId) -> Option<usize> {
        self.places.get(usize::from(glyph)).and_then(|place| usize::from(*place).checked_sub(1))
    }

    fn count(&mut self, glyph: GlyphId, character: char) {
        let Some(place) = self.place(glyph) else {
            self.glyphs.push(Shown { glyph, first: (character, 1), others: Vec::new() });
            // There are no more glyphs than numbers for them, and the glyph 0 is none of those.
            self.places[usize::from(glyph)] = self.glyphs.len() as u16;
            return;
        };
        let Shown { first, others, .. } = &mut self.glyphs[place];
        match std::iter::once(first).chain(others.iter_mut()).find(|(known, _)| *known == character) {
            Some((_, count)) => *count += 1,
            None => others.push((character, 1)),
        }
    }
}

impl Shown {
    /// Returns the character that the glyph shows most often: of two that are as frequent a plain hanzi, or the last.
    fn character(&self) -> char {
        let shown = std::iter::once(&self.first).chain(&self.others);
        let most = shown.max_by_key(|(character, count)| (*count, is_unified(*character), *character));
        most.map_or(char::REPLACEMENT_CHARACTER, |(character, _)| *character)
    }
}

/// Counts, for each face and glyph, how often it shows each character.
fn used(pages: &Pages, fonts: &Fonts) -> BTreeMap<FaceId, Used> {
    let mut used: BTreeMap<_, Used> = BTreeMap::new();
    for item in pages.pages.iter().flat_map(|page| &page.items) {
        if let FrameItem::Text(run) = item
            && !run.glyphs.is_empty()
        {
            let face = used.entry(run.face).or_insert_with(|| Used {
                glyphs: Vec::new(),
                places: vec![0; usize::from(fonts.face(run.face).glyph_count())],
            });
            run.glyphs.iter().for_each(|glyph| face.count(glyph.id, glyph.character));
        }
    }
    used
}

/// Cuts a face. The glyphs of the groups come first, whether they are in use or not, then the others as they stand in
/// the face.
fn cut(
    fonts: &Fonts,
    id: FaceId,
    name: String,
    used: &Used,
    programs: &KnownPrograms,
    deflater: &mut Deflater,
) -> Result<Subset, subsetter::Error> {
    let face = fonts.face(id);
    let mut groups = common::groups(fonts, id);
    groups.retain(|group| group.suits(|glyph| used.place(glyph).is_some()));
    if !face.is_cff() {
        // A whole font program has nothing beside it.
        groups.retain(|group| used.glyphs.iter().all(|shown| group.has(shown.glyph)));
        groups.truncate(1);
    }
    let mut is_chosen = vec![false; used.places.len()];
    let mut chosen = vec![0];
    let grouped = groups.iter().flat_map(|group| &group.glyphs).copied();
    let mut others: Vec<_> = used.glyphs.iter().map(|shown| shown.glyph).collect();
    others.sort_unstable();
    for glyph in grouped.chain(others) {
        if !std::mem::replace(&mut is_chosen[usize::from(glyph)], true) {
            chosen.push(glyph);
        }
    }
    let (mut codes, mut places) = (Vec::with_capacity(used.glyphs.len()), vec![0; used.places.len()]);
    for (value, glyph) in (0..).zip(&chosen) {
        if let Some(place) = used.place(*glyph) {
            places[usize::from(*glyph)] = codes.len() as u16;
            let width = thousandths(face.advance(*glyph)) as u16;
            codes.push(Code { value, width, character: used.glyphs[place].character() });
        }
    }
    let program = programs.cut(fonts, id, chosen, &groups, deflater)?;
    let font = PdfFont::new(wrap(&face, program.name.clone(), program.specimen.clone()));
    let cap_height = thousandths(face.cap_height());
    Ok(Subset { id: name, codes, places, cap_height, program, font })
}

/// Gives printpdf the font with every measure in thousandths of an em, which it then writes unchanged.
fn wrap(face: &Face<'_>, name: String, bytes: Vec<u8>) -> ParsedFont {
    let bounds = face.bounds();
    let slant = face.italic_angle().to_radians().tan();
    ParsedFont {
        original_bytes: bytes,
        font_index: 0,
        font_name: Some(name),
        codepoint_to_glyph: BTreeMap::new(),
        glyph_widths: BTreeMap::new(),
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

//! Font programs: which glyph a code shows, and where a glyph has ink.

use std::collections::HashMap;

use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::raw::ps::cff::CffFontRef;
use skrifa::raw::ps::cff::charset::Charset;
use skrifa::raw::ps::type1::Type1Font;
use skrifa::raw::types::GlyphId;
use skrifa::{FontRef, MetadataProvider, raw::TableProvider};

use super::super::budget::Budget;

/// A font program out of the file.
pub(super) enum Program {
    /// TrueType or OpenType.
    Sfnt(Vec<u8>),
    /// A bare CFF table; for a CID-keyed one, the glyph of each CID.
    Cff(Vec<u8>, Option<HashMap<u32, u32>>),
    /// Type 1.
    Type1(Box<Type1Font>),
}

impl Program {
    /// Recognises a program by its first bytes; nothing where it cannot be read.
    pub(super) fn new(bytes: Vec<u8>, budget: &mut Budget) -> Option<Self> {
        match bytes.get(..4)? {
            [1, 0, 0..=8, 1..=4] => {
                let font = CffFontRef::new_cff(&bytes, 0, None).ok()?;
                let glyphs = font.is_cid().then(|| {
                    let charset = font.charset();
                    let pairs = charset.iter().flat_map(Charset::iter).take_while(|_| budget.enter());
                    pairs.map(|(glyph, name)| (u32::from(name.to_u16()), glyph.to_u32())).collect()
                });
                Some(Self::Cff(bytes, glyphs))
            }
            b"%!PS" | [0x80, 1, ..] => Type1Font::new(&bytes).ok().map(|font| Self::Type1(Box::new(font))),
            b"OTTO" | b"true" | [0, 1, 0, 0] | b"ttcf" => {
                FontRef::from_index(&bytes, 0).ok()?;
                Some(Self::Sfnt(bytes))
            }
            _ => None,
        }
    }

    /// Returns the glyph of a CID in a program without a map of its own beside it.
    pub(super) fn glyph_of_cid(&self, cid: u32) -> Option<u32> {
        match self {
            Self::Cff(_, Some(glyphs)) => glyphs.get(&cid).copied(),
            Self::Cff(_, None) | Self::Sfnt(_) => Some(cid),
            Self::Type1(_) => None,
        }
    }

    /// Returns the glyph of a code of one byte: by its name in the file, or else by the program's own encoding.
    pub(super) fn glyph_of_code(&self, code: u8, name: Option<&str>, character: Option<char>) -> Option<u32> {
        match self {
            Self::Type1(font) => {
                let by_name = name.and_then(|name| font.glyph_names().find(|(_, own)| *own == name));
                let glyph = by_name.map(|(glyph, _)| glyph).or_else(|| font.encoding()?.map(code));
                glyph.map(GlyphId::to_u32)
            }
            Self::Cff(bytes, _) => {
                let font = CffFontRef::new_cff(bytes, 0, None).ok()?;
                let charset = font.charset()?;
                let is_named = |name: &str, sid| font.string(sid).is_some_and(|own| own == name.as_bytes());
                let by_name = name.and_then(|name| charset.iter().find(|(_, sid)| is_named(name, *sid)));
                let glyph = by_name.map(|(glyph, _)| glyph).or_else(|| font.encoding()?.map(code));
                glyph.map(GlyphId::to_u32)
            }
            Self::Sfnt(bytes) => {
                let font = FontRef::from_index(bytes, 0).ok()?;
                // A symbolic subset counts its codes from F000; many subsets have the map of the Macintosh alone,
                // which the reader's Unicode view does not show.
                let charmap = font.charmap();
                let unicode = [u32::from(code) + 0xf000, character.map_or(u32::from(code), u32::from)];
                let by_unicode = unicode.into_iter().find_map(|code| charmap.map(code));
                let glyph = by_unicode.or_else(|| macintosh(&font, code));
                glyph.map(GlyphId::to_u32)
            }
        }
    }

    /// Returns where a glyph has ink, in ems from its origin, y upwards: left, low, right, high. Nothing for a blank
    /// glyph and for one that cannot be drawn.
    pub(super) fn ink(&self, glyph: u32) -> Option<[f64; 4]> {
        let mut pen = Bounds::default();
        let (glyph, size) = (GlyphId::new(glyph), 1000.0);
        match self {
            Self::Sfnt(bytes) => {
                let font = FontRef::from_index(bytes, 0).ok()?;
                let outline = font.outline_glyphs().get(glyph)?;
                let settings = DrawSettings::unhinted(Size::new(size), LocationRef::default());
                outline.draw(settings, &mut pen).ok()?;
            }
            Self::Cff(bytes, _) => {
                let font = CffFontRef::new_cff(bytes, 0, None).ok()?;
                let subfont = font.subfont(font.subfont_index(glyph).unwrap_or(0), &[]).ok()?;
                font.draw(&subfont, glyph, &[], Some(size), &mut pen).ok()?;
            }
            Self::Type1(font) => {
                font.draw(glyph, Some(size), &mut pen).ok()?;
            }
        }
        pen.sides.map(|sides| sides.map(|side| f64::from(side) / f64::from(size)))
    }

    /// Returns the name that the program gives itself.
    pub(super) fn name(&self) -> Option<String> {
        match self {
            Self::Sfnt(bytes) => {
                let font = FontRef::from_index(bytes, 0).ok()?;
                let ids = [skrifa::string::StringId::POSTSCRIPT_NAME, skrifa::string::StringId::FULL_NAME];
                let names = ids.iter().filter_map(|id| font.localized_strings(*id).english_or_first());
                names.map(|name| name.to_string()).find(|name| !name.trim().is_empty())
            }
            Self::Cff(bytes, _) => {
                let font = CffFontRef::new_cff(bytes, 0, None).ok()?;
                font.metadata().and_then(|names| names.name().map(str::to_owned))
            }
            Self::Type1(font) => font.name().map(str::to_owned),
        }
    }
}

/// Looks a code up in the program's map for the Macintosh.
fn macintosh(font: &FontRef<'_>, code: u8) -> Option<GlyphId> {
    use skrifa::raw::tables::cmap::PlatformId;
    let cmap = font.cmap().ok()?;
    let mut records = cmap.encoding_records().iter();
    let at = records.position(|record| record.platform_id() == PlatformId::Macintosh)?;
    cmap.subtable(at as u16).ok()?.map_codepoint(u32::from(code))
}

/// Draws nothing and remembers how far it went.
#[derive(Default)]
struct Bounds {
    sides: Option<[f32; 4]>,
}

impl Bounds {
    fn reach(&mut self, x: f32, y: f32) {
        let [left, low, right, high] = self.sides.unwrap_or([x, y, x, y]);
        self.sides = Some([left.min(x), low.min(y), right.max(x), high.max(y)]);
    }
}

impl OutlinePen for Bounds {
    fn move_to(&mut self, x: f32, y: f32) {
        self.reach(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.reach(x, y);
    }

    // The outermost points of a curve stand on it in every font that is drawn with care.
    fn quad_to(&mut self, _: f32, _: f32, x: f32, y: f32) {
        self.reach(x, y);
    }

    fn curve_to(&mut self, _: f32, _: f32, _: f32, _: f32, x: f32, y: f32) {
        self.reach(x, y);
    }

    fn close(&mut self) {}
}

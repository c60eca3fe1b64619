//! Answers questions about one face: glyphs, advances, extents, names.

use skrifa::charmap::Charmap;
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::{GlyphMetrics, Metrics};
use skrifa::raw::{ReadError, TableProvider};
use skrifa::string::StringId;
use skrifa::{FontRef, MetadataProvider, Tag};

use super::GlyphId;
use super::usual::Usual;
use crate::units::Em;

/// A view of a face. Opening it is cheap and a look-up in it cheaper still; it lives as long as the bytes.
#[derive(Clone)]
pub struct Face<'a> {
    font: FontRef<'a>,
    charmap: Charmap<'a>,
    usual: Option<Usual>,
    glyphs: GlyphMetrics<'a>,
    data: &'a [u8],
    index: u32,
    units_per_em: u16,
}

/// The box around outlines, y upwards from the baseline.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounds {
    /// The left edge.
    pub x_min: Em,
    /// The lower edge.
    pub y_min: Em,
    /// The right edge.
    pub x_max: Em,
    /// The upper edge.
    pub y_max: Em,
}

impl<'a> Face<'a> {
    /// Opens a face, of which the usual glyphs may be known.
    pub(super) fn open(data: &'a [u8], index: u32, usual: Option<Usual>) -> Result<Self, ReadError> {
        let font = FontRef::from_index(data, index)?;
        let units_per_em = font.head()?.units_per_em();
        let glyphs = font.glyph_metrics(Size::unscaled(), LocationRef::default());
        Ok(Self { charmap: font.charmap(), usual, glyphs, font, data, index, units_per_em })
    }

    /// Returns the glyph of a character; `None` where the face has none, never the glyph 0.
    pub fn glyph(&self, character: char) -> Option<GlyphId> {
        let usual = self.usual.and_then(|usual| usual.glyph(character));
        usual.or_else(|| self.searched_glyph(character))
    }

    /// Returns the glyph of a character by the face's own table.
    pub(super) fn searched_glyph(&self, character: char) -> Option<GlyphId> {
        let glyph = self.charmap.map(character)?.to_u32();
        if glyph == 0 || glyph >= self.glyphs.glyph_count() {
            return None;
        }
        u16::try_from(glyph).ok()
    }

    /// Returns how far the pen moves after a glyph; zero for a glyph that the face does not have.
    pub fn advance(&self, glyph: GlyphId) -> Em {
        self.em(self.glyphs.advance_width(glyph.into()).unwrap_or(0.0))
    }

    /// Returns the lowest and the highest point of a glyph's outline, upwards from the baseline; `None`
    /// for a glyph without an outline, such as the space.
    ///
    /// Points that lie off the curve count, so that the extents are exact where the outline has points at
    /// its extremes, as rules, dashes and well-made curves have.
    pub fn vertical_extents(&self, glyph: GlyphId) -> Option<(Em, Em)> {
        let bounds = self.glyphs.bounds(glyph.into())?;
        (bounds.y_min < bounds.y_max).then(|| (self.em(bounds.y_min), self.em(bounds.y_max)))
    }

    /// Returns the PostScript name, with only the characters that a PDF name needs no escape for.
    pub fn postscript_name(&self) -> String {
        let name = self.font.localized_strings(StringId::POSTSCRIPT_NAME).english_or_first();
        let name: String = name
            .into_iter()
            .flat_map(|name| name.chars().collect::<Vec<_>>())
            .filter(|character| character.is_ascii_alphanumeric() || matches!(character, '-' | '_'))
            .collect();
        if name.is_empty() { "Unnamed".to_owned() } else { name }
    }

    /// Returns how many of the font's own units make 1 em.
    pub fn units_per_em(&self) -> u16 {
        self.units_per_em
    }

    /// Returns how many glyphs the face has.
    pub fn glyph_count(&self) -> u16 {
        u16::try_from(self.glyphs.glyph_count()).unwrap_or(u16::MAX)
    }

    /// Returns the bytes of the file that the face is in.
    pub fn data(&self) -> &'a [u8] {
        self.data
    }

    /// Returns the face's number in its file: 0 unless the file is a collection.
    pub fn index(&self) -> u32 {
        self.index
    }

    /// Tells whether the outlines are CFF's rather than TrueType's.
    pub fn is_cff(&self) -> bool {
        self.font.cff().is_ok()
    }

    /// Returns the table `CFF ` with the outlines; `None` for a face with TrueType's.
    pub fn cff(&self) -> Option<&'a [u8]> {
        self.font.table_data(Tag::new(b"CFF ")).map(|table| table.as_bytes())
    }

    /// Returns how high the face reaches above the baseline, as it says itself.
    pub fn ascender(&self) -> Em {
        self.em(self.metrics().ascent)
    }

    /// Returns how deep the face reaches below the baseline, as it says itself: below zero.
    pub fn descender(&self) -> Em {
        self.em(self.metrics().descent)
    }

    /// Returns the height of Latin capitals: the H's own where the face does not say.
    pub fn cap_height(&self) -> Em {
        let said = self.metrics().cap_height.filter(|height| *height > 0.0).map(|height| self.em(height));
        let measured = || Some(self.vertical_extents(self.glyph('H')?)?.1);
        said.or_else(measured).unwrap_or(Em::new(0.7))
    }

    /// Returns the slant in degrees, counter-clockwise from upright.
    pub fn italic_angle(&self) -> f64 {
        f64::from(self.metrics().italic_angle)
    }

    /// Returns the weight class, 400 for regular.
    pub fn weight(&self) -> u16 {
        self.font.os2().map_or(400, |table| table.us_weight_class())
    }

    /// Returns the box around all outlines of the face.
    pub fn bounds(&self) -> Bounds {
        let bounds = self.metrics().bounds.unwrap_or_default();
        Bounds {
            x_min: self.em(bounds.x_min),
            y_min: self.em(bounds.y_min),
            x_max: self.em(bounds.x_max),
            y_max: self.em(bounds.y_max),
        }
    }

    fn metrics(&self) -> Metrics {
        self.font.metrics(Size::unscaled(), LocationRef::default())
    }

    fn em(&self, units: f32) -> Em {
        Em::from_units(f64::from(units), self.units_per_em)
    }
}

impl std::fmt::Debug for Face<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Face({})", self.postscript_name())
    }
}

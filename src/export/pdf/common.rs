//! Knows the outlines that most reports print, compressed when the program was built.
//!
//! Most of what a report prints is its templates' own text. To compress the outlines of these characters anew for
//! each document would cost more than all the rest of the work, so they stand in the program the way they stand in
//! the file: as pieces of a deflate stream that begin and end with a byte. `fonts/common.tsv` lists the characters
//! in groups that are printed together; a document takes a group when it prints nearly all of it, because every
//! outline that it does not print makes the file larger for nothing.
//!
//! Of marks and headings, whose faces have TrueType's outlines, most reports print all of a group and nothing else: theirs
//! is a whole font program, which a document takes that prints no other glyph.

use crate::font::{FaceId, Fonts, GlyphId};

/// The groups of every face, as the build script writes them.
static GROUPS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/common.groups"));

/// How many of a hundred outlines of a group a document has to print, at least.
const LEAST: usize = 95;

/// Outlines of one face that are printed together.
#[derive(Debug)]
pub(super) struct Group {
    /// The glyphs in the order of their outlines, rising.
    pub(super) glyphs: Vec<GlyphId>,
    /// The outlines, one after another, as a piece of a deflate stream; of TrueType's a font program, as a whole stream.
    pub(super) packed: &'static [u8],
    /// How long that is before compression.
    pub(super) length: usize,
    /// Its Adler-32 (RFC 1950).
    pub(super) checksum: u32,
}

impl Group {
    /// Tells whether a document that prints some glyphs should take the group.
    pub(super) fn suits(&self, is_printed: impl Fn(GlyphId) -> bool) -> bool {
        let printed = self.glyphs.iter().filter(|glyph| is_printed(**glyph)).count();
        printed * 100 >= self.glyphs.len() * LEAST
    }

    /// Tells whether a glyph is in the group.
    pub(super) fn has(&self, glyph: GlyphId) -> bool {
        self.glyphs.binary_search(&glyph).is_ok()
    }
}

/// Returns the groups of a face: none of a face that does not come with the program.
pub(super) fn groups(fonts: &Fonts, face: FaceId) -> Vec<Group> {
    if !fonts.is_embedded(face) {
        return Vec::new();
    }
    let mut reader = Reader(GROUPS);
    let mut groups = Vec::new();
    while let Some((name, group)) = reader.group() {
        if name == fonts.name(face).as_bytes() {
            groups.push(group);
        }
    }
    groups
}

struct Reader(&'static [u8]);

impl Reader {
    fn take(&mut self, length: usize) -> Option<&'static [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    fn number(&mut self) -> Option<u32> {
        Some(u32::from_le_bytes(self.take(4)?.try_into().ok()?))
    }

    /// Reads a group and the name of its face.
    fn group(&mut self) -> Option<(&'static [u8], Group)> {
        let length = self.number()?;
        let name = self.take(length as usize)?;
        let count = self.number()?;
        let glyphs = self.take(2 * count as usize)?;
        let glyphs = glyphs.chunks_exact(2).map(|glyph| u16::from_le_bytes([glyph[0], glyph[1]])).collect();
        let (length, checksum, packed) = (self.number()?, self.number()?, self.number()?);
        let packed = self.take(packed as usize)?;
        Some((name, Group { glyphs, packed, length: length as usize, checksum }))
    }
}

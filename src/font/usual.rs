//! Knows beforehand which glyphs the program's faces have for the characters that documents are likely to print.
//!
//! A face's own table of characters is searched in a dozen steps, each in another place of a file that has only just been
//! opened. The build script asks each face for what is printed everywhere: `fonts/printed.txt`, and what stands before it.

use super::GlyphId;

/// What the build script wrote. For each 64 characters of the first plane there are eight bytes, of which each bit is a
/// character that is usual, and two, how many usual characters come before; then for each face two bytes a usual character:
/// its glyph, 0 for none. The least byte stands first.
static USUAL: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/usual.glyphs"));

/// The characters of a block, one a bit.
const BLOCK: u32 = u64::BITS;
/// The blocks of the first plane.
const BLOCKS: usize = 0x1_0000 / BLOCK as usize;
/// What is kept of a block.
const ENTRY: usize = size_of::<u64>() + size_of::<u16>();

/// The usual glyphs of one of the program's faces.
#[derive(Clone, Copy, Debug)]
pub(super) struct Usual(&'static [u8]);

impl Usual {
    /// Takes those of a face, by its number among the faces that the program has.
    pub(super) fn of(number: usize) -> Self {
        let (bits, before) = block(BLOCKS - 1).unwrap_or_default();
        let size = (before + bits.count_ones() as usize) * size_of::<GlyphId>();
        let start = BLOCKS * ENTRY + number * size;
        Self(USUAL.get(start..start + size).unwrap_or_default())
    }

    /// Returns the glyph of a usual character; `None` for others, and where the face has none.
    pub(super) fn glyph(self, character: char) -> Option<GlyphId> {
        let code = u32::from(character);
        let (bits, before) = block((code / BLOCK) as usize)?;
        let bit = 1 << (code % BLOCK);
        if bits & bit == 0 {
            return None;
        }
        let place = before + (bits & (bit - 1)).count_ones() as usize;
        let glyph = self.0.get(place * size_of::<GlyphId>()..)?.first_chunk()?;
        Some(GlyphId::from_le_bytes(*glyph)).filter(|glyph| *glyph != 0)
    }
}

/// Returns the bits of a block of characters, and how many usual characters come before it.
fn block(number: usize) -> Option<(u64, usize)> {
    let entry = USUAL.get(..BLOCKS * ENTRY)?.get(number * ENTRY..)?;
    let (bits, rest) = entry.split_first_chunk()?;
    Some((u64::from_le_bytes(*bits), u16::from_le_bytes(*rest.first_chunk()?).into()))
}

#[cfg(test)]
mod tests {
    use super::super::Fonts;
    use super::*;

    #[test]
    fn usual_glyphs_are_those_of_the_faces() {
        let fonts = Fonts::embedded();
        let printed: Vec<char> = include_str!("../../fonts/printed.txt")
            .lines()
            .filter(|line| !line.starts_with('#'))
            .flat_map(str::chars)
            .collect();
        for (number, id) in fonts.ids().enumerate() {
            let (usual, face) = (Usual::of(number), fonts.face(id));
            let mut count = 0;
            for character in '\0'..=char::MAX {
                if let Some(glyph) = usual.glyph(character) {
                    assert_eq!(
                        face.searched_glyph(character),
                        Some(glyph),
                        "{}: {character}",
                        fonts.name(id)
                    );
                    count += 1;
                }
            }
            if fonts.name(id) == super::super::LAST_RESORT {
                assert_eq!(count, 0);
                continue;
            }
            // The table is of the first plane.
            for character in printed.iter().copied().filter(|character| *character <= '\u{FFFF}') {
                let known = usual.glyph(character);
                assert_eq!(known, face.searched_glyph(character), "{}: {character}", fonts.name(id));
            }
        }
    }
}

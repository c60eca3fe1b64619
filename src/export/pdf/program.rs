//! Cuts a face's font program down to some glyphs and compresses it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use sha2::{Digest, Sha256};
use subsetter::GlyphRemapper;

use super::cff;
use super::common::Group;
use super::deflate::{Deflater, Packed};
use crate::font::{Face, FaceId, Fonts, GlyphId};

/// How many programs of one face are remembered: what a document does not print of the face, the next may.
const REMEMBERED: usize = 2;

/// How a font file with TrueType's outlines begins (OpenType, sfntVersion). Of such a file printpdf looks at no more.
const TRUETYPE: [u8; 4] = [0, 1, 0, 0];

/// A font program as a file has it.
#[derive(Debug)]
pub(super) struct Program {
    face: FaceId,
    glyphs: Vec<GlyphId>,
    /// How many of the glyphs, after the glyph 0, came compressed.
    grouped: usize,
    /// The PostScript name with the subset's tag.
    pub(super) name: String,
    /// A font file for printpdf, which copies what it is given several times: with no more than it looks at, where the
    /// outlines can be left out.
    pub(super) specimen: Vec<u8>,
    /// The program, compressed, unless printpdf takes it out of that file.
    pub(super) packed: Option<Packed>,
    /// How long a program with TrueType's outlines is before compression, which the file says of those.
    pub(super) length: Option<usize>,
}

/// The font programs that documents of the same faces had last.
///
/// Headings, marks and digits are the templates' own: of many documents one program of their faces is the same for nearly
/// all. What a document has made is lent to those after it, and makes no other bytes.
#[derive(Debug, Default)]
pub(crate) struct KnownPrograms(Mutex<Vec<Arc<Program>>>);

impl KnownPrograms {
    /// Returns the program of the glyphs in their order, which starts with the glyph 0 and then has those of the groups.
    pub(super) fn cut(
        &self,
        fonts: &Fonts,
        face: FaceId,
        glyphs: Vec<GlyphId>,
        groups: &[Group],
        deflater: &mut Deflater,
    ) -> Result<Arc<Program>, subsetter::Error> {
        let grouped: usize = groups.iter().map(|group| group.glyphs.len()).sum();
        let is_same =
            |known: &&Arc<Program>| known.face == face && known.grouped == grouped && known.glyphs == glyphs;
        if let Some(known) = self.known().iter().find(is_same) {
            return Ok(Arc::clone(known));
        }
        let program = Arc::new(Program::cut(fonts, face, glyphs, groups, deflater)?);
        let mut known = self.known();
        let own = known.iter().filter(|known| known.face == face).count();
        if own >= REMEMBERED
            && let Some(oldest) = known.iter().position(|known| known.face == face)
        {
            known.remove(oldest);
        }
        known.push(Arc::clone(&program));
        Ok(program)
    }

    fn known(&self) -> MutexGuard<'_, Vec<Arc<Program>>> {
        // A program is put in or taken out whole.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Program {
    fn cut(
        fonts: &Fonts,
        id: FaceId,
        glyphs: Vec<GlyphId>,
        groups: &[Group],
        deflater: &mut Deflater,
    ) -> Result<Self, subsetter::Error> {
        let face = fonts.face(id);
        let grouped: usize = groups.iter().map(|group| group.glyphs.len()).sum();
        let copied = face.cff().and_then(|table| copy(table, &glyphs, grouped, groups, deflater));
        let (specimen, packed, length) = if let Some((hollow, packed)) = copied {
            (hollow, Some(packed), None)
        } else if let ([whole], false) = (groups, face.is_cff()) {
            (TRUETYPE.to_vec(), Some(Packed::lent(whole.packed)), Some(whole.length))
        } else {
            let mut remapper = GlyphRemapper::new();
            for glyph in &glyphs {
                remapper.remap(*glyph);
            }
            let file = subsetter::subset(face.data(), face.index(), &remapper)?;
            if face.is_cff() {
                // Of these outlines printpdf embeds a table alone.
                (file, None, None)
            } else {
                (TRUETYPE.to_vec(), Some(deflater.pack(&file).into()), Some(file.len()))
            }
        };
        let name = format!("{}+{}", tag(&face, &glyphs), face.postscript_name());
        Ok(Self { face: id, glyphs, grouped, name, specimen, packed, length })
    }
}

/// Copies the outlines of a face, and returns a file for printpdf and the font program, compressed.
fn copy(
    table: &[u8],
    glyphs: &[GlyphId],
    grouped: usize,
    groups: &[Group],
    deflater: &mut Deflater,
) -> Option<(Vec<u8>, Packed)> {
    let whole = cff::subset(table, glyphs, grouped)?;
    let program = if groups.is_empty() {
        deflater.pack(&whole.bytes()).into()
    } else {
        // The glyph 0 is of no group, and nobody sees it: its outline goes before them.
        let first = whole.char_strings.first()?;
        let rest = whole.char_strings.get(1 + grouped..)?.concat();
        Deflater::pack_around(&[&whole.frame, *first].concat(), groups, &rest)
    };
    let hollow = cff::hollow(table)?;
    // printpdf looks for the table in a font file, and embeds the table alone.
    Some((cff::file(&[(*b"CFF ", &hollow)]), program))
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

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use flate2::read::ZlibDecoder;

    use super::super::common;
    use super::*;

    fn unpacked(packed: &Packed) -> Vec<u8> {
        let stream = [&packed.start[..], &packed.groups.concat(), &packed.end, &packed.checksum].concat();
        let mut read = Vec::new();
        ZlibDecoder::new(stream.as_slice()).read_to_end(&mut read).unwrap();
        read
    }

    #[test]
    fn whole_programs_are_what_a_document_would_make() {
        let fonts = Fonts::embedded();
        for name in ["song", "hei"] {
            let face = fonts.find(name).unwrap();
            let groups = common::groups(&fonts, face);
            let [whole] = groups.as_slice() else { panic!("{name} has {} groups", groups.len()) };
            assert!(whole.glyphs.is_sorted() && whole.glyphs.iter().all(|glyph| whole.has(*glyph)));
            let glyphs = [&[0], &whole.glyphs[..]].concat();
            let cut =
                |groups| Program::cut(&fonts, face, glyphs.clone(), groups, &mut Deflater::new()).unwrap();
            let (lent, own) = (cut(&groups), cut(&[]));
            assert_eq!((&lent.name, lent.length), (&own.name, own.length));
            let [lent, own] = [lent.packed.unwrap(), own.packed.unwrap()].map(|packed| unpacked(&packed));
            assert!(lent == own, "{name}");
        }
    }
}

//! Knows the faces: their characters, their advances, their bytes.
//!
//! [`Fonts`] holds the bytes of every face under its name and reads none of them; [`Fonts::face`] opens a
//! [`Face`], a view that answers questions. The faces inside the program are trusted; a city's own are
//! checked when they are added, so that nothing after that has to doubt a face.

mod check;
mod face;
mod licence;
mod packed;
mod usual;

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use crate::diag::Diagnostic;

pub use self::face::{Bounds, Face};
pub use self::licence::{Licence, licences};
use self::packed::Packed;
use self::usual::Usual;

/// A glyph by its index in a face.
pub type GlyphId = u16;

/// A face by its index in [`Fonts`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FaceId(pub u16);

/// The name of the face that is asked last: 楷体, lighter than the faces of titles.
pub(crate) const LAST_RESORT: &str = "fallback";

/// The names and bytes of the faces inside the program, as `fonts/faces.toml` lists them.
static EMBEDDED: [(&str, Data); 6] = [
    ("xiaobiaosong", Data::Embedded(include_bytes!("../../fonts/NotoSerifSC-SemiBold.ttf"))),
    ("song", Data::Embedded(include_bytes!("../../fonts/NotoSerifSC-Regular.ttf"))),
    ("fangsong", Data::Embedded(include_bytes!("../../fonts/FandolFang-Regular.otf"))),
    ("hei", Data::Embedded(include_bytes!("../../fonts/NotoSansSC-Medium.ttf"))),
    ("kai", Data::Embedded(include_bytes!("../../fonts/FandolKai-Regular.otf"))),
    (LAST_RESORT, Data::Packed(&FALLBACK)),
];

/// Two thirds of its size, for the milliseconds that it takes where a character is in no other face.
static FALLBACK: Packed = Packed::new(include_bytes!(concat!(env!("OUT_DIR"), "/fallback.packed")));

/// The faces that a document may use, by name.
#[derive(Clone, Debug, Default)]
pub struct Fonts {
    faces: Vec<Source>,
}

/// Where a face's bytes are.
#[derive(Clone)]
struct Source {
    name: Cow<'static, str>,
    data: Data,
    index: u32,
}

#[derive(Clone)]
enum Data {
    Embedded(&'static [u8]),
    Packed(&'static Packed),
    Added(Arc<[u8]>),
}

impl Fonts {
    /// Makes a registry of the faces inside the program: `xiaobiaosong`, `song`, `fangsong`, `hei`, `kai`
    /// and `fallback`. It reads no byte of them; `fallback` is unpacked when it is first opened.
    pub fn embedded() -> Self {
        let faces = EMBEDDED.iter().map(|(name, data)| Source {
            name: Cow::Borrowed(name),
            data: data.clone(),
            index: 0,
        });
        Self { faces: faces.collect() }
    }

    /// Adds a face under a name, in the place of the face that has borne it so far.
    ///
    /// `index` is the face's number in a collection (.ttc, .otc), 0 in a file of one face. What was
    /// replaced keeps its [`FaceId`] and is found by it alone.
    ///
    /// # Errors
    /// When the bytes are not an OpenType font with TrueType or CFF outlines, when they are cut short, when
    /// there is no such index, or when the font forbids embedding or subsetting.
    pub fn add(
        &mut self,
        name: impl Into<String>,
        bytes: Vec<u8>,
        index: u32,
    ) -> Result<FaceId, Box<Diagnostic>> {
        let name = name.into();
        check::check(&name, &bytes, index)?;
        let id = FaceId(self.faces.len() as u16);
        self.faces.push(Source { name: Cow::Owned(name), data: Data::Added(bytes.into()), index });
        Ok(id)
    }

    /// Returns the face with a name: the one added last where there are several.
    pub fn find(&self, name: &str) -> Option<FaceId> {
        self.faces.iter().rposition(|face| face.name == name).map(|position| FaceId(position as u16))
    }

    /// Returns the name that a face was given.
    ///
    /// # Panics
    /// When the face is of another registry.
    pub fn name(&self, id: FaceId) -> &str {
        &self.faces[usize::from(id.0)].name
    }

    /// Opens a view of a face. It costs a look at the table directory; keep it for a page, not for a glyph. The
    /// first look at `fallback` costs some hundredths of a second: open what is in use alone.
    ///
    /// # Panics
    /// When the face is of another registry.
    pub fn face(&self, id: FaceId) -> Face<'_> {
        let number = usize::from(id.0);
        let source = &self.faces[number];
        let usual = match source.data {
            // They stand before those that are added.
            Data::Embedded(_) => Some(Usual::of(number)),
            Data::Packed(_) | Data::Added(_) => None,
        };
        Face::open(source.data.bytes(), source.index, usual).expect("faces are checked before they are added")
    }

    /// Tells whether a face came with the program.
    pub fn is_embedded(&self, id: FaceId) -> bool {
        self.faces.get(usize::from(id.0)).is_some_and(|face| !matches!(face.data, Data::Added(_)))
    }

    /// Returns every face, in the order of their identifiers.
    pub fn ids(&self) -> impl Iterator<Item = FaceId> + use<> {
        (0..self.faces.len() as u16).map(FaceId)
    }
}

impl Data {
    fn bytes(&self) -> &[u8] {
        match self {
            Self::Embedded(bytes) => bytes,
            Self::Packed(packed) => packed.bytes(),
            Self::Added(bytes) => bytes,
        }
    }

    fn len(&self) -> usize {
        match self {
            Self::Packed(packed) => packed.len(),
            Self::Embedded(_) | Self::Added(_) => self.bytes().len(),
        }
    }
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({} bytes, index {})", self.name, self.data.len(), self.index)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::catalogue::layout as messages;

    fn kai() -> Vec<u8> {
        EMBEDDED.iter().find(|(name, _)| *name == "kai").unwrap().1.bytes().to_vec()
    }

    fn refusal(bytes: Vec<u8>, index: u32) -> &'static str {
        Fonts::default().add("own", bytes, index).unwrap_err().entry.code
    }

    /// The place of a table's record in the table directory.
    fn record(bytes: &[u8], tag: [u8; 4]) -> usize {
        (12..).step_by(16).find(|at| bytes[*at..at + 4] == tag).unwrap()
    }

    fn table(bytes: &[u8], tag: [u8; 4]) -> usize {
        let at = record(bytes, tag) + 8;
        u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap()) as usize
    }

    #[test]
    fn embedded_faces_answer() {
        let fonts = Fonts::embedded();
        for id in fonts.ids() {
            let face = fonts.face(id);
            let glyph = face.glyph('龘').or(face.glyph('一')).unwrap();
            assert_ne!(glyph, 0);
            assert!((face.advance(glyph).get() - 1.0).abs() < 1e-9, "{}", fonts.name(id));
            let (low, high) = face.vertical_extents(glyph).unwrap();
            assert!(low < high && high.get() < 1.0, "{}: {low:?} {high:?}", fonts.name(id));
            assert!(face.cap_height().get() > 0.5 && face.descender().get() < 0.0, "{}", fonts.name(id));
            assert_eq!(face.glyph('\u{10FFFF}'), None);
        }
        assert!(fonts.face(fonts.find("fangsong").unwrap()).is_cff());
        assert!(!fonts.face(fonts.find("song").unwrap()).is_cff());
        assert_eq!(fonts.find("other"), None);
    }

    #[test]
    fn embedded_faces_pass_the_check() {
        for (name, data) in &EMBEDDED {
            check::check(name, data.bytes(), 0).unwrap();
        }
    }

    #[test]
    fn packed_face_is_the_file() {
        let file = include_bytes!("../../fonts/ShizhengFallbackKai-Light.ttf");
        assert_eq!(FALLBACK.len(), file.len());
        // Not `assert_eq`, which would print twelve million bytes.
        assert!(FALLBACK.bytes() == file.as_slice());
    }

    #[test]
    fn added_face_takes_the_place() {
        let mut fonts = Fonts::embedded();
        let before = fonts.find("fangsong").unwrap();
        let added = fonts.add("fangsong", kai(), 0).unwrap();
        assert_eq!(fonts.find("fangsong"), Some(added));
        assert_ne!(fonts.face(before).postscript_name(), fonts.face(added).postscript_name());
    }

    #[test]
    fn collection_is_read_by_index() {
        // A collection of one font: a header and the font, its offsets moved by the header's length.
        let font = kai();
        let mut collection = b"ttcf\x00\x01\x00\x00\x00\x00\x00\x01\x00\x00\x00\x10".to_vec();
        let shift = collection.len() as u32;
        collection.extend(&font);
        let tables = usize::from(u16::from_be_bytes([font[4], font[5]]));
        for record in 0..tables {
            let at = 16 + 12 + record * 16 + 8;
            let offset = u32::from_be_bytes(collection[at..at + 4].try_into().unwrap()) + shift;
            collection[at..at + 4].copy_from_slice(&offset.to_be_bytes());
        }
        assert_eq!(refusal(collection.clone(), 1), messages::FACE_INDEX.code);
        let mut fonts = Fonts::default();
        let id = fonts.add("own", collection, 0).unwrap();
        assert_eq!(fonts.face(id).postscript_name(), "FandolKai-Regular");
    }

    #[test]
    fn faulty_faces_are_refused() {
        assert_eq!(refusal(Vec::new(), 0), messages::FACE_UNREADABLE.code);
        assert_eq!(refusal(b"not a font at all".to_vec(), 0), messages::FACE_UNREADABLE.code);
        assert_eq!(refusal(kai(), 99), messages::FACE_INDEX.code);
        for kept in [100, 4000, 1_000_000] {
            assert_eq!(refusal(kai()[..kept].to_vec(), 0), messages::FACE_TRUNCATED.code, "{kept}");
        }
        let mut shorter = kai();
        shorter.truncate(shorter.len() - 100);
        assert_eq!(refusal(shorter, 0), messages::FACE_TRUNCATED.code);

        for (tag, code) in [
            (b"cmap", messages::FACE_TABLE.code),
            (b"hmtx", messages::FACE_TABLE.code),
            (b"CFF ", messages::FACE_OUTLINES.code),
        ] {
            let mut bytes = kai();
            let at = record(&bytes, *tag);
            bytes[at + 3] = b'?';
            assert_eq!(refusal(bytes, 0), code);
        }

        let mut bytes = kai();
        let at = table(&bytes, *b"head") + 18;
        bytes[at..at + 2].copy_from_slice(&[0, 1]);
        assert_eq!(refusal(bytes, 0), messages::FACE_UNITS.code);

        for (permissions, code) in
            [(0x0002, messages::FACE_EMBEDDING.code), (0x0100, messages::FACE_SUBSETTING.code)]
        {
            let mut bytes = kai();
            let at = table(&bytes, *b"OS/2") + 8;
            bytes[at..at + 2].copy_from_slice(&u16::to_be_bytes(permissions));
            assert_eq!(refusal(bytes, 0), code);
        }
    }
}

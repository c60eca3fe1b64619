//! Knows the faces: their characters, their advances, their bytes.

/// A glyph by its index in a face.
pub type GlyphId = u16;

/// A face by its index in [`Fonts`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FaceId(pub u16);

/// The faces that a document may use, by name.
#[derive(Clone, Debug, Default)]
pub struct Fonts {}

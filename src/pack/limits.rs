//! Says how large a pack may be: far beyond any that somebody writes, far below what hurts.

/// The most files of a pack.
pub const MOST_FILES: usize = 2_000;
/// How deep the folders of a pack may be.
pub const DEEPEST_FOLDER: usize = 16;
/// The largest file of a pack, in bytes: beyond any font.
pub const LARGEST_FILE: usize = 64 << 20;
/// The most bytes of all files of a pack together, and of the faces that its style asks for.
pub const LARGEST_PACK: usize = 128 << 20;
/// The largest text of a pack, in bytes: a template, the manifest, the schema, the style.
pub(super) const LARGEST_TEXT: usize = 1 << 20;
/// The most bytes of all templates together. A report of a hundred pages has less than a tenth of it.
pub(super) const LARGEST_TEMPLATES: usize = 2 << 20;
/// The largest picture of a pack, in bytes.
pub(super) const LARGEST_PICTURE: usize = 4 << 20;
/// The most pictures of a pack: a logo or two.
pub(super) const MOST_PICTURES: usize = 8;
/// The most groups and fields that a schema may come to.
pub(super) const MOST_FIELDS: usize = 10_000;

//! Holds the packs that the program carries as they are once read.
//!
//! To read a pack takes as long as to make two documents of it: its schema is parsed, its fields are found, each template
//! is parsed and held against them. Of the packs that the program carries all of that comes out the same every time, so it
//! is done beforehand: `scripts/prepare-packs` writes the files of `src/pack/prepared`, and a test holds them against the
//! packs. Where a pack is not what they were made of, the build script tells, and the program reads all packs anew.

use std::ops::Range;
use std::sync::Arc;

use include_dir::{Dir, include_dir};
use rust_decimal::Decimal;
use serde::Deserialize;

use super::manifest::Manifest;
use super::rules::Rule;
use super::schema::{Accepts, Field};
use super::shape::Shape;
use super::style::Style;

#[cfg(test)]
pub(crate) use self::tests::hold;

static PREPARED: Dir<'static> = include_dir!("$OUT_DIR/prepared");

/// The ending of a file that holds all of a pack but its templates, a [`Whole`].
pub(super) const PACK: &str = "pack";

/// A pack, but for its templates' texts. One that has faces or pictures of its own is not kept.
#[derive(Deserialize)]
#[cfg_attr(test, derive(serde::Serialize))]
pub(super) struct Whole {
    pub(super) manifest: Manifest,
    pub(super) style: Style,
    pub(super) schema: Schema,
    /// The templates' names, with that of the pack that has it where it is one that this pack stands on.
    pub(super) templates: Vec<(String, Option<String>)>,
}

/// A pack's schema.
#[derive(Deserialize)]
#[cfg_attr(test, derive(serde::Serialize))]
pub(super) struct Schema {
    pub(super) fields: Vec<Arc<Field>>,
    /// Every path that the schema knows, in alphabetical order.
    pub(super) nodes: Vec<(String, Node)>,
    pub(super) rules: Vec<Rule>,
    pub(super) swing: Option<Decimal>,
    pub(super) shape: Shape,
}

/// A path that the schema knows.
#[derive(Deserialize)]
#[cfg_attr(test, derive(serde::Serialize))]
pub(super) enum Node {
    /// An object, or the rows of a table.
    Object { title: String, children: Vec<String> },
    /// A field, by its place among the fields.
    Field { index: usize, accepts: Accepts, place: Range<usize> },
}

/// Reads what is kept of a carried pack; nothing where nothing is, or where a pack was changed since.
pub(super) fn read<T: Deserialize<'static>>(pack: &str, part: &str) -> Option<T> {
    postcard::from_bytes(kept(pack, part)?).ok()
}

/// Returns what is kept of a carried pack; nothing where nothing is, or where a pack was changed since.
pub(crate) fn kept(pack: &str, part: &str) -> Option<&'static [u8]> {
    if !cfg!(packs_are_prepared) {
        return None;
    }
    Some(PREPARED.get_file(format!("{pack}.{part}"))?.contents())
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;
    use crate::pack::{Pack, embedded, embedded_names};

    /// Tells whether the tests are asked to keep what should be kept, instead of holding it against what is.
    #[expect(clippy::disallowed_methods, reason = "asks how the tests are run")]
    fn is_to_keep() -> bool {
        std::env::var_os("BLESS").is_some()
    }

    /// Holds what should be kept of a carried pack against what is, or keeps it as a deflate stream.
    #[expect(clippy::disallowed_methods, reason = "writes what belongs to the source")]
    pub(crate) fn hold(pack: &str, part: &str, bytes: &[u8]) {
        if is_to_keep() {
            let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/pack/prepared");
            let file = folder.join(format!("{pack}.{part}"));
            let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
            encoder.write_all(bytes).unwrap();
            std::fs::write(file, encoder.finish().unwrap()).unwrap();
            std::fs::write(folder.join("checksum"), concat!(env!("TEMPLATES_CHECKSUM"), "\n")).unwrap();
        } else {
            // Not as an equation, which would print both.
            assert!(kept(pack, part) == Some(bytes), "{pack}: run scripts/prepare-packs");
        }
    }

    #[test]
    fn packs_are_kept_as_they_are() {
        for name in embedded_names() {
            let pack = Pack::load(&embedded(name).unwrap()).unwrap();
            let bytes = postcard::to_allocvec(&pack.prepared().unwrap()).unwrap();
            hold(name, PACK, &bytes);
            let read: Whole = postcard::from_bytes(&bytes).unwrap();
            assert_eq!(postcard::to_allocvec(&read).unwrap(), bytes, "{name}");
            // What is kept only now is not in this program yet, but what was before.
            if is_to_keep() {
                continue;
            }
            let carried = Pack::embedded(name).unwrap().unwrap();
            assert_eq!(postcard::to_allocvec(&carried.prepared().unwrap()).unwrap(), bytes, "{name}");
            // What is not kept comes of the same files.
            for field in pack.schema().fields() {
                let origin = pack.schema().origin(&field.path);
                assert!(
                    origin.is_some() && carried.schema().origin(&field.path) == origin,
                    "{name}: {}",
                    field.path
                );
            }
            assert_eq!(carried.schema().document(), pack.schema().document(), "{name}");
            assert_eq!(carried.manifest().characters(), pack.manifest().characters(), "{name}");
            assert!(carried.style() == pack.style(), "{name}");
            assert_eq!(carried.templates(), pack.templates(), "{name}");
            assert_eq!(carried.inherited(), pack.inherited(), "{name}");
        }
    }
}

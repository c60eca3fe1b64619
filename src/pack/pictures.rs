//! Reads the pictures of a pack: every PNG file in it, for `<img>`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::limits::{LARGEST_PICTURE, MOST_PICTURES};
use super::overlay::Layers;
use super::{bytes, is_inside, too_large};
use crate::diag::catalogue::overlay::PACK_TOO_LARGE;
use crate::diag::{Diagnostic, Text};
use crate::picture::{self, Picture};

/// The pictures of a pack and of those that it stands on, by their paths.
#[derive(Debug, Default)]
pub(super) struct Pictures {
    /// All that are there, those too that are no pictures.
    pub(super) names: BTreeSet<String>,
    /// Those that can be printed.
    pub(super) read: BTreeMap<String, Arc<Picture>>,
    /// What is wrong with the others.
    pub(super) faults: Vec<Diagnostic>,
}

impl Pictures {
    /// Reads the pictures; one of an overlay takes the place of the base's of that name.
    pub(super) fn read(layers: &Layers<'_>) -> Self {
        let mut pictures = Self::default();
        let names: BTreeSet<&str> = layers
            .names()
            .map(|(name, ..)| name)
            .filter(|name| picture::is_file_name(name) && is_inside(name))
            .collect();
        for (index, name) in names.into_iter().enumerate() {
            let Some(files) = layers.holder(name) else { continue };
            let file = files.display(name);
            pictures.names.insert(name.to_owned());
            if index == MOST_PICTURES {
                let what = Text::both("PNG 图片", "the number of PNG files");
                let fault = Diagnostic::new(&PACK_TOO_LARGE).with("file", &file).with("what", what);
                pictures.faults.push(fault.with("most", MOST_PICTURES));
            }
            if index >= MOST_PICTURES {
                continue;
            }
            match bytes(files, name) {
                Ok(bytes) if bytes.len() > LARGEST_PICTURE => {
                    let what = Text::both("一幅图片", "a picture");
                    pictures.faults.push(too_large(file, what, LARGEST_PICTURE));
                }
                Ok(bytes) => match Picture::read_logo(&bytes) {
                    Ok(picture) => drop(pictures.read.insert(name.to_owned(), Arc::new(picture))),
                    Err(unfit) => pictures.faults.push(unfit.tell(&file)),
                },
                Err(found) => pictures.faults.extend(found),
            }
        }
        pictures
    }
}

//! Holds the pictures of a template pack that a document shows: a city's logo.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Block, Document};
use crate::picture::Picture;
use crate::units::Abs;

/// A picture of the template pack, on lines of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Image {
    /// The picture's file in the pack.
    pub file: String,
    /// What it shows, for who does not see it.
    pub alternative: String,
    /// How high it is printed; it is as wide as its shape asks for.
    pub height: Abs,
    /// Where it stands.
    pub side: Side,
    /// The picture, once the pack's are at hand.
    pub picture: Option<Arc<Picture>>,
}

/// Where something stands in the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Side {
    /// At the left edge.
    Left,
    /// In the middle.
    #[default]
    Middle,
    /// At the right edge.
    Right,
}

impl Side {
    /// Every side with its name in the filled text.
    pub const NAMES: [(&str, Self); 3] =
        [("left", Self::Left), ("center", Self::Middle), ("right", Self::Right)];
}

impl Document {
    /// Gives the images of the document their pictures, by the names of their files.
    pub fn set_pictures(&mut self, pictures: &BTreeMap<String, Arc<Picture>>) {
        for block in &mut self.blocks {
            if let Block::Image(image) = block {
                image.picture = pictures.get(&image.file).map(Arc::clone);
            }
        }
    }
}

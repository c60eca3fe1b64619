//! Writes pictures: of seals and signatures the official red, through a mask of their ink; of logos their colours.
//!
//! The picture of a seal itself is one point of CMYK red spread over the box, so that it prints in the very colour that
//! the rules have (PDF/A asks that colours agree with the output intent); its shape is the soft mask. What is
//! printed below a seal shows through where the seal has no ink.

use std::sync::Arc;

use lopdf::{Dictionary, Document, Stream, dictionary};

use super::deflate::Deflater;
use crate::page::{FrameItem, Pages};
use crate::picture::Picture;

/// CMYK Y80 M80 in bytes.
const RED: [u8; 4] = [0, 204, 204, 0];

/// Returns the pictures of all pages, each once, in the order in which they come.
pub(super) fn all(pages: &Pages) -> Vec<&Arc<Picture>> {
    let mut pictures: Vec<&Arc<Picture>> = Vec::new();
    for item in pages.pages.iter().flat_map(|page| &page.items) {
        if let FrameItem::Picture(placed) = item
            && !pictures.contains(&&placed.picture)
        {
            pictures.push(&placed.picture);
        }
    }
    pictures
}

/// Returns the name of a picture in the pages' resources.
pub(super) fn name(pictures: &[&Arc<Picture>], picture: &Arc<Picture>) -> String {
    let index = pictures.iter().position(|known| *known == picture).unwrap_or_default();
    format!("Picture{index}")
}

/// Writes the pictures and returns them by their names.
pub(super) fn write(document: &mut Document, pages: &Pages) -> Dictionary {
    let pictures = all(pages);
    let mut named = Dictionary::new();
    for picture in &pictures {
        let mask = Stream::new(
            dictionary! {
                "Type" => "XObject",
                "Subtype" => "Image",
                "Width" => i64::from(picture.width),
                "Height" => i64::from(picture.height),
                "ColorSpace" => "DeviceGray",
                "BitsPerComponent" => 8,
                "Filter" => "FlateDecode",
            },
            Deflater::pack_densely(&picture.ink),
        );
        let mask = document.add_object(mask);
        let (width, height, colors) = match &picture.colors {
            Some(colors) => (picture.width, picture.height, colors.as_slice()),
            None => (1, 1, RED.as_slice()),
        };
        let image = Stream::new(
            dictionary! {
                "Type" => "XObject",
                "Subtype" => "Image",
                "Width" => i64::from(width),
                "Height" => i64::from(height),
                "ColorSpace" => "DeviceCMYK",
                "BitsPerComponent" => 8,
                "SMask" => mask,
                "Filter" => "FlateDecode",
            },
            Deflater::pack_densely(colors),
        );
        named.set(name(&pictures, picture), document.add_object(image));
    }
    named
}

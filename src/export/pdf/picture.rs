//! Writes pictures: of seals and signatures the official red, through a mask of their ink; of logos their colours.
//!
//! The picture of a seal itself is CMYK red all over, so that it prints in the very colour that the rules have (PDF/A asks
//! that colours agree with the output intent); its shape is the soft mask. It has as many points as the mask, since
//! who checks a file for print takes its resolution from them; of a palette of one colour they take next to no
//! room. What is printed below a seal shows through where the seal has no ink.

use std::sync::Arc;

use lopdf::{Dictionary, Document, Object, Stream, StringFormat, dictionary};

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
        let (space, depth, packed) = match &picture.colors {
            Some(colors) => (Object::from("DeviceCMYK"), 8, Deflater::pack_densely(colors)),
            None => (palette_of(RED), 1, Deflater::pack_densely(&first_of_palette(picture))),
        };
        let image = Stream::new(
            dictionary! {
                "Type" => "XObject",
                "Subtype" => "Image",
                "Width" => i64::from(picture.width),
                "Height" => i64::from(picture.height),
                "ColorSpace" => space,
                "BitsPerComponent" => depth,
                "SMask" => mask,
                "Filter" => "FlateDecode",
            },
            packed,
        );
        named.set(name(&pictures, picture), document.add_object(image));
    }
    named
}

/// Returns a palette of one CMYK colour (PDF 1.7, 8.6.6.3).
fn palette_of(color: [u8; 4]) -> Object {
    let colors = Object::String(color.to_vec(), StringFormat::Hexadecimal);
    Object::Array(vec!["Indexed".into(), "DeviceCMYK".into(), 0.into(), colors])
}

/// Returns the points of a picture that is all of the palette's first colour: one bit each, each row in whole bytes.
fn first_of_palette(picture: &Picture) -> Vec<u8> {
    let (width, height) = (picture.width as usize, picture.height as usize);
    vec![0; width.div_ceil(8) * height]
}

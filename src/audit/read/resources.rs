//! What the names of a content stream stand for: fonts, forms, colour spaces, properties.

use lopdf::{Dictionary, Object, Stream};

use super::file::{File, dictionary_of};
use super::state::Space;

/// The resources of a page or a form.
#[derive(Clone, Copy)]
pub(super) struct Resources<'a> {
    file: &'a File,
    own: Option<&'a Dictionary>,
}

impl<'a> Resources<'a> {
    /// Takes a page's or a form's resources.
    pub(super) fn new(file: &'a File, own: Option<&'a Dictionary>) -> Self {
        Self { file, own }
    }

    fn find(self, kind: &[u8], name: &[u8]) -> Option<&'a Object> {
        let kind = self.file.dictionary(self.own?, kind)?;
        self.file.get(kind, name)
    }

    /// Returns a font.
    pub(super) fn font(self, name: &[u8]) -> Option<&'a Dictionary> {
        self.find(b"Font", name).and_then(dictionary_of)
    }

    /// Returns a form or a picture.
    pub(super) fn object(self, name: &[u8]) -> Option<&'a Stream> {
        self.find(b"XObject", name)?.as_stream().ok()
    }

    /// Returns a set of parameters.
    pub(super) fn parameters(self, name: &[u8]) -> Option<&'a Dictionary> {
        self.find(b"ExtGState", name).and_then(dictionary_of)
    }

    /// Returns the properties of marked content.
    pub(super) fn properties(self, name: &[u8]) -> Option<&'a Dictionary> {
        self.find(b"Properties", name).and_then(dictionary_of)
    }

    /// Returns a colour space by its name.
    pub(super) fn space(self, name: &[u8]) -> Space {
        match name {
            b"DeviceGray" | b"G" | b"CalGray" => Space::Gray,
            b"DeviceRGB" | b"RGB" => Space::Rgb { profiled: false },
            b"CalRGB" => Space::Rgb { profiled: true },
            b"DeviceCMYK" | b"CMYK" => Space::Cmyk,
            _ => self.find(b"ColorSpace", name).map_or(Space::Other, |space| self.space_of(space)),
        }
    }

    fn space_of(self, space: &Object) -> Space {
        match space {
            Object::Name(name) => match name.as_slice() {
                b"DeviceGray" | b"CalGray" => Space::Gray,
                b"DeviceRGB" => Space::Rgb { profiled: false },
                b"CalRGB" => Space::Rgb { profiled: true },
                b"DeviceCMYK" => Space::Cmyk,
                _ => Space::Other,
            },
            Object::Array(list) => match list.first().and_then(|kind| kind.as_name().ok()) {
                Some(b"ICCBased") => self.profile(list),
                Some(b"CalGray") => Space::Gray,
                Some(b"CalRGB") => Space::Rgb { profiled: true },
                Some(b"Lab") => Space::Lab,
                Some(b"DeviceGray" | b"DeviceRGB" | b"DeviceCMYK") => {
                    list.first().map_or(Space::Other, |name| self.space_of(name))
                }
                _ => Space::Other,
            },
            _ => Space::Other,
        }
    }

    fn profile(self, list: &[Object]) -> Space {
        let entry = list.get(1).and_then(|profile| self.file.follow(profile)).and_then(dictionary_of);
        match entry.and_then(|entry| self.file.number(entry, b"N")).map(|values| values as u8) {
            Some(1) => Space::Gray,
            Some(3) => Space::Rgb { profiled: true },
            Some(4) => Space::Cmyk,
            _ => Space::Other,
        }
    }
}

//! Says under which licence each face inside the program stands.

use serde::Deserialize;

/// The list of faces that the fonts' own build writes.
const FACES: &str = include_str!("../../fonts/faces.toml");

/// The licences' own files, by their names in `fonts/`.
static TEXTS: [(&str, &str); 5] = [
    ("licenses/NotoSerifSC.LICENSE_FONT", include_str!("../../fonts/licenses/NotoSerifSC.LICENSE_FONT")),
    ("licenses/NotoSansSC.LICENSE_FONT", include_str!("../../fonts/licenses/NotoSansSC.LICENSE_FONT")),
    ("licenses/Fandol.COPYING", include_str!("../../fonts/licenses/Fandol.COPYING")),
    ("licenses/Fandol.README", include_str!("../../fonts/licenses/Fandol.README")),
    (
        "licenses/fonts-lxgw-wenkai.copyright",
        include_str!("../../fonts/licenses/fonts-lxgw-wenkai.copyright"),
    ),
];

/// The licence of a face and where the face came from.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Licence {
    /// The face's name, as in [`super::Fonts`].
    pub id: String,
    /// What the face is used for, such as `仿宋`.
    pub role: String,
    /// The face's file in `fonts/`.
    pub file: String,
    /// The family's name.
    pub family: String,
    /// The licence as an SPDX expression.
    pub licence: String,
    /// The copyright notice.
    pub copyright: String,
    /// The package that the face was taken from.
    pub package: String,
    /// That package's version.
    pub version: String,
    /// The licence's files in `fonts/`.
    #[serde(rename = "licence_files")]
    pub files: Vec<String>,
}

impl Licence {
    /// Returns the licence's files, each with its name and its unaltered text.
    pub fn texts(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        TEXTS.iter().copied().filter(|(name, _)| self.files.iter().any(|file| file == name))
    }
}

#[derive(Deserialize)]
struct Faces {
    face: Vec<Licence>,
}

/// Returns the licences of the faces inside the program, in the order of the faces.
///
/// # Panics
/// Never: the list is part of the program and checked by its tests.
pub fn licences() -> Vec<Licence> {
    toml::from_str::<Faces>(FACES).expect("the list of faces is well-formed").face
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::font::{EMBEDDED, Fonts};

    #[test]
    fn every_face_has_its_licence() {
        let licences = licences();
        let ids: Vec<_> = licences.iter().map(|licence| licence.id.as_str()).collect();
        assert_eq!(ids, EMBEDDED.each_ref().map(|(name, _)| *name));
        for licence in &licences {
            assert!(!licence.files.is_empty(), "{}", licence.id);
            assert_eq!(licence.texts().count(), licence.files.len(), "{}", licence.id);
        }
    }

    #[test]
    fn list_names_the_faces_themselves() {
        #[derive(Deserialize)]
        struct Names {
            face: Vec<Name>,
        }
        #[derive(Deserialize)]
        struct Name {
            id: String,
            postscript: String,
        }
        let fonts = Fonts::embedded();
        for name in toml::from_str::<Names>(FACES).unwrap().face {
            let face = fonts.face(fonts.find(&name.id).unwrap());
            assert_eq!(face.postscript_name(), name.postscript);
        }
    }
}

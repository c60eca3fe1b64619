//! Reads the font files that a call gives: faces for a role of text, and a folder of faces to fall back on.

use std::path::{Path, PathBuf};

use shizheng::diag::Diagnostic;
use shizheng::diag::catalogue::cli as catalogue;
use shizheng::pack::{OwnFace, Pack, Style};

use super::arguments;
use super::batch::manifest::{self, Hash};
use super::fault::{Fault, with_reason};

/// The folder beside the program whose faces are used without being asked for.
const FOLDER: &str = "fonts";

/// The faces that a call adds to those of the pack.
#[derive(Default)]
pub(super) struct Faces {
    /// For a role: its name, the file, its bytes, the face's number in it.
    roles: Vec<(String, String, Vec<u8>, u32)>,
    /// To fall back on: the file and its bytes.
    more: Vec<(String, Vec<u8>)>,
}

impl Faces {
    /// Reads the files that a call names. Fails with the call's fault.
    pub(super) fn resolve(call: &arguments::Faces) -> Result<Self, Fault> {
        let mut faces = Self::default();
        for word in &call.font {
            let Some((role, file)) =
                word.split_once('=').filter(|(role, _)| Style::roles().any(|known| known == *role))
            else {
                let roles = Style::roles().collect::<Vec<_>>().join("、");
                return Err(Fault::call(
                    Diagnostic::new(&catalogue::BAD_FONT).with("word", word).with("roles", roles),
                ));
            };
            let own = OwnFace::parse(file);
            let bytes = read(Path::new(&own.file))?;
            faces.roles.push((role.to_owned(), own.file, bytes, own.index));
        }
        let beside = || std::env::current_exe().ok().and_then(|program| Some(program.parent()?.join(FOLDER)));
        match &call.fonts {
            Some(folder) => faces.read_folder(folder)?,
            None => {
                if let Some(folder) = beside().filter(|folder| folder.is_dir()) {
                    faces.read_folder(&folder)?;
                }
            }
        }
        Ok(faces)
    }

    /// Returns the files and folders that a call names.
    pub(super) fn paths(call: &arguments::Faces) -> Vec<PathBuf> {
        let files = call.font.iter().filter_map(|word| word.split_once('='));
        let files = files.map(|(_, file)| PathBuf::from(OwnFace::parse(file).file));
        files.chain(call.fonts.clone()).collect()
    }

    /// Returns the hash of all of them.
    pub(super) fn identity(&self) -> Hash {
        let role = |(role, _, bytes, index): &(String, String, Vec<u8>, u32)| {
            manifest::hash([role.as_bytes(), bytes, &index.to_le_bytes()])
        };
        let more = |(_, bytes): &(String, Vec<u8>)| manifest::hash([&bytes[..]]);
        let hashes: Vec<Hash> = self.roles.iter().map(role).chain(self.more.iter().map(more)).collect();
        manifest::hash(hashes.iter().map(|hash| &hash[..]))
    }

    fn read_folder(&mut self, folder: &Path) -> Result<(), Fault> {
        let unreadable = |error| {
            Fault::call(with_reason(&catalogue::FONT_UNREADABLE, &folder.display().to_string(), &error))
        };
        #[expect(clippy::disallowed_methods, reason = "the command line is where files are reached")]
        let entries = std::fs::read_dir(folder).map_err(unreadable)?;
        let mut files: Vec<PathBuf> =
            entries.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| is_font(path)).collect();
        // The order of a folder is the system's; the faces' must not be.
        files.sort();
        for file in files {
            self.more.push((file.display().to_string(), read(&file)?));
        }
        Ok(())
    }

    /// Adds the faces to a pack.
    pub(super) fn add_to(&self, pack: &mut Pack) -> Result<(), Fault> {
        for (role, file, bytes, index) in &self.roles {
            pack.set_face(role, file.clone(), bytes.clone(), *index).map_err(|fault| Fault::call(*fault))?;
        }
        for (file, bytes) in &self.more {
            pack.add_fallback(file.clone(), bytes.clone(), 0);
        }
        Ok(())
    }
}

fn is_font(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    ["ttf", "otf", "ttc", "otc"].iter().any(|known| extension.eq_ignore_ascii_case(known))
}

fn read(path: &Path) -> Result<Vec<u8>, Fault> {
    #[expect(clippy::disallowed_methods, reason = "the command line is where files are reached")]
    let bytes = std::fs::read(path);
    bytes.map_err(|error| {
        Fault::call(with_reason(&catalogue::FONT_UNREADABLE, &path.display().to_string(), &error))
    })
}

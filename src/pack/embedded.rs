//! Holds the packs that the program carries: the folders of `templates/`.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

use include_dir::{Dir, DirEntry, include_dir};

use super::PackFiles;
use crate::packed::unpack;

/// What the build script made of `templates/`.
static TEMPLATES: Dir<'static> = include_dir!("$OUT_DIR/templates");

/// The ending of a file that the build script compressed.
const PACKED: &str = ".packed";

/// A pack that the program carries.
#[derive(Clone, Debug)]
pub struct EmbeddedPack {
    name: &'static str,
    /// Every file by its path within the pack.
    files: Arc<BTreeMap<String, File>>,
}

/// A file of a pack.
#[derive(Clone, Copy, Debug)]
enum File {
    Plain(&'static [u8]),
    Packed(&'static [u8]),
}

impl File {
    fn bytes(self) -> Cow<'static, [u8]> {
        match self {
            Self::Plain(bytes) => Cow::Borrowed(bytes),
            Self::Packed(packed) => Cow::Owned(unpack(packed)),
        }
    }
}

/// Returns the files of an embedded pack.
pub fn embedded(name: &str) -> Option<EmbeddedPack> {
    let folder = TEMPLATES.dirs().find(|folder| folder.path().to_str() == Some(name))?;
    let mut files = BTreeMap::new();
    gather(folder, "", &mut files);
    Some(EmbeddedPack { name: folder.path().to_str()?, files: Arc::new(files) })
}

/// Returns the names of the embedded packs.
pub fn embedded_names() -> impl Iterator<Item = &'static str> {
    TEMPLATES.dirs().filter_map(|folder| folder.path().to_str())
}

impl EmbeddedPack {
    /// Returns its name.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Returns every file's path within the pack and its bytes.
    pub fn files(&self) -> Vec<(String, Cow<'static, [u8]>)> {
        self.files.iter().map(|(name, file)| (name.clone(), file.bytes())).collect()
    }
}

/// Gathers the files of a folder under their names within the pack, which `/` parts on every system.
fn gather(folder: &'static Dir<'static>, before: &str, files: &mut BTreeMap<String, File>) {
    for entry in folder.entries() {
        let name = entry.path().file_name().map_or(Cow::Borrowed(""), |name| name.to_string_lossy());
        match entry {
            DirEntry::Dir(inner) => gather(inner, &format!("{before}{name}/"), files),
            DirEntry::File(file) => {
                let (name, file) = match name.strip_suffix(PACKED) {
                    Some(name) => (name, File::Packed(file.contents())),
                    None => (&*name, File::Plain(file.contents())),
                };
                files.insert(format!("{before}{name}"), file);
            }
        }
    }
}

impl PackFiles for EmbeddedPack {
    fn names(&self) -> io::Result<Vec<String>> {
        Ok(self.files.keys().cloned().collect())
    }

    fn read(&self, path: &str) -> io::Result<Option<Cow<'static, [u8]>>> {
        Ok(self.files.get(path).map(|file| file.bytes()))
    }

    fn display(&self, path: &str) -> String {
        format!("{}/{path}", self.name)
    }
}

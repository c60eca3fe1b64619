//! Holds the packs that the program carries: the folders of `templates/`.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

use include_dir::{Dir, DirEntry, include_dir};

use super::PackFiles;

static TEMPLATES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/templates");

/// A pack that the program carries.
#[derive(Clone, Debug)]
pub struct EmbeddedPack {
    name: &'static str,
    /// Every file's bytes by its path within the pack.
    files: Arc<BTreeMap<String, &'static [u8]>>,
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
    pub fn files(&self) -> Vec<(String, &'static [u8])> {
        self.files.iter().map(|(name, bytes)| (name.clone(), *bytes)).collect()
    }
}

/// Gathers the files of a folder under their names within the pack, which `/` parts on every system.
fn gather(folder: &'static Dir<'static>, before: &str, files: &mut BTreeMap<String, &'static [u8]>) {
    for entry in folder.entries() {
        let name = entry.path().file_name().map_or(Cow::Borrowed(""), |name| name.to_string_lossy());
        match entry {
            DirEntry::Dir(inner) => gather(inner, &format!("{before}{name}/"), files),
            DirEntry::File(file) => {
                files.insert(format!("{before}{name}"), file.contents());
            }
        }
    }
}

impl PackFiles for EmbeddedPack {
    fn names(&self) -> io::Result<Vec<String>> {
        Ok(self.files.keys().cloned().collect())
    }

    fn read(&self, path: &str) -> io::Result<Option<Cow<'static, [u8]>>> {
        Ok(self.files.get(path).map(|bytes| Cow::Borrowed(*bytes)))
    }

    fn display(&self, path: &str) -> String {
        format!("{}/{path}", self.name)
    }
}

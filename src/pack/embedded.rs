//! Holds the packs that the program carries: the folders of `templates/`.

use std::io;

use include_dir::{Dir, DirEntry, include_dir};

use super::PackFiles;

static TEMPLATES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/templates");

/// A pack that the program carries.
#[derive(Clone, Copy, Debug)]
pub struct EmbeddedPack {
    folder: &'static Dir<'static>,
}

/// Returns the files of an embedded pack.
pub fn embedded(name: &str) -> Option<EmbeddedPack> {
    TEMPLATES.dirs().find(|folder| folder.path().to_str() == Some(name)).map(|folder| EmbeddedPack { folder })
}

/// Returns the names of the embedded packs.
pub fn embedded_names() -> impl Iterator<Item = &'static str> {
    TEMPLATES.dirs().filter_map(|folder| folder.path().to_str())
}

impl EmbeddedPack {
    /// Returns every file's path within the pack and its bytes.
    pub fn files(&self) -> Vec<(String, &'static [u8])> {
        let mut files = Vec::new();
        gather(self.folder, self.folder, &mut files);
        files.sort_unstable();
        files
    }
}

fn gather(
    folder: &'static Dir<'static>,
    root: &'static Dir<'static>,
    files: &mut Vec<(String, &'static [u8])>,
) {
    for entry in folder.entries() {
        match entry {
            DirEntry::Dir(inner) => gather(inner, root, files),
            DirEntry::File(file) => {
                let parts = file.path().strip_prefix(root.path()).unwrap_or(file.path()).components();
                // The parts are put together anew because a path is parted by `\` on Windows.
                let name: Vec<_> = parts.map(|part| part.as_os_str().to_string_lossy()).collect();
                files.push((name.join("/"), file.contents()));
            }
        }
    }
}

impl PackFiles for EmbeddedPack {
    fn names(&self) -> io::Result<Vec<String>> {
        Ok(self.files().into_iter().map(|(name, _)| name).collect())
    }

    fn read(&self, path: &str) -> io::Result<Option<Vec<u8>>> {
        Ok(self.folder.get_file(self.folder.path().join(path)).map(|file| file.contents().to_vec()))
    }

    fn display(&self, path: &str) -> String {
        format!("{}/{path}", self.folder.path().display())
    }
}

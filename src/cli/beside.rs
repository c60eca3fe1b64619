//! Reads what stands beside a data file, and nothing outside of its folder.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

use shizheng::picture::is_file_name;
use shizheng::seals::Beside;

use super::batch::manifest::{self, Hash, Noted};
use super::output::folder_of;

/// The largest picture that is read, in bytes.
const LIMIT: u64 = 16 * 1024 * 1024;

/// The folders that data files are in; that of standard input is the current one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Folders;

impl Beside for Folders {
    fn read(&self, source: &str, file: &str) -> io::Result<Vec<u8>> {
        let within = Path::new(file);
        if !within.components().all(|part| matches!(part, Component::Normal(_))) {
            return Err(io::ErrorKind::InvalidFilename.into());
        }
        let folder = fs::canonicalize(folder_of(Path::new(source)))?;
        let path = fs::canonicalize(folder.join(within))?;
        if !path.starts_with(&folder) {
            return Err(io::ErrorKind::PermissionDenied.into());
        }
        if path.is_dir() {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        let mut bytes = Vec::new();
        File::open(path)?.take(LIMIT + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > LIMIT { Err(io::ErrorKind::FileTooLarge.into()) } else { Ok(bytes) }
    }
}

/// Reads what stands beside data files and notes what was read, for one document.
#[derive(Debug, Default)]
pub(super) struct Noting(Noted);

impl Noting {
    /// Returns the files that were asked for, each with the hash of its bytes, in the order of their names.
    pub(super) fn noted(&self) -> Vec<(String, Option<Hash>)> {
        self.0.files()
    }
}

impl Beside for Noting {
    fn read(&self, source: &str, file: &str) -> io::Result<Vec<u8>> {
        let read = Folders.read(source, file);
        self.0.add(file, read.as_deref().ok());
        read
    }
}

/// Returns where the pictures are or may come to be that a data file names: whatever text in it ends as the name of one.
pub(super) fn pictures(file: &Path, data: &[u8]) -> Vec<PathBuf> {
    let text = String::from_utf8_lossy(data);
    let names = text.split('"').filter(|word| is_file_name(word));
    names.map(|name| folder_of(file).join(name)).collect()
}

/// Hashes files beside a data file as they are now.
pub(super) fn hashed(source: &str, files: &[String]) -> Vec<(String, Option<Hash>)> {
    let hash = |file: &String| Folders.read(source, file).ok().map(|bytes| manifest::hash_of([&bytes[..]]));
    files.iter().map(|file| (file.clone(), hash(file))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_from_the_data_files_folder_and_from_nowhere_else() {
        let folder = tempfile::tempdir().unwrap();
        let city = folder.path().join("city");
        fs::create_dir_all(city.join("seals")).unwrap();
        fs::write(city.join("seals/a.png"), "a").unwrap();
        fs::write(folder.path().join("b.png"), "b").unwrap();
        let data = city.join("data.json").display().to_string();
        assert_eq!(Folders.read(&data, "seals/a.png").unwrap(), b"a");
        for outside in ["../b.png", "seals/../../b.png", "none.png", "seals", ""] {
            assert!(Folders.read(&data, outside).is_err(), "{outside}");
        }
        let absolute = folder.path().join("b.png").display().to_string();
        assert!(Folders.read(&data, &absolute).is_err());
    }
}

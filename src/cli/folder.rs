//! Reads a template pack from a folder of the user's, and nothing outside of it.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

use shizheng::diag::catalogue::cli as catalogue;
use shizheng::diag::catalogue::overlay::PACK_TOO_LARGE;
use shizheng::diag::{Diagnostic, Text};
use shizheng::pack::{DEEPEST_FOLDER, LARGEST_FILE, MOST_FILES, PackFiles};

use super::fault::with_reason;

/// A pack's folder, its files listed. Files and folders that begin with `.` are not part of a pack.
pub(super) struct Folder {
    /// The folder as the call names it.
    shown: PathBuf,
    /// The folder with links followed.
    root: PathBuf,
    /// The files by their paths within the folder, parted by `/`.
    names: BTreeSet<String>,
}

impl Folder {
    /// Lists the files of a pack's folder. Fails with every file that cannot be reached or that is a link out
    /// of the folder.
    pub(super) fn open(path: &Path) -> Result<Self, Vec<Diagnostic>> {
        let root = fs::canonicalize(path).map_err(|error| vec![unreadable(path, &error)])?;
        let open = vec![root.clone()];
        let mut walk = Walk { root: &root, open, visited: 0, names: BTreeSet::new(), faults: Vec::new() };
        walk.folder(path, "");
        let Walk { names, faults, .. } = walk;
        if faults.is_empty() { Ok(Self { shown: path.to_owned(), root, names }) } else { Err(faults) }
    }

    /// Tells whether a folder is a pack's.
    pub(super) fn is_pack(path: &Path) -> bool {
        path.join("pack.toml").is_file()
    }
}

impl PackFiles for Folder {
    fn names(&self) -> io::Result<Vec<String>> {
        Ok(self.names.iter().cloned().collect())
    }

    fn read(&self, path: &str) -> io::Result<Option<Cow<'static, [u8]>>> {
        let within = Path::new(path);
        if !within.components().all(|part| matches!(part, Component::Normal(_))) {
            return Err(io::ErrorKind::InvalidFilename.into());
        }
        // Links are looked at again: the folder may have changed since it was listed.
        let file = match fs::canonicalize(self.root.join(within)) {
            Ok(file) if file.starts_with(&self.root) => file,
            Ok(_) => return Err(io::ErrorKind::PermissionDenied.into()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        let mut bytes = Vec::new();
        File::open(file)?.take(LARGEST_FILE as u64 + 1).read_to_end(&mut bytes)?;
        if bytes.len() > LARGEST_FILE {
            Err(io::ErrorKind::FileTooLarge.into())
        } else {
            Ok(Some(bytes.into()))
        }
    }

    fn display(&self, path: &str) -> String {
        // The parts are put together anew because a path is parted by `\` on Windows.
        let shown = if self.shown == Path::new(".") { PathBuf::new() } else { self.shown.clone() };
        path.split('/').fold(shown, |shown, part| shown.join(part)).display().to_string()
    }
}

struct Walk<'a> {
    root: &'a Path,
    /// The folders above the one that is being walked, links followed: a link back to one of them ends there.
    open: Vec<PathBuf>,
    /// How many files and folders were come to; links may lead to one by many ways.
    visited: usize,
    names: BTreeSet<String>,
    faults: Vec<Diagnostic>,
}

impl Walk<'_> {
    fn folder(&mut self, path: &Path, prefix: &str) {
        let entries = fs::read_dir(path).and_then(Iterator::collect::<io::Result<Vec<_>>>);
        let mut entries = match entries {
            Ok(entries) => entries,
            Err(error) => return self.faults.push(unreadable(path, &error)),
        };
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            let name = entry.file_name().to_string_lossy().into_owned();
            if !name.starts_with('.') {
                self.visited += 1;
                if self.visited > MOST_FILES {
                    if self.visited == MOST_FILES + 1 {
                        let what = Text::both("文件", "the number of files");
                        self.too_large(path, what, MOST_FILES);
                    }
                    return;
                }
                self.entry(&entry.path(), format!("{prefix}{name}"));
            }
        }
    }

    fn entry(&mut self, path: &Path, name: String) {
        match fs::canonicalize(path) {
            Ok(real) if !real.starts_with(self.root) => {
                let diagnostic = Diagnostic::new(&catalogue::PACK_LINK_OUTSIDE);
                self.faults.push(diagnostic.with("path", path.display()));
            }
            Ok(real) if real.is_dir() => {
                if self.open.len() > DEEPEST_FOLDER {
                    let what = Text::both("文件夹的层数", "the depth of its folders");
                    self.too_large(path, what, DEEPEST_FOLDER);
                } else if !self.open.contains(&real) {
                    self.open.push(real);
                    self.folder(path, &(name + "/"));
                    self.open.pop();
                }
            }
            Ok(real) if real.is_file() => drop(self.names.insert(name)),
            Ok(_) => {}
            Err(error) => self.faults.push(unreadable(path, &error)),
        }
    }
}

impl Walk<'_> {
    fn too_large(&mut self, path: &Path, what: Text, most: usize) {
        let fault = Diagnostic::new(&PACK_TOO_LARGE).with("file", path.display());
        self.faults.push(fault.with("what", what).with("most", most));
    }
}

fn unreadable(path: &Path, error: &io::Error) -> Diagnostic {
    with_reason(&catalogue::PACK_UNREADABLE, &path.display().to_string(), error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_is_inside_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let pack = folder.path().join("pack");
        fs::create_dir_all(pack.join("a/b")).unwrap();
        fs::create_dir_all(pack.join(".git")).unwrap();
        for name in ["pack.toml", "a/b/c.hbs", ".git/config", "../outside.hbs"] {
            fs::write(pack.join(name), name).unwrap();
        }
        let files = Folder::open(&pack).unwrap();
        assert_eq!(files.names().unwrap(), ["a/b/c.hbs", "pack.toml"]);
        assert_eq!(files.read("a/b/c.hbs").unwrap().unwrap(), b"a/b/c.hbs".as_slice());
        assert!(files.read("a/none.hbs").unwrap().is_none());
        for path in ["../outside.hbs", "a/../../outside.hbs", "/etc/hostname", "./pack.toml"] {
            assert!(files.read(path).is_err(), "{path}");
        }
        assert!(Folder::is_pack(&pack));
        assert!(!Folder::is_pack(folder.path()));
    }

    #[cfg(unix)]
    #[test]
    fn links_may_lead_about_inside_but_not_out() {
        use std::os::unix::fs::symlink;
        let folder = tempfile::tempdir().unwrap();
        let pack = folder.path().join("pack");
        fs::create_dir_all(pack.join("a")).unwrap();
        fs::write(pack.join("a/x.hbs"), "x").unwrap();
        fs::write(folder.path().join("secret.hbs"), "secret").unwrap();
        symlink("a/x.hbs", pack.join("y.hbs")).unwrap();
        symlink("..", pack.join("a/up")).unwrap();
        symlink("../a", pack.join("a/self")).unwrap();
        symlink("a", pack.join("0")).unwrap();
        let files = Folder::open(&pack).unwrap();
        assert_eq!(files.names().unwrap(), ["0/x.hbs", "a/x.hbs", "y.hbs"]);
        assert_eq!(files.read("y.hbs").unwrap().unwrap(), b"x".as_slice());

        symlink("../secret.hbs", pack.join("z.hbs")).unwrap();
        assert!(files.read("z.hbs").is_err());
        let faults = Folder::open(&pack).err().unwrap();
        assert_eq!(faults.len(), 1);
        assert_eq!(faults[0].entry.code, catalogue::PACK_LINK_OUTSIDE.code);
    }
}

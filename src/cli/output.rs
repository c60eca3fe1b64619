//! Decides where documents go, and puts them there: whole or not at all.
//!
//! A file is written beside its place under another name and then renamed, so that nobody ever sees half of
//! it and a failure leaves what was there before.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf, absolute};

use shizheng::diag::Diagnostic;
use shizheng::diag::catalogue::cli as catalogue;
use shizheng::export::Bytes;
use shizheng::pack::is_reserved;
use tempfile::{NamedTempFile, PersistError};

use super::console;
use super::fault::{Fault, with_reason};

/// What the file of a trace begins with, of whatever version.
const TRACE_HEAD: &str = "{\n  \"format\": \"shizheng-trace/";
/// What a run's summary begins with, of whatever version.
const SUMMARY_HEAD: &str = "{\"format\":\"shizheng-summary/";
/// What the names of files beside their places begin and end with.
pub(super) const BESIDE: (&str, &str) = (".shizheng-", ".tmp");
/// How many names beside a file that cannot be replaced are tried.
const NAMES_BESIDE: usize = 99;

/// Where a document goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// `-`.
    StandardOutput,
    /// A file.
    File(FileTarget),
}

/// A file to write, and what may happen on the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FileTarget {
    /// The file, as the call names it.
    pub(super) path: PathBuf,
    /// Whether the folder is made if it is not there.
    make_folder: bool,
    /// Whether any file is replaced, rather than one of its own kind alone.
    force: bool,
    content: Content,
}

/// What is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Content {
    /// A PDF, which replaces a PDF.
    Pdf,
    /// Text, which replaces nothing.
    Text,
    /// A trace, which replaces a trace.
    Trace,
    /// A data file, which replaces nothing.
    Data,
    /// A table, which replaces nothing: somebody may have written into the one that is there.
    Table,
    /// What became of the documents of a run, which replaces the like.
    Summary,
}

/// Sees that a folder to be made is not there, or is empty.
pub(super) fn check_new_folder(path: &Path) -> Result<(), Fault> {
    let is_free = match fs::read_dir(path) {
        Ok(mut entries) => entries.next().is_none(),
        Err(error) => error.kind() == io::ErrorKind::NotFound,
    };
    if is_free {
        return Ok(());
    }
    Err(Fault::call(Diagnostic::new(&catalogue::FOLDER_NOT_EMPTY).with("path", path.display())))
}

/// Writes a folder with its files, the names parted by `/`: all of it or nothing.
pub(super) fn write_folder(path: &Path, files: &[(String, Vec<u8>)]) -> Result<(), Fault> {
    let failed = |error: &io::Error| {
        Fault::output(with_reason(&catalogue::OUTPUT_FAILED, &path.display().to_string(), error))
    };
    let place = absolute(path).map_err(|error| failed(&error))?;
    if place.is_dir() {
        return fill_folder(&place, files).map_err(|error| failed(&error));
    }
    let above = place.parent().unwrap_or(&place);
    fs::create_dir_all(above).map_err(|error| failed(&error))?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(".shizheng-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // As any new folder, less what the umask takes away.
        builder.permissions(fs::Permissions::from_mode(0o777));
    }
    let made = builder.tempdir_in(above).map_err(|error| failed(&error))?;
    write_files(made.path(), files).map_err(|error| failed(&error))?;
    fs::rename(made.path(), &place).map_err(|error| failed(&error))?;
    // What was renamed is no longer there to be removed.
    let _ = made.keep();
    Ok(())
}

/// Writes files into an empty folder, which may be the one that the shell stands in, another disk's, or have its own
/// owner and permissions: it stays what it is. All of them or none.
fn fill_folder(place: &Path, files: &[(String, Vec<u8>)]) -> io::Result<()> {
    let made = tempfile::Builder::new().prefix(".shizheng-").tempdir_in(place)?;
    write_files(made.path(), files)?;
    let mut placed: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(made.path())? {
        let entry = entry?;
        let path = place.join(entry.file_name());
        if let Err(error) = fs::rename(entry.path(), &path) {
            for path in placed {
                // What cannot be taken back either is told of by the fault that led here.
                let _ = if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
            }
            return Err(error);
        }
        placed.push(path);
    }
    made.close()
}

fn write_files(folder: &Path, files: &[(String, Vec<u8>)]) -> io::Result<()> {
    for (name, bytes) in files {
        let file = name.split('/').fold(folder.to_owned(), |folder, part| folder.join(part));
        file.parent().map_or(Ok(()), fs::create_dir_all)?;
        fs::write(&file, bytes)?;
    }
    Ok(())
}

pub(super) fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

impl Target {
    /// Takes the place of a document in a folder that is made if need be, or in one that has to be there.
    pub(super) fn document(path: PathBuf, content: Content, force: bool, make_folder: bool) -> Self {
        Self::File(FileTarget { path, make_folder, force, content })
    }

    /// Takes the place that a call names.
    pub(super) fn new(path: PathBuf, content: Content, force: bool) -> Result<Self, Fault> {
        if path.as_os_str() == "-" {
            return Ok(Self::StandardOutput);
        }
        let file = FileTarget { path, make_folder: false, force, content };
        file.check_folder().map_err(|diagnostic| Fault::call(*diagnostic))?;
        Ok(Self::File(file))
    }

    /// Returns the file's path.
    pub(super) fn path(&self) -> Option<&Path> {
        match self {
            Self::StandardOutput => None,
            Self::File(file) => Some(&file.path),
        }
    }

    /// Takes away what an earlier call left there, if it is of the same kind. Fails where something else is there.
    pub(super) fn clear(&self) -> Result<(), Fault> {
        self.check_free()?;
        match self {
            Self::File(file) if !is_device(&file.path) => {
                let emptied = if file.path.exists() { File::create(&file.path).map(drop) } else { Ok(()) };
                emptied.map_err(|error| self.failed(&error))
            }
            Self::File(_) | Self::StandardOutput => Ok(()),
        }
    }

    /// Returns the place as messages show it.
    pub(super) fn shown(&self) -> String {
        match self {
            Self::StandardOutput => "-".to_owned(),
            Self::File(file) => file.path.display().to_string(),
        }
    }

    /// Sees, before any work is done, that nothing stands in its place that must not be replaced.
    pub(super) fn check_free(&self) -> Result<(), Fault> {
        match self {
            Self::StandardOutput => Ok(()),
            Self::File(file) => file.check_free(),
        }
    }

    /// Writes a document there. Where another program holds the file, the document goes beside it, and what
    /// to say of that is returned.
    pub(super) fn write(&self, bytes: impl Into<Bytes>) -> Result<Option<Diagnostic>, Fault> {
        self.stage(bytes, Care::Lasting)?.place()
    }

    /// Opens the place, to be filled bit by bit: what is written is there at once, whatever becomes of the rest.
    pub(super) fn open(&self) -> Result<Box<dyn Write>, Fault> {
        let opened: io::Result<Box<dyn Write>> = match self {
            Self::StandardOutput => Ok(Box::new(io::stdout())),
            Self::File(file) => file.open().map(|file| Box::new(file) as Box<dyn Write>),
        };
        opened.map_err(|error| self.failed(&error))
    }

    /// Says that the place could not be written.
    pub(super) fn failed(&self, error: &io::Error) -> Fault {
        Fault::output(with_reason(&catalogue::OUTPUT_FAILED, &self.shown(), error))
    }

    /// Writes a document beside its place, as far as there is a beside. Nobody sees it before it is placed, and
    /// nothing of it stays when it never is.
    pub(super) fn stage(&self, bytes: impl Into<Bytes>, care: Care) -> Result<Staged, Fault> {
        let bytes = bytes.into();
        let as_it_is = |bytes| Staged { target: self.clone(), form: Form::Bytes(bytes) };
        match self {
            Self::File(file) if !is_device(&file.path) => {
                let form = file.stage(&bytes, care).map_err(|error| self.failed(&error))?;
                Ok(Staged { target: self.clone(), form })
            }
            Self::File(_) | Self::StandardOutput => Ok(as_it_is(bytes)),
        }
    }
}

/// How safe a document is to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Care {
    /// On the disk before it has its name, so that not even a loss of power leaves less than all of it.
    Lasting,
    /// Handed to the system, which is many times faster: one of many, which can be made again.
    Fleeting,
}

/// A document on the way to its place.
#[derive(Debug)]
pub(super) struct Staged {
    target: Target,
    form: Form,
}

#[derive(Debug)]
enum Form {
    /// For standard output or a device.
    Bytes(Bytes),
    /// Beside the place, which is named with links followed.
    Beside(NamedTempFile, PathBuf),
}

impl Staged {
    /// Puts the document into its place. Where another program holds the file, the document goes beside it, and
    /// what to say of that is returned.
    pub(super) fn place(self) -> Result<Option<Diagnostic>, Fault> {
        let Target::File(target) = &self.target else {
            let Form::Bytes(bytes) = self.form else { return Ok(None) };
            return console::print_bytes(bytes).map(|()| None);
        };
        let placed = match self.form {
            Form::Bytes(bytes) => {
                let device = OpenOptions::new().write(true).open(&target.path);
                device.and_then(|mut device| bytes.write_to(&mut device)).map(|()| Placed::There)
            }
            Form::Beside(file, path) => put(file, &path, |file, path| file.persist(path)),
        };
        match placed.map_err(|error| self.target.failed(&error))? {
            Placed::There => Ok(None),
            Placed::Beside(other) => {
                let diagnostic = Diagnostic::new(&catalogue::OUTPUT_IN_USE);
                let diagnostic = diagnostic.with("path", target.path.display());
                Ok(Some(diagnostic.with("other", other.display())))
            }
        }
    }
}

impl FileTarget {
    /// Sees that the path can be a file's.
    pub(super) fn check_folder(&self) -> Result<(), Box<Diagnostic>> {
        let shown = self.path.display();
        let name = self.path.file_name().unwrap_or_default().to_string_lossy();
        if cfg!(windows) && is_reserved(&name) {
            return Err(Diagnostic::new(&catalogue::OUTPUT_RESERVED).with("path", shown).into());
        }
        if self.path.is_dir() {
            return Err(Diagnostic::new(&catalogue::OUTPUT_IS_FOLDER).with("path", shown).into());
        }
        let ends_as_folder = self.path.as_os_str().to_string_lossy().ends_with(std::path::is_separator);
        if !self.make_folder && (ends_as_folder || !folder_of(&self.path).is_dir()) {
            return Err(Diagnostic::new(&catalogue::OUTPUT_FOLDER_MISSING).with("path", shown).into());
        }
        Ok(())
    }

    fn check_free(&self) -> Result<(), Fault> {
        let Ok(metadata) = fs::symlink_metadata(&self.path) else { return Ok(()) };
        // A call that was refused leaves its summary empty.
        let is_empty = || fs::metadata(&self.path).is_ok_and(|metadata| metadata.len() == 0);
        let is_own = || match self.content {
            Content::Summary => is_empty() || Content::Summary.is_in(&self.path),
            content => metadata.len() > 0 && content.is_in(&self.path),
        };
        if is_device(&self.path) || is_own() {
            return Ok(());
        }
        // Figures may be nowhere else. Whoever merges them, or takes them back out of a document, says that they are to be
        // replaced; a document in their place is a slip.
        if self.force && self.content != Content::Data && holds_figures(&self.path) {
            let diagnostic = Diagnostic::new(&catalogue::OUTPUT_HOLDS_DATA);
            return Err(Fault::call(diagnostic.with("path", self.path.display())));
        }
        if self.force {
            return Ok(());
        }
        let diagnostic = Diagnostic::new(&catalogue::OUTPUT_EXISTS);
        Err(Fault::call(diagnostic.with("path", self.path.display())))
    }

    fn stage(&self, bytes: &Bytes, care: Care) -> io::Result<Form> {
        if self.make_folder {
            fs::create_dir_all(folder_of(&self.path))?;
        }
        let path = self.followed();
        Ok(Form::Beside(write_beside(&path, bytes, care)?, path))
    }

    fn open(&self) -> io::Result<File> {
        if is_device(&self.path) {
            return OpenOptions::new().write(true).open(&self.path);
        }
        if self.make_folder {
            fs::create_dir_all(folder_of(&self.path))?;
        }
        File::create(&self.path)
    }

    /// Returns the file that is replaced: a link stays a link, and what it leads to is replaced.
    fn followed(&self) -> PathBuf {
        let is_link = fs::symlink_metadata(&self.path).is_ok_and(|metadata| metadata.is_symlink());
        let followed = if is_link { fs::canonicalize(&self.path).ok() } else { None };
        followed.unwrap_or_else(|| self.path.clone())
    }
}

/// Where a file came to stand.
#[derive(Debug, PartialEq, Eq)]
enum Placed {
    There,
    /// Beside it, because another program holds what is there.
    Beside(PathBuf),
}

/// Writes a file beside a place under a name of its own; it is gone when it is dropped.
pub(super) fn write_beside(path: &Path, bytes: &Bytes, care: Care) -> io::Result<NamedTempFile> {
    let mut file = open_beside(path)?;
    bytes.write_to(file.as_file_mut())?;
    #[cfg(unix)]
    resemble(file.as_file(), path)?;
    if care == Care::Lasting {
        file.as_file().sync_all()?;
    }
    Ok(file)
}

/// Gives a file the owner, the group and the permissions of the one that it is to replace, as far as it may: what was
/// kept from others stays so.
#[cfg(unix)]
fn resemble(file: &File, path: &Path) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, fchown};
    let Ok(there) = fs::metadata(path) else { return Ok(()) };
    let own = file.metadata()?;
    let mut mode = there.permissions().mode() & 0o777;
    if own.uid() != there.uid() {
        // The system lets few give files away.
        let _ = fchown(file, Some(there.uid()), None);
    }
    if own.gid() != there.gid() && fchown(file, None, Some(there.gid())).is_err() {
        // Another group than the one that was meant has no more rights than anybody.
        mode = mode & !0o070 | (mode & 0o007) << 3;
    }
    if own.permissions().mode() & 0o777 == mode {
        return Ok(());
    }
    file.set_permissions(fs::Permissions::from_mode(mode))
}

/// Opens a file beside a place under a name of its own; it is gone when it is dropped.
pub(super) fn open_beside(path: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(BESIDE.0).suffix(BESIDE.1);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // As any new file: readable by all, less what the umask takes away.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder_of(path))
}

/// Gives a file beside its place the place's name. `rename` is the system's own, or a test's.
fn put(
    file: NamedTempFile,
    path: &Path,
    rename: impl FnOnce(NamedTempFile, &Path) -> Result<File, PersistError>,
) -> io::Result<Placed> {
    match rename(file, path) {
        Ok(_) => Ok(Placed::There),
        Err(PersistError { error, file }) if is_held(&error) => put_beside(file, path, error),
        Err(PersistError { error, .. }) => Err(error),
    }
}

/// Gives the file the first free name like `报告-1.pdf`.
fn put_beside(mut file: NamedTempFile, path: &Path, held: io::Error) -> io::Result<Placed> {
    for number in 1..=NAMES_BESIDE {
        let mut name = path.file_stem().unwrap_or_default().to_owned();
        name.push(format!("-{number}"));
        if let Some(extension) = path.extension() {
            name.push(".");
            name.push(extension);
        }
        let other = path.with_file_name(name);
        match file.persist_noclobber(&other) {
            Ok(_) => return Ok(Placed::Beside(other)),
            Err(PersistError { error, file: back }) if error.kind() == io::ErrorKind::AlreadyExists => {
                file = back;
            }
            Err(_) => break,
        }
    }
    Err(held)
}

/// Tells whether another program holds the file: it is busy, or one of Windows' own ways to say so (access denied,
/// `ERROR_SHARING_VIOLATION`, `ERROR_LOCK_VIOLATION`). Elsewhere access is denied to whoever has no right to it.
fn is_held(error: &io::Error) -> bool {
    let is_denied = error.kind() == io::ErrorKind::PermissionDenied;
    error.kind() == io::ErrorKind::ResourceBusy
        || (cfg!(windows) && (is_denied || matches!(error.raw_os_error(), Some(32 | 33))))
}

/// Tells whether something is there that is no file on a disk, such as `/dev/null` or a pipe.
pub(super) fn is_device(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|metadata| !metadata.is_file() && !metadata.is_dir())
}

/// Tells whether a file is likely one of figures: JSON, and none that the program writes.
fn holds_figures(path: &Path) -> bool {
    let mut head = Vec::new();
    let read = File::open(path).and_then(|file| file.take(256).read_to_end(&mut head));
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&head).trim_ascii_start();
    let is_own = || Content::Trace.is_in(path) || Content::Summary.is_in(path);
    read.is_ok()
        && (text.starts_with(b"{") || text.starts_with(b"//") || text.starts_with(b"/*"))
        && !is_own()
}

impl Content {
    /// Tells whether a file holds the same kind of thing, so that a new one may take its place.
    fn is_in(self, path: &Path) -> bool {
        let begins_with = |wanted: &str| {
            let mut head = vec![0; wanted.len()];
            let read = File::open(path).and_then(|mut file| file.read_exact(&mut head));
            read.is_ok() && head == wanted.as_bytes()
        };
        match self {
            Self::Pdf => begins_with("%PDF"),
            Self::Trace => begins_with(TRACE_HEAD),
            Self::Summary => begins_with(SUMMARY_HEAD),
            Self::Text | Self::Data | Self::Table => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(file: NamedTempFile, _: &Path) -> Result<File, PersistError> {
        Err(PersistError { error: io::ErrorKind::ResourceBusy.into(), file })
    }

    fn replace(
        path: &Path,
        bytes: &[u8],
        rename: impl FnOnce(NamedTempFile, &Path) -> Result<File, PersistError>,
    ) -> io::Result<Placed> {
        put(write_beside(path, &bytes.to_vec().into(), Care::Lasting)?, path, rename)
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<_> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn file_that_is_held_gets_a_neighbour() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("报告.pdf");
        fs::write(&path, "old").unwrap();
        for number in 1..=2 {
            let other = folder.path().join(format!("报告-{number}.pdf"));
            assert_eq!(replace(&path, b"new", held).unwrap(), Placed::Beside(other.clone()));
            assert_eq!(fs::read(other).unwrap(), b"new");
        }
        assert_eq!(fs::read(&path).unwrap(), b"old");
        assert_eq!(names(folder.path()), ["报告-1.pdf", "报告-2.pdf", "报告.pdf"]);
    }

    #[test]
    fn nothing_is_left_behind_when_the_rename_fails() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.pdf");
        fs::write(&path, "old").unwrap();
        let fail = |file, _: &Path| Err(PersistError { error: io::ErrorKind::StorageFull.into(), file });
        assert_eq!(replace(&path, b"new", fail).unwrap_err().kind(), io::ErrorKind::StorageFull);
        assert_eq!(fs::read(&path).unwrap(), b"old");
        assert_eq!(names(folder.path()), ["a.pdf"]);
    }
}

//! Decides where documents go, and puts them there: whole or not at all.
//!
//! A file is written beside its place under another name and then renamed, so that nobody ever sees half of
//! it and a failure leaves what was there before.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, IsTerminal, Read, Write};
use std::path::{Path, PathBuf, absolute};

use shizheng::diag::Diagnostic;
use shizheng::diag::catalogue::cli as catalogue;
use shizheng::pack::is_reserved;
use tempfile::{NamedTempFile, PersistError};

use super::arguments::{Format, Render};
use super::console;
use super::fault::{Fault, with_reason};
use super::input::Input;

/// What the file of a trace begins with, of whatever version.
const TRACE_HEAD: &str = "{\n  \"format\": \"shizheng-trace/";
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
}

/// Decides where the document of each data file goes, in the order of the files.
pub(super) fn targets(call: &Render, inputs: &[Input]) -> Result<Vec<Target>, Fault> {
    if call.output.is_some() && inputs.len() > 1 {
        let diagnostic = Diagnostic::new(&catalogue::OUTPUT_FOR_SEVERAL);
        return Err(Fault::call(diagnostic.with("count", inputs.len())));
    }
    if let Some(folder) = call.out_dir.as_deref().filter(|folder| folder.exists() && !folder.is_dir()) {
        let diagnostic = Diagnostic::new(&catalogue::OUTPUT_FOLDER_IS_FILE);
        return Err(Fault::call(diagnostic.with("path", folder.display())));
    }
    let targets = inputs.iter().map(|input| target(call, input)).collect::<Result<Vec<_>, _>>();
    let targets = targets.map_err(|diagnostic| Fault::call(*diagnostic))?;
    check_places(inputs, &targets).map_err(|diagnostic| Fault::call(*diagnostic))?;
    Ok(targets)
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
    let above = place.parent().unwrap_or(&place);
    fs::create_dir_all(above).map_err(|error| failed(&error))?;
    let made =
        tempfile::Builder::new().prefix(".shizheng-").tempdir_in(above).map_err(|error| failed(&error))?;
    for (name, bytes) in files {
        let file = name.split('/').fold(made.path().to_owned(), |folder, part| folder.join(part));
        let folder = file.parent().map_or(Ok(()), fs::create_dir_all);
        folder.and_then(|()| fs::write(&file, bytes)).map_err(|error| failed(&error))?;
    }
    if place.exists() {
        fs::remove_dir(&place).map_err(|error| failed(&error))?;
    }
    fs::rename(made.path(), &place).map_err(|error| failed(&error))?;
    // What was renamed is no longer there to be removed.
    let _ = made.keep();
    open_to_others(&place);
    Ok(())
}

/// Lets others read a folder that was made for this program alone, as they may any new folder.
#[cfg(unix)]
fn open_to_others(folder: &Path) {
    use std::os::unix::fs::PermissionsExt;
    // Where it cannot be done the folder is the user's alone, which is no reason to stop.
    let _ = fs::set_permissions(folder, fs::Permissions::from_mode(0o755));
}

#[cfg(not(unix))]
fn open_to_others(_folder: &Path) {}

/// Decides where the trace goes, beside the documents.
pub(super) fn trace(call: &Render, inputs: &[Input], targets: &[Target]) -> Result<Option<Target>, Fault> {
    let Some(path) = &call.manner.trace else { return Ok(None) };
    if inputs.len() > 1 {
        let diagnostic = Diagnostic::new(&catalogue::TRACE_FOR_SEVERAL);
        return Err(Fault::call(diagnostic.with("count", inputs.len())));
    }
    if call.format != Format::Pdf {
        return Err(Fault::call(Diagnostic::new(&catalogue::TRACE_WITHOUT_PAGES)));
    }
    let target = Target::new(path.clone(), Content::Trace, call.force)?;
    if targets.iter().any(|document| document.place() == target.place()) {
        let diagnostic = Diagnostic::new(&catalogue::TRACE_IS_OUTPUT);
        return Err(Fault::call(diagnostic.with("path", path.display())));
    }
    check_places(inputs, std::slice::from_ref(&target)).map_err(|diagnostic| Fault::call(*diagnostic))?;
    Ok(Some(target))
}

fn target(call: &Render, input: &Input) -> Result<Target, Box<Diagnostic>> {
    let file = |path| {
        let make_folder = call.out_dir.is_some();
        let content = if call.format == Format::Pdf { Content::Pdf } else { Content::Text };
        Target::File(FileTarget { path, make_folder, force: call.force, content })
    };
    let target = match (&call.output, &call.out_dir, input) {
        (Some(output), ..) if output.as_os_str() == "-" => Target::StandardOutput,
        (Some(output), ..) => file(output.clone()),
        (None, Some(_), Input::StandardInput) => {
            return Err(Diagnostic::new(&catalogue::OUTPUT_WITHOUT_NAME).into());
        }
        (None, None, Input::StandardInput) => Target::StandardOutput,
        (None, folder, Input::File(path)) => {
            file(folder.clone().unwrap_or_default().join(name_after(path, call.format)))
        }
    };
    match &target {
        Target::StandardOutput if call.format == Format::Pdf && io::stdout().is_terminal() => {
            Err(Diagnostic::new(&catalogue::OUTPUT_ON_TERMINAL).into())
        }
        Target::File(file) => file.check_folder().map(|()| target),
        Target::StandardOutput => Ok(target),
    }
}

/// `data/岑汀市.json` becomes `岑汀市.pdf`; a dot in the rest of the name stays.
fn name_after(input: &Path, format: Format) -> OsString {
    let mut name = input.file_stem().unwrap_or(input.as_os_str()).to_owned();
    name.push(match format {
        Format::Pdf => ".pdf",
        Format::Text => ".txt",
    });
    name
}

/// Sees that no document goes where a data file is or where another document goes.
pub(super) fn check_places(inputs: &[Input], targets: &[Target]) -> Result<(), Box<Diagnostic>> {
    let sources: Vec<PathBuf> = inputs.iter().filter_map(Input::place).collect();
    let mut places: Vec<(PathBuf, &Input)> = Vec::new();
    for (input, target) in inputs.iter().zip(targets) {
        let place = target.place();
        let shown = match target {
            Target::StandardOutput => "-".to_owned(),
            Target::File(file) => file.path.display().to_string(),
        };
        if sources.contains(&place) {
            return Err(Diagnostic::new(&catalogue::OUTPUT_IS_INPUT).with("path", shown).into());
        }
        if let Some((_, first)) = places.iter().find(|(other, _)| *other == place) {
            let diagnostic = Diagnostic::new(&catalogue::OUTPUT_CLASH).with("first", first.name());
            return Err(diagnostic.with("second", input.name()).with("output", shown).into());
        }
        places.push((place, input));
    }
    Ok(())
}

impl Input {
    fn place(&self) -> Option<PathBuf> {
        match self {
            Self::StandardInput => None,
            Self::File(path) => Some(place(path)),
        }
    }
}

/// Returns the one path of a file that may not be there yet, links followed, so that paths can be compared.
fn place(path: &Path) -> PathBuf {
    let place = fs::canonicalize(path).or_else(|_| {
        let name = path.file_name().unwrap_or_default();
        fs::canonicalize(folder_of(path)).map(|folder| folder.join(name))
    });
    let place = place.or_else(|_| absolute(path)).unwrap_or_else(|_| path.to_owned());
    // Names that differ in case alone are one file there.
    if cfg!(any(windows, target_os = "macos")) {
        PathBuf::from(place.to_string_lossy().to_lowercase())
    } else {
        place
    }
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

impl Target {
    /// Takes the place that a call names.
    pub(super) fn new(path: PathBuf, content: Content, force: bool) -> Result<Self, Fault> {
        if path.as_os_str() == "-" {
            return Ok(Self::StandardOutput);
        }
        let file = FileTarget { path, make_folder: false, force, content };
        file.check_folder().map_err(|diagnostic| Fault::call(*diagnostic))?;
        Ok(Self::File(file))
    }

    /// Returns the one path of the place.
    fn place(&self) -> PathBuf {
        match self {
            Self::StandardOutput => PathBuf::from("-"),
            Self::File(file) => place(&file.path),
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
    pub(super) fn write(&self, bytes: &[u8]) -> Result<Option<Diagnostic>, Fault> {
        match self {
            Self::StandardOutput => console::print_bytes(bytes).map(|()| None),
            Self::File(file) => file.write(bytes),
        }
    }
}

impl FileTarget {
    fn check_folder(&self) -> Result<(), Box<Diagnostic>> {
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
        let replaceable =
            self.force || is_device(&self.path) || (metadata.len() > 0 && self.content.is_in(&self.path));
        if replaceable {
            return Ok(());
        }
        let diagnostic = Diagnostic::new(&catalogue::OUTPUT_EXISTS);
        Err(Fault::call(diagnostic.with("path", self.path.display())))
    }

    fn write(&self, bytes: &[u8]) -> Result<Option<Diagnostic>, Fault> {
        let path = self.path.display();
        match self.put(bytes) {
            Ok(Placed::There) => Ok(None),
            Ok(Placed::Beside(other)) => {
                let diagnostic = Diagnostic::new(&catalogue::OUTPUT_IN_USE).with("path", path);
                Ok(Some(diagnostic.with("other", other.display())))
            }
            Err(error) => {
                Err(Fault::output(with_reason(&catalogue::OUTPUT_FAILED, &path.to_string(), &error)))
            }
        }
    }

    fn put(&self, bytes: &[u8]) -> io::Result<Placed> {
        if is_device(&self.path) {
            let mut device = OpenOptions::new().write(true).open(&self.path)?;
            return device.write_all(bytes).map(|()| Placed::There);
        }
        if self.make_folder {
            fs::create_dir_all(folder_of(&self.path))?;
        }
        // A link stays a link: what it leads to is replaced.
        let is_link = fs::symlink_metadata(&self.path).is_ok_and(|metadata| metadata.is_symlink());
        let followed = if is_link { fs::canonicalize(&self.path).ok() } else { None };
        replace(followed.as_deref().unwrap_or(&self.path), bytes, |file, path| file.persist(path))
    }
}

/// Where a file came to stand.
#[derive(Debug, PartialEq, Eq)]
enum Placed {
    There,
    /// Beside it, because another program holds what is there.
    Beside(PathBuf),
}

/// Writes a file beside its place and renames it. `rename` is the system's own, or a test's.
fn replace(
    path: &Path,
    bytes: &[u8],
    rename: impl FnOnce(NamedTempFile, &Path) -> Result<File, PersistError>,
) -> io::Result<Placed> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".shizheng-").suffix(".tmp");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // As any new file: readable by all, less what the umask takes away.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let mut file = builder.tempfile_in(folder_of(path))?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
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

/// Tells whether another program holds the file: access denied, or one of Windows' own ways to say so
/// (`ERROR_SHARING_VIOLATION`, `ERROR_LOCK_VIOLATION`).
fn is_held(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::PermissionDenied
        || (cfg!(windows) && matches!(error.raw_os_error(), Some(32 | 33)))
}

/// Tells whether something is there that is no file on a disk, such as `/dev/null` or a pipe.
fn is_device(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|metadata| !metadata.is_file() && !metadata.is_dir())
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
            Self::Text | Self::Data | Self::Table => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(file: NamedTempFile, _: &Path) -> Result<File, PersistError> {
        Err(PersistError { error: io::ErrorKind::PermissionDenied.into(), file })
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

//! Finds the data files that a call names, and reads them.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use glob::{MatchOptions, Pattern};
use shizheng::data::Source;
use shizheng::diag::Diagnostic;
use shizheng::diag::catalogue::cli as catalogue;

use super::fault::{Exit, Fault, with_reason};
use super::output::is_device;

/// The largest data file that is read, in bytes: a hundred times any city's. What is read of JSON takes up to sixty times
/// its room.
pub(super) const LIMIT: u64 = 16 * MEGABYTE;

/// The largest PDF that is read, in bytes.
const LARGEST_PDF: u64 = 64 * MEGABYTE;

const MEGABYTE: u64 = 1024 * 1024;

/// The data files of a folder.
const IN_FOLDER: &str = "*.json";
/// What lies beside data files for editors, and is none.
const SCHEMA: &str = "schema.json";

/// A data file that a call names.
#[expect(clippy::enum_variant_names, reason = "standard input is called so")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Input {
    /// `-`.
    StandardInput,
    /// A file, by the path that was given or that a pattern led to.
    File(PathBuf),
    /// One line of a file of many.
    Line(Line),
}

/// A data file that is one line of a file of many (JSON Lines).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// The file's name as messages show it.
    pub(super) file: Arc<str>,
    /// The line's number in the file, from 1.
    pub(super) number: usize,
    /// What stands on it.
    pub(super) bytes: Vec<u8>,
}

/// What a folder stands for in the place of a data file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Folders {
    /// A mistake.
    Refused,
    /// The data files in it.
    Opened,
}

/// A word that leads to no data file.
#[derive(Debug)]
pub(super) struct Missing {
    /// The word as messages show it.
    pub(super) word: String,
    /// What is wrong with it.
    pub(super) fault: Diagnostic,
}

/// What a call's words for data files lead to.
#[derive(Debug, Default)]
pub(super) struct Inputs {
    /// The data files, in the call's order.
    pub(super) found: Vec<Input>,
    /// What is wrong with the words that lead to none.
    pub(super) missing: Vec<Missing>,
}

/// Finds the data files. Patterns are expanded here because not every shell does; a file that bears the
/// pattern's own characters comes first.
pub(super) fn find(words: &[PathBuf], folders: Folders) -> Result<Inputs, Fault> {
    let mut inputs = Inputs::default();
    for word in words {
        if word.as_os_str() == "-" {
            if inputs.found.contains(&Input::StandardInput) {
                return Err(Fault::call(Diagnostic::new(&catalogue::STANDARD_INPUT_TWICE)));
            }
            inputs.found.push(Input::StandardInput);
            continue;
        }
        match find_files(word, folders) {
            Ok(files) => inputs.found.extend(files.into_iter().map(Input::File)),
            Err(fault) => {
                inputs.missing.push(Missing { word: word.display().to_string(), fault: *fault });
            }
        }
    }
    Ok(inputs)
}

fn find_files(word: &Path, folders: Folders) -> Result<Vec<PathBuf>, Box<Diagnostic>> {
    let shown = word.display();
    let without_match = |pattern: &str| {
        let diagnostic = Diagnostic::new(&catalogue::PATTERN_WITHOUT_MATCH);
        diagnostic.with("pattern", pattern).with("folder", current_folder())
    };
    match fs::metadata(word) {
        Ok(metadata) if metadata.is_dir() => {
            let pattern = word.join(IN_FOLDER).display().to_string();
            if folders == Folders::Refused {
                let diagnostic = Diagnostic::new(&catalogue::INPUT_IS_FOLDER);
                return Err(diagnostic.with("path", shown).with("pattern", pattern).into());
            }
            let unreadable = |error: io::Error| {
                Box::new(with_reason(&catalogue::INPUT_UNREADABLE, &shown.to_string(), &error))
            };
            let files = data_files(word).map_err(unreadable)?;
            if files.is_empty() { Err(without_match(&pattern).into()) } else { Ok(files) }
        }
        Ok(_) => Ok(vec![word.to_owned()]),
        Err(_) if is_pattern(word) => {
            let files = expand(word);
            if files.is_empty() {
                return Err(without_match(&shown.to_string()).into());
            }
            Ok(files)
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let diagnostic = Diagnostic::new(&catalogue::INPUT_NOT_FOUND);
            Err(diagnostic.with("path", shown).with("folder", current_folder()).into())
        }
        // Whatever else is wrong with it is told when it is read.
        Err(_) => Ok(vec![word.to_owned()]),
    }
}

/// Lists the data files of a folder. Their ending may be in capitals, as some systems write it.
fn data_files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let is_data = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json"))
            && !name.starts_with('.')
            && name != SCHEMA;
        if is_data && is_file(&path) {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn is_pattern(word: &Path) -> bool {
    word.to_str().is_some_and(has_signs)
}

fn has_signs(text: &str) -> bool {
    text.contains(['*', '?', '['])
}

/// Tells whether a folder or a pattern leads to a file here. A pipe that lies in a folder would be waited for, maybe for ever.
fn is_file(path: &Path) -> bool {
    !path.is_dir() && !is_device(path)
}

/// Finds the files that a pattern leads to, in the order of their paths. A part of it with signs of its own is held against the
/// names in each folder, of which one that is not UTF-8 is matched by what of it is; `**` is any number of folders. What is
/// hidden has to be named so.
fn expand(pattern: &Path) -> Vec<PathBuf> {
    let options = MatchOptions {
        case_sensitive: !cfg!(windows),
        require_literal_separator: true,
        require_literal_leading_dot: true,
    };
    let mut found = vec![PathBuf::new()];
    for part in pattern.components() {
        let name = part.as_os_str().to_string_lossy();
        found = if !has_signs(&name) {
            let exists = |path: &PathBuf| fs::symlink_metadata(path).is_ok();
            found.into_iter().map(|folder| folder.join(part)).filter(exists).collect()
        } else if name == "**" {
            found.into_iter().flat_map(folders_below).collect()
        } else {
            let Ok(wanted) = Pattern::new(&name) else { return Vec::new() };
            let matches = |path: &PathBuf| {
                wanted.matches_with(&path.file_name().unwrap_or_default().to_string_lossy(), options)
            };
            found.iter().flat_map(|folder| entries(folder)).filter(matches).collect()
        };
    }
    found.retain(|path| is_file(path));
    found.sort();
    found.dedup();
    found
}

/// Lists what is in a folder, the current one if the path is empty.
fn entries(folder: &Path) -> Vec<PathBuf> {
    let place = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let entries = fs::read_dir(place).into_iter().flatten();
    entries.filter_map(Result::ok).map(|entry| folder.join(entry.file_name())).collect()
}

/// Returns a folder and all below it but the hidden ones; links are not followed, for they may lead back.
fn folders_below(folder: PathBuf) -> Vec<PathBuf> {
    let mut found = vec![folder];
    let mut next = 0;
    while next < found.len() {
        let is_one = |path: &PathBuf| {
            let is_hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
            !is_hidden && fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_dir())
        };
        let below: Vec<_> = entries(&found[next]).into_iter().filter(is_one).collect();
        found.extend(below);
        next += 1;
    }
    found
}

fn current_folder() -> String {
    std::env::current_dir().map_or_else(|_| ".".to_owned(), |folder| folder.display().to_string())
}

impl Inputs {
    /// Returns the data files of a call that wants every word to lead to some. Fails with those that do not.
    pub(super) fn all(self) -> Result<Vec<Input>, Fault> {
        if self.missing.is_empty() {
            return Ok(self.found);
        }
        let diagnostics = self.missing.into_iter().map(|missing| missing.fault).collect();
        Err(Fault { exit: Exit::Call, diagnostics })
    }
}

impl Input {
    /// Tells whether a second reading would find nothing, or wait for ever.
    pub(super) fn is_read_once(&self) -> bool {
        match self {
            Self::StandardInput => true,
            Self::File(path) => is_device(path),
            Self::Line(_) => false,
        }
    }

    /// Returns the name that messages show.
    pub(super) fn name(&self) -> String {
        match self {
            Self::StandardInput => "<stdin>".to_owned(),
            Self::File(path) => path.display().to_string(),
            Self::Line(line) => format!("{}:{}", line.file, line.number),
        }
    }

    /// Reads it as a data file.
    pub(super) fn source(&self) -> Result<Source, Fault> {
        match self {
            Self::Line(line) => {
                Ok(Source { name: line.file.to_string(), bytes: line.bytes.clone(), line: line.number })
            }
            Self::StandardInput | Self::File(_) => Ok(Source::new(self.name(), self.read(LIMIT)?)),
        }
    }

    /// Reads it as a PDF.
    pub(super) fn pdf(&self) -> Result<Vec<u8>, Fault> {
        self.read(LARGEST_PDF)
    }

    /// Reads the whole of it, if it is not larger than a number of bytes.
    fn read(&self, limit: u64) -> Result<Vec<u8>, Fault> {
        let mut bytes = Vec::new();
        let read = match self {
            Self::StandardInput => io::stdin().lock().take(limit + 1).read_to_end(&mut bytes),
            Self::File(path) => File::open(path).and_then(|file| {
                // In one piece, where the file says how long it is.
                let length = file.metadata().map_or(0, |known| known.len());
                bytes.reserve_exact(length.min(limit) as usize + 1);
                file.take(limit + 1).read_to_end(&mut bytes)
            }),
            Self::Line(line) => return Ok(line.bytes.clone()),
        };
        if let Err(error) = read {
            let diagnostic = with_reason(&catalogue::INPUT_UNREADABLE, &self.name(), &error);
            return Err(Fault::input(vec![diagnostic]));
        }
        if bytes.len() as u64 > limit {
            return Err(too_large(&self.name(), limit));
        }
        Ok(bytes)
    }
}

/// Says that a data file is beyond the limit.
pub(super) fn too_large(name: &str, limit: u64) -> Fault {
    let diagnostic = Diagnostic::new(&catalogue::INPUT_TOO_LARGE).with("path", name);
    Fault::input(vec![diagnostic.with("limit", limit / MEGABYTE)])
}

//! Sees that what a call writes has places of its own: none is that of another, none is where data are.

use std::borrow::Borrow;
use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf, absolute};

use shizheng::diag::catalogue::cli as catalogue;
use shizheng::diag::{Diagnostic, Text};
use unicode_normalization::UnicodeNormalization;

use super::fault::Fault;
use super::input::Input;
use super::output::{Target, folder_of, is_device};

/// Sees that no two documents go to one place.
pub(super) fn check_apart(inputs: &[Input], targets: &[Target]) -> Result<(), Fault> {
    let mut folders = Folders::default();
    let mut places: HashMap<String, &Input> = HashMap::with_capacity(targets.len());
    for (input, target) in inputs.iter().zip(targets) {
        let place = folded(&target.place(&mut folders).to_string_lossy());
        if let Some(first) = places.insert(place, input) {
            return Err(Fault::call(clash(first, input, target)));
        }
    }
    Ok(())
}

/// Returns what a name has in common with those only that are the same on some system: some know no case, and some no
/// difference between a letter with its mark and the two of them.
pub(super) fn folded(name: &str) -> String {
    name.nfc().flat_map(char::to_lowercase).nfc().collect()
}

/// The places of a call where no document may go: those of data, and of what is written beside documents.
#[derive(Debug, Default)]
pub(super) struct Reserved {
    folders: Folders,
    /// What stands there or is to stand there: data, or what an argument asks for.
    places: HashMap<PathBuf, Option<&'static str>>,
}

impl Reserved {
    /// Keeps the places of data files.
    pub(super) fn of(inputs: impl IntoIterator<Item = impl Borrow<Input>>) -> Self {
        let mut reserved = Self::default();
        for input in inputs {
            if let Some(place) = input.borrow().place(&mut reserved.folders) {
                reserved.places.insert(place, None);
            }
        }
        reserved
    }

    /// Takes the place of what an argument asks for. Fails where it is somebody else's.
    pub(super) fn take(&mut self, argument: &'static str, target: &Target) -> Result<(), Fault> {
        if target.path().is_some_and(is_device) {
            return Ok(());
        }
        let place = target.place(&mut self.folders);
        self.check_place(&place, target, Text::both(format!("`{argument}` "), format!("`{argument}`")))?;
        self.places.insert(place, Some(argument));
        Ok(())
    }

    /// Sees that a document goes to none of them.
    pub(super) fn check(&mut self, target: &Target) -> Result<(), Fault> {
        let place = target.place(&mut self.folders);
        self.check_place(&place, target, Text::both("文件", "the document"))
    }

    fn check_place(&self, place: &Path, target: &Target, what: Text) -> Result<(), Fault> {
        let fault = match self.places.get(place) {
            None => return Ok(()),
            Some(None) => Diagnostic::new(&catalogue::OUTPUT_IS_INPUT),
            Some(Some(argument)) => Diagnostic::new(&catalogue::OUTPUTS_MEET)
                .with("first", what)
                .with("second", Text::both(format!(" `{argument}` "), format!("`{argument}`"))),
        };
        Err(Fault::call(fault.with("path", target.shown())))
    }
}

/// Says that two data files would be written to one place.
pub(super) fn clash(first: &Input, second: &Input, target: &Target) -> Diagnostic {
    let mut folders = Folders::default();
    let places = [first, second].map(|input| input.place(&mut folders));
    let is_twice = !matches!(first, Input::Line(_)) && places[0].is_some() && places[0] == places[1];
    let way = if is_twice {
        Text::both("同一份数据写了两次，去掉一次", "it is given twice; leave it out once")
    } else {
        Text::both(
            "用 `--name` 按能区分它们的数据命名，或者各用一个 `--out-dir`",
            "name them by data that tell them apart with `--name`, or give each an `--out-dir` of its own",
        )
    };
    let diagnostic = Diagnostic::new(&catalogue::OUTPUT_CLASH).with("first", first.name());
    diagnostic.with("second", second.name()).with("output", target.shown()).with("way", way)
}

impl Input {
    /// Returns the one path of the data file.
    pub(super) fn place(&self, folders: &mut Folders) -> Option<PathBuf> {
        match self {
            Self::StandardInput => None,
            Self::File(path) => Some(folders.place(path)),
            Self::Line(line) => Some(folders.place(Path::new(&*line.file))),
        }
    }
}

/// The folders that files were looked for in, links followed: those of a batch are few.
#[derive(Debug, Default)]
pub(super) struct Folders(HashMap<PathBuf, Option<PathBuf>>);

impl Folders {
    /// Returns the one path of a file that may not be there yet, links followed, so that paths can be compared.
    fn place(&mut self, path: &Path) -> PathBuf {
        // On Windows a file has more than one name.
        let is_plain =
            fs::symlink_metadata(path).map_or(true, |metadata| metadata.is_file() && cfg!(not(windows)));
        let place = match (is_plain, path.file_name()) {
            (true, Some(name)) => self.real(folder_of(path)).map(|folder| folder.join(name)),
            _ => fs::canonicalize(path).ok(),
        };
        let place = place.or_else(|| absolute(path).ok()).unwrap_or_else(|| path.to_owned());
        // Names that differ in case alone are one file there.
        if cfg!(any(windows, target_os = "macos")) {
            PathBuf::from(place.to_string_lossy().to_lowercase())
        } else {
            place
        }
    }

    fn real(&mut self, folder: &Path) -> Option<PathBuf> {
        if let Some(known) = self.0.get(folder) {
            return known.clone();
        }
        let real = fs::canonicalize(folder).ok();
        self.0.insert(folder.to_owned(), real.clone());
        real
    }
}

impl Target {
    /// Returns the one path of the place.
    pub(super) fn place(&self, folders: &mut Folders) -> PathBuf {
        match self {
            Self::StandardOutput => PathBuf::from("-"),
            Self::File(file) => folders.place(&file.path),
        }
    }
}

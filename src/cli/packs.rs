//! Finds the template pack that a call or a data file asks for, and loads each one once.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use serde_json::Value;
use shizheng::data::{self, Source};
use shizheng::diag::catalogue::cli as catalogue;
use shizheng::diag::{Diagnostic, Severity, Text};
use shizheng::pack::{
    Archive, LARGEST_PACK, Pack, PackFiles, embedded, embedded_names, is_pack_name, schema_for_editors,
};

use super::batch::manifest::{self, Hash, Noted};
use super::fault::{Fault, with_reason};
use super::folder::Folder;

/// The pack of data files that name none.
const USUAL: &str = "annual-report";

/// The pack that a call asks for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Choice {
    /// The one that the data file names, else the usual one.
    OfData,
    /// One that the program carries.
    Carried(String),
    /// A folder.
    Folder(PathBuf),
    /// A `.zip`.
    Archive(PathBuf),
}

impl Choice {
    /// Decides what `--pack` means. A name that the program knows comes first; `./name` is always a folder.
    pub(super) fn resolve(word: Option<&Path>) -> Result<Self, Fault> {
        let Some(word) = word else { return Ok(Self::OfData) };
        if let Some(name) = word.to_str().filter(|name| is_carried(name)) {
            return Ok(Self::Carried(name.to_owned()));
        }
        if let Some(choice) = Self::at(word) {
            return Ok(choice);
        }
        Err(Fault::call(if word.is_dir() {
            Diagnostic::new(&catalogue::NOT_A_PACK).with("path", word.display())
        } else {
            not_found(&word.display().to_string())
        }))
    }

    /// Returns the pack that is at a place: a folder with a `pack.toml`, or a `.zip`.
    fn at(path: &Path) -> Option<Self> {
        if Folder::is_pack(path) {
            return Some(Self::Folder(path.to_owned()));
        }
        let is_archive =
            path.extension().is_some_and(|end| end.eq_ignore_ascii_case("zip")) && path.is_file();
        is_archive.then(|| Self::Archive(path.to_owned()))
    }

    /// Finds the pack that a data file names: one that the program carries, else a folder or a `.zip` of that name
    /// beside the data file.
    pub(super) fn named(name: &str, data: &Path) -> Option<Self> {
        if is_carried(name) {
            return Some(Self::Carried(name.to_owned()));
        }
        Self::places(name, data).iter().find_map(|path| Self::at(path))
    }

    /// Returns the places where the pack may be that a data file names, the first that is there counts; none for one
    /// that the program carries.
    pub(super) fn places(name: &str, data: &Path) -> Vec<PathBuf> {
        // A name, no path: a data file reaches nothing but what lies beside it.
        if is_carried(name) || !is_pack_name(name) {
            return Vec::new();
        }
        let folder = data.parent().unwrap_or(Path::new(""));
        vec![folder.join(name), folder.join(format!("{name}.zip"))]
    }

    /// Returns the packs in the current folder, in the order of their names.
    pub(super) fn around() -> Vec<Self> {
        let entries = std::fs::read_dir(".").into_iter().flatten().filter_map(Result::ok);
        let mut names: Vec<PathBuf> = entries.map(|entry| PathBuf::from(entry.file_name())).collect();
        names.sort();
        names.iter().filter_map(|name| Self::at(name)).collect()
    }

    /// Decides which pack is meant where there is no data file to ask: the current folder, if it is a pack's.
    pub(super) fn resolve_here(word: Option<&Path>) -> Result<Self, Fault> {
        match Self::resolve(word)? {
            Self::OfData if Folder::is_pack(Path::new(".")) => Ok(Self::Folder(PathBuf::from("."))),
            Self::OfData => Ok(Self::Carried(USUAL.to_owned())),
            choice => Ok(choice),
        }
    }

    /// Returns the name that messages show.
    pub(super) fn name(&self) -> String {
        match self {
            Self::OfData => USUAL.to_owned(),
            Self::Carried(name) => name.clone(),
            Self::Folder(path) if path == Path::new(".") => {
                let folder = std::env::current_dir().unwrap_or_default();
                folder.file_name().map_or(".".to_owned(), |name| name.to_string_lossy().into_owned())
            }
            Self::Folder(path) | Self::Archive(path) => path.display().to_string(),
        }
    }

    /// Opens the pack's files where there is no data file to ask.
    pub(super) fn files(&self) -> Result<Box<dyn PackFiles>, Fault> {
        let carried = |name: &str| match embedded(name) {
            Some(files) => Ok(Box::new(files) as Box<dyn PackFiles>),
            None => Err(Fault::input(vec![not_found(name)])),
        };
        match self {
            Self::OfData => carried(USUAL),
            Self::Carried(name) => carried(name),
            Self::Folder(path) => match Folder::open(path) {
                Ok(files) => Ok(Box::new(files)),
                Err(faults) => Err(Fault::input(faults)),
            },
            Self::Archive(path) => Ok(Box::new(archive(path)?)),
        }
    }

    /// Returns the pack's schema for editors. One that the program carries is known to be sound: what else the pack has
    /// is not read.
    pub(super) fn schema(&self) -> Result<Value, Fault> {
        match self {
            Self::OfData | Self::Carried(_) => schema_for_editors(&*self.files()?).map_err(Fault::input),
            Self::Folder(_) | Self::Archive(_) => Ok(self.load()?.schema().for_editors()),
        }
    }

    /// Loads the pack where there is no data file to ask.
    pub(super) fn load(&self) -> Result<Pack, Fault> {
        match self {
            Self::OfData => load_carried(USUAL),
            Self::Carried(name) => load_carried(name),
            Self::Folder(_) | Self::Archive(_) => load(&*self.files()?),
        }
    }

    /// Loads the pack and returns the hash of all that was read for it. Of one that the program carries that is its
    /// name: the rest is the program's.
    pub(super) fn load_noting(&self) -> Result<(Pack, Hash), Fault> {
        match self {
            Self::OfData | Self::Carried(_) => Ok((self.load()?, manifest::hash([self.name().as_bytes()]))),
            Self::Folder(_) | Self::Archive(_) => {
                let files = Noting { files: self.files()?, noted: Noted::default() };
                let pack = load(&files)?;
                Ok((pack, manifest::hash_files(&files.noted.files(), None)))
            }
        }
    }
}

fn load(files: &dyn PackFiles) -> Result<Pack, Fault> {
    Pack::load(files).map_err(|_| {
        // The templates too: whoever mends the schema wants to know of them now.
        let found = shizheng::lint(files).into_iter();
        Fault::input(found.filter(|fault| fault.severity == Severity::Error).collect())
    })
}

/// The files of a pack, with a note of what was read.
struct Noting {
    files: Box<dyn PackFiles>,
    noted: Noted,
}

impl PackFiles for Noting {
    fn names(&self) -> io::Result<Vec<String>> {
        self.files.names()
    }

    fn read(&self, path: &str) -> io::Result<Option<Cow<'static, [u8]>>> {
        let read = self.files.read(path)?;
        self.noted.add(path, read.as_deref());
        Ok(read)
    }

    fn display(&self, path: &str) -> String {
        self.files.display(path)
    }
}

/// Opens a pack's `.zip`.
fn archive(path: &Path) -> Result<Archive, Fault> {
    let name = path.display().to_string();
    let unreadable = |error| Fault::input(vec![with_reason(&catalogue::PACK_UNREADABLE, &name, &error)]);
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(unreadable)?;
    file.take(LARGEST_PACK as u64 + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() > LARGEST_PACK {
        return Err(unreadable(io::ErrorKind::FileTooLarge.into()));
    }
    Archive::open(name.clone(), bytes).map_err(Fault::input)
}

/// Tells whether the program carries a pack.
pub(super) fn is_carried(name: &str) -> bool {
    embedded_names().any(|carried| carried == name)
}

fn load_carried(name: &str) -> Result<Pack, Fault> {
    match Pack::embedded(name) {
        Some(pack) => pack.map_err(Fault::input),
        None => Err(Fault::input(vec![not_found(name)])),
    }
}

/// Says that a data file names no pack, where the usual one does not know its names and another of those that the
/// program carries knows more of them.
pub(super) fn unnamed(source: &Source) -> Option<Diagnostic> {
    let usual = load_carried(USUAL).ok()?;
    let (of_usual, start) = data::fits(source, [usual.schema()])?;
    let of_usual = of_usual[0];
    // Most files are of the usual one, and no other has to be read for them.
    if of_usual.unknown == 0 {
        return None;
    }
    let packs: Vec<(&str, Pack)> =
        embedded_names().filter_map(|name| Some((name, load_carried(name).ok()?))).collect();
    let (fits, _) = data::fits(source, packs.iter().map(|(_, pack)| pack.schema()))?;
    let fits = fits.into_iter().zip(&packs).map(|(fit, (name, pack))| (fit, *name, &pack.manifest().title));
    let mut fits: Vec<_> = fits.filter(|(fit, ..)| fit.known > of_usual.known).collect();
    fits.sort_by_key(|(fit, ..)| (fit.unknown, fit.missing, Reverse(fit.known)));
    let (best, ..) = fits.first().filter(|(best, ..)| best.unknown < of_usual.unknown)?;
    let best = *best;
    let alike: Vec<_> = fits.iter().take_while(|(fit, ..)| *fit == best).collect();
    let list = |show: &dyn Fn(&str, &str) -> String, mark: &str| {
        alike.iter().map(|(_, name, title)| show(name, title)).collect::<Vec<_>>().join(mark)
    };
    let hint = Text::both(
        format!(
            "在开头的 `{{` 后面加 {}",
            list(&|name, title| format!("`\"pack\": \"{name}\",`（{title}）"), "或者")
        ),
        format!(
            "add {} behind the first `{{`",
            list(&|name, title| format!("`\"pack\": \"{name}\",` ({title})"), " or ")
        ),
    );
    Some(Diagnostic::new(&catalogue::PACK_NOT_NAMED).with("usual", USUAL).at(start).hint(hint))
}

/// Says that the program carries no such pack.
pub(super) fn not_found(name: &str) -> Diagnostic {
    let names: Vec<_> = embedded_names().map(|name| format!("`{name}`")).collect();
    let is_path = name.contains(['/', '\\']);
    let folder = if is_path { "./my-pack".to_owned() } else { format!("./{name}") };
    let own = Text::both(
        format!("自己的模板包写文件夹的路径，例如 `{folder}`"),
        format!("a pack of your own is named by its folder, such as `{folder}`"),
    );
    let diagnostic = Diagnostic::new(&catalogue::PACK_NOT_FOUND).with("name", name).with("own", own);
    diagnostic.with("packs", Text::both(names.join("、"), names.join(", "))).suggest(name, embedded_names())
}

/// Says that a data file names a pack that is neither the program's nor beside it.
pub(super) fn not_beside(name: &str) -> Diagnostic {
    let last = name.split(['/', '\\']).rfind(|part| is_pack_name(part)).unwrap_or("local-report");
    let own = Text::both(
        format!("自己的模板包和数据文件放在一起，`pack` 只写文件夹的名称，如 `{last}`，不写路径"),
        format!(
            "a pack of your own lies beside the data file, and `pack` is the bare name of its folder, such as `{last}`, no path"
        ),
    );
    with_own(not_found(name), &own)
}

/// Says that a city's folder can only begin with a pack that the program carries.
pub(super) fn not_to_begin_with(name: &str) -> Diagnostic {
    let own = Text::both(
        "`new` 只用程序自带的；已经有自己的模板包的，建好后把数据文件的 `pack` 改成它的名称，和数据文件放在一起",
        "`new` begins with one of those; a pack of your own goes beside the data file afterwards, whose `pack` names it",
    );
    with_own(not_found(name), &own)
}

/// Says otherwise what to do about a pack of one's own.
fn with_own(mut diagnostic: Diagnostic, own: &Text) -> Diagnostic {
    for (key, text) in &mut diagnostic.arguments {
        if *key == "own" {
            text.clone_from(own);
        }
    }
    diagnostic
}

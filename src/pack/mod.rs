//! Loads a template pack: its manifest, schema, style and templates, from a folder or from the program.
//!
//! A pack is data. It is read through one trait, [`PackFiles`], so that this module never touches the file
//! system.

mod archive;
mod bearing;
mod collect;
pub(crate) mod dimension;
mod editor;
mod embedded;
mod keys;
mod limits;
mod manifest;
mod overlay;
mod pictures;
pub(crate) mod prepared;
mod rules;
mod schema;
mod seldom;
mod shape;
mod skeleton;
mod snapshot;
mod style;
mod switches;
mod toml_reason;
mod ways;
mod wording;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::io;
use std::sync::Arc;

pub use self::archive::Archive;
pub use self::bearing::{Basis, Bearing};
pub use self::editor::schema_for_editors;
pub use self::embedded::{EmbeddedPack, embedded, embedded_names};
pub use self::limits::{DEEPEST_FOLDER, LARGEST_FILE, LARGEST_PACK, MOST_FILES};
use self::limits::{LARGEST_TEMPLATES, LARGEST_TEXT};
pub use self::manifest::{Manifest, is_pack_name};
use self::overlay::Layers;
use self::overlay::stack::Stacked;
pub use self::overlay::{Base, base};
use self::pictures::Pictures;
pub(crate) use self::rules::power as comparison;
pub use self::rules::{Rule, Test, Total};
pub use self::schema::{Field, Kind, Schema};
pub use self::seldom::{Nothing, Seldom};
pub use self::skeleton::skeleton;
pub use self::snapshot::{Difference, LOCK, Part, Snapshot, locked, outdated};
pub use self::style::{
    Characters, ChartStyle, FaceChoice, Grid, Length, LineBreaking, LineEndMarks, OwnFace, PageNumberStyle,
    PageStyle, Palette, Raise, Style, TextStyle, TitleStyle,
};
pub use self::switches::{DATA_RULES, RuleSwitch, TEXT_RULES};
pub use self::wording::{Limit, Wording};
use crate::diag::catalogue::overlay::PACK_TOO_LARGE;
use crate::diag::catalogue::pack::{FILE_MISSING, FILE_NAME, FILE_NOT_UTF8, FILE_UNREADABLE};
use crate::diag::{Diagnostic, SourceText, Text, system_reason};
use crate::picture::Picture;

/// What some editors on Windows write before a text.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// The files of a pack.
pub trait PackFiles {
    /// Returns every file's path within the pack, parted by `/`: `development/economy.hbs`.
    fn names(&self) -> io::Result<Vec<String>>;

    /// Returns a file's bytes, or nothing when there is no such file. What is part of the program is lent.
    fn read(&self, path: &str) -> io::Result<Option<Cow<'static, [u8]>>>;

    /// Returns the name by which messages call a file, such as `annual-report/pack.toml`.
    fn display(&self, path: &str) -> String {
        path.to_owned()
    }
}

/// A template pack that was read and checked.
#[derive(Clone, Debug)]
pub struct Pack {
    manifest: Arc<Manifest>,
    schema: Arc<Schema>,
    style: Style,
    templates: BTreeMap<String, Arc<SourceText>>,
    inherited: BTreeSet<String>,
    faces: Vec<PackFace>,
    pictures: BTreeMap<String, Arc<Picture>>,
    is_embedded: bool,
}

/// A face that does not come with the program.
#[derive(Clone)]
pub struct PackFace {
    /// The name that the style asks for it by.
    pub name: String,
    /// The file that it was read from, for messages.
    pub file: String,
    /// The font file's bytes.
    pub bytes: Vec<u8>,
    /// The face's number in a collection, 0 in a file of one face.
    pub index: u32,
}

impl fmt::Debug for PackFace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PackFace({} from {}#{}, {} bytes)", self.name, self.file, self.index, self.bytes.len())
    }
}

/// What could be read of a pack, for a check that goes on where [`Pack::load`] stops.
#[derive(Debug, Default)]
pub struct Parts {
    /// `pack.toml`, if it is sound.
    pub manifest: Option<Manifest>,
    /// `schema.json`, if its fields are sound.
    pub schema: Option<Schema>,
    /// `style.toml`, if it is sound.
    pub style: Option<Style>,
    /// The templates by their names.
    pub templates: BTreeMap<String, Arc<SourceText>>,
    /// The names of those that the packs have which it stands on, and it does not.
    pub inherited: BTreeSet<String>,
    /// The names of those that are there and cannot be read.
    pub unreadable: BTreeSet<String>,
    /// The names of the files that are pictures, or should be.
    pub pictures: BTreeSet<String>,
    /// Everything that is wrong with the files.
    pub faults: Vec<Diagnostic>,
    /// The roles of the pack's own faces, their files, bytes and numbers.
    faces: Vec<(String, String, Vec<u8>, u32)>,
    /// The pictures that can be printed.
    read_pictures: BTreeMap<String, Arc<Picture>>,
}

impl Parts {
    /// Reads all that can be read of a pack.
    pub fn read(files: &dyn PackFiles) -> Self {
        let (layers, mut faults) = Layers::find(files);
        let Some(layers) = layers else { return Self { faults, ..Self::default() } };
        let mut keep = |found: Vec<Diagnostic>| faults.extend(found);

        let mut templates = BTreeMap::new();
        let mut inherited = BTreeSet::new();
        let mut unreadable = BTreeSet::new();
        let mut length = 0;
        for (name, files, is_own) in layers.names() {
            if !is_inside(name) {
                keep(vec![Diagnostic::new(&FILE_NAME).with("file", files.display(name))]);
            } else if let Some(template) = name.strip_suffix(".hbs") {
                match text(files, name) {
                    Ok(source) => {
                        length += source.text().len();
                        templates.insert(template.to_owned(), source);
                    }
                    Err(found) => {
                        keep(found);
                        unreadable.insert(template.to_owned());
                        // It is there, whatever it says.
                        let empty = SourceText::new(files.display(name), "");
                        templates.insert(template.to_owned(), Arc::new(empty));
                    }
                }
                if length > LARGEST_TEMPLATES {
                    let what = Text::both("模板合起来", "all templates together");
                    keep(vec![too_large(files.display(name), what, LARGEST_TEMPLATES)]);
                    break;
                }
                if is_own {
                    inherited.remove(template);
                } else {
                    inherited.insert(template.to_owned());
                }
            }
        }
        let schema = layers.stacked("schema.json").map_err(&mut keep).ok().and_then(|stacked| {
            let (schema, found) = Schema::read(&stacked);
            keep(found);
            schema
        });
        let style = layers.stacked("style.toml").map_err(&mut keep).ok().and_then(|stacked| {
            let (style, found) = Style::read(&stacked);
            keep(found);
            style
        });
        let stacked = Stacked::new(layers.manifests().to_vec());
        let manifest = Manifest::read(&stacked, schema.as_ref(), &templates).map_err(&mut keep).ok();
        if let Some(list) = sections(stacked.top().name(), manifest.as_ref()) {
            templates.entry(SECTIONS.to_owned()).or_insert(list);
        }
        let own = style.as_ref().map(|style: &Style| style.own_faces.clone()).unwrap_or_default();
        let mut faces = Vec::new();
        let mut length = 0;
        for (role, face) in own {
            let Some(files) = layers.holder(&face.file) else { continue };
            let place = style.as_ref().and_then(|style| style.own_face_place(&role));
            match bytes(files, &face.file) {
                Ok(bytes) => {
                    length += bytes.len();
                    faces.push((role, files.display(&face.file), bytes.into_owned(), face.index));
                }
                // A file that is not there is told where it is asked for.
                Err(found) => keep(
                    found.into_iter().map(|fault| Diagnostic { origin: place.clone(), ..fault }).collect(),
                ),
            }
            if length > LARGEST_PACK {
                let what = Text::both("字体合起来", "all faces together");
                keep(vec![too_large(files.display(&face.file), what, LARGEST_PACK)]);
                break;
            }
        }
        let Pictures { names: pictures, read: read_pictures, faults: found } = Pictures::read(&layers);
        keep(found);
        Self {
            manifest,
            schema,
            style,
            templates,
            inherited,
            unreadable,
            pictures,
            faults,
            faces,
            read_pictures,
        }
    }

    /// Makes a pack of the parts.
    ///
    /// Fails with every fault, or with the roles that the style's own faces are to set and that there are none of.
    pub fn whole(self) -> Result<Pack, Vec<Diagnostic>> {
        let Self {
            manifest: Some(manifest),
            schema: Some(mut schema),
            style: Some(style),
            templates,
            inherited,
            ..
        } = self
        else {
            return Err(self.faults);
        };
        if !self.faults.is_empty() {
            return Err(self.faults);
        }
        schema.switch(&manifest.rules);
        let (faces, pictures) = (Vec::new(), self.read_pictures);
        let (manifest, schema) = (Arc::new(manifest), Arc::new(schema));
        let mut pack =
            Pack { manifest, schema, style, templates, inherited, faces, pictures, is_embedded: false };
        let faces = self.faces.into_iter();
        let refused: Vec<_> = faces
            .filter_map(|(role, file, bytes, index)| pack.set_face(&role, file, bytes, index).err())
            .map(|refused| *refused)
            .collect();
        if refused.is_empty() { Ok(pack) } else { Err(refused) }
    }
}

impl Pack {
    /// Reads a pack.
    ///
    /// Fails with every fault of its manifest, schema and style. Templates are read here and checked when they
    /// are filled.
    pub fn load(files: &dyn PackFiles) -> Result<Self, Vec<Diagnostic>> {
        Parts::read(files).whole()
    }

    /// Sets a role of text in another face: the style asks it first, its own faces after it.
    ///
    /// Fails when the style has no such role. Whether the bytes are a font shows when [`crate::fonts`] opens
    /// it.
    pub fn set_face(
        &mut self,
        role: &str,
        file: String,
        bytes: Vec<u8>,
        index: u32,
    ) -> Result<(), Box<Diagnostic>> {
        let name = format!("own:{role}");
        if !self.faces.iter().any(|face| face.name == name) && !self.style.prefer(role, &name) {
            return Err(Box::new(style::unknown_role(role)));
        }
        self.faces.retain(|face| face.name != name);
        self.faces.push(PackFace { name, file, bytes, index });
        Ok(())
    }

    /// Lets every role fall back on one more face, asked after all others.
    pub fn add_fallback(&mut self, file: String, bytes: Vec<u8>, index: u32) {
        let name = format!("more:{file}#{index}");
        self.style.fall_back_on(&name);
        self.faces.push(PackFace { name, file, bytes, index });
    }

    /// Returns the faces that the style asks for and the program does not have.
    pub fn faces(&self) -> &[PackFace] {
        &self.faces
    }

    /// Returns the pictures that its templates may show, by their paths within the pack.
    pub fn pictures(&self) -> &BTreeMap<String, Arc<Picture>> {
        &self.pictures
    }

    /// Reads one of the packs that the program carries; nothing when it carries none of that name.
    pub fn embedded(name: &str) -> Option<Result<Self, Vec<Diagnostic>>> {
        embedded(name).map(|files| {
            let pack = Self::carried(&files).map_or_else(|| Self::load(&files), Ok)?;
            Ok(Self { is_embedded: true, ..pack })
        })
    }

    /// Makes a pack of what was read of it beforehand; nothing where it was not.
    fn carried(files: &EmbeddedPack) -> Option<Self> {
        let whole = prepared::read(files.name(), prepared::PACK)?;
        let prepared::Whole { mut manifest, mut style, schema, templates } = whole;
        manifest.set_pack(files.name());
        style.set_pack(files.name());
        let mut schema = Schema::carried(files.name(), schema)?;
        schema.switch(&manifest.rules);
        let mut bases: BTreeMap<&str, EmbeddedPack> = BTreeMap::new();
        let (mut texts, mut inherited) = (BTreeMap::new(), BTreeSet::new());
        for (name, base) in templates {
            let file = format!("{name}.hbs");
            let source = match &base {
                None => text(files, &file),
                Some(base) => {
                    inherited.insert(name.clone());
                    let base = embedded(base)?;
                    text(bases.entry(base.name()).or_insert(base), &file)
                }
            };
            texts.insert(name, source.ok()?);
        }
        if let Some(list) = sections(&files.display("pack.toml"), Some(&manifest)) {
            texts.entry(SECTIONS.to_owned()).or_insert(list);
        }
        Some(Self {
            manifest: Arc::new(manifest),
            schema: Arc::new(schema),
            style,
            templates: texts,
            inherited,
            faces: Vec::new(),
            pictures: BTreeMap::new(),
            is_embedded: true,
        })
    }

    /// Returns what is kept of it for [`Pack::carried`]; nothing where that is not all of it.
    #[cfg(test)]
    fn prepared(&self) -> Option<prepared::Whole> {
        if !(self.faces.is_empty() && self.pictures.is_empty()) {
            return None;
        }
        let template = |(name, source): (&String, &Arc<SourceText>)| {
            let (pack, _) = source.name().split_once('/')?;
            (!source.name().contains('#'))
                .then(|| (name.clone(), self.inherited.contains(name).then(|| pack.to_owned())))
        };
        Some(prepared::Whole {
            manifest: Manifest::clone(&self.manifest),
            style: self.style.clone(),
            schema: self.schema.prepared()?,
            templates: self.templates.iter().filter_map(template).collect(),
        })
    }

    /// Tells whether the program carries the pack, which is then known to be sound: a test lints every such pack.
    pub fn is_embedded(&self) -> bool {
        self.is_embedded
    }

    /// Returns what the pack says of itself.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Returns what a data file has to be like.
    pub fn schema(&self) -> &Schema {
        &self.schema
    }

    /// Returns both for whoever keeps them beside the pack.
    pub(crate) fn shared(&self) -> (Arc<Manifest>, Arc<Schema>) {
        (Arc::clone(&self.manifest), Arc::clone(&self.schema))
    }

    /// Returns how its documents look.
    pub fn style(&self) -> &Style {
        &self.style
    }

    /// Returns the templates by their names, such as `development/economy`.
    pub fn templates(&self) -> &BTreeMap<String, Arc<SourceText>> {
        &self.templates
    }

    /// Returns the names of the templates that the packs have which it stands on, and it does not.
    pub fn inherited(&self) -> &BTreeSet<String> {
        &self.inherited
    }

    /// Returns the template with a name.
    pub fn template(&self, name: &str) -> Option<&Arc<SourceText>> {
        self.templates.get(name)
    }
}

/// The name by which a template includes all the sections.
pub(crate) const SECTIONS: &str = "sections";

/// Writes the template that includes the sections in their order, if the pack has such a list.
///
/// Of a manifest that will not do there is an empty one: that its sections are missing is no fault of theirs.
fn sections(file: &str, manifest: Option<&Manifest>) -> Option<Arc<SourceText>> {
    let name = format!("{file}#sections");
    let Some(manifest) = manifest else { return Some(Arc::new(SourceText::new(name, ""))) };
    if manifest.sections.is_empty() {
        return None;
    }
    let list: Vec<_> = manifest.sections.iter().map(|section| format!("{{{{> {section}}}}}\n")).collect();
    Some(Arc::new(SourceText::new(name, list.concat())))
}

/// Reads a file of the pack.
fn bytes(files: &dyn PackFiles, path: &str) -> Result<Cow<'static, [u8]>, Vec<Diagnostic>> {
    let file = files.display(path);
    if !is_inside(path) {
        return Err(vec![Diagnostic::new(&FILE_NAME).with("file", file)]);
    }
    files.read(path).map_err(|error| vec![unreadable(files, path, &error)])?.ok_or_else(|| {
        let otherwise = if is_text_file(path) {
            Text::both("从自带的模板包复制一份再改", "copy the one of the embedded pack and change it")
        } else {
            Text::both("改正用到它的那一处的文件名", "mend the name where it is used")
        };
        vec![Diagnostic::new(&FILE_MISSING).with("file", file).with("otherwise", otherwise)]
    })
}

/// Tells whether a file is one of those that every pack has, by its ending: no face and no picture.
fn is_text_file(path: &str) -> bool {
    [".toml", ".json", ".hbs"].iter().any(|ending| path.ends_with(ending))
}

/// Reads a file of the pack as text.
fn text(files: &dyn PackFiles, path: &str) -> Result<Arc<SourceText>, Vec<Diagnostic>> {
    let file = files.display(path);
    let bytes = bytes(files, path)?;
    if bytes.len() > LARGEST_TEXT {
        return Err(vec![too_large(file, Text::both("一个文本文件", "a text file"), LARGEST_TEXT)]);
    }
    let not_utf8 = |error: std::str::Utf8Error| {
        let offset = error.valid_up_to() + 1;
        vec![Diagnostic::new(&FILE_NOT_UTF8).with("file", &file).with("offset", offset)]
    };
    let text = match bytes {
        Cow::Borrowed(bytes) => {
            let text = std::str::from_utf8(bytes).map_err(not_utf8)?;
            Cow::Borrowed(text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text))
        }
        Cow::Owned(bytes) => {
            let mut text = String::from_utf8(bytes).map_err(|error| not_utf8(error.utf8_error()))?;
            if text.starts_with(BYTE_ORDER_MARK) {
                text.drain(..BYTE_ORDER_MARK.len_utf8());
            }
            Cow::Owned(text)
        }
    };
    Ok(Arc::new(SourceText::lent(file, text)))
}

/// Says that something of a pack is larger than it may be, in bytes.
fn too_large(file: String, what: Text, most: usize) -> Diagnostic {
    let most = format!("{} MB", most >> 20);
    Diagnostic::new(&PACK_TOO_LARGE).with("file", file).with("what", what).with("most", most)
}

fn unreadable(files: &dyn PackFiles, path: &str, error: &io::Error) -> Diagnostic {
    Diagnostic::new(&FILE_UNREADABLE).with("file", files.display(path)).with("reason", system_reason(error))
}

/// Tells whether a path stays within the pack, and can be a file's, on every system.
fn is_inside(path: &str) -> bool {
    path.split('/').all(|part| {
        !matches!(part, "" | "." | "..")
            && !part.ends_with(['.', ' '])
            && !part.contains(|c: char| c.is_control() || "\\:*?\"<>|".contains(c))
            && !is_reserved(part)
    })
}

/// Returns where a text has a character that nothing printed can have, and its code; line ends and tabs are space.
pub(crate) fn control_in(text: &str) -> Option<(usize, String)> {
    let is_refused = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r');
    let found = text.char_indices().find(|(_, c)| is_refused(*c));
    found.map(|(at, c)| (at, format!("{:04X}", u32::from(c))))
}

/// Tells whether Windows takes a file's name for a device, whatever stands after its first dot: `CON`,
/// `nul.pdf`, `COM1`.
pub fn is_reserved(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_ascii_uppercase();
    let numbered = stem.strip_prefix("COM").or_else(|| stem.strip_prefix("LPT"));
    matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$")
        || numbered.is_some_and(|number| {
            let mut digits = number.chars();
            matches!((digits.next(), digits.next()), (Some('0'..='9' | '¹' | '²' | '³'), None))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn devices_of_windows_are_no_files() {
        for name in ["CON", "con", "nul.pdf", "Aux.hbs.bak", "COM1", "lpt9.txt", "com².pdf", "NUL ", "conin$"]
        {
            assert!(is_reserved(name), "{name}");
        }
        for name in ["CONTROL", "COM", "COM10", "COMA", "岑汀市.pdf", ".con", "null.json", "lpt"] {
            assert!(!is_reserved(name), "{name}");
        }
    }

    #[test]
    fn paths_stay_inside_on_every_system() {
        for path in ["report.hbs", "a/b/c.hbs", "文件夹/模板.hbs", "a..b/c"] {
            assert!(is_inside(path), "{path}");
        }
        let outside = [
            "",
            "/a",
            "a//b",
            "../a",
            "a/..",
            "./a",
            "a\\b",
            "C:a",
            "a/b?",
            "a\n",
            "nul/a.hbs",
            "a/con.hbs",
            "a./b",
            "a ",
        ];
        for path in outside {
            assert!(!is_inside(path), "{path}");
        }
    }
}

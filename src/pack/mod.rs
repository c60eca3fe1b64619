//! Loads a template pack: its manifest, schema, style and templates, from a folder or from the program.
//!
//! A pack is data. It is read through one trait, [`PackFiles`], so that this module never touches the file
//! system.

mod collect;
mod embedded;
mod manifest;
mod schema;
mod style;

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

pub use self::embedded::{EmbeddedPack, embedded, embedded_names};
pub use self::manifest::Manifest;
pub use self::schema::{Field, Kind, Schema};
pub use self::style::{
    Characters, FaceChoice, Grid, Length, LineBreaking, LineEndMarks, PageNumberStyle, PageStyle, Raise,
    Style, TextStyle, TitleStyle,
};
use crate::diag::catalogue::pack::{FILE_MISSING, FILE_NAME, FILE_NOT_UTF8, FILE_UNREADABLE};
use crate::diag::{Diagnostic, SourceText};

/// The files of a pack.
pub trait PackFiles {
    /// Returns every file's path within the pack, parted by `/`: `development/economy.hbs`.
    fn names(&self) -> io::Result<Vec<String>>;

    /// Returns a file's bytes, or nothing when there is no such file.
    fn read(&self, path: &str) -> io::Result<Option<Vec<u8>>>;

    /// Returns the name by which messages call a file, such as `annual-report/pack.toml`.
    fn display(&self, path: &str) -> String {
        path.to_owned()
    }
}

/// A template pack that was read and checked.
#[derive(Clone, Debug)]
pub struct Pack {
    manifest: Manifest,
    schema: Schema,
    style: Style,
    templates: BTreeMap<String, Arc<SourceText>>,
}

impl Pack {
    /// Reads a pack.
    ///
    /// Fails with every fault of its manifest, schema and style. Templates are read here and checked when they
    /// are filled.
    pub fn load(files: &dyn PackFiles) -> Result<Self, Vec<Diagnostic>> {
        let mut faults = Vec::new();
        let mut keep = |found: Vec<Diagnostic>| faults.extend(found);

        let names = files.names().unwrap_or_else(|error| {
            keep(vec![unreadable(files, ".", &error)]);
            Vec::new()
        });
        let mut templates = BTreeMap::new();
        for name in &names {
            if !is_inside(name) {
                keep(vec![Diagnostic::new(&FILE_NAME).with("file", files.display(name))]);
            } else if let Some(template) = name.strip_suffix(".hbs") {
                match text(files, name) {
                    Ok(source) => drop(templates.insert(template.to_owned(), source)),
                    Err(found) => keep(found),
                }
            }
        }
        let schema =
            text(files, "schema.json").and_then(|source| Schema::parse(&source)).map_err(&mut keep).ok();
        let style =
            text(files, "style.toml").and_then(|source| Style::parse(&source)).map_err(&mut keep).ok();
        let manifest = text(files, "pack.toml")
            .and_then(|source| Manifest::parse(&source, schema.as_ref(), |name| templates.contains_key(name)))
            .map_err(&mut keep)
            .ok();
        match (manifest, schema, style) {
            (Some(manifest), Some(schema), Some(style)) if faults.is_empty() => {
                Ok(Self { manifest, schema, style, templates })
            }
            _ => Err(faults),
        }
    }

    /// Reads one of the packs that the program carries; nothing when it carries none of that name.
    pub fn embedded(name: &str) -> Option<Result<Self, Vec<Diagnostic>>> {
        embedded(name).map(|files| Self::load(&files))
    }

    /// Returns what the pack says of itself.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Returns what a data file has to be like.
    pub fn schema(&self) -> &Schema {
        &self.schema
    }

    /// Returns how its documents look.
    pub fn style(&self) -> &Style {
        &self.style
    }

    /// Returns the templates by their names, such as `development/economy`.
    pub fn templates(&self) -> &BTreeMap<String, Arc<SourceText>> {
        &self.templates
    }

    /// Returns the template with a name.
    pub fn template(&self, name: &str) -> Option<&Arc<SourceText>> {
        self.templates.get(name)
    }
}

/// Reads a file of the pack as text.
fn text(files: &dyn PackFiles, path: &str) -> Result<Arc<SourceText>, Vec<Diagnostic>> {
    let file = files.display(path);
    let bytes = files
        .read(path)
        .map_err(|error| vec![unreadable(files, path, &error)])?
        .ok_or_else(|| vec![Diagnostic::new(&FILE_MISSING).with("file", &file)])?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let offset = error.utf8_error().valid_up_to() + 1;
        vec![Diagnostic::new(&FILE_NOT_UTF8).with("file", &file).with("offset", offset)]
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    Ok(Arc::new(SourceText::new(file, text)))
}

fn unreadable(files: &dyn PackFiles, path: &str, error: &io::Error) -> Diagnostic {
    Diagnostic::new(&FILE_UNREADABLE).with("file", files.display(path)).with("reason", error)
}

/// Tells whether a path stays within the pack on every system.
fn is_inside(path: &str) -> bool {
    path.split('/').all(|part| {
        !matches!(part, "" | "." | "..")
            && !part.contains(|c: char| c.is_control() || "\\:*?\"<>|".contains(c))
    })
}

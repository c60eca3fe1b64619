//! Reads a pack that stands on another one: an overlay names its base (`extends`) and holds only what differs.
//!
//! Each file of a pack is put on the base's: a template takes the place of the one of its name; `pack.toml` and
//! `style.toml` go key by key ([`manifest`], [`table`]), the order of sections by what the overlay does to it
//! ([`sections`]), `schema.json` field by field ([`schema`]). What an overlay changes must be there in the base:
//! a change of the base so never strands an overlay in silence.

pub(super) mod manifest;
pub(super) mod schema;
mod sections;
pub(super) mod stack;
mod strays;
pub(super) mod table;

use std::collections::BTreeSet;
use std::sync::Arc;

use semver::{Version, VersionReq};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use self::stack::Stacked;
use super::embedded::{EmbeddedPack, embedded, embedded_names};
use super::{PackFiles, text, unreadable};
use crate::diag::catalogue::overlay::{BASE_CIRCULAR, BASE_UNKNOWN, BASE_VERSION};
use crate::diag::catalogue::pack::{FILE_NOT_UTF8, MANIFEST_SYNTAX, MANIFEST_VALUE};
use crate::diag::{Diagnostic, Origin, SourceText, Text};

/// How many packs may stand on one another.
const MOST_LAYERS: usize = 4;

/// Returns a file of a pack that the program carries and of those that it stands on, which a test knows to be sound.
pub(super) fn carried(pack: &str, path: &str) -> Stacked {
    let stacked = embedded(pack).and_then(|files| Layers::find(&files).0?.stacked(path).ok());
    stacked.unwrap_or_else(|| Stacked::new(Vec::new()))
}

/// The packs that stand on one another, the base first.
pub(super) struct Layers<'a> {
    packs: Vec<Layer<'a>>,
    /// The packs' manifests.
    manifests: Vec<Arc<SourceText>>,
}

/// One of the packs.
struct Layer<'a> {
    files: Files<'a>,
    names: Vec<String>,
}

/// A pack's files.
enum Files<'a> {
    /// The pack that was asked for.
    Own(&'a dyn PackFiles),
    /// One that the program carries.
    Carried(EmbeddedPack),
}

impl Files<'_> {
    fn get(&self) -> &dyn PackFiles {
        match self {
            Self::Own(files) => *files,
            Self::Carried(files) => files,
        }
    }
}

impl<'a> Layers<'a> {
    /// Finds the packs that a pack stands on.
    ///
    /// Fails when one of them is not there, is of another version than the overlay was written for, or when they
    /// stand on one another in a circle.
    pub(super) fn find(files: &'a dyn PackFiles) -> (Option<Self>, Vec<Diagnostic>) {
        let mut faults = Vec::new();
        let mut layers = Self { packs: Vec::new(), manifests: Vec::new() };
        let mut next = Some((Files::Own(files), None));
        let mut seen: Vec<String> = Vec::new();
        while let Some((files, wanted)) = next.take() {
            let names = files.get().names().unwrap_or_else(|error| {
                faults.push(unreadable(files.get(), ".", &error));
                Vec::new()
            });
            let manifest = text(files.get(), "pack.toml");
            layers.packs.push(Layer { files, names });
            let manifest = match manifest {
                Ok(manifest) => manifest,
                // What it stands on is not known, nor what else it should have.
                Err(found) if found.iter().any(|fault| fault.entry == &FILE_NOT_UTF8) => {
                    faults.extend(found);
                    faults.extend(layers.packs.iter().flat_map(Layer::undecodable));
                    return (None, faults);
                }
                Err(found) => {
                    faults.extend(found);
                    break;
                }
            };
            if let Some(wanted) = wanted {
                faults.extend(version_fault(&manifest, &wanted));
            }
            match extends(&manifest) {
                Ok(None) => {}
                Ok(Some(base)) => {
                    if seen.contains(&base.name) || layers.packs.len() == MOST_LAYERS {
                        seen.push(base.name.clone());
                        let fault = Diagnostic::new(&BASE_CIRCULAR).with("most", MOST_LAYERS);
                        return (None, vec![fault.with("bases", seen.join(" → ")).at(base.origin)]);
                    }
                    let Some(files) = embedded(&base.name) else {
                        let known: Vec<_> = embedded_names().map(|name| format!("`{name}`")).collect();
                        let fault = Diagnostic::new(&BASE_UNKNOWN).with("name", &base.name);
                        let fault = fault
                            .with("known", Text::both(known.join("、"), known.join(", ")))
                            .suggest(&base.name, embedded_names());
                        return (None, vec![fault.at(base.origin)]);
                    };
                    seen.push(base.name.clone());
                    next = Some((Files::Carried(files), Some(base)));
                }
                Err(fault) => return (None, vec![*fault]),
            }
            layers.manifests.push(manifest);
        }
        layers.packs.reverse();
        layers.manifests.reverse();
        for (index, layer) in layers.packs.iter().enumerate().skip(1) {
            let below = layers.packs[..index].iter().flat_map(|layer| layer.names.iter());
            let templates: BTreeSet<&str> =
                below.map(String::as_str).filter(|name| name.strip_suffix(".hbs").is_some()).collect();
            faults.extend(strays::find(&layer.names, &templates, |name| layer.files.get().display(name)));
        }
        (Some(layers), faults)
    }

    /// Returns the manifests.
    pub(super) fn manifests(&self) -> &[Arc<SourceText>] {
        &self.manifests
    }

    /// Returns every file's name, whose it is, and whether a pack that stands on others has it.
    pub(super) fn names(&self) -> impl Iterator<Item = (&str, &dyn PackFiles, bool)> {
        let top = self.packs.len().saturating_sub(1);
        self.packs.iter().enumerate().flat_map(move |(index, layer)| {
            let is_own = index == top;
            layer.names.iter().map(move |name| (name.as_str(), layer.files.get(), is_own))
        })
    }

    /// Reads a file of every pack that has it. Fails as the reading does, and when the base has none.
    pub(super) fn stacked(&self, path: &str) -> Result<Stacked, Vec<Diagnostic>> {
        let mut texts = Vec::new();
        let mut faults = Vec::new();
        for (index, layer) in self.packs.iter().enumerate() {
            if index == 0 || layer.names.iter().any(|name| name == path) {
                match text(layer.files.get(), path) {
                    Ok(source) => texts.push(source),
                    Err(found) => faults.extend(found),
                }
            }
        }
        if faults.is_empty() { Ok(Stacked::new(texts)) } else { Err(faults) }
    }

    /// Returns the files of the uppermost pack that has one of a name, of the top when none has.
    pub(super) fn holder(&self, path: &str) -> Option<&dyn PackFiles> {
        let has = |layer: &&Layer<'_>| layer.names.iter().any(|name| name == path);
        let layer = self.packs.iter().rev().find(has).or(self.packs.last());
        layer.map(|layer| layer.files.get())
    }
}

impl Layer<'_> {
    /// Finds the other files of text that cannot be read: an editor that spoils one spoils all.
    fn undecodable(&self) -> Vec<Diagnostic> {
        let names = self.names.iter().filter(|name| super::is_text_file(name) && *name != "pack.toml");
        names.filter_map(|name| text(self.files.get(), name).err()).flatten().collect()
    }
}

/// What an overlay says of its base.
#[derive(Clone, Debug)]
pub struct Base {
    /// The base's name.
    pub name: String,
    /// Where it names it.
    origin: Origin,
    /// The version that it was written for, and where it says so.
    version: Option<(VersionReq, Origin)>,
}

impl Base {
    /// Returns the overlay's manifest with another version of the base that it was written for; nothing when it is
    /// that version, or says none.
    pub fn with_version(&self, version: &str) -> Option<String> {
        let (_, origin) = self.version.as_ref()?;
        let text = origin.source.text();
        let quoted = format!("\"{version}\"");
        let is_other = text.get(origin.span.clone())? != quoted;
        is_other.then(|| format!("{}{quoted}{}", &text[..origin.span.start], &text[origin.span.end..]))
    }
}

/// Reads what a pack says of the pack that it stands on; nothing when it stands by itself.
///
/// Fails when its manifest cannot be read, or says half of it.
pub fn base(files: &dyn PackFiles) -> Result<Option<Base>, Vec<Diagnostic>> {
    extends(&text(files, "pack.toml")?).map_err(|fault| vec![*fault])
}

/// Reads which pack a pack stands on, if it stands on one.
fn extends(manifest: &Arc<SourceText>) -> Result<Option<Base>, Box<Diagnostic>> {
    // A key may be written with escapes. What has neither stands by itself, and need not be read for this too.
    if !["extends", "base_version", "\\"].iter().any(|part| manifest.text().contains(part)) {
        return Ok(None);
    }
    // What is no TOML is told where the whole manifest is read. A base that is named all the same is taken: without it
    // every other file of the overlay would seem to lack what the base has.
    let table = DeTable::parse_recoverable(manifest.text()).0.into_inner();
    let at = |span| Origin::new(manifest, span);
    let version = table.get("base_version");
    let Some(name) = table.get("extends") else {
        let Some(version) = version else { return Ok(None) };
        let fault = Diagnostic::new(&MANIFEST_SYNTAX).with("reason", table::missing("extends"));
        return Err(Box::new(fault.at(at(version.span()))));
    };
    // What is no string is told there too.
    let DeValue::String(text) = name.get_ref() else { return Ok(None) };
    let version = match version.map(|version| (version.get_ref(), version.span())) {
        Some((DeValue::String(written), span)) => {
            let Ok(version) = written.parse::<Version>() else {
                let expected = Text::both("`1.0.0` 这样的版本号", "a version such as `1.0.0`");
                let fault = Diagnostic::new(&MANIFEST_VALUE).with("key", "base_version");
                let fault = fault.with("expected", expected).with("found", &**written);
                return Err(Box::new(fault.at(at(span))));
            };
            // A minor version adds to the base; a major one may take away what the overlay stands on.
            VersionReq::parse(&format!("^{version}")).ok().map(|wanted| (wanted, at(span)))
        }
        _ => None,
    };
    Ok(Some(Base { name: text.to_string(), origin: at(name.span()), version }))
}

/// Says when a base is of another version than the one that an overlay was written for.
fn version_fault(manifest: &Arc<SourceText>, base: &Base) -> Option<Diagnostic> {
    let (wanted, origin) = base.version.as_ref()?;
    let table = DeTable::parse(manifest.text()).ok()?.into_inner();
    let version: Version = match table.get("version").map(Spanned::get_ref) {
        Some(DeValue::String(version)) => version.parse().ok()?,
        _ => return None,
    };
    (!wanted.matches(&version)).then(|| {
        let wanted = wanted.to_string();
        let fault = Diagnostic::new(&BASE_VERSION).with("name", &base.name).with("version", version);
        fault.with("wanted", wanted.trim_start_matches('^')).at(origin.clone())
    })
}

//! Takes down what a pack says, so that two packs, or one pack at two times, can be held against each other.
//!
//! An overlay keeps what its base said when it was written ([`LOCK`]); what has changed since can so be told without
//! the old base at hand.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use toml::de::DeValue;

use super::overlay::stack::Stacked;
use super::overlay::{Layers, manifest, table};
use super::{Pack, PackFiles, Parts, base, embedded, text};
use crate::diag::catalogue::layout::STYLE_SYNTAX;
use crate::diag::catalogue::overlay::{BASE_TEMPLATE_CHANGED, LOCK_BROKEN};
use crate::diag::{Diagnostic, Origin, SourceText, Text, system_reason};

/// The file of an overlay that holds what its base said.
pub const LOCK: &str = "base.lock.json";

/// What stands before the digest of a template whose text is not kept.
const DIGEST: &str = "sha256:";

/// What a pack says, piece by piece.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Snapshot {
    /// The pack's name.
    pub pack: String,
    /// Its version.
    pub version: String,
    /// Its sections in their order.
    pub sections: Vec<String>,
    /// What `pack.toml` and `style.toml` set, by their keys: `style.body.size`.
    pub settings: BTreeMap<String, String>,
    /// The fields by their paths: title, kind, unit, department and the rest.
    pub fields: BTreeMap<String, String>,
    /// The rules of the schema by their names.
    pub rules: BTreeMap<String, String>,
    /// The templates by their names: their text, or its digest.
    pub templates: BTreeMap<String, String>,
}

/// A part of what a pack says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The order of sections.
    Section,
    /// A template.
    Template,
    /// A field of the schema.
    Field,
    /// A rule of the schema.
    Rule,
    /// A key of `pack.toml` or `style.toml`.
    Setting,
}

/// A piece in which two snapshots differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// What it is of.
    pub part: Part,
    /// Its name.
    pub name: String,
    /// What it was; nothing when it is new. Of a section: the one before it.
    pub old: Option<String>,
    /// What it is; nothing when it is gone.
    pub new: Option<String>,
}

impl Snapshot {
    /// Takes down what a pack says. Fails as [`Pack::load`] does.
    pub fn read(files: &dyn PackFiles) -> Result<Self, Vec<Diagnostic>> {
        let pack = Parts::read(files).whole()?;
        let mut settings = BTreeMap::new();
        if let (Some(layers), _) = Layers::find(files) {
            let stacked = Stacked::new(layers.manifests().to_vec());
            for (key, value) in manifest::merged(&stacked)?.0.get_ref() {
                // What every pack says of itself alone, and what is taken down apart.
                let apart = ["name", "version", "engine", "extends", "base_version", "sections"];
                if !apart.contains(&&**key.get_ref()) {
                    flatten(key.get_ref(), value.get_ref(), &mut settings);
                }
            }
            let stacked = layers.stacked("style.toml")?;
            for (key, value) in table::merged(&stacked, (&STYLE_SYNTAX, "fault"))?.get_ref() {
                flatten(&format!("style.{}", key.get_ref()), value.get_ref(), &mut settings);
            }
        }
        Ok(Self::of(&pack, settings))
    }

    fn of(pack: &Pack, settings: BTreeMap<String, String>) -> Self {
        let (manifest, schema) = (pack.manifest(), pack.schema());
        let fields = schema.fields().iter().map(|field| {
            let said = subschema(schema.document(), &field.path).map(line).unwrap_or_default();
            (field.path.clone(), said)
        });
        let rules = schema.document().get("x-rules").and_then(Value::as_array).into_iter().flatten();
        let rules = rules.filter_map(|rule| Some((rule.get("name")?.as_str()?.to_owned(), rule.to_string())));
        // The list of sections is taken down as such.
        let templates = pack
            .templates()
            .iter()
            .filter(|(name, _)| manifest.sections.is_empty() || *name != super::SECTIONS);
        Self {
            pack: manifest.name.clone(),
            version: manifest.version.to_string(),
            sections: manifest.sections.clone(),
            settings,
            fields: fields.collect(),
            rules: rules.collect(),
            templates: templates.map(|(name, text)| (name.clone(), text.text().to_owned())).collect(),
        }
    }

    /// Leaves of the templates that are not named the digest alone: what an overlay does not replace, it takes as it
    /// comes.
    #[must_use]
    pub fn keeping(mut self, kept: &BTreeSet<String>) -> Self {
        for (name, text) in &mut self.templates {
            if !kept.contains(name) {
                *text = digest(text);
            }
        }
        self
    }

    /// Reads what [`Snapshot::to_json`] wrote; nothing when it is not that.
    pub fn from_json(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }

    /// Writes it as JSON, one piece a line.
    pub fn to_json(&self) -> String {
        // Strings alone: there is nothing in it that JSON cannot hold.
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }

    /// Finds in what a later snapshot differs, part by part, each in the order of names.
    pub fn differences(&self, later: &Self) -> Vec<Difference> {
        let mut found = moved(&self.sections, &later.sections);
        let maps = [
            (Part::Template, &self.templates, &later.templates),
            (Part::Field, &self.fields, &later.fields),
            (Part::Rule, &self.rules, &later.rules),
            (Part::Setting, &self.settings, &later.settings),
        ];
        for (part, old, new) in maps {
            let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
            for name in names {
                let (old, new) = (old.get(name), new.get(name));
                if !is_same(old, new) {
                    let (name, old, new) = (name.clone(), old.cloned(), new.cloned());
                    found.push(Difference { part, name, old, new });
                }
            }
        }
        found
    }
}

impl Difference {
    /// Returns the lines in which the two texts differ, each behind `-` or `+`, those around them behind a blank;
    /// nothing when a text was not kept.
    pub fn lines(&self) -> Option<String> {
        let (old, new) = (self.old.as_deref()?, self.new.as_deref()?);
        if old.starts_with(DIGEST) || new.starts_with(DIGEST) {
            return None;
        }
        let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
        let mut lines = String::new();
        let edits = similar::capture_diff_slices(similar::Algorithm::Patience, &old, &new);
        for edit in edits {
            if edit.tag() == similar::DiffTag::Equal {
                continue;
            }
            for (sign, side) in [('-', &old[edit.old_range()]), ('+', &new[edit.new_range()])] {
                for line in side {
                    // Writing to a string does not fail.
                    let _ = writeln!(lines, "{sign} {line}");
                }
            }
        }
        Some(lines)
    }
}

/// Finds the templates of an overlay whose namesakes in the base have changed since the overlay was written: what
/// they take the place of is no longer what their author saw. Without [`LOCK`] nothing is known of that.
pub fn outdated(files: &dyn PackFiles) -> Vec<Diagnostic> {
    let Ok(Some(base)) = base(files) else { return Vec::new() };
    let then = match locked(files, &base.name) {
        Ok(Some(then)) => then,
        Ok(None) => return Vec::new(),
        Err(broken) => return vec![*broken],
    };
    let Some(Ok(today)) = embedded(&base.name).map(|files| Snapshot::read(&files)) else { return Vec::new() };
    let changed = then.differences(&today).into_iter().filter(|one| one.part == Part::Template);
    changed
        .filter(|one| one.old.is_some() && one.new.is_some())
        .filter_map(|one| {
            let own = text(files, &format!("{}.hbs", one.name)).ok()?;
            let warning = Diagnostic::new(&BASE_TEMPLATE_CHANGED).with("name", one.name);
            let warning = warning.with("base", &base.name).with("version", &then.version);
            Some(warning.at(Origin::new(&own, 0..0)))
        })
        .collect()
}

/// Reads what an overlay has written down of its base, of which the name is given; nothing where it has not.
///
/// Fails when that cannot be read, or is of another base.
pub fn locked(files: &dyn PackFiles, base: &str) -> Result<Option<Snapshot>, Box<Diagnostic>> {
    let broken = |reason: Text| {
        Box::new(Diagnostic::new(&LOCK_BROKEN).with("file", files.display(LOCK)).with("reason", reason))
    };
    let bytes = match files.read(LOCK) {
        Ok(Some(bytes)) => bytes,
        Ok(None) => return Ok(None),
        Err(error) => return Err(broken(system_reason(&error))),
    };
    let Ok(text) = String::from_utf8(bytes.into_owned()) else {
        return Err(broken(Text::both("不是 UTF-8 编码", "it is not UTF-8")));
    };
    let then: Snapshot = serde_json::from_str(&text).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        let source = Arc::new(SourceText::new(files.display(LOCK), text.as_str()));
        let at = source.byte_at(line.max(1), column.max(1));
        let fault = broken(Text::both(
            format!("第{line}行起读不懂"),
            format!("it cannot be read from line {line} on"),
        ));
        Box::new(fault.at(Origin::new(&source, at..at)))
    })?;
    if then.pack != base {
        return Err(broken(Text::both(
            format!("它记的是 `{}`，不是原模板包 `{base}`", then.pack),
            format!("it is of `{}`, not of the base `{base}`", then.pack),
        )));
    }
    Ok(Some(then))
}

fn is_same(old: Option<&String>, new: Option<&String>) -> bool {
    let (Some(old), Some(new)) = (old, new) else { return old.is_none() && new.is_none() };
    let is_digest = |text: &str| text.starts_with(DIGEST);
    match (is_digest(old), is_digest(new)) {
        (true, false) => *old == digest(new),
        (false, true) => digest(old) == *new,
        _ => old == new,
    }
}

fn digest(text: &str) -> String {
    let mut digest = DIGEST.to_owned();
    // Half of it is enough to tell versions of a template apart.
    for byte in &Sha256::digest(text.as_bytes())[..16] {
        let _ = write!(digest, "{byte:02x}");
    }
    digest
}

/// Finds the sections that are new, gone, or stand elsewhere.
fn moved(old: &[String], new: &[String]) -> Vec<Difference> {
    let before = |list: &[String], name: &str| -> Option<String> {
        let at = list.iter().position(|section| section == name)?;
        Some(at.checked_sub(1).map_or_else(String::new, |at| list[at].clone()))
    };
    let kept = in_both(old, new);
    let mut found = Vec::new();
    for name in old.iter().filter(|name| !new.contains(name)) {
        let old = before(old, name);
        found.push(Difference { part: Part::Section, name: name.clone(), old, new: None });
    }
    for name in new.iter().filter(|name| !kept.contains(name.as_str())) {
        let (old, new) = (before(old, name), before(new, name));
        found.push(Difference { part: Part::Section, name: name.clone(), old, new });
    }
    found
}

/// Returns the most sections that stand in the same order in both lists.
fn in_both<'a>(old: &'a [String], new: &'a [String]) -> BTreeSet<&'a str> {
    let names = |list: &'a [String]| -> Vec<&'a str> { list.iter().map(String::as_str).collect() };
    let (old, new) = (names(old), names(new));
    let edits = similar::capture_diff_slices(similar::Algorithm::Myers, &old, &new);
    let equal = edits.iter().filter(|edit| edit.tag() == similar::DiffTag::Equal);
    equal.flat_map(|edit| new[edit.new_range()].iter().copied()).collect()
}

/// Writes what a table of TOML sets, each value behind its keys.
fn flatten(key: &str, value: &DeValue<'_>, settings: &mut BTreeMap<String, String>) {
    match value {
        DeValue::Table(table) => {
            for (inner, value) in table {
                flatten(&format!("{key}.{}", inner.get_ref()), value.get_ref(), settings);
            }
        }
        DeValue::Array(items) if items.iter().any(|item| matches!(item.get_ref(), DeValue::Table(_))) => {
            for (index, item) in items.iter().enumerate() {
                let name = entry_name(item.get_ref()).unwrap_or_else(|| index.to_string());
                flatten(&format!("{key}[{name}]"), item.get_ref(), settings);
            }
        }
        other => drop(settings.insert(key.to_owned(), written(other))),
    }
}

/// Names an entry of `[[words]]` by what it hangs on.
fn entry_name(value: &DeValue<'_>) -> Option<String> {
    let DeValue::Table(table) = value else { return None };
    let text = |key| table.get(key).map(|value| written(value.get_ref()));
    let when = ["value", "values", "suffix"].into_iter().find_map(text).unwrap_or_default();
    Some(format!("{} {when}", text("field")?).trim_end().to_owned())
}

fn written(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) => text.to_string(),
        DeValue::Integer(number) => number.to_string(),
        DeValue::Float(number) => number.to_string(),
        DeValue::Boolean(choice) => choice.to_string(),
        DeValue::Datetime(time) => time.to_string(),
        DeValue::Array(items) => {
            items.iter().map(|item| written(item.get_ref())).collect::<Vec<_>>().join(", ")
        }
        DeValue::Table(_) => String::new(),
    }
}

/// Finds what a schema says of a field.
fn subschema<'s>(document: &'s Value, path: &str) -> Option<&'s Map<String, Value>> {
    let mut at = document;
    for step in path.split('.') {
        let name = step.strip_suffix("[]").unwrap_or(step);
        at = at.get("properties")?.get(name)?;
        if name.len() < step.len() {
            at = at.get("items")?;
        }
    }
    at.as_object()
}

/// Writes what a schema says of a field on one line: its title, its choices, and all that is the program's own.
fn line(said: &Map<String, Value>) -> String {
    let plain = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let mut line = said.get("title").map(plain).unwrap_or_default();
    for (keyword, value) in said {
        let name = keyword.strip_prefix("x-").or_else(|| (keyword == "enum").then_some("enum"));
        if let Some(name) = name {
            let _ = write!(line, " {name}={}", plain(value));
        }
    }
    line
}

//! Reads `pack.toml`: what a pack says of itself, and the words that derive from the data.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use semver::{Version, VersionReq};
use serde::Deserialize;
use toml::Spanned;
use toml::de::DeValue;

use super::keys::{self, Faults, Keys, Read, read_table};
use super::overlay::stack::Stacked;
use super::{Kind, Pack, RuleSwitch, Schema, control_in, embedded, overlay, switches};
use crate::diag::catalogue::overlay::{SECTION_MISSING, SECTIONS_TEMPLATE};
use crate::diag::catalogue::pack::{
    ENGINE_VERSION, MANIFEST_SYNTAX, MANIFEST_VALUE, PACK_CONTROL, WORDS_CONDITIONS, WORDS_FIELD, WORDS_KEYS,
    WORDS_TWICE, WORDS_UNCOVERED,
};
use crate::diag::{Diagnostic, Origin, SourceText, Text};

/// What a pack says of itself.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[cfg_attr(test, derive(serde::Serialize))]
pub struct Manifest {
    /// The name by which a data file asks for the pack, such as `annual-report`.
    pub name: String,
    /// The Chinese title of what it makes.
    pub title: String,
    /// The pack's version.
    pub version: Version,
    /// The versions of the program that it runs with.
    pub engine: VersionReq,
    /// The name of the pack that it stands on, such as `annual-report`; nothing when it stands by itself.
    pub extends: Option<String>,
    /// The version of that pack that it was written for.
    pub base_version: Option<Version>,
    /// The name of the template that the others hang on, such as `report`.
    pub entry: String,
    /// The templates that the document is made of, in their order; the entry includes them all as `sections`.
    pub sections: Vec<String>,
    /// The documents' language (BCP 47), such as `zh-CN`.
    pub language: String,
    /// The rules that the pack switches, by their names; the others stay as they are.
    pub rules: BTreeMap<String, RuleSwitch>,
    /// The field that says what a document is as long as it is not final, such as 征求意见稿.
    pub status: Option<String>,
    words: Vec<Words>,
    /// The name of the pack, where the program carries it and it was read beforehand.
    #[serde(skip)]
    carried: Option<&'static str>,
}

/// Words that are set when a field's value matches.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[cfg_attr(test, derive(serde::Serialize))]
struct Words {
    field: String,
    when: Condition,
    set: BTreeMap<String, String>,
    /// Where each of the words stands; nothing where the manifest was read beforehand.
    #[serde(skip)]
    places: BTreeMap<String, Origin>,
}

/// When words are set.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[cfg_attr(test, derive(serde::Serialize))]
enum Condition {
    /// The whole value is one of these.
    Is(Vec<String>),
    /// The value ends so.
    EndsWith(String),
    /// Whatever the value, and without one too.
    Always,
}

impl Condition {
    fn matches(&self, value: Option<&str>) -> bool {
        match self {
            Self::Is(values) => value.is_some_and(|value| values.iter().any(|one| one == value)),
            Self::EndsWith(suffix) => value.is_some_and(|value| value.ends_with(suffix.as_str())),
            Self::Always => true,
        }
    }
}

/// The file as it is written; what is missing or of another type is told of, and stands for nothing.
#[derive(Default)]
struct File {
    name: Option<Spanned<String>>,
    title: Option<Spanned<String>>,
    version: Option<Spanned<String>>,
    engine: Option<Spanned<String>>,
    extends: Option<Spanned<String>>,
    base_version: Option<Spanned<String>>,
    entry: Option<Spanned<String>>,
    sections: Vec<Spanned<String>>,
    document: Option<DocumentTable>,
    words: Vec<Spanned<WordsTable>>,
    rules: switches::Table,
}

#[derive(Default)]
struct DocumentTable {
    language: Option<Spanned<String>>,
    status: Option<Spanned<String>>,
}

struct WordsTable {
    field: Spanned<String>,
    value: Option<String>,
    values: Option<Vec<String>>,
    suffix: Option<String>,
    set: BTreeMap<String, Spanned<String>>,
}

read_table!(File {
    name, title, version, engine, entry, document;
    extends = None, base_version = None, sections = Vec::new(), words = Vec::new(), rules = switches::Table::default()
});
read_table!(DocumentTable { language; status = None });

impl Read for WordsTable {
    fn read(value: Spanned<DeValue<'_>>, faults: &mut Faults<'_>) -> Option<Self> {
        let mut keys = Keys::of(value, faults)?;
        let field = keys.must("field");
        let (value, values, suffix) = (keys.may("value"), keys.may("values"), keys.may("suffix"));
        let set = keys.must("set").unwrap_or_default();
        keys.end();
        Some(Self { field: field?, value, values, suffix, set })
    }
}

impl Manifest {
    /// Reads the manifests of packs that stand on one another as one, and checks it against the schema, when that
    /// could be read, and the templates.
    ///
    /// Fails with every fault found: not TOML, unknown or missing keys, values that will not do, another engine
    /// version, words that do not agree with each other or the schema, rules that there are none of.
    pub(super) fn read(
        stacked: &Stacked,
        schema: Option<&Schema>,
        templates: &BTreeMap<String, Arc<SourceText>>,
    ) -> Result<Self, Vec<Diagnostic>> {
        let (table, found) = overlay::manifest::merged(stacked).map_err(|faults| stacked.located(faults))?;
        let source = stacked.whole();
        let written = table.get_ref().get("words").and_then(|words| Some(words.get_ref().as_array()?.len()));
        let mut faults = Faults::new(source, (&MANIFEST_SYNTAX, "reason"));
        faults.found = found;
        let file: File = keys::file(table, &mut faults).unwrap_or_default();
        // What an entry says that could not be read might be what the others are held against.
        let has_all_words = written.unwrap_or_default() == file.words.len();
        let check = Check { source, faults: faults.found };
        let mut manifest = check
            .manifest(file, has_all_words, schema, templates)
            .map_err(|faults| stacked.located(faults))?;
        for place in manifest.words.iter_mut().flat_map(|entry| entry.places.values_mut()) {
            *place = stacked.locate(place.clone());
        }
        Ok(manifest)
    }

    /// Returns the words that the data calls for; `value` looks up a field's text.
    ///
    /// Of the entries for one field the first that matches gives its words.
    pub fn words<'a>(&self, value: impl Fn(&str) -> Option<&'a str>) -> BTreeMap<String, String> {
        let mut done = BTreeSet::new();
        let mut words = BTreeMap::new();
        for entry in &self.words {
            if !done.contains(&entry.field) && entry.when.matches(value(&entry.field)) {
                done.insert(&entry.field);
                words.extend(entry.set.clone());
            }
        }
        words
    }

    /// Returns each field that the words derive from whose value no entry matches, and the values that would
    /// match, as words for a message; `value` looks up a field's text.
    pub fn unmatched<'a>(&self, value: impl Fn(&str) -> Option<&'a str>) -> Vec<(&str, String)> {
        let fields: BTreeSet<&str> = self.word_fields().collect();
        let entries = |field: &'_ str| {
            let field = field.to_owned();
            self.words.iter().filter(move |entry| entry.field == field)
        };
        let unmatched =
            fields.into_iter().filter(|field| !entries(field).any(|entry| entry.when.matches(value(field))));
        unmatched
            .map(|field| {
                let known = entries(field).map(|entry| match &entry.when {
                    Condition::Is(values) => values.join("、"),
                    Condition::EndsWith(suffix) => format!("…{suffix}"),
                    Condition::Always => String::new(),
                });
                (field, known.collect::<Vec<_>>().join("、"))
            })
            .collect()
    }

    /// Returns the fields that the words derive from.
    pub fn word_fields(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(|entry| entry.field.as_str())
    }

    /// Returns the names of the words that derive from a field.
    pub fn words_from(&self, field: &str) -> impl Iterator<Item = &str> {
        let entry = self.words.iter().find(|entry| entry.field == field);
        entry.into_iter().flat_map(|entry| entry.set.keys().map(String::as_str))
    }

    /// Says which pack's the manifest is, of one that the program carries and that was read beforehand.
    pub(super) fn set_pack(&mut self, pack: &'static str) {
        self.carried = Some(pack);
    }

    /// Returns the characters of all words, each once, with the word that has it.
    pub fn characters(&self) -> Vec<(char, Origin)> {
        if let Some(files) = self.carried.and_then(embedded) {
            // Where the words stand is not kept.
            return Pack::load(&files).map(|read| read.manifest().characters()).unwrap_or_default();
        }
        let mut found = BTreeMap::new();
        for entry in &self.words {
            for (name, word) in &entry.set {
                for character in word.chars() {
                    if let Some(place) = entry.places.get(name) {
                        found.entry(character).or_insert_with(|| place.clone());
                    }
                }
            }
        }
        found.into_iter().collect()
    }

    /// Returns the names of all words, in order, none twice.
    pub fn word_names(&self) -> impl Iterator<Item = &str> {
        let names: BTreeSet<&str> =
            self.words.iter().flat_map(|entry| entry.set.keys().map(String::as_str)).collect();
        names.into_iter()
    }
}

/// Tells whether a text can be a pack's name: lower-case letters, digits and hyphens.
pub fn is_pack_name(text: &str) -> bool {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    !text.is_empty() && text.chars().all(fits) && !text.starts_with('-') && !text.ends_with('-')
}

/// Tells whether a text has the form of a language tag (RFC 5646): letters, then parts of letters and digits.
fn is_language(text: &str) -> bool {
    let mut parts = text.split('-');
    let first = parts.next().unwrap_or_default();
    (2..=3).contains(&first.len())
        && first.chars().all(|c| c.is_ascii_alphabetic())
        && parts.all(|part| (2..=8).contains(&part.len()) && part.chars().all(|c| c.is_ascii_alphanumeric()))
}

struct Check<'a> {
    source: &'a Arc<SourceText>,
    faults: Vec<Diagnostic>,
}

impl Check<'_> {
    /// Checks what a file says, and makes the manifest of it when nothing is wrong, nor was before.
    fn manifest(
        mut self,
        file: File,
        has_all_words: bool,
        schema: Option<&Schema>,
        templates: &BTreeMap<String, Arc<SourceText>>,
    ) -> Result<Manifest, Vec<Diagnostic>> {
        let DocumentTable { language, status } = file.document.unwrap_or_default();
        let name = self.value("name", file.name, is_pack_name, || {
            Text::both("小写字母、数字和连字符", "lower-case letters, digits and hyphens")
        });
        let is_title = |title: &str| !title.trim().is_empty();
        let title = self.value("title", file.title, is_title, || Text::both("中文名称", "a title"));
        let language = self.value("language", language, is_language, || {
            Text::both("`zh-CN` 这样的语言代码", "a language tag such as `zh-CN`")
        });
        self.sections(&file.sections, templates);
        let is_template = |name: &str| templates.contains_key(name);
        let entry = self.value("entry", file.entry, is_template, || {
            Text::both("一个模板的名称", "the name of a template")
        });
        let version = self.value(
            "version",
            file.version,
            |version| Version::parse(version).is_ok(),
            || Text::both("`1.0.0` 这样的版本号", "a version such as `1.0.0`"),
        );
        let place = file.engine.as_ref().map(Spanned::span);
        let engine = self.value(
            "engine",
            file.engine,
            |engine| VersionReq::parse(engine).is_ok(),
            || Text::both("`>=0.1.0` 这样的版本要求", "a requirement such as `>=0.1.0`"),
        );
        let engine = engine.and_then(|engine| VersionReq::parse(&engine).ok());
        if let (Some(required), Ok(own), Some(place)) = (&engine, env!("CARGO_PKG_VERSION").parse(), place)
            && !required.matches(&own)
        {
            let fault = Diagnostic::new(&ENGINE_VERSION).with("required", required).with("version", own);
            self.fault(fault, &Spanned::new(place, ()));
        }
        let is_text = |path: &str| {
            let field = schema.map(|schema| schema.field(path));
            field.is_none_or(|field| field.is_some_and(|field| field.kind == Kind::Text))
        };
        let status = self.value("status", status, is_text, || {
            Text::both("一个 `text` 类字段的路径", "the path of a field of kind `text`")
        });
        let words = if has_all_words { self.words(&file.words, schema) } else { Vec::new() };
        let rules = switches::read(self.source, &file.rules, schema, &mut self.faults);
        let version = version.and_then(|version| version.parse().ok());
        match (name, title, version, engine, entry, language) {
            (Some(name), Some(title), Some(version), Some(engine), Some(entry), Some(language))
                if self.faults.is_empty() =>
            {
                Ok(Manifest {
                    name,
                    title,
                    version,
                    engine,
                    extends: file.extends.map(Spanned::into_inner),
                    base_version: file.base_version.and_then(|version| version.get_ref().parse().ok()),
                    entry,
                    sections: file.sections.into_iter().map(Spanned::into_inner).collect(),
                    language,
                    rules,
                    status,
                    words,
                    carried: None,
                })
            }
            _ => Err(self.faults),
        }
    }

    fn fault<T>(&mut self, fault: Diagnostic, place: &Spanned<T>) {
        self.faults.push(fault.at(Origin::new(self.source, place.span())));
    }

    /// Takes a value, and tells when it does not fit.
    fn value(
        &mut self,
        key: &'static str,
        value: Option<Spanned<String>>,
        fits: impl Fn(&str) -> bool,
        expected: impl Fn() -> Text,
    ) -> Option<String> {
        let value = value?;
        if !fits(value.get_ref()) {
            self.unfit(key, &value, expected());
        }
        Some(value.into_inner())
    }

    fn unfit(&mut self, key: &'static str, value: &Spanned<String>, expected: Text) {
        let fault = Diagnostic::new(&MANIFEST_VALUE)
            .with("key", key)
            .with("expected", expected)
            .with("found", value.get_ref());
        self.fault(fault, value);
    }

    /// Checks that each section is a template, and is one once.
    fn sections(&mut self, sections: &[Spanned<String>], templates: &BTreeMap<String, Arc<SourceText>>) {
        for (index, section) in sections.iter().enumerate() {
            let name = section.get_ref();
            if !templates.contains_key(name) {
                let fault = Diagnostic::new(&SECTION_MISSING).with("name", name);
                self.fault(fault.suggest(name, templates.keys().map(String::as_str)), section);
            } else if sections[..index].iter().any(|earlier| earlier.get_ref() == name) {
                let expected = Text::both("每节只写一次的清单", "a list that names each section once");
                self.unfit("sections", section, expected);
            }
        }
        if let (Some(first), Some(own)) = (sections.first(), templates.get("sections")) {
            let fault = Diagnostic::new(&SECTIONS_TEMPLATE).with("file", own.name());
            self.fault(fault, first);
        }
    }

    fn words(&mut self, tables: &[Spanned<WordsTable>], schema: Option<&Schema>) -> Vec<Words> {
        let mut words: Vec<Words> = Vec::new();
        for table in tables {
            let entry = table.get_ref();
            let field = entry.field.get_ref();
            let given = [entry.value.is_some(), entry.values.is_some(), entry.suffix.is_some()];
            if given.into_iter().filter(|given| *given).count() > 1 {
                self.fault(Diagnostic::new(&WORDS_CONDITIONS), table);
            }
            let when = match (&entry.value, &entry.values, &entry.suffix) {
                (Some(value), _, _) => Condition::Is(vec![value.clone()]),
                (_, Some(values), _) => Condition::Is(values.clone()),
                (_, _, Some(suffix)) => Condition::EndsWith(suffix.clone()),
                (None, None, None) => Condition::Always,
            };
            for word in entry.set.values() {
                if let Some((_, code)) = control_in(word.get_ref()) {
                    self.fault(Diagnostic::new(&PACK_CONTROL).with("code", code), word);
                }
            }
            let set: BTreeMap<String, String> =
                entry.set.iter().map(|(name, word)| (name.clone(), word.get_ref().clone())).collect();
            let known_field = words.iter().any(|earlier| earlier.field == *field);
            if known_field {
                // What one entry lacks is told of below.
            } else {
                for word in entry.set.keys() {
                    if let Some(earlier) = words.iter().find(|earlier| earlier.set.contains_key(word)) {
                        let fault = Diagnostic::new(&WORDS_TWICE).with("word", word).with("field", field);
                        self.fault(fault.with("other", &earlier.field), table);
                    }
                }
            }
            if let Some(schema) = schema.filter(|schema| schema.field(field).is_none() && !known_field) {
                let fault = Diagnostic::new(&WORDS_FIELD).with("field", field);
                let known = schema.fields().iter().map(|field| field.path.as_str());
                self.fault(fault.suggest(field, known), &entry.field);
            }
            let place = |(name, word): (&String, &Spanned<String>)| {
                (name.clone(), Origin::new(self.source, word.span()))
            };
            let places = entry.set.iter().map(place).collect();
            words.push(Words { field: field.clone(), when, set, places });
        }
        self.uneven(tables);
        if let Some(schema) = schema {
            self.uncovered(tables, &words, schema);
        }
        words
    }

    /// Finds entries that set other words than most entries of their field do, or than the base's where as many say
    /// the one as the other.
    fn uneven(&mut self, tables: &[Spanned<WordsTable>]) {
        type Names<'t> = BTreeSet<&'t str>;
        fn names(table: &Spanned<WordsTable>) -> Names<'_> {
            table.get_ref().set.keys().map(String::as_str).collect()
        }
        let fields: BTreeSet<&str> =
            tables.iter().map(|table| table.get_ref().field.get_ref().as_str()).collect();
        for field in fields {
            let entries: Vec<_> =
                tables.iter().filter(|table| table.get_ref().field.get_ref() == field).collect();
            let mut shapes: BTreeMap<Names<'_>, (usize, usize)> = BTreeMap::new();
            for entry in &entries {
                let (count, start) = shapes.entry(names(entry)).or_insert((0, usize::MAX));
                *count += 1;
                *start = (*start).min(entry.span().start);
            }
            let usual = shapes.iter().max_by_key(|(_, (count, start))| (*count, usize::MAX - start));
            let Some((usual, _)) = usual.map(|(usual, found)| (usual.clone(), found)) else { continue };
            for entry in entries {
                let own = names(entry);
                let Some(difference) = difference(&usual, &own) else { continue };
                let fault = Diagnostic::new(&WORDS_KEYS).with("field", field).with("difference", difference);
                // A word too many may be a slip, and shows where it is.
                match own
                    .difference(&usual)
                    .next()
                    .and_then(|extra| entry.get_ref().set.get_key_value(*extra))
                {
                    Some((extra, word)) => self.fault(fault.suggest(extra, usual.iter().copied()), word),
                    None => self.fault(fault, entry),
                }
            }
        }
    }

    /// Finds values that the schema lists for a field and that no entry matches.
    fn uncovered(&mut self, tables: &[Spanned<WordsTable>], words: &[Words], schema: &Schema) {
        let mut done = BTreeSet::new();
        for table in tables {
            let field = table.get_ref().field.get_ref();
            if !done.insert(field) {
                continue;
            }
            for value in schema.choices(field) {
                if !words.iter().any(|entry| entry.field == *field && entry.when.matches(Some(value))) {
                    let fault = Diagnostic::new(&WORDS_UNCOVERED).with("field", field).with("value", value);
                    self.fault(fault, &table.get_ref().field);
                }
            }
        }
    }
}

/// Says which words one entry lacks and which it has beside another.
fn difference(first: &BTreeSet<&str>, other: &BTreeSet<&str>) -> Option<Text> {
    let beside = |these: &BTreeSet<&str>, those: &BTreeSet<&str>| -> String {
        these.difference(those).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" ")
    };
    let (lacking, extra) = (beside(first, other), beside(other, first));
    match (lacking.is_empty(), extra.is_empty()) {
        (true, true) => None,
        (false, true) => Some(Text::both(format!("缺少 {lacking}"), format!("lacks {lacking}"))),
        (true, false) => Some(Text::both(format!("多出 {extra}"), format!("has {extra} beside them"))),
        (false, false) => Some(Text::both(
            format!("缺少 {lacking}，多出 {extra}"),
            format!("lacks {lacking} and has {extra} beside them"),
        )),
    }
}

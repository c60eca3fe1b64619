//! Says what is wrong, where, and what to do about it, in Chinese or English.
//!
//! A [`Diagnostic`] names an [`Entry`] of the one [`catalogue`] and carries the entry's arguments; words are
//! put together only when it is shown, so one diagnostic can be read in either language. [`Report`] shows
//! it to people, with the line of the file and a caret below it, measured by display width; [`JsonLine`] and
//! [`Annotation`] write it for programs.

pub mod catalogue;
mod machine;
mod reason;
mod report;
mod source;
mod suggest;

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use serde::Deserialize;

pub use self::catalogue::Entry;
pub use self::machine::{Annotation, JsonLine};
pub use self::reason::system_reason;
pub use self::report::Report;
pub use self::source::{Position, SourceText};
pub use self::suggest::nearest;

/// How grave a diagnostic is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[cfg_attr(test, derive(serde::Serialize))]
pub enum Severity {
    /// Worth knowing; nothing to do.
    Note,
    /// Probably wrong; the document is made all the same.
    Warning,
    /// Wrong; no document is made.
    Error,
}

/// The languages of the messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Language {
    /// 中文.
    #[default]
    Chinese,
    /// English.
    English,
}

/// A word or phrase in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(serde::Serialize))]
pub struct Text {
    /// 中文.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Text {
    /// Makes a phrase that reads differently in the two languages.
    pub fn both(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }

    /// Returns the phrase in a language.
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::Chinese => &self.zh,
            Language::English => &self.en,
        }
    }
}

impl<T: fmt::Display> From<T> for Text {
    /// Makes a phrase that is the same in both languages: a path, a number, a quotation.
    fn from(value: T) -> Self {
        let text = value.to_string();
        Self { zh: text.clone(), en: text }
    }
}

/// Something to tell the user.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagnostic {
    /// What is said: an entry of the catalogue.
    pub entry: &'static Entry,
    /// How grave it is; the entry's own severity unless a pack says otherwise.
    pub severity: Severity,
    /// Where it is.
    pub origin: Option<Origin>,
    /// Where in the filled text it is, from a stage that no longer sees the files; [`crate::render`] makes an
    /// origin of it.
    pub anchor: Option<Anchor>,
    /// The values of the entry's placeholders.
    pub arguments: Vec<(&'static str, Text)>,
    /// What to do, beside the entry's own hint.
    pub hints: Vec<Text>,
}

/// A place in a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Origin {
    /// The file and its text.
    pub source: Arc<SourceText>,
    /// The bytes in question.
    pub span: Range<usize>,
    /// The path in the data, such as `economy.gdp.value`.
    pub path: Option<String>,
    /// The field's Chinese title.
    pub title: Option<String>,
}

/// A place in the filled text, and the datum printed there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// The byte in the filled text.
    pub offset: usize,
    /// How many bytes from there on are in question, as they are printed.
    pub length: usize,
    /// The path of the datum, if one is printed there.
    pub path: Option<String>,
}

/// Leaves out what says the same of the same place again: a value that is printed in several places has one fault.
/// The words around it, which differ from place to place, are those of the first one.
pub(crate) fn told_once(found: impl IntoIterator<Item = Diagnostic>) -> Vec<Diagnostic> {
    const AROUND: [&str; 2] = ["quote", "context"];
    let own = |diagnostic: &Diagnostic| {
        let arguments = diagnostic.arguments.iter().filter(|(name, _)| !AROUND.contains(name));
        arguments.cloned().collect::<Vec<_>>()
    };
    let mut told: Vec<Diagnostic> = Vec::new();
    let mut places: HashMap<(&str, usize, usize), Vec<usize>> = HashMap::new();
    for one in found {
        let Some(origin) = &one.origin else {
            told.push(one);
            continue;
        };
        let known = places.entry((one.entry.code, origin.span.start, origin.span.end)).or_default();
        let is_same = |at: &usize| {
            let other: &Diagnostic = &told[*at];
            other.severity == one.severity
                && other.hints == one.hints
                && own(other) == own(&one)
                && other.origin == one.origin
        };
        if !known.iter().any(is_same) {
            known.push(told.len());
            told.push(one);
        }
    }
    told
}

impl Origin {
    /// Makes a place from a file and the bytes in question.
    pub fn new(source: &Arc<SourceText>, span: Range<usize>) -> Self {
        Self { source: Arc::clone(source), span, path: None, title: None }
    }

    /// Adds the path in the data and, where the schema knows it, the field's title.
    #[must_use]
    pub fn field(mut self, path: impl Into<String>, title: Option<&str>) -> Self {
        self.path = Some(path.into());
        self.title = title.map(str::to_owned);
        self
    }
}

impl Diagnostic {
    /// Makes a diagnostic from an entry of the catalogue.
    pub fn new(entry: &'static Entry) -> Self {
        Self {
            entry,
            severity: entry.severity,
            origin: None,
            anchor: None,
            arguments: Vec::new(),
            hints: Vec::new(),
        }
    }

    /// Fills one of the entry's placeholders.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Text>) -> Self {
        debug_assert!(
            self.entry.placeholders().contains(&name),
            "{}: no placeholder {name}",
            self.entry.code
        );
        self.arguments.push((name, value.into()));
        self
    }

    /// Says where it is.
    #[must_use]
    pub fn at(mut self, origin: Origin) -> Self {
        self.origin = Some(origin);
        self
    }

    /// Says where in the filled text it is.
    #[must_use]
    pub fn anchored(mut self, anchor: Anchor) -> Self {
        self.anchor = Some(anchor);
        self
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn hint(mut self, hint: Text) -> Self {
        self.hints.push(hint);
        self
    }

    /// Tells whether it stops the work.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// Returns the message in a language, on one line, without place and hints.
    pub fn message(&self, language: Language) -> String {
        self.fill(self.entry.message.get(language), language)
    }

    /// Returns what to do about it, the entry's own hint first. What is said in the other language alone is left
    /// out.
    pub fn hints(&self, language: Language) -> Vec<String> {
        let own = self.entry.hint.as_ref().map(|hint| self.fill(hint.get(language), language));
        let hints =
            own.into_iter().chain(self.hints.iter().map(|hint| printable(hint.get(language)).into_owned()));
        hints.filter(|hint| !hint.is_empty()).collect()
    }

    /// Puts the arguments into a pattern: what comes from data neither ends the line nor speaks to the terminal.
    fn fill(&self, pattern: &str, language: Language) -> String {
        let mut filled = String::new();
        let mut rest = pattern;
        while let Some((before, after)) = rest.split_once('{') {
            filled.push_str(before);
            let Some((name, after)) = after.split_once('}') else { break };
            let value = self.arguments.iter().find(|(key, _)| *key == name);
            filled.push_str(&printable(value.map_or("", |(_, text)| text.get(language))));
            rest = after;
        }
        filled.push_str(rest);
        filled
    }
}

/// Gives a text without its control characters, each a space.
fn printable(text: &str) -> Cow<'_, str> {
    if text.contains(char::is_control) { text.replace(char::is_control, " ").into() } else { text.into() }
}

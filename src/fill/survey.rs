//! Surveys a pack's templates before any data is seen: all of them are parsed and checked, and of each an
//! [`Outline`] is kept for those who check the markup that it writes.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use super::check::check;
use super::compile::{Compiled, Element, compile};
use super::scope::Known;
use crate::diag::catalogue::fill::{ENTRY_MISSING, FIELD_NOT_PRINTED};
use crate::diag::{Diagnostic, SourceText};
use crate::pack::{Field, Kind, Manifest, Schema};

/// What is known of a pack's templates before any data is seen.
#[derive(Debug)]
pub struct Survey {
    /// Every fault, and what is merely doubtful: fields that no template prints, templates that nothing leads
    /// to.
    pub found: Vec<Diagnostic>,
    /// The names and texts that the templates compare with something.
    pub(super) steering: BTreeSet<String>,
    /// The same templates, ready to be filled.
    pub(super) compiled: BTreeMap<String, Compiled>,
}

/// A template's text and where the data go into it.
#[derive(Debug)]
pub struct Outline {
    /// The file.
    pub source: Arc<SourceText>,
    /// Its parts in their order.
    pub pieces: Vec<Piece>,
}

/// A part of a template.
#[derive(Debug)]
pub enum Piece {
    /// Text that stands in the file as it is, and where.
    Text(Range<usize>),
    /// A tag that prints.
    Print(Range<usize>),
    /// A tag that prints rows of a table.
    Rows(Range<usize>),
    /// A block: one of two texts.
    Block {
        /// The tag that opens it.
        span: Range<usize>,
        /// Whether the first text may stand any number of times.
        repeats: bool,
        /// The text before `{{else}}`.
        body: Vec<Self>,
        /// The text after it.
        inverse: Vec<Self>,
    },
    /// Another template.
    Partial {
        /// Its name.
        name: String,
        /// The tag.
        span: Range<usize>,
    },
}

impl Survey {
    /// Parses and checks templates as far as what else is known of the pack allows; `inherited` names those that
    /// are not the pack's own but of the packs that it stands on.
    pub fn of(
        templates: &BTreeMap<String, Arc<SourceText>>,
        inherited: &BTreeSet<String>,
        manifest: Option<&Manifest>,
        schema: Option<&Schema>,
    ) -> Self {
        Self::beside(&BTreeSet::new(), templates, inherited, manifest, schema)
    }

    /// Does so beside templates that cannot be read, of which that is told elsewhere.
    pub fn beside(
        unreadable: &BTreeSet<String>,
        templates: &BTreeMap<String, Arc<SourceText>>,
        inherited: &BTreeSet<String>,
        manifest: Option<&Manifest>,
        schema: Option<&Schema>,
    ) -> Self {
        let mut found = Vec::new();
        let mut compiled = BTreeMap::new();
        let (mut broken, mut is_clean) = (BTreeSet::new(), true);
        for (index, (name, source)) in templates.iter().enumerate() {
            if unreadable.contains(name) {
                broken.insert(name.as_str());
                continue;
            }
            match compile(source, index) {
                Ok((template, refused)) => {
                    is_clean &= refused.is_empty();
                    found.extend(refused);
                    compiled.insert(name.clone(), template);
                }
                Err(faults) => {
                    found.extend(faults);
                    broken.insert(name.as_str());
                }
            }
        }
        let entry = manifest.map(|manifest| manifest.entry.as_str());
        if let Some(entry) = entry.filter(|entry| !templates.contains_key(*entry)) {
            found.push(Diagnostic::new(&ENTRY_MISSING).with("name", entry));
        }
        let words: Option<Vec<_>> = manifest.map(|it| it.word_names().map(str::to_owned).collect());
        let known = Known { schema, words: words.as_deref() };
        // Nobody can tell which of the base's templates a manifest that cannot be read leaves out.
        let stands_on = manifest.map_or(!inherited.is_empty(), |manifest| manifest.extends.is_some());
        let findings = check(&compiled, &broken, entry, &known, stands_on.then_some(inherited));
        // Those of the base that nothing leads to any more print nothing and are no fault.
        compiled.retain(|name, _| findings.reached.contains(name) || !inherited.contains(name));
        let is_whole = findings.is_whole && findings.is_known && broken.is_empty() && is_clean;
        found.extend(findings.diagnostics);
        if let (Some(manifest), Some(schema), true) = (manifest, schema, is_whole) {
            found.extend(unprinted(schema, manifest, &findings.used));
        }
        Self { found, steering: findings.steering, compiled }
    }

    /// Returns the outlines of the templates that could be parsed, by their names.
    pub fn outlines(&self) -> BTreeMap<String, Outline> {
        self.compiled.iter().map(|(name, template)| (name.clone(), Outline::of(template))).collect()
    }

    /// Returns the errors among what was found.
    pub fn errors(&self) -> Vec<Diagnostic> {
        self.found.iter().filter(|one| one.is_error()).cloned().collect()
    }
}

/// Warns of the fields that no template prints.
fn unprinted(schema: &Schema, manifest: &Manifest, used: &BTreeSet<String>) -> Vec<Diagnostic> {
    let is_used = |path: &str| {
        used.contains(path)
            || manifest.word_fields().any(|field| field == path)
            || manifest.status.as_deref() == Some(path)
    };
    let fields = schema.fields().iter();
    // Last year's value is there to be compared with, not to be printed.
    let is_printed = |field: &Field| field.kind != Kind::Table && !field.is_aside();
    let unprinted = fields.filter(|field| is_printed(field) && !is_used(&field.path));
    let warning = |field: &Arc<Field>| {
        let warning = Diagnostic::new(&FIELD_NOT_PRINTED);
        let warning = warning.with("path", &field.path).with("title", &field.title);
        match schema.origin(&field.path) {
            Some(origin) => warning.at(origin),
            None => warning,
        }
    };
    unprinted.map(warning).collect()
}

impl Outline {
    fn of(compiled: &Compiled) -> Self {
        Self { source: Arc::clone(&compiled.source), pieces: pieces(&compiled.elements) }
    }
}

fn pieces(elements: &[Element]) -> Vec<Piece> {
    let piece = |element: &Element| match element {
        Element::Text(span) => Some(Piece::Text(span.clone())),
        Element::Print(call) if call.name.as_deref() == Some("rows") => Some(Piece::Rows(call.span.clone())),
        Element::Print(call) => Some(Piece::Print(call.span.clone())),
        Element::Block { call, body, inverse, .. } => Some(Piece::Block {
            span: call.span.clone(),
            repeats: call.name.as_deref() == Some("each"),
            body: pieces(body),
            inverse: pieces(inverse),
        }),
        Element::Partial(call) => {
            call.name.as_ref().map(|name| Piece::Partial { name: name.clone(), span: call.span.clone() })
        }
    };
    elements.iter().filter_map(piece).collect()
}

//! Fills a pack's templates with a record: handlebars in, XML text out.
//!
//! Helpers are pure formatters. Each printed datum is marked up with its path, and every byte of the filled
//! text leads back to the template's line through the [`SourceMap`]. The steps: [`scan`] finds the tags,
//! [`compile`] parses (most tags by [`read`]), [`check`] holds the templates against the schema, [`survey`] does so
//! for a whole pack; then for each record [`leaves`] lays the data out, handlebars renders, and [`map`] finds the way
//! back. [`guide`] explains it all to the author of templates.

mod blocks;
mod check;
mod compile;
mod format;
pub mod guide;
mod helpers;
mod join;
mod leaves;
mod map;
pub mod numeral;
mod placed;
mod prepared;
mod read;
mod rows;
mod scan;
mod scope;
mod survey;
mod units;
mod work;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use handlebars::{
    Context, Handlebars, RenderContext, RenderError, RenderErrorReason, Renderable, Template, html_escape,
};

use self::blocks::{Chooser, Fault, Scope, chooser};
use self::helpers::{Form, Printer, SPECS, printer};
use self::join::join;
use self::leaves::{Leaves, Word};
pub use self::map::SourceMap;
use self::map::{MOST_MEGABYTES, Marked};
pub use self::placed::{misdrawn, unplaced};
use self::prepared::{Kept, Prepared, TEMPLATES};
pub use self::survey::{Outline, Piece, Survey};
use self::work::{INCLUSION, Inclusion, MOST_DATA, MOST_STEPS};
use crate::data::{Node, Record, Value};
use crate::diag::catalogue::fill::{
    FIGURES_UNEQUAL, FILL_FAILED, OUTPUT_TOO_LARGE, TOO_MANY_STEPS, TOO_MUCH_DATA, WORDS_UNMATCHED,
};
use crate::diag::{Diagnostic, SourceText, Text};
use crate::pack::{self, Field, Manifest, Pack, Schema};

/// The filled text: XML in the vocabulary that [`crate::markup`] reads.
#[derive(Clone, Debug)]
pub struct Filled {
    /// The XML text.
    pub text: String,
    /// The way back to the templates.
    pub map: SourceMap,
}

/// A pack's templates, parsed and checked, for any number of documents.
#[derive(Clone)]
pub struct Templates {
    /// The template that the document begins with.
    entry: Entry,
    /// The templates that others include and that could not be joined with them, by their names.
    included: BTreeMap<String, Template>,
    /// The templates' files, in the order of the numbers in their marks.
    sources: Vec<Arc<SourceText>>,
    manifest: Arc<Manifest>,
    schema: Arc<Schema>,
    /// The fields that are not expected in the document: they steer what it says.
    steering: BTreeSet<String>,
    warnings: Vec<Diagnostic>,
}

/// The template that a document begins with.
#[derive(Clone)]
enum Entry {
    /// One that was read.
    Read(Template),
    /// One of a pack that the program carries, which was read beforehand.
    Kept(Arc<Kept>),
}

impl Entry {
    /// Lends the template, as a whole or part by part; none of its parts needs to know of those before it.
    fn each_part(
        &self,
        sources: &[Arc<SourceText>],
        mut take: impl FnMut(&Template) -> Result<(), RenderError>,
    ) -> Result<(), RenderError> {
        match self {
            Self::Read(template) => take(template),
            Self::Kept(kept) => kept.each_part(sources, take),
        }
    }
}

impl Templates {
    /// Parses and checks the templates of a pack.
    ///
    /// Fails with every fault of every template: syntax that is not allowed, paths that the schema does not
    /// have, helpers that there are none of or that take something else, templates that are missing or include
    /// one another in a circle.
    pub fn compile(pack: &Pack) -> Result<Self, Vec<Diagnostic>> {
        let survey =
            Survey::of(pack.templates(), pack.inherited(), Some(pack.manifest()), Some(pack.schema()));
        let errors = survey.errors();
        if errors.is_empty() { Ok(Self::new(pack, survey)) } else { Err(errors) }
    }

    /// Takes the templates of a pack that the program carries as they were made ready beforehand; nothing where they were
    /// not.
    pub(crate) fn carried(pack: &Pack) -> Option<Self> {
        let sources: Vec<_> = pack.templates().values().map(Arc::clone).collect();
        let kept = pack::prepared::kept(&pack.manifest().name, TEMPLATES)?;
        let Prepared { entry, included, steering } = Prepared::read(kept, &sources)?;
        let (manifest, schema) = pack.shared();
        let entry = Entry::Kept(Arc::new(entry));
        Some(Self { entry, included, sources, manifest, schema, steering, warnings: Vec::new() })
    }

    /// Makes the templates of a pack ready that a survey found no errors in.
    pub(crate) fn new(pack: &Pack, survey: Survey) -> Self {
        let (manifest, schema) = pack.shared();
        let mut steering = survey.steering;
        steering.extend(manifest.word_fields().chain(manifest.status.as_deref()).map(str::to_owned));
        let mut included = join(survey.compiled, &manifest.entry);
        Self {
            // A survey without errors has found it.
            entry: Entry::Read(included.remove(&manifest.entry).unwrap_or_default()),
            included,
            sources: pack.templates().values().map(Arc::clone).collect(),
            manifest,
            schema,
            steering,
            warnings: survey.found,
        }
    }

    /// Lends handlebars the templates that it includes.
    fn render_context(&self) -> RenderContext<'_, '_> {
        let mut context = RenderContext::new(None);
        if let Some(block) = context.block_mut() {
            for (name, template) in &self.included {
                block.set_local_partial(name.clone(), template);
            }
        }
        context
    }

    /// Returns what was noticed: fields that no template prints, templates that nothing leads to.
    pub fn warnings(&self) -> &[Diagnostic] {
        &self.warnings
    }
}

/// Returns a value as `{{path}}` alone prints it, with its unit; nothing for a flag, which is never printed.
pub fn print(value: &Value, field: &Field) -> String {
    format::value(value, field)
}

impl fmt::Debug for Templates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Templates").field("pack", &self.manifest.name).finish_non_exhaustive()
    }
}

/// Handlebars' own helpers: they would take a datum's token for a string, or are of no use in a document.
const BUILT_IN_HELPERS: [&str; 17] = [
    "if", "unless", "each", "with", "lookup", "raw", "log", "eq", "ne", "gt", "gte", "lt", "lte", "and",
    "or", "not", "len",
];

/// Fills a pack's templates with a record.
///
/// Fails when a text would grow without bounds, where figures that a template says are equal are not, and
/// where no words derive from a value that should give some.
pub fn fill(templates: &Templates, record: &Record) -> Result<Filled, Vec<Diagnostic>> {
    let value = |path: &str| match record.get(path)? {
        Node::Leaf(leaf) => match &leaf.value {
            Value::Text(text) => Some(text.as_str()),
            _ => None,
        },
        _ => None,
    };
    let unmatched = templates.manifest.unmatched(value).into_iter().filter_map(|(field, known)| {
        let Some(Node::Leaf(leaf)) = record.get(field).filter(|node| !node.is_open()) else { return None };
        let fault = Diagnostic::new(&WORDS_UNMATCHED).with("found", value(field).unwrap_or_default());
        Some(fault.with("known", known).at(record.origin(leaf)))
    });
    let unmatched: Vec<_> = unmatched.collect();
    if !unmatched.is_empty() {
        return Err(unmatched);
    }
    let words = templates.manifest.words(value);
    let mut words: BTreeMap<_, _> = words.into_iter().map(|(name, word)| (name, Word::Known(word))).collect();
    for field in templates.manifest.word_fields() {
        if let Some(Node::Leaf(leaf)) = record.get(field).filter(|node| node.is_open()) {
            for name in templates.manifest.words_from(field) {
                words.insert(name.to_owned(), Word::Open(Arc::clone(leaf)));
            }
        }
    }
    let (tree, leaves) = Leaves::lay_out(&templates.schema, record, words);
    let registry = registry(&Arc::new(leaves));
    let context = Context::from(tree);
    let mut output = Marked::new(&templates.sources);
    let rendered = templates.entry.each_part(&templates.sources, |part| {
        part.render(&registry, &context, &mut templates.render_context(), &mut output)
    });
    let (text, map) = output.finish();
    match rendered {
        Ok(()) => Ok(Filled { text, map }),
        Err(error) => {
            let fault = explain(&error);
            Err(vec![match map.last() {
                Some(origin) => fault.at(origin),
                None => fault,
            }])
        }
    }
}

/// Makes the registry of the helpers, which know a record's data. The templates stay where they are: a registry that
/// held them would have to be copied with them for each record.
fn registry(leaves: &Arc<Leaves>) -> Handlebars<'static> {
    let mut registry = Handlebars::new();
    registry.set_strict_mode(true);
    for name in BUILT_IN_HELPERS {
        registry.unregister_helper(name);
    }
    for spec in SPECS {
        let leaves = Arc::clone(leaves);
        match (spec.form, printer(spec.name), chooser(spec.name)) {
            (Form::Scope, ..) => {
                registry.register_helper(spec.name, Box::new(Scope { leaves, each: spec.name == "each" }));
            }
            (_, Some(print), _) => registry.register_helper(spec.name, Box::new(Printer { leaves, print })),
            (_, _, Some(choose)) => registry.register_helper(spec.name, Box::new(Chooser { leaves, choose })),
            (_, None, None) => {}
        }
    }
    registry.register_helper(INCLUSION, Box::new(Inclusion(Arc::clone(leaves))));
    // `{{path}}` alone has no helper. What handlebars prints for it, a datum's token or a word of the pack,
    // goes through the escape function; so that is where the token becomes the marked-up datum. To rewrite
    // each such tag of the tree into a helper's call would do the same with more code, and a template could
    // then call that helper.
    let leaves = Arc::clone(leaves);
    registry.register_escape_fn(move |text| match leaves.get(text) {
        Some(datum) => helpers::datum(&leaves, datum),
        None => html_escape(text),
    });
    registry
}

fn explain(error: &RenderError) -> Diagnostic {
    let too_large = || Diagnostic::new(&OUTPUT_TOO_LARGE).with("most", MOST_MEGABYTES);
    match error.reason() {
        RenderErrorReason::IOError(_) => too_large(),
        RenderErrorReason::NestedError(inner) => match inner.downcast_ref::<Fault>() {
            Some(Fault::TooManySteps) => Diagnostic::new(&TOO_MANY_STEPS).with("most", MOST_STEPS),
            Some(Fault::TooMuchData) => Diagnostic::new(&TOO_MUCH_DATA).with("most", MOST_DATA),
            Some(Fault::TooMuchText) => too_large(),
            Some(Fault::Unequal(figures)) => Diagnostic::new(&FIGURES_UNEQUAL).with("figures", figures),
            Some(Fault::NotChecked) | None => Diagnostic::new(&FILL_FAILED).with("reason", internal(inner)),
        },
        other => Diagnostic::new(&FILL_FAILED).with("reason", internal(other)),
    }
}

/// Puts into both languages what only whoever mends the program can use.
fn internal(reason: &impl fmt::Display) -> Text {
    Text::both(format!("程序自己的错误（{reason}）"), reason.to_string())
}

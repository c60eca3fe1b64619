//! Counts what the templates make the program do, so that none takes forever: repetitions, and the data that tags go
//! through.
//!
//! It is counted, not timed: the same pack ends in the same error on every machine.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use handlebars::template::{ExpressionSpecBuilder, HelperTemplate, Parameter, TemplateElement};
use handlebars::{
    Context, Handlebars, Helper, HelperDef, HelperResult, Output, Path, PathAndJson, RenderContext,
};
use serde_json::Value as Json;

use super::blocks::Fault;
use super::leaves::Leaves;

/// How many times `#each` may go round in one document, and templates be included.
pub(super) const MOST_STEPS: usize = 100_000;
/// How many data the tags of one document may go through: each argument counts, and all that a group or a table
/// holds, for handlebars copies them. A report of five hundred pages has less than a tenth of it.
pub(super) const MOST_DATA: usize = 10_000_000;
/// What an argument counts for: to find it costs as much as to copy a few data.
const ARGUMENT: usize = 3;

/// What the filling has done so far.
#[derive(Debug, Default)]
pub(super) struct Work {
    steps: AtomicUsize,
    data: AtomicUsize,
}

impl Work {
    /// Counts a repetition; fails when there are too many.
    pub(super) fn step(&self) -> Result<(), Fault> {
        let before = self.steps.fetch_add(1, Ordering::Relaxed);
        if before < MOST_STEPS { Ok(()) } else { Err(Fault::TooManySteps) }
    }

    /// Counts the data that a tag goes through, each as often as `times`; fails when they are too many.
    pub(super) fn go_through(&self, arguments: &[PathAndJson<'_>], times: usize) -> Result<(), Fault> {
        let data: usize = arguments.iter().map(|argument| ARGUMENT + held(argument.value())).sum();
        let data = data.saturating_mul(times);
        let before = self.data.fetch_add(data, Ordering::Relaxed);
        if before.saturating_add(data) <= MOST_DATA { Ok(()) } else { Err(Fault::TooMuchData) }
    }
}

/// Returns how many values there are in one.
fn held(value: &Json) -> usize {
    match value {
        Json::Object(members) => members.values().map(held).sum::<usize>() + 1,
        Json::Array(items) => items.iter().map(held).sum::<usize>() + 1,
        _ => 1,
    }
}

/// The name of [`Inclusion`]; no template can name it.
pub(super) const INCLUSION: &str = "\u{1}include";

/// The helper that stands in front of each template that is included, and counts it: handlebars copies for it all
/// that `this` holds.
pub(super) struct Inclusion(pub(super) Arc<Leaves>);

impl Inclusion {
    /// Returns the tag that calls it.
    pub(super) fn tag() -> Option<TemplateElement> {
        let this = Path::Relative((Vec::new(), String::new()));
        let mut tag = ExpressionSpecBuilder::default();
        tag.name(Parameter::Name(INCLUSION.to_owned())).params(vec![Parameter::Path(this)]);
        tag.hash(HashMap::new()).omit_pre_ws(false).omit_pro_ws(false);
        let call = HelperTemplate::new(tag.build().ok()?, false, false);
        Some(TemplateElement::Expression(Box::new(call)))
    }
}

impl HelperDef for Inclusion {
    fn call<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        _: &'rc Context,
        _: &mut RenderContext<'reg, 'rc>,
        _: &mut dyn Output,
    ) -> HelperResult {
        self.0.work.step()?;
        // To copy costs several times what it costs to look at.
        Ok(self.0.work.go_through(helper.params(), 3)?)
    }
}

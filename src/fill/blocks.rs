//! The helpers that choose between texts and those that open a scope.
//!
//! Handlebars' own `if`, `each` and `with` would take a token for what it is, a string; ours ask the datum.

use std::fmt;
use std::sync::Arc;

use handlebars::{
    BlockContext, BlockParams, Context, Handlebars, Helper, HelperDef, HelperResult, Output, RenderContext,
    RenderError, RenderErrorReason, Renderable, ScopedJson,
};
use rust_decimal::Decimal;
use serde_json::Value as Json;

use super::format;
use super::leaves::{Datum, Leaves};
use super::work::{MOST_DATA, MOST_STEPS};
use crate::data::{Leaf, Value};

/// What can go wrong in a helper.
#[derive(Debug)]
pub(super) enum Fault {
    /// An argument that the static check should have refused.
    NotChecked,
    /// `#each` went round too often.
    TooManySteps,
    /// The tags went through too many data.
    TooMuchData,
    /// More was printed than a document may have.
    TooMuchText,
    /// Figures that should be equal and are not.
    Unequal(String),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotChecked => write!(f, "an argument of the wrong kind"),
            Self::TooManySteps => write!(f, "more than {MOST_STEPS} repetitions"),
            Self::TooMuchData => write!(f, "more than {MOST_DATA} data gone through"),
            Self::TooMuchText => write!(f, "too much text"),
            Self::Unequal(figures) => write!(f, "unequal figures: {figures}"),
        }
    }
}

impl std::error::Error for Fault {}

impl From<Fault> for RenderError {
    fn from(fault: Fault) -> Self {
        RenderErrorReason::NestedError(Box::new(fault)).into()
    }
}

/// A helper that chooses: a block, or a condition in parentheses.
pub(super) struct Chooser {
    /// The data that tokens lead to.
    pub(super) leaves: Arc<Leaves>,
    /// Tells which text it is to be.
    pub(super) choose: fn(&Leaves, &[&Json]) -> bool,
}

/// Returns the function of a helper that chooses.
pub(super) fn chooser(name: &str) -> Option<fn(&Leaves, &[&Json]) -> bool> {
    Some(match name {
        "if" => |leaves, values| values.iter().all(|value| leaves.is_true(value)),
        "unless" => |leaves, values| !values.iter().all(|value| leaves.is_true(value)),
        "given" => |leaves, values| values.iter().all(|value| leaves.is_given(value)),
        "any" => |leaves, values| values.iter().any(|value| leaves.is_given(value)),
        "equal" => equal,
        // What is still to come is taken to rise, and for neither naught nor anything else.
        "rose" => |leaves, values| {
            is_open(leaves, values) || number(leaves, values).is_some_and(|it| it > Decimal::ZERO)
        },
        "fell" => |leaves, values| number(leaves, values).is_some_and(|it| it < Decimal::ZERO),
        "unchanged" | "zero" => |leaves, values| number(leaves, values).is_some_and(|it| it.is_zero()),
        "same_pattern" => same_pattern,
        "adds_up" => adds_up,
        _ => return None,
    })
}

impl Chooser {
    fn chosen(&self, helper: &Helper<'_>) -> Result<bool, Fault> {
        self.leaves.work.go_through(helper.params(), 1)?;
        let values: Vec<_> = helper.params().iter().map(handlebars::PathAndJson::value).collect();
        Ok((self.choose)(&self.leaves, &values))
    }
}

impl HelperDef for Chooser {
    fn call_inner<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        _: &'rc Context,
        _: &mut RenderContext<'reg, 'rc>,
    ) -> Result<ScopedJson<'rc>, RenderError> {
        Ok(ScopedJson::Derived(Json::Bool(self.chosen(helper)?)))
    }

    fn call<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        registry: &'reg Handlebars<'reg>,
        context: &'rc Context,
        render: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        let text = if self.chosen(helper)? { helper.template() } else { helper.inverse() };
        text.map_or(Ok(()), |text| text.render(registry, context, render, out))
    }
}

/// `#each` and `#with`.
pub(super) struct Scope {
    /// The data that tokens lead to.
    pub(super) leaves: Arc<Leaves>,
    /// Whether it goes through items; `#with` takes its argument as one.
    pub(super) each: bool,
}

impl HelperDef for Scope {
    fn call<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        registry: &'reg Handlebars<'reg>,
        context: &'rc Context,
        render: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        let value = helper.param(0).map(handlebars::PathAndJson::value).ok_or(Fault::NotChecked)?;
        // Once to tell whether there is anything, once to copy it, and again for the name that the block gives it.
        self.leaves.work.go_through(helper.params(), 3)?;
        let items = match (self.each, self.leaves.is_given(value)) {
            (true, _) => self.leaves.items(value),
            (false, true) => vec![value.clone()],
            (false, false) => Vec::new(),
        };
        if items.is_empty() {
            return helper.inverse().map_or(Ok(()), |text| text.render(registry, context, render, out));
        }
        let last = items.len() - 1;
        for (index, item) in items.into_iter().enumerate() {
            self.leaves.work.step()?;
            let mut block = BlockContext::new();
            // `@index` and the like stay known inside `#with`.
            if let Some(outer) = render.block() {
                block.local_variables_mut().clone_from(outer.local_variables());
            }
            if self.each {
                block.set_local_var("index", Json::from(index));
                block.set_local_var("first", Json::from(index == 0));
                block.set_local_var("last", Json::from(index == last));
            }
            if let Some((name, index_name)) = parameters(helper) {
                let mut parameters = BlockParams::new();
                parameters.add_value(name, item.clone())?;
                if let Some(index_name) = index_name {
                    parameters.add_value(index_name, Json::from(index))?;
                }
                block.set_block_params(parameters);
            }
            block.set_base_value(item);
            render.push_block(block);
            let rendered =
                helper.template().map_or(Ok(()), |text| text.render(registry, context, render, out));
            render.pop_block();
            rendered?;
        }
        Ok(())
    }
}

fn parameters<'rc>(helper: &Helper<'rc>) -> Option<(&'rc str, Option<&'rc str>)> {
    let single = helper.block_param().map(|name| (name, None));
    single.or_else(|| helper.block_param_pair().map(|(name, index)| (name, Some(index))))
}

fn leaf<'a>(leaves: &'a Leaves, value: &Json) -> Option<&'a Leaf> {
    match leaves.of(value)? {
        Datum::Leaf(leaf) => Some(leaf),
        Datum::List(_) | Datum::Absent(..) => None,
    }
}

fn is_open(leaves: &Leaves, values: &[&Json]) -> bool {
    values.iter().any(|value| leaf(leaves, value).is_some_and(|leaf| leaf.value == Value::Open))
}

fn number(leaves: &Leaves, values: &[&Json]) -> Option<Decimal> {
    match &leaf(leaves, values.first()?)?.value {
        Value::Quantity(quantity) => Some(quantity.number),
        _ => None,
    }
}

/// Two figures are equal when number, approximation and unit are; a literal is compared with the number
/// alone, or with the text as it prints.
fn equal(leaves: &Leaves, values: &[&Json]) -> bool {
    let [left, right] = values else { return false };
    if is_open(leaves, values) {
        return false;
    }
    // A token that leads to nothing is an absent datum, which equals nothing.
    match (leaves.of(left), leaves.of(right)) {
        (Some(Datum::Leaf(left)), Some(Datum::Leaf(right))) => left.value == right.value,
        (Some(Datum::Leaf(leaf)), None) => equals_literal(leaf, right),
        (None, Some(Datum::Leaf(leaf))) => equals_literal(leaf, left),
        (None, None) => left == right,
        _ => false,
    }
}

fn equals_literal(leaf: &Leaf, literal: &Json) -> bool {
    match (&leaf.value, literal) {
        (Value::Quantity(quantity), Json::Number(number)) => {
            number.to_string().parse().is_ok_and(|number: Decimal| number == quantity.number)
        }
        (value, Json::String(text)) => format::value(value, &leaf.field) == *text,
        _ => false,
    }
}

/// Three shares add up unless rounding has left something. What is not there, or still to come, is not said to.
fn adds_up(leaves: &Leaves, values: &[&Json]) -> bool {
    let shares = values.first().and_then(|value| leaf(leaves, value));
    shares.is_none_or(|leaf| match &leaf.value {
        Value::Shares(shares) => shares.iter().sum::<Decimal>() == Decimal::ONE_HUNDRED,
        _ => true,
    })
}

fn same_pattern(leaves: &Leaves, values: &[&Json]) -> bool {
    // As long as nobody knows, no change is claimed.
    if is_open(leaves, values) && values.iter().all(|value| leaves.is_given(value)) {
        return true;
    }
    let patterns: Vec<_> = values
        .iter()
        .map(|value| match &leaf(leaves, value)?.value {
            Value::Shares(shares) => Some(format::pattern(shares)),
            _ => None,
        })
        .collect();
    patterns.first().is_some_and(|first| first.is_some() && patterns.iter().all(|pattern| pattern == first))
}

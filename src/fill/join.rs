//! Puts a template into the place that includes it: one that is included in one place only, or a small one into
//! each of its places.
//!
//! Handlebars copies all the data for each template that it includes. A report of many small templates would so copy
//! its data dozens of times; joined they are one template, which prints the same text and, through its marks, still
//! knows the file of every byte. Each inclusion that is left is counted.

use std::collections::{BTreeMap, HashMap, HashSet};

use handlebars::Template;
use handlebars::template::{Parameter, TemplateElement};

use super::compile::{Argument, Call, Compiled, Element, push};
use super::helpers::{self, Form};
use super::work::Inclusion;

/// Returns the templates that are still needed: the entry, and those that could not be joined.
pub(super) fn join(compiled: BTreeMap<String, Compiled>, entry: &str) -> BTreeMap<String, Template> {
    let mut uses = HashMap::new();
    for template in compiled.values() {
        count(&template.elements, false, &mut uses);
    }
    let is_joinable = |(name, template): &(&String, &Compiled)| {
        let is_fit = match uses.get(name.as_str()) {
            Some(Use::Once) => true,
            Some(Use::Often) => size(&template.elements).is_some_and(|size| size <= SMALL),
            Some(Use::InScope) | None => false,
        };
        *name != entry && is_fit && !looks_outward(&template.elements)
    };
    let joinable: HashSet<_> = compiled.iter().filter(is_joinable).map(|(name, _)| name.clone()).collect();
    let is_once = |(name, is_it): (&&str, &Use)| (*is_it == Use::Once).then(|| (*name).to_owned());
    let uses_once: HashSet<String> = uses.iter().filter_map(is_once).collect();
    let (parts, mut wholes): (BTreeMap<_, _>, BTreeMap<_, _>) =
        compiled.into_iter().partition(|(name, _)| joinable.contains(name));
    let part = |(name, compiled): (String, Compiled)| {
        let is_once = uses_once.contains(&name);
        (name, Part { template: compiled.template, is_once })
    };
    let mut parts = parts.into_iter().map(part).collect();
    for compiled in wholes.values_mut() {
        put(&mut compiled.template, &mut parts);
    }
    wholes.into_iter().map(|(name, compiled)| (name, compiled.template)).collect()
}

/// A template to be put into others.
struct Part {
    template: Template,
    /// Whether there is one place for it.
    is_once: bool,
}

/// How a template is included.
#[derive(PartialEq)]
enum Use {
    /// In one place, where `this` is all the data.
    Once,
    /// In several such places.
    Often,
    /// Within `#each` or `#with`.
    InScope,
}

/// The most parts of a template that is put into several places: so the whole stays within a multiple of its parts.
const SMALL: usize = 32;

/// Returns how many parts a template has; nothing when it includes others, which may include others again.
fn size(elements: &[Element]) -> Option<usize> {
    elements.iter().try_fold(0, |sum, element| {
        Some(
            sum + match element {
                Element::Text(_) | Element::Print(_) => 1,
                Element::Block { body, inverse, .. } => 1 + size(body)? + size(inverse)?,
                Element::Partial(_) => return None,
            },
        )
    })
}

fn count<'a>(elements: &'a [Element], in_scope: bool, uses: &mut HashMap<&'a str, Use>) {
    for element in elements {
        match element {
            Element::Text(_) | Element::Print(_) => {}
            Element::Block { call, body, inverse, .. } => {
                let spec = call.name.as_deref().and_then(helpers::find);
                let in_scope = in_scope || spec.is_none_or(|spec| spec.form == Form::Scope);
                count(body, in_scope, uses);
                count(inverse, in_scope, uses);
            }
            Element::Partial(call) => {
                if let Some(name) = &call.name {
                    let again = |known: &mut Use| {
                        *known = if in_scope || *known == Use::InScope { Use::InScope } else { Use::Often };
                    };
                    let first = if in_scope { Use::InScope } else { Use::Once };
                    uses.entry(name).and_modify(again).or_insert(first);
                }
            }
        }
    }
}

/// Tells whether a template has paths that leave it (`../name`): an included template is a scope of its own.
fn looks_outward(elements: &[Element]) -> bool {
    fn call(it: &Call) -> bool {
        it.name.as_deref().is_some_and(|name| name.contains(".."))
            || it.arguments.iter().chain(it.options.iter().map(|(_, value)| value)).any(argument)
    }
    fn argument(it: &Argument) -> bool {
        match it {
            Argument::Path(path) => path.contains(".."),
            Argument::Literal(_) => false,
            Argument::Call(inner) => call(inner),
        }
    }
    elements.iter().any(|element| match element {
        Element::Text(_) => false,
        Element::Print(it) | Element::Partial(it) => call(it),
        Element::Block { call: it, body, inverse, .. } => {
            call(it) || looks_outward(body) || looks_outward(inverse)
        }
    })
}

/// Takes a part for one of its places.
fn take(parts: &mut BTreeMap<String, Part>, name: &str) -> Option<Template> {
    if parts.get(name)?.is_once {
        parts.remove(name).map(|part| part.template)
    } else {
        parts.get(name).map(|part| part.template.clone())
    }
}

/// Puts the parts that a template includes into it, and into them the parts that they include.
fn put(template: &mut Template, parts: &mut BTreeMap<String, Part>) {
    let mut joined = Vec::with_capacity(template.elements.len());
    for mut element in std::mem::take(&mut template.elements) {
        match &mut element {
            TemplateElement::HelperBlock(block) => {
                block.template.iter_mut().chain(&mut block.inverse).for_each(|inner| put(inner, parts));
            }
            TemplateElement::PartialExpression(partial) => {
                if let Parameter::Name(name) = &partial.name
                    && let Some(mut part) = take(parts, name)
                {
                    put(&mut part, parts);
                    part.elements.into_iter().for_each(|element| push(&mut joined, element));
                    continue;
                }
                joined.extend(Inclusion::tag());
            }
            _ => {}
        }
        push(&mut joined, element);
    }
    template.elements = joined;
}

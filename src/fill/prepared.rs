//! Keeps the templates of a pack that the program carries as they are once parsed, checked and joined.
//!
//! What is kept says no word of the templates' own texts: a text is led to by its place in its file, and the mark before
//! it is made of that place (see [`super::compile`]).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use handlebars::Path;
use handlebars::template::{
    BlockParam, DecoratorTemplate, ExpressionSpec, HelperTemplate, Parameter, Subexpression, Template,
    TemplateElement,
};
use serde::Deserialize;
use serde_json::Value as Json;

use super::compile::push_mark;
use super::read::{self, reference};
use crate::diag::SourceText;

/// The ending of a file that holds a pack's templates, a [`Prepared`].
pub(super) const TEMPLATES: &str = "templates";

/// The templates of a pack.
#[derive(Debug, Deserialize, PartialEq)]
#[cfg_attr(test, derive(serde::Serialize))]
pub(super) struct Prepared {
    entry: Vec<Piece>,
    included: BTreeMap<String, Vec<Piece>>,
    /// The names and texts that the templates compare with something.
    pub(super) steering: BTreeSet<String>,
}

/// A part of a template. Places are the number of the file among the pack's templates and bytes in it.
#[derive(Debug, Deserialize, PartialEq)]
#[cfg_attr(test, derive(serde::Serialize))]
enum Piece {
    /// Text and its place.
    Text(usize, usize, usize),
    /// The place of the tag that comes next.
    Mark(usize, usize, usize),
    /// `{{path}}` or `{{helper path}}`.
    Print(Call),
    /// `{{#helper path}}…{{else}}…{{/helper}}`; whether it is chained, the names after `as`, and the two texts.
    Block(Call, bool, Vec<String>, Option<Vec<Piece>>, Option<Vec<Piece>>),
    /// `{{> name}}`.
    Partial(String),
}

/// A helper or a path, its arguments, and those with names.
#[derive(Debug, Deserialize, PartialEq)]
#[cfg_attr(test, derive(serde::Serialize))]
struct Call(Argument, Vec<Argument>, Vec<(String, Argument)>);

/// An argument.
#[derive(Debug, Deserialize, PartialEq)]
#[cfg_attr(test, derive(serde::Serialize))]
enum Argument {
    Name(String),
    /// A path as it is written.
    Path(String),
    Text(String),
    Number(u64),
    Flag(bool),
    Call(Box<Call>),
}

impl Prepared {
    /// Makes the templates: the one that the document begins with, and those that it includes, by their names.
    ///
    /// Nothing comes of it where a place is none of the files'.
    pub(super) fn unpack(
        self,
        sources: &[Arc<SourceText>],
    ) -> Option<(Template, BTreeMap<String, Template>)> {
        let entry = tree(self.entry, sources)?;
        let included = self.included.into_iter().map(|(name, pieces)| Some((name, tree(pieces, sources)?)));
        Some((entry, included.collect::<Option<_>>()?))
    }
}

/// Room for a mark of most files.
const LONGEST_MARK: usize = 16;

fn tree(pieces: Vec<Piece>, sources: &[Arc<SourceText>]) -> Option<Template> {
    let mut template = Template::new();
    let elements = &mut template.elements;
    let mut raw = String::new();
    for piece in pieces {
        let element = match piece {
            Piece::Text(index, start, end) => {
                let text = sources.get(index)?.text().get(start..end)?;
                raw.reserve(LONGEST_MARK + text.len());
                push_mark(&mut raw, index, &(start..start));
                raw.push_str(text);
                continue;
            }
            Piece::Mark(index, start, end) => {
                raw.reserve(LONGEST_MARK);
                push_mark(&mut raw, index, &(start..end));
                continue;
            }
            Piece::Print(call) => {
                TemplateElement::Expression(Box::new(HelperTemplate::new(spec(call)?, false, false)))
            }
            Piece::Block(call, is_chained, names, body, inverse) => {
                let mut block = HelperTemplate::new(spec(call)?, true, false);
                block.chain = is_chained;
                let mut names = names.into_iter().map(Parameter::Name);
                block.block_param = match (names.next(), names.next()) {
                    (Some(one), Some(two)) => Some(BlockParam::Pair((one, two))),
                    (Some(one), None) => Some(BlockParam::Single(one)),
                    (None, _) => None,
                };
                let inner = |pieces: Option<Vec<Piece>>| match pieces {
                    Some(pieces) => tree(pieces, sources).map(Some),
                    None => Some(None),
                };
                block.template = inner(body)?;
                block.inverse = inner(inverse)?;
                TemplateElement::HelperBlock(Box::new(block))
            }
            Piece::Partial(name) => {
                let call = Call(Argument::Name(name), Vec::new(), Vec::new());
                TemplateElement::PartialExpression(Box::new(DecoratorTemplate::new(spec(call)?, false)))
            }
        };
        if !raw.is_empty() {
            elements.push(TemplateElement::RawString(std::mem::take(&mut raw)));
        }
        elements.push(element);
    }
    if !raw.is_empty() {
        elements.push(TemplateElement::RawString(raw));
    }
    Some(template)
}

fn spec(Call(name, arguments, options): Call) -> Option<ExpressionSpec> {
    let arguments = arguments.into_iter().map(parameter).collect::<Option<_>>()?;
    let options = options.into_iter().map(|(name, value)| Some((name, parameter(value)?)));
    read::spec(parameter(name)?, arguments, options.collect::<Option<_>>()?)
}

fn parameter(argument: Argument) -> Option<Parameter> {
    Some(match argument {
        Argument::Name(name) => Parameter::Name(name),
        Argument::Path(path) if path.is_empty() => Parameter::Path(Path::Relative((Vec::new(), path))),
        // What is more than names is rare.
        Argument::Path(path) => match reference(&path) {
            Some(parameter) => parameter,
            None => Parameter::Path(Path::parse(&path).ok()?),
        },
        Argument::Text(text) => Parameter::Literal(Json::String(text)),
        Argument::Number(number) => Parameter::Literal(Json::from(number)),
        Argument::Flag(flag) => Parameter::Literal(Json::Bool(flag)),
        Argument::Call(call) => {
            let spec = spec(*call)?;
            Parameter::Subexpression(Subexpression::new(spec.name, spec.params, spec.hash))
        }
    })
}

#[cfg(test)]
mod tests {
    use super::super::compile::{MARK_END, MARK_START};
    use super::*;
    use crate::fill::Templates;
    use crate::pack::{Pack, embedded, embedded_names, prepared};

    /// Takes templates for keeping; nothing comes of it where they have what cannot be kept.
    fn kept(templates: &Templates) -> Option<Prepared> {
        let included = templates.included.iter();
        Some(Prepared {
            entry: pieces(&templates.entry)?,
            included: included
                .map(|(name, tree)| Some((name.clone(), pieces(tree)?)))
                .collect::<Option<_>>()?,
            steering: templates.steering.clone(),
        })
    }

    fn pieces(tree: &Template) -> Option<Vec<Piece>> {
        let mut found = Vec::new();
        let inner = |tree: &Option<Template>| match tree {
            Some(tree) => pieces(tree).map(Some),
            None => Some(None),
        };
        for element in &tree.elements {
            found.push(match element {
                TemplateElement::RawString(raw) => {
                    for part in raw.strip_prefix(MARK_START)?.split(MARK_START) {
                        found.push(place(part)?);
                    }
                    continue;
                }
                TemplateElement::Expression(print) => Piece::Print(call(print)?),
                TemplateElement::HelperBlock(block) => {
                    let names = match &block.block_param {
                        Some(BlockParam::Single(one)) => vec![one],
                        Some(BlockParam::Pair((one, two))) => vec![one, two],
                        _ => Vec::new(),
                    };
                    let names = names.into_iter().map(|name| name.as_name().map(str::to_owned));
                    let (body, inverse) = (inner(&block.template)?, inner(&block.inverse)?);
                    Piece::Block(call(block)?, block.chain, names.collect::<Option<_>>()?, body, inverse)
                }
                TemplateElement::PartialExpression(partial) => {
                    Piece::Partial(partial.name.as_name()?.to_owned())
                }
                _ => return None,
            });
        }
        Some(found)
    }

    /// Reads a mark, and the text after it.
    fn place(part: &str) -> Option<Piece> {
        let (mark, text) = part.split_once(MARK_END)?;
        let numbers: Vec<usize> = mark.split(':').map(|number| number.parse().unwrap()).collect();
        let [index, start, end] = numbers[..] else { return None };
        Some(match text.len() {
            0 => Piece::Mark(index, start, end),
            length => Piece::Text(index, start, start + length),
        })
    }

    fn call(call: &HelperTemplate) -> Option<Call> {
        let mut options: Vec<_> = call.hash.iter().collect();
        options.sort_by_key(|(name, _)| *name);
        let options = options.into_iter().map(|(name, value)| Some((name.clone(), argument(value)?)));
        let arguments = call.params.iter().map(argument).collect::<Option<_>>()?;
        Some(Call(argument(&call.name)?, arguments, options.collect::<Option<_>>()?))
    }

    fn argument(parameter: &Parameter) -> Option<Argument> {
        Some(match parameter {
            Parameter::Name(name) => Argument::Name(name.clone()),
            Parameter::Path(_) => Argument::Path(parameter.as_name()?.to_owned()),
            Parameter::Literal(Json::String(text)) => Argument::Text(text.clone()),
            Parameter::Literal(Json::Bool(flag)) => Argument::Flag(*flag),
            Parameter::Literal(Json::Number(number)) => Argument::Number(number.as_u64()?),
            Parameter::Subexpression(inner) => match inner.as_element() {
                TemplateElement::Expression(inner) => Argument::Call(Box::new(call(inner)?)),
                _ => return None,
            },
            _ => return None,
        })
    }

    #[test]
    fn templates_are_kept_as_they_are() {
        for name in embedded_names() {
            let pack = Pack::load(&embedded(name).unwrap()).unwrap();
            let templates = Templates::compile(&pack).unwrap();
            let kept = kept(&templates).unwrap();
            // Warnings are not kept.
            assert_eq!(templates.warnings(), [], "{name}");
            let bytes = postcard::to_allocvec(&kept).unwrap();
            prepared::hold(name, TEMPLATES, &bytes);

            let read: Prepared = postcard::from_bytes(&bytes).unwrap();
            assert_eq!(read, kept, "{name}");
            let steering = read.steering.clone();
            let (entry, included) = read.unpack(&templates.sources).unwrap();
            assert_eq!(entry, templates.entry, "{name}");
            assert_eq!(included, templates.included, "{name}");
            assert_eq!(steering, templates.steering, "{name}");
        }
    }
}

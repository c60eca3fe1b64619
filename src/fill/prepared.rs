//! Keeps the templates of a pack that the program carries as they are once parsed, checked and joined.
//!
//! What is kept says no word of the templates' own texts: a text is led to by its place in its file, and the mark before
//! it is made of that place (see [`super::compile`]).

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use handlebars::Path;
use handlebars::template::{
    BlockParam, DecoratorTemplate, ExpressionSpec, HelperTemplate, Parameter, Subexpression, Template,
    TemplateElement,
};
use serde::Deserialize;
use serde::de::{
    self, DeserializeSeed, Deserializer, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor,
};
use serde_json::Value as Json;

use super::compile::push_mark;
use super::read::{self, reference};
use crate::diag::SourceText;

/// The ending of a file that holds a pack's templates: the pieces of the one that the document begins with, those of each
/// that it includes, and the names and texts that they compare with something.
pub(super) const TEMPLATES: &str = "templates";

/// The templates of a pack, made ready.
#[derive(Debug)]
pub(super) struct Prepared {
    /// The template that the document begins with.
    pub(super) entry: Template,
    /// Those that it includes, by their names.
    pub(super) included: BTreeMap<String, Template>,
    /// The names and texts that the templates compare with something.
    pub(super) steering: BTreeSet<String>,
}

/// A part of a template as it is kept. Places are the number of the file among the pack's templates and bytes in it.
#[cfg(test)]
#[derive(Debug, serde::Serialize)]
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
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(serde::Serialize))]
struct Call(Argument, Vec<Argument>, Vec<(String, Argument)>);

/// An argument.
#[derive(Debug, Deserialize)]
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

/// Reads what is kept, with the texts of the pack's templates: a piece becomes part of its template as it is read.
///
/// Nothing comes of it where a place is none of the files'.
pub(super) struct Unpacking<'s>(pub(super) &'s [Arc<SourceText>]);

impl<'de> DeserializeSeed<'de> for Unpacking<'_> {
    type Value = Prepared;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Prepared, D::Error> {
        deserializer.deserialize_tuple(3, self)
    }
}

impl<'de> Visitor<'de> for Unpacking<'_> {
    type Value = Prepared;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a pack's templates")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut parts: A) -> Result<Prepared, A::Error> {
        let entry = parts.next_element_seed(Tree(self.0))?.ok_or_else(unfit)?;
        let included = parts.next_element_seed(Included(self.0))?.ok_or_else(unfit)?;
        let steering = parts.next_element()?.ok_or_else(unfit)?;
        Ok(Prepared { entry, included, steering })
    }
}

/// Reads templates by their names.
struct Included<'s>(&'s [Arc<SourceText>]);

impl<'de> DeserializeSeed<'de> for Included<'_> {
    type Value = BTreeMap<String, Template>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Included<'_> {
    type Value = BTreeMap<String, Template>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("templates by their names")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
        let mut included = BTreeMap::new();
        while let Some(name) = entries.next_key()? {
            included.insert(name, entries.next_value_seed(Tree(self.0))?);
        }
        Ok(included)
    }
}

/// Reads a template, or what stands in a block, which may have nothing.
#[derive(Clone, Copy)]
struct Tree<'s>(&'s [Arc<SourceText>]);

impl<'de> DeserializeSeed<'de> for Tree<'_> {
    type Value = Template;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Template, D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Tree<'_> {
    type Value = Template;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the pieces of a template")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut pieces: A) -> Result<Template, A::Error> {
        let mut growing = Growing { sources: self.0, template: Template::new(), raw: String::new() };
        while pieces.next_element_seed(&mut growing)?.is_some() {}
        growing.flush();
        Ok(growing.template)
    }
}

/// What may stand in a block.
struct Inner<'s>(Tree<'s>);

impl<'de> DeserializeSeed<'de> for Inner<'_> {
    type Value = Option<Template>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_option(self)
    }
}

impl<'de> Visitor<'de> for Inner<'_> {
    type Value = Option<Template>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the pieces in a block, or nothing")
    }

    fn visit_none<E: de::Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        self.0.deserialize(deserializer).map(Some)
    }
}

/// Room for a mark of most files.
const LONGEST_MARK: usize = 16;

/// A template that grows by the pieces that are read.
struct Growing<'s> {
    sources: &'s [Arc<SourceText>],
    template: Template,
    /// The marks and texts since the last tag.
    raw: String,
}

impl Growing<'_> {
    fn flush(&mut self) {
        if !self.raw.is_empty() {
            self.template.elements.push(TemplateElement::RawString(std::mem::take(&mut self.raw)));
        }
    }

    fn push(&mut self, element: TemplateElement) {
        self.flush();
        self.template.elements.push(element);
    }

    /// Takes a text; nothing comes of a place that is none of the files'.
    fn text(&mut self, (index, start, end): (usize, usize, usize)) -> Option<()> {
        let text = self.sources.get(index)?.text().get(start..end)?;
        self.raw.reserve(LONGEST_MARK + text.len());
        push_mark(&mut self.raw, index, &(start..start));
        self.raw.push_str(text);
        Some(())
    }
}

impl<'de> DeserializeSeed<'de> for &mut Growing<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_enum("Piece", &["Text", "Mark", "Print", "Block", "Partial"], self)
    }
}

impl<'de> Visitor<'de> for &mut Growing<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a piece of a template")
    }

    fn visit_enum<A: EnumAccess<'de>>(self, piece: A) -> Result<(), A::Error> {
        let (kind, piece) = piece.variant::<u32>()?;
        match kind {
            0 => self.text(piece.newtype_variant()?).ok_or_else(unfit)?,
            1 => {
                let (index, start, end): (usize, usize, usize) = piece.newtype_variant()?;
                self.raw.reserve(LONGEST_MARK);
                push_mark(&mut self.raw, index, &(start..end));
            }
            2 => {
                let spec = spec(piece.newtype_variant()?).ok_or_else(unfit)?;
                self.push(TemplateElement::Expression(Box::new(HelperTemplate::new(spec, false, false))));
            }
            3 => {
                let block = piece.newtype_variant_seed(Block(Tree(self.sources)))?;
                self.push(TemplateElement::HelperBlock(Box::new(block)));
            }
            _ => {
                let call = Call(Argument::Name(piece.newtype_variant()?), Vec::new(), Vec::new());
                let partial = DecoratorTemplate::new(spec(call).ok_or_else(unfit)?, false);
                self.push(TemplateElement::PartialExpression(Box::new(partial)));
            }
        }
        Ok(())
    }
}

/// Says that what is kept is not what belongs there.
fn unfit<E: de::Error>() -> E {
    de::Error::custom("no piece of these templates")
}

/// Reads a block.
struct Block<'s>(Tree<'s>);

impl<'de> DeserializeSeed<'de> for Block<'_> {
    type Value = HelperTemplate;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<HelperTemplate, D::Error> {
        deserializer.deserialize_tuple(5, self)
    }
}

impl<'de> Visitor<'de> for Block<'_> {
    type Value = HelperTemplate;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a block")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut parts: A) -> Result<HelperTemplate, A::Error> {
        let call = parts.next_element()?.ok_or_else(unfit)?;
        let mut block = HelperTemplate::new(spec(call).ok_or_else(unfit)?, true, false);
        block.chain = parts.next_element()?.ok_or_else(unfit)?;
        let names: Vec<String> = parts.next_element()?.ok_or_else(unfit)?;
        let mut names = names.into_iter().map(Parameter::Name);
        block.block_param = match (names.next(), names.next()) {
            (Some(one), Some(two)) => Some(BlockParam::Pair((one, two))),
            (Some(one), None) => Some(BlockParam::Single(one)),
            (None, _) => None,
        };
        block.template = parts.next_element_seed(Inner(self.0))?.ok_or_else(unfit)?;
        block.inverse = parts.next_element_seed(Inner(self.0))?.ok_or_else(unfit)?;
        Ok(block)
    }
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

    /// What is kept.
    #[derive(serde::Serialize)]
    struct Kept {
        entry: Vec<Piece>,
        included: BTreeMap<String, Vec<Piece>>,
        steering: BTreeSet<String>,
    }

    /// Takes templates for keeping; nothing comes of it where they have what cannot be kept.
    fn kept(templates: &Templates) -> Option<Kept> {
        let included = templates.included.iter();
        let included = included.map(|(name, tree)| Some((name.clone(), pieces(tree)?)));
        Some(Kept {
            entry: pieces(&templates.entry)?,
            included: included.collect::<Option<_>>()?,
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

            let mut reader = postcard::Deserializer::from_bytes(&bytes);
            let read = Unpacking(&templates.sources).deserialize(&mut reader).unwrap();
            let Prepared { entry, included, steering } = read;
            assert_eq!(entry, templates.entry, "{name}");
            assert_eq!(included, templates.included, "{name}");
            assert_eq!(steering, templates.steering, "{name}");
        }
    }
}

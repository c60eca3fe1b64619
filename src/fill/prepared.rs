//! Keeps the templates of a pack that the program carries as they are once parsed, checked and joined.
//!
//! What is kept says no word of the templates' own texts: a text is led to by its place in its file, and the mark before
//! it is made of that place (see [`super::compile`]).

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use handlebars::template::{
    BlockParam, DecoratorTemplate, ExpressionSpec, HelperTemplate, Parameter, Subexpression, Template,
    TemplateElement,
};
use handlebars::{Path, RenderError, RenderErrorReason};
use serde::Deserialize;
use serde::de::{
    self, DeserializeSeed, Deserializer, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor,
};
use serde_json::Value as Json;

use super::compile::push_mark;
use super::read;
use crate::diag::SourceText;

/// The ending of a file that holds a pack's templates: those that the one which the document begins with includes, the
/// names and texts that they compare with something, and that one.
pub(super) const TEMPLATES: &str = "templates";

/// The templates of a pack.
#[derive(Debug)]
pub(super) struct Prepared {
    /// The template that the document begins with.
    pub(super) entry: Kept,
    /// Those that it includes, by their names.
    pub(super) included: BTreeMap<String, Template>,
    /// The names and texts that the templates compare with something.
    pub(super) steering: BTreeSet<String>,
}

impl Prepared {
    /// Reads what is kept, with the texts of the pack's templates.
    ///
    /// Nothing comes of it where a place is none of the files'.
    pub(super) fn read(bytes: &'static [u8], sources: &[Arc<SourceText>]) -> Option<Self> {
        let mut reader = postcard::Deserializer::from_bytes(bytes);
        let included = Included(sources).deserialize(&mut reader).ok()?;
        let steering = BTreeSet::deserialize(&mut reader).ok()?;
        let pieces = reader.finalize().ok()?;
        let entry = Kept { pieces, is_used: AtomicBool::new(false), whole: OnceLock::new() };
        Some(Self { entry, included, steering })
    }
}

/// A template as it is kept.
///
/// The first document has each part read, rendered and dropped, so that all of them take the memory of one: for the one
/// document that most calls make, to write to memory for the first time costs as much as to render it. A second document
/// has the template read as a whole, for itself and those that follow.
#[derive(Debug)]
pub(super) struct Kept {
    pieces: &'static [u8],
    is_used: AtomicBool,
    whole: OnceLock<Option<Template>>,
}

/// How many elements of a template make a part of it.
const PART: usize = 8;

impl Kept {
    /// Lends the template, as a whole or part by part.
    pub(super) fn each_part(
        &self,
        sources: &[Arc<SourceText>],
        mut take: impl FnMut(&Template) -> Result<(), RenderError>,
    ) -> Result<(), RenderError> {
        if self.is_used.swap(true, Ordering::Relaxed) {
            return match self.whole(sources) {
                Some(template) => take(template),
                None => Err(unreadable()),
            };
        }
        let mut fault = None;
        let parts = Parts {
            sources,
            take: |part: &Template| take(part).map_err(|error| fault = Some(error)).is_ok(),
        };
        let read = (&mut self.reader()).deserialize_seq(parts);
        fault.map_or_else(|| read.map_err(|_| unreadable()), Err)
    }

    /// Returns the template; nothing where a place is none of the files'.
    fn whole(&self, sources: &[Arc<SourceText>]) -> Option<&Template> {
        self.whole.get_or_init(|| Tree(sources).deserialize(&mut self.reader()).ok()).as_ref()
    }

    fn reader(&self) -> postcard::Deserializer<'static, postcard::de_flavors::Slice<'static>> {
        postcard::Deserializer::from_bytes(self.pieces)
    }
}

/// Says that what is kept cannot be read, which tests rule out.
fn unreadable() -> RenderError {
    RenderErrorReason::Other("a template that was read beforehand is damaged".to_owned()).into()
}

/// Reads the pieces of a template and hands them over some at a time, until that goes wrong.
struct Parts<'s, F> {
    sources: &'s [Arc<SourceText>],
    take: F,
}

impl<'de, F: FnMut(&Template) -> bool> Visitor<'de> for Parts<'_, F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the pieces of a template")
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut pieces: A) -> Result<(), A::Error> {
        let mut growing = Growing { sources: self.sources, template: Template::new(), raw: String::new() };
        loop {
            let is_end = pieces.next_element_seed(&mut growing)?.is_none();
            if is_end {
                growing.flush();
            }
            if is_end || growing.template.elements.len() >= PART {
                if !(self.take)(&growing.template) {
                    return Err(unfit());
                }
                growing.template.elements.clear();
            }
            if is_end {
                return Ok(());
            }
        }
    }
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

/// A helper or a path, its arguments, and those with names, as they are kept.
#[cfg(test)]
#[derive(Debug, serde::Serialize)]
struct Call(Argument, Vec<Argument>, Vec<(String, Argument)>);

/// An argument as it is kept.
#[cfg(test)]
#[derive(Debug, serde::Serialize)]
enum Argument {
    Name(String),
    /// A path of names.
    Names(String),
    /// Any other path as it is written.
    Path(String),
    Text(String),
    Number(u64),
    Flag(bool),
    Call(Box<Call>),
}

/// A call as it is read.
struct Spec(ExpressionSpec);

impl<'de> Deserialize<'de> for Spec {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let call: (Given, Vec<Given>, Vec<(String, Given)>) = Deserialize::deserialize(deserializer)?;
        let (Given(name), arguments, options) = call;
        let arguments = arguments.into_iter().map(|Given(argument)| argument).collect();
        let options = options.into_iter().map(|(name, Given(argument))| (name, argument)).collect();
        read::spec(name, arguments, options).map(Self).ok_or_else(unfit)
    }
}

/// An argument as it is read.
struct Given(Parameter);

impl<'de> Deserialize<'de> for Given {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let kinds = &["Name", "Names", "Path", "Text", "Number", "Flag", "Call"];
        deserializer.deserialize_enum("Argument", kinds, AnyArgument).map(Self)
    }
}

struct AnyArgument;

impl<'de> Visitor<'de> for AnyArgument {
    type Value = Parameter;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an argument")
    }

    fn visit_enum<A: EnumAccess<'de>>(self, argument: A) -> Result<Parameter, A::Error> {
        let (kind, argument) = argument.variant::<u32>()?;
        Ok(match kind {
            0 => Parameter::Name(argument.newtype_variant()?),
            1 => Parameter::Path(read::path(argument.newtype_variant()?)),
            2 => {
                let path: String = argument.newtype_variant()?;
                Parameter::Path(if path.is_empty() {
                    Path::Relative((Vec::new(), path))
                } else {
                    Path::parse(&path).map_err(|_| unfit())?
                })
            }
            3 => Parameter::Literal(Json::String(argument.newtype_variant()?)),
            4 => Parameter::Literal(Json::from(argument.newtype_variant::<u64>()?)),
            5 => Parameter::Literal(Json::Bool(argument.newtype_variant()?)),
            _ => {
                let Spec(spec) = argument.newtype_variant()?;
                Parameter::Subexpression(Subexpression::new(spec.name, spec.params, spec.hash))
            }
        })
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

/// Reads a template: a piece becomes part of it as it is read.
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
                let Spec(spec) = piece.newtype_variant()?;
                self.push(TemplateElement::Expression(Box::new(HelperTemplate::new(spec, false, false))));
            }
            3 => {
                let block = piece.newtype_variant_seed(Block(Tree(self.sources)))?;
                self.push(TemplateElement::HelperBlock(Box::new(block)));
            }
            _ => {
                let name = Parameter::Name(piece.newtype_variant()?);
                let spec = read::spec(name, Vec::new(), HashMap::new()).ok_or_else(unfit)?;
                let partial = DecoratorTemplate::new(spec, false);
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
        let Spec(spec) = parts.next_element()?.ok_or_else(unfit)?;
        let mut block = HelperTemplate::new(spec, true, false);
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

#[cfg(test)]
mod tests {
    use super::super::compile::{MARK_END, MARK_START};
    use super::*;
    use crate::fill::{Entry, Templates};
    use crate::pack::{Pack, embedded, embedded_names, prepared};

    /// What is kept.
    #[derive(serde::Serialize)]
    struct Pieces {
        included: BTreeMap<String, Vec<Piece>>,
        steering: BTreeSet<String>,
        entry: Vec<Piece>,
    }

    /// Takes templates for keeping; nothing comes of it where they have what cannot be kept.
    fn kept(templates: &Templates) -> Option<Pieces> {
        let included = templates.included.iter();
        let included = included.map(|(name, tree)| Some((name.clone(), pieces(tree)?)));
        let Entry::Read(entry) = &templates.entry else { return None };
        Some(Pieces {
            included: included.collect::<Option<_>>()?,
            steering: templates.steering.clone(),
            entry: pieces(entry)?,
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
            Parameter::Path(_) => {
                let written = parameter.as_name()?;
                let is_names = read::reference(written).is_some_and(|names| names == *parameter);
                (if is_names { Argument::Names } else { Argument::Path })(written.to_owned())
            }
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

            let Prepared { entry, included, steering } =
                Prepared::read(bytes.leak(), &templates.sources).unwrap();
            assert_eq!(included, templates.included, "{name}");
            assert_eq!(steering, templates.steering, "{name}");
            let Entry::Read(whole) = &templates.entry else { panic!("{name} was not read") };
            let mut elements: Vec<TemplateElement> = Vec::new();
            let mut parts = 0;
            entry
                .each_part(&templates.sources, |part| {
                    parts += 1;
                    for element in &part.elements {
                        match (elements.last_mut(), element) {
                            // A text may be parted.
                            (Some(TemplateElement::RawString(before)), TemplateElement::RawString(text)) => {
                                before.push_str(text);
                            }
                            _ => elements.push(element.clone()),
                        }
                    }
                    Ok(())
                })
                .unwrap();
            assert_eq!(elements, whole.elements, "{name}");
            assert!(parts > 1 || elements.len() <= PART, "{name}");
            let mut again = Vec::new();
            entry
                .each_part(&templates.sources, |part| {
                    again.push(part.clone());
                    Ok(())
                })
                .unwrap();
            assert_eq!(again, std::slice::from_ref(whole), "{name}");
        }
    }
}

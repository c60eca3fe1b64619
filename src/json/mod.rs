//! Reads JSON into a tree whose parts know their bytes in the file.
//!
//! Comments and a comma after the last item are let pass. Numbers stay the digits that were typed. What is not
//! JSON is explained by [`faults`], which looks for what people do to JSON files: full-width marks, a unit
//! after a number, a missing comma. [`Mended`] is the text as it is likely meant, so that what else is wrong can be told
//! beside.

mod bare;
mod faults;
mod glance;
mod lexer;
mod lines;
mod mended;
#[cfg(test)]
mod tests;
mod top;
mod words;

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use jsonc_parser::ast;
use jsonc_parser::common::Ranged;
use jsonc_parser::errors::ParseErrorKind;
use jsonc_parser::{CollectOptions, ParseOptions};

pub(crate) use self::faults::{narrow, narrowed};
pub(crate) use self::glance::members;
pub(crate) use self::mended::Mended;
pub(crate) use self::top::spelled_at_top;
use crate::diag::catalogue::data::{DUPLICATE_KEY, EMPTY_FILE, NOT_JSON, TOO_DEEP};
use crate::diag::{Diagnostic, Origin, SourceText, Text};

/// A value with its bytes in the file.
#[derive(Clone, Debug, PartialEq)]
pub struct Json<'a> {
    /// What it is.
    pub value: JsonValue<'a>,
    /// Its bytes.
    pub span: Range<usize>,
}

/// A value of JSON.
#[derive(Clone, Debug, PartialEq)]
pub enum JsonValue<'a> {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number as it was typed.
    Number(&'a str),
    /// A string, escapes resolved.
    String(Cow<'a, str>),
    /// `[..]`
    Array(Vec<Json<'a>>),
    /// `{..}`, in the file's order, no name twice.
    Object(Vec<Member<'a>>),
}

/// A name and its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Member<'a> {
    /// The name, escapes resolved.
    pub name: Cow<'a, str>,
    /// The name's bytes, quotes included.
    pub name_span: Range<usize>,
    /// The value.
    pub value: Json<'a>,
}

impl<'a> Json<'a> {
    /// Returns the members of an object; of anything else, none.
    pub fn members(&self) -> &[Member<'a>] {
        match &self.value {
            JsonValue::Object(members) => members,
            _ => &[],
        }
    }

    /// Returns an object's member by its name.
    pub fn member(&self, name: &str) -> Option<&Member<'a>> {
        self.members().iter().find(|member| member.name == name)
    }

    /// Returns the value of an object's member.
    pub fn get(&self, name: &str) -> Option<&Self> {
        self.member(name).map(|member| &member.value)
    }

    /// Returns the text of a string.
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            JsonValue::String(text) => Some(text),
            _ => None,
        }
    }

    /// Follows a JSON Pointer (RFC 6901).
    pub fn pointer(&self, pointer: &str) -> Option<&Self> {
        pointer.split('/').skip(1).try_fold(self, |json, step| {
            let step = step.replace("~1", "/").replace("~0", "~");
            match &json.value {
                JsonValue::Object(_) => json.get(&step),
                JsonValue::Array(items) => items.get(step.parse::<usize>().ok()?),
                _ => None,
            }
        })
    }

    /// Returns the value without its places. A number too odd for JSON becomes null.
    pub fn to_document(&self) -> serde_json::Value {
        use serde_json::Value;
        match &self.value {
            JsonValue::Null => Value::Null,
            JsonValue::Bool(choice) => Value::Bool(*choice),
            JsonValue::Number(digits) => digits.parse().map_or(Value::Null, Value::Number),
            JsonValue::String(text) => Value::String(text.to_string()),
            JsonValue::Array(items) => Value::Array(items.iter().map(Self::to_document).collect()),
            JsonValue::Object(members) => Value::Object(
                members.iter().map(|member| (member.name.to_string(), member.value.to_document())).collect(),
            ),
        }
    }
}

const OPTIONS: ParseOptions = ParseOptions {
    allow_comments: true,
    allow_loose_object_property_names: false,
    allow_trailing_commas: true,
    allow_missing_commas: false,
    allow_single_quoted_strings: false,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
    allow_bare_decimal_point_numbers: false,
    allow_non_finite_numbers: false,
    allow_extended_string_escapes: false,
};

/// Reads a file's text.
///
/// Fails with every fault found: an empty file, what is not JSON, too deep nesting, a name given twice.
pub fn parse(source: &Arc<SourceText>) -> Result<Json<'_>, Vec<Diagnostic>> {
    let (root, twice) = parse_with_duplicates(source)?;
    if twice.is_empty() { Ok(root) } else { Err(twice) }
}

/// Reads a file's text; of names given twice the first counts, and the others are told beside.
pub(crate) fn parse_with_duplicates(
    source: &Arc<SourceText>,
) -> Result<(Json<'_>, Vec<Diagnostic>), Vec<Diagnostic>> {
    let text = source.text();
    if text.trim().is_empty() {
        return Err(vec![Diagnostic::new(&EMPTY_FILE).at(Origin::new(source, 0..0))]);
    }
    let parsed = match jsonc_parser::parse_to_ast(text, &CollectOptions::default(), &OPTIONS) {
        Ok(parsed) => parsed,
        Err(error) => {
            let span = error.range().start..error.range().end;
            if matches!(error.kind(), ParseErrorKind::NestingDepthExceeded) {
                let at = span.start..(span.start + 1).min(text.len());
                return Err(vec![Diagnostic::new(&TOO_DEEP).at(Origin::new(source, at))]);
            }
            let found = faults::find(source);
            if !found.is_empty() {
                return Err(found);
            }
            let fault = Diagnostic::new(&NOT_JSON).at(Origin::new(source, span));
            let fault = fault.with("reason", Text::both("此处写法不合规定", error.kind().to_string()));
            return Err(vec![fault.hint(Text::both(
                "看这里和前一行的引号、逗号、括号有没有多写、漏写，照样例的写法改",
                "see here and on the line before for quotes, commas and brackets too many or too few, and write it as a sample does",
            ))]);
        }
    };
    // Only a file of comments alone has no value.
    let Some(root) = parsed.value else {
        return Err(vec![Diagnostic::new(&EMPTY_FILE).at(Origin::new(source, 0..0))]);
    };
    let mut twice = Vec::new();
    let root = convert(root, source, &Trail::Root, &mut twice);
    Ok((root, twice))
}

/// Returns where a text first is no JSON, if it is none.
fn first_error(text: &str) -> Option<usize> {
    let parsed = jsonc_parser::parse_to_ast(text, &CollectOptions::default(), &OPTIONS);
    parsed.err().map(|error| error.range().start)
}

/// How many names of an object are few.
const FEW_NAMES: usize = 32;

/// Where a value is, as a path that is put together only when it is asked for.
enum Trail<'a> {
    Root,
    Member(&'a Trail<'a>, &'a str),
    Item(&'a Trail<'a>, usize),
}

impl Trail<'_> {
    fn path(&self) -> String {
        match self {
            Self::Root => String::new(),
            Self::Member(outer, name) => join(&outer.path(), name),
            Self::Item(outer, index) => format!("{}[{index}]", outer.path()),
        }
    }
}

fn convert<'a>(
    value: ast::Value<'a>,
    source: &Arc<SourceText>,
    trail: &Trail<'_>,
    twice: &mut Vec<Diagnostic>,
) -> Json<'a> {
    let span = value.start()..value.end();
    let value = match value {
        ast::Value::NullKeyword(_) => JsonValue::Null,
        ast::Value::BooleanLit(literal) => JsonValue::Bool(literal.value),
        ast::Value::NumberLit(literal) => JsonValue::Number(literal.value),
        ast::Value::StringLit(literal) => JsonValue::String(literal.value),
        ast::Value::Array(array) => JsonValue::Array(
            array
                .elements
                .into_iter()
                .enumerate()
                .map(|(index, item)| convert(item, source, &Trail::Item(trail, index), twice))
                .collect(),
        ),
        ast::Value::Object(object) => {
            // Few names are compared sooner than hashed.
            let few = object.properties.len() <= FEW_NAMES;
            let mut seen: HashMap<Cow<'a, str>, usize> = HashMap::new();
            let mut members: Vec<Member<'a>> = Vec::with_capacity(object.properties.len());
            for property in object.properties {
                let name_span = property.name.start()..property.name.end();
                let name = match property.name {
                    ast::ObjectPropName::String(literal) => literal.value,
                    ast::ObjectPropName::Word(literal) => Cow::Borrowed(literal.value),
                };
                let value = convert(property.value, source, &Trail::Member(trail, &name), twice);
                let first = if few {
                    members.iter().find(|member| member.name == name).map(|member| member.name_span.start)
                } else {
                    seen.get(&name).copied()
                };
                if let Some(first) = first {
                    let position = source.position(first);
                    let path = Trail::Member(trail, &name).path();
                    twice.push(
                        Diagnostic::new(&DUPLICATE_KEY)
                            .at(Origin::new(source, name_span).field(&path, None))
                            .with("name", &name)
                            .with("line", position.line)
                            .with("column", position.column),
                    );
                    continue;
                }
                if !few {
                    seen.insert(name.clone(), name_span.start);
                }
                members.push(Member { name, name_span, value });
            }
            JsonValue::Object(members)
        }
    };
    Json { value, span }
}

/// Adds a name to a path.
pub(crate) fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { [path, ".", name].concat() }
}

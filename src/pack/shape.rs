//! Tells in a moment that a document is as a schema wants it.
//!
//! To make a validator of a schema of hundreds of fields takes longer than to lay out all the pages, and most
//! documents have no fault that it would find. So the keywords that packs use are checked here first, and a validator is
//! made where one is broken: it finds out which, and in what way. What [`Shape::read`] does not know, whether keyword,
//! pattern or value, it leaves to the validator altogether. A test holds the two against each other.

use std::collections::HashSet;

use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::Value as Document;

use super::seldom::{Nothing, Seldom};
use crate::json::{Json, JsonValue, Member};

/// What a schema, or a part of it, wants a value to be.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[cfg_attr(test, derive(serde::Serialize))]
pub(super) struct Shape {
    types: Types,
    /// Whether there may be no further members.
    is_closed: bool,
    bounds: Option<Box<Bounds>>,
    items: Option<Box<Shape>>,
    /// In the order of their names.
    properties: Box<[(Box<str>, Shape)]>,
    rest: Seldom<Rest>,
}

/// What few values have to be like.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[cfg_attr(test, derive(serde::Serialize))]
struct Rest {
    /// What it has to be one of, texts alone.
    choices: Option<Vec<String>>,
    pattern: Option<Pattern>,
    /// What the names of further members may begin with.
    notes: Vec<String>,
    required: Vec<String>,
    all: Vec<Shape>,
    condition: Option<Box<Condition>>,
}

impl Nothing for Rest {
    const NOTHING: &'static Self = &Self {
        choices: None,
        pattern: None,
        notes: Vec::new(),
        required: Vec::new(),
        all: Vec::new(),
        condition: None,
    };
}

/// What a number, or the number of items, may be.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[cfg_attr(test, derive(serde::Serialize))]
struct Bounds {
    minimum: Option<Decimal>,
    maximum: Option<Decimal>,
    exclusive_minimum: Option<Decimal>,
    exclusive_maximum: Option<Decimal>,
    least_items: Option<usize>,
    most_items: Option<usize>,
}

/// The types that a value may have, a bit each; none where it may have any.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(serde::Serialize))]
struct Types(u8);

impl Types {
    fn include(self, kind: Type) -> bool {
        self.0 == 0 || self.0 & 1 << kind as u8 != 0
    }
}

impl FromIterator<Type> for Types {
    fn from_iter<I: IntoIterator<Item = Type>>(kinds: I) -> Self {
        Self(kinds.into_iter().fold(0, |bits, kind| bits | 1 << kind as u8))
    }
}

#[derive(Clone, Copy)]
enum Type {
    Null,
    Boolean,
    Number,
    String,
    Array,
    Object,
}

/// `if`, `then` and `else`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[cfg_attr(test, derive(serde::Serialize))]
struct Condition {
    test: Shape,
    then: Option<Shape>,
    otherwise: Option<Shape>,
}

/// A regular expression that asks for the end of a text, such as `.(省|市)$`; of any other nothing is known here.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[cfg_attr(test, derive(serde::Serialize))]
enum Pattern {
    /// `^$`
    Empty,
    /// `^[0-9]{6}$`: so many digits.
    Digits(usize),
    /// Whether something has to come before the end, and the ends that there may be.
    End(bool, Vec<String>),
}

impl Shape {
    /// Reads a schema. `None` where it has anything that is not known here; else it is sound.
    pub(super) fn read(schema: &Json<'_>) -> Option<Self> {
        let JsonValue::Object(members) = &schema.value else { return None };
        let mut shape = Self::default();
        let mut rest = Rest::NOTHING.clone();
        let mut condition: [Option<Self>; 3] = [None, None, None];
        for member in members {
            let value = &member.value;
            match &*member.name {
                name if name.starts_with("x-") => {}
                "title" | "description" => drop(value.as_str()?),
                "$schema" => {
                    value.as_str().filter(|it| *it == "https://json-schema.org/draft/2020-12/schema")?;
                }
                "$id" => drop(value.as_str().filter(|id| id.starts_with("urn:") && !id.contains('#'))?),
                "type" => shape.types = types(value)?,
                "enum" => rest.choose(texts(value).filter(|choices| !choices.is_empty())?),
                "const" => rest.choose(vec![value.as_str()?.to_owned()]),
                "pattern" => rest.pattern = Some(Pattern::read(value.as_str()?)?),
                "minimum" => shape.bounds().minimum = Some(number(value)?),
                "maximum" => shape.bounds().maximum = Some(number(value)?),
                "exclusiveMinimum" => shape.bounds().exclusive_minimum = Some(number(value)?),
                "exclusiveMaximum" => shape.bounds().exclusive_maximum = Some(number(value)?),
                "minItems" => shape.bounds().least_items = Some(usize::try_from(number(value)?).ok()?),
                "maxItems" => shape.bounds().most_items = Some(usize::try_from(number(value)?).ok()?),
                "items" => shape.items = Some(Box::new(Self::read(value)?)),
                "properties" => {
                    let JsonValue::Object(properties) = &value.value else { return None };
                    let read = |property: &Member<'_>| {
                        Some((property.name.as_ref().into(), Self::read(&property.value)?))
                    };
                    shape.properties = properties.iter().map(read).collect::<Option<_>>()?;
                    shape.properties.sort_by(|a: &(Box<str>, Self), b| a.0.cmp(&b.0));
                }
                "patternProperties" => {
                    let JsonValue::Object(patterns) = &value.value else { return None };
                    for pattern in patterns {
                        let start = pattern.name.strip_prefix('^')?;
                        let is_plain = start.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
                        let is_free = matches!(pattern.value.value, JsonValue::Bool(true))
                            || pattern.value.members().is_empty()
                                && matches!(pattern.value.value, JsonValue::Object(_));
                        if !is_plain || !is_free {
                            return None;
                        }
                        rest.notes.push(start.to_owned());
                    }
                }
                "additionalProperties" => match value.value {
                    JsonValue::Bool(is_free) => shape.is_closed = !is_free,
                    _ => return None,
                },
                "required" => rest.required = texts(value)?,
                "allOf" => match &value.value {
                    JsonValue::Array(all) if !all.is_empty() => {
                        rest.all = all.iter().map(Self::read).collect::<Option<_>>()?;
                    }
                    _ => return None,
                },
                "if" => condition[0] = Some(Self::read(value)?),
                "then" => condition[1] = Some(Self::read(value)?),
                "else" => condition[2] = Some(Self::read(value)?),
                _ => return None,
            }
        }
        let [test, then, otherwise] = condition;
        rest.condition = test.map(|test| Box::new(Condition { test, then, otherwise }));
        shape.rest = rest.into();
        Some(shape)
    }

    fn bounds(&mut self) -> &mut Bounds {
        self.bounds.get_or_insert_default()
    }

    /// Tells whether a document surely has the shape. A number that cannot be compared exactly surely has none.
    pub(super) fn accepts(&self, document: &Document) -> Option<bool> {
        let rest = &*self.rest;
        let mut fits = self.types.include(Type::of(document));
        if let Some(choices) = &rest.choices {
            fits &= document.as_str().is_some_and(|text| choices.iter().any(|choice| choice == text));
        }
        match document {
            Document::Number(digits) => {
                let number: Decimal = digits.as_str().parse().ok()?;
                fits &= self.bounds.as_ref().is_none_or(|bounds| bounds.fit(number));
            }
            Document::String(text) => {
                fits &= rest.pattern.as_ref().is_none_or(|pattern| pattern.fits(text));
            }
            Document::Array(items) => {
                fits &= self.bounds.as_ref().is_none_or(|bounds| bounds.fit_count(items.len()));
                if let Some(shape) = &self.items {
                    for item in items {
                        fits &= shape.accepts(item)?;
                    }
                }
            }
            Document::Object(members) => {
                fits &= rest.required.iter().all(|name| members.contains_key(name));
                for (name, member) in members {
                    let is_note = rest.notes.iter().any(|start| name.starts_with(start));
                    let property = self.properties.binary_search_by(|(known, _)| (**known).cmp(name));
                    match property.ok().and_then(|index| self.properties.get(index)) {
                        Some((_, shape)) => fits &= shape.accepts(member)?,
                        None => fits &= is_note || !self.is_closed,
                    }
                }
            }
            Document::Null | Document::Bool(_) => {}
        }
        for shape in &rest.all {
            fits &= shape.accepts(document)?;
        }
        if let Some(condition) = &rest.condition {
            let branch =
                if condition.test.accepts(document)? { &condition.then } else { &condition.otherwise };
            if let Some(shape) = branch {
                fits &= shape.accepts(document)?;
            }
        }
        Some(fits)
    }
}

impl Rest {
    /// Leaves of the texts that it takes those that are among some.
    fn choose(&mut self, mut choices: Vec<String>) {
        if let Some(others) = &self.choices {
            choices.retain(|choice| others.contains(choice));
        }
        self.choices = Some(choices);
    }
}

impl Bounds {
    fn fit(&self, number: Decimal) -> bool {
        self.minimum.is_none_or(|least| number >= least)
            && self.maximum.is_none_or(|most| number <= most)
            && self.exclusive_minimum.is_none_or(|least| number > least)
            && self.exclusive_maximum.is_none_or(|most| number < most)
    }

    fn fit_count(&self, items: usize) -> bool {
        self.least_items.is_none_or(|least| items >= least)
            && self.most_items.is_none_or(|most| items <= most)
    }
}

impl Type {
    fn of(document: &Document) -> Self {
        match document {
            Document::Null => Self::Null,
            Document::Bool(_) => Self::Boolean,
            Document::Number(_) => Self::Number,
            Document::String(_) => Self::String,
            Document::Array(_) => Self::Array,
            Document::Object(_) => Self::Object,
        }
    }

    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "null" => Self::Null,
            "boolean" => Self::Boolean,
            "number" => Self::Number,
            "string" => Self::String,
            "array" => Self::Array,
            "object" => Self::Object,
            _ => return None,
        })
    }
}

impl Pattern {
    fn read(pattern: &str) -> Option<Self> {
        if pattern == "^$" {
            return Some(Self::Empty);
        }
        if let Some(count) = pattern.strip_prefix("^[0-9]{").and_then(|rest| rest.strip_suffix("}$")) {
            return count.parse().ok().map(Self::Digits);
        }
        let ends = pattern.strip_suffix('$')?;
        let (is_after, ends) = match ends.strip_prefix('.') {
            Some(ends) => (true, ends),
            None => (false, ends),
        };
        let ends = match ends.strip_prefix('(') {
            Some(ends) => ends.strip_suffix(')')?.split('|').collect(),
            None => vec![ends],
        };
        let is_plain =
            |end: &&str| !end.is_empty() && end.chars().all(|c| matches!(c, '\u{4e00}'..='\u{9fff}'));
        ends.iter().all(is_plain).then(|| Self::End(is_after, ends.into_iter().map(str::to_owned).collect()))
    }

    fn fits(&self, text: &str) -> bool {
        match self {
            Self::Empty => text.is_empty(),
            Self::Digits(count) => text.len() == *count && text.bytes().all(|byte| byte.is_ascii_digit()),
            Self::End(is_after, ends) => ends.iter().any(|end| {
                // `.` is no end of a line, and `$` is the end of the text.
                text.strip_suffix(end.as_str()).is_some_and(|before| {
                    !is_after || before.ends_with(|c| !matches!(c, '\n' | '\r' | '\u{2028}' | '\u{2029}'))
                })
            }),
        }
    }
}

fn number(json: &Json<'_>) -> Option<Decimal> {
    match json.value {
        JsonValue::Number(digits) => digits.parse().ok(),
        _ => None,
    }
}

/// Reads texts that differ.
fn texts(json: &Json<'_>) -> Option<Vec<String>> {
    let JsonValue::Array(items) = &json.value else { return None };
    let texts: Vec<String> =
        items.iter().map(|item| item.as_str().map(str::to_owned)).collect::<Option<_>>()?;
    let distinct: HashSet<&String> = texts.iter().collect();
    (distinct.len() == texts.len()).then_some(texts)
}

fn types(json: &Json<'_>) -> Option<Types> {
    if let Some(name) = json.as_str() {
        return Type::named(name).map(|kind| Types::from_iter([kind]));
    }
    let names = texts(json).filter(|names| !names.is_empty())?;
    names.iter().map(|name| Type::named(name)).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;
    use serde_json::json;

    use super::*;
    use crate::diag::SourceText;
    use crate::pack::{Pack, embedded_names};

    fn shape(schema: &str) -> Option<Shape> {
        let source = Arc::new(SourceText::new("schema.json", schema));
        Shape::read(&crate::json::parse(&source).unwrap())
    }

    #[test]
    fn embedded_schemas_are_known() {
        for name in embedded_names() {
            let pack = Pack::embedded(name).unwrap().unwrap();
            let document = pack.schema().document();
            assert!(shape(&document.to_string()).is_some(), "{name}");
            // What is known here is sound, which nobody asks again when the program runs.
            assert!(jsonschema::meta::is_valid(document), "{name}");
        }
    }

    #[test]
    fn what_is_not_known_is_left_to_the_validator() {
        for schema in [
            r#"{"anyOf": [{"type": "null"}]}"#,
            r#"{"type": "integer"}"#,
            r#"{"type": ["string", "string"]}"#,
            r#"{"pattern": "[a-z]+$"}"#,
            r#"{"pattern": "市"}"#,
            r#"{"enum": [1]}"#,
            r#"{"enum": []}"#,
            r#"{"type": []}"#,
            r#"{"minimum": "1"}"#,
            r#"{"minItems": -1}"#,
            r#"{"required": ["a", "a"]}"#,
            r#"{"properties": {"a": {"$ref": "a.json"}}}"#,
            r#"{"patternProperties": {"^a": {"type": "null"}}}"#,
            r#"{"additionalProperties": {"type": "null"}}"#,
            r#"{"title": 1}"#,
        ] {
            assert!(shape(schema).is_none(), "{schema}");
        }
    }

    #[test]
    fn choices_that_are_said_twice_hold_both() {
        for schema in [r#"{"const": "县", "enum": ["市", "县"]}"#, r#"{"enum": ["市", "县"], "const": "县"}"#]
        {
            let shape = shape(schema).unwrap();
            let accepts = |text: &str| shape.accepts(&json!(text));
            assert_eq!((accepts("县"), accepts("市")), (Some(true), Some(false)), "{schema}");
        }
        assert_eq!(shape(r#"{"const": "省", "enum": ["市"]}"#).unwrap().accepts(&json!("省")), Some(false));
    }

    fn value() -> impl Strategy<Value = Document> {
        let leaf = prop_oneof![
            Just(Document::Null),
            any::<bool>().prop_map(Document::Bool),
            (-3_i64..4).prop_map(|number| json!(number)),
            prop::sample::select(vec![
                "0.5",
                "1.0",
                "1e400",
                "2E0",
                "12345678901234567890123456789012345678901"
            ])
            .prop_map(|digits| serde_json::from_str(digits).unwrap()),
            prop::sample::select(vec!["", "市", "云市", "\n市", "县", "省", "市\n", "其他"])
                .prop_map(Into::into),
        ];
        leaf.prop_recursive(3, 12, 3, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Document::Array),
                prop::collection::vec((prop::sample::select(vec!["a", "b", "_note", "c"]), inner), 0..4)
                    .prop_map(|members| Document::Object(
                        members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
                    )),
            ]
        })
    }

    fn schema() -> impl Strategy<Value = Document> {
        let keyword = prop_oneof![prop::sample::select(vec![
            json!({"type": ["number", "string", "null"]}),
            json!({"type": "object"}),
            json!({"type": "array"}),
            json!({"minimum": 1}),
            json!({"maximum": 1}),
            json!({"exclusiveMinimum": 0}),
            json!({"exclusiveMaximum": 1.5}),
            json!({"pattern": ".(市|县)$"}),
            json!({"pattern": "市$"}),
            json!({"pattern": "^$"}),
            json!({"enum": ["市", "县"]}),
            json!({"const": "县"}),
            json!({"minItems": 1}),
            json!({"maxItems": 2}),
            json!({"required": ["a"]}),
            json!({"patternProperties": {"^_note": {}}}),
            json!({"additionalProperties": false}),
        ]),];
        let merge = |parts: Vec<Document>| {
            let members = parts.into_iter().filter_map(|part| part.as_object().cloned()).flatten();
            Document::Object(members.collect())
        };
        let flat = prop::collection::vec(keyword.clone(), 0..3).prop_map(merge);
        flat.prop_recursive(3, 12, 3, move |inner| {
            let nested = prop_oneof![
                inner.clone().prop_map(|schema| json!({"properties": {"a": schema}})),
                inner.clone().prop_map(|schema| json!({"items": schema})),
                prop::collection::vec(inner.clone(), 1..3).prop_map(|all| json!({"allOf": all})),
                (inner.clone(), inner.clone()).prop_map(|(test, then)| json!({"if": test, "then": then})),
                (inner.clone(), inner).prop_map(|(test, other)| json!({"if": test, "else": other})),
            ];
            prop::collection::vec(prop_oneof![keyword.clone(), nested], 0..4).prop_map(merge)
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(3000))]
        #[test]
        fn what_is_accepted_is_valid(schema in schema(), document in value()) {
            let shape = shape(&schema.to_string()).unwrap();
            let validator = jsonschema::draft202012::new(&schema).unwrap();
            if let Some(accepted) = shape.accepts(&document) {
                prop_assert_eq!(accepted, validator.is_valid(&document), "{} {}", schema, document);
            }
        }
    }
}

//! Has the schema's standard keywords checked by `jsonschema`, and tells their faults in our words.

use std::collections::HashSet;

use jsonschema::ValidationError;
use jsonschema::error::{TypeKind, ValidationErrorKind as Rule};
use jsonschema::paths::{Location, LocationSegment};
use serde_json::Value as Document;

use super::check::{Check, mark, missing};
use super::value;
use crate::diag::catalogue::data::{
    BROKEN_RULE, NOT_A_CHOICE, OTHER_RULE, OUT_OF_RANGE, PROPERTY_MISSING, WRONG_TYPE,
};
use crate::diag::{Diagnostic, Origin, Text, nearest};
use crate::json::{Json, join};
use crate::pack::Schema;

/// Checks a document, told of by the places of its tree. What was told of already is not told again.
pub(super) fn check(check: &Check<'_>, tree: &Json<'_>, document: &Document) -> Vec<Diagnostic> {
    if check.schema.surely_accepts(document) {
        return Vec::new();
    }
    let mut told: HashSet<(String, &'static str)> = HashSet::new();
    let mut found = Vec::new();
    for error in check.schema.validator().iter_errors(document) {
        let path = data_path(error.instance_path());
        if is_known(check, &path, error.kind()) {
            continue;
        }
        let Some(json) = tree.pointer(error.instance_path().as_str()) else { continue };
        let (path, diagnostic) = tell(check, &error, path, json);
        if told.insert((path, diagnostic.entry.code)) {
            found.push(diagnostic);
        }
    }
    found
}

/// Brings a JSON Pointer into the form of our paths.
fn data_path(location: &Location) -> String {
    location.into_iter().fold(String::new(), |path, segment| match segment {
        LocationSegment::Property(name) => join(&path, &name),
        LocationSegment::Index(index) => format!("{path}[{index}]"),
    })
}

/// Tells whether a fault comes of one that was told, at its place, below it, or of a group that holds it; or is
/// told otherwise.
fn is_known(check: &Check<'_>, path: &str, rule: &Rule) -> bool {
    let holds = |outer: &str, inner: &str| {
        outer.is_empty() || inner.strip_prefix(outer).is_some_and(|rest| rest.starts_with(['.', '[']))
    };
    let told = |path: &str| check.failed.contains(path);
    let below = |path: &str| check.failed.iter().any(|failed| holds(path, failed));
    if told(path) || check.failed.iter().any(|failed| holds(failed, path)) {
        return true;
    }
    let has_range = |is_least| check.schema.has_range(&Schema::form(path), is_least);
    match rule {
        // The pack's own rule says it in better words, and can be switched.
        Rule::Minimum { .. } | Rule::ExclusiveMinimum { .. } => has_range(true),
        Rule::Maximum { .. } | Rule::ExclusiveMaximum { .. } => has_range(false),
        Rule::Required { property } => {
            let member = join(path, property.as_str().unwrap_or_default());
            told(&member) || below(&member)
        }
        // Unknown members are told of by their names.
        Rule::AdditionalProperties { .. } | Rule::UnevaluatedProperties { .. } => true,
        Rule::AnyOf { .. }
        | Rule::OneOfNotValid { .. }
        | Rule::OneOfMultipleValid { .. }
        | Rule::Not { .. }
        | Rule::Contains
        | Rule::Constant { .. }
        | Rule::Enum { .. }
        | Rule::FalseSchema
        | Rule::UniqueItems => below(path),
        _ => false,
    }
}

fn tell(
    check: &Check<'_>,
    error: &ValidationError<'_>,
    path: String,
    json: &Json<'_>,
) -> (String, Diagnostic) {
    let rule = error.kind();
    if let Rule::Required { property } = rule {
        let name = property.as_str().unwrap_or_default();
        let path = join(&path, name);
        if let Some(field) = check.schema.field(&Schema::form(&path)) {
            return (path.clone(), missing(check.source, &path, field, &mark(json)));
        }
        let title = check.schema.title(&Schema::form(&path));
        let origin = Origin::new(check.source, mark(json)).field(&path, title);
        let fault = Diagnostic::new(&PROPERTY_MISSING).with("name", name).at(origin);
        return (path, fault);
    }
    let found = value::found(json);
    let range = |zh: &str, en: &str, limit: &Document| {
        let expected = Text::both(format!("{zh}{limit}"), format!("{en} {limit}"));
        Diagnostic::new(&OUT_OF_RANGE).with("expected", expected).with("found", found.clone())
    };
    let expected = expected(check.schema, error);
    let broken = |zh: String, en: String| {
        let (zh, en) = expected.clone().unwrap_or((zh, en));
        Diagnostic::new(&BROKEN_RULE).with("expected", Text::both(zh, en)).with("found", found.clone())
    };
    let fault = match rule {
        Rule::Minimum { limit } => {
            let fault = range("不小于", "at least", limit);
            let is_optional = check.schema.field(&Schema::form(&path)).is_some_and(|field| !field.required);
            if is_optional && limit.as_f64().is_some_and(|limit| limit > 0.0) {
                fault.hint(Text::both("没有的，删去这一项", "take the field out if there is none"))
            } else {
                fault
            }
        }
        Rule::Maximum { limit } => range("不大于", "at most", limit),
        Rule::ExclusiveMinimum { limit } => range("大于", "more than", limit),
        Rule::ExclusiveMaximum { limit } => range("小于", "less than", limit),
        Rule::Type { kind } => {
            Diagnostic::new(&WRONG_TYPE).with("expected", types(kind)).with("found", found)
        }
        Rule::Enum { options } => choice(options, json, found),
        Rule::Constant { expected_value } => {
            broken(format!("只能是{expected_value}"), format!("be {expected_value}"))
        }
        Rule::MultipleOf { multiple_of } => {
            broken(format!("应为{multiple_of}的整数倍"), format!("be a multiple of {multiple_of}"))
        }
        Rule::MinLength { limit } => {
            broken(format!("至少{limit}个字"), format!("have at least {limit} characters"))
        }
        Rule::MaxLength { limit } => {
            broken(format!("最多{limit}个字"), format!("have at most {limit} characters"))
        }
        Rule::MinItems { limit } => broken(format!("至少{limit}项"), format!("have at least {limit} items")),
        Rule::MaxItems { limit } => broken(format!("最多{limit}项"), format!("have at most {limit} items")),
        Rule::MinProperties { limit } => {
            broken(format!("至少{limit}个成员"), format!("have at least {limit} members"))
        }
        Rule::MaxProperties { limit } => {
            broken(format!("最多{limit}个成员"), format!("have at most {limit} members"))
        }
        Rule::UniqueItems => broken("各项不得重复".to_owned(), "have no item twice".to_owned()),
        Rule::Pattern { pattern } => {
            broken(format!("写法应合于规定（`{pattern}`）"), format!("match `{pattern}`"))
        }
        Rule::Format { format } => {
            broken(format!("应合于 `{format}` 格式"), format!("be of the format `{format}`"))
        }
        other => Diagnostic::new(&OTHER_RULE).with("keyword", other.keyword()),
    };
    let form = Schema::form(&path);
    let origin = Origin::new(check.source, mark(json)).field(&path, check.schema.title(&form));
    let mut fault = fault.at(origin);
    // What the schema says to clerks says more than a pattern.
    if let (Rule::Pattern { .. } | Rule::Format { .. }, Some(field)) = (rule, check.schema.field(&form))
        && !field.description.is_empty()
    {
        // The schema says it in Chinese alone.
        fault = fault.hint(Text::both(&field.description, ""));
    }
    (path, fault)
}

/// Returns what a schema says of a keyword in words of its own (`x-expected`, beside the keyword).
fn expected(schema: &Schema, error: &ValidationError<'_>) -> Option<(String, String)> {
    let (beside, _) = error.schema_path().as_str().rsplit_once('/')?;
    let expected = schema.document().pointer(beside)?.get("x-expected")?;
    let phrase = |language| Some(expected.get(language)?.as_str()?.to_owned());
    Some((phrase("zh")?, phrase("en")?))
}

fn types(kind: &TypeKind) -> Text {
    let names: Vec<&str> = match kind {
        TypeKind::Single(one) => vec![one.as_str()],
        TypeKind::Multiple(several) => several.iter().map(jsonschema::JsonType::as_str).collect(),
    };
    let chinese = names.iter().map(|name| match *name {
        "string" => "文字",
        "number" => "数字",
        "integer" => "整数",
        "boolean" => "`true` 或 `false`",
        "array" => "数组",
        "object" => "对象",
        _ => "null",
    });
    Text::both(chinese.collect::<Vec<_>>().join("或"), names.join(" or "))
}

fn choice(options: &Document, json: &Json<'_>, found: Text) -> Diagnostic {
    let names: Vec<String> = match options {
        Document::Array(options) => options
            .iter()
            .filter(|option| !option.is_null())
            .map(|option| option.as_str().map_or_else(|| option.to_string(), str::to_owned))
            .collect(),
        _ => Vec::new(),
    };
    let fault = Diagnostic::new(&NOT_A_CHOICE)
        .with("found", found)
        .with("choices", Text::both(names.join("、"), names.join(", ")));
    match json.as_str().and_then(|typed| nearest(typed.trim(), names.iter().map(String::as_str))) {
        Some(near) => fault.hint(Text::both(format!("是否要写“{near}”"), format!("did you mean `{near}`?"))),
        None => fault,
    }
}

//! Looks single values up in a data file before its schema is known.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::read::{self, Source};
use crate::diag::{Origin, SourceText};
use crate::json::{self, Json, JsonValue};
use crate::pack::Schema;

/// What a data file says before its schema is known.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Peeked {
    /// The name of the pack that it asks for.
    pub pack: Option<String>,
    /// What it has at each of the paths that were asked for, as it is written there: a text, a number, or the `value`
    /// of a figure with more to it. Nothing for what is missing, empty or of another kind.
    pub values: Vec<Option<String>>,
    /// Whether the file could be read at all.
    pub is_read: bool,
}

/// Looks up which pack a data file asks for, and what it has at some paths (`report.city`, `plan.targets[0].name`).
///
/// Of a file that is no JSON the pack alone is known, where one can make out what it says; [`super::load`] says what is
/// wrong with it.
pub fn peek(source: &Source, paths: &[&str]) -> Peeked {
    let nothing = |pack| Peeked { pack, values: vec![None; paths.len()], is_read: false };
    let Ok((text, _)) = read::decode(source) else { return nothing(None) };
    let names: Vec<&str> = paths.iter().map(|path| first(path)).chain([PACK]).collect();
    let Some(members) = json::members(text.text(), &names).or_else(|| members(&text, &names)) else {
        let name = json::spelled_at_top(&text, PACK).map(|(name, _)| name);
        return nothing(name.filter(|name| !name.is_empty()));
    };
    let pack = members.get(PACK).and_then(Value::as_str).map(|name| name.trim().to_owned());
    let values = paths.iter().map(|path| written(find(&members, path)?)).collect();
    Peeked { pack, values, is_read: true }
}

/// Returns where a data file asks for its pack.
pub fn place_of_pack(source: &Source) -> Option<Origin> {
    let (text, _) = read::decode(source).ok()?;
    let (_, span) = json::spelled_at_top(&text, PACK)?;
    Some(Origin::new(&text, span).field(PACK, None))
}

/// How a data file's names fit a schema.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fit {
    /// How many of them the schema knows.
    pub known: usize,
    /// How many it does not know; what is in them does not count.
    pub unknown: usize,
    /// How many fields it cannot do without are not there, those of rows left out.
    pub missing: usize,
}

/// Tells of each schema how many of a data file's names it knows and how many it misses, with the place where the data
/// begin. Nothing of a file that is no object, or no JSON.
pub fn fits<'s>(
    source: &Source,
    schemas: impl IntoIterator<Item = &'s Schema>,
) -> Option<(Vec<Fit>, Origin)> {
    let (text, _) = read::decode(source).ok()?;
    let (tree, _) = json::parse_with_duplicates(&text).ok()?;
    if !matches!(tree.value, JsonValue::Object(_)) {
        return None;
    }
    let is_there = |path: &str| path.split('.').try_fold(&tree, |json, step| json.get(step)).is_some();
    let fit = |schema: &Schema| {
        let mut fit = Fit::default();
        count(&tree, "", schema, &mut fit);
        let needed = schema.fields().iter().filter(|field| field.required && !field.path.contains('['));
        fit.missing = needed.filter(|field| !is_there(&field.path)).count();
        fit
    };
    let fits = schemas.into_iter().map(fit).collect();
    Some((fits, Origin::new(&text, tree.span.start..tree.span.start + 1)))
}

fn count(json: &Json<'_>, form: &str, schema: &Schema, fit: &mut Fit) {
    if let JsonValue::Array(items) = &json.value {
        for item in items {
            count(item, &format!("{form}[]"), schema, fit);
        }
    }
    for member in json.members() {
        let is_ours = form.is_empty() && matches!(&*member.name, PACK | "$schema");
        if is_ours || member.name.starts_with("_note") {
            continue;
        }
        if schema.children(form).iter().any(|known| *known == member.name) {
            fit.known += 1;
            count(&member.value, &json::join(form, &member.name), schema, fit);
        } else {
            fit.unknown += 1;
        }
    }
}

/// The member that names the pack.
const PACK: &str = "pack";

/// Returns members of a file that is JSON with comments and the like.
fn members(text: &Arc<SourceText>, names: &[&str]) -> Option<Map<String, Value>> {
    let (tree, _) = json::parse_with_duplicates(text).ok()?;
    let wanted = tree.members().iter().filter(|member| names.contains(&&*member.name));
    Some(wanted.map(|member| (member.name.to_string(), member.value.to_document())).collect())
}

/// Returns the name that a path begins with.
fn first(path: &str) -> &str {
    path.split(['.', '[']).next().unwrap_or(path)
}

fn find<'a>(members: &'a Map<String, Value>, path: &str) -> Option<&'a Value> {
    let (top, rest) = path.split_at(first(path).len());
    let value = members.get(top)?;
    rest.split('.').enumerate().try_fold(value, |value, (nth, step)| {
        let (name, indices) = step.split_once('[').map_or((step, None), |(name, rest)| (name, Some(rest)));
        // What follows the first name has none of its own.
        let mut value = if nth == 0 { value } else { value.get(name)? };
        for index in indices.into_iter().flat_map(|rest| rest.split('[')) {
            value = value.as_array()?.get(index.strip_suffix(']')?.parse::<usize>().ok()?)?;
        }
        Some(value)
    })
}

fn written(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Value::Number(digits) => Some(digits.to_string()),
        Value::Object(figure) => figure.get("value").filter(|value| !value.is_object()).and_then(written),
        Value::Null | Value::Bool(_) | Value::Array(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_found_by_their_paths() {
        let source = Source::new(
            "a.json",
            r#"{"a": {"city": " 岑汀市 ", "year": 2025, "open": "", "gdp": {"value": 3.50, "growth": 1}},
                "b": [{"c": ["x", "y"]}], "n": null, "v": {"value": {"value": 1}}}"#,
        );
        // With a comment it is no plain JSON.
        let noted = Source { bytes: [&source.bytes[..], b"// nothing more"].concat(), ..source.clone() };
        let found = |path: &str| {
            let values = [&source, &noted].map(|source| peek(source, &[path]).values.remove(0));
            assert_eq!(values[0], values[1], "{path}");
            values[0].clone()
        };
        for (path, text) in [("a.city", "岑汀市"), ("a.year", "2025"), ("a.gdp", "3.50"), ("b[0].c[1]", "y")]
        {
            assert_eq!(found(path).as_deref(), Some(text), "{path}");
        }
        for path in
            ["", "a", "a.open", "a.city.x", "b", "b[1].c[0]", "b[0].c[2]", "b[x]", "b[0", "n", "v", "."]
        {
            assert_eq!(found(path), None, "{path}");
        }
        assert_eq!(peek(&Source::new("a.json", "{"), &["a"]).values, [None]);
    }

    #[test]
    fn a_slip_anywhere_leaves_the_pack_known() {
        let sound = "{\n  \"pack\": \"local-report\",\n  \"a\": { \"pack\": \"other\", \"b\": 1 },\n  \"c\": [1, 2]\n}";
        let pack = |text: &str| peek(&Source::new("a.json", text), &[]).pack;
        let start = sound.find("\"a\"").unwrap();
        for (at, _) in sound.char_indices().filter(|(at, _)| *at >= start) {
            for slip in ["", "\"", "{", "}", "]", "，", "万", "：", ",,"] {
                let text = format!("{}{slip}{}", &sound[..at], &sound[at + 1..]);
                assert_eq!(pack(&text).as_deref(), Some("local-report"), "{text}");
            }
        }
        for text in [
            "{'pack': 'x', a}",
            "{“pack”： “x”， a}",
            "{pack: x, a}",
            "\"pack\": \"x\", a}",
            "{a, \"pack\" \"x\"}",
        ] {
            assert_eq!(pack(text).as_deref(), Some("x"), "{text}");
        }
        for text in [
            "{\"pack\": , a}",
            "{\"pack\": {\"x\": 1}, a}",
            "{\"a\": {\"pack\": \"x\"} b}",
            "{\"a\": \"pack\" \"x\"}",
        ] {
            assert_eq!(pack(text), None, "{text}");
        }
    }
}

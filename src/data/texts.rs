//! Finds the texts of a data file, also of one that does not keep its schema.

use super::read::{Source, decode};
use crate::diag::Origin;
use crate::json::{self, Json, JsonValue, join};
use crate::pack::Schema;

/// Returns every text that a data file gives, with its place and title; of a file that is no JSON, none.
///
/// What is no data of the document (`$schema`, `pack`, `_note`) is left out, and so is what never prints as it was
/// typed: numbers, and texts with characters that cannot be printed, of which is told otherwise.
pub fn texts(source: &Source, schema: &Schema) -> Vec<(String, Origin)> {
    let Ok((text, _)) = decode(source) else { return Vec::new() };
    let Ok((tree, _)) = json::parse_with_duplicates(&text) else { return Vec::new() };
    let mut found = Vec::new();
    collect(&tree, "", &mut |path, value, json| {
        let form = Schema::form(path);
        let is_number = schema.field(&form).is_some_and(|field| field.kind.is_number());
        if is_number || super::value::text(value).is_err() {
            return;
        }
        let title = schema.title(&form);
        found.push((value.to_owned(), Origin::new(&text, json.span.clone()).field(path, title)));
    });
    found
}

fn collect(json: &Json<'_>, path: &str, visit: &mut impl FnMut(&str, &str, &Json<'_>)) {
    match &json.value {
        JsonValue::String(text) => visit(path, text, json),
        JsonValue::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                collect(item, &format!("{path}[{index}]"), visit);
            }
        }
        JsonValue::Object(members) => {
            for member in members {
                let about_the_file = path.is_empty() && matches!(&*member.name, "$schema" | "pack");
                if !about_the_file && !member.name.starts_with("_note") {
                    collect(&member.value, &join(path, &member.name), visit);
                }
            }
        }
        JsonValue::Null | JsonValue::Bool(_) | JsonValue::Number(_) => {}
    }
}

//! Makes of a pack's schema the one for editors: stricter in what a value looks like, so that an editor marks a
//! mistake while it is typed.
//!
//! The pack's own schema leaves the forms of values to [`crate::data`], whose messages say more than a schema
//! can; an editor knows nothing but the schema.

use serde_json::{Map, Value, json};

use super::overlay::{self, Layers};
use super::{Kind, PackFiles};
use crate::diag::Diagnostic;

/// What stands for a value still to come.
const OPEN: &str = "|待定|待填|待补|待核实|暂缺|[Xx]{2,}";

/// A figure in a string: `约70`, `70余家`, `3.4%以内`, `6%～6.5%`, `1.2万人`.
const FIGURE: &str =
    "\\D{0,4}[0-9０-９][0-9０-９,，.．]*\\D{0,14}([~～—–-]{1,2}[0-9０-９][0-9０-９.．]*\\D{0,14})?";

/// Returns the schema for editors.
pub(super) fn schema(mut document: Value) -> Value {
    tighten(&mut document);
    document
}

/// Returns the schema for editors of a pack whose files are known to be sound, without a look at what else they say.
///
/// Fails when they are not, with what is wrong with the schema as a text.
pub fn schema_for_editors(files: &dyn PackFiles) -> Result<Value, Vec<Diagnostic>> {
    let (layers, faults) = Layers::find(files);
    let Some(layers) = layers else { return Err(faults) };
    let stacked = layers.stacked("schema.json")?;
    let tree = overlay::schema::merged(&stacked)?;
    Ok(schema(tree.to_document()))
}

fn tighten(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(tighten),
        Value::Object(members) => {
            if let Some(kind) = members.get("x-kind").and_then(Value::as_str).and_then(Kind::from_name) {
                field(members, kind);
            }
            members.values_mut().for_each(tighten);
        }
        _ => {}
    }
}

/// Says what the values of a field look like.
fn field(members: &mut Map<String, Value>, kind: Kind) {
    let pattern = |form: &str| json!(format!("^({form}{OPEN})?$"));
    let (types, form) = match kind {
        Kind::Year | Kind::Ordinal | Kind::Rank => {
            (json!(["integer", "string", "null"]), Some(pattern("第?[0-9０-９]+\\D{0,2}")))
        }
        Kind::Count => (json!(["integer", "string", "null"]), Some(pattern(FIGURE))),
        Kind::Quantity | Kind::Percent | Kind::Growth => {
            (json!(["number", "string", "null"]), Some(pattern(FIGURE)))
        }
        Kind::Names | Kind::Texts | Kind::Shares | Kind::Table => (json!(["array", "null"]), None),
        Kind::Fraction => (json!(["string", "null"]), Some(pattern(".+/.+|.+分之.+"))),
        Kind::Date => (json!(["string", "null"]), Some(pattern("[0-9]{4}-[0-9]{2}-[0-9]{2}"))),
        Kind::Name | Kind::Person | Kind::Grade | Kind::Text | Kind::Flag => return,
    };
    members.insert("type".to_owned(), types);
    if let Some(form) = form {
        members.entry("pattern").or_insert(form);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_marked_while_they_are_typed() {
        let schema = schema(json!({ "properties": {
            "count": { "x-kind": "count", "type": ["number", "string", "null"], "minimum": 0 },
            "growth": { "x-kind": "growth", "type": ["number", "string", "null"] },
            "names": { "x-kind": "names", "type": ["array", "string", "null"], "items": { "type": "string" } },
            "date": { "x-kind": "date", "type": ["string", "null"] },
            "name": { "x-kind": "name", "type": ["string", "null"] },
        }}));
        let validator = jsonschema::draft202012::new(&schema).unwrap();
        for good in [
            json!({ "count": 5 }),
            json!({ "count": "约70" }),
            json!({ "count": "1.2万人" }),
            json!({ "count": "70余家" }),
            json!({ "count": "" }),
            json!({ "count": "XX" }),
            json!({ "growth": -3.2 }),
            json!({ "growth": "6%～6.5%" }),
            json!({ "growth": "6-6.5" }),
            json!({ "growth": "3.4%以内" }),
            json!({ "names": ["甲", "乙"] }),
            json!({ "names": null }),
            json!({ "date": "2026-01-05" }),
            json!({ "name": "甲" }),
        ] {
            assert!(validator.is_valid(&good), "{good}");
        }
        for bad in [
            json!({ "count": 3.5 }),
            json!({ "count": "很多" }),
            json!({ "growth": "增长" }),
            json!({ "names": "甲、乙" }),
            json!({ "date": "2026年1月5日" }),
        ] {
            assert!(!validator.is_valid(&bad), "{bad}");
        }
    }
}

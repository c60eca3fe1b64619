//! Puts into a draft's record what is still to come.
//!
//! Runs after everything else, so that no check has to know of open values: what the file gives as open, or
//! does not give, had no node until now.

use std::ops::Range;
use std::sync::Arc;

use super::check::is_open;
use super::{Leaf, Node, Value, value, wording};
use crate::json::{Json, JsonValue, join};
use crate::pack::{Field, Kind, Schema};

/// Puts in every open value.
pub(super) fn open(root: &mut Node, tree: &Json<'_>, schema: &Schema) {
    let start = tree.span.start;
    let place = Place { path: String::new(), form: String::new(), start, present: true };
    members(root, Some(tree), &place, schema);
}

/// Where a group stands.
struct Place {
    /// In the data: `a.b[0].c`.
    path: String,
    /// In the schema's form: `a.b[].c`.
    form: String,
    /// The byte to point at for what the group does not have.
    start: usize,
    /// Whether the file has the group.
    present: bool,
}

/// Goes through the members that the schema knows of a group.
fn members(group: &mut Node, json: Option<&Json<'_>>, place: &Place, schema: &Schema) {
    let Node::Object(nodes) = group else { return };
    for name in schema.children(&place.form) {
        let (path, form) = (join(&place.path, name), join(&place.form, name));
        let given = json.and_then(|json| json.members().iter().find(|member| member.name == name.as_str()));
        let value = given.map(|member| &member.value);
        let known = nodes.iter().position(|(known, _)| known == name);
        let Some(field) = schema.field(&form) else {
            let mut inner = known.map_or(Node::Object(Vec::new()), |at| nodes.remove(at).1);
            let place = Place {
                start: given.map_or(place.start, |member| member.name_span.start),
                present: value.is_some(),
                path,
                form,
            };
            members(&mut inner, value, &place, schema);
            if matches!(&inner, Node::Object(members) if !members.is_empty() || known.is_some()) {
                nodes.insert(known.unwrap_or(nodes.len()), (name.clone(), inner));
            }
            continue;
        };
        match (known, value) {
            (None, Some(value)) if is_open(value) || has_open_share(field.kind, value) => {
                nodes.push((name.clone(), given_node(field, path, value, schema)));
            }
            // Nothing but open items.
            (None, Some(value @ Json { value: JsonValue::Array(given), .. })) if !given.is_empty() => {
                let mut list = Node::Array(Vec::new());
                items(&mut list, value, field, &path, schema);
                nodes.push((name.clone(), list));
            }
            (Some(at), Some(value)) => items(&mut nodes[at].1, value, field, &path, schema),
            // Last year's value is not printed, so nothing is amiss without it.
            (None, _) if field.is_aside() => {}
            (None, _) if field.required || (place.present && value.is_none() && is_expected(field)) => {
                nodes.push((name.clone(), node(field, path, place.start..place.start, schema)));
            }
            _ => {}
        }
    }
}

/// Puts the open items of a list in their places, and goes through the rows of a table.
fn items(list: &mut Node, json: &Json<'_>, field: &Arc<Field>, path: &str, schema: &Schema) {
    let (Node::Array(nodes), JsonValue::Array(items)) = (list, &json.value) else { return };
    for (index, item) in items.iter().enumerate() {
        let path = format!("{path}[{index}]");
        let form = format!("{}[]", field.path);
        if is_open(item) {
            let node = match field.kind {
                Kind::Table => row(path, &form, item.span.start, schema),
                _ => given_node(field, path, item, schema),
            };
            nodes.insert(index.min(nodes.len()), node);
        } else if let (Kind::Table, Some(row)) = (field.kind, nodes.get_mut(index)) {
            let start = item.span.start;
            members(row, Some(item), &Place { path, form, start, present: true }, schema);
        }
    }
}

/// Makes an open field that the file gives: of a sentence that has more than what is still to come, all of it.
fn given_node(field: &Arc<Field>, path: String, json: &Json<'_>, schema: &Schema) -> Node {
    let is_sentence = matches!(field.kind, Kind::Text | Kind::Texts);
    let text = json.as_str().filter(|typed| is_sentence && has_more(typed)).and_then(|typed| {
        let text = value::text(typed).ok()?;
        wording::mend(text, field).ok().map(|(text, _)| text)
    });
    match text {
        Some(text) => {
            let value = Value::Partly(text);
            Node::Leaf(Arc::new(Leaf { path, field: Arc::clone(field), value, span: json.span.clone() }))
        }
        None => node(field, path, json.span.clone(), schema),
    }
}

/// Tells whether a text has words beside what stands for something still to come.
fn has_more(text: &str) -> bool {
    let gaps = value::gaps(text);
    let open: usize = gaps.iter().map(Range::len).sum();
    !gaps.is_empty() && text.trim().len() > open
}

/// Makes an open field: a value, or of a table one row whose values are open.
fn node(field: &Arc<Field>, path: String, span: Range<usize>, schema: &Schema) -> Node {
    match field.kind {
        Kind::Table => {
            Node::Array(vec![row(format!("{path}[0]"), &format!("{}[]", field.path), span.start, schema)])
        }
        _ => leaf(field, path, span),
    }
}

fn row(path: String, form: &str, start: usize, schema: &Schema) -> Node {
    let mut row = Node::Object(Vec::new());
    members(&mut row, None, &Place { path, form: form.to_owned(), start, present: true }, schema);
    row
}

fn leaf(field: &Arc<Field>, path: String, span: Range<usize>) -> Node {
    Node::Leaf(Arc::new(Leaf { path, field: Arc::clone(field), value: Value::Open, span }))
}

/// Tells whether a share of the three is still to come, so that none of them can be printed.
pub(super) fn has_open_share(kind: Kind, json: &Json<'_>) -> bool {
    match &json.value {
        JsonValue::Array(shares) => kind == Kind::Shares && shares.iter().any(is_open),
        _ => false,
    }
}

/// Tells whether a field is expected to have a value where its group is there: sentences and lists are
/// additions, a choice that is not made is made by that, last year's level is a help to the checks alone, and
/// some fields say that many documents do without them.
fn is_expected(field: &Field) -> bool {
    let is_single = !matches!(field.kind, Kind::Text | Kind::Texts | Kind::Names | Kind::Table | Kind::Flag);
    is_single && !field.is_aside() && !field.wording.optional
}

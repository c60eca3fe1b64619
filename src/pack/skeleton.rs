//! Writes an empty data file for a schema: every field in the report's order, what it is in a comment beside it, and
//! `XX` where a value goes.

use std::fmt::Write;

use super::{Field, Kind, Schema};
use crate::json::join;

/// What stands for a value still to come.
const OPEN: &str = "\"XX\"";
/// The same for several values.
const OPEN_LIST: &str = "[\"XX\"]";

/// Writes an empty data file, JSON with comments, for the pack of a name; `schema` is where editors find the schema.
///
/// Sentences and choices that a report does well without are written as comments, to be taken out of them.
pub fn skeleton(schema: &Schema, pack: &str, schema_file: &str) -> String {
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let mut text = String::from("{\n");
    let head = [
        Line::member("  ", "$schema", &quoted(schema_file), ""),
        Line::member("  ", "pack", &quoted(pack), "模板包"),
    ];
    let mut lines: Vec<Line> = head.into();
    group(schema, "", 1, &mut lines);
    write(&lines, &mut text);
    text + "}\n"
}

/// A line of the file.
struct Line {
    text: String,
    comment: String,
    /// Whether it is a comment as a whole.
    is_out: bool,
    /// Whether it is a value, or ends one, after which a comma stands if another one follows.
    ends: bool,
    /// How deep it stands: the next line that is no deeper tells whether another one follows.
    depth: usize,
}

impl Line {
    fn member(indent: &str, name: &str, value: &str, comment: &str) -> Self {
        let text = format!("{indent}{}: {value}", serde_json::Value::from(name));
        Self { text, comment: comment.to_owned(), is_out: false, ends: true, depth: indent.len() / 2 }
    }
}

/// Writes the members of a group.
fn group(schema: &Schema, path: &str, depth: usize, lines: &mut Vec<Line>) {
    let indent = "  ".repeat(depth);
    for name in schema.children(path) {
        let path = join(path, name);
        let Some(field) = schema.field(&path) else {
            let title = schema.title(&path).unwrap_or_default().to_owned();
            let mut open = Line::member(&indent, name, "{", &title);
            open.ends = false;
            lines.push(open);
            group(schema, &path, depth + 1, lines);
            lines.push(close(&indent, "}", depth));
            continue;
        };
        if field.kind == Kind::Table {
            let mut open = Line::member(&indent, name, "[{", &comment(schema, field));
            open.ends = false;
            let first = lines.len();
            lines.push(open);
            group(schema, &format!("{path}[]"), depth + 1, lines);
            lines.push(close(&indent, "}]", depth));
            // A row without a value would be an empty one.
            if lines[first + 1..lines.len() - 1].iter().all(|line| line.is_out) {
                lines[first..].iter_mut().for_each(|line| line.is_out = true);
            }
            continue;
        }
        let is_kept = field.required || field.wording.usual;
        let in_row = path.contains("[]");
        let (value, is_out) = match field.kind {
            Kind::Flag => ("true", true),
            Kind::Text => (if is_kept { OPEN } else { "\"\"" }, true),
            Kind::Texts if is_kept => (OPEN_LIST, false),
            Kind::Texts => ("[\"\"]", true),
            Kind::Names => (OPEN_LIST, true),
            _ => (OPEN, in_row && field.wording.optional),
        };
        let mut line = Line::member(&indent, name, value, &comment(schema, field));
        line.is_out = is_out && !is_kept;
        lines.push(line);
    }
}

fn close(indent: &str, brackets: &str, depth: usize) -> Line {
    let text = format!("{indent}{brackets}");
    Line { text, comment: String::new(), is_out: false, ends: true, depth }
}

/// Says what a field is: title, unit, what it may be, department.
fn comment(schema: &Schema, field: &Field) -> String {
    let mut parts = vec![field.title.clone()];
    if !field.unit.is_empty() {
        parts.push(format!("单位：{}", field.unit));
    }
    let choices = schema.choices(&field.path);
    if !choices.is_empty() {
        parts.push(format!("可选：{}", choices.join("、")));
    }
    parts.push(field.department.clone());
    parts.join("；")
}

fn write(lines: &[Line], text: &mut String) {
    for (index, line) in lines.iter().enumerate() {
        // The next value that is not written as a comment tells whether a comma stands before it.
        let next = lines[index + 1..].iter().find(|next| !next.is_out);
        let is_last = next.is_none_or(|next| next.depth < line.depth);
        let comma = if line.ends && !is_last && !line.is_out { "," } else { "" };
        let indent = line.text.len() - line.text.trim_start().len();
        let body = if line.is_out {
            let comma = if line.ends { "," } else { "" };
            format!("{}// {}{comma}", &line.text[..indent], line.text.trim_start())
        } else {
            format!("{}{comma}", line.text)
        };
        // Writing to a string does not fail.
        let _ = match line.comment.as_str() {
            "" => writeln!(text, "{body}"),
            comment => writeln!(text, "{body}  // {comment}"),
        };
    }
}

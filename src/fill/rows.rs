//! Writes the rows of a table of figures: `{{rows economy.gdp economy.retail columns="title unit value growth"}}`.
//!
//! Each group with a member of the columns' is a row; of a group of groups every one is, in the schema's order.
//! A row without a figure is left out; what a row has no figure or no unit for is left out of its cell, and stands as
//! a dash, or is no part of the table where no row has one ([`crate::markup`]).

use serde_json::Value as Json;

use super::blocks::Fault;
use super::format;
use super::helpers::{Arguments, open, plain, quantity};
use super::leaves::{Datum, GROUP_TITLE, Leaves};
use super::map::MOST_BYTES;
use crate::data::{Leaf, Value};
use crate::pack::Field;

/// The column of a row's title.
pub(super) const TITLE: &str = "title";
/// The column of a row's unit.
pub(super) const UNIT: &str = "unit";
/// The member of a group that is its level, and the column of it.
pub(super) const VALUE: &str = "value";
/// A cell with nothing in it.
const LEFT_OUT: &str = "<td><span/></td>";

/// Prints the rows that the arguments come to.
pub(super) fn rows(arguments: &Arguments<'_>) -> Result<String, Fault> {
    let columns: Vec<_> = arguments.option("columns").ok_or(Fault::NotChecked)?.split_whitespace().collect();
    let mut text = String::new();
    for argument in arguments.values() {
        collect(arguments.leaves(), argument, &columns, &mut text)?;
        // What is handed over whole would be refused only after it has filled the memory.
        if text.len() > MOST_BYTES {
            return Err(Fault::TooMuchText);
        }
    }
    Ok(text)
}

fn collect(leaves: &Leaves, value: &Json, columns: &[&str], text: &mut String) -> Result<(), Fault> {
    match (value, leaves.of(value)) {
        (Json::Object(members), _)
            if columns.iter().any(|name| members.get(*name).is_some_and(Json::is_string)) =>
        {
            row(leaves, columns, |name| members.get(name), text)?;
        }
        (Json::Object(members), _) => {
            for member in members.values() {
                collect(leaves, member, columns, text)?;
            }
        }
        (_, Some(Datum::Leaf(_))) => row(leaves, columns, |name| (name == VALUE).then_some(value), text)?,
        _ => {}
    }
    Ok(())
}

fn row<'a>(
    leaves: &Leaves,
    columns: &[&str],
    member: impl Fn(&str) -> Option<&'a Json>,
    text: &mut String,
) -> Result<(), Fault> {
    let leaf = |name: &str| match leaves.of(member(name)?)? {
        Datum::Leaf(leaf) => Some(leaf),
        Datum::List(_) | Datum::Absent(..) => None,
    };
    let first = || columns.iter().find_map(|name| leaf(name));
    let Some(figure) = leaf(VALUE).or_else(first) else { return Ok(()) };
    let level: Option<&Field> = match member(VALUE).and_then(|value| leaves.of(value)) {
        Some(Datum::Leaf(leaf)) => Some(&leaf.field),
        Some(Datum::Absent(_, field)) => Some(field),
        Some(Datum::List(_)) | None => None,
    };
    // A row is called and counted as its level is, also where the file does not have it, or else called as its group;
    // what has no level has no unit.
    let group = || member(GROUP_TITLE).and_then(Json::as_str);
    let (title, unit) = match level {
        Some(level) => (level.title.as_str(), level.unit.as_str()),
        None => (group().unwrap_or(&figure.field.title), ""),
    };
    text.push_str("<tr>");
    for column in columns {
        match *column {
            TITLE => text.extend(["<th>", &handlebars::html_escape(title), "</th>"]),
            UNIT if unit.is_empty() => text.push_str(LEFT_OUT),
            UNIT => text.extend(["<td>", &handlebars::html_escape(unit), "</td>"]),
            name => match leaf(name) {
                Some(leaf) => text.extend(["<td>", &self::figure(leaf)?, "</td>"]),
                None => text.push_str(LEFT_OUT),
            },
        }
    }
    text.push_str("</tr>");
    Ok(())
}

/// Prints a figure in the schema's unit and without it, for its row or column has it.
fn figure(leaf: &Leaf) -> Result<String, Fault> {
    Ok(match quantity(leaf) {
        _ if leaf.value == Value::Open => open(&leaf.path, format::OPEN),
        Some(quantity) => {
            let number = format::bare(quantity, &leaf.field).ok_or(Fault::NotChecked)?;
            super::helpers::marked(&leaf.path, "figure", &number)
        }
        None => plain(leaf),
    })
}

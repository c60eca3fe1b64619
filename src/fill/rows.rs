//! Writes the rows of a table of figures: `{{rows economy.gdp economy.retail columns="title unit value growth"}}`.
//!
//! Each group with a member of the columns' is a row; of a group of groups every one is, in the schema's order.
//! A row without a figure is left out, and a column that a row has no figure for is empty.

use serde_json::Value as Json;

use super::blocks::Fault;
use super::format;
use super::helpers::{Arguments, open, plain, quantity};
use super::leaves::{Datum, GROUP_TITLE, Leaves};
use super::map::MOST_BYTES;
use crate::data::{Leaf, Value};

/// The column of a row's title.
pub(super) const TITLE: &str = "title";
/// The column of a row's unit.
pub(super) const UNIT: &str = "unit";
/// The member of a group that is its level, and the column of it.
pub(super) const VALUE: &str = "value";

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
        Datum::List(_) | Datum::Absent(_) => None,
    };
    let first = || columns.iter().find_map(|name| leaf(name));
    let level = leaf(VALUE);
    let Some(figure) = level.or_else(first) else { return Ok(()) };
    // A row is called as its level is, or else as its group; without a level nothing is said of its unit.
    let group = || member(GROUP_TITLE).and_then(Json::as_str);
    let (title, unit) = match level {
        Some(level) => (level.field.title.as_str(), level.field.unit.as_str()),
        None => (group().unwrap_or(&figure.field.title), ""),
    };
    text.push_str("<tr>");
    for column in columns {
        match *column {
            TITLE => text.extend(["<th>", &handlebars::html_escape(title), "</th>"]),
            UNIT => text.extend(["<td>", &handlebars::html_escape(unit), "</td>"]),
            name => {
                let printed = leaf(name).map(|leaf| self::figure(leaf)).transpose()?.unwrap_or_default();
                text.extend(["<td>", &printed, "</td>"]);
            }
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

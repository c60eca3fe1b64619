//! Puts TOML files on one another: what the upper one says takes the place of what the lower one says, table by
//! table and key by key.

use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

use super::stack::Stacked;
use crate::diag::catalogue::Entry;
use crate::diag::{Diagnostic, Origin, SourceText, Text};
use crate::pack::toml_reason;

/// Reads a file's text, its places moved on by a number of bytes. Fails with the entry that says what of the file
/// is not TOML; it takes the `reason` by the name given.
pub(super) fn parse<'a>(
    source: &'a Arc<SourceText>,
    start: usize,
    (entry, name): (&'static Entry, &'static str),
) -> Result<Spanned<DeTable<'a>>, Box<Diagnostic>> {
    let table = DeTable::parse(source.text()).map_err(|error| {
        let fault = Diagnostic::new(entry).with(name, toml_reason::reason(&error));
        Box::new(fault.at(Origin::new(source, error.span().unwrap_or(0..0))))
    })?;
    if start == 0 {
        return Ok(table);
    }
    let span = moved(table.span(), start);
    Ok(Spanned::new(span, move_table(table.into_inner(), start)))
}

/// Reads all the texts of a file as one table. Fails with the faults of each that is not TOML.
pub(in crate::pack) fn merged<'a>(
    stacked: &'a Stacked,
    entry: (&'static Entry, &'static str),
) -> Result<Spanned<DeTable<'a>>, Vec<Diagnostic>> {
    let tables = stacked.layers().iter().map(|(start, source)| parse(source, *start, entry));
    let mut faults = Vec::new();
    let mut whole: Option<Spanned<DeTable<'a>>> = None;
    for table in tables {
        match (table, &mut whole) {
            (Err(fault), _) => faults.push(*fault),
            (Ok(table), None) => whole = Some(table),
            (Ok(table), Some(whole)) => put(whole.get_mut(), table.into_inner()),
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    Ok(whole.unwrap_or_else(|| Spanned::new(0..0, DeTable::new())))
}

/// Puts a table on another.
pub(super) fn put<'a>(base: &mut DeTable<'a>, own: DeTable<'a>) {
    for (key, value) in own {
        let name = key.get_ref().clone();
        if let (Some(DeValue::Table(lower)), DeValue::Table(_)) =
            (base.get_mut(&*name).map(Spanned::get_mut), value.get_ref())
        {
            if let DeValue::Table(upper) = value.into_inner() {
                put(lower, upper);
            }
            continue;
        }
        // The key is replaced too: its place is the upper file's.
        base.remove(&*name);
        base.insert(key, value);
    }
}

/// Says that a table lacks a key, as the library says it of those that it reads.
pub(super) fn missing(key: &str) -> Text {
    Text::both(format!("缺少 `{key}`"), format!("missing field `{key}`"))
}

fn moved(span: std::ops::Range<usize>, by: usize) -> std::ops::Range<usize> {
    span.start + by..span.end + by
}

fn move_table(table: DeTable<'_>, by: usize) -> DeTable<'_> {
    let entries = table.into_iter().map(|(key, value)| {
        let span = moved(key.span(), by);
        (Spanned::new(span, key.into_inner()), move_value(value, by))
    });
    entries.collect()
}

fn move_value(value: Spanned<DeValue<'_>>, by: usize) -> Spanned<DeValue<'_>> {
    let span = moved(value.span(), by);
    let inner = match value.into_inner() {
        DeValue::Array(items) => {
            DeValue::Array(items.into_iter().map(|item| move_value(item, by)).collect::<DeArray<'_>>())
        }
        DeValue::Table(table) => DeValue::Table(move_table(table, by)),
        other => other,
    };
    Spanned::new(span, inner)
}

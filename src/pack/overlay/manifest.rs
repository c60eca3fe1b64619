//! Puts the manifest of an overlay on its base's.

use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

use super::stack::Stacked;
use super::{sections, table};
use crate::diag::catalogue::overlay::OVERRIDE_UNMATCHED;
use crate::diag::catalogue::pack::MANIFEST_SYNTAX;
use crate::diag::{Diagnostic, Origin, SourceText, Text};

/// What a manifest says of its pack alone, so that an overlay cannot leave it to its base.
const OWN: [&str; 5] = ["name", "version", "engine", "extends", "base_version"];

/// Reads a pack's manifest together with those that it stands on.
///
/// Comes with what an overlay does not say of itself, and with every change that matches nothing in the base; fails
/// with all that is not TOML. Places are the whole's.
pub(in crate::pack) fn merged(
    stacked: &Stacked,
) -> Result<(Spanned<DeTable<'_>>, Vec<Diagnostic>), Vec<Diagnostic>> {
    let mut faults = Vec::new();
    let mut not_toml = false;
    let mut whole: Option<Spanned<DeTable<'_>>> = None;
    for (start, source) in stacked.layers() {
        match (table::parse(source, *start, (&MANIFEST_SYNTAX, "reason")), &mut whole) {
            (Err(fault), _) => {
                not_toml = true;
                faults.push(*fault);
            }
            (Ok(own), None) => whole = Some(own),
            (Ok(own), Some(whole)) => put(stacked.whole(), *start, whole.get_mut(), own, &mut faults),
        }
    }
    match whole {
        Some(whole) if !not_toml => Ok((whole, faults)),
        _ => Err(faults),
    }
}

fn put<'a>(
    source: &Arc<SourceText>,
    start: usize,
    base: &mut DeTable<'a>,
    own: Spanned<DeTable<'a>>,
    faults: &mut Vec<Diagnostic>,
) {
    let mut own = own.into_inner();
    for key in OWN {
        // In place of what is told as missing stands the base's, so that it is not told twice.
        if !own.contains_key(key) {
            let fault = Diagnostic::new(&MANIFEST_SYNTAX).with("reason", table::missing(key));
            faults.push(fault.at(Origin::new(source, start..start)));
        }
    }
    let changes = own.remove("sections");
    let words = own.remove("words");
    table::put(base, own);
    if let Some(changes) = changes {
        if let Some(list) = base.get_mut("sections") {
            sections::change(source, list, changes, faults);
        } else {
            let fault = Diagnostic::new(&OVERRIDE_UNMATCHED).with("what", Text::both("清单", "list"));
            faults.push(fault.with("name", "sections").at(Origin::new(source, changes.span())));
        }
    }
    if let Some(words) = words {
        put_words(base, words);
    }
}

/// Puts words on the base's: of an entry with the same field and condition they take the place, others come
/// first among those of their field.
fn put_words<'a>(base: &mut DeTable<'a>, own: Spanned<DeValue<'a>>) {
    let span = own.span();
    let (Some(DeValue::Array(_)), DeValue::Array(_)) =
        (base.get("words").map(Spanned::get_ref), own.get_ref())
    else {
        base.remove("words");
        base.insert(Spanned::new(span.clone(), "words".into()), own);
        return;
    };
    let Some(DeValue::Array(lower)) = base.remove("words").map(Spanned::into_inner) else { return };
    let DeValue::Array(upper) = own.into_inner() else { return };
    let mut entries: Vec<Spanned<DeValue<'a>>> = lower.into_iter().collect();
    for entry in upper {
        let same = entries.iter().position(|known| condition(known) == condition(&entry));
        let place = entries.iter().position(|known| text(known, "field") == text(&entry, "field"));
        match (same, entry.get_ref()) {
            (Some(at), DeValue::Table(_)) => {
                if let (DeValue::Table(known), DeValue::Table(new)) =
                    (entries[at].get_mut(), entry.into_inner())
                {
                    table::put(known, new);
                }
            }
            _ => entries.insert(place.unwrap_or(entries.len()), entry),
        }
    }
    let entries: DeArray<'a> = entries.into_iter().collect();
    base.insert(Spanned::new(span.clone(), "words".into()), Spanned::new(span, DeValue::Array(entries)));
}

/// Returns what an entry of words hangs on: all but the words.
fn condition(entry: &Spanned<DeValue<'_>>) -> Vec<(String, String)> {
    let DeValue::Table(table) = entry.get_ref() else { return Vec::new() };
    let parts = table.iter().filter(|(key, _)| key.get_ref() != "set");
    parts.map(|(key, value)| (key.get_ref().to_string(), plain(value.get_ref()))).collect()
}

fn text(entry: &Spanned<DeValue<'_>>, key: &str) -> Option<String> {
    let DeValue::Table(table) = entry.get_ref() else { return None };
    Some(plain(table.get(key)?.get_ref()))
}

/// Writes a value out, to compare it.
fn plain(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) => text.to_string(),
        DeValue::Array(items) => {
            items.iter().map(|item| plain(item.get_ref())).collect::<Vec<_>>().join("\u{1f}")
        }
        other => format!("{other:?}"),
    }
}

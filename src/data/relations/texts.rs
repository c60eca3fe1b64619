//! Asks of dates, names and texts: what comes after what, which years a text names, who is in two lists.

use std::collections::HashMap;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::{Ask, list};
use crate::data::{Leaf, Value};
use crate::diag::{Diagnostic, Text};

impl Ask<'_> {
    pub(super) fn not_before(&self, fields: &[String], date: &str) -> Vec<Diagnostic> {
        let facts = self.facts;
        let Some(first) = facts.leaves(date).first() else { return Vec::new() };
        let Some(from) = day(first) else { return Vec::new() };
        let leaves = fields.iter().flat_map(|path| facts.leaves(path));
        let early = leaves.filter(|leaf| day(leaf).is_some_and(|day| day < from));
        early.map(|leaf| self.broken(leaf, list(&[facts.name(leaf), facts.name(first)]))).collect()
    }

    pub(super) fn years_named(
        &self,
        texts: &[String],
        year: &str,
        (minimum, maximum): (Decimal, Decimal),
    ) -> Vec<Diagnostic> {
        let facts = self.facts;
        let Some(base) = facts.leaves(year).first() else { return Vec::new() };
        let Some(year) = facts.measure(base).map(|measure| measure.number) else { return Vec::new() };
        let is_far = |named: &Decimal| {
            named.checked_sub(year).is_some_and(|distance| distance < minimum || distance > maximum)
        };
        let mut found = Vec::new();
        for leaf in texts.iter().flat_map(|path| facts.leaves(path)) {
            let Value::Text(text) = &leaf.value else { continue };
            if years(text).iter().any(is_far) {
                found.push(self.broken(leaf, list(&[facts.name(leaf), facts.name(base)])));
            }
        }
        found
    }

    pub(super) fn disjoint(&self, lists: &[String]) -> Vec<Diagnostic> {
        let facts = self.facts;
        let mut found = Vec::new();
        // Who was named in the lists before, those who were named alone among them, and where each name came first.
        let mut listed: Vec<(&str, &Leaf)> = Vec::new();
        let mut alone: Vec<(&str, &Leaf)> = Vec::new();
        let mut known: HashMap<&str, &Leaf> = HashMap::new();
        for path in lists {
            let own = facts.leaves(path).iter().filter_map(|leaf| Some((person(leaf)?, &**leaf)));
            let own: Vec<(&str, &Leaf)> = own.collect();
            for (name, leaf) in own.iter().copied() {
                let named = known.get(name).copied();
                let titled = || alone.iter().find(|(other, _)| is_titled(other, name));
                let untitled = || listed.iter().find(|(other, _)| is_alone(leaf) && is_titled(name, other));
                let other = named.or_else(|| titled().or_else(untitled).map(|(_, other)| *other));
                found.extend(
                    other.map(|other| self.broken(leaf, list(&[facts.name(other), facts.name(leaf)]))),
                );
            }
            for (name, leaf) in own {
                known.entry(name).or_insert(leaf);
                alone.extend(is_alone(leaf).then_some((name, leaf)));
                listed.push((name, leaf));
            }
        }
        found
    }

    pub(super) fn excludes(&self, given: &str, text: &str, words: &[String]) -> Option<Diagnostic> {
        let facts = self.facts;
        let given = facts.leaves(given).first()?;
        let says = |leaf: &&Arc<Leaf>| matches!(&leaf.value, Value::Text(text) if words.iter().any(|word| text.contains(word)));
        let text = facts.leaves(text).iter().find(says)?;
        let (given, said) = (facts.name(given), facts.name(text));
        let found = Text::both(format!("{}，{}", given.zh, said.zh), format!("{}, {}", given.en, said.en));
        Some(self.broken(text, found))
    }
}

fn day(leaf: &Leaf) -> Option<(u16, u8, u8)> {
    match leaf.value {
        Value::Date(year, month, day) => Some((year, month, day)),
        _ => None,
    }
}

/// Returns the years that a text names: 2025年, 〔2025〕. Of a span (2021—2025年) none is meant by itself.
fn years(text: &str) -> Vec<Decimal> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices(['年', '〕']) {
        let before = &text[..at];
        let Some(digits) = before.len().checked_sub(4).and_then(|start| before.get(start..)) else {
            continue;
        };
        let before = before[..before.len() - 4].chars().next_back();
        let is_span = before.is_some_and(|c| c.is_ascii_digit() || "—-－～~至到".contains(c));
        if digits.bytes().all(|byte| byte.is_ascii_digit()) && !is_span {
            found.extend(digits.parse::<Decimal>());
        }
    }
    found
}

/// Returns the name that a leaf gives, without a remark after it.
fn person(leaf: &Leaf) -> Option<&str> {
    match &leaf.value {
        Value::Text(text) => text.split('（').next().map(str::trim),
        _ => None,
    }
}

/// Tells whether a field names one person alone, and no list of them.
fn is_alone(leaf: &Leaf) -> bool {
    leaf.path == leaf.field.path
}

/// Tells whether a text is a name with a post before it: 市长赵堃.
fn is_titled(long: &str, short: &str) -> bool {
    short.chars().nth(1).is_some() && long.ends_with(short)
}

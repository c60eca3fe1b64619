//! Asks of dates, names and texts: what comes after what, which years a text names, who is in two lists.

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
        for (index, own) in lists.iter().enumerate() {
            for leaf in facts.leaves(own) {
                let others = lists[index + 1..].iter().flat_map(|other| facts.leaves(other));
                if let Some(other) = others.into_iter().find(|other| is_same(leaf, other)) {
                    found.push(self.broken(other, list(&[facts.name(leaf), facts.name(other)])));
                }
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

/// Tells whether two names are of one person. A post may stand before a name that is given alone, and a remark after.
fn is_same(one: &Leaf, other: &Leaf) -> bool {
    let name = |leaf: &Leaf| match &leaf.value {
        Value::Text(text) => Some(text.split('（').next().unwrap_or_default().trim().to_owned()),
        _ => None,
    };
    let is_single = |leaf: &Leaf| leaf.path == leaf.field.path;
    match (name(one), name(other)) {
        (Some(one_name), Some(other_name)) => {
            let titled = |long: &str, short: &str| short.chars().count() > 1 && long.ends_with(short);
            one_name == other_name
                || (is_single(one) && titled(&one_name, &other_name))
                || (is_single(other) && titled(&other_name, &one_name))
        }
        _ => false,
    }
}

//! Walks two records side by side and finds the figures that differ.

use std::fmt::Write as _;

use similar::{Algorithm, capture_diff_slices};

use super::FigureChange;
use crate::data::{Leaf, Node, Value};
use crate::fill;

/// Finds what differs below two nodes.
pub(super) fn compare(old: &Node, new: &Node) -> Vec<FigureChange> {
    let mut found = Vec::new();
    walk(Some(old), Some(new), &mut found);
    found
}

fn walk(old: Option<&Node>, new: Option<&Node>, found: &mut Vec<FigureChange>) {
    match (old, new) {
        (Some(Node::Object(old)), Some(Node::Object(new))) => {
            let find =
                |members: &[(String, Node)], name: &str| members.iter().position(|(known, _)| known == name);
            for name in merged(&names(old), &names(new)) {
                let before = find(old, &name).map(|at| &old[at].1);
                walk(before, find(new, &name).map(|at| &new[at].1), found);
            }
        }
        (Some(Node::Array(old)), Some(Node::Array(new))) => items(old, new, found),
        (Some(Node::Leaf(old)), Some(Node::Leaf(new))) => {
            let (before, now) = (shown(old), shown(new));
            if before != now {
                found.push(change(new, Some(before), Some(now)));
            }
        }
        (old, new) => {
            if let Some(old) = old {
                old.for_each_leaf(&mut |leaf| found.push(change(leaf, Some(shown(leaf)), None)));
            }
            if let Some(new) = new {
                new.for_each_leaf(&mut |leaf| found.push(change(leaf, None, Some(shown(leaf)))));
            }
        }
    }
}

/// Compares items by what they are rather than by their places, so that one put in front changes no other.
fn items(old: &[Node], new: &[Node], found: &mut Vec<FigureChange>) {
    let keys = [old, new].map(|items| items.iter().map(key).collect::<Vec<_>>());
    let [old_keys, new_keys] =
        keys.each_ref().map(|keys| keys.iter().map(String::as_str).collect::<Vec<_>>());
    for edit in capture_diff_slices(Algorithm::Myers, &old_keys, &new_keys) {
        let (before, now) = (&old[edit.old_range()], &new[edit.new_range()]);
        for nth in 0..before.len().max(now.len()) {
            walk(before.get(nth), now.get(nth), found);
        }
    }
}

/// Returns what an item is known by: itself, or a row's first datum.
fn key(item: &Node) -> String {
    let mut key = None;
    item.for_each_leaf(&mut |leaf| {
        key.get_or_insert_with(|| shown(leaf));
    });
    key.unwrap_or_default()
}

fn names(members: &[(String, Node)]) -> Vec<String> {
    members.iter().map(|(name, _)| name.clone()).collect()
}

/// Returns the names of both, in the new one's order, those of the old one alone behind their neighbours.
fn merged(old: &[String], new: &[String]) -> Vec<String> {
    let mut names: Vec<String> = new.to_vec();
    let mut at = 0;
    for name in old {
        if let Some(place) = names.iter().position(|known| known == name) {
            at = place + 1;
        } else {
            names.insert(at, name.clone());
            at += 1;
        }
    }
    names
}

fn shown(leaf: &Leaf) -> String {
    match leaf.value {
        Value::Flag(true) => "是".to_owned(),
        Value::Flag(false) => "否".to_owned(),
        _ => fill::print(&leaf.value, &leaf.field),
    }
}

fn change(leaf: &Leaf, old: Option<String>, new: Option<String>) -> FigureChange {
    let mut title = leaf.field.title.clone();
    for (at, _) in leaf.path.match_indices('[') {
        let number = leaf.path[at + 1..].split(']').next().and_then(|digits| digits.parse::<usize>().ok());
        if let Some(number) = number {
            // Writing to a string does not fail.
            let _ = write!(title, "（{}）", number + 1);
        }
    }
    let department = leaf.field.department.clone();
    FigureChange { path: leaf.path.clone(), title, department, old, new }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_both_keep_their_neighbours() {
        let names = |text: &str| -> Vec<String> { text.chars().map(|c| c.to_string()).collect() };
        assert_eq!(merged(&names("abcd"), &names("bxd")).concat(), "abcxd");
        assert_eq!(merged(&names(""), &names("ab")).concat(), "ab");
        assert_eq!(merged(&names("ab"), &names("")).concat(), "ab");
    }
}

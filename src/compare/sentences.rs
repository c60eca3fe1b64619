//! Finds the sentences of two documents that differ.

use std::collections::BTreeSet;

use similar::{Algorithm, DiffTag, capture_diff_slices};

use super::change::{self, Part};
use super::{FigureChange, SentenceChange};
use crate::document::{Document, Sentence};

/// How alike two sentences are at least, to be two versions of one: half of their characters.
const ALIKE: f64 = 0.5;
/// The most pairs of sentences that are looked at one by one; beyond it their order decides.
const MOST_PAIRS: usize = 1_000_000;

fn texts(sentences: &[Sentence]) -> Vec<&str> {
    sentences.iter().map(|sentence| sentence.text.as_str()).collect()
}

/// Finds the sentences that differ, in reading order.
pub(super) fn compare(old: &Document, new: &Document, figures: &[FigureChange]) -> Vec<SentenceChange> {
    let (old, new) = (old.sentences(), new.sentences());
    let changed: BTreeSet<&str> = figures.iter().map(|figure| figure.path.as_str()).collect();
    let mut found = Vec::new();
    for edit in capture_diff_slices(Algorithm::Patience, &texts(&old), &texts(&new)) {
        if edit.tag() != DiffTag::Equal {
            let pairs = pairs(&old[edit.old_range()], &new[edit.new_range()]);
            found.extend(pairs.into_iter().map(|(old, new)| told(old, new, &changed)));
        }
    }
    found
}

fn told(old: Option<&Sentence>, new: Option<&Sentence>, changed: &BTreeSet<&str>) -> SentenceChange {
    let text = |sentence: Option<&Sentence>| sentence.map(|sentence| sentence.text.clone());
    let (before, now) = (text(old), text(new));
    let parts = match (&before, &now) {
        (Some(before), Some(now)) => change::parts(before, now),
        (Some(before), None) => vec![Part::Old(before.clone())],
        (None, Some(now)) => vec![Part::New(now.clone())],
        (None, None) => Vec::new(),
    };
    let mut paths: Vec<String> = Vec::new();
    for path in new.into_iter().chain(old).flat_map(|sentence| &sentence.paths) {
        if changed.contains(path.as_str()) && !paths.contains(path) {
            paths.push(path.clone());
        }
    }
    let headings = new.or(old).map(|sentence| sentence.headings.clone()).unwrap_or_default();
    SentenceChange { headings, old: before, new: now, parts, paths }
}

/// Two versions of a sentence, or one that there is no other of.
type Pair<'a> = (Option<&'a Sentence>, Option<&'a Sentence>);

/// Pairs old sentences with new ones so that, in order, the most is alike; some stay alone.
fn pairs<'a>(old: &'a [Sentence], new: &'a [Sentence]) -> Vec<Pair<'a>> {
    let (rows, columns) = (old.len(), new.len());
    if rows.saturating_mul(columns) > MOST_PAIRS {
        return (0..rows.max(columns)).map(|nth| (old.get(nth), new.get(nth))).collect();
    }
    let letters = |sentence: &Sentence| -> Vec<char> {
        let mut letters: Vec<char> = sentence.text.chars().collect();
        letters.sort_unstable();
        letters
    };
    let before: Vec<_> = old.iter().map(letters).collect();
    let now: Vec<_> = new.iter().map(letters).collect();
    // The likeness of the best pairing from each pair on, found from the end.
    let width = columns + 1;
    let mut best = vec![0.0_f64; (rows + 1) * width];
    let mut taken = vec![false; (rows + 1) * width];
    for row in (0..rows).rev() {
        for column in (0..columns).rev() {
            let at = row * width + column;
            let alike = likeness(&before[row], &now[column]);
            best[at] = best[at + width].max(best[at + 1]);
            if alike >= ALIKE && best[at + width + 1] + alike > best[at] {
                best[at] = best[at + width + 1] + alike;
                taken[at] = true;
            }
        }
    }
    let mut pairs = Vec::new();
    let (mut row, mut column) = (0, 0);
    while row < rows || column < columns {
        let at = row * width + column;
        if row < rows && column < columns && taken[at] {
            pairs.push((Some(&old[row]), Some(&new[column])));
            (row, column) = (row + 1, column + 1);
        } else if row < rows && (column == columns || best[at + width] >= best[at + 1]) {
            pairs.push((Some(&old[row]), None));
            row += 1;
        } else {
            pairs.push((None, Some(&new[column])));
            column += 1;
        }
    }
    pairs
}

/// Returns what part of two texts' characters they have in common, from 0 to 1. Both are sorted.
fn likeness(left: &[char], right: &[char]) -> f64 {
    let (mut a, mut b, mut common) = (0, 0, 0_usize);
    while let (Some(x), Some(y)) = (left.get(a), right.get(b)) {
        match x.cmp(y) {
            std::cmp::Ordering::Less => a += 1,
            std::cmp::Ordering::Greater => b += 1,
            std::cmp::Ordering::Equal => (a, b, common) = (a + 1, b + 1, common + 1),
        }
    }
    let total = left.len() + right.len();
    if total == 0 { 1.0 } else { (2 * common) as f64 / total as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::sentences::tests::document;

    #[test]
    fn sentences_are_paired_with_their_own_versions() {
        let old = document(&["新建学校3所。", "建成公园5个。", "种树100万棵。"]);
        let new = document(&["新建学校4所。", "引进企业12家。", "种树120万棵。"]);
        let found = compare(&old, &new, &[]);
        let shown: Vec<_> =
            found.iter().map(|change| (change.old.as_deref(), change.new.as_deref())).collect();
        assert_eq!(
            shown,
            [
                (Some("新建学校3所。"), Some("新建学校4所。")),
                (Some("建成公园5个。"), None),
                (None, Some("引进企业12家。")),
                (Some("种树100万棵。"), Some("种树120万棵。")),
            ]
        );
    }

    #[test]
    fn nothing_differs_from_itself() {
        let document = document(&["甲。乙。", "丙。"]);
        assert_eq!(compare(&document, &document, &[]), []);
    }
}

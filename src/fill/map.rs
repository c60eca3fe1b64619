//! Leads from the filled text back to the templates.

use std::io;
use std::ops::Range;
use std::sync::Arc;

use handlebars::Output;

use super::compile::{MARK_END, MARK_START};
use crate::diag::{Origin, SourceText};

/// Leads from a byte of the filled text to the template that it came from.
#[derive(Clone, Debug, Default)]
pub struct SourceMap {
    /// In the order of the filled text.
    stretches: Vec<Stretch>,
}

/// A stretch of the filled text that came from one place.
#[derive(Clone, Debug)]
struct Stretch {
    /// Where it begins in the filled text.
    start: usize,
    /// The template that it came from.
    source: Arc<SourceText>,
    /// The tag that made it; empty at the first byte of text that stands in the template as it is.
    span: Range<usize>,
}

impl SourceMap {
    /// Returns the place in the templates that a byte of the filled text came from: the very byte for text of
    /// the template, the whole tag for what a tag printed.
    pub fn origin(&self, byte: usize) -> Option<Origin> {
        let index = self.stretches.partition_point(|stretch| stretch.start <= byte).checked_sub(1)?;
        let stretch = &self.stretches[index];
        if !stretch.span.is_empty() {
            return Some(Origin::new(&stretch.source, stretch.span.clone()));
        }
        let end = self.stretches.get(index + 1).map_or(usize::MAX, |next| next.start);
        let at = (stretch.span.start + (byte.min(end) - stretch.start)).min(stretch.source.text().len());
        Some(Origin::new(&stretch.source, at..at))
    }

    /// Tells whether a byte of the filled text was printed by a tag, not written in a template.
    pub fn is_printed(&self, byte: usize) -> bool {
        let before = self.stretches.partition_point(|stretch| stretch.start <= byte);
        before.checked_sub(1).is_some_and(|index| !self.stretches[index].span.is_empty())
    }

    /// Returns the place of the last tag that was begun, for what went wrong in it.
    pub(super) fn last(&self) -> Option<Origin> {
        self.stretches.last().map(|stretch| Origin::new(&stretch.source, stretch.span.clone()))
    }
}

/// The most bytes of filled text, marks included. A report of two thousand pages has less than it.
pub(super) const MOST_BYTES: usize = MOST_MEGABYTES * 1024 * 1024;
/// The most bytes in megabytes.
pub(super) const MOST_MEGABYTES: usize = 6;
/// Room for the filled text of a report of some pages, so that it need not be moved as it grows.
const USUAL_BYTES: usize = 96 * 1024;
/// Room for its stretches.
const USUAL_STRETCHES: usize = 2048;

/// Output that takes the marks out of what is rendered and learns from them, and that refuses to grow too long.
pub(super) struct Marked<'a> {
    text: String,
    map: SourceMap,
    /// How many bytes were rendered, marks included.
    rendered: usize,
    /// The templates' files, in the order of the numbers in their marks.
    sources: &'a [Arc<SourceText>],
}

impl<'a> Marked<'a> {
    /// Begins an empty text.
    pub(super) fn new(sources: &'a [Arc<SourceText>]) -> Self {
        let map = SourceMap { stretches: Vec::with_capacity(USUAL_STRETCHES) };
        Self { text: String::with_capacity(USUAL_BYTES), map, rendered: 0, sources }
    }

    /// Returns the text and the way back from it.
    pub(super) fn finish(self) -> (String, SourceMap) {
        (self.text, self.map)
    }
}

impl Output for Marked<'_> {
    /// Takes a part of the text, which holds its marks whole.
    fn write(&mut self, part: &str) -> io::Result<()> {
        if self.rendered + part.len() > MOST_BYTES {
            return Err(io::Error::other("too much text"));
        }
        self.rendered += part.len();
        let mut rest = part;
        while let Some(at) = rest.find(MARK_START) {
            self.text.push_str(&rest[..at]);
            let after = &rest[at + MARK_START.len_utf8()..];
            let Some(([source, start, end], after)) = mark(after) else {
                // Neither templates nor what they print can hold the character: packs with it are refused, and so are data.
                rest = after;
                continue;
            };
            if let Some(source) = self.sources.get(source) {
                let stretch =
                    Stretch { start: self.text.len(), source: Arc::clone(source), span: start..end };
                self.map.stretches.push(stretch);
            }
            rest = after;
        }
        self.text.push_str(rest);
        Ok(())
    }
}

/// Reads a mark without the character that it begins with, `source:start:end`; returns its numbers and what follows it.
fn mark(text: &str) -> Option<([usize; 3], &str)> {
    let mut numbers = [0; 3];
    let mut nth = 0;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b':' => nth += 1,
            b'0'..=b'9' => {
                let number: &mut usize = numbers.get_mut(nth)?;
                *number = number.checked_mul(10)?.checked_add(usize::from(byte - b'0'))?;
            }
            _ => return text[at..].strip_prefix(MARK_END).map(|after| (numbers, after)),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_read_and_nothing_else_is() {
        assert_eq!(mark("0:12:345\u{3}…"), Some(([0, 12, 345], "…")));
        for other in
            ["", "0:12:345", "0:12:345…\u{3}", "0:1:2:3\u{3}", "99999999999999999999:1:2\u{3}", "-1:1:2\u{3}"]
        {
            assert_eq!(mark(other), None, "{other:?}");
        }
    }
}

//! Leads from the filled text back to the templates.

use std::ops::Range;
use std::sync::Arc;

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

    /// Takes the marks out of a rendered text and learns from them.
    pub(super) fn unmark(marked: &str, sources: &[Arc<SourceText>]) -> (String, Self) {
        let mut text = String::with_capacity(marked.len());
        let mut stretches = Vec::new();
        let mut parts = marked.split(MARK_START);
        text.push_str(parts.next().unwrap_or_default());
        for part in parts {
            // The last mark of a text that was cut off may have no end.
            let Some(end) = part.bytes().position(|byte| char::from(byte) == MARK_END) else { break };
            if let Some((source, span)) = parse(&part[..end], sources) {
                stretches.push(Stretch { start: text.len(), source: Arc::clone(source), span });
            }
            text.push_str(&part[end + MARK_END.len_utf8()..]);
        }
        (text, Self { stretches })
    }

    /// Returns the place of the last tag that was begun, for what went wrong in it.
    pub(super) fn last(&self) -> Option<Origin> {
        self.stretches.last().map(|stretch| Origin::new(&stretch.source, stretch.span.clone()))
    }
}

fn parse<'a>(mark: &str, sources: &'a [Arc<SourceText>]) -> Option<(&'a Arc<SourceText>, Range<usize>)> {
    let mut numbers = [0_usize; 3];
    let mut nth = 0;
    for byte in mark.bytes() {
        if byte == b':' {
            nth += 1;
        } else {
            let digit = (byte as char).to_digit(10)? as usize;
            let number = numbers.get_mut(nth)?;
            *number = number.checked_mul(10)?.checked_add(digit)?;
        }
    }
    let [source, start, end] = numbers;
    Some((sources.get(source)?, start..end))
}

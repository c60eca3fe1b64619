//! Fills a pack's templates with a record: handlebars in, XML text out.
//!
//! Helpers are pure formatters. Each printed datum is marked up with its path, and every byte of the filled
//! text leads back to the template's line through the [`SourceMap`].

use std::sync::Arc;

use crate::diag::{Diagnostic, Origin, SourceText};

/// The filled text: XML in the vocabulary that [`crate::markup`] reads.
#[derive(Clone, Debug)]
pub struct Filled {
    /// The XML text.
    pub text: String,
    /// The way back to the templates.
    pub map: SourceMap,
    /// What was noticed on the way.
    pub warnings: Vec<Diagnostic>,
}

/// Leads from a byte of the filled text to the template that it came from.
#[derive(Clone, Debug, Default)]
pub struct SourceMap {
    /// Where a stretch of the filled text begins, and the template and byte it came from; sorted.
    stretches: Vec<(usize, Arc<SourceText>, usize)>,
}

impl SourceMap {
    /// Returns the place in the templates that a byte of the filled text came from.
    pub fn origin(&self, byte: usize) -> Option<Origin> {
        let index = self.stretches.partition_point(|(start, ..)| *start <= byte).checked_sub(1)?;
        let (start, source, from) = &self.stretches[index];
        let end = self.stretches.get(index + 1).map_or(usize::MAX, |(next, ..)| *next);
        let at = (from + (byte.min(end) - start)).min(source.text().len());
        Some(Origin::new(source, at..at))
    }
}

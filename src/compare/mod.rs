//! Compares two data files made for one pack: which figures differ, and which sentences of the report with
//! them.
//!
//! [`figures`] walks the two records side by side, [`sentences`] takes the two documents apart, and
//! [`change`] finds what of a sentence differs. [`pages`] holds a finished PDF against the pages that are made now.

mod change;
mod figures;
mod pages;
mod sentences;

pub use self::change::Part;
pub use self::pages::{FigureDifference, PageDifferences, compare_pages};
use crate::data::Record;
use crate::document::Document;

/// What differs between two data files and their reports.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Comparison {
    /// The figures that differ, in the new file's order; what was taken away stands where it stood.
    pub figures: Vec<FigureChange>,
    /// The sentences that differ, in reading order.
    pub sentences: Vec<SentenceChange>,
}

/// A figure that differs: it was changed, added (no old value) or taken away (no new one).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FigureChange {
    /// Its path in the new file, or in the old one when it was taken away.
    pub path: String,
    /// What it is called; an item of several has its number behind it.
    pub title: String,
    /// The department that answers for it.
    pub department: String,
    /// The old value as a report prints it.
    pub old: Option<String>,
    /// The new value as a report prints it.
    pub new: Option<String>,
}

/// A sentence that differs: it was changed, added (no old text) or taken away (no new one).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentenceChange {
    /// The headings that it stands under, the outermost first.
    pub headings: Vec<String>,
    /// The old sentence.
    pub old: Option<String>,
    /// The new sentence.
    pub new: Option<String>,
    /// What of it is the same and what differs, in order.
    pub parts: Vec<Part>,
    /// The data that differ and that it prints, before or now.
    pub paths: Vec<String>,
}

impl Comparison {
    /// Compares two records and the documents that were made of them.
    pub fn new(old: (&Record, &Document), new: (&Record, &Document)) -> Self {
        let figures = figures::compare(&old.0.root, &new.0.root);
        let sentences = sentences::compare(old.1, new.1, &figures);
        Self { figures, sentences }
    }

    /// Tells whether nothing differs.
    pub fn is_empty(&self) -> bool {
        self.figures.is_empty() && self.sentences.is_empty()
    }
}

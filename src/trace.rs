//! Follows each figure from the data file to its places in the finished pages, and back.
//!
//! The filled text carries each datum's path and layout keeps it with the letters; here the letters' places
//! are put together again where a line's end parted them, and joined with what the file and the schema say.

mod json;

use std::collections::HashMap;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::data::{Leaf, Record};
use crate::diag::{Position, SourceText};
use crate::page::Pages;
use crate::units::Rect;

/// Where each figure came from and where it went.
#[derive(Clone, Debug)]
pub struct Trace {
    /// The data file.
    pub source: Arc<SourceText>,
    /// Everything that the data file has, and in a draft what it lacks, in its order.
    pub data: Vec<Arc<Leaf>>,
    /// What is printed of it, in reading order; a datum that is printed twice is here twice.
    pub figures: Vec<Printed>,
}

/// A figure, or another datum, as it is printed in one place.
#[derive(Clone, Debug, PartialEq)]
pub struct Printed {
    /// The data that it prints, by their places in [`Trace::data`]: more than one where equal figures share a
    /// number (各5家).
    pub data: Vec<usize>,
    /// What is printed, such as `1234.50亿元`.
    pub text: String,
    /// Whether it is still to come.
    pub open: bool,
    /// Where: a place for each line that it stands on, one or more.
    pub places: Vec<Place>,
}

/// Where a figure, or the part of it that one line holds, is printed.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// The page, by the number that it bears.
    pub page: usize,
    /// The line of the type area, from 1.
    pub line: usize,
    /// What stands there.
    pub text: String,
    /// The box of its letters, from the page's top left corner.
    pub rect: Rect,
}

impl Trace {
    /// Joins a record with the pages that were made of it.
    pub fn new(record: &Record, pages: &Pages) -> Self {
        let mut data = Vec::new();
        record.root.for_each_leaf(&mut |leaf| data.push(Arc::clone(leaf)));
        // Paths are the schema's own; no data file makes one.
        let known: FxHashMap<&str, usize> =
            data.iter().enumerate().map(|(index, leaf)| (leaf.path.as_str(), index)).collect();
        let mut figures: Vec<Printed> = Vec::new();
        // The last part that was seen, and where the next one would begin in the filled text.
        let mut last = None;
        for placed in &pages.placed {
            let page = pages.pages.get(placed.page).map_or(placed.page + 1, |page| page.number);
            let (line, text, rect) = (placed.line, placed.text.clone(), placed.rect);
            let place = Place { page, line, text, rect };
            let datum = Arc::as_ptr(&placed.datum);
            match figures.last_mut().filter(|_| last == Some((datum, placed.offset))) {
                Some(printed) => {
                    printed.text.push_str(&placed.text);
                    printed.places.push(place);
                }
                None => figures.push(Printed {
                    data: placed.datum.paths.iter().filter_map(|path| known.get(&**path).copied()).collect(),
                    text: placed.text.clone(),
                    open: placed.datum.open,
                    places: vec![place],
                }),
            }
            last = Some((datum, placed.offset + placed.text.len()));
        }
        Self { source: Arc::clone(&record.source), data, figures }
    }

    /// Returns where a datum, by its place in [`Trace::data`], is printed, in reading order.
    pub fn printed(&self, datum: usize) -> impl Iterator<Item = &Printed> {
        self.figures.iter().filter(move |printed| printed.data.contains(&datum))
    }

    /// Returns the value as the data file gives it, `1234.5` or `"约70"` with its quotes; nothing for a value
    /// that the file does not have.
    pub fn given(&self, leaf: &Leaf) -> Option<&str> {
        self.source.text().get(leaf.span.clone()).filter(|given| !given.is_empty())
    }

    /// Returns the line and column of the value in the data file, or of its group where the file does not
    /// have it.
    pub fn position(&self, leaf: &Leaf) -> Position {
        self.source.position(leaf.span.start)
    }

    /// Returns the data that are still to come, by their places in [`Trace::data`]: first those that are
    /// printed, in reading order, then the others.
    pub fn open(&self) -> Vec<usize> {
        let mut open: Vec<usize> =
            (0..self.data.len()).filter(|datum| self.data[*datum].value.is_open()).collect();
        // Only a draft has any.
        if open.is_empty() {
            return open;
        }
        let first_printed: HashMap<usize, usize> = {
            let printed = self.figures.iter().enumerate().rev();
            printed.flat_map(|(nth, printed)| printed.data.iter().map(move |datum| (*datum, nth))).collect()
        };
        open.sort_by_key(|datum| first_printed.get(datum).copied().unwrap_or(usize::MAX));
        open
    }
}

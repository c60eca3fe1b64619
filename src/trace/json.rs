//! Writes a trace as JSON, for other programs. The shape is described in `docs/en/src/trace.md`; it changes only
//! with its version.

use std::collections::HashSet;

use serde::Serialize;

use super::{Place, Printed, Trace};
use crate::data::Leaf;
use crate::units::Abs;

/// The shape's name, which says its version.
const FORMAT: &str = "shizheng-trace/1";

/// The whole file.
#[derive(Serialize)]
struct File<'a> {
    format: &'static str,
    source: &'a str,
    pages: usize,
    draft: bool,
    figures: Vec<Figure<'a>>,
    not_printed: Vec<Datum<'a>>,
}

/// A printed figure.
#[derive(Serialize)]
struct Figure<'a> {
    printed: &'a str,
    open: bool,
    data: Vec<Datum<'a>>,
    places: Vec<Where<'a>>,
}

/// A value of the data file.
#[derive(Serialize)]
struct Datum<'a> {
    path: &'a str,
    title: &'a str,
    department: &'a str,
    unit: &'a str,
    given: Option<&'a str>,
    line: usize,
    column: usize,
}

/// A place in the pages.
#[derive(Serialize)]
struct Where<'a> {
    page: usize,
    line: usize,
    text: &'a str,
    box_mm: Box,
}

/// A box in millimetres from the page's top left corner.
#[derive(Serialize)]
struct Box {
    left: f64,
    top: f64,
    width: f64,
    height: f64,
}

impl Trace {
    /// Writes the trace as JSON; `pages` is how many pages the document has, `draft` whether it is one.
    pub fn to_json(&self, pages: usize, draft: bool) -> String {
        let printed: HashSet<usize> =
            self.figures.iter().flat_map(|printed| &printed.data).copied().collect();
        let unprinted = (0..self.data.len()).filter(|datum| !printed.contains(datum));
        let file = File {
            format: FORMAT,
            source: self.source.name(),
            pages,
            draft,
            figures: self.figures.iter().map(|printed| self.figure(printed)).collect(),
            not_printed: unprinted.map(|datum| self.datum(&self.data[datum])).collect(),
        };
        // Texts and finite numbers alone: there is nothing in it that JSON cannot hold.
        serde_json::to_string_pretty(&file).unwrap_or_default() + "\n"
    }

    fn figure<'a>(&'a self, printed: &'a Printed) -> Figure<'a> {
        Figure {
            printed: &printed.text,
            open: printed.open,
            data: printed.data.iter().map(|datum| self.datum(&self.data[*datum])).collect(),
            places: printed.places.iter().map(place).collect(),
        }
    }

    fn datum<'a>(&'a self, leaf: &'a Leaf) -> Datum<'a> {
        let position = self.position(leaf);
        Datum {
            path: &leaf.path,
            title: &leaf.field.title,
            department: &leaf.field.department,
            unit: &leaf.field.unit,
            given: self.given(leaf),
            line: position.line,
            column: position.column,
        }
    }
}

fn place(place: &Place) -> Where<'_> {
    // A thousandth of a millimetre is far below what any printer shows.
    let mm = |length: Abs| (length.to_mm() * 1000.0).round() / 1000.0;
    let (corner, size) = (place.rect.origin, place.rect.size);
    let box_mm =
        Box { left: mm(corner.x), top: mm(corner.y), width: mm(size.width), height: mm(size.height) };
    Where { page: place.page, line: place.line, text: &place.text, box_mm }
}

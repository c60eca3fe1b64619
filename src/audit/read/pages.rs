//! Finds the pages of a file, each with what it inherits: boxes, turning, resources.

use std::collections::HashSet;

use lopdf::{Dictionary, Object, ObjectId};

use super::file::{File, dictionary_of};
use super::matrix::Matrix;
use crate::units::{Abs, Size};

/// The most pages that are read.
const PAGE_LIMIT: usize = 5000;
/// The most places of the tree that are looked at, for many nodes may have one list of kids.
const VISITS: usize = 200_000;
/// How deeply a tree of pages may be nested.
const DEPTH: usize = 64;
/// A4, for a page that says nothing.
const A4: [f64; 4] = [0.0, 0.0, 595.276, 841.89];

/// A page before its content is read.
pub(super) struct Sheet<'a> {
    /// Its dictionary.
    pub(super) entry: &'a Dictionary,
    /// Where its fonts and forms are found.
    pub(super) resources: Option<&'a Dictionary>,
    /// What is shown of it, turned.
    pub(super) size: Size,
    /// From the file's coordinates to those from the page's top left corner, in points.
    pub(super) matrix: Matrix,
}

/// What a page has from the nodes above it.
#[derive(Clone, Copy, Default)]
struct Inherited<'a> {
    resources: Option<&'a Dictionary>,
    media: Option<[f64; 4]>,
    crop: Option<[f64; 4]>,
    turn: f64,
}

/// Returns the pages in their order, and whether there are more than are read or can be.
pub(super) fn find(file: &File) -> (Vec<Sheet<'_>>, bool) {
    let mut walk = Walk { file, sheets: Vec::new(), seen: HashSet::new(), visits: 0, incomplete: false };
    if let Some(root) = file.catalog().and_then(|catalog| catalog.get(b"Pages").ok()) {
        walk.visit(root, Inherited::default(), 0);
    }
    (walk.sheets, walk.incomplete)
}

struct Walk<'a> {
    file: &'a File,
    sheets: Vec<Sheet<'a>>,
    seen: HashSet<ObjectId>,
    visits: usize,
    incomplete: bool,
}

impl<'a> Walk<'a> {
    fn visit(&mut self, node: &'a Object, above: Inherited<'a>, depth: usize) {
        self.visits += 1;
        if depth > DEPTH || self.is_full() {
            self.incomplete = true;
            return;
        }
        // A node stands in one place of the tree; one that leads to itself would never end.
        if let Object::Reference(id) = node
            && !self.seen.insert(*id)
        {
            return;
        }
        let file = self.file;
        let Some(entry) = file.follow(node).and_then(dictionary_of) else {
            self.incomplete = true;
            return;
        };
        let own = Inherited {
            resources: file.dictionary(entry, b"Resources").or(above.resources),
            media: rectangle(file, entry, b"MediaBox").or(above.media),
            crop: rectangle(file, entry, b"CropBox").or(above.crop),
            turn: file.number(entry, b"Rotate").unwrap_or(above.turn),
        };
        match file.list(entry, b"Kids") {
            Some(kids) => {
                for kid in kids {
                    self.visit(kid, own, depth + 1);
                    if self.is_full() && self.incomplete {
                        break;
                    }
                }
            }
            None => self.sheets.push(sheet(file, entry, own)),
        }
    }

    fn is_full(&self) -> bool {
        self.sheets.len() >= PAGE_LIMIT || self.visits > VISITS
    }
}

fn rectangle(file: &File, entry: &Dictionary, key: &[u8]) -> Option<[f64; 4]> {
    let [a, b, c, d]: [f64; 4] = file.numbers(entry, key)?.try_into().ok()?;
    let sides = [a.min(c), b.min(d), a.max(c), b.max(d)];
    let sound = sides.iter().all(|side| side.is_finite() && side.abs() < 1e6);
    (sound && sides[2] - sides[0] >= 1.0 && sides[3] - sides[1] >= 1.0).then_some(sides)
}

fn sheet<'a>(file: &File, entry: &'a Dictionary, own: Inherited<'a>) -> Sheet<'a> {
    let media = own.media.unwrap_or(A4);
    // What a printing house cuts the sheet to is the page; a file for it shows more, the bleed.
    let crop = rectangle(file, entry, b"TrimBox").or(own.crop).unwrap_or(media);
    // What is cropped to beyond the medium is not there.
    let within = [crop[0].max(media[0]), crop[1].max(media[1]), crop[2].min(media[2]), crop[3].min(media[3])];
    let [left, low, right, high] =
        if within[2] - within[0] >= 1.0 && within[3] - within[1] >= 1.0 { within } else { media };
    let unit = file.number(entry, b"UserUnit").filter(|unit| (0.001..=1000.0).contains(unit)).unwrap_or(1.0);
    let (width, height) = ((right - left) * unit, (high - low) * unit);
    let flip = Matrix::shift(-left, -low).then(Matrix::new([unit, 0.0, 0.0, -unit, 0.0, height]));
    // What is no multiple of 90 turns nothing.
    let turn = if own.turn % 90.0 == 0.0 { own.turn } else { 0.0 };
    let quarters = (turn / 90.0).rem_euclid(4.0) as u8;
    let (matrix, width, height) = match quarters {
        1 => (flip.then(Matrix::new([0.0, 1.0, -1.0, 0.0, height, 0.0])), height, width),
        2 => (flip.then(Matrix::new([-1.0, 0.0, 0.0, -1.0, width, height])), width, height),
        3 => (flip.then(Matrix::new([0.0, -1.0, 1.0, 0.0, 0.0, width])), height, width),
        _ => (flip, width, height),
    };
    let size = Size::new(Abs::pt(width), Abs::pt(height));
    Sheet { entry, resources: own.resources, size, matrix }
}

//! Reads the headings and paragraphs that lie on their side with a table (8). What leads to such a table is turned
//! with it, and its numbers count among the others'.

use super::super::grid::Grid;
use super::super::lines::{Line, Sheet, gathered};
use super::super::seen::Glyph;
use super::super::standard::{BOTTOM, LEFT, RIGHT, TOP};
use crate::units::{Abs, Point};

/// The fewest glyphs of a page that lies on its side.
const ENOUGH: usize = 20;
/// How far a line may begin from where it belongs, in cells.
const NEAR: f64 = 0.8;

/// A turned line that begins where one of the text does.
pub(super) struct Turned {
    /// The line; it says where it stands on the upright page.
    pub(super) line: Line,
    /// Whether it begins flush, and not two characters in.
    pub(super) is_flush: bool,
}

/// Returns the lines of a page that lie on their side and are as large as the text, as they are read.
pub(super) fn lines(sheet: &Sheet, grid: &Grid) -> Vec<Turned> {
    if sheet.turned.len() < ENOUGH {
        return Vec::new();
    }
    let quarter = |glyph: &&Glyph, turn: f64| (glyph.turned - turn).abs() < 5.0;
    let against: Vec<&Glyph> = sheet.turned.iter().filter(|glyph| quarter(glyph, -90.0)).collect();
    let with: Vec<&Glyph> = sheet.turned.iter().filter(|glyph| quarter(glyph, 90.0)).collect();
    let upwards = against.len() >= with.len();
    let lying = if upwards { against } else { with };
    let upright = |at: Point| {
        if upwards { Point::new(BOTTOM - at.y, at.x - LEFT) } else { Point::new(at.y - TOP, RIGHT - at.x) }
    };
    let back = |at: Point| {
        if upwards { Point::new(at.y + LEFT, BOTTOM - at.x) } else { Point::new(RIGHT - at.y, at.x + TOP) }
    };
    let raised = lying.into_iter().cloned().map(|glyph| {
        let origin = upright(glyph.origin);
        Glyph { origin, ink: None, ..glyph }
    });
    let raised: Vec<Glyph> = raised.collect();
    let mut found = Vec::new();
    for (number, mut line) in gathered(sheet.number, raised.iter().collect()).into_iter().enumerate() {
        let offset = line.left() / grid.cell;
        let is_flush = offset.abs() < NEAR;
        if line.size < grid.size - super::body::SMALLER || !(is_flush || (offset - 2.0).abs() < NEAR) {
            continue;
        }
        for glyph in &mut line.glyphs {
            glyph.origin = back(glyph.origin);
        }
        line.baseline = line.glyphs.first().map_or(Abs::ZERO, |glyph| glyph.origin.y);
        line.number = sheet.lines.len() + number + 1;
        found.push(Turned { line, is_flush });
    }
    found
}

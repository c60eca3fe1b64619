//! Files for printing on both sides of the sheet, whose even pages have 订口 on the right.
//!
//! The standard gives one 订口, and a sheet has it on the left of its front and on the right of its back. Whether a
//! file is made so is read from where most of its pages stand; every page is then laid as if its 订口 were on the
//! left, so that each clause measures all pages alike. A page that stands as no other of its side does is off by
//! what the two margins differ.

use super::grid::usual_size;
use super::lines::{Line, Rule, Sheet};
use super::marks::is_opening;
use super::standard::{LEFT, SIZE_3, SIZE_4, WIDTH};
use crate::units::{Abs, Rect};

/// How far a page's edge may be from where its side has it, to tell the sides.
const NEAR: Abs = Abs::mm(0.7);
/// How many characters a line has at least that tells of the edge.
const LONG: usize = 10;

/// By how much the text of even pages stands further left than that of odd ones: 订口 of 28 mm less 切口 of 26.
const OFFSET: Abs = Abs::mm(2.0);

/// Returns by how much a page of a mirrored file stands further left than one with 订口 on the left.
pub(super) fn offset(sheet: &Sheet) -> Abs {
    let is_turned = sheet.size.width > sheet.size.height;
    if sheet.number.is_multiple_of(2) && !is_turned { OFFSET } else { Abs::ZERO }
}

/// Lays the pages of a mirrored file as if 订口 were on the left of all; tells whether the file is one.
pub(super) fn unfold(sheets: &mut [Sheet]) -> bool {
    let is_mirrored = is_mirrored(sheets);
    if is_mirrored {
        for sheet in sheets {
            let by = offset(sheet);
            shift(sheet, by);
        }
    }
    is_mirrored
}

/// Where most pages of a side stand.
#[derive(Clone, Copy, Default)]
struct Votes {
    left: usize,
    right: usize,
}

fn is_mirrored(sheets: &[Sheet]) -> bool {
    let Some(size) = usual_size(sheets) else { return false };
    let (mut odd, mut even) = (Votes::default(), Votes::default());
    for sheet in sheets.iter().filter(|sheet| sheet.size.width < sheet.size.height) {
        let own = of_page(sheet, size);
        let votes = if sheet.number.is_multiple_of(2) { &mut even } else { &mut odd };
        votes.left += usize::from(own.left > own.right);
        votes.right += usize::from(own.right > own.left);
    }
    // A file whose pages all stand too far left is no mirrored one.
    even.right > even.left && odd.left >= odd.right
}

/// Counts what on a page stands as with 订口 on the left, and what as with it on the right.
fn of_page(sheet: &Sheet, size: Abs) -> Votes {
    let cell = WIDTH / 28.0;
    let is_text = |line: &&Line| {
        (line.size - size).abs() < Abs::pt(0.6) && line.glyphs.len() >= LONG && !is_opening(line.first())
    };
    let turned = sheet.lines.iter().filter(is_text).map(Line::left);
    let first = sheet.lines.iter().filter(is_text).map(|line| line.left() - cell * 2.0);
    let rules = sheet.rules.iter().filter(|rule| (rule.length() - WIDTH).abs() < Abs::mm(1.0));
    let edges = turned.chain(first).chain(rules.map(Rule::left));
    let votes = edges.fold(Votes::default(), Votes::with);
    if votes.left + votes.right > 0 || !sheet.number.is_multiple_of(2) {
        return votes;
    }
    // Nothing but the page number: on even pages it stands one character in from the left.
    let number =
        sheet.lines.last().filter(|line| line.size < SIZE_3 && line.middle > sheet.size.height * 0.882);
    let dash = number.and_then(|line| line.glyphs.first());
    let cell = dash.map(|dash| match dash.ink {
        Some(ink) => ink.origin.x + ink.size.width / 2.0 - dash.size / 2.0,
        None => dash.origin.x,
    });
    cell.map(|cell| cell - SIZE_4).into_iter().fold(votes, Votes::with)
}

impl Votes {
    fn with(mut self, edge: Abs) -> Self {
        self.left += usize::from((edge - LEFT).abs() < NEAR);
        self.right += usize::from((edge - LEFT + OFFSET).abs() < NEAR);
        self
    }
}

fn shift(sheet: &mut Sheet, by: Abs) {
    let shifted = |bounds: &mut Rect| bounds.origin.x += by;
    let glyphs = sheet.lines.iter_mut().flat_map(|line| &mut line.glyphs).chain(&mut sheet.turned);
    for glyph in glyphs {
        glyph.origin.x += by;
        if let Some(ink) = &mut glyph.ink {
            shifted(ink);
        }
    }
    for rule in sheet.rules.iter_mut().chain(&mut sheet.uprights) {
        shifted(&mut rule.bounds);
    }
    for (bounds, _) in &mut sheet.grounds {
        shifted(bounds);
    }
    for picture in &mut sheet.pictures {
        shifted(picture);
    }
}

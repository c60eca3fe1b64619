//! The colours of text and rules (5.2.4, 6.1, 6.2).

use super::super::clauses::{COLOUR, GROUND, INK};
use super::super::report::{Grade, Ledger, Place};
use super::super::roles::Role;
use super::super::seen::{Colour, Glyph};
use super::Case;
use crate::diag::Text;
use crate::units::Abs;

/// The least that a ground measures on either side.
const GROUND_SIZE: Abs = Abs::mm(3.0);

/// Judges all colours.
pub(super) fn judge(ledger: &mut Ledger, case: &Case<'_>) {
    for sheet in &case.doc.sheets {
        let mut inks = Inks::default();
        for line in &sheet.lines {
            let may_be_red = case.doc.role(line) == Some(Role::Mark);
            let wrong = line.glyphs.iter().find(|glyph| !is_right(glyph.colour, may_be_red));
            let place = wrong.map_or_else(|| Place::from(line), |glyph| Place::glyph(line, glyph));
            ledger.check(&COLOUR, wrong.is_none(), place, || colour(wrong));
            for glyph in &line.glyphs {
                inks.see(glyph.colour, Place::glyph(line, glyph));
            }
        }
        for glyph in &sheet.turned {
            let place = Place::point(sheet.number, glyph.origin);
            ledger.check(&COLOUR, is_right(glyph.colour, false), place.clone(), || colour(Some(glyph)));
            inks.see(glyph.colour, place);
        }
        for rule in sheet.rules.iter().chain(&sheet.uprights) {
            inks.see(rule.colour, Place::rule(sheet.number, rule));
        }
        inks.judge(ledger);
        for (bounds, colour) in &sheet.grounds {
            let size = bounds.size;
            if size.width < GROUND_SIZE || size.height < GROUND_SIZE || colour.is_red() {
                continue;
            }
            let inside = |glyph: &Glyph| {
                let (x, y) = (glyph.origin.x - bounds.origin.x, glyph.origin.y - bounds.origin.y);
                x >= Abs::ZERO && y >= Abs::ZERO && x <= size.width && y <= size.height
            };
            // The labels of a chart may stand on its bars; the text stands on paper.
            let text = sheet.lines.iter().filter(|line| line.size > case.doc.grid.size - Abs::pt(1.2));
            if text.flat_map(|line| &line.glyphs).any(inside) {
                ledger.check(&GROUND, false, Place::point(sheet.number, bounds.origin), || {
                    let colour = colour.describe();
                    Text::both(format!("文字下有底色{colour}"), format!("text on a ground of {colour}"))
                });
            }
        }
        ledger.test(&GROUND);
    }
}

fn is_right(colour: Colour, may_be_red: bool) -> bool {
    colour.is_black() || (may_be_red && colour.is_red())
}

fn colour(glyph: Option<&Glyph>) -> Text {
    let colour = glyph.map_or(Colour::Other, |glyph| glyph.colour).describe();
    Text::both(format!("文字颜色是{colour}"), format!("text in {colour}"))
}

/// The first black and the first red of a page that is not the standard's.
#[derive(Default)]
struct Inks {
    seen: bool,
    black: Option<(Colour, Place)>,
    red: Option<(Colour, Place)>,
}

impl Inks {
    fn see(&mut self, colour: Colour, place: Place) {
        self.seen = true;
        if colour.is_black() && !colour.is_pure_black() && self.black.is_none() {
            self.black = Some((colour, place));
        } else if colour.is_red() && !colour.is_standard_red() && self.red.is_none() {
            self.red = Some((colour, place));
        }
    }

    fn judge(self, ledger: &mut Ledger) {
        if !self.seen {
            return;
        }
        ledger.test(&INK);
        for (found, wanted) in [(self.black, "K100"), (self.red, "M80 Y80")] {
            if let Some((colour, place)) = found {
                // What a screen shows as black or red; a press mixes it of several inks.
                ledger.grade(&INK, Grade::Practice, place, || {
                    let colour = colour.describe();
                    Text::both(
                        format!("颜色是{colour}，应为{wanted}"),
                        format!("{colour}, expected {wanted}"),
                    )
                });
            }
        }
    }
}

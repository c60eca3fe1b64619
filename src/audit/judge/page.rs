//! The page, its margins and the type area (5.1, 5.2.1), and tables that lie on their side (8).

use super::super::Kind;
use super::super::clauses::{LANDSCAPE, MARGINS, PAGE_SIZE, TYPE_AREA};
use super::super::lines::{Line, Sheet, median};
use super::super::marks::{is_closing, is_opening};
use super::super::report::{Grade, Ledger, Place, lengths, mm};
use super::super::roles::Role;
use super::super::seen::Seen;
use super::super::standard::{BOTTOM, LEFT, RIGHT, TOLERANCE, TOP, WIDTH};
use super::{Case, UNTURNED, special};
use crate::diag::Text;
use crate::units::Abs;

/// The fewest lines that edges are measured from.
const ENOUGH: usize = 3;

/// Judges the sizes of the pages, which takes no text.
pub(super) fn sizes(ledger: &mut Ledger, seen: &Seen) {
    for page in &seen.pages {
        let (width, height) = (page.size.width, page.size.height);
        let (short, long) = (width.min(height), width.max(height));
        let near = |length: Abs, wanted: f64| (length - Abs::mm(wanted)).abs() <= Abs::mm(0.5);
        ledger.check(&PAGE_SIZE, near(short, 210.0) && near(long, 297.0), Place::page(page.number), || {
            let measured = format!("{}×{}", mm(width), mm(height));
            Text::both(
                format!("页面{measured}，应为210 mm×297 mm"),
                format!("page {measured}, expected 210 mm × 297 mm"),
            )
        });
    }
}

/// Judges margins, type area and landscape tables.
pub(super) fn judge(ledger: &mut Ledger, case: &Case<'_>) {
    margins(ledger, case);
    area(ledger, case);
    for sheet in &case.doc.sheets {
        landscape(ledger, case, sheet);
    }
}

fn margins(ledger: &mut Ledger, case: &Case<'_>) {
    let grid = &case.doc.grid;
    if grid.lines < ENOUGH {
        ledger.skip(&MARGINS, "正文行太少，量不出", "too few lines of text to measure");
    } else if grid.is_left_known {
        binding(ledger, case);
    } else {
        ledger.skip(&MARGINS, UNTURNED.0, UNTURNED.1);
    }
    if grid.lines >= ENOUGH && grid.is_left_known && grid.is_wide_known {
        let first = case.doc.of(Role::Paragraph).next();
        let place = first.map_or_else(Place::default, |block| Place::from(block.first()));
        let width = grid.right - grid.left;
        ledger.within(&TYPE_AREA, place, ("正文宽", "width of the text"), width, WIDTH, TOLERANCE);
    }
    for sheet in case.doc.sheets.iter().filter(|sheet| !case.doc.is_landscape(sheet.number)) {
        let Some(first) = sheet.lines.first() else { continue };
        // A title or a mark may stand lower; text that goes on from page to page may not.
        let goes_on = matches!(case.doc.role(first), Some(Role::Paragraph | Role::AttachmentLabel));
        if goes_on && (sheet.number > 1 || case.doc.kind == Kind::Report) {
            let what = ("首行上边距纸边", "top of the first line from the edge");
            // Office programs put what a line is apart from the next one above the first line too.
            let lead = case.doc.pitch() - first.size;
            let grade = Grade::of(first.top(), TOP, TOLERANCE, (TOP - TOLERANCE, TOP + lead + TOLERANCE));
            ledger.grade(&MARGINS, grade, first, || lengths(what, first.top(), TOP));
        }
    }
}

/// Judges 订口 page by page, where enough lines turn over to tell it, else by the text as a whole.
fn binding(ledger: &mut Ledger, case: &Case<'_>) {
    if case.doc.mirrored {
        ledger.note(
            &MARGINS,
            Place::default(),
            Text::both(
                "双面印制，双页的订口在右",
                "made for both sides of the sheet: the binding edge of even pages is on the right",
            ),
        );
    }
    let what = ("正文左边距纸边", "text from the left edge");
    let turned = case.doc.of(Role::Paragraph).flat_map(|block| &block.lines[1..]);
    let turned: Vec<&Line> = turned.filter(|line| !is_opening(line.first())).collect();
    let mut judged = false;
    for page in 1..=case.doc.sheets.len() {
        let own: Vec<&Line> = turned.iter().copied().filter(|line| line.page == page).collect();
        let edges = own.iter().map(|line| line.left().to_pt()).collect();
        let Some(edge) = median(edges).filter(|_| own.len() >= ENOUGH && !case.doc.is_landscape(page)) else {
            continue;
        };
        let shift = case.doc.shift(page);
        ledger.within(&MARGINS, own[0], what, Abs::pt(edge) - shift, LEFT - shift, TOLERANCE);
        judged = true;
    }
    if !judged {
        let first = case.doc.of(Role::Paragraph).next();
        let place = first.map_or_else(Place::default, |block| Place::from(block.first()));
        ledger.within(&MARGINS, place, what, case.doc.grid.left, LEFT, TOLERANCE);
    }
}

fn area(ledger: &mut Ledger, case: &Case<'_>) {
    for sheet in case.doc.sheets.iter().filter(|sheet| !case.doc.is_landscape(sheet.number)) {
        // The worst of each side stands for the page.
        let mut worst: [Option<(Abs, &Line)>; 4] = [None; 4];
        let foot = special::foot(case, sheet);
        for line in &sheet.lines {
            let is_mark = case.doc.role(line) == Some(Role::Mark);
            let above_rule = case.doc.kind == Kind::Letter && is_mark;
            let half = |is_blank: bool| if is_blank { line.size / 2.0 } else { Abs::ZERO };
            let left = line.left() + half(is_opening(line.first()));
            let right = line.right() - half(is_closing(line.last()));
            let top = if above_rule { Abs::ZERO } else { TOP - line.top() };
            let beyond = [LEFT - left, top, right - RIGHT, line.bottom() - foot];
            ledger.test(&TYPE_AREA);
            for (side, beyond) in worst.iter_mut().zip(beyond) {
                if beyond > TOLERANCE && side.is_none_or(|(most, _)| beyond > most) {
                    *side = Some((beyond, line));
                }
            }
        }
        let names = [("左", "left"), ("上", "top"), ("右", "right"), ("下", "bottom")];
        for (side, (zh, en)) in worst.into_iter().zip(names) {
            if let Some((beyond, line)) = side {
                ledger.check(&TYPE_AREA, false, line, || {
                    Text::both(
                        format!("超出版心{zh}边{}", mm(beyond)),
                        format!("{} beyond the type area's {en} edge", mm(beyond)),
                    )
                });
            }
        }
    }
}

/// Judges a page whose text lies on its side. Seen with the page upright, the head of a table is on the left, the
/// binding edge of odd pages, when the text is turned by a quarter against the clock; on even pages the same turn
/// has it on the left too, which is their fore edge.
fn landscape(ledger: &mut Ledger, case: &Case<'_>, sheet: &Sheet) {
    if case.doc.is_landscape(sheet.number) {
        ledger.check(&LANDSCAPE, !case.exact, Place::page(sheet.number), || {
            Text::both(
                "整个页面横放，页码跟着转了方向",
                "the page itself is turned, and its page number with it",
            )
        });
        return;
    }
    let turns = sheet.turned.iter().map(|glyph| glyph.turned).collect::<Vec<f64>>();
    let (count, Some(turn)) = (turns.len(), median(turns)) else { return };
    if count < 20 || sheet.lines.len() > count / 4 {
        return;
    }
    let place = Place::page(sheet.number);
    ledger.check(&LANDSCAPE, (turn + 90.0).abs() < 5.0, place, || {
        Text::both(
            format!("横排的表转了{turn:.0}°，应逆时针转90°"),
            format!("the table is turned by {turn:.0}°, expected 90° against the clock"),
        )
    });
    if let Some(folio) = case.doc.folios.get(sheet.number - 1) {
        ledger.check(&LANDSCAPE, folio.is_some(), Place::page(sheet.number), || {
            Text::both("页码不在公文其他页的位置", "the page number is not where the other pages have it")
        });
    }
    let lowest = sheet.turned.iter().fold(Abs::ZERO, |low, glyph| low.max(glyph.origin.y));
    let what = ("横排的表下边距纸上边", "the table's lower end from the page's top");
    ledger.check(&LANDSCAPE, lowest <= BOTTOM + TOLERANCE, Place::page(sheet.number), || {
        lengths(what, lowest, BOTTOM)
    });
}

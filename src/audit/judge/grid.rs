//! The lines of a page and the characters of a line (5.2.3).

use std::collections::HashMap;

use super::super::clauses::{COLUMNS as COLUMNS_CLAUSE, FLUSH, PITCH as PITCH_CLAUSE, ROWS as ROWS_CLAUSE};
use super::super::lines::{Line, median};
use super::super::marks::is_closing;
use super::super::report::{Grade, Ledger, Place, lengths, mm, pt};
use super::super::roles::Role;
use super::super::standard::{BOTTOM, COLUMNS, HEIGHT, ROWS, TOLERANCE, TOP};
use super::{Case, UNTURNED};
use crate::diag::Text;
use crate::units::Abs;

/// The fewest lines that a grid is measured from.
const ENOUGH: usize = 5;

/// Judges the grid.
pub(super) fn judge(ledger: &mut Ledger, case: &Case<'_>) {
    let grid = &case.doc.grid;
    if grid.lines < ENOUGH {
        for clause in [&COLUMNS_CLAUSE, &ROWS_CLAUSE, &PITCH_CLAUSE] {
            ledger.skip(clause, "正文行太少，量不出", "too few lines of text to measure");
        }
    } else {
        if grid.is_wide_known {
            columns(ledger, case);
        } else {
            ledger.skip(&COLUMNS_CLAUSE, UNTURNED.0, UNTURNED.1);
        }
        rows(ledger, case);
    }
    even(ledger, case);
    if grid.is_wide_known {
        flush(ledger, case);
    } else {
        ledger.skip(&FLUSH, UNTURNED.0, UNTURNED.1);
    }
}

fn columns(ledger: &mut Ledger, case: &Case<'_>) {
    let grid = &case.doc.grid;
    let width = grid.right - grid.left;
    let held = ((width + grid.cell - grid.size + Abs::pt(0.8)) / grid.cell).floor();
    ledger.check(&COLUMNS_CLAUSE, (held - COLUMNS as f64).abs() < 0.5, Place::default(), || {
        let (cell, width) = (pt(grid.cell), mm(width));
        Text::both(
            format!("每行{held}字（字距{cell}，行宽{width}），应为{COLUMNS}字"),
            format!("{held} characters to a line ({cell} each in {width}), expected {COLUMNS}"),
        )
    });
}

fn rows(ledger: &mut Ledger, case: &Case<'_>) {
    let grid = &case.doc.grid;
    let Some(pitch) = pitch(case) else {
        return ledger.skip(&ROWS_CLAUSE, "没有相连的两行，量不出行距", "no two lines follow one another");
    };
    let held = ((HEIGHT - grid.size + Abs::pt(0.8)) / pitch).floor() + 1.0;
    let grade = if (held - ROWS as f64).abs() < 0.5 {
        Grade::Exact
    } else if pitch >= Abs::pt(27.9) && pitch <= Abs::pt(30.1) {
        Grade::Practice
    } else {
        Grade::Off
    };
    ledger.grade(&ROWS_CLAUSE, grade, Place::default(), || {
        let pitch = pt(pitch);
        Text::both(
            format!("行距{pitch}，版心可排{held}行，应为{ROWS}行"),
            format!("{pitch} from line to line, so that {held} lines fill the type area, expected {ROWS}"),
        )
    });
    if grade == Grade::Exact {
        filled(ledger, case, pitch);
    }
}

/// The last lines of the text that stand with what signs it, where no page parts a paragraph's last line.
const WITH_SIGNATURE: usize = 2;

/// A page whose paragraph goes on over the page is full but for one line, which the next page may need; or its last lines
/// have gone to the signature, which stands on no page without text (7.3.5.5).
fn filled(ledger: &mut Ledger, case: &Case<'_>, pitch: Abs) {
    for (at, block) in case.doc.blocks.iter().enumerate().filter(|(_, block)| block.role == Role::Paragraph) {
        let page = block.last().page;
        let overleaf = block.lines.iter().filter(|line| line.page == page).count();
        let is_signed = case.doc.blocks.get(at + 1).is_some_and(|next| {
            matches!(next.role, Role::AttachmentNote | Role::Signature | Role::Date)
                && next.first().page == page
        });
        let goes_with_signature = is_signed && overleaf <= WITH_SIGNATURE;
        for pair in block.lines.windows(2).filter(|pair| pair[0].page != pair[1].page) {
            let last = &pair[0];
            let sheet = &case.doc.sheets[last.page - 1];
            if sheet.lines.last().is_none_or(|line| line.number != last.number) {
                continue;
            }
            let row = ((last.top() - TOP) / pitch).round() + 1.0;
            let is_full = row >= (ROWS - 1) as f64 || (goes_with_signature && pair[1].page == page);
            ledger.check(&ROWS_CLAUSE, is_full, last, || {
                Text::both(
                    format!("正文接排到下一面，本面却只排到第{row}行"),
                    format!("the text goes on overleaf, but ends on row {row} here"),
                )
            });
            if row >= ROWS as f64 {
                let what = ("末行下边距纸上边", "the last line's lower edge from the page's top");
                // At a tighter pitch the rows are there, if they do not fill the area.
                let grade = Grade::of(last.bottom(), BOTTOM, TOLERANCE, (BOTTOM - pitch, BOTTOM + TOLERANCE));
                ledger.grade(&ROWS_CLAUSE, grade, last, || lengths(what, last.bottom(), BOTTOM));
            }
        }
    }
}

/// The steps from line to line of paragraphs, by page, each with its lower line.
fn steps<'a>(case: &Case<'a>) -> HashMap<usize, Vec<(Abs, &'a Line)>> {
    let mut steps: HashMap<usize, Vec<(Abs, &Line)>> = HashMap::new();
    for block in case.doc.of(Role::Paragraph) {
        for pair in block.lines.windows(2).filter(|pair| pair[0].page == pair[1].page) {
            steps.entry(pair[1].page).or_default().push((pair[1].middle - pair[0].middle, &pair[1]));
        }
    }
    steps
}

/// Tells whether the lines of a page may give way where seal and date would not find room (7.3.5.5).
fn gives_way(case: &Case<'_>, page: usize) -> bool {
    case.doc.of(Role::Date).any(|date| date.first().page == page)
}

/// Returns how far the lines stand apart: where the last page has most of them and they gave way, as on the pages before.
fn pitch(case: &Case<'_>) -> Option<Abs> {
    let common = case.doc.grid.pitch?;
    let steps = steps(case);
    let is_close = |step: &Abs| (*step - common).abs() <= Abs::mm(0.2);
    let other = steps.iter().filter(|(page, _)| !gives_way(case, **page));
    let other: Vec<Abs> = other.flat_map(|(_, steps)| steps.iter().map(|(step, _)| *step)).collect();
    if other.iter().any(is_close) {
        return Some(common);
    }
    let other = median(other.into_iter().map(Abs::to_pt).collect()).map(Abs::pt);
    // Lines that give way come closer together.
    other.filter(|other| *other > common).or(Some(common))
}

fn even(ledger: &mut Ledger, case: &Case<'_>) {
    let Some(pitch) = pitch(case) else {
        return ledger.skip(&PITCH_CLAUSE, "没有相连的两行，量不出行距", "no two lines follow one another");
    };
    let tolerance = case.tolerance(Abs::mm(0.2), Abs::mm(0.5));
    let steps = steps(case);
    for (page, steps) in steps {
        let own = median(steps.iter().map(|(step, _)| step.to_pt()).collect()).map_or(pitch, Abs::pt);
        if !gives_way(case, page) {
            ledger.check(&PITCH_CLAUSE, (own - pitch).abs() <= tolerance, Place::page(page), || {
                lengths(("这一面行距", "lines of this page apart by"), own, pitch)
            });
        }
        for (step, line) in &steps {
            ledger.check(&PITCH_CLAUSE, (*step - own).abs() <= tolerance, *line, || {
                lengths(("与上一行相距", "below the line above"), *step, own)
            });
        }
    }
}

fn flush(ledger: &mut Ledger, case: &Case<'_>) {
    let right = case.doc.grid.right;
    let tolerance = case.tolerance(Abs::pt(0.5), Abs::pt(1.5));
    for block in case.doc.of(Role::Paragraph) {
        for (number, line) in block.lines.iter().enumerate() {
            let turns = number + 1 < block.lines.len();
            let Some(glyph) = line.glyphs.last() else { continue };
            // A mark at the end takes its whole cell or half of it (GB/T 15834, 5.1.10).
            let whole = glyph.end();
            let blank = is_closing(line.last()) && glyph.advance > glyph.size * 0.9;
            let least = if blank { whole - glyph.size / 2.0 } else { whole };
            let hangs = least > right + tolerance;
            let short = turns && whole < right - tolerance;
            ledger.check(&FLUSH, !hangs && !short, Place::glyph(line, glyph), || {
                let (zh, en) = if hangs { ("悬出右边", "beyond") } else { ("距右边", "short of") };
                let by = mm(if hangs { least - right } else { right - whole });
                Text::both(format!("行末{zh}{by}"), format!("the line ends {by} {en} the right edge"))
            });
        }
    }
}

//! 信函, 命令（令） and 纪要 (10).

use super::super::Kind;
use super::super::clauses::{
    ATTENDANCE, LETTER_FOLIO, LETTER_MARK, LETTER_NUMBER, LETTER_RULES, MINUTES_MARK, ORDER_MARK,
    ORDER_NUMBER,
};
use super::super::faces::Face;
use super::super::lines::{Rule, Sheet, mean};
use super::super::report::{Ledger, Place, lengths};
use super::super::roles::{Block, Role};
use super::super::standard::{BOTTOM, RIGHT, SEVEN_EIGHTHS, SIZE_3, TOLERANCE, TOP};
use super::Case;
use super::attachments::{above, size_and_face};
use super::body::wrong_face;
use super::head::{below, ink, mark, number_form};
use super::title::{ONE_LINE, TWO_LINES, blank, centred};
use crate::diag::Text;
use crate::units::Abs;

/// The length of a letter's rules.
const LONG: Abs = Abs::mm(170.0);

/// Judges what a special format asks.
pub(super) fn judge(ledger: &mut Ledger, case: &Case<'_>) {
    match case.doc.kind {
        Kind::Letter => letter(ledger, case),
        Kind::Order => order(ledger, case),
        Kind::Minutes => minutes(ledger, case),
        Kind::Report | Kind::Document => {}
    }
}

/// Returns the pairs of red rules of a letter, the upper one and the lower one of each.
fn pairs(sheet: &Sheet) -> Vec<(&Rule, &Rule)> {
    let reds: Vec<&Rule> =
        sheet.rules.iter().filter(|rule| rule.colour.is_red() && rule.length() > Abs::mm(100.0)).collect();
    let near = |pair: &&[&Rule]| pair[1].top() - pair[0].bottom() < Abs::mm(2.5);
    reds.windows(2).filter(near).map(|pair| (pair[0], pair[1])).collect()
}

/// Returns how far down the text of a page may reach: on the first page of a letter to its lower double rule, from
/// which a line keeps seven eighths of a character (10.1).
pub(super) fn foot(case: &Case<'_>, sheet: &Sheet) -> Abs {
    match pairs(sheet).as_slice() {
        [_, .., (upper, _)] if case.doc.kind == Kind::Letter && sheet.number == 1 => {
            BOTTOM.max(upper.top() - SEVEN_EIGHTHS)
        }
        _ => BOTTOM,
    }
}

fn letter(ledger: &mut Ledger, case: &Case<'_>) {
    mark(ledger, case, &LETTER_MARK, Abs::mm(30.0));
    let sheet = &case.doc.sheets[0];
    let pairs = pairs(sheet);
    let count = pairs.len();
    ledger.check(&LETTER_RULES, count == 2, Place::page(1), || {
        Text::both(
            format!("首页有{count}条红色双线，应为2条"),
            format!("{count} red double rules on page 1, expected 2"),
        )
    });
    for (number, (upper, lower)) in pairs.iter().enumerate() {
        let place = || Place::rule(1, upper);
        for rule in [upper, lower] {
            ledger.within(&LETTER_RULES, place(), ("线长", "length"), rule.length(), LONG, TOLERANCE);
            let (middle, centre) = (mean(rule.left(), rule.right()), sheet.size.width / 2.0);
            ledger.within(
                &LETTER_RULES,
                place(),
                ("中线距纸左边", "middle from the left edge"),
                middle,
                centre,
                TOLERANCE,
            );
        }
        let thick_first = upper.height() > lower.height();
        ledger.check(&LETTER_RULES, thick_first == (number == 0), place(), || {
            let (zh, en) = if number == 0 {
                ("上粗下细", "thick over thin")
            } else {
                ("上细下粗", "thin over thick")
            };
            Text::both(format!("双线应{zh}"), format!("expected {en}"))
        });
    }
    if let (Some((upper, _)), Some(block)) = (pairs.first(), case.doc.one(Role::Mark)) {
        let found = [ink(block)[3], block.last().bottom()].map(|bottom| upper.top() - bottom);
        let holds = found.iter().any(|found| (*found - Abs::mm(4.0)).abs() <= TOLERANCE);
        ledger.check(&LETTER_RULES, holds, Place::rule(1, upper), || {
            lengths(("在标志下", "below the mark by"), found[0], Abs::mm(4.0))
        });
    }
    if let [_, .., (upper, lower)] = pairs.as_slice() {
        let edges = [upper.top(), mean(upper.top(), lower.bottom()), lower.bottom()];
        let found = edges.map(|edge| sheet.size.height - edge);
        let holds = found.iter().any(|found| (*found - Abs::mm(20.0)).abs() <= TOLERANCE);
        ledger.check(&LETTER_RULES, holds, Place::rule(1, upper), || {
            lengths(("距下页边", "above the page's bottom by"), found[2], Abs::mm(20.0))
        });
    }
    if let Some(line) = sheet.lines.last().filter(|line| line.bottom() > BOTTOM + TOLERANCE)
        && let [_, .., (upper, _)] = pairs.as_slice()
    {
        let what = ("末行在下方双线上", "the last line above the lower double rule by");
        let found = upper.top() - line.bottom();
        ledger.within(&LETTER_RULES, line, what, found, SEVEN_EIGHTHS, TOLERANCE);
    }
    letter_number(ledger, case, pairs.first().map(|pair| pair.1));
    ledger.check(&LETTER_FOLIO, case.doc.folios[0].is_none(), Place::page(1), || {
        Text::both("首页有页码", "there is a page number on page 1")
    });
}

fn letter_number(ledger: &mut Ledger, case: &Case<'_>, rule: Option<&Rule>) {
    let Some(block) = case.doc.one(Role::Number) else {
        return ledger.skip(&LETTER_NUMBER, "没有发文字号", "there is no 发文字号");
    };
    let line = block.first();
    // 份号 may stand on the same row.
    let start = line.text.iter().position(|character| !character.is_ascii_digit()).unwrap_or(0);
    let mut own = line.clone();
    own.glyphs.drain(..start);
    own.text.drain(..start);
    number_form(ledger, &LETTER_NUMBER, &own);
    let inset = RIGHT - line.right();
    ledger.within(&LETTER_NUMBER, line, ("右空", "from the right by"), inset, Abs::ZERO, TOLERANCE);
    if let Some(rule) = rule {
        let found = line.top() - rule.bottom();
        let what = ("在双线下", "below the double rule by");
        ledger.within(&LETTER_NUMBER, line, what, found, SEVEN_EIGHTHS, TOLERANCE);
    }
}

fn order(ledger: &mut Ledger, case: &Case<'_>) {
    mark(ledger, case, &ORDER_MARK, TOP + Abs::mm(20.0));
    let Some(block) = case.doc.one(Role::Number) else {
        return ledger
            .check(&ORDER_NUMBER, false, Place::page(1), || Text::both("找不到令号", "no number is found"));
    };
    let line = block.first();
    centred(ledger, case, &ORDER_NUMBER, line);
    if let Some(mark) = case.doc.one(Role::Mark) {
        below(ledger, case, &ORDER_NUMBER, mark, line);
    }
    if let Some(text) = case.doc.one(Role::Paragraph).map(Block::first).filter(|text| text.page == line.page)
    {
        let found = (text.top() - line.bottom()) / case.doc.pitch();
        ledger.check(&ORDER_NUMBER, found >= TWO_LINES.0 && found <= TWO_LINES.1, text, || blank(found, 2));
    }
}

fn minutes(ledger: &mut Ledger, case: &Case<'_>) {
    mark(ledger, case, &MINUTES_MARK, TOP + Abs::mm(35.0));
    let mut blocks = case.doc.of(Role::Attendance).peekable();
    if blocks.peek().is_none() {
        ledger.skip(&ATTENDANCE, "没有出席人员名单", "there is no list of those present");
    }
    for (number, block) in blocks.enumerate() {
        attendance(ledger, case, block, number == 0);
    }
}

fn attendance(ledger: &mut Ledger, case: &Case<'_>, block: &Block, is_first: bool) {
    let (first, grid) = (block.first(), &case.doc.grid);
    size_and_face(ledger, case, &ATTENDANCE, first, SIZE_3, Face::Hei, "黑体");
    let offset = first.left() - grid.left;
    ledger.within(&ATTENDANCE, first, ("左空", "in by"), offset, grid.cell * 2.0, TOLERANCE);
    if let Some(glyph) = first.glyphs.get(3)
        && let Some(face) = case.doc.face(glyph.font)
    {
        let place = Place::glyph(first, glyph);
        ledger.check(&ATTENDANCE, face == Face::FangSong, place, || {
            wrong_face(face, case.doc.font(glyph.font), "仿宋体")
        });
    }
    let Some(name) = first.glyphs.get(3).map(|glyph| glyph.origin.x) else { return };
    for line in &block.lines[1..] {
        let what = ("回行首字距纸左边", "the turned line from the left edge");
        ledger.within(&ATTENDANCE, line, what, line.left(), name, Abs::mm(1.5));
    }
    if let Some(above) = above(case, block).filter(|above| is_first && above.last().page == first.page) {
        let found = (first.top() - above.last().bottom()) / case.doc.pitch();
        ledger.check(&ATTENDANCE, found >= ONE_LINE.0 && found <= ONE_LINE.1, first, || blank(found, 1));
    }
}

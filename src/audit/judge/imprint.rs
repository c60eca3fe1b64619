//! 版记 (7.4).

use super::super::Kind;
use super::super::clauses::{IMPRINT_PAGE, IMPRINT_RULES, IMPRINT_TEXT, ISSUE, LETTER_IMPRINT};
use super::super::faces::Face;
use super::super::lines::{Line, Rule, mean};
use super::super::marks::{date, is_closing, is_opening};
use super::super::report::{Ledger, Place, lengths};
use super::super::roles::{Imprint, Role};
use super::super::standard::{BOTTOM, SIZE_4, TOLERANCE, WIDTH};
use super::Case;
use super::attachments::size_and_face;
use crate::diag::Text;
use crate::units::Abs;

/// How far a rule's thickness may be from what is recommended.
const THICKNESS: Abs = Abs::mm(0.05);

/// Judges 版记.
pub(super) fn judge(ledger: &mut Ledger, case: &Case<'_>) {
    let Some(imprint) = &case.doc.imprint else {
        if case.doc.kind != Kind::Report {
            for clause in [&IMPRINT_RULES, &IMPRINT_TEXT, &ISSUE, &IMPRINT_PAGE] {
                ledger.skip(clause, "没有版记", "there is no 版记");
            }
        }
        return;
    };
    let lines: Vec<&Line> = case.doc.of(Role::Imprint).flat_map(|block| &block.lines).collect();
    if case.doc.kind == Kind::Letter {
        ledger.check(&LETTER_IMPRINT, imprint.rules.is_empty(), Place::page(imprint.page), || {
            Text::both("版记有分隔线", "版记 has rules")
        });
        let issued = lines.iter().find(|line| line.string().ends_with("印发"));
        ledger.check(&LETTER_IMPRINT, issued.is_none(), Place::page(imprint.page), || {
            Text::both("版记有印发机关和印发日期", "版记 has 印发机关 and its date")
        });
    } else {
        rules(ledger, case, imprint);
        issue(ledger, case, &lines);
    }
    copies(ledger, case, imprint, &lines);
    page(ledger, case, imprint);
}

fn rules(ledger: &mut Ledger, case: &Case<'_>, imprint: &Imprint) {
    let count = imprint.rules.len();
    ledger.check(&IMPRINT_RULES, count >= 2, Place::page(imprint.page), || {
        Text::both(
            format!("有{count}条线，首末各应一条"),
            format!("{count} rules, expected a first and a last one"),
        )
    });
    for (number, rule) in imprint.rules.iter().enumerate() {
        let place = || Place::rule(imprint.page, rule);
        ledger.within(&IMPRINT_RULES, place(), ("线长", "length"), rule.length(), WIDTH, TOLERANCE);
        let grid = &case.doc.grid;
        let (middle, centre) = (mean(rule.left(), rule.right()), mean(grid.left, grid.right));
        ledger.within(
            &IMPRINT_RULES,
            place(),
            ("中线距纸左边", "middle from the left edge"),
            middle,
            centre,
            TOLERANCE,
        );
        let wanted = Abs::mm(if number == 0 || number + 1 == count { 0.35 } else { 0.25 });
        let thin = (rule.height() - wanted).abs() <= THICKNESS;
        // 推荐高度.
        ledger.check(&IMPRINT_RULES, thin || !case.exact, place(), || {
            lengths(("线高", "thickness"), rule.height(), wanted)
        });
    }
    if let Some(last) = imprint.rules.last() {
        let place = Place::rule(imprint.page, last);
        let what = ("末条线下边距纸上边", "the last rule from the page's top");
        ledger.within(&IMPRINT_RULES, place, what, last.bottom(), BOTTOM, TOLERANCE);
    }
}

fn is_copies(line: &Line) -> bool {
    let text = line.string();
    text.starts_with("抄送") || text.starts_with("主送")
}

fn copies(ledger: &mut Ledger, case: &Case<'_>, imprint: &Imprint, lines: &[&Line]) {
    let Some(start) = lines.iter().position(|line| is_copies(line)) else {
        return ledger.skip(&IMPRINT_TEXT, "没有抄送机关", "there is no 抄送");
    };
    // Below the last rule but one stands 印发机关, in more than a line where it is long.
    let rule = imprint.rules.iter().rev().nth(1).map(Rule::top).filter(|top| *top > lines[start].middle);
    let is_issue =
        |line: &Line| line.string().ends_with("印发") || rule.is_some_and(|rule| line.middle > rule);
    let own: Vec<&Line> = lines[start..].iter().take_while(|line| !is_issue(line)).copied().collect();
    let grid = &case.doc.grid;
    let mut name = None;
    for (number, line) in own.iter().enumerate() {
        size_and_face(ledger, case, &IMPRINT_TEXT, line, SIZE_4, Face::FangSong, "仿宋体");
        let offset = line.left() - grid.left;
        if is_copies(line) {
            inset(ledger, case, line, offset, ("左空", "in by"));
            ledger.check(&IMPRINT_TEXT, line.text.get(2) == Some(&'：'), *line, || {
                Text::both("“抄送”后应标全角冒号", "抄送 is followed by a full-width colon")
            });
            name = line.glyphs.get(3).map(|glyph| glyph.origin.x);
        } else if let Some(name) = name {
            let what = ("回行首字距纸左边", "the turned line from the left edge");
            // An opening mark may begin the line with its right half.
            let half = if is_opening(line.first()) { line.size / 2.0 } else { Abs::ZERO };
            let left = if line.left() < name - half / 2.0 { line.left() + half } else { line.left() };
            ledger.within(&IMPRINT_TEXT, *line, what, left, name, Abs::mm(1.5));
        }
        // A mark at the end may reach in with its blank half.
        let end = line.right() - if is_closing(line.last()) { line.size / 2.0 } else { Abs::ZERO };
        ledger.check(&IMPRINT_TEXT, end <= grid.right - SIZE_4 + TOLERANCE, *line, || {
            lengths(("右空", "from the right by"), grid.right - end, SIZE_4)
        });
        let is_end = own.get(number + 1).is_none_or(|next| is_copies(next));
        if is_end {
            let last = line.last();
            ledger.check(&IMPRINT_TEXT, last == '。', *line, || {
                Text::both(format!("末尾是“{last}”，应标句号"), format!("ends with {last}, expected 。"))
            });
        }
    }
}

/// Judges whether a line is one character from an edge: one of its own, or one of the text's.
fn inset(ledger: &mut Ledger, case: &Case<'_>, line: &Line, found: Abs, what: (&str, &str)) {
    let most = case.doc.grid.cell;
    let holds = found >= SIZE_4 - TOLERANCE && found <= most + TOLERANCE;
    let clause = if line.string().ends_with("印发") { &ISSUE } else { &IMPRINT_TEXT };
    ledger.check(clause, holds, line, || lengths(what, found, SIZE_4));
}

fn issue(ledger: &mut Ledger, case: &Case<'_>, lines: &[&Line]) {
    let Some(line) = lines.iter().find(|line| line.string().ends_with("印发")) else {
        return ledger.check(&ISSUE, false, Place::default(), || {
            Text::both("没有印发机关和印发日期", "there is no 印发机关 with its date")
        });
    };
    let grid = &case.doc.grid;
    size_and_face(ledger, case, &ISSUE, line, SIZE_4, Face::FangSong, "仿宋体");
    inset(ledger, case, line, line.left() - grid.left, ("左空", "in by"));
    inset(ledger, case, line, grid.right - line.right(), ("右空", "from the right by"));
    let text = &line.text[..line.text.len().saturating_sub(2)];
    let start = (0..text.len()).find(|start| date(&text[*start..]).is_some());
    let holds = start.is_some_and(|start| date(&text[start..]) == Some(true));
    ledger.check(&ISSUE, holds, *line, || {
        Text::both(
            "印发日期应用阿拉伯数字标全，月、日不编虚位",
            "the date is in full, in Arabic digits without zeros",
        )
    });
}

fn page(ledger: &mut Ledger, case: &Case<'_>, imprint: &Imprint) {
    let pages = case.doc.sheets.len();
    ledger.check(&IMPRINT_PAGE, imprint.page == pages, Place::page(imprint.page), || {
        let page = imprint.page;
        Text::both(format!("版记在第{page}面，全文{pages}面"), format!("版记 is on page {page} of {pages}"))
    });
    // 双面印刷: the last page is the back of a leaf. A letter of one page has no back.
    let may_be_odd = case.doc.kind == Kind::Letter;
    ledger.check(
        &IMPRINT_PAGE,
        imprint.page.is_multiple_of(2) || may_be_odd || !case.exact,
        Place::page(imprint.page),
        || {
            let page = imprint.page;
            Text::both(format!("版记在第{page}面，是单数面"), format!("版记 is on page {page}, an odd one"))
        },
    );
}

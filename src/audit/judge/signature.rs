//! 发文机关署名, 成文日期 and 附注 (7.3.5, 7.3.6).

use super::super::clauses::{DATE, NOTE, SIGNATURE, SIGNATURE_PAGE};
use super::super::marks::date;
use super::super::report::{Ledger, Place};
use super::super::roles::{Block, Role};
use super::super::standard::TOLERANCE;
use super::Case;
use super::attachments::{above, left_by};
use super::title::{ONE_LINE, blank};
use crate::diag::Text;
use crate::units::Abs;

/// The most of a line's pitch that lies between a line and the next one.
const NEXT_LINE: f64 = 0.75;

/// Judges the end of the text.
pub(super) fn judge(ledger: &mut Ledger, case: &Case<'_>) {
    let Some(block) = case.doc.of(Role::Date).find(|block| block.part == 0) else {
        for clause in [&SIGNATURE, &DATE, &SIGNATURE_PAGE] {
            ledger.skip(clause, "没有成文日期", "there is no date at the end");
        }
        return;
    };
    let line = block.first();
    ledger.check(&DATE, date(&line.text) == Some(true), line, || {
        let text = line.string();
        Text::both(
            format!("日期写作“{text}”，应用阿拉伯数字，月、日不编虚位"),
            format!("the date reads {text}, expected Arabic digits without zeros"),
        )
    });
    let names = above(case, block).filter(|above| above.role == Role::Signature);
    let begins = names.unwrap_or(block);
    let with_text = case.doc.blocks.iter().any(|other| {
        other.role == Role::Paragraph
            && other.part == 0
            && other.lines.iter().any(|own| own.page == line.page)
    });
    ledger.check(&SIGNATURE_PAGE, with_text && begins.first().page == line.page, line, || {
        Text::both("署名和日期这一面没有正文", "there is no text on the page of the signature")
    });
    place(ledger, case, block, names);
    note(ledger, case);
}

fn place(ledger: &mut Ledger, case: &Case<'_>, block: &Block, names: Option<&Block>) {
    let (line, grid) = (block.first(), &case.doc.grid);
    let cells = |by: Abs| by / grid.cell;
    let slack = TOLERANCE / grid.cell;
    let near = |found: f64, wanted: f64| (found - wanted).abs() <= slack;
    let inset = cells(grid.right - line.right());
    let sealed = near(inset, 4.0);
    let Some(names) = names else {
        ledger.check(&SIGNATURE, sealed || near(inset, 2.0), line, || {
            Text::both(
                format!("成文日期右空{inset:.2}字，应为4字（加盖印章）或2字"),
                format!("the date is {inset:.2} characters from the right, expected 4 with a seal or 2"),
            )
        });
        return;
    };
    // Without a seal the first organ's name gives the measure; names below it stand as it does.
    let plain = names.lines.iter().any(|name| {
        let offset = cells(line.left() - name.left());
        let longer_by = cells((line.right() - line.left()) - (name.right() - name.left()));
        // Of two that are as long as each other either may be taken for the longer one.
        let edges = [(longer_by > -slack, line), (longer_by < slack, name)];
        let mut edges = edges.iter().filter(|(is_longer, _)| *is_longer);
        near(offset, 2.0) && edges.any(|(_, line)| near(cells(grid.right - line.right()), 2.0))
    });
    ledger.check(&SIGNATURE, plain || sealed, line, || {
        let offset = cells(line.left() - names.first().left());
        Text::both(
            format!("成文日期首字比署名首字右移{offset:.2}字、右空{inset:.2}字，应右移2字、长者右空2字（加盖印章的右空4字）"),
            format!("the date begins {offset:.2} characters right of the name and ends {inset:.2} from the edge, expected 2 and 2 for the longer one, or 4 with a seal"),
        )
    });
    let first = names.first();
    if let Some(above) = above(case, names)
        && plain
        && above.last().page == first.page
        && matches!(above.role, Role::Paragraph | Role::AttachmentNote)
    {
        let found = (first.top() - above.last().bottom()) / case.doc.pitch();
        ledger.check(&SIGNATURE, found >= ONE_LINE.0 && found <= ONE_LINE.1, first, || blank(found, 1));
    }
}

fn note(ledger: &mut Ledger, case: &Case<'_>) {
    let Some(block) = case.doc.one(Role::Note) else {
        return ledger.skip(&NOTE, "没有附注", "there is no 附注");
    };
    let line = block.first();
    left_by(ledger, case, &NOTE, line, case.doc.grid.cell * 2.0);
    let date = above(case, block).filter(|above| above.role == Role::Date).map(Block::first);
    ledger.check(&NOTE, date.is_some(), Place::from(line), || {
        Text::both("附注不在成文日期下一行", "附注 does not follow the date")
    });
    if let Some(date) = date.filter(|date| date.page == line.page) {
        // One that is too long to stand beside the seal stands below it.
        let seals = case.doc.sheets[line.page - 1].pictures.iter();
        let foot = seals
            .filter(|seal| seal.origin.x < line.right() && seal.origin.y < date.bottom())
            .map(|seal| seal.origin.y + seal.size.height)
            .fold(date.bottom(), Abs::max);
        let lowest = if foot > date.bottom() { foot + case.doc.pitch() } else { date.bottom() };
        let found = (line.top() - date.bottom()) / case.doc.pitch();
        let most = ((lowest - date.bottom()) / case.doc.pitch()).max(NEXT_LINE);
        ledger.check(&NOTE, found <= most, line, || blank(found, 0));
    }
}

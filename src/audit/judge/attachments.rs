//! 附件说明 and 附件 (7.3.4, 7.3.7).

use super::super::clauses::{ATTACHMENT, ATTACHMENT_NOTE};
use super::super::faces::Face;
use super::super::lines::Line;
use super::super::marks::is_hanzi;
use super::super::report::{Grade, Ledger, lengths, sizes};
use super::super::roles::{Block, Role};
use super::super::standard::{SIZE_3, TOLERANCE, TOP};
use super::body::wrong_face;
use super::title::{ONE_LINE, blank, centred};
use super::{Case, Clause};
use crate::diag::Text;
use crate::units::Abs;

/// Judges what a document says of its attachments, and how they begin.
pub(super) fn judge(ledger: &mut Ledger, case: &Case<'_>) {
    let mut notes = case.doc.of(Role::AttachmentNote).peekable();
    if notes.peek().is_none() {
        ledger.skip(&ATTACHMENT_NOTE, "没有附件说明", "there is no 附件说明");
    }
    for block in notes {
        note(ledger, case, block);
    }
    let mut labels = case.doc.of(Role::AttachmentLabel).peekable();
    if labels.peek().is_none() {
        ledger.skip(&ATTACHMENT, "没有另面编排的附件", "there are no attachments");
    }
    for block in labels {
        attachment(ledger, case, block);
    }
}

fn note(ledger: &mut Ledger, case: &Case<'_>, block: &Block) {
    let grid = &case.doc.grid;
    let first = block.first();
    let what = ("左空", "in by");
    ledger.within(&ATTACHMENT_NOTE, first, what, first.left() - grid.left, grid.cell * 2.0, TOLERANCE);
    if let Some(above) = above(case, block).filter(|above| above.role == Role::Paragraph) {
        let (last, pitch) = (above.last(), case.doc.pitch());
        if last.page == first.page {
            let found = (first.top() - last.bottom()) / pitch;
            ledger.check(&ATTACHMENT_NOTE, found >= ONE_LINE.0 && found <= ONE_LINE.1, first, || {
                blank(found, 1)
            });
        }
    }
    ledger.check(&ATTACHMENT_NOTE, first.text.get(2) == Some(&'：'), first, || {
        Text::both("“附件”后应标全角冒号", "附件 is followed by a full-width colon")
    });
    // Where the names begin: behind the colon, or behind the number that stands there.
    let numbered = first.text.get(3).is_some_and(char::is_ascii_digit);
    let at = if numbered {
        first.text.iter().position(|character| *character == '.').map_or(3, |dot| dot + 1)
    } else {
        3
    };
    let Some(first_name) = first.glyphs.get(at).map(|glyph| glyph.origin.x) else { return };
    // Turned lines begin where their own name does; behind 10. that may be a figure's width further.
    let mut name = first_name;
    let mut expected = 2;
    for (number, line) in block.lines.iter().enumerate() {
        let begins = line.text.iter().take_while(|character| character.is_ascii_digit()).count();
        let is_item = number > 0 && numbered && begins > 0 && line.text.get(begins) == Some(&'.');
        if number > 0 {
            let left = if is_item { line.glyphs.get(begins + 1).map(|glyph| glyph.origin.x) } else { None };
            let left = left.unwrap_or(line.left());
            if is_item {
                let figures = (begins + 4).saturating_sub(at) as f64;
                let wider = first_name + grid.cell * (figures / 2.0);
                name = if (left - wider).abs() < (left - first_name).abs() { wider } else { first_name };
            }
            let what = ("名称首字距纸左边", "the name's first character from the left edge");
            ledger.within(&ATTACHMENT_NOTE, line, what, left, name, Abs::mm(1.5));
        }
        if is_item {
            let found: String = line.text[..begins].iter().collect();
            ledger.check(&ATTACHMENT_NOTE, found == expected.to_string(), line, || {
                Text::both(
                    format!("顺序号是{found}，应为{expected}"),
                    format!("numbered {found}, expected {expected}"),
                )
            });
            expected += 1;
        }
        let is_end = block.lines.get(number + 1).is_none_or(|next| next.first().is_ascii_digit() && numbered);
        if is_end {
            let last = line.last();
            ledger.check(&ATTACHMENT_NOTE, !"。；，、;,.".contains(last), line, || {
                Text::both(format!("名称后有“{last}”"), format!("the name ends with {last}"))
            });
        }
    }
}

/// Returns the block before another one.
pub(super) fn above<'a>(case: &Case<'a>, block: &Block) -> Option<&'a Block> {
    let at = case.doc.blocks.iter().position(|other| {
        other.first().page == block.first().page && other.first().number == block.first().number
    })?;
    case.doc.blocks.get(at.checked_sub(1)?)
}

fn attachment(ledger: &mut Ledger, case: &Case<'_>, block: &Block) {
    let label = block.first();
    let sheet = &case.doc.sheets[label.page - 1];
    ledger.check(
        &ATTACHMENT,
        sheet.lines.first().is_some_and(|line| line.number == label.number),
        label,
        || Text::both("附件没有另面编排", "the attachment does not begin a page"),
    );
    let what = ("首行上边距纸边", "top of the first line from the edge");
    ledger.within(&ATTACHMENT, label, what, label.top(), TOP, TOLERANCE);
    let offset = label.left() - case.doc.grid.left;
    ledger.within(&ATTACHMENT, label, ("左空", "in by"), offset, Abs::ZERO, TOLERANCE);
    size_and_face(ledger, case, &ATTACHMENT, label, SIZE_3, Face::Hei, "黑体");
    let title = case.doc.of(Role::AttachmentTitle).find(|title| title.part == block.part);
    if let Some(title) = title.map(Block::first).filter(|title| title.page == label.page) {
        let row = (title.middle - label.middle) / case.doc.pitch() + 1.0;
        ledger.check(&ATTACHMENT, (row - 3.0).abs() <= 0.4, title, || {
            Text::both(
                format!("附件标题在第{row:.1}行，应在第3行"),
                format!("the title is on row {row:.1}, expected row 3"),
            )
        });
        centred(ledger, case, &ATTACHMENT, title);
    }
}

/// Judges the size and the face of an element that stands on one line.
pub(super) fn size_and_face(
    ledger: &mut Ledger,
    case: &Case<'_>,
    clause: &'static Clause,
    line: &Line,
    size: Abs,
    face: Face,
    name: &str,
) {
    // 三号 is set as 16 points too, 四号 always as 14.
    let grade = Grade::of(line.size, size, Abs::pt(0.03), (size - Abs::pt(0.05), size + Abs::pt(0.3)));
    ledger.grade(clause, grade, line, || sizes(("字号", "size"), line.size, size));
    let glyph = line.glyphs.iter().find(|glyph| is_hanzi(glyph.character()));
    if let Some(glyph) = glyph
        && let Some(found) = case.doc.face(glyph.font)
    {
        let font = case.doc.font(glyph.font);
        ledger.check(clause, found == face, line, || wrong_face(found, font, name));
    }
}

/// Judges how far a line is from the left edge of the text, in cells.
pub(super) fn left_by(ledger: &mut Ledger, case: &Case<'_>, clause: &'static Clause, line: &Line, cell: Abs) {
    let offset = line.left() - case.doc.grid.left;
    ledger
        .check(clause, (offset - cell).abs() <= TOLERANCE, line, || lengths(("左空", "in by"), offset, cell));
}

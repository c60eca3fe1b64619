//! 印章 and 签名章 (7.3.5.1, 7.3.5.3): pictures by the date. What they show is not read, only where they stand.

use super::super::clauses::{SEAL, STAMP};
use super::super::report::{Ledger, Place, lengths, mm};
use super::super::roles::{Block, Role};
use super::super::standard::{BOTTOM, LEFT, RIGHT, TOLERANCE};
use super::Case;
use super::attachments::above;
use super::title::{ONE_LINE, TWO_LINES, blank};
use crate::diag::Text;
use crate::units::{Abs, Rect};

/// How far from the date a picture is taken for a seal or a stamp.
const AROUND: Abs = Abs::mm(60.0);
/// Seals are as high as this, and higher; what is lower is the stamp of a signature.
const SEAL_HEIGHT: Abs = Abs::mm(30.0);

/// The edges of a picture.
struct Seal {
    left: Abs,
    top: Abs,
    right: Abs,
    bottom: Abs,
}

impl Seal {
    fn of(rect: &Rect) -> Self {
        let (corner, size) = (rect.origin, rect.size);
        Self { left: corner.x, top: corner.y, right: corner.x + size.width, bottom: corner.y + size.height }
    }
}

/// Judges the pictures by the date.
pub(super) fn judge(ledger: &mut Ledger, case: &Case<'_>) {
    let date = case.doc.of(Role::Date).find(|block| block.part == 0);
    let near = date.map_or_else(Vec::new, |date| pictures(case, date));
    let (seals, stamps): (Vec<&Rect>, Vec<&Rect>) =
        near.into_iter().partition(|picture| picture.size.height >= SEAL_HEIGHT);
    match date.filter(|_| !seals.is_empty()) {
        Some(date) => judge_seals(ledger, case, date, &seals),
        None => ledger.skip(&SEAL, "没有印章图形", "there is no picture of a seal"),
    }
    match date.filter(|_| !stamps.is_empty()) {
        Some(date) => judge_stamps(ledger, case, date, &stamps),
        None => ledger.skip(&STAMP, "没有签名章图形", "there is no picture of a signature"),
    }
}

/// Returns the pictures that stand by the date, from top to bottom and from left to right.
fn pictures<'a>(case: &'a Case<'_>, date: &Block) -> Vec<&'a Rect> {
    let line = date.first();
    let Some(sheet) = case.doc.sheets.get(line.page - 1) else { return Vec::new() };
    let names = above(case, date).filter(|above| above.role == Role::Signature);
    let top = names.map_or(line.top(), |names| names.first().top()) - AROUND;
    let is_near = |picture: &&Rect| {
        let Seal { top: upper, bottom: lower, .. } = Seal::of(picture);
        let (width, height) = (picture.size.width, picture.size.height);
        // What is as broad as the text, or hardly to be seen, is a drawing or an ornament.
        lower > top && upper < line.bottom() + AROUND && width < Abs::mm(78.0) && height > Abs::mm(5.0)
    };
    let mut near: Vec<&Rect> = sheet.pictures.iter().filter(is_near).collect();
    near.sort_by(|one, other| {
        let key = |rect: &Rect| (rect.origin.y.to_mm().round(), rect.origin.x.to_mm());
        key(one).partial_cmp(&key(other)).unwrap_or(std::cmp::Ordering::Equal)
    });
    near
}

fn judge_seals(ledger: &mut Ledger, case: &Case<'_>, date: &Block, seals: &[&Rect]) {
    let line = date.first();
    let page = line.page;
    for (nth, seal) in seals.iter().enumerate() {
        let own = Seal::of(seal);
        let place = || Place::point(page, seal.origin);
        let within = own.left >= LEFT - TOLERANCE && own.right <= RIGHT + TOLERANCE;
        ledger.check(&SEAL, within && own.bottom <= BOTTOM + TOLERANCE, place(), || {
            Text::both(
                format!("印章超出版心：左{}，右{}，下{}", mm(own.left), mm(own.right), mm(own.bottom)),
                format!(
                    "a seal reaches beyond the type area: left {}, right {}, bottom {}",
                    mm(own.left),
                    mm(own.right),
                    mm(own.bottom)
                ),
            )
        });
        for other in &seals[nth + 1..] {
            let other = Seal::of(other);
            let apart = own.right <= other.left
                || other.right <= own.left
                || own.bottom <= other.top
                || other.bottom <= own.top;
            ledger.check(&SEAL, apart, place(), || {
                Text::both("印章相交或相切", "seals touch or cross one another")
            });
        }
    }
    // The last seal is over the date: its middle on the date's, and name and date in the middle of it or lower.
    let last = seals.iter().map(|seal| Seal::of(seal)).max_by(|one, other| {
        let key = |seal: &Seal| (seal.bottom.to_mm().round(), seal.right.to_mm());
        key(one).partial_cmp(&key(other)).unwrap_or(std::cmp::Ordering::Equal)
    });
    if let Some(last) = last {
        let middle = (line.left() + line.right()) / 2.0;
        let place = || Place::from(line);
        ledger.within(
            &SEAL,
            place(),
            ("印章中线与成文日期中线相距", "middle of the seal from the date's by"),
            (last.left + last.right) / 2.0 - middle,
            Abs::ZERO,
            case.tolerance(TOLERANCE * 2.0, TOLERANCE * 5.0),
        );
        let pressed = line.top() >= last.top && line.bottom() <= last.bottom + TOLERANCE;
        let names = above(case, date).filter(|above| above.role == Role::Signature);
        let first = names.map_or(line, |names| names.last());
        let text = (first.top() + line.bottom()) / 2.0;
        let low = text >= (last.top + last.bottom) / 2.0 - TOLERANCE;
        ledger.check(&SEAL, pressed && low, place(), || {
            let (from, to) = (mm(line.top() - last.top), mm(last.bottom - line.bottom()));
            Text::both(
                format!("印章没有居中下压署名和日期：日期在印章顶端下{from}、底端上{to}"),
                format!("name and date are not in the middle of the seal or below it: the date {from} below its top, {to} above its bottom"),
            )
        });
    }
    if let (Some(top), Some(text)) =
        (seals.iter().map(|seal| seal.origin.y).reduce(Abs::min), text_above(case, date))
    {
        let gap = top - text;
        let holds = gap >= -TOLERANCE && gap <= case.doc.pitch() + TOLERANCE;
        ledger.check(&SEAL, holds, Place::from(line), || {
            lengths(("首排印章顶端距正文", "the first row of seals below the text by"), gap, case.doc.pitch())
        });
    }
}

/// Returns the lower edge of the text above the signature, where it is on the same page.
fn text_above(case: &Case<'_>, date: &Block) -> Option<Abs> {
    let line = date.first();
    let text = case
        .doc
        .blocks
        .iter()
        .filter(|block| block.part == 0 && matches!(block.role, Role::Paragraph | Role::AttachmentNote));
    let lines = text.flat_map(|block| &block.lines);
    lines
        .filter(|own| own.page == line.page && own.middle < line.middle)
        .map(super::super::lines::Line::bottom)
        .reduce(Abs::max)
}

fn judge_stamps(ledger: &mut Ledger, case: &Case<'_>, date: &Block, stamps: &[&Rect]) {
    let (line, grid) = (date.first(), &case.doc.grid);
    let pitch = case.doc.pitch();
    let widest = stamps.iter().map(|stamp| Seal::of(stamp).right).fold(Abs::ZERO, Abs::max);
    let place = || Place::point(line.page, stamps[0].origin);
    ledger.within(
        &STAMP,
        place(),
        ("签名章右边空", "the stamp of the signature from the right by"),
        grid.right - widest,
        grid.cell * 4.0,
        TOLERANCE,
    );
    if let Some(text) = text_above(case, date) {
        let found = (stamps[0].origin.y - text) / pitch;
        ledger.check(&STAMP, found >= TWO_LINES.0 && found <= TWO_LINES.1, place(), || blank(found, 2));
    }
    let lowest = stamps.iter().map(|stamp| Seal::of(stamp).bottom).fold(Abs::ZERO, Abs::max);
    let found = (line.top() - lowest) / pitch;
    ledger.check(&STAMP, found >= ONE_LINE.0 && found <= ONE_LINE.1, line, || blank(found, 1));
}

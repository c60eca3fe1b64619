//! Page numbers (7.5).

use super::super::Kind;
use super::super::clauses::{FOLIO_FORM, FOLIO_ORDER, FOLIO_PLACE};
use super::super::faces::Face;
use super::super::lines::Line;
use super::super::report::{Grade, Ledger, Place, lengths, sizes};
use super::super::roles::Role;
use super::super::seen::Glyph;
use super::super::standard::{BOTTOM, LEFT, RIGHT, SIZE_4};
use super::Case;
use crate::diag::Text;
use crate::units::Abs;

/// Judges the page numbers of all pages.
pub(super) fn judge(ledger: &mut Ledger, case: &Case<'_>) {
    let printed: Vec<Option<usize>> = case
        .doc
        .folios
        .iter()
        .map(|folio| folio.as_ref().map(|line| digits(line).parse().unwrap_or(0)))
        .collect();
    let numbers = numbers(&printed);
    for ((sheet, folio), number) in case.doc.sheets.iter().zip(&case.doc.folios).zip(&numbers) {
        let Some(line) = folio else {
            ledger.check(&FOLIO_ORDER, may_lack(case, sheet.number), Place::page(sheet.number), || {
                Text::both("没有页码", "there is no page number")
            });
            continue;
        };
        form(ledger, case, line);
        ledger.check(&FOLIO_ORDER, number.is_right, line, || {
            let (printed, expected) = (number.printed, number.expected);
            Text::both(
                format!("页码是{printed}，应为{expected}"),
                format!("reads {printed}, expected {expected}"),
            )
        });
        if !case.doc.is_landscape(sheet.number) {
            place(ledger, case, line, number.side());
        }
    }
    if case.doc.folios.iter().all(Option::is_none) {
        for clause in [&FOLIO_FORM, &FOLIO_PLACE] {
            ledger.skip(clause, "没有页码", "there are no page numbers");
        }
    }
}

fn digits(line: &Line) -> String {
    line.text.iter().filter(|character| character.is_ascii_digit()).collect()
}

/// A page's number.
#[derive(Clone, Copy)]
struct Number {
    printed: usize,
    expected: usize,
    is_right: bool,
    /// Whether the page after it counts on from it, so that it begins a count of its own.
    leads: bool,
}

impl Number {
    /// Returns the number by which the page is a right one or a left one: a wrong one says nothing of that.
    fn side(self) -> usize {
        if self.is_right || self.leads { self.printed } else { self.expected }
    }
}

/// Holds the numbers of all pages against each other. After a wrong one the next may count on from it, or from what it
/// should have been.
fn numbers(printed: &[Option<usize>]) -> Vec<Number> {
    let (mut expected, mut other) = (1, 1);
    let mut numbers = Vec::with_capacity(printed.len());
    for (index, number) in printed.iter().enumerate() {
        let own = number.unwrap_or(expected);
        let is_right = own == expected || own == other;
        let leads = printed.get(index + 1).copied().flatten() == Some(own + 1);
        numbers.push(Number { printed: own, expected, is_right, leads });
        (expected, other) = match (number, is_right) {
            (None, _) => (expected + 1, other + 1),
            (Some(_), true) => (own + 1, own + 1),
            (Some(_), false) => (expected + 1, own + 1),
        };
    }
    numbers
}

/// Tells whether a page may be without its number: that of 版记, a blank one before it, the first page of a letter,
/// a cover.
fn may_lack(case: &Case<'_>, page: usize) -> bool {
    let doc = case.doc;
    let own: Vec<Role> = doc.sheets[page - 1].lines.iter().filter_map(|line| doc.role(line)).collect();
    let is_cover =
        page == 1 && own.iter().all(|role| matches!(role, Role::Title | Role::Byline | Role::Other));
    let is_last = doc.imprint.as_ref().is_some_and(|imprint| {
        // Text above 版记 makes it a page like others.
        imprint.page == page && own.iter().all(|role| *role == Role::Imprint)
    });
    let before_last = own.is_empty() && page > 1;
    is_cover || is_last || before_last || (doc.kind == Kind::Letter && page == 1)
}

fn form(ledger: &mut Ledger, case: &Case<'_>, line: &Line) {
    let text = line.string();
    let digits = text.trim_matches('—');
    let fits = text == format!("—{digits}—")
        && !digits.is_empty()
        && digits.bytes().all(|byte| byte.is_ascii_digit());
    ledger.check(&FOLIO_FORM, fits, line, || {
        Text::both(format!("写作“{text}”，应为“— N —”"), format!("reads `{text}`, expected `— N —`"))
    });
    let digits: Vec<&Glyph> = line.glyphs.iter().filter(|glyph| glyph.character().is_ascii_digit()).collect();
    let Some(first) = digits.first() else { return };
    let grade = Grade::of(first.size, SIZE_4, Abs::pt(0.03), (Abs::pt(13.9), Abs::pt(14.1)));
    ledger.grade(&FOLIO_FORM, grade, line, || {
        sizes(("页码字号", "size of the page number"), first.size, SIZE_4)
    });
    let font = case.doc.font(first.font);
    if let Some(face) = case.doc.face(first.font) {
        let grade = match face {
            Face::Song | Face::HeavySong | Face::BiaoSong => Grade::Exact,
            Face::Latin => Grade::Practice,
            Face::FangSong | Face::Kai | Face::Hei => Grade::Off,
        };
        ledger.grade(&FOLIO_FORM, grade, line, || super::body::wrong_face(face, font, "宋体"));
    }
    let widest = digits.iter().map(|glyph| glyph.advance / glyph.size).fold(0.0, f64::max);
    ledger.check(&FOLIO_FORM, widest < 0.8, line, || Text::both("数字是全角的", "the digits are full width"));
}

fn place(ledger: &mut Ledger, case: &Case<'_>, line: &Line, number: usize) {
    let (Some(first), Some(last)) = (line.glyphs.first(), line.glyphs.last()) else { return };
    let tolerance = case.tolerance(Abs::mm(0.5), Abs::mm(1.0));
    // The dash is as wide as its character; its em lies around the middle of its ink.
    let cell = |glyph: &Glyph| match glyph.ink {
        Some(ink) => {
            let middle = ink.origin.x + ink.size.width / 2.0;
            (middle - glyph.size / 2.0, middle + glyph.size / 2.0)
        }
        None => (glyph.origin.x, glyph.end()),
    };
    // Without ink: a dash lies at about two fifths of an em above the baseline.
    let top = first.ink.map_or(first.origin.y - first.size * 0.4, |ink| ink.origin.y);
    let what = ("一字线上边距版心下边", "the dash below the type area");
    ledger.within(&FOLIO_PLACE, line, what, top - BOTTOM, Abs::mm(7.0), tolerance);
    let (inset, zh, en) = if number % 2 == 1 {
        (RIGHT - cell(last).1, "右空", "from the right by")
    } else {
        (cell(first).0 - LEFT, "左空", "from the left by")
    };
    let most = case.tolerance(SIZE_4, Abs::pt(16.0));
    let fits = inset >= SIZE_4 - tolerance && inset <= most + tolerance;
    ledger.check(&FOLIO_PLACE, fits, line, || lengths((zh, en), inset, SIZE_4));
}

#[cfg(test)]
mod tests {
    use super::numbers;

    /// Returns the pages whose numbers are wrong, and by which number each page is a right one or a left one.
    fn judged(printed: &[usize]) -> (Vec<usize>, Vec<usize>) {
        // A 0 stands for a page without a number.
        let printed: Vec<_> = printed.iter().map(|number| (*number > 0).then_some(*number)).collect();
        let numbers = numbers(&printed);
        let wrong = (1..).zip(&numbers).filter(|(_, number)| !number.is_right).map(|(page, _)| page);
        (wrong.collect(), numbers.iter().map(|number| number.side()).collect())
    }

    #[test]
    fn one_wrong_number_is_one_fault() {
        assert_eq!(judged(&[1, 2, 3, 4]), (vec![], vec![1, 2, 3, 4]));
        assert_eq!(judged(&[1, 2, 8, 4, 5]), (vec![3], vec![1, 2, 3, 4, 5]));
        assert_eq!(judged(&[1, 2, 2, 4]), (vec![3], vec![1, 2, 3, 4]));
        assert_eq!(judged(&[0, 2, 5, 0, 5]), (vec![3], vec![1, 2, 3, 4, 5]));
        assert_eq!(judged(&[1, 3, 2, 4]), (vec![2, 3], vec![1, 2, 3, 4]));
    }

    #[test]
    fn a_count_that_goes_on_from_a_wrong_number_is_its_own() {
        assert_eq!(judged(&[5, 6, 7]), (vec![1], vec![5, 6, 7]));
        assert_eq!(judged(&[1, 2, 7, 8, 9]), (vec![3], vec![1, 2, 7, 8, 9]));
        assert_eq!(judged(&[1, 2, 2, 3, 4]), (vec![3], vec![1, 2, 2, 3, 4]));
        assert_eq!(judged(&[5, 6, 99, 8, 9]), (vec![1, 3], vec![5, 6, 7, 8, 9]));
    }
}

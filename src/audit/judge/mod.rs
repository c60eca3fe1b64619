//! Judges the clauses, one module a group of them.

mod attachments;
mod body;
mod breaking;
mod colours;
mod folio;
mod grid;
mod head;
mod imprint;
mod page;
mod seals;
mod signature;
mod special;
mod title;

use super::clauses::{self, Clause};
use super::report::{Ledger, Report};
use super::roles::{self, Recognised};
use super::seen::Seen;
use super::{Kind, Options};
use crate::units::Abs;

/// The most glyphs without a character, of a hundred, with which the words of a file can still be judged.
const UNREADABLE: usize = 20;

/// Why the edges of the text cannot be measured.
const UNTURNED: (&str, &str) =
    ("没有转行的段落，量不出正文的边", "no paragraph turns, so that the text's edges do not show");

/// The clauses that every document is held to, told of even where there is nothing to judge.
static COMMON: &[&Clause] = &[
    &clauses::MARGINS,
    &clauses::TYPE_AREA,
    &clauses::COLUMNS,
    &clauses::ROWS,
    &clauses::PITCH,
    &clauses::FLUSH,
    &clauses::BODY_SIZE,
    &clauses::BODY_FACE,
    &clauses::TITLE_SIZE,
    &clauses::FIRST_PAGE,
    &clauses::INDENT,
    &clauses::TURNED,
    &clauses::NUMBERING,
    &clauses::HEADING_FACES,
    &clauses::LINE_START,
    &clauses::LINE_END,
    &clauses::SPLIT,
    &clauses::PARAGRAPH_END,
    &clauses::FOLIO_FORM,
    &clauses::FOLIO_PLACE,
    &clauses::FOLIO_ORDER,
];

/// What a clause is judged with.
pub(super) struct Case<'a> {
    /// The document.
    pub(super) doc: &'a Recognised,
    /// Whether the standard's own numbers alone count.
    pub(super) exact: bool,
}

impl Case<'_> {
    /// Returns the tighter of two tolerances when the standard's own numbers alone count.
    fn tolerance(&self, exact: Abs, practice: Abs) -> Abs {
        if self.exact { exact } else { practice }
    }
}

/// Judges a file.
pub(super) fn judge(seen: &Seen, options: Options) -> Report {
    let mut ledger = Ledger::new(options.exact);
    page::sizes(&mut ledger, seen);
    let glyphs = seen.pages.iter().flat_map(|page| &page.glyphs);
    let (mut all, mut unreadable) = (0, 0);
    for glyph in glyphs {
        all += 1;
        unreadable += usize::from(glyph.character() == char::REPLACEMENT_CHARACTER);
    }
    let nothing = |ledger: &mut Ledger, zh: &str, en: &str| {
        for clause in COMMON {
            ledger.skip(clause, zh, en);
        }
    };
    let kind = options.kind.unwrap_or(Kind::Report);
    if unreadable * 100 > all * UNREADABLE {
        nothing(
            &mut ledger,
            "文件没有说明字形是什么字，文字读不出来",
            "the file does not say which characters its glyphs are",
        );
        return ledger.close(kind, seen.pages.len());
    }
    let Some(doc) = roles::recognise(seen, options.kind) else {
        let lies = seen.pages.iter().flat_map(|page| &page.glyphs).any(|glyph| !glyph.upright);
        let (zh, en) = if lies {
            (
                "页面上的文字没有一处是正着的，整份文件转了方向",
                "no text on the pages stands upright: the file is turned",
            )
        } else {
            ("页面上没有文字，可能是扫描件", "there is no text on the pages; they may be scanned")
        };
        nothing(&mut ledger, zh, en);
        return ledger.close(kind, seen.pages.len());
    };
    let case = Case { doc: &doc, exact: options.exact };
    page::judge(&mut ledger, &case);
    grid::judge(&mut ledger, &case);
    body::judge(&mut ledger, &case);
    breaking::judge(&mut ledger, &case);
    colours::judge(&mut ledger, &case);
    title::judge(&mut ledger, &case);
    folio::judge(&mut ledger, &case);
    attachments::judge(&mut ledger, &case);
    signature::judge(&mut ledger, &case);
    seals::judge(&mut ledger, &case);
    head::judge(&mut ledger, &case);
    imprint::judge(&mut ledger, &case);
    special::judge(&mut ledger, &case);
    let mut report = ledger.close(doc.kind, seen.pages.len());
    // What is told of is where the file has it.
    for finding in report.judgements.iter_mut().flat_map(|judgement| &mut judgement.findings) {
        if let (Some(page), Some(at)) = (finding.place.page, &mut finding.place.at) {
            at.x -= doc.shift(page);
        }
    }
    report
}

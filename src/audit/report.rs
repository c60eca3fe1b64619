//! What an audit finds: for each clause whether it is kept, and what was measured where.

use super::Kind;
use super::clauses::{CLAUSES, Clause};
use super::lines::{Line, Rule};
use super::seen::Glyph;
use crate::diag::Text;
use crate::units::{Abs, Point};

/// How a file does by a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// The file has nothing that the clause speaks of, or what it has cannot be measured.
    NotJudged,
    /// It keeps the clause.
    Pass,
    /// It breaks the clause.
    Fail,
}

/// A place in a file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Place {
    /// The page, from 1.
    pub page: Option<usize>,
    /// The line on the page, from 1.
    pub line: Option<usize>,
    /// Where it is on the page.
    pub at: Option<Point>,
    /// What stands there, shortened.
    pub text: String,
}

/// Something that was measured.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// Whether it breaks the clause; else it is worth a note.
    pub fails: bool,
    /// What was measured, and what should have been.
    pub measured: Text,
    /// Where.
    pub place: Place,
}

/// What is found about one clause.
#[derive(Clone, Debug)]
pub struct Judgement {
    /// The clause.
    pub clause: &'static Clause,
    /// How the file does.
    pub verdict: Verdict,
    /// How often it was put to the test.
    pub tested: usize,
    /// What breaks it or is worth a note, in the order of the pages.
    pub findings: Vec<Finding>,
    /// Why it is not judged.
    pub reason: Option<Text>,
}

/// What an audit finds about a file.
#[derive(Clone, Debug)]
pub struct Report {
    /// The kind of document that it was taken for.
    pub kind: Kind,
    /// Whether it was held to the standard's own numbers alone.
    pub exact: bool,
    /// How many pages it has.
    pub pages: usize,
    /// Whether a part of the file cannot be read, or is beyond what is read of one, and is not judged.
    pub incomplete: bool,
    /// The clauses in the standard's order.
    pub judgements: Vec<Judgement>,
}

impl Report {
    /// Returns how many clauses have a verdict.
    pub fn count(&self, verdict: Verdict) -> usize {
        self.judgements.iter().filter(|judgement| judgement.verdict == verdict).count()
    }

    /// Tells whether a clause is broken.
    pub fn fails(&self) -> bool {
        self.count(Verdict::Fail) > 0
    }
}

impl From<&Line> for Place {
    fn from(line: &Line) -> Self {
        Self {
            page: Some(line.page),
            line: Some(line.number),
            at: Some(Point::new(line.left(), line.baseline)),
            text: line.short(),
        }
    }
}

impl Place {
    /// A whole page.
    pub(super) fn page(number: usize) -> Self {
        Self { page: Some(number), ..Self::default() }
    }

    /// A rule on a page.
    pub(super) fn rule(page: usize, rule: &Rule) -> Self {
        Self { page: Some(page), at: Some(rule.bounds.origin), ..Self::default() }
    }

    /// A point on a page.
    pub(super) fn point(page: usize, at: Point) -> Self {
        Self { page: Some(page), at: Some(at), ..Self::default() }
    }

    /// A glyph of a line.
    pub(super) fn glyph(line: &Line, glyph: &Glyph) -> Self {
        Self { at: Some(glyph.origin), ..Self::from(line) }
    }
}

/// Gathers findings while the clauses are judged.
pub(super) struct Ledger {
    exact: bool,
    judgements: Vec<Option<Judgement>>,
}

/// How far a measure is from what it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Grade {
    /// As the standard has it.
    Exact,
    /// As offices have it.
    Practice,
    /// Neither.
    Off,
}

impl Grade {
    /// Grades a measure: exact within `exact` of what is wanted, of practice within the bounds.
    pub(super) fn of(measured: Abs, wanted: Abs, exact: Abs, practice: (Abs, Abs)) -> Self {
        if (measured - wanted).abs() <= exact {
            Self::Exact
        } else if measured >= practice.0 && measured <= practice.1 {
            Self::Practice
        } else {
            Self::Off
        }
    }
}

impl Ledger {
    /// Begins a report.
    pub(super) fn new(exact: bool) -> Self {
        Self { exact, judgements: vec![None; CLAUSES.len()] }
    }

    fn entry(&mut self, clause: &'static Clause) -> &mut Judgement {
        let at = CLAUSES.iter().position(|own| own.id == clause.id).unwrap_or(0);
        self.judgements[at].get_or_insert_with(|| Judgement {
            clause,
            verdict: Verdict::NotJudged,
            tested: 0,
            findings: Vec::new(),
            reason: None,
        })
    }

    /// Counts a test of a clause.
    pub(super) fn test(&mut self, clause: &'static Clause) {
        self.entry(clause).tested += 1;
    }

    /// Tests a clause: notes what was measured where it does not hold.
    pub(super) fn check(
        &mut self,
        clause: &'static Clause,
        holds: bool,
        place: impl Into<Place>,
        measured: impl FnOnce() -> Text,
    ) {
        self.test(clause);
        if !holds {
            self.put(clause, true, place.into(), measured());
        }
    }

    /// Tests a length, within a tolerance.
    pub(super) fn within(
        &mut self,
        clause: &'static Clause,
        place: impl Into<Place>,
        what: (&str, &str),
        measured: Abs,
        wanted: Abs,
        tolerance: Abs,
    ) {
        let holds = (measured - wanted).abs() <= tolerance;
        self.check(clause, holds, place, || lengths(what, measured, wanted));
    }

    /// Tests what practice is freer in than the standard: with `--exact` the standard alone counts.
    pub(super) fn grade(
        &mut self,
        clause: &'static Clause,
        grade: Grade,
        place: impl Into<Place>,
        measured: impl FnOnce() -> Text,
    ) {
        self.test(clause);
        let fails = grade == Grade::Off || self.exact;
        if grade != Grade::Exact {
            self.put(clause, fails, place.into(), measured());
        }
    }

    /// Notes something that breaks nothing.
    pub(super) fn note(&mut self, clause: &'static Clause, place: impl Into<Place>, measured: Text) {
        self.test(clause);
        self.put(clause, false, place.into(), measured);
    }

    /// Says why a clause is not judged; what is judged all the same counts for more.
    pub(super) fn skip(&mut self, clause: &'static Clause, zh: &str, en: &str) {
        self.entry(clause).reason = Some(Text::both(zh, en));
    }

    fn put(&mut self, clause: &'static Clause, fails: bool, place: Place, measured: Text) {
        self.entry(clause).findings.push(Finding { fails, measured, place });
    }

    /// Ends the report.
    pub(super) fn close(self, kind: Kind, pages: usize) -> Report {
        let mut judgements: Vec<Judgement> = self.judgements.into_iter().flatten().collect();
        for judgement in &mut judgements {
            judgement.verdict = match judgement.tested {
                _ if judgement.findings.iter().any(|finding| finding.fails) => Verdict::Fail,
                0 => Verdict::NotJudged,
                _ => Verdict::Pass,
            };
            if judgement.verdict != Verdict::NotJudged {
                judgement.reason = None;
            }
            judgement
                .findings
                .sort_by_key(|finding| (!finding.fails, finding.place.page, finding.place.line));
        }
        Report { kind, exact: self.exact, pages, incomplete: false, judgements }
    }
}

/// Writes a length in millimetres.
pub(super) fn mm(length: Abs) -> String {
    format!("{:.2} mm", length.to_mm())
}

/// Writes a length in points.
pub(super) fn pt(length: Abs) -> String {
    format!("{:.2} pt", length.to_pt())
}

/// Says what a length is and should be.
pub(super) fn lengths(what: (&str, &str), measured: Abs, wanted: Abs) -> Text {
    let (measured, wanted) = (mm(measured), mm(wanted));
    Text::both(
        format!("{}{measured}，应为{wanted}", what.0),
        format!("{} {measured}, expected {wanted}", what.1),
    )
}

/// Says what a size is and should be.
pub(super) fn sizes(what: (&str, &str), measured: Abs, wanted: Abs) -> Text {
    let (measured, wanted) = (pt(measured), pt(wanted));
    Text::both(
        format!("{}{measured}，应为{wanted}", what.0),
        format!("{} {measured}, expected {wanted}", what.1),
    )
}

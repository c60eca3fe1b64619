//! Writes a report as JSON, for other programs. The shape is described in `docs/audit.md`; it changes only with
//! its version.

use serde::Serialize;

use super::report::{Finding, Judgement, Report, Verdict};
use crate::diag::Text;

/// The shape's name, which says its version.
const FORMAT: &str = "shizheng-audit/1";

#[derive(Serialize)]
struct File<'a> {
    format: &'static str,
    source: &'a str,
    kind: &'static str,
    exact: bool,
    pages: usize,
    incomplete: bool,
    passed: usize,
    failed: usize,
    not_judged: usize,
    clauses: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    id: &'static str,
    number: &'static str,
    asks: Words<'a>,
    verdict: &'static str,
    tested: usize,
    reason: Option<Words<'a>>,
    findings: Vec<Found<'a>>,
}

#[derive(Serialize)]
struct Words<'a> {
    zh: &'a str,
    en: &'a str,
}

#[derive(Serialize)]
struct Found<'a> {
    fails: bool,
    measured: Words<'a>,
    page: Option<usize>,
    line: Option<usize>,
    at_mm: Option<At>,
    text: &'a str,
}

#[derive(Serialize)]
struct At {
    x: f64,
    y: f64,
}

impl<'a> From<&'a Text> for Words<'a> {
    fn from(text: &'a Text) -> Self {
        Self { zh: &text.zh, en: &text.en }
    }
}

impl<'a> From<&'a Judgement> for Entry<'a> {
    fn from(judgement: &'a Judgement) -> Self {
        let clause = judgement.clause;
        Self {
            id: clause.id,
            number: clause.number,
            asks: Words { zh: clause.zh, en: clause.en },
            verdict: judgement.verdict.id(),
            tested: judgement.tested,
            reason: judgement.reason.as_ref().map(Words::from),
            findings: judgement.findings.iter().map(Found::from).collect(),
        }
    }
}

impl<'a> From<&'a Finding> for Found<'a> {
    fn from(finding: &'a Finding) -> Self {
        let round = |value: f64| (value * 100.0).round() / 100.0;
        Self {
            fails: finding.fails,
            measured: (&finding.measured).into(),
            page: finding.place.page,
            line: finding.place.line,
            at_mm: finding.place.at.map(|at| At { x: round(at.x.to_mm()), y: round(at.y.to_mm()) }),
            text: &finding.place.text,
        }
    }
}

impl Verdict {
    /// Returns the name by which programs know it.
    pub fn id(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::NotJudged => "not-judged",
        }
    }
}

impl Report {
    /// Writes the report of the file with a name.
    pub fn to_json(&self, source: &str) -> String {
        let file = File {
            format: FORMAT,
            source,
            kind: self.kind.id(),
            exact: self.exact,
            pages: self.pages,
            incomplete: self.incomplete,
            passed: self.count(Verdict::Pass),
            failed: self.count(Verdict::Fail),
            not_judged: self.count(Verdict::NotJudged),
            clauses: self.judgements.iter().map(Entry::from).collect(),
        };
        // Strings and finite numbers alone: there is nothing in it that JSON cannot hold.
        serde_json::to_string_pretty(&file).unwrap_or_default() + "\n"
    }
}

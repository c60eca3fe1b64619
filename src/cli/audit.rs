//! Audits PDF files against the standard.

use std::fmt::Write as _;
use std::sync::Arc;

use shizheng::audit::{self, Finding, Judgement, Kind, Options, Place, Report, Verdict};
use shizheng::diag::{Language, Origin, SourceText, Text};

use super::arguments::{self, DocumentKind, Showing};
use super::console::{Console, print};
use super::fault::{Exit, Fault};
use super::input::{self, Folders, Input};

/// How many places of one clause are told to people; programs get all of them.
const SHOWN: usize = 5;

/// A resolved `audit`.
pub(super) struct Auditing {
    files: Vec<Input>,
    options: Options,
    showing: Showing,
}

impl Auditing {
    /// Finds the files.
    pub(super) fn resolve(call: &arguments::Audit) -> Result<Self, Fault> {
        let inputs = input::find(&call.files, Folders::Refused)?.all()?;
        let kind = call.kind.map(|kind| match kind {
            DocumentKind::Report => Kind::Report,
            DocumentKind::Document => Kind::Document,
            DocumentKind::Letter => Kind::Letter,
            DocumentKind::Order => Kind::Order,
            DocumentKind::Minutes => Kind::Minutes,
        });
        Ok(Self { files: inputs, options: Options { kind, exact: call.exact }, showing: call.format })
    }

    /// Audits them one by one; a file that cannot be read does not keep the others from it.
    pub(super) fn run(self, console: Console) -> Result<Exit, Fault> {
        let mut exit = Exit::Done;
        for file in &self.files {
            let name = file.name();
            let progress = console.progress(&Text::both(format!("检查 {name}"), format!("auditing {name}")));
            let audited = file.pdf().and_then(|bytes| {
                audit::audit(&bytes, self.options).map_err(|fault| {
                    let source = Arc::new(SourceText::new(name.clone(), String::new()));
                    Fault::input(vec![fault.at(Origin::new(&source, 0..0))])
                })
            });
            drop(progress);
            match audited {
                Ok(report) => {
                    match self.showing {
                        Showing::Human => print(human(&report, &name, console))?,
                        Showing::Json => print(report.to_json(&name))?,
                    }
                    if report.fails() {
                        exit = exit.max(Exit::Input);
                    }
                }
                Err(fault) => {
                    console.report_all(&fault.diagnostics);
                    exit = exit.max(fault.exit);
                }
            }
        }
        Ok(exit)
    }
}

fn human(report: &Report, name: &str, console: Console) -> String {
    let language = console.language();
    let say = |zh: &str, en: &str| if language == Language::Chinese { zh.to_owned() } else { en.to_owned() };
    let kind = kind_name(report.kind);
    let exact = if report.exact {
        say("，按标准原数", ", by the standard's own numbers")
    } else {
        String::new()
    };
    let mut text = match language {
        Language::Chinese => format!("{name}：{}，{}面{exact}\n", kind.zh, report.pages),
        Language::English => {
            let pages = if report.pages == 1 { "page" } else { "pages" };
            format!("{name}: {}, {} {pages}{exact}\n", kind.en, report.pages)
        }
    };
    if report.incomplete {
        text += &say(
            "      文件有一部分读不出，或者超出了能读的限度，那一部分没有检查\n",
            "      a part of the file cannot be read, or is beyond what is read of one; it is not judged\n",
        );
    }
    for judgement in &report.judgements {
        if console.is_quiet() && judgement.verdict != Verdict::Fail {
            continue;
        }
        put(&mut text, judgement, language);
    }
    let [pass, fail, none] =
        [Verdict::Pass, Verdict::Fail, Verdict::NotJudged].map(|verdict| report.count(verdict));
    let total = Text::both(
        format!("合格{pass}条，不合{fail}条，未判{none}条"),
        format!("{pass} passed, {fail} failed, {none} not judged"),
    );
    text + total.get(language) + "\n"
}

fn kind_name(kind: Kind) -> Text {
    match kind {
        Kind::Report => Text::both("工作报告", "report"),
        Kind::Document => Text::both("公文", "document"),
        Kind::Letter => Text::both("信函格式", "letter"),
        Kind::Order => Text::both("命令（令）格式", "order"),
        Kind::Minutes => Text::both("纪要格式", "minutes"),
    }
}

fn put(text: &mut String, judgement: &Judgement, language: Language) {
    let clause = judgement.clause;
    let (verdict, asks) = match (judgement.verdict, language) {
        (Verdict::Pass, Language::Chinese) => ("合格", clause.zh),
        (Verdict::Fail, Language::Chinese) => ("不合", clause.zh),
        (Verdict::NotJudged, Language::Chinese) => ("未判", clause.zh),
        (Verdict::Pass, Language::English) => ("pass", clause.en),
        (Verdict::Fail, Language::English) => ("FAIL", clause.en),
        (Verdict::NotJudged, Language::English) => ("----", clause.en),
    };
    // Writing to a string does not fail.
    let _ = writeln!(text, "{verdict}  {}  {asks} [{}]", clause.number, clause.id);
    if let Some(reason) = &judgement.reason {
        let _ = writeln!(text, "      {}", reason.get(language));
    }
    for finding in judgement.findings.iter().take(SHOWN) {
        let _ = writeln!(text, "      {}", line(finding, language));
    }
    if let Some(more) = judgement.findings.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        let more = Text::both(format!("另有{more}处"), format!("and {more} more"));
        let _ = writeln!(text, "      {}", more.get(language));
    }
}

fn line(finding: &Finding, language: Language) -> String {
    let measured = finding.measured.get(language);
    let place = place(&finding.place).get(language).to_owned();
    let note = Text::both(if finding.fails { "" } else { "注：" }, if finding.fails { "" } else { "note: " });
    let quote = match (finding.place.text.as_str(), language) {
        ("", _) => String::new(),
        (text, Language::Chinese) => format!("（{text}）"),
        (text, Language::English) => format!(" (`{text}`)"),
    };
    format!("{}{place}{measured}{quote}", note.get(language))
}

fn place(place: &Place) -> Text {
    let at = place.at.map(|at| format!("{:.1}, {:.1} mm", at.x.to_mm(), at.y.to_mm()));
    match (place.page, place.line, at) {
        (None, ..) => Text::both("", ""),
        (Some(page), None, None) => Text::both(format!("第{page}面："), format!("page {page}: ")),
        (Some(page), None, Some(at)) => {
            Text::both(format!("第{page}面（{at}）："), format!("page {page} ({at}): "))
        }
        (Some(page), Some(line), _) => {
            Text::both(format!("第{page}面第{line}行："), format!("page {page} line {line}: "))
        }
    }
}

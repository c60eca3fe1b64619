//! Tells what became of each data file, and counts.

use std::io::{self, IsTerminal};

use shizheng::diag::catalogue::batch::LINES_GONE;
use shizheng::diag::{Diagnostic, Severity, Text};

use super::bar::Bar;
use super::batch::plan::Plan;
use super::batch::record::{self, Entry, Foot, Record, Status};
use super::console::Console;
use super::fault::{Exit, Fault};
use super::output::Target;

/// Up to so many documents have a line each even where a bar says how far it is.
const FEW: usize = 20;

/// Says how many warnings there are.
pub(super) fn warnings(count: usize) -> Text {
    Text::both(format!("{count}处警告"), counted(count, "warning"))
}

/// Says how many errors there are.
pub(super) fn errors(count: usize) -> Text {
    Text::both(format!("{count}处错误"), counted(count, "error"))
}

/// Writes a count with its noun: `1 file`, `2 files`.
pub(super) fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

/// A data file or document that went well.
pub(super) struct Good {
    /// What became of it.
    pub(super) status: Status,
    /// How many pages it has, if they are known.
    pub(super) pages: Option<usize>,
    /// What was noticed of it.
    pub(super) noticed: Vec<Diagnostic>,
}

/// What became of the data files of one call.
pub(super) struct Tally {
    console: Console,
    bar: Bar,
    record: Option<Record>,
    total: usize,
    /// How many of the total another share counts.
    elsewhere: usize,
    counts: Foot,
    exit: Exit,
}

impl Tally {
    /// Begins to count what a plan lists; `summary` is where the run's summary goes.
    pub(super) fn new(console: Console, plan: &Plan, summary: Option<Target>) -> Result<Self, Fault> {
        let missing = plan.missing.len();
        let mut tally = Self::of(console, plan.mine() + missing);
        let total = plan.total + missing;
        tally.record = summary.map(|target| Record::begin(target, plan.shard, total)).transpose()?;
        tally.miss(plan);
        Ok(tally)
    }

    /// Begins to count a number of data files.
    pub(super) fn of(console: Console, total: usize) -> Self {
        let bar = Bar::new(console, total);
        let counts = Foot { complete: true, ..Foot::default() };
        Self { console, bar, record: None, total, elsewhere: 0, counts, exit: Exit::Done }
    }

    /// Counts what the call names and there is not.
    fn miss(&mut self, plan: &Plan) {
        for missing in &plan.missing {
            // Each share tells of it, and the first counts it.
            if plan.shard.number == 1 {
                let fault = Fault::call(missing.fault.clone());
                self.count(&missing.word, None, Err(fault), |_| Ok(None));
            } else {
                self.console.report_all([&missing.fault]);
                self.elsewhere += 1;
            }
            self.exit = self.exit.max(Exit::Call);
        }
    }

    /// Shows on a terminal how far it is.
    pub(super) fn progress(&mut self) {
        self.bar.show(self.counts.inputs);
    }

    /// Counts a data file and shows what was noticed of it; `say` speaks of one that went well, with its warnings
    /// counted. Tells whether it did.
    pub(super) fn count(
        &mut self,
        input: &str,
        output: Option<String>,
        made: Result<Good, Fault>,
        say: impl FnOnce(usize) -> Result<Option<Text>, Fault>,
    ) -> bool {
        self.bar.hide();
        let mut entry = Entry {
            input: input.to_owned(),
            output,
            status: Status::Failed,
            pages: None,
            errors: 0,
            warnings: 0,
            codes: record::codes([]),
        };
        let told = made.and_then(|good| {
            self.tell(&mut entry, &good.noticed);
            let line = say(entry.warnings)?;
            if let Some(line) = line.filter(|_| self.has_lines()) {
                self.console.result(&line)?;
            }
            (entry.status, entry.pages) = (good.status, good.pages);
            Ok(())
        });
        let fault = told.err();
        if let Some(fault) = &fault {
            self.tell(&mut entry, &fault.diagnostics);
            self.exit = self.exit.max(fault.exit);
        }
        self.counts.count(&entry);
        if let Some(Err(fault)) = self.record.as_mut().map(|record| record.add(&entry)) {
            self.drop_record(&fault);
        }
        self.progress();
        fault.is_none()
    }

    fn tell(&self, entry: &mut Entry, found: &[Diagnostic]) {
        self.console.report_all(found);
        let count = |severity| found.iter().filter(|diagnostic| diagnostic.severity == severity).count();
        entry.errors += count(Severity::Error);
        entry.warnings += count(Severity::Warning);
        entry.codes.extend(record::codes(found));
    }

    /// Tells whether each document has a line: not where a bar speaks for very many, or a summary is to be read.
    fn has_lines(&self) -> bool {
        if self.record.as_ref().is_some_and(Record::is_standard_output) {
            return false;
        }
        self.total <= FEW || !(self.bar.is_wanted() && io::stdout().is_terminal())
    }

    /// Says that the run ended before its inputs did, and why.
    pub(super) fn stop(&mut self, exit: Exit, why: &Text) {
        self.bar.hide();
        self.counts.complete = false;
        self.exit = self.exit.max(exit);
        self.console.remark(why);
    }

    /// Tells of inputs that there were when the plan was made, and that nobody has seen since.
    pub(super) fn miss_inputs(&mut self, plan: &Plan) {
        let missing = if plan.shard.number == 1 { plan.missing.len() } else { 0 };
        let gone = (plan.mine() + missing).saturating_sub(self.counts.inputs);
        if gone > 0 {
            self.counts.complete = false;
            self.fail(&Fault::input(vec![Diagnostic::new(&LINES_GONE).with("count", gone)]));
        }
    }

    /// Goes without a summary that cannot be written.
    fn drop_record(&mut self, fault: &Fault) {
        self.record = None;
        self.fail(fault);
    }

    /// Counts a fault that is no document's.
    pub(super) fn fail(&mut self, fault: &Fault) {
        self.bar.hide();
        self.console.report_all(&fault.diagnostics);
        self.counts.errors += fault.diagnostics.len();
        self.exit = self.exit.max(fault.exit);
    }

    /// Says how it went, unless one document was made without a word, and writes the run's summary.
    pub(super) fn finish(mut self, line: impl FnOnce(&Self) -> Text) -> Exit {
        self.bar.hide();
        let elapsed = self.bar.elapsed();
        if let Some(Err(fault)) = self.record.take().map(|record| record.end(&self.counts, elapsed)) {
            self.drop_record(&fault);
        }
        if self.total > 1 || self.counts.errors + self.counts.warnings > 0 || !self.counts.complete {
            self.console.remark(&line(&self));
        }
        self.exit
    }

    /// Says how a `render` went.
    pub(super) fn rendered(&self) -> Text {
        let (done, same) = (self.counts.written, self.counts.unchanged);
        let failed = self.total - done - same;
        let (mut zh, mut en) = (Vec::new(), Vec::new());
        if done > 0 {
            zh.push(format!("已生成{done}份文件"));
            en.push(format!("{} written", counted(done, "file")));
        }
        if same > 0 {
            zh.push(format!("{same}份没有变化"));
            en.push(format!("{same} up to date"));
        }
        if zh.is_empty() {
            return self.with_findings(&Text::both("未生成文件", "no file written"));
        }
        if failed > 0 {
            zh.push(format!("{failed}份未生成"));
            en.push(format!("{failed} not written"));
        }
        self.with_findings(&Text::both(zh.join("，"), en.join(", ")))
    }

    /// Says how a `render --check` went.
    pub(super) fn held(&self) -> Text {
        let (same, other, unseen) = (self.counts.checked, self.failed(), self.unseen());
        self.with_findings(&match (same, other, unseen) {
            (_, 0, 0) => {
                Text::both(format!("{same}份都与数据相符"), format!("all {same} as the data give them"))
            }
            (_, other, unseen) => {
                let text = Text::both(
                    format!("{}份中有{other}份与数据不符", self.total),
                    format!("{other} of {} not as the data give them", self.total),
                );
                not_reached(text, unseen)
            }
        })
    }

    /// Says how a `check` went.
    pub(super) fn checked(&self) -> Text {
        let (failed, unseen) = (self.failed(), self.unseen());
        let files = match (self.total, failed, unseen) {
            (1, 0, 0) => Text::both("可以生成", "ready to render"),
            (1, _, 0) => Text::both("改正后再生成", "not ready to render"),
            (total, 0, 0) => {
                Text::both(format!("{total}份数据都可以生成"), format!("all {total} files ready to render"))
            }
            (total, failed, unseen) => {
                let text = Text::both(
                    format!("{total}份数据中有{failed}份要改正"),
                    format!("{failed} of {total} files not ready to render"),
                );
                not_reached(text, unseen)
            }
        };
        self.with_findings(&files)
    }

    /// Returns how many nobody has looked at, since the run ended before.
    fn unseen(&self) -> usize {
        self.total.saturating_sub(self.counts.inputs + self.elsewhere)
    }

    /// Returns how many were looked at, or are not there, and are not in order.
    fn failed(&self) -> usize {
        self.total - self.counts.checked - self.unseen()
    }

    fn with_findings(&self, files: &Text) -> Text {
        let (mut zh, mut en) = (Vec::new(), Vec::new());
        for (count, say) in [
            (self.counts.errors, errors as fn(usize) -> Text),
            (self.counts.warnings, warnings as fn(usize) -> Text),
        ] {
            if count > 0 {
                let text = say(count);
                zh.push(text.zh);
                en.push(text.en);
            }
        }
        if zh.is_empty() {
            return files.clone();
        }
        Text::both(format!("共{}，{}", zh.join("、"), files.zh), format!("{}; {}", en.join(", "), files.en))
    }
}

/// Adds how many were not looked at.
fn not_reached(text: Text, unseen: usize) -> Text {
    match unseen {
        0 => text,
        _ => Text::both(
            format!("{}，{unseen}份没有检查", text.zh),
            format!("{}, {unseen} not looked at", text.en),
        ),
    }
}

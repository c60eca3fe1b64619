//! Tells what became of each data file, and counts.

use shizheng::diag::{Diagnostic, Severity, Text};

use super::console::{Console, Progress};
use super::fault::{Exit, Fault};
use super::input::Input;

/// Says how many warnings there are.
pub(super) fn warnings(count: usize) -> Text {
    Text::both(format!("{count}处警告"), counted(count, "warning"))
}

/// Says how many errors there are.
pub(super) fn errors(count: usize) -> Text {
    Text::both(format!("{count}处错误"), counted(count, "error"))
}

fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

/// What became of the data files of one call.
pub(super) struct Tally {
    console: Console,
    total: usize,
    begun: usize,
    done: usize,
    errors: usize,
    warnings: usize,
    exit: Exit,
}

impl Tally {
    pub(super) fn new(console: Console, found: usize, missing: &[Diagnostic]) -> Self {
        console.report_all(missing);
        let exit = if missing.is_empty() { Exit::Done } else { Exit::Call };
        let (total, errors) = (found + missing.len(), missing.len());
        Self { console, total, begun: missing.len(), done: 0, errors, warnings: 0, exit }
    }

    pub(super) fn progress(&mut self, input: &Input) -> Progress {
        self.begun += 1;
        let (begun, total, name) = (self.begun, self.total, input.name());
        self.console.progress(&Text::both(
            format!("第{begun}份，共{total}份：{name}"),
            format!("{begun}/{total}: {name}"),
        ))
    }

    /// Counts a document and shows what was noticed of it; `say` speaks of one that went well.
    pub(super) fn count<T>(
        &mut self,
        made: Result<(T, Vec<Diagnostic>), Fault>,
        say: impl FnOnce(&T, usize) -> Result<(), Fault>,
    ) {
        let result = made.and_then(|(made, noticed)| {
            self.console.report_all(&noticed);
            let warnings = noticed.iter().filter(|diagnostic| is_warning(diagnostic)).count();
            self.warnings += warnings;
            self.done += 1;
            say(&made, warnings)
        });
        if let Err(fault) = result {
            self.console.report_all(&fault.diagnostics);
            self.errors += fault.diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).count();
            self.warnings += fault.diagnostics.iter().filter(|diagnostic| is_warning(diagnostic)).count();
            self.exit = self.exit.max(fault.exit);
        }
    }

    /// Says how it went, unless one document was made without a word.
    pub(super) fn finish(self, line: impl FnOnce(&Self) -> Text) -> Exit {
        if self.total > 1 || self.errors + self.warnings > 0 {
            self.console.remark(&line(&self));
        }
        self.exit
    }

    /// Says how a `render` went.
    pub(super) fn rendered(&self) -> Text {
        let failed = self.total - self.done;
        let files = match (self.done, failed) {
            (0, _) => Text::both("未生成文件", "no file written"),
            (done, 0) => Text::both(format!("已生成{done}份文件"), counted(done, "file") + " written"),
            (done, failed) => Text::both(
                format!("已生成{done}份文件，{failed}份未生成"),
                format!("{} written, {failed} not written", counted(done, "file")),
            ),
        };
        self.with_findings(&files)
    }

    /// Says how a `check` went.
    pub(super) fn checked(&self) -> Text {
        let failed = self.total - self.done;
        let files = match (self.total, failed) {
            (1, 0) => Text::both("可以生成", "ready to render"),
            (1, _) => Text::both("改正后再生成", "not ready to render"),
            (total, 0) => {
                Text::both(format!("{total}份数据都可以生成"), format!("all {total} files ready to render"))
            }
            (total, failed) => Text::both(
                format!("{total}份数据中有{failed}份要改正"),
                format!("{failed} of {total} files not ready to render"),
            ),
        };
        self.with_findings(&files)
    }

    fn with_findings(&self, files: &Text) -> Text {
        let (mut zh, mut en) = (Vec::new(), Vec::new());
        if self.errors > 0 {
            zh.push(format!("{}处错误", self.errors));
            en.push(counted(self.errors, "error"));
        }
        if self.warnings > 0 {
            let warnings = warnings(self.warnings);
            zh.push(warnings.zh);
            en.push(warnings.en);
        }
        if zh.is_empty() {
            return files.clone();
        }
        Text::both(format!("共{}，{}", zh.join("、"), files.zh), format!("{}; {}", en.join(", "), files.en))
    }
}

fn is_warning(diagnostic: &Diagnostic) -> bool {
    diagnostic.severity == Severity::Warning
}

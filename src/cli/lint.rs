//! Checks template packs and tells everything that is wrong with one.

use shizheng::diag::{Diagnostic, Severity, Text};

use super::arguments;
use super::console::Console;
use super::fault::{Exit, Fault};
use super::packs::Choice;
use super::tally::{errors, warnings};

/// A resolved `pack lint`.
pub(super) struct Linting {
    choice: Choice,
}

impl Linting {
    /// Finds the pack.
    pub(super) fn resolve(call: &arguments::Lint) -> Result<Self, Fault> {
        Ok(Self { choice: Choice::resolve_here(call.target.as_deref())? })
    }

    /// Checks it and tells all that was found, errors and warnings.
    pub(super) fn run(self, console: Console) -> Result<Exit, Fault> {
        let found = shizheng::lint(&*self.choice.files()?);
        console.report_all(&found);
        let count = |severity| found.iter().filter(|one: &&Diagnostic| one.severity == severity).count();
        let (faults, doubts) = (count(Severity::Error), count(Severity::Warning));
        let name = self.choice.name();
        if faults == 0 {
            console.result(&match doubts {
                0 => Text::both(format!("{name}：没有错误"), format!("{name}: no faults")),
                _ => Text::both(
                    format!("{name}：没有错误，有{}", warnings(doubts).zh),
                    format!("{name}: no faults, {}", warnings(doubts).en),
                ),
            })?;
            return Ok(Exit::Done);
        }
        let (mut zh, mut en) =
            (format!("{name}：共{}", errors(faults).zh), format!("{name}: {}", errors(faults).en));
        if doubts > 0 {
            zh = format!("{zh}、{}", warnings(doubts).zh);
            en = format!("{en}, {}", warnings(doubts).en);
        }
        console.remark(&Text::both(zh, en));
        Ok(Exit::Input)
    }
}

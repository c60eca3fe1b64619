//! Says how a run ended, in the one number that the program leaves behind.

use std::io;
use std::process::ExitCode;

use shizheng::diag::{Diagnostic, Entry, system_reason};

/// The program's exit codes, the worst last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Exit {
    /// 0: everything was done.
    Done,
    /// 1: a data file or a pack is at fault, or a check failed; or the program itself did.
    Input,
    /// 2: the call is at fault.
    Call,
    /// 3: an output could not be written.
    Output,
    /// 130: the run was interrupted.
    Interrupted = 130,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// What stopped the work, and the exit code that it leads to.
#[derive(Debug)]
pub(super) struct Fault {
    /// How the run ends because of it.
    pub(super) exit: Exit,
    /// What to tell; never empty.
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl Fault {
    /// Makes a fault of the data or the pack.
    pub(super) fn input(diagnostics: Vec<Diagnostic>) -> Self {
        Self { exit: Exit::Input, diagnostics }
    }

    /// Makes a fault of the call.
    pub(super) fn call(diagnostic: Diagnostic) -> Self {
        Self { exit: Exit::Call, diagnostics: vec![diagnostic] }
    }

    /// Makes a fault of an output.
    pub(super) fn output(diagnostic: Diagnostic) -> Self {
        Self { exit: Exit::Output, diagnostics: vec![diagnostic] }
    }
}

/// Makes a diagnostic of an entry with the placeholders `path` and `reason`.
pub(super) fn with_reason(entry: &'static Entry, path: &str, error: &io::Error) -> Diagnostic {
    Diagnostic::new(entry).with("path", path).with("reason", system_reason(error))
}

//! Takes the command line to a finished job, and is the only place that touches files and the environment.
//!
//! ```text
//! command line -> Arguments -> Job -> files, standard output, messages
//!              arguments     job    render, proof, diff, tell
//! ```
//!
//! [`job`] looks everything up that a call names (files, globs, packs' names, the locale) before any work
//! is done, so that what follows has nothing left to decide.

#![expect(clippy::disallowed_methods, reason = "files and the environment are reached from here alone")]

mod against;
mod arguments;
mod audit;
mod bar;
mod batch;
mod beside;
mod check;
mod console;
mod diff;
mod early;
mod extract;
mod faces;
mod fault;
mod folder;
mod help;
mod input;
mod job;
mod language;
mod leave;
mod lint;
mod manual;
mod merge;
mod misuse;
mod net;
mod new;
mod output;
mod pack;
mod packs;
mod places;
mod presses;
mod proof;
mod reference;
mod render;
mod summary;
mod tally;
mod tell;
mod watch;

use std::ffi::OsString;
use std::process::ExitCode;

use shizheng::diag::Diagnostic;
use shizheng::diag::catalogue::cli::PROGRAM_FAILED;

use self::arguments::{Arguments, MessageFormat};
use self::console::Console;
use self::fault::{Exit, Fault};
use self::job::Job;

/// Runs the program on its own command line.
pub(super) fn run() -> ExitCode {
    net::spread();
    let words = early::with_help(std::env::args_os().collect());
    let language = language::choose(&words, |name| std::env::var_os(name));
    leave::leave(exit(&words, Console::new(language, MessageFormat::of(&words))))
}

fn exit(words: &[OsString], console: Console) -> Exit {
    let arguments = match Arguments::read(words, console.language()) {
        Ok(arguments) => arguments,
        Err(error) => return misuse::tell(&error, words, console),
    };
    let console = console.with_volume(arguments.volume());
    end(console, || Job::resolve(arguments.command).and_then(|job| job.run(console)))
}

/// Does a job and tells what stopped it, be it a fault of the program.
fn end(console: Console, job: impl FnOnce() -> Result<Exit, Fault>) -> Exit {
    let done = net::caught(job).unwrap_or_else(|reason| {
        Err(Fault::input(vec![Diagnostic::new(&PROGRAM_FAILED).with("reason", reason)]))
    });
    done.unwrap_or_else(|fault| {
        console.report_all(&fault.diagnostics);
        fault.exit
    })
}

#[cfg(test)]
mod tests {
    use std::panic::resume_unwind;

    use shizheng::diag::Language;

    use super::*;

    #[test]
    fn program_that_fails_ends_as_one_that_cannot_go_on() {
        let console = Console::new(Language::English, MessageFormat::Json);
        assert_eq!(end(console, || Ok(Exit::Done)), Exit::Done);
        assert_eq!(end(console, || resume_unwind(Box::new("no such thing"))), Exit::Input);
    }
}

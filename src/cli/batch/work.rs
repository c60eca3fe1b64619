//! Works on the inputs of a plan and has what became of them told in their order.

use std::ops::ControlFlow;
use std::sync::Arc;

use shizheng::diag::catalogue::batch as catalogue;
use shizheng::diag::{Diagnostic, Text};

use super::plan::{Plan, thread_fault};
use super::{interrupt, pool};
use crate::cli::console::Console;
use crate::cli::fault::{Exit, Fault};
use crate::cli::input::Input;
use crate::cli::net;
use crate::cli::output::Target;
use crate::cli::presses::Ready;
use crate::cli::tally::Tally;

/// What became of one input in a worker's hands.
pub(in crate::cli) struct Outcome<T> {
    /// The input as messages show it.
    pub(in crate::cli) input: String,
    /// What it was made with, once that is known.
    pub(in crate::cli) press: Option<Arc<Ready>>,
    /// Where it goes, once that is known.
    pub(in crate::cli) target: Option<Target>,
    /// What was made of it, or what is wrong.
    pub(in crate::cli) result: Result<T, Fault>,
}

impl<T> Outcome<T> {
    /// Has an input worked on. Should the program fail at it, that is its fault and no other's.
    pub(in crate::cli) fn of(
        input: Result<Input, Fault>,
        work: impl FnOnce(&Input, &mut Self) -> Result<T, Fault>,
    ) -> Self {
        let failed = |input, fault| Self { input, press: None, target: None, result: Err(fault) };
        let input = match input {
            Ok(input) => input,
            Err(fault) => return failed(String::new(), fault),
        };
        let mut outcome = failed(input.name(), Fault::input(Vec::new()));
        outcome.result = net::caught(|| work(&input, &mut outcome)).unwrap_or_else(|reason| {
            let fault = Diagnostic::new(&catalogue::PROGRAM_FAULT).with("path", &outcome.input);
            Err(Fault::input(vec![fault.with("reason", reason)]))
        });
        outcome
    }

    /// Says which pack it was made with, the first time that the pack comes up.
    pub(in crate::cli) fn introduce(&self, console: Console) {
        if let Some(press) = &self.press {
            press.introduce(console);
        }
    }
}

/// Works on a plan's inputs, any number at a time, and has what became of them told in their order. `tell` says
/// whether one went well.
pub(in crate::cli) fn work<T: Send>(
    plan: &Plan,
    fail_fast: bool,
    tally: &mut Tally,
    make: impl Fn(Result<Input, Fault>) -> Outcome<T> + Sync,
    mut tell: impl FnMut(&mut Tally, Outcome<T>) -> bool,
) -> Result<(), Fault> {
    // Who is asked for the data on a terminal wants Ctrl-C to end that at once.
    if !plan.files().contains(&Input::StandardInput) {
        interrupt::watch();
    }
    let mut has_failed = fail_fast && !plan.missing.is_empty();
    if !has_failed {
        tally.progress();
        let inputs = plan.share().take_while(|_| !interrupt::is_raised());
        let worked = pool::in_order(plan.jobs, inputs, make, |outcome| {
            has_failed |= !tell(tally, outcome) && fail_fast;
            if has_failed { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        worked.map_err(|error| thread_fault(&error))?;
    }
    if interrupt::is_raised() {
        tally.stop(Exit::Interrupted, &Text::both("已中断", "interrupted"));
    } else if has_failed {
        let why =
            Text::both("按 `--fail-fast` 停在第一处", "stopped at the first one, as `--fail-fast` says");
        tally.stop(Exit::Done, &why);
    } else {
        tally.miss_inputs(plan);
    }
    Ok(())
}

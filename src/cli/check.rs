//! Checks data files, any number of them, by making the documents and keeping none.

use std::sync::Arc;

use shizheng::Options;
use shizheng::diag::Text;

use super::arguments;
use super::batch::plan::Plan;
use super::batch::record::Status;
use super::batch::work::{Outcome, work};
use super::beside::Folders;
use super::console::Console;
use super::faces::Faces;
use super::fault::{Exit, Fault};
use super::output::Target;
use super::packs::Choice;
use super::presses::Presses;
use super::render::{previous, read, spared, summary};
use super::tally::{Good, Tally, warnings};

/// A resolved `check`.
pub(super) struct Checking {
    plan: Plan,
    summary: Option<Target>,
    choice: Choice,
    faces: Faces,
    options: Options,
    strict: bool,
    fail_fast: bool,
}

impl Checking {
    /// Finds the data files.
    pub(super) fn resolve(call: &arguments::Check) -> Result<Self, Fault> {
        let summary = summary(&call.many, None, false)?;
        let choice = Choice::resolve(call.pack.pack.as_deref())?;
        let faces = Faces::resolve(&call.faces)?;
        let plan = Plan::resolve(&call.inputs, &call.many)?;
        let previous = previous(call.past.previous.as_deref(), plan.total)?;
        if let Some(summary) = &summary {
            let mut reserved = plan.reserved(previous.as_ref());
            reserved.take("--summary", summary)?;
        }
        let previous = read(previous.as_ref())?;
        let options = Options { previous, beside: Some(Arc::new(Folders)), ..Options::default() };
        let (strict, fail_fast) = (call.strict, call.many.fail_fast);
        Ok(Self { plan, summary, choice, faces, options, strict, fail_fast })
    }

    /// Checks them.
    pub(super) fn run(self, console: Console) -> Result<Exit, Fault> {
        let presses = Presses::new(self.choice, self.faces)?;
        let mut tally = Tally::new(console, &self.plan, self.summary)?;
        let check = |input| {
            Outcome::of(input, |input, outcome| {
                let source = input.source()?;
                let press = presses.for_data(&source)?;
                outcome.press = Some(Arc::clone(&press));
                spared(
                    press.check(&source, &self.options).map_err(|found| press.fault(&source, found))?,
                    self.strict,
                )
            })
        };
        work(&self.plan, self.fail_fast, &mut tally, check, |tally, outcome| {
            outcome.introduce(console);
            let name = outcome.input;
            let good = outcome.result.map(|noticed| Good { status: Status::Checked, pages: None, noticed });
            tally.count(&name, None, good, |count| {
                Ok(Some(match count {
                    0 => Text::both(format!("{name}：没有错误"), format!("{name}: no errors")),
                    _ => Text::both(
                        format!("{name}：没有错误，有{}", warnings(count).zh),
                        format!("{name}: no errors, {}", warnings(count).en),
                    ),
                }))
            })
        })?;
        presses.leave();
        Ok(tally.finish(Tally::checked))
    }
}

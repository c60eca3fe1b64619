//! Resolves a command line into one job that has nothing left to look up, and runs it.

use shizheng::diag::catalogue::{self, cli};
use shizheng::diag::{Diagnostic, Entry, Text, nearest};

use super::arguments::{Command, Completions, Explanation, Guidance, Listing, PackCommand};
use super::audit::Auditing;
use super::check::Checking;
use super::console::Console;
use super::diff::Differing;
use super::extract::Extraction;
use super::fault::{Exit, Fault};
use super::lint::Linting;
use super::manual;
use super::merge::Merging;
use super::new::Founding;
use super::pack::{self, Comparing, Exporting, Showing};
use super::packs::Choice;
use super::proof::Proofing;
use super::reference;
use super::render::Rendering;
use super::summary::Summing;
use super::tell;

/// What a call asks for.
pub(super) enum Job {
    Render(Rendering),
    Check(Checking),
    Extract(Extraction),
    Merge(Merging),
    Proof(Proofing),
    Diff(Differing),
    Audit(Auditing),
    Summary(Summing),
    Schema(Choice),
    Fields(Choice, Listing),
    Licenses,
    Completions(Completions),
    Explain(&'static Entry, Explanation),
    Codes(Explanation),
    Helpers(Guidance),
    Man,
    Lint(Linting),
    Packs,
    Show(Showing),
    Export(Exporting),
    Compare(Comparing),
    New(Founding),
}

impl Job {
    /// Resolves a command. Fails with the call's faults, before anything is done.
    pub(super) fn resolve(command: Command) -> Result<Self, Fault> {
        Ok(match command {
            Command::Render(call) => Self::Render(Rendering::resolve(&call)?),
            Command::Check(call) => Self::Check(Checking::resolve(&call)?),
            Command::Extract(call) => Self::Extract(Extraction::resolve(&call)?),
            Command::Merge(call) => Self::Merge(Merging::resolve(&call)?),
            Command::Proof(call) => Self::Proof(Proofing::resolve(&call)?),
            Command::Diff(call) => Self::Diff(Differing::resolve(&call)?),
            Command::Audit(call) => Self::Audit(Auditing::resolve(&call)?),
            Command::Summary(call) => Self::Summary(Summing::resolve(&call)?),
            Command::Schema(call) => Self::Schema(Choice::resolve(call.pack.pack.as_deref())?),
            Command::Fields(call) => Self::Fields(Choice::resolve(call.pack.pack.as_deref())?, call.listing),
            Command::Licenses => Self::Licenses,
            Command::Completions(call) => Self::Completions(call),
            Command::Explain(call) => match &call.code {
                Some(code) => Self::Explain(entry(code)?, call.format),
                None => Self::Codes(call.format),
            },
            Command::Helpers(call) => Self::Helpers(call.format),
            Command::Man => Self::Man,
            Command::New(call) => Self::New(Founding::resolve(&call)?),
            Command::Pack(PackCommand::Lint(call)) => Self::Lint(Linting::resolve(&call)?),
            Command::Pack(PackCommand::List) => Self::Packs,
            Command::Pack(PackCommand::Show(call)) => Self::Show(Showing::resolve(&call)?),
            Command::Pack(PackCommand::Export(call)) => Self::Export(Exporting::resolve(&call)?),
            Command::Pack(PackCommand::Diff(call)) => Self::Compare(Comparing::resolve(&call)?),
        })
    }

    /// Does it.
    pub(super) fn run(self, console: Console) -> Result<Exit, Fault> {
        match self {
            Self::Render(rendering) => return rendering.run(console),
            Self::Check(checking) => return checking.run(console),
            Self::Lint(linting) => return linting.run(console),
            Self::Merge(merging) => return merging.run(console),
            Self::Audit(auditing) => return auditing.run(console),
            Self::Show(showing) => return showing.run(console),
            Self::Export(exporting) => return exporting.run(console),
            Self::Compare(comparing) => return comparing.run(console),
            Self::New(founding) => return founding.run(console),
            Self::Packs => pack::list(console.language()),
            Self::Extract(extraction) => extraction.run(console),
            Self::Proof(proofing) => return proofing.run(console),
            Self::Diff(differing) => return differing.run(console),
            Self::Summary(summing) => return summing.run(console),
            Self::Schema(choice) => tell::schema(&choice),
            Self::Fields(choice, listing) => tell::fields(&choice.load()?, listing, console.language()),
            Self::Licenses => tell::licenses(console.language()),
            Self::Completions(call) => tell::completions(call.shell, console.language()),
            Self::Explain(entry, explanation) => reference::explain(entry, explanation, console.language()),
            Self::Codes(explanation) => reference::codes(explanation, console.language()),
            Self::Helpers(guidance) => reference::helpers(guidance, console.language()),
            Self::Man => manual::print_page(console.language()),
        }
        .map(|()| Exit::Done)
    }
}

fn entry(code: &str) -> Result<&'static Entry, Fault> {
    catalogue::find(code).ok_or_else(|| {
        let mut diagnostic = Diagnostic::new(&cli::UNKNOWN_CODE).with("code", code);
        if let Some(near) = nearest(code, catalogue::entries().map(|entry| entry.code)) {
            diagnostic =
                diagnostic.hint(Text::both(format!("是不是 `{near}`"), format!("did you mean `{near}`")));
        }
        Fault::call(diagnostic)
    })
}

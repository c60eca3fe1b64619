//! Makes checking sheets of a data file.

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::ValueEnum;
use shizheng::diag::Diagnostic;
use shizheng::diag::catalogue::cli as catalogue;
use shizheng::{Options, SheetFormat};

use super::arguments;
use super::batch::record::Status;
use super::beside;
use super::console::Console;
use super::faces::Faces;
use super::fault::{Exit, Fault};
use super::input::{self, Folders, Input};
use super::output::{Content, Target};
use super::packs::Choice;
use super::places::Reserved;
use super::presses::Presses;
use super::render::{previous, read, written};
use super::tally::{Good, Tally};

/// What stands behind the data file's name in that of its sheets.
const SUFFIX: &str = "-核稿表";

/// The endings of file names that say what is in them.
const ENDINGS: [&str; 3] = ["pdf", "xlsx", "tsv"];

/// A resolved `proof`.
pub(super) struct Proofing {
    input: Input,
    target: Target,
    choice: Choice,
    faces: Faces,
    format: SheetFormat,
    options: Options,
}

impl Proofing {
    /// Finds the data file and decides where its sheets go and what they are.
    pub(super) fn resolve(call: &arguments::Proof) -> Result<Self, Fault> {
        let choice = Choice::resolve(call.pack.pack.as_deref())?;
        let faces = Faces::resolve(&call.faces)?;
        let input = one(&call.input)?;
        let format = format(call)?;
        let path = call.output.clone().unwrap_or_else(|| name_after(&input, format));
        let content = if format == SheetFormat::Pdf { Content::Pdf } else { Content::Table };
        let target = Target::new(path, content, call.force)?;
        if target == Target::StandardOutput && format != SheetFormat::Tsv && io::stdout().is_terminal() {
            return Err(Fault::call(Diagnostic::new(&catalogue::SHEETS_ON_TERMINAL)));
        }
        let previous = previous(call.past.previous.as_deref(), 1)?;
        let mut reserved = Reserved::of(previous.iter().chain([&input]));
        reserved.check(&target)?;
        let previous = read(previous.as_ref())?;
        let options = Options { previous, beside: Some(Arc::new(beside::Folders)), ..Options::default() };
        Ok(Self { input, target, choice, faces, format, options })
    }

    /// Makes the sheets.
    pub(super) fn run(self, console: Console) -> Result<Exit, Fault> {
        let presses = Presses::new(self.choice, self.faces)?;
        let mut tally = Tally::of(console, 1);
        let (mut held, mut pages) = (None, None);
        let made = self.target.check_free().and_then(|()| {
            let source = self.input.source()?;
            let press = presses.for_data(&source)?;
            press.introduce(console);
            let made = press
                .proof(&source, self.format, &self.options)
                .map_err(|found| press.fault(&source, found))?;
            held = self.target.write(made.bytes)?;
            pages = made.pages;
            Ok(Good { status: Status::Written, pages, noticed: made.warnings })
        });
        let shown = self.target.shown();
        tally.count(&self.input.name(), Some(shown.clone()), made, |_| match (held, &self.target) {
            (Some(diagnostic), _) => Err(Fault::output(diagnostic)),
            (None, Target::StandardOutput) => Ok(None),
            (None, Target::File(_)) => Ok(Some(written(&shown, pages, 0))),
        });
        Ok(tally.finish(Tally::rendered))
    }
}

/// Finds the one data file that a word leads to.
pub(super) fn one(word: &Path) -> Result<Input, Fault> {
    let mut inputs = input::find(&[word.to_owned()], Folders::Refused)?;
    if let Some(missing) = inputs.missing.pop() {
        return Err(Fault::call(missing.fault));
    }
    let count = inputs.found.len();
    match inputs.found.pop() {
        Some(input) if count == 1 => Ok(input),
        _ => {
            let diagnostic = Diagnostic::new(&catalogue::ONE_FILE_WANTED).with("path", word.display());
            Err(Fault::call(diagnostic.with("count", count)))
        }
    }
}

/// Decides what the sheets are: what the call says, else the ending of the file's name, else a PDF.
fn format(call: &arguments::Proof) -> Result<SheetFormat, Fault> {
    if let (Some(format), Some(path)) = (call.format, &call.output) {
        let format = format.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned());
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
        if ending.is_some_and(|ending| ending != format && ENDINGS.contains(&&*ending)) {
            let diagnostic = Diagnostic::new(&catalogue::CONFLICTING_ARGUMENTS);
            return Err(Fault::call(
                diagnostic
                    .with("argument", format!("--format {format}"))
                    .with("other", format!("-o {}", path.display()))
                    .with("help", "shizheng proof --help"),
            ));
        }
    }
    match (call.format, &call.output) {
        (Some(arguments::SheetFormat::Pdf), _) | (None, None) => Ok(SheetFormat::Pdf),
        (Some(arguments::SheetFormat::Xlsx), _) => Ok(SheetFormat::Xlsx),
        (Some(arguments::SheetFormat::Tsv), _) => Ok(SheetFormat::Tsv),
        (None, Some(path)) if path.as_os_str() == "-" => Ok(SheetFormat::Pdf),
        (None, Some(path)) => {
            let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
            match ending.as_deref() {
                Some("pdf") => Ok(SheetFormat::Pdf),
                Some("xlsx") => Ok(SheetFormat::Xlsx),
                Some("tsv") => Ok(SheetFormat::Tsv),
                _ => {
                    let diagnostic = Diagnostic::new(&catalogue::SHEETS_FORMAT);
                    Err(Fault::call(diagnostic.with("path", path.display())))
                }
            }
        }
    }
}

/// `data/岑汀市.json` becomes `岑汀市-核稿表.pdf`; standard input, standard output.
fn name_after(input: &Input, format: SheetFormat) -> PathBuf {
    let Input::File(path) = input else { return PathBuf::from("-") };
    let mut name = path.file_stem().unwrap_or(path.as_os_str()).to_owned();
    name.push(SUFFIX);
    name.push(match format {
        SheetFormat::Pdf => ".pdf",
        SheetFormat::Xlsx => ".xlsx",
        SheetFormat::Tsv => ".tsv",
    });
    name.into()
}

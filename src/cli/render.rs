//! Makes and checks reports, one data file after the other; what fails does not stop the rest.

use std::path::Path;
use std::sync::Arc;

use shizheng::data::Source;
use shizheng::diag::catalogue::cli::PREVIOUS_OF_SEVERAL;
use shizheng::diag::{Diagnostic, Text};
use shizheng::{Format, Options};

use super::arguments;
use super::console::Console;
use super::faces::Faces;
use super::fault::{Exit, Fault};
use super::input::{self, Input};
use super::output::{self, Target};
use super::packs::Choice;
use super::presses::Presses;
use super::tally::{Tally, warnings};

/// A resolved `render`.
pub(super) struct Rendering {
    documents: Vec<(Input, Target)>,
    missing: Vec<Diagnostic>,
    choice: Choice,
    faces: Faces,
    options: Options,
}

/// A resolved `check`.
pub(super) struct Checking {
    inputs: Vec<Input>,
    missing: Vec<Diagnostic>,
    choice: Choice,
    faces: Faces,
    options: Options,
}

impl Rendering {
    /// Finds the data files and decides where each document goes.
    pub(super) fn resolve(call: &arguments::Render) -> Result<Self, Fault> {
        let choice = Choice::resolve(call.pack.pack.as_deref())?;
        let faces = Faces::resolve(&call.faces)?;
        let inputs = input::find(&call.inputs)?;
        let targets = output::targets(call, &inputs.found)?;
        let format = match call.format {
            arguments::Format::Pdf => Format::Pdf,
            arguments::Format::Text => Format::Text,
        };
        let previous = previous(call.past.previous.as_deref(), inputs.found.len())?;
        let documents = inputs.found.into_iter().zip(targets).collect();
        let options = Options { format, draft: call.draft, previous };
        Ok(Self { documents, missing: inputs.missing, choice, faces, options })
    }

    /// Makes the documents.
    pub(super) fn run(self, console: Console) -> Result<Exit, Fault> {
        let mut presses = Presses::new(self.choice, self.faces, console)?;
        let mut tally = Tally::new(console, self.documents.len(), &self.missing);
        for (input, target) in &self.documents {
            let progress = tally.progress(input);
            let mut held = None;
            let made = target.check_free().and_then(|()| {
                let source = read(input)?;
                let press = presses.for_data(&source)?;
                let made = press.render(&source, &self.options).map_err(Fault::input)?;
                held = target.write(&made.bytes)?;
                Ok((made.pages, made.warnings))
            });
            drop(progress);
            tally.count(made, |pages, _| match (held, target) {
                (Some(diagnostic), _) => Err(Fault::output(diagnostic)),
                (None, Target::StandardOutput) => Ok(()),
                (None, Target::File(file)) => {
                    console.result(&written(&file.path.display().to_string(), *pages))
                }
            });
        }
        Ok(tally.finish(Tally::rendered))
    }
}

impl Checking {
    /// Finds the data files.
    pub(super) fn resolve(call: &arguments::Check) -> Result<Self, Fault> {
        let choice = Choice::resolve(call.pack.pack.as_deref())?;
        let faces = Faces::resolve(&call.faces)?;
        let inputs = input::find(&call.inputs)?;
        let previous = previous(call.past.previous.as_deref(), inputs.found.len())?;
        let options = Options { previous, ..Options::default() };
        Ok(Self { inputs: inputs.found, missing: inputs.missing, choice, faces, options })
    }

    /// Checks the data files by making the documents and keeping none.
    pub(super) fn run(self, console: Console) -> Result<Exit, Fault> {
        let mut presses = Presses::new(self.choice, self.faces, console)?;
        let mut tally = Tally::new(console, self.inputs.len(), &self.missing);
        for input in &self.inputs {
            let progress = tally.progress(input);
            let made = read(input).and_then(|source| {
                let press = presses.for_data(&source)?;
                Ok(((), press.check(&source, &self.options).map_err(Fault::input)?))
            });
            drop(progress);
            let name = input.name();
            tally.count(made, |(), count| {
                console.result(&match count {
                    0 => Text::both(format!("{name}：没有错误"), format!("{name}: no errors")),
                    _ => Text::both(
                        format!("{name}：没有错误，有{}", warnings(count).zh),
                        format!("{name}: no errors, {}", warnings(count).en),
                    ),
                })
            });
        }
        Ok(tally.finish(Tally::checked))
    }
}

/// Reads last year's data file, which goes with one data file.
pub(super) fn previous(path: Option<&Path>, inputs: usize) -> Result<Option<Arc<Source>>, Fault> {
    let Some(path) = path else { return Ok(None) };
    if inputs > 1 {
        return Err(Fault::call(Diagnostic::new(&PREVIOUS_OF_SEVERAL)));
    }
    let inputs = input::find(&[path.to_owned()])?;
    match &inputs.found[..] {
        [input] => Ok(Some(Arc::new(read(input)?))),
        [] => Err(Fault::input(inputs.missing)),
        _ => Err(Fault::call(Diagnostic::new(&PREVIOUS_OF_SEVERAL))),
    }
}

fn read(input: &Input) -> Result<Source, Fault> {
    Ok(Source { name: input.name(), bytes: input.read()? })
}

fn written(path: &str, pages: Option<usize>) -> Text {
    match pages {
        Some(1) => Text::both(format!("已生成 {path}，共1页"), format!("wrote {path}, 1 page")),
        Some(pages) => {
            Text::both(format!("已生成 {path}，共{pages}页"), format!("wrote {path}, {pages} pages"))
        }
        None => Text::both(format!("已生成 {path}"), format!("wrote {path}")),
    }
}

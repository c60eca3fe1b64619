//! Makes and checks reports, one data file after the other; what fails does not stop the rest.

use std::path::Path;
use std::sync::Arc;

use shizheng::data::Source;
use shizheng::diag::catalogue::cli as catalogue;
use shizheng::diag::{Diagnostic, Severity, Text};
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
    trace: Option<Target>,
    strict: bool,
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
    strict: bool,
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
        if call.manner.embed_data && format != Format::Pdf {
            return Err(Fault::call(Diagnostic::new(&catalogue::EMBED_WITHOUT_PDF)));
        }
        let trace = output::trace(call, &inputs.found, &targets)?;
        let previous = previous(call.past.previous.as_deref(), inputs.found.len())?;
        let (draft, embed_data) = (call.manner.draft, call.manner.embed_data);
        let options = Options { format, draft, previous, embed_data };
        let documents = inputs.found.into_iter().zip(targets).collect();
        let (missing, strict) = (inputs.missing, call.manner.strict);
        Ok(Self { documents, trace, strict, missing, choice, faces, options })
    }

    /// Makes the documents.
    pub(super) fn run(self, console: Console) -> Result<Exit, Fault> {
        let mut presses = Presses::new(self.choice, self.faces, console)?;
        let mut tally = Tally::new(console, self.documents.len(), &self.missing);
        for (input, target) in &self.documents {
            let progress = tally.progress(input);
            let mut held = None;
            let free =
                target.check_free().and_then(|()| self.trace.as_ref().map_or(Ok(()), Target::check_free));
            let made = free.and_then(|()| {
                let source = read(input)?;
                let press = presses.for_data(&source)?;
                let made = press.render(&source, &self.options).map_err(Fault::input)?;
                let warnings = spared(made.warnings, self.strict)?;
                held = target.write(&made.bytes)?;
                if let Some(trace) = &self.trace {
                    let text = made.trace.to_json(made.pages.unwrap_or_default(), self.options.draft);
                    let beside = trace.write(text.as_bytes())?;
                    held = held.take().or(beside);
                }
                Ok(((made.pages, made.trace.open().len()), warnings))
            });
            drop(progress);
            let is_told = self.trace != Some(Target::StandardOutput);
            tally.count(made, |(pages, open), _| match (held, target) {
                (Some(diagnostic), _) => Err(Fault::output(diagnostic)),
                (None, Target::File(file)) if is_told => {
                    console.result(&written(&file.path.display().to_string(), *pages, *open))
                }
                (None, _) => Ok(()),
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
        let (inputs, missing) = (inputs.found, inputs.missing);
        Ok(Self { inputs, missing, choice, faces, options, strict: call.strict })
    }

    /// Checks the data files by making the documents and keeping none.
    pub(super) fn run(self, console: Console) -> Result<Exit, Fault> {
        let mut presses = Presses::new(self.choice, self.faces, console)?;
        let mut tally = Tally::new(console, self.inputs.len(), &self.missing);
        for input in &self.inputs {
            let progress = tally.progress(input);
            let made = read(input).and_then(|source| {
                let press = presses.for_data(&source)?;
                let warnings = press.check(&source, &self.options).map_err(Fault::input)?;
                Ok(((), spared(warnings, self.strict)?))
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
        return Err(Fault::call(Diagnostic::new(&catalogue::PREVIOUS_OF_SEVERAL)));
    }
    let inputs = input::find(&[path.to_owned()])?;
    match &inputs.found[..] {
        [input] => Ok(Some(Arc::new(read(input)?))),
        [] => Err(Fault::input(inputs.missing)),
        _ => Err(Fault::call(Diagnostic::new(&catalogue::PREVIOUS_OF_SEVERAL))),
    }
}

/// Reads a data file.
pub(super) fn read(input: &Input) -> Result<Source, Fault> {
    Ok(Source::new(input.name(), input.read()?))
}

/// Lets what was noticed pass, unless the call is strict and there are warnings among it.
fn spared(noticed: Vec<Diagnostic>, strict: bool) -> Result<Vec<Diagnostic>, Fault> {
    let count = noticed.iter().filter(|diagnostic| diagnostic.severity == Severity::Warning).count();
    if !strict || count == 0 {
        return Ok(noticed);
    }
    let stop = Diagnostic::new(&catalogue::STRICT).with("count", count);
    Err(Fault::input(noticed.into_iter().chain([stop]).collect()))
}

/// Says what was written.
pub(super) fn written(path: &str, pages: Option<usize>, open: usize) -> Text {
    let plural = |count: usize| if count == 1 { "" } else { "s" };
    let pages = pages.map(|count| (format!("，共{count}页"), format!(", {count} page{}", plural(count))));
    let open =
        (open > 0).then(|| (format!("，{open}项数据未定"), format!(", {open} figure{} open", plural(open))));
    let ((pages_zh, pages_en), (open_zh, open_en)) = (pages.unwrap_or_default(), open.unwrap_or_default());
    Text::both(format!("已生成 {path}{pages_zh}{open_zh}"), format!("wrote {path}{pages_en}{open_en}"))
}

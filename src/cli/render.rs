//! Makes reports, any number of them; what fails does not stop the rest.

use std::cell::LazyCell;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use shizheng::data::{self, Source};
use shizheng::diag::catalogue::{batch, cli as catalogue};
use shizheng::diag::{Diagnostic, Severity, Text};
use shizheng::{Format, Options, Rendered};

use super::against;
use super::arguments;
use super::batch::destination::Destination;
use super::batch::manifest::{self, Hash, Known, MadeOf, Notes};
use super::batch::plan::Plan;
use super::batch::record::Status;
use super::batch::remains;
use super::batch::work::{Outcome, work};
use super::beside;
use super::console::Console;
use super::faces::Faces;
use super::fault::{Exit, Fault};
use super::input::{self, Folders, Input};
use super::output::{Care, Content, Staged, Target};
use super::packs::Choice;
use super::presses::Presses;
use super::tally::{Good, Tally, counted, warnings};
use super::watch;

/// A resolved `render`.
pub(super) struct Rendering {
    plan: Plan,
    destination: Destination,
    trace: Option<Target>,
    summary: Option<Target>,
    strict: bool,
    fail_fast: bool,
    upkeep: Upkeep,
    choice: Choice,
    faces: Faces,
    options: Options,
    again: Again,
}

/// What is done about documents that are there already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Upkeep {
    /// They are replaced.
    Replace,
    /// They are replaced unless they are up to date.
    Changed,
    /// They are held against the data.
    Hold,
    /// They are replaced whenever something is saved.
    Watch,
}

/// What of the call is looked up again while it is watched.
pub(super) struct Again {
    faces: arguments::Faces,
    previous: Option<PathBuf>,
}

/// What was made of one input.
pub(super) enum Made {
    /// A document that stands beside its place.
    Staged(Box<Document>),
    /// Nothing: the document is up to date.
    Unchanged,
    /// A document that is as it is there already.
    Same { pages: Option<usize>, noticed: Vec<Diagnostic> },
}

/// A document that is made and stands beside its place.
pub(super) struct Document {
    staged: Staged,
    trace: Option<Staged>,
    pages: Option<usize>,
    open: usize,
    noticed: Vec<Diagnostic>,
    /// What it was made of, and its bytes, where that is kept.
    hashes: Option<(MadeOf, Hash)>,
}

/// What a run that leaves out what is up to date goes by.
struct Memory {
    manner: Hash,
    known: Known,
}

impl Made {
    /// Returns what was noticed of the document.
    pub(super) fn noticed(&self) -> &[Diagnostic] {
        match self {
            Self::Staged(document) => &document.noticed,
            Self::Unchanged => &[],
            Self::Same { noticed, .. } => noticed,
        }
    }
}

impl Rendering {
    /// Finds the data files and sees that each document has a place of its own.
    pub(super) fn resolve(call: &arguments::Render) -> Result<Self, Fault> {
        let summary = summary(&call.many, call.out_dir.as_deref(), call.force)?;
        let choice = Choice::resolve(call.pack.pack.as_deref())?;
        let faces = Faces::resolve(&call.faces)?;
        let destination = Destination::resolve(call)?;
        let plan = Plan::resolve(&call.inputs, &call.many)?;
        if call.output.is_some() && plan.total > 1 {
            let diagnostic = Diagnostic::new(&catalogue::OUTPUT_FOR_SEVERAL);
            return Err(Fault::call(diagnostic.with("count", plan.total)));
        }
        let upkeep = upkeep(call, &plan)?;
        let format = match call.format {
            arguments::Format::Pdf => Format::Pdf,
            arguments::Format::Text => Format::Text,
        };
        if call.manner.embed_data && format != Format::Pdf {
            return Err(Fault::call(Diagnostic::new(&catalogue::EMBED_WITHOUT_PDF)));
        }
        let past = call.past.previous.clone();
        let previous = previous(past.as_deref(), plan.total)?;
        let mut reserved = plan.reserved(previous.as_ref());
        let trace = trace(call, &plan)?;
        for (argument, target) in [("--trace", &trace), ("--summary", &summary)] {
            if let Some(target) = target {
                reserved.take(argument, target)?;
            }
        }
        plan.check_places(&destination, &mut reserved)?;
        let previous = read(previous.as_ref())?;
        let (draft, embed_data) = (call.manner.draft, call.manner.embed_data);
        let options =
            Options { format, draft, previous, embed_data, beside: Some(Arc::new(beside::Folders)) };
        let (strict, fail_fast) = (call.manner.strict, call.many.fail_fast);
        let again = Again { faces: call.faces.clone(), previous: past };
        Ok(Self {
            plan,
            destination,
            trace,
            summary,
            strict,
            fail_fast,
            upkeep,
            choice,
            faces,
            options,
            again,
        })
    }

    /// Makes the documents.
    pub(super) fn run(mut self, console: Console) -> Result<Exit, Fault> {
        if self.upkeep == Upkeep::Watch {
            return watch::run(self, console);
        }
        let (choice, faces) = (self.choice.clone(), std::mem::take(&mut self.faces));
        let folder = self.destination.folder().to_owned();
        if self.plan.total > 1 {
            remains::clear(&folder);
        }
        let memory = (self.upkeep == Upkeep::Changed).then(|| Memory {
            manner: manifest::manner(&self.options, self.strict),
            known: Known::read(&folder),
        });
        let presses = match memory {
            Some(_) => Presses::identifying(choice, faces)?,
            None => Presses::new(choice, faces)?,
        };
        let mut notes = Notes::new(&folder, self.plan.shard);
        let mut tally = Tally::new(console, &self.plan, self.summary.take())?;
        let each = |input| self.make(&presses, memory.as_ref(), input);
        work(&self.plan, self.fail_fast, &mut tally, each, |tally, outcome| {
            outcome.introduce(console);
            let to_note = match (&memory, &outcome.target, &outcome.result) {
                (Some(memory), Some(target), Ok(Made::Staged(made))) => {
                    let hashes = made.hashes.clone();
                    hashes.map(|(made_of, bytes)| (memory, target.clone(), made_of, bytes))
                }
                _ => None,
            };
            let is_good = self.place(tally, outcome);
            match to_note.filter(|_| is_good) {
                Some((memory, target, made_of, bytes)) => {
                    let added = notes.add(&memory.known, &target, &made_of, &bytes);
                    added.map_err(|fault| tally.fail(&fault)).is_ok()
                }
                None => is_good,
            }
        })?;
        if let Err(fault) = notes.save() {
            tally.fail(&fault);
        }
        presses.leave();
        Ok(tally.finish(if self.upkeep == Upkeep::Hold { Tally::held } else { Tally::rendered }))
    }

    /// Makes a document that somebody watches.
    pub(super) fn make_watched(&self, presses: &Presses, input: &Input) -> Outcome<Made> {
        self.make(presses, None, Ok(input.clone()))
    }

    /// Makes a document and leaves it beside its place.
    fn make(&self, presses: &Presses, memory: Option<&Memory>, input: Result<Input, Fault>) -> Outcome<Made> {
        Outcome::of(input, |input, outcome| {
            let mut target = None;
            if !self.destination.is_named_by_data() {
                let place = self.destination.after_input(input)?;
                outcome.target = Some(place.clone());
                // Before anything is read, unless that may show that nothing is to be done.
                if memory.is_none() {
                    self.check_free(&place)?;
                }
                target = Some(place);
            }
            let source = input.source()?;
            let peeked = LazyCell::new(|| self.destination.peek(&source));
            let press = presses.for_peeked(&source, || &*peeked)?;
            outcome.press = Some(Arc::clone(&press));
            let target = match target {
                Some(target) => target,
                None => match self.destination.after_data(input, &peeked) {
                    Ok(target) => target,
                    // Whatever else is wrong with the data is told in the same breath.
                    Err(nameless) => {
                        let mut faults = press.check(&source, &self.options).err().unwrap_or_default();
                        // Of what cannot be read nobody knows what it lacks.
                        if peeked.is_read || faults.is_empty() {
                            faults.extend(nameless.diagnostics);
                        }
                        return Err(Fault::input(faults));
                    }
                },
            };
            outcome.target = Some(target.clone());
            let plain =
                memory.map(|memory| manifest::hash([&memory.manner[..], press.identity(), &source.bytes]));
            if let (Some(memory), Some(plain)) = (memory, &plain) {
                let made_of = |files: &[String]| MadeOf::new(plain, beside::hashed(&source.name, files)).hash;
                if memory.known.is_current(&target, made_of) {
                    return Ok(Made::Unchanged);
                }
            }
            self.check_free(&target)?;
            let noting = Arc::new(beside::Noting::default());
            let mut options = self.options.clone();
            if plain.is_some() {
                options.beside = Some(Arc::<beside::Noting>::clone(&noting));
            }
            let made = press.render(&source, &options).map_err(|found| press.fault(&source, found))?;
            let made_of = plain.map(|plain| MadeOf::new(&plain, noting.noted()));
            match (self.upkeep, target.path()) {
                (Upkeep::Hold, Some(path)) => {
                    against::hold(path, &made, self.options.format)?;
                    let noticed = spared(made.warnings, self.strict)?;
                    Ok(Made::Same { pages: made.pages, noticed })
                }
                _ => self.stage(&target, made, made_of).map(|document| Made::Staged(Box::new(document))),
            }
        })
    }

    fn check_free(&self, target: &Target) -> Result<(), Fault> {
        if self.upkeep == Upkeep::Hold {
            return Ok(());
        }
        target.check_free()?;
        self.trace.as_ref().map_or(Ok(()), Target::check_free)
    }

    fn stage(&self, target: &Target, made: Rendered, made_of: Option<MadeOf>) -> Result<Document, Fault> {
        // One document can be worth a year's work; of many any can be made again.
        let care = if self.plan.total == 1 { Care::Lasting } else { Care::Fleeting };
        let (pages, open) = (made.pages, made.open());
        let trace = self.trace.as_ref().map(|target| {
            let text = made.trace().to_json(pages.unwrap_or_default(), self.options.draft);
            (target, text)
        });
        let noticed = spared(made.warnings, self.strict)?;
        let hashes = made_of.map(|made_of| (made_of, manifest::hash_of(made.bytes.parts())));
        let staged = target.stage(made.bytes, care)?;
        let trace = trace.map(|(target, text)| target.stage(text.into_bytes(), care)).transpose()?;
        Ok(Document { staged, trace, pages, open, noticed, hashes })
    }

    /// Puts a document into its place and tells of it. Says whether it went well.
    pub(super) fn place(&self, tally: &mut Tally, outcome: Outcome<Made>) -> bool {
        let shown = outcome.target.as_ref().map(Target::shown);
        let path = shown.clone().unwrap_or_default();
        let mut line = None;
        let mut held = None;
        let good = outcome.result.and_then(|made| match made {
            Made::Staged(made) => {
                held = made.staged.place()?;
                if let Some(trace) = made.trace {
                    let beside = trace.place()?;
                    held = held.take().or(beside);
                }
                let is_told = self.trace != Some(Target::StandardOutput)
                    && outcome.target != Some(Target::StandardOutput);
                line = is_told.then(|| written(&path, made.pages, made.open));
                Ok(Good { status: Status::Written, pages: made.pages, noticed: made.noticed })
            }
            Made::Unchanged => {
                line = Some(Text::both(format!("没有变化 {path}"), format!("up to date {path}")));
                Ok(Good { status: Status::Unchanged, pages: None, noticed: Vec::new() })
            }
            Made::Same { pages, noticed } => {
                let text = Text::both(format!("{path}：与数据相符"), format!("{path}: as the data give it"));
                line = Some(text);
                Ok(Good { status: Status::Checked, pages, noticed })
            }
        });
        tally.count(&outcome.input, shown, good, |count| match held {
            Some(diagnostic) => Err(Fault::output(diagnostic)),
            None if self.upkeep == Upkeep::Hold && count > 0 => Ok(line.map(|line| {
                let warnings = warnings(count);
                Text::both(format!("{}，有{}", line.zh, warnings.zh), format!("{}, {}", line.en, warnings.en))
            })),
            None => Ok(line),
        })
    }

    /// Returns the data files.
    pub(super) fn files(&self) -> &[Input] {
        self.plan.files()
    }

    /// Returns what all documents are made with: the pack that the call names, faces, last year's data.
    pub(super) fn common_paths(&self) -> Vec<PathBuf> {
        let pack = match &self.choice {
            Choice::Folder(path) | Choice::Archive(path) => Some(path.clone()),
            Choice::OfData | Choice::Carried(_) => None,
        };
        let faces = Faces::paths(&self.again.faces);
        pack.into_iter().chain(faces).chain(self.again.previous.clone()).collect()
    }

    /// Tells whether the data say which pack their document is made with.
    pub(super) fn is_pack_of_data(&self) -> bool {
        self.choice == Choice::OfData
    }

    /// Returns what one document alone is made of: its data, and where the pack and the pictures are or may come to be
    /// that they name.
    pub(super) fn own_paths(&self, input: &Input) -> Vec<PathBuf> {
        let Input::File(file) = input else { return Vec::new() };
        let source = input.source().ok();
        let pack = match self.choice {
            Choice::OfData => source.as_ref().and_then(|source| data::peek(source, &[]).pack),
            _ => None,
        };
        let places = pack.map(|name| Choice::places(&name, file)).unwrap_or_default();
        let pictures = source.map(|source| beside::pictures(file, &source.bytes)).unwrap_or_default();
        std::iter::once(file.clone()).chain(places).chain(pictures).collect()
    }

    /// Looks all that up again.
    pub(super) fn refresh(&mut self) -> Result<Presses, Fault> {
        let faces = Faces::resolve(&self.again.faces)?;
        self.options.previous = read(previous(self.again.previous.as_deref(), 1)?.as_ref())?;
        Presses::new(self.choice.clone(), faces)
    }
}

/// Decides what is done about documents that are there already.
fn upkeep(call: &arguments::Render, plan: &Plan) -> Result<Upkeep, Fault> {
    let (upkeep, argument) = match &call.upkeep {
        arguments::Upkeep { watch: true, .. } => (Upkeep::Watch, "--watch"),
        arguments::Upkeep { check: true, .. } => (Upkeep::Hold, "--check"),
        arguments::Upkeep { changed: true, .. } => (Upkeep::Changed, "--changed"),
        _ => return Ok(Upkeep::Replace),
    };
    // What is not there would be waited for without a word.
    if upkeep == Upkeep::Watch && !plan.missing.is_empty() {
        let diagnostics = plan.missing.iter().map(|missing| missing.fault.clone()).collect();
        return Err(Fault { exit: Exit::Call, diagnostics });
    }
    let is_standard = |path: &Path| path.as_os_str() == "-";
    let reads = plan.files().contains(&Input::StandardInput) && upkeep == Upkeep::Watch;
    let nameless = plan.files().contains(&Input::StandardInput) && call.output.is_none();
    if reads || nameless || call.output.as_deref().is_some_and(is_standard) {
        return Err(Fault::call(Diagnostic::new(&batch::FILES_WANTED).with("argument", argument)));
    }
    Ok(upkeep)
}

/// Decides where the trace goes, beside the document.
fn trace(call: &arguments::Render, plan: &Plan) -> Result<Option<Target>, Fault> {
    let Some(path) = &call.manner.trace else { return Ok(None) };
    if plan.total > 1 {
        let diagnostic = Diagnostic::new(&catalogue::TRACE_FOR_SEVERAL);
        return Err(Fault::call(diagnostic.with("count", plan.total)));
    }
    if call.format != arguments::Format::Pdf {
        return Err(Fault::call(Diagnostic::new(&catalogue::TRACE_WITHOUT_PAGES)));
    }
    Target::new(path.clone(), Content::Trace, call.force).map(Some)
}

/// Decides where the run's summary goes; `folder` is made if need be. The summary of an earlier run is taken away:
/// whatever becomes of this one, nobody is to take that for its own.
pub(super) fn summary(
    call: &arguments::Many,
    folder: Option<&Path>,
    force: bool,
) -> Result<Option<Target>, Fault> {
    let Some(path) = &call.summary else { return Ok(None) };
    let target = if folder.is_some() && path.parent() == folder {
        Target::document(path.clone(), Content::Summary, force, true)
    } else {
        Target::new(path.clone(), Content::Summary, force)?
    };
    target.clear()?;
    Ok(Some(target))
}

/// Finds last year's data file, which goes with one data file.
pub(super) fn previous(path: Option<&Path>, inputs: usize) -> Result<Option<Input>, Fault> {
    let Some(path) = path else { return Ok(None) };
    if inputs > 1 {
        return Err(Fault::call(Diagnostic::new(&catalogue::PREVIOUS_OF_SEVERAL)));
    }
    let mut inputs = input::find(&[path.to_owned()], Folders::Refused)?;
    match (inputs.found.pop(), inputs.found.is_empty()) {
        (Some(input), true) => Ok(Some(input)),
        (None, _) => Err(Fault::input(inputs.missing.into_iter().map(|missing| missing.fault).collect())),
        (Some(_), false) => Err(Fault::call(Diagnostic::new(&catalogue::PREVIOUS_OF_SEVERAL))),
    }
}

/// Reads last year's data file.
pub(super) fn read(previous: Option<&Input>) -> Result<Option<Arc<Source>>, Fault> {
    previous.map(|input| input.source().map(Arc::new)).transpose()
}

/// Lets what was noticed pass, unless the call is strict and there are warnings among it.
pub(super) fn spared(noticed: Vec<Diagnostic>, strict: bool) -> Result<Vec<Diagnostic>, Fault> {
    let count = noticed.iter().filter(|diagnostic| diagnostic.severity == Severity::Warning).count();
    if !strict || count == 0 {
        return Ok(noticed);
    }
    let stop = Diagnostic::new(&catalogue::STRICT).with("count", count);
    Err(Fault::input(noticed.into_iter().chain([stop]).collect()))
}

/// Says what was written.
pub(super) fn written(path: &str, pages: Option<usize>, open: usize) -> Text {
    let pages = pages.map(|count| (format!("，共{count}页"), format!(", {}", counted(count, "page"))));
    let open =
        (open > 0).then(|| (format!("，{open}项数据未定"), format!(", {} open", counted(open, "figure"))));
    let ((pages_zh, pages_en), (open_zh, open_en)) = (pages.unwrap_or_default(), open.unwrap_or_default());
    Text::both(format!("已生成 {path}{pages_zh}{open_zh}"), format!("wrote {path}{pages_en}{open_en}"))
}

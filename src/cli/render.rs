//! Makes and checks reports, one data file after the other; what fails does not stop the rest.

use std::collections::HashMap;
use std::sync::Arc;

use shizheng::data::Source;
use shizheng::diag::{Diagnostic, Severity, Text};
use shizheng::font::Fonts;
use shizheng::pack::Pack;
use shizheng::{Format, Rendered};

use super::arguments;
use super::console::{Console, Progress};
use super::faces::Faces;
use super::fault::{Exit, Fault};
use super::input::{self, Input};
use super::output::{self, Target};
use super::packs::{self, Choice};

/// A resolved `render`.
pub(super) struct Rendering {
    documents: Vec<(Input, Target)>,
    missing: Vec<Diagnostic>,
    choice: Choice,
    faces: Faces,
    format: Format,
}

/// A resolved `check`.
pub(super) struct Checking {
    inputs: Vec<Input>,
    missing: Vec<Diagnostic>,
    choice: Choice,
    faces: Faces,
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
        let documents = inputs.found.into_iter().zip(targets).collect();
        Ok(Self { documents, missing: inputs.missing, choice, faces, format })
    }

    /// Makes the documents.
    pub(super) fn run(self, console: Console) -> Result<Exit, Fault> {
        let mut press = Press::new(self.choice, self.faces, console)?;
        let mut tally = Tally::new(console, self.documents.len(), &self.missing);
        for (input, target) in &self.documents {
            let progress = tally.progress(input);
            let mut held = None;
            let made = target.check_free().and_then(|()| press.make(input, self.format)).and_then(|made| {
                held = target.write(&made.bytes)?;
                Ok(made)
            });
            drop(progress);
            tally.count(made, |made| match (held, target) {
                (Some(diagnostic), _) => Err(Fault::output(diagnostic)),
                (None, Target::StandardOutput) => Ok(()),
                (None, Target::File(file)) => {
                    console.result(&written(&file.path.display().to_string(), made.pages))
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
        Ok(Self { inputs: inputs.found, missing: inputs.missing, choice, faces })
    }

    /// Checks the data files by making the documents and keeping none.
    pub(super) fn run(self, console: Console) -> Result<Exit, Fault> {
        let mut press = Press::new(self.choice, self.faces, console)?;
        let mut tally = Tally::new(console, self.inputs.len(), &self.missing);
        for input in &self.inputs {
            let progress = tally.progress(input);
            let made = press.make(input, Format::Pdf);
            drop(progress);
            let name = input.name();
            tally.count(made, |made| {
                console.result(&match made.warnings.len() {
                    0 => Text::both(format!("{name}：没有错误"), format!("{name}: no errors")),
                    count => Text::both(
                        format!("{name}：没有错误，有{}", warnings(count).zh),
                        format!("{name}: no errors, {}", warnings(count).en),
                    ),
                })
            });
        }
        Ok(tally.finish(Tally::checked))
    }
}

/// What makes documents: each pack with its fonts, once it was needed.
struct Press {
    console: Console,
    choice: Choice,
    faces: Faces,
    packs: HashMap<Choice, Arc<(Pack, Fonts)>>,
}

impl Press {
    /// Loads the pack that the call names, if it names one.
    fn new(choice: Choice, faces: Faces, console: Console) -> Result<Self, Fault> {
        let mut press = Self { console, choice, faces, packs: HashMap::new() };
        if press.choice != Choice::OfData {
            press.pack(None)?;
        }
        Ok(press)
    }

    fn make(&mut self, input: &Input, format: Format) -> Result<Rendered, Fault> {
        let source = Source { name: input.name(), bytes: input.read()? };
        let loaded = self.pack(Some(&source))?;
        let (pack, fonts) = &*loaded;
        shizheng::render(&source, pack, fonts, format).map_err(Fault::input)
    }

    /// Returns the pack of the call, or else of the data file, loading it the first time.
    fn pack(&mut self, source: Option<&Source>) -> Result<Arc<(Pack, Fonts)>, Fault> {
        let choice = match (&self.choice, source) {
            (Choice::OfData, Some(source)) => named_in(source)?,
            (choice, _) => choice.clone(),
        };
        if let Some(loaded) = self.packs.get(&choice) {
            return Ok(Arc::clone(loaded));
        }
        let mut pack = choice.load()?;
        self.faces.add_to(&mut pack)?;
        let manifest = pack.manifest();
        let (name, version, title) = (&manifest.name, &manifest.version, &manifest.title);
        self.console.detail(&Text::both(
            format!("模板包 {name} {version}：{title}"),
            format!("template pack {name} {version}: {title}"),
        ));
        let fonts = shizheng::fonts(&pack).map_err(Fault::input)?;
        let loaded = Arc::new((pack, fonts));
        self.packs.insert(choice, Arc::clone(&loaded));
        Ok(loaded)
    }
}

/// Returns the pack that a data file names. What is no JSON names none; that is told when it is loaded.
fn named_in(source: &Source) -> Result<Choice, Fault> {
    match shizheng::data::pack_name(source) {
        None => Ok(Choice::OfData),
        Some((name, _)) if packs::is_carried(&name) => Ok(Choice::Carried(name)),
        Some((name, origin)) => Err(Fault::input(vec![packs::not_found(&name).at(origin)])),
    }
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

fn warnings(count: usize) -> Text {
    Text::both(format!("{count}处警告"), counted(count, "warning"))
}

fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

/// Tells what became of each data file, and counts.
struct Tally {
    console: Console,
    total: usize,
    begun: usize,
    done: usize,
    errors: usize,
    warnings: usize,
    exit: Exit,
}

impl Tally {
    fn new(console: Console, found: usize, missing: &[Diagnostic]) -> Self {
        console.report_all(missing);
        let exit = if missing.is_empty() { Exit::Done } else { Exit::Call };
        let (total, errors) = (found + missing.len(), missing.len());
        Self { console, total, begun: missing.len(), done: 0, errors, warnings: 0, exit }
    }

    fn progress(&mut self, input: &Input) -> Progress {
        self.begun += 1;
        let (begun, total, name) = (self.begun, self.total, input.name());
        self.console.progress(&Text::both(
            format!("第{begun}份，共{total}份：{name}"),
            format!("{begun}/{total}: {name}"),
        ))
    }

    /// Counts a document and shows what is to be said of it; `say` speaks of one that was made.
    fn count(&mut self, made: Result<Rendered, Fault>, say: impl FnOnce(&Rendered) -> Result<(), Fault>) {
        let result = made.and_then(|made| {
            self.console.report_all(&made.warnings);
            self.warnings += made.warnings.iter().filter(|diagnostic| is_warning(diagnostic)).count();
            self.done += 1;
            say(&made)
        });
        if let Err(fault) = result {
            self.console.report_all(&fault.diagnostics);
            self.errors += fault.diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).count();
            self.warnings += fault.diagnostics.iter().filter(|diagnostic| is_warning(diagnostic)).count();
            self.exit = self.exit.max(fault.exit);
        }
    }

    /// Says how it went, unless one document was made without a word.
    fn finish(self, line: impl FnOnce(&Self) -> Text) -> Exit {
        if self.total > 1 || self.errors + self.warnings > 0 {
            self.console.remark(&line(&self));
        }
        self.exit
    }

    fn rendered(&self) -> Text {
        let failed = self.total - self.done;
        let files = match (self.done, failed) {
            (0, _) => Text::both("未生成文件", "no file written"),
            (done, 0) => Text::both(format!("已生成{done}份文件"), counted(done, "file") + " written"),
            (done, failed) => Text::both(
                format!("已生成{done}份文件，{failed}份未生成"),
                format!("{} written, {failed} not written", counted(done, "file")),
            ),
        };
        self.with_findings(&files)
    }

    fn checked(&self) -> Text {
        let failed = self.total - self.done;
        let files = match (self.total, failed) {
            (1, 0) => Text::both("可以生成", "ready to render"),
            (1, _) => Text::both("改正后再生成", "not ready to render"),
            (total, 0) => {
                Text::both(format!("{total}份数据都可以生成"), format!("all {total} files ready to render"))
            }
            (total, failed) => Text::both(
                format!("{total}份数据中有{failed}份要改正"),
                format!("{failed} of {total} files not ready to render"),
            ),
        };
        self.with_findings(&files)
    }

    fn with_findings(&self, files: &Text) -> Text {
        let (mut zh, mut en) = (Vec::new(), Vec::new());
        if self.errors > 0 {
            zh.push(format!("{}处错误", self.errors));
            en.push(counted(self.errors, "error"));
        }
        if self.warnings > 0 {
            let warnings = warnings(self.warnings);
            zh.push(warnings.zh);
            en.push(warnings.en);
        }
        if zh.is_empty() {
            return files.clone();
        }
        Text::both(format!("共{}，{}", zh.join("、"), files.zh), format!("{}; {}", en.join(", "), files.en))
    }
}

fn is_warning(diagnostic: &Diagnostic) -> bool {
    diagnostic.severity == Severity::Warning
}

//! Lists the inputs of a call, files or lines of files, without holding more than one of them.

use std::collections::HashSet;
use std::ffi::OsString;
use std::iter;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use shizheng::diag::catalogue::batch as catalogue;
use shizheng::diag::catalogue::cli::OUTPUT_IS_INPUT;
use shizheng::diag::{Diagnostic, system_reason};

use super::destination::Destination;
use super::lines::Lines;
use super::pool;
use super::shard::Shard;
use crate::cli::arguments::Many;
use crate::cli::fault::{Exit, Fault};
use crate::cli::input::{self, Folders, Input};
use crate::cli::output::{self, Target};

/// What a call is about.
#[derive(Debug)]
pub(in crate::cli) struct Plan {
    inputs: Inputs,
    /// What is wrong with the words that lead to nothing.
    pub(in crate::cli) missing: Vec<Diagnostic>,
    /// The share of the inputs that is this call's.
    pub(in crate::cli) shard: Shard,
    /// How many inputs there are, all shares together.
    pub(in crate::cli) total: usize,
    /// How many are worked on at once.
    pub(in crate::cli) jobs: NonZeroUsize,
}

#[derive(Debug)]
enum Inputs {
    Files(Vec<Input>),
    /// Files with a data file a line.
    Lines(Vec<Lines>),
}

impl Plan {
    /// Finds the inputs. With JSON Lines they are counted when they are named or checked.
    pub(in crate::cli) fn resolve(words: &[PathBuf], many: &Many) -> Result<Self, Fault> {
        let folders = if many.jsonl { Folders::Refused } else { Folders::Opened };
        let input::Inputs { found, missing } = input::find(words, folders)?;
        let variable = |name: &str| std::env::var_os(name);
        let shard = many.shard.as_deref().map_or(Ok(Shard::WHOLE), |word| Shard::parse(word, variable))?;
        let (inputs, total) = if many.jsonl {
            if !missing.is_empty() {
                return Err(Fault { exit: Exit::Call, diagnostics: missing });
            }
            let lines = found.iter().map(Lines::open).collect::<Result<Vec<_>, _>>()?;
            (Inputs::Lines(lines), 0)
        } else {
            let total = found.len();
            (Inputs::Files(found), total)
        };
        let cores = || std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
        let mut plan = Self { inputs, missing, shard, total, jobs: many.jobs.unwrap_or_else(cores) };
        if let Inputs::Lines(lines) = &plan.inputs {
            plan.total = plan.all().count();
            if plan.total == 0 {
                let name = lines.first().map(|lines| lines.name().to_owned()).unwrap_or_default();
                return Err(Fault::input(vec![Diagnostic::new(&catalogue::NO_LINES).with("path", name)]));
            }
        }
        // More workers than work are of no use, and one needs no thread.
        plan.jobs = plan.jobs.min(NonZeroUsize::new(plan.mine()).unwrap_or(NonZeroUsize::MIN));
        Ok(plan)
    }

    /// Returns how many inputs are in this call's share.
    pub(in crate::cli) fn mine(&self) -> usize {
        self.shard.of(self.total)
    }

    /// Returns the data file, where the call is about one.
    pub(in crate::cli) fn files(&self) -> &[Input] {
        match &self.inputs {
            Inputs::Files(files) => files,
            Inputs::Lines(_) => &[],
        }
    }

    /// Returns the inputs of this call's share, one at a time. What could not be read is a fault in its place.
    pub(in crate::cli) fn share(&self) -> impl Iterator<Item = Result<Input, Fault>> + Send + '_ {
        let shard = self.shard;
        self.all().enumerate().filter(move |(nth, _)| shard.has(*nth)).map(|(_, input)| input)
    }

    fn all(&self) -> Box<dyn Iterator<Item = Result<Input, Fault>> + Send + '_> {
        match &self.inputs {
            Inputs::Files(files) => Box::new(files.iter().cloned().map(Ok)),
            Inputs::Lines(files) => {
                Box::new(files.iter().flat_map(|lines| -> Box<dyn Iterator<Item = _> + Send> {
                    match lines.read() {
                        Ok(lines) => Box::new(lines.map(|line| line.map(Input::Line))),
                        Err(fault) => Box::new(iter::once(Err(fault))),
                    }
                }))
            }
        }
    }

    /// Sees, before anything is written, that no two documents of the whole batch go to one place and none to
    /// where data are.
    pub(in crate::cli) fn check_places(&self, destination: &Destination) -> Result<(), Fault> {
        if let (Inputs::Files(files), false) = (&self.inputs, destination.is_named_by_data()) {
            let targets = files.iter().map(|input| destination.after_input(input));
            let targets = targets.collect::<Result<Vec<_>, _>>()?;
            return output::check_places(files, &targets).map_err(|fault| Fault::call(*fault));
        }
        let mut folders = output::Folders::default();
        let sources: HashSet<PathBuf> =
            self.sources().filter_map(|input| input.place(&mut folders)).collect();
        let names: HashSet<OsString> = sources.iter().filter_map(|path| folded(path)).collect();
        let mut seen = HashSet::new();
        let mut again = None;
        let mut on_source = None;
        self.each_target(destination, |input, target| {
            // Few documents bear the name of a file with data, whatever their folder.
            let may_be_source = target.path().and_then(folded).is_some_and(|name| names.contains(&name));
            if may_be_source && sources.contains(&target.place(&mut folders)) {
                on_source = Some(Diagnostic::new(&OUTPUT_IS_INPUT).with("path", target.shown()));
                return ControlFlow::Break(());
            }
            // Of a hundred thousand names the fingerprints alone are kept.
            if seen.insert(fingerprint(&target)) {
                return ControlFlow::Continue(());
            }
            again = Some((input, target));
            ControlFlow::Break(())
        })?;
        if let Some(fault) = on_source {
            return Err(Fault::call(fault));
        }
        let Some((second, target)) = again else { return Ok(()) };
        let mut clash = None;
        self.each_target(destination, |input, other| {
            if fingerprint(&other) != fingerprint(&target) {
                return ControlFlow::Continue(());
            }
            clash = Some(output::clash(&input, &second, &target));
            ControlFlow::Break(())
        })?;
        clash.map_or(Ok(()), |clash| Err(Fault::call(clash)))
    }

    /// Returns the files that data are read from.
    fn sources(&self) -> Box<dyn Iterator<Item = Input> + '_> {
        match &self.inputs {
            Inputs::Files(files) => Box::new(files.iter().cloned()),
            Inputs::Lines(files) => Box::new(files.iter().map(|lines| Input::File(lines.name().into()))),
        }
    }

    /// Goes through all inputs whose documents have a place. The others are told of when they are worked on.
    fn each_target(
        &self,
        destination: &Destination,
        mut take: impl FnMut(Input, Target) -> ControlFlow<()>,
    ) -> Result<(), Fault> {
        let target = |input: Result<Input, Fault>| {
            let input = input.ok()?;
            let target = match (destination.is_named_by_data(), &input) {
                // It can be read only once, and there is nothing beside it that it could clash with.
                (true, Input::StandardInput) => return None,
                (true, _) => {
                    let peeked = destination.peek(&input.source().ok()?);
                    destination.after_data(&input, &peeked).ok()?
                }
                (false, _) => destination.after_input(&input).ok()?,
            };
            Some((input, target))
        };
        let taken = pool::in_order(self.jobs, self.all(), target, |found| match found {
            Some((input, target)) => take(input, target),
            None => ControlFlow::Continue(()),
        });
        taken.map_err(|error| thread_fault(&error))
    }
}

/// Says that the system gives no thread to work with.
pub(in crate::cli) fn thread_fault(error: &std::io::Error) -> Fault {
    Fault::call(Diagnostic::new(&catalogue::NO_THREAD).with("reason", system_reason(error)))
}

/// Returns a file's name without regard to case.
fn folded(path: &Path) -> Option<OsString> {
    path.file_name().map(|name| name.to_string_lossy().to_lowercase().into())
}

/// Returns what two places have in common only if they are the same on some system: names that differ in case alone
/// are one on Windows.
fn fingerprint(target: &Target) -> [u8; 16] {
    let hash = Sha256::digest(target.shown().to_lowercase());
    let mut print = [0; 16];
    print.copy_from_slice(&hash[..16]);
    print
}

//! Lists the inputs of a call, files or lines of files, without holding more than one of them.

use std::collections::HashSet;
use std::iter;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::path::PathBuf;

use sha2::{Digest, Sha256};
use shizheng::diag::catalogue::batch as catalogue;
use shizheng::diag::{Diagnostic, system_reason};

use super::destination::Destination;
use super::lines::Lines;
use super::pool;
use super::shard::Shard;
use crate::cli::arguments::Many;
use crate::cli::fault::Fault;
use crate::cli::input::{self, Input, Missing};
use crate::cli::output::Target;
use crate::cli::places::{self, Reserved};

/// What a call is about.
#[derive(Debug)]
pub(in crate::cli) struct Plan {
    inputs: Inputs,
    /// The words that lead to nothing.
    pub(in crate::cli) missing: Vec<Missing>,
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
        let folders = if many.jsonl { input::Folders::Refused } else { input::Folders::Opened };
        let input::Inputs { found, mut missing } = input::find(words, folders)?;
        let variable = |name: &str| std::env::var_os(name);
        let shard = many.shard.as_deref().map_or(Ok(Shard::WHOLE), |word| Shard::parse(word, variable))?;
        let (inputs, total) = if many.jsonl {
            let found = input::Inputs { found, missing: std::mem::take(&mut missing) }.all()?;
            let lines = found.iter().map(Lines::open).collect::<Result<Vec<_>, _>>()?;
            (Inputs::Lines(lines), 0)
        } else {
            let total = found.len();
            (Inputs::Files(found), total)
        };
        let jobs = many.jobs.unwrap_or(NonZeroUsize::MIN);
        let mut plan = Self { inputs, missing, shard, total, jobs };
        if let Inputs::Lines(lines) = &plan.inputs {
            plan.total = plan.all().count();
            if plan.total == 0 {
                let name = lines.first().map(|lines| lines.name().to_owned()).unwrap_or_default();
                return Err(Fault::input(vec![Diagnostic::new(&catalogue::NO_LINES).with("path", name)]));
            }
        }
        // More workers than work are of no use, and one needs no thread.
        let most = NonZeroUsize::new(plan.mine()).unwrap_or(NonZeroUsize::MIN);
        if many.jobs.is_none() && most > NonZeroUsize::MIN {
            // To look into what the system lets a process have takes as long as to read a data file.
            plan.jobs = std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
        }
        plan.jobs = plan.jobs.min(most);
        Ok(plan)
    }

    /// Returns how many inputs are in this call's share.
    pub(in crate::cli) fn mine(&self) -> usize {
        self.shard.of(self.total)
    }

    /// Returns the data files; none where they are lines of files.
    pub(in crate::cli) fn files(&self) -> &[Input] {
        match &self.inputs {
            Inputs::Files(files) => files,
            Inputs::Lines(_) => &[],
        }
    }

    /// Returns the inputs of this call's share, one at a time. What could not be read is a fault in its place.
    pub(in crate::cli) fn share(&self) -> impl Iterator<Item = Result<Input, Fault>> + Send + '_ {
        let shard = self.shard;
        // What was added to a file of lines since they were counted and held against each other is another call's.
        self.all()
            .take(self.total)
            .enumerate()
            .filter(move |(nth, _)| shard.has(*nth))
            .map(|(_, input)| input)
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

    /// Returns the places of the data, last year's among them, which nothing that the call writes may take.
    pub(in crate::cli) fn reserved(&self, previous: Option<&Input>) -> Reserved {
        Reserved::of(self.sources().chain(previous.cloned()))
    }

    /// Sees, before anything is written, that no two documents of the whole batch go to one place and none to
    /// one that is reserved.
    pub(in crate::cli) fn check_places(
        &self,
        destination: &Destination,
        reserved: &mut Reserved,
    ) -> Result<(), Fault> {
        if let (Inputs::Files(files), false) = (&self.inputs, destination.is_named_by_data()) {
            let targets = files.iter().map(|input| destination.after_input(input));
            let targets = targets.collect::<Result<Vec<_>, _>>()?;
            for target in &targets {
                reserved.check(target)?;
            }
            return places::check_apart(files, &targets);
        }
        // What can be read only once has a document whose name is not known before.
        if self.files().iter().any(Input::is_read_once) && self.total > 1 {
            let fault = Diagnostic::new(&catalogue::FILES_WANTED).with("argument", "--name");
            return Err(Fault::call(fault));
        }
        let mut seen = HashSet::new();
        let mut again = None;
        let mut refused = None;
        self.each_target(destination, |input, target| {
            if let Err(fault) = reserved.check(&target) {
                refused = Some(fault);
                return ControlFlow::Break(());
            }
            // Of a hundred thousand names the fingerprints alone are kept.
            if seen.insert(fingerprint(&target)) {
                return ControlFlow::Continue(());
            }
            again = Some((input, target));
            ControlFlow::Break(())
        })?;
        if let Some(fault) = refused {
            return Err(fault);
        }
        let Some((second, target)) = again else { return Ok(()) };
        let mut clash = None;
        self.each_target(destination, |input, other| {
            if fingerprint(&other) != fingerprint(&target) {
                return ControlFlow::Continue(());
            }
            clash = Some(places::clash(&input, &second, &target));
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
                // It alone is there: whatever its document is called, there is none to clash with.
                (true, input) if input.is_read_once() => return None,
                (true, _) => {
                    let peeked = destination.peek(&input.source().ok()?);
                    destination.after_data(&input, &peeked).ok()?
                }
                (false, _) => destination.after_input(&input).ok()?,
            };
            Some((input, target))
        };
        let taken = pool::in_order(self.jobs, self.all().take(self.total), target, |found| match found {
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

/// Returns what two places have in common only if they are the same on some system.
fn fingerprint(target: &Target) -> [u8; 16] {
    // A link stays one, and what it leads to is written.
    let followed = target.path().filter(|path| path.is_symlink()).and_then(|path| path.canonicalize().ok());
    let shown = followed.map_or_else(|| target.shown(), |path| path.display().to_string());
    let hash = Sha256::digest(places::folded(&shown));
    let mut print = [0; 16];
    print.copy_from_slice(&hash[..16]);
    print
}

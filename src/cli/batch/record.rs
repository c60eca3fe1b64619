//! Writes what became of the documents of a run, as JSON Lines: a head, a line for each document, a foot.
//!
//! It is a log: each line is there once it is known, so that of a run that was killed what it did is not lost. Without a
//! foot the run did not come to its end.
//!
//! The shape is described in `docs/batch.md`; it changes only with its version.

use std::collections::BTreeSet;
use std::io::{self, LineWriter, Write};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use shizheng::diag::Diagnostic;

use super::shard::Shard;
use crate::cli::fault::Fault;
use crate::cli::output::Target;

/// The shape's name, which says its version.
pub(in crate::cli) const FORMAT: &str = "shizheng-summary/1";

/// What the run is about.
#[derive(Debug, Deserialize, Serialize)]
pub(in crate::cli) struct Head {
    /// [`FORMAT`].
    pub(in crate::cli) format: String,
    /// The program's version.
    pub(in crate::cli) program: String,
    /// Which share of the batch, from 1.
    pub(in crate::cli) shard: usize,
    /// How many shares the batch has.
    pub(in crate::cli) shards: usize,
    /// How many inputs the whole batch has.
    pub(in crate::cli) total: usize,
}

/// What became of one input.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
pub(in crate::cli) struct Entry {
    /// The input: the file, or the file and the line.
    pub(in crate::cli) input: String,
    /// The document, if it has a place.
    pub(in crate::cli) output: Option<String>,
    /// What became of it.
    pub(in crate::cli) status: Status,
    /// How many pages it has, if they are known.
    pub(in crate::cli) pages: Option<usize>,
    /// How many errors were found.
    pub(in crate::cli) errors: usize,
    /// How many warnings were found.
    pub(in crate::cli) warnings: usize,
    /// The codes of what was found, each once.
    pub(in crate::cli) codes: BTreeSet<String>,
}

/// What became of an input.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(in crate::cli) enum Status {
    /// The document was written.
    Written,
    /// The document was up to date.
    Unchanged,
    /// The data are in order, or the document is what they give; nothing was to be written.
    Checked,
    /// Something is wrong.
    Failed,
}

/// The counts of a run.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub(in crate::cli) struct Foot {
    /// How many inputs were worked on.
    pub(in crate::cli) inputs: usize,
    /// How many documents were written.
    pub(in crate::cli) written: usize,
    /// How many were up to date.
    pub(in crate::cli) unchanged: usize,
    /// How many were checked and found in order.
    pub(in crate::cli) checked: usize,
    /// How many failed.
    pub(in crate::cli) failed: usize,
    /// How many pages were written.
    pub(in crate::cli) pages: usize,
    /// How many errors were found.
    pub(in crate::cli) errors: usize,
    /// How many warnings were found.
    pub(in crate::cli) warnings: usize,
    /// How long the run took; the one thing that differs from run to run.
    pub(in crate::cli) seconds: f64,
    /// Whether the run came to the end of its inputs.
    pub(in crate::cli) complete: bool,
}

impl Foot {
    /// Adds an input to the counts.
    pub(in crate::cli) fn count(&mut self, entry: &Entry) {
        self.inputs += 1;
        match entry.status {
            Status::Written => self.written += 1,
            Status::Unchanged => self.unchanged += 1,
            Status::Checked => self.checked += 1,
            Status::Failed => self.failed += 1,
        }
        if entry.status == Status::Written {
            self.pages += entry.pages.unwrap_or_default();
        }
        self.errors += entry.errors;
        self.warnings += entry.warnings;
    }

    /// Adds another run's counts. Runs go on side by side: the longest says how long it took.
    pub(in crate::cli) fn add(&mut self, other: &Self) {
        self.inputs += other.inputs;
        self.written += other.written;
        self.unchanged += other.unchanged;
        self.checked += other.checked;
        self.failed += other.failed;
        self.pages += other.pages;
        self.errors += other.errors;
        self.warnings += other.warnings;
        self.seconds = self.seconds.max(other.seconds);
        self.complete &= other.complete;
    }
}

/// Returns the codes of what was found, each once.
pub(in crate::cli) fn codes<'a>(found: impl IntoIterator<Item = &'a Diagnostic>) -> BTreeSet<String> {
    found.into_iter().map(|diagnostic| diagnostic.entry.code.to_owned()).collect()
}

/// A run's summary while it is written.
pub(in crate::cli) struct Record {
    target: Target,
    writer: LineWriter<Box<dyn Write>>,
}

impl Record {
    /// Begins a summary.
    pub(in crate::cli) fn begin(target: Target, shard: Shard, total: usize) -> Result<Self, Fault> {
        let writer = LineWriter::new(target.open()?);
        let mut record = Self { target, writer };
        let (format, program) = (FORMAT.to_owned(), env!("CARGO_PKG_VERSION").to_owned());
        let head = Head { format, program, shard: shard.number, shards: shard.count, total };
        record.line(&head)?;
        Ok(record)
    }

    /// Tells whether it goes to standard output, where nothing else may stand.
    pub(in crate::cli) fn is_standard_output(&self) -> bool {
        self.target == Target::StandardOutput
    }

    /// Adds an input.
    pub(in crate::cli) fn add(&mut self, entry: &Entry) -> Result<(), Fault> {
        self.line(entry)
    }

    /// Ends the summary.
    pub(in crate::cli) fn end(mut self, counts: &Foot, elapsed: Duration) -> Result<(), Fault> {
        // A thousandth of a second is finer than anybody asks for.
        let seconds = (elapsed.as_secs_f64() * 1e3).round() / 1e3;
        self.line(&Foot { seconds, ..counts.clone() })
    }

    fn line(&mut self, line: &impl Serialize) -> Result<(), Fault> {
        let written = serde_json::to_writer(&mut self.writer, line).map_err(io::Error::from);
        written.and_then(|()| self.writer.write_all(b"\n")).map_err(|error| self.target.failed(&error))
    }
}

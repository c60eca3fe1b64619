//! Sums up what became of the documents of several runs, such as the shares of one batch.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use serde::Serialize;
use shizheng::diag::catalogue::batch as catalogue;
use shizheng::diag::catalogue::cli::INPUT_UNREADABLE;
use shizheng::diag::{Diagnostic, Language, Text};

use super::arguments::{self, Showing};
use super::batch::record::{Entry, FORMAT, Foot, Head, Status};
use super::batch::shard::Shard;
use super::console::{Console, print};
use super::fault::{Exit, Fault, with_reason};
use super::input::{self, Folders, Input};
use super::tally::counted;

/// How many of those that failed are listed for people.
const LISTED: usize = 50;

/// A resolved `summary`.
pub(super) struct Summing {
    runs: Vec<PathBuf>,
    partial: bool,
    showing: Showing,
}

/// The sum of several runs.
#[derive(Serialize)]
struct Sum {
    format: &'static str,
    /// How many runs were summed up.
    runs: usize,
    #[serde(flatten)]
    counts: Foot,
    /// The shares of a batch that are not there, as `3/8`.
    missing: Vec<String>,
    /// The files with a run that did not come to its end.
    unfinished: Vec<String>,
    /// Those that failed, in the order of the files.
    failures: Vec<Entry>,
}

/// A run, as far as its lines tell.
struct Run {
    head: Head,
    counts: Foot,
    failures: Vec<Entry>,
    has_ended: bool,
}

impl Summing {
    /// Finds the files.
    pub(super) fn resolve(call: &arguments::Summary) -> Result<Self, Fault> {
        let inputs = input::find(&call.runs, Folders::Refused)?.all()?;
        let path = |input| if let Input::File(path) = input { path } else { PathBuf::from("-") };
        let runs = inputs.into_iter().map(path).collect();
        Ok(Self { runs, partial: call.partial, showing: call.format })
    }

    /// Sums up, and fails where a document did or a share of the batch is missing.
    pub(super) fn run(self, console: Console) -> Result<Exit, Fault> {
        let (mut sum, faults) = Sum::of(&self.runs)?;
        if self.partial {
            sum.missing.clear();
        }
        console.report_all(&faults);
        match self.showing {
            Showing::Human => print(sum.human(console.language()))?,
            // Numbers and texts alone: there is nothing in it that JSON cannot hold.
            Showing::Json => print(serde_json::to_string_pretty(&sum).unwrap_or_default() + "\n")?,
        }
        let is_good =
            faults.is_empty() && sum.counts.failed == 0 && sum.counts.complete && sum.missing.is_empty();
        Ok(if is_good { Exit::Done } else { Exit::Input })
    }
}

impl Sum {
    /// Sums up what can be read, and returns what is wrong with the rest.
    fn of(runs: &[PathBuf]) -> Result<(Self, Vec<Diagnostic>), Fault> {
        let counts = Foot { complete: true, ..Foot::default() };
        let mut sum = Self {
            format: FORMAT,
            runs: 0,
            counts,
            missing: Vec::new(),
            unfinished: Vec::new(),
            failures: Vec::new(),
        };
        // The shares of each batch, which is known by how many inputs and shares it has.
        let mut batches: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
        let mut faults = Vec::new();
        for path in runs {
            match sum.add(path) {
                Ok(heads) => {
                    for head in heads.iter().filter(|head| head.shards > 1) {
                        batches.entry((head.shards, head.total)).or_default().push(head.shard);
                    }
                }
                Err(fault) => faults.push(*fault),
            }
        }
        if batches.len() > 1 {
            return Err(Fault::input(vec![Diagnostic::new(&catalogue::SUMMARY_OF_OTHERS)]));
        }
        for ((count, _), shares) in batches {
            for share in 1..=count {
                match shares.iter().filter(|found| **found == share).count() {
                    0 => sum.missing.push(format!("{share}/{count}")),
                    1 => {}
                    _ => {
                        let fault = Diagnostic::new(&catalogue::SUMMARY_TWICE);
                        return Err(Fault::input(vec![fault.with("shard", format!("{share}/{count}"))]));
                    }
                }
            }
        }
        Ok((sum, faults))
    }

    /// Adds the runs of a file, a line at a time, and returns their heads. A run without a foot did not come to its
    /// end; the last line of a file may have been cut off with it.
    fn add(&mut self, path: &Path) -> Result<Vec<Head>, Box<Diagnostic>> {
        let shown = path.display().to_string();
        let bad = |line: usize| {
            Box::new(Diagnostic::new(&catalogue::SUMMARY_UNREADABLE).with("path", &shown).with("line", line))
        };
        let unreadable = |error| Box::new(with_reason(&INPUT_UNREADABLE, &shown, &error));
        let file: Box<dyn Read> = if path.as_os_str() == "-" {
            Box::new(io::stdin().lock())
        } else {
            Box::new(File::open(path).map_err(unreadable)?)
        };
        let mut lines = BufReader::new(file).lines().enumerate().peekable();
        let mut runs: Vec<Run> = Vec::new();
        while let Some((nth, line)) = lines.next() {
            let bad = || bad(nth + 1);
            let line = line.map_err(|_| bad())?;
            if let Ok(head) = serde_json::from_str::<Head>(&line) {
                if head.format != FORMAT || !Shard::is_one(head.shard, head.shards) {
                    return Err(bad());
                }
                runs.push(Run { head, counts: Foot::default(), failures: Vec::new(), has_ended: false });
                continue;
            }
            let Some(run) = runs.last_mut().filter(|run| !run.has_ended) else { return Err(bad()) };
            if let Ok(entry) = serde_json::from_str::<Entry>(&line) {
                run.counts.count(&entry);
                if entry.status == Status::Failed {
                    run.failures.push(entry);
                }
            } else if let Ok(foot) = serde_json::from_str::<Foot>(&line) {
                if (foot.inputs, foot.failed, foot.pages)
                    != (run.counts.inputs, run.counts.failed, run.counts.pages)
                {
                    return Err(bad());
                }
                run.counts = foot;
                run.has_ended = true;
            } else if lines.peek().is_some() {
                return Err(bad());
            }
        }
        if runs.is_empty() {
            return Err(bad(1));
        }
        for run in &mut runs {
            // Of a share it shows when all of them are there.
            let is_short = run.head.shards == 1 && run.counts.inputs < run.head.total;
            if !run.counts.complete || is_short {
                run.counts.complete = false;
                self.unfinished.push(shown.clone());
            }
            self.runs += 1;
            self.counts.add(&run.counts);
            self.failures.append(&mut run.failures);
        }
        Ok(runs.into_iter().map(|run| run.head).collect())
    }

    fn human(&self, language: Language) -> String {
        let Foot { inputs, written, unchanged, checked, failed, pages, errors, warnings, .. } = self.counts;
        let mut zh = vec![format!("{}次运行，共{inputs}份", self.runs)];
        let mut en = vec![format!("{}, {}", counted(self.runs, "run"), counted(inputs, "input"))];
        for (count, chinese, english) in [
            (written, "已生成", "written"),
            (unchanged, "没有变化", "up to date"),
            (checked, "没有错误", "in order"),
            (failed, "失败", "failed"),
        ] {
            if count > 0 {
                zh.push(format!("{chinese}{count}份"));
                en.push(format!("{count} {english}"));
            }
        }
        if pages > 0 {
            zh.push(format!("{pages}页"));
            en.push(counted(pages, "page"));
        }
        zh.push(format!("{errors}处错误、{warnings}处警告"));
        en.push(format!("{}, {}", counted(errors, "error"), counted(warnings, "warning")));
        let mut lines = vec![Text::both(zh.join("，"), en.join(", "))];
        if !self.missing.is_empty() {
            lines.push(Text::both(
                format!("缺少：{}", self.missing.join("、")),
                format!("missing: {}", self.missing.join(", ")),
            ));
        }
        if !self.unfinished.is_empty() {
            lines.push(Text::both(
                format!("没有做完：{}", self.unfinished.join("、")),
                format!("not finished: {}", self.unfinished.join(", ")),
            ));
        }
        for entry in self.failures.iter().take(LISTED) {
            let codes: Vec<&str> = entry.codes.iter().map(String::as_str).collect();
            lines.push(Text::from(format!("  {}  {}", entry.input, codes.join(" "))));
        }
        if let Some(more @ 1..) = self.failures.len().checked_sub(LISTED) {
            lines.push(Text::both(format!("  还有{more}份"), format!("  and {more} more")));
        }
        lines.iter().map(|line| line.get(language).trim_end().to_owned() + "\n").collect()
    }
}

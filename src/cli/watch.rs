//! Renders again whenever data, templates, style or faces are saved, until it is told to stop.
//!
//! The files are looked at every few hundredths of a second rather than through the system's own notices: that works on
//! every disk, network drives and containers' mounts among them, and does not care how an editor saves (in place, or
//! under another name that is then changed). A hundred files cost less than a hundredth of a core.

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, SystemTime};

use shizheng::diag::{Diagnostic, Text};

use super::batch::interrupt;
use super::console::Console;
use super::fault::{Exit, Fault};
use super::input::Input;
use super::output::Target;
use super::presses::Presses;
use super::render::Rendering;
use super::tally::Tally;

/// How often the files are looked at.
const PAUSE: Duration = Duration::from_millis(30);
/// How long a file has to stay as it is before it is read: an editor may be at the middle of it.
const REST: Duration = Duration::from_millis(10);
/// How deep folders are looked into: deeper than any pack, and an end to links that lead round in a ring.
const DEPTH: usize = 16;

/// Files and folders, and what they look like from outside.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Look(BTreeMap<PathBuf, (SystemTime, u64)>);

impl Look {
    /// Looks at files, and at all that is in folders. What is not there is not in the look, and neither is what the
    /// run writes itself.
    fn at(paths: &[PathBuf], written: &Written) -> Self {
        let mut look = Self::default();
        for path in paths {
            // By its one path, so that what is written can be told.
            look.add(&fs::canonicalize(path).unwrap_or_else(|_| path.clone()), written, DEPTH);
        }
        look
    }

    fn add(&mut self, path: &Path, written: &Written, depth: usize) {
        let Ok(metadata) = fs::metadata(path) else { return };
        if metadata.is_dir() && depth > 0 {
            for entry in fs::read_dir(path).into_iter().flatten().flatten() {
                if !entry.file_name().to_string_lossy().starts_with('.') {
                    self.add(&entry.path(), written, depth - 1);
                }
            }
        } else if !written.has(path) {
            let changed = metadata.modified().unwrap_or(SystemTime::UNIX_EPOCH);
            self.0.insert(path.to_owned(), (changed, metadata.len()));
        }
    }

    fn without(mut self, written: &Written) -> Self {
        self.0.retain(|path, _| !written.has(path));
        self
    }
}

/// The files that the run writes, by their one paths.
#[derive(Debug, Default)]
struct Written(HashSet<PathBuf>);

impl Written {
    fn add(&mut self, target: &Target) {
        if let Some(path) = target.path().and_then(|path| fs::canonicalize(path).ok()) {
            self.0.insert(path);
        }
    }

    /// Tells whether the run writes a file, or wrote it beside its place because another program held that one:
    /// `报告-1.pdf` for `报告.pdf`.
    fn has(&self, path: &Path) -> bool {
        let place = || {
            let (stem, number) = path.file_stem()?.to_str()?.rsplit_once('-')?;
            let is_number = number.bytes().all(|byte| byte.is_ascii_digit());
            let ending = path.extension()?.to_str()?;
            is_number.then(|| path.with_file_name(format!("{stem}.{ending}")))
        };
        self.0.contains(path) || place().is_some_and(|place| self.0.contains(&place))
    }
}

/// What is watched: what all documents are made with, and what each is made of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Sight {
    common: Look,
    each: Vec<Look>,
}

/// Makes the documents, and again those that a change concerns, until it is told to stop.
pub(super) fn run(mut rendering: Rendering, console: Console) -> Result<Exit, Fault> {
    interrupt::watch();
    let files: Vec<Input> = rendering.files().to_vec();
    let common = rendering.common_paths();
    let mut own: Vec<Vec<PathBuf>> = vec![Vec::new(); files.len()];
    let mut written = Written::default();
    let mut seen: Option<Sight> = None;
    let mut presses = None;
    // What was found in each document stays on the screen until it is mended, whatever else is saved.
    let mut found: Vec<Vec<Diagnostic>> = vec![Vec::new(); files.len()];
    loop {
        let look = |own: &[Vec<PathBuf>]| Sight {
            common: Look::at(&common, &written),
            each: own.iter().map(|paths| Look::at(paths, &written)).collect(),
        };
        if let Some(before) = &seen
            && !wait(before, || look(&own))
        {
            return Ok(Exit::Done);
        }
        // The data may name another pack than before. Whatever is saved from here on is seen the next time.
        own = files.iter().map(|file| rendering.own_paths(file)).collect();
        let now = look(&own);
        let concerns_all = seen.as_ref().is_none_or(|before| before.common != now.common);
        let concerns = |nth: usize| seen.as_ref().is_none_or(|before| before.each[nth] != now.each[nth]);
        let is_cleared = console.clear();
        // It may be the pack that has changed of what a document is made of.
        let is_stale = concerns_all || rendering.is_pack_of_data();
        presses = Some(match presses.take() {
            Some(Ok(presses)) if !is_stale => Ok(presses),
            _ => rendering.refresh(),
        });
        match &presses {
            Some(Ok(presses)) => {
                let concerned: Vec<bool> =
                    (0..files.len()).map(|nth| concerns_all || concerns(nth)).collect();
                let round = Round { rendering: &rendering, presses, files: &files, console };
                round.make(&concerned, is_cleared, &mut found, &mut written);
            }
            Some(Err(fault)) => console.report_all(&fault.diagnostics),
            None => {}
        }
        console.remark(&Text::both(
            "正在监视，存盘后重新生成；Ctrl-C结束",
            "watching; saving renders again, Ctrl-C ends",
        ));
        let each = now.each.into_iter().map(|look| look.without(&written)).collect();
        seen = Some(Sight { common: now.common.without(&written), each });
    }
}

/// What the documents of one round are made with.
struct Round<'a> {
    rendering: &'a Rendering,
    presses: &'a Presses,
    files: &'a [Input],
    console: Console,
}

impl Round<'_> {
    /// Makes the documents that a change concerns, and says again what was found in the others where the screen was
    /// cleared.
    fn make(
        &self,
        concerned: &[bool],
        is_cleared: bool,
        found: &mut [Vec<Diagnostic>],
        written: &mut Written,
    ) {
        let mut tally = Tally::of(self.console, self.files.len());
        for ((file, is_concerned), found) in self.files.iter().zip(concerned).zip(found) {
            if *is_concerned {
                let outcome = self.rendering.make_watched(self.presses, file);
                outcome.introduce(self.console);
                *found = match &outcome.result {
                    Ok(made) => made.noticed().to_vec(),
                    Err(fault) => fault.diagnostics.clone(),
                };
                let target = outcome.target.clone();
                self.rendering.place(&mut tally, outcome);
                if let Some(target) = &target {
                    written.add(target);
                }
            } else if is_cleared {
                self.console.report_all(&*found);
            }
        }
    }
}

/// Waits until `look` sees something else than before, and that has come to rest. Says whether the run goes on.
fn wait<T: PartialEq>(before: &T, look: impl Fn() -> T) -> bool {
    loop {
        if interrupt::is_raised() {
            return false;
        }
        let mut now = look();
        if now == *before {
            thread::sleep(PAUSE);
            continue;
        }
        loop {
            thread::sleep(REST);
            let next = look();
            if next == now {
                return true;
            }
            now = next;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_run_writes_is_known_by_its_names() {
        let written = Written(HashSet::from([PathBuf::from("/out/岑汀市.2025.pdf")]));
        for (name, is_written) in [
            ("岑汀市.2025.pdf", true),
            ("岑汀市.2025-1.pdf", true),
            ("岑汀市.2025-新.pdf", false),
            ("岑汀市.2025-1.json", false),
            ("岑汀市.pdf", false),
        ] {
            assert_eq!(written.has(&Path::new("/out").join(name)), is_written, "{name}");
        }
    }

    #[test]
    fn every_way_to_save_is_seen() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::create_dir(path("pack")).unwrap();
        fs::write(path("pack/a.hbs"), "a").unwrap();
        fs::write(path("data.json"), "{}").unwrap();
        let watched = [path("data.json"), path("pack")];
        let look = || Look::at(&watched, &Written::default());
        let mut before = look();
        let mut changes = |what: &str, change: &dyn Fn()| {
            assert_eq!(look(), before, "{what}: nothing yet");
            change();
            assert!(wait(&before, look));
            let after = look();
            assert_ne!(after, before, "{what}");
            before = after;
        };
        changes("in place", &|| fs::write(path("data.json"), "{\"a\": 1}").unwrap());
        changes("by a new name", &|| {
            fs::write(path("data.json~"), "{\"b\": 22}").unwrap();
            fs::rename(path("data.json~"), path("data.json")).unwrap();
        });
        changes("gone", &|| fs::remove_file(path("data.json")).unwrap());
        changes("there again", &|| fs::write(path("data.json"), "{}").unwrap());
        changes("a new template", &|| fs::write(path("pack/b.hbs"), "b").unwrap());
        changes("a template gone", &|| fs::remove_file(path("pack/a.hbs")).unwrap());
        fs::write(path("pack/.swap"), "an editor's own").unwrap();
        assert_eq!(look(), before);
    }
}

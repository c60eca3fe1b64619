//! Renders again whenever data, templates, style or faces are saved, until it is told to stop.
//!
//! The files are looked at every few hundredths of a second rather than through the system's own notices: that works on
//! every disk, network drives and containers' mounts among them, and does not care how an editor saves (in place, or
//! under another name that is then changed). A hundred files cost less than a hundredth of a core.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, SystemTime};

use shizheng::diag::{Diagnostic, Text};

use super::batch::interrupt;
use super::console::Console;
use super::fault::{Exit, Fault};
use super::input::Input;
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
    /// Looks at files, and at all that is in folders. What is not there is not in the look.
    fn at<'a>(paths: impl IntoIterator<Item = &'a Path>) -> Self {
        let mut look = Self::default();
        for path in paths {
            look.add(path, DEPTH);
        }
        look
    }

    fn add(&mut self, path: &Path, depth: usize) {
        let Ok(metadata) = fs::metadata(path) else { return };
        if metadata.is_dir() && depth > 0 {
            for entry in fs::read_dir(path).into_iter().flatten().flatten() {
                if !entry.file_name().to_string_lossy().starts_with('.') {
                    self.add(&entry.path(), depth - 1);
                }
            }
        } else {
            let changed = metadata.modified().unwrap_or(SystemTime::UNIX_EPOCH);
            self.0.insert(path.to_owned(), (changed, metadata.len()));
        }
    }
}

/// What is watched: what all documents are made with, and the data of each.
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
    let look = || Sight {
        common: Look::at(common.iter().map(PathBuf::as_path)),
        each: files.iter().map(|file| Look::at(path(file))).collect(),
    };
    let mut seen: Option<Sight> = None;
    let mut presses = None;
    // What was found in each document stays on the screen until it is mended, whatever else is saved.
    let mut found: Vec<Vec<Diagnostic>> = vec![Vec::new(); files.len()];
    loop {
        let now = match &seen {
            None => look(),
            Some(before) => match wait(before, look) {
                Some(now) => now,
                None => return Ok(Exit::Done),
            },
        };
        let concerns_all = seen.as_ref().is_none_or(|before| before.common != now.common);
        let is_cleared = console.clear();
        if concerns_all || !matches!(presses, Some(Ok(_))) {
            presses = Some(rendering.refresh());
        }
        match &presses {
            Some(Ok(presses)) => {
                let mut tally = Tally::of(console, files.len());
                for (nth, file) in files.iter().enumerate() {
                    let is_old = seen.as_ref().is_none_or(|before| before.each[nth] != now.each[nth]);
                    if concerns_all || is_old {
                        let outcome = rendering.make_watched(presses, file);
                        outcome.introduce(console);
                        found[nth] = outcome
                            .result
                            .as_ref()
                            .err()
                            .map_or(Vec::new(), |fault| fault.diagnostics.clone());
                        rendering.place(&mut tally, outcome);
                    } else if is_cleared {
                        console.report_all(&found[nth]);
                    }
                }
            }
            Some(Err(fault)) => console.report_all(&fault.diagnostics),
            None => {}
        }
        console.remark(&Text::both(
            "正在监视，存盘后重新生成；Ctrl-C结束",
            "watching; saving renders again, Ctrl-C ends",
        ));
        seen = Some(now);
    }
}

fn path(file: &Input) -> Option<&Path> {
    match file {
        Input::File(path) => Some(path),
        Input::StandardInput | Input::Line(_) => None,
    }
}

/// Waits until `look` sees something else than before, and that has come to rest. Returns what it sees then; nothing
/// when the run is to stop.
fn wait<T: PartialEq>(before: &T, look: impl Fn() -> T) -> Option<T> {
    loop {
        if interrupt::is_raised() {
            return None;
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
                return Some(now);
            }
            now = next;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_to_save_is_seen() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::create_dir(path("pack")).unwrap();
        fs::write(path("pack/a.hbs"), "a").unwrap();
        fs::write(path("data.json"), "{}").unwrap();
        let watched = [path("data.json"), path("pack")];
        let look = || Look::at(watched.iter().map(PathBuf::as_path));
        let mut before = look();
        let mut changes = |what: &str, change: &dyn Fn()| {
            assert_eq!(look(), before, "{what}: nothing yet");
            change();
            let after = wait(&before, look).unwrap();
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

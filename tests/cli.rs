//! Calls the program as people do, and looks at everything that comes back: standard output, standard error,
//! the exit code, and the files.

#![expect(clippy::disallowed_methods, reason = "tests make and read files")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod audit;
mod batch;
mod diff;
mod draft;
mod existing;
mod hostile;
mod input;
mod lint;
mod logo;
mod merge;
mod new;
mod output;
mod packs;
mod places;
mod previous;
mod proof;
mod proofread;
mod servers;
mod speech;
mod tell;
mod upkeep;
mod watch;

use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// A folder for one test, in which the program runs.
struct Desk {
    folder: TempDir,
}

/// What came back from a call.
#[derive(Debug)]
struct Answer {
    out: String,
    err: String,
    code: i32,
}

impl Answer {
    /// Takes the call's answer apart; the desk's own path becomes `[desk]`.
    fn new(output: &Output, desk: &Path) -> Self {
        let desk = desk.display().to_string();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).replace(&desk, "[desk]");
        Self { out: text(&output.stdout), err: text(&output.stderr), code: output.status.code().unwrap() }
    }

    #[track_caller]
    fn is(&self, code: i32, out: &str, err: &str) {
        assert_eq!((self.code, self.out.as_str(), self.err.as_str()), (code, out, err));
    }
}

fn program() -> &'static str {
    env!("CARGO_BIN_EXE_shizheng")
}

/// A data file that the program's own pack renders.
fn sample() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/tongzhu.json")
}

fn pages(out: &str) -> usize {
    let (_, count) = out.rsplit_once('共').unwrap();
    count.trim_end().strip_suffix('页').unwrap().parse().unwrap()
}

impl Desk {
    fn new() -> Self {
        Self { folder: TempDir::new().unwrap() }
    }

    /// A desk on which a data file lies.
    fn with(names: &[&str]) -> Self {
        let desk = Self::new();
        for name in names {
            desk.put(name, fs::read(sample()).unwrap());
        }
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn put(&self, name: &str, bytes: impl AsRef<[u8]>) {
        fs::create_dir_all(self.path(name).parent().unwrap()).unwrap();
        fs::write(self.path(name), bytes).unwrap();
    }

    fn is_pdf(&self, name: &str) -> bool {
        fs::read(self.path(name)).is_ok_and(|bytes| bytes.starts_with(b"%PDF-"))
    }

    /// Every file and folder on the desk, hidden ones too.
    fn names(&self) -> Vec<String> {
        let mut names = Vec::new();
        let mut waiting = vec![self.folder.path().to_owned()];
        while let Some(folder) = waiting.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                let name = path.strip_prefix(self.folder.path()).unwrap();
                names.push(name.to_string_lossy().replace('\\', "/"));
                if path.is_dir() {
                    waiting.push(path);
                }
            }
        }
        names.sort();
        names
    }

    fn command<S: AsRef<OsStr>>(&self, words: &[S]) -> Command {
        let mut command = Command::new(program());
        command.args(words).current_dir(self.folder.path()).stdin(Stdio::null());
        for name in ["LC_ALL", "LC_MESSAGES", "LANG", "NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
            command.env_remove(name);
        }
        command
    }

    fn call<S: AsRef<OsStr>>(&self, words: &[S]) -> Answer {
        Answer::new(&self.command(words).output().unwrap(), self.folder.path())
    }

    fn feed<S: AsRef<OsStr>>(&self, words: &[S], input: &[u8]) -> Output {
        let mut command = self.command(words);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        child.stdin.take().unwrap().write_all(input).unwrap();
        child.wait_with_output().unwrap()
    }
}

/// Copies a folder with all that is in it.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).map(drop).unwrap();
        }
    }
}

fn carried_pack() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/annual-report")
}

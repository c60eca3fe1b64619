//! Does what a chapter says, in an empty folder, with the built program and nothing else: no shell, so that what is
//! done here can be done on every system.
//!
//! Blocks of code are run when the fence says so (`sh run`, and `exit=1` where the call is to fail); lines are
//! calls of the program, `cd`, and `>` sends the output to a file. What people do with other programs is told to
//! the test in comments, which readers do not see:
//!
//! ```text
//! <!-- file NAME -->            the block below is the file
//! <!-- append NAME -->          the block below goes to the file's end
//! <!-- edit NAME: OLD => NEW -->  the one OLD in the file becomes NEW
//! <!-- copy NAME => OTHER -->
//! <!-- remove NAME -->
//! <!-- exists NAME NAME -->     the files are there
//! <!-- output -->               the block below is what the last call said, a line `…` standing for any lines
//! ```

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

use super::{Part, book, parts, read};

/// A newcomer at a desk.
struct Newcomer {
    desk: TempDir,
    /// The folder in which calls are made.
    folder: PathBuf,
    language: &'static str,
    /// What the last block of calls said.
    said: String,
    calls: usize,
}

impl Newcomer {
    fn new(language: &'static str) -> Self {
        let desk = TempDir::new().unwrap();
        let folder = desk.path().to_owned();
        Self { desk, folder, language, said: String::new(), calls: 0 }
    }

    fn path(&self, name: &str) -> PathBuf {
        let path = self.folder.join(name);
        assert!(path.starts_with(self.desk.path()));
        path
    }

    /// Follows a chapter from its first line to its last.
    fn follow(&mut self, chapter: &str) {
        let text = read(&book(self.language).join(chapter));
        let mut parts = parts(&text).into_iter();
        while let Some(part) = parts.next() {
            match part {
                Part::Comment(comment) => {
                    let (what, rest) = comment.split_once(' ').unwrap_or((comment, ""));
                    let mut code = || match parts.next() {
                        Some(Part::Code(code)) => code.text,
                        _ => panic!("{chapter}: no block below `{comment}`"),
                    };
                    match what {
                        "file" => self.write(rest, code()),
                        "append" => self.write(rest, read(&self.path(rest)) + &code()),
                        "output" => self.compare(&code()),
                        "edit" => self.edit(rest),
                        "copy" => {
                            let (from, to) = rest.split_once(" => ").unwrap();
                            fs::copy(self.path(from), self.path(to)).unwrap();
                        }
                        "remove" => fs::remove_file(self.path(rest)).unwrap(),
                        "exists" => {
                            for name in rest.split(' ') {
                                let size = fs::metadata(self.path(name)).map_or(0, |file| file.len());
                                assert!(size > 0, "{chapter}: no {name}");
                            }
                        }
                        // Of other tests.
                        "example" => {}
                        _ => panic!("{chapter}: what is `{comment}`?"),
                    }
                }
                Part::Code(code) => {
                    if let Some(wanted) = code.info.strip_prefix("sh run") {
                        let wanted = wanted.trim().strip_prefix("exit=").map_or(0, |it| it.parse().unwrap());
                        self.run(&code.text, wanted);
                    }
                }
                Part::Line(_) => {}
            }
        }
    }

    fn write(&self, name: &str, text: String) {
        fs::create_dir_all(self.path(name).parent().unwrap()).unwrap();
        fs::write(self.path(name), text).unwrap();
    }

    fn edit(&self, words: &str) {
        let (name, change) = words.split_once(": ").unwrap();
        let (old, new) = change.split_once(" => ").unwrap();
        let text = read(&self.path(name));
        assert_eq!(text.matches(old).count(), 1, "`{old}` in {name}:\n{text}");
        self.write(name, text.replace(old, new));
    }

    /// Makes the calls of a block; the last one ends with the code that is wanted, the others with 0.
    fn run(&mut self, lines: &str, wanted: i32) {
        self.said.clear();
        let count = lines.lines().count();
        for (index, line) in lines.lines().enumerate() {
            if let Some(folder) = line.strip_prefix("cd ") {
                self.folder = self.folder.join(folder).canonicalize().unwrap();
                continue;
            }
            let (call, file) = line.split_once(" > ").map_or((line, None), |(call, file)| (call, Some(file)));
            let words =
                call.strip_prefix("shizheng ").unwrap_or_else(|| panic!("not of the program: {line}"));
            let mut program = Command::new(env!("CARGO_BIN_EXE_shizheng"));
            program.args(words.split_whitespace()).current_dir(&self.folder).stdin(Stdio::null());
            program.env("LC_ALL", if self.language == "zh" { "zh_CN.UTF-8" } else { "en_US.UTF-8" });
            let output = program.output().unwrap();
            let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
            match file {
                Some(file) => fs::write(self.path(file), output.stdout).unwrap(),
                None => self.said += &text(output.stdout),
            }
            self.said += &text(output.stderr);
            let wanted = if index + 1 == count { wanted } else { 0 };
            assert_eq!(output.status.code(), Some(wanted), "{line}\n{}", self.said);
            self.calls += 1;
        }
    }

    /// Compares what was said with what the chapter shows.
    fn compare(&self, shown: &str) {
        let said: Vec<&str> = self.said.lines().collect();
        let shown: Vec<&str> = shown.lines().collect();
        assert!(matches(&shown, &said), "shown:\n{}\nsaid:\n{}", shown.join("\n"), self.said);
    }
}

fn matches(shown: &[&str], said: &[&str]) -> bool {
    match shown.split_first() {
        None => said.is_empty(),
        Some((&"…", rest)) => (0..=said.len()).any(|at| matches(rest, &said[at..])),
        Some((first, rest)) => said.first() == Some(first) && matches(rest, &said[1..]),
    }
}

#[test]
fn a_line_of_dots_stands_for_any_lines() {
    assert!(matches(&["a", "…", "d"], &["a", "b", "c", "d"]));
    assert!(matches(&["a", "…"], &["a"]));
    assert!(!matches(&["a", "…", "d"], &["a", "d", "e"]));
    assert!(!matches(&["a"], &["a", "b"]));
}

#[test]
fn a_clerk_gets_from_an_empty_folder_to_the_final_pdf() {
    for language in super::LANGUAGES {
        let mut clerk = Newcomer::new(language);
        clerk.follow("clerk/report.md");
        assert!(clerk.calls >= 8);
        let report = fs::read(clerk.path("岑汀市.pdf")).unwrap();
        assert!(report.starts_with(b"%PDF-"));
        let left: Vec<_> = names(clerk.desk.path());
        assert!(left.iter().all(|name| !name.starts_with('.') && !name.contains("tmp")), "{left:?}");
    }
}

#[test]
fn an_author_makes_a_pack_from_nothing() {
    for language in super::LANGUAGES {
        let mut author = Newcomer::new(language);
        author.follow("author/new-pack.md");
        assert!(author.calls >= 4);
    }
}

#[test]
fn another_city_makes_the_report_its_own() {
    for language in super::LANGUAGES {
        let mut city = Newcomer::new(language);
        city.follow("author/city.md");
        assert!(city.calls >= 6);
    }
}

#[test]
fn tables_and_charts_come_out_as_they_are_shown() {
    for language in super::LANGUAGES {
        let mut author = Newcomer::new(language);
        author.follow("author/tables.md");
        assert!(author.calls >= 4);
    }
}

#[test]
fn many_reports_are_made_at_once_and_held_against_their_data() {
    for language in super::LANGUAGES {
        let mut office = Newcomer::new(language);
        office.follow("batch.md");
        assert!(office.calls >= 9);
        assert!(office.said.contains("319.72") && office.said.contains("318.72"), "{}", office.said);
    }
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect()
}

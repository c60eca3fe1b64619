//! Holds what the handbook names to the program and its source: commands, keywords, types, files.

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

use tempfile::TempDir;

use super::{Fenced, LANGUAGES, Part, book, chapters, parts, read, root};

/// Codes of messages that say that a call was not understood.
const MISUSE: [&str; 8] = ["E0701", "E0702", "E0703", "E0704", "E0705", "E0706", "E0707", "E0708"];

#[test]
fn every_command_is_one_that_the_program_understands() {
    let mut count = 0;
    for language in LANGUAGES {
        for (name, text) in chapters(language) {
            // In blocks to be typed, and within the text.
            let lines = parts(&text).into_iter().flat_map(|part| -> Vec<String> {
                match part {
                    Part::Code(Fenced { info, text }) if info.starts_with("sh") => {
                        text.lines().map(str::to_owned).collect()
                    }
                    Part::Line(line) => line.split('`').skip(1).step_by(2).map(str::to_owned).collect(),
                    _ => Vec::new(),
                }
            });
            let calls: Vec<String> =
                lines.filter_map(|line| line.strip_prefix("shizheng ").map(str::to_owned)).collect();
            for call in calls {
                let desk = TempDir::new().unwrap();
                // A command that is merely mentioned is there if it has help.
                let is_mentioned = call.chars().all(|c| c.is_ascii_lowercase() || c == ' ');
                let words = call.split(" > ").next().unwrap().split_whitespace();
                let words = words.chain(is_mentioned.then_some("--help"));
                let mut program = Command::new(env!("CARGO_BIN_EXE_shizheng"));
                let program = program.args(words).current_dir(desk.path()).env("LC_ALL", "C");
                let said = program.output().unwrap().stderr;
                let said = String::from_utf8_lossy(&said);
                let misused = MISUSE.iter().find(|code| said.contains(**code));
                assert_eq!(misused, None, "{language}/{name}: shizheng {call}\n{said}");
                count += 1;
            }
        }
    }
    assert!(count > 40);
}

#[test]
fn every_keyword_is_explained() {
    // The source is where a new one comes first.
    let mut keywords = BTreeSet::new();
    for entry in fs::read_dir(root().join("src/pack")).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            let text = read(&path);
            let words = text.split('"').skip(1).step_by(2).filter(|word| word.starts_with("x-"));
            keywords.extend(words.filter(|word| word.len() > 2).map(str::to_owned));
        }
    }
    assert!(keywords.contains("x-unit") && keywords.len() > 15);
    for language in LANGUAGES {
        let chapter = read(&book(language).join("author/schema.md"));
        for keyword in &keywords {
            assert!(chapter.contains(keyword.as_str()), "{language}: `{keyword}` is not explained");
        }
    }
}

#[test]
fn the_way_of_a_figure_names_what_is_in_the_source() {
    for language in LANGUAGES {
        let chapter = read(&book(language).join("code.md"));
        let mut rows = 0;
        for line in chapter.lines() {
            // Every file and folder that the chapter names is there.
            for name in line.split('`').skip(1).step_by(2) {
                let path = name.split('*').next().unwrap();
                if path.starts_with("src/") || path.starts_with("tests/") {
                    assert!(root().join(path).exists(), "{language}: there is no {name}");
                }
            }
            // And the types and functions of a row are in its file.
            let cells: Vec<&str> = line.split('|').map(str::trim).collect();
            let ["", _, items, file, ""] = cells[..] else { continue };
            let Some(file) = file.strip_prefix("`src/") else { continue };
            let source = read(&root().join("src").join(file.trim_end_matches('`')));
            for item in items.split('`').skip(1).step_by(2) {
                let is_there = ["struct", "enum", "fn"].iter().any(|kind| {
                    source.match_indices(&format!("{kind} {item}")).any(|(at, found)| {
                        !source[at + found.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '_')
                    })
                });
                assert!(is_there, "{language}: {file} has no `{item}`");
            }
            rows += 1;
        }
        assert!(rows > 20);
    }
}

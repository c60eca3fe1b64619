//! Holds the books to themselves and to each other: contents, chapters, links.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

use super::{GENERATED, LANGUAGES, Part, book, chapters, parts, read};

/// The targets of a line's links `[…](…)`.
fn links(line: &str) -> impl Iterator<Item = &str> {
    line.split("](").skip(1).filter_map(|rest| rest.split_once(')')).map(|(target, _)| target)
}

/// Puts a path that is relative to a chapter into the book's terms.
fn resolve(chapter: &str, target: &str) -> String {
    let mut path = PathBuf::from(chapter);
    path.pop();
    for part in Path::new(target).components() {
        match part {
            Component::ParentDir => assert!(path.pop(), "{chapter}: {target} leads out of the book"),
            part => path.push(part),
        }
    }
    path.to_string_lossy().replace('\\', "/")
}

/// The name that a heading is linked by, as mdBook and GitHub make it.
fn anchor(heading: &str) -> String {
    let kept = heading.trim().chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.map(|c| if c == ' ' { '-' } else { c.to_ascii_lowercase() }).collect()
}

fn anchors(chapter: &str) -> BTreeSet<String> {
    let headings = parts(chapter).into_iter().filter_map(|part| match part {
        Part::Line(line) if line.starts_with('#') => Some(anchor(line.trim_start_matches('#'))),
        _ => None,
    });
    headings.collect()
}

#[test]
fn both_languages_have_the_same_chapters_and_sections() {
    let shape = |language| -> Vec<(String, usize)> {
        chapters(language).into_iter().map(|(name, text)| (name, anchors(&text).len())).collect()
    };
    assert_eq!(shape("zh"), shape("en"));
}

#[test]
fn contents_lead_to_every_chapter_once() {
    for language in LANGUAGES {
        let summary = read(&book(language).join("SUMMARY.md"));
        let mut linked: Vec<&str> = summary.lines().flat_map(links).collect();
        linked.sort_unstable();
        let chapters = chapters(language);
        let there: Vec<&str> =
            chapters.iter().map(|(name, _)| name.as_str()).filter(|name| *name != "SUMMARY.md").collect();
        assert_eq!(linked, there, "{language}");
    }
}

#[test]
fn every_link_leads_somewhere() {
    let mut count = 0;
    for language in LANGUAGES {
        let chapters = chapters(language);
        for (name, text) in &chapters {
            for part in parts(text) {
                let Part::Line(line) = part else { continue };
                for target in links(line).filter(|target| !target.starts_with("https://")) {
                    count += 1;
                    let (file, section) = target.split_once('#').unwrap_or((target, ""));
                    let file = if file.is_empty() { name.clone() } else { resolve(name, file) };
                    let found = chapters.iter().find(|(name, _)| *name == file);
                    let Some((_, found)) = found else { panic!("{language}/{name}: no {target}") };
                    assert!(
                        section.is_empty() || anchors(found).contains(section),
                        "{language}/{name}: no section {target}"
                    );
                }
                if let Some(file) = line.strip_prefix("{{#include ").and_then(|line| line.strip_suffix("}}"))
                {
                    let file = resolve(name, file);
                    assert!(GENERATED.contains(&file.as_str()), "{language}/{name}: {file}");
                }
            }
        }
    }
    assert!(count > 60);
}

//! Holds the source to its shape: which stage may use which, and who alone may touch what.

#![expect(clippy::disallowed_methods, reason = "reads the source as text")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use shizheng::pack::{embedded, embedded_names};

/// Which other parts of the library a part may use; the library's root (`lib.rs`) uses all of them.
const MAY_USE: &[(&str, &[&str])] = &[
    ("units", &[]),
    ("words", &[]),
    ("diag", &[]),
    ("packed", &[]),
    ("picture", &["diag"]),
    ("document", &["picture", "units"]),
    // The audit judges anybody's pages, so it knows nothing of how ours are made.
    ("audit", &["diag", "units", "words"]),
    ("json", &["diag"]),
    ("font", &["diag", "packed", "units"]),
    ("page", &["document", "font", "picture", "units"]),
    ("pack", &["diag", "font", "json", "packed", "picture", "units"]),
    ("data", &["diag", "json", "pack"]),
    ("fill", &["data", "diag", "document", "pack"]),
    ("markup", &["diag", "document", "fill", "picture", "units"]),
    ("proofread", &["diag", "document", "pack"]),
    ("layout", &["diag", "document", "font", "pack", "page", "picture", "units", "words"]),
    ("merge", &["data", "diag", "json", "pack"]),
    ("seals", &["diag", "document", "picture"]),
    ("notice", &["diag", "document", "page", "picture", "units"]),
    ("workbook", &[]),
    ("export", &["diag", "document", "font", "page", "picture", "units", "workbook"]),
    ("trace", &["data", "diag", "page", "units"]),
    ("draft", &["document", "trace"]),
    ("reading", &["audit", "diag", "units"]),
    ("compare", &["data", "document", "fill", "reading", "trace"]),
    ("sheets", &["data", "document", "fill", "pack", "trace", "units", "workbook"]),
];

/// Which crates and parts of the standard library belong to one place alone, by the beginnings of its files.
const BELONGS_TO: &[(&str, &[&str])] = &[
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("anstream", &["cli"]),
    ("roff", &["cli"]),
    ("glob", &["cli"]),
    ("tempfile", &["cli"]),
    ("ctrlc", &["cli/batch/interrupt"]),
    ("signal_hook", &["cli/batch/interrupt", "cli/leave"]),
    ("std::env", &["cli"]),
    ("std::fs", &["cli"]),
    ("std::net", &[]),
    ("std::process", &["cli", "main.rs"]),
    // The library leaves it to the program how many documents are made at once, and has no clock.
    ("std::thread", &["cli/batch", "cli/watch"]),
    ("std::time", &["cli/bar", "cli/batch/record", "cli/batch/remains", "cli/watch"]),
    ("include_dir", &["pack"]),
    ("jsonc_parser", &["json"]),
    ("jsonschema", &["data", "pack"]),
    ("encoding_rs", &["audit/read", "data"]),
    ("handlebars", &["fill"]),
    ("roxmltree", &["markup"]),
    ("icu_segmenter", &["layout", "words"]),
    ("skrifa", &["audit/read", "font"]),
    ("subsetter", &["export", "font"]),
    ("printpdf", &["export/pdf"]),
    ("lopdf", &["audit/read", "export/pdf", "reading"]),
    ("flate2", &["export", "pack", "picture"]),
    ("libdeflater", &["export/pdf", "packed"]),
    ("postcard", &["pack/prepared", "fill/prepared"]),
    ("similar", &["compare", "pack"]),
    ("plotters", &["layout/chart"]),
    ("plotters_backend", &["layout/chart"]),
    ("RefCell", &[]),
];

/// The most lines of a file of the source, its tests left out.
const LONGEST: usize = 600;

struct Source {
    /// The path below `src`, parted by `/`.
    path: String,
    /// The text without comments and tests.
    code: String,
    /// How many lines it has without its tests.
    lines: usize,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if matches!(name.as_str(), "target" | ".git" | "__pycache__" | "node_modules") {
                continue;
            }
            if path.is_dir() { waiting.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    files
}

fn sources() -> Vec<Source> {
    let folder = root().join("src");
    let files = files_below(&folder).into_iter();
    let sources = files.filter(|path| path.extension().is_some_and(|extension| extension == "rs"));
    sources
        .map(|path| {
            let text = fs::read_to_string(&path).unwrap();
            let own = text.split("\n#[cfg(test)]\nmod tests {").next().unwrap();
            let code = own.lines().map(|line| line.split("//").next().unwrap());
            Source {
                path: path.strip_prefix(&folder).unwrap().to_string_lossy().replace('\\', "/"),
                code: code.collect::<Vec<_>>().join("\n"),
                lines: own.lines().count(),
            }
        })
        .collect()
}

impl Source {
    /// The part that it belongs to: `export/pdf/write.rs` to `export`, `units.rs` to `units`.
    fn part(&self) -> &str {
        let first = self.path.split('/').next().unwrap();
        first.strip_suffix(".rs").unwrap_or(first)
    }

    /// The parts of the library that it names, `use crate::{a::b, c}` taken apart.
    fn uses(&self) -> BTreeSet<String> {
        let mut used = BTreeSet::new();
        for (at, found) in self.code.match_indices("crate::") {
            if self.code[..at].ends_with('$') {
                continue;
            }
            let rest = &self.code[at + found.len()..];
            match rest.strip_prefix('{') {
                Some(group) => used.extend(heads(group)),
                None => drop(used.insert(word(rest))),
            }
        }
        used.remove(self.part());
        // A macro or a type of the root has a name of its own, in another case or with a `!`.
        used.retain(|name| MAY_USE.iter().any(|(part, _)| part == name));
        used
    }

    fn names(&self, what: &str) -> bool {
        let inside = |c: char| c.is_alphanumeric() || c == '_';
        self.code.match_indices(what).any(|(at, _)| {
            let before = self.code[..at].chars().next_back();
            let after = self.code[at + what.len()..].chars().next();
            let path = before == Some(':') && !what.contains("::");
            let string = before == Some('"') || before == Some('-') || after == Some('-');
            !before.is_some_and(inside) && !after.is_some_and(inside) && !path && !string
        })
    }
}

fn word(text: &str) -> String {
    text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

/// The first words of a group's members, up to the brace that ends the group.
fn heads(group: &str) -> Vec<String> {
    let mut heads = vec![word(group)];
    let mut depth = 0;
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => heads.push(word(&group[at + 1..])),
            _ => {}
        }
    }
    heads
}

#[test]
fn each_part_uses_those_before_it_alone() {
    let mut wrong = Vec::new();
    for source in sources() {
        let part = source.part();
        if matches!(part, "lib" | "main" | "cli") {
            continue;
        }
        let Some((_, allowed)) = MAY_USE.iter().find(|(name, _)| *name == part) else {
            wrong.push(format!("{}: a part that is not in the table", source.path));
            continue;
        };
        for used in source.uses().iter().filter(|used| !allowed.contains(&used.as_str())) {
            wrong.push(format!("{}: `{part}` uses `{used}`", source.path));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn no_part_leads_back_to_itself() {
    let edges: BTreeMap<&str, &[&str]> = MAY_USE.iter().copied().collect();
    for start in edges.keys() {
        let mut waiting: Vec<&str> = edges[start].to_vec();
        let mut seen = BTreeSet::new();
        while let Some(part) = waiting.pop() {
            assert_ne!(part, *start, "{start} leads back to itself");
            if seen.insert(part) {
                waiting.extend(edges[part]);
            }
        }
    }
}

#[test]
fn the_program_uses_the_library_from_outside() {
    for source in sources().iter().filter(|source| matches!(source.part(), "main" | "cli")) {
        assert!(source.uses().is_empty(), "{}: {:?}", source.path, source.uses());
    }
    for source in sources().iter().filter(|source| !matches!(source.part(), "main" | "cli")) {
        assert!(!source.names("crate::cli"), "{}", source.path);
    }
}

#[test]
fn what_belongs_to_one_place_is_named_nowhere_else() {
    let mut wrong = Vec::new();
    for source in sources() {
        for (what, places) in BELONGS_TO {
            let allowed = places.iter().any(|place| {
                source.path == *place
                    || source.path == format!("{place}.rs")
                    || source.path.starts_with(&format!("{place}/"))
            });
            if !allowed && source.names(what) {
                wrong.push(format!("{} names `{what}`", source.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn no_file_is_too_long_to_read() {
    let long: Vec<_> = sources()
        .iter()
        .filter(|source| source.lines > LONGEST)
        .map(|source| format!("{}: {} lines", source.path, source.lines))
        .collect();
    assert!(long.is_empty(), "{long:#?}");
}

#[test]
fn nothing_names_a_place_on_somebodys_machine() {
    // Put together here, so that this file does not name them either.
    let places = ["work", "root", "home", "Users"].map(|folder| format!("/{folder}/"));
    let mut wrong = Vec::new();
    // Other people's licence texts are as they are.
    let own = |path: &PathBuf| {
        !path.ends_with("LICENSE-THIRD-PARTY.txt") && !path.starts_with(root().join("fonts"))
    };
    for path in files_below(root()).into_iter().filter(own) {
        let Some(text) = fs::read(&path).ok().and_then(|bytes| String::from_utf8(bytes).ok()) else {
            continue;
        };
        for (index, line) in text.lines().enumerate() {
            let named = |place: &String| {
                line.match_indices(place.as_str()).any(|(at, _)| {
                    // `https://example.org/work/` and `../work/` are no places of a machine.
                    !line[..at].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '~' | '}'))
                })
            };
            if places.iter().any(named) {
                wrong.push(format!("{}:{}", path.strip_prefix(root()).unwrap().display(), index + 1));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn carried_packs_are_what_stands_in_templates() {
    let folder = root().join("templates");
    let mut written = BTreeMap::new();
    for path in files_below(&folder) {
        let name = path.strip_prefix(&folder).unwrap().to_string_lossy().replace('\\', "/");
        written.insert(name, fs::read(&path).unwrap());
    }
    let mut carried = BTreeMap::new();
    for pack in embedded_names() {
        let files = embedded(pack).unwrap().files();
        assert!(!files.is_empty(), "{pack} is empty");
        carried.extend(files.into_iter().map(|(name, bytes)| (format!("{pack}/{name}"), bytes.into_owned())));
    }
    assert!(carried.keys().eq(written.keys()), "{:?}", carried.keys());
    for (name, bytes) in written {
        assert!(carried[&name] == bytes, "{name}");
    }
}

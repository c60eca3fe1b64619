//! Names the documents of a batch after their data, by a pattern such as `{report.city}-{report.year}.pdf`.
//!
//! What the data give can make no name that Windows or Linux refuses and none that leads out of the folder: a
//! value is part of one file's or folder's name and never parts two.

use std::path::PathBuf;

use shizheng::data::is_unprintable;
use shizheng::diag::catalogue::batch as catalogue;
use shizheng::diag::{Diagnostic, Text};
use shizheng::pack::is_reserved;

use crate::cli::fault::Fault;

/// The most bytes of one name: both systems take 255 (of bytes, or of UTF-16 code units), and what is added to a name
/// beside it must fit.
const LONGEST: usize = 200;
/// A pattern that messages show.
const EXAMPLE: &str = "{report.city}-{report.year}.pdf";
/// What stands for a character that a name cannot have.
const SUBSTITUTE: char = '_';

/// A pattern for the names of documents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::cli) struct Naming {
    /// The folders and, last, the file.
    names: Vec<Vec<Piece>>,
    /// What the file's name ends with: `.pdf`.
    ending: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    /// As it stands in the pattern.
    Literal(String),
    /// The value at a path of the data.
    Field(String),
}

impl Naming {
    /// Reads a pattern. `{path}` is a value of the data, `{{` and `}}` are braces, `/` parts folders; the ending is
    /// added where the pattern lacks it.
    pub(in crate::cli) fn parse(pattern: &str, ending: &'static str) -> Result<Self, Fault> {
        let bad = |zh: &str, en: &str| {
            let diagnostic = Diagnostic::new(&catalogue::BAD_NAME).with("pattern", pattern);
            let diagnostic = diagnostic.with("example", EXAMPLE);
            Fault::call(diagnostic.with("reason", Text::both(zh, en)))
        };
        let shape = without_ending(pattern, ending);
        let mut names = vec![Vec::new()];
        let mut literal = String::new();
        let mut rest = shape.chars().peekable();
        let mut fields = 0;
        while let Some(c) = rest.next() {
            match c {
                '{' | '}' if rest.peek() == Some(&c) => literal.extend(rest.next()),
                '}' => return Err(bad("多了一个 }", "there is a } too many")),
                '{' => {
                    let mut path = String::new();
                    loop {
                        match rest.next() {
                            Some('}') => break,
                            Some(c) => path.push(c),
                            None => return Err(bad("{ 没有关上", "a { is not closed")),
                        }
                    }
                    if path.trim().is_empty() {
                        return Err(bad("{} 里没有字段", "there is no field in {}"));
                    }
                    fields += 1;
                    push(&mut names, Piece::Literal(std::mem::take(&mut literal)));
                    push(&mut names, Piece::Field(path.trim().to_owned()));
                }
                '/' => {
                    push(&mut names, Piece::Literal(std::mem::take(&mut literal)));
                    names.push(Vec::new());
                }
                c if is_refused(c) => {
                    return Err(bad(&format!("文件名里不能有 {c}"), &format!("a name cannot have {c}")));
                }
                c => literal.push(c),
            }
        }
        push(&mut names, Piece::Literal(literal));
        if fields == 0 {
            return Err(bad("没有字段，每份的名字都一样", "without a field all names are the same"));
        }
        let is_sound = |name: &Vec<Piece>| match &name[..] {
            [] => false,
            [Piece::Literal(text)] => safe(text, "") == *text,
            _ => true,
        };
        if !names.iter().all(is_sound) {
            let (zh, en) = (
                "要留在输出的文件夹里，各段都要有名字",
                "it stays in the folder for outputs, and every part has a name",
            );
            return Err(bad(zh, en));
        }
        Ok(Self { names, ending })
    }

    /// Makes the name of a document, relative to the folder for outputs, of its data's values at [`Naming::fields`];
    /// `shown` is what messages call the data. Fails with every value that they lack.
    pub(in crate::cli) fn name(
        &self,
        values: &[Option<String>],
        shown: &str,
    ) -> Result<PathBuf, Vec<Diagnostic>> {
        let missing = |(path, value): (&str, &Option<String>)| {
            let diagnostic = Diagnostic::new(&catalogue::NAME_WITHOUT_VALUE).with("field", path);
            value.is_none().then(|| diagnostic.with("path", shown))
        };
        let faults: Vec<Diagnostic> = self.fields().zip(values).filter_map(missing).collect();
        if !faults.is_empty() {
            return Err(faults);
        }
        let mut values = values.iter().flatten();
        let last = self.names.len() - 1;
        let name = |(index, pieces): (usize, &Vec<Piece>)| {
            let mut texts: Vec<(bool, &str)> = pieces
                .iter()
                .map(|piece| match piece {
                    Piece::Literal(text) => (false, text.as_str()),
                    Piece::Field(_) => (true, values.next().map_or("", String::as_str)),
                })
                .collect();
            let ending = if index == last { self.ending } else { "" };
            fit(&mut texts, LONGEST - ending.len() - SUBSTITUTE.len_utf8());
            safe(&texts.iter().map(|(_, text)| *text).collect::<String>(), ending)
        };
        Ok(self.names.iter().enumerate().map(name).collect())
    }

    /// Tells whether documents go into folders below the one for outputs.
    pub(in crate::cli) fn has_folders(&self) -> bool {
        self.names.len() > 1
    }

    /// Returns the paths of the values that it takes, in its order.
    pub(in crate::cli) fn fields(&self) -> impl Iterator<Item = &str> {
        self.names.iter().flatten().filter_map(|piece| match piece {
            Piece::Field(path) => Some(path.as_str()),
            Piece::Literal(_) => None,
        })
    }
}

/// Shortens the longest values of a name until it has no more than some bytes: the others tell documents apart.
fn fit(texts: &mut [(bool, &str)], most: usize) {
    loop {
        let excess = texts.iter().map(|(_, text)| text.len()).sum::<usize>().saturating_sub(most);
        let mut lengths: Vec<usize> =
            texts.iter().filter(|(is_value, _)| *is_value).map(|(_, text)| text.len()).collect();
        lengths.sort_unstable();
        let Some(longest @ 1..) = lengths.pop().filter(|_| excess > 0) else { return };
        // Down to the next, which is then as long; there are few values in a name.
        let next = lengths.iter().rev().find(|length| **length < longest).copied().unwrap_or(0);
        let kept = longest.saturating_sub(excess).max(next).min(longest - 1);
        if let Some((_, text)) = texts.iter_mut().find(|(is_value, text)| *is_value && text.len() == longest)
        {
            *text = &text[..text.floor_char_boundary(kept)];
        }
    }
}

fn push(names: &mut [Vec<Piece>], piece: Piece) {
    if let (Some(name), false) = (names.last_mut(), piece == Piece::Literal(String::new())) {
        name.push(piece);
    }
}

fn without_ending<'a>(pattern: &'a str, ending: &str) -> &'a str {
    let at = pattern.len().saturating_sub(ending.len());
    match pattern.get(at..) {
        Some(end) if end.eq_ignore_ascii_case(ending) => &pattern[..at],
        _ => pattern,
    }
}

/// Makes one name out of any text: one that is a file's on Windows and on Linux, on one line, not hidden, no device's.
fn safe(text: &str, ending: &str) -> String {
    let mut name: String = text.chars().map(|c| if is_refused(c) { SUBSTITUTE } else { c }).collect();
    let room = LONGEST - ending.len();
    if name.len() > room {
        name.truncate(name.floor_char_boundary(room));
    }
    // Windows drops dots and spaces at the end; a dot at the start hides a file, or leads out of the folder.
    let end = name.trim_end_matches(['.', ' ']).len();
    name.truncate(end);
    let start = name.len() - name.trim_start().len();
    name.drain(..start);
    if name.is_empty() || name.starts_with('.') || is_reserved(&name) {
        name.insert(0, SUBSTITUTE);
    }
    name + ending
}

/// Tells whether a name cannot have a character: what parts paths or is Windows' own, what does not print, and what
/// turns the direction of writing, so that a name would not read as it is.
fn is_refused(c: char) -> bool {
    is_unprintable(c) || matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|')
}

#[cfg(test)]
mod tests {
    use std::path::{Component, Path};

    use proptest::prelude::*;
    use shizheng::data::{self, Source};

    use super::*;

    fn source(city: &str) -> Source {
        let city = serde_json::to_string(city).unwrap();
        Source::new("a.json", format!("{{\"report\": {{\"city\": {city}, \"year\": 2025}}}}"))
    }

    fn name(pattern: &str, city: &str) -> Option<String> {
        let naming = Naming::parse(pattern, ".pdf").ok()?;
        let paths: Vec<&str> = naming.fields().collect();
        let values = data::peek(&source(city), &paths).values;
        Some(naming.name(&values, "a.json").ok()?.to_str()?.replace('\\', "/"))
    }

    #[test]
    fn pattern_takes_values_in() {
        for (pattern, wanted) in [
            ("{report.city}-{report.year}.pdf", "岑汀市-2025.pdf"),
            ("{report.city}", "岑汀市.pdf"),
            ("{ report.city }.PDF", "岑汀市.pdf"),
            ("{report.year}/{report.city}工作报告", "2025/岑汀市工作报告.pdf"),
            ("报告/{{{report.city}}}", "报告/{岑汀市}.pdf"),
        ] {
            assert_eq!(name(pattern, "岑汀市").as_deref(), Some(wanted), "{pattern}");
        }
        assert_eq!(name("{report.mayor}", "岑汀市"), None);
    }

    #[test]
    fn pattern_that_cannot_name_is_refused() {
        for pattern in [
            "",
            ".pdf",
            "a.pdf",
            "{}",
            "{ }",
            "{report.city",
            "report.city}",
            "../{report.city}",
            "/{report.city}",
            "a//{report.city}",
            "./{report.city}",
            "{report.city}/",
            "{report.city}/.pdf",
            "a\\{report.city}",
            "C:{report.city}",
            "nul/{report.city}",
            "a?{report.city}",
            ".git/{report.city}",
            "a./{report.city}",
        ] {
            assert!(Naming::parse(pattern, ".pdf").is_err(), "{pattern}");
        }
    }

    #[test]
    fn values_make_names_that_every_system_takes() {
        for (city, wanted) in [
            ("../../etc/passwd", "_.._.._etc_passwd.pdf"),
            ("..", "_.pdf"),
            ("CON", "_CON.pdf"),
            ("nul.2025", "_nul.2025.pdf"),
            ("C:\\Windows", "C__Windows.pdf"),
            ("岑汀市\n年报", "岑汀市_年报.pdf"),
            ("岑汀市. ", "岑汀市.pdf"),
            (".hidden", "_.hidden.pdf"),
            ("a\u{202e}fdp", "a_fdp.pdf"),
            ("岑\u{ad}汀\u{61c}市\u{fe00}", "岑_汀_市_.pdf"),
        ] {
            assert_eq!(name("{report.city}", city).as_deref(), Some(wanted), "{city:?}");
        }
        let long = name("{report.city}", &"汀".repeat(400)).unwrap();
        assert!((LONGEST - 4..=LONGEST).contains(&long.len()) && long.ends_with("汀.pdf"));
        // What tells documents apart is not what is cut.
        let long = name("{report.city}-{report.year}", &"汀".repeat(400)).unwrap();
        assert!((LONGEST - 4..=LONGEST).contains(&long.len()) && long.ends_with("汀-2025.pdf"), "{long}");
        let long = name("{report.city}{report.city}-{report.year}", &".".repeat(400)).unwrap();
        assert!(long.len() <= LONGEST && long.ends_with("-2025.pdf"), "{long}");
    }

    proptest! {
        #[test]
        fn no_value_leads_out_of_the_folder(
            city in "\\PC*|[./]?\\PC{150,400}|[./\\\\ ]{0,9}|(?i)(con|nul|com[0-9])[ .]{0,3}[a-z]?|\\s?\\.{1,3}[/\\\\]\\PC{0,5}",
        ) {
            prop_assume!(!city.trim().is_empty());
            for pattern in ["{report.city}", "a/{report.city}/{report.year}", ".{report.city}", "{report.city}{report.city}"] {
                let Some(name) = name(pattern, &city) else { continue };
                let parts: Vec<Component<'_>> = Path::new(&name).components().collect();
                prop_assert_eq!(parts.len(), pattern.split('/').count(), "{}", &name);
                for part in parts {
                    let Component::Normal(part) = part else { panic!("{name}") };
                    let part = part.to_str().unwrap();
                    prop_assert!(!part.chars().any(is_refused) && !is_reserved(part) && part.len() <= LONGEST, "{}", part);
                    prop_assert!(!part.starts_with(['.', ' ']) && !part.ends_with(['.', ' ']), "{}", part);
                }
            }
        }
    }
}

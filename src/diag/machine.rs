//! Writes diagnostics for other programs: as JSON, one object a line, or as annotations of GitHub Actions.
//!
//! The names and the meaning of the JSON's members are stable: members may be added, none changes or goes
//! away, and none is ever missing (what is not known is null).

use std::fmt;

use serde::Serialize;

use super::{Diagnostic, Language, Origin, Severity};

/// A diagnostic as one line of JSON. Its `Display` does not end the line.
#[derive(Clone, Copy, Debug)]
pub struct JsonLine<'a> {
    diagnostic: &'a Diagnostic,
    language: Language,
}

/// A diagnostic as a workflow command of GitHub Actions, which shows it beside the line of the file. Its
/// `Display` does not end the line.
#[derive(Clone, Copy, Debug)]
pub struct Annotation<'a> {
    diagnostic: &'a Diagnostic,
    language: Language,
}

/// A line of JSON.
#[derive(Serialize)]
struct Record<'a> {
    code: &'a str,
    severity: &'a str,
    /// The message in the language of the call.
    message: String,
    /// What to do, in the language of the call.
    hints: Vec<String>,
    /// What the code means, in the language of the call.
    explanation: &'a str,
    /// The message in both languages, whatever the call's.
    messages: Both,
    file: Option<&'a str>,
    /// From 1, as `column`, which counts characters.
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    /// The column after the last character.
    end_column: Option<usize>,
    path: Option<&'a str>,
    title: Option<&'a str>,
}

#[derive(Serialize)]
struct Both {
    zh: String,
    en: String,
}

impl<'a> JsonLine<'a> {
    /// Writes a diagnostic in a language.
    pub fn new(diagnostic: &'a Diagnostic, language: Language) -> Self {
        Self { diagnostic, language }
    }
}

impl<'a> Annotation<'a> {
    /// Writes a diagnostic in a language.
    pub fn new(diagnostic: &'a Diagnostic, language: Language) -> Self {
        Self { diagnostic, language }
    }
}

impl fmt::Display for JsonLine<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (diagnostic, language) = (self.diagnostic, self.language);
        let origin = diagnostic.origin.as_ref();
        let start = origin.map(|origin| origin.source.position(origin.span.start));
        let end = origin.map(|origin| origin.source.position(origin.span.end));
        let whereabouts = whereabouts(diagnostic);
        let record = Record {
            code: diagnostic.entry.code,
            severity: match diagnostic.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Note => "note",
            },
            message: diagnostic.message(language),
            hints: diagnostic.hints(language),
            explanation: diagnostic.entry.explanation.get(language),
            messages: Both {
                zh: diagnostic.message(Language::Chinese),
                en: diagnostic.message(Language::English),
            },
            file: origin.map(|origin| origin.source.name()).or(whereabouts.map(|(file, _)| file)),
            line: start.map(|start| start.line).or(whereabouts.and_then(|(_, line)| line)),
            column: start.map(|start| start.column),
            end_line: end.map(|end| end.line),
            end_column: end.map(|end| end.column),
            path: origin.and_then(|origin| origin.path.as_deref()),
            title: origin.and_then(|origin| origin.title.as_deref()),
        };
        f.write_str(&serde_json::to_string(&record).map_err(|_| fmt::Error)?)
    }
}

impl fmt::Display for Annotation<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (diagnostic, language) = (self.diagnostic, self.language);
        let command = match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "notice",
        };
        write!(f, "::{command} ")?;
        if let Some(origin) = &diagnostic.origin {
            place(f, origin)?;
        } else if let Some((file, line)) = whereabouts(diagnostic) {
            write!(f, "file={},", property(&slashed(file)))?;
            line.map_or(Ok(()), |line| write!(f, "line={line},"))?;
        }
        let mut title = diagnostic.entry.code.to_owned();
        if let Some(Origin { path: Some(path), title: field, .. }) = &diagnostic.origin {
            title.push(' ');
            title.push_str(field.as_deref().unwrap_or(path));
        }
        let mut text = vec![diagnostic.message(language)];
        text.extend(diagnostic.hints(language));
        write!(f, "title={}::{}", property(&title), data(&text.join("\n")))
    }
}

/// Returns the file, and its line, that a message without a place in a text speaks of: of the messages of the command line
/// (`E07…`) it is the `path`, with the line of one that is a line of many: `towns.jsonl:3`.
fn whereabouts(diagnostic: &Diagnostic) -> Option<(&str, Option<usize>)> {
    if diagnostic.origin.is_some() || !diagnostic.entry.code[1..].starts_with("07") {
        return None;
    }
    let (_, path) = diagnostic.arguments.iter().find(|(name, _)| *name == "path")?;
    // Standard input is no file.
    let path = Some(path.en.as_str()).filter(|path| !path.starts_with('<'))?;
    let line = path.rsplit_once(':').and_then(|(file, line)| Some((file, line.parse().ok()?)));
    Some(line.map_or((path, None), |(file, line)| (file, Some(line))))
}

fn slashed(name: &str) -> String {
    if cfg!(windows) { name.replace('\\', "/") } else { name.to_owned() }
}

/// Writes file, lines and, within one line, columns: GitHub takes no columns of several lines.
fn place(f: &mut fmt::Formatter<'_>, origin: &Origin) -> fmt::Result {
    let name = origin.source.name();
    // Standard input is no file of the repository.
    if name.starts_with('<') {
        return Ok(());
    }
    let name = slashed(name);
    let start = origin.source.position(origin.span.start);
    let end = origin.source.position(origin.span.end);
    write!(f, "file={},line={},endLine={},", property(&name), start.line, end.line)?;
    if start.line == end.line {
        write!(f, "col={},endColumn={},", start.column, end.column)?;
    }
    Ok(())
}

/// Escapes what ends a line, and the sign of the escapes.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes what ends a property, too.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::diag::catalogue::batch::{CHECK_MISSING, NAME_WITHOUT_VALUE};
    use crate::diag::catalogue::data::{MISSING_COMMA, OPEN_VALUE, READ_AS};
    use crate::diag::{SourceText, Text};

    fn diagnostic(name: &str) -> Diagnostic {
        let source = Arc::new(SourceText::new(name, "{\n  \"市值\": \"XX\"\n}"));
        let start = source.text().find("\"XX\"").expect("the text has it");
        let origin = Origin::new(&source, start..start + 4).field("market.value", Some("市值"));
        Diagnostic::new(&OPEN_VALUE).with("found", "100%:\r\n“a,b”").at(origin)
    }

    #[test]
    fn message_is_one_line_that_speaks_to_no_terminal() {
        let found = Diagnostic::new(&OPEN_VALUE).with("found", "a\u{1b}[2J\nerror: b");
        assert_eq!(found.message(Language::English), "this is still open (a [2J error: b)");
        let hint = found.hint(Text::both("甲\r", "a\r"));
        assert_eq!(hint.hints(Language::English).last().map(String::as_str), Some("a "));
    }

    #[test]
    fn json_has_every_member_always() {
        let source = Arc::new(SourceText::new("a", ""));
        let placed = diagnostic("数据, 1:2.json").hint(Text::both("甲", "a"));
        let unplaced = Diagnostic::new(&READ_AS).with("encoding", "GB18030").at(Origin::new(&source, 0..0));
        let bare = Diagnostic::new(&MISSING_COMMA);
        let parse = |diagnostic: &Diagnostic| -> serde_json::Value {
            let line = JsonLine::new(diagnostic, Language::English).to_string();
            assert!(!line.contains('\n'));
            serde_json::from_str(&line).expect("a line is JSON")
        };
        let keys = |value: &serde_json::Value| -> Vec<String> {
            value.as_object().expect("a line is an object").keys().cloned().collect()
        };
        let (placed, unplaced, bare) = (parse(&placed), parse(&unplaced), parse(&bare));
        assert_eq!(keys(&placed), keys(&bare));
        assert_eq!(keys(&placed), keys(&unplaced));
        assert_eq!(placed["code"], "E0143");
        assert_eq!(placed["severity"], "error");
        assert_eq!(placed["message"], placed["messages"]["en"]);
        assert_eq!(placed["messages"]["zh"], "这一项还没有定（100%:  “a,b”）");
        assert_eq!(placed["file"], "数据, 1:2.json");
        assert_eq!(
            [&placed["line"], &placed["column"], &placed["end_line"], &placed["end_column"]],
            [2, 9, 2, 13]
        );
        assert_eq!((&placed["path"], &placed["title"]), (&"market.value".into(), &"市值".into()));
        assert_eq!(placed["hints"], serde_json::json!(["a"]));
        assert_eq!((&bare["file"], &bare["line"]), (&serde_json::Value::Null, &serde_json::Value::Null));
        assert_eq!(unplaced["severity"], "note");
    }

    #[test]
    fn messages_of_the_command_line_have_the_file_that_they_speak_of() {
        let parse = |diagnostic: &Diagnostic| -> serde_json::Value {
            serde_json::from_str(&JsonLine::new(diagnostic, Language::English).to_string())
                .expect("a line is JSON")
        };
        let annotation = |diagnostic: &Diagnostic| Annotation::new(diagnostic, Language::English).to_string();
        let missing = Diagnostic::new(&CHECK_MISSING).with("path", "out/a.pdf");
        assert_eq!(parse(&missing)["file"], "out/a.pdf");
        assert!(parse(&missing)["line"].is_null());
        assert!(
            annotation(&missing).starts_with("::error file=out/a.pdf,title=E0791::"),
            "{}",
            annotation(&missing)
        );
        let nameless =
            Diagnostic::new(&NAME_WITHOUT_VALUE).with("path", "a.jsonl:3").with("field", "report.city");
        assert_eq!((&parse(&nameless)["file"], &parse(&nameless)["line"]), (&"a.jsonl".into(), &3.into()));
        assert!(annotation(&nameless).starts_with("::error file=a.jsonl,line=3,title=E0773::"));
        let piped = Diagnostic::new(&NAME_WITHOUT_VALUE).with("path", "<stdin>").with("field", "report.city");
        assert!(parse(&piped)["file"].is_null());
    }

    #[test]
    fn annotations_escape_what_would_end_them() {
        assert_eq!(
            Annotation::new(&diagnostic("数据, 1:2%.json"), Language::Chinese).to_string(),
            "::error file=数据%2C 1%3A2%25.json,line=2,endLine=2,col=9,endColumn=13,title=E0143 市值::\
             这一项还没有定（100%25:  “a,b”）"
        );
        assert_eq!(
            Annotation::new(&diagnostic("<stdin>"), Language::Chinese).to_string(),
            "::error title=E0143 市值::这一项还没有定（100%25:  “a,b”）"
        );
        let mut note = diagnostic("a.json");
        note.severity = Severity::Note;
        let origin = note.origin.as_mut().expect("it has a place");
        origin.span.end = origin.source.text().len();
        (origin.path, origin.title) = (None, None);
        let note = note.hint(Text::both("甲", "a"));
        assert_eq!(
            Annotation::new(&note, Language::English).to_string(),
            "::notice file=a.json,line=2,endLine=3,title=E0143::this is still open (100%25:  “a,b”)%0Aa"
        );
    }
}

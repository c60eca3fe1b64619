//! Shows a diagnostic to people: message, place, the line with a caret, hints.

use std::fmt;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::{Diagnostic, Language, Origin, Severity, printable};

/// The longest stretch of a source line that is shown, in columns of a terminal.
const EXCERPT_WIDTH: usize = 96;
/// How many characters on either side are looked at: more than are shown, for some have no width.
const NEAR: usize = 4 * EXCERPT_WIDTH;

/// A diagnostic as text for people, in one language. Its `Display` writes several lines, the last one ended.
#[derive(Clone, Copy, Debug)]
pub struct Report<'a> {
    diagnostic: &'a Diagnostic,
    language: Language,
    color: bool,
}

impl<'a> Report<'a> {
    /// Shows a diagnostic in a language, without colour.
    pub fn new(diagnostic: &'a Diagnostic, language: Language) -> Self {
        Self { diagnostic, language, color: false }
    }

    /// Sets whether severity and caret are coloured with ANSI escapes.
    #[must_use]
    pub fn color(mut self, color: bool) -> Self {
        self.color = color;
        self
    }

    fn paint(&self, style: &'static str) -> &'static str {
        if self.color { style } else { "" }
    }
}

impl fmt::Display for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let diagnostic = self.diagnostic;
        let (word, hint) = words(diagnostic.severity, self.language);
        let style = self.paint(match diagnostic.severity {
            Severity::Error => "\u{1b}[1;31m",
            Severity::Warning => "\u{1b}[1;33m",
            Severity::Note => "\u{1b}[1;36m",
        });
        let plain = self.paint("\u{1b}[0m");
        let message = diagnostic.message(self.language);
        writeln!(f, "{style}{word}[{}]{plain}: {message}", diagnostic.entry.code)?;
        if let Some(origin) = &diagnostic.origin {
            self.place(f, origin, style, plain)?;
        }
        for text in diagnostic.hints(self.language) {
            writeln!(f, "  {hint}: {text}")?;
        }
        Ok(())
    }
}

impl Report<'_> {
    fn place(&self, f: &mut fmt::Formatter<'_>, origin: &Origin, style: &str, plain: &str) -> fmt::Result {
        let start = origin.source.position(origin.span.start);
        write!(f, "  --> {}:{}:{}", printable(origin.source.name()), start.line, start.column)?;
        if let Some(path) = &origin.path {
            write!(f, "  {}", printable(path))?;
        }
        match (origin.title.as_deref().map(printable), self.language) {
            (Some(title), Language::Chinese) => write!(f, "（{title}）")?,
            (Some(title), Language::English) => write!(f, " ({title})")?,
            (None, _) => {}
        }
        writeln!(f)?;

        let (line, line_start) = origin.source.line_at(origin.span.start);
        if line.trim().is_empty() {
            return Ok(());
        }
        // A place may be in the middle of a character: a damaged byte shows as one of three.
        let within = |at: usize| line.floor_char_boundary(at.saturating_sub(line_start).min(line.len()));
        let from = within(origin.span.start);
        let to = within(origin.span.end).max(from);
        let excerpt = Excerpt::new(line, from, to);
        let number = start.line.to_string();
        let gutter = " ".repeat(number.len());
        writeln!(f, "{gutter} |")?;
        writeln!(f, "{number} | {}", excerpt.text)?;
        let indent = " ".repeat(excerpt.indent);
        let caret = "^".repeat(excerpt.width.max(1));
        writeln!(f, "{gutter} | {indent}{style}{caret}{plain}")
    }
}

/// The part of a line that is shown, tabs widened to a space each, and where its caret stands.
struct Excerpt {
    text: String,
    indent: usize,
    width: usize,
}

impl Excerpt {
    fn new<'a>(line: &'a str, from: usize, to: usize) -> Self {
        // A line may be as long as a file, and have faults all along; no more is looked at than can be shown.
        let ahead = |part: &'a str| part.char_indices().nth(NEAR).map_or(part, |(end, _)| &part[..end]);
        let behind = |part: &'a str| part.char_indices().rev().nth(NEAR).map_or(part, |(at, _)| &part[at..]);
        let (mut before, marked, after) = (
            printable(behind(&line[..from])),
            printable(ahead(&line[from..to])),
            printable(ahead(&line[to..])),
        );
        let marked = cut_end(&marked, EXCERPT_WIDTH / 2);
        let room = EXCERPT_WIDTH - marked.width();
        if before.width() > room / 2 {
            before = cut_start(&before, room / 2).into();
        }
        let after = cut_end(&after, room - before.width().min(room));
        Self { indent: before.width(), width: marked.width(), text: format!("{before}{marked}{after}") }
    }
}

fn cut_end(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.trim_end().to_owned();
    }
    let mut used = 1;
    let kept: String = text
        .chars()
        .take_while(|c| {
            used += c.width().unwrap_or(0);
            used <= width
        })
        .collect();
    kept + "…"
}

fn cut_start(text: &str, width: usize) -> String {
    let mut used = 1;
    let mut kept: Vec<char> = text
        .chars()
        .rev()
        .take_while(|c| {
            used += c.width().unwrap_or(0);
            used <= width
        })
        .collect();
    kept.push('…');
    kept.iter().rev().collect()
}

fn words(severity: Severity, language: Language) -> (&'static str, &'static str) {
    match (severity, language) {
        (Severity::Error, Language::Chinese) => ("错误", "办法"),
        (Severity::Warning, Language::Chinese) => ("警告", "办法"),
        (Severity::Note, Language::Chinese) => ("提示", "说明"),
        (Severity::Error, Language::English) => ("error", "hint"),
        (Severity::Warning, Language::English) => ("warning", "hint"),
        (Severity::Note, Language::English) => ("note", "hint"),
    }
}

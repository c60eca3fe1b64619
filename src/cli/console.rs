//! Talks to people: results on standard output, everything else on standard error.

use std::borrow::Cow;
use std::fmt::Display;
use std::io::{self, IsTerminal, Write};

use shizheng::diag::catalogue::cli as catalogue;
use shizheng::diag::{Annotation, Diagnostic, JsonLine, Language, Report, Severity, Text, system_reason};
use shizheng::export::Bytes;

use super::arguments::MessageFormat;
use super::fault::Fault;

/// The most messages that are listed at a time: nobody mends more at once.
const MOST_SHOWN: usize = 1_000;

/// How much is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Volume {
    /// Errors alone.
    Quiet,
    /// Results, errors, warnings.
    Normal,
    /// Particulars too.
    Verbose,
}

/// Where messages go, in which language, and how many of them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Console {
    language: Language,
    volume: Volume,
    format: MessageFormat,
}

impl Console {
    /// Makes a console that speaks a language at the normal volume.
    pub(super) fn new(language: Language, format: MessageFormat) -> Self {
        Self { language, volume: Volume::Normal, format }
    }

    /// Sets how much is said.
    #[must_use]
    pub(super) fn with_volume(mut self, volume: Volume) -> Self {
        self.volume = volume;
        self
    }

    /// Returns the language of the messages.
    pub(super) fn language(self) -> Language {
        self.language
    }

    /// Tells whether nothing but errors is wanted.
    pub(super) fn is_quiet(self) -> bool {
        self.volume == Volume::Quiet
    }

    /// Returns how the diagnostics are written.
    pub(super) fn format(self) -> MessageFormat {
        self.format
    }

    /// Shows diagnostics on standard error, those that the volume lets through.
    pub(super) fn report_all<'a>(self, diagnostics: impl IntoIterator<Item = &'a Diagnostic>) {
        let shown: Vec<_> = diagnostics.into_iter().filter(|one| self.shows(one.severity)).collect();
        let errors = shown.iter().filter(|one| one.severity == Severity::Error).count();
        // The errors first: nothing else has to be mended.
        let (mut errors, mut others) = (errors.min(MOST_SHOWN), MOST_SHOWN.saturating_sub(errors));
        let is_listed = |one: &&&Diagnostic| {
            let left = if one.severity == Severity::Error { &mut errors } else { &mut others };
            let is_listed = *left > 0;
            *left = left.saturating_sub(1);
            is_listed
        };
        let listed: Vec<_> = shown.iter().filter(is_listed).collect();
        for diagnostic in &listed {
            self.write(diagnostic);
        }
        let more = shown.len() - listed.len();
        if more > 0 {
            self.write(&Diagnostic::new(&catalogue::MORE_FOUND).with("count", more).with("most", MOST_SHOWN));
        }
    }

    fn write(self, diagnostic: &Diagnostic) {
        let text = match self.format {
            MessageFormat::Human => Report::new(diagnostic, self.language).color(true).to_string(),
            MessageFormat::Json => format!("{}\n", JsonLine::new(diagnostic, self.language)),
            MessageFormat::Github => format!("{}\n", Annotation::new(diagnostic, self.language)),
        };
        // A message that cannot be shown has nobody to be told to.
        let _ = anstream::stderr().lock().write_all(text.as_bytes());
    }

    /// Writes a line on standard error, unless the console is quiet or writes for programs, which want nothing
    /// but JSON there.
    pub(super) fn remark(self, line: &Text) {
        if self.volume > Volume::Quiet && self.format != MessageFormat::Json {
            let _ = writeln!(anstream::stderr().lock(), "{}", line.get(self.language));
        }
    }

    /// Writes a line on standard error when particulars are wanted.
    pub(super) fn detail(self, line: &Text) {
        if self.volume == Volume::Verbose {
            self.remark(line);
        }
    }

    /// Writes a line on standard output that says what was done, unless the console is quiet.
    pub(super) fn result(self, line: &Text) -> Result<(), Fault> {
        if self.volume == Volume::Quiet {
            return Ok(());
        }
        print(format_args!("{}\n", self.harmless(line.get(self.language))))
    }

    /// Shows what the name of a file has that a terminal would follow, and what GitHub Actions would: each line there that
    /// begins with `::` is a command.
    fn harmless(self, text: &str) -> Cow<'_, str> {
        let is_shown = |c: char| !c.is_control() || c == '\n';
        let is_command =
            |line: &str| self.format == MessageFormat::Github && line.trim_start().starts_with("::");
        if text.chars().all(is_shown) && !text.lines().any(is_command) {
            return Cow::Borrowed(text);
        }
        let mut shown = String::new();
        for line in text.split_inclusive('\n') {
            if is_command(line) {
                shown.push_str("./");
            }
            for c in line.chars() {
                if is_shown(c) { shown.push(c) } else { shown.extend(c.escape_default()) }
            }
        }
        Cow::Owned(shown)
    }

    /// Shows on a terminal what is being worked on. The next message takes its place.
    pub(super) fn progress(self, line: &Text) -> Progress {
        let shown = self.is_for_people() && io::stderr().is_terminal();
        if shown {
            let _ = write!(anstream::stderr().lock(), "\r\u{1b}[K{}", line.get(self.language));
        }
        Progress { shown }
    }

    /// Tells whether messages are for people who want more than errors.
    pub(super) fn is_for_people(self) -> bool {
        self.volume > Volume::Quiet && self.format == MessageFormat::Human
    }

    /// Clears a terminal; says whether there is one.
    pub(super) fn clear(self) -> bool {
        let is_terminal = self.format == MessageFormat::Human && io::stderr().is_terminal();
        if is_terminal {
            let _ = write!(anstream::stderr().lock(), "\u{1b}[H\u{1b}[2J\u{1b}[3J");
        }
        is_terminal
    }

    fn shows(self, severity: Severity) -> bool {
        match severity {
            Severity::Error => true,
            Severity::Warning | Severity::Note => self.volume > Volume::Quiet,
        }
    }
}

/// A line that says what is being worked on; it disappears when this is dropped.
pub(super) struct Progress {
    shown: bool,
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.shown {
            let _ = write!(anstream::stderr().lock(), "\r\u{1b}[K");
        }
    }
}

/// Writes text to standard output.
pub(super) fn print(text: impl Display) -> Result<(), Fault> {
    print_bytes(text.to_string().into_bytes())
}

/// Writes bytes to standard output. A reader that has gone away (`| head`) has what it wanted.
pub(super) fn print_bytes(bytes: impl Into<Bytes>) -> Result<(), Fault> {
    let mut stream = io::stdout().lock();
    match bytes.into().write_to(&mut stream).and_then(|()| stream.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            let diagnostic = Diagnostic::new(&catalogue::STANDARD_OUTPUT_FAILED);
            Err(Fault::output(diagnostic.with("reason", system_reason(&error))))
        }
        _ => Ok(()),
    }
}

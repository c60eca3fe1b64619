//! Reads JSON Lines, a data file a line: one line at a time, however many there are.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, Write as _};
use std::path::Path;
use std::sync::Arc;

use shizheng::diag::catalogue::batch::NOT_LINES;
use shizheng::diag::catalogue::cli as catalogue;
use shizheng::diag::{Diagnostic, Text};

use crate::cli::fault::{Fault, with_reason};
use crate::cli::input::{Input, LIMIT, Line, too_large};

/// How much is kept at a time of what can be read only once, in bytes.
const PIECE: usize = 64 * 1024;

/// A file of JSON Lines that can be read more than once.
#[derive(Debug)]
pub(in crate::cli) struct Lines {
    name: Arc<str>,
    file: File,
}

impl Lines {
    /// Opens a file of lines. What can be read only once, such as standard input, is kept in a file of its own
    /// that nobody else sees.
    pub(in crate::cli) fn open(input: &Input) -> Result<Self, Fault> {
        let name = input.name();
        let file = match input {
            Input::StandardInput => keep(&name, &mut io::stdin().lock())?,
            Input::File(path) => open(&name, path)?,
            // A line is no file of lines.
            Input::Line(_) => return Err(unreadable(&name, &io::ErrorKind::InvalidInput.into())),
        };
        let lines = Self { name: name.into(), file };
        lines.check_form()?;
        Ok(lines)
    }

    /// Sees by its first line that the file is one of lines. A line at fault is told of as any other.
    fn check_form(&self) -> Result<(), Fault> {
        let Some(Ok(first)) = self.read()?.next() else { return Ok(()) };
        let text = first.bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&first.bytes);
        let (reason, hint) = match text {
            [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => (
                Text::both("它是UTF-16编码的", "it is in UTF-16"),
                Text::both("用记事本打开，另存为UTF-8编码", "save it as UTF-8"),
            ),
            b"{" => (
                Text::both("一份数据分写在好几行", "a data file takes several lines"),
                Text::both(
                    "只有一份数据的文件，不加 `--jsonl`",
                    "leave `--jsonl` out for a file with one data file",
                ),
            ),
            [b'[', ..] => (
                Text::both("整个文件是一个数组", "the file is an array"),
                Text::both("把数组的每一项写成一行", "write each item of the array on a line of its own"),
            ),
            _ => return Ok(()),
        };
        let fault = Diagnostic::new(&NOT_LINES).with("path", &*self.name).with("reason", reason);
        Err(Fault::input(vec![fault.hint(hint)]))
    }

    /// Returns the file's name as messages show it.
    pub(in crate::cli) fn name(&self) -> &str {
        &self.name
    }

    /// Reads the lines from the first one on; blank ones are none. One pass at a time.
    pub(in crate::cli) fn read(&self) -> Result<Reading, Fault> {
        let begin = || {
            let mut file = self.file.try_clone()?;
            file.rewind()?;
            Ok(BufReader::new(file))
        };
        let reader = begin().map_err(|error| unreadable(&self.name, &error))?;
        Ok(Reading { name: Arc::clone(&self.name), reader, number: 0, is_over: false })
    }
}

fn open(name: &str, path: &Path) -> Result<File, Fault> {
    let opened = File::open(path).and_then(|file| Ok((file.metadata()?.is_file(), file)));
    let (is_file, mut file) = opened.map_err(|error| unreadable(name, &error))?;
    if is_file { Ok(file) } else { keep(name, &mut file) }
}

/// Keeps what can be read only once. Where there is no room for it, that is not the data's fault.
fn keep(name: &str, reader: &mut dyn Read) -> Result<File, Fault> {
    let full = |error: io::Error| {
        let folder = std::env::temp_dir().display().to_string();
        Fault::output(with_reason(&catalogue::OUTPUT_FAILED, &folder, &error))
    };
    let mut file = tempfile::tempfile().map_err(full)?;
    let mut piece = vec![0; PIECE];
    loop {
        match reader.read(&mut piece) {
            Ok(0) => return Ok(file),
            Ok(length) => file.write_all(&piece[..length]).map_err(full)?,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(unreadable(name, &error)),
        }
    }
}

fn unreadable(name: &str, error: &io::Error) -> Fault {
    Fault::input(vec![with_reason(&catalogue::INPUT_UNREADABLE, name, error)])
}

/// The lines of a file, as they are read. One that is too long is an error in its place.
pub(in crate::cli) struct Reading {
    name: Arc<str>,
    reader: BufReader<File>,
    number: usize,
    is_over: bool,
}

impl Iterator for Reading {
    type Item = Result<Line, Fault>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.is_over {
            let mut bytes = Vec::new();
            let read = (&mut self.reader).take(LIMIT + 1).read_until(b'\n', &mut bytes);
            self.number += 1;
            match read {
                Ok(0) => self.is_over = true,
                Ok(_) if bytes.len() as u64 > LIMIT && bytes.last() != Some(&b'\n') => {
                    let fault = too_large(&format!("{}:{}", self.name, self.number), LIMIT);
                    return Some(self.skip_rest().and(Err(fault)));
                }
                Ok(_) => {
                    bytes.truncate(bytes.trim_ascii_end().len());
                    if !bytes.is_empty() {
                        return Some(Ok(Line { file: Arc::clone(&self.name), number: self.number, bytes }));
                    }
                }
                Err(error) => {
                    self.is_over = true;
                    return Some(Err(unreadable(&self.name, &error)));
                }
            }
        }
        None
    }
}

impl Reading {
    /// Passes over what is left of a line.
    fn skip_rest(&mut self) -> Result<(), Fault> {
        let skipped = self.reader.skip_until(b'\n');
        skipped.map(drop).map_err(|error| {
            self.is_over = true;
            unreadable(&self.name, &error)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &[u8]) -> Vec<(usize, String)> {
        let file = keep("a.jsonl", &mut &*text).unwrap();
        let lines = Lines { name: "a.jsonl".into(), file };
        let read = || -> Vec<_> {
            let lines = lines.read().unwrap().map(Result::unwrap);
            lines.map(|line| (line.number, String::from_utf8(line.bytes).unwrap())).collect()
        };
        let once = read();
        assert_eq!(once, read());
        once
    }

    #[test]
    fn every_line_keeps_its_number() {
        let named = |lines: &[(usize, &str)]| -> Vec<(usize, String)> {
            lines.iter().map(|(number, text)| (*number, (*text).to_owned())).collect()
        };
        assert_eq!(
            lines(b"{}\n\n  \r\n{\"a\": 1} \r\n[]"),
            named(&[(1, "{}"), (4, "{\"a\": 1}"), (5, "[]")])
        );
        assert_eq!(lines(b""), []);
        assert_eq!(lines(b"\n\n"), []);
    }
}

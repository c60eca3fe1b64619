//! Holds a file's text and finds lines and columns in it.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::OnceLock;

/// A file that was read: its name as the user gave it, and its text.
#[derive(Debug, PartialEq, Eq)]
pub struct SourceText {
    name: String,
    text: Cow<'static, str>,
    /// The byte at which each line begins, once a place has been asked for.
    line_starts: OnceLock<Vec<usize>>,
    /// The number of the first line: 1, unless the text is a part of a file.
    first_line: usize,
}

/// A place in a file as people count: both from 1, columns in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

impl SourceText {
    /// Takes a file's name and text.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self::lent(name, text.into().into())
    }

    /// Takes a file's name and a text that may be part of the program, which is not copied.
    pub fn lent(name: impl Into<String>, text: Cow<'static, str>) -> Self {
        Self { name: name.into(), text, line_starts: OnceLock::new(), first_line: 1 }
    }

    /// Says which line of the file the text begins at, from 1, where it is a part of it.
    #[must_use]
    pub fn from_line(mut self, line: usize) -> Self {
        self.first_line = line.max(1);
        self
    }

    /// Returns the file's name as the user gave it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the line and column of a byte; one past the end is the end.
    pub fn position(&self, byte: usize) -> Position {
        let byte = self.floor(byte);
        let start = self.line_starts()[self.line_index(byte)];
        let column = self.text[start..byte].chars().count() + 1;
        Position { line: self.line(byte), column }
    }

    /// Returns the line of a byte, from 1; one past the end is on the last. Of a long line, this is found sooner than a
    /// position.
    pub fn line(&self, byte: usize) -> usize {
        self.line_index(self.floor(byte)) + self.first_line
    }

    /// Returns the text of the line that holds a byte, without its line end, and the byte it begins at.
    pub fn line_at(&self, byte: usize) -> (&str, usize) {
        let range = self.line_range(self.line_index(self.floor(byte)));
        (&self.text[range.clone()], range.start)
    }

    /// Returns the byte at a line and a column, both from 1, columns in characters.
    pub fn byte_at(&self, line: usize, column: usize) -> usize {
        let Some(index) = line.checked_sub(self.first_line).filter(|index| *index < self.line_starts().len())
        else {
            return self.text.len();
        };
        let range = self.line_range(index);
        let within = self.text[range.clone()].char_indices().nth(column.saturating_sub(1));
        within.map_or(range.end, |(index, _)| range.start + index)
    }

    /// Returns the byte at which each line begins. A sound text is never asked for it.
    fn line_starts(&self) -> &[usize] {
        self.line_starts.get_or_init(|| {
            std::iter::once(0).chain(self.text.match_indices('\n').map(|(index, _)| index + 1)).collect()
        })
    }

    fn line_index(&self, byte: usize) -> usize {
        self.line_starts().partition_point(|start| *start <= byte).saturating_sub(1)
    }

    fn line_range(&self, index: usize) -> Range<usize> {
        let starts = self.line_starts();
        let start = starts[index];
        let end = starts.get(index + 1).map_or(self.text.len(), |next| next - 1);
        let line = self.text[start..end].trim_end_matches('\r');
        start..start + line.len()
    }

    fn floor(&self, byte: usize) -> usize {
        let mut byte = byte.min(self.text.len());
        while !self.text.is_char_boundary(byte) {
            byte -= 1;
        }
        byte
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_characters_and_lines() {
        let source = SourceText::new("a.json", "{\r\n  \"市\": 1\n}");
        let byte = source.text().find('1').expect("the text has a 1");
        assert_eq!(source.position(byte), Position { line: 2, column: 8 });
        assert_eq!(source.line_at(byte).0, "  \"市\": 1");
        assert_eq!(source.line_at(0).0, "{");
        assert_eq!(source.byte_at(2, 8), byte);
        assert_eq!(source.position(999), Position { line: 3, column: 2 });
        let part = SourceText::new("a.jsonl", source.text()).from_line(17);
        assert_eq!(part.position(byte), Position { line: 18, column: 8 });
        assert_eq!((part.byte_at(18, 8), part.byte_at(16, 1), part.byte_at(20, 1)), (byte, 15, 15));
    }
}

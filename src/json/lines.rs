//! Tells where in its line a byte stands, in a file of one long line as soon as in one of many.

/// The lines of a text.
pub(super) struct Lines {
    /// The byte at which each begins, and how many bytes of white space it begins with.
    lines: Vec<(usize, usize)>,
}

impl Lines {
    pub(super) fn new(text: &str) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(end, _)| end + 1));
        let indent = |start: usize| {
            let line = &text[start..];
            line.len() - line.trim_start_matches([' ', '\t', '\u{3000}']).len()
        };
        Self { lines: starts.map(|start| (start, indent(start))).collect() }
    }

    /// Returns how many bytes of white space begin a byte's line.
    pub(super) fn indent(&self, at: usize) -> usize {
        self.line(at).1
    }

    /// Returns how many bytes stand before a byte in its line.
    pub(super) fn column(&self, at: usize) -> usize {
        at - self.line(at).0
    }

    /// Tells whether nothing but white space stands before a byte in its line.
    pub(super) fn begins(&self, at: usize) -> bool {
        self.indent(at) == self.column(at)
    }

    fn line(&self, at: usize) -> (usize, usize) {
        self.lines[self.lines.partition_point(|(start, _)| *start <= at) - 1]
    }
}

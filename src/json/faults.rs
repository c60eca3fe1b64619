//! Explains what keeps a file from being JSON.
//!
//! The tokens of the [`lexer`](super::lexer) are read as JSON would be; where one is out of place, the most
//! likely slip is noted with the edits that would mend it, and the reading goes on as if it were mended.

use std::ops::Range;
use std::sync::Arc;

use super::join;
use super::lexer::{self, Bracket, Token, TokenKind, is_number, is_word};
use super::lines::Lines;
use super::words::tell;
use crate::diag::catalogue::data::NOT_JSON;
use crate::diag::{Diagnostic, Origin, SourceText, Text};

/// After this many faults the file is something else altogether.
const MOST_FAULTS: usize = 100;

/// The deepest nesting that is followed.
pub(super) const DEEPEST: usize = 250;

/// A slip, where it is, and what would mend it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Fault {
    pub(super) span: Range<usize>,
    pub(super) slip: Slip,
    pub(super) edits: Vec<(Range<usize>, String)>,
}

/// The slips that people make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slip {
    WideMark(char, char),
    WideQuotes(char),
    SingleQuotes,
    InnerQuotes,
    DoubledQuotes,
    UnclosedText,
    UnclosedComment,
    BadEscape,
    BadCode,
    OtherComment,
    BadNumber,
    Control(char),
    MissingComma,
    MissingColon,
    MissingValue,
    Unopened,
    ExtraMark(char),
    UnquotedKey,
    UnquotedText,
    NumberWithUnit,
    WideDigits,
    LeadingZero,
    PlusSign,
    BarePoint,
    Thousands,
    DecimalComma,
    NoKey,
    WrongBracket(Bracket, Bracket),
    WordCase(&'static str),
    Unclosed(Bracket),
    Mismatched(Bracket, Bracket),
    AfterEnd,
    TooDeep,
}

impl Fault {
    pub(super) fn new(span: Range<usize>, slip: Slip) -> Self {
        Self { span, slip, edits: Vec::new() }
    }

    /// Adds a change that would mend it.
    pub(super) fn edit(mut self, span: Range<usize>, text: &str) -> Self {
        self.edits.push((span, text.to_owned()));
        self
    }
}

/// Finds every fault of a text that is not JSON, in words.
pub(super) fn find(source: &Arc<SourceText>) -> Vec<Diagnostic> {
    match slips(source) {
        Ok((faults, places)) => tell(source, &faults, &places),
        Err(other) => vec![*other],
    }
}

/// Finds every fault of a text that is not JSON; `None` where it is something else altogether.
pub(super) fn faults(source: &Arc<SourceText>) -> Option<Vec<Fault>> {
    Some(slips(source).ok()?.0)
}

/// The faults, and from which byte on the text belongs to which path.
type Slips = (Vec<Fault>, Vec<(usize, String)>);

fn slips(source: &Arc<SourceText>) -> Result<Slips, Box<Diagnostic>> {
    let mut faults = Vec::new();
    let tokens = lexer::tokens(source.text(), &mut faults);
    if let Some(first) = tokens.first().filter(|first| !matches!(first.kind, TokenKind::Open(_))) {
        let reason = Text::both("开头应为 `{`", "it should begin with `{`");
        let origin = Origin::new(source, first.span.clone());
        let fault = Diagnostic::new(&NOT_JSON).with("reason", reason).at(origin);
        return Err(Box::new(fault.hint(Text::both(
            "看一看是不是给错了文件；可从样例文件复制一份再填",
            "see whether it is the right file; copy a sample to begin with",
        ))));
    }
    let mut reader = Reader {
        text: source.text(),
        lines: Lines::new(source.text()),
        tokens: &tokens,
        stack: Vec::new(),
        places: Vec::new(),
        crooked: None,
        surplus: None,
        faults,
    };
    reader.read();
    let Reader { mut faults, places, .. } = reader;
    faults.sort_by_key(|fault| fault.span.start);
    Ok((faults, places))
}

/// What may come next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Expect {
    /// A value after a colon, or the file's only one.
    Value,
    /// A key or an item, or the bracket's end.
    Item,
    Colon,
    /// A comma, or the bracket's end.
    Comma,
    End,
}

/// A bracket that is open.
struct Open {
    bracket: Bracket,
    span: Range<usize>,
    /// The path of what it holds.
    path: String,
    /// How many items have begun in it.
    items: usize,
    /// Where on its line the first of them stands, if it begins that line.
    margin: Option<usize>,
}

pub(super) struct Reader<'a> {
    pub(super) text: &'a str,
    lines: Lines,
    pub(super) tokens: &'a [Token],
    stack: Vec<Open>,
    /// From which byte on the text belongs to which path; in the text's order.
    places: Vec<(usize, String)>,
    /// The first opening bracket whose closing one stands at another indent: likely the one left open.
    crooked: Option<(Bracket, Range<usize>)>,
    /// The first closing bracket of which that is so: likely the one too many.
    surplus: Option<(Bracket, Range<usize>)>,
    pub(super) faults: Vec<Fault>,
}

impl Reader<'_> {
    fn read(&mut self) {
        let mut expect = Expect::Value;
        for (index, token) in self.tokens.iter().enumerate() {
            if self.faults.len() >= MOST_FAULTS {
                return;
            }
            expect = self.token(expect, index, token);
            if self.stack.len() > DEEPEST {
                self.faults.push(Fault::new(token.span.clone(), Slip::TooDeep));
                return;
            }
            if expect == Expect::End && index + 1 < self.tokens.len() {
                let span = self.tokens[index + 1].span.clone();
                self.after_end(span);
                return;
            }
        }
        let end = self.text.trim_end().len();
        if matches!(expect, Expect::Value | Expect::Colon) && !self.tokens.is_empty() {
            self.faults.push(Fault::new(end..end, Slip::MissingValue));
        }
        // A comment without an end hides the brackets in it.
        let is_cut_off = self.faults.iter().any(|fault| fault.slip == Slip::UnclosedComment);
        if let Some(last) = self.stack.last().filter(|_| !is_cut_off) {
            let (bracket, span) = self.crooked.clone().unwrap_or((last.bracket, last.span.clone()));
            self.faults.push(Fault::new(span, Slip::Unclosed(bracket)));
        }
    }

    /// Notes that something stands behind the end, or what made the end come too early.
    fn after_end(&mut self, span: Range<usize>) {
        // What is left out, such as a bracket, is told of already.
        let is_told = self
            .faults
            .iter()
            .any(|fault| matches!(fault.slip, Slip::MissingValue | Slip::Unclosed(_) | Slip::Mismatched(..)));
        if let (Some((bracket, span)), false) = (self.surplus.clone(), is_told) {
            self.extra(&span, bracket.close());
        } else if !is_told {
            self.faults.push(Fault::new(span, Slip::AfterEnd));
        }
    }

    /// Reads a token and returns what may come after it.
    fn token(&mut self, expect: Expect, index: usize, token: &Token) -> Expect {
        let span = token.span.clone();
        let previous_end = index.checked_sub(1).map_or(0, |index| self.tokens[index].span.end);
        let in_object = self.stack.last().is_some_and(|open| open.bracket == Bracket::Brace);
        let begins = matches!(token.kind, TokenKind::Quoted | TokenKind::Bare | TokenKind::Open(_));
        if expect == Expect::Item && begins {
            self.enter(&span);
        }
        match (expect, token.kind) {
            (Expect::End, _) => Expect::End,

            (Expect::Comma, TokenKind::Comma) => Expect::Item,
            (Expect::Comma | Expect::Item, TokenKind::Close(bracket)) => {
                self.close(bracket, &span, previous_end)
            }
            (Expect::Comma, TokenKind::Colon) if self.key_as_value(index) => Expect::Value,
            (Expect::Comma, TokenKind::Colon) => {
                self.extra(&span, ':');
                Expect::Value
            }
            (Expect::Comma, TokenKind::Bare | TokenKind::Quoted) if self.inner_quotes(index) => Expect::Comma,
            (Expect::Comma, TokenKind::Bare) if in_object && self.parted_number(index) => Expect::Comma,
            (Expect::Comma, TokenKind::Quoted) if self.is_outer(index) => {
                if let Some(open) = self.stack.pop() {
                    let fault = Fault::new(open.span, Slip::Unclosed(open.bracket));
                    let mark = format!("{},", open.bracket.close());
                    self.faults.push(fault.edit(previous_end..previous_end, &mark));
                }
                self.token(Expect::Item, index, token)
            }
            (Expect::Comma, _) => {
                let fault = Fault::new(previous_end..previous_end, Slip::MissingComma);
                self.faults.push(fault.edit(previous_end..previous_end, ","));
                self.token(Expect::Item, index, token)
            }

            (Expect::Colon, TokenKind::Colon) => Expect::Value,
            (Expect::Colon, TokenKind::Comma | TokenKind::Close(_)) => {
                self.faults.push(Fault::new(previous_end..previous_end, Slip::MissingValue));
                self.token(Expect::Comma, index, token)
            }
            (Expect::Colon, _) => {
                let fault = Fault::new(previous_end..previous_end, Slip::MissingColon);
                self.faults.push(fault.edit(previous_end..previous_end, ":"));
                self.token(Expect::Value, index, token)
            }

            (Expect::Item, TokenKind::Comma) => {
                self.extra(&span, ',');
                Expect::Item
            }
            (Expect::Item, TokenKind::Quoted) if in_object => Expect::Colon,
            (Expect::Item, TokenKind::Bare) if in_object => self.bare_key(index, &span),
            (Expect::Item, TokenKind::Colon) if in_object => {
                self.extra(&span, ':');
                Expect::Value
            }

            (Expect::Value, TokenKind::Comma | TokenKind::Close(_)) => {
                self.faults.push(Fault::new(previous_end..previous_end, Slip::MissingValue));
                self.token(Expect::Comma, index, token)
            }
            (Expect::Item | Expect::Value, TokenKind::Colon) => {
                self.extra(&span, ':');
                expect
            }
            (Expect::Item | Expect::Value, TokenKind::Open(bracket)) => {
                let path = self.places.last().map(|(_, path)| path.clone()).unwrap_or_default();
                self.stack.push(Open { bracket, span, path, items: 0, margin: None });
                Expect::Item
            }
            (Expect::Item | Expect::Value, TokenKind::Quoted) => self.after_value(),
            (Expect::Item | Expect::Value, TokenKind::Bare) => {
                self.bare_value(&span);
                self.after_value()
            }
        }
    }

    fn after_value(&self) -> Expect {
        if self.stack.is_empty() { Expect::End } else { Expect::Comma }
    }

    /// Sees that what was taken for a value is a key, as a colon comes after it: the value of the key before it
    /// is left out, or the list before it was left open. Notes which, and goes on behind the key.
    fn key_as_value(&mut self, index: usize) -> bool {
        let Some([before, key]) = index.checked_sub(2).and_then(|from| self.tokens.get(from..index)) else {
            return false;
        };
        if key.kind != TokenKind::Quoted {
            return false;
        }
        let Some(open) = self.stack.last() else { return false };
        let outer = self.stack.len().checked_sub(2).map(|outer| self.stack[outer].bracket);
        let (before_end, in_array) = (before.span.end, open.bracket == Bracket::Square);
        match before.kind {
            TokenKind::Colon if !in_array => {
                let margin = self.lines.indent(before.span.start);
                let is_inner =
                    self.lines.begins(key.span.start) && self.lines.column(key.span.start) > margin;
                if is_inner {
                    // `"economy":` and its members below it.
                    let fault = Fault::new(before.span.clone(), Slip::Unopened);
                    self.faults.push(fault.edit(before_end..before_end, " {"));
                    let path = self.places.last().map(|(_, path)| path.clone()).unwrap_or_default();
                    let span = before.span.clone();
                    self.stack.push(Open { bracket: Bracket::Brace, span, path, items: 0, margin: None });
                } else {
                    self.faults.push(Fault::new(before_end..before_end, Slip::MissingValue));
                }
            }
            TokenKind::Open(Bracket::Square) if in_array => {
                // `"report": [` and its members behind it.
                let fault =
                    Fault::new(before.span.clone(), Slip::WrongBracket(Bracket::Brace, Bracket::Square));
                self.faults.push(fault.edit(before.span.clone(), "{"));
                if let Some(open) = self.stack.last_mut() {
                    open.bracket = Bracket::Brace;
                    open.items = 0;
                }
            }
            TokenKind::Open(_) | TokenKind::Colon => return false,
            _ if in_array && outer == Some(Bracket::Brace) => {
                let (bracket, span) = (open.bracket, open.span.clone());
                let at = if before.kind == TokenKind::Comma { before.span.start } else { before_end };
                let is_comma_missing =
                    |fault: &Fault| fault.slip == Slip::MissingComma && fault.span.start == at;
                let mark = if self.faults.last().is_some_and(is_comma_missing) {
                    self.faults.pop();
                    "],"
                } else {
                    "]"
                };
                self.faults.push(Fault::new(span, Slip::Unclosed(bracket)).edit(at..at, mark));
                self.stack.pop();
            }
            _ => return false,
        }
        let span = self.tokens[index - 1].span.clone();
        self.places.retain(|(start, _)| *start < span.start);
        self.enter(&span);
        true
    }

    /// Tells whether a key stands out as far as the line of the bracket that it would be in, of which the members
    /// stand further in: that bracket was left open.
    fn is_outer(&self, index: usize) -> bool {
        let start = self.tokens[index].span.start;
        let [.., outer, open] = &self.stack[..] else { return false };
        let margin = self.lines.indent(open.span.start);
        let is_key = self.tokens.get(index + 1).is_some_and(|next| next.kind == TokenKind::Colon);
        is_key
            && outer.bracket == Bracket::Brace
            && self.lines.begins(start)
            && self.lines.column(start) == margin
            && open.margin.is_some_and(|inner| inner > margin)
    }

    fn extra(&mut self, span: &Range<usize>, mark: char) {
        self.faults.push(Fault::new(span.clone(), Slip::ExtraMark(mark)).edit(span.clone(), ""));
    }

    /// Notes that a member or an item begins.
    fn enter(&mut self, span: &Range<usize>) {
        let margin = self.lines.begins(span.start).then(|| self.lines.column(span.start));
        let Some(open) = self.stack.last_mut() else { return };
        if open.items == 0 {
            open.margin = margin;
        }
        let path = match open.bracket {
            Bracket::Brace => {
                join(&open.path, self.text[span.clone()].trim_matches(|c| "\"'“”＂‘’「」".contains(c)))
            }
            Bracket::Square => format!("{}[{}]", open.path, open.items),
        };
        open.items += 1;
        self.places.push((span.start, path));
    }

    fn close(&mut self, bracket: Bracket, span: &Range<usize>, previous_end: usize) -> Expect {
        let Some(open) = self.stack.pop() else {
            self.extra(span, bracket.close());
            return Expect::Value;
        };
        let mark = open.bracket.close().to_string();
        let on_one_line = |open: &Open| !self.text[open.span.start..span.start].contains('\n');
        let outer = self.stack.last().filter(|outer| outer.bracket == bracket);
        if open.bracket == bracket {
            let begins_line = self.lines.begins(span.start);
            let is_crooked =
                self.lines.indent(open.span.start) != self.lines.indent(span.start) && !on_one_line(&open);
            let is_behind_another = self.text[..span.start].ends_with(['}', ']']);
            if self.surplus.is_none() && (begins_line || is_behind_another) && is_crooked {
                self.surplus = Some((bracket, span.clone()));
            }
            if self.crooked.is_none() && begins_line && is_crooked {
                self.crooked = Some((open.bracket, open.span));
            }
        } else if outer.is_some_and(|outer| on_one_line(outer) || !on_one_line(&open)) {
            // `{"a": [1, 2}`: the inner one was left open.
            let fault = Fault::new(open.span, Slip::Unclosed(open.bracket));
            self.faults.push(fault.edit(previous_end..previous_end, &mark));
            self.stack.pop();
        } else {
            let fault = Fault::new(span.clone(), Slip::Mismatched(open.bracket, bracket));
            self.faults.push(fault.edit(span.clone(), &mark));
        }
        let path = self.stack.last().map(|open| open.path.clone()).unwrap_or_default();
        self.places.push((span.end, path));
        self.after_value()
    }

    /// Notes straight quotes within a text: `"所谓"双招双引"工作"`.
    fn inner_quotes(&mut self, index: usize) -> bool {
        let adjacent = |one: usize, kind: TokenKind| {
            let pair = self.tokens.get(one - 1).zip(self.tokens.get(one));
            pair.is_some_and(|(left, right)| left.span.end == right.span.start && right.kind == kind)
        };
        let Some(previous) = index.checked_sub(1).map(|index| &self.tokens[index]) else { return false };
        if self.tokens[index].kind == TokenKind::Bare
            && previous.kind == TokenKind::Quoted
            && adjacent(index, TokenKind::Bare)
            && adjacent(index + 1, TokenKind::Quoted)
        {
            let next = &self.tokens[index + 1];
            if self.text[previous.span.clone()].ends_with('"')
                && self.text[next.span.clone()].starts_with('"')
            {
                let (open, close) = (previous.span.end - 1, next.span.start);
                let fault = Fault::new(open..close + 1, Slip::InnerQuotes);
                self.faults.push(fault.edit(open..open + 1, "“").edit(close..close + 1, "”"));
                return true;
            }
        }
        // The text after the inner quotes was told with them.
        previous.kind == TokenKind::Bare
            && adjacent(index, TokenKind::Quoted)
            && self.faults.last().is_some_and(|fault| fault.slip == Slip::InnerQuotes)
    }

    /// Reads what stands without quotes where a key is expected.
    fn bare_key(&mut self, index: usize, span: &Range<usize>) -> Expect {
        let text = &self.text[span.clone()];
        let has_colon = self.tokens.get(index + 1).is_some_and(|next| next.kind == TokenKind::Colon);
        if has_colon {
            let fault = Fault::new(span.clone(), Slip::UnquotedKey);
            self.faults.push(fault.edit(span.start..span.start, "\"").edit(span.end..span.end, "\""));
            return Expect::Colon;
        }
        if self.comma_in_number(index) {
            return Expect::Comma;
        }
        let behind = || self.text[span.end..].lines().next().unwrap_or_default();
        if self.lines.begins(span.start) && behind().trim().is_empty() {
            // A heading among the members.
            let fault = Fault::new(span.clone(), Slip::OtherComment);
            self.faults.push(fault.edit(span.start..span.start, "// "));
            return Expect::Item;
        }
        if is_number(text) || is_word(text) {
            self.faults.push(Fault::new(span.clone(), Slip::NoKey));
        }
        self.bare_value(span);
        Expect::Comma
    }
}

/// Replaces full-width characters by their ASCII forms (U+FF01 to U+FF5E are U+0021 to U+007E moved up), and takes
/// out what is invisible and comes along when numbers are copied from web pages and spreadsheets.
pub(crate) fn narrow(text: &str) -> String {
    narrowed(text).collect()
}

/// Returns the characters of [`narrow`], one by one.
pub(crate) fn narrowed(text: &str) -> impl Iterator<Item = char> {
    text.chars()
        .filter(|c| {
            !matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
        })
        .map(|c| match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
            '\u{3000}' | '\u{a0}' => ' ',
            '−' => '-',
            _ => c,
        })
}

//! Cuts text that is nearly JSON into tokens, noting slips such as full-width marks on the way.

use std::ops::Range;

use super::faults::{DEEPEST, Fault, Slip};

/// No text is read on where so many brackets are open: four times as many as are followed.
const FAR_TOO_DEEP: usize = 4 * DEEPEST;

/// A piece of text that is nearly JSON.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    pub(super) span: Range<usize>,
}

/// What a piece is, or was meant to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TokenKind {
    Open(Bracket),
    Close(Bracket),
    Comma,
    Colon,
    /// A text in quotes of any sort.
    Quoted,
    /// A number, a word, or text that lacks its quotes.
    Bare,
}

/// The two sorts of brackets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bracket {
    Brace,
    Square,
}

impl Bracket {
    pub(super) fn open(self) -> char {
        match self {
            Self::Brace => '{',
            Self::Square => '[',
        }
    }

    pub(super) fn close(self) -> char {
        match self {
            Self::Brace => '}',
            Self::Square => ']',
        }
    }
}

/// Cuts a text into tokens.
pub(super) fn tokens(text: &str, faults: &mut Vec<Fault>) -> Vec<Token> {
    let mut lexer = Lexer { text, at: 0, last_end: text.rfind("-->"), faults };
    let (mut tokens, mut depth) = (Vec::new(), 0_usize);
    while let Some(token) = lexer.next() {
        match token.kind {
            TokenKind::Open(_) => depth += 1,
            TokenKind::Close(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        tokens.push(token);
        // What is deeper is told of as too deep; a piece takes many times its bytes.
        if depth > FAR_TOO_DEEP {
            break;
        }
    }
    tokens
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
    /// Where the last comment of HTML ends.
    last_end: Option<usize>,
    faults: &'a mut Vec<Fault>,
}

impl Lexer<'_> {
    fn next(&mut self) -> Option<Token> {
        loop {
            let rest = &self.text[self.at..];
            let c = rest.chars().next()?;
            let start = self.at;
            if c.is_whitespace() || c == '\u{feff}' {
                self.at += c.len_utf8();
            } else if rest.starts_with("//") {
                self.at += rest.find('\n').unwrap_or(rest.len());
            } else if rest.starts_with("/*") {
                if let Some(end) = rest.find("*/") {
                    self.at += end + 2;
                } else {
                    self.at = self.text.len();
                    self.faults.push(Fault::new(start..start + 2, Slip::UnclosedComment));
                }
            } else if c == '#' && self.text[..start].trim_end_matches([' ', '\t']).ends_with(['\n', '{', ','])
            {
                self.at += rest.find('\n').unwrap_or(rest.len());
                let fault = Fault::new(start..start + 1, Slip::OtherComment);
                self.faults.push(fault.edit(start..start + 1, "//"));
            } else if let Some(end) = self.html_comment() {
                self.at = end + 3;
                let fault = Fault::new(start..self.at, Slip::OtherComment);
                self.faults.push(fault.edit(start..start + 4, "/*").edit(end..end + 3, "*/"));
            } else if c.is_control() {
                self.at += c.len_utf8();
                self.faults.push(Fault::new(start..self.at, Slip::Control(c)));
            } else if let Some((kind, meant)) = mark(c) {
                self.at += if rest.starts_with("=>") { 2 } else { c.len_utf8() };
                if c != meant {
                    let fault = Fault::new(start..self.at, Slip::WideMark(c, meant));
                    self.faults.push(fault.edit(start..self.at, &meant.to_string()));
                }
                return Some(Token { kind, span: start..self.at });
            } else {
                let kind = match c {
                    '"' => self.straight_quotes(),
                    '\'' | '“' | '”' | '＂' | '‘' | '’' | '「' | '」' => self.other_quotes(c),
                    _ => self.bare(),
                };
                return Some(Token { kind, span: start..self.at });
            }
        }
    }

    /// Finds where a comment of HTML that begins here ends: `<!-- .. -->`.
    fn html_comment(&self) -> Option<usize> {
        let start = self.at + 4;
        let inside = self.text[self.at..].strip_prefix("<!--")?;
        self.last_end.filter(|end| *end >= start)?;
        inside.find("-->").map(|length| start + length)
    }

    /// Reads a text in `"`, up to the end of its line at most.
    fn straight_quotes(&mut self) -> TokenKind {
        let start = self.at;
        if let Some(end) = self.doubled_quotes() {
            self.at = end;
            return TokenKind::Quoted;
        }
        let mut chars = self.text[start + 1..].char_indices().map(|(index, c)| (start + 1 + index, c));
        let mut line_end = self.text.len();
        // How many Chinese quotes are open within.
        let mut inner = 0_usize;
        // Where the second of two codes may stand.
        let mut second = None;
        while let Some((at, c)) = chars.next() {
            match c {
                '"' => {
                    let content = &self.text[start + 1..at];
                    let after = self.text[at + 1..].chars().next();
                    let key =
                        content.trim_end().strip_suffix([':', '：']).filter(|key| !key.contains([':', '：']));
                    // `"city: "云溪市"`: this quote begins the value, and the one that ends the key is missing.
                    if let (Some(key), true) = (key, after.is_some_and(char::is_alphanumeric)) {
                        let end = start + 1 + key.len();
                        let fault = Fault::new(start..end, Slip::UnclosedText);
                        self.faults.push(fault.edit(end..end, "\""));
                        self.at = end;
                        return TokenKind::Quoted;
                    }
                    // `"云溪市，"level": ..`: the one that ends the value is missing, and this one begins the next key.
                    let value =
                        content.trim_end().strip_suffix([',', '，']).filter(|value| !value.is_empty());
                    if let (Some(value), true) = (value, begins_key(&self.text[at..])) {
                        let end = start + 1 + value.len();
                        let fault = Fault::new(start..end, Slip::UnclosedText);
                        self.faults.push(fault.edit(end..end, "\""));
                        self.at = end;
                        return TokenKind::Quoted;
                    }
                    self.at = at + 1;
                    // `"云溪市"",`: the quote that ends it stands twice.
                    if !content.is_empty() && after == Some('"') && may_follow_text(&self.text[at + 2..]) {
                        self.at = at + 2;
                        let fault = Fault::new(at + 1..at + 2, Slip::ExtraMark('"'));
                        self.faults.push(fault.edit(at + 1..at + 2, ""));
                    }
                    return TokenKind::Quoted;
                }
                // `"city”: "云溪市”,`: a quote that closes none within, where the text may end.
                '“' | '”' | '＂' if inner == 0 && may_follow_text(&self.text[at + c.len_utf8()..]) => {
                    self.at = at + c.len_utf8();
                    let fault = Fault::new(at..self.at, Slip::WideQuotes(c));
                    self.faults.push(fault.edit(at..self.at, "\""));
                    return TokenKind::Quoted;
                }
                '“' => inner += 1,
                '”' => inner = inner.saturating_sub(1),
                '\\' => {
                    let escape = &self.text[at..];
                    let code = escape.get(2..6).filter(|_| escape.starts_with("\\u"));
                    let code = code.and_then(|digits| u32::from_str_radix(digits, 16).ok());
                    let is_lone = matches!(code, Some(0xDC00..=0xDFFF)) && second != Some(at);
                    if matches!(code, Some(0xD800..=0xDBFF)) {
                        second = Some(at + 6);
                    }
                    if is_lone || !is_escape(escape) {
                        self.faults.push(if let Some(digits) = escape.strip_prefix("\\u") {
                            let digits = digits.bytes().take(4).take_while(u8::is_ascii_hexdigit).count();
                            Fault::new(at..at + 2 + digits, Slip::BadCode)
                        } else {
                            Fault::new(at..at + 1, Slip::BadEscape).edit(at..at + 1, "\\\\")
                        });
                    } else if escape.as_bytes().get(1).is_some_and(|next| b"\"\\".contains(next)) {
                        chars.next();
                    }
                }
                '\n' => {
                    line_end = at;
                    break;
                }
                _ => {}
            }
        }
        let line = self.text[start + 1..line_end].trim_end();
        let content = line.trim_end_matches([',', '，', '}', ']', ' ', '\t']);
        let end = start + 1 + content.len();
        if let Some(quote) = content.chars().next_back().filter(|c| "“”＂’".contains(*c)) {
            let at = end - quote.len_utf8();
            self.faults.push(Fault::new(at..end, Slip::WideQuotes(quote)).edit(at..end, "\""));
        } else {
            // `"value: 1,` is a key whose second quote is missing, unless it is an item of a list.
            let is_item = self.text[..start].trim_end().ends_with(['[', '【', '［', ':', '：']);
            let key = content.split_once([':', '：']).map(|(key, _)| key).filter(|key| {
                !is_item && !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
            });
            let end = key.map_or(end, |key| start + 1 + key.len());
            let fault = Fault::new(start..end, Slip::UnclosedText);
            self.faults.push(fault.edit(end..end, "\""));
            self.at = end;
            return TokenKind::Quoted;
        }
        self.at = end;
        TokenKind::Quoted
    }

    /// Finds the end of a text whose quotes stand twice, as spreadsheets write them: `""云溪市""`; or the first alone.
    fn doubled_quotes(&mut self) -> Option<usize> {
        let start = self.at;
        let inside = self.text[start..].strip_prefix("\"\"")?;
        let length = inside.find(['"', '\n'])?;
        let begins = inside.starts_with(|c: char| c.is_alphanumeric() || c == '_');
        let close = start + 2 + length;
        let is_quote = |at: usize| self.text[at..].starts_with('"');
        if begins && is_quote(close) && is_quote(close + 1) && may_follow_text(&self.text[close + 2..]) {
            let fault = Fault::new(start..close + 2, Slip::DoubledQuotes);
            self.faults.push(fault.edit(start..start + 1, "").edit(close..close + 1, ""));
            return Some(close + 2);
        }
        if begins && is_quote(close) && may_follow_text(&self.text[close + 1..]) {
            let fault = Fault::new(start..start + 1, Slip::ExtraMark('"'));
            self.faults.push(fault.edit(start..start + 1, ""));
            return Some(close + 1);
        }
        None
    }

    /// Reads a text in quotes that JSON does not know.
    fn other_quotes(&mut self, open: char) -> TokenKind {
        let start = self.at;
        let inside = start + open.len_utf8();
        let closes = |c: char| match open {
            '\'' | '‘' | '’' => matches!(c, '\'' | '‘' | '’'),
            '「' | '」' => matches!(c, '「' | '」'),
            _ => matches!(c, '“' | '”' | '＂' | '"'),
        };
        let slip = if open == '\'' { Slip::SingleQuotes } else { Slip::WideQuotes(open) };
        let fault = |end: usize| Fault::new(start..end, slip).edit(start..inside, "\"");
        let found = self.text[inside..].char_indices().find(|(_, c)| closes(*c) || *c == '\n');
        if let Some((index, close)) = found.filter(|(_, c)| *c != '\n') {
            let close_start = inside + index;
            self.at = close_start + close.len_utf8();
            self.faults.push(fault(self.at).edit(close_start..self.at, "\""));
        } else {
            let line_end = found.map_or(self.text.len(), |(end, _)| inside + end);
            let content =
                self.text[inside..line_end].trim_end_matches([',', '，', '}', ']', ' ', '\t', '\r']);
            self.at = inside + content.len();
            self.faults.push(fault(self.at).edit(self.at..self.at, "\""));
        }
        TokenKind::Quoted
    }

    /// Reads what is in no quotes. Spaces belong to it where they stand within text: `约 70 家`.
    fn bare(&mut self) -> TokenKind {
        let start = self.at;
        // Whether what has been read is text: with a space in it, it is no number and no word of JSON.
        let mut is_known_text = false;
        loop {
            let rest = &self.text[self.at..];
            let word = &rest[..rest.find(ends_bare).unwrap_or(rest.len())];
            let comment = ["//", "/*"].iter().filter_map(|mark| word.find(mark)).min();
            let word = comment.unwrap_or(word.len());
            // A mark that only ends words may also begin one; it must not hold up the reading.
            self.at += word.max(rest.chars().next().filter(|_| self.at == start).map_or(0, char::len_utf8));
            let rest = &self.text[self.at..];
            let next = rest.trim_start_matches([' ', '\t', '\u{3000}']);
            let follows = next.find(ends_bare).map_or(next, |end| &next[..end]);
            let is_text = |part: &str| !part.is_empty() && !is_number(part) && !is_word(part);
            let goes_on = next.len() < rest.len()
                && !follows.is_empty()
                && !follows.starts_with('/')
                && (is_known_text || is_text(&self.text[start..self.at]) || is_text(follows));
            if !goes_on {
                // `year": 2025`: the quote that ends a key whose first one is missing.
                let is_key =
                    rest.strip_prefix('"').is_some_and(|rest| rest.trim_start().starts_with([':', '：']));
                if is_key {
                    let fault = Fault::new(start..self.at, Slip::UnquotedKey);
                    self.faults.push(fault.edit(start..start, "\""));
                    self.at += 1;
                    return TokenKind::Quoted;
                }
                // `云溪市",`: the quote that ends a value whose first one is missing.
                let behind = rest.strip_prefix('"').map(|rest| rest.trim_start_matches([' ', '\t']));
                let is_value = behind.is_some_and(|behind| {
                    behind.is_empty() || behind.starts_with([',', '，', ']', '}', '\n', '\r', '/'])
                });
                if is_value {
                    self.at += 1;
                    let fault = Fault::new(start..self.at, Slip::UnclosedText);
                    self.faults.push(fault.edit(start..start, "\""));
                    return TokenKind::Quoted;
                }
                // 、 within is the text's own; at its end it stands for the comma.
                let before = self.text[start..self.at].strip_suffix('、').filter(|before| !before.is_empty());
                self.at = before.map_or(self.at, |before| start + before.len());
                return TokenKind::Bare;
            }
            self.at += rest.len() - next.len();
            is_known_text = true;
        }
    }
}

/// Returns what a mark outside of quotes is, and how JSON writes it.
fn mark(c: char) -> Option<(TokenKind, char)> {
    Some(match c {
        '{' | '｛' => (TokenKind::Open(Bracket::Brace), '{'),
        '}' | '｝' => (TokenKind::Close(Bracket::Brace), '}'),
        '[' | '［' | '【' => (TokenKind::Open(Bracket::Square), '['),
        ']' | '］' | '】' => (TokenKind::Close(Bracket::Square), ']'),
        ',' | '，' | '、' | '；' | ';' => (TokenKind::Comma, ','),
        // As in other files: `year = 2025`.
        ':' | '：' | '=' | '＝' => (TokenKind::Colon, ':'),
        _ => return None,
    })
}

/// Tells whether what stands here may come after a text: a colon, a comma, a bracket's end or the line's.
fn may_follow_text(rest: &str) -> bool {
    let rest = rest.trim_start_matches([' ', '\t', '\u{3000}', '\r']);
    let marks = [
        TokenKind::Colon,
        TokenKind::Comma,
        TokenKind::Close(Bracket::Brace),
        TokenKind::Close(Bracket::Square),
    ];
    rest.chars().next().is_none_or(|c| c == '\n' || mark(c).is_some_and(|(kind, _)| marks.contains(&kind)))
}

/// Tells whether a quote begins a key of a data file and its colon comes after it: `"level":`.
fn begins_key(text: &str) -> bool {
    let name = text.trim_start_matches('"');
    let end = name.find(|c: char| !c.is_ascii_alphanumeric() && !"_$-".contains(c)).unwrap_or(name.len());
    let rest = name[end..].strip_prefix(['"', '”', '＂']);
    end > 0 && rest.is_some_and(|rest| rest.trim_start().starts_with([':', '：']))
}

/// Tells whether a character ends what is in no quotes.
fn ends_bare(c: char) -> bool {
    c.is_whitespace() || c.is_control() || "\"'“”＂‘’「」".contains(c) || (c != '、' && mark(c).is_some())
}

/// Tells whether a backslash and what follows is an escape of JSON.
fn is_escape(text: &str) -> bool {
    let bytes = text.as_bytes();
    let code = |from: usize| {
        let digits = text.get(from..from + 4).filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()));
        digits.and_then(|digits| u32::from_str_radix(digits, 16).ok())
    };
    match bytes.get(1) {
        Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => true,
        Some(b'u') => match code(2) {
            // Characters beyond U+FFFF are written as two codes.
            Some(0xD800..=0xDBFF) => {
                text.get(6..8) == Some("\\u") && matches!(code(8), Some(0xDC00..=0xDFFF))
            }
            // The second of two codes, which the first has vouched for.
            Some(0xDC00..=0xDFFF) => true,
            code => code.is_some(),
        },
        _ => false,
    }
}

/// Tells whether a text is a number as JSON writes it (RFC 8259, clause 6).
pub(super) fn is_number(text: &str) -> bool {
    let text = text.strip_prefix('-').unwrap_or(text);
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (text, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    digits(whole)
        && (whole.len() == 1 || !whole.starts_with('0'))
        && fraction.is_none_or(digits)
        && exponent.is_none_or(|exponent| digits(exponent.strip_prefix(['+', '-']).unwrap_or(exponent)))
}

/// Tells whether a text is one of JSON's three words.
pub(super) fn is_word(text: &str) -> bool {
    matches!(text, "true" | "false" | "null")
}

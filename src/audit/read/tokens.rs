//! Takes content streams and character maps apart. Whatever is no token is passed over, so that any bytes lead
//! to an end.

/// How deeply arrays and dictionaries may stand in one another.
const DEPTH: usize = 32;

/// A value before an operator.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Operand {
    Number(f64),
    Name(Vec<u8>),
    Text(Vec<u8>),
    Array(Vec<Operand>),
    Dictionary(Vec<(Vec<u8>, Operand)>),
}

impl Operand {
    /// Returns the number that it is.
    pub(super) fn number(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// Returns the bytes of the string that it is.
    pub(super) fn text(&self) -> Option<&[u8]> {
        match self {
            Self::Text(bytes) => Some(bytes),
            _ => None,
        }
    }

    /// Returns the name that it is.
    pub(super) fn name(&self) -> Option<&[u8]> {
        match self {
            Self::Name(name) => Some(name),
            _ => None,
        }
    }

    /// Returns the member of the dictionary that it is.
    pub(super) fn member(&self, key: &[u8]) -> Option<&Self> {
        match self {
            Self::Dictionary(members) => members.iter().find(|(name, _)| name == key).map(|(_, value)| value),
            _ => None,
        }
    }
}

/// What comes next in a stream.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Item<'a> {
    Operand(Operand),
    Operator(&'a [u8]),
}

/// Walks over the bytes of a stream.
pub(super) struct Tokens<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Tokens<'a> {
    /// Begins at the start of a stream.
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn skip_space(&mut self) {
        while let Some(byte) = self.peek() {
            match byte {
                b'%' => {
                    while self.peek().is_some_and(|byte| byte != b'\n' && byte != b'\r') {
                        self.at += 1;
                    }
                }
                _ if is_space(byte) => self.at += 1,
                _ => break,
            }
        }
    }

    /// Returns the next operand or operator; nothing at the end.
    pub(super) fn next(&mut self) -> Option<Item<'a>> {
        loop {
            self.skip_space();
            let byte = self.peek()?;
            if let Some(operand) = self.operand(DEPTH) {
                return Some(Item::Operand(operand));
            }
            let start = self.at;
            while self.peek().is_some_and(|byte| !is_space(byte) && !is_delimiter(byte)) {
                self.at += 1;
            }
            if self.at > start {
                return Some(Item::Operator(&self.bytes[start..self.at]));
            }
            // A stray bracket.
            debug_assert!(is_delimiter(byte), "{byte}");
            self.at += 1;
        }
    }

    /// Reads an operand where there is one; otherwise nothing is passed over but brackets that never close.
    fn operand(&mut self, depth: usize) -> Option<Operand> {
        self.skip_space();
        let ahead = self.bytes.get(self.at + 1).copied();
        match self.peek()? {
            b'0'..=b'9' | b'+' | b'-' | b'.' => self.number().map(Operand::Number),
            b'/' => Some(Operand::Name(self.name())),
            b'(' => Some(Operand::Text(self.literal())),
            b'<' if ahead == Some(b'<') && depth > 0 => {
                self.at += 2;
                Some(Operand::Dictionary(self.members(depth - 1)))
            }
            b'<' if ahead != Some(b'<') => Some(Operand::Text(self.hexadecimal())),
            b'[' if depth > 0 => {
                self.at += 1;
                let mut items = Vec::new();
                loop {
                    self.skip_space();
                    match self.peek() {
                        Some(b']') => {
                            self.at += 1;
                            break;
                        }
                        None => break,
                        Some(_) => match self.operand(depth - 1) {
                            Some(item) => items.push(item),
                            None => self.pass(),
                        },
                    }
                }
                Some(Operand::Array(items))
            }
            _ => None,
        }
    }

    fn members(&mut self, depth: usize) -> Vec<(Vec<u8>, Operand)> {
        let mut members = Vec::new();
        loop {
            self.skip_space();
            match self.peek() {
                Some(b'>') => {
                    self.at += if self.bytes.get(self.at + 1) == Some(&b'>') { 2 } else { 1 };
                    return members;
                }
                None => return members,
                Some(b'/') => {
                    let key = self.name();
                    match self.operand(depth) {
                        Some(value) => members.push((key, value)),
                        None => self.pass_word(),
                    }
                }
                Some(_) => self.pass(),
            }
        }
    }

    /// Passes over a word such as `true`, or else over one byte.
    fn pass(&mut self) {
        let start = self.at;
        self.pass_word();
        if self.at == start {
            self.at += 1;
        }
    }

    fn pass_word(&mut self) {
        while self.peek().is_some_and(|byte| !is_space(byte) && !is_delimiter(byte)) {
            self.at += 1;
        }
    }

    fn number(&mut self) -> Option<f64> {
        let start = self.at;
        let mut end = start;
        while self.bytes.get(end).is_some_and(|byte| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.')) {
            end += 1;
        }
        let text = std::str::from_utf8(&self.bytes[start..end]).ok()?;
        // `--5` and `1.2-3` are found in files; what can be read of them is read.
        let trimmed = text.trim_start_matches(['+', '-']);
        let cut = trimmed.find(['+', '-']).map_or(trimmed, |at| &trimmed[..at]);
        let value: f64 = if cut == "." || cut.is_empty() { 0.0 } else { cut.parse().unwrap_or(0.0) };
        self.at = end;
        Some(if text.starts_with('-') { -value } else { value })
    }

    fn name(&mut self) -> Vec<u8> {
        self.at += 1;
        let mut name = Vec::new();
        while let Some(byte) = self.peek().filter(|byte| !is_space(*byte) && !is_delimiter(*byte)) {
            self.at += 1;
            let code =
                self.bytes.get(self.at..self.at + 2).and_then(|pair| Some((hex(pair[0])?, hex(pair[1])?)));
            match code {
                Some((high, low)) if byte == b'#' => {
                    name.push(high * 16 + low);
                    self.at += 2;
                }
                _ => name.push(byte),
            }
        }
        name
    }

    fn hexadecimal(&mut self) -> Vec<u8> {
        self.at += 1;
        let mut digits = Vec::new();
        while let Some(byte) = self.peek() {
            self.at += 1;
            if byte == b'>' {
                break;
            }
            digits.extend(hex(byte));
        }
        digits.chunks(2).map(|pair| pair[0] * 16 + pair.get(1).copied().unwrap_or(0)).collect()
    }

    fn literal(&mut self) -> Vec<u8> {
        self.at += 1;
        let (mut text, mut open) = (Vec::new(), 1_usize);
        while let Some(byte) = self.peek() {
            self.at += 1;
            match byte {
                b'(' => open += 1,
                b')' => {
                    open -= 1;
                    if open == 0 {
                        break;
                    }
                }
                b'\\' => {
                    self.escape(&mut text);
                    continue;
                }
                _ => {}
            }
            text.push(byte);
        }
        text
    }

    fn escape(&mut self, text: &mut Vec<u8>) {
        let Some(byte) = self.peek() else { return };
        self.at += 1;
        match byte {
            b'n' => text.push(b'\n'),
            b'r' => text.push(b'\r'),
            b't' => text.push(b'\t'),
            b'b' => text.push(8),
            b'f' => text.push(12),
            b'\r' => {
                if self.peek() == Some(b'\n') {
                    self.at += 1;
                }
            }
            b'\n' => {}
            b'0'..=b'7' => {
                let mut code = u32::from(byte - b'0');
                for _ in 0..2 {
                    let Some(digit) = self.peek().filter(|byte| matches!(byte, b'0'..=b'7')) else { break };
                    code = code * 8 + u32::from(digit - b'0');
                    self.at += 1;
                }
                text.push(code as u8);
            }
            other => text.push(other),
        }
    }

    /// Passes over a picture within the stream, from behind its `BI` to behind its `EI`.
    pub(super) fn skip_picture(&mut self) {
        let rest = &self.bytes[self.at..];
        let is_end = |at: usize| {
            let before = at == 0 || is_space(rest[at - 1]);
            let after = rest.get(at + 2).is_none_or(|byte| is_space(*byte) || is_delimiter(*byte));
            // Bytes of a picture may read `EI` too; text follows the true one.
            let text = rest[at + 2..].iter().take(8).all(|byte| matches!(byte, 9..=13 | 32..=126));
            before && after && text
        };
        let end = rest.windows(2).enumerate().find(|(at, pair)| *pair == b"EI" && is_end(*at));
        self.at = end.map_or(self.bytes.len(), |(at, _)| self.at + at + 2);
    }
}

fn hex(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).map(|digit| digit as u8)
}

fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | 9 | 10 | 12 | 13 | 32)
}

fn is_delimiter(byte: u8) -> bool {
    matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(bytes: &[u8]) -> Vec<Item<'_>> {
        let mut tokens = Tokens::new(bytes);
        std::iter::from_fn(move || tokens.next()).collect()
    }

    #[test]
    fn operators_and_operands_are_told_apart() {
        let number = |value| Item::Operand(Operand::Number(value));
        let text = |value: &[u8]| Item::Operand(Operand::Text(value.to_vec()));
        assert_eq!(
            all(b"1 -.5 +2. --3 cm"),
            [number(1.0), number(-0.5), number(2.0), number(-3.0), Item::Operator(b"cm")]
        );
        assert_eq!(
            all(b"(a\\(b(c)\\051\\\n)Tj<4a4>'"),
            [text(b"a(b(c))"), Item::Operator(b"Tj"), text(b"J@"), Item::Operator(b"'")]
        );
        let items = all(b"/S#70an<</MCID 3/E[1(x)true]>>BDC % end\n]T*");
        assert_eq!(items[0], Item::Operand(Operand::Name(b"Span".to_vec())));
        let Item::Operand(dictionary) = &items[1] else { panic!("{items:?}") };
        assert_eq!(dictionary.member(b"MCID"), Some(&Operand::Number(3.0)));
        assert_eq!(
            dictionary.member(b"E"),
            Some(&Operand::Array(vec![Operand::Number(1.0), Operand::Text(b"x".to_vec())]))
        );
        assert_eq!(items[2..], [Item::Operator(b"BDC"), Item::Operator(b"T*")]);
    }

    #[test]
    fn a_picture_is_passed_over() {
        let mut tokens = Tokens::new(b"/W 1 ID \x00 EI\xff\x00 (EI) EI Q");
        tokens.skip_picture();
        assert_eq!(tokens.next(), Some(Item::Operator(b"Q")));
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_lead_to_an_end(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..200)) {
            assert!(all(&bytes).len() <= bytes.len());
        }
    }
}

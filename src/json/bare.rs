//! Explains what stands in no quotes and is neither a number nor a word of JSON.

use std::ops::Range;

use super::faults::{Fault, Reader, Slip, narrow};
use super::lexer::{Token, TokenKind, is_number, is_word};

impl Reader<'_> {
    /// Notes what is wrong with a value that stands without quotes, if anything is.
    pub(super) fn bare_value(&mut self, span: &Range<usize>) {
        let text = &self.text[span.clone()];
        if is_number(text) || is_word(text) {
            return;
        }
        let (minus, digits) = text.strip_prefix('-').map_or(("", text), |digits| ("-", digits));
        let plain = narrow(text);
        let fault = |slip| Fault::new(span.clone(), slip);
        let fault = if let Some(number) = text.strip_prefix('+').filter(|number| is_number(number)) {
            fault(Slip::PlusSign).edit(span.clone(), number)
        } else if text.len() > 1 && text.starts_with('0') && is_digits(text) {
            // A number in a row, whose zeros belong to it: 份号 000001.
            fault(Slip::LeadingZero).edit(span.start..span.start, "\"").edit(span.end..span.end, "\"")
        } else if let Some(number) = without_zeros(digits) {
            fault(Slip::LeadingZero).edit(span.clone(), &format!("{minus}{number}"))
        } else if is_number(&format!("0{digits}")) && digits.starts_with('.') {
            fault(Slip::BarePoint).edit(span.clone(), &format!("{minus}0{digits}"))
        } else if let Some(number) = text.strip_suffix('.').filter(|number| is_number(number)) {
            fault(Slip::BarePoint).edit(span.clone(), number)
        } else if is_number(&plain) {
            fault(Slip::WideDigits).edit(span.clone(), &plain)
        } else if let Some(word) = meant_word(text) {
            fault(Slip::WordCase(word)).edit(span.clone(), word)
        } else if is_no_number(&plain) {
            fault(Slip::BadNumber)
        } else {
            let slip = if plain.bytes().any(|b| b.is_ascii_digit()) {
                Slip::NumberWithUnit
            } else {
                Slip::UnquotedText
            };
            fault(slip).edit(span.start..span.start, "\"").edit(span.end..span.end, "\"")
        };
        self.faults.push(fault);
    }

    /// Notes a comma within a number where a key is expected: `1,234.5`, or `5,8`, which may be 5.8.
    pub(super) fn comma_in_number(&mut self, index: usize) -> bool {
        let Some(at) = index.checked_sub(1) else { return false };
        let (comma, span) = (self.tokens[at].span.clone(), self.tokens[index].span.clone());
        let Some(before) = self.digits_before(at).filter(|before| before.end == comma.start) else {
            return false;
        };
        let text = &self.text[span.clone()];
        let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
        if comma.end != span.start || digits == 0 {
            return false;
        }
        let leading = self.text[before.clone()].trim_start_matches('-');
        let is_grouped = digits == 3 && leading.len() <= 3 && leading != "0";
        let is_plain = digits == text.len() || is_number(&format!("1{text}"));
        let (start, edits) = self.begun(&before);
        let mut fault = Fault::new(start..span.end, Slip::Thousands);
        fault.edits = edits;
        if is_grouped {
            fault = fault.edit(comma.clone(), "");
        }
        if !is_plain {
            // With its unit it is a text; what a comma is that parts no thousands is told of the text.
            fault.slip = Slip::NumberWithUnit;
            fault = fault.edit(start..start, "\"").edit(span.end..span.end, "\"");
        } else if !is_grouped {
            fault = Fault::new(start..span.end, Slip::DecimalComma);
        }
        // That the comma is full-width is not what is wrong with it.
        self.faults.retain(|other| other.span != comma || !matches!(other.slip, Slip::WideMark(..)));
        self.faults.push(fault);
        true
    }

    /// Notes a blank within a number: `2 386.50`. Of two numbers nothing is made one.
    pub(super) fn parted_number(&mut self, index: usize) -> bool {
        let span = self.tokens[index].span.clone();
        let Some(before) = self.digits_before(index) else { return false };
        let (text, gap) = (&self.text[span.clone()], before.end..span.start);
        let digits = text.find('.').unwrap_or(text.len());
        let is_key = self.tokens.get(index + 1).is_some_and(|next| next.kind == TokenKind::Colon);
        if is_key || !is_digits(&text[..digits]) || self.text[gap.clone()].contains('\n') {
            return false;
        }
        let leading = self.text[before.clone()].trim_start_matches('-').len();
        let is_grouped = digits == 3 && leading <= 3 && gap.len() == 1 && is_number(&format!("1{text}"));
        let (start, edits) = self.begun(&before);
        self.faults.push(if is_grouped {
            Fault { edits, ..Fault::new(start..span.end, Slip::Thousands) }.edit(gap, "")
        } else {
            Fault::new(start..span.end, Slip::BadNumber)
        });
        true
    }

    /// Returns where a number begins whose last digits are at a place, and what mends it up to there: of one that is
    /// parted several times all is told at once.
    fn begun(&mut self, last: &Range<usize>) -> (usize, Vec<(Range<usize>, String)>) {
        match self.faults.pop() {
            Some(fault) if fault.slip == Slip::Thousands && fault.span.end == last.end => {
                (fault.span.start, fault.edits)
            }
            other => {
                self.faults.extend(other);
                (last.start, Vec::new())
            }
        }
    }

    /// Returns where the digits are, after a minus at most, that stand without quotes before a token.
    fn digits_before(&self, index: usize) -> Option<Range<usize>> {
        let Token { kind, span } = self.tokens.get(index.checked_sub(1)?)?;
        let is_plain = is_digits(self.text[span.clone()].trim_start_matches('-'));
        (*kind == TokenKind::Bare && is_plain).then(|| span.clone())
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// Tells whether a text is meant for a number alone, without a unit or a word, that no quotes would mend.
fn is_no_number(text: &str) -> bool {
    let digits = text.trim_start_matches(['-', '+']);
    let has_base = ["0x", "0X", "0b", "0B", "0o", "0O"].iter().any(|base| digits.starts_with(base));
    let is_bare =
        digits.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '_' | '-' | '+' | 'e' | 'E'));
    digits.starts_with(|c: char| c.is_ascii_digit()) && (has_base || is_bare)
}

/// Returns a number without the zeros it begins with, if it does.
fn without_zeros(digits: &str) -> Option<String> {
    let rest = digits.strip_prefix('0')?.trim_start_matches('0');
    let number =
        if rest.starts_with(|c: char| c.is_ascii_digit()) { rest.to_owned() } else { format!("0{rest}") };
    (number.len() < digits.len() && is_number(&number)).then_some(number)
}

/// Returns the word of JSON that another word stands for.
fn meant_word(text: &str) -> Option<&'static str> {
    Some(match text.to_ascii_lowercase().as_str() {
        "true" | "yes" => "true",
        "false" | "no" => "false",
        "null" | "none" | "nil" | "undefined" | "nan" | "inf" | "-inf" | "infinity" | "-infinity"
        | "#n/a" | "#div/0!" | "#value!" | "#ref!" => "null",
        _ => return None,
    })
}

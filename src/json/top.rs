//! Looks a single text up in a file that is no JSON, however it is misspelt elsewhere.

use std::ops::Range;

use super::lexer::{Bracket, Token, TokenKind, tokens};
use crate::diag::SourceText;

/// Returns the text that a name has at the top of a file that is nearly JSON, and its bytes. Nothing where the
/// name is not there; an empty text where it has none that can be read.
pub(crate) fn spelled_at_top(source: &SourceText, name: &str) -> Option<(String, Range<usize>)> {
    let text = source.text();
    let tokens = tokens(text, &mut Vec::new());
    let is_text = |token: &Token| matches!(token.kind, TokenKind::Quoted | TokenKind::Bare);
    let (mut depth, mut before) = (0_usize, TokenKind::Comma);
    for (index, token) in tokens.iter().enumerate() {
        let key = unquoted(&text[token.span.clone()]);
        if depth <= 1 && is_text(token) && before != TokenKind::Colon && key == name {
            let mut rest = tokens[index + 1..].iter().skip_while(|token| token.kind == TokenKind::Colon);
            let value = rest.next().filter(|token| is_text(token));
            return Some(value.map_or_else(
                || (String::new(), token.span.clone()),
                |value| (unquoted(&text[value.span.clone()]).to_owned(), value.span.clone()),
            ));
        }
        match token.kind {
            TokenKind::Open(Bracket::Brace | Bracket::Square) => depth += 1,
            TokenKind::Close(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        before = token.kind;
    }
    None
}

fn unquoted(text: &str) -> &str {
    let is_quote = |c: char| matches!(c, '"' | '\'' | '“' | '”' | '＂' | '‘' | '’' | '「' | '」');
    text.trim_matches(is_quote).trim()
}

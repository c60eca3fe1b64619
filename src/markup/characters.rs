//! Gathers the characters that templates print as they stand, so that each can be asked whether a face has it.

use std::collections::BTreeMap;
use std::ops::Range;

use super::tag::{self, Lexed};
use super::tree;
use crate::diag::{Origin, SourceText, Text};
use crate::document::braced;
use crate::fill::{Outline, Piece};

/// Finds braces in a template's text that were to print a datum and print themselves.
pub(super) fn stray_braces(text: &str) -> Option<(Range<usize>, Text)> {
    let doubled = ["}}", "｛｛", "｝｝"].into_iter().find_map(|braces| {
        let at = text.find(braces)?;
        let reason = if braces == "}}" {
            Text::both(
                "`}}` 前面没有 `{{`，会照样印出来",
                "no `{{` stands before `}}`, which would be printed",
            )
        } else {
            Text::both(
                format!("`{braces}` 是全角的，会照样印出来；印数据用半角的 `{{{{…}}}}`"),
                format!("`{braces}` are full-width and would be printed; data are printed by `{{{{…}}}}`"),
            )
        };
        Some((at..at + braces.len(), reason))
    });
    doubled.or_else(|| {
        let mut places = text.match_indices(['{', '｛']).map(|(at, _)| at);
        let (at, length) = places.find_map(|at| Some((at, braced(&text[at..])?)))?;
        let braced = &text[at..at + length];
        let reason = Text::both(
            format!("`{braced}` 会照样印出来；印数据用两重半角的 `{{{{…}}}}`"),
            format!("`{braced}` would be printed as it is; data are printed by `{{{{…}}}}`"),
        );
        Some((at..at + length, reason))
    })
}

/// Returns the characters that templates print as they stand, each once of each template, with its place.
pub fn texts(outlines: &BTreeMap<String, Outline>) -> Vec<(char, Origin)> {
    type Found = BTreeMap<char, Range<usize>>;
    fn read(source: &SourceText, pieces: &[Piece], found: &mut Found) {
        for piece in pieces {
            match piece {
                Piece::Text(span) => {
                    let mut at = span.start;
                    while let Some(token) = tag::next(source.text(), at..span.end) {
                        at = token.span.end;
                        if matches!(token.lexed, Lexed::Characters) {
                            let text = &source.text()[token.span.clone()];
                            let start = token.span.start;
                            for (character, within) in tree::characters(text) {
                                found.entry(character).or_insert(start + within.start..start + within.end);
                            }
                        }
                    }
                }
                Piece::Block { body, inverse, .. } => {
                    read(source, body, found);
                    read(source, inverse, found);
                }
                Piece::Print(_) | Piece::Rows(_) | Piece::Partial { .. } => {}
            }
        }
    }
    let of = |outline: &Outline| {
        let mut found = Found::new();
        read(&outline.source, &outline.pieces, &mut found);
        found
            .into_iter()
            .map(|(character, span)| (character, Origin::new(&outline.source, span)))
            .collect::<Vec<_>>()
    };
    outlines.values().flat_map(of).collect()
}

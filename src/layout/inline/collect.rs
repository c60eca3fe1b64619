//! Gathers a paragraph's inlines into one row of letters, each knowing its role and its datum.

use std::sync::Arc;

use crate::document::{Datum, Footnote, Inline};
use crate::layout::fonts::Role;

/// A character of a paragraph, before any font is asked.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Letter<'a> {
    /// The character.
    pub(crate) character: char,
    /// The role of its text, whose face and size it takes.
    pub(crate) role: Role,
    /// The structure element that it belongs to. Of letters there are many, and of elements and bytes fewer than four
    /// thousand million.
    pub(crate) element: u32,
    /// The figure that it prints.
    pub(crate) datum: Option<&'a Arc<Datum>>,
    /// Where it stands in the filled text, in bytes.
    pub(crate) offset: u32,
    /// The footnote whose mark it is part of: a mark has the face of footnotes and a size of its own.
    pub(crate) mark: Option<&'a Footnote>,
}

impl Letter<'_> {
    /// Tells whether two letters are part of the same mark, or of none.
    pub(crate) fn shares_mark(&self, other: &Self) -> bool {
        self.mark.map(|footnote| footnote.number) == other.mark.map(|footnote| footnote.number)
    }
}

/// Letters up to a break that the author set, or to the end.
pub(crate) type Letters<'a> = Vec<Letter<'a>>;

/// Appends inlines in a role, headlines in another; a break that the author set begins a new row.
///
/// `reference` says which structure element the mark of a footnote belongs to.
pub(crate) fn push<'a>(
    rows: &mut Vec<Letters<'a>>,
    inlines: &'a [Inline],
    role: Role,
    headline: Role,
    element: usize,
    reference: &dyn Fn(&Footnote) -> usize,
) {
    if rows.is_empty() {
        rows.push(Letters::new());
    }
    let runs =
        inlines.iter().map(|inline| if let Inline::Run(run) = inline { run.text.chars().count() } else { 0 });
    if let Some(row) = rows.last_mut() {
        row.reserve(runs.sum());
    }
    for inline in inlines {
        match inline {
            Inline::LineBreak => rows.push(Letters::new()),
            Inline::Run(run) => {
                let letters = run.text.char_indices().map(|(at, character)| Letter {
                    character,
                    role: if run.strong { headline } else { role },
                    element: element as u32,
                    datum: run.datum.as_ref(),
                    offset: (run.offset + at) as u32,
                    mark: None,
                });
                if let Some(row) = rows.last_mut() {
                    row.extend(letters);
                }
            }
            Inline::Footnote(footnote) => {
                let letters = footnote.mark.chars().map(|character| Letter {
                    character,
                    role,
                    element: reference(footnote) as u32,
                    datum: None,
                    offset: 0,
                    mark: Some(footnote),
                });
                if let Some(row) = rows.last_mut() {
                    row.extend(letters);
                }
            }
        }
    }
}

/// Appends text that the program itself made, such as a number.
pub(crate) fn push_text(rows: &mut Vec<Letters<'_>>, text: &str, role: Role, element: usize) {
    if rows.is_empty() {
        rows.push(Letters::new());
    }
    if let Some(row) = rows.last_mut() {
        let element = element as u32;
        let letter = |character| Letter { character, role, element, datum: None, offset: 0, mark: None };
        row.extend(text.chars().map(letter));
    }
}

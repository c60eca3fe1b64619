//! Lays a document out on pages: every glyph at its place on the grid of GB/T 9704-2012.
//!
//! Inlines become lines ([`inline`]), blocks become chunks of whole lines ([`flow`]), chunks are dealt out to
//! pages ([`pages`]). Measures come from the style; what a line may do is `inline`'s.

mod chart;
mod flow;
mod fonts;
mod footnote;
mod inline;
mod pages;
mod table;
#[cfg(test)]
mod tests;
mod title;
mod tree;
mod words;

use self::flow::Flow;
pub use self::fonts::unknown_faces;
use self::fonts::{Role, RoleFonts};
use self::inline::shape::no_glyph;
use crate::diag::Diagnostic;
use crate::document::Document;
use crate::font::Fonts;
use crate::pack::Style;
use crate::page::Pages;

/// Lays out a document.
///
/// Fails with a diagnostic for each face that the style names and there is none of, or for each character
/// that no face has; its anchor leads to the datum or the template.
pub fn layout(document: &Document, style: &Style, fonts: &Fonts) -> Result<Pages, Vec<Diagnostic>> {
    layout_after(0, document, style, fonts)
}

/// Lays out a document that follows on others: its first page has the number after theirs.
///
/// Fails as [`layout`] does.
pub fn layout_after(
    pages_before: usize,
    document: &Document,
    style: &Style,
    fonts: &Fonts,
) -> Result<Pages, Vec<Diagnostic>> {
    let mut fonts = RoleFonts::open(style, fonts)?;
    let mut flow = Flow {
        style,
        fonts: &mut fonts,
        tree: tree::Tree::default(),
        paragraphs: Vec::new(),
        footnotes: footnote::Footnotes::default(),
    };
    let label = flow.label(document)?;
    let chunks = flow.document(document)?;
    let dealt =
        pages::deal(chunks, style, &flow.footnotes, &|paragraph, count| flow.set_anew(paragraph, count));
    let structure = flow.tree.finish();
    let mut pages = pages::paginate(dealt, pages_before, document, style, &mut fonts)?;
    pages.structure = structure;
    pages::put_label(label, style, &mut pages);
    Ok(pages)
}

/// Finds the characters of a text that no face of the body has, for a text that never came to be laid out.
///
/// White space and control characters are not looked at: they are no glyphs.
pub fn uncovered(text: &str, style: &Style, fonts: &Fonts) -> Vec<Diagnostic> {
    let Ok(mut fonts) = RoleFonts::open(style, fonts) else { return Vec::new() };
    let context: Vec<char> = text.chars().collect();
    let is_missing = |character: char| {
        !character.is_whitespace() && !character.is_control() && fonts.find(Role::Body, character).is_none()
    };
    let missing = context.iter().copied().map(is_missing).collect::<Vec<_>>();
    (0..context.len()).filter(|index| missing[*index]).map(|index| no_glyph(&context, index)).collect()
}

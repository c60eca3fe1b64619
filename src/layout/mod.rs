//! Lays a document out on pages: every glyph at its place on the grid of GB/T 9704-2012.
//!
//! Inlines become lines ([`inline`]), blocks become chunks of whole lines ([`flow`]), chunks are dealt out to
//! pages ([`pages`]). Measures come from the style; what a line may do is `inline`'s.

mod flow;
mod fonts;
mod inline;
mod pages;
mod table;
#[cfg(test)]
mod tests;
mod title;
mod tree;

use self::flow::Flow;
use self::fonts::RoleFonts;
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
    let mut flow = Flow { style, fonts: &mut fonts, tree: tree::Tree::default(), paragraphs: Vec::new() };
    let label = flow.label(document)?;
    let chunks = flow.document(document)?;
    let dealt = pages::deal(chunks, style, &|paragraph, count| flow.set_anew(paragraph, count));
    let structure = flow.tree.finish();
    let mut pages = pages::paginate(dealt, pages_before, document, style, &mut fonts)?;
    pages.structure = structure;
    pages::put_label(label, style, &mut pages);
    Ok(pages)
}

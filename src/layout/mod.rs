//! Lays a document out on pages: every glyph at its place on the grid of GB/T 9704-2012.
//!
//! Inlines become lines ([`inline`]), blocks become chunks of whole lines ([`flow`]), chunks are dealt out to
//! pages ([`pages`], [`giving`]). Measures come from the style; what a line may do is `inline`'s. What official documents have
//! around their text is set by [`head`], [`signature`] and [`imprint`].

mod chart;
mod chunk;
mod columns;
#[cfg(test)]
mod elements_tests;
mod flow;
mod fonts;
mod footnote;
mod giving;
mod head;
mod image;
mod imprint;
mod inline;
mod mark;
mod overfull;
mod pages;
mod signature;
mod table;
#[cfg(test)]
mod tests;
mod title;
mod tree;
mod turned;

use self::chunk::{Chunk, Part};
use self::flow::Flow;
pub(crate) use self::fonts::KnownGlyphs;
pub use self::fonts::unknown_faces;
use self::fonts::{Role, RoleFonts};
use self::inline::class::Class;
use self::inline::shape::no_glyph;
use crate::diag::catalogue::layout::LABEL_TOO_LONG;
use crate::diag::{Diagnostic, Origin};
use crate::document::{Document, Form};
use crate::font::{Fonts, LAST_RESORT};
use crate::pack::Style;
use crate::page::{Color, Content, FrameItem, Pages, Role as Meaning, TextRun};

/// Lays out a document.
///
/// Fails with a diagnostic for each face that the style names and there is none of, or for each character
/// that no face has; its anchor leads to the datum or the template.
pub fn layout(document: &Document, style: &Style, fonts: &Fonts) -> Result<Pages, Vec<Diagnostic>> {
    layout_after(0, document, style, fonts, &KnownGlyphs::default())
}

/// Lays out a document that follows on others: its first page has the number after theirs. `glyphs` are known from other
/// documents of the same style and faces.
///
/// Fails as [`layout`] does.
pub(crate) fn layout_after(
    pages_before: usize,
    document: &Document,
    style: &Style,
    fonts: &Fonts,
    glyphs: &KnownGlyphs,
) -> Result<Pages, Vec<Diagnostic>> {
    let mut opened = RoleFonts::open(style, fonts)?;
    opened.learn(glyphs);
    let pages = first_fit(pages_before, document, style, &mut opened);
    opened.leave(glyphs);
    pages.map(|pages| Pages { stopgaps: stopgaps(&pages, fonts), ..pages })
}

/// Returns the characters of 发文机关标志 and titles that stand in the face of last resort, each once.
fn stopgaps(pages: &Pages, fonts: &Fonts) -> Vec<char> {
    let Some(fallback) = fonts.find(LAST_RESORT) else { return Vec::new() };
    let is_title = |run: &&TextRun| match run.content {
        Content::Element(element) => {
            pages.structure.get(element).is_some_and(|own| own.role == Meaning::Title)
        }
        _ => false,
    };
    let runs = pages.pages.iter().flat_map(|page| &page.items).filter_map(|item| match item {
        FrameItem::Text(run) => Some(run),
        FrameItem::Fill(_) | FrameItem::Shape(_) | FrameItem::Picture(_) => None,
    });
    let large =
        runs.filter(|run| run.face == fallback).filter(|run| run.color == Color::Red || is_title(run));
    let mut found = Vec::new();
    for character in large.flat_map(|run| &run.glyphs).map(|glyph| glyph.character) {
        if !Class::of(character).punctuation() && !found.contains(&character) {
            found.push(character);
        }
    }
    found
}

/// Lays a document out in the first of several ways that shows some of its text on page 1.
fn first_fit<'a>(
    pages_before: usize,
    document: &Document,
    style: &'a Style,
    fonts: &mut RoleFonts<'a>,
) -> Result<Pages, Vec<Diagnostic>> {
    let (mut pages, shows_text) = parted_or_not(pages_before, document, style, fonts, mark::DEPTHS[0])?;
    if shows_text {
        return Ok(pages);
    }
    // 主送机关 so many that page 1 shows no text (7.3.2).
    if let Some(moved) = imprint::with_recipients(document, style) {
        let (pages, shows_text) = parted_or_not(pages_before, &moved, style, fonts, mark::DEPTHS[0])?;
        if shows_text {
            return Ok(pages);
        }
    }
    // Organs so many.
    if document.head().is_some_and(|head| head.organs.len() > 1) {
        for depth in &mark::DEPTHS[1..] {
            let (pages, shows_text) = parted_or_not(pages_before, document, style, fonts, *depth)?;
            if shows_text {
                return Ok(pages);
            }
        }
    }
    pages.begins_without_text = true;
    Ok(pages)
}

/// Lays a document out as [`attempt`] does; where page 1 shows no text so, with a first paragraph that may end the page
/// after any of its lines. That page 1 shows text (7.3.3) weighs more than that no line stands there alone.
fn parted_or_not<'a>(
    pages_before: usize,
    document: &Document,
    style: &'a Style,
    fonts: &mut RoleFonts<'a>,
    mark_depth: f64,
) -> Result<(Pages, bool), Vec<Diagnostic>> {
    let whole = attempt(pages_before, document, style, fonts, mark_depth, false)?;
    if whole.1 {
        return Ok(whole);
    }
    let parted = attempt(pages_before, document, style, fonts, mark_depth, true)?;
    Ok(if parted.1 { parted } else { whole })
}

/// Lets a page end after each line of the first paragraph of text but the last two, and between two.
fn part_first_paragraph(chunks: &mut [Chunk]) {
    let Some(first) = chunks.iter().position(|chunk| chunk.part == Part::Text && chunk.paragraph.is_some())
    else {
        return;
    };
    let paragraph = chunks[first].paragraph;
    let count = chunks[first..].iter().take_while(|chunk| chunk.paragraph == paragraph).count();
    let least_below = if count == 2 { 1 } else { 2 };
    for chunk in &mut chunks[first..first + count.saturating_sub(least_below)] {
        chunk.break_after = true;
    }
}

/// Lays a document out as it is, 发文机关标志 in up to some lines of the grid, its first paragraph parted anywhere or not;
/// tells too whether page 1 shows some of its text, or there is none.
fn attempt<'a>(
    pages_before: usize,
    document: &Document,
    style: &'a Style,
    fonts: &mut RoleFonts<'a>,
    mark_depth: f64,
    parts_first: bool,
) -> Result<(Pages, bool), Vec<Diagnostic>> {
    let head = document.head();
    let form = head.map_or(Form::Document, |head| head.form);
    let mut flow = Flow {
        style,
        fonts,
        tree: tree::Tree::default(),
        paragraphs: Vec::new(),
        footnotes: footnote::Footnotes::default(),
        headed: head.is_some(),
        mark_depth,
        unpressed: Vec::new(),
        unlettered: Vec::new(),
    };
    let label = flow.label(document)?;
    if pages::overflows(&label, form, style) {
        return Err(vec![Diagnostic::new(&LABEL_TOO_LONG)]);
    }
    let mut chunks = flow.document(document)?;
    if parts_first {
        part_first_paragraph(&mut chunks);
    }
    let imprint = document.imprint().map(|imprint| flow.imprint(imprint, form)).transpose()?;
    let has_text = chunks.iter().any(|chunk| chunk.part == Part::Text);
    let structure = std::mem::take(&mut flow.tree).finish();
    let footnotes = std::mem::take(&mut flow.footnotes);
    let unpressed = std::mem::take(&mut flow.unpressed);
    let unlettered = std::mem::take(&mut flow.unlettered);
    let mut set_anew = |paragraph, count| flow.set_anew(paragraph, count);
    let mut dealt = giving::deal(chunks, style, &footnotes, &mut set_anew);
    let shows_text = !has_text || dealt[0].iter().any(|(chunk, _)| chunk.part == Part::Text);
    let signed_without_text = dealt.iter().position(|page| signs_without_text(page)).filter(|_| has_text);
    let mut unnumbered = imprint::put(imprint.unwrap_or_default(), &mut dealt, style, pages_before, form);
    if form == Form::Letter {
        // The first page of a letter shows no number (10.1).
        unnumbered.push(0);
    }
    let mut pages = pages::paginate(dealt, pages_before, &unnumbered, document, style, fonts)?;
    pages.structure = structure;
    pages.unpressed = unpressed;
    pages.unlettered = unlettered;
    pages.signed_without_text = signed_without_text.map(|page| page + 1);
    pages::put_label(label, form, style, &mut pages);
    Ok((pages, shows_text))
}

/// Tells whether a page has the signature's beginning and no text above it.
fn signs_without_text(page: &[pages::Dealt]) -> bool {
    let mut parts = page.iter().map(|(chunk, _)| chunk.part);
    parts.find(|part| *part != Part::Other) == Some(Part::Signature)
}

/// Finds the characters of templates that no face of any role of text has: they could not be printed wherever the
/// template goes.
pub fn unprintable(texts: Vec<(char, Origin)>, style: &Style, fonts: &Fonts) -> Vec<Diagnostic> {
    let Ok(mut fonts) = RoleFonts::open(style, fonts) else { return Vec::new() };
    let mut is_missing = |character: char| {
        let is_glyph = !character.is_whitespace() && !character.is_control();
        is_glyph && !Role::ALL.iter().any(|role| fonts.find(*role, character).is_some())
    };
    let missing = texts.into_iter().filter(|(character, _)| is_missing(*character));
    missing.map(|(character, origin)| no_glyph(&[character], 0).at(origin)).collect()
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

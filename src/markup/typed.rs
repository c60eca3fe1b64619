//! Sees headings that a clerk typed into the text: a paragraph of the data that begins with `一、` or `（一）`.
//!
//! Its first sentence is set as a heading of that level is, run into the paragraph; one that is no sentence and has
//! text below it is a heading on a line of its own. The number stays as it was typed. Levels 3 and 4 are in the face
//! of the text, so that nothing is to be seen there.

use crate::document::{Block, DatumKind, Heading, Inline, Paragraph, ParagraphKind, Run};
use crate::fill::numeral;

/// The most characters of a headline; a sentence with more of them is text.
const MOST: usize = 40;
/// The greatest number that is looked for.
const GREATEST: u64 = 99;

/// Makes headings of what was typed as one.
pub(super) fn headings(blocks: &mut [Block]) {
    for index in 0..blocks.len() {
        let (before, rest) = blocks.split_at_mut(index + 1);
        let Some(block) = before.last_mut() else { continue };
        let Some((level, end)) = headline(block) else { continue };
        let has_text_below = match rest.first() {
            Some(next @ Block::Paragraph(Paragraph { kind: ParagraphKind::Body, .. })) => {
                headline(next).is_none_or(|(below, _)| below > level)
            }
            Some(Block::List(_) | Block::Table(_) | Block::Chart(_)) => true,
            _ => false,
        };
        let Block::Paragraph(paragraph) = block else { continue };
        if is_no_sentence(paragraph, end) && has_text_below {
            paragraph.content.truncate(1);
            let content = std::mem::take(&mut paragraph.content);
            *block = Block::Heading(Heading { level, number: String::new(), content });
        } else {
            run_in(paragraph, level, end);
        }
    }
}

/// Tells whether a paragraph is its headline, which ends at a place in its text, and a final mark that was added.
fn is_no_sentence(paragraph: &Paragraph, end: usize) -> bool {
    match &paragraph.content[..] {
        [Inline::Run(Run { datum: Some(_), text, .. }), mark] => text.len() == end && is_mark(mark),
        _ => false,
    }
}

/// Parts the headline, which ends at a place in the first run's text, from the text.
fn run_in(paragraph: &mut Paragraph, level: u8, end: usize) {
    let mut content = std::mem::take(&mut paragraph.content);
    let is_whole = matches!(content.first(), Some(Inline::Run(run)) if run.text.len() == end);
    if is_whole {
        // The mark that was added ends the headline too.
        paragraph.heading = Some(Heading { level, number: String::new(), content });
        return;
    }
    if let Some(Inline::Run(run)) = content.first_mut() {
        let mut headline = run.clone();
        headline.text.truncate(end);
        run.text.drain(..end);
        run.offset += end;
        let content = vec![Inline::Run(headline)];
        paragraph.heading = Some(Heading { level, number: String::new(), content });
    }
    paragraph.content = content;
}

/// Returns the level that a paragraph was numbered with by hand, and where its headline ends.
fn headline(block: &Block) -> Option<(u8, usize)> {
    let Block::Paragraph(Paragraph { heading: None, content, kind: ParagraphKind::Body }) = block else {
        return None;
    };
    let Some(Inline::Run(Run { text, datum: Some(datum), .. })) = content.first() else { return None };
    if datum.kind != DatumKind::Text {
        return None;
    }
    let (level, label) = label(text)?;
    let end = match text.find('。') {
        Some(at) => at + '。'.len_utf8(),
        // What follows the text would be part of the headline.
        None if content.len() == 1 || content.len() == 2 && is_mark(&content[1]) => text.len(),
        None => return None,
    };
    let length = text[label..end].chars().count();
    (2..=MOST).contains(&length).then_some((level, end))
}

fn is_mark(inline: &Inline) -> bool {
    matches!(inline, Inline::Run(Run { text, datum: None, .. }) if text == "。")
}

/// Returns the level of the number that a text begins with, and where the number ends.
fn label(text: &str) -> Option<(u8, usize)> {
    let (level, rest, close) = match text.strip_prefix('（') {
        Some(rest) => (2, rest, '）'),
        None => (1, text, '、'),
    };
    let (number, after) = rest.split_once(close)?;
    // 九十九 has three characters; nearly all that stands before a 、 has more.
    let is_numeral = |number: &str| {
        number.chars().count() <= 3 && (1..=GREATEST).any(|known| numeral::ordinal(known) == number)
    };
    // 一、二季度 counts.
    let goes_on = || after.chars().next().is_some_and(|next| is_numeral(next.encode_utf8(&mut [0; 4])));
    (is_numeral(number) && !goes_on()).then(|| (level, text.len() - after.len()))
}

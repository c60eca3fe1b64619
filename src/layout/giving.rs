//! Lets character and line spacing give way where the signature would stand on a page with next to no text
//! (GB/T 9704-2012, 7.3.5.5).
//!
//! That page never comes to say （此页无正文）: without room to give, the last lines of the text go with the
//! signature, as [`pages::deal`](super::pages::deal) has it.

use std::collections::VecDeque;
use std::sync::Arc;

use super::chunk::{Chunk, Part, Start};
use super::footnote::Footnotes;
use super::pages::{self, Dealt, SetAnew, reach};
use crate::pack::Style;
use crate::units::Abs;

/// A signature's page has at least this many lines of text; with fewer, spacing gives way to bring the signature to
/// the page before.
const FEW: usize = 3;
/// Lines never stand closer than this: practice knows pitches from 28 pt on.
const CLOSEST: Abs = Abs::pt(28.0);

/// Deals chunks out to pages, the signature to the page of its text where spacing can bring it there.
pub(super) fn deal(
    chunks: Vec<Chunk>,
    style: &Style,
    footnotes: &Footnotes,
    set_anew: &mut SetAnew<'_>,
) -> Vec<Vec<Dealt>> {
    let chunks: Vec<Arc<Chunk>> = chunks.into_iter().map(Arc::new).collect();
    let dealt = pages::deal(&chunks, style, footnotes, set_anew, None).unwrap_or_default();
    let Some(page) = forsaken(&dealt) else { return dealt };
    let is_better = |dealt: &Vec<Vec<Dealt>>| signature(dealt).is_some_and(|at| at < page);
    let again = |chunks: &[Arc<Chunk>], tight, set_anew: &mut SetAnew<'_>| {
        pages::deal(chunks, style, footnotes, set_anew, tight).filter(is_better)
    };
    // The paragraphs of the page before, the last first: each may do with a line fewer.
    let mut paragraphs: Vec<usize> =
        dealt[page - 1].iter().filter_map(|(chunk, _)| chunk.paragraph).collect();
    paragraphs.extend(dealt[page].iter().filter_map(|(chunk, _)| chunk.paragraph));
    paragraphs.dedup();
    let tight = Some(page - 1);
    let mut shorter = chunks.clone();
    let mut tried = vec![chunks];
    for paragraph in paragraphs.into_iter().rev() {
        if let Some(changed) = without_a_line(&shorter, paragraph, set_anew) {
            shorter = changed;
            if let Some(better) = again(&shorter, None, set_anew) {
                return better;
            }
            tried.push(shorter.clone());
        }
    }
    tried.iter().find_map(|chunks| again(chunks, tight, set_anew)).unwrap_or(dealt)
}

/// Returns the page that the signature is on.
fn signature(dealt: &[Vec<Dealt>]) -> Option<usize> {
    dealt.iter().position(|page| page.iter().any(|(chunk, _)| chunk.part == Part::Signature))
}

/// Returns the page that the signature is on where few lines of text stand above it.
fn forsaken(dealt: &[Vec<Dealt>]) -> Option<usize> {
    let page = signature(dealt).filter(|page| *page > 0)?;
    let above = dealt[page].iter().take_while(|(chunk, _)| chunk.part != Part::Signature);
    (above.filter(|(chunk, _)| chunk.part == Part::Text).count() < FEW).then_some(page)
}

/// Sets one paragraph in a line fewer, if it can be.
fn without_a_line(
    chunks: &[Arc<Chunk>],
    paragraph: usize,
    set_anew: &mut SetAnew<'_>,
) -> Option<Vec<Arc<Chunk>>> {
    let is_own = |chunk: &Arc<Chunk>| chunk.paragraph == Some(paragraph);
    let start = chunks.iter().position(is_own)?;
    let end = start + chunks[start..].iter().take_while(|chunk| is_own(chunk)).count();
    let mut lines = set_anew(paragraph, (end - start).checked_sub(1).filter(|count| *count > 0)?)?;
    if let Some(last) = lines.last_mut() {
        last.break_after = chunks[end - 1].break_after;
    }
    let lines: Vec<Arc<Chunk>> = lines.into_iter().map(Arc::new).collect();
    Some([&chunks[..start], &lines, &chunks[end..]].concat())
}

/// How much a page may be overfilled before its lines are brought closer together.
pub(super) fn allowance(style: &Style) -> Abs {
    style.pitch()
}

/// Brings the lines of an overfilled page closer together, those after whatever is no line of text alike; what
/// follows them, the signature and what is below it, moves up as it is. `false` where they would come too close.
pub(super) fn bring_closer(page: &mut [Arc<Chunk>], tops: &mut [Abs], style: &Style) -> bool {
    let placed: Vec<Dealt> = page.iter().cloned().zip(tops.iter().copied()).collect();
    let over = reach(&placed) - style.depth();
    if over <= Abs::ZERO {
        return true;
    }
    let end = page.iter().position(|chunk| chunk.part == Part::Signature).unwrap_or(page.len());
    let is_line = |chunk: &Arc<Chunk>| {
        chunk.part == Part::Text && chunk.start == Start::Line && chunk.height.approx_eq(style.pitch())
    };
    let count = page[..end].iter().rev().take_while(|chunk| is_line(chunk)).count();
    // The first of them stays where it is.
    if count < 2 || over / count as f64 > style.pitch() - CLOSEST {
        return false;
    }
    let step = over / count as f64;
    let first = end - count;
    for (nth, (chunk, top)) in page.iter_mut().zip(tops).enumerate().skip(first) {
        Arc::make_mut(chunk).raised = step * (nth - first).min(count) as f64;
        *top += -chunk.raised;
    }
    true
}

/// Tells whether the next chunks are a page whose lines can be brought closer together: one without footnotes.
pub(super) fn can_be_closer(rest: &VecDeque<Arc<Chunk>>, take: usize) -> bool {
    rest.iter().take(take).all(|chunk| chunk.footnotes.is_empty() && chunk.head.is_none())
}

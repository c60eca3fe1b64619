//! Sets footnotes (脚注) for the foot of the page that their marks stand on.
//!
//! A footnote is set when the text with its mark is: where that text then comes to stand, the note's lines
//! are put at the foot of the type area, below a short rule. Where there is no room for all of them the rest
//! stands at the foot of the next page.

use std::collections::BTreeMap;

use super::chunk::Chunk;
use super::flow::{Flow, place};
use super::fonts::Role;
use super::inline::collect;
use super::inline::finalize::ASCENT;
use super::inline::linebreak::Measure;
use super::inline::set_paragraph;
use crate::diag::Diagnostic;
use crate::document::Footnote;
use crate::pack::Style;
use crate::page::{Color, Content, Fill, FrameItem, Role as Meaning};
use crate::units::{Abs, Point, Rect, Size};

/// The distance of a note's lines, in sizes of its text.
const LEADING: f64 = 1.4;
/// A note begins this many characters in.
const INDENT: f64 = 2.0;
/// The rule above the notes takes this part of the line.
const RULE_LENGTH: f64 = 0.25;
/// The rule's thickness.
const RULE: Abs = Abs::pt(0.5);
/// The least room between the text and the rule's own, in sizes of the notes' text.
const TEXT_GAP: f64 = 0.6;
/// A note of fewer lines stands whole on one page.
const LONG: usize = 5;
/// As many lines of a note as stand on a page at least where it goes on to the next.
const PART: usize = 2;
/// The room for the rule: above it and below it, in sizes of the notes' text.
const RULE_ROOM: f64 = 0.8;

/// The footnotes, by their numbers.
#[derive(Clone, Debug, Default)]
pub(crate) struct Footnotes {
    set: BTreeMap<usize, Set>,
}

/// A footnote, set.
#[derive(Clone, Debug)]
struct Set {
    /// The element of its mark in the text.
    reference: usize,
    /// Its lines.
    lines: Vec<Chunk>,
}

impl Footnotes {
    /// Returns the element of a footnote's mark.
    pub(crate) fn reference(&self, number: usize) -> Option<usize> {
        self.set.get(&number).map(|set| set.reference)
    }

    /// Returns the lines of footnotes, in their order.
    pub(crate) fn lines<'a>(&'a self, numbers: &'a [usize]) -> impl Iterator<Item = &'a Chunk> {
        numbers.iter().filter_map(|number| self.set.get(number)).flat_map(|set| &set.lines)
    }

    /// Returns the height of footnotes, without the rule above the first.
    pub(crate) fn height(&self, numbers: &[usize]) -> Abs {
        self.lines(numbers).map(|line| line.height).sum()
    }

    /// Returns the height of what has to stand on the page of the marks where the last of the notes is long:
    /// its first lines, and all of the others. `None` where it is not.
    pub(crate) fn part(&self, numbers: &[usize]) -> Option<Abs> {
        let (last, others) = numbers.split_last()?;
        let lines = &self.set.get(last)?.lines;
        let first: Abs = lines.iter().take(PART).map(|line| line.height).sum();
        (lines.len() >= LONG).then(|| self.height(others) + first)
    }
}

impl Flow<'_, '_> {
    /// Sets a footnote, unless it is set already; `element` holds the mark.
    pub(super) fn footnote(&mut self, footnote: &Footnote, element: usize) -> Result<(), Vec<Diagnostic>> {
        if self.footnotes.set.contains_key(&footnote.number) {
            return Ok(());
        }
        let reference = self.tree.push(Meaning::Reference, Some(element));
        let note = self.tree.push(Meaning::Note, Some(element));
        let label = self.tree.push(Meaning::Label, Some(note));
        let role = Role::Footnote;
        let mut letters = Vec::new();
        collect::push_text(&mut letters, &footnote.mark, role, label);
        collect::push(&mut letters, &footnote.content, role, role, note, &|_| note);
        let size = self.fonts.size(role);
        let measure = Measure { first: size * INDENT, ..self.measure(self.style.measure(), Abs::ZERO) };
        let lines = set_paragraph(&letters, &measure, self.fonts, self.style.line_breaking.latin_gap)?;
        let height = size * LEADING;
        let lines = lines.into_iter().map(|line| {
            let mut chunk = Chunk { height, ..Chunk::default() };
            // The last line's characters stand on the foot of the type area.
            place(&mut chunk, line, height - size + ASCENT.at(size));
            chunk
        });
        self.footnotes.set.insert(footnote.number, Set { reference, lines: lines.collect() });
        Ok(())
    }
}

/// Returns the room that the rule above the notes takes.
fn rule_room(style: &Style) -> Abs {
    style.footnote().size.0 * RULE_ROOM
}

/// Returns how far the first of the notes stays below the text.
pub(crate) fn room_above(style: &Style) -> Abs {
    rule_room(style) + style.footnote().size.0 * TEXT_GAP
}

/// Returns the rule above the notes, in the room for it.
pub(crate) fn rule(style: &Style) -> Chunk {
    let height = rule_room(style);
    let size = Size::new(style.measure() * RULE_LENGTH, RULE);
    let rect = Rect::new(Point::new(Abs::ZERO, (height - RULE) / 2.0), size);
    let fill = Fill { rect, color: Color::Black, content: Content::Layout };
    Chunk { height, items: vec![FrameItem::Fill(fill)], ..Chunk::default() }
}

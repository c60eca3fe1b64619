//! Sets 发文机关标志: one organ or several above one another, what follows them at their right (7.2.4).

use super::flow::{Flow, shift};
use super::fonts::Role;
use super::inline::collect::Letters;
use super::inline::finalize::SetLine;
use super::inline::set_line;
use super::title::set_title;
use crate::diag::Diagnostic;
use crate::document::{self, Head, Inline};
use crate::page::Role as Meaning;
use crate::units::Abs;

/// 发文机关标志, set.
pub(super) struct Mark {
    /// Its lines with their baselines, from the top of the ink.
    pub(super) lines: Vec<(SetLine, Abs)>,
    /// From the top of the ink to its foot.
    pub(super) depth: Abs,
}

/// The distance of the organs' lines, in sizes.
const LEADING: f64 = 1.25;
/// What stands between the organs and what follows them, in sizes.
const SUFFIX_GAP: f64 = 0.4;
/// The mark is at most this part of the line wide.
const WIDEST: f64 = 0.96;
/// A mark in one line an organ is no smaller than this: 一号; to let page 1 show text, 二号.
const SMALLEST: Abs = Abs::pt(26.0);
const SMALLEST_TO_SHOW_TEXT: Abs = Abs::pt(22.0);
/// The sizes of a mark whose organs turn lines, tried from the largest.
const TURNED: [u16; 8] = [340, 310, 280, 250, 220, 200, 180, 160];
/// The most lines of the grid that a mark takes: fewer where page 1 would else show no text. A mark of one organ is
/// one size whatever stands below it.
pub(super) const DEPTHS: [f64; 6] = [9.0, 8.0, 7.0, 6.0, 5.5, 5.0];
/// By how much a mark is made smaller to let what follows stand on the grid, and in what steps, in tenths of a
/// point.
const YIELDS: u16 = 120;
const STEP: usize = 5;
/// The widest gap between the letters of the names that are spread to the widest one's width, in sizes. Where one
/// would need a wider one, all stand in the middle.
const SPREAD: f64 = 1.5;

impl Flow<'_, '_> {
    /// Sets the mark, as large as there is room for; a little smaller where then `snaps` tells that what follows
    /// stands better below a mark of that depth. `None` without an organ.
    pub(super) fn mark(
        &mut self,
        head: &Head,
        snaps: impl Fn(Abs) -> bool,
    ) -> Result<Option<Mark>, Vec<Diagnostic>> {
        if head.organs.is_empty() {
            return Ok(None);
        }
        // Each organ's name is a line of its own, and so is what stands beside them all.
        let elements: Vec<_> =
            (0..=head.organs.len()).map(|_| self.tree.push(Meaning::Paragraph, None)).collect();
        let joint = head.organs.len() > 1;
        let mut texts: Vec<Vec<Inline>> = head.organs.clone();
        if let ([only], false) = (texts.as_mut_slice(), joint) {
            only.extend(head.suffix.iter().cloned());
        }
        let suffix: &[Inline] = if joint { &head.suffix } else { &[] };

        // At a size of one point a tenth of the widths in em, so that no size has to be tried for its width.
        let probe = Role::Mark(1_000);
        let em = |line: &SetLine| line.end.to_pt() / 100.0;
        let mut widest = 0.0_f64;
        for text in &texts {
            widest = widest.max(em(&self.one_line(text, probe, elements[0])?));
        }
        let tail = if suffix.is_empty() {
            0.0
        } else {
            em(&self.one_line(suffix, probe, elements[0])?) + SUFFIX_GAP
        };
        let room = self.style.measure() * WIDEST;
        let deepest = self.style.pitch() * self.mark_depth;
        let yields = self.mark_depth < DEPTHS[0];
        let smallest = if yields { SMALLEST_TO_SHOW_TEXT } else { SMALLEST };
        let by_width = room.to_pt() / (widest + tail).max(1.0);
        let by_depth = deepest.to_pt() / (1.0 + LEADING * (texts.len() - 1) as f64);
        let size = self.style.elements.mark.0.to_pt().min(by_width).min(by_depth);
        if size >= smallest.to_pt() {
            let largest = (size * 10.0).floor() as u16;
            let least = largest.saturating_sub(YIELDS).max((smallest.to_pt() * 10.0) as u16);
            let mut depths = (least..=largest).rev().step_by(STEP);
            let chosen = depths
                .find(|tenths| snaps(self.depth_of_mark(&texts, suffix, Role::Mark(*tenths))))
                .unwrap_or(largest);
            return self.compose(&texts, suffix, Role::Mark(chosen), &elements).map(Some);
        }
        let mut best = None;
        for tenths in TURNED {
            if yields && Abs::pt(f64::from(tenths) / 10.0) < smallest {
                break;
            }
            let mark = self.compose(&texts, suffix, Role::Mark(tenths), &elements)?;
            let fits = mark.depth <= deepest;
            best = Some(mark);
            if fits {
                break;
            }
        }
        Ok(best)
    }

    fn one_line(&mut self, text: &[Inline], role: Role, element: usize) -> Result<SetLine, Vec<Diagnostic>> {
        let letters: Letters<'_> = self.rows(text, role, element)?.concat();
        set_line(&letters, Abs::ZERO, self.fonts, 0.0)
    }

    /// Returns how deep a mark of one line an organ is.
    fn depth_of_mark(&mut self, texts: &[Vec<Inline>], suffix: &[Inline], role: Role) -> Abs {
        let size = self.fonts.size(role);
        let (first, last) = (&texts[0], &texts[texts.len() - 1]);
        let (_, high) = self.fonts.ink(role, characters(first));
        let (low, _) = self.fonts.ink(role, characters(last));
        let own = high.at(size) - low.at(size) + size * LEADING * (texts.len() - 1) as f64;
        let (low, high) = self.fonts.ink(role, characters(suffix));
        own.max(high.at(size) - low.at(size))
    }

    /// Sets a mark at a size. The elements are those of the texts, and of the suffix after them.
    fn compose(
        &mut self,
        texts: &[Vec<Inline>],
        suffix: &[Inline],
        role: Role,
        elements: &[usize],
    ) -> Result<Mark, Vec<Diagnostic>> {
        let size = self.fonts.size(role);
        let tail = if suffix.is_empty() {
            None
        } else {
            Some(self.one_line(suffix, role, elements[texts.len()])?)
        };
        let tail_width = tail.as_ref().map_or(Abs::ZERO, |tail| tail.end + size * SUFFIX_GAP);
        let room = self.style.measure() - tail_width;
        let mut organs = Vec::new();
        for (text, element) in texts.iter().zip(elements) {
            let letters = self.rows(text, role, *element)?.concat();
            let mut lines = set_title(&letters, room, self.fonts)?;
            // They come centred; here each begins at the left.
            for line in &mut lines {
                let left = line.runs.first().map_or(Abs::ZERO, |run| run.origin.x);
                shift(line, -left);
            }
            organs.push(lines);
        }
        let widest = organs.iter().flatten().map(|line| line.end).fold(Abs::ZERO, Abs::max);
        let left = (self.style.measure() - widest - tail_width) / 2.0;
        let (_, high) = self.fonts.ink(role, characters(&texts[0]));
        let (low, _) = self.fonts.ink(role, characters(&texts[texts.len() - 1]));
        let count = organs.iter().map(Vec::len).sum::<usize>().max(1);
        let step = size * LEADING;
        let mut baseline = high.at(size);
        let foot = baseline + step * (count - 1) as f64 - low.at(size);
        let mut lines = Vec::new();
        let can_spread = organs.iter().all(|organ| match &organ[..] {
            [line] => gap(line, widest).is_some_and(|gap| gap <= size * SPREAD),
            _ => true,
        });
        for organ in organs {
            let alone = organ.len() == 1;
            for mut line in organ {
                if alone && can_spread {
                    spread(&mut line, widest);
                } else {
                    let by = (widest - line.end) / 2.0;
                    shift(&mut line, by);
                }
                shift(&mut line, left);
                lines.push((line, baseline));
                baseline += step;
            }
        }
        if let Some(mut tail) = tail {
            let (low, high) = self.fonts.ink(role, characters(suffix));
            let middle = foot / 2.0 + (high.at(size) + low.at(size)) / 2.0;
            shift(&mut tail, left + widest + size * SUFFIX_GAP);
            lines.push((tail, middle));
        }
        Ok(Mark { lines, depth: foot })
    }
}

/// Returns the gap between a line's letters where it is spread to a width.
fn gap(line: &SetLine, width: Abs) -> Option<Abs> {
    let count = line.runs.iter().map(|run| run.glyphs.len()).sum::<usize>();
    (count > 1).then(|| (width - line.end) / (count - 1) as f64)
}

/// Spreads a line's letters evenly to a width.
fn spread(line: &mut SetLine, width: Abs) {
    let Some(gap) = gap(line, width) else { return };
    let places: Vec<Abs> =
        line.runs.iter().flat_map(|run| run.glyphs.iter().map(|glyph| run.origin.x + glyph.x)).collect();
    // A letter's own box begins a little before its glyph.
    let letters_before = |x: Abs| places.iter().filter(|place| **place < x - Abs::pt(0.1)).count() as f64;
    for datum in &mut line.data {
        datum.to += gap * (letters_before(datum.to) - 1.0).max(0.0);
        datum.from += gap * letters_before(datum.from);
    }
    let mut before = 0;
    for run in &mut line.runs {
        run.origin.x += gap * before as f64;
        for (nth, glyph) in run.glyphs.iter_mut().enumerate() {
            glyph.x += gap * nth as f64;
        }
        before += run.glyphs.len();
    }
    line.end = width;
}

fn characters(text: &[Inline]) -> impl Iterator<Item = char> {
    document::runs(text).flat_map(|run| run.text.chars())
}

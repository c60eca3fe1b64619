//! Measures what the body text is set in: size, face, edges, the pitch of its lines and the width of its cells.

use std::collections::HashMap;

use super::lines::{Line, Sheet, median};
use super::marks::{is_closing, is_hanzi, is_opening};
use crate::units::Abs;

/// How many glyphs a line has at least that tells of the grid.
const LONG: usize = 10;

/// The measures of the body text.
#[derive(Clone, Debug)]
pub(super) struct Grid {
    /// The size of most hanzi.
    pub(super) size: Abs,
    /// Where lines begin.
    pub(super) left: Abs,
    /// Where full lines end.
    pub(super) right: Abs,
    /// From one line to the next; nothing where no two lines follow one another.
    pub(super) pitch: Option<Abs>,
    /// From one hanzi to the next where nothing is stretched.
    pub(super) cell: Abs,
    /// How many lines the measures rest on.
    pub(super) lines: usize,
}

impl Grid {
    /// Measures the pages, 版记 left out, whose place is given; nothing where there is no text.
    pub(super) fn measure(sheets: &[Sheet], imprint: Option<(usize, Abs)>) -> Option<Self> {
        let is_text = |line: &&Line| imprint.is_none_or(|(page, top)| line.page != page || line.middle < top);
        let lines = || sheets.iter().flat_map(|sheet| &sheet.lines).filter(is_text);
        let size = most(lines()).or_else(|| usual_size(sheets))?;
        let near = |line: &&Line| (line.size - size).abs() < Abs::pt(0.6);
        let long: Vec<&Line> = lines().filter(near).filter(|line| line.glyphs.len() >= LONG).collect();
        let edges =
            |edge: fn(&Line) -> Option<f64>| long.iter().filter_map(|line| edge(line)).collect::<Vec<f64>>();
        let left = outermost(edges(|line| (!is_opening(line.first())).then_some(line.left().to_pt())), size);
        let right =
            outermost(edges(|line| (!is_closing(line.last())).then_some(-line.right().to_pt())), Abs::ZERO);
        let left = left.map_or(Abs::mm(28.0), Abs::pt);
        let right = right.map_or(left + Abs::mm(156.0), |right| Abs::pt(-right));
        Some(Self {
            size,
            left,
            right: if right - left < Abs::mm(50.0) { left + Abs::mm(156.0) } else { right },
            pitch: pitch(sheets, size),
            cell: cell(&long, size).unwrap_or(size),
            lines: long.len(),
        })
    }

    /// Returns by how many cells a line begins right of the text's edge.
    pub(super) fn offset(&self, line: &Line) -> f64 {
        (line.left() - self.left) / self.cell
    }

    /// Tells whether a line stands in the middle of the text.
    pub(super) fn is_centred(&self, line: &Line) -> bool {
        // The blank halves of marks at either end are no part of what the eye sees.
        let half = |is_blank: bool| if is_blank { self.size / 2.0 } else { Abs::ZERO };
        let middle = (line.left() + line.right()) / 2.0;
        let slack = Abs::pt(3.0) + half(is_opening(line.first()) != is_closing(line.last())) / 2.0;
        (middle - (self.left + self.right) / 2.0).abs() <= slack
    }
}

/// Returns the size of most hanzi of a file.
pub(super) fn usual_size(sheets: &[Sheet]) -> Option<Abs> {
    most(sheets.iter().flat_map(|sheet| &sheet.lines))
}

/// Returns the size of most hanzi. Lines with gaps are those of tables, which may be longer than the text.
fn most<'a>(lines: impl Iterator<Item = &'a Line>) -> Option<Abs> {
    let mut sizes: HashMap<i64, usize> = HashMap::new();
    for line in lines {
        let running =
            line.glyphs.windows(2).all(|pair| pair[1].origin.x - pair[0].end() < pair[0].size * 1.5);
        let weight = if running && line.glyphs.len() >= LONG { 20 } else { 1 };
        for glyph in line.glyphs.iter().filter(|glyph| is_hanzi(glyph.character())) {
            *sizes.entry((glyph.size.to_pt() * 50.0).round() as i64).or_default() += weight;
        }
    }
    let (size, _) = sizes.into_iter().max_by_key(|(size, count)| (*count, *size))?;
    Some(Abs::pt(size as f64 / 50.0))
}

/// Returns the least edge that more than a stray line has.
fn outermost(mut edges: Vec<f64>, size: Abs) -> Option<f64> {
    edges.sort_by(f64::total_cmp);
    let enough = (edges.len() / 20).max(1) + usize::from(edges.len() > 3);
    let near = |edge: f64| edges.iter().filter(move |other| (**other - edge).abs() <= 0.75).count();
    let found = edges.iter().copied().find(|edge| near(*edge) >= enough)?;
    // Of short paragraphs hardly any line turns over: what stands two characters further out is the edge.
    let outer = edges.iter().copied().find(|edge| (found - edge - 2.0 * size.to_pt()).abs() <= 1.5);
    let found = outer.unwrap_or(found);
    median(edges.iter().copied().filter(|edge| (edge - found).abs() <= 0.75).collect())
}

fn pitch(sheets: &[Sheet], size: Abs) -> Option<Abs> {
    let mut steps: HashMap<i64, usize> = HashMap::new();
    let mut all = Vec::new();
    for pair in sheets.iter().flat_map(|sheet| sheet.lines.windows(2)) {
        let body = pair.iter().all(|line| (line.size - size).abs() < Abs::pt(0.6) && line.glyphs.len() >= 4);
        let step = pair[1].middle - pair[0].middle;
        if body && step >= size * 0.9 && step <= size * 2.6 {
            *steps.entry((step.to_pt() * 4.0).round() as i64).or_default() += 1;
            all.push(step.to_pt());
        }
    }
    // The commonest step; lines apart by a blank one or less are rarer.
    let common = steps.iter().max_by_key(|(step, count)| (**count, -**step))?.0;
    let near = all.into_iter().filter(|step| (step * 4.0 - *common as f64).abs() <= 1.0);
    median(near.collect()).map(Abs::pt)
}

fn cell(lines: &[&Line], size: Abs) -> Option<Abs> {
    let mut widths: HashMap<i64, usize> = HashMap::new();
    for pair in lines.iter().flat_map(|line| line.glyphs.windows(2)) {
        let width = pair[1].origin.x - pair[0].origin.x;
        if pair.iter().all(|glyph| is_hanzi(glyph.character())) && width > size * 0.8 && width < size * 1.25 {
            *widths.entry((width.to_pt() * 50.0).round() as i64).or_default() += 1;
        }
    }
    let (width, _) = widths.into_iter().max_by_key(|(width, count)| (*count, -*width))?;
    Some(Abs::pt(width as f64 / 50.0))
}

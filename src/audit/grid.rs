//! Measures what the body text is set in: size, face, edges, the pitch of its lines and the width of its cells.

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};

use super::lines::{Line, Sheet, median};
use super::marks::{is_closing, is_hanzi, is_opening};
use super::standard::{LEFT, SIZE_3, TOLERANCE, WIDTH};
use crate::units::Abs;

/// How many glyphs a line has at least that tells of the grid.
const LONG: usize = 10;

/// The largest that text is taken to be set in where some is of the usual size: what is larger is a title.
const LARGEST: Abs = Abs::pt(19.0);

/// The measures of the body text.
#[derive(Clone, Debug)]
pub(super) struct Grid {
    /// The size of most hanzi.
    pub(super) size: Abs,
    /// Where lines begin; the standard's edge where nothing tells it.
    pub(super) left: Abs,
    /// Where full lines end; the standard's edge where nothing tells it.
    pub(super) right: Abs,
    /// Whether lines that turn, or a rule as wide as the type area, tell where full lines end.
    pub(super) is_wide_known: bool,
    /// Whether lines that begin two characters apart, or such a rule, tell where lines begin.
    pub(super) is_left_known: bool,
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
        let edges = |lines: &[&Line], edge: fn(&Line) -> Option<f64>| {
            lines.iter().filter_map(|line| edge(line)).collect::<Vec<f64>>()
        };
        let lefts = edges(&long, |line| (!is_opening(line.first())).then_some(line.left().to_pt()));
        let cell = cell(&long, size).unwrap_or(size);
        // Paragraphs of one line each may all begin two characters in, and end anywhere.
        let own_left = outermost(lefts.clone(), size)
            .filter(|left| lefts.iter().any(|other| is_two_in(*other - left, size, cell)))
            .map(Abs::pt);
        let turned = own_left.map_or_else(Vec::new, |left| turned(sheets, &long, left, cell));
        let rights = turned.iter().filter(|line| !is_closing(line.last()));
        let rights = rights.map(|line| (-line.right().to_pt(), line.page)).collect();
        let own_right = common(rights).map(|right| Abs::pt(-right));
        let rule = type_area(sheets);
        let left = own_left.or(rule);
        let right = own_right.or(rule.map(|left| left + WIDTH));
        let (is_left_known, is_wide_known) = (left.is_some(), right.is_some());
        let left = left.unwrap_or(LEFT);
        let right = right.unwrap_or(left + WIDTH);
        Some(Self {
            size,
            left,
            right: if right - left < Abs::mm(50.0) { left + WIDTH } else { right },
            is_wide_known,
            is_left_known,
            pitch: pitch(sheets, size),
            cell,
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

/// Tells whether a line begins two characters right of another, or two cells.
fn is_two_in(apart: f64, size: Abs, cell: Abs) -> bool {
    let least = size.min(cell) * 2.0 - Abs::pt(1.5);
    let most = size.max(cell) * 2.0 + Abs::pt(1.5);
    (least..=most).contains(&Abs::pt(apart))
}

/// Returns the lines that turn: what follows each of them stands at the left edge, close below.
fn turned<'a>(sheets: &'a [Sheet], long: &[&'a Line], left: Abs, cell: Abs) -> Vec<&'a Line> {
    let long: HashSet<(usize, usize)> = long.iter().map(|line| (line.page, line.number)).collect();
    let at = |line: &Line, edge: Abs| {
        let half = if is_opening(line.first()) { line.size / 2.0 } else { Abs::ZERO };
        let off = (line.left() - edge).abs();
        off <= Abs::pt(1.5) || (off - half).abs() <= Abs::pt(1.5)
    };
    let turns = |pair: &&[Line]| {
        let (upper, lower) = (&pair[0], &pair[1]);
        long.contains(&(upper.page, upper.number))
            && (upper.size - lower.size).abs() < Abs::pt(0.6)
            && lower.middle - upper.middle <= upper.size * 2.6
            && at(lower, left)
            && (at(upper, left) || at(upper, left + upper.size * 2.0) || at(upper, left + cell * 2.0))
    };
    sheets.iter().flat_map(|sheet| sheet.lines.windows(2)).filter(turns).map(|pair| &pair[0]).collect()
}

/// Returns the left end of a rule that is as wide as the type area: that of 版头, or one of 版记.
fn type_area(sheets: &[Sheet]) -> Option<Abs> {
    let rules = sheets.iter().flat_map(|sheet| &sheet.rules);
    let wide = rules.filter(|rule| (rule.length() - WIDTH).abs() <= TOLERANCE);
    median(wide.map(|rule| rule.left().to_pt()).collect()).map(Abs::pt)
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
    let commonest = |is_it: &dyn Fn(Abs) -> bool| {
        let sizes = sizes.iter().map(|(size, count)| (Abs::pt(*size as f64 / 50.0), *count));
        sizes
            .filter(|(size, _)| is_it(*size))
            .max_by(|a, b| (a.1, a.0.to_pt()).partial_cmp(&(b.1, b.0.to_pt())).unwrap_or(Ordering::Equal))
            .map(|(size, _)| size)
    };
    let most = commonest(&|_| true)?;
    // A title may be longer than the text below it.
    let is_text = |size: Abs| (size - SIZE_3).abs() < Abs::pt(0.6);
    Some(if most > LARGEST { commonest(&is_text).unwrap_or(most) } else { most })
}

/// How far an edge may lie from another to be the same.
const SAME: f64 = 0.75;

/// Returns how many lines more than a stray one are.
fn enough(lines: usize) -> usize {
    (lines / 20).max(1) + usize::from(lines > 3)
}

/// Returns the least edge that more than a stray line has, on half of the pages or more: one that is set wider does not
/// make the others narrow. Edges come with their pages.
fn common(mut edges: Vec<(f64, usize)>) -> Option<f64> {
    edges.sort_by(|a, b| a.0.total_cmp(&b.0));
    let near = |edge: f64| {
        let end = |limit: f64| edges.partition_point(|(other, _)| *other < limit);
        &edges[end(edge - SAME)..end(edge + SAME)]
    };
    let pages = |edges: &[(f64, usize)]| edges.iter().map(|(_, page)| *page).collect::<HashSet<_>>().len();
    let (enough, all) = (enough(edges.len()), pages(&edges));
    let is_common = |edge: f64| near(edge).len() >= enough && pages(near(edge)) * 2 >= all;
    let found = edges.iter().map(|(edge, _)| *edge).find(|edge| is_common(*edge))?;
    median(near(found).iter().map(|(edge, _)| *edge).collect())
}

/// Returns the least edge that more than a stray line has.
fn outermost(mut edges: Vec<f64>, size: Abs) -> Option<f64> {
    edges.sort_by(f64::total_cmp);
    let enough = enough(edges.len());
    let near = |edge: f64| edges.iter().filter(move |other| (**other - edge).abs() <= SAME).count();
    let found = edges.iter().copied().find(|edge| near(*edge) >= enough)?;
    // Of short paragraphs hardly any line turns over: what stands two characters further out is the edge.
    let outer = edges.iter().copied().find(|edge| is_two_in(found - edge, size, size));
    let found = outer.unwrap_or(found);
    median(edges.iter().copied().filter(|edge| (edge - found).abs() <= SAME).collect())
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

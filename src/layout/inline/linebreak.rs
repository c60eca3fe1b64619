//! Chooses the breaks of a whole paragraph.
//!
//! Every line has a cost: the cube of how much of its room to shrink or stretch it uses, and a paragraph's
//! breaks are those whose costs are least in sum (Knuth and Plass, 1981). Squeezing costs less than
//! stretching (先挤进后推出). First only places where nothing holds are tried; if no line can be made so,
//! every place is, each at the price of its bond, so that the weakest bond gives way, no text is lost and no
//! line is ever overfull.

#[cfg(test)]
mod tests;

use super::bond::Bond;
use super::shape::{Shaped, Shrink, Stretch};
use crate::pack::LineEndMarks;
use crate::units::Abs;

/// What the lines of a paragraph have to fit.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Measure {
    /// The full width.
    pub(crate) width: Abs,
    /// By how much the first line is indented.
    pub(crate) first: Abs,
    /// By how much the other lines are indented.
    pub(crate) rest: Abs,
    /// What becomes of a mark at a line's end.
    pub(crate) line_end_marks: LineEndMarks,
}

impl Measure {
    fn indent(&self, first: bool) -> Abs {
        if first { self.first } else { self.rest }
    }
}

/// A line chosen: the letters it holds and how it is filled.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Broken {
    /// Its first letter.
    pub(crate) start: usize,
    /// The letter after its last one, spaces at the end left out.
    pub(crate) end: usize,
    /// Whether the paragraph ends with it.
    pub(crate) last: bool,
    /// Whether the mark at its end takes half a cell, or part of that half: by how much it is cut.
    pub(crate) end_cut: Abs,
    /// By how much it begins to the left: half a cell where an opening mark starts it.
    pub(crate) start_cut: Abs,
    /// By how much its natural width differs from the measure: to be stretched (positive) or shrunk.
    pub(crate) difference: Abs,
}

/// Lines may be this much too wide by rounding alone.
const TOLERANCE: Abs = Abs::pt(1e-6);
/// Stretching costs this much where squeezing costs [`SHRINK_COST`].
const STRETCH_COST: f64 = 400.0;
const SHRINK_COST: f64 = 40.0;
/// The cost of cutting a whole line-end mark in half.
const END_CUT_COST: f64 = 1.0;
/// Stretching beyond the limits costs this much for each time the limit.
const BEYOND_COST: f64 = 1_000.0;
/// Gaps wider than this many times their limit are worse than giving up a bond.
const BEYOND_LIMIT: f64 = 8.0;
/// The cost of a last line with fewer than two characters.
const LONELY_COST: f64 = 20_000.0;
/// The cost of a tight line next to a loose one.
const CONTRAST_COST: f64 = 10.0;

/// How a line looks beside its neighbours.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fit {
    Tight,
    Even,
    Loose,
}

const FITS: [Fit; 3] = [Fit::Tight, Fit::Even, Fit::Loose];

/// The best way to a place: its cost, where its last line begins, and how that line's forerunner fits.
#[derive(Clone, Copy)]
struct Way {
    cost: f64,
    start: usize,
    fit_before: usize,
}

/// Breaks shaped letters into lines. An empty paragraph has no lines.
pub(crate) fn break_lines(letters: &[Shaped], measure: &Measure) -> Vec<Broken> {
    if letters.is_empty() {
        return Vec::new();
    }
    let sums = Sums::new(letters);
    let places = |allowed: &dyn Fn(Bond) -> bool| -> Vec<usize> {
        (1..letters.len()).filter(|index| allowed(letters[*index].bond)).chain([letters.len()]).collect()
    };
    let starts = cheapest(letters, &sums, measure, &places(&|bond| bond == Bond::Free))
        .or_else(|| cheapest(letters, &sums, measure, &places(&|bond| bond <= Bond::Weak)))
        .or_else(|| {
            best(letters, &sums, measure, &places(&|_| true), f64::INFINITY).map(|(starts, _)| starts)
        })
        .unwrap_or_default();
    let ends = starts.iter().skip(1).copied().chain([letters.len()]);
    starts.iter().zip(ends).map(|(start, end)| line(letters, &sums, measure, *start, end).broken).collect()
}

/// Finds the cheapest breaks among the places given where no gap is wider than [`BEYOND_LIMIT`] times its limit.
///
/// Few paragraphs need a gap beyond its limit, and lines that need none are a handful for each place. What they cost in
/// sum tells how far beyond it a cheaper way could go at most, so that the rest need not be looked at.
fn cheapest(letters: &[Shaped], sums: &Sums, measure: &Measure, places: &[usize]) -> Option<Vec<usize>> {
    let within = best(letters, sums, measure, places, 1.0);
    let Some((starts, cost)) = within else {
        return best(letters, sums, measure, places, BEYOND_LIMIT).map(|(starts, _)| starts);
    };
    let limit = 1.0 + (cost - STRETCH_COST) / BEYOND_COST;
    if limit <= 1.0 {
        return Some(starts);
    }
    best(letters, sums, measure, places, limit.min(BEYOND_LIMIT)).map(|(starts, _)| starts)
}

/// Finds the cheapest breaks among the places given, where no gap is wider than some times its limit; returns where
/// each line starts and what it costs, or `None` when there is no way that keeps every line within its measure.
/// Without a limit, a letter wider than the measure stands alone.
fn best(
    letters: &[Shaped],
    sums: &Sums,
    measure: &Measure,
    places: &[usize],
    limit: f64,
) -> Option<(Vec<usize>, f64)> {
    let forced = limit.is_infinite();
    let end = letters.len();
    let mut ways: Vec<[Option<Way>; 3]> = vec![[None; 3]; end + 1];
    ways[0][1] = Some(Way { cost: 0.0, start: 0, fit_before: 1 });
    let mut starts = Starts::new(places, limit);
    for place in places.iter().copied() {
        for start in starts.before(place, sums, measure) {
            if ways[start].iter().all(Option::is_none) {
                continue;
            }
            let candidate = line(letters, sums, measure, start, place);
            let alone = forced && (start + 1 == place);
            if (candidate.overfull && !alone) || candidate.ratio > limit {
                continue;
            }
            let bond = if place < end { price(letters[place].bond) } else { 0.0 };
            let cost = candidate.cost + bond;
            let fit = candidate.fit as usize;
            for (fit_before, way) in ways[start].into_iter().enumerate() {
                let Some(way) = way else { continue };
                let contrast = fit.abs_diff(fit_before) > 1 && start > 0;
                let total = way.cost + cost + if contrast { CONTRAST_COST } else { 0.0 };
                if ways[place][fit].is_none_or(|known| total < known.cost) {
                    ways[place][fit] = Some(Way { cost: total, start, fit_before });
                }
            }
        }
    }
    let mut fit = (0..FITS.len())
        .filter(|fit| ways[end][*fit].is_some())
        .min_by(|a, b| cost_of(&ways[end], *a).total_cmp(&cost_of(&ways[end], *b)))?;
    let cost = cost_of(&ways[end], fit);
    let mut starts = Vec::new();
    let mut place = end;
    while place > 0 {
        let way = ways[place][fit]?;
        starts.push(way.start);
        (place, fit) = (way.start, way.fit_before);
    }
    starts.reverse();
    Some((starts, cost))
}

/// Breaks letters into a given number of lines, each within its limits; `None` when that cannot be.
pub(crate) fn break_into(letters: &[Shaped], measure: &Measure, count: usize) -> Option<Vec<Broken>> {
    let end = letters.len();
    if end == 0 || count == 0 {
        return None;
    }
    let sums = Sums::new(letters);
    let free = (1..end).filter(|index| letters[*index].bond == Bond::Free);
    let places: Vec<usize> = free.chain([end]).collect();
    // What is known of each place after some lines: the cost, and where the last of these lines begins.
    let mut ways: Vec<Option<(f64, usize)>> = vec![None; end + 1];
    ways[0] = Some((0.0, 0));
    let mut history = Vec::with_capacity(count);
    for _ in 0..count {
        let mut next = vec![None; end + 1];
        let mut starts = Starts::new(&places, 1.0);
        for place in places.iter().copied() {
            for start in starts.before(place, &sums, measure) {
                let Some((cost, _)) = ways[start] else { continue };
                let candidate = line(letters, &sums, measure, start, place);
                if candidate.overfull || candidate.ratio > 1.0 {
                    continue;
                }
                let total = cost + candidate.cost;
                if next[place].is_none_or(|(known, _)| total < known) {
                    next[place] = Some((total, start));
                }
            }
        }
        ways.clone_from(&next);
        history.push(next);
    }
    let mut place = end;
    let mut lines = Vec::with_capacity(count);
    for ways in history.iter().rev() {
        let (_, start) = ways[place]?;
        lines.push(line(letters, &sums, measure, start, place).broken);
        place = start;
    }
    lines.reverse();
    Some(lines)
}

/// The places at which a line may start that ends at a given one: neither hopelessly long nor short.
///
/// As the end moves on, so do the first and the last of them.
struct Starts {
    places: Vec<usize>,
    /// How many times its limit a line may stretch.
    limit: f64,
    first: usize,
    /// The number of places from which a line to here is long enough.
    count: usize,
}

impl Starts {
    fn new(places: &[usize], limit: f64) -> Self {
        let places = std::iter::once(0).chain(places.iter().copied()).collect();
        Self { places, limit, first: 0, count: 0 }
    }

    /// Returns them from the nearest to the farthest; the ends have to be asked for in their order.
    fn before(
        &mut self,
        end: usize,
        sums: &Sums,
        measure: &Measure,
    ) -> impl Iterator<Item = usize> + use<'_> {
        let last_line = end + 1 == sums.letters.len();
        let starts = |index: usize| self.places.get(index).copied().filter(|start| *start < end);
        // The nearest place stays, however wide its letter is: there is nowhere else to go.
        while starts(self.first + 1).is_some()
            && starts(self.first).is_some_and(|start| sums.floor(start, end) > measure.width)
        {
            self.first += 1;
        }
        while starts(self.count)
            .is_some_and(|start| last_line || !sums.short(measure, start, end, self.limit))
        {
            self.count += 1;
        }
        self.places[self.first.min(self.count)..self.count].iter().rev().copied()
    }
}

fn cost_of(ways: &[Option<Way>; 3], fit: usize) -> f64 {
    ways[fit].map_or(f64::INFINITY, |way| way.cost)
}

/// The price of a broken bond: each is dearer than any way of keeping it.
fn price(bond: Bond) -> f64 {
    match bond {
        Bond::Free => 0.0,
        Bond::Weak => 1e5,
        Bond::Name => 1e6,
        Bond::Unit => 1e7,
        Bond::Word => 1e8,
        Bond::Mark => 1e9,
        Bond::Whole => 1e10,
    }
}

/// A line that might be.
struct Candidate {
    broken: Broken,
    overfull: bool,
    /// How much of its room it uses; above 1 it goes beyond.
    ratio: f64,
    cost: f64,
    fit: Fit,
}

fn line(letters: &[Shaped], sums: &Sums, measure: &Measure, start: usize, place: usize) -> Candidate {
    let last = place == letters.len();
    let mut end = place;
    while end > start + 1 && letters[end - 1].class == super::class::Class::Space {
        end -= 1;
    }
    let first = start == 0;
    let opening = letters[start].class == super::class::Class::Opening;
    let start_cut = if opening && !first { letters[start].cell / 2.0 } else { Abs::ZERO };
    let end_room = if letters[end - 1].class.blank_after() { letters[end - 1].cell / 2.0 } else { Abs::ZERO };
    let room = measure.width - measure.indent(first);
    let natural = sums.width(start, end) - start_cut;
    let mut end_cut = match measure.line_end_marks {
        LineEndMarks::Always => end_room,
        LineEndMarks::WhenNeeded => Abs::ZERO,
    };
    let mut difference = room - (natural - end_cut);
    if difference < Abs::ZERO && end_cut == Abs::ZERO {
        end_cut = end_room.min(-difference);
        difference += end_cut;
    }
    let shrink = sums.shrink(start, end);
    let stretch = sums.stretch(start, end);
    let mut cost = 0.0;
    if end_cut > Abs::ZERO && measure.line_end_marks == LineEndMarks::WhenNeeded {
        cost += END_CUT_COST * (end_cut / end_room);
    }
    let overfull = difference < -(shrink + TOLERANCE);
    let mut ratio = 0.0;
    let mut fit = Fit::Even;
    if difference < -TOLERANCE {
        ratio = if shrink > Abs::ZERO { (-difference / shrink).min(1.0) } else { 1.0 };
        cost += SHRINK_COST * ratio.powi(3);
        if ratio > 0.5 {
            fit = Fit::Tight;
        }
    } else if difference > TOLERANCE && !last {
        ratio = if stretch > Abs::ZERO { difference / stretch } else { f64::INFINITY };
        cost += STRETCH_COST * ratio.min(1.0).powi(3) + BEYOND_COST * (ratio - 1.0).clamp(0.0, 60.0);
        if ratio > 0.5 {
            fit = Fit::Loose;
        }
    }
    if last && !first && sums.characters(start, end) < 2 {
        cost += LONELY_COST;
    }
    let broken = Broken { start, end, last, end_cut, start_cut, difference };
    Candidate { broken, overfull, ratio, cost, fit }
}

/// Sums of widths from the paragraph's start, so that a line's are two look-ups and a difference.
struct Sums {
    /// Widths of the letters before each index.
    letters: Vec<Abs>,
    /// Natural gaps, less squeezes, up to and with the gap before each index.
    gaps: Vec<Abs>,
    shrink: Vec<Abs>,
    stretch: Vec<Abs>,
    /// Letters that are no punctuation.
    characters: Vec<usize>,
    /// The widest cell.
    cell: Abs,
}

impl Sums {
    fn new(letters: &[Shaped]) -> Self {
        let count = letters.len() + 1;
        let mut sums = Self {
            letters: Vec::with_capacity(count),
            gaps: Vec::with_capacity(count),
            shrink: Vec::with_capacity(count),
            stretch: Vec::with_capacity(count),
            characters: Vec::with_capacity(count),
            cell: letters.iter().map(|shaped| shaped.cell).fold(Abs::ZERO, Abs::max),
        };
        let (mut width, mut gaps, mut shrink, mut stretch, mut characters) =
            (Abs::ZERO, Abs::ZERO, Abs::ZERO, Abs::ZERO, 0);
        for shaped in letters {
            gaps += shaped.gap.natural - shaped.gap.squeeze;
            shrink += shaped.gap.shrink.map_or(Abs::ZERO, |(_, room)| room);
            stretch += shaped.gap.stretch.map_or(Abs::ZERO, |(_, room)| room);
            sums.letters.push(width);
            sums.gaps.push(gaps);
            sums.shrink.push(shrink);
            sums.stretch.push(stretch);
            sums.characters.push(characters);
            width += shaped.width;
            characters +=
                usize::from(!shaped.class.punctuation() && shaped.class != super::class::Class::Space);
        }
        sums.letters.push(width);
        sums.characters.push(characters);
        sums
    }

    fn width(&self, start: usize, end: usize) -> Abs {
        self.letters[end] - self.letters[start] + self.gaps[end - 1] - self.gaps[start]
    }

    fn shrink(&self, start: usize, end: usize) -> Abs {
        self.shrink[end - 1] - self.shrink[start]
    }

    fn stretch(&self, start: usize, end: usize) -> Abs {
        self.stretch[end - 1] - self.stretch[start]
    }

    /// A width that no line goes below which ends here and starts at this letter or at one before it.
    ///
    /// What shrinks is the blank half of a mark, so that each letter more makes a line wider, up to half a
    /// cell; the marks at both ends may give half a cell each.
    fn floor(&self, start: usize, end: usize) -> Abs {
        self.width(start, end) - self.shrink(start, end) - self.cell * 2.0
    }

    /// Tells whether a line that is not the last would have to stretch beyond so many times its limit, as far
    /// as that shows without a look at its ends.
    fn short(&self, measure: &Measure, start: usize, end: usize, limit: f64) -> bool {
        let room = measure.width - measure.indent(start == 0);
        let lack = room - self.width(start, end);
        limit.is_finite() && lack > self.stretch(start, end) * limit + TOLERANCE
    }

    fn characters(&self, start: usize, end: usize) -> usize {
        self.characters[end] - self.characters[start]
    }
}

/// Returns how much each gap of a line gives or takes: entry `i` is added before letter `start + i`; the
/// first is 0.
pub(crate) fn adjustments(letters: &[Shaped], line: &Broken) -> Vec<Abs> {
    let letters = &letters[line.start..line.end];
    let mut added = vec![Abs::ZERO; letters.len()];
    if line.difference < Abs::ZERO {
        shrink(letters, -line.difference, &mut added);
    } else if !line.last {
        stretch(letters, line.difference, &mut added);
    }
    added
}

/// Tells whether the gaps of a line would be stretched beyond their limits.
pub(crate) fn is_spread(letters: &[Shaped], line: &Broken) -> bool {
    let gaps = letters[line.start..line.end].iter().skip(1).filter_map(|shaped| shaped.gap.stretch);
    let room: Abs = gaps.map(|(_, room)| room).sum();
    !line.last && line.difference > room + TOLERANCE
}

fn shrink(letters: &[Shaped], mut excess: Abs, added: &mut [Abs]) {
    for turn in Shrink::ORDER {
        let room = |shaped: &Shaped| shaped.gap.shrink.filter(|(own, _)| *own == turn).map(|(_, room)| room);
        let total: Abs = letters.iter().skip(1).filter_map(room).sum();
        if total <= Abs::ZERO {
            continue;
        }
        let part = (excess / total).min(1.0);
        for (gap, shaped) in added.iter_mut().zip(letters).skip(1) {
            if let Some(room) = room(shaped) {
                *gap -= room * part;
            }
        }
        excess -= total * part;
    }
}

fn stretch(letters: &[Shaped], mut lack: Abs, added: &mut [Abs]) {
    for turn in Stretch::ORDER {
        let room = |shaped: &Shaped| shaped.gap.stretch.filter(|(own, _)| *own == turn).map(|(_, room)| room);
        let total: Abs = letters.iter().skip(1).filter_map(room).sum();
        if total <= Abs::ZERO {
            continue;
        }
        // The last turn has no limit: what a bond leaves over has to go somewhere.
        let limit = if turn == Stretch::Cells { f64::INFINITY } else { 1.0 };
        let part = (lack / total).min(limit);
        for (gap, shaped) in added.iter_mut().zip(letters).skip(1) {
            if let Some(room) = room(shaped) {
                *gap += room * part;
            }
        }
        lack -= total * part;
    }
    if lack > TOLERANCE {
        // Only letters and digits: their gaps and spaces take the rest evenly, words stay whole.
        let open: Vec<usize> =
            (1..letters.len()).filter(|index| letters[*index].gap.stretch.is_some()).collect();
        for index in &open {
            added[*index] += lack / open.len() as f64;
        }
    }
}

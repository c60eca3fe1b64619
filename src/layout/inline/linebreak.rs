//! Chooses the breaks of a whole paragraph.
//!
//! Every line has a cost: the cube of how much of its room to shrink or stretch it uses, and a paragraph's
//! breaks are those whose costs are least in sum (Knuth and Plass, 1981). Squeezing costs less than
//! stretching (先挤进后推出). First only places where nothing holds are tried; if no line can be made so,
//! every place is, each at the price of its bond, so that the weakest bond gives way, no text is lost and no
//! line is ever overfull.

mod adjust;
#[cfg(test)]
mod tests;

use std::ops::Range;

pub(crate) use self::adjust::{adjustments, is_spread};
use super::bond::Bond;
use super::class::Class;
use super::room;
use super::shape::Shaped;
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

/// The number of fits.
const FITS: usize = 3;

/// The best way to a place whose last line fits in one manner: its cost, which of the places reached before that line
/// begins at, and how its forerunner fits.
#[derive(Clone, Copy)]
struct Way {
    cost: f64,
    start: u32,
    fit_before: u32,
}

impl Way {
    /// No way at all: every other one is cheaper.
    const NONE: Self = Self { cost: f64::INFINITY, start: 0, fit_before: 0 };
}

/// A place that lines can end at.
struct Reached {
    /// The letter after it.
    place: usize,
    /// The best way there for each fit of its last line.
    ways: [Way; FITS],
    /// What the best way costs for a next line of each fit, and which fit it has.
    onward: [(f64, usize); FITS],
}

impl Reached {
    fn new(place: usize, ways: [Way; FITS]) -> Self {
        let onward = std::array::from_fn(|fit| {
            let cost = |before: usize| {
                let contrast = fit.abs_diff(before) > 1 && place > 0;
                ways[before].cost + if contrast { CONTRAST_COST } else { 0.0 }
            };
            let mut best = (cost(0), 0);
            for before in 1..FITS {
                if cost(before) < best.0 {
                    best = (cost(before), before);
                }
            }
            best
        });
        Self { place, ways, onward }
    }
}

/// Breaks shaped letters into lines. An empty paragraph has no lines.
pub(crate) fn break_lines(letters: &[Shaped<'_>], measure: &Measure) -> Vec<Broken> {
    if letters.is_empty() {
        return Vec::new();
    }
    let sums = Sums::new(letters);
    let whole = fill(&sums.line(0, letters.len()), measure);
    if whole.difference >= Abs::ZERO {
        // All of it has room on one line, which costs nothing.
        return vec![whole];
    }
    let starts = cheapest(letters, &sums, measure, &places(letters, Bond::Address))
        .or_else(|| cheapest(letters, &sums, measure, &places(letters, Bond::Weak)))
        .or_else(|| {
            let everywhere = places(letters, Bond::Whole);
            best(letters, &sums, measure, &everywhere, f64::INFINITY).map(|(starts, _)| starts)
        })
        .unwrap_or_default();
    let ends = starts.iter().skip(1).copied().chain([letters.len()]);
    starts.iter().zip(ends).map(|(start, end)| fill(&sums.line(*start, end), measure)).collect()
}

/// Returns the places where lines may end, if what holds as strongly as a bond or less may part: the letter after each.
fn places(letters: &[Shaped<'_>], strongest: Bond) -> Vec<usize> {
    let mut places = room(letters.len());
    places.extend((1..letters.len()).filter(|index| letters[*index].bond <= strongest));
    places.push(letters.len());
    places
}

/// Finds the cheapest breaks among the places given where no gap is wider than [`BEYOND_LIMIT`] times its limit.
///
/// Few paragraphs need a gap beyond its limit, and lines that need none are a handful for each place. What they cost in
/// sum tells how far beyond it a cheaper way could go at most, so that the rest need not be looked at.
fn cheapest(letters: &[Shaped<'_>], sums: &Sums, measure: &Measure, places: &[usize]) -> Option<Vec<usize>> {
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
    letters: &[Shaped<'_>],
    sums: &Sums,
    measure: &Measure,
    places: &[usize],
    limit: f64,
) -> Option<(Vec<usize>, f64)> {
    let forced = limit.is_infinite();
    // The places that lines end at which keep within their limits.
    let mut reached: Vec<Reached> = room(places.len() + 1);
    let mut ways = [Way::NONE; FITS];
    ways[Fit::Even as usize].cost = 0.0;
    reached.push(Reached::new(0, ways));
    let mut starts = Starts::new(limit);
    for place in places.iter().copied() {
        let price = letters.get(place).map_or(0.0, |shaped| price(shaped.bond));
        let (mut ways, mut is_reached) = ([Way::NONE; FITS], false);
        let range = starts.before(place, &reached, |reached| reached.place, sums, measure);
        for (start, from) in range.clone().zip(&reached[range]).rev() {
            let span = sums.line(from.place, place);
            let filled = fill(&span, measure);
            let alone = forced && (from.place + 1 == place);
            let Some(line) = judge(&span, measure, &filled, limit, alone) else { continue };
            let fit = line.fit as usize;
            let (cost_before, fit_before) = from.onward[fit];
            let cost = cost_before + (line.cost + price);
            if cost < ways[fit].cost {
                ways[fit] = Way { cost, start: start as u32, fit_before: fit_before as u32 };
            }
            is_reached = true;
        }
        if is_reached {
            reached.push(Reached::new(place, ways));
        }
    }
    let last = reached.last().filter(|last| last.place == sums.end())?;
    let mut fit = (0..FITS).min_by(|a, b| last.ways[*a].cost.total_cmp(&last.ways[*b].cost))?;
    let cost = last.ways[fit].cost;
    let mut place = reached.len() - 1;
    let mut starts = Vec::new();
    while place > 0 {
        let way = reached[place].ways[fit];
        place = way.start as usize;
        fit = way.fit_before as usize;
        starts.push(reached[place].place);
    }
    starts.reverse();
    Some((starts, cost))
}

/// The most ways that are kept while letters are broken into a given number of lines, one for each place and line: those
/// of a paragraph of some ten pages, in 50 megabytes.
const MOST_WAYS: usize = 2_000_000;

/// Breaks letters into a given number of lines, each within its limits and the last one with two characters or more, since
/// there was a way without; `None` when that cannot be, or would keep more ways than [`MOST_WAYS`].
pub(crate) fn break_into(letters: &[Shaped<'_>], measure: &Measure, count: usize) -> Option<Vec<Broken>> {
    if letters.is_empty() || count == 0 {
        return None;
    }
    let sums = Sums::new(letters);
    let mut places = places(letters, Bond::Free);
    places.insert(0, 0);
    if places.len().saturating_mul(count) > MOST_WAYS {
        return None;
    }
    // What is known of each place after some lines: the cost, and where the last of these lines begins.
    let mut ways: Vec<Option<(f64, usize)>> = vec![None; places.len()];
    ways[0] = Some((0.0, 0));
    let mut history = Vec::with_capacity(count);
    for _ in 0..count {
        let mut next = vec![None; places.len()];
        let mut starts = Starts::new(1.0);
        for place in 1..places.len() {
            for start in starts.before(places[place], &places[..place], |place| *place, &sums, measure).rev()
            {
                let Some((cost, _)) = ways[start] else { continue };
                let span = sums.line(places[start], places[place]);
                if span.is_lonely() {
                    continue;
                }
                let filled = fill(&span, measure);
                let Some(line) = judge(&span, measure, &filled, 1.0, false) else { continue };
                let total = cost + line.cost;
                if next[place].is_none_or(|(known, _)| total < known) {
                    next[place] = Some((total, start));
                }
            }
        }
        history.push(std::mem::replace(&mut ways, next));
    }
    history.push(ways);
    let mut place = places.len() - 1;
    let mut lines = Vec::with_capacity(count);
    for ways in history.iter().skip(1).rev() {
        let (_, start) = ways[place]?;
        lines.push(fill(&sums.line(places[start], places[place]), measure));
        place = start;
    }
    lines.reverse();
    Some(lines)
}

/// Fills lines one after the other, each as far as nothing that holds has to part, and leaves them at their natural width;
/// `None` where something that holds is wider than a line.
pub(crate) fn ragged(letters: &[Shaped<'_>], measure: &Measure) -> Option<Vec<Broken>> {
    let sums = Sums::new(letters);
    let mut lines: Vec<Broken> = Vec::new();
    let mut start = 0;
    let mut reached = None;
    for place in places(letters, Bond::Address) {
        let mut line = fill(&sums.line(start, place), measure);
        if line.difference < -TOLERANCE {
            let (end, before) = reached?;
            lines.push(before);
            start = end;
            line = fill(&sums.line(start, place), measure);
            if line.difference < -TOLERANCE {
                return None;
            }
        }
        line.difference = line.difference.min(Abs::ZERO);
        reached = Some((place, line));
    }
    lines.extend(reached.map(|(_, line)| line));
    Some(lines)
}

/// The places at which a line may start that ends at a given one: neither hopelessly long nor short.
///
/// As the end moves on, so do the first and the last of them.
struct Starts {
    /// How many times its limit a line may stretch.
    limit: f64,
    first: usize,
    /// The number of places from which a line to here is long enough.
    count: usize,
}

impl Starts {
    fn new(limit: f64) -> Self {
        Self { limit, first: 0, count: 0 }
    }

    /// Returns them by their numbers among all places before the end, the nearest last; the ends have to be asked for
    /// in their order, with places added only. `letter` is the letter after a place.
    #[inline]
    fn before<T>(
        &mut self,
        end: usize,
        places: &[T],
        letter: impl Fn(&T) -> usize,
        sums: &Sums,
        measure: &Measure,
    ) -> Range<usize> {
        let (last, after) = (&sums.before[end - 1], &sums.before[end]);
        // What shrinks is the blank half of a mark, so that each letter more makes a line wider, up to half a cell; the
        // marks at both ends may give half a cell each. No line goes below what is left.
        let narrowest = after.letters + last.gaps - last.shrink - sums.cell * 2.0 - measure.width;
        let is_long = |start: usize| {
            let before = &sums.before[start];
            before.letters + before.gaps - before.shrink < narrowest
        };
        // The nearest place stays, however wide its letter is: there is nowhere else to go.
        while self.first + 1 < places.len() && is_long(letter(&places[self.first])) {
            self.first += 1;
        }
        if end == sums.end() || self.limit.is_infinite() {
            self.count = places.len();
        }
        // How far a line stretches, as far as that shows without a look at its ends.
        let widest = after.letters + last.gaps + last.stretch * self.limit + TOLERANCE;
        let is_short = |start: usize| {
            let before = &sums.before[start];
            let room = measure.width - measure.indent(start == 0);
            before.letters + before.gaps + before.stretch * self.limit + room > widest
        };
        while self.count < places.len() && !is_short(letter(&places[self.count])) {
            self.count += 1;
        }
        self.first.min(self.count)..self.count
    }
}

/// The price of a broken bond: each is dearer than any way of keeping it, but for an address's, which is dearer than
/// a line that is stretched to its limit and cheaper than one beyond.
fn price(bond: Bond) -> f64 {
    match bond {
        Bond::Free => 0.0,
        Bond::Address => STRETCH_COST * 2.0,
        Bond::Weak => 1e5,
        Bond::Name => 1e6,
        Bond::Unit => 1e7,
        Bond::Word => 1e8,
        Bond::Mark => 1e9,
        Bond::Whole => 1e10,
    }
}

/// How good a line is that might be.
struct Judgement {
    cost: f64,
    fit: Fit,
}

/// Fills a line.
#[inline]
fn fill(span: &Span<'_>, measure: &Measure) -> Broken {
    let first = span.start == 0;
    let start_cut = if first { Abs::ZERO } else { span.before.start_cut };
    let room = measure.width - measure.indent(first);
    let natural = span.width() - start_cut;
    let mut end_cut = match measure.line_end_marks {
        LineEndMarks::Always => span.after.end_cut,
        LineEndMarks::WhenNeeded => Abs::ZERO,
    };
    let mut difference = room - (natural - end_cut);
    if difference < Abs::ZERO && end_cut == Abs::ZERO {
        end_cut = span.after.end_cut.min(-difference);
        difference += end_cut;
    }
    Broken { start: span.start, end: span.end, last: span.last, end_cut, start_cut, difference }
}

/// Judges a line by how it is filled; nothing of one that is wider than its measure, unless it may be, or whose gaps are
/// wider than some times their limit.
#[inline]
fn judge(
    span: &Span<'_>,
    measure: &Measure,
    line: &Broken,
    limit: f64,
    may_be_overfull: bool,
) -> Option<Judgement> {
    let difference = line.difference;
    let mut cost = 0.0;
    let mut fit = Fit::Even;
    if difference < -TOLERANCE {
        let shrink = span.shrink();
        if difference < -(shrink + TOLERANCE) && !may_be_overfull {
            return None;
        }
        // How much of its room it uses.
        let ratio = if shrink > Abs::ZERO { (-difference / shrink).min(1.0) } else { 1.0 };
        cost += SHRINK_COST * ratio.powi(3);
        if ratio > 0.5 {
            fit = Fit::Tight;
        }
    } else if difference > TOLERANCE && !line.last {
        let stretch = span.stretch();
        // Above 1 it goes beyond.
        let ratio = if stretch > Abs::ZERO { difference / stretch } else { f64::INFINITY };
        if ratio > limit {
            return None;
        }
        cost += STRETCH_COST * ratio.min(1.0).powi(3) + BEYOND_COST * (ratio - 1.0).clamp(0.0, 60.0);
        if ratio > 0.5 {
            fit = Fit::Loose;
        }
    }
    if line.end_cut > Abs::ZERO && measure.line_end_marks == LineEndMarks::WhenNeeded {
        cost += END_CUT_COST * (line.end_cut / span.after.end_cut);
    }
    if span.is_lonely() {
        cost += LONELY_COST;
    }
    Some(Judgement { cost, fit })
}

/// Sums of widths from the paragraph's start, so that a line's are two look-ups and a difference.
struct Sums {
    /// What stands before each letter and, at last, before the end.
    before: Vec<Sum>,
    /// The widest cell.
    cell: Abs,
}

/// What a line that starts with a letter, or ends before it, has there and has had before.
#[derive(Clone, Copy)]
struct Sum {
    /// The widths of the letters before it.
    letters: Abs,
    /// Natural gaps, the one before it too.
    gaps: Abs,
    /// By how much the same gaps shrink.
    shrink: Abs,
    /// By how much they stretch.
    stretch: Abs,
    /// The letters before it that are no punctuation.
    characters: usize,
    /// The number of letters before it, spaces next to it left out.
    trimmed: usize,
    /// The blank half of the letter, where that is what a line may begin with.
    start_cut: Abs,
    /// The blank half of the letter before it, where that is what a line may end with.
    end_cut: Abs,
}

impl Sums {
    fn new(letters: &[Shaped<'_>]) -> Self {
        let mut before = room(letters.len() + 1);
        let zero = Abs::ZERO;
        let mut sum = Sum {
            letters: zero,
            gaps: zero,
            shrink: zero,
            stretch: zero,
            characters: 0,
            trimmed: 0,
            start_cut: zero,
            end_cut: zero,
        };
        let mut cell = Abs::ZERO;
        for (index, shaped) in letters.iter().enumerate() {
            let half = shaped.cell / 2.0;
            sum.gaps += shaped.gap.natural;
            sum.shrink += shaped.gap.shrink;
            sum.stretch += shaped.gap.stretch;
            sum.start_cut = if shaped.class == Class::Opening { half } else { Abs::ZERO };
            before.push(sum);
            sum.letters += shaped.width;
            sum.end_cut = if shaped.class.blank_after() { half } else { Abs::ZERO };
            if shaped.class != Class::Space {
                sum.characters += usize::from(!shaped.class.punctuation());
                sum.trimmed = index + 1;
            }
            cell = cell.max(shaped.cell);
        }
        before.push(sum);
        Self { before, cell }
    }

    /// Returns the number of letters.
    fn end(&self) -> usize {
        self.before.len() - 1
    }

    /// Returns the line from a letter to a place.
    #[inline]
    fn line(&self, start: usize, place: usize) -> Span<'_> {
        // Spaces at a line's end are left out, unless there is nothing else.
        let end = self.before[place].trimmed.max(start + 1);
        Span {
            start,
            end,
            last: place == self.end(),
            before: &self.before[start],
            inside: &self.before[end - 1],
            after: &self.before[end],
        }
    }
}

/// The letters of a line, and the sums before the first of them, before the last one and after that.
struct Span<'a> {
    start: usize,
    end: usize,
    /// Whether the paragraph ends with it.
    last: bool,
    before: &'a Sum,
    inside: &'a Sum,
    after: &'a Sum,
}

impl Span<'_> {
    /// Returns the width by nature.
    fn width(&self) -> Abs {
        self.after.letters - self.before.letters + self.inside.gaps - self.before.gaps
    }

    /// Tells whether it is a paragraph's last line of fewer than two characters (孤字不成行).
    fn is_lonely(&self) -> bool {
        self.last && self.start > 0 && self.after.characters - self.before.characters < 2
    }

    fn shrink(&self) -> Abs {
        self.inside.shrink - self.before.shrink
    }

    fn stretch(&self) -> Abs {
        self.inside.stretch - self.before.stretch
    }
}

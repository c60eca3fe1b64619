//! Breaks the title into centred lines that make a trapezoid or a diamond (GB/T 9704-2012, 7.3.1).

use super::fonts::RoleFonts;
use super::inline::bond::Bond;
use super::inline::collect::Letter;
use super::inline::finalize::{SetLine, set};
use super::inline::linebreak::Broken;
use super::inline::shape::{Shaped, shape};
use crate::diag::Diagnostic;
use crate::document::DatumKind;
use crate::units::Abs;
use crate::words::{self, Parting};

/// The most ways of breaking that are looked at; where none of them fits, the lines are merely filled.
const MOST_WAYS: usize = 100_000;
/// A title of more lines than this has no shape to speak of.
const MOST_LINES: usize = 12;
/// What a break costs where the sense does not part.
const BREAK_COST: f64 = 15.0;
/// What a line costs for the square of the cells that it is longer or shorter than the average.
const UNEVEN_COST: f64 = 0.4;
/// A title of more lines than this is one whole, wherever its author breaks it.
const FEW_LINES: usize = 3;
/// Lines beyond the fewest possible that are tried for a better shape.
const MORE_LINES: usize = 1;

/// Sets the rows of a title, each as [`set_title`] does; of one that takes several lines 副标题 begins a line of its own. Rows of many lines, each balanced by itself, may make an hourglass:
/// then they are balanced as one.
pub(super) fn set_rows(
    rows: &[Vec<Letter<'_>>],
    width: Abs,
    fonts: &mut RoleFonts<'_>,
) -> Result<Vec<SetLine>, Vec<Diagnostic>> {
    let mut lines = Vec::new();
    let mut has_subtitle = false;
    for row in rows {
        let whole = set_title(row, width, fonts)?;
        let Some(at) = subtitle(row).filter(|_| whole.len() > 1) else {
            lines.extend(whole);
            continue;
        };
        has_subtitle = true;
        for part in [&row[..at], &row[at..]] {
            lines.extend(set_title(part, width, fonts)?);
        }
    }
    if rows.len() > 1
        && !has_subtitle
        && (FEW_LINES + 1..=MOST_LINES).contains(&lines.len())
        && !is_shapely(&lines)
    {
        let whole = set_title(&rows.concat(), width, fonts)?;
        if whole.len() <= lines.len() && is_shapely(&whole) {
            lines = whole;
        }
    }
    Ok(lines)
}

/// Returns where 副标题 begins in a title, with its 破折号; none inside 《…》.
fn subtitle(row: &[Letter<'_>]) -> Option<usize> {
    let mut quoted = 0_usize;
    row.windows(2).enumerate().find_map(|(at, pair)| {
        match pair[0].character {
            '《' => quoted += 1,
            '》' => quoted = quoted.saturating_sub(1),
            _ => {}
        }
        let is_dash = pair.iter().all(|letter| letter.character == '—');
        (is_dash && quoted == 0 && at > 0).then_some(at)
    })
}

/// Tells whether centred lines make a trapezoid or a diamond: longer and longer down to one, and shorter from there.
fn is_shapely(lines: &[SetLine]) -> bool {
    // Of lines about one middle, the longer ends further right.
    let ends: Vec<f64> = lines.iter().map(|line| line.end.to_pt()).collect();
    let widest = ends.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1)).map_or(0, |(nth, _)| nth);
    ends[..=widest].is_sorted() && ends[widest..].is_sorted_by(|a, b| a >= b)
}

/// Sets a row of letters as centred, balanced lines, never inside a word, a number, a name or 《…》 unless
/// one is longer than a line.
pub(crate) fn set_title(
    row: &[Letter<'_>],
    width: Abs,
    fonts: &mut RoleFonts<'_>,
) -> Result<Vec<SetLine>, Vec<Diagnostic>> {
    set_lines(row, width, fonts, balance)
}

/// Sets a row of letters, a name for which lines are scarce, as [`set_title`] does but in as few of them as it can
/// without parting a word: rather between the words of one organ's name than in a line more.
pub(super) fn set_name(
    row: &[Letter<'_>],
    width: Abs,
    fonts: &mut RoleFonts<'_>,
) -> Result<Vec<SetLine>, Vec<Diagnostic>> {
    set_lines(row, width, fonts, balance_briefly)
}

/// Sets a row of letters as centred lines that start where `starts` says.
fn set_lines(
    row: &[Letter<'_>],
    width: Abs,
    fonts: &mut RoleFonts<'_>,
    starts: fn(&[Shaped<'_>], Abs) -> Vec<usize>,
) -> Result<Vec<SetLine>, Vec<Diagnostic>> {
    let mut letters = shape(row, fonts, 0.0)?;
    if letters.is_empty() {
        return Ok(Vec::new());
    }
    hold_words(&mut letters);
    hold_quoted(&mut letters);
    hold_names(&mut letters, width);
    let starts = starts(&letters, width);
    let ends = starts.iter().skip(1).copied().chain([letters.len()]);
    let lines = starts.iter().copied().zip(ends).map(|(start, end)| {
        let natural = natural_width(&letters, start, end);
        let line = Broken {
            start,
            end,
            last: true,
            end_cut: Abs::ZERO,
            start_cut: Abs::ZERO,
            difference: Abs::ZERO,
        };
        set(&letters, &line, (width - natural) / 2.0)
    });
    Ok(lines.collect())
}

/// Holds words and names together.
fn hold_words(letters: &mut [Shaped<'_>]) {
    let text: String = letters.iter().map(|shaped| shaped.letter.character).collect();
    for (shaped, parting) in letters.iter_mut().zip(words::partings(&text)) {
        let bond = match parting {
            Parting::Free => Bond::Free,
            Parting::Name => Bond::Name,
            Parting::Pair => Bond::Unit,
            Parting::Word => Bond::Word,
        };
        shaped.bond = shaped.bond.max(bond);
    }
}

/// Holds what stands between 《 and 》 together.
fn hold_quoted(letters: &mut [Shaped<'_>]) {
    let mut depth = 0_usize;
    for shaped in letters {
        if depth > 0 {
            shaped.bond = shaped.bond.max(Bond::Name);
        }
        match shaped.letter.character {
            '《' => depth += 1,
            '》' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
}

/// Holds each name that the data give together, however long, as long as a line has room for it.
fn hold_names(letters: &mut [Shaped<'_>], width: Abs) {
    let mut start = 0;
    while start < letters.len() {
        let datum = letters[start].letter.datum;
        let end = start + letters[start..].iter().take_while(|shaped| shaped.letter.datum == datum).count();
        let kind = datum.map(|datum| datum.kind);
        let is_name = matches!(kind, Some(DatumKind::Name | DatumKind::Person));
        if is_name && natural_width(letters, start, end) <= width {
            for shaped in &mut letters[start + 1..end] {
                shaped.bond = shaped.bond.max(Bond::Name);
            }
        }
        start = end;
    }
}

fn natural_width(letters: &[Shaped<'_>], start: usize, end: usize) -> Abs {
    let line = &letters[start..end];
    let gaps: Abs = line.iter().skip(1).map(|shaped| shaped.gap.natural).sum();
    line.iter().map(|shaped| shaped.width).sum::<Abs>() + gaps
}

/// Returns where each line starts.
fn balance(letters: &[Shaped<'_>], width: Abs) -> Vec<usize> {
    if natural_width(letters, 0, letters.len()) <= width {
        return vec![0];
    }
    for strongest in [Bond::Free, Bond::Weak, Bond::Name, Bond::Unit, Bond::Word, Bond::Mark, Bond::Whole] {
        let places: Vec<usize> = (1..letters.len()).filter(|at| letters[*at].bond <= strongest).collect();
        let Some(fewest) = fewest_lines(letters, &places, width) else { continue };
        let best = (fewest..=fewest + MORE_LINES)
            .filter_map(|lines| best_shape(letters, &places, width, lines))
            .min_by(|a, b| a.0.total_cmp(&b.0));
        return best.map_or_else(|| filled(letters, &places, width), |(_, starts)| starts);
    }
    vec![0]
}

/// Returns where each line starts where they are to be few: of the breaks that part no word, the weakest that make the fewest
/// lines.
fn balance_briefly(letters: &[Shaped<'_>], width: Abs) -> Vec<usize> {
    if natural_width(letters, 0, letters.len()) <= width {
        return vec![0];
    }
    let ways = [Bond::Free, Bond::Weak, Bond::Name, Bond::Unit].into_iter().filter_map(|strongest| {
        let places: Vec<usize> = (1..letters.len()).filter(|at| letters[*at].bond <= strongest).collect();
        fewest_lines(letters, &places, width).map(|lines| (lines, places))
    });
    match ways.min_by_key(|(lines, _)| *lines) {
        Some((lines, places)) => best_shape(letters, &places, width, lines)
            .map_or_else(|| filled(letters, &places, width), |(_, starts)| starts),
        None => balance(letters, width),
    }
}

/// Fills lines one after the other; returns how many it takes, or `None` when a piece is longer than a line.
fn fewest_lines(letters: &[Shaped<'_>], places: &[usize], width: Abs) -> Option<usize> {
    let starts = filled(letters, places, width);
    let ends = starts.iter().skip(1).copied().chain([letters.len()]);
    let fits =
        starts.iter().copied().zip(ends).all(|(start, end)| natural_width(letters, start, end) <= width);
    fits.then_some(starts.len())
}

fn filled(letters: &[Shaped<'_>], places: &[usize], width: Abs) -> Vec<usize> {
    let mut starts = vec![0];
    let mut start = 0;
    let mut last = 0;
    for place in places.iter().copied().chain([letters.len()]) {
        if natural_width(letters, start, place) > width && last > start {
            starts.push(last);
            start = last;
        }
        last = place;
    }
    starts
}

/// Finds the best shape with a number of lines; `None` when they are more than [`MOST_LINES`], none fits, or none was found
/// among [`MOST_WAYS`].
fn best_shape(
    letters: &[Shaped<'_>],
    places: &[usize],
    width: Abs,
    lines: usize,
) -> Option<(f64, Vec<usize>)> {
    if lines > MOST_LINES {
        return None;
    }
    let cell = letters[0].cell;
    let average = natural_width(letters, 0, letters.len()) / cell / lines as f64;
    let mut search = Search { letters, width, average, cell, left: MOST_WAYS, chosen: vec![0], best: None };
    search.try_breaks(places, lines, lines_cost(lines, width, cell));
    search.best
}

/// A search for the best shape of a number of lines.
struct Search<'a> {
    letters: &'a [Shaped<'a>],
    width: Abs,
    /// How long the lines are on average, in cells.
    average: f64,
    cell: Abs,
    /// How many ways may still be looked at.
    left: usize,
    /// Where the lines so far start.
    chosen: Vec<usize>,
    best: Option<(f64, Vec<usize>)>,
}

impl Search<'_> {
    /// Tries the ways of breaking what is left at some places into a number of lines, where those before cost something
    /// already.
    fn try_breaks(&mut self, places: &[usize], lines: usize, cost: f64) {
        let start = self.chosen.last().copied().unwrap_or(0);
        let end = self.letters.len();
        let is_known_better = |cost: f64, best: &Option<(f64, Vec<usize>)>| {
            best.as_ref().is_some_and(|(known, _)| *known <= cost)
        };
        if natural_width(self.letters, start, end) > self.width * lines as f64
            || is_known_better(cost, &self.best)
            || self.left == 0
        {
            return;
        }
        self.left -= 1;
        if lines == 1 {
            let cost = shape_cost(self.letters, &self.chosen, self.width);
            if !is_known_better(cost, &self.best) {
                self.best = Some((cost, self.chosen.clone()));
            }
            return;
        }
        for (nth, place) in places.iter().copied().enumerate().filter(|(_, place)| *place > start) {
            let line = natural_width(self.letters, start, place);
            if line > self.width {
                break;
            }
            let broken = if parts_sense(self.letters, place) { 0.0 } else { BREAK_COST };
            let uneven = (line / self.cell - self.average).powi(2) * UNEVEN_COST;
            self.chosen.push(place);
            self.try_breaks(&places[nth + 1..], lines - 1, cost + uneven + broken);
            self.chosen.pop();
        }
    }
}

/// What a number of lines costs.
fn lines_cost(lines: usize, width: Abs, cell: Abs) -> f64 {
    lines as f64 * width.to_pt() / cell.to_pt()
}

/// Judges a title's lines: near in length, yet a trapezoid or a diamond, none of one or two characters,
/// broken where the sense parts (词意完整).
fn shape_cost(letters: &[Shaped<'_>], starts: &[usize], width: Abs) -> f64 {
    let ends: Vec<usize> = starts.iter().skip(1).copied().chain([letters.len()]).collect();
    let lines: Vec<(usize, f64)> = starts
        .iter()
        .zip(&ends)
        .map(|(start, end)| (end - start, natural_width(letters, *start, *end) / letters[0].cell))
        .collect();
    let average = lines.iter().map(|(_, cells)| cells).sum::<f64>() / lines.len() as f64;
    let uneven: f64 = lines.iter().map(|(_, cells)| (cells - average).powi(2)).sum();
    let rises = lines.windows(2).all(|pair| pair[0].1 < pair[1].1 - 0.5);
    let falls = lines.windows(2).all(|pair| pair[0].1 > pair[1].1 + 0.5);
    let widest = lines.iter().enumerate().max_by(|a, b| a.1.1.total_cmp(&b.1.1)).map_or(0, |(nth, _)| nth);
    let diamond = lines.len() > 2
        && widest > 0
        && widest + 1 < lines.len()
        && lines[..=widest].windows(2).all(|pair| pair[0].1 <= pair[1].1)
        && lines[widest..].windows(2).all(|pair| pair[0].1 >= pair[1].1);
    let shape = if falls {
        0.0
    } else if diamond {
        2.0
    } else if rises {
        4.0
    } else {
        20.0
    };
    let short = lines.iter().filter(|(count, _)| *count <= 2).count() as f64 * 1_000.0;
    let breaks =
        starts.iter().skip(1).filter(|start| !parts_sense(letters, **start)).count() as f64 * BREAK_COST;
    let more_lines = lines_cost(lines.len(), width, letters[0].cell);
    uneven * UNEVEN_COST + shape + short + breaks + more_lines
}

/// Tells whether a title's sense parts before a letter: after a conjunction, 的 or 关于, before 《 or 关于.
fn parts_sense(letters: &[Shaped<'_>], at: usize) -> bool {
    let character = |index: usize| letters.get(index).map(|shaped| shaped.letter.character);
    let before = at.checked_sub(1).and_then(character);
    let two_before = at.checked_sub(2).and_then(character);
    matches!(before, Some('和' | '与' | '及' | '暨' | '的' | '、' | '，' | '》'))
        || character(at) == Some('《')
        || (two_before, before) == (Some('关'), Some('于'))
        || (character(at), character(at + 1)) == (Some('关'), Some('于'))
}

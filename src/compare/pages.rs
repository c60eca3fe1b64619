//! Holds a finished PDF against the pages that the data give now: which pages differ, and which figures.

use std::collections::BTreeMap;
use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::reading::Line;
use crate::trace::Trace;

/// A page's text may stand this much above its line's box or below it, in points.
const SLACK: f64 = 1.0;

/// What a finished PDF has otherwise than the data give it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageDifferences {
    /// How many pages the PDF has, and how many it would have.
    pub counts: (usize, usize),
    /// The pages whose text differs, counted from 1 through the file, those among them that only one has; none where the
    /// whole text is the same.
    pub pages: Vec<usize>,
    /// The figures that are printed otherwise, in reading order.
    pub figures: Vec<FigureDifference>,
    /// The numbers that the PDF prints where the data give none, each with the page from 1 through the file.
    pub gone: Vec<(usize, String)>,
}

/// A figure that a finished PDF prints otherwise than the data give it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FigureDifference {
    /// The datum, by its place in [`Trace::data`].
    pub datum: usize,
    /// The page, by the number that it bears now.
    pub page: usize,
    /// What the PDF prints; empty where it prints nothing in that place.
    pub printed: String,
    /// What it is to print.
    pub wanted: String,
}

/// Compares the text of a finished PDF with that of the one that is made now, whose figures the trace tells.
pub fn compare_pages(old: &[Vec<Line>], new: &[Vec<Line>], trace: &Trace) -> PageDifferences {
    let (before, after) = (Flow::new(old), Flow::new(new));
    let last = old.len().max(new.len());
    let differs = |page: &usize| before.page(page - 1) != after.page(page - 1);
    // What is set otherwise stands on other pages, and is what the data give all the same.
    let is_same = before.characters == after.characters;
    let pages = (1..=last).filter(|page| !is_same && differs(page)).collect();
    let changes = capture_diff_slices(Algorithm::Myers, &before.characters, &after.characters);
    let places = after.places(new, trace);
    let mut told: Vec<Range<usize>> = Vec::new();
    let figures = places
        .into_iter()
        .filter_map(|(figure, range)| {
            let from = old_range(&changes, &before.characters, &range);
            told.push(from.clone());
            let (printed, wanted) = (before.text(&from), after.text(&range));
            let printed_figure = &trace.figures[figure];
            let datum = *printed_figure.data.first()?;
            let page = printed_figure.places.first()?.page;
            (printed != wanted).then_some(FigureDifference { datum, page, printed, wanted })
        })
        .collect();
    let gone = before.gone(&changes, &told);
    PageDifferences { counts: (old.len(), new.len()), pages, figures, gone }
}

/// The letters of a file one after another, whatever lines and pages they stand on; what is no part of the document is left
/// out.
struct Flow {
    characters: Vec<char>,
    /// Where each page's letters are.
    pages: Vec<Range<usize>>,
    /// Where each line's letters are, page by page.
    lines: Vec<Vec<Range<usize>>>,
}

impl Flow {
    fn new(pages: &[Vec<Line>]) -> Self {
        let mut flow = Self { characters: Vec::new(), pages: Vec::new(), lines: Vec::new() };
        for page in pages {
            let start = flow.characters.len();
            let lines = page.iter().map(|line| {
                let start = flow.characters.len();
                // The number of a page stands in the middle of whatever goes on across it.
                if !line.is_artifact {
                    flow.characters.extend(letters(&line.text));
                }
                start..flow.characters.len()
            });
            let lines = lines.collect();
            flow.lines.push(lines);
            flow.pages.push(start..flow.characters.len());
        }
        flow
    }

    fn page(&self, index: usize) -> Option<&[char]> {
        self.pages.get(index).map(|range| &self.characters[range.clone()])
    }

    fn text(&self, range: &Range<usize>) -> String {
        self.characters[range.clone()].iter().collect()
    }

    /// Returns the numbers of which nothing is left, but for those that were told of, and their pages.
    fn gone(&self, changes: &[DiffOp], told: &[Range<usize>]) -> Vec<(usize, String)> {
        let is_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | '%');
        let mut gone = Vec::new();
        for change in changes.iter().filter(|change| !matches!(change, DiffOp::Equal { .. })) {
            let Range { mut start, end } = change.old_range();
            while let Some(from) = (start..end).find(|at| self.characters[*at].is_ascii_digit()) {
                let to = (from..end).find(|at| !is_number(self.characters[*at])).unwrap_or(end);
                start = to;
                // A number of which a part is left was changed rather than taken out.
                let is_whole = !(from > 0 && is_number(self.characters[from - 1]))
                    && self.characters.get(to).is_none_or(|c| !is_number(*c));
                let is_told = told.iter().any(|range| range.start < to && from < range.end);
                if is_whole && !is_told {
                    let page = self.pages.iter().position(|page| page.contains(&from)).unwrap_or_default();
                    gone.push((page + 1, self.text(&(from..to))));
                }
            }
        }
        gone
    }

    /// Finds each figure's letters: on the lines whose baselines are in its boxes, one after another as they are read.
    fn places(&self, pages: &[Vec<Line>], trace: &Trace) -> Vec<(usize, Range<usize>)> {
        // Pages by the numbers that they bear: those of the file, as long as the trace knows no others.
        let mut found = Vec::new();
        // How far each line has been read.
        let mut read: BTreeMap<(usize, usize), usize> = BTreeMap::new();
        for (nth, figure) in trace.figures.iter().enumerate() {
            let mut range: Option<Range<usize>> = None;
            for place in &figure.places {
                let Some(page) = place.page.checked_sub(1).filter(|page| *page < pages.len()) else {
                    continue;
                };
                let (top, height) = (place.rect.origin.y.to_pt(), place.rect.size.height.to_pt());
                let within =
                    |line: &Line| (top - SLACK..=top + height + SLACK).contains(&line.baseline.to_pt());
                let wanted: Vec<char> = letters(&place.text).collect();
                for line in (0..pages[page].len()).filter(|line| within(&pages[page][*line])) {
                    let letters = &self.lines[page][line];
                    let from = *read.get(&(page, line)).unwrap_or(&letters.start);
                    let at = self.characters[from..letters.end]
                        .windows(wanted.len().max(1))
                        .position(|window| window == wanted);
                    if let Some(at) = at {
                        let (start, end) = (from + at, from + at + wanted.len());
                        read.insert((page, line), end);
                        range = Some(range.map_or(start, |range| range.start)..end);
                        break;
                    }
                }
            }
            found.extend(range.map(|range| (nth, range)));
        }
        found
    }
}

/// The characters that print something.
fn letters(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().filter(|c| !c.is_whitespace())
}

/// Returns which letters of the old text stood where these letters of the new one stand. Digits that went at a figure's
/// edge were part of it.
fn old_range(changes: &[DiffOp], old: &[char], range: &Range<usize>) -> Range<usize> {
    let (mut start, mut end) = (None, None);
    for change in changes {
        let (before, after) = (change.old_range(), change.new_range());
        let is_equal = matches!(change, DiffOp::Equal { .. });
        if start.is_none() && after.contains(&range.start) {
            start = Some(if is_equal { before.start + (range.start - after.start) } else { before.start });
        }
        if after.contains(&(range.end - 1)) {
            end = Some(if is_equal { before.start + (range.end - after.start) } else { before.end });
        }
    }
    let (mut start, mut end) = (start.unwrap_or_default(), end.unwrap_or_default());
    let is_kept = |at: usize| {
        changes
            .iter()
            .any(|change| matches!(change, DiffOp::Equal { .. }) && change.old_range().contains(&at))
    };
    let is_part =
        |at: usize| !is_kept(at) && (old[at].is_ascii_digit() || matches!(old[at], '.' | '-' | '−'));
    while start > 0 && is_part(start - 1) {
        start -= 1;
    }
    while end < old.len() && is_part(end) {
        end += 1;
    }
    start..end.max(start)
}

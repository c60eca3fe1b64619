//! The figures of a chart, as numbers to be drawn.

use crate::document::{Cell, Chart, ChartKind, text};

/// The part of the span of the figures that is left for those below columns and lines.
const FOR_FIGURES: f64 = 0.15;

/// A chart's figures: a category for each row, a series for each column.
pub(super) struct Figures<'a> {
    /// The names of the series; none where the head does not name one.
    pub(super) series: Vec<Option<&'a Cell>>,
    /// The categories in the order of the drawing.
    pub(super) categories: Vec<Category<'a>>,
    /// How many places there are for categories.
    pub(super) places: usize,
}

/// A category and its figure in each series.
pub(super) struct Category<'a> {
    /// Its name.
    pub(super) name: &'a Cell,
    /// Its place among the categories: a year that is left out has one too.
    pub(super) place: usize,
    /// Its figures.
    pub(super) figures: Vec<Figure<'a>>,
}

/// A figure.
#[derive(Clone, Copy)]
pub(super) struct Figure<'a> {
    /// What is printed of it.
    pub(super) cell: &'a Cell,
    /// The number; none while it is still to come.
    pub(super) number: Option<f64>,
}

impl<'a> Figures<'a> {
    /// Reads the figures of a chart.
    pub(super) fn of(chart: &'a Chart) -> Self {
        let count = chart.table.body.first().map_or(0, |row| row.cells.len().saturating_sub(1));
        let head = chart.table.head.first();
        let named =
            |index: usize| head.and_then(|row| row.cells.get(index + 1)).filter(|cell| is_named(cell));
        let figure = |cell: &'a Cell| {
            let number = if cell.is_open() { None } else { cell.number() };
            Figure { cell, number }
        };
        let rows = chart.table.body.iter();
        let categories = rows.filter_map(|row| {
            let (name, cells) = row.cells.split_first()?;
            Some(Category { name, place: 0, figures: cells.iter().map(figure).collect() })
        });
        let mut categories: Vec<_> = categories.collect();
        let is_upright = chart.kind != ChartKind::Ranking;
        let years = if is_upright { years(&categories) } else { None };
        for (nth, category) in categories.iter_mut().enumerate() {
            category.place = years.as_ref().map_or(nth, |years| years[nth]);
        }
        let places = categories.last().map_or(0, |last| last.place + 1);
        Self { series: (0..count).map(named).collect(), categories, places }
    }

    /// Returns the least and the greatest that the axis has to show.
    pub(super) fn extent(&self, kind: ChartKind) -> (f64, f64) {
        let all = self.categories.iter().flat_map(|category| &category.figures);
        let numbers: Vec<f64> = all.filter_map(|figure| figure.number).collect();
        let (mut low, mut high) =
            numbers.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), number| {
                (low.min(*number), high.max(*number))
            });
        if numbers.is_empty() {
            return (0.0, 1.0);
        }
        if kind == ChartKind::Share {
            let stacked = |sign: f64| {
                let sums = self.categories.iter().map(|category| {
                    let parts = category.figures.iter().filter_map(|figure| figure.number);
                    parts.filter(|part| part * sign > 0.0).sum::<f64>()
                });
                sums.fold(0.0, |most: f64, sum| if sum * sign > most * sign { sum } else { most })
            };
            (low, high) = (stacked(-1.0), stacked(1.0));
        }
        // The figure of a line's lowest point stands below it.
        let is_deep = kind == ChartKind::Line && low >= 0.0 && low < (high - low) * FOR_FIGURES;
        // A column's length is its figure, so its axis begins at naught; a line's slope is what counts.
        if is_deep {
            low -= (high - low) * FOR_FIGURES;
        } else if kind != ChartKind::Line || low < 0.0 || low < (high - low) {
            low = low.min(0.0);
        }
        high = if kind == ChartKind::Line { high } else { high.max(0.0) };
        let span = if high > low { high - low } else { high.abs().max(1.0) };
        let room = if kind == ChartKind::Share { 0.02 } else { 0.12 };
        let is_bare = !is_deep && (low < 0.0 || kind == ChartKind::Line && low > 0.0);
        let below = if is_bare { low - span * FOR_FIGURES } else { low };
        (below, high + span * room)
    }
}

/// The most years in a row that a series of years leaves room for.
const MOST_LEFT_OUT: usize = 3;

/// Returns how many years after the first each category is, where all are years in their order: the slope between two
/// of them is that of the years between.
fn years(categories: &[Category<'_>]) -> Option<Vec<usize>> {
    let year = |category: &Category<'_>| {
        let name = text(&category.name.content);
        let digits = name.trim().trim_end_matches('年');
        let is_year = digits.len() == 4 && digits.bytes().all(|digit| digit.is_ascii_digit());
        digits.parse::<usize>().ok().filter(|_| is_year)
    };
    let years: Vec<usize> = categories.iter().map(year).collect::<Option<_>>()?;
    let is_near = |pair: &[usize]| pair[0] < pair[1] && pair[1] - pair[0] <= MOST_LEFT_OUT + 1;
    let first = *years.first()?;
    years.windows(2).all(is_near).then(|| years.iter().map(|year| year - first).collect())
}

fn is_named(cell: &Cell) -> bool {
    !cell.content.is_empty()
}

//! Sets the letters of a chart: names, figures, the numbers beside the axis, the key.

use super::figures::Figures;
use super::{Mark, SPACE, THIN, palette, whiten};
use crate::diag::Diagnostic;
use crate::document::{Cell, Chart, ChartKind};
use crate::layout::chunk::Chunk;
use crate::layout::flow::{Flow, place, shift};
use crate::layout::fonts::Role;
use crate::layout::inline::collect;
use crate::layout::inline::finalize::{ASCENT, SetDatum, SetLine};
use crate::layout::inline::set_line;
use crate::layout::title::set_title;
use crate::pack::Palette;
use crate::page::{Content, FrameItem, Paint, Shape};
use crate::units::{Abs, Point};

/// The smallest size that a figure is set in, in sizes of the other letters.
pub(super) const SMALLEST: f64 = 0.7;
/// The smallest size that names of categories are set in.
const SMALLEST_NAME: f64 = 0.75;

/// Where letters stand beside a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    /// Their middle above it.
    Above,
    /// Their top below it.
    Below,
    /// To the left of it.
    Left,
    /// To the right of it.
    Right,
    /// Their middle on it, from top to bottom.
    Middle,
    /// Their middle on it both ways.
    Centre,
}

/// Sets the letters of one chart.
pub(super) struct Lettering<'f, 'a, 'b> {
    flow: &'f mut Flow<'a, 'b>,
    element: usize,
}

impl<'f, 'a, 'b> Lettering<'f, 'a, 'b> {
    /// Begins the letters of a chart; `element` is the chart's in the structure.
    pub(super) fn new(flow: &'f mut Flow<'a, 'b>, element: usize) -> Self {
        Self { flow, element }
    }

    /// Returns the size of the letters.
    pub(super) fn size(&self) -> Abs {
        self.flow.fonts.size(Role::Chart)
    }

    /// Returns the width of the type area.
    pub(super) fn measure(&self) -> Abs {
        self.flow.style.measure()
    }

    /// Returns the height of the type area.
    pub(super) fn depth(&self) -> Abs {
        self.flow.style.depth()
    }

    /// Returns the distance of the grid's lines.
    pub(super) fn pitch(&self) -> Abs {
        self.flow.style.pitch()
    }

    /// Returns the colours.
    pub(super) fn palette(&self) -> Palette {
        self.flow.style.palette()
    }

    fn text(&mut self, text: &str) -> Result<SetLine, Vec<Diagnostic>> {
        let mut letters = Vec::new();
        collect::push_text(&mut letters, text, Role::Chart, self.element);
        set_line(&letters.remove(0), Abs::ZERO, self.flow.fonts, 0.0)
    }

    /// Sets the numbers beside an axis, with as many decimals as their steps need.
    pub(super) fn numbers(&mut self, ticks: &[f64]) -> Result<Vec<SetLine>, Vec<Diagnostic>> {
        let step = ticks.windows(2).map(|pair| (pair[1] - pair[0]).abs()).fold(f64::INFINITY, f64::min);
        let decimals =
            if step.is_finite() && step > 0.0 { (-step.log10() - 1e-9).ceil().clamp(0.0, 6.0) } else { 0.0 };
        let print = |tick: &f64| {
            let text = format!("{:.*}", decimals as usize, tick);
            if text.trim_matches(['-', '0', '.']).is_empty() { "0".to_owned() } else { text }
        };
        ticks.iter().map(|tick| self.text(&print(tick))).collect()
    }

    /// Sets a name within a width, in centred lines.
    pub(super) fn wrapped(&mut self, cell: &Cell, width: Abs) -> Result<Vec<SetLine>, Vec<Diagnostic>> {
        let mut lines = Vec::new();
        for row in self.flow.rows(&cell.content, Role::Chart, self.element)? {
            for mut line in set_title(&row, width.max(self.size()), self.flow.fonts)? {
                let left = line.runs.first().map_or(Abs::ZERO, |run| run.origin.x);
                shift(&mut line, -left);
                lines.push(line);
            }
        }
        Ok(lines)
    }

    /// Sets the names of the categories within a width: on one line, all of them a little smaller where that helps, else
    /// in centred lines.
    pub(super) fn names(
        &mut self,
        figures: &Figures<'_>,
        width: Abs,
    ) -> Result<Vec<Vec<SetLine>>, Vec<Diagnostic>> {
        let mut widest = Abs::ZERO;
        for category in &figures.categories {
            widest = widest.max(self.width(category.name)?);
        }
        let factor = if widest > width { width / widest } else { 1.0 };
        let mut names = Vec::new();
        for category in &figures.categories {
            let is_narrowed = (SMALLEST_NAME..1.0).contains(&factor);
            let room = if is_narrowed { widest } else { width };
            let mut lines = self.wrapped(category.name, room)?;
            if is_narrowed {
                for line in &mut lines {
                    scale(line, factor);
                }
            }
            names.push(lines);
        }
        Ok(names)
    }

    /// Returns how wide a cell's letters are on one line.
    pub(super) fn width(&mut self, cell: &Cell) -> Result<Abs, Vec<Diagnostic>> {
        let mut width = Abs::ZERO;
        for row in self.flow.rows(&cell.content, Role::Chart, self.element)? {
            width = width.max(set_line(&row, Abs::ZERO, self.flow.fonts, 0.0)?.end);
        }
        Ok(width)
    }

    /// Puts letters on the chunk; `at` is their left edge and the place that they stand beside.
    pub(super) fn put(&self, chunk: &mut Chunk, mut line: SetLine, at: Point, anchor: Anchor) {
        let size = line.runs.first().map_or(self.size(), |run| run.size);
        let top = match anchor {
            Anchor::Above => at.y - size * (1.0 + SPACE / 2.0),
            Anchor::Below => at.y,
            Anchor::Left | Anchor::Right | Anchor::Middle | Anchor::Centre => at.y - size / 2.0,
        };
        shift(&mut line, at.x);
        place(chunk, line, top + ASCENT.at(size));
    }

    /// Sets a figure beside its place, smaller where there is little room. Where there is too little, the
    /// drawing alone shows it, and its place is the figure's.
    pub(super) fn figure(
        &mut self,
        chunk: &mut Chunk,
        mark: &Mark<'_>,
        corner: Point,
    ) -> Result<(), Vec<Diagnostic>> {
        let rows = self.flow.rows(&mark.figure.cell.content, Role::Chart, self.element)?;
        let at = Point::new(corner.x + mark.at.x, corner.y + mark.at.y);
        for row in rows {
            let mut line = set_line(&row, Abs::ZERO, self.flow.fonts, 0.0)?;
            let factor = (mark.room / line.end).min(1.0);
            if factor < SMALLEST {
                let size = self.size();
                let shown = line.data.into_iter().map(|datum| {
                    let (from, to) = (at.x - mark.room / 2.0, at.x + mark.room / 2.0);
                    (SetDatum { from, to, ..datum }, at.y - size + ASCENT.at(size))
                });
                chunk.data.extend(shown);
                continue;
            }
            scale(&mut line, factor);
            let gap = self.size() * SPACE;
            let left = match mark.anchor {
                Anchor::Left => at.x - gap - line.end,
                Anchor::Right => at.x + gap,
                Anchor::Above | Anchor::Below | Anchor::Middle | Anchor::Centre => at.x - line.end / 2.0,
            };
            let top = if mark.anchor == Anchor::Below { at.y + gap / 2.0 } else { at.y };
            let before = chunk.items.len();
            self.put(chunk, line, Point::new(left, top), mark.anchor);
            if mark.white {
                whiten(&mut chunk.items[before..]);
            }
        }
        Ok(())
    }

    /// Sets the unit and the key of the series at the top, and returns the height that they take.
    pub(super) fn key(
        &mut self,
        chunk: &mut Chunk,
        chart: &Chart,
        figures: &Figures<'_>,
        measure: Abs,
    ) -> Result<Abs, Vec<Diagnostic>> {
        let (size, mut right) = (self.size(), measure);
        let row = size * (1.0 + SPACE * 2.0);
        let (mut top, mut used) = (Abs::ZERO, false);
        let mut unit_end = Abs::ZERO;
        if !chart.unit.is_empty() {
            let unit = self.text(&chart.unit)?;
            unit_end = unit.end + size;
            self.put(chunk, unit, Point::new(Abs::ZERO, top), Anchor::Below);
            used = true;
        }
        let named: Vec<_> =
            figures.series.iter().enumerate().filter_map(|(nth, cell)| Some((nth, (*cell)?))).collect();
        if figures.series.len() > 1 {
            let mut entries = Vec::new();
            for (series, cell) in named {
                for row in self.flow.rows(&cell.content, Role::Chart, self.element)? {
                    entries.push((series, set_line(&row, Abs::ZERO, self.flow.fonts, 0.0)?));
                }
            }
            let swatch = size * 1.4;
            let width = |line: &SetLine| swatch + size * SPACE + line.end + size;
            let total: Abs = entries.iter().map(|(_, line)| width(line)).sum();
            let mut x = (right - total).max(unit_end);
            for (series, line) in entries {
                let wide = width(&line);
                if x + wide > right + size && x > unit_end {
                    (x, top, right) = (Abs::ZERO, top + row, measure);
                }
                self.swatch(chunk, chart.kind, series, Point::new(x, top));
                self.put(chunk, line, Point::new(x + swatch + size * SPACE, top), Anchor::Below);
                x += wide;
                used = true;
            }
        }
        // A figure above the highest column needs room too.
        Ok(if used { top + row } else { Abs::ZERO } + size * SPACE)
    }

    /// Shows a series' colour in the key: a box, or a piece of its line.
    fn swatch(&self, chunk: &mut Chunk, kind: ChartKind, series: usize, at: Point) {
        let size = self.size();
        let paints = palette::paints(self.palette());
        let color = paints[palette::of_series(series)];
        let (left, right) = (at.x, at.x + size * 1.4);
        let content = Content::Element(self.element);
        let mut push = |points: Vec<Point>, paint| {
            chunk.items.push(FrameItem::Shape(Shape { points, paint, content }));
        };
        if kind == ChartKind::Line {
            let middle = at.y + size / 2.0;
            let stroke = Paint::Stroke { color, width: super::THICK, dash: Abs::ZERO };
            push(vec![Point::new(left, middle), Point::new(right, middle)], stroke);
            let centre = Point::new((left + right) / 2.0, middle);
            push(super::dot_corners(centre, series), Paint::Fill(color));
            return;
        }
        let (top, bottom) = (at.y + size * 0.1, at.y + size * 0.9);
        let corners =
            [(left, top), (right, top), (right, bottom), (left, bottom)].map(|(x, y)| Point::new(x, y));
        push(corners.to_vec(), Paint::Fill(color));
        let outline = Paint::Stroke { color: paints[palette::LINE], width: THIN, dash: Abs::ZERO };
        push(corners.into_iter().chain([corners[0]]).collect(), outline);
    }
}

/// Sets a line smaller.
fn scale(line: &mut SetLine, factor: f64) {
    for run in &mut line.runs {
        run.size = run.size * factor;
        run.origin = Point::new(run.origin.x * factor, run.origin.y * factor);
        for glyph in &mut run.glyphs {
            glyph.x = glyph.x * factor;
        }
    }
    for datum in &mut line.data {
        (datum.from, datum.to, datum.size) = (datum.from * factor, datum.to * factor, datum.size * factor);
    }
    line.end = line.end * factor;
}

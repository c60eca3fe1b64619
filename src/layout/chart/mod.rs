//! Lays out charts: a drawing, its 图题 below and the sources below that.
//!
//! Plotters scales the figures and draws on a [`canvas`]; names and figures are set as all other letters are,
//! beside what they belong to, so that each printed figure is traced to its place.

mod canvas;
mod clear;
mod figures;
mod lettering;
mod palette;

use std::ops::Range;

use plotters::coord::ranged1d::Ranged;
use plotters::coord::types::RangedCoordf64;
use plotters::prelude::{
    Cartesian2d, ChartBuilder, ChartContext, EmptyElement, IntoDrawingArea, PathElement, Polygon, RGBColor,
    Rectangle, ShapeStyle,
};

use self::canvas::{Canvas, pixels, point};
use self::figures::{Category, Figure, Figures};
use self::lettering::{Anchor, Lettering, SMALLEST};
use super::chunk::{Chunk, Start};
use super::flow::Flow;
use super::table;
use crate::diag::Diagnostic;
use crate::diag::catalogue::layout::CHART_CROWDED;
use crate::document::{self, Chart, ChartKind};
use crate::page::{Color, Content, FrameItem, Role as Meaning, Unlettered};
use crate::units::{Abs, Point, Rect, Size};

/// The height of a drawing with columns or lines, in lines of the grid.
const LINES: u8 = 8;
/// The least such height, for a chart that a page has not quite the room for.
const FEWEST_LINES: u8 = 6;
/// The distance of a drawing's letters from what they belong to, in sizes of the letters.
const SPACE: f64 = 0.35;
/// The distance of lines of letters, in sizes of the letters.
const LEADING: f64 = 1.25;
/// The part of a category's room that its columns take.
const FILLED: f64 = 0.68;
/// The part of a column's width that its figure may take where others stand beside it.
const OWN: f64 = 0.9;
/// About how many lines lead the eye across the drawing.
const GUIDES: usize = 5;
/// The thickness of axes, outlines and guides.
const THIN: Abs = Abs::pt(0.4);
/// The thickness of the lines that join figures.
const THICK: Abs = Abs::pt(1.2);
/// The part of the width that a ranking's names may take.
const NAMES: f64 = 0.4;

type Plot<'a, 'c> = ChartContext<'a, Canvas<'c>, Cartesian2d<RangedCoordf64, RangedCoordf64>>;

/// Lays out a chart; drawing and caption stand on one page.
pub(crate) fn lay_out(flow: &mut Flow<'_, '_>, chart: &Chart) -> Result<Vec<Chunk>, Vec<Diagnostic>> {
    let element = flow.tree.push(Meaning::Figure, None);
    flow.tree.describe(element, alternative(chart), chart.drawn_text());
    let mut drawing = match chart.kind {
        ChartKind::Ranking => ranking(flow, chart, element)?,
        ChartKind::Bar | ChartKind::Line | ChartKind::Share => {
            let (mut drawing, count) = upright(flow, chart, element, LINES)?;
            note_unlettered(flow, chart, count);
            for lines in (FEWEST_LINES..LINES).rev() {
                drawing.lower.push(upright(flow, chart, element, lines)?.0);
            }
            drawing
        }
    };
    // All of it is one drawing, whatever it consists of.
    let whole = |drawing: &mut Chunk| {
        for item in &mut drawing.items {
            *item.content_mut() = Content::Element(element);
        }
    };
    whole(&mut drawing);
    drawing.lower.iter_mut().for_each(whole);
    let mut chunks = vec![drawing];
    let caption = flow.tree.push(Meaning::Caption, None);
    let title = chart.table.caption.as_deref().unwrap_or_default();
    let measure = flow.style.measure();
    chunks.extend(table::caption_rows(flow, (&chart.label, title), caption, measure, Start::Anywhere)?);
    chunks.extend(table::notes(flow, &chart.table, flow.style.measure())?);
    table::close(flow, &mut chunks);
    Ok(chunks)
}

/// Notes a chart that has no room for some of its figures.
fn note_unlettered(flow: &mut Flow<'_, '_>, chart: &Chart, count: usize) {
    let first = chart.figures().find_map(|cell| document::runs(&cell.content).next());
    if let Some(figure) = first.filter(|_| count > 0) {
        let (label, figure) = (chart.label.clone(), figure.clone());
        let noted = Unlettered { label, count, all: chart.figures().count(), figure };
        // A chart may be laid out a second time.
        if !flow.unlettered.contains(&noted) {
            flow.unlettered.push(noted);
        }
    }
}

/// Says what a drawing shows to who does not see it.
fn alternative(chart: &Chart) -> String {
    let kind = ChartKind::NAMES.iter().find(|(.., kind)| *kind == chart.kind).map_or("", |(_, name, _)| name);
    let caption = chart.table.caption.as_deref().map(document::text).unwrap_or_default();
    let figures = Figures::of(chart);
    let rows = figures.categories.iter().map(|category| {
        let known = category.figures.iter().zip(&figures.series);
        let parts = known.filter(|(figure, _)| !figure.cell.content.is_empty()).map(|(figure, series)| {
            let series = series.map(|cell| document::text(&cell.content)).unwrap_or_default();
            heard(&series, &document::text(&figure.cell.content))
        });
        format!("{}：{}", document::text(&category.name.content), parts.collect::<Vec<_>>().join("，"))
    });
    let rows: Vec<_> = rows.collect();
    let unit = if chart.unit.is_empty() { String::new() } else { format!("（{}）", chart.unit) };
    format!("{kind}：{caption}{unit}。{}。", rows.join("；"))
}

/// Says a figure as it is heard: what fell does not grow by less than nothing.
fn heard(series: &str, figure: &str) -> String {
    match (figure.strip_prefix(['-', '−', '－']), series.strip_suffix("增长")) {
        (Some(fall), Some(series)) => format!("{series}下降{fall}"),
        (Some(figure), None) => format!("{series}负{figure}"),
        (None, _) => format!("{series}{figure}"),
    }
}

/// Draws columns, lines or stacks, their names below, in the height of some lines of the grid. Returns how many figures have
/// no room, too.
fn upright(
    flow: &mut Flow<'_, '_>,
    chart: &Chart,
    element: usize,
    lines: u8,
) -> Result<(Chunk, usize), Vec<Diagnostic>> {
    let figures = Figures::of(chart);
    let (low, high) = figures.extent(chart.kind);
    let ticks = RangedCoordf64::from(low..high).key_points(GUIDES);
    let mut letters = Lettering::new(flow, element);
    let (size, measure) = (letters.size(), letters.measure());
    let space = size * SPACE;
    let guides = letters.numbers(&ticks)?;
    let left = guides.iter().map(|line| line.end).fold(Abs::ZERO, Abs::max) + space;
    let slot = (measure - left) / figures.places.max(1) as f64;
    crowded(chart, figures.places, ((measure - left) / size) as usize)?;
    let names = letters.names(&figures, slot - space)?;
    let below = size * (names.iter().map(Vec::len).max().unwrap_or(0) as f64 * LEADING) + space;
    let mut chunk = Chunk::default();
    let above = letters.key(&mut chunk, chart, &figures, measure)?;
    let height = letters.pitch() * f64::from(lines);
    let area = Size::new(measure - left, (height - above - below).max(size * 4.0));
    let corner = Point::new(left, above);

    let paints = palette::paints(letters.palette());
    let before = chunk.items.len();
    let canvas = Canvas::new(Rect::new(corner, area), &paints, element, &mut chunk.items);
    let (mut marks, beside) = draw_upright(canvas, &figures, chart.kind, low..high, &ticks, size);
    for (line, at) in guides.into_iter().zip(beside) {
        let at = Point::new(left - space - line.end, above + at.y);
        letters.put(&mut chunk, line, at, Anchor::Middle);
    }
    let widths = marks.iter().map(|mark| letters.width(mark.figure.cell)).collect::<Result<Vec<_>, _>>()?;
    let without_room = leave_out(chart.kind, &mut marks, &widths);
    if chart.kind == ChartKind::Line {
        let lines: Vec<_> = marks.chunks(figures.categories.len()).map(points).collect();
        clear::settle(&mut marks, &widths, &lines, [size, THICK * 2.0], area);
    }
    // The guides, and the axis where it is drawn with them, leave room for the figures.
    let across = before..before + ticks.len() + usize::from(chart.kind != ChartKind::Bar);
    clear::part(&mut chunk.items, across, &clear::covers(&marks, &widths, size, corner));
    for mark in marks {
        letters.figure(&mut chunk, &mark, corner)?;
    }
    for (category, lines) in figures.categories.iter().zip(names) {
        for (nth, line) in lines.into_iter().enumerate() {
            let middle = left + slot * (category.place as f64 + 0.5);
            let top = above + area.height + space + size * (LEADING * nth as f64);
            let at = Point::new(middle - line.end / 2.0, top);
            letters.put(&mut chunk, line, at, Anchor::Below);
        }
    }
    chunk.height = height;
    Ok((chunk, without_room))
}

/// Returns how many figures have no room beside what is drawn of them. Those of columns are all of one size, and none is
/// printed where one has no room: some with and some without would look like an oversight.
fn leave_out(kind: ChartKind, marks: &mut [Mark<'_>], widths: &[Abs]) -> usize {
    let factors = || marks.iter().zip(widths).map(|(mark, width)| mark.room / *width);
    let without = factors().filter(|factor| *factor < SMALLEST).count();
    if kind != ChartKind::Bar {
        return without;
    }
    let factor = factors().fold(1.0, f64::min);
    for (mark, width) in marks.iter_mut().zip(widths) {
        mark.room = mark.room.min(*width * factor);
    }
    // What a cell leaves empty has no width, and room whatever there is.
    if without > 0 { widths.iter().filter(|width| **width > Abs::ZERO).count() } else { 0 }
}

/// Draws columns, lines or stacks; returns the figures to be set and the places of the guides.
fn draw_upright<'a>(
    canvas: Canvas<'_>,
    figures: &Figures<'a>,
    kind: ChartKind,
    range: Range<f64>,
    ticks: &[f64],
    size: Abs,
) -> (Vec<Mark<'a>>, Vec<Point>) {
    let root = canvas.into_drawing_area();
    let count = figures.places as f64;
    let Range { start: low, end: high } = range;
    let Ok(plot) = ChartBuilder::on(&root).build_cartesian_2d(0.0..count, low..high) else {
        return (Vec::new(), Vec::new());
    };
    let across = |at: f64, paint| PathElement::new(vec![(0.0, at), (count, at)], line(paint, THIN));
    draw(&plot, ticks.iter().map(|tick| across(*tick, palette::GUIDE)));
    // A line that never falls below naught has its axis at the foot, out of the way of its figures.
    let lowest =
        figures.categories.iter().flat_map(|category| &category.figures).filter_map(|figure| figure.number);
    let is_above = kind == ChartKind::Line && lowest.fold(0.0, f64::min) >= 0.0;
    let axis = if is_above { low } else { low.max(0.0).min(high) };
    // Columns stand on it; lines and the figures beside thin parts go over it.
    let is_below = kind != ChartKind::Bar;
    draw(&plot, is_below.then(|| across(axis, palette::LINE)));
    let mut marks = Vec::new();
    for category in &figures.categories {
        let place = category.place as f64;
        match kind {
            ChartKind::Share => marks.extend(stack(&plot, place, category, size)),
            ChartKind::Bar => marks.extend(columns(&plot, place, category, low, size)),
            ChartKind::Line | ChartKind::Ranking => {}
        }
    }
    if kind == ChartKind::Line {
        for series in 0..figures.series.len() {
            marks.extend(joined(&plot, figures, series, low));
        }
    }
    draw(&plot, (!is_below).then(|| across(axis, palette::LINE)));
    let beside = ticks.iter().map(|tick| point(plot.backend_coord(&(0.0, *tick)))).collect();
    (marks, beside)
}

/// Draws the bars of a ranking; returns the figures to be set.
fn draw_ranking<'a>(canvas: Canvas<'_>, figures: &Figures<'a>, range: Range<f64>) -> Vec<Mark<'a>> {
    let root = canvas.into_drawing_area();
    let count = figures.categories.len() as f64;
    let Ok(plot) = ChartBuilder::on(&root).build_cartesian_2d(range, count..0.0) else {
        return Vec::new();
    };
    let half = FILLED / 2.0;
    let mut marks = Vec::new();
    for (index, category) in figures.categories.iter().enumerate() {
        let middle = index as f64 + 0.5;
        let Some(figure) = category.figures.first() else { continue };
        let number = figure.number.unwrap_or(0.0);
        bar(&plot, [(0.0, middle - half), (number, middle + half)], palette::of_series(0));
        let anchor = if number < 0.0 { Anchor::Left } else { Anchor::Right };
        let at = point(plot.backend_coord(&(number, middle)));
        marks.push(Mark { figure: *figure, at, anchor, room: Abs::pt(1e4), white: false });
    }
    draw(&plot, [PathElement::new(vec![(0.0, 0.0), (0.0, count)], line(palette::LINE, THIN))]);
    marks
}

/// Draws a horizontal bar for each category, its name to the left.
fn ranking(flow: &mut Flow<'_, '_>, chart: &Chart, element: usize) -> Result<Chunk, Vec<Diagnostic>> {
    let figures = Figures::of(chart);
    let (low, high) = figures.extent(chart.kind);
    let mut letters = Lettering::new(flow, element);
    let (size, measure) = (letters.size(), letters.measure());
    let space = size * SPACE;
    let names = figures.categories.iter().map(|category| letters.wrapped(category.name, measure * NAMES));
    let names = names.collect::<Result<Vec<_>, _>>()?;
    let left = names.iter().flatten().map(|line| line.end).fold(Abs::ZERO, Abs::max) + space;
    let lines = names.iter().map(Vec::len).max().unwrap_or(1).max(1) as f64;
    let row = size * (LEADING * lines + 2.0 * SPACE);
    let mut chunk = Chunk::default();
    let above = letters.key(&mut chunk, chart, &figures, measure)?;
    let most = ((letters.depth() - above - size * 4.0) / row) as usize;
    crowded(chart, figures.categories.len(), most)?;
    let count = figures.categories.len() as f64;
    let mut width = measure - left;
    for category in &figures.categories {
        let Some(figure) = category.figures.first() else { continue };
        let number = figure.number.unwrap_or(0.0);
        if number >= 0.0 {
            // The figure stands behind its bar, and both within the measure.
            let room = measure - left - space - letters.width(figure.cell)?;
            width = width.min(room / ((number - low) / (high - low)).max(f64::EPSILON));
        }
    }
    let area = Size::new(width.max(size), row * count);
    let corner = Point::new(left, above);

    let paints = palette::paints(letters.palette());
    let canvas = Canvas::new(Rect::new(corner, area), &paints, element, &mut chunk.items);
    let marks = draw_ranking(canvas, &figures, low..high);
    for mark in marks {
        letters.figure(&mut chunk, &mark, corner)?;
    }
    for (index, lines) in names.into_iter().enumerate() {
        let middle = above + row * (index as f64 + 0.5);
        let top = middle - size * (LEADING * lines.len() as f64) / 2.0;
        for (nth, line) in lines.into_iter().enumerate() {
            let at = Point::new(left - space - line.end, top + size * (LEADING * nth as f64 + SPACE / 2.0));
            letters.put(&mut chunk, line, at, Anchor::Below);
        }
    }
    chunk.height = above + area.height + space;
    Ok(chunk)
}

/// Refuses a chart with more categories than there is room for.
fn crowded(chart: &Chart, found: usize, most: usize) -> Result<(), Vec<Diagnostic>> {
    if found <= most {
        return Ok(());
    }
    let fault = Diagnostic::new(&CHART_CROWDED).with("label", &chart.label);
    Err(vec![fault.with("found", found).with("most", most)])
}

/// A printed figure and the place of the drawing that it belongs to.
pub(super) struct Mark<'a> {
    figure: Figure<'a>,
    /// The place on the canvas.
    at: Point,
    /// On which side of the place it stands.
    anchor: Anchor,
    /// The width that it may take.
    room: Abs,
    /// Whether it stands on a dark ground.
    white: bool,
}

fn line(paint: usize, width: Abs) -> ShapeStyle {
    style(paint).stroke_width(pixels(width) as u32)
}

fn style(paint: usize) -> ShapeStyle {
    ShapeStyle::from(RGBColor(paint as u8, 0, 0))
}

/// Draws elements; a canvas takes whatever it is given.
fn draw<'c, E>(plot: &Plot<'_, 'c>, elements: impl IntoIterator<Item = E>)
where
    for<'b> &'b E: plotters::element::PointCollection<'b, (f64, f64)>,
    E: plotters::element::Drawable<Canvas<'c>>,
{
    for element in elements {
        let drawn = plot.plotting_area().draw(&element);
        debug_assert!(drawn.is_ok(), "a canvas takes whatever it is given");
    }
}

/// Draws a filled box and its outline, without which a light tone would end nowhere.
fn bar(plot: &Plot<'_, '_>, corners: [(f64, f64); 2], paint: usize) {
    draw(plot, [Rectangle::new(corners, style(paint).filled())]);
    draw(plot, [Rectangle::new(corners, line(palette::LINE, THIN))]);
}

/// Draws a category's columns side by side.
fn columns<'a>(
    plot: &Plot<'_, '_>,
    index: f64,
    category: &Category<'a>,
    low: f64,
    size: Abs,
) -> Vec<Mark<'a>> {
    let width = FILLED / category.figures.len().max(1) as f64;
    let ground = low.max(0.0);
    let mut marks = Vec::new();
    for (series, figure) in category.figures.iter().enumerate() {
        let from = index + (1.0 - FILLED) / 2.0 + width * series as f64;
        let number = figure.number.unwrap_or(ground);
        if figure.number.is_some() {
            bar(plot, [(from, ground), (from + width, number)], palette::of_series(series));
        }
        let [left, right] = [from, from + width].map(|x| point(plot.backend_coord(&(x, number))));
        let at = Point::new((left.x + right.x) / 2.0, left.y);
        let anchor = if number < 0.0 { Anchor::Below } else { Anchor::Above };
        // A lone column's figure may hang over its sides, up to the next one's; one beside a higher column keeps off it.
        let own = right.x - left.x;
        let room = if category.figures.len() == 1 { own / FILLED - size * SPACE } else { own * OWN };
        marks.push(Mark { figure: *figure, at, anchor, room, white: false });
    }
    marks
}

/// Draws a category's figures one on the other.
fn stack<'a>(plot: &Plot<'_, '_>, index: f64, category: &Category<'a>, size: Abs) -> Vec<Mark<'a>> {
    let from = index + (1.0 - FILLED) / 2.0;
    let to = from + FILLED;
    let mut marks = Vec::new();
    let (mut above, mut below) = (0.0, 0.0);
    for (series, figure) in category.figures.iter().enumerate() {
        let number = figure.number.unwrap_or(0.0);
        let end = if number < 0.0 { &mut below } else { &mut above };
        let start = *end;
        *end += number;
        if figure.number.is_some() {
            bar(plot, [(from, start), (to, *end)], palette::of_series(series));
        }
        let [first, last] = [(from, start), (to, *end)].map(|at| point(plot.backend_coord(&at)));
        let middle = (first.y + last.y) / 2.0;
        // A figure that is higher than its part stands beside it.
        let is_inside = (first.y - last.y).abs() >= size * (1.0 + SPACE / 2.0);
        let (x, anchor, room) = if is_inside {
            ((first.x + last.x) / 2.0, Anchor::Centre, last.x - first.x)
        } else {
            (last.x, Anchor::Right, (last.x - first.x) * (1.0 - FILLED) / FILLED)
        };
        let white = is_inside && palette::is_dark(series);
        marks.push(Mark { figure: *figure, at: Point::new(x, middle), anchor, room, white });
    }
    marks
}

/// Returns the points of a line that its figures stand at, those still to come left out.
fn points(marks: &[Mark<'_>]) -> Vec<Point> {
    marks.iter().filter(|mark| mark.figure.number.is_some()).map(|mark| mark.at).collect()
}

/// Draws a series as a line through its figures; returns these at their points.
fn joined<'a>(plot: &Plot<'_, '_>, figures: &Figures<'a>, series: usize, low: f64) -> Vec<Mark<'a>> {
    let paint = palette::of_series(series);
    let middle = |category: &Category<'_>| category.place as f64 + 0.5;
    let known = figures
        .categories
        .iter()
        .filter_map(|category| Some((middle(category), category.figures.get(series)?.number?)));
    let known: Vec<_> = known.collect();
    draw(plot, [PathElement::new(known.clone(), line(paint, THICK))]);
    for (x, y) in &known {
        let corners = dot_corners(Point::default(), series);
        let corners: Vec<_> = corners.iter().map(|at| (pixels(at.x) as i32, pixels(at.y) as i32)).collect();
        draw(plot, [EmptyElement::at((*x, *y)) + Polygon::new(corners, style(paint).filled())]);
    }
    let mut marks = Vec::new();
    for category in &figures.categories {
        let Some(figure) = category.figures.get(series) else { continue };
        let y = figure.number.unwrap_or(low);
        let at = point(plot.backend_coord(&(middle(category), y)));
        let next = point(plot.backend_coord(&(middle(category) + 1.0, y)));
        // Lines above lines: the upper one's figures stand above it, the other one's below.
        let is_upper = category.figures.iter().filter_map(|other| other.number).all(|other| other <= y);
        let anchor = if is_upper { Anchor::Above } else { Anchor::Below };
        marks.push(Mark { figure: *figure, at, anchor, room: next.x - at.x, white: false });
    }
    marks
}

/// Returns the corners of a figure's point: a square, a diamond or a triangle, so that black copies tell the
/// lines apart.
fn dot_corners(centre: Point, series: usize) -> Vec<Point> {
    let reach = THICK * 2.0;
    let corners: &[(f64, f64)] = match series % 3 {
        0 => &[(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)],
        1 => &[(0.0, -1.5), (1.5, 0.0), (0.0, 1.5), (-1.5, 0.0)],
        _ => &[(0.0, -1.4), (1.4, 1.0), (-1.4, 1.0)],
    };
    corners.iter().map(|(x, y)| Point::new(centre.x + reach * *x, centre.y + reach * *y)).collect()
}

/// Lets letters on a dark ground be white.
fn whiten(items: &mut [FrameItem]) {
    for item in items {
        if let FrameItem::Text(run) = item {
            run.color = Color::Gray(1.0);
        }
    }
}

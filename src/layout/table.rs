//! Lays out tables: columns as wide as their content asks, cells that wrap, numbers aligned on their decimal
//! points, the head repeated on each page.

mod points;

use std::sync::Arc;

use self::points::{Points, point};
use super::chunk::{Chunk, Stance, Start};
use super::columns;
use super::flow::{Flow, place, shift};
use super::fonts::Role;
use super::inline::collect;
use super::inline::finalize::{ASCENT, SetLine};
use super::inline::linebreak::Measure;
use super::inline::{Shapes, set_line, set_paragraph};
use super::overfull::{self, plain};
use super::title::set_title;
use crate::diag::Diagnostic;
use crate::document::{Cell, Column, Inline, LABEL_SPACE, NO_DATUM, Orientation, Row, Table};
use crate::page::{Color, Content, Fill, FrameItem, Role as Meaning};
use crate::units::{Abs, Point, Rect, Size};

/// The distance of a cell's lines, in sizes of its text.
const LEADING: f64 = 1.4;
/// The space between a rule and the text beside it, in sizes of the text.
const PADDING: f64 = 0.4;
/// The space below a table and its notes, in sizes of the text.
const SPACE_BELOW: f64 = 0.6;
/// A column of text that has room for this many characters in a line reads well.
const NARROW: f64 = 4.0;
/// What stands above the rows of a table on a further page, before its number where it has one: 续表 or 续表1.
const CONTINUED: &str = "续";
/// What a table without a number is called there.
const TABLE: &str = "表";
/// The thickness of rules.
const RULE: Abs = Abs::pt(0.5);

/// A cell at its place in the table's columns and rows.
struct Placed<'a> {
    cell: &'a Cell,
    element: usize,
    row: usize,
    column: usize,
    /// The letter that stands on the decimal point of its column, when it holds a number.
    point: Option<usize>,
    /// The unit of its row, counted from 1, where the table has a column of units.
    unit: usize,
}

/// Where the columns stand.
struct Columns {
    /// The left edge of each column, and last the right edge of the table.
    edges: Vec<Abs>,
    /// For each column, what stands before and behind the decimal points.
    points: Vec<Points>,
    /// For each column, whether its text begins at the left: because some of it takes more than a line, or
    /// because the table has it so.
    flush: Vec<bool>,
}

/// Lays out a table, a chunk a row, with its caption above and its notes below.
pub(crate) fn lay_out(flow: &mut Flow<'_, '_>, table: &Table) -> Result<Vec<Chunk>, Vec<Diagnostic>> {
    let element = flow.tree.push(Meaning::Table, None);
    let caption = table.caption.as_ref().map(|_| flow.tree.push(Meaning::Caption, Some(element)));
    let count = table.head.iter().chain(&table.body).map(width_in_columns).max().unwrap_or(0);
    if count == 0 {
        return captioned(flow, table, caption, flow.style.measure());
    }
    let (head_rows, mut cells) = (table.head.len(), Vec::new());
    let mut taken = vec![0; count];
    for (rows, meaning, first) in
        [(&table.head, Meaning::TableHead, 0), (&table.body, Meaning::TableBody, head_rows)]
    {
        if rows.is_empty() {
            continue;
        }
        let group = flow.tree.push(meaning, Some(element));
        for (nth, row) in rows.iter().enumerate() {
            place_row(flow, row, first + nth, group, &mut taken, &mut cells, first == 0 && head_rows > 0);
        }
    }
    points::find_units(&mut cells, head_rows, head_rows + table.body.len());
    let wanted = wanted(flow, &cells, count)?;
    let turned = match table.orientation {
        Orientation::Portrait => false,
        Orientation::Landscape => true,
        Orientation::Auto => wanted.least() > flow.style.measure() + Abs::pt(0.01),
    };
    let width = if turned { flow.style.depth() } else { flow.style.measure() };
    if table.columns.is_empty() && wanted.whole() > width + Abs::pt(0.01) {
        return Err(vec![overfull::wide(table, count)]);
    }
    let columns = columns(flow, wanted, &table.columns, head_rows + table.body.len(), width);
    let mut chunks = captioned(flow, table, caption, width)?;
    let rows = set_rows(flow, &cells, &columns, head_rows + table.body.len())?;
    overfull::check(flow.style, table, turned, &rows)?;
    let mut rows = rows.into_iter();
    let head = merge(rows.by_ref().take(head_rows).collect());
    let shared = continued(flow, table, head.as_ref(), width)?.map(Arc::new);
    chunks.extend(head);
    let body = rows.map(|row| Chunk { head: shared.clone(), ..row }).collect();
    chunks.extend(keep_ends(flow, body, table.notes.is_empty()));
    chunks.extend(notes(flow, table, width)?);
    close(flow, &mut chunks);
    if turned {
        for chunk in &mut chunks {
            chunk.stance = Stance::Turned;
        }
    }
    Ok(chunks)
}

/// Lets a page end after rows of a body where as much as two rows of a line each stand on both pages, and after the
/// last row where no notes follow: neither the first row stands on a page alone nor the last one, as with the lines of
/// a paragraph.
fn keep_ends(flow: &Flow<'_, '_>, mut rows: Vec<Chunk>, is_whole: bool) -> Vec<Chunk> {
    let least = flow.fonts.size(Role::Table) * (LEADING + PADDING * 2.0) * 2.0 - Abs::pt(0.01);
    let mut below: Abs = rows.iter().map(|row| row.height).sum();
    let mut above = Abs::ZERO;
    for row in &mut rows {
        (above, below) = (above + row.height, below - row.height);
        row.break_after &= above >= least && below >= least;
    }
    if let Some(last) = rows.last_mut() {
        last.break_after = is_whole;
    }
    rows
}

/// Lets a table or a chart with its notes begin on a line of the grid, and end with some space.
pub(super) fn close(flow: &Flow<'_, '_>, chunks: &mut [Chunk]) {
    if let Some(first) = chunks.first_mut() {
        first.start = Start::Line;
    }
    if let Some(last) = chunks.last_mut() {
        last.break_after = true;
        let space = flow.fonts.size(Role::Table) * SPACE_BELOW;
        last.height += space;
        last.blank_below = space;
    }
}

/// 续表: what stands above the rows on a further page: the word, with the table's number, at the right of a table that
/// has a caption (续表1, as the yearbooks and CY/T 170-2019 have it), and the head once more.
fn continued(
    flow: &mut Flow<'_, '_>,
    table: &Table,
    head: Option<&Chunk>,
    width: Abs,
) -> Result<Option<Chunk>, Vec<Diagnostic>> {
    if table.caption.is_none() {
        return Ok(head.cloned());
    }
    let mut letters = Vec::new();
    let label = if table.label.is_empty() { TABLE } else { &table.label };
    // It is heard once, as the caption is; the copies are artifacts.
    collect::push_text(&mut letters, &format!("{CONTINUED}{label}"), Role::Caption, 0);
    let mut line = set_line(&letters.remove(0), Abs::ZERO, flow.fonts, 0.0)?;
    let left = width - line.end;
    shift(&mut line, left);
    let word = text_row(flow, line, Role::Caption, Start::Line);
    Ok(merge([word].into_iter().chain(head.cloned()).collect()))
}

/// Sets the notes and sources below a table or a chart, in its width.
pub(super) fn notes(
    flow: &mut Flow<'_, '_>,
    table: &Table,
    width: Abs,
) -> Result<Vec<Chunk>, Vec<Diagnostic>> {
    let mut chunks = Vec::new();
    for note in &table.notes {
        let element = flow.tree.push(Meaning::Note, None);
        let mut letters = Vec::new();
        flow.push(&mut letters, note, Role::Table, Role::Table, element)?;
        let measure = measure(flow, width);
        for line in set_paragraph(&letters, &measure, flow.fonts, 0.0)? {
            chunks.push(text_row(flow, line, Role::Table, Start::Anywhere));
        }
    }
    Ok(chunks)
}

/// A line of a caption or note, at the table's own leading.
fn text_row(flow: &Flow<'_, '_>, line: SetLine, role: Role, start: Start) -> Chunk {
    let size = flow.fonts.size(role);
    let height = size * (LEADING + PADDING);
    let mut chunk = Chunk { height, start, ..Chunk::default() };
    place(&mut chunk, line, size * PADDING + ASCENT.at(size));
    chunk
}

/// Sets the caption above a table, in its width.
fn captioned(
    flow: &mut Flow<'_, '_>,
    table: &Table,
    element: Option<usize>,
    width: Abs,
) -> Result<Vec<Chunk>, Vec<Diagnostic>> {
    let (Some(caption), Some(element)) = (&table.caption, element) else { return Ok(Vec::new()) };
    caption_rows(flow, (&table.label, caption), element, width, Start::Line)
}

/// Sets the number and the title of a table or a chart in the middle of a width.
pub(super) fn caption_rows(
    flow: &mut Flow<'_, '_>,
    (label, caption): (&str, &[Inline]),
    element: usize,
    width: Abs,
    start: Start,
) -> Result<Vec<Chunk>, Vec<Diagnostic>> {
    let mut letters = Vec::new();
    collect::push_text(&mut letters, label, Role::Caption, element);
    if !label.is_empty() && !caption.is_empty() {
        collect::push_text(&mut letters, LABEL_SPACE, Role::Caption, element);
    }
    flow.push(&mut letters, caption, Role::Caption, Role::Caption, element)?;
    let mut chunks = Vec::new();
    for row in letters {
        for line in set_title(&row, width, flow.fonts)? {
            chunks.push(text_row(flow, line, Role::Caption, start));
        }
    }
    Ok(chunks)
}

fn width_in_columns(row: &Row) -> usize {
    row.cells.iter().map(|cell| cell.columns.max(1)).sum()
}

/// Finds each cell's column, beside the cells that reach down from the rows above.
fn place_row<'a>(
    flow: &mut Flow<'_, '_>,
    row: &'a Row,
    index: usize,
    group: usize,
    taken: &mut [usize],
    cells: &mut Vec<Placed<'a>>,
    in_head: bool,
) {
    let row_element = flow.tree.push(Meaning::TableRow, Some(group));
    let mut column = 0;
    for cell in &row.cells {
        while taken.get(column).is_some_and(|rows| *rows > 0) {
            column += 1;
        }
        let (columns, rows) = (cell.columns.max(1), cell.rows.max(1));
        if column >= taken.len() {
            break;
        }
        let columns = columns.min(taken.len() - column);
        let meaning = if cell.header {
            Meaning::TableHeader { columns, rows, names_row: !in_head }
        } else {
            Meaning::TableCell { columns, rows }
        };
        let element = flow.tree.push(meaning, Some(row_element));
        let point = if cell.header || columns > 1 { None } else { point(&cell.content) };
        taken[column..column + columns].fill(rows);
        cells.push(Placed { cell, element, row: index, column, point, unit: 0 });
        column += columns;
    }
    for rows in taken {
        *rows = rows.saturating_sub(1);
    }
}

/// What the columns ask for, padding included.
struct Wanted {
    /// The width at which no cell of the column is turned.
    widths: Vec<Abs>,
    /// For each column, what stands before and behind the decimal points.
    points: Vec<Points>,
    /// The least width at which the column reads well.
    least: Vec<Abs>,
    /// The width of its widest number, or of a character where it has text alone.
    whole: Vec<Abs>,
    /// The texts that may be turned, each in a cell of one row and column.
    texts: Vec<Turning>,
}

/// A text that may be turned: what it is, and its width with padding.
struct Turning {
    text: String,
    place: columns::Text,
}

impl Wanted {
    /// Returns the least width of the table.
    fn least(&self) -> Abs {
        self.least.iter().copied().sum()
    }

    /// Returns the width that a table without a broken number takes.
    fn whole(&self) -> Abs {
        self.whole.iter().copied().sum()
    }
}

/// Measures what the columns ask for.
fn wanted(flow: &mut Flow<'_, '_>, cells: &[Placed<'_>], count: usize) -> Result<Wanted, Vec<Diagnostic>> {
    let letter = flow.fonts.size(Role::Table);
    let padding = letter * PADDING * 2.0;
    let mut wanted = vec![Abs::ZERO; count];
    let mut points = vec![Points::new(letter); count];
    let mut faults = Vec::new();
    let mut texts = Vec::new();
    for placed in cells {
        match natural(flow, placed) {
            Ok(parts) if placed.point.is_some() => points[placed.column].add(placed.unit, parts),
            Ok((width, _)) if placed.cell.columns.max(1) == 1 => {
                wanted[placed.column] = wanted[placed.column].max(width);
                if placed.cell.rows.max(1) == 1 {
                    let Placed { row, column, cell, .. } = *placed;
                    let place = columns::Text { row, column, width: width + padding };
                    texts.push(Turning { text: plain(&cell.content), place });
                }
            }
            Ok(_) => {}
            Err(missing) => faults.extend(missing),
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let narrow = letter * NARROW;
    let padded = |width: Abs| (width + padding).max(padding * 2.0);
    let widths = wanted.iter().zip(&points);
    let at_least = |most: Abs| {
        let least = |(text, points): (&Abs, &Points)| padded(text.min(most).max(points.width()));
        widths.clone().map(least).collect()
    };
    let (least, whole) = (at_least(narrow), at_least(letter));
    let widths = widths.map(|(text, points)| padded(text.max(points.width())));
    Ok(Wanted { least, whole, widths: widths.collect(), points, texts })
}

/// Sizes the columns: as the table has them, or else each as wide as its widest cell where all fit, and so that the
/// table is low where they do not.
fn columns(flow: &mut Flow<'_, '_>, wanted: Wanted, fixed: &[Column], rows: usize, measure: Abs) -> Columns {
    let Wanted { widths: wanted, points, least, whole, texts } = wanted;
    let widths = match shares(fixed, measure) {
        Some(widths) if fixed.len() == wanted.len() => widths,
        _ if wanted.iter().copied().sum::<Abs>() <= measure => share(&wanted, measure),
        _ => {
            let size = flow.fonts.size(Role::Table);
            let padding = size * PADDING * 2.0;
            let mut advance = |character: char| {
                flow.fonts.find(Role::Table, character).map_or(0.5, |found| found.advance.get())
            };
            let words: Vec<_> =
                texts.iter().map(|turning| columns::widest_word(&turning.text, size, &mut advance)).collect();
            let texts: Vec<_> = texts.into_iter().map(|turning| turning.place).collect();
            let up_to = |least: &[Abs], longest: f64| {
                let mut floor = least.to_vec();
                for (word, text) in words.iter().zip(&texts) {
                    let word = word.min(size * longest) + padding;
                    floor[text.column] = floor[text.column].max(word.min(text.width));
                }
                floor
            };
            let readable = columns::LONGEST_WORDS.map(|longest| up_to(&least, longest));
            let narrow = columns::LONGEST_WORDS.map(|longest| up_to(&whole, longest));
            let floors = readable.into_iter().chain(narrow).chain([whole.clone()]);
            let floor = floors.into_iter().find(|floor| floor.iter().copied().sum::<Abs>() <= measure);
            match floor {
                Some(floor) => columns::widen(&floor, &wanted, &texts, rows, [size, padding, measure]),
                None => share(&wanted, measure),
            }
        }
    };
    let mut flush: Vec<bool> =
        widths.iter().zip(&wanted).map(|(width, wanted)| *width + Abs::pt(0.01) < *wanted).collect();
    for (flush, column) in flush.iter_mut().zip(fixed) {
        *flush |= column.flush;
    }
    let mut edges = vec![Abs::ZERO];
    for width in widths {
        edges.push(edges.last().copied().unwrap_or_default() + width);
    }
    Columns { edges, points, flush }
}

/// Divides the measure as a form has it; `None` where it has nothing to divide by.
fn shares(columns: &[Column], measure: Abs) -> Option<Vec<Abs>> {
    let total: f64 = columns.iter().map(|column| f64::from(column.share)).sum();
    let width = |column: &Column| measure * (f64::from(column.share) / total);
    columns.iter().all(|column| column.share > 0).then(|| columns.iter().map(width).collect())
}

/// Gives each column what it wants; when that is too much, those that want more than an even share of what
/// is left get that share; when it is too little, the rest is spread evenly.
fn share(wanted: &[Abs], measure: Abs) -> Vec<Abs> {
    let total: Abs = wanted.iter().copied().sum();
    if total <= measure {
        let extra = (measure - total) / wanted.len() as f64;
        return wanted.iter().map(|width| *width + extra).collect();
    }
    let mut widths = vec![None; wanted.len()];
    loop {
        let open = widths.iter().filter(|width| width.is_none()).count();
        let left = measure - widths.iter().flatten().copied().sum::<Abs>();
        let even = left / open.max(1) as f64;
        let modest = widths.iter().zip(wanted).position(|(width, wanted)| width.is_none() && *wanted <= even);
        match modest {
            Some(index) => widths[index] = Some(wanted[index]),
            None => return widths.into_iter().map(|width| width.unwrap_or(even)).collect(),
        }
    }
}

/// Returns the width of a cell on one line; for a number, the parts before and behind its decimal point.
fn natural(flow: &mut Flow<'_, '_>, placed: &Placed<'_>) -> Result<(Abs, Abs), Vec<Diagnostic>> {
    let mut widest = Abs::ZERO;
    let mut faults = Vec::new();
    for row in letters(flow, placed)? {
        if let Some(split) = placed.point {
            let (before, behind) = (row[..split].to_vec(), row[split..].to_vec());
            let before = set_line(&before, Abs::ZERO, flow.fonts, 0.0).map(|line| line.end);
            let behind = set_line(&behind, Abs::ZERO, flow.fonts, 0.0).map(|line| line.end);
            match (before, behind) {
                (Ok(before), Ok(behind)) => return Ok((before, behind)),
                (before, behind) => {
                    faults.extend(before.err().into_iter().chain(behind.err()).flatten());
                    continue;
                }
            }
        }
        match set_line(&row, Abs::ZERO, flow.fonts, 0.0) {
            Ok(line) => widest = widest.max(line.end),
            Err(missing) => faults.extend(missing),
        }
    }
    if faults.is_empty() { Ok((widest, Abs::ZERO)) } else { Err(faults) }
}

fn letters<'a>(
    flow: &mut Flow<'_, '_>,
    placed: &Placed<'a>,
) -> Result<Vec<collect::Letters<'a>>, Vec<Diagnostic>> {
    flow.rows(&placed.cell.content, Role::Table, placed.element)
}

fn measure(flow: &Flow<'_, '_>, width: Abs) -> Measure {
    let line_end_marks = flow.style.line_breaking.line_end_marks;
    Measure { width, first: Abs::ZERO, rest: Abs::ZERO, line_end_marks }
}

/// Sets the cells of all rows; a cell that reaches over rows keeps them on one page.
fn set_rows(
    flow: &mut Flow<'_, '_>,
    cells: &[Placed<'_>],
    columns: &Columns,
    count: usize,
) -> Result<Vec<Chunk>, Vec<Diagnostic>> {
    let size = flow.fonts.size(Role::Table);
    let (leading, padding) = (size * LEADING, size * PADDING);
    let height_of = |lines: usize| leading * lines.max(1) as f64 + padding * 2.0;
    let mut set = Vec::with_capacity(cells.len());
    let mut heights = vec![height_of(1); count];
    for placed in cells {
        let lines = cell_lines(flow, placed, columns)?;
        if placed.cell.rows.max(1) == 1 {
            heights[placed.row] = heights[placed.row].max(height_of(lines.len()));
        }
        set.push(lines);
    }
    for (placed, lines) in cells.iter().zip(&set) {
        let span = placed.row..(placed.row + placed.cell.rows.max(1)).min(count);
        let have: Abs = heights[span.clone()].iter().copied().sum();
        if let Some(last) = span.last() {
            heights[last] += (height_of(lines.len()) - have).max(Abs::ZERO);
        }
    }
    let mut chunks: Vec<Chunk> = heights
        .iter()
        .map(|height| Chunk {
            height: *height,
            start: Start::Anywhere,
            break_after: true,
            ..Chunk::default()
        })
        .collect();
    for (placed, lines) in cells.iter().zip(set) {
        let span = placed.row..(placed.row + placed.cell.rows.max(1)).min(count);
        let height: Abs = heights[span.clone()].iter().copied().sum();
        let text = leading * (lines.len().max(1) - 1) as f64 + size;
        let top = (height - text) / 2.0;
        for (nth, line) in lines.into_iter().enumerate() {
            place(&mut chunks[placed.row], line, top + leading * nth as f64 + ASCENT.at(size));
        }
        frame(&mut chunks[placed.row], placed, columns, height);
        for row in span.clone().skip(1) {
            chunks[row - 1].break_after = false;
        }
    }
    Ok(chunks)
}

/// Sets one cell: numbers on their decimal point, short text in the middle, long text wrapped.
fn cell_lines(
    flow: &mut Flow<'_, '_>,
    placed: &Placed<'_>,
    columns: &Columns,
) -> Result<Vec<SetLine>, Vec<Diagnostic>> {
    let padding = flow.fonts.size(Role::Table) * PADDING;
    let left = columns.edges[placed.column];
    let right = columns.edges[(placed.column + placed.cell.columns.max(1)).min(columns.edges.len() - 1)];
    let room = right - left - padding * 2.0;
    let (most_before, most_behind) = columns.points[placed.column].of(placed.unit, right - left);
    if placed.point.is_some() && most_before + most_behind <= room + Abs::pt(0.01) {
        let (before, _) = natural(flow, placed)?;
        let point = left + (right - left - most_before - most_behind) / 2.0 + most_before;
        let mut lines = Vec::new();
        for row in letters(flow, placed)? {
            lines.push(set_line(&row, point - before, flow.fonts, 0.0)?);
        }
        return Ok(lines);
    }
    let measure = measure(flow, room);
    let mut shapes = Shapes::new(&letters(flow, placed)?, &measure, flow.fonts, 0.0)?;
    let mut lines = shapes.narrow_lines();
    if lines.len() > 1 {
        shapes.hold_words();
        lines = shapes.narrow_lines();
    }
    // 一字线 for no datum stands in the middle, whatever stands above and below it.
    let is_dash = || plain(&placed.cell.content) == NO_DATUM;
    let flush = !placed.cell.header && (lines.len() > 1 || columns.flush[placed.column] && !is_dash());
    for line in &mut lines {
        let slack = if flush { Abs::ZERO } else { ((room - line.end) / 2.0).max(Abs::ZERO) };
        shift(line, left + padding + slack);
    }
    Ok(lines)
}

/// Rules a cell's four sides; neighbours' rules fall on one another.
fn frame(chunk: &mut Chunk, placed: &Placed<'_>, columns: &Columns, height: Abs) {
    let left = columns.edges[placed.column];
    let right = columns.edges[(placed.column + placed.cell.columns.max(1)).min(columns.edges.len() - 1)];
    let half = RULE / 2.0;
    let mut rule = |x: Abs, y: Abs, width: Abs, height: Abs| {
        let rect = Rect::new(Point::new(x, y), Size::new(width, height));
        chunk.items.push(FrameItem::Fill(Fill { rect, color: Color::Black, content: Content::Layout }));
    };
    let width = right - left + RULE;
    rule(left - half, -half, width, RULE);
    rule(left - half, height - half, width, RULE);
    rule(left - half, -half, RULE, height + RULE);
    rule(right - half, -half, RULE, height + RULE);
}

/// Joins the rows of a table's head, which no page parts.
fn merge(rows: Vec<Chunk>) -> Option<Chunk> {
    let mut merged: Option<Chunk> = None;
    for row in rows {
        match &mut merged {
            None => merged = Some(Chunk { break_after: false, ..row }),
            Some(head) => {
                let down = head.height;
                head.height += row.height;
                for mut item in row.items {
                    item.shift(Point::new(Abs::ZERO, down));
                    head.items.push(item);
                }
                head.footnotes.extend(row.footnotes);
                head.data.extend(row.data.into_iter().map(|(datum, baseline)| (datum, baseline + down)));
            }
        }
    }
    merged
}

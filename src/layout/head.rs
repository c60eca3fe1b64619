//! Sets 版头: what stands above the title (GB/T 9704-2012, 7.2), also in the forms of 10.1 to 10.3.
//!
//! The head begins page 1. Distances that the standard gives in millimetres are kept as they are;
//! the size of 发文机关标志, which is ours to choose, is chosen so that what follows stands on the grid.

use super::chunk::Chunk;
use super::flow::{Flow, place, shift};
use super::fonts::Role;
use super::inline::collect::{self, Letters};
use super::inline::finalize::{ASCENT, SetLine};
use super::inline::linebreak::Measure;
use super::inline::{set_line, set_paragraph};
use super::mark::Mark;
use super::title::set_title;
use crate::diag::Diagnostic;
use crate::document::{Form, Head, Inline, SIGNERS};
use crate::pack::Style;
use crate::page::{Color, Content, Fill, FrameItem, Role as Meaning};
use crate::units::{Abs, Point, Rect, Size};

/// 发文机关标志 of a document begins this far below the type area's top (7.2.4, 10.3).
const MARK_TOP: Abs = Abs::mm(35.0);
/// That of an order (10.2).
const ORDER_MARK_TOP: Abs = Abs::mm(20.0);
/// That of a letter, below the page's top (10.1).
const LETTER_MARK_TOP: Abs = Abs::mm(30.0);
/// The red rule stands this far below what is above it (7.2.7, 10.1).
const RULE_GAP: Abs = Abs::mm(4.0);
/// The thickness of the red rule, which the standard leaves open.
const RULE: Abs = Abs::mm(0.5);
/// A letter's double rules: their length, the thick and the thin one, and what is between them (10.1).
const DOUBLE_LENGTH: Abs = Abs::mm(170.0);
const DOUBLE_THICK: Abs = Abs::mm(0.8);
const DOUBLE_THIN: Abs = Abs::mm(0.3);
const DOUBLE_GAP: Abs = Abs::mm(0.5);
/// The lower double rule stands this far above the page's bottom.
const DOUBLE_BOTTOM: Abs = Abs::mm(20.0);
/// What stands below the upper double rule keeps this part of a character's height from it.
const DOUBLE_ROOM: f64 = 7.0 / 8.0;

/// How many lines stay blank above 发文字号, above the title and above an order's text.
const BLANK: f64 = 2.0;

/// A line with the top of its letters' box.
type Placed = (SetLine, Abs, Role);

impl Flow<'_, '_> {
    /// Sets 版头 as chunks, the last of which ends where the next line of the grid may begin.
    pub(super) fn head(&mut self, head: &Head) -> Result<Vec<Chunk>, Vec<Diagnostic>> {
        match head.form {
            Form::Letter => {
                let mut chunk = Chunk::default();
                let (bottom, end) = self.letter_head(head, &mut chunk)?;
                Ok(vec![self.ended(chunk, bottom, end)])
            }
            Form::Document | Form::Order | Form::Minutes => self.document_head(head),
        }
    }

    /// Ends a chunk that shows something down to one place, on the grid's next line from another.
    fn ended(&self, chunk: Chunk, bottom: Abs, end: Abs) -> Chunk {
        let height = next_line(self.style, end);
        Chunk { height, blank_below: height - bottom, ..chunk }
    }

    /// 7.2, 10.2, 10.3: what stands above 发文字号, and what stands from there on, which a head of many long names
    /// may have on the next page.
    fn document_head(&mut self, head: &Head) -> Result<Vec<Chunk>, Vec<Diagnostic>> {
        let (style, pitch, body) = (self.style, self.style.pitch(), self.style.body.size.0);
        let mut upper = Chunk::default();
        let left = self.left_elements(head, style.measure())?;
        let mut bottom = if left.is_empty() { Abs::ZERO } else { pitch * (left.len() - 1) as f64 + body };
        let mark_top = if head.form == Form::Order { ORDER_MARK_TOP } else { MARK_TOP };
        let mark_top = mark_top.max(pitch * left.len() as f64);
        for (nth, (line, role)) in left.into_iter().enumerate() {
            self.put(&mut upper, (line, pitch * nth as f64, role));
        }
        let numbered = !head.number.is_empty() || !head.signers.is_empty();
        let mark = self.mark(head, |mark| snaps(style, mark_top + mark))?;
        let marked = mark.is_some();
        if let Some(mark) = mark {
            bottom = put_mark(mark, mark_top, &mut upper);
        }
        if !numbered {
            let mut last = bottom;
            if marked && head.form != Form::Order {
                last = bottom + pitch + RULE_GAP;
                red_rule(&mut upper, self.head_rule(last));
            }
            return Ok(vec![self.ended(upper, last, last + pitch * BLANK)]);
        }
        let upper = self.ended(upper, bottom, bottom + pitch * BLANK);
        let mut lower = Chunk::default();
        let mut last = self.number_and_signers(head, Abs::ZERO, &mut lower)?;
        if head.form != Form::Order {
            red_rule(&mut lower, self.head_rule(last + RULE_GAP));
            last += RULE_GAP + RULE;
        }
        Ok(vec![upper, self.ended(lower, last, last + pitch * BLANK)])
    }

    /// 红色分隔线 (7.2.7).
    fn head_rule(&self, top: Abs) -> Rect {
        Rect::new(Point::new(Abs::ZERO, top), Size::new(self.style.measure(), RULE))
    }

    /// 10.1. Returns how far down it reaches, the lower rule apart, and where the title may begin.
    fn letter_head(&mut self, head: &Head, chunk: &mut Chunk) -> Result<(Abs, Abs), Vec<Diagnostic>> {
        let (page, measure, pitch) = (&self.style.page, self.style.measure(), self.style.pitch());
        let body = self.style.body.size.0;
        let double = DOUBLE_THICK + DOUBLE_GAP + DOUBLE_THIN;
        let (mark_top, foot) =
            (LETTER_MARK_TOP - page.top.0, page.height.0 - DOUBLE_BOTTOM - page.top.0 - double);
        // From the mark's lower edge to the first line below the rule.
        let below = RULE_GAP + double + body * DOUBLE_ROOM;
        let left_edge = (page.width.0 - DOUBLE_LENGTH) / 2.0 - page.binding.0;
        let rule = |chunk: &mut Chunk, top: Abs, thickness: Abs| {
            let corner = Point::new(left_edge, top);
            red_rule(chunk, Rect::new(corner, Size::new(DOUBLE_LENGTH, thickness)));
        };
        // The lines of what stands below the rule: at most three on the left and the number's on the right.
        let number = self.number_on_the_right(head)?;
        let widest = number.iter().map(|line| line.end).fold(Abs::ZERO, Abs::max);
        let room = if number.is_empty() { measure } else { measure - widest - self.style.cell() };
        let left = self.left_elements(head, room)?;
        let rows = left.len().max(number.len());
        let depth = if rows == 0 { Abs::ZERO } else { pitch * (rows - 1) as f64 + body };
        let style = self.style;
        let mark = self.mark(head, |mark| snaps(style, mark_top + mark + below + depth))?;
        let mark_bottom = match mark {
            Some(mark) => put_mark(mark, mark_top, chunk),
            None => mark_top,
        };
        let rule_top = mark_bottom + RULE_GAP;
        rule(chunk, rule_top, DOUBLE_THICK);
        rule(chunk, rule_top + DOUBLE_THICK + DOUBLE_GAP, DOUBLE_THIN);
        rule(chunk, foot, DOUBLE_THIN);
        rule(chunk, foot + DOUBLE_THIN + DOUBLE_GAP, DOUBLE_THICK);
        let first = mark_bottom + below;
        for (nth, (line, role)) in left.into_iter().enumerate() {
            self.put(chunk, (line, first + pitch * nth as f64, role));
        }
        for (nth, mut line) in number.into_iter().enumerate() {
            let by = measure - line.end;
            shift(&mut line, by);
            self.put(chunk, (line, first + pitch * nth as f64, Role::Body));
        }
        Ok((first + depth, first + depth + pitch * BLANK))
    }

    /// 份号, 密级和保密期限 and 紧急程度 (7.2.1 to 7.2.3), from above down, flush left.
    fn left_elements(&mut self, head: &Head, room: Abs) -> Result<Vec<(SetLine, Role)>, Vec<Diagnostic>> {
        let mut lines = Vec::new();
        for (text, role) in [
            (&head.copy_number, Role::Body),
            (&head.secrecy, Role::Heading(1)),
            (&head.urgency, Role::Heading(1)),
        ] {
            if !text.is_empty() {
                let element = self.tree.push(Meaning::Paragraph, None);
                let set = self.set_within(text, role, element, room)?;
                lines.extend(set.into_iter().map(|line| (line, role)));
            }
        }
        Ok(lines)
    }

    /// 发文字号 of a letter: flush right, in no more than half of the line.
    fn number_on_the_right(&mut self, head: &Head) -> Result<Vec<SetLine>, Vec<Diagnostic>> {
        if head.number.is_empty() {
            return Ok(Vec::new());
        }
        let element = self.tree.push(Meaning::Paragraph, None);
        self.set_within(&head.number, Role::Body, element, self.style.measure() / 2.0)
    }

    /// 发文字号 (7.2.5) and 签发人 (7.2.6). Returns the foot of the last line's letters.
    fn number_and_signers(
        &mut self,
        head: &Head,
        top: Abs,
        chunk: &mut Chunk,
    ) -> Result<Abs, Vec<Diagnostic>> {
        let (pitch, cell, measure) = (self.style.pitch(), self.style.cell(), self.style.measure());
        let body = self.style.body.size.0;
        if head.signers.is_empty() {
            let element = self.tree.push(Meaning::Paragraph, None);
            let mut lines = Vec::new();
            for row in self.rows(&head.number, Role::Body, element)? {
                lines.extend(set_title(&row, measure, self.fonts)?);
            }
            let rows = lines.len().max(1);
            for (nth, line) in lines.into_iter().enumerate() {
                self.put(chunk, (line, top + pitch * nth as f64, Role::Body));
            }
            return Ok(top + pitch * (rows - 1) as f64 + body);
        }
        // Where the number's place in the reading order is; its line is that of the last signer.
        let number_element = self.tree.push(Meaning::Paragraph, None);
        let mut number = self.set_within(&head.number, Role::Body, number_element, measure - cell * 2.0)?;
        let wanted = number.iter().map(|line| line.end + cell * 2.0).fold(Abs::ZERO, Abs::max);
        let (mut placed, rows, free) = self.signers(head, top, wanted)?;
        let last_row = top + pitch * (rows - 1) as f64;
        let fits = number.len() <= 1 && wanted <= free;
        let first = if fits { last_row } else { last_row + pitch };
        let bottom = first + pitch * (number.len().max(1) - 1) as f64 + body;
        for (nth, line) in number.iter_mut().enumerate() {
            shift(line, cell);
            let line = std::mem::take(line);
            self.put(chunk, (line, first + pitch * nth as f64, Role::Body));
        }
        placed.drain(..).for_each(|line| self.put(chunk, line));
        Ok(bottom.max(last_row + body))
    }

    /// 签发人 (7.2.6): one cell in from the right, two names a line where that leaves 发文字号 its width in front of the last
    /// ones, turned lines under the first name. Returns the lines, how many rows they take, and where the last row
    /// begins.
    fn signers(
        &mut self,
        head: &Head,
        top: Abs,
        number: Abs,
    ) -> Result<(Vec<Placed>, usize, Abs), Vec<Diagnostic>> {
        let (pitch, cell, measure) = (self.style.pitch(), self.style.cell(), self.style.measure());
        let element = self.tree.push(Meaning::Paragraph, None);
        let mut rows: Vec<Letters<'_>> = Vec::new();
        collect::push_text(&mut rows, SIGNERS, Role::Body, element);
        let mut label = set_line(&rows.remove(0), Abs::ZERO, self.fonts, 0.0)?;
        let (right, widest_room) = (measure - cell, measure - cell * 3.0 - label.end);
        let role = Role::Heading(2);
        let mut names = Vec::new();
        for (nth, signer) in head.signers.iter().enumerate() {
            // The first is read with the label, and each other one by itself.
            let element = if nth == 0 { element } else { self.tree.push(Meaning::Paragraph, None) };
            names.push(self.set_within(signer, role, element, widest_room)?);
        }
        // A column is as wide as its own widest name, so that a long one moves no other.
        let widest = |names: &[Vec<SetLine>], nth: usize, columns: usize| {
            let own = names.iter().skip(nth).step_by(columns).flatten();
            own.map(|line| line.end).fold(Abs::ZERO, Abs::max)
        };
        let starts = |names: &[Vec<SetLine>], columns: usize| {
            let second = right - widest(names, columns - 1, columns);
            let first = if columns == 1 { second } else { second - cell - widest(names, 0, columns) };
            [first, second]
        };
        let leaves_room = |first: Abs, columns: usize| {
            number <= if names.len() > columns { first } else { first - label.end }
        };
        let pairs = starts(&names, 2)[0];
        let can_be_pairs =
            names.len() > 1 && names.iter().all(|name| name.len() == 1) && label.end + cell <= pairs;
        let in_pairs = can_be_pairs && (leaves_room(pairs, 2) || !leaves_room(starts(&names, 1)[0], 1));
        let columns = if in_pairs { 2 } else { 1 };
        let [first, second] = starts(&names, columns);
        let label_left = first - label.end;
        shift(&mut label, label_left);
        let mut placed = vec![(label, top, Role::Body)];
        let mut row = 0;
        for (nth, name) in names.into_iter().enumerate() {
            let column = nth % columns;
            if nth > 0 && column == 0 {
                row += 1;
            }
            let left = if column == 0 { first } else { second };
            for (turned, mut line) in name.into_iter().enumerate() {
                row += usize::from(turned > 0);
                shift(&mut line, left);
                placed.push((line, top + pitch * row as f64, role));
            }
        }
        let free = if row == 0 { label_left } else { first };
        Ok((placed, row + 1, free))
    }

    /// Sets a text as lines of a width, flush left.
    pub(super) fn set_within(
        &mut self,
        text: &[Inline],
        role: Role,
        element: usize,
        width: Abs,
    ) -> Result<Vec<SetLine>, Vec<Diagnostic>> {
        let rows = self.rows(text, role, element)?;
        let measure = Measure { first: Abs::ZERO, ..self.measure(width, Abs::ZERO) };
        set_paragraph(&rows, &measure, self.fonts, self.style.line_breaking.latin_gap)
    }

    /// Puts a line where its letters' box begins.
    fn put(&self, chunk: &mut Chunk, (line, top, role): Placed) {
        place(chunk, line, top + ASCENT.at(self.fonts.size(role)));
    }
}

/// Tells whether what stands two blank lines below a place, on the grid, has no more than their leading to spare.
fn snaps(style: &Style, bottom: Abs) -> bool {
    let gap = next_line(style, bottom + style.pitch() * BLANK) - bottom;
    gap <= style.pitch() * (BLANK + 1.0) - style.body.size.0
}

/// Returns where the next line of the grid begins.
fn next_line(style: &Style, y: Abs) -> Abs {
    style.pitch() * (y / style.pitch() - 1e-6).ceil()
}

/// Puts the mark where its ink begins, and returns where the ink ends.
fn put_mark(mark: Mark, top: Abs, chunk: &mut Chunk) -> Abs {
    let first = chunk.items.len();
    let depth = mark.depth;
    for (line, baseline) in mark.lines {
        place(chunk, line, top + baseline);
    }
    redden(&mut chunk.items[first..]);
    top + depth
}

/// Prints text in red. What lies below it, the ground of what is still to come, stays as it is.
pub(super) fn redden(items: &mut [FrameItem]) {
    for item in items {
        if let FrameItem::Text(run) = item {
            run.color = Color::Red;
        }
    }
}

fn red_rule(chunk: &mut Chunk, rect: Rect) {
    chunk.items.push(FrameItem::Fill(Fill { rect, color: Color::Red, content: Content::Layout }));
}

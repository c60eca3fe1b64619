//! The operators of text: where each glyph stands and what it says.

use super::matrix::Matrix;
use super::run::{Reader, Run, rect};
use super::tokens::Operand;
use crate::audit::seen::Glyph;
use crate::units::{Abs, Point};

/// How deeply marked content may be nested.
const MARKS: usize = 256;

/// The matrices of a text object.
#[derive(Debug)]
pub(super) struct Lines {
    text: Matrix,
    line: Matrix,
}

impl Default for Lines {
    fn default() -> Self {
        Self { text: Matrix::IDENTITY, line: Matrix::IDENTITY }
    }
}

/// The marked content that is open.
#[derive(Debug, Default)]
pub(super) struct Marks {
    /// For each, the number of glyphs before it and the text that the file gives for it.
    open: Vec<Option<(usize, Vec<char>)>>,
    /// How many are open beyond those that are kept.
    beyond: usize,
}

impl<'a> Reader<'a> {
    /// Does a text operator; tells whether it was one.
    pub(super) fn text_operator(&mut self, run: &mut Run<'a>, operator: &[u8], operands: &[Operand]) -> bool {
        let number =
            |at: usize| operands.get(at).and_then(Operand::number).filter(|number| number.is_finite());
        let first = number(0).unwrap_or(0.0);
        match operator {
            b"BT" => run.lines = Lines::default(),
            b"ET" => {}
            b"Tc" => run.state.character_spacing = first,
            b"Tw" => run.state.word_spacing = first,
            b"Tz" => run.state.stretch = first / 100.0,
            b"TL" => run.state.leading = first,
            b"Ts" => run.state.rise = first,
            b"Tr" => run.state.mode = first as i64,
            b"Tf" => {
                let name = operands.first().and_then(Operand::name).unwrap_or_default();
                run.state.font = run.resources.font(name).map(|font| self.font(font));
                run.state.size = number(1).unwrap_or(0.0);
            }
            b"gs" => {
                if let Some(name) = operands.first().and_then(Operand::name) {
                    self.parameters(run, name);
                }
            }
            b"Td" => run.next_line(first, number(1).unwrap_or(0.0)),
            b"TD" => {
                run.state.leading = -number(1).unwrap_or(0.0);
                run.next_line(first, -run.state.leading);
            }
            b"T*" => run.next_line(0.0, -run.state.leading),
            b"Tm" => {
                let values: Vec<f64> = operands.iter().filter_map(Operand::number).collect();
                if let Ok(values) = <[f64; 6]>::try_from(values) {
                    run.lines = Lines { text: Matrix::new(values), line: Matrix::new(values) };
                }
            }
            b"Tj" => self.show_all(run, operands),
            b"'" => {
                run.next_line(0.0, -run.state.leading);
                self.show_all(run, operands);
            }
            b"\"" => {
                run.state.word_spacing = first;
                run.state.character_spacing = number(1).unwrap_or(0.0);
                run.next_line(0.0, -run.state.leading);
                self.show_all(run, operands);
            }
            b"TJ" => {
                if let Some(Operand::Array(items)) = operands.first() {
                    self.show_all(run, items);
                }
            }
            b"BMC" => run.open(None),
            b"BDC" => {
                let text = match operands.get(1) {
                    _ if self.budget.is_spent() => None,
                    Some(Operand::Name(name)) => {
                        let properties = run.resources.properties(name);
                        let text = properties.and_then(|properties| properties.get(b"ActualText").ok());
                        text.and_then(|text| text.as_str().ok()).map(text_string)
                    }
                    Some(own) => own.member(b"ActualText").and_then(Operand::text).map(text_string),
                    None => None,
                };
                // A file may say one text at any number of places.
                self.budget.spend(text.as_ref().map_or(0, Vec::len));
                run.open(text);
            }
            b"EMC" => run.close(),
            _ => return false,
        }
        true
    }

    /// Shows the strings of a list and moves by its numbers.
    fn show_all(&mut self, run: &mut Run<'a>, items: &[Operand]) {
        let Some(at) = run.state.font else { return };
        for item in items {
            match item {
                Operand::Number(thousandths) => {
                    let way = -thousandths / 1000.0 * run.state.size;
                    run.advance(way, self.fonts[at].vertical);
                }
                Operand::Text(bytes) => self.show(run, at, bytes),
                _ => {}
            }
        }
    }

    fn show(&mut self, run: &mut Run<'a>, at: usize, bytes: &[u8]) {
        let mut rest = bytes;
        while let Some(shown) = self.fonts[at].next(&mut rest) {
            if self.glyphs == 0 {
                return;
            }
            self.glyphs -= 1;
            let vertical = self.fonts[at].vertical;
            let state = &run.state;
            let (size, stretch) = (state.size, state.stretch);
            // In vertical lines a glyph hangs by the middle of its top.
            let (x, y) = if vertical { (-shown.width / 2.0, -0.88) } else { (0.0, 0.0) };
            let em = Matrix::shift(x, y)
                .then(Matrix::new([size * stretch, 0.0, 0.0, size, 0.0, state.rise]))
                .then(run.lines.text)
                .then(state.matrix);
            let spacing =
                state.character_spacing + if shown.is_word_space { state.word_spacing } else { 0.0 };
            let way = if vertical { -size } else { shown.width * size };
            let spaced = if vertical { way - spacing } else { way + spacing };
            let colour = if matches!(state.mode, 1 | 5) { state.stroke } else { state.fill };
            let is_seen = !matches!(state.mode, 3 | 7) && !colour.is_white();
            let origin = em.apply(0.0, 0.0);
            let (right, down) = (em.turn(1.0, 0.0), em.turn(0.0, 1.0));
            let size = down.0.hypot(down.1);
            let on_page = (0.0..=run.page.size.width.to_pt()).contains(&origin.0)
                && (0.0..=run.page.size.height.to_pt()).contains(&origin.1);
            if is_seen && on_page && size > 0.0 && em.is_sound() {
                let slant = 0.02 * right.0.hypot(right.1);
                run.page.glyphs.push(Glyph {
                    text: shown.text.unwrap_or_else(|| char::REPLACEMENT_CHARACTER.to_string()),
                    origin: Point::new(Abs::pt(origin.0), Abs::pt(origin.1)),
                    size: Abs::pt(size),
                    advance: Abs::pt(shown.width * right.0.hypot(right.1)),
                    ink: shown
                        .ink
                        .and_then(|[left, low, right, high]| rect(em.bounds(left, low, right, high))),
                    font: at,
                    colour,
                    upright: !vertical && right.0 > 0.0 && right.1.abs() <= slant && down.1 < 0.0,
                    turned: right.1.atan2(right.0).to_degrees(),
                });
            }
            run.advance(spaced, vertical);
        }
    }
}

impl Run<'_> {
    fn next_line(&mut self, x: f64, y: f64) {
        let line = Matrix::shift(x, y).then(self.lines.line);
        self.lines = Lines { text: line, line };
    }

    fn advance(&mut self, way: f64, vertical: bool) {
        let (x, y) = if vertical { (0.0, way) } else { (way * self.state.stretch, 0.0) };
        self.lines.text = Matrix::shift(x, y).then(self.lines.text);
    }

    fn open(&mut self, text: Option<Vec<char>>) {
        if self.marks.open.len() < MARKS {
            let start = self.page.glyphs.len();
            self.marks.open.push(text.map(|text| (start, text)));
        } else {
            self.marks.beyond += 1;
        }
    }

    /// Ends marked content. Where its text has a character for each glyph, the glyphs stand for these.
    fn close(&mut self) {
        if self.marks.beyond > 0 {
            self.marks.beyond -= 1;
            return;
        }
        if let Some(Some((start, text))) = self.marks.open.pop()
            && let Some(glyphs) = self.page.glyphs.get_mut(start..)
            && glyphs.len() == text.len()
        {
            for (glyph, character) in glyphs.iter_mut().zip(text) {
                glyph.text = character.to_string();
            }
        }
    }
}

/// Returns the characters of a text string: UTF-16 or UTF-8 with its mark, or else one byte each.
fn text_string(bytes: &[u8]) -> Vec<char> {
    if let Some(rest) = bytes.strip_prefix(&[0xfe, 0xff]) {
        let units = rest.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
        return char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
    }
    if let Some(rest) = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]) {
        return String::from_utf8_lossy(rest).chars().collect();
    }
    bytes.iter().map(|byte| char::from(*byte)).collect()
}

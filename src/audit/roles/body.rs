//! Walks down the lines and puts them into blocks, each with its role.

use std::collections::HashMap;

use super::super::Kind;
use super::super::grid::Grid;
use super::super::lines::{Line, Sheet};
use super::super::marks::{Label, date, is_hanzi, is_opening};
use super::edges::Head;
use super::turned;
use super::{Block, Imprint, Role};
use crate::units::Abs;

/// How far a line may begin from where it belongs and still be taken for what it is, in cells.
const NEAR: f64 = 0.8;
/// How much smaller than the text a note or a table is.
pub(super) const SMALLER: Abs = Abs::pt(1.2);
/// How much larger than the text a title is.
const LARGER: Abs = Abs::pt(2.0);

/// Where a line begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Start {
    Flush,
    Indent,
    Free,
}

/// Puts the lines of all pages into blocks.
pub(super) fn blocks(
    sheets: &[Sheet],
    grid: &Grid,
    head: &Head,
    imprint: Option<&Imprint>,
    kind: Kind,
) -> Vec<Block> {
    let font = usual(sheets, grid);
    let mut walk =
        Walk { grid, head, kind, font, blocks: Vec::new(), part: 0, has_title: false, has_text: false };
    for sheet in sheets {
        let zones = tables(sheet, grid);
        for line in &sheet.lines {
            let inside = |(top, bottom): &(Abs, Abs)| line.middle > *top && line.middle < *bottom;
            if imprint.is_some_and(|imprint| imprint.page == sheet.number && line.middle > imprint.top) {
                walk.put(Role::Imprint, line, true);
            } else if zones.iter().any(inside) && sheet.size.width < sheet.size.height {
                walk.put(Role::Small, line, true);
            } else {
                walk.take(line);
            }
        }
        for turned in turned::lines(sheet, grid) {
            walk.take_turned(&turned);
        }
    }
    let mut blocks = walk.blocks;
    signatures(&mut blocks, grid);
    for block in &mut blocks {
        if matches!(block.role, Role::Paragraph | Role::Turned) {
            block.label = Label::read(&block.text());
        }
    }
    blocks
}

/// Returns the font of most hanzi of the text's size.
fn usual(sheets: &[Sheet], grid: &Grid) -> Option<usize> {
    let mut counts: HashMap<usize, usize> = HashMap::new();
    let lines = sheets.iter().flat_map(|sheet| &sheet.lines);
    for line in lines.filter(|line| (line.size - grid.size).abs() < Abs::pt(0.6)) {
        if let Some(font) = font(line) {
            *counts.entry(font).or_default() += line.glyphs.len();
        }
    }
    counts.into_iter().max_by_key(|(font, count)| (*count, *font)).map(|(font, _)| font)
}

/// Returns the font of most hanzi of a line.
fn font(line: &Line) -> Option<usize> {
    let mut fonts: Vec<usize> =
        line.glyphs.iter().filter(|glyph| is_hanzi(glyph.character())).map(|glyph| glyph.font).collect();
    fonts.sort_unstable();
    fonts.get(fonts.len() / 2).copied()
}

/// Finds tables: black rules of some length that follow one another, or that upright ones join.
fn tables(sheet: &Sheet, grid: &Grid) -> Vec<(Abs, Abs)> {
    let least = (grid.right - grid.left) * 0.5;
    let mut zones: Vec<(Abs, Abs)> = Vec::new();
    let mut open: Option<(Abs, Abs, usize)> = None;
    for rule in sheet.rules.iter().filter(|rule| !rule.colour.is_red() && rule.length() > least) {
        open = match open {
            Some((top, bottom, count))
                if rule.top() - bottom < Abs::mm(60.0) && !parted(sheet, grid, bottom, rule.top()) =>
            {
                Some((top, rule.bottom(), count + 1))
            }
            Some((top, bottom, count)) => {
                if count > 1 {
                    zones.push((top, bottom));
                }
                Some((rule.top(), rule.bottom(), 1))
            }
            None => Some((rule.top(), rule.bottom(), 1)),
        };
    }
    if let Some((top, bottom, count)) = open
        && count > 1
    {
        zones.push((top, bottom));
    }
    zones
}

/// Tells whether one ruled table ends above and another begins below, with text of full size between them.
fn parted(sheet: &Sheet, grid: &Grid, above: Abs, below: Abs) -> bool {
    let near = |one: Abs, other: Abs| (one - other).abs() < Abs::mm(1.0);
    let stands_between = |line: &Line| {
        let at = line.middle;
        at > above
            && at < below
            && line.size >= grid.size - SMALLER
            && !sheet.uprights.iter().any(|upright| upright.top() < at && upright.bottom() > at)
    };
    sheet.uprights.iter().any(|upright| near(upright.bottom(), above))
        && sheet.uprights.iter().any(|upright| near(upright.top(), below))
        && sheet.lines.iter().any(stands_between)
}

struct Walk<'a> {
    grid: &'a Grid,
    head: &'a Head,
    kind: Kind,
    /// The text's font.
    font: Option<usize>,
    blocks: Vec<Block>,
    part: usize,
    has_title: bool,
    has_text: bool,
}

impl Walk<'_> {
    /// Adds a line to the block before it, if it is of the same role and goes on, or begins a block.
    fn put(&mut self, role: Role, line: &Line, goes_on: bool) {
        match self.blocks.last_mut() {
            Some(last) if goes_on && last.role == role && last.part == self.part => {
                last.lines.push(line.clone());
            }
            _ => self.blocks.push(Block { role, lines: vec![line.clone()], label: None, part: self.part }),
        }
    }

    fn start(&self, line: &Line) -> Start {
        let offset = self.grid.offset(line);
        let opening = is_opening(line.first());
        if offset.abs() < NEAR || (opening && (offset + 0.5).abs() < 0.3) {
            Start::Flush
        } else if (offset - 2.0).abs() < NEAR {
            Start::Indent
        } else {
            Start::Free
        }
    }

    fn last_role(&self) -> Option<Role> {
        self.blocks.last().map(|block| block.role)
    }

    /// Tells whether a line follows another one without a blank one between them.
    fn is_below(&self, last: &Line, line: &Line) -> bool {
        let pitch = self.grid.pitch.unwrap_or(self.grid.size * 2.0);
        last.page != line.page || line.middle - last.middle < pitch * 1.5
    }

    /// Tells whether a line follows the one before it without a blank one between them.
    fn is_close(&self, line: &Line) -> bool {
        self.blocks.last().is_some_and(|block| self.is_below(block.last(), line))
    }

    /// Returns the paragraph that a flush line goes on with. Footnotes may stand between it and the page before.
    fn turned_from(&self, line: &Line) -> Option<usize> {
        let at = self.blocks.iter().rposition(|block| !matches!(block.role, Role::Small | Role::Turned))?;
        let block = &self.blocks[at];
        let last = block.last();
        let is_full = last.right() > self.grid.right - self.grid.cell * 3.5;
        // A line that stops short goes on all the same as long as its sentence does, unless it is a heading.
        let is_open = !"。！？：；”".contains(last.last())
            && (block.lines.len() > 1 || Label::read(&block.text()).is_none());
        (block.role == Role::Paragraph
            && block.part == self.part
            && self.is_below(last, line)
            && (is_full || is_open))
            .then_some(at)
    }

    fn take(&mut self, line: &Line) {
        if line.page == 1 && !self.has_title && !self.has_text && self.take_head(line) {
            return;
        }
        let text = line.string();
        let start = self.start(line);
        let is_label = is_label(&text);
        // An attachment may be a table alone.
        let has_begun = self.has_text || (self.part > 0 && self.has_title);
        if is_label && start == Start::Flush && has_begun {
            self.part += 1;
            (self.has_title, self.has_text) = (false, false);
            return self.put(Role::AttachmentLabel, line, false);
        }
        if line.size < self.grid.size - SMALLER {
            return self.put(Role::Small, line, true);
        }
        if !self.has_text && self.take_title(line, start) {
            return;
        }
        self.take_text(line, start, &text);
    }

    /// Takes a line that lies on its side: a paragraph's first one, or 附件 above a table that is one.
    fn take_turned(&mut self, turned: &turned::Turned) {
        if turned.is_flush && is_label(&turned.line.string()) {
            self.part += 1;
            (self.has_title, self.has_text) = (true, false);
        }
        self.put(Role::Turned, &turned.line, turned.is_flush);
    }

    /// Takes a line of 版头; tells whether it is one.
    fn take_head(&mut self, line: &Line) -> bool {
        let text = line.string();
        if self.head.mark.contains(&line.number) {
            self.put(Role::Mark, line, true);
            return true;
        }
        let has_mark = !self.head.mark.is_empty();
        if !has_mark && self.head.rule.is_none() {
            return false;
        }
        let role = if line.text.len() == 6 && line.text.iter().all(char::is_ascii_digit) {
            Role::Serial
        } else if ["绝密", "机密", "秘密"].iter().any(|start| text.starts_with(start))
            && line.text.len() <= 10
        {
            Role::Secrecy
        } else if ["特急", "加急", "特提", "平急"].contains(&text.as_str()) {
            Role::Urgency
        } else if is_number(&text) {
            Role::Number
        } else if text.starts_with("签发人")
            || self.last_role() == Some(Role::Signer) && self.is_above_rule(line)
        {
            Role::Signer
        } else if self.is_above_rule(line) {
            Role::Other
        } else {
            return false;
        };
        self.put(role, line, role == Role::Signer);
        true
    }

    fn is_above_rule(&self, line: &Line) -> bool {
        self.kind != Kind::Letter && self.head.rule.as_ref().is_some_and(|rule| line.middle < rule.top())
    }

    /// Takes a line of a title or below one; tells whether it is one.
    fn take_title(&mut self, line: &Line, start: Start) -> bool {
        let role = if self.part == 0 { Role::Title } else { Role::AttachmentTitle };
        let is_large = line.size > self.grid.size + LARGER;
        let centred = self.grid.is_centred(line) && start != Start::Flush;
        let follows = self.last_role() == Some(role);
        let same =
            follows && self.blocks.last().is_some_and(|block| (block.last().size - line.size).abs() < LARGER);
        if is_large
            || (centred && !self.has_title)
            || (centred && same && self.is_close(line) && start == Start::Free)
        {
            // 令 has no title: what follows its number is the text.
            if self.kind == Kind::Order && !is_large {
                return false;
            }
            self.has_title = true;
            self.put(role, line, same);
            return true;
        }
        // 题注 may be nearly as long as the measure; 主送机关 that fill it stand in the text's own face, and go on to
        // a colon.
        let own = self.grid.is_centred(line) && font(line) != self.font && !"：:，、；".contains(line.last());
        if self.has_title
            && (centred || own)
            && matches!(self.last_role(), Some(Role::Title | Role::AttachmentTitle | Role::Byline))
        {
            self.put(Role::Byline, line, true);
            return true;
        }
        false
    }

    fn take_text(&mut self, line: &Line, start: Start, text: &str) {
        let starts = |words: &[&str]| words.iter().any(|word| text.starts_with(word));
        let turned = self.grid.offset(line) > 2.0 + NEAR && self.is_close(line);
        match self.last_role() {
            // The lines of 附件说明 that turn, and its further items, stand below the first one's name.
            Some(role @ (Role::AttachmentNote | Role::Attendance))
                if turned && self.grid.offset(line) < 8.0 && date(&line.text).is_none() =>
            {
                return self.put(role, line, true);
            }
            Some(Role::Salutation)
                if start == Start::Flush
                    && self.is_close(line)
                    && self.blocks.last().is_none_or(|block| block.last().last() != '：') =>
            {
                return self.put(Role::Salutation, line, true);
            }
            _ => {}
        }
        if start != Start::Flush && date(&line.text).is_some() && self.has_text {
            return self.put(Role::Date, line, false);
        }
        if self.has_text && has_columns(self.grid, line) {
            return self.put(Role::Other, line, self.is_close(line));
        }
        match start {
            Start::Indent if starts(&["附件：", "附件:"]) => self.put(Role::AttachmentNote, line, false),
            Start::Indent if starts(&["出席：", "请假：", "列席：", "出席:", "请假:", "列席:"]) =>
            {
                self.put(Role::Attendance, line, false);
            }
            _ if self.is_note(text) => self.put(Role::Note, line, false),
            Start::Indent => {
                self.has_text = true;
                self.put(Role::Paragraph, line, false);
            }
            Start::Flush if !self.has_text && self.is_salutation(text) => {
                self.put(Role::Salutation, line, false);
            }
            Start::Flush => {
                self.has_text = true;
                match self.turned_from(line) {
                    Some(at) => self.blocks[at].lines.push(line.clone()),
                    None => self.put(Role::Paragraph, line, false),
                }
            }
            Start::Free => self.put(Role::Other, line, self.is_close(line)),
        }
    }

    fn is_note(&self, text: &str) -> bool {
        self.blocks.iter().any(|block| block.role == Role::Date && block.part == self.part)
            && text.starts_with(['（', '('])
            && text.ends_with(['）', ')'])
    }

    /// Tells whether a flush line before the text is 主送机关: it names organs and ends with a colon, or turns.
    fn is_salutation(&self, text: &str) -> bool {
        let last = text.chars().last();
        self.part == 0
            && (matches!(last, Some('：' | ':')) || !text.contains('。'))
            && text.chars().count() <= 30
    }
}

/// Tells whether a line has words apart from one another and no mark: names of organs that sign side by side.
fn has_columns(grid: &Grid, line: &Line) -> bool {
    // 第一章　总则 has a blank too.
    line.first() != '第'
        && !line.text.iter().any(|c| "。，、；：？！".contains(*c) || c.is_ascii_digit())
        && line.glyphs.windows(2).any(|pair| pair[1].origin.x - pair[0].end() > grid.cell * 0.9)
}

/// Tells whether a line is 附件, with or without its number.
fn is_label(text: &str) -> bool {
    text.strip_prefix("附件").is_some_and(|rest| {
        let rest = rest.trim_end_matches(['：', ':']);
        rest.chars().all(|character| character.is_ascii_digit())
    })
}

/// Tells whether a line is or has 发文字号 or 令号.
pub(super) fn is_number(text: &str) -> bool {
    let has_year = text.contains('〔') || text.contains('[') || text.contains('［') || text.contains('(');
    (has_year && text.contains('号'))
        || (text.starts_with('第') && text.ends_with('号') && text.chars().count() <= 8)
}

/// How many lines stand between the names of two rows of seals at most.
const SEAL_ROW: f64 = 6.0;

/// Finds 署名: what stands free right above 成文日期, and names side by side above that.
fn signatures(blocks: &mut Vec<Block>, grid: &Grid) {
    let pitch = grid.pitch.unwrap_or(grid.size * 2.0);
    let mut at = 1;
    while at < blocks.len() {
        if blocks[at].role == Role::Date && blocks[at - 1].role == Role::Other {
            let date = blocks[at].first().clone();
            let above = &blocks[at - 1];
            let mut next = date.middle;
            let mut own = above.lines.len();
            for (number, line) in above.lines.iter().enumerate().rev() {
                if line.page != date.page || next - line.middle > pitch * 2.6 {
                    break;
                }
                next = line.middle;
                own = number;
            }
            if own == 0 {
                blocks[at - 1].role = Role::Signature;
            } else if own < above.lines.len() {
                let lines = blocks[at - 1].lines.split_off(own);
                let part = blocks[at - 1].part;
                blocks.insert(at, Block { role: Role::Signature, lines, label: None, part });
                at += 1;
            }
            while at > 1 && is_row_above(&blocks[at - 2], &blocks[at - 1], grid, pitch) {
                let row = blocks.remove(at - 2);
                at -= 1;
                blocks[at - 1].lines.splice(0..0, row.lines);
            }
        }
        at += 1;
    }
}

/// Tells whether a block is a row of names of joint organs, with another row below it.
fn is_row_above(row: &Block, below: &Block, grid: &Grid, pitch: Abs) -> bool {
    below.role == Role::Signature
        && row.role == Role::Other
        && row.part == below.part
        && row.lines.iter().all(|line| has_columns(grid, line))
        && row.last().page == below.first().page
        && below.first().middle - row.last().middle < pitch * SEAL_ROW
}

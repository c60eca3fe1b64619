//! What stands at the edges of a document: the page numbers, 版头 and 版记.

use super::super::Kind;
use super::super::grid::Grid;
use super::super::lines::{Line, Rule, Sheet};
use super::Imprint;
use crate::units::Abs;

/// The smallest that 发文机关标志 is taken to be.
const MARK_SIZE: Abs = Abs::pt(24.0);
/// The smallest that a red one is taken to be: of many organs it is small.
const RED_MARK_SIZE: Abs = Abs::pt(21.5);
/// The shortest that a rule as wide as the type area is taken to be.
const WIDE: Abs = Abs::mm(130.0);

/// Takes the page number off a page's lines.
pub(super) fn take_folio(sheet: &mut Sheet) -> Option<Line> {
    let last = sheet.lines.last()?;
    let low = last.middle / sheet.size.height;
    let above = sheet.lines.iter().rev().nth(1).map_or(Abs::ZERO, Line::bottom);
    let apart = last.top() - above > last.size * 0.5;
    let dashes = "—–-－─―";
    let others = "·第页共/";
    let digits = last.text.iter().filter(|character| character.is_ascii_digit()).count();
    let fits = |character: &char| {
        character.is_ascii_digit() || dashes.contains(*character) || others.contains(*character)
    };
    let has_dash = last.text.iter().any(|character| dashes.contains(*character));
    let close = last.glyphs.windows(2).all(|pair| pair[1].origin.x - pair[0].end() < pair[0].size * 1.5);
    let is_folio = (1..=5).contains(&digits)
        && last.text.iter().all(fits)
        && close
        && apart
        && (low > 0.882 || (low > 0.84 && has_dash));
    if is_folio { sheet.lines.pop() } else { None }
}

/// What is found at the head of the first page.
#[derive(Debug, Default)]
pub(super) struct Head {
    /// The numbers of the lines of 发文机关标志 on the page.
    pub(super) mark: Vec<usize>,
    text: String,
    /// The red rule.
    pub(super) rule: Option<Rule>,
    /// Whether a second red rule lies close below the first, as on a letter.
    pub(super) is_double: bool,
}

impl Head {
    /// Returns the kind of document that begins so.
    pub(super) fn kind(&self) -> Kind {
        match self {
            _ if self.is_double => Kind::Letter,
            _ if self.mark.is_empty() => Kind::Report,
            _ if self.text.ends_with('令') => Kind::Order,
            _ if self.text.ends_with("纪要") => Kind::Minutes,
            _ => Kind::Document,
        }
    }
}

/// Finds 版头 on the first page.
pub(super) fn head(sheet: &Sheet, grid: &Grid) -> Head {
    let is_red = |line: &Line| {
        line.glyphs.iter().filter(|glyph| glyph.colour.is_red()).count() * 2 > line.glyphs.len()
    };
    // The mark of many joint organs reaches far down.
    let lowest = |line: &Line| if is_red(line) { Abs::mm(220.0) } else { Abs::mm(150.0) };
    let is_large = |line: &&Line| line.size >= RED_MARK_SIZE && line.middle < lowest(line);
    let is_largest = |line: &Line| line.size >= MARK_SIZE.max(grid.size + Abs::pt(7.0));
    let is_mark = |line: &&Line| {
        let text = line.string();
        is_red(line) || is_largest(line) && ["文件", "令", "纪要"].iter().any(|end| text.ends_with(end))
    };
    let marks: Vec<&Line> = sheet.lines.iter().filter(is_large).filter(is_mark).collect();
    let bottom = marks.last().map_or(Abs::ZERO, |line| line.bottom());
    let reds: Vec<&Rule> =
        sheet.rules.iter().filter(|rule| rule.colour.is_red() && rule.length() > WIDE).collect();
    let rule = reds.iter().find(|rule| rule.top() > bottom - Abs::mm(2.0) && rule.top() < Abs::mm(240.0));
    let is_double = rule.is_some_and(|first| {
        let apart = |other: &&&Rule| other.top() > first.top() && other.top() - first.bottom() < Abs::mm(2.5);
        reds.iter().any(|other| apart(&other))
    });
    Head {
        mark: marks.iter().map(|line| line.number).collect(),
        text: marks.iter().map(|line| line.string()).collect(),
        rule: rule.map(|rule| (*rule).clone()),
        is_double,
    }
}

/// Tells whether a line is one of 版记.
fn is_imprint(line: &Line) -> bool {
    let text = line.string();
    let starts = ["抄送：", "抄送:", "主送：", "主送:"].iter().any(|start| text.starts_with(start));
    starts || (text.ends_with("印发") && text.contains('日') && text.contains('年'))
}

/// Finds 版记, on one of the last pages.
pub(super) fn imprint(sheets: &[Sheet]) -> Option<Imprint> {
    for sheet in sheets.iter().rev().take(3) {
        let Some(first) = sheet.lines.iter().find(|line| is_imprint(line)) else { continue };
        let near = first.size * 3.0;
        let wide = |rule: &&Rule| rule.length() > WIDE && !rule.colour.is_red();
        let above = sheet
            .rules
            .iter()
            .filter(wide)
            .rfind(|rule| rule.top() < first.middle && rule.top() > first.top() - near);
        let top = above.map_or(first.top(), Rule::top) - Abs::pt(0.5);
        let rules = sheet.rules.iter().filter(wide).filter(|rule| rule.top() >= top).cloned().collect();
        return Some(Imprint { page: sheet.number, top, rules });
    }
    None
}

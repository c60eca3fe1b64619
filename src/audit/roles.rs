//! Recognises what the lines are: the elements of an official document (GB/T 9704-2012, clause 7), by their
//! words, sizes, colours and places.

mod body;
mod edges;
mod turned;

use std::collections::HashMap;

use super::duplex;
use super::grid::Grid;
use super::lines::{Line, Rule, Sheet, arrange};
use super::marks::Label;
use super::seen::Seen;
use super::{Kind, faces::Face};
use crate::units::Abs;

/// What a block of lines is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Role {
    /// 份号.
    Serial,
    /// 密级和保密期限.
    Secrecy,
    /// 紧急程度.
    Urgency,
    /// 发文机关标志.
    Mark,
    /// 发文字号, or 令号; 签发人 may stand on its line.
    Number,
    /// 签发人 on lines of its own.
    Signer,
    /// 标题.
    Title,
    /// A date or names under the title.
    Byline,
    /// 主送机关.
    Salutation,
    /// A paragraph or a heading.
    Paragraph,
    /// 附件说明.
    AttachmentNote,
    /// 发文机关署名.
    Signature,
    /// 成文日期.
    Date,
    /// 附注.
    Note,
    /// 附件 and its number at the head of an attachment.
    AttachmentLabel,
    /// The title of an attachment.
    AttachmentTitle,
    /// 出席, 请假, 列席.
    Attendance,
    /// A table, a footnote, what is smaller than the text.
    Small,
    /// A heading or a paragraph that lies on its side with a table.
    Turned,
    /// 版记.
    Imprint,
    /// What stands neither flush nor indented, and is nothing else.
    Other,
}

/// Lines that belong together.
#[derive(Clone, Debug)]
pub(super) struct Block {
    /// What they are.
    pub(super) role: Role,
    /// The lines; never empty.
    pub(super) lines: Vec<Line>,
    /// The number that a paragraph begins with.
    pub(super) label: Option<Label>,
    /// 0 for the document itself, 1 and on for its attachments.
    pub(super) part: usize,
}

impl Block {
    /// Returns its first line.
    pub(super) fn first(&self) -> &Line {
        &self.lines[0]
    }

    /// Returns its last line.
    pub(super) fn last(&self) -> &Line {
        &self.lines[self.lines.len() - 1]
    }

    /// Returns all its characters.
    pub(super) fn text(&self) -> Vec<char> {
        self.lines.iter().flat_map(|line| line.text.iter().copied()).collect()
    }
}

/// A document as it is recognised.
#[derive(Debug)]
pub(super) struct Recognised {
    /// Its kind.
    pub(super) kind: Kind,
    /// Its pages, the lines of page numbers taken off.
    pub(super) sheets: Vec<Sheet>,
    /// The page number of each page.
    pub(super) folios: Vec<Option<Line>>,
    /// Whether 订口 is on the right of even pages; all are laid as if it were on the left.
    pub(super) mirrored: bool,
    /// The measures of its text.
    pub(super) grid: Grid,
    /// Its lines in order.
    pub(super) blocks: Vec<Block>,
    /// The face of each font.
    pub(super) faces: Vec<Option<Face>>,
    /// The names of the fonts.
    pub(super) fonts: Vec<String>,
    /// The red rule of 版头, on the first page; for a letter the upper one of its first pair.
    pub(super) head_rule: Option<Rule>,
    /// What each line is, by its page and its number.
    roles: HashMap<(usize, usize), Role>,
    /// The place of 版记.
    pub(super) imprint: Option<Imprint>,
}

/// Where 版记 stands.
#[derive(Clone, Debug)]
pub(super) struct Imprint {
    /// Its page.
    pub(super) page: usize,
    /// Its upper edge.
    pub(super) top: Abs,
    /// Its rules from top to bottom.
    pub(super) rules: Vec<Rule>,
}

impl Recognised {
    /// Returns what a line is.
    pub(super) fn role(&self, line: &Line) -> Option<Role> {
        self.roles.get(&(line.page, line.number)).copied()
    }

    /// Returns the blocks of a role.
    pub(super) fn of(&self, role: Role) -> impl Iterator<Item = &Block> {
        self.blocks.iter().filter(move |block| block.role == role)
    }

    /// Returns the first block of a role.
    pub(super) fn one(&self, role: Role) -> Option<&Block> {
        self.of(role).next()
    }

    /// Returns the pitch of the lines, or the standard's where it cannot be measured.
    pub(super) fn pitch(&self) -> Abs {
        self.grid.pitch.unwrap_or(super::standard::PITCH)
    }

    /// Tells whether a page is a landscape one.
    pub(super) fn is_landscape(&self, page: usize) -> bool {
        self.sheets.get(page - 1).is_some_and(|sheet| sheet.size.width > sheet.size.height)
    }

    /// Returns by how much a page is laid further right than the file has it.
    pub(super) fn shift(&self, page: usize) -> Abs {
        let sheet = self.sheets.get(page - 1).filter(|_| self.mirrored);
        sheet.map_or(Abs::ZERO, duplex::offset)
    }

    /// Returns the face of a font.
    pub(super) fn face(&self, font: usize) -> Option<Face> {
        self.faces.get(font).copied().flatten()
    }

    /// Returns the name of a font.
    pub(super) fn font(&self, font: usize) -> &str {
        self.fonts.get(font).map_or("?", String::as_str)
    }
}

/// Recognises a file's pages; nothing where there is no text on them.
pub(super) fn recognise(seen: &Seen, kind: Option<Kind>) -> Option<Recognised> {
    let mut sheets = arrange(seen);
    let mirrored = duplex::unfold(&mut sheets);
    let folios: Vec<Option<Line>> = sheets.iter_mut().map(edges::take_folio).collect();
    let imprint = edges::imprint(&sheets);
    let grid = Grid::measure(&sheets, imprint.as_ref().map(|imprint| (imprint.page, imprint.top)))?;
    let head = edges::head(&sheets[0], &grid);
    let kind = kind.unwrap_or_else(|| head.kind());
    let blocks = body::blocks(&sheets, &grid, &head, imprint.as_ref(), kind);
    let lines = blocks.iter().flat_map(|block| block.lines.iter().map(|line| (line, block.role)));
    let roles = lines.map(|(line, role)| ((line.page, line.number), role)).collect();
    Some(Recognised {
        kind,
        mirrored,
        roles,
        folios,
        blocks,
        faces: seen.fonts.iter().map(|font| Face::of(&font.name)).collect(),
        fonts: seen.fonts.iter().map(|font| font.name.clone()).collect(),
        head_rule: head.rule,
        imprint,
        grid,
        sheets,
    })
}

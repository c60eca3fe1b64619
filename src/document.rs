//! Holds what a document says: its blocks and their text, with numbering done, without a font or a size.
//!
//! Made by [`crate::markup`], read by [`crate::layout`] (for pages) and by the flowing formats of
//! [`crate::export`]. Nothing changes a document once its pictures are in (seals, logos).

mod braces;
mod elements;
mod image;
mod plain;
pub(crate) mod sentences;

use std::sync::Arc;

pub(crate) use self::braces::braced;
pub use self::elements::{
    COPIES, Form, Head, Imprint, Manner, PRINTED, RECIPIENTS, Roster, SIGNERS, Seal, Signature, Signer,
};
pub use self::image::{Image, Side};
pub use self::sentences::Sentence;

/// A whole document.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Document {
    /// The title as one line, for metadata and window bars; empty when the document has none.
    pub title: String,
    /// The language as a BCP 47 tag, such as `zh-CN`.
    pub language: String,
    /// The document's own date in Arabic digits (`2026-01-05`), the only time that its files bear.
    pub date: Option<String>,
    /// Who issues the document, for metadata; empty when nobody signs.
    pub author: String,
    /// What the document is as long as it is not final, shown above the first page's text: `草稿`, `征求意见稿`.
    pub label: Option<String>,
    /// The blocks, in reading order.
    pub blocks: Vec<Block>,
}

/// One block of a document.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// 标题: the document's title, its lines as the author broke them (usually one; layout breaks further).
    Title(Title),
    /// A heading of level 1 to 4 on a line of its own.
    Heading(Heading),
    /// A paragraph (自然段).
    Paragraph(Paragraph),
    /// A list whose items are paragraphs of their own.
    List(List),
    /// A table.
    Table(Table),
    /// 图: a chart of figures.
    Chart(Chart),
    /// 附件说明: what is attached, below the text.
    AttachmentList(AttachmentList),
    /// 发文机关署名 and 成文日期.
    Signature(Signature),
    /// 附件: the head of an attachment, which begins a new page.
    Attachment(Attachment),
    /// 版头: what stands above the title.
    Head(Box<Head>),
    /// 出席, 请假, 列席: who took part in a meeting.
    Roster(Roster),
    /// 版记: what the last page ends with.
    Imprint(Imprint),
    /// A picture of the template pack: a logo.
    Image(Image),
}

/// 标题 and what stands directly below it.
#[derive(Clone, Debug, PartialEq)]
pub struct Title {
    /// The title's parts, each beginning a line.
    pub lines: Vec<Vec<Inline>>,
    /// 题下: a date or a name line below the title.
    pub byline: Option<Vec<Inline>>,
}

/// A heading.
#[derive(Clone, Debug, PartialEq)]
pub struct Heading {
    /// 1 to 4: `一、`, `（一）`, `1.`, `（1）`.
    pub level: u8,
    /// The number as printed, such as `（二）`; empty when the heading has none.
    pub number: String,
    /// The heading's text, without its number.
    pub content: Vec<Inline>,
}

/// A paragraph.
#[derive(Clone, Debug, PartialEq)]
pub struct Paragraph {
    /// A heading run into the paragraph (level 2 as a rule); its content ends with its mark `。`.
    pub heading: Option<Heading>,
    /// The text after it.
    pub content: Vec<Inline>,
    /// Where the paragraph stands.
    pub kind: ParagraphKind,
}

/// What a paragraph is, which decides its indent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum ParagraphKind {
    /// Body text, two cells in.
    #[default]
    Body,
    /// 主送机关: flush left.
    Salutation,
    /// 附注: in parentheses, two cells in.
    Note,
}

/// A list whose items are paragraphs: `一是…`, each on its own.
#[derive(Clone, Debug, PartialEq)]
pub struct List {
    /// The items, their labels already in their text.
    pub items: Vec<ListItem>,
}

/// An item of a [`List`].
#[derive(Clone, Debug, PartialEq)]
pub struct ListItem {
    /// The label as printed, such as `一是`; empty when the list has none or one item alone is left.
    pub label: String,
    /// The item's text, without its label.
    pub content: Vec<Inline>,
}

/// A table.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// The number as printed before the title: `表1`; empty when the table has none.
    pub label: String,
    /// The title above the table.
    pub caption: Option<Vec<Inline>>,
    /// The rows of the head, repeated on each page.
    pub head: Vec<Row>,
    /// The rows of the body.
    pub body: Vec<Row>,
    /// Notes and sources below the table.
    pub notes: Vec<Vec<Inline>>,
    /// The columns from left to right, where a form has them fixed; none where their content decides.
    pub columns: Vec<Column>,
    /// How it stands on its pages.
    pub orientation: Orientation,
}

/// How a table stands on its pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Orientation {
    /// Upright where its columns have room so, else turned.
    #[default]
    Auto,
    /// Upright, however narrow its columns come to be.
    Portrait,
    /// 横排: turned, its head to the left, on pages of its own (GB/T 9704-2012, 8).
    Landscape,
}

impl Orientation {
    /// Every orientation and what it is called in a template.
    pub const NAMES: [(&str, Self); 3] =
        [("auto", Self::Auto), ("portrait", Self::Portrait), ("landscape", Self::Landscape)];
}

/// A column of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its part of the table's width, in shares of the sum of all columns' parts.
    pub share: u32,
    /// Whether text in it begins at the left rather than standing in the middle.
    pub flush: bool,
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The cells from left to right.
    pub cells: Vec<Cell>,
}

/// A cell of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// The cell's text.
    pub content: Vec<Inline>,
    /// Whether the cell names its row or column.
    pub header: bool,
    /// How many columns the cell takes: 1 or more.
    pub columns: usize,
    /// How many rows the cell takes: 1 or more.
    pub rows: usize,
}

/// 图: a drawing of the figures of a table, with its caption below (图题) and the sources below that.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// How the figures are drawn.
    pub kind: ChartKind,
    /// The number as printed: `图1`.
    pub label: String,
    /// What the figures are counted in, such as `亿元`; empty when the chart does not say.
    pub unit: String,
    /// The figures: the head names the series from the second column on, each row of the body a category in
    /// its first cell and the figures in the others. Caption and notes are the chart's.
    pub table: Table,
}

/// How a chart draws its figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChartKind {
    /// 柱状图: a column for each figure, those of a category side by side.
    Bar,
    /// 折线图: a line for each series, its figures beside its points.
    Line,
    /// 构成图: a column for each category, its figures stacked.
    Share,
    /// 排序图: a horizontal bar for each category, the largest figure first.
    Ranking,
}

impl ChartKind {
    /// Every kind with its name in the filled text and in Chinese.
    pub const NAMES: [(&str, &str, Self); 4] = [
        ("bar", "柱状图", Self::Bar),
        ("line", "折线图", Self::Line),
        ("share", "构成图", Self::Share),
        ("ranking", "排序图", Self::Ranking),
    ];
}

impl Cell {
    /// Tells whether the cell prints a figure that is still to come.
    pub fn is_open(&self) -> bool {
        runs(&self.content).any(|run| run.datum.as_ref().is_some_and(|datum| datum.open))
    }

    /// Returns the one number that the cell prints: `1,234.5`, `-3.2%`, `约70万人`. `None` where it prints
    /// none, or several.
    pub fn number(&self) -> Option<f64> {
        let is_part = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
        let text = text(&self.content);
        let start = text.find(|c: char| c.is_ascii_digit())?;
        let (before, rest) = text.split_at(start);
        let (digits, after) = rest.split_at(rest.find(|c| !is_part(c)).unwrap_or(rest.len()));
        if after.contains(is_part) || before.contains(['.', ',']) || before.contains("下降") {
            return None;
        }
        let number: f64 = digits.replace(',', "").parse().ok()?;
        Some(if before.ends_with(['-', '−', '－']) { -number } else { number })
    }

    /// Returns what the cell prints after its digits and is no word of an estimate: `万人` of `约70万人以上`.
    pub fn unit(&self) -> String {
        let text = text(&self.content);
        let after = text.trim_start_matches(|c: char| !c.is_ascii_digit());
        let after = after.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ','));
        let after = after.strip_prefix(['余', '多']).unwrap_or(after);
        let estimate = ["以上", "以内", "左右"].iter().find_map(|word| after.strip_suffix(word));
        estimate.unwrap_or(after).trim().to_owned()
    }
}

impl Chart {
    /// Returns the cells that have a figure, row by row: neither the categories nor what is left empty.
    pub fn figures(&self) -> impl Iterator<Item = &Cell> {
        let cells = self.table.body.iter().flat_map(|row| row.cells.iter().skip(1));
        cells.filter(|cell| !cell.content.is_empty())
    }

    /// Returns what the drawing shows as text, a row of figures a line: what a reader copies out of it.
    pub fn drawn_text(&self) -> String {
        let mut writer = plain::Writer::new(["", ""]);
        writer.drawing(self);
        writer.finish()
    }
}

/// 附件说明 (GB/T 9704-2012, 7.3.4).
#[derive(Clone, Debug, PartialEq)]
pub struct AttachmentList {
    /// The attachments, numbered when there is more than one.
    pub items: Vec<ListItem>,
}

/// The head of an attachment (GB/T 9704-2012, 7.3.7).
#[derive(Clone, Debug, PartialEq)]
pub struct Attachment {
    /// `附件`, or `附件1` when there is more than one.
    pub label: String,
    /// Its title.
    pub title: Title,
}

/// Text inside a block.
#[derive(Clone, Debug, PartialEq)]
pub enum Inline {
    /// A run of text with the same properties.
    Run(Run),
    /// A break that the author set.
    LineBreak,
    /// 脚注: a note that stands at the foot of the page.
    Footnote(Footnote),
}

/// 脚注: its mark stands in the text, the note at the foot of the page where the mark is.
#[derive(Clone, Debug, PartialEq)]
pub struct Footnote {
    /// Its number in the document, from 1.
    pub number: usize,
    /// The number as printed: `①`.
    pub mark: String,
    /// The note, without its mark.
    pub content: Vec<Inline>,
}

/// A run of text with the same properties.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// The text; never empty, without white space that the template's own lines made.
    pub text: String,
    /// Whether the run stands out: a clause's headline, `<b>`.
    pub strong: bool,
    /// The figure that the run prints, if it prints one.
    pub datum: Option<Arc<Datum>>,
    /// Where the run begins in the filled text, in bytes, and goes on as it is printed; the map of
    /// [`crate::fill::Filled`] leads from there to the template's line.
    pub offset: usize,
}

/// What is known of a printed figure: the way back to the data file.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Datum {
    /// The paths that the figure prints, such as `economy.gdp.value`; more than one where equal figures
    /// share a number (`各5家`).
    pub paths: Vec<String>,
    /// What kind of text it is, which decides where a line may break.
    pub kind: DatumKind,
    /// Whether the data file does not have it yet: a draft prints `XX亿元`, which no rule of the text judges.
    pub open: bool,
}

/// Where a line may break inside a printed datum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DatumKind {
    /// A number with its unit: nowhere.
    Figure,
    /// A name: nowhere up to six characters.
    Name,
    /// A person's name: nowhere.
    Person,
    /// Someone in a list of people, with an office before the name perhaps: nowhere in the name.
    Listed,
    /// A sentence or other free text: anywhere.
    Text,
}

/// What stands between the number of a table or a chart and its title: the width of a character.
pub const LABEL_SPACE: &str = "\u{3000}";

/// What stands in a cell of a table whose datum is not given: 一字线.
pub const NO_DATUM: &str = "—";

/// What 附件说明 begins with.
pub const ATTACHMENTS: &str = "附件：";

impl Document {
    /// Returns the text in reading order, numbering included, one block a line.
    ///
    /// This is what a reader copies out of the finished file, page numbers and line ends apart; a footnote is
    /// a line of its own behind the block, or the row of a table, that has its mark.
    pub fn plain_text(&self) -> String {
        self.text(["", ""])
    }

    /// Returns the text as [`Document::plain_text`] does, what is still to come in brackets: 【XX亿元】.
    pub fn bracketed_text(&self) -> String {
        self.text(["【", "】"])
    }

    /// Calls a function with each run of text, in reading order; what a footnote says comes where its mark
    /// stands, and a picture's file counts as a run.
    pub fn for_each_run<'a>(&'a self, visit: &mut impl FnMut(&'a Run)) {
        for block in &self.blocks {
            block.inlines().into_iter().for_each(|content| each_run(content, visit));
            if let Block::Signature(signature) = block {
                signature.seals().for_each(|seal| visit(&seal.file));
            }
        }
    }

    fn text(&self, around_open: [&'static str; 2]) -> String {
        let mut writer = plain::Writer::new(around_open);
        if let Some(label) = &self.label {
            writer.line(label, &[]);
        }
        for block in &self.blocks {
            writer.block(block);
        }
        writer.finish()
    }

    /// Returns 版头.
    pub fn head(&self) -> Option<&Head> {
        self.blocks.iter().find_map(|block| match block {
            Block::Head(head) => Some(&**head),
            _ => None,
        })
    }

    /// Returns 版记.
    pub fn imprint(&self) -> Option<&Imprint> {
        self.blocks.iter().find_map(|block| match block {
            Block::Imprint(imprint) => Some(imprint),
            _ => None,
        })
    }

    /// Returns the footnotes, in reading order.
    pub fn footnotes(&self) -> Vec<&Footnote> {
        self.blocks.iter().flat_map(Block::inlines).flat_map(footnotes_of).collect()
    }
}

impl Block {
    /// Returns every text of the block, in reading order.
    pub fn inlines(&self) -> Vec<&[Inline]> {
        fn title(title: &Title) -> impl Iterator<Item = &[Inline]> {
            title.lines.iter().chain(&title.byline).map(Vec::as_slice)
        }
        match self {
            Self::Title(own) => title(own).collect(),
            Self::Heading(heading) => vec![&heading.content],
            Self::Paragraph(paragraph) => {
                let heading = paragraph.heading.iter().map(|heading| heading.content.as_slice());
                heading.chain([paragraph.content.as_slice()]).collect()
            }
            Self::List(List { items }) | Self::AttachmentList(AttachmentList { items }) => {
                items.iter().map(|item| item.content.as_slice()).collect()
            }
            Self::Table(table) | Self::Chart(Chart { table, .. }) => {
                let cells = table.head.iter().chain(&table.body).flat_map(|row| &row.cells);
                let cells = cells.map(|cell| cell.content.as_slice());
                let caption = table.caption.iter().map(Vec::as_slice);
                caption.chain(cells).chain(table.notes.iter().map(Vec::as_slice)).collect()
            }
            Self::Signature(signature) => signature.texts().collect(),
            Self::Attachment(attachment) => title(&attachment.title).collect(),
            Self::Head(head) => head.lines().concat(),
            Self::Roster(roster) => vec![&roster.content],
            Self::Imprint(imprint) => imprint.texts().to_vec(),
            Self::Image(_) => Vec::new(),
        }
    }
}

fn each_run<'a>(content: &'a [Inline], visit: &mut impl FnMut(&'a Run)) {
    for inline in content {
        match inline {
            Inline::Run(run) => visit(run),
            Inline::LineBreak => {}
            // A footnote has none of its own.
            Inline::Footnote(footnote) => runs(&footnote.content).for_each(&mut *visit),
        }
    }
}

/// Returns the runs of a text, those of its footnotes left out.
pub(crate) fn runs(content: &[Inline]) -> impl DoubleEndedIterator<Item = &Run> {
    content.iter().filter_map(|inline| match inline {
        Inline::Run(run) => Some(run),
        Inline::LineBreak | Inline::Footnote(_) => None,
    })
}

/// Returns the text of its runs: without line breaks, footnotes and their marks.
pub(crate) fn text(content: &[Inline]) -> String {
    runs(content).map(|run| run.text.as_str()).collect()
}

fn footnotes_of(content: &[Inline]) -> impl Iterator<Item = &Footnote> {
    content.iter().filter_map(|inline| match inline {
        Inline::Footnote(footnote) => Some(footnote),
        Inline::Run(_) | Inline::LineBreak => None,
    })
}

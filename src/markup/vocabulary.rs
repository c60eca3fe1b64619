//! Says which elements there are, what each may hold, and which attributes it has.

/// The elements.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Name {
    /// The whole document.
    Article,
    /// 标题.
    Title,
    /// 题下.
    Byline,
    /// A heading of level 1 to 4.
    Heading(u8),
    /// A paragraph.
    Paragraph,
    /// Numbered clauses.
    Ordered,
    /// Clauses joined by a mark.
    Unordered,
    /// A clause.
    Item,
    /// A clause's headline.
    Bold,
    /// An optional part of a sentence.
    Span,
    /// A printed datum.
    Data,
    /// A table.
    Table,
    /// A chart: a table whose figures are drawn.
    Chart,
    /// A table's or a chart's title.
    Caption,
    /// A table's head.
    Head,
    /// A table's body.
    Body,
    /// A table's row.
    Row,
    /// A cell that names its row or column.
    HeaderCell,
    /// A cell.
    Cell,
    /// A note: below a table as a block, at the page's foot within text.
    Note,
    /// 附件说明: the names of what is attached.
    Attachments,
    /// 附件: an attachment, on pages of its own.
    Attachment,
    /// 署名 and 成文日期.
    Signature,
    /// 署名.
    Signer,
    /// 成文日期.
    Date,
    /// A break of the line.
    Break,
}

use Name::{
    Article, Attachment, Attachments, Body, Bold, Break, Byline, Caption, Cell, Chart, Data, Date, Head,
    HeaderCell, Heading, Item, Note, Ordered, Paragraph, Row, Signature, Signer, Span, Table, Title,
    Unordered,
};

/// Every element and its tag.
const NAMES: &[(&str, Name)] = &[
    ("article", Article),
    ("title", Title),
    ("byline", Byline),
    ("h1", Heading(1)),
    ("h2", Heading(2)),
    ("h3", Heading(3)),
    ("h4", Heading(4)),
    ("p", Paragraph),
    ("ol", Ordered),
    ("ul", Unordered),
    ("li", Item),
    ("b", Bold),
    ("span", Span),
    ("data", Data),
    ("table", Table),
    ("chart", Chart),
    ("caption", Caption),
    ("thead", Head),
    ("tbody", Body),
    ("tr", Row),
    ("th", HeaderCell),
    ("td", Cell),
    ("note", Note),
    ("attachments", Attachments),
    ("attachment", Attachment),
    ("signature", Signature),
    ("name", Signer),
    ("date", Date),
    ("br", Break),
];

impl Name {
    /// Returns the element with a tag.
    pub(super) fn from_tag(tag: &str) -> Option<Self> {
        NAMES.iter().find(|(known, _)| *known == tag).map(|(_, name)| *name)
    }

    /// Returns every tag that an author may write.
    pub(super) fn tags() -> impl Iterator<Item = &'static str> {
        NAMES.iter().filter(|(_, name)| *name != Data).map(|(tag, _)| *tag)
    }

    /// Returns its tag.
    pub(super) fn tag(self) -> &'static str {
        NAMES.iter().find(|(_, name)| *name == self).map_or("", |(tag, _)| tag)
    }

    /// Returns the elements that it may hold.
    pub(super) fn children(self) -> &'static [Self] {
        match self {
            Article => &[
                Title,
                Byline,
                Heading(1),
                Heading(2),
                Heading(3),
                Heading(4),
                Paragraph,
                Ordered,
                Table,
                Chart,
                Note,
                Attachments,
                Signature,
                Attachment,
            ],
            Attachment => &[
                Title,
                Byline,
                Heading(1),
                Heading(2),
                Heading(3),
                Heading(4),
                Paragraph,
                Ordered,
                Table,
                Chart,
                Note,
            ],
            Title => &[Data, Span, Break],
            Byline | Caption | Note | Signer | Date | Heading(_) => &[Data, Span],
            Paragraph => {
                &[Heading(1), Heading(2), Heading(3), Heading(4), Data, Bold, Span, Unordered, Ordered, Note]
            }
            Item | Span => &[Data, Bold, Span, Unordered, Ordered, Note],
            Ordered | Unordered | Attachments => &[Item],
            Bold => &[Data, Span, Note],
            Table | Chart => &[Caption, Head, Body],
            Head | Body => &[Row],
            Row => &[HeaderCell, Cell],
            HeaderCell | Cell => &[Data, Bold, Span, Break, Note],
            Signature => &[Signer, Date],
            Data | Break => &[],
        }
    }

    /// Tells whether text may stand in it.
    pub(super) fn holds_text(self) -> bool {
        !matches!(
            self,
            Article
                | Attachment
                | Attachments
                | Ordered
                | Unordered
                | Table
                | Chart
                | Head
                | Body
                | Row
                | Signature
                | Break
        )
    }

    /// Returns the attributes that it may have.
    pub(super) fn attributes(self) -> &'static [&'static str] {
        match self {
            Paragraph => &["kind"],
            Chart => &["kind", "unit"],
            Ordered | Unordered => &["join", "end"],
            HeaderCell | Cell => &["colspan", "rowspan"],
            Data => &["value", "class"],
            _ => &[],
        }
    }
}

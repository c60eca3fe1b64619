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
    /// 附注: a paragraph of that kind, where it is a matter of what stands where.
    Annotation,
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
    /// A picture of the pack.
    Image,
    /// 版头.
    RedHead,
    /// 份号.
    CopyNumber,
    /// 密级和保密期限.
    Secrecy,
    /// 紧急程度.
    Urgency,
    /// 发文机关标志.
    Mark,
    /// An organ in the mark.
    Organ,
    /// What follows the organs in the mark.
    Suffix,
    /// 发文字号.
    Number,
    /// 签发人.
    Approver,
    /// 职务 of one that signs.
    Post,
    /// The picture of a seal or a signature.
    Picture,
    /// 出席, 请假, 列席.
    Roster,
    /// 版记.
    Imprint,
    /// 抄送机关.
    Copies,
    /// 印发机关.
    Printer,
}

use Name::{
    Annotation, Approver, Article, Attachment, Attachments, Body, Bold, Break, Byline, Caption, Cell, Chart,
    Copies, CopyNumber, Data, Date, Head, HeaderCell, Heading, Image, Imprint, Item, Mark, Note, Number,
    Ordered, Organ, Paragraph, Picture, Post, Printer, RedHead, Roster, Row, Secrecy, Signature, Signer,
    Span, Suffix, Table, Title, Unordered, Urgency,
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
    ("p", Annotation),
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
    ("img", Image),
    ("head", RedHead),
    ("copy-number", CopyNumber),
    ("secrecy", Secrecy),
    ("urgency", Urgency),
    ("mark", Mark),
    ("organ", Organ),
    ("suffix", Suffix),
    ("number", Number),
    ("signer", Approver),
    ("post", Post),
    ("picture", Picture),
    ("roster", Roster),
    ("imprint", Imprint),
    ("copies", Copies),
    ("printer", Printer),
];

impl Name {
    /// Returns the element with a tag.
    pub(super) fn from_tag(tag: &str) -> Option<Self> {
        NAMES.iter().find(|(known, _)| *known == tag).map(|(_, name)| *name)
    }

    /// Returns every tag that an author may write.
    pub(super) fn tags() -> impl Iterator<Item = &'static str> {
        NAMES.iter().filter(|(_, name)| !matches!(name, Data | Annotation)).map(|(tag, _)| *tag)
    }

    /// Returns what an element is where it is a matter of what stands where, by its `kind`.
    pub(super) fn in_order(self, kind: Option<&str>) -> Self {
        if self == Paragraph && kind == Some("note") { Annotation } else { self }
    }

    /// Returns its tag.
    pub(super) fn tag(self) -> &'static str {
        NAMES.iter().find(|(_, name)| *name == self).map_or("", |(tag, _)| tag)
    }

    /// Returns the elements that it may hold.
    pub(super) fn children(self) -> &'static [Self] {
        match self {
            Article => &[
                RedHead,
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
                Roster,
                Imprint,
                Image,
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
                Image,
            ],
            Title | Byline => &[Data, Span, Break],
            Caption | Note | Date | Heading(_) | CopyNumber | Secrecy | Urgency | Organ | Suffix | Number
            | Approver | Post | Picture | Roster | Copies | Printer => &[Data, Span],
            Signer => &[Data, Span, Post, Picture],
            RedHead => &[CopyNumber, Secrecy, Urgency, Mark, Number, Approver],
            Mark => &[Organ, Suffix],
            Imprint => &[Copies, Printer, Date],
            Paragraph | Annotation => {
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
            Data | Break | Image => &[],
        }
    }

    /// Tells whether it goes with a datum in it that the data do not have, and takes no more with it: what is
    /// around it is whole without it.
    pub(super) fn goes_without_datum(self) -> bool {
        matches!(
            self,
            Item | Span
                | CopyNumber
                | Secrecy
                | Urgency
                | Organ
                | Number
                | Approver
                | Post
                | Picture
                | Roster
                | Copies
                | Printer
        )
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
                | Image
                | RedHead
                | Mark
                | Imprint
        )
    }

    /// Returns the attributes that it may have.
    pub(super) fn attributes(self) -> &'static [&'static str] {
        match self {
            Paragraph | Annotation | RedHead | Signature => &["kind"],
            Roster => &["label"],
            Chart => &["kind", "unit"],
            Table => &["orientation"],
            Ordered | Unordered => &["join", "end"],
            HeaderCell | Cell => &["colspan", "rowspan"],
            Data => &["value", "class"],
            Image => &["src", "alt", "height", "align"],
            _ => &[],
        }
    }

    /// Returns the attributes that it must have.
    pub(super) fn required(self) -> &'static [&'static str] {
        if self == Image { &["src", "alt", "height"] } else { &[] }
    }
}

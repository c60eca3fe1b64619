//! Holds finished pages: every glyph at its place, and what each place means.
//!
//! Made by [`crate::layout`], read by the paged formats of [`crate::export`]. Coordinates have their origin
//! at the page's top left corner, y downwards; text stands on its baseline.

use std::sync::Arc;

use crate::document::{Datum, Run};
use crate::font::{FaceId, GlyphId};
use crate::picture::Picture;
use crate::units::{Abs, Point, Rect, Size};

/// A document laid out.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Pages {
    /// The document's title as one line, for metadata.
    pub title: String,
    /// The language as a BCP 47 tag.
    pub language: String,
    /// The document's own date (`2026-01-05`), if it has one.
    pub date: Option<String>,
    /// Who issues the document; empty when nobody does.
    pub author: String,
    /// 出血: by how much the sheet is larger than each page on every side.
    pub bleed: Abs,
    /// Whether the pages are made to be printed on both sides of a sheet, 订口 to the left and to the right in turn.
    pub mirrored: bool,
    /// The pages in order.
    pub pages: Vec<Page>,
    /// The logical structure in reading order: a tree, flattened, parents before children.
    pub structure: Vec<StructureElement>,
    /// What bookmarks lead to, in order: the headings of levels 1 and 2, and at level 0 标题, attachments and 版记.
    pub outline: Vec<OutlineItem>,
    /// Where each datum was printed, in reading order.
    pub placed: Vec<PlacedDatum>,
    /// Whether page 1 has no room for any of the text, which the standard wants to begin there (GB/T 9704-2012, 7.3.2).
    pub begins_without_text: bool,
    /// The page, from 1 in its own count, on which the signature stands without text above it: what stands there is 附件说明
    /// (GB/T 9704-2012, 7.3.5.5).
    pub signed_without_text: Option<usize>,
    /// The characters of 发文机关标志 and the titles that are in the face of last resort, each once.
    pub stopgaps: Vec<char>,
    /// The names that their seals cannot press as the standard asks (GB/T 9704-2012, 7.3.5.1).
    pub unpressed: Vec<Unpressed>,
    /// The charts that have no room for some of their figures.
    pub unlettered: Vec<Unlettered>,
}

/// A chart that shows some of its figures by what is drawn alone.
#[derive(Clone, Debug, PartialEq)]
pub struct Unlettered {
    /// The chart's number as printed: `图1`.
    pub label: String,
    /// How many figures are not printed.
    pub count: usize,
    /// How many figures it has.
    pub all: usize,
    /// Where the first of all its figures is printed from.
    pub figure: Run,
}

/// A name so long that its seal does not press it, and the date below it, whole.
#[derive(Clone, Debug, PartialEq)]
pub struct Unpressed {
    /// Where the name begins, and the datum that gives it.
    pub name: Run,
    /// How many lines the name takes.
    pub lines: usize,
    /// How far the text reaches beyond the seal's foot.
    pub beyond: Abs,
}

impl Pages {
    /// Adds the pages of another document after these. Their headings are bookmarked too; what the file says
    /// of itself stays as it is.
    pub fn append(&mut self, other: Self) {
        let (pages, elements) = (self.pages.len(), self.structure.len());
        let moved = |content: &mut Content| {
            if let Content::Element(element) = content {
                *element += elements;
            }
        };
        self.pages.extend(other.pages.into_iter().map(|mut page| {
            for item in &mut page.items {
                moved(item.content_mut());
            }
            page
        }));
        self.structure.extend(other.structure.into_iter().map(|element| StructureElement {
            parent: element.parent.map(|parent| parent + elements),
            ..element
        }));
        let outline = other.outline.into_iter();
        self.outline.extend(outline.map(|item| OutlineItem { page: item.page + pages, ..item }));
        let placed = other.placed.into_iter();
        self.placed.extend(placed.map(|datum| PlacedDatum { page: datum.page + pages, ..datum }));
    }
}

/// One page.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// The page's extents.
    pub size: Size,
    /// The number that the page bears (from 1), whether or not it is printed.
    pub number: usize,
    /// What the page shows, in reading order, artifacts among it.
    pub items: Vec<FrameItem>,
}

/// Something at a place on a page.
#[derive(Clone, Debug, PartialEq)]
pub enum FrameItem {
    /// Glyphs of one face and size on one baseline.
    Text(TextRun),
    /// A filled box: a rule or a ground.
    Fill(Fill),
    /// A line or an area of a drawing.
    Shape(Shape),
    /// The picture of a seal, of a signature or of a logo.
    Picture(PlacedPicture),
}

impl FrameItem {
    /// Returns what the item means.
    pub fn content(&self) -> Content {
        match self {
            Self::Text(run) => run.content,
            Self::Fill(fill) => fill.content,
            Self::Shape(shape) => shape.content,
            Self::Picture(picture) => picture.content,
        }
    }

    /// Returns what the item means, to be changed.
    pub(crate) fn content_mut(&mut self) -> &mut Content {
        match self {
            Self::Text(run) => &mut run.content,
            Self::Fill(fill) => &mut fill.content,
            Self::Shape(shape) => &mut shape.content,
            Self::Picture(picture) => &mut picture.content,
        }
    }

    /// Turns the item by a right angle against the clock, about the origin: what was right is up, what was down is
    /// right.
    pub(crate) fn turn(&mut self) {
        match self {
            Self::Text(run) => {
                run.origin = run.origin.turned();
                run.turned = true;
            }
            Self::Fill(fill) => fill.rect = fill.rect.turned(),
            Self::Picture(picture) => {
                picture.rect = picture.rect.turned();
                picture.turned = true;
            }
            Self::Shape(shape) => shape.points.iter_mut().for_each(|point| *point = point.turned()),
        }
    }

    /// Moves the item to the right and down.
    pub(crate) fn shift(&mut self, by: Point) {
        let moved = |point: Point| Point::new(point.x + by.x, point.y + by.y);
        match self {
            Self::Text(run) => run.origin = moved(run.origin),
            Self::Fill(fill) => fill.rect.origin = moved(fill.rect.origin),
            Self::Picture(picture) => picture.rect.origin = moved(picture.rect.origin),
            Self::Shape(shape) => shape.points.iter_mut().for_each(|point| *point = moved(*point)),
        }
    }
}

/// Glyphs of one face, size and colour on one baseline.
#[derive(Clone, Debug, PartialEq)]
pub struct TextRun {
    /// The face.
    pub face: FaceId,
    /// The font size.
    pub size: Abs,
    /// The colour.
    pub color: Color,
    /// Where the first glyph's origin stands.
    pub origin: Point,
    /// The glyphs in reading order.
    pub glyphs: Vec<Glyph>,
    /// What the run means.
    pub content: Content,
    /// The line of the type area that the run stands on, counted from 1; 0 outside of it. In a turned table, from
    /// the table's head.
    pub line: usize,
    /// Whether the run goes up the page: it is turned by a right angle against the clock, as a whole table is.
    pub turned: bool,
}

impl TextRun {
    /// Returns how far a glyph of the run stands along its baseline, in the direction of reading.
    pub fn along(&self, glyph: &Glyph) -> Abs {
        glyph.x + if self.turned { -self.origin.y } else { self.origin.x }
    }

    /// Returns where the baseline stands across the direction of reading.
    pub fn across(&self) -> Abs {
        if self.turned { self.origin.x } else { self.origin.y }
    }
}

/// A glyph at its place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Glyph {
    /// The glyph in its face; never 0.
    pub id: GlyphId,
    /// The distance of the glyph's origin from the run's.
    pub x: Abs,
    /// The character that it stands for.
    pub character: char,
}

/// A filled box.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fill {
    /// The box.
    pub rect: Rect,
    /// Its colour.
    pub color: Color,
    /// What it means; a rule is an artifact.
    pub content: Content,
}

/// A line or an area of a drawing.
#[derive(Clone, Debug, PartialEq)]
pub struct Shape {
    /// The corners in turn; an area is closed from the last one to the first.
    pub points: Vec<Point>,
    /// How it is drawn.
    pub paint: Paint,
    /// What it means.
    pub content: Content,
}

/// A picture: in the red of official documents, or a logo in its colours.
#[derive(Clone, Debug, PartialEq)]
pub struct PlacedPicture {
    /// The picture.
    pub picture: Arc<Picture>,
    /// The box that it fills.
    pub rect: Rect,
    /// Whether it is turned by a right angle against the clock within its box.
    pub turned: bool,
    /// What it means.
    pub content: Content,
}

/// How a shape is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Paint {
    /// As an area.
    Fill(Color),
    /// As a line.
    Stroke {
        /// The line's colour.
        color: Color,
        /// Its thickness.
        width: Abs,
        /// The length of its dashes and of the gaps between them; zero for an unbroken line.
        dash: Abs,
    },
}

/// The colours of an official document.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Color {
    /// DeviceGray 0.
    Black,
    /// 红色: CMYK Y80 M80.
    Red,
    /// DeviceGray between 0 (black) and 1 (white).
    Gray(f32),
    /// DeviceCMYK, each from 0 to 1: cyan, magenta, yellow, black.
    Cmyk([f32; 4]),
}

/// What an item on a page means to a reader that does not see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// Part of the structure element with this index in [`Pages::structure`].
    Element(usize),
    /// A page number.
    Pagination,
    /// A rule or a ground.
    Layout,
}

/// An element of the logical structure (PDF 1.7, 14.8.4).
#[derive(Clone, Debug, PartialEq)]
pub struct StructureElement {
    /// What the element is.
    pub role: Role,
    /// The element that this one is in, by its index; `None` for a child of the document itself.
    pub parent: Option<usize>,
    /// Text to be read in its stead.
    pub alternative: Option<String>,
    /// The text that the element's drawing stands for: what is copied out of it.
    pub actual: Option<String>,
    /// Whether it is read right behind the element before it, wherever it is drawn: a seal, which lies below the names.
    pub follows: bool,
}

/// The standard structure types in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The document's title, or an attachment's: PDF 1.7 has no `Title`, so it is a heading above those of the text.
    Title,
    /// A heading of level 1 to 6.
    Heading(u8),
    /// A paragraph.
    Paragraph,
    /// A stretch of text inside another element.
    Span,
    /// A list.
    List,
    /// An item of a list.
    ListItem,
    /// An item's label.
    Label,
    /// An item's body.
    ListBody,
    /// A table.
    Table,
    /// A caption.
    Caption,
    /// The rows of a table's head.
    TableHead,
    /// The rows of a table's body.
    TableBody,
    /// A row of a table.
    TableRow,
    /// A cell that names a column or a row.
    TableHeader {
        /// How many columns it takes.
        columns: usize,
        /// How many rows it takes.
        rows: usize,
        /// Whether it names its row rather than its column.
        names_row: bool,
    },
    /// A cell of a table.
    TableCell {
        /// How many columns it takes.
        columns: usize,
        /// How many rows it takes.
        rows: usize,
    },
    /// A picture or drawing.
    Figure,
    /// A note.
    Note,
    /// The mark that leads to a note.
    Reference,
}

/// An entry of the outline (bookmarks).
#[derive(Clone, Debug, PartialEq)]
pub struct OutlineItem {
    /// The heading with its number.
    pub title: String,
    /// The less, the further out: 0 for titles, attachments and 版记, then the level of the heading.
    pub level: u8,
    /// The page by its index in [`Pages::pages`].
    pub page: usize,
    /// Where the heading's first line begins: its top left corner.
    pub position: Point,
}

/// A printed datum and its place.
#[derive(Clone, Debug, PartialEq)]
pub struct PlacedDatum {
    /// The datum.
    pub datum: Arc<Datum>,
    /// Where the text begins in the filled text, in bytes: a datum that is parted by the end of a line goes
    /// on where its first part ends.
    pub offset: usize,
    /// What is printed of it in this place, such as `1234.50亿元`.
    pub text: String,
    /// The page by its index in [`Pages::pages`].
    pub page: usize,
    /// The line of the type area, from 1; in a turned table, from the table's head.
    pub line: usize,
    /// The box of its letters, as high as their size.
    pub rect: Rect,
}

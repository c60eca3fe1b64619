//! Turns a document's blocks into chunks that stand one below the other.
//!
//! A chunk says how high it is and whether a page may end after it; [`super::pages`] deals the chunks out to
//! pages. Text begins on a line of the grid, table rows directly below one another.

use super::chunk::{Chunk, Part, Stance, Start};
use super::fonts::{Role, RoleFonts};
use super::footnote::Footnotes;
use super::inline::collect::{self, Letters};
use super::inline::finalize::{ASCENT, SetLine};
use super::inline::linebreak::Measure;
use super::inline::{Shapes, set_line, set_paragraph};
use super::signature::leftmost_picture;
use super::title::{set_rows, set_title};
use super::tree::Tree;
use super::{chart, table, turned};
use crate::diag::Diagnostic;
use crate::document::{
    self, ATTACHMENTS, Attachment, AttachmentList, Block, Document, Footnote, Heading, Inline, List, Manner,
    Paragraph, ParagraphKind, Roster, Title,
};
use crate::pack::Style;
use crate::page::{Color, Content, Fill, FrameItem, Role as Meaning, Unlettered, Unpressed};
use crate::units::{Abs, Point, Rect, Size};

/// A paragraph whose lines can be set anew, one more or one fewer, when a page asks for it.
pub(crate) struct Settable<'a> {
    /// Its rows. They are shaped anew: shapes take four times the room, and few paragraphs are ever asked.
    letters: Vec<Letters<'a>>,
    measure: Measure,
    role: Role,
    bookmark: Option<(u8, String)>,
    part: Part,
}

/// The levels of headings that are bookmarked.
const BOOKMARKED: u8 = 2;
/// Those of titles, attachments and 版记 stand above them.
pub(super) const TITLE_LEVEL: u8 = 0;
/// 首行缩进: a paragraph's first line begins this many cells in.
const INDENT: f64 = 2.0;

/// 题下 stands at least this part of a line's height below the title.
const BYLINE_ROOM: f64 = 0.25;

/// 附件说明 of up to this many lines stands on one page.
const WHOLE_LIST: usize = 9;

/// What the blocks of a document, which is `'b`, are laid out with.
pub(crate) struct Flow<'a, 'b> {
    /// The style.
    pub(crate) style: &'a Style,
    /// The faces.
    pub(crate) fonts: &'b mut RoleFonts<'a>,
    /// The structure.
    pub(crate) tree: Tree,
    /// The paragraphs of body text.
    pub(crate) paragraphs: Vec<Settable<'b>>,
    /// The footnotes, by their numbers.
    pub(crate) footnotes: Footnotes,
    /// Whether the document has a head, so that its title is bookmarked: a document of one part has no heading to
    /// lead to.
    pub(crate) headed: bool,
    /// The most lines of the grid that 发文机关标志 takes.
    pub(crate) mark_depth: f64,
    /// The names that their seals cannot press.
    pub(crate) unpressed: Vec<Unpressed>,
    /// The charts that have no room for some of their figures.
    pub(crate) unlettered: Vec<Unlettered>,
}

impl<'b> Flow<'_, 'b> {
    /// Lays out every block; tells of every character without a glyph at once.
    pub(crate) fn document(&mut self, document: &'b Document) -> Result<Vec<Chunk>, Vec<Diagnostic>> {
        let mut chunks: Vec<Chunk> = Vec::new();
        let mut faults = Vec::new();
        let mut before: Option<&Block> = None;
        // Where what is not parted from the next block begins: a heading, the label and title of 附件.
        let mut leading: Option<usize> = None;
        let mut blocks = document.blocks.iter().peekable();
        while let Some(mut block) = blocks.next() {
            match self.block(block) {
                Ok(mut laid_out) => {
                    if let Some(before) = before {
                        self.join(before, block, &mut chunks, &mut laid_out);
                    }
                    if laid_out.iter().any(|chunk| chunk.stance == Stance::Turned) {
                        block = turned::trailing(self, &mut blocks, block, &mut laid_out, &mut faults);
                        laid_out = turned::pages(self, &mut chunks, leading, laid_out);
                    }
                    leading = match block {
                        Block::Attachment(_) => Some(chunks.len()),
                        Block::Heading(_) => leading.or(Some(chunks.len())),
                        _ => None,
                    };
                    let part = part_of(block);
                    for chunk in &mut laid_out {
                        chunk.part = part;
                    }
                    chunks.extend(laid_out);
                }
                Err(missing) => faults.extend(missing),
            }
            before = Some(block);
        }
        if faults.is_empty() { Ok(chunks) } else { Err(faults) }
    }

    /// Settles what a block and the one before it ask of one another.
    pub(super) fn join(&self, before: &Block, block: &Block, chunks: &mut Vec<Chunk>, own: &mut Vec<Chunk>) {
        match block {
            // A further title begins another part of a document of several.
            Block::Title(_) if !matches!(before, Block::Head(_) | Block::Image(_)) => {
                if let Some(first) = own.first_mut() {
                    first.start = Start::Page;
                }
            }
            // Neither 附件说明 nor the signature stands on a page without text.
            Block::AttachmentList(_) | Block::Signature(_) => {
                if let Some(last) = chunks.last_mut() {
                    last.break_after = false;
                }
            }
            Block::Roster(_) if !matches!(before, Block::Roster(_)) => chunks.push(self.blank_row()),
            // 附注 stands on the line below the date (7.3.6), beside the seal's foot or, a longer one, below it.
            Block::Paragraph(Paragraph { kind: ParagraphKind::Note, .. }) => {
                let Block::Signature(signature) = before else { return };
                let hangs = chunks.last().map_or(Abs::ZERO, |last| -last.blank_below).max(Abs::ZERO);
                let seal = chunks.last().and_then(leftmost_picture).unwrap_or(self.style.measure() / 2.0);
                let room = seal - self.style.cell();
                let fits = own.len() == 1 && own.iter().all(|line| right_edge(line) <= room);
                if signature.manner == Manner::Sealed && !fits {
                    let rows = (hangs / self.style.pitch()).ceil() as usize;
                    let blank = (0..rows).map(|_| Chunk { blank: true, ..self.blank_row() });
                    own.splice(0..0, blank.collect::<Vec<_>>());
                }
            }
            _ => {}
        }
    }

    /// Sets the label above the text of the first page, as 密级 is set (7.2.2): 黑体, flush left, in lines of the grid.
    pub(crate) fn label(&mut self, document: &Document) -> Result<Chunk, Vec<Diagnostic>> {
        let Some(label) = &document.label else { return Ok(Chunk::default()) };
        let element = self.tree.push(Meaning::Paragraph, None);
        let role = Role::Heading(1);
        let mut letters = Vec::new();
        collect::push_text(&mut letters, label, role, element);
        let measure = self.measure(self.style.measure(), Abs::ZERO);
        let lines = set_paragraph(&letters, &measure, self.fonts, 0.0)?;
        let (pitch, first) = (self.style.pitch(), ASCENT.at(self.fonts.size(role)));
        let mut chunk = Chunk { height: pitch * lines.len() as f64, ..Chunk::default() };
        for (nth, line) in lines.into_iter().enumerate() {
            place(&mut chunk, line, first + pitch * nth as f64);
        }
        Ok(chunk)
    }

    pub(super) fn block(&mut self, block: &'b Block) -> Result<Vec<Chunk>, Vec<Diagnostic>> {
        match block {
            Block::Title(title) => self.title(title),
            Block::Heading(heading) => self.heading(heading),
            Block::Paragraph(paragraph) => self.paragraph(paragraph),
            Block::List(list) => self.list(list),
            Block::Table(table) => table::lay_out(self, table),
            Block::Chart(chart) => chart::lay_out(self, chart),
            Block::AttachmentList(list) => self.attachment_list(list),
            Block::Signature(signature) => self.signature(signature),
            Block::Attachment(attachment) => self.attachment(attachment),
            Block::Head(head) => self.head(head),
            Block::Roster(roster) => self.roster(roster),
            Block::Image(image) => Ok(self.image(image)),
            // It stands at the foot of the last page, when there are pages.
            Block::Imprint(_) => Ok(Vec::new()),
        }
    }

    fn title(&mut self, title: &Title) -> Result<Vec<Chunk>, Vec<Diagnostic>> {
        let element = self.tree.push(Meaning::Title, None);
        let mut rows = Vec::new();
        for line in &title.lines {
            rows.extend(self.rows(line, Role::Title, element)?);
        }
        let lines = set_rows(&rows, self.style.measure(), self.fonts)?;
        let pitch = self.style.pitch();
        let size = self.fonts.size(Role::Title);
        let wide = pitch * self.style.title.leading;
        let depth = wide * (lines.len().max(1) - 1) as f64 + size;
        let room = if title.byline.is_some() { pitch * BYLINE_ROOM } else { Abs::ZERO };
        let needed = (depth + room) / pitch;
        let fits = needed.ceil() as usize + 2 <= usize::from(self.style.grid.rows);
        let mut chunks = if fits {
            let rows = (needed - 1e-6).ceil().max(1.0);
            let height = pitch * rows;
            let mut chunk = Chunk { height, blank_below: height - depth, ..Chunk::default() };
            for (nth, line) in lines.into_iter().enumerate() {
                place(&mut chunk, line, ASCENT.at(size) + wide * nth as f64);
            }
            vec![chunk]
        } else {
            lines.into_iter().map(|line| self.row(line, Role::Title)).collect()
        };
        if let (true, Some(first)) = (self.headed, chunks.first_mut()) {
            first.bookmark = Some((TITLE_LEVEL, text_of(title))).filter(|(_, text)| !text.is_empty());
        }
        if let Some(byline) = &title.byline {
            // When, where and who: each line is one of its own.
            for row in self.lines_of_their_own(byline, Role::Byline)? {
                for line in set_title(&row, self.style.measure(), self.fonts)? {
                    chunks.push(self.row(line, Role::Byline));
                }
            }
        }
        for chunk in &mut chunks {
            chunk.stance = Stance::Centred;
        }
        chunks.push(self.blank_row());
        Ok(chunks)
    }

    fn heading(&mut self, heading: &Heading) -> Result<Vec<Chunk>, Vec<Diagnostic>> {
        let element = self.tree.push(Meaning::Heading(heading.level), None);
        let role = Role::Heading(heading.level);
        let mut letters = Vec::new();
        self.push_heading(&mut letters, heading, role, element)?;
        let mut chunks = self.lines(&letters, role, self.indent())?;
        for chunk in &mut chunks {
            chunk.break_after = false;
        }
        if let Some(first) = chunks.first_mut() {
            first.bookmark = bookmark(heading);
        }
        Ok(chunks)
    }

    fn paragraph(&mut self, paragraph: &'b Paragraph) -> Result<Vec<Chunk>, Vec<Diagnostic>> {
        let mut letters = Vec::new();
        if let Some(heading) = &paragraph.heading {
            let element = self.tree.push(Meaning::Heading(heading.level), None);
            self.push_heading(&mut letters, heading, Role::Heading(heading.level), element)?;
        }
        if !paragraph.content.is_empty() {
            let element = self.tree.push(Meaning::Paragraph, None);
            self.push(&mut letters, &paragraph.content, Role::Body, Role::Headline, element)?;
        }
        let indent = match paragraph.kind {
            ParagraphKind::Salutation => Abs::ZERO,
            ParagraphKind::Body | ParagraphKind::Note => self.indent(),
        };
        let measure = self.measure(self.style.measure(), indent);
        let shapes = Shapes::new(&letters, &measure, self.fonts, self.style.line_breaking.latin_gap)?;
        let bookmark = paragraph.heading.as_ref().and_then(bookmark);
        let lines = shapes.lines();
        let part = part_of_paragraph(paragraph);
        let settable = Settable { letters, measure, role: Role::Body, bookmark, part };
        let chunks = self.chunks_of(lines, &settable, self.paragraphs.len());
        self.paragraphs.push(settable);
        Ok(chunks)
    }

    fn list(&mut self, list: &List) -> Result<Vec<Chunk>, Vec<Diagnostic>> {
        let parent = self.tree.push(Meaning::List, None);
        let mut chunks = Vec::new();
        for item in &list.items {
            let element = self.tree.push(Meaning::ListItem, Some(parent));
            let mut letters = Vec::new();
            if !item.label.is_empty() {
                let label = self.tree.push(Meaning::Label, Some(element));
                collect::push_text(&mut letters, &item.label, Role::Body, label);
            }
            let body = self.tree.push(Meaning::ListBody, Some(element));
            self.push(&mut letters, &item.content, Role::Body, Role::Headline, body)?;
            chunks.extend(self.lines(&letters, Role::Body, self.indent())?);
        }
        Ok(chunks)
    }

    /// 附件说明 (7.3.4): a blank line below the text, two cells in, turned lines under the name's first letter.
    fn attachment_list(&mut self, list: &AttachmentList) -> Result<Vec<Chunk>, Vec<Diagnostic>> {
        let parent = self.tree.push(Meaning::List, None);
        let gap = self.style.line_breaking.latin_gap;
        let mut chunks = vec![self.blank_row()];
        let mut items_start = self.indent();
        for (nth, item) in list.items.iter().enumerate() {
            let element = self.tree.push(Meaning::ListItem, Some(parent));
            let label = self.tree.push(Meaning::Label, Some(element));
            let body = self.tree.push(Meaning::ListBody, Some(element));
            let opening =
                if nth == 0 { self.words(ATTACHMENTS, label, items_start)? } else { SetLine::default() };
            items_start = items_start.max(opening.end);
            let number = self.words(&item.label, label, items_start)?;
            let start = items_start.max(number.end);
            let mut letters = Vec::new();
            self.push(&mut letters, &item.content, Role::Body, Role::Body, body)?;
            let measure = Measure { rest: start, ..self.measure(self.style.measure(), start) };
            let mut lines = set_paragraph(&letters, &measure, self.fonts, gap)?;
            if let Some(first) = lines.first_mut() {
                first.runs.splice(0..0, opening.runs.into_iter().chain(number.runs));
            }
            chunks.extend(self.keep_ends(lines, Role::Body));
        }
        if chunks.len() <= WHOLE_LIST {
            for chunk in &mut chunks {
                chunk.break_after = false;
            }
            if let Some(last) = chunks.last_mut() {
                last.break_after = true;
            }
        }
        Ok(chunks)
    }

    /// Sets words of the program's own on a line, from a left edge.
    fn words(&mut self, text: &str, element: usize, left: Abs) -> Result<SetLine, Vec<Diagnostic>> {
        let mut letters = Vec::new();
        collect::push_text(&mut letters, text, Role::Body, element);
        set_line(&letters.remove(0), left, self.fonts, self.style.line_breaking.latin_gap)
    }

    /// 附件 (7.3.7): on a new page, its label in 黑体 flush left on line 1, its title on line 3.
    fn attachment(&mut self, attachment: &Attachment) -> Result<Vec<Chunk>, Vec<Diagnostic>> {
        let element = self.tree.push(Meaning::Paragraph, None);
        let mut label = Vec::new();
        collect::push_text(&mut label, &attachment.label, Role::Heading(1), element);
        let mut chunks = self.lines(&label, Role::Heading(1), Abs::ZERO)?;
        chunks.push(self.blank_row());
        chunks.extend(self.title(&attachment.title)?);
        for chunk in &mut chunks {
            chunk.break_after = false;
            // The title is part of the attachment's own.
            chunk.bookmark = None;
        }
        if let Some(first) = chunks.first_mut() {
            first.start = Start::Page;
            first.bookmark = Some((TITLE_LEVEL, bookmark_of(&attachment.label, &attachment.title)));
        }
        Ok(chunks)
    }

    /// 出席, 请假 and 列席 (10.3): two cells in, the label in 黑体, turned lines under the first name.
    fn roster(&mut self, roster: &Roster) -> Result<Vec<Chunk>, Vec<Diagnostic>> {
        let element = self.tree.push(Meaning::Paragraph, None);
        let gap = self.style.line_breaking.latin_gap;
        let mut label = Vec::new();
        collect::push_text(&mut label, &roster.label, Role::Heading(1), element);
        collect::push_text(&mut label, "：", Role::Body, element);
        let label = set_line(&label.remove(0), self.indent(), self.fonts, gap)?;
        let rows = self.rows(&roster.content, Role::Body, element)?;
        let start = label.end;
        let measure = Measure { rest: start, ..self.measure(self.style.measure(), start) };
        // Names that may not part leave lines of all lengths: rather ragged than torn apart.
        let mut lines = Shapes::new(&rows, &measure, self.fonts, gap)?.narrow_lines();
        if let Some(first) = lines.first_mut() {
            first.runs.splice(0..0, label.runs);
        }
        Ok(self.keep_ends(lines, Role::Body))
    }

    /// Appends inlines in a role, headlines in another, and sets the footnotes that they have.
    pub(crate) fn push<'c>(
        &mut self,
        letters: &mut Vec<Letters<'c>>,
        inlines: &'c [Inline],
        role: Role,
        headline: Role,
        element: usize,
    ) -> Result<(), Vec<Diagnostic>> {
        for inline in inlines {
            if let Inline::Footnote(footnote) = inline {
                self.footnote(footnote, element)?;
            }
        }
        let reference = |footnote: &Footnote| self.footnotes.reference(footnote.number).unwrap_or(element);
        collect::push(letters, inlines, role, headline, element, &reference);
        Ok(())
    }

    /// Returns inlines in a role, a row for each line of the author's.
    pub(crate) fn rows<'c>(
        &mut self,
        inlines: &'c [Inline],
        role: Role,
        element: usize,
    ) -> Result<Vec<Letters<'c>>, Vec<Diagnostic>> {
        let mut rows = Vec::new();
        self.push(&mut rows, inlines, role, role, element)?;
        Ok(rows)
    }

    /// Gathers texts as rows that are paragraphs each: who listens hears that one ends.
    pub(super) fn lines_of_their_own<'c>(
        &mut self,
        inlines: &'c [Inline],
        role: Role,
    ) -> Result<Vec<Letters<'c>>, Vec<Diagnostic>> {
        let first = self.tree.push(Meaning::Paragraph, None);
        let mut rows = self.rows(inlines, role, first)?;
        for row in rows.iter_mut().skip(1) {
            let element = self.tree.push(Meaning::Paragraph, None) as u32;
            // The mark of a footnote has an element of its own.
            for letter in row.iter_mut().filter(|letter| letter.element as usize == first) {
                letter.element = element;
            }
        }
        Ok(rows)
    }

    fn push_heading<'c>(
        &mut self,
        letters: &mut Vec<Letters<'c>>,
        heading: &'c Heading,
        role: Role,
        element: usize,
    ) -> Result<(), Vec<Diagnostic>> {
        collect::push_text(letters, &heading.number, role, element);
        self.push(letters, &heading.content, role, role, element)
    }

    /// Sets a paragraph once more in a number of lines; `None` where that goes beyond the lines' limits.
    pub(crate) fn set_anew(&mut self, paragraph: usize, count: usize) -> Option<Vec<Chunk>> {
        let settable = self.paragraphs.get(paragraph)?;
        let gap = self.style.line_breaking.latin_gap;
        let shapes = Shapes::new(&settable.letters, &settable.measure, self.fonts, gap).ok()?;
        Some(self.chunks_of(shapes.lines_in(count)?, settable, paragraph))
    }

    fn chunks_of(&self, lines: Vec<SetLine>, settable: &Settable<'_>, paragraph: usize) -> Vec<Chunk> {
        let mut chunks = self.keep_ends(lines, settable.role);
        for chunk in &mut chunks {
            chunk.paragraph = Some(paragraph);
            chunk.part = settable.part;
        }
        if let Some(first) = chunks.first_mut() {
            first.bookmark.clone_from(&settable.bookmark);
        }
        chunks
    }

    /// Sets letters as a paragraph, a chunk a line.
    fn lines(
        &mut self,
        letters: &[Letters<'_>],
        role: Role,
        indent: Abs,
    ) -> Result<Vec<Chunk>, Vec<Diagnostic>> {
        let measure = self.measure(self.style.measure(), indent);
        let lines = set_paragraph(letters, &measure, self.fonts, self.style.line_breaking.latin_gap)?;
        Ok(self.keep_ends(lines, role))
    }

    /// Makes a chunk of each line. A page neither ends after the first nor begins with the last (孤行不成页).
    fn keep_ends(&self, lines: Vec<SetLine>, role: Role) -> Vec<Chunk> {
        let count = lines.len();
        let chunks = lines.into_iter().enumerate().map(|(nth, line)| {
            let (above, below) = (nth + 1, count - nth - 1);
            Chunk { break_after: below == 0 || (above > 1 && below > 1), ..self.row(line, role) }
        });
        chunks.collect()
    }

    /// Puts a line on a line of the grid.
    pub(super) fn row(&self, line: SetLine, role: Role) -> Chunk {
        let (height, size) = (self.style.pitch(), self.fonts.size(role));
        let blank_below = (height - size).max(Abs::ZERO);
        let mut chunk = Chunk { height, blank_below, ..Chunk::default() };
        place(&mut chunk, line, ASCENT.at(size));
        chunk
    }

    pub(super) fn blank_row(&self) -> Chunk {
        let height = self.style.pitch();
        let blank_below = (height - self.style.body.size.0).max(Abs::ZERO);
        Chunk { height, blank_below, blank: true, ..Chunk::default() }
    }

    pub(crate) fn measure(&self, width: Abs, indent: Abs) -> Measure {
        let line_end_marks = self.style.line_breaking.line_end_marks;
        Measure { width, first: indent, rest: Abs::ZERO, line_end_marks }
    }

    fn indent(&self) -> Abs {
        self.style.cell() * INDENT
    }
}

fn part_of(block: &Block) -> Part {
    match block {
        Block::Heading(_) | Block::List(_) | Block::Table(_) | Block::Chart(_) => Part::Text,
        Block::Paragraph(paragraph) => part_of_paragraph(paragraph),
        Block::Signature(_) => Part::Signature,
        _ => Part::Other,
    }
}

fn part_of_paragraph(paragraph: &Paragraph) -> Part {
    if paragraph.kind == ParagraphKind::Body { Part::Text } else { Part::Other }
}

/// Returns where the letters of a chunk end.
fn right_edge(chunk: &Chunk) -> Abs {
    let ends = chunk.items.iter().filter_map(|item| match item {
        FrameItem::Text(run) => run.glyphs.last().map(|glyph| run.origin.x + glyph.x + run.size),
        FrameItem::Fill(_) | FrameItem::Shape(_) | FrameItem::Picture(_) => None,
    });
    ends.fold(Abs::ZERO, Abs::max)
}

fn bookmark(heading: &Heading) -> Option<(u8, String)> {
    if heading.level > BOOKMARKED {
        return None;
    }
    let text = heading.number.clone() + &document::text(&heading.content);
    let text = text.strip_suffix('。').map_or(text.clone(), str::to_owned);
    Some((heading.level, text))
}

/// The bookmark of an attachment: its label and its title on one line.
fn bookmark_of(label: &str, title: &Title) -> String {
    let title = text_of(title);
    if title.is_empty() { label.to_owned() } else { format!("{label} {title}") }
}

/// A title on one line.
fn text_of(title: &Title) -> String {
    title.lines.iter().map(|line| document::text(line)).collect()
}

/// The ground of a figure that is still to come.
const OPEN_GROUND: Color = Color::Gray(0.75);

/// Puts a line into a chunk, on a baseline.
pub(crate) fn place(chunk: &mut Chunk, line: SetLine, baseline: Abs) {
    for open in line.data.iter().filter(|set| set.datum.open) {
        let corner = Point::new(open.from, baseline - ASCENT.at(open.size));
        let rect = Rect::new(corner, Size::new(open.to - open.from, open.size));
        chunk.items.push(FrameItem::Fill(Fill { rect, color: OPEN_GROUND, content: Content::Layout }));
    }
    chunk.items.extend(line.runs.into_iter().map(|mut run| {
        run.origin.y += baseline;
        FrameItem::Text(run)
    }));
    chunk.footnotes.extend(line.footnotes);
    chunk.data.extend(line.data.into_iter().map(|datum| (datum, baseline)));
}

/// Moves a line to the right.
pub(crate) fn shift(line: &mut SetLine, by: Abs) {
    for run in &mut line.runs {
        run.origin = Point::new(run.origin.x + by, run.origin.y);
    }
    for datum in &mut line.data {
        datum.from += by;
        datum.to += by;
    }
    line.end += by;
}

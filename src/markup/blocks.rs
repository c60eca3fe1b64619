//! Makes the document's blocks of the pruned tree.

use super::elements;
use super::fault;
use super::image;
use super::inline::{Whole, is_ended, is_joining, runs};
use super::lists;
use super::number::{self, Numbers};
use super::table::{chart, table};
use super::tree::Element;
use super::typed;
use super::vocabulary::Name;
use crate::diag::Diagnostic;
use crate::diag::catalogue::markup::SIGNATURE_UNNAMED;
use crate::document::{
    Attachment, Block, Chart, DatumKind, Document, Form, Heading, Inline, Paragraph, ParagraphKind, Run,
    Title, text,
};
use crate::fill::Filled;

/// Makes a document of an article.
pub(super) fn build(article: &Element, filled: &Filled, language: &str) -> Result<Document, Vec<Diagnostic>> {
    let attachments = article.elements().filter(|block| block.name == Name::Attachment).count();
    let mut builder = Builder {
        filled,
        numbers: Numbers::default(),
        attachments: lists::labels(attachments),
        charts: 0,
        form: Form::default(),
        blocks: Vec::new(),
        faults: Vec::new(),
    };
    for element in article.elements() {
        builder.block(element);
    }
    if !builder.faults.is_empty() {
        return Err(builder.faults);
    }
    number::leave_lone(&mut builder.blocks);
    typed::headings(&mut builder.blocks);
    number_tables(&mut builder.blocks);
    let mut document =
        Document { language: language.to_owned(), blocks: builder.blocks, ..Document::default() };
    for block in &document.blocks {
        match block {
            Block::Title(title) if document.title.is_empty() => {
                document.title = title.lines.iter().map(|line| text(line)).collect();
            }
            Block::Signature(signature) => {
                let names: Vec<_> = signature.signers.iter().map(|signer| text(&signer.name)).collect();
                document.author = names.join("、");
                document.date = iso_date(&text(&signature.date));
            }
            _ => {}
        }
    }
    Ok(document)
}

struct Builder<'a> {
    filled: &'a Filled,
    numbers: Numbers,
    /// The numbers of the attachments that are still to come.
    attachments: std::vec::IntoIter<String>,
    /// How many charts there are so far.
    charts: usize,
    /// The document's format, as its 版头 has it.
    form: Form,
    blocks: Vec<Block>,
    faults: Vec<Diagnostic>,
}

impl Builder<'_> {
    fn block(&mut self, element: &Element) {
        match element.name {
            Name::Title => self
                .blocks
                .push(Block::Title(Title { lines: lines(&runs(element, Whole::Part)), byline: None })),
            Name::Byline => {
                let byline = byline(element);
                match self.blocks.last_mut() {
                    Some(Block::Title(title)) => title.byline = Some(byline),
                    _ => self.blocks.push(Block::Title(Title { lines: Vec::new(), byline: Some(byline) })),
                }
            }
            Name::Heading(level) => {
                let heading = self.heading(element, level);
                self.blocks.push(Block::Heading(heading));
            }
            Name::Paragraph => self.paragraph(element),
            Name::Ordered => self.blocks.push(Block::List(lists::block(element))),
            Name::Table => {
                let table = table(element, self.filled, &mut self.faults);
                self.blocks.push(Block::Table(table));
            }
            Name::Chart => {
                self.charts += 1;
                let chart = chart(element, self.charts, self.filled, &mut self.faults);
                self.blocks.push(Block::Chart(chart));
            }
            Name::Note => {
                let note = runs(element, Whole::Part);
                if let Some(Block::Table(table) | Block::Chart(Chart { table, .. })) = self.blocks.last_mut()
                {
                    table.notes.push(note);
                } else {
                    let kind = ParagraphKind::Note;
                    self.blocks.push(Block::Paragraph(Paragraph { heading: None, content: note, kind }));
                }
            }
            Name::Attachments => self.blocks.push(Block::AttachmentList(lists::attachments(element))),
            Name::Attachment => self.attachment(element),
            Name::Signature => self.signature(element),
            Name::RedHead => {
                let head = elements::head(element);
                self.form = head.form;
                self.blocks.push(Block::Head(Box::new(head)));
            }
            Name::Roster => self.blocks.push(Block::Roster(elements::roster(element))),
            Name::Imprint => self.blocks.push(Block::Imprint(elements::imprint(element, self.form))),
            Name::Image => self.blocks.push(Block::Image(image::image(element))),
            _ => {}
        }
    }

    fn attachment(&mut self, element: &Element) {
        let next = self.attachments.next().unwrap_or_default();
        let mut title = Title { lines: Vec::new(), byline: None };
        for part in element.elements() {
            match part.name {
                Name::Title => title.lines = lines(&runs(part, Whole::Part)),
                Name::Byline => title.byline = Some(byline(part)),
                _ => {}
            }
        }
        let number = self.listed(&title).unwrap_or(next);
        let label = format!("附件{}", number.trim_end_matches('.'));
        self.blocks.push(Block::Attachment(Attachment { label, title }));
        self.numbers = Numbers::default();
        for part in element.elements().filter(|part| !matches!(part.name, Name::Title | Name::Byline)) {
            self.block(part);
        }
    }

    /// Returns the number that 附件说明 gives an attachment of a title: both say the same (GB/T 9704-2012, 7.3.7), also
    /// where not all that is listed is in the document.
    fn listed(&self, title: &Title) -> Option<String> {
        let whole: String = title.lines.iter().map(|line| text(line)).collect();
        let lists = self.blocks.iter().filter_map(|block| match block {
            Block::AttachmentList(list) => Some(&list.items),
            _ => None,
        });
        let item = lists.flatten().find(|item| text(&item.content) == whole)?;
        Some(item.label.clone())
    }

    fn heading(&mut self, element: &Element, level: u8) -> Heading {
        Heading { level, number: self.numbers.next(level), content: runs(element, Whole::Part) }
    }

    fn paragraph(&mut self, element: &Element) {
        let first = element.elements().next();
        let heading = first.and_then(|first| match first.name {
            Name::Heading(level) => {
                let mut heading = self.heading(first, level);
                end_sentence(&mut heading.content, first.span.end);
                Some(heading)
            }
            _ => None,
        });
        let kind = match element.attribute("kind") {
            Some("salutation") => ParagraphKind::Salutation,
            Some("note") => ParagraphKind::Note,
            _ => ParagraphKind::Body,
        };
        let mut content = runs(element, Whole::Paragraph);
        if kind == ParagraphKind::Body && is_open_sentence(&content) {
            end_sentence(&mut content, element.span.end);
        }
        self.blocks.push(Block::Paragraph(Paragraph { heading, content, kind }));
    }

    fn signature(&mut self, element: &Element) {
        let signature = elements::signature(element);
        if signature.signers.is_empty() {
            self.faults.push(fault(self.filled, &SIGNATURE_UNNAMED, element.span.start));
        }
        self.blocks.push(Block::Signature(signature));
    }
}

/// Numbers the tables that have titles: 表1, 表2, through the whole document as charts are.
///
/// One that is alone, without a chart beside it, is told from none and has no number.
fn number_tables(blocks: &mut [Block]) {
    let charts = blocks.iter().filter(|block| matches!(block, Block::Chart(_))).count();
    let titled = blocks.iter_mut().filter_map(|block| match block {
        Block::Table(table) if table.caption.as_ref().is_some_and(|caption| !caption.is_empty()) => {
            Some(table)
        }
        _ => None,
    });
    let mut titled: Vec<_> = titled.collect();
    if titled.len() + charts < 2 {
        return;
    }
    for (nth, table) in titled.iter_mut().enumerate() {
        table.label = format!("表{}", nth + 1);
    }
}

/// Ends a text, such as a heading that runs into its paragraph, with its mark.
pub(super) fn end_sentence(content: &mut Vec<Inline>, at: usize) {
    let whole = text(content);
    let Some(last) = whole.chars().next_back() else { return };
    if is_ended(whole.chars().rev()) {
        return;
    }
    match content.last_mut() {
        Some(Inline::Run(run)) if run.datum.is_none() => {
            if is_joining(last) {
                run.text.pop();
            }
            run.text.push('。');
        }
        _ => {
            let run = Run { text: "。".to_owned(), strong: false, datum: None, offset: at };
            content.push(Inline::Run(run));
        }
    }
}

/// Tells whether a text ends with a sentence of the data, which has no final mark of its own, and is not one that
/// leads to what follows.
fn is_open_sentence(content: &[Inline]) -> bool {
    match content.last() {
        Some(Inline::Run(Run { text: last, datum: Some(datum), .. })) => {
            datum.kind == DatumKind::Text
                && !last.ends_with(['：', ':', '…'])
                && !is_parenthesized(&text(content))
        }
        _ => false,
    }
}

/// Tells whether a text stands in parentheses as a whole: （此页无正文）.
fn is_parenthesized(text: &str) -> bool {
    let Some(inner) = text.strip_prefix('（').and_then(|text| text.strip_suffix('）')) else {
        return false;
    };
    let mut depth = 0_u32;
    inner.chars().all(|c| {
        match c {
            '（' => depth += 1,
            '）' if depth == 0 => return false,
            '）' => depth -= 1,
            _ => {}
        }
        true
    })
}

/// Parts a title at the author's breaks; empty lines are none.
fn lines(content: &[Inline]) -> Vec<Vec<Inline>> {
    let parts = content.split(|inline| matches!(inline, Inline::LineBreak));
    parts.filter(|line| !line.is_empty()).map(<[Inline]>::to_vec).collect()
}

/// Returns 题下, its lines parted where the author did; what prints nothing takes no line.
fn byline(element: &Element) -> Vec<Inline> {
    lines(&runs(element, Whole::Part)).join(&Inline::LineBreak)
}

/// Returns a date as printed, `2026年1月5日`, in the form of data and metadata: `2026-01-05`.
fn iso_date(printed: &str) -> Option<String> {
    let (year, rest) = printed.split_once('年')?;
    let (month, rest) = rest.split_once('月')?;
    let (year, month, day): (u16, u8, u8) =
        (year.parse().ok()?, month.parse().ok()?, rest.strip_suffix('日')?.parse().ok()?);
    Some(format!("{year:04}-{month:02}-{day:02}"))
}

#[cfg(test)]
mod tests {
    use super::iso_date;

    #[test]
    fn dates_are_read_back() {
        assert_eq!(iso_date("2026年1月5日").as_deref(), Some("2026-01-05"));
        assert_eq!(iso_date("二〇二六年一月五日"), None);
        assert_eq!(iso_date(""), None);
    }
}

//! Writes a document as plain text, a block a line.

use super::{
    ATTACHMENTS, Block, COPIES, Chart, Head, Imprint, Inline, LABEL_SPACE, PRINTED, RECIPIENTS, SIGNERS,
    Table, Title, footnotes_of,
};

/// The text so far.
pub(super) struct Writer {
    text: String,
    /// What stands before and after a figure that is still to come.
    around_open: [&'static str; 2],
}

impl Writer {
    /// Begins an empty text; what is still to come stands between two marks.
    pub(super) fn new(around_open: [&'static str; 2]) -> Self {
        Self { text: String::new(), around_open }
    }

    /// Returns the text.
    pub(super) fn finish(self) -> String {
        self.text
    }

    pub(super) fn block(&mut self, block: &Block) {
        match block {
            Block::Title(title) => self.title(title),
            Block::Heading(heading) => self.line(&heading.number, &heading.content),
            Block::Paragraph(paragraph) => {
                if let Some(heading) = &paragraph.heading {
                    self.text.push_str(&heading.number);
                    self.inlines(&heading.content);
                }
                self.inlines(&paragraph.content);
                self.text.push('\n');
                if let Some(heading) = &paragraph.heading {
                    self.footnotes(&heading.content);
                }
                self.footnotes(&paragraph.content);
            }
            Block::List(list) => {
                for item in &list.items {
                    self.line(&item.label, &item.content);
                }
            }
            Block::Table(table) => self.table(table),
            Block::Chart(chart) => {
                self.drawing(chart);
                self.caption(&chart.label, chart.table.caption.as_deref().unwrap_or_default());
                for note in &chart.table.notes {
                    self.line("", note);
                }
            }
            Block::AttachmentList(list) => {
                self.text.push_str(ATTACHMENTS);
                for item in &list.items {
                    self.line(&item.label, &item.content);
                }
            }
            Block::Attachment(attachment) => {
                self.line(&attachment.label, &[]);
                self.title(&attachment.title);
            }
            Block::Signature(signature) => signature.texts().for_each(|text| self.line("", text)),
            Block::Head(head) => self.head(head),
            Block::Roster(roster) => self.line(&format!("{}：", roster.label), &roster.content),
            Block::Imprint(imprint) => self.imprint(imprint),
            // What it shows is no text of the document.
            Block::Image(_) => {}
        }
    }

    fn head(&mut self, head: &Head) {
        let lines = head.lines();
        let signers = lines.len() - head.signers.len();
        for (nth, line) in lines.iter().enumerate() {
            if nth == signers {
                self.text.push_str(SIGNERS);
            }
            for text in line {
                self.inlines(text);
            }
            self.text.push('\n');
        }
    }

    fn imprint(&mut self, imprint: &Imprint) {
        for (label, text) in [(RECIPIENTS, &imprint.recipients), (COPIES, &imprint.copies)] {
            if !text.is_empty() {
                self.line(label, text);
            }
        }
        if !imprint.printer.is_empty() {
            self.line("", &imprint.printer);
        }
        if !imprint.date.is_empty() {
            self.inlines(&imprint.date);
            self.text.push_str(PRINTED);
            self.text.push('\n');
        }
    }

    fn title(&mut self, title: &Title) {
        for line in title.lines.iter().chain(&title.byline) {
            self.line("", line);
        }
    }

    fn table(&mut self, table: &Table) {
        if let Some(caption) = &table.caption {
            self.caption(&table.label, caption);
        }
        self.rows(table);
        for note in &table.notes {
            self.line("", note);
        }
    }

    /// Writes a number and a title, the space between them as on the page.
    fn caption(&mut self, label: &str, caption: &[Inline]) {
        let space = if label.is_empty() || caption.is_empty() { "" } else { LABEL_SPACE };
        self.line(&format!("{label}{space}"), caption);
    }

    pub(super) fn drawing(&mut self, chart: &Chart) {
        if !chart.unit.is_empty() {
            self.line(&chart.unit, &[]);
        }
        self.rows(&chart.table);
    }

    fn rows(&mut self, table: &Table) {
        for row in table.head.iter().chain(&table.body) {
            for (index, cell) in row.cells.iter().enumerate() {
                if index > 0 {
                    self.text.push('\t');
                }
                self.inlines(&cell.content);
            }
            self.text.push('\n');
            row.cells.iter().for_each(|cell| self.footnotes(&cell.content));
        }
    }

    pub(super) fn line(&mut self, before: &str, content: &[Inline]) {
        self.text.push_str(before);
        self.inlines(content);
        self.text.push('\n');
        self.footnotes(content);
    }

    fn footnotes(&mut self, content: &[Inline]) {
        for footnote in footnotes_of(content) {
            self.line(&footnote.mark, &footnote.content);
        }
    }

    fn inlines(&mut self, content: &[Inline]) {
        for inline in content {
            match inline {
                Inline::Run(run) => {
                    let is_open = run.datum.as_ref().is_some_and(|datum| datum.open);
                    let [before, after] = self.around_open;
                    if is_open {
                        self.text.push_str(before);
                    }
                    self.text.push_str(&run.text);
                    if is_open {
                        self.text.push_str(after);
                    }
                }
                Inline::LineBreak => self.text.push('\n'),
                Inline::Footnote(footnote) => self.text.push_str(&footnote.mark),
            }
        }
    }
}

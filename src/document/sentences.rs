//! Takes a document apart into sentences under their headings.

use super::{Block, Chart, Document, Heading, Inline, ListItem, Title};

/// A sentence, a heading, or a row of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sentence {
    /// The headings that it stands under, the outermost first.
    pub headings: Vec<String>,
    /// What it says.
    pub text: String,
    /// The paths of the data that it prints, each once.
    pub paths: Vec<String>,
}

impl Document {
    /// Takes the document apart into sentences, in reading order.
    pub fn sentences(&self) -> Vec<Sentence> {
        let mut splitter = Splitter::default();
        for block in &self.blocks {
            splitter.block(block);
        }
        splitter.sentences
    }
}

#[derive(Default)]
struct Splitter {
    /// The headings that hold, with their levels.
    headings: Vec<(u8, String)>,
    sentences: Vec<Sentence>,
}

impl Splitter {
    fn block(&mut self, block: &Block) {
        match block {
            Block::Title(title) => self.title(title),
            Block::Heading(heading) => self.heading(heading),
            Block::Paragraph(paragraph) => {
                if let Some(heading) = &paragraph.heading {
                    self.heading(heading);
                }
                self.text("", &paragraph.content);
            }
            Block::List(list) => self.items(&list.items),
            Block::AttachmentList(list) => self.items(&list.items),
            Block::Table(table) | Block::Chart(Chart { table, .. }) => {
                if let Some(caption) = &table.caption {
                    self.whole(caption);
                }
                for row in table.head.iter().chain(&table.body) {
                    let cells: Vec<&[Inline]> = row.cells.iter().map(|cell| &*cell.content).collect();
                    self.whole(&cells.join(&Inline::LineBreak));
                }
                for note in &table.notes {
                    self.text("", note);
                }
            }
            Block::Image(_) => {}
            Block::Signature(_) | Block::Head(_) | Block::Roster(_) | Block::Imprint(_) => {
                for line in block.inlines() {
                    self.whole(line);
                }
            }
            Block::Attachment(attachment) => {
                self.headings.clear();
                self.title(&attachment.title);
            }
        }
    }

    fn title(&mut self, title: &Title) {
        for line in title.lines.iter().chain(&title.byline) {
            self.whole(line);
        }
    }

    /// A heading is compared without its number: one more before it is no change of its own.
    fn heading(&mut self, heading: &Heading) {
        self.headings.retain(|(level, _)| *level < heading.level);
        self.whole(&heading.content);
        let text: String = heading.content.iter().map(text_of).collect();
        self.headings.push((heading.level, format!("{}{}", heading.number, text.trim_end_matches('。'))));
    }

    fn items(&mut self, items: &[ListItem]) {
        for item in items {
            self.text(&item.label, &item.content);
        }
    }

    /// Adds a text as one sentence.
    fn whole(&mut self, content: &[Inline]) {
        let mut sentence = self.begin();
        for inline in content {
            sentence.text.push_str(text_of(inline));
            sentence.print(inline);
        }
        self.end(sentence);
    }

    /// Adds the sentences of a text: each ends with its mark and the closing marks behind it.
    fn text(&mut self, label: &str, content: &[Inline]) {
        let mut sentence = self.begin();
        sentence.text.push_str(label);
        let mut ended = false;
        for inline in content {
            for character in text_of(inline).chars() {
                if ended && !is_closing(character) {
                    let next = self.begin();
                    self.end(std::mem::replace(&mut sentence, next));
                    ended = false;
                }
                sentence.text.push(character);
                ended |= matches!(character, '。' | '！' | '？');
                sentence.print(inline);
            }
        }
        self.end(sentence);
    }

    fn begin(&self) -> Sentence {
        let headings = self.headings.iter().map(|(_, heading)| heading.clone()).collect();
        Sentence { headings, ..Sentence::default() }
    }

    fn end(&mut self, sentence: Sentence) {
        if !sentence.text.is_empty() {
            self.sentences.push(sentence);
        }
    }
}

impl Sentence {
    /// Notes what data a run prints.
    fn print(&mut self, inline: &Inline) {
        if let Inline::Run(run) = inline
            && let Some(datum) = &run.datum
        {
            for path in &datum.paths {
                if !self.paths.contains(path) {
                    self.paths.push(path.clone());
                }
            }
        }
    }
}

fn text_of(inline: &Inline) -> &str {
    match inline {
        Inline::Run(run) => &run.text,
        // Between the cells of a row, and where an author broke a line.
        Inline::LineBreak => "　",
        Inline::Footnote(footnote) => &footnote.mark,
    }
}

fn is_closing(character: char) -> bool {
    matches!(character, '”' | '’' | '》' | '）' | '」' | '』' | '〕' | '】')
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::document::{Paragraph, ParagraphKind, Run};

    fn run(text: &str) -> Vec<Inline> {
        vec![Inline::Run(Run { text: text.to_owned(), strong: false, datum: None, offset: 0 })]
    }

    /// A document of paragraphs under one heading.
    pub(crate) fn document(texts: &[&str]) -> Document {
        let heading =
            Block::Heading(Heading { level: 1, number: "一、".to_owned(), content: run("成绩") });
        let paragraph = |text: &&str| {
            Block::Paragraph(Paragraph { heading: None, content: run(text), kind: ParagraphKind::Body })
        };
        let blocks = std::iter::once(heading).chain(texts.iter().map(paragraph)).collect();
        Document { blocks, ..Document::default() }
    }

    #[test]
    fn sentences_end_behind_their_closing_marks() {
        let sentences = document(&["他说：“好。”又说：“去！”走了", "（完。）"]).sentences();
        let texts: Vec<_> = sentences.iter().map(|sentence| sentence.text.as_str()).collect();
        assert_eq!(texts, ["成绩", "他说：“好。”", "又说：“去！”", "走了", "（完。）"]);
        assert_eq!(sentences[1].headings, ["一、成绩"]);
    }
}

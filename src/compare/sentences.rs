//! Takes two documents apart into sentences under their headings and finds those that differ.

use std::collections::BTreeSet;

use similar::{Algorithm, DiffTag, capture_diff_slices};

use super::change::{self, Part};
use super::{FigureChange, SentenceChange};
use crate::document::{Block, Chart, Document, Heading, Inline, ListItem, Title};

/// How alike two sentences are at least, to be two versions of one: half of their characters.
const ALIKE: f64 = 0.5;
/// The most pairs of sentences that are looked at one by one; beyond it their order decides.
const MOST_PAIRS: usize = 1_000_000;

/// A sentence, a heading, or a row of a table.
#[derive(Clone, Debug, Default)]
struct Sentence {
    headings: Vec<String>,
    text: String,
    paths: Vec<String>,
}

/// Finds the sentences that differ, in reading order.
pub(super) fn compare(old: &Document, new: &Document, figures: &[FigureChange]) -> Vec<SentenceChange> {
    let (old, new) = (split(old), split(new));
    let changed: BTreeSet<&str> = figures.iter().map(|figure| figure.path.as_str()).collect();
    let texts = |sentences: &[Sentence]| -> Vec<String> {
        sentences.iter().map(|sentence| sentence.text.clone()).collect()
    };
    let mut found = Vec::new();
    for edit in capture_diff_slices(Algorithm::Patience, &texts(&old), &texts(&new)) {
        if edit.tag() != DiffTag::Equal {
            let pairs = pairs(&old[edit.old_range()], &new[edit.new_range()]);
            found.extend(pairs.into_iter().map(|(old, new)| told(old, new, &changed)));
        }
    }
    found
}

fn told(old: Option<&Sentence>, new: Option<&Sentence>, changed: &BTreeSet<&str>) -> SentenceChange {
    let text = |sentence: Option<&Sentence>| sentence.map(|sentence| sentence.text.clone());
    let (before, now) = (text(old), text(new));
    let parts = match (&before, &now) {
        (Some(before), Some(now)) => change::parts(before, now),
        (Some(before), None) => vec![Part::Old(before.clone())],
        (None, Some(now)) => vec![Part::New(now.clone())],
        (None, None) => Vec::new(),
    };
    let mut paths: Vec<String> = Vec::new();
    for path in new.into_iter().chain(old).flat_map(|sentence| &sentence.paths) {
        if changed.contains(path.as_str()) && !paths.contains(path) {
            paths.push(path.clone());
        }
    }
    let headings = new.or(old).map(|sentence| sentence.headings.clone()).unwrap_or_default();
    SentenceChange { headings, old: before, new: now, parts, paths }
}

/// Two versions of a sentence, or one that there is no other of.
type Pair<'a> = (Option<&'a Sentence>, Option<&'a Sentence>);

/// Pairs old sentences with new ones so that, in order, the most is alike; some stay alone.
fn pairs<'a>(old: &'a [Sentence], new: &'a [Sentence]) -> Vec<Pair<'a>> {
    let (rows, columns) = (old.len(), new.len());
    if rows.saturating_mul(columns) > MOST_PAIRS {
        return (0..rows.max(columns)).map(|nth| (old.get(nth), new.get(nth))).collect();
    }
    let letters = |sentence: &Sentence| -> Vec<char> {
        let mut letters: Vec<char> = sentence.text.chars().collect();
        letters.sort_unstable();
        letters
    };
    let before: Vec<_> = old.iter().map(letters).collect();
    let now: Vec<_> = new.iter().map(letters).collect();
    // The likeness of the best pairing from each pair on, found from the end.
    let width = columns + 1;
    let mut best = vec![0.0_f64; (rows + 1) * width];
    let mut taken = vec![false; (rows + 1) * width];
    for row in (0..rows).rev() {
        for column in (0..columns).rev() {
            let at = row * width + column;
            let alike = likeness(&before[row], &now[column]);
            best[at] = best[at + width].max(best[at + 1]);
            if alike >= ALIKE && best[at + width + 1] + alike > best[at] {
                best[at] = best[at + width + 1] + alike;
                taken[at] = true;
            }
        }
    }
    let mut pairs = Vec::new();
    let (mut row, mut column) = (0, 0);
    while row < rows || column < columns {
        let at = row * width + column;
        if row < rows && column < columns && taken[at] {
            pairs.push((Some(&old[row]), Some(&new[column])));
            (row, column) = (row + 1, column + 1);
        } else if row < rows && (column == columns || best[at + width] >= best[at + 1]) {
            pairs.push((Some(&old[row]), None));
            row += 1;
        } else {
            pairs.push((None, Some(&new[column])));
            column += 1;
        }
    }
    pairs
}

/// Returns what part of two texts' characters they have in common, from 0 to 1. Both are sorted.
fn likeness(left: &[char], right: &[char]) -> f64 {
    let (mut a, mut b, mut common) = (0, 0, 0_usize);
    while let (Some(x), Some(y)) = (left.get(a), right.get(b)) {
        match x.cmp(y) {
            std::cmp::Ordering::Less => a += 1,
            std::cmp::Ordering::Greater => b += 1,
            std::cmp::Ordering::Equal => (a, b, common) = (a + 1, b + 1, common + 1),
        }
    }
    let total = left.len() + right.len();
    if total == 0 { 1.0 } else { (2 * common) as f64 / total as f64 }
}

/// Takes a document apart.
fn split(document: &Document) -> Vec<Sentence> {
    let mut splitter = Splitter::default();
    for block in &document.blocks {
        splitter.block(block);
    }
    splitter.sentences
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
mod tests {
    use super::*;
    use crate::document::{Paragraph, ParagraphKind, Run};

    fn run(text: &str) -> Vec<Inline> {
        vec![Inline::Run(Run { text: text.to_owned(), strong: false, datum: None, offset: 0 })]
    }

    fn document(texts: &[&str]) -> Document {
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
        let sentences = split(&document(&["他说：“好。”又说：“去！”走了", "（完。）"]));
        let texts: Vec<_> = sentences.iter().map(|sentence| sentence.text.as_str()).collect();
        assert_eq!(texts, ["成绩", "他说：“好。”", "又说：“去！”", "走了", "（完。）"]);
        assert_eq!(sentences[1].headings, ["一、成绩"]);
    }

    #[test]
    fn sentences_are_paired_with_their_own_versions() {
        let old = document(&["新建学校3所。", "建成公园5个。", "种树100万棵。"]);
        let new = document(&["新建学校4所。", "引进企业12家。", "种树120万棵。"]);
        let found = compare(&old, &new, &[]);
        let shown: Vec<_> =
            found.iter().map(|change| (change.old.as_deref(), change.new.as_deref())).collect();
        assert_eq!(
            shown,
            [
                (Some("新建学校3所。"), Some("新建学校4所。")),
                (Some("建成公园5个。"), None),
                (None, Some("引进企业12家。")),
                (Some("种树100万棵。"), Some("种树120万棵。")),
            ]
        );
    }

    #[test]
    fn nothing_differs_from_itself() {
        let document = document(&["甲。乙。", "丙。"]);
        assert_eq!(compare(&document, &document, &[]), []);
    }
}

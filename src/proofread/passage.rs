//! Takes a document apart into passages: the stretches of text that are read as one, each a row of characters
//! that knows the runs it came from.

use std::cell::OnceCell;
use std::iter;
use std::ops::Range;

use super::character::is_hanzi;
use super::presence::Characters;
use crate::diag::Anchor;
use crate::document::{
    self, Block, Chart, Datum, DatumKind, Document, Form, Heading, Inline, ListItem, Manner, ParagraphKind,
    Run,
};

/// What a passage is, which decides which rules it is held to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// A title, a heading on a line of its own, a table's title: it has no final mark.
    Heading,
    /// The title of a table or a chart behind the number that the program gave it.
    Caption,
    /// An attachment's name in 附件说明.
    Listed,
    /// An attachment's title.
    Attached,
    /// 主送机关.
    Salutation,
    /// A paragraph, with the heading that runs into it, or a clause that is a paragraph.
    Body,
    /// 附注, a note below a table, a line below the title.
    Note,
    /// A cell of a table.
    Cell,
    /// 署名, 成文日期, or an element of 版头 or 版记.
    Signature,
}

/// Which element of an official document a passage is, as far as rules ask for it (GB/T 9704-2012, 7.2 to 7.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Element {
    /// 密级.
    Secrecy,
    /// 份号.
    CopyNumber,
    /// An organ of 发文机关标志, and the document's format.
    Organ(Form),
    /// 发文字号.
    Number,
    /// One of 签发人.
    Signer,
    /// 标题.
    Title,
    /// An organ of 发文机关署名.
    Signatory,
    /// 抄送机关.
    Copies,
    /// 印发机关.
    Printer,
    /// 印发日期.
    Printed,
}

/// A stretch of text that is read as one.
#[derive(Debug)]
pub(super) struct Passage<'a> {
    /// What it is.
    pub(super) place: Place,
    /// Which element of an official document it is.
    pub(super) element: Option<Element>,
    /// How many headings of level 1 stand before it.
    pub(super) section: usize,
    /// The level of the heading that it is or begins with.
    pub(super) level: Option<u8>,
    /// Its text.
    pub(super) chars: Vec<char>,
    /// Which characters it has, at a glance.
    pub(super) characters: Characters,
    /// Where its signs are: marks, digits, letters, spaces, all that is no hanzi.
    pub(super) signs: Vec<usize>,
    /// How many characters at its beginning are the number that the program gave it.
    pub(super) label: usize,
    /// The Arabic numbers in it, in order, with separators and decimals.
    pub(super) numbers: Vec<Range<usize>>,
    /// Where each piece begins and the run that it came from; the program's own numbers have none.
    pieces: Vec<(usize, Option<&'a Run>)>,
    /// How many bytes stand before each character, and before the end; reckoned when the first place is asked for.
    bytes: OnceCell<Vec<usize>>,
}

impl<'a> Passage<'a> {
    fn new(place: Place, section: usize, label: &str, parts: &[&'a [Inline]]) -> Option<Self> {
        let runs = || parts.iter().flat_map(|part| document::runs(part));
        let length = label.len() + runs().map(|run| run.text.len()).sum::<usize>();
        let mut passage = Self {
            place,
            element: None,
            section,
            level: None,
            // Most characters are hanzi, which have three bytes.
            chars: Vec::with_capacity(length / 2),
            characters: Characters::NONE,
            signs: Vec::with_capacity(length / 8),
            label: 0,
            numbers: Vec::new(),
            pieces: Vec::with_capacity(runs().count() + 1),
            bytes: OnceCell::new(),
        };
        if !label.is_empty() {
            passage.push(label, None);
            passage.label = passage.chars.len();
        }
        runs().for_each(|run| passage.push(&run.text, Some(run)));
        if passage.chars.len() == passage.label {
            return None;
        }
        passage.numbers = numbers(&passage.chars, &passage.signs);
        Some(passage)
    }

    /// Adds a piece, of which what is known of each character is noted as it comes.
    fn push(&mut self, text: &str, run: Option<&'a Run>) {
        self.pieces.push((self.chars.len(), run));
        for c in text.chars() {
            self.characters.insert(c);
            if !is_hanzi(c) {
                self.signs.push(self.chars.len());
            }
            self.chars.push(c);
        }
    }

    /// Tells whether it stands on a line of its own, without a final mark.
    pub(super) fn is_heading(&self) -> bool {
        matches!(self.place, Place::Heading | Place::Caption | Place::Listed | Place::Attached)
    }

    /// Tells whether it is text that is read in sentences.
    pub(super) fn is_prose(&self) -> bool {
        matches!(self.place, Place::Body | Place::Note)
    }

    /// Returns the character at an index.
    pub(super) fn at(&self, index: usize) -> Option<char> {
        self.chars.get(index).copied()
    }

    /// Returns the character before an index.
    pub(super) fn before(&self, index: usize) -> Option<char> {
        self.at(index.checked_sub(1)?)
    }

    /// Returns the places of the characters of a kind, in order.
    pub(super) fn places(&self, is_it: impl Fn(char) -> bool) -> impl Iterator<Item = usize> {
        self.chars.iter().enumerate().filter(move |(_, c)| is_it(**c)).map(|(index, _)| index)
    }

    /// Returns the places of the signs of a kind, in order.
    pub(super) fn signs(&self, is_it: impl Fn(char) -> bool) -> impl Iterator<Item = usize> {
        self.signs.iter().copied().filter(move |index| is_it(self.chars[*index]))
    }

    /// Returns the places of the signs before an index, in order.
    pub(super) fn signs_before(&self, index: usize) -> impl DoubleEndedIterator<Item = usize> {
        let count = self.signs.partition_point(|sign| *sign < index);
        self.signs[..count].iter().copied()
    }

    /// Returns where a number or a clause can begin, in order: in and behind the program's own number, after each sign.
    pub(super) fn starts(&self) -> impl Iterator<Item = usize> {
        let behind_signs = self.signs.iter().map(|sign| sign + 1).filter(|index| *index > self.label);
        (0..=self.label).chain(behind_signs).filter(|index| *index < self.chars.len())
    }

    /// Tells whether the text at an index begins with a word.
    pub(super) fn has(&self, index: usize, word: &str) -> bool {
        let mut index = index;
        word.chars().all(|c| {
            index += 1;
            self.at(index - 1) == Some(c)
        })
    }

    /// Tells whether the text before an index ends with a word.
    pub(super) fn ends(&self, index: usize, word: &str) -> bool {
        let mut index = index;
        word.chars().rev().all(|c| {
            let fits = self.before(index) == Some(c);
            index = index.saturating_sub(1);
            fits
        })
    }

    /// Returns the first of several words that begins at an index.
    pub(super) fn one_of<'w>(&self, index: usize, words: &[&'w str]) -> Option<&'w str> {
        words.iter().find(|word| self.has(index, word)).copied()
    }

    /// Returns the first of several words that ends before an index.
    pub(super) fn one_before<'w>(&self, index: usize, words: &[&'w str]) -> Option<&'w str> {
        words.iter().find(|word| self.ends(index, word)).copied()
    }

    /// Returns a part of the text.
    pub(super) fn text(&self, range: Range<usize>) -> String {
        self.chars.get(range).unwrap_or_default().iter().collect()
    }

    /// Returns how many hanzi a part of the text has: all but its signs.
    pub(super) fn hanzi(&self, range: &Range<usize>) -> usize {
        let signs_before = |index: usize| self.signs.partition_point(|sign| *sign < index);
        range.len() - (signs_before(range.end) - signs_before(range.start))
    }

    /// Tells whether a clause begins at an index: at the beginning or after a mark.
    pub(super) fn begins_clause(&self, index: usize) -> bool {
        index <= self.label
            || self.before(index).is_none_or(|c| matches!(c, '。' | '；' | '：' | '，' | '！' | '？' | '”'))
    }

    /// Returns the datum that printed a character.
    pub(super) fn datum(&self, index: usize) -> Option<&'a Datum> {
        self.piece(index).1?.datum.as_deref()
    }

    /// Tells whether a name of the data file printed a character: how it is spelt is its bearer's affair.
    pub(super) fn is_name(&self, index: usize) -> bool {
        self.datum(index).is_some_and(|datum| {
            matches!(datum.kind, DatumKind::Name | DatumKind::Person | DatumKind::Listed)
        })
    }

    /// Tells whether a sign stands between two hanzi.
    pub(super) fn is_within_hanzi(&self, index: usize) -> bool {
        [self.before(index), self.at(index + 1)].iter().all(|c| c.is_some_and(is_hanzi))
    }

    /// Tells whether a sign stands beside a hanzi of its own datum.
    pub(super) fn is_beside_own_hanzi(&self, index: usize) -> bool {
        let is_own =
            |other: usize| self.at(other).is_some_and(is_hanzi) && self.piece(other).0 == self.piece(index).0;
        index.checked_sub(1).is_some_and(is_own) || is_own(index + 1)
    }

    /// Returns the piece that a character is of.
    pub(super) fn piece_at(&self, index: usize) -> Range<usize> {
        let next = self.pieces.partition_point(|(start, _)| *start <= index);
        let end = self.pieces.get(next).map_or(self.chars.len(), |(start, _)| *start);
        self.piece(index).0..end
    }

    /// Returns the pieces that data printed: where they begin, what they are and say.
    pub(super) fn data(&self) -> impl Iterator<Item = (usize, &'a Datum, &'a str)> {
        self.pieces.iter().filter_map(|(start, run)| {
            let run = (*run)?;
            Some((*start, run.datum.as_deref()?, run.text.as_str()))
        })
    }

    /// Tells whether a part touches something that free text of the data file printed.
    pub(super) fn is_free(&self, range: &Range<usize>) -> bool {
        self.runs(range).any(|(_, run)| is_free(run))
    }

    /// Tells whether a part touches a figure that the data file does not have yet.
    pub(super) fn is_open(&self, range: &Range<usize>) -> bool {
        self.runs(range).any(|(_, run)| run.datum.as_ref().is_some_and(|datum| datum.open))
    }

    /// Returns the place of a part in the filled text: where free text of the data file printed it, or else
    /// where it begins.
    pub(super) fn anchor(&self, range: &Range<usize>) -> Option<Anchor> {
        let (start, run) = self
            .runs(range)
            .find(|(_, run)| is_free(run))
            .or_else(|| self.runs(range).next())
            .or_else(|| self.pieces.iter().find_map(|(start, run)| Some((*start, (*run)?))))?;
        // A paragraph may be as long as a book, and have faults all along.
        let before = self.bytes.get_or_init(|| {
            let ends = self.chars.iter().scan(0, |bytes, c| {
                *bytes += c.len_utf8();
                Some(*bytes)
            });
            iter::once(0).chain(ends).collect()
        });
        let bytes = |from: usize, to: usize| -> usize {
            let before = |index: usize| before.get(index).or(before.last()).copied().unwrap_or(0);
            before(to).saturating_sub(before(from))
        };
        let from = range.start.max(start);
        let next = self.pieces.partition_point(|(piece, _)| *piece <= start);
        let end = self.pieces.get(next).map_or(self.chars.len(), |(next, _)| *next);
        let end = end.min(range.end).max(from);
        Some(Anchor {
            offset: run.offset + bytes(start, from),
            length: bytes(from, end),
            path: run.datum.as_ref().and_then(|datum| datum.paths.first().cloned()),
        })
    }

    fn runs(&self, range: &Range<usize>) -> impl Iterator<Item = (usize, &'a Run)> {
        let first = self.pieces.partition_point(|(start, _)| *start <= range.start).saturating_sub(1);
        let end = range.end.max(range.start + 1);
        let within = self.pieces[first..].iter().take_while(move |(start, _)| *start < end);
        within.filter_map(|(start, run)| Some((*start, (*run)?)))
    }

    fn piece(&self, index: usize) -> (usize, Option<&'a Run>) {
        let first = self.pieces.partition_point(|(start, _)| *start <= index).saturating_sub(1);
        self.pieces.get(first).copied().unwrap_or((0, None))
    }
}

fn is_free(run: &Run) -> bool {
    run.datum.as_ref().is_some_and(|datum| datum.kind == DatumKind::Text)
}

/// Finds the Arabic numbers among the signs: digits, groups of three after a comma, decimals.
fn numbers(chars: &[char], signs: &[usize]) -> Vec<Range<usize>> {
    let is_digit = |index: usize| chars.get(index).is_some_and(char::is_ascii_digit);
    let mut numbers = Vec::new();
    let mut index = 0;
    for start in signs.iter().copied().filter(|sign| is_digit(*sign)) {
        // The number before may have gone on to here.
        if start < index {
            continue;
        }
        index = start;
        while is_digit(index) {
            index += 1;
        }
        while chars.get(index) == Some(&',') && (1..=3).all(|at| is_digit(index + at)) && !is_digit(index + 4)
        {
            index += 4;
        }
        if chars.get(index) == Some(&'.') && is_digit(index + 1) {
            index += 1;
            while is_digit(index) {
                index += 1;
            }
        }
        numbers.push(start..index);
    }
    numbers
}

/// Takes a document apart.
pub(super) fn passages(document: &Document) -> Vec<Passage<'_>> {
    let mut gather = Gather { passages: Vec::new(), section: 0 };
    for block in &document.blocks {
        gather.block(block);
    }
    gather.passages
}

struct Gather<'a> {
    passages: Vec<Passage<'a>>,
    section: usize,
}

impl<'a> Gather<'a> {
    fn push(&mut self, place: Place, label: &str, parts: &[&'a [Inline]]) {
        self.passages.extend(Passage::new(place, self.section, label, parts));
    }

    /// Takes an element of 版头, 版记 or 署名.
    fn element(&mut self, element: Option<Element>, content: &'a [Inline]) {
        let before = self.passages.len();
        self.push(Place::Signature, "", &[content]);
        for passage in &mut self.passages[before..] {
            passage.element = element;
        }
    }

    fn item(&mut self, place: Place, item: &'a ListItem) {
        self.push(place, &item.label, &[&item.content]);
    }

    /// Takes a heading, with the paragraph that it runs into.
    fn headed(&mut self, place: Place, heading: &'a Heading, content: &'a [Inline]) {
        self.section += usize::from(heading.level == 1);
        let before = self.passages.len();
        self.push(place, &heading.number, &[&heading.content, content]);
        for passage in &mut self.passages[before..] {
            passage.level = Some(heading.level);
        }
    }

    fn lines(&mut self, place: Place, title: &'a crate::document::Title) {
        let lines: Vec<&[Inline]> = title.lines.iter().map(Vec::as_slice).collect();
        self.push(place, "", &lines);
        if let Some(byline) = &title.byline {
            self.push(Place::Note, "", &[byline]);
        }
    }

    fn block(&mut self, block: &'a Block) {
        match block {
            Block::Title(title) => {
                let at = self.passages.len();
                self.lines(Place::Heading, title);
                if let Some(passage) = self.passages.get_mut(at).filter(|it| it.place == Place::Heading) {
                    passage.element = Some(Element::Title);
                }
            }
            Block::Heading(heading) => self.headed(Place::Heading, heading, &[]),
            Block::Paragraph(paragraph) => {
                let place = match paragraph.kind {
                    ParagraphKind::Body => Place::Body,
                    ParagraphKind::Salutation => Place::Salutation,
                    ParagraphKind::Note => Place::Note,
                };
                match &paragraph.heading {
                    Some(heading) => self.headed(place, heading, &paragraph.content),
                    None => self.push(place, "", &[&paragraph.content]),
                }
            }
            Block::List(list) => {
                for item in &list.items {
                    self.item(Place::Body, item);
                }
            }
            Block::Table(table) | Block::Chart(Chart { table, .. }) => {
                if let Some(caption) = &table.caption {
                    let label = if let Block::Chart(chart) = block { &chart.label } else { &table.label };
                    let place = if label.is_empty() { Place::Heading } else { Place::Caption };
                    self.push(place, "", &[caption]);
                }
                for cell in table.head.iter().chain(&table.body).flat_map(|row| &row.cells) {
                    self.push(Place::Cell, "", &[&cell.content]);
                }
                for note in &table.notes {
                    self.push(Place::Note, "", &[note]);
                }
            }
            Block::AttachmentList(list) => {
                for item in &list.items {
                    self.item(Place::Listed, item);
                }
            }
            Block::Head(head) => {
                self.element(Some(Element::CopyNumber), &head.copy_number);
                self.element(Some(Element::Secrecy), &head.secrecy);
                self.element(None, &head.urgency);
                for organ in &head.organs {
                    self.element(Some(Element::Organ(head.form)), organ);
                }
                self.element(None, &head.suffix);
                self.element(Some(Element::Number), &head.number);
                for signer in &head.signers {
                    self.element(Some(Element::Signer), signer);
                }
            }
            Block::Signature(signature) => {
                for signer in &signature.signers {
                    self.element(None, &signer.post);
                    // A person signs with a stamp or behind a post.
                    let is_organ = signature.manner != Manner::Stamped && signer.post.is_empty();
                    self.element(is_organ.then_some(Element::Signatory), &signer.name);
                }
                self.element(None, &signature.date);
            }
            Block::Imprint(imprint) => {
                self.element(None, &imprint.recipients);
                self.element(Some(Element::Copies), &imprint.copies);
                self.element(Some(Element::Printer), &imprint.printer);
                self.element(Some(Element::Printed), &imprint.date);
            }
            Block::Roster(roster) => self.push(Place::Note, "", &[&roster.content]),
            Block::Image(_) => {}
            Block::Attachment(attachment) => {
                self.section += 1;
                self.lines(Place::Attached, &attachment.title);
            }
        }
    }
}

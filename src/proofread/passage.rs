//! Takes a document apart into passages: the stretches of text that are read as one, each a row of characters
//! that knows the runs it came from.

use std::ops::Range;

use super::character::is_hanzi;
use super::presence::Characters;
use crate::diag::Anchor;
use crate::document::{
    Block, Chart, Datum, DatumKind, Document, Heading, Inline, ListItem, ParagraphKind, Run,
};

/// What a passage is, which decides which rules it is held to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// A title, a heading on a line of its own, a table's title: it has no final mark.
    Heading,
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

/// A stretch of text that is read as one.
#[derive(Debug)]
pub(super) struct Passage<'a> {
    /// What it is.
    pub(super) place: Place,
    /// How many headings of level 1 stand before it.
    pub(super) section: usize,
    /// The level of the heading that it is or begins with.
    pub(super) level: Option<u8>,
    /// Its text.
    pub(super) chars: Vec<char>,
    /// Which characters it has, at a glance.
    pub(super) characters: Characters,
    /// How many characters at its beginning are the number that the program gave it.
    pub(super) label: usize,
    /// The Arabic numbers in it, in order, with separators and decimals.
    pub(super) numbers: Vec<Range<usize>>,
    /// Where each piece begins and the run that it came from; the program's own numbers have none.
    pieces: Vec<(usize, Option<&'a Run>)>,
    /// How many bytes stand before each character, and before the end.
    bytes: Vec<usize>,
}

impl<'a> Passage<'a> {
    fn new(place: Place, section: usize, label: &str, parts: &[&'a [Inline]]) -> Option<Self> {
        let runs = || parts.iter().flat_map(|part| part.iter());
        let length = runs().map(|inline| if let Inline::Run(run) = inline { run.text.len() } else { 0 });
        // Most characters are hanzi, which have three bytes.
        let mut chars = Vec::with_capacity(label.len() + length.sum::<usize>() / 2);
        chars.extend(label.chars());
        let label = chars.len();
        let mut pieces = Vec::new();
        if label > 0 {
            pieces.push((0, None));
        }
        for inline in runs() {
            if let Inline::Run(run) = inline {
                pieces.push((chars.len(), Some(run)));
                chars.extend(run.text.chars());
            }
        }
        if chars.len() == label {
            return None;
        }
        let numbers = numbers(&chars);
        let mut characters = Characters::NONE;
        let mut bytes = Vec::with_capacity(chars.len() + 1);
        let mut before = 0;
        for c in &chars {
            characters.insert(*c);
            bytes.push(before);
            before += c.len_utf8();
        }
        bytes.push(before);
        Some(Self { place, section, level: None, chars, characters, label, numbers, pieces, bytes })
    }

    /// Tells whether it stands on a line of its own, without a final mark.
    pub(super) fn is_heading(&self) -> bool {
        matches!(self.place, Place::Heading | Place::Listed | Place::Attached)
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

    /// Returns how many hanzi a part of the text has.
    pub(super) fn hanzi(&self, range: Range<usize>) -> usize {
        self.chars.get(range).unwrap_or_default().iter().filter(|c| is_hanzi(**c)).count()
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
        let bytes = |from: usize, to: usize| -> usize {
            let before = |index: usize| self.bytes.get(index).or(self.bytes.last()).copied().unwrap_or(0);
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

/// Finds the Arabic numbers: digits, groups of three after a comma, decimals.
fn numbers(chars: &[char]) -> Vec<Range<usize>> {
    let is_digit = |index: usize| chars.get(index).is_some_and(char::is_ascii_digit);
    let mut numbers = Vec::new();
    let mut index = 0;
    while index < chars.len() {
        if !is_digit(index) {
            index += 1;
            continue;
        }
        let start = index;
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
            Block::Title(title) => self.lines(Place::Heading, title),
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
                    self.push(Place::Heading, "", &[caption]);
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
            Block::Signature(_) | Block::Head(_) | Block::Imprint(_) => {
                for part in block.inlines() {
                    self.push(Place::Signature, "", &[part]);
                }
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

//! Makes runs of an element's text: white space settled, what was left out mended, equal runs joined.

use std::borrow::Cow;
use std::sync::Arc;

use unicode_width::UnicodeWidthChar;

use super::lists;
use super::notes;
use super::tree::{Element, Node, is_space};
use super::vocabulary::Name;
use crate::document::{self, Datum, Footnote, Inline, Run};

/// A piece of an element's text, before white space is settled.
#[derive(Clone, Debug)]
pub(super) enum Piece<'a> {
    /// Text.
    Text {
        /// The text: the element's own, unless it is mended.
        text: Cow<'a, str>,
        /// Whether it stands out.
        strong: bool,
        /// The figure that it prints; its white space is its own.
        datum: Option<&'a Arc<Datum>>,
        /// Where it begins in the filled text.
        at: usize,
    },
    /// A break of the line.
    Break,
    /// A footnote.
    Footnote(Footnote),
    /// The place where something was left out, and whether it would have ended the sentence.
    Gap(bool),
}

impl<'a> Piece<'a> {
    /// Makes a piece of plain text.
    pub(super) fn plain(text: impl Into<Cow<'a, str>>, at: usize) -> Self {
        Self::Text { text: text.into(), strong: false, datum: None, at }
    }

    /// Returns the characters that count: all of a datum's, those of a template that are not white space.
    pub(super) fn visible(&self) -> impl DoubleEndedIterator<Item = char> {
        let (text, is_datum) = match self {
            Self::Text { text, datum, .. } => (&**text, datum.is_some()),
            Self::Break | Self::Gap(_) | Self::Footnote(_) => ("", false),
        };
        text.chars().filter(move |c| is_datum || !is_space(*c))
    }
}

/// What a text is part of, which decides how it may end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Whole {
    /// A paragraph: it ends with a mark.
    Paragraph,
    /// A clause, a heading, a cell: its end is somebody else's.
    Part,
}

/// Marks that join; they need something on both sides.
const JOINING: &[char] = &['，', '、', '；', '：'];
/// Marks that end a sentence.
const ENDING: &[char] = &['。', '！', '？'];

/// Marks that may stand behind the one that ends a sentence.
const CLOSING: &[char] = &['”', '’', '」', '』', '）'];

/// Tells whether a character is a mark that ends a sentence.
pub(super) fn is_ending(c: char) -> bool {
    ENDING.contains(&c)
}

/// Tells whether a text, read from its end, has ended its sentence: with the mark of one, or with one within quotation
/// marks or parentheses (“……。”). A title ends none: 《吃了吗？》.
pub(super) fn is_ended(mut backwards: impl Iterator<Item = char>) -> bool {
    backwards.find(|c| !CLOSING.contains(c)).is_some_and(is_ending)
}

/// Tells whether a character is a mark that joins the parts of a sentence.
pub(super) fn is_joining(c: char) -> bool {
    JOINING.contains(&c)
}

/// Returns the runs of an element's text.
pub(super) fn runs(element: &Element, whole: Whole) -> Vec<Inline> {
    settle(&pieces(&element.children, whole))
}

/// Returns the pieces of an element's text: lists with their labels and marks, gaps mended.
pub(super) fn pieces(children: &[Node], whole: Whole) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    collect(children, false, &mut pieces);
    mend(pieces, whole)
}

fn collect<'a>(children: &'a [Node], strong: bool, pieces: &mut Vec<Piece<'a>>) {
    for child in children {
        match child {
            Node::Text(text, at) => {
                pieces.push(Piece::Text { text: text.into(), strong, datum: None, at: *at });
            }
            Node::Datum(datum, text, at, _) => {
                pieces.push(Piece::Text { text: text.into(), strong, datum: Some(datum), at: *at });
            }
            Node::Gap(ends) => pieces.push(Piece::Gap(*ends)),
            Node::Absent(..) => pieces.push(Piece::Gap(false)),
            Node::Element(element) => match element.name {
                Name::Ordered | Name::Unordered => lists::inline(element, pieces),
                Name::Bold => collect(&element.children, true, pieces),
                Name::Break => pieces.push(Piece::Break),
                Name::Note => pieces.push(Piece::Footnote(footnote(element))),
                // A heading that runs into its paragraph is a part of its own, and what goes with a name too.
                Name::Heading(_) | Name::Post | Name::Picture => {}
                _ => collect(&element.children, strong, pieces),
            },
        }
    }
}

fn footnote(element: &Element) -> Footnote {
    let number = element.attribute(notes::NUMBER).and_then(|number| number.parse().ok()).unwrap_or(1);
    Footnote { number, mark: notes::mark(number), content: runs(element, Whole::Part) }
}

/// Mends the text where something was left out, and there alone: no mark is doubled, none begins the text,
/// none that joins is left with nothing to join, and a sentence whose last part was left out ends.
fn mend(pieces: Vec<Piece<'_>>, whole: Whole) -> Vec<Piece<'_>> {
    if !pieces.iter().any(|piece| matches!(piece, Piece::Gap(_))) {
        return pieces;
    }
    let is_blank = |piece: &Piece<'_>| {
        !matches!(piece, Piece::Break | Piece::Footnote(_)) && piece.visible().next().is_none()
    };
    let mut mended: Vec<Piece<'_>> = Vec::with_capacity(pieces.len());
    let mut rest = pieces.into_iter().peekable();
    while let Some(piece) = rest.next() {
        let Piece::Gap(mut ends) = piece else {
            mended.push(piece);
            continue;
        };
        while let Some(next) = rest.next_if(is_blank) {
            ends |= matches!(next, Piece::Gap(true));
        }
        let before = mended.iter().rev().find_map(|piece| piece.visible().next_back());
        let after = rest.peek().and_then(|piece| piece.visible().next());
        let is_mark = |c: char| is_joining(c) || is_ending(c);
        match (before.filter(|before| is_joining(*before)), after) {
            // At the end of a part the mark is somebody else's.
            (Some(_), None) if rest.peek().is_none() => end(&mut mended, whole == Whole::Paragraph),
            (Some(_), Some(after)) if is_mark(after) => end(&mut mended, false),
            (Some(_), Some(_)) if ends => end(&mut mended, true),
            (None, Some(after)) if before.is_none_or(is_ending) && is_mark(after) => {
                if let Some(next) = rest.peek_mut() {
                    remove_first(next);
                }
            }
            _ => {}
        }
    }
    mended
}

/// Takes the last mark away and, if wanted, ends the sentence.
fn end(pieces: &mut Vec<Piece<'_>>, with_mark: bool) {
    if let (Some(at), true) = (remove_last(pieces), with_mark) {
        pieces.push(Piece::plain("。", at));
    }
}

/// Removes the last character that counts, if a template wrote it; returns where its piece begins.
pub(super) fn remove_last(pieces: &mut [Piece<'_>]) -> Option<usize> {
    let piece = pieces.iter_mut().rev().find(|piece| piece.visible().next().is_some())?;
    match piece {
        Piece::Text { text, datum: None, at, .. } => {
            let text = text.to_mut();
            text.truncate(text.trim_end_matches(is_space).len());
            text.pop();
            Some(*at)
        }
        _ => None,
    }
}

fn remove_first(piece: &mut Piece<'_>) {
    if let Piece::Text { text, datum: None, at, .. } = piece {
        let rest = text.trim_start_matches(is_space);
        let rest = rest.char_indices().nth(1).map_or("", |(index, _)| &rest[index..]);
        *at += text.len() - rest.len();
        *text = Cow::Owned(rest.to_owned());
    }
}

/// Settles white space and makes runs.
///
/// White space and line ends of a template print nowhere but between two characters that are both not full
/// width, where they are one space; those of a datum are the datum's own.
pub(super) fn settle(pieces: &[Piece<'_>]) -> Vec<Inline> {
    let mut line = Line::default();
    for piece in pieces {
        match piece {
            Piece::Break => line.break_line(),
            Piece::Footnote(footnote) => line.inlines.push(Inline::Footnote(footnote.clone())),
            Piece::Gap(_) => {}
            Piece::Text { text, strong, datum: Some(datum), at } => {
                if let Some(first) = text.chars().next() {
                    line.space_before(first);
                    line.push(text, *strong, Some(datum), *at);
                }
            }
            Piece::Text { text, strong, datum: None, at } => {
                let mut rest = &**text;
                while let Some(start) = rest.find(|c| !is_space(c)) {
                    if start > 0 {
                        line.space = Some(*strong);
                    }
                    let from = at + (text.len() - rest.len()) + start;
                    let word = &rest[start..];
                    let end = word.find(is_space).unwrap_or(word.len());
                    if let Some(first) = word.chars().next() {
                        line.space_before(first);
                    }
                    line.push(&word[..end], *strong, None, from);
                    rest = &word[end..];
                }
                if !rest.is_empty() {
                    line.space = Some(*strong);
                }
            }
        }
    }
    line.inlines
}

/// The runs so far.
#[derive(Default)]
struct Line {
    inlines: Vec<Inline>,
    /// The last character of the line.
    last: Option<char>,
    /// White space waits for what follows: whether it stands out.
    space: Option<bool>,
}

impl Line {
    fn space_before(&mut self, next: char) {
        if let (Some(strong), Some(last)) = (self.space.take(), self.last)
            && !is_full_width(last)
            && !is_full_width(next)
        {
            let at = document::runs(&self.inlines).next_back().map(|run| run.offset + run.text.len());
            self.push(" ", strong, None, at.unwrap_or_default());
        }
    }

    fn push(&mut self, text: &str, strong: bool, datum: Option<&Arc<Datum>>, at: usize) {
        self.last = text.chars().next_back().or(self.last);
        if let (Some(Inline::Run(run)), None) = (self.inlines.last_mut(), datum)
            && run.datum.is_none()
            && run.strong == strong
            // A run stands in the filled text as it is, so that each of its characters can be led back.
            && run.offset + run.text.len() == at
        {
            run.text.push_str(text);
        } else if !text.is_empty() {
            let run = Run { text: text.to_owned(), strong, datum: datum.map(Arc::clone), offset: at };
            self.inlines.push(Inline::Run(run));
        }
    }

    fn break_line(&mut self) {
        self.inlines.push(Inline::LineBreak);
        (self.last, self.space) = (None, None);
    }
}

/// Tells whether a character takes a full cell: hanzi and Chinese marks, those that Latin text shares
/// (“ ” … —) too.
fn is_full_width(c: char) -> bool {
    c.width() == Some(2) || (c.width_cjk() == Some(2) && !c.is_alphanumeric())
}

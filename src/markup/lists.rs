//! Makes the marks and labels of clauses: 一是…；二是…。 They are the program's, so that they stay right
//! whatever clauses the data leaves out.

use super::inline::{self, Piece, Whole, is_ended, is_joining, remove_last};
use super::tree::Element;
use super::vocabulary::Name;
use crate::document::{AttachmentList, DatumKind, List, ListItem};
use crate::fill::numeral;

/// A clause with its label and its mark.
struct Clause<'a> {
    label: String,
    pieces: Vec<Piece<'a>>,
    at: usize,
}

/// Adds the pieces of a list within a paragraph.
pub(super) fn inline<'a>(list: &'a Element, pieces: &mut Vec<Piece<'a>>) {
    let clauses = clauses(list);
    if clauses.is_empty() {
        pieces.push(Piece::Gap(!list.attribute("end").is_some_and(str::is_empty)));
    }
    for mut clause in clauses {
        if !clause.label.is_empty() {
            pieces.push(Piece::plain(clause.label, clause.at));
        }
        pieces.append(&mut clause.pieces);
    }
}

/// Returns a list whose clauses are paragraphs of their own.
pub(super) fn block(list: &Element) -> List {
    let item = |clause: Clause<'_>| ListItem { label: clause.label, content: inline::settle(&clause.pieces) };
    List { items: clauses(list).into_iter().map(item).collect() }
}

/// Returns 附件说明: names without final marks, numbered when there is more than one.
pub(super) fn attachments(list: &Element) -> AttachmentList {
    let names: Vec<_> = list.elements().map(|item| inline::runs(item, Whole::Part)).collect();
    let items = labels(names.len()).zip(names).map(|(label, content)| ListItem { label, content });
    AttachmentList { items: items.collect() }
}

/// Returns the labels of attachments: `1.`, `2.`, or an empty one when there is one alone.
pub(super) fn labels(count: usize) -> std::vec::IntoIter<String> {
    let label = |number: usize| if count > 1 { format!("{number}.") } else { String::new() };
    (1..=count).map(label).collect::<Vec<_>>().into_iter()
}

fn clauses<'a>(list: &'a Element) -> Vec<Clause<'a>> {
    let ordered = list.name == Name::Ordered;
    let join = list.attribute("join").unwrap_or(if ordered { "。" } else { "；" });
    let end = list.attribute("end").unwrap_or("。");
    let items: Vec<_> = list
        .elements()
        .map(|item| (item, inline::pieces(&item.children, Whole::Part)))
        .filter(|(_, pieces)| pieces.iter().any(|piece| piece.visible().next().is_some()))
        .collect();
    let count = items.len();
    let clause = |(index, (item, mut pieces)): (usize, (&Element, Vec<Piece<'a>>))| {
        let is_last = index + 1 == count;
        close(&mut pieces, if is_last { end } else { join }, is_last, item.span.end);
        // One clause alone is no list.
        let labelled = ordered && count > 1;
        let label =
            if labelled { format!("{}是", numeral::ordinal(index as u64 + 1)) } else { String::new() };
        Clause { label, pieces, at: item.span.start }
    };
    items.into_iter().enumerate().map(clause).collect()
}

/// Ends a clause with a mark, unless it ends a sentence by itself.
fn close<'a>(pieces: &mut Vec<Piece<'a>>, mark: &'a str, is_last: bool, at: usize) {
    let visible = || pieces.iter().rev().flat_map(|piece| piece.visible().rev());
    let last = visible().next();
    if is_ended(visible()) {
        return;
    }
    match last {
        // A clause that ends with a semicolon keeps it among others, and so does one that leads to those that follow;
        // at its end the list ends as it does.
        Some('；' | '：') if !is_last => return,
        Some('：') => remove_colon(pieces),
        Some(c) if is_joining(c) => drop(remove_last(pieces)),
        _ => {}
    }
    if !mark.is_empty() {
        pieces.push(Piece::plain(mark, at));
    }
}

/// Removes the colon that a clause ends with, also one of the data: it leads to nothing.
fn remove_colon(pieces: &mut [Piece<'_>]) {
    let last = pieces.iter_mut().rev().find(|piece| piece.visible().next().is_some());
    match last {
        Some(Piece::Text { text, datum: Some(datum), .. }) if datum.kind == DatumKind::Text => {
            text.to_mut().pop();
        }
        _ => drop(remove_last(pieces)),
    }
}

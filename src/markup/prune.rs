//! Leaves out what is absent or empty: clauses whose datum the data does not have, lists without clauses,
//! paragraphs without text, headings with nothing below them.

use super::tree::{Element, Node, is_space};
use super::vocabulary::Name;

/// An absent datum that no clause around it can take away.
#[derive(Debug)]
pub(super) struct Absent {
    /// The paths of the datum.
    pub(super) paths: String,
    /// Where it would stand in the filled text.
    pub(super) at: usize,
}

/// Leaves out what is absent or empty, and returns the absent data that the text cannot do without.
pub(super) fn prune(article: &mut Element) -> Vec<Absent> {
    let absent = prune_element(article);
    prune_blocks(article);
    absent
}

/// Leaves out tables and headings that nothing is left of, in the document and in each attachment.
fn prune_blocks(blocks: &mut Element) {
    prune_tables(blocks);
    for child in &mut blocks.children {
        if let Node::Element(attachment) = child
            && attachment.name == Name::Attachment
        {
            prune_blocks(attachment);
        }
    }
    let only_title = |child: &Node| match child {
        Node::Element(block) => {
            block.name == Name::Attachment
                && block.elements().all(|part| matches!(part.name, Name::Title | Name::Byline))
        }
        _ => false,
    };
    blocks.children.retain(|child| !only_title(child));
    prune_headings(blocks);
}

/// Prunes an element and returns the absent data that it could not take away itself.
fn prune_element(element: &mut Element) -> Vec<Absent> {
    let holds_blocks = matches!(element.name, Name::Article | Name::Attachment);
    let mut left = Vec::new();
    for child in &mut element.children {
        match child {
            Node::Absent(paths, at) => {
                left.push(Absent { paths: std::mem::take(paths), at: *at });
                *child = Node::Gap(false);
            }
            Node::Element(inner) => {
                let absent = prune_element(inner);
                let footnote = inner.name == Name::Note && !holds_blocks;
                let takes_away = footnote || inner.name.goes_without_datum();
                let gone = takes_away && !absent.is_empty() || is_empty(inner);
                // The sentence is whole without its note.
                let gap = if footnote { Node::Text(String::new(), inner.span.start) } else { gap(inner) };
                if gone {
                    *child = gap;
                }
                if !takes_away {
                    left.extend(absent);
                }
            }
            Node::Text(..) | Node::Datum(..) | Node::Gap(_) => {}
        }
    }
    left
}

/// Returns what stands for an element that is left out.
fn gap(element: &Element) -> Node {
    let is_list = matches!(element.name, Name::Ordered | Name::Unordered);
    Node::Gap(is_list && element.attribute("end").is_none_or(|end| !end.is_empty()))
}

/// Tells whether an element that needs text or clauses has none left.
fn is_empty(element: &Element) -> bool {
    match element.name {
        Name::Ordered
        | Name::Unordered
        | Name::Attachments
        | Name::Signature
        | Name::RedHead
        | Name::Imprint => element.elements().next().is_none(),
        Name::Mark => !element.elements().any(|part| part.name == Name::Organ),
        // A paragraph may for now consist of its heading; whether it stays is decided with the headings.
        Name::Item
        | Name::Span
        | Name::Bold
        | Name::Paragraph
        | Name::Annotation
        | Name::Title
        | Name::Byline
        | Name::Heading(_)
        | Name::Caption
        | Name::Note
        | Name::Signer
        | Name::Date
        | Name::CopyNumber
        | Name::Secrecy
        | Name::Urgency
        | Name::Organ
        | Name::Suffix
        | Name::Number
        | Name::Approver
        | Name::Post
        | Name::Picture
        | Name::Roster
        | Name::Copies
        | Name::Printer => !has_text(element),
        Name::Article
        | Name::Attachment
        | Name::Data
        | Name::Table
        | Name::Chart
        | Name::Head
        | Name::Body
        | Name::Row
        | Name::HeaderCell
        | Name::Cell
        | Name::Break
        | Name::Image => false,
    }
}

fn has_text(element: &Element) -> bool {
    element.children.iter().any(is_printed)
}

/// Tells whether a part of an element prints something.
fn is_printed(child: &Node) -> bool {
    match child {
        Node::Text(text, _) => !text.chars().all(is_space),
        Node::Datum(_, text, ..) => !text.is_empty(),
        Node::Element(inner) => {
            !matches!(inner.name, Name::Note | Name::Post | Name::Picture) && has_text(inner)
        }
        Node::Absent(..) | Node::Gap(_) => false,
    }
}

/// Leaves out tables and charts without a row in their body, and the notes below them.
fn prune_tables(article: &mut Element) {
    let mut gone = false;
    article.children.retain_mut(|child| match child {
        Node::Element(table) if matches!(table.name, Name::Table | Name::Chart) => {
            gone = table
                .elements()
                .filter(|part| part.name == Name::Body)
                .all(|body| body.elements().next().is_none());
            if table.name == Name::Table {
                prune_columns(table);
            }
            !gone
        }
        Node::Element(note) if note.name == Name::Note => !gone,
        Node::Element(_) => {
            gone = false;
            true
        }
        _ => true,
    });
}

/// Leaves out the columns of a table all whose data are absent: a head above nothing says nothing. A cell that the
/// template leaves blank, to be filled in by hand, stays, and so do all columns where cells are merged.
fn prune_columns(table: &mut Element) {
    let is_merged = |cell: &Element| cell.cell_span("colspan") > 1 || cell.cell_span("rowspan") > 1;
    let rows = || {
        table
            .elements()
            .filter(|part| matches!(part.name, Name::Head | Name::Body))
            .flat_map(Element::elements)
    };
    if rows().flat_map(Element::elements).any(is_merged) {
        return;
    }
    let bodies = || table.elements().filter(|part| part.name == Name::Body).flat_map(Element::elements);
    let count = bodies().map(|row| row.elements().count()).min().unwrap_or(0);
    let is_left_out =
        |cell: &Element| cell.children.iter().any(|child| matches!(child, Node::Gap(_))) && !has_text(cell);
    let gone: Vec<bool> = (0..count)
        .map(|column| bodies().all(|row| row.elements().nth(column).is_some_and(is_left_out)))
        .collect();
    if !gone.contains(&true) || gone.iter().all(|gone| *gone) {
        return;
    }
    for part in &mut table.children {
        let Node::Element(part) = part else { continue };
        if !matches!(part.name, Name::Head | Name::Body) {
            continue;
        }
        for row in &mut part.children {
            let Node::Element(row) = row else { continue };
            let mut column = 0;
            row.children.retain(|child| {
                let Node::Element(_) = child else { return true };
                column += 1;
                !gone.get(column - 1).copied().unwrap_or(false)
            });
        }
    }
}

/// Leaves out headings, and paragraphs that are a heading alone, that nothing stands below.
fn prune_headings(article: &mut Element) {
    // Whether text follows before the next heading of level 1 .. 4 or higher.
    let mut below = [false; 4];
    let mut kept = Vec::with_capacity(article.children.len());
    for child in std::mem::take(&mut article.children).into_iter().rev() {
        let Node::Element(element) = &child else { continue };
        let keep = match (level(element), is_text(element)) {
            (Some(level), has_text) => {
                if has_text {
                    below = [true; 4];
                }
                let keep = below[level];
                below[level..].fill(false);
                keep
            }
            (None, true) => {
                below = [true; 4];
                true
            }
            (None, false) => true,
        };
        if keep {
            kept.push(child);
        }
    }
    kept.reverse();
    article.children = kept;
}

/// Returns the level, from 0, of a heading or of the heading that runs into a paragraph.
fn level(element: &Element) -> Option<usize> {
    match element.name {
        Name::Heading(level) => Some(usize::from(level) - 1),
        Name::Paragraph => {
            element.elements().next().filter(|first| first.name != Name::Paragraph).and_then(level)
        }
        _ => None,
    }
}

/// Tells whether a block is something that a heading can stand above.
fn is_text(block: &Element) -> bool {
    match block.name {
        Name::Paragraph => {
            let is_heading = |child: &&Node| match child {
                Node::Element(element) => matches!(element.name, Name::Heading(_)),
                _ => false,
            };
            block.children.iter().filter(|child| !is_heading(child)).any(is_printed)
        }
        Name::Ordered | Name::Table | Name::Chart => true,
        _ => false,
    }
}

//! Numbers footnotes through the whole document: ①②③.

use super::tree::{Element, Node};
use super::vocabulary::Name;

/// The attribute that holds a footnote's number; no author writes it.
pub(super) const NUMBER: &str = "number";

/// Gives each footnote its number, in reading order. A note that is a block of its own stands below a table
/// and has none.
pub(super) fn number(article: &mut Element) {
    let mut last = 0;
    for block in blocks(article) {
        number_in(block, &mut last);
    }
}

/// Returns the mark that stands for a number: ①, past what Unicode has of these 〔36〕.
pub(super) fn mark(number: usize) -> String {
    let circled = |first: char, offset: usize| char::from_u32(u32::from(first) + offset as u32);
    let character = match number {
        1..=20 => circled('①', number - 1),
        21..=35 => circled('㉑', number - 21),
        _ => None,
    };
    character.map_or_else(|| format!("〔{number}〕"), String::from)
}

/// Returns the blocks, those of attachments among them.
fn blocks(article: &mut Element) -> Vec<&mut Element> {
    let mut found = Vec::new();
    for block in elements(article) {
        if block.name == Name::Attachment {
            found.extend(blocks(block));
        } else {
            found.push(block);
        }
    }
    found
}

fn number_in(element: &mut Element, last: &mut usize) {
    for inner in elements(element) {
        if inner.name == Name::Note {
            *last += 1;
            inner.attributes.push((NUMBER.to_owned(), last.to_string()));
        } else {
            number_in(inner, last);
        }
    }
}

fn elements(element: &mut Element) -> impl Iterator<Item = &mut Element> {
    element.children.iter_mut().filter_map(|child| match child {
        Node::Element(inner) => Some(inner),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::mark;

    #[test]
    fn marks_follow_one_another() {
        let marks: Vec<String> = [1, 10, 20, 21, 35, 36].map(mark).to_vec();
        assert_eq!(marks, ["①", "⑩", "⑳", "㉑", "㉟", "〔36〕"]);
    }
}

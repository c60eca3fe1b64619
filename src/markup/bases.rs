//! Says once in a paragraph what changes are from: 比上年增长5.2%, 增长3.1%, 下降0.4%.
//!
//! Which clause is the first of a paragraph is known only when those without data are left out. So every change comes
//! with its 比上年 or 同比, and those that say the same as the one before them lose it here.

use super::tree::{Element, Node};
use super::vocabulary::Name;

/// Leaves out what the change before has said, in each paragraph, cell and footnote for itself.
pub(super) fn say_once(article: &mut Element) {
    for block in article.children.iter_mut().filter_map(element) {
        match block.name {
            Name::Attachment | Name::Table | Name::Head | Name::Body | Name::Row | Name::Ordered => {
                say_once(block);
            }
            _ => say_once_in(block, &mut None),
        }
    }
}

fn say_once_in(part: &mut Element, said: &mut Option<Box<str>>) {
    for child in &mut part.children {
        match child {
            Node::Element(footnote) if footnote.name == Name::Note => say_once_in(footnote, &mut None),
            Node::Element(inner) => say_once_in(inner, said),
            Node::Datum(_, text, at, Some(base)) => {
                if said.as_ref() == Some(base)
                    && let Some(rest) = text.strip_prefix(&**base)
                {
                    *at += base.len();
                    *text = rest.to_owned();
                } else {
                    *said = Some(base.clone());
                }
            }
            Node::Text(..) | Node::Datum(..) | Node::Absent(..) | Node::Gap(_) => {}
        }
    }
}

fn element(child: &mut Node) -> Option<&mut Element> {
    match child {
        Node::Element(element) => Some(element),
        _ => None,
    }
}

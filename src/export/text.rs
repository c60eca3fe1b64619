//! Writes a document as plain text, for reading, comparing and searching.

use crate::document::Document;

/// Writes the text in reading order as UTF-8, one block a line, each ended by a line feed; what is still to come
/// stands in brackets, 【XX亿元】.
pub fn write(document: &Document) -> Vec<u8> {
    let mut text = document.bracketed_text();
    if !text.ends_with('\n') {
        text.push('\n');
    }
    text.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Block, Heading, Inline, Run};

    #[test]
    fn ends_with_one_line_feed() {
        let run = Run { text: "综合".to_owned(), strong: false, datum: None, offset: 0 };
        let heading = Heading { level: 1, number: "一、".to_owned(), content: vec![Inline::Run(run)] };
        let document = Document { blocks: vec![Block::Heading(heading)], ..Document::default() };
        assert_eq!(write(&document), "一、综合\n".as_bytes());
        assert_eq!(write(&Document::default()), b"\n");
    }
}

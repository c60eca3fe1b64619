//! Numbers headings: 一、（一）1.（1）, each level beginning anew under a higher one.
//!
//! Below level 1 a heading that stands alone under the one above it has no number, as one clause alone has no 一是.

use crate::document::{Block, Heading, Inline, Paragraph, ParagraphKind};
use crate::fill::numeral;

/// The number of the last heading of each level.
#[derive(Debug, Default)]
pub(super) struct Numbers([u64; 4]);

impl Numbers {
    /// Returns the number of the next heading of a level from 1 to 4, as it is printed.
    pub(super) fn next(&mut self, level: u8) -> String {
        let index = index(level);
        self.0[index] += 1;
        self.0[index + 1..].fill(0);
        label(index, self.0[index])
    }
}

/// Takes the number from each heading below level 1 that no second one of its level follows under the same heading.
///
/// Where a paragraph of the data goes on with the second number, as somebody typed it, the first one stays.
pub(super) fn leave_lone(blocks: &mut [Block]) {
    // The block of each level's first heading, as long as it has no second.
    let mut first: [Option<usize>; 4] = [None; 4];
    let mut lone = Vec::new();
    for (at, block) in blocks.iter_mut().enumerate() {
        if matches!(block, Block::Attachment(_)) {
            lone.extend(first.iter_mut().filter_map(Option::take));
        } else if let Some(heading) = heading(block) {
            let index = index(heading.level);
            lone.extend(first[index + 1..].iter_mut().filter_map(Option::take));
            first[index] = (index > 0 && heading.number == label(index, 1)).then_some(at);
        } else if let Block::Paragraph(Paragraph { content, kind: ParagraphKind::Body, .. }) = block
            && let Some(Inline::Run(run)) = content.first()
        {
            for (index, first) in first.iter_mut().enumerate() {
                if first.is_some() && run.text.starts_with(&label(index, 2)) {
                    *first = None;
                }
            }
        }
    }
    lone.extend(first.into_iter().flatten());
    for at in lone {
        if let Some(heading) = heading(&mut blocks[at]) {
            heading.number.clear();
        }
    }
}

/// Returns the heading that a block is or begins with.
fn heading(block: &mut Block) -> Option<&mut Heading> {
    match block {
        Block::Heading(heading) => Some(heading),
        Block::Paragraph(paragraph) => paragraph.heading.as_mut(),
        _ => None,
    }
}

fn index(level: u8) -> usize {
    usize::from(level.clamp(1, 4)) - 1
}

/// Writes a number of a level, counted from 0.
fn label(index: usize, number: u64) -> String {
    match index {
        0 => format!("{}、", numeral::ordinal(number)),
        1 => format!("（{}）", numeral::ordinal(number)),
        2 => format!("{number}."),
        _ => format!("（{number}）"),
    }
}

//! Where lines may begin and end (GB/T 15834-2011, 5.1).

use super::super::clauses::{LINE_END, LINE_START, SPLIT};
use super::super::lines::Line;
use super::super::marks::{is_never_first, is_never_last};
use super::super::report::{Ledger, Place};
use super::super::roles::Role;
use super::Case;
use crate::diag::Text;

/// Judges the ends of all lines of running text.
pub(super) fn judge(ledger: &mut Ledger, case: &Case<'_>) {
    let running = |role: Role| {
        matches!(
            role,
            Role::Title
                | Role::Salutation
                | Role::Paragraph
                | Role::AttachmentNote
                | Role::AttachmentTitle
                | Role::Attendance
                | Role::Note
                | Role::Imprint
        )
    };
    for block in case.doc.blocks.iter().filter(|block| running(block.role)) {
        for (number, line) in block.lines.iter().enumerate() {
            let first = line.first();
            // —— and …… may open a paragraph.
            let opens = number == 0 && matches!(first, '—' | '…');
            ledger.check(&LINE_START, opens || !is_never_first(first), line, || {
                Text::both(format!("“{first}”在行首"), format!("{first} begins a line"))
            });
            let last = line.last();
            ledger.check(&LINE_END, !is_never_last(last), line, || {
                Text::both(format!("“{last}”在行末"), format!("{last} ends a line"))
            });
        }
        // The items of 附件说明 stand below one another: no item is split from the next.
        let is_item = |line: &Line| block.role == Role::AttachmentNote && is_numbered(line);
        for pair in block.lines.windows(2).filter(|pair| !is_item(&pair[1])) {
            split(ledger, &pair[0], &pair[1]);
        }
    }
}

/// Tells whether a line begins with the number of an item: `2.`.
fn is_numbered(line: &Line) -> bool {
    let digits = line.text.iter().take_while(|c| c.is_ascii_digit()).count();
    let is_mark = matches!(line.text.get(digits), Some('.' | '．'));
    digits > 0 && is_mark && !line.text.get(digits + 1).is_some_and(char::is_ascii_digit)
}

fn split(ledger: &mut Ledger, upper: &Line, lower: &Line) {
    let before = upper.text.iter().rev().nth(1).copied().unwrap_or(' ');
    let (end, start) = (upper.last(), lower.first());
    let word = |character: char| character.is_ascii_alphanumeric();
    let what = match (end, start) {
        ('—', '—') => Some(("破折号", "a dash")),
        ('…', '…') => Some(("省略号", "an ellipsis")),
        _ if end.is_ascii_digit() && start.is_ascii_digit() => Some(("一个数", "a number")),
        ('.' | ',' | ':', _) if before.is_ascii_digit() && start.is_ascii_digit() => {
            Some(("一个数", "a number"))
        }
        _ if word(end) && word(start) && !(end.is_ascii_digit() || start.is_ascii_digit()) => {
            Some(("一个词", "a word"))
        }
        _ => None,
    };
    let place = upper.glyphs.last().map_or_else(|| Place::from(upper), |glyph| Place::glyph(upper, glyph));
    ledger.check(&SPLIT, what.is_none(), place, || {
        let (zh, en) = what.unwrap_or_default();
        let tail: String = upper.text[upper.text.len().saturating_sub(4)..].iter().collect();
        let head: String = lower.text.iter().take(4).collect();
        Text::both(format!("{zh}断在两行：…{tail}|{head}…"), format!("{en} is split: …{tail}|{head}…"))
    });
}

//! Puts slips into words, and shows each line as it should be.

use std::mem::discriminant;
use std::ops::Range;
use std::sync::Arc;

use unicode_width::UnicodeWidthStr;

use super::faults::{self, Fault, Slip};
use super::first_error;
use super::mended::{apply, typed};
use crate::diag::catalogue::data::{
    AFTER_END, AMBIGUOUS_NUMBER, BAD_CODE, BAD_ESCAPE, BAD_NUMBER, BARE_POINT, CONTROL_OUTSIDE,
    DOUBLED_QUOTES, EXTRA_MARK, INNER_QUOTES, LEADING_ZERO, MISMATCHED, MISSING_COLON, MISSING_COMMA,
    MISSING_VALUE, NO_KEY, NUMBER_WITH_UNIT, OTHER_COMMENT, PLUS_SIGN, SINGLE_QUOTES, THOUSANDS, TOO_DEEP,
    UNCLOSED_BRACKET, UNCLOSED_COMMENT, UNCLOSED_TEXT, UNOPENED, UNQUOTED_KEY, UNQUOTED_TEXT, WIDE_DIGITS,
    WIDE_MARK, WIDE_QUOTES, WORD_CASE, WRONG_BRACKET,
};
use crate::diag::{Diagnostic, Origin, SourceText, Text};

/// The longest mended line that is shown whole, in columns of a terminal.
const LINE_WIDTH: usize = 100;

/// How many bytes are read again at most to see that hints lead on.
const CHECKED: usize = 8_000_000;

/// Puts the faults into words, each with its line mended; of like faults on one line only the first is told.
pub(super) fn tell(
    source: &Arc<SourceText>,
    faults: &[Fault],
    places: &[(usize, String)],
) -> Vec<Diagnostic> {
    let mut edits: Vec<_> = faults.iter().flat_map(|fault| &fault.edits).collect();
    edits.sort_by_key(|(span, _)| (span.start, span.end));
    let mut left = CHECKED;
    let mut told: Vec<Diagnostic> = Vec::new();
    let mut last_shown = 0;
    // The slips of the line that the last fault is on.
    let (mut last_line, mut slips) = (0, Vec::new());
    for fault in faults {
        let line = source.line(fault.span.start);
        if line != last_line {
            last_line = line;
            slips.clear();
        }
        if slips.contains(&fault.slip) {
            continue;
        }
        slips.push(fault.slip);
        let span = fault.span.clone();
        let excerpt = source.text().get(span.clone()).unwrap_or_default();
        let place = places.partition_point(|(start, _)| *start <= span.start).checked_sub(1);
        let mut origin = Origin::new(source, span);
        if let Some((_, path)) = place.map(|index| &places[index]).filter(|(_, path)| !path.is_empty()) {
            origin = origin.field(path, None);
        }
        let mut diagnostic = message(fault.slip, excerpt).at(origin);
        if last_shown != line
            && let Some((mended, at)) = mended(source, fault, &edits)
            && leads_on(source, faults, at, &mut left)
        {
            last_shown = line;
            let other = source.line(at);
            diagnostic = diagnostic.hint(match mended.as_str() {
                "" => Text::both("删去这一行", "take the line out"),
                mended if other == line => {
                    Text::both(format!("改为：`{mended}`"), format!("write: `{mended}`"))
                }
                mended => Text::both(
                    format!("第{other}行改为：`{mended}`"),
                    format!("write line {other} so: `{mended}`"),
                ),
            });
        }
        told.push(diagnostic);
    }
    told
}

fn message(slip: Slip, excerpt: &str) -> Diagnostic {
    match slip {
        Slip::WideMark(found, meant) => Diagnostic::new(&WIDE_MARK).with("found", found).with("meant", meant),
        Slip::WideQuotes(found) => Diagnostic::new(&WIDE_QUOTES).with("found", found),
        Slip::SingleQuotes => Diagnostic::new(&SINGLE_QUOTES),
        Slip::InnerQuotes => Diagnostic::new(&INNER_QUOTES),
        Slip::DoubledQuotes => Diagnostic::new(&DOUBLED_QUOTES),
        Slip::UnclosedText => Diagnostic::new(&UNCLOSED_TEXT),
        Slip::UnclosedComment => Diagnostic::new(&UNCLOSED_COMMENT),
        Slip::BadEscape => Diagnostic::new(&BAD_ESCAPE),
        Slip::OtherComment => Diagnostic::new(&OTHER_COMMENT),
        Slip::BadNumber => Diagnostic::new(&BAD_NUMBER).with("found", excerpt),
        Slip::BadCode => Diagnostic::new(&BAD_CODE).with("found", excerpt),
        Slip::Control(c) => Diagnostic::new(&CONTROL_OUTSIDE).with("code", format!("{:04X}", u32::from(c))),
        Slip::MissingComma => Diagnostic::new(&MISSING_COMMA),
        Slip::MissingColon => Diagnostic::new(&MISSING_COLON),
        Slip::MissingValue => Diagnostic::new(&MISSING_VALUE),
        Slip::Unopened => Diagnostic::new(&UNOPENED).with("mark", '{'),
        Slip::ExtraMark(mark) => Diagnostic::new(&EXTRA_MARK).with("mark", mark),
        Slip::UnquotedKey => Diagnostic::new(&UNQUOTED_KEY).with("found", excerpt),
        Slip::UnquotedText => Diagnostic::new(&UNQUOTED_TEXT).with("found", excerpt),
        Slip::NumberWithUnit => Diagnostic::new(&NUMBER_WITH_UNIT).with("found", excerpt),
        Slip::WideDigits => Diagnostic::new(&WIDE_DIGITS).with("found", excerpt),
        Slip::LeadingZero => Diagnostic::new(&LEADING_ZERO).with("found", excerpt),
        Slip::PlusSign => Diagnostic::new(&PLUS_SIGN).with("found", excerpt),
        Slip::BarePoint => Diagnostic::new(&BARE_POINT).with("found", excerpt),
        Slip::Thousands => Diagnostic::new(&THOUSANDS).with("found", excerpt),
        Slip::DecimalComma => {
            let narrow = faults::narrow(excerpt);
            let whole = narrow.replace(['.', ','], "");
            let whole = match whole.trim_start_matches('0') {
                "" => "0",
                rest => rest,
            };
            let point = narrow.replace('.', "").replace(',', ".");
            Diagnostic::new(&AMBIGUOUS_NUMBER)
                .with("found", excerpt)
                .with("readings", Text::both(format!("`{whole}`或`{point}`"), format!("`{whole}` or `{point}`")))
        }
        Slip::NoKey => Diagnostic::new(&NO_KEY).with("found", excerpt),
        Slip::WrongBracket(meant, found) => {
            Diagnostic::new(&WRONG_BRACKET).with("meant", meant.open()).with("found", found.open())
        }
        Slip::WordCase(word) => Diagnostic::new(&WORD_CASE).with("found", excerpt).with("meant", word),
        Slip::Unclosed(bracket) => {
            Diagnostic::new(&UNCLOSED_BRACKET).with("open", bracket.open()).with("close", bracket.close())
        }
        Slip::Mismatched(open, found) => Diagnostic::new(&MISMATCHED)
            .with("open", open.open())
            .with("close", open.close())
            .with("found", found.close()),
        Slip::AfterEnd if excerpt == "{" => Diagnostic::new(&AFTER_END).hint(Text::both(
            "文件里每行是一份数据的，命令里加 `--jsonl`；只有一份的，检查前面是否多了一个 `}`",
            "of a file with a data file on each line, add `--jsonl` to the call; of one alone, look for a `}` too many before it",
        )),
        Slip::AfterEnd => Diagnostic::new(&AFTER_END).hint(Text::both(
            "检查前面是否多了一个 `}`",
            "look for a `}` too many before it",
        )),
        Slip::TooDeep => Diagnostic::new(&TOO_DEEP),
    }
}

/// Tells whether a line that is mended has no other slip: whoever writes it as a hint says has to get on. What is beyond
/// the bytes that are `left` to be read again is not known to.
fn leads_on(source: &Arc<SourceText>, faults: &[Fault], start: usize, left: &mut usize) -> bool {
    let Some(rest) = left.checked_sub(source.text().len()) else { return false };
    *left = rest;
    let start_of = |at: usize| source.line_at(at).1;
    // A slip over several lines is mended on all of them.
    let is_here = |fault: &&Fault| fault.edits.iter().any(|(span, _)| start_of(span.start) == start);
    let edits = faults.iter().filter(is_here).flat_map(|fault| fault.edits.clone());
    // The line is shown without its control characters.
    let is_control = |fault: &&Fault| matches!(fault.slip, Slip::Control(_));
    let controls = faults.iter().filter(is_control).filter(|fault| start_of(fault.span.start) == start);
    let edits = edits.chain(controls.map(|fault| (fault.span.clone(), String::new()))).collect();
    let (text, stretches) = apply(source.text(), edits);
    let is_on_line = |at: usize| start_of(typed(&stretches, at)) == start;
    // What nobody knows how to mend stays, and is told already.
    let is_known = |slip: &Slip| {
        let alike = faults.iter().filter(|fault| discriminant(&fault.slip) == discriminant(slip));
        alike.filter(|fault| fault.edits.is_empty()).any(|fault| start_of(fault.span.start) == start)
    };
    let mended = Arc::new(SourceText::new(source.name(), text));
    match faults::faults(&mended) {
        Some(left) if left.is_empty() => first_error(mended.text()).is_none_or(|at| !is_on_line(at)),
        Some(left) => left.iter().all(|fault| !is_on_line(fault.span.start) || is_known(&fault.slip)),
        None => false,
    }
}

/// Returns a fault's line with all that is wrong in it mended, if that is known, and where it starts; `edits` are those
/// of all faults, in the text's order.
fn mended(source: &SourceText, fault: &Fault, edits: &[&(Range<usize>, String)]) -> Option<(String, usize)> {
    let (first, _) = fault.edits.first()?;
    let (line, start) = source.line_at(first.start);
    let end = start + line.len();
    let edits = &edits[edits.partition_point(|(span, _)| span.start < start)..];
    let edits = edits.iter().take_while(|(span, _)| span.start <= end).filter(|(span, _)| span.end <= end);

    let mut mended = String::new();
    let mut at = start;
    let mut focus = 0;
    for (span, text) in edits {
        if span.start < at {
            continue;
        }
        mended.push_str(&source.text()[at..span.start]);
        if span == first {
            focus = mended.len();
        }
        mended.push_str(text);
        at = span.end;
    }
    mended.push_str(&source.text()[at..end]);
    let mended: String = mended.chars().filter(|c| !c.is_control()).collect();
    if mended.width() <= LINE_WIDTH {
        return Some((mended.trim().to_owned(), start));
    }
    // Of a long line, the part round the change.
    let before: String = mended.get(..focus)?.chars().rev().take(24).collect();
    let after: String = mended[focus..].chars().take(24).collect();
    Some((format!("…{}{after}…", before.chars().rev().collect::<String>()), start))
}

//! Shows that what is wrong with a file of one long line is told at once: were the whole line looked at for each piece
//! of it, these tests would take minutes.

use super::*;

/// How long the files are, in bytes.
const LENGTH: usize = 2_000_000;

/// Reads a file of one line in which a part stands over and over between two others, and tells the codes of its faults.
fn codes(begin: &str, part: &str, end: &str) -> Vec<&'static str> {
    let text = [begin, &part.repeat(LENGTH / part.len()), end].concat();
    let source = Arc::new(SourceText::new("a.json", text));
    let found = parse(&source).expect_err("the file has a slip");
    assert!(Mended::read(&source).is_some_and(|mended| parse(&mended.source).is_ok()), "{begin}{part}{end}");
    found.iter().map(|fault| fault.entry.code).collect()
}

#[test]
fn a_slip_in_a_long_list_of_numbers_is_told() {
    assert_eq!(codes(r#"{"a": ["#, "1, ", "1 2]}"), ["E0113"]);
}

#[test]
fn a_slip_in_a_long_list_of_objects_is_told() {
    assert_eq!(codes(r#"{"a": ["#, r#"{"n": 1}, "#, "2 2]}"), ["E0113"]);
}

#[test]
fn a_slip_repeated_along_a_line_is_told_once() {
    assert_eq!(codes(r#"{"a": ["#, "1，", "1]}"), ["E0105"]);
    assert_eq!(codes(r#"{"a": ["#, "'甲', ", "1]}"), ["E0107"]);
}

#[test]
fn a_long_text_without_quotes_is_told() {
    assert_eq!(codes(r#"{"a": "#, "约 ", "家}"), ["E0118"]);
}

#[test]
fn lines_of_a_mended_part_are_counted_as_those_of_the_file() {
    let source = Arc::new(SourceText::new("a.jsonl", r#"{"a": 1，"a": 2}"#).from_line(17));
    let mended = Mended::read(&source).expect("a full-width comma is mended");
    let faults = parse(&mended.source).expect_err("a name is given twice");
    let message = faults[0].message(crate::diag::Language::English);
    assert_eq!(message, "`a` is given twice, first on line 17, column 2");
}

#[test]
fn what_is_far_too_deep_is_not_read_on() {
    for text in ["[".repeat(1_000_000), "{\"a\":".repeat(1_000_000)] {
        let pieces = super::lexer::tokens(&text, &mut Vec::new());
        assert!(pieces.len() < 10_000, "{}", pieces.len());
        let faults = super::faults::find(&Arc::new(SourceText::new("a.json", text)));
        assert_eq!(faults.iter().map(|fault| fault.entry.code).collect::<Vec<_>>(), [super::TOO_DEEP.code]);
    }
}

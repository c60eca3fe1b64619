//! Finds what of a sentence differs: whole numbers and words of letters, else single characters.

use similar::{Algorithm, DiffTag, capture_diff_slices};

/// A part of a sentence in two versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Both have it.
    Same(String),
    /// The old one alone has it.
    Old(String),
    /// The new one alone has it.
    New(String),
}

/// Takes two versions of a sentence apart.
pub(super) fn parts(old: &str, new: &str) -> Vec<Part> {
    let (old, new) = (words(old), words(new));
    let edits: Vec<(DiffTag, String, String)> = capture_diff_slices(Algorithm::Myers, &old, &new)
        .into_iter()
        .map(|edit| (edit.tag(), old[edit.old_range()].concat(), new[edit.new_range()].concat()))
        .collect();
    let mut parts = Vec::new();
    // What differs, up to the next stretch that is the same and worth being told apart.
    let (mut before, mut now) = (String::new(), String::new());
    for (nth, (tag, from, to)) in edits.iter().enumerate() {
        let between = nth > 0 && nth + 1 < edits.len();
        if *tag == DiffTag::Equal && !(between && from.chars().count() == 1) {
            flush(&mut before, &mut now, &mut parts);
            parts.push(Part::Same(from.clone()));
        } else {
            before.push_str(from);
            now.push_str(to);
        }
    }
    flush(&mut before, &mut now, &mut parts);
    parts
}

fn flush(before: &mut String, now: &mut String, parts: &mut Vec<Part>) {
    if !before.is_empty() {
        parts.push(Part::Old(std::mem::take(before)));
    }
    if !now.is_empty() {
        parts.push(Part::New(std::mem::take(now)));
    }
}

/// Takes a text apart where a change may begin or end: never inside a number or a word of letters.
fn words(text: &str) -> Vec<&str> {
    let holds = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | ',' | '%' | '-');
    let mut words = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end =
            if holds(first) { rest.find(|c| !holds(c)).unwrap_or(rest.len()) } else { first.len_utf8() };
        words.push(&rest[..end]);
        rest = &rest[end..];
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(old: &str, new: &str) -> String {
        let part = |part: &Part| match part {
            Part::Same(text) => text.clone(),
            Part::Old(text) => format!("[-{text}]"),
            Part::New(text) => format!("[+{text}]"),
        };
        parts(old, new).iter().map(part).collect()
    }

    #[test]
    fn numbers_change_whole() {
        let found = shown("生产总值318.72亿元，增长6.2%。", "生产总值320.10亿元，增长6.2%。");
        assert_eq!(found, "生产总值[-318.72][+320.10]亿元，增长6.2%。");
        assert_eq!(shown("同比增长6.2%。", "同比下降1.5%。"), "同比[-增长6.2%][+下降1.5%]。");
    }

    #[test]
    fn a_single_letter_in_common_parts_no_change() {
        assert_eq!(shown("建成甲和乙。", "建成丙和丁。"), "建成[-甲和乙][+丙和丁]。");
    }

    #[test]
    fn parts_make_both_versions_again() {
        for (old, new) in [("一是甲。", "甲乙。"), ("", "新"), ("旧", ""), ("5A级景区3家", "4A级景区12家")]
        {
            let found = parts(old, new);
            let before: String = found.iter().map(|part| part.text(true)).collect();
            let now: String = found.iter().map(|part| part.text(false)).collect();
            assert_eq!((before.as_str(), now.as_str()), (old, new));
        }
    }

    impl Part {
        fn text(&self, of_old: bool) -> &str {
            match self {
                Self::Same(text) => text,
                Self::Old(text) if of_old => text,
                Self::New(text) if !of_old => text,
                Self::Old(_) | Self::New(_) => "",
            }
        }
    }
}

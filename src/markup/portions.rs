//! Parts a filled text into portions that can be parsed one after another: the tree of a whole report takes more
//! memory than all else of it, and each page of memory that is new takes time.

use std::ops::Range;

/// How many bytes of text a portion has at least, if there are so many.
const LEAST: usize = 4096;

/// A filled text that can be parsed in portions.
#[derive(Debug, PartialEq)]
pub(super) struct Portions {
    /// From the text's beginning to the end of the root's opening tag.
    pub(super) opening: Range<usize>,
    /// The root's closing tag.
    pub(super) closing: Range<usize>,
    /// What the root holds: each portion has whole elements, and they follow one another without a gap.
    pub(super) parts: Vec<Range<usize>>,
}

/// Parts a text between the elements that its root holds. Returns nothing for what has to be parsed as a whole: what
/// has a declaration, a comment or a namespace, and whatever looks as though it were not well-formed.
pub(super) fn part(text: &str) -> Option<Portions> {
    let bytes = text.as_bytes();
    let (mut parts, mut opening) = (Vec::new(), None);
    let (mut depth, mut from, mut at) = (0_usize, 0, 0);
    while let Some(start) = text.get(at..)?.find('<').map(|before| at + before) {
        let end = end_of_tag(bytes, start + 1)?;
        at = end;
        match bytes.get(start + 1)? {
            b'!' | b'?' => return None,
            b'/' => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    parts.push(from..start);
                    let is_last = text.get(end..)?.trim_ascii().is_empty();
                    return Some(Portions { opening: opening?, closing: start..end, parts })
                        .filter(|_| is_last);
                }
            }
            _ if bytes.get(end - 2) == Some(&b'/') => {}
            _ => depth += 1,
        }
        match (&opening, depth) {
            (None, 1) if !text.get(..end)?.contains("xmlns") => {
                opening = Some(0..end);
                from = end;
            }
            (None, _) => return None,
            (Some(_), 1) if end - from >= LEAST => {
                parts.push(from..end);
                from = end;
            }
            _ => {}
        }
    }
    None
}

/// Returns where a tag ends: behind the first `>` that is not in quotes.
fn end_of_tag(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        match *bytes.get(at)? {
            b'>' => return Some(at + 1),
            quote @ (b'"' | b'\'') => {
                at += 1;
                while *bytes.get(at)? != quote {
                    at += 1;
                }
            }
            _ => {}
        }
        at += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Option<Vec<&str>> {
        let parted = part(text)?;
        let ranges = [parted.opening].into_iter().chain(parted.parts).chain([parted.closing]);
        Some(ranges.map(|range| &text[range]).collect())
    }

    #[test]
    fn portions_have_whole_elements() {
        let long = "长".repeat(LEAST);
        let one = format!("\n<p a='>'>{long}<b/></p>");
        let text = format!("\n<article>{one}<i/>{one}\n</article>\n");
        let second = format!("<i/>{one}");
        let parts = ["\n<article>", one.as_str(), second.as_str(), "\n", "</article>"];
        assert_eq!(shown(&text), Some(parts.to_vec()));
        assert_eq!(shown("<a></a>"), Some(vec!["<a>", "", "</a>"]));
    }

    #[test]
    fn what_is_out_of_the_ordinary_is_left_whole() {
        for text in [
            "",
            "text",
            "<a/>",
            "<a><b>",
            "<a></a></a>",
            "<a></a><a></a>",
            "<a></a>x",
            "<a",
            "<a><b c='</a>",
            "<a><!-- --></a>",
            "<?xml version='1.0'?><a></a>",
            "<!DOCTYPE a><a></a>",
            "<a xmlns='b'></a>",
            "<a><b/><![CDATA[x]]></a>",
            "</a>",
        ] {
            assert_eq!(part(text), None, "{text}");
        }
    }
}

//! Escapes text for the formats that are XML.

use std::fmt::Write as _;

/// Escapes text for XML, in elements and attributes alike. Tabs and the ends of lines are written as codes, or a reader
/// might take them for mere white space; what XML 1.0 cannot hold at all is left out.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\t' | '\n' | '\r' => {
                // Writing to a string cannot fail.
                let _ = write!(escaped, "&#{};", u32::from(character));
            }
            '\u{0}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}' => {}
            _ => escaped.push(character),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_what_it_is() {
        assert_eq!(escape("甲<\"乙\">&\n丙\u{1}\u{FFFF}"), "甲&lt;&quot;乙&quot;&gt;&amp;&#10;丙");
    }
}

//! Knows what was to print a datum and prints itself: a path in single braces.

/// The most characters between the braces.
const LONGEST: usize = 80;

/// Returns how many bytes at a text's beginning are a path, or a tag of templates, in single braces of either width:
/// `{trees}`, `｛a.b｝`, `{#if a}`. `{a}` may be a set.
pub(crate) fn braced(text: &str) -> Option<usize> {
    let close = match text.chars().next()? {
        '{' => '}',
        '｛' => '｝',
        _ => return None,
    };
    let (end, _) = text.char_indices().take(LONGEST + 2).find(|(_, c)| *c == close)?;
    let inside = text[..end].trim_start_matches(['{', '｛']).trim();
    let name = inside.trim_start_matches(['#', '/', '>', '@']);
    let is_path = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && inside.len() > 1
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '[' | ']' | '/' | ' '));
    is_path.then_some(end + close.len_utf8())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_in_single_braces_are_told_from_sets() {
        for text in [
            "{trees}",
            "｛trees｝",
            "{ trees }",
            "{a.b_c}",
            "{rows[0].name}",
            "{#if a}",
            "{/if}",
            "{number a}",
        ] {
            assert_eq!(braced(&format!("{text}株")), Some(text.len()), "{text}");
        }
        for text in
            ["", "{", "{}", "{a}", "{1, 2}", "｛甲、乙｝", "{trees", "trees}", "{trees｝", "{a, b}", "{甲.b}"]
        {
            assert_eq!(braced(text), None, "{text}");
        }
    }
}

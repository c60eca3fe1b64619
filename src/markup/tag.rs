//! Cuts a template's own text into tags and characters, and says what XML does not allow in it (XML 1.0, 2).

use std::ops::Range;

use crate::diag::Text;

/// A part of a text.
#[derive(Debug, PartialEq)]
pub(super) struct Token<'a> {
    pub(super) lexed: Lexed<'a>,
    pub(super) span: Range<usize>,
}

/// What a part of a text is.
#[derive(Debug, PartialEq)]
pub(super) enum Lexed<'a> {
    /// Characters and references, all of them allowed.
    Characters,
    /// `<!-- … -->`.
    Comment,
    /// `<tag …>` or, empty, `<tag …/>`.
    Open { tag: &'a str, attributes: Vec<Attribute<'a>>, is_empty: bool },
    /// `</tag>`.
    Close { tag: &'a str },
    /// A tag or comment that does not end in this text.
    Unended,
    /// What XML, or a template, does not allow.
    Slip(Slip),
}

/// An attribute.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Attribute<'a> {
    pub(super) name: &'a str,
    pub(super) value: &'a str,
    pub(super) span: Range<usize>,
}

/// What XML, or a template, does not allow.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Slip {
    /// A `<` that begins no tag.
    BareLess,
    /// A tag within which another one begins.
    LessInTag,
    /// A tag that has something else than attributes in it.
    BadTag(String),
    /// A `&` that begins no reference.
    BareAmpersand,
    /// A reference to nothing.
    Entity(String),
    /// `]]>`.
    BracketEnd,
    /// `--` in a comment.
    DashesInComment,
    /// A character that XML does not have.
    Character(char),
    /// What templates do without: a DTD, an instruction, CDATA.
    Construct(&'static str),
}

impl Slip {
    /// Says what is wrong, or which construct is not allowed.
    pub(super) fn reason(&self) -> Result<Text, &'static str> {
        Ok(match self {
            Self::BareLess => Text::both(
                "文字里有单独的 `<`，要写成 `&lt;`",
                "a `<` stands alone in the text; write it `&lt;`",
            ),
            Self::LessInTag => Text::both(
                "标记没有写完又遇到 `<`：缺 `>`，或者属性的引号没有关上",
                "a `<` inside a tag: a `>` or an attribute's closing quote is missing",
            ),
            Self::BadTag(what) => Text::both(
                format!("标记里的 `{what}` 不是 `名称=\"值\"` 的写法"),
                format!("`{what}` in the tag is not written `name=\"value\"`"),
            ),
            Self::BareAmpersand => Text::both(
                "文字里有单独的 `&`，要写成 `&amp;`",
                "a `&` stands alone in the text; write it `&amp;`",
            ),
            Self::Entity(name) => Text::both(
                format!("没有 `&{name};` 这个写法，要印的字直接写"),
                format!("there is no `&{name};`; write the character itself"),
            ),
            Self::BracketEnd => Text::both("文字里不能有 `]]>`", "`]]>` cannot stand in text"),
            Self::DashesInComment => Text::both("注释里不能有 `--`", "`--` cannot stand in a comment"),
            Self::Character(character) => {
                let code = u32::from(*character);
                Text::both(format!("有不能印的字符 U+{code:04X}"), format!("U+{code:04X} cannot be printed"))
            }
            Self::Construct(construct) => return Err(construct),
        })
    }
}

/// Reads the first part of a stretch of text; none when it is empty.
pub(super) fn next(text: &str, within: Range<usize>) -> Option<Token<'_>> {
    let start = within.start;
    let rest = text.get(within.clone()).filter(|rest| !rest.is_empty())?;
    let (lexed, length) = if rest.starts_with('<') { markup(rest, start) } else { characters(rest) };
    Some(Token { lexed, span: start..start + length })
}

fn markup(rest: &str, start: usize) -> (Lexed<'_>, usize) {
    let until = |end: &str, slip: Slip| {
        let length = rest.find(end).map_or(rest.len(), |at| at + end.len());
        (Lexed::Slip(slip), length)
    };
    if let Some(inside) = rest.strip_prefix("<!--") {
        return match inside.find("-->") {
            Some(end) if inside[..end].contains("--") || inside[..end].ends_with('-') => {
                (Lexed::Slip(Slip::DashesInComment), end + 7)
            }
            Some(end) => (Lexed::Comment, end + 7),
            None => (Lexed::Unended, rest.len()),
        };
    }
    if rest.starts_with("<![CDATA[") {
        return until("]]>", Slip::Construct("CDATA"));
    }
    if rest.starts_with("<!") {
        return until(">", Slip::Construct("<!DOCTYPE>"));
    }
    if rest.starts_with("<?") {
        return until("?>", Slip::Construct("<?…?>"));
    }
    let is_closing = rest.starts_with("</");
    let inside = if is_closing { &rest[2..] } else { &rest[1..] };
    if !inside.starts_with(is_name_start) {
        return if inside.is_empty() { (Lexed::Unended, 1) } else { (Lexed::Slip(Slip::BareLess), 1) };
    }
    let mut quote = None;
    for (at, c) in rest.char_indices().skip(1) {
        match (quote, c) {
            (_, '<') => return (Lexed::Slip(Slip::LessInTag), at),
            (Some(open), _) if c == open => quote = None,
            (None, '"' | '\'') => quote = Some(c),
            (None, '>') => {
                let content = &rest[rest.len() - inside.len()..at];
                return (tag(content, start + rest.len() - inside.len(), is_closing), at + 1);
            }
            _ => {}
        }
    }
    (Lexed::Unended, rest.len())
}

/// Reads what stands between `<` or `</` and `>`.
fn tag(content: &str, start: usize, is_closing: bool) -> Lexed<'_> {
    let (content, is_empty) = match content.strip_suffix('/') {
        Some(content) if !is_closing => (content, true),
        _ => (content, false),
    };
    let name = content.find(|c| !is_name(c)).unwrap_or(content.len());
    let (tag, mut rest) = content.split_at(name);
    let at = |rest: &str| start + content.len() - rest.len();
    let mut attributes = Vec::new();
    loop {
        let trimmed = rest.trim_start_matches(is_white);
        if trimmed.is_empty() {
            break;
        }
        let word = || trimmed.split(is_white).next().unwrap_or_default().to_owned();
        let parted = trimmed.len() < rest.len();
        let Some((attribute, length)) = attribute(trimmed, at(trimmed)).filter(|_| parted && !is_closing)
        else {
            return Lexed::Slip(Slip::BadTag(word()));
        };
        if let Some(slip) = slip_in(attribute.value) {
            return Lexed::Slip(slip);
        }
        attributes.push(attribute);
        rest = &trimmed[length..];
    }
    if is_closing { Lexed::Close { tag } } else { Lexed::Open { tag, attributes, is_empty } }
}

/// Reads `name="value"` and returns its length too.
fn attribute(text: &str, start: usize) -> Option<(Attribute<'_>, usize)> {
    let length = text.find(|c| !is_name(c)).unwrap_or(text.len());
    let (name, rest) = text.split_at(length);
    let rest = rest.trim_start_matches(is_white).strip_prefix('=')?.trim_start_matches(is_white);
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let value = rest[1..].split(quote).next()?;
    let length = text.len() - rest.len() + value.len() + 2;
    (!name.is_empty()).then(|| (Attribute { name, value, span: start..start + length }, length))
}

/// Reads characters up to the next `<`, or up to what is not allowed among them.
fn characters(rest: &str) -> (Lexed<'_>, usize) {
    let end = rest.find('<').unwrap_or(rest.len());
    let text = &rest[..end];
    let wrong = text.char_indices().find(|(_, c)| !is_allowed(*c)).map(|(at, c)| (at, Slip::Character(c)));
    let bracket = text.find("]]>").map(|at| (at, Slip::BracketEnd));
    let reference = references(text);
    match [wrong, bracket, reference].into_iter().flatten().min_by_key(|(at, _)| *at) {
        Some((0, slip)) => {
            let length = text.chars().next().map_or(1, char::len_utf8);
            (Lexed::Slip(slip), length)
        }
        Some((at, _)) => (Lexed::Characters, at),
        None => (Lexed::Characters, end),
    }
}

/// Finds the first `&` that begins no reference of XML's own.
fn references(text: &str) -> Option<(usize, Slip)> {
    text.match_indices('&').find_map(|(at, _)| {
        let rest = &text[at + 1..];
        let length = rest.find(|c| !is_name(c) && c != '#').unwrap_or(rest.len());
        let name = &rest[..length];
        if name.is_empty() || !rest[length..].starts_with(';') {
            return Some((at, Slip::BareAmpersand));
        }
        let number = |digits: &str, radix| u32::from_str_radix(digits, radix).ok().and_then(char::from_u32);
        let code = name
            .strip_prefix("#x")
            .map(|digits| number(digits, 16))
            .or_else(|| name.strip_prefix('#').map(|digits| number(digits, 10)));
        match code {
            Some(Some(c)) if is_allowed(c) => None,
            Some(_) => Some((at, Slip::BareAmpersand)),
            None if matches!(name, "amp" | "lt" | "gt" | "quot" | "apos") => None,
            None => Some((at, Slip::Entity(name.to_owned()))),
        }
    })
}

fn slip_in(value: &str) -> Option<Slip> {
    let wrong = value.chars().find(|c| !is_allowed(*c)).map(Slip::Character);
    wrong.or_else(|| references(value).map(|(_, slip)| slip))
}

/// Tells whether XML has a character (XML 1.0, 2.2).
fn is_allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..)
}

fn is_white(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\r' | '\n')
}

fn is_name_start(c: char) -> bool {
    c.is_alphabetic() || matches!(c, '_' | ':')
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | ':' | '-' | '.')
}

/// Says that an element is not closed.
pub(super) fn not_closed(tag: &str) -> Text {
    Text::both(
        format!("`<{tag}>` 没有结束，应在它的内容后面写 `</{tag}>`"),
        format!("`<{tag}>` is not closed; write `</{tag}>` after what it holds"),
    )
}

/// Says that a document has none.
pub(super) fn no_article() -> Text {
    Text::both(
        "没有 `<article>`：入口模板的全文要放在一对 `<article>` 和 `</article>` 里",
        "there is no `<article>`: the whole text of the entry template stands in one pair of `<article>` and `</article>`",
    )
}

/// Says that there is one article.
pub(super) fn one_article() -> Text {
    Text::both(
        "全文要放在一对 `<article>` 和 `</article>` 里，这里在外面，或者是另一对",
        "the whole text stands in one pair of `<article>` and `</article>`; this is outside of it, or another pair",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lexed(text: &str) -> Vec<(Lexed<'_>, &str)> {
        let mut tokens = Vec::new();
        let mut at = 0;
        while let Some(token) = next(text, at..text.len()) {
            assert!(token.span.end > at, "{text}");
            at = token.span.end;
            let part = &text[token.span.clone()];
            tokens.push((token.lexed, part));
        }
        tokens
    }

    fn slips(text: &str) -> Vec<Slip> {
        let slip = |(lexed, _)| match lexed {
            Lexed::Slip(slip) => Some(slip),
            _ => None,
        };
        lexed(text).into_iter().filter_map(slip).collect()
    }

    #[test]
    fn tags_and_characters_are_told_apart() {
        let open = |tag, attributes, is_empty| Lexed::Open { tag, attributes, is_empty };
        let kind = Attribute { name: "kind", value: "a>b", span: 7..17 };
        assert_eq!(
            lexed("甲<p\n kind='a>b'>&amp;&#x27;<br/><!-- <b> --></p >"),
            [
                (Lexed::Characters, "甲"),
                (open("p", vec![kind], false), "<p\n kind='a>b'>"),
                (Lexed::Characters, "&amp;&#x27;"),
                (open("br", vec![], true), "<br/>"),
                (Lexed::Comment, "<!-- <b> -->"),
                (Lexed::Close { tag: "p" }, "</p >"),
            ]
        );
        assert_eq!(lexed("甲<p kind=")[1], (Lexed::Unended, "<p kind="));
    }

    #[test]
    fn what_xml_does_not_allow_is_found() {
        assert_eq!(slips("5 < 6"), [Slip::BareLess]);
        assert_eq!(
            slips("a & b &c; &#0; &#xD800; &"),
            [
                Slip::BareAmpersand,
                Slip::Entity("c".to_owned()),
                Slip::BareAmpersand,
                Slip::BareAmpersand,
                Slip::BareAmpersand
            ]
        );
        assert_eq!(slips("<p <b>"), [Slip::LessInTag]);
        assert_eq!(slips("<p kind=\"note>甲</p>"), [Slip::LessInTag]);
        assert_eq!(slips("<p kind=note>"), [Slip::BadTag("kind=note".to_owned())]);
        assert_eq!(slips("<p kind>"), [Slip::BadTag("kind".to_owned())]);
        assert_eq!(slips("<p a=\"1\"b=\"2\">"), [Slip::BadTag("b=\"2\"".to_owned())]);
        assert_eq!(slips("</p a=\"1\">"), [Slip::BadTag("a=\"1\"".to_owned())]);
        assert_eq!(slips("<p a=\"&\">"), [Slip::BareAmpersand]);
        assert_eq!(slips("]]>"), [Slip::BracketEnd]);
        assert_eq!(slips("<!-- a -- b -->"), [Slip::DashesInComment]);
        assert_eq!(slips("甲\u{2}乙"), [Slip::Character('\u{2}')]);
        assert_eq!(slips("<![CDATA[<]]>"), [Slip::Construct("CDATA")]);
        assert_eq!(slips("<!DOCTYPE a>"), [Slip::Construct("<!DOCTYPE>")]);
        assert_eq!(slips("<?a b?>"), [Slip::Construct("<?…?>")]);
    }
}

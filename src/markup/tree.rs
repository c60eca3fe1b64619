//! Parses the filled text and checks that every element is known and stands where it may.

use std::ops::Range;
use std::sync::Arc;

use super::fault;
use super::image;
use super::portions::{self, Portions};
use super::vocabulary::Name;
use crate::diag::catalogue::markup::{
    ATTRIBUTE_MISSING, ATTRIBUTE_UNKNOWN, ATTRIBUTE_VALUE, ELEMENT_MISPLACED, ELEMENT_UNKNOWN,
    HEADING_NOT_FIRST, MARKUP_MALFORMED, MARKUP_NOT_ALLOWED, MARKUP_TOO_DEEP, TEXT_MISPLACED,
};
use crate::diag::{Diagnostic, SourceText, Text};
use crate::document::Orientation;
use crate::document::{ChartKind, Datum, DatumKind};
use crate::fill::Filled;

/// How deep elements may be nested; the phases after this one follow the tree by calling themselves.
pub(super) const DEEPEST: usize = 32;
/// How many columns or rows a cell may take.
const WIDEST_SPAN: usize = 100;
/// The longest label of a roster, in characters.
const LONGEST_LABEL: usize = 8;
/// The marks that may join or end clauses.
const MARKS: &str = "，。；、：！？,;.";

/// An element of the vocabulary.
#[derive(Clone, Debug)]
pub(super) struct Element {
    /// Which one.
    pub(super) name: Name,
    /// Its bytes in the filled text.
    pub(super) span: Range<usize>,
    /// Its attributes, checked.
    pub(super) attributes: Vec<(String, String)>,
    /// What it holds.
    pub(super) children: Vec<Node>,
}

/// What an element holds.
#[derive(Clone, Debug)]
pub(super) enum Node {
    /// An element.
    Element(Element),
    /// Text of a template, and the byte of the filled text where it begins.
    Text(String, usize),
    /// A printed datum, its text and where it begins; a change also has what it is from, with which its text begins.
    Datum(Arc<Datum>, String, usize, Option<Box<str>>),
    /// A datum that the data does not have: its paths and where it would stand.
    Absent(String, usize),
    /// The place where something was left out, and whether it would have ended the sentence.
    Gap(bool),
}

impl Element {
    /// Returns an attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Returns the elements directly in it.
    pub(super) fn elements(&self) -> impl Iterator<Item = &Self> {
        self.children.iter().filter_map(|child| match child {
            Node::Element(element) => Some(element),
            _ => None,
        })
    }

    /// Returns how many columns or rows a cell takes.
    pub(super) fn cell_span(&self, attribute: &str) -> usize {
        self.attribute(attribute).and_then(|value| value.parse().ok()).unwrap_or(1)
    }
}

/// Parses the filled text into its root element.
pub(super) fn parse(filled: &Filled) -> Result<Element, Vec<Diagnostic>> {
    // What goes wrong in a portion is told of the whole.
    let portions = portions::part(&filled.text);
    portions.and_then(|portions| in_portions(filled, portions)).unwrap_or_else(|| whole(filled))
}

/// Parses the filled text as one.
fn whole(filled: &Filled) -> Result<Element, Vec<Diagnostic>> {
    if let Some(at) = filled.text.find("<![CDATA[") {
        return Err(vec![fault(filled, &MARKUP_NOT_ALLOWED, at).with("construct", "CDATA")]);
    }
    let mut builder = Builder::new(filled);
    let document =
        roxmltree::Document::parse(&filled.text).map_err(|error| vec![malformed(filled, &error)])?;
    for node in document.root().descendants().filter(roxmltree::Node::is_pi) {
        builder.refuse(&node, "<?…?>");
    }
    let article = builder.root(document.root_element());
    if builder.faults.is_empty() { Ok(article) } else { Err(builder.faults) }
}

/// Parses the filled text portion by portion. Returns nothing when one of them is not well-formed.
fn in_portions(filled: &Filled, portions: Portions) -> Option<Result<Element, Vec<Diagnostic>>> {
    let mut builder = Builder::new(filled);
    let text = &filled.text;
    let (opening, closing) = (text.get(portions.opening.clone())?, text.get(portions.closing.clone())?);
    let mut portion = [opening, closing].concat();
    let mut article = builder.root(roxmltree::Document::parse(&portion).ok()?.root_element());
    article.span.end = portions.closing.end;
    for range in portions.parts {
        portion.clear();
        portion.push_str(OPENING);
        portion.push_str(text.get(range.clone())?);
        portion.push_str(CLOSING);
        builder.shift = range.start.checked_sub(OPENING.len())?;
        let document = roxmltree::Document::parse(&portion).ok()?;
        builder.children(&mut article, document.root_element(), 0);
    }
    Some(if builder.faults.is_empty() { Ok(article) } else { Err(builder.faults) })
}

/// What a portion is put between. No name is shorter, so that a portion stands at its place in the filled text or before.
const OPENING: &str = "<a>";
const CLOSING: &str = "</a>";

fn malformed(filled: &Filled, error: &roxmltree::Error) -> Diagnostic {
    use roxmltree::Error::{
        DtdDetected, DuplicatedAttribute, InvalidAttributeValue, InvalidCharacterData, InvalidComment,
        MalformedEntityReference, NoRootNode, NonXmlChar, UnclosedRootNode, UnexpectedCloseTag,
        UnexpectedEndOfStream, UnknownEntityReference, UnknownNamespace,
    };
    let position = error.pos();
    let at = match error {
        // Nothing is there, or nothing closes what is: the end is where it shows.
        UnclosedRootNode | NoRootNode => filled.text.len(),
        _ => SourceText::new("", filled.text.as_str()).byte_at(position.row as usize, position.col as usize),
    };
    if matches!(error, DtdDetected) {
        let at = filled.text.find("<!DOCTYPE").unwrap_or(0);
        return fault(filled, &MARKUP_NOT_ALLOWED, at).with("construct", "<!DOCTYPE>");
    }
    let reason = match error {
        UnexpectedCloseTag(open, close, _) => Text::both(
            format!("`<{open}>` 没有结束，却遇到 `</{close}>`"),
            format!("`<{open}>` is open, but `</{close}>` closes"),
        ),
        UnclosedRootNode => Text::both("有标记没有结束", "an element is not closed"),
        NoRootNode => Text::both("没有 `<article>`", "there is no `<article>`"),
        UnknownEntityReference(name, _) => {
            Text::both(format!("没有 `&{name};`"), format!("there is no `&{name};`"))
        }
        MalformedEntityReference(_) => Text::both("文字里有单独的 `&`", "a `&` stands alone in the text"),
        InvalidAttributeValue(_) => Text::both("属性里有 `<`", "`<` in an attribute"),
        DuplicatedAttribute(name, _) => Text::both(format!("`{name}` 写了两次"), format!("`{name}` twice")),
        NonXmlChar(character, _) => {
            let code = u32::from(*character);
            Text::both(format!("有不能印的字符 U+{code:04X}"), format!("U+{code:04X} cannot be printed"))
        }
        UnknownNamespace(prefix, _) => Text::both(
            format!("标记的名称里不能有 `{prefix}:`"),
            format!("`{prefix}:` cannot stand in an element's name"),
        ),
        InvalidComment(_) => Text::both("注释里不能有 `--`", "`--` cannot stand in a comment"),
        InvalidCharacterData(_) => Text::both("文字里不能有 `]]>`", "`]]>` cannot stand in text"),
        UnexpectedEndOfStream => Text::both("文字到最后还有标记没有写完", "a tag is not ended"),
        other => Text::both(format!("这里不是标记的写法（{other}）"), other.to_string()),
    };
    fault(filled, &MARKUP_MALFORMED, at).with("reason", reason)
}

struct Builder<'a> {
    filled: &'a Filled,
    /// How far what is read stands behind its place in the filled text.
    shift: usize,
    faults: Vec<Diagnostic>,
    /// Whether what is read stands in a note; a note has no notes.
    in_note: bool,
}

type XmlNode<'a, 'input> = roxmltree::Node<'a, 'input>;

impl<'a> Builder<'a> {
    fn new(filled: &'a Filled) -> Self {
        Self { filled, shift: 0, faults: Vec::new(), in_note: false }
    }

    /// Returns where a node stands in the filled text.
    fn place(&self, node: &XmlNode<'_, '_>) -> Range<usize> {
        let Range { start, end } = node.range();
        start + self.shift..end + self.shift
    }

    fn root(&mut self, node: XmlNode<'_, '_>) -> Element {
        match self.name(&node) {
            Some(Name::Article) | None => {}
            Some(name) => self.misplaced(&node, name.tag(), "", &[Name::Article]),
        }
        self.element(node, Name::Article, 0)
    }

    fn name(&mut self, node: &XmlNode<'_, '_>) -> Option<Name> {
        let tag = node.tag_name().name();
        let name = Name::from_tag(tag);
        if name.is_none() || node.tag_name().namespace().is_some() {
            let fault = fault(self.filled, &ELEMENT_UNKNOWN, self.place(node).start).with("name", tag);
            self.faults.push(fault.suggest(tag, Name::tags()));
            return None;
        }
        name
    }

    fn element(&mut self, node: XmlNode<'_, '_>, name: Name, depth: usize) -> Element {
        let attributes = self.attributes(&node, name);
        for key in name.required().iter().filter(|key| !node.has_attribute(**key)) {
            let fault = fault(self.filled, &ATTRIBUTE_MISSING, self.place(&node).start);
            self.faults.push(fault.with("name", name.tag()).with("attribute", key));
        }
        let mut element = Element { name, span: self.place(&node), attributes, children: Vec::new() };
        if depth == DEEPEST {
            let fault = fault(self.filled, &MARKUP_TOO_DEEP, self.place(&node).start);
            self.faults.push(fault.with("most", DEEPEST));
            return element;
        }
        self.children(&mut element, node, depth);
        element
    }

    fn children(&mut self, element: &mut Element, node: XmlNode<'_, '_>, depth: usize) {
        for child in node.children() {
            if child.is_element() {
                self.child(element, child, depth);
            } else if child.is_text() {
                self.text(element, &child);
            }
        }
    }

    fn child(&mut self, element: &mut Element, node: XmlNode<'_, '_>, depth: usize) {
        let Some(name) = self.name(&node) else { return };
        if !element.name.children().contains(&name) {
            self.misplaced(&node, name.tag(), element.name.tag(), element.name.children());
        }
        if matches!(name, Name::Heading(_)) && element.name == Name::Paragraph && !is_blank(&element.children)
        {
            let fault = fault(self.filled, &HEADING_NOT_FIRST, self.place(&node).start);
            self.faults.push(fault.with("name", name.tag()));
        }
        if name != Name::Data {
            let is_note = name == Name::Note;
            if is_note && self.in_note {
                self.misplaced(&node, name.tag(), name.tag(), name.children());
            }
            let around = self.in_note;
            self.in_note |= is_note;
            let child = self.element(node, name, depth + 1);
            self.in_note = around;
            return element.children.push(Node::Element(child));
        }
        let at = self.place(&node).start;
        if !self.filled.map.is_printed(at) {
            return self.refuse(&node, "<data>");
        }
        let paths = node.attribute("value").unwrap_or_default();
        let mut classes = node.attribute("class").unwrap_or_default().split(' ');
        let kind = match classes.next() {
            Some("name") => DatumKind::Name,
            Some("person") => DatumKind::Person,
            Some("text") => DatumKind::Text,
            Some("absent") => return element.children.push(Node::Absent(paths.to_owned(), at)),
            _ => DatumKind::Figure,
        };
        let open = classes.next() == Some("open");
        let datum = Arc::new(Datum { paths: paths.split(' ').map(str::to_owned).collect(), kind, open });
        let text: String = node.children().filter_map(|child| child.text()).collect();
        let start = node.first_child().map_or(at, |child| self.place(&child).start);
        let base = node.attribute("base").map(Box::from);
        element.children.push(Node::Datum(datum, text, start, base));
    }

    /// Takes text piece by piece, so that each piece stands in the filled text as it is.
    fn text(&mut self, element: &mut Element, node: &XmlNode<'_, '_>) {
        let range = self.place(node);
        let raw = self.filled.text.get(range.clone()).unwrap_or_default();
        if !element.name.holds_text() {
            if let Some(at) = raw.find(|c| !is_space(c)) {
                let fault = fault(self.filled, &TEXT_MISPLACED, range.start + at);
                let fault = fault.with("parent", element.name.tag());
                self.faults.push(fault.with("allowed", list(element.name.children())));
            }
            return;
        }
        // Without a reference, which a `;` ends, the whole is one piece.
        if !raw.contains(';') {
            return element.children.push(Node::Text(raw.to_owned(), range.start));
        }
        let mut at = range.start;
        for part in raw.split_inclusive(';').flat_map(split_entity) {
            element.children.push(Node::Text(decode(part), at));
            at += part.len();
        }
    }

    fn attributes(&mut self, node: &XmlNode<'_, '_>, name: Name) -> Vec<(String, String)> {
        let mut attributes = Vec::new();
        for attribute in node.attributes() {
            let (key, value) = (attribute.name(), attribute.value());
            if !name.attributes().contains(&key) {
                let fault = fault(self.filled, &ATTRIBUTE_UNKNOWN, attribute.range().start + self.shift);
                let fault = fault.with("name", name.tag()).with("attribute", key);
                self.faults.push(fault.suggest(key, name.attributes().iter().copied()));
            } else if let Some(wanted) = wanted(name, key, value) {
                let fault = fault(self.filled, &ATTRIBUTE_VALUE, attribute.range().start + self.shift);
                self.faults.push(fault.with("attribute", key).with("value", value).with("wanted", wanted));
            } else {
                attributes.push((key.to_owned(), value.to_owned()));
            }
        }
        attributes
    }

    fn misplaced(&mut self, node: &XmlNode<'_, '_>, name: &str, parent: &str, allowed: &[Name]) {
        let fault = fault(self.filled, &ELEMENT_MISPLACED, self.place(node).start);
        self.faults.push(fault.with("name", name).with("parent", parent).with("allowed", list(allowed)));
    }

    fn refuse(&mut self, node: &XmlNode<'_, '_>, construct: &str) {
        let fault = fault(self.filled, &MARKUP_NOT_ALLOWED, self.place(node).start);
        self.faults.push(fault.with("construct", construct));
    }
}

/// Returns what an attribute takes, if it does not take a value.
pub(super) fn wanted(name: Name, key: &str, value: &str) -> Option<Text> {
    if name == Name::Image {
        return image::wanted(key, value);
    }
    let charts = ChartKind::NAMES.map(|(kind, ..)| kind);
    let kinds: &[&str] = match name {
        Name::Chart => &charts,
        Name::RedHead => &["document", "letter", "order", "minutes"],
        Name::Signature => &["plain", "seal", "stamp"],
        _ => &["salutation", "note"],
    };
    let orientations = Orientation::NAMES.map(|(orientation, _)| orientation);
    match key {
        "orientation" if !orientations.contains(&value) => Some(Text::from(orientations.join(", ").as_str())),
        "kind" if !kinds.contains(&value) => Some(Text::from(kinds.join(", ").as_str())),
        "label" if value.trim().is_empty() || value.chars().count() > LONGEST_LABEL => {
            Some(Text::both(format!("1到{LONGEST_LABEL}个字"), format!("1 to {LONGEST_LABEL} characters")))
        }
        "join" | "end" if value.chars().count() > 1 || !value.chars().all(|c| MARKS.contains(c)) => {
            Some(Text::both("一个标点，或者空着", "one mark or nothing"))
        }
        "colspan" | "rowspan" if !value.parse().is_ok_and(|span| (1..=WIDEST_SPAN).contains(&span)) => {
            Some(Text::both(
                format!("1 到 {WIDEST_SPAN} 的整数"),
                format!("a whole number from 1 to {WIDEST_SPAN}"),
            ))
        }
        _ => None,
    }
}

pub(super) fn list(names: &[Name]) -> String {
    let tags = names.iter().filter(|name| **name != Name::Data).map(|name| name.tag());
    tags.collect::<Vec<_>>().join(" ")
}

fn is_blank(children: &[Node]) -> bool {
    children.iter().all(|child| matches!(child, Node::Text(text, _) if text.chars().all(is_space)))
}

/// Tells whether a character of a template is white space that the template's own lines make. A full-width
/// space is not: nobody types it by accident.
pub(super) fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\r' | '\n')
}

/// Returns the characters that a text stands for, each with the bytes that it is written with.
pub(super) fn characters(text: &str) -> impl Iterator<Item = (char, Range<usize>)> {
    let mut at = 0;
    text.split_inclusive(';').flat_map(split_entity).flat_map(move |part| {
        let start = at;
        at += part.len();
        let is_reference = part.starts_with('&');
        let whole = start..start + part.len();
        decode(part)
            .char_indices()
            .map(|(index, c)| {
                let own = start + index..start + index + c.len_utf8();
                (c, if is_reference { whole.clone() } else { own })
            })
            .collect::<Vec<_>>()
    })
}

/// Splits `before&entity;` in two.
fn split_entity(part: &str) -> impl Iterator<Item = &str> {
    let (before, entity) = match part.find('&') {
        Some(at) => part.split_at(at),
        None => (part, ""),
    };
    [before, entity].into_iter().filter(|part| !part.is_empty())
}

/// Decodes a reference such as `&amp;` or `&#x27;`; the parser has seen that there are no others.
fn decode(part: &str) -> String {
    let Some(name) = part.strip_prefix('&').and_then(|part| part.strip_suffix(';')) else {
        return part.to_owned();
    };
    let code = |digits: &str, radix| u32::from_str_radix(digits, radix).ok().and_then(char::from_u32);
    let character = match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => name
            .strip_prefix("#x")
            .and_then(|digits| code(digits, 16))
            .or_else(|| code(name.strip_prefix('#')?, 10)),
    };
    character.map_or_else(|| part.to_owned(), String::from)
}

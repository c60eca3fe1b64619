//! Parses a template with handlebars and gives every element of the tree its place in the file.
//!
//! The tree that handlebars makes has no usable places. Its elements stand in the order of the template's
//! tags, so the two are walked side by side; the text between the tags is handed from one to the other, and
//! handlebars sees the tags alone. The walk leaves two things: the same tree with a mark in front
//! of every element (`U+0002 template:start:end U+0003`, characters that neither data nor what a pack prints can hold; it
//! stands in the text before, for each element is a step of the rendering), from which [`super::map`] finds every byte's origin after rendering; and [`Element`]s for the static check.

use std::ops::Range;
use std::sync::Arc;

use handlebars::template::{HelperTemplate, Parameter, Template, TemplateElement};
use handlebars::{Path, TemplateErrorReason};
use serde_json::Value as Json;

use super::read::read;
use super::scan::{Tag, TagKind, Tags, is_name_character, scan};
use crate::diag::catalogue::fill::{TEMPLATE_CONTROL, TEMPLATE_SYNTAX, TOO_MANY_TAGS};
use crate::diag::{Diagnostic, Origin, SourceText, Text};
use crate::pack::control_in;

/// The most tags of a block, with all those within it: what handlebars' parser takes grows with their square.
const MOST_TAGS: usize = 1_000;

/// What a mark begins with.
pub(super) const MARK_START: char = '\u{2}';
/// What a mark ends with.
pub(super) const MARK_END: char = '\u{3}';

/// A template that is parsed.
#[derive(Debug)]
pub(super) struct Compiled {
    /// The file.
    pub(super) source: Arc<SourceText>,
    /// Handlebars' tree with the marks put in.
    pub(super) template: Template,
    /// What the static check looks at.
    pub(super) elements: Vec<Element>,
}

/// An element of a template.
#[derive(Debug)]
pub(super) enum Element {
    /// Text that stands in the file as it is, and where.
    Text(Range<usize>),
    /// `{{path}}` or `{{helper path}}`.
    Print(Call),
    /// `{{#helper path}}…{{else}}…{{/helper}}`.
    Block {
        /// The helper and its arguments.
        call: Call,
        /// The names after `as`.
        names: Vec<String>,
        /// The text before `{{else}}`.
        body: Vec<Element>,
        /// The text after it.
        inverse: Vec<Element>,
    },
    /// `{{> name}}`.
    Partial(Call),
}

/// A name with arguments, and the tag that it stands in.
#[derive(Debug)]
pub(super) struct Call {
    /// The helper's or template's name or the path; none when it is computed.
    pub(super) name: Option<String>,
    /// What follows the name.
    pub(super) arguments: Vec<Argument>,
    /// The arguments with names, sorted.
    pub(super) options: Vec<(String, Argument)>,
    /// The tag.
    pub(super) span: Range<usize>,
}

/// An argument.
#[derive(Debug)]
pub(super) enum Argument {
    /// A path, as it is written.
    Path(String),
    /// A literal.
    Literal(Json),
    /// A helper in parentheses.
    Call(Call),
}

/// Parses a template; `index` is the number that its marks bear. Returns the tags that are not allowed beside it.
pub(super) fn compile(
    source: &Arc<SourceText>,
    index: usize,
) -> Result<(Compiled, Vec<Diagnostic>), Vec<Diagnostic>> {
    let Tags { tags, refused } = scan(source)?;
    let text = source.text();
    let mut template = Template::new();
    let mut faults = Vec::new();
    let mut end = 0;
    for tags in outermost(&tags) {
        let (Some(first), Some(last)) = (tags.first(), tags.last()) else { continue };
        if first.span.start > end {
            template.elements.push(TemplateElement::RawString(STAND_IN.to_owned()));
        }
        end = last.span.end;
        if tags.len() > MOST_TAGS {
            let fault = Diagnostic::new(&TOO_MANY_TAGS).with("most", MOST_TAGS);
            faults.push(fault.at(Origin::new(source, first.span.clone())));
            continue;
        }
        if let Some(mut elements) = read(text, tags) {
            template.elements.append(&mut elements);
            continue;
        }
        let skeleton = Skeleton::new(text, tags);
        match Template::compile(&skeleton.text) {
            Ok(mut part) => template.elements.append(&mut part.elements),
            Err(error) => faults.push(syntax(source, tags, &skeleton, &error)),
        }
    }
    if !faults.is_empty() {
        faults.extend(refused);
        return Err(faults);
    }
    if end < text.len() {
        template.elements.push(TemplateElement::RawString(STAND_IN.to_owned()));
    }
    let mut walk = Walk { text, index, tags: &tags, next: 0 };
    let elements = walk.template(&mut template);
    let faults: Vec<_> = literals(&elements).filter_map(|(text, span)| control(source, text, span)).collect();
    if !faults.is_empty() {
        return Err([faults, refused].concat());
    }
    Ok((Compiled { source: Arc::clone(source), template, elements }, refused))
}

/// Tells of a character in a text of a template that nothing printed can have, if there is one.
pub(super) fn control(source: &Arc<SourceText>, text: &str, span: &Range<usize>) -> Option<Diagnostic> {
    let fault = Diagnostic::new(&TEMPLATE_CONTROL).with("code", control_in(text)?.1);
    Some(fault.at(Origin::new(source, span.clone())))
}

/// Returns the texts in quotes of some elements, escapes resolved, and the tags that they stand in.
fn literals(elements: &[Element]) -> Box<dyn Iterator<Item = (&str, &Range<usize>)> + '_> {
    Box::new(elements.iter().flat_map(|element| match element {
        Element::Text(_) => literals(&[]),
        Element::Print(call) | Element::Partial(call) => call.literals(),
        Element::Block { call, body, inverse, .. } => {
            Box::new(call.literals().chain(literals(body)).chain(literals(inverse)))
        }
    }))
}

impl Call {
    fn literals(&self) -> Box<dyn Iterator<Item = (&str, &Range<usize>)> + '_> {
        let options = self.options.iter().map(|(_, value)| value);
        Box::new(self.arguments.iter().chain(options).flat_map(|argument| match argument {
            Argument::Literal(Json::String(text)) => {
                Box::new(std::iter::once((text.as_str(), &self.span))) as Box<dyn Iterator<Item = _>>
            }
            Argument::Call(call) => call.literals(),
            Argument::Literal(_) | Argument::Path(_) => literals(&[]),
        }))
    }
}

/// Parts the tags into those of each outermost block, and those that stand alone.
///
/// Handlebars' parser counts lines from the start of its text for every tag; short texts keep it fast.
pub(super) fn outermost(tags: &[Tag]) -> impl Iterator<Item = &[Tag]> {
    let mut depth = 0_usize;
    tags.split_inclusive(move |tag| {
        match tag.kind {
            TagKind::Open => depth += 1,
            TagKind::Close => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0
    })
}

/// A block with each stretch of text between two tags cut down to one letter.
///
/// Handlebars' parser looks at every character of the text several times, though it has no say there; most of
/// a template is text. The walk puts the text back.
pub(super) struct Skeleton {
    /// The text.
    pub(super) text: String,
    /// The tags' bytes in it.
    tags: Vec<Range<usize>>,
}

/// What stands for a text in a [`Skeleton`].
pub(super) const STAND_IN: &str = "t";

impl Skeleton {
    /// Cuts a block down.
    pub(super) fn new(text: &str, tags: &[Tag]) -> Self {
        let mut skeleton = Self { text: String::new(), tags: Vec::with_capacity(tags.len()) };
        let mut end = None;
        for tag in tags {
            if end.is_some_and(|end| end < tag.span.start) {
                skeleton.text.push_str(STAND_IN);
            }
            let start = skeleton.text.len();
            skeleton.text.push_str(if tag.kind == TagKind::Comment {
                "{{!}}"
            } else {
                &text[tag.span.clone()]
            });
            skeleton.tags.push(start..skeleton.text.len());
            end = Some(tag.span.end);
        }
        skeleton
    }
}

fn syntax(
    source: &Arc<SourceText>,
    tags: &[Tag],
    skeleton: &Skeleton,
    error: &handlebars::TemplateError,
) -> Diagnostic {
    let (line, column) = error.pos().unwrap_or((1, 1));
    let at = SourceText::new("", &skeleton.text).byte_at(line, column);
    let index = skeleton.tags.iter().position(|tag| at < tag.end);
    let tag = index.and_then(|index| tags.get(index));
    let span = tag.map_or(source.text().len()..source.text().len(), |tag| tag.span.clone());
    let reason = match error.reason() {
        TemplateErrorReason::MismatchingClosedHelper(opened, closed) => Text::both(
            format!("`{{{{#{opened}}}}}` 应由 `{{{{/{opened}}}}}` 结束，这里却是 `{{{{/{closed}}}}}`"),
            format!("`{{{{#{opened}}}}}` needs `{{{{/{opened}}}}}`, but here is `{{{{/{closed}}}}}`"),
        ),
        // What the parser expected is a list of its own rules.
        TemplateErrorReason::InvalidSyntax(_) => Text::both(
            "看不懂这个标签，应为 `{{路径}}`、`{{助手 路径}}` 这样；看引号和括号是否成对，有没有多余的符号",
            "this tag cannot be read; expected one such as `{{path}}` or `{{helper path}}`, with quotes and parentheses in pairs and no other signs",
        ),
        TemplateErrorReason::InvalidParam(word) => Text::both(
            format!("看不懂 `{word}`，应为路径、数或放在引号里的文字"),
            format!("`{word}` cannot be read; expected a path, a number or a text in quotes"),
        ),
        TemplateErrorReason::NestedSubexpression => {
            Text::both("括号里不能再套括号", "parentheses cannot stand inside parentheses here")
        }
        other => Text::both(format!("看不懂这个标签（{other}）"), other.to_string()),
    };
    Diagnostic::new(&TEMPLATE_SYNTAX).with("reason", reason).at(Origin::new(source, span))
}

/// The walk through the tree and the tags.
struct Walk<'a> {
    text: &'a str,
    index: usize,
    tags: &'a [Tag],
    /// The tag that comes next.
    next: usize,
}

impl Walk<'_> {
    fn template(&mut self, template: &mut Template) -> Vec<Element> {
        let mut elements = Vec::new();
        let mut marked = Vec::with_capacity(template.elements.len() * 2);
        for mut element in std::mem::take(&mut template.elements) {
            match &mut element {
                TemplateElement::RawString(text) => {
                    let own = self.text();
                    text.clear();
                    push_mark(text, self.index, &(own.start..own.start));
                    text.push_str(&self.text[own.clone()]);
                    elements.push(Element::Text(own));
                }
                // It prints nothing.
                TemplateElement::Comment(_) => {
                    self.tag();
                    continue;
                }
                TemplateElement::Expression(call) => {
                    let span = self.tag();
                    self.mark(&mut marked, &span);
                    elements.push(Element::Print(called(call, &span)));
                }
                TemplateElement::HelperBlock(block) => {
                    self.mark(&mut marked, &self.tag_span(self.next));
                    elements.push(self.block(block));
                    // The closing tag; the blocks of `{{else if}}` share their head's.
                    self.tag();
                }
                TemplateElement::PartialExpression(partial) => {
                    let span = self.tag();
                    // Handlebars would indent every line of the partial, and break the places of its text.
                    partial.indent = None;
                    self.mark(&mut marked, &span);
                    elements.push(Element::Partial(Call {
                        name: name(&partial.name),
                        arguments: partial.params.iter().map(|it| argument(it, &span)).collect(),
                        options: options(&partial.hash, &span),
                        span,
                    }));
                }
                // The scan has refused all others.
                _ => {
                    self.tag();
                }
            }
            push(&mut marked, element);
        }
        template.elements = marked;
        // The marks tell the places; handlebars' own no longer match the elements.
        template.mapping.clear();
        elements
    }

    fn block(&mut self, block: &mut HelperTemplate) -> Element {
        let call = called(block, &self.tag());
        let body = block.template.as_mut().map(|template| self.template(template)).unwrap_or_default();
        let mut inverse = Vec::new();
        if let Some(template) = block.inverse.as_mut() {
            let chained =
                self.tags.get(self.next).is_some_and(|tag| tag.kind == TagKind::Else { chained: true });
            if let (true, [TemplateElement::HelperBlock(inner)]) = (chained, template.elements.as_mut_slice())
            {
                inverse.push(self.block(inner));
            } else {
                self.tag();
                inverse = self.template(template);
            }
        }
        Element::Block { call, names: block_names(block), body, inverse }
    }

    /// Takes the next tag and returns its bytes.
    fn tag(&mut self) -> Range<usize> {
        self.next += 1;
        self.tag_span(self.next - 1)
    }

    fn tag_span(&self, index: usize) -> Range<usize> {
        self.tags.get(index).map_or(self.text.len()..self.text.len(), |tag| tag.span.clone())
    }

    /// Returns the bytes of the text between the last tag and the next, trimmed where a tag's `~` wants it.
    fn text(&self) -> Range<usize> {
        let last = self.next.checked_sub(1).map(|last| self.tag_span(last));
        let next = self.tag_span(self.next);
        let mut text = last.as_ref().map_or(0, |last| last.end)..next.start;
        if self.text[next].starts_with("{{~") {
            text.end = text.start + self.text[text.clone()].trim_end().len();
        }
        if last.is_some_and(|last| self.text[last].ends_with("~}}")) {
            text.start = text.end - self.text[text.clone()].trim_start().len();
        }
        text
    }

    fn mark(&self, elements: &mut Vec<TemplateElement>, span: &Range<usize>) {
        let mut mark = String::new();
        push_mark(&mut mark, self.index, span);
        push(elements, TemplateElement::RawString(mark));
    }
}

/// Writes the mark of a place.
pub(super) fn push_mark(text: &mut String, index: usize, span: &Range<usize>) {
    text.push(MARK_START);
    for (before, number) in [("", index), (":", span.start), (":", span.end)] {
        text.push_str(before);
        push_number(text, number);
    }
    text.push(MARK_END);
}

/// Writes a number, faster than a format does: there is a mark for each tag and each text.
fn push_number(text: &mut String, number: usize) {
    if number > 9 {
        push_number(text, number / 10);
    }
    text.push(char::from(b'0' + (number % 10) as u8));
}

/// Adds an element; a text joins the text before it.
pub(super) fn push(elements: &mut Vec<TemplateElement>, element: TemplateElement) {
    match (elements.last_mut(), element) {
        (Some(TemplateElement::RawString(before)), TemplateElement::RawString(text)) => {
            before.push_str(&text);
        }
        (_, element) => elements.push(element),
    }
}

fn called(call: &HelperTemplate, span: &Range<usize>) -> Call {
    Call {
        name: name(&call.name),
        arguments: call.params.iter().map(|it| argument(it, span)).collect(),
        options: options(&call.hash, span),
        span: span.clone(),
    }
}

fn name(parameter: &Parameter) -> Option<String> {
    match parameter {
        Parameter::Name(name) => Some(name.clone()),
        Parameter::Path(path) => Some(raw(path)),
        Parameter::Literal(_) | Parameter::Subexpression(_) => None,
        _ => None,
    }
}

fn argument(parameter: &Parameter, span: &Range<usize>) -> Argument {
    match parameter {
        Parameter::Path(path) => Argument::Path(raw(path)),
        Parameter::Name(name) => Argument::Path(name.clone()),
        Parameter::Literal(literal) => Argument::Literal(literal.clone()),
        Parameter::Subexpression(inner) => match inner.as_element() {
            TemplateElement::Expression(call) => Argument::Call(called(call, span)),
            _ => Argument::Literal(Json::Null),
        },
        _ => Argument::Literal(Json::Null),
    }
}

fn options<'a>(
    hash: impl IntoIterator<Item = (&'a String, &'a Parameter)>,
    span: &Range<usize>,
) -> Vec<(String, Argument)> {
    let mut options: Vec<_> =
        hash.into_iter().map(|(name, value)| (name.clone(), argument(value, span))).collect();
    options.sort_by(|a, b| a.0.cmp(&b.0));
    options
}

fn raw(path: &Path) -> String {
    match path {
        Path::Relative((_, raw)) | Path::Local((_, _, raw)) => raw.clone(),
    }
}

fn block_names(block: &HelperTemplate) -> Vec<String> {
    use handlebars::template::BlockParam::{Pair, Single};
    match &block.block_param {
        Some(Single(one)) => name(one).into_iter().collect(),
        Some(Pair((one, two))) => name(one).into_iter().chain(name(two)).collect(),
        _ => Vec::new(),
    }
}

/// Returns the bytes of a word in a tag; of the whole tag when it is not there as such.
pub(super) fn place(source: &SourceText, span: &Range<usize>, word: &str) -> Range<usize> {
    let tag = source.text().get(span.clone()).unwrap_or_default();
    let is_part = |c: char| is_name_character(c) || matches!(c, '.' | '/' | '@');
    let stands_alone =
        |at: usize| !tag[..at].ends_with(is_part) && !tag[at + word.len()..].starts_with(is_part);
    let found = tag.match_indices(word).map(|(at, _)| at).find(|at| !word.is_empty() && stands_alone(*at));
    found.map_or_else(|| span.clone(), |at| span.start + at..span.start + at + word.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_in_quotes_cannot_write_what_marks_are_made_of() {
        for tag in [
            r#"{{list a join="\u00020:0:0\u0003"}}"#,
            r#"{{#if (equal a "\u0001")}}b{{else if (equal a '\u0001')}}{{/if}}"#,
            r#"{{#each a}}{{list b etc="\u007f"}}{{/each}}"#,
        ] {
            let source = Arc::new(SourceText::new("a.hbs", tag));
            let faults = compile(&source, 0).expect_err("it would forge a mark");
            assert!(
                faults.iter().all(|fault| fault.entry == &TEMPLATE_CONTROL) && !faults.is_empty(),
                "{tag}"
            );
        }
        let source = Arc::new(SourceText::new("a.hbs", r#"{{list a join="\n\t\u3001"}}"#));
        assert!(compile(&source, 0).is_ok());
    }
}

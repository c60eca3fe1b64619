//! Reads the tags that nearly all templates are made of, faster than handlebars' parser does, to the same tree.
//!
//! That parser takes most of the time that a pack takes to load. Paths, helpers with paths, numbers and plain texts,
//! blocks with `{{else}}` and conditions after it, partials and comments are read here; whatever has anything else in it
//! (parentheses, `@`, `..`, `~`, names after `as`, a fault) is left to handlebars: [`read`] returns `None`. A test holds the two against each other.

use std::collections::HashMap;
use std::sync::OnceLock;

use handlebars::template::{
    DecoratorTemplate, ExpressionSpec, ExpressionSpecBuilder, HelperTemplate, Parameter, Template,
    TemplateElement,
};
use handlebars::{Path, PathSeg};
use serde_json::Value as Json;

use super::compile::STAND_IN;
use super::scan::{Tag, TagKind};

/// Reads the tags of an outermost block, or a tag that stands alone, with a stand-in for each text between them.
pub(super) fn read(text: &str, tags: &[Tag]) -> Option<Vec<TemplateElement>> {
    let mut open: Vec<Open> = Vec::new();
    let mut elements = Vec::new();
    let mut end = tags.first()?.span.start;
    for tag in tags {
        if end < tag.span.start {
            elements.push(TemplateElement::RawString(STAND_IN.to_owned()));
        }
        end = tag.span.end;
        let inside = text.get(tag.span.clone())?.strip_prefix("{{")?.strip_suffix("}}")?;
        match tag.kind {
            TagKind::Comment => elements.push(TemplateElement::Comment(String::new())),
            TagKind::Print => {
                let call = HelperTemplate::new(print(inside)?, false, false);
                elements.push(TemplateElement::Expression(Box::new(call)));
            }
            TagKind::Partial => {
                let name = inside.strip_prefix('>')?.trim_matches(is_space);
                let spec =
                    spec(Parameter::Name(plain(name, "/.-_")?.to_owned()), Vec::new(), HashMap::new())?;
                let partial = DecoratorTemplate::new(spec, tags.len() == 1);
                elements.push(TemplateElement::PartialExpression(Box::new(partial)));
            }
            TagKind::Open => {
                let call = HelperTemplate::new(call(inside.strip_prefix('#')?)?, true, false);
                let before = std::mem::take(&mut elements);
                open.push(Open { call, before, has_else: false, is_link: false });
            }
            TagKind::Else { chained: false } => {
                let block = open.last_mut().filter(|block| !block.has_else && inside == "else")?;
                block.has_else = true;
                block.call.template = Some(template(std::mem::take(&mut elements)));
            }
            // A block in the place of what would stand after `{{else}}`, which ends with the block around it.
            TagKind::Else { chained: true } => {
                let block = open.last_mut().filter(|block| !block.has_else)?;
                let link = call(inside.strip_prefix("else")?.strip_prefix(is_space)?)?;
                block.call.chain = true;
                block.call.template = Some(template(std::mem::take(&mut elements)));
                let call = HelperTemplate::new_chain(link, true, false);
                open.push(Open { call, before: Vec::new(), has_else: false, is_link: true });
            }
            TagKind::Close => {
                let mut block = open.pop()?.close(elements);
                while block.is_link {
                    let mut outer = open.pop()?;
                    outer.call.inverse =
                        Some(template(vec![TemplateElement::HelperBlock(Box::new(block.call))]));
                    block = outer;
                }
                if block.call.name.as_name() != inside.strip_prefix('/') {
                    return None;
                }
                elements = block.before;
                elements.push(TemplateElement::HelperBlock(Box::new(block.call)));
            }
        }
    }
    open.is_empty().then_some(elements)
}

/// A block that is not closed yet.
struct Open {
    call: HelperTemplate,
    /// What comes before it.
    before: Vec<TemplateElement>,
    has_else: bool,
    /// Whether it stands after `{{else}}` in the same tag.
    is_link: bool,
}

impl Open {
    /// Puts in the text before its end.
    fn close(mut self, elements: Vec<TemplateElement>) -> Self {
        let last = Some(template(elements));
        *(if self.has_else { &mut self.call.inverse } else { &mut self.call.template }) = last;
        self
    }
}

fn template(elements: Vec<TemplateElement>) -> Template {
    let mut template = Template::new();
    template.elements = elements;
    template
}

/// Reads what stands in a tag that prints: a path alone, or a helper with arguments.
fn print(inside: &str) -> Option<ExpressionSpec> {
    let inside = inside.trim_matches(is_space);
    // To handlebars `{{elsewhere}}` is an else and a condition.
    if inside.starts_with("else") {
        return None;
    }
    if inside.contains(is_space) {
        call(inside)
    } else {
        spec(reference(inside)?, Vec::new(), HashMap::new())
    }
}

/// Reads a helper and its arguments.
fn call(inside: &str) -> Option<ExpressionSpec> {
    let mut words = words(inside)?.into_iter();
    let name = plain(words.next()?, "-_")?;
    let (mut parameters, mut options) = (Vec::new(), HashMap::new());
    for word in words {
        match word.split_once('=').filter(|_| !word.starts_with('"')) {
            Some((key, value)) => {
                options.insert(plain(key, "-_")?.to_owned(), argument(value)?);
            }
            None => parameters.push(argument(word)?),
        }
    }
    spec(Parameter::Name(name.to_owned()), parameters, options)
}

/// Makes a call of its parts.
pub(super) fn spec(
    name: Parameter,
    parameters: Vec<Parameter>,
    options: HashMap<String, Parameter>,
) -> Option<ExpressionSpec> {
    // To build one takes longer than to copy one, and the builder would make a copy of everything that it is given.
    static BARE: OnceLock<Option<ExpressionSpec>> = OnceLock::new();
    let bare = || {
        let mut spec = ExpressionSpecBuilder::default();
        spec.name(Parameter::Name(String::new())).params(Vec::new()).hash(HashMap::new());
        spec.omit_pre_ws(false).omit_pro_ws(false).build().ok()
    };
    let mut spec = BARE.get_or_init(bare).clone()?;
    (spec.name, spec.params, spec.hash) = (name, parameters, options);
    Some(spec)
}

/// Tells what stands between words.
fn is_space(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\n' | '\r')
}

/// Parts a tag's words, which quotes hold together.
fn words(inside: &str) -> Option<Vec<&str>> {
    let (mut words, mut start, mut is_quoted) = (Vec::new(), 0, false);
    for (at, character) in inside.char_indices() {
        match character {
            '"' => {
                // A quote may begin a word or come after `=`, and ends it.
                let is_placed = if is_quoted {
                    inside[at + 1..].chars().next().is_none_or(is_space)
                } else {
                    at == start || inside[start..at].ends_with('=')
                };
                if !is_placed {
                    return None;
                }
                is_quoted = !is_quoted;
            }
            _ if is_space(character) && !is_quoted => {
                words.extend(Some(&inside[start..at]).filter(|word| !word.is_empty()));
                start = at + 1;
            }
            '\\' => return None,
            character if character.is_control() => return None,
            _ => {}
        }
    }
    words.extend(Some(&inside[start..]).filter(|word| !word.is_empty()));
    (!is_quoted).then_some(words)
}

/// Reads an argument: a text in quotes, a whole number, `true`, `false` or a path.
fn argument(word: &str) -> Option<Parameter> {
    if let Some(quoted) = word.strip_prefix('"') {
        return Some(Parameter::Literal(Json::String(quoted.strip_suffix('"')?.to_owned())));
    }
    match word {
        "as" | "else" | "null" => None,
        "true" => Some(Parameter::Literal(Json::Bool(true))),
        "false" => Some(Parameter::Literal(Json::Bool(false))),
        _ if word.bytes().all(|byte| byte.is_ascii_digit()) => {
            word.parse().ok().map(Parameter::Literal).filter(|_| !word.starts_with('0'))
        }
        _ if word.starts_with(|c: char| c.is_ascii_digit() || c == '-') => None,
        _ => reference(word),
    }
}

/// Reads a path of names.
pub(super) fn reference(word: &str) -> Option<Parameter> {
    let is_plain = word.split('.').all(|name| plain(name, "-_").is_some());
    is_plain.then(|| Parameter::Path(path(word.to_owned())))
}

/// Room for the names of most paths.
const USUAL_SEGMENTS: usize = 3;

/// Makes a path of names, which are known to be nothing else.
pub(super) fn path(raw: String) -> Path {
    let mut segments = Vec::with_capacity(USUAL_SEGMENTS);
    // `this` is where one is.
    let names = raw.split('.').filter(|name| *name != "this");
    segments.extend(names.map(|name| PathSeg::Named(name.to_owned())));
    Path::Relative((segments, raw))
}

/// Takes a name of ASCII letters, digits and some marks.
fn plain<'a>(name: &'a str, marks: &str) -> Option<&'a str> {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || marks.as_bytes().contains(&byte);
    (!name.is_empty() && name.bytes().all(fits)).then_some(name)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;

    use super::super::compile::{Skeleton, outermost};
    use super::super::scan::{Tags, scan};
    use super::*;
    use crate::diag::SourceText;
    use crate::pack::Pack;

    /// Forgets the places in the text, which the marks tell.
    fn without_places(elements: &mut [TemplateElement]) {
        for element in elements {
            if let TemplateElement::HelperBlock(block) = element {
                for template in block.template.iter_mut().chain(&mut block.inverse) {
                    template.mapping.clear();
                    without_places(&mut template.elements);
                }
            }
        }
    }

    /// Reads a template in both ways. Returns how many outermost blocks and tags there are, and how many were read
    /// here.
    fn compare(text: &str) -> (usize, usize) {
        let source = Arc::new(SourceText::new("test", text));
        let Ok(Tags { tags, .. }) = scan(&source) else { return (0, 0) };
        let (mut all, mut own) = (0, 0);
        for tags in outermost(&tags).filter(|tags| !tags.is_empty()) {
            all += 1;
            if let Some(read) = read(text, tags) {
                own += 1;
                let skeleton = Skeleton::new(text, tags).text;
                let mut wanted = Template::compile(&skeleton).unwrap_or_else(|error| {
                    panic!("{skeleton}: {error}");
                });
                without_places(&mut wanted.elements);
                assert_eq!(read, wanted.elements, "{skeleton}");
            }
        }
        (all, own)
    }

    #[test]
    fn every_tag_of_the_packs_is_read() {
        let (mut all, mut own) = (0, 0);
        for name in crate::pack::embedded_names() {
            for source in Pack::embedded(name).unwrap().unwrap().templates().values() {
                let counts = compare(source.text());
                all += counts.0;
                own += counts.1;
            }
        }
        assert!(all > 100 && own == all, "{own} of {all}");
    }

    fn tag() -> impl Strategy<Value = String> {
        let word = prop::sample::select(vec![
            "a",
            "a.b",
            "this",
            "this.a",
            "if",
            "each",
            "number",
            "\"有 空格\"",
            "\"\"",
            "x=1",
            "x=\"y\"",
            "x=a.b",
            "12",
            "007",
            "1.5",
            "-3",
            "true",
            "false",
            "null",
            "else",
            "as",
            "|i|",
            "(len a)",
            "@index",
            "../a",
            "a/b",
            "a..b",
            ".",
            "'q'",
            "a-b_c",
            "市",
            "=",
            "x=",
            "\"a\"b",
            "[0]",
        ]);
        let start =
            prop::sample::select(vec!["", "#", "/", ">", "!", "~", " ", "#if ", "/if", "else", "^", "> "]);
        (start, prop::collection::vec(word, 0..4)).prop_map(|(start, words)| {
            format!("{{{{{start}{}}}}}", words.join(if words.len() == 3 { "\n  " } else { " " }))
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]
        #[test]
        fn what_is_read_is_what_handlebars_reads(parts in prop::collection::vec((tag(), "[ 文\n]{0,2}"), 1..6)) {
            compare(&parts.concat_pairs());
        }

        #[test]
        fn blocks_are_read_as_handlebars_reads_them(
            inner in prop::collection::vec((tag(), "[ 文\n]{0,2}"), 0..4),
            other in prop::collection::vec((tag(), "[ 文\n]{0,2}"), 0..3),
        ) {
            compare(&format!("{{{{#if a}}}}{}{{{{else}}}}{}{{{{/if}}}}", inner.concat_pairs(), other.concat_pairs()));
        }
    }

    proptest! {
        #[test]
        fn chains_are_read_as_handlebars_reads_them(
            links in prop::collection::vec(
                (
                    prop::sample::select(vec!["else if b", "else fell a.b c=1", "else", "else if (c)", "elsewhere"]),
                    prop::collection::vec((tag(), "[ 文\n]{0,2}"), 0..3),
                ),
                0..5,
            ),
        ) {
            let links: Vec<_> =
                links.iter().map(|(tag, parts)| format!("{{{{{tag}}}}}{}", parts.concat_pairs())).collect();
            let links = links.concat();
            compare(&format!("{{{{#if a}}}}文{links}{{{{/if}}}}"));
        }
    }

    /// Tags with the texts after them, put together.
    trait Pairs {
        fn concat_pairs(&self) -> String;
    }

    impl Pairs for Vec<(String, String)> {
        fn concat_pairs(&self) -> String {
            self.iter().flat_map(|(tag, text)| [tag.as_str(), text]).collect()
        }
    }
}

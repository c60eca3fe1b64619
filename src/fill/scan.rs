//! Finds a template's tags (`{{…}}`) and refuses, before any parser sees them, those that are not allowed.
//!
//! Handlebars' own tree has no places, and its parser calls itself once a nested block: thousands of them
//! would overflow the stack. This scan is a loop; the places of the tags that it returns are matched with
//! handlebars' tree in [`super::compile`].

use std::ops::Range;
use std::sync::Arc;

use super::compile::control;
use super::helpers;
use crate::diag::catalogue::fill::{NESTED_TOO_DEEP, SYNTAX_NOT_ALLOWED, TAG_TOO_LONG, TEMPLATE_SYNTAX};
use crate::diag::{Diagnostic, Origin, SourceText, Text};
use crate::pack::control_in;

/// How deep blocks may be nested in one template, and all the way through the templates it includes.
pub(super) const DEEPEST_BLOCKS: usize = 48;
/// How deep parentheses may be nested in one tag.
const DEEPEST_PARENTHESES: usize = 4;
/// The most bytes of a tag. It is read anew each time that it is reached.
const LONGEST_TAG: usize = 4_000;

/// A tag and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tag {
    /// What the tag is.
    pub(super) kind: TagKind,
    /// Its bytes, braces included.
    pub(super) span: Range<usize>,
}

/// The kinds of tags that are allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TagKind {
    /// `{{! …}}`.
    Comment,
    /// `{{#if …}}`.
    Open,
    /// `{{else}}`, or with a condition of its own `{{else if …}}`.
    Else {
        /// Whether it has a condition of its own.
        chained: bool,
    },
    /// `{{/if}}`.
    Close,
    /// `{{> name}}`.
    Partial,
    /// `{{path}}` or `{{helper path}}`.
    Print,
}

/// A template's tags, and what is wrong beside them.
#[derive(Debug, Default)]
pub(super) struct Tags {
    /// The tags in their order.
    pub(super) tags: Vec<Tag>,
    /// Those that are not allowed, which are not among them: the rest can be read without them.
    pub(super) refused: Vec<Diagnostic>,
}

/// Returns a template's tags.
///
/// Fails with every tag that is not closed, and with blocks nested too deep; what is not allowed is told with them.
pub(super) fn scan(source: &Arc<SourceText>) -> Result<Tags, Vec<Diagnostic>> {
    let mut scanner = Scanner { source, found: Tags::default(), open: Vec::new(), diagnostics: Vec::new() };
    // What is no text at all has one after the other.
    if let Some((at, _)) = control_in(source.text()) {
        scanner.diagnostics.extend(control(source, &source.text()[at..], &(at..at + 1)));
    }
    scanner.run();
    scanner.end();
    if scanner.diagnostics.is_empty() {
        return Ok(scanner.found);
    }
    let mut faults = [scanner.diagnostics, scanner.found.refused].concat();
    faults.sort_by_key(|fault| fault.origin.as_ref().map_or(0, |origin| origin.span.start));
    Err(faults)
}

struct Scanner<'a> {
    source: &'a Arc<SourceText>,
    found: Tags,
    /// The blocks that are open.
    open: Vec<Open<'a>>,
    diagnostics: Vec<Diagnostic>,
}

/// A block that is open.
struct Open<'a> {
    name: &'a str,
    /// Its tag.
    span: Range<usize>,
    /// How many of its `{{else}}` have a condition of their own.
    chained: usize,
    /// Whether it has had one without.
    has_else: bool,
}

impl<'a> Scanner<'a> {
    fn run(&mut self) {
        let text = self.source.text();
        let mut at = 0;
        while let Some(found) = text[at..].find("{{") {
            let start = at + found;
            if text[..start].ends_with('\\') {
                self.refuse("\\{{", start - 1..start + 2);
            }
            let Some(end) = tag_end(text, start) else {
                let reason = Text::both(
                    "标签从 `{{` 开始，后面没有 `}}` 结束它",
                    "the tag begins with `{{` and no `}}` ends it",
                );
                return self.malformed(reason, start..start + 2);
            };
            self.tag(start..end);
            at = end;
        }
    }

    fn tag(&mut self, span: Range<usize>) {
        let source: &'a SourceText = self.source;
        let text = &source.text()[span.clone()];
        let inside = text.trim_start_matches('{').trim_start_matches('~').trim_start();
        let rest = |skip: usize| inside[skip..].trim_start();
        let kind = if text.starts_with("{{{{") {
            return self.refuse("{{{{", span);
        } else if text.starts_with("{{{") || inside.starts_with('{') {
            return self.refuse("{{{", span);
        } else if text.starts_with("{{!") {
            TagKind::Comment
        } else if inside.starts_with('&') {
            return self.refuse("{{&", span);
        } else if inside.starts_with('*') {
            return self.refuse("{{*", span);
        } else if inside.starts_with('#') {
            match rest(1).chars().next() {
                Some('*') => return self.refuse("{{#*", span),
                Some('>') => return self.refuse("{{#>", span),
                _ => TagKind::Open,
            }
        } else if inside.starts_with('/') {
            TagKind::Close
        } else if inside.starts_with('>') {
            TagKind::Partial
        } else if inside.starts_with('^') {
            TagKind::Else { chained: has_words(rest(1)) }
        } else if inside.strip_prefix("else").is_some_and(|after| !after.starts_with(is_name_character)) {
            TagKind::Else { chained: has_words(rest(4)) }
        } else {
            TagKind::Print
        };
        match kind {
            TagKind::Open => self.open(first_word(rest(1)), &span),
            TagKind::Close => self.close(first_word(rest(1)), &span),
            TagKind::Else { chained } => self.otherwise(inside, chained, &span),
            TagKind::Partial => self.partial(rest(1), &span),
            TagKind::Print => self.print(inside, &span),
            TagKind::Comment => {}
        }
        if kind != TagKind::Comment && nested_parentheses(text) > DEEPEST_PARENTHESES {
            self.too_deep(DEEPEST_PARENTHESES, span.clone());
        } else if kind != TagKind::Comment && text.len() > LONGEST_TAG {
            let fault = Diagnostic::new(&TAG_TOO_LONG).with("most", LONGEST_TAG);
            self.diagnostics.push(fault.at(Origin::new(self.source, span.clone())));
        }
        self.found.tags.push(Tag { kind, span });
    }

    fn open(&mut self, name: &'a str, span: &Range<usize>) {
        self.open.push(Open { name, span: span.clone(), chained: 0, has_else: false });
        self.deepen(span);
    }

    /// Notes an `{{else}}`. Of one with a condition handlebars makes a block within the one before.
    fn otherwise(&mut self, inside: &'a str, chained: bool, span: &Range<usize>) {
        if let Some(condition) = inside.strip_prefix('^').filter(|_| chained) {
            let name = first_word(condition.trim_start());
            let reason = Text::both(
                format!("没有 `{{{{^…}}}}` 这种写法，写成 `{{{{#{name} …}}}}{{{{else}}}}…{{{{/{name}}}}}`"),
                format!("there is no `{{{{^…}}}}`; write `{{{{#{name} …}}}}{{{{else}}}}…{{{{/{name}}}}}`"),
            );
            self.malformed(reason, span.clone());
            // As a rule it has an end.
            return self.open(name, span);
        }
        let Some(open) = self.open.last_mut() else {
            let reason = Text::both(
                "`{{else}}` 不在块里，应在 `{{#…}}` 和 `{{/…}}` 之间",
                "`{{else}}` stands in no block; it belongs between `{{#…}}` and `{{/…}}`",
            );
            return self.malformed(reason, span.clone());
        };
        if open.has_else {
            let name = open.name;
            let reason = Text::both(
                format!(
                    "`{{{{#{name}}}}}` 已经有 `{{{{else}}}}`，后面不能再有；要分几种情形，前面的写成 `{{{{else 助手 …}}}}`"
                ),
                format!(
                    "`{{{{#{name}}}}}` has its `{{{{else}}}}` already; for several cases those before it are `{{{{else helper …}}}}`"
                ),
            );
            return self.malformed(reason, span.clone());
        }
        if chained {
            open.chained += 1;
            self.deepen(span);
        } else {
            open.has_else = true;
        }
    }

    /// Tells of a template that is included as the file that it is.
    fn partial(&mut self, inside: &str, span: &Range<usize>) {
        let name = inside.trim_end_matches(['}', '~', ' ']);
        let plain = name.trim_matches('"').trim_end_matches(".hbs").replace('\\', "/");
        if plain != name {
            let reason = Text::both(
                format!("引用的模板写名称，不加引号和 `.hbs`，文件夹用 `/` 隔开：`{{{{> {plain}}}}}`"),
                format!(
                    "a template is included by its name, without quotes or `.hbs`, folders parted by `/`: `{{{{> {plain}}}}}`"
                ),
            );
            self.malformed(reason, span.clone());
        }
    }

    /// Tells of tags that other template languages have.
    fn print(&mut self, inside: &str, span: &Range<usize>) {
        let words = inside.trim_end_matches('}').trim_end_matches('~').trim();
        let is_elseif = |word: &str| matches!(word, "elseif" | "elsif" | "elif");
        let reason = match words.split_once([' ', '\t', '\n']) {
            Some((word, rest)) if is_elseif(word) => {
                let rest = rest.trim();
                let condition = if rest.contains(' ') { rest.to_owned() } else { format!("if {rest}") };
                Text::both(
                    format!("没有 `{{{{{word}}}}}`，`else` 后面空一格，再写条件：`{{{{else {condition}}}}}`"),
                    format!(
                        "there is no `{{{{{word}}}}}`; a blank follows `else`, and then the condition: `{{{{else {condition}}}}}`"
                    ),
                )
            }
            None if words == "." => Text::both("当前的一项写成 `{{this}}`", "the item at hand is `{{this}}`"),
            _ => return,
        };
        self.malformed(reason, span.clone());
    }

    fn deepen(&mut self, span: &Range<usize>) {
        // Once is enough: those inside are all too deep.
        let chained: usize = self.open.iter().map(|open| open.chained).sum();
        if self.open.len() + chained == DEEPEST_BLOCKS + 1 {
            self.too_deep(DEEPEST_BLOCKS, span.clone());
        }
    }

    fn close(&mut self, name: &str, span: &Range<usize>) {
        if let Some(index) = self.open.iter().rposition(|open| open.name == name) {
            let inner: Vec<_> = self.open.drain(index..).skip(1).collect();
            let closed = span;
            for Open { name: open, span, .. } in inner {
                let line = self.source.position(closed.start).line;
                let reason = Text::both(
                    format!(
                        "`{{{{#{open}}}}}` 应由 `{{{{/{open}}}}}` 结束，第{line}行却是 `{{{{/{name}}}}}`"
                    ),
                    format!(
                        "`{{{{#{open}}}}}` needs `{{{{/{open}}}}}`, but line {line} has `{{{{/{name}}}}}`"
                    ),
                );
                self.malformed(reason, span);
            }
            return;
        }
        let is_helper = helpers::find(name).is_some();
        let reason = match self.open.last().filter(|_| !is_helper) {
            Some(Open { name: open, .. }) => Text::both(
                format!("`{{{{#{open}}}}}` 应由 `{{{{/{open}}}}}` 结束，这里却是 `{{{{/{name}}}}}`"),
                format!("`{{{{#{open}}}}}` needs `{{{{/{open}}}}}`, but here is `{{{{/{name}}}}}`"),
            ),
            None => Text::both(
                format!("`{{{{/{name}}}}}` 前面没有 `{{{{#{name}}}}}`，补上开头，或删去这个结尾"),
                format!("`{{{{/{name}}}}}` has no `{{{{#{name}}}}}` before it; add that, or take this away"),
            ),
        };
        self.malformed(reason, span.clone());
        // Of a helper's name it is an end too many; of no helper's, the end of what is open, misspelt.
        if !is_helper {
            self.open.pop();
        }
    }

    /// Complains of the blocks that are still open at the end.
    fn end(&mut self) {
        for Open { name, span, .. } in std::mem::take(&mut self.open) {
            let reason = Text::both(
                format!("`{{{{#{name}}}}}` 到文件末尾都没有 `{{{{/{name}}}}}` 结束它"),
                format!("no `{{{{/{name}}}}}` ends `{{{{#{name}}}}}` to the end of the file"),
            );
            self.malformed(reason, span);
        }
    }

    fn malformed(&mut self, reason: Text, span: Range<usize>) {
        let origin = Origin::new(self.source, span);
        self.diagnostics.push(Diagnostic::new(&TEMPLATE_SYNTAX).with("reason", reason).at(origin));
    }

    fn too_deep(&mut self, most: usize, span: Range<usize>) {
        let origin = Origin::new(self.source, span);
        self.diagnostics.push(Diagnostic::new(&NESTED_TOO_DEEP).with("most", most).at(origin));
    }

    fn refuse(&mut self, syntax: &str, span: Range<usize>) {
        let origin = Origin::new(self.source, span);
        self.found.refused.push(Diagnostic::new(&SYNTAX_NOT_ALLOWED).with("syntax", syntax).at(origin));
    }
}

/// Returns the name that a tag's text begins with.
fn first_word(inside: &str) -> &str {
    let end = inside.find(|c| !is_name_character(c)).unwrap_or(inside.len());
    &inside[..end]
}

fn has_words(inside: &str) -> bool {
    !inside.trim_end_matches('}').trim_end_matches('~').trim().is_empty()
}

/// Tells whether a character may be part of a name in a tag, as handlebars has it.
pub(super) fn is_name_character(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '$' | ':') || !c.is_ascii()
}

/// Returns the byte after a tag that begins at `start`; braces inside quotation marks do not end it.
fn tag_end(text: &str, start: usize) -> Option<usize> {
    let rest = &text[start..];
    if rest.starts_with("{{!") {
        let long = rest.strip_prefix("{{!--").and_then(|inside| inside.find("--}}")).map(|at| at + 9);
        return long.or_else(|| rest.find("}}").map(|at| at + 2)).map(|length| start + length);
    }
    let braces = rest.bytes().take_while(|byte| *byte == b'{').count().min(4);
    let mut quote = None;
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(braces) {
        match (quote, c) {
            (Some(_), _) if escaped => escaped = false,
            (Some(_), '\\') => escaped = true,
            (Some(open), _) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, '}') if rest[at..].starts_with(&"}}}}"[..braces]) => return Some(start + at + braces),
            (None, _) => {}
        }
    }
    None
}

fn nested_parentheses(text: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    for c in text.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_marks_are_made_of_stands_in_no_template() {
        let told = ["the template has a control character (U+0002), which cannot be printed"];
        for text in [
            "a\u{2}0:0:0\u{3}b",
            "{{a}}\n\u{2}",
            "{{! \u{2} }}",
            "{{list a join=\"\u{2}\"}}",
            "{{[\u{2}title]}}",
        ] {
            assert_eq!(codes(text), told, "{text:?}");
        }
        assert_eq!(
            codes("a\r\n\tb\u{85}"),
            ["the template has a control character (U+0085), which cannot be printed"]
        );
        assert_eq!(codes("a\r\n\tb"), [""; 0]);
    }

    fn kinds(text: &str) -> Vec<TagKind> {
        let source = Arc::new(SourceText::new("a.hbs", text));
        scan(&source).unwrap().tags.into_iter().map(|tag| tag.kind).collect()
    }

    fn codes(text: &str) -> Vec<String> {
        let source = Arc::new(SourceText::new("a.hbs", text));
        let found = scan(&source).map_or_else(|faults| faults, |found| found.refused);
        found.iter().map(|fault| fault.message(crate::diag::Language::English)).collect()
    }

    #[test]
    fn tags_are_told_apart() {
        use TagKind::{Close, Comment, Else, Open, Partial, Print};
        assert_eq!(
            kinds(
                "a{{#if x}}b{{else if y}}{{elsewhere}}{{~else~}}c{{/if}}{{> p}}{{! }} {{!-- {{x}} --}}{{f \"}}\"}}"
            ),
            [
                Open,
                Else { chained: true },
                Print,
                Else { chained: false },
                Close,
                Partial,
                Comment,
                Comment,
                Print
            ]
        );
    }

    #[test]
    fn what_other_languages_have_is_told_with_what_to_write() {
        for (text, told) in [
            ("{{#given a}}x{{elseif b}}y{{/given}}", "`{{else if b}}`"),
            ("{{#if a}}x{{elsif equal b 1}}y{{/if}}", "`{{else equal b 1}}`"),
            ("{{else}}", "stands in no block"),
            ("{{#if a}}{{else}}{{else}}{{/if}}", "`{{#if}}` has its `{{else}}` already"),
            ("{{#if a}}{{else}}{{else if b}}{{/if}}", "`{{#if}}` has its `{{else}}` already"),
            ("{{^given a}}x{{/given}}", "`{{#given …}}{{else}}…{{/given}}`"),
            ("{{> a.hbs}}", "`{{> a}}`"),
            ("{{> \"a/b\"}}", "`{{> a/b}}`"),
            ("{{> a\\b}}", "`{{> a/b}}`"),
            ("{{.}}", "`{{this}}`"),
        ] {
            let found = codes(text);
            assert!(found.len() == 1 && found[0].contains(told), "{text}: {found:?}");
        }
        let sound =
            "{{#if a}}{{#each b}}{{this}}{{else}}{{/each}}{{else if b}}{{else}}{{/if}}{{> a/b-c}}{{~> d~}}";
        assert_eq!(codes(sound), [""; 0]);
    }

    #[test]
    fn what_could_hurt_is_refused() {
        for text in [
            "{{{x}}}",
            "{{&x}}",
            "{{{{raw}}}}",
            "{{#*inline}}",
            "{{#> p}}",
            "\\{{x}}",
            "{{* x}}",
            "{{~{x}~}}",
        ] {
            assert!(codes(text)[0].contains("not allowed"), "{text}: {:?}", codes(text));
        }
        assert!(codes("{{x")[0].contains("no `}}` ends"));
        let deep = "{{#if a}}".repeat(2000) + &"{{/if}}".repeat(2000);
        assert_eq!(codes(&deep).len(), 1);
        let chained = "{{#if a}}".to_owned() + &"{{else if a}}".repeat(20_000) + "{{/if}}";
        assert_eq!(codes(&chained).len(), 1);
        // Blocks that follow one another are not within one another.
        let in_a_row = ("{{#if a}}".to_owned() + &"{{else if a}}".repeat(40) + "{{/if}}").repeat(3);
        assert_eq!(kinds(&in_a_row).len(), 126);
        assert_eq!(codes(&format!("{{{{f {}}}}}", "(".repeat(5000))).len(), 1);
    }
}

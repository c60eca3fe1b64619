//! Checks templates before they are filled: what they write is well-formed whatever the data are.
//!
//! A template is read as it stands in its file, tag by tag. Every template closes what it opens. A block's
//! branches may open or close elements if all of them leave the same ones open; what may be repeated leaves
//! none. What only the data decide (a heading that does not come first, rows of unequal length) is told when
//! the filled text is parsed.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;
use std::sync::Arc;

use super::arrangement::Parts;
use super::characters::stray_braces;
use super::tag::{self, Attribute, Lexed, Slip, no_article, not_closed, one_article};
use super::tree::{self, is_space, list, wanted};
use super::vocabulary::Name;
use crate::diag::catalogue::markup::{
    ATTRIBUTE_MISSING, ATTRIBUTE_UNKNOWN, ATTRIBUTE_VALUE, ELEMENT_MISPLACED, ELEMENT_OUT_OF_ORDER,
    ELEMENT_UNKNOWN, HEADING_NOT_FIRST, IMAGE_MISSING, MARKUP_MALFORMED, MARKUP_NOT_ALLOWED, MARKUP_TOO_DEEP,
    SIGNATURE_UNNAMED, TEXT_MISPLACED,
};
use crate::diag::{Diagnostic, Origin, SourceText, Text, nearest};
use crate::fill::{Outline, Piece};

/// How deep templates may include one another here; the check of their paths refuses what goes deeper.
const DEEPEST: usize = 64;
/// How many ways of writing one tag are looked at.
const MOST_WAYS: usize = 32;

/// Checks the markup of templates: that of the entry as a document, that of the others where they are included;
/// `pictures` are the names of the pack's pictures.
pub fn check(
    outlines: &BTreeMap<String, Outline>,
    entry: Option<&str>,
    pictures: &BTreeSet<String>,
) -> Vec<Diagnostic> {
    let mut check =
        Check { outlines, pictures, done: HashMap::new(), reading: Vec::new(), faults: Vec::new() };
    if let Some((name, outline)) = entry.and_then(|entry| outlines.get_key_value(entry)) {
        let whole = check.template(name, Place::Document, Inclusion::default());
        if whole.articles == 0 && check.faults.is_empty() {
            let fault = Diagnostic::new(&MARKUP_MALFORMED).with("reason", no_article());
            check.faults.push(fault.at(Origin::new(&outline.source, 0..0)));
        }
    }
    for name in outlines.keys() {
        if !check.done.keys().any(|(done, _)| done == name) {
            check.template(name, Place::Anywhere, Inclusion::default());
        }
    }
    check.faults
}

/// Where a template's text goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Place {
    /// It is the document.
    Document,
    /// Nobody knows.
    Anywhere,
    /// Into an element.
    Within(Name),
}

/// How a template is included.
#[derive(Clone, Copy, Debug, Default)]
struct Inclusion {
    /// How many templates include one another down to it.
    depth: usize,
    /// How many elements are open around it.
    elements: usize,
}

/// What was found of a template that was read.
#[derive(Clone, Debug, Default)]
struct Done {
    articles: usize,
    /// The elements that it writes into what it is included in.
    parts: Parts,
    /// The most elements that were open around it when it was read.
    elements: usize,
}

/// An element that is open.
#[derive(Clone, Debug)]
struct Open {
    tag: String,
    /// Which one; none when there is no such element.
    name: Option<Name>,
    /// The tag's bytes.
    span: Range<usize>,
    /// What stands directly in it.
    parts: Parts,
    /// Whether text or data stand in it whatever the data are.
    holds_text: bool,
}

/// What is open, as far as a template has been read.
#[derive(Clone, Debug, Default)]
struct State {
    open: Vec<Open>,
    /// How many elements were open where the branch begins.
    floor: usize,
    /// The tags in the branch that close elements from before it.
    closed: Vec<Range<usize>>,
    /// How many articles there were.
    articles: usize,
    /// What the template writes outside of every element of its own.
    parts: Parts,
}

impl State {
    /// Returns the state in which each of a block's two texts begins.
    fn branch(&self) -> Self {
        let mut branch = Self { floor: self.open.len(), closed: Vec::new(), ..self.clone() };
        for parts in branch.open.iter_mut().map(|open| &mut open.parts).chain([&mut branch.parts]) {
            *parts = std::mem::take(parts).within();
        }
        branch
    }

    /// Takes the elements that stand in what is open for those after either of a block's texts.
    fn either(&mut self, one: &Self, other: &Self) {
        for (index, open) in self.open.iter_mut().enumerate() {
            if let (Some(one), Some(other)) = (one.open.get(index), other.open.get(index)) {
                open.parts.either(&one.parts, &other.parts);
                open.holds_text = one.holds_text && other.holds_text;
            }
        }
        self.parts.either(&one.parts, &other.parts);
    }
}

struct Check<'a> {
    outlines: &'a BTreeMap<String, Outline>,
    pictures: &'a BTreeSet<String>,
    /// The templates that were read, where each of them went, and what was found.
    done: HashMap<(&'a str, Place), Done>,
    /// The templates that are being read, each of which includes the next. That they lead in a circle is told by
    /// the check of their paths, and what a circle would write is no fault of its own.
    reading: Vec<&'a str>,
    faults: Vec<Diagnostic>,
}

impl<'a> Check<'a> {
    /// Reads a template once for each place that it goes to, and anew where more elements are open around it;
    /// returns what it writes.
    fn template(&mut self, name: &'a str, place: Place, inclusion: Inclusion) -> Done {
        let elements = inclusion.elements;
        if let Some(done) = self.done.get(&(name, place)).filter(|done| done.elements >= elements) {
            return done.clone();
        }
        let is_read = inclusion.depth < DEEPEST && !self.reading.contains(&name);
        let Some(outline) = self.outlines.get(name).filter(|_| is_read) else { return Done::default() };
        self.reading.push(name);
        self.done.insert((name, place), Done { elements, ..Done::default() });
        let mut reader = Reader { check: self, source: &outline.source, place, inclusion };
        let mut state = State::default();
        reader.pieces(&outline.pieces, &mut state);
        for open in state.open.iter().filter(|open| open.name.is_some()) {
            reader.malformed(not_closed(&open.tag), open.span.clone());
        }
        self.reading.pop();
        let done = Done { articles: state.articles, parts: state.parts, elements };
        self.done.insert((name, place), done.clone());
        done
    }
}

/// Reads one template.
struct Reader<'a, 'c> {
    check: &'c mut Check<'a>,
    source: &'a Arc<SourceText>,
    place: Place,
    inclusion: Inclusion,
}

impl<'a> Reader<'a, '_> {
    fn pieces(&mut self, pieces: &'a [Piece], state: &mut State) {
        let mut rest = pieces.iter();
        while let Some(piece) = rest.next() {
            match piece {
                Piece::Text(span) => {
                    let mut span = span.clone();
                    // A tag may go on in the pieces after its text; then what follows it is read as a text of
                    // its own.
                    while let Some(start) = self.text(span.clone(), state) {
                        let Some(end) = self.scattered(start, span.end, &mut rest, state) else { return };
                        span = end;
                    }
                }
                Piece::Print(span) => self.characters(span.clone(), state),
                Piece::Rows(span) => self.placed(Name::Row, None, span, state),
                Piece::Block { repeats, body, inverse, .. } => self.block(*repeats, body, inverse, state),
                Piece::Partial { name, span } => {
                    let place = match state.open.last() {
                        Some(Open { name: Some(name), .. }) => Place::Within(*name),
                        Some(Open { name: None, .. }) => Place::Anywhere,
                        None => self.place,
                    };
                    if let Some((name, _)) = self.check.outlines.get_key_value(name) {
                        let elements = self.inclusion.elements + state.open.len();
                        let inclusion = Inclusion {
                            depth: self.inclusion.depth + 1,
                            elements: elements.min(tree::DEEPEST),
                        };
                        let done = self.check.template(name, place, inclusion);
                        state.articles += done.articles;
                        if let Place::Within(parent) = place {
                            let tag = Origin::new(self.source, span.clone());
                            let parts =
                                state.open.last_mut().map_or(&mut state.parts, |open| &mut open.parts);
                            let faults = parts.extend(parent, &done.parts, &tag);
                            for fault in faults {
                                self.keep(fault);
                            }
                        }
                    }
                }
            }
        }
    }

    /// Reads text up to its end, or to a tag that does not end in it, whose place it returns.
    fn text(&mut self, span: Range<usize>, state: &mut State) -> Option<usize> {
        let source: &'a SourceText = self.source;
        let mut at = span.start;
        while let Some(token) = tag::next(source.text(), at..span.end) {
            at = token.span.end;
            match token.lexed {
                Lexed::Characters => self.characters(token.span, state),
                Lexed::Slip(slip) => self.slip(&slip, token.span),
                Lexed::Comment => {}
                Lexed::Open { tag, attributes, is_empty } => {
                    self.open(tag, &attributes, is_empty, token.span, state);
                }
                Lexed::Close { tag } => self.close(tag, token.span, state),
                Lexed::Unended => return Some(token.span.start),
            }
        }
        None
    }

    /// Reads a tag that begins at the end of a text and has tags of the template in it: every way that it may
    /// come out is a tag. Returns the bytes of the text after it; none when it does not end.
    fn scattered(
        &mut self,
        start: usize,
        end: usize,
        rest: &mut std::slice::Iter<'a, Piece>,
        state: &mut State,
    ) -> Option<Range<usize>> {
        let source: &'a SourceText = self.source;
        let mut ways = vec![source.text()[start..end].to_owned()];
        let here = start..start + 1;
        for piece in rest.by_ref() {
            if let Piece::Text(span) = piece {
                let text = &source.text()[span.clone()];
                let whole = format!("{}{text}", ways[0]);
                let token = tag::next(&whole, 0..whole.len());
                if let Some(length) = token
                    .filter(|token| !matches!(token.lexed, Lexed::Unended))
                    .and_then(|token| token.span.end.checked_sub(ways[0].len()))
                {
                    let end = span.start + length;
                    for way in &mut ways {
                        way.push_str(&text[..length]);
                    }
                    self.ways(&ways, &here, state);
                    return Some(end..span.end);
                }
            }
            ways = self.extend(&ways, piece);
        }
        self.malformed(Text::both("标记没有写完，缺 `>`", "the tag has no `>`"), here);
        None
    }

    /// Adds to each way of writing a tag what a piece may put there.
    fn extend(&mut self, ways: &[String], piece: &'a Piece) -> Vec<String> {
        let source: &'a SourceText = self.source;
        let added = match piece {
            Piece::Text(span) => vec![source.text()[span.clone()].to_owned()],
            Piece::Print(span) | Piece::Rows(span) | Piece::Partial { span, .. } => {
                let reason = Text::both("标记里面不能印数据", "data cannot be printed inside a tag");
                self.malformed(reason, span.clone());
                vec![String::new()]
            }
            Piece::Block { body, inverse, .. } => [body, inverse]
                .into_iter()
                .flat_map(|branch| {
                    branch.iter().fold(vec![String::new()], |ways, piece| self.extend(&ways, piece))
                })
                .collect(),
        };
        let ways = ways.iter().flat_map(|way| added.iter().map(move |added| format!("{way}{added}")));
        ways.take(MOST_WAYS).collect()
    }

    /// Takes every way of writing a tag for a tag of its own; they all open or close the same element.
    fn ways(&mut self, ways: &[String], here: &Range<usize>, state: &mut State) {
        let mut after: Option<State> = None;
        for way in ways {
            let mut trial = state.clone();
            match tag::next(way, 0..way.len()) {
                Some(token) if token.span.end == way.len() => match token.lexed {
                    Lexed::Open { tag, attributes, is_empty } => {
                        let attributes: Vec<_> = attributes
                            .into_iter()
                            .map(|attribute| Attribute { span: here.clone(), ..attribute })
                            .collect();
                        self.open(tag, &attributes, is_empty, here.clone(), &mut trial);
                    }
                    Lexed::Close { tag } => self.close(tag, here.clone(), &mut trial),
                    Lexed::Comment => {}
                    Lexed::Slip(slip) => self.slip(&slip, here.clone()),
                    Lexed::Characters | Lexed::Unended => self.slip(&Slip::BareLess, here.clone()),
                },
                _ => self.slip(&Slip::BareLess, here.clone()),
            }
            match &after {
                Some(first) if !same(&first.open, &trial.open) => {
                    let reason = Text::both(
                        "随数据不同，这里开始或结束的标记也不同；每种情况都要写成一样的标记，只有属性可以不同",
                        "with other data another element is opened or closed here; write the same one in every case, only attributes may differ",
                    );
                    self.malformed(reason, here.clone());
                }
                Some(_) => {}
                None => after = Some(trial),
            }
        }
        if let Some(after) = after {
            *state = after;
        }
    }

    fn block(&mut self, repeats: bool, body: &'a [Piece], inverse: &'a [Piece], state: &mut State) {
        let mut branch = |pieces: &'a [Piece]| {
            let mut branch = state.branch();
            self.pieces(pieces, &mut branch);
            branch
        };
        let (first, second) = (branch(body), branch(inverse));
        if repeats {
            self.differ(&first, state, true);
            self.differ(&second, state, true);
            state.either(&first, &second);
            state.articles = first.articles.max(second.articles);
            return;
        }
        if same(&first.open, &second.open) {
            state.either(&first, &second);
            if first.open.len() < state.floor {
                state.closed.extend(first.closed);
            }
            let mut open = first.open;
            for (open, known) in open.iter_mut().zip(&state.open) {
                open.parts = known.parts.clone();
                open.holds_text = known.holds_text;
            }
            state.open = open;
            state.articles = first.articles.max(second.articles);
            return;
        }
        self.differ(&first, &second, false);
        self.differ(&second, &first, false);
        let shared = first.open.iter().zip(&second.open).take_while(|(one, other)| one.tag == other.tag);
        let shared = shared.count();
        state.open.truncate(shared);
        state.articles = first.articles.max(second.articles);
    }

    /// Complains of the elements that a branch leaves open or closes, unlike another.
    fn differ(&mut self, branch: &State, other: &State, alone: bool) {
        if same(&branch.open, &other.open) {
            return;
        }
        let shared = branch.open.iter().zip(&other.open).take_while(|(one, other)| one.tag == other.tag);
        let shared = shared.count();
        for open in branch.open.iter().skip(shared.max(branch.floor)).filter(|open| open.name.is_some()) {
            let tag = &open.tag;
            let reason = if alone {
                Text::both(
                    format!("`<{tag}>` 在块里开始，却没有在块里结束"),
                    format!("`<{tag}>` is opened in the block but not closed in it"),
                )
            } else {
                Text::both(
                    format!("`<{tag}>` 没有结束：块的另一种情况里没有它"),
                    format!("`<{tag}>` is not closed: the block's other text does not have it"),
                )
            };
            self.malformed(reason, open.span.clone());
        }
        if branch.open.len() < other.open.len() {
            for span in &branch.closed {
                let reason = Text::both(
                    "这里结束的标记是在块外开始的，块的另一种情况里却没有结束；把它移到块外",
                    "what is closed here was opened outside of the block, whose other text does not close it; move this out of the block",
                );
                self.malformed(reason, span.clone());
            }
        }
    }

    fn open(
        &mut self,
        tag: &str,
        attributes: &[Attribute<'_>],
        is_empty: bool,
        span: Range<usize>,
        state: &mut State,
    ) {
        if tag == Name::Data.tag() {
            self.tell(Diagnostic::new(&MARKUP_NOT_ALLOWED).with("construct", "<data>"), span.clone());
        }
        let name = Name::from_tag(tag);
        if name.is_none() {
            let fault = Diagnostic::new(&ELEMENT_UNKNOWN).with("name", tag);
            self.tell(fault.suggest(tag, Name::tags()), span.clone());
        }
        if let Some(name) = name.filter(|name| *name != Name::Data) {
            let kind = attributes.iter().find(|it| it.name == "kind").map(|it| it.value);
            self.placed(name, kind, &span, state);
            self.attributes(name, attributes, &span);
            state.articles += usize::from(name == Name::Article);
        }
        // Those further in are too deep with it.
        if self.inclusion.elements + state.open.len() == tree::DEEPEST {
            self.tell(Diagnostic::new(&MARKUP_TOO_DEEP).with("most", tree::DEEPEST), span.clone());
        }
        if !is_empty {
            state.open.push(Open {
                tag: tag.to_owned(),
                name,
                span,
                parts: Parts::default(),
                holds_text: false,
            });
        }
    }

    fn placed(&mut self, name: Name, kind: Option<&str>, span: &Range<usize>, state: &mut State) {
        let parent = match (state.open.last(), self.place) {
            (Some(open), _) => open.name,
            (None, Place::Within(parent)) => Some(parent),
            (None, Place::Anywhere) => None,
            (None, Place::Document) => {
                if name != Name::Article || state.articles > 0 {
                    self.malformed(one_article(), span.clone());
                }
                None
            }
        };
        if let Some(parent) = parent.filter(|parent| !parent.children().contains(&name)) {
            let fault = Diagnostic::new(&ELEMENT_MISPLACED).with("name", name.tag());
            let fault = fault.with("parent", parent.tag()).with("allowed", list(parent.children()));
            self.tell(fault, span.clone());
        } else if let Some(parent) = parent {
            let is_late = state.open.last().is_some_and(|open| open.holds_text || !open.parts.is_empty());
            if matches!(name, Name::Heading(_)) && parent == Name::Paragraph && is_late {
                self.tell(Diagnostic::new(&HEADING_NOT_FIRST).with("name", name.tag()), span.clone());
            }
            let parts = state.open.last_mut().map_or(&mut state.parts, |open| &mut open.parts);
            let here = Origin::new(self.source, span.clone());
            parts.add(parent, name.in_order(kind), &here).into_iter().for_each(|fault| self.keep(fault));
        }
    }

    fn attributes(&mut self, name: Name, attributes: &[Attribute<'_>], tag: &Range<usize>) {
        for key in name.required().iter().filter(|key| !attributes.iter().any(|it| it.name == **key)) {
            let fault = Diagnostic::new(&ATTRIBUTE_MISSING).with("name", name.tag());
            self.tell(fault.with("attribute", key), tag.clone());
        }
        for (index, Attribute { name: key, value, span }) in attributes.iter().enumerate() {
            if attributes[..index].iter().any(|earlier| earlier.name == *key) {
                let reason = Text::both(format!("`{key}` 写了两次"), format!("`{key}` twice"));
                self.malformed(reason, span.clone());
            } else if !name.attributes().contains(key) {
                let fault = Diagnostic::new(&ATTRIBUTE_UNKNOWN).with("name", name.tag());
                let fault = fault.with("attribute", key);
                self.tell(fault.suggest(key, name.attributes().iter().copied()), span.clone());
            } else if let Some(wanted) = wanted(name, key, value) {
                let fault = Diagnostic::new(&ATTRIBUTE_VALUE).with("attribute", key).with("value", value);
                self.tell(fault.with("wanted", wanted), span.clone());
            } else if name == Name::Image && *key == "src" && !self.check.pictures.contains(*value) {
                let fault = Diagnostic::new(&IMAGE_MISSING).with("file", value);
                let known = self.check.pictures.iter().map(String::as_str);
                self.tell(fault.suggest(value, known), span.clone());
            }
        }
    }

    fn close(&mut self, tag: &str, span: Range<usize>, state: &mut State) {
        let is_meant = |open: &Open| {
            open.tag == tag || (open.name.is_none() && nearest(&open.tag, Name::tags()) == Some(tag))
        };
        if state.open.last().is_some_and(is_meant) {
            let ended = state.open.pop();
            if let Some(open) = ended.filter(|open| open.name == Some(Name::Signature))
                && !open.parts.is_empty()
                && !open.parts.has(Name::Signer)
            {
                self.tell(Diagnostic::new(&SIGNATURE_UNNAMED), open.span);
            }
            if state.open.len() < state.floor {
                state.closed.push(span);
            }
            return;
        }
        if Name::from_tag(tag).is_none() {
            let fault = Diagnostic::new(&ELEMENT_UNKNOWN).with("name", tag);
            self.tell(fault.suggest(tag, Name::tags()), span);
            // It was meant to close what is open.
            if state.open.len() > state.floor {
                state.open.pop();
            }
            return;
        }
        let begun = state.open.iter().rposition(|open| open.tag == tag);
        let Some(index) = begun.filter(|index| *index >= state.floor) else {
            let reason = Text::both(
                format!("`</{tag}>` 前面没有开着的 `<{tag}>`，补上开头，或删去这个结尾"),
                format!("no `<{tag}>` is open before `</{tag}>`; add that, or take this away"),
            );
            return self.malformed(reason, span);
        };
        let line = self.source.position(span.start).line;
        for open in state.open.drain(index..).skip(1).filter(|open| open.name.is_some()) {
            let inner = &open.tag;
            let reason = Text::both(
                format!("`<{inner}>` 应先由 `</{inner}>` 结束，第{line}行却是 `</{tag}>`"),
                format!("`<{inner}>` needs `</{inner}>` first, but line {line} has `</{tag}>`"),
            );
            self.malformed(reason, open.span);
        }
    }

    /// Sees that text may stand where it does.
    fn characters(&mut self, span: Range<usize>, state: &mut State) {
        let text = self.source.text().get(span.clone()).unwrap_or_default();
        if let Some((at, reason)) = stray_braces(text).filter(|_| !text.starts_with("{{")) {
            self.malformed(reason, span.start + at.start..span.start + at.end);
        }
        let Some(at) = text.find(|c| !is_space(c)) else { return };
        let span = span.start + at..span.start + text.trim_end_matches(is_space).len();
        // One character shows where it is; a tag is shown whole.
        let span = if text.starts_with("{{") { span } else { span.start..span.start };
        if let Some(open) = state.open.last_mut() {
            open.holds_text = true;
        }
        let parent = match (state.open.last(), self.place) {
            (Some(open), _) => open.name,
            (None, Place::Within(parent)) => Some(parent),
            (None, Place::Anywhere) => None,
            (None, Place::Document) => return self.malformed(one_article(), span),
        };
        if let Some(parent) = parent.filter(|parent| !parent.holds_text()) {
            let fault = Diagnostic::new(&TEXT_MISPLACED).with("parent", parent.tag());
            self.tell(fault.with("allowed", list(parent.children())), span);
        }
    }

    fn slip(&mut self, slip: &Slip, span: Range<usize>) {
        match slip.reason() {
            Ok(reason) => self.malformed(reason, span),
            Err(construct) => {
                self.tell(Diagnostic::new(&MARKUP_NOT_ALLOWED).with("construct", construct), span);
            }
        }
    }

    fn malformed(&mut self, reason: Text, span: Range<usize>) {
        self.tell(Diagnostic::new(&MARKUP_MALFORMED).with("reason", reason), span);
    }

    /// Keeps a fault; a template that goes to two places has its faults once.
    fn tell(&mut self, fault: Diagnostic, span: Range<usize>) {
        self.keep(fault.at(Origin::new(self.source, span)));
    }

    fn keep(&mut self, fault: Diagnostic) {
        // Everything after an attachment stands wrong; the first of it says so.
        let is_known = |known: &Diagnostic| {
            *known == fault
                || known.entry == fault.entry
                    && known.entry == &ELEMENT_OUT_OF_ORDER
                    && known.origin == fault.origin
        };
        if !self.check.faults.iter().any(is_known) {
            self.check.faults.push(fault);
        }
    }
}

fn same(one: &[Open], other: &[Open]) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(one, other)| one.tag == other.tag)
}

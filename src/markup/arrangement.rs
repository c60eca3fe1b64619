//! Says which elements stand once in what holds them and in which order, and sees that those of a document do.
//!
//! Of what stands twice where one is printed, one would be lost without a word, and what follows an attachment
//! would be printed on its pages.

use super::tree::Element;
use super::vocabulary::Name;
use crate::diag::catalogue::markup::{ELEMENT_OUT_OF_ORDER, ELEMENT_REPEATED};
use crate::diag::{Diagnostic, Origin, Text};
use crate::fill::Filled;

use Name::{
    Annotation, Article, Attachment, Attachments, Byline, Caption, Chart, Copies, CopyNumber, Date, Heading,
    Imprint, Mark, Note, Number, Paragraph, Picture, Post, Printer, RedHead, Roster, Secrecy, Signature,
    Signer, Suffix, Table, Title, Urgency,
};

/// Returns the elements that stand once in another.
fn once(parent: Name) -> &'static [Name] {
    match parent {
        Article => &[RedHead, Title, Byline, Signature, Imprint],
        Attachment => &[Title, Byline],
        RedHead => &[CopyNumber, Secrecy, Urgency, Mark, Number],
        Mark => &[Suffix],
        Signature => &[Date],
        Signer => &[Post, Picture],
        Imprint => &[Copies, Printer, Date],
        Table | Chart => &[Caption],
        _ => &[],
    }
}

/// Tells whether an element may stand after another in what holds both (GB/T 9704-2012, 7.2 to 7.4).
fn may_follow(parent: Name, earlier: Name, later: Name) -> bool {
    match (parent, earlier) {
        (Article, Imprint) => false,
        (Article, Attachment) => matches!(later, Attachment | Imprint),
        // 附注 stands below the date, and what a city adds to it; the text itself is over.
        (Article, Signature) => {
            !matches!(later, RedHead | Title | Byline | Heading(_) | Paragraph | Attachments)
        }
        (Article, Title | Byline) => later != RedHead,
        // A line of text may stand above the title, such as what the document is as long as it is not final; no byline
        // stands below the text.
        (Article, Paragraph | Annotation | Note | Roster) => !matches!(later, RedHead | Byline),
        (Article, Heading(_) | Table | Chart) => !matches!(later, RedHead | Title | Byline),
        (Attachment, Title) => true,
        (Attachment, Byline) => later != Title,
        (Attachment, _) => !matches!(later, Title | Byline),
        _ => true,
    }
}

/// Tells whether an element is forgotten when the title comes: above it stands what does not begin the text.
fn stands_above_title(parent: Name, name: Name) -> bool {
    parent == Article && matches!(name, Paragraph | Annotation | Note | Roster)
}

/// Two elements that cannot both stand where they do.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clash {
    parent: Name,
    earlier: Name,
    later: Name,
}

impl Clash {
    /// Returns the clash of an element with one before it, if there is one.
    pub(super) fn of(parent: Name, earlier: Name, later: Name) -> Option<Self> {
        let clash = Self { parent, earlier, later };
        (clash.is_repeated() || !may_follow(parent, earlier, later)).then_some(clash)
    }

    fn is_repeated(self) -> bool {
        self.earlier == self.later && once(self.parent).contains(&self.later)
    }

    /// Tells whether the first has come too soon, not the second too late: everything after it stands wrong.
    pub(super) fn is_too_soon(self) -> bool {
        !self.is_repeated() && matches!(self.earlier, Attachment | Signature | Imprint)
    }

    /// Tells of it, from the places of the two.
    pub(super) fn tell(self, earlier: Option<Origin>, later: Option<Origin>) -> Diagnostic {
        let Self { parent, earlier: first, later: second } = self;
        let is_repeated = self.is_repeated();
        let fault = if is_repeated {
            Diagnostic::new(&ELEMENT_REPEATED).with("parent", parent.tag())
        } else {
            Diagnostic::new(&ELEMENT_OUT_OF_ORDER).with("earlier", first.tag())
        };
        let fault = fault.with("name", second.tag());
        let ends = self.is_too_soon();
        let (here, there, other) = if ends { (earlier, later, second) } else { (later, earlier, first) };
        let fault = match there {
            Some(there) => fault.hint(elsewhere(other.tag(), &there, !ends)),
            None => fault,
        };
        Diagnostic { origin: here, ..fault }
    }
}

fn elsewhere(tag: &str, origin: &Origin, is_earlier: bool) -> Text {
    let (file, line) = (origin.source.name(), origin.source.position(origin.span.start).line);
    let (zh, en) = if is_earlier { ("前面的", "the earlier") } else { ("后面的", "the later") };
    Text::both(
        format!("{zh} `<{tag}>` 在 {file} 第{line}行"),
        format!("{en} `<{tag}>` is in {file}, line {line}"),
    )
}

/// Finds what stands twice or in the wrong order in an article.
pub(super) fn check(article: &Element, filled: &Filled) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    check_element(article, filled, &mut faults);
    faults
}

fn check_element(element: &Element, filled: &Filled, faults: &mut Vec<Diagnostic>) {
    let parent = element.name;
    if once(parent).is_empty() {
        return;
    }
    // The first of each kind, where it is and whether it has been told that it has come too soon.
    let mut seen: Vec<(Name, usize, bool)> = Vec::new();
    for child in element.elements() {
        let name = child.name.in_order(child.attribute("kind"));
        if name == Title {
            seen.retain(|(earlier, ..)| !stands_above_title(parent, *earlier));
        }
        let clash = seen.iter_mut().find_map(|(earlier, at, is_told)| {
            let clash = Clash::of(parent, *earlier, name)?;
            let is_known = clash.is_too_soon() && std::mem::replace(is_told, true);
            Some((*at, clash, is_known))
        });
        if let Some((at, clash, false)) = clash {
            let place = |at| filled.map.origin(at);
            faults.push(clash.tell(place(at), place(child.span.start)));
        }
        if !seen.iter().any(|(earlier, ..)| *earlier == name) {
            seen.push((name, child.span.start, false));
        }
        check_element(child, filled, faults);
    }
}

/// The elements that stand directly in another, as far as a template has been read: the first of each kind.
#[derive(Clone, Debug, Default)]
pub(super) struct Parts(Vec<Part>);

#[derive(Clone, Debug)]
struct Part {
    name: Name,
    origin: Origin,
    when: When,
}

/// When an element stands where it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum When {
    /// Whenever what is being read is written.
    Always,
    /// With some data, and what is being read is written with them too.
    Sometimes,
    /// With some data, with which what is being read may never be written.
    Elsewhere,
}

impl Parts {
    /// Adds an element that is surely written here. Returns what is wrong with where it stands.
    pub(super) fn add(&mut self, parent: Name, name: Name, origin: &Origin) -> Option<Diagnostic> {
        let one = Self(vec![Part { name, origin: origin.clone(), when: When::Always }]);
        self.extend(parent, &one, origin).pop()
    }

    /// Adds the elements of an included template. Returns what is wrong with where they stand.
    ///
    /// Two that are both written only with some data are no fault: the same data may never write both.
    pub(super) fn extend(&mut self, parent: Name, others: &Self, tag: &Origin) -> Vec<Diagnostic> {
        if once(parent).is_empty() && parent != Paragraph {
            return Vec::new();
        }
        let mut before = self.0.len();
        let mut faults = Vec::new();
        for part in &others.0 {
            if part.name == Title {
                // They stand first, those of the other text behind them.
                let above = |known: &Part| stands_above_title(parent, known.name);
                before -= self.0[..before].iter().filter(|known| above(known)).count();
                self.0.retain(|known| !above(known));
            }
            let clash = self.0[..before].iter().find_map(|earlier| {
                let clash = Clash::of(parent, earlier.name, part.name)?;
                let meet = match earlier.when {
                    // A title that other data have may stand between the two.
                    _ if part.name == Byline && stands_above_title(parent, earlier.name) => {
                        earlier.when == When::Always && part.when == When::Always
                    }
                    When::Always => true,
                    When::Sometimes => part.when == When::Always,
                    When::Elsewhere => false,
                };
                meet.then_some((earlier, clash))
            });
            if let Some((earlier, clash)) = clash {
                // A template that is included twice has both in one place.
                let here = if earlier.origin == part.origin { tag } else { &part.origin };
                faults.push(clash.tell(Some(earlier.origin.clone()), Some(here.clone())));
            }
            match self.0.iter_mut().find(|known| known.name == part.name) {
                Some(known) if part.when == When::Always => known.when = When::Always,
                Some(known) if known.when == When::Elsewhere => known.when = part.when,
                Some(_) => {}
                None => self.0.push(part.clone()),
            }
        }
        faults
    }

    /// Tells whether nothing is known to stand there.
    pub(super) fn is_empty(&self) -> bool {
        !self.0.iter().any(|part| part.when == When::Always)
    }

    /// Tells whether an element stands there, with some data at least.
    pub(super) fn has(&self, name: Name) -> bool {
        self.0.iter().any(|part| part.name == name)
    }

    /// Returns what is known within one of a block's texts of the elements before the block.
    pub(super) fn within(mut self) -> Self {
        for part in self.0.iter_mut().filter(|part| part.when == When::Sometimes) {
            part.when = When::Elsewhere;
        }
        self
    }

    /// Takes the elements for those after a block, from those after each of its two texts; until now they were
    /// those before it.
    pub(super) fn either(&mut self, one: &Self, other: &Self) {
        let before = std::mem::take(&mut self.0);
        let when = |parts: &[Part], name| parts.iter().find(|part| part.name == name).map(|part| part.when);
        for part in one.0.iter().chain(&other.0) {
            if when(&self.0, part.name).is_some() {
                continue;
            }
            let both = [when(&one.0, part.name), when(&other.0, part.name)];
            let when = match both {
                [Some(When::Always), Some(When::Always)] => When::Always,
                [Some(When::Elsewhere), Some(When::Elsewhere)] => {
                    when(&before, part.name).unwrap_or(When::Elsewhere)
                }
                _ => When::Sometimes,
            };
            self.0.push(Part { when, ..part.clone() });
        }
    }
}

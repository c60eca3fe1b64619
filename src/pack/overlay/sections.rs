//! Changes the order of a base's sections as an overlay says: some dropped, some added, some moved.

use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeArray, DeValue};

use crate::diag::catalogue::overlay::{OVERRIDE_PRESENT, OVERRIDE_UNMATCHED, SECTION_PLACE};
use crate::diag::catalogue::pack::MANIFEST_SYNTAX;
use crate::diag::{Diagnostic, Origin, SourceText, Text};
use crate::pack::keys::{Faults, Keys, Read};

/// What becomes of the base's sections, in this order.
struct Changes {
    /// Sections that are left out.
    drop: Vec<Spanned<String>>,
    /// Templates that become sections.
    add: Vec<Spanned<Place>>,
    /// Sections that stand elsewhere.
    moves: Vec<Spanned<Place>>,
    /// Sections that change places among themselves: where they stand together, they then stand in this order.
    order: Vec<Spanned<String>>,
}

/// A section and where it goes.
struct Place {
    name: Spanned<String>,
    before: Option<Spanned<String>>,
    after: Option<Spanned<String>>,
}

impl Read for Changes {
    fn read(value: Spanned<DeValue<'_>>, faults: &mut Faults<'_>) -> Option<Self> {
        let mut keys = Keys::of(value, faults)?;
        let [drop, order] = ["drop", "order"].map(|key| keys.may(key).unwrap_or_default());
        let [add, moves] = ["add", "move"].map(|key| keys.may(key).unwrap_or_default());
        keys.end();
        Some(Self { drop, add, moves, order })
    }
}

impl Read for Place {
    fn read(value: Spanned<DeValue<'_>>, faults: &mut Faults<'_>) -> Option<Self> {
        let mut keys = Keys::of(value, faults)?;
        let name = keys.must("name");
        let (before, after) = (keys.may("before"), keys.may("after"));
        keys.end();
        Some(Self { name: name?, before, after })
    }
}

/// The sections in their order, each with the place that names it.
type Sections = Vec<Spanned<String>>;

/// Changes the sections of a base, a list, as an overlay's table says. Puts the new list back.
///
/// Finds every change that matches nothing in the base. Places are the whole's, `source`.
pub(super) fn change<'a>(
    source: &Arc<SourceText>,
    base: &mut Spanned<DeValue<'a>>,
    own: Spanned<DeValue<'a>>,
    faults: &mut Vec<Diagnostic>,
) {
    let span = own.span();
    if !matches!(own.get_ref(), DeValue::Table(_)) {
        let reason = Text::both(
            "改在别的模板包之上的，`[sections]` 是一张表，里面写 `drop`（不要的）、`add`（新增的）、`move`（移动的）、`order`（重排的）",
            "`[sections]` of a pack that stands on another is a table of `drop`, `add`, `move` and `order`",
        );
        let fault = Diagnostic::new(&MANIFEST_SYNTAX).with("reason", reason);
        return faults.push(fault.at(Origin::new(source, span)));
    }
    let mut misread = Faults::new(source, (&MANIFEST_SYNTAX, "reason"));
    let changes = Changes::read(own, &mut misread);
    faults.append(&mut misread.found);
    let Some(changes) = changes else { return };
    let DeValue::Array(list) = base.get_ref() else { return };
    let mut sections: Sections = list
        .iter()
        .filter_map(|item| match item.get_ref() {
            DeValue::String(name) => Some(Spanned::new(item.span(), name.clone().into_owned())),
            _ => None,
        })
        .collect();
    Change { source, sections: &mut sections, dropped: Vec::new(), faults }.all(&changes);
    let list: DeArray<'a> = sections
        .into_iter()
        .map(|name| Spanned::new(name.span(), DeValue::String(name.into_inner().into())))
        .collect();
    *base = Spanned::new(span, DeValue::Array(list));
}

struct Change<'a> {
    source: &'a Arc<SourceText>,
    sections: &'a mut Sections,
    /// The sections that were left out.
    dropped: Vec<String>,
    faults: &'a mut Vec<Diagnostic>,
}

impl Change<'_> {
    fn all(&mut self, changes: &Changes) {
        for name in &changes.drop {
            if let Some(at) = self.find(name) {
                self.sections.remove(at);
                self.dropped.push(name.get_ref().clone());
            }
        }
        for place in &changes.add {
            let Place { name, .. } = place.get_ref();
            if self.position(name.get_ref()).is_some() {
                let fault = Diagnostic::new(&OVERRIDE_PRESENT).with("what", section());
                self.tell(fault.with("name", name.get_ref()), name);
            } else if let Some(at) = self.place(place) {
                self.sections.insert(at, name.clone());
            }
        }
        for place in &changes.moves {
            let Place { name, .. } = place.get_ref();
            let Some(from) = self.find(name) else { continue };
            let section = self.sections.remove(from);
            let to = self.place(place).unwrap_or(from);
            self.sections.insert(to, section);
        }
        let mut places: Vec<usize> = changes.order.iter().filter_map(|name| self.find(name)).collect();
        let wanted: Vec<_> = places.iter().map(|at| self.sections[*at].clone()).collect();
        places.sort_unstable();
        if places.windows(2).any(|pair| pair[0] == pair[1]) {
            let expected = Text::both("`order` 里每节只写一次", "each section once in `order`");
            if let Some(first) = changes.order.first() {
                self.tell(Diagnostic::new(&SECTION_PLACE).with("expected", expected), first);
            }
            return;
        }
        for (at, section) in places.into_iter().zip(wanted) {
            self.sections[at] = section;
        }
    }

    fn position(&self, name: &str) -> Option<usize> {
        self.sections.iter().position(|section| section.get_ref() == name)
    }

    /// Returns a section's place in the list; complains when there is none.
    fn find(&mut self, name: &Spanned<String>) -> Option<usize> {
        let found = self.position(name.get_ref());
        if found.is_none() && self.dropped.contains(name.get_ref()) {
            let expected = Text::both(
                format!("留下的节，`{}` 已写在 `drop` 里", name.get_ref()),
                format!("sections that are left: `drop` has `{}`", name.get_ref()),
            );
            self.tell(Diagnostic::new(&SECTION_PLACE).with("expected", expected), name);
        } else if found.is_none() {
            let fault = Diagnostic::new(&OVERRIDE_UNMATCHED).with("what", section());
            let known = self.sections.iter().map(|section| section.get_ref().as_str());
            let fault = fault.with("name", name.get_ref()).suggest(name.get_ref(), known);
            self.tell(fault, name);
        }
        found
    }

    /// Returns where a section is to go.
    fn place(&mut self, place: &Spanned<Place>) -> Option<usize> {
        match (&place.get_ref().before, &place.get_ref().after) {
            (Some(before), None) => self.find(before),
            (None, Some(after)) => self.find(after).map(|at| at + 1),
            _ => {
                let expected = Text::both("`before` 或 `after` 中的一个", "one of `before` and `after`");
                self.tell(Diagnostic::new(&SECTION_PLACE).with("expected", expected), place);
                None
            }
        }
    }

    fn tell<T>(&mut self, fault: Diagnostic, place: &Spanned<T>) {
        self.faults.push(fault.at(Origin::new(self.source, place.span())));
    }
}

fn section() -> Text {
    Text::both("节", "section")
}

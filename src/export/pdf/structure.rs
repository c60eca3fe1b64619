//! Writes the structure tree (ISO 32000-1, 14.7) and the way back from the marks to it.
//!
//! The order of a parent's children is that of their first marks on the pages; a child without a mark, such
//! as an empty cell, a footnote and a seal stay behind the child before it.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId, StringFormat, dictionary};

use super::content::PageContent;
use super::metadata::text_string;
use super::syntax::place;
use crate::page::{Content, FrameItem, Pages, Role, StructureElement};
use crate::units::Rect;

/// What is below an element: another one, or a mark on a page.
#[derive(Clone, Copy)]
enum Kid {
    Element(usize),
    Mark { page: usize, mark: usize },
}

/// Writes the tree and returns its root.
pub(super) fn write(
    document: &mut Document,
    pages: &Pages,
    contents: &[PageContent],
    page_ids: &[ObjectId],
) -> ObjectId {
    let elements = &pages.structure;
    let kids = kids(elements, contents);
    let kept = kept(elements, &kids.below);
    let mut frames = frames(pages);
    let root = document.new_object_id();
    let top = document.new_object_id();
    let ids: Vec<_> = elements.iter().map(|_| document.new_object_id()).collect();

    // Headings are those of the title, where the document begins with one: an attachment's is none of theirs.
    let mut headings = elements.iter().filter(|one| matches!(one.role, Role::Title | Role::Heading(_)));
    let titles = u8::from(headings.next().is_some_and(|first| first.role == Role::Title));
    let mut level = 0;
    let mut notes = Vec::new();
    for (index, element) in elements.iter().enumerate().filter(|(index, _)| kept[*index]) {
        let parent = element.parent.map_or(top, |parent| ids[parent]);
        let mut entry = dictionary! { "Type" => "StructElem", "P" => parent };
        entry.set("S", name(structure_type(element.role, titles, &mut level)));
        let own = &kids.below[index];
        if let Some(page) = own.iter().find_map(Kid::page) {
            entry.set("Pg", page_ids[page]);
            entry.set("K", below(own, Some(page), &ids, &kept, page_ids));
        } else {
            entry.set("K", below(own, None, &ids, &kept, page_ids));
        }
        if let Some(alternative) = &element.alternative {
            entry.set("Alt", text_string(alternative));
        }
        if let Some(attributes) = attributes(index, elements).or_else(|| frames.remove(&index)) {
            entry.set("A", attributes);
        }
        if element.role == Role::Note {
            // Sorted as bytes are, which the name tree asks for.
            let id = Object::String(format!("note-{index:06}").into_bytes(), StringFormat::Literal);
            entry.set("ID", id.clone());
            notes.extend([id, Object::Reference(ids[index])]);
        }
        document.objects.insert(ids[index], Object::Dictionary(entry));
    }

    let first = below(&kids.top, None, &ids, &kept, page_ids);
    let entry = dictionary! { "Type" => "StructElem", "S" => "Document", "P" => root, "K" => first };
    document.objects.insert(top, Object::Dictionary(entry));
    let mut entry = dictionary! {
        "Type" => "StructTreeRoot",
        "K" => top,
        "ParentTree" => parent_tree(document, contents, &ids),
        "ParentTreeNextKey" => contents.len() as i64,
    };
    if !notes.is_empty() {
        entry.set("IDTree", document.add_object(dictionary! { "Names" => notes }));
    }
    document.objects.insert(root, Object::Dictionary(entry));
    root
}

struct Kids {
    top: Vec<Kid>,
    below: Vec<Vec<Kid>>,
}

impl Kid {
    fn page(&self) -> Option<usize> {
        match self {
            Self::Element(_) => None,
            Self::Mark { page, .. } => Some(*page),
        }
    }
}

/// Puts elements and marks below their parents in the order of the pages.
fn kids(elements: &[StructureElement], contents: &[PageContent]) -> Kids {
    let mut first: Vec<Option<usize>> = vec![None; elements.len()];
    let mut below: Vec<Vec<(usize, Kid)>> = vec![Vec::new(); elements.len()];
    let marks = contents.iter().enumerate().flat_map(|(page, content)| {
        content.marks.iter().enumerate().map(move |(mark, element)| (page, mark, *element))
    });
    for (position, (page, mark, element)) in marks.enumerate() {
        below[element].push((position, Kid::Mark { page, mark }));
        let mut ancestor = Some(element);
        while let Some(index) = ancestor.filter(|index| first[*index].is_none()) {
            first[index] = Some(position);
            ancestor = elements[index].parent;
        }
    }
    let mut top = Vec::new();
    // The place of the last child, for those without a mark.
    let mut last: BTreeMap<Option<usize>, usize> = BTreeMap::new();
    for (index, element) in elements.iter().enumerate() {
        let own = first[index].filter(|_| !element.follows && !is_footnote(elements, index));
        let position = own.or(last.get(&element.parent).copied()).unwrap_or(0);
        last.insert(element.parent, position);
        let kid = (position, Kid::Element(index));
        match element.parent {
            Some(parent) => below[parent].push(kid),
            None => top.push(kid),
        }
    }
    let sorted = |mut kids: Vec<(usize, Kid)>| {
        kids.sort_by_key(|(position, _)| *position);
        kids.into_iter().map(|(_, kid)| kid).collect::<Vec<_>>()
    };
    Kids { top: sorted(top), below: below.into_iter().map(sorted).collect() }
}

/// Tells whether an element is a footnote: it stands at the page's foot and is read behind its mark.
fn is_footnote(elements: &[StructureElement], index: usize) -> bool {
    let reference = index.checked_sub(1).map(|before| &elements[before]);
    elements[index].role == Role::Note
        && reference
            .is_some_and(|before| before.role == Role::Reference && before.parent == elements[index].parent)
}

/// Tells which elements are written: all but those that hold nothing, for an empty cell is still a cell.
fn kept(elements: &[StructureElement], below: &[Vec<Kid>]) -> Vec<bool> {
    let mut kept = vec![false; elements.len()];
    for index in (0..elements.len()).rev() {
        let is_cell = matches!(elements[index].role, Role::TableCell { .. } | Role::TableHeader { .. });
        kept[index] = is_cell
            || below[index].iter().any(|kid| match kid {
                Kid::Element(child) => kept[*child],
                Kid::Mark { .. } => true,
            });
    }
    kept
}

fn below(
    kids: &[Kid],
    page: Option<usize>,
    ids: &[ObjectId],
    kept: &[bool],
    page_ids: &[ObjectId],
) -> Object {
    let mut written: Vec<Object> = Vec::with_capacity(kids.len());
    for kid in kids {
        match kid {
            Kid::Element(index) if kept[*index] => written.push(ids[*index].into()),
            Kid::Element(_) => {}
            Kid::Mark { page: own, mark } if Some(*own) == page => written.push((*mark as i64).into()),
            Kid::Mark { page: other, mark } => written.push(
                dictionary! { "Type" => "MCR", "Pg" => page_ids[*other], "MCID" => *mark as i64 }.into(),
            ),
        }
    }
    if written.len() == 1 { written.remove(0) } else { Object::Array(written) }
}

/// Leads from each page's marks to their elements (14.7.4.4).
fn parent_tree(document: &mut Document, contents: &[PageContent], ids: &[ObjectId]) -> ObjectId {
    let mut numbers = Vec::with_capacity(contents.len() * 2);
    for (page, content) in contents.iter().enumerate() {
        let parents: Vec<Object> = content.marks.iter().map(|element| ids[*element].into()).collect();
        numbers.push(Object::Integer(page as i64));
        numbers.push(document.add_object(Object::Array(parents)).into());
    }
    document.add_object(dictionary! { "Nums" => numbers })
}

/// Returns the standard structure type (14.8.4). Titles take so many levels of headings.
///
/// A heading's level never skips one (PDF/UA-1, 7.4.2): below a level 1, a level 3 is written as level 2.
fn structure_type(role: Role, titles: u8, level: &mut u8) -> &'static str {
    let mut heading = |wanted: u8| {
        *level = wanted.clamp(1, 6).min(*level + 1);
        ["H1", "H2", "H3", "H4", "H5", "H6"][usize::from(*level) - 1]
    };
    match role {
        Role::Title => heading(1),
        Role::Heading(wanted) => heading(wanted.saturating_add(titles)),
        Role::Paragraph => "P",
        Role::Span => "Span",
        Role::List => "L",
        Role::ListItem => "LI",
        Role::Label => "Lbl",
        Role::ListBody => "LBody",
        Role::Table => "Table",
        Role::Caption => "Caption",
        Role::TableHead => "THead",
        Role::TableBody => "TBody",
        Role::TableRow => "TR",
        Role::TableHeader { .. } => "TH",
        Role::TableCell { .. } => "TD",
        Role::Figure => "Figure",
        Role::Note => "Note",
        Role::Reference => "Reference",
    }
}

/// Returns what a table's cells and a list have to say of themselves (14.8.5).
fn attributes(index: usize, elements: &[StructureElement]) -> Option<Dictionary> {
    let spans = |columns: usize, rows: usize| {
        let mut entry = dictionary! { "O" => "Table" };
        if columns > 1 {
            entry.set("ColSpan", columns as i64);
        }
        if rows > 1 {
            entry.set("RowSpan", rows as i64);
        }
        entry
    };
    match elements[index].role {
        Role::TableHeader { columns, rows, names_row } => {
            let mut entry = spans(columns, rows);
            entry.set("Scope", name(if names_row { "Row" } else { "Column" }));
            Some(entry)
        }
        Role::TableCell { columns, rows } => Some(spans(columns, rows)).filter(|entry| entry.len() > 1),
        Role::List => {
            let item = |element: &StructureElement| {
                element.parent.is_some_and(|item| elements[item].parent == Some(index))
            };
            let labelled =
                elements[index..].iter().any(|element| element.role == Role::Label && item(element));
            let numbering = if labelled { "Decimal" } else { "None" };
            Some(dictionary! { "O" => "List", "ListNumbering" => numbering })
        }
        _ => None,
    }
}

/// Returns where the figures stand, by their elements: the box of all that each shows on its page, from the page's lower
/// left corner, in points (14.8.5.4.3; PDF/UA-1, 7.3).
fn frames(pages: &Pages) -> BTreeMap<usize, Dictionary> {
    let mut frames = BTreeMap::new();
    for page in &pages.pages {
        let mut edges: BTreeMap<usize, [f64; 4]> = BTreeMap::new();
        for item in &page.items {
            let Content::Element(element) = item.content() else { continue };
            if pages.structure[element].role != Role::Figure {
                continue;
            }
            let [left, top, right, bottom] =
                edges.entry(element).or_insert([f64::MAX, f64::MAX, f64::MIN, f64::MIN]);
            for (x, y) in corners(item) {
                (*left, *top) = (left.min(x), top.min(y));
                (*right, *bottom) = (right.max(x), bottom.max(y));
            }
        }
        let height = page.size.height.to_pt();
        for (element, [left, top, right, bottom]) in edges {
            let sides = [left, height - bottom, right, height - top].map(|side| Object::Real(place(side)));
            frames.entry(element).or_insert(dictionary! { "O" => "Layout", "BBox" => sides.to_vec() });
        }
    }
    frames
}

/// Returns corners that an item lies between, in points from the page's top left corner.
fn corners(item: &FrameItem) -> Vec<(f64, f64)> {
    let of = |rect: &Rect| {
        let (x, y) = (rect.origin.x, rect.origin.y);
        vec![(x.to_pt(), y.to_pt()), ((x + rect.size.width).to_pt(), (y + rect.size.height).to_pt())]
    };
    match item {
        FrameItem::Picture(picture) => of(&picture.rect),
        FrameItem::Fill(fill) => of(&fill.rect),
        FrameItem::Shape(shape) => {
            shape.points.iter().map(|point| (point.x.to_pt(), point.y.to_pt())).collect()
        }
        FrameItem::Text(run) => {
            // The em boxes, whatever ink they hold.
            let (size, origin) = (run.size, run.origin);
            let ends = run.glyphs.iter().flat_map(|glyph| [glyph.x, glyph.x + size]);
            let rows = [origin.y - size * 0.88, origin.y + size * 0.12];
            ends.zip(rows.into_iter().cycle()).map(|(x, y)| ((origin.x + x).to_pt(), y.to_pt())).collect()
        }
    }
}

fn name(name: &str) -> Object {
    Object::Name(name.as_bytes().to_vec())
}

//! Writes the outline (bookmarks), nested as the headings are, and the page labels.

use lopdf::{Document, Object, ObjectId, dictionary};

use super::metadata::text_string;
use super::syntax::place;
use crate::page::{OutlineItem, Pages};

/// Writes the outline and returns its root; `None` when there are no headings.
pub(super) fn write(document: &mut Document, pages: &Pages, page_ids: &[ObjectId]) -> Option<ObjectId> {
    let items = &pages.outline;
    if items.is_empty() {
        return None;
    }
    let root = document.new_object_id();
    let ids: Vec<_> = items.iter().map(|_| document.new_object_id()).collect();
    let parents = parents(items);
    // The items right below each item, and those below none.
    let mut below: Vec<Vec<usize>> = vec![Vec::new(); items.len()];
    let mut top = Vec::new();
    for (index, parent) in parents.iter().enumerate() {
        parent.map_or(&mut top, |parent| &mut below[parent]).push(index);
    }
    let mut open = vec![0; items.len()];
    for index in (0..items.len()).rev() {
        open[index] = below[index].iter().map(|child| 1 + open[*child]).sum();
    }

    for siblings in below.iter().chain([&top]) {
        for (position, &index) in siblings.iter().enumerate() {
            let item = &items[index];
            let height = pages.pages[item.page].size.height.to_pt();
            let destination: Vec<Object> = vec![
                page_ids[item.page].into(),
                "XYZ".into(),
                place(item.position.x.to_pt()).into(),
                place(height - item.position.y.to_pt()).into(),
                Object::Null,
            ];
            let mut entry = dictionary! {
                "Title" => text_string(&item.title),
                "Parent" => parents[index].map_or(root, |parent| ids[parent]),
                "Dest" => destination,
            };
            if position > 0 {
                entry.set("Prev", ids[siblings[position - 1]]);
            }
            if let Some(next) = siblings.get(position + 1) {
                entry.set("Next", ids[*next]);
            }
            if let (Some(first), Some(last)) = (below[index].first(), below[index].last()) {
                entry.set("First", ids[*first]);
                entry.set("Last", ids[*last]);
                entry.set("Count", open[index]);
            }
            document.objects.insert(ids[index], Object::Dictionary(entry));
        }
    }
    let entry = dictionary! {
        "Type" => "Outlines",
        "First" => ids[top[0]],
        "Last" => ids[top[top.len() - 1]],
        "Count" => items.len() as i64,
    };
    document.objects.insert(root, Object::Dictionary(entry));
    Some(root)
}

/// Finds for each item the one that it is below: the last before it of a lesser level.
fn parents(items: &[OutlineItem]) -> Vec<Option<usize>> {
    let mut path: Vec<usize> = Vec::new();
    let mut parents = Vec::with_capacity(items.len());
    for (index, item) in items.iter().enumerate() {
        while path.last().is_some_and(|above| items[*above].level >= item.level) {
            path.pop();
        }
        parents.push(path.last().copied());
        path.push(index);
    }
    parents
}

/// Returns the page labels: the numbers that the pages bear (ISO 32000-1, 12.4.2).
pub(super) fn page_labels(pages: &Pages) -> Object {
    let mut numbers: Vec<Object> = Vec::new();
    let mut expected = None;
    for (index, page) in pages.pages.iter().enumerate() {
        if expected != Some(page.number) {
            numbers.push((index as i64).into());
            let start = page.number.max(1) as i64;
            numbers.push(dictionary! { "S" => "D", "St" => start }.into());
        }
        expected = Some(page.number + 1);
    }
    dictionary! { "Nums" => numbers }.into()
}

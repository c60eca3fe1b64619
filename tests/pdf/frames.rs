//! What is no text says where it stands: each figure has the box of all that it shows (PDF/UA-1, 7.3).

use lopdf::{Dictionary, Document, Object};
use shizheng::export::pdf;
use shizheng::font::Fonts;
use shizheng::page::{Content, FrameItem, Pages, Role};

use crate::charts::drawn;
use crate::elements::laid;

/// How far a side may lie from where the pages have it, in points.
const NEAR: f64 = 0.01;

fn follow<'a>(file: &'a Document, object: &'a Object) -> &'a Object {
    file.dereference(object).unwrap().1
}

/// Gathers the boxes of the figures in the order of the structure: left, bottom, right, top, in points.
fn boxes(file: &Document, node: &Dictionary, found: &mut Vec<[f64; 4]>) {
    if node.get(b"S").is_ok_and(|kind| kind.as_name().unwrap() == b"Figure") {
        let attributes = follow(file, node.get(b"A").unwrap()).as_dict().unwrap();
        assert_eq!(attributes.get(b"O").unwrap().as_name().unwrap(), b"Layout");
        let sides = follow(file, attributes.get(b"BBox").unwrap()).as_array().unwrap();
        let sides: Vec<f64> = sides.iter().map(|side| f64::from(side.as_float().unwrap())).collect();
        found.push(sides.try_into().unwrap());
    }
    let Ok(kids) = node.get(b"K") else { return };
    let kids = match follow(file, kids) {
        Object::Array(kids) => kids.iter().collect(),
        kid => vec![kid],
    };
    for kid in kids {
        if let Object::Dictionary(kid) = follow(file, kid) {
            boxes(file, kid, found);
        }
    }
}

/// The places from the page's lower left corner that an item surely covers, each once.
fn covered(item: &FrameItem) -> Vec<(f64, f64)> {
    let places = match item {
        FrameItem::Picture(picture) => {
            let (corner, size) = (picture.rect.origin, picture.rect.size);
            vec![(corner.x, corner.y), (corner.x + size.width, corner.y + size.height)]
        }
        FrameItem::Fill(fill) => {
            let (corner, size) = (fill.rect.origin, fill.rect.size);
            vec![(corner.x, corner.y), (corner.x + size.width, corner.y + size.height)]
        }
        FrameItem::Shape(shape) => shape.points.iter().map(|point| (point.x, point.y)).collect(),
        FrameItem::Text(run) => {
            run.glyphs.iter().map(|glyph| (run.origin.x + glyph.x, run.origin.y)).collect()
        }
    };
    places.into_iter().map(|(x, y)| (x.to_pt(), y.to_pt())).collect()
}

/// The places that each figure covers, in the order of the structure.
fn shown(pages: &Pages) -> Vec<Vec<(f64, f64)>> {
    let figures = (0..pages.structure.len()).filter(|own| pages.structure[*own].role == Role::Figure);
    let of = |own: usize| {
        let all = pages.pages.iter().flat_map(|page| page.items.iter().map(move |item| (page, item)));
        let items = all.filter(move |(_, item)| item.content() == Content::Element(own));
        let places = items.flat_map(|(page, item)| {
            let height = page.size.height.to_pt();
            covered(item).into_iter().map(move |(x, y)| (x, height - y))
        });
        places.collect::<Vec<_>>()
    };
    figures.map(of).collect()
}

#[test]
fn figures_say_where_they_stand() {
    for (name, pages, count) in [
        ("document", laid("document"), 1),
        ("joint", laid("joint"), 3),
        ("order", laid("order"), 1),
        ("chart", drawn(), 1),
    ] {
        let file =
            Document::load_mem(&pdf::write(&pages, &Fonts::embedded(), None).unwrap().into_vec()).unwrap();
        let root = file.catalog().unwrap().get(b"StructTreeRoot").unwrap();
        let mut found = Vec::new();
        boxes(&file, follow(&file, root).as_dict().unwrap(), &mut found);
        let shown = shown(&pages);
        assert_eq!((found.len(), shown.len()), (count, count), "{name}");
        let is_text = |item: &FrameItem| matches!(item, FrameItem::Text(_));
        let has_text = pages.pages.iter().flat_map(|page| &page.items).any(|item| {
            is_text(item) && matches!(item.content(), Content::Element(own) if pages.structure[own].role == Role::Figure)
        });
        for ([left, bottom, right, top], places) in found.into_iter().zip(shown) {
            let outside = places.iter().find(|(x, y)| {
                *x < left - NEAR || *x > right + NEAR || *y < bottom - NEAR || *y > top + NEAR
            });
            assert_eq!(outside, None, "{name}: {left} {bottom} {right} {top}");
            // No larger than what is shown, but for the letters, whose boxes reach beyond where they begin.
            let slack = if has_text { 20.0 } else { NEAR };
            let edge = |of: fn(&(f64, f64)) -> f64, least: bool| {
                let all = places.iter().map(of);
                if least { all.fold(f64::MAX, f64::min) } else { all.fold(f64::MIN, f64::max) }
            };
            let edges = [
                edge(|at| at.0, true) - left,
                edge(|at| at.1, true) - bottom,
                right - edge(|at| at.0, false),
                top - edge(|at| at.1, false),
            ];
            assert!(edges.iter().all(|beyond| *beyond <= slack), "{name}: {edges:?}");
        }
    }
}

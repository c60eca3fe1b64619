//! Writes pages through krilla.

use std::collections::HashMap;
use std::num::{NonZeroU16, NonZeroU32};

use krilla::color::{cmyk, luma};
use krilla::configure::{Archival, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::icc::ICCProfile;
use krilla::metadata::{DateTime, Metadata};
use krilla::num::NormalizedF32;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule, Stroke, StrokeDash};
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ArtifactType, ContentTag, Identifier, ListNumbering, Node, SpanTag, TableHeaderScope, Tag,
    TagGroup, TagKind, TagTree,
};
use krilla::text::{Font, GlyphId, KrillaGlyph};
use krilla::{Document, SerializeSettings};
use shizheng::font::{FaceId, Fonts};
use shizheng::page::{Color, Content, FrameItem, OutlineItem, Pages, Paint, Role, Shape, TextRun};

/// The profile that our own files have.
const PROFILE: &[u8] = include_bytes!("../../../src/export/pdf/assets/cmyk.icc");

/// Writes the pages and returns the file.
pub fn write(pages: &Pages, fonts: &Fonts) -> Vec<u8> {
    let configuration = ConfigurationBuilder::new()
        .with_archival_validator(Archival::A2_A)
        .finish()
        .expect("one standard agrees with itself");
    let mut document = Document::new_with(SerializeSettings {
        configuration,
        cmyk_profile: ICCProfile::new(PROFILE),
        ..SerializeSettings::default()
    });
    let mut open = HashMap::new();
    let mut marks: Vec<(usize, Identifier)> = Vec::new();
    for page in &pages.pages {
        let (width, height) = (page.size.width.to_pt() as f32, page.size.height.to_pt() as f32);
        let mut sheet =
            document.start_page_with(PageSettings::from_wh(width, height).expect("a page has a size"));
        let mut surface = sheet.surface();
        for group in page.items.chunk_by(|one, next| content(one) == content(next)) {
            let tag = match content(&group[0]) {
                Content::Element(_) => ContentTag::Span(SpanTag::empty()),
                Content::Pagination => ContentTag::Artifact(Artifact::with_kind(ArtifactType::Footer)),
                Content::Layout => ContentTag::Artifact(Artifact::with_kind(ArtifactType::Other)),
            };
            let identifier = surface.start_tagged(tag);
            if let Content::Element(element) = content(&group[0]) {
                marks.push((element, identifier));
            }
            for item in group {
                draw(item, &mut surface, fonts, &mut open);
            }
            surface.end_tagged();
        }
        surface.finish();
        sheet.finish();
    }
    document.set_tag_tree(tree(pages, marks));
    document.set_outline(outline(&pages.outline));
    document.set_metadata(metadata(pages));
    document.finish().expect("krilla writes the pages")
}

fn content(item: &FrameItem) -> Content {
    item.content()
}

fn draw(item: &FrameItem, surface: &mut Surface<'_>, fonts: &Fonts, open: &mut HashMap<FaceId, Font>) {
    match item {
        FrameItem::Text(run) => {
            surface.set_fill(Some(paint(run.color)));
            let font = open.entry(run.face).or_insert_with(|| {
                let face = fonts.face(run.face);
                Font::new(face.data().to_vec().into(), face.index()).expect("the face is sound")
            });
            text(run, font.clone(), surface, fonts);
        }
        FrameItem::Fill(fill) => {
            surface.set_fill(Some(paint(fill.color)));
            let (origin, size) = (fill.rect.origin, fill.rect.size);
            let rect = Rect::from_xywh(
                origin.x.to_pt() as f32,
                origin.y.to_pt() as f32,
                size.width.to_pt() as f32,
                size.height.to_pt() as f32,
            );
            let mut path = PathBuilder::new();
            path.push_rect(rect.expect("a rule has a size"));
            surface.draw_path(&path.finish().expect("a rule is a path"));
        }
        FrameItem::Shape(shape) => self::shape(shape, surface),
        FrameItem::Picture(_) => panic!("documents with pictures are not compared: krilla packs them by itself"),
    }
}

/// Draws a line or an area of a chart.
fn shape(shape: &Shape, surface: &mut Surface<'_>) {
    let mut path = PathBuilder::new();
    for (nth, at) in shape.points.iter().enumerate() {
        let (x, y) = (at.x.to_pt() as f32, at.y.to_pt() as f32);
        if nth == 0 { path.move_to(x, y) } else { path.line_to(x, y) }
    }
    match shape.paint {
        Paint::Fill(color) => {
            surface.set_stroke(None);
            surface.set_fill(Some(paint(color)));
        }
        Paint::Stroke { color, width, dash } => {
            surface.set_fill(None);
            let dash = dash.to_pt() as f32;
            surface.set_stroke(Some(Stroke {
                paint: paint(color).paint,
                width: width.to_pt() as f32,
                dash: (dash > 0.0).then(|| StrokeDash { array: vec![dash], offset: 0.0 }),
                ..Stroke::default()
            }));
        }
    }
    if let Some(path) = path.finish() {
        surface.draw_path(&path);
    }
    surface.set_stroke(None);
}

fn paint(color: Color) -> Fill {
    let paint = match color {
        Color::Black => luma::Color::new(0).into(),
        Color::Gray(value) => luma::Color::new((value * 255.0) as u8).into(),
        Color::Red => cmyk::Color::new(0, 204, 204, 0).into(),
        Color::Cmyk(inks) => {
            let [c, m, y, k] = inks.map(|ink| (ink * 255.0).round() as u8);
            cmyk::Color::new(c, m, y, k).into()
        }
    };
    Fill { paint, opacity: NormalizedF32::ONE, rule: FillRule::default() }
}

fn text(run: &TextRun, font: Font, surface: &mut Surface<'_>, fonts: &Fonts) {
    let face = fonts.face(run.face);
    let shown: String = run.glyphs.iter().map(|glyph| glyph.character).collect();
    let mut start = 0;
    let mut glyphs = Vec::with_capacity(run.glyphs.len());
    for (nth, glyph) in run.glyphs.iter().enumerate() {
        let end = start + glyph.character.len_utf8();
        let advance = match run.glyphs.get(nth + 1) {
            Some(next) => (next.x - glyph.x) / run.size,
            None => face.advance(glyph.id).get(),
        };
        let id = GlyphId::new(u32::from(glyph.id));
        glyphs.push(KrillaGlyph::new(id, advance as f32, 0.0, 0.0, 0.0, start..end, None));
        start = end;
    }
    let Some(first) = run.glyphs.first() else { return };
    let x = (run.origin.x + first.x).to_pt() as f32;
    let origin = Point::from_xy(x, run.origin.y.to_pt() as f32);
    surface.draw_glyphs(origin, &glyphs, font, &shown, run.size.to_pt() as f32, false);
}

/// What is below an element, and where in the pages it begins.
enum Kid {
    Element(usize),
    Mark(Identifier),
}

/// Makes the tree that our own files have.
fn tree(pages: &Pages, marks: Vec<(usize, Identifier)>) -> TagTree {
    let count = pages.structure.len();
    let mut first = vec![usize::MAX; count];
    let mut below: Vec<Vec<(usize, Kid)>> = (0..count).map(|_| Vec::new()).collect();
    for (position, (element, identifier)) in marks.into_iter().enumerate() {
        below[element].push((position, Kid::Mark(identifier)));
        let mut ancestor = Some(element);
        while let Some(index) = ancestor {
            first[index] = first[index].min(position);
            ancestor = pages.structure[index].parent;
        }
    }
    let mut top = Vec::new();
    for (index, element) in pages.structure.iter().enumerate() {
        let kid = (first[index], Kid::Element(index));
        match element.parent {
            Some(parent) => below[parent].push(kid),
            None => top.push(kid),
        }
    }
    let mut tree = TagTree::new().with_lang(Some(pages.language.clone()));
    for node in nodes(top, pages, &mut below) {
        tree.push(node);
    }
    tree
}

fn nodes(mut kids: Vec<(usize, Kid)>, pages: &Pages, below: &mut [Vec<(usize, Kid)>]) -> Vec<Node> {
    kids.sort_by_key(|(position, _)| *position);
    let node = |kid| match kid {
        Kid::Mark(identifier) => Node::from(identifier),
        Kid::Element(index) => {
            let own = std::mem::take(&mut below[index]);
            let children = nodes(own, pages, below);
            Node::from(TagGroup::with_children(kind(pages.structure[index].role), children))
        }
    };
    kids.into_iter().map(|(_, kid)| kid).map(node).collect()
}

fn kind(role: Role) -> TagKind {
    let span = |count: usize| NonZeroU32::new(count as u32).filter(|count| count.get() > 1);
    match role {
        Role::Title | Role::Paragraph => Tag::P.into(),
        Role::Heading(level) => Tag::Hn(NonZeroU16::new(level.into()).expect("levels begin at 1"), None).into(),
        Role::Span => Tag::Span.into(),
        Role::List => Tag::L(ListNumbering::Decimal).into(),
        Role::ListItem => Tag::LI.into(),
        Role::Label => Tag::Lbl.into(),
        Role::ListBody => Tag::LBody.into(),
        Role::Table => Tag::Table.into(),
        Role::Caption => Tag::Caption.into(),
        Role::TableHead => Tag::THead.into(),
        Role::TableBody => Tag::TBody.into(),
        Role::TableRow => Tag::TR.into(),
        Role::TableHeader { columns, rows, names_row } => {
            let scope = if names_row { TableHeaderScope::Row } else { TableHeaderScope::Column };
            Tag::TH(scope).with_col_span(span(columns)).with_row_span(span(rows)).into()
        }
        Role::TableCell { columns, rows } => {
            Tag::TD.with_col_span(span(columns)).with_row_span(span(rows)).into()
        }
        Role::Figure => Tag::Figure(None).into(),
        Role::Note => Tag::Note.into(),
        Role::Reference => Tag::Reference.into(),
    }
}

/// Makes the bookmarks, nested as their levels are.
fn outline(items: &[OutlineItem]) -> Outline {
    let node = |item: &OutlineItem| {
        let point = Point::from_xy(item.position.x.to_pt() as f32, item.position.y.to_pt() as f32);
        OutlineNode::new(item.title.clone(), XyzDestination::new(item.page, point))
    };
    let mut outline = Outline::new();
    let mut rest = items;
    while let Some((first, after)) = rest.split_first() {
        let count = after.iter().take_while(|item| item.level > first.level).count();
        let mut parent = node(first);
        for child in &after[..count] {
            parent.push_child(node(child));
        }
        outline.push_child(parent);
        rest = &after[count..];
    }
    outline
}

fn metadata(pages: &Pages) -> Metadata {
    let mut metadata = Metadata::new()
        .title(pages.title.clone())
        .language(pages.language.clone())
        .producer("krilla".to_owned());
    if !pages.author.is_empty() {
        metadata = metadata.authors(vec![pages.author.clone()]);
    }
    let date = pages.date.as_deref().unwrap_or("2026-01-01");
    let mut parts = date.split('-').map(|part| part.parse::<u16>().expect("a date has numbers"));
    let mut next = || parts.next().unwrap_or(1);
    let (year, month, day) = (next(), next(), next());
    metadata.creation_date(DateTime::new(year).month(month as u8).day(day as u8))
}

//! Tells what only finished pages show, none of it an error: text that is not on page 1, names too long for their seals,
//! charts without room for their figures, letters of another face, pictures too coarse to print, secrets in what goes with
//! the pages.

use std::sync::Arc;

use crate::diag::catalogue::export::DATA_FILE_SECRET;
use crate::diag::catalogue::layout::{
    FIGURES_WITHOUT_ROOM, FIRST_PAGE_WITHOUT_TEXT, PICTURE_COARSE, SEAL_CANNOT_PRESS, SIGNED_WITHOUT_TEXT,
    STOPGAP_FACE,
};
use crate::diag::{Anchor, Diagnostic};
use crate::document::{self, Block, Document, Run};
use crate::page::{FrameItem, Pages, PlacedPicture};
use crate::picture::Picture;
use crate::units::Size;

/// Pictures of fewer points an inch than this print blurred.
const LEAST_RESOLUTION: f64 = 200.0;
/// As many points an inch print sharp.
const GOOD_RESOLUTION: f64 = 300.0;
const MM_OF_AN_INCH: f64 = 25.4;

/// Tells of a document's pages.
pub(crate) fn noticed(document: &Document, pages: &Pages) -> Vec<Diagnostic> {
    let without_text = pages.begins_without_text.then(|| Diagnostic::new(&FIRST_PAGE_WITHOUT_TEXT));
    let signed =
        pages.signed_without_text.map(|page| Diagnostic::new(&SIGNED_WITHOUT_TEXT).with("page", page));
    let unpressed = pages.unpressed.iter().map(|unpressed| {
        Diagnostic::new(&SEAL_CANNOT_PRESS)
            .with("name", unpressed.name.text.as_str())
            .with("lines", unpressed.lines)
            .with("beyond", format!("{:.0}", unpressed.beyond.to_mm()))
            .anchored(anchor(&unpressed.name))
    });
    let unlettered = pages.unlettered.iter().map(|chart| {
        Diagnostic::new(&FIGURES_WITHOUT_ROOM)
            .with("label", chart.label.as_str())
            .with("count", chart.count)
            .with("all", chart.all)
            .anchored(Anchor { path: None, ..anchor(&chart.figure) })
    });
    let characters: String = pages.stopgaps.iter().collect();
    let is_told = !characters.is_empty();
    let stopgaps = is_told.then(|| Diagnostic::new(&STOPGAP_FACE).with("characters", characters));
    let of_drawings = unlettered.chain(coarse(document, pages));
    without_text.into_iter().chain(signed).chain(unpressed).chain(of_drawings).chain(stopgaps).collect()
}

/// Tells of a document with a mark of secrecy whose data file goes with its pages.
pub(crate) fn secret_data(document: &Document) -> Option<Diagnostic> {
    let secrecy = &document.head()?.secrecy;
    let first = document::runs(secrecy).next()?;
    let told = Diagnostic::new(&DATA_FILE_SECRET).with("mark", document::text(secrecy));
    Some(told.anchored(anchor(first)))
}

/// Tells of the pictures that are too coarse for the size at which they are printed, of each once.
fn coarse(document: &Document, pages: &Pages) -> Vec<Diagnostic> {
    let mut printed: Vec<(&Arc<Picture>, Size)> = Vec::new();
    for item in pages.pages.iter().flat_map(|page| &page.items) {
        let FrameItem::Picture(placed) = item else { continue };
        let size = upright(placed);
        match printed.iter_mut().find(|(known, _)| Arc::ptr_eq(known, &placed.picture)) {
            Some((_, known)) if known.width < size.width => *known = size,
            Some(_) => {}
            None => printed.push((&placed.picture, size)),
        }
    }
    let told = printed.into_iter().filter_map(|(picture, size)| {
        let points = f64::from(picture.width);
        let inches = size.width.to_mm() / MM_OF_AN_INCH;
        if points / inches >= LEAST_RESOLUTION {
            return None;
        }
        // In whole points, the few that a measure's last digit makes left out.
        let wanted = |mm: f64| (mm / MM_OF_AN_INCH * GOOD_RESOLUTION - 0.01).ceil();
        let (width, height) = (size.width.to_mm(), size.height.to_mm());
        let (file, file_run) = file_of(document, picture)?;
        let told = Diagnostic::new(&PICTURE_COARSE)
            .with("file", file)
            .with("points", format!("{}×{}", picture.width, picture.height))
            .with("size", format!("{width:.0}×{height:.0}"))
            .with("resolution", format!("{:.0}", (points / inches).floor()))
            .with("wanted", format!("{}×{}", wanted(width), wanted(height)));
        Some(match file_run {
            Some(run) => told.anchored(anchor(run)),
            None => told,
        })
    });
    told.collect()
}

/// Returns the size of a picture as if it were not turned.
fn upright(placed: &PlacedPicture) -> Size {
    let Size { width, height } = placed.rect.size;
    if placed.turned { Size::new(height, width) } else { Size::new(width, height) }
}

/// Returns a picture's file, and where the data name it: the pack's pictures are named by its templates.
fn file_of<'a>(document: &'a Document, picture: &Arc<Picture>) -> Option<(&'a str, Option<&'a Run>)> {
    let is_it = |own: &Option<Arc<Picture>>| own.as_ref().is_some_and(|own| Arc::ptr_eq(own, picture));
    document.blocks.iter().find_map(|block| match block {
        Block::Image(image) if is_it(&image.picture) => Some((image.file.as_str(), None)),
        Block::Signature(signature) => {
            let seal = signature.seals().find(|seal| is_it(&seal.picture))?;
            Some((seal.file.text.as_str(), Some(&seal.file)))
        }
        _ => None,
    })
}

/// Leads back to what a run prints.
fn anchor(run: &Run) -> Anchor {
    let path = run.datum.as_ref().and_then(|datum| datum.paths.first().cloned());
    Anchor { offset: run.offset, length: run.text.len(), path }
}

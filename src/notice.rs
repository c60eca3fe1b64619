//! Tells what only finished pages show, none of it an error: text that is not on page 1, names too long for their seals,
//! letters of another face.

use crate::diag::catalogue::layout::{FIRST_PAGE_WITHOUT_TEXT, SEAL_CANNOT_PRESS, STOPGAP_FACE};
use crate::diag::{Anchor, Diagnostic};
use crate::document::Run;
use crate::page::Pages;

/// Tells of a document's pages.
pub(crate) fn noticed(pages: &Pages) -> Vec<Diagnostic> {
    let without_text = pages.begins_without_text.then(|| Diagnostic::new(&FIRST_PAGE_WITHOUT_TEXT));
    let unpressed = pages.unpressed.iter().map(|unpressed| {
        Diagnostic::new(&SEAL_CANNOT_PRESS)
            .with("name", unpressed.name.text.as_str())
            .with("lines", unpressed.lines)
            .with("beyond", format!("{:.0}", unpressed.beyond.to_mm()))
            .anchored(anchor(&unpressed.name))
    });
    let characters: String = pages.stopgaps.iter().collect();
    let is_told = !characters.is_empty();
    let stopgaps = is_told.then(|| Diagnostic::new(&STOPGAP_FACE).with("characters", characters));
    without_text.into_iter().chain(unpressed).chain(stopgaps).collect()
}

/// Leads back to what a run prints.
fn anchor(run: &Run) -> Anchor {
    let path = run.datum.as_ref().and_then(|datum| datum.paths.first().cloned());
    Anchor { offset: run.offset, length: run.text.len(), path }
}

//! Reads the pictures of the seals and signatures that a document bears, from beside its data file.

use std::fmt;
use std::io;
use std::sync::Arc;

use crate::diag::catalogue::picture::PICTURE_UNREADABLE;
use crate::diag::{Anchor, Diagnostic, system_reason};
use crate::document::{Block, Document, Seal};
use crate::picture::Picture;

/// The files that stand beside a data file.
pub trait Beside: fmt::Debug + Send + Sync {
    /// Reads a file by its path from the folder of a data file, which is named as its source is.
    ///
    /// # Errors
    /// When there is no such file in that folder, or it cannot be read.
    fn read(&self, source: &str, file: &str) -> io::Result<Vec<u8>>;
}

/// Reads the pictures that a document names; returns a fault for each that is not to be had.
pub fn read(document: &mut Document, source: &str, beside: &dyn Beside) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    let mut known: Vec<(String, Arc<Picture>)> = Vec::new();
    for block in &mut document.blocks {
        let Block::Signature(signature) = block else { continue };
        for seal in signature.signers.iter_mut().filter_map(|signer| signer.seal.as_mut()) {
            let file = seal.file.text.clone();
            if let Some((_, picture)) = known.iter().find(|(name, _)| *name == file) {
                seal.picture = Some(Arc::clone(picture));
                continue;
            }
            match picture(source, &file, beside) {
                Ok(picture) => {
                    let picture = Arc::new(picture);
                    known.push((file, Arc::clone(&picture)));
                    seal.picture = Some(picture);
                }
                Err(fault) => faults.push(fault.anchored(anchor(seal))),
            }
        }
    }
    faults
}

fn picture(source: &str, file: &str, beside: &dyn Beside) -> Result<Picture, Box<Diagnostic>> {
    let bytes = beside.read(source, file).map_err(|error| {
        let fault = Diagnostic::new(&PICTURE_UNREADABLE).with("file", file);
        fault.with("reason", system_reason(&error))
    })?;
    Ok(Picture::read(&bytes).map_err(|unfit| unfit.tell(file))?)
}

fn anchor(seal: &Seal) -> Anchor {
    let path = seal.file.datum.as_ref().and_then(|datum| datum.paths.first().cloned());
    Anchor { offset: seal.file.offset, length: seal.file.text.len(), path }
}

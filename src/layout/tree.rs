//! Builds the logical structure beside the pages.

use crate::page::{Role, StructureElement};

/// The structure so far.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tree {
    elements: Vec<StructureElement>,
}

impl Tree {
    /// Adds an element below another, or below the document itself, and returns its index.
    pub(crate) fn push(&mut self, role: Role, parent: Option<usize>) -> usize {
        self.elements.push(StructureElement { role, parent, alternative: None });
        self.elements.len() - 1
    }

    /// Returns the elements, parents before children.
    pub(crate) fn finish(self) -> Vec<StructureElement> {
        self.elements
    }
}

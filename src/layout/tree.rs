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
        let follows = false;
        self.elements.push(StructureElement { role, parent, alternative: None, actual: None, follows });
        self.elements.len() - 1
    }

    /// Says what an element's drawing shows: the text to be read in its stead, and the text to be copied.
    pub(crate) fn describe(&mut self, element: usize, alternative: String, actual: String) {
        let element = &mut self.elements[element];
        element.alternative = Some(alternative);
        element.actual = Some(actual);
    }

    /// Adds a picture, with what is to be read in its stead, and returns its index.
    pub(crate) fn push_figure(&mut self, alternative: String) -> usize {
        let element = self.push(Role::Figure, None);
        self.elements[element].alternative = Some(alternative);
        element
    }

    /// Adds a seal to the name that was added last.
    pub(crate) fn push_seal(&mut self, alternative: String) -> usize {
        let element = self.push_figure(alternative);
        self.elements[element].follows = true;
        element
    }

    /// Returns the elements, parents before children.
    pub(crate) fn finish(self) -> Vec<StructureElement> {
        self.elements
    }
}

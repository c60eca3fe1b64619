//! Holds one file as all the packs have it that stand on one another, so that what is read of them together still
//! leads to a place in one of them.

use std::sync::Arc;

use crate::diag::{Diagnostic, Origin, SourceText};

/// The texts of one file, the base's first.
///
/// What is read of all of them together has its places in [`Stacked::whole`], the texts one after another;
/// [`Stacked::locate`] brings them back to the file that a person can open.
#[derive(Clone, Debug)]
pub(crate) struct Stacked {
    whole: Arc<SourceText>,
    /// Where each text begins in the whole, and the text.
    layers: Vec<(usize, Arc<SourceText>)>,
}

impl Stacked {
    /// Puts texts on one another. Without any, an empty one is taken.
    pub(crate) fn new(texts: Vec<Arc<SourceText>>) -> Self {
        let mut layers = Vec::with_capacity(texts.len());
        let mut start = 0;
        for text in texts {
            let length = text.text().len();
            layers.push((start, text));
            // One byte lies between two texts: a place at the end of one is not one in the next.
            start += length + 1;
        }
        let whole = if let [(_, only)] = &layers[..] {
            Arc::clone(only)
        } else {
            let texts: Vec<&str> = layers.iter().map(|(_, text)| text.text()).collect();
            Arc::new(SourceText::new("", texts.join("\n")))
        };
        Self { whole, layers }
    }

    /// Takes one text alone.
    pub(crate) fn of(text: &Arc<SourceText>) -> Self {
        Self::new(vec![Arc::clone(text)])
    }

    /// Returns all the texts as one.
    pub(crate) fn whole(&self) -> &Arc<SourceText> {
        &self.whole
    }

    /// Returns the text of the pack on top.
    pub(crate) fn top(&self) -> &Arc<SourceText> {
        self.layers.last().map_or(&self.whole, |(_, text)| text)
    }

    /// Returns each text and where it begins in the whole, the base's first.
    pub(crate) fn layers(&self) -> &[(usize, Arc<SourceText>)] {
        &self.layers
    }

    /// Makes a place in the whole one in the file that it is in.
    pub(crate) fn locate(&self, mut origin: Origin) -> Origin {
        if self.layers.len() < 2 || !Arc::ptr_eq(&origin.source, &self.whole) {
            return origin;
        }
        let above = self.layers.partition_point(|(start, _)| *start <= origin.span.start);
        if let Some((start, text)) = above.checked_sub(1).and_then(|index| self.layers.get(index)) {
            let length = text.text().len();
            origin.span = (origin.span.start - start).min(length)..(origin.span.end - start).min(length);
            origin.source = Arc::clone(text);
        }
        origin
    }

    /// Makes the places of faults in the whole places in the files that they are in.
    pub(crate) fn located(&self, faults: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let located = faults.into_iter().map(|mut fault| {
            fault.origin = fault.origin.map(|origin| self.locate(origin));
            fault
        });
        located.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_lead_back_to_their_file() {
        let texts = ["base\n", "", "own"].map(|text| Arc::new(SourceText::new(text.trim(), text)));
        let stacked = Stacked::new(texts.to_vec());
        let name = |start: usize, end: usize| {
            let origin = stacked.locate(Origin::new(stacked.whole(), start..end));
            (origin.source.name().to_owned(), origin.span)
        };
        assert_eq!(name(0, 4), ("base".to_owned(), 0..4));
        assert_eq!(name(5, 5), ("base".to_owned(), 5..5));
        assert_eq!(name(6, 6), (String::new(), 0..0));
        assert_eq!(name(7, 10), ("own".to_owned(), 0..3));
        assert_eq!(name(9, 99), ("own".to_owned(), 2..3));
        assert_eq!(stacked.top().name(), "own");
    }
}

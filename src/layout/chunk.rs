//! What pages are filled with: lines, rows and drawings that a page takes whole.

use std::sync::Arc;

use super::inline::finalize::SetDatum;
use crate::page::FrameItem;
use crate::units::Abs;

/// Where a chunk begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) enum Start {
    /// On the next line of the grid.
    #[default]
    Line,
    /// Where the chunk before it ends.
    Anywhere,
    /// On a new page.
    Page,
}

/// The parts of a document that pages treat in their own ways.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) enum Part {
    /// Any other.
    #[default]
    Other,
    /// Text, which page 1 has to show some of.
    Text,
    /// The signature, which stands on no page alone.
    Signature,
}

/// How what a chunk shows stands on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) enum Stance {
    /// From the left edge on.
    #[default]
    Upright,
    /// In the middle of the measure.
    Centred,
    /// A row of a turned table, or a page of them: x goes along the type area's height, from the foot up, and y from
    /// its left edge.
    Turned,
}

/// Something that a page takes whole.
#[derive(Clone, Debug, Default)]
pub(crate) struct Chunk {
    /// Its height.
    pub(crate) height: Abs,
    /// How much of its height, at its foot, may hang below the type area: nothing is shown there. Less than
    /// nothing where what it shows reaches further than its height: a seal beside what follows.
    pub(crate) blank_below: Abs,
    /// By how much it was brought up where the lines of its page came closer together (7.3.5.5).
    pub(crate) raised: Abs,
    /// Where it begins.
    pub(crate) start: Start,
    /// What stands above it once more when it begins a page: a table's head.
    pub(crate) head: Option<Arc<Chunk>>,
    /// What it shows: x from the type area's left edge, y from its top.
    pub(crate) items: Vec<FrameItem>,
    /// The data printed in it, with the baseline they stand on.
    pub(crate) data: Vec<(SetDatum, Abs)>,
    /// Whether a page may end after it.
    pub(crate) break_after: bool,
    /// Whether it is blank, so that no page begins with it.
    pub(crate) blank: bool,
    /// Which part of the document it is of.
    pub(crate) part: Part,
    /// The bookmark that leads to it: its level and text.
    pub(crate) bookmark: Option<(u8, String)>,
    /// The footnotes whose marks stand in it, by their numbers.
    pub(crate) footnotes: Vec<usize>,
    /// How what it shows stands on the page.
    pub(crate) stance: Stance,
    /// The paragraph that it is a line of, by its index in [`Flow::paragraphs`].
    pub(crate) paragraph: Option<usize>,
    /// What it shows drawn lower, the highest first, for a page that has not quite the room.
    pub(crate) lower: Vec<Self>,
}

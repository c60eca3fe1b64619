//! The graphics state: what the operators before have set.

use super::matrix::Matrix;
use crate::audit::seen::Colour;

/// Kinds of colour spaces, as far as colours are judged.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Space {
    Gray,
    Rgb {
        profiled: bool,
    },
    Cmyk,
    Lab,
    /// Another one, with as many values to a colour.
    Other,
}

impl Space {
    /// Returns the colour that the space begins with.
    pub(super) fn first(self) -> Colour {
        match self {
            Self::Gray => Colour::Gray(0.0),
            Self::Rgb { profiled } => Colour::Rgb([0.0; 3], profiled),
            Self::Cmyk => Colour::Cmyk([0.0, 0.0, 0.0, 1.0]),
            Self::Lab | Self::Other => Colour::Other,
        }
    }

    /// Returns the colour with these values.
    pub(super) fn colour(self, values: &[f64]) -> Colour {
        match (self, values) {
            (Self::Gray, [gray, ..]) => Colour::Gray(*gray),
            (Self::Rgb { profiled }, [r, g, b, ..]) => Colour::Rgb([*r, *g, *b], profiled),
            (Self::Cmyk, [c, m, y, k, ..]) => Colour::Cmyk([*c, *m, *y, *k]),
            _ => Colour::Other,
        }
    }
}

/// What `q` keeps and `Q` brings back.
#[derive(Clone, Debug)]
pub(super) struct State {
    pub(super) matrix: Matrix,
    pub(super) fill: Colour,
    pub(super) stroke: Colour,
    pub(super) fill_space: Space,
    pub(super) stroke_space: Space,
    pub(super) line_width: f64,
    /// The font's place in the reader's list.
    pub(super) font: Option<usize>,
    pub(super) size: f64,
    pub(super) character_spacing: f64,
    pub(super) word_spacing: f64,
    /// Horizontal scaling, 1 for none.
    pub(super) stretch: f64,
    pub(super) leading: f64,
    pub(super) rise: f64,
    pub(super) mode: i64,
}

impl State {
    /// The state at the start of a page.
    pub(super) fn new(matrix: Matrix) -> Self {
        Self {
            matrix,
            fill: Colour::Gray(0.0),
            stroke: Colour::Gray(0.0),
            fill_space: Space::Gray,
            stroke_space: Space::Gray,
            line_width: 1.0,
            font: None,
            size: 0.0,
            character_spacing: 0.0,
            word_spacing: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
            mode: 0,
        }
    }
}

//! What a reader sees on the pages of a file: glyphs and shapes at their places, and nothing of what anybody
//! meant by them.

use crate::units::{Abs, Point, Rect, Size};

/// The pages of a file as they are seen.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// The pages in their order.
    pub(super) pages: Vec<Page>,
    /// The fonts that the glyphs name by their place in this list.
    pub(super) fonts: Vec<Font>,
    /// Whether something could not be read or lies beyond a limit, so that something may be missing.
    pub(super) incomplete: bool,
}

/// A page.
#[derive(Debug)]
pub(super) struct Page {
    /// Its number in the file, from 1.
    pub(super) number: usize,
    /// What is shown of it, after turning.
    pub(super) size: Size,
    /// Its glyphs in the order of the file.
    pub(super) glyphs: Vec<Glyph>,
    /// What is drawn on it.
    pub(super) shapes: Vec<Shape>,
    /// The places of its pictures.
    pub(super) pictures: Vec<Rect>,
}

/// A glyph that is painted.
#[derive(Clone, Debug)]
pub(super) struct Glyph {
    /// The text that it stands for; U+FFFD where the file does not say.
    pub(super) text: String,
    /// Its origin on the baseline.
    pub(super) origin: Point,
    /// The font size in effect, scaling included.
    pub(super) size: Abs,
    /// How far it moves the pen, without the spacing of characters and words.
    pub(super) advance: Abs,
    /// Where it has ink; nothing where the font program is not in the file or cannot be read.
    pub(super) ink: Option<Rect>,
    /// Its font's place in [`Seen::fonts`].
    pub(super) font: usize,
    /// The colour of its inside.
    pub(super) colour: Colour,
    /// Whether it stands upright and runs from left to right.
    pub(super) upright: bool,
    /// How many degrees it is turned, clockwise.
    pub(super) turned: f64,
}

impl Glyph {
    /// Returns the character that it stands for, the first of several.
    pub(super) fn character(&self) -> char {
        self.text.chars().next().unwrap_or(char::REPLACEMENT_CHARACTER)
    }

    /// Returns where its advance ends.
    pub(super) fn end(&self) -> Abs {
        self.origin.x + self.advance
    }
}

/// A font as the file names it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Font {
    /// The name without the tag of a subset.
    pub(super) name: String,
}

/// A filled or stroked outline.
#[derive(Clone, Debug)]
pub(super) struct Shape {
    /// What it covers, the width of the line included.
    pub(super) bounds: Rect,
    /// Its colour.
    pub(super) colour: Colour,
    /// Whether it is no more than an upright box or a straight line.
    pub(super) plain: bool,
}

/// A colour in the space that the file gives it in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Colour {
    /// From black 0 to white 1.
    Gray(f64),
    /// Red, green, blue; `true` where a profile says what they mean.
    Rgb([f64; 3], bool),
    /// Cyan, magenta, yellow, black.
    Cmyk([f64; 4]),
    /// A pattern, a spot colour or another one that has no plain values.
    Other,
}

impl Colour {
    /// Tells whether it prints in black ink and no other.
    pub(super) fn is_pure_black(self) -> bool {
        match self {
            Self::Gray(value) => value <= 0.02,
            Self::Cmyk([c, m, y, k]) => c + m + y <= 0.02 && k >= 0.98,
            Self::Rgb(..) | Self::Other => false,
        }
    }

    /// Tells whether it is seen as black.
    pub(super) fn is_black(self) -> bool {
        match self {
            Self::Rgb(values, _) => values.iter().all(|value| *value <= 0.1),
            Self::Cmyk([.., k]) => self.is_pure_black() || k >= 0.98,
            Self::Gray(_) | Self::Other => self.is_pure_black(),
        }
    }

    /// Tells whether it is the standard's red: Y80 M80 and nothing else.
    pub(super) fn is_standard_red(self) -> bool {
        matches!(self, Self::Cmyk([c, m, y, k])
            if c <= 0.01 && k <= 0.01 && (m - 0.8).abs() <= 0.02 && (y - 0.8).abs() <= 0.02)
    }

    /// Tells whether it is seen as red.
    pub(super) fn is_red(self) -> bool {
        match self {
            Self::Rgb([r, g, b], _) => r >= 0.6 && g <= 0.35 && b <= 0.35,
            Self::Cmyk([c, m, y, k]) => c <= 0.2 && k <= 0.3 && m >= 0.6 && y >= 0.5,
            Self::Gray(_) | Self::Other => false,
        }
    }

    /// Tells whether nothing of it is seen on paper.
    pub(super) fn is_white(self) -> bool {
        match self {
            Self::Gray(value) => value >= 0.995,
            Self::Rgb(values, _) => values.iter().all(|value| *value >= 0.995),
            Self::Cmyk(values) => values.iter().all(|value| *value <= 0.005),
            Self::Other => false,
        }
    }

    /// Returns its values as people write them.
    pub(super) fn describe(self) -> String {
        let percent = |value: f64| (value * 100.0).round();
        match self {
            Self::Gray(value) => format!("K{}", percent(1.0 - value)),
            Self::Rgb([r, g, b], _) => {
                let [r, g, b] = [r, g, b].map(|value| (value * 255.0).round());
                format!("R{r} G{g} B{b}")
            }
            Self::Cmyk([c, m, y, k]) => {
                format!("C{} M{} Y{} K{}", percent(c), percent(m), percent(y), percent(k))
            }
            Self::Other => "?".to_owned(),
        }
    }
}

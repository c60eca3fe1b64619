//! The colours of a chart: tones or inks that stay apart in print.

use crate::pack::Palette;
use crate::page::Color;

/// 85% to 5% black, so far apart that neighbours differ on any press.
const TONES: [Color; 6] = [
    Color::Gray(0.32),
    Color::Gray(0.68),
    Color::Gray(0.88),
    Color::Gray(0.5),
    Color::Gray(0.95),
    Color::Gray(0.15),
];

/// Blue, orange, teal, red, violet, brown: as dark from one another as the tones are, for a black copy.
const INKS: [Color; 6] = [
    Color::Cmyk([0.85, 0.5, 0.0, 0.1]),
    Color::Cmyk([0.0, 0.45, 0.8, 0.0]),
    Color::Cmyk([0.4, 0.0, 0.25, 0.0]),
    Color::Cmyk([0.1, 0.8, 0.7, 0.05]),
    Color::Cmyk([0.15, 0.2, 0.0, 0.0]),
    Color::Cmyk([0.3, 0.6, 0.8, 0.4]),
];

/// Which of the colours are so dark that letters on them are white.
const DARK: [bool; 6] = [true, false, false, true, false, true];

/// The number of the colour for axes and outlines, behind those of the series.
pub(super) const LINE: usize = 6;
/// The number of the colour for lines that only lead the eye.
pub(super) const GUIDE: usize = 7;

/// Returns the colours by their numbers.
pub(super) fn paints(palette: Palette) -> Vec<Color> {
    let series = match palette {
        Palette::Gray => TONES,
        Palette::Color => INKS,
    };
    series.into_iter().chain([Color::Black, Color::Gray(0.8)]).collect()
}

/// Returns the number of a series' colour.
pub(super) fn of_series(series: usize) -> usize {
    series % TONES.len()
}

/// Tells whether letters on a series' colour are white.
pub(super) fn is_dark(series: usize) -> bool {
    DARK[of_series(series)]
}

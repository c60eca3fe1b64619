//! Reads pictures: PNG in, the shape of their ink out, and of a logo its colours too.
//!
//! An official document's seal is printed in one red (GB/T 9704-2012, 7.3.5.1), so no more is taken of its picture
//! than how much ink stands at each point; whatever colours its file has, none of them comes to the page. A logo
//! keeps its colours, as inks of four colours: that is what the pages are printed in.

mod png;

use std::fmt;

use crate::diag::catalogue::picture::{PICTURE_BAD, PICTURE_BLANK, PICTURE_TOO_LARGE};
use crate::diag::{Diagnostic, Text};

/// The most points on a side of the picture of a seal or a signature.
pub const MOST_POINTS: u32 = 4_096;
/// The most points on a side of a logo: 86 mm at 300 DPI.
pub const MOST_LOGO_POINTS: u32 = 1_024;
/// The least ink, of 255, that counts as any.
const LEAST_INK: u8 = 16;

/// The shape of a seal or a signature, or a logo.
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    /// How many points a row has.
    pub width: u32,
    /// How many rows there are.
    pub height: u32,
    /// How much ink stands at each point, row by row from the top: 0 none, 255 full.
    pub ink: Vec<u8>,
    /// The colours of a logo: cyan, magenta, yellow and black of each point, 0 none, 255 full. Without them the ink
    /// is the red of official documents.
    pub colors: Option<Vec<u8>>,
}

/// What is wrong with a picture.
#[derive(Clone, Debug, PartialEq)]
pub enum Unfit {
    /// It is no sound PNG, for this reason.
    Bad(Text),
    /// It has more points on a side than it may: this many.
    TooLarge(u32),
    /// It shows nothing.
    Blank,
}

impl Unfit {
    /// Returns the message that tells of it for a file.
    pub fn tell(self, file: &str) -> Diagnostic {
        match self {
            Self::Bad(reason) => Diagnostic::new(&PICTURE_BAD).with("reason", reason),
            Self::TooLarge(most) => Diagnostic::new(&PICTURE_TOO_LARGE).with("most", most),
            Self::Blank => Diagnostic::new(&PICTURE_BLANK),
        }
        .with("file", file)
    }
}

/// Tells whether a file is a picture's by its name: the ending of a PNG, in any case.
pub fn is_file_name(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, kind)| kind.eq_ignore_ascii_case("png"))
}

impl Picture {
    /// Reads a PNG file of any colour type.
    ///
    /// What is white or clear has no ink; red, black and what is as dark as they are has full ink.
    ///
    /// Fails on what is no sound PNG, is larger than [`MOST_POINTS`] on a side, or shows nothing.
    pub fn read(bytes: &[u8]) -> Result<Self, Unfit> {
        let image = png::decode(bytes, MOST_POINTS)?;
        let ink: Vec<u8> = image
            .points
            .iter()
            .map(|[_, green, blue, alpha]| through(255 - green.min(blue), *alpha))
            .collect();
        Self { width: image.width, height: image.height, ink, colors: None }.shown()
    }

    /// Reads a PNG file of any colour type as a logo, which keeps its colours; what is clear has no ink.
    ///
    /// Fails on what is no sound PNG, is larger than [`MOST_LOGO_POINTS`] on a side, or shows nothing.
    pub fn read_logo(bytes: &[u8]) -> Result<Self, Unfit> {
        let image = png::decode(bytes, MOST_LOGO_POINTS)?;
        let ink = image.points.iter().map(|[.., alpha]| *alpha).collect();
        let colors =
            image.points.iter().flat_map(|[red, green, blue, _]| inks(*red, *green, *blue)).collect();
        Self { width: image.width, height: image.height, ink, colors: Some(colors) }.shown()
    }

    /// Refuses a picture that shows nothing.
    fn shown(self) -> Result<Self, Unfit> {
        if self.ink.iter().all(|ink| *ink < LEAST_INK) { Err(Unfit::Blank) } else { Ok(self) }
    }

    /// Returns its width in heights.
    pub fn aspect(&self) -> f64 {
        f64::from(self.width) / f64::from(self.height.max(1))
    }
}

impl fmt::Debug for Picture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Picture({} x {})", self.width, self.height)
    }
}

/// Returns the inks that make a colour: what all three have in common is printed in black, so that gray and black
/// are black ink alone.
fn inks(red: u8, green: u8, blue: u8) -> [u8; 4] {
    let lightest = red.max(green).max(blue);
    if lightest == 0 {
        return [0, 0, 0, 255];
    }
    let ink = |light: u8| (u16::from(lightest - light) * 255 / u16::from(lightest)) as u8;
    [ink(red), ink(green), ink(blue), 255 - lightest]
}

/// Returns ink as it shows through an alpha value.
fn through(ink: u8, alpha: u8) -> u8 {
    (u16::from(ink) * u16::from(alpha) / 255) as u8
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::ZlibEncoder;

    use super::*;

    /// Makes a PNG of lines that begin with their filters.
    fn png(color: u8, depth: u8, size: [u32; 2], more: &[(&[u8; 4], &[u8])], lines: &[u8]) -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::new(6));
        encoder.write_all(lines).unwrap();
        let packed = encoder.finish().unwrap();
        let header = [&size[0].to_be_bytes()[..], &size[1].to_be_bytes(), &[depth, color, 0, 0, 0]].concat();
        let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
        let first: [(&[u8; 4], &[u8]); 1] = [(b"IHDR", &header)];
        let last: [(&[u8; 4], &[u8]); 2] = [(b"IDAT", &packed), (b"IEND", &[])];
        for (kind, data) in first.iter().chain(more).chain(&last) {
            bytes.extend((data.len() as u32).to_be_bytes());
            bytes.extend_from_slice(*kind);
            bytes.extend_from_slice(data);
            bytes.extend([0; 4]);
        }
        bytes
    }

    fn ink(color: u8, depth: u8, size: [u32; 2], more: &[(&[u8; 4], &[u8])], lines: &[u8]) -> Vec<u8> {
        Picture::read(&png(color, depth, size, more, lines)).unwrap().ink
    }

    #[test]
    fn ink_is_what_is_neither_white_nor_clear() {
        let rgba = [0, 255, 0, 0, 255, 255, 0, 0, 0, 255, 255, 255, 255, 0, 0, 0, 128];
        assert_eq!(ink(6, 8, [4, 1], &[], &rgba), [255, 0, 0, 128]);
        assert_eq!(ink(2, 8, [2, 1], &[], &[0, 200, 0, 0, 255, 255, 255]), [255, 0]);
        assert_eq!(ink(0, 8, [2, 1], &[], &[0, 0, 255]), [255, 0]);
        assert_eq!(ink(4, 8, [2, 1], &[], &[0, 0, 255, 0, 0]), [255, 0]);
        assert_eq!(ink(0, 1, [3, 1], &[], &[0, 0b0100_0000]), [255, 0, 255]);
        assert_eq!(ink(0, 16, [2, 1], &[], &[0, 0, 9, 255, 255]), [255, 0]);
        let palette: (&[u8; 4], &[u8]) = (b"PLTE", &[255, 255, 255, 220, 0, 0]);
        assert_eq!(ink(3, 4, [2, 1], &[palette], &[0, 0x01]), [0, 255]);
        assert_eq!(ink(3, 4, [2, 1], &[palette, (b"tRNS", &[0, 128])], &[0, 0x01]), [0, 128]);
        assert_eq!(ink(0, 8, [2, 1], &[(b"tRNS", &[0, 7])], &[0, 7, 0]), [0, 255]);
    }

    #[test]
    fn logos_keep_their_colours() {
        let lines =
            [0, 255, 0, 0, 255, 0, 128, 128, 255, 0, 0, 0, 255, 255, 255, 255, 255, 100, 100, 100, 128];
        let logo = Picture::read_logo(&png(6, 8, [5, 1], &[], &lines)).unwrap();
        assert_eq!(logo.ink, [255, 255, 255, 255, 128]);
        let colors = logo.colors.unwrap();
        let inks: Vec<&[u8]> = colors.chunks(4).collect();
        let wanted: [&[u8]; 5] =
            [&[0, 255, 255, 0], &[255, 0, 0, 127], &[0, 0, 0, 255], &[0; 4], &[0, 0, 0, 155]];
        assert_eq!(inks, wanted);
        assert_eq!(Picture::read_logo(&png(6, 8, [1, 1], &[], &[0, 9, 9, 9, 0])), Err(Unfit::Blank));
        let wide = png(0, 8, [MOST_LOGO_POINTS + 1, 1], &[], &[0; 4]);
        assert_eq!(Picture::read_logo(&wide), Err(Unfit::TooLarge(MOST_LOGO_POINTS)));
    }

    #[test]
    fn every_filter_is_undone() {
        // Five lines of the same gray values 9, 20, 40, each behind another filter.
        let lines = [[0, 9, 20, 40], [1, 9, 11, 20], [2, 0, 0, 0], [3, 5, 6, 10], [4, 0, 0, 0]];
        assert_eq!(ink(0, 8, [3, 5], &[], &lines.concat()), [246, 235, 215].repeat(5));
    }

    #[test]
    fn what_is_no_picture_is_refused() {
        let whole = png(2, 8, [2, 1], &[], &[0, 200, 0, 0, 255, 255, 255]);
        assert!(Picture::read(&whole).is_ok());
        for end in 0..whole.len() {
            assert!(Picture::read(&whole[..end]).is_err(), "{end} bytes");
        }
        for at in 8..whole.len() {
            let mut spoiled = whole.clone();
            spoiled[at] ^= 0x55;
            // It may be read as another picture; it never makes the program panic.
            let _ = Picture::read(&spoiled);
        }
        assert!(matches!(Picture::read(b"GIF89a"), Err(Unfit::Bad(_))));
        assert_eq!(Picture::read(&png(2, 8, [1, 1], &[], &[0, 255, 250, 250])), Err(Unfit::Blank));
        let wide = png(0, 8, [MOST_POINTS + 1, 1], &[], &[0; 4]);
        assert_eq!(Picture::read(&wide), Err(Unfit::TooLarge(MOST_POINTS)));
        assert!(matches!(Picture::read(&png(0, 8, [2, 2], &[], &[0, 0, 0])), Err(Unfit::Bad(_))));
        assert!(matches!(Picture::read(&png(0, 8, [1, 1], &[], &[9, 0])), Err(Unfit::Bad(_))));
    }
}

//! Reads the picture of a seal or a signature: PNG in, the shape of its ink out.
//!
//! An official document's seal is printed in one red (GB/T 9704-2012, 7.3.5.1), so no more is taken of a picture
//! than how much ink stands at each point; whatever colours its file has, none of them comes to the page.

mod png;

use std::fmt;

use crate::diag::Text;

/// The most points on a side of a picture.
pub const MOST_POINTS: u32 = 4_096;
/// The least ink, of 255, that counts as any.
const LEAST_INK: u8 = 16;

/// The shape of a seal or a signature.
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    /// How many points a row has.
    pub width: u32,
    /// How many rows there are.
    pub height: u32,
    /// How much ink stands at each point, row by row from the top: 0 none, 255 full.
    pub ink: Vec<u8>,
}

/// What is wrong with a picture.
#[derive(Clone, Debug, PartialEq)]
pub enum Unfit {
    /// It is no sound PNG, for this reason.
    Bad(Text),
    /// It has more than [`MOST_POINTS`] on a side.
    TooLarge,
    /// It shows nothing.
    Blank,
}

impl Picture {
    /// Reads a PNG file of any colour type.
    ///
    /// What is white or clear has no ink; red, black and what is as dark as they are has full ink.
    ///
    /// Fails on what is no sound PNG, is larger than [`MOST_POINTS`] on a side, or shows nothing.
    pub fn read(bytes: &[u8]) -> Result<Self, Unfit> {
        let image = png::decode(bytes)?;
        let ink: Vec<u8> = image
            .points
            .iter()
            .map(|[_, green, blue, alpha]| through(255 - green.min(blue), *alpha))
            .collect();
        if ink.iter().all(|ink| *ink < LEAST_INK) {
            return Err(Unfit::Blank);
        }
        Ok(Self { width: image.width, height: image.height, ink })
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
        assert_eq!(Picture::read(&wide), Err(Unfit::TooLarge));
        assert!(matches!(Picture::read(&png(0, 8, [2, 2], &[], &[0, 0, 0])), Err(Unfit::Bad(_))));
        assert!(matches!(Picture::read(&png(0, 8, [1, 1], &[], &[9, 0])), Err(Unfit::Bad(_))));
    }
}

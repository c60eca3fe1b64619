//! Decodes PNG files (ISO/IEC 15948) as far as seals and logos need it: every colour type, not interlaced.
//!
//! A few dozen lines do it, where a library would bring another inflater beside the one that the program has.

use std::io::Read;

use flate2::read::ZlibDecoder;

use super::Unfit;
use crate::diag::Text;

/// The eight bytes that every PNG begins with (5.2).
const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// A decoded picture: four bytes a point, red, green, blue and alpha, row by row from the top.
#[derive(Debug)]
pub(super) struct Image {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) points: Vec<[u8; 4]>,
}

/// IHDR (11.2.2).
#[derive(Clone, Copy)]
struct Header {
    width: u32,
    height: u32,
    depth: u8,
    color: Color,
}

/// The colour types.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Color {
    Gray,
    Rgb,
    Indexed,
    GrayAlpha,
    Rgba,
}

impl Color {
    fn channels(self) -> usize {
        match self {
            Self::Gray | Self::Indexed => 1,
            Self::GrayAlpha => 2,
            Self::Rgb => 3,
            Self::Rgba => 4,
        }
    }
}

/// Decodes a file of no more than some points on a side.
pub(super) fn decode(bytes: &[u8], most: u32) -> Result<Image, Unfit> {
    let rest = bytes.strip_prefix(SIGNATURE).ok_or_else(|| bad("不是PNG文件", "it is no PNG file"))?;
    let (mut header, mut palette, mut clear, mut packed) = (None, &[][..], &[][..], Vec::new());
    for chunk in chunks(rest) {
        let (kind, data) = chunk?;
        match kind {
            b"IHDR" => header = Some(read_header(data, most)?),
            b"PLTE" => palette = data,
            b"tRNS" => clear = data,
            b"IDAT" => packed.extend_from_slice(data),
            _ => {}
        }
    }
    let header = header.ok_or_else(cut_short)?;
    let lines = inflate(&header, &packed)?;
    let mut points = Vec::with_capacity(header.width as usize * header.height as usize);
    for line in &lines {
        points.extend((0..header.width as usize).map(|x| point(&header, line, x, palette, clear)));
    }
    Ok(Image { width: header.width, height: header.height, points })
}

/// Cuts a file into chunks up to its end (5.3).
fn chunks(mut rest: &[u8]) -> impl Iterator<Item = Result<(&[u8; 4], &[u8]), Unfit>> {
    let mut ended = false;
    std::iter::from_fn(move || {
        if ended {
            return None;
        }
        let read = || -> Option<(&[u8; 4], &[u8], &[u8])> {
            let (length, after) = rest.split_first_chunk::<4>()?;
            let (kind, after) = after.split_first_chunk::<4>()?;
            let (data, after) = after.split_at_checked(u32::from_be_bytes(*length) as usize)?;
            // The checksum behind it; the packed data have one of their own.
            Some((kind, data, after.get(4..)?))
        };
        let Some((kind, data, after)) = read() else {
            ended = true;
            return Some(Err(cut_short()));
        };
        rest = after;
        ended = kind == b"IEND";
        Some(Ok((kind, data)))
    })
}

fn read_header(data: &[u8], most: u32) -> Result<Header, Unfit> {
    let [w0, w1, w2, w3, h0, h1, h2, h3, depth, color, 0, 0, interlaced] = *data else {
        return Err(bad("文件头不对", "its header is not sound"));
    };
    let (width, height) = (u32::from_be_bytes([w0, w1, w2, w3]), u32::from_be_bytes([h0, h1, h2, h3]));
    if width.max(height) > most {
        return Err(Unfit::TooLarge(most));
    }
    if interlaced != 0 {
        return Err(bad("是隔行扫描的", "it is interlaced"));
    }
    let (color, depths): (Color, &[u8]) = match color {
        0 => (Color::Gray, &[1, 2, 4, 8, 16]),
        2 => (Color::Rgb, &[8, 16]),
        3 => (Color::Indexed, &[1, 2, 4, 8]),
        4 => (Color::GrayAlpha, &[8, 16]),
        6 => (Color::Rgba, &[8, 16]),
        _ => return Err(bad("颜色类型不对", "there is no such colour type")),
    };
    if width == 0 || height == 0 || !depths.contains(&depth) {
        return Err(bad("文件头不对", "its header is not sound"));
    }
    Ok(Header { width, height, depth, color })
}

/// Unpacks the lines and undoes their filters (clause 9).
fn inflate(header: &Header, packed: &[u8]) -> Result<Vec<Vec<u8>>, Unfit> {
    let bits = header.color.channels() * usize::from(header.depth);
    let length = (header.width as usize * bits).div_ceil(8);
    // How far the byte that corresponds in the point to the left is away.
    let step = bits.div_ceil(8);
    let mut decoder = ZlibDecoder::new(packed);
    let mut before = vec![0; length];
    let mut lines = Vec::with_capacity(header.height as usize);
    for _ in 0..header.height {
        let mut filter = [0];
        let mut line = vec![0; length];
        let read = decoder.read_exact(&mut filter).and_then(|()| decoder.read_exact(&mut line));
        read.map_err(|_| cut_short())?;
        for at in 0..length {
            let left = if at < step { 0 } else { line[at - step] };
            let above = before[at];
            let corner = if at < step { 0 } else { before[at - step] };
            let guess = match filter[0] {
                0 => 0,
                1 => left,
                2 => above,
                3 => u16::midpoint(u16::from(left), u16::from(above)) as u8,
                4 => paeth(left, above, corner),
                _ => return Err(bad("内容已损坏", "what is in it is damaged")),
            };
            line[at] = line[at].wrapping_add(guess);
        }
        before.clone_from(&line);
        lines.push(line);
    }
    // The checksum of the data stands at their end.
    decoder.read(&mut [0]).map_err(|_| bad("内容已损坏", "what is in it is damaged"))?;
    Ok(lines)
}

/// The nearest of three neighbours to what they foretell (9.4).
fn paeth(left: u8, above: u8, corner: u8) -> u8 {
    let foretold = i16::from(left) + i16::from(above) - i16::from(corner);
    let away = |value: u8| (foretold - i16::from(value)).abs();
    if away(left) <= away(above) && away(left) <= away(corner) {
        left
    } else if away(above) <= away(corner) {
        above
    } else {
        corner
    }
}

fn point(header: &Header, line: &[u8], x: usize, palette: &[u8], clear: &[u8]) -> [u8; 4] {
    let channels = header.color.channels();
    // The sample as it is in the file, and brought to a byte.
    let sample = |channel: usize| -> (u16, u8) {
        let nth = x * channels + channel;
        match header.depth {
            16 => (u16::from_be_bytes([line[nth * 2], line[nth * 2 + 1]]), line[nth * 2]),
            8 => (u16::from(line[nth]), line[nth]),
            depth => {
                let depth = usize::from(depth);
                let shift = 8 - depth - (nth * depth) % 8;
                let most = (1_u16 << depth) - 1;
                let value = (u16::from(line[nth * depth / 8]) >> shift) & most;
                (value, (value * 255 / most) as u8)
            }
        }
    };
    let transparent = |channels: usize| {
        clear.len() >= channels * 2
            && (0..channels)
                .all(|nth| sample(nth).0 == u16::from_be_bytes([clear[nth * 2], clear[nth * 2 + 1]]))
    };
    let alpha = |channels| if transparent(channels) { 0 } else { 255 };
    let value = |channel| sample(channel).1;
    match header.color {
        Color::Gray => [value(0), value(0), value(0), alpha(1)],
        Color::GrayAlpha => [value(0), value(0), value(0), value(1)],
        Color::Rgb => [value(0), value(1), value(2), alpha(3)],
        Color::Rgba => [value(0), value(1), value(2), value(3)],
        Color::Indexed => {
            let index = usize::from(sample(0).0);
            let entry = palette.get(index * 3..index * 3 + 3).unwrap_or(&[0, 0, 0]);
            [entry[0], entry[1], entry[2], clear.get(index).copied().unwrap_or(255)]
        }
    }
}

fn cut_short() -> Unfit {
    bad("文件不完整", "it is cut short")
}

fn bad(zh: &str, en: &str) -> Unfit {
    Unfit::Bad(Text::both(zh, en))
}

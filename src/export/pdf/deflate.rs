//! Compresses streams (RFC 1950), some of them out of pieces that were compressed before.

use std::sync::Arc;

use libdeflater::{CompressionLvl, Compressor, adler32};

use super::common::Group;
use super::huffman;

/// Of libdeflate's levels 1 to 12 the fastest: a page's text and outlines have little that is alike, and level 6 makes
/// half a hundredth less of a file in twice the time.
const LEVEL: i32 = 1;

/// Of the same levels the one after which more time gains next to nothing.
const DENSE: i32 = 6;

/// The largest prime below 2^16 (RFC 1950, 8.2).
const BASE: u64 = 65521;

/// A window of 32 kB, and no more to say (RFC 1950, 2.2).
const HEADER: [u8; 2] = [0x78, 0x9C];

/// How long the checksum at the end of a stream is.
const CHECKSUM: usize = 4;

/// A compressed stream in parts, so that the large ones are taken into the file and not copied.
#[derive(Debug)]
pub(super) struct Packed {
    /// How it begins.
    pub(super) start: Vec<u8>,
    /// The pieces that were compressed before.
    pub(super) groups: Vec<&'static [u8]>,
    /// What follows them.
    pub(super) end: Arc<Vec<u8>>,
    /// How it ends: the checksum of what is in it.
    pub(super) checksum: [u8; CHECKSUM],
}

impl Packed {
    /// Takes a whole stream that comes with the program.
    pub(super) fn lent(stream: &'static [u8]) -> Self {
        let (group, checksum) =
            stream.split_last_chunk().map_or((stream, [0; CHECKSUM]), |(group, sum)| (group, *sum));
        Self { start: Vec::new(), groups: vec![group], end: Arc::default(), checksum }
    }

    /// Returns how long it is.
    pub(super) fn len(&self) -> usize {
        self.start.len()
            + self.groups.iter().map(|group| group.len()).sum::<usize>()
            + self.end.len()
            + CHECKSUM
    }
}

impl From<Vec<u8>> for Packed {
    /// Takes a whole stream.
    fn from(mut stream: Vec<u8>) -> Self {
        let checksum = stream.last_chunk().copied().unwrap_or_default();
        stream.truncate(stream.len().saturating_sub(CHECKSUM));
        Self { start: Vec::new(), groups: Vec::new(), end: Arc::new(stream), checksum }
    }
}

/// Compresses any number of streams, one after the other, in the same working memory.
pub(super) struct Deflater {
    compressor: Compressor,
    buffer: Vec<u8>,
}

impl Deflater {
    pub(super) fn new() -> Self {
        Self::at(LEVEL)
    }

    fn at(level: i32) -> Self {
        Self {
            compressor: Compressor::new(CompressionLvl::new(level).unwrap_or_default()),
            buffer: Vec::new(),
        }
    }

    /// Returns bytes compressed.
    pub(super) fn pack(&mut self, bytes: &[u8]) -> Vec<u8> {
        let bound = self.compressor.zlib_compress_bound(bytes.len());
        self.make_room(bound);
        // With that much room it cannot fail.
        let length = self.compressor.zlib_compress(bytes, &mut self.buffer).unwrap_or_default();
        self.buffer[..length].to_vec()
    }

    /// Returns bytes compressed as small as is worth it: those of pictures and files, of which there may be many.
    pub(super) fn pack_densely(bytes: &[u8]) -> Vec<u8> {
        Self::at(DENSE).pack(bytes)
    }

    /// Returns bytes compressed that have groups of outlines, which are compressed, between them. What goes before the
    /// groups is taken as it is.
    pub(super) fn pack_around(before: &[u8], groups: &[Group], after: &[u8]) -> Packed {
        let mut start = HEADER.to_vec();
        store(before, &mut start);
        let mut end = Vec::new();
        huffman::last_block(after, &mut end);
        let between =
            groups.iter().fold(adler32(before), |sum, group| joined(sum, group.checksum, group.length));
        let checksum = joined(between, adler32(after), after.len()).to_be_bytes();
        Packed {
            start,
            groups: groups.iter().map(|group| group.packed).collect(),
            end: Arc::new(end),
            checksum,
        }
    }

    fn make_room(&mut self, bound: usize) {
        if self.buffer.len() < bound {
            self.buffer.resize(bound, 0);
        }
    }
}

/// Appends bytes as they are as blocks of a deflate stream (RFC 1951, 3.2.4): they end with a byte, and other blocks may
/// follow. Of what goes before outlines, their places, nearly nothing repeats.
fn store(bytes: &[u8], stored: &mut Vec<u8>) {
    for block in bytes.chunks(usize::from(u16::MAX)) {
        let length = block.len() as u16;
        stored.push(0);
        stored.extend(length.to_le_bytes());
        stored.extend((!length).to_le_bytes());
        stored.extend(block);
    }
}

/// Returns the Adler-32 of two texts joined, from that of each and the second's length.
fn joined(first: u32, second: u32, length: usize) -> u32 {
    let halves = |sum: u32| (u64::from(sum & 0xFFFF), u64::from(sum >> 16));
    let ((one, sums), (other, others)) = (halves(first), halves(second));
    // Both began with 1 where one would have: the second adds its own, and the first once for each of its bytes.
    let low = (one + other + BASE - 1) % BASE;
    let before = (one + BASE - 1) % BASE;
    let high = (sums + others + before * (length as u64 % BASE)) % BASE;
    (high as u32) << 16 | low as u32
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn pieces_read_as_one(
            before in prop::collection::vec(any::<u8>(), 0..140_000),
            between in prop::collection::vec(prop::collection::vec(0_u8..4, 0..3000), 0..4),
            after in prop::collection::vec(0_u8..9, 0..70_000),
        ) {
            let groups: Vec<_> = between
                .iter()
                .map(|bytes| {
                    let mut packed = Vec::new();
                    store(bytes, &mut packed);
                    let (length, checksum) = (bytes.len(), adler32(bytes));
                    Group { glyphs: Vec::new(), packed: packed.leak(), length, checksum }
                })
                .collect();
            let wanted = [before.clone(), between.concat(), after.clone()].concat();
            let mut deflater = Deflater::new();
            let around = || {
                let packed = Deflater::pack_around(&before, &groups, &after);
                let bytes =
                    [&packed.start[..], &packed.groups.concat(), &packed.end, &packed.checksum].concat();
                assert_eq!(bytes.len(), packed.len());
                bytes
            };
            let packed = [around(), around(), deflater.pack(&wanted)];
            // What it did before leaves no trace.
            prop_assert_eq!(&packed[0], &packed[1]);
            for packed in packed {
                let mut read = Vec::new();
                let mut decoder = flate2::read::ZlibDecoder::new(packed.as_slice());
                decoder.read_to_end(&mut read).unwrap();
                prop_assert_eq!(decoder.total_in(), packed.len() as u64);
                prop_assert!(read == wanted);
            }
        }
    }
}

//! Compresses streams (RFC 1950), some of them out of pieces that were compressed before.

use flate2::{Compress, Compression, FlushCompress};
use libdeflater::{CompressionLvl, Compressor};

use super::common::Group;

/// Of libdeflate's levels 1 to 12 the one after which more time gains next to nothing: a hundredth smaller than
/// zlib's level 6 in a third of its time.
const LEVEL: i32 = 6;

/// The level for outlines, which have little that is alike: half a hundredth larger than at [`LEVEL`] in half its time.
const LEVEL_OF_OUTLINES: i32 = 1;

/// The largest prime below 2^16 (RFC 1950, 8.2).
const BASE: u64 = 65521;

/// A window of 32 kB, and no more to say (RFC 1950, 2.2).
const HEADER: [u8; 2] = [0x78, 0x9C];

/// Compresses any number of streams, one after the other, in the same working memory.
pub(super) struct Deflater {
    compressor: Compressor,
    outlines: Compressor,
    pieces: Compress,
    buffer: Vec<u8>,
}

impl Deflater {
    pub(super) fn new() -> Self {
        let compressor = |level| Compressor::new(CompressionLvl::new(level).unwrap_or_default());
        Self {
            compressor: compressor(LEVEL),
            outlines: compressor(LEVEL_OF_OUTLINES),
            pieces: Compress::new(Compression::new(6), false),
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

    /// Returns bytes compressed that have groups of outlines, which are compressed, between them.
    pub(super) fn pack_around(&mut self, before: &[u8], groups: &[Group], after: &[u8]) -> Vec<u8> {
        let mut packed = HEADER.to_vec();
        let start = piece(&mut self.pieces, before);
        let bound = self.outlines.deflate_compress_bound(after.len());
        self.make_room(bound);
        let length = self.outlines.deflate_compress(after, &mut self.buffer).unwrap_or_default();
        let pieces = groups.iter().map(|group| group.packed.len()).sum::<usize>();
        packed.reserve_exact(start.len() + pieces + length + 4);
        packed.extend(start);
        let mut checksum = libdeflater::adler32(before);
        for group in groups {
            packed.extend(group.packed);
            checksum = joined(checksum, group.checksum, group.length);
        }
        packed.extend(&self.buffer[..length]);
        checksum = joined(checksum, libdeflater::adler32(after), after.len());
        packed.extend(checksum.to_be_bytes());
        packed
    }

    fn make_room(&mut self, bound: usize) {
        if self.buffer.len() < bound {
            self.buffer.resize(bound, 0);
        }
    }
}

/// Compresses bytes to a piece of a deflate stream: it ends with a byte, and another one may follow.
fn piece(compress: &mut Compress, bytes: &[u8]) -> Vec<u8> {
    let mut packed = Vec::with_capacity(bytes.len() + 64);
    compress.reset();
    // In memory, and with more room than what does not shrink at all takes, it cannot fail.
    let _ = compress.compress_vec(bytes, &mut packed, FlushCompress::Sync);
    packed
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
            before in prop::collection::vec(any::<u8>(), 0..3000),
            between in prop::collection::vec(prop::collection::vec(0_u8..4, 0..3000), 0..4),
            after in prop::collection::vec(0_u8..9, 0..70_000),
        ) {
            let groups: Vec<_> = between
                .iter()
                .map(|bytes| Group {
                    glyphs: Vec::new(),
                    packed: piece(&mut Deflater::new().pieces, bytes).leak(),
                    length: bytes.len(),
                    checksum: libdeflater::adler32(bytes),
                })
                .collect();
            let wanted = [before.clone(), between.concat(), after.clone()].concat();
            let mut deflater = Deflater::new();
            let packed = [deflater.pack_around(&before, &groups, &after), deflater.pack(&wanted)];
            // What it did before leaves no trace.
            prop_assert_eq!(&deflater.pack_around(&before, &groups, &after), &packed[0]);
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

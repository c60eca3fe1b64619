//! Keeps a face compressed until a document needs it.

use std::sync::OnceLock;

use flate2::{Decompress, FlushDecompress, Status};

/// A face that the build script compressed: its length in eight bytes, the least first, and a deflate stream.
pub(super) struct Packed {
    bytes: &'static [u8],
    unpacked: OnceLock<Vec<u8>>,
}

/// The length's own length.
const HEAD: usize = size_of::<u64>();

impl Packed {
    pub(super) const fn new(bytes: &'static [u8]) -> Self {
        Self { bytes, unpacked: OnceLock::new() }
    }

    /// Returns how many bytes the face has, and unpacks nothing.
    pub(super) fn len(&self) -> usize {
        self.bytes.first_chunk::<HEAD>().map_or(0, |length| u64::from_le_bytes(*length) as usize)
    }

    /// Returns the face's bytes, unpacked once for the whole program.
    pub(super) fn bytes(&self) -> &[u8] {
        self.unpacked.get_or_init(|| {
            let mut font = Vec::with_capacity(self.len());
            let done = Decompress::new(false).decompress_vec(
                self.bytes.get(HEAD..).unwrap_or_default(),
                &mut font,
                FlushDecompress::Finish,
            );
            assert_eq!(done.ok(), Some(Status::StreamEnd), "what was compressed when the program was built");
            font
        })
    }
}

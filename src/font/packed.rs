//! Keeps a face compressed until a document needs it.

use std::sync::OnceLock;

use crate::packed;

/// A face that the build script compressed.
pub(super) struct Packed {
    bytes: &'static [u8],
    unpacked: OnceLock<Vec<u8>>,
}

impl Packed {
    pub(super) const fn new(bytes: &'static [u8]) -> Self {
        Self { bytes, unpacked: OnceLock::new() }
    }

    /// Returns how many bytes the face has, and unpacks nothing.
    pub(super) fn len(&self) -> usize {
        packed::length(self.bytes)
    }

    /// Returns the face's bytes, unpacked once for the whole program.
    pub(super) fn bytes(&self) -> &[u8] {
        self.unpacked.get_or_init(|| packed::unpack(self.bytes))
    }
}

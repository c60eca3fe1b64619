//! Keeps account of what reading one file may take: a small file can ask for any amount of work, by naming one
//! stream many times over, or one code.

use lopdf::Stream;

use super::file::File;

/// The most bytes that the streams of one file may unpack to.
const BYTES: usize = 512 * 1024 * 1024;
/// What a stream is counted for beyond its bytes: to unpack nothing takes time too.
const STREAM: usize = 512;
/// The most entries of all maps of one file's fonts: codes to characters and glyphs, glyphs to widths. A code that is given
/// anew is counted anew.
const ENTRIES: usize = 4_000_000;

/// What is left to be spent on a file.
pub(super) struct Budget {
    bytes: usize,
    entries: usize,
}

impl Budget {
    /// Begins with all of it.
    pub(super) fn new() -> Self {
        Self { bytes: BYTES, entries: ENTRIES }
    }

    /// Tells whether something was refused because nothing is left.
    pub(super) fn is_spent(&self) -> bool {
        self.bytes == 0 || self.entries == 0
    }

    /// Unpacks a stream; nothing where that cannot be done within the limits.
    pub(super) fn unpack(&mut self, stream: &Stream) -> Option<Vec<u8>> {
        if self.bytes == 0 {
            return None;
        }
        let bytes = File::unpack(stream);
        self.spend(bytes.as_ref().map_or(0, Vec::len) + STREAM);
        bytes
    }

    /// Counts bytes that are looked at once more.
    pub(super) fn spend(&mut self, bytes: usize) {
        self.bytes = self.bytes.saturating_sub(bytes);
    }

    /// Counts one entry of a map; tells whether there was still one left.
    pub(super) fn enter(&mut self) -> bool {
        self.entries = self.entries.saturating_sub(1);
        self.entries > 0
    }
}

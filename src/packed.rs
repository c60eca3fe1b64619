//! Unpacks what the build script compressed: a length in eight bytes, the least first, and a deflate stream.

use libdeflater::Decompressor;

/// The length's own length.
const HEAD: usize = size_of::<u64>();

/// Returns how many bytes there were, and unpacks nothing.
pub(crate) fn length(packed: &[u8]) -> usize {
    packed.first_chunk::<HEAD>().map_or(0, |length| u64::from_le_bytes(*length) as usize)
}

/// Returns the bytes that there were.
///
/// # Panics
/// When the bytes are not what the build script wrote.
pub(crate) fn unpack(packed: &[u8]) -> Vec<u8> {
    let mut bytes = vec![0; length(packed)];
    let stream = packed.get(HEAD..).unwrap_or_default();
    let done = Decompressor::new().deflate_decompress(stream, &mut bytes);
    assert_eq!(done.ok(), Some(bytes.len()), "what was compressed when the program was built");
    bytes
}

//! Packs files into a ZIP archive: deflated, without a clock, so that the same files make the same bytes.

use std::io::{self, Write};

use flate2::write::DeflateEncoder;
use flate2::{Compression, Crc};

/// What begins a file, an entry of the directory, and the directory's end (APPNOTE.TXT, 4.3).
const FILE: u32 = 0x0403_4b50;
const ENTRY: u32 = 0x0201_4b50;
const END: u32 = 0x0605_4b50;
/// The version of ZIP that reads it: 2.0, which has deflate.
const VERSION: u16 = 20;
/// The method: deflate.
const DEFLATE: u16 = 8;
/// The earliest time that ZIP can say: 1 January 1980, 0:00.
const TIME: u16 = 0;
const DATE: u16 = 0x0021;

/// Packs files under their names, which are ASCII.
///
/// Fails when a file or the archive is beyond 4 GB.
pub(super) fn pack(files: &[(String, String)]) -> io::Result<Vec<u8>> {
    let mut archive = Vec::new();
    let mut directory = Vec::new();
    for (name, text) in files {
        let mut crc = Crc::new();
        crc.update(text.as_bytes());
        let mut deflate = DeflateEncoder::new(Vec::new(), Compression::default());
        deflate.write_all(text.as_bytes())?;
        let packed = deflate.finish()?;
        let offset = size(archive.len())?;
        let mut common = Vec::new();
        for word in [VERSION, 0, DEFLATE, TIME, DATE] {
            common.extend(word.to_le_bytes());
        }
        for word in [crc.sum(), size(packed.len())?, size(text.len())?] {
            common.extend(word.to_le_bytes());
        }
        let length = u16::try_from(name.len()).map_err(io::Error::other)?;
        common.extend(length.to_le_bytes());
        common.extend(0_u16.to_le_bytes());

        archive.extend(FILE.to_le_bytes());
        archive.extend(&common);
        archive.extend(name.as_bytes());
        archive.extend(packed);

        directory.extend(ENTRY.to_le_bytes());
        directory.extend(VERSION.to_le_bytes());
        directory.extend(&common);
        // No comment, the first disk, no attributes.
        directory.extend([0; 10]);
        directory.extend(offset.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let (count, start) = (u16::try_from(files.len()).map_err(io::Error::other)?, size(archive.len())?);
    let length = size(directory.len())?;
    archive.extend(directory);
    archive.extend(END.to_le_bytes());
    archive.extend([0; 4]);
    archive.extend(count.to_le_bytes());
    archive.extend(count.to_le_bytes());
    archive.extend(length.to_le_bytes());
    archive.extend(start.to_le_bytes());
    archive.extend(0_u16.to_le_bytes());
    Ok(archive)
}

fn size(bytes: usize) -> io::Result<u32> {
    u32::try_from(bytes).map_err(io::Error::other)
}

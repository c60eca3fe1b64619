//! Reads a pack from a `.zip` (APPNOTE.TXT 6.3), and no more of it than a pack needs.
//!
//! An archive may come from anywhere. Its directory is read first, and whatever could lead out of the pack or
//! could not be kept in memory is refused before a byte is unpacked: names with `..`, links, encrypted files,
//! sizes beyond what a pack may have. What is unpacked is never more than the directory said.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, Read};
use std::ops::Range;

use flate2::Crc;
use flate2::read::DeflateDecoder;

use super::limits::{LARGEST_FILE, LARGEST_PACK, MOST_FILES};
use super::{PackFiles, is_inside, too_large};
use crate::diag::catalogue::overlay::{ARCHIVE_BROKEN, ARCHIVE_ENTRY, PACK_TOO_LARGE};
use crate::diag::{Diagnostic, Text};

/// What begins a file, an entry of the directory, and the directory's end (4.3.7, 4.3.12, 4.3.16).
const FILE: &[u8] = b"PK\x03\x04";
const ENTRY: &[u8] = b"PK\x01\x02";
const END: &[u8] = b"PK\x05\x06";
/// How long each of them is without what follows of variable length.
const FILE_LENGTH: usize = 30;
const ENTRY_LENGTH: usize = 46;
const END_LENGTH: usize = 22;
/// The longest comment behind the directory's end.
const LONGEST_COMMENT: usize = 0xffff;
/// The kind of file among the rights that Unix keeps, and that of a link.
const KIND: u32 = 0o170_000;
const LINK: u32 = 0o120_000;

/// A pack in a `.zip`.
#[derive(Clone)]
pub struct Archive {
    /// The name by which messages call it.
    name: String,
    bytes: Vec<u8>,
    /// The files by their paths within the pack.
    files: BTreeMap<String, Packed>,
}

/// A file in an archive.
#[derive(Clone)]
struct Packed {
    /// Its bytes in the archive.
    bytes: Range<usize>,
    is_deflated: bool,
    /// How many bytes it has unpacked.
    size: usize,
    crc: u32,
}

impl Archive {
    /// Reads an archive's directory. `name` is what messages call it.
    ///
    /// Fails when it is no archive, with each file that must not be in a pack, and when it is too large for one.
    pub fn open(name: impl Into<String>, bytes: Vec<u8>) -> Result<Self, Vec<Diagnostic>> {
        let mut archive = Self { name: name.into(), bytes, files: BTreeMap::new() };
        let broken = |archive: &Self| vec![Diagnostic::new(&ARCHIVE_BROKEN).with("file", &archive.name)];
        let Some((mut at, count)) = archive.directory() else { return Err(broken(&archive)) };
        if count > MOST_FILES {
            let what = Text::both("文件", "the number of files");
            let fault = Diagnostic::new(&PACK_TOO_LARGE).with("file", &archive.name).with("what", what);
            return Err(vec![fault.with("most", MOST_FILES)]);
        }
        let mut faults = Vec::new();
        let mut total = 0_usize;
        for _ in 0..count {
            let Some((name, packed, reason)) = archive.entry(&mut at) else { return Err(broken(&archive)) };
            if let Some(reason) = reason {
                let fault = Diagnostic::new(&ARCHIVE_ENTRY).with("file", &archive.name);
                faults.push(fault.with("name", name).with("reason", reason));
                continue;
            }
            total = total.saturating_add(packed.size);
            if packed.size > LARGEST_FILE || total > LARGEST_PACK {
                let (what, most) = if packed.size > LARGEST_FILE {
                    (Text::both(format!("解开的 `{name}`"), format!("`{name}` unpacked")), LARGEST_FILE)
                } else {
                    (Text::both("全部解开", "all of it unpacked"), LARGEST_PACK)
                };
                faults.push(too_large(archive.name.clone(), what, most));
                break;
            }
            // Folders have names that end so; what begins with a dot is no part of a pack.
            let is_hidden = name.split('/').any(|part| part.starts_with('.') || part == "__MACOSX");
            if name.ends_with('/') || is_hidden {
                continue;
            }
            if archive.files.insert(name.clone(), packed).is_some() {
                let fault = Diagnostic::new(&ARCHIVE_ENTRY).with("file", &archive.name).with("name", name);
                faults.push(fault.with("reason", Text::both("写了两次", "it is there twice")));
            }
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        archive.enter_folder();
        Ok(archive)
    }

    /// Finds where the directory begins and how many entries it has.
    fn directory(&self) -> Option<(usize, usize)> {
        let earliest = self.bytes.len().saturating_sub(END_LENGTH + LONGEST_COMMENT);
        let tail = self.bytes.get(earliest..)?;
        let end = earliest + tail.windows(END.len()).rposition(|window| window == END)?;
        self.bytes.get(end..end + END_LENGTH)?;
        let (count, start) = (self.word(end + 10)?, self.double(end + 16)?);
        // All ones stand for a value that is kept elsewhere, in an archive of more than 4 GB.
        (count != 0xffff && start != u32::MAX).then_some((start as usize, usize::from(count)))
    }

    /// Reads the directory's entry at a byte and moves on to the next: the file's name, where it is, and why it
    /// must not be read.
    fn entry(&self, at: &mut usize) -> Option<(String, Packed, Option<Text>)> {
        let start = *at;
        if self.bytes.get(start..start + ENTRY.len())? != ENTRY {
            return None;
        }
        let (flags, method) = (self.word(start + 8)?, self.word(start + 10)?);
        let (crc, packed) = (self.double(start + 16)?, self.double(start + 20)? as usize);
        let size = self.double(start + 24)? as usize;
        let name_length = usize::from(self.word(start + 28)?);
        let more = usize::from(self.word(start + 30)?) + usize::from(self.word(start + 32)?);
        let (rights, offset) = (self.double(start + 38)? >> 16, self.double(start + 42)? as usize);
        let name = self.bytes.get(start + ENTRY_LENGTH..start + ENTRY_LENGTH + name_length)?;
        *at = start + ENTRY_LENGTH + name_length + more;
        let Ok(name) = std::str::from_utf8(name).map(str::to_owned) else {
            let reason = Text::both("文件名不是 UTF-8", "its name is not UTF-8");
            let nowhere = Packed { bytes: 0..0, is_deflated: false, size: 0, crc: 0 };
            return Some((String::from_utf8_lossy(name).into_owned(), nowhere, Some(reason)));
        };

        let reason = if !is_inside(name.strip_suffix('/').unwrap_or(&name)) {
            Some(("路径不合规定，会到模板包外面去", "its path is not allowed: it would lead out of the pack"))
        } else if rights & KIND == LINK {
            Some(("这是链接", "it is a link"))
        } else if flags & 1 != 0 {
            Some(("加了密", "it is encrypted"))
        } else if method != 0 && method != 8 {
            Some(("压缩方法不认得", "it is packed in a way that is not known"))
        } else {
            None
        };
        if self.bytes.get(offset..offset + FILE.len())? != FILE {
            return None;
        }
        let names = usize::from(self.word(offset + 26)?) + usize::from(self.word(offset + 28)?);
        let first = offset.checked_add(FILE_LENGTH + names)?;
        let bytes = first..first.checked_add(packed)?;
        self.bytes.get(bytes.clone())?;
        let reason = reason.map(|(zh, en)| Text::both(zh, en));
        Some((name, Packed { bytes, is_deflated: method == 8, size, crc }, reason))
    }

    /// Takes a folder that all files are in for the pack's: that is how a folder is packed as a whole.
    fn enter_folder(&mut self) {
        let Some(first) = self.files.keys().next() else { return };
        let Some((folder, _)) = first.split_once('/') else { return };
        let folder = format!("{folder}/");
        if !self.files.contains_key("pack.toml") && self.files.keys().all(|name| name.starts_with(&folder)) {
            let files = std::mem::take(&mut self.files).into_iter();
            self.files = files.map(|(name, packed)| (name[folder.len()..].to_owned(), packed)).collect();
        }
    }

    fn word(&self, at: usize) -> Option<u16> {
        let bytes = self.bytes.get(at..at.checked_add(2)?)?;
        Some(u16::from_le_bytes(bytes.try_into().ok()?))
    }

    fn double(&self, at: usize) -> Option<u32> {
        let bytes = self.bytes.get(at..at.checked_add(4)?)?;
        Some(u32::from_le_bytes(bytes.try_into().ok()?))
    }
}

impl PackFiles for Archive {
    fn names(&self) -> io::Result<Vec<String>> {
        Ok(self.files.keys().cloned().collect())
    }

    fn read(&self, path: &str) -> io::Result<Option<Cow<'static, [u8]>>> {
        let Some(file) = self.files.get(path) else { return Ok(None) };
        let packed = self.bytes.get(file.bytes.clone()).unwrap_or_default();
        let mut bytes = Vec::new();
        // One more byte than was said shows that more is there.
        let most = file.size as u64 + 1;
        if file.is_deflated {
            DeflateDecoder::new(packed).take(most).read_to_end(&mut bytes)?;
        } else {
            packed.take(most).read_to_end(&mut bytes)?;
        }
        let mut crc = Crc::new();
        crc.update(&bytes);
        if bytes.len() != file.size || crc.sum() != file.crc {
            return Err(io::ErrorKind::InvalidData.into());
        }
        Ok(Some(bytes.into()))
    }

    fn display(&self, path: &str) -> String {
        format!("{}/{path}", self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A sound archive of two files, one of them stored.
    const SOUND: &[u8] = b"PK\x03\x04\x14\0\0\0\0\0\0\0!\0\x83\x16\xdc\x8c\x01\0\0\0\x01\0\0\0\x05\0\0\0a.hbsx\
        PK\x01\x02\x14\0\x14\0\0\0\0\0\0\0!\0\x83\x16\xdc\x8c\x01\0\0\0\x01\0\0\0\x05\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0a.hbs\
        PK\x05\x06\0\0\0\0\x01\0\x01\0\x33\0\0\0\x24\0\0\0\0\0";

    #[test]
    fn whatever_the_bytes_they_are_read_or_refused() {
        let archive = Archive::open("a.zip", SOUND.to_vec()).unwrap();
        assert_eq!(archive.read("a.hbs").unwrap().unwrap(), b"x".as_slice());
        assert!(archive.read("b.hbs").unwrap().is_none());
        for length in 0..SOUND.len() {
            assert!(Archive::open("a.zip", SOUND[..length].to_vec()).is_err(), "{length}");
        }
        for at in 0..SOUND.len() {
            for value in [0, 1, 0x7f, 0xff, SOUND[at] ^ 1] {
                let mut bytes = SOUND.to_vec();
                bytes[at] = value;
                if let Ok(archive) = Archive::open("a.zip", bytes) {
                    for name in archive.names().unwrap() {
                        assert!(is_inside(&name), "{name}");
                        if let Ok(Some(read)) = archive.read(&name) {
                            assert_eq!(read, b"x".as_slice(), "byte {at}");
                        }
                    }
                }
            }
        }
    }
}

//! The character maps that a file may name without holding them (ISO 32000-1, 9.7.5.2): codes in a coded
//! character set, whose characters follow from the code itself.

use encoding_rs::{BIG5, EUC_JP, EUC_KR, Encoding, GB18030, SHIFT_JIS};

/// What the codes of a named map are.
#[derive(Clone, Copy, Debug)]
pub(super) enum Predefined {
    /// The numbers of glyphs, two bytes each.
    Identity,
    /// UTF-16, the most significant byte first.
    Utf16,
    /// UTF-8.
    Utf8,
    /// UTF-32, the most significant byte first.
    Utf32,
    /// A coded character set of one and two bytes.
    Legacy(&'static Encoding),
}

/// The beginnings of the names, without what says how lines run.
const LEGACY: &[(&str, &Encoding)] = &[
    ("GB-EUC", GB18030),
    ("GBpc-EUC", GB18030),
    ("GBK", GB18030),
    ("B5", BIG5),
    ("HKscs-B5", BIG5),
    ("ETen-B5", BIG5),
    ("ETenms-B5", BIG5),
    ("83pv-RKSJ", SHIFT_JIS),
    ("90ms-RKSJ", SHIFT_JIS),
    ("90msp-RKSJ", SHIFT_JIS),
    ("90pv-RKSJ", SHIFT_JIS),
    ("Add-RKSJ", SHIFT_JIS),
    ("Ext-RKSJ", SHIFT_JIS),
    ("EUC", EUC_JP),
    ("KSC", EUC_KR),
];

impl Predefined {
    /// Returns the map with a name.
    pub(super) fn named(name: &str) -> Option<Self> {
        if name.starts_with("Identity") {
            return Some(Self::Identity);
        }
        if name.starts_with("Uni") {
            return Some(match name {
                _ if name.contains("UTF32") => Self::Utf32,
                _ if name.contains("UTF8") => Self::Utf8,
                _ => Self::Utf16,
            });
        }
        LEGACY.iter().find(|(start, _)| name.starts_with(start)).map(|(_, encoding)| Self::Legacy(encoding))
    }

    /// Returns how many bytes the code at the start of a string takes, and its character.
    pub(super) fn next(self, bytes: &[u8]) -> (usize, Option<char>) {
        let first = bytes.first().copied().unwrap_or(0);
        let length = match self {
            Self::Identity => 2,
            Self::Utf16 if (0xd8..0xdc).contains(&first) => 4,
            Self::Utf16 => 2,
            Self::Utf32 => 4,
            Self::Utf8 => match first {
                0..0xc0 => 1,
                0xc0..0xe0 => 2,
                0xe0..0xf0 => 3,
                _ => 4,
            },
            Self::Legacy(encoding) if encoding == GB18030 => match (first, bytes.get(1)) {
                (0..=0x80, _) => 1,
                (_, Some(b'0'..=b'9')) => 4,
                _ => 2,
            },
            Self::Legacy(encoding) if encoding == SHIFT_JIS && (0xa0..0xe0).contains(&first) => 1,
            Self::Legacy(_) if first <= 0x80 => 1,
            Self::Legacy(_) => 2,
        };
        let length = length.min(bytes.len()).max(1);
        let code = &bytes[..length.min(bytes.len())];
        let character = match self {
            Self::Identity => None,
            Self::Utf16 => {
                let units = code.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
                char::decode_utf16(units).next().and_then(Result::ok)
            }
            Self::Utf32 => {
                <[u8; 4]>::try_from(code).ok().and_then(|code| char::from_u32(u32::from_be_bytes(code)))
            }
            Self::Utf8 => std::str::from_utf8(code).ok().and_then(|text| text.chars().next()),
            Self::Legacy(encoding) => {
                let text = encoding.decode_without_bom_handling_and_without_replacement(code);
                text.and_then(|text| text.chars().next())
            }
        };
        (length, character)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_lead_to_characters() {
        let next = |name: &str, bytes: &[u8]| Predefined::named(name).map(|map| map.next(bytes));
        assert_eq!(next("Identity-H", b"\x12\x34"), Some((2, None)));
        assert_eq!(next("GBK-EUC-H", b"\xb9\xab\xce\xc4"), Some((2, Some('公'))));
        assert_eq!(next("GBK-EUC-H", b"A\xce"), Some((1, Some('A'))));
        assert_eq!(next("GBK2K-V", b"\x81\x39\xee\x39"), Some((4, Some('\u{3400}'))));
        assert_eq!(next("UniGB-UTF16-H", b"\xd8\x40\xdc\x0b"), Some((4, Some('𠀋'))));
        assert_eq!(next("UniGB-UCS2-H", b"\x65\x87"), Some((2, Some('文'))));
        assert_eq!(next("UniGB-UTF16-H", b"\x65"), Some((1, None)));
        assert!(next("Nobody-H", b"").is_none());
    }
}

//! Character maps: from the bytes of a string to codes, and from codes to characters or glyphs.

use std::collections::HashMap;

use super::super::budget::Budget;
use super::super::tokens::{Item, Operand, Tokens};

/// The most codes that one range of a map may cover: all that two bytes can say.
const RANGE_LIMIT: u32 = 0x1_0000;
/// The most code spaces of a map, all of which may have to be asked for each code; those in use have five.
const SPACES: usize = 100;
/// The most bytes of the characters of one code, which each of its glyphs has a copy of.
const LONGEST: usize = 256;

/// A character map that stands in the file.
#[derive(Debug, Default)]
pub(in crate::audit) struct Cmap {
    /// Codes are as long as the space that they fall into: length, lowest, highest.
    spaces: Vec<(usize, u32, u32)>,
    /// The characters of a code.
    characters: HashMap<u32, String>,
    /// The glyph (CID) of a code.
    glyphs: HashMap<u32, u32>,
    /// Whether lines run from top to bottom.
    pub(super) vertical: bool,
}

impl Cmap {
    /// Reads a map, as far as the budget goes.
    pub(in crate::audit) fn parse(bytes: &[u8], budget: &mut Budget) -> Self {
        let mut map = Self::default();
        let mut tokens = Tokens::new(bytes);
        let mut operands: Vec<Operand> = Vec::new();
        while let Some(item) = tokens.next() {
            match item {
                Item::Operand(operand) => operands.push(operand),
                Item::Operator(operator) => {
                    map.take(operator, &operands, budget);
                    operands.clear();
                }
            }
        }
        map
    }

    fn take(&mut self, operator: &[u8], operands: &[Operand], budget: &mut Budget) {
        match operator {
            b"endcodespacerange" => {
                for pair in operands.chunks_exact(2) {
                    if let (Some(low), Some(high)) = (pair[0].text(), pair[1].text())
                        && self.spaces.len() < SPACES
                    {
                        self.spaces.push((low.len().clamp(1, 4), code(low), code(high)));
                    }
                }
            }
            b"endbfchar" => {
                for pair in operands.chunks_exact(2) {
                    if let (Some(from), Some(to)) = (pair[0].text(), pair[1].text()) {
                        self.put_characters(code(from), to, budget);
                    }
                }
            }
            b"endbfrange" => {
                for range in operands.chunks_exact(3) {
                    self.range_of_characters(range, budget);
                }
            }
            b"endcidchar" => {
                for pair in operands.chunks_exact(2) {
                    if let (Some(from), Some(to)) = (pair[0].text(), pair[1].number()) {
                        self.put_glyph(code(from), to as u32, budget);
                    }
                }
            }
            b"endcidrange" => {
                for range in operands.chunks_exact(3) {
                    if let [low, high, first] = range
                        && let (Some(low), Some(high), Some(first)) =
                            (low.text(), high.text(), first.number())
                    {
                        for (step, from) in span(code(low), code(high)).enumerate() {
                            let to = (first as u32).wrapping_add(step as u32);
                            if !self.put_glyph(from, to, budget) {
                                break;
                            }
                        }
                    }
                }
            }
            b"def" => {
                if let [Operand::Name(name), Operand::Number(mode)] = operands
                    && name == b"WMode"
                {
                    self.vertical = *mode >= 1.0;
                }
            }
            _ => {}
        }
    }

    fn range_of_characters(&mut self, range: &[Operand], budget: &mut Budget) {
        let [low, high, to] = range else { return };
        let (Some(low), Some(high)) = (low.text(), high.text()) else { return };
        let codes = span(code(low), code(high));
        match to {
            Operand::Text(first) => {
                let mut bytes = first.clone();
                for from in codes {
                    if !self.put_characters(from, &bytes, budget) {
                        break;
                    }
                    increase(&mut bytes);
                }
            }
            Operand::Array(items) => {
                for (from, item) in codes.zip(items) {
                    if let Some(text) = item.text() {
                        self.put_characters(from, text, budget);
                    }
                }
            }
            _ => {}
        }
    }

    /// Takes the characters of a code; tells whether there is room for more like them.
    fn put_characters(&mut self, from: u32, to: &[u8], budget: &mut Budget) -> bool {
        let has_room = to.len() <= LONGEST && budget.enter();
        if has_room {
            self.characters.insert(from, utf16(to));
        }
        has_room
    }

    /// Takes the glyph of a code; tells whether there is room for more.
    fn put_glyph(&mut self, from: u32, to: u32, budget: &mut Budget) -> bool {
        let has_room = budget.enter();
        if has_room {
            self.glyphs.insert(from, to);
        }
        has_room
    }

    /// Returns the code at the start of a string and how many bytes it takes.
    pub(in crate::audit) fn next(&self, bytes: &[u8]) -> (u32, usize) {
        for length in 1..=bytes.len().min(4) {
            let found = code(&bytes[..length]);
            let within =
                |(own, low, high): &(usize, u32, u32)| *own == length && inside(found, *low, *high, length);
            if self.spaces.iter().any(within) {
                return (found, length);
            }
        }
        let length = self.spaces.iter().map(|space| space.0).min().unwrap_or(2).min(bytes.len()).max(1);
        (code(&bytes[..length]), length)
    }

    /// Returns the characters of a code.
    pub(in crate::audit) fn characters(&self, code: u32) -> Option<&str> {
        self.characters.get(&code).map(String::as_str)
    }

    /// Returns the glyph (CID) of a code.
    pub(super) fn glyph(&self, code: u32) -> Option<u32> {
        self.glyphs.get(&code).copied()
    }
}

fn span(low: u32, high: u32) -> std::ops::RangeInclusive<u32> {
    low..=high.min(low.saturating_add(RANGE_LIMIT))
}

/// Tells whether each byte of a code is within the bytes of the space, as spaces are boxes and not intervals.
fn inside(code: u32, low: u32, high: u32, length: usize) -> bool {
    (0..length).all(|at| {
        let byte = |value: u32| (value >> (8 * at)) & 0xff;
        (byte(low)..=byte(high)).contains(&byte(code))
    })
}

fn code(bytes: &[u8]) -> u32 {
    bytes.iter().take(4).fold(0, |code, byte| code << 8 | u32::from(*byte))
}

fn utf16(bytes: &[u8]) -> String {
    if let [byte] = bytes {
        return char::from(*byte).to_string();
    }
    let units = bytes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
    char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

fn increase(bytes: &mut [u8]) {
    for byte in bytes.iter_mut().rev().take(2) {
        *byte = byte.wrapping_add(1);
        if *byte != 0 {
            break;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(bytes: &[u8]) -> Cmap {
        Cmap::parse(bytes, &mut Budget::new())
    }

    #[test]
    fn ranges_lists_and_surrogates_are_read() {
        let map = parse(
            b"1 begincodespacerange <0000> <FFFF> endcodespacerange \
              2 beginbfchar <0001> <4E00> <0002> <D840DC0B> endbfchar \
              2 beginbfrange <0010> <0012> <0041> <0020> <0021> [<4E8C> <00660069>] endbfrange \
              1 begincidrange <0100> <0102> 7 endcidrange",
        );
        assert_eq!(map.characters(1), Some("一"));
        assert_eq!(map.characters(2), Some("𠀋"));
        assert_eq!(map.characters(0x12), Some("C"));
        assert_eq!(map.characters(0x21), Some("fi"));
        assert_eq!(map.characters(0x30), None);
        assert_eq!(map.glyph(0x102), Some(9));
        assert_eq!(map.next(&[0x01, 0x02, 0x03]), (0x0102, 2));
    }

    #[test]
    fn codes_of_one_and_two_bytes_stand_side_by_side() {
        let map = parse(b"2 begincodespacerange <00> <80> <8140> <FEFE> endcodespacerange");
        assert_eq!(map.next(b"A\xb0\xa1"), (0x41, 1));
        assert_eq!(map.next(b"\xb0\xa1A"), (0xb0a1, 2));
        assert_eq!(map.next(b"\xb0"), (0xb0, 1));
    }

    #[test]
    fn ranges_that_are_said_over_and_over_come_to_an_end() {
        for range in
            ["beginbfrange <0000> <FFFF> <0041> endbfrange ", "begincidrange <0000> <FFFF> 7 endcidrange "]
        {
            let mut budget = Budget::new();
            let map = Cmap::parse(range.repeat(20_000).as_bytes(), &mut budget);
            assert!(budget.is_spent(), "{range}");
            assert!(map.characters(1) == Some("B") || map.glyph(1) == Some(8), "{range}");
            // What comes later has nothing left.
            let map = Cmap::parse(b"beginbfchar <0001> <4E00> endbfchar", &mut budget);
            assert_eq!(map.characters(1), None);
        }
    }

    #[test]
    fn codes_have_no_room_for_a_text() {
        let long = "4E00".repeat(1000);
        let map =
            format!("1 beginbfrange <0000> <FFFF> <{long}> endbfrange beginbfchar <01> <4E00> endbfchar");
        let mut budget = Budget::new();
        let map = Cmap::parse(map.as_bytes(), &mut budget);
        assert_eq!((map.characters(0), map.characters(1)), (None, Some("一")));
    }
}

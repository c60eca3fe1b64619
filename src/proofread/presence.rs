//! Knows at a glance which characters a passage does not have, so that most rules need not look at most passages.

/// A set of characters that is quick rather than exact: it may take a character for one that it has, but never
/// misses one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Characters([u64; WORDS]);

/// How many words of bits there are. A long paragraph has a hundred different hanzi, a tenth of the bits for these.
const WORDS: usize = 32;

impl Characters {
    /// The set of no character.
    pub(super) const NONE: Self = Self([0; WORDS]);

    /// Makes the set of some characters.
    pub(super) const fn of(characters: &[char]) -> Self {
        let mut set = Self::NONE;
        let mut index = 0;
        while index < characters.len() {
            set.insert(characters[index]);
            index += 1;
        }
        set
    }

    /// Adds a character.
    pub(super) const fn insert(&mut self, c: char) {
        let (word, bit) = place(c);
        self.0[word] |= bit;
    }

    /// Tells whether a character may be in the set.
    pub(super) const fn may_have(&self, c: char) -> bool {
        let (word, bit) = place(c);
        self.0[word] & bit != 0
    }

    /// Tells whether two sets may have a character in common.
    pub(super) fn may_meet(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).fold(0, |common, (one, other)| common | one & other) != 0
    }
}

impl FromIterator<char> for Characters {
    fn from_iter<I: IntoIterator<Item = char>>(characters: I) -> Self {
        let mut set = Self::NONE;
        characters.into_iter().for_each(|c| set.insert(c));
        set
    }
}

/// Returns the word and the bit of a character. Those that are no hanzi have bits of their own: rules look for them
/// in texts full of hanzi. The factor keeps Chinese marks, which stand everywhere, off the bits of what rules look for.
const fn place(c: char) -> (usize, u64) {
    let code = c as usize;
    let index = match code {
        0x3400..0xfe00 | 0x1_0000.. => 0x400 + code % 0x400,
        0..0x80 => code,
        _ => 0x80 + (code + (code >> 8) * 6) % 0x100,
    };
    (index / 64, 1 << (index % 64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_character_of_a_set_is_missed() {
        let characters: Vec<char> = "Xx_（）”等待年0９％、𠀀\u{10ffff}".chars().collect();
        let set = Characters::of(&characters);
        for c in characters {
            assert!(set.may_have(c), "{c}");
            assert!(set.may_meet(&Characters::of(&[c])), "{c}");
        }
        assert!(!set.may_have('*') && !set.may_have('一') && !set.may_have('。'));
        assert!(!set.may_meet(&Characters::of(&['*', '一', '。'])));
        assert!(!set.may_meet(&Characters::NONE));
    }
}

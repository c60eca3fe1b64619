//! Compresses bytes by how often each of them comes, and by nothing else (RFC 1951, 3.2.7).
//!
//! In outlines next to nothing comes again that is longer than a byte. To look for it takes most of the time of a
//! compressor, and made a report's outlines a hundredth smaller.

/// The longest code of a byte, and the symbol after the bytes: the end of a block (RFC 1951, 3.2.5 and 3.2.7).
const LONGEST: u8 = 15;
const END: usize = 256;

/// In which order the lengths of the codes for lengths are told (RFC 1951, 3.2.7). Those after the first three are the
/// lengths themselves, 0 to 15.
const LENGTHS: usize = 19;
const REPEATS: usize = 3;

/// How many codes for distances are told: two of one bit, so that they are complete for every reader. None is used.
const DISTANCES: usize = 2;

/// Appends bytes as the last block of a deflate stream that ended with a whole byte so far.
pub(super) fn last_block(bytes: &[u8], packed: &mut Vec<u8>) {
    let mut counts = [0_u32; END + 1];
    for byte in bytes {
        counts[usize::from(*byte)] += 1;
    }
    counts[END] = 1;
    let lengths = lengths(&counts);
    let codes = codes(&lengths);

    let told: Vec<u8> = lengths.iter().copied().chain([1; DISTANCES]).collect();
    let spent = counts.iter().zip(&lengths).map(|(count, length)| *count as usize * usize::from(*length));
    let head = 17 + 3 * LENGTHS + 4 * told.len();
    let (start, length) = (packed.len(), (head + spent.sum::<usize>()).div_ceil(8));
    packed.resize(start + length.next_multiple_of(4), 0);
    let mut bits = Bits { words: packed[start..].chunks_exact_mut(4), pending: 0, count: 0 };
    // The last block, of codes of its own.
    bits.push(0b101, 3);
    bits.push(0, 5);
    bits.push(DISTANCES as u32 - 1, 5);
    bits.push(LENGTHS as u32 - 4, 4);
    // Each length is told in four bits, as a code of four bits that is the length.
    (0..LENGTHS).for_each(|place| bits.push(if place < REPEATS { 0 } else { 4 }, 3));
    for length in told {
        bits.push(u32::from(length.reverse_bits() >> 4), 4);
    }
    // Two codes have room in what is pushed at once.
    let (pairs, rest) = bytes.as_chunks();
    for [one, two] in pairs {
        let ((one, one_count), (two, two_count)) = (codes[usize::from(*one)], codes[usize::from(*two)]);
        bits.push(one | two << one_count, one_count + two_count);
    }
    for byte in rest {
        let (code, count) = codes[usize::from(*byte)];
        bits.push(code, count);
    }
    let (code, count) = codes[END];
    bits.push(code, count);
    bits.write();
    packed.truncate(start + length);
}

/// Returns how long the code of each symbol is, none where it does not come: the code that makes the fewest bits of all
/// (D. A. Huffman), of counts that are made more alike until no code is too long.
fn lengths(counts: &[u32; END + 1]) -> [u8; END + 1] {
    let mut counts = *counts;
    loop {
        let lengths = unbounded(&counts);
        if lengths.iter().all(|length| *length <= LONGEST) {
            return lengths;
        }
        for count in &mut counts {
            *count = count.div_ceil(2);
        }
    }
}

fn unbounded(counts: &[u32; END + 1]) -> [u8; END + 1] {
    let mut lengths = [0; END + 1];
    let mut leaves: Vec<(u32, usize)> =
        counts.iter().copied().zip(0..).filter(|(count, _)| *count > 0).collect();
    // The end always comes. Alone it has a code all the same.
    if let [(_, alone)] = leaves[..] {
        lengths[alone] = 1;
        return lengths;
    }
    leaves.sort_unstable();
    // Nodes rise in count as they are made, so that the two least are at the head of the leaves or of the nodes. A
    // node's children are numbered leaves first, then nodes.
    let mut nodes: Vec<(u32, [usize; 2])> = Vec::with_capacity(leaves.len());
    let (mut leaf, mut node) = (0, 0);
    for _ in 1..leaves.len() {
        let mut sum = 0;
        let children = [(); 2].map(|()| {
            let is_leaf = nodes
                .get(node)
                .is_none_or(|(count, _)| leaves.get(leaf).is_some_and(|(least, _)| least <= count));
            let (count, child) =
                if is_leaf { (leaves[leaf].0, leaf) } else { (nodes[node].0, leaves.len() + node) };
            *(if is_leaf { &mut leaf } else { &mut node }) += 1;
            sum += count;
            child
        });
        nodes.push((sum, children));
    }
    let mut depths = vec![0; leaves.len() + nodes.len()];
    for (nth, (_, children)) in nodes.iter().enumerate().rev() {
        let depth = depths[leaves.len() + nth] + 1;
        for child in children {
            depths[*child] = depth;
        }
    }
    leaves.iter().zip(&depths).for_each(|((_, symbol), depth)| lengths[*symbol] = *depth);
    lengths
}

/// Returns each symbol's code, its first bit lowest, and its length (RFC 1951, 3.2.2).
fn codes(lengths: &[u8; END + 1]) -> [(u32, u8); END + 1] {
    let mut codes = [(0, 0); END + 1];
    let mut code = 0_u32;
    for length in 1..=LONGEST {
        for (symbol, _) in lengths.iter().enumerate().filter(|(_, own)| **own == length) {
            codes[symbol] = (code.reverse_bits() >> (u32::BITS - u32::from(length)), length);
            code += 1;
        }
        code <<= 1;
    }
    codes
}

/// Bits on their way into bytes, the first lowest.
struct Bits<'a> {
    /// Where the next bytes go, four at a time.
    words: std::slice::ChunksExactMut<'a, u8>,
    pending: u64,
    count: u8,
}

impl Bits<'_> {
    fn push(&mut self, bits: u32, count: u8) {
        self.pending |= u64::from(bits) << self.count;
        self.count += count;
        if self.count >= u32::BITS as u8 {
            self.write();
            self.pending >>= u32::BITS;
            self.count -= u32::BITS as u8;
        }
    }

    fn write(&mut self) {
        if let Some(word) = self.words.next() {
            word.copy_from_slice(&(self.pending as u32).to_le_bytes());
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use proptest::prelude::*;

    use super::*;

    fn read(packed: &[u8]) -> Vec<u8> {
        let mut read = Vec::new();
        let mut decoder = flate2::read::DeflateDecoder::new(packed);
        decoder.read_to_end(&mut read).unwrap();
        assert_eq!(decoder.total_in(), packed.len() as u64);
        read
    }

    proptest! {
        #[test]
        fn what_is_packed_is_read_again(
            bytes in prop::collection::vec(any::<u8>(), 0..70_000),
            kinds in 1_u8..=255,
        ) {
            let bytes: Vec<u8> = bytes.iter().map(|byte| byte % kinds).collect();
            let mut packed = Vec::new();
            last_block(&bytes, &mut packed);
            prop_assert!(read(&packed) == bytes);
        }
    }

    #[test]
    fn no_code_is_too_long() {
        // Each as frequent as the two before it together would have codes of one bit to twenty-four.
        let mut counts = [0; END + 1];
        let (mut one, mut other) = (1, 1);
        for count in &mut counts[..25] {
            *count = one;
            (one, other) = (other, one + other);
        }
        assert_eq!(unbounded(&counts).iter().max(), Some(&24));
        let lengths = lengths(&counts);
        assert!(lengths.iter().max() <= Some(&LONGEST));
        let room: u32 =
            lengths.iter().filter(|length| **length > 0).map(|length| 1 << (LONGEST - length)).sum();
        assert_eq!(room, 1 << LONGEST);
    }

    #[test]
    fn the_frequent_is_short() {
        let bytes: Vec<u8> =
            (0..4096).map(|nth: u32| (nth & nth.wrapping_neg()).trailing_zeros() as u8).collect();
        let mut packed = Vec::new();
        last_block(&bytes, &mut packed);
        // Two bits a byte, and what tells the codes.
        assert!((1024..1024 + 160).contains(&packed.len()), "{}", packed.len());
        assert_eq!(read(&packed), bytes);
    }
}

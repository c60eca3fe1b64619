//! Writes which text each code of a font stands for (`ToUnicode`, ISO 32000-1, 9.10.3).

use super::subset::Code;
use super::syntax::{hexadecimal, integer};

/// What every map begins with: codes of two bytes, and no name but the usual one.
const HEAD: &[u8] = b"/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo <</Registry (Adobe)/Ordering (UCS)/Supplement 0>> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
";

/// What every map ends with.
const FOOT: &[u8] = b"endcmap
CMapName currentdict /CMap defineresource pop
end
end
";

/// How many ranges one block may have (Adobe Technical Note 5014, 6.2).
const BLOCK: usize = 100;

/// Returns the map of codes that rise.
pub(super) fn map(codes: &[Code]) -> Vec<u8> {
    let mut map = HEAD.to_vec();
    // The codes of a range follow one another and differ in their last byte alone.
    let follows = |one: &Code, next: &Code| one.value + 1 == next.value && one.value >> 8 == next.value >> 8;
    let ranges: Vec<_> = codes.chunk_by(follows).collect();
    for block in ranges.chunks(BLOCK) {
        integer(&mut map, block.len() as i64);
        map.extend(b" beginbfrange\n");
        for range in block {
            let (first, last) = (range[0].value, range[range.len() - 1].value);
            map.push(b'<');
            put(&mut map, first);
            map.extend(b"> <");
            put(&mut map, last);
            map.extend(b"> [");
            for (index, code) in range.iter().enumerate() {
                // Some readers want the space that the standard does not ask for.
                map.extend(if index > 0 { b" <".as_slice() } else { b"<" });
                for unit in code.character.encode_utf16(&mut [0; 2]) {
                    put(&mut map, *unit);
                }
                map.push(b'>');
            }
            map.extend(b"]\n");
        }
        map.extend(b"endbfrange\n");
    }
    map.extend(FOOT);
    map
}

/// Writes a code as four digits.
fn put(map: &mut Vec<u8>, code: u16) {
    for byte in code.to_be_bytes() {
        hexadecimal(map, byte);
    }
}

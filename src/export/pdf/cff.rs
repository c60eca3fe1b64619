//! Cuts a CFF font down to some of its glyphs and leaves their outlines as they are, byte for byte.
//!
//! Charstrings may call subroutines, which is why a subset of any font at all has to take them apart and
//! write them anew. Those of the embedded faces call none: every glyph stands for itself, so that the new
//! font is the chosen charstrings and a frame around them (Adobe Technical Note 5176):
//!
//! ```text
//! header, Name INDEX      as in the source
//! Top DICT                Adobe-Identity-0, the source's names and notices, where the rest is
//! String INDEX            the source's, two strings longer
//! Global Subr INDEX       empty
//! charset, FDSelect       the glyph n has the CID n and the Font DICT 0
//! Private DICT, FDArray   the source's Private DICT under the one Font DICT
//! CharStrings INDEX       the chosen ones
//! ```
//!
//! [`subset`] takes CID-keyed fonts with one Font DICT, no subroutines and the usual thousand units; for any
//! other font it returns `None` and means that someone else should try. A charstring that composes an accented
//! letter of two others needs no care: it names them by the standard encoding, which a CID-keyed font lacks.

use std::ops::Range;

use crate::font::GlyphId;

/// A key of a DICT; those of two bytes begin with 12.
type Operator = u16;

const FONT_BOX: Operator = 5;
const CHARSET: Operator = 15;
const CHAR_STRINGS: Operator = 17;
const PRIVATE: Operator = 18;
const SUBROUTINES: Operator = 19;
const COPYRIGHT: Operator = 0x0C00;
const FONT_MATRIX: Operator = 0x0C07;
const REGISTRY_ORDERING_SUPPLEMENT: Operator = 0x0C1E;
const CID_FONT_VERSION: Operator = 0x0C1F;
const CID_FONT_TYPE: Operator = 0x0C21;
const CID_COUNT: Operator = 0x0C22;
const FONT_DICTS: Operator = 0x0C24;
const FONT_DICT_SELECT: Operator = 0x0C25;
const FONT_NAME: Operator = 0x0C26;

/// How many strings every reader has without being told (Appendix A).
const STANDARD_STRINGS: usize = 391;

/// What every charstring without subroutines ends with.
const END_OF_GLYPH: u8 = 14;

/// A thousand units to the em, the default, and nothing on top of it. Both are written out because there are
/// printers that take a CID-keyed font without them to be a thousand times as large.
const THOUSANDTHS: &[u8] = b"\x1E\xA0\x01\xFF\x8B\x8B\x1E\xA0\x01\xFF\x8B\x8B";
const UNCHANGED: &[u8] = b"\x8C\x8B\x8B\x8C\x8B\x8B";

/// The number 0.
const ZERO: &[u8] = b"\x8B";

/// A CID-keyed CFF table in two parts, which follow one another: outlines that were compressed before can be
/// taken as they are.
pub(super) struct Table<'a> {
    /// All that comes before the outlines.
    pub(super) frame: Vec<u8>,
    /// The glyphs' outlines in their order.
    pub(super) char_strings: Vec<&'a [u8]>,
}

impl Table<'_> {
    /// Returns the table in one piece.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let parts = std::iter::once(&self.frame[..]).chain(self.char_strings.iter().copied());
        parts.collect::<Vec<_>>().concat()
    }
}

/// Returns a CID-keyed CFF table of the glyphs in their order, with the CIDs 0, 1, 2 ...
///
/// `table` is the table `CFF ` of a font; `glyphs` starts with the glyph 0, and the outlines of the next ones, as many as
/// are `known`, are not looked at: they are known to be sound. `None` for a font that needs more than copying, and for
/// whatever is not as Technical Note 5176 has it.
pub(super) fn subset<'a>(table: &'a [u8], glyphs: &[GlyphId], known: usize) -> Option<Table<'a>> {
    let source = Source::read(table)?;
    let char_string = |(place, glyph): (usize, &GlyphId)| {
        if (1..=known).contains(&place) {
            source.char_strings.get(usize::from(*glyph))
        } else {
            source.char_string(*glyph)
        }
    };
    let char_strings = glyphs.iter().enumerate().map(char_string).collect::<Option<_>>()?;
    if glyphs.len() < 2 || glyphs.first() != Some(&0) {
        return None;
    }
    source.assemble(char_strings)
}

/// Returns a table like that of [`subset`] with no more than the first two glyphs, both empty, for who looks at the frame
/// alone.
pub(super) fn hollow(table: &[u8]) -> Option<Vec<u8>> {
    Some(Source::read(table)?.assemble(vec![&[END_OF_GLYPH]; 2])?.bytes())
}

/// Where the parts begin that the Top DICT leads to.
#[derive(Default)]
struct Places {
    charset: usize,
    select: usize,
    font_dicts: usize,
    char_strings: usize,
}

/// What a subset takes from its font.
pub(super) struct Source<'a> {
    name: &'a [u8],
    /// The entries of the Top DICT that hold for any choice of glyphs.
    kept: Vec<Entry<'a>>,
    strings: Index<'a>,
    char_strings: Index<'a>,
    private: &'a [u8],
    /// The operand of the Font DICT's name.
    font_name: Option<&'a [u8]>,
}

/// An operator of a DICT and the bytes of its operands.
type Entry<'a> = (Operator, &'a [u8]);

impl<'a> Source<'a> {
    /// Reads the table `CFF `.
    pub(super) fn read(table: &'a [u8]) -> Option<Self> {
        if *table.first()? != 1 {
            return None;
        }
        let (names, end) = Index::read(table, usize::from(*table.get(2)?))?;
        let (tops, end) = Index::read(table, end)?;
        let (strings, end) = Index::read(table, end)?;
        let (subroutines, _) = Index::read(table, end)?;
        if subroutines.count > 0 || names.count != 1 {
            return None;
        }

        let top = entries(tops.only()?)?;
        if top.first()?.0 != REGISTRY_ORDERING_SUPPLEMENT {
            return None;
        }
        let (mut kept, mut char_strings, mut font_dicts) = (Vec::new(), None, None);
        for (operator, operands) in top {
            match operator {
                // Version, notice, names, weight, angle and lines under text.
                0..=FONT_BOX | COPYRIGHT..=0x0C04 | CID_FONT_VERSION..=CID_FONT_TYPE => {
                    kept.push((operator, operands));
                }
                CHAR_STRINGS => char_strings = Some(place(operands)?),
                FONT_DICTS => font_dicts = Some(place(operands)?),
                // With one Font DICT there is nothing to select, and the glyphs get CIDs of their own. A
                // number of the whole font (13, 14, 12 35) is not its subset's.
                REGISTRY_ORDERING_SUPPLEMENT | CHARSET | CID_COUNT | FONT_DICT_SELECT | 13 | 14 | 0x0C23 => {}
                _ => return None,
            }
        }
        let (char_strings, _) = Index::read(table, char_strings?)?;
        let (font_dicts, _) = Index::read(table, font_dicts?)?;

        let (mut private, mut font_name) = (None, None);
        for (operator, operands) in entries(font_dicts.only()?)? {
            match operator {
                PRIVATE => private = Some(table.get(range(operands)?)?),
                FONT_NAME => font_name = Some(operands),
                _ => return None,
            }
        }
        let private = private?;
        if entries(private)?.iter().any(|(operator, _)| *operator == SUBROUTINES) {
            return None;
        }
        Some(Self { name: names.only()?, kept, strings, char_strings, private, font_name })
    }

    /// Puts the frame together that leads to outlines.
    fn assemble<'b>(&self, char_strings: Vec<&'b [u8]>) -> Option<Table<'b>> {
        let count = u16::try_from(char_strings.len()).ok()?;
        let mut strings: Vec<_> =
            (0..self.strings.count).map(|at| self.strings.get(at)).collect::<Option<_>>()?;
        let registry = string_number(strings.len())?;
        strings.push(b"Adobe");
        let ordering = string_number(strings.len())?;
        strings.push(b"Identity");

        // Every number that depends on a place takes five bytes, so that the DICT has its length beforehand.
        let top = |places: &Places| {
            let mut dict = Vec::new();
            let identity = [&registry[..], &ordering, ZERO].concat();
            put(&mut dict, &identity, REGISTRY_ORDERING_SUPPLEMENT);
            for (operator, operands) in &self.kept {
                put(&mut dict, operands, *operator);
            }
            put(&mut dict, THOUSANDTHS, FONT_MATRIX);
            put(&mut dict, &integer(places.charset)?, CHARSET);
            put(&mut dict, &integer(places.char_strings)?, CHAR_STRINGS);
            put(&mut dict, &integer(usize::from(count))?, CID_COUNT);
            // At the end, because Apple's Preview shows nothing where these come right after the first.
            put(&mut dict, &integer(places.font_dicts)?, FONT_DICTS);
            put(&mut dict, &integer(places.select)?, FONT_DICT_SELECT);
            index(&[&dict])
        };
        let mut head = vec![1, 0, 4, 4];
        head.extend(index(&[self.name])?);
        let mut middle = index(&strings)?;
        middle.extend(index(&[])?);

        let before = head.len() + top(&Places::default())?.len();
        let charset = before + middle.len();
        middle.push(2);
        middle.extend(1_u16.to_be_bytes());
        middle.extend(count.checked_sub(2)?.to_be_bytes());
        let select = before + middle.len();
        middle.extend([3, 0, 1, 0, 0, 0]);
        middle.extend(count.to_be_bytes());
        let private = before + middle.len();
        middle.extend(self.private);
        let font_dicts = before + middle.len();
        let mut font_dict = Vec::new();
        put(&mut font_dict, UNCHANGED, FONT_MATRIX);
        put(&mut font_dict, &[integer(self.private.len())?, integer(private)?].concat(), PRIVATE);
        if let Some(name) = self.font_name {
            put(&mut font_dict, name, FONT_NAME);
        }
        middle.extend(index(&[&font_dict])?);
        let char_strings_at = before + middle.len();

        let top = top(&Places { charset, select, font_dicts, char_strings: char_strings_at })?;
        let frame = [head, top, middle, index_head(&char_strings)?].concat();
        Some(Table { frame, char_strings })
    }

    /// Returns a glyph's outline; `None` for one that needs more than copying.
    pub(super) fn char_string(&self, glyph: GlyphId) -> Option<&'a [u8]> {
        self.char_strings.get(usize::from(glyph)).filter(|bytes| bytes.last() == Some(&END_OF_GLYPH))
    }
}

/// An INDEX: objects one after another, and where each begins.
struct Index<'a> {
    count: usize,
    /// How many bytes a place takes.
    width: usize,
    places: &'a [u8],
    /// The objects, with the byte before the first, from which places are counted.
    objects: &'a [u8],
}

impl<'a> Index<'a> {
    /// Reads the INDEX at a place and returns it with the place after it.
    fn read(table: &'a [u8], at: usize) -> Option<(Self, usize)> {
        let rest = table.get(at..)?;
        let count = usize::from(u16::from_be_bytes([*rest.first()?, *rest.get(1)?]));
        if count == 0 {
            return Some((Self { count, width: 1, places: &[], objects: &[] }, at + 2));
        }
        let width = usize::from(*rest.get(2)?);
        if !(1..=4).contains(&width) {
            return None;
        }
        let first = 3 + (count + 1) * width;
        let index = Self { count, width, places: rest.get(3..first)?, objects: rest.get(first - 1..)? };
        let length = index.place(count)?;
        let objects = index.objects.get(..length)?;
        Some((Self { objects, ..index }, at + first - 1 + length))
    }

    fn place(&self, at: usize) -> Option<usize> {
        let bytes = self.places.get(at * self.width..(at + 1) * self.width)?;
        let place = bytes.iter().fold(0, |place, byte| place << 8 | usize::from(*byte));
        (place > 0).then_some(place)
    }

    fn get(&self, at: usize) -> Option<&'a [u8]> {
        self.objects.get(self.place(at)?..self.place(at + 1)?)
    }

    /// Returns the object of an INDEX that may have one only.
    fn only(&self) -> Option<&'a [u8]> {
        if self.count == 1 { self.get(0) } else { None }
    }
}

/// Takes a DICT apart. The operands come before their operator.
fn entries(dict: &[u8]) -> Option<Vec<Entry<'_>>> {
    let mut entries = Vec::new();
    let (mut start, mut at) = (0, 0);
    while let Some(byte) = dict.get(at) {
        let operands = dict.get(start..at)?;
        at += match byte {
            12 => {
                entries.push((0x0C00 | Operator::from(*dict.get(at + 1)?), operands));
                start = at + 2;
                2
            }
            0..=21 => {
                entries.push((Operator::from(*byte), operands));
                start = at + 1;
                1
            }
            28 => 3,
            29 => 5,
            // A real number ends with the half byte F.
            30 => 2 + dict.get(at + 1..)?.iter().position(|byte| byte & 15 == 15 || byte >> 4 == 15)?,
            32..=246 => 1,
            247..=254 => 2,
            _ => return None,
        };
    }
    (start == dict.len()).then_some(entries)
}

/// Reads the integers of an operator; a real number is none.
fn integers(mut operands: &[u8]) -> Option<Vec<i32>> {
    let mut numbers = Vec::new();
    while let Some((first, rest)) = operands.split_first() {
        let next = || rest.first().map(|byte| i32::from(*byte));
        let value = i32::from(*first);
        let (number, length) = match first {
            28 => (i32::from(i16::from_be_bytes(rest.get(..2)?.try_into().ok()?)), 2),
            29 => (i32::from_be_bytes(rest.get(..4)?.try_into().ok()?), 4),
            32..=246 => (value - 139, 0),
            247..=250 => ((value - 247) * 256 + next()? + 108, 1),
            251..=254 => (-(value - 251) * 256 - next()? - 108, 1),
            _ => return None,
        };
        numbers.push(number);
        operands = rest.get(length..)?;
    }
    Some(numbers)
}

/// Reads an operand that says where something begins.
fn place(operands: &[u8]) -> Option<usize> {
    match integers(operands)?[..] {
        [place] => usize::try_from(place).ok(),
        _ => None,
    }
}

/// Reads the operands of a Private DICT's operator: its length, its place.
fn range(operands: &[u8]) -> Option<Range<usize>> {
    match integers(operands)?[..] {
        [length, start] => {
            let start = usize::try_from(start).ok()?;
            Some(start..start.checked_add(usize::try_from(length).ok()?)?)
        }
        _ => None,
    }
}

/// Writes the number of a string of the String INDEX in two bytes: veraPDF does not take a font to be
/// CID-keyed whose first operands are longer. `None` for a font with hundreds of strings.
fn string_number(at: usize) -> Option<[u8; 2]> {
    let [high, low] =
        u16::try_from(STANDARD_STRINGS - 108 + at).ok().filter(|number| *number < 1024)?.to_be_bytes();
    Some([247 + high, low])
}

/// Writes a number in five bytes.
fn integer(number: usize) -> Option<[u8; 5]> {
    let [a, b, c, d] = i32::try_from(number).ok()?.to_be_bytes();
    Some([29, a, b, c, d])
}

/// Writes an entry of a DICT.
fn put(dict: &mut Vec<u8>, operands: &[u8], operator: Operator) {
    dict.extend(operands);
    match operator.to_be_bytes() {
        [0, operator] => dict.push(operator),
        two => dict.extend(two),
    }
}

/// Writes an INDEX.
fn index(objects: &[&[u8]]) -> Option<Vec<u8>> {
    let mut index = index_head(objects)?;
    index.reserve_exact(objects.iter().map(|object| object.len()).sum());
    for object in objects {
        index.extend(*object);
    }
    Some(index)
}

/// Writes an INDEX up to its objects.
fn index_head(objects: &[&[u8]]) -> Option<Vec<u8>> {
    let mut index = Vec::from(u16::try_from(objects.len()).ok()?.to_be_bytes());
    if objects.is_empty() {
        return Some(index);
    }
    let length: usize = objects.iter().map(|object| object.len()).sum();
    let end = u32::try_from(length + 1).ok()?;
    let unused = end.leading_zeros() as usize / 8;
    index.reserve_exact(1 + (objects.len() + 1) * (4 - unused));
    index.push(4 - unused as u8);
    let mut place = 1_u32;
    index.extend(&place.to_be_bytes()[unused..]);
    for object in objects {
        place += object.len() as u32;
        index.extend(&place.to_be_bytes()[unused..]);
    }
    Some(index)
}

/// Puts tables into a font file with outlines of CFF (OpenType, "Organization of an OpenType font").
///
/// The checksums are left at 0: whoever embeds the font takes the table `CFF ` alone.
pub(super) fn file(tables: &[([u8; 4], &[u8])]) -> Vec<u8> {
    let mut file = b"OTTO".to_vec();
    let count = tables.len() as u16;
    let exponent = count.max(1).ilog2() as u16;
    for number in [count, 16 << exponent, exponent, 16 * (count - (1 << exponent))] {
        file.extend(number.to_be_bytes());
    }
    let mut place = 12 + 16 * tables.len();
    for (tag, table) in tables {
        file.extend(tag);
        for number in [0, place, table.len()] {
            file.extend((number as u32).to_be_bytes());
        }
        place += table.len().next_multiple_of(4);
    }
    for (_, table) in tables {
        file.extend(*table);
        file.resize(file.len().next_multiple_of(4), 0);
    }
    file
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use proptest::prelude::*;
    use skrifa::instance::{LocationRef, Size};
    use skrifa::outline::{DrawSettings, OutlinePen};
    use skrifa::raw::TableProvider;
    use skrifa::{FontRef, MetadataProvider};

    use super::*;
    use crate::font::Fonts;

    /// Draws a glyph as text.
    #[derive(Default)]
    struct Drawing(String);

    impl OutlinePen for Drawing {
        fn move_to(&mut self, x: f32, y: f32) {
            write!(self.0, "M{x} {y}").unwrap();
        }

        fn line_to(&mut self, x: f32, y: f32) {
            write!(self.0, "L{x} {y}").unwrap();
        }

        fn quad_to(&mut self, cx0: f32, cy0: f32, x: f32, y: f32) {
            write!(self.0, "Q{cx0} {cy0} {x} {y}").unwrap();
        }

        fn curve_to(&mut self, cx0: f32, cy0: f32, cx1: f32, cy1: f32, x: f32, y: f32) {
            write!(self.0, "C{cx0} {cy0} {cx1} {cy1} {x} {y}").unwrap();
        }

        fn close(&mut self) {
            self.0.push('Z');
        }
    }

    fn drawing(font: &FontRef<'_>, glyph: usize) -> String {
        let mut drawing = Drawing::default();
        let outline = font.outline_glyphs().get((glyph as u32).into()).unwrap();
        outline.draw(DrawSettings::unhinted(Size::unscaled(), LocationRef::default()), &mut drawing).unwrap();
        drawing.0
    }

    fn table<'a>(fonts: &'a Fonts, face: &str) -> &'a [u8] {
        fonts.face(fonts.find(face).unwrap()).cff().unwrap()
    }

    #[test]
    fn glyphs_are_those_of_the_source_byte_for_byte() {
        let fonts = Fonts::embedded();
        for name in ["fangsong", "kai"] {
            let face = fonts.face(fonts.find(name).unwrap());
            let source = Source::read(face.cff().unwrap()).unwrap();
            // Every seventh glyph backwards, and then all of them.
            let some = (1..face.glyph_count()).rev().step_by(7);
            for glyphs in [vec![0, 1], some.collect::<Vec<_>>(), (1..face.glyph_count()).collect()] {
                let glyphs: Vec<_> = std::iter::once(0).chain(glyphs).collect();
                let cut = subset(face.cff().unwrap(), &glyphs, 0).unwrap().bytes();
                let all = source.char_strings.objects.len();
                assert!(glyphs.len() > 7000 || cut.len() < all / 5, "{}", cut.len());

                let original = FontRef::new(face.data()).unwrap();
                let mut tables = vec![(*b"CFF ", cut.as_slice())];
                for tag in [b"head", b"hhea", b"hmtx", b"maxp"] {
                    tables.push((*tag, original.table_data(skrifa::Tag::new(tag)).unwrap().as_bytes()));
                }
                let cut = file(&tables);
                let read = FontRef::new(&cut).unwrap();
                let bytes = read.table_data(skrifa::Tag::new(b"CFF ")).unwrap();
                // By this module's reading, and by that of another.
                let (_, end) = Index::read(bytes.as_bytes(), 4).unwrap();
                let (top, _) = Index::read(bytes.as_bytes(), end).unwrap();
                let entry = entries(top.only().unwrap()).unwrap();
                let at = entry.iter().find(|entry| entry.0 == CHAR_STRINGS).unwrap();
                let (char_strings, end) = Index::read(bytes.as_bytes(), place(at.1).unwrap()).unwrap();
                assert_eq!((char_strings.count, end), (glyphs.len(), bytes.len()));
                assert_eq!(read.cff().unwrap().names().get(0).unwrap(), source.name);
                for (new, old) in glyphs.iter().enumerate() {
                    let wanted = source.char_strings.get(usize::from(*old));
                    assert!(char_strings.get(new).is_some() && char_strings.get(new) == wanted);
                    assert_eq!(drawing(&read, new), drawing(&original, usize::from(*old)));
                }
            }
        }
    }

    #[test]
    fn what_needs_more_than_copying_is_left_to_others() {
        let fonts = Fonts::embedded();
        let good = table(&fonts, "fangsong");
        assert!(subset(good, &[0, 5], 0).is_some());
        for glyphs in [&[][..], &[0], &[5, 0], &[0, u16::MAX]] {
            assert!(subset(good, glyphs, 0).is_none(), "{glyphs:?}");
        }
        // The Global Subr INDEX and the two bytes after it, for a subroutine of no bytes; a name-keyed font.
        for (at, old, new) in [(175, [0, 0], [0, 1]), (37, [12, 30], [12, 31])] {
            let mut bytes = good.to_vec();
            assert_eq!(bytes[at..at + 2], old);
            bytes[at..at + 2].copy_from_slice(&new);
            assert!(subset(&bytes, &[0, 5], 0).is_none());
        }
        // A Private DICT with subroutines.
        let mut bytes = good.to_vec();
        let last = bytes.len() - 1;
        assert_eq!(bytes[last], 21);
        bytes[last] = 19;
        assert!(subset(&bytes, &[0, 5], 0).is_none());
        // What this module writes says how large it is, which it does not copy.
        assert!(subset(&subset(good, &[0, 5], 0).unwrap().bytes(), &[0, 1], 0).is_none());
    }

    #[test]
    fn hollow_table_has_the_frame_alone() {
        let fonts = Fonts::embedded();
        let good = table(&fonts, "fangsong");
        let table = hollow(good).unwrap();
        let whole = subset(good, &[0, 5], 0).unwrap();
        assert!(table.len() <= whole.frame.len() + 2);
        let (names, _) = Index::read(&table, 4).unwrap();
        assert_eq!(names.only().unwrap(), b"FandolFang-Regular");
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in any::<Vec<u8>>()) {
            drop(subset(&bytes, &[0, 1], 0));
            drop(entries(&bytes));
            drop(integers(&bytes));
            assert!(Index::read(&bytes, 0).is_none_or(|(_, end)| end <= bytes.len()));
        }

        #[test]
        fn no_change_makes_it_panic(
            changes in prop::collection::vec((0_usize..400, any::<u8>()), 1..6),
            kept in prop::option::of(0_usize..500),
        ) {
            let fonts = Fonts::embedded();
            let mut bytes = table(&fonts, "fangsong").to_vec();
            for (at, byte) in changes {
                // The tables at the beginning, the DICTs at the end.
                let at = if at < 300 { at } else { bytes.len() - (at - 299) };
                bytes[at] = byte;
            }
            bytes.truncate(kept.unwrap_or(bytes.len()));
            drop(subset(&bytes, &[0, 1, 2, 700, 7000], 0));
        }
    }
}

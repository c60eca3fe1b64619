//! Finds a glyph for each character in each role of text, along the style's chain of faces.

use std::sync::{Mutex, MutexGuard, PoisonError};

use super::inline::class::Class;
use crate::diag::catalogue::layout::UNKNOWN_FACE;
use crate::diag::{Diagnostic, Text};
use crate::font::{Face, FaceId, Fonts, GlyphId};
use crate::pack::{Characters, FaceChoice, Style};
use crate::units::{Abs, Em};

/// A role of text: what decides its faces and its size.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Role {
    /// 标题.
    Title,
    /// 题下.
    Byline,
    /// 正文.
    Body,
    /// A heading of level 1 to 4.
    Heading(u8),
    /// A clause's headline.
    Headline,
    /// Tables and what stands below them.
    Table,
    /// 表题 and 图题, and 续表.
    Caption,
    /// 脚注, and their marks.
    Footnote,
    /// The letters of a chart.
    Chart,
    /// 页码.
    PageNumber,
    /// 发文机关标志, of a size in tenths of a point that its length decides.
    Mark(u16),
    /// 版记, in the body's faces.
    Imprint,
}

/// A glyph and all that layout asks of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Found {
    /// The face that has it.
    pub(crate) face: FaceId,
    /// The glyph; never 0.
    pub(crate) glyph: GlyphId,
    /// Its own advance.
    pub(crate) advance: Em,
    /// By how much it is raised over the baseline.
    pub(crate) raise: Em,
}

/// The style's faces, opened.
pub(crate) struct RoleFonts<'a> {
    style: &'a Style,
    fonts: &'a Fonts,
    /// The style's chains of faces, by their numbers.
    chains: [Vec<Link>; Role::CHAINS],
    /// The faces opened so far, by their identifiers.
    faces: Vec<Option<Face<'a>>>,
    known: Known,
}

/// A face of a chain.
#[derive(Clone, Copy)]
struct Link {
    face: FaceId,
    /// Which characters it is asked for.
    characters: Characters,
    /// By how much they are raised over the baseline.
    raise: Em,
}

/// The glyphs that the chains of faces were asked for so far.
///
/// A text asks for every letter, most of them again and again: two look-ups in tables tell where the answer is.
/// Texts use few of all characters, so that only the blocks that they use have a table.
#[derive(Debug, Default)]
struct Known {
    /// The table of each block of characters by the block's number, from 1; 0 for none. A list for each chain.
    blocks: [Vec<u16>; Role::CHAINS],
    /// Where the answers are in `answers`, from 1; 0 for a character that was not asked for.
    tables: Vec<[u16; BLOCK]>,
    answers: Vec<Option<Found>>,
}

/// The glyphs that documents of one style and the same faces have asked for.
///
/// Where a face has a character takes a search through its tables, and the next document asks for nearly the same ones. So
/// what one document has found is lent to the next; those that are laid out at the same time have their own.
#[derive(Debug, Default)]
pub(crate) struct KnownGlyphs(Mutex<Vec<Known>>);

impl KnownGlyphs {
    fn waiting(&self) -> MutexGuard<'_, Vec<Known>> {
        // A list is put in or taken out whole.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The characters of a block.
const BLOCK: usize = 64;

/// The blocks that a report uses in all chains, and the characters, with some to spare.
const USUAL_BLOCKS: usize = 1024;
const USUAL_ANSWERS: usize = 2048;

impl Known {
    /// Returns where the answer is that a chain gave for a character, if it was asked.
    fn answer(&self, chain: usize, character: char) -> Option<usize> {
        let (block, at) = Self::place(character);
        let table = usize::from(*self.blocks[chain].get(block)?).checked_sub(1)?;
        usize::from(self.tables[table][at]).checked_sub(1)
    }

    /// Keeps an answer; one too many is asked for again.
    fn insert(&mut self, chain: usize, character: char, found: Option<Found>) {
        let Ok(number) = u16::try_from(self.answers.len() + 1) else { return };
        let (block, at) = Self::place(character);
        let blocks = &mut self.blocks[chain];
        if blocks.len() <= block {
            blocks.resize(block + 1, 0);
        }
        if blocks[block] == 0 {
            if self.tables.is_empty() {
                self.tables.reserve(USUAL_BLOCKS);
                self.answers.reserve(USUAL_ANSWERS);
            }
            // There are no more tables than answers.
            self.tables.push([0; BLOCK]);
            blocks[block] = self.tables.len() as u16;
        }
        self.answers.push(found);
        self.tables[usize::from(blocks[block]) - 1][at] = number;
    }

    /// Returns the block of a character and its place there.
    fn place(character: char) -> (usize, usize) {
        let code = u32::from(character) as usize;
        (code / BLOCK, code % BLOCK)
    }
}

/// Returns a fault for each name in a style that there is no face for.
pub fn unknown_faces(style: &Style, fonts: &Fonts) -> Vec<Diagnostic> {
    let chains = Role::ALL.iter().flat_map(|role| role.chain(style));
    let mut unknown: Vec<&str> =
        chains.map(|choice| choice.face.as_str()).filter(|name| fonts.find(name).is_none()).collect();
    unknown.sort_unstable();
    unknown.dedup();
    let known: Vec<_> = fonts.ids().map(|id| fonts.name(id)).collect();
    let known = Text::both(known.join("、"), known.join(", "));
    let fault = |face: &str| {
        let fault = Diagnostic::new(&UNKNOWN_FACE).with("face", face).with("known", known.clone());
        let fault = fault.suggest(face, fonts.ids().map(|id| fonts.name(id)));
        Diagnostic { origin: style.face_place(face), ..fault }
    };
    unknown.into_iter().map(fault).collect()
}

impl<'a> RoleFonts<'a> {
    /// Opens the faces that a style names; fails on names that there is no face for.
    pub(crate) fn open(style: &'a Style, fonts: &'a Fonts) -> Result<Self, Vec<Diagnostic>> {
        let unknown = unknown_faces(style, fonts);
        if !unknown.is_empty() {
            return Err(unknown);
        }
        let link = |choice: &FaceChoice| {
            let (characters, raise) = (choice.characters, style.raise(&choice.face));
            fonts.find(&choice.face).map(|face| Link { face, characters, raise })
        };
        let chains = Role::ALL.map(|role| role.chain(style).iter().filter_map(link).collect());
        Ok(Self { style, fonts, chains, faces: Vec::new(), known: Known::default() })
    }

    /// Takes what other documents of the same style and faces have found.
    pub(super) fn learn(&mut self, glyphs: &KnownGlyphs) {
        self.known = glyphs.waiting().pop().unwrap_or_default();
    }

    /// Leaves to others what was found.
    pub(super) fn leave(self, glyphs: &KnownGlyphs) {
        glyphs.waiting().push(self.known);
    }

    /// Returns the size of a role.
    pub(crate) fn size(&self, role: Role) -> Abs {
        role.size(self.style)
    }

    /// Returns the width of a full character in a role: the grid's cell at the body's size, else the size.
    pub(crate) fn cell(&self, role: Role) -> Abs {
        let size = self.size(role);
        if size.approx_eq(self.style.body.size.0) { self.style.cell() } else { size }
    }

    /// Finds a glyph for a character; `None` when no face of the role's chain has one.
    pub(crate) fn find(&mut self, role: Role, character: char) -> Option<Found> {
        let chain = role.chain_number();
        if let Some(answer) = self.known.answer(chain, character) {
            return self.known.answers[answer];
        }
        let found = self.ask(chain, character);
        self.known.insert(chain, character, found);
        found
    }

    /// Returns the highest point of a glyph's outline over its baseline.
    pub(crate) fn top(&mut self, found: Found) -> Em {
        let face = self.face(found.face);
        face.vertical_extents(found.glyph).map_or(Em::ZERO, |(_, top)| top)
    }

    /// Returns how far below and above its baseline the ink of a text reaches, the raise of its faces counted.
    pub(crate) fn ink(&mut self, role: Role, text: impl Iterator<Item = char>) -> (Em, Em) {
        let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
        for character in text {
            let Some(found) = self.find(role, character) else { continue };
            if let Some((bottom, top)) = self.face(found.face).vertical_extents(found.glyph) {
                let raise = found.raise.get();
                (low, high) = (low.min(bottom.get() + raise), high.max(top.get() + raise));
            }
        }
        if low < high { (Em::new(low), Em::new(high)) } else { (Em::ZERO, Em::ZERO) }
    }

    /// Asks one face of a chain after the other for a glyph.
    fn ask(&mut self, chain: usize, character: char) -> Option<Found> {
        let class = Class::of(character);
        (0..self.chains[chain].len()).find_map(|at| {
            let Link { face: id, characters, raise } = self.chains[chain][at];
            if !characters.include(character, class) {
                return None;
            }
            let face = self.face(id);
            let glyph = face.glyph(character)?;
            Some(Found { face: id, glyph, advance: face.advance(glyph), raise })
        })
    }

    fn face(&mut self, id: FaceId) -> &Face<'a> {
        let at = usize::from(id.0);
        if self.faces.len() <= at {
            self.faces.resize_with(at + 1, || None);
        }
        self.faces[at].get_or_insert_with(|| self.fonts.face(id))
    }
}

impl Role {
    pub(super) const ALL: [Self; 14] = [
        Self::Title,
        Self::Byline,
        Self::Body,
        Self::Heading(1),
        Self::Heading(2),
        Self::Heading(3),
        Self::Heading(4),
        Self::Headline,
        Self::Table,
        Self::Caption,
        Self::Footnote,
        Self::Chart,
        Self::PageNumber,
        Self::Mark(0),
    ];

    /// How many chains of faces a style has: one for each of [`Self::ALL`].
    const CHAINS: usize = Self::ALL.len();

    /// Returns the number of the chain of faces that the role is set in: the place in [`Self::ALL`] of the role that
    /// has the same.
    fn chain_number(self) -> usize {
        match self {
            Self::Title => 0,
            Self::Byline => 1,
            Self::Body | Self::Imprint => 2,
            Self::Heading(1) => 3,
            Self::Heading(2) => 4,
            Self::Heading(3) => 5,
            Self::Heading(_) => 6,
            Self::Headline => 7,
            Self::Table => 8,
            Self::Caption => 9,
            Self::Footnote => 10,
            Self::Chart => 11,
            Self::PageNumber => 12,
            Self::Mark(_) => 13,
        }
    }

    fn chain(self, style: &Style) -> &[FaceChoice] {
        match self {
            Self::Title => &style.title.faces,
            Self::Mark(_) => &style.mark.faces,
            Self::Byline => &style.byline.faces,
            Self::Body | Self::Imprint => &style.body.faces,
            Self::Heading(1) => &style.heading1.faces,
            Self::Heading(2) => &style.heading2.faces,
            Self::Heading(3) => &style.heading3.faces,
            Self::Heading(_) => &style.heading4.faces,
            Self::Headline => &style.headline.faces,
            Self::Table => &style.table.faces,
            Self::Caption => style.caption().0,
            Self::Footnote => &style.footnote().faces,
            Self::Chart => style.chart_faces(),
            Self::PageNumber => &style.page_number.faces,
        }
    }

    fn size(self, style: &Style) -> Abs {
        match self {
            Self::Title => style.title.size.0,
            Self::Byline => style.byline.size.0,
            Self::Body => style.body.size.0,
            Self::Heading(1) => style.heading1.size.0,
            Self::Heading(2) => style.heading2.size.0,
            Self::Heading(3) => style.heading3.size.0,
            Self::Heading(_) => style.heading4.size.0,
            Self::Headline => style.headline.size.0,
            Self::Table => style.table.size.0,
            Self::Caption => style.caption().1.0,
            Self::Footnote => style.footnote().size.0,
            Self::Chart => style.chart_size().0,
            Self::PageNumber => style.page_number.size.0,
            Self::Mark(tenths) => Abs::pt(f64::from(tenths) / 10.0),
            Self::Imprint => style.elements.imprint.0,
        }
    }
}

impl Characters {
    fn include(self, character: char, class: Class) -> bool {
        match self {
            Self::All => true,
            Self::Marks => {
                class.blank_after()
                    || matches!(class, Class::Opening | Class::MiddleDot | Class::Ellipsis | Class::Tilde)
                    || matches!(character, '％' | '‰' | '℃')
            }
            Self::Dash => class == Class::Dash,
            Self::Digits => class == Class::Digit,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::diag::SourceText;

    /// The 8,105 characters of 通用规范汉字表 and the 20,902 hanzi that GBK has of the first block.
    fn every_hanzi() -> impl Iterator<Item = char> {
        let list = include_str!("../../fonts/tgh8105.txt");
        let listed = list.lines().filter(|line| !line.starts_with('#')).flat_map(str::chars);
        listed.filter(|c| !c.is_whitespace()).chain('\u{4e00}'..='\u{9fa5}')
    }

    #[test]
    fn role_is_set_in_the_chain_of_its_number() {
        let text = include_str!("../../templates/annual-report/style.toml");
        let style = Style::parse(&Arc::new(SourceText::new("style.toml", text))).unwrap();
        for (number, role) in Role::ALL.into_iter().enumerate() {
            assert_eq!(role.chain_number(), number, "{role:?}");
        }
        for role in [Role::Mark(220), Role::Imprint, Role::Heading(5)] {
            let same = Role::ALL[role.chain_number()];
            assert!(std::ptr::eq(role.chain(&style), same.chain(&style)), "{role:?}");
        }
    }

    #[test]
    fn every_role_has_every_hanzi() {
        let text = include_str!("../../templates/annual-report/style.toml");
        let style = Style::parse(&Arc::new(SourceText::new("style.toml", text))).unwrap();
        let fonts = Fonts::embedded();
        let mut fonts = RoleFonts::open(&style, &fonts).unwrap();
        assert_eq!(every_hanzi().count(), 8_105 + 20_902);
        for role in Role::ALL.into_iter().filter(|role| *role != Role::PageNumber) {
            let missing: Vec<char> = every_hanzi().filter(|c| fonts.find(role, *c).is_none()).collect();
            assert!(missing.is_empty(), "{role:?} lacks {missing:?}");
            let empty = |c: char, fonts: &mut RoleFonts<'_>| {
                fonts.find(role, c).is_some_and(|found| found.glyph == 0)
            };
            assert!(!every_hanzi().any(|c| empty(c, &mut fonts)));
        }
    }
}

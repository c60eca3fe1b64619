//! Writes small PDF files that show given text at given places, so that every fault can be made on purpose.
//!
//! The fonts are named and not embedded: where glyphs have ink is then reckoned from their em boxes, and their
//! characters come from the named character map.

use std::collections::BTreeMap;

use lopdf::{Document, Object, Stream, dictionary};

pub(super) const MM: f64 = 72.0 / 25.4;
pub(super) const TOP: f64 = 37.0 * MM;
pub(super) const LEFT: f64 = 28.0 * MM;
pub(super) const WIDTH: f64 = 156.0 * MM;
pub(super) const RIGHT: f64 = 184.0 * MM;
pub(super) const BOTTOM: f64 = 262.0 * MM;
pub(super) const CELL: f64 = WIDTH / 28.0;
pub(super) const PITCH: f64 = (225.0 * MM - 15.75) / 21.0;

pub(super) const FANG: &str = "FangSong_GB2312";
pub(super) const HEI: &str = "SimHei";
pub(super) const KAI: &str = "KaiTi_GB2312";
pub(super) const SONG: &str = "SimSun";
/// 宋体 whose digits are as wide as hanzi.
pub(super) const WIDE: &str = "SimSun-Wide";
pub(super) const BIAO: &str = "FZXBSJW--GB1-0";

/// A text on one line.
#[derive(Clone, Debug)]
pub(super) struct Word {
    pub(super) page: usize,
    pub(super) text: String,
    pub(super) font: &'static str,
    pub(super) size: f64,
    pub(super) x: f64,
    /// The middle of its cells, from the page's top.
    pub(super) middle: f64,
    pub(super) colour: &'static str,
    /// From one hanzi to the next; half of it for digits.
    pub(super) cell: f64,
    /// By how many degrees it is turned against the clock.
    pub(super) turn: f64,
}

/// A filled box: left, top, width, height.
#[derive(Clone, Debug)]
pub(super) struct Box {
    pub(super) page: usize,
    pub(super) sides: [f64; 4],
    pub(super) colour: &'static str,
}

/// What stands on the pages.
#[derive(Clone, Debug, Default)]
pub(super) struct Paper {
    pub(super) words: Vec<Word>,
    pub(super) boxes: Vec<Box>,
    /// Pictures by their pages: left, top, width, height.
    pub(super) pictures: Vec<(usize, [f64; 4])>,
    pub(super) sizes: Vec<[f64; 2]>,
}

pub(super) const BLACK: &str = "0 g";
pub(super) const RED: &str = "0 0.8 0.8 0 k";

impl Paper {
    /// Begins with some pages.
    pub(super) fn new(pages: usize) -> Self {
        Self { sizes: vec![[210.0 * MM, 297.0 * MM]; pages], ..Self::default() }
    }

    /// Puts a text in the body's size on a row of the grid, some cells from the left.
    pub(super) fn row(&mut self, page: usize, row: f64, cells: f64, font: &'static str, text: &str) {
        let middle = TOP + 15.75 / 2.0 + row * PITCH;
        self.word(page, LEFT + cells * CELL, middle, font, 15.75, text);
    }

    /// Puts a text at a place.
    pub(super) fn word(
        &mut self,
        page: usize,
        x: f64,
        middle: f64,
        font: &'static str,
        size: f64,
        text: &str,
    ) {
        let cell = if (size - 15.75).abs() < 0.01 { CELL } else { size };
        let text = text.to_owned();
        self.words.push(Word { page, text, font, size, x, middle, colour: BLACK, cell, turn: 0.0 });
    }

    /// Puts a text in the middle of the type area.
    pub(super) fn centre(&mut self, page: usize, middle: f64, font: &'static str, size: f64, text: &str) {
        let cell = if (size - 15.75).abs() < 0.01 { CELL } else { size };
        self.word(page, LEFT + (WIDTH - width(text, cell)) / 2.0, middle, font, size, text);
    }

    /// Puts a box on a page.
    pub(super) fn filled(&mut self, page: usize, sides: [f64; 4], colour: &'static str) {
        self.boxes.push(Box { page, sides, colour });
    }

    /// Puts a page number where it belongs.
    pub(super) fn folio(&mut self, page: usize, number: usize) {
        let text = format!("—{number}—");
        let x = if number % 2 == 1 { RIGHT - 14.0 - width(&text, 14.0) } else { LEFT + 14.0 };
        // The dash lies two fifths of an em above the baseline, the middle of the cells 0.38.
        self.word(page, x, 269.0 * MM + 0.4 * 14.0 - 0.38 * 14.0, SONG, 14.0, &text);
    }

    /// Returns the word with a text.
    pub(super) fn find(&mut self, text: &str) -> &mut Word {
        self.words.iter_mut().find(|word| word.text.starts_with(text)).unwrap_or_else(|| panic!("no {text}"))
    }

    /// Puts a text on its side, turned against the clock, on a row from the page's left, some cells from its foot.
    pub(super) fn lying(
        &mut self,
        page: usize,
        row: f64,
        cells: f64,
        font: &'static str,
        size: f64,
        text: &str,
    ) {
        // What is read from the left of the page is its baseline: the file puts it below the middle of a line.
        let baseline = LEFT + row * PITCH + 0.88 * size;
        self.word(page, baseline, BOTTOM - cells * CELL - 0.38 * size, font, size, text);
        self.words.last_mut().unwrap().turn = 90.0;
    }

    /// Moves all of a page to the right.
    pub(super) fn shift(&mut self, page: usize, by: f64) {
        self.words.iter_mut().filter(|word| word.page == page).for_each(|word| word.x += by);
        self.boxes.iter_mut().filter(|one| one.page == page).for_each(|one| one.sides[0] += by);
        self.pictures.iter_mut().filter(|(own, _)| *own == page).for_each(|(_, sides)| sides[0] += by);
    }

    /// Replaces a text within a word.
    pub(super) fn replace(&mut self, from: &str, to: &str) {
        let word = self.words.iter_mut().find(|word| word.text.contains(from));
        let word = word.unwrap_or_else(|| panic!("no {from}"));
        word.text = word.text.replace(from, to);
    }

    /// Takes a word away.
    pub(super) fn remove(&mut self, text: &str) {
        let count = self.words.len();
        self.words.retain(|word| !word.text.starts_with(text));
        assert!(self.words.len() < count, "no {text}");
    }

    /// Writes the file.
    pub(super) fn pdf(&self) -> Vec<u8> {
        let mut document = Document::with_version("1.7");
        let pages = document.new_object_id();
        let mut fonts = BTreeMap::new();
        for word in &self.words {
            let next = fonts.len();
            fonts.entry(word.font).or_insert(next);
        }
        let mut resources = lopdf::Dictionary::new();
        for (name, number) in &fonts {
            resources.set(format!("F{number}"), font(&mut document, name));
        }
        let picture = Stream::new(
            dictionary! {
                "Type" => "XObject", "Subtype" => "Image", "Width" => 1, "Height" => 1,
                "ColorSpace" => "DeviceCMYK", "BitsPerComponent" => 8,
            },
            vec![0, 204, 204, 0],
        );
        let pictures = dictionary! { "Seal" => document.add_object(picture) };
        let resources = document.add_object(dictionary! { "Font" => resources, "XObject" => pictures });
        let mut kids: Vec<Object> = Vec::new();
        for (number, size) in self.sizes.iter().enumerate() {
            let content = self.content(number + 1, size[1], &fonts);
            let content = document.add_object(Stream::new(dictionary! {}, content.into_bytes()));
            let page = document.add_object(dictionary! {
                "Type" => "Page",
                "Parent" => pages,
                "MediaBox" => vec![0.into(), 0.into(), (size[0] as f32).into(), (size[1] as f32).into()],
                "Resources" => resources,
                "Contents" => content,
            });
            kids.push(page.into());
        }
        let count = kids.len() as i64;
        let tree = dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count };
        document.objects.insert(pages, tree.into());
        let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
        document.trailer.set("Root", catalog);
        let mut bytes = Vec::new();
        document.save_to(&mut bytes).unwrap();
        bytes
    }

    fn content(&self, page: usize, height: f64, fonts: &BTreeMap<&str, usize>) -> String {
        use std::fmt::Write as _;
        let mut content = String::new();
        for one in self.boxes.iter().filter(|one| one.page == page) {
            let [x, y, w, h] = one.sides;
            let _ = writeln!(content, "{} {x} {} {w} {h} re f", one.colour, height - y - h);
        }
        for (_, [x, y, w, h]) in self.pictures.iter().filter(|(own, _)| *own == page) {
            let _ = writeln!(content, "q {w} 0 0 {h} {x} {} cm /Seal Do Q", height - y - h);
        }
        for word in self.words.iter().filter(|word| word.page == page) {
            let font = fonts[word.font];
            let (sin, cos) = word.turn.to_radians().sin_cos();
            let y = height - word.middle - 0.38 * word.size;
            let _ = write!(content, "{} BT /F{font} {} Tf ", word.colour, word.size);
            let _ = write!(content, "{cos} {sin} {} {cos} {} {y} Tm [", -sin, word.x);
            for character in word.text.chars() {
                // A full cell's blank is part of the glyph's way.
                let factor = if character.is_ascii() { 0.5 } else { 1.0 };
                let more = (word.cell - word.size) * factor / word.size * 1000.0;
                let mut units = [0; 2];
                content.push('<');
                for unit in character.encode_utf16(&mut units) {
                    let _ = write!(content, "{unit:04X}");
                }
                let _ = write!(content, ">{:.4} ", -more);
            }
            content.push_str("] TJ ET\n");
        }
        content
    }
}

/// Returns how wide a text is.
pub(super) fn width(text: &str, cell: f64) -> f64 {
    text.chars().map(|character| if character.is_ascii() { 0.5 } else { 1.0 }).sum::<f64>() * cell
}

fn font(document: &mut Document, name: &str) -> Object {
    let system = dictionary! {
        "Registry" => Object::string_literal("Adobe"),
        "Ordering" => Object::string_literal("GB1"),
        "Supplement" => 5,
    };
    let digit = if name == WIDE { 1000 } else { 500 };
    let halves: Vec<Object> = (1..=95).map(|_| digit.into()).collect();
    let below = document.add_object(dictionary! {
        "Type" => "Font",
        "Subtype" => "CIDFontType2",
        "BaseFont" => name,
        "CIDSystemInfo" => system,
        "W" => vec![1.into(), halves.into()],
    });
    let font = document.add_object(dictionary! {
        "Type" => "Font",
        "Subtype" => "Type0",
        "BaseFont" => name,
        "Encoding" => "UniGB-UTF16-H",
        "DescendantFonts" => vec![below.into()],
    });
    font.into()
}

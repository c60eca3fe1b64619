//! Reads a file as a reader does: follows the operators, decodes the codes, measures with the file's widths.
//!
//! It shares nothing with the writer. It knows only the operators that a file of ours may have and panics
//! at any other.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::fmt::Write as _;

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId};

pub(super) struct File {
    document: Document,
    pages: Vec<ObjectId>,
    fonts: BTreeMap<String, Font>,
    seen: OnceCell<Vec<Seen>>,
}

pub(super) struct Font {
    pub(super) name: String,
    pub(super) is_cff: bool,
    pub(super) widths: BTreeMap<u16, f64>,
    pub(super) unicode: BTreeMap<u16, String>,
    pub(super) program: Vec<u8>,
}

/// What a reader sees on a page.
#[derive(Default)]
struct Seen {
    glyphs: Vec<SeenGlyph>,
    kinds: Vec<String>,
    colors: Vec<String>,
    marks: BTreeMap<i64, String>,
}

pub(super) struct SeenGlyph {
    pub(super) text: String,
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) size: f64,
    /// Where a reader thinks that it ends.
    end: f64,
    /// Where it ends.
    ink_end: f64,
    /// The span that says its text and the operator that shows it, counted.
    place: [usize; 2],
    /// The name of its font.
    font: String,
}

/// An element of the structure tree.
pub(super) struct Element {
    pub(super) kind: String,
    attributes: String,
    pub(super) id: Option<Vec<u8>>,
    /// The pages that its own marks stand on.
    pub(super) pages: Vec<usize>,
    /// The text of the element's own marks.
    pub(super) own: String,
    kids: Vec<Kid>,
}

enum Kid {
    Element(Element),
    Text(String),
}

impl File {
    pub(super) fn read(bytes: &[u8]) -> Self {
        let document = Document::load_mem(bytes).unwrap();
        let pages: Vec<_> = document.get_pages().into_values().collect();
        let mut file = Self { document, pages, fonts: BTreeMap::new(), seen: OnceCell::new() };
        let resources = file.dictionary(file.page(0).get(b"Resources").unwrap());
        let fonts = file.dictionary(resources.get(b"Font").unwrap()).clone();
        for (name, font) in &fonts {
            let font = file.font(font);
            file.fonts.insert(String::from_utf8(name.clone()).unwrap(), font);
        }
        file
    }

    fn resolve<'a>(&'a self, object: &'a Object) -> &'a Object {
        match object {
            Object::Reference(id) => self.document.get_object(*id).unwrap(),
            other => other,
        }
    }

    fn dictionary<'a>(&'a self, object: &'a Object) -> &'a Dictionary {
        match self.resolve(object) {
            Object::Stream(stream) => &stream.dict,
            other => other.as_dict().unwrap(),
        }
    }

    fn stream(&self, object: &Object) -> Vec<u8> {
        let stream = self.resolve(object).as_stream().unwrap();
        stream.decompressed_content().unwrap_or_else(|_| stream.content.clone())
    }

    fn font(&self, object: &Object) -> Font {
        let font = self.dictionary(object);
        assert_eq!(font.get(b"Encoding").unwrap().as_name().unwrap(), b"Identity-H");
        let below = self.resolve(font.get(b"DescendantFonts").unwrap()).as_array().unwrap();
        let below = self.dictionary(&below[0]);
        let descriptor = self.dictionary(below.get(b"FontDescriptor").unwrap());
        let is_cff = descriptor.has(b"FontFile3");
        let subtype = below.get(b"Subtype").unwrap().as_name().unwrap();
        assert_eq!(subtype, if is_cff { b"CIDFontType0".as_slice() } else { b"CIDFontType2" });
        if !is_cff {
            assert_eq!(below.get(b"CIDToGIDMap").unwrap().as_name().unwrap(), b"Identity");
        }
        let key: &[u8] = if is_cff { b"FontFile3" } else { b"FontFile2" };
        let program = self.stream(descriptor.get(key).unwrap());
        if !is_cff {
            let stream = self.resolve(descriptor.get(key).unwrap()).as_stream().unwrap();
            assert_eq!(stream.dict.get(b"Length1").unwrap().as_i64().unwrap(), program.len() as i64);
        }
        let name = |from: &Dictionary, key: &[u8]| {
            String::from_utf8(from.get(key).unwrap().as_name().unwrap().to_vec()).unwrap()
        };
        let names = [name(font, b"BaseFont"), name(below, b"BaseFont"), name(descriptor, b"FontName")];
        assert!(names.iter().all(|other| other == &names[0]), "{names:?}");

        let unicode = unicode(&String::from_utf8(self.stream(font.get(b"ToUnicode").unwrap())).unwrap());
        let usual = f64::from(below.get(b"DW").unwrap().as_float().unwrap());
        let mut widths: BTreeMap<_, _> = unicode.keys().map(|code| (*code, usual)).collect();
        let list = below.get(b"W").map_or(&[][..], |list| self.resolve(list).as_array().unwrap());
        for pair in list.chunks(2) {
            let first = pair[0].as_i64().unwrap();
            for (step, width) in pair[1].as_array().unwrap().iter().enumerate() {
                let width = f64::from(width.as_float().unwrap());
                assert!((width - usual).abs() > 0.0, "the usual width is written out");
                widths.insert(first as u16 + step as u16, width);
            }
        }
        let [name, ..] = names;
        Font { name, is_cff, widths, unicode, program }
    }

    fn seen(&self) -> &[Seen] {
        self.seen.get_or_init(|| {
            let page = |index: usize| {
                let contents = self.page(index).get(b"Contents").unwrap();
                self.follow(&Content::decode(&self.stream(contents)).unwrap())
            };
            (0..self.pages.len()).map(page).collect()
        })
    }

    fn follow(&self, content: &Content) -> Seen {
        let mut seen = Seen::default();
        let number = |object: &Object| f64::from(object.as_float().unwrap());
        let (mut font, mut size, mut spacing) = (None, 0.0, 0.0);
        let (mut x, mut y) = (0.0, 0.0);
        // Where the text before began.
        let mut start = (0.0, 0.0);
        let mut in_text = false;
        let (mut spans, mut objects) = (0, 0);
        // The kind of each open mark, its MCID, its ActualText.
        let mut marks: Vec<(String, Option<i64>, Option<String>)> = Vec::new();
        for operation in &content.operations {
            let operands = &operation.operands;
            match operation.operator.as_str() {
                "BT" => {
                    assert!(!in_text);
                    in_text = true;
                    start = (0.0, 0.0);
                }
                "ET" => in_text = false,
                "Tf" => {
                    font = Some(&self.fonts[std::str::from_utf8(operands[0].as_name().unwrap()).unwrap()]);
                    size = number(&operands[1]);
                }
                "Tc" => spacing = number(&operands[0]),
                "Td" => {
                    assert!(in_text);
                    start = (start.0 + number(&operands[0]), start.1 + number(&operands[1]));
                    (x, y) = start;
                }
                "Tj" | "TJ" => {
                    assert!(in_text && !marks.is_empty(), "text stands outside of text or of any mark");
                    let font: &Font = font.unwrap();
                    objects += 1;
                    // Of a span that says its text, all is one.
                    if !marks.iter().any(|(_, _, actual)| actual.is_some()) {
                        spans += 1;
                    }
                    let parts = operands[0].as_array().map_or(&operands[..1], Vec::as_slice);
                    for part in parts {
                        let Object::String(codes, _) = part else {
                            x -= number(part) / 1000.0 * size;
                            continue;
                        };
                        for code in codes.chunks(2) {
                            let code = u16::from_be_bytes([code[0], code[1]]);
                            assert_ne!(code, 0);
                            let actual = marks.iter_mut().find_map(|(_, _, actual)| actual.as_mut());
                            let text = match actual {
                                Some(actual) => std::mem::take(actual),
                                None => font.unicode[&code].clone(),
                            };
                            if let Some(mark) = marks.iter().find_map(|(_, mark, _)| *mark) {
                                seen.marks.entry(mark).or_default().push_str(&text);
                            }
                            seen.kinds.push(marks[0].0.clone());
                            let end = x + font.widths[&code] / 1000.0 * size;
                            let font = font.name.clone();
                            let ink_end = end;
                            let place = [spans, objects];
                            seen.glyphs.push(SeenGlyph { text, x, y, size, end, ink_end, place, font });
                            x = end + spacing;
                        }
                    }
                }
                "g" | "k" => {
                    let numbers: Vec<_> = operands.iter().map(|part| number(part).to_string()).collect();
                    let numbers = numbers.iter().map(|text| text.chars().take(3).collect::<String>());
                    seen.colors.push(format!(
                        "{} {}",
                        numbers.collect::<Vec<_>>().join(" "),
                        operation.operator
                    ));
                }
                "re" => assert!(!in_text && operands.len() == 4),
                // A picture stands in a state of its own.
                "q" | "Q" | "cm" => assert!(!in_text),
                "f" | "Do" => seen.kinds.push(marks[0].0.clone()),
                "BDC" => {
                    let tag = std::str::from_utf8(operands[0].as_name().unwrap()).unwrap();
                    let properties = operands[1].as_dict().unwrap();
                    let kind = if tag == "Artifact" {
                        let kind = properties.get(b"Type").unwrap().as_name().unwrap();
                        String::from_utf8(kind.to_vec()).unwrap()
                    } else {
                        "element".to_owned()
                    };
                    let mark = properties.get(b"MCID").ok().map(|mark| mark.as_i64().unwrap());
                    if let Some(mark) = mark {
                        assert!(marks.is_empty());
                        // A picture has a mark and no text.
                        assert!(seen.marks.insert(mark, String::new()).is_none());
                    }
                    spans += 1;
                    marks.push((kind, mark, properties.get(b"ActualText").ok().map(text_string)));
                }
                "EMC" => {
                    let (_, _, actual) = marks.pop().unwrap();
                    if actual.is_some() {
                        // For poppler the space behind the last glyph, too, as far as it is set no more.
                        seen.glyphs.last_mut().unwrap().end = x - spacing;
                    }
                }
                other => panic!("{other} has no place in a file of ours"),
            }
        }
        assert!(marks.is_empty() && !in_text);
        seen
    }

    pub(super) fn pages(&self) -> usize {
        self.pages.len()
    }

    pub(super) fn page(&self, index: usize) -> &Dictionary {
        self.document.get_dictionary(self.pages[index]).unwrap()
    }

    pub(super) fn glyphs(&self, page: usize) -> &[SeenGlyph] {
        &self.seen()[page].glyphs
    }

    /// Returns a page's text as a reader has it that takes a gap of a tenth of the size for a space, and one
    /// that is wider than three hundredths where the font changes: what poppler does.
    pub(super) fn guessed(&self, page: usize) -> String {
        let mut text = String::new();
        let mut last: Option<&SeenGlyph> = None;
        for glyph in self.glyphs(page) {
            let apart = last.is_some_and(|last| {
                let gap = (glyph.x - last.end) / last.size;
                let limit = if last.font == glyph.font { 0.1 } else { 0.03 };
                (glyph.y - last.y).abs() < last.size / 2.0 && gap >= limit
            });
            if apart && !glyph.text.is_empty() {
                text.push(' ');
            }
            text.push_str(&glyph.text);
            last = Some(glyph);
        }
        text
    }

    /// Returns a page's text as a reader has it that takes a gap of a sixth of the size for a space, and measures it
    /// from the first thing shown in a span that says its text: what pdfium does.
    pub(super) fn guessed_by_pdfium(&self, page: usize) -> String {
        let mut text = String::new();
        for span in self
            .glyphs(page)
            .chunk_by(|one, next| one.place[0] == next.place[0])
            .collect::<Vec<_>>()
            .windows(2)
        {
            let [before, after] = span else { unreachable!("windows of two") };
            if text.is_empty() {
                text.extend(before.iter().map(|glyph| glyph.text.as_str()));
            }
            let first =
                before.iter().take_while(|glyph| glyph.place[1] == before[0].place[1]).last().unwrap();
            let gap = (after[0].x - first.ink_end) / first.size;
            if (after[0].y - first.y).abs() < first.size / 2.0 && gap > 1.0 / 6.0 {
                text.push(' ');
            }
            text.extend(after.iter().map(|glyph| glyph.text.as_str()));
        }
        text
    }

    /// Returns what each glyph and each box of a page is marked as.
    pub(super) fn kinds(&self, page: usize) -> &[String] {
        &self.seen()[page].kinds
    }

    pub(super) fn colors(&self, page: usize) -> Vec<String> {
        self.seen()[page].colors.clone()
    }

    pub(super) fn fonts(&self) -> Vec<&Font> {
        self.fonts.values().collect()
    }

    pub(super) fn catalog(&self) -> &Dictionary {
        self.document.catalog().unwrap()
    }

    pub(super) fn trailer_id(&self) -> Object {
        self.document.trailer.get(b"ID").unwrap().clone()
    }

    pub(super) fn info(&self, key: &str) -> Option<String> {
        let info = self.dictionary(self.document.trailer.get(b"Info").unwrap());
        info.get(key.as_bytes()).ok().map(text_string)
    }

    pub(super) fn packet(&self) -> String {
        let metadata = self.resolve(self.catalog().get(b"Metadata").unwrap()).as_stream().unwrap();
        assert!(!metadata.dict.has(b"Filter"));
        String::from_utf8(metadata.content.clone()).unwrap()
    }

    /// Returns the outline, a line an item: title, page and place.
    pub(super) fn outline(&self) -> String {
        let mut lines = String::new();
        let root = self.dictionary(self.catalog().get(b"Outlines").unwrap());
        let count = self.outline_below(root, 0, &mut lines);
        assert_eq!(root.get(b"Count").unwrap().as_i64().unwrap(), count);
        lines
    }

    fn outline_below(&self, above: &Dictionary, depth: usize, lines: &mut String) -> i64 {
        let mut count = 0;
        let mut previous = None;
        let mut next = above.get(b"First").ok();
        while let Some(reference) = next {
            let item = self.dictionary(reference);
            assert_eq!(item.get(b"Prev").ok(), previous);
            let destination = item.get(b"Dest").unwrap().as_array().unwrap();
            let page = self.pages.iter().position(|id| Object::Reference(*id) == destination[0]).unwrap();
            let title = text_string(item.get(b"Title").unwrap());
            let (x, y) = (destination[2].as_float().unwrap(), destination[3].as_float().unwrap());
            writeln!(lines, "{:depth$}{title} -> page {page}, {x:.2} {y:.2}", "").unwrap();
            let below = self.outline_below(item, depth + 2, lines);
            assert_eq!(item.get(b"Count").map_or(0, |count| count.as_i64().unwrap()), below);
            count += 1 + below;
            previous = Some(reference);
            next = item.get(b"Next").ok();
        }
        assert_eq!(above.get(b"Last").ok(), previous);
        count
    }

    /// Reads the structure tree, checks that the marks lead back to it, and returns its top element.
    pub(super) fn structure(&self) -> Element {
        let root = self.dictionary(self.catalog().get(b"StructTreeRoot").unwrap());
        let mut back = BTreeMap::new();
        let numbers = self.dictionary(root.get(b"ParentTree").unwrap()).get(b"Nums").unwrap();
        for pair in numbers.as_array().unwrap().chunks(2) {
            back.insert(pair[0].as_i64().unwrap(), self.resolve(&pair[1]).as_array().unwrap().clone());
        }
        let mut found = 0;
        let top = self.element(root.get(b"K").unwrap(), &back, &mut found);
        let marks: usize = self.seen().iter().map(|page| page.marks.len()).sum();
        assert_eq!(found, marks, "every mark belongs to one element");
        top
    }

    fn element(&self, at: &Object, back: &BTreeMap<i64, Vec<Object>>, found: &mut usize) -> Element {
        let entry = self.dictionary(at);
        let kind = String::from_utf8(entry.get(b"S").unwrap().as_name().unwrap().to_vec()).unwrap();
        let mut attributes = String::new();
        if let Ok(table) = entry.get(b"A") {
            for (key, value) in table.as_dict().unwrap() {
                write!(attributes, " {}={value:?}", String::from_utf8_lossy(key)).unwrap();
            }
        }
        let id = entry.get(b"ID").ok().map(|id| id.as_str().unwrap().to_vec());
        let mut element =
            Element { kind, attributes, id, pages: Vec::new(), own: String::new(), kids: Vec::new() };
        let single;
        let kids = match entry.get(b"K").unwrap() {
            Object::Array(kids) => kids.as_slice(),
            other => {
                single = [other.clone()];
                &single
            }
        };
        for kid in kids {
            let (page, mark) = match kid {
                Object::Integer(mark) => (entry.get(b"Pg").unwrap(), *mark),
                Object::Dictionary(reference) => {
                    (reference.get(b"Pg").unwrap(), reference.get(b"MCID").unwrap().as_i64().unwrap())
                }
                below => {
                    assert_eq!(self.dictionary(below).get(b"P").unwrap(), at);
                    element.kids.push(Kid::Element(self.element(below, back, found)));
                    continue;
                }
            };
            let index = self.pages.iter().position(|id| Object::Reference(*id) == *page).unwrap();
            let parents = self.dictionary(page).get(b"StructParents").unwrap().as_i64().unwrap();
            assert_eq!(&back[&parents][mark as usize], at, "the parent tree leads back");
            *found += 1;
            let text = self.seen()[index].marks[&mark].clone();
            element.own.push_str(&text);
            element.pages.push(index);
            element.kids.push(Kid::Text(text));
        }
        element
    }
}

impl File {
    /// Returns the identifiers that the tree of them leads to, each with the kind of its element.
    pub(super) fn ids(&self) -> Vec<(Vec<u8>, String)> {
        let root = self.dictionary(self.catalog().get(b"StructTreeRoot").unwrap());
        let Ok(tree) = root.get(b"IDTree") else { return Vec::new() };
        let names = self.dictionary(tree).get(b"Names").unwrap().as_array().unwrap();
        let pairs = names.chunks(2).map(|pair| {
            let entry = self.dictionary(&pair[1]);
            assert_eq!(entry.get(b"ID").unwrap(), &pair[0]);
            let kind = entry.get(b"S").unwrap().as_name().unwrap();
            (pair[0].as_str().unwrap().to_vec(), String::from_utf8(kind.to_vec()).unwrap())
        });
        pairs.collect()
    }
}

impl Element {
    /// Returns the text in the order of the structure.
    pub(super) fn text(&self) -> String {
        let text = |kid: &Kid| match kid {
            Kid::Element(element) => element.text(),
            Kid::Text(text) => text.clone(),
        };
        self.kids.iter().map(text).collect()
    }

    /// Returns the element and all below it.
    pub(super) fn all(&self) -> Vec<&Self> {
        let below = self.kids.iter().filter_map(|kid| match kid {
            Kid::Element(element) => Some(element.all()),
            Kid::Text(_) => None,
        });
        std::iter::once(self).chain(below.flatten()).collect()
    }

    /// Returns the elements directly below.
    pub(super) fn below(&self) -> Vec<&Self> {
        let elements = self.kids.iter().filter_map(|kid| match kid {
            Kid::Element(element) => Some(element),
            Kid::Text(_) => None,
        });
        elements.collect()
    }

    /// Writes the tree, a line an element or a stretch of text.
    pub(super) fn dump(&self, depth: usize, lines: &mut String) {
        writeln!(lines, "{:depth$}{}{}", "", self.kind, self.attributes).unwrap();
        for kid in &self.kids {
            match kid {
                Kid::Element(element) => element.dump(depth + 2, lines),
                Kid::Text(text) => writeln!(lines, "{:1$}{text:?}", "", depth + 2).unwrap(),
            }
        }
    }
}

/// Reads a `ToUnicode` map.
fn unicode(map: &str) -> BTreeMap<u16, String> {
    assert!(!map.contains("bfchar"));
    let number = |text: &str| u16::from_str_radix(text.trim_matches(['<', '>']), 16).unwrap();
    let mut codes = BTreeMap::new();
    for line in map.lines().filter(|line| line.ends_with(']')) {
        let (range, texts) = line.strip_suffix(']').unwrap().split_once(" [").unwrap();
        let (first, last) = range.split_once(' ').unwrap();
        let (first, last) = (number(first), number(last));
        assert_eq!(first >> 8, last >> 8);
        let texts: Vec<_> = texts.split(' ').map(|text| text.trim_matches(['<', '>'])).collect();
        assert_eq!(texts.len(), usize::from(last - first) + 1);
        for (code, text) in (first..=last).zip(texts) {
            let units = text.as_bytes().chunks(4).map(|unit| number(std::str::from_utf8(unit).unwrap()));
            let text = String::from_utf16(&units.collect::<Vec<_>>()).unwrap();
            assert_eq!(codes.insert(code, text), None);
        }
    }
    codes
}

fn text_string(object: &Object) -> String {
    let bytes = object.as_str().unwrap();
    match bytes.strip_prefix(b"\xFE\xFF") {
        Some(wide) => {
            let units: Vec<_> = wide.chunks(2).map(|unit| u16::from_be_bytes([unit[0], unit[1]])).collect();
            String::from_utf16(&units).unwrap()
        }
        None => String::from_utf8(bytes.to_vec()).unwrap(),
    }
}

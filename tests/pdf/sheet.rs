//! Makes pages by hand: strings on lines, without a layout.

use shizheng::font::Fonts;
use shizheng::page::{
    Color, Content, Fill, FrameItem, Glyph, OutlineItem, Page, Pages, Role, StructureElement, TextRun,
};
use shizheng::units::{Abs, Point, Rect, Size};

const CELL: f64 = 15.793;
const PITCH: f64 = 29.621;
const BODY: Abs = Abs::pt(15.75);

pub(super) struct Sheet<'a> {
    fonts: &'a Fonts,
    pages: Pages,
    line: usize,
}

impl<'a> Sheet<'a> {
    pub(super) fn new(fonts: &'a Fonts) -> Self {
        let pages = Pages {
            title: "云州市2025年工作总结 <和> 2026年谋划".to_owned(),
            language: "zh-CN".to_owned(),
            date: Some("2026-01-05".to_owned()),
            author: "云州市人民政府".to_owned(),
            ..Pages::default()
        };
        let mut sheet = Self { fonts, pages, line: 0 };
        sheet.page();
        sheet
    }

    pub(super) fn page(&mut self) {
        let number = self.pages.pages.len() + 1;
        let size = Size::new(Abs::mm(210.0), Abs::mm(297.0));
        self.pages.pages.push(Page { size, number, items: Vec::new() });
        self.line = 0;
    }

    pub(super) fn element(&mut self, role: Role, parent: Option<usize>) -> usize {
        self.pages.structure.push(StructureElement {
            role,
            parent,
            alternative: None,
            actual: None,
            follows: false,
        });
        self.pages.structure.len() - 1
    }

    fn items(&mut self) -> &mut Vec<FrameItem> {
        &mut self.pages.pages.last_mut().unwrap().items
    }

    /// Sets a string with a pitch of its own.
    pub(super) fn spaced(
        &mut self,
        face: &str,
        size: Abs,
        origin: Point,
        text: &str,
        pitch: Abs,
        element: usize,
    ) {
        let content = Content::Element(element);
        self.run(face, size, origin, text, |index, _| pitch * index as f64, content, Color::Black);
    }

    #[expect(clippy::too_many_arguments, reason = "a run has that many properties")]
    fn run(
        &mut self,
        face: &str,
        size: Abs,
        origin: Point,
        text: &str,
        place: impl Fn(usize, Abs) -> Abs,
        content: Content,
        color: Color,
    ) {
        let id = self.fonts.find(face).unwrap();
        let view = self.fonts.face(id);
        let mut pen = Abs::ZERO;
        let glyphs = text.chars().enumerate().map(|(index, character)| {
            let glyph = view.glyph(character).unwrap_or_else(|| panic!("{face} has no {character}"));
            let x = place(index, pen);
            pen += view.advance(glyph).at(size);
            Glyph { id: glyph, x, character }
        });
        let glyphs = glyphs.collect();
        let line = self.line;
        self.items().push(FrameItem::Text(TextRun {
            face: id,
            size,
            color,
            origin,
            glyphs,
            content,
            line,
            turned: false,
        }));
    }

    fn baseline(&self) -> Abs {
        Abs::mm(37.0) + Abs::pt(PITCH * self.line as f64 + 13.0)
    }

    /// Sets the next line on the grid.
    pub(super) fn line(&mut self, face: &str, text: &str, element: usize) {
        let origin = Point::new(Abs::mm(28.0), self.baseline());
        self.line += 1;
        let view = self.fonts.face(self.fonts.find(face).unwrap());
        let cells: Vec<_> = text
            .chars()
            .scan(0.0, |x, character| {
                let at = *x;
                *x += match character {
                    '0'..='9' => CELL / 2.0,
                    ' '..='~' => view.advance(view.glyph(character).unwrap()).at(BODY).to_pt(),
                    _ => CELL,
                };
                Some(Abs::pt(at))
            })
            .collect();
        let content = Content::Element(element);
        self.run(face, BODY, origin, text, |index, _| cells[index], content, Color::Black);
    }

    /// Sets a piece of the line after `from` cells, by its own advances.
    fn piece(&mut self, face: &str, from: f64, text: &str, element: usize) {
        let origin = Point::new(Abs::mm(28.0) + Abs::pt(CELL * from), self.baseline());
        self.run(face, BODY, origin, text, |_, pen| pen, Content::Element(element), Color::Black);
    }

    /// Sets a line of two faces whose gaps are stretched by a part of the size.
    pub(super) fn stretched(&mut self, gap: f64, [element, next]: [usize; 2]) {
        let mut x = 0.0;
        let parts = [
            ("fangsong", "增长", element),
            ("song", "6.5", element),
            ("fangsong", "个百分点", element),
            ("song", "，", element),
            ("kai", "下降", element),
            ("song", "、", next),
            ("fangsong", "持平", next),
        ];
        for (face, text, element) in parts {
            let origin = Point::new(Abs::mm(28.0) + BODY * x, self.baseline());
            let view = self.fonts.face(self.fonts.find(face).unwrap());
            let latin = text.is_ascii();
            let between = if latin { 0.0 } else { gap };
            let places: Vec<_> = text
                .chars()
                .scan(0.0, |pen, character| {
                    let at = *pen;
                    *pen += view.advance(view.glyph(character).unwrap()).get() + between;
                    x += view.advance(view.glyph(character).unwrap()).get() + between;
                    Some(BODY * at)
                })
                .collect();
            if latin {
                x += gap;
            }
            let content = Content::Element(element);
            self.run(face, BODY, origin, text, |index, _| places[index], content, Color::Black);
        }
        self.line += 1;
    }

    fn bookmark(&mut self, level: u8, title: &str) {
        let page = self.pages.pages.len() - 1;
        let position = Point::new(Abs::mm(28.0), self.baseline() - BODY);
        self.pages.outline.push(OutlineItem { title: title.to_owned(), level, page, position });
    }

    fn rule(&mut self, y: Abs, color: Color) {
        let rect = Rect::new(Point::new(Abs::mm(28.0), y), Size::new(Abs::mm(156.0), Abs::mm(0.35)));
        self.items().push(FrameItem::Fill(Fill { rect, color, content: Content::Layout }));
    }

    fn number(&mut self) {
        let text = format!("— {} —", self.pages.pages.len());
        let origin = Point::new(Abs::mm(160.0), Abs::mm(270.0));
        self.run("song", Abs::pt(14.0), origin, &text, |_, pen| pen, Content::Pagination, Color::Black);
    }

    /// Lets the glyph of `glyph` stand where `old` stood, as the character `new`.
    pub(super) fn replace(&mut self, old: char, new: char, glyph: char) {
        let fonts = self.fonts;
        for item in self.items() {
            let FrameItem::Text(run) = item else { continue };
            for place in run.glyphs.iter_mut().filter(|place| place.character == old) {
                place.id = fonts.face(run.face).glyph(glyph).unwrap();
                place.character = new;
            }
        }
    }

    pub(super) fn finish(self) -> Pages {
        self.pages
    }
}

/// Two pages with all that a report has: faces, headings, a span, a list, a table, a note, artifacts.
pub(super) fn report(fonts: &Fonts) -> Pages {
    let mut sheet = Sheet::new(fonts);
    let title = sheet.element(Role::Title, None);
    sheet.line("xiaobiaosong", "云州市2025年工作总结", title);
    sheet.line("xiaobiaosong", "和2026年工作谋划", title);
    sheet.rule(sheet.baseline() - Abs::pt(20.0), Color::Red);

    let heading = sheet.element(Role::Heading(1), None);
    sheet.bookmark(1, "一、综合");
    sheet.line("hei", "一、综合", heading);
    let paragraph = sheet.element(Role::Paragraph, None);
    let span = sheet.element(Role::Span, Some(paragraph));
    sheet.bookmark(2, "（一）经济");
    sheet.piece("kai", 2.0, "经济稳中有进。", span);
    sheet.piece("fangsong", 9.0, "全市地区生产总值", paragraph);
    sheet.line += 1;
    sheet.line("fangsong", "1234.50亿元，增长6.5%；AI and ICT产业加快发展。一年一度，", paragraph);
    sheet.replace('度', '\u{2F00}', '一');
    let heading = sheet.element(Role::Heading(3), None);
    sheet.bookmark(3, "1.工业");
    sheet.line("fangsong", "1.工业", heading);
    let list = sheet.element(Role::List, None);
    for (label, text) in [("一是", "推进产业升级。"), ("二是", "改善民生。")] {
        let item = sheet.element(Role::ListItem, Some(list));
        let name = sheet.element(Role::Label, Some(item));
        let body = sheet.element(Role::ListBody, Some(item));
        sheet.piece("fangsong", 2.0, label, name);
        sheet.piece("fangsong", 4.0, text, body);
        sheet.line += 1;
    }

    let table = sheet.element(Role::Table, None);
    let caption = sheet.element(Role::Caption, Some(table));
    sheet.line("hei", "主要指标", caption);
    let head = sheet.element(Role::TableHead, Some(table));
    let row = sheet.element(Role::TableRow, Some(head));
    for (index, text) in ["指标", "全年"].into_iter().enumerate() {
        let columns = index + 1;
        let cell = sheet.element(Role::TableHeader { columns, rows: 1, names_row: false }, Some(row));
        sheet.piece("hei", 10.0 * index as f64, text, cell);
    }
    sheet.line += 1;
    let body = sheet.element(Role::TableBody, Some(table));
    for texts in [["生产总值", "1234.50", ""], ["财政收入", "88.80", "升"]] {
        let row = sheet.element(Role::TableRow, Some(body));
        for (index, text) in texts.into_iter().enumerate() {
            let role = if index == 0 {
                Role::TableHeader { columns: 1, rows: 1, names_row: true }
            } else {
                Role::TableCell { columns: 1, rows: 1 }
            };
            let cell = sheet.element(role, Some(row));
            if !text.is_empty() {
                sheet.piece("song", 7.0 * index as f64, text, cell);
            }
        }
        sheet.line += 1;
    }
    let note = sheet.element(Role::Note, None);
    sheet.line("kai", "注：增长率按可比价计算。", note);
    let unused = sheet.element(Role::Paragraph, None);
    sheet.element(Role::Span, Some(unused));

    let heading = sheet.element(Role::Heading(1), None);
    sheet.bookmark(1, "二、谋划");
    sheet.line("hei", "二、谋划", heading);
    let paragraph = sheet.element(Role::Paragraph, None);
    sheet.line("fangsong", "新的一年，全市上下坚定信心、", paragraph);
    sheet.number();
    sheet.page();
    sheet.line("fangsong", "真抓实干，", paragraph);
    sheet.piece("fallback", 0.0, "堃喆珺玥翀祎旻龑頔", paragraph);
    sheet.line += 1;
    sheet.stretched(0.12, [paragraph; 2]);
    sheet.stretched(0.25, [paragraph; 2]);
    sheet.line("fangsong", "奋力谱写新篇章。", paragraph);
    sheet.number();
    sheet.finish()
}

/// Many full pages, to measure.
pub(super) fn long(fonts: &Fonts, count: usize) -> Pages {
    let face = fonts.face(fonts.find("fangsong").unwrap());
    let hanzi: Vec<char> =
        ('\u{4E00}'..='\u{9FA5}').filter(|character| face.glyph(*character).is_some()).take(2000).collect();
    let mut sheet = Sheet::new(fonts);
    let mut next = 0;
    for page in 0..count {
        if page > 0 {
            sheet.page();
        }
        let heading = sheet.element(Role::Heading(1), None);
        sheet.bookmark(1, "一、标题");
        sheet.line("hei", "一、标题", heading);
        let mut paragraph = 0;
        for line in 0..21 {
            if line % 7 == 0 {
                paragraph = sheet.element(Role::Paragraph, None);
            }
            let text: String = (0..28).map(|step| hanzi[(next + step * step) % hanzi.len()]).collect();
            next += 37;
            sheet.line("fangsong", &text, paragraph);
        }
        sheet.number();
    }
    sheet.finish()
}

/// The text of the pages as other readers should see it: a line for each baseline, a space between two cells
/// of a table.
pub(super) fn text(pages: &Pages, fonts: &Fonts) -> String {
    let mut text = String::new();
    for page in &pages.pages {
        let mut last: Option<(Abs, Abs, Content)> = None;
        for item in &page.items {
            let FrameItem::Text(run) = item else { continue };
            if let Some((y, end, content)) = last {
                if y != run.origin.y {
                    text.push('\n');
                } else if run.content != content && run.origin.x - end > run.size * 0.2 {
                    text.push(' ');
                }
            }
            text.extend(run.glyphs.iter().map(|glyph| glyph.character));
            let Some(glyph) = run.glyphs.last() else { continue };
            let advance = fonts.face(run.face).advance(glyph.id).at(run.size);
            last = Some((run.origin.y, run.origin.x + glyph.x + advance, run.content));
        }
        text.push('\n');
    }
    text
}

//! Holds the sample pages of official documents (`samples/document`) to GB/T 9704-2012, clause by clause.

#![expect(clippy::disallowed_methods, reason = "reads the samples")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod giving;
mod joint;
mod print;
mod told;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use shizheng::data::{self, Source};
use shizheng::diag::{Language, Report};
use shizheng::document::{Block, Document, Inline};
use shizheng::fill::{self, Templates};
use shizheng::font::Fonts;
use shizheng::layout::layout;
use shizheng::markup;
use shizheng::pack::{Pack, PackFiles, embedded, embedded_names};
use shizheng::page::{Color, Content, Fill, FrameItem, Page, Pages, PlacedPicture, Role, TextRun};
use shizheng::seals::{self, Beside};
use shizheng::units::Abs;
use shizheng::{Options, Press, Rendered};

static FONTS: LazyLock<Fonts> = LazyLock::new(Fonts::embedded);
static PACK: LazyLock<Pack> = LazyLock::new(|| Pack::embedded("document").unwrap().unwrap());

#[derive(Debug)]
struct Folder;

impl Beside for Folder {
    fn read(&self, _: &str, file: &str) -> std::io::Result<Vec<u8>> {
        fs::read(folder().join(file))
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/document")
}

fn source(name: &str) -> Source {
    let file = format!("{name}.json");
    let bytes = fs::read(folder().join(&file)).unwrap();
    Source::new(file, bytes)
}

/// The names of the samples.
pub(crate) fn samples() -> Vec<String> {
    let files = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    let jsons = files.filter(|path| path.extension().is_some_and(|end| end == "json"));
    let mut names: Vec<String> =
        jsons.map(|path| path.file_stem().unwrap().to_string_lossy().into_owned()).collect();
    names.sort();
    assert!(names.len() >= 7);
    names
}

fn document(name: &str) -> Document {
    let record = data::load(&source(name), PACK.schema()).unwrap();
    let filled = fill::fill(&Templates::compile(&PACK).unwrap(), &record).unwrap();
    let mut document = markup::parse(&filled, "zh-CN").unwrap();
    assert!(seals::read(&mut document, name, &Folder).is_empty());
    document
}

pub(crate) fn laid(name: &str) -> Pages {
    layout(&document(name), PACK.style(), &FONTS).unwrap()
}

fn runs(page: &Page) -> impl Iterator<Item = &TextRun> {
    page.items.iter().filter_map(|item| match item {
        FrameItem::Text(run) => Some(run),
        FrameItem::Fill(_) | FrameItem::Shape(_) | FrameItem::Picture(_) => None,
    })
}

fn rules(page: &Page) -> Vec<&Fill> {
    let fills = page.items.iter().filter_map(|item| match item {
        FrameItem::Fill(fill) => Some(fill),
        FrameItem::Text(_) | FrameItem::Shape(_) | FrameItem::Picture(_) => None,
    });
    fills.collect()
}

fn pictures(page: &Page) -> Vec<&PlacedPicture> {
    let pictures = page.items.iter().filter_map(|item| match item {
        FrameItem::Picture(picture) => Some(picture),
        FrameItem::Text(_) | FrameItem::Fill(_) | FrameItem::Shape(_) => None,
    });
    pictures.collect()
}

fn text(run: &TextRun) -> String {
    run.glyphs.iter().map(|glyph| glyph.character).collect()
}

/// A stretch of text on one line.
#[derive(Clone, Copy, Debug)]
struct Found {
    left: Abs,
    right: Abs,
    /// The edges of the letters' box.
    top: Abs,
    bottom: Abs,
    color: Color,
    size: Abs,
}

/// Finds a text that stands on one line of a page.
fn find(page: &Page, wanted: &str) -> Found {
    let glyphs: Vec<(char, &TextRun, Abs)> = runs(page)
        .flat_map(|run| run.glyphs.iter().map(move |glyph| (glyph.character, run, run.origin.x + glyph.x)))
        .collect();
    let wanted: Vec<char> = wanted.chars().collect();
    let at = glyphs
        .windows(wanted.len())
        .position(|part| part.iter().map(|(character, ..)| *character).eq(wanted.iter().copied()))
        .unwrap_or_else(|| panic!("{wanted:?} stands nowhere"));
    let (first, last) = (glyphs[at], glyphs[at + wanted.len() - 1]);
    let (_, run, left) = first;
    let raised = matches!(FONTS.name(run.face), "fangsong" | "kai");
    let raise = if raised { run.size * 0.08 } else { Abs::ZERO };
    let advance = if last.0.is_ascii() { 0.5 } else { 1.0 };
    Found {
        left,
        right: last.2 + last.1.size * advance,
        top: run.origin.y + raise - run.size * 0.88,
        bottom: run.origin.y + raise + run.size * 0.12,
        color: run.color,
        size: run.size,
    }
}

/// The top and the foot of the ink of the red letters.
fn red_ink(page: &Page) -> (Abs, Abs) {
    let red = runs(page).filter(|run| run.color == Color::Red);
    let extents = red.flat_map(|run| {
        run.glyphs.iter().map(move |glyph| {
            let (low, high) = FONTS.face(run.face).vertical_extents(glyph.id).unwrap();
            (run.origin.y - high.at(run.size), run.origin.y - low.at(run.size))
        })
    });
    extents.fold((Abs::mm(297.0), Abs::ZERO), |(top, foot), (high, low)| (top.min(high), foot.max(low)))
}

fn number_of(page: &Page) -> String {
    runs(page).filter(|run| run.content == Content::Pagination).map(text).collect()
}

fn near(one: Abs, other: Abs, millimetres: f64) -> bool {
    (one - other).abs() <= Abs::mm(millimetres)
}

const LEFT: Abs = Abs::mm(28.0);
const RIGHT: Abs = Abs::mm(184.0);
const TOP: Abs = Abs::mm(37.0);

fn pitch() -> Abs {
    PACK.style().pitch()
}

fn cell() -> Abs {
    PACK.style().cell()
}

/// Makes the PDF of a sample.
pub(crate) fn made(name: &str) -> Rendered {
    let press = Press::new(PACK.clone(), FONTS.clone()).unwrap();
    let options = Options { beside: Some(Arc::new(Folder)), ..Options::default() };
    press.render(&source(name), &options).unwrap_or_else(|faults| {
        let told: String =
            faults.iter().map(|fault| Report::new(fault, Language::English).to_string()).collect();
        panic!("{name}: {told}")
    })
}

#[test]
fn every_sample_is_made_without_a_word() {
    for name in samples() {
        let made = made(&name);
        let told: Vec<_> = made.warnings.iter().map(|found| found.message(Language::English)).collect();
        assert!(told.is_empty(), "{name}: {told:?}");
        assert!(made.bytes.into_vec().starts_with(b"%PDF"));
    }
}

/// What a document says, as its pages print it: the picture of a signature stands for its name, and 主送机关 that
/// would leave page 1 no text stand in 版记, with another mark behind them (7.3.2).
fn printed(name: &str) -> String {
    let text = document(name).plain_text();
    let lines = text.lines();
    match name {
        "order" => lines.filter(|line| *line != "赵堃").collect(),
        "recipients" => {
            let (moved, rest): (Vec<&str>, Vec<&str>) = lines.partition(|line| line.ends_with('：'));
            let [moved] = moved.as_slice() else { panic!("{moved:?}") };
            let moved = format!("主送：{}。", moved.trim_end_matches('：'));
            let at = rest.iter().position(|line| line.starts_with("抄送：")).unwrap();
            rest[..at].concat() + &moved + &rest[at..].concat()
        }
        _ => text,
    }
}

#[test]
fn the_pages_say_what_the_document_says() {
    for name in samples() {
        let shown: String = laid(&name)
            .pages
            .iter()
            .flat_map(runs)
            .filter(|run| matches!(run.content, Content::Element(_)))
            .map(text)
            .collect();
        let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        assert_eq!(bare(&shown), bare(&printed(&name)), "{name}");
    }
}

/// Takes a member out of a value and of all that is in it.
fn forget(value: &mut serde_json::Value, name: &str) {
    match value {
        serde_json::Value::Object(members) => {
            members.remove(name);
            members.values_mut().for_each(|value| forget(value, name));
        }
        serde_json::Value::Array(items) => items.iter_mut().for_each(|value| forget(value, name)),
        _ => {}
    }
}

#[test]
fn the_packs_have_one_form_of_head_and_imprint() {
    let read = |name: &str, file: &str| embedded(name).unwrap().read(file).unwrap();
    let fragment = |name: &str| -> serde_json::Value {
        let schema: serde_json::Value = serde_json::from_slice(&read(name, "schema.json").unwrap()).unwrap();
        let mut fragment = schema["properties"]["document"].clone();
        // Which elements most documents have differs.
        forget(&mut fragment, "x-usual");
        fragment
    };
    let with_elements: Vec<&str> =
        embedded_names().filter(|name| read(name, "document/head.hbs").is_some()).collect();
    assert!(with_elements.contains(&"annual-report") && with_elements.contains(&"document"));
    for name in with_elements {
        for file in ["document/head.hbs", "document/imprint.hbs", "document/signers.hbs"] {
            assert_eq!(read(name, file), read("document", file), "{name}: {file}");
        }
        assert_eq!(fragment(name), fragment("document"), "{name}");
    }
}

#[test]
fn the_head_stands_as_clause_7_2_says() {
    let pages = laid("document");
    let page = &pages.pages[0];
    for (line, wanted) in ["000001", "秘密★1年", "特急"].into_iter().enumerate() {
        let found = find(page, wanted);
        assert!(
            near(found.left, LEFT, 0.2) && near(found.top, TOP + pitch() * line as f64, 0.1),
            "{found:?}"
        );
    }
    let mark = find(page, "岑汀市人民政府文件");
    let (ink_top, ink_foot) = red_ink(page);
    assert_eq!(mark.color, Color::Red);
    assert!(near(ink_top, TOP + Abs::mm(35.0), 0.01), "{ink_top:?}");
    let middle = (LEFT + RIGHT) / 2.0;
    assert!(near((mark.left + mark.right) / 2.0, middle, 0.5));
    let number = find(page, "岑政发〔2026〕3号");
    let gap = (number.top - ink_foot) / pitch();
    assert!((2.0..2.6).contains(&gap), "{gap} lines between mark and number");
    assert!(near((number.left + number.right) / 2.0, middle, 1.0));
    let rule = rules(page)[0];
    assert_eq!(rule.color, Color::Red);
    assert!(near(rule.rect.origin.y, number.bottom + Abs::mm(4.0), 0.01), "{rule:?}");
    assert!(near(rule.rect.origin.x, LEFT, 0.01) && near(rule.rect.size.width, Abs::mm(156.0), 0.01));
    let title = find(page, "岑汀市人民政府关于开展城镇燃气");
    let gap = (title.top - rule.rect.origin.y) / pitch();
    assert!((2.0..2.5).contains(&gap), "{gap} lines between rule and title");
    assert!(title.size.approx_eq(Abs::pt(22.0)));
}

#[test]
fn signers_stand_as_clause_7_2_6_says() {
    let pages = laid("joint");
    let page = &pages.pages[0];
    let (first, second, third) = (find(page, "赵堃"), find(page, "钱喆"), find(page, "孙珺"));
    assert!(near(second.right, RIGHT - cell(), 0.3), "{second:?}");
    assert!(near(first.top, second.top, 0.01) && near(third.left, first.left, 0.01));
    assert!(near(third.top, first.top + pitch(), 0.01));
    let number = find(page, "岑发改投资〔2026〕12号");
    assert!(near(number.left, LEFT + cell(), 0.3) && near(number.top, third.top, 0.01), "{number:?}");
    let rule = rules(page)[0];
    assert!(near(rule.rect.origin.y, number.bottom + Abs::mm(4.0), 0.01));
    // The organs of the mark are of one width, 文件 beside their middle.
    let organs = ["岑汀市发展和改革委员会", "岑汀市财政局", "岑汀市住房和城乡建设局"];
    let organs = organs.map(|organ| find(page, organ));
    let tail = find(page, "文件");
    assert!(organs.iter().all(|organ| organ.right < tail.left));
    assert!(near((organs[0].top + organs[2].bottom) / 2.0, (tail.top + tail.bottom) / 2.0, 1.0));
}

#[test]
fn seals_stand_as_clause_7_3_5_1_says() {
    for (name, page, names) in [
        ("document", 1, vec!["岑汀市人民政府"]),
        ("joint", 1, vec!["岑汀市发展和改革委员会", "岑汀市财政局", "岑汀市住房和城乡建设局"]),
    ] {
        let pages = laid(name);
        let page = pages.pages.iter().find(|page| !pictures(page).is_empty()).unwrap_or(&pages.pages[page]);
        let seals = pictures(page);
        assert_eq!(seals.len(), names.len());
        let middle = |seal: &PlacedPicture| seal.rect.origin.x + seal.rect.size.width / 2.0;
        let date = ["2026年2月10日", "2026年3月2日"][usize::from(name == "joint")];
        let date = find(page, date);
        assert!(near(date.right, RIGHT - cell() * 4.0, 0.3), "{date:?}");
        let last = seals[seals.len() - 1];
        assert!(near(middle(last), (date.left + date.right) / 2.0, 0.3));
        // The name and the date stand a little below the middle of the seal.
        let signed = find_last(page, names[names.len() - 1]);
        let text_middle = (signed.top + date.bottom) / 2.0;
        let seal_middle = last.rect.origin.y + last.rect.size.height / 2.0;
        assert!(text_middle > seal_middle && text_middle < seal_middle + Abs::mm(6.0));
        assert!(near((signed.left + signed.right) / 2.0, middle(last), 1.0));
        // The seal begins within a line of the text.
        let above = runs(page)
            .filter(|run| {
                matches!(run.content, Content::Element(_))
                    && run.origin.y < seals[0].rect.origin.y + Abs::pt(8.0)
            })
            .map(|run| run.origin.y + run.size * 0.2)
            .fold(Abs::ZERO, Abs::max);
        let gap = seals[0].rect.origin.y - above;
        assert!(gap > -Abs::pt(1.0) && gap < pitch(), "{name}: {gap:?}");
        // Its words are spoken.
        let Content::Element(element) = last.content else { panic!("a seal is no artifact") };
        assert_eq!(pages.structure[element].role, Role::Figure);
        let spoken = pages.structure[element].alternative.as_deref();
        assert_eq!(spoken, Some(format!("{}印章", names[names.len() - 1]).as_str()));
    }
}

fn find_last(page: &Page, wanted: &str) -> Found {
    let mut last = page.clone();
    // What stands above the seals is not looked at.
    let top = pictures(page)[0].rect.origin.y;
    last.items.retain(|item| match item {
        FrameItem::Text(run) => run.origin.y > top,
        FrameItem::Fill(_) | FrameItem::Shape(_) | FrameItem::Picture(_) => true,
    });
    find(&last, wanted)
}

#[test]
fn the_plain_signature_stands_as_clause_7_3_5_2_says() {
    let pages = laid("plain");
    let page = &pages.pages[0];
    let mut below = page.clone();
    let text_end = find(page, "报送的内容和格式").bottom;
    below.items.retain(|item| match item {
        FrameItem::Text(run) => run.origin.y > text_end,
        FrameItem::Fill(_) | FrameItem::Shape(_) | FrameItem::Picture(_) => true,
    });
    let (name, date) = (find(&below, "岑汀市人民政府办公室"), find(&below, "2026年1月15日"));
    assert!(near(name.right, RIGHT - cell() * 2.0, 0.3));
    assert!(near(date.left, name.left + cell() * 2.0, 0.3) && near(date.top, name.top + pitch(), 0.01));
    let note = find(&below, "（联系人：市政府办公室文书科）");
    assert!(near(note.left, LEFT + cell() * 2.0, 0.5) && near(note.top, date.top + pitch(), 0.01));
}

#[test]
fn the_note_stands_as_clause_7_3_6_says() {
    // One that ends left of the seal's foot stands beside it, however far into the line it reaches.
    for (name, page, date, words) in [
        ("document", 1, "2026年2月10日", "（此件"),
        ("request", 1, "2026年3月10日", "（联系人"),
        ("plain", 0, "2026年1月15日", "（联系人"),
    ] {
        let pages = laid(name);
        let page = &pages.pages[page];
        let (note, date) = (find(page, words), find(page, date));
        assert!(near(note.left - Abs::mm(28.0), cell() * 2.0, 0.05), "{name}: {note:?}");
        assert!(near(note.top - date.top, pitch(), 0.05), "{name}: {note:?} {date:?}");
    }
}

#[test]
fn the_imprint_stands_as_clause_7_4_says() {
    let pages = laid("document");
    assert!(pages.pages.len().is_multiple_of(2));
    let page = pages.pages.last().unwrap();
    let rules = rules(page);
    assert_eq!(rules.len(), 3);
    let heights: Vec<f64> = rules.iter().map(|rule| rule.rect.size.height.to_mm()).collect();
    let mut sorted = rules.clone();
    sorted.sort_by(|a, b| a.rect.origin.y.to_pt().total_cmp(&b.rect.origin.y.to_pt()));
    let wanted = [0.35, 0.25, 0.35];
    assert!(
        sorted
            .iter()
            .zip(wanted)
            .all(|(rule, wanted)| (rule.rect.size.height.to_mm() - wanted).abs() < 0.001),
        "{heights:?}"
    );
    let foot = sorted[2].rect.origin.y + sorted[2].rect.size.height;
    assert!(near(foot, Abs::mm(262.0), 0.01));
    assert!(sorted.iter().all(|rule| near(rule.rect.size.width, Abs::mm(156.0), 0.01)));
    let one = Abs::pt(14.0);
    let (copies, printer) = (find(page, "抄送：市委各部门"), find(page, "岑汀市人民政府办公室2026"));
    assert!(near(copies.left, LEFT + one, 0.3) && near(printer.left, LEFT + one, 0.3));
    let date = find(page, "2026年2月11日印发");
    assert!(near(date.right, RIGHT - one, 0.3), "{date:?}");
    assert!(copies.size.approx_eq(one) && date.bottom < sorted[2].rect.origin.y);
}

#[test]
fn recipients_that_leave_page_1_no_text_move_to_the_imprint() {
    let pages = laid("recipients");
    find(&pages.pages[0], "过去一年，全市各级各部门");
    let last = pages.pages.last().unwrap();
    let (recipients, copies) = (find(last, "主送：东岭区人民政府"), find(last, "抄送：市委办公室。"));
    assert!(recipients.top < copies.top);
    // No rule between the two.
    let between = rules(last);
    assert!(
        !between.iter().any(|rule| rule.rect.origin.y > recipients.top && rule.rect.origin.y < copies.top)
    );
}

#[test]
fn a_letter_stands_as_clause_10_1_says() {
    let pages = laid("letter");
    let page = &pages.pages[0];
    let (ink_top, ink_foot) = red_ink(page);
    assert!(near(ink_top, Abs::mm(30.0), 0.01), "{ink_top:?}");
    let mut red: Vec<&Fill> = rules(page).into_iter().filter(|rule| rule.color == Color::Red).collect();
    red.sort_by(|a, b| a.rect.origin.y.to_pt().total_cmp(&b.rect.origin.y.to_pt()));
    assert_eq!(red.len(), 4);
    assert!(red.iter().all(|rule| near(rule.rect.size.width, Abs::mm(170.0), 0.01)));
    assert!(red.iter().all(|rule| near(rule.rect.origin.x, Abs::mm(20.0), 0.01)));
    assert!(near(red[0].rect.origin.y, ink_foot + Abs::mm(4.0), 0.01));
    assert!(red[0].rect.size.height > red[1].rect.size.height, "thick over thin");
    assert!(red[2].rect.size.height < red[3].rect.size.height, "thin over thick");
    let lowest = red[3].rect.origin.y + red[3].rect.size.height;
    assert!(near(lowest, Abs::mm(277.0), 0.01), "{lowest:?}");
    let below = red[1].rect.origin.y + red[1].rect.size.height + Abs::pt(15.75) * 0.875;
    let (urgency, number) = (find(page, "加急"), find(page, "岑政函〔2026〕5号"));
    assert!(near(urgency.top, below, 0.1) && near(urgency.left, LEFT, 0.2), "{urgency:?}");
    assert!(near(number.top, below, 0.1) && near(number.right, RIGHT, 0.3), "{number:?}");
    let title = find(page, "岑汀市人民政府关于");
    let gap = (title.top - number.bottom) / pitch();
    assert!((2.0..2.6).contains(&gap), "{gap} lines between number and title");
    assert_eq!(number_of(page), "");
    let last = pages.pages.last().unwrap();
    assert!(rules(last).iter().all(|rule| rule.color == Color::Red), "no rules in its imprint");
    let copies = find(last, "抄送：省水利厅");
    assert!(copies.bottom < Abs::mm(262.1) && copies.bottom > Abs::mm(255.0));
}

#[test]
fn an_order_stands_as_clause_10_2_says() {
    let pages = laid("order");
    let page = &pages.pages[0];
    let mark = find(page, "岑汀市人民政府令");
    let (ink_top, ink_foot) = red_ink(page);
    assert!(near(ink_top, TOP + Abs::mm(20.0), 0.01) && mark.color == Color::Red, "{ink_top:?}");
    let (number, body) = (find(page, "第1号"), find(page, "《岑汀市城市供水"));
    let gap = (number.top - ink_foot) / pitch();
    assert!((2.0..2.6).contains(&gap), "{gap}");
    assert!(near((number.left + number.right) / 2.0, (LEFT + RIGHT) / 2.0, 0.5));
    assert!(near(body.top, number.top + pitch() * 3.0, 0.01));
    // The stamp: four cells in, two lines below the text; 职务 two cells left of it, on its middle.
    let stamp = pictures(page)[0].rect;
    let right = stamp.origin.x + stamp.size.width;
    assert!(near(right, RIGHT - cell() * 4.0, 0.1));
    let post = find(page, "市长");
    assert!(near(post.right, stamp.origin.x - cell() * 2.0, 0.3));
    assert!(near((post.top + post.bottom) / 2.0, stamp.origin.y + stamp.size.height / 2.0, 0.2));
    let date = find(page, "2026年1月8日");
    assert!(near(date.right, RIGHT - cell() * 4.0, 0.3));
    assert!(date.top > stamp.origin.y + stamp.size.height + pitch() - Abs::pt(0.1));
}

/// Who is listed in 纪要 are people, with their offices before their names perhaps: no line ends within a name.
#[test]
fn nobodys_name_is_parted_in_minutes() {
    let document = document("minutes");
    let rosters = document.blocks.iter().filter_map(|block| match block {
        Block::Roster(roster) => Some(roster),
        _ => None,
    });
    let runs = rosters.flat_map(|roster| &roster.content).filter_map(|inline| match inline {
        Inline::Run(run) => Some(run),
        Inline::LineBreak | Inline::Footnote(_) => None,
    });
    let names: Vec<&str> =
        runs.filter(|run| run.datum.is_some()).map(|run| run.text.trim_matches('、')).collect();
    assert!(names.len() >= 10, "{names:?}");
    let pages = layout(&document, PACK.style(), &FONTS).unwrap();
    let mut lines: Vec<(Abs, String)> = Vec::new();
    for run in pages.pages[0].items.iter().filter_map(|item| match item {
        FrameItem::Text(run) => Some(run),
        _ => None,
    }) {
        let text: String = run.glyphs.iter().map(|glyph| glyph.character).collect();
        match lines.iter_mut().find(|(y, _)| (*y - run.origin.y).abs() < Abs::pt(6.0)) {
            Some((_, line)) => line.push_str(&text),
            None => lines.push((run.origin.y, text)),
        }
    }
    for name in names {
        let own: String = name.chars().skip(name.chars().count().saturating_sub(3)).collect();
        assert!(lines.iter().any(|(_, line)| line.contains(&own)), "{own} in {lines:?}");
    }
}

#[test]
fn minutes_stand_as_clause_10_3_says() {
    let pages = laid("minutes");
    let page = &pages.pages[0];
    let (ink_top, _) = red_ink(page);
    assert!(near(ink_top, TOP + Abs::mm(35.0), 0.01));
    find(page, "岑汀市人民政府常务会议纪要");
    let page = pages.pages.iter().find(|page| runs(page).any(|run| text(run).contains("出席"))).unwrap();
    let labels = ["出席", "请假", "列席"].map(|label| find(page, label));
    assert!(labels.iter().all(|label| near(label.left, LEFT + cell() * 2.0, 0.2)));
    assert!(labels.windows(2).all(|pair| pair[1].top > pair[0].top));
    // A turned line begins under the first name.
    let (first, turned) = (find(page, "市交通运输局郑祎"), labels[2]);
    assert!(near(first.left, turned.left + cell() * 3.0, 0.3));
    let face = |wanted: &str| runs(page).find(|run| text(run).contains(wanted)).unwrap().face;
    assert_ne!(face("出席"), face("赵"), "labels in 黑体, names in 仿宋");
}

#[test]
fn pages_are_numbered_as_clause_7_5_says() {
    // From one page of text to four: 版记 on an even page, a blank page before it where need be.
    let press = |paragraphs: usize| {
        let text = String::from_utf8(source("plain").bytes).unwrap();
        let mut data: serde_json::Value = serde_json::from_str(&text).unwrap();
        let long = "各县（区）人民政府办公室和市政府各部门办公室要按照要求认真组织报送。".repeat(3);
        data["content"]["sections"][0]["paragraphs"] = vec![long; paragraphs].into();
        let source = Source::new("data.json", data.to_string());
        let record = data::load(&source, PACK.schema()).unwrap();
        let filled = fill::fill(&Templates::compile(&PACK).unwrap(), &record).unwrap();
        layout(&markup::parse(&filled, "zh-CN").unwrap(), PACK.style(), &FONTS).unwrap()
    };
    let mut with_blank = 0;
    for paragraphs in 1..14 {
        let pages = press(paragraphs);
        let count = pages.pages.len();
        assert!(count.is_multiple_of(2), "{paragraphs}: {count} pages");
        find(&pages.pages[count - 1], "印发");
        let blank = pages.pages[count - 2].items.is_empty();
        with_blank += usize::from(blank);
        for (index, page) in pages.pages.iter().enumerate() {
            let bare = blank && index + 2 >= count;
            let wanted = if bare { String::new() } else { format!("—{}—", index + 1) };
            assert_eq!(number_of(page), wanted, "{paragraphs}: page {}", index + 1);
        }
    }
    assert!(with_blank > 0, "no length asked for a blank page");
}

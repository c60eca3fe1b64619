//! The text: its size and face, its paragraphs, the numbers and faces of headings (5.2.2, 7.3.3).

use super::super::Kind;
use super::super::clauses::{
    BODY_FACE, BODY_SIZE, FIRST_PAGE, HEADING_FACES, INDENT, NUMBERING, PARAGRAPH_END, TURNED,
};
use super::super::faces::Face;
use super::super::lines::Line;
use super::super::marks::{Label, is_hanzi, is_opening};
use super::super::report::{Grade, Ledger, Place, lengths, sizes};
use super::super::roles::{Block, Role};
use super::super::seen::Glyph;
use super::super::standard::SIZE_3;
use super::Case;
use crate::diag::Text;
use crate::units::Abs;

/// How many hanzi tell the face of a heading.
const TELLING: usize = 6;
/// The most characters of a heading without a number; a sentence with more of them is text.
const HEADLINE: usize = 40;
/// What a paragraph may end with.
const ENDS: &str = "。！？：；…”’）》」』】—.!?:;";

/// Judges the text.
pub(super) fn judge(ledger: &mut Ledger, case: &Case<'_>) {
    size(ledger, case);
    face(ledger, case);
    first_page(ledger, case);
    for block in case.doc.of(Role::Paragraph) {
        indent(ledger, case, block);
        end(ledger, case, block);
    }
    strays(ledger, case);
    heading_faces(ledger, case);
    numbering(ledger, case);
}

fn hanzi(lines: &[Line]) -> impl Iterator<Item = (&Line, &Glyph)> {
    let all = lines.iter().flat_map(|line| line.glyphs.iter().map(move |glyph| (line, glyph)));
    all.filter(|(_, glyph)| is_hanzi(glyph.character()))
}

/// Returns how many characters of a block are a heading of level 2 without a number, as the only one of its level under
/// another one is printed: its first sentence, or the whole of a line above a paragraph, in 楷体.
fn unnumbered(case: &Case<'_>, block: &Block) -> Option<usize> {
    if block.label.is_some() {
        return None;
    }
    let text = block.text();
    let length = text.iter().position(|character| *character == '。').map_or(text.len(), |at| at + 1);
    let count = text[..length].iter().filter(|character| is_hanzi(**character)).count();
    let is_kai = |(_, glyph): (&Line, &Glyph)| case.doc.face(glyph.font) == Some(Face::Kai);
    let is_heading = (2..=HEADLINE).contains(&length)
        && count > 0
        && hanzi(&block.lines).take(count).all(is_kai)
        && (length < text.len() || is_above_text(case, block));
    is_heading.then_some(length)
}

/// Tells whether a block is a line or two with a paragraph or a table below.
fn is_above_text(case: &Case<'_>, block: &Block) -> bool {
    // The blocks lie one behind another.
    let place = std::ptr::from_ref(block);
    let at = case.doc.blocks.partition_point(|other| std::ptr::from_ref(other) < place);
    block.lines.len() <= 2
        && case.doc.blocks.get(at + 1).is_some_and(|next| {
            next.part == block.part && matches!(next.role, Role::Paragraph | Role::Small | Role::Turned)
        })
}

fn size(ledger: &mut Ledger, case: &Case<'_>) {
    let size = case.doc.grid.size;
    let grade = Grade::of(size, SIZE_3, Abs::pt(0.03), (Abs::pt(15.7), Abs::pt(16.05)));
    let first = case.doc.of(Role::Paragraph).next();
    let place = first.map_or_else(Place::default, |block| Place::from(block.first()));
    ledger.grade(&BODY_SIZE, grade, place, || sizes(("正文字号", "size of the text"), size, SIZE_3));
    // 三号 and the 16 pt of offices are a quarter of a point apart.
    let tolerance = case.tolerance(Abs::pt(0.1), Abs::pt(0.3));
    for block in case.doc.of(Role::Paragraph) {
        ledger.test(&BODY_SIZE);
        let other = hanzi(&block.lines).find(|(_, glyph)| (glyph.size - size).abs() > tolerance);
        if let Some((line, glyph)) = other {
            ledger.check(&BODY_SIZE, false, Place::glyph(line, glyph), || {
                sizes(("字号", "size"), glyph.size, SIZE_3)
            });
        }
    }
}

fn face(ledger: &mut Ledger, case: &Case<'_>) {
    for block in case.doc.of(Role::Paragraph).filter(|block| block.label.is_none()) {
        let headline = unnumbered(case, block).unwrap_or(0);
        let headline = block.text()[..headline].iter().filter(|character| is_hanzi(**character)).count();
        let mut text = hanzi(&block.lines).skip(headline).peekable();
        if headline > 0 && text.peek().is_none() {
            continue;
        }
        let (mut known, mut others, mut other) = (0, 0, None);
        for (line, glyph) in text {
            if let Some(face) = case.doc.face(glyph.font) {
                known += 1;
                if face != Face::FangSong {
                    others += 1;
                    other = other.or(Some((line, glyph, face)));
                }
            }
        }
        if known == 0 {
            ledger.skip(
                &BODY_FACE,
                "字体的名字看不出是哪种字体",
                "the names of the fonts do not tell their faces",
            );
            continue;
        }
        // Rare characters come from other faces, and a clause's first words may stand out.
        match other {
            Some((line, glyph, face)) if others * 2 > known => {
                let font = case.doc.font(glyph.font);
                ledger
                    .check(&BODY_FACE, false, Place::glyph(line, glyph), || wrong_face(face, font, "仿宋体"));
            }
            _ => ledger.test(&BODY_FACE),
        }
    }
}

/// Says which face a text is in and which it should be in.
pub(super) fn wrong_face(face: Face, font: &str, wanted: &str) -> Text {
    let name = face.name();
    Text::both(
        format!("用的是{}（{font}），应为{wanted}", name.zh),
        format!("set in {} ({font}), expected {wanted}", name.en),
    )
}

fn first_page(ledger: &mut Ledger, case: &Case<'_>) {
    let is_text =
        |block: &Block| matches!(block.role, Role::Paragraph | Role::Attendance) && block.first().page == 1;
    ledger.check(&FIRST_PAGE, case.doc.blocks.iter().any(is_text), Place::page(1), || {
        Text::both("首页没有正文", "there is no text on the first page")
    });
}

/// Judges where the lines of a paragraph begin.
fn indent(ledger: &mut Ledger, case: &Case<'_>, block: &Block) {
    let grid = &case.doc.grid;
    let tolerance = case.tolerance(Abs::mm(0.3), Abs::mm(1.0));
    let near = |line: &Line, cells: f64| {
        let off = |cells: f64| (line.left() - grid.left - grid.cell * cells).abs() <= tolerance;
        off(cells) || (is_opening(line.first()) && off(cells - 0.5))
    };
    let first = block.first();
    ledger.check(&INDENT, near(first, 2.0), first, || {
        lengths(("段首空", "first line in by"), first.left() - grid.left, grid.cell * 2.0)
    });
    for line in &block.lines[1..] {
        ledger.check(&TURNED, near(line, 0.0), line, || {
            lengths(("回行空", "turned line in by"), line.left() - grid.left, Abs::ZERO)
        });
    }
}

/// Judges lines of sentences that begin where neither a paragraph nor a turned line does.
fn strays(ledger: &mut Ledger, case: &Case<'_>) {
    let grid = &case.doc.grid;
    for block in case.doc.of(Role::Other) {
        let text = block.text();
        if text.len() > 12 && text.contains(&'。') && !grid.is_centred(block.first()) {
            let first = block.first();
            ledger.check(&INDENT, false, first, || {
                lengths(("段首空", "first line in by"), first.left() - grid.left, grid.cell * 2.0)
            });
        }
    }
}

fn end(ledger: &mut Ledger, case: &Case<'_>, block: &Block) {
    let text = block.text();
    // The mark of a footnote, smaller than the text, stands behind the paragraph's own last mark.
    let most = block.last().glyphs.iter().map(|glyph| glyph.size).fold(Abs::ZERO, Abs::max);
    let is_text = |glyph: &&Glyph| glyph.size > most * 0.8;
    let last = block.last().glyphs.iter().rfind(is_text).map_or(' ', Glyph::character);
    // A heading on its own line has no mark at its end, and one without a number none at all; one of many lines is told by
    // its face, which a paragraph that begins with one does not end in.
    let is_bare = || {
        block.lines.len() == 1
            && !text.iter().any(|character| "，、；：。".contains(*character))
            && is_above_text(case, block)
    };
    let is_heading = match block.label {
        None => is_bare(),
        Some(label) => {
            let face = block.last().glyphs.last().and_then(|glyph| case.doc.face(glyph.font));
            block.lines.len() <= 2 || label.level <= 2 && face == Some(face_of(label))
        }
    };
    if is_heading || text.len() < 4 {
        return;
    }
    ledger.check(&PARAGRAPH_END, ENDS.contains(last), block.last(), || {
        Text::both(format!("段末是“{last}”，没有标点"), format!("the paragraph ends with {last} and no mark"))
    });
}

/// Returns what may begin with a number, whichever way it lies.
fn numbered<'a>(case: &'a Case<'_>) -> impl Iterator<Item = &'a Block> {
    case.doc.blocks.iter().filter(|block| matches!(block.role, Role::Paragraph | Role::Turned))
}

/// Returns the face that a heading has (7.3.3).
fn face_of(label: Label) -> Face {
    match label.level {
        1 => Face::Hei,
        2 => Face::Kai,
        _ => Face::FangSong,
    }
}

fn heading_faces(ledger: &mut Ledger, case: &Case<'_>) {
    let mut any = false;
    for block in numbered(case) {
        let Some(label) = block.label else { continue };
        any = true;
        let wanted = face_of(label);
        let name = match wanted {
            Face::Hei => "黑体",
            Face::Kai => "楷体",
            _ => "仿宋体",
        };
        let heading =
            hanzi(&block.lines).filter_map(|(line, glyph)| Some((line, glyph, case.doc.face(glyph.font)?)));
        let telling: Vec<_> = heading.take(TELLING).collect();
        let wrong = telling.iter().filter(|(.., face)| *face != wanted).count();
        if telling.is_empty() {
            continue;
        }
        let (line, glyph, face) = *telling.iter().find(|(.., face)| *face != wanted).unwrap_or(&telling[0]);
        ledger.check(&HEADING_FACES, wrong * 2 <= telling.len(), Place::glyph(line, glyph), || {
            wrong_face(face, case.doc.font(glyph.font), name)
        });
    }
    if !any {
        ledger.skip(&HEADING_FACES, "没有带序号的标题", "there are no numbered headings");
    }
}

/// Judges the numbers of headings: each level counts on from one and begins anew below a higher one.
fn numbering(ledger: &mut Ledger, case: &Case<'_>) {
    let mut counts = [0_usize; 5];
    // Whether text without a number stands since the last number of a level: a new list may begin after it.
    let mut apart = [true; 5];
    // Whether level 2 has a heading without a number.
    let mut bare = false;
    let mut part = 0;
    let mut any = false;
    for block in numbered(case) {
        if block.part != part {
            part = block.part;
            (counts, bare) = ([0; 5], false);
        }
        let Some(label) = block.label else {
            apart = [true; 5];
            if unnumbered(case, block).is_some() {
                bare = true;
                counts[3..].fill(0);
            }
            continue;
        };
        any = true;
        let Label { level, number, well_formed, .. } = label;
        ledger.check(&NUMBERING, well_formed, block.first(), || {
            let wanted = Label::write(level, number);
            let found: String = block.text()[..label.length].iter().collect();
            Text::both(
                format!("序数写作“{found}”，应为“{wanted}”"),
                format!("numbered {found}, expected {wanted}"),
            )
        });
        let expected = counts[level] + 1;
        let begins = number == 1 && (counts[level] == 0 || (level > 2 && apart[level]));
        ledger.check(&NUMBERING, number == expected || begins, block.first(), || {
            let (found, wanted) = (Label::write(level, number), Label::write(level, expected));
            Text::both(
                format!("序数是“{found}”，应为“{wanted}”"),
                format!("numbered {found}, expected {wanted}"),
            )
        });
        let is_there = |above: usize| counts[above] > 0 || (above == 2 && bare);
        let skipped = level > 1
            && number == 1
            && level > 1 + (1..level).rev().find(|above| is_there(*above)).unwrap_or(level - 1);
        if skipped && case.doc.kind != Kind::Order {
            ledger.note(&NUMBERING, block.first(), Text::both("跳过了一个层次", "a level is left out"));
        }
        counts[level] = number;
        counts[level + 1..].fill(0);
        bare &= level > 1;
        apart[level] = false;
    }
    if !any {
        ledger.skip(&NUMBERING, "没有带序号的标题", "there are no numbered headings");
    }
}

//! 标题 and 主送机关 (7.3.1, 7.3.2).

use super::super::Kind;
use super::super::clauses::{TEXT_BELOW_TITLE, TITLE_FACE, TITLE_LINES, TITLE_PLACE, TITLE_SIZE};
use super::super::faces::Face;
use super::super::lines::{Line, mean};
use super::super::marks::is_hanzi;
use super::super::report::{Grade, Ledger, Place, lengths, sizes};
use super::super::roles::{Block, Role};
use super::super::standard::{SIZE_2, TOLERANCE};
use super::Case;
use super::body::wrong_face;
use crate::diag::Text;
use crate::units::Abs;
use crate::words::{self, Parting};

/// How much blank two lines leave, in lines: practice and the standard's figures measure from different edges.
pub(super) const TWO_LINES: (f64, f64) = (1.6, 2.9);
/// How much blank one line leaves.
pub(super) const ONE_LINE: (f64, f64) = (0.6, 1.9);

/// Judges titles and what is below them.
pub(super) fn judge(ledger: &mut Ledger, case: &Case<'_>) {
    let titles =
        || case.doc.blocks.iter().filter(|block| matches!(block.role, Role::Title | Role::AttachmentTitle));
    for block in titles() {
        size(ledger, block);
        face(ledger, case, block);
        place(ledger, case, block);
        lines(ledger, case, block);
    }
    if titles().next().is_none() {
        let clauses = [&TITLE_SIZE, &TITLE_FACE, &TITLE_PLACE, &TITLE_LINES];
        if case.doc.kind == Kind::Order || case.doc.kind == Kind::Minutes {
            for clause in clauses {
                ledger.skip(clause, "没有标题", "there is no title");
            }
        } else {
            ledger
                .check(&TITLE_SIZE, false, Place::page(1), || Text::both("找不到标题", "no title is found"));
        }
    }
    salutation(ledger, case);
}

fn size(ledger: &mut Ledger, block: &Block) {
    let line = block.first();
    let grade = Grade::of(line.size, SIZE_2, Abs::pt(0.03), (Abs::pt(20.9), Abs::pt(22.1)));
    ledger.grade(&TITLE_SIZE, grade, line, || sizes(("标题字号", "size of the title"), line.size, SIZE_2));
    for line in &block.lines[1..] {
        let same = (line.size - block.first().size).abs() <= Abs::pt(0.1);
        ledger.check(&TITLE_SIZE, same, line, || {
            sizes(
                ("标题各行字号不一，这一行", "sizes within the title differ; this line"),
                line.size,
                block.first().size,
            )
        });
    }
}

fn face(ledger: &mut Ledger, case: &Case<'_>, block: &Block) {
    for line in &block.lines {
        let Some(glyph) = line.glyphs.iter().find(|glyph| is_hanzi(glyph.character())) else { continue };
        let font = case.doc.font(glyph.font);
        match case.doc.face(glyph.font) {
            Some(Face::BiaoSong) => ledger.test(&TITLE_FACE),
            Some(Face::HeavySong) => ledger.note(
                &TITLE_FACE,
                Place::glyph(line, glyph),
                Text::both(
                    format!("以粗宋体代小标宋体（{font}）"),
                    format!("a heavy 宋体 stands in for 小标宋 ({font})"),
                ),
            ),
            Some(face) => {
                ledger.check(&TITLE_FACE, false, Place::glyph(line, glyph), || {
                    wrong_face(face, font, "小标宋体")
                });
            }
            None => {
                ledger.skip(
                    &TITLE_FACE,
                    "字体的名字看不出是哪种字体",
                    "the name of the font does not tell its face",
                );
            }
        }
    }
}

/// Judges whether a line stands in the middle of the type area.
pub(super) fn centred(ledger: &mut Ledger, case: &Case<'_>, clause: &'static super::Clause, line: &Line) {
    let grid = &case.doc.grid;
    let (middle, wanted) = (mean(line.left(), line.right()), mean(grid.left, grid.right));
    ledger.check(clause, grid.is_centred(line) || (middle - wanted).abs() <= TOLERANCE, line, || {
        lengths(("中线距纸左边", "middle from the left edge"), middle, wanted)
    });
}

/// Says how many lines' worth of blank there is and should be.
pub(super) fn blank(found: f64, wanted: usize) -> Text {
    Text::both(
        format!("与上一要素相距{found:.2}行，应空{wanted}行"),
        format!("{found:.2} lines of blank above, expected {wanted}"),
    )
}

fn place(ledger: &mut Ledger, case: &Case<'_>, block: &Block) {
    for line in &block.lines {
        centred(ledger, case, &TITLE_PLACE, line);
    }
    let first = block.first();
    if block.role != Role::Title || case.doc.kind == Kind::Order {
        return;
    }
    let rule = case.doc.head_rule.as_ref().filter(|_| first.page == 1).map(super::super::lines::Rule::bottom);
    // On a letter the last element above counts.
    let above = case.doc.blocks.iter().take_while(|other| other.role != Role::Title);
    let lowest = above.map(|other| other.last().bottom()).fold(Abs::ZERO, Abs::max);
    if let Some(rule) = rule {
        let edge = if case.doc.kind == Kind::Letter { rule.max(lowest) } else { rule };
        let found = (first.top() - edge) / case.doc.pitch();
        ledger.check(&TITLE_PLACE, found >= TWO_LINES.0 && found <= TWO_LINES.1, first, || blank(found, 2));
    }
}

fn lines(ledger: &mut Ledger, case: &Case<'_>, block: &Block) {
    for line in &block.lines {
        let alone = block.lines.len() == 1;
        ledger.check(&TITLE_LINES, alone || line.text.len() > 2, line, || {
            let count = line.text.len();
            Text::both(format!("一行只有{count}字"), format!("a line of {count} characters"))
        });
        let count = |mark: char| line.text.iter().filter(|character| **character == mark).count();
        if count('《') != count('》') {
            let text = Text::both("书名号断在两行", "《》 is parted between two lines");
            ledger.note(&TITLE_LINES, line, text);
        }
    }
    words_whole(ledger, block);
    for pair in block.lines.windows(2).filter(|pair| pair[0].page == pair[1].page) {
        let step = pair[1].middle - pair[0].middle;
        let fits = step >= pair[1].size && step <= case.doc.pitch() * 2.0 + Abs::pt(0.5);
        ledger.check(&TITLE_LINES, fits, &pair[1], || {
            lengths(("标题行距", "lines of the title apart by"), step, case.doc.pitch() * 1.2)
        });
    }
}

/// Judges whether every line ends between two words (词意完整).
fn words_whole(ledger: &mut Ledger, block: &Block) {
    let text: String = block.lines.iter().flat_map(|line| &line.text).collect();
    let partings = words::partings(&text);
    let mut end = 0;
    for pair in block.lines.windows(2) {
        end += pair[0].text.len();
        let is_whole = partings.get(end).is_none_or(|parting| *parting != Parting::Word);
        ledger.check(&TITLE_LINES, is_whole, &pair[0], || {
            let tail: String = pair[0].text[pair[0].text.len().saturating_sub(4)..].iter().collect();
            let head: String = pair[1].text.iter().take(4).collect();
            Text::both(
                format!("一个词断在两行：…{tail}|{head}…"),
                format!("a word is parted between two lines: …{tail}|{head}…"),
            )
        });
    }
}

fn salutation(ledger: &mut Ledger, case: &Case<'_>) {
    let Some(block) = case.doc.one(Role::Salutation) else {
        return ledger.skip(&TEXT_BELOW_TITLE, "没有主送机关", "there is no 主送机关");
    };
    let (first, last) = (block.first(), block.last());
    ledger.check(&TEXT_BELOW_TITLE, last.last() == '：', last, || {
        let last = last.last();
        Text::both(
            format!("末尾是“{last}”，应为全角冒号"),
            format!("ends with {last}, expected a full-width colon"),
        )
    });
    for line in &block.lines {
        let what = ("左边空", "in by");
        let offset = line.left() - case.doc.grid.left;
        ledger.within(&TEXT_BELOW_TITLE, line, what, offset, Abs::ZERO, TOLERANCE);
    }
    let above = case.doc.blocks.iter().take_while(|other| other.role != Role::Salutation).last();
    if let Some(above) = above.filter(|above| matches!(above.role, Role::Title | Role::Byline)) {
        let found = (first.top() - above.last().bottom()) / case.doc.pitch();
        ledger
            .check(&TEXT_BELOW_TITLE, found >= ONE_LINE.0 && found <= ONE_LINE.1, first, || blank(found, 1));
    }
}

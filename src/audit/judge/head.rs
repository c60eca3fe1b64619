//! 版头 (7.2), and what letters, orders and minutes share of it.

use super::super::Kind;
use super::super::clauses::{HEAD_RULE, MARK, NUMBER, SECRECY, SERIAL, SIGNER, URGENCY};
use super::super::faces::Face;
use super::super::lines::{Line, mean};
use super::super::marks::is_hanzi;
use super::super::report::{Grade, Ledger, Place, lengths};
use super::super::roles::{Block, Role};
use super::super::seen::Glyph;
use super::super::standard::{SIZE_3, TOLERANCE, TOP, WIDTH};
use super::attachments::{left_by, size_and_face};
use super::body::wrong_face;
use super::title::{TWO_LINES, blank};
use super::{Case, Clause};
use crate::diag::Text;
use crate::units::Abs;

/// Judges 版头.
pub(super) fn judge(ledger: &mut Ledger, case: &Case<'_>) {
    if case.doc.kind == Kind::Report && case.doc.one(Role::Mark).is_none() {
        return;
    }
    if matches!(case.doc.kind, Kind::Document | Kind::Report) {
        mark(ledger, case, &MARK, TOP + Abs::mm(35.0));
        match case.doc.one(Role::Number) {
            Some(block) => number(ledger, case, block),
            None => ledger.check(&NUMBER, false, Place::page(1), || {
                Text::both("找不到发文字号", "no 发文字号 is found")
            }),
        }
    }
    if matches!(case.doc.kind, Kind::Document | Kind::Report | Kind::Minutes) {
        rule(ledger, case);
    }
    corner(ledger, case);
    signer(ledger, case);
}

/// Returns the box around the ink of a block, or around its cells where the ink is not known.
pub(super) fn ink(block: &Block) -> [Abs; 4] {
    let of = |line: &Line| line.ink().unwrap_or([line.left(), line.top(), line.right(), line.bottom()]);
    let all = block.lines.iter().map(of);
    all.reduce(|a, b| [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])])
        .unwrap_or([Abs::ZERO; 4])
}

/// Judges 发文机关标志: its place, its colour and its face.
pub(super) fn mark(ledger: &mut Ledger, case: &Case<'_>, clause: &'static Clause, wanted: Abs) {
    let Some(block) = case.doc.one(Role::Mark) else {
        return ledger.check(clause, false, Place::page(1), || {
            Text::both("找不到发文机关标志", "no mark of the organ is found")
        });
    };
    let first = block.first();
    let [left, top, right, _] = ink(block);
    // The upper edge is that of the ink or of the characters' cells.
    let holds = [top, first.top()].into_iter().any(|top| (top - wanted).abs() <= TOLERANCE);
    ledger
        .check(clause, holds, first, || lengths(("上边缘距纸上边", "top from the page's top"), top, wanted));
    let (middle, centre) = (mean(left, right), mean(case.doc.grid.left, case.doc.grid.right));
    ledger.within(clause, first, ("中线距纸左边", "middle from the left edge"), middle, centre, TOLERANCE);
    for line in &block.lines {
        let wrong = line.glyphs.iter().find(|glyph| !glyph.colour.is_red());
        ledger.check(clause, wrong.is_none(), line, || {
            let colour = wrong.map_or_else(String::new, |glyph| glyph.colour.describe());
            Text::both(format!("颜色是{colour}，应为红色"), format!("in {colour}, expected red"))
        });
    }
    let glyph = first.glyphs.iter().find(|glyph| is_hanzi(glyph.character()));
    if let Some(glyph) = glyph
        && let Some(face) = case.doc.face(glyph.font)
    {
        let grade = match face {
            Face::BiaoSong | Face::HeavySong => Grade::Exact,
            // 推荐: another face is a choice, if not the recommended one.
            _ => Grade::Practice,
        };
        ledger.grade(clause, grade, first, || wrong_face(face, case.doc.font(glyph.font), "小标宋体"));
    }
}

/// Returns the glyphs of 发文字号 on its line, which 签发人 may share.
fn number_glyphs(line: &Line) -> &[Glyph] {
    let end =
        line.text.iter().position(|character| *character == '号').map_or(line.glyphs.len(), |at| at + 1);
    &line.glyphs[..end]
}

/// Judges how 发文字号 is written.
pub(super) fn number_form(ledger: &mut Ledger, clause: &'static Clause, line: &Line) {
    let text: String = number_glyphs(line).iter().map(Glyph::character).collect();
    let inside = text.split_once('〔').and_then(|(_, rest)| rest.split_once('〕'));
    let fits = inside.is_some_and(|(year, rest)| {
        let digits = rest.strip_suffix('号').unwrap_or("");
        let all = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        year.len() == 4 && all(year) && all(digits) && !digits.starts_with('0')
    });
    ledger.check(clause, fits, line, || {
        Text::both(
            format!("写作“{text}”，应如“〔2026〕1号”：年份四位，不加“第”，不编虚位"),
            format!("reads {text}, expected the form 〔2026〕1号: four digits, no 第, no zero"),
        )
    });
}

fn number(ledger: &mut Ledger, case: &Case<'_>, block: &Block) {
    let line = block.first();
    number_form(ledger, &NUMBER, line);
    let glyphs = number_glyphs(line);
    let shared = glyphs.len() < line.glyphs.len() || case.doc.one(Role::Signer).is_some();
    let (left, right) = (line.left(), glyphs.last().map_or(line.right(), Glyph::end));
    let grid = &case.doc.grid;
    if shared {
        left_by(ledger, case, &NUMBER, line, grid.cell);
    } else {
        let (middle, centre) = (mean(left, right), mean(grid.left, grid.right));
        ledger.within(
            &NUMBER,
            line,
            ("中线距纸左边", "middle from the left edge"),
            middle,
            centre,
            TOLERANCE,
        );
        if let Some(mark) = case.doc.one(Role::Mark) {
            below(ledger, case, &NUMBER, mark, line);
        }
    }
    size_and_face(ledger, case, &NUMBER, line, SIZE_3, Face::FangSong, "仿宋体");
}

/// Judges whether a line stands two blank ones below a mark, from its ink or its cells.
pub(super) fn below(
    ledger: &mut Ledger,
    case: &Case<'_>,
    clause: &'static Clause,
    mark: &Block,
    line: &Line,
) {
    let found = [ink(mark)[3], mark.last().bottom()].map(|bottom| (line.top() - bottom) / case.doc.pitch());
    let holds = found.iter().any(|found| *found >= TWO_LINES.0 && *found <= TWO_LINES.1);
    ledger.check(clause, holds, line, || blank(found[1], 2));
}

fn rule(ledger: &mut Ledger, case: &Case<'_>) {
    let Some(rule) = &case.doc.head_rule else {
        return ledger.check(&HEAD_RULE, false, Place::page(1), || {
            Text::both("找不到红色分隔线", "no red rule is found")
        });
    };
    let place = || Place::rule(1, rule);
    ledger.within(&HEAD_RULE, place(), ("线长", "length"), rule.length(), WIDTH, TOLERANCE);
    let grid = &case.doc.grid;
    let (middle, centre) = (mean(rule.left(), rule.right()), mean(grid.left, grid.right));
    ledger.within(
        &HEAD_RULE,
        place(),
        ("中线距纸左边", "middle from the left edge"),
        middle,
        centre,
        TOLERANCE,
    );
    // Above the rule stands 发文字号 or the last 签发人.
    let above = case.doc.sheets[0].lines.iter().rfind(|line| line.middle < rule.top());
    if let Some(line) = above {
        let edges = [line.bottom(), line.ink().map_or(line.bottom(), |ink| ink[3])];
        let found = edges.map(|edge| rule.top() - edge);
        let holds = found.iter().any(|found| (*found - Abs::mm(4.0)).abs() <= TOLERANCE);
        ledger.check(&HEAD_RULE, holds, place(), || {
            lengths(("在发文字号下", "below 发文字号 by"), found[0], Abs::mm(4.0))
        });
    }
}

/// Judges what stands in the upper left corner: 份号, 密级, 紧急程度, in this order and on rows of their own.
fn corner(ledger: &mut Ledger, case: &Case<'_>) {
    let elements: [(Role, &'static Clause, (&str, &str)); 3] = [
        (Role::Serial, &SERIAL, ("没有份号", "there is no 份号")),
        (Role::Secrecy, &SECRECY, ("没有密级", "there is no 密级")),
        (Role::Urgency, &URGENCY, ("没有紧急程度", "there is no 紧急程度")),
    ];
    let mut row = 0.0;
    for (role, clause, none) in elements {
        let Some(block) = case.doc.one(role) else {
            ledger.skip(clause, none.0, none.1);
            continue;
        };
        let line = block.first();
        left_by(ledger, case, clause, line, Abs::ZERO);
        if role == Role::Serial {
            let grade = Grade::of(line.size, SIZE_3, Abs::pt(0.03), (Abs::pt(15.7), Abs::pt(16.05)));
            ledger.grade(clause, grade, line, || {
                super::super::report::sizes(("字号", "size"), line.size, SIZE_3)
            });
        } else {
            size_and_face(ledger, case, clause, line, SIZE_3, Face::Hei, "黑体");
        }
        if case.doc.kind != Kind::Letter {
            let found = (line.top() - TOP) / case.doc.pitch() + 1.0;
            // 密级 stands on the second row even where there is no 份号.
            let wanted = if role == Role::Secrecy { vec![row + 1.0, 2.0] } else { vec![row + 1.0] };
            let holds = wanted.iter().any(|wanted| (found - wanted).abs() <= 0.3)
                || (role == Role::Urgency && found > row);
            ledger.check(clause, holds, line, || {
                let wanted = row + 1.0;
                Text::both(
                    format!("在第{found:.1}行，应在第{wanted}行"),
                    format!("on row {found:.1}, expected row {wanted}"),
                )
            });
            row = found.round();
        }
    }
}

fn signer(ledger: &mut Ledger, case: &Case<'_>) {
    let lines = case.doc.blocks.iter().filter(|block| matches!(block.role, Role::Signer | Role::Number));
    let lines: Vec<&Line> = lines.flat_map(|block| &block.lines).collect();
    let Some(first) = lines.iter().find(|line| line.string().contains("签发人")) else {
        return ledger.skip(&SIGNER, "没有签发人", "there is no 签发人");
    };
    let grid = &case.doc.grid;
    let inset = grid.right - first.right();
    let cell = grid.cell;
    ledger.check(&SIGNER, (inset - cell).abs() <= TOLERANCE, *first, || {
        lengths(("右空", "from the right by"), inset, cell)
    });
    let at =
        first.string().chars().collect::<Vec<char>>().windows(3).position(|word| word == ['签', '发', '人']);
    let label = &first.glyphs[at.unwrap_or(0)..];
    let parts: [(&[Glyph], Face, &str); 2] = [
        (&label[..label.len().min(3)], Face::FangSong, "仿宋体"),
        (&label[label.len().min(4)..], Face::Kai, "楷体"),
    ];
    for (glyphs, wanted, name) in parts {
        let Some(glyph) = glyphs.iter().find(|glyph| is_hanzi(glyph.character())) else { continue };
        if let Some(face) = case.doc.face(glyph.font) {
            let place = Place::glyph(first, glyph);
            ledger
                .check(&SIGNER, face == wanted, place, || wrong_face(face, case.doc.font(glyph.font), name));
        }
    }
}

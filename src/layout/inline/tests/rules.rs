//! What GB/T 15834, CLREQ and the house allow, told once more and from their texts: nothing here asks the code
//! that breaks lines what it thinks of a character.

use super::text_of;
use crate::layout::inline::finalize::SetLine;
use crate::units::Abs;

/// Never at a line's start.
const NO_START: &str = "。．，、；：？！‼⁇⁈⁉）】〕》〉」』”’］｝…—–-～·％%‰℃/)]}";
/// Never at a line's end.
const NO_END: &str = "（【〔《〈「『“‘［｛￥＄№/([{";
/// The marks whose right half is blank.
const CLOSING: &str = "，、；：。．？！）】〕》〉」』”’］｝";
/// The marks whose left half is blank.
const OPENING: &str = "（【〔《〈「『“‘［｛";
/// What a number takes after it.
const UNITS: &[&str] = &[
    "亿元", "名", "个", "处", "年", "月", "日", "家", "以内", "余处", "多家", "%", "％", "‰", "℃", "余", "多",
];
/// What a number takes before it.
const BEFORE: &[&str] = &["第", "约", "近", "超过", "-", "～"];

/// The characters of a line that are no marks.
pub(super) fn own(line: &str) -> usize {
    let mark = |c: &char| CLOSING.contains(*c) || OPENING.contains(*c) || "·—…～".contains(*c);
    line.chars().filter(|c| !mark(c)).count()
}

/// Returns every place where lines part what has to stay whole: the letter of the whole that begins a line, and
/// the whole.
pub(super) fn broken(lines: &[String]) -> Vec<(usize, String)> {
    let text: Vec<char> = lines.iter().flat_map(|line| line.chars()).collect();
    let held = |at: usize| at > 0 && holds(&text, at);
    let mut broken = Vec::new();
    let mut at = 0;
    for line in &lines[..lines.len() - 1] {
        at += line.chars().count();
        if held(at) {
            let start = (0..at).rev().find(|at| !held(*at)).unwrap_or(0);
            let end = (at..text.len()).find(|at| !held(*at)).unwrap_or(text.len());
            broken.push((at - start, text[start..end].iter().collect()));
        }
    }
    broken
}

/// Tells whether no line may end before a letter.
fn holds(text: &[char], at: usize) -> bool {
    let (before, after) = (text[at - 1], text[at]);
    // A word, an address, a number with its signs: none of it is Chinese.
    let western = |c: char| c.is_ascii_graphic();
    let starts =
        |at: usize, word: &str| word.chars().enumerate().all(|(nth, c)| text.get(at + nth) == Some(&c));
    let digit = |at: usize| text.get(at).is_some_and(char::is_ascii_digit);
    // A unit stands right behind a digit; a line may not end inside of the two.
    let in_unit = (1..=3).any(|back| {
        at.checked_sub(back).is_some_and(&digit)
            && UNITS.iter().any(|unit| unit.chars().count() >= back && starts(at + 1 - back, unit))
    });
    // 2026年|1月 may part where nothing else is left.
    let date = matches!(before, '年' | '月') && digit(at);
    let in_prefix = BEFORE.iter().any(|word| {
        let length = word.chars().count();
        (0..length).any(|inside| {
            at.checked_sub(inside + 1).is_some_and(|start| starts(start, word) && digit(start + length))
        })
    });
    let range = matches!(before, '%' | '元') && after == '～' && digit(at + 1);
    // A word of two parts may part behind its hyphen.
    let compound = before == '-' && after.is_ascii_alphabetic();
    !date
        && !compound
        && (NO_START.contains(after)
            || NO_END.contains(before)
            || (western(before) && western(after))
            || in_unit
            || in_prefix
            || range)
}

/// Holds the places of a line's glyphs against what may shrink and stretch.
pub(super) fn spacing(line: &SetLine, cell: Abs, size: Abs) {
    let shown = text_of(line);
    let glyphs: Vec<(char, f64)> = line
        .runs
        .iter()
        .flat_map(|run| run.glyphs.iter().map(|glyph| (glyph.character, (run.origin.x + glyph.x) / cell)))
        .collect();
    for pair in glyphs.windows(2) {
        let ((before, from), (after, to)) = (pair[0], pair[1]);
        let cells = to - from;
        let (closes, opens) = (CLOSING.contains(before), OPENING.contains(before));
        let told = || format!("{before}{after} take {cells:.3} cells in {shown}");
        if closes && (CLOSING.contains(after) || OPENING.contains(after)) || opens && OPENING.contains(after)
        {
            assert!((cells - 0.5).abs() < 1e-6, "facing marks: {}", told());
        } else if before.is_ascii_digit() && after.is_ascii_digit() {
            assert!((cells - 0.5).abs() < 1e-6, "digits: {}", told());
        } else if (before, after) == ('…', '…') {
            assert!((cells - 1.0).abs() < 1e-6, "a mark of two cells: {}", told());
        } else if (before, after) == ('—', '—') {
            // The strokes touch: the face's own advance is a hair less than a cell.
            assert!((cells - size / cell).abs() < 1e-6, "a mark of two cells: {}", told());
        } else if "。？！．".contains(before) {
            assert!(cells > 0.75 - 0.26, "a stop gives a quarter: {}", told());
        } else if closes {
            assert!(cells > 0.5 - 0.26, "a mark gives half: {}", told());
        }
    }
}

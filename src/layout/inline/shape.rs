//! Gives each letter its glyph and its width, and each gap between two what it can give or take.
//!
//! No line is known yet: what depends on a line's start or end is [`super::linebreak`]'s.

use super::bond::{Bond, bonds, is_numeral};
use super::class::Class;
use super::collect::Letter;
use super::room;
use crate::diag::catalogue::layout::MISSING_GLYPH;
use crate::diag::{Anchor, Diagnostic};
use crate::layout::fonts::{Found, Role, RoleFonts};
use crate::units::{Abs, Em};

/// A letter with its glyph and widths.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shaped<'a> {
    /// The letter.
    pub(crate) letter: Letter<'a>,
    /// Its class.
    pub(crate) class: Class,
    /// Its glyph.
    pub(crate) found: Found,
    /// The font size.
    pub(crate) size: Abs,
    /// The width of a full character in its role.
    pub(crate) cell: Abs,
    /// The width that it takes by nature.
    pub(crate) width: Abs,
    /// How strongly it holds to the letter before it.
    pub(crate) bond: Bond,
    /// The gap between it and the letter before it.
    pub(crate) gap: Gap,
}

/// What the gap between two letters of a line gives and takes.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Gap {
    /// What is added by nature: the gap between hanzi and letters, where the style has one; less than nothing where
    /// facing marks move together.
    pub(crate) natural: Abs,
    /// By how much the gap shrinks.
    pub(crate) shrink: Abs,
    /// By how much the gap stretches.
    pub(crate) stretch: Abs,
    /// In which turn it shrinks, if it does.
    pub(crate) shrinks: Option<Shrink>,
    /// In which turn it stretches, if it does.
    pub(crate) stretches: Option<Stretch>,
}

/// The turns in which a line shrinks, after the mark at its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Shrink {
    /// Brackets and quotes, to half a cell.
    Brackets,
    /// ，、；： to half a cell.
    Pauses,
    /// 。？！ to three quarters.
    Stops,
}

/// The turns in which a line stretches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Stretch {
    /// Gaps between hanzi and letters or digits, to a quarter em.
    Western,
    /// Spaces between words, by half an em.
    Space,
    /// All other gaps, evenly, to an eighth of an em and, where a bond leaves nothing else, beyond.
    Cells,
}

impl Shrink {
    /// The turns in order.
    pub(crate) const ORDER: [Self; 3] = [Self::Brackets, Self::Pauses, Self::Stops];
}

impl Stretch {
    /// The turns in order.
    pub(crate) const ORDER: [Self; 3] = [Self::Western, Self::Space, Self::Cells];
}

/// The gap between hanzi and letters grows to this part of an em.
const WESTERN_GAP: f64 = 0.25;
/// A space between words grows by this part of an em.
const SPACE_GAP: f64 = 0.5;
/// The mark of a footnote is this part of the size of the text that it stands in.
const MARK_SIZE: f64 = 0.6;
/// It is raised by this part of that size.
const MARK_RAISE: f64 = 0.35;
/// Every other gap grows to this part of an em.
const CELL_GAP: f64 = 0.125;

/// Shapes a row of letters; fails with a diagnostic for each character that no face has.
pub(crate) fn shape<'a>(
    letters: &[Letter<'a>],
    fonts: &mut RoleFonts<'_>,
    latin_gap: f64,
) -> Result<Vec<Shaped<'a>>, Vec<Diagnostic>> {
    let classes: Vec<Class> = letters.iter().map(|letter| Class::of(letter.character)).collect();
    let mut marks = classes.iter().zip(bonds(letters, &classes)).enumerate();
    let mut shaped: Vec<Shaped<'a>> = room(letters.len());
    let mut faults = Vec::new();
    for alike in letters.chunk_by(|before, after| before.role == after.role && before.shares_mark(after)) {
        let (role, is_mark) = (alike[0].role, alike[0].mark.is_some());
        let size = fonts.size(role) * if is_mark { MARK_SIZE } else { 1.0 };
        let cell = if is_mark { size } else { fonts.cell(role) };
        let role = if is_mark { Role::Footnote } else { role };
        for (letter, (index, (class, bond))) in alike.iter().zip(&mut marks) {
            let Some(mut found) = fonts.find(role, letter.character) else {
                faults.push(missing(letters, index));
                continue;
            };
            if is_mark {
                found.raise = Em::new(found.raise.get() + MARK_RAISE / MARK_SIZE);
            }
            let width = natural_width(letter.character, *class, found, size, cell);
            let (letter, class) = (*letter, *class);
            let mut now = Shaped { letter, class, found, size, cell, width, bond, gap: Gap::default() };
            if let Some(before) = shaped.last() {
                now.gap = gap(before, &now, latin_gap);
            }
            shaped.push(now);
        }
    }
    keep_label(&mut shaped);
    if faults.is_empty() { Ok(shaped) } else { Err(faults) }
}

/// Keeps the label that a row begins with, `（一）` or `一、`, as it is: one is as wide as the other above it.
fn keep_label(shaped: &mut [Shaped<'_>]) {
    let character = |index: usize| shaped.get(index).map(|shaped| shaped.letter.character);
    let opened = usize::from(character(0) == Some('（'));
    let numeral = |shaped: &&Shaped<'_>| is_numeral(shaped.letter.character);
    let end = opened + shaped.iter().skip(opened).take_while(numeral).count();
    let closes = if opened == 1 { '）' } else { '、' };
    if end > opened
        && character(end) == Some(closes)
        && let Some(after) = shaped.get_mut(end + 1)
    {
        (after.gap.shrink, after.gap.shrinks) = (Abs::ZERO, None);
    }
}

fn missing(letters: &[Letter<'_>], index: usize) -> Diagnostic {
    let letter = &letters[index];
    let context: Vec<char> = letters.iter().map(|letter| letter.character).collect();
    let path = letter.datum.and_then(|datum| datum.paths.first().cloned());
    let length = letter.character.len_utf8();
    no_glyph(&context, index).anchored(Anchor { offset: letter.offset as usize, length, path })
}

/// Says that no face has a character of a text.
pub(crate) fn no_glyph(context: &[char], index: usize) -> Diagnostic {
    let around: String = context[index.saturating_sub(6)..(index + 7).min(context.len())].iter().collect();
    Diagnostic::new(&MISSING_GLYPH)
        .with("character", context[index])
        .with("code", format!("{:04X}", u32::from(context[index])))
        .with("context", around)
}

fn natural_width(character: char, class: Class, found: Found, size: Abs, cell: Abs) -> Abs {
    let own = found.advance.at(size);
    match class {
        Class::MiddleDot => cell / 2.0,
        Class::Digit | Class::Latin if (found.advance.get() - 0.5).abs() < 1e-9 => cell / 2.0,
        Class::Latin if matches!(character, '/' | '‐') => cell / 2.0,
        Class::Digit | Class::Latin | Class::Space => own,
        _ => cell,
    }
}

fn gap(before: &Shaped<'_>, after: &Shaped<'_>, latin_gap: f64) -> Gap {
    if after.letter.mark.is_some() {
        return Gap::default();
    }
    let (left, right) = (before.class, after.class);
    let cell = before.cell.min(after.cell);
    let size = before.size.min(after.size);
    if left == Class::Ideograph && right == Class::Ideograph {
        // As most letters do: none of what follows is about two of these.
        return Gap { stretch: size * CELL_GAP, stretches: Some(Stretch::Cells), ..Gap::default() };
    }
    let facing = (left.blank_after() && (right.blank_after() || right == Class::Opening))
        || (left == Class::Opening && right == Class::Opening);
    if facing {
        return Gap { natural: -(cell / 2.0), ..Gap::default() };
    }
    if left == Class::Space || right == Class::Space {
        if left == Class::Space && right != Class::Space {
            return Gap { stretch: size * SPACE_GAP, stretches: Some(Stretch::Space), ..Gap::default() };
        }
        return Gap::default();
    }
    if left.western() && right.western() {
        return Gap::default();
    }
    let shrink = match (left, right) {
        (Class::Closing, _) | (_, Class::Opening) => Some((Shrink::Brackets, cell / 2.0)),
        (Class::Pause, _) => Some((Shrink::Pauses, cell / 2.0)),
        (Class::Stop, _) => Some((Shrink::Stops, cell / 4.0)),
        _ => None,
    };
    let solid = (left == right && matches!(left, Class::Dash | Class::Ellipsis))
        || left == Class::Opening
        || right.blank_after()
        || left == Class::MiddleDot
        || right == Class::MiddleDot;
    let mixed =
        (left == Class::Ideograph && right.western()) || (left.western() && right == Class::Ideograph);
    let natural = if mixed { size * latin_gap } else { Abs::ZERO };
    // ％, ‰ and ℃ belong to their number.
    let sign = |shaped: &Shaped<'_>| matches!(shaped.letter.character, '％' | '‰' | '℃');
    let inside_number = (left == Class::Digit && (sign(after) || right == Class::Tilde))
        || (left == Class::Tilde && right == Class::Digit);
    let stretch = if solid || inside_number {
        None
    } else if mixed {
        Some((Stretch::Western, size * WESTERN_GAP - natural)).filter(|(_, room)| *room > Abs::ZERO)
    } else {
        Some((Stretch::Cells, size * CELL_GAP))
    };
    let (shrinks, shrink) = shrink.unzip();
    let (stretches, stretch) = stretch.unzip();
    let (shrink, stretch) = (shrink.unwrap_or_default(), stretch.unwrap_or_default());
    Gap { natural, shrink, stretch, shrinks, stretches }
}

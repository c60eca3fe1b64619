//! Shares what a line has too much or too little out among its gaps, turn by turn.

use super::{Broken, TOLERANCE};
use crate::layout::inline::shape::{Gap, Shaped, Shrink, Stretch};
use crate::units::Abs;

/// Returns how much each gap of a line gives or takes: entry `i` is added before letter `start + i`; the
/// first is 0.
pub(crate) fn adjustments(letters: &[Shaped<'_>], line: &Broken) -> Vec<Abs> {
    let letters = &letters[line.start..line.end];
    let mut added = vec![Abs::ZERO; letters.len()];
    if line.difference < Abs::ZERO {
        shrink(letters, -line.difference, &mut added);
    } else if !line.last {
        stretch(letters, line.difference, &mut added);
    }
    added
}

/// Tells whether the gaps of a line would be stretched beyond their limits.
pub(crate) fn is_spread(letters: &[Shaped<'_>], line: &Broken) -> bool {
    let room: Abs = letters[line.start..line.end].iter().skip(1).map(|shaped| shaped.gap.stretch).sum();
    !line.last && line.difference > room + TOLERANCE
}

/// Takes what a line has too much from its gaps, turn by turn.
fn shrink(letters: &[Shaped<'_>], excess: Abs, added: &mut [Abs]) {
    let limits = [1.0; Shrink::ORDER.len()];
    share_out(
        letters,
        excess,
        limits,
        |gap| Some((gap.shrinks? as usize, gap.shrink)),
        |index, room| {
            added[index] -= room;
        },
    );
}

/// Gives what a line lacks to its gaps, turn by turn.
fn stretch(letters: &[Shaped<'_>], lack: Abs, added: &mut [Abs]) {
    // The last turn has no limit: what a bond leaves over has to go somewhere.
    let limits = Stretch::ORDER.map(|turn| if turn == Stretch::Cells { f64::INFINITY } else { 1.0 });
    let room = |gap: &Gap| Some((gap.stretches? as usize, gap.stretch));
    let lack = share_out(letters, lack, limits, room, |index, room| added[index] += room);
    if lack > TOLERANCE {
        // Only letters and digits: their gaps and spaces take the rest evenly, words stay whole.
        let open: Vec<usize> =
            (1..letters.len()).filter(|index| letters[*index].gap.stretches.is_some()).collect();
        for index in &open {
            added[*index] += lack / open.len() as f64;
        }
    }
}

/// Shares an amount out among the gaps of a line and returns what is left: each turn gives the same part of all its
/// rooms, up to its limit, and the next one what is left then. `room` tells the turn of a gap and its room.
fn share_out<const TURNS: usize>(
    letters: &[Shaped<'_>],
    mut amount: Abs,
    limits: [f64; TURNS],
    room: impl Fn(&Gap) -> Option<(usize, Abs)>,
    mut give: impl FnMut(usize, Abs),
) -> Abs {
    let rooms = || {
        let gaps = letters.iter().enumerate().skip(1);
        gaps.filter_map(|(index, shaped)| room(&shaped.gap).map(|(turn, room)| (index, turn, room)))
    };
    let mut totals = [Abs::ZERO; TURNS];
    for (_, turn, room) in rooms() {
        totals[turn] += room;
    }
    let mut parts = [0.0; TURNS];
    for (part, (total, limit)) in parts.iter_mut().zip(totals.into_iter().zip(limits)) {
        if total > Abs::ZERO {
            *part = (amount / total).min(limit);
        }
        amount -= total * *part;
    }
    for (index, turn, room) in rooms() {
        give(index, room * parts[turn]);
    }
    amount
}

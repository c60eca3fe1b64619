//! Keeps the figures of a line chart clear of its lines and of one another, and the guides off all figures.

use std::ops::Range;

use super::lettering::{Anchor, SMALLEST};
use super::{Mark, SPACE};
use crate::page::{FrameItem, Shape};
use crate::units::{Abs, Point, Size};

/// How far a guide keeps from letters.
const GAP: Abs = Abs::pt(1.5);

/// What a figure's letters cover.
#[derive(Clone, Copy)]
pub(super) struct Cover {
    left: Abs,
    right: Abs,
    top: Abs,
    bottom: Abs,
}

impl Cover {
    /// Returns how much of its width a line from one point to another goes through it.
    fn crossed(&self, [from, to]: [Point; 2]) -> Abs {
        let (start, end) = (from.x.max(self.left), to.x.min(self.right));
        if start >= end {
            return Abs::ZERO;
        }
        let at = |x: Abs| from.y + (to.y - from.y) * ((x - from.x) / (to.x - from.x));
        let (high, low) = (at(start).min(at(end)), at(start).max(at(end)));
        if low <= self.top || high >= self.bottom {
            return Abs::ZERO;
        }
        // Only the part between top and bottom counts; a level line is all within.
        let within = (low.min(self.bottom) - high.max(self.top)) / (low - high).max(Abs::pt(0.01));
        (end - start) * within.clamp(0.0, 1.0).max(0.01)
    }

    /// Returns how much of its width it shares with other letters.
    fn shared(&self, other: &Self) -> Abs {
        if self.bottom <= other.top || self.top >= other.bottom {
            return Abs::ZERO;
        }
        (self.right.min(other.right) - self.left.max(other.left)).max(Abs::ZERO)
    }
}

/// Moves each figure of lines to where least crosses it: on its own side of its point, on the other one, or to the
/// right or the left on either.
///
/// The figures stand at their points yet, each on the side that it is to be on where nothing is in the way; `widths`
/// are those of their letters of a size, `clear` is how far they keep from a point, `area` what the drawing has.
pub(super) fn settle(
    marks: &mut [Mark<'_>],
    widths: &[Abs],
    lines: &[Vec<Point>],
    [size, clear]: [Abs; 2],
    area: Size,
) {
    let mut taken: Vec<Cover> = Vec::new();
    for (mark, width) in marks.iter_mut().zip(widths) {
        let (point, width) = (mark.at, width.min(mark.room));
        let other = if mark.anchor == Anchor::Above { Anchor::Below } else { Anchor::Above };
        let aside = width / 2.0 + clear / 2.0;
        let places = [Abs::ZERO, aside, -aside].into_iter().flat_map(|by| [(mark.anchor, by), (other, by)]);
        let mut best: Option<(Abs, Anchor, Point, Cover)> = None;
        for (anchor, by) in places {
            let down = if anchor == Anchor::Above { -clear } else { clear };
            let at = Point::new(point.x + by, point.y + down);
            let cover = cover(at, anchor, width, size);
            let segments = lines.iter().flat_map(|line| line.windows(2));
            let crossed: Abs = segments.map(|pair| cover.crossed([pair[0], pair[1]])).sum();
            let shared: Abs = taken.iter().map(|other| cover.shared(other)).sum();
            let is_outside = cover.bottom > area.height || cover.left < Abs::ZERO || cover.right > area.width;
            let outside =
                if is_outside && (by, anchor) != (Abs::ZERO, mark.anchor) { width } else { Abs::ZERO };
            let cost = crossed + shared + outside;
            if best.as_ref().is_none_or(|(least, ..)| cost + Abs::pt(0.01) < *least) {
                best = Some((cost, anchor, at, cover));
            }
        }
        if let Some((_, anchor, at, cover)) = best {
            (mark.anchor, mark.at) = (anchor, at);
            taken.push(cover);
        }
    }
}

/// Returns what letters cover beside a place: the figures' height alone, not the blank above and below them.
fn cover(at: Point, anchor: Anchor, width: Abs, size: Abs) -> Cover {
    let (left, right) = (at.x - width / 2.0, at.x + width / 2.0);
    let top =
        if anchor == Anchor::Above { at.y - size * (1.0 + SPACE / 2.0) } else { at.y + size * (SPACE / 2.0) };
    Cover { left, right, top: top + size * 0.1, bottom: top + size * 0.9 }
}

/// Returns what the figures cover on the chunk, those left out that stand on columns or have no room; `corner` is the
/// canvas's.
pub(super) fn covers(marks: &[Mark<'_>], widths: &[Abs], size: Abs, corner: Point) -> Vec<Cover> {
    let shown = marks
        .iter()
        .zip(widths)
        .filter(|(mark, width)| mark.anchor != Anchor::Centre && mark.room >= **width * SMALLEST);
    let cover = |(mark, width): (&Mark<'_>, &Abs)| {
        let (at, width) = (Point::new(corner.x + mark.at.x, corner.y + mark.at.y), width.min(mark.room));
        let aside = size * SPACE + width / 2.0;
        let beside = |x: Abs| Cover {
            top: at.y - size * 0.4,
            bottom: at.y + size * 0.4,
            ..cover(Point::new(x, at.y), Anchor::Above, width, size)
        };
        match mark.anchor {
            Anchor::Left => beside(at.x - aside),
            Anchor::Right => beside(at.x + aside),
            anchor => cover(at, anchor, width, size),
        }
    };
    shown.map(cover).collect()
}

/// Parts level lines where letters stand on them.
pub(super) fn part(items: &mut Vec<FrameItem>, lines: Range<usize>, covers: &[Cover]) {
    let lines = lines.start..lines.end.min(items.len());
    let mut parted = Vec::new();
    for item in &items[lines.clone()] {
        let FrameItem::Shape(Shape { points, paint, content }) = item else {
            parted.push(item.clone());
            continue;
        };
        let [from, to] = points[..] else {
            parted.push(item.clone());
            continue;
        };
        let is_on = |cover: &&Cover| cover.top < from.y && from.y < cover.bottom;
        let mut gaps: Vec<_> =
            covers.iter().filter(is_on).map(|cover| (cover.left - GAP, cover.right + GAP)).collect();
        gaps.sort_by(|one, other| one.0.to_pt().total_cmp(&other.0.to_pt()));
        let mut start = from.x;
        for (left, right) in gaps.into_iter().chain([(to.x, to.x)]) {
            if left > start {
                let points = vec![Point::new(start, from.y), Point::new(left.min(to.x), from.y)];
                parted.push(FrameItem::Shape(Shape { points, paint: *paint, content: *content }));
            }
            start = start.max(right);
        }
    }
    drop(items.splice(lines, parted));
}

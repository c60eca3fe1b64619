//! Paths: gathered from their operators, and what is seen of them once they are painted.

use super::matrix::Matrix;

/// The most points of one path that are looked at.
const LIMIT: usize = 100_000;

/// A part of a path that begins with a move.
#[derive(Clone, Debug, Default)]
struct Part {
    points: Vec<(f64, f64)>,
    is_curved: bool,
    is_closed: bool,
}

/// A path that is being gathered, in the page's coordinates.
#[derive(Debug, Default)]
pub(super) struct Path {
    parts: Vec<Part>,
    points: usize,
}

/// What a part of a path covers.
pub(super) struct Covered {
    /// Left, top, right, bottom.
    pub(super) sides: [f64; 4],
    /// Whether it is an upright box or a straight line.
    pub(super) plain: bool,
}

impl Path {
    /// Begins a part.
    pub(super) fn begin(&mut self, matrix: Matrix, x: f64, y: f64) {
        if self.has_room() {
            self.parts.push(Part { points: vec![matrix.apply(x, y)], ..Part::default() });
        }
    }

    /// Goes on to a point, on a curve or straight.
    pub(super) fn reach(&mut self, matrix: Matrix, points: &[(f64, f64)], is_curved: bool) {
        if !self.has_room() {
            return;
        }
        if let Some(part) = self.parts.last_mut() {
            part.points.extend(points.iter().map(|(x, y)| matrix.apply(*x, *y)));
            part.is_curved |= is_curved;
        }
    }

    /// Adds a box.
    pub(super) fn rectangle(&mut self, matrix: Matrix, x: f64, y: f64, width: f64, height: f64) {
        self.begin(matrix, x, y);
        let corners = [(x + width, y), (x + width, y + height), (x, y + height)];
        self.reach(matrix, &corners, false);
        self.close();
    }

    /// Ends the part where it began.
    pub(super) fn close(&mut self) {
        if let Some(part) = self.parts.last_mut() {
            part.is_closed = true;
        }
    }

    fn has_room(&mut self) -> bool {
        self.points += 1;
        self.points <= LIMIT
    }

    /// Returns what each part covers when it is filled.
    pub(super) fn filled(&self) -> Vec<Covered> {
        let parts = self.parts.iter().filter(|part| part.points.len() > 2);
        parts.map(|part| Covered { sides: part.sides(0.0), plain: part.is_box() }).collect()
    }

    /// Returns what each stretch of a line of a width covers.
    pub(super) fn stroked(&self, width: f64) -> Vec<Covered> {
        let mut covered = Vec::new();
        for part in &self.parts {
            if part.is_curved {
                covered.push(Covered { sides: part.sides(width / 2.0), plain: false });
                continue;
            }
            let ends =
                part.points.iter().skip(1).chain(part.is_closed.then(|| part.points.first()).flatten());
            for (from, to) in part.points.iter().zip(ends) {
                covered.push(stroke(*from, *to, width));
            }
        }
        covered
    }
}

/// A straight stroke with blunt ends: its width lies across it.
fn stroke(from: (f64, f64), to: (f64, f64), width: f64) -> Covered {
    let (across, down) = ((to.0 - from.0).abs(), (to.1 - from.1).abs());
    let half = width / 2.0;
    let (x, y) = if across >= down { (0.0, half) } else { (half, 0.0) };
    let sides = [from.0.min(to.0) - x, from.1.min(to.1) - y, from.0.max(to.0) + x, from.1.max(to.1) + y];
    Covered { sides, plain: across < 0.01 || down < 0.01 }
}

impl Part {
    fn sides(&self, margin: f64) -> [f64; 4] {
        let start = [f64::MAX, f64::MAX, f64::MIN, f64::MIN];
        let [left, top, right, bottom] = self.points.iter().fold(start, |sides, (x, y)| {
            [sides[0].min(*x), sides[1].min(*y), sides[2].max(*x), sides[3].max(*y)]
        });
        [left - margin, top - margin, right + margin, bottom + margin]
    }

    /// Tells whether every point is a corner of the box around them.
    fn is_box(&self) -> bool {
        let [left, top, right, bottom] = self.sides(0.0);
        let near = |a: f64, b: f64| (a - b).abs() < 0.01;
        !self.is_curved
            && self
                .points
                .iter()
                .all(|(x, y)| (near(*x, left) || near(*x, right)) && (near(*y, top) || near(*y, bottom)))
    }
}

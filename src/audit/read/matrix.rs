//! Maps of the plane, in PDF's order of the six numbers.

/// An affine map: x' = a x + c y + e, y' = b x + d y + f.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Matrix {
    /// a, b, c, d, e, f.
    pub(super) values: [f64; 6],
}

impl Matrix {
    /// The map that moves nothing.
    pub(super) const IDENTITY: Self = Self::new([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    /// Makes a map of its six numbers.
    pub(super) const fn new(values: [f64; 6]) -> Self {
        Self { values }
    }

    /// Makes a map that moves everything by the same way.
    pub(super) const fn shift(x: f64, y: f64) -> Self {
        Self::new([1.0, 0.0, 0.0, 1.0, x, y])
    }

    /// Returns the map that does this one first and `next` after it.
    pub(super) fn then(self, next: Self) -> Self {
        let own = &self.values;
        let (right, down) = (next.turn(own[0], own[1]), next.turn(own[2], own[3]));
        let moved = next.apply(own[4], own[5]);
        Self::new([right.0, right.1, down.0, down.1, moved.0, moved.1])
    }

    /// Returns where a point goes.
    pub(super) fn apply(self, x: f64, y: f64) -> (f64, f64) {
        let turned = self.turn(x, y);
        (turned.0 + self.values[4], turned.1 + self.values[5])
    }

    /// Returns where a direction goes.
    pub(super) fn turn(self, x: f64, y: f64) -> (f64, f64) {
        let own = &self.values;
        (own[0] * x + own[2] * y, own[1] * x + own[3] * y)
    }

    /// Returns the box around what becomes of a box: left, top, right, bottom.
    pub(super) fn bounds(self, left: f64, low: f64, right: f64, high: f64) -> [f64; 4] {
        let corners = [(left, low), (right, low), (left, high), (right, high)].map(|(x, y)| self.apply(x, y));
        corners.iter().fold([f64::MAX, f64::MAX, f64::MIN, f64::MIN], |sides, (x, y)| {
            [sides[0].min(*x), sides[1].min(*y), sides[2].max(*x), sides[3].max(*y)]
        })
    }

    /// Returns by how much lengths grow, on the whole.
    pub(super) fn scale(self) -> f64 {
        let [a, b, c, d, ..] = self.values;
        (a * d - b * c).abs().sqrt()
    }

    /// Tells whether all its numbers can be reckoned with.
    pub(super) fn is_sound(self) -> bool {
        self.values.iter().all(|value| value.is_finite() && value.abs() < 1e9)
    }
}

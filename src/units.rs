//! Gives lengths their types, so that no function ever takes a bare number of unknown unit.
//!
//! [`Abs`] is an absolute length, kept in points (1 pt = 1/72 inch); [`Em`] is a length relative to a font
//! size. [`Point`] and [`Size`] combine two lengths in a page's coordinates: origin at the top left, y
//! downwards. The conversion to PDF's own coordinates is the PDF writer's business.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub, SubAssign};

/// Points in a millimetre.
const POINTS_PER_MM: f64 = 72.0 / 25.4;

/// An absolute length.
#[derive(Clone, Copy, PartialEq, PartialOrd, Default)]
pub struct Abs(f64);

impl Abs {
    /// The length of nothing.
    pub const ZERO: Self = Self(0.0);

    /// Makes a length from points.
    pub const fn pt(points: f64) -> Self {
        Self(points)
    }

    /// Makes a length from millimetres.
    pub const fn mm(millimetres: f64) -> Self {
        Self(millimetres * POINTS_PER_MM)
    }

    /// Returns the length in points.
    pub const fn to_pt(self) -> f64 {
        self.0
    }

    /// Returns the length in millimetres.
    pub const fn to_mm(self) -> f64 {
        self.0 / POINTS_PER_MM
    }

    /// Returns the longer of two lengths.
    #[must_use]
    pub fn max(self, other: Self) -> Self {
        Self(self.0.max(other.0))
    }

    /// Returns the shorter of two lengths.
    #[must_use]
    pub fn min(self, other: Self) -> Self {
        Self(self.0.min(other.0))
    }

    /// Returns the length without its sign.
    #[must_use]
    pub fn abs(self) -> Self {
        Self(self.0.abs())
    }

    /// Tells whether two lengths differ by no more than a ten-thousandth of a point, far below what any
    /// device shows.
    pub fn approx_eq(self, other: Self) -> bool {
        (self.0 - other.0).abs() <= 1e-4
    }
}

impl fmt::Debug for Abs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.2}pt", self.0)
    }
}

impl Add for Abs {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl AddAssign for Abs {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}

impl Sub for Abs {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl SubAssign for Abs {
    fn sub_assign(&mut self, other: Self) {
        self.0 -= other.0;
    }
}

impl Neg for Abs {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl Mul<f64> for Abs {
    type Output = Self;
    fn mul(self, factor: f64) -> Self {
        Self(self.0 * factor)
    }
}

impl Div<f64> for Abs {
    type Output = Self;
    fn div(self, divisor: f64) -> Self {
        Self(self.0 / divisor)
    }
}

impl Div for Abs {
    type Output = f64;
    fn div(self, other: Self) -> f64 {
        self.0 / other.0
    }
}

impl Sum for Abs {
    fn sum<I: Iterator<Item = Self>>(lengths: I) -> Self {
        lengths.fold(Self::ZERO, Add::add)
    }
}

/// A length relative to a font size: 1 em is the size itself.
#[derive(Clone, Copy, PartialEq, PartialOrd, Default, Debug)]
pub struct Em(f64);

impl Em {
    /// The length of nothing.
    pub const ZERO: Self = Self(0.0);
    /// The font size itself (全角).
    pub const ONE: Self = Self(1.0);

    /// Makes a length from ems.
    pub const fn new(ems: f64) -> Self {
        Self(ems)
    }

    /// Makes a length from a font's own units.
    pub fn from_units(units: f64, units_per_em: u16) -> Self {
        Self(units / f64::from(units_per_em))
    }

    /// Returns the length in ems.
    pub const fn get(self) -> f64 {
        self.0
    }

    /// Returns the absolute length at a font size.
    pub fn at(self, size: Abs) -> Abs {
        size * self.0
    }
}

/// A place on a page: origin at the top left, y downwards.
#[derive(Clone, Copy, PartialEq, Default, Debug)]
pub struct Point {
    /// The distance from the page's left edge.
    pub x: Abs,
    /// The distance from the page's top edge.
    pub y: Abs,
}

impl Point {
    /// Turns the point by a right angle against the clock, about the origin of the coordinates.
    #[must_use]
    pub fn turned(self) -> Self {
        Self::new(self.y, -self.x)
    }

    /// Makes a place from its two distances.
    pub const fn new(x: Abs, y: Abs) -> Self {
        Self { x, y }
    }
}

/// A width and a height.
#[derive(Clone, Copy, PartialEq, Default, Debug)]
pub struct Size {
    /// The extent along x.
    pub width: Abs,
    /// The extent along y.
    pub height: Abs,
}

impl Size {
    /// Makes a size from its two extents.
    pub const fn new(width: Abs, height: Abs) -> Self {
        Self { width, height }
    }
}

/// A box on a page.
#[derive(Clone, Copy, PartialEq, Default, Debug)]
pub struct Rect {
    /// The top left corner.
    pub origin: Point,
    /// The extents right and down from it.
    pub size: Size,
}

impl Rect {
    /// Turns the box by a right angle against the clock, about the origin of the coordinates.
    #[must_use]
    pub fn turned(self) -> Self {
        let corner = Point::new(self.origin.x + self.size.width, self.origin.y).turned();
        Self::new(corner, Size::new(self.size.height, self.size.width))
    }

    /// Makes a box from its top left corner and its extents.
    pub const fn new(origin: Point, size: Size) -> Self {
        Self { origin, size }
    }
}

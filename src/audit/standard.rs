//! The numbers of GB/T 9704-2012.

use crate::units::Abs;

/// 天头, 5.2.1.
pub(super) const TOP: Abs = Abs::mm(37.0);
/// 订口, 5.2.1.
pub(super) const LEFT: Abs = Abs::mm(28.0);
/// The width of 版心, 5.2.1.
pub(super) const WIDTH: Abs = Abs::mm(156.0);
/// The height of 版心, 5.2.1.
pub(super) const HEIGHT: Abs = Abs::mm(225.0);
/// The lower edge of 版心.
pub(super) const BOTTOM: Abs = Abs::mm(262.0);
/// The right edge of 版心.
pub(super) const RIGHT: Abs = Abs::mm(184.0);
/// The lines of a page, 5.2.3.
pub(super) const ROWS: usize = 22;
/// The characters of a line, 5.2.3.
pub(super) const COLUMNS: usize = 28;
/// What may be amiss, 6.1.
pub(super) const TOLERANCE: Abs = Abs::mm(1.0);
/// 二号.
pub(super) const SIZE_2: Abs = Abs::pt(22.0);
/// 三号.
pub(super) const SIZE_3: Abs = Abs::pt(15.75);
/// 四号.
pub(super) const SIZE_4: Abs = Abs::pt(14.0);
/// The pitch at which 22 lines of 三号 fill 版心.
pub(super) const PITCH: Abs = Abs::pt(29.62);
/// Seven eighths of a 三号 hanzi, 3.2 and 10.1.
pub(super) const SEVEN_EIGHTHS: Abs = Abs::pt(13.78);

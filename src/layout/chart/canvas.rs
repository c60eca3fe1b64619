//! What plotters draws on: its lines and areas become items of a page.
//!
//! Plotters reckons in whole pixels and RGB. A pixel here is a hundredth of a point, and a colour is a number of
//! the palette, carried where plotters has the red.

use std::convert::Infallible;

use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
};

use crate::page::{Color, Content, FrameItem, Paint, Shape};
use crate::units::{Abs, Point, Rect, Size};

/// Pixels to a point.
const PIXELS: f64 = 100.0;

/// A sheet of a size that collects what is drawn on it.
pub(super) struct Canvas<'a> {
    /// Where the sheet's top left corner stands.
    corner: Point,
    /// Its size.
    size: Size,
    /// The colours by their numbers.
    paints: &'a [Color],
    /// What the drawing means.
    content: Content,
    /// What was drawn so far.
    items: &'a mut Vec<FrameItem>,
}

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

/// Returns a length as plotters has it.
pub(super) fn pixels(length: Abs) -> f64 {
    length.to_pt() * PIXELS
}

/// Returns a place on the sheet that plotters tells.
pub(super) fn point((x, y): BackendCoord) -> Point {
    Point::new(Abs::pt(f64::from(x) / PIXELS), Abs::pt(f64::from(y) / PIXELS))
}

impl<'a> Canvas<'a> {
    /// Makes a sheet at a place for the drawing of a structure element.
    pub(super) fn new(
        place: Rect,
        paints: &'a [Color],
        element: usize,
        items: &'a mut Vec<FrameItem>,
    ) -> Self {
        Self { corner: place.origin, size: place.size, paints, content: Content::Element(element), items }
    }
}

impl Canvas<'_> {
    fn color(&self, color: BackendColor) -> Color {
        self.paints.get(usize::from(color.rgb.0)).copied().unwrap_or(Color::Black)
    }

    fn push(&mut self, points: impl IntoIterator<Item = BackendCoord>, paint: Paint) {
        let placed = points.into_iter().map(|at| {
            let at = point(at);
            Point::new(self.corner.x + at.x, self.corner.y + at.y)
        });
        let points = placed.collect();
        self.items.push(FrameItem::Shape(Shape { points, paint, content: self.content }));
    }

    fn stroke<S: BackendStyle>(&self, style: &S) -> Paint {
        let width = Abs::pt(f64::from(style.stroke_width()) / PIXELS);
        Paint::Stroke { color: self.color(style.color()), width, dash: Abs::ZERO }
    }
}

impl DrawingBackend for Canvas<'_> {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        (pixels(self.size.width).round() as u32, pixels(self.size.height).round() as u32)
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, (x, y): BackendCoord, color: BackendColor) -> Drawn {
        let paint = Paint::Fill(self.color(color));
        self.push([(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1)], paint);
        Ok(())
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Drawn {
        let paint = self.stroke(style);
        self.push([from, to], paint);
        Ok(())
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        (left, top): BackendCoord,
        (right, bottom): BackendCoord,
        style: &S,
        fill: bool,
    ) -> Drawn {
        let corners = [(left, top), (right, top), (right, bottom), (left, bottom)];
        if fill {
            self.push(corners, Paint::Fill(self.color(style.color())));
        } else {
            self.push(corners.into_iter().chain([(left, top)]), self.stroke(style));
        }
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        let paint = self.stroke(style);
        self.push(path, paint);
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        corners: I,
        style: &S,
    ) -> Drawn {
        let paint = Paint::Fill(self.color(style.color()));
        self.push(corners, paint);
        Ok(())
    }

    /// Letters are set by the layout, which knows faces and figures; plotters is never asked to.
    fn draw_text<S: BackendTextStyle>(&mut self, _: &str, _: &S, _: BackendCoord) -> Drawn {
        Ok(())
    }

    fn estimate_text_size<S: BackendTextStyle>(
        &self,
        _: &str,
        _: &S,
    ) -> Result<(u32, u32), DrawingErrorKind<Infallible>> {
        Ok((0, 0))
    }
}

//! Sets the pictures of the pack: on lines of their own, no wider than the type area.

use std::sync::Arc;

use super::chunk::Chunk;
use super::flow::Flow;
use crate::document::{Image, Side};
use crate::page::{Content, FrameItem, PlacedPicture};
use crate::units::{Abs, Point, Rect, Size};

impl Flow<'_, '_> {
    /// Sets a picture, which stays with what stands below it.
    pub(super) fn image(&mut self, image: &Image) -> Vec<Chunk> {
        let Some(picture) = &image.picture else { return Vec::new() };
        let measure = self.style.measure();
        let height = image.height.min(measure / picture.aspect());
        let size = Size::new(height * picture.aspect(), height);
        let room = measure - size.width;
        let left = match image.side {
            Side::Left => Abs::ZERO,
            Side::Middle => room / 2.0,
            Side::Right => room,
        };
        let pitch = self.style.pitch();
        let chunk_height = pitch * (height / pitch - 1e-6).ceil().max(1.0);
        let content = Content::Element(self.tree.push_figure(image.alternative.clone()));
        let rect = Rect::new(Point::new(left, Abs::ZERO), size);
        let items = vec![FrameItem::Picture(PlacedPicture {
            picture: Arc::clone(picture),
            rect,
            turned: false,
            content,
        })];
        vec![Chunk { height: chunk_height, blank_below: chunk_height - height, items, ..Chunk::default() }]
    }
}

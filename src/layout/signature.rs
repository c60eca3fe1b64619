//! Sets 发文机关署名 and 成文日期, and leaves room for seals or shows them (GB/T 9704-2012, 7.3.5).

use std::sync::Arc;

use super::chunk::{Chunk, Start};
use super::flow::{Flow, place, shift};
use super::fonts::Role;
use super::head::redden;
use super::inline::finalize::{ASCENT, SetLine};
use super::inline::linebreak::Measure;
use super::inline::{set_line, set_paragraph};
use super::title::{set_name, set_title};
use crate::diag::Diagnostic;
use crate::document::{self, Inline, Manner, Run, Signature, Signer};
use crate::page::{Content, FrameItem, PlacedPicture, Role as Meaning, Unpressed};
use crate::picture::Picture;
use crate::units::{Abs, Point, Rect, Size};

/// A name without a seal, and a longer date, end this many cells from the right edge (7.3.5.2).
const PLAIN_INSET: f64 = 2.0;
/// A sealed document's date, and a stamp, end this many cells from it (7.3.5.1, 7.3.5.3).
const SEALED_INSET: f64 = 4.0;
/// 职务 ends this many cells left of the stamp (7.3.5.3).
const POST_GAP: f64 = 2.0;
/// The name and the date stand this far below the middle of the seal.
const BELOW_MIDDLE: Abs = Abs::mm(2.0);
/// Seals keep this far from one another (互不相交或相切), and from the text above.
const SEAL_GAP: Abs = Abs::mm(2.0);
/// The most seals in a row.
const IN_A_ROW: usize = 3;
/// Stamps that leave fewer lines of a page than this stand closer together, the lines of 职务 in this many sizes.
const CROWDED: f64 = 8.0;
const CLOSE: f64 = 1.2;
/// The widest name below a seal where two stand in a row, in cells.
const BESIDE: f64 = 13.0;

/// How far the text below a seal may reach beyond the seal's foot: what the standard's measures are held to.
const BEYOND: Abs = Abs::mm(1.0);

/// A name, its lines centred on 0.
struct Name {
    /// Where it begins; nothing for one that is empty.
    first: Option<Run>,
    lines: Vec<SetLine>,
    width: Abs,
    seal: Option<(Arc<Picture>, usize)>,
}

impl Flow<'_, '_> {
    /// Sets the signature in its manner.
    pub(super) fn signature(&mut self, signature: &Signature) -> Result<Vec<Chunk>, Vec<Diagnostic>> {
        let mut chunks = match signature.manner {
            Manner::Plain => self.plain(signature)?,
            Manner::Sealed => self.sealed(signature)?,
            Manner::Stamped => self.stamped(signature)?,
        };
        if let Some(last) = chunks.last_mut() {
            last.break_after = true;
        }
        Ok(chunks)
    }

    /// Without a seal (7.3.5.2): the name ends two cells from the right edge, the date begins two cells to the
    /// right of the name's start; a longer date ends two cells from the edge.
    fn plain(&mut self, signature: &Signature) -> Result<Vec<Chunk>, Vec<Diagnostic>> {
        let (measure, two) = (self.style.measure(), self.style.cell() * PLAIN_INSET);
        let gap = self.style.line_breaking.latin_gap;
        let mut names = Vec::new();
        for signer in &signature.signers {
            for text in [&signer.post, &signer.name] {
                for row in self.lines_of_their_own(text, Role::Body)? {
                    let limit = Measure { first: Abs::ZERO, ..self.measure(measure - two * 2.0, Abs::ZERO) };
                    let mut lines = set_paragraph(std::slice::from_ref(&row), &limit, self.fonts, gap)?;
                    // A name longer than a line is turned between its words, as a title is.
                    if lines.len() > 1 {
                        lines = set_title(&row, limit.width, self.fonts)?;
                        for line in &mut lines {
                            let left = line.runs.first().map_or(Abs::ZERO, |run| run.origin.x);
                            shift(line, -left);
                        }
                    }
                    names.extend(lines);
                }
            }
        }
        let mut date = self.date(&signature.date)?;
        let longest = names.iter().map(|name| name.end).fold(Abs::ZERO, Abs::max);
        let (name_end, date_start) = if date.end > longest {
            (measure - two - date.end - two + longest, measure - two - date.end)
        } else {
            (measure - two, measure - two - longest + two)
        };
        let mut chunks = vec![self.blank_row()];
        for mut name in names {
            let left = name_end - name.end;
            shift(&mut name, left);
            chunks.push(self.row(name, Role::Body));
        }
        if !date.runs.is_empty() {
            shift(&mut date, date_start);
            chunks.push(self.row(date, Role::Body));
        }
        Ok(chunks)
    }

    /// With seals (7.3.5.1): the last name and the date are centred below the middle of the last seal, the date
    /// four cells from the right edge; several seals stand in rows, each over the name of its organ.
    fn sealed(&mut self, signature: &Signature) -> Result<Vec<Chunk>, Vec<Diagnostic>> {
        let (measure, cell) = (self.style.measure(), self.style.cell());
        let diameter = self.style.elements.seal.0;
        let mut date = self.date(&signature.date)?;
        let half = date.end / 2.0;
        let alone = signature.signers.len() == 1;
        let widest = match alone {
            true if date.runs.is_empty() => measure,
            // A longer name is turned: it would push the date to the left.
            true => (cell * SEALED_INSET + half) * 2.0,
            false => cell * BESIDE,
        };
        let mut names = Vec::new();
        for signer in &signature.signers {
            names.push(self.centred(signer, widest)?);
        }
        let mut centre = measure - cell * SEALED_INSET - half;
        let last_half = names.last().map_or(Abs::ZERO, |name| name.width / 2.0).max(diameter / 2.0);
        centre = centre.min(measure - last_half);
        shift(&mut date, centre - half);

        let broad = names.iter().map(|name| name.width).fold(Abs::ZERO, Abs::max);
        let step = (diameter + SEAL_GAP).max(broad + cell);
        let reach = diameter.max(broad) / 2.0;
        let fits = |count: usize| centre - step * (count - 1) as f64 >= reach;
        let columns = (1..=IN_A_ROW).rev().find(|count| fits(*count)).unwrap_or(1).min(names.len().max(1));
        let count = names.len().div_ceil(columns);
        let mut chunks = Vec::new();
        let mut rest = names.into_iter();
        for row in 0..count {
            let row_names: Vec<Name> = rest.by_ref().take(columns).collect();
            let is_last = row + 1 == count;
            let members = row_names.len();
            let placed = row_names.into_iter().enumerate().map(|(nth, name)| {
                let right = if is_last { members } else { columns } - 1 - nth;
                (name, centre - step * right as f64)
            });
            let placed = placed.collect();
            let below = is_last.then(|| std::mem::take(&mut date));
            chunks.push(self.seal_row(placed, below, row == 0));
        }
        Ok(chunks)
    }

    /// Sets a row of names below their seals; the first row's seals begin within a line of the text above.
    fn seal_row(&mut self, names: Vec<(Name, Abs)>, date: Option<SetLine>, is_first: bool) -> Chunk {
        let (pitch, size) = (self.style.pitch(), self.style.body.size.0);
        let diameter = self.style.elements.seal.0;
        let rows = names.iter().map(|(name, _)| name.lines.len()).max().unwrap_or(1).max(1);
        let date = date.filter(|date| !date.runs.is_empty());
        let with_date = rows + usize::from(date.is_some());
        let text = pitch * (with_date - 1) as f64 + size;
        // From the first name's top to the seal's: negative where the seal begins above it.
        let above = text / 2.0 - diameter / 2.0 - BELOW_MIDDLE;
        // The text above ends this far above the chunk, a row of seals by what is left between.
        let free = if is_first { pitch - size - SEAL_GAP / 2.0 } else { Abs::ZERO };
        let least = usize::from(is_first);
        let blank = ((-above - free) / pitch).ceil().max(least as f64);
        let first = pitch * blank;
        let highest = if is_first { size - SEAL_GAP / 2.0 } else { pitch };
        let seal_top = (first + above).min(highest);
        let seal_bottom = seal_top + diameter;

        let text_rows = blank + with_date as f64;
        let mut chunk = Chunk::default();
        let mut pictures = 0;
        // The date stands below the lowest line of the names.
        let lowest = first + pitch * (with_date - 1) as f64 + size;
        for (name, centre) in names {
            let own = name.lines.len();
            // Of names side by side the longest one is at fault.
            if own == rows {
                self.note_unpressed(&name, lowest - seal_bottom);
            }
            for (nth, mut line) in name.lines.into_iter().enumerate() {
                shift(&mut line, centre);
                let row = (rows - own + nth) as f64;
                place(&mut chunk, line, first + pitch * row + ASCENT.at(size));
            }
            if let Some((picture, element)) = name.seal {
                let height = diameter.min(diameter / picture.aspect());
                let width = height * picture.aspect();
                let corner = Point::new(centre - width / 2.0, seal_top + (diameter - height) / 2.0);
                let rect = Rect::new(corner, Size::new(width, height));
                let content = Content::Element(element);
                // Black letters show through red ink: they are drawn over it.
                chunk.items.insert(
                    pictures,
                    FrameItem::Picture(PlacedPicture { picture, rect, turned: false, content }),
                );
                pictures += 1;
            }
        }
        let is_last = date.is_some();
        if let Some(date) = date {
            place(&mut chunk, date, first + pitch * rows as f64 + ASCENT.at(size));
        }
        chunk.height = pitch * text_rows;
        let text_bottom = chunk.height - pitch + size;
        if !is_last {
            // The next row's seals begin below these.
            let whole = ((seal_bottom + SEAL_GAP) / pitch).ceil().max(text_rows);
            chunk.height = pitch * whole;
        }
        chunk.blank_below = chunk.height - seal_bottom.max(text_bottom);
        chunk
    }

    /// Notes a name whose seal ends above the foot of what it is to press.
    fn note_unpressed(&mut self, name: &Name, beyond: Abs) {
        let Some(first) = name.first.clone().filter(|_| beyond > BEYOND) else { return };
        let noted = Unpressed { name: first, lines: name.lines.len(), beyond };
        // A block that is turned after all is set a second time.
        if !self.unpressed.contains(&noted) {
            self.unpressed.push(noted);
        }
    }

    /// With the stamp of a signature (7.3.5.3): two lines below the text, four cells in from the right, 职务 two
    /// cells to the left of it and centred on it; the date a blank line below, four cells in as well.
    fn stamped(&mut self, signature: &Signature) -> Result<Vec<Chunk>, Vec<Diagnostic>> {
        let (measure, cell, pitch) = (self.style.measure(), self.style.cell(), self.style.pitch());
        let size = self.style.body.size.0;
        let right = measure - cell * SEALED_INSET;
        let mut stamps = Vec::new();
        for signer in &signature.signers {
            stamps.push((self.stamp(signer)?, signer));
        }
        let widest = stamps.iter().map(|(stamp, _)| stamp.width).fold(Abs::ZERO, Abs::max);
        let post_end = right - widest - cell * POST_GAP;
        let mut blocks = Vec::new();
        for (stamp, signer) in stamps {
            let post = self.tree.push(Meaning::Paragraph, None);
            blocks.push((self.set_within(&signer.post, Role::Body, post, post_end)?, stamp));
        }
        let depth_of = |post: &[SetLine], leading: Abs| {
            if post.is_empty() { Abs::ZERO } else { leading * (post.len() - 1) as f64 + size }
        };
        let whole: Abs =
            blocks.iter().map(|(post, stamp)| stamp.height.max(depth_of(post, pitch)) + pitch).sum();
        // So many that no page has room for them and for text: line spacing gives way (7.3.5.5).
        let crowded = whole > self.style.depth() - pitch * CROWDED;
        let leading = if crowded { size * CLOSE } else { pitch };
        let mut chunks = Vec::new();
        for (nth, (mut post, stamp)) in blocks.into_iter().enumerate() {
            let depth = depth_of(&post, leading);
            let height = stamp.height.max(depth);
            let top = match nth {
                0 => pitch * 2.0,
                _ if crowded => SEAL_GAP,
                _ => pitch,
            };
            let on_grid = pitch * ((top + height) / pitch - 1e-6).ceil();
            let mut chunk =
                Chunk { height: if crowded { top + height } else { on_grid }, ..Chunk::default() };
            if crowded && nth > 0 {
                chunk.start = Start::Anywhere;
            }
            chunk.blank_below = chunk.height - top - height;
            for (row, mut line) in post.drain(..).enumerate() {
                let by = post_end - line.end;
                shift(&mut line, by);
                let baseline = top + (height - depth) / 2.0 + leading * row as f64 + ASCENT.at(size);
                place(&mut chunk, line, baseline);
            }
            let left = right - widest + (widest - stamp.width) / 2.0;
            put_stamp(&mut chunk, stamp, Point::new(left, top), height);
            chunks.push(chunk);
        }
        let mut date = self.date(&signature.date)?;
        if !date.runs.is_empty() {
            let by = right - date.end;
            shift(&mut date, by);
            chunks.push(self.blank_row());
            chunks.push(self.row(date, Role::Body));
        }
        Ok(chunks)
    }

    /// Sets the stamp, or the name in 楷体 in its place where there is no picture.
    fn stamp(&mut self, signer: &Signer) -> Result<Stamp, Vec<Diagnostic>> {
        let most = self.style.measure() / 2.0;
        let height = self.style.elements.stamp.0;
        if let Some(picture) = picture_of(signer) {
            let figure = self.tree.push_figure(document::text(&signer.name) + "签名章");
            let width = (height * picture.aspect()).min(most);
            let height = width / picture.aspect();
            return Ok(Stamp { lines: Vec::new(), picture: Some((picture, figure)), width, height });
        }
        let role = Role::Heading(2);
        let element = self.tree.push(Meaning::Paragraph, None);
        let lines = self.set_within(&signer.name, role, element, most)?;
        let width = lines.iter().map(|line| line.end).fold(Abs::ZERO, Abs::max);
        let depth = self.style.pitch() * (lines.len().max(1) - 1) as f64 + self.fonts.size(role);
        let lines = lines
            .into_iter()
            .enumerate()
            .map(|(nth, line)| {
                let top = (height.max(depth) - depth) / 2.0 + self.style.pitch() * nth as f64;
                (line, top + ASCENT.at(self.fonts.size(role)))
            })
            .collect();
        Ok(Stamp { lines, picture: None, width, height: height.max(depth) })
    }

    /// Sets a signer's name in lines that are centred on 0.
    fn centred(&mut self, signer: &Signer, widest: Abs) -> Result<Name, Vec<Diagnostic>> {
        let mut lines = Vec::new();
        for row in self.lines_of_their_own(&signer.name, Role::Body)? {
            for mut line in set_name(&row, widest, self.fonts)? {
                shift(&mut line, -widest / 2.0);
                lines.push(line);
            }
        }
        let width = lines.iter().map(|line| line.end * 2.0).fold(Abs::ZERO, Abs::max);
        let first = document::runs(&signer.name).next().cloned();
        let seal = picture_of(signer)
            .map(|picture| (picture, self.tree.push_seal(document::text(&signer.name) + "印章")));
        Ok(Name { first, lines, width, seal })
    }

    fn date(&mut self, date: &[Inline]) -> Result<SetLine, Vec<Diagnostic>> {
        let element = self.tree.push(Meaning::Paragraph, None);
        let row = self.rows(date, Role::Body, element)?.into_iter().next().unwrap_or_default();
        set_line(&row, Abs::ZERO, self.fonts, self.style.line_breaking.latin_gap)
    }
}

/// Returns the picture that a signer has.
fn picture_of(signer: &Signer) -> Option<Arc<Picture>> {
    signer.seal.as_ref()?.picture.as_ref().map(Arc::clone)
}

/// Returns where the pictures of a chunk begin.
pub(super) fn leftmost_picture(chunk: &Chunk) -> Option<Abs> {
    let pictures = chunk.items.iter().filter_map(|item| match item {
        FrameItem::Picture(picture) => Some(picture.rect.origin.x),
        FrameItem::Text(_) | FrameItem::Fill(_) | FrameItem::Shape(_) => None,
    });
    pictures.reduce(Abs::min)
}

/// 签名章, or what stands for it: lines with their baselines, or a picture.
struct Stamp {
    lines: Vec<(SetLine, Abs)>,
    picture: Option<(Arc<Picture>, usize)>,
    width: Abs,
    height: Abs,
}

/// Puts a stamp into a chunk, its middle on that of a height.
fn put_stamp(chunk: &mut Chunk, stamp: Stamp, corner: Point, height: Abs) {
    let top = corner.y + (height - stamp.height) / 2.0;
    let first = chunk.items.len();
    for (mut line, baseline) in stamp.lines {
        shift(&mut line, corner.x);
        place(chunk, line, top + baseline);
    }
    redden(&mut chunk.items[first..]);
    if let Some((picture, element)) = stamp.picture {
        let rect = Rect::new(Point::new(corner.x, top), Size::new(stamp.width, stamp.height));
        let content = Content::Element(element);
        chunk.items.push(FrameItem::Picture(PlacedPicture { picture, rect, turned: false, content }));
    }
}

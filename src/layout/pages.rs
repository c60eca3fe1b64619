//! Deals chunks out to pages, moves them to their places and numbers the pages.

use std::collections::VecDeque;
use std::sync::Arc;

use super::chunk::{Chunk, Part, Stance, Start};
use super::fonts::{Role, RoleFonts};
use super::footnote::{self, Footnotes};
use super::giving;
use super::inline::finalize::{ASCENT, SetDatum};
use crate::diag::Diagnostic;
use crate::document::{Document, Form};
use crate::layout::inline::collect;
use crate::layout::inline::set_line;
use crate::pack::Style;
use crate::page::{Content, FrameItem, OutlineItem, Page, Pages, PlacedDatum};
use crate::units::{Abs, Point, Rect, Size};

/// A chunk and the distance of its top from the type area's. Chunks are dealt out more than once until they stand well;
/// they are shared so that none is copied for that.
pub(crate) type Dealt = (Arc<Chunk>, Abs);

/// Makes pages of what was dealt out to each; those whose indexes are `unnumbered` show no number. The structure is
/// left for the caller to add.
pub(crate) fn paginate(
    dealt: Vec<Vec<Dealt>>,
    before: usize,
    unnumbered: &[usize],
    document: &Document,
    style: &Style,
    fonts: &mut RoleFonts<'_>,
) -> Result<Pages, Vec<Diagnostic>> {
    let mut pages = Pages {
        title: document.title.clone(),
        language: document.language.clone(),
        date: document.date.clone(),
        author: document.author.clone(),
        bleed: style.page.bleed.0,
        mirrored: style.page.mirrored,
        ..Pages::default()
    };
    for (index, dealt) in dealt.into_iter().enumerate() {
        let number = before + index + 1;
        let left = left_edge(style, number);
        let mut page = blank(number, style);
        let items: usize = dealt.iter().map(|(chunk, _)| chunk.items.len()).sum();
        page.items.reserve(items + FURNITURE);
        pages.placed.reserve(dealt.iter().map(|(chunk, _)| chunk.data.len()).sum());
        for (chunk, y) in dealt {
            let origin = Point::new(left, style.page.top.0 + y);
            // Lines that came closer together are counted as they were: no two are the same one.
            let lines = Lines { pitch: style.pitch(), above: y + chunk.raised };
            put(Arc::unwrap_or_clone(chunk), origin, index, &lines, &mut page, &mut pages);
        }
        if !unnumbered.contains(&index) {
            page.items.extend(page_number(number, left, style, fonts)?);
        }
        pages.pages.push(page);
    }
    if style.page.even && !(before + pages.pages.len()).is_multiple_of(2) {
        pages.pages.push(blank(before + pages.pages.len() + 1, style));
    }
    Ok(pages)
}

/// Returns how far down a page's chunks reach with what they show.
pub(super) fn reach(page: &[Dealt]) -> Abs {
    let bottoms = page.iter().map(|(chunk, top)| *top + chunk.height - chunk.blank_below);
    bottoms.fold(Abs::ZERO, Abs::max)
}

/// Returns how far above the type area what stands below the label begins: a letter's mark, or else the text.
fn below_label(form: Form, style: &Style) -> Abs {
    if form == Form::Letter { style.pitch() } else { Abs::ZERO }
}

/// Tells whether a label is too long: its lines stand on the sheet above the type area, and one always has room.
pub(crate) fn overflows(label: &Chunk, form: Form, style: &Style) -> bool {
    label.height > style.pitch() * 1.5 && label.height + below_label(form, style) > style.page.top.0
}

/// Puts the label on the first page: in lines of the grid above the type area, so that no other line moves, and
/// above a letter's mark.
pub(crate) fn put_label(label: Chunk, form: Form, style: &Style, pages: &mut Pages) {
    let Some(first) = pages.pages.first_mut() else { return };
    let text = std::mem::take(&mut first.items);
    let mut page = first.clone();
    let above = label.height + below_label(form, style);
    let top = (style.page.top.0 - above).max(Abs::ZERO);
    let lines = Lines { pitch: style.pitch(), above: -above };
    put(label, Point::new(left_edge(style, page.number), top), 0, &lines, &mut page, pages);
    page.items.extend(text);
    pages.pages[0] = page;
}

/// Room for what a page has beside its chunks: its number.
const FURNITURE: usize = 4;

fn blank(number: usize, style: &Style) -> Page {
    Page { size: Size::new(style.page.width.0, style.page.height.0), number, items: Vec::new() }
}

/// Sets a paragraph, by its number, in a number of lines, if it can be.
pub(crate) type SetAnew<'a> = dyn FnMut(usize, usize) -> Option<Vec<Chunk>> + 'a;

/// Splits chunks into pages: a page holds as many lines as the grid has, one less where it may not end
/// there.
///
/// Where two lines or more would stay empty, a paragraph of the page is set anew in a line more or less, if
/// it can without leaving its limits; `set_anew` sets a paragraph in a number of lines. The lines of the page with
/// the index `tight` come closer together to make room for another one; `None` where they cannot.
pub(crate) fn deal(
    chunks: &[Arc<Chunk>],
    style: &Style,
    footnotes: &Footnotes,
    set_anew: &mut SetAnew<'_>,
    tight: Option<usize>,
) -> Option<Vec<Vec<Dealt>>> {
    let mut pages: Vec<Vec<Dealt>> = Vec::new();
    let mut rest: VecDeque<Arc<Chunk>> = chunks.iter().cloned().collect();
    let mut begun = None;
    // The lines of footnotes that the page before had no room for.
    let mut carried: VecDeque<Arc<Chunk>> = VecDeque::new();
    while !rest.is_empty() || !carried.is_empty() {
        while rest.len() > 1 && rest.front().is_some_and(|chunk| chunk.blank) {
            rest.pop_front();
        }
        let head = rest.front().and_then(|chunk| chunk.head.clone()).filter(|_| !pages.is_empty());
        let above = head.as_ref().map_or(Abs::ZERO, |head| head.height);
        let is_tight = tight == Some(pages.len());
        let more = if is_tight { giving::allowance(style) } else { Abs::ZERO };
        let carried_height = carried.iter().map(|line| line.height).sum();
        let sheet = Sheet { style, footnotes, above, carried: carried_height, more };
        let mut page = sheet.fill(&rest);
        if let Some((at, lower)) = lower(&rest, &sheet, &page) {
            rest[at] = Arc::new(lower);
            page = sheet.fill(&rest);
        }
        if !is_tight
            && page.empty_lines(style) > 1
            && rest.get(page.tops.len()).is_some_and(|next| next.start != Start::Page)
            && let Some(refit) = refit(&rest, &sheet, &page, begun, set_anew)
        {
            let after = rest.split_off(refit.end);
            rest.truncate(refit.start);
            rest.extend(refit.lines);
            rest.extend(after);
            page = sheet.fill(&rest);
        }
        let repeated = head.map(|head| (Arc::new(repeated(&head)), Abs::ZERO));
        if is_tight && !(carried.is_empty() && giving::can_be_closer(&rest, page.take)) {
            return None;
        }
        let mut taken: Vec<Arc<Chunk>> = rest.drain(..page.take).collect();
        let tops = &mut page.tops[..page.take];
        if is_tight && !giving::bring_closer(&mut taken, tops, style) {
            return None;
        }
        begun = taken.last().and_then(|chunk| chunk.paragraph);
        let marked: Vec<usize> = taken.iter().flat_map(|chunk| &chunk.footnotes).copied().collect();
        carried.extend(footnotes.lines(&marked).cloned().map(Arc::new));
        let foot = foot(&mut carried, Some(page.bottom).filter(|_| page.take > 0), style);
        pages.push(repeated.into_iter().chain(taken.into_iter().zip(page.tops)).chain(foot).collect());
    }
    if pages.is_empty() {
        pages.push(Vec::new());
    }
    Some(pages)
}

/// Takes lines of footnotes for the foot of a page, as many as there is room for below its text, under their
/// rule; no line is left over alone.
fn foot(lines: &mut VecDeque<Arc<Chunk>>, text: Option<Abs>, style: &Style) -> Vec<Dealt> {
    let room = style.depth() - text.unwrap_or(Abs::ZERO) - footnote::room_above(style) + Abs::pt(0.01);
    let mut height = Abs::ZERO;
    let mut count = 0;
    for line in &*lines {
        // A page without text takes at least one, so that there is an end to it.
        if height + line.height > room && (count > 0 || text.is_some()) {
            break;
        }
        height += line.height;
        count += 1;
    }
    if count > 2 && count + 1 == lines.len() {
        count -= 1;
        height -= lines[count].height;
    }
    if count == 0 {
        return Vec::new();
    }
    let rule = footnote::rule(style);
    let mut top = style.depth() - height - rule.height;
    let place = |line: Arc<Chunk>| {
        let at = top;
        top += line.height;
        (line, at)
    };
    std::iter::once(Arc::new(rule)).chain(lines.drain(..count)).map(place).collect()
}

/// What a page holds beside the text that is dealt out to it.
#[derive(Clone, Copy)]
struct Sheet<'a> {
    style: &'a Style,
    footnotes: &'a Footnotes,
    /// The height of the table's head that is repeated at the top.
    above: Abs,
    /// The height of the footnotes that the page before had no room for.
    carried: Abs,
    /// How much more than the type area it takes, before its lines are brought closer together.
    more: Abs,
}

/// How a page is filled.
struct Filling {
    /// The top of each chunk that has room.
    tops: Vec<Abs>,
    /// How many of them the page takes.
    take: usize,
    /// How far down what the last one taken shows reaches.
    bottom: Abs,
    /// How far down the page's text may reach.
    room: Abs,
}

impl Filling {
    /// How many lines of the grid stay empty at the page's foot.
    fn empty_lines(&self, style: &Style) -> usize {
        let left = self.room - self.bottom;
        (left / style.pitch() + 0.01).floor().max(0.0) as usize
    }
}

impl Sheet<'_> {
    /// Returns how far down text may reach above footnotes of a height.
    fn room(&self, notes: Abs) -> Abs {
        let depth = self.style.depth() + self.more;
        if notes == Abs::ZERO { depth } else { depth - notes - footnote::room_above(self.style) }
    }

    fn fill(&self, rest: &VecDeque<Arc<Chunk>>) -> Filling {
        let pitch = self.style.pitch();
        let mut filling =
            Filling { tops: Vec::new(), take: 0, bottom: self.above, room: self.room(self.carried) };
        // Where the next chunk may begin, how far down the last one reaches, and what the notes take.
        let (mut end, mut bottom, mut notes) = (self.above, self.above, self.carried);
        for chunk in rest {
            let top = if chunk.start == Start::Anywhere { end } else { pitch * (end / pitch - 1e-6).ceil() };
            if chunk.start == Start::Page && !filling.tops.is_empty() {
                // What comes before is a whole of its own: it may end the page wherever it ends.
                (filling.take, filling.bottom) = (filling.tops.len(), bottom);
                break;
            }
            let with_notes = notes + self.footnotes.height(&chunk.footnotes);
            let reach = top + chunk.height - chunk.blank_below;
            let fits = |notes| reach <= self.room(notes) + Abs::pt(0.01);
            if !filling.tops.is_empty() && !fits(with_notes) {
                let part = self.footnotes.part(&chunk.footnotes).filter(|_| chunk.break_after);
                if part.is_some_and(|part| fits(notes + part)) {
                    // The page is full: the rest of the note goes on at the foot of the next.
                    filling.tops.push(top);
                    (filling.take, filling.bottom, filling.room) = (filling.tops.len(), reach, reach);
                    return filling;
                }
                break;
            }
            filling.tops.push(top);
            (end, bottom, notes) = (top + chunk.height, reach, with_notes);
            if chunk.break_after {
                (filling.take, filling.bottom, filling.room) = (filling.tops.len(), bottom, self.room(notes));
            }
        }
        if filling.tops.len() == rest.len() {
            (filling.take, filling.bottom) = (filling.tops.len(), bottom);
        } else if filling.take == 0 {
            filling.take = self.forced(rest, filling.tops.len());
            let last = &rest[filling.take - 1];
            filling.bottom = filling.tops[filling.take - 1] + last.height - last.blank_below;
        }
        filling
    }

    /// Returns how many of the chunks that have room are taken where the page may end after none of them: what holds
    /// together is higher than a page.
    ///
    /// The signature still has text above it (7.3.5.5), a line that the page before gives up, or goes on by itself
    /// where no page holds it; its date has some of it above.
    fn forced(&self, rest: &VecDeque<Arc<Chunk>>, room: usize) -> usize {
        let is_signature = |at: usize| rest[at].part == Part::Signature;
        let Some(start) = (0..rest.len()).take_while(|at| *at <= room).find(|at| is_signature(*at)) else {
            return room;
        };
        let end = (start..rest.len()).take_while(|at| is_signature(*at)).count() + start;
        let is_shown = |at: &usize| !rest[*at].items.is_empty();
        let height = |from: usize| rest.range(from..end).map(|chunk| chunk.height).sum::<Abs>();
        // The last line of text that goes with all of it, blank lines between them too.
        let line = (1..start).rev().find(is_shown);
        if let Some(line) = line.filter(|line| height(*line) <= self.style.depth()) {
            return line;
        }
        let parts_well =
            |at: &usize| (start..*at).any(|at| is_shown(&at)) && (*at..end).filter(is_shown).count() > 1;
        // Where nothing of it has room here, it goes on from the line on the next page.
        (start + 1..=room).rev().find(parts_well).or(line).unwrap_or(room)
    }
}

/// Looks for a drawing that the page has not the room for but would have for the same one drawn lower; returns its
/// place and the highest drawing that will do.
fn lower(rest: &VecDeque<Arc<Chunk>>, sheet: &Sheet<'_>, page: &Filling) -> Option<(usize, Chunk)> {
    // What begins a page may be as high as it likes: it has room enough.
    let first = page.take.max(1);
    let at =
        (first..=page.tops.len()).find(|at| rest.get(*at).is_some_and(|chunk| !chunk.lower.is_empty()))?;
    // Its title and notes have to go with it, and nothing else.
    let mut end = at;
    while rest.get(end).is_some_and(|chunk| !chunk.break_after) {
        end += 1;
    }
    let mut tried: VecDeque<Arc<Chunk>> = rest.range(..(end + 1).min(rest.len())).cloned().collect();
    rest[at].lower.iter().find_map(|lower| {
        let drawing = drawn(&rest[at], lower);
        tried[at] = Arc::new(drawing.clone());
        (sheet.fill(&tried).take > at).then_some((at, drawing))
    })
}

/// Returns a drawing as it is when it is drawn lower.
fn drawn(chunk: &Chunk, lower: &Chunk) -> Chunk {
    let height = lower.height + chunk.blank_below;
    let (items, data) = (lower.items.clone(), lower.data.clone());
    Chunk { height, items, data, lower: Vec::new(), ..chunk.clone() }
}

/// A paragraph set anew: these lines stand in the place of those from `start` to `end`.
struct Refit {
    start: usize,
    end: usize,
    lines: Vec<Arc<Chunk>>,
}

/// Looks for one paragraph that, a line longer or shorter, lets the page be full or nearly so; the latest
/// one that does, so that the page changes as little as can be.
fn refit(
    rest: &VecDeque<Arc<Chunk>>,
    sheet: &Sheet<'_>,
    page: &Filling,
    begun: Option<usize>,
    set_anew: &mut SetAnew<'_>,
) -> Option<Refit> {
    let mut best: Option<(usize, Refit)> = None;
    let mut tried = begun;
    for index in (0..=page.tops.len().min(rest.len() - 1)).rev() {
        let paragraph = rest[index].paragraph;
        if paragraph.is_none() || paragraph == tried || paragraph == begun {
            continue;
        }
        tried = paragraph;
        let start = (0..=index).rev().take_while(|at| rest[*at].paragraph == paragraph).last()?;
        let end = (index..rest.len()).take_while(|at| rest[*at].paragraph == paragraph).last()? + 1;
        for wanted in [end - start + 1, end - start - 1] {
            let Some(mut lines) = paragraph.and_then(|paragraph| set_anew(paragraph, wanted)) else {
                continue;
            };
            if let Some(last) = lines.last_mut() {
                last.break_after = rest[end - 1].break_after;
            }
            // What comes a page further on has no say in how this one is filled.
            let after = rest.iter().skip(end).take(usize::from(sheet.style.grid.rows) * 2);
            let lines: Vec<Arc<Chunk>> = lines.into_iter().map(Arc::new).collect();
            let changed: VecDeque<Arc<Chunk>> =
                rest.iter().take(start).chain(&lines).chain(after).cloned().collect();
            let empty = sheet.fill(&changed).empty_lines(sheet.style);
            if empty <= 1 && best.as_ref().is_none_or(|(known, _)| empty < *known) {
                best = Some((empty, Refit { start, end, lines }));
            }
        }
    }
    best.map(|(_, refit)| refit)
}

/// Copies a table's head for another page; who listens has heard it already, so the copy is an artifact.
fn repeated(head: &Chunk) -> Chunk {
    let mut copy = Chunk { data: Vec::new(), footnotes: Vec::new(), ..head.clone() };
    for item in &mut copy.items {
        *item.content_mut() = Content::Layout;
    }
    copy
}

/// Tells the lines of the type area for what stands in a chunk.
struct Lines {
    /// The distance of the lines.
    pitch: Abs,
    /// From the type area's top to the chunk's.
    above: Abs,
}

impl Lines {
    /// Returns the line, from 1, that text on a baseline of the chunk stands on; 0 above the type area. The
    /// middle of the letters counts, so that text of every size is on the line that it seems to be on.
    fn at(&self, baseline: Abs, size: Abs) -> usize {
        let middle = self.above + baseline - ASCENT.at(size) + size / 2.0;
        ((middle / self.pitch).floor() + 1.0).max(0.0) as usize
    }
}

/// Puts a chunk on the page with an index.
fn put(mut chunk: Chunk, origin: Point, index: usize, lines: &Lines, page: &mut Page, pages: &mut Pages) {
    if let Some((level, title)) = chunk.bookmark.take() {
        pages.outline.push(OutlineItem { title, level, page: index, position: origin });
    }
    // What is turned about the type area's top left corner stands above it.
    let turned = chunk.stance == Stance::Turned;
    let shown = if turned { Point::new(origin.x, origin.y + chunk.height) } else { origin };
    page.items.extend(chunk.items.into_iter().map(|mut item| {
        if let FrameItem::Text(run) = &mut item {
            run.line = lines.at(run.origin.y, run.size);
        }
        if turned {
            item.turn();
        }
        item.shift(shown);
        item
    }));
    for (datum, baseline) in chunk.data {
        let corner = Point::new(datum.from, baseline - ASCENT.at(datum.size));
        let rect = Rect::new(corner, Size::new(datum.to - datum.from, datum.size));
        let mut rect = if turned { rect.turned() } else { rect };
        rect.origin = Point::new(rect.origin.x + shown.x, rect.origin.y + shown.y);
        let line = lines.at(baseline, datum.size);
        let SetDatum { datum, offset, text, .. } = datum;
        pages.placed.push(PlacedDatum { datum, offset, text, page: index, line, rect });
    }
}

/// 订口 is on the left; mirrored pages have it on the right of even pages.
fn left_edge(style: &Style, number: usize) -> Abs {
    if style.page.mirrored && number.is_multiple_of(2) {
        style.page.fore_edge.0
    } else {
        style.page.binding.0
    }
}

/// 页码: — 1 —, the upper edge of its 一字线 below the type area, one character in from the outer edge
/// (GB/T 9704-2012, 7.5).
fn page_number(
    number: usize,
    left: Abs,
    style: &Style,
    fonts: &mut RoleFonts<'_>,
) -> Result<Vec<FrameItem>, Vec<Diagnostic>> {
    let role = Role::PageNumber;
    let size = fonts.size(role);
    let dash_top = fonts.find(role, '—').map_or(ASCENT, |found| fonts.top(found));
    let area_bottom = style.page.height.0 - style.page.bottom.0;
    let baseline = area_bottom + style.page_number.below.0 + dash_top.at(size);
    let half = size / 2.0;
    let mut rows = Vec::new();
    collect::push_text(&mut rows, &number.to_string(), role, 0);
    let digits = set_line(&rows.remove(0), Abs::ZERO, fonts, 0.0)?;
    collect::push_text(&mut rows, "—", role, 0);
    let dash = set_line(&rows.remove(0), Abs::ZERO, fonts, 0.0)?;
    let width = dash.end * 2.0 + half * 2.0 + digits.end;
    let start = if number.is_multiple_of(2) { left + size } else { left + style.measure() - size - width };
    let parts = [
        (dash.clone(), start),
        (digits.clone(), start + dash.end + half),
        (dash.clone(), start + dash.end + half * 2.0 + digits.end),
    ];
    let mut items = Vec::new();
    for (part, x) in parts {
        for mut run in part.runs {
            run.origin = Point::new(run.origin.x + x, run.origin.y + baseline);
            run.content = Content::Pagination;
            items.push(FrameItem::Text(run));
        }
    }
    Ok(items)
}

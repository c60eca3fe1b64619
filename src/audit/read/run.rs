//! Runs the content of pages: keeps the graphics state and notes what is painted.

use std::collections::HashMap;

use lopdf::{Dictionary, Object, Stream};

use super::budget::Budget;
use super::file::File;
use super::font::Font;
use super::matrix::Matrix;
use super::pages::Sheet;
use super::path::{Covered, Path};
use super::resources::Resources;
use super::state::{Space, State};
use super::text::{Lines, Marks};
use super::tokens::{Item, Operand, Tokens};
use crate::audit::seen::{Colour, Page, Shape};
use crate::units::{Abs, Point, Rect, Size};

/// The most operators of one file.
const OPERATORS: usize = 8_000_000;
/// The most glyphs of one file.
const GLYPHS: usize = 4_000_000;
/// The most shapes of one page.
const SHAPES: usize = 200_000;
/// How deeply forms may stand in one another.
const FORMS: usize = 12;
/// The most forms that are run for one file.
const FORM_RUNS: usize = 50_000;
/// How many states may be kept.
const STATES: usize = 256;
/// The most values before one operator.
const OPERANDS: usize = 4096;

/// Reads the pages of one file.
pub(super) struct Reader<'a> {
    file: &'a File,
    pub(super) fonts: Vec<Font>,
    /// The place in the list of each font that was met, by where its dictionary lies.
    known: HashMap<*const Dictionary, usize>,
    operators: usize,
    forms: usize,
    pub(super) glyphs: usize,
    pub(super) budget: Budget,
    /// Whether a stream could not be unpacked.
    lost: bool,
}

/// What nothing at all takes at most when it is compressed: the content of a blank page.
const NOTHING: usize = 16;

/// A page while its content is run.
pub(super) struct Run<'a> {
    pub(super) page: Page,
    pub(super) state: State,
    kept: Vec<State>,
    pub(super) lines: Lines,
    pub(super) marks: Marks,
    path: Path,
    pub(super) resources: Resources<'a>,
}

impl<'a> Reader<'a> {
    /// Begins with a file.
    pub(super) fn new(file: &'a File) -> Self {
        Self {
            file,
            fonts: Vec::new(),
            known: HashMap::new(),
            operators: OPERATORS,
            forms: FORM_RUNS,
            glyphs: GLYPHS,
            budget: Budget::new(),
            lost: false,
        }
    }

    /// Tells whether a limit was met or a stream could not be unpacked.
    pub(super) fn is_incomplete(&self) -> bool {
        self.lost || self.operators == 0 || self.forms == 0 || self.glyphs == 0 || self.budget.is_spent()
    }

    /// Returns the names of the fonts that were met.
    pub(super) fn font_names(&self) -> impl Iterator<Item = &str> {
        self.fonts.iter().map(|font| font.name.as_str())
    }

    /// Returns what a page shows.
    pub(super) fn page(&mut self, sheet: &Sheet<'a>, number: usize) -> Page {
        let page =
            Page { number, size: sheet.size, glyphs: Vec::new(), shapes: Vec::new(), pictures: Vec::new() };
        let mut run = Run {
            page,
            state: State::new(sheet.matrix),
            kept: Vec::new(),
            lines: Lines::default(),
            marks: Marks::default(),
            path: Path::default(),
            resources: Resources::new(self.file, sheet.resources),
        };
        let content = self.content(sheet.entry);
        self.run(&mut run, &content, 0);
        self.appearances(&mut run, sheet);
        run.page
    }

    /// Joins a page's streams: an operator may stand across two of them.
    fn content(&mut self, entry: &'a Dictionary) -> Vec<u8> {
        let streams: Vec<&Stream> = match self.file.get(entry, b"Contents") {
            Some(Object::Stream(stream)) => vec![stream],
            Some(Object::Array(list)) => {
                list.iter().filter_map(|item| self.file.follow(item)?.as_stream().ok()).collect()
            }
            _ => Vec::new(),
        };
        let mut content = Vec::new();
        for stream in streams {
            content.extend(self.unpack(stream));
            content.push(b'\n');
        }
        content
    }

    fn unpack(&mut self, stream: &Stream) -> Vec<u8> {
        let bytes = self.budget.unpack(stream).unwrap_or_default();
        self.lost |= bytes.is_empty() && stream.content.len() > NOTHING;
        bytes
    }

    /// Runs what stands on the page beside its content: fields and stamps with an appearance of their own.
    fn appearances(&mut self, run: &mut Run<'a>, sheet: &Sheet<'a>) {
        let annotations = self.file.list(sheet.entry, b"Annots").unwrap_or_default();
        for annotation in annotations.iter().take(1000) {
            let entry = self.file.follow(annotation).and_then(super::file::dictionary_of);
            let Some(entry) = entry else { continue };
            let flags = self.file.number(entry, b"F").unwrap_or(0.0) as i64;
            let is_hidden = flags & 0b10 != 0;
            let looks = self.file.dictionary(entry, b"AP");
            let normal = looks.and_then(|looks| self.file.stream(looks, b"N"));
            let place = self.file.numbers(entry, b"Rect");
            if let (false, Some(form), Some([a, b, c, d])) = (is_hidden, normal, place.as_deref()) {
                let place = [a.min(*c), b.min(*d), a.max(*c), b.max(*d)];
                let bounds = self.file.numbers(&form.dict, b"BBox").unwrap_or_default();
                let [left, low, right, high] = bounds.as_slice() else { continue };
                let own = self.form_matrix(form);
                let around = own.bounds(*left, *low, *right, *high);
                let (width, height) = (around[2] - around[0], around[3] - around[1]);
                if width <= 0.0 || height <= 0.0 {
                    continue;
                }
                let (x, y) = ((place[2] - place[0]) / width, (place[3] - place[1]) / height);
                let fit = Matrix::shift(-around[0], -around[1])
                    .then(Matrix::new([x, 0.0, 0.0, y, place[0], place[1]]));
                run.state = State::new(fit.then(sheet.matrix));
                self.form(run, form, 1);
            }
        }
    }

    fn run(&mut self, run: &mut Run<'a>, content: &[u8], depth: usize) {
        let mut tokens = Tokens::new(content);
        let mut operands: Vec<Operand> = Vec::new();
        let floor = run.kept.len();
        while let Some(item) = tokens.next() {
            match item {
                Item::Operand(operand) => {
                    if operands.len() < OPERANDS {
                        operands.push(operand);
                    }
                }
                Item::Operator(operator) => {
                    if self.operators == 0 {
                        break;
                    }
                    self.operators -= 1;
                    match operator {
                        b"BI" => {
                            tokens.skip_picture();
                            run.picture();
                        }
                        b"Do" => self.paint_object(run, &operands, depth),
                        b"q" if run.kept.len() < STATES => run.kept.push(run.state.clone()),
                        b"Q" if run.kept.len() > floor => {
                            if let Some(state) = run.kept.pop() {
                                run.state = state;
                            }
                        }
                        _ if self.text_operator(run, operator, &operands) => {}
                        _ => run.operator(operator, &operands),
                    }
                    operands.clear();
                }
            }
        }
        run.kept.truncate(floor);
    }

    /// Returns the font of a dictionary, read once.
    pub(super) fn font(&mut self, dictionary: &'a Dictionary) -> usize {
        let key = std::ptr::from_ref(dictionary);
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        self.fonts.push(Font::read(self.file, dictionary, &mut self.budget));
        self.known.insert(key, self.fonts.len() - 1);
        self.fonts.len() - 1
    }

    /// Sets what a named set of parameters says of fonts and lines.
    pub(super) fn parameters(&mut self, run: &mut Run<'a>, name: &[u8]) {
        let Some(parameters) = run.resources.parameters(name) else { return };
        if let Some(width) = self.file.number(parameters, b"LW") {
            run.state.line_width = width;
        }
        if let Some([font, size]) = self.file.list(parameters, b"Font")
            && let (Some(Object::Dictionary(font)), Some(size)) =
                (self.file.follow(font), self.file.follow(size).and_then(super::file::number))
        {
            run.state.font = Some(self.font(font));
            run.state.size = size;
        }
    }

    fn form_matrix(&self, form: &Stream) -> Matrix {
        let values = self.file.numbers(&form.dict, b"Matrix");
        values.and_then(|values| values.try_into().ok()).map_or(Matrix::IDENTITY, Matrix::new)
    }

    fn paint_object(&mut self, run: &mut Run<'a>, operands: &[Operand], depth: usize) {
        let name = operands.first().and_then(Operand::name);
        let Some(object) = name.and_then(|name| run.resources.object(name)) else { return };
        match self.file.name(&object.dict, b"Subtype") {
            Some(b"Image") => run.picture(),
            Some(b"Form") => self.form(run, object, depth + 1),
            _ => {}
        }
    }

    fn form(&mut self, run: &mut Run<'a>, form: &'a Stream, depth: usize) {
        if depth > FORMS || self.forms == 0 {
            return;
        }
        self.forms -= 1;
        let content = self.unpack(form);
        let (state, resources) = (run.state.clone(), run.resources);
        run.state.matrix = self.form_matrix(form).then(run.state.matrix);
        // A form of old may lean on the page's resources.
        if let Some(own) = self.file.dictionary(&form.dict, b"Resources") {
            run.resources = Resources::new(self.file, Some(own));
        }
        self.run(run, &content, depth);
        run.state = state;
        run.resources = resources;
    }
}

impl Run<'_> {
    /// Notes a picture in the unit square.
    fn picture(&mut self) {
        if self.page.pictures.len() < SHAPES
            && let Some(place) = rect(self.state.matrix.bounds(0.0, 0.0, 1.0, 1.0))
        {
            self.page.pictures.push(place);
        }
    }

    fn operator(&mut self, operator: &[u8], operands: &[Operand]) {
        let numbers: Vec<f64> = operands.iter().filter_map(Operand::number).collect();
        match (operator, numbers.as_slice()) {
            (b"cm", values) => {
                let matrix = values.try_into().map(|values| Matrix::new(values).then(self.state.matrix));
                if let Some(matrix) = matrix.ok().filter(|matrix| matrix.is_sound()) {
                    self.state.matrix = matrix;
                }
            }
            (b"w", [width]) => self.state.line_width = *width,
            (b"m", [x, y]) => self.path.begin(self.state.matrix, *x, *y),
            (b"l", [x, y]) => self.path.reach(self.state.matrix, &[(*x, *y)], false),
            (b"c" | b"v" | b"y", values @ ([_, _, _, _] | [_, _, _, _, _, _])) => {
                let points: Vec<(f64, f64)> = values.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect();
                self.path.reach(self.state.matrix, &points, true);
            }
            (b"re", [x, y, width, height]) => {
                self.path.rectangle(self.state.matrix, *x, *y, *width, *height);
            }
            (b"h", _) => self.path.close(),
            (b"S", _) => self.paint(false, true),
            (b"s", _) => {
                self.path.close();
                self.paint(false, true);
            }
            (b"f" | b"F" | b"f*", _) => self.paint(true, false),
            (b"B" | b"B*", _) => self.paint(true, true),
            (b"b" | b"b*", _) => {
                self.path.close();
                self.paint(true, true);
            }
            (b"n", _) => self.path = Path::default(),
            _ => self.colour(operator, operands, &numbers),
        }
    }

    fn colour(&mut self, operator: &[u8], operands: &[Operand], numbers: &[f64]) {
        let device = |space: Space| (space, space.colour(numbers));
        let state = &mut self.state;
        match operator {
            b"g" => (state.fill_space, state.fill) = device(Space::Gray),
            b"G" => (state.stroke_space, state.stroke) = device(Space::Gray),
            b"rg" => (state.fill_space, state.fill) = device(Space::Rgb { profiled: false }),
            b"RG" => (state.stroke_space, state.stroke) = device(Space::Rgb { profiled: false }),
            b"k" => (state.fill_space, state.fill) = device(Space::Cmyk),
            b"K" => (state.stroke_space, state.stroke) = device(Space::Cmyk),
            b"cs" | b"CS" => {
                let name = operands.first().and_then(Operand::name).unwrap_or_default();
                let space = self.resources.space(name);
                if operator == b"cs" {
                    (state.fill_space, state.fill) = (space, space.first());
                } else {
                    (state.stroke_space, state.stroke) = (space, space.first());
                }
            }
            b"sc" | b"scn" => state.fill = state.fill_space.colour(numbers),
            b"SC" | b"SCN" => state.stroke = state.stroke_space.colour(numbers),
            _ => {}
        }
    }

    fn paint(&mut self, fill: bool, stroke: bool) {
        let path = std::mem::take(&mut self.path);
        if fill {
            self.note(path.filled(), self.state.fill);
        }
        if stroke {
            // A line of no width is as thin as the device can draw it.
            let width = (self.state.line_width * self.state.matrix.scale()).max(0.1);
            self.note(path.stroked(width), self.state.stroke);
        }
    }

    fn note(&mut self, covered: Vec<Covered>, colour: Colour) {
        for one in covered {
            if self.page.shapes.len() < SHAPES
                && !colour.is_white()
                && let Some(bounds) = rect(one.sides)
            {
                self.page.shapes.push(Shape { bounds, colour, plain: one.plain });
            }
        }
    }
}

/// Makes a box of its four sides; nothing where they are no places on a page.
pub(super) fn rect([left, top, right, bottom]: [f64; 4]) -> Option<Rect> {
    let sound = [left, top, right, bottom].iter().all(|side| side.is_finite() && side.abs() < 1e6);
    sound.then(|| {
        let origin = Point::new(Abs::pt(left), Abs::pt(top));
        Rect::new(origin, Size::new(Abs::pt(right - left), Abs::pt(bottom - top)))
    })
}

//! Turns a municipality's figures into its official documents.
//!
//! One way through, each step a module of its own that knows only the one before it:
//!
//! ```text
//! data file -> Record -> Filled -> Document -> Pages -> Rendered
//!     data        fill     markup    layout     export
//!                                 (proofread)
//! ```
//!
//! Beside the way, [`trace`] joins record and pages: where each figure came from and went. From it [`draft`]
//! makes the list of what is still to come, a second document that follows the first. [`audit`] stands apart from all
//! of them: it measures any PDF against the standard and knows nothing of how one is made.

pub mod audit;
pub mod compare;
pub mod data;
pub mod diag;
pub mod document;
pub mod draft;
pub mod export;
pub mod fill;
pub mod font;
pub mod json;
pub mod layout;
pub mod markup;
pub mod merge;
mod notice;
pub mod pack;
mod packed;
pub mod page;
pub mod picture;
pub mod proofread;
pub mod reading;
pub mod seals;
pub mod sheets;
pub mod trace;
pub mod units;
mod words;
pub mod workbook;

use std::sync::Arc;

use self::compare::Comparison;
use self::data::{Leaf, Node, Previous, Purpose, Record, Source, Value};
use self::diag::catalogue::data::OPEN_VALUE;
use self::diag::catalogue::layout::LABEL_TOO_LONG;
use self::diag::{Anchor, Diagnostic, Origin, Severity, Text};
use self::document::Document;
use self::export::Bytes;
use self::export::pdf::KnownPrograms;
use self::fill::{Filled, Survey, Templates};
use self::font::Fonts;
use self::layout::KnownGlyphs;
use self::pack::{Manifest, Pack, PackFiles, Parts};
use self::page::Pages;
use self::seals::Beside;
use self::sheets::Sheets;
use self::trace::Trace;

/// The formats of finished documents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// Pages as PDF, to be printed and filed.
    #[default]
    Pdf,
    /// The text in UTF-8, one block a line, without pages.
    Text,
}

/// How a document is to be made.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// What is written.
    pub format: Format,
    /// Whether it is a draft: what is still to come is printed as XX and listed at the end.
    pub draft: bool,
    /// Last year's data file, made for the same pack: growth is reckoned from it, and what is far from it told.
    pub previous: Option<Arc<Source>>,
    /// Whether a PDF carries its data file, which may be confidential.
    pub embed_data: bool,
    /// The files beside the data file, of which the pictures of seals are read; without them the room for a seal
    /// stays empty.
    pub beside: Option<Arc<dyn Beside>>,
}

/// A finished document.
#[derive(Clone, Debug)]
pub struct Rendered {
    /// The document's file.
    pub bytes: Bytes,
    /// How many pages it has; nothing for a format without pages.
    pub pages: Option<usize>,
    /// What was noticed on the way, none of it an error.
    pub warnings: Vec<Diagnostic>,
    /// What it was made of.
    record: Record,
    /// What was laid out of it; none for a format without pages.
    laid_out: Pages,
}

impl Rendered {
    /// Returns how many of its data are still to come.
    pub fn open(&self) -> usize {
        self.record.open()
    }

    /// Returns where each figure came from and, of a format with pages, where it was printed.
    pub fn trace(&self) -> Trace {
        Trace::new(&self.record, &self.laid_out)
    }
}

/// The formats of checking sheets (核稿表).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SheetFormat {
    /// Pages as PDF, to be printed and signed.
    #[default]
    Pdf,
    /// A workbook with a sheet for each department.
    Xlsx,
    /// One table of tab-separated values.
    Tsv,
}

/// Returns the names of the libraries that are in the program, and their licences' texts.
pub fn library_licences() -> String {
    static LIBRARIES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/libraries.packed"));
    String::from_utf8_lossy(&packed::unpack(LIBRARIES)).into_owned()
}

/// A pack made ready for any number of documents: its templates parsed and checked, its faces loaded.
#[derive(Clone, Debug)]
pub struct Press {
    pack: Pack,
    templates: Templates,
    fonts: Fonts,
    glyphs: Arc<KnownGlyphs>,
    programs: Arc<KnownPrograms>,
}

/// Returns the faces that a pack's documents are set in: those inside the program and the pack's own.
///
/// Fails with a diagnostic for each of the pack's faces that is no font or may not be embedded.
pub fn fonts(pack: &Pack) -> Result<Fonts, Vec<Diagnostic>> {
    let mut fonts = Fonts::embedded();
    let mut faults = Vec::new();
    for face in pack.faces() {
        if let Err(fault) = fonts.add(&face.name, face.bytes.clone(), face.index) {
            faults.push(fault.hint(Text::both(
                format!("字体文件：{}", face.file),
                format!("the font file is {}", face.file),
            )));
        }
    }
    if faults.is_empty() { Ok(fonts) } else { Err(faults) }
}

/// Checks a pack without any data: its manifest, schema, style, templates and faces.
///
/// Returns everything that is wrong or doubtful, as far as one fault does not hide another.
pub fn lint(files: &dyn PackFiles) -> Vec<Diagnostic> {
    let parts = Parts::read(files);
    let (manifest, schema) = (parts.manifest.as_ref(), parts.schema.as_ref());
    let survey = Survey::beside(&parts.unreadable, &parts.templates, &parts.inherited, manifest, schema);
    let entry = manifest.map(|manifest| manifest.entry.as_str());
    let outlines = survey.outlines();
    let written = markup::check(&outlines, entry, &parts.pictures);
    let mut texts = markup::texts(&outlines);
    texts.extend(manifest.map(Manifest::characters).unwrap_or_default());
    let mut templates = [survey.found, written, pack::outdated(files)].concat();
    let style = parts.style.clone();
    // Without manifest, schema and style there is no pack whose faces could be loaded.
    let mut found = match parts.whole() {
        Ok(pack) => fonts(&pack).map_or_else(
            |faults| faults,
            |fonts| {
                templates.extend(layout::unprintable(texts, pack.style(), &fonts));
                layout::unknown_faces(pack.style(), &fonts)
            },
        ),
        Err(mut faults) => {
            let named = style.map(|style| layout::unknown_faces(&style, &Fonts::embedded()));
            faults.extend(named.into_iter().flatten());
            faults
        }
    };
    templates.sort_by_cached_key(|fault| {
        let place = fault.origin.as_ref();
        place.map(|origin| (origin.source.name().to_owned(), origin.span.start))
    });
    found.extend(templates);
    found
}

/// The workers of a batch share a press.
const _: () = {
    const fn is_shared<T: Send + Sync>() {}
    is_shared::<Press>();
};

impl Press {
    /// Makes a pack ready.
    ///
    /// Fails with every fault of its templates, and with every face that its style names and there is none of.
    pub fn new(pack: Pack, fonts: Fonts) -> Result<Self, Vec<Diagnostic>> {
        let faults = layout::unknown_faces(pack.style(), &fonts);
        // What the program's own templates write is known to be sound: to read it again at each start finds nothing.
        let carried = if pack.is_embedded() { Templates::carried(&pack) } else { None };
        if let Some(templates) = carried.filter(|_| faults.is_empty()) {
            return Ok(Self::of(pack, templates, fonts));
        }
        let survey =
            Survey::of(pack.templates(), pack.inherited(), Some(pack.manifest()), Some(pack.schema()));
        let mut found = survey.errors();
        if !pack.is_embedded() {
            let pictures = pack.pictures().keys().cloned().collect();
            found.extend(markup::check(&survey.outlines(), Some(&pack.manifest().entry), &pictures));
        }
        found.extend(faults);
        if !found.is_empty() {
            return Err(found);
        }
        let templates = Templates::new(&pack, survey);
        Ok(Self::of(pack, templates, fonts))
    }

    fn of(pack: Pack, templates: Templates, fonts: Fonts) -> Self {
        Self { pack, templates, fonts, glyphs: Arc::default(), programs: Arc::default() }
    }

    /// Makes a document of a data file: all the way from bytes to bytes, the same for the same input.
    ///
    /// Fails at the first step that finds faults, with all the faults that this step finds.
    pub fn render(&self, source: &Source, options: &Options) -> Result<Rendered, Vec<Diagnostic>> {
        let mut composed = self.compose(source, options)?;
        let mut warnings = std::mem::take(&mut composed.warnings);
        match options.format {
            Format::Pdf => {
                let mut laid_out = self.paginate(&composed)?;
                warnings.extend(composed.noticed(&laid_out));
                let secret = notice::secret_data(&composed.document).filter(|_| options.embed_data);
                warnings.extend(composed.locate(secret.into_iter().collect()));
                // The file is written in the memory that the text no longer needs.
                let record = composed.into_record();
                if let Some(list) = list_of_open(&record, &laid_out, true) {
                    let before = laid_out.pages.len();
                    laid_out.append(self.lay_out(before, &list)?);
                }
                let data = options.embed_data.then_some(&source.bytes[..]);
                let bytes = self.write(&laid_out, data)?;
                Ok(Rendered { bytes, pages: Some(laid_out.pages.len()), warnings, record, laid_out })
            }
            Format::Text => {
                let laid_out = Pages::default();
                let mut bytes = export::text::write(&composed.document);
                let record = composed.into_record();
                if let Some(list) = list_of_open(&record, &laid_out, false) {
                    bytes.push(b'\n');
                    bytes.extend(export::text::write(&list));
                }
                Ok(Rendered { bytes: bytes.into(), pages: None, warnings, record, laid_out })
            }
        }
    }

    /// Checks a data file as far as its pages and writes nothing. Returns what was noticed, none of it an
    /// error.
    ///
    /// Fails as [`Press::render`] does.
    pub fn check(&self, source: &Source, options: &Options) -> Result<Vec<Diagnostic>, Vec<Diagnostic>> {
        let mut composed = self.compose(source, options)?;
        let pages = self.paginate(&composed)?;
        let noticed = composed.noticed(&pages);
        composed.warnings.extend(noticed);
        Ok(composed.warnings)
    }

    /// Makes the checking sheets of a data file: what each department is to check, and where the report has it. While
    /// figures are still to come, where its draft has it.
    ///
    /// Fails as [`Press::render`] does.
    pub fn proof(
        &self,
        source: &Source,
        format: SheetFormat,
        options: &Options,
    ) -> Result<Rendered, Vec<Diagnostic>> {
        let composed = self.compose_open(source, options)?;
        let laid_out = self.paginate(&composed)?;
        let trace = Trace::new(&composed.record, &laid_out);
        let (schema, templates) = (self.pack.schema(), &self.templates);
        let sheets = Sheets::gather(&composed.record, &composed.document, &trace, schema, templates);
        let (bytes, pages) = match format {
            SheetFormat::Pdf => {
                let style = sheets::style(self.pack.style());
                let pages = layout::layout(&sheets::document(&sheets), &style, &self.fonts)
                    .map_err(|faults| composed.locate(faults))?;
                (self.write(&pages, None)?, Some(pages.pages.len()))
            }
            SheetFormat::Xlsx => (export::xlsx::write(&sheets::workbook(&sheets))?.into(), None),
            SheetFormat::Tsv => (export::tsv::write(&sheets::workbook(&sheets)).into(), None),
        };
        Ok(Rendered { bytes, pages, warnings: composed.warnings, record: composed.record, laid_out })
    }

    /// Compares two data files: the figures that differ, and the sentences of their reports that do. Figures may still
    /// be to come.
    ///
    /// Fails when either has faults, with those of both.
    pub fn compare(&self, old: &Source, new: &Source) -> Result<Comparison, Vec<Diagnostic>> {
        let compose = |draft| {
            let options = Options { draft, ..Options::default() };
            (self.compose(old, &options), self.compose(new, &options))
        };
        let composed = match compose(false) {
            // What one of them lacks shows as XX in both.
            (Err(faults), _) | (_, Err(faults)) if is_open(&faults) => compose(true),
            composed => composed,
        };
        match composed {
            (Ok(old), Ok(new)) => {
                Ok(Comparison::new((&old.record, &old.document), (&new.record, &new.document)))
            }
            (old, new) => Err([old.err(), new.err()].into_iter().flatten().flatten().collect()),
        }
    }

    /// Takes a data file to the text of its document, or of its draft while figures are still to come.
    fn compose_open(&self, source: &Source, options: &Options) -> Result<Composed, Vec<Diagnostic>> {
        match self.compose(source, options) {
            Err(faults) if is_open(&faults) => {
                self.compose(source, &Options { draft: true, ..options.clone() })
            }
            made => made,
        }
    }

    /// Takes a data file to the text of its document.
    fn compose(&self, source: &Source, options: &Options) -> Result<Composed, Vec<Diagnostic>> {
        let previous = options.previous.as_ref().map(|file| Previous::read(file, self.pack.schema()));
        let previous = previous.transpose()?;
        self.compose_beside(source, options, previous.as_ref())
            .map_err(|faults| self.with_uncovered(faults, source))
    }

    /// Takes a data file to the text of its document, held against that of the year before.
    fn compose_beside(
        &self,
        source: &Source,
        options: &Options,
        previous: Option<&Previous>,
    ) -> Result<Composed, Vec<Diagnostic>> {
        let purpose = if options.draft { Purpose::Draft } else { Purpose::Final };
        let record = data::load_beside(purpose, source, self.pack.schema(), previous)?;
        let filled = fill::fill(&self.templates, &record)?;
        let mut document = markup::parse(&filled, &self.pack.manifest().language)?;
        document.label = self.label(&record, purpose);
        document.set_pictures(self.pack.pictures());
        let unplaced = fill::unplaced(&self.templates, &record, &document);
        let warnings = [&record.warnings, self.templates.warnings(), &unplaced[..]].concat();
        let mut composed = Composed { record, filled, document, warnings };
        let misdrawn = fill::misdrawn(&composed.record, &composed.document);
        if !misdrawn.is_empty() {
            return Err(composed.locate(misdrawn));
        }
        if let Some(beside) = &options.beside {
            let faults = seals::read(&mut composed.document, &source.name, &**beside);
            if !faults.is_empty() {
                return Err(composed.locate(faults));
            }
        }
        let found = composed.locate(proofread::proofread(&composed.document, &self.pack.manifest().rules));
        // A draft is made to be mended.
        let is_final = purpose == Purpose::Final;
        let stops = is_final && found.iter().any(Diagnostic::is_error);
        composed.warnings.extend(found.into_iter().map(|found| match found.severity {
            Severity::Error if !is_final => Diagnostic { severity: Severity::Warning, ..found },
            _ => found,
        }));
        if stops { Err(composed.warnings) } else { Ok(composed) }
    }

    /// Adds to the faults of a data file or of its text the characters in it that no face has: layout, which would tell of
    /// them, is not come to, and a clerk should not have to ask twice.
    fn with_uncovered(&self, mut faults: Vec<Diagnostic>, source: &Source) -> Vec<Diagnostic> {
        for (text, origin) in data::texts(source, self.pack.schema()) {
            let found = layout::uncovered(&text, self.pack.style(), &self.fonts);
            faults.extend(found.into_iter().map(|fault| fault.at(origin.clone())));
        }
        faults.sort_by_key(|fault| fault.origin.as_ref().map_or(0, |origin| origin.span.start));
        faults
    }

    /// Returns what the document is as long as it is not final: what its data say, or else in a draft that
    /// it is one.
    fn label(&self, record: &Record, purpose: Purpose) -> Option<String> {
        let status = self.status(record).and_then(|leaf| match &leaf.value {
            Value::Text(status) => Some(status.clone()),
            _ => None,
        });
        status.or_else(|| (purpose == Purpose::Draft).then(|| draft::LABEL.to_owned()))
    }

    /// Returns the value that says what the document is as long as it is not final.
    fn status<'r>(&self, record: &'r Record) -> Option<&'r Leaf> {
        match record.get(self.pack.manifest().status.as_ref()?)? {
            Node::Leaf(leaf) => Some(leaf),
            _ => None,
        }
    }

    /// Lays a document out.
    fn paginate(&self, composed: &Composed) -> Result<Pages, Vec<Diagnostic>> {
        let label = || Some(composed.record.origin(self.status(&composed.record)?));
        let locate = |fault: Diagnostic| match label() {
            Some(origin) if fault.entry == &LABEL_TOO_LONG => fault.at(origin),
            _ => fault,
        };
        let laid_out = self.lay_out(0, &composed.document);
        laid_out.map_err(|faults| composed.locate(faults.into_iter().map(locate).collect()))
    }

    /// Lays a document out that comes after some pages.
    fn lay_out(&self, pages_before: usize, document: &Document) -> Result<Pages, Vec<Diagnostic>> {
        layout::layout_after(pages_before, document, self.pack.style(), &self.fonts, &self.glyphs)
    }

    /// Writes pages as PDF.
    fn write(&self, pages: &Pages, data: Option<&[u8]>) -> Result<Bytes, Vec<Diagnostic>> {
        export::pdf::write_after(pages, &self.fonts, data, &self.programs)
    }
}

/// Makes the list that ends a draft; nothing when nothing is still to come.
fn list_of_open(record: &Record, laid_out: &Pages, with_pages: bool) -> Option<Document> {
    if record.open() == 0 {
        return None;
    }
    draft::list(&Trace::new(record, laid_out), with_pages)
}

/// Tells whether figures of a data file are still to come.
fn is_open(faults: &[Diagnostic]) -> bool {
    faults.iter().any(|fault| fault.entry.code == OPEN_VALUE.code)
}

/// A document before it has pages, and where its text came from.
struct Composed {
    record: Record,
    filled: Filled,
    document: Document,
    warnings: Vec<Diagnostic>,
}

impl Composed {
    /// Keeps the record alone.
    fn into_record(self) -> Record {
        self.record
    }

    /// Tells of its pages.
    fn noticed(&self, pages: &Pages) -> Vec<Diagnostic> {
        self.locate(notice::noticed(&self.document, pages))
    }

    /// Leads faults that were found in the filled text back to the data file, or else to the template.
    fn locate(&self, faults: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let locate = |fault: Diagnostic| {
            let origin =
                fault.anchor.as_ref().and_then(|anchor| self.datum(anchor).or_else(|| self.template(anchor)));
            match origin {
                Some(origin) => fault.at(origin),
                None => fault,
            }
        };
        diag::told_once(faults.into_iter().map(locate))
    }

    /// Returns the place in the data file: the very words where they stand there as they were printed, or else the
    /// whole value.
    fn datum(&self, anchor: &Anchor) -> Option<Origin> {
        let Node::Leaf(leaf) = self.record.get(anchor.path.as_ref()?)? else { return None };
        let mut origin = self.record.origin(leaf);
        let text = &self.filled.text;
        let start = text.get(..anchor.offset)?.rfind('>').map_or(0, |tag| tag + 1);
        let printed = text.get(start..).and_then(|text| text.split('<').next()).unwrap_or_default();
        let value = origin.source.text().get(origin.span.clone()).unwrap_or_default();
        if let (Some(at), false) = (value.find(printed), printed.is_empty()) {
            let from = origin.span.start + at + (anchor.offset - start);
            origin.span = from..(from + anchor.length).min(origin.span.end);
        }
        Some(origin)
    }

    /// Returns the place in a template: the words where the template wrote them, or the tag that printed them.
    fn template(&self, anchor: &Anchor) -> Option<Origin> {
        let mut origin = self.filled.map.origin(anchor.offset)?;
        let end = origin.span.start + anchor.length;
        let words = self.filled.text.get(anchor.offset..anchor.offset + anchor.length);
        if origin.span.is_empty() && words == origin.source.text().get(origin.span.start..end) {
            origin.span.end = end;
        }
        Some(origin)
    }
}

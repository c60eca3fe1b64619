//! Reads `style.toml`: the page, the grid, and which face and size each role of text has.

mod places;
mod possible;
mod words;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Deserialize;
use toml::Spanned;
use toml::de::DeTable;

use self::places::Places;

use super::keys::{self, Faults, read_table, read_values};
use super::overlay::stack::Stacked;
use super::overlay::table;
use crate::diag::catalogue::layout::{STYLE_SYNTAX, UNKNOWN_ROLE};
use crate::diag::{Diagnostic, Origin, SourceText};
use crate::font::LAST_RESORT;
use crate::units::{Abs, Em};

/// How a pack's documents look.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[cfg_attr(test, derive(serde::Serialize))]
pub struct Style {
    /// The sheet and its margins.
    pub page: PageStyle,
    /// Lines and characters.
    pub grid: Grid,
    /// By how much each face is raised (`raise`), by its name.
    pub raise: BTreeMap<String, Raise>,
    /// 标题.
    pub title: TitleStyle,
    /// 题下.
    pub byline: TextStyle,
    /// 正文.
    pub body: TextStyle,
    /// `一、`.
    pub heading1: TextStyle,
    /// `（一）`.
    pub heading2: TextStyle,
    /// `1.`.
    pub heading3: TextStyle,
    /// `（1）`.
    pub heading4: TextStyle,
    /// The headline of a clause.
    pub headline: TextStyle,
    /// Tables and their notes.
    pub table: TextStyle,
    /// 表题 and 图题; without it in the faces of `一、` (黑体) and the size of tables.
    pub caption: Option<TextStyle>,
    /// 脚注: footnotes and their marks; without it they look as tables do.
    pub footnote: Option<TextStyle>,
    /// 图: the letters and colours of charts; without it their letters look as tables do, their areas are grey.
    pub chart: Option<ChartStyle>,
    /// 页码.
    pub page_number: PageNumberStyle,
    /// How lines are broken.
    pub line_breaking: LineBreaking,
    /// 版头, 印章 and 版记.
    pub elements: Elements,
    /// The faces of 发文机关标志; without it the standard's 小标宋 (GB/T 9704-2012, 7.2.4), whatever the title has.
    pub mark: MarkStyle,
    /// A city's own faces, by the role that they set (`body`, `title`): files of the pack.
    #[serde(skip)]
    pub own_faces: BTreeMap<String, OwnFace>,
    #[serde(skip)]
    places: Places,
}

/// The look of 发文机关标志, whose size is that of [`Elements`].
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[cfg_attr(test, derive(serde::Serialize))]
pub struct MarkStyle {
    /// The faces, asked in turn for each character.
    pub faces: Vec<FaceChoice>,
}

impl Default for MarkStyle {
    fn default() -> Self {
        let choice = |face: &str| FaceChoice { face: face.to_owned(), characters: Characters::All };
        Self { faces: ["xiaobiaosong", "song", LAST_RESORT].map(choice).to_vec() }
    }
}

/// A font file of the pack: `fonts/own.ttf`, or one face of a collection, `fonts/own.ttc#1`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnFace {
    /// The file's path within the pack.
    pub file: String,
    /// The face's number in a collection, 0 in a file of one face.
    pub index: u32,
}

/// The sheet and its margins.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[cfg_attr(test, derive(serde::Serialize))]
pub struct PageStyle {
    /// The sheet's width.
    pub width: Length,
    /// The sheet's height.
    pub height: Length,
    /// 天头: from the sheet's top to the type area.
    pub top: Length,
    /// 订口: from the binding edge to the type area.
    pub binding: Length,
    /// 切口: from the type area to the edge across from the binding.
    pub fore_edge: Length,
    /// 地脚: from the type area to the sheet's bottom.
    pub bottom: Length,
    /// Whether even pages have their binding edge on the right, for printing on both sides.
    pub mirrored: bool,
    /// Whether a document of an odd number of pages ends with a blank one, so that the next in a volume
    /// begins on a front.
    pub even: bool,
    /// 出血: by how much the sheet is larger than the page on each side, to be cut off after printing.
    pub bleed: Length,
}

/// 版心 in lines and characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(serde::Serialize))]
pub struct Grid {
    /// Characters in a line.
    pub columns: u16,
    /// Lines in a page.
    pub rows: u16,
}

/// The look of a role of text.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[cfg_attr(test, derive(serde::Serialize))]
pub struct TextStyle {
    /// The font size.
    pub size: Length,
    /// The faces, asked in turn for each character.
    pub faces: Vec<FaceChoice>,
}

/// The look of the title.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[cfg_attr(test, derive(serde::Serialize))]
pub struct TitleStyle {
    /// The font size.
    pub size: Length,
    /// The faces, asked in turn for each character.
    pub faces: Vec<FaceChoice>,
    /// The distance of the title's lines, in lines of the grid.
    pub leading: f64,
}

/// The look of page numbers.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[cfg_attr(test, derive(serde::Serialize))]
pub struct PageNumberStyle {
    /// The font size.
    pub size: Length,
    /// The faces, asked in turn for each character.
    pub faces: Vec<FaceChoice>,
    /// From the type area's bottom to the upper edge of the 一字线.
    pub below: Length,
}

/// The look of charts.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[cfg_attr(test, derive(serde::Serialize))]
pub struct ChartStyle {
    /// The font size.
    pub size: Length,
    /// The faces, asked in turn for each character.
    pub faces: Vec<FaceChoice>,
    /// The colours of areas and lines.
    pub palette: Palette,
}

/// The colours of charts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Default)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(test, derive(serde::Serialize))]
pub enum Palette {
    /// Tones that a printing press for black alone keeps apart.
    #[default]
    Gray,
    /// CMYK colours, as dark from one another as the tones are.
    Color,
}

/// How lines are broken.
#[derive(Clone, Copy, Debug, PartialEq, Default, Deserialize)]
#[cfg_attr(test, derive(serde::Serialize))]
pub struct LineBreaking {
    /// What becomes of a mark at a line's end.
    pub line_end_marks: LineEndMarks,
    /// The natural gap between hanzi and letters or digits, in em.
    pub latin_gap: f64,
}

/// What the standard leaves open of 版头, 印章 and 版记; where they stand is fixed.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[cfg_attr(test, derive(serde::Serialize))]
pub struct Elements {
    /// The size of 发文机关标志, made smaller for a long name.
    pub mark: Length,
    /// The size of 版记.
    pub imprint: Length,
    /// The diameter of a seal.
    pub seal: Length,
    /// The height of 签名章.
    pub stamp: Length,
}

impl Default for Elements {
    fn default() -> Self {
        Self {
            mark: Length(Abs::pt(54.0)),
            imprint: Length(Abs::pt(14.0)),
            seal: Length(Abs::mm(42.0)),
            stamp: Length(Abs::mm(16.0)),
        }
    }
}

/// What becomes of a mark at a line's end (GB/T 15834-2011, 5.1.10).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Default)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(test, derive(serde::Serialize))]
pub enum LineEndMarks {
    /// It takes half a cell where the line then fits better.
    #[default]
    WhenNeeded,
    /// It always takes half a cell.
    Always,
}

/// A face by its name and the characters it is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FaceChoice {
    /// The face's name, such as `fangsong`.
    pub face: String,
    /// What it is asked for.
    pub characters: Characters,
}

/// A kind of characters that a face gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Characters {
    /// Whatever it has.
    All,
    /// Full-width punctuation.
    Marks,
    /// The 破折号.
    Dash,
    /// The digits 0 to 9.
    Digits,
}

/// A length in a style file: `37mm`, `22pt` or a 字号.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Length(pub Abs);

/// By how much of an em a face is raised.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[cfg_attr(test, derive(serde::Serialize))]
pub struct Raise(pub f64);

read_table!(Style {
    page, grid, title, byline, body, heading1, heading2, heading3, heading4, headline, table, page_number;
    raise = BTreeMap::new(), caption = None, footnote = None, chart = None, line_breaking = LineBreaking::default(),
    elements = Elements::default(), mark = MarkStyle::default(), own_faces = BTreeMap::new();
    places = Places::default()
});
read_table!(PageStyle {
    width, height, top, binding, fore_edge, bottom;
    mirrored = false, even = false, bleed = Length(Abs::ZERO)
});
read_table!(Grid { columns, rows; });
read_table!(TextStyle { size, faces; });
read_table!(TitleStyle { size, faces, leading; });
read_table!(PageNumberStyle { size, faces, below; });
read_table!(ChartStyle { size, faces; palette = Palette::default() });
read_table!(MarkStyle { faces; });
read_table!(LineBreaking {
    ;
    line_end_marks = LineEndMarks::default(), latin_gap = 0.0
});
read_table!(Elements {
    ;
    mark = Self::default().mark, imprint = Self::default().imprint, seal = Self::default().seal, stamp = Self::default().stamp
});
read_values!(Length, Raise, FaceChoice, OwnFace, Palette, LineEndMarks);

/// The roles of text, as a style file calls them.
const ROLES: [&str; 14] = [
    "title",
    "byline",
    "body",
    "heading1",
    "heading2",
    "heading3",
    "heading4",
    "headline",
    "table",
    "caption",
    "footnote",
    "chart",
    "page_number",
    "mark",
];

/// Says that there is no role of a name.
pub(super) fn unknown_role(role: &str) -> Diagnostic {
    let roles = Style::roles().collect::<Vec<_>>().join("、");
    Diagnostic::new(&UNKNOWN_ROLE).with("role", role).with("roles", roles).suggest(role, Style::roles())
}

impl Style {
    /// Reads a style file.
    ///
    /// Fails on what is not TOML, on unknown or missing keys, and on a page that has no room for its grid.
    pub fn parse(source: &Arc<SourceText>) -> Result<Self, Vec<Diagnostic>> {
        match Self::read(&Stacked::of(source)) {
            (Some(style), faults) if faults.is_empty() => Ok(style),
            (_, faults) => Err(faults),
        }
    }

    /// Reads the style files of packs that stand on one another, with what is wrong with them. Nothing can be read of
    /// what is no TOML, or lacks a key.
    pub(super) fn read(stacked: &Stacked) -> (Option<Self>, Vec<Diagnostic>) {
        let table = match Self::table(stacked) {
            Ok(table) => table,
            Err(faults) => return (None, faults),
        };
        let places = Places::of(stacked, table.get_ref());
        let mut faults = Faults::new(stacked.whole(), (&STYLE_SYNTAX, "fault"));
        let style: Option<Self> = keys::file(table, &mut faults);
        let Some(mut style) = style.filter(|_| faults.found.is_empty()) else {
            return (None, stacked.located(faults.found));
        };
        style.places = places;
        let mut faults = style.impossibilities();
        for role in style.own_faces.keys().filter(|role| !ROLES.contains(&role.as_str())) {
            let fault = unknown_role(role);
            faults.push(match style.places.key(&["own_faces", role]) {
                Some(origin) => fault.at(origin),
                None => fault,
            });
        }
        (Some(style), faults)
    }

    fn table(stacked: &Stacked) -> Result<Spanned<DeTable<'_>>, Vec<Diagnostic>> {
        table::merged(stacked, (&STYLE_SYNTAX, "fault"))
    }

    /// Says which pack's the style is, of one that the program carries and that was read beforehand.
    pub(super) fn set_pack(&mut self, pack: &'static str) {
        self.places = Places::carried(pack);
    }

    /// Returns where a face is named that a role asks for.
    pub(crate) fn face_place(&self, face: &str) -> Option<Origin> {
        self.places.face(face)
    }

    /// Returns where the file of a role's own face is named.
    pub(super) fn own_face_place(&self, role: &str) -> Option<Origin> {
        self.places.value(&["own_faces", role])
    }

    /// Returns the type area's width.
    pub fn measure(&self) -> Abs {
        self.page.width.0 - self.page.binding.0 - self.page.fore_edge.0
    }

    /// Returns the type area's height.
    pub fn depth(&self) -> Abs {
        self.page.height.0 - self.page.top.0 - self.page.bottom.0
    }

    /// Returns the width of the grid's cell.
    pub fn cell(&self) -> Abs {
        self.measure() / f64::from(self.grid.columns)
    }

    /// Returns the distance of the grid's lines: the first one's glyphs touch the type area's top, the last
    /// one's its bottom.
    pub fn pitch(&self) -> Abs {
        (self.depth() - self.body.size.0) / f64::from(self.grid.rows.max(2) - 1)
    }

    /// Returns the look of footnotes.
    pub fn footnote(&self) -> &TextStyle {
        self.footnote.as_ref().unwrap_or(&self.table)
    }

    /// Returns the faces and the size of 表题 and 图题.
    pub(crate) fn caption(&self) -> (&[FaceChoice], Length) {
        let own = self.caption.as_ref();
        own.map_or((&self.heading1.faces, self.table.size), |caption| (&caption.faces, caption.size))
    }

    /// Returns the colours of charts.
    pub fn palette(&self) -> Palette {
        self.chart.as_ref().map_or(Palette::default(), |chart| chart.palette)
    }

    /// Returns the faces that charts are lettered in.
    pub(crate) fn chart_faces(&self) -> &[FaceChoice] {
        self.chart.as_ref().map_or(&self.table.faces, |chart| &chart.faces)
    }

    /// Returns the size that charts are lettered in.
    pub(crate) fn chart_size(&self) -> Length {
        self.chart.as_ref().map_or(self.table.size, |chart| chart.size)
    }

    /// Returns by how much a face is raised.
    pub fn raise(&self, face: &str) -> Em {
        self.raise.get(face).map_or(Em::ZERO, |raise| Em::new(raise.0))
    }

    /// Lets a face be asked first for every character of a role; tells whether there is such a role.
    pub(crate) fn prefer(&mut self, role: &str, face: &str) -> bool {
        let choice = FaceChoice { face: face.to_owned(), characters: Characters::All };
        let chain = self.chains().into_iter().find(|(name, _)| *name == role).map(|(_, chain)| chain);
        chain.map(|chain| chain.insert(0, choice)).is_some()
    }

    /// Lets a face be asked last, in every role.
    pub(crate) fn fall_back_on(&mut self, face: &str) {
        for (_, chain) in self.chains() {
            chain.push(FaceChoice { face: face.to_owned(), characters: Characters::All });
        }
    }

    /// Returns the roles' names.
    pub fn roles() -> impl Iterator<Item = &'static str> {
        ROLES.iter().copied()
    }

    fn chains(&mut self) -> [(&'static str, &mut Vec<FaceChoice>); ROLES.len()] {
        let TextStyle { size, faces } = self.table.clone();
        let chart = self.chart.get_or_insert(ChartStyle { size, faces, palette: Palette::default() });
        let faces = self.heading1.faces.clone();
        let caption = self.caption.get_or_insert(TextStyle { size, faces });
        let footnote = self.footnote.get_or_insert_with(|| self.table.clone());
        let chains = [
            &mut self.title.faces,
            &mut self.byline.faces,
            &mut self.body.faces,
            &mut self.heading1.faces,
            &mut self.heading2.faces,
            &mut self.heading3.faces,
            &mut self.heading4.faces,
            &mut self.headline.faces,
            &mut self.table.faces,
            &mut caption.faces,
            &mut footnote.faces,
            &mut chart.faces,
            &mut self.page_number.faces,
            &mut self.mark.faces,
        ];
        let mut names = ROLES.iter();
        chains.map(|chain| (names.next().copied().unwrap_or_default(), chain))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn annual_report() -> String {
        include_str!("../../templates/annual-report/style.toml").to_owned()
    }

    #[test]
    fn the_grid_is_the_standards() {
        let style = Style::parse(&Arc::new(SourceText::new("style.toml", annual_report()))).unwrap();
        assert!(style.measure().approx_eq(Abs::mm(156.0)));
        assert!(style.depth().approx_eq(Abs::mm(225.0)));
        assert!((style.cell().to_pt() - 15.793).abs() < 0.001);
        assert!((style.pitch().to_pt() - 29.621).abs() < 0.001);
    }

    #[test]
    fn what_cannot_be_laid_out_is_told_at_its_key() {
        let base = Arc::new(SourceText::new("base/style.toml", annual_report()));
        for (text, line, code) in [
            ("[page]\nbinding = \"182mm\"", 2, "E0502"),
            ("[page]\nbottom = \"10mm\"", 2, "E0502"),
            ("[page_number]\nsize = \"四号\"\nbelow = \"31mm\"", 3, "E0502"),
            ("[page_number]\nbelow = \"-1mm\"", 2, "E0502"),
            ("[raise]\nkai = 0.1\nfangsong = 0.8", 3, "E0502"),
            ("[raise]\nfangsong = nan", 2, "E0502"),
            ("[title]\nleading = 3", 2, "E0502"),
            ("[body]\nsize = \"3pt\"", 2, "E0502"),
            ("[footnote]\nsize = \"五号\"\nfaces = []", 3, "E0502"),
            ("[mark]\nfaces = []", 2, "E0502"),
            ("[elements]\nmark = \"80pt\"", 2, "E0502"),
            ("[own_faces]\nbody = \"a.ttf\"\ntitel = \"a.ttf\"", 3, "E0504"),
        ] {
            let own = Arc::new(SourceText::new("own/style.toml", text));
            let (style, faults) = Style::read(&Stacked::new(vec![Arc::clone(&base), own]));
            assert!(style.is_some(), "{text}");
            assert!(!faults.is_empty(), "{text}");
            for fault in faults {
                let origin = fault.origin.unwrap();
                let found = (origin.source.name(), origin.source.position(origin.span.start).line);
                assert_eq!((found, fault.entry.code), (("own/style.toml", line), code), "{text}");
            }
        }
    }

    #[test]
    fn the_mark_does_not_follow_the_title() {
        let text = annual_report().replace("[\"xiaobiaosong\", ", "[\"hei\", ");
        let style = Style::parse(&Arc::new(SourceText::new("style.toml", text))).unwrap();
        assert_eq!((&*style.title.faces[0].face, &*style.mark.faces[0].face), ("hei", "xiaobiaosong"));
    }

    #[test]
    fn an_unknown_length_is_refused_at_its_line() {
        let text = annual_report().replace("\"37mm\"", "\"37 em\"");
        let faults = Style::parse(&Arc::new(SourceText::new("style.toml", text))).unwrap_err();
        let origin = faults[0].origin.as_ref().unwrap();
        assert_eq!(origin.source.position(origin.span.start).line, 6);
    }
}

//! Reads `style.toml`: the page, the grid, and which face and size each role of text has.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use serde::Deserialize;
use serde::de::{self, Deserializer};

use super::overlay::stack::Stacked;
use super::overlay::table;
use super::toml_reason;
use crate::diag::catalogue::layout::{STYLE_IMPOSSIBLE, STYLE_SYNTAX};
use crate::diag::{Diagnostic, Origin, SourceText, Text};
use crate::units::{Abs, Em};

/// How a pack's documents look.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Style {
    /// The sheet and its margins.
    pub page: PageStyle,
    /// Lines and characters.
    pub grid: Grid,
    /// By how much each face is raised (`raise`), by its name.
    #[serde(default)]
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
    #[serde(default)]
    pub caption: Option<TextStyle>,
    /// 脚注: footnotes and their marks; without it they look as tables do.
    #[serde(default)]
    pub footnote: Option<TextStyle>,
    /// 图: the letters and colours of charts; without it their letters look as tables do, their areas are grey.
    #[serde(default)]
    pub chart: Option<ChartStyle>,
    /// 页码.
    pub page_number: PageNumberStyle,
    /// How lines are broken.
    #[serde(default)]
    pub line_breaking: LineBreaking,
    /// 版头, 印章 and 版记.
    #[serde(default)]
    pub elements: Elements,
    /// A city's own faces, by the role that they set (`body`, `title`): files of the pack.
    #[serde(default)]
    pub own_faces: BTreeMap<String, OwnFace>,
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
#[serde(deny_unknown_fields)]
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
    #[serde(default)]
    pub mirrored: bool,
    /// Whether a document of an odd number of pages ends with a blank one, so that the next in a volume
    /// begins on a front.
    #[serde(default)]
    pub even: bool,
    /// 出血: by how much the sheet is larger than the page on each side, to be cut off after printing.
    #[serde(default)]
    pub bleed: Length,
}

/// 版心 in lines and characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grid {
    /// Characters in a line.
    pub columns: u16,
    /// Lines in a page.
    pub rows: u16,
}

/// The look of a role of text.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TextStyle {
    /// The font size.
    pub size: Length,
    /// The faces, asked in turn for each character.
    pub faces: Vec<FaceChoice>,
}

/// The look of the title.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
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
#[serde(deny_unknown_fields)]
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
#[serde(deny_unknown_fields)]
pub struct ChartStyle {
    /// The font size.
    pub size: Length,
    /// The faces, asked in turn for each character.
    pub faces: Vec<FaceChoice>,
    /// The colours of areas and lines.
    #[serde(default)]
    pub palette: Palette,
}

/// The colours of charts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Default)]
#[serde(rename_all = "kebab-case")]
pub enum Palette {
    /// Tones that a printing press for black alone keeps apart.
    #[default]
    Gray,
    /// CMYK colours, as dark from one another as the tones are.
    Color,
}

/// How lines are broken.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct LineBreaking {
    /// What becomes of a mark at a line's end.
    pub line_end_marks: LineEndMarks,
    /// The natural gap between hanzi and letters or digits, in em.
    pub latin_gap: f64,
}

/// What the standard leaves open of 版头, 印章 and 版记; where they stand is fixed.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
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

impl Elements {
    /// Tells whether the lengths are such that a page has room for them.
    fn are_possible(self) -> bool {
        let within = |length: Length, least: Abs, most: Abs| length.0 >= least && length.0 <= most;
        within(self.mark, Abs::pt(16.0), Abs::pt(72.0))
            && within(self.imprint, Abs::pt(9.0), Abs::pt(16.0))
            && within(self.seal, Abs::mm(20.0), Abs::mm(60.0))
            && within(self.stamp, Abs::mm(8.0), Abs::mm(40.0))
    }
}

/// What becomes of a mark at a line's end (GB/T 15834-2011, 5.1.10).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Default)]
#[serde(rename_all = "kebab-case")]
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
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct Length(pub Abs);

/// By how much of an em a face is raised.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
pub struct Raise(pub f64);

/// 字号 and their sizes in points; 三号 is 15.75 so that 28 fit the type area's 156 mm.
const NAMED_SIZES: &[(&str, f64)] = &[
    ("初号", 42.0),
    ("小初", 36.0),
    ("一号", 26.0),
    ("小一", 24.0),
    ("二号", 22.0),
    ("小二", 18.0),
    ("三号", 15.75),
    ("小三", 15.0),
    ("四号", 14.0),
    ("小四", 12.0),
    ("五号", 10.5),
    ("小五", 9.0),
];

/// The roles of text, as a style file calls them.
const ROLES: [&str; 13] = [
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
];

impl Style {
    /// Reads a style file.
    ///
    /// Fails on what is not TOML, on unknown or missing keys, and on a page that has no room for its grid.
    pub fn parse(source: &Arc<SourceText>) -> Result<Self, Vec<Diagnostic>> {
        Self::read(&Stacked::of(source))
    }

    /// Reads the style files of packs that stand on one another. Fails as [`Style::parse`] does.
    pub(super) fn read(stacked: &Stacked) -> Result<Self, Vec<Diagnostic>> {
        let table = table::merged(stacked, (&STYLE_SYNTAX, "fault"))?;
        let source = stacked.whole();
        let style = Self::deserialize(toml::Deserializer::from(table)).map_err(|error| {
            let span = error.span().unwrap_or(0..0);
            let diagnostic = Diagnostic::new(&STYLE_SYNTAX).with("fault", toml_reason::reason(&error));
            stacked.located(vec![diagnostic.at(Origin::new(source, span))])
        })?;
        let top = stacked.top();
        let faults: Vec<_> = style
            .impossibilities()
            .into_iter()
            .map(|what| Diagnostic::new(&STYLE_IMPOSSIBLE).with("what", what).at(Origin::new(top, 0..0)))
            .collect();
        if faults.is_empty() { Ok(style) } else { Err(faults) }
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
        ];
        let mut names = ROLES.iter();
        chains.map(|chain| (names.next().copied().unwrap_or_default(), chain))
    }

    fn impossibilities(&self) -> Vec<Text> {
        let roles = [
            &self.byline,
            &self.body,
            &self.heading1,
            &self.heading2,
            &self.heading3,
            &self.heading4,
            &self.headline,
            &self.table,
            self.footnote(),
        ];
        let own = [self.title.size, self.page_number.size, self.chart_size(), self.caption().1];
        let sizes = roles.iter().map(|role| role.size).chain(own);
        let no_faces = roles.iter().any(|role| role.faces.is_empty())
            || self.title.faces.is_empty()
            || self.page_number.faces.is_empty()
            || self.caption().0.is_empty()
            || self.chart_faces().is_empty();
        let margins = [self.page.top, self.page.binding, self.page.fore_edge, self.page.bottom];
        let mut found = Vec::new();
        let mut refuse = |wrong: bool, (zh, en): (&str, &str)| {
            if wrong {
                found.push(Text::both(zh, en));
            }
        };
        refuse(
            margins.iter().any(|margin| margin.0 < Abs::ZERO),
            ("有一边页边距是负数", "a margin is negative"),
        );
        let bleed = self.page.bleed.0;
        refuse(
            bleed < Abs::ZERO || bleed > Abs::mm(20.0),
            ("出血不在0至20毫米之间", "the bleed is not between 0 and 20 mm"),
        );
        refuse(
            self.grid.columns < 4 || self.grid.rows < 4,
            ("行数或每行字数少于4", "the grid has fewer than 4 columns or rows"),
        );
        refuse(
            self.measure() < Abs::mm(20.0) || self.depth() < Abs::mm(20.0),
            ("版心不到20毫米", "the type area is under 20 mm"),
        );
        refuse(
            sizes.clone().into_iter().any(|size| size.0 < Abs::pt(4.0)),
            ("有字号不到4pt", "a font size is under 4pt"),
        );
        let largest =
            [self.page.width, self.page.height].map(|side| side.0.to_mm()).into_iter().fold(0.0, f64::max);
        refuse(
            // What a page of a PDF may be (ISO 32000-1, annex C: 14,400 units).
            largest > 5080.0,
            ("纸张的一边超过5080毫米", "a side of the sheet is over 5080 mm"),
        );
        refuse(
            sizes.clone().into_iter().any(|size| size.0 > Abs::pt(400.0)),
            ("有字号超过400pt", "a font size is over 400pt"),
        );
        refuse(no_faces, ("有一种文字没有指定字体", "a role has no faces"));
        refuse(
            !(1.0..=2.0).contains(&self.title.leading),
            ("标题的 `leading` 不在1至2之间", "the title's `leading` is not between 1 and 2"),
        );
        refuse(
            !(0.0..=0.5).contains(&self.line_breaking.latin_gap),
            ("`latin_gap` 不在0至0.5之间", "`latin_gap` is not between 0 and 0.5"),
        );
        refuse(
            !self.elements.are_possible(),
            (
                "`elements` 里有长度太大或太小：`mark` 16至72pt，`imprint` 9至16pt，`seal` 20至60毫米，`stamp` 8至40毫米",
                "a length of `elements` is out of its range: `mark` 16 to 72pt, `imprint` 9 to 16pt, `seal` 20 to 60 mm, `stamp` 8 to 40 mm",
            ),
        );
        refuse(
            self.cell() < self.body.size.0 * 0.9,
            ("每行字数太多，一格比正文的字窄", "the grid's cell is narrower than the body's characters"),
        );
        refuse(
            self.pitch() < self.body.size.0,
            ("行数太多，行距比正文的字小", "the grid's lines are closer than the body's size"),
        );
        found
    }
}

impl<'de> Deserialize<'de> for Length {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let named = NAMED_SIZES.iter().find(|(name, _)| *name == text).map(|(_, points)| Abs::pt(*points));
        let number = |unit: &str| -> Option<f64> {
            text.strip_suffix(unit)?.trim().parse().ok().filter(|value: &f64| value.is_finite())
        };
        named
            .or_else(|| number("mm").map(Abs::mm))
            .or_else(|| number("pt").map(Abs::pt))
            .map(Self)
            .ok_or_else(|| {
                de::Error::custom(toml_reason::both(
                    &format!("`{text}` 不是长度，长度如 `37mm`、`22pt`、`三号`"),
                    &format!("`{text}` is not a length such as `37mm`, `22pt`, `三号`"),
                ))
            })
    }
}

impl<'de> Deserialize<'de> for FaceChoice {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let (face, kind) = text.split_once(':').unwrap_or((&text, ""));
        let characters = match kind {
            "" => Characters::All,
            "marks" => Characters::Marks,
            "dash" => Characters::Dash,
            "digits" => Characters::Digits,
            _ => {
                return Err(de::Error::custom(toml_reason::both(
                    &format!(
                        "字体名后面的 `{kind}` 应为 `marks`（标点）、`dash`（破折号）或 `digits`（数字）"
                    ),
                    &format!("`{kind}` is none of `marks`, `dash`, `digits`"),
                )));
            }
        };
        Ok(Self { face: face.to_owned(), characters })
    }
}

impl OwnFace {
    /// Reads a file's path, with a face's number behind `#` for a collection.
    pub fn parse(text: &str) -> Self {
        let numbered = text.rsplit_once('#').and_then(|(file, index)| Some((file, index.parse().ok()?)));
        let (file, index) = numbered.unwrap_or((text, 0));
        Self { file: file.to_owned(), index }
    }
}

impl<'de> Deserialize<'de> for OwnFace {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self::parse(&String::deserialize(deserializer)?))
    }
}

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.2}mm", self.0.to_mm())
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
    fn a_page_without_room_is_refused() {
        let text = annual_report().replace("binding = \"28mm\"", "binding = \"182mm\"");
        let faults = Style::parse(&Arc::new(SourceText::new("style.toml", text))).unwrap_err();
        assert!(!faults.is_empty());
        assert!(faults.iter().all(|fault| fault.entry.code == "E0502"));
    }

    #[test]
    fn an_unknown_length_is_refused_at_its_line() {
        let text = annual_report().replace("\"37mm\"", "\"37 em\"");
        let faults = Style::parse(&Arc::new(SourceText::new("style.toml", text))).unwrap_err();
        let origin = faults[0].origin.as_ref().unwrap();
        assert_eq!(origin.source.position(origin.span.start).line, 6);
    }
}

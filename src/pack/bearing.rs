//! Reads what a figure is held against: last year's value, its growth, what is usual for it.
//!
//! These are keywords of a field (`x-growth-of`, `x-previous-of`, `x-basis`, `x-bound`, `x-swing`, `x-stock`,
//! `x-typical`, `x-series-of`); rules that hold several fields against each other are [`rules`](super::rules).

use rust_decimal::Decimal;
use serde::Deserialize;

use super::dimension;
use super::schema::{Field, Kind, Node, Nodes};
use super::seldom::Nothing;
use crate::diag::Text;
use crate::json::{Json, JsonValue};

/// What a figure is held against.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(serde::Serialize))]
pub struct Bearing {
    /// The path of the level whose rate of growth this is (`x-growth-of`); of a level that is a rate itself, the
    /// difference in 百分点.
    pub growth_of: Option<String>,
    /// The path of the level whose value of the year before this is (`x-previous-of`).
    pub previous_of: Option<String>,
    /// The path of the figure whose values over the years a table's column has (`x-series-of`); of the column of
    /// years, the path of the year that the document is of.
    pub series_of: Option<String>,
    /// How the growth is reckoned (`x-basis`).
    pub basis: Basis,
    /// How many 百分点 a growth at constant prices may be from that at current prices (`x-bound`).
    pub bound: Option<Decimal>,
    /// How far it may be from last year's value (`x-swing`): in percent, of a rate in 百分点.
    pub swing: Option<Decimal>,
    /// Whether it only ever grows (`x-stock`).
    pub stock: bool,
    /// The least and the greatest value that are usual (`x-typical`), in the field's unit.
    pub typical: Option<(Decimal, Decimal)>,
}

impl Nothing for Bearing {
    const NOTHING: &'static Self = &Self {
        growth_of: None,
        previous_of: None,
        series_of: None,
        basis: Basis::Nominal,
        bound: None,
        swing: None,
        stock: false,
        typical: None,
    };
}

impl Default for Bearing {
    fn default() -> Self {
        Self::NOTHING.clone()
    }
}

/// How a rate of growth is reckoned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(serde::Serialize))]
pub enum Basis {
    /// From the two levels as they are printed (现价).
    #[default]
    Nominal,
    /// With the prices of a base year (不变价), so that it does not follow from the two levels.
    ConstantPrice,
}

/// The keywords of a field's bearing.
pub(super) const KEYWORDS: [&str; 8] =
    ["x-growth-of", "x-previous-of", "x-series-of", "x-basis", "x-bound", "x-swing", "x-stock", "x-typical"];

/// A keyword's value that will not do: the keyword and what it should be.
type Unfit = (&'static str, Text);

/// Reads a field's bearing; `get` looks a keyword up. What will not do is left out and told.
pub(super) fn read<'a>(get: impl Fn(&str) -> Option<&'a Json<'a>>) -> (Bearing, Vec<Unfit>) {
    let mut bearing = Bearing::default();
    let mut unfit = Vec::new();
    let path = |keyword: &'static str, unfit: &mut Vec<Unfit>| {
        let value = get(keyword)?;
        let text = value.as_str().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
        if text.is_none() {
            unfit.push((keyword, Text::both("一项数据的路径", "the path of a field")));
        }
        text
    };
    bearing.growth_of = path("x-growth-of", &mut unfit);
    bearing.previous_of = path("x-previous-of", &mut unfit);
    bearing.series_of = path("x-series-of", &mut unfit);
    match get("x-basis").map(Json::as_str) {
        None | Some(Some("nominal")) => {}
        Some(Some("constant-price")) => bearing.basis = Basis::ConstantPrice,
        Some(_) => unfit.push((
            "x-basis",
            Text::both("`\"nominal\"` 或 `\"constant-price\"`", "`\"nominal\"` or `\"constant-price\"`"),
        )),
    }
    let positive = |keyword: &'static str, unfit: &mut Vec<Unfit>| {
        let value = get(keyword)?;
        let number = number(value).filter(|number| *number > Decimal::ZERO);
        if number.is_none() {
            unfit.push((keyword, Text::both("大于0的数", "a number above 0")));
        }
        number
    };
    bearing.bound = positive("x-bound", &mut unfit);
    bearing.swing = positive("x-swing", &mut unfit);
    match get("x-stock").map(|value| &value.value) {
        None => {}
        Some(JsonValue::Bool(stock)) => bearing.stock = *stock,
        Some(_) => unfit.push(("x-stock", Text::both("`true` 或 `false`", "`true` or `false`"))),
    }
    if let Some(value) = get("x-typical") {
        bearing.typical = typical(value);
        if bearing.typical.is_none() {
            let expected = Text::both(
                "大于0的数，或由小到大的两个数，如 `[20, 60000]`",
                "a number above 0, or two of them, the smaller first, such as `[20, 60000]`",
            );
            unfit.push(("x-typical", expected));
        }
    }
    (bearing, unfit)
}

fn typical(value: &Json<'_>) -> Option<(Decimal, Decimal)> {
    let (least, greatest) = match &value.value {
        JsonValue::Array(pair) => match &pair[..] {
            [least, greatest] => (number(least)?, number(greatest)?),
            _ => return None,
        },
        _ => (number(value)?, number(value)?),
    };
    (least > Decimal::ZERO && least <= greatest).then_some((least, greatest))
}

/// Reads a number of JSON.
pub(super) fn number(value: &Json<'_>) -> Option<Decimal> {
    match value.value {
        JsonValue::Number(digits) => Decimal::from_str_exact(digits).ok(),
        _ => None,
    }
}

/// Finds the level that a keyword of a field names: a sibling, or a path of its own. Fails with what it should be.
pub(super) fn level<'n>(
    nodes: &'n Nodes,
    field: &Field,
    keyword: &str,
    named: &str,
) -> Result<&'n Field, Text> {
    let sibling = field.path.rsplit_once('.').map(|(group, _)| format!("{group}.{named}"));
    let found =
        [sibling.as_deref(), Some(named)].into_iter().flatten().find_map(|path| match nodes.get(path) {
            Some(Node::Field { field, .. }) => Some(&**field),
            _ => None,
        });
    if keyword == "x-series-of" {
        let column = field.path.rsplit_once('.').filter(|(table, _)| table.ends_with("[]"));
        let is_alike = |level: &&Field| {
            level.kind == field.kind
                && !level.path.contains('[')
                && (level.unit == field.unit || dimension::power_between(&field.unit, &level.unit).is_some())
        };
        let shares = named.strip_suffix(']').and_then(|named| named.rsplit_once('['));
        let shares = shares.filter(|(_, index)| matches!(*index, "0" | "1" | "2"));
        let is_share =
            |level: &Field| level.kind == Kind::Shares && shares.is_some() && field.kind == Kind::Percent;
        return match (nodes.get(shares.map_or(named, |(path, _)| path)), column) {
            (Some(Node::Field { field: level, .. }), Some(_)) if is_alike(&&**level) || is_share(level) => {
                Ok(level)
            }
            _ => Err(Text::both(
                "表格之外种类和单位相同的项的路径，或三个比重里的一个（`a.b[0]`），只用于表格的列",
                "the path of a field outside tables, of the same kind and unit, or of one of three shares (`a.b[0]`); for a table's columns alone",
            )),
        };
    }
    // The shares of the year before are held against its file's.
    let is_shares = |field: &Field| field.kind == Kind::Shares;
    if let Some(level) = found.filter(|level| is_shares(level) && level.path != field.path)
        && keyword == "x-previous-of"
        && is_shares(field)
    {
        return Ok(level);
    }
    let is_level = |kind| matches!(kind, Kind::Quantity | Kind::Count | Kind::Percent);
    let Some(level) = found.filter(|level| is_level(level.kind) && level.path != field.path) else {
        return Err(Text::both(
            "一项数量、个数或比率的名称（同组的）或路径",
            "the name of a sibling, or the path, of a quantity, a count or a rate",
        ));
    };
    if keyword == "x-previous-of" {
        let same = level.kind == field.kind && dimension::power_between(&field.unit, &level.unit).is_some();
        return if same {
            Ok(level)
        } else {
            Err(Text::both("种类和单位相同的项", "of the same kind and unit"))
        };
    }
    let is_rate = level.kind == Kind::Percent;
    let in_points = dimension::power_between(&field.unit, "百分点").is_some();
    match (is_rate, field.kind) {
        (false, Kind::Growth) => Ok(level),
        (true, Kind::Quantity) if in_points => Ok(level),
        (true, _) => Err(Text::both(
            "数量或个数；比率的增减是相差几个百分点，`x-kind` 用 `quantity`，`x-unit` 用 `百分点`",
            "a quantity or a count; the change of a rate is a `quantity` in the unit `百分点`",
        )),
        (false, _) => Err(Text::both(
            "比率；数量的增减用 `x-kind` 为 `growth` 的项",
            "a rate; the growth of a quantity is of the kind `growth`",
        )),
    }
}

//! Defines the checked data: a tree whose leaves know their field and their place in the file.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::{Measure, growth};
use crate::diag::{Diagnostic, Origin, SourceText};
use crate::pack::{Field, dimension};

/// A data file that keeps its pack's schema.
#[derive(Clone, Debug)]
pub struct Record {
    /// The file.
    pub source: Arc<SourceText>,
    /// The data, `_note` keys left out. Absent fields have no node.
    pub root: Node,
    /// What was noticed on the way.
    pub warnings: Vec<Diagnostic>,
    /// What is known of the figures beside their values.
    pub figures: Figures,
}

/// What is known of a record's figures beside their values: last year's, and which were reckoned.
#[derive(Clone, Debug, Default)]
pub struct Figures {
    pub(super) measures: BTreeMap<String, Measure>,
    pub(super) previous: BTreeMap<String, (Quantity, Measure)>,
    pub(super) derived: BTreeSet<String>,
}

/// A node of the data.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// An object's members in the file's order.
    Object(Vec<(String, Node)>),
    /// An array: the items of `names` and `texts` are leaves, those of a table objects.
    Array(Vec<Node>),
    /// A field's value.
    Leaf(Arc<Leaf>),
}

/// A field's value and where it came from.
#[derive(Clone, Debug, PartialEq)]
pub struct Leaf {
    /// Where in the data, such as `economy.gdp.value` or `urban_rural.city.projects[0].name`.
    pub path: String,
    /// What the schema says of it.
    pub field: Arc<Field>,
    /// The value.
    pub value: Value,
    /// The value's bytes in the file; empty, at the head of its group, when the file does not have it.
    pub span: Range<usize>,
}

/// A checked value.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A number with its unit (`year`, `ordinal`, `rank`, `count`, `quantity`, `percent`, `growth`).
    Quantity(Quantity),
    /// A name, grade or sentence.
    Text(String),
    /// Three shares in percent: primary, secondary, tertiary (三次产业).
    Shares([Decimal; 3]),
    /// A fraction such as `1/3`.
    Fraction(Fraction),
    /// A date as year, month, day.
    Date(u16, u8, u8),
    /// A choice.
    Flag(bool),
    /// A sentence of which something is still to come, printed with XX there. Only a draft has it.
    Partly(String),
    /// A value still to come. Only a draft has it; of a list, or of a group's members, one stands for all.
    Open,
}

impl Value {
    /// Tells whether it, or a part of it, is still to come.
    pub fn is_open(&self) -> bool {
        matches!(self, Self::Open | Self::Partly(_))
    }
}

/// A number, how exactly it is known, and its unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quantity {
    /// The number with the decimals that are to be printed (`1234.50` keeps its zero).
    pub number: Decimal,
    /// How exactly it is known.
    pub approximation: Approximation,
    /// The unit to print; empty when it has none.
    pub unit: String,
}

/// How exactly a number is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Approximation {
    /// As it stands.
    Exact,
    /// 约70.
    About,
    /// 近70: a little less.
    Nearly,
    /// 70余: a little more.
    Odd,
    /// 70多: a little more.
    Over,
    /// 70亿余: a little more, less than one of the last digit and its scale.
    OddBehind,
    /// 70亿多: the same.
    OverBehind,
    /// 超过50: a lower bound, exclusive.
    MoreThan,
    /// 50以上: a lower bound.
    AtLeast,
    /// 3.4以内: an upper bound.
    Within,
    /// 不足50: an upper bound, exclusive.
    LessThan,
    /// 6.5左右: about.
    Around,
    /// 6%～6.5%: the number is the least, this one the most.
    To(Decimal),
}

/// A fraction of two whole numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fraction {
    /// 分子.
    pub numerator: u32,
    /// 分母, never 0.
    pub denominator: u32,
}

impl fmt::Display for Quantity {
    /// Writes the number with its approximation and unit: 约70家, 1234.50亿元.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.approximation.around(&self.number.to_string(), &self.unit))
    }
}

impl Approximation {
    /// Puts its word where the language has it: 约70个, 70余个, 3.4%以内.
    pub fn around(self, digits: &str, unit: &str) -> String {
        match self {
            Self::Exact => format!("{digits}{unit}"),
            Self::About => format!("约{digits}{unit}"),
            Self::Nearly => format!("近{digits}{unit}"),
            // 余 and 多 stand between number and measure word, but never before a percent sign.
            Self::Odd | Self::Over if unit.starts_with('%') => format!("{digits}{unit}以上"),
            Self::Odd => format!("{digits}余{unit}"),
            Self::Over => format!("{digits}多{unit}"),
            Self::OddBehind | Self::OverBehind => {
                let (_, base) = dimension::split(unit);
                let scale = unit.strip_suffix(base).unwrap_or_default();
                format!("{digits}{scale}{}{base}", if self == Self::OddBehind { '余' } else { '多' })
            }
            Self::MoreThan => format!("超过{digits}{unit}"),
            Self::AtLeast => format!("{digits}{unit}以上"),
            Self::Within => format!("{digits}{unit}以内"),
            Self::LessThan => format!("不足{digits}{unit}"),
            Self::Around => format!("{digits}{unit}左右"),
            // Both numbers bear the sign (GB/T 15835-2011, 4.1.4).
            Self::To(most) if unit.starts_with('%') => format!("{digits}{unit}～{most}{unit}"),
            Self::To(most) => format!("{digits}～{most}{unit}"),
        }
    }
}

impl Record {
    /// Returns how many of the data are still to come.
    pub fn open(&self) -> usize {
        let mut open = 0;
        self.root.for_each_leaf(&mut |leaf| open += usize::from(leaf.value.is_open()));
        open
    }

    /// Returns last year's value of the figure at a path, from this file (`x-previous-of`) or else from last
    /// year's, in the unit it prints in.
    pub fn previous(&self, path: &str) -> Option<&Quantity> {
        self.figures.previous.get(path).map(|(quantity, _)| quantity)
    }

    /// Returns how the figure at a path has changed since last year: in percent, of a rate in 百分点, rounded
    /// half away from zero. There is none of what is approximate.
    pub fn change(&self, path: &str) -> Option<Quantity> {
        let Some(Node::Leaf(leaf)) = self.get(path) else { return None };
        let now = self.figures.measures.get(path)?;
        let (_, before) = self.figures.previous.get(path)?;
        growth::printed(&leaf.field, None, *now, *before)
    }

    /// Tells whether the value at a path was not given but reckoned from two levels; its place in the file is
    /// then that of this year's level.
    pub fn is_derived(&self, path: &str) -> bool {
        self.figures.derived.contains(path)
    }

    /// Returns the figure at a path in its field's own unit, as exactly as it was typed.
    pub fn measure(&self, path: &str) -> Option<Measure> {
        self.figures.measures.get(path).copied()
    }

    /// Returns the node at a path, if the data has it.
    pub fn get(&self, path: &str) -> Option<&Node> {
        self.root.get(path)
    }

    /// Returns the place of a leaf in the file, for diagnostics.
    pub fn origin(&self, leaf: &Leaf) -> Origin {
        Origin::new(&self.source, leaf.span.clone()).field(&leaf.path, Some(&leaf.field.title))
    }
}

impl Node {
    /// Returns the node at a path below this one: `a.b[0].c`.
    pub fn get(&self, path: &str) -> Option<&Node> {
        path.split(['.', '[']).try_fold(self, |node, step| match node {
            Self::Object(_) => node.member(step),
            Self::Array(items) => items.get(step.strip_suffix(']')?.parse::<usize>().ok()?),
            Self::Leaf(_) => None,
        })
    }

    /// Returns an object's member by its name.
    pub(crate) fn member(&self, name: &str) -> Option<&Node> {
        let Self::Object(members) = self else { return None };
        members.iter().find(|(known, _)| known == name).map(|(_, member)| member)
    }

    /// Tells whether this is a value still to come.
    pub fn is_open(&self) -> bool {
        matches!(self, Self::Leaf(leaf) if leaf.value.is_open())
    }

    /// Puts a leaf into the group that its path names; a group that is not there takes none.
    pub(super) fn insert(&mut self, leaf: Arc<Leaf>) {
        let (group, name) = leaf.path.rsplit_once('.').unwrap_or(("", &leaf.path));
        let name = name.to_owned();
        let mut node = Some(self);
        for step in group.split('.').filter(|step| !step.is_empty()) {
            node = match node {
                Some(Self::Object(members)) => {
                    members.iter_mut().find(|(name, _)| name == step).map(|(_, member)| member)
                }
                _ => None,
            };
        }
        if let Some(Self::Object(members)) = node {
            members.push((name, Self::Leaf(leaf)));
        }
    }

    /// Calls a function with each leaf below this node, in the file's order.
    pub fn for_each_leaf<'a>(&'a self, visit: &mut impl FnMut(&'a Arc<Leaf>)) {
        match self {
            Self::Object(members) => members.iter().for_each(|(_, member)| member.for_each_leaf(visit)),
            Self::Array(items) => items.iter().for_each(|item| item.for_each_leaf(visit)),
            Self::Leaf(leaf) => visit(leaf),
        }
    }
}

//! Resolves the paths of templates without any data: what a path would lead to, by the schema.
//!
//! Scopes follow handlebars: `#each`, `#with` and an included template each open one, `../` leaves one,
//! names after `as` are seen from everything inside.

use std::sync::Arc;

use super::helpers::Accept;
use crate::diag::{Diagnostic, Text};
use crate::pack::{Field, Kind, Schema, dimension};

/// What a path leads to.
#[derive(Clone, Debug)]
pub(super) enum Shape {
    /// A group of data, or a table's row: its path in the schema's form with the separator that follows.
    Group(String),
    /// A field.
    Field(Arc<Field>),
    /// One of a field's names or sentences.
    Item(Arc<Field>),
    /// The pack's words.
    Words,
    /// One of the pack's words.
    Word,
    /// A counter such as `@index`.
    Number,
    /// `@first` and `@last`.
    Boolean,
    /// Something that was complained of already.
    Unknown,
}

/// A scope.
#[derive(Clone, Debug)]
pub(super) struct Frame {
    /// What `this` is.
    pub(super) base: Shape,
    /// The names after `as`.
    pub(super) names: Vec<(String, Shape)>,
    /// Whether it is an `#each`.
    pub(super) each: bool,
}

impl Frame {
    /// Makes a scope.
    pub(super) fn new(base: Shape) -> Self {
        Self { base, names: Vec::new(), each: false }
    }

    /// Makes the scope that a block opens, with the names after `as`; `#each` opens one for each item.
    pub(super) fn of(each: bool, shape: Shape, names: &[String]) -> Self {
        let base = match shape {
            Shape::Field(field) if each && field.kind == Kind::Table => {
                Shape::Group(format!("{}[].", field.path))
            }
            Shape::Field(field) if each => Shape::Item(field),
            other => other,
        };
        let shapes = [base.clone(), Shape::Number];
        let names = names.iter().cloned().zip(shapes).collect();
        Self { base, names, each }
    }
}

/// What paths are resolved with.
pub(super) struct Known<'a> {
    /// The fields; without a schema any path will do.
    pub(super) schema: Option<&'a Schema>,
    /// The names of the pack's words; without them any word will do.
    pub(super) words: Option<&'a [String]>,
}

impl Known<'_> {
    /// Returns what a path leads to; an unknown one comes back in the schema's form.
    pub(super) fn resolve(&self, raw: &str, frames: &[Frame]) -> Result<Shape, String> {
        let root = Shape::Group(String::new());
        if let Some(rest) = strip(raw, "@root") {
            return self.descend(root, steps(rest));
        }
        if let Some(name) = raw.strip_prefix('@') {
            let inside_each = frames.iter().any(|frame| frame.each);
            return match name {
                "index" if inside_each => Ok(Shape::Number),
                "first" | "last" if inside_each => Ok(Shape::Boolean),
                _ => Err(raw.to_owned()),
            };
        }
        let mut rest = strip(raw, "this").or_else(|| strip(raw, ".")).unwrap_or(raw);
        let mut up = 0;
        while let Some(after) = strip(rest, "..") {
            up += 1;
            rest = after;
        }
        let mut steps = steps(rest).peekable();
        let named = steps.peek().and_then(|first| {
            let names = frames.iter().rev().flat_map(|frame| &frame.names);
            names.clone().find(|(name, _)| name == first).map(|(_, shape)| shape.clone())
        });
        if let Some(shape) = named {
            steps.next();
            return self.descend(shape, steps);
        }
        let base = frames.iter().rev().nth(up).ok_or_else(|| raw.to_owned())?;
        self.descend(base.base.clone(), steps)
    }

    fn descend<'s>(&self, base: Shape, steps: impl Iterator<Item = &'s str>) -> Result<Shape, String> {
        let mut shape = base;
        for step in steps {
            shape = self.member(&shape, step)?;
        }
        Ok(shape)
    }

    fn member(&self, shape: &Shape, name: &str) -> Result<Shape, String> {
        match shape {
            Shape::Group(prefix) => {
                let path = [prefix, name].concat();
                let Some(schema) = self.schema else { return Ok(Shape::Unknown) };
                if let Some(field) = schema.field(&path).filter(|field| field.path == path) {
                    return Ok(Shape::Field(Arc::clone(field)));
                }
                if schema.is_object(&path) {
                    return Ok(Shape::Group(path + "."));
                }
                if path == "words" { Ok(Shape::Words) } else { Err(path) }
            }
            Shape::Words if self.words.is_none_or(|words| words.iter().any(|word| word == name)) => {
                Ok(Shape::Word)
            }
            Shape::Words => Err(format!("words.{name}")),
            Shape::Field(field) | Shape::Item(field) => Err(format!("{}.{name}", field.path)),
            Shape::Word | Shape::Number | Shape::Boolean => Err(name.to_owned()),
            Shape::Unknown => Ok(Shape::Unknown),
        }
    }

    /// Adds a hint to a fault of a path: the known path that it was meant to be.
    pub(super) fn suggest(&self, fault: Diagnostic, path: &str) -> Diagnostic {
        let all = || self.schema.into_iter().flat_map(Schema::fields);
        let fields = all().map(|field| field.path.clone());
        let groups = all().filter_map(|field| Some(field.path.rsplit_once('.')?.0.to_owned()));
        let words = self.words.into_iter().flatten().map(|word| format!("words.{word}"));
        let known: Vec<_> = fields.chain(groups).chain(words).collect();
        fault.suggest(path, known.iter().map(String::as_str))
    }
}

fn strip<'a>(path: &'a str, first: &str) -> Option<&'a str> {
    let rest = path.strip_prefix(first)?;
    if rest.is_empty() {
        Some(rest)
    } else {
        rest.strip_prefix(['.', '/']).filter(|_| !(first == "." && rest.starts_with('.')))
    }
}

fn steps(path: &str) -> impl Iterator<Item = &str> {
    path.split(['.', '/']).filter(|step| !step.is_empty() && *step != "this")
}

impl Shape {
    /// Tells whether a helper can take it.
    pub(super) fn is_accepted(&self, accept: Accept) -> bool {
        let is_kind = |kinds: &[Kind]| match self {
            Self::Field(field) => kinds.contains(&field.kind),
            _ => false,
        };
        if matches!(self, Self::Unknown) {
            return true;
        }
        match accept {
            Accept::Data => matches!(self, Self::Field(_) | Self::Item(_) | Self::Group(_)),
            Accept::Number => matches!(self, Self::Field(field) if field.kind.is_number()),
            Accept::Numeral => {
                is_kind(&[Kind::Year, Kind::Ordinal, Kind::Rank, Kind::Count, Kind::Quantity, Kind::Fraction])
            }
            Accept::Growth => {
                is_kind(&[Kind::Growth]) || matches!(self, Self::Field(field) if is_change(field))
            }
            Accept::Count => is_kind(&[Kind::Count, Kind::Quantity]),
            Accept::Year => is_kind(&[Kind::Year]),
            Accept::Shares => is_kind(&[Kind::Shares]),
            Accept::List => is_kind(&[Kind::Names, Kind::Texts]),
            Accept::Items => is_kind(&[Kind::Names, Kind::Texts, Kind::Table]),
            Accept::Condition => {
                matches!(self, Self::Group(_) | Self::Boolean)
                    || is_kind(&[Kind::Flag, Kind::Names, Kind::Texts, Kind::Table])
            }
            Accept::Group => matches!(self, Self::Group(_)),
            Accept::Comparable => {
                matches!(self, Self::Item(_) | Self::Word | Self::Number)
                    || matches!(self, Self::Field(field) if is_single(field.kind))
            }
            Accept::Literal => false,
            Accept::Rows => {
                matches!(self, Self::Group(_)) || matches!(self, Self::Field(field) if field.kind.is_number())
            }
        }
    }

    /// Tells whether `{{path}}` can print it.
    pub(super) fn is_printable(&self) -> bool {
        match self {
            Self::Field(field) => !matches!(field.kind, Kind::Table | Kind::Flag),
            Self::Item(_) | Self::Word | Self::Number | Self::Unknown => true,
            Self::Group(_) | Self::Words | Self::Boolean => false,
        }
    }

    /// Says what it is.
    pub(super) fn describe(&self) -> Text {
        match self {
            Self::Group(_) => Text::both("一组数据", "a group of data"),
            Self::Field(field) => describe(field.kind),
            Self::Item(_) => Text::both("名单中的一项", "an item of a list"),
            Self::Words | Self::Word => Text::both("模板包的用词", "a word of the pack"),
            Self::Number => Text::both("序号", "a counter"),
            Self::Boolean => Text::both("“是否”类的项", "a flag"),
            Self::Unknown => Text::both("未知的项", "unknown"),
        }
    }
}

/// Tells whether a figure is the change of a rate.
fn is_change(field: &Field) -> bool {
    field.kind == Kind::Quantity && dimension::power_between(&field.unit, "百分点").is_some()
}

impl Accept {
    /// Says what it takes.
    pub(super) fn describe(self) -> Text {
        match self {
            Self::Data => Text::both("数据", "data"),
            Self::Number => Text::both("一个数", "a number"),
            Self::Numeral => Text::both("整数或分数", "a whole number or a fraction"),
            Self::Growth => Text::both("增长率或相差的百分点", "a growth rate or a difference in 百分点"),
            Self::Count => Text::both("数量", "a count"),
            Self::Year => Text::both("年份", "a year"),
            Self::Shares => Text::both("三次产业比重", "the three sectors' shares"),
            Self::List => Text::both("名单", "a list"),
            Self::Items => Text::both("名单或表格", "a list or a table"),
            Self::Condition => Text::both("“是否”类的项、名单或分组", "a flag, a list or a group"),
            Self::Group => Text::both("一组数据", "a group of data"),
            Self::Comparable => Text::both("一个数据或文字", "one datum or a literal"),
            Self::Literal => Text::both("引号里的文字", "a text in quotation marks"),
            Self::Rows => Text::both("一组数据或一个数", "a group of data or a number"),
        }
    }
}

fn is_single(kind: Kind) -> bool {
    !matches!(kind, Kind::Names | Kind::Texts | Kind::Table | Kind::Flag)
}

/// Tells whether a field's figure is of use only when it is printed.
pub(super) fn is_figure(kind: Kind) -> bool {
    kind.is_number() || matches!(kind, Kind::Fraction | Kind::Date | Kind::Shares)
}

fn describe(kind: Kind) -> Text {
    match kind {
        Kind::Year => Text::both("年份", "a year"),
        Kind::Ordinal => Text::both("届次", "an ordinal"),
        Kind::Rank => Text::both("位次", "a rank"),
        Kind::Count => Text::both("数量", "a count"),
        Kind::Quantity => Text::both("带单位的数", "a quantity"),
        Kind::Percent => Text::both("百分比", "a percentage"),
        Kind::Growth => Text::both("增长率", "a growth rate"),
        Kind::Name => Text::both("名称", "a name"),
        Kind::Person => Text::both("姓名", "a person's name"),
        Kind::Names => Text::both("名单", "a list of names"),
        Kind::Grade => Text::both("等级", "a grade"),
        Kind::Shares => Text::both("三次产业比重", "the three sectors' shares"),
        Kind::Fraction => Text::both("分数", "a fraction"),
        Kind::Table => Text::both("表格", "a table"),
        Kind::Text => Text::both("一句话", "a sentence"),
        Kind::Texts => Text::both("几句话", "sentences"),
        Kind::Date => Text::both("日期", "a date"),
        Kind::Flag => Text::both("“是否”类的项", "a flag"),
    }
}

//! Reads the rules that a schema declares for its figures (`x-rules`): what must not exceed what, which parts
//! make which whole.
//!
//! A rule is data: its name, how grave it is to break it, a message in both languages, the kind of rule, and the
//! paths that it is about. All of it is checked here, so that a rule that was read can be asked of any data.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::bearing::{Basis, number};
use super::dimension;
use super::schema::{Field, Kind, Node, Nodes};
use super::switches::{DATA_RULES, TEXT_RULES};
use crate::diag::catalogue::pack::{
    RULE_FIELD, RULE_FIELD_KIND, RULE_KIND, RULE_MEMBER, RULE_TWICE, RULE_VALUE,
};
use crate::diag::{Diagnostic, Origin, Severity, SourceText, Text};
use crate::json::{Json, JsonValue};

/// A rule on several figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// The name by which `pack.toml` switches it.
    pub name: String,
    /// How grave it is to break it.
    pub severity: Severity,
    /// What is told when it is broken.
    pub message: Text,
    /// What it asks.
    pub test: Test,
}

/// What a rule asks. Paths are in the schema's form; one through a table (`projects[].investment`) stands for
/// every row. Where an operand is absent the rule is not asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Test {
    /// The parts together are not more than the whole.
    AtMost {
        /// The parts.
        part: Vec<String>,
        /// The whole.
        whole: String,
    },
    /// The parts together are the total, give or take what rounding leaves.
    Sum {
        /// The parts; three shares are three of them.
        parts: Vec<String>,
        /// The total.
        total: Total,
        /// How much they may differ, in the total's unit.
        tolerance: Decimal,
    },
    /// Each figure, or how far it is from another, is within bounds.
    Range {
        /// The figures.
        fields: Vec<String>,
        /// The figure from which the distance is taken.
        from: Option<String>,
        /// The least it may be, in the figure's unit.
        minimum: Option<Decimal>,
        /// The most it may be.
        maximum: Option<Decimal>,
        /// Whether the distance of a date from a year is in months, from its January on.
        in_months: bool,
    },
    /// The figures do not differ in sign.
    SameSign {
        /// The figures.
        fields: Vec<String>,
    },
    /// The rate follows from the two levels.
    GrowthOf {
        /// The rate.
        growth: String,
        /// The level.
        level: String,
        /// The level of the year before.
        previous: String,
        /// How the rate is reckoned.
        basis: Basis,
        /// How many 百分点 a rate at constant prices may be off.
        bound: Option<Decimal>,
    },
    /// The figures, or names, are the same.
    Equal {
        /// The figures.
        fields: Vec<String>,
        /// The field that must have a value for the rule to be asked, and the value.
        when: Option<(String, String)>,
    },
    /// Each figure is not below that of the year before.
    NotBelowPrevious {
        /// The figures.
        fields: Vec<String>,
    },
    /// If one figure is given, the others are.
    Implies {
        /// The figure that asks for the others.
        given: String,
        /// The others.
        needed: Vec<String>,
        /// The field with whose values the others may be absent, and the values.
        unless: Option<(String, Vec<String>)>,
    },
}

impl Test {
    /// Returns the paths that it is about.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        let (several, single): (&[String], Vec<&String>) = match self {
            Self::AtMost { part, whole } => (part, vec![whole]),
            Self::Sum { parts, total: Total::Field(total), .. } => (parts, vec![total]),
            Self::Sum { parts, .. } => (parts, Vec::new()),
            Self::Range { fields, from, .. } => (fields, from.iter().collect()),
            Self::GrowthOf { growth, level, previous, .. } => (&[], vec![growth, level, previous]),
            Self::SameSign { fields } | Self::NotBelowPrevious { fields } => (fields, Vec::new()),
            Self::Equal { fields, when } => (fields, when.iter().map(|(path, _)| path).collect()),
            Self::Implies { given, needed, unless } => {
                (needed, unless.iter().map(|(path, _)| path).chain([given]).collect())
            }
        };
        several.iter().chain(single).map(String::as_str)
    }
}

/// What parts are to sum up to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Total {
    /// A figure.
    Field(String),
    /// A number of the schema's.
    Number(Decimal),
}

/// The kinds of rules and the members that each has beside the common ones; `?` marks those that may be left out.
const KINDS: [(&str, &[&str]); 8] = [
    ("at_most", &["part", "whole"]),
    ("sum", &["parts", "total", "tolerance?"]),
    ("range", &["fields", "from?", "minimum?", "maximum?", "in?"]),
    ("same_sign", &["fields"]),
    ("growth_of", &["growth", "level", "previous", "basis?", "bound?"]),
    ("equal", &["fields", "when?", "is?"]),
    ("not_below_previous", &["fields"]),
    ("implies", &["given", "needed", "unless?", "is?"]),
];

/// The members of every rule.
const COMMON: [&str; 4] = ["name", "rule", "severity", "message"];

/// Reads the rules; `nodes` are the fields they may name.
pub(super) fn read(
    source: &Arc<SourceText>,
    value: &Json<'_>,
    nodes: &Nodes,
    faults: &mut Vec<Diagnostic>,
) -> Vec<Rule> {
    let mut reader = Reader { source, nodes, faults };
    let JsonValue::Array(items) = &value.value else {
        reader.value("x-rules", &Text::both("数组，一条规则一项", "an array of rules"), value);
        return Vec::new();
    };
    let mut rules: Vec<Rule> = Vec::new();
    for item in items {
        let Some(rule) = reader.rule(item) else { continue };
        let is_taken = |name: &str| rules.iter().any(|rule| rule.name == name);
        if is_taken(&rule.name) || DATA_RULES.iter().chain(TEXT_RULES).any(|own| *own == rule.name) {
            let fault = Diagnostic::new(&RULE_TWICE).with("name", &rule.name);
            reader.fault(fault, item.get("name").unwrap_or(item));
        }
        rules.push(rule);
    }
    rules
}

struct Reader<'a> {
    source: &'a Arc<SourceText>,
    nodes: &'a Nodes,
    faults: &'a mut Vec<Diagnostic>,
}

/// Which fields an operand may be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Operand {
    /// One number, or a date, whose year is meant.
    Number,
    /// One number, or three shares.
    Summand,
    /// A quantity, count or rate.
    Level,
    /// A number, a date or a text.
    Comparable,
    /// Anything.
    Any,
}

impl Operand {
    fn accepts(self, kind: Kind) -> bool {
        match self {
            Self::Number => kind.is_number() || kind == Kind::Date,
            Self::Summand => kind.is_number() || kind == Kind::Shares,
            Self::Level => matches!(kind, Kind::Quantity | Kind::Count | Kind::Percent),
            Self::Comparable => {
                kind.is_number()
                    || matches!(kind, Kind::Date | Kind::Name | Kind::Person | Kind::Grade | Kind::Text)
            }
            Self::Any => true,
        }
    }

    fn describe(self) -> Text {
        match self {
            Self::Number => Text::both("数字或日期", "a number or a date"),
            Self::Summand => Text::both("数字或三个比重", "a number or three shares"),
            Self::Level => Text::both("数量、个数或比率", "a quantity, a count or a rate"),
            Self::Comparable => Text::both("数字、日期或文字", "a number, a date or a text"),
            Self::Any => Text::both("一项数据", "a field"),
        }
    }
}

impl Reader<'_> {
    /// Reads a rule, or tells all that is wrong with it.
    fn rule(&mut self, item: &Json<'_>) -> Option<Rule> {
        let before = self.faults.len();
        if !matches!(item.value, JsonValue::Object(_)) {
            self.value("x-rules", &Text::both("对象，一条规则一个", "an object for each rule"), item);
            return None;
        }
        let kind = self.text(item, "rule")?;
        let Some((_, members)) = KINDS.iter().find(|(name, _)| *name == kind) else {
            let known = KINDS.map(|(name, _)| name);
            let fault = Diagnostic::new(&RULE_KIND).with("kind", &kind).with("known", known.join(" "));
            self.fault(fault.suggest(&kind, known), item.get("rule").unwrap_or(item));
            return None;
        };
        let known: Vec<&str> =
            COMMON.into_iter().chain(members.iter().map(|name| name.trim_end_matches('?'))).collect();
        for member in item.members().iter().filter(|member| !known.contains(&&*member.name)) {
            let fault = Diagnostic::new(&RULE_MEMBER).with("kind", &kind).with("name", &member.name);
            let fault = fault.with("known", known.join(" ")).suggest(&member.name, known.iter().copied());
            self.faults.push(fault.at(Origin::new(self.source, member.name_span.clone())));
        }
        let name = self.name(item);
        let severity = self.severity(item);
        let message = self.message(item);
        let test = self.test(&kind, item);
        let rule = Rule { name: name?, severity: severity?, message: message?, test: test? };
        (self.faults.len() == before).then_some(rule)
    }

    fn name(&mut self, item: &Json<'_>) -> Option<String> {
        let name = self.text(item, "name")?;
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if name.chars().all(fits) {
            return Some(name);
        }
        let expected = Text::both("小写字母、数字和连字符", "lower-case letters, digits and hyphens");
        self.value("name", &expected, item.get("name")?);
        None
    }

    fn severity(&mut self, item: &Json<'_>) -> Option<Severity> {
        match self.text(item, "severity")?.as_str() {
            "error" => Some(Severity::Error),
            "warning" => Some(Severity::Warning),
            "note" => Some(Severity::Note),
            _ => {
                let expected = Text::both("`error`、`warning` 或 `note`", "`error`, `warning` or `note`");
                self.value("severity", &expected, item.get("severity")?);
                None
            }
        }
    }

    fn message(&mut self, item: &Json<'_>) -> Option<Text> {
        let given = item.get("message");
        let text = |language| given.and_then(|given| given.get(language)).and_then(Json::as_str);
        match (text("zh"), text("en")) {
            (Some(zh), Some(en)) if !zh.trim().is_empty() && !en.trim().is_empty() => {
                Some(Text::both(zh.trim(), en.trim()))
            }
            _ => {
                let expected = Text::both(
                    "中英文各一句，如 `{ \"zh\": \"..\", \"en\": \"..\" }`",
                    "a sentence in each language: `{ \"zh\": \"..\", \"en\": \"..\" }`",
                );
                self.value("message", &expected, given.unwrap_or(item));
                None
            }
        }
    }

    fn test(&mut self, kind: &str, item: &Json<'_>) -> Option<Test> {
        Some(match kind {
            "at_most" => {
                let part = self.fields(item, "part", Operand::Number, 1);
                let whole = self.field(item, "whole", Operand::Number);
                let (part, whole) = (part?, whole?);
                self.comparable(item, &whole, &part)?;
                Test::AtMost { part, whole }
            }
            "sum" => self.sum(item)?,
            "range" => self.range(item)?,
            "same_sign" => Test::SameSign { fields: self.fields(item, "fields", Operand::Number, 2)? },
            "growth_of" => self.growth_of(item)?,
            "equal" => {
                let fields = self.fields(item, "fields", Operand::Comparable, 2)?;
                self.comparable(item, &fields[0], &fields[1..])?;
                let when = match item.get("when") {
                    Some(_) => Some((self.field(item, "when", Operand::Any)?, self.text(item, "is")?)),
                    None => None,
                };
                Test::Equal { fields, when }
            }
            "not_below_previous" => {
                Test::NotBelowPrevious { fields: self.fields(item, "fields", Operand::Level, 1)? }
            }
            _ => {
                let given = self.field(item, "given", Operand::Any);
                let needed = self.fields(item, "needed", Operand::Any, 1);
                let unless = match item.get("unless") {
                    Some(_) => Some((self.field(item, "unless", Operand::Any)?, self.texts(item, "is")?)),
                    None => None,
                };
                Test::Implies { given: given?, needed: needed?, unless }
            }
        })
    }

    fn sum(&mut self, item: &Json<'_>) -> Option<Test> {
        let parts = self.fields(item, "parts", Operand::Summand, 1);
        let tolerance = self.optional(item, "tolerance");
        let total = match item.get("total").and_then(number) {
            Some(number) => Some(Total::Number(number)),
            None => self.field(item, "total", Operand::Number).map(Total::Field),
        };
        let (parts, total) = (parts?, total?);
        match &total {
            Total::Field(total) => self.comparable(item, total, &parts)?,
            Total::Number(_) => self.comparable(item, &parts[0], &parts[1..])?,
        }
        Some(Test::Sum { parts, total, tolerance: tolerance?.unwrap_or_default() })
    }

    fn range(&mut self, item: &Json<'_>) -> Option<Test> {
        let fields = self.fields(item, "fields", Operand::Number, 1);
        let from = match item.get("from") {
            Some(_) => Some(self.field(item, "from", Operand::Number)?),
            None => None,
        };
        let (minimum, maximum) = (self.optional(item, "minimum")?, self.optional(item, "maximum")?);
        let fields = fields?;
        if let Some(from) = &from {
            self.comparable(item, from, &fields)?;
        }
        let is_empty = minimum.zip(maximum).is_some_and(|(minimum, maximum)| minimum > maximum);
        if is_empty || (minimum.is_none() && maximum.is_none()) {
            let expected =
                Text::both("一个下限或上限，下限不大于上限", "a bound, and the lower not above the upper");
            self.value("minimum", &expected, item.get("minimum").unwrap_or(item));
            return None;
        }
        let in_months = match item.get("in") {
            None => false,
            Some(unit) => {
                let is_date = |path: &String| self.known(path).is_some_and(|field| field.kind == Kind::Date);
                if unit.as_str() != Some("months") || from.is_none() || !fields.iter().all(is_date) {
                    let expected = Text::both(
                        "`months`，只用于日期与年份的间隔",
                        "`months`, of dates and the year that they are from",
                    );
                    self.value("in", &expected, unit);
                    return None;
                }
                true
            }
        };
        Some(Test::Range { fields, from, minimum, maximum, in_months })
    }

    fn growth_of(&mut self, item: &Json<'_>) -> Option<Test> {
        let growth = self.field(item, "growth", Operand::Number);
        let level = self.field(item, "level", Operand::Level);
        let previous = self.field(item, "previous", Operand::Level);
        let bound = self.optional(item, "bound");
        let basis = match item.get("basis").map(Json::as_str) {
            None | Some(Some("nominal")) => Basis::Nominal,
            Some(Some("constant-price")) => Basis::ConstantPrice,
            Some(_) => {
                let expected = Text::both("`nominal` 或 `constant-price`", "`nominal` or `constant-price`");
                self.value("basis", &expected, item.get("basis")?);
                return None;
            }
        };
        let (growth, level, previous) = (growth?, level?, previous?);
        self.comparable(item, &level, std::slice::from_ref(&previous))?;
        let kinds = (self.known(&level)?.kind, self.known(&growth)?.kind);
        if !matches!(kinds, (Kind::Quantity | Kind::Count, Kind::Growth)) {
            let expected = Text::both("数量或个数的增长率", "the growth of a quantity or a count");
            let fault = Diagnostic::new(&RULE_FIELD_KIND).with("field", &growth).with("expected", expected);
            self.fault(fault, item.get("growth")?);
            return None;
        }
        Some(Test::GrowthOf { growth, level, previous, basis, bound: bound? })
    }

    /// Returns an optional number; outer nothing when it is none.
    #[expect(clippy::option_option, reason = "what is absent differs from what is wrong")]
    fn optional(&mut self, item: &Json<'_>, member: &'static str) -> Option<Option<Decimal>> {
        let Some(value) = item.get(member) else { return Some(None) };
        let read = number(value);
        if read.is_none() {
            self.value(member, &Text::both("数字", "a number"), value);
        }
        read.map(Some)
    }

    fn text(&mut self, item: &Json<'_>, member: &'static str) -> Option<String> {
        let text = item.get(member).and_then(Json::as_str).map(str::trim).filter(|text| !text.is_empty());
        if text.is_none() {
            self.value(member, &Text::both("文字", "a text"), item.get(member).unwrap_or(item));
        }
        text.map(str::to_owned)
    }

    /// Reads one text or several.
    fn texts(&mut self, item: &Json<'_>, member: &'static str) -> Option<Vec<String>> {
        let Some(JsonValue::Array(texts)) = item.get(member).map(|texts| &texts.value) else {
            return Some(vec![self.text(item, member)?]);
        };
        let read: Option<Vec<_>> = texts.iter().map(|text| text.as_str().map(str::to_owned)).collect();
        if read.is_none() {
            self.value(member, &Text::both("文字", "texts"), item.get(member).unwrap_or(item));
        }
        read
    }

    fn field(&mut self, item: &Json<'_>, member: &'static str, operand: Operand) -> Option<String> {
        let Some(value) = item.get(member) else {
            self.value(member, &operand.describe(), item);
            return None;
        };
        self.path(value, member, operand)
    }

    /// Reads one path or several.
    fn fields(
        &mut self,
        item: &Json<'_>,
        member: &'static str,
        operand: Operand,
        least: usize,
    ) -> Option<Vec<String>> {
        let value = item.get(member);
        let paths = match value.map(|value| &value.value) {
            Some(JsonValue::Array(paths)) => {
                let read: Vec<_> = paths.iter().map(|path| self.path(path, member, operand)).collect();
                read.into_iter().collect::<Option<Vec<_>>>()?
            }
            Some(_) => vec![self.path(value?, member, operand)?],
            None => Vec::new(),
        };
        if paths.len() < least {
            let expected = Text::both(
                format!("至少{least}项数据的路径"),
                format!("the paths of at least {least} fields"),
            );
            self.value(member, &expected, value.unwrap_or(item));
            return None;
        }
        Some(paths)
    }

    fn path(&mut self, value: &Json<'_>, member: &'static str, operand: Operand) -> Option<String> {
        let Some(path) = value.as_str() else {
            self.value(member, &Text::both("一项数据的路径", "the path of a field"), value);
            return None;
        };
        let Some(field) = self.known(path) else {
            let known = self.nodes.iter().filter(|(_, node)| matches!(node, Node::Field { .. }));
            let mut known: Vec<&str> = known.map(|(path, _)| path.as_str()).collect();
            known.sort_unstable();
            let fault = Diagnostic::new(&RULE_FIELD).with("field", path).suggest(path, known);
            self.fault(fault, value);
            return None;
        };
        if !operand.accepts(field.kind) {
            let fault = Diagnostic::new(&RULE_FIELD_KIND).with("field", path);
            self.fault(fault.with("expected", operand.describe()), value);
            return None;
        }
        Some(path.to_owned())
    }

    /// Checks that figures can be held against the first of them.
    fn comparable(&mut self, item: &Json<'_>, first: &str, others: &[String]) -> Option<()> {
        let first = self.known(first)?;
        for other in others {
            let other = self.known(other)?;
            if power(&other, &first).is_none() {
                let unit = |field: &Field| match field.unit.as_str() {
                    "" => field.kind.name().to_owned(),
                    unit => unit.to_owned(),
                };
                let expected = Text::both(
                    format!("与 `{}` 单位相通（{}、{}不能相比）", first.path, unit(&first), unit(&other)),
                    format!(
                        "in a unit that goes with `{}` ({} and {} cannot be compared)",
                        first.path,
                        unit(&first),
                        unit(&other)
                    ),
                );
                let fault = Diagnostic::new(&RULE_FIELD_KIND).with("field", &other.path);
                self.fault(fault.with("expected", expected), item.get("name").unwrap_or(item));
                return None;
            }
        }
        Some(())
    }

    fn known(&self, path: &str) -> Option<Arc<Field>> {
        match self.nodes.get(path) {
            Some(Node::Field { field, .. }) => Some(Arc::clone(field)),
            _ => None,
        }
    }

    fn value(&mut self, member: &str, expected: &Text, place: &Json<'_>) {
        let fault = Diagnostic::new(&RULE_VALUE).with("member", member).with("expected", expected.clone());
        self.fault(fault, place);
    }

    fn fault(&mut self, fault: Diagnostic, place: &Json<'_>) {
        let end = match place.value {
            JsonValue::Array(_) | JsonValue::Object(_) => place.span.start + 1,
            _ => place.span.end,
        };
        self.faults.push(fault.at(Origin::new(self.source, place.span.start..end)));
    }
}

/// Returns the power of ten that brings one field's figures to the unit of another, if they can be compared.
///
/// What is counted is compared whatever its measure word; years and dates with each other alone.
pub(crate) fn power(from: &Field, to: &Field) -> Option<i32> {
    use Kind::{Count, Date, Ordinal, Rank, Year};
    let is_year = |field: &Field| matches!(field.kind, Year | Date);
    if is_year(from) || is_year(to) {
        return (is_year(from) && is_year(to)).then_some(0);
    }
    let is_counted = |field: &Field| matches!(field.kind, Count | Rank | Ordinal);
    let counted = is_counted(from) && is_counted(to);
    let scales = dimension::split(&from.unit).0 - dimension::split(&to.unit).0;
    dimension::power_between(&from.unit, &to.unit).or_else(|| counted.then_some(scales))
}

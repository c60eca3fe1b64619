//! Reads the members of a rule and tells what is wrong with them.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::super::bearing::number;
use super::super::schema::{Field, Kind, Node, Nodes};
use super::{Rule, power};
use crate::diag::catalogue::pack::{RULE_FIELD, RULE_FIELD_KIND, RULE_KIND, RULE_MEMBER, RULE_VALUE};
use crate::diag::{Diagnostic, Origin, Severity, SourceText, Text};
use crate::json::{Json, JsonValue};

/// The kinds of rules and the members that each has beside the common ones; `?` marks those that may be left out.
const KINDS: [(&str, &[&str]); 19] = [
    ("at_most", &["part", "whole"]),
    ("sum", &["parts", "total", "tolerance?", "rows?"]),
    ("range", &["fields", "from?", "minimum?", "maximum?", "in?"]),
    ("same_sign", &["fields"]),
    ("growth_of", &["growth", "level", "previous", "basis?", "bound?"]),
    ("equal", &["fields", "when?", "is?"]),
    ("not_below_previous", &["fields"]),
    ("implies", &["given", "needed", "unless?", "is?"]),
    ("share_of", &["share", "part", "whole", "tolerance?"]),
    ("part_of", &["parts", "whole", "together?"]),
    ("none_without", &["parts", "whole"]),
    ("between", &["figure", "of", "tolerance?"]),
    ("quotient", &["figure", "of", "per", "within"]),
    ("rows_at_most", &["table", "whole"]),
    ("fulfilled", &["actual", "target", "verdict"]),
    ("not_before", &["fields", "date"]),
    ("years_named", &["texts", "year", "minimum?", "maximum?"]),
    ("disjoint", &["lists"]),
    ("excludes", &["given", "text", "words"]),
];

/// The members of every rule.
const COMMON: [&str; 4] = ["name", "rule", "severity", "message"];

pub(super) struct Reader<'a> {
    pub(super) source: &'a Arc<SourceText>,
    pub(super) nodes: &'a Nodes,
    pub(super) faults: &'a mut Vec<Diagnostic>,
}

/// Which fields an operand may be.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Operand {
    /// One number, or a date, whose year is meant.
    Number,
    /// One number, or three shares.
    Summand,
    /// A quantity, count or rate.
    Level,
    /// A number, a date or a text.
    Comparable,
    /// A date.
    Date,
    /// A year, or a date.
    Year,
    /// A name or a text.
    Text,
    /// Names, or one.
    Names,
    /// A table.
    Table,
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
            Self::Date => kind == Kind::Date,
            Self::Year => matches!(kind, Kind::Year | Kind::Date),
            Self::Text => matches!(kind, Kind::Name | Kind::Text),
            Self::Names => matches!(kind, Kind::Names | Kind::Name | Kind::Person),
            Self::Table => kind == Kind::Table,
            Self::Any => true,
        }
    }

    fn describe(self) -> Text {
        match self {
            Self::Number => Text::both("数字或日期", "a number or a date"),
            Self::Summand => Text::both("数字或三个比重", "a number or three shares"),
            Self::Level => Text::both("数量、个数或比率", "a quantity, a count or a rate"),
            Self::Comparable => Text::both("数字、日期或文字", "a number, a date or a text"),
            Self::Date => Text::both("日期", "a date"),
            Self::Year => Text::both("年份或日期", "a year or a date"),
            Self::Text => Text::both("名称或文字", "a name or a text"),
            Self::Names => Text::both("名单或名称", "names or a name"),
            Self::Table => Text::both("表格", "a table"),
            Self::Any => Text::both("一项数据", "a field"),
        }
    }
}

impl Reader<'_> {
    /// Reads a rule, or tells all that is wrong with it.
    pub(super) fn rule(&mut self, item: &Json<'_>) -> Option<Rule> {
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

    /// Returns an optional number; outer nothing when it is none.
    #[expect(clippy::option_option, reason = "what is absent differs from what is wrong")]
    pub(super) fn optional(&mut self, item: &Json<'_>, member: &'static str) -> Option<Option<Decimal>> {
        let Some(value) = item.get(member) else { return Some(None) };
        let read = number(value);
        if read.is_none() {
            self.value(member, &Text::both("数字", "a number"), value);
        }
        read.map(Some)
    }

    pub(super) fn text(&mut self, item: &Json<'_>, member: &'static str) -> Option<String> {
        let text = item.get(member).and_then(Json::as_str).map(str::trim).filter(|text| !text.is_empty());
        if text.is_none() {
            self.value(member, &Text::both("文字", "a text"), item.get(member).unwrap_or(item));
        }
        text.map(str::to_owned)
    }

    /// Reads one text or several.
    pub(super) fn texts(&mut self, item: &Json<'_>, member: &'static str) -> Option<Vec<String>> {
        let Some(JsonValue::Array(texts)) = item.get(member).map(|texts| &texts.value) else {
            return Some(vec![self.text(item, member)?]);
        };
        let read: Option<Vec<_>> = texts.iter().map(|text| text.as_str().map(str::to_owned)).collect();
        if read.is_none() {
            self.value(member, &Text::both("文字", "texts"), item.get(member).unwrap_or(item));
        }
        read
    }

    pub(super) fn field(
        &mut self,
        item: &Json<'_>,
        member: &'static str,
        operand: Operand,
    ) -> Option<String> {
        let Some(value) = item.get(member) else {
            self.value(member, &operand.describe(), item);
            return None;
        };
        self.path(value, member, operand)
    }

    /// Reads one path or several.
    pub(super) fn fields(
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

    pub(super) fn path(
        &mut self,
        value: &Json<'_>,
        member: &'static str,
        operand: Operand,
    ) -> Option<String> {
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
    pub(super) fn comparable(&mut self, item: &Json<'_>, first: &str, others: &[String]) -> Option<()> {
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

    pub(super) fn known(&self, path: &str) -> Option<Arc<Field>> {
        match self.nodes.get(path) {
            Some(Node::Field { field, .. }) => Some(Arc::clone(field)),
            _ => None,
        }
    }

    pub(super) fn value(&mut self, member: &str, expected: &Text, place: &Json<'_>) {
        let fault = Diagnostic::new(&RULE_VALUE).with("member", member).with("expected", expected.clone());
        self.fault(fault, place);
    }

    pub(super) fn fault(&mut self, fault: Diagnostic, place: &Json<'_>) {
        let end = match place.value {
            JsonValue::Array(_) | JsonValue::Object(_) => place.span.start + 1,
            _ => place.span.end,
        };
        self.faults.push(fault.at(Origin::new(self.source, place.span.start..end)));
    }
}

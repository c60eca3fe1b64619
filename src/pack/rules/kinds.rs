//! Reads what each kind of rule asks.

use rust_decimal::Decimal;

use super::super::bearing::{Basis, number};
use super::super::schema::Kind;
use super::reader::{Operand, Reader};
use super::{Test, Total};
use crate::diag::catalogue::pack::RULE_FIELD_KIND;
use crate::diag::{Diagnostic, Text};
use crate::json::{Json, JsonValue};

impl Reader<'_> {
    /// Reads what a rule of a kind asks.
    pub(super) fn test(&mut self, kind: &str, item: &Json<'_>) -> Option<Test> {
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
            "share_of" => self.share_of(item)?,
            "part_of" => {
                let (parts, whole) = self.parts(item)?;
                self.comparable(item, &whole, &parts)?;
                Test::PartOf { parts, whole, together: self.flag(item, "together")? }
            }
            "none_without" => {
                let (parts, whole) = self.parts(item)?;
                Test::NoneWithout { parts, whole }
            }
            "between" => {
                let figure = self.field(item, "figure", Operand::Number);
                let of = self.fields(item, "of", Operand::Number, 2);
                let tolerance = self.optional(item, "tolerance");
                let (figure, of) = (figure?, of?);
                self.comparable(item, &figure, &of)?;
                Test::Between { figure, of, tolerance: tolerance?.unwrap_or_default() }
            }
            "quotient" => self.quotient(item)?,
            "rows_at_most" => {
                let table = self.field(item, "table", Operand::Table);
                let whole = self.field(item, "whole", Operand::Number);
                Test::RowsAtMost { table: table?, whole: whole? }
            }
            "fulfilled" => {
                let actual = self.field(item, "actual", Operand::Number);
                let target = self.field(item, "target", Operand::Number);
                let verdict = self.field(item, "verdict", Operand::Text);
                let (actual, target) = (actual?, target?);
                self.comparable(item, &actual, std::slice::from_ref(&target))?;
                Test::Fulfilled { actual, target, verdict: verdict? }
            }
            "not_before" => {
                let fields = self.fields(item, "fields", Operand::Date, 1);
                Test::NotBefore { date: self.field(item, "date", Operand::Date)?, fields: fields? }
            }
            "years_named" => {
                let texts = self.fields(item, "texts", Operand::Text, 1);
                let year = self.field(item, "year", Operand::Year);
                let (minimum, maximum) = (self.optional(item, "minimum"), self.optional(item, "maximum"));
                let range = (minimum?.unwrap_or_default(), maximum?.unwrap_or_default());
                Test::YearsNamed { texts: texts?, year: year?, range }
            }
            "disjoint" => Test::Disjoint { lists: self.fields(item, "lists", Operand::Names, 2)? },
            "excludes" => {
                let given = self.field(item, "given", Operand::Any);
                let text = self.field(item, "text", Operand::Text);
                let words = self.texts(item, "words");
                Test::Excludes { given: given?, text: text?, words: words? }
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
        let rows = match item.get("rows") {
            Some(rows) => {
                let table = self.path(rows, "rows", Operand::Table)?;
                let is_column =
                    |path: &String| path.strip_prefix(&table).is_some_and(|rest| rest.starts_with("[]."));
                if !parts.iter().all(is_column) {
                    let expected = Text::both("各部分所在的表格", "the table whose columns the parts are");
                    self.value("rows", &expected, rows);
                    return None;
                }
                Some(table)
            }
            None => None,
        };
        Some(Test::Sum { parts, total, tolerance: tolerance?.unwrap_or_default(), rows })
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

    /// Reads the parts and the whole.
    fn parts(&mut self, item: &Json<'_>) -> Option<(Vec<String>, String)> {
        let parts = self.fields(item, "parts", Operand::Number, 1);
        let whole = self.field(item, "whole", Operand::Number);
        Some((parts?, whole?))
    }

    fn flag(&mut self, item: &Json<'_>, member: &'static str) -> Option<bool> {
        match item.get(member).map(|value| &value.value) {
            None => Some(false),
            Some(JsonValue::Bool(flag)) => Some(*flag),
            Some(_) => {
                self.value(member, &Text::both("`true` 或 `false`", "`true` or `false`"), item.get(member)?);
                None
            }
        }
    }

    fn share_of(&mut self, item: &Json<'_>) -> Option<Test> {
        let share = self.field(item, "share", Operand::Summand);
        let parts = self.fields(item, "part", Operand::Number, 1);
        let whole = self.field(item, "whole", Operand::Number);
        let tolerance = self.optional(item, "tolerance");
        let (share, parts, whole) = (share?, parts?, whole?);
        self.comparable(item, &whole, &parts)?;
        let kind = self.known(&share)?.kind;
        let wanted = if kind == Kind::Shares { 3 } else { 1 };
        if !matches!(kind, Kind::Percent | Kind::Shares) || parts.len() != wanted {
            let expected = Text::both(
                "一项比率配一项部分，三个比重配三项部分",
                "a rate with one part, or three shares with three",
            );
            self.value("share", &expected, item.get("share")?);
            return None;
        }
        Some(Test::ShareOf { share, parts, whole, tolerance: tolerance?.unwrap_or_default() })
    }

    fn quotient(&mut self, item: &Json<'_>) -> Option<Test> {
        let figure = self.field(item, "figure", Operand::Level);
        let of = self.field(item, "of", Operand::Level);
        let per = self.field(item, "per", Operand::Level);
        let within = self.optional(item, "within");
        let (figure, of) = (figure?, of?);
        self.comparable(item, &of, std::slice::from_ref(&figure))?;
        let Some(within) = within?.filter(|within| *within > Decimal::ZERO) else {
            let expected = Text::both("大于0的数（百分之几）", "a number above 0, in percent");
            self.value("within", &expected, item.get("within").unwrap_or(item));
            return None;
        };
        Some(Test::Quotient { figure, of, per: per?, within })
    }
}

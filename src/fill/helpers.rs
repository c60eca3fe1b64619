//! The helpers that print: pure functions from data and options to marked-up text.
//!
//! What each helper takes is said once, in [`SPECS`]; the static check and the registration read it.

use handlebars::{Context, Handlebars, Helper, HelperDef, HelperResult, Output, RenderContext};
use serde_json::Value as Json;
use std::borrow::Cow;
use std::sync::Arc;

use super::blocks::Fault;
use super::format::{self, OPEN};
use super::leaves::{Datum, Leaves};
use super::rows;
use crate::data::{Leaf, Quantity, Value, gaps};
use crate::pack::{Field, Kind};

/// What a helper is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// It prints: `{{growth a}}`.
    Print,
    /// It chooses between two texts: `{{#given a}}…{{else}}…{{/given}}`, or is a condition of `#if`.
    Choose,
    /// It opens a scope: `{{#each a}}…{{/each}}`.
    Scope,
}

/// What a helper's argument may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Accept {
    /// Anything in the data.
    Data,
    /// One number of any kind.
    Number,
    /// A number that Chinese numerals can write.
    Numeral,
    /// A rate of change.
    Growth,
    /// A whole number of things.
    Count,
    /// A year.
    Year,
    /// The shares of the three sectors.
    Shares,
    /// Names or sentences.
    List,
    /// A flag, a list, a group, or a helper that chooses.
    Condition,
    /// A list or a table.
    Items,
    /// A group of data.
    Group,
    /// A figure, a name, or a literal to compare with.
    Comparable,
    /// A literal text.
    Literal,
    /// A group of figures, groups of them, or one figure.
    Rows,
}

/// What a helper takes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spec {
    /// The name in templates.
    pub(super) name: &'static str,
    /// What it is for.
    pub(super) form: Form,
    /// The arguments; the last one stands for all that follow where `more` is set.
    pub(super) arguments: &'static [Accept],
    /// Whether further arguments may follow.
    pub(super) more: bool,
    /// The options, each a literal text or flag.
    pub(super) options: &'static [&'static str],
}

const fn spec(
    name: &'static str,
    form: Form,
    arguments: &'static [Accept],
    more: bool,
    options: &'static [&'static str],
) -> Spec {
    Spec { name, form, arguments, more, options }
}

/// Every helper there is.
pub(super) const SPECS: &[Spec] = &[
    spec("growth", Form::Print, &[Accept::Growth], false, &["base", "up", "down", "same"]),
    spec("number", Form::Print, &[Accept::Number], false, &[]),
    spec("numeral", Form::Print, &[Accept::Numeral], false, &["unit"]),
    spec("list", Form::Print, &[Accept::List], false, &["open", "close", "join", "etc"]),
    spec("pattern", Form::Print, &[Accept::Shares], false, &[]),
    spec("occurred", Form::Print, &[Accept::Count, Accept::Literal], false, &["verb"]),
    spec("both", Form::Print, &[Accept::Number, Accept::Number], true, &[]),
    spec("next", Form::Print, &[Accept::Year], false, &[]),
    spec("title", Form::Print, &[Accept::Number], false, &[]),
    spec("unit", Form::Print, &[Accept::Number], false, &[]),
    spec("rows", Form::Print, &[Accept::Rows], true, &["columns"]),
    spec("if", Form::Choose, &[Accept::Condition], false, &[]),
    spec("unless", Form::Choose, &[Accept::Condition], false, &[]),
    spec("given", Form::Choose, &[Accept::Data], true, &[]),
    spec("any", Form::Choose, &[Accept::Data], true, &[]),
    spec("equal", Form::Choose, &[Accept::Comparable, Accept::Comparable], false, &[]),
    spec("rose", Form::Choose, &[Accept::Growth], false, &[]),
    spec("fell", Form::Choose, &[Accept::Growth], false, &[]),
    spec("unchanged", Form::Choose, &[Accept::Growth], false, &[]),
    spec("zero", Form::Choose, &[Accept::Number], false, &[]),
    spec("same_pattern", Form::Choose, &[Accept::Shares, Accept::Shares], false, &[]),
    spec("adds_up", Form::Choose, &[Accept::Shares], false, &[]),
    spec("each", Form::Scope, &[Accept::Items], false, &[]),
    spec("with", Form::Scope, &[Accept::Group], false, &[]),
];

/// Returns what a helper takes.
pub(super) fn find(name: &str) -> Option<&'static Spec> {
    SPECS.iter().find(|spec| spec.name == name)
}

/// A helper that prints.
pub(super) struct Printer {
    /// The data that tokens lead to.
    pub(super) leaves: Arc<Leaves>,
    /// What it prints.
    pub(super) print: Print,
}

/// Prints what a helper is called with.
pub(super) type Print = fn(&Arguments<'_>) -> Result<String, Fault>;

/// Returns the function of a helper that prints.
pub(super) fn printer(name: &str) -> Option<Print> {
    Some(match name {
        "growth" => growth,
        "number" => number,
        "numeral" => numeral,
        "list" => list,
        "pattern" => pattern,
        "occurred" => occurred,
        "both" => both,
        "next" => next,
        "title" => |arguments| said(arguments, |field| &field.title),
        "unit" => |arguments| said(arguments, |field| &field.unit),
        "rows" => rows::rows,
        _ => return None,
    })
}

impl HelperDef for Printer {
    fn call<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        _: &'rc Context,
        _: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        let arguments = Arguments { leaves: &self.leaves, helper };
        // Each column of a row is looked for in all the data.
        let columns = arguments.option("columns").map_or(1, |columns| columns.split_whitespace().count());
        self.leaves.work.go_through(helper.params(), columns.max(1))?;
        out.write(&(self.print)(&arguments)?)?;
        Ok(())
    }
}

/// What a helper is called with.
pub(super) struct Arguments<'a> {
    leaves: &'a Leaves,
    helper: &'a Helper<'a>,
}

impl<'a> Arguments<'a> {
    fn datum(&self, index: usize) -> Result<&'a Datum, Fault> {
        self.helper.param(index).and_then(|param| self.leaves.of(param.value())).ok_or(Fault::NotChecked)
    }

    fn text(&self, index: usize) -> &'a str {
        self.helper.param(index).and_then(|param| param.value().as_str()).unwrap_or_default()
    }

    /// Returns what the arguments are.
    pub(super) fn values(&self) -> impl Iterator<Item = &'a Json> {
        self.helper.params().iter().map(handlebars::PathAndJson::value)
    }

    /// Returns the data that tokens lead to.
    pub(super) fn leaves(&self) -> &'a Leaves {
        self.leaves
    }

    pub(super) fn option(&self, name: &str) -> Option<&'a str> {
        self.helper.hash_get(name).and_then(|param| param.value().as_str())
    }

    fn flag(&self, name: &str) -> bool {
        self.helper.hash_get(name).is_some_and(|param| matches!(param.value(), Json::Bool(true)))
    }

    /// Prints the first argument's one leaf, or says that it is absent.
    fn one(&self, print: impl FnOnce(&Leaf) -> Option<String>) -> Result<String, Fault> {
        match self.datum(0)? {
            Datum::Leaf(leaf) => print(leaf).ok_or(Fault::NotChecked),
            Datum::Absent(path, _) => Ok(absent(path)),
            Datum::List(_) => Err(Fault::NotChecked),
        }
    }
}

/// Prints a datum as the schema has it: what `{{path}}` alone prints.
pub(super) fn datum(leaves: &Leaves, datum: &Datum) -> String {
    match datum {
        Datum::Leaf(leaf) => plain(leaf),
        Datum::List(_) => joined(leaves, datum, "", "", "、", ""),
        Datum::Absent(path, _) => absent(path),
    }
}

pub(super) fn plain(leaf: &Leaf) -> String {
    match &leaf.value {
        Value::Open => open(&leaf.path, &format::value(&Value::Open, &leaf.field)),
        Value::Partly(text) => partly(leaf, text),
        value => marked(&leaf.path, class(leaf.field.kind), &format::value(value, &leaf.field)),
    }
}

/// Marks up a sentence of which something is still to come: that, and what stands around it.
fn partly(leaf: &Leaf, text: &str) -> String {
    let mut marks = String::new();
    let mut end = 0;
    let known = |part: &str| match part {
        "" => String::new(),
        part => marked(&leaf.path, class(leaf.field.kind), part),
    };
    for gap in gaps(text) {
        marks += &known(&text[end..gap.start]);
        marks += &open(&leaf.path, OPEN);
        end = gap.end;
    }
    marks + &known(&text[end..])
}

/// Marks up what stands for a datum that is still to come; a line does not break in it.
pub(super) fn open(paths: &str, text: &str) -> String {
    marked(paths, "figure open", text)
}

/// Marks up a datum that the file does not have.
fn absent(path: &str) -> String {
    format!("<data value=\"{}\" class=\"absent\"/>", escape(path))
}

pub(super) fn marked(paths: &str, class: &str, text: &str) -> String {
    ["<data value=\"", &escape(paths), "\" class=\"", class, "\">", &escape(text), "</data>"].concat()
}

/// Escapes a text as handlebars does; most texts have nothing to escape.
fn escape(text: &str) -> Cow<'_, str> {
    let is_escaped = |byte: u8| matches!(byte, b'<' | b'>' | b'"' | b'&' | b'\'' | b'`' | b'=');
    if text.bytes().any(is_escaped) { handlebars::html_escape(text).into() } else { text.into() }
}

/// Says where a line may break inside the text of a datum.
fn class(kind: Kind) -> &'static str {
    match kind {
        Kind::Name | Kind::Names | Kind::Grade => "name",
        Kind::Person => "person",
        Kind::Text | Kind::Texts => "text",
        _ => "figure",
    }
}

pub(super) fn quantity(leaf: &Leaf) -> Option<&Quantity> {
    match &leaf.value {
        Value::Quantity(quantity) => Some(quantity),
        _ => None,
    }
}

fn growth(arguments: &Arguments<'_>) -> Result<String, Fault> {
    let base = arguments.option("base").unwrap_or_default();
    let word = |name, default| arguments.option(name).unwrap_or(default);
    let [up, down] = [word("up", "增长"), word("down", "下降")].map(|word| format!("{base}{word}"));
    // 比上年末 makes 与上年末持平.
    let since = base.strip_prefix('比').filter(|since| !since.is_empty()).unwrap_or("上年");
    let same = arguments.option("same").map_or_else(|| format!("与{since}持平"), str::to_owned);
    arguments.one(|leaf| {
        if leaf.value == Value::Open {
            let text = format!("{up}{}", format::value(&leaf.value, &leaf.field));
            return Some(based(&leaf.path, "figure open", &text, base));
        }
        let quantity = quantity(leaf)?;
        // Without a number in it a line may break anywhere.
        let class = if quantity.number.is_zero() { "text" } else { "figure" };
        Some(based(&leaf.path, class, &format::growth(quantity, &up, &down, &same), base))
    })
}

/// Marks up a change with what it is from, which a paragraph says once.
fn based(path: &str, class: &str, text: &str, base: &str) -> String {
    if base.is_empty() {
        return marked(path, class, text);
    }
    let open = ["<data value=\"", &escape(path), "\" class=\"", class, "\" base=\""];
    open.concat() + &escape(base) + "\">" + &escape(text) + "</data>"
}

fn number(arguments: &Arguments<'_>) -> Result<String, Fault> {
    arguments.one(|leaf| {
        if leaf.value == Value::Open {
            return Some(open(&leaf.path, OPEN));
        }
        Some(marked(&leaf.path, "figure", &format::bare(quantity(leaf)?, &leaf.field)?))
    })
}

fn numeral(arguments: &Arguments<'_>) -> Result<String, Fault> {
    arguments.one(|leaf| {
        let text = match &leaf.value {
            Value::Quantity(quantity) => format::numeral(quantity, &leaf.field, arguments.flag("unit"))?,
            Value::Open => {
                let unit = if arguments.flag("unit") { leaf.field.unit.as_str() } else { "" };
                return Some(open(&leaf.path, &format!("{OPEN}{unit}")));
            }
            value => format::value(value, &leaf.field),
        };
        Some(marked(&leaf.path, "figure", &text))
    })
}

fn pattern(arguments: &Arguments<'_>) -> Result<String, Fault> {
    arguments.one(|leaf| match &leaf.value {
        Value::Shares(shares) => Some(marked(&leaf.path, "figure", &format::pattern(shares))),
        Value::Open => Some(open(&leaf.path, OPEN)),
        _ => None,
    })
}

/// Prints what the schema says of a figure.
fn said(arguments: &Arguments<'_>, of: fn(&Field) -> &str) -> Result<String, Fault> {
    arguments.one(|leaf| Some(handlebars::html_escape(of(&leaf.field))))
}

fn occurred(arguments: &Arguments<'_>) -> Result<String, Fault> {
    let what = handlebars::html_escape(arguments.text(1));
    let verb = arguments.option("verb").unwrap_or("发生");
    arguments.one(|leaf| {
        let is_zero = leaf.value != Value::Open && quantity(leaf)?.number.is_zero();
        Some(if is_zero {
            format!("{}{what}", marked(&leaf.path, "text", &format!("未{verb}")))
        } else {
            format!("{}{what}{}", handlebars::html_escape(verb), plain(leaf))
        })
    })
}

fn next(arguments: &Arguments<'_>) -> Result<String, Fault> {
    arguments.one(|leaf| {
        if leaf.value == Value::Open {
            return Some(plain(leaf));
        }
        let mut next = quantity(leaf)?.clone();
        next.number = next.number.checked_add(rust_decimal::Decimal::ONE)?;
        Some(marked(&leaf.path, "figure", &format::number(&next, &next.unit)))
    })
}

fn both(arguments: &Arguments<'_>) -> Result<String, Fault> {
    let mut leaves = Vec::new();
    for index in 0..arguments.helper.params().len() {
        match arguments.datum(index)? {
            Datum::Leaf(leaf) => leaves.push(leaf),
            Datum::Absent(path, _) => return Ok(absent(path)),
            Datum::List(_) => return Err(Fault::NotChecked),
        }
    }
    let paths = leaves.iter().map(|leaf| leaf.path.as_str()).collect::<Vec<_>>().join(" ");
    if let Some(leaf) = leaves.iter().find(|leaf| leaf.value == Value::Open) {
        return Ok(format!("各{}", open(&paths, &format::value(&leaf.value, &leaf.field))));
    }
    let first = leaves.first().ok_or(Fault::NotChecked)?;
    if leaves.iter().any(|leaf| leaf.value != first.value) {
        let figures: Vec<_> = leaves
            .iter()
            .map(|leaf| format!("{} {}", leaf.path, format::value(&leaf.value, &leaf.field)))
            .collect();
        return Err(Fault::Unequal(figures.join(", ")));
    }
    let text = format::value(&first.value, &first.field);
    Ok(format!("各{}", marked(&paths, class(first.field.kind), &text)))
}

fn list(arguments: &Arguments<'_>) -> Result<String, Fault> {
    let option = |name, default| arguments.option(name).unwrap_or(default);
    let (open, close) = (option("open", ""), option("close", ""));
    Ok(joined(arguments.leaves, arguments.datum(0)?, open, close, option("join", "、"), option("etc", "")))
}

fn joined(leaves: &Leaves, datum: &Datum, open: &str, close: &str, join: &str, etc: &str) -> String {
    if let Datum::Absent(path, _) = datum {
        return absent(path);
    }
    let [open, close, join, etc] = [open, close, join, etc].map(handlebars::html_escape);
    let items: Vec<_> =
        leaves.leaves_of(datum).iter().map(|leaf| format!("{open}{}{close}", plain(leaf))).collect();
    items.join(&join) + &etc
}

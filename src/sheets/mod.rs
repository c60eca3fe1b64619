//! Gathers the checking sheets (核稿表): for each source department every figure of the data, as the report
//! prints it and as the file gives it, last year's value, and where in the report it stands.
//!
//! What is gathered here is set as a [`Document`](crate::document::Document) by [`form`], to be printed and
//! signed, or as a [`Workbook`](crate::workbook::Workbook) by [`table`].

mod change;
mod form;
mod table;

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;

pub use self::form::{document, style};
pub use self::table::workbook;
use crate::data::{Leaf, Record, Value};
use crate::document::Document;
use crate::fill::{self, Templates};
use crate::pack::{Kind, Schema};
use crate::trace::{Printed, Trace};

/// The checking sheets of a report.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheets {
    /// The report's title.
    pub title: String,
    /// The report's language as a BCP 47 tag.
    pub language: String,
    /// The report's own date (`2026-01-05`), if it has one.
    pub date: Option<String>,
    /// Who issues the report; empty when nobody signs.
    pub author: String,
    /// The departments in the schema's order.
    pub departments: Vec<Department>,
}

/// What one department answers for.
#[derive(Clone, Debug, PartialEq)]
pub struct Department {
    /// The department (`x-source`).
    pub name: String,
    /// Its data: those printed in the report's order, then those printed nowhere in the file's.
    pub items: Vec<Item>,
}

/// A datum to be checked.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// Its path in the data.
    pub path: String,
    /// What it is called; an item of several has its number behind it.
    pub title: String,
    /// What kind of value it is.
    pub kind: Kind,
    /// The ways in which the report prints it; none when it is printed nowhere.
    pub printed: Vec<String>,
    /// The value as it stands in the file, a text without its quotes.
    pub given: String,
    /// Last year's value.
    pub previous: Option<String>,
    /// By how much it differs from last year's.
    pub change: Option<String>,
    /// Where it is printed, in the report's order.
    pub places: Vec<Place>,
    /// The sentences that print it, each once, in the report's order.
    pub sentences: Vec<String>,
    /// Whether it decides how the report is worded.
    pub steers: bool,
}

/// A place in the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The page's number.
    pub page: usize,
    /// The line of the type area, from 1.
    pub line: usize,
}

impl Sheets {
    /// Gathers the sheets of a report that was laid out.
    ///
    /// Last year's value of a figure stands beside it rather than in a row of its own, unless it is printed.
    pub fn gather(
        record: &Record,
        document: &Document,
        trace: &Trace,
        schema: &Schema,
        templates: &Templates,
    ) -> Self {
        let mut sentences: HashMap<String, Vec<String>> = HashMap::new();
        for sentence in document.sentences() {
            for path in sentence.paths {
                let known = sentences.entry(path).or_default();
                if !known.contains(&sentence.text) {
                    known.push(sentence.text.clone());
                }
            }
        }
        let mut printed: Vec<Vec<&Printed>> = vec![Vec::new(); trace.data.len()];
        for figure in &trace.figures {
            for datum in &figure.data {
                printed[*datum].push(figure);
            }
        }
        let mut departments: Vec<Department> = Vec::new();
        for field in schema.fields() {
            if !departments.iter().any(|department| department.name == field.department) {
                departments.push(Department { name: field.department.clone(), items: Vec::new() });
            }
        }
        for (leaf, printed) in trace.data.iter().zip(printed) {
            let level = leaf.field.bearing.previous_of.as_ref().and_then(|level| record.get(level));
            if level.is_some() && printed.is_empty() {
                continue;
            }
            let owner = departments.iter_mut().find(|department| department.name == leaf.field.department);
            if let Some(department) = owner {
                let mut item = item(record, trace, leaf, &printed);
                item.sentences = sentences.remove(&leaf.path).unwrap_or_default();
                item.steers = templates.steers(&leaf.field);
                department.items.push(item);
            }
        }
        departments.retain(|department| !department.items.is_empty());
        for department in &mut departments {
            department.items.sort_by_key(|item| (item.places.is_empty(), item.places.first().copied()));
        }
        Self {
            title: document.title.clone(),
            language: document.language.clone(),
            date: document.date.clone(),
            author: document.author.clone(),
            departments,
        }
    }
}

fn item(record: &Record, trace: &Trace, leaf: &Leaf, printed: &[&Printed]) -> Item {
    let mut texts: Vec<String> = Vec::new();
    let mut places: Vec<Place> = Vec::new();
    for printed in printed {
        if !texts.contains(&printed.text) {
            texts.push(printed.text.clone());
        }
        let place = printed.places.first().map(|place| Place { page: place.page, line: place.line });
        if place != places.last().copied() {
            places.extend(place);
        }
    }
    let before = record.previous(&leaf.path);
    let now = match &leaf.value {
        Value::Quantity(quantity) => Some(quantity),
        _ => None,
    };
    Item {
        path: leaf.path.clone(),
        title: title(trace, leaf),
        kind: leaf.field.kind,
        printed: texts,
        given: if record.is_derived(&leaf.path) {
            DERIVED.to_owned()
        } else {
            given(trace.given(leaf).unwrap_or_default())
        },
        previous: before.map(|before| fill::print(&Value::Quantity(before.clone()), &leaf.field)),
        change: now.zip(before).and_then(|(now, before)| change::between(now, before, leaf.field.kind)),
        places,
        sentences: Vec::new(),
        steers: false,
    }
}

/// Names a datum; an item of several has its number: 建成投产项目（2）.
fn title(trace: &Trace, leaf: &Leaf) -> String {
    let mut title = leaf.field.title.clone();
    for (at, _) in leaf.path.match_indices('[') {
        let number = leaf.path[at + 1..].split(']').next().and_then(|digits| digits.parse::<usize>().ok());
        let Some(number) = number else { continue };
        let second = format!("{}[1]", &leaf.path[..at]);
        let is_alone = number == 0 && !trace.data.iter().any(|leaf| leaf.path.starts_with(&second));
        if !is_alone {
            // Writing to a string does not fail.
            let _ = write!(title, "（{}）", number + 1);
        }
    }
    title
}

/// Returns a value as it stands in the file, on one line; a text without its quotes.
fn given(raw: &str) -> String {
    let text = serde_json::from_str::<String>(raw).unwrap_or_else(|_| raw.to_owned());
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl Item {
    /// Returns what the report prints of it, or that it does not.
    fn shown(&self) -> String {
        match (self.printed.is_empty(), self.steers) {
            (true, true) => STEERS.to_owned(),
            (true, false) => NOT_PRINTED.to_owned(),
            (false, _) => self.printed.join("、"),
        }
    }

    /// Tells whether the report has no use for it.
    fn is_idle(&self) -> bool {
        self.printed.is_empty() && !self.steers
    }

    /// Returns the sentences that print it, the first few of many.
    fn said(&self) -> String {
        let count = self.sentences.len();
        let first = self.sentences[..count.min(MOST_SENTENCES)].join("　");
        if count > MOST_SENTENCES { format!("{first}　……（共{count}处）") } else { first }
    }

    /// Returns where it is printed: 1页3、5行，2页1行.
    fn whereabouts(&self) -> String {
        let mut pages: BTreeMap<usize, Vec<String>> = BTreeMap::new();
        for place in &self.places {
            pages.entry(place.page).or_default().push(place.line.to_string());
        }
        let pages = pages.iter().map(|(page, lines)| format!("{page}页{}行", lines.join("、")));
        pages.collect::<Vec<_>>().join("，")
    }

    /// Tells whether it is a sentence.
    fn is_prose(&self) -> bool {
        matches!(self.kind, Kind::Text | Kind::Texts)
    }
}

/// The most sentences that are shown of a datum.
const MOST_SENTENCES: usize = 3;
/// What stands in the place of the print of what decides how others are worded.
const STEERS: &str = "决定怎么写";
/// What stands in the place of a print that there is not.
const NOT_PRINTED: &str = "未印出";
/// What stands in the place of a value that the file does not give, because it was reckoned from two that it does.
const DERIVED: &str = "程序推算";
/// What the sheets are called.
const NAME: &str = "核稿表";

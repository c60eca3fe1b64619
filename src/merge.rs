//! Puts the data files of several departments together into one: the parts of a city's figures in, its data file out.
//!
//! A figure has one value. Where two files give it, they must agree (`8500万元` is 0.85亿元); where one leaves it open, or
//! a whole group, table or list of it, the other's counts, and of shares each one for itself. Sentences and rows of tables
//! are joined in the files' order, a row that two files have by its name. What is written is what was typed, in the
//! schema's order, `_note` keys included.

use std::fmt::Write as _;
use std::sync::Arc;

use crate::data::{self, Node, Purpose, Record, Source, Value};
use crate::diag::catalogue::data::TWO_VALUES;
use crate::diag::{Diagnostic, Origin};
use crate::json::{self, Json, JsonValue, join};
use crate::pack::{Field, Kind, Schema};

/// A department's data file, read as a draft.
#[derive(Clone, Copy, Debug)]
pub struct Part<'a> {
    /// What it says.
    pub record: &'a Record,
    /// The schema that it was read with, which may have fields of the department's own.
    pub schema: &'a Schema,
}

/// A data file that was put together, and what is known of it.
#[derive(Clone, Debug)]
pub struct Merged {
    /// The file, in JSON.
    pub text: String,
    /// What nobody gave, in the schema's order.
    pub absent: Vec<Absent>,
    /// What the schema has no place for, by file and path: the departments' own.
    pub left_out: Vec<(String, String)>,
    /// What was noticed of the whole, none of it an error.
    pub warnings: Vec<Diagnostic>,
}

/// A field that has no value.
#[derive(Clone, Debug)]
pub struct Absent {
    /// Which it is.
    pub field: Arc<Field>,
    /// The first of the files that give it as still to come (`"XX"`), if any does.
    pub open_in: Option<String>,
}

/// Puts the parts together for a pack of a name; `file` is what messages call the whole.
///
/// Fails with every figure to which two files give different values, and with what is wrong with the whole.
pub fn merge(parts: &[Part<'_>], schema: &Schema, pack: &str, file: &str) -> Result<Merged, Vec<Diagnostic>> {
    let trees: Vec<Json<'_>> =
        parts.iter().map(|part| json::parse(&part.record.source)).collect::<Result<_, _>>()?;
    let mut merger = Merger { parts, schema, conflicts: Vec::new(), left_out: Vec::new() };
    let mut whole = Piece::Group(Vec::new());
    for (part, tree) in trees.iter().enumerate() {
        if let Some(piece) = merger.take(part, tree, "") {
            merger.join(&mut whole, piece, "");
        }
    }
    let Merger { conflicts, left_out, .. } = merger;
    if !conflicts.is_empty() {
        return Err(conflicts);
    }
    let name = serde_json::Value::from(pack).to_string();
    let mut text = format!("{{\n  \"pack\": {name}");
    let mut writer = Writer { parts, schema, text: &mut text };
    writer.members(&whole, "", 1);
    text.push_str("\n}\n");

    let record = data::load_for(Purpose::Draft, &Source::new(file, text.as_str()), schema)?;
    let absent = absent(&record, &whole, parts, schema);
    Ok(Merged { text, absent, left_out, warnings: record.warnings })
}

/// Something of the data and where it came from.
enum Piece<'a> {
    /// Members by their names, in the order in which they came.
    Group(Vec<(String, Piece<'a>)>),
    /// Sentences, or rows of a table.
    List(Vec<Piece<'a>>),
    /// A value; of remarks, as many as there are.
    Values(Vec<Given<'a>>),
    /// Shares that come of several files, of which each leaves some open.
    Shares(Vec<Given<'a>>),
}

/// How much of a value is still to come.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Openness {
    Given,
    /// Some shares, some names, some words of a sentence.
    Partly,
    Open,
}

/// A value as a file gives it.
#[derive(Clone)]
struct Given<'a> {
    part: usize,
    json: &'a Json<'a>,
    /// Where in that file.
    path: String,
}

impl<'a> Piece<'a> {
    fn member(&self, name: &str) -> Option<&Piece<'a>> {
        match self {
            Self::Group(members) => members.iter().find(|(known, _)| known == name).map(|(_, piece)| piece),
            _ => None,
        }
    }
}

struct Merger<'a> {
    parts: &'a [Part<'a>],
    schema: &'a Schema,
    conflicts: Vec<Diagnostic>,
    left_out: Vec<(String, String)>,
}

impl<'a> Merger<'a> {
    /// Takes what stands at a path of a file, if the schema has a place for it.
    fn take(&mut self, part: usize, json: &'a Json<'a>, path: &str) -> Option<Piece<'a>> {
        let form = Schema::form(path);
        let value = || Piece::Values(vec![Given { part, json, path: path.to_owned() }]);
        let name = path.rsplit('.').next().unwrap_or(path);
        if name.starts_with("_note") {
            return Some(value());
        }
        match &json.value {
            JsonValue::Object(members) if self.schema.is_object(&form) => {
                let members = members.iter().filter(|member| {
                    // The whole has a schema and a pack of its own.
                    !(path.is_empty() && matches!(&*member.name, "$schema" | "pack"))
                });
                let mut group = Vec::new();
                for member in members {
                    let path = join(path, &member.name);
                    if let Some(piece) = self.take(part, &member.value, &path) {
                        group.push((member.name.to_string(), piece));
                    }
                }
                Some(Piece::Group(group))
            }
            JsonValue::Array(items) if self.is_joined(&form) => {
                let items = items.iter().enumerate();
                Some(Piece::List(
                    items
                        .filter_map(|(index, item)| self.take(part, item, &format!("{path}[{index}]")))
                        .collect(),
                ))
            }
            _ if self.schema.field(&form).is_some() || self.schema.is_object(&form) => Some(value()),
            _ => {
                self.left_out.push((self.parts[part].record.source.name().to_owned(), path.to_owned()));
                None
            }
        }
    }

    /// Tells whether what several files give at a path is joined, rather than held against one another.
    fn is_joined(&self, form: &str) -> bool {
        self.schema.field(form).is_some_and(|field| matches!(field.kind, Kind::Table | Kind::Texts))
    }

    /// Adds a piece to what is there already.
    fn join(&mut self, whole: &mut Piece<'a>, piece: Piece<'a>, form: &str) {
        match (whole, piece) {
            (Piece::Group(members), Piece::Group(more)) => {
                for (name, piece) in more {
                    match members.iter_mut().find(|(known, _)| *known == name) {
                        Some((_, there)) => self.join(there, piece, &join(form, &name)),
                        None => members.push((name, piece)),
                    }
                }
            }
            (Piece::List(items), Piece::List(more)) => {
                let form = format!("{form}[]");
                for item in more {
                    match items.iter_mut().find(|there| self.is_one(there, &item, &form)) {
                        Some(there) => self.join(there, item, &form),
                        None => items.push(item),
                    }
                }
            }
            (Piece::Values(remarks), Piece::Values(more))
                if form.rsplit('.').next().is_some_and(|name| name.starts_with("_note")) =>
            {
                for remark in more {
                    if !remarks.iter().any(|there| there.json.value == remark.json.value) {
                        remarks.push(remark);
                    }
                }
            }
            (there, piece) => self.choose(there, piece, form),
        }
    }

    /// Chooses between two values: what is given before what is open, of two that are given the one that they agree on.
    fn choose(&mut self, there: &mut Piece<'a>, piece: Piece<'a>, form: &str) {
        let opennesses = (self.openness(there), self.openness(&piece));
        match opennesses {
            (_, Openness::Open) => {}
            (Openness::Open, _) => *there = piece,
            _ if opennesses != (Openness::Given, Openness::Given)
                && self.schema.field(form).is_some_and(|field| field.kind == Kind::Shares) =>
            {
                self.join_shares(there, &piece);
            }
            (Openness::Partly, Openness::Given) if covers(&piece, there) => *there = piece,
            (Openness::Given, Openness::Partly) if covers(there, &piece) => {}
            _ => {
                if let (Piece::Values(first), Piece::Values(second)) = (&*there, &piece)
                    && let ([first], [second]) = (&first[..], &second[..])
                    && !self.agree(first, second)
                {
                    self.conflicts.push(self.conflict(first, second));
                }
            }
        }
    }

    /// Joins shares of which some are open, each for itself.
    fn join_shares(&mut self, there: &mut Piece<'a>, piece: &Piece<'a>) {
        let mut joined = shares(there);
        for (index, second) in shares(piece).into_iter().enumerate() {
            match joined.get_mut(index) {
                // Too many of them: the whole's check tells it.
                None => joined.push(second),
                Some(_) if data::is_open(second.json) => {}
                Some(first) if data::is_open(first.json) => *first = second,
                Some(first) => {
                    let is_same = match (data::share(first.json), data::share(second.json)) {
                        (Ok(first), Ok(second)) => first == second,
                        _ => first.json.to_document() == second.json.to_document(),
                    };
                    if !is_same {
                        self.conflicts.push(self.conflict(first, &second));
                    }
                }
            }
        }
        *there = Piece::Shares(joined);
    }

    /// Tells whether two items of a list are one: the same sentence, or rows of one name.
    fn is_one(&self, first: &Piece<'_>, second: &Piece<'_>, form: &str) -> bool {
        let text = |piece: &Piece<'_>| match piece {
            Piece::Values(values) => values.first().and_then(|given| given.json.as_str().map(str::to_owned)),
            _ => None,
        };
        match (first, second) {
            (Piece::Values(_), Piece::Values(_)) => text(first).is_some() && text(first) == text(second),
            (Piece::Group(_), Piece::Group(_)) => {
                let is_name = |name: &&String| {
                    let field = self.schema.field(&join(form, name));
                    field.is_some_and(|field| matches!(field.kind, Kind::Name | Kind::Person))
                };
                let name = self.schema.children(form).iter().find(is_name);
                // Names that are still to come are not one name.
                let name_of = |row: &Piece<'_>| {
                    let name = row.member(name?)?;
                    text(name).filter(|_| self.openness(name) == Openness::Given)
                };
                name_of(first).is_some() && name_of(first) == name_of(second)
            }
            _ => false,
        }
    }

    fn node(&self, given: &Given<'_>) -> Option<&'a Node> {
        self.parts[given.part].record.get(&given.path)
    }

    fn openness(&self, piece: &Piece<'_>) -> Openness {
        let is_partly = |given: &Given<'_>| match self.node(given) {
            Some(Node::Leaf(leaf)) => matches!(leaf.value, Value::Partly(_)),
            _ => false,
        };
        match piece {
            Piece::Group(_) | Piece::List(_) => Openness::Given,
            Piece::Shares(shares) => openness(shares.iter().map(|share| share.json)),
            Piece::Values(values) => match &values[..] {
                [given] if data::is_open(given.json) => Openness::Open,
                [given] if is_partly(given) => Openness::Partly,
                [Given { json: Json { value: JsonValue::Array(items), .. }, .. }] => openness(items.iter()),
                _ => Openness::Given,
            },
        }
    }

    /// Tells whether two files mean the same: as figures, else as they are typed.
    fn agree(&self, first: &Given<'_>, second: &Given<'_>) -> bool {
        let measure = |given: &Given<'_>| self.parts[given.part].record.measure(&given.path);
        if let (Some(first), Some(second)) = (measure(first), measure(second)) {
            return first.number == second.number && first.approximation == second.approximation;
        }
        match (self.node(first), self.node(second)) {
            (Some(first), Some(second)) => same(first, second),
            _ => first.json.to_document() == second.json.to_document(),
        }
    }

    fn conflict(&self, first: &Given<'_>, second: &Given<'_>) -> Diagnostic {
        let source = |given: &Given<'_>| &self.parts[given.part].record.source;
        let typed = |given: &Given<'_>| source(given).text()[given.json.span.clone()].to_owned();
        // A share has the title of the three.
        let form = Schema::form(&second.path);
        let form = form.trim_end_matches("[]");
        let department = self.schema.field(form).map(|field| field.department.as_str()).unwrap_or_default();
        let origin = Origin::new(source(second), second.json.span.clone());
        Diagnostic::new(&TWO_VALUES)
            .with("found", typed(second))
            .with("other", typed(first))
            .with("file", source(first).name())
            .with("line", source(first).position(first.json.span.start).line)
            .with("department", department)
            .at(origin.field(&second.path, self.schema.title(form)))
    }
}

/// Tells how much of a list is open.
fn openness<'a>(items: impl Iterator<Item = &'a Json<'a>>) -> Openness {
    let (mut open, mut given) = (0, 0);
    for item in items {
        *(if data::is_open(item) { &mut open } else { &mut given }) += 1;
    }
    match (open, given) {
        (0, _) => Openness::Given,
        (_, 0) => Openness::Open,
        _ => Openness::Partly,
    }
}

/// Returns shares one by one.
fn shares<'a>(piece: &Piece<'a>) -> Vec<Given<'a>> {
    match piece {
        Piece::Shares(shares) => shares.clone(),
        Piece::Values(values) => match &values[..] {
            [Given { part, json: Json { value: JsonValue::Array(items), .. }, path }] => {
                let items = items.iter().enumerate();
                items
                    .map(|(index, json)| Given { part: *part, json, path: format!("{path}[{index}]") })
                    .collect()
            }
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

/// Tells whether what is given has all that is not open of another value: of a sentence it is the whole that counts.
fn covers(given: &Piece<'_>, partly: &Piece<'_>) -> bool {
    let (Piece::Values(given), Piece::Values(partly)) = (given, partly) else { return true };
    let item = |item: &Json<'_>| (data::is_open(item), item.as_str().map(|name| name.trim().to_owned()));
    let items = |values: &[Given<'_>]| match values {
        [Given { json: Json { value: JsonValue::Array(items), .. }, .. }] => {
            Some(items.iter().map(item).collect::<Vec<_>>())
        }
        _ => None,
    };
    let (Some(given), Some(partly)) = (items(given), items(partly)) else { return true };
    given.len() >= partly.len() && partly.iter().all(|item| item.0 || given.contains(item))
}

/// Tells whether two checked values are the same, wherever they stand.
fn same(first: &Node, second: &Node) -> bool {
    match (first, second) {
        (Node::Leaf(first), Node::Leaf(second)) => match (&first.value, &second.value) {
            (Value::Text(first), Value::Text(second)) => first.trim() == second.trim(),
            (first, second) => first == second,
        },
        (Node::Array(first), Node::Array(second)) => {
            first.len() == second.len() && first.iter().zip(second).all(|(first, second)| same(first, second))
        }
        _ => false,
    }
}

/// Lists the fields that have no value in the whole.
fn absent(record: &Record, whole: &Piece<'_>, parts: &[Part<'_>], schema: &Schema) -> Vec<Absent> {
    let fields = schema.fields().iter().filter(|field| !field.path.contains("[]"));
    let lacking = fields.filter(|field| record.get(&field.path).is_none_or(Node::is_open));
    lacking
        .map(|field| {
            let piece = field.path.split('.').try_fold(whole, |piece, name| piece.member(name));
            let open_in = match piece {
                Some(Piece::Values(values)) => values.first().map(|given| given.part),
                Some(Piece::Shares(shares)) => {
                    shares.iter().find(|share| data::is_open(share.json)).map(|share| share.part)
                }
                _ => None,
            };
            let open_in = open_in.map(|part| parts[part].record.source.name().to_owned());
            Absent { field: Arc::clone(field), open_in }
        })
        .collect()
}

/// Writes the whole as JSON, each value as it was typed.
struct Writer<'a> {
    parts: &'a [Part<'a>],
    schema: &'a Schema,
    text: &'a mut String,
}

impl Writer<'_> {
    /// Writes the members of a group behind what is there: its remarks, then its fields in the schema's order.
    fn members(&mut self, group: &Piece<'_>, form: &str, depth: usize) {
        let Piece::Group(members) = group else { return };
        let order = self.schema.children(form);
        let place = |name: &str| order.iter().position(|known| known == name);
        let mut members: Vec<_> = members.iter().filter(|(_, piece)| !is_empty(piece)).collect();
        members.sort_by_key(|(name, _)| place(name).map_or(0, |place| place + 1));
        for (name, piece) in members {
            let is_first = self.text.ends_with('{');
            self.text.push_str(if is_first { "\n" } else { ",\n" });
            // Writing to a string does not fail, here and below.
            let _ = write!(self.text, "{}{}: ", "  ".repeat(depth), serde_json::Value::from(name.as_str()));
            self.piece(piece, &join(form, name), depth);
        }
    }

    fn piece(&mut self, piece: &Piece<'_>, form: &str, depth: usize) {
        match piece {
            Piece::Group(_) => {
                self.text.push('{');
                self.members(piece, form, depth + 1);
                let _ = write!(self.text, "\n{}}}", "  ".repeat(depth));
            }
            Piece::List(items) => {
                let form = format!("{form}[]");
                for (index, item) in items.iter().enumerate() {
                    let _ = write!(
                        self.text,
                        "{}\n{}",
                        if index == 0 { "[" } else { "," },
                        "  ".repeat(depth + 1)
                    );
                    self.piece(item, &form, depth + 1);
                }
                let _ = write!(self.text, "\n{}]", "  ".repeat(depth));
            }
            Piece::Values(values) | Piece::Shares(values) => match &values[..] {
                [given] => self.value(given),
                remarks => {
                    for (index, remark) in remarks.iter().enumerate() {
                        self.text.push_str(if index == 0 { "[" } else { ", " });
                        self.value(remark);
                    }
                    self.text.push(']');
                }
            },
        }
    }

    /// Writes a value as it was typed; with its unit, should the whole's schema have another one for a bare number.
    fn value(&mut self, given: &Given<'_>) {
        let part = &self.parts[given.part];
        let form = Schema::form(&given.path);
        let unit =
            |schema: &'_ Schema| schema.field(&form).map(|field| field.unit.clone()).unwrap_or_default();
        let (own, whole) = (unit(part.schema), unit(self.schema));
        match &given.json.value {
            JsonValue::Number(digits) if own != whole && !own.is_empty() => {
                let _ = write!(self.text, "\"{digits}{own}\"");
            }
            // Comments and commas at the end, which a data file may have, are left behind.
            _ => self.text.push_str(&given.json.to_document().to_string()),
        }
    }
}

fn is_empty(piece: &Piece<'_>) -> bool {
    match piece {
        Piece::Group(members) => members.iter().all(|(_, piece)| is_empty(piece)),
        Piece::List(items) => items.is_empty(),
        Piece::Values(_) | Piece::Shares(_) => false,
    }
}

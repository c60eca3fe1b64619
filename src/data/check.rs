//! Walks a file's tree beside the schema: builds the record, and says what is unknown, missing, open or wrong.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::ops::Range;
use std::sync::Arc;

use serde_json::Value as Document;

use super::facts::Facts;
use super::number::{excerpt, literal};
use super::open::has_open_share;
use super::quantity::{self, Made};
use super::record::Figures;
use super::{
    Approximation, Leaf, Measure, Node, Previous, Purpose, Value, date, derive, mend, relations, rewrite,
    rules, series, trend, value, wording,
};
use crate::diag::catalogue::data::{LISTED_TWICE, MISSING, NOT_OBJECT, OPEN_VALUE, WRONG_TYPE};
use crate::diag::catalogue::wording::{EMPTY_ROW, ZERO_LEFT_OUT};
use crate::diag::{Diagnostic, Origin, Severity, SourceText, Text};
use crate::json::{Json, JsonValue, Member, join};
use crate::pack::{Field, Kind, Schema};

/// A file's data and all that was found.
pub(super) struct Checked {
    pub(super) root: Node,
    pub(super) found: Vec<Diagnostic>,
    pub(super) figures: Figures,
}

/// Checks a whole file, with last year's beside it if there is one. What is told of names that the file gives twice is
/// told with the rest; their values are not known, so they are held against nothing.
pub(super) fn check(
    source: &Arc<SourceText>,
    (tree, twice): (&Json<'_>, Vec<Diagnostic>),
    schema: &Schema,
    purpose: Purpose,
    previous: Option<&Previous>,
) -> Checked {
    let mut check = Check::new(source, schema, purpose);
    check.failed = twice.iter().filter_map(|twice| twice.origin.as_ref()?.path.clone()).collect();
    check.found = twice;
    let Some((mut root, document)) = check.whole(tree) else {
        return Checked { root: Node::Object(Vec::new()), found: check.found, figures: Figures::default() };
    };
    let found = rules::check(&check, tree, &document);
    let out_of_range = found.iter().filter_map(|found| found.origin.as_ref()?.path.clone());
    check.failed.extend(out_of_range);
    check.found.extend(found);

    let comparable = previous.filter(|previous| previous.is_comparable(&root));
    let mut facts = Facts::new(&check, &root, comparable);
    let derived = derive::derive(&facts, &check.awaited);
    let mut found = trend::check(&facts, comparable);
    for (leaf, measure) in &derived.leaves {
        facts.add(leaf, *measure);
    }
    let broken = relations::check(&facts, &trend::doubted(&found));
    found.extend(broken);
    found.extend(series::check(&facts));
    let previous_figures = facts.previous;
    check.found.extend(derived.found.into_iter().chain(found));
    check.found.extend(previous.map(|previous| previous.notices(&root)).unwrap_or_default());
    let mut figures =
        Figures { measures: check.measures, previous: previous_figures, derived: BTreeSet::new() };
    for (leaf, measure) in derived.leaves {
        figures.measures.insert(leaf.path.clone(), measure);
        figures.derived.insert(leaf.path.clone());
        root.insert(leaf);
    }
    Checked { root, found: check.found, figures }
}

/// Reads a file's values without holding them against each other.
pub(super) fn walk(source: &Arc<SourceText>, tree: &Json<'_>, schema: &Schema) -> Walked {
    let mut check = Check::new(source, schema, Purpose::Final);
    let root = check.whole(tree).map_or_else(|| Node::Object(Vec::new()), |(root, _)| root);
    Walked { root, found: check.found, measures: check.measures }
}

/// A file's values that were read, and what was wrong with the others.
pub(super) struct Walked {
    pub(super) root: Node,
    pub(super) found: Vec<Diagnostic>,
    pub(super) measures: BTreeMap<String, Measure>,
}

pub(super) struct Check<'a> {
    pub(super) source: &'a Arc<SourceText>,
    pub(super) schema: &'a Schema,
    pub(super) purpose: Purpose,
    pub(super) found: Vec<Diagnostic>,
    /// The paths that a fault was told of.
    pub(super) failed: HashSet<String>,
    /// Each figure in its field's unit, by its path.
    pub(super) measures: BTreeMap<String, Measure>,
    /// The rates of growth that are missing, unless they can be reckoned: their paths, and what to say then.
    awaited: Vec<(String, Diagnostic)>,
}

/// Where a value stands.
pub(super) struct Place {
    /// In the data: `a.b[0].c`.
    pub(super) path: String,
    /// In the schema's form: `a.b[].c`.
    pub(super) form: String,
    /// The bytes that stand for the whole of it: its key, or its opening bracket.
    mark: Range<usize>,
}

impl Place {
    fn root(tree: &Json<'_>) -> Self {
        Self { path: String::new(), form: String::new(), mark: mark(tree) }
    }

    fn member(&self, member: &Member<'_>) -> Self {
        Self {
            path: join(&self.path, &member.name),
            form: join(&self.form, &member.name),
            mark: member.name_span.clone(),
        }
    }

    fn item(&self, index: usize, item: &Json<'_>) -> Self {
        Self { path: format!("{}[{index}]", self.path), form: format!("{}[]", self.form), mark: mark(item) }
    }
}

/// Returns the bytes to point at: of brackets the opening one alone.
pub(super) fn mark(json: &Json<'_>) -> Range<usize> {
    match json.value {
        JsonValue::Array(_) | JsonValue::Object(_) => json.span.start..json.span.start + 1,
        _ => json.span.clone(),
    }
}

impl<'a> Check<'a> {
    fn new(source: &'a Arc<SourceText>, schema: &'a Schema, purpose: Purpose) -> Self {
        Self {
            source,
            schema,
            purpose,
            found: Vec::new(),
            failed: HashSet::new(),
            measures: BTreeMap::new(),
            awaited: Vec::new(),
        }
    }

    /// Reads the whole file; nothing when it is no object.
    fn whole(&mut self, tree: &Json<'_>) -> Option<(Node, Document)> {
        let JsonValue::Object(members) = &tree.value else {
            let fault = Diagnostic::new(&NOT_OBJECT).with("found", value::found(tree));
            self.found.push(fault.at(Origin::new(self.source, mark(tree))));
            return None;
        };
        Some(self.object(members, &Place::root(tree)))
    }

    /// Reads an object. The document is what the schema's standard keywords are checked against: notes and
    /// unknown members are left out, and what failed is null.
    fn object(&mut self, members: &[Member<'_>], place: &Place) -> (Node, Document) {
        let mut nodes = Vec::with_capacity(members.len());
        let mut document = serde_json::Map::with_capacity(members.len());
        let mut unknown = Vec::new();
        for member in members {
            let name = &*member.name;
            if name.starts_with("_note") {
                continue;
            }
            let inner = place.member(member);
            if place.path.is_empty() && matches!(name, "$schema" | "pack") {
                if member.value.as_str().is_none() {
                    self.wrong_type(&inner, &Text::both("文字", "a text"), &member.value, None);
                }
                document.insert(name.to_owned(), member.value.to_document());
            } else if !self.schema.children(&place.form).iter().any(|known| known == name) {
                unknown.extend(self.unknown(member, place, &inner));
            } else if let Some(field) = self.schema.field(&inner.form).cloned() {
                let (node, part) = self.field(&member.value, &inner, &field);
                nodes.extend(node.map(|node| (name.to_owned(), node)));
                document.insert(name.to_owned(), part);
            } else {
                let (node, part) = self.group(&member.value, &inner);
                nodes.extend(node.map(|node| (name.to_owned(), node)));
                document.insert(name.to_owned(), part);
            }
        }
        // What a mistyped name stands for is not missing; of a group that is given twice it is not known.
        let is_given = |name: &str| members.iter().any(|member| member.name == name);
        for meant in
            unknown.iter().filter(|meant| meant.split('.').next().is_some_and(|name| !is_given(name)))
        {
            self.failed.insert(join(&place.path, meant));
        }
        let is_twice = self.failed.contains(&place.path);
        let absent = |name: &&String| !is_twice && !is_given(name);
        for name in self.schema.children(&place.form).iter().filter(absent) {
            self.missing(&join(&place.path, name), &join(&place.form, name), &place.mark);
        }
        (Node::Object(nodes), Document::Object(document))
    }

    /// Reads a member that groups others.
    fn group(&mut self, json: &Json<'_>, place: &Place) -> (Option<Node>, Document) {
        match &json.value {
            JsonValue::Object(members) => {
                let (node, document) = self.object(members, place);
                return (Some(node), document);
            }
            _ if is_open(json) => self.open(json, place, None),
            _ => self.wrong_type(
                place,
                &Text::both("一组数据（对象）", "a group of data, an object"),
                json,
                None,
            ),
        }
        (None, Document::Null)
    }

    fn field(&mut self, json: &Json<'_>, place: &Place, field: &Arc<Field>) -> (Option<Node>, Document) {
        let is_draft = self.purpose == Purpose::Draft;
        if is_open(json) || (is_draft && has_open_share(field.kind, json)) {
            self.open(json, place, Some(field));
            return (None, Document::Null);
        }
        match (&json.value, field.kind) {
            (JsonValue::Array(items), Kind::Shares) if has_open_share(field.kind, json) => {
                for (index, item) in items.iter().enumerate().filter(|(_, item)| is_open(item)) {
                    self.open(item, &place.item(index, item), Some(field));
                }
                self.failed.insert(place.path.clone());
                (None, Document::Null)
            }
            (JsonValue::Array(items), Kind::Names | Kind::Texts) => self.list(items, place, field),
            (JsonValue::Array(items), Kind::Table) => self.table(items, place, field),
            (JsonValue::Array(items), Kind::Shares) => match value::shares(items, field) {
                Ok((shares, warning)) => {
                    self.warn(warning, json, place, field);
                    let document = shares.map(|share| document_number(&share.to_string()));
                    let leaf = leaf(json, place, field, Value::Shares(shares));
                    (Some(leaf), Document::Array(document.to_vec()))
                }
                Err(faults) => {
                    for (index, fault) in faults {
                        match index.and_then(|index| Some((index, items.get(index)?))) {
                            Some((index, item)) => self.fault(*fault, item, &place.item(index, item), field),
                            None => self.fault(*fault, json, place, field),
                        }
                    }
                    self.failed.insert(place.path.clone());
                    (None, Document::Null)
                }
            },
            _ => self.scalar(json, place, field),
        }
    }

    /// Reads a value that is neither list nor table.
    fn scalar(&mut self, json: &Json<'_>, place: &Place, field: &Arc<Field>) -> (Option<Node>, Document) {
        let read = match (&json.value, field.kind) {
            (JsonValue::Number(digits), kind) if kind.is_number() => literal(digits)
                .and_then(|number| {
                    let unit = String::new();
                    let figure = super::number::Figure { number, approximation: Approximation::Exact, unit };
                    quantity::make(figure, field, digits)
                })
                .map(|made| self.number(made, json, place, field)),
            (JsonValue::String(typed), kind) if kind.is_number() => rewrite::read(typed, field)
                .map(|made| self.number(made, json, place, field))
                .map_err(|fault| Box::new(rewrite::hinted(*fault, typed, field))),
            (JsonValue::String(typed), Kind::Name | Kind::Person | Kind::Grade | Kind::Text) => {
                value::text(typed).and_then(|text| wording::mend(text, field)).map(|(text, warning)| {
                    self.warn(warning, json, place, field);
                    (Value::Text(text.clone()), Document::String(text))
                })
            }
            (JsonValue::String(typed), Kind::Fraction) => {
                value::fraction(typed).map(|fraction| (Value::Fraction(fraction), json.to_document()))
            }
            (JsonValue::String(typed), Kind::Date) => date::date(typed)
                .map(|(year, month, day)| (Value::Date(year, month, day), json.to_document())),
            (JsonValue::Bool(choice), Kind::Flag) => Ok((Value::Flag(*choice), json.to_document())),
            _ => {
                self.wrong_type(place, &mend::expected(field), json, Some(field));
                return (None, Document::Null);
            }
        };
        match read {
            Ok((value, document)) if wording::is_left_out(&value, field) => {
                self.warn(Some(Diagnostic::new(&ZERO_LEFT_OUT)), json, place, field);
                (None, document)
            }
            Ok((value, document)) => (Some(leaf(json, place, field, value)), document),
            Err(fault) => {
                self.fault(*fault, json, place, field);
                (None, Document::Null)
            }
        }
    }

    /// Takes a number that was made. A figure in a string is a number to the schema's limits too.
    fn number(
        &mut self,
        made: Made,
        json: &Json<'_>,
        place: &Place,
        field: &Arc<Field>,
    ) -> (Value, Document) {
        let ratio = self.schema.severity("ratio", Severity::Warning).and_then(|severity| {
            let doubt = quantity::likely_ratio(&made, field, json)?;
            Some(Diagnostic { severity, ..doubt })
        });
        self.warn(ratio.or(made.warning), json, place, field);
        self.measures.insert(place.path.clone(), made.measure);
        let document = if self.schema.accepts_number(&place.form) {
            document_number(&made.measure.number.to_string())
        } else {
            json.to_document()
        };
        (Value::Quantity(made.quantity), document)
    }

    /// Reads names or sentences.
    fn list(&mut self, items: &[Json<'_>], place: &Place, field: &Arc<Field>) -> (Option<Node>, Document) {
        let mut nodes = Vec::new();
        let mut document = Vec::new();
        let mut seen = HashSet::new();
        for (index, item) in items.iter().enumerate() {
            let inner = place.item(index, item);
            let mut part = Document::Null;
            match &item.value {
                _ if is_open(item) => self.open(item, &inner, Some(field)),
                JsonValue::String(typed) => {
                    match value::text(typed).and_then(|text| wording::mend(text, field)) {
                        Ok((text, warning)) => {
                            self.warn(warning, item, &inner, field);
                            if !seen.insert(text.clone()) {
                                let warning = Diagnostic::new(&LISTED_TWICE).with("name", excerpt(&text));
                                self.warn(Some(warning), item, &inner, field);
                            }
                            part = Document::String(text.clone());
                            nodes.push(leaf(item, &inner, field, Value::Text(text)));
                        }
                        Err(fault) => self.fault(*fault, item, &inner, field),
                    }
                }
                _ => self.wrong_type(&inner, &Text::both("文字", "a text"), item, Some(field)),
            }
            document.push(part);
        }
        self.items(nodes, document, place, field)
    }

    /// Reads a table's rows.
    fn table(&mut self, items: &[Json<'_>], place: &Place, field: &Arc<Field>) -> (Option<Node>, Document) {
        let mut nodes = Vec::new();
        let mut document = Vec::new();
        let mut seen = HashSet::new();
        for (index, item) in items.iter().enumerate() {
            let inner = place.item(index, item);
            let (node, part) = if let JsonValue::Object(members) = &item.value {
                let before = self.found.len();
                let (node, part) = self.object(members, &inner);
                let is_empty = matches!(&node, Node::Object(members) if members.is_empty());
                if is_empty && self.found.len() == before && self.purpose == Purpose::Final {
                    self.tell(Diagnostic::new(&EMPTY_ROW), item, &inner);
                }
                if let Some((leaf, name)) = row_name(&node).filter(|(_, name)| !seen.insert(name.to_string()))
                {
                    let origin = Origin::new(self.source, leaf.span.clone());
                    let origin = origin.field(&leaf.path, Some(&leaf.field.title));
                    self.found.push(Diagnostic::new(&LISTED_TWICE).with("name", excerpt(name)).at(origin));
                }
                (Some(node), part)
            } else {
                if is_open(item) {
                    self.open(item, &inner, Some(field));
                } else {
                    let expected = Text::both("一行数据（对象）", "a row, an object");
                    self.wrong_type(&inner, &expected, item, Some(field));
                }
                (None, Document::Null)
            };
            nodes.extend(node);
            document.push(part);
        }
        self.items(nodes, document, place, field)
    }

    /// Makes a list's node; a list without items says that there are none, as if it were not there.
    fn items(
        &mut self,
        nodes: Vec<Node>,
        document: Vec<Document>,
        place: &Place,
        field: &Arc<Field>,
    ) -> (Option<Node>, Document) {
        if document.is_empty() && field.required {
            self.missing(&place.path, &place.form, &place.mark);
        }
        ((!nodes.is_empty()).then_some(Node::Array(nodes)), Document::Array(document))
    }

    /// Says which fields the report cannot do without are missing at a path and below it.
    fn missing(&mut self, path: &str, form: &str, place: &Range<usize>) {
        if self.failed.contains(path) {
            return;
        }
        if let Some(field) = self.schema.field(form).cloned() {
            let fault = missing(self.source, path, &field, place);
            if field.required {
                self.failed.insert(path.to_owned());
            }
            if field.bearing.growth_of.is_some() {
                // Whether it can be reckoned shows when everything is read.
                self.awaited.push((path.to_owned(), fault));
            } else if field.required && self.purpose == Purpose::Final {
                self.found.push(fault);
            }
            return;
        }
        for name in self.schema.children(form) {
            self.missing(&join(path, name), &join(form, name), place);
        }
    }

    fn open(&mut self, json: &Json<'_>, place: &Place, field: Option<&Arc<Field>>) {
        if self.purpose == Purpose::Draft {
            self.failed.insert(place.path.clone());
            return;
        }
        let department = field.map_or("", |field| field.department.as_str());
        let shown = match &json.value {
            JsonValue::String(text) => format!("\"{}\"", excerpt(text)),
            _ => "null".to_owned(),
        };
        let fault = Diagnostic::new(&OPEN_VALUE).with("found", shown);
        let is_required = match field {
            Some(field) => field.required,
            None => self.schema.fields().iter().any(|field| {
                let inside = field.path.strip_prefix(&*place.form);
                // What a row cannot do without is asked of rows alone.
                field.required
                    && inside.is_some_and(|inside| inside.starts_with('.') && !inside.contains('['))
            }),
        };
        // None of what is counted is a figure: 未发生 stands in the report then, and would not if the field were gone.
        let is_count = field.is_some_and(|field| field.kind == Kind::Count && !field.wording.omits_zero);
        let says_none = json.as_str().is_some_and(value::says_none);
        let ask = match (is_required, department.is_empty()) {
            (_, true) if is_count && says_none => Text::both(
                "确实没有的，改为：`0`；还没有定的，核实后填上",
                "if there is none, write: `0`; if it is not known yet, fill it in",
            ),
            (_, false) if is_count && says_none => Text::both(
                format!("确实没有的，改为：`0`；还没有定的，向{department}核实后填上"),
                format!("if there is none, write: `0`; if it is not known yet, ask {department} for it"),
            ),
            (false, true) if is_count => {
                Text::both("核实后填上；确实没有的，填 `0`", "fill it in; if there is none, that is `0`")
            }
            (false, false) if is_count => Text::both(
                format!("向{department}核实后填上；确实没有的，填 `0`"),
                format!("ask {department} for it and fill it in; if there is none, that is `0`"),
            ),
            (true, false) => Text::both(
                format!("向{department}核实后填上；这一项不能缺"),
                format!("ask {department} for it and fill it in; the report needs it"),
            ),
            (true, true) => Text::both("核实后填上；这一项不能缺", "fill it in; the report needs it"),
            (false, false) => Text::both(
                format!("向{department}核实后填上；确实没有的，把这一项删去"),
                format!("ask {department} for it and fill it in, or take the field out if there is none"),
            ),
            (false, true) => Text::both(
                "核实后填上；确实没有的，把这一项删去",
                "fill it in, or take it out if there is none",
            ),
        };
        let fault = fault.hint(ask);
        let is_growth = field.is_some_and(|field| field.bearing.growth_of.is_some());
        let fault = if is_growth {
            fault.hint(Text::both(
                "填了上年数的，也可把这一项删去，由程序算出",
                "where last year's value is given, it may also be taken out and is reckoned",
            ))
        } else {
            fault
        };
        self.tell(fault, json, place);
    }

    fn wrong_type(&mut self, place: &Place, expected: &Text, json: &Json<'_>, field: Option<&Arc<Field>>) {
        let fault =
            Diagnostic::new(&WRONG_TYPE).with("expected", expected.clone()).with("found", value::found(json));
        let fault = match field.and_then(|field| mend::hint(field, json)) {
            Some(hint) => fault.hint(hint),
            None => fault,
        };
        self.tell(fault, json, place);
    }

    fn fault(&mut self, fault: Diagnostic, json: &Json<'_>, place: &Place, field: &Arc<Field>) {
        self.failed.insert(place.path.clone());
        self.warn(Some(fault), json, place, field);
    }

    fn warn(&mut self, warning: Option<Diagnostic>, json: &Json<'_>, place: &Place, field: &Arc<Field>) {
        let origin = || Origin::new(self.source, mark(json)).field(&place.path, Some(&field.title));
        let warning = warning.map(|warning| warning.at(origin()));
        self.found.extend(warning);
    }

    fn tell(&mut self, fault: Diagnostic, json: &Json<'_>, place: &Place) {
        let of_list = || self.schema.title(place.form.trim_end_matches("[]"));
        let title = self.schema.title(&place.form).or_else(of_list).map(str::to_owned);
        let origin = Origin::new(self.source, mark(json)).field(&place.path, title.as_deref());
        self.found.push(fault.at(origin));
        self.failed.insert(place.path.clone());
    }
}

/// Returns the name in a row, by which people know it.
fn row_name(row: &Node) -> Option<(&Leaf, &str)> {
    let Node::Object(members) = row else { return None };
    members.iter().find_map(|(_, node)| match node {
        Node::Leaf(leaf) if leaf.field.kind == Kind::Name => match &leaf.value {
            Value::Text(name) => Some((&**leaf, name.as_str())),
            _ => None,
        },
        _ => None,
    })
}

/// Says that a field is missing, and whom to ask for it.
pub(super) fn missing(
    source: &Arc<SourceText>,
    path: &str,
    field: &Field,
    place: &Range<usize>,
) -> Diagnostic {
    let origin = Origin::new(source, place.clone()).field(path, Some(&field.title));
    let fault = Diagnostic::new(&MISSING).with("path", path).with("title", &field.title).at(origin);
    let department = &field.department;
    if department.is_empty() {
        return fault;
    }
    fault.hint(Text::both(format!("向{department}要来填上"), format!("ask {department} for it")))
}

fn leaf(json: &Json<'_>, place: &Place, field: &Arc<Field>, value: Value) -> Node {
    let leaf = Leaf { path: place.path.clone(), field: Arc::clone(field), value, span: json.span.clone() };
    Node::Leaf(Arc::new(leaf))
}

/// Tells whether a value is given as still to come.
pub(crate) fn is_open(json: &Json<'_>) -> bool {
    match &json.value {
        JsonValue::Null => true,
        JsonValue::String(text) => value::is_open(text),
        _ => false,
    }
}

fn document_number(digits: &str) -> Document {
    digits.parse().map_or(Document::Null, Document::Number)
}

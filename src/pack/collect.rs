//! Walks a schema and collects its fields and objects.

use std::ops::Range;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::bearing::{self, Bearing};
use super::control_in;
use super::limits::MOST_FIELDS;
use super::rules::{self, Rule};
use super::schema::{Accepts, Field, Kind, Node, Nodes, decimals};
use super::seldom::Seldom;
use super::wording;
use crate::diag::catalogue::overlay::{FIELD_NAME, SCHEMA_TOO_LARGE};
use crate::diag::catalogue::pack::{
    EMPTY_SCHEMA, FIELD_WITHOUT_KIND, FIELD_WITHOUT_TITLE, FIELD_WITHOUT_UNIT, FOREIGN_REFERENCE,
    KEYWORD_MISSING, KEYWORD_VALUE, LOOPING_REFERENCE, PACK_CONTROL, TABLE_WITHOUT_ROWS, UNKNOWN_KEYWORD,
    UNKNOWN_KIND,
};
use crate::diag::{Diagnostic, Origin, SourceText, Text};
use crate::json::{Json, JsonValue, join};

/// How deep a schema may go; a reference that leads to itself goes deeper.
const DEEPEST: usize = 16;

/// The keywords of our own.
const KEYWORDS: [&str; 6] = ["x-kind", "x-unit", "x-decimals", "x-source", "x-part", "x-required"];

/// The keywords of our own that the schema as a whole has.
const WHOLE_KEYWORDS: [&str; 2] = ["x-rules", "x-swing"];

/// What a schema says.
pub(super) struct Collected {
    /// The fields in the schema's order.
    pub(super) fields: Vec<Arc<Field>>,
    /// Every path it knows.
    pub(super) nodes: Nodes,
    /// The rules on several fields.
    pub(super) rules: Vec<Rule>,
    /// How far a figure may be from last year's where its field does not say.
    pub(super) swing: Option<Decimal>,
}

/// Reads what a schema says. Fails with every fault found.
pub(super) fn collect(source: &Arc<SourceText>, root: &Json<'_>) -> (Option<Collected>, Vec<Diagnostic>) {
    let mut walk = Walk {
        source,
        root,
        fields: Vec::new(),
        nodes: Nodes::default(),
        places: Vec::new(),
        faults: Vec::new(),
        unmet: Vec::new(),
        broken: Vec::new(),
        visited: 0,
    };
    walk.object(&Layers::new(root), "", DEEPEST);
    if walk.fields.is_empty() && walk.faults.is_empty() {
        walk.faults.push(Diagnostic::new(&EMPTY_SCHEMA).at(Origin::new(source, 0..1)));
    }
    walk.levels();
    walk.controls(root);
    walk.unknown(root, "", &WHOLE_KEYWORDS);
    let swing = root.get("x-swing").and_then(|value| {
        let swing = bearing::number(value).filter(|swing| *swing > Decimal::ZERO);
        if swing.is_none() {
            walk.keyword_fault("x-swing", &Text::both("大于0的数", "a number above 0"), value, "");
        }
        swing
    });
    let Walk { fields, nodes, mut faults, unmet, broken, visited, .. } = walk;
    if visited > MOST_FIELDS {
        // What is wrong with each of the many would be as many messages.
        faults.retain(|fault| fault.entry == &SCHEMA_TOO_LARGE);
    }
    let is_sound = faults.is_empty();
    faults.extend(unmet);
    let rules = match root.get("x-rules") {
        Some(rules) => {
            let before = faults.len();
            let read = rules::read(source, rules, &nodes, &mut faults);
            let of_rules = faults.split_off(before);
            // A rule names the fields that do not fit each other.
            let leads_to_broken = |fault: &Diagnostic| {
                let named = |path: &String| fault.arguments.iter().any(|(_, text)| text.zh.contains(path));
                broken.iter().any(named)
            };
            faults.extend(of_rules.into_iter().filter(|fault| !leads_to_broken(fault)));
            read
        }
        None => Vec::new(),
    };
    (is_sound.then_some(Collected { fields, nodes, rules, swing }), faults)
}

/// Words that mean something of their own where a template names a field.
const RESERVED: [&str; 7] = ["this", "else", "true", "false", "null", "undefined", "as"];

/// Tells whether a template can name a field so, in a group.
fn is_field_name(name: &str, group: &str) -> bool {
    let is_part = |c: char| c == '_' || c.is_alphanumeric();
    let is_spelt = name.chars().all(is_part) && name.starts_with(|c: char| is_part(c) && !c.is_numeric());
    // `__proto__` and its like mean something to programs that read data elsewhere.
    // What begins with `_note` is the clerk's own in a data file.
    let is_inner = name.starts_with("__") || name.starts_with("_note");
    let is_taken = RESERVED.contains(&name) || (group.is_empty() && name == "words");
    is_spelt && !is_inner && !is_taken
}

struct Walk<'a> {
    source: &'a Arc<SourceText>,
    root: &'a Json<'a>,
    fields: Vec<Arc<Field>>,
    nodes: Nodes,
    /// Where fields name levels: the field's path, the keyword, its value.
    places: Vec<(String, &'static str, &'a Json<'a>)>,
    faults: Vec<Diagnostic>,
    /// Those of what a file must have and cannot. They leave the fields known, so that the templates can be checked.
    unmet: Vec<Diagnostic>,
    /// The paths of the fields that are not what they should be: what leads to them is no fault of its own.
    broken: Vec<String>,
    /// How many groups and fields were come to.
    visited: usize,
}

/// A subschema with all that `$ref` and `allOf` add to it, its own keywords first.
struct Layers<'a> {
    all: Vec<&'a Json<'a>>,
    /// Whether a reference leads nowhere, so that keywords may be missing.
    is_broken: bool,
}

impl<'a> Layers<'a> {
    fn new(own: &'a Json<'a>) -> Self {
        Self { all: vec![own], is_broken: false }
    }

    fn own(&self) -> &'a Json<'a> {
        self.all[0]
    }

    fn get(&self, keyword: &str) -> Option<&'a Json<'a>> {
        self.all.iter().find_map(|layer| layer.get(keyword))
    }

    fn text(&self, keyword: &str) -> Option<&'a str> {
        self.get(keyword)?.as_str()
    }

    /// Tells whether a type is among the subschema's types.
    fn has_type(&self, name: &str) -> bool {
        self.get("type").is_some_and(|types| match &types.value {
            JsonValue::Array(types) => types.iter().any(|one| one.as_str() == Some(name)),
            _ => types.as_str() == Some(name),
        })
    }
}

impl<'a> Walk<'a> {
    /// Adds to a subschema what it refers to.
    fn layers(&mut self, own: &'a Json<'a>) -> Layers<'a> {
        let mut layers = Layers::new(own);
        let mut next = 0;
        while let Some(layer) = layers.all.get(next).copied() {
            next += 1;
            if let Some(reference) = layer.get("$ref") {
                let target = reference
                    .as_str()
                    .and_then(|text| text.strip_prefix('#'))
                    .and_then(|pointer| self.root.pointer(pointer));
                match target {
                    Some(target) if next < DEEPEST => layers.all.push(target),
                    found => {
                        let entry = if found.is_some() { &LOOPING_REFERENCE } else { &FOREIGN_REFERENCE };
                        self.fault(Diagnostic::new(entry), reference);
                        layers.is_broken = true;
                    }
                }
            }
            if let Some(JsonValue::Array(parts)) = layer.get("allOf").map(|parts| &parts.value) {
                layers.all.extend(parts.iter().take(DEEPEST));
            }
            if next > DEEPEST {
                break;
            }
        }
        layers
    }

    /// Finds characters that nothing printed can have, wherever in the file they stand.
    fn controls(&mut self, value: &Json<'_>) {
        match &value.value {
            JsonValue::String(text) => {
                if let Some((_, code)) = control_in(text) {
                    self.fault(Diagnostic::new(&PACK_CONTROL).with("code", code), value);
                }
            }
            JsonValue::Array(items) => items.iter().for_each(|item| self.controls(item)),
            JsonValue::Object(members) => members.iter().for_each(|member| self.controls(&member.value)),
            JsonValue::Null | JsonValue::Bool(_) | JsonValue::Number(_) => {}
        }
    }

    /// Collects an object's members.
    fn object(&mut self, layers: &Layers<'a>, path: &str, depth: usize) {
        let mut children: Vec<String> = Vec::new();
        for layer in &layers.all {
            for member in layer.get("properties").map(Json::members).unwrap_or_default() {
                let name = &*member.name;
                let reserved = path.is_empty() && matches!(name, "$schema" | "pack");
                if reserved || children.iter().any(|child| child == name) {
                    continue;
                }
                children.push(name.to_owned());
                if !is_field_name(name, path) {
                    let origin = Origin::new(self.source, member.name_span.clone());
                    self.faults.push(Diagnostic::new(&FIELD_NAME).with("name", name).at(origin));
                    continue;
                }
                self.visited += 1;
                if self.visited > MOST_FIELDS {
                    if self.visited == MOST_FIELDS + 1 {
                        let fault = Diagnostic::new(&SCHEMA_TOO_LARGE).with("most", MOST_FIELDS);
                        self.fault(fault, layer);
                    }
                    return;
                }
                let child = self.layers(&member.value);
                self.node(&child, &join(path, name), &member.name_span, depth);
            }
        }
        self.required(layers, path, &children);
        let title = layers.text("title").unwrap_or_default().to_owned();
        self.nodes.insert(path.to_owned(), Node::Object { title, children });
    }

    /// Sees that what a data file must have can be there: the names of members.
    fn required(&mut self, layers: &Layers<'a>, path: &str, children: &[String]) {
        for layer in &layers.all {
            let Some(required) = layer.get("required") else { continue };
            let JsonValue::Array(names) = &required.value else { continue };
            for item in names {
                let name = item.as_str().unwrap_or_default();
                let reserved = path.is_empty() && matches!(name, "$schema" | "pack");
                if reserved || children.iter().any(|child| child == name) {
                    continue;
                }
                let expected = if path.is_empty() {
                    Text::both(
                        "数据文件最外层各项的名称，不是路径",
                        "names of what a data file has at its top, not paths",
                    )
                } else {
                    Text::both("这一组里各项的名称，不是路径", "names of what this group holds, not paths")
                };
                let origin = Origin::new(self.source, item.span.clone());
                let origin = if path.is_empty() { origin } else { origin.field(path, None) };
                let fault = Diagnostic::new(&KEYWORD_VALUE).with("keyword", "required").at(origin);
                let known = children.iter().map(String::as_str);
                self.unmet.push(fault.with("expected", expected).suggest(name, known));
            }
        }
    }

    /// Collects a member: a field, or an object with fields below it.
    fn node(&mut self, layers: &Layers<'a>, path: &str, place: &Range<usize>, depth: usize) {
        let Some(depth) = depth.checked_sub(1) else {
            return self.field_fault(Diagnostic::new(&LOOPING_REFERENCE), layers, path);
        };
        self.unknown_keywords(layers, path);
        let Some(kind_word) = layers.get("x-kind") else {
            if layers.get("properties").is_some() || layers.has_type("object") {
                return self.object(layers, path, depth);
            }
            if !layers.is_broken {
                self.field_fault(Diagnostic::new(&FIELD_WITHOUT_KIND), layers, path);
            }
            return;
        };
        let name = kind_word.as_str().unwrap_or_default();
        let Some(kind) = Kind::from_name(name) else {
            let known = Kind::ALL.map(|(name, _)| name);
            let fault = Diagnostic::new(&UNKNOWN_KIND).with("kind", name).with("known", known.join(" "));
            let title = layers.text("title").filter(|title| !title.is_empty());
            let origin = Origin::new(self.source, kind_word.span.clone()).field(path, title);
            self.broken.push(path.to_owned());
            return self.faults.push(fault.suggest(name, known).at(origin));
        };
        if kind == Kind::Table {
            match layers.get("items") {
                Some(items) if items.get("properties").is_some() || items.get("$ref").is_some() => {
                    let items = self.layers(items);
                    // The table stands before its columns in the schema's order.
                    self.field(kind, layers, path, place);
                    return self.object(&items, &format!("{path}[]"), depth);
                }
                _ => self.field_fault(Diagnostic::new(&TABLE_WITHOUT_ROWS), layers, path),
            }
        }
        self.field(kind, layers, path, place);
    }

    fn field(&mut self, kind: Kind, layers: &Layers<'a>, path: &str, place: &Range<usize>) {
        let text = |keyword| layers.text(keyword).unwrap_or_default().trim().to_owned();
        let is_text = |keyword| layers.get(keyword).is_none_or(|value: &Json<'_>| value.as_str().is_some());
        for keyword in ["title", "description", "x-unit", "x-source", "x-part"] {
            if let Some(value) = layers.get(keyword).filter(|value| value.as_str().is_none()) {
                self.keyword_fault(keyword, &Text::both("放在引号里的文字", "a text in quotes"), value, path);
                self.broken.push(path.to_owned());
            }
        }
        let mut field = Field {
            path: path.to_owned(),
            kind,
            title: text("title"),
            description: text("description"),
            unit: text("x-unit"),
            decimals: None,
            department: text("x-source"),
            part: text("x-part"),
            required: false,
            bearing: Seldom::default(),
            wording: Seldom::default(),
        };
        if field.title.is_empty() && is_text("title") {
            self.field_fault(Diagnostic::new(&FIELD_WITHOUT_TITLE), layers, path);
        }
        for (keyword, value) in [("x-source", &field.department), ("x-part", &field.part)] {
            if value.is_empty() && is_text(keyword) {
                let fault = Diagnostic::new(&KEYWORD_MISSING).with("keyword", keyword);
                self.field_fault(fault, layers, path);
            }
        }
        if let Some(value) = layers.get("x-decimals") {
            field.decimals = match &value.value {
                JsonValue::Number(digits) => decimals(digits),
                _ => None,
            };
            if field.decimals.is_none() {
                self.keyword_fault(
                    "x-decimals",
                    &Text::both("0至28的整数", "a whole number from 0 to 28"),
                    value,
                    path,
                );
            }
        }
        if let Some(value) = layers.get("x-required") {
            match value.value {
                JsonValue::Bool(required) => field.required = required,
                _ => self.keyword_fault(
                    "x-required",
                    &Text::both("`true` 或 `false`", "`true` or `false`"),
                    value,
                    path,
                ),
            }
        }
        let (bearing, unfit) = bearing::read(|keyword| layers.get(keyword));
        field.bearing = bearing.into();
        for keyword in ["x-growth-of", "x-previous-of", "x-series-of"] {
            self.places.extend(layers.get(keyword).map(|value| (path.to_owned(), keyword, value)));
        }
        let (wording, unfit_wording) = wording::read(|keyword| layers.get(keyword));
        field.wording = wording.into();
        let unfit = unfit.into_iter().chain(unfit_wording);
        for (keyword, expected) in unfit {
            if let Some(value) = layers.get(keyword) {
                self.keyword_fault(keyword, &expected, value, path);
            }
        }
        match kind {
            Kind::Percent | Kind::Growth | Kind::Shares => {
                if let Some(unit) = layers.get("x-unit").filter(|_| field.unit != "%") {
                    self.keyword_fault("x-unit", &"`%`".into(), unit, path);
                }
                "%".clone_into(&mut field.unit);
            }
            Kind::Ordinal | Kind::Rank | Kind::Count | Kind::Quantity
                if field.unit.is_empty() && is_text("x-unit") =>
            {
                let fault = Diagnostic::new(&FIELD_WITHOUT_UNIT).with("kind", kind.name());
                self.field_fault(fault, layers, path);
            }
            _ => {}
        }

        let accepts = Accepts {
            number: layers.get("type").is_none() || layers.has_type("number") || layers.has_type("integer"),
            choices: match layers.get("enum").map(|choices| &choices.value) {
                Some(JsonValue::Array(choices)) => {
                    choices.iter().filter_map(|choice| choice.as_str()).map(str::to_owned).collect()
                }
                _ => Vec::new(),
            },
        };
        let field = Arc::new(field);
        self.fields.push(Arc::clone(&field));
        let place = place.clone();
        self.nodes.insert(path.to_owned(), Node::Field { field, accepts, place });
    }

    /// Leads the fields to the levels that they are the growth or the year before of.
    fn levels(&mut self) {
        let mut faults = Vec::new();
        for field in &mut self.fields {
            let bearing = field.bearing.clone();
            let named = [
                ("x-growth-of", &bearing.growth_of),
                ("x-previous-of", &bearing.previous_of),
                ("x-series-of", &bearing.series_of),
            ];
            for (keyword, named) in
                named.into_iter().filter_map(|(keyword, named)| Some((keyword, named.as_ref()?)))
            {
                match bearing::level(&self.nodes, field, keyword, named) {
                    Ok(level) => {
                        // One of three shares goes by its own number.
                        let is_share = level.kind == Kind::Shares && keyword == "x-series-of";
                        let path = Some(if is_share { named.clone() } else { level.path.clone() });
                        let field = Arc::make_mut(field);
                        let mut bearing = Bearing::clone(&field.bearing);
                        match keyword {
                            "x-growth-of" => bearing.growth_of = path,
                            "x-series-of" => bearing.series_of = path,
                            _ => bearing.previous_of = path,
                        }
                        field.bearing = bearing.into();
                    }
                    Err(expected) => {
                        // A name of a member of the same group, or a path.
                        let group = field.path.rsplit_once('.').map_or("", |(group, _)| group);
                        let is_broken = |path: &String| {
                            path == named || *path == join(group, named) || *path == field.path
                        };
                        if !self.broken.iter().any(is_broken) {
                            faults.push((keyword, expected, field.path.clone()));
                        }
                    }
                }
            }
            if let Some(Node::Field { field: known, .. }) = self.nodes.get_mut(&field.path) {
                *known = Arc::clone(field);
            }
        }
        for (keyword, expected, path) in faults {
            let place = self.places.iter().find(|(of, key, _)| *of == path && *key == keyword);
            if let Some(value) = place.map(|(_, _, value)| *value) {
                self.keyword_fault(keyword, &expected, value, &path);
            }
        }
    }

    fn unknown_keywords(&mut self, layers: &Layers<'a>, path: &str) {
        let known = [&KEYWORDS[..], &bearing::KEYWORDS, &wording::KEYWORDS].concat();
        for layer in &layers.all {
            self.unknown(layer, path, &known);
        }
    }

    fn unknown(&mut self, layer: &Json<'_>, path: &str, known: &[&'static str]) {
        for member in layer.members() {
            if member.name.starts_with("x-") && !known.contains(&&*member.name) {
                let origin = Origin::new(self.source, member.name_span.clone());
                let origin = if path.is_empty() { origin } else { origin.field(path, None) };
                let fault = Diagnostic::new(&UNKNOWN_KEYWORD).at(origin).with("keyword", &member.name);
                self.faults.push(fault.suggest(&member.name, known.iter().copied()));
            }
        }
    }

    fn keyword_fault(&mut self, keyword: &str, expected: &Text, value: &Json<'_>, path: &str) {
        let origin = Origin::new(self.source, value.span.clone());
        let origin = if path.is_empty() { origin } else { origin.field(path, None) };
        let fault = Diagnostic::new(&KEYWORD_VALUE).with("keyword", keyword);
        self.faults.push(fault.with("expected", expected.clone()).at(origin));
    }

    fn field_fault(&mut self, fault: Diagnostic, layers: &Layers<'a>, path: &str) {
        let start = layers.own().span.start;
        let title = layers.text("title").filter(|title| !title.is_empty());
        self.faults.push(fault.at(Origin::new(self.source, start..start + 1).field(path, title)));
    }

    fn fault(&mut self, fault: Diagnostic, place: &Json<'_>) {
        self.faults.push(fault.at(Origin::new(self.source, place.span.clone())));
    }
}

//! Reads `schema.json`: which fields a data file has, and what each of them is.
//!
//! The file is JSON Schema 2020-12. Beside its standard keywords, which `jsonschema` checks, each field says by
//! keywords of our own (`x-kind`, `x-unit` ..) what it is; [`collect`](super::collect) finds the fields.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use jsonschema::error::{TypeKind, ValidationErrorKind as Keyword};
use jsonschema::{ValidationError, Validator};
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::overlay::stack::Stacked;
use super::rules::{Rule, Test};
use super::seldom::Seldom;
use super::shape::Shape;
use super::{Bearing, RuleSwitch, Wording, collect, editor, overlay, prepared, ways};
use crate::diag::catalogue::overlay::SCHEMA_ENDLESS;
use crate::diag::catalogue::pack::SCHEMA_INVALID;
use crate::diag::{Diagnostic, Origin, Severity, SourceText, Text};

/// A pack's schema.
#[derive(Clone)]
pub struct Schema {
    sources: Arc<Sources>,
    /// What tells at once that a document is sound; nothing where the schema has keywords that it does not know.
    shape: Option<Arc<Shape>>,
    /// Made when it is asked for: neither is of use for a sound document.
    document: Arc<OnceLock<serde_json::Value>>,
    validator: Arc<OnceLock<Validator>>,
    fields: Vec<Arc<Field>>,
    nodes: Nodes,
    rules: Vec<Rule>,
    swing: Option<Decimal>,
    switches: BTreeMap<String, RuleSwitch>,
}

/// The files that a schema was read from.
enum Sources {
    /// Those that were read.
    Read(Stacked),
    /// Those of a pack that the program carries, whose schema was read beforehand: its name, and the files once a place
    /// in them is asked for, or the schema as JSON.
    Carried(&'static str, OnceLock<Stacked>),
}

impl Sources {
    fn stacked(&self) -> &Stacked {
        match self {
            Self::Read(stacked) => stacked,
            Self::Carried(name, stacked) => stacked.get_or_init(|| overlay::carried(name, "schema.json")),
        }
    }
}

/// Every path that the schema knows, in its own form. A pack's author is no stranger, whose names would have to be hashed
/// with a secret: every value of every document is looked up here.
pub(super) type Nodes = FxHashMap<String, Node>;

/// A path that the schema knows.
#[derive(Clone, Debug)]
pub(super) enum Node {
    /// An object, or the rows of a table.
    Object { title: String, children: Vec<String> },
    /// A field.
    Field { field: Arc<Field>, accepts: Accepts, place: Range<usize> },
}

/// What the standard keywords of a field let a file say.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(serde::Serialize))]
pub(super) struct Accepts {
    /// Whether a JSON number is among its types.
    pub(super) number: bool,
    /// The texts it has to be one of (`enum`); empty when any will do.
    pub(super) choices: Vec<String>,
}

impl Schema {
    /// Reads a schema.
    ///
    /// Fails with every fault found: not JSON, not a JSON Schema, a field that does not say what it is.
    pub fn parse(source: &Arc<SourceText>) -> Result<Self, Vec<Diagnostic>> {
        match Self::read(&Stacked::of(source)) {
            (Some(schema), faults) if faults.is_empty() => Ok(schema),
            (_, faults) => Err(faults),
        }
    }

    /// Reads a schema as far as it is sound: a faulty rule takes nothing from the fields.
    pub(super) fn read(stacked: &Stacked) -> (Option<Self>, Vec<Diagnostic>) {
        let (schema, faults) = Self::read_whole(stacked);
        (schema, stacked.located(faults))
    }

    fn read_whole(stacked: &Stacked) -> (Option<Self>, Vec<Diagnostic>) {
        let tree = match overlay::schema::merged(stacked) {
            Ok(tree) => tree,
            Err(faults) => return (None, faults),
        };
        let source = stacked.whole();
        let (collected, mut faults) = collect::collect(source, &tree);
        let Some(collect::Collected { fields, nodes, rules, swing }) = collected else {
            return (None, faults);
        };
        let shape = Shape::read(&tree).map(Arc::new);
        let (document, validator) = (OnceLock::new(), OnceLock::new());
        // What has a shape is sound.
        if shape.is_none() {
            let whole = document.get_or_init(|| tree.to_document());
            if ways::is_endless(whole) {
                let fault = Diagnostic::new(&SCHEMA_ENDLESS).with("most", ways::MOST_WAYS);
                faults.push(fault.at(Origin::new(source, 0..0)));
                return (None, faults);
            }
            match jsonschema::draft202012::new(whole) {
                Ok(made) => drop(validator.set(made)),
                Err(error) => {
                    let place = tree.pointer(error.instance_path().as_str()).unwrap_or(&tree);
                    let fault = Diagnostic::new(&SCHEMA_INVALID).with("reason", reason(&error));
                    faults.push(fault.at(Origin::new(source, place.span.clone())));
                    return (None, faults);
                }
            }
        }
        let schema = Self {
            sources: Arc::new(Sources::Read(stacked.clone())),
            shape,
            document: Arc::new(document),
            validator: Arc::new(validator),
            fields,
            nodes,
            rules,
            swing,
            switches: BTreeMap::new(),
        };
        (Some(schema), faults)
    }

    /// Makes the schema of a pack that the program carries of what was read of it beforehand.
    pub(super) fn carried(pack: &'static str, schema: prepared::Schema) -> Option<Self> {
        let prepared::Schema { fields, nodes, rules, swing, shape } = schema;
        let node = |(path, node)| {
            let node = match node {
                prepared::Node::Object { title, children } => Node::Object { title, children },
                prepared::Node::Field { index, accepts, place } => {
                    Node::Field { field: Arc::clone(fields.get(index)?), accepts, place }
                }
            };
            Some((path, node))
        };
        let nodes = nodes.into_iter().map(node).collect::<Option<_>>()?;
        Some(Self {
            sources: Arc::new(Sources::Carried(pack, OnceLock::new())),
            shape: Some(Arc::new(shape)),
            document: Arc::default(),
            validator: Arc::default(),
            fields,
            nodes,
            rules,
            swing,
            switches: BTreeMap::new(),
        })
    }

    /// Returns what is kept of it for [`Schema::carried`]; nothing where it has no shape, or a field twice.
    #[cfg(test)]
    pub(super) fn prepared(&self) -> Option<prepared::Schema> {
        let node = |(path, node): (&String, &Node)| {
            let node = match node {
                Node::Object { title, children } => {
                    prepared::Node::Object { title: title.clone(), children: children.clone() }
                }
                Node::Field { field, accepts, place } => prepared::Node::Field {
                    index: self.fields.iter().position(|one| Arc::ptr_eq(one, field))?,
                    accepts: accepts.clone(),
                    place: place.clone(),
                },
            };
            Some((path.clone(), node))
        };
        let mut nodes: Vec<_> = self.nodes.iter().map(node).collect::<Option<_>>()?;
        nodes.sort_by(|a, b| a.0.cmp(&b.0));
        Some(prepared::Schema {
            fields: self.fields.clone(),
            nodes,
            rules: self.rules.clone(),
            swing: self.swing,
            shape: Shape::clone(self.shape.as_ref()?),
        })
    }

    /// Returns every field in the schema's order.
    pub fn fields(&self) -> &[Arc<Field>] {
        &self.fields
    }

    /// Returns the field at a path in the schema's form (`urban_rural.city.projects[].name`).
    ///
    /// The items of a list of names or sentences are that list's field: `urban_rural.city.venues[]`.
    pub fn field(&self, path: &str) -> Option<&Arc<Field>> {
        match self.nodes.get(path) {
            Some(Node::Field { field, .. }) => Some(field),
            Some(Node::Object { .. }) => None,
            None => self.field(path.strip_suffix("[]")?).filter(|field| field.kind.is_list()),
        }
    }

    /// Tells whether a path (`""` for the whole file, `a.b[]` for a table's row) holds named members.
    pub fn is_object(&self, path: &str) -> bool {
        matches!(self.nodes.get(path), Some(Node::Object { .. }))
    }

    /// Tells whether a path holds several items: names, sentences or rows.
    pub fn is_array(&self, path: &str) -> bool {
        self.field(path).is_some_and(|field| field.kind.is_list() || field.kind == Kind::Table)
            && !path.ends_with("[]")
    }

    /// Returns the names of an object's members in the schema's order.
    pub fn children(&self, path: &str) -> &[String] {
        match self.nodes.get(path) {
            Some(Node::Object { children, .. }) => children,
            _ => &[],
        }
    }

    /// Returns the Chinese title of an object or a field.
    pub fn title(&self, path: &str) -> Option<&str> {
        match self.nodes.get(path) {
            Some(Node::Object { title, .. }) => (!title.is_empty()).then_some(title.as_str()),
            _ => self.field(path).map(|field| field.title.as_str()),
        }
    }

    /// Returns the texts that a field has to be one of; none when any will do.
    pub fn choices(&self, path: &str) -> &[String] {
        match self.nodes.get(path) {
            Some(Node::Field { accepts, .. }) => &accepts.choices,
            _ => &[],
        }
    }

    /// Tells whether a field may be given as a JSON number.
    pub(crate) fn accepts_number(&self, path: &str) -> bool {
        matches!(self.nodes.get(path), Some(Node::Field { accepts, .. }) if accepts.number)
    }

    /// Returns the names of the schema's own rules (`x-rules`), in its order.
    pub fn rule_names(&self) -> impl Iterator<Item = &str> {
        self.rules.iter().map(|rule| rule.name.as_str())
    }

    /// Switches rules as a pack's manifest says.
    pub(super) fn switch(&mut self, switches: &BTreeMap<String, RuleSwitch>) {
        self.switches.clone_from(switches);
    }

    /// Returns the schema's own rules (`x-rules`) with how grave it is to break each; what is switched off is
    /// left out.
    pub fn rules(&self) -> impl Iterator<Item = (&Rule, Severity)> {
        self.rules.iter().filter_map(|rule| Some((rule, self.severity(&rule.name, rule.severity)?)))
    }

    /// Returns how grave it is to break a rule that is of a severity by itself; nothing when it is off.
    pub fn severity(&self, rule: &str, by_itself: Severity) -> Option<Severity> {
        self.switches.get(rule).map_or(Some(by_itself), |switch| switch.severity())
    }

    /// Tells whether a rule of the schema's own, switched off or not, sets a field's least or greatest value, so
    /// that the standard keyword (`minimum`, `maximum`), which editors read, is not asked as well.
    pub(crate) fn has_range(&self, path: &str, is_least: bool) -> bool {
        self.rules.iter().any(|rule| match &rule.test {
            Test::Range { fields, from: None, minimum, maximum, .. } => {
                let bound = if is_least { minimum } else { maximum };
                bound.is_some() && fields.iter().any(|field| field == path)
            }
            _ => false,
        })
    }

    /// Returns how far a figure may be from last year's, in percent, of a rate in 百分点; nothing when any way.
    pub fn swing(&self, field: &Field) -> Option<Decimal> {
        field.bearing.swing.or(self.swing)
    }

    /// Returns the field that holds the value of the year before of a level.
    pub fn previous_of(&self, level: &str) -> Option<&Arc<Field>> {
        self.fields.iter().find(|field| field.bearing.previous_of.as_deref() == Some(level))
    }

    /// Returns where the file says what a field is.
    pub fn origin(&self, path: &str) -> Option<Origin> {
        match self.nodes.get(path) {
            Some(Node::Field { field, place, .. }) => {
                let sources = self.sources.stacked();
                let origin = Origin::new(sources.whole(), place.clone());
                Some(sources.locate(origin).field(path, Some(&field.title)))
            }
            _ => None,
        }
    }

    /// Returns the schema as JSON.
    pub fn document(&self) -> &serde_json::Value {
        self.document.get_or_init(|| {
            overlay::schema::merged(self.sources.stacked())
                .map_or(serde_json::Value::Null, |tree| tree.to_document())
        })
    }

    /// Returns the schema for editors: what values look like is said more strictly than in the pack's own, which
    /// leaves it to better messages.
    pub fn for_editors(&self) -> serde_json::Value {
        editor::schema(self.document().clone())
    }

    /// Tells whether a document surely breaks none of the standard keywords, so that nobody needs to look further.
    pub(crate) fn surely_accepts(&self, document: &serde_json::Value) -> bool {
        self.shape.as_ref().and_then(|shape| shape.accepts(document)) == Some(true)
    }

    /// Returns the check of the standard keywords.
    ///
    /// # Panics
    /// When a schema that has a shape is none of JSON Schema's, which a test rules out.
    pub(crate) fn validator(&self) -> &Validator {
        self.validator.get_or_init(|| {
            jsonschema::draft202012::new(self.document()).expect("a schema that has a shape is sound")
        })
    }

    /// Brings a path of the data into the schema's form: `a.b[0].c` becomes `a.b[].c`.
    pub fn form(path: &str) -> String {
        let mut form = String::with_capacity(path.len());
        let mut rest = path;
        while let Some((before, after)) = rest.split_once('[') {
            form.push_str(before);
            form.push_str("[]");
            rest = after.split_once(']').map_or("", |(_, after)| after);
        }
        form + rest
    }
}

/// Says in our words what of JSON Schema a schema breaks; the library's are English alone.
fn reason(error: &ValidationError<'_>) -> Text {
    let path = error.instance_path().as_str();
    let zh = match error.kind() {
        Keyword::Type { kind: TypeKind::Single(one) } => format!("类型应为 {}", one.as_str()),
        Keyword::Type { kind: TypeKind::Multiple(several) } => {
            let names: Vec<_> = several.iter().map(jsonschema::JsonType::as_str).collect();
            format!("类型应为 {}", names.join(" 或 "))
        }
        Keyword::Enum { options } => format!("只能是 {options} 之一"),
        Keyword::Minimum { limit } => format!("不能小于 {limit}"),
        Keyword::ExclusiveMinimum { limit } => format!("要大于 {limit}"),
        Keyword::MinItems { limit } => format!("至少要有 {limit} 项"),
        Keyword::UniqueItems => "各项不能重复".to_owned(),
        Keyword::Pattern { pattern } => format!("写法不合 `{pattern}`"),
        Keyword::Format { format } => format!("不是合格的 {format}"),
        Keyword::AnyOf { .. } | Keyword::OneOfNotValid { .. } => "不是这个关键字可以有的值".to_owned(),
        Keyword::Referencing(_) => "`$ref` 指向的地方不存在".to_owned(),
        _ => format!("这里的写法不对（{error}）"),
    };
    let zh = if path.is_empty() { zh } else { format!("`{path}` {zh}") };
    Text::both(zh, error.to_string())
}

impl fmt::Debug for Schema {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Schema")
            .field("source", &self.sources.stacked().top().name())
            .field("fields", &self.fields)
            .finish_non_exhaustive()
    }
}

/// A field of the data file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(serde::Serialize))]
pub struct Field {
    /// The path, `[]` for each item of an array, such as `urban_rural.city.projects[].name`.
    pub path: String,
    /// What kind of value it takes.
    pub kind: Kind,
    /// The Chinese title.
    pub title: String,
    /// What a clerk must know beside the title; empty when nothing.
    pub description: String,
    /// The unit (`x-unit`); empty when it has none.
    pub unit: String,
    /// The most decimals (`x-decimals`); further ones are rounded off.
    pub decimals: Option<u32>,
    /// The department that answers for the figure (`x-source`).
    pub department: String,
    /// The report's part that prints it (`x-part`).
    pub part: String,
    /// Whether the report cannot do without it (`x-required`).
    pub required: bool,
    /// What it is held against.
    pub bearing: Seldom<Bearing>,
    /// How the text around its value takes it.
    pub wording: Seldom<Wording>,
}

impl Field {
    /// Tells whether it stands beside the text, for the checks alone: the value of the year before, unless it is shares, which
    /// are printed as what they were.
    pub fn is_aside(&self) -> bool {
        self.bearing.previous_of.is_some() && self.kind != Kind::Shares
    }
}

/// The kinds of values (`x-kind`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize)]
#[cfg_attr(test, derive(serde::Serialize))]
pub enum Kind {
    /// A year: a whole number, printed bare.
    Year,
    /// 第九届: a whole number, printed as a Chinese numeral with its unit.
    Ordinal,
    /// 第3位: a whole number.
    Rank,
    /// A whole number with its measure word.
    Count,
    /// A number with its unit.
    Quantity,
    /// A share or rate in percent.
    Percent,
    /// A rate of change in percent; may be negative.
    Growth,
    /// A name.
    Name,
    /// A person's name.
    Person,
    /// Several names.
    Names,
    /// A grade such as `5A` or `一级A`.
    Grade,
    /// Three shares in percent.
    Shares,
    /// A fraction such as `1/3`.
    Fraction,
    /// Rows with fields of their own.
    Table,
    /// A sentence.
    #[default]
    Text,
    /// Several sentences.
    Texts,
    /// A date such as `2026-01-05`.
    Date,
    /// A choice: true or false.
    Flag,
}

impl Kind {
    /// Every kind, by the name that `x-kind` gives it.
    pub const ALL: [(&'static str, Self); 18] = [
        ("year", Self::Year),
        ("ordinal", Self::Ordinal),
        ("rank", Self::Rank),
        ("count", Self::Count),
        ("quantity", Self::Quantity),
        ("percent", Self::Percent),
        ("growth", Self::Growth),
        ("name", Self::Name),
        ("person", Self::Person),
        ("names", Self::Names),
        ("grade", Self::Grade),
        ("shares", Self::Shares),
        ("fraction", Self::Fraction),
        ("table", Self::Table),
        ("text", Self::Text),
        ("texts", Self::Texts),
        ("date", Self::Date),
        ("flag", Self::Flag),
    ];

    /// Returns the kind that `x-kind` gives a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind)
    }

    /// Returns the name that `x-kind` gives it.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, kind)| *kind == self).map_or("", |(name, _)| name)
    }

    /// Tells whether its value is one number.
    pub fn is_number(self) -> bool {
        use Kind::{Count, Growth, Ordinal, Percent, Quantity, Rank, Year};
        matches!(self, Year | Ordinal | Rank | Count | Quantity | Percent | Growth)
    }

    /// Tells whether its value is a list of names or sentences.
    pub fn is_list(self) -> bool {
        matches!(self, Self::Names | Self::Texts)
    }
}

/// Reads a number of the schema's own keywords.
pub(super) fn decimals(digits: &str) -> Option<u32> {
    let number: Decimal = digits.parse().ok()?;
    digits.parse().ok().filter(|decimals| *decimals <= Decimal::MAX_SCALE && number.is_integer())
}

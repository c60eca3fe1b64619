//! Lays the data out for handlebars: a JSON tree in which every datum is a token.
//!
//! Handlebars knows JSON only, and a number would lose its path, its unit and its zeros there. So a datum is
//! a string that no data can hold (`U+0001` and an index), which keeps its identity through every block,
//! parameter and helper; [`Leaves`] leads from the token to the datum. Every path of the schema is in the
//! tree: strict handlebars refuses paths that are missing, and an absent datum must be known by its path.

use std::sync::Arc;

use serde_json::{Map, Value as Json};

use super::work::Work;
use crate::data::{Leaf, Node, Record, join};
use crate::pack::{Field, Kind, Schema};

/// What a token begins with. Neither a data file nor what a pack prints can hold it.
const TOKEN: char = '\u{1}';

/// The member of a group that holds its title; no template can name it.
pub(super) const GROUP_TITLE: &str = "\u{1}title";

/// A datum that a template can name.
#[derive(Clone, Debug)]
pub(super) enum Datum {
    /// A value of the file.
    Leaf(Arc<Leaf>),
    /// Several names or sentences: the indices of their leaves.
    List(Vec<usize>),
    /// The path of a field that the file does not have, and the field.
    Absent(String, Arc<Field>),
}

/// A word of the pack.
#[derive(Clone, Debug)]
pub(super) enum Word {
    /// The word.
    Known(String),
    /// The value, still to come, that the word derives from.
    Open(Arc<Leaf>),
}

/// Every datum that the templates can name, and how much work the filling has done.
#[derive(Debug, Default)]
pub(super) struct Leaves {
    data: Vec<Datum>,
    /// How much is done so far.
    pub(super) work: Work,
}

impl Leaves {
    /// Lays out a record; `words` are the pack's words for it.
    pub(super) fn lay_out(
        schema: &Schema,
        record: &Record,
        words: impl IntoIterator<Item = (String, Word)>,
    ) -> (Json, Self) {
        let mut leaves = Self::default();
        let mut root = leaves.object(schema, "", Some(&record.root), "");
        let words = words.into_iter().map(|(name, word)| match word {
            Word::Known(word) => (name, Json::String(word)),
            Word::Open(leaf) => (name, leaves.add(Datum::Leaf(leaf))),
        });
        root.insert("words".to_owned(), words.collect());
        (Json::Object(root), leaves)
    }

    /// Returns the datum that a token stands for.
    pub(super) fn get(&self, token: &str) -> Option<&Datum> {
        self.data.get(token.strip_prefix(TOKEN)?.parse::<usize>().ok()?)
    }

    /// Returns the datum that a JSON value stands for.
    pub(super) fn of(&self, value: &Json) -> Option<&Datum> {
        self.get(value.as_str()?)
    }

    /// Returns the leaves of a list, or the one leaf of a datum; none of an absent one.
    pub(super) fn leaves_of<'a>(&'a self, datum: &'a Datum) -> Vec<&'a Arc<Leaf>> {
        match datum {
            Datum::Leaf(leaf) => vec![leaf],
            Datum::List(items) => items
                .iter()
                .filter_map(|index| match self.data.get(*index) {
                    Some(Datum::Leaf(leaf)) => Some(leaf),
                    _ => None,
                })
                .collect(),
            Datum::Absent(..) => Vec::new(),
        }
    }

    /// Returns the items that `#each` goes through.
    pub(super) fn items(&self, value: &Json) -> Vec<Json> {
        match (value, self.of(value)) {
            (Json::Array(rows), _) => rows.clone(),
            (_, Some(Datum::List(items))) => items.iter().map(|index| token(*index)).collect(),
            // A list still to come has one item, which is still to come.
            (_, Some(Datum::Leaf(leaf))) if leaf.field.kind.is_list() => vec![value.clone()],
            _ => Vec::new(),
        }
    }

    /// Tells whether the file has something at a place: 0 and `false` are something.
    pub(super) fn is_given(&self, value: &Json) -> bool {
        match (value, self.of(value)) {
            (_, Some(Datum::Leaf(_))) => true,
            (_, Some(Datum::List(items))) => !items.is_empty(),
            (_, Some(Datum::Absent(..))) => false,
            (Json::Null, _) => false,
            (Json::Array(rows), _) => !rows.is_empty(),
            (Json::Object(members), _) => {
                let mut own = members.iter().filter(|(name, _)| *name != GROUP_TITLE);
                own.any(|(_, member)| self.is_given(member))
            }
            _ => true,
        }
    }

    /// Tells whether a condition holds: a flag that is set, a list or a group that the file has.
    pub(super) fn is_true(&self, value: &Json) -> bool {
        match value {
            Json::Bool(flag) => *flag,
            other => self.is_given(other),
        }
    }

    /// Lays out the members of an object, or of a table's row; `form` is its path in the schema's form, `path` the same
    /// in the data.
    fn object(&mut self, schema: &Schema, form: &str, node: Option<&Node>, path: &str) -> Map<String, Json> {
        let children = schema.children(form);
        // One more: a group has a title, the whole the words.
        let mut object = Map::with_capacity(children.len() + 1);
        for name in children {
            let inner_form = join(form, name);
            let inner = node.and_then(|node| node.member(name));
            if let Some(field) = schema.field(&inner_form) {
                let value = self.value(schema, field, inner, (path, name));
                object.insert(name.clone(), value);
                continue;
            }
            let mut group = self.object(schema, &inner_form, inner, &join(path, name));
            if group.is_empty() {
                continue;
            }
            // The groups of a row have none.
            if let Some(title) = schema.title(&inner_form).filter(|_| !inner_form.contains("[]")) {
                group.insert(GROUP_TITLE.to_owned(), Json::String(title.to_owned()));
            }
            object.insert(name.clone(), Json::Object(group));
        }
        object
    }

    /// Lays out a field of an object; `path` is the object's and the field's name in it.
    fn value(
        &mut self,
        schema: &Schema,
        field: &Arc<Field>,
        node: Option<&Node>,
        (path, name): (&str, &str),
    ) -> Json {
        let absent = || Datum::Absent(join(path, name), Arc::clone(field));
        match (field.kind, node) {
            (Kind::Table, Some(Node::Array(rows))) => {
                let (form, path) = (format!("{}[]", field.path), join(path, name));
                let row = |(index, row)| {
                    Json::Object(self.object(schema, &form, Some(row), &format!("{path}[{index}]")))
                };
                rows.iter().enumerate().map(row).collect()
            }
            (Kind::Table, _) => Json::Array(Vec::new()),
            (Kind::Flag, Some(Node::Leaf(leaf))) => match leaf.value {
                crate::data::Value::Flag(flag) => Json::Bool(flag),
                _ => Json::Null,
            },
            (Kind::Flag, _) => Json::Null,
            (_, Some(Node::Leaf(leaf))) => self.add(Datum::Leaf(Arc::clone(leaf))),
            (_, Some(Node::Array(items))) => {
                let mut indices = Vec::with_capacity(items.len());
                for item in items {
                    if let Node::Leaf(leaf) = item {
                        indices.push(self.data.len());
                        self.data.push(Datum::Leaf(Arc::clone(leaf)));
                    }
                }
                if indices.is_empty() {
                    return self.add(absent());
                }
                self.add(Datum::List(indices))
            }
            (_, Some(Node::Object(_)) | None) => self.add(absent()),
        }
    }

    fn add(&mut self, datum: Datum) -> Json {
        self.data.push(datum);
        token(self.data.len() - 1)
    }
}

fn token(index: usize) -> Json {
    let index = index.to_string();
    let mut token = String::with_capacity(TOKEN.len_utf8() + index.len());
    token.push(TOKEN);
    token.push_str(&index);
    Json::String(token)
}

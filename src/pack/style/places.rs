//! Keeps where the keys of a style file stand, so that what will not do is told at its line.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::Style;
use crate::diag::Origin;
use crate::pack::overlay;
use crate::pack::overlay::stack::Stacked;

/// Where each key of a style file stands.
#[derive(Clone, Debug)]
pub(super) enum Places {
    /// The places in files that were read.
    Read(Table),
    /// Those of a pack that the program carries, whose style was read beforehand: its name, and the places once one is
    /// asked for.
    Carried(&'static str, OnceLock<Table>),
}

/// Where each key stands, by its path: `title.leading`.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Table {
    keys: BTreeMap<String, Place>,
    /// Each face that a role names, and where.
    faces: Vec<(String, Origin)>,
}

#[derive(Clone, Debug, PartialEq)]
struct Place {
    key: Origin,
    value: Origin,
    /// Whether the pack on top has it, and not one that it stands on.
    is_own: bool,
}

impl Default for Places {
    fn default() -> Self {
        Self::Read(Table::default())
    }
}

impl PartialEq for Places {
    fn eq(&self, other: &Self) -> bool {
        self.table() == other.table()
    }
}

impl Places {
    /// Gathers the places of a table; its spans are the whole's.
    pub(super) fn of(stacked: &Stacked, table: &DeTable<'_>) -> Self {
        Self::Read(Table::of(stacked, table))
    }

    /// Leaves the places to be found when one is asked for, in the files of a pack that the program carries.
    pub(super) fn carried(pack: &'static str) -> Self {
        Self::Carried(pack, OnceLock::new())
    }

    fn table(&self) -> &Table {
        match self {
            Self::Read(table) => table,
            Self::Carried(pack, found) => found.get_or_init(|| {
                let stacked = overlay::carried(pack, "style.toml");
                // A test knows the pack to be sound.
                Style::table(&stacked)
                    .map_or_else(|_| Table::default(), |table| Table::of(&stacked, table.get_ref()))
            }),
        }
    }

    fn get(&self, path: &[&str]) -> Option<&Place> {
        self.table().keys.get(&path.join("."))
    }

    /// Returns where a key stands.
    pub(super) fn key(&self, path: &[&str]) -> Option<Origin> {
        self.get(path).map(|place| place.key.clone())
    }

    /// Returns where the value of a key stands.
    pub(super) fn value(&self, path: &[&str]) -> Option<Origin> {
        self.get(path).map(|place| place.value.clone())
    }

    /// Returns where the value stands of the first of some keys that the pack on top has, else of the first that
    /// there is.
    pub(super) fn nearest(&self, paths: &[&str]) -> Option<Origin> {
        let known = || paths.iter().filter_map(|path| self.table().keys.get(*path));
        known().find(|place| place.is_own).or_else(|| known().next()).map(|place| place.value.clone())
    }

    /// Returns where a face is named.
    pub(super) fn face(&self, face: &str) -> Option<Origin> {
        self.table().faces.iter().find(|(name, _)| name == face).map(|(_, origin)| origin.clone())
    }
}

impl Table {
    fn of(stacked: &Stacked, table: &DeTable<'_>) -> Self {
        let mut places = Self::default();
        places.add(stacked, table, "");
        places
    }

    fn add(&mut self, stacked: &Stacked, table: &DeTable<'_>, before: &str) {
        let origin = |span| stacked.locate(Origin::new(stacked.whole(), span));
        for (key, value) in table {
            let path = format!("{before}{}", key.get_ref());
            match value.get_ref() {
                DeValue::Table(inner) => self.add(stacked, inner, &format!("{path}.")),
                DeValue::Array(items) => {
                    for item in items {
                        if let DeValue::String(face) = item.get_ref() {
                            let face = face.split(':').next().unwrap_or_default();
                            self.faces.push((face.to_owned(), origin(item.span())));
                        }
                    }
                }
                _ => {}
            }
            let key = origin(Spanned::span(key));
            let is_own = key.source == *stacked.top();
            self.keys.insert(path, Place { key, value: origin(value.span()), is_own });
        }
    }
}

//! Reads the keys of a TOML file one by one, so that all that is wrong with them is told at once: the library stops at
//! the first. What is asked for is what is known, so that no second list of the keys is kept.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use serde::de::{DeserializeOwned, IgnoredAny};
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

use super::toml_reason;
use crate::diag::catalogue::Entry;
use crate::diag::{Diagnostic, Origin, SourceText};

/// What is wrong with the keys and values of a file.
pub(super) struct Faults<'s> {
    source: &'s Arc<SourceText>,
    entry: &'static Entry,
    name: &'static str,
    /// The faults, as they were found.
    pub(super) found: Vec<Diagnostic>,
}

impl<'s> Faults<'s> {
    /// Begins without any. The entry says what is wrong with the file; it takes the reason by the name given.
    pub(super) fn new(source: &'s Arc<SourceText>, (entry, name): (&'static Entry, &'static str)) -> Self {
        Self { source, entry, name, found: Vec::new() }
    }

    fn of(&self, words: &str, span: Range<usize>) -> Diagnostic {
        let fault = Diagnostic::new(self.entry).with(self.name, toml_reason::words(words));
        fault.at(Origin::new(self.source, span))
    }

    /// Reads a value as the library does.
    pub(super) fn value<T: DeserializeOwned>(&mut self, value: Spanned<DeValue<'_>>) -> Option<T> {
        let span = value.span();
        let read = T::deserialize(ValueDeserializer::from(value));
        read.map_err(|error| self.found.push(self.of(error.message(), error.span().unwrap_or(span)))).ok()
    }
}

/// Reads a whole file.
pub(super) fn file<T: Read>(table: Spanned<DeTable<'_>>, faults: &mut Faults<'_>) -> Option<T> {
    T::read(Spanned::new(table.span(), DeValue::Table(table.into_inner())), faults)
}

/// What stands behind a key.
pub(super) trait Read: Sized {
    /// Reads it. Without a value it is told why.
    fn read(value: Spanned<DeValue<'_>>, faults: &mut Faults<'_>) -> Option<Self>;

    /// Returns what stands for a value that is to be there and is not, which is told of; without it nothing can be made of
    /// the table around it.
    fn absent() -> Option<Self> {
        None
    }
}

/// The keys of a table.
pub(super) struct Keys<'a, 'f, 's> {
    span: Range<usize>,
    table: DeTable<'a>,
    asked: Vec<&'static str>,
    missing: Vec<&'static str>,
    faults: &'f mut Faults<'s>,
}

impl<'a, 'f, 's> Keys<'a, 'f, 's> {
    /// Takes the keys of a value that should be a table.
    pub(super) fn of(value: Spanned<DeValue<'a>>, faults: &'f mut Faults<'s>) -> Option<Self> {
        let span = value.span();
        match value.into_inner() {
            DeValue::Table(table) => {
                Some(Self { span, table, asked: Vec::new(), missing: Vec::new(), faults })
            }
            other => {
                faults.value::<BTreeMap<String, bool>>(Spanned::new(span, other));
                None
            }
        }
    }

    /// Reads what stands behind a key that need not be there.
    pub(super) fn may<T: Read>(&mut self, key: &'static str) -> Option<T> {
        self.asked.push(key);
        T::read(self.table.remove(key)?, self.faults)
    }

    /// Reads what stands behind a key that is to be there. Without a value it is told why.
    pub(super) fn must<T: Read>(&mut self, key: &'static str) -> Option<T> {
        if !self.table.contains_key(key) {
            let fault = self.faults.of(&format!("missing field `{key}`"), self.span.clone());
            self.faults.found.push(fault);
            self.missing.push(key);
        }
        self.may(key).or_else(T::absent)
    }

    /// Tells of the keys that were not asked for.
    pub(super) fn end(self) {
        let Self { table, asked, missing, faults, .. } = self;
        for (key, _) in table {
            let name = key.get_ref();
            let words = format!("unknown field `{name}`, expected one of `{}`", asked.join("`, `"));
            // Of names as near as each other the one that is missing was meant.
            let fault = faults.of(&words, key.span()).suggest(name, missing.iter().chain(&asked).copied());
            faults.found.push(fault);
        }
    }
}

impl<T: Read> Read for Option<T> {
    fn read(value: Spanned<DeValue<'_>>, faults: &mut Faults<'_>) -> Option<Self> {
        T::read(value, faults).map(Some)
    }

    fn absent() -> Option<Self> {
        Some(None)
    }
}

impl<T: Read> Read for Spanned<T> {
    fn read(value: Spanned<DeValue<'_>>, faults: &mut Faults<'_>) -> Option<Self> {
        let span = value.span();
        T::read(value, faults).map(|read| Spanned::new(span, read))
    }
}

impl<T: Read> Read for Vec<T> {
    fn read(value: Spanned<DeValue<'_>>, faults: &mut Faults<'_>) -> Option<Self> {
        let span = value.span();
        match value.into_inner() {
            DeValue::Array(items) => {
                Some(items.into_iter().filter_map(|item| T::read(item, faults)).collect())
            }
            other => {
                faults.value::<Vec<IgnoredAny>>(Spanned::new(span, other));
                None
            }
        }
    }
}

impl<T: Read> Read for BTreeMap<Spanned<String>, T> {
    fn read(value: Spanned<DeValue<'_>>, faults: &mut Faults<'_>) -> Option<Self> {
        let Keys { table, faults, .. } = Keys::of(value, faults)?;
        let items = table.into_iter().filter_map(|(key, value)| {
            Some((Spanned::new(key.span(), key.get_ref().to_string()), T::read(value, faults)?))
        });
        Some(items.collect())
    }
}

impl<T: Read> Read for BTreeMap<String, T> {
    fn read(value: Spanned<DeValue<'_>>, faults: &mut Faults<'_>) -> Option<Self> {
        let read: BTreeMap<Spanned<String>, T> = Read::read(value, faults)?;
        Some(read.into_iter().map(|(key, value)| (key.into_inner(), value)).collect())
    }
}

/// Reads a table: the keys that are to be there, those that need not be with what stands for them, and what is not
/// written.
macro_rules! read_table {
    ($table:ident { $($must:ident),* ; $($may:ident = $usual:expr),* $(; $left:ident = $unwritten:expr)? }) => {
        impl $crate::pack::keys::Read for $table {
            fn read(
                value: ::toml::Spanned<::toml::de::DeValue<'_>>,
                faults: &mut $crate::pack::keys::Faults<'_>,
            ) -> Option<Self> {
                let mut keys = $crate::pack::keys::Keys::of(value, faults)?;
                $(let $must = keys.must(stringify!($must));)*
                $(let $may = keys.may(stringify!($may));)*
                keys.end();
                Some(Self {
                    $($must: $must?,)*
                    $($may: $may.unwrap_or_else(|| $usual),)*
                    $($left: $unwritten,)?
                })
            }
        }
    };
}
pub(super) use read_table;

/// Reads values as the library does.
macro_rules! read_values {
    ($($value:ty),*) => {
        $(impl $crate::pack::keys::Read for $value {
            fn read(
                value: ::toml::Spanned<::toml::de::DeValue<'_>>,
                faults: &mut $crate::pack::keys::Faults<'_>,
            ) -> Option<Self> {
                faults.value(value)
            }
        })*
    };
}
pub(super) use read_values;

read_values!(String, bool, u16, f64);

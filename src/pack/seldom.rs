//! Keeps what most fields do not have in a word of memory.

use std::ops::Deref;

use serde::Deserialize;

/// A value that says nothing most of the time, and takes no memory then. It is read as the value itself.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(serde::Serialize))]
pub struct Seldom<T>(Option<Box<T>>);

/// What says nothing.
pub trait Nothing: PartialEq + 'static {
    /// The value that does.
    const NOTHING: &'static Self;
}

impl<T: Nothing> From<T> for Seldom<T> {
    fn from(value: T) -> Self {
        Self((value != *T::NOTHING).then(|| Box::new(value)))
    }
}

impl<T> Default for Seldom<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T: Nothing> Deref for Seldom<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.0.as_deref().unwrap_or(T::NOTHING)
    }
}

//! Reads what a field says of the words around its value: what the text adds by itself (`x-before`, `x-after`),
//! whether only an exact number makes a sentence (`x-exact`), whether the number is a limit (`x-limit`), whether
//! a 0 is left out (`x-zero`), whether a draft does not wait for the value (`x-optional`) and whether an empty data
//! file has a place for it all the same (`x-usual`).

use serde::Deserialize;

use super::seldom::Nothing;
use crate::diag::Text;
use crate::json::{Json, JsonValue};

/// The keywords that are read here.
pub(super) const KEYWORDS: [&str; 9] =
    ["x-before", "x-after", "x-exact", "x-range", "x-limit", "x-zero", "x-optional", "x-usual", "x-expected"];

/// How the text around a field's value takes it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(serde::Serialize))]
#[expect(clippy::struct_excessive_bools, reason = "each is a keyword of its own")]
pub struct Wording {
    /// What the text has right before the value (`x-before`): the value itself does not begin with it.
    pub before: Vec<String>,
    /// What the text has right after the value (`x-after`): the value itself does not end with it.
    pub after: Vec<String>,
    /// Whether the sentence only holds with an exact number (`x-exact`): 连续两年.
    pub exact: bool,
    /// Whether two numbers may be given, the least and the most (`x-range`): 6%～6.5%.
    pub range: bool,
    /// Which limit the number is (`x-limit`); it prints as one even when given bare: 2000亩以上.
    pub limit: Option<Limit>,
    /// Whether a 0 is left out of the text as if it were not given (`"x-zero": "omit"`).
    pub omits_zero: bool,
    /// Whether many documents are whole without the value (`x-optional`), so that a draft does not wait for it.
    pub optional: bool,
    /// Whether most documents have the value (`x-usual`), so that an empty data file has a place for it.
    pub usual: bool,
}

impl Nothing for Wording {
    const NOTHING: &'static Self = &Self {
        before: Vec::new(),
        after: Vec::new(),
        exact: false,
        range: false,
        limit: None,
        omits_zero: false,
        optional: false,
        usual: false,
    };
}

impl Default for Wording {
    fn default() -> Self {
        Self::NOTHING.clone()
    }
}

/// Which limit a number is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(serde::Serialize))]
pub enum Limit {
    /// 以上.
    Least,
    /// 以内.
    Most,
}

/// Reads a field's wording; `get` looks up a keyword. Keywords that say something else come back with what was
/// expected of them.
pub(super) fn read<'a>(get: impl Fn(&str) -> Option<&'a Json<'a>>) -> (Wording, Vec<(&'static str, Text)>) {
    let mut unfit = Vec::new();
    let mut words = |keyword: &'static str| {
        let Some(value) = get(keyword) else { return Vec::new() };
        let words: Option<Vec<String>> = match &value.value {
            JsonValue::Array(words) => words.iter().map(|word| word.as_str().map(str::to_owned)).collect(),
            _ => value.as_str().map(|word| vec![word.to_owned()]),
        };
        let mut words = words.unwrap_or_default();
        if words.is_empty() || words.iter().any(String::is_empty) {
            unfit.push((keyword, Text::both("一个或几个词", "a word or an array of words")));
            words.clear();
        }
        // 级水平 before 级.
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        words
    };
    let (before, after) = (words("x-before"), words("x-after"));
    let mut choice = |keyword: &'static str| match get(keyword).map(|value| &value.value) {
        None => false,
        Some(JsonValue::Bool(choice)) => *choice,
        Some(_) => {
            unfit.push((keyword, Text::both("`true` 或 `false`", "`true` or `false`")));
            false
        }
    };
    let (exact, range) = (choice("x-exact"), choice("x-range"));
    let (optional, usual) = (choice("x-optional"), choice("x-usual"));
    let limit = match get("x-limit").map(|value| value.as_str()) {
        None => None,
        Some(Some("least")) => Some(Limit::Least),
        Some(Some("most")) => Some(Limit::Most),
        Some(_) => {
            unfit.push(("x-limit", Text::both("`least` 或 `most`", "`least` or `most`")));
            None
        }
    };
    let omits_zero = match get("x-zero").map(|value| value.as_str()) {
        None => false,
        Some(zero) => {
            if zero != Some("omit") {
                unfit.push(("x-zero", Text::both("`omit`", "`omit`")));
            }
            true
        }
    };
    let expected = get("x-expected");
    let is_phrase = |value: &Json<'_>| {
        ["zh", "en"].iter().all(|language| value.get(language).is_some_and(|text| text.as_str().is_some()))
    };
    if expected.is_some_and(|value| !is_phrase(value)) {
        unfit
            .push(("x-expected", Text::both("`{\"zh\": ..., \"en\": ...}`", "`{\"zh\": ..., \"en\": ...}`")));
    }
    (Wording { before, after, exact, range, limit, omits_zero, optional, usual }, unfit)
}

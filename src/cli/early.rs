//! Reads the options that must be known before the command line is understood: those that say how to complain
//! of it.

use std::ffi::{OsStr, OsString};

/// The options of the program that take a value.
const VALUED: [&str; 2] = ["--lang", "--message-format"];

/// Reads `help render` as `render --help`.
pub(super) fn with_help(mut words: Vec<OsString>) -> Vec<OsString> {
    let mut at = 1;
    while let Some(word) = words.get(at).and_then(|word| word.to_str()).filter(|word| word.starts_with('-')) {
        at += if VALUED.contains(&word) { 2 } else { 1 };
    }
    if words.get(at).is_some_and(|word| word == "help") {
        words.remove(at);
        words.push("--help".into());
    }
    words
}

/// Returns the value of an option of the program among the words as typed, `--name value` or `--name=value`.
pub(super) fn option<'a>(words: &'a [OsString], name: &str) -> Option<&'a OsStr> {
    let mut words = words.iter().skip(1).take_while(|word| *word != "--");
    while let Some(word) = words.next() {
        if word == name {
            return words.next().map(OsString::as_os_str);
        }
        let value = word.to_str().and_then(|word| word.strip_prefix(name)?.strip_prefix('='));
        if let Some(value) = value {
            return Some(OsStr::new(value));
        }
    }
    None
}

//! Reads the options that must be known before the command line is understood: those that say how to complain
//! of it.

use std::ffi::{OsStr, OsString};

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

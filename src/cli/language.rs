//! Chooses the language of the messages: `--lang`, else the locale, else Chinese.

use std::ffi::{OsStr, OsString};

use shizheng::diag::Language;

use super::early;

/// The locale's variables, the strongest first (POSIX, 8.2).
const VARIABLES: [&str; 3] = ["LC_ALL", "LC_MESSAGES", "LANG"];

/// Chooses the language from the command line as typed and the environment.
///
/// The words are looked through before they are parsed, because help and the parser's own complaints need
/// the language too.
pub(super) fn choose(words: &[OsString], variable: impl Fn(&str) -> Option<OsString>) -> Language {
    asked(words).unwrap_or_else(|| locale(variable))
}

/// Returns the language with the name that `--lang` takes.
pub(super) fn named(name: &OsStr) -> Option<Language> {
    match name.to_str()? {
        "zh" => Some(Language::Chinese),
        "en" => Some(Language::English),
        _ => None,
    }
}

fn asked(words: &[OsString]) -> Option<Language> {
    named(early::option(words, "--lang")?)
}

/// Windows has none of the variables: Chinese there. So are `C` and `POSIX`, which say nothing of language.
fn locale(variable: impl Fn(&str) -> Option<OsString>) -> Language {
    let value = VARIABLES.iter().filter_map(|name| variable(name)).find(|value| !value.is_empty());
    let Some(value) = value else { return Language::Chinese };
    let value = value.to_string_lossy().to_ascii_lowercase();
    match value.split(['_', '.', '-', '@']).next().unwrap_or_default() {
        "zh" | "c" | "posix" => Language::Chinese,
        _ => Language::English,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(words: &[&str], variables: &[(&str, &str)]) -> Language {
        let words: Vec<OsString> = std::iter::once(&"shizheng").chain(words).map(OsString::from).collect();
        choose(&words, |name| {
            variables.iter().find(|(key, _)| *key == name).map(|(_, value)| OsString::from(value))
        })
    }

    #[test]
    fn locale_decides_in_the_order_of_posix() {
        let (zh, en) = (Language::Chinese, Language::English);
        assert_eq!(chosen(&[], &[]), zh);
        for (value, language) in [
            ("zh_CN.UTF-8", zh),
            ("zh-Hans", zh),
            ("C", zh),
            ("C.UTF-8", zh),
            ("POSIX", zh),
            ("en_US.UTF-8", en),
            ("de_DE@euro", en),
        ] {
            for name in VARIABLES {
                assert_eq!(chosen(&[], &[(name, value)]), language, "{name}={value}");
            }
        }
        assert_eq!(chosen(&[], &[("LC_ALL", ""), ("LC_MESSAGES", "en_GB"), ("LANG", "zh_CN")]), en);
        assert_eq!(chosen(&[], &[("LC_ALL", "zh_CN"), ("LC_MESSAGES", "en_GB")]), zh);
    }

    #[test]
    fn option_is_stronger_than_the_locale() {
        let english = [("LANG", "en_US")];
        assert_eq!(chosen(&["--lang", "zh", "licenses"], &english), Language::Chinese);
        assert_eq!(chosen(&["licenses", "--lang=zh"], &english), Language::Chinese);
        assert_eq!(chosen(&["render", "--", "--lang=zh"], &english), Language::English);
        assert_eq!(chosen(&["--lang", "fr"], &english), Language::English);
        assert_eq!(chosen(&["--lang"], &english), Language::English);
    }
}

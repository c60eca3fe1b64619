//! Finds files of an overlay that look as if they were to change something and do not: `style.toml.txt`.
//!
//! Names are compared letter by letter, on every system alike. What is plainly something else, a note or a backup, is
//! left alone.

use std::collections::BTreeSet;

use crate::diag::catalogue::overlay::OVERLAY_FILE;
use crate::diag::{Diagnostic, Text, nearest};

/// The files that a pack has its settings in.
const SETTINGS: [&str; 3] = ["pack.toml", "style.toml", "schema.json"];
/// What people and their editors write settings in elsewhere.
const ENDINGS: [&str; 8] = ["toml", "tml", "tom", "yaml", "yml", "ini", "json", "jsonc"];

/// Finds the strays among the names of an overlay's files; `templates` are the files of those that it stands on.
pub(super) fn find(
    names: &[String],
    templates: &BTreeSet<&str>,
    display: impl Fn(&str) -> String,
) -> Vec<Diagnostic> {
    let strays = names.iter().filter_map(|name| {
        let meant = meant(name, templates)?;
        let fault = Diagnostic::new(&OVERLAY_FILE).with("file", display(name));
        Some(if meant.is_empty() {
            fault
        } else {
            fault.hint(Text::both(format!("是否要写 `{meant}`"), format!("did you mean `{meant}`?")))
        })
    });
    strays.collect()
}

/// Returns the name that a file was meant to have, an empty one where it cannot be told; nothing for a file that is
/// right or something else.
fn meant(name: &str, templates: &BTreeSet<&str>) -> Option<String> {
    if SETTINGS.contains(&name) || name.strip_suffix(".hbs").is_some() {
        return None;
    }
    // Letters beyond ASCII may take more or fewer bytes in lower case.
    let lower = name.to_ascii_lowercase();
    // Windows hides what it takes for the ending.
    let plain = lower.strip_suffix(".txt").unwrap_or(&lower);
    if let Some(setting) = SETTINGS.iter().find(|setting| **setting == plain) {
        return Some((*setting).to_owned());
    }
    let (stem, ending) = plain.rsplit_once('.').unwrap_or((plain, ""));
    let spelled = |wanted: &str| templates.iter().find(|known| known.to_ascii_lowercase() == wanted);
    if ending == "hbs" {
        let own = || format!("{}.hbs", &name[..stem.len()]);
        return Some(spelled(plain).map_or_else(own, |known| (*known).to_owned()));
    }
    if ending.is_empty() {
        return spelled(&format!("{plain}.hbs")).map(|known| (*known).to_owned());
    }
    let is_setting = SETTINGS.iter().any(|setting| setting.split('.').next() == Some(stem));
    if ending == "toml" || (is_setting && ENDINGS.contains(&ending)) {
        return Some(nearest(plain, SETTINGS).unwrap_or_default().to_owned());
    }
    (ending == "handlebars").then(|| format!("{stem}.hbs"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_meant_is_known_from_what_was_written() {
        let templates = BTreeSet::from(["front/lead.hbs", "plan/heading.hbs"]);
        for (name, wanted) in [
            ("front/lead.hbs.txt", "front/lead.hbs"),
            ("front/Lead.hbs.TXT", "front/lead.hbs"),
            ("plan/heading.HBS", "plan/heading.hbs"),
            ("Plan/heading.Hbs", "plan/heading.hbs"),
            ("own/New.HBS", "own/New.hbs"),
            ("own/\u{212A}甲.HBS", "own/\u{212A}甲.hbs"),
            ("own/new.hbs.txt", "own/new.hbs"),
            ("front/lead", "front/lead.hbs"),
            ("style.toml.txt", "style.toml"),
            ("style.tml", "style.toml"),
            ("style.yaml", "style.toml"),
            ("styel.toml", "style.toml"),
            ("Schema.json", "schema.json"),
            ("schema.jsonc", "schema.json"),
            ("pack.TOML", "pack.toml"),
        ] {
            assert_eq!(meant(name, &templates), Some(wanted.to_owned()), "{name}");
        }
        assert_eq!(meant("development/settings.toml", &templates), Some(String::new()));
        for name in [
            "pack.toml",
            "style.toml",
            "schema.json",
            "front/lead.hbs",
            "base.lock.json",
            "README.md",
            "README",
            "notes.txt",
            "说明.docx",
            "logo.png",
            "fonts/a.ttf",
            "front/lead.hbs.bak",
            "front/lead.hbs~",
            ".gitignore",
            "data/2025.json",
        ] {
            assert_eq!(meant(name, &templates), None, "{name}");
        }
    }
}

//! Lists every message of the program, in Chinese and English, each with a code that never changes.
//!
//! One file a stage; the codes' first digit says which: `E01` reading and checking data, `E02` packs,
//! `E03` filling, `E04` markup, `E05` layout and fonts, `E06` writing formats, `E07` files and the call, `E08` the
//! rules of the text, `E09` reading a PDF to audit it. `W` marks warnings, `N` notes.

pub mod audit;
pub mod batch;
pub mod cli;
pub mod data;
pub mod export;
pub mod fill;
pub mod layout;
pub mod markup;
pub mod overlay;
pub mod pack;
pub mod picture;
pub mod previous;
pub mod proofread;
pub mod spreadsheet;
pub mod trend;
pub mod wording;

use super::{Language, Severity};

/// A message of the catalogue.
#[derive(Debug, PartialEq, Eq)]
pub struct Entry {
    /// The code, such as `E0102`; it never changes its meaning.
    pub code: &'static str,
    /// How grave it is as a rule.
    pub severity: Severity,
    /// The message, with placeholders such as `{path}`.
    pub message: Phrase,
    /// What to do about it, with the same placeholders.
    pub hint: Option<Phrase>,
    /// What it means and why it is so, for `explain`.
    pub explanation: Phrase,
}

/// A phrase in both languages, as the catalogue holds it.
#[derive(Debug, PartialEq, Eq)]
pub struct Phrase {
    /// 中文.
    pub zh: &'static str,
    /// English.
    pub en: &'static str,
}

impl Phrase {
    /// Returns the phrase in a language.
    pub fn get(&self, language: Language) -> &'static str {
        match language {
            Language::Chinese => self.zh,
            Language::English => self.en,
        }
    }
}

impl Entry {
    /// Returns the names of the placeholders in the message and the hint.
    pub fn placeholders(&self) -> Vec<&'static str> {
        let patterns = [Some(&self.message), self.hint.as_ref()];
        let mut names: Vec<_> =
            patterns.into_iter().flatten().flat_map(|phrase| names_in(phrase.zh)).collect();
        names.sort_unstable();
        names.dedup();
        names
    }
}

fn names_in(pattern: &'static str) -> Vec<&'static str> {
    pattern.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(name, _)| name).collect()
}

/// Returns every message, in the order of the codes' stages.
pub fn entries() -> impl Iterator<Item = &'static Entry> {
    [
        data::ENTRIES,
        previous::ENTRIES,
        trend::ENTRIES,
        spreadsheet::ENTRIES,
        wording::ENTRIES,
        pack::ENTRIES,
        overlay::ENTRIES,
        fill::ENTRIES,
        markup::ENTRIES,
        picture::ENTRIES,
        layout::ENTRIES,
        export::ENTRIES,
        cli::ENTRIES,
        batch::ENTRIES,
        proofread::ENTRIES,
        audit::ENTRIES,
    ]
    .into_iter()
    .flatten()
    .copied()
}

/// The stages by the two digits of their codes, in the order in which they are listed.
pub static STAGES: &[(&str, Phrase)] = &[
    ("07", Phrase { zh: "命令和文件", en: "The call and the files" }),
    ("01", Phrase { zh: "读数据、查数据", en: "Reading and checking the data" }),
    ("08", Phrase { zh: "文字校对", en: "Proof-reading the text" }),
    ("05", Phrase { zh: "字体和排版", en: "Faces and pages" }),
    ("06", Phrase { zh: "写出文件", en: "Writing the formats" }),
    ("02", Phrase { zh: "模板包", en: "Template packs" }),
    ("03", Phrase { zh: "填写模板", en: "Filling the templates" }),
    ("04", Phrase { zh: "模板里的标记", en: "Markup in templates" }),
    ("09", Phrase { zh: "查验成稿", en: "Auditing a finished report" }),
];

/// Returns the message with a code, whatever the case of its letter.
pub fn find(code: &str) -> Option<&'static Entry> {
    entries().find(|entry| entry.code.eq_ignore_ascii_case(code))
}

/// Writes the entries of a stage: each a static of its own, all of them in `ENTRIES`.
macro_rules! catalogue {
    ($(
        $(#[$doc:meta])*
        $name:ident = $code:literal, $severity:ident,
            $zh:literal, $en:literal,
            $(hint $hint_zh:literal, $hint_en:literal,)?
            explain $explain_zh:literal, $explain_en:literal;
    )*) => {
        $(
            $(#[$doc])*
            pub static $name: crate::diag::catalogue::Entry = crate::diag::catalogue::Entry {
                code: $code,
                severity: crate::diag::Severity::$severity,
                message: crate::diag::catalogue::Phrase { zh: $zh, en: $en },
                hint: catalogue!(@hint $($hint_zh, $hint_en)?),
                explanation: crate::diag::catalogue::Phrase { zh: $explain_zh, en: $explain_en },
            };
        )*

        /// Every entry of this stage.
        pub static ENTRIES: &[&crate::diag::catalogue::Entry] = &[$(&$name),*];
    };
    (@hint $zh:literal, $en:literal) => { Some(crate::diag::catalogue::Phrase { zh: $zh, en: $en }) };
    (@hint) => { None };
}
use catalogue;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_say_their_severity() {
        let mut seen = std::collections::BTreeSet::new();
        for entry in entries() {
            assert!(seen.insert(entry.code), "{} twice", entry.code);
            let letter = match entry.severity {
                Severity::Error => 'E',
                Severity::Warning => 'W',
                Severity::Note => 'N',
            };
            assert!(entry.code.starts_with(letter), "{} is a {:?}", entry.code, entry.severity);
            let stages = STAGES.iter().filter(|(digits, _)| entry.code[1..].starts_with(digits));
            assert_eq!(stages.count(), 1, "{} is of no stage that has a name", entry.code);
        }
    }

    #[test]
    fn both_languages_have_the_same_placeholders() {
        for entry in entries() {
            for phrase in [Some(&entry.message), entry.hint.as_ref()].into_iter().flatten() {
                let (mut zh, mut en) = (names_in(phrase.zh), names_in(phrase.en));
                zh.sort_unstable();
                en.sort_unstable();
                assert_eq!(zh, en, "{}", entry.code);
            }
        }
    }

    /// Names that Chinese messages have without quotation marks: of formats, keys, elements, helpers.
    const NAMES: &str = "JSON Schema UTF GB GBK PDF TOML XML HTML MB Windows Handlebars OpenType TrueType CFF Unicode \
        CDATA XX schema json pack toml style entry kind null ttf otf ttc woff glyf em fsType xlsx docx tsv zip \
        BOM CRLF growth number numeral list pattern occurred both next if unless each with given any equal rose fell unchanged \
        zero same_pattern adds_up salutation note join end colspan img src alt height align left center right mm UA PNG PDF rowspan article title byline ol ul li span table chart unit bar line share ranking \
        caption thead tbody tr th td attachments attachment signature name date br nil aux prn head copy secrecy \
        urgency mark organ suffix signer roster post picture imprint copies printer label document letter order \
        minutes plain seal stamp PNG DPI Lines Kubernetes Slurm Word WPS OFD";

    #[test]
    fn each_language_speaks_for_itself() {
        let names: std::collections::BTreeSet<&str> = NAMES.split_whitespace().collect();
        let is_hanzi = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
        for entry in entries() {
            let phrases = [Some(&entry.message), entry.hint.as_ref(), Some(&entry.explanation)];
            for phrase in phrases.into_iter().flatten() {
                // What stands in backticks or braces is a name or a value.
                let own = |text: &str| -> String {
                    let outside: Vec<&str> = text.split('`').step_by(2).collect();
                    let parts = outside.join(" ");
                    let parts: Vec<&str> =
                        parts.split('{').map(|part| part.rsplit('}').next().unwrap_or(part)).collect();
                    parts.join(" ")
                };
                let zh = own(phrase.zh);
                for word in zh.split(|c: char| !(c.is_ascii_alphabetic() || c == '_')) {
                    assert!(
                        word.len() < 2 || names.contains(word),
                        "{}: `{word}` in {}",
                        entry.code,
                        phrase.zh
                    );
                }
                let en = own(phrase.en);
                for run in en.split(|c: char| !is_hanzi(c)) {
                    assert!(run.chars().count() <= 6, "{}: `{run}` in {}", entry.code, phrase.en);
                }
                assert!(en.chars().any(|c| c.is_ascii_alphabetic()) || !en.chars().any(is_hanzi), "{en}");
                assert!(zh.chars().any(is_hanzi) || zh.trim_matches([' ', ':', '：']).is_empty(), "{zh}");
            }
        }
    }
}

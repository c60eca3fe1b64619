//! Reads the finished text as a proof-reader does: marks, numerals, dates, labels, what was left open and what
//! stands there twice.
//!
//! [`passage`] takes the document apart; each family of rules has a file of its own. A rule has a name, by which a
//! pack switches it, and an entry of the catalogue, which cites the standard. Most rules read one passage, those
//! on repetition all of them. No rule knows more than the text and which datum printed it.

mod changes;
mod character;
mod characters;
mod dates;
mod elements;
mod figures;
mod labels;
mod marks;
mod numbers;
mod passage;
mod presence;
mod quantities;
mod rates;
mod repeats;
mod residue;
mod units;
mod words;

use std::collections::BTreeMap;
use std::ops::Range;

use self::character::POINTS;
use self::passage::{Passage, passages};
use self::presence::Characters;
use crate::diag::catalogue::proofread as catalogue;
use crate::diag::{Diagnostic, Entry, Text};
use crate::document::Document;
use crate::pack::RuleSwitch;

/// A rule of the text.
#[derive(Debug)]
pub struct Rule {
    /// The name by which a pack switches it, such as `paired-marks`.
    pub name: &'static str,
    /// What is told where it is broken; its severity holds unless a pack says otherwise.
    pub entry: &'static Entry,
    check: Check,
    /// The characters of which a passage that breaks it has one at least; none where it may be any.
    looks_for: Option<Characters>,
}

/// How a rule finds what breaks it.
#[derive(Clone, Copy, Debug)]
enum Check {
    /// In each passage by itself.
    Passage(fn(&Passage<'_>) -> Vec<Finding>),
    /// In all passages at once.
    Document(fn(&[Passage<'_>]) -> Vec<(usize, Finding)>),
}

use Check::{Document as All, Passage as One};

/// Every rule, in the order of the catalogue.
pub static RULES: &[Rule] = &[
    rule("no-placeholder", &catalogue::PLACEHOLDER, One(residue::placeholders))
        .looks_for(residue::PLACEHOLDERS),
    rule("no-blank", &catalogue::BLANK, One(residue::blanks)).looks_for(residue::BLANKS),
    rule("no-pending-word", &catalogue::PENDING_WORD, One(residue::pending_words)).looks_for(&['待']),
    rule("paired-marks", &catalogue::UNPAIRED, One(marks::unpaired)).looks_for(marks::PAIRED),
    rule("nested-marks", &catalogue::NESTED_ALIKE, One(marks::nested_alike))
        .looks_for(&['“', '‘', '《', '（']),
    rule("single-marks", &catalogue::MARK_DOUBLED, One(marks::doubled)).looks_for(marks::DOUBLED),
    rule("marks-in-place", &catalogue::MARK_STRAY, One(marks::stray)).looks_for(POINTS),
    rule("full-width-marks", &catalogue::MARK_HALF_WIDTH, One(marks::half_width))
        .looks_for(&[',', ';', ':', '?', '!', '(', ')', '.']),
    rule("chinese-quotes", &catalogue::QUOTE_ASCII, One(marks::ascii_quotes)).looks_for(&['"', '\'']),
    rule("dash-and-ellipsis", &catalogue::DASH_OR_ELLIPSIS, One(marks::dashes_and_ellipses))
        .looks_for(marks::STROKES_AND_DOTS),
    rule("quotes-without-comma", &catalogue::COMMA_BETWEEN_QUOTES, One(marks::commas_between_quotes))
        .looks_for(&['”', '》']),
    rule("list-end", &catalogue::LIST_END, One(marks::list_ends)).looks_for(&['等']),
    rule("heading-end", &catalogue::HEADING_END, One(labels::heading_ends)),
    rule("paragraph-end", &catalogue::PARAGRAPH_END, One(labels::paragraph_ends)),
    rule("label-mark", &catalogue::LABEL_MARK, One(labels::marks)),
    rule("single-label", &catalogue::LABEL_DOUBLED, One(labels::doubled)),
    rule("label-order", &catalogue::LABEL_ORDER, All(labels::order)),
    rule("half-width-numerals", &catalogue::CHARACTER_FULL_WIDTH, One(characters::full_width)),
    rule("no-space", &catalogue::SPACE, One(characters::spaces)).looks_for(characters::SPACES),
    rule("middle-dot", &catalogue::MIDDLE_DOT, One(characters::middle_dots)).looks_for(characters::DOTS),
    rule("numeral-zero", &catalogue::NUMERAL_ZERO, One(characters::zeros)).looks_for(&['年']),
    rule("range-sign", &catalogue::RANGE_SIGN, One(numbers::range_signs)),
    rule("range-unit", &catalogue::RANGE_UNIT, One(numbers::range_units)),
    rule("percentage-point", &catalogue::PERCENTAGE_POINT, One(quantities::percentage_points)),
    rule("single-approximation", &catalogue::APPROXIMATION_DOUBLED, One(quantities::approximations)),
    rule("no-decline-by-times", &catalogue::DECLINE_TIMES, One(quantities::declines)).looks_for(&['倍']),
    rule("no-signed-change", &catalogue::CHANGE_SIGNED, One(quantities::signed_changes)),
    rule("unmixed-numerals", &catalogue::NUMERALS_MIXED, One(numbers::mixed)),
    rule("single-scale", &catalogue::AMOUNT_COMPOUND, One(numbers::compound)),
    rule("leading-zero", &catalogue::ZERO_MISSING, One(numbers::leading_zeros)),
    rule("single-unit", &catalogue::UNIT_DOUBLED, One(numbers::doubled_units)),
    rule("approximate-numerals", &catalogue::NUMERALS_PARTED, One(numbers::parted)).looks_for(&['、']),
    rule("no-padded-date", &catalogue::DATE_PADDED, One(dates::padded)),
    rule("date-form", &catalogue::DATE_FORM, One(dates::forms)),
    rule("real-date", &catalogue::DATE_IMPOSSIBLE, One(dates::impossible)),
    rule("document-number", &catalogue::DOCUMENT_NUMBER, One(dates::document_numbers)),
    rule("sentence-once", &catalogue::SENTENCE_TWICE, All(repeats::sentences)),
    rule("clause-once", &catalogue::CLAUSE_TWICE, All(repeats::clauses)),
    rule("word-once", &catalogue::WORD_TWICE, One(repeats::words)),
    rule("figure-one-value", &catalogue::FIGURE_TWO_VALUES, All(figures::same_path)),
    rule("figures-agree", &catalogue::FIGURES_DISAGREE, All(figures::same_noun)),
    rule("right-word", &catalogue::WORD_WRONG, One(words::wrong)),
    rule("attachment-names", &catalogue::ATTACHMENT_NAME, All(labels::attachment_names)),
    rule("change-adds-up", &catalogue::CHANGE_WRONG, One(changes::wrong)).looks_for(&['到', '至']),
    rule("part-within-whole", &catalogue::PART_ABOVE, One(changes::parts)).looks_for(&['其']),
    rule("attachment-there", &catalogue::ATTACHMENT_ABSENT, All(elements::absent_attachments)),
    rule("request-recipient", &catalogue::REQUEST_RECIPIENTS, All(elements::request_recipients)),
    rule("signer-named", &catalogue::SIGNER_MISSING, All(elements::signers)),
    rule("secret-numbered", &catalogue::COPY_NUMBER_MISSING, All(elements::copy_numbers)),
    rule("imprint-whole", &catalogue::IMPRINT_HALF, All(elements::imprints)),
    rule("recipient-once", &catalogue::RECIPIENT_COPIED, All(elements::copied_recipients)),
    rule("organs-sign", &catalogue::ORGAN_OTHER, All(elements::signatories)),
    rule("rates-agree", &catalogue::RATES_DISAGREE, All(rates::free)),
];

const fn rule(name: &'static str, entry: &'static Entry, check: Check) -> Rule {
    Rule { name, entry, check, looks_for: None }
}

impl Rule {
    const fn looks_for(self, characters: &[char]) -> Self {
        Self { looks_for: Some(Characters::of(characters)), ..self }
    }

    /// Tells whether a passage may break it, as far as its characters show.
    fn concerns(&self, passage: &Passage<'_>) -> bool {
        self.looks_for.as_ref().is_none_or(|characters| passage.characters.may_meet(characters))
    }
}

/// Something that breaks a rule.
#[derive(Debug)]
struct Finding {
    /// The characters in question.
    range: Range<usize>,
    /// What they should be, where that is certain.
    mended: Option<String>,
    /// What they should be, where there is a choice.
    choice: Option<Text>,
    /// Words for placeholders of the rule's own.
    arguments: Vec<(&'static str, Text)>,
}

impl Finding {
    fn new(range: Range<usize>) -> Self {
        Self { range, mended: None, choice: None, arguments: Vec::new() }
    }

    fn mended(mut self, mended: impl Into<String>) -> Self {
        self.mended = Some(mended.into());
        self
    }

    fn choice(mut self, zh: &str, en: &str) -> Self {
        self.choice = Some(Text::both(zh, en));
        self
    }

    fn with(mut self, name: &'static str, value: impl Into<Text>) -> Self {
        self.arguments.push((name, value.into()));
        self
    }
}

/// Reads a document's text by every rule that the pack has not switched off, and returns what breaks one, in the
/// order of the text. What touches a figure that is still open is not told: a draft prints its XX on purpose.
pub fn proofread(document: &Document, switches: &BTreeMap<String, RuleSwitch>) -> Vec<Diagnostic> {
    let passages = passages(document);
    let mut found = Vec::new();
    for rule in RULES {
        let severity = match switches.get(rule.name) {
            None => rule.entry.severity,
            Some(switch) => match switch.severity() {
                Some(severity) => severity,
                None => continue,
            },
        };
        let findings: Vec<(usize, Finding)> = match rule.check {
            Check::Document(check) => check(&passages),
            Check::Passage(check) => passages
                .iter()
                .enumerate()
                .filter(|(_, passage)| rule.concerns(passage))
                .flat_map(|(index, passage)| check(passage).into_iter().map(move |finding| (index, finding)))
                .collect(),
        };
        for (index, finding) in findings {
            let passage = &passages[index];
            if passage.is_open(&finding.range) {
                continue;
            }
            let at = (index, finding.range.start);
            let mut told = tell(rule, passage, finding);
            told.severity = severity;
            found.push((at, told));
        }
    }
    found.sort_by_key(|(at, _)| *at);
    found.into_iter().map(|(_, told)| told).collect()
}

/// How many characters are quoted on either side of those in question.
const CONTEXT: usize = 8;
/// The most characters in question that are quoted.
const LONGEST: usize = 24;

fn tell(rule: &Rule, passage: &Passage<'_>, finding: Finding) -> Diagnostic {
    let known = rule.entry.placeholders();
    let text = shortened(&passage.text(finding.range.clone()));
    let values = [("text", Text::from(text)), ("quote", Text::from(quote(passage, &finding.range)))];
    let told = values
        .into_iter()
        .chain(finding.arguments)
        .filter(|(name, _)| known.contains(name))
        .fold(Diagnostic::new(rule.entry), |told, (name, value)| told.with(name, value));
    let told = match finding.mended {
        Some(mended) => told.hint(Text::both(format!("改为：`{mended}`"), format!("write: `{mended}`"))),
        None => told,
    };
    let told = finding.choice.into_iter().fold(told, Diagnostic::hint);
    match passage.anchor(&finding.range) {
        Some(anchor) => told.anchored(anchor),
        None => told,
    }
}

/// Returns the characters in question among their neighbours.
fn quote(passage: &Passage<'_>, range: &Range<usize>) -> String {
    let from = range.start.saturating_sub(CONTEXT);
    let to = (range.end + CONTEXT).min(passage.chars.len());
    let more = |is_more: bool| if is_more { "…" } else { "" };
    format!(
        "{}{}{}{}{}",
        more(from > 0),
        passage.text(from..range.start),
        shortened(&passage.text(range.clone())),
        passage.text(range.end..to),
        more(to < passage.chars.len())
    )
}

/// Leaves the middle of a long text out.
fn shortened(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    if chars.len() <= LONGEST {
        return text.to_owned();
    }
    let half = LONGEST / 2;
    format!(
        "{}…{}",
        chars[..half].iter().collect::<String>(),
        chars[chars.len() - half..].iter().collect::<String>()
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::document::{Block, Inline, Paragraph, ParagraphKind, Run};

    /// What rules look for, and what stands around it.
    const PARTS: &[&str] = &[
        "全市",
        "年",
        "二O二五",
        "2025",
        "等",
        "等等",
        "待定",
        "待核实",
        "倍",
        "下降3倍",
        "约",
        "5%",
        "XX",
        "xx市",
        "××",
        "____",
        "　",
        " ",
        "\u{200b}",
        "（",
        "）",
        "(",
        ")",
        "《",
        "》",
        "“",
        "”",
        "‘",
        "’",
        "\"",
        "'",
        "、",
        "，",
        ",",
        "。",
        "；",
        ";",
        "：",
        ":",
        "？",
        "?",
        "！",
        "!",
        ".",
        "..",
        "…",
        "……",
        "—",
        "——",
        "-",
        "－",
        "–",
        "─",
        "━",
        "·",
        "•",
        "・",
        "三",
        "五",
        "三、五",
        "是",
        "一是",
        "○",
        "〇",
        "０",
        "％",
        "~",
        "～",
        "12万",
        "亿元",
        "其中",
        "\u{301c}",
        "．",
        MOST_DECIMALS,
        MOST,
    ];

    /// A number with all the decimals that a [`rust_decimal::Decimal`] can have.
    const MOST_DECIMALS: &str = "1.0000000000000000000000000001";
    /// The largest number that one can be.
    const MOST: &str = "79228162514264337593543950335";

    /// Numbers at the ends of what can be reckoned with, and beyond them.
    const NUMBERS: &[&str] = &[
        "0",
        "1",
        "2",
        "100",
        "0.5",
        MOST_DECIMALS,
        "0.0000000000000000000000000001",
        "7.9228162514264337593543950335",
        MOST,
        "79,228,162,514,264,337,593,543,950,335",
        "79228162514264337593543950334.5",
        "79228162514264337593543950336",
        "1.00000000000000000000000000009",
        "99999999999999999999999999999999999999999999",
    ];

    /// Sentences in which rules reckon with the numbers that stand for `#`.
    const SENTENCES: &[&str] = &[
        "全市企业由#家增加到#家，增长#%。",
        "全市企业由#家减少到#家，下降#%。",
        "总投资#亿元，其中工业投资#亿元、农业投资#亿元。",
        "地区生产总值达到#亿元。地区生产总值达到#万亿元。",
        "占比由#%提高到#%，提高#个百分点。",
        "#年#月#日至#日，第#届，#%—#%，下降#倍，市政发〔#〕#号。",
        "增长#%～#%，约#余家，近#成，#.#，#、#项。",
    ];

    fn document(text: String) -> Document {
        let run = Run { text, strong: false, datum: None, offset: 0 };
        let paragraph =
            Paragraph { heading: None, content: vec![Inline::Run(run)], kind: ParagraphKind::Body };
        Document { blocks: vec![Block::Paragraph(paragraph)], ..Document::default() }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]
        #[test]
        fn rule_has_nothing_to_say_where_nothing_that_it_looks_for_is(
            parts in prop::collection::vec(prop::sample::select(PARTS), 1..9),
        ) {
            let document = document(parts.concat());
            for passage in &passages(&document) {
                for rule in RULES.iter().filter(|rule| !rule.concerns(passage)) {
                    if let Check::Passage(check) = rule.check {
                        prop_assert!(check(passage).is_empty(), "{} has something to say", rule.name);
                    }
                }
            }
        }

        #[test]
        fn any_text_can_be_read(parts in prop::collection::vec(prop::sample::select(PARTS), 1..9)) {
            proofread(&document(parts.concat()), &BTreeMap::new());
        }

        #[test]
        fn any_number_can_be_reckoned_with(
            sentence in prop::sample::select(SENTENCES),
            numbers in prop::collection::vec(prop::sample::select(NUMBERS), 9),
        ) {
            let mut numbers = numbers.into_iter();
            let text = sentence.split_inclusive('#').map(|part| match part.strip_suffix('#') {
                Some(words) => words.to_owned() + numbers.next().unwrap_or("1"),
                None => part.to_owned(),
            });
            proofread(&document(text.collect()), &BTreeMap::new());
        }
    }
}

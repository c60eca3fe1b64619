//! Prints what there is to look up: the messages of the catalogue and the helpers of templates. As Markdown
//! they are chapters of the handbook, which is how it cannot say anything else than the program.

use std::fmt::Write;

use serde::Serialize;
use shizheng::diag::catalogue::{self, Phrase, STAGES};
use shizheng::diag::{Diagnostic, Entry, Language, Report};
use shizheng::fill::guide::{Example, GUIDES, Guide};
use shizheng::proofread::RULES;
use unicode_width::UnicodeWidthStr;

use super::arguments::{Explanation, Guidance};
use super::console::print;
use super::fault::Fault;

/// Lists every message of the catalogue: for people by its code, those of the text's rules with the names that a
/// pack switches them by; as Markdown whole.
pub(super) fn codes(explanation: Explanation, language: Language) -> Result<(), Fault> {
    let mut text = String::new();
    match explanation {
        Explanation::Human => {
            for entry in catalogue::entries() {
                // Writing to a string does not fail.
                let _ = write!(text, "{}  {}", entry.code, example(entry).message(language));
                if let Some(rule) = rule(entry) {
                    let _ = write!(text, "  [{rule}]");
                }
                text.push('\n');
            }
        }
        Explanation::Markdown => {
            for (digits, name) in STAGES {
                let entries = catalogue::entries().filter(|entry| entry.code[1..].starts_with(digits));
                let sections: String = entries.map(|entry| section(entry, language)).collect();
                if !sections.is_empty() {
                    let _ = writeln!(text, "## {}\n\n{sections}", name.get(language));
                }
            }
        }
    }
    print(text.trim_end().to_owned() + "\n")
}

/// Prints a message of the catalogue as it looks, and what it means.
pub(super) fn explain(
    entry: &'static Entry,
    explanation: Explanation,
    language: Language,
) -> Result<(), Fault> {
    match explanation {
        Explanation::Human => {
            let meaning = entry.explanation.get(language);
            print(format_args!("{}\n{meaning}\n", Report::new(&example(entry), language)))
        }
        Explanation::Markdown => print(section(entry, language).trim_end().to_owned() + "\n"),
    }
}

/// Returns a message and its explanation as a section of the handbook's chapter.
fn section(entry: &'static Entry, language: Language) -> String {
    let report = Report::new(&example(entry), language).to_string();
    let mut text = format!("### {}\n\n```text\n{}\n```\n\n", entry.code, report.trim_end());
    // Writing to a string does not fail.
    let _ = writeln!(text, "{}\n", prose(entry.explanation.get(language)));
    if let Some(rule) = rule(entry) {
        let _ = match language {
            Language::Chinese => writeln!(text, "规则名称：`{rule}`\n"),
            Language::English => writeln!(text, "Name of the rule: `{rule}`\n"),
        };
    }
    text
}

/// Puts marks that Markdown would read out of its way, outside backticks.
fn prose(text: &str) -> String {
    let escape = |(index, part): (usize, &str)| match index % 2 {
        0 => part.replace('\\', "\\\\").replace('<', "\\<").replace('*', "\\*").replace('_', "\\_"),
        _ => part.to_owned(),
    };
    text.split('`').enumerate().map(escape).collect::<Vec<_>>().join("`")
}

fn rule(entry: &Entry) -> Option<&'static str> {
    RULES.iter().find(|rule| rule.entry.code == entry.code).map(|rule| rule.name)
}

fn example(entry: &'static Entry) -> Diagnostic {
    let example = Diagnostic::new(entry);
    entry.placeholders().into_iter().fold(example, |example, name| example.with(name, "…"))
}

/// Lists the helpers of templates.
pub(super) fn helpers(guidance: Guidance, language: Language) -> Result<(), Fault> {
    print(match guidance {
        Guidance::Table => table(language),
        Guidance::Json => {
            let rows: Vec<_> = GUIDES.iter().map(|guide| Row::new(guide, language)).collect();
            // Strings alone: there is nothing in it that JSON cannot hold.
            serde_json::to_string_pretty(&rows).unwrap_or_default() + "\n"
        }
        Guidance::Markdown => {
            let chapter: String = GUIDES.iter().map(|guide| chapter(guide, language)).collect();
            chapter.trim_end().to_owned() + "\n"
        }
    })
}

/// A helper as `helpers --format json` lists it.
#[derive(Serialize)]
struct Row<'a> {
    name: &'a str,
    call: &'a str,
    purpose: &'a str,
    options: Vec<OptionRow<'a>>,
    examples: Vec<ExampleRow<'a>>,
}

#[derive(Serialize)]
struct OptionRow<'a> {
    name: &'a str,
    purpose: &'a str,
}

#[derive(Serialize)]
struct ExampleRow<'a> {
    template: &'a str,
    data: &'a str,
    output: &'a str,
}

impl<'a> Row<'a> {
    fn new(guide: &'a Guide, language: Language) -> Self {
        let option = |(name, purpose): &(&'a str, Phrase)| OptionRow { name, purpose: purpose.get(language) };
        let example = |&Example { template, data, output }: &Example| ExampleRow { template, data, output };
        Self {
            name: guide.name,
            call: guide.call,
            purpose: guide.purpose.get(language),
            options: guide.options.iter().map(option).collect(),
            examples: guide.examples.iter().map(example).collect(),
        }
    }
}

fn table(language: Language) -> String {
    let option = |name: &str| format!("  {name}=");
    let firsts = GUIDES.iter().flat_map(|guide| {
        let options = guide.options.iter().map(|(name, _)| option(name));
        std::iter::once(guide.call.to_owned()).chain(options)
    });
    let width = firsts.map(|first| first.width()).max().unwrap_or_default();
    let mut text = String::new();
    let mut line = |first: &str, second: &str| {
        // Padding by characters would misplace what is right of Chinese, which is two columns wide. Writing to a
        // string does not fail.
        let _ = writeln!(text, "{first}{}  {second}", " ".repeat(width - first.width()));
    };
    for guide in GUIDES {
        line(guide.call, guide.purpose.get(language));
        for (name, purpose) in guide.options {
            line(&option(name), purpose.get(language));
        }
    }
    text
}

/// Returns a helper as a section of the handbook's chapter.
fn chapter(guide: &Guide, language: Language) -> String {
    let mut text = format!(
        "### `{}`\n\n{}{}\n\n",
        guide.call,
        guide.purpose.get(language),
        match language {
            Language::Chinese => "。",
            Language::English => ".",
        }
    );
    // Writing to a string does not fail.
    for (name, purpose) in guide.options {
        let _ = writeln!(text, "- `{name}=`: {}", purpose.get(language));
    }
    if !guide.options.is_empty() {
        text.push('\n');
    }
    let [template, data, output] = match language {
        Language::Chinese => ["模板", "数据", "印出"],
        Language::English => ["template", "data", "text"],
    };
    for (index, example) in guide.examples.iter().enumerate() {
        // The same template is not told again with other data.
        if index == 0 || guide.examples[index - 1].template != example.template {
            let _ = writeln!(text, "{template}:\n\n```hbs\n{}\n```\n", example.template);
            let _ = writeln!(text, "| {data} | {output} |\n|---|---|");
        }
        let _ = writeln!(text, "| `{}` | {} |", example.data, example.output);
        let next = guide.examples.get(index + 1);
        if next.is_none_or(|next| next.template != example.template) {
            text.push('\n');
        }
    }
    text
}

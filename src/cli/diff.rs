//! Shows what differs between two data files and their reports.

use std::fmt::Write as _;

use serde_json::{Value as Json, json};
use shizheng::compare::{Comparison, FigureChange, Part, SentenceChange};
use shizheng::diag::{Language, Text};

use super::arguments::{self, Showing};
use super::console::{Console, print};
use super::faces::Faces;
use super::fault::{Exit, Fault};
use super::input::Input;
use super::packs::Choice;
use super::presses::Presses;
use super::proof::one;

/// A resolved `diff`.
pub(super) struct Differing {
    old: Input,
    new: Input,
    choice: Choice,
    showing: Showing,
    exit_code: bool,
}

impl Differing {
    /// Finds the two data files.
    pub(super) fn resolve(call: &arguments::Diff) -> Result<Self, Fault> {
        let choice = Choice::resolve(call.pack.pack.as_deref())?;
        let (old, new) = (one(&call.old)?, one(&call.new)?);
        Ok(Self { old, new, choice, showing: call.format, exit_code: call.exit_code })
    }

    /// Compares them with the pack of the call, or else of the new one.
    pub(super) fn run(self, console: Console) -> Result<Exit, Fault> {
        let presses = Presses::new(self.choice, Faces::default())?;
        let (old, new) = (self.old.source()?, self.new.source()?);
        let press = presses.for_data(&new)?;
        press.introduce(console);
        let comparison = press.compare(&old, &new).map_err(|found| press.fault(&new, found))?;
        match self.showing {
            Showing::Human => print(human(&comparison, console.language()))?,
            Showing::Json => print(json(&comparison))?,
        }
        Ok(if self.exit_code && !comparison.is_empty() { Exit::Input } else { Exit::Done })
    }
}

/// What stands in the place of a value that there is not.
fn nothing() -> Text {
    Text::both("（没有）", "(none)")
}

fn human(comparison: &Comparison, language: Language) -> String {
    let say = |zh: String, en: String| Text::both(zh, en).get(language).to_owned();
    if comparison.is_empty() {
        return say("没有不同\n".to_owned(), "no differences\n".to_owned());
    }
    let figures = &comparison.figures;
    let count = |is: fn(&FigureChange) -> bool| figures.iter().filter(|figure| is(figure)).count();
    let changed = count(|figure| figure.old.is_some() && figure.new.is_some());
    let (added, gone) = (count(|figure| figure.old.is_none()), count(|figure| figure.new.is_none()));
    let mut text = say(
        format!("数据：改{changed}项，增{added}项，减{gone}项\n"),
        format!("data: {changed} changed, {added} added, {gone} taken away\n"),
    );
    // Writing to a string does not fail, here and below.
    for figure in figures {
        let nothing = nothing();
        let value = |value: &Option<String>| value.clone().unwrap_or(nothing.get(language).to_owned());
        let (old, new) = (value(&figure.old), value(&figure.new));
        let (title, department) = (&figure.title, &figure.department);
        let head = say(format!("{title}（{department}）："), format!("{title} ({department}): "));
        let _ = writeln!(text, "  {head}{old} → {new}");
    }
    let sentences = &comparison.sentences;
    text.push_str(&say(
        format!("报告：{}句不同\n", sentences.len()),
        format!("report: {} sentences differ\n", sentences.len()),
    ));
    let mut under: &[String] = &[];
    for sentence in sentences {
        if sentence.headings != under {
            let _ = writeln!(text, "  {}", sentence.headings.join(" > "));
            under = &sentence.headings;
        }
        for (mark, version) in [("-", &sentence.old), ("+", &sentence.new)] {
            if version.is_some() {
                let _ = writeln!(text, "  {mark} {}", marked(sentence, mark == "-"));
            }
        }
    }
    text
}

/// Returns a version of a sentence with what differs in 【】, unless all of it does.
fn marked(sentence: &SentenceChange, of_old: bool) -> String {
    let is_alone = sentence.old.is_none() || sentence.new.is_none();
    let part = |part: &Part| match part {
        Part::Same(text) => text.clone(),
        Part::Old(text) | Part::New(text) if is_alone => text.clone(),
        Part::Old(text) if of_old => format!("【{text}】"),
        Part::New(text) if !of_old => format!("【{text}】"),
        Part::Old(_) | Part::New(_) => String::new(),
    };
    sentence.parts.iter().map(part).collect()
}

fn json(comparison: &Comparison) -> String {
    let change = |old: &Option<String>, new: &Option<String>| match (old, new) {
        (None, _) => "added",
        (_, None) => "removed",
        _ => "changed",
    };
    let figure = |figure: &FigureChange| {
        json!({
            "change": change(&figure.old, &figure.new),
            "path": figure.path,
            "title": figure.title,
            "department": figure.department,
            "old": figure.old,
            "new": figure.new,
        })
    };
    let part = |part: &Part| match part {
        Part::Same(text) => json!({ "same": text }),
        Part::Old(text) => json!({ "old": text }),
        Part::New(text) => json!({ "new": text }),
    };
    let sentence = |sentence: &SentenceChange| {
        json!({
            "change": change(&sentence.old, &sentence.new),
            "headings": sentence.headings,
            "old": sentence.old,
            "new": sentence.new,
            "parts": sentence.parts.iter().map(part).collect::<Vec<Json>>(),
            "paths": sentence.paths,
        })
    };
    let whole = json!({
        "figures": comparison.figures.iter().map(figure).collect::<Vec<Json>>(),
        "sentences": comparison.sentences.iter().map(sentence).collect::<Vec<Json>>(),
    });
    // Strings and lists alone: there is nothing in it that JSON cannot hold.
    serde_json::to_string_pretty(&whole).unwrap_or_default() + "\n"
}

//! Tells what is wrong with a call in the program's own words, or shows the help that was asked for.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use shizheng::diag::catalogue::cli as catalogue;
use shizheng::diag::{Diagnostic, Language, Text};

use super::arguments::MessageFormat;
use super::console::{self, Console};
use super::fault::Exit;
use super::help;

/// Shows what the parser stopped at and returns how the run ends.
pub(super) fn tell(error: &clap::Error, words: &[OsString], console: Console) -> Exit {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            let printed = console::print(error.render());
            printed.map_or_else(
                |fault| {
                    console.report_all(&fault.diagnostics);
                    fault.exit
                },
                |()| Exit::Done,
            )
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand if console.format() == MessageFormat::Human => {
            console.remark(&Text::from(error.render().to_string().trim_end()));
            Exit::Call
        }
        _ => {
            let diagnostic = diagnostic(error).with("help", help(words, console.language()));
            console.report_all([&suggestions(error).into_iter().fold(diagnostic, Diagnostic::hint)]);
            Exit::Call
        }
    }
}

fn diagnostic(error: &clap::Error) -> Diagnostic {
    let argument = context(error, ContextKind::InvalidArg);
    let value = context(error, ContextKind::InvalidValue);
    let other = context(error, ContextKind::PriorArg);
    match error.kind() {
        ErrorKind::UnknownArgument => {
            let fault = Diagnostic::new(&catalogue::UNKNOWN_ARGUMENT);
            match error.get(ContextKind::InvalidArg) {
                // Two words in one, as a script's line may be.
                Some(ContextValue::String(word)) if word.contains(' ') => {
                    let (zh, en) = (
                        "参数和它的值要写成两个词，或者用 `=` 连起来",
                        "write an argument and its value as two words, or join them with `=`",
                    );
                    fault.with("argument", word.as_str()).hint(Text::both(zh, en))
                }
                _ => fault.with("argument", argument),
            }
        }
        ErrorKind::InvalidValue if value.is_empty() => {
            Diagnostic::new(&catalogue::MISSING_VALUE).with("argument", argument)
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            Diagnostic::new(&catalogue::INVALID_VALUE).with("argument", argument).with("value", value)
        }
        ErrorKind::MissingRequiredArgument => {
            Diagnostic::new(&catalogue::MISSING_ARGUMENT).with("argument", argument)
        }
        ErrorKind::ArgumentConflict if argument == other => {
            Diagnostic::new(&catalogue::REPEATED_ARGUMENT).with("argument", argument)
        }
        ErrorKind::ArgumentConflict => {
            Diagnostic::new(&catalogue::CONFLICTING_ARGUMENTS).with("argument", argument).with("other", other)
        }
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            Diagnostic::new(&catalogue::MISSING_ARGUMENT)
                .with("argument", Text::both("`<命令>`", "`<command>`"))
        }
        ErrorKind::InvalidSubcommand => Diagnostic::new(&catalogue::UNKNOWN_COMMAND)
            .with("command", context(error, ContextKind::InvalidSubcommand)),
        _ => Diagnostic::new(&catalogue::BAD_CALL).with("detail", detail(error)),
    }
}

/// Returns the words of one part of the parser's complaint, an argument without its `<VALUE>`.
fn context(error: &clap::Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(word)) => bare(word).to_owned(),
        Some(ContextValue::Strings(words)) => {
            words.iter().map(|word| format!("`{}`", bare(word))).collect::<Vec<_>>().join(" ")
        }
        _ => String::new(),
    }
}

fn bare(word: &str) -> &str {
    if word.starts_with('-') { word.split(' ').next().unwrap_or(word) } else { word }
}

/// Returns the call whose help says more: `shizheng render --help`.
fn help(words: &[OsString], language: Language) -> String {
    let root = help::command(language);
    let (mut command, mut call) = (&root, "shizheng".to_owned());
    for word in words.iter().skip(1) {
        if let Some(inner) = command.find_subcommand(word) {
            call = format!("{call} {}", inner.get_name());
            command = inner;
        }
    }
    call + " --help"
}

fn suggestions(error: &clap::Error) -> Vec<Text> {
    let likely = [ContextKind::SuggestedArg, ContextKind::SuggestedValue, ContextKind::SuggestedSubcommand];
    let likely = likely.into_iter().find_map(|kind| match error.get(kind)? {
        ContextValue::String(word) => Some(format!("`{}`", bare(word))),
        ContextValue::Strings(words) => {
            Some(words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(" "))
        }
        _ => None,
    });
    let valid = match error.get(ContextKind::ValidValue) {
        Some(ContextValue::Strings(values)) if !values.is_empty() => {
            Some(values.iter().map(|value| format!("`{value}`")).collect::<Vec<_>>())
        }
        _ => None,
    };
    let likely = likely.map(|word| Text::both(format!("是不是 {word}"), format!("did you mean {word}")));
    let valid = valid.map(|values| {
        Text::both(format!("可以是 {}", values.join("、")), format!("it may be {}", values.join(", ")))
    });
    likely.into_iter().chain(valid).collect()
}

/// Says what the parser could not take, in its own words where there are none of ours.
fn detail(error: &clap::Error) -> Text {
    let text = error.to_string();
    let line = text.lines().next().unwrap_or_default();
    let own = line.strip_prefix("error: ").unwrap_or(line);
    let zh = match error.kind() {
        ErrorKind::InvalidUtf8 => "有一个参数不是UTF-8文字".to_owned(),
        ErrorKind::TooManyValues => "有一个参数的值太多".to_owned(),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => "有一个参数的值少了".to_owned(),
        _ => format!("看不懂（{own}）"),
    };
    Text::both(zh, own)
}

//! Writes the manual page (man): one page for all commands, from the definition of the command line.

use clap::{Arg, Command};
use roff::{Inline, Roff, bold, italic, roman};
use shizheng::diag::Language;

use super::console::print;
use super::fault::Fault;
use super::help;

/// What stands between the parts of the page.
struct Words {
    name: &'static str,
    synopsis: &'static str,
    commands: &'static str,
    options: &'static str,
    codes: &'static str,
    also: &'static str,
    manual: &'static str,
    /// The exit codes, from 0.
    exits: [&'static str; 4],
    handbook: &'static str,
}

const CHINESE: Words = Words {
    name: "名称",
    synopsis: "用法",
    commands: "命令",
    options: "通用选项",
    codes: "退出码",
    also: "参见",
    manual: "shizheng 手册",
    exits: [
        "完成",
        "数据或模板包有误，或者检查没有通过",
        "命令写得不对",
        "输出写不进去（没有权限、磁盘满了、文件被占用）",
    ],
    handbook: "随程序的手册（handbook）有全部用法和例子；`shizheng explain` 说明每一条消息。",
};

const ENGLISH: Words = Words {
    name: "NAME",
    synopsis: "SYNOPSIS",
    commands: "COMMANDS",
    options: "GENERAL OPTIONS",
    codes: "EXIT STATUS",
    also: "SEE ALSO",
    manual: "shizheng manual",
    exits: [
        "done",
        "a data file or a template pack is at fault, or a check failed",
        "the call is at fault",
        "an output could not be written",
    ],
    handbook: "The handbook beside the program tells everything with examples; `shizheng explain` explains \
               every message.",
};

/// Prints the page.
pub(super) fn print_page(language: Language) -> Result<(), Fault> {
    print(page(&help::command(language), language))
}

fn page(program: &Command, language: Language) -> String {
    let words = match language {
        Language::Chinese => &CHINESE,
        Language::English => &ENGLISH,
    };
    let name = program.get_name();
    let mut page = Roff::new();
    let version = format!("{name} {}", program.get_version().unwrap_or_default());
    page.control("TH", [name.to_uppercase().as_str(), "1", "", version.as_str(), words.manual]);
    page.control("SH", [words.name]);
    page.text([roman(format!("{name} - {}", about(program)))]);
    page.control("SH", [words.synopsis]);
    page.text([roman(usage(program))]);
    page.control("SH", [words.commands]);
    for command in program.get_subcommands() {
        describe(&mut page, command);
    }
    page.control("SH", [words.options]);
    for argument in program.get_arguments() {
        option(&mut page, argument);
    }
    page.control("SH", [words.codes]);
    for (code, meaning) in words.exits.iter().enumerate() {
        entry(&mut page, [bold(code.to_string())], meaning);
    }
    page.control("SH", [words.also]);
    page.text([roman(words.handbook)]);
    page.render()
}

/// Describes a command and those below it, each with what it takes.
fn describe(page: &mut Roff, command: &Command) {
    if command.has_subcommands() {
        for inner in command.get_subcommands() {
            describe(page, inner);
        }
        return;
    }
    page.control("SS", [usage(command).as_str()]);
    page.text([roman(about(command))]);
    for argument in command.get_arguments() {
        option(page, argument);
    }
    if let Some(examples) = command.get_after_help() {
        page.control("PP", []);
        page.control("nf", []);
        for line in examples.to_string().lines() {
            page.text([roman(line)]);
        }
        page.control("fi", []);
    }
}

fn about(command: &Command) -> String {
    command.get_about().map(ToString::to_string).unwrap_or_default()
}

/// Returns how a command is called, without the word before it.
fn usage(command: &Command) -> String {
    let usage = command.clone().render_usage().to_string();
    usage.split_once(": ").map_or(usage.clone(), |(_, call)| call.to_owned())
}

fn option(page: &mut Roff, argument: &Arg) {
    let mut title = Vec::new();
    if let Some(short) = argument.get_short() {
        title.extend([bold(format!("-{short}")), roman(", ")]);
    }
    match argument.get_long() {
        Some(long) => title.push(bold(format!("--{long}"))),
        None => drop(title.pop()),
    }
    if argument.get_action().takes_values() {
        let name = argument.get_value_names().and_then(<[_]>::first).map(ToString::to_string);
        title.extend([roman(if title.is_empty() { "" } else { " " }), italic(name.unwrap_or_default())]);
    }
    let meaning = argument.get_help().map(ToString::to_string).unwrap_or_default();
    entry(page, title, &meaning);
}

fn entry(page: &mut Roff, title: impl IntoIterator<Item = Inline>, meaning: &str) {
    page.control("TP", []);
    page.text(title.into_iter().collect::<Vec<_>>());
    page.text([roman(meaning)]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_has_every_command_and_option_in_both_languages() {
        for language in [Language::Chinese, Language::English] {
            let program = help::command(language);
            let page = page(&program, language);
            assert!(page.lines().any(|line| line.starts_with(".TH SHIZHENG 1")), "{page}");
            let mut waiting = vec![program];
            let mut options = 0;
            while let Some(command) = waiting.pop() {
                for argument in command.get_arguments() {
                    let help = argument.get_help().unwrap().to_string();
                    // Hyphens are written `\-` and a backslash `\e`: what is left are the words between.
                    let words = help.split(['-', '\\', '.', '\'']).map(str::trim);
                    assert!(words.clone().all(|word| page.contains(word)), "{help}");
                    options += 1;
                }
                waiting.extend(command.get_subcommands().cloned());
            }
            assert!(options > 30);
        }
    }
}

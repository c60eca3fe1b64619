//! Puts the help into the language of the reader: the command line's shape is one, its words are two.

use std::fmt::Write;

use clap::builder::{StyledStr, Styles};
use clap::{Command, CommandFactory};
use shizheng::diag::Language;

use super::arguments::Arguments;

/// A command's help in what differs beyond its arguments: the first entry is the program itself.
struct Page {
    /// The words of the call without the program's own: `pack lint`.
    command: &'static str,
    about: &'static str,
    usage: &'static str,
    /// Examples: what each does in Chinese and English, and the line to type.
    examples: &'static [(&'static str, &'static str, &'static str)],
}

const PAGES: &[Page] = &[
    Page {
        command: "shizheng",
        about: "把一座城市的年度数据排成公文格式的年度工作报告",
        usage: "shizheng [选项] <命令>",
        examples: &[
            ("生成 岑汀市.pdf", "make 岑汀市.pdf", "shizheng render 岑汀市.json"),
            ("只检查，不生成", "check only", "shizheng check 岑汀市.json"),
            ("看一个命令的用法", "see how a command is used", "shizheng render --help"),
        ],
    },
    Page {
        command: "new",
        about: "为一座城市建一个文件夹：待填的数据文件、模板包和各种设置",
        usage: "shizheng new [选项] <DIR>",
        examples: &[
            ("在文件夹 澄屿市 里备好一切", "get everything ready in 澄屿市", "shizheng new 澄屿市"),
            ("马上可以出草稿", "a draft is there at once", "shizheng render 澄屿市/澄屿市.json --draft"),
        ],
    },
    Page {
        command: "render",
        about: "用数据文件生成报告",
        usage: "shizheng render [选项] <DATA.json>...",
        examples: &[
            (
                "在当前文件夹生成 岑汀市.pdf",
                "make 岑汀市.pdf in the current folder",
                "shizheng render 岑汀市.json",
            ),
            ("指定输出的文件", "name the output", "shizheng render 岑汀市.json -o 报告.pdf"),
            (
                "出草稿，未定的数据印成XX",
                "make a draft, open figures as XX",
                "shizheng render 岑汀市.json --draft",
            ),
            ("一次生成多份", "make several", "shizheng render data/*.json --out-dir 报告"),
            (
                "每行一份数据，文件名取自数据",
                "make one of each line, named after its data",
                "shizheng render 各县.jsonl --jsonl --out-dir 报告 --name {report.city}-{report.year}.pdf",
            ),
            ("边改边看", "see each change at once", "shizheng render 岑汀市.json --pack ./my-pack --watch"),
            (
                "核对已提交的PDF",
                "hold committed PDFs against the data",
                "shizheng render data --out-dir 报告 --check",
            ),
            ("看报告的文字", "see the report's text", "shizheng render 岑汀市.json --format text -o -"),
        ],
    },
    Page {
        command: "check",
        about: "检查数据文件，不写任何文件",
        usage: "shizheng check [选项] <DATA.json>...",
        examples: &[
            ("检查全部数据文件", "check all data files", "shizheng check data/*.json"),
            (
                "与上一年的数据对照",
                "hold it against last year's",
                "shizheng check 岑汀市.json --previous 岑汀市2024.json",
            ),
        ],
    },
    Page {
        command: "extract",
        about: "从用 --embed-data 生成的PDF里取出数据文件",
        usage: "shizheng extract [选项] <REPORT.pdf>",
        examples: &[
            ("取出为 报告.json", "get 报告.json", "shizheng extract 报告.pdf"),
            ("看一眼", "have a look", "shizheng extract 报告.pdf -o -"),
        ],
    },
    Page {
        command: "merge",
        about: "把各部门的数据文件合成一份，并列出没有人报的数据",
        usage: "shizheng merge [选项] <BUREAU.json>...",
        examples: &[
            (
                "合成 岑汀市.json",
                "put them together as 岑汀市.json",
                "shizheng merge 部门/*.json -o 岑汀市.json",
            ),
            (
                "部门改过之后再合一次",
                "once more after they changed",
                "shizheng merge 部门 -o 岑汀市.json --force",
            ),
        ],
    },
    Page {
        command: "proof",
        about: "生成核稿表，按部门列出每项数据和它在报告里的位置，供核对签字",
        usage: "shizheng proof [选项] <DATA.json>",
        examples: &[
            ("生成 岑汀市-核稿表.pdf", "make 岑汀市-核稿表.pdf", "shizheng proof 岑汀市.json"),
            (
                "生成表格，一个部门一张",
                "a workbook, a sheet for each department",
                "shizheng proof 岑汀市.json -o 核稿表.xlsx",
            ),
        ],
    },
    Page {
        command: "diff",
        about: "比较两份数据：哪些数变了，报告里哪些句子跟着变",
        usage: "shizheng diff [选项] <OLD.json> <NEW.json>",
        examples: &[
            ("看改了什么", "see what was changed", "shizheng diff 初稿.json 二稿.json"),
            ("交给别的程序", "for another program", "shizheng diff 初稿.json 二稿.json --format json"),
        ],
    },
    Page {
        command: "audit",
        about: "对照公文格式标准（GB/T 9704—2012）检查任何PDF的版面",
        usage: "shizheng audit [选项] <FILE.pdf>...",
        examples: &[
            ("检查一份公文", "audit a document", "shizheng audit 公文.pdf"),
            (
                "按标准原数检查，不论通行的做法",
                "by the standard's own numbers",
                "shizheng audit 公文.pdf --exact",
            ),
            ("交给别的程序", "for another program", "shizheng audit 公文.pdf --format json"),
        ],
    },
    Page {
        command: "summary",
        about: "合计几次运行的记录，例如分给几台机器的一批",
        usage: "shizheng summary [选项] <FILE.jsonl>...",
        examples: &[(
            "合计各台机器的记录",
            "sum up what several machines did",
            "shizheng summary 记录/*.jsonl",
        )],
    },
    Page {
        command: "schema",
        about: "输出数据文件的JSON Schema，供编辑器使用",
        usage: "shizheng schema [选项]",
        examples: &[("存成文件", "save it", "shizheng schema > schema.json")],
    },
    Page {
        command: "fields",
        about: "列出数据文件的全部字段",
        usage: "shizheng fields [选项]",
        examples: &[
            ("在表格软件里打开", "for a spreadsheet", "shizheng fields --format tsv > fields.tsv"),
            ("用自己的模板包", "of a pack of your own", "shizheng fields --pack ./my-pack"),
        ],
    },
    Page {
        command: "licenses",
        about: "输出程序、字体和所用库的许可证",
        usage: "shizheng licenses [选项]",
        examples: &[],
    },
    Page {
        command: "completions",
        about: "输出命令行补全脚本",
        usage: "shizheng completions [选项] <SHELL>",
        examples: &[(
            "在bash里启用",
            "for bash",
            "shizheng completions bash > ~/.local/share/bash-completion/completions/shizheng",
        )],
    },
    Page {
        command: "explain",
        about: "说明一条消息的编号",
        usage: "shizheng explain [选项] [CODE]",
        examples: &[
            ("E0710是什么意思", "what E0710 means", "shizheng explain E0710"),
            ("列出全部编号", "list all codes", "shizheng explain"),
            (
                "全部消息的说明，存成一个文件",
                "all messages explained, as a file",
                "shizheng explain --format markdown > messages.md",
            ),
        ],
    },
    Page {
        command: "helpers",
        about: "列出模板里能用的助手，附例子",
        usage: "shizheng helpers [选项]",
        examples: &[
            ("全部例子", "all examples", "shizheng helpers --format markdown"),
            ("交给别的程序", "for another program", "shizheng helpers --format json"),
        ],
    },
    Page {
        command: "man",
        about: "输出手册页（man）",
        usage: "shizheng man [选项]",
        examples: &[
            ("马上看", "read it at once", "shizheng man | man -l -"),
            ("装到系统里", "install it", "shizheng man > ~/.local/share/man/man1/shizheng.1"),
        ],
    },
    Page {
        command: "pack",
        about: "处理模板包",
        usage: "shizheng pack [选项] <命令>",
        examples: &[(
            "检查当前文件夹里的模板包",
            "check the pack in the current folder",
            "shizheng pack lint",
        )],
    },
    Page {
        command: "pack list",
        about: "列出程序自带的和当前文件夹里的模板包",
        usage: "shizheng pack list [选项]",
        examples: &[],
    },
    Page {
        command: "pack show",
        about: "显示模板包里有什么，各部分来自哪里",
        usage: "shizheng pack show [选项] [DIR|NAME]",
        examples: &[
            (
                "看自带的模板包有哪些节",
                "the sections of the program's own",
                "shizheng pack show annual-report",
            ),
            ("看自己改了什么", "what a pack of your own changes", "shizheng pack show ./my-pack"),
        ],
    },
    Page {
        command: "pack export",
        about: "把模板包的文件写到一个文件夹",
        usage: "shizheng pack export [选项] <NAME> <DIR>",
        examples: &[("拷一份自带的来改", "a copy to change", "shizheng pack export annual-report my-pack")],
    },
    Page {
        command: "pack diff",
        about: "显示所改的原模板包后来有什么变化",
        usage: "shizheng pack diff [选项] [DIR]",
        examples: &[
            ("换了新版程序之后看一看", "after an update of the program", "shizheng pack diff ./my-pack"),
            (
                "看过了，记下现在的样子",
                "having looked, write it down",
                "shizheng pack diff ./my-pack --accept",
            ),
        ],
    },
    Page {
        command: "pack lint",
        about: "检查模板包：清单、数据规格、样式、模板、字体",
        usage: "shizheng pack lint [选项] [DIR|NAME]",
        examples: &[
            ("检查自己的模板包", "check a pack of your own", "shizheng pack lint ./my-pack"),
            (
                "在GitHub Actions里检查",
                "check it in GitHub Actions",
                "shizheng pack lint ./my-pack --message-format github",
            ),
        ],
    },
];

/// The Chinese help of each argument by its id; one text serves every command that has it.
const ARGUMENTS: &[(&str, &str)] = &[
    ("accept", "看过变化之后，把原模板包现在的样子记下来"),
    ("base", "文件夹里的模板包改自程序自带的哪一个 [不写时是annual-report]"),
    ("overlay", "改自别的模板包的文件夹 [不写时是当前文件夹]"),
    ("city", "要建的文件夹，如 澄屿市；须是空的或还没有的"),
    ("folder", "写到哪个文件夹；须是空的或还没有的"),
    ("shown", "模板包的文件夹、.zip或名字 [不写时是当前文件夹，那里没有模板包的，是annual-report]"),
    ("source", "模板包的名字、.zip或文件夹"),
    ("changed", "跳过没有变化的：数据、模板包、字体和程序都与上次一样"),
    ("code", "消息方括号里的编号，例如E0710 [不写则列出全部]"),
    ("data_file", "取出后写到的文件；- 是标准输出 [不写时是当前文件夹里的 REPORT.json]"),
    ("comparison", "怎样显示：human（给人看）或json [不写时是human]"),
    ("exact", "只按标准原数，不按通行的做法放宽"),
    ("findings", "怎样显示：human（给人看）或json [不写时是human]"),
    (
        "kind",
        "是什么：report（工作报告）、document（公文）、letter（信函）、order（令）或minutes（纪要）[不写时由版头决定]",
    ),
    ("parts", "各部门的数据文件或其所在的文件夹；* 和 ? 由程序展开"),
    ("pdfs", "PDF文件，不论是谁生成的；* 和 ? 由程序展开，- 是标准输入"),
    ("exit_code", "有不同时退出码是1"),
    ("draft", "草稿：未定的数据印成XX，末页列出"),
    ("explanation", "怎样说明：human（给人看）或markdown [不写时是human]"),
    ("guide", "列成什么：table（表格）、json或markdown [不写时是table]"),
    ("embed_data", "把数据文件放进PDF；数据涉密的不要用"),
    ("fail_fast", "一份失败就停下"),
    ("font", "为一种文字指定自备字体：body=文件.ttf，title=文件.ttc#1；可以写多次"),
    ("fonts", "生僻字备用字体的文件夹 [不写时是程序旁边的 fonts]"),
    ("force", "覆盖已经存在的文件，即使它不是PDF"),
    ("force_data", "覆盖已经存在的文件"),
    ("format", "输出什么：pdf或text（文字）[不写时是pdf]"),
    ("help", "显示用法"),
    ("hold", "不写文件，只看已有的文件是不是数据给出的样子"),
    ("input", "数据文件；- 是标准输入"),
    ("inputs", "数据文件或其所在的文件夹；* 和 ? 由程序展开，- 是标准输入"),
    ("jobs", "同时生成几份 [不写时有几个核就几份]"),
    ("jsonl", "输入是JSON Lines：每行一份数据"),
    ("lacking", "怎样列出没有人报的：human（给人看）或json [不写时是human]"),
    ("lang", "消息和帮助的语言：zh或en [不写时由系统的语言决定]"),
    ("listing", "列成什么：table（表格）、json或tsv [不写时是table]"),
    ("name", "文件名取自数据：{report.city}-{report.year}.pdf"),
    ("new", "新的数据文件"),
    ("old", "旧的数据文件"),
    ("out_dir", "输出到这个文件夹，没有就建"),
    ("merged", "合成后写到的文件；- 是标准输出 [不写时是标准输出]"),
    ("message_format", "消息写成什么：human（给人看）、json（每行一个JSON对象）或github [不写时是human]"),
    ("output", "输出的文件；- 是标准输出 [不写时是当前文件夹里的 DATA.pdf]"),
    ("pack", "模板包的名字或文件夹 [不写时由数据文件决定，否则是annual-report]"),
    ("previous", "上一年的数据文件：没有给的同比由它算出，变动过大的提醒"),
    ("quiet", "只显示错误"),
    ("report", "用 --embed-data 生成的PDF"),
    ("runs", "用 --summary 写的文件；* 和 ? 由程序展开"),
    ("shard", "只做第K份和以后每隔N份的；env/N：K由Kubernetes或Slurm给出"),
    ("sheet_format", "输出什么：pdf、xlsx或tsv [不写时看文件名，否则是pdf]"),
    ("sheets", "输出的文件，.pdf、.xlsx或.tsv；- 是标准输出 [不写时是 DATA-核稿表.pdf]"),
    ("shell", "bash、elvish、fish、powershell或zsh"),
    ("sum", "怎样显示：human（给人看）或json [不写时是human]"),
    ("partial", "只合计一批中的几份，不提别的份"),
    ("summary", "另写一个JSON Lines文件，记下每一份的结果"),
    ("target", "模板包的文件夹或名字 [不写时是当前文件夹，那里没有模板包的，是annual-report]"),
    ("strict", "有警告就不生成"),
    ("strict_check", "把警告当错误"),
    ("trace", "另写一个JSON文件，说明每个数据从哪里来、印在哪里"),
    ("verbose", "多显示一些过程"),
    ("version", "显示版本"),
    ("watch", "数据、模板、样式、字体一存盘就重新生成"),
    ("whole", "合成后的数据文件用的模板包，名字或文件夹 [不写时是annual-report]"),
];

/// What stands between the parts of the help.
struct Frame {
    template: &'static str,
    commands: &'static str,
    arguments: &'static str,
    options: &'static str,
    examples: &'static str,
}

const CHINESE: Frame = Frame {
    template: "{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}",
    commands: "命令",
    arguments: "参数",
    options: "选项",
    examples: "例子：",
};

const ENGLISH: Frame = Frame {
    template: "{about-with-newline}\nUsage: {usage}\n\n{all-args}{after-help}",
    commands: "Commands",
    arguments: "Arguments",
    options: "Options",
    examples: "Examples:",
};

/// Returns the command line's definition with its help in a language.
pub(super) fn command(language: Language) -> Command {
    let frame = match language {
        Language::Chinese => &CHINESE,
        Language::English => &ENGLISH,
    };
    let command = Arguments::command().styles(Styles::plain());
    localise_all(command, "", frame, language)
}

/// Puts a command and those below it into a language; `words` are the call's up to the command.
fn localise_all(command: Command, words: &str, frame: &'static Frame, language: Language) -> Command {
    let names: Vec<String> = command.get_subcommands().map(|c| c.get_name().to_owned()).collect();
    let command = command.subcommand_help_heading(frame.commands);
    let own = if words.is_empty() { command.get_name().to_owned() } else { words.to_owned() };
    let command = localise(command, &own, frame, language);
    names.into_iter().fold(command, |command, name| {
        let words = format!("{words} {name}");
        command.mut_subcommand(name, |inner| localise_all(inner, words.trim_start(), frame, language))
    })
}

fn localise(command: Command, words: &str, frame: &'static Frame, language: Language) -> Command {
    let page = PAGES.iter().find(|page| page.command == words);
    // Else an argument's place in the help goes by its name.
    let mut place = 0;
    let mut command = command.help_template(frame.template).mut_args(|argument| {
        let positional = argument.is_positional();
        place += usize::from(positional);
        let argument = if positional { argument.display_order(place) } else { argument };
        let argument = argument.help_heading(if positional { frame.arguments } else { frame.options });
        let id = argument.get_id().as_str();
        let chinese = ARGUMENTS.iter().find(|(key, _)| *key == id).map(|(_, help)| *help);
        match (language, chinese) {
            (Language::Chinese, Some(help)) => argument.help(help),
            _ => argument,
        }
    });
    let Some(page) = page else { return command };
    if language == Language::Chinese {
        command = command.about(page.about).override_usage(page.usage);
    }
    command.after_help(examples(page, frame, language))
}

fn examples(page: &Page, frame: &Frame, language: Language) -> StyledStr {
    let mut text = String::new();
    for (zh, en, line) in page.examples {
        let what = if language == Language::Chinese { zh } else { en };
        let head = if text.is_empty() { frame.examples } else { "" };
        // Writing to a string does not fail.
        let _ = write!(text, "{head}\n  # {what}\n  {line}");
    }
    text.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every command with the words of its call.
    fn commands(language: Language) -> Vec<(String, Command)> {
        let root = command(language);
        let mut commands = vec![(root.get_name().to_owned(), root.clone())];
        let mut waiting = vec![(String::new(), root)];
        while let Some((words, command)) = waiting.pop() {
            for inner in command.get_subcommands() {
                let words = format!("{words} {}", inner.get_name()).trim_start().to_owned();
                commands.push((words.clone(), inner.clone()));
                waiting.push((words, inner.clone()));
            }
        }
        commands
    }

    #[test]
    fn definition_is_sound() {
        command(Language::Chinese).debug_assert();
        command(Language::English).debug_assert();
    }

    #[test]
    fn every_command_and_argument_has_chinese_help() {
        for ((name, chinese), (_, english)) in
            commands(Language::Chinese).iter().zip(commands(Language::English))
        {
            assert!(PAGES.iter().any(|page| page.command == name), "{name}");
            for (argument, other) in chinese.get_arguments().zip(english.get_arguments()) {
                let help = |argument: &clap::Arg| argument.get_help().map(ToString::to_string);
                assert!(help(argument).is_some(), "{name} {}", argument.get_id());
                assert_ne!(help(argument), help(other), "{name} {}", argument.get_id());
            }
        }
    }

    #[test]
    fn help_names_nothing_that_is_not_there() {
        let commands = commands(Language::English);
        for page in PAGES {
            assert!(commands.iter().any(|(words, _)| words == page.command), "{}", page.command);
        }
        for (id, _) in ARGUMENTS {
            let has = |command: &Command| command.get_arguments().any(|argument| argument.get_id() == *id);
            assert!(commands.iter().any(|(_, command)| has(command)), "{id}");
        }
    }

    #[test]
    fn examples_are_calls_that_are_understood() {
        for page in PAGES {
            for (_, _, line) in page.examples {
                let call = line.split(['>', '|']).next().unwrap_or_default().split_whitespace();
                let result = command(Language::English).try_get_matches_from(call);
                let understood = match &result {
                    Ok(_) => true,
                    Err(error) => error.kind() == clap::error::ErrorKind::DisplayHelp,
                };
                assert!(understood, "{line}");
            }
        }
    }
}

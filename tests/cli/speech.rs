//! How the program speaks: help, language, misuse, volume, terminals.

use std::io::Read;
use std::process::{Command, Stdio};

use super::{Answer, Desk, program};

#[test]
fn version_and_help() {
    let desk = Desk::new();
    desk.call(&["--version"]).is(0, concat!("shizheng ", env!("CARGO_PKG_VERSION"), "\n"), "");
    let chinese = desk.call(&["render", "--help"]);
    assert_eq!((chinese.code, chinese.err.as_str()), (0, ""));
    for part in ["用法：shizheng render [选项] <DATA.json>...\n", "\n参数:\n", "\n选项:\n", "\n例子：\n"]
    {
        assert!(chinese.out.contains(part), "{part}: {}", chinese.out);
    }
    let english = desk.call(&["render", "--help", "--lang", "en"]);
    for part in ["Usage: shizheng render [OPTIONS] <DATA.json>...\n", "\nOptions:\n", "\nExamples:\n"] {
        assert!(english.out.contains(part), "{part}: {}", english.out);
    }
    let han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    let other: Vec<&str> = english.out.lines().filter(|line| line.contains(han)).collect();
    assert!(other.iter().all(|line| line.contains("shizheng ") || line.starts_with("  # make")), "{other:?}");

    assert_eq!(desk.call(&["help", "render"]).out, chinese.out);
    assert_eq!(desk.call(&["--lang", "en", "help", "render"]).out, english.out);
    assert_eq!(desk.call(&["help"]).out, desk.call(&["--help"]).out);
    for (words, first, second) in
        [(["diff"].as_slice(), "<OLD.json>", "<NEW.json>"), (&["pack", "export"], "<NAME>", "<DIR>")]
    {
        let help = desk.call(&[words, &["--help"]].concat()).out;
        let (_, arguments) = help.split_once("\n参数:\n").unwrap();
        assert!(arguments.find(first) < arguments.find(second), "{help}");
    }

    let nothing = desk.call::<&str>(&[]);
    assert_eq!((nothing.code, nothing.out.as_str()), (2, ""));
    assert!(nothing.err.contains("\n命令:\n  new "), "{nothing:?}");
}

#[test]
fn language_is_the_options_or_the_locales() {
    let desk = Desk::new();
    let first = |variables: &[(&str, &str)], words: &[&str]| {
        let mut command = desk.command(words);
        command.arg("check").arg("none.json").envs(variables.iter().copied());
        Answer::new(&command.output().unwrap(), desk.folder.path()).err.lines().next().unwrap().to_owned()
    };
    let (zh, en) = ("错误[E0710]: 没有 `none.json` 这个文件", "error[E0710]: there is no file `none.json`");
    assert_eq!(first(&[], &[]), zh);
    assert_eq!(first(&[("LANG", "en_US.UTF-8")], &[]), en);
    assert_eq!(first(&[("LANG", "C")], &[]), zh);
    assert_eq!(first(&[("LANG", "zh_CN.UTF-8"), ("LC_MESSAGES", "en_US.UTF-8")], &[]), en);
    assert_eq!(first(&[("LC_ALL", "zh_CN.UTF-8"), ("LC_MESSAGES", "en_US.UTF-8")], &[]), zh);
    assert_eq!(first(&[("LC_ALL", "en_US.UTF-8")], &["--lang", "zh"]), zh);
    assert_eq!(first(&[("LC_ALL", "zh_CN.UTF-8")], &["--lang=en"]), en);
}

#[test]
fn misuse_is_exit_2_and_told_in_the_language_of_the_reader() {
    let desk = Desk::new();
    let help = "  办法: 参数和例子见 `shizheng render --help`\n";
    for (words, err) in [
        (["render", "a.json", "--foce"].as_slice(), format!("错误[E0701]: 没有 `--foce` 这个参数\n{help}  办法: 是不是 `--force`\n")),
        (&["render", "a.json", "--format", "docx"], format!("错误[E0702]: `--format` 不能是 `docx`\n{help}  办法: 可以是 `pdf`、`text`\n")),
        (&["render", "a.json", "-o"], format!("错误[E0703]: `--output` 后面缺一个值\n{help}")),
        (&["render"], format!("错误[E0704]: 缺少 `<DATA.json>...`\n{help}")),
        (&["render", "a.json", "-o", "x", "--out-dir", "y"], format!("错误[E0705]: `--output` 不能和 `--out-dir` 同时用\n{help}")),
        (&["render", "a.json", "-o", "x", "-o", "y"], format!("错误[E0706]: `--output` 只能写一次\n{help}")),
        (&["rendr"], "错误[E0707]: 没有 `rendr` 这个命令\n  办法: 命令和例子见 `shizheng --help`\n  办法: 是不是 `render`\n".to_owned()),
    ] {
        desk.call(words).is(2, "", &err);
    }
    desk.call(&["--lang", "en", "render", "a.json", "-q", "-v"]).is(
        2,
        "",
        "error[E0705]: `--quiet` cannot be used together with `--verbose`\n  hint: arguments and examples: `shizheng render --help`\n",
    );
    let unknown = desk.call(&["--lang", "fr", "schema"]);
    assert_eq!(unknown.code, 2);
    assert!(unknown.err.starts_with("错误[E0702]: `--lang` 不能是 `fr`\n"), "{unknown:?}");
}

#[test]
fn quiet_says_errors_alone_and_verbose_more() {
    let desk = Desk::with(&["a.json"]);
    desk.call(&["render", "-q", "a.json"]).is(0, "", "");
    desk.put("b.json", "{");
    let quiet = desk.call(&["render", "-q", "a.json", "b.json"]);
    assert_eq!((quiet.code, quiet.out.as_str()), (1, ""));
    assert!(quiet.err.starts_with("错误[") && !quiet.err.contains("未生成"), "{quiet:?}");
    let verbose = desk.call(&["check", "-v", "a.json"]);
    assert_eq!(verbose.code, 0);
    assert!(verbose.err.contains("模板包 annual-report 1.0.0："), "{verbose:?}");
}

#[test]
fn reader_that_goes_away_is_no_panic() {
    let desk = Desk::new();
    for words in [["schema"].as_slice(), &["fields"], &["licenses"], &["completions", "bash"]] {
        let mut command = desk.command(words);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut out = child.stdout.take().unwrap();
        let mut head = [0; 8];
        out.read_exact(&mut head).unwrap();
        drop(out);
        let output = child.wait_with_output().unwrap();
        assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), b"".as_slice()), "{words:?}");
    }
}

/// Calls the program on a terminal, by means of `script` (util-linux); nothing where there is none.
#[cfg(target_os = "linux")]
fn on_terminal(desk: &Desk, call: &str) -> Option<(i32, String)> {
    let mut script = Command::new("script");
    script.args(["-qec", &format!("{} {call}", program()), "/dev/null"]);
    script.current_dir(desk.folder.path()).stdin(Stdio::null()).env("TERM", "xterm");
    script.env_remove("NO_COLOR").env_remove("LC_ALL").env_remove("LC_MESSAGES").env("LANG", "C.UTF-8");
    let output = script.output().ok()?;
    Some((output.status.code().unwrap(), String::from_utf8_lossy(&output.stdout).into_owned()))
}

#[cfg(target_os = "linux")]
#[test]
fn terminal_gets_colour_and_progress_but_no_pdf() {
    let desk = Desk::with(&["a.json", "b.json"]);
    let Some((code, text)) = on_terminal(&desk, "render a.json -o -") else { return };
    assert_eq!(code, 2);
    assert!(text.contains("\u{1b}[1;31m错误[E0726]\u{1b}[0m: PDF不能显示在终端里"), "{text:?}");

    let (code, text) = on_terminal(&desk, "render a.json b.json").unwrap();
    assert_eq!(code, 0);
    assert!(text.contains("░ 0/2") && text.contains("█ 2/2") && text.contains("还要0:00"), "{text:?}");
    // The bar is gone in the end; what stays are the lines.
    let shown = text.rsplit("\u{1b}[K").next().unwrap();
    assert_eq!(shown, "已生成2份文件\r\n", "{text:?}");
    assert!(text.contains("\u{1b}[K已生成 a.pdf，"), "{text:?}");

    let (_, text) = on_terminal(&desk, "check none.json; NO_COLOR=1 $0 check none.json").unwrap();
    assert!(text.contains("\u{1b}[1;31m错误[E0710]"), "{text:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn no_color_is_respected() {
    let desk = Desk::new();
    let Some((code, text)) = on_terminal(&desk, "check none.json --lang en; :") else { return };
    assert_eq!(code, 0);
    assert!(text.contains("\u{1b}[1;31merror[E0710]"), "{text:?}");
    let mut script = Command::new("script");
    script.args(["-qec", &format!("{} check none.json --lang en", program()), "/dev/null"]);
    script.current_dir(desk.folder.path()).stdin(Stdio::null()).env("TERM", "xterm").env("NO_COLOR", "1");
    let text = String::from_utf8_lossy(&script.output().unwrap().stdout).into_owned();
    assert!(text.contains("error[E0710]") && !text.contains('\u{1b}'), "{text:?}");
}

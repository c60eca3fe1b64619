//! What machines that many share, and programs that run others, have a right to expect: signals, permissions, pipes,
//! files that change meanwhile.

use std::fs;
use std::process::{Command, Stdio};

use super::batch::lines;
use super::{Answer, Desk, sample};

#[cfg(unix)]
fn mode(desk: &Desk, name: &str) -> u32 {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(desk.path(name)).unwrap().permissions().mode() & 0o777
}

#[cfg(unix)]
fn set_mode(desk: &Desk, name: &str, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(desk.path(name), fs::Permissions::from_mode(mode)).unwrap();
}

#[test]
fn lines_that_are_gone_meanwhile_are_missed() {
    let desk = Desk::new();
    let all = lines((0..300).map(|id| (id, true)));
    desk.put("a.jsonl", &all);
    let call = ["render", "a.jsonl", "--jsonl", "--out-dir", "out", "--jobs", "1", "--summary", "s.jsonl"];
    let mut command = desk.command(&call);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    while !desk.path("out/a-3.pdf").exists() {
        assert!(child.try_wait().unwrap().is_none(), "it ended too early");
        std::thread::yield_now();
    }
    let file = fs::OpenOptions::new().write(true).open(desk.path("a.jsonl")).unwrap();
    file.set_len(all.split_inclusive('\n').take(200).map(str::len).sum::<usize>() as u64).unwrap();
    let answer = Answer::new(&child.wait_with_output().unwrap(), desk.folder.path());
    assert!(answer.code == 1 && answer.err.contains("错误[E0784]: 少了100份输入"), "{answer:?}");
    let sum = desk.call(&["summary", "s.jsonl"]);
    assert!(sum.code == 1 && sum.out.contains("没有做完：s.jsonl"), "{sum:?}");
}

#[test]
fn summary_counts_what_it_is_about() {
    let desk = Desk::with(&["a.json", "b.json", "c.json"]);
    let files = ["a.json", "b.json", "c.json"];
    assert_eq!(desk.call(&[&["check", "--summary", "s.jsonl"][..], &files].concat()).code, 0);
    let whole = fs::read_to_string(desk.path("s.jsonl")).unwrap();
    desk.put("short.jsonl", whole.replace("\"total\":3", "\"total\":30"));
    let sum = desk.call(&["summary", "short.jsonl"]);
    assert!(sum.code == 1 && sum.out.contains("没有做完：short.jsonl"), "{sum:?}");
    // A run's summary may come from a pipe.
    let fed = Answer::new(&desk.feed(&["summary", "-"], whole.as_bytes()), desk.folder.path());
    assert!(fed.code == 0 && fed.out.starts_with("1次运行，共3份"), "{fed:?}");
    // Data are replaced by no summary, whatever is said.
    let refused = desk.call(&["render", "a.json", "--summary", "b.json", "--force"]);
    assert!(refused.code == 2 && refused.err.contains("[E0733]"), "{refused:?}");
}

#[cfg(unix)]
#[test]
fn a_hangup_that_is_to_be_ignored_is() {
    let desk = Desk::new();
    desk.put("a.jsonl", lines((0..100).map(|id| (id, true))));
    let script = "trap '' HUP; exec \"$0\" render a.jsonl --jsonl --out-dir out --jobs 1";
    let mut command = Command::new("sh");
    command.args(["-c", script, super::program()]).current_dir(desk.folder.path());
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    while !desk.path("out/a-3.pdf").exists() {
        assert!(child.try_wait().unwrap().is_none(), "it ended too early");
        std::thread::yield_now();
    }
    assert!(Command::new("kill").args(["-s", "HUP", &child.id().to_string()]).status().unwrap().success());
    assert_eq!(child.wait_with_output().unwrap().status.code(), Some(0));
    assert_eq!(fs::read_dir(desk.path("out")).unwrap().count(), 100);
}

#[cfg(unix)]
#[test]
fn what_was_kept_from_others_stays_so() {
    let desk = Desk::with(&["a.json"]);
    for (first, words) in [
        ("a.pdf", ["render", "a.json"].as_slice()),
        ("m.json", &["merge", "a.json", "-o", "m.json", "--force"]),
    ] {
        assert_eq!(desk.call(words).code, 0);
        assert_eq!(mode(&desk, first) & 0o077, 0o044, "as any new file");
        for kept in [0o600, 0o640] {
            set_mode(&desk, first, kept);
            assert_eq!(desk.call(words).code, 0);
            assert_eq!(mode(&desk, first), kept, "{first}");
        }
    }
}

#[cfg(unix)]
#[test]
fn an_empty_folder_is_filled_and_stays_what_it_is() {
    use std::os::unix::fs::MetadataExt;
    let desk = Desk::new();
    for (folder, words) in
        [("city", ["new", "city"].as_slice()), ("pack", &["pack", "export", "notice", "pack"])]
    {
        fs::create_dir(desk.path(folder)).unwrap();
        set_mode(&desk, folder, 0o750);
        let before = fs::metadata(desk.path(folder)).unwrap().ino();
        let answer = desk.call(words);
        assert_eq!(answer.code, 0, "{answer:?}");
        assert_eq!((mode(&desk, folder), fs::metadata(desk.path(folder)).unwrap().ino()), (0o750, before));
        assert!(fs::read_dir(desk.path(folder)).unwrap().count() > 2);
        assert!(desk.names().iter().all(|name| !name.contains(".shizheng-")), "{:?}", desk.names());
    }
    // The one that the shell stands in.
    fs::create_dir(desk.path("here")).unwrap();
    let output = desk.command(&["new", "."]).current_dir(desk.path("here")).output().unwrap();
    assert!(output.status.success() && desk.path("here/here.json").exists(), "{:?}", desk.names());
}

#[cfg(unix)]
#[test]
fn no_file_is_called_a_command() {
    let desk = Desk::new();
    for (name, shown) in [("x\n::error::y.json", "x\n./::error::y"), ("::error::z.json", "./::error::z")] {
        desk.put(name, fs::read(sample()).unwrap());
        for (words, file) in [(["render", "--out-dir=."], "pdf"), (["check", "--strict"], "json")] {
            let words =
                [words.as_slice(), &["--message-format", "github", "--lang", "en", "--", name]].concat();
            let answer = desk.call(&words);
            let is_command = |line: &str| line.trim_start().starts_with("::error");
            assert!(!answer.out.lines().any(is_command), "{answer:?}");
            assert!(answer.code == 0 && answer.out.contains(&format!("{shown}.{file}")), "{answer:?}");
        }
    }
}

#[cfg(unix)]
#[test]
fn what_can_be_read_once_is() {
    let desk = Desk::with(&["a.json"]);
    let render = |script: &str| {
        let mut command = Command::new("sh");
        command.args(["-c", script, super::program()]).current_dir(desk.folder.path());
        Answer::new(&command.output().unwrap(), desk.folder.path())
    };
    let answer =
        render("mkfifo f; cat a.json > f & exec \"$0\" render f --name '{report.city}' --out-dir out");
    assert_eq!(answer.code, 0, "{answer:?}");
    assert_eq!(fs::read_dir(desk.path("out")).unwrap().count(), 1);
    // Where there is no room to keep a pipe's lines, that is not their fault.
    let answer = render(
        "tr -d '\\n' < a.json | TMPDIR=/none \"$0\" render - --jsonl --name '{report.city}' --out-dir out",
    );
    assert!(answer.code == 3 && answer.err.contains("`/none`"), "{answer:?}");
}

#[cfg(unix)]
#[test]
fn two_links_to_one_file_are_one_place() {
    let desk = Desk::with(&["a.json"]);
    assert_eq!(desk.call(&["render", "a.json", "-o", "one.pdf"]).code, 0);
    desk.put("two.jsonl", lines([(1, true), (2, true)]));
    for nth in 1..=2 {
        std::os::unix::fs::symlink("one.pdf", desk.path(&format!("two-{nth}.pdf"))).unwrap();
    }
    let answer = desk.call(&["render", "two.jsonl", "--jsonl", "--out-dir", "."]);
    assert!(answer.code == 2 && answer.err.contains("[E0723]"), "{answer:?}");
}

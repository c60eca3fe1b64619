//! What becomes of files that are there already, and of those that cannot be written.

use std::fs;
#[cfg(unix)]
use std::process::{Command, Stdio};

use super::Desk;
#[cfg(unix)]
use super::{Answer, program};

#[test]
fn existing_pdf_is_replaced() {
    let desk = Desk::with(&["a.json"]);
    desk.put("a.pdf", "%PDF-1.4 old");
    assert_eq!(desk.call(&["render", "a.json"]).code, 0);
    assert!(fs::read(desk.path("a.pdf")).unwrap().len() > 1000);
    assert_eq!(desk.names(), ["a.json", "a.pdf"]);
}

#[test]
fn any_other_file_is_replaced_by_force_alone() {
    let desk = Desk::with(&["a.json"]);
    for old in ["", "%PD", "annual accounts"] {
        desk.put("a.pdf", old);
        desk.call(&["render", "a.json"]).is(
            2,
            "",
            "错误[E0725]: `a.pdf` 已经存在，没有覆盖\n  办法: 确实要覆盖，加 `--force`；否则换一个文件名\n共1处错误，未生成文件\n",
        );
        assert_eq!(fs::read_to_string(desk.path("a.pdf")).unwrap(), old);
        assert_eq!(desk.call(&["render", "a.json", "--force"]).code, 0);
        assert!(desk.is_pdf("a.pdf"));
    }
}

#[test]
fn data_are_never_replaced_by_a_document() {
    let desk = Desk::with(&["a.json", "b.json"]);
    let before = fs::read(desk.path("b.json")).unwrap();
    desk.put("c.json", "\u{feff}// 各部门报来的数\n{}");
    for call in [
        &["render", "a.json", "-o", "b.json", "--force"][..],
        &["render", "a.json", "-o", "c.json", "--force"],
        &["render", "a.json", "--format", "text", "-o", "b.json", "--force"],
        &["render", "a.json", "--trace", "b.json", "--force"],
        &["proof", "a.json", "--format", "tsv", "-o", "b.json", "--force"],
    ] {
        let answer = desk.call(call);
        assert_eq!(answer.code, 2, "{call:?}: {}", answer.err);
        assert!(answer.err.starts_with("错误[E0733]"), "{call:?}: {}", answer.err);
    }
    assert_eq!(fs::read(desk.path("b.json")).unwrap(), before);
    // What the program wrote itself is no data.
    assert_eq!(desk.call(&["render", "a.json", "--trace", "t.json"]).code, 0);
    assert_eq!(desk.call(&["render", "a.json", "--format", "text", "-o", "t.json", "--force"]).code, 0);
}

#[test]
fn a_document_is_not_called_what_it_is_not() {
    let desk = Desk::with(&["a.json"]);
    for call in [
        &["render", "a.json", "-o", "报告.docx"][..],
        &["render", "a.json", "-o", "a.txt"],
        &["render", "a.json", "--format", "text", "-o", "a.xlsx"],
        &["render", "a.json", "--format", "text", "-o", "a.PDF"],
    ] {
        let answer = desk.call(call);
        assert_eq!(answer.code, 2, "{call:?}: {}", answer.err);
        assert!(answer.err.starts_with("错误[E0734]"), "{call:?}: {}", answer.err);
    }
    assert_eq!(desk.names(), ["a.json"]);
    for call in [["render", "a.json", "-o", "report"], ["render", "a.json", "-o", "2026.1"]] {
        assert_eq!(desk.call(&call).code, 0);
    }
}

#[test]
fn text_does_not_replace_a_pdf_without_force() {
    let desk = Desk::with(&["a.json"]);
    desk.put("a.pdf", "%PDF-1.4 the only copy");
    let call = ["render", "a.json", "--format", "text", "-o", "a.pdf"];
    assert_eq!(desk.call(&call).code, 2);
    assert!(desk.is_pdf("a.pdf"));
}

#[test]
fn output_that_is_an_input_is_refused_always() {
    let desk = Desk::with(&["a.json", "b.json"]);
    let before = fs::read(desk.path("a.json")).unwrap();
    let paths = ["a.json", "./a.json", "../DESK/a.json"];
    let desk_name = desk.folder.path().file_name().unwrap().to_str().unwrap();
    for path in paths.map(|path| path.replace("DESK", desk_name)) {
        for force in [None, Some("--force")] {
            let words: Vec<&str> = ["render", "a.json", "-o", &path].into_iter().chain(force).collect();
            let answer = desk.call(&words);
            let expected =
                format!("错误[E0724]: 输出 `{path}` 就是数据文件，不能覆盖\n  办法: 换一个输出的文件名\n");
            answer.is(2, "", &expected);
        }
    }
    // Not its own input but another of the call.
    desk.put("b.pdf", "%PDF-1.4, or so it says");
    assert_eq!(desk.call(&["render", "b.json", "b.pdf", "--force"]).code, 2);
    assert_eq!(fs::read(desk.path("a.json")).unwrap(), before);
    assert_eq!(desk.names(), ["a.json", "b.json", "b.pdf"]);
}

#[cfg(unix)]
#[test]
fn links_are_followed_to_what_they_lead_to() {
    use std::os::unix::fs::symlink;
    let desk = Desk::with(&["a.json"]);
    symlink("a.json", desk.path("link.pdf")).unwrap();
    assert_eq!(desk.call(&["render", "a.json", "-o", "link.pdf", "--force"]).code, 2);

    desk.put("real.pdf", "%PDF-1.4 old");
    symlink("real.pdf", desk.path("a.pdf")).unwrap();
    assert_eq!(desk.call(&["render", "a.json"]).code, 0);
    assert!(desk.path("a.pdf").is_symlink());
    assert!(fs::read(desk.path("real.pdf")).unwrap().len() > 1000);
}

#[test]
fn nothing_is_left_behind_when_the_data_is_at_fault() {
    let desk = Desk::new();
    desk.put("a.json", "{");
    desk.put("a.pdf", "%PDF-1.4 old");
    let answer = desk.call(&["render", "a.json"]);
    assert_eq!((answer.code, answer.out.as_str()), (1, ""));
    assert!(answer.err.ends_with("共1处错误，未生成文件\n"), "{answer:?}");
    assert_eq!(fs::read_to_string(desk.path("a.pdf")).unwrap(), "%PDF-1.4 old");
    assert_eq!(desk.call(&["render", "a.json", "--out-dir", "out"]).code, 1);
    assert_eq!(desk.names(), ["a.json", "a.pdf"]);
}

#[cfg(unix)]
#[test]
fn new_file_has_the_permissions_of_any() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::with(&["a.json"]);
    for (umask, mode) in [("022", 0o644), ("077", 0o600), ("002", 0o664)] {
        let script = format!("umask {umask}; exec \"$0\" render a.json");
        let mut shell = Command::new("sh");
        shell.args(["-c", &script, program()]).current_dir(desk.folder.path());
        assert!(shell.output().unwrap().status.success());
        let found = fs::metadata(desk.path("a.pdf")).unwrap().permissions().mode();
        assert_eq!(found & 0o777, mode, "umask {umask}");
        fs::remove_file(desk.path("a.pdf")).unwrap();
    }
}

#[cfg(target_os = "linux")]
#[test]
fn full_disk_is_exit_3() {
    let desk = Desk::with(&["a.json"]);
    desk.call(&["render", "a.json", "-o", "/dev/full"]).is(
        3,
        "",
        "错误[E0730]: 写不了 `/dev/full`：磁盘已满\n共1处错误，未生成文件\n",
    );
    let full = || Stdio::from(fs::OpenOptions::new().write(true).open("/dev/full").unwrap());
    for words in [["schema"].as_slice(), &["--help"], &["render", "a.json", "-o", "-"], &["render", "a.json"]]
    {
        let output = desk.command(words).stdout(full()).output().unwrap();
        let answer = Answer::new(&output, desk.folder.path());
        assert_eq!(answer.code, 3, "{words:?}");
        assert!(answer.err.starts_with("错误[E0732]: 写不了标准输出：磁盘已满\n"), "{answer:?}");
    }
    desk.call(&["render", "a.json", "-o", "/dev/null", "-q"]).is(0, "", "");
}

#[cfg(unix)]
#[test]
fn folder_that_takes_no_file_is_exit_3() {
    let desk = Desk::with(&["a.json"]);
    // Not even root can make a file there.
    let answer = desk.call(&["render", "a.json", "--out-dir", "/proc/1/shizheng"]);
    assert_eq!((answer.code, answer.out.as_str()), (3, ""), "{answer:?}");
    assert!(answer.err.starts_with("错误[E0730]: 写不了 `/proc/1/shizheng/a.pdf`："), "{answer:?}");
}

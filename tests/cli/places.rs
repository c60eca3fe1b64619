//! What a call writes has places of its own: none is that of another, none is where data are.

use std::fs;

use super::{Desk, sample};

/// The sample on one line.
fn line() -> String {
    let value: serde_json::Value = serde_json::from_slice(&fs::read(sample()).unwrap()).unwrap();
    value.to_string() + "\n"
}

#[test]
fn nothing_goes_where_something_else_goes() {
    let desk = Desk::with(&["a.json", "last.json"]);
    desk.put("one.jsonl", line());
    let before = desk.names();
    for (words, code) in [
        ("a.json -o x.pdf --summary x.pdf", "E0764"),
        ("a.json -o x.pdf --summary ./x.pdf --trace y.json", "E0764"),
        ("a.json --trace s.jsonl --summary s.jsonl", "E0764"),
        ("a.json -o - --summary -", "E0764"),
        ("a.json --trace - --summary -", "E0764"),
        ("one.jsonl --jsonl -o x.pdf --trace x.pdf", "E0764"),
        ("one.jsonl --jsonl --name {report.city}.pdf --trace 桐渚市.pdf", "E0764"),
        ("a.json last.json --name {report.city}.pdf --summary 桐渚市.pdf", "E0764"),
        ("a.json last.json --summary a.pdf", "E0764"),
        ("one.jsonl --jsonl --trace one.jsonl --force", "E0724"),
        ("a.json --trace a.json --force", "E0724"),
        ("a.json -o last.json --previous last.json --force", "E0724"),
        ("a.json --trace last.json --previous last.json --force", "E0724"),
        ("one.jsonl --jsonl -o last.json --previous last.json --force", "E0724"),
        ("a.json - --name {report.city}.pdf", "E0774"),
    ] {
        let words: Vec<&str> = ["render"].into_iter().chain(words.split(' ')).collect();
        let answer = desk.call(&words);
        assert!(
            answer.code == 2 && answer.err.starts_with(&format!("错误[{code}]")),
            "{words:?}: {answer:?}"
        );
        assert_eq!(desk.names(), before, "{words:?}");
    }
    assert_eq!(desk.call(&["check", "a.json", "--summary", "a.json"]).code, 2);
    assert_eq!(fs::read(desk.path("a.json")).unwrap(), fs::read(sample()).unwrap());
}

#[test]
fn summary_is_told_as_a_document_is() {
    let desk = Desk::with(&["a.json", "b.json"]);
    // On standard output it stands alone.
    let words = ["render", "a.json", "b.json", "--format", "text", "--summary", "-"];
    let answer = desk.call(&words);
    assert!(answer.code == 0 && answer.out.starts_with("{\"format\":\"shizheng-summary/"), "{answer:?}");
    assert!(
        answer.out.lines().count() == 4 && answer.out.lines().all(|line| line.starts_with('{')),
        "{answer:?}"
    );
    desk.put("piped.jsonl", &answer.out);
    assert_eq!(desk.call(&["summary", "piped.jsonl"]).code, 0);
    let answer = desk.call(&["check", "a.json", "--summary", "-"]);
    assert!(
        answer.out.lines().count() == 3 && answer.out.lines().all(|line| line.starts_with('{')),
        "{answer:?}"
    );
}

#[cfg(unix)]
#[test]
fn devices_stay_devices_and_links_stay_links() {
    use std::os::unix::fs::{FileTypeExt, symlink};
    let desk = Desk::with(&["a.json"]);
    let pipe = desk.path("pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let reader = std::thread::spawn({
        let pipe = pipe.clone();
        move || fs::read_to_string(pipe).unwrap()
    });
    let answer = desk.call(&["render", "a.json", "--summary", "pipe", "--trace", "/dev/null"]);
    assert_eq!(answer.code, 0, "{answer:?}");
    assert_eq!(reader.join().unwrap().lines().count(), 3);
    assert!(fs::symlink_metadata(&pipe).unwrap().file_type().is_fifo());
    // What goes nowhere does not get in the way of what goes nowhere.
    let nowhere = ["render", "a.json", "-o", "/dev/null", "--trace", "/dev/null", "--summary", "/dev/null"];
    assert_eq!(desk.call(&nowhere).code, 0);

    fs::create_dir(desk.path("runs")).unwrap();
    symlink("runs/s.jsonl", desk.path("s.jsonl")).unwrap();
    desk.put("runs/s.jsonl", "{}\n");
    let answer = desk.call(&["render", "a.json", "--summary", "s.jsonl"]);
    assert!(answer.err.starts_with("错误[E0725]"), "{answer:?}");
    desk.put("runs/s.jsonl", "{\"format\":\"shizheng-summary/1\"}\n");
    assert_eq!(desk.call(&["render", "a.json", "--summary", "s.jsonl"]).code, 0);
    assert!(fs::symlink_metadata(desk.path("s.jsonl")).unwrap().is_symlink());
    assert_eq!(fs::read_to_string(desk.path("runs/s.jsonl")).unwrap().lines().count(), 3);
}

//! Documents that are there already: left alone when they are up to date, held against the data.

use std::fs;
use std::time::SystemTime;

use super::{Desk, carried_pack, copy, sample};

fn data() -> String {
    fs::read_to_string(sample()).unwrap()
}

fn saved(desk: &Desk, name: &str) -> SystemTime {
    fs::metadata(desk.path(name)).unwrap().modified().unwrap()
}

#[test]
fn what_is_up_to_date_is_left_alone() {
    let desk = Desk::with(&["data/a.json", "data/b.json"]);
    copy(&carried_pack(), &desk.path("pack"));
    let call = |more: &[&str]| {
        let words = ["render", "data", "--out-dir", "out", "--pack", "pack", "--changed"];
        let answer = desk.call(&[&words[..], more].concat());
        assert_eq!(answer.code, 0, "{answer:?}");
        answer.err
    };
    assert_eq!(call(&[]), "已生成2份文件\n");
    let first = fs::read(desk.path("out/a.pdf")).unwrap();
    let when = saved(&desk, "out/a.pdf");
    assert_eq!(call(&[]), "2份没有变化\n");
    assert_eq!(saved(&desk, "out/a.pdf"), when);

    // Data, file, pack, manner: whatever changes, what it concerns is made anew, and that alone.
    desk.put("data/b.json", data().replacen("318.72", "318.73", 1));
    assert_eq!(call(&[]), "已生成1份文件，1份没有变化\n");
    desk.put("out/a.pdf", "%PDF-1.7 cut off");
    assert_eq!(call(&[]), "已生成1份文件，1份没有变化\n");
    assert_eq!(fs::read(desk.path("out/a.pdf")).unwrap(), first);
    fs::remove_file(desk.path("out/b.pdf")).unwrap();
    assert_eq!(call(&[]), "已生成1份文件，1份没有变化\n");
    assert_eq!(call(&["--embed-data"]), "已生成2份文件\n");
    assert_eq!(call(&[]), "已生成2份文件\n");
    let style = fs::read_to_string(desk.path("pack/style.toml")).unwrap();
    desk.put("pack/style.toml", style + "\n# another day\n");
    assert_eq!(call(&[]), "已生成2份文件\n");
    // Shares know what others have made, and leave what they know to others.
    assert_eq!(call(&["--shard", "1/2"]), "");
    assert_eq!(call(&["--shard", "2/2"]), "");
    assert_eq!(call(&[]), "2份没有变化\n");
    // A manifest that is none knows nothing.
    desk.put("out/.shizheng-manifest.jsonl", "{\"format\":\"of another day\"}\n{}\n");
    assert_eq!(call(&[]), "已生成2份文件\n");
    assert_eq!(call(&[]), "2份没有变化\n");
}

#[test]
fn a_run_that_was_killed_is_gone_on_with() {
    let desk = Desk::with(&["data/a.json", "data/b.json"]);
    let call = || desk.call(&["render", "data", "--out-dir", "out", "--changed"]).err;
    assert_eq!(call(), "已生成2份文件\n");
    // Killed while it wrote down the second one.
    let manifest = fs::read_to_string(desk.path("out/.shizheng-manifest.jsonl")).unwrap();
    assert_eq!(manifest.lines().count(), 3);
    desk.put("out/.shizheng-manifest.jsonl", &manifest[..manifest.len() - 9]);
    assert_eq!(call(), "已生成1份文件，1份没有变化\n");
    assert_eq!(call(), "2份没有变化\n");
    assert_eq!(fs::read_to_string(desk.path("out/.shizheng-manifest.jsonl")).unwrap().lines().count(), 3);

    // What stood beside its place stays for an hour: another run may be at it.
    for name in ["out/.shizheng-old.tmp", "out/.shizheng-new.tmp"] {
        desk.put(name, "%PDF");
    }
    let old = fs::File::options().write(true).open(desk.path("out/.shizheng-old.tmp")).unwrap();
    old.set_modified(SystemTime::now() - std::time::Duration::from_hours(2)).unwrap();
    call();
    let names = desk.names();
    assert!(!names.contains(&"out/.shizheng-old.tmp".to_owned()), "{names:?}");
    assert!(names.contains(&"out/.shizheng-new.tmp".to_owned()), "{names:?}");
}

#[test]
fn a_seal_that_changes_makes_its_document_anew() {
    let desk = Desk::with(&[]);
    let samples = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/document");
    fs::create_dir_all(desk.path("data")).unwrap();
    for file in ["document.json", "seal.png", "plain.json"] {
        fs::copy(samples.join(file), desk.path(&format!("data/{file}"))).unwrap();
    }
    let call = || {
        let answer = desk.call(&["render", "data", "--out-dir", "out", "--changed"]);
        assert_eq!(answer.code, 0, "{answer:?}");
        answer.err
    };
    assert_eq!(call(), "已生成2份文件\n");
    assert_eq!(call(), "2份没有变化\n");
    // The other document bears no seal.
    fs::copy(samples.join("../chengyu/chengyu-report/logo.png"), desk.path("data/seal.png")).unwrap();
    assert_eq!(call(), "已生成1份文件，1份没有变化\n");
    assert_eq!(call(), "2份没有变化\n");
    // Without its picture it is made anew, and found at fault.
    fs::remove_file(desk.path("data/seal.png")).unwrap();
    let answer = desk.call(&["render", "data", "--out-dir", "out", "--changed"]);
    assert_eq!(answer.code, 1, "{answer:?}");
}

#[test]
fn committed_documents_are_held_against_the_data() {
    let desk = Desk::with(&["a.json", "b.json"]);
    assert_eq!(desk.call(&["render", "a.json", "b.json", "--out-dir", "out"]).code, 0);
    let hold = |language: &str| {
        desk.call(&["--lang", language, "render", "a.json", "b.json", "--out-dir", "out", "--check"])
    };
    let good = hold("zh");
    assert_eq!((good.code, good.err.as_str()), (0, "2份都与数据相符\n"));
    assert_eq!(good.out.replace('\\', "/"), "out/a.pdf：与数据相符\nout/b.pdf：与数据相符\n");

    let when = saved(&desk, "out/a.pdf");
    let line = 1 + data().lines().position(|line| line.contains("318.72")).unwrap();
    desk.put("a.json", data().replacen("318.72", "1318.72", 1));
    let bad = hold("en");
    assert_eq!(bad.code, 1);
    let err = bad.err.replace('\\', "/");
    assert!(
        err.contains("error[E0792]: `out/a.pdf` is not what the data give; the pages that differ: "),
        "{err}"
    );
    let figure = "of `out/a.pdf` prints 318.72亿元, and the data give 1318.72亿元\n  --> a.json:";
    assert!(err.contains(figure) && err.contains(&format!("a.json:{line}:")), "{err}");
    assert!(err.contains("  economy.gdp.value (地区生产总值)"), "{err}");
    assert!(err.ends_with("1 of 2 not as the data give them\n"), "{err}");
    assert_eq!(saved(&desk, "out/a.pdf"), when, "nothing is written");

    // What the data no longer give is told as far as it is a number.
    let mut less: serde_json::Value = serde_json::from_str(&data()).unwrap();
    less["economy"].as_object_mut().unwrap().remove("structure").unwrap();
    desk.put("a.json", less.to_string());
    let gone = hold("en");
    assert!(
        gone.code == 1
            && gone
                .err
                .replace('\\', "/")
                .contains("of `out/a.pdf` prints 42.6, which the data no longer give"),
        "{gone:?}"
    );

    // What is set otherwise stands on other pages, whose numbers are no figures.
    desk.put("a.json", data());
    copy(&carried_pack(), &desk.path("pack"));
    let style = fs::read_to_string(desk.path("pack/style.toml")).unwrap();
    let wider = style.replacen("rows = 22 ", "rows = 16 ", 1);
    assert_ne!(wider, style);
    desk.put("pack/style.toml", wider);
    let styled =
        desk.call(&["--lang", "en", "render", "a.json", "--out-dir", "out", "--pack", "pack", "--check"]);
    assert!(styled.err.starts_with("error[E0794]: the text of "), "{styled:?}");
    assert!(styled.err.contains(" pages and would have "), "{styled:?}");
    fs::remove_dir_all(desk.path("pack")).unwrap();

    // So do lines behind one that was taken out: of all that moved, the number in that line alone is told.
    let mut less: serde_json::Value = serde_json::from_str(&data()).unwrap();
    less["industry"]["agriculture"].as_object_mut().unwrap().remove("highlights").unwrap();
    desk.put("a.json", less.to_string());
    let moved = hold("en").err.replace('\\', "/");
    assert_eq!(moved.matches("error[").count(), 2, "{moved}");
    assert!(moved.contains("of `out/a.pdf` prints 11.2, which the data no longer give"), "{moved}");

    // Another style gives the same words in another file; a file that is not there, or no PDF, is told as what it is.
    desk.put("a.json", data());
    let bytes = fs::read(desk.path("out/a.pdf")).unwrap();
    desk.put("out/a.pdf", [&bytes[..], b"\n"].concat());
    assert!(hold("zh").err.contains("错误[E0794]"), "{:?}", hold("zh"));
    desk.put("out/a.pdf", "annual accounts");
    assert_eq!(hold("zh").code, 1);
    fs::remove_file(desk.path("out/a.pdf")).unwrap();
    assert!(hold("zh").err.contains("错误[E0791]"), "{:?}", hold("zh"));
    assert!(!desk.path("out/a.pdf").exists());

    assert_eq!(desk.call(&["render", "a.json", "--format", "text"]).code, 0);
    let text = fs::read_to_string(desk.path("a.txt")).unwrap();
    let call = ["render", "a.json", "--format", "text", "--check"];
    desk.call(&call).is(0, "a.txt：与数据相符\n", "");
    desk.put("a.txt", text.replacen('\n', "\nanother line\n", 2));
    assert!(desk.call(&call).err.starts_with("错误[E0795]: `a.txt` 与数据不符，从第2行起不同\n"));
    assert!(desk.call(&["render", "-", "--check"]).err.starts_with("错误[E0774]"));
}

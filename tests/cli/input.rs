//! Which data files a call means, and what becomes of several.

use std::ffi::OsStr;
use std::fs;

use super::{Desk, sample};

#[test]
fn globs_are_expanded_by_the_program() {
    let desk = Desk::with(&["b.json", "a.json", ".hidden.json", "sub/c.json", "d.txt"]);
    fs::create_dir(desk.path("folder.json")).unwrap();
    desk.call(&["check", "*.json"]).is(0, "a.json：没有错误\nb.json：没有错误\n", "2份数据都可以生成\n");
    let answer = desk.call(&["check", "**/[ac].json"]);
    assert_eq!(answer.out.replace('\\', "/"), "a.json：没有错误\nsub/c.json：没有错误\n");
}

#[cfg(not(windows))]
#[test]
fn literal_name_comes_before_the_glob() {
    let desk = Desk::with(&["[a].json", "a.json"]);
    desk.call(&["check", "[a].json"]).is(0, "[a].json：没有错误\n", "");
    fs::remove_file(desk.path("[a].json")).unwrap();
    desk.call(&["check", "[a].json"]).is(0, "a.json：没有错误\n", "");
}

#[test]
fn glob_or_name_without_a_file_is_the_calls_fault() {
    let desk = Desk::new();
    desk.call(&["render", "*.json"]).is(
        2,
        "",
        "错误[E0711]: 没有文件与 `*.json` 相符\n  办法: 当前文件夹是 `[desk]`\n共1处错误，未生成文件\n",
    );
    desk.call(&["check", "a.json"]).is(
        2,
        "",
        "错误[E0710]: 没有 `a.json` 这个文件\n  办法: 当前文件夹是 `[desk]`，看一看文件名有没有写错\n共1处错误，改正后再生成\n",
    );
    fs::create_dir(desk.path("data")).unwrap();
    let pattern = format!("data{}*.json", std::path::MAIN_SEPARATOR);
    desk.call(&["--lang", "en", "check", "data"]).is(
        2,
        "",
        &format!(
            "error[E0711]: no file matches `{pattern}`\n  hint: the current folder is `[desk]`\n1 error; not ready to render\n"
        ),
    );
    // Where one file is wanted, a folder is none.
    desk.call(&["--lang", "en", "proof", "data"]).is(
        2,
        "",
        &format!(
            "error[E0712]: `data` is a folder, not a data file\n  hint: name the files in it, such as `{pattern}`\n"
        ),
    );
}

#[test]
fn one_that_fails_does_not_stop_the_others_and_the_worst_counts() {
    let desk = Desk::with(&["a.json", "c.json", "d.json"]);
    desk.put("b.json", "{");
    let answer = desk.call(&["render", "a.json", "b.json", "c.json"]);
    assert_eq!(answer.code, 1);
    assert!(answer.err.ends_with("共1处错误，已生成2份文件，1份未生成\n"), "{answer:?}");
    assert!(desk.is_pdf("a.pdf") && desk.is_pdf("c.pdf") && !desk.path("b.pdf").exists());

    desk.put("c.pdf", "not a PDF");
    let answer = desk.call(&["--lang=en", "render", "b.json", "none.json", "c.json", "d.json"]);
    assert_eq!(answer.code, 2);
    assert!(answer.err.ends_with("3 errors; 1 file written, 3 not written\n"), "{answer:?}");
    assert!(desk.is_pdf("d.pdf"));

    let answer = desk.call(&["check", "a.json", "b.json"]);
    assert_eq!((answer.code, answer.out.as_str()), (1, "a.json：没有错误\n"));
    assert!(answer.err.ends_with("共1处错误，2份数据中有1份要改正\n"), "{answer:?}");
}

#[cfg(all(unix, not(target_os = "macos")))]
#[test]
fn names_need_not_be_unicode() {
    use std::os::unix::ffi::OsStrExt;
    let desk = Desk::new();
    let name = OsStr::from_bytes(b"\xc6\xbd\xd1\xf4.json");
    fs::copy(sample(), desk.folder.path().join(name)).unwrap();
    let answer = desk.call(&[OsStr::new("render"), name]);
    assert_eq!(answer.code, 0, "{answer:?}");
    assert!(desk.folder.path().join(OsStr::from_bytes(b"\xc6\xbd\xd1\xf4.pdf")).exists());

    // Nor does it keep a pattern from the other files, with what is hidden or would be waited for left out.
    desk.put("data/a.json", fs::read(sample()).unwrap());
    desk.put("data/.hidden.json", "{}");
    desk.put(".data/b.json", "{}");
    fs::rename(desk.folder.path().join(name), desk.folder.path().join("data").join(name)).unwrap();
    let pipe = desk.path("data/pipe.json");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    desk.call(&["check", "data/a*.json"]).is(0, "data/a.json：没有错误\n", "");
    for word in ["data", "data/*.json", "*/*.json", "**/*.json", "./*/*.json"] {
        let answer = desk.call(&["check", word]);
        assert_eq!((answer.code, answer.err.as_str()), (0, "2份数据都可以生成\n"), "{word}");
    }
    let named = desk.call(&["check", "data/.h*.json"]);
    assert!(named.code == 1 && named.err.contains("data/.hidden.json"), "{named:?}");
}

#[test]
fn check_writes_nothing() {
    let desk = Desk::with(&["a.json"]);
    desk.call(&["check", "a.json"]).is(0, "a.json：没有错误\n", "");
    desk.call(&["--lang", "en", "check", "a.json"]).is(0, "a.json: no errors\n", "");
    desk.call(&["check", "-q", "a.json"]).is(0, "", "");
    assert_eq!(desk.names(), ["a.json"]);
}

/// One call tells of all, also of what only layout would have found.
#[test]
fn a_character_without_a_glyph_is_told_of_beside_other_faults() {
    let desk = Desk::new();
    let data = fs::read_to_string(sample().with_file_name("centing.json")).unwrap();
    let data = data.replacen("岑汀大道快速化", "岑汀\u{323B0}大道快速化", 1);
    let data = data.replacen("\"investment\": 18.25", "\"investment\": \"XX\"", 1);
    desk.put("a.json", &data);
    let answer = desk.call(&["check", "a.json"]);
    assert_eq!(answer.code, 1);
    let (rare, open) = (answer.err.find("E0510"), answer.err.find("E0143"));
    assert!(rare.is_some() && rare < open, "{answer:?}");
    assert!(answer.err.contains("urban_rural.city.projects[0].name"), "{answer:?}");
}

#[test]
fn file_beyond_the_limit_is_not_read_whole() {
    let desk = Desk::new();
    let file = fs::File::create(desk.path("a.json")).unwrap();
    file.set_len(16 * 1024 * 1024 + 1).unwrap();
    desk.call(&["check", "a.json"]).is(
        1,
        "",
        "错误[E0714]: `a.json` 超过16MB，不像是数据文件\n  办法: 看一看是不是给错了文件\n共1处错误，改正后再生成\n",
    );
}

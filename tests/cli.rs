//! Calls the program as people do, and looks at everything that comes back: standard output, standard error,
//! the exit code, and the files.

#![expect(clippy::disallowed_methods, reason = "tests make and read files")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::ffi::OsStr;
use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// A folder for one test, in which the program runs.
struct Desk {
    folder: TempDir,
}

/// What came back from a call.
#[derive(Debug)]
struct Answer {
    out: String,
    err: String,
    code: i32,
}

impl Answer {
    /// Takes the call's answer apart; the desk's own path becomes `[desk]`.
    fn new(output: &Output, desk: &Path) -> Self {
        let desk = desk.display().to_string();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).replace(&desk, "[desk]");
        Self { out: text(&output.stdout), err: text(&output.stderr), code: output.status.code().unwrap() }
    }

    #[track_caller]
    fn is(&self, code: i32, out: &str, err: &str) {
        assert_eq!((self.code, self.out.as_str(), self.err.as_str()), (code, out, err));
    }
}

fn program() -> &'static str {
    env!("CARGO_BIN_EXE_shizheng")
}

/// A data file that the program's own pack renders.
fn sample() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/tongzhu.json")
}

fn pages(out: &str) -> usize {
    let (_, count) = out.rsplit_once('共').unwrap();
    count.trim_end().strip_suffix('页').unwrap().parse().unwrap()
}

impl Desk {
    fn new() -> Self {
        Self { folder: TempDir::new().unwrap() }
    }

    /// A desk on which a data file lies.
    fn with(names: &[&str]) -> Self {
        let desk = Self::new();
        for name in names {
            desk.put(name, fs::read(sample()).unwrap());
        }
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn put(&self, name: &str, bytes: impl AsRef<[u8]>) {
        fs::create_dir_all(self.path(name).parent().unwrap()).unwrap();
        fs::write(self.path(name), bytes).unwrap();
    }

    fn is_pdf(&self, name: &str) -> bool {
        fs::read(self.path(name)).is_ok_and(|bytes| bytes.starts_with(b"%PDF-"))
    }

    /// Every file and folder on the desk, hidden ones too.
    fn names(&self) -> Vec<String> {
        let mut names = Vec::new();
        let mut waiting = vec![self.folder.path().to_owned()];
        while let Some(folder) = waiting.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                let name = path.strip_prefix(self.folder.path()).unwrap();
                names.push(name.to_string_lossy().replace('\\', "/"));
                if path.is_dir() {
                    waiting.push(path);
                }
            }
        }
        names.sort();
        names
    }

    fn command<S: AsRef<OsStr>>(&self, words: &[S]) -> Command {
        let mut command = Command::new(program());
        command.args(words).current_dir(self.folder.path()).stdin(Stdio::null());
        for name in ["LC_ALL", "LC_MESSAGES", "LANG", "NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
            command.env_remove(name);
        }
        command
    }

    fn call<S: AsRef<OsStr>>(&self, words: &[S]) -> Answer {
        Answer::new(&self.command(words).output().unwrap(), self.folder.path())
    }

    fn feed<S: AsRef<OsStr>>(&self, words: &[S], input: &[u8]) -> Output {
        let mut command = self.command(words);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        child.stdin.take().unwrap().write_all(input).unwrap();
        child.wait_with_output().unwrap()
    }
}

// Where the document goes.

#[test]
fn render_writes_a_pdf_in_the_current_folder_and_says_so() {
    let desk = Desk::with(&["data/岑汀市.2025.json"]);
    let answer = desk.call(&["render", "data/岑汀市.2025.json"]);
    let count = pages(&answer.out);
    answer.is(0, &format!("已生成 岑汀市.2025.pdf，共{count}页\n"), "");
    assert!(count > 1);
    assert_eq!(desk.names(), ["data", "data/岑汀市.2025.json", "岑汀市.2025.pdf"]);
    assert!(desk.is_pdf("岑汀市.2025.pdf"));
}

#[test]
fn output_names_the_file() {
    let desk = Desk::with(&["a.json"]);
    fs::create_dir(desk.path("out")).unwrap();
    let answer = desk.call(&["--lang", "en", "render", "a.json", "-o", "out/b.pdf"]);
    assert!(answer.out.starts_with("wrote out/b.pdf, "), "{answer:?}");
    assert_eq!((answer.code, answer.err.as_str()), (0, ""));
    assert!(desk.is_pdf("out/b.pdf"));
    assert_eq!(desk.names(), ["a.json", "out", "out/b.pdf"]);
}

#[test]
fn dash_is_standard_output_and_nothing_else_goes_there() {
    let desk = Desk::with(&["a.json"]);
    let output = desk.command(&["render", "a.json", "-o", "-"]).output().unwrap();
    assert!(output.stdout.starts_with(b"%PDF-"));
    assert!(output.stdout.trim_ascii_end().ends_with(b"%%EOF"));
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), b"".as_slice()));
    assert_eq!(desk.names(), ["a.json"]);
}

#[test]
fn same_data_makes_the_same_bytes_in_file_and_pipe() {
    let desk = Desk::with(&["a.json", "b.json"]);
    assert_eq!(desk.call(&["render", "a.json", "b.json"]).code, 0);
    let piped = desk.command(&["render", "a.json", "-o", "-"]).output().unwrap().stdout;
    assert_eq!(fs::read(desk.path("a.pdf")).unwrap(), piped);
    assert_eq!(fs::read(desk.path("b.pdf")).unwrap(), piped);
}

#[test]
fn text_is_another_format() {
    let desk = Desk::with(&["a.json"]);
    let answer = desk.call(&["render", "a.json", "--format", "text", "-o", "-"]);
    assert_eq!((answer.code, answer.err.as_str()), (0, ""));
    assert!(answer.out.contains("亿元"), "{}", answer.out);
    desk.call(&["render", "a.json", "--format", "text"]).is(0, "已生成 a.txt\n", "");
    assert_eq!(fs::read_to_string(desk.path("a.txt")).unwrap(), answer.out);
}

#[test]
fn dash_is_standard_input() {
    let desk = Desk::new();
    let data = fs::read(sample()).unwrap();
    let piped = desk.feed(&["render", "-"], &data);
    assert_eq!((piped.status.code(), piped.stderr.as_slice()), (Some(0), b"".as_slice()));
    assert!(piped.stdout.starts_with(b"%PDF-"));

    let answer = Answer::new(&desk.feed(&["render", "-", "-o", "a.pdf"], &data), desk.folder.path());
    assert!(answer.out.starts_with("已生成 a.pdf，"), "{answer:?}");
    assert_eq!(fs::read(desk.path("a.pdf")).unwrap(), piped.stdout);

    let checked = Answer::new(&desk.feed(&["check", "-"], &data), desk.folder.path());
    checked.is(0, "<stdin>：没有错误\n", "");
}

#[test]
fn standard_input_has_no_name_for_a_folder_and_comes_once() {
    let desk = Desk::new();
    desk.call(&["render", "-", "--out-dir", "out"]).is(
        2,
        "",
        "错误[E0727]: 从标准输入读数据，没有文件名可用\n  办法: 用 `-o 文件名` 给出输出的文件名\n",
    );
    desk.call(&["check", "-", "-"]).is(2, "", "错误[E0715]: `-`（标准输入）只能给一次\n");
    assert!(desk.names().is_empty());
}

#[test]
fn out_dir_is_made() {
    let desk = Desk::with(&["a.json", "in/b.json"]);
    let answer = desk.call(&["render", "a.json", "in/b.json", "--out-dir", "out/2025"]);
    assert_eq!(answer.code, 0, "{answer:?}");
    assert_eq!(answer.err, "已生成2份文件\n");
    assert!(desk.is_pdf("out/2025/a.pdf") && desk.is_pdf("out/2025/b.pdf"));
    assert_eq!(desk.names().len(), 7);
}

#[test]
fn out_dir_that_is_a_file_is_the_calls_fault() {
    let desk = Desk::with(&["a.json"]);
    desk.put("out", "");
    desk.call(&["render", "a.json", "--out-dir", "out"]).is(
        2,
        "",
        "错误[E0728]: `out` 不是文件夹\n  办法: `--out-dir` 后面要写文件夹\n",
    );
}

#[test]
fn output_into_a_folder_that_is_not_there_is_the_calls_fault() {
    let desk = Desk::with(&["a.json"]);
    for path in ["out/a.pdf", "out/"] {
        desk.call(&["render", "a.json", "-o", path]).is(
            2,
            "",
            &format!(
                "错误[E0721]: `{path}` 所在的文件夹不存在\n  办法: 先建好文件夹，或者用 `--out-dir`（没有就自动建）\n"
            ),
        );
    }
    assert_eq!(desk.names(), ["a.json"]);
}

#[test]
fn output_that_is_a_folder_is_the_calls_fault() {
    let desk = Desk::with(&["a.json"]);
    fs::create_dir(desk.path("out")).unwrap();
    desk.call(&["--lang=en", "render", "a.json", "-o", "out", "--force"]).is(
        2,
        "",
        "error[E0722]: `out` is a folder and cannot be written as a file\n  hint: to write into this folder, use `--out-dir out`\n",
    );
    assert_eq!(desk.names(), ["a.json", "out"]);
}

#[test]
fn one_output_for_several_inputs_is_the_calls_fault() {
    let desk = Desk::with(&["a.json", "b.json"]);
    for output in ["c.pdf", "-"] {
        desk.call(&["render", "*.json", "-o", output]).is(
            2,
            "",
            "错误[E0720]: `-o` 只能用于一份数据，这里有2份\n  办法: 用 `--out-dir 文件夹`，每份数据各写一个文件\n",
        );
    }
    assert_eq!(desk.names(), ["a.json", "b.json"]);
}

#[test]
fn two_inputs_with_one_output_are_the_calls_fault() {
    let desk = Desk::with(&["x/a.json", "y/a.json"]);
    desk.call(&["render", "x/a.json", "y/a.json"]).is(
        2,
        "",
        "错误[E0723]: `x/a.json` 和 `y/a.json` 都会写成 `a.pdf`\n  办法: 分开生成，或者改一个文件名\n",
    );
    let twice = desk.call(&["render", "x/a.json", "x/../x/a.json", "--out-dir", "out"]);
    assert_eq!((twice.code, twice.out.as_str()), (2, ""));
    assert!(!desk.path("a.pdf").exists() && !desk.path("out").exists());
}

// What is there already.

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
fn file_has_the_permissions_of_any_new_file() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::with(&["a.json"]);
    for (umask, mode) in [("022", 0o644), ("077", 0o600), ("002", 0o664)] {
        let script = format!("umask {umask}; exec \"$0\" render a.json");
        let mut shell = Command::new("sh");
        shell.args(["-c", &script, program()]).current_dir(desk.folder.path());
        assert!(shell.output().unwrap().status.success());
        let found = fs::metadata(desk.path("a.pdf")).unwrap().permissions().mode();
        assert_eq!(found & 0o777, mode, "umask {umask}");
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

// Which data files.

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
    desk.call(&["--lang", "en", "check", "data"]).is(
        2,
        "",
        &format!(
            "error[E0712]: `data` is a folder, not a data file\n  hint: name the files in it, such as `data{}*.json`\n1 error; not ready to render\n",
            std::path::MAIN_SEPARATOR
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
}

// check

#[test]
fn check_writes_nothing() {
    let desk = Desk::with(&["a.json"]);
    desk.call(&["check", "a.json"]).is(0, "a.json：没有错误\n", "");
    desk.call(&["--lang", "en", "check", "a.json"]).is(0, "a.json: no errors\n", "");
    desk.call(&["check", "-q", "a.json"]).is(0, "", "");
    assert_eq!(desk.names(), ["a.json"]);
}

// Packs.

/// Copies a folder with all that is in it.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).map(drop).unwrap();
        }
    }
}

fn carried_pack() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/annual-report")
}

#[test]
fn folder_pack_is_as_good_as_the_carried_one() {
    let desk = Desk::with(&["a.json"]);
    copy(&carried_pack(), &desk.path("pack"));
    assert_eq!(desk.call(&["render", "a.json", "-o", "carried.pdf", "--pack", "annual-report"]).code, 0);
    assert_eq!(desk.call(&["render", "a.json", "-o", "folder.pdf", "--pack", "pack"]).code, 0);
    let (carried, folder) = (desk.path("carried.pdf"), desk.path("folder.pdf"));
    assert_eq!(fs::read(carried).unwrap(), fs::read(folder).unwrap());
    let (carried, folder) = (desk.call(&["fields"]), desk.call(&["fields", "--pack", "./pack"]));
    assert_eq!((carried.code, carried.out), (0, folder.out));
}

/// A face that is not the one of the body text.
fn another_face() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts/FandolKai-Regular.otf")
}

#[test]
fn packs_own_face_takes_the_place_of_ours() {
    let desk = Desk::with(&["a.json"]);
    copy(&carried_pack(), &desk.path("pack"));
    let render = |name: &str| {
        desk.call(&["render", "a.json", "-q", "--pack", "pack", "-o", name]).is(0, "", "");
        fs::read(desk.path(name)).unwrap()
    };
    let ours = render("ours.pdf");
    desk.put("pack/fonts/own.otf", fs::read(another_face()).unwrap());
    assert_eq!(render("same.pdf"), ours);
    let style = fs::read_to_string(desk.path("pack/style.toml")).unwrap();
    desk.put("pack/style.toml", style + "\n[own_faces]\nbody = \"fonts/own.otf\"\n");
    let theirs = render("theirs.pdf");
    assert_ne!(theirs, ours);

    // The call's own face is the same as the pack's.
    let face = another_face().display().to_string();
    let words = ["render", "a.json", "-o", "called.pdf", "--font", &format!("body={face}")];
    assert_eq!(desk.call(&words).code, 0);
    assert_eq!(fs::read(desk.path("called.pdf")).unwrap(), theirs);

    desk.put("pack/fonts/own.otf", "no font");
    let answer = desk.call(&["check", "a.json", "--pack", "pack"]);
    assert_eq!((answer.code, answer.out.as_str()), (1, ""));
    assert!(answer.err.starts_with("错误[E05"), "{answer:?}");
}

#[test]
fn faces_to_fall_back_on_come_after_ours() {
    let desk = Desk::with(&["a.json"]);
    fs::create_dir(desk.path("fonts")).unwrap();
    fs::copy(another_face(), desk.path("fonts/more.otf")).unwrap();
    assert_eq!(desk.call(&["render", "a.json"]).code, 0);
    assert_eq!(desk.call(&["render", "a.json", "--fonts", "fonts", "-o", "b.pdf"]).code, 0);
    assert_eq!(fs::read(desk.path("a.pdf")).unwrap(), fs::read(desk.path("b.pdf")).unwrap());
}

#[test]
fn face_that_is_not_there_is_the_calls_fault() {
    let desk = Desk::with(&["a.json"]);
    for (option, value) in [("--font", "body=none.ttf"), ("--fonts", "none.ttf")] {
        desk.call(&["render", "a.json", option, value]).is(
            2,
            "",
            "错误[E0745]: 读不了字体 `none.ttf`：文件或文件夹不存在\n",
        );
    }
    let answer = desk.call(&["check", "a.json", "--font", "none.ttf"]);
    assert_eq!((answer.code, answer.out.as_str()), (2, ""));
    assert!(answer.err.starts_with("错误[E0744]: `--font none.ttf` 看不明白\n"), "{answer:?}");
}

#[test]
fn pack_that_is_not_there_is_the_calls_fault() {
    let desk = Desk::with(&["a.json"]);
    for call in [["render", "a.json"].as_slice(), &["check", "a.json"], &["schema"], &["fields"]] {
        let words: Vec<&str> = call.iter().copied().chain(["--pack", "anual"]).collect();
        desk.call(&words).is(
            2,
            "",
            "错误[E0740]: 没有 `anual` 这个模板包\n  办法: 程序自带的有 `annual-report`；自己的模板包写文件夹的路径，例如 `./anual`\n",
        );
    }
    fs::create_dir(desk.path("empty")).unwrap();
    desk.call(&["schema", "--pack", "empty"]).is(
        2,
        "",
        "错误[E0743]: `empty` 里没有 `pack.toml`，不是模板包\n  办法: `--pack` 后面写 `pack.toml` 所在的文件夹\n",
    );
}

#[cfg(unix)]
#[test]
fn pack_does_not_reach_out_of_its_folder() {
    let desk = Desk::with(&["a.json"]);
    copy(&carried_pack(), &desk.path("pack"));
    desk.put("secret.txt", "secret");
    std::os::unix::fs::symlink("../secret.txt", desk.path("pack/secret.hbs")).unwrap();
    desk.call(&["render", "a.json", "--pack", "pack"]).is(
        1,
        "",
        "错误[E0742]: 模板包里的 `pack/secret.hbs` 是指到文件夹外面的链接\n  办法: 把文件复制进来，换掉链接\n",
    );
}

#[test]
fn data_file_may_name_its_pack() {
    let desk = Desk::new();
    let text = fs::read_to_string(sample()).unwrap();
    let (head, rest) = text.split_once('{').unwrap();
    let rest = rest.replace("\"pack\"", "\"_note_pack\"");
    desk.put("a.json", format!("{head}{{\n  \"pack\": \"annual-report\",{rest}"));
    desk.call(&["check", "a.json"]).is(0, "a.json：没有错误\n", "");
    desk.put("a.json", "{\n  \"pack\": \"../pack\"\n}\n");
    desk.call(&["check", "a.json"]).is(
        1,
        "",
        "错误[E0740]: 没有 `../pack` 这个模板包\n  --> a.json:2:11  pack\n  |\n2 |   \"pack\": \"../pack\"\n  |           ^^^^^^^^^\n  \
         办法: 程序自带的有 `annual-report`；自己的模板包写文件夹的路径，例如 `./../pack`\n共1处错误，改正后再生成\n",
    );
}

// What the program knows.

#[test]
fn schema_is_the_packs_own() {
    let answer = Desk::new().call(&["schema"]);
    assert_eq!((answer.code, answer.err.as_str()), (0, ""));
    let own = fs::read_to_string(carried_pack().join("schema.json")).unwrap();
    assert_eq!(answer.out.trim_end(), own.trim_end());
}

#[test]
fn fields_are_listed_three_ways() {
    let desk = Desk::new();
    let tsv = desk.call(&["fields", "--format", "tsv"]);
    let mut lines = tsv.out.lines();
    assert_eq!(lines.next(), Some("path\ttitle\tunit\trequired\tpart\tdepartment"));
    let rows: Vec<Vec<&str>> = lines.map(|line| line.split('\t').collect()).collect();
    assert!(rows.len() > 100 && rows.iter().all(|row| row.len() == 6));
    let gdp = rows.iter().find(|row| row[0] == "economy.gdp.value").unwrap();
    assert_eq!(gdp[1..4], ["地区生产总值", "亿元", "true"]);

    let json: serde_json::Value = serde_json::from_str(&desk.call(&["fields", "--format=json"]).out).unwrap();
    let listed = json.as_array().unwrap();
    assert_eq!(listed.len(), rows.len());
    for (object, row) in listed.iter().zip(&rows) {
        let keys: Vec<&String> = object.as_object().unwrap().keys().collect();
        assert_eq!(keys, ["path", "title", "unit", "required", "part", "department"]);
        assert_eq!(object["path"], row[0]);
        assert_eq!(object["required"].to_string(), row[3]);
    }

    let table = desk.call(&["fields"]);
    assert_eq!(table.out.lines().count(), rows.len() + 1);
    assert!(table.out.starts_with("路径 ") && table.out.contains("必填"));
    let english = desk.call(&["fields", "--lang", "en"]);
    assert!(english.out.starts_with("path ") && english.out.contains(" yes "));
}

#[test]
fn licenses_name_program_fonts_and_libraries() {
    for (language, own) in [("zh", "代码按 Apache-2.0 许可"), ("en", "is licensed under Apache-2.0")] {
        let answer = Desk::new().call(&["licenses", "--lang", language]);
        assert_eq!((answer.code, answer.err.as_str()), (0, ""));
        for part in [own, "Fandol", "SIL OPEN FONT LICENSE", "GNU GENERAL PUBLIC LICENSE", "\nclap 4."] {
            assert!(answer.out.contains(part), "{part}");
        }
    }
}

#[test]
fn completions_are_there_for_each_shell() {
    let desk = Desk::new();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let answer = desk.call(&["completions", shell]);
        assert_eq!((answer.code, answer.err.as_str()), (0, ""));
        assert!(answer.out.contains("shizheng") && answer.out.contains("out-dir"), "{shell}");
    }
}

#[test]
fn explain_says_what_a_code_means() {
    let desk = Desk::new();
    desk.call(&["explain", "e0715"]).is(
        0,
        "错误[E0715]: `-`（标准输入）只能给一次\n\n标准输入只能读一遍。\n",
        "",
    );
    desk.call(&["--lang", "en", "explain", "E0710"]).is(
        0,
        "error[E0710]: there is no file `…`\n  hint: the current folder is `…`; see whether the name is written as it \
         should be\n\nThe data file does not exist. Relative paths begin at the current folder.\n",
        "",
    );
    let unknown = desk.call(&["explain", "E9999"]);
    assert_eq!((unknown.code, unknown.out.as_str()), (2, ""));
    assert!(unknown.err.starts_with("错误[E0750]: 没有 `E9999` 这个编号\n"), "{unknown:?}");
}

// How it speaks.

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

    let nothing = desk.call::<&str>(&[]);
    assert_eq!((nothing.code, nothing.out.as_str()), (2, ""));
    assert!(nothing.err.contains("\n命令:\n  render "), "{nothing:?}");
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
    assert!(text.contains("第1份，共2份：a.json") && text.contains("第2份，共2份：b.json"), "{text:?}");

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

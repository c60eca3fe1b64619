//! Where a document goes, and how standard output and standard input stand in for files.

use std::fs;

use super::{Answer, Desk, pages, sample};

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
        "错误[E0723]: `x/a.json` 和 `y/a.json` 都会写成 `a.pdf`\n  办法: 用 `--name` 按能区分它们的数据命名，或者各用一个 `--out-dir`\n",
    );
    let twice = desk.call(&["render", "x/a.json", "x/../x/a.json", "--out-dir", "out"]);
    assert_eq!((twice.code, twice.out.as_str()), (2, ""));
    assert!(!desk.path("a.pdf").exists() && !desk.path("out").exists());
}

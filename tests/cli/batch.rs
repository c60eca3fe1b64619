//! Many documents in one call: files, folders, lines; workers, shares, summaries; and how a batch stops.

use std::collections::BTreeMap;
use std::fs;

use serde_json::Value;

use super::{Answer, Desk, sample};

/// A data file as one line, with a name of its own and a fault in it if it is to have one.
fn line(id: &str, is_good: bool) -> String {
    let mut data: Value = serde_json::from_slice(&fs::read(sample()).unwrap()).unwrap();
    data["_note_id"] = id.into();
    if !is_good {
        data["economy"]["gdp"]["value"] = "待定".into();
    }
    data.to_string()
}

pub(super) fn lines(ids: impl IntoIterator<Item = (usize, bool)>) -> String {
    ids.into_iter().map(|(id, is_good)| line(&format!("第{id}镇"), is_good) + "\n").collect()
}

/// Every file in a folder of the desk, by its name.
fn files(desk: &Desk, folder: &str) -> BTreeMap<String, Vec<u8>> {
    let names = desk.names().into_iter().filter(|name| name.starts_with(&format!("{folder}/")));
    names.map(|name| (name.clone(), fs::read(desk.path(&name)).unwrap())).collect()
}

#[test]
fn number_of_workers_changes_nothing_that_is_seen() {
    let desk = Desk::new();
    for (nth, name) in ["a", "b", "c", "d", "e", "f", "g", "h"].iter().enumerate() {
        desk.put(&format!("data/{name}.json"), line(name, nth % 3 != 1));
    }
    desk.put("data/schema.json", "{}");
    let call = |jobs: &str| {
        let out = format!("out{jobs}");
        let answer = desk.call(&["render", "data", "--format", "text", "--jobs", jobs, "--out-dir", &out]);
        let own = |text: &str| text.replace(&out, "out");
        let made = files(&desk, &out).into_iter().map(|(name, bytes)| (own(&name), bytes));
        (answer.code, own(&answer.out), own(&answer.err), made.collect::<BTreeMap<_, _>>())
    };
    let (code, out, err, made) = call("1");
    assert_eq!(code, 1);
    assert_eq!(
        out.replace('\\', "/").lines().map(str::to_owned).collect::<Vec<_>>(),
        ["a", "c", "d", "f", "g"].map(|name| format!("已生成 out/{name}.txt"))
    );
    assert_eq!(made.len(), 5);
    let told: Vec<usize> =
        ["b", "e", "h"].iter().filter_map(|name| err.find(&format!("{name}.json:1:"))).collect();
    assert!(told.len() == 3 && told.is_sorted(), "{err}");
    assert!(err.ends_with("共3处错误，已生成5份文件，3份未生成\n"), "{err}");
    for jobs in ["2", "7"] {
        assert_eq!(call(jobs), (code, out.clone(), err.clone(), made.clone()), "{jobs} workers");
    }
    // No number means one worker for each core, and none is no number.
    assert_eq!(desk.call(&["check", "data/a.json", "data/c.json"]).code, 0);
    assert_eq!(desk.call(&["check", "data", "--jobs", "0"]).code, 2);
}

#[test]
fn a_document_of_a_line_is_that_of_a_file() {
    let desk = Desk::new();
    desk.put("a.json", line("甲", true));
    desk.put("b.json", line("乙", true));
    assert_eq!(desk.call(&["render", "a.json", "b.json", "--out-dir", "files"]).code, 0);
    let both = format!("{}\r\n\n{}", line("甲", true), line("乙", true));
    desk.put("towns.jsonl", &both);
    let call =
        ["render", "towns.jsonl", "--jsonl", "--out-dir", "lines", "--name", "{report.city}/{_note_id}"];
    let answer = desk.call(&call);
    assert_eq!((answer.code, answer.err.as_str()), (0, "已生成2份文件\n"), "{answer:?}");
    assert!(answer.out.replace('\\', "/").starts_with("已生成 lines/桐渚市/甲.pdf，共"), "{answer:?}");
    let (files, lines) = (files(&desk, "files"), files_of(&desk, "lines"));
    assert_eq!(files["files/a.pdf"], lines["lines/桐渚市/甲.pdf"]);
    assert_eq!(files["files/b.pdf"], lines["lines/桐渚市/乙.pdf"]);
    assert_eq!(lines.len(), 2);

    // Without a pattern the line's number is the name; standard input can be read only once and is all the same.
    assert_eq!(desk.call(&["render", "towns.jsonl", "--jsonl", "--out-dir", "numbers"]).code, 0);
    let fed = desk.feed(&["render", "-", "--jsonl", "--out-dir", "fed"], both.as_bytes());
    assert!(fed.status.success());
    for name in ["numbers/towns-1.pdf", "fed/document-1.pdf"] {
        assert_eq!(fs::read(desk.path(name)).unwrap(), files["files/a.pdf"], "{name}");
    }
    assert!(desk.is_pdf("numbers/towns-3.pdf") && desk.is_pdf("fed/document-3.pdf"));
}

/// The files alone, folders left out.
fn files_of(desk: &Desk, folder: &str) -> BTreeMap<String, Vec<u8>> {
    let names = desk.names().into_iter().filter(|name| name.starts_with(&format!("{folder}/")));
    let files = names.filter(|name| desk.path(name).is_file());
    files.map(|name| (name.clone(), fs::read(desk.path(&name)).unwrap())).collect()
}

#[test]
fn a_fault_is_told_by_its_line() {
    let desk = Desk::new();
    desk.put("towns.jsonl", format!("{}{}{{\n", lines([(1, true)]), lines([(2, false)])));
    let answer = desk.call(&["check", "towns.jsonl", "--jsonl"]);
    assert_eq!((answer.code, answer.out.as_str()), (1, "towns.jsonl:1：没有错误\n"));
    assert!(answer.err.contains("towns.jsonl:2:") && answer.err.contains("towns.jsonl:3:"), "{answer:?}");
    assert!(answer.err.ends_with("3份数据中有2份要改正\n"), "{answer:?}");
    // What has no name is told with what else is wrong with it, and the others go on.
    let call = [
        "render",
        "towns.jsonl",
        "--jsonl",
        "--format",
        "text",
        "--out-dir",
        "out",
        "--name",
        "{report.mayor}",
    ];
    let answer = desk.call(&call);
    assert_eq!((answer.code, answer.out.as_str()), (1, ""));
    for place in
        ["`towns.jsonl:1` 没有 `report.mayor`", "`towns.jsonl:2` 没有", "towns.jsonl:2:", "towns.jsonl:3:1"]
    {
        assert!(answer.err.contains(place), "{place}: {answer:?}");
    }
    assert!(!desk.path("out").exists());

    desk.put("empty.jsonl", "\n \n");
    let answer = desk.call(&["render", "empty.jsonl", "--jsonl"]);
    answer.is(1, "", "错误[E0777]: `empty.jsonl` 里一行数据也没有\n");
}

#[test]
fn names_that_clash_are_refused_before_anything_is_written() {
    let desk = Desk::new();
    let call = ["render", "a.jsonl", "--jsonl", "--out-dir", "out", "--name", "{_note_id}", "--jobs", "3"];
    let refused = |ids: &[&str]| {
        desk.put("a.jsonl", ids.iter().map(|id| line(id, true) + "\n").collect::<String>());
        let answer = desk.call(&call);
        assert_eq!((answer.code, answer.out.as_str()), (2, ""), "{ids:?}");
        assert_eq!(desk.names(), ["a.jsonl"], "{ids:?}");
        answer.err.replace('\\', "/")
    };
    let err = refused(&["甲", "乙", "丙", "乙", "甲"]);
    assert!(err.starts_with("错误[E0723]: `a.jsonl:2` 和 `a.jsonl:4` 都会写成 `out/乙.pdf`\n"), "{err}");
    // Names that differ in case alone are one on Windows, and values may be one name when they are made safe.
    assert!(refused(&["x", "A", "a"]).contains("`a.jsonl:2` 和 `a.jsonl:3` 都会写成 `out/a.pdf`"));
    assert!(refused(&["a/b", "a:b"]).contains("都会写成 `out/a_b.pdf`"));
    // Files are named after their data too.
    desk.put("1.json", line("同", true));
    desk.put("2.json", line("同", true));
    let answer = desk.call(&["render", "1.json", "2.json", "--name", "{_note_id}"]);
    assert!(answer.code == 2 && answer.err.contains("`1.json` 和 `2.json` 都会写成 `同.pdf`"), "{answer:?}");
    // Not even by a pattern is a data file replaced.
    fs::rename(desk.path("1.json"), desk.path("同.pdf")).unwrap();
    let answer = desk.call(&["render", "同.pdf", "--name", "{_note_id}", "--force"]);
    assert!(answer.code == 2 && answer.err.contains("E0724"), "{answer:?}");
}

#[test]
fn no_value_leads_out_of_the_folder() {
    let desk = Desk::new();
    let ids = ["../../up", "/etc/x", "..", "C:\\x", "nul", "a\nb"];
    desk.put("in/a.jsonl", ids.iter().map(|id| line(id, true) + "\n").collect::<String>());
    let call = [
        "render",
        "in/a.jsonl",
        "--jsonl",
        "--format",
        "text",
        "--out-dir",
        "in/out",
        "--name",
        "{_note_id}",
    ];
    assert_eq!(desk.call(&call).code, 0);
    let made = ["C__x", "_", "_.._.._up", "_etc_x", "_nul", "a_b"].map(|name| format!("in/out/{name}.txt"));
    let mut names = vec!["in".to_owned(), "in/a.jsonl".to_owned(), "in/out".to_owned()];
    names.extend(made);
    names.sort();
    assert_eq!(desk.names(), names);
    let answer = desk.call(&["render", "in/a.jsonl", "--jsonl", "--name", "a.pdf"]);
    let said = "错误[E0772]: `--name a.pdf` 不能作文件名：没有字段，每份的名字都一样\n  办法: 写作字段和文字，如 `--name '{report.city}-{report.year}.pdf'`\n";
    answer.is(2, "", said);
    for pattern in ["../{_note_id}", "x.pdf", "{_note_id", "a/../{_note_id}"] {
        let answer = desk.call(&["render", "in/a.jsonl", "--jsonl", "--name", pattern]);
        assert!(answer.code == 2 && answer.err.starts_with("错误[E0772]"), "{answer:?}");
    }
}

#[test]
fn fail_fast_stops_at_the_first_failure_for_any_number_of_workers() {
    let desk = Desk::new();
    desk.put("a.jsonl", lines((0..12).map(|id| (id, id != 3 && id != 5))));
    let mut answers = Vec::new();
    for jobs in ["1", "4"] {
        let call = [
            "render",
            "a.jsonl",
            "--jsonl",
            "--format",
            "text",
            "--fail-fast",
            "--out-dir",
            "out",
            "--jobs",
            jobs,
        ];
        let Answer { out, err, code } = desk.call(&call);
        assert_eq!(code, 1);
        let names: Vec<String> = files(&desk, "out").into_keys().collect();
        assert_eq!(names, ["out/a-1.txt", "out/a-2.txt", "out/a-3.txt"], "{jobs} workers");
        assert!(err.contains("a.jsonl:4:") && !err.contains("a.jsonl:6:"), "{err}");
        assert!(err.ends_with("按 `--fail-fast` 停在第一处\n共1处错误，已生成3份文件，9份未生成\n"), "{err}");
        answers.push((out, err));
        fs::remove_dir_all(desk.path("out")).unwrap();
    }
    assert_eq!(answers[0], answers[1]);
    // What nobody has looked at is not at fault.
    let check = desk.call(&["check", "a.jsonl", "--jsonl", "--fail-fast"]);
    assert!(check.err.ends_with("共1处错误，12份数据中有1份要改正，8份没有检查\n"), "{check:?}");
    let hold = desk.call(&["render", "a.jsonl", "--jsonl", "--check", "--fail-fast", "--lang", "en"]);
    assert!(hold.err.ends_with("1 error; 1 of 12 not as the data give them, 11 not looked at\n"), "{hold:?}");
}

#[test]
fn shares_make_the_whole_and_summaries_say_so() {
    let desk = Desk::new();
    desk.put("a.jsonl", lines((0..7).map(|id| (id, id != 4))));
    let share = |shard: &str, variable: Option<(&str, &str)>, summary: &str| {
        let call = [
            "render",
            "a.jsonl",
            "--jsonl",
            "--format",
            "text",
            "--out-dir",
            "out",
            "--shard",
            shard,
            "--summary",
            summary,
        ];
        let mut command = desk.command(&call);
        command.envs(variable);
        Answer::new(&command.output().unwrap(), desk.folder.path())
    };
    let first = share("1/3", None, "1.jsonl");
    assert_eq!(first.code, 0, "{first:?}");
    assert_eq!(first.out.replace('\\', "/"), "已生成 out/a-1.txt\n已生成 out/a-4.txt\n已生成 out/a-7.txt\n");
    assert_eq!(share("env/3", Some(("JOB_COMPLETION_INDEX", "1")), "2.jsonl").code, 1);
    let partial = desk.call(&["summary", "1.jsonl", "2.jsonl"]);
    assert!(partial.code == 1 && partial.out.contains("缺少：3/3\n"), "{partial:?}");
    assert_eq!(share("env/3", Some(("SLURM_ARRAY_TASK_ID", "2")), "3.jsonl").code, 0);
    let whole = desk.call(&["summary", "?.jsonl", "a.jsonl"]);
    assert!(
        whole.code == 1 && whole.err.contains("`a.jsonl` 不是") && whole.out.contains("已生成6份"),
        "{whole:?}"
    );
    let whole = desk.call(&["summary", "[1-3].jsonl"]);
    assert_eq!((whole.code, whole.err.as_str()), (1, ""));
    assert!(
        whole.out.starts_with("3次运行，共7份，已生成6份，失败1份，1处错误、0处警告\n  a.jsonl:5  E0"),
        "{whole:?}"
    );
    let json = desk.call(&["summary", "[1-3].jsonl", "--format", "json"]);
    let sum: Value = serde_json::from_str(&json.out).unwrap();
    for (member, value) in [("runs", 3), ("inputs", 7), ("written", 6), ("failed", 1), ("errors", 1)] {
        assert_eq!(sum[member], value, "{member}");
    }
    assert_eq!(sum["failures"][0]["input"], "a.jsonl:5");
    assert_eq!(files(&desk, "out").len(), 6);
    // The same share twice, and what was cut off, are no sum.
    assert_eq!(desk.call(&["summary", "1.jsonl", "1.jsonl"]).code, 1);
    let text = fs::read_to_string(desk.path("1.jsonl")).unwrap();
    desk.put("cut.jsonl", &text[..text.trim_end().rfind('\n').unwrap()]);
    let cut = desk.call(&["summary", "cut.jsonl", "2.jsonl", "3.jsonl"]);
    assert!(cut.code == 1 && cut.out.contains("没有做完：cut.jsonl\n"), "{cut:?}");
    assert!(cut.out.starts_with("3次运行，共7份，已生成6份，失败1份"), "{cut:?}");
    // One line less, and half a line more.
    desk.put("cut.jsonl", &text[..text.trim_end().rfind('\n').unwrap() - 9]);
    let cut = desk.call(&["summary", "cut.jsonl"]);
    assert!(cut.code == 1 && cut.out.starts_with("1次运行，共2份"), "{cut:?}");
    // What is of no use is told, and the rest is added up.
    desk.put("none.jsonl", "");
    let others = desk.call(&["summary", "none.jsonl", "other.txt", "[1-3].jsonl"]);
    assert!(others.code == 2, "{others:?}");
    let others = desk.call(&["summary", "none.jsonl", "[1-3].jsonl"]);
    assert!(others.err.contains("E0778") && others.out.starts_with("3次运行，共7份"), "{others:?}");
    // Runs one after the other in one file are runs all the same.
    let whole: String =
        (1..=3).map(|id| fs::read_to_string(desk.path(&format!("{id}.jsonl"))).unwrap()).collect();
    desk.put("whole.jsonl", &whole);
    assert_eq!(desk.call(&["summary", "whole.jsonl"]).out, desk.call(&["summary", "[1-3].jsonl"]).out);

    let unknown = share("env/3", None, "4.jsonl");
    assert!(unknown.code == 2 && unknown.err.starts_with("错误[E0771]"), "{unknown:?}");
    assert!(share("4/3", None, "4.jsonl").err.starts_with("错误[E0770]"));
    // A summary replaces a summary and nothing else.
    assert_eq!(share("1/3", None, "1.jsonl").code, 2, "the texts are there already");
    desk.put("other.jsonl", "{}\n");
    assert!(share("1/3", None, "other.jsonl").err.contains("E0725"));
}

#[test]
fn lines_are_whole_data_files() {
    let desk = Desk::new();
    let call = |text: &[u8]| {
        desk.put("a.jsonl", text);
        desk.call(&["render", "a.jsonl", "--jsonl", "--name", "{report.city}.pdf", "--out-dir", "out"])
    };
    let pretty = fs::read(sample()).unwrap();
    let line = lines([(0, true)]);
    let wide: Vec<u8> = [0xfeff].into_iter().chain(line.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    for (text, reason) in
        [(pretty.as_slice(), "好几行"), (format!("[{line}]").as_bytes(), "数组"), (&wide, "UTF-16")]
    {
        let answer = call(text);
        assert!(
            answer.code == 1 && answer.err.starts_with("错误[E0797]") && answer.err.contains(reason),
            "{answer:?}"
        );
        assert_eq!(answer.err.matches("错误").count(), 1, "{answer:?}");
    }
    // Of a line that cannot be read nobody knows what it lacks.
    let answer = call(format!("\u{feff}{line}{}", &line[..line.find("economy").unwrap()]).as_bytes());
    assert!(answer.code == 1 && !answer.err.contains("E0773"), "{answer:?}");
    assert!(answer.err.contains("已生成1份文件，1份未生成"), "{answer:?}");
}

#[test]
fn files_that_are_one_on_some_system_are_refused() {
    let desk = Desk::with(&["d/X.json", "d/y.JSON"]);
    assert_eq!(desk.call(&["render", "d", "--out-dir", "out", "--format", "text"]).code, 0);
    assert_eq!(files(&desk, "out").len(), 2, "an ending in capitals is an ending");
    for other in ["e/x.json", "e/Y.json"] {
        desk.put(other, fs::read(sample()).unwrap());
        let answer = desk.call(&["render", "d/X.json", "d/y.JSON", other, "--out-dir", "new"]);
        assert!(answer.code == 2 && answer.err.starts_with("错误[E0723]"), "{answer:?}");
    }
    // A letter with its mark, and the two of them.
    for (nth, other) in ["caf\u{e9}", "CAFE\u{301}"].iter().enumerate() {
        desk.put(&format!("f{nth}/{other}.json"), fs::read(sample()).unwrap());
    }
    let answer = desk.call(&["render", "f0/*.json", "f1/*.json", "--out-dir", "new"]);
    assert!(answer.code == 2 && answer.err.starts_with("错误[E0723]"), "{answer:?}");
    assert!(!desk.path("new").exists());
}

#[test]
fn summary_is_of_this_run_and_of_all_that_it_was_about() {
    let desk = Desk::with(&["a.json"]);
    let call = |words: &[&str]| {
        desk.call(&[&["render", "--format", "text", "--summary", "s.jsonl"], words].concat())
    };
    let summary = || desk.call(&["summary", "s.jsonl"]);
    assert_eq!(call(&["a.json"]).code, 0);
    assert_eq!(summary().code, 0);
    // Whatever a later run is refused for, what an earlier one did is not its doing.
    for words in [["a.json", "a.json"].as_slice(), &["a.json", "--pack", "none"], &["none.jsonl", "--jsonl"]]
    {
        assert_eq!(call(words).code, 2, "{words:?}");
        assert_eq!(summary().code, 1, "{words:?}");
        desk.put("s.jsonl", "{\"format\":\"shizheng-summary/1\"}\n");
    }
    // What the call names and there is not is a failure with its name.
    fs::remove_file(desk.path("a.txt")).unwrap();
    assert_eq!(call(&["a.json", "none.json", "no*.json"]).code, 2);
    let answer = summary();
    assert!(answer.out.starts_with("1次运行，共3份，已生成1份，失败2份"), "{answer:?}");
    assert!(answer.out.contains("  none.json  E0710\n"), "{answer:?}");
    // It may go where the documents go.
    let answer = desk.call(&["render", "a.json", "--out-dir", "new", "--summary", "new/s.jsonl"]);
    assert_eq!((answer.code, desk.is_pdf("new/a.pdf")), (0, true), "{answer:?}");
}

/// Tells whether the tests were started with a signal ignored, as far as the system says so.
#[cfg(unix)]
fn is_ignored(signal: u32) -> bool {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let mask = mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    mask.is_some_and(|mask| mask & 1 << (signal - 1) != 0)
}

#[cfg(unix)]
#[test]
fn a_batch_that_is_interrupted_leaves_whole_files_alone() {
    use std::process::{Command, Stdio};
    for (signal, number) in [("INT", 2), ("TERM", 15)] {
        // What runs the tests in the background may have had it ignored, and then it stays so.
        if is_ignored(number) {
            continue;
        }
        let desk = Desk::new();
        desk.put("a.jsonl", lines((0..400).map(|id| (id, true))));
        let call =
            ["render", "a.jsonl", "--jsonl", "--out-dir", "out", "--jobs", "2", "--summary", "s.jsonl"];
        let mut command = desk.command(&call);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        while !desk.path("out/a-3.pdf").exists() {
            assert!(child.try_wait().unwrap().is_none(), "it ended too early");
            std::thread::yield_now();
        }
        let kill = Command::new("kill").args(["-s", signal, &child.id().to_string()]).status().unwrap();
        assert!(kill.success());
        let output = child.wait_with_output().unwrap();
        let answer = Answer::new(&output, desk.folder.path());
        assert_eq!(answer.code, 130, "{answer:?}");
        let made = files(&desk, "out");
        assert!(made.len() < 400 && made.len() == answer.out.lines().count(), "{}", made.len());
        for (name, bytes) in &made {
            assert!(!name.contains(".shizheng-") && bytes.trim_ascii_end().ends_with(b"%%EOF"), "{name}");
        }
        assert!(answer.err.starts_with("已中断\n"), "{answer:?}");
        assert_eq!(desk.names().len(), made.len() + 3, "the lines, the folder, the summary");
        let sum = desk.call(&["summary", "s.jsonl"]);
        assert!(sum.code == 1 && sum.out.contains("没有做完：s.jsonl"), "{sum:?}");
    }
}

#[test]
fn lines_without_the_option_are_told_of_it() {
    let desk = Desk::new();
    desk.put("a.jsonl", lines([(1, true), (2, true)]));
    let answer = desk.call(&["check", "a.jsonl"]);
    assert_eq!(answer.code, 1);
    assert!(answer.err.contains("E0128") && answer.err.contains("命令里加 `--jsonl`"), "{}", answer.err);
}

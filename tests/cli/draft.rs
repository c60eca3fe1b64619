//! Drafts, strictness, traces, and the data file inside the PDF, through the program.

use std::fs;

use super::{Desk, pages};

/// A sample without its GDP and its date.
fn open(desk: &Desk) {
    let text = fs::read_to_string(super::sample()).unwrap();
    let text = text.replace("318.72", "null").replace("\"2026-01-15\"", "\"待定\"");
    desk.put("a.json", text);
}

#[test]
fn draft_is_made_of_what_a_final_document_refuses() {
    let desk = Desk::new();
    open(&desk);
    let refused = desk.call(&["render", "a.json"]);
    assert_eq!((refused.code, refused.out.as_str()), (1, ""));
    assert_eq!(refused.err.matches("错误[").count(), 2, "{}", refused.err);
    assert_eq!(desk.names(), ["a.json"]);

    let made = desk.call(&["render", "a.json", "--draft"]);
    assert_eq!((made.code, made.err.as_str()), (0, ""));
    assert!(made.out.starts_with("已生成 a.pdf，共") && made.out.contains("项数据未定"), "{}", made.out);
    assert!(desk.is_pdf("a.pdf"));
    let english = desk.call(&["render", "a.json", "--draft", "--lang", "en"]);
    assert!(english.out.contains(" figures open"), "{}", english.out);

    let text = desk.call(&["render", "a.json", "--draft", "--format", "text", "-o", "-"]);
    assert_eq!((text.code, text.err.as_str()), (0, ""));
    let mut lines = text.out.lines();
    assert_eq!(lines.next(), Some("草稿"));
    assert!(text.out.contains("全市地区生产总值【XX亿元】，同比增长6.2%"));
    assert!(text.out.contains("\n【XX年XX月XX日】\n"));
    assert!(text.out.contains("\t地区生产总值（亿元）\teconomy.gdp.value\t统计局\n"));
}

#[test]
fn strict_calls_stop_at_warnings_and_write_nothing() {
    let desk = Desk::new();
    // A pack with a field that no template prints is told with a warning.
    super::copy(&super::carried_pack(), &desk.path("pack"));
    let schema = fs::read_to_string(desk.path("pack/schema.json")).unwrap();
    let field = r#""spare": {"title": "备用", "x-kind": "text", "x-source": "政府办公室", "x-part": "meta", "type": ["string", "null"]},"#;
    desk.put("pack/schema.json", schema.replacen("\"level\": {", &format!("{field}\n\"level\": {{"), 1));
    desk.put("a.json", fs::read(super::sample()).unwrap());
    let before = desk.names();
    for words in [["render", "a.json", "--pack", "./pack"], ["check", "a.json", "--pack", "./pack"]] {
        let strict = desk.call(&[words.as_slice(), &["--strict"]].concat());
        assert_eq!((strict.code, strict.out.as_str()), (1, ""), "{words:?}");
        assert!(strict.err.contains("警告["), "{}", strict.err);
        assert!(
            strict.err.contains("错误[E0763]: 有1处警告，按 `--strict` 算作没有通过\n"),
            "{}",
            strict.err
        );
        assert_eq!(desk.names(), before);
    }
    // What is worth a note alone stops nothing.
    assert_eq!(desk.call(&["render", "a.json", "--pack", "./pack"]).code, 0);
    assert_eq!(desk.call(&["check", "a.json", "--strict"]).code, 0);
    assert_eq!(desk.call(&["render", "a.json", "--strict"]).code, 0);
}

#[test]
fn trace_tells_where_each_figure_is() {
    let desk = Desk::with(&["a.json"]);
    let made = desk.call(&["render", "a.json", "--trace", "t.json"]);
    assert_eq!((made.code, made.err.as_str()), (0, ""));
    let trace: serde_json::Value = serde_json::from_slice(&fs::read(desk.path("t.json")).unwrap()).unwrap();
    assert_eq!(trace["format"], "shizheng-trace/1");
    assert_eq!(trace["pages"].as_u64(), Some(pages(&made.out) as u64));
    let figures = trace["figures"].as_array().unwrap();
    let gdp = figures.iter().find(|figure| figure["data"][0]["path"] == "economy.gdp.value").unwrap();
    assert_eq!((&gdp["printed"], &gdp["data"][0]["given"]), (&"318.72亿元".into(), &"318.72".into()));
    let text = fs::read_to_string(desk.path("a.json")).unwrap();
    let line = gdp["data"][0]["line"].as_u64().unwrap() as usize;
    assert!(text.lines().nth(line - 1).unwrap().contains("318.72"));
    assert!(trace["not_printed"].as_array().unwrap().iter().any(|datum| datum["path"] == "report.level"));

    // A trace takes an older one's place, and nothing else's; standard output holds it alone.
    assert_eq!(desk.call(&["render", "a.json", "--trace", "t.json"]).code, 0);
    let printed = desk.call(&["render", "a.json", "--trace", "-"]);
    assert_eq!(printed.out.as_bytes(), fs::read(desk.path("t.json")).unwrap());
    desk.put("other.json", "{}");
    let other = desk.call(&["render", "a.json", "--trace", "other.json"]);
    assert_eq!((other.code, fs::read(desk.path("other.json")).unwrap()), (2, b"{}".to_vec()));
    let piped = desk.feed(&["render", "-", "-o", "-", "--trace", "p.json"], text.as_bytes());
    assert!(piped.stdout.starts_with(b"%PDF") && desk.path("p.json").exists());
}

#[test]
fn calls_for_traces_that_cannot_be_are_refused() {
    let desk = Desk::with(&["a.json", "b.json"]);
    for (words, code) in [
        (&["render", "a.json", "b.json", "--trace", "t.json"][..], "E0766"),
        (&["render", "a.json", "--format", "text", "--trace", "t.json"], "E0761"),
        (&["render", "a.json", "--format", "text", "--embed-data"], "E0762"),
        (&["render", "a.json", "-o", "x.pdf", "--trace", "./x.pdf"], "E0764"),
        (&["render", "a.json", "-o", "-", "--trace", "-"], "E0764"),
        (&["render", "a.json", "--trace", "a.json"], "E0724"),
        (&["render", "a.json", "--trace", "none/t.json"], "E0721"),
    ] {
        let refused = desk.call(words);
        assert_eq!((refused.code, refused.out.as_str()), (2, ""), "{words:?}");
        assert!(refused.err.contains(code), "{words:?}: {}", refused.err);
    }
    assert_eq!(desk.names(), ["a.json", "b.json"]);
}

#[test]
fn data_come_back_out_of_the_pdf_and_make_it_again() {
    let desk = Desk::new();
    let mut bytes = vec![0xEF, 0xBB, 0xBF];
    bytes.extend(fs::read_to_string(super::sample()).unwrap().replace('\n', "\r\n").bytes());
    desk.put("数据.json", &bytes);
    assert_eq!(desk.call(&["render", "数据.json", "--embed-data", "-o", "报告.pdf"]).code, 0);
    desk.call(&["extract", "报告.pdf"]).is(0, "已取出 报告.json\n", "");
    assert_eq!(fs::read(desk.path("报告.json")).unwrap(), bytes);
    assert_eq!(desk.call(&["render", "报告.json", "--embed-data", "-o", "again.pdf"]).code, 0);
    assert_eq!(fs::read(desk.path("again.pdf")).unwrap(), fs::read(desk.path("报告.pdf")).unwrap());
    let shown = desk.command(&["extract", "报告.pdf", "-o", "-"]).output().unwrap();
    assert_eq!(shown.stdout, bytes);

    // A file that is there stays; without `--embed-data` there is nothing in it.
    let again = desk.call(&["extract", "报告.pdf"]);
    assert_eq!((again.code, again.err.contains("E0725")), (2, true), "{}", again.err);
    assert_eq!(desk.call(&["extract", "报告.pdf", "--force"]).code, 0);
    assert_eq!(desk.call(&["render", "数据.json", "-o", "without.pdf"]).code, 0);
    let without = desk.call(&["extract", "without.pdf"]);
    assert_eq!((without.code, without.out.as_str()), (1, ""));
    assert!(without.err.starts_with("错误[E0613]: 这份PDF里没有数据文件\n"), "{}", without.err);
    assert!(without.err.contains("without.pdf"), "{}", without.err);
    let none = desk.call(&["extract", "数据.json", "-o", "x.json"]);
    assert_eq!((none.code, none.err.contains("E0610")), (1, true), "{}", none.err);
    let absent = desk.call(&["extract", "none.pdf"]);
    assert_eq!((absent.code, absent.err.contains("E0710")), (2, true), "{}", absent.err);
    assert!(desk.call(&["extract", "*.pdf"]).err.contains("E0765"));
    let piped = desk.feed(&["extract", "-"], &fs::read(desk.path("报告.pdf")).unwrap());
    assert_eq!(piped.stdout, bytes);
    assert!(!desk.path("without.json").exists() && !desk.path("x.json").exists());
}

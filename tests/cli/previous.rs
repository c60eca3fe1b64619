//! Last year's data file beside this year's.

use super::Desk;

#[test]
fn growth_comes_from_last_years_file_and_stocks_are_held_against_it() {
    let desk = Desk::with(&[]);
    let now = include_str!("../../samples/centing.json");
    let last = now
        .replace("\"year\": 2025", "\"year\": 2024")
        .replace("\"value\": 168.30", "\"value\": 160.00")
        .replace("\"listed_total\": 46", "\"listed_total\": 52");
    let now = now.replace("\"previous\": 160.74,\n      \"growth\": 4.7", "\"_note\": \"没有给同比\"");
    desk.put("last.json", &last);
    desk.put("now.json", &now);
    let answer = desk.call(&["check", "now.json"]);
    assert_eq!(answer.code, 1);
    assert!(answer.err.contains("缺少必填的“一般公共预算收入同比”"), "{answer:?}");
    let answer = desk.call(&["render", "now.json", "--previous", "last.json", "--format", "text", "-o", "-"]);
    assert_eq!(answer.code, 0, "{answer:?}");
    assert!(answer.out.contains("一般公共预算收入168.30亿元，增长5.2%"), "{answer:?}");
    assert!(answer.err.contains("警告[W0174]: 现为46家，上年是52家"), "{answer:?}");
}

#[test]
fn last_years_file_goes_with_one_data_file() {
    let desk = Desk::with(&["a.json", "b.json"]);
    let answer = desk.call(&["check", "a.json", "b.json", "--previous", "a.json"]);
    assert_eq!(answer.code, 2);
    assert!(answer.err.contains("E0760"), "{answer:?}");
    let answer = desk.call(&["check", "a.json", "--previous", "none.json"]);
    assert_eq!(answer.code, 1);
    assert!(answer.err.contains("none.json"), "{answer:?}");
    desk.put("broken.json", "{ \"report\": ");
    let answer = desk.call(&["check", "a.json", "--previous", "broken.json"]);
    assert_eq!(answer.code, 1);
    assert!(answer.err.contains("broken.json:1"), "{answer:?}");
}

#[test]
fn shares_that_rounding_keeps_from_adding_up_say_so() {
    let desk = Desk::with(&[]);
    let text = include_str!("../../samples/centing.json").replace("44.6, 46.1]", "44.6, 46.0]");
    desk.put("a.json", &text);
    let answer = desk.call(&["render", "a.json", "--format", "text", "-o", "-"]);
    assert_eq!(answer.code, 0, "{answer:?}");
    assert!(answer.out.contains("调整为9.3:44.6:46.0（因四舍五入，合计不等于100）"), "{answer:?}");
    assert!(answer.err.starts_with("提示[N0179]: 各部分合计99.9%，与100%相差0.1个百分点"), "{answer:?}");
}

#[test]
fn a_file_in_the_encoding_of_old_editors_is_read_with_a_note() {
    let desk = Desk::with(&[]);
    let text = include_str!("../../samples/centing.json");
    desk.put("gbk.json", encoding_rs::GBK.encode(text).0);
    let (gbk, plain) = (desk.call(&["check", "gbk.json"]), desk.call(&["check", "gbk.json", "-q"]));
    assert_eq!((gbk.code, plain.code, plain.err.as_str()), (0, 0, ""));
    assert!(gbk.err.starts_with("提示[N0130]: 文件不是 UTF-8 编码，已按 GB18030 读入"), "{gbk:?}");
    desk.put("mark.json", format!("\u{feff}{}", text.replace('\n', "\r\n")));
    let mark = desk.call(&["check", "mark.json", "--strict"]);
    assert_eq!(mark.code, 0, "a note is no warning: {mark:?}");
    assert!(
        mark.err.starts_with("提示[N0136]: 文件带有 BOM + CRLF（Windows 编辑器的习惯），不影响读入"),
        "{mark:?}"
    );
}

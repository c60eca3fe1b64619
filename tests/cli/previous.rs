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

//! Departments' data files put together into a city's.

use std::fs;

use serde_json::Value as Json;

use super::{Desk, sample};

/// A desk with the sample parted in two: what one department gives, and the rest.
fn desk() -> Desk {
    let desk = Desk::with(&[]);
    let text = fs::read_to_string(sample()).unwrap();
    let mut rest: Json = serde_json::from_str(&text).unwrap();
    let economy = rest.as_object_mut().unwrap().remove("economy").unwrap();
    desk.put("统计局.json", serde_json::json!({ "economy": economy }).to_string());
    desk.put("其他.json", rest.to_string());
    desk
}

#[test]
fn the_whole_renders_as_if_it_had_never_been_parted() {
    let desk = desk();
    let merged = desk.call(&["merge", "统计局.json", "其他.json", "-o", "city.json"]);
    assert_eq!(merged.code, 0, "{}", merged.err);
    assert!(
        merged.out.starts_with("已将2个文件合为 city.json\n没有人报的（必填的有0项，前面有 *）：\n"),
        "{}",
        merged.out
    );
    let text = |data: &str| {
        let made = desk.command(&["render", data, "--format", "text", "-o", "-"]).output().unwrap();
        assert!(made.status.success());
        made.stdout
    };
    assert_eq!(text("city.json"), text(&sample().to_string_lossy()));
    // What somebody has already is not lost.
    let again = desk.call(&["merge", "其他.json", "-o", "city.json"]);
    assert_eq!(again.code, 2, "{}", again.err);
    assert_eq!(desk.call(&["merge", "其他.json", "-o", "city.json", "--force"]).code, 0);
}

#[test]
fn what_nobody_gave_is_listed_by_department() {
    let desk = desk();
    let merged = desk.call(&["merge", "其他.json", "-o", "city.json"]);
    assert_eq!(merged.code, 0, "{}", merged.err);
    for line in [
        "统计局\n",
        "  * economy.gdp.value  地区生产总值（亿元）\n",
        "  * economy.gdp.growth  地区生产总值同比（%）\n",
    ] {
        assert!(merged.out.contains(line), "{line} of {}", merged.out);
    }
    let listed = desk.call(&["merge", "其他.json", "-o", "two.json", "--format", "json"]);
    let list: Json = serde_json::from_str(&listed.out).unwrap();
    let absent = list["absent"].as_array().unwrap();
    let gdp = absent.iter().find(|one| one["path"] == "economy.gdp.value").unwrap();
    assert_eq!((&gdp["department"], &gdp["required"]), (&Json::from("统计局"), &Json::from(true)));
    // The file goes where it is asked to, the list beside it.
    let piped = desk.call(&["merge", "其他.json"]);
    assert!(piped.out.starts_with("{\n  \"pack\": \"annual-report\""), "{}", piped.out);
    assert!(piped.err.contains("economy.gdp.value"), "{}", piped.err);
}

#[test]
fn two_values_write_nothing() {
    let desk = desk();
    desk.put("另一份.json", r#"{ "economy": { "gdp": { "value": 1 } } }"#);
    let merged = desk.call(&["--lang", "en", "merge", "统计局.json", "另一份.json", "-o", "city.json"]);
    assert_eq!(merged.code, 1);
    assert!(merged.err.contains("E0184") && merged.err.contains("`统计局.json`, line 1"), "{}", merged.err);
    assert!(!desk.path("city.json").exists());
    let over = desk.call(&["merge", "统计局.json", "-o", "统计局.json", "--force"]);
    assert_eq!(over.code, 2, "{}", over.err);
}

//! Two data files compared: the figures that differ, and the sentences that do.

use std::fs;

use serde_json::Value as Json;

use super::{Desk, sample};

/// A desk with a data file and a later state of it: a figure changed, one added, one taken away.
fn desk() -> Desk {
    let desk = Desk::with(&["a.json"]);
    let old = fs::read_to_string(sample()).unwrap();
    let mut new = old.clone();
    for (before, now) in [
        ("318.72", "320.1"),
        ("\"桐渚分布式储能电站\"", "\"桐渚氢能装备产业园\", \"桐渚分布式储能电站\""),
        ("\"dormitories\"", "\"_note_dormitories\""),
    ] {
        assert_eq!(new.matches(before).count(), 1, "{before}");
        new = new.replace(before, now);
    }
    desk.put("b.json", new);
    desk
}

#[test]
fn changes_are_told_by_title_and_by_sentence() {
    let desk = desk();
    desk.call(&["diff", "a.json", "b.json"]).is(
        0,
        "数据：改1项，增1项，减1项\n\
         \x20 地区生产总值（统计局）：318.72亿元 → 320.1亿元\n\
         \x20 高端项目（1）（工业和信息化局）：（没有） → 桐渚氢能装备产业园\n\
         \x20 维修改造宿舍学校（教育局）：8所 → （没有）\n\
         报告：3句不同\n\
         \x20 二、坚定信心，攻坚克难，各项事业取得实效 > （一）着力稳定经济增长，保持运行总体平稳\n\
         \x20 - 全市地区生产总值【318.72】亿元，同比增长6.2%；一般公共预算收入21.05亿元，增长3.8%；规模以上工业增加值增长7.1%；固定资产投资增长5.0%；社会消费品零售总额126.90亿元；城镇居民人均可支配收入36420元，农村居民人均可支配收入20856元。\n\
         \x20 + 全市地区生产总值【320.1】亿元，同比增长6.2%；一般公共预算收入21.05亿元，增长3.8%；规模以上工业增加值增长7.1%；固定资产投资增长5.0%；社会消费品零售总额126.90亿元；城镇居民人均可支配收入36420元，农村居民人均可支配收入20856元。\n\
         \x20 二、坚定信心，攻坚克难，各项事业取得实效 > （二）坚持转型升级，优化调整产业结构\n\
         \x20 - 培育壮大新兴产业，实施桐渚分布式储能电站等高端项目。\n\
         \x20 + 培育壮大新兴产业，实施桐渚【氢能装备产业园、桐渚】分布式储能电站等高端项目。\n\
         \x20 二、坚定信心，攻坚克难，各项事业取得实效 > （七）坚持民生为本，着力办好惠民实事\n\
         \x20 - 新建、改扩建幼儿园5所【，为8所学校维修改造宿舍】。\n\
         \x20 + 新建、改扩建幼儿园5所。\n",
        "",
    );
}

#[test]
fn changes_are_told_in_english_around_the_reports_own_words() {
    let desk = desk();
    desk.call(&["--lang", "en", "diff", "a.json", "b.json"]).is(
        0,
        "data: 1 changed, 1 added, 1 taken away\n\
         \x20 地区生产总值 (统计局): 318.72亿元 → 320.1亿元\n\
         \x20 高端项目（1） (工业和信息化局): (none) → 桐渚氢能装备产业园\n\
         \x20 维修改造宿舍学校 (教育局): 8所 → (none)\n\
         report: 3 sentences differ\n\
         \x20 二、坚定信心，攻坚克难，各项事业取得实效 > （一）着力稳定经济增长，保持运行总体平稳\n\
         \x20 - 全市地区生产总值【318.72】亿元，同比增长6.2%；一般公共预算收入21.05亿元，增长3.8%；规模以上工业增加值增长7.1%；固定资产投资增长5.0%；社会消费品零售总额126.90亿元；城镇居民人均可支配收入36420元，农村居民人均可支配收入20856元。\n\
         \x20 + 全市地区生产总值【320.1】亿元，同比增长6.2%；一般公共预算收入21.05亿元，增长3.8%；规模以上工业增加值增长7.1%；固定资产投资增长5.0%；社会消费品零售总额126.90亿元；城镇居民人均可支配收入36420元，农村居民人均可支配收入20856元。\n\
         \x20 二、坚定信心，攻坚克难，各项事业取得实效 > （二）坚持转型升级，优化调整产业结构\n\
         \x20 - 培育壮大新兴产业，实施桐渚分布式储能电站等高端项目。\n\
         \x20 + 培育壮大新兴产业，实施桐渚【氢能装备产业园、桐渚】分布式储能电站等高端项目。\n\
         \x20 二、坚定信心，攻坚克难，各项事业取得实效 > （七）坚持民生为本，着力办好惠民实事\n\
         \x20 - 新建、改扩建幼儿园5所【，为8所学校维修改造宿舍】。\n\
         \x20 + 新建、改扩建幼儿园5所。\n",
        "",
    );
}

#[test]
fn a_file_does_not_differ_from_itself() {
    let desk = Desk::with(&["a.json", "b.json"]);
    desk.call(&["diff", "a.json", "b.json", "--exit-code"]).is(0, "没有不同\n", "");
    desk.call(&["--lang", "en", "diff", "a.json", "a.json"]).is(0, "no differences\n", "");
    let answer = desk.call(&["diff", "a.json", "b.json", "--format", "json"]);
    let whole: Json = serde_json::from_str(&answer.out).unwrap();
    assert_eq!(whole, serde_json::json!({ "figures": [], "sentences": [] }));
}

#[test]
fn the_exit_code_tells_of_differences_when_it_is_asked_to() {
    let desk = desk();
    assert_eq!(desk.call(&["diff", "a.json", "b.json"]).code, 0);
    assert_eq!(desk.call(&["diff", "a.json", "b.json", "--exit-code"]).code, 1);
}

#[test]
fn programs_get_every_change_with_its_paths_and_parts() {
    let desk = desk();
    let answer = desk.call(&["diff", "a.json", "b.json", "--format", "json"]);
    assert_eq!((answer.code, answer.err.as_str()), (0, ""));
    let whole: Json = serde_json::from_str(&answer.out).unwrap();
    assert_eq!(
        whole["figures"][2],
        serde_json::json!({
            "change": "removed",
            "path": "livelihood.education.dormitories",
            "title": "维修改造宿舍学校",
            "department": "教育局",
            "old": "8所",
            "new": null,
        })
    );
    let sentences = whole["sentences"].as_array().unwrap();
    assert_eq!(sentences.len(), 3);
    assert_eq!(sentences[0]["paths"], serde_json::json!(["economy.gdp.value"]));
    for sentence in sentences {
        for version in ["old", "new"] {
            let parts = sentence["parts"].as_array().unwrap().iter();
            let text: String =
                parts.filter_map(|part| part.get("same").or_else(|| part.get(version))?.as_str()).collect();
            assert_eq!(sentence[version], text);
        }
    }
    // The report's own text has the new versions.
    let text = desk.call(&["render", "b.json", "--format", "text", "-o", "-"]).out;
    assert!(sentences.iter().all(|sentence| text.contains(sentence["new"].as_str().unwrap())));
}

#[test]
fn both_files_faults_are_told() {
    let desk = Desk::new();
    desk.put("a.json", "{");
    desk.put("b.json", "[");
    let answer = desk.call(&["diff", "a.json", "b.json"]);
    assert_eq!((answer.code, answer.out.as_str()), (1, ""));
    assert!(answer.err.contains("a.json:1:") && answer.err.contains("b.json:1:"), "{answer:?}");
    assert_eq!(desk.call(&["diff", "a.json"]).code, 2);
}

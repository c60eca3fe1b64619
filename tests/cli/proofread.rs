//! What the rules of the text say of a data file's own sentences, and how a pack switches them.

use std::fs;

use super::{Desk, carried_pack, copy, sample};

/// A data file with sentences of its own: one of the sample's is put out of order.
fn data(sentence: &str) -> String {
    let text = fs::read_to_string(sample()).unwrap();
    let own = "油茶种植面积扩大到11.2万亩，“桐渚山茶油”实现统一品牌、统一包装、统一销售";
    assert!(text.contains(own));
    text.replace(own, sentence)
}

#[test]
fn errors_of_the_text_stop_the_work_and_point_at_the_words() {
    let desk = Desk::new();
    desk.put("a.json", data("油茶惠及□万户，，“桐渚山茶油实现统一品牌、统一包装"));
    for (language, name) in [("zh", "errors_zh"), ("en", "errors_en")] {
        let answer = desk.call(&["--lang", language, "check", "a.json"]);
        assert_eq!(answer.code, 1);
        insta::assert_snapshot!(name, answer.err);
    }
    let answer = desk.call(&["render", "a.json"]);
    assert_eq!(answer.code, 1);
    assert_eq!(desk.names(), ["a.json"]);
}

#[test]
fn warnings_of_the_text_are_told_and_the_document_is_made() {
    let desk = Desk::new();
    desk.put("a.json", data("油茶种植面积扩大5～8%,带动约70余户增收"));
    for (language, name) in [("zh", "warnings_zh"), ("en", "warnings_en")] {
        let answer = desk.call(&["--lang", language, "check", "a.json"]);
        assert_eq!(answer.code, 0, "{answer:?}");
        insta::assert_snapshot!(name, answer.err);
    }
    assert_eq!(desk.call(&["render", "a.json"]).code, 0);
    assert!(desk.is_pdf("a.pdf"));
}

#[test]
fn a_sentence_of_the_data_that_the_template_says_already_is_told_at_the_data() {
    let desk = Desk::new();
    desk.put("a.json", data("做到政令畅通。不折不扣执行党中央、国务院决策部署，落实县委工作安排"));
    let answer = desk.call(&["check", "a.json"]);
    assert!(answer.err.contains("W0838") && answer.err.contains("a.json:"), "{answer:?}");
}

#[test]
fn a_pack_switches_a_rule_off_and_a_mistyped_rule_is_refused() {
    let desk = Desk::new();
    desk.put("a.json", data("油茶种植面积扩大5～8%"));
    copy(&carried_pack(), &desk.path("mine"));
    let own = fs::read_to_string(desk.path("mine/pack.toml")).unwrap();
    assert!(desk.call(&["check", "--pack", "mine", "a.json"]).err.contains("W0823"));

    desk.put("mine/pack.toml", format!("{own}\n[rules]\nrange-unit = \"off\"\n"));
    desk.call(&["check", "--pack", "mine", "a.json"]).is(0, "a.json：没有错误\n", "");

    desk.put("mine/pack.toml", format!("{own}\n[rules]\nrange-unit = \"error\"\n"));
    let answer = desk.call(&["check", "--pack", "mine", "a.json"]);
    assert!(answer.code == 1 && answer.err.contains("错误[W0823]"), "{answer:?}");

    desk.put("mine/pack.toml", format!("{own}\n[rules]\nrange-unite = \"off\"\n"));
    let answer = desk.call(&["check", "--pack", "mine", "a.json"]);
    assert!(answer.code == 1 && answer.err.contains("是否要写 `range-unit`"), "{answer:?}");
}

#[test]
fn a_draft_is_made_in_spite_of_the_text() {
    let desk = Desk::new();
    desk.put("a.json", data("油茶惠及□万户，带动增收"));
    let answer = desk.call(&["render", "--draft", "a.json"]);
    assert!(answer.code == 0 && answer.err.contains("警告[E0801]"), "{answer:?}");
}

#[test]
fn codes_are_listed_with_the_names_of_rules() {
    for (language, line) in [
        ("zh", "E0801  `…` 还没有填：`…`  [no-placeholder]"),
        ("en", "E0801  `…` is still to be filled in: `…`  [no-placeholder]"),
    ] {
        let answer = Desk::new().call(&["--lang", language, "explain"]);
        assert_eq!((answer.code, answer.err.as_str()), (0, ""));
        assert!(answer.out.lines().any(|listed| listed == line), "{}", answer.out);
        assert!(answer.out.lines().any(|listed| listed.starts_with("E0710  ")));
    }
    let answer = Desk::new().call(&["explain", "w0823"]);
    assert!(
        answer.out.contains("`range-unit`") && answer.out.contains("GB/T 15835—2011，5.1.3"),
        "{answer:?}"
    );
}

//! What the program knows: schema, fields, licences, completions, codes.

use std::fs;

use shizheng::diag::{Language, catalogue};
use shizheng::fill::guide::GUIDES;

use super::{Desk, carried_pack};

#[test]
fn schema_is_the_packs_own_and_stricter() {
    let answer = Desk::new().call(&["schema"]);
    assert_eq!((answer.code, answer.err.as_str()), (0, ""));
    let printed: serde_json::Value = serde_json::from_str(&answer.out).unwrap();
    let own = fs::read_to_string(carried_pack().join("schema.json")).unwrap();
    let own: serde_json::Value = serde_json::from_str(&own).unwrap();
    let venues = "/properties/urban_rural/properties/city/properties/venues";
    assert_eq!(printed.pointer(venues).unwrap()["title"], own.pointer(venues).unwrap()["title"]);
    assert_eq!(printed.pointer(venues).unwrap()["type"], serde_json::json!(["array", "null"]));
    // The samples are right by it, and a mistake is not.
    let validator = jsonschema::draft202012::new(&printed).unwrap();
    for sample in ["centing", "tongzhu", "chongyue"] {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/samples/").to_owned() + sample + ".json";
        let mut data: serde_json::Value = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
        let faults: Vec<_> = validator.iter_errors(&data).map(|fault| fault.to_string()).collect();
        assert!(faults.is_empty(), "{sample}: {faults:?}");
        data["report"]["signatory"] = "岑汀市人民政府".into();
        assert!(!validator.is_valid(&data));
    }
}

#[test]
fn fields_are_listed_three_ways() {
    let desk = Desk::new();
    let tsv = desk.call(&["fields", "--format", "tsv"]);
    // With a mark that tells spreadsheets the encoding.
    let mut lines = tsv.out.strip_prefix('\u{feff}').unwrap().lines();
    assert_eq!(lines.next(), Some("path\ttitle\tunit\tform\trequired\tpart\tdepartment"));
    let rows: Vec<Vec<&str>> = lines.map(|line| line.split('\t').collect()).collect();
    assert!(rows.len() > 100 && rows.iter().all(|row| row.len() == 7));
    let gdp = rows.iter().find(|row| row[0] == "economy.gdp.value").unwrap();
    assert_eq!(gdp[1..5], ["地区生产总值", "亿元", "数，最多2位小数", "true"]);
    let form = |path: &str| rows.iter().find(|row| row[0] == path).unwrap()[3];
    assert_eq!(form("report.date"), "\"\"\"2026-01-05\"\"\"");
    assert_eq!(form("campaigns.poverty_relief"), "true或false");
    assert_eq!(form("economy.structure.current"), "[三个数]，合计100");

    let json: serde_json::Value = serde_json::from_str(&desk.call(&["fields", "--format=json"]).out).unwrap();
    let listed = json.as_array().unwrap();
    assert_eq!(listed.len(), rows.len());
    for (object, row) in listed.iter().zip(&rows) {
        let keys: Vec<&String> = object.as_object().unwrap().keys().collect();
        assert_eq!(keys, ["path", "title", "unit", "form", "required", "part", "department"]);
        assert_eq!(object["path"], row[0]);
        assert_eq!(object["required"].to_string(), row[4]);
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

#[test]
fn chapters_on_messages_have_every_message_whole() {
    let desk = Desk::new();
    for (name, language) in [("zh", Language::Chinese), ("en", Language::English)] {
        let chapter = desk.call(&["explain", "--format", "markdown", "--lang", name]);
        assert_eq!((chapter.code, chapter.err.as_str()), (0, ""));
        let sections: Vec<&str> = chapter.out.split("\n### ").skip(1).collect();
        assert_eq!(sections.len(), catalogue::entries().count());
        // Marks of Markdown are written `\\<`.
        let plain = |text: &str| text.replace('\\', "");
        for entry in catalogue::entries() {
            let section = sections.iter().find(|section| section.starts_with(entry.code)).unwrap();
            assert!(plain(section).contains(&plain(entry.explanation.get(language))), "{}", entry.code);
            for part in entry.message.get(language).split(['{', '}']).step_by(2) {
                assert!(section.contains(part), "{}: {part}", entry.code);
            }
        }
        let section = desk.call(&["explain", "E0143", "--format", "markdown", "--lang", name]);
        assert!(chapter.out.contains(section.out.trim_end()), "{}", section.out);
    }
}

#[test]
fn helpers_are_listed_three_ways() {
    let desk = Desk::new();
    let json: serde_json::Value =
        serde_json::from_str(&desk.call(&["helpers", "--format", "json"]).out).unwrap();
    let (table, chapter) = (desk.call(&["helpers"]), desk.call(&["helpers", "--format", "markdown"]));
    let english = desk.call(&["helpers", "--format", "markdown", "--lang", "en"]);
    let listed = json.as_array().unwrap();
    assert_eq!(listed.len(), GUIDES.len());
    for (row, guide) in listed.iter().zip(GUIDES) {
        assert_eq!((&row["call"], &row["purpose"]), (&guide.call.into(), &guide.purpose.zh.into()));
        assert_eq!(row["examples"].as_array().unwrap().len(), guide.examples.len());
        for text in [guide.call, guide.purpose.zh] {
            assert!(table.out.contains(text) && chapter.out.contains(text), "{text}");
        }
        for text in guide.examples.iter().flat_map(|it| [it.template, it.data, it.output]) {
            assert!(chapter.out.contains(text) && english.out.contains(text), "{text}");
        }
        assert!(english.out.contains(guide.purpose.en), "{}", guide.purpose.en);
    }
}

#[test]
fn man_prints_a_page_in_either_language() {
    let desk = Desk::new();
    for (language, heading) in [("zh", ".SH 退出码"), ("en", ".SH \"EXIT STATUS\"")] {
        let page = desk.call(&["man", "--lang", language]);
        assert_eq!((page.code, page.err.as_str()), (0, ""));
        assert!(page.out.contains(heading) && page.out.contains("\\-\\-out\\-dir"), "{}", page.out);
    }
}

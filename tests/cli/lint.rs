//! Checks of template packs, and messages for programs.

use std::fs;

use serde_json::Value as Json;

use super::{Answer, Desk, carried_pack, copy};

/// A desk with a copy of the carried pack that has three faults and a doubt, in four files.
fn spoiled() -> Desk {
    let desk = Desk::with(&["a.json"]);
    copy(&carried_pack(), &desk.path("pack"));
    let spoil = |name: &str, from: &str, to: &str| {
        let text = fs::read_to_string(desk.path(name)).unwrap();
        assert!(text.contains(from), "{name} has no {from}");
        desk.put(name, text.replacen(from, to, 1));
    };
    spoil("pack/development/economy.hbs", "{{economy.gdp.value}}", "{{economy.gdp.valeu}}");
    spoil("pack/front/lead.hbs", "</p>", "");
    spoil("pack/style.toml", "\"三号\"", "\"三好\"");
    desk.put("pack/back/old.hbs", "<p>甲</p>\n");
    desk
}

#[test]
fn carried_pack_has_no_faults() {
    let desk = Desk::new();
    desk.call(&["pack", "lint"]).is(0, "annual-report：没有错误\n", "");
    desk.call(&["pack", "lint", "annual-report", "--lang", "en"]).is(0, "annual-report: no faults\n", "");
    desk.call(&["pack", "lint", "-q"]).is(0, "", "");
}

/// Templates in a circle are told of as that, not as the markup that would come of it.
#[test]
fn a_circle_of_templates_is_told_once() {
    let desk = Desk::new();
    copy(&carried_pack(), &desk.path("pack"));
    let name = "pack/shared/ranked_in.hbs";
    let text = fs::read_to_string(desk.path(name)).unwrap();
    desk.put(name, format!("{text}<span>{{{{> shared/superiors}}}}</span>"));
    desk.put("pack/shared/superiors.hbs", "<span>{{> shared/ranked_in}}</span>");
    let answer = desk.call(&["pack", "lint", "pack"]);
    let errors: Vec<&str> = answer.err.lines().filter(|line| line.starts_with("错误")).collect();
    let is_circle = |line: &&&str| line.starts_with("错误[E0307]: 模板互相引用，没有尽头：");
    assert_eq!((answer.code, errors.iter().filter(is_circle).count()), (1, errors.len()), "{answer:?}");
    assert!(!errors.is_empty(), "{answer:?}");
}

#[test]
fn lint_tells_everything_at_once() {
    let desk = spoiled();
    let answer = desk.call(&["pack", "lint", "pack"]);
    assert_eq!((answer.code, answer.out.as_str()), (1, ""));
    let err = answer.err.replace('\\', "/");
    let heads: Vec<&str> = err.lines().filter(|line| line.contains("]: ") || line.contains("--> ")).collect();
    let places = [
        ("错误[E0501]: 样式文件写法有误：`三好` 不是长度，长度如 `37mm`、`22pt`、`三号`", "pack/style.toml:"),
        ("警告[W0302]: 没有模板引用 `back/old`，它的文字不会印出来", "pack/back/old.hbs:1:1"),
        ("错误[E0304]: 数据里没有 `economy.gdp.valeu` 这一项", "pack/development/economy.hbs:"),
        ("错误[E0402]: 标记写法有误：`<p>` 没有结束", "pack/front/lead.hbs:"),
    ];
    assert_eq!(heads.len(), places.len() * 2, "{err}");
    for ((message, place), lines) in places.iter().zip(heads.chunks(2)) {
        assert!(lines[0].starts_with(message) && lines[1].contains(place), "{err}");
    }
    assert!(err.ends_with("pack：共3处错误、1处警告\n"), "{err}");

    // What lint refuses, neither makes a document nor checks one.
    for words in [["render", "a.json", "--pack", "pack"], ["check", "a.json", "--pack", "pack"]] {
        let answer = desk.call(&words);
        assert_eq!((answer.code, answer.out.as_str()), (1, ""), "{words:?}");
    }
    assert!(!desk.path("a.pdf").exists());
}

#[test]
fn warnings_alone_are_no_failure() {
    let desk = Desk::new();
    copy(&carried_pack(), &desk.path("pack"));
    desk.put("pack/old.hbs", "<p>甲</p>\n");
    let answer = desk.call(&["pack", "lint", "pack", "--lang", "en"]);
    assert_eq!((answer.code, answer.out.as_str()), (0, "pack: no faults, 1 warning\n"));
    assert!(answer.err.starts_with("warning[W0302]: no template leads to `old`"), "{answer:?}");
}

/// A character that no face has is told of whether the report comes to it or not.
#[test]
fn characters_that_no_face_has_are_told_in_every_template() {
    let desk = Desk::new();
    copy(&carried_pack(), &desk.path("pack"));
    desk.put(
        "pack/old.hbs",
        "<p>{{#given report.city}}甲{{else}}乙\n😀😀{{/given}}&#x1F600;丙&#x1F601;</p>\n",
    );
    let title = fs::read_to_string(desk.path("pack/front/title.hbs")).unwrap();
    desk.put("pack/front/title.hbs", title.replace("</title>", "🙂</title>"));
    let answer = desk.call(&["pack", "lint", "pack"]);
    let err = answer.err.replace('\\', "/");
    let heads: Vec<&str> = err.lines().filter(|line| line.contains("]: ") || line.contains("--> ")).collect();
    assert_eq!((answer.code, heads.len()), (1, 8), "{err}");
    for (lines, (code, what, place)) in heads.chunks(2).zip([
        ("错误[E0510]", "U+1F642", "pack/front/title.hbs:"),
        ("警告[W0302]", "`old`", "pack/old.hbs:1:1"),
        ("错误[E0510]", "U+1F600", "pack/old.hbs:2:1"),
        ("错误[E0510]", "U+1F601", "pack/old.hbs:2:"),
    ]) {
        assert!(lines[0].starts_with(code) && lines[0].contains(what) && lines[1].contains(place), "{err}");
    }
}

#[test]
fn lint_takes_the_current_folder() {
    let desk = Desk::new();
    copy(&carried_pack(), &desk.path("pack"));
    desk.put("pack/report.hbs", "<article>{{economy.gpd}}</article>");
    let run = |words: &[&str]| {
        let mut command = desk.command(words);
        Answer::new(&command.current_dir(desk.path("pack")).output().unwrap(), desk.folder.path())
    };
    let answer = run(&["pack", "lint"]);
    assert_eq!((answer.code, answer.out.as_str()), (1, ""));
    assert!(answer.err.contains("  --> report.hbs:1:12\n"), "{answer:?}");
    assert!(answer.err.contains("\npack：共"), "{answer:?}");
    assert_eq!(run(&["pack", "lint", "annual-report"]).code, 0);
}

#[test]
fn pack_that_is_not_there_is_the_calls_fault() {
    let desk = Desk::new();
    assert_eq!(desk.call(&["pack", "lint", "anual"]).code, 2);
    desk.call(&["pack", "lnt"]).is(
        2,
        "",
        "错误[E0707]: 没有 `lnt` 这个命令\n  办法: 命令和例子见 `shizheng pack --help`\n  办法: 是不是 `list` `lint`\n",
    );
    let bare = desk.call(&["pack"]);
    assert_eq!(bare.code, 2);
    assert!(bare.err.contains("\n命令:\n  list "), "{bare:?}");
}

fn objects(lines: &str) -> Vec<Json> {
    lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn json_messages_are_one_object_a_line() {
    let desk = spoiled();
    let answer = desk.call(&["pack", "lint", "pack", "--message-format", "json"]);
    assert_eq!((answer.code, answer.out.as_str()), (1, ""));
    let found = objects(&answer.err);
    let codes: Vec<_> = found.iter().map(|one| one["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["E0501", "W0302", "E0304", "E0402"]);
    assert_eq!(found[1]["severity"], "warning");
    assert_eq!(found[2]["hints"], serde_json::json!(["是否要写 `economy.gdp.value`"]));

    desk.put("b.json", "{\n  \"report\": { \"year\": 2025, \"city\": \"XX市\" }\n}\n");
    let answer = desk.call(&["check", "b.json", "none.json", "--message-format=json", "--lang=en"]);
    assert_eq!((answer.code, answer.out.as_str()), (2, ""));
    let found = objects(&answer.err);
    assert_eq!((found[0]["code"].as_str(), found[0]["file"].as_str()), (Some("E0710"), Some("none.json")));
    let open = found.iter().find(|one| one["code"] == "E0143").unwrap();
    for (key, value) in [("line", 2), ("column", 37), ("end_line", 2), ("end_column", 42)] {
        assert_eq!(open[key], value, "{key}");
    }
    for (key, value) in [("file", "b.json"), ("path", "report.city"), ("title", "城市名称")] {
        assert_eq!(open[key], value, "{key}");
    }
    assert_eq!(open["message"], "this is still open (\"XX市\")");
    assert_eq!(open["messages"]["zh"], "这一项还没有定（\"XX市\"）");
}

#[test]
fn misuse_is_told_in_the_format_that_was_asked_for() {
    let desk = Desk::new();
    let one = |words: &[&str]| {
        let answer = desk.call(words);
        assert_eq!((answer.code, answer.out.as_str()), (2, ""), "{words:?}");
        let mut found = objects(&answer.err);
        assert_eq!(found.len(), 1, "{answer:?}");
        found.remove(0)
    };
    assert_eq!(one(&["--message-format", "json", "rendr"])["code"], "E0707");
    assert_eq!(one(&["render", "--message-format=json"])["code"], "E0704");
    assert_eq!(one(&["--message-format", "json"])["code"], "E0704");
    assert_eq!(one(&["pack", "--message-format", "json"])["code"], "E0704");
    let unknown = desk.call(&["schema", "--message-format", "xml"]);
    assert_eq!(unknown.code, 2);
    assert!(unknown.err.starts_with("错误[E0702]: `--message-format` 不能是 `xml`\n"), "{unknown:?}");
}

#[test]
fn github_shows_messages_beside_the_lines() {
    let desk = spoiled();
    let answer = desk.call(&["pack", "lint", "pack", "--message-format", "github"]);
    assert_eq!((answer.code, answer.out.as_str()), (1, ""));
    let lines: Vec<&str> = answer.err.lines().collect();
    assert_eq!(lines.len(), 5, "{answer:?}");
    assert!(lines[1].starts_with("::warning file=pack/back/old.hbs,line=1,endLine=1,col=1,"), "{answer:?}");
    assert!(
        lines[2]
            .ends_with(",title=E0304::数据里没有 `economy.gdp.valeu` 这一项%0A是否要写 `economy.gdp.value`"),
        "{answer:?}"
    );
    assert_eq!(lines[4], "pack：共3处错误、1处警告");
}

/// A word that a pack writes is looked at as the text of its templates is: U+1F600 no face has.
#[test]
fn words_that_no_face_has_are_told_at_their_place() {
    let desk = Desk::new();
    copy(&carried_pack(), &desk.path("pack"));
    let text = fs::read_to_string(desk.path("pack/pack.toml")).unwrap();
    desk.put(
        "pack/pack.toml",
        format!("{text}\n[[words]]\nfield = \"report.year\"\nset = {{ smile = \"甲\u{1f600}\" }}\n"),
    );
    let answer = desk.call(&["pack", "lint", "pack"]);
    assert_eq!(answer.code, 1, "{answer:?}");
    assert!(answer.err.contains("U+1F600"), "{answer:?}");
    let line = text.lines().count() + 4;
    assert!(answer.err.contains(&format!("pack.toml:{line}:")), "{answer:?}");
}

/// Messages beyond a thousand are counted, not listed, and errors come before all else.
#[test]
fn messages_beyond_a_thousand_are_counted() {
    let desk = Desk::new();
    copy(&carried_pack(), &desk.path("pack"));
    desk.put("pack/back/old.hbs", format!("<p>{}</p>", "{{none}}".repeat(1_200)));
    let answer = desk.call(&["pack", "lint", "pack"]);
    let count = |word: &str| answer.err.lines().filter(|line| line.starts_with(word)).count();
    assert_eq!((count("错误[E0304]"), count("警告"), count("提示[N0766]")), (1_000, 0, 1));
    assert!(
        answer.err.contains("只列出1000处，还有201处没有列出"),
        "{}",
        &answer.err[answer.err.len() - 400..]
    );
    assert!(answer.err.ends_with("共1200处错误、1处警告\n"), "{}", &answer.err[answer.err.len() - 400..]);
}

/// A slip in an overlay's manifest is told alone: its other files still stand on those of the base.
#[test]
fn a_broken_manifest_makes_no_other_file_seem_broken() {
    let desk = Desk::new();
    desk.put(
        "own/pack.toml",
        "name = \"own-report\"\nversion = \"0.1.0\"\nengine = \">=0.1.0\"\nextends = \"annual-report\"\n\
         base_version = \"1.0.0\"\n[rules]\nswing = \"off\"\n[rules]\nunit = \"off\"\n",
    );
    desk.put("own/style.toml", "[title]\nsize = \"小一\"\n");
    desk.put("own/schema.json", "{ \"remove\": [\"epidemic\"] }");
    let answer = desk.call(&["pack", "lint", "own"]);
    let heads: Vec<&str> = answer.err.lines().filter(|line| line.contains("]: ")).collect();
    assert_eq!(heads, ["错误[E0210]: `pack.toml` 写法有误：这个键前面已经写过"], "{answer:?}");
}

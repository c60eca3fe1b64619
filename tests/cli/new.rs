//! A city's own folder, and the packs in it: made, shown, compared, packed.

use std::fs;

use shizheng::pack::{Pack, embedded, embedded_names};

use super::hostile::{File, zip};
use super::{Desk, carried_pack, copy, sample};

fn fields() -> Vec<String> {
    let pack = Pack::embedded("annual-report").unwrap().unwrap();
    pack.schema().fields().iter().map(|field| field.path.clone()).collect()
}

/// A desk with a new folder on it.
fn founded() -> Desk {
    let desk = Desk::new();
    let answer = desk.call(&["new", "澄屿市"]);
    assert_eq!((answer.code, answer.err.as_str()), (0, ""));
    assert!(answer.out.starts_with("已建好 澄屿市，数据填在 "), "{answer:?}");
    desk
}

#[test]
fn new_folder_renders_at_once_as_a_draft() {
    let desk = founded();
    let files = [
        "澄屿市/.github/workflows/report.yml",
        "澄屿市/.vscode/data.schema.json",
        "澄屿市/.vscode/settings.json",
        "澄屿市/README.md",
        "澄屿市/local-report/base.lock.json",
        "澄屿市/local-report/pack.toml",
        "澄屿市/澄屿市.json",
    ];
    let made: Vec<_> = desk.names().into_iter().filter(|name| desk.path(name).is_file()).collect();
    assert_eq!(made, files);
    for name in files {
        let text = fs::read_to_string(desk.path(name)).unwrap();
        assert!(
            ![
                "{city}", "{pack}", "{base", "{schema}", "{title}", "{engine}", "{section", "{whole}",
                "{entry}"
            ]
            .iter()
            .any(|word| text.contains(word)),
            "{name}"
        );
    }

    let answer = desk.call(&["render", "澄屿市/澄屿市.json", "--draft"]);
    assert_eq!(answer.code, 0, "{answer:?}");
    assert!(!answer.err.contains("错误"), "{answer:?}");
    assert!(desk.is_pdf("澄屿市.pdf"));
    desk.call(&["pack", "lint", "澄屿市/local-report"]).is(0, "澄屿市/local-report：没有错误\n", "");

    // As the report goes out nothing is wrong but that the figures are still to come.
    let answer = desk.call(&["check", "澄屿市/澄屿市.json", "--message-format", "json"]);
    assert_eq!(answer.code, 1);
    let codes: std::collections::BTreeSet<String> = answer
        .err
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .filter(|line| line["severity"] == "error")
        .filter_map(|line| Some(line["code"].as_str()?.to_owned()))
        .collect();
    assert_eq!(codes.len(), 1, "{codes:?}");
}

/// What the files say by way of example is so of the pack that they stand on.
#[test]
fn examples_fit_the_pack() {
    let desk = Desk::new();
    for base in embedded_names() {
        assert_eq!(desk.call(&["new", base, "--pack", base]).code, 0, "{base}");
        let name = format!("{base}/local-report/pack.toml");
        let manifest = fs::read_to_string(desk.path(&name)).unwrap();
        let readme = fs::read_to_string(desk.path(&format!("{base}/README.md"))).unwrap();
        let pack = Pack::embedded(base).unwrap().unwrap();
        let has_sections = !pack.manifest().sections.is_empty();
        let speaks = |word: &str| (manifest.contains(word), readme.contains(word));
        assert_eq!(speaks("[sections]"), (has_sections, has_sections), "{base}");
        assert_eq!(speaks("front/"), (has_sections, false), "{base}");
        assert_eq!(speaks("不分节"), (!has_sections, !has_sections), "{base}");
        desk.put(&format!("{base}/local-report/own/tourism.hbs"), "<p>甲。</p>");
        let examples = ["title", "drop", "add", "move", "swing", "sentence-once"];
        let mut tried = 0;
        for line in manifest.lines().filter_map(|line| line.strip_prefix("# ")) {
            if !examples.iter().any(|key| line.starts_with(&format!("{key} = "))) {
                continue;
            }
            let table = match line.split(' ').next().unwrap() {
                "title" => "",
                "swing" | "sentence-once" => "[rules]\n",
                _ => "[sections]\n",
            };
            desk.put(&name, format!("{manifest}\n{table}{line}\n"));
            let answer = desk.call(&["pack", "lint", &format!("{base}/local-report")]);
            // The template that only one of the examples needs is one too many for the others.
            let errors =
                answer.err.lines().filter(|line| line.starts_with("错误") && !line.contains("own/tourism"));
            assert_eq!(errors.collect::<Vec<_>>(), [""; 0], "{base}: {line}");
            tried += 1;
        }
        assert_eq!(tried, if has_sections { 5 } else { 2 }, "{base}: {manifest}");
        // All of them at once, as they stand.
        let is_example = |line: &str| {
            let rest = line.trim_start_matches("# ");
            rest.starts_with('[') || examples.iter().any(|key| rest.starts_with(&format!("{key} = ")))
        };
        let all: String = manifest
            .lines()
            .map(|line| if is_example(line) { line.trim_start_matches("# ") } else { line })
            .fold(String::new(), |all, line| all + line + "\n");
        desk.put(&name, all);
        let answer = desk.call(&["pack", "lint", &format!("{base}/local-report")]);
        let errors = answer.err.lines().filter(|line| line.starts_with("错误"));
        assert_eq!(errors.filter(|line| !line.contains("own/tourism")).count(), 0, "{base}: {}", answer.err);
        assert_eq!(answer.err.contains("own/tourism"), !has_sections, "{base}: {}", answer.err);
    }
}

#[test]
fn new_data_file_has_every_field_with_what_it_is() {
    let desk = founded();
    let text = fs::read_to_string(desk.path("澄屿市/澄屿市.json")).unwrap();
    let pack = Pack::embedded("annual-report").unwrap().unwrap();
    // In the report's order: each field on a line of its own after the one before, its groups around it.
    let mut groups: Vec<String> = Vec::new();
    let mut found = Vec::new();
    for line in text.lines().skip(1) {
        let line = line.trim_start().trim_start_matches("// ");
        let Some(name) = line.strip_prefix('"').and_then(|rest| rest.split('"').next()) else {
            if line.starts_with('}') {
                groups.pop();
            }
            continue;
        };
        let (_, rest) = line.split_once(": ").unwrap();
        let path = groups.iter().map(String::as_str).chain([name]).collect::<Vec<_>>().join(".");
        let is_table = rest.starts_with("[{");
        if let Some(field) = pack.schema().field(&path) {
            let (_, comment) = line.rsplit_once("// ").unwrap();
            assert!(comment.starts_with(&field.title), "{line}");
            assert!(comment.ends_with(&field.department), "{line}");
            assert!(field.unit.is_empty() || comment.contains(&format!("单位：{}", field.unit)), "{line}");
            found.push(path);
        }
        if is_table || rest.starts_with('{') {
            groups.push(if is_table { format!("{name}[]") } else { name.to_owned() });
        }
    }
    assert_eq!(found, fields());
    assert!(text.contains("\"XX\",  // 地区生产总值；单位：亿元；"), "{text}");
}

#[test]
fn a_document_begins_with_its_title_its_organs_and_its_text() {
    let desk = Desk::new();
    for base in ["document", "notice", "minutes"] {
        let folder = format!("城-{base}");
        assert_eq!(desk.call(&["new", &folder, "--pack", base]).code, 0);
        let file = format!("{folder}/{folder}.json");
        let text = fs::read_to_string(desk.path(&file)).unwrap();
        let is_open = |name: &str| {
            let of =
                |line: &str| line.trim_start().starts_with(&format!("\"{name}\": ")) && line.contains("XX");
            text.lines().any(of)
        };
        let fields: &[&str] = match base {
            "document" => &["organs", "number", "title", "recipients", "heading", "paragraphs", "date"],
            "notice" => &["organs", "number", "matter", "basis", "recipients", "heading", "paragraphs"],
            _ => &["organs", "heading", "text"],
        };
        for field in fields {
            assert!(is_open(field), "{base} {field}: {text}");
        }

        // Each place filled in, nothing is wrong with it.
        let filled_in = |line: &str| {
            let is_date = line.contains("日期") || line.contains("期限");
            let word = if is_date { "2026-01-05" } else { "岑汀市人民政府" };
            line.replace("XX", word) + "\n"
        };
        desk.put(&file, text.lines().map(filled_in).collect::<String>());
        let answer = desk.call(&["check", &file]);
        assert!(!answer.err.contains("错误"), "{base}: {answer:?}");
    }
}

#[test]
fn what_is_to_be_typed_can_be_typed() {
    let desk = Desk::new();
    let answer = desk.call(&["new", "澄 屿市"]);
    assert_eq!(answer.code, 0);
    assert!(answer.out.ends_with("shizheng render \"澄 屿市/澄 屿市.json\" --draft\n"), "{answer:?}");
    let readme = fs::read_to_string(desk.path("澄 屿市/README.md")).unwrap();
    assert!(readme.contains("shizheng proof \"澄 屿市.json\""), "{readme}");
}

#[test]
fn new_writes_over_nothing() {
    let desk = founded();
    let before = desk.names();
    let answer = desk.call(&["new", "澄屿市"]);
    assert_eq!(answer.code, 2);
    assert!(answer.err.starts_with("错误[E0749]: `澄屿市` 已经有了，里面不是空的\n"), "{answer:?}");
    assert_eq!(desk.call(&["new", "另一市", "--pack", "anual"]).code, 2);
    assert_eq!(desk.names(), before);
    fs::create_dir(desk.path("空")).unwrap();
    assert_eq!(desk.call(&["new", "空", "--lang", "en"]).code, 0);
    assert!(desk.path("空/空.json").is_file());
}

#[test]
fn carried_pack_is_exported_whole() {
    let desk = Desk::with(&["a.json"]);
    let answer = desk.call(&["pack", "export", "annual-report", "own"]);
    assert_eq!((answer.code, answer.err.as_str()), (0, ""));
    let files = embedded("annual-report").unwrap().files();
    assert_eq!(answer.out, format!("已把 annual-report 写到 own，共{}个文件\n", files.len()));
    for (name, bytes) in files {
        assert_eq!(fs::read(desk.path(&format!("own/{name}"))).unwrap(), &*bytes, "{name}");
    }
    desk.call(&["pack", "lint", "own", "-q"]).is(0, "", "");
    assert_eq!(desk.call(&["pack", "export", "annual-report", "own"]).code, 2);
}

#[test]
fn packs_are_listed_and_shown() {
    let desk = founded();
    copy(&desk.path("澄屿市/local-report"), &desk.path("own"));
    fs::create_dir(desk.path("bad")).unwrap();
    desk.put("bad/pack.toml", "name = ");
    let answer = desk.call(&["pack", "list"]);
    assert_eq!((answer.code, answer.err.as_str()), (0, ""));
    let rows: Vec<Vec<&str>> = answer.out.lines().map(|line| line.split_whitespace().collect()).collect();
    let has = |row: &[&str]| assert!(rows.iter().any(|known| known.starts_with(row)), "{row:?}: {rows:?}");
    has(&["annual-report", "1.0.0", "年度工作总结和工作谋划"]);
    has(&["own", "0.1.0", "年度工作总结和工作谋划", "←", "annual-report"]);
    has(&["bad", "-", "（有错误）"]);

    let manifest = fs::read_to_string(desk.path("own/pack.toml")).unwrap();
    desk.put("own/pack.toml", manifest + "\n[sections]\ndrop = [\"development/epidemic\"]\nmove = [{ name = \"plan/targets\", before = \"plan/requirement\" }]\n[rules]\nswing = \"off\"\n");
    desk.put(
        "own/schema.json",
        r#"{ "remove": ["epidemic"], "replace": { "economy.gdp.value": { "x-source": "经济运行局" } } }"#,
    );
    desk.put("own/plan/heading.hbs", "<h1>明年怎么干</h1>");
    let shown = desk.call(&["pack", "show", "own"]);
    assert_eq!((shown.code, shown.err.as_str()), (0, ""));
    let has = |line: &str| assert!(shown.out.lines().any(|known| known == line), "{line}:\n{}", shown.out);
    has("local-report 0.1.0  年度工作总结和工作谋划");
    has("改自 annual-report 1.0.0");
    has("  - development/epidemic");
    // Of two sections that change places either may be said to have moved.
    let moved = ["  ~ plan/targets  在 plan/heading 之后", "  ~ plan/requirement  在 plan/targets 之后"];
    assert_eq!(shown.out.lines().filter(|line| moved.contains(line)).count(), 1, "{}", shown.out);
    has("  ~ plan/heading");
    has("  + rules.swing  off");
    assert!(shown.out.contains("\n  - epidemic.measures\n"), "{}", shown.out);
    assert!(shown.out.contains("source=经济运行局"), "{}", shown.out);
    let whose =
        |name: &str| shown.out.lines().find(|line| line.trim_start().starts_with(name)).unwrap().to_owned();
    assert!(whose("plan/heading ").ends_with("local-report (annual-report)"));
    assert!(whose("plan/reform ").ends_with("  annual-report"));
}

#[test]
fn changes_of_the_base_are_told_and_written_down() {
    let desk = founded();
    desk.call(&["pack", "diff", "澄屿市/local-report"]).is(0, "annual-report 1.0.0 → 1.0.0：没有变化\n", "");
    assert_eq!(desk.call(&["pack", "diff", "annual-report"]).code, 1);

    // As if the base had been another one when the pack was written.
    let lock = "澄屿市/local-report/base.lock.json";
    desk.put("澄屿市/local-report/plan/heading.hbs", "<h1>明年怎么干</h1>");
    assert_eq!(desk.call(&["pack", "diff", "澄屿市/local-report", "--accept"]).code, 0);
    let text = fs::read_to_string(desk.path(lock)).unwrap();
    let change = |text: &str, from: &str, to: &str| {
        assert!(text.contains(from), "{from}");
        text.replacen(from, to, 1)
    };
    let older = change(&text, "<h1>锚定目标", "<h1>锁定目标");
    let older = change(&older, "\"version\": \"1.0.0\"", "\"version\": \"0.9.0\"");
    let older = change(&older, "unit=亿元", "unit=万元");
    let older = change(&older, "    \"plan/reform\",\n", "");
    desk.put(lock, &older);
    let told = desk.call(&["pack", "diff", "澄屿市/local-report"]);
    assert_eq!((told.code, told.err.as_str()), (0, ""));
    assert!(told.out.starts_with("annual-report 0.9.0 → 1.0.0\n"), "{}", told.out);
    for part in [
        "\n  + plan/reform  在 ",
        "\n  ~ plan/heading  （本包已替换）\n      - <h1>锁定目标",
        "\n      + <h1>锚定目标",
        "unit=万元",
    ] {
        assert!(told.out.contains(part), "{part}: {}", told.out);
    }
    desk.call(&["pack", "diff", "澄屿市/local-report", "--accept", "-q"]).is(0, "", "");
    assert_eq!(fs::read_to_string(desk.path(lock)).unwrap(), text);

    // A version that no longer fits is no reason not to look; accepting sets it.
    let manifest = "澄屿市/local-report/pack.toml";
    let sound = fs::read_to_string(desk.path(manifest)).unwrap();
    desk.put(manifest, change(&sound, "base_version = \"1.0.0\"", "base_version = \"0.9.0\""));
    assert_eq!(desk.call(&["pack", "lint", "澄屿市/local-report"]).code, 1);
    assert_eq!(desk.call(&["pack", "diff", "澄屿市/local-report", "--accept"]).code, 0);
    assert_eq!(fs::read_to_string(desk.path(manifest)).unwrap(), sound);

    fs::remove_file(desk.path(lock)).unwrap();
    let answer = desk.call(&["pack", "diff", "澄屿市/local-report"]);
    assert!(answer.code == 1 && answer.err.starts_with("错误[E0747]"), "{answer:?}");
}

/// The folders of `samples/`: cities with packs of their own.
fn cities() -> Vec<String> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let folders = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap());
    let names = folders.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let mut cities: Vec<_> =
        names.filter(|name| folder.join(name).join(format!("{name}-report")).is_dir()).collect();
    cities.sort();
    assert!(cities.len() >= 2);
    cities
}

#[test]
fn sample_cities_are_as_they_were_read() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    for city in cities() {
        let desk = Desk::new();
        copy(&root.join("samples").join(&city), &desk.path(&city));
        let data = format!("{city}/{city}.json");
        let answer = desk.call(&["render", &data, "--format", "text", "-o", "-"]);
        assert_eq!((answer.code, answer.err.as_str()), (0, ""), "{city}");
        let read = fs::read_to_string(root.join(format!("tests/reference/{city}.txt"))).unwrap();
        assert_eq!(answer.out, read.replace("\r\n", "\n"), "{city}");
        let pack = format!("{city}/{city}-report");
        desk.call(&["pack", "lint", &pack, "-q"]).is(0, "", "");
        assert_eq!(desk.call(&["pack", "diff", &pack]).code, 0);
        // The same from an archive beside the data file.
        let mut names: Vec<_> = desk.names();
        names.retain(|name| name.starts_with(&format!("{pack}/")) && desk.path(name).is_file());
        let files: Vec<_> = names
            .iter()
            .map(|name| (name[city.len() + 1..].to_owned(), fs::read(desk.path(name)).unwrap()))
            .collect();
        let files: Vec<_> = files.iter().map(|(name, bytes)| File::new(name, bytes)).collect();
        desk.put(&format!("{pack}.zip"), zip(&files));
        fs::remove_dir_all(desk.path(&pack)).unwrap();
        assert_eq!(desk.call(&["render", &data, "--format", "text", "-o", "-"]).out, read, "{city}");
    }
}

#[test]
fn data_file_finds_its_pack_beside_it() {
    let desk = Desk::new();
    copy(&carried_pack(), &desk.path("city/own-pack"));
    desk.put("city/own-pack/front/title.hbs", "<title>自己的标题</title>");
    let text = fs::read_to_string(sample()).unwrap();
    desk.put("city/a.json", text.replace("\"pack\": \"annual-report\"", "\"pack\": \"own-pack\""));
    let text = |desk: &Desk| {
        let answer = desk.call(&["render", "city/a.json", "--format", "text", "-o", "-", "-q"]);
        assert_eq!((answer.code, answer.err.as_str()), (0, ""));
        answer.out
    };
    let from_folder = text(&desk);
    assert!(from_folder.starts_with("自己的标题\n"), "{from_folder}");

    // From anywhere, and not from the current folder.
    fs::rename(desk.path("city/own-pack"), desk.path("own-pack")).unwrap();
    let answer = desk.call(&["check", "city/a.json"]);
    assert!(
        answer.code == 1 && answer.err.starts_with("错误[E0740]: 没有 `own-pack` 这个模板包"),
        "{answer:?}"
    );
}

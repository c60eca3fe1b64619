//! Packs made to do harm: each ends in an error of the program's own, within 2 seconds of the processor and 500 MB.

use std::fmt::Write as _;
use std::io::Write;
use std::process::Command;

use flate2::write::DeflateEncoder;
use flate2::{Compression, Crc};

use super::{Answer, Desk, program};

const STYLE: &str = include_str!("../../templates/annual-report/style.toml");

const MANIFEST: &str = r#"name = "hostile"
title = "甲"
version = "1.0.0"
engine = ">=0.1.0"
entry = "report"

[document]
language = "zh-CN"
"#;

const FIELDS: &str = r#""names": { "title": "甲", "x-kind": "names", "x-source": "局", "x-part": "1" },
"text": { "title": "乙", "x-kind": "text", "x-source": "局", "x-part": "1" }"#;

/// A desk with a data file and a small pack whose only template is the one given.
fn desk(report: &str) -> Desk {
    let desk = Desk::new();
    let names: Vec<_> = (0..60).map(|index| format!("\"名{index}\"")).collect();
    let text = format!("{}c", "a".repeat(40));
    desk.put("a.json", format!("{{ \"names\": [{}], \"text\": \"{text}\" }}", names.join(", ")));
    desk.put("pack/pack.toml", MANIFEST);
    desk.put("pack/style.toml", STYLE);
    desk.put("pack/schema.json", format!("{{ \"type\": \"object\", \"properties\": {{ {FIELDS} }} }}"));
    desk.put("pack/report.hbs", format!("<article><title>甲</title><p>{report}</p></article>"));
    desk
}

/// The program: the one that was built with the tests, or the release that CI names.
fn hostile_to() -> String {
    std::env::var("SHIZHENG_PROGRAM").unwrap_or_else(|_| program().to_owned())
}

/// Renders with a pack, the program held to its limits where the system can do that.
fn answer(desk: &Desk, pack: &str) -> Answer {
    let words = ["render", "a.json", "--pack", pack, "-o", "a.pdf"];
    let mut command = if cfg!(unix) {
        let mut shell = Command::new("sh");
        shell.args(["-c", "ulimit -t 2 && ulimit -v 500000 && exec \"$0\" \"$@\"", &hostile_to()]);
        shell
    } else {
        Command::new(hostile_to())
    };
    command.args(words).args(["--lang", "zh"]).current_dir(desk.folder.path());
    let output = command.output().unwrap();
    assert!(
        output.status.code().is_some(),
        "{:?} {}",
        output.status,
        String::from_utf8_lossy(&output.stderr)
    );
    Answer::new(&output, desk.folder.path())
}

/// Holds that a pack ends in an error with a code, and that nothing was written.
#[track_caller]
fn ends(desk: &Desk, pack: &str, code: &str) {
    let answer = answer(desk, pack);
    assert_eq!(answer.code, 1, "{answer:?}");
    assert!(answer.err.contains(&format!("错误[{code}")), "{code}: {}", answer.err);
    assert!(answer.err.len() < 2_000_000, "{} bytes of messages", answer.err.len());
    assert!(!desk.path("a.pdf").exists());
}

/// The same for a pack of which only the template matters.
#[track_caller]
fn report_ends(report: &str, code: &str) {
    ends(&desk(report), "pack", code);
}

#[test]
fn circles() {
    for circle in [&["a"][..], &["a", "b"], &["a", "b", "c"]] {
        let desk = desk("{{> a}}");
        for (index, name) in circle.iter().enumerate() {
            let next = circle[(index + 1) % circle.len()];
            desk.put(&format!("pack/{name}.hbs"), format!("x{{{{#if text}}}}{{{{/if}}}}{{{{> {next}}}}}"));
        }
        ends(&desk, "pack", "E0307");
    }
    // A section that includes the whole.
    let desk = desk("{{> sections}}");
    desk.put("pack/a.hbs", "{{> report}}");
    desk.put("pack/pack.toml", MANIFEST.replace("entry", "sections = [\"a\"]\nentry"));
    ends(&desk, "pack", "E0307");
}

#[test]
fn deep_nesting() {
    report_ends(&("{{#given text}}".repeat(2000) + &"{{/given}}".repeat(2000)), "E0303");
    report_ends(
        &format!("{{{{#given text}}}}{}{{{{/given}}}}", "{{else given names}}".repeat(20_000)),
        "E0303",
    );
    report_ends(&format!("{{{{given {}}}}}", "(".repeat(5_000)), "E0303");
    report_ends(&("<span>".repeat(50_000) + &"</span>".repeat(50_000)), "E0408");
    // A template each level.
    let desk = desk("{{> t0}}");
    for level in 0..200 {
        desk.put(&format!("pack/t{level}.hbs"), format!("{{{{> t{}}}}}", level + 1));
    }
    desk.put("pack/t200.hbs", "甲");
    ends(&desk, "pack", "E0303");
}

#[test]
fn endless_output() {
    let each = |body: &str| "{{#each names}}".to_owned() + body + "{{/each}}";
    let again = |body: &str| format!("{{{{#each @root.names}}}}{body}{{{{/each}}}}");
    // 60 to the power of five, some 10⁹ characters.
    report_ends(&each(&again(&again(&again(&again("{{this}}"))))), "E031");
    report_ends(&each(&again(&again(&again(&again(""))))), "E0316");
    report_ends(&each(&again(&"很长的文字".repeat(2_000))), "E0315");
    // Two to the power of forty inclusions.
    let desk = desk("{{> t0}}");
    for level in 0..40 {
        desk.put(&format!("pack/t{level}.hbs"), format!("{{{{> t{}}}}}{{{{> t{}}}}}", level + 1, level + 1));
    }
    desk.put("pack/t40.hbs", "甲");
    ends(&desk, "pack", "E0316");
    // What the check never came to is not said to be led to by nothing.
    desk.put("pack/report.hbs", "<article><p>{{> t0}}{{> late}}</p></article>");
    desk.put("pack/late.hbs", "{{text}}{{> later}}");
    desk.put("pack/later.hbs", "乙");
    let answer = desk.call(&["pack", "lint", "pack"]);
    assert!(answer.err.contains("错误[E0316]") && !answer.err.contains("W030"), "{answer:?}");
}

/// Little text and not too many repetitions, but much to be gone through for each.
#[test]
fn data_gone_through_without_end() {
    let each = |body: &str| format!("{{{{#each @root.names}}}}{body}{{{{/each}}}}");
    let twice = |body: &str| each(&each(body));
    let names = "@root.names ".repeat(300);
    report_ends(&twice(&format!("{{{{#given {names}}}}}{{{{/given}}}}").repeat(10)), "E0323");
    report_ends(&twice(&format!("{{{{#if (any {names})}}}}{{{{/if}}}}").repeat(10)), "E0323");
    let put = |body: &str| {
        let desk = big();
        desk.put("pack/report.hbs", format!("<article><title>甲</title>{body}</article>"));
        desk.put("pack/a.hbs", "甲");
        desk
    };
    for body in ["{{#given @root.big}}{{/given}}", "{{#with @root.big}}{{/with}}"] {
        ends(&put(&format!("<p>{}</p>", twice(&body.repeat(60)))), "pack", "E0323");
    }
    let rows = format!("{{{{rows {}columns=\"f0 f1\"}}}}", "@root.big ".repeat(20));
    ends(&put(&format!("<table><tbody>{}</tbody></table>", twice(&rows))), "pack", "E0323");
    // What `this` holds is copied for each template that is included.
    let included = each(&format!("{{{{#with @root.big}}}}{}{{{{/with}}}}", "{{> a}}".repeat(900)));
    ends(&put(&format!("<p>{included}</p>")), "pack", "E0323");
    // Where that is little, the inclusions themselves are counted.
    ends(&put(&format!("<p>{}</p>", twice(&"{{> a}}".repeat(28)))), "pack", "E0316");
}

/// A desk whose pack knows many fields, and has one figure of them.
fn big() -> Desk {
    let desk = desk("甲");
    let field = "{ \"title\": \"丙\", \"x-kind\": \"quantity\", \"x-unit\": \"个\", \"x-source\": \"局\", \"x-part\": \"1\" }";
    let fields: Vec<_> = (0..500).map(|index| format!("\"f{index}\": {field}")).collect();
    let group =
        format!("{{ \"type\": \"object\", \"title\": \"丁\", \"properties\": {{ {} }} }}", fields.join(", "));
    desk.put(
        "pack/schema.json",
        format!("{{ \"type\": \"object\", \"properties\": {{ {FIELDS}, \"big\": {group} }} }}"),
    );
    let data = std::fs::read_to_string(desk.path("a.json")).unwrap();
    desk.put("a.json", data.replacen('{', "{ \"big\": { \"f499\": 1 },", 1));
    desk
}

/// Templates that take long to read, and to be checked.
#[test]
fn tags_without_end() {
    report_ends(
        &format!("{{{{#each names}}}}{}{{{{/each}}}}", "{{this}}{{../text}}".repeat(20_000)),
        "E0324",
    );
    report_ends(&format!("{{{{#given {}}}}}甲{{{{/given}}}}", "names ".repeat(50_000)), "E0325");
    let desk = desk(&"{{> a}}".repeat(1_900));
    desk.put("pack/a.hbs", "{{text}}".repeat(100_000));
    ends(&desk, "pack", "E0316");
    report_ends(&"{{wrong}}".repeat(20_000), "E0304");
    report_ends(&format!("{{{{#given names}}}}{}{{{{/given}}}}", "{{wrong}}".repeat(100_000)), "E0324");
}

/// Less text than may be filled in, yet more than can be set in time: refused by its length, whatever it consists of.
#[test]
fn text_that_takes_long_to_set() {
    let words = "城市发展质量稳步提升和民生保障持续改善，".repeat(1_300);
    let cells = "<td>甲</td>".repeat(2_000);
    for body in [
        format!("<title>{{{{#each names}}}}{words}{{{{/each}}}}</title>"),
        format!("<p>{{{{#each names}}}}{words}{{{{/each}}}}</p>"),
        format!("{{{{#each names}}}}<p>{words}</p>{{{{/each}}}}"),
        format!("<p>{{{{#each names}}}}{}{{{{/each}}}}</p>", "a".repeat(60_000)),
        format!("<table><tbody>{{{{#each names}}}}<tr>{cells}</tr>{{{{/each}}}}</tbody></table>"),
        format!("{{{{#each names}}}}{}{{{{/each}}}}", "<h1>甲</h1><p>乙</p>".repeat(2_000)),
        format!("<p><ol>{{{{#each names}}}}{}{{{{/each}}}}</ol></p>", "<li>甲乙丙丁戊己</li>".repeat(1_000)),
        format!("<p>{{{{#each names}}}}甲{}{{{{/each}}}}</p>", "<note>乙</note>".repeat(2_000)),
    ] {
        let desk = desk("甲");
        let title = if body.starts_with("<title>") { "" } else { "<title>甲</title>" };
        desk.put("pack/report.hbs", format!("<article>{title}{body}</article>"));
        ends(&desk, "pack", "E0416");
    }
}

/// What is as long as it may be is set within the same limits.
#[test]
fn longest_title_is_set_in_time() {
    let words = "城市高质量发展稳步提升和民生保障持续改善，".repeat(75);
    let desk = desk("甲");
    desk.put(
        "pack/report.hbs",
        format!("<article><title>{{{{#each names}}}}{words}{{{{/each}}}}</title></article>"),
    );
    let answer = answer(&desk, "pack");
    // It is proof-read too, and may be found at fault there.
    assert!(answer.code <= 1 && !answer.err.contains("E0416"), "{answer:?}");
}

#[test]
fn words_that_fill_the_memory() {
    let desk = desk("{{#each names}}{{@root.words.long}}{{/each}}");
    let words = format!("\n[[words]]\nfield = \"text\"\nset = {{ long = \"{}\" }}\n", "长".repeat(300_000));
    desk.put("pack/pack.toml", format!("{MANIFEST}{words}"));
    ends(&desk, "pack", "E0315");
}

#[test]
fn sizes() {
    report_ends(&"甲".repeat(1_000_000), "E0253");
    let desk = desk("甲");
    for index in 0..4 {
        desk.put(&format!("pack/t{index}.hbs"), "甲".repeat(300_000));
    }
    ends(&desk, "pack", "E0253");

    let desk = self::desk("甲");
    for index in 0..2_100 {
        desk.put(&format!("pack/t{index}.hbs"), "甲");
    }
    ends(&desk, "pack", "E0253");

    let desk = self::desk("甲");
    desk.put(&format!("pack/{}a.hbs", "d/".repeat(40)), "甲");
    ends(&desk, "pack", "E0253");
}

#[test]
fn ways_out() {
    report_ends("{{> ../secret}}", "E030");
    report_ends("{{> /etc/passwd}}", "E030");
    report_ends("{{> (text)}}", "E03");
    report_ends("{{#*inline \"a\"}}{{/inline}}", "E0302");
    report_ends("{{{text}}}", "E0302");
    for file in ["../secret.ttf", "/etc/passwd", "a/../../b.ttf", "C:/a.ttf", "con.ttf"] {
        let desk = desk("甲");
        desk.put("pack/style.toml", format!("{STYLE}\n[own_faces]\nbody = \"{file}\"\n"));
        ends(&desk, "pack", "E0204");
    }
    let desk = desk("甲");
    desk.put(
        "pack/pack.toml",
        MANIFEST.replace("entry", "extends = \"../other\"\nbase_version = \"1.0.0\"\nentry"),
    );
    ends(&desk, "pack", "E0242");
}

#[cfg(unix)]
#[test]
fn links() {
    use std::os::unix::fs::symlink;
    let desk = desk("甲");
    desk.put("secret.hbs", "甲");
    symlink("../secret.hbs", desk.path("pack/a.hbs")).unwrap();
    ends(&desk, "pack", "E0742");

    let desk = self::desk("甲");
    symlink("/dev/zero", desk.path("pack/a.hbs")).unwrap();
    ends(&desk, "pack", "E0742");

    // Two to the power of fifteen ways through folders that link to one another.
    let desk = self::desk("甲");
    for level in 0..15 {
        std::fs::create_dir(desk.path(&format!("pack/d{level}"))).unwrap();
        for way in ["a", "b"] {
            symlink(format!("../d{}", level + 1), desk.path(&format!("pack/d{level}/{way}"))).unwrap();
        }
    }
    desk.put("pack/d15/a.hbs", "甲");
    ends(&desk, "pack", "E0253");
}

#[test]
fn names_that_mean_something_elsewhere() {
    for path in
        ["__proto__", "constructor", "text.__proto__", "names.length", "this.constructor.name", "@root.x"]
    {
        report_ends(&format!("{{{{{path}}}}}"), "E0304");
    }
    report_ends("{{lookup this \"text\"}}", "E0305");
    for name in ["this", "__proto__", "else", "a.b", "a[]", "words", "", "a b", "1"] {
        let desk = desk("甲");
        let field = format!(
            "\"{name}\": {{ \"title\": \"丙\", \"x-kind\": \"name\", \"x-source\": \"局\", \"x-part\": \"1\" }}"
        );
        desk.put(
            "pack/schema.json",
            format!("{{ \"type\": \"object\", \"properties\": {{ {FIELDS}, {field} }} }}"),
        );
        ends(&desk, "pack", "E0255");
    }
}

#[test]
fn schemas() {
    let schema = |more: &str| {
        let desk = desk("{{text}}和{{list names}}。");
        desk.put(
            "pack/schema.json",
            format!("{{ \"type\": \"object\", \"properties\": {{ {FIELDS} }}, {more} }}"),
        );
        desk
    };
    let with_field = |field: &str, more: &str| {
        let desk = desk("甲");
        desk.put("pack/schema.json", format!("{{ \"properties\": {{ {FIELDS}, {field} }}{more} }}"));
        desk
    };
    ends(
        &with_field(
            "\"loop\": { \"$ref\": \"#/$defs/a\" }",
            ", \"$defs\": { \"a\": { \"$ref\": \"#/$defs/a\" } }",
        ),
        "pack",
        "E0231",
    );
    // Ten to the power of sixteen fields.
    let many: Vec<_> = (0..10).map(|index| format!("\"f{index}\": {{ \"$ref\": \"#/$defs/a\" }}")).collect();
    let many = format!(", \"$defs\": {{ \"a\": {{ \"properties\": {{ {} }} }} }}", many.join(", "));
    ends(&with_field("\"many\": { \"$ref\": \"#/$defs/a\" }", &many), "pack", "E0254");
    let deep = format!("\"not\": {}{{}}{}", "{ \"not\": ".repeat(5_000), " }".repeat(5_000));
    ends(&schema(&deep), "pack", "E0103");
    // Twelve to the power of nine conditions for each value.
    let part = |level: usize| {
        let next = format!("{{ \"$ref\": \"#/$defs/p{}\" }}", level + 1);
        format!("\"p{level}\": {{ \"anyOf\": [{}] }}", vec![next; 12].join(", "))
    };
    let parts: Vec<_> = (0..9).map(part).collect();
    let endless = format!(
        "\"allOf\": [{{ \"$ref\": \"#/$defs/p0\" }}], \"$defs\": {{ {}, \"p9\": {{ \"required\": [\"x\"] }} }}",
        parts.join(", ")
    );
    ends(&schema(&endless), "pack", "E0257");
    // A pattern that comes to 10⁹ states, and one that would try 2⁴⁰ ways.
    for (pattern, code) in [("((a{1000}){1000}){1000}", "E0"), ("^(?=((a+)+)$)b\\\\1$", "E01")] {
        let field =
            FIELDS.replace("\"title\": \"乙\"", &format!("\"title\": \"乙\", \"pattern\": \"{pattern}\""));
        let desk = desk("{{text}}和{{list names}}。");
        desk.put("pack/schema.json", format!("{{ \"type\": \"object\", \"properties\": {{ {field} }} }}"));
        let answer = answer(&desk, "pack");
        assert_eq!(answer.code, 1, "{answer:?}");
        assert!(answer.err.contains(&format!("错误[{code}")), "{answer:?}");
    }
}

#[test]
fn manifests_and_styles() {
    let manifest = desk("甲");
    manifest.put("pack/pack.toml", format!("{MANIFEST}\nx = {}{}", "[".repeat(100_000), "]".repeat(100_000)));
    ends(&manifest, "pack", "E0210");
    for (from, to, code) in [
        ("columns = 28", "columns = 65535", "E0502"),
        ("rows = 22", "rows = 65535", "E0502"),
        ("width = \"210mm\"", "width = \"1e300mm\"", "E0502"),
        ("width = \"210mm\"", "width = \"1e999mm\"", "E0501"),
        ("latin_gap = 0.0", "latin_gap = 1e300", "E0502"),
        ("size = \"二号\"", "size = \"1e9pt\"", "E0502"),
    ] {
        let style = desk("甲");
        assert!(STYLE.contains(from));
        style.put("pack/style.toml", STYLE.replacen(from, to, 1));
        ends(&style, "pack", code);
    }
}

#[test]
fn markup() {
    let mut bomb = "<!DOCTYPE a [<!ENTITY e0 \"甲甲甲甲甲甲甲甲甲甲\">".to_owned();
    for level in 1..12 {
        let _ = write!(bomb, "<!ENTITY e{level} \"{}\">", format!("&e{};", level - 1).repeat(10));
    }
    report_ends(&(bomb + "]>&e11;"), "E04");
    report_ends("&e;", "E04");
    report_ends("<script>alert(1)</script>", "E0403");
}

/// A file for an archive that may say of itself what it is not.
pub(super) struct File<'a> {
    name: &'a str,
    content: &'a [u8],
    /// What it says to come to unpacked.
    says: Option<u32>,
    mode: u32,
    flags: u16,
}

impl<'a> File<'a> {
    pub(super) fn new(name: &'a str, content: &'a [u8]) -> Self {
        Self { name, content, says: None, mode: 0o100_644, flags: 1 << 11 }
    }
}

/// Packs files as they are wanted, whether they may be or not.
pub(super) fn zip(files: &[File<'_>]) -> Vec<u8> {
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    for file in files {
        let mut crc = Crc::new();
        crc.update(file.content);
        let mut deflate = DeflateEncoder::new(Vec::new(), Compression::fast());
        deflate.write_all(file.content).unwrap();
        let packed = deflate.finish().unwrap();
        let offset = bytes.len() as u32;
        let size = file.says.unwrap_or(file.content.len() as u32);
        let mut common = Vec::new();
        for word in [20, file.flags, 8, 0, 0x21] {
            common.extend(word.to_le_bytes());
        }
        for word in [crc.sum(), packed.len() as u32, size] {
            common.extend(word.to_le_bytes());
        }
        common.extend((file.name.len() as u16).to_le_bytes());
        common.extend([0; 2]);
        bytes.extend(b"PK\x03\x04");
        bytes.extend(&common);
        bytes.extend(file.name.as_bytes());
        bytes.extend(packed);
        directory.extend(b"PK\x01\x02\x14\x03");
        directory.extend(&common);
        directory.extend([0; 6]);
        directory.extend((file.mode << 16).to_le_bytes());
        directory.extend(offset.to_le_bytes());
        directory.extend(file.name.as_bytes());
    }
    let (start, length) = (bytes.len() as u32, directory.len() as u32);
    bytes.extend(directory);
    bytes.extend(b"PK\x05\x06\0\0\0\0");
    bytes.extend((files.len() as u16).to_le_bytes());
    bytes.extend((files.len() as u16).to_le_bytes());
    bytes.extend(length.to_le_bytes());
    bytes.extend(start.to_le_bytes());
    bytes.extend([0; 2]);
    bytes
}

/// The files of a sound pack.
fn sound() -> Vec<(String, Vec<u8>)> {
    let desk = desk("{{text}}和{{list names}}。");
    let names = ["pack.toml", "schema.json", "style.toml", "report.hbs"];
    names.map(|name| (name.to_owned(), std::fs::read(desk.path(&format!("pack/{name}"))).unwrap())).into()
}

#[test]
fn archives() {
    let desk = desk("甲");
    let sound = sound();
    let files = || -> Vec<File<'_>> { sound.iter().map(|(name, bytes)| File::new(name, bytes)).collect() };
    desk.put("sound.zip", zip(&files()));
    let answer = desk.call(&["render", "a.json", "--pack", "sound.zip"]);
    assert_eq!(answer.code, 0, "{answer:?}");
    std::fs::remove_file(desk.path("a.pdf")).unwrap();

    for name in
        ["../a.hbs", "/a.hbs", "a/../../b.hbs", "C:\\a.hbs", "a\\b.hbs", "nul.hbs", "a//b.hbs", "..", "../"]
    {
        let mut with = files();
        with.push(File::new(name, b"x"));
        desk.put("a.zip", zip(&with));
        ends(&desk, "a.zip", "E0252");
    }
    let spoilt = |spoil: &dyn Fn(&mut File<'_>)| {
        let mut with = files();
        let mut file = File::new("a.hbs", b"/etc/passwd");
        spoil(&mut file);
        with.push(File { name: file.name, content: b"/etc/passwd", ..file });
        zip(&with)
    };
    for (bytes, code) in [
        (spoilt(&|file| file.mode = 0o120_777), "E0252"),
        (spoilt(&|file| file.flags |= 1), "E0252"),
        (spoilt(&|file| file.name = "pack.toml"), "E0252"),
        (spoilt(&|file| file.says = Some(0x7fff_ffff)), "E0253"),
        (spoilt(&|file| file.says = Some(3)), "E0202"),
        (spoilt(&|file| file.says = Some(300)), "E0202"),
    ] {
        desk.put("a.zip", bytes);
        ends(&desk, "a.zip", code);
    }
    // A bomb that is honest, and one that is not.
    let zeros = vec![0; 200 << 20];
    for (says, code) in [(None, "E0253"), (Some(10), "E0202")] {
        let mut with = files();
        with.push(File { says, ..File::new("a.hbs", &zeros) });
        desk.put("a.zip", zip(&with));
        ends(&desk, "a.zip", code);
    }
    // Many that come to too much together, and too many.
    let mut with = files();
    let names: Vec<String> = (0..2_100).map(|index| format!("t{index}.bin")).collect();
    with.extend(names[..10].iter().map(|name| File { says: Some(60 << 20), ..File::new(name, b"x") }));
    desk.put("a.zip", zip(&with));
    ends(&desk, "a.zip", "E0253");
    with.extend(names.iter().map(|name| File::new(name, b"x")));
    desk.put("a.zip", zip(&with));
    ends(&desk, "a.zip", "E0253");

    // Cut off anywhere, and with bytes changed anywhere, it is an error or the same pack.
    let whole = zip(&files());
    for bytes in [whole[..whole.len() / 2].to_vec(), b"PK\x05\x06".to_vec(), Vec::new(), whole[1..].to_vec()]
    {
        desk.put("a.zip", bytes);
        ends(&desk, "a.zip", "E0251");
    }
}

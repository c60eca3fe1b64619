//! Packs and faces of the user's own.

use std::fs;
use std::path::{Path, PathBuf};

use super::{Desk, carried_pack, copy, sample};

#[test]
fn folder_pack_is_as_good_as_the_carried_one() {
    let desk = Desk::with(&["a.json"]);
    copy(&carried_pack(), &desk.path("pack"));
    assert_eq!(desk.call(&["render", "a.json", "-o", "carried.pdf", "--pack", "annual-report"]).code, 0);
    assert_eq!(desk.call(&["render", "a.json", "-o", "folder.pdf", "--pack", "pack"]).code, 0);
    let (carried, folder) = (desk.path("carried.pdf"), desk.path("folder.pdf"));
    assert_eq!(fs::read(carried).unwrap(), fs::read(folder).unwrap());
    let (carried, folder) = (desk.call(&["fields"]), desk.call(&["fields", "--pack", "./pack"]));
    assert_eq!((carried.code, carried.out), (0, folder.out));
}

/// A face that is not the one of the body text.
fn another_face() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts/FandolKai-Regular.otf")
}

#[test]
fn packs_own_face_takes_the_place_of_ours() {
    let desk = Desk::with(&["a.json"]);
    copy(&carried_pack(), &desk.path("pack"));
    let render = |name: &str| {
        desk.call(&["render", "a.json", "-q", "--pack", "pack", "-o", name]).is(0, "", "");
        fs::read(desk.path(name)).unwrap()
    };
    let ours = render("ours.pdf");
    desk.put("pack/fonts/own.otf", fs::read(another_face()).unwrap());
    assert_eq!(render("same.pdf"), ours);
    let style = fs::read_to_string(desk.path("pack/style.toml")).unwrap();
    desk.put("pack/style.toml", style + "\n[own_faces]\nbody = \"fonts/own.otf\"\n");
    let theirs = render("theirs.pdf");
    assert_ne!(theirs, ours);

    // The call's own face is the same as the pack's.
    let face = another_face().display().to_string();
    let words = ["render", "a.json", "-o", "called.pdf", "--font", &format!("body={face}")];
    assert_eq!(desk.call(&words).code, 0);
    assert_eq!(fs::read(desk.path("called.pdf")).unwrap(), theirs);

    desk.put("pack/fonts/own.otf", "no font");
    let answer = desk.call(&["check", "a.json", "--pack", "pack"]);
    assert_eq!((answer.code, answer.out.as_str()), (1, ""));
    assert!(answer.err.starts_with("错误[E05"), "{answer:?}");
}

#[test]
fn faces_to_fall_back_on_come_after_ours() {
    let desk = Desk::with(&["a.json"]);
    fs::create_dir(desk.path("fonts")).unwrap();
    fs::copy(another_face(), desk.path("fonts/more.otf")).unwrap();
    assert_eq!(desk.call(&["render", "a.json"]).code, 0);
    assert_eq!(desk.call(&["render", "a.json", "--fonts", "fonts", "-o", "b.pdf"]).code, 0);
    assert_eq!(fs::read(desk.path("a.pdf")).unwrap(), fs::read(desk.path("b.pdf")).unwrap());
}

/// A face of one character that none of ours has: our 楷体 with another character map.
fn rare_face(character: char) -> Vec<u8> {
    let mut bytes = fs::read(another_face()).unwrap();
    let record = (12..).step_by(16).find(|at| &bytes[*at..at + 4] == b"cmap").unwrap();
    let table = u32::from_be_bytes(bytes[record + 8..record + 12].try_into().unwrap()) as usize;
    // One subtable (Windows, the whole of Unicode) of format 12 with one group, to the face's hundredth glyph.
    let character = u32::from(character);
    let map = [0x0000_0001, 0x0003_000A, 12, 0x000C_0000, 28, 0, 1, character, character, 100];
    for (nth, number) in map.into_iter().enumerate() {
        bytes[table + nth * 4..][..4].copy_from_slice(&u32::to_be_bytes(number));
    }
    bytes[record + 12..record + 16].copy_from_slice(&u32::to_be_bytes(map.len() as u32 * 4));
    bytes
}

#[test]
fn faces_for_rare_characters_are_named_or_lie_beside_the_program() {
    // Where the program is, so that it can be linked.
    let desk = Desk { folder: tempfile::TempDir::new_in(env!("CARGO_TARGET_TMPDIR")).unwrap() };
    let data = fs::read_to_string(sample()).unwrap().replace("\"桐渚市\"", "\"桐𪚥市\"");
    desk.put("a.json", data);
    desk.put("rare/rare.otf", rare_face('𪚥'));
    desk.put("rare/read me.txt", "not a font");
    let without = desk.call(&["render", "a.json"]);
    assert_eq!((without.code, without.out.as_str()), (1, ""));
    assert!(without.err.contains("E0510") && without.err.contains("U+2A6A5"), "{}", without.err);
    assert!(!desk.path("a.pdf").exists());
    assert_eq!(desk.call(&["render", "a.json", "--fonts", "rare", "-o", "named.pdf"]).code, 0);

    fs::create_dir(desk.path("bin")).unwrap();
    let name = Path::new(super::program()).file_name().unwrap();
    fs::hard_link(super::program(), desk.path("bin").join(name)).unwrap();
    desk.put("bin/fonts/rare.otf", rare_face('𪚥'));
    let mut call = std::process::Command::new(desk.path("bin").join(name));
    let beside = call.args(["render", "a.json", "-o", "beside.pdf"]).current_dir(desk.folder.path()).output();
    let beside = beside.unwrap();
    assert_eq!(beside.status.code(), Some(0), "{}", String::from_utf8_lossy(&beside.stderr));
    assert_eq!(fs::read(desk.path("named.pdf")).unwrap(), fs::read(desk.path("beside.pdf")).unwrap());
    // The folder that the call names is instead of the one beside the program.
    fs::create_dir(desk.path("empty")).unwrap();
    let mut call = std::process::Command::new(desk.path("bin").join(name));
    let call = call.args(["render", "a.json", "--fonts", "empty"]).current_dir(desk.folder.path());
    assert_eq!(call.output().unwrap().status.code(), Some(1));
}

#[test]
fn face_that_is_not_there_is_the_calls_fault() {
    let desk = Desk::with(&["a.json"]);
    for (option, value) in [("--font", "body=none.ttf"), ("--fonts", "none.ttf")] {
        desk.call(&["render", "a.json", option, value]).is(
            2,
            "",
            "错误[E0745]: 读不了字体 `none.ttf`：文件或文件夹不存在\n",
        );
    }
    let answer = desk.call(&["check", "a.json", "--font", "none.ttf"]);
    assert_eq!((answer.code, answer.out.as_str()), (2, ""));
    assert!(answer.err.starts_with("错误[E0744]: `--font none.ttf` 看不明白\n"), "{answer:?}");
}

/// The names of the packs that the program carries, as messages list them: the folders below `templates`.
fn carried_names() -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/templates");
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    names.sort();
    names.join("、")
}

#[test]
fn pack_that_is_not_there_is_the_calls_fault() {
    let desk = Desk::with(&["a.json"]);
    for call in [["render", "a.json"].as_slice(), &["check", "a.json"], &["schema"], &["fields"]] {
        let words: Vec<&str> = call.iter().copied().chain(["--pack", "anual"]).collect();
        desk.call(&words).is(
            2,
            "",
            &format!(
                "错误[E0740]: 没有 `anual` 这个模板包\n  办法: 程序自带的有 {}；自己的模板包写文件夹的路径，例如 `./anual`\n",
                carried_names()
            ),
        );
    }
    fs::create_dir(desk.path("empty")).unwrap();
    desk.call(&["schema", "--pack", "empty"]).is(
        2,
        "",
        "错误[E0743]: `empty` 里没有 `pack.toml`，不是模板包\n  办法: `--pack` 后面写 `pack.toml` 所在的文件夹\n",
    );
}

#[cfg(unix)]
#[test]
fn pack_does_not_reach_out_of_its_folder() {
    let desk = Desk::with(&["a.json"]);
    copy(&carried_pack(), &desk.path("pack"));
    desk.put("secret.txt", "secret");
    std::os::unix::fs::symlink("../secret.txt", desk.path("pack/secret.hbs")).unwrap();
    desk.call(&["render", "a.json", "--pack", "pack"]).is(
        1,
        "",
        "错误[E0742]: 模板包里的 `pack/secret.hbs` 是指到文件夹外面的链接\n  办法: 把文件复制进来，换掉链接\n",
    );
}

#[test]
fn data_file_may_name_its_pack() {
    let desk = Desk::new();
    let text = fs::read_to_string(sample()).unwrap();
    let (head, rest) = text.split_once('{').unwrap();
    let rest = rest.replace("\"pack\"", "\"_note_pack\"");
    desk.put("a.json", format!("{head}{{\n  \"pack\": \"annual-report\",{rest}"));
    desk.call(&["check", "a.json"]).is(0, "a.json：没有错误\n", "");
    desk.put("a.json", "{\n  \"pack\": \"../pack\"\n}\n");
    desk.call(&["check", "a.json"]).is(
        1,
        "",
        &format!(
            "错误[E0740]: 没有 `../pack` 这个模板包\n  --> a.json:2:11  pack\n  |\n2 |   \"pack\": \"../pack\"\n  |           ^^^^^^^^^\n  \
             办法: 程序自带的有 {}；自己的模板包和数据文件放在一起，`pack` 只写文件夹的名称，如 `pack`，不写路径\n共1处错误，改正后再生成\n",
            carried_names()
        ),
    );
}

/// A file without `pack` that is plainly for another pack than the usual one is told so, and nothing else.
#[test]
fn data_without_a_pack_are_told_which_one_they_fit() {
    let desk = Desk::new();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/samples");
    for (sample, pack) in [
        ("notice/centing-notice.json", "notice"),
        ("document/request.json", "document"),
        ("minutes/centing-minutes.json", "minutes"),
        ("statistical-communique/centing-communique.json", "statistical-communique"),
    ] {
        let text = fs::read_to_string(format!("{folder}/{sample}")).unwrap();
        desk.put("a.json", text.replace("\"pack\"", "\"_note_pack\""));
        for command in ["check", "render"] {
            let answer = desk.call(&[command, "a.json"]);
            assert_eq!(answer.code, 1, "{sample}");
            assert_eq!(answer.err.matches("错误[").count(), 1, "{}", answer.err);
            assert!(answer.err.starts_with("错误[E0751]"), "{}", answer.err);
            let hint = format!("办法: 在开头的 `{{` 后面加 `\"pack\": \"{pack}\",`");
            assert!(answer.err.contains(&hint), "{}", answer.err);
        }
    }
    // What is for the usual pack and has a slip in a name is told of that.
    let text = fs::read_to_string(super::sample()).unwrap();
    let text = text.replace("\"pack\"", "\"_note_pack\"").replacen("\"gdp\"", "\"gpd\"", 1);
    desk.put("a.json", text);
    let answer = desk.call(&["check", "a.json"]);
    assert!(answer.err.contains("E0140") && !answer.err.contains("E0751"), "{}", answer.err);
}

//! A city's logo: what a pack may show, how it comes to the page, and what is told of one that will not do.

use lopdf::{Document, Object};

use super::hostile::{File, zip};
use super::{Answer, Desk, copy, sample};

const LOGO: &[u8] = include_bytes!("../../samples/chengyu/chengyu-report/logo.png");
const MANIFEST: &str = "name = \"own-report\"\nversion = \"0.1.0\"\nengine = \">=0.1.0\"\n\
                        extends = \"annual-report\"\nbase_version = \"1.0.0\"\n\
                        [sections]\nadd = [{ name = \"front/logo\", before = \"front/title\" }]\n";
const IMAGE: &str = "<img src=\"images/logo.png\" alt=\"市标\" height=\"17mm\" align=\"left\"/>\n";

/// A desk with a data file and an overlay that shows its logo above the title.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.put("a.json", std::fs::read(sample()).unwrap());
    desk.put("own/pack.toml", MANIFEST);
    desk.put("own/front/logo.hbs", IMAGE);
    desk.put("own/images/logo.png", LOGO);
    desk
}

fn render(desk: &Desk, pack: &str, file: &str) -> Vec<u8> {
    let answer = desk.call(&["render", "a.json", "--pack", pack, "-o", file]);
    assert_eq!(answer.code, 0, "{answer:?}");
    std::fs::read(desk.path(file)).unwrap()
}

/// The dictionaries of a PDF, those of its streams too, in which a key has a name for its value.
fn having<'a>(pdf: &'a Document, key: &[u8], name: &[u8]) -> Vec<&'a lopdf::Dictionary> {
    let dictionaries = pdf.objects.values().filter_map(|object| match object {
        Object::Dictionary(dictionary) => Some(dictionary),
        Object::Stream(stream) => Some(&stream.dict),
        _ => None,
    });
    dictionaries.filter(|it| it.get(key).and_then(Object::as_name).ok() == Some(name)).collect()
}

fn utf16(text: &str) -> Vec<u8> {
    [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect()
}

#[test]
fn logo_is_printed_in_its_colours_and_says_what_it_shows() {
    let desk = desk();
    let pdf = Document::load_mem(&render(&desk, "./own", "a.pdf")).unwrap();
    let figures = having(&pdf, b"S", b"Figure");
    assert_eq!(figures.len(), 1);
    assert_eq!(figures[0].get(b"Alt").unwrap().as_str().unwrap(), utf16("市标"));
    let images = having(&pdf, b"Subtype", b"Image");
    let logo: Vec<_> =
        images.iter().filter(|it| it.get(b"Width").and_then(Object::as_i64).ok() == Some(400)).collect();
    let spaces = logo.iter().map(|it| it.get(b"ColorSpace").unwrap().as_name().unwrap()).collect::<Vec<_>>();
    // The logo and the mask of what is clear in it.
    assert_eq!(spaces.iter().filter(|space| **space == b"DeviceCMYK").count(), 1, "{spaces:?}");
    assert_eq!(spaces.iter().filter(|space| **space == b"DeviceGray").count(), 1, "{spaces:?}");

    // Its text is that of the report without it.
    let text = |pack: &str| desk.call(&["render", "a.json", "--pack", pack, "--format", "text", "-o", "-"]);
    assert_eq!(text("./own").out, text("annual-report").out);
}

#[test]
fn zipped_pack_prints_the_same_bytes() {
    let desk = desk();
    let names = ["pack.toml", "front/logo.hbs", "images/logo.png"];
    let contents = names.map(|name| std::fs::read(desk.path(&format!("own/{name}"))).unwrap());
    let files: Vec<File<'_>> =
        names.iter().zip(&contents).map(|(name, content)| File::new(name, content)).collect();
    desk.put("own.zip", zip(&files));
    assert_eq!(render(&desk, "./own", "a.pdf"), render(&desk, "own.zip", "b.pdf"));
}

/// What lint says of the pack, and that nothing can be rendered with it.
#[track_caller]
fn refused(desk: &Desk, codes: &[&str]) -> Answer {
    let answer = desk.call(&["pack", "lint", "./own"]);
    assert_eq!((answer.code, answer.out.as_str()), (1, ""), "{answer:?}");
    let told: Vec<&str> =
        answer.err.lines().filter_map(|line| line.strip_prefix("错误[")?.get(..5)).collect();
    assert_eq!(told, codes, "{}", answer.err);
    let rendered = desk.call(&["render", "a.json", "--pack", "./own"]);
    assert_eq!(rendered.code, 1, "{rendered:?}");
    assert!(!desk.path("a.pdf").exists());
    answer
}

#[test]
fn what_is_wrong_with_a_logo_is_told_by_lint() {
    let desk = desk();
    assert_eq!(desk.call(&["pack", "lint", "./own"]).code, 0);
    for (from, to, codes) in [
        ("images/logo.png", "images/lgo.png", &["E0415"][..]),
        ("images/logo.png", "../logo.png", &["E0407"]),
        ("images/logo.png", "images/../../logo.png", &["E0407"]),
        ("images/logo.png", "C:/logo.png", &["E0407"]),
        ("images/logo.png", "front/logo.hbs", &["E0407"]),
        (" alt=\"市标\"", "", &["E0414"]),
        ("市标", " ", &["E0407"]),
        (" height=\"17mm\"", "", &["E0414"]),
        ("17mm", "17", &["E0407"]),
        ("17mm", "900mm", &["E0407"]),
        ("left", "justify", &["E0407"]),
        ("align", "aling", &["E0406"]),
        ("<img", "<p><img", &["E0404"]),
    ] {
        assert!(IMAGE.contains(from));
        let mut template = IMAGE.replace(from, to);
        if to.starts_with("<p>") {
            template += "甲</p>";
        }
        desk.put("own/front/logo.hbs", template);
        let answer = refused(&desk, codes);
        assert!(answer.err.replace('\\', "/").contains("own/front/logo.hbs:1:"), "{answer:?}");
    }
    desk.put("own/front/logo.hbs", IMAGE.replace("images/logo", "images/lgo"));
    assert!(refused(&desk, &["E0415"]).err.contains("是否要写 `images/logo.png`"));

    // The data cannot choose the file.
    desk.put("own/front/logo.hbs", IMAGE.replace("images/logo", "{{report.city}}"));
    refused(&desk, &["E0415", "E0402"]);
}

#[test]
fn what_is_no_picture_is_refused_with_its_file() {
    let desk = desk();
    let mut wide = LOGO.to_vec();
    wide[16..20].copy_from_slice(&60_000_u32.to_be_bytes());
    for (bytes, code) in [
        (b"GIF89a".to_vec(), "E0451"),
        (LOGO[..900].to_vec(), "E0451"),
        (wide, "E0452"),
        (Vec::new(), "E0451"),
    ] {
        desk.put("own/images/logo.png", bytes);
        let answer = refused(&desk, &[code]);
        assert!(answer.err.replace('\\', "/").contains("own/images/logo.png"), "{answer:?}");
    }
    desk.put("own/images/logo.png", vec![0; 5 << 20]);
    refused(&desk, &["E0253"]);
    desk.put("own/images/logo.png", LOGO);
    for index in 0..9 {
        desk.put(&format!("own/images/{index}.png"), LOGO);
    }
    refused(&desk, &["E0253"]);
}

#[test]
fn sample_city_shows_its_logo_on_page_one() {
    let desk = Desk::new();
    copy(sample().parent().unwrap().join("chengyu").as_path(), &desk.path("city"));
    let answer = desk.call(&["render", "city/chengyu.json", "-o", "a.pdf"]);
    assert_eq!(answer.code, 0, "{answer:?}");
    let pdf = Document::load_mem(&std::fs::read(desk.path("a.pdf")).unwrap()).unwrap();
    let first = pdf.get_pages()[&1];
    let content = pdf.get_page_content(first);
    let shows = |content: &[u8]| content.windows(12).any(|part| part == b"/Picture0 Do");
    assert!(shows(&content));
    assert!(pdf.get_pages().values().skip(1).all(|page| !shows(&pdf.get_page_content(*page))));
}

#[test]
fn show_says_where_pictures_and_faces_come_from() {
    let desk = desk();
    desk.put("own/fonts/own.otf", std::fs::read("fonts/FandolKai-Regular.otf").unwrap());
    desk.put("own/style.toml", "[own_faces]\ntitle = \"fonts/own.otf\"\n");
    let answer = desk.call(&["pack", "show", "./own"]);
    assert_eq!(answer.code, 0, "{answer:?}");
    let brought = "\n图片\n  images/logo.png  own-report\n\n自己的字体\n  title  fonts/own.otf  own-report\n";
    assert!(answer.out.contains(brought), "{answer:?}");
    assert!(!desk.call(&["pack", "show", "annual-report"]).out.contains("图片"));
}

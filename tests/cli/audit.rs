//! PDF files measured against the standard.

use std::fs;
use std::path::Path;

use lopdf::Document;
use serde_json::Value as Json;

use super::{Desk, carried_pack, copy};

/// A desk with a report on it.
fn desk() -> Desk {
    let desk = Desk::with(&["a.json"]);
    assert_eq!(desk.call(&["render", "a.json", "--quiet"]).code, 0);
    desk
}

#[test]
fn a_report_of_ours_passes() {
    let desk = desk();
    let answer = desk.call(&["audit", "a.pdf", "--exact"]);
    assert_eq!((answer.code, answer.err.as_str()), (0, ""), "{}", answer.out);
    let lines: Vec<&str> = answer.out.lines().collect();
    assert!(lines[0].starts_with("a.pdf：工作报告，") && lines[0].ends_with("，按标准原数"), "{}", lines[0]);
    assert_eq!(lines[1], "合格  GB/T 9704—2012 5.1  A4型纸，210 mm×297 mm [page-size]");
    let last = lines.last().unwrap();
    assert!(last.contains("不合0条"), "{last}");
    let english = desk.call(&["audit", "a.pdf", "--lang", "en"]).out;
    assert!(
        english.contains("\npass  GB/T 9704—2012 5.1  A4 paper, 210 mm x 297 mm [page-size]\n"),
        "{english}"
    );
    assert!(english.ends_with(" not judged\n"), "{english}");
    let quiet = desk.call(&["audit", "a.pdf", "--quiet"]).out;
    assert_eq!(quiet.lines().count(), 2, "{quiet}");
}

#[test]
fn programs_get_json() {
    let desk = desk();
    let answer = desk.call(&["audit", "a.pdf", "--format", "json", "--kind", "document"]);
    assert_eq!(answer.code, 1, "a report has no 版头");
    let report: Json = serde_json::from_str(&answer.out).unwrap();
    assert_eq!(report["format"], "shizheng-audit/1");
    assert_eq!((&report["source"], &report["kind"]), (&"a.pdf".into(), &"document".into()));
    let clauses = report["clauses"].as_array().unwrap();
    let of = |id: &str| clauses.iter().find(|clause| clause["id"] == id).unwrap();
    assert_eq!(of("page-size")["verdict"], "pass");
    assert_eq!(of("salutation")["verdict"], "not-judged");
    assert_eq!(of("salutation")["reason"]["en"], "there is no 主送机关");
    let mark = of("mark");
    assert_eq!((&mark["number"], &mark["verdict"]), (&"GB/T 9704—2012 7.2.4".into(), &"fail".into()));
    let finding = &mark["findings"][0];
    let keys: Vec<&String> = finding.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["fails", "measured", "page", "line", "at_mm", "text"]);
    assert_eq!(finding["measured"]["zh"], "找不到发文机关标志");
}

/// What a style file says otherwise than the standard is found on the pages.
#[test]
fn other_numbers_in_a_style_file_are_found() {
    let changes = [
        ("top = \"37mm\"", "top = \"41mm\"", "margins"),
        ("binding = \"28mm\"", "binding = \"25mm\"", "type-area"),
        ("columns = 28", "columns = 26", "characters-per-line"),
        ("rows = 22", "rows = 24", "lines-per-page"),
        ("size = \"四号\"", "size = \"三号\"", "page-number-form"),
        ("below = \"7mm\"", "below = \"10mm\"", "page-number-place"),
        ("size = \"二号\"", "size = \"小二\"", "title-size"),
        ("faces = [\"hei\", \"fallback\"]", "faces = [\"song\", \"fallback\"]", "heading-faces"),
    ];
    let desk = Desk::with(&["a.json"]);
    for (number, (from, to, clause)) in changes.into_iter().enumerate() {
        let pack = desk.path(&format!("pack{number}"));
        copy(&carried_pack(), &pack);
        let style = fs::read_to_string(pack.join("style.toml")).unwrap();
        assert!(style.contains(from), "{from}");
        fs::write(pack.join("style.toml"), style.replacen(from, to, 1)).unwrap();
        let folder = format!("./pack{number}");
        let rendered = desk.call(&["render", "a.json", "--pack", &folder, "--quiet"]);
        assert_eq!(rendered.code, 0, "{to}: {}", rendered.err);
        let answer = desk.call(&["audit", "a.pdf", "--exact", "--quiet"]);
        assert_eq!(answer.code, 1, "{to}: {}", answer.out);
        assert!(answer.out.contains(&format!("[{clause}]")), "{to}: {}", answer.out);
    }
}

/// Pages for both sides of the sheet keep every clause, and one on the wrong side does not.
#[test]
fn mirrored_pages_are_judged_by_their_own_side() {
    let desk = Desk::with(&["a.json"]);
    let pack = desk.path("pack");
    copy(&carried_pack(), &pack);
    let style = fs::read_to_string(pack.join("style.toml")).unwrap();
    assert!(style.contains("mirrored = false"));
    fs::write(pack.join("style.toml"), style.replacen("mirrored = false", "mirrored = true", 1)).unwrap();
    assert_eq!(desk.call(&["render", "a.json", "--pack", "./pack", "--quiet"]).code, 0);
    let answer = desk.call(&["audit", "a.pdf", "--exact", "--lang", "en"]);
    assert_eq!(answer.code, 0, "{}", answer.out);
    assert!(answer.out.contains("the binding edge of even pages is on the right"), "{}", answer.out);
    // Each page in turn stands 2 mm from where its side has it.
    let bytes = fs::read(desk.path("a.pdf")).unwrap();
    let pages = Document::load_mem(&bytes).unwrap().get_pages();
    assert!(pages.len() > 5, "{} pages", pages.len());
    for (number, id) in pages {
        let mut file = Document::load_mem(&bytes).unwrap();
        let by = if number % 2 == 0 { 2.0 } else { -2.0 } * 72.0 / 25.4;
        let content =
            [format!("q 1 0 0 1 {by} 0 cm ").into_bytes(), file.get_page_content(id), b" Q".to_vec()];
        file.change_page_content(id, content.concat()).unwrap();
        file.save(desk.path("spoiled.pdf")).unwrap();
        let answer = desk.call(&["audit", "spoiled.pdf", "--quiet", "--lang", "en"]);
        assert_eq!(answer.code, 1, "page {number}: {}", answer.out);
        let told = format!("page {number} line");
        assert!(answer.out.contains(&told), "page {number}: {}", answer.out);
    }
}

/// A document of every construct, headings that are turned with their tables among them.
#[test]
fn every_construct_keeps_every_clause() {
    let every = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance/every");
    let (data, pack) = (every.join("data.json"), every.to_string_lossy().into_owned());
    let desk = Desk::with(&[]);
    let call = ["render", &data.to_string_lossy(), "--pack", &pack, "-o", "every.pdf", "--quiet"];
    let rendered = desk.call(&call);
    assert_eq!(rendered.code, 0, "{}", rendered.err);
    let answer = desk.call(&["audit", "every.pdf", "--exact"]);
    assert_eq!(answer.code, 0, "{}", answer.out);
}

#[test]
fn what_is_no_pdf_is_told_and_the_others_are_audited() {
    let desk = desk();
    desk.put("b.pdf", "text");
    let answer = desk.call(&["audit", "b.pdf", "a.pdf", "--quiet"]);
    assert_eq!(answer.code, 1);
    assert!(answer.err.contains("E0901") && answer.err.contains("b.pdf"), "{}", answer.err);
    assert!(answer.out.starts_with("a.pdf："), "{}", answer.out);
    assert_eq!(desk.call(&["audit", "none.pdf"]).code, 2);
}

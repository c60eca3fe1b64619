//! Documents that are made again while somebody writes.

use std::fs;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::{Desk, carried_pack, copy, sample};

fn data() -> String {
    fs::read_to_string(sample()).unwrap()
}

/// A run that watches; it ends with the test.
struct Watched<'a> {
    desk: &'a Desk,
    child: Child,
    /// What it writes on its two streams.
    said: TempDir,
}

const OUT: &str = "out";
const ERR: &str = "err";

impl<'a> Watched<'a> {
    /// Begins a run and waits for its first round.
    fn begin(desk: &'a Desk, words: &[&str]) -> Self {
        let said = TempDir::new().unwrap();
        let file = |name: &str| Stdio::from(fs::File::create(said.path().join(name)).unwrap());
        let mut command = desk.command(&[&["render"], words, &["--watch"]].concat());
        let child = command.stdout(file(OUT)).stderr(file(ERR)).spawn().unwrap();
        let watched = Self { desk, child, said };
        watched.eventually("the first round", || watched.rounds() == 1);
        watched
    }

    /// Waits for what the run does. It takes a tenth of a second; the limit is for machines that are very busy.
    fn eventually(&self, what: &str, mut is_so: impl FnMut() -> bool) {
        let begun = Instant::now();
        while !is_so() {
            assert!(begun.elapsed() < Duration::from_mins(2), "{what}: {}", self.said());
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    fn text(&self, name: &str) -> String {
        fs::read_to_string(self.desk.path(name)).unwrap_or_default()
    }

    fn said(&self) -> String {
        fs::read_to_string(self.said.path().join(ERR)).unwrap()
    }

    fn told(&self) -> String {
        fs::read_to_string(self.said.path().join(OUT)).unwrap()
    }

    fn rounds(&self) -> usize {
        self.said().matches("正在监视").count()
    }
}

impl Drop for Watched<'_> {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn whatever_is_saved_renders_again() {
    let desk = Desk::with(&["a.json"]);
    copy(&carried_pack(), &desk.path("pack"));
    let run = Watched::begin(&desk, &["a.json", "--pack", "pack", "--format", "text", "--force"]);
    assert!(run.text("a.txt").contains("318.72亿元"));

    // As editors save: under another name that is then changed.
    desk.put("a.json~", data().replacen("318.72", "318.73", 1));
    fs::rename(desk.path("a.json~"), desk.path("a.json")).unwrap();
    run.eventually("data saved", || run.text("a.txt").contains("318.73亿元"));
    // A fault is told, the document stays, and all is well when it is mended.
    desk.put("a.json", "{");
    run.eventually("a fault", || run.said().contains("a.json:1:"));
    assert!(run.text("a.txt").contains("318.73亿元"));
    desk.put("a.json", data());
    run.eventually("mended", || run.text("a.txt").contains("318.72亿元"));
    let title = run.text("pack/front/title.hbs");
    desk.put("pack/front/title.hbs", format!("{title}{{{{#if}}}}"));
    run.eventually("a broken template", || run.said().contains("title.hbs:"));
    desk.put("pack/front/title.hbs", title.replacen("</title>", "（新）</title>", 1));
    run.eventually("a template saved", || run.text("a.txt").contains("（新）"));
    let before = run.rounds();
    desk.put("pack/style.toml", run.text("pack/style.toml") + "\n# saved\n");
    run.eventually("the style saved", || run.rounds() > before);
    assert!(run.told().lines().all(|line| line == "已生成 a.txt"), "{}", run.told());
    drop(run);

    for name in ["none.json", "no*.json"] {
        let answer = desk.call(&["render", "a.json", name, "--watch"]);
        assert!(answer.code == 2 && answer.err.contains("错误[E071"), "{answer:?}");
    }
    for words in [["render", "-", "--watch"].as_slice(), &["render", "a.json", "-o", "-", "--watch"]] {
        assert!(desk.call(words).err.starts_with("错误[E0774]"), "{words:?}");
    }
    assert_eq!(desk.call(&["render", "a.json", "--watch", "--changed"]).code, 2);
}

#[test]
fn pack_that_the_data_name_is_watched() {
    let desk = Desk::with(&["b.json"]);
    let own = data().replacen("\"annual-report\"", "\"ours\"", 1);
    desk.put("a.json", &own);
    let run = Watched::begin(&desk, &["a.json", "b.json", "--format", "text", "--force"]);
    assert!(run.said().contains("ours"), "there is no such pack yet: {}", run.said());
    copy(&carried_pack(), &desk.path("ours.new"));
    fs::rename(desk.path("ours.new"), desk.path("ours")).unwrap();
    run.eventually("the pack is there", || run.text("a.txt").contains("318.72亿元"));
    let title = run.text("ours/front/title.hbs");
    desk.put("ours/front/title.hbs", title.replacen("</title>", "（新）</title>", 1));
    run.eventually("its template saved", || run.text("a.txt").contains("（新）"));
    desk.put("a.json", own.replacen("318.72", "318.73", 1));
    run.eventually("data saved", || run.text("a.txt").contains("318.73亿元"));
    assert!(run.text("a.txt").contains("（新）"));
    desk.put("a.json", data());
    run.eventually("another pack", || !run.text("a.txt").contains("（新）"));
    // What is made with another pack was made once.
    assert_eq!(run.told().matches("已生成 b.txt").count(), 1, "{}", run.told());
}

#[test]
fn documents_in_a_watched_folder_are_no_change_to_it() {
    let desk = Desk::new();
    copy(&carried_pack(), &desk.path(""));
    desk.put("a.json", data());
    let words = ["a.json", "--pack", ".", "--name", "{report.city}.pdf"];
    let run = Watched::begin(&desk, &words);
    std::thread::sleep(Duration::from_millis(500));
    assert_eq!(run.rounds(), 1, "{}", run.told());
    desk.put("a.json", data().replacen("318.72", "318.73", 1));
    run.eventually("data saved", || run.rounds() == 2);
}

#[test]
fn a_picture_that_was_asked_for_is_seen() {
    let desk = Desk::new();
    let samples = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/document");
    desk.put("order.json", fs::read(samples.join("order.json")).unwrap());
    let watched = Watched::begin(&desk, &["order.json"]);
    assert!(watched.said().contains("[E0450]"), "{}", watched.said());
    desk.put("signature.png", fs::read(samples.join("signature.png")).unwrap());
    watched.eventually("the document", || desk.is_pdf("order.pdf"));
}

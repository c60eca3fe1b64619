//! Reads documents as a screen reader does: what is a line of its own is an element of its own, in the order in which it is
//! to be heard (PDF/UA-1, 7.1, 7.4).

use shizheng::document::{Attachment, Block, Document, Title};
use shizheng::export::pdf;
use shizheng::font::Fonts;

use super::laid::{self, heading, run};
use super::reader::File;
use crate::elements::made;

/// Returns the kinds and texts of a sample's elements.
fn heard(sample: &str) -> Vec<(String, String)> {
    let file = File::read(&made(sample).bytes.into_vec());
    let top = file.structure();
    top.all().into_iter().skip(1).map(|kid| (kid.kind.clone(), kid.text())).collect()
}

/// Tells that a sample's elements have some in a row.
#[track_caller]
fn hears(sample: &str, wanted: &[(&str, &str)]) {
    let heard = heard(sample);
    let pairs: Vec<_> = heard.iter().map(|(kind, text)| (kind.as_str(), text.as_str())).collect();
    assert!(pairs.windows(wanted.len()).any(|some| some == wanted), "{sample}: {pairs:#?}");
}

#[test]
fn joint_organs_are_heard_one_by_one_and_each_with_its_seal() {
    hears(
        "joint",
        &[
            ("P", "岑汀市发展和改革委员会"),
            ("P", "岑汀市财政局"),
            ("P", "岑汀市住房和城乡建设局"),
            ("P", "文件"),
            ("P", "岑发改投资〔2026〕12号"),
            ("P", "签发人：赵堃"),
            ("P", "钱喆"),
            ("P", "孙珺"),
            ("H1", "关于申请下达老旧小区改造项目中央预算内投资计划的请示"),
        ],
    );
    hears(
        "joint",
        &[
            ("P", "岑汀市发展和改革委员会"),
            ("Figure", ""),
            ("P", "岑汀市财政局"),
            ("Figure", ""),
            ("P", "岑汀市住房和城乡建设局"),
            ("Figure", ""),
            ("P", "2026年3月2日"),
        ],
    );
}

#[test]
fn orders_are_signed_before_they_are_dated() {
    hears("order", &[("P", "市长"), ("Figure", ""), ("P", "2026年1月8日")]);
}

#[test]
fn titles_stand_above_the_headings() {
    hears(
        "document",
        &[
            ("H1", "岑汀市人民政府关于开展城镇燃气安全专项检查的通知"),
            ("P", "各县（区）人民政府，市政府各部门，各直属单位："),
        ],
    );
    hears("document", &[("P", "附件2"), ("H1", "燃气安全隐患整改清单式样")]);
    let heard = heard("document");
    let headings = heard.iter().filter(|(kind, _)| kind == "H2").count();
    assert_eq!(headings, 2, "一、 and 二、");
}

#[test]
fn an_attachments_title_leaves_the_headings_of_a_text_without_one_alike() {
    let title = Title { lines: vec![run("分工表")], byline: None };
    let blocks = vec![
        Block::Heading(heading(1, "一、", "范围")),
        Block::Heading(heading(1, "二、", "要求")),
        Block::Attachment(Attachment { label: "附件".to_owned(), title }),
    ];
    let document =
        Document { title: "令".to_owned(), language: "zh-CN".to_owned(), blocks, ..Document::default() };
    let fonts = Fonts::embedded();
    let file = File::read(&pdf::write(&laid::pages(&document, &fonts), &fonts, None).unwrap().into_vec());
    let heard = file.structure();
    let kinds: Vec<_> = heard.all().into_iter().skip(1).map(|element| element.kind.as_str()).collect();
    assert_eq!(kinds, ["H1", "H1", "P", "H1"]);
}

#[test]
fn bookmarks_of_the_text_stand_below_the_title_and_no_others() {
    let outline = File::read(&made("document").bytes.into_vec()).outline();
    let titles: Vec<_> = outline.lines().map(|line| line.split(" -> ").next().unwrap()).collect();
    assert_eq!(
        titles,
        [
            "岑汀市人民政府关于开展城镇燃气安全专项检查的通知",
            "  一、检查范围和时间",
            "  二、工作要求",
            "附件1 燃气安全专项检查任务分工表",
            "附件2 燃气安全隐患整改清单式样",
            "版记",
        ]
    );
}

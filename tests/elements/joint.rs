//! Documents of several organs (联合行文): their names, their mark, and what is left of page 1.

use shizheng::audit::{self, Verdict};
use shizheng::data::{self, Source};
use shizheng::fill::{self, Templates};
use shizheng::layout::layout;
use shizheng::markup;
use shizheng::page::{Content, Page, Pages, TextRun};
use shizheng::units::Abs;
use shizheng::{Options, Press};

use super::{FONTS, Found, LEFT, PACK, RIGHT, cell, find, near, source};

/// A joint document of organs, with a signer for each where there are to be signers.
fn joint_of(organs: &[&str], signed: bool) -> Source {
    let mut data: serde_json::Value = serde_json::from_slice(&source("joint").bytes).unwrap();
    data["document"]["organs"] = organs.into();
    let signers = if signed { vec!["赵堃"; organs.len()] } else { Vec::new() };
    data["document"]["signers"] = signers.into();
    data["document"]["signatories"] = serde_json::json!([{ "name": organs[0] }]);
    data["content"]["recipients"] = serde_json::json!(["省发展改革委"]);
    Source::new("joint.json", data.to_string().into_bytes())
}

const ORGANS: [&str; 9] = [
    "岑汀市科学技术局",
    "岑汀市教育局",
    "岑汀市公安局",
    "岑汀市财政局",
    "岑汀市民政局",
    "岑汀市司法局",
    "岑汀市水利局",
    "岑汀市商务局",
    "岑汀市审计局",
];

#[test]
fn the_names_of_joint_organs_are_all_as_wide_as_the_widest() {
    let press = Press::new(PACK.clone(), FONTS.clone()).unwrap();
    for organs in [&ORGANS[..4], &["岑汀市住房和城乡建设局", "岑汀市财政局", "岑汀市教育局"]]
    {
        let record = data::load(&joint_of(organs, false), PACK.schema()).unwrap();
        let filled = fill::fill(&Templates::compile(&PACK).unwrap(), &record).unwrap();
        let document = markup::parse(&filled, "zh-CN").unwrap();
        let pages = layout(&document, PACK.style(), &FONTS).unwrap();
        let found: Vec<Found> = organs.iter().map(|organ| find(&pages.pages[0], organ)).collect();
        for one in &found {
            assert!((one.left - found[0].left).abs() < Abs::pt(0.1), "{found:?}");
            assert!((one.right - found[0].right).abs() < Abs::pt(0.1), "{found:?}");
        }
        drop(press.check(&joint_of(organs, false), &Options::default()).unwrap());
    }
}

#[test]
fn a_document_of_many_organs_shows_text_on_its_first_page_or_says_that_it_cannot() {
    let press = Press::new(PACK.clone(), FONTS.clone()).unwrap();
    let told = |organs: &[&str], signed: bool| {
        let warnings = press.check(&joint_of(organs, signed), &Options::default()).unwrap();
        warnings.iter().any(|warning| warning.entry.code == "W0514")
    };
    for (count, signed) in [(3, true), (5, true), (6, false)] {
        assert!(!told(&ORGANS[..count], signed), "{count} {signed}");
    }
    assert!(told(&ORGANS, true));
    // One recipient is not so many that it would have to go to the end.
    let text = press.render(&joint_of(&ORGANS[..5], true), &Options::default()).unwrap();
    let pages = shizheng::reading::pages(&text.bytes.into_vec()).unwrap();
    assert!(pages[0].iter().any(|line| line.text.contains("省发展改革委")), "{pages:?}");
}

/// Lays out a sample with changes to its data.
fn changed(name: &str, change: impl Fn(&mut serde_json::Value)) -> Pages {
    let mut data: serde_json::Value = serde_json::from_slice(&source(name).bytes).unwrap();
    change(&mut data);
    let source = Source::new("data.json", data.to_string());
    let record = data::load(&source, PACK.schema()).unwrap();
    let filled = fill::fill(&Templates::compile(&PACK).unwrap(), &record).unwrap();
    layout(&markup::parse(&filled, "zh-CN").unwrap(), PACK.style(), &FONTS).unwrap()
}

#[test]
fn the_number_stands_beside_the_last_signer_though_one_has_a_long_name() {
    let long = "阿卜杜热合曼·买买提江";
    for (signers, last) in [(["赵堃", long, "钱喆"], "钱喆"), ([long, "赵堃", "钱喆"], "钱喆")] {
        let pages = changed("joint", |data| data["document"]["signers"] = signers.as_slice().into());
        let page = &pages.pages[0];
        let number = find(page, "岑发改投资〔2026〕12号");
        let (first, second, last) = (find(page, signers[0]), find(page, signers[1]), find(page, last));
        assert!(near(number.left, LEFT + cell(), 0.3) && near(number.top, last.top, 0.01), "{number:?}");
        assert!(number.right < last.left && near(first.top, second.top, 0.01), "{signers:?}");
        assert!(near(second.right, RIGHT - cell(), 0.3) && near(last.left, first.left, 0.01), "{signers:?}");
    }
    // Two in a line leave the number no room: each stands on a line of its own.
    let pages = changed("joint", |data| {
        data["document"]["signers"] =
            ["阿卜杜热合曼·买买提江", "古丽米热·阿卜杜热合曼", "钱喆"].as_slice().into();
    });
    let page = &pages.pages[0];
    let last = find(page, "钱喆");
    assert!(near(find(page, "岑发改投资〔2026〕12号").top, last.top, 0.01));
    assert!(near(last.left, find(page, long).left, 0.01));
}

#[test]
fn a_long_name_below_a_seal_leaves_the_date_at_its_place() {
    let name = "岑汀市推进新型城镇化建设工作领导小组办公室及岑汀市城乡融合发展局";
    for length in [13, 15, 17, 28, name.chars().count()] {
        let name: String = name.chars().take(length).collect();
        let pages =
            changed("document", |data| data["document"]["signatories"][0]["name"] = name.clone().into());
        let start: String = name.chars().take(5).collect();
        let is_signed =
            |page: &&Page| super::runs(page).map(super::text).collect::<String>().contains(&start);
        let page = pages.pages.iter().find(is_signed).unwrap();
        let (first, date) = (find(page, &start), find(page, "2026年2月10日"));
        assert!(near(date.right, RIGHT - cell() * 4.0, 0.3), "{name}: {date:?}");
        assert_eq!(near(first.top, date.top - super::pitch(), 0.01), length < 15, "{name}");
    }
}

/// Returns the lines of a name below a seal, as they are printed.
fn signed(name: &str) -> Vec<String> {
    let pages = changed("document", |data| data["document"]["signatories"][0]["name"] = name.into());
    let is_date = |run: &&TextRun| super::text(run).starts_with("2026年2月10日");
    let page = pages.pages.iter().find(|page| super::runs(page).any(|run| is_date(&run))).unwrap();
    let mut lines: Vec<(Abs, String)> = Vec::new();
    let date = super::runs(page).find(is_date).unwrap();
    // The name's element is set behind the date's, which says how wide the name may be.
    let Content::Element(own) = date.content else { panic!("{date:?}") };
    let name = Content::Element(own + 1);
    for run in super::runs(page).filter(|run| run.content == name && run.origin.y < date.origin.y) {
        match lines.iter_mut().find(|(y, _)| near(*y, run.origin.y, 0.01)) {
            Some((_, line)) => line.push_str(&super::text(run)),
            None => lines.push((run.origin.y, super::text(run))),
        }
    }
    lines.into_iter().map(|(_, line)| line).collect()
}

#[test]
fn a_long_name_below_a_seal_takes_few_lines_and_parts_between_words() {
    for (name, lines) in [
        ("岑汀市人民政府国有资产监督管理委员会", &["岑汀市人民政府", "国有资产监督管理委员会"][..]),
        (
            "岑汀市人民政府国有资产监督管理委员会安全生产办公室",
            &["岑汀市人民政府国有资产", "监督管理委员会安全生产办公室"],
        ),
        (
            "岑汀市人民政府国有资产监督管理委员会安全生产和生态环境保护工作领导小组",
            &["岑汀市人民政府国有资产", "监督管理委员会安全生产和", "生态环境保护工作领导小组"],
        ),
        // 监督管理 is parted rather than that the seal no longer reaches the date.
        (
            "岑汀市人民政府国有资产监督管理委员会安全生产和生态环境保护工作领导小组办公室",
            &["岑汀市人民政府国有资产监督", "管理委员会安全生产和生态环境", "保护工作领导小组办公室"],
        ),
    ] {
        assert_eq!(signed(name), lines, "{name}");
    }
}

#[test]
fn the_first_page_shows_a_line_of_its_text_rather_than_none() {
    let text = "现将《峤南省老旧小区改造项目中央预算内投资管理办法》转发给你们，请结合实际认真贯彻执行，\
                执行中遇到的问题及时向我们报告";
    let pages = changed("joint", |data| {
        data["document"]["organs"] = ["岑汀市发展和改革委员会", "岑汀市财政局"].as_slice().into();
        data["document"]["signatories"].as_array_mut().unwrap().truncate(2);
        data["document"].as_object_mut().unwrap().remove("signers");
        data["content"] = serde_json::json!({
            "title": "岑汀市发展和改革委员会、岑汀市财政局关于转发《峤南省老旧小区改造项目中央预算内投资管理办法》的通知",
            "recipients": ["各县（区）发展改革局、财政局"],
            "sections": [{ "paragraphs": [text] }],
            "date": "2026-03-02",
        });
    });
    assert!(!pages.begins_without_text);
    let lines = |page: &Page| {
        let own = super::runs(page).filter(|run| run.size.approx_eq(Abs::pt(15.75)));
        own.map(super::text).collect::<String>()
    };
    assert!(lines(&pages.pages[0]).ends_with("》"), "{}", lines(&pages.pages[0]));
    // Two lines go with the signature.
    assert!(lines(&pages.pages[1]).starts_with("转发给你们"), "{}", lines(&pages.pages[1]));
}

/// The attachments' names may fill pages; whether the signature has text above it then, its pages tell.
#[test]
fn a_signature_whose_page_has_the_names_of_attachments_alone_is_told() {
    let attached = |count: usize| {
        let attachment = |nth| serde_json::json!({ "title": format!("整改清单之{nth}"), "paragraphs": ["清单一处隐患一行"] });
        let pages = changed("document", |data| {
            data["content"]["attachments"] = (0..count).map(attachment).collect();
        });
        let text = |page: &Page| super::runs(page).map(super::text).collect::<String>();
        let signed = pages.pages.iter().position(|page| text(page).contains("2026年2月10日")).unwrap();
        let has_text = text(&pages.pages[signed]).contains("各部门要明确牵头单位");
        (pages.signed_without_text, signed + 1, has_text)
    };
    let mut seen = [false; 2];
    for count in 1..20 {
        let (told, signed, has_text) = attached(count);
        seen[usize::from(has_text)] = true;
        assert_eq!(told, (!has_text).then_some(signed), "{count} attachments");
    }
    assert_eq!(seen, [true; 2]);
}

#[test]
fn rows_of_signatures_are_signatures_to_an_audit() {
    let short = ["市财政局", "市教育局", "市审计局", "市水利局", "市民政局", "市司法局", "市公安局"];
    let long = [
        "岑汀市发展和改革委员会",
        "岑汀市财政局",
        "岑汀市住房和城乡建设局",
        "岑汀市自然资源和规划局",
        "岑汀市生态环境局",
        "岑汀市教育局",
        "岑汀市审计局",
    ];
    for (names, marks) in [(short, 1), (short, 4), (long, 1)] {
        for count in [2, 4, 5, 7] {
            let mut data: serde_json::Value = serde_json::from_slice(&source("joint").bytes).unwrap();
            data["document"]["organs"] = names[..marks].into();
            data["document"]["signers"] = ["赵堃"].as_slice().into();
            let signed = names[..count].iter();
            data["document"]["signatories"] =
                signed.map(|name| serde_json::json!({ "name": name, "picture": "seal.png" })).collect();
            assert_keeps_every_clause(&data);
        }
    }
}

#[test]
fn a_name_as_long_as_the_date_stands_right_to_an_audit() {
    let mut data: serde_json::Value = serde_json::from_slice(&source("plain").bytes).unwrap();
    data["document"]["organs"] = ["岑汀市审计局"].as_slice().into();
    data["document"]["signatories"] = serde_json::json!([{ "name": "岑汀市审计局" }]);
    data["content"]["date"] = "2026-03-02".into();
    data["document"]["printed"] = "2026-03-03".into();
    assert_keeps_every_clause(&data);
}

#[test]
fn a_heading_of_three_lines_is_a_heading_to_an_audit() {
    let heading = "坚持问题导向和目标导向相统一，全面排查整治城镇燃气安全风险隐患，着力构建源头治理系统治理\
                   综合治理相结合的燃气安全长效管理机制和应急处置工作体系";
    let mut data: serde_json::Value = serde_json::from_slice(&source("plain").bytes).unwrap();
    data["content"]["sections"][0]["heading"] = heading.into();
    assert_keeps_every_clause(&data);
}

/// Renders data and audits what comes of it.
fn assert_keeps_every_clause(data: &serde_json::Value) {
    let press = Press::new(PACK.clone(), FONTS.clone()).unwrap();
    let options = Options { beside: Some(std::sync::Arc::new(super::Folder)), ..Options::default() };
    let made = press.render(&Source::new("data.json", data.to_string()), &options).unwrap();
    let report = audit::audit(&made.bytes.into_vec(), audit::Options::default()).unwrap();
    let failed: Vec<_> =
        report.judgements.iter().filter(|judgement| judgement.verdict == Verdict::Fail).collect();
    assert!(failed.is_empty(), "{}: {failed:#?}", data["document"]);
}

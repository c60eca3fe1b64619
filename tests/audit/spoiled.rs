//! Each clause is kept by a model and broken by a fault that is put into it.

use std::collections::BTreeSet;

use shizheng::audit::{self, CLAUSES, Kind, Options, Report, Verdict};

use super::models::{
    document, duplex, duplex_document, filler, letter, lone, long_letter, minutes, order, report, sideways,
    turned_heading, upward,
};
use super::paper::{
    BIAO, BOTTOM, CELL, FANG, HEI, KAI, LEFT, MM, PITCH, Paper, RIGHT, SONG, TOP, WIDE, Word,
};

fn exact(paper: &Paper) -> Report {
    audit::audit(&paper.pdf(), Options { kind: None, exact: true }).unwrap()
}

/// The clauses that a report says are broken, with what was measured.
fn broken(report: &Report) -> Vec<(&'static str, Vec<String>)> {
    let failed = report.judgements.iter().filter(|judgement| judgement.verdict == Verdict::Fail);
    let measured = failed.map(|judgement| {
        let findings = judgement.findings.iter().filter(|finding| finding.fails);
        (
            judgement.clause.id,
            findings.map(|finding| format!("{:?} {}", finding.place, finding.measured.en)).collect(),
        )
    });
    measured.collect()
}

type Model = (&'static str, Kind, fn() -> Paper);

const MODELS: &[Model] = &[
    ("report", Kind::Report, report),
    ("document", Kind::Document, document),
    ("upward", Kind::Document, upward),
    ("letter", Kind::Letter, letter),
    ("order", Kind::Order, order),
    ("minutes", Kind::Minutes, minutes),
    ("sideways", Kind::Report, sideways),
    ("long letter", Kind::Letter, long_letter),
    ("duplex", Kind::Report, duplex),
    ("duplex document", Kind::Document, duplex_document),
    ("turned heading", Kind::Report, turned_heading),
    ("lone", Kind::Report, lone),
];

/// A heading without a number counts as one of its level: what stands below it leaves out none.
#[test]
fn a_heading_without_a_number_is_a_level() {
    let report = exact(&lone());
    let numbering = report.judgements.iter().find(|judgement| judgement.clause.id == "numbering").unwrap();
    assert!(numbering.findings.is_empty(), "{:?}", numbering.findings);
}

#[test]
fn models_keep_every_clause() {
    for (name, kind, model) in MODELS {
        let report = exact(&model());
        assert_eq!(report.kind, *kind, "{name}");
        assert!(broken(&report).is_empty(), "{name}: {:#?}", broken(&report));
    }
}

/// A clause, a model that keeps it, and a fault that breaks it.
type Fault = (&'static str, fn() -> Paper, fn(&mut Paper));

fn move_by(paper: &mut Paper, text: &str, x: f64, y: f64) {
    let word = paper.find(text);
    word.x += x;
    word.middle += y;
}

const FAULTS: &[Fault] = &[
    ("page-size", report, |paper| paper.sizes[1] = [216.0 * MM, 279.0 * MM]),
    ("margins", report, |paper| paper.words.iter_mut().for_each(|word| word.x -= 2.0 * MM)),
    ("margins", report, |paper| {
        paper.words.iter_mut().filter(|word| word.page == 2).for_each(|word| word.middle += 1.5 * MM);
    }),
    // 订口 on the wrong side of one page of a file that is printed on both sides.
    ("margins", duplex, |paper| paper.shift(2, 2.0 * MM)),
    ("margins", duplex, |paper| paper.shift(3, -2.0 * MM)),
    ("type-area", duplex, |paper| paper.shift(4, 2.0 * MM)),
    ("page-number-place", duplex, |paper| paper.shift(4, 2.0 * MM)),
    ("imprint-rules", duplex_document, |paper| {
        paper.boxes.iter_mut().filter(|one| one.page == 4).for_each(|one| one.sides[0] += 2.0 * MM);
    }),
    ("margins", order, |paper| {
        // Too few lines that turn over to judge the page by.
        paper.words.retain(|word| word.page == 1);
        let full = filler(28);
        let at = paper.words.iter().position(|word| word.text == full).unwrap();
        paper.words.remove(at);
        paper.shift(1, -3.0 * MM);
    }),
    ("type-area", report, |paper| paper.find("2026年1月5日").x = RIGHT - 2.0 * CELL),
    ("type-area", report, |paper| paper.row(3, 22.0, 2.0, FANG, "版心以下。")),
    ("characters-per-line", report, |paper| {
        for word in paper.words.iter_mut().filter(|word| word.size < 16.0) {
            word.cell *= 28.0 / 27.0;
            if word.text.chars().count() == 28 {
                word.text.pop();
            }
        }
    }),
    ("lines-per-page", report, |paper| {
        for word in paper.words.iter_mut().filter(|word| word.size > 15.0) {
            word.middle = 37.0 * MM + (word.middle - 37.0 * MM) * 28.0 / 29.62;
        }
    }),
    ("lines-per-page", report, |paper| {
        // The second page ends two lines before its foot, though its text goes on.
        paper.words.retain(|word| word.page != 2 || word.size < 15.0 || word.middle < BOTTOM - 2.2 * PITCH);
    }),
    ("line-pitch", report, |paper| {
        paper.words.iter_mut().filter(|word| word.page == 2 && word.size > 15.0).nth(3).unwrap().middle +=
            2.0;
    }),
    ("line-pitch", report, |paper| {
        for word in paper.words.iter_mut().filter(|word| word.page == 2 && word.size > 15.0) {
            word.middle = TOP + (word.middle - TOP) * 0.97;
        }
    }),
    ("flush-edge", report, |paper| {
        let full = filler(28);
        paper.words.iter_mut().find(|word| word.text == full).unwrap().text.pop();
    }),
    ("flush-edge", report, |paper| {
        let full = filler(28);
        paper.words.iter_mut().find(|word| word.text == full).unwrap().text.push('，');
    }),
    // The 16 pt of offices on one page alone.
    ("body-size", report, |paper| {
        let of_page = |word: &&mut Word| word.page == 2 && (word.size - 15.75).abs() < 0.01;
        paper.words.iter_mut().filter(of_page).for_each(|word| word.size = 16.0);
    }),
    ("body-size", report, |paper| {
        paper.words.iter_mut().filter(|word| word.size < 16.0).for_each(|word| word.size = 16.0);
    }),
    ("body-size", report, |paper| {
        let full = filler(28);
        paper.words.iter_mut().find(|word| word.text == full).unwrap().size = 15.0;
    }),
    ("body-face", report, |paper| {
        paper.words.iter_mut().filter(|word| word.font == FANG).for_each(|word| word.font = SONG);
    }),
    // A sentence among the text is no heading, nor is a whole paragraph.
    ("body-face", lone, |paper| paper.find("压实责任。").font = KAI),
    ("body-face", lone, |paper| {
        paper.words.iter_mut().filter(|word| word.font == FANG).for_each(|word| word.font = KAI);
    }),
    ("colour", report, |paper| paper.find("二、工作任务").colour = "0 0 1 rg"),
    ("colour", sideways, |paper| {
        paper.words.iter_mut().find(|word| word.turn > 0.0).unwrap().colour = "0 0 1 rg";
    }),
    ("ink", report, |paper| paper.words.iter_mut().for_each(|word| word.colour = "0 0 0 rg")),
    ("ink", document, |paper| paper.find("桐渚市人民政府文件").colour = "1 0 0 rg"),
    ("ground", report, |paper| paper.filled(2, [LEFT, 100.0 * MM, 400.0, 60.0], "0.8 g")),
    ("title-size", report, |paper| {
        paper.words.iter_mut().filter(|word| word.font == BIAO).for_each(|word| word.size = 21.0);
    }),
    ("title-size", report, |paper| paper.find("年度工作总结").size = 21.0),
    ("title-size", report, |paper| paper.words.retain(|word| word.font != BIAO)),
    ("title-face", report, |paper| paper.find("年度工作总结").font = HEI),
    ("title-place", report, |paper| move_by(paper, "年度工作总结", 6.0 * MM, 0.0)),
    ("title-place", document, |paper| move_by(paper, "桐渚市人民政府关于", 0.0, -PITCH)),
    ("title-lines", report, |paper| paper.centre(1, 37.0 * MM + 11.0 + 2.3 * PITCH, BIAO, 22.0, "草")),
    ("title-lines", report, |paper| {
        paper
            .words
            .iter_mut()
            .filter(|word| word.font != BIAO && word.page == 1)
            .for_each(|word| word.middle += PITCH);
        move_by(paper, "年度工作总结", 0.0, 1.2 * PITCH);
    }),
    ("salutation", document, |paper| paper.replace("市政府各部门：", "市政府各部门:")),
    ("salutation", document, |paper| move_by(paper, "各区人民政府，", 0.5 * CELL, 0.0)),
    ("salutation", document, |paper| move_by(paper, "各区人民政府，", 0.0, -0.9 * PITCH)),
    ("first-page", document, |paper| {
        paper
            .words
            .retain(|word| word.page > 1 || word.middle < 12.0 * PITCH + 37.0 * MM || word.size < 15.0);
    }),
    ("indent", report, |paper| move_by(paper, "二、工作任务", -CELL / 2.0, 0.0)),
    ("indent", report, |paper| {
        let end = filler(9) + "。";
        let word = paper.words.iter_mut().find(|word| word.page == 3 && word.text == end).unwrap();
        word.text = filler(14) + "。";
        word.x += 5.0 * CELL;
    }),
    ("turned-lines", report, |paper| {
        let full = filler(28);
        paper.words.iter_mut().find(|word| word.text == full).unwrap().x += CELL / 2.0;
    }),
    ("numbering", report, |paper| paper.replace("二、工作任务", "三、工作任务")),
    ("numbering", report, |paper| paper.replace("（2）明确", "（1）明确")),
    ("numbering", report, |paper| paper.replace("（一）基本", "(一)基本")),
    ("numbering", turned_heading, |paper| paper.replace("二、重点项目", "四、重点项目")),
    ("numbering", turned_heading, |paper| paper.remove("二、重点项目")),
    ("heading-faces", turned_heading, |paper| paper.find("二、重点项目").font = FANG),
    ("heading-faces", report, |paper| paper.find("一、总体要求").font = FANG),
    ("heading-faces", report, |paper| paper.find("（一）基本原则").font = HEI),
    ("heading-faces", report, |paper| paper.find("（1）明确责任").font = KAI),
    ("line-start", report, |paper| start_with(paper, '，')),
    ("line-start", report, |paper| start_with(paper, '》')),
    ("line-end", report, |paper| end_with(paper, '《')),
    ("line-end", report, |paper| end_with(paper, '（')),
    ("split", report, |paper| {
        end_with(paper, '—');
        start_with(paper, '—');
    }),
    ("split", report, |paper| {
        // Half a cell each: two digits keep the line full.
        let full = filler(28);
        let at = paper.words.iter().position(|word| word.text == full).unwrap();
        paper.words[at].text.pop();
        paper.words[at].text.push_str("12");
        let next = &mut paper.words[at + 1].text;
        next.remove(0);
        next.insert_str(0, "34");
    }),
    ("paragraph-end", report, |paper| {
        let end = filler(9) + "。";
        paper.words.iter_mut().find(|word| word.text == end).unwrap().text.pop();
    }),
    ("paragraph-end", lone, |paper| paper.replace("责任分工", "压实责任，抓好落实")),
    ("page-number-form", report, |paper| paper.replace("—2—", "-2-")),
    ("page-number-form", report, |paper| paper.find("—2—").size = 15.75),
    ("page-number-form", report, |paper| paper.find("—2—").font = HEI),
    ("page-number-form", report, |paper| paper.find("—2—").font = WIDE),
    ("page-number-place", report, |paper| move_by(paper, "—2—", 0.0, 3.0 * MM)),
    ("page-number-place", report, |paper| paper.find("—2—").x = RIGHT - 3.5 * 14.0),
    ("page-number-order", report, |paper| paper.remove("—2—")),
    ("page-number-order", report, |paper| paper.replace("—3—", "—4—")),
    ("attachment-note", document, |paper| paper.replace("联系人名单", "联系人名单。")),
    ("attachment-note", document, |paper| paper.find("方案").x += CELL),
    ("attachment-note", document, |paper| paper.replace("2.联系人", "3.联系人")),
    ("attachment-note", document, |paper| move_by(paper, "附件：1.", 0.5 * CELL, 0.0)),
    ("attachment-note", document, |paper| {
        for text in ["附件：1.", "方案", "2.联系人"] {
            move_by(paper, text, 0.0, -0.9 * PITCH);
        }
    }),
    ("attachment-note", document, |paper| paper.replace("附件：1.", "附件:1.")),
    ("signature", report, |paper| move_by(paper, "2026年1月5日", CELL, 0.0)),
    ("signature", upward, |paper| move_by(paper, "2026年1月5日", -CELL, 0.0)),
    ("signature", report, |paper| {
        for word in
            paper.words.iter_mut().filter(|word| word.page == 3 && word.middle > 37.0 * MM + 4.9 * PITCH)
        {
            if word.size > 15.0 {
                word.middle += PITCH;
            }
        }
    }),
    ("signature", upward, |paper| {
        paper.words.retain(|word| word.text != "桐渚市人民政府");
        move_by(paper, "2026年1月5日", -CELL, 0.0);
    }),
    ("date", report, |paper| paper.replace("1月5日", "01月5日")),
    ("date", report, |paper| paper.replace("2026年1月5日", "二〇二六年一月五日")),
    // A seal that misses the date, sits too low on it, is far from the text, or leaves the type area.
    ("seal", upward, |paper| paper.pictures[0].1[0] -= 20.0 * MM),
    ("seal", upward, |paper| paper.pictures[0].1[1] += 15.0 * MM),
    ("seal", upward, |paper| paper.pictures[0].1[1] -= 15.0 * MM),
    ("seal", upward, |paper| {
        for name in ["桐渚市人民政府", "2026年1月5日"] {
            paper
                .words
                .iter_mut()
                .filter(|word| word.page == 2 && word.text == name)
                .for_each(|word| word.middle += 2.0 * PITCH);
        }
        paper.pictures[0].1[1] += 2.0 * PITCH;
    }),
    ("seal", upward, |paper| {
        paper.pictures[0].1 = [RIGHT - 50.0 * MM, paper.pictures[0].1[1] - 5.0 * MM, 52.0 * MM, 52.0 * MM];
    }),
    // Two seals that cross.
    ("seal", upward, |paper| {
        let (page, sides) = paper.pictures[0];
        paper.pictures.push((page, [sides[0] - 40.0 * MM, sides[1], sides[2], sides[3]]));
    }),
    ("signature-stamp", order, |paper| paper.pictures[0].1[0] += 2.0 * CELL),
    ("signature-stamp", order, |paper| paper.pictures[0].1[1] -= 1.5 * PITCH),
    ("signature-stamp", order, |paper| move_by(paper, "2026年1月5日", 0.0, 2.0 * PITCH)),
    ("signature-page", report, |paper| {
        let end = filler(9) + "。";
        paper.words.retain(|word| word.page != 3 || (word.text != filler(28) && word.text != end));
    }),
    ("note", document, |paper| move_by(paper, "（此件公开", CELL, 0.0)),
    ("note", document, |paper| move_by(paper, "（此件公开", 0.0, PITCH)),
    ("note", document, |paper| {
        let middle = paper.find("（此件公开").middle;
        move_by(paper, "（此件公开", 0.0, 2.0 * PITCH);
        paper.word(2, LEFT + 2.0 * CELL, middle, FANG, 15.75, "特此通知。");
    }),
    ("attachment", document, |paper| move_by(paper, "附件1", 0.5 * CELL, 0.0)),
    ("attachment", document, |paper| paper.find("附件1").size = 15.0),
    ("attachment", document, |paper| paper.find("附件1").font = FANG),
    ("attachment", document, |paper| {
        paper
            .words
            .iter_mut()
            .filter(|word| word.text == "附件1")
            .for_each(|word| word.middle += 3.0 * PITCH);
    }),
    ("attachment", document, |paper| move_by(paper, "桐渚市重点工作任务分工方案", 0.0, -PITCH)),
    ("serial", document, |paper| move_by(paper, "000012", CELL, 0.0)),
    ("serial", document, |paper| paper.find("000012").size = 15.0),
    ("secrecy", document, |paper| paper.find("机密★").font = FANG),
    ("urgency", document, |paper| move_by(paper, "特急", 0.0, -2.5 * PITCH)),
    ("urgency", document, |paper| paper.find("特急").font = KAI),
    ("mark", document, |paper| move_by(paper, "桐渚市人民政府文件", 0.0, 4.0 * MM)),
    ("mark", document, |paper| paper.find("桐渚市人民政府文件").colour = "0 g"),
    ("mark", document, |paper| move_by(paper, "桐渚市人民政府文件", 4.0 * MM, 0.0)),
    ("mark", document, |paper| paper.find("桐渚市人民政府文件").font = KAI),
    ("number", document, |paper| paper.remove("桐政发〔")),
    ("number", document, |paper| paper.replace("〔2026〕1号", "〔2026〕01号")),
    ("number", document, |paper| paper.replace("〔2026〕1号", "〔2026〕第1号")),
    ("number", document, |paper| paper.replace("〔2026〕1号", "[2026]1号")),
    ("number", document, |paper| move_by(paper, "桐政发〔", 3.0 * MM, 0.0)),
    ("number", upward, |paper| move_by(paper, "桐政〔", CELL, 0.0)),
    ("signer", upward, |paper| paper.find("江一舟").font = FANG),
    ("signer", upward, |paper| {
        move_by(paper, "签发人", -CELL, 0.0);
        move_by(paper, "江一舟", -CELL, 0.0);
    }),
    ("head-rule", document, |paper| paper.boxes[0].sides[1] += 4.0 * MM),
    ("head-rule", document, |paper| paper.boxes[0].sides[2] -= 10.0 * MM),
    ("head-rule", document, |paper| {
        paper.boxes.remove(0);
    }),
    ("imprint-rules", document, |paper| paper.boxes.last_mut().unwrap().sides[3] = 0.9 * MM),
    ("imprint-rules", document, |paper| {
        paper.boxes.iter_mut().filter(|one| one.page == 4).for_each(|one| one.sides[1] -= 5.0 * MM);
    }),
    ("imprint-rules", document, |paper| {
        paper.boxes.pop();
    }),
    ("imprint-rules", document, |paper| paper.boxes.retain(|one| one.page != 4)),
    ("imprint-rules", document, |paper| paper.boxes.last_mut().unwrap().sides[2] -= 10.0 * MM),
    ("copies", document, |paper| paper.replace("抄送：", "抄送:")),
    ("copies", document, |paper| paper.find("抄送：").text.push_str("市纪委监委机关室，")),
    ("copies", document, |paper| paper.replace("市中级人民法院。", "市中级人民法院")),
    ("copies", document, |paper| move_by(paper, "市政协办公室", -3.0 * 14.0, 0.0)),
    ("copies", document, |paper| paper.find("抄送：").font = HEI),
    ("issue", document, |paper| paper.remove("2026年1月6日印发")),
    ("issue", document, |paper| paper.replace("1月6日印发", "01月06日印发")),
    ("issue", document, |paper| move_by(paper, "桐渚市人民政府办公室", 20.0, 0.0)),
    ("imprint-page", document, |paper| {
        paper.sizes.push([210.0 * MM, 297.0 * MM]);
        paper.folio(5, 5);
    }),
    ("imprint-page", minutes, |paper| {
        // A blank page before it makes it an odd one.
        paper.sizes.push(paper.sizes[1]);
        paper.words.iter_mut().filter(|word| word.page == 2).for_each(|word| word.page = 3);
        paper.boxes.iter_mut().filter(|one| one.page == 2).for_each(|one| one.page = 3);
    }),
    ("landscape-table", sideways, |paper| paper.sizes[3] = [297.0 * MM, 210.0 * MM]),
    ("landscape-table", sideways, |paper| paper.remove("—4—")),
    ("landscape-table", sideways, |paper| {
        paper.words.iter_mut().filter(|word| word.turn > 0.0).for_each(|word| word.middle += 10.0 * MM);
    }),
    ("landscape-table", sideways, |paper| {
        for word in paper.words.iter_mut().filter(|word| word.turn > 0.0) {
            word.turn = -90.0;
            word.middle = 60.0 * MM;
        }
    }),
    ("letter-mark", letter, |paper| move_by(paper, "桐渚市人民政府办公室", 0.0, 3.0 * MM)),
    ("letter-rules", letter, |paper| paper.boxes.iter_mut().take(2).for_each(|one| one.sides[2] -= 6.0 * MM)),
    ("letter-rules", letter, |paper| paper.boxes.iter_mut().skip(2).for_each(|one| one.sides[1] -= 6.0 * MM)),
    ("letter-rules", letter, |paper| {
        paper.boxes[0].sides[3] = 0.3 * MM;
        paper.boxes[1].sides[3] = 0.8 * MM;
    }),
    ("letter-rules", long_letter, |paper| lowest(paper).middle -= 3.0 * MM),
    ("type-area", long_letter, |paper| lowest(paper).middle += 3.0 * MM),
    ("letter-number", letter, |paper| move_by(paper, "桐政办函", -2.0 * MM, 0.0)),
    ("letter-number", letter, |paper| move_by(paper, "桐政办函", 0.0, 8.0)),
    ("letter-page-number", letter, |paper| paper.folio(1, 1)),
    ("letter-imprint", letter, |paper| paper.filled(2, [LEFT, BOTTOM - 24.0, 156.0 * MM, 1.0], "0 g")),
    ("letter-imprint", letter, |paper| {
        paper.word(2, LEFT + 14.0, BOTTOM - 31.0, FANG, 14.0, "桐渚市人民政府办公室2026年1月6日印发");
    }),
    ("order-mark", order, |paper| move_by(paper, "桐渚市人民政府令", 0.0, 5.0 * MM)),
    ("order-number", order, |paper| move_by(paper, "第3号", 0.0, -PITCH)),
    ("minutes-mark", minutes, |paper| move_by(paper, "桐渚市人民政府会议纪要", 0.0, -5.0 * MM)),
    ("attendance", minutes, |paper| move_by(paper, "出席", 0.5 * CELL, 0.0)),
    ("attendance", minutes, |paper| paper.find("：").font = KAI),
    ("attendance", minutes, |paper| {
        let end = filler(14) + "。";
        paper.words.iter_mut().rfind(|word| word.text == end).unwrap().middle += 0.9 * PITCH;
    }),
    ("attendance", minutes, |paper| paper.find("请假").font = FANG),
    ("attendance", minutes, |paper| {
        let turned = filler(9);
        paper.words.iter_mut().rfind(|word| word.text == turned).unwrap().x += CELL;
    }),
];

/// The lowest line of the first page.
fn lowest(paper: &mut Paper) -> &mut Word {
    let own = paper.words.iter_mut().filter(|word| word.page == 1);
    own.max_by(|one, other| one.middle.total_cmp(&other.middle)).unwrap()
}

/// Replaces the first character of a line within a paragraph.
fn start_with(paper: &mut Paper, mark: char) {
    let full = filler(28);
    let at = paper.words.iter().position(|word| word.text == full || word.text.ends_with('—')).unwrap();
    let word = &mut paper.words[at + 1];
    word.text.remove(0);
    word.text.insert(0, mark);
}

/// Replaces the last character of a line that turns over.
fn end_with(paper: &mut Paper, mark: char) {
    let full = filler(28);
    let word = paper.words.iter_mut().find(|word| word.text == full).unwrap();
    word.text.pop();
    word.text.push(mark);
}

#[test]
fn each_fault_breaks_its_clause() {
    let mut missed = Vec::new();
    for (number, (clause, model, fault)) in FAULTS.iter().enumerate() {
        let mut paper = model();
        fault(&mut paper);
        let found = broken(&exact(&paper));
        if !found.iter().any(|(id, _)| id == clause) {
            missed.push(format!("{number} {clause}: {found:#?}"));
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn every_clause_has_a_fault_that_breaks_it() {
    let shown: BTreeSet<&str> = FAULTS.iter().map(|(clause, ..)| *clause).collect();
    let all: BTreeSet<&str> = CLAUSES.iter().map(|clause| clause.id).collect();
    assert_eq!(shown, all);
}

/// The mark of a footnote, small and raised, stands behind the paragraph's own last mark.
#[test]
fn a_paragraph_may_end_with_the_mark_of_a_footnote() {
    let mut paper = report();
    let end = filler(9) + "。";
    let last = paper.words.iter().rfind(|word| word.text == end).unwrap().clone();
    paper.word(last.page, last.x + 10.0 * CELL, last.middle - 3.0, SONG, 10.5, "①");
    assert!(broken(&exact(&paper)).is_empty(), "{:#?}", broken(&exact(&paper)));
    paper.words.iter_mut().rfind(|word| word.text == end).unwrap().text.pop();
    assert_eq!(broken(&exact(&paper))[0].0, "paragraph-end");
}

/// What is told of a file that is printed on both sides is where the file has it.
#[test]
fn the_binding_edge_of_both_sides_is_told() {
    let of = |paper: &Paper| {
        let report = exact(paper);
        report.judgements.into_iter().find(|judgement| judgement.clause.id == "margins").unwrap()
    };
    let kept = of(&duplex());
    assert_eq!(kept.verdict, Verdict::Pass);
    assert!(kept.findings[0].measured.zh.contains("双页的订口在右"), "{:?}", kept.findings);
    let mut paper = duplex();
    paper.shift(4, 2.0 * MM);
    let broken = of(&paper);
    let fault = broken.findings.iter().find(|finding| finding.fails).unwrap();
    assert_eq!(fault.place.page, Some(4));
    assert!(fault.measured.en.contains("28.00 mm, expected 26.00 mm"), "{}", fault.measured.en);
    assert!((fault.place.at.unwrap().x.to_mm() - 28.0).abs() < 0.01, "{:?}", fault.place);
}

/// What a kind asks for is missed where a document is said to be of it and has nothing of the kind.
#[test]
fn what_a_kind_asks_for_is_missed() {
    let bytes = report().pdf();
    for (kind, clauses) in [
        (Kind::Document, ["mark", "head-rule"]),
        (Kind::Letter, ["letter-mark", "letter-rules"]),
        (Kind::Order, ["order-mark", "order-number"]),
        (Kind::Minutes, ["minutes-mark", "head-rule"]),
    ] {
        let report = audit::audit(&bytes, Options { kind: Some(kind), exact: true }).unwrap();
        let found: Vec<&str> = broken(&report).into_iter().map(|(id, _)| id).collect();
        assert!(clauses.iter().all(|clause| found.contains(clause)), "{kind:?}: {found:?}");
    }
}

/// What offices do passes with a note, and fails by the standard's own numbers.
#[test]
fn practice_is_told_from_the_standard() {
    let mut paper = report();
    for word in &mut paper.words {
        if word.font == BIAO {
            word.size = 21.0;
        } else if word.size > 15.0 {
            word.size = 16.0;
        }
        if word.size > 14.5 {
            word.middle = 37.0 * MM + (word.middle - 37.0 * MM) * 28.5 / 29.62;
        }
        word.colour = "0 0 0 rg";
    }
    let judged = |exact: bool| audit::audit(&paper.pdf(), Options { kind: None, exact }).unwrap();
    let clauses = ["body-size", "ink", "lines-per-page", "title-size"];
    let practice = judged(false);
    let of = |report: &Report, id: &str| {
        report.judgements.iter().find(|judgement| judgement.clause.id == id).cloned().unwrap()
    };
    for id in clauses {
        let judgement = of(&practice, id);
        assert_eq!(judgement.verdict, Verdict::Pass, "{id}");
        assert!(judgement.findings.iter().any(|finding| !finding.fails), "{id} has no note");
        assert_eq!(of(&judged(true), id).verdict, Verdict::Fail, "{id}");
    }
}

/// What is wrong with one page of ten is told of that page.
#[test]
fn a_page_that_is_set_wider_does_not_condemn_the_others() {
    let mut paper = report();
    for page in 4..=10 {
        let words: Vec<Word> = paper.words.iter().filter(|word| word.page == 2).cloned().collect();
        paper.words.extend(words.into_iter().map(|word| Word { page, ..word }));
        paper.sizes.push(paper.sizes[1]);
        paper.words.retain(|word| word.page != page || word.size > 15.0);
        paper.folio(page, page);
    }
    // The signature comes last.
    for word in &mut paper.words {
        word.page = if word.page == 3 {
            10
        } else if word.page == 10 {
            3
        } else {
            word.page
        };
        if word.text.starts_with('—') {
            word.page = word.text.trim_matches('—').parse().unwrap();
        }
    }
    let sound = broken(&exact(&paper));
    assert!(sound.is_empty(), "{sound:#?}");
    let mut wide = paper.clone();
    for word in wide.words.iter_mut().filter(|word| word.page == 5 && (word.size - 15.75).abs() < 0.01) {
        let scale = 16.0 / 15.75;
        word.x = LEFT + (word.x - LEFT) * scale;
        word.size *= scale;
        word.cell *= scale;
    }
    for is_exact in [true, false] {
        let report = audit::audit(&wide.pdf(), Options { kind: None, exact: is_exact }).unwrap();
        let failed = report.judgements.iter().flat_map(|judgement| &judgement.findings);
        let pages: BTreeSet<_> =
            failed.filter(|finding| finding.fails).map(|finding| finding.place.page).collect();
        assert_eq!(pages, BTreeSet::from([Some(5)]), "{:#?}", broken(&report));
    }
}

/// The page after one with a wrong number is right, and so is the side that the number stands on.
#[test]
fn one_wrong_page_number_is_one_fault() {
    let mut paper = report();
    paper.replace("—2—", "—7—");
    let found = broken(&exact(&paper));
    let ids: Vec<_> = found.iter().map(|(id, findings)| (*id, findings.len())).collect();
    assert_eq!(ids, [("page-number-order", 1)], "{found:#?}");
}

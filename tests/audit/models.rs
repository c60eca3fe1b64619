//! Documents that keep every clause, one of each kind.

use super::paper::{
    BIAO, BOTTOM, CELL, FANG, HEI, KAI, LEFT, MM, PITCH, Paper, RED, RIGHT, TOP, WIDTH, width,
};

/// Twenty-eight characters, and the first twenty-six of a paragraph.
const FULL: &str = "各区人民政府要把这项工作摆上重要位置加强领导压实责任确保落到";
const SIZE: f64 = 15.75;

/// Returns the start of the running text with a number of characters.
pub(super) fn filler(characters: usize) -> String {
    FULL.chars().cycle().take(characters).collect()
}

/// Puts a paragraph on rows of a page, as many lines as it fills; returns the row behind it.
pub(super) fn paragraph(paper: &mut Paper, page: usize, row: usize, lines: usize) -> usize {
    for line in 0..lines {
        let (cells, count) = if line == 0 { (2.0, 26) } else { (0.0, 28) };
        let is_last = line + 1 == lines;
        let text = if is_last { filler(14) + "。" } else { filler(count) };
        paper.row(page, (row + line) as f64, cells, FANG, &text);
    }
    row + lines
}

/// Puts the lines of a paragraph that goes on over a page.
fn across(paper: &mut Paper, page: usize, row: usize, before: usize, after: usize) {
    for line in 0..before {
        let (cells, count) = if line == 0 { (2.0, 26) } else { (0.0, 28) };
        paper.row(page, (row + line) as f64, cells, FANG, &filler(count));
    }
    for line in 0..after {
        let text = if line + 1 == after { filler(9) + "。" } else { filler(28) };
        paper.row(page + 1, line as f64, 0.0, FANG, &text);
    }
}

/// Puts headings of all levels on rows of a page; returns the row behind them.
fn headings(paper: &mut Paper, page: usize, row: usize) -> usize {
    paper.row(page, row as f64, 2.0, HEI, "一、总体要求");
    paper.row(page, row as f64 + 1.0, 2.0, KAI, "（一）基本原则。");
    paper.row(page, row as f64 + 1.0, 10.0, FANG, "坚持稳中求进。");
    paper.row(page, row as f64 + 2.0, 2.0, FANG, "1.加强组织领导。");
    paper.row(page, row as f64 + 3.0, 2.0, FANG, "（1）明确责任单位。");
    paper.row(page, row as f64 + 4.0, 2.0, FANG, "（2）明确完成时限。");
    paper.row(page, row as f64 + 5.0, 2.0, HEI, "二、工作任务");
    row + 6
}

/// Puts 署名 and 成文日期 without a seal on two rows.
fn signature(paper: &mut Paper, page: usize, row: usize, name: &str) {
    let left = 26.0 - width(name, 1.0);
    paper.row(page, row as f64, left, FANG, name);
    paper.row(page, row as f64 + 1.0, left + 2.0, FANG, "2026年1月5日");
}

/// Puts 版记 at the foot of a page: 抄送 of two lines, 印发机关 and its date.
fn imprint(paper: &mut Paper, page: usize) {
    let rule = |paper: &mut Paper, bottom: f64, thick: f64| {
        paper.filled(page, [LEFT, bottom - thick * MM, WIDTH, thick * MM], "0 g");
    };
    rule(paper, BOTTOM, 0.35);
    paper.word(page, LEFT + 14.0, BOTTOM - 13.0, FANG, 14.0, "桐渚市人民政府办公室");
    let date = "2026年1月6日印发";
    paper.word(page, RIGHT - 14.0 - width(date, 14.0), BOTTOM - 13.0, FANG, 14.0, date);
    rule(paper, BOTTOM - 26.0, 0.25);
    paper.word(page, LEFT + 14.0 * 4.0, BOTTOM - 40.0, FANG, 14.0, "市政协办公室，市中级人民法院。");
    let copies = "抄送：市委各部门，市人大常委会办公室，市监委，";
    paper.word(page, LEFT + 14.0, BOTTOM - 64.0, FANG, 14.0, copies);
    rule(paper, BOTTOM - 78.0, 0.35);
}

/// Puts a red mark whose cells begin at a height; returns their lower edge.
fn mark(paper: &mut Paper, top: f64, size: f64, text: &str) -> f64 {
    paper.centre(1, top + size / 2.0, BIAO, size, text);
    paper.words.last_mut().unwrap().colour = RED;
    top + size
}

/// A work report: its body alone.
pub(super) fn report() -> Paper {
    let mut paper = Paper::new(3);
    paper.centre(1, TOP + 11.0, BIAO, 22.0, "桐渚市人民政府");
    paper.centre(1, TOP + 11.0 + 1.2 * PITCH, BIAO, 22.0, "年度工作总结");
    let row = headings(&mut paper, 1, 3);
    let row = paragraph(&mut paper, 1, row, 4);
    across(&mut paper, 1, row, 22 - row, 6);
    let row = paragraph(&mut paper, 2, 6, 6);
    across(&mut paper, 2, row, 22 - row, 4);
    signature(&mut paper, 3, 5, "桐渚市人民政府");
    for page in 1..=3 {
        paper.folio(page, page);
    }
    paper
}

/// A work report whose headings below level 1 stand alone, so that they have no number.
pub(super) fn lone() -> Paper {
    let mut paper = Paper::new(1);
    paper.centre(1, TOP + 11.0, BIAO, 22.0, "桐渚市年度工作总结");
    paper.row(1, 3.0, 2.0, HEI, "一、总体要求");
    paper.row(1, 4.0, 2.0, KAI, "重点任务。");
    paper.row(1, 4.0, 7.0, FANG, "压实责任。");
    paper.row(1, 5.0, 2.0, HEI, "二、工作任务");
    paper.row(1, 6.0, 2.0, KAI, "服务发展大局");
    paper.row(1, 7.0, 2.0, FANG, "1.加强组织领导。");
    paper.row(1, 8.0, 2.0, FANG, "2.明确责任单位。");
    paper.row(1, 9.0, 2.0, HEI, "三、组织保障");
    paper.row(1, 10.0, 2.0, FANG, "责任分工");
    let row = paragraph(&mut paper, 1, 11, 4);
    signature(&mut paper, 1, row + 1, "桐渚市人民政府");
    paper.folio(1, 1);
    paper
}

/// A document with every element of 版头 but 签发人, attachments and 版记.
pub(super) fn document() -> Paper {
    let mut paper = Paper::new(4);
    paper.row(1, 0.0, 0.0, FANG, "000012");
    paper.row(1, 1.0, 0.0, HEI, "机密★1年");
    paper.row(1, 2.0, 0.0, HEI, "特急");
    let bottom = mark(&mut paper, 72.0 * MM, 40.0, "桐渚市人民政府文件");
    let number = bottom + 2.0 * PITCH;
    paper.centre(1, number + SIZE / 2.0, FANG, SIZE, "桐政发〔2026〕1号");
    paper.filled(1, [LEFT, number + SIZE + 4.0 * MM, WIDTH, 0.8 * MM], RED);
    paper.centre(1, TOP + SIZE / 2.0 + 10.0 * PITCH, BIAO, 22.0, "桐渚市人民政府关于做好工作的通知");
    paper.row(1, 12.0, 0.0, FANG, "各区人民政府，市政府各部门：");
    let row = headings(&mut paper, 1, 13);
    across(&mut paper, 1, row, 22 - row, 5);
    let row = paragraph(&mut paper, 2, 5, 4);
    paper.row(2, row as f64 + 1.0, 2.0, FANG, "附件：1.桐渚市重点工作任务分工");
    paper.row(2, row as f64 + 2.0, 6.0, FANG, "方案");
    paper.row(2, row as f64 + 3.0, 5.0, FANG, "2.联系人名单");
    signature(&mut paper, 2, row + 5, "桐渚市人民政府");
    paper.row(2, row as f64 + 7.0, 2.0, FANG, "（此件公开发布）");
    paper.row(3, 0.0, 0.0, HEI, "附件1");
    paper.centre(3, TOP + SIZE / 2.0 + 2.0 * PITCH, BIAO, 22.0, "桐渚市重点工作任务分工方案");
    let row = paragraph(&mut paper, 3, 4, 8);
    across(&mut paper, 3, row, 22 - row, 3);
    imprint(&mut paper, 4);
    for page in 1..=4 {
        paper.folio(page, page);
    }
    paper
}

/// A document that goes up: 发文字号 on the left, 签发人 on the right, a seal over name and date.
pub(super) fn upward() -> Paper {
    let mut paper = Paper::new(2);
    let bottom = mark(&mut paper, 72.0 * MM, 40.0, "桐渚市人民政府文件");
    let number = bottom + 2.0 * PITCH;
    let middle = number + SIZE / 2.0;
    paper.word(1, LEFT + CELL, middle, FANG, SIZE, "桐政〔2026〕3号");
    let names = "江一舟";
    let left = RIGHT - CELL - 7.0 * CELL;
    paper.word(1, left, middle, FANG, SIZE, "签发人：");
    paper.word(1, left + 4.0 * CELL, middle, KAI, SIZE, names);
    paper.filled(1, [LEFT, number + SIZE + 4.0 * MM, WIDTH, 0.8 * MM], RED);
    paper.centre(1, TOP + SIZE / 2.0 + 10.0 * PITCH, BIAO, 22.0, "桐渚市人民政府关于有关情况的报告");
    paper.row(1, 12.0, 0.0, FANG, "省人民政府：");
    across(&mut paper, 1, 13, 9, 6);
    let row = paragraph(&mut paper, 2, 6, 4);
    let date = "2026年1月5日";
    let left = 24.0 - width(date, 1.0);
    paper.row(2, row as f64 + 1.0, left - 0.5, FANG, "桐渚市人民政府");
    paper.row(2, row as f64 + 2.0, left, FANG, date);
    // A seal of 42 mm, its middle 2 mm above that of name and date.
    let middle = TOP + (row as f64 + 1.5) * PITCH + SIZE / 2.0 - 2.0 * MM;
    let centre = LEFT + (left + width(date, 1.0) / 2.0) * CELL;
    let half = 21.0 * MM;
    paper.pictures.push((2, [centre - half, middle - half, half * 2.0, half * 2.0]));
    for page in 1..=2 {
        paper.folio(page, page);
    }
    imprint(&mut paper, 2);
    paper.remove("—2—");
    paper.folio(2, 2);
    paper
}

/// A letter.
pub(super) fn letter() -> Paper {
    letter_of(false)
}

/// A letter whose first page is filled down to the lower double rule, seven eighths of a character above it.
pub(super) fn long_letter() -> Paper {
    letter_of(true)
}

fn letter_of(is_long: bool) -> Paper {
    let mut paper = Paper::new(2);
    let bottom = mark(&mut paper, 30.0 * MM, 40.0, "桐渚市人民政府办公室");
    let left = 20.0 * MM;
    let long = 170.0 * MM;
    let rule = bottom + 4.0 * MM;
    paper.filled(1, [left, rule, long, 0.9 * MM], RED);
    paper.filled(1, [left, rule + 1.4 * MM, long, 0.35 * MM], RED);
    let lower = 297.0 * MM - 20.0 * MM;
    paper.filled(1, [left, lower - 1.75 * MM, long, 0.35 * MM], RED);
    paper.filled(1, [left, lower - 0.9 * MM, long, 0.9 * MM], RED);
    let row = rule + 1.75 * MM + 13.78 + SIZE / 2.0;
    paper.word(1, LEFT, row, FANG, SIZE, "000007");
    let number = "桐政办函〔2026〕5号";
    paper.word(1, RIGHT - width(number, CELL), row, FANG, SIZE, number);
    paper.word(1, LEFT, row + PITCH, HEI, SIZE, "机密★1年");
    paper.word(1, LEFT, row + 2.0 * PITCH, HEI, SIZE, "特急");
    let title = row + 4.4 * PITCH + SIZE / 2.0 + 11.0;
    paper.centre(1, title, BIAO, 22.0, "桐渚市人民政府办公室关于有关事项的函");
    paper.row(1, 9.0, 0.0, FANG, "省发展和改革委员会：");
    if is_long {
        paragraph(&mut paper, 1, 10, 12);
        let foot = lower - 1.75 * MM - 13.78 - SIZE / 2.0;
        paper.word(1, LEFT + 2.0 * CELL, foot, FANG, SIZE, &(filler(14) + "。"));
        paragraph(&mut paper, 2, 0, 6);
    } else {
        across(&mut paper, 1, 10, 12, 6);
    }
    let row = paragraph(&mut paper, 2, 6, 4);
    signature(&mut paper, 2, row + 1, "桐渚市人民政府办公室");
    paper.word(2, LEFT + 14.0, BOTTOM - 7.0, FANG, 14.0, "抄送：市发展和改革委员会，市财政局。");
    paper.folio(2, 2);
    paper
}

/// An order.
pub(super) fn order() -> Paper {
    let mut paper = Paper::new(2);
    let bottom = mark(&mut paper, TOP + 20.0 * MM, 40.0, "桐渚市人民政府令");
    let number = bottom + 2.0 * PITCH + SIZE / 2.0;
    paper.centre(1, number, FANG, SIZE, "第3号");
    let text = number + 3.0 * PITCH;
    // The rows of an order follow its number and not the type area.
    let first = (text - TOP - SIZE / 2.0) / PITCH;
    let shift = first.fract();
    for line in 0..4 {
        let (cells, count) = if line == 0 { (2.0, 26) } else { (0.0, 28) };
        let words = if line == 3 { filler(14) + "。" } else { filler(count) };
        paper.row(1, first.floor() + shift + f64::from(line), cells, FANG, &words);
    }
    let date = "2026年1月5日";
    // 签名章 of 20 mm by 40 mm two lines below the text, the date one below it.
    let right = LEFT + 24.0 * CELL;
    let top = TOP + (first + 5.0) * PITCH + SIZE;
    paper.pictures.push((1, [right - 40.0 * MM, top, 40.0 * MM, 20.0 * MM]));
    paper.row(1, first + 8.5, 24.0 - width(date, 1.0), FANG, date);
    across(&mut paper, 2, 0, 6, 0);
    paper.row(2, 6.0, 0.0, FANG, &(filler(9) + "。"));
    paper.folio(1, 1);
    paper.folio(2, 2);
    paper
}

/// Minutes.
pub(super) fn minutes() -> Paper {
    let mut paper = Paper::new(2);
    let bottom = mark(&mut paper, 72.0 * MM, 40.0, "桐渚市人民政府会议纪要");
    let number = bottom + 2.0 * PITCH;
    paper.centre(1, number + SIZE / 2.0, FANG, SIZE, "〔2026〕2号");
    paper.filled(1, [LEFT, number + SIZE + 4.0 * MM, WIDTH, 0.8 * MM], RED);
    paper.centre(1, TOP + SIZE / 2.0 + 10.0 * PITCH, BIAO, 22.0, "桐渚市人民政府第二次常务会议纪要");
    across(&mut paper, 1, 12, 10, 5);
    let row = paragraph(&mut paper, 2, 5, 3) as f64;
    for (at, word) in ["出席", "请假", "列席"].into_iter().enumerate() {
        let row = row + 1.0 + 2.0 * at as f64;
        paper.row(2, row, 2.0, HEI, word);
        paper.row(2, row, 4.0, FANG, &format!("：{}", filler(23)));
        paper.row(2, row + 1.0, 5.0, FANG, &filler(9));
    }
    paper.folio(1, 1);
    imprint(&mut paper, 2);
    paper.folio(2, 2);
    paper
}

/// A document with a table that lies on its side.
pub(super) fn sideways() -> Paper {
    let mut paper = report();
    paper.sizes.push([210.0 * MM, 297.0 * MM]);
    for row in 0..6 {
        paper.word(
            4,
            LEFT + 20.0 + 24.0 * f64::from(row),
            BOTTOM - 10.0,
            FANG,
            12.0,
            "指标名称计量单位全年目标完成情况",
        );
        paper.words.last_mut().unwrap().turn = 90.0;
    }
    paper.folio(4, 4);
    paper
}

/// Prints a model for both sides of the sheet: 订口 of even pages on the right.
fn both_sides(mut paper: Paper) -> Paper {
    for page in (2..=paper.sizes.len()).step_by(2) {
        paper.shift(page, -2.0 * MM);
    }
    paper
}

/// A report of six pages, printed on both sides.
pub(super) fn duplex() -> Paper {
    let mut paper = Paper::new(6);
    paper.centre(1, TOP + 11.0, BIAO, 22.0, "桐渚市人民政府年度工作总结");
    let row = headings(&mut paper, 1, 2);
    across(&mut paper, 1, row, 22 - row, 6);
    for page in 2..=5 {
        let row = paragraph(&mut paper, page, 6, 6);
        across(&mut paper, page, row, 22 - row, if page == 5 { 4 } else { 6 });
    }
    signature(&mut paper, 6, 5, "桐渚市人民政府");
    for page in 1..=6 {
        paper.folio(page, page);
    }
    both_sides(paper)
}

/// A document of every element, printed on both sides.
pub(super) fn duplex_document() -> Paper {
    both_sides(document())
}

/// A report whose second heading lies on its side with its table, on a page of their own.
pub(super) fn turned_heading() -> Paper {
    let mut paper = Paper::new(3);
    paper.centre(1, TOP + 11.0, BIAO, 22.0, "桐渚市人民政府年度工作总结");
    paper.row(1, 2.0, 2.0, HEI, "一、总体情况");
    let row = paragraph(&mut paper, 1, 3, 6);
    paragraph(&mut paper, 1, row, 5);
    paper.lying(2, 0.0, 2.0, HEI, SIZE, "二、重点项目");
    for row in 0..6 {
        paper.lying(2, 2.0 + f64::from(row), 3.0, FANG, 12.0, "1.指标名称计量单位全年目标完成情况");
    }
    paper.row(3, 0.0, 2.0, HEI, "三、工作打算");
    let row = paragraph(&mut paper, 3, 1, 6);
    signature(&mut paper, 3, row + 1, "桐渚市人民政府");
    for page in 1..=3 {
        paper.folio(page, page);
    }
    paper
}

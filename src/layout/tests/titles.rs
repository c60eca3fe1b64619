//! Shows titles of the usual makes to be trapezoids or diamonds whose lines part between words.

use super::{paragraph, run, runs, set};
use crate::document::{Block, Datum, DatumKind, Inline, Run, Title};
use crate::units::Abs;

/// Titles as offices write them; a line may end where a `|` stands and nowhere else.
const TITLES: &[&str] = &[
    "岑汀市|人民政府|2025年|工作|总结|和|2026年|工作|谋划",
    "岑汀市|人民政府|关于|2025年|工作|总结|和|2026年|工作|谋划|的|报告",
    "岑汀市|2025年|国民经济|和|社会|发展|计划|执行|情况|与|2026年|计划|草案|的|报告",
    "岑汀市|人民政府|办公室|关于|印发|《岑汀市|城市|更新|行动|方案》|的|通知",
    "岑汀市|人民政府|关于|加快|推进|新型|工业化|培育|壮大|先进|制造业|集群|的|实施|意见",
    "岑汀市|人民政府|关于|公布|第一批|市级|非物质|文化|遗产|代表性|项目|名录|的|通知",
    "关于|岑汀市|2025年|预算|执行|情况|和|2026年|预算|草案|的|报告",
    "岑汀市|人民政府|关于|进一步|优化|营商|环境|更好|服务|市场|主体|的|若干|措施",
    "岑汀市|人民政府|办公室|关于|做好|2026年|元旦|和|春节|期间|有关|工作|的|通知",
    "岑汀市|人民政府|关于|全面|推行|河湖长制|加强|水|生态|环境|保护|和|修复|工作|情况|的|报告",
    "岑汀市|应急|管理局|关于|2025年|安全|生产|工作|情况|和|2026年|工作|打算|的|汇报",
    "峤南省|岑汀市|人民政府|关于|申报|国家|历史|文化|名城|的|请示",
    "岑汀市|教育局|关于|义务|教育|优质|均衡|发展|情况|的|调研|报告",
    "岑汀市|人民政府|关于|调整|城镇|居民|最低|生活|保障|标准|的|通告",
    "岑汀市|2026年|重点|工程|和|民生|实事|项目|责任|分解|清单|以及|推进|时间|安排表",
    "岑汀市|人民政府|关于|表彰|2025年度|先进|集体|和|先进|个人|的|决定",
];

/// The title's lines: their text, and how long they are.
fn lines(title: Vec<Inline>) -> Vec<(String, Abs)> {
    lines_of(vec![title])
}

/// The lines of a title that its author breaks.
fn lines_of(rows: Vec<Vec<Inline>>) -> Vec<(String, Abs)> {
    let block = Block::Title(Title { lines: rows, byline: None });
    let pages = set(vec![block, paragraph("正文。")]);
    let mut lines: Vec<(Abs, String, Abs, Abs)> = Vec::new();
    for run in runs(&pages, 0).filter(|run| run.size > Abs::pt(20.0)) {
        let text: String = run.glyphs.iter().map(|glyph| glyph.character).collect();
        let end = run.origin.x + run.glyphs[run.glyphs.len() - 1].x + run.size;
        match lines.last_mut().filter(|line| (line.0 - run.origin.y).abs() < Abs::pt(10.0)) {
            Some(line) => {
                line.1.push_str(&text);
                line.3 = end;
            }
            None => lines.push((run.origin.y, text, run.origin.x, end)),
        }
    }
    lines.into_iter().map(|(_, text, start, end)| (text, end - start)).collect()
}

#[test]
fn titles_of_every_make_are_trapezoids_or_diamonds() {
    let mut wrong = Vec::new();
    for marked in TITLES {
        let title = marked.replace('|', "");
        let lines = lines(run(&title));
        let texts: Vec<&str> = lines.iter().map(|(text, _)| text.as_str()).collect();
        assert_eq!(texts.concat(), title);
        let widths: Vec<f64> = lines.iter().map(|(_, width)| *width / Abs::pt(22.0)).collect();
        let widest = widths.iter().copied().fold(0.0, f64::max);
        let peak = widths.iter().position(|width| *width >= widest).unwrap();
        let rises = widths[..=peak].windows(2).all(|pair| pair[0] < pair[1]);
        let falls = widths[peak..].windows(2).all(|pair| pair[0] > pair[1]);
        let short = texts.iter().any(|text| text.chars().count() <= 2);
        let mut at = 0;
        let parted = texts[..texts.len() - 1].iter().all(|text| {
            at += text.chars().count();
            let mut seen = 0;
            marked.chars().any(|c| {
                seen += usize::from(c != '|');
                c == '|' && seen == at
            })
        });
        if !(rises && falls) || short || !parted || widest > 20.2 {
            wrong.push(format!("{texts:?} {widths:.1?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_name_that_the_data_give_is_broken_only_where_a_line_is_too_short_for_it() {
    let name = "岑汀湾新能源装备制造产业园区";
    for before in ["", "关于", "岑汀市人民政府关于", "岑汀市人民政府办公室关于印发"]
    {
        for (name, holds) in [(name.to_owned(), true), (name.repeat(2), false)] {
            let datum = Datum { paths: vec!["a.b".to_owned()], kind: DatumKind::Name, open: false };
            let datum = Run { text: name.clone(), strong: false, datum: Some(datum.into()), offset: 0 };
            let title = [run(before), vec![Inline::Run(datum)], run("建设情况的报告")].concat();
            let texts: Vec<String> = lines(title).into_iter().map(|(text, _)| text).collect();
            assert_eq!(texts.concat(), format!("{before}{name}建设情况的报告"));
            assert_eq!(texts.iter().any(|text| text.contains(&name)), holds, "{texts:?}");
        }
    }
}

#[test]
fn a_title_whose_two_parts_would_make_an_hourglass_is_balanced_as_one() {
    let organs = "岑汀市人民政府办公室、岑汀军分区动员处、国家金融监督管理总局岑汀监管分局";
    let matter = "关于进一步加强和改进新形势下2026年城市防汛排涝、山洪地质灾害防御和中小河流治理的通知";
    let lines = lines_of(vec![run(organs), run(matter)]);
    let text: String = lines.iter().map(|(text, _)| text.as_str()).collect();
    assert_eq!(text, [organs, matter].concat());
    let widths: Vec<f64> = lines.iter().map(|(_, width)| *width / Abs::pt(22.0)).collect();
    let peak = (0..widths.len()).max_by(|a, b| widths[*a].total_cmp(&widths[*b])).unwrap();
    assert!(widths[..=peak].is_sorted(), "{lines:?}");
    assert!(widths[peak..].is_sorted_by(|a, b| a >= b), "{lines:?}");
    // A title of few lines is broken where its author has it.
    let short = lines_of(vec![run("岑汀市人民政府"), run("关于开展检查工作的通知")]);
    assert_eq!(
        short.iter().map(|(text, _)| text.as_str()).collect::<Vec<_>>(),
        ["岑汀市人民政府", "关于开展检查工作的通知"]
    );
}

#[test]
fn a_subtitle_begins_a_line_where_the_title_takes_several() {
    let texts = |title: &str| {
        let lines = lines(run(title));
        lines.into_iter().map(|(text, _)| text).collect::<Vec<_>>()
    };
    let title = "关于2025年工作总结和2026年工作谋划的报告";
    let subtitle = "——向市委九届十一次全体会议暨市委经济工作会议的书面报告";
    let broken = texts(&format!("{title}{subtitle}"));
    assert_eq!(broken.concat(), format!("{title}{subtitle}"));
    let first = broken.iter().position(|line| line.starts_with("——")).unwrap();
    assert_eq!(broken[..first].concat(), title, "{broken:?}");
    assert_eq!(broken[..first], texts(title), "{broken:?}");
    // One that has room beside its title stays there, and one of another document is that document's.
    assert_eq!(texts("工作报告——向大会的汇报").len(), 1);
    let quoted = texts("关于印发《岑汀市城市更新行动方案——老旧小区改造分册》及其任务分工的通知");
    assert!(quoted.iter().all(|line| !line.starts_with("——")), "{quoted:?}");
}

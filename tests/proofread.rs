//! Holds every rule of the text to what it lets pass and what it finds, where.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use proptest::prelude::*;
use proptest::sample::select;
use shizheng::diag::catalogue::proofread::ENTRIES;
use shizheng::diag::{Diagnostic, Language, Severity};
use shizheng::document::{
    Block, Datum, DatumKind, Document, Heading, Inline, Paragraph, ParagraphKind, Run, Title,
};
use shizheng::pack::{RuleSwitch, TEXT_RULES};
use shizheng::proofread::{RULES, proofread};

/// A rule, texts that keep it, and texts that break it with the words that are told.
///
/// A text is a line for each block: `# ` begins a heading of level 1, `## ` one that runs into its paragraph and
/// ends with `|`, `> ` 主送机关, `= ` the title; what is in `⟦path:text⟧` is a figure, in `⟪path:text⟫` free text.
struct Case {
    rule: &'static str,
    right: &'static [&'static str],
    wrong: &'static [(&'static str, &'static str)],
}

const fn case(
    rule: &'static str,
    right: &'static [&'static str],
    wrong: &'static [(&'static str, &'static str)],
) -> Case {
    Case { rule, right, wrong }
}

const CASES: &[Case] = &[
    case(
        "no-placeholder",
        &[
            "引进XXL服装生产线，面积为3×4公里，推行7×24小时服务。",
            "二〇二五年完成X光机更新，建设TODAY广场和5A级景区。",
            "完成Exxon合作项目，服务某重点企业。",
        ],
        &[
            ("新增园区XX家，新建学校五所。", "XX"),
            ("新增园区××家，新建学校五所。", "××"),
            ("在X月底前完成。", "X"),
            ("居全省第X位。", "X"),
            ("推动X市建设。", "X"),
            ("由某某同志负责。", "某某"),
            ("新增□个园区。", "□"),
            ("新增园区＊＊家。", "＊＊"),
            ("新增园区○○家。", "○○"),
            ("完成投资{{amount元。", "{{"),
            ("完成投资ＸＸ亿元。", "ＸＸ"),
        ],
    ),
    case(
        "no-blank",
        &["在总体方案（试行）里明确。"],
        &[("新增园区____家。", "____"), ("印发《》并组织落实。", "《》"), ("由市政府（ ）负责。", "（ ）")],
    ),
    case(
        "no-pending-word",
        &["机制有待补齐，短板亟待补上，等待确认的事项减少，推进待定岗位招录。"],
        &[("责任单位待定，年底前完成。", "待定"), ("数据待核实。", "待核")],
    ),
    case(
        "paired-marks",
        &[
            "落实“三会一课”制度，印发《规划（试行）》，举办Xi’an展览。",
            "引文“外层‘里层’外层”完整。",
            "1）完善制度。",
        ],
        &[
            ("落实“三会一课制度。", "“"),
            ("落实三会一课”制度。", "”"),
            ("印发《规划并组织落实。", "《"),
            ("完善制度（试行。", "（"),
            ("印发《规划（试行》并落实。", "（"),
        ],
    ),
    case(
        "nested-marks",
        &["印发《关于落实〈规划〉的通知》，坚持“外层‘里层’外层”。"],
        &[
            ("印发《关于落实《规划》的通知》。", "《"),
            ("坚持“以“一核”为主”的格局。", "“"),
            ("统筹推进（含试点（两个）在内）。", "（"),
        ],
    ),
    case(
        "single-marks",
        &[
            "这样行吗？！真好！！他说——当然可以……大家都同意。",
            "他说：“可以！”大家都同意。",
            "做到“件件有回音”。",
        ],
        &[
            ("完成建设任务。。", "。。"),
            ("完成建设任务，。", "，。"),
            ("扩大投资、，促进消费。", "、，"),
            ("坚持“稳中求进。”。", "。”。"),
            ("落实““三会一课”制度，推进”工作。", "““"),
        ],
    ),
    case(
        "marks-in-place",
        &["统筹发展（含安全）和民生，坚持“稳中求进”，落实到位。"],
        &[
            ("，推进项目建设。", "，"),
            ("坚持“，稳中求进”。", "，"),
            ("坚持“稳中求进，”抓好落实。", "，"),
            ("一个目标——，稳中求进。", "，"),
            ("完善制度（试行、）。", "、"),
        ],
    ),
    case(
        "full-width-marks",
        &["投资1,234.5亿元，比例为9.5:45.3:45.2，上午10:30开工，使用GB/T 9704标准和v2.0系统。"],
        &[
            ("推进项目建设,扩大投资。", ","),
            ("增长5.8%,其中工业增长6%。", ","),
            ("完善制度(试行）。", "("),
            ("现将情况报告如下:一切正常。", ":"),
            ("完成建设任务.", "."),
        ],
    ),
    case(
        "chinese-quotes",
        &["使用55\"显示屏，落实“三会一课”。"],
        &[("落实\"三会一课\"制度。", "\"三会一课\""), ("落实'三会一课'制度。", "'三会一课'")],
    ),
    case(
        "dash-and-ellipsis",
        &["目标只有一个——稳中求进……北京—上海线通车，推出K—12课程。"],
        &[
            ("目标只有一个———稳中求进。", "———"),
            ("推进建设…落实责任。", "…"),
            ("推进建设...落实责任。", "..."),
            ("目标只有一个--稳中求进。", "--"),
        ],
    ),
    case(
        "quotes-without-comma",
        &["落实“双随机”“一公开”要求，学习《规划》（试行）、《办法》。"],
        &[("落实“双随机”、“一公开”要求。", "”、“"), ("印发《规划》、《办法》。", "》、《")],
    ),
    case(
        "list-end",
        &["完善供水、供气等设施，分甲、乙、丙等级，谋划用地，落实资金，等等。"],
        &[("完善供水、供气、等设施。", "、等"), ("完善供水、供气……等设施。", "……等")],
    ),
    case(
        "heading-end",
        &["# 我们准备好了吗？\n做好准备工作。", "## （一）扩大投资。|完善机制，推进项目。"],
        &[("# 扩大投资，促进消费。\n做好准备工作。", "。"), ("= 关于工作的报告。\n做好准备工作。", "。")],
    ),
    case(
        "paragraph-end",
        &["> 市人民政府：\n现将有关情况报告如下：", "全面完成年度任务。"],
        &[
            ("全面完成年度各项目标任务", "务"),
            ("全面完成年度各项目标任务，", "，"),
            ("> 市人民政府\n现将情况报告如下。", "府"),
        ],
    ),
    case(
        "label-mark",
        &[
            "第一，扩大投资。第二，促进消费。首先，抓好项目。",
            "一是扩大投资。二是促进消费。第一、第二产业增长，二、三产业协同。",
            "1.扩大投资。",
            "第（一）、（二）项已经完成。",
        ],
        &[
            ("做好三件事。（一）、扩大投资。", "（一）、"),
            ("第一、扩大投资。第二，促进消费。", "第一、"),
            ("1、扩大投资。", "1、"),
            ("一.扩大投资。", "一."),
            ("首先、抓好项目。", "首先、"),
            ("一是，扩大投资。二是促进消费。", "一是，"),
        ],
    ),
    case(
        "single-label",
        &["# 二〇三五年远景\n一是扩大投资。二是促进消费。", "一、二、三产业协同发展。"],
        &[
            ("# 一、扩大投资\n做好工作。", "一、一、"),
            ("## （一）（三）扩大投资。|完善机制。", "（一）（三）"),
            ("一是一是扩大投资。", "一是一是"),
        ],
    ),
    case(
        "label-order",
        &[
            "一是扩大投资。二是促进消费。三是改善民生。",
            "一是扩大投资。\n二是促进消费。",
            "## （一）甲。|一是扩大投资。二是促进消费。\n## （二）乙。|一是改善民生。二是守住底线。",
        ],
        &[
            ("一是扩大投资。三是改善民生。", "三是"),
            ("二是扩大投资。三是改善民生。", "二是"),
            ("一是扩大投资。二是促进消费。二是改善民生。", "二是"),
            ("第一，扩大投资。第三，改善民生。", "第三，"),
            ("## （七）甲。|六是扩大投资。", "六是"),
        ],
    ),
    case(
        "half-width-numerals",
        &["投资3.5亿元，增长5%，建设5G基站，增长分别为3%，235个。"],
        &[
            ("投资３.5亿元。", "３.5"),
            ("增长5％。", "5％"),
            ("建设５Ｇ基站。", "５Ｇ"),
            ("投资3．5亿元。", "3．5"),
            ("新增1，234家企业。", "1，234"),
        ],
    ),
    case(
        "no-space",
        &["使用Smart City平台。", "第一章 总则明确责任。", "1. 扩大投资。"],
        &[
            ("推进 项目建设。", "进 项"),
            ("投资 35亿元。", "资 3"),
            ("推进\u{3000}项目建设。", "进\u{3000}项"),
            ("推进\u{200b}项目建设。", "进\u{200b}项"),
        ],
    ),
    case(
        "middle-dot",
        &["邀请马可·波罗研究会参展，开展“3·15”活动。"],
        &[("邀请马可•波罗研究会参展。", "•"), ("邀请马可・波罗研究会参展。", "・")],
    ),
    case(
        "numeral-zero",
        &["二〇二五年工作总结。", "零排放企业增加。"],
        &[
            ("二○二五年工作总结。", "二○二五"),
            ("二O二五年工作总结。", "二O二五"),
            ("二零二五年工作总结。", "二零二五"),
        ],
    ),
    case(
        "range-sign",
        &[
            "增长5%～8%，实施2021—2025年规划，热线0311-8888开通，执行GB/T 9704-2012标准，推广K1-2型设备。",
            "比分为3-1，编号为A12-13号。",
        ],
        &[
            ("增长5%-8%。", "5%-8%"),
            ("实施2021-2025年规划。", "2021-2025年"),
            ("新增3~5个园区。", "3~5个"),
            ("增长5-8%。", "5-8%"),
            ("投资13~17万元。", "13~17万元"),
            ("投资9亿–16亿元。", "9亿–16亿元"),
        ],
    ),
    case(
        "range-unit",
        &["增长5%～8%，投资13万元～17万元，年收入5000～2万元，新增3～5个园区，2024至2025年增长。"],
        &[
            ("增长5～8%。", "5～8%"),
            ("投资13～17万元。", "13～17万元"),
            ("投资9—16亿元。", "9—16亿元"),
            ("增长5至8%。", "5至8%"),
        ],
    ),
    case(
        "percentage-point",
        &[
            "比重提高到23.5%，提高2.1个百分点，发案率下降5%。",
            "覆盖率由65%提高到68%，提高3个百分点。",
            "用电量由60%提高到68%，产值提高3%。",
            "产值下降0.5%，利率由4.4%降至4.0%。",
        ],
        &[
            ("占比提高2.1%。", "占比提高2.1%"),
            ("占生产总值的比重比上年提高了2.1%。", "比重比上年提高了2.1%"),
            ("覆盖率由65.2%提高到68.3%，提高3.1%。", "提高3.1%"),
            ("占比提高2.1百分点。", "2.1百分点"),
            ("利率下降0.5%，由4.5%降至4.0%。", "下降0.5%"),
        ],
    ),
    case(
        "single-approximation",
        &[
            "建成70余处，节约100万元以上，附近5公里以内全部覆盖，约50个村，近3年，规模超过20家。",
            "拥有近20家规模以上企业，3.4%左右，不少于90个。",
        ],
        &[
            ("建成约70余处。", "约70余"),
            ("规模超过50家以上。", "超过50家以上"),
            ("惠及近30户左右。", "近30户左右"),
            ("签约不少于90个以上。", "不少于90个以上"),
            ("建成70余个左右。", "70余个左右"),
            ("惠及约近30户。", "约近30"),
        ],
    ),
    case(
        "no-decline-by-times",
        &["成本下降四分之三，产量增长3倍，减少到原来的3倍以下。"],
        &[
            ("成本下降3倍。", "下降3倍"),
            ("用时缩短了近两倍。", "缩短了近两倍"),
            ("能耗减少1.5倍。", "减少1.5倍"),
        ],
    ),
    case(
        "no-signed-change",
        &["投资下降1.2%，增速为-1.2%，气温在-5℃以下。"],
        &[
            ("投资增长-1.2%。", "增长-1.2"),
            ("投资下降了-1.2%。", "下降了-1.2"),
            ("投资增长负1.2%。", "增长负1.2"),
        ],
    ),
    case(
        "unmixed-numerals",
        &["投资4000万元，装机4千瓦，入选2025十大案例，推进“十四五”规划。"],
        &[
            ("新增4千个岗位。", "4千"),
            ("新增三十5个岗位。", "三十5"),
            ("增长百分之5。", "百分之5"),
            ("二〇二五年1月开工。", "二〇二五年1"),
        ],
    ),
    case(
        "single-scale",
        &["投资1234.5亿元，惠及5000万人。"],
        &[("投资1234亿5000万元。", "1234亿5000万元"), ("惠及3万5000人。", "3万5000人")],
    ),
    case("leading-zero", &["下降0.5个百分点，使用v1.5系统。"], &[("下降.5个百分点。", ".5")]),
    case(
        "single-unit",
        &["投资3.2亿元，新增5个个体工商户和12家家庭农场，增长5%。"],
        &[
            ("投资⟦a:3.2亿元⟧亿元。", "3.2亿元"),
            ("投资3.2亿元元。", "3.2亿元元"),
            ("增长5%%。", "5%%"),
            ("提高2.1个个百分点。", "2.1个个百分点"),
            ("改造5公里公里。", "5公里公里"),
        ],
    ),
    case(
        "approximate-numerals",
        &["三四个园区，二、三产业，三、四级管网，3月、4月，第三、四年，小学三、四年级。"],
        &[("建设三、四个园区。", "三、四个"), ("用了3、4个月。", "3、4个"), ("在3、4月完成。", "3、4月")],
    ),
    case(
        "no-padded-date",
        &["2025年1月5日开工，10月20日完工。"],
        &[("2025年01月5日开工。", "01月"), ("2025年1月05日开工。", "05日")],
    ),
    case(
        "date-form",
        &["2025年1月5日开工，历时25年，第25年1月份，版本2.1.3。"],
        &[
            ("2025.1.5开工。", "2025.1.5"),
            ("2025-01-05开工。", "2025-01-05"),
            ("2025/1/5开工。", "2025/1/5"),
            ("25年1月开工。", "25年1月"),
        ],
    ),
    case(
        "real-date",
        &["2024年2月29日，2025年12月31日，13个月，7月。"],
        &[("2025年2月29日开工。", "2025年2月29日"), ("4月31日开工。", "4月31日"), ("13月开工。", "13月")],
    ),
    case(
        "document-number",
        &["落实国发〔2025〕1号文件，修订（2025）版本。"],
        &[
            ("落实国发[2025]1号文件。", "[2025]1号"),
            ("落实国发（2025）1号文件。", "（2025）1号"),
            ("落实国发〔2025〕第1号文件。", "〔2025〕第1号"),
            ("落实国发〔2025〕01号文件。", "〔2025〕01号"),
        ],
    ),
    case(
        "sentence-once",
        &["扩大有效投资。\n扩大有效投资。", "推进重点项目建设。狠抓重点项目建设。"],
        &[
            ("切实推进重点项目建设。\n完善机制。切实推进重点项目建设。", "切实推进重点项目建设"),
            ("⟪a.b:切实推进重点项目建设⟫。\n完善机制。切实推进重点项目建设。", "切实推进重点项目建设"),
            ("一是切实推进重点项目建设。二是切实推进重点项目建设。", "切实推进重点项目建设"),
        ],
    ),
    case(
        "clause-once",
        &[
            "坚持稳中求进，扩大投资。坚持稳中求进，促进消费。",
            "完成投资3亿元，同比增长5%；实现产值4亿元，同比增长5%。",
        ],
        &[
            (
                "深入推进各项重点工程项目建设，扩大投资。深入推进各项重点工程项目建设，促进消费。",
                "深入推进各项重点工程项目建设",
            ),
            ("用电量增长8%至10%，用电量增长8%至10%。", "用电量增长8%至10%"),
        ],
    ),
    case(
        "word-once",
        &["研究研究再定，实实在在为民，达到目的的办法，解决了了解不够的问题，兢兢业业。"],
        &[("推进推进项目建设。", "推进推进"), ("群众的的意见。", "的的"), ("控制在4%以内以内。", "以内以内")],
    ),
    case(
        "figure-one-value",
        &["投资⟦a:3.20亿元⟧。\n共投资⟦a:3.2亿元⟧。", "⟦year:2025⟧年完成，⟦year:2026⟧年谋划。"],
        &[
            ("投资⟦a:3.2亿元⟧。\n共投资⟦a:5.2亿元⟧。", "5.2亿元"),
            ("新建学校⟦a:5所⟧。\n学校增加⟦a:6所⟧。", "6所"),
        ],
    ),
    case(
        "figures-agree",
        &[
            "# 总结\n全市地区生产总值⟦a:1200亿元⟧。\n# 谋划\n地区生产总值1300亿元。",
            "地区生产总值1200亿元，地区生产总值增长5.8%。",
            "地区生产总值1200亿元。地区生产总值约1300亿元。",
            "地区生产总值1200亿元。上年地区生产总值1100亿元。",
            "地区生产总值0.12万亿元。我市地区生产总值达到1200亿元。",
            "出口总值⟦a:86420万美元⟧。⟪h:出口总值8.642亿美元⟫。",
            "新建学校3所。新建学校5所。",
        ],
        &[
            ("全市地区生产总值⟦a:1200亿元⟧。\n地区生产总值达到1300亿元。", "地区生产总值达到1300亿元"),
            ("出口总值⟦a:86420万美元⟧。⟪h:出口总值864.2亿美元⟫。", "出口总值864.2亿美元"),
            ("⟪h:地区生产总值达到1300亿元⟫。\n全市地区生产总值⟦a:1200亿元⟧。", "地区生产总值达到1300亿元"),
        ],
    ),
    case(
        "right-word",
        &["截至2025年底全面部署，项目截止申报，发布署名文章。"],
        &[("工作已经布署。", "布署"), ("截止2025年底完成。", "截止"), ("截止目前完成。", "截止目前")],
    ),
];

/// Makes a document of a text, and the filled text that its runs stand in.
fn document(text: &str) -> (Document, String) {
    let mut filled = String::new();
    let mut blocks = Vec::new();
    let mut first = 0;
    let numerals = ["零", "一", "二", "三", "四", "五", "六", "七", "八"];
    for line in text.lines() {
        if let Some(heading) = line.strip_prefix("# ") {
            first += 1;
            let number = format!("{}、", numerals[first]);
            blocks.push(Block::Heading(Heading { level: 1, number, content: inlines(heading, &mut filled) }));
        } else if let Some(title) = line.strip_prefix("= ") {
            blocks.push(Block::Title(Title { lines: vec![inlines(title, &mut filled)], byline: None }));
        } else if let Some(salutation) = line.strip_prefix("> ") {
            let content = inlines(salutation, &mut filled);
            blocks.push(Block::Paragraph(Paragraph {
                heading: None,
                content,
                kind: ParagraphKind::Salutation,
            }));
        } else if let Some(paragraph) = line.strip_prefix("## ") {
            let (heading, rest) = paragraph.split_once('|').expect("a heading ends with |");
            let (number, own) = heading.split_once('）').expect("a heading has its number");
            let number = format!("{number}）");
            let heading = Heading { level: 2, number, content: inlines(own, &mut filled) };
            let content = inlines(rest, &mut filled);
            let kind = ParagraphKind::Body;
            blocks.push(Block::Paragraph(Paragraph { heading: Some(heading), content, kind }));
        } else {
            let content = inlines(line, &mut filled);
            blocks.push(Block::Paragraph(Paragraph { heading: None, content, kind: ParagraphKind::Body }));
        }
    }
    (Document { blocks, ..Document::default() }, filled)
}

fn inlines(text: &str, filled: &mut String) -> Vec<Inline> {
    let mut inlines = Vec::new();
    let mut push = |text: &str, datum: Option<Datum>| {
        if !text.is_empty() {
            let run = Run {
                text: text.to_owned(),
                strong: false,
                datum: datum.map(Arc::new),
                offset: filled.len(),
            };
            filled.push_str(text);
            inlines.push(Inline::Run(run));
        }
    };
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(['⟦', '⟪']) {
        push(before, None);
        let kind = if rest[before.len()..].starts_with('⟦') { DatumKind::Figure } else { DatumKind::Text };
        let (datum, after) = after.split_once(['⟧', '⟫']).expect("a datum is closed");
        let (path, text) = datum.split_once(':').expect("a datum has a path");
        push(text, Some(figure(path, kind)));
        rest = after;
    }
    push(rest, None);
    inlines
}

fn figure(path: &str, kind: DatumKind) -> Datum {
    Datum { paths: vec![path.to_owned()], kind, open: false }
}

/// Every finding of a text: its rule's code and the words that it is anchored at.
fn findings(text: &str) -> Vec<(&'static str, String)> {
    let (document, filled) = document(text);
    proofread(&document, &BTreeMap::new())
        .iter()
        .map(|found| (found.entry.code, words(found, &filled)))
        .collect()
}

fn words(found: &Diagnostic, filled: &str) -> String {
    let anchor = found.anchor.as_ref().expect("a finding has a place");
    filled[anchor.offset..anchor.offset + anchor.length].to_owned()
}

fn code(rule: &str) -> &'static str {
    RULES.iter().find(|known| known.name == rule).unwrap_or_else(|| panic!("no rule {rule}")).entry.code
}

#[test]
fn every_message_has_a_rule_and_every_rule_its_cases_and_switch() {
    let of_rules: Vec<&str> = RULES.iter().map(|rule| rule.entry.code).collect();
    let of_catalogue: Vec<&str> = ENTRIES.iter().map(|entry| entry.code).collect();
    assert_eq!(of_rules, of_catalogue);
    let names: Vec<&str> = RULES.iter().map(|rule| rule.name).collect();
    assert_eq!(names, TEXT_RULES);
    assert_eq!(names, CASES.iter().map(|case| case.rule).collect::<Vec<_>>());
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
    for (rule, case) in RULES.iter().zip(CASES) {
        assert!(!case.right.is_empty() && !case.wrong.is_empty(), "{} lacks a case", rule.name);
        for language in [Language::Chinese, Language::English] {
            let explanation = rule.entry.explanation.get(language);
            assert!(explanation.contains(&format!("`{}`", rule.name)), "{explanation}");
        }
    }
}

#[test]
fn right_texts_break_no_rule_at_all() {
    let wrong: Vec<_> = CASES
        .iter()
        .flat_map(|case| case.right.iter().map(|text| (case.rule, *text, findings(text))))
        .filter(|(_, _, found)| !found.is_empty())
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn wrong_texts_break_their_rule_there() {
    let mut missed = Vec::new();
    for case in CASES {
        for (text, words) in case.wrong {
            let found = findings(text);
            // What runs over two pieces is led back to one of them.
            if found
                .iter()
                .filter(|(code_, _)| *code_ == code(case.rule))
                .all(|(_, at)| at != words && !words.ends_with(at.as_str()))
            {
                missed.push((case.rule, *text, *words, found));
            }
        }
    }
    assert!(missed.is_empty(), "{missed:#?}");
}

#[test]
fn what_a_rule_says_to_write_keeps_every_rule_of_its_words() {
    let mut tried = 0;
    let mut refused = Vec::new();
    for (text, at) in CASES.iter().flat_map(|case| case.wrong) {
        let (document, filled) = document(text);
        let found = proofread(&document, &BTreeMap::new());
        for one in &found {
            let hints = one.hints(Language::English);
            let written = hints.iter().find_map(|hint| hint.strip_prefix("write: `")?.strip_suffix('`'));
            let told = words(one, &filled);
            let Some(written) = written.filter(|_| text.matches(&told).count() == 1) else { continue };
            let mended = text.replace(&told, written);
            tried += 1;
            // Other faults of the text may be left, but none in what was written.
            let left = findings(&mended);
            let is_left = |(code, words): &(&str, String)| {
                *code == one.entry.code || words.contains(written) || written.contains(words.as_str())
            };
            if left.iter().any(is_left) {
                refused.push((*text, *at, written.to_owned(), left));
            }
        }
    }
    assert!(tried > 30, "only {tried}");
    assert!(refused.is_empty(), "{refused:#?}");
}

#[test]
fn a_wrong_text_breaks_its_own_rule_alone() {
    // These faults are two at once.
    let also = [
        ("no-placeholder", "full-width-marks"),
        ("paragraph-end", "marks-in-place"),
        ("single-approximation", "word-once"),
        ("nested-marks", "single-marks"),
        ("single-marks", "paired-marks"),
        ("single-marks", "nested-marks"),
        ("full-width-marks", "paired-marks"),
        ("full-width-marks", "paragraph-end"),
        ("single-unit", "word-once"),
        ("sentence-once", "clause-once"),
        ("label-mark", "label-order"),
        ("label-order", "single-label"),
        ("single-label", "word-once"),
        ("single-label", "label-order"),
        ("range-sign", "range-unit"),
        ("unmixed-numerals", "figures-agree"),
    ];
    let mut others = Vec::new();
    for case in CASES {
        for (text, _) in case.wrong {
            let allowed = |found: &str| {
                found == code(case.rule)
                    || also.iter().any(|(rule, other)| *rule == case.rule && code(other) == found)
            };
            let found: Vec<_> = findings(text).into_iter().filter(|(found, _)| !allowed(found)).collect();
            if !found.is_empty() {
                others.push((case.rule, *text, found));
            }
        }
    }
    assert!(others.is_empty(), "{others:#?}");
}

#[test]
fn a_pack_switches_every_rule() {
    for case in CASES {
        let (document, _) = document(case.wrong[0].0);
        let severities = |switch: RuleSwitch| -> Vec<Severity> {
            let switches = BTreeMap::from([(case.rule.to_owned(), switch)]);
            let found = proofread(&document, &switches).into_iter();
            found.filter(|found| found.entry.code == code(case.rule)).map(|found| found.severity).collect()
        };
        assert!(severities(RuleSwitch::Off).is_empty(), "{}", case.rule);
        for (switch, severity) in [
            (RuleSwitch::Note, Severity::Note),
            (RuleSwitch::Warning, Severity::Warning),
            (RuleSwitch::Error, Severity::Error),
        ] {
            let found = severities(switch);
            assert!(!found.is_empty() && found.iter().all(|it| *it == severity), "{}", case.rule);
        }
    }
}

#[test]
fn names_are_spelt_as_their_bearers_spell_them() {
    let (mut document, _) = document("引进⟪n:A*B（#1）<x>\"q\"５Ｇ • 甲 乙,丙⟫项目。");
    let Some(Block::Paragraph(paragraph)) = document.blocks.first_mut() else { panic!() };
    for inline in &mut paragraph.content {
        if let Inline::Run(Run { datum: Some(datum), .. }) = inline {
            *datum = Arc::new(figure("n", DatumKind::Name));
        }
    }
    let found = proofread(&document, &BTreeMap::new());
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn what_a_draft_prints_for_an_open_figure_is_no_fault() {
    let text = "新增园区⟦a:XX家⟧，引进企业××家。";
    assert_eq!(
        findings(text),
        [(code("no-placeholder"), "XX".to_owned()), (code("no-placeholder"), "××".to_owned())]
    );
    let (mut document, filled) = document(text);
    let Some(Block::Paragraph(paragraph)) = document.blocks.first_mut() else { panic!() };
    for inline in &mut paragraph.content {
        if let Inline::Run(Run { datum: Some(datum), .. }) = inline {
            *datum = Arc::new(Datum { open: true, ..Datum::clone(datum) });
        }
    }
    let found = proofread(&document, &BTreeMap::new());
    assert_eq!(found.iter().map(|found| words(found, &filled)).collect::<Vec<_>>(), ["××"]);
}

#[test]
fn a_fault_in_free_text_is_led_to_its_path() {
    let (document, filled) = document("推进建设；⟪projects.highlights[1]:，完成投资5～8%⟫。");
    let found = proofread(&document, &BTreeMap::new());
    let paths: Vec<_> = found
        .iter()
        .map(|found| {
            (found.entry.code, found.anchor.as_ref().and_then(|at| at.path.as_deref()), words(found, &filled))
        })
        .collect();
    let path = Some("projects.highlights[1]");
    assert_eq!(
        paths,
        [(code("single-marks"), path, "，".to_owned()), (code("range-unit"), path, "5～8%".to_owned())]
    );
}

/// Clauses that nothing is wrong with; their figures differ.
fn clause() -> impl Strategy<Value = String> {
    let opening = select(vec![
        "完善公共服务设施",
        "推进重点项目建设",
        "优化营商环境",
        "实施“三年行动计划”",
        "落实《城市更新规划（试行）》",
        "培育新兴产业",
        "深化国资国企改革",
        "改善群众居住条件",
        "加强生态保护",
        "举办第3届旅游发展大会",
    ]);
    let closing = select(vec![
        "新增企业#家",
        "完成投资#亿元",
        "同比增长#%",
        "惠及群众#万人",
        "建成公园#个",
        "新建道路#公里",
        "占比达到#%",
        "力争增长#%～9#%",
        "改造小区#余个",
        "减排#吨左右",
        "超过#家",
        "比上年提高#个百分点",
        "服务企业约#家",
    ]);
    let street = "[东南西北中][安平宁和兴][街路区镇乡村]";
    (opening, street, closing, 1_u32..900, 0_u32..10).prop_map(|(opening, street, closing, whole, tenth)| {
        format!("在{street}{opening}，{}", closing.replace('#', &format!("{whole}.{tenth}")))
    })
}

fn report() -> impl Strategy<Value = Vec<String>> {
    proptest::collection::vec(clause(), 2..12).prop_filter("no clause twice", |clauses| {
        let openings: BTreeSet<&str> =
            clauses.iter().filter_map(|clause| clause.split('，').next()).collect();
        openings.len() == clauses.len()
    })
}

/// What is put in to break a rule.
const FAULTS: &[(&str, &str)] = &[
    ("no-placeholder", "共XX处"),
    ("paired-marks", "落实“一网通办制度"),
    ("single-marks", "抓好落实，。"),
    ("full-width-marks", "抓好落实,做好保障"),
    ("chinese-quotes", "打造\"一张网\""),
    ("range-unit", "压减3～5%"),
    ("no-padded-date", "于05月开工"),
    ("no-decline-by-times", "成本下降3倍"),
    ("single-approximation", "约70余处"),
    ("no-space", "抓好 落实"),
    ("word-once", "统筹统筹安排"),
    ("half-width-numerals", "共３处"),
    ("no-signed-change", "产量增长-3%"),
    ("unmixed-numerals", "共4千处"),
    ("single-unit", "投资3亿元元"),
    ("date-form", "于2025.3.4开工"),
    ("right-word", "全面布署"),
    ("dash-and-ellipsis", "做好保障...抓好落实"),
];

proptest! {
    #[test]
    fn correct_sentences_break_no_rule(clauses in report()) {
        let text = format!("{}。", clauses.join("。"));
        prop_assert_eq!(findings(&text), []);
    }

    #[test]
    fn a_fault_put_in_anywhere_is_found(clauses in report(), at in 0_usize..12, fault in select(FAULTS)) {
        let mut clauses = clauses;
        let at = at % (clauses.len() + 1);
        clauses.insert(at, fault.1.to_owned());
        let text = format!("{}。", clauses.join("。"));
        let found = findings(&text);
        prop_assert!(found.iter().any(|(found, _)| *found == code(fault.0)), "{}: {:?}", text, found);
    }

    #[test]
    fn a_sentence_copied_anywhere_is_found(clauses in report(), from in 0_usize..12, to in 0_usize..12) {
        let mut clauses = clauses;
        let copy = clauses[from % clauses.len()].clone();
        clauses.insert(to % (clauses.len() + 1), copy);
        let text = format!("{}。", clauses.join("。\n"));
        let found = findings(&text);
        prop_assert!(found.iter().any(|(found, _)| *found == code("sentence-once")), "{:?}", found);
    }

    #[test]
    fn any_text_is_read_to_its_end(text in "[一二十第是（）()“”《》。，、；：…—～0-9.,%Xx×\\-\"' 年月日个亿万元约近超过余以上左右倍降增长负百千分之等截止国发〔〕号的了\u{10348}a-z]{0,60}") {
        findings(&text);
    }
}

#[test]
fn a_long_report_is_read_in_no_time() {
    // A rule that compared everything with everything would be at it for minutes.
    let paragraph = |index: usize| {
        format!(
            "完善第{index}号街区的公共服务设施，完成投资{index}.5亿元，增长{index}%，惠及群众{index}万人。"
        )
    };
    let text: String = (1..4000).map(|index| paragraph(index) + "\n").collect();
    let found = findings(&text);
    assert!(found.is_empty(), "{:#?}", &found[..found.len().min(5)]);
}

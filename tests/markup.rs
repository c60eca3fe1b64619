//! Parses filled texts that no template of ours would make.

mod arrangement;

use proptest::prelude::*;
use shizheng::document::{Block, Document, Inline};
use shizheng::fill::{Filled, SourceMap};
use shizheng::markup;

use crate::fill::{messages, run};

/// The data that every file has.
const BARE: &str = r#"{"report": {"year": 2025, "level": "县"}}"#;

fn parse(text: &str) -> Result<Document, Vec<&'static str>> {
    let filled = Filled { text: text.to_owned(), map: SourceMap::default() };
    markup::parse(&filled, "zh-CN").map_err(|faults| faults.iter().map(|fault| fault.entry.code).collect())
}

#[test]
fn deep_elements_are_a_fault_and_no_overflow() {
    let deep = |name: &str, depth: usize| {
        format!(
            "<article><p>{}文{}</p></article>",
            format!("<{name}>").repeat(depth),
            format!("</{name}>").repeat(depth)
        )
    };
    assert_eq!(parse(&deep("span", 10_000)).unwrap_err(), ["E0408"]);
    assert_eq!(parse(&deep("p", 10_000)).unwrap_err().pop(), Some("E0408"));
    assert_eq!(parse(&deep("span", 20)).unwrap().plain_text(), "文\n");
    assert_eq!(parse(&"<p>".repeat(100_000)).unwrap_err(), ["E0402"]);
}

#[test]
fn names_with_markup_characters_print_exactly() {
    let name = r#" A*B_（#1）<x>&amp; "q" 'r' `s` {{t}} ]]> <!-- -->　"#;
    let data = serde_json::json!({"report": {"year": 2025, "level": "县"}, "works": {"name": name, "names": [name, name]}});
    let template = r#"<article><title>{{works.name}}</title><p>{{works.name}}{{list works.names open="<&" close="&>"}}</p></article>"#;
    let (_, document) = run(template, &data.to_string()).unwrap();
    assert_eq!(document.title, name);
    assert_eq!(document.plain_text(), format!("{name}\n{name}<&{name}&>、<&{name}&>\n"));
}

#[test]
fn runs_know_their_datum_and_their_place() {
    let data = r#"{"report": {"year": 2025, "city": "岑汀市", "level": "县", "date": "2026-01-05"}, "works": {"b": 5, "a": 5}}"#;
    let template = "<article><title>甲<br/>乙</title><p>{{report.year}}年，<b>甲 &amp;\n丙</b>{{both works.a works.b}}。</p>\
        <signature><name>{{report.city}}人民政府</name><name>丁</name><date>{{report.date}}</date></signature></article>";
    let (filled, document) = run(template, data).unwrap();
    assert_eq!(document.title, "甲乙");
    assert_eq!(document.author, "岑汀市人民政府、丁");
    assert_eq!(document.date.as_deref(), Some("2026-01-05"));
    assert_eq!(document.language, "zh-CN");
    let Block::Paragraph(paragraph) = &document.blocks[1] else { panic!("{:?}", document.blocks) };
    let mut runs = Vec::new();
    for inline in &paragraph.content {
        let Inline::Run(run) = inline else { panic!("a break") };
        let paths = run.datum.as_ref().map(|datum| datum.paths.join(" "));
        runs.push((run.text.as_str(), run.strong, paths.unwrap_or_default()));
        let first = run.text.chars().next().unwrap();
        assert!(filled.text[run.offset..].starts_with(first), "{run:?}");
    }
    let wanted = [
        ("2025", false, "report.year"),
        ("年，", false, ""),
        ("甲", true, ""),
        // A run ends where the filled text has more than is printed: white space, an escape.
        ("&", true, ""),
        ("丙", true, ""),
        ("各", false, ""),
        ("5个", false, "works.a works.b"),
        ("。", false, ""),
    ];
    assert_eq!(runs, wanted.map(|(text, strong, paths)| (text, strong, paths.to_owned())));
}

#[test]
fn white_space_prints_between_latin_words_alone() {
    for (text, wanted) in [
        ("a  b\n c", "a b c"),
        ("甲 乙\n丙", "甲乙丙"),
        ("甲 a 乙", "甲a乙"),
        ("“ a ” b", "“a”b"),
        ("a<b> b</b><span> c</span>", "a b c"),
        ("café ouvert", "café ouvert"),
        (" a", "a"),
        ("甲　乙", "甲　乙"),
        ("1 &lt; 2 &#x27;x&#39;", "1 < 2 'x'"),
    ] {
        assert_eq!(
            parse(&format!("<article><p>\n{text}\n</p></article>")).unwrap().plain_text(),
            format!("{wanted}\n")
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever the elements and their order, they are parsed or refused.
    #[test]
    fn any_elements_are_parsed_or_refused(parts in proptest::collection::vec(part(), 0..40)) {
        let _ = parse(&format!("<article>{}</article>", parts.concat()));
    }

    /// Whatever well-nested tree of right elements there is, it is parsed, and numbered without a gap; below level 1
    /// what stands alone has no number.
    #[test]
    fn right_elements_are_parsed(blocks in proptest::collection::vec(block(), 0..25)) {
        let document = parse(&format!("<article>{}</article>", blocks.concat())).unwrap();
        let mut last = [0_usize; 4];
        let headings: Vec<_> = document.blocks.iter().filter_map(|block| match block {
            Block::Heading(heading) => Some(heading),
            Block::Paragraph(paragraph) => paragraph.heading.as_ref(),
            _ => None,
        }).collect();
        for (index, heading) in headings.iter().enumerate() {
            let level = usize::from(heading.level) - 1;
            last[level] += 1;
            last[level + 1..].fill(0);
            let next = headings[index + 1..].iter().find(|next| next.level <= heading.level);
            if level > 0 && last[level] == 1 && next.is_none_or(|next| next.level < heading.level) {
                prop_assert_eq!(&heading.number, "");
                continue;
            }
            let chinese = shizheng::fill::numeral::ordinal(last[level] as u64);
            let wanted = match level {
                0 => format!("{chinese}、"),
                1 => format!("（{chinese}）"),
                2 => format!("{}.", last[level]),
                _ => format!("（{}）", last[level]),
            };
            prop_assert_eq!(&heading.number, &wanted);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    /// A long text, which is parsed portion by portion, gives what it gives as a whole, which a comment makes of it: the
    /// same document, or the same faults at the same places. Spaces for the comment keep the end where it is.
    #[test]
    fn portions_give_what_the_whole_does(
        parts in proptest::collection::vec(prop_oneof![part(), block()], 0..6),
        root in proptest::sample::select(vec!["article", "article", "article", "p", "a", "article n=\"x\""]),
    ) {
        let long = format!("\n<p>{}</p>\n", "长".repeat(1500));
        let name = root.split(' ').next().unwrap();
        let text = format!("<{root}>{long}{}{long}</{name}>", parts.join(&long));
        let [portions, whole] = [text.clone() + "       ", text + "<!---->"].map(|text| run(&text, BARE));
        match (portions, whole) {
            (Ok((_, portions)), Ok((_, whole))) => prop_assert_eq!(portions, whole),
            (Err(portions), Err(whole)) => prop_assert_eq!(messages(&portions), messages(&whole).replace("<!---->", "")),
            (portions, whole) => prop_assert!(false, "{:?} is not {:?}", portions.is_ok(), whole.is_ok()),
        }
    }
}

fn part() -> impl Strategy<Value = String> {
    let names = [
        "title",
        "byline",
        "h1",
        "h2",
        "h4",
        "p",
        "ol",
        "ul",
        "li",
        "b",
        "span",
        "data",
        "table",
        "caption",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "note",
        "signature",
        "name",
        "date",
        "br",
        "div",
    ];
    let attributes = [
        "",
        " kind=\"note\"",
        " join=\"，\" end=\"\"",
        " colspan=\"2\"",
        " rowspan=\"3\"",
        " value=\"a\" class=\"absent\"",
    ];
    let name = proptest::sample::select(names.to_vec());
    prop_oneof![
        (name.clone(), proptest::sample::select(attributes.to_vec()))
            .prop_map(|(name, it)| format!("<{name}{it}>")),
        name.clone().prop_map(|name| format!("</{name}>")),
        name.clone().prop_map(|name| format!("<{name}/>")),
        (name.clone(), name, "[文。，a ]{0,4}")
            .prop_map(|(outer, inner, text)| format!("<{outer}><{inner}>{text}</{inner}></{outer}>")),
        "[文。，；：“”a-c &;#x1<>!\\[\\]-]{0,8}",
    ]
}

fn block() -> impl Strategy<Value = String> {
    let text = "[文。，；：“”a ]{0,6}";
    let clauses = proptest::collection::vec(text.prop_map(|text| format!("<li>{text}</li>")), 0..4);
    let list = (proptest::sample::select(vec!["ol", "ul"]), clauses)
        .prop_map(|(name, clauses)| format!("<{name}>{}</{name}>", clauses.concat()));
    prop_oneof![
        (1..=4, text).prop_map(|(level, text)| format!("<h{level}>{text}</h{level}>")),
        (text, list.clone(), text)
            .prop_map(|(before, list, after)| format!("<p>{before}{list}<span>{after}</span></p>")),
        (1..=4, text, list)
            .prop_map(|(level, text, list)| format!("<p><h{level}>{text}</h{level}>{list}</p>")),
        (text, text)
            .prop_map(|(one, two)| format!("<ol><li>{one}</li><li>{two}<ul><li>{one}</li></ul></li></ol>")),
        text.prop_map(|text| format!(
            "<table><tbody><tr><td>{text}</td></tr></tbody></table><note>{text}</note>"
        )),
    ]
}

/// A text that is a paragraph ends with 。 whatever it ends with, unless it has ended a sentence, leads on, trails off,
/// or stands in parentheses as a whole; a clause of a list does so too, and leads on to those after it alone.
#[test]
fn texts_of_the_data_end_as_sentences_do() {
    for (text, mark, joined) in [
        ("各单位要做到“应免尽免”", "。", "；"),
        ("电话印在通讯录内（8001）", "。", "；"),
        ("检查井（含井盖）", "。", "；"),
        ("坚持“人民至上、生命至上”", "。", "；"),
        ("学习‘十条’", "。", "；"),
        ("印发《办法》", "。", "；"),
        ("观看《干杯！》", "。", "；"),
        ("指出：“要落实。”", "", ""),
        ("问：“落实了吗？”", "", ""),
        ("到位（见附件。）", "", ""),
        ("落实了吗？", "", ""),
        ("（自查）检查（互查）", "。", "；"),
        ("（此页无正文）", "", "；"),
        ("（见附件（一））", "", "；"),
        ("等等……", "", "；"),
        ("检查的重点是以下内容：", "", ""),
    ] {
        let data = serde_json::json!({
            "report": {"year": 2025, "level": "县"}, "works": {"text": text, "highlights": [text, text]}
        });
        let template = "<article><p>{{works.text}}</p><p>二</p>\
            <p>三<ul>{{#each works.highlights}}<li>{{this}}</li>{{/each}}</ul></p></article>";
        let (_, document) = run(template, &data.to_string()).unwrap();
        let last = text.trim_end_matches('：');
        let end = if joined.is_empty() && last == text { "" } else { "。" };
        let wanted = format!("{text}{mark}\n二\n三{text}{joined}{last}{end}\n");
        assert_eq!(document.plain_text(), wanted);
    }
}

#[test]
fn attachments_are_numbered_when_there_is_more_than_one() {
    let attachment =
        |title: &str| format!("<attachment><title>{title}</title><h1>总则</h1><p>条文。</p></attachment>");
    let one = format!(
        "<article><p>正文。</p><attachments><li>甲表</li></attachments>{}</article>",
        attachment("甲表")
    );
    assert_eq!(parse(&one).unwrap().plain_text(), "正文。\n附件：甲表\n附件\n甲表\n一、总则\n条文。\n");
    let two = format!(
        "<article><h1>一</h1><p>正文。</p><attachments><li>甲表</li><li><span> </span></li><li>乙表</li></attachments>\
         {}<attachment><title>空</title><p> </p></attachment>{}</article>",
        attachment("甲表"),
        attachment("乙表")
    );
    let wanted = "一、一\n正文。\n附件：1.甲表\n2.乙表\n附件1\n甲表\n一、总则\n条文。\n附件2\n乙表\n一、总则\n条文。\n";
    assert_eq!(parse(&two).unwrap().plain_text(), wanted);
    // The number is that of the list, also where what comes first there is bound elsewhere.
    let second = format!(
        "<article><p>正文。</p><attachments><li>甲表</li><li>乙表</li></attachments>{}</article>",
        attachment("乙表")
    );
    let wanted = "正文。\n附件：1.甲表\n2.乙表\n附件2\n乙表\n一、总则\n条文。\n";
    assert_eq!(parse(&second).unwrap().plain_text(), wanted);
}

#[test]
fn tables_with_titles_are_numbered_where_there_is_more_than_one_to_tell_apart() {
    let titled = "<table><caption>题</caption><tbody><tr><td>甲</td></tr></tbody></table>";
    let bare = "<table><tbody><tr><td>乙</td></tr></tbody></table>";
    let chart =
        r#"<chart kind="bar"><caption>图题</caption><tbody><tr><th>项</th><td>1</td></tr></tbody></chart>"#;
    let text = |blocks: &[&str]| {
        let attachment = format!("<attachment><title>附表</title>{titled}</attachment>");
        let blocks = blocks.concat().replace("ATTACHED", &attachment);
        parse(&format!("<article>{blocks}</article>")).unwrap().plain_text()
    };
    assert_eq!(text(&[titled]), "题\n甲\n");
    assert_eq!(text(&[titled, bare]), "题\n甲\n乙\n");
    assert_eq!(text(&[titled, bare, titled]), "表1\u{3000}题\n甲\n乙\n表2\u{3000}题\n甲\n");
    assert_eq!(text(&[titled, chart]), "表1\u{3000}题\n甲\n项\t1\n图1\u{3000}图题\n");
    assert!(text(&[titled, "ATTACHED"]).ends_with("附件\n附表\n表2\u{3000}题\n甲\n"));
}

/// A column all whose data are absent goes with its head; one that the template leaves blank, and one that has a datum,
/// stay, the latter with a dash for each that is absent.
#[test]
fn a_column_without_any_datum_is_left_out() {
    let template = "<article><p>文。</p><table><thead><tr><th>名称</th><th>投资</th><th>备注</th></tr></thead><tbody>\
        {{#each works.projects}}<tr><td>{{name}}</td><td><span>{{investment}}</span></td><td></td></tr>{{/each}}\
        </tbody></table></article>";
    let text = |projects: &str| {
        let data = format!(
            r#"{{"report": {{"year": 2025, "level": "县"}}, "works": {{"projects": [{projects}]}}}}"#
        );
        run(template, &data).unwrap().1.plain_text()
    };
    let (one, other) = (r#"{"name": "甲"}"#, r#"{"name": "乙", "investment": "2.50"}"#);
    assert_eq!(text(one), "文。\n名称\t备注\n甲\t\n");
    assert_eq!(text(&format!("{one}, {other}")), "文。\n名称\t投资\t备注\n甲\t—\t\n乙\t2.50亿元\t\n");
}

#[test]
fn the_line_below_a_title_may_be_parted() {
    let data = r#"{"report": {"year": 2025, "level": "县"}}"#;
    let text = |byline: &str| {
        let title = format!("<article><title>报告</title><byline>{byline}</byline></article>");
        run(&title, data).unwrap().1.plain_text()
    };
    assert_eq!(text("岑汀市统计局<br/>{{report.year}}年3月"), "报告\n岑汀市统计局\n2025年3月\n");
    assert_eq!(text("岑汀市统计局<br/><span>{{works.name}}</span><br/>"), "报告\n岑汀市统计局\n");
}

/// The blocks of a document whose paragraphs are these sentences of the data, each with what leads it as a heading.
fn sentences(texts: &[&str]) -> Vec<(u8, String, String)> {
    let data = serde_json::json!({"report": {"year": 2025, "level": "县"}, "works": {"highlights": texts}});
    let template = "<article>{{#each works.highlights}}<p>{{this}}</p>{{/each}}</article>";
    let (_, document) = run(template, &data.to_string()).expect("the data and the template are sound");
    let text = |content: &[Inline]| -> String {
        content.iter().map(|inline| if let Inline::Run(run) = inline { &*run.text } else { "" }).collect()
    };
    let shown = |block: &Block| match block {
        Block::Heading(heading) => (heading.level, text(&heading.content), String::new()),
        Block::Paragraph(paragraph) => match &paragraph.heading {
            Some(heading) => (heading.level, text(&heading.content), text(&paragraph.content)),
            None => (0, String::new(), text(&paragraph.content)),
        },
        other => panic!("{other:?}"),
    };
    document.blocks.iter().map(shown).collect()
}

#[test]
fn a_number_typed_before_a_paragraph_makes_its_first_sentence_a_heading() {
    let blocks = |wanted: &[(u8, &str, &str)]| -> Vec<(u8, String, String)> {
        wanted.iter().map(|(level, head, text)| (*level, (*head).to_owned(), (*text).to_owned())).collect()
    };
    let run_in = sentences(&[
        "（一）加强组织领导。各县要压实责任。",
        "（二）落实经费保障。列入预算",
        "一、总体要求。坚持三条",
    ]);
    assert_eq!(
        run_in,
        blocks(&[
            (2, "（一）加强组织领导。", "各县要压实责任。"),
            (2, "（二）落实经费保障。", "列入预算。"),
            (1, "一、总体要求。", "坚持三条。"),
        ])
    );
    // With text below it too, a headline that has its own text is run into that.
    assert_eq!(
        sentences(&["（二）有关要求。各单位做好衔接", "特此通知"]),
        blocks(&[(2, "（二）有关要求。", "各单位做好衔接。"), (0, "", "特此通知。")])
    );
    let alone =
        sentences(&["（十一）加强组织领导", "各县要压实责任", "（十二）落实经费", "（十三）办好会务"]);
    assert_eq!(
        alone,
        blocks(&[
            (2, "（十一）加强组织领导", ""),
            (0, "", "各县要压实责任。"),
            (2, "（十二）落实经费。", ""),
            (2, "（十三）办好会务。", ""),
        ])
    );
    let long = format!("（一）{}。", "市".repeat(50));
    for text in
        ["一、二季度增长6%。三季度回落。", "（1）甲。乙。", "（一月）甲。乙。", "1.甲。乙。", long.as_str()]
    {
        assert_eq!(sentences(&[text]), blocks(&[(0, "", text)]), "{text}");
    }
}

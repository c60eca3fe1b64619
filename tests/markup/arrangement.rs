//! What stands once and in which order: told of a template before any data, and of the filled text, alike.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use proptest::prelude::*;
use shizheng::diag::{Language, SourceText};
use shizheng::fill::Survey;
use shizheng::markup;

use super::parse;

/// The codes of what is wrong with templates, `report` the first of them.
fn lint(templates: &[(&str, &str)]) -> Vec<&'static str> {
    let texts: BTreeMap<_, _> = templates
        .iter()
        .map(|(name, text)| ((*name).to_owned(), Arc::new(SourceText::new(format!("{name}.hbs"), *text))))
        .collect();
    let survey = Survey::of(&texts, &BTreeSet::new(), None, None);
    let found = markup::check(&survey.outlines(), Some("report"), &BTreeSet::new());
    found.iter().map(|fault| fault.entry.code).collect()
}

const TABLE: &str = "<tbody><tr><td>1</td></tr></tbody>";

/// Every element that stands once, in what holds it.
fn once() -> Vec<(String, String)> {
    let whole = |before: &str, one: &str, after: &str| {
        let text = |times: usize| format!("<article>{before}{}{after}</article>", one.repeat(times));
        (text(1), text(2))
    };
    let part = |parent: &str, rest: &str, name: &str| {
        whole(&format!("<{parent}>{rest}"), &format!("<{name}>文</{name}>"), &format!("</{parent}>"))
    };
    let mark = "<mark><organ>文</organ></mark>";
    let mut all = vec![
        whole("", "<title>文</title>", ""),
        whole("<title>文</title>", "<byline>文</byline>", ""),
        whole("", &format!("<head>{mark}</head>"), "<title>文</title>"),
        whole("<p>文。</p>", "<signature><name>文</name></signature>", ""),
        whole("<p>文。</p>", "<imprint><copies>文</copies></imprint>", ""),
        whole("<head>", mark, "</head>"),
        whole("<head><mark><organ>文</organ>", "<suffix>文</suffix>", "</mark></head>"),
        whole("<attachment>", "<title>文</title>", "<p>文。</p></attachment>"),
        whole("<attachment><title>文</title>", "<byline>文</byline>", "<p>文。</p></attachment>"),
        whole("<table>", "<caption>文</caption>", &format!("{TABLE}</table>")),
        whole("<signature><name>文", "<post>文</post>", "</name></signature>"),
        whole("<signature><name>文", "<picture>文.png</picture>", "</name></signature>"),
        part("signature", "<name>文</name>", "date"),
    ];
    all.extend(["copy-number", "secrecy", "urgency", "number"].map(|name| part("head", mark, name)));
    all.extend(["copies", "printer", "date"].map(|name| part("imprint", "", name)));
    all
}

#[test]
fn what_stands_once_is_refused_a_second_time() {
    for (one, two) in once() {
        assert!(parse(&one).is_ok(), "{one}");
        assert_eq!(lint(&[("report", &one)]), [""; 0], "{one}");
        assert_eq!(parse(&two).unwrap_err(), ["E0417"], "{two}");
        assert_eq!(lint(&[("report", &two)]), ["E0417"], "{two}");
    }
}

#[test]
fn what_data_decide_is_told_where_the_same_data_write_both() {
    let codes = |date: &str| {
        lint(&[
            (
                "report",
                &format!("<article><p>文。</p><signature><name>文</name>{date}</signature></article>"),
            ),
            ("date", "<date>文</date>"),
            ("dates", "{{#if a}}<date>文</date>{{else}}<date>字</date>{{/if}}"),
        ])
    };
    let (one, none): (_, &[&str]) = ("<date>文</date>", &[]);
    for apart in [
        format!("{{{{#if a}}}}{one}{{{{else}}}}{one}{{{{/if}}}}"),
        format!("{{{{#if a}}}}{one}{{{{/if}}}}{{{{#if b}}}}{one}{{{{/if}}}}{{{{#if c}}}}{one}{{{{/if}}}}"),
        format!(
            "{{{{#if a}}}}{{{{#if b}}}}{one}{{{{/if}}}}{{{{else}}}}{{{{#if b}}}}{one}{{{{/if}}}}{{{{/if}}}}"
        ),
        format!("{{{{#if a}}}}{{{{> date}}}}{{{{else}}}}{one}{{{{/if}}}}"),
        "{{> dates}}".to_owned(),
    ] {
        assert_eq!(codes(&apart), none, "{apart}");
    }
    for both in [
        format!("{one}{{{{#if a}}}}{one}{{{{/if}}}}"),
        format!("{{{{#if a}}}}{one}{{{{/if}}}}{one}"),
        format!("{{{{#if a}}}}{one}{one}{{{{/if}}}}"),
        format!("{{{{#if a}}}}{one}{{{{else}}}}{one}{{{{/if}}}}{{{{#if b}}}}{one}{{{{/if}}}}"),
        format!("{{{{#if a}}}}{{{{#if b}}}}{one}{{{{/if}}}}{one}{{{{/if}}}}"),
        "{{> date}}{{> date}}".to_owned(),
        format!("{one}{{{{> date}}}}"),
        "{{> dates}}{{#if b}}{{> date}}{{/if}}".to_owned(),
    ] {
        assert_eq!(codes(&both), ["E0417"], "{both}");
    }
}

#[test]
fn an_attachment_before_the_signature_is_refused_where_it_stands() {
    let report = "<article><title>文</title>{{> part}}<h1>文</h1><p>文。</p><signature><name>文</name></signature></article>";
    let part = "<p>文。</p>\n<attachment><title>名单</title><p>文。</p></attachment>";
    let texts = [("report", report), ("part", part)]
        .map(|(name, text)| (name.to_owned(), Arc::new(SourceText::new(format!("{name}.hbs"), text))));
    let survey = Survey::of(&BTreeMap::from(texts), &BTreeSet::new(), None, None);
    let found = markup::check(&survey.outlines(), Some("report"), &BTreeSet::new());
    let [fault] = &found[..] else { panic!("{found:?}") };
    let origin = fault.origin.as_ref().unwrap();
    assert_eq!((fault.entry.code, origin.source.name()), ("E0418", "part.hbs"));
    assert_eq!(origin.source.position(origin.span.start).line, 2);
    assert!(fault.hints(Language::Chinese)[1].contains("report.hbs 第1行"), "{fault:?}");
    assert_eq!(parse(&report.replace("{{> part}}", part)).unwrap_err(), ["E0418"; 1]);
}

#[test]
fn text_ends_with_the_signature_and_a_byline_stands_above_it() {
    let signature = "<signature><name>文</name></signature>";
    let note = "<p kind=\"note\">（文）</p>";
    let whole = |text: &str| format!("<article>{text}</article>");
    for right in [
        format!("<title>文</title><byline>文</byline><p>文。</p>{signature}{note}"),
        format!("<p>征求意见稿</p><title>文</title><byline>文</byline><p>文。</p>{signature}"),
        format!("{note}<title>文</title><byline>文</byline><p>文。</p>"),
        format!("<p>文。</p>{signature}{note}<attachment><title>文</title><p>文。</p></attachment>"),
        "<p>文。</p><attachment><title>文</title><byline>文</byline><p>文。</p></attachment>".to_owned(),
    ] {
        let right = whole(&right);
        assert_eq!(lint(&[("report", &right)]), [""; 0], "{right}");
        assert!(parse(&right).is_ok(), "{right}");
    }
    for wrong in [
        format!("<p>文。</p>{signature}<p>文。</p>"),
        format!("<p>文。</p>{signature}{note}<p>文。</p>"),
        "<title>文</title><p>文。</p><byline>文</byline>".to_owned(),
        "<title>文</title><h1>文</h1><byline>文</byline><p>文。</p>".to_owned(),
        format!("<p>征求意见稿</p><title>文</title>{note}<byline>文</byline><p>文。</p>"),
    ] {
        let wrong = whole(&wrong);
        assert_eq!(lint(&[("report", &wrong)]), ["E0418"], "{wrong}");
        assert_eq!(parse(&wrong).unwrap_err(), ["E0418"], "{wrong}");
    }
    // Which title there is may be the data's affair.
    let title = "{{#if a}}<title>文</title>{{/if}}{{#unless a}}<title>字</title>{{/unless}}";
    let text = whole(&format!("<p>征求意见稿</p>{title}<byline>文</byline><p>文。</p>"));
    assert_eq!(lint(&[("report", &text)]), [""; 0]);
    let parted = whole("<p>征求意见稿</p>{{> title}}{{> byline}}<p>文。</p>");
    let parts =
        [("report", parted.as_str()), ("title", "<title>文</title>"), ("byline", "<byline>文</byline>")];
    assert_eq!(lint(&parts), [""; 0]);
}

#[test]
fn what_no_data_can_render_is_told_of_the_template() {
    let codes = |text: &str| lint(&[("report", &format!("<article>{text}</article>"))]);
    for (text, code) in [
        ("<p>甲<h2>乙</h2>丙</p>", "E0411"),
        ("<p><b>甲</b><h2>乙</h2>丙</p>", "E0411"),
        ("<p>{{a}}<h2>乙</h2>丙</p>", "E0411"),
        ("<p><h2>甲</h2><h3>乙</h3>丙</p>", "E0411"),
        ("<p>甲。</p><signature><date>2026年1月5日</date></signature>", "E0412"),
        ("<p>甲a.b}}。</p>", "E0402"),
        ("<p>甲｛｛a.b｝｝。</p>", "E0402"),
        ("<p>甲{trees}株。</p>", "E0402"),
        ("<p>甲｛trees｝株。</p>", "E0402"),
        ("<p>甲{ {a.b} }。</p>", "E0402"),
        ("<p>甲${a.b}。</p>", "E0402"),
        ("<p>集合{a}和{#if trees}甲{/if}。</p>", "E0402"),
    ] {
        assert_eq!(codes(text), [code], "{text}");
    }
    for text in [
        "<p>{{#if a}}<h2>甲</h2>{{else}}<h3>甲</h3>{{/if}}乙</p>",
        "<p>{{#if a}}甲{{else}}<h3>甲</h3>{{/if}}乙</p>",
        "<p>\n<!-- 甲 --><h2>甲</h2>{{a}}</p>",
        "<p>甲。</p><signature>{{#each a}}<name>{{this}}</name>{{/each}}<date>乙</date></signature>",
        "<p>集合｛甲、乙｝和{a}。</p>",
    ] {
        assert_eq!(codes(text), [""; 0], "{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever parts there are and in whatever order, the templates are told the same as the filled text.
    #[test]
    fn templates_and_the_filled_text_are_told_the_same(parts in proptest::collection::vec(part(), 0..7)) {
        let text = format!("<article>{}</article>", parts.concat());
        let told = |codes: &[&'static str]| codes.iter().copied().collect::<BTreeSet<_>>();
        let filled = parse(&text).err().unwrap_or_default();
        prop_assert_eq!(told(&lint(&[("report", &text)])), told(&filled), "{}", text);
    }
}

fn part() -> impl Strategy<Value = &'static str> {
    proptest::sample::select(vec![
        "<head><mark><organ>文</organ></mark></head>",
        "<title>文</title>",
        "<byline>文</byline>",
        "<h1>文</h1><p>文。</p>",
        "<p>文。</p>",
        "<p kind=\"note\">文</p>",
        "<roster label=\"出席\">文</roster>",
        "<table><tbody><tr><td>文</td></tr></tbody></table>",
        "<attachments><li>文</li></attachments>",
        "<signature><name>文</name></signature>",
        "<attachment><title>文</title><p>文。</p></attachment>",
        "<attachment><p>文。</p><title>文</title></attachment>",
        "<imprint><copies>文</copies></imprint>",
    ])
}

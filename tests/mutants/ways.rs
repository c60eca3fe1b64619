//! The ways in which a template is spoiled.

use std::ops::Range;

/// Returns the tags of a template, comments left out.
pub(super) fn tags(text: &str) -> Vec<Range<usize>> {
    let mut tags = Vec::new();
    let mut at = 0;
    while let Some(found) = text[at..].find("{{") {
        let start = at + found;
        let is_comment = text[start..].starts_with("{{!");
        let end = if text[start..].starts_with("{{!--") { "--}}" } else { "}}" };
        at = start + text[start..].find(end).unwrap() + end.len();
        if !is_comment {
            tags.push(start..at);
        }
    }
    tags
}

pub(super) fn line(text: &str, at: usize) -> usize {
    text[..at].matches('\n').count() + 1
}

/// Returns the words of a tag and where each begins, quoted texts left out.
pub(super) fn words(tag: &str) -> Vec<(usize, &str)> {
    let mut words = Vec::new();
    let mut at = 0;
    for (index, part) in tag.split('"').enumerate() {
        let is_part = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '@' | '/' | '=');
        let mut rest = part;
        while let Some(start) = rest.find(is_part) {
            let end = rest[start..].find(|c| !is_part(c)).map_or(rest.len(), |end| start + end);
            if index % 2 == 0 {
                words.push((at + part.len() - rest.len() + start, &rest[start..end]));
            }
            rest = &rest[end..];
        }
        at += part.len() + 1;
    }
    words
}

/// Changes the last letter of a word.
fn misspelt(word: &str) -> String {
    let other = if word.ends_with('q') { 'k' } else { 'q' };
    word[..word.len() - 1].to_owned() + &other.to_string()
}

/// A way to spoil a template: the text with one fault, the fault's code, and the byte where it is.
pub(super) type Way = (&'static str, fn(&str) -> Option<(String, &'static str, usize)>);

/// Spoils the first tag that can be spoiled so.
fn in_tag(
    text: &str,
    code: &'static str,
    spoil: impl Fn(&str) -> Option<(usize, String)>,
) -> Option<(String, &'static str, usize)> {
    tags(text).into_iter().find_map(|tag| {
        let (at, spoiled) = spoil(&text[tag.clone()])?;
        Some((format!("{}{spoiled}{}", &text[..tag.start], &text[tag.end..]), code, tag.start + at))
    })
}

/// Misspells the word of a tag with a number, if the tag begins so.
fn word_of(tag: &str, start: &str, number: usize) -> Option<(usize, String)> {
    let words = words(tag);
    let (at, word) = words.get(number).filter(|_| tag.starts_with(start))?;
    if word.contains('=') || word.starts_with('@') || *word == "this" || *word == "else" {
        return None;
    }
    let end = at + word.len();
    Some((*at, format!("{}{}{}", &tag[..*at], misspelt(word), &tag[end..])))
}

/// Puts a line of its own after the first line that ends inside a paragraph.
fn added(text: &str, line: &str, code: &'static str, word: &str) -> Option<(String, &'static str, usize)> {
    let at = text.find("<li>").or_else(|| text.find("<p>"))?;
    let at = at + text[at..].find('>')? + 1;
    let spoiled = format!("{}\n{line}\n{}", &text[..at], &text[at..]);
    Some((spoiled, code, at + 1 + line.find(word)?))
}

/// Replaces the first of some words that is there.
fn replaced(
    text: &str,
    from: &[&str],
    to: impl Fn(&str) -> String,
    code: &'static str,
) -> Option<(String, &'static str, usize)> {
    let (at, word) = from.iter().find_map(|word| Some((text.find(word)?, *word)))?;
    Some((format!("{}{}{}", &text[..at], to(word), &text[at + word.len()..]), code, at))
}

pub(super) const WAYS: &[Way] = &[
    ("path", |text| {
        in_tag(text, "E0304", |tag| {
            word_of(tag, "{{", 0).filter(|_| words(tag).len() == 1 && tag.contains('.'))
        })
    }),
    ("path of #each", |text| in_tag(text, "E0304", |tag| word_of(tag, "{{#each", 1))),
    ("path of #given", |text| in_tag(text, "E0304", |tag| word_of(tag, "{{#given", 1))),
    ("second path of #given", |text| {
        in_tag(text, "E0304", |tag| word_of(tag, "{{#given", 2).filter(|_| words(tag).len() > 2))
    }),
    ("path of a helper", |text| in_tag(text, "E0304", |tag| word_of(tag, "{{growth", 1))),
    ("path of a list", |text| in_tag(text, "E0304", |tag| word_of(tag, "{{list", 1))),
    ("path of #if", |text| {
        added(text, "{{#if @root.campaigns.gang_crackdowm}}甲{{/if}}", "E0304", "campaigns")
    }),
    ("path of #unless", |text| {
        added(text, "{{#unless @root.economy.highlight}}甲{{/unless}}", "E0304", "economy")
    }),
    ("path of else if", |text| {
        added(
            text,
            "{{#if @root.campaigns.six_stabilities}}甲\n{{else if @root.campaigns.six_stability}}乙{{/if}}",
            "E0304",
            "@root.campaigns.six_stability}",
        )
    }),
    ("path of #with", |text| {
        added(text, "{{#with @root.economy.gpd}}{{value}}{{/with}}", "E0304", "@root.economy.gpd")
    }),
    ("path in #with", |text| added(text, "{{#with @root.economy.gdp}}{{valeu}}{{/with}}", "E0304", "valeu")),
    ("path in a subexpression", |text| {
        added(text, "{{#if\n(zero @root.accidents.none)}}甲{{/if}}", "E0304", "@root.accidents.none")
    }),
    ("second path in a subexpression", |text| {
        added(
            text,
            "{{#if (equal @root.economy.gdp.growth @root.economy.gdp.grow)}}甲{{/if}}",
            "E0304",
            "@root.economy.gdp.grow)",
        )
    }),
    ("path as an option", |text| {
        added(text, "{{growth @root.economy.gdp.growth up=@root.economy.gdp.value}}", "E0310", "up=")
    }),
    ("literal as an argument", |text| added(text, "{{growth 3}}", "E0310", "growth")),
    ("option", |text| {
        in_tag(text, "E0311", |tag| {
            let words = words(tag);
            let (at, word) = words.iter().find(|(_, word)| word.ends_with('='))?;
            Some((*at, format!("{}q{word}{}", &tag[..*at], &tag[at + word.len()..])))
        })
    }),
    ("helper", |text| {
        in_tag(text, "E0305", |tag| {
            word_of(tag, "{{", 0).filter(|_| words(tag).len() > 1 && !tag.starts_with("{{#"))
        })
    }),
    ("helper of a block", |text| {
        added(text, "{{#givn @root.economy.gdp.value}}甲{{/givn}}", "E0305", "givn")
    }),
    ("helper in a subexpression", |text| {
        added(text, "{{#if (zerro @root.economy.gdp.value)}}甲{{/if}}", "E0305", "{{#if")
    }),
    ("too many arguments", |text| {
        added(text, "{{growth @root.economy.gdp.growth @root.economy.gdp.growth}}", "E0309", "{{")
    }),
    ("argument of another kind", |text| {
        added(text, "{{growth @root.economy.gdp.value}}", "E0310", "economy")
    }),
    ("block that prints", |text| {
        added(text, "{{#growth @root.economy.gdp.growth}}甲{{/growth}}", "E0313", "growth")
    }),
    ("group printed", |text| added(text, "{{@root.economy.gdp}}", "E0312", "economy")),
    ("figure as a condition", |text| {
        added(text, "{{#if @root.economy.gdp.growth}}甲{{/if}}", "E0308", "economy")
    }),
    ("figure as a condition of #unless", |text| {
        added(text, "{{#unless @root.economy.gdp.growth}}甲{{/unless}}", "E0308", "economy")
    }),
    ("partial", |text| in_tag(text, "E0306", |tag| word_of(tag, "{{>", 0))),
    ("partial in a circle", |text| added(text, "{{> report}}", "E0307", "report")),
    ("partial by a path", |text| added(text, "{{> (lookup this \"a\")}}", "E0314", "{{")),
    ("triple braces", |text| {
        in_tag(text, "E0302", |tag| {
            (words(tag).len() == 1 && tag.contains('.')).then(|| (0, format!("{{{tag}}}")))
        })
    }),
    ("ampersand in braces", |text| {
        in_tag(text, "E0302", |tag| {
            (words(tag).len() == 1 && tag.contains('.')).then(|| (0, tag.replacen("{{", "{{&", 1)))
        })
    }),
    ("braces that do not close", |text| {
        let tag = tags(text).pop()?;
        Some((text[..tag.end - 2].to_owned(), "E0301", tag.start))
    }),
    ("block without its end", |text| {
        // One that holds no other, so that its end is its own.
        let all = tags(text);
        let index = (1..all.len()).find(|index| {
            text[all[index - 1].clone()].starts_with("{{#") && text[all[*index].clone()].starts_with("{{/")
                || index + 1 < all.len()
                    && text[all[index - 1].clone()].starts_with("{{#")
                    && !text[all[*index].clone()].starts_with("{{#")
                    && text[all[index + 1].clone()].starts_with("{{/")
        })?;
        let open = all[index - 1].clone();
        let close = all[index..].iter().find(|tag| text[(*tag).clone()].starts_with("{{/"))?;
        let name = |tag: &Range<usize>| words(&text[tag.clone()])[0].1.to_owned();
        let is_single = all
            .iter()
            .filter(|tag| text[(*tag).clone()].starts_with("{{#") && name(tag) == name(&open))
            .count()
            == 1;
        is_single.then(|| (format!("{}{}", &text[..close.start], &text[close.end..]), "E0301", open.start))
    }),
    ("end without its block", |text| {
        let open = tags(text).into_iter().find(|tag| text[tag.clone()].starts_with("{{#"))?;
        let name = words(&text[open.clone()])[0].1;
        let rest = format!("{}{}", &text[..open.start], &text[open.end..]);
        let close = rest.rfind(&format!("{{{{/{name}"))?;
        (text.matches(&format!("{{{{#{name}")).count() == 1).then_some((rest, "E0301", close))
    }),
    ("end of another name", |text| {
        let at = text.find("{{/")?;
        Some((format!("{}{{{{/q{}", &text[..at], &text[at + 3..]), "E0301", at))
    }),
    ("element not closed", |text| {
        // The innermost ones are closed on their lines.
        let close = text.find("</li>").or_else(|| text.find("</h3>")).or_else(|| text.find("</h2>"))?;
        let tag = &text[close + 2..close + text[close..].find('>')?];
        let open = text[..close].rfind(&format!("<{tag}>"))?;
        let spoiled = format!("{}{}", &text[..close], &text[close + tag.len() + 3..]);
        Some((spoiled, "E0402", open))
    }),
    ("element not opened", |text| {
        let open = ["<li>", "<h3>", "<h2>", "<h1>", "<title>"]
            .into_iter()
            .find_map(|tag| Some((text.find(tag)?, tag)))?;
        let at = open.0;
        let close = open.1.replace('<', "</");
        let first = at + text[at..].find(&close)?;
        // With one inside another the wrong one would be the outer.
        let inside = &text[at + open.1.len()..first];
        let is_plain = !inside.contains(open.1) && !inside.starts_with(char::is_whitespace);
        is_plain.then(|| {
            (
                format!("{}{}", &text[..at], &text[at + open.1.len()..]),
                if open.1 == "<li>" { "E0405" } else { "E0402" },
                if open.1 == "<li>" { at } else { first - open.1.len() },
            )
        })
    }),
    ("elements that cross", |text| added(text, "<b><span>甲</b></span>", "E0402", "<span>")),
    ("element in one branch alone", |text| {
        added(text, "{{#given @root.economy.gdp.value}}<span>{{/given}}甲</span>", "E0402", "<span>")
    }),
    ("element closed in one branch alone", |text| {
        added(text, "<span>甲{{#given @root.economy.gdp.value}}</span>{{/given}}", "E0402", "</span>")
    }),
    ("element left open by #each", |text| {
        added(text, "{{#each @root.economy.highlights}}<span>{{this}}{{/each}}", "E0402", "<span>")
    }),
    ("element unknown", |text| {
        replaced(text, &["<li>", "<h2>", "<h1>", "<p>"], |tag| tag.replace('>', "i>"), "E0403")
    }),
    ("end of an unknown element", |text| {
        replaced(text, &["</li>", "</h2>", "</h1>", "</p>"], |tag| tag.replace('>', "i>"), "E0403")
    }),
    ("element misplaced", |text| added(text, "<table></table>", "E0404", "<table>")),
    ("datum by hand", |text| {
        added(text, "<data value=\"@root.economy.gdp.value\">5</data>", "E0410", "<data")
    }),
    ("CDATA", |text| added(text, "<![CDATA[甲]]>", "E0410", "<![")),
    ("ampersand", |text| {
        replaced(
            text,
            &["，", "、", "<h1>", "<p>"],
            |mark| {
                if mark.len() == 3 && !mark.starts_with('<') {
                    " & ".to_owned()
                } else {
                    format!("{mark}&甲")
                }
            },
            "E0402",
        )
    }),
    ("entity unknown", |text| added(text, "甲&nbsp;乙", "E0402", "&nbsp;")),
    ("less than", |text| added(text, "5 < 6", "E0402", "<")),
    ("tag not ended", |text| added(text, "<span 甲</span>", "E0402", "<span")),
    ("datum in a tag", |text| {
        added(text, "<ul join=\"{{@root.economy.gdp.value}}\"></ul>", "E0402", "{{@root")
    }),
    ("attribute unknown", |text| added(text, "<ul jion=\"，\"></ul>", "E0406", "jion")),
    ("attribute without quotes", |text| added(text, "<ul join=，></ul>", "E0402", "<ul")),
    ("value of an attribute", |text| added(text, "<ul join=\"，，\"></ul>", "E0407", "join")),
    ("control character", |text| added(text, "甲\u{7}乙", "E0326", "\u{7}")),
    ("text in a list", |text| {
        replaced(
            text,
            &["<ul>", "<ol>", "</ul>", "</ol>"],
            |tag| {
                if tag.starts_with("</") { format!("甲{tag}") } else { format!("{tag}甲") }
            },
            "E0405",
        )
    }),
    ("elements too deep", |text| {
        added(text, &format!("{}甲{}", "<span>".repeat(40), "</span>".repeat(40)), "E0408", "<span>")
    }),
    ("too many conditions in a row", |text| {
        let chain = "{{else given @root.economy.gdp.value}}乙".repeat(60);
        let line = format!("{{{{#given @root.economy.gdp.value}}}}甲{chain}{{{{/given}}}}");
        added(text, &line, "E0303", "{{#given")
    }),
];

//! Spoils the embedded pack in every way that its authors may, one fault a copy, and sees each of them found:
//! by its code, in its file, on its line.
#![expect(clippy::unwrap_used, reason = "what cannot be read fails the test")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io;
use std::ops::Range;

use serde_json::{Value as Json, json};
use shizheng::Press;
use shizheng::diag::{Diagnostic, Language, Severity};
use shizheng::font::Fonts;
use shizheng::pack::{Pack, PackFiles, embedded};

/// A copy of the embedded pack.
#[derive(Clone)]
struct Files(BTreeMap<String, Vec<u8>>);

impl PackFiles for Files {
    fn names(&self) -> io::Result<Vec<String>> {
        Ok(self.0.keys().cloned().collect())
    }

    fn read(&self, path: &str) -> io::Result<Option<Vec<u8>>> {
        Ok(self.0.get(path).cloned())
    }
}

impl Files {
    fn sound() -> Self {
        let files = embedded("annual-report").unwrap().files();
        Self(files.into_iter().map(|(name, bytes)| (name, bytes.to_vec())).collect())
    }

    fn text(&self, name: &str) -> &str {
        std::str::from_utf8(&self.0[name]).unwrap()
    }

    fn with(&self, name: &str, text: &str) -> Self {
        let mut files = self.clone();
        files.0.insert(name.to_owned(), text.as_bytes().to_vec());
        files
    }

    fn templates(&self) -> Vec<&str> {
        self.0.keys().map(String::as_str).filter(|name| name.strip_suffix(".hbs").is_some()).collect()
    }
}

/// A spoiled copy and where its fault is.
struct Mutant {
    what: String,
    files: Files,
    code: &'static str,
    file: String,
    /// The line; none where a fault is of a whole file.
    line: Option<usize>,
}

impl Mutant {
    /// Tells what is wrong with how the fault was told, if anything.
    fn complaint(&self) -> Option<String> {
        let found = shizheng::lint(&self.files);
        let is_it = |one: &&Diagnostic| {
            let place = one
                .origin
                .as_ref()
                .map(|origin| (origin.source.name(), origin.source.position(origin.span.start).line));
            one.entry.code == self.code
                && match (self.line, place) {
                    (Some(line), Some(place)) => place == (self.file.as_str(), line),
                    (Some(_), None) => false,
                    (None, Some((file, _))) => file == self.file,
                    (None, None) => one.message(Language::English).contains(&self.file),
                }
        };
        let Some(fault) = found.iter().find(is_it) else {
            let mut text =
                format!("{} {}:{:?}: {} not found, but", self.what, self.file, self.line, self.code);
            for one in &found {
                let place =
                    one.origin.as_ref().map(|it| (it.source.name(), it.source.position(it.span.start)));
                let _ = write!(text, "\n    {} {place:?} {}", one.entry.code, one.message(Language::English));
            }
            return Some(text);
        };
        let is_refused =
            Pack::load(&self.files).and_then(|pack| Press::new(pack, Fonts::embedded())).is_err();
        let is_error = fault.severity == Severity::Error;
        (is_refused != is_error).then(|| format!("{}: refused: {is_refused}", self.what))
    }
}

/// Returns the tags of a template, comments left out.
fn tags(text: &str) -> Vec<Range<usize>> {
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

fn line(text: &str, at: usize) -> usize {
    text[..at].matches('\n').count() + 1
}

/// Returns the words of a tag and where each begins, quoted texts left out.
fn words(tag: &str) -> Vec<(usize, &str)> {
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
type Way = (&'static str, fn(&str) -> Option<(String, &'static str, usize)>);

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

const WAYS: &[Way] = &[
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
    ("control character", |text| added(text, "甲\u{7}乙", "E0402", "\u{7}")),
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

/// Spoils templates: each way in some of the files, and so that every file has its turn.
fn template_mutants(sound: &Files) -> Vec<Mutant> {
    /// Of so many files each way spoils one.
    const EVERY: usize = 12;
    let mut mutants = Vec::new();
    let templates = sound.templates();
    let mut spared: BTreeSet<&str> = templates.iter().copied().collect();
    let mutant = |(what, spoil): &Way, file: &str| {
        let text = sound.text(file);
        let (spoiled, code, at) = spoil(text)?;
        assert_ne!(spoiled, text, "{what} {file}");
        let line = Some(line(&spoiled, at));
        let files = sound.with(file, &spoiled);
        Some(Mutant { what: (*what).to_owned(), files, code, file: file.to_owned(), line })
    };
    for (number, way) in WAYS.iter().enumerate() {
        // Files that cannot be spoiled this way give their turn to the next.
        let turns = (0..templates.len()).map(|turn| templates[(number * 7 + turn * 5) % templates.len()]);
        let made: Vec<_> = turns
            .filter_map(|file| {
                mutant(way, file).inspect(|_| {
                    spared.remove(file);
                })
            })
            .take(templates.len() / EVERY)
            .collect();
        assert!(!made.is_empty(), "{}: no template can be spoiled so", way.0);
        mutants.extend(made);
    }
    for file in spared {
        mutants.extend(WAYS.iter().find_map(|way| mutant(way, file)));
    }
    mutants
}

/// Spoils the schema, parsed and written anew.
fn schema_mutants(sound: &Files) -> Vec<Mutant> {
    let schema: Json = serde_json::from_str(sound.text("schema.json")).unwrap();
    let gdp = "/properties/economy/properties/gdp/properties/value";
    /// What is wrong, its code, how to spoil a field, and a word of the line where it shows.
    type Spoilt = (&'static str, &'static str, fn(&mut Json), &'static str);
    let ways: [Spoilt; 9] = [
        ("x-kind unknown", "E0223", |it| it["x-kind"] = json!("quantty"), "\"quantty\""),
        ("x-kind missing", "E0222", |it| drop(it.as_object_mut().unwrap().remove("x-kind")), ""),
        ("title missing", "E0224", |it| drop(it.as_object_mut().unwrap().remove("title")), ""),
        ("x-source missing", "E0225", |it| drop(it.as_object_mut().unwrap().remove("x-source")), ""),
        ("x-unit missing", "E0226", |it| drop(it.as_object_mut().unwrap().remove("x-unit")), ""),
        ("x-decimals negative", "E0227", |it| it["x-decimals"] = json!(-7), ": -7"),
        ("x-required as a text", "E0227", |it| it["x-required"] = json!("yes"), "\"yes\""),
        ("keyword misspelt", "E0228", |it| it["x-decimal"] = json!(2), "\"x-decimal\""),
        ("type unknown", "E0220", |it| it["type"] = json!("nummber"), "\"nummber\""),
    ];
    let mut mutants: Vec<Mutant> = ways
        .into_iter()
        .map(|(what, code, spoil, word)| {
            let mut spoiled = schema.clone();
            spoil(spoiled.pointer_mut(gdp).unwrap());
            let text = serde_json::to_string_pretty(&spoiled).unwrap();
            // What is missing is told where its field begins.
            let at = if word.is_empty() {
                let economy = text.find("\n    \"economy\"").unwrap();
                let gdp = economy + text[economy..].find("\"gdp\"").unwrap();
                gdp + text[gdp..].find("\"value\"").unwrap()
            } else {
                text.find(word).unwrap()
            };
            let line = (what != "x-kind unknown").then(|| line(&text, at));
            Mutant {
                what: what.to_owned(),
                files: sound.with("schema.json", &text),
                code,
                file: "schema.json".to_owned(),
                line,
            }
        })
        .collect();

    // A field that a template prints is not there.
    for path in
        ["urban_rural.city.venues", "urban_rural.city.highlights", "report.city", "reform.finance.highlights"]
    {
        let mut spoiled = schema.clone();
        let (group, name) = path.rsplit_once('.').unwrap();
        let pointer = format!("/properties/{}", group.replace('.', "/properties/"));
        let group = spoiled.pointer_mut(&pointer).unwrap();
        group["properties"].as_object_mut().unwrap().remove(name).unwrap();
        let text = serde_json::to_string_pretty(&spoiled).unwrap();
        for file in sound.templates() {
            let template = sound.text(file);
            let places = tags(template).into_iter().filter_map(|tag| {
                let inside = words(&template[tag.clone()]);
                inside.into_iter().find(|(_, word)| *word == path).map(|(at, _)| tag.start + at)
            });
            let Some(at) = places.min() else { continue };
            mutants.push(Mutant {
                what: format!("{path} removed"),
                files: sound.with("schema.json", &text),
                code: "E0304",
                file: file.to_owned(),
                line: Some(line(template, at)),
            });
        }
    }

    // A field that no template prints.
    for (group, name) in [("economy", "unheard_of"), ("report", "unseen"), ("plan", "never")] {
        let mut spoiled = schema.clone();
        let field = json!({"title": "某项", "x-kind": "count", "x-unit": "个", "x-source": "局", "x-part": "1", "type": "number"});
        spoiled["properties"][group]["properties"][name] = field;
        let text = serde_json::to_string_pretty(&spoiled).unwrap();
        let line = Some(line(&text, text.find(name).unwrap()));
        let files = sound.with("schema.json", &text);
        mutants.push(Mutant {
            what: format!("{name} added"),
            files,
            code: "W0301",
            file: "schema.json".to_owned(),
            line,
        });
    }
    mutants
}

/// Spoils `pack.toml`, the schema's rules and `style.toml` by replacing a part of them.
fn replaced_mutants(sound: &Files) -> Vec<Mutant> {
    let ways: &[(&str, &str, &str, &str)] = &[
        ("pack.toml", "name = \"annual-report\"", "name = \"Annual Report\"", "E0211"),
        ("pack.toml", "name = \"annual-report\"", "nane = \"annual-report\"", "E0210"),
        ("pack.toml", "name = \"annual-report\"", "name = annual-report", "E0210"),
        ("pack.toml", "name = \"annual-report\"", "name = 3", "E0210"),
        ("pack.toml", "version = \"1.0.0\"", "version = \"1\"", "E0211"),
        ("pack.toml", "engine = \">=0.1.0\"", "engine = \">=99\"", "E0212"),
        ("pack.toml", "engine = \">=0.1.0\"", "engine = \"new\"", "E0211"),
        ("pack.toml", "entry = \"report\"", "entry = \"repotr\"", "E0211"),
        ("pack.toml", "language = \"zh-CN\"", "language = \"中文\"", "E0211"),
        ("pack.toml", "field = \"report.city\"", "field = \"report.ctiy\"", "E0213"),
        ("schema.json", "\"rule\": \"range\"", "\"rule\": \"rnage\"", "E0233"),
        ("schema.json", "environment.air.dust_reduction\"", "environment.air.dust_reducton\"", "E0234"),
        ("schema.json", "environment.air.dust_reduction\"", "report.city\"", "E0235"),
        ("schema.json", "\"severity\": \"error\"", "\"severity\": \"eror\"", "E0232"),
        ("schema.json", "\"tolerance\"", "\"tolerence\"", "E0236"),
        ("style.toml", "binding = \"28mm\"", "binding = \"28\"", "E0501"),
        ("style.toml", "binding = \"28mm\"", "bindng = \"28mm\"", "E0501"),
        ("style.toml", "binding = \"28mm\"", "binding = 28", "E0501"),
        ("style.toml", "binding = \"28mm\"", "binding = \"28mm", "E0501"),
    ];
    let mutant = |(file, from, to, code): &(&str, &str, &str, &'static str)| {
        let text = sound.text(file);
        let at = text.find(from).unwrap_or_else(|| panic!("{file}: no {from}"));
        let spoiled = text.replacen(from, to, 1);
        let line = Some(line(&spoiled, at));
        Mutant {
            what: (*to).to_owned(),
            files: sound.with(file, &spoiled),
            code,
            file: (*file).to_owned(),
            line,
        }
    };
    ways.iter().map(mutant).collect()
}

/// Spoils whole files.
fn file_mutants(sound: &Files) -> Vec<Mutant> {
    let mutant = |what: &str, files: Files, code, file: &str| Mutant {
        what: what.to_owned(),
        files,
        code,
        file: file.to_owned(),
        line: None,
    };
    let without = |name: &str| {
        let mut files = sound.clone();
        files.0.remove(name).unwrap();
        files
    };
    let mut garbled = sound.clone();
    garbled.0.get_mut("report.hbs").unwrap().insert(9, 0xff);
    let face = sound.text("style.toml").replacen("\"song\"", "\"sonng\"", 1);
    let own = format!("{}\n[own_faces]\nbody = \"fonts/own.ttf\"\n", sound.text("style.toml"));
    let unled = sound.text("pack.toml").replace("  \"back/signature\",\n", "");
    let top = sound.text("report.hbs").replace("<article>", "").replace("</article>", "");
    vec![
        mutant("no schema", without("schema.json"), "E0201", "schema.json"),
        mutant("no manifest", without("pack.toml"), "E0201", "pack.toml"),
        mutant("no style", without("style.toml"), "E0201", "style.toml"),
        mutant("no entry", without("report.hbs"), "E0211", "pack.toml"),
        mutant("a template missing", without("conduct/law.hbs"), "E0306", "conduct/conduct.hbs"),
        mutant("a section missing", without("back/signature.hbs"), "E0240", "pack.toml"),
        mutant("no UTF-8", garbled, "E0203", "report.hbs"),
        mutant("a name that leads out", sound.with("../a.hbs", ""), "E0204", "../a.hbs"),
        mutant("a face unknown", sound.with("style.toml", &face), "E0503", "sonng"),
        mutant("a face missing", sound.with("style.toml", &own), "E0201", "fonts/own.ttf"),
        mutant(
            "a template that nothing leads to",
            sound.with("pack.toml", &unled),
            "W0302",
            "back/signature.hbs",
        ),
        mutant("a template too many", sound.with("back/more.hbs", "<p>甲</p>"), "W0302", "back/more.hbs"),
        mutant(
            "a bad template too many",
            sound.with("back/more.hbs", "<p>{{a.b}}</p>"),
            "E0304",
            "back/more.hbs",
        ),
        mutant(
            "a malformed template too many",
            sound.with("back/more.hbs", "<p>甲"),
            "E0402",
            "back/more.hbs",
        ),
        mutant("no article", sound.with("report.hbs", &top), "E0402", "back/signature.hbs"),
        mutant("nothing at all", sound.with("report.hbs", ""), "E0402", "report.hbs"),
    ]
}

#[test]
fn sound_pack_has_no_faults() {
    let found = shizheng::lint(&Files::sound());
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn every_spoiled_copy_is_caught_at_its_place() {
    let sound = Files::sound();
    let makers = [template_mutants, schema_mutants, replaced_mutants, file_mutants];
    let mutants: Vec<Mutant> = makers.iter().flat_map(|make| make(&sound)).collect();
    assert!(mutants.len() > 200, "only {}", mutants.len());
    let files: BTreeSet<&str> = mutants.iter().map(|mutant| mutant.file.as_str()).collect();
    let spared: Vec<_> = sound.templates().into_iter().filter(|name| !files.contains(name)).collect();
    assert!(spared.is_empty(), "not spoiled: {spared:?}");
    let codes: BTreeSet<&str> = mutants.iter().map(|mutant| mutant.code).collect();
    assert!(codes.len() > 35, "{codes:?}");
    let complaints: Vec<_> = mutants.iter().filter_map(Mutant::complaint).collect();
    assert!(complaints.is_empty(), "{} of {}:\n{}", complaints.len(), mutants.len(), complaints.join("\n"));
}

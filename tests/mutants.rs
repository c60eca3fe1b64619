//! Spoils the embedded pack in every way that its authors may, one fault a copy, and sees each of them found:
//! by its code, in its file, on its line.
#![expect(clippy::unwrap_used, reason = "what cannot be read fails the test")]

mod ways;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io;

use serde_json::{Value as Json, json};
use shizheng::Press;
use shizheng::diag::{Diagnostic, Language, Severity};
use shizheng::font::Fonts;
use shizheng::pack::{Pack, PackFiles, embedded};

use self::ways::{WAYS, Way, line, tags, words};

/// A copy of the embedded pack.
#[derive(Clone)]
struct Files(BTreeMap<String, Vec<u8>>);

impl PackFiles for Files {
    fn names(&self) -> io::Result<Vec<String>> {
        Ok(self.0.keys().cloned().collect())
    }

    fn read(&self, path: &str) -> io::Result<Option<Cow<'static, [u8]>>> {
        Ok(self.0.get(path).cloned().map(Cow::Owned))
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
        mutant("a face unknown", sound.with("style.toml", &face), "E0503", "style.toml"),
        mutant("a face missing", sound.with("style.toml", &own), "E0201", "style.toml"),
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

//! Fills the examples of templates: the data, amid what the report cannot do without, all the way to text.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;
use std::io;

use serde_json::{Map, Value as Json};
use shizheng::data::Source;
use shizheng::diag::{Diagnostic, Language, Report};
use shizheng::fill::guide::GUIDES;
use shizheng::font::Fonts;
use shizheng::pack::{Pack, PackFiles, embedded};
use shizheng::{Format, Options, Press};

use super::{LANGUAGES, Part, book, parts, read};

/// The pack that the program carries, with another text in its entry.
struct Files(BTreeMap<String, Vec<u8>>);

impl Files {
    fn new(paragraph: &str) -> Self {
        let carried = embedded("annual-report").unwrap().files().into_iter();
        let mut files: BTreeMap<_, _> = carried.map(|(name, bytes)| (name, bytes.to_vec())).collect();
        let article = if ["<p>", "<table>"].iter().any(|block| paragraph.starts_with(block)) {
            format!("<article>{paragraph}</article>")
        } else {
            format!("<article><p>{paragraph}</p></article>")
        };
        files.insert("report.hbs".to_owned(), article.into_bytes());
        Self(files)
    }
}

impl PackFiles for Files {
    fn names(&self) -> io::Result<Vec<String>> {
        Ok(self.0.keys().cloned().collect())
    }

    fn read(&self, path: &str) -> io::Result<Option<Cow<'static, [u8]>>> {
        Ok(self.0.get(path).cloned().map(Cow::Owned))
    }
}

/// What a report cannot do without: the full sample with the fields alone that have to be there.
fn least() -> Json {
    let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/samples/centing.json");
    let sample: Json = serde_json::from_str(&fs::read_to_string(sample).unwrap()).unwrap();
    let pack = Pack::embedded("annual-report").unwrap().unwrap();
    let mut least = Json::Object(Map::new());
    for field in pack.schema().fields().iter().filter(|field| field.required) {
        let value = field.path.split('.').fold(&sample, |json, name| &json[name]);
        let mut place = &mut least;
        for name in field.path.split('.') {
            place = place.as_object_mut().unwrap().entry(name).or_insert_with(|| Json::Object(Map::new()));
        }
        *place = value.clone();
    }
    least
}

fn merge(into: &mut Json, from: Json) {
    match (into, from) {
        (Json::Object(into), Json::Object(from)) => {
            for (name, value) in from {
                merge(into.entry(name).or_insert(Json::Null), value);
            }
        }
        (into, from) => *into = from,
    }
}

/// Renders a paragraph of a template with data, as text.
fn text(paragraph: &str, data: &str) -> Result<String, Vec<Diagnostic>> {
    let pack = Pack::load(&Files::new(paragraph))?;
    let mut whole = least();
    merge(&mut whole, serde_json::from_str(data).unwrap());
    let source = Source::new("data.json", whole.to_string());
    let options = Options { format: Format::Text, ..Options::default() };
    let rendered = Press::new(pack, Fonts::embedded())?.render(&source, &options)?;
    Ok(String::from_utf8(rendered.bytes.into_vec()).unwrap().trim_end().to_owned())
}

/// Says how an example comes out when it does not as it is shown.
fn difference(template: &str, data: &str, output: &str) -> Option<String> {
    match text(template, data) {
        Ok(found) if found == output => None,
        Ok(found) => Some(format!("{template}\n  {output}\n  {found}\n")),
        Err(faults) => {
            let shown = faults.iter().filter(|fault| fault.is_error());
            let shown: String =
                shown.map(|fault| Report::new(fault, Language::Chinese).to_string()).collect();
            Some(format!("{template}\n{shown}"))
        }
    }
}

#[test]
fn every_example_of_a_helper_comes_out_as_it_is_shown() {
    let examples = GUIDES.iter().flat_map(|guide| guide.examples);
    let wrong: String =
        examples.filter_map(|example| difference(example.template, example.data, example.output)).collect();
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_example_of_the_elements_comes_out_as_it_is_shown() {
    let mut wrong = String::new();
    for language in LANGUAGES {
        let chapter = read(&book(language).join("author/vocabulary.md"));
        let mut parts = parts(&chapter).into_iter();
        let mut count = 0;
        let mut template = None;
        while let Some(part) = parts.next() {
            match part {
                Part::Comment("example") => {
                    let Some(Part::Code(code)) = parts.next() else { panic!("no block below the comment") };
                    template = Some(code.text.trim_end().to_owned());
                }
                Part::Line(line) if line.starts_with("| `{") => {
                    let cells: Vec<&str> = line.split(" | ").collect();
                    let [data, output] = cells[..] else { panic!("{line}") };
                    let data = data.trim_start_matches("| ").trim_matches('`');
                    let output = output.trim_end_matches(" |");
                    wrong.extend(difference(template.as_ref().unwrap(), data, output));
                    count += 1;
                }
                Part::Line(line) if line.starts_with('#') => template = None,
                _ => {}
            }
        }
        assert!(count >= 5);
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn values_print_as_the_chapter_on_data_shows() {
    let mut wrong = String::new();
    for language in LANGUAGES {
        let chapter = read(&book(language).join("clerk/data.md"));
        let (mut path, mut count) = (None, 0);
        for part in parts(&chapter) {
            match part {
                Part::Comment(comment) => path = comment.strip_prefix("values ").map(str::to_owned),
                Part::Line(line) if line.starts_with("| `") => {
                    let Some(path) = &path else { continue };
                    let cells: Vec<&str> = line.trim_matches(['|', ' ']).split(" | ").collect();
                    let [value, printed] = cells[..] else { panic!("{line}") };
                    // The value within its groups.
                    let data = path.rsplit('.').fold(value.trim_matches('`').to_owned(), |inner, name| {
                        format!("{{\"{name}\": {inner}}}")
                    });
                    let template = format!("收入{{{{{path}}}}}。");
                    wrong.extend(difference(&template, &data, &format!("收入{printed}。")));
                    count += 1;
                }
                Part::Line(line) if line.starts_with('#') => path = None,
                _ => {}
            }
        }
        assert!(count > 10);
    }
    assert!(wrong.is_empty(), "{wrong}");
}

//! Makes a folder for a city, in which a draft can be made at once: the data file to fill in, a template pack that
//! stands on the program's, and settings for editors and for checks by machine.

use std::path::{PathBuf, absolute};

use shizheng::diag::Text;
use shizheng::pack::{LOCK, Manifest, Pack, embedded, is_reserved, skeleton};

use super::arguments;
use super::console::Console;
use super::fault::{Exit, Fault};
use super::{output, pack, packs};

/// The name of the folder's template pack, and of the pack's own folder.
const PACK: &str = "local-report";
/// Where the folder keeps the schema for editors.
const SCHEMA: &str = ".vscode/data.schema.json";

/// The files that differ from city to city in a few words alone: those in braces. A line that begins with
/// `{sections}` is for packs that have such a list, one that begins with `{whole}` for those that have none.
const FILES: [(&str, &str); 4] = [
    ("README.md", include_str!("new/README.md")),
    ("{pack}/pack.toml", include_str!("new/pack.toml")),
    (".vscode/settings.json", include_str!("new/settings.json")),
    (".github/workflows/report.yml", include_str!("new/report.yml")),
];

/// A resolved `new`.
pub(super) struct Founding {
    folder: PathBuf,
    /// What the data file is called, without `.json`.
    city: String,
    base: String,
}

impl Founding {
    /// Sees that the folder is free and that there is such a pack.
    pub(super) fn resolve(call: &arguments::New) -> Result<Self, Fault> {
        if !packs::is_carried(&call.base) {
            return Err(Fault::call(packs::not_to_begin_with(&call.base)));
        }
        output::check_new_folder(&call.city)?;
        let place = absolute(&call.city).unwrap_or_else(|_| call.city.clone());
        let name = place.file_name().map(|name| name.to_string_lossy().into_owned());
        let city = name.filter(|name| !is_reserved(name)).unwrap_or_else(|| "data".to_owned());
        Ok(Self { folder: call.city.clone(), city, base: call.base.clone() })
    }

    /// Makes it.
    pub(super) fn run(self, console: Console) -> Result<Exit, Fault> {
        let not_found = || Fault::input(vec![packs::not_found(&self.base)]);
        let files = embedded(&self.base).ok_or_else(not_found)?;
        let pack = Pack::load(&files).map_err(Fault::input)?;
        let content = self.content(&pack)?;
        output::write_folder(&self.folder, &content)?;
        let data = self.folder.join(format!("{}.json", self.city));
        let word = in_shell(&data.to_string_lossy());
        let (folder, data) = (self.folder.display(), data.display());
        console.result(&Text::both(
            format!("已建好 {folder}，数据填在 {data}\n先看一份草稿：shizheng render {word} --draft"),
            format!("made {folder}; the data go into {data}\na draft first: shizheng render {word} --draft"),
        ))?;
        Ok(Exit::Done)
    }

    fn content(&self, pack: &Pack) -> Result<Vec<(String, Vec<u8>)>, Fault> {
        let Manifest { version, title, entry, sections, .. } = pack.manifest();
        // The examples are of sections in the middle, whatever the pack.
        let section = |before: usize| {
            sections.get((sections.len() / 2).saturating_sub(before)).map_or("", String::as_str)
        };
        let engine = env!("CARGO_PKG_VERSION");
        let typed = in_shell(&format!("{}.json", self.city));
        let words = [
            ("{pack}", PACK),
            ("{file}", &typed),
            ("{city}", &self.city),
            ("{base}", &self.base),
            ("{base_version}", &version.to_string()),
            ("{title}", title),
            ("{entry}", entry),
            ("{section}", section(1)),
            ("{moved}", section(2)),
            ("{before}", section(3)),
            ("{engine}", engine),
            ("{schema}", SCHEMA),
        ];
        let (kept, left) =
            if sections.is_empty() { ("{whole}", "{sections}") } else { ("{sections}", "{whole}") };
        let fill = |text: &str| {
            let lines = text.split_inclusive('\n').filter(|line| !line.starts_with(left));
            let text: String = lines.map(|line| line.strip_prefix(kept).unwrap_or(line)).collect();
            words.iter().fold(text, |text, (name, word)| text.replace(name, word))
        };
        let mut files: Vec<(String, Vec<u8>)> =
            FILES.iter().map(|(name, text)| (fill(name), fill(text).into_bytes())).collect();
        let schema = serde_json::to_string_pretty(&pack.schema().for_editors()).unwrap_or_default() + "\n";
        let data = skeleton(pack.schema(), PACK, &format!("./{SCHEMA}"));
        let lock = pack::carried(&self.base)?.keeping(&std::collections::BTreeSet::new());
        files.push((SCHEMA.to_owned(), schema.into_bytes()));
        files.push((format!("{}.json", self.city), data.into_bytes()));
        files.push((format!("{PACK}/{LOCK}"), lock.to_json().into_bytes()));
        Ok(files)
    }
}

/// Returns a word as it is typed in a shell: in quotes where a shell would part it or read something else out of it.
pub(super) fn in_shell(word: &str) -> String {
    let is_plain =
        |c: char| c.is_alphanumeric() || "-_./\\:~+@%,".contains(c) || (!c.is_ascii() && !c.is_whitespace());
    if word.chars().all(is_plain) {
        word.to_owned()
    } else if word.contains(['"', '$', '`', '!']) {
        format!("'{}'", word.replace('\'', r"'\''"))
    } else {
        format!("\"{word}\"")
    }
}

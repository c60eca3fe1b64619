//! Lists template packs, shows what is in one and where it comes from, and what has changed in the base of one.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use shizheng::diag::catalogue::cli as catalogue;
use shizheng::diag::catalogue::overlay::LOCK_BROKEN;
use shizheng::diag::{Diagnostic, Language, Text};
use shizheng::pack::{
    Base, Difference, LOCK, OwnFace, Pack, PackFiles, Part, Snapshot, base, embedded, embedded_names, locked,
};
use unicode_width::UnicodeWidthStr;

use super::arguments;
use super::console::{Console, print};
use super::fault::{Exit, Fault, with_reason};
use super::new::in_shell;
use super::output::{Content, Target};
use super::packs::Choice;

/// A resolved `pack show`.
pub(super) struct Showing {
    choice: Choice,
}

/// A resolved `pack diff`.
pub(super) struct Comparing {
    choice: Choice,
    accept: bool,
}

/// Prints the packs that the program carries, and those in the current folder.
pub(super) fn list(language: Language) -> Result<(), Fault> {
    let carried = embedded_names().map(|name| Choice::Carried(name.to_owned()));
    let mut rows = Vec::new();
    for choice in carried.chain(Choice::around()) {
        // A pack that will not do is listed all the same; `pack lint` says what is wrong with it.
        let pack = choice.files().and_then(|files| Pack::load(&*files).map_err(Fault::input));
        let (version, title) = pack.map_or_else(
            |_| ("-".to_owned(), Text::both("（有错误）", "(has faults)").get(language).to_owned()),
            |pack| {
                let manifest = pack.manifest();
                let base = manifest.extends.as_ref().map(|base| format!(" ← {base}")).unwrap_or_default();
                (manifest.version.to_string(), format!("{}{base}", manifest.title))
            },
        );
        rows.push([choice.name(), version, title]);
    }
    print(columns(&rows))
}

impl Showing {
    /// Finds the pack.
    pub(super) fn resolve(call: &arguments::Show) -> Result<Self, Fault> {
        Ok(Self { choice: Choice::resolve_here(call.shown.as_deref())? })
    }

    /// Prints what is in it and where it comes from.
    pub(super) fn run(self, console: Console) -> Result<Exit, Fault> {
        let language = console.language();
        let files = self.choice.files()?;
        let pack = Pack::load(&*files).map_err(Fault::input)?;
        let own = Snapshot::read(&*files).map_err(Fault::input)?;
        let manifest = pack.manifest();
        // Writing to a string does not fail.
        let mut text = format!("{} {}  {}\n", own.pack, own.version, manifest.title);
        let base = match &manifest.extends {
            Some(name) => Some(carried(name)?),
            None => None,
        };
        if let Some(base) = &base {
            let line = Text::both(
                format!("改自 {} {}", base.pack, base.version),
                format!("stands on {} {}", base.pack, base.version),
            );
            let _ = writeln!(text, "{}", line.get(language));
        }
        let _ = writeln!(text, "\n{}", Text::both("各节", "sections").get(language));
        let row = |name: &String| [format!("  {name}"), whose(name, &pack, base.as_ref())];
        text += &columns(&own.sections.iter().map(row).collect::<Vec<_>>());
        text += &brought(&pack, &*files, language);
        if let Some(base) = &base {
            text += &differences(&base.differences(&own), None, language);
        }
        print(text)?;
        Ok(Exit::Done)
    }
}

/// Says which pictures and faces a pack has, and which pack each comes from.
fn brought(pack: &Pack, files: &dyn PackFiles, language: Language) -> String {
    let manifest = pack.manifest();
    let has = |files: &dyn PackFiles, file: &str| matches!(files.read(file), Ok(Some(_)));
    let from = |file: &str| match &manifest.extends {
        Some(base) if !has(files, file) => base.clone(),
        Some(base) if embedded(base).is_some_and(|files| has(&files, file)) => {
            format!("{} ({base})", manifest.name)
        }
        _ => manifest.name.clone(),
    };
    let pictures: Vec<_> = pack.pictures().keys().map(|file| [format!("  {file}"), from(file)]).collect();
    let face = |(role, face): (&String, &OwnFace)| {
        let index = if face.index > 0 { format!("#{}", face.index) } else { String::new() };
        [format!("  {role}"), format!("{}{index}", face.file), from(&face.file)]
    };
    let faces: Vec<_> = pack.style().own_faces.iter().map(face).collect();
    let mut text = String::new();
    for (head, rows) in [
        (Text::both("图片", "pictures"), columns(&pictures)),
        (Text::both("自己的字体", "own faces"), columns(&faces)),
    ] {
        if !rows.is_empty() {
            // Writing to a string does not fail.
            let _ = write!(text, "\n{}\n{rows}", head.get(language));
        }
    }
    text
}

/// Says which pack a template comes from.
fn whose(name: &str, pack: &Pack, base: Option<&Snapshot>) -> String {
    let own = &pack.manifest().name;
    match base {
        Some(base) if pack.inherited().contains(name) => base.pack.clone(),
        Some(base) if base.templates.contains_key(name) => format!("{own} ({})", base.pack),
        _ => own.clone(),
    }
}

impl Comparing {
    /// Finds the pack.
    pub(super) fn resolve(call: &arguments::Changes) -> Result<Self, Fault> {
        Ok(Self { choice: Choice::resolve_here(call.overlay.as_deref())?, accept: call.accept })
    }

    /// Prints what has changed in the pack's base since the pack was written for it.
    pub(super) fn run(self, console: Console) -> Result<Exit, Fault> {
        let language = console.language();
        let files = self.choice.files()?;
        let Some(base) = base(&*files).map_err(Fault::input)? else {
            let fault = Diagnostic::new(&catalogue::NOT_AN_OVERLAY).with("pack", self.choice.name());
            return Err(Fault::input(vec![fault]));
        };
        let today = carried(&base.name)?;
        let own = own_templates(&*files);
        if self.accept {
            return self.accept(&base, today, &own, console);
        }
        let then = locked(&*files, &base.name).map_err(|broken| Fault::input(vec![*broken]))?;
        let Some(then) = then else {
            let pack = match &self.choice {
                Choice::Folder(folder) => in_shell(&folder.to_string_lossy()),
                choice => choice.name(),
            };
            let fault = Diagnostic::new(&catalogue::LOCK_MISSING).with("file", files.display(LOCK));
            let fault = fault.with("pack", pack);
            return Err(Fault::input(vec![fault]));
        };
        let found = then.differences(&today);
        let head = Text::both(
            format!("{} {} → {}", today.pack, then.version, today.version),
            format!("{} {} → {}", today.pack, then.version, today.version),
        );
        if found.is_empty() {
            let same =
                Text::both(format!("{}：没有变化", head.zh), format!("{}: nothing has changed", head.en));
            console.result(&same)?;
            return Ok(Exit::Done);
        }
        print(format!("{}\n{}", head.get(language), differences(&found, Some(&own), language)))?;
        Ok(Exit::Done)
    }

    /// Writes down what the base says today.
    fn accept(
        &self,
        base: &Base,
        today: Snapshot,
        own: &BTreeSet<String>,
        console: Console,
    ) -> Result<Exit, Fault> {
        let Choice::Folder(folder) = &self.choice else {
            let fault = Diagnostic::new(&catalogue::NOT_A_FOLDER).with("pack", self.choice.name());
            return Err(Fault::call(fault));
        };
        let version = today.version.clone();
        let lock = today.keeping(own).to_json();
        let file = folder.join(LOCK);
        if file.is_dir() {
            let reason = Text::both("它是一个文件夹，不是文件", "it is a folder, no file");
            let fault = Diagnostic::new(&LOCK_BROKEN).with("file", file.display()).with("reason", reason);
            return Err(Fault::input(vec![fault]));
        }
        write(&file, lock)?;
        if let Some(text) = base.with_version(&version) {
            write(&folder.join("pack.toml"), text)?;
        }
        console.result(&Text::both(
            format!("已把 {} {version} 记入 {}", base.name, file.display()),
            format!("{} {version} is written down in {}", base.name, file.display()),
        ))?;
        Ok(Exit::Done)
    }
}

/// Takes down a pack that the program carries.
pub(super) fn carried(name: &str) -> Result<Snapshot, Fault> {
    let files = embedded(name).ok_or_else(|| Fault::input(vec![super::packs::not_found(name)]))?;
    Snapshot::read(&files).map_err(Fault::input)
}

/// Returns the names of the templates that a pack has itself.
fn own_templates(files: &dyn PackFiles) -> BTreeSet<String> {
    let names = files.names().unwrap_or_default().into_iter();
    names.filter_map(|name| Some(name.strip_suffix(".hbs")?.to_owned())).collect()
}

/// Writes a file of a pack anew, whole or not at all.
fn write(path: &Path, text: String) -> Result<(), Fault> {
    let target = Target::new(path.to_owned(), Content::Text, true)?;
    target.write(text.into_bytes())?.map_or(Ok(()), |held| Err(Fault::output(held)))
}

/// Writes out in what two packs differ, part by part. With the templates that a pack has itself the lines that differ
/// are shown, and what the pack replaces is marked.
fn differences(found: &[Difference], own: Option<&BTreeSet<String>>, language: Language) -> String {
    const PARTS: [(Part, &str, &str); 5] = [
        (Part::Section, "节的增减和移动", "sections added, dropped, moved"),
        (Part::Template, "模板", "templates"),
        (Part::Field, "数据项", "fields"),
        (Part::Rule, "规则", "rules"),
        (Part::Setting, "设置和用语", "settings and words"),
    ];
    let mut text = String::new();
    for (part, zh, en) in PARTS {
        let found: Vec<_> = found.iter().filter(|one| one.part == part).collect();
        if found.is_empty() {
            continue;
        }
        // Writing to a string does not fail.
        let _ = writeln!(text, "\n{}", Text::both(zh, en).get(language));
        for one in found {
            let _ = writeln!(text, "  {}", row(one, own, language));
            if own.is_some() && part == Part::Template {
                for line in one.lines().unwrap_or_default().lines() {
                    let _ = writeln!(text, "      {line}");
                }
            }
        }
    }
    text
}

fn row(one: &Difference, own: Option<&BTreeSet<String>>, language: Language) -> String {
    let after = |name: &str| match name {
        "" => Text::both("在最前面", "first").get(language).to_owned(),
        name => Text::both(format!("在 {name} 之后"), format!("after {name}")).get(language).to_owned(),
    };
    let name = &one.name;
    let said = match (one.part, &one.old, &one.new) {
        (_, Some(_), None) => format!("- {name}"),
        (Part::Section, None, Some(new)) => format!("+ {name}  {}", after(new)),
        (Part::Section, _, Some(new)) => format!("~ {name}  {}", after(new)),
        (Part::Template, None, _) => format!("+ {name}"),
        (Part::Template, ..) => format!("~ {name}"),
        (_, None, Some(new)) => format!("+ {name}  {new}"),
        (_, Some(old), Some(new)) => format!("~ {name}  {old} → {new}"),
        (_, None, None) => name.clone(),
    };
    let is_replaced = one.part == Part::Template && own.is_some_and(|own| own.contains(name));
    if is_replaced {
        format!("{said}  {}", Text::both("（本包已替换）", "(replaced by this pack)").get(language))
    } else {
        said
    }
}

/// Writes rows with their columns one below the other.
fn columns<const N: usize>(rows: &[[String; N]]) -> String {
    let widths: Vec<usize> =
        (0..N).map(|at| rows.iter().map(|row| row[at].width()).max().unwrap_or_default()).collect();
    let mut text = String::new();
    for row in rows {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(&widths) {
            line += cell;
            line += &" ".repeat(width - cell.width() + 2);
        }
        text += line.trim_end();
        text.push('\n');
    }
    text
}

/// A resolved `pack export`.
pub(super) struct Exporting {
    choice: Choice,
    folder: PathBuf,
}

impl Exporting {
    /// Finds the pack, and sees that the folder is free.
    pub(super) fn resolve(call: &arguments::Export) -> Result<Self, Fault> {
        let choice = Choice::resolve_here(Some(&call.source))?;
        super::output::check_new_folder(&call.folder)?;
        Ok(Self { choice, folder: call.folder.clone() })
    }

    /// Writes its files.
    pub(super) fn run(self, console: Console) -> Result<Exit, Fault> {
        let files = self.choice.files()?;
        let unreadable = |name: &str, error: &std::io::Error| {
            Fault::input(vec![with_reason(&catalogue::PACK_UNREADABLE, &files.display(name), error)])
        };
        let mut content = Vec::new();
        for name in files.names().map_err(|error| unreadable(".", &error))? {
            let bytes = files.read(&name).map_err(|error| unreadable(&name, &error))?;
            content.extend(bytes.map(|bytes| (name, bytes.into_owned())));
        }
        super::output::write_folder(&self.folder, &content)?;
        let (folder, count) = (self.folder.display(), content.len());
        console.result(&Text::both(
            format!("已把 {} 写到 {folder}，共{count}个文件", self.choice.name()),
            format!("wrote {} to {folder}, {count} files", self.choice.name()),
        ))?;
        Ok(Exit::Done)
    }
}

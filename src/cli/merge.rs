//! Puts the data files of several departments together into a city's.

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;
use std::path::Path;

use serde_json::{Value as Json, json};
use shizheng::data::{self, Purpose};
use shizheng::diag::{Language, Text};
use shizheng::merge::{Absent, Merged, Part, merge};
use shizheng::pack::{Field, Pack, Schema};

use super::arguments::{self, Showing};
use super::console::{Console, print};
use super::fault::{Exit, Fault};
use super::input::{self, Folders, Input};
use super::output::{Content, Target};
use super::packs::Choice;
use super::places::Reserved;
use super::presses;

/// A resolved `merge`.
pub(super) struct Merging {
    inputs: Vec<Input>,
    target: Target,
    choice: Choice,
    showing: Showing,
}

impl Merging {
    /// Finds the departments' files and decides where the whole goes.
    pub(super) fn resolve(call: &arguments::Merge) -> Result<Self, Fault> {
        let choice = Choice::resolve(call.whole.as_deref())?;
        let inputs = input::find(&call.inputs, Folders::Opened)?.all()?;
        let path = call.output.clone().unwrap_or_else(|| Path::new("-").to_owned());
        let target = Target::new(path, Content::Data, call.force)?;
        // The whole is no part of itself.
        Reserved::of(&inputs).check(&target)?;
        Ok(Self { inputs, target, choice, showing: call.format })
    }

    /// Puts them together, and lists what nobody gave.
    pub(super) fn run(self, console: Console) -> Result<Exit, Fault> {
        self.target.check_free()?;
        let whole = self.choice.load()?;
        let mut packs: HashMap<Choice, Pack> = HashMap::new();
        let (mut read, mut faults) = (Vec::new(), Vec::new());
        for input in &self.inputs {
            let source = input.source()?;
            let choice = presses::named_in(&source, &data::peek(&source, &[]))?;
            // A file that names no pack is a part of the whole as it stands.
            if choice != Choice::OfData && !packs.contains_key(&choice) {
                packs.insert(choice.clone(), choice.load()?);
            }
            let schema = packs.get(&choice).unwrap_or(&whole).schema();
            match data::load_for(Purpose::Draft, &source, schema) {
                Ok(record) => read.push((record, choice)),
                Err(found) => faults.extend(found),
            }
        }
        if !faults.is_empty() {
            return Err(Fault::input(faults));
        }
        let parts: Vec<Part<'_>> = read
            .iter()
            .map(|(record, choice)| Part { record, schema: packs.get(choice).unwrap_or(&whole).schema() })
            .collect();
        let shown = self.target.shown();
        let made = merge(&parts, whole.schema(), &whole.manifest().name, &shown).map_err(Fault::input)?;
        console.report_all(&made.warnings);
        if !made.left_out.is_empty() {
            console.remark(&left_out(&made.left_out));
        }
        let held = self.target.write(made.text.clone().into_bytes())?;
        if let Some(diagnostic) = held {
            return Err(Fault::output(diagnostic));
        }
        let told = match self.showing {
            Showing::Human => human(&made, whole.schema(), (parts.len(), &shown), console.language()),
            Showing::Json => json(&made),
        };
        // The file itself has standard output where it goes there.
        match self.target {
            Target::StandardOutput => console.remark(&Text::from(told.trim_end())),
            Target::File(_) if console.is_quiet() && self.showing == Showing::Human => {}
            Target::File(_) => print(told)?,
        }
        Ok(Exit::Done)
    }
}

/// Says which of the departments' own fields the whole has no place for, each once.
fn left_out(places: &[(String, String)]) -> Text {
    let mut paths: Vec<&str> = places.iter().map(|(_, path)| path.as_str()).collect();
    paths.sort_unstable();
    paths.dedup();
    let (zh, en) = (paths.join("、"), paths.join(", "));
    Text::both(
        format!("没有并入（只属于部门自己的文件）：{zh}"),
        format!("left out, as the departments' own: {en}"),
    )
}

/// What one line of the list tells of.
enum Line<'a> {
    Field(&'a Absent),
    /// A group of which nobody gave anything, and how many of the department's fields it has.
    Group(&'a str, usize),
}

/// Puts what nobody gave under the departments that answer for it, a line for each required or open field and for
/// each other one, those of a group that is absent altogether on one line.
fn by_department<'a>(absent: &'a [Absent], schema: &Schema) -> Vec<(&'a str, Vec<Line<'a>>)> {
    let optional: HashSet<&str> =
        absent.iter().filter(|one| !is_pressing(one)).map(|one| one.field.path.as_str()).collect();
    let mut departments: Vec<(&str, Vec<Line<'_>>)> = Vec::new();
    for one in absent {
        let department = one.field.department.as_str();
        let index = departments.iter().position(|(known, _)| *known == department).unwrap_or_else(|| {
            departments.push((department, Vec::new()));
            departments.len() - 1
        });
        let lines = &mut departments[index].1;
        let group = (!is_pressing(one)).then(|| absent_group(one, &optional, schema)).flatten();
        let there = lines.iter_mut().find_map(|line| match line {
            Line::Group(path, count) if Some(*path) == group => Some(count),
            _ => None,
        });
        match (there, group) {
            (Some(count), _) => *count += 1,
            (None, Some(group)) => lines.push(Line::Group(group, 1)),
            (None, None) => lines.push(Line::Field(one)),
        }
    }
    departments
}

/// Tells whether somebody has to see to a field: it is required, or was given as still to come.
fn is_pressing(absent: &Absent) -> bool {
    absent.field.required || absent.open_in.is_some()
}

/// Returns the outermost group round a field all of which is among the fields that nobody gave and nothing asks for.
fn absent_group<'a>(one: &'a Absent, optional: &HashSet<&str>, schema: &Schema) -> Option<&'a str> {
    let path = &one.field.path;
    path.match_indices('.').map(|(dot, _)| &path[..dot]).find(|group| {
        let is_below =
            |field: &Field| field.path.strip_prefix(group).is_some_and(|rest| rest.starts_with('.'));
        let mut below = schema.fields().iter().filter(|field| is_below(field) && !field.path.contains("[]"));
        below.all(|field| optional.contains(field.path.as_str()))
    })
}

fn human(made: &Merged, schema: &Schema, (count, file): (usize, &str), language: Language) -> String {
    let say = |zh: String, en: String| Text::both(zh, en).get(language).to_owned();
    let mut text =
        say(format!("已将{count}个文件合为 {file}\n"), format!("put {count} files together as {file}\n"));
    if made.absent.is_empty() {
        text.push_str(&say("各项都有人报\n".to_owned(), "every field was given\n".to_owned()));
        return text;
    }
    let required = made.absent.iter().filter(|absent| absent.field.required).count();
    text.push_str(&say(
        format!("没有人报的（必填的有{required}项，前面有 *）：\n"),
        format!("nobody gave ({required} required, marked *):\n"),
    ));
    for (department, lines) in by_department(&made.absent, schema) {
        // Writing to a string does not fail, here and below.
        let _ = writeln!(text, "{}", if department.is_empty() { "—" } else { department });
        for line in lines {
            match line {
                Line::Field(Absent { field, open_in }) => {
                    let mark = if field.required { '*' } else { ' ' };
                    let unit =
                        if field.unit.is_empty() { String::new() } else { format!("（{}）", field.unit) };
                    let _ = write!(text, "  {mark} {}  {}{unit}", field.path, field.title);
                    if let Some(file) = open_in {
                        text.push_str(&say(format!("：{file} 里待定"), format!(": still to come in {file}")));
                    }
                    text.push('\n');
                }
                Line::Group(path, count) => {
                    let title = schema.title(path).unwrap_or_default();
                    let count = say(format!("{count}项"), format!("{count} fields"));
                    let _ = writeln!(text, "    {path}  {title}：{count}");
                }
            }
        }
    }
    text
}

fn json(made: &Merged) -> String {
    let absent = |absent: &Absent| {
        json!({
            "department": absent.field.department,
            "path": absent.field.path,
            "title": absent.field.title,
            "unit": absent.field.unit,
            "required": absent.field.required,
            "open_in": absent.open_in,
        })
    };
    let left_out = |(file, path): &(String, String)| json!({ "file": file, "path": path });
    let whole = json!({
        "absent": made.absent.iter().map(absent).collect::<Vec<Json>>(),
        "left_out": made.left_out.iter().map(left_out).collect::<Vec<Json>>(),
    });
    // Strings, lists and choices alone: there is nothing in it that JSON cannot hold.
    serde_json::to_string_pretty(&whole).unwrap_or_default() + "\n"
}

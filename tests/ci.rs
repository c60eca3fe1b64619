//! Runs what other people's continuous integration runs: the steps of the action and the hooks.

#![cfg(unix)]
#![expect(clippy::disallowed_methods, reason = "tests make and read files")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn program() -> &'static str {
    env!("CARGO_BIN_EXE_shizheng")
}

/// A step of the action: its name, its variables with the expressions that they come from, its script.
#[derive(Debug, Default)]
struct Step {
    name: String,
    variables: BTreeMap<String, String>,
    script: String,
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// The steps, and the defaults of the inputs: as much of YAML as the file uses.
fn action() -> (Vec<Step>, BTreeMap<String, String>) {
    let text = fs::read_to_string(root().join("action.yml")).unwrap();
    let (mut steps, mut inputs) = (Vec::<Step>::new(), BTreeMap::new());
    let (mut input, mut part, mut section) = (String::new(), "", "");
    for line in text.lines() {
        let (depth, line_text) = (indent(line), line.trim());
        let pair = line_text.split_once(": ").or_else(|| line_text.strip_suffix(':').map(|key| (key, "")));
        if depth == 0 {
            section = pair.unwrap().0;
        }
        if section == "inputs" {
            match (depth, pair) {
                (2, Some((key, ""))) => key.clone_into(&mut input),
                (4, Some(("default", value))) => {
                    inputs.insert(input.clone(), value.trim_matches('\'').to_owned());
                }
                _ => {}
            }
        }
        if section != "runs" {
            continue;
        }
        match (depth, pair) {
            (4, Some(("- name", name))) => {
                steps.push(Step { name: name.to_owned(), ..Step::default() });
                part = "";
            }
            (6, Some(("run", "|"))) => part = "run",
            (6, Some((key, _))) => part = key,
            (8, Some((key, value))) if part == "env" => {
                steps.last_mut().unwrap().variables.insert(key.to_owned(), value.to_owned());
            }
            _ if part == "run" => {
                let script = &mut steps.last_mut().unwrap().script;
                script.push_str(line.get(8..).unwrap_or_default());
                script.push('\n');
            }
            _ => {}
        }
    }
    (steps, inputs)
}

/// A machine that runs the action in a city's repository.
struct Runner {
    folder: TempDir,
    values: BTreeMap<String, String>,
}

impl Runner {
    fn new(inputs: &[(&str, &str)]) -> Self {
        let folder = TempDir::new().unwrap();
        let mut values = BTreeMap::from([
            ("github.action_path".to_owned(), root().display().to_string()),
            ("runner.temp".to_owned(), folder.path().join("temp").display().to_string()),
        ]);
        let given: BTreeMap<&str, &str> = inputs.iter().copied().collect();
        let (_, defaults) = action();
        for (input, default) in &defaults {
            let value = given.get(input.as_str()).map_or(default.clone(), |value| (*value).to_owned());
            values.insert(format!("inputs.{input}"), value);
        }
        assert!(given.keys().all(|input| defaults.contains_key(*input)), "{inputs:?}");
        for name in ["temp", "city"] {
            fs::create_dir(folder.path().join(name)).unwrap();
        }
        Self { folder, values }
    }

    fn city(&self, name: &str) -> PathBuf {
        self.folder.path().join("city").join(name)
    }

    fn put(&self, name: &str, text: &str) {
        fs::create_dir_all(self.city(name).parent().unwrap()).unwrap();
        fs::write(self.city(name), text).unwrap();
    }

    /// Runs the steps that are scripts, one after the other whatever comes of them.
    fn run(&mut self) -> BTreeMap<String, Output> {
        let (steps, _) = action();
        let mut outputs = BTreeMap::new();
        for step in steps.iter().filter(|step| !step.script.is_empty()) {
            // Values reach a script through its variables alone; put into its text they could be commands.
            assert!(!step.script.contains("${{"), "{}", step.name);
            let (output, summary) = (self.folder.path().join("output"), self.folder.path().join("summary"));
            fs::write(&output, "").unwrap();
            let mut bash = Command::new("bash");
            bash.args(["--noprofile", "--norc", "-eo", "pipefail", "-c", &step.script]);
            bash.current_dir(self.city(""))
                .env("GITHUB_OUTPUT", &output)
                .env("GITHUB_STEP_SUMMARY", &summary);
            bash.env("LC_ALL", "C.UTF-8");
            for (name, expression) in &step.variables {
                bash.env(name, self.evaluate(expression));
            }
            outputs.insert(step.name.clone(), bash.output().unwrap());
            for line in fs::read_to_string(&output).unwrap().lines() {
                let (key, value) = line.split_once('=').unwrap();
                let name = format!("steps.{}.outputs.{key}", step.name.to_lowercase());
                self.values.insert(name, value.to_owned());
            }
        }
        outputs
    }

    fn evaluate(&self, expression: &str) -> String {
        let mut text = String::new();
        let mut rest = expression;
        while let Some((before, after)) = rest.split_once("${{") {
            let (name, after) = after.split_once("}}").unwrap();
            text.push_str(before);
            text.push_str(self.values.get(name.trim()).unwrap_or_else(|| panic!("there is no {name}")));
            rest = after;
        }
        text + rest
    }
}

fn sample() -> String {
    fs::read_to_string(root().join("samples/tongzhu.json")).unwrap()
}

fn said(output: &Output) -> String {
    [&output.stdout[..], &output.stderr[..]].map(String::from_utf8_lossy).concat()
}

#[test]
fn action_renders_annotates_and_sums_up() {
    let mut runner = Runner::new(&[
        ("program", program()),
        ("data", "data\nmore/*.json"),
        ("arguments", "--embed-data\n"),
    ]);
    runner.put("data/桐渚市.json", &sample());
    runner.put("data/坏.json", &sample().replacen("318.72", "\"待定\"", 1));
    runner.put("more/b c.json", &sample());
    let outputs = runner.run();
    let code = |step: &str| outputs[step].status.code();
    assert_eq!(
        (code("Program"), code("Reports"), code("Summary")),
        (Some(0), Some(1), Some(0)),
        "{outputs:#?}"
    );
    let text = said(&outputs["Reports"]);
    let annotation = text.lines().find(|line| line.starts_with("::error ")).unwrap();
    assert!(annotation.starts_with("::error file=data/坏.json,line="), "{text}");
    for report in ["reports/桐渚市.pdf", "reports/b c.pdf"] {
        assert!(fs::read(runner.city(report)).unwrap().starts_with(b"%PDF-"), "{report}");
    }
    assert!(!runner.city("reports/坏.pdf").exists());
    let summary = fs::read_to_string(runner.folder.path().join("summary")).unwrap();
    assert!(summary.contains("共3份，已生成2份，失败1份") && summary.contains("data/坏.json"), "{summary}");
    assert!(runner.folder.path().join("temp/shizheng-summary-reports.jsonl").exists());

    // The same reports, committed, held against data that were changed since.
    runner.put("data/坏.json", &sample());
    runner.values.insert("inputs.check".to_owned(), "true".to_owned());
    runner.values.insert("inputs.data".to_owned(), "data/桐渚市.json".to_owned());
    assert_eq!(runner.run()["Reports"].status.code(), Some(0));
    runner.put("data/桐渚市.json", &sample().replacen("318.72", "318.73", 1));
    let outputs = runner.run();
    assert_eq!(outputs["Reports"].status.code(), Some(1));
    let text = said(&outputs["Reports"]);
    assert!(text.contains("file=data/桐渚市.json,line=") && text.contains("318.72亿元"), "{text}");
}

#[test]
fn jobs_of_a_matrix_share_a_batch() {
    let mut summaries = Vec::new();
    for share in 1..=2 {
        let arguments = format!("--shard={share}/2");
        let mut runner = Runner::new(&[("program", program()), ("arguments", &arguments)]);
        for name in ["a", "b", "c"] {
            runner.put(&format!("data/{name}.json"), &sample());
        }
        let outputs = runner.run();
        assert_eq!(outputs["Reports"].status.code(), Some(0), "{outputs:#?}");
        // What other jobs do is not missed in the summary of one.
        let said = fs::read_to_string(runner.folder.path().join("summary")).unwrap();
        assert!(said.contains("1次运行") && !said.contains("缺少"), "{said}");
        summaries.push((runner.folder.path().join("temp/shizheng-summary-reports.jsonl"), runner));
    }
    let sum =
        Command::new(program()).arg("summary").args(summaries.iter().map(|(path, _)| path)).output().unwrap();
    assert!(sum.status.success() && said(&sum).contains("共3份"), "{sum:?}");
}

#[test]
fn workflow_gives_the_action_inputs_that_it_has() {
    let text = fs::read_to_string(root().join(".github/workflows/reports.yml")).unwrap();
    let (_, inputs) = action();
    let given = text.split("        with:\n").nth(1).unwrap().lines();
    let given: Vec<&str> =
        given.filter_map(|line| line.trim().split_once(": ")).map(|(key, _)| key).collect();
    assert!(!given.is_empty() && given.iter().all(|input| inputs.contains_key(*input)), "{given:?}");
}

#[test]
fn hooks_pass_good_data_and_stop_bad() {
    let folder = TempDir::new().unwrap();
    fs::create_dir(folder.path().join("data")).unwrap();
    let data = folder.path().join("data/a.json");
    let text = fs::read_to_string(root().join(".pre-commit-hooks.yaml")).unwrap();
    let hooks: Vec<&str> = text.split("- id: ").skip(1).collect();
    assert_eq!(hooks.len(), 2);
    let entry =
        |hook: &str| hook.lines().find_map(|line| line.trim().strip_prefix("entry: ")).unwrap().to_owned();
    let entries: Vec<String> = hooks
        .iter()
        .map(|hook| entry(hook) + if hook.contains("pass_filenames: false") { "" } else { " data/a.json" })
        .collect();
    let run = |entry: &String| {
        let words = entry.strip_prefix("shizheng ").unwrap().split(' ');
        let mut hook = Command::new(program());
        hook.args(words).current_dir(folder.path()).output().unwrap().status.code()
    };
    fs::write(&data, sample()).unwrap();
    let mut render = Command::new(program());
    render.args(["render", "data/a.json", "--out-dir", "reports"]).current_dir(folder.path());
    assert!(render.status().unwrap().success());
    assert!(entries.iter().all(|entry| run(entry) == Some(0)), "{entries:?}");
    fs::write(&data, sample().replacen("318.72", "\"待定\"", 1)).unwrap();
    assert!(entries.iter().all(|entry| run(entry) == Some(1)), "{entries:?}");
}

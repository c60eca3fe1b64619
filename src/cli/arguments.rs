//! Defines the command line as it is typed. The doc comments are the English help; [`super::help`] has the
//! Chinese.

use std::ffi::OsString;
use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{ArgAction, Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use shizheng::diag::Language;

use super::console::Volume;
use super::early;
use super::help;

/// Turns a municipality's figures into its official annual report
#[derive(Debug, Parser)]
#[command(name = "shizheng", version, disable_help_flag = true, disable_version_flag = true)]
#[command(disable_help_subcommand = true, arg_required_else_help = true)]
pub(super) struct Arguments {
    #[command(flatten)]
    general: General,
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Args, Debug)]
struct General {
    /// Language of messages and help: zh or en [by default the locale's]
    #[arg(long, global = true, value_enum, value_name = "zh|en", hide_possible_values = true)]
    #[arg(display_order = 90)]
    lang: Option<Lang>,
    /// How to write messages: human, json or github [default: human]
    #[arg(long, global = true, value_enum, value_name = "human|json|github", hide_possible_values = true)]
    #[arg(default_value = "human", hide_default_value = true, display_order = 90)]
    message_format: MessageFormat,
    /// Say nothing but errors
    #[arg(short, long, global = true, conflicts_with = "verbose", display_order = 91)]
    quiet: bool,
    /// Say more
    #[arg(short, long, global = true, display_order = 92)]
    verbose: bool,
    /// Show this help
    #[arg(short, long, global = true, action = ArgAction::Help, display_order = 93)]
    help: Option<bool>,
    /// Show the version
    #[arg(short = 'V', long, action = ArgAction::Version, display_order = 94)]
    version: Option<bool>,
}

/// The values of `--lang`, which [`super::language`] has read by itself before.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Lang {
    Zh,
    En,
}

/// How diagnostics are written; as the language, it is looked for by itself before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum MessageFormat {
    /// For people: with the line of the file and a caret.
    #[default]
    Human,
    /// One JSON object a line.
    Json,
    /// Workflow commands of GitHub Actions.
    Github,
}

impl MessageFormat {
    /// Returns the format that the words of the command line ask for, before they are parsed.
    pub(super) fn of(words: &[OsString]) -> Self {
        let asked = early::option(words, "--message-format").and_then(|name| name.to_str());
        asked.and_then(|name| <Self as ValueEnum>::from_str(name, false).ok()).unwrap_or_default()
    }
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Make a folder for a city: a data file to fill in, a template pack, settings
    New(New),
    /// Make reports from data files
    Render(Render),
    /// Check data files without writing anything
    Check(Check),
    /// Get the data file back out of a PDF made with --embed-data
    Extract(Extract),
    /// Put the data files of several departments together, and list what nobody gave
    Merge(Merge),
    /// Make the checking sheets (核稿表) that departments sign
    Proof(Proof),
    /// Compare two data files and the reports made of them
    Diff(Diff),
    /// Measure any PDF against the standard for official documents
    Audit(Audit),
    /// Sum up what became of the documents of several runs
    Summary(Summary),
    /// Print the JSON Schema of the data file, for editors
    Schema(Schema),
    /// List the fields of the data file
    Fields(Fields),
    /// Print the licences of the program, its fonts and its libraries
    Licenses,
    /// Print a completion script for a shell
    Completions(Completions),
    /// Explain the code of a message
    Explain(Explain),
    /// List the helpers of templates, with examples
    Helpers(Helpers),
    /// Print the manual page
    Man,
    /// Work on template packs
    #[command(subcommand, arg_required_else_help = true)]
    Pack(PackCommand),
}

/// What can be done with a pack.
#[derive(Debug, Subcommand)]
pub(super) enum PackCommand {
    /// List the template packs of the program and of the current folder
    List,
    /// Show what is in a template pack and where it comes from
    Show(Show),
    /// Write the files of a template pack to a folder
    Export(Export),
    /// Check a template pack: manifest, schema, style, templates, faces
    Lint(Lint),
    /// Show what has changed in the pack that one stands on
    Diff(Changes),
}

#[derive(Args, Debug)]
pub(super) struct Render {
    /// Data files or folders of them; * and ? are expanded, - is standard input
    #[arg(required = true, value_name = "DATA.json")]
    pub(super) inputs: Vec<PathBuf>,
    /// File to write; - is standard output [by default DATA.pdf in the current folder]
    #[arg(short, long, value_name = "FILE", conflicts_with = "out_dir")]
    pub(super) output: Option<PathBuf>,
    /// Folder to write to, made if need be
    #[arg(long, value_name = "DIR")]
    pub(super) out_dir: Option<PathBuf>,
    /// Name each file after its data: {report.city}-{report.year}.pdf
    #[arg(long, value_name = "PATTERN", conflicts_with = "output")]
    pub(super) name: Option<String>,
    #[command(flatten)]
    pub(super) pack: Pack,
    #[command(flatten)]
    pub(super) faces: Faces,
    #[command(flatten)]
    pub(super) past: Past,
    /// What to write: pdf or text [default: pdf]
    #[arg(long, value_enum, value_name = "pdf|text", hide_possible_values = true)]
    #[arg(default_value = "pdf", hide_default_value = true)]
    pub(super) format: Format,
    #[command(flatten)]
    pub(super) manner: Manner,
    /// Replace an existing file even if it is not a PDF
    #[arg(long)]
    pub(super) force: bool,
    #[command(flatten)]
    pub(super) many: Many,
    #[command(flatten)]
    pub(super) upkeep: Upkeep,
}

/// What is done about documents that are there already.
#[derive(Args, Debug)]
pub(super) struct Upkeep {
    /// Leave out what is up to date: the same data, pack, faces and program
    #[arg(long, conflicts_with = "trace")]
    pub(super) changed: bool,
    /// Render again whenever data, templates, style or faces are saved
    #[arg(long, conflicts_with_all = ["jsonl", "shard", "summary", "fail_fast", "changed", "trace"])]
    pub(super) watch: bool,
    /// Write nothing: see whether the files that are there are what the data give
    #[arg(id = "hold", long = "check", conflicts_with_all = ["changed", "watch", "trace", "force"])]
    pub(super) check: bool,
}

/// How a call goes about many data files.
#[derive(Args, Debug)]
pub(super) struct Many {
    /// The inputs are JSON Lines: a data file a line
    #[arg(long)]
    pub(super) jsonl: bool,
    /// How many to work on at once [by default one for each core]
    #[arg(short, long, value_name = "N")]
    pub(super) jobs: Option<NonZeroUsize>,
    /// Stop at the first one that fails
    #[arg(long)]
    pub(super) fail_fast: bool,
    /// Take every N-th alone, from the K-th on; env/N: K is given by Kubernetes or Slurm
    #[arg(long, value_name = "K/N")]
    pub(super) shard: Option<String>,
    /// Write what became of each one, as JSON Lines
    #[arg(long, value_name = "FILE.jsonl")]
    pub(super) summary: Option<PathBuf>,
}

/// What becomes of open figures and warnings, and what is made beside the document.
#[derive(Args, Debug)]
pub(super) struct Manner {
    /// Print what is still to come as XX and list it on a last page
    #[arg(long)]
    pub(super) draft: bool,
    /// Make nothing as long as there are warnings
    #[arg(long)]
    pub(super) strict: bool,
    /// Write where each figure came from and where it is printed, as JSON
    #[arg(long, value_name = "FILE.json")]
    pub(super) trace: Option<PathBuf>,
    /// Put the data file into the PDF; mind whether it is confidential
    #[arg(long)]
    pub(super) embed_data: bool,
}

#[derive(Args, Debug)]
pub(super) struct Check {
    /// Data files or folders of them; * and ? are expanded, - is standard input
    #[arg(required = true, value_name = "DATA.json")]
    pub(super) inputs: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) pack: Pack,
    #[command(flatten)]
    pub(super) faces: Faces,
    #[command(flatten)]
    pub(super) past: Past,
    /// Take warnings for errors
    #[arg(id = "strict_check", long = "strict")]
    pub(super) strict: bool,
    #[command(flatten)]
    pub(super) many: Many,
}

#[derive(Args, Debug)]
pub(super) struct Extract {
    /// A PDF that was made with --embed-data
    #[arg(value_name = "REPORT.pdf")]
    pub(super) report: PathBuf,
    /// File to write; - is standard output [by default REPORT.json in the current folder]
    #[arg(id = "data_file", short = 'o', long = "output", value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// Replace an existing file
    #[arg(id = "force_data", long = "force")]
    pub(super) force: bool,
}

#[derive(Args, Debug)]
pub(super) struct Merge {
    /// The departments' data files, or folders of them; * and ? are expanded
    #[arg(id = "parts", required = true, value_name = "BUREAU.json")]
    pub(super) inputs: Vec<PathBuf>,
    /// File to write; - is standard output [by default standard output]
    #[arg(id = "merged", short = 'o', long = "output", value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// Template pack of the whole: a name or a folder [default: annual-report]
    #[arg(id = "whole", long = "pack", value_name = "NAME|DIR")]
    pub(super) whole: Option<PathBuf>,
    /// How to list what nobody gave: human or json [default: human]
    #[arg(id = "lacking", long = "format", value_enum, value_name = "human|json")]
    #[arg(default_value = "human", hide_possible_values = true, hide_default_value = true)]
    pub(super) format: Showing,
    /// Replace an existing file
    #[arg(id = "force_data", long = "force")]
    pub(super) force: bool,
}

/// What a call holds the data file against.
#[derive(Args, Debug)]
pub(super) struct Past {
    /// Last year's data file: growth is reckoned from it, and large swings are told
    #[arg(long, value_name = "DATA.json")]
    pub(super) previous: Option<PathBuf>,
}

#[derive(Args, Debug)]
pub(super) struct Proof {
    /// Data file; - is standard input
    #[arg(value_name = "DATA.json")]
    pub(super) input: PathBuf,
    /// File to write, .pdf, .xlsx or .tsv; - is standard output [by default DATA-核稿表.pdf]
    #[arg(id = "sheets", short = 'o', long = "output", value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    #[command(flatten)]
    pub(super) pack: Pack,
    #[command(flatten)]
    pub(super) faces: Faces,
    /// What to write: pdf, xlsx or tsv [by default what the file's name says, else pdf]
    #[arg(id = "sheet_format", long = "format", value_enum, value_name = "pdf|xlsx|tsv")]
    #[arg(hide_possible_values = true)]
    pub(super) format: Option<SheetFormat>,
    #[command(flatten)]
    pub(super) past: Past,
    /// Replace an existing file even if it is not a PDF
    #[arg(long)]
    pub(super) force: bool,
}

#[derive(Args, Debug)]
pub(super) struct Diff {
    /// The old data file
    #[arg(value_name = "OLD.json")]
    pub(super) old: PathBuf,
    /// The new data file
    #[arg(value_name = "NEW.json")]
    pub(super) new: PathBuf,
    #[command(flatten)]
    pub(super) pack: Pack,
    /// How to show the differences: human or json [default: human]
    #[arg(id = "comparison", long = "format", value_enum, value_name = "human|json")]
    #[arg(default_value = "human", hide_possible_values = true, hide_default_value = true)]
    pub(super) format: Showing,
    /// End with code 1 when there are differences
    #[arg(long)]
    pub(super) exit_code: bool,
}

#[derive(Args, Debug)]
pub(super) struct Audit {
    /// PDF files, whoever made them; * and ? are expanded, - is standard input
    #[arg(id = "pdfs", required = true, value_name = "FILE.pdf")]
    pub(super) files: Vec<PathBuf>,
    /// What it is: report, document, letter, order or minutes [by default what its head says]
    #[arg(
        long,
        value_enum,
        value_name = "report|document|letter|order|minutes",
        hide_possible_values = true
    )]
    pub(super) kind: Option<DocumentKind>,
    /// How to show the findings: human or json [default: human]
    #[arg(id = "findings", long = "format", value_enum, value_name = "human|json")]
    #[arg(default_value = "human", hide_possible_values = true, hide_default_value = true)]
    pub(super) format: Showing,
    /// Let the standard's own numbers alone count, not what offices have made of them
    #[arg(long)]
    pub(super) exact: bool,
}

#[derive(Args, Debug)]
pub(super) struct Summary {
    /// Files that were written with --summary; * and ? are expanded
    #[arg(required = true, value_name = "FILE.jsonl")]
    pub(super) runs: Vec<PathBuf>,
    /// Sum up some shares of a batch, and do not miss the others
    #[arg(long)]
    pub(super) partial: bool,
    /// How to show the sum: human or json [default: human]
    #[arg(id = "sum", long = "format", value_enum, value_name = "human|json")]
    #[arg(default_value = "human", hide_possible_values = true, hide_default_value = true)]
    pub(super) format: Showing,
}

/// The faces that a call adds to the pack's.
#[derive(Args, Clone, Debug)]
pub(super) struct Faces {
    /// Set a role of text in a face of your own: body=FILE.ttf, title=FILE.ttc#1; may be repeated
    #[arg(long, value_name = "ROLE=FILE")]
    pub(super) font: Vec<String>,
    /// Folder of faces to fall back on for rare characters [by default fonts beside the program]
    #[arg(long, value_name = "DIR")]
    pub(super) fonts: Option<PathBuf>,
}

#[derive(Args, Debug)]
pub(super) struct Schema {
    #[command(flatten)]
    pub(super) pack: Pack,
}

#[derive(Args, Debug)]
pub(super) struct Fields {
    #[command(flatten)]
    pub(super) pack: Pack,
    /// How to list them: table, json or tsv [default: table]
    #[arg(id = "listing", long = "format", value_enum, value_name = "table|json|tsv")]
    #[arg(default_value = "table", hide_possible_values = true, hide_default_value = true)]
    pub(super) listing: Listing,
}

#[derive(Args, Debug)]
pub(super) struct Completions {
    /// The shell: bash, elvish, fish, powershell or zsh
    #[arg(value_enum, value_name = "SHELL", hide_possible_values = true)]
    pub(super) shell: Shell,
}

#[derive(Args, Debug)]
pub(super) struct Explain {
    /// The code in a message's brackets, such as E0710 [by default all are listed]
    #[arg(value_name = "CODE")]
    pub(super) code: Option<String>,
    /// How to explain: human or markdown [default: human]
    #[arg(id = "explanation", long = "format", value_enum, value_name = "human|markdown")]
    #[arg(default_value = "human", hide_possible_values = true, hide_default_value = true)]
    pub(super) format: Explanation,
}

#[derive(Args, Debug)]
pub(super) struct Helpers {
    /// How to list them: table, json or markdown [default: table]
    #[arg(id = "guide", long = "format", value_enum, value_name = "table|json|markdown")]
    #[arg(default_value = "table", hide_possible_values = true, hide_default_value = true)]
    pub(super) format: Guidance,
}

#[derive(Args, Debug)]
pub(super) struct Lint {
    /// Template pack: a folder or a name [by default the current folder, if it is a pack, else annual-report]
    #[arg(value_name = "DIR|NAME")]
    pub(super) target: Option<PathBuf>,
}

#[derive(Args, Debug)]
pub(super) struct Show {
    /// Template pack: a folder, a .zip or a name [by default the current folder, if it is a pack, else annual-report]
    #[arg(value_name = "DIR|NAME")]
    pub(super) shown: Option<PathBuf>,
}

#[derive(Args, Debug)]
pub(super) struct Export {
    /// Template pack: a name, a .zip or a folder
    #[arg(value_name = "NAME")]
    pub(super) source: PathBuf,
    /// Folder to write to; it must be empty or not there
    #[arg(value_name = "DIR")]
    pub(super) folder: PathBuf,
}

#[derive(Args, Debug)]
pub(super) struct Changes {
    /// Template pack that stands on another [by default the current folder]
    #[arg(value_name = "DIR")]
    pub(super) overlay: Option<PathBuf>,
    /// Write down the base as it is today, having looked at what has changed
    #[arg(long)]
    pub(super) accept: bool,
}

#[derive(Args, Debug)]
pub(super) struct New {
    /// Folder to make, such as 澄屿市; it must be empty or not there
    #[arg(value_name = "DIR")]
    pub(super) city: PathBuf,
    /// Template pack of the program that the folder's own one stands on [default: annual-report]
    #[arg(id = "base", long = "pack", value_name = "NAME", default_value = "annual-report")]
    #[arg(hide_default_value = true)]
    pub(super) base: String,
}

#[derive(Args, Debug)]
pub(super) struct Pack {
    /// Template pack: a name or a folder [by default what the data file says, else annual-report]
    #[arg(long, value_name = "NAME|DIR")]
    pub(super) pack: Option<PathBuf>,
}

/// What `render` writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    Pdf,
    Text,
}

/// What `proof` writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum SheetFormat {
    Pdf,
    Xlsx,
    Tsv,
}

/// The kinds of documents that `audit` knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum DocumentKind {
    Report,
    Document,
    Letter,
    Order,
    Minutes,
}

/// How `diff`, `audit` and `summary` show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Showing {
    Human,
    Json,
}

/// How `fields` lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Listing {
    Table,
    Json,
    Tsv,
}

/// How `explain` explains.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Explanation {
    Human,
    Markdown,
}

/// How `helpers` lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Guidance {
    Table,
    Json,
    Markdown,
}

impl Arguments {
    /// Reads the words of the command line; help and complaints are in the language given.
    pub(super) fn read(words: &[OsString], language: Language) -> Result<Self, clap::Error> {
        // A call that is typed well has no need of the help's words.
        let matches = Self::lean(words)
            .try_get_matches_from(words)
            .or_else(|_| help::command(language).try_get_matches_from(words))?;
        Self::from_arg_matches(&matches)
    }

    /// Returns the command line's definition, as far as words that are typed well ask for it, and without its help: to
    /// define the other commands takes longer than to read the words.
    fn lean(words: &[OsString]) -> clap::Command {
        if words.get(1).is_none_or(|word| word != "render") {
            return Self::command();
        }
        General::augment_args(clap::Command::new("shizheng"))
            .version(env!("CARGO_PKG_VERSION"))
            .disable_help_flag(true)
            .disable_version_flag(true)
            .disable_help_subcommand(true)
            .subcommand(Render::augment_args(clap::Command::new("render")))
    }

    /// Returns how much is to be said.
    pub(super) fn volume(&self) -> Volume {
        match self.general {
            General { quiet: true, .. } => Volume::Quiet,
            General { verbose: true, .. } => Volume::Verbose,
            _ => Volume::Normal,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn render_is_read_as_among_all_commands() {
        for call in [
            "render a.json",
            "render a.json b.json --out-dir out --jobs 3 --name {report.city}.pdf --lang en",
            "render - -o - --format text --message-format json -q",
            "render a.json --font body=a.ttf --fonts more --pack ./own --previous b.json --draft --embed-data",
            "render a.jsonl --jsonl --shard 2/3 --summary s.jsonl --fail-fast --changed --verbose",
            "render",
            "render a.json --no-such",
            "render a.json -q -v",
            "render a.json --help",
            "render --version",
            "render a.json -o b.pdf --out-dir c",
        ] {
            let words: Vec<OsString> =
                std::iter::once("shizheng").chain(call.split(' ')).map(OsString::from).collect();
            let read = |command: clap::Command| {
                let matches = command.try_get_matches_from(&words).map_err(|error| error.kind())?;
                Arguments::from_arg_matches(&matches).map_err(|error| error.kind())
            };
            let (lean, whole) = (read(Arguments::lean(&words)), read(Arguments::command()));
            assert_eq!(format!("{lean:?}"), format!("{whole:?}"), "{call}");
        }
    }
}

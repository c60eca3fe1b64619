//! Decides where the documents of a call go.

use std::ffi::OsString;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use shizheng::data::{self, Peeked, Source};
use shizheng::diag::Diagnostic;
use shizheng::diag::catalogue::cli as catalogue;

use super::naming::Naming;
use crate::cli::arguments::{Format, Render};
use crate::cli::fault::Fault;
use crate::cli::input::Input;
use crate::cli::output::{Content, Target};

/// What names documents that come from standard input and that nothing else names.
const NAMELESS: &str = "document";

/// Where the documents of a call go.
#[derive(Clone, Debug)]
pub(in crate::cli) struct Destination {
    output: Option<PathBuf>,
    folder: Option<PathBuf>,
    naming: Option<Naming>,
    format: Format,
    force: bool,
}

impl Destination {
    /// Reads the call. Fails with its faults.
    pub(in crate::cli) fn resolve(call: &Render) -> Result<Self, Fault> {
        let folder = call.out_dir.clone();
        if let Some(folder) = folder.as_deref().filter(|folder| folder.exists() && !folder.is_dir()) {
            let diagnostic = Diagnostic::new(&catalogue::OUTPUT_FOLDER_IS_FILE);
            return Err(Fault::call(diagnostic.with("path", folder.display())));
        }
        if let Some(path) = call.output.as_deref().filter(|path| is_of_another_kind(path, call.format)) {
            let diagnostic = Diagnostic::new(&catalogue::OUTPUT_OTHER_KIND);
            return Err(Fault::call(diagnostic.with("path", path.display())));
        }
        let naming =
            call.name.as_deref().map(|pattern| Naming::parse(pattern, ending(call.format))).transpose()?;
        let (output, format, force) = (call.output.clone(), call.format, call.force);
        Ok(Self { output, folder, naming, format, force })
    }

    /// Tells whether the data say where their documents go.
    pub(in crate::cli) fn is_named_by_data(&self) -> bool {
        self.naming.is_some()
    }

    /// Returns the folder that the documents go to.
    pub(in crate::cli) fn folder(&self) -> &Path {
        match (&self.output, &self.folder) {
            (Some(file), _) => file.parent().unwrap_or(Path::new("")),
            (None, folder) => folder.as_deref().unwrap_or(Path::new("")),
        }
    }

    /// Looks up in a data file what names its document.
    pub(in crate::cli) fn peek(&self, source: &Source) -> Peeked {
        let fields: Vec<&str> = self.naming.iter().flat_map(Naming::fields).collect();
        data::peek(source, &fields)
    }

    /// Decides where a document goes that is named after its data. Fails with the values that the data lack.
    pub(in crate::cli) fn after_data(&self, input: &Input, peeked: &Peeked) -> Result<Target, Fault> {
        match &self.naming {
            Some(naming) => {
                let name = naming.name(&peeked.values, &input.name()).map_err(Fault::input)?;
                Self::checked(self.file(name)).map_err(|fault| Fault::call(*fault))
            }
            None => self.after_input(input),
        }
    }

    /// Decides where a document goes by where its data come from.
    pub(in crate::cli) fn after_input(&self, input: &Input) -> Result<Target, Fault> {
        let target = match (&self.output, &self.folder, input) {
            (Some(output), ..) if output.as_os_str() == "-" => Target::StandardOutput,
            (Some(output), ..) => self.file(output.clone()),
            (None, Some(_), Input::StandardInput) => {
                return Err(Fault::call(Diagnostic::new(&catalogue::OUTPUT_WITHOUT_NAME)));
            }
            (None, None, Input::StandardInput) => Target::StandardOutput,
            (None, _, Input::File(path)) => self.file(name_after(path, ending(self.format)).into()),
            (None, _, Input::Line(line)) => {
                let stem =
                    if line.file.starts_with('<') { Path::new(NAMELESS) } else { Path::new(&*line.file) };
                let ending = format!("-{}{}", line.number, ending(self.format));
                self.file(name_after(stem, &ending).into())
            }
        };
        if target == Target::StandardOutput && self.format == Format::Pdf && io::stdout().is_terminal() {
            return Err(Fault::call(Diagnostic::new(&catalogue::OUTPUT_ON_TERMINAL)));
        }
        Self::checked(target).map_err(|fault| Fault::call(*fault))
    }

    fn file(&self, path: PathBuf) -> Target {
        let content = if self.format == Format::Pdf { Content::Pdf } else { Content::Text };
        let make_folder = self.folder.is_some() || self.naming.as_ref().is_some_and(Naming::has_folders);
        let path = match (&self.output, &self.folder) {
            (None, Some(folder)) => folder.join(path),
            _ => path,
        };
        Target::document(path, content, self.force, make_folder)
    }

    fn checked(target: Target) -> Result<Target, Box<Diagnostic>> {
        match &target {
            Target::File(file) => file.check_folder().map(|()| target),
            Target::StandardOutput => Ok(target),
        }
    }
}

/// What the names of a format's files end with.
fn ending(format: Format) -> &'static str {
    match format {
        Format::Pdf => ".pdf",
        Format::Text => ".txt",
    }
}

/// `data/岑汀市.json` becomes `岑汀市.pdf`; a dot in the rest of the name stays.
fn name_after(input: &Path, ending: &str) -> OsString {
    let mut name = input.file_stem().unwrap_or(input.as_os_str()).to_owned();
    name.push(ending);
    name
}

/// The endings of files that people open by another program, or that hold something else.
const OTHER_KINDS: [&str; 16] = [
    "csv", "doc", "docx", "et", "htm", "html", "md", "odt", "ofd", "ppt", "rtf", "tsv", "wps", "xls", "xlsx",
    "zip",
];

/// Tells whether a file's name says that it is something else than what is written.
fn is_of_another_kind(path: &Path, format: Format) -> bool {
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
    extension.is_some_and(|extension| {
        let other = if format == Format::Pdf { "txt" } else { "pdf" };
        extension == other || OTHER_KINDS.contains(&extension.as_str())
    })
}

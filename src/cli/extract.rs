//! Gets the data file back out of a report.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use shizheng::diag::catalogue::cli as catalogue;
use shizheng::diag::{Diagnostic, Origin, SourceText, Text};
use shizheng::export::pdf;

use super::arguments::Extract;
use super::console::Console;
use super::fault::Fault;
use super::input::{self, Folders, Input};
use super::output::{Content, Target};

/// A resolved `extract`.
pub(super) struct Extraction {
    report: Input,
    target: Target,
}

impl Extraction {
    /// Finds the report and decides where its data file goes.
    pub(super) fn resolve(call: &Extract) -> Result<Self, Fault> {
        let inputs = input::find(std::slice::from_ref(&call.report), Folders::Refused)?.all()?;
        let Ok([report]) = <[Input; 1]>::try_from(inputs) else {
            let diagnostic = Diagnostic::new(&catalogue::EXTRACT_SEVERAL);
            return Err(Fault::call(diagnostic.with("pattern", call.report.display())));
        };
        let path = call.output.clone().unwrap_or_else(|| match &report {
            Input::StandardInput | Input::Line(_) => PathBuf::from("-"),
            Input::File(path) => Path::new(path.file_name().unwrap_or_default()).with_extension("json"),
        });
        Ok(Self { report, target: Target::new(path, Content::Data, call.force)? })
    }

    /// Gets it.
    pub(super) fn run(self, console: Console) -> Result<(), Fault> {
        self.target.check_free()?;
        let data = pdf::extract(&self.report.pdf()?).map_err(|fault| {
            let source = Arc::new(SourceText::new(self.report.name(), String::new()));
            Fault::input(vec![fault.at(Origin::new(&source, 0..0))])
        })?;
        match (self.target.write(data)?, &self.target) {
            (Some(diagnostic), _) => Err(Fault::output(diagnostic)),
            (None, Target::StandardOutput) => Ok(()),
            (None, Target::File(file)) => {
                let path = file.path.display();
                console.result(&Text::both(format!("已取出 {path}"), format!("wrote {path}")))
            }
        }
    }
}

//! Keeps what makes documents: each pack with its templates and faces, once it was needed.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use shizheng::Press;
use shizheng::data::Source;
use shizheng::diag::Text;

use super::console::Console;
use super::faces::Faces;
use super::fault::Fault;
use super::packs::{self, Choice};

/// The presses of one call.
pub(super) struct Presses {
    console: Console,
    choice: Choice,
    faces: Faces,
    ready: HashMap<Choice, Arc<Press>>,
}

impl Presses {
    /// Makes the pack ready that the call names, if it names one.
    pub(super) fn new(choice: Choice, faces: Faces, console: Console) -> Result<Self, Fault> {
        let mut presses = Self { console, choice, faces, ready: HashMap::new() };
        if presses.choice != Choice::OfData {
            presses.ready(presses.choice.clone())?;
        }
        Ok(presses)
    }

    /// Returns the press for a data file: with the pack of the call, or else of the data.
    pub(super) fn for_data(&mut self, source: &Source) -> Result<Arc<Press>, Fault> {
        let choice = match &self.choice {
            Choice::OfData => named_in(source)?,
            choice => choice.clone(),
        };
        self.ready(choice)
    }

    fn ready(&mut self, choice: Choice) -> Result<Arc<Press>, Fault> {
        if let Some(press) = self.ready.get(&choice) {
            return Ok(Arc::clone(press));
        }
        let mut pack = choice.load()?;
        self.faces.add_to(&mut pack)?;
        let manifest = pack.manifest();
        let (name, version, title) = (&manifest.name, &manifest.version, &manifest.title);
        self.console.detail(&Text::both(
            format!("模板包 {name} {version}：{title}"),
            format!("template pack {name} {version}: {title}"),
        ));
        let fonts = shizheng::fonts(&pack).map_err(Fault::input)?;
        let press = Arc::new(Press::new(pack, fonts).map_err(Fault::input)?);
        self.ready.insert(choice, Arc::clone(&press));
        Ok(press)
    }
}

impl Drop for Presses {
    /// Leaves the memory to the system: the program ends with its presses, and to take them apart takes longer than to
    /// lay out a page.
    fn drop(&mut self) {
        std::mem::forget(std::mem::take(&mut self.ready));
    }
}

/// Returns the pack that a data file names. What is no JSON names none; that is told when it is loaded.
fn named_in(source: &Source) -> Result<Choice, Fault> {
    let Some((name, origin)) = shizheng::data::pack_name(source) else { return Ok(Choice::OfData) };
    Choice::named(&name, Path::new(&source.name))
        .ok_or_else(|| Fault::input(vec![packs::not_found(&name).at(origin)]))
}

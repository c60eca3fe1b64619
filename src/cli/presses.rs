//! Keeps what makes documents: each pack with its templates and faces, once it was needed.

use std::borrow::Borrow;
use std::collections::HashMap;
use std::ops::Deref;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use shizheng::Press;
use shizheng::data::{self, Peeked, Source};
use shizheng::diag::{Diagnostic, Text};

use super::batch::manifest::{self, Hash};
use super::console::Console;
use super::faces::Faces;
use super::fault::Fault;
use super::packs::{self, Choice};

/// The presses of one call, which its workers share.
pub(super) struct Presses {
    choice: Choice,
    faces: Faces,
    /// Whether packs are told apart by their hashes.
    identifies: bool,
    ready: Mutex<HashMap<Choice, Arc<Ready>>>,
}

/// A press, and what to say of its pack.
pub(super) struct Ready {
    press: Press,
    /// Whether it is the usual one, for data that name none.
    is_unnamed: bool,
    about: Text,
    identity: Hash,
    is_introduced: AtomicBool,
}

impl Deref for Ready {
    type Target = Press;

    fn deref(&self) -> &Press {
        &self.press
    }
}

impl Ready {
    /// Makes a fault of what is wrong with a data file. Where it names no pack and is another's than the usual one,
    /// that is what is wrong.
    pub(super) fn fault(&self, source: &Source, found: Vec<Diagnostic>) -> Fault {
        let unnamed = if self.is_unnamed { packs::unnamed(source) } else { None };
        Fault::input(unnamed.map_or(found, |unnamed| vec![unnamed]))
    }

    /// Returns the hash of the pack and its faces, where presses are asked for it.
    pub(super) fn identity(&self) -> &Hash {
        &self.identity
    }

    /// Says which pack it is, the first time that it is asked to.
    pub(super) fn introduce(&self, console: Console) {
        if !self.is_introduced.swap(true, Ordering::Relaxed) {
            console.detail(&self.about);
        }
    }
}

impl Presses {
    /// Makes the pack ready that the call names, if it names one.
    pub(super) fn new(choice: Choice, faces: Faces) -> Result<Self, Fault> {
        Self::with(choice, faces, false)
    }

    /// Makes the pack ready that the call names, if it names one; all packs can then be told apart by their hashes.
    pub(super) fn identifying(choice: Choice, faces: Faces) -> Result<Self, Fault> {
        Self::with(choice, faces, true)
    }

    fn with(choice: Choice, faces: Faces, identifies: bool) -> Result<Self, Fault> {
        let presses = Self { choice, faces, identifies, ready: Mutex::default() };
        if presses.choice != Choice::OfData {
            presses.ready(presses.choice.clone())?;
        }
        Ok(presses)
    }

    /// Returns the press for a data file: with the pack of the call, or else of the data.
    pub(super) fn for_data(&self, source: &Source) -> Result<Arc<Ready>, Fault> {
        self.for_peeked(source, || data::peek(source, &[]))
    }

    /// Does so for who looks other things up in the data file too; it is looked into only if need be.
    pub(super) fn for_peeked<P: Borrow<Peeked>>(
        &self,
        source: &Source,
        peek: impl FnOnce() -> P,
    ) -> Result<Arc<Ready>, Fault> {
        let choice = match &self.choice {
            Choice::OfData => named_in(source, peek().borrow())?,
            choice => choice.clone(),
        };
        self.ready(choice)
    }

    /// Leaves the memory to the system, where the program ends with its presses: to take them apart takes longer than to
    /// lay out a page.
    pub(super) fn leave(self) {
        std::mem::forget(self.ready);
    }

    /// Makes a pack ready. Who needs it too waits meanwhile, rather than doing the same.
    fn ready(&self, choice: Choice) -> Result<Arc<Ready>, Fault> {
        let mut presses = self.ready.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(press) = presses.get(&choice) {
            return Ok(Arc::clone(press));
        }
        let (mut pack, identity) = if self.identifies {
            let (pack, read) = choice.load_noting()?;
            (pack, manifest::hash([&read[..], &self.faces.identity()]))
        } else {
            (choice.load()?, Hash::default())
        };
        self.faces.add_to(&mut pack)?;
        let manifest = pack.manifest();
        let (name, version, title) = (&manifest.name, &manifest.version, &manifest.title);
        let about = Text::both(
            format!("模板包 {name} {version}：{title}"),
            format!("template pack {name} {version}: {title}"),
        );
        let fonts = shizheng::fonts(&pack).map_err(Fault::input)?;
        let press = Press::new(pack, fonts).map_err(Fault::input)?;
        let is_unnamed = choice == Choice::OfData;
        let ready =
            Arc::new(Ready { press, is_unnamed, about, identity, is_introduced: AtomicBool::new(false) });
        presses.insert(choice, Arc::clone(&ready));
        Ok(ready)
    }
}

/// Returns the pack that a data file names. What is no JSON names none; that is told when it is loaded.
pub(super) fn named_in(source: &Source, peeked: &Peeked) -> Result<Choice, Fault> {
    let Some(name) = &peeked.pack else { return Ok(Choice::OfData) };
    Choice::named(name, Path::new(&source.name)).ok_or_else(|| {
        let mut fault = packs::not_beside(name);
        fault.origin = data::place_of_pack(source);
        Fault::input(vec![fault])
    })
}

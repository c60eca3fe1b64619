//! Reads a data file and checks it against a pack's schema: JSON in, [`Record`] out.
//!
//! Every fault is found in one pass and told with its file, line, column, path and title. Numbers stay
//! decimal from the file to the page; no binary floating point touches them.
//!
//! `read` makes text of the bytes, [`crate::json`] a tree of the text, `number`, `quantity` and `value` read a
//! single value, `rewrite`, `numerals` and `mend` find how one that will not do was meant, `check` walks the tree beside
//! the schema, and `rules` has the schema's standard keywords checked.
//! Then `facts` lays out what was read, and the figures are held against each other: `derive` reckons the growth
//! that is not given, `trend` questions what is far from last year's (`past`) or from what is usual, `series` holds
//! tables of years against the text, and `relations` asks the rules of the pack. For a draft `open` puts in what is still
//! to come.

mod check;
mod date;
mod derive;
mod facts;
mod growth;
mod measure;
mod mend;
mod number;
mod numerals;
mod open;
mod past;
mod peek;
mod quantity;
mod read;
mod record;
mod relations;
mod rewrite;
mod rules;
mod series;
mod texts;
mod trend;
mod unknown;
mod value;
mod wording;

use std::sync::Arc;

pub(crate) use self::check::is_open;
pub use self::measure::Measure;
pub use self::past::Previous;
pub use self::peek::{Fit, Peeked, fits, peek, place_of_pack};
pub use self::read::Source;
pub use self::record::{Approximation, Figures, Fraction, Leaf, Node, Quantity, Record, Value};
pub use self::texts::texts;
pub use self::value::is_unprintable;
pub(crate) use self::value::{gaps, share};
use crate::diag::catalogue::data::MISSING;
use crate::diag::{Diagnostic, SourceText};
pub(crate) use crate::json::join;
use crate::json::{self, Mended};
use crate::pack::Schema;

/// What a data file is read for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Purpose {
    /// The document as it goes out: a value still to come is a fault.
    #[default]
    Final,
    /// A draft: a value still to come, or a figure that is missing, is [`Value::Open`].
    Draft,
}

/// Reads a data file for the document as it goes out, and checks it.
///
/// Fails with every fault found, in the file's order; what is merely worth knowing is among them, so that
/// one reading of the messages is enough.
pub fn load(source: &Source, schema: &Schema) -> Result<Record, Vec<Diagnostic>> {
    load_for(Purpose::Final, source, schema)
}

/// Reads a data file for a purpose, and checks it.
///
/// In a draft is open: what the file gives as open (`null`, `""`, `"XX"`, `"待定"`); what is missing and
/// required; and a single value, sentences apart, that is missing in a group that the file has. A group that
/// the file leaves out stays out.
///
/// Fails as [`load`] does.
pub fn load_for(purpose: Purpose, source: &Source, schema: &Schema) -> Result<Record, Vec<Diagnostic>> {
    load_beside(purpose, source, schema, None)
}

/// Reads a data file for a purpose, and checks it with last year's beside it, if there is one. What breaks a rule
/// on several figures stops the document as it goes out; a draft is only warned of it.
///
/// Fails as [`load`] does.
pub fn load_beside(
    purpose: Purpose,
    source: &Source,
    schema: &Schema,
    previous: Option<&Previous>,
) -> Result<Record, Vec<Diagnostic>> {
    let (text, note) = read::decode(source)?;
    let mut found: Vec<Diagnostic> = note.into_iter().collect();
    let (root, figures) = match json::parse_with_duplicates(&text) {
        Ok((tree, twice)) => {
            let mut checked = check::check(&text, (&tree, twice), schema, purpose, previous);
            found.extend(checked.found);
            if purpose == Purpose::Draft {
                open::open(&mut checked.root, &tree, schema);
            }
            (checked.root, checked.figures)
        }
        Err(faults) => {
            found.extend(faults);
            found.extend(beside_slips(&text, schema, purpose, previous));
            (Node::Object(Vec::new()), Figures::default())
        }
    };
    for origin in found.iter_mut().filter_map(|diagnostic| diagnostic.origin.as_mut()) {
        if let (Some(path), None) = (&origin.path, &origin.title) {
            origin.title = schema.title(&Schema::form(path)).map(str::to_owned);
        }
    }
    found.sort_by_key(|diagnostic| diagnostic.origin.as_ref().map_or(0, |origin| origin.span.start));
    if found.iter().any(Diagnostic::is_error) {
        return Err(found);
    }
    Ok(Record { source: text, root, warnings: found, figures })
}

/// Finds what is wrong with a file beside the slips that keep it from being JSON, as if those were mended: who mends
/// them should not have to ask again. Of what is missing nothing is said, for a slip may hide it.
fn beside_slips(
    text: &Arc<SourceText>,
    schema: &Schema,
    purpose: Purpose,
    previous: Option<&Previous>,
) -> Vec<Diagnostic> {
    let Some(mended) = Mended::read(text) else { return Vec::new() };
    let Ok((tree, twice)) = json::parse_with_duplicates(&mended.source) else { return Vec::new() };
    // Which fields there are, nobody can tell of a file whose pack cannot be made out.
    if tree.get("pack").is_some_and(|pack| pack.as_str().is_none()) {
        return Vec::new();
    }
    let checked = check::check(&mended.source, (&tree, twice), schema, purpose, previous);
    let typed = |mut diagnostic: Diagnostic| {
        if let Some(origin) = diagnostic.origin.as_mut().filter(|origin| origin.source == mended.source) {
            origin.span = mended.typed(&origin.span)?;
            origin.source = Arc::clone(text);
        }
        Some(diagnostic)
    };
    checked.found.into_iter().filter(|one| *one.entry != MISSING).filter_map(typed).collect()
}

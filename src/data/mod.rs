//! Reads a data file and checks it against a pack's schema: JSON in, [`Record`] out.
//!
//! Every fault is found in one pass and told with its file, line, column, path and title. Numbers stay
//! decimal from the file to the page; no binary floating point touches them.

mod record;

pub use self::record::{Approximation, Fraction, Leaf, Node, Quantity, Record, Value};

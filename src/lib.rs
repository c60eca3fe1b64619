//! Turns a municipality's figures into its official documents.
//!
//! One way through, each step a module of its own that knows only the one before it:
//!
//! ```text
//! data file -> Record -> Filled -> Document -> Pages -> Rendered
//!     data        fill     markup    layout     export
//! ```

pub mod data;
pub mod diag;
pub mod document;
pub mod export;
pub mod fill;
pub mod font;
pub mod json;
pub mod layout;
pub mod markup;
pub mod pack;
pub mod page;
pub mod units;

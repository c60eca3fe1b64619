//! Writes the formats: one module a format.
//!
//! Paged formats read [`crate::page::Pages`], flowing ones [`crate::document::Document`], tables
//! [`crate::workbook::Workbook`].

mod bytes;
pub mod pdf;
pub mod text;
pub mod tsv;
pub mod xlsx;
mod xml;

pub use self::bytes::Bytes;

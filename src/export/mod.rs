//! Writes the formats: one module a format.
//!
//! Paged formats read [`crate::page::Pages`], flowing ones [`crate::document::Document`].

pub mod pdf;
pub mod text;

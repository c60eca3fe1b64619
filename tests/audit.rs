//! Audits of documents that keep every clause, and of the same documents with one fault each.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod models;
mod paper;
mod spoiled;

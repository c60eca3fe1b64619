//! Audits of documents that keep every clause, of the same documents with one fault each, and of the samples.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod models;
mod paper;
mod reading;
mod samples;
mod spoiled;

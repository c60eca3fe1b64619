//! Measures a PDF against the clauses of GB/T 9704-2012 (党政机关公文格式), whoever made it.
//!
//! ```text
//! bytes -> Seen -> sheets of lines and rules -> Recognised -> Report
//!     read     lines                     roles         judge
//! ```
//!
//! Nothing here knows how this program makes its own pages; an audit of them is as strict as anybody's. What a
//! file shows is measured from its operators and its fonts' outlines, what the lines are is recognised from their
//! words, sizes and places, and each clause of [`CLAUSES`] is then judged: kept, broken, or not judged where the
//! file has nothing of the kind.

mod clauses;
mod duplex;
mod faces;
mod grid;
mod json;
mod judge;
mod lines;
mod marks;
mod read;
mod report;
mod roles;
mod seen;
mod standard;

pub use self::clauses::{CLAUSES, Clause};
pub(crate) use self::read::UnicodeMap;
pub use self::report::{Finding, Judgement, Place, Report, Verdict};
use crate::diag::Diagnostic;

/// The kinds of documents that the standard knows, and the work report, which has the body of one alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A work report (事务文书): 主体 alone.
    Report,
    /// A document with 版头 (通用格式).
    Document,
    /// A letter (信函格式).
    Letter,
    /// An order (命令格式).
    Order,
    /// Minutes (纪要格式).
    Minutes,
}

impl Kind {
    /// Returns the name by which programs know it.
    pub fn id(self) -> &'static str {
        match self {
            Self::Report => "report",
            Self::Document => "document",
            Self::Letter => "letter",
            Self::Order => "order",
            Self::Minutes => "minutes",
        }
    }
}

/// How a file is audited.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// What the document is; by default what its head says.
    pub kind: Option<Kind>,
    /// Whether the standard's own numbers alone count, and not what offices have made of them.
    pub exact: bool,
}

/// Audits a PDF.
///
/// # Errors
/// When the bytes are no PDF that can be read without a password.
pub fn audit(bytes: &[u8], options: Options) -> Result<Report, Box<Diagnostic>> {
    let seen = read::read(bytes)?;
    let report = judge::judge(&seen, options);
    Ok(Report { incomplete: seen.incomplete, ..report })
}

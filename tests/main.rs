//! The one test binary.

mod pdf;

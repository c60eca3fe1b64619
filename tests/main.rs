//! The one test binary.

mod fill;
mod markup;
mod pdf;

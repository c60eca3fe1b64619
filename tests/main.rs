//! The one test binary.

mod architecture;
mod fill;
mod markup;
mod pdf;

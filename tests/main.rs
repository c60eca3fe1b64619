//! The one test binary.

mod architecture;
mod data;
mod fill;
mod markup;
mod packs;
mod pdf;

//! The one test binary.

mod architecture;
mod audit;
mod charts;
mod ci;
mod cli;
mod data;
mod draft;
mod elements;
mod family;
mod fill;
mod handbook;
mod layout;
mod markup;
mod merge;
mod mutants;
mod omissions;
mod overlays;
mod packs;
mod pdf;
mod proofread;
mod prose;
mod relations;
mod rules;
mod samples;
mod trace;

//! Has the program rebuilt when a template is added, and packs the face that few documents need.
//!
//! `include_dir!` sees changed files, but no new ones. The packed face is `src/font/packed.rs`'s to read.

#![expect(
    clippy::disallowed_methods,
    reason = "a build script reads the sources and writes where cargo says"
)]

use std::path::Path;
use std::{env, fs};

/// The face that is asked last, and most of whose characters no document has.
const PACKED: &str = "fonts/ShizhengFallbackKai-Light.ttf";

fn main() {
    // Of a folder cargo watches every file below it.
    println!("cargo::rerun-if-changed=templates");
    println!("cargo::rerun-if-changed={PACKED}");
    println!("cargo::rerun-if-changed=build.rs");

    let font = fs::read(PACKED).expect("the fonts are there");
    let out = env::var_os("OUT_DIR").expect("cargo says where");
    fs::write(Path::new(&out).join("fallback.packed"), pack(&font)).expect("the folder can be written to");
}

/// Compresses a file; its length goes before it, in eight bytes, the least first.
fn pack(bytes: &[u8]) -> Vec<u8> {
    use std::io::Write as _;

    let mut packed = (bytes.len() as u64).to_le_bytes().to_vec();
    let mut encoder = flate2::write::DeflateEncoder::new(&mut packed, flate2::Compression::best());
    encoder.write_all(bytes).expect("memory can be written to");
    encoder.finish().expect("memory can be written to");
    packed
}

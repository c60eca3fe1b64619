//! Has the program rebuilt when a template is added: `include_dir!` sees changed files, but no new ones.

fn main() {
    // Of a folder cargo watches every file below it.
    println!("cargo::rerun-if-changed=templates");
}

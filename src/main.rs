//! The `shizheng` program.

fn main() {}

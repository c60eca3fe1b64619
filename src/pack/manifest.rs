//! Reads `pack.toml`.

/// What a pack says of itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Manifest {
    /// The name by which a data file asks for the pack, such as `annual-report`.
    pub name: String,
}

//! Loads a template pack: its manifest, schema, style and templates, from a folder or from the program.
//!
//! A pack is data. It is read through one trait, so that this module never touches the file system.

mod manifest;
mod schema;
mod style;

pub use self::manifest::Manifest;
pub use self::schema::{Field, Kind, Schema};
pub use self::style::{
    Characters, FaceChoice, Grid, Length, LineBreaking, LineEndMarks, PageNumberStyle, PageStyle, Raise,
    Style, TextStyle, TitleStyle,
};

//! Messages of writing a format (`E06..`).

use super::catalogue;

catalogue! {}

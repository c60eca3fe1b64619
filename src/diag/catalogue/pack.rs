//! Messages of reading and checking a pack (`E02..`).

use super::catalogue;

catalogue! {}

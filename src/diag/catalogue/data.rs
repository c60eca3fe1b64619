//! Messages of reading and checking a data file (`E01..`).

use super::catalogue;

catalogue! {}

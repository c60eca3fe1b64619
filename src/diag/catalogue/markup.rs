//! Messages of parsing the filled text (`E04..`).

use super::catalogue;

catalogue! {}

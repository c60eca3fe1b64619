//! Messages of files and the call (`E07..`).

use super::catalogue;

catalogue! {}

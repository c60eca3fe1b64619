//! Messages of filling the templates (`E03..`).

use super::catalogue;

catalogue! {}

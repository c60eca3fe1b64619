//! Messages of fonts and layout (`E05..`).

use super::catalogue;

catalogue! {}

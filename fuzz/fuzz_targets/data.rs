//! Reads any bytes as a data file of the annual report.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use shizheng::data::{self, Source};
use shizheng::pack::Pack;

static PACK: LazyLock<Pack> = LazyLock::new(|| {
    Pack::embedded("annual-report").and_then(Result::ok).expect("the embedded pack is sound")
});

fuzz_target!(|bytes: &[u8]| {
    let source = Source::new("fuzz.json", bytes);
    if let Err(faults) = data::load(&source, PACK.schema()) {
        assert!(faults.iter().any(shizheng::diag::Diagnostic::is_error), "refused without a reason");
    }
});

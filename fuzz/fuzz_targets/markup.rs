//! Parses any text as filled text.

#![no_main]

use libfuzzer_sys::fuzz_target;
use shizheng::fill::{Filled, SourceMap};
use shizheng::markup;

fuzz_target!(|text: &str| {
    let text = format!("<article>{text}</article>");
    let filled = Filled { text, map: SourceMap::default() };
    if let Err(faults) = markup::parse(&filled, "zh-CN") {
        assert!(!faults.is_empty(), "refused without a reason");
    }
});

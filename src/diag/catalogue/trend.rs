//! What is said of figures over the years: rates that no place has, series that go their own ways.

use super::catalogue;

catalogue! {
    /// A rate is beyond what is usual.
    RATE_UNUSUAL = "W0184", Warning,
        "{found}超出通常的范围（{usual}），小数点可能点错了",
        "{found} is beyond the usual ({usual}); the decimal point may be misplaced",
        hint "核对原始数据和小数点；确实如此的不必理会", "check the source and the decimal point; if the rate is right, there is nothing to do",
        explain "规则 `usual-rate`。增速一般在-50%至50%之间，另有范围的在 `schema.json` 里用 `x-typical` 写明。给了上年的数、与增速相符的，不提醒。",
                "The rule `usual-rate`. Growth is within 50 percent either way as a rule; other ranges are given as `x-typical` in `schema.json`. Growth that last year's value bears out is not told.";
}

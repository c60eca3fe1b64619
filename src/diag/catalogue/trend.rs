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

    /// A row of a series gives another value than the text.
    SERIES_DIFFERS = "E0185", Error,
        "{year}年是{given}，与{known}不一致",
        "{given} in {year} does not agree with {known}",
        hint "核对两处的数，改成一致", "check both figures and make them agree",
        explain "规则 `series`。历年的表里当年的一行应与正文的数相同，上年的一行应与上年的数相同（`x-series-of`）。",
                "The rule `series`. In a table of years this year's row is the figure of the text, and the row before it that of the year before (`x-series-of`).";

    /// The years of a series do not follow one another.
    SERIES_ORDER = "E0186", Error,
        "{year}年排在{before}年后面",
        "{year} comes after {before}",
        hint "一年一行，从前到后", "one row a year, the earliest first",
        explain "规则 `series`。历年的表一年只有一行，按年份从前到后。",
                "The rule `series`. A table of years has each year once, in their order.";

    /// The text says a rise and the series a fall, or the other way about.
    SERIES_DIRECTION = "W0187", Warning,
        "增速是{given}，历年的表由上年的{before}到当年的{now}，算得{computed}：一升一降",
        "the growth is {given}, but the table of years goes from {before} to {now}, which is {computed}: one a rise, the other a fall",
        hint "核对增速和两年的数；口径有变、增速按可比口径计算的，不必理会",
             "check the growth and both values; if it is on a comparable basis that the values are not, there is nothing to do",
        explain "规则 `series`。没有另给上年的数的，增速与历年的表里上年和当年的数对照；相差一个百分点以内的不提醒。",
                "The rule `series`. Where last year's value is not given otherwise, growth is held against the last two rows of the table of years; within one point nothing is said.";
}

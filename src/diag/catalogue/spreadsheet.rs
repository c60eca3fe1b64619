//! Messages of what spreadsheets leave in the data: numbers that they show otherwise than they keep them.

use super::catalogue;

catalogue! {
    /// A percentage looks like a ratio.
    LIKELY_RATIO = "W0181", Warning,
        "`{found}` 印作{printed}；它像是表格里的比值，那就是{percent}%",
        "`{found}` prints as {printed}, but looks like a spreadsheet's ratio, which is {percent}%",
        hint "是{percent}%的，改为：`{percent}`；确是{found}%的，改为：`\"{found}%\"`",
             "if it is {percent}%, write: `{percent}`; if it is {found}% indeed, write: `\"{found}%\"`",
        explain "这一项以%为单位，6.5%写作 `6.5`。表格软件把它存成 `0.065`，复制过来就小了一百倍。",
                "The field is in %, so 6.5% is `6.5`. A spreadsheet keeps it as `0.065`, a hundred times less.";

    /// The shares are those of 1.
    SHARES_OF_ONE = "E0182", Error,
        "三个比重合计{sum}，像是表格里的比值，应为百分数",
        "the shares sum up to {sum}: they look like a spreadsheet's ratios, not percentages",
        explain "比重是百分数，合计为100。表格软件把9.3%存成 `0.093`。",
                "Shares are percentages and sum up to 100. A spreadsheet keeps 9.3% as `0.093`.";
}

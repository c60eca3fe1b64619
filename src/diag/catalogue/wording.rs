//! Messages of fitting values to the words around them (`E019.`, `W019.`).

use super::catalogue;

catalogue! {
    /// A table's row says nothing.
    EMPTY_ROW = "E0190", Error,
        "这一行是空的",
        "this row is empty",
        hint "填上，或者把这一行删去", "fill it in or take it out",
        explain "空的一行印不成句子。",
                "Nothing can be printed of an empty row.";

    /// A text holds marks of the kind that the document puts around it.
    INNER_MARKS = "E0191", Error,
        "正文会给它加上{marks}，“{found}”里面不能再有",
        "the text puts {marks} around it; `{found}` has some of its own",
        hint "前后不加；里面的书名号用〈〉，引号用‘’，括号用〔〕",
             "write it without them; within it 〈〉, ‘’ and 〔〕 are right",
        explain "书名号里不再用书名号，引号里不再用引号，括号里不再用同样的括号（GB/T 15834）。",
                "Marks of one form do not stand in one another (GB/T 15834).";

    /// What the document adds by itself was taken off a text.
    TAKEN_OFF = "W0190", Warning,
        "“{found}”印作“{printed}”，去掉的正文里已经有",
        "`{found}` prints as `{printed}`; the document has the rest already",
        hint "改为“{printed}”", "write `{printed}`",
        explain "书名号、“称号”“级”这样的字和句末的标点由正文来加，数据里再写就重复了。",
                "Marks and words such as 《》, 称号 and a final 。 are the document's; in the data they would stand twice.";

    /// A number is not the limit that it should be.
    WRONG_LIMIT = "E0192", Error,
        "应为{expected}，现为“{found}”",
        "expected {expected}, found `{found}`",
        explain "这一项是一个界限，正文说成“2000亩以上”或“4%以内”，别的说法套不进去。",
                "The number is a limit and prints as 2000亩以上 or 4%以内; other words do not fit in.";

    /// A bound on a fall, which can be read in two ways.
    BOUND_ON_FALL = "E0193", Error,
        "“{found}”有两种理解",
        "`{found}` can be read in two ways",
        hint "写准确的数；超过或不到多少的，写进亮点", "write the exact number, or a sentence among the highlights",
        explain "“-3以内”既可以是下降不到3%，也可以是下降3%以上，所以下降的数不能带界限。",
                "A bound on a negative number may mean more of a fall or less of it.";

    /// A 0 of which there is nothing to say.
    ZERO_LEFT_OUT = "W0191", Warning,
        "为0的，正文不写这一项",
        "a 0 is left out of the text",
        hint "确实没有的，删去这一项；漏填的，补上", "take the field out if there is none, or fill it in",
        explain "“新建幼儿园0所”不成话，所以0和没有填一样；“未发生”“未出现”一类的数照印。",
                "Nothing is said of what did not happen, except where the document says that it did not.";
}

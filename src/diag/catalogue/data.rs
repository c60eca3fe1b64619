//! Messages of reading and checking a data file (`E01..`).

use super::catalogue;

catalogue! {
    /// The file is empty.
    EMPTY_FILE = "E0101", Error,
        "文件是空的",
        "the file is empty",
        hint "从样例文件复制一份再填", "copy a sample and fill it in",
        explain "数据文件须是一个 JSON 对象。", "A data file is a JSON object.";

    /// The file is not JSON.
    NOT_JSON = "E0102", Error,
        "不合 JSON 写法：{reason}",
        "this is not JSON: {reason}",
        explain "JSON 的键和文字用半角双引号，项与项之间用半角逗号，键与值之间用半角冒号。",
                "JSON has straight double quotes round keys and texts, commas between items, a colon between key and value.";

    /// The file is nested too deeply.
    TOO_DEEP = "E0103", Error,
        "括号套得太深",
        "the brackets are nested too deeply",
        hint "检查括号是否成对", "check that every bracket is closed",
        explain "正常的数据不过五六层，套得太深多是括号没有配对。",
                "Ordinary data is five or six levels deep; deeper nesting comes of brackets that are not closed.";

    /// A name is given twice in one object.
    DUPLICATE_KEY = "E0104", Error,
        "`{name}` 写了两次，前一次在第{line}行第{column}列",
        "`{name}` is given twice, first on line {line}, column {column}",
        hint "只留一处；两处不同的，核对哪一处是对的", "keep one of them, the right one",
        explain "同一对象里一个名称写两次，程序无法知道用哪一个。",
                "When a name stands twice in an object, the program cannot know which one is meant.";
}

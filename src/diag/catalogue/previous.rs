//! What is said of last year's data file beside this year's.

use super::catalogue;

catalogue! {
    /// Last year's value is given otherwise in last year's file.
    PREVIOUS_DIFFERS = "W0176", Warning,
        "上年数写的是{given}，上年的数据文件里是{found}",
        "last year's value is given as {given}; last year's file has {found}",
        hint "以统计部门核定的为准；没有修订的，改成一致", "keep what the statisticians approved; unless it was revised, make them agree",
        explain "上年的数后来经过核定修订的，两处可以不同；按本文件里的上年数计算。",
                "A figure may have been revised since; this file's value of last year is the one that counts.";

    /// Last year's file is of another year.
    PREVIOUS_YEAR = "W0177", Warning,
        "这是{found}年的数据文件，上年应是{expected}年；没有用来比较",
        "this is the data file of {found}, and last year is {expected}; it is not used",
        hint "检查 `--previous` 给的是不是上年的文件", "check the file that `--previous` names",
        explain "`--previous` 给出上一年的数据文件，同比和变动都与它相比。",
                "`--previous` names last year's data file, with which growth and swings are reckoned.";

    /// Last year's file is somebody else's.
    PREVIOUS_OTHER = "W0183", Warning,
        "这是{found}的数据文件，今年的是{expected}的；没有用来比较",
        "this is the data file of {found}, and this year's is of {expected}; it is not used",
        hint "检查 `--previous` 给的是不是上年的文件；改了名称的，把上年文件里的也改过来",
             "check the file that `--previous` names; if the name was changed, change it there too",
        explain "两年的数据文件，凡必填的名称都应相同，才能比较。",
                "Two years' data files are compared if their required names are the same.";

    /// Values of last year's file could not be used.
    PREVIOUS_PARTLY = "N0178", Note,
        "上年的数据文件 `{file}` 有{count}处错误，出错的项没有用来比较",
        "last year's file `{file}` has {count} faults; what they concern was not compared",
        hint "可用 `shizheng check` 看有哪些错误", "see them with `shizheng check`",
        explain "上年的文件只用来比较，有错误也不妨碍生成今年的报告。",
                "Last year's file is only compared with; its faults do not stop this year's report.";
}

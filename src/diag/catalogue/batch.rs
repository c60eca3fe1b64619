//! Messages of many documents at once and of documents kept up to date (`E077.`, `E079.`).

use super::catalogue;

catalogue! {
    /// A `--shard` that is none.
    BAD_SHARD = "E0770", Error,
        "`--shard {word}` 看不明白", "cannot make sense of `--shard {word}`",
        hint "写作 `K/N`，K从1到N，如 `--shard 3/8`；由调度程序给出K时写 `env/8`",
            "write `K/N` with K from 1 to N, as in `--shard 3/8`, or `env/8` where the scheduler gives K",
        explain "一批数据分给N台机器，每台生成其中第K份、第K+N份……，各台之间不用通信。",
            "A batch is shared among N machines; each makes the K-th, the K+N-th and so on, and they need not talk to \
             one another.";

    /// A shard whose number the scheduler gives too high.
    SHARD_OUTSIDE = "E0796", Error,
        "`--shard {word}`：调度程序给出的是第{number}份，一共只有{count}份",
            "`--shard {word}`: the scheduler gives share {number}, and there are {count}",
        hint "作业的个数要与N相同；Slurm的数组从1编到N，如 `--array=1-{count}`",
            "let there be as many jobs as shares; number a Slurm array from 1 to N, as in `--array=1-{count}`",
        explain "Kubernetes的序号从0起，第K份的序号是K-1；Slurm的数组从1编起，重做一个作业时号不变。",
            "Kubernetes counts from 0. A Slurm array is numbered from 1, and a task that is run again keeps its number.";

    /// A shard whose number nobody gives.
    SHARD_WITHOUT_INDEX = "E0771", Error,
        "`--shard {word}` 的序号没有给出", "nothing gives the number for `--shard {word}`",
        hint "在 `JOB_COMPLETION_INDEX` 或 `SLURM_ARRAY_TASK_ID` 里给出，或者直接写 `K/N`",
            "give it in `JOB_COMPLETION_INDEX` or `SLURM_ARRAY_TASK_ID`, or write `K/N` yourself",
        explain "`env/N` 的序号来自Kubernetes或Slurm设的环境变量；不在它们之下运行时没有这些变量。",
            "With `env/N` the number comes from a variable that Kubernetes or Slurm sets; outside of them there is none.";

    /// A shard whose number the environment gives as something else.
    SHARD_BAD_INDEX = "E0785", Error,
        "`--shard {word}`：环境变量 `{name}` 是 `{value}`，不是序号", "`--shard {word}`: the variable `{name}` is `{value}`, which is no index",
        hint "应是从0起的整数；也可以直接写 `K/N`", "it is to be a whole number, from 0 on; or write `K/N` yourself",
        explain "`env/N` 的序号来自Kubernetes的 `JOB_COMPLETION_INDEX` 或Slurm的 `SLURM_ARRAY_TASK_ID`；自己设的，要设成整数。",
            "With `env/N` the number comes from `JOB_COMPLETION_INDEX` of Kubernetes or `SLURM_ARRAY_TASK_ID` of Slurm; where you set it yourself, set a whole number.";

    /// A `--name` that can name nothing.
    BAD_NAME = "E0772", Error,
        "`--name {pattern}` 不能作文件名：{reason}", "`--name {pattern}` cannot name files: {reason}",
        hint "写作字段和文字，如 `--name '{example}'`", "write fields and words, as in `--name '{example}'`",
        explain "花括号里是字段的路径，每份报告各取自己的值；`/` 分开文件夹。",
            "In braces stands the path of a field, of which each document takes its own value; `/` parts folders.";

    /// A value that the name needs and the data lack.
    NAME_WITHOUT_VALUE = "E0773", Error,
        "`{path}` 没有 `{field}`，起不了文件名", "`{path}` has no `{field}` to name its document by",
        hint "在数据里补上，或者换一个 `--name`", "add it to the data, or choose another `--name`",
        explain "`--name` 里的字段每份数据都要有值（文字或数）。",
            "Every data file has to have a value, a text or a number, for the fields of `--name`.";

    /// A worker that cannot be had.
    NO_THREAD = "E0775", Error,
        "系统不给线程：{reason}", "the system gives no thread: {reason}",
        hint "用 `--jobs 1` 再试", "try `--jobs 1`",
        explain "同时生成几份要用几个线程，系统给的数目有限。",
            "To work on several documents at once takes as many threads, of which the system gives only so many.";

    /// A program's fault in one document.
    PROGRAM_FAULT = "E0776", Error,
        "处理 `{path}` 时程序出错，这一份没有完成：{reason}", "the program failed at `{path}`, which is not done: {reason}",
        hint "其余各份不受影响；请把这条消息和这份数据报告给程序的作者",
            "the others are not affected; please report this message and the data file",
        explain "这是程序的毛病，不是数据的。", "This is a fault of the program, not of the data.";

    /// A file of lines that has fewer of them than before.
    LINES_GONE = "E0784", Error,
        "少了{count}份输入：处理时有文件变短了", "{count} fewer inputs than at the start: a file was cut short meanwhile",
        hint "等文件写完再运行一次", "run again once the file is whole",
        explain "JSON Lines文件先数一遍有几行，再一行一行处理。两遍之间被别的程序截断或改写的，后面的各份没有处理。",
            "The lines of a JSON Lines file are counted before they are worked on. Where another program cut it short or wrote it anew in between, the documents of the lines that are gone were not made.";

    /// A file of lines without any.
    NO_LINES = "E0777", Error,
        "`{path}` 里一行数据也没有", "`{path}` has no line with data",
        explain "JSON Lines文件每行是一份数据，空行不算。",
            "A file of JSON Lines has a data file on each line; blank lines do not count.";

    /// A summary that is none.
    SUMMARY_UNREADABLE = "E0778", Error,
        "`{path}` 不是一次运行的完整记录，第{line}行不对", "`{path}` is not the whole summary of a run: line {line} is not right",
        hint "给出 `--summary` 写的文件", "give files that `--summary` has written",
        explain "记录的第一行说明是哪次运行，以后每份一行，最后一行是合计；被别的程序改过或截断的不能用。",
            "The first line says which run it is, then comes a line for each document, and last the counts. One that              another program has changed or cut off is of no use.";

    /// Summaries of two batches.
    SUMMARY_OF_OTHERS = "E0779", Error,
        "这些记录不是同一批的", "these summaries are not of one batch",
        hint "一批一批地合计", "sum up one batch at a time",
        explain "同一批的各份，总数和份数都相同。", "The shares of one batch have the same number of shares and inputs.";

    /// A share that is there twice.
    SUMMARY_TWICE = "E0790", Error,
        "第 {shard} 份记录有两个", "share {shard} is there twice",
        hint "留下后一次运行的那个", "keep the one of the later run",
        explain "同一份算两次，合计就不对了。", "Counted twice, a share would make the sum wrong.";
    /// Standard input or output where files are wanted.
    FILES_WANTED = "E0774", Error,
        "`{argument}` 只能用于文件，不能用于标准输入、标准输出", "`{argument}` is for files, not for standard input or output",
        explain "要看着文件变没变，或者要和已有的文件比，都得有文件。",
            "To see whether a file changes, or to hold one against the data, there has to be a file.";

    /// A figure that a document prints and the data no longer give.
    CHECK_GONE = "E0798", Error,
        "`{path}` 第{page}页印的 {printed}，数据里没有了", "page {page} of `{path}` prints {printed}, which the data no longer give",
        explain "文件生成以后，这个数从数据里去掉了，或者印它的那句话去掉了。",
            "The figure, or the sentence that prints it, was taken out after the file was made.";

    /// A file for `--jsonl` that has no data file a line.
    NOT_LINES = "E0797", Error,
        "`{path}` 不是每行一份数据：{reason}", "`{path}` does not have a data file on each line: {reason}",
        explain "`--jsonl` 的文件每行是一份完整的数据，以 `{` 开头，以 `}` 结尾，用UTF-8保存。",
            "With `--jsonl` each line of a file is a whole data file, from its `{` to its `}`, in UTF-8.";

    /// A document to be held against the data that is not there.
    CHECK_MISSING = "E0791", Error,
        "没有 `{path}` 这个文件，无从核对", "there is no file `{path}` to hold against the data",
        hint "去掉 `--check` 生成它", "render it without `--check`",
        explain "`render --check` 看已有的文件是不是现在的数据生成的样子。",
            "`render --check` sees whether the files that are there are what the data give now.";

    /// A document with pages that are not what the data give.
    CHECK_DIFFERS = "E0792", Error,
        "`{path}` 与数据不符，不同的是第{pages}页", "`{path}` is not what the data give; the pages that differ: {pages}",
        hint "去掉 `--check` 重新生成", "render it again without `--check`",
        explain "文件生成以后，数据或模板改过；或者文件是别的数据生成的。页数从文件的第一页数起。",
            "Data or templates were changed after the file was made, or it was made of other data. Pages are counted \
             from the file's first one.";

    /// A figure that a document prints otherwise than the data give it.
    CHECK_FIGURE = "E0793", Error,
        "`{path}` 第{page}页{printed}，按数据应是 {wanted}", "page {page} of `{path}` prints {printed}, and the data give {wanted}",
        explain "这里说的是数据文件里的这一项；印着它的那份文件还是旧的。",
            "The place is the datum's in the data file; the document that prints it is an old one.";

    /// A document with the right text that is another file all the same.
    CHECK_SET_OTHERWISE = "E0794", Error,
        "`{path}` 的文字与数据相符，但不是现在生成的样子", "the text of `{path}` is what the data give, but the file is not",
        hint "去掉 `--check` 重新生成", "render it again without `--check`",
        explain "样式、字体或程序的版本换过，或者文件被别的程序改过。",
            "Style, faces or the program's version have changed, or another program has changed the file.";

    /// A text that is not what the data give.
    CHECK_TEXT = "E0795", Error,
        "`{path}` 与数据不符，从第{line}行起不同", "`{path}` is not what the data give; it differs from line {line} on",
        hint "去掉 `--check` 重新生成", "render it again without `--check`",
        explain "文件生成以后，数据或模板改过；或者文件是别的数据生成的。",
            "Data or templates were changed after the file was made, or it was made of other data.";
}

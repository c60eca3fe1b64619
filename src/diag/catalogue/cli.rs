//! Messages of files and the call (`E07..`).

use super::catalogue;

catalogue! {
    /// An option that there is not.
    UNKNOWN_ARGUMENT = "E0701", Error,
        "没有 `{argument}` 这个参数", "there is no argument `{argument}`",
        hint "参数和例子见 `{help}`", "arguments and examples: `{help}`",
        explain "命令行里有一个程序不认识的参数，多半是写错了字母，或者多给了一个文件名。",
            "The command line has an argument that the program does not know: a typing error as a rule, or a \
             file name too many.";

    /// A value that an option does not take.
    INVALID_VALUE = "E0702", Error,
        "`{argument}` 不能是 `{value}`", "`{argument}` cannot be `{value}`",
        hint "参数和例子见 `{help}`", "arguments and examples: `{help}`",
        explain "这个参数只接受规定的几个值，提示里列出来了。",
            "The argument takes the values alone that the hint lists.";

    /// A value that an option lacks.
    MISSING_VALUE = "E0703", Error,
        "`{argument}` 后面缺一个值", "`{argument}` lacks its value",
        hint "参数和例子见 `{help}`", "arguments and examples: `{help}`",
        explain "这个参数后面要跟一个值，例如 `-o 报告.pdf`。",
            "The argument is followed by a value, such as `-o report.pdf`.";

    /// An argument that is not there.
    MISSING_ARGUMENT = "E0704", Error,
        "缺少 {argument}", "{argument} is missing",
        hint "参数和例子见 `{help}`", "arguments and examples: `{help}`",
        explain "这个命令少了必须给出的参数，通常是数据文件的名字。",
            "The command lacks an argument that it cannot do without, as a rule the data file's name.";

    /// Two arguments that exclude each other.
    CONFLICTING_ARGUMENTS = "E0705", Error,
        "`{argument}` 不能和 `{other}` 同时用", "`{argument}` cannot be used together with `{other}`",
        hint "参数和例子见 `{help}`", "arguments and examples: `{help}`",
        explain "两个参数的意思互相矛盾，只能留一个。",
            "The two arguments contradict each other; keep one.";

    /// An argument given twice.
    REPEATED_ARGUMENT = "E0706", Error,
        "`{argument}` 只能写一次", "`{argument}` can be given only once",
        hint "参数和例子见 `{help}`", "arguments and examples: `{help}`",
        explain "同一个参数写了两次，程序不知道该听哪一次的。",
            "The same argument is given twice, and which one counts cannot be known.";

    /// A command that there is not.
    UNKNOWN_COMMAND = "E0707", Error,
        "没有 `{command}` 这个命令", "there is no command `{command}`",
        hint "命令和例子见 `{help}`", "commands and examples: `{help}`",
        explain "第一个词要是命令，例如 `render`（生成）或 `check`（检查）。",
            "The first word is a command, such as `render` or `check`.";

    /// Any other complaint of the command line's parser.
    BAD_CALL = "E0708", Error,
        "命令写得不对：{detail}", "the call is not right: {detail}",
        hint "命令和例子见 `{help}`", "commands and examples: `{help}`",
        explain "命令行没有看懂，没有做任何事。",
            "The command line was not understood; nothing was done.";

    /// A data file that is not there.
    INPUT_NOT_FOUND = "E0710", Error,
        "没有 `{path}` 这个文件", "there is no file `{path}`",
        hint "当前文件夹是 `{folder}`，看一看文件名有没有写错",
            "the current folder is `{folder}`; see whether the name is written as it should be",
        explain "给出的数据文件不存在。相对的路径从当前文件夹算起。",
            "The data file does not exist. Relative paths begin at the current folder.";

    /// A pattern that matches nothing.
    PATTERN_WITHOUT_MATCH = "E0711", Error,
        "没有文件与 `{pattern}` 相符", "no file matches `{pattern}`",
        hint "当前文件夹是 `{folder}`", "the current folder is `{folder}`",
        explain "`*`、`?`、`[…]` 由程序自己展开，以 `.` 开头的文件和文件夹不算在内。",
            "The program expands `*`, `?` and `[…]` itself; files that begin with `.` and folders do not count.";

    /// A folder in the place of a data file.
    INPUT_IS_FOLDER = "E0712", Error,
        "`{path}` 是文件夹，不是数据文件", "`{path}` is a folder, not a data file",
        hint "给出其中的文件，例如 `{pattern}`", "name the files in it, such as `{pattern}`",
        explain "数据文件是一个JSON文件，文件夹里的文件要写出来，可以用 `*`。",
            "A data file is one JSON file. The files of a folder are named, with `*` if need be.";

    /// A data file that cannot be read.
    INPUT_UNREADABLE = "E0713", Error,
        "读不了 `{path}`：{reason}", "cannot read `{path}`: {reason}",
        explain "文件在，但是系统不让读，多半是权限不够，或者网络盘断开了。",
            "The file is there, but the system does not give it: rights are missing as a rule, or a network \
             drive is gone.";

    /// A data file beyond the limit.
    INPUT_TOO_LARGE = "E0714", Error,
        "`{path}` 超过{limit}MB，不像是数据文件", "`{path}` is larger than {limit} MB: hardly a data file",
        hint "看一看是不是给错了文件", "see whether it is the right file",
        explain "一座城市一年的数据不到1MB。上限是为了不把别的文件整个读进来。",
            "A municipality's year takes less than 1 MB. The limit keeps other files from being read whole.";

    /// Standard input named twice.
    STANDARD_INPUT_TWICE = "E0715", Error,
        "`-`（标准输入）只能给一次", "`-` (standard input) can be given only once",
        explain "标准输入只能读一遍。",
            "Standard input can be read only once.";

    /// One output for several data files.
    OUTPUT_FOR_SEVERAL = "E0720", Error,
        "`-o` 只能用于一份数据，这里有{count}份", "`-o` is for one data file, and there are {count}",
        hint "用 `--out-dir 文件夹`，每份数据各写一个文件",
            "use `--out-dir FOLDER`, which gets a file for each",
        explain "几份数据不能写进同一个文件。",
            "Several data files cannot go into the same output.";

    /// An output in a folder that is not there.
    OUTPUT_FOLDER_MISSING = "E0721", Error,
        "`{path}` 所在的文件夹不存在", "the folder of `{path}` does not exist",
        hint "先建好文件夹，或者用 `--out-dir`（没有就自动建）",
            "make the folder first, or use `--out-dir`, which makes it",
        explain "`-o` 不建文件夹，免得写错一个字就写到别处去。",
            "`-o` makes no folders, lest a typing error puts the file elsewhere.";

    /// A folder in the place of an output file.
    OUTPUT_IS_FOLDER = "E0722", Error,
        "`{path}` 是文件夹，不能当文件写", "`{path}` is a folder and cannot be written as a file",
        hint "写到这个文件夹里，用 `--out-dir {path}`", "to write into this folder, use `--out-dir {path}`",
        explain "`-o` 后面是文件名，`--out-dir` 后面是文件夹。",
            "`-o` takes a file's name, `--out-dir` a folder's.";

    /// Two data files with one output.
    OUTPUT_CLASH = "E0723", Error,
        "`{first}` 和 `{second}` 都会写成 `{output}`", "`{first}` and `{second}` would both be written to `{output}`",
        hint "{way}", "{way}",
        explain "文件名相同、文件夹不同的两份数据，输出的文件名也相同，后一个会盖掉前一个。",
            "Data files of one name in two folders have outputs of one name; the second would replace the \
             first.";

    /// An output that is a data file.
    OUTPUT_IS_INPUT = "E0724", Error,
        "输出 `{path}` 就是数据文件，不能覆盖", "the output `{path}` is a data file and is not replaced",
        hint "换一个输出的文件名", "choose another name for the output",
        explain "输出不会覆盖这次给出的任何一份数据，`--force` 也不行。",
            "An output never replaces a data file of the call, not even with `--force`.";

    /// An output that is there and is not a PDF.
    OUTPUT_EXISTS = "E0725", Error,
        "`{path}` 已经存在，没有覆盖", "`{path}` exists and was not replaced",
        hint "确实要覆盖，加 `--force`；否则换一个文件名", "to replace it all the same, add `--force`; else choose another name",
        explain "只有PDF会被新的PDF直接替换；别的文件可能是没有备份的，要加 `--force` 才覆盖。",
            "A PDF alone is replaced by a new PDF as a matter of course; any other file may be the only copy \
             and takes `--force`.";

    /// A document that would take the place of a data file.
    OUTPUT_HOLDS_DATA = "E0733", Error,
        "`{path}` 里是数据，不能被别的文件覆盖", "`{path}` holds data, which no other file may replace",
        hint "换一个文件名；确实不要这份数据的，先把它删去", "choose another name, or remove the data first if nobody needs them",
        explain "数据可能别处没有，所以 `--force` 也不会用报告、表格去覆盖；合成的数据、从PDF里取回的数据可以覆盖数据。",
            "The figures may be nowhere else, so that not even `--force` puts a document or a table in their place; merged data, and \
             those taken back out of a PDF, may replace data.";

    /// A document under the name of something else.
    OUTPUT_OTHER_KIND = "E0734", Error,
        "`{path}` 的结尾说的是另一种文件", "the name `{path}` ends like that of another kind of file",
        hint "PDF的文件名以 `.pdf` 结尾；要纯文本，加 `--format text`，以 `.txt` 结尾；程序不写Word、WPS、OFD文件",
            "let the name of a PDF end with `.pdf`; for plain text add `--format text` and let it end with `.txt`; the program \
             writes no Word files",
        explain "名为 `.docx` 的PDF，别的程序打不开。",
            "No other program opens a PDF that is called `.docx`.";

    /// A PDF that would go onto a terminal.
    OUTPUT_ON_TERMINAL = "E0726", Error,
        "PDF不能显示在终端里", "a PDF cannot be shown on a terminal",
        hint "写进文件：`-o 报告.pdf`；或者看文字：`--format text`",
            "write a file with `-o report.pdf`, or see the text with `--format text`",
        explain "PDF是二进制的，写到终端会是一片乱码。用 `>` 或 `|` 转到别处就可以。",
            "A PDF is binary and would be garbage on a terminal. Redirected with `>` or `|` it is fine.";

    /// An output without a name to go by.
    OUTPUT_WITHOUT_NAME = "E0727", Error,
        "从标准输入读数据，没有文件名可用", "data from standard input has no file name to go by",
        hint "用 `-o 文件名` 给出输出的文件名", "name the output with `-o FILE`",
        explain "`--out-dir` 里的文件名取自数据文件的名字，标准输入没有名字。",
            "Files in `--out-dir` take their names from the data files; standard input has none.";

    /// A file in the place of the folder for outputs.
    OUTPUT_FOLDER_IS_FILE = "E0728", Error,
        "`{path}` 不是文件夹", "`{path}` is not a folder",
        hint "`--out-dir` 后面要写文件夹", "`--out-dir` takes a folder",
        explain "已经有一个同名的文件，建不了文件夹。",
            "A file of that name is there already, so the folder cannot be made.";

    /// An output that bears the name of a device.
    OUTPUT_RESERVED = "E0729", Error,
        "`{path}` 是Windows的设备名，不能当文件名", "`{path}` is the name of a device of Windows, not of a file",
        hint "换一个文件名", "choose another name",
        explain "在Windows上，`con`、`nul`、`aux`、`prn`、`com1`、`lpt1` 等不论后面带什么扩展名，都不是文件。",
            "On Windows `con`, `nul`, `aux`, `prn`, `com1`, `lpt1` and the like are no files, whatever extension follows.";

    /// An output that could not be written.
    OUTPUT_FAILED = "E0730", Error,
        "写不了 `{path}`：{reason}", "cannot write `{path}`: {reason}",
        explain "文件没有写成，原来的文件（如果有）没有动。",
            "The file was not written; what was there before, if anything, is as it was.";

    /// An output that another program holds.
    OUTPUT_IN_USE = "E0731", Error,
        "`{path}` 正被别的程序打开，替换不了；新的文件写成了 `{other}`",
            "`{path}` is open in another program and cannot be replaced; the new file is `{other}`",
        hint "关掉打开它的程序，再生成一次", "close the program that holds it, and render again",
        explain "Windows不让替换正打开着的文件。新内容没有丢，写在旁边的文件里。",
            "Windows does not let an open file be replaced. Nothing is lost: the new file stands beside it.";

    /// Standard output that could not be written.
    STANDARD_OUTPUT_FAILED = "E0732", Error,
        "写不了标准输出：{reason}", "cannot write to standard output: {reason}",
        explain "输出转到的地方写不进去，多半是磁盘满了。",
            "The place that the output is sent to takes no more; as a rule the disk is full.";

    /// A pack that there is not.
    PACK_NOT_FOUND = "E0740", Error,
        "没有 `{name}` 这个模板包", "there is no template pack `{name}`",
        hint "程序自带的有 {packs}；{own}",
            "the program comes with {packs}; {own}",
        explain "`--pack` 后面是程序自带的模板包的名字，或者一个模板包文件夹的路径（里面有 `pack.toml`）。数据文件的 `pack` 只写名称，自己的模板包是与数据文件放在一起的那个文件夹（或 `.zip`）。",
            "`--pack` takes the name of a pack that comes with the program, or the path of a pack's folder, \
             which holds a `pack.toml`. `pack` of a data file is a name alone: a pack of your own is the folder (or `.zip`) of that name beside the data file.";

    /// A data file that names no pack and is none of the usual one's.
    PACK_NOT_NAMED = "E0751", Error,
        "数据文件没有写明用哪个模板包（`pack`），与不写时用的 `{usual}` 也不相符",
        "the data file does not say which pack it is for (`pack`), and does not fit `{usual}`, which is taken then",
        explain "各类文书的数据项各不相同，由 `pack` 说明是哪一类；没有写的当作 `annual-report`。",
            "Each kind of document has fields of its own, and `pack` says which it is; without it, that is `annual-report`.";

    /// A folder pack that cannot be read.
    PACK_UNREADABLE = "E0741", Error,
        "读不了模板包里的 `{path}`：{reason}", "cannot read `{path}` of the template pack: {reason}",
        explain "模板包的文件夹在，但是里面有文件读不出来。",
            "The pack's folder is there, but a file in it cannot be read.";

    /// `--font` without a role, or with an unknown one.
    BAD_FONT = "E0744", Error,
        "`--font {word}` 看不明白", "cannot make sense of `--font {word}`",
        hint "写作 用处=文件，如 `--font body=仿宋.ttf`；用处有：{roles}",
            "write ROLE=FILE, as in `--font body=fangsong.ttf`; the roles are {roles}",
        explain "自备字体按文字的用处指定。字体集（.ttc）里的第几个字体写在 # 后面，从0数起。",
            "A face of one's own is given for a role of text. The number of a face in a collection (.ttc) stands behind #, counted from 0.";

    /// A font file that cannot be read.
    FONT_UNREADABLE = "E0745", Error,
        "读不了字体 `{path}`：{reason}", "cannot read the font `{path}`: {reason}",
        explain "`--font` 或 `--fonts` 指定的文件或文件夹读不出来。",
            "The file or folder that `--font` or `--fonts` names cannot be read.";

    /// A link out of a folder pack.
    PACK_LINK_OUTSIDE = "E0742", Error,
        "模板包里的 `{path}` 是指到文件夹外面的链接", "`{path}` of the template pack is a link to a place outside of its folder",
        hint "把文件复制进来，换掉链接", "copy the file into the folder in the link's place",
        explain "模板包要能整个拷走，也不能把别处的文件带进报告，所以不跟着链接走到外面。",
            "A pack must be complete in itself and must not carry files from elsewhere into a report, so \
             links out of it are not followed.";

    /// `pack diff` of a pack that stands by itself.
    NOT_AN_OVERLAY = "E0746", Error,
        "`{pack}` 没有改自别的模板包，无从比较", "`{pack}` stands on no other pack, so there is nothing to compare",
        explain "`pack diff` 比较的是 `extends` 所指的原模板包：模板包写成时是什么样，程序现在自带的又是什么样。",
            "`pack diff` compares the pack that `extends` names: as it was when the pack was written, and as the program carries it today.";

    /// A pack without what its base said.
    LOCK_MISSING = "E0747", Error,
        "没有 `{file}`，不知道原模板包当时是什么样", "`{file}` is missing, so nobody knows what the base was then",
        hint "用 `shizheng pack diff {pack} --accept` 记下原模板包现在的样子，以后就能比较",
            "write the base down as it is today by `shizheng pack diff {pack} --accept`; later changes can then be told",
        explain "`shizheng new` 建的模板包里有这个文件；`--accept` 也会写。它记下原模板包的各节、各项数据和替换掉的模板。",
            "A pack made by `shizheng new` has this file, and `--accept` writes it: the base's sections, its fields, and the templates that are replaced.";

    /// A pack that cannot be written to.
    NOT_A_FOLDER = "E0748", Error,
        "`{pack}` 不是文件夹，没有地方写", "`{pack}` is no folder, so there is no place to write to",
        hint "先解开，或用 `shizheng pack export` 写到文件夹", "unpack it first, or use `shizheng pack export`",
        explain "`--accept` 在模板包的文件夹里写文件。", "`--accept` writes a file into the pack's folder.";

    /// A folder to be made is there and has something in it.
    FOLDER_NOT_EMPTY = "E0749", Error,
        "`{path}` 已经有了，里面不是空的", "`{path}` is there already and is not empty",
        hint "换一个名字，或先把它移走", "take another name, or move it away first",
        explain "`new` 和 `pack export` 只写到新的或空的文件夹，免得盖掉已有的文件。",
            "`new` and `pack export` write to a new or an empty folder alone, so that nothing is lost.";

    /// A folder that is no pack's.
    NOT_A_PACK = "E0743", Error,
        "`{path}` 里没有 `pack.toml`，不是模板包", "`{path}` has no `pack.toml`: it is not a template pack",
        hint "`--pack` 后面写 `pack.toml` 所在的文件夹", "`--pack` takes the folder that holds the `pack.toml`",
        explain "模板包是一个文件夹，里面有 `pack.toml`、`schema.json`、`style.toml` 和模板。",
            "A template pack is a folder with a `pack.toml`, a `schema.json`, a `style.toml` and templates.";

    /// Last year's file was given with several data files.
    PREVIOUS_OF_SEVERAL = "E0760", Error,
        "`--previous` 只能与一个数据文件同用", "`--previous` goes with one data file",
        hint "每个数据文件各自运行一次，各给各的上年文件", "run it once for each data file, each with its own file of last year",
        explain "上年的数据文件是同一座城市上一年的数据，几座城市不能共用一个。",
            "Last year's data file is that of the same city; several cities do not share one.";

    /// A trace of several data files.
    TRACE_FOR_SEVERAL = "E0766", Error,
        "`--trace` 只能用于一份数据，这里有{count}份", "`--trace` is for one data file, and there are {count}",
        hint "一份一份地生成", "make them one by one",
        explain "每份报告各有自己的去向，不能写进同一个文件。",
            "Each report has a trace of its own, and they cannot share a file.";

    /// A trace of a format without pages.
    TRACE_WITHOUT_PAGES = "E0761", Error,
        "`--trace` 要和 `--format pdf` 一起用", "`--trace` goes with `--format pdf`",
        explain "去向说的是第几页第几行，文字格式没有页。",
            "A trace tells pages and lines, which text does not have.";

    /// A data file to be put into text.
    EMBED_WITHOUT_PDF = "E0762", Error,
        "`--embed-data` 要和 `--format pdf` 一起用", "`--embed-data` goes with `--format pdf`",
        explain "只有PDF能带附件。", "A PDF alone can carry a file.";

    /// Warnings in a strict call.
    STRICT = "E0763", Error,
        "有{count}处警告，按 `--strict` 算作没有通过", "{count} warning(s), which `--strict` does not let pass",
        hint "逐条改正；确认无误的，去掉 `--strict` 再来", "mend them, or leave `--strict` out if they are all right",
        explain "`--strict` 把警告当成错误：什么也不写。", "`--strict` takes warnings for errors: nothing is written.";

    /// A trace in the document's place.
    OUTPUTS_MEET = "E0764", Error,
        "{first}和{second}不能都写到 `{path}`", "{first} and {second} cannot both go to `{path}`",
        hint "给{second}换一个文件名", "give {second} another name",
        explain "两样东西写到一处，后写的会盖掉先写的。", "The one written last would take the other's place.";

    /// Several reports to extract from.
    EXTRACT_SEVERAL = "E0765", Error,
        "与 `{pattern}` 相符的不止一份", "more than one file matches `{pattern}`",
        hint "一份一份地取", "take them one by one",
        explain "`extract` 每次从一份PDF里取数据。", "`extract` takes the data file of one PDF at a time.";

    /// More messages than are listed.
    MORE_FOUND = "N0766", Note,
        "只列出{most}处，还有{count}处没有列出", "no more than {most} are listed; {count} are left out",
        hint "改好列出的再来一遍", "mend those that are listed and call again",
        explain "一次最多列出一千处，错误在先。多半是同一个原因，改了一处，别处也就好了。",
            "No more than a thousand messages are listed at a time, errors first. Most have one cause.";

    /// A code that there is not.
    UNKNOWN_CODE = "E0750", Error,
        "没有 `{code}` 这个编号", "there is no code `{code}`",
        hint "编号在消息开头的方括号里，例如 `E0710`", "the code stands in brackets at a message's head, such as `E0710`",
        explain "每条消息有一个不变的编号，`explain` 说明它的意思。",
            "Each message has a code that never changes; `explain` says what it means.";

    /// A format that checking sheets are not written in.
    SHEETS_FORMAT = "E0780", Error,
        "从文件名 `{path}` 看不出核稿表要写成什么", "the name `{path}` does not say what the checking sheets are to be",
        hint "文件名以 `.pdf`、`.xlsx` 或 `.tsv` 结尾，或者加 `--format`",
            "let the name end with `.pdf`, `.xlsx` or `.tsv`, or add `--format`",
        explain "核稿表可以写成PDF（打印签字）、xlsx（表格软件）或tsv（文字），由文件名的结尾决定。",
            "Checking sheets are a PDF to be printed and signed, an xlsx workbook, or tsv text, as the ending of \
             the file's name says.";

    /// Checking sheets that would go onto a terminal.
    SHEETS_ON_TERMINAL = "E0781", Error,
        "PDF和xlsx不能显示在终端里", "a PDF or a workbook cannot be shown on a terminal",
        hint "写进文件：`-o 核稿表.pdf`；或者看文字：`--format tsv`",
            "write a file with `-o sheets.pdf`, or see the text with `--format tsv`",
        explain "PDF和xlsx是二进制的，写到终端会是一片乱码。用 `>` 或 `|` 转到别处就可以。",
            "Both are binary and would be garbage on a terminal. Redirected with `>` or `|` they are fine.";

    /// Several files where one is wanted.
    ONE_FILE_WANTED = "E0782", Error,
        "`{path}` 对应{count}份数据，这里只能给一份", "`{path}` stands for {count} data files, and one is wanted",
        hint "写出一个文件的名字", "name one file",
        explain "核稿表和比较每次只用一份（比较是新旧各一份）数据，`*` 展开后不能多于一个文件。",
            "Checking sheets are made of one data file, and a comparison of one old and one new; a pattern must \
             not lead to several.";

    /// A fault of the program.
    PROGRAM_FAILED = "E0783", Error,
        "程序出错，没有做完：{reason}", "the program failed and is not done: {reason}",
        hint "请把这条消息和所用的文件报告给程序的作者", "please report this message and the files of the call",
        explain "这是程序的毛病，不是文件的。", "This is a fault of the program, not of the files.";
}

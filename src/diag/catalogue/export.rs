//! Messages of writing a format (`E06..`).

use super::catalogue;

catalogue! {
    /// A character has no glyph in the face that is to show it.
    MISSING_GLYPH = "E0601", Error,
        "字体 `{face}` 里没有“{character}”（{code}），第 {page} 页要用到",
        "face `{face}` has no glyph for `{character}` ({code}), which page {page} shows",
        hint "请换一个有这个字的字体，或者在数据里换一个写法", "use a face that has the character, or write it otherwise in the data",
        explain "缺字会印成空白或方框。正式文件不能缺字，所以出现缺字就不生成 PDF。",
        "a missing character would print as a blank or a box. An official document must not have one, so no PDF is made.";
    /// A coordinate, size or colour is no usable number.
    NOT_A_NUMBER = "E0602", Error,
        "第 {page} 页有位置、字号或颜色不是有效的数",
        "page {page} has a place, a size or a colour that is not a usable number",
        hint "请检查 style.toml 里的尺寸；尺寸没有问题时，这是程序的错误", "check the measures in style.toml; if they are right, this is a fault of the program",
        explain "排版得出的位置必须是有限的数，并且在 PDF 允许的范围之内（14400 磅）。",
        "a place on a page has to be a finite number within what a PDF allows (14400 points).";
    /// A face cannot be cut down to the glyphs in use.
    NOT_SUBSET = "E0603", Error,
        "字体 `{face}` 不能子集化：{reason}",
        "face `{face}` cannot be subset: {reason}",
        hint "请换用完好的字体文件", "use a sound font file",
        explain "PDF 里只嵌入用到的字。取出这些字时发现字体内部有错误。",
        "a PDF holds only the characters in use. Taking them out of the font has shown a fault inside the font.";
    /// The pages contradict themselves.
    INCONSISTENT = "E0604", Error,
        "排版结果前后矛盾：{reason}",
        "the pages contradict themselves: {reason}",
        hint "这是程序的错误，请报告", "this is a fault of the program: please report it",
        explain "写 PDF 之前会核对排版结果。核对不通过说明程序有错误，而不是数据有错误。",
        "the pages are checked before they are written as a PDF. When the check fails, the program is at fault, not the data.";
    /// The file is no PDF.
    NOT_A_PDF = "E0610", Error,
        "这不是PDF文件", "this is no PDF file",
        explain "`extract` 从本程序生成的PDF里取出数据文件，给出的文件开头不是 `%PDF-`。",
        "`extract` takes the data file out of a PDF that this program has made; the file does not begin with `%PDF-`.";
    /// The file cannot be read as a PDF.
    UNREADABLE_PDF = "E0611", Error,
        "PDF文件读不懂：{reason}", "the PDF file cannot be read: {reason}",
        hint "文件可能没有下载完整；换一份试试", "it may not have been downloaded whole; try another copy",
        explain "文件开头是PDF，里面的目录却是坏的。", "the file begins as a PDF, but its directory is broken.";
    /// The PDF is encrypted.
    ENCRYPTED_PDF = "E0612", Error,
        "PDF文件加了密，取不出数据", "the PDF file is encrypted, so its data cannot be taken out",
        hint "先用PDF软件去掉密码", "remove the password with a PDF program first",
        explain "本程序生成的PDF不加密，密码是别的软件后加的。",
        "this program does not encrypt; another one has added the password.";
    /// The PDF carries no data file.
    NO_DATA_FILE = "E0613", Error,
        "这份PDF里没有数据文件", "this PDF carries no data file",
        hint "生成时加 `--embed-data`，PDF才带数据文件", "a PDF carries its data file when it is made with `--embed-data`",
        explain "数据文件可能涉密，所以默认不放进PDF；有些软件另存PDF时也会丢掉附件。",
        "a data file may be confidential, so it is not put into the PDF unless asked for; and some programs drop it when they save a PDF anew.";
    /// The data file inside the PDF is damaged.
    DATA_FILE_DAMAGED = "E0614", Error,
        "PDF里的数据文件已损坏", "the data file inside the PDF is damaged",
        hint "换一份PDF试试", "try another copy of the PDF",
        explain "数据文件解压不了，或者长度与记录的不符。",
        "the data file cannot be decompressed, or is not as long as it says.";

    /// A PDF of a document that bears a mark of secrecy carries its data file.
    DATA_FILE_SECRET = "W0615", Warning,
        "公文标着密级“{mark}”，PDF里却带着数据文件",
        "the document is marked `{mark}`, and its PDF carries the data file",
        hint "去掉 `--embed-data` 再生成一遍；已经发出的，按密件收回。确要带数据的，PDF和数据文件一样按“{mark}”管理",
            "make it anew without `--embed-data`, and call in what was sent out; where the data have to go with it, keep the PDF as `{mark}`, as the data file itself",
        explain "数据文件里可能有没有印出来的内容：没有用到的数、没有公布的数、各部门的说明。看见PDF的人用 `extract` 就能取出来，知悉范围不能只按印出来的文字定。",
            "A data file may say more than the pages: figures that are not printed or not released, remarks of departments. Whoever has the PDF gets it out with `extract`, so who may have it does not follow from what is printed.";

    /// A workbook beyond what its format holds.
    WORKBOOK_TOO_LARGE = "E0620", Error,
        "数据太多，写不成表格文件：{reason}",
        "there is too much data for a workbook: {reason}",
        hint "请改写成 `.tsv` 或 `.pdf`", "write `.tsv` or `.pdf` instead",
        explain "xlsx 文件不能超过4GB，也不能有超过65535张表。一座城市的数据离这个限度很远。",
            "An xlsx file ends at 4 GB and 65535 sheets. A municipality's data is far below that.";
}

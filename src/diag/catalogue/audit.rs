//! Messages of reading a PDF in order to audit it (`E09..`). What the audit finds is no message but its result.

use super::catalogue;

catalogue! {
    /// The file is no PDF.
    NOT_A_PDF = "E0901", Error,
        "这不是PDF文件", "this is no PDF file",
        hint "先把文件另存为PDF", "save the document as a PDF first",
        explain "`audit` 量的是PDF的版面，给出的文件开头不是 `%PDF-`。",
                "`audit` measures the pages of a PDF; the file does not begin with `%PDF-`.";
    /// The file cannot be read as a PDF.
    UNREADABLE = "E0902", Error,
        "PDF文件读不懂：{reason}", "the PDF file cannot be read: {reason}",
        hint "文件可能没有下载完整；换一份试试", "it may not have been downloaded whole; try another copy",
        explain "文件开头是PDF，里面的目录却是坏的。", "the file begins as a PDF, but its directory is broken.";
    /// The PDF wants a password.
    ENCRYPTED = "E0903", Error,
        "PDF文件加了密，要密码才能打开", "the PDF file is encrypted and wants a password",
        hint "先用PDF软件去掉密码", "remove the password with a PDF program first",
        explain "只限制打印或修改、不用密码就能打开的PDF可以检查；要密码才能打开的不行。",
                "A PDF that opens without a password is audited, whatever it forbids; one that wants a password is not.";
    /// The PDF has no page.
    NO_PAGES = "E0904", Error,
        "PDF文件里没有页面", "the PDF file has no pages",
        explain "文件的页面目录是空的，或者是坏的。", "The file's list of pages is empty or broken.";
}

//! The one table of what is asked: each clause with its name, the standard's number and its words in short.

/// A clause that a file is held to.
#[derive(Debug, PartialEq, Eq)]
pub struct Clause {
    /// The name by which programs know it; it never changes its meaning.
    pub id: &'static str,
    /// The standard and the number of the clause.
    pub number: &'static str,
    /// What it asks, in Chinese.
    pub zh: &'static str,
    /// What it asks, in English.
    pub en: &'static str,
}

macro_rules! clauses {
    ($($name:ident = $id:literal, $number:literal, $zh:literal, $en:literal;)*) => {
        $(pub(super) static $name: Clause = Clause { id: $id, number: $number, zh: $zh, en: $en };)*

        /// Every clause, in the order of a report.
        pub static CLAUSES: &[&Clause] = &[$(&$name),*];
    };
}

clauses! {
    PAGE_SIZE = "page-size", "GB/T 9704—2012 5.1",
        "A4型纸，210 mm×297 mm", "A4 paper, 210 mm x 297 mm";
    MARGINS = "margins", "GB/T 9704—2012 5.2.1",
        "天头37 mm±1 mm，订口28 mm±1 mm", "top margin 37 mm ± 1 mm, binding margin 28 mm ± 1 mm";
    TYPE_AREA = "type-area", "GB/T 9704—2012 5.2.1",
        "版心156 mm×225 mm，正文不超出", "a type area of 156 mm x 225 mm, and no text outside it";
    COLUMNS = "characters-per-line", "GB/T 9704—2012 5.2.3",
        "每行28个字", "28 characters to a line";
    ROWS = "lines-per-page", "GB/T 9704—2012 5.2.3",
        "每面22行，撑满版心", "22 lines to a page, filling the type area";
    PITCH = "line-pitch", "GB/T 9704—2012 5.2.3",
        "行距均匀", "lines evenly apart";
    FLUSH = "flush-edge", "GB/T 9704—2012 5.2.3",
        "转行的各行撑满版心，右边对齐，标点不悬出", "lines that turn over fill the measure: a flush right edge, no mark beyond it";
    BODY_SIZE = "body-size", "GB/T 9704—2012 5.2.2、7.3.3",
        "正文用3号字（15.75 pt）", "text in size 3 (三号, 15.75 pt)";
    BODY_FACE = "body-face", "GB/T 9704—2012 5.2.2、7.3.3",
        "正文用仿宋体", "text in 仿宋";
    COLOUR = "colour", "GB/T 9704—2012 5.2.4",
        "文字为黑色；发文机关标志、版头的线和印章为红色", "text in black; the mark of the organ, the rules of 版头 and seals in red";
    INK = "ink", "GB/T 9704—2012 6.2",
        "黑色为BL100%，红色为Y80%、M80%", "black is K100, red is Y80 M80";
    GROUND = "ground", "GB/T 9704—2012 6.1",
        "版面无底灰", "no grey ground";
    TITLE_SIZE = "title-size", "GB/T 9704—2012 7.3.1",
        "标题用2号字（22 pt）", "the title in size 2 (二号, 22 pt)";
    TITLE_FACE = "title-face", "GB/T 9704—2012 7.3.1",
        "标题用小标宋体", "the title in 小标宋";
    TITLE_PLACE = "title-place", "GB/T 9704—2012 7.3.1",
        "标题居中；有红色分隔线的，编排于线下空二行位置", "the title centred; two blank lines below the red rule where there is one";
    TITLE_LINES = "title-lines", "GB/T 9704—2012 7.3.1",
        "标题回行词意完整，长短适宜，间距恰当", "the title's lines break between words, are of fitting length and distance";
    TEXT_BELOW_TITLE = "salutation", "GB/T 9704—2012 7.3.2",
        "主送机关编排于标题下空一行，居左顶格，末尾标全角冒号", "主送机关 one blank line below the title, flush left, with a full-width colon";
    FIRST_PAGE = "first-page", "GB/T 9704—2012 7.3.3",
        "首页显示正文", "the first page shows text";
    INDENT = "indent", "GB/T 9704—2012 7.3.3",
        "每个自然段左空二字", "each paragraph begins two characters in";
    TURNED = "turned-lines", "GB/T 9704—2012 7.3.3",
        "回行顶格", "turned lines begin flush left";
    NUMBERING = "numbering", "GB/T 9704—2012 7.3.3",
        "层次序数依次用“一、”“（一）”“1.”“（1）”，依序不缺不重", "levels are numbered 一、 （一） 1. （1） in order, none missing or twice";
    HEADING_FACES = "heading-faces", "GB/T 9704—2012 7.3.3",
        "第一层黑体，第二层楷体，第三、四层仿宋体", "level 1 in 黑体, level 2 in 楷体, levels 3 and 4 in 仿宋";
    LINE_START = "line-start", "GB/T 15834—2011 5.1",
        "点号、后引号、后括号、连接号、间隔号、分隔号不在行首", "no pause, closing quote or bracket, hyphen, middle dot or slash begins a line";
    LINE_END = "line-end", "GB/T 15834—2011 5.1.3",
        "前引号、前括号、前书名号不在行末", "no opening quote, bracket or title mark ends a line";
    SPLIT = "split", "GB/T 15834—2011 5.1.4、5.1.5",
        "破折号、省略号和一个数不断开在两行", "neither —— nor …… nor a number is split between two lines";
    PARAGRAPH_END = "paragraph-end", "GB/T 15834—2011 4.1",
        "段末有标点", "a paragraph ends with its mark";
    FOLIO_FORM = "page-number-form", "GB/T 9704—2012 7.5",
        "页码用4号半角宋体阿拉伯数字，左右各一条一字线", "page numbers in size 4 (14 pt) half-width 宋体 digits between two 一字线";
    FOLIO_PLACE = "page-number-place", "GB/T 9704—2012 7.5",
        "一字线上距版心下边缘7 mm，单页码居右空一字，双页码居左空一字", "their dashes 7 mm below the type area; odd ones on the right, even ones on the left, one character in";
    FOLIO_ORDER = "page-number-order", "GB/T 9704—2012 7.5",
        "页码从1起连续编排；版记页和它前面的空白页可以不编", "page numbers go on from 1; the page of 版记 and blank ones before it may have none";
    ATTACHMENT_NOTE = "attachment-note", "GB/T 9704—2012 7.3.4",
        "附件说明在正文下空一行、左空二字，名称后不加标点，回行与名称首字对齐", "附件说明 one blank line below the text, two characters in, no final mark, turned lines below the name's first character";
    SIGNATURE = "signature", "GB/T 9704—2012 7.3.5",
        "署名和成文日期在正文下空一行；成文日期首字比署名首字右移二字，长者右空二字；盖章的日期右空四字", "署名 and date one blank line below the text; the date two characters right of the name, the longer two from the edge; four with a seal";
    DATE = "date", "GB/T 9704—2012 7.3.5.4",
        "成文日期用阿拉伯数字标全年月日，月、日不编虚位", "the date in Arabic digits, in full, without zeros before month and day";
    SEAL = "seal", "GB/T 9704—2012 7.3.5.1",
        "印章居中下压署名和成文日期，顶端距正文一行之内，不超出版心，几个印章互不相交或相切", "a seal over name and date, its middle on the date's, its top within a line of the text, inside the type area, seals apart from one another";
    STAMP = "signature-stamp", "GB/T 9704—2012 7.3.5.3",
        "签名章在正文下空二行、右空四字，成文日期在签名章下空一行", "the stamp of a signature two blank lines below the text, four characters from the right, the date one blank line below it";
    SIGNATURE_PAGE = "signature-page", "GB/T 9704—2012 7.3.5.5",
        "署名和日期与正文同面", "署名 and date stand on a page with text";
    NOTE = "note", "GB/T 9704—2012 7.3.6",
        "附注居左空二字，加圆括号，在成文日期下一行", "附注 two characters in, in parentheses, on the line below the date";
    ATTACHMENT = "attachment", "GB/T 9704—2012 7.3.7",
        "附件另面编排，“附件”二字3号黑体顶格在第一行，标题居中在第三行", "an attachment begins a page: 附件 in 黑体 of size 3, flush left on line 1, its title centred on line 3";
    SERIAL = "serial", "GB/T 9704—2012 7.2.1",
        "份号为6位3号阿拉伯数字，顶格在版心左上角第一行", "份号 in 6 digits of size 3, flush left on line 1";
    SECRECY = "secrecy", "GB/T 9704—2012 7.2.2",
        "密级和保密期限用3号黑体，顶格在版心左上角第二行", "密级 and its term in 黑体 of size 3, flush left on line 2";
    URGENCY = "urgency", "GB/T 9704—2012 7.2.3",
        "紧急程度用3号黑体，顶格，在份号、密级之下", "紧急程度 in 黑体 of size 3, flush left, below 份号 and 密级";
    MARK = "mark", "GB/T 9704—2012 7.2.4",
        "发文机关标志居中，红色，小标宋体，上边缘至版心上边缘35 mm", "发文机关标志 centred, red, in 小标宋, its top 35 mm below the type area's";
    NUMBER = "number", "GB/T 9704—2012 7.2.5",
        "发文字号在标志下空二行居中（上行文居左空一字），年份全称用六角括号，序号不加“第”、不编虚位", "发文字号 two blank lines below the mark, centred (one character in from the left with 签发人); the year in full within 〔〕, no 第, no zero before the number";
    SIGNER = "signer", "GB/T 9704—2012 7.2.6",
        "签发人居右空一字，“签发人”用3号仿宋体，姓名用3号楷体", "签发人 one character in from the right, the word in 仿宋, the names in 楷体, size 3";
    HEAD_RULE = "head-rule", "GB/T 9704—2012 7.2.7",
        "发文字号之下4 mm处居中印一条与版心等宽的红色分隔线", "a red rule as wide as the type area 4 mm below 发文字号";
    IMPRINT_RULES = "imprint-rules", "GB/T 9704—2012 7.4.1",
        "版记的线与版心等宽，首末条0.35 mm，中间0.25 mm，末条与版心下边缘重合", "rules of 版记 as wide as the type area, 0.35 mm first and last, 0.25 mm between, the last on the area's lower edge";
    IMPRINT_TEXT = "copies", "GB/T 9704—2012 7.4.2",
        "抄送机关用4号仿宋体，左右各空一字，回行与冒号后的首字对齐，末尾标句号", "抄送 in 仿宋 of size 4, one character in on both sides, turned lines below the first organ, 。 at the end";
    ISSUE = "issue", "GB/T 9704—2012 7.4.3",
        "印发机关左空一字，印发日期右空一字，用4号仿宋体，日期不编虚位，后加“印发”", "印发机关 one character in on the left, its date one on the right with 印发, in 仿宋 of size 4, no zeros in the date";
    IMPRINT_PAGE = "imprint-page", "GB/T 9704—2012 3.2、7.4.1",
        "版记在公文最后一面（双数面）", "版记 stands on the last, even, page";
    LANDSCAPE = "landscape-table", "GB/T 9704—2012 8",
        "横排表格的页码位置不变，单页码表头在订口一边，双页码表头在切口一边", "landscape tables keep the place of the page number, their head to the binding edge on odd pages, to the fore edge on even ones";
    LETTER_MARK = "letter-mark", "GB/T 9704—2012 10.1",
        "信函：发文机关标志上边缘至上页边30 mm，居中，红色", "letter: the mark's top 30 mm below the page's, centred, red";
    LETTER_RULES = "letter-rules", "GB/T 9704—2012 10.1",
        "信函：标志下4 mm处红色双线（上粗下细），距下页边20 mm处红色双线（上细下粗），长170 mm，居中", "letter: a red double rule (thick over thin) 4 mm below the mark and one (thin over thick) 20 mm above the page's bottom, 170 mm long, centred";
    LETTER_NUMBER = "letter-number", "GB/T 9704—2012 10.1",
        "信函：发文字号顶格居版心右边缘，与第一条双线相距3号汉字高度的7/8", "letter: 发文字号 flush right, seven eighths of a size 3 character below the first double rule";
    LETTER_FOLIO = "letter-page-number", "GB/T 9704—2012 10.1",
        "信函：首页不显示页码", "letter: no page number on page 1";
    LETTER_IMPRINT = "letter-imprint", "GB/T 9704—2012 10.1",
        "信函：版记不加印发机关和印发日期、分隔线", "letter: 版记 without 印发机关, its date and rules";
    ORDER_MARK = "order-mark", "GB/T 9704—2012 10.2",
        "命令（令）：标志居中，红色，上边缘至版心上边缘20 mm", "order: the mark centred, red, its top 20 mm below the type area's";
    ORDER_NUMBER = "order-number", "GB/T 9704—2012 10.2",
        "命令（令）：标志下空二行居中编排令号，令号下空二行编排正文", "order: its number centred two blank lines below the mark, the text two below that";
    MINUTES_MARK = "minutes-mark", "GB/T 9704—2012 10.3",
        "纪要：标志居中，红色，上边缘至版心上边缘35 mm", "minutes: the mark centred, red, its top 35 mm below the type area's";
    ATTENDANCE = "attendance", "GB/T 9704—2012 10.3",
        "纪要：出席、请假、列席用3号黑体，在正文下空一行左空二字，人名用3号仿宋体，回行与冒号后的首字对齐", "minutes: 出席, 请假, 列席 in 黑体 of size 3 two characters in, one blank line below the text, names in 仿宋, turned lines below the first name";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_both_languages_speak() {
        let mut names = std::collections::BTreeSet::new();
        for clause in CLAUSES {
            assert!(names.insert(clause.id), "{}", clause.id);
            assert!(clause.id.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'), "{}", clause.id);
            assert!(clause.number.starts_with("GB/T "), "{}", clause.id);
            assert!(!clause.zh.ends_with('。') && !clause.en.ends_with('.'), "{}", clause.id);
        }
    }
}

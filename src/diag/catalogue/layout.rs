//! Messages of fonts and layout (`E05..`).

use super::catalogue;

catalogue! {
    /// A style file is not TOML of the right shape.
    STYLE_SYNTAX = "E0501", Error,
        "样式文件写法有误：{fault}",
        "the style file is not well written: {fault}",
        hint "对照自带的 `annual-report/style.toml` 改正这一处",
             "compare it with the embedded `annual-report/style.toml`",
        explain "`style.toml` 规定版面、字号和字体。键名、长度写法（`37mm`、`22pt`、`三号`）须与自带的样式文件一致；那里没有的表（如 `[caption]`），键要写全。",
                "`style.toml` sets page, sizes and faces. Its keys and lengths (`37mm`, `22pt`, `三号`) are those of the embedded file; a table that is not there, such as `[caption]`, has all its keys.";

    /// A style file asks for what cannot be.
    STYLE_IMPOSSIBLE = "E0502", Error,
        "样式文件的数值无法排版：{what}",
        "the style file cannot be laid out: {what}",
        explain "版心须容得下行数和字数，字号、边距须为合理的数值；字体升高（`[raise]`）不超过0.3个字，页码连字号要在纸上。",
                "The type area must hold its lines and characters; sizes and margins must make sense; no face is raised (`[raise]`) by more than 0.3 em, and a page number stands on the paper with its whole size.";

    /// A style names a face that there is none of.
    UNKNOWN_FACE = "E0503", Error,
        "样式文件要用字体 `{face}`，但没有这种字体",
        "the style asks for the face `{face}`, which there is none of",
        hint "现有字体：{known}", "known faces: {known}",
        explain "`style.toml` 中的字体名须是自带的字体，或用选项装入的字体。",
                "A face named in `style.toml` is one of the embedded ones or one that was loaded by an option.";

    /// A chart with more than there is room for.
    CHART_CROWDED = "E0511", Error,
        "{label} 有 {found} 项，放不下，最多 {most} 项", "{label} has {found} categories and no room for more than {most}",
        hint "减少项数，分成几张图，或者改用表格", "show fewer, in several charts, or in a table",
        explain "每一项要有一个字的宽度才能写下名称，排序图要放在一页之内。",
            "Each category needs the width of a character for its name, and a ranking has to stand on one page.";
    /// A table that is too wide even when it is turned.
    TABLE_CROWDED = "E0512", Error,
        "{table}有 {count} 栏，横排也放不下各栏的数字", "{table} has {count} columns and no room for their numbers, even turned",
        hint "减少栏数，分成几张表，或者换用大一些的单位让数字短些",
             "leave out columns, make several tables of it, or give the numbers in a larger unit",
        explain "竖排的表宽 156 毫米，横排的宽 225 毫米。数不拆到两行，每一栏文字至少要有一个字的宽度。写了 `orientation=\"portrait\"` 的表只按竖排的宽度算。",
            "A table is 156 mm wide, a turned one 225 mm. A number is never broken between lines, and a column of text has the width of a character at least. With `orientation=\"portrait\"` the upright width counts.";
    /// A row of a table that no page is high enough for.
    ROW_TOO_HIGH = "E0513", Error,
        "{table}的第 {row} 行比一页还高，排不下", "row {row} of {table} is higher than a page",
        hint "把这一行拆成几行，或者把长的文字移到正文里、注里", "make several rows of it, or move the long text into the body or a note",
        explain "表格在行与行之间分页，一行不拆到两页；连同每页都有的表头，一行最多排满一页。",
            "A table is parted between rows and no row stands on two pages: with the head that each page has, a row fills one page at most.";
    /// What a document is as long as it is not final takes more lines than there are above the text.
    LABEL_TOO_LONG = "E0515", Error,
        "稿件状态太长，首页正文以上排不下", "the status of the document is too long for the lines above the text of page 1",
        hint "写成 `征求意见稿` 这样的几个字", "write a few characters such as `征求意见稿`",
        explain "稿件状态排在首页版心以上，顶格，不占正文的行；天头37毫米，最多排三行，信函最多两行。",
            "The status stands above the type area of page 1, flush left, and takes no line of the text: with a top margin of 37 mm three lines at most, in a letter two.";
    /// Page 1 has no room for text below what stands above it.
    FIRST_PAGE_WITHOUT_TEXT = "W0514", Warning,
        "首页没有排下正文", "page 1 has no room for any of the text",
        hint "联合行文机关多的，`document.organs` 可以只写主办机关；标题、主送机关长的，写短一些",
             "of many joint organs `document.organs` may name the leading one alone; else shorten the title or the recipients",
        explain "公文首页必须显示正文（GB/T 9704—2012，7.3.2）。机关多的，程序已经把发文机关标志排小；主送机关太多的，已经移到版记。",
            "Page 1 has to show text (GB/T 9704-2012, 7.3.2). The mark of many organs was already made smaller, and recipients that are too many moved to the end.";
    /// The large letters of a document come from the face of last resort.
    STOPGAP_FACE = "N0516", Note,
        "发文机关标志或标题的`{characters}`没有小标宋体，用的是后备字体，笔画较细",
        "{characters} of the mark or the title are in the face of last resort, lighter than the rest",
        hint "核对是否要用规范字；确要这样写的，用`--font title=字体文件`、`--font mark=字体文件`指定有这些字的字体",
             "check the characters; where they are meant, give a face that has them with `--font title=FILE` and `--font mark=FILE`",
        explain "自带的标题字体只有《通用规范汉字表》的8105个字。别的字（多是繁体字、异体字）由后备的楷体补上，在大字里看得出粗细不同。",
            "The faces for titles that are inside the program have the 8,105 characters of the general list. Others, most of them traditional forms, come from a face in 楷体, which shows in large letters.";
    /// A name takes more lines than its seal presses together with the date.
    SEAL_CANNOT_PRESS = "W0517", Warning,
        "署名`{name}`排成{lines}行，印章压不全署名和成文日期：下面有{beyond}毫米在印章以外",
        "the name `{name}` takes {lines} lines, too many for its seal to press with the date: {beyond} mm stand below the seal",
        hint "署名写规范化简称，排在三行以内；确要写全称的，先打样看印章盖在哪里", "sign with the standard short form, in three lines at most; where the full name has to stand, look at a proof first",
        explain "印章居中下压署名和成文日期（GB/T 9704—2012，7.3.5.1）。成文日期右空四字，署名以它为准居中，一行约14字；直径42毫米的印章压得住三行署名和一行日期。",
            "The seal presses the name and the date, which stand a little below its middle (GB/T 9704-2012, 7.3.5.1). The date ends four characters from the edge and the name is centred on it, so a line holds about 14 characters; a seal of 42 mm presses three lines of the name and the date.";
    /// A picture has too few points for the size at which it is printed.
    PICTURE_COARSE = "W0518", Warning,
        "图片`{file}`太粗：{points}点印成{size}毫米，每英寸只有{resolution}点",
        "the picture `{file}` is too coarse to print: {points} points on {size} mm are {resolution} an inch",
        hint "换一张每英寸至少300点的，这个尺寸要{wanted}点；或者印得小一些。把小图放大再存没有用，要重新扫描或者导出",
             "use one of at least 300 points an inch, {wanted} for this size, or print it smaller; to enlarge the file is of no use: scan or export it anew",
        explain "每英寸不到200点的图片印出来发虚、有锯齿，印章上的字看不清。点数是图片每边的像素数，尺寸是印在纸上的大小。",
            "Pictures of fewer than 200 points an inch print blurred and ragged, and the letters of a seal cannot be read. The points are the pixels of each side, the size is that on paper.";
    /// A drawing without some of its figures, which have no room beside it.
    FIGURES_WITHOUT_ROOM = "W0519", Warning,
        "{label}的{all}个数字有{count}个没有地方印，图上只画不写", "{count} of the {all} figures of {label} have no room beside what is drawn of them, and are not printed",
        hint "减少分组或者类别，或者分成两张图；要看清每个数的，改用表", "draw fewer groups or categories, or two charts; where each figure counts, make it a table",
        explain "数字印在柱子、折点、分段旁边，缩到七成还放不下就不印。柱状图只要有一个放不下，就一个也不印：有的印、有的不印，看起来像漏了。",
            "A figure stands beside its bar, point or part, and is left out where it has no room at seven tenths of its size. Of a bar chart all are left out then: some with and some without would look like an oversight.";
    /// The signature's page has no text.
    SIGNED_WITHOUT_TEXT = "W0520", Warning,
        "署名和成文日期所在的第{page}页没有正文，只有附件说明", "page {page}, where the signature stands, has no text but 附件说明 alone",
        hint "附件合并一些或者名称写短一些；也可以调整正文的长短，让末段到这一页", "put attachments together or shorten their names, or let the last paragraph reach that page by its length",
        explain "署名、印章和成文日期与正文同处一面（GB/T 9704—2012，7.3.5.5）：单独一面的落款可以接在别的文件后面。附件说明不是正文。调整行距、字距能解决的，程序已经解决了。",
            "Signature, seal and date stand on a page with text (GB/T 9704-2012, 7.3.5.5): by itself such a page could be put behind another document. 附件说明 is no text. What line spacing and letter spacing can do was done.";
    /// A face is to set a role that there is none of.
    UNKNOWN_ROLE = "E0504", Error,
        "没有 `{role}` 这种文字，不能为它指定字体",
        "there is no role `{role}` to set in a face",
        hint "可用的有：{roles}", "the roles are {roles}",
        explain "自备字体按文字的用处指定：`title` 标题、`body` 正文、`heading1` 一级标题等。",
                "A face of one's own is given for a role of text: `title`, `body`, `heading1` and so on.";

    /// A character that no face has.
    MISSING_GLYPH = "E0510", Error,
        "“{character}”（U+{code}）没有字体能印出，出现在“{context}”",
        "no face has `{character}` (U+{code}), which stands in `{context}`",
        hint "核对这个字是否输错；确为人名地名用字的，把有这个字的字体放进程序旁边的 `fonts` 文件夹，或者用 `--fonts` 指明文件夹",
             "check the character; for a rare one in a name put a font that has it into a folder `fonts` beside the program, or name its folder with `--fonts`",
        explain "为免印出空框，凡字库里没有的字一律报错，不生成文件。程序不用系统里装的字体，只用自带的、模板包的、程序旁边 `fonts` 文件夹里的和 `--fonts` 所指的。",
                "A character without a glyph would print as an empty box, so it is an error that names it. The program uses its own faces, a pack's, those in a folder `fonts` beside it and those of `--fonts`; none that the system has.";
    /// The file of a face is not a font.
    FACE_UNREADABLE = "E0520", Error,
        "字体 `{name}` 读不出来：{reason}",
        "face `{name}` cannot be read: {reason}",
        hint "请换用完好的 .ttf、.otf 或 .ttc 字体文件", "use a sound .ttf, .otf or .ttc file",
        explain "字体文件不是 OpenType 格式，或者已经损坏。网页字体（.woff、.woff2）须先转换成 .ttf 或 .otf。",
        "the file is not an OpenType font, or it is damaged. Web fonts (.woff, .woff2) have to be converted to .ttf or .otf first.";
    /// There is no face with this number in the file.
    FACE_INDEX = "E0521", Error,
        "字体 `{name}` 的文件里没有序号为 {index} 的字体（共 {count} 个，从 0 数起）",
        "face `{name}`: the file has no face with the index {index} (it has {count}, counted from 0)",
        explain "一个 .ttc 文件里有几个字体，用序号选其中一个；.ttf 和 .otf 文件里只有一个，序号是 0。",
        "a .ttc file holds several faces, chosen by an index; a .ttf or .otf file holds one, with the index 0.";
    /// A table of a face reaches past the end of its file.
    FACE_TRUNCATED = "E0522", Error,
        "字体 `{name}` 的文件不完整：`{table}` 表超出了文件末尾",
        "face `{name}`: the file is cut short: its table `{table}` reaches past the end",
        hint "请重新复制或下载这个字体文件", "copy or download the file again",
        explain "文件在复制或下载时断了。这样的字体有些字能显示、有些字不能，所以不用。",
        "the file was cut off while it was copied or downloaded. Some of its characters would show and others would not, so it is not used at all.";
    /// A face lacks a table that it has to have.
    FACE_TABLE = "E0523", Error,
        "字体 `{name}` 缺少 `{table}` 表",
        "face `{name}` has no table `{table}`",
        hint "请换用完好的字体文件", "use a sound font file",
        explain "没有这个表，就不知道哪个字对应哪个字形、字有多宽。",
        "without this table it is unknown which glyph shows a character, or how wide it is.";
    /// A face has no outlines that can be embedded.
    FACE_OUTLINES = "E0524", Error,
        "字体 `{name}` 没有可以嵌入的轮廓",
        "face `{name}` has no outlines that can be embedded",
        hint "请换用 TrueType 或 CFF 轮廓的字体（不是点阵字体，也不是 CFF2 可变字体）", "use a face with TrueType or CFF outlines (no bitmap font, no variable font with CFF2)",
        explain "PDF 里能嵌入的是 TrueType（glyf）或 CFF 轮廓。",
        "a PDF can hold TrueType (glyf) or CFF outlines.";
    /// A face's units are out of the range of the standard.
    FACE_UNITS = "E0525", Error,
        "字体 `{name}` 每 em 有 {units} 个单位，超出了 16 到 16384 的范围",
        "face `{name}` has {units} units to the em, outside of 16 to 16384",
        hint "请换用完好的字体文件", "use a sound font file",
        explain "OpenType 规定这个数在 16 到 16384 之间；超出说明文件已经损坏。",
        "OpenType wants this number between 16 and 16384; another number means that the file is damaged.";
    /// A face shows no character at all.
    FACE_CHARACTERS = "E0526", Error,
        "字体 `{name}` 里查不到任何 Unicode 字符",
        "face `{name}` maps no Unicode character to a glyph",
        hint "请换用带 Unicode 编码表的字体", "use a face with a Unicode character map",
        explain "字体的 `cmap` 表里没有 Unicode 编码，常见于很旧的字体。",
        "the font's table `cmap` has no Unicode encoding, as very old fonts are apt to have.";
    /// A face forbids embedding.
    FACE_EMBEDDING = "E0527", Error,
        "字体 `{name}` 不允许嵌入文件",
        "face `{name}` forbids embedding",
        hint "请向字体厂商取得可以嵌入的版本，或者换用别的字体", "obtain a version that may be embedded from the maker, or use another face",
        explain "字体用 `OS/2` 表里的 fsType 说明能不能嵌入。归档的 PDF 必须嵌入全部字体，所以不能用这个字体。",
        "a font says in fsType of its table `OS/2` whether it may be embedded. A PDF for archives has to embed all its fonts, so this one cannot be used.";
    /// A face forbids subsets, or allows bitmaps only.
    FACE_SUBSETTING = "E0528", Error,
        "字体 `{name}` 不允许嵌入部分字形的轮廓",
        "face `{name}` forbids embedding a part of its outlines",
        hint "请向字体厂商取得可以子集化嵌入的版本，或者换用别的字体", "obtain a version that may be subset from the maker, or use another face",
        explain "文件里只嵌入用到的字（子集），而这个字体的 fsType 要求整个嵌入或只嵌入点阵。",
        "only the characters in use are embedded (a subset), and this font's fsType wants the whole font or bitmaps alone.";
}

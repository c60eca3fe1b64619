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

    /// A full-width mark stands where JSON has a half-width one.
    WIDE_MARK = "E0105", Error,
        "`{found}` 应为半角的 `{meant}`",
        "`{found}` should be the half-width `{meant}`",
        explain "JSON 的逗号、冒号、括号一律用半角，输入法要切换到英文标点。引号里的文字不受此限。",
                "Commas, colons and brackets of JSON are half-width; within quotes any mark may stand.";

    /// Quotes that JSON does not know.
    WIDE_QUOTES = "E0106", Error,
        "`{found}` 应为半角的双引号 `\"`",
        "`{found}` should be a straight double quote `\"`",
        explain "JSON 的键和文字用半角双引号括起。引号里面的文字仍可用中文引号。",
                "Keys and texts of JSON stand in straight double quotes; within them Chinese quotes may stand.";

    /// Single quotes round a text.
    SINGLE_QUOTES = "E0107", Error,
        "单引号应为半角的双引号 `\"`",
        "single quotes should be straight double quotes `\"`",
        explain "JSON 的键和文字用半角双引号括起，不用单引号。",
                "Keys and texts of JSON stand in double quotes, not single ones.";

    /// Straight quotes within a text.
    INNER_QUOTES = "E0108", Error,
        "文字里面又用了半角双引号",
        "a text has straight double quotes within",
        hint "里面的引号改用中文引号 `“` `”`", "use Chinese quotes `“` `”` within it",
        explain "半角双引号表示文字到此为止，文字里面的引号须用中文引号。",
                "A straight double quote ends a text, so quotes within it are Chinese ones.";

    /// Quotes stand twice before and after a text.
    DOUBLED_QUOTES = "E0136", Error,
        "引号多写了一对",
        "the quotes stand twice",
        explain "从电子表格复制来的文字，引号常写了两遍。前后各留一个。",
                "Texts copied out of a spreadsheet often have their quotes twice; leave one on each side.";

    /// A text is not closed on its line.
    UNCLOSED_TEXT = "E0109", Error,
        "引号只有一半",
        "one of the two quotes is missing",
        explain "一段文字前后各一个半角双引号，须在同一行。",
                "A text has a straight double quote before and after it, on one line.";

    /// A comment is not closed.
    UNCLOSED_COMMENT = "E0110", Error,
        "注释没有关上",
        "the comment is not closed",
        hint "在注释末尾加 `*/`", "end it with `*/`",
        explain "`/*` 开始的注释到 `*/` 为止；`//` 开始的注释到行末为止。",
                "A comment that begins with `/*` ends with `*/`; one that begins with `//` ends with its line.";

    /// A backslash that is no escape.
    BAD_ESCAPE = "E0111", Error,
        "反斜杠 `\\` 用得不对",
        "this backslash is not an escape of JSON",
        explain "JSON 文字里的反斜杠要写两个。",
                "In JSON's texts a backslash is written twice.";

    /// The code of a character that is none.
    BAD_CODE = "E0129", Error,
        "`{found}` 不是一个完整的字符编码",
        "`{found}` is not the code of a character",
        hint "直接打出这个字；`\\u` 后面要有四位十六进制数，四位以外的字由两个编码组成",
             "type the character itself; `\\u` takes four hexadecimal digits, and characters beyond U+FFFF take two codes",
        explain "`\\u4e91` 这样的编码由程序写出，人手写没有必要。后一半单独出现、前一半缺了后一半，都不成字。",
                "Codes such as `\\u4e91` are written by programs; people need none. Half of a pair is no character.";

    /// A comment in a form that JSON files do not have.
    OTHER_COMMENT = "E0133", Error,
        "注释要写成 `// …` 或 `/* … */`",
        "comments are written `// …` or `/* … */`",
        explain "数据文件里的备注也可以写成键 `_note` 的值。",
                "A remark may also be the value of a key `_note`.";

    /// A number that JSON cannot have.
    BAD_NUMBER = "E0134", Error,
        "`{found}` 不是 JSON 的数字",
        "`{found}` is not a number as JSON has them",
        hint "只写阿拉伯数字，最多一个小数点、前面最多一个负号，如 `1234.5`、`-3.2`",
             "write digits, one decimal point at most and one minus sign at most: `1234.5`, `-3.2`",
        explain "JSON 的数字用十进制，不分节，不写十六进制，也不能有两个小数点。",
                "Numbers of JSON are decimal, without separators and with one point at most.";

    /// A control character outside of texts.
    CONTROL_OUTSIDE = "E0112", Error,
        "有一个看不见的控制字符（U+{code}）",
        "there is an invisible control character (U+{code})",
        hint "删去它；文件可能在传送中损坏，可请原处重发", "delete it; the file may have been damaged on its way",
        explain "控制字符印不出来，多因文件损坏或误粘贴而来。",
                "Control characters cannot be printed and come of damage or of pasting.";

    /// A comma is missing.
    MISSING_COMMA = "E0113", Error,
        "这里缺少逗号",
        "a comma is missing here",
        explain "对象或数组的各项之间用半角逗号隔开。",
                "Items are parted by commas.";

    /// A colon is missing.
    MISSING_COLON = "E0114", Error,
        "键后面缺少冒号",
        "a colon is missing after the key",
        explain "键与值之间用半角冒号。",
                "Between key and value stands a colon.";

    /// A value is missing.
    MISSING_VALUE = "E0115", Error,
        "这里缺少值",
        "a value is missing here",
        hint "填上值；没有这一项的，连键一起删去", "fill it in, or take the key out too",
        explain "每个键后面须有值。",
                "Every key has a value.";

    /// A mark too many.
    EXTRA_MARK = "E0116", Error,
        "多了一个 `{mark}`",
        "there is a `{mark}` too many",
        explain "这个符号在此处没有意义。",
                "This mark has no meaning here.";

    /// A key without quotes.
    UNQUOTED_KEY = "E0117", Error,
        "键 `{found}` 没有用引号括起",
        "the key `{found}` is not in quotes",
        explain "JSON 的键须用半角双引号括起。",
                "Keys of JSON stand in straight double quotes.";

    /// A text without quotes.
    UNQUOTED_TEXT = "E0118", Error,
        "文字“{found}”没有用引号括起",
        "the text `{found}` is not in quotes",
        explain "JSON 的文字须用半角双引号括起。",
                "Texts of JSON stand in straight double quotes.";

    /// A number with more than digits, without quotes.
    NUMBER_WITH_UNIT = "E0119", Error,
        "数字带了单位或文字（`{found}`），要用引号括起",
        "`{found}` is more than a number and needs quotes",
        hint "单位可以不写，只写数字；要写“70余”“约70”“8500万元”这样的，整个放在引号里",
             "write the bare number without unit, or put the whole in quotes: `\"70余\"`, `\"8500万元\"`",
        explain "引号外只能写纯数字。带单位的数和概数写成文字。",
                "Outside quotes only bare numbers stand. Numbers with a unit and approximate ones are texts.";

    /// Full-width digits.
    WIDE_DIGITS = "E0120", Error,
        "`{found}` 是全角数字，应为半角",
        "`{found}` has full-width digits; use half-width ones",
        explain "JSON 的数字一律用半角。",
                "Numbers of JSON are half-width.";

    /// A number with a leading zero.
    LEADING_ZERO = "E0121", Error,
        "数字 `{found}` 开头多了0",
        "the number `{found}` has a leading zero",
        explain "JSON 的数字开头不能有多余的0。",
                "Numbers of JSON have no leading zeros.";

    /// A number with a plus sign.
    PLUS_SIGN = "E0122", Error,
        "数字 `{found}` 前面不能写加号",
        "the number `{found}` cannot have a plus sign",
        explain "增长直接写数字，下降写负号。",
                "A rise is the bare number; a fall has a minus sign.";

    /// A number that begins or ends with its decimal point.
    BARE_POINT = "E0123", Error,
        "数字 `{found}` 的小数点前后都要有数字",
        "the number `{found}` needs digits on both sides of its point",
        explain "零点五写作0.5，不写作.5。",
                "A half is 0.5, not .5.";

    /// A number with thousands separators, without quotes.
    THOUSANDS = "E0124", Error,
        "数字 `{found}` 里不能有逗号和空格", "the number `{found}` cannot have commas or blanks",
        explain "JSON 里逗号用来分隔各项，数字不分节。", "Commas part items, so numbers have no separators.";

    /// One of JSON's words in another form.
    WORD_CASE = "E0125", Error,
        "`{found}` 应写作 `{meant}`",
        "`{found}` should be `{meant}`",
        explain "JSON 只有 `true`（是）、`false`（否）、`null`（还没有定）三个词，一律小写。表格软件算不出的 `#N/A`、`NaN` 不是数。",
                "JSON has three words, all lower case: `true`, `false` and `null`, which is still open. A spreadsheet's `#N/A` and `NaN` are no numbers.";

    /// A bracket is not closed.
    UNCLOSED_BRACKET = "E0126", Error,
        "这个 `{open}` 没有关上",
        "this `{open}` is not closed",
        hint "在它的内容之后加 `{close}`", "add `{close}` after what belongs to it",
        explain "括号须成对。",
                "Brackets come in pairs.";

    /// The members of a group stand there without their opening brace.
    UNOPENED = "E0135", Error,
        "这里缺少 `{mark}`",
        "there is no `{mark}` here",
        explain "一组数据放在一对花括号之间。",
                "The members of a group stand between two braces.";

    /// A bracket is closed by one of the other sort.
    MISMATCHED = "E0127", Error,
        "`{open}` 应以 `{close}` 关上，这里是 `{found}`",
        "`{open}` is closed by `{close}`, not by `{found}`",
        explain "花括号与花括号成对，方括号与方括号成对。",
                "A brace pairs with a brace, a square bracket with a square bracket.";

    /// Something stands after the end.
    AFTER_END = "E0128", Error,
        "数据到前面已经结束，这里是多余的内容", "the data has ended before this",
        explain "一个文件只有一个 JSON 对象；加了 `--jsonl` 的，每行一个。", "A file holds one JSON object, with `--jsonl` one a line.";

    /// A square bracket where the members of a group begin.
    WRONG_BRACKET = "E0137", Error,
        "这里应为 `{meant}`，现为 `{found}`", "expected `{meant}` here, found `{found}`",
        explain "有键有值的一组数据放在花括号之间，一串值放在方括号之间。",
            "A group of keys and values stands between braces, a list of values between square brackets.";

    /// A value among the members of a group.
    NO_KEY = "E0138", Error,
        "`{found}` 前面没有键", "`{found}` has no key",
        hint "看它前面的逗号是不是多写了；确是一项的，写成 `\"键\": 值`",
            "see whether the comma before it is one too many; a member is written `\"key\": value`",
        explain "花括号里的每一项都是一个键、一个冒号、一个值。", "Each member between braces is a key, a colon and a value.";

    /// The file is in no encoding that can be read.
    BAD_ENCODING = "E0130", Error,
        "文件的编码无法识别，从第{offset}个字节起不是文字",
        "the file's encoding is not known; from byte {offset} on it is not text",
        hint "用编辑器另存为 UTF-8；文件可能已损坏，可请原处重发", "save it as UTF-8; it may also be damaged",
        explain "可读的编码有 UTF-8、GB18030（含 GBK、GB2312）和 UTF-16。",
                "The encodings that can be read are UTF-8, GB18030 (with GBK and GB2312) and UTF-16.";

    /// The file is of another sort.
    NOT_TEXT = "E0131", Error,
        "这是 {kind} 文件，不是 JSON 数据文件",
        "this is a file of the sort {kind}, not JSON",
        hint "把数据填进 JSON 文件再用；可从样例文件复制一份", "put the data into a JSON file; copy a sample to begin with",
        explain "程序只读 JSON 数据文件，不读表格和文档。",
                "The program reads JSON files, not spreadsheets or documents.";

    /// The file was read in another encoding than UTF-8.
    READ_AS = "N0130", Note,
        "文件不是 UTF-8 编码，已按 {encoding} 读入",
        "the file is not UTF-8; it was read as {encoding}",
        hint "核对有无乱码；另存为 UTF-8 更稳妥", "check for garbled characters; UTF-8 is safer",
        explain "数据文件宜用 UTF-8 编码，不同电脑打开都一样。",
                "UTF-8 files open alike on every computer.";

    /// The file is in UTF-8 with what editors for Windows add.
    READ_WITH = "N0136", Note,
        "文件带有 {what}（Windows 编辑器的习惯），不影响读入",
        "the file has {what} (as editors for Windows write it), which does no harm",
        explain "BOM 是文件开头的字节顺序标记，CRLF 是回车加换行的行尾；两者都照常读入，不必另存。",
                "BOM is the byte order mark at the start of a file, CRLF the line ends of Windows; both are read as they are.";

    /// The file is JSON but not an object.
    NOT_OBJECT = "E0132", Error,
        "数据文件应是一个对象，现为{found}",
        "a data file is an object; this is {found}",
        hint "从样例文件复制一份再填", "copy a sample and fill it in",
        explain "数据文件最外层是一对花括号，里面是各组数据。",
                "The outermost brackets of a data file are braces with the groups of data within.";

    /// A member that the schema does not know.
    UNKNOWN_FIELD = "E0140", Error,
        "没有 `{name}` 这一项",
        "there is no field `{name}`",
        explain "数据项的名称由模板包的 `schema.json` 规定，写错的名称印不出来，所以一律报错。",
                "Fields are named in the pack's `schema.json`; a mistyped one would never be printed, so it is an error.";

    /// A required field is not there.
    MISSING = "E0141", Error,
        "缺少必填的“{title}”（`{path}`）",
        "the required `{path}` ({title}) is missing",
        explain "这一项是正文少不了的，缺了就写不成句子。",
                "The text cannot do without this field.";

    /// A required group is not there.
    PROPERTY_MISSING = "E0142", Error,
        "缺少 `{name}`",
        "`{name}` is missing",
        explain "`schema.json` 的 `required` 规定要有这一项。",
                "`required` in `schema.json` asks for it.";

    /// A value is still to come.
    OPEN_VALUE = "E0143", Error,
        "这一项还没有定（{found}）",
        "this is still open ({found})",
        explain "null、空的引号、XX、待定、待填都算没有定。没有定的数不能印进正式文件。",
                "null, empty quotes, XX, 待定 and 待填 mean that the value is still to come; such a value is never printed.";

    /// A value is of the wrong type.
    WRONG_TYPE = "E0144", Error,
        "应为{expected}，现为{found}",
        "expected {expected}, found {found}",
        explain "各类数据有各自的写法：数字不加引号，文字加引号，几个名称用方括号。",
                "Numbers have no quotes, texts have them, several names stand in square brackets.";

    /// A number is too small or too large.
    OUT_OF_RANGE = "E0145", Error,
        "应{expected}，现为{found}",
        "expected {expected}, found {found}",
        hint "核对数字和单位", "check the number and its unit",
        explain "`schema.json` 规定了这一项可能的范围，超出的多半是单位用错或多写了位数。",
                "`schema.json` limits this field; a number beyond it mostly comes of a wrong unit or a digit too many.";

    /// A text is none of those allowed.
    NOT_A_CHOICE = "E0146", Error,
        "只能是{choices}之一，现为{found}",
        "expected one of {choices}; found {found}",
        explain "这一项只能取规定的几种写法。",
                "This field takes one of a few texts.";

    /// A rule of the schema is broken.
    BROKEN_RULE = "E0147", Error,
        "{expected}，现为{found}",
        "this must {expected}; found {found}",
        explain "`schema.json` 对这一项另有规定。",
                "`schema.json` has a rule for this field.";

    /// Another rule of the schema is broken.
    OTHER_RULE = "E0148", Error,
        "不合 `schema.json` 里 `{keyword}` 的规定",
        "this breaks the rule `{keyword}` of `schema.json`",
        explain "`schema.json` 对这一项另有规定，请查看该处。",
                "`schema.json` has a rule for it; look it up there.";

    /// A character that cannot be printed stands within a text.
    CONTROL_INSIDE = "E0149", Error,
        "文字里有印不出来的字符（U+{code}）",
        "the text has a character that cannot be printed (U+{code})",
        hint "把这段文字重新打一遍；换行、制表符也不能用", "type the text anew; line ends and tabs are not allowed either",
        explain "看不见的字符多从网页或表格粘贴而来，会使排版出错。",
                "Invisible characters come of pasting from web pages and spreadsheets, and break the layout.";

    /// A text in the place of a number is no number.
    NOT_A_NUMBER = "E0150", Error,
        "“{found}”不是数",
        "`{found}` is not a number",
        explain "数字项可以写数字，也可以在引号里写概数、界限或带单位的数；增减用正负号表示，如 -3.2。",
                "A number may be approximate, a bound, or with a unit, in quotes; a fall has a minus sign.";

    /// A number that can be read in two ways.
    AMBIGUOUS_NUMBER = "E0151", Error,
        "“{found}”可以读作{readings}",
        "`{found}` can be read as {readings}",
        hint "只用小数点，不用逗号分节", "use a decimal point and no separators",
        explain "逗号只能按三位一节，小数点只能有一个。",
                "Commas part groups of three digits, and there is one decimal point.";

    /// A number has more digits than can be kept.
    TOO_MANY_DIGITS = "E0152", Error,
        "`{found}` 的位数太多",
        "`{found}` has too many digits",
        hint "核对是否多写了位数", "check for digits too many",
        explain "程序按十进制准确计算，最多28位数字。",
                "Numbers are kept in decimal, to 28 digits.";

    /// Two numbers in the place of one.
    NUMBER_RANGE = "E0153", Error,
        "“{found}”是两个数，这里只能写一个",
        "`{found}` is two numbers; give one",
        hint "写一个准确的数，或“约55”“50以上”这样的概数", "give the number, or one such as 约55 or 50以上",
        explain "正文里这一项只印一个数。",
                "The text prints one number here.";

    /// A number in Chinese numerals.
    CHINESE_NUMERAL = "E0154", Error,
        "“{found}”请用阿拉伯数字写",
        "write `{found}` in Arabic digits",
        explain "数据一律用阿拉伯数字，正文该用汉字的地方由模板来写。",
                "Data has Arabic digits; where the text wants Chinese numerals the template writes them.";

    /// A number in two units.
    MIXED_UNITS = "E0180", Error,
        "“{found}”用了两种单位",
        "`{found}` mixes two units",
        explain "一个数只用一个单位，写作“1234.5亿元”，不写作“1234亿5000万元”；报告里也这样印。",
                "A number has one unit, in the data as in the report: 1234.5亿元, not 1234亿5000万元.";

    /// A number that must be whole is not.
    NOT_WHOLE = "E0155", Error,
        "应为整数，现为 `{found}`",
        "expected a whole number, found `{found}`",
        explain "个数、次数、年份、位次都是整数。",
                "Counts, years and ranks are whole.";

    /// A number that must be exact is approximate.
    NOT_EXACT = "E0156", Error,
        "应为准确的数，现为“{found}”",
        "expected an exact number, found `{found}`",
        explain "年份、届次、位次、比重，以及正文说成“未发生”“连续几年”的数，不能用概数。",
                "Years, ordinals, ranks, shares and what the text says 未发生 or 连续 of are exact.";

    /// A unit that measures something else.
    UNIT_MISMATCH = "E0157", Error,
        "单位应为“{expected}”，“{found}”的单位“{unit}”不能换算",
        "expected the unit `{expected}`; `{unit}` in `{found}` cannot be converted to it",
        explain "同类单位（如万元与亿元）自动换算，不同类的不能换算。亩与平方米、公顷之间除不尽，也不换算。",
                "Units of one kind (万元, 亿元) are converted; others are not, nor are 亩 and 平方米, which do not convert exactly.";

    /// A unit where there is none.
    NO_UNIT = "E0158", Error,
        "“{found}”后面不应有“{unit}”",
        "`{found}` should not have `{unit}`",
        explain "年份、届次、位次只写数字，名次写作 `3` 或 `3位`，届次写作 `9` 或 `9届`。",
                "Years, ordinals and ranks are bare numbers.";

    /// Two words that say how exactly a number is known.
    TWO_APPROXIMATIONS = "E0159", Error,
        "“{found}”里有两个表示概数的词",
        "`{found}` has two words for one approximation",
        hint "只用一个，如“约70”或“70余”", "use one of them, such as 约70 or 70余",
        explain "“约70余”这样的写法重复，公文里不用。",
                "Official prose has 约70 or 70余, not both.";

    /// A number is too small for its kind.
    BELOW_LEAST = "E0160", Error,
        "不应小于{least}，现为 `{found}`",
        "expected at least {least}, found `{found}`",
        explain "个数不会是负数；年份、届次、位次从1算起。",
                "Counts are not negative; years, ordinals and ranks begin at 1.";

    /// There are not three shares.
    SHARES_COUNT = "E0161", Error,
        "应有三个比重，现有{count}个",
        "expected three shares, found {count}",
        hint "按第一、第二、第三产业的次序写三个百分数", "give those of the primary, secondary and tertiary industry, in this order",
        explain "三次产业比重是三个百分数。", "The shares of the three industries are three numbers.";

    /// Two shares are equal.
    SHARES_TIE = "E0163", Error,
        "有两个比重相等，排不出先后",
        "two shares are equal, so they have no order",
        hint "请统计部门多给一位小数", "ask for one more decimal",
        explain "“三二一”这样的格局由三个比重的大小得出，相等时得不出。",
                "The pattern (三二一) derives from the order of the shares.";

    /// A share is no percentage.
    SHARES_RANGE = "E0164", Error,
        "比重应为0至100的数，现为{found}",
        "a share is a number from 0 to 100; found {found}",
        explain "比重是百分数。", "Shares are percentages.";

    /// A fraction is not proper.
    BAD_FRACTION = "E0165", Error,
        "应为真分数，如 `1/3`，现为“{found}”",
        "expected a proper fraction such as `1/3`, found `{found}`",
        hint "分子小于分母，分母为2至100", "the numerator is less than the denominator, which is 2 to 100",
        explain "写作“分子/分母”或“三分之一”，正文印作“三分之一”。",
                "It is written as numerator/denominator or as 三分之一, and printed as 三分之一.";

    /// A date is not one.
    BAD_DATE = "E0166", Error,
        "应为日期，如 `2026-01-05`，现为“{found}”",
        "expected a date such as `2026-01-05`, found `{found}`",
        explain "日期写作四位年、两位月、两位日，须是日历上有的一天。",
                "A date has four digits of year, two of month, two of day, and is in the calendar.";

    /// Decimals were rounded off.
    ROUNDED = "W0150", Warning,
        "`{typed}` 已{rounded}印作 `{printed}`",
        "`{typed}` {rounded} and prints as `{printed}`",
        hint "不要舍入的，核对原数", "check the number if it should not be rounded",
        explain "`x-decimals` 规定最多印几位小数，多出的四舍五入；界限向不失真的一边舍入，区间的两端若会变得相同则多留一位。",
                "`x-decimals` is the most decimals that print; further ones are rounded, bounds to the side on which they stay true. The ends of a range that would print alike keep one decimal more.";

    /// An item stands twice in a list.
    LISTED_TWICE = "W0151", Warning,
        "“{name}”列了两次",
        "`{name}` is listed twice",
        explain "同一个名称在一处列两次，多半是误粘贴。",
                "A name that is listed twice mostly comes of pasting.";

    /// A rate of growth does not follow from the two levels beside it.
    GROWTH_DISAGREES = "E0171", Error,
        "同比写的是{given}，按当年{level}、上年{previous}算得{computed}",
        "the growth is given as {given}, but {level} against {previous} the year before makes {computed}",
        hint "核对当年数、上年数和同比，改正其中写错的一个", "check the two levels and the rate, and mend the one that is wrong",
        explain "同比由当年数和上年数算得，三个数都给了，就要对得上（四舍五入的出入除外）。按不变价计算的同比在 `schema.json` 里写明 `x-basis`，只查升降和大致范围。",
                "A rate follows from the two levels, rounding aside. One at constant prices says so in `schema.json` (`x-basis`) and is only checked for its sign and a bound.";

    /// A rate of growth at constant prices is far from that at current prices.
    CONSTANT_PRICE = "W0171", Warning,
        "同比写的是{given}，按当年{level}、上年{previous}的现价算得{computed}：{reason}",
        "the growth is given as {given}, by {level} and {previous} the year before it is {computed} at current prices: {reason}",
        hint "核对当年数、上年数和同比；公布的同比按不变价计算，与此不必相等，但不会相差很多",
             "check the three; the published rate is at constant prices and need not be equal, but is not far",
        explain "按不变价计算的同比扣除了价格变动，与按现价算得的有出入；一升一降或相差太多，多半是有一个数写错了。",
                "A rate at constant prices leaves price changes out; if it is far from that at current prices, one of the figures is likely wrong.";

    /// A rate of growth is missing that none reckoned at current prices can stand for.
    GROWTH_NOMINAL = "W0172", Warning,
        "同比没有给，按现价算得{computed}；公布的同比按不变价计算，二者不同，所以不印",
        "no growth is given; at current prices it is {computed}, but the published rate is at constant prices, so none is printed",
        hint "向{department}要来公布的同比填上", "ask {department} for the published rate",
        explain "没有给同比的，由当年数和上年数算出；但这一项公布的数按不变价计算（`x-basis`），不能用按现价算出的代替。必填的，没有就出不了报告。",
                "Growth that is not given derives from the two levels; this one is published at constant prices (`x-basis`), for which none at current prices can stand. Where it is required there is no report without it.";

    /// A figure is ten thousand times too large or too small.
    MAGNITUDE = "W0173", Warning,
        "{found}{way}，单位可能用错了",
        "{found} is {way}; the unit may be wrong",
        hint "核对数字和单位；这一项以“{unit}”为单位，用别的单位的，连同单位写在引号里",
             "check the number and its unit; the field is in {unit}, a number in another unit is written with it, in quotes",
        explain "与上年的数相差约一万倍（三千多倍起）的，多半是把元、万元、亿元弄混了。不知道上年的数的，看通常的数（`schema.json` 的 `x-typical`）：比最大的还大、又有最小的一万倍的，或者不到最小的万分之一的；上年的数写在同一个文件里、与当年的相近的，也看通常的数（大到最大的十倍以上才提醒），因为两个数可能一起用错了单位。通常的数大小相近的（相差不到二十倍，如居民收入），到最大的三倍、最小的三分之一就提醒。",
                "A figure that is about ten thousand times last year's, or a ten thousandth of it (from some 3,000 times on), mostly comes of mixing up 元, 万元 and 亿元. Where last year's is not known, it is one beyond the greatest of the usual values (`x-typical` in `schema.json`) and ten thousand times the least, or a ten thousandth of the least. Last year's value in the same file may be in the wrong unit, too: where both are alike, one beyond ten times the greatest is told as well. Where the usual values are of about one size (within twenty times, as incomes are), three times the greatest is told, and a third of the least.";

    /// A stock is less than it was.
    SHRUNK = "W0174", Warning,
        "现为{found}，上年是{previous}；这是累计的总数，一般不会减少",
        "it is {found} and was {previous} the year before; a total of this sort hardly shrinks",
        hint "核对两年的数和统计口径", "check both figures and how they were counted",
        explain "`schema.json` 用 `x-stock` 标明的总数（如公路总里程）只增不减，减少了多半是写错或口径变了。",
                "A total with `x-stock` in `schema.json`, such as the length of all roads, only grows.";

    /// A figure is far from last year's.
    SWING = "W0175", Warning,
        "现为{found}，上年是{previous}，{change}，超出{bound}的界限",
        "it is {found} and was {previous} the year before, {change}, beyond the bound of {bound}",
        hint "核对两年的数；确实如此的不必理会", "check both figures; if they are right, there is nothing to do",
        explain "`schema.json` 的 `x-swing` 规定一项数据与上年相比变动多大要提醒，比率按百分点计。",
                "`x-swing` in `schema.json` says how far a figure may be from last year's before it is told; of a rate in 百分点.";

    /// Parts miss their total by what rounding leaves.
    SUM_ROUNDED = "N0179", Note,
        "各部分合计{sum}，与{total}相差{gap}，在四舍五入允许的范围内",
        "the parts sum up to {sum}, which is {gap} off {total}, as rounding may leave",
        hint "不必改数；要说明的，可加注“注：部分数据因四舍五入，分项之和与合计略有出入”",
             "leave the figures as they are; a footnote may say that they do not add up because of rounding",
        explain "各部分分别四舍五入后，合计与总数可能相差末位的一个单位。",
                "Parts that were rounded each by itself may miss their total by one unit of the last digit.";

    /// A rule of the pack is broken.
    RULE_BROKEN = "E0170", Error,
        "{message}：{found}",
        "{message}: {found}",
        hint "核对这几个数，改正写错的（规则 `{rule}`）", "check these figures and mend what is wrong (rule `{rule}`)",
        explain "模板包的 `schema.json` 在 `x-rules` 里规定了各项数据之间的关系；确需例外的，由模板包的 `pack.toml` 在 `[rules]` 里按规则名称关闭或降级。",
                "`x-rules` in the pack's `schema.json` say how figures stand to each other; `[rules]` in its `pack.toml` switches them off by name or makes them less grave.";

    /// A rule of the pack gives rise to a doubt.
    RULE_DOUBTED = "W0170", Warning,
        "{message}：{found}",
        "{message}: {found}",
        hint "核对这几个数；确实如此的不必理会（规则 `{rule}`）", "check these figures; if they are right, there is nothing to do (rule `{rule}`)",
        explain "模板包的 `schema.json` 在 `x-rules` 里规定了各项数据之间通常的关系，不合的未必是错，但要核对。",
                "`x-rules` in the pack's `schema.json` say how figures usually stand to each other; what is otherwise may be right.";

    /// A rule of the pack has something to note.
    RULE_NOTED = "N0170", Note,
        "{message}：{found}",
        "{message}: {found}",
        hint "仅供参考（规则 `{rule}`）", "for information (rule `{rule}`)",
        explain "模板包的 `schema.json` 在 `x-rules` 里规定了要指出的情形。",
                "`x-rules` in the pack's `schema.json` point it out.";

    /// Two departments' files give one figure different values.
    TWO_VALUES = "E0184", Error,
        "这一项有两个说法：这里是{found}，`{file}` 第{line}行是{other}",
        "there are two values of it: {found} here, {other} in `{file}`, line {line}",
        hint "问清{department}，只留一个", "ask {department} and leave one",
        explain "各部门的数据文件合在一起时，同一项数据只能有一个值；写法不同、大小相同的（8500万元和0.85亿元）不算不同。",
                "When the files of several departments are put together, a figure has one value; the same amount written otherwise (8500万元 and 0.85亿元) is no difference.";
}

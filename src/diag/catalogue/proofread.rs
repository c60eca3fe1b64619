//! Messages of the rules of the text (`E08..`, `W08..`, `N08..`). Each explanation names the rule, by which a pack
//! switches it.

use super::catalogue;

catalogue! {
    /// XX, ××, ○○, 某某 and their like.
    PLACEHOLDER = "E0801", Error,
        "`{text}` 还没有填：`{quote}`", "`{text}` is still to be filled in: `{quote}`",
        hint "填上数字或名称；还没有定的，从数据里删去这一项", "give the figure or the name; leave the item out of the data if it is not known",
        explain "规则 `no-placeholder`。正式文件里不能留下XX、××、○○、某某、□ 一类代替数字和名称的记号，也不能留下没有填的标签（`{trees}`）。",
            "The rule `no-placeholder`. No XX, ××, ○○, 某某 or □ may stand for a figure or a name in a final document, and no tag that was not filled (`{trees}`).";
    /// ＿＿, empty brackets or quotes.
    BLANK = "E0802", Error,
        "`{text}` 里是空的：`{quote}`", "`{text}` is a blank: `{quote}`",
        hint "填上内容，或者删去", "fill it in or take it away",
        explain "规则 `no-blank`。下划线、空的括号、空的引号和书名号是没有填的空。",
            "The rule `no-blank`. Underscores and empty brackets, quotes or 《》 are blanks that nobody filled in.";
    /// 待定, 待核 and their like.
    PENDING_WORD = "W0803", Warning,
        "`{text}` 像是没有定稿：`{quote}`", "`{text}` looks unfinished: `{quote}`",
        hint "写上定下来的内容", "say what was decided",
        explain "规则 `no-pending-word`。“待定”“待核实”“待补充”等多半是起草时的记号。“有待”“亟待”“等待”不算。",
            "The rule `no-pending-word`. 待定, 待核实, 待补充 are most often a drafter's notes. 有待, 亟待 and 等待 are none.";
    /// A quote, bracket or title mark without its other half.
    UNPAIRED = "E0804", Error,
        "`{text}` 没有配对：`{quote}`", "`{text}` lacks its other half: `{quote}`",
        hint "补上另一半；两半要同是全角或同是半角", "add the other half, of the same width",
        explain "规则 `paired-marks`。引号、括号、书名号标在相应项目的两端，两半缺一不可（GB/T 15834—2011，5.1.3）。每个自然段内应当配对。",
            "The rule `paired-marks`. Quotes, brackets and 《》 stand at both ends (GB/T 15834-2011, 5.1.3), within one paragraph.";
    /// A pair inside a pair of the same form.
    NESTED_ALIKE = "W0805", Warning,
        "`{text}` 套在同样的符号里：`{quote}`", "`{text}` stands inside a pair of the same form: `{quote}`",
        hint "里面一层用 {inner}", "use {inner} inside",
        explain "规则 `nested-marks`。引号里再用引号，外双内单（GB/T 15834—2011，4.8.3.4）；书名号里再用书名号，外《》内〈〉（4.15.3.5）；避免同形括号套用（4.9.3.6）。",
            "The rule `nested-marks`. Inside “” stand ‘’ (GB/T 15834-2011, 4.8.3.4), inside 《》 stand 〈〉 (4.15.3.5), and brackets of one form are not nested (4.9.3.6).";
    /// Two marks where one belongs.
    MARK_DOUBLED = "E0806", Error,
        "标点重复：`{quote}`", "a mark too many: `{quote}`",
        hint "在 `{text}` 里留一个", "keep one of `{text}`",
        explain "规则 `single-marks`。两个点号不连用；引号内已有句末点号的，引号外不再用（GB/T 15834—2011，附录B.2.1）。问号和叹号可以叠用（4.2、4.3），—— 和 …… 是一个标点。",
            "The rule `single-marks`. No two pauses in a row; none outside quotes that end with one (GB/T 15834-2011, B.2.1). ？ and ！ may be doubled (4.2, 4.3); —— and …… are one mark each.";
    /// A mark where none can stand.
    MARK_STRAY = "W0807", Warning,
        "这里不该有 `{text}`：`{quote}`", "`{text}` has no place here: `{quote}`",
        hint "删去它，或者补上前后的文字", "take it away, or add the words beside it",
        explain "规则 `marks-in-place`。点号跟在文字之后（GB/T 15834—2011，5.1.1），不在段首、不在前引号和前括号之后；引文和括号的末尾不用逗号、顿号（附录B.2）；破折号之后通常不用点号（B.2.3）。",
            "The rule `marks-in-place`. A pause follows words (GB/T 15834-2011, 5.1.1): it does not begin a paragraph or a quotation, and no comma ends a quotation (B.2) or follows —— (B.2.3).";
    /// A half-width mark beside hanzi.
    MARK_HALF_WIDTH = "W0808", Warning,
        "汉字旁边用了半角的 `{text}`：`{quote}`", "a half-width `{text}` stands beside hanzi: `{quote}`",
        explain "规则 `full-width-marks`。中文标点占一个字的位置（GB/T 15834—2011，5.1.1至5.1.3）。数字里的 1,234.5 和外文里的标点不算。名称里只查汉字旁边的括号和两个汉字之间的点，点应为间隔号 ·。",
            "The rule `full-width-marks`. Chinese marks take a full cell (GB/T 15834-2011, 5.1.1 to 5.1.3). Those in numbers and in Latin text are not meant. In names brackets beside hanzi are told, and a point between two hanzi, where · belongs.";
    /// Straight quotes.
    QUOTE_ASCII = "W0809", Warning,
        "用了直引号：`{quote}`", "straight quotes: `{quote}`",
        hint "用 “ ” 和 ‘ ’", "use “ ” and ‘ ’",
        explain "规则 `chinese-quotes`。引号的形式是“ ”和‘ ’（GB/T 15834—2011，4.8.2）。",
            "The rule `chinese-quotes`. Quotes are “ ” and ‘ ’ (GB/T 15834-2011, 4.8.2).";
    /// An ellipsis or a dash in another form.
    DASH_OR_ELLIPSIS = "W0810", Warning,
        "省略号或破折号的写法不对：`{quote}`", "an ellipsis or a dash is not written so: `{quote}`",
        explain "规则 `dash-and-ellipsis`。省略号是六个点 ……（GB/T 15834—2011，4.11.2），破折号是 ——（4.10.2），各占两个字；连接起止或两地的是一字线 —（4.13.2）。",
            "The rule `dash-and-ellipsis`. An ellipsis is …… (GB/T 15834-2011, 4.11.2) and a dash —— (4.10.2), two cells each; — alone joins two things (4.13.2).";
    /// 、 between quotations or titles.
    COMMA_BETWEEN_QUOTES = "N0811", Note,
        "引号或书名号之间通常不用顿号：`{quote}`", "between quotations or titles 、 is usually left out: `{quote}`",
        explain "规则 `quotes-without-comma`。标有引号或书名号的并列成分之间通常不用顿号；中间插有括注等的宜用（GB/T 15834—2011，4.5.3.5）。",
            "The rule `quotes-without-comma`. Between “” “” or 《》《》 the 、 is usually left out (GB/T 15834-2011, 4.5.3.5).";
    /// 、等 or ……等.
    LIST_END = "W0812", Warning,
        "`{text}` 多了一个标点：`{quote}`", "`{text}` has a mark too many: `{quote}`",
        explain "规则 `list-end`。顿号隔开的并列成分，“等”前不用点号（GB/T 15834—2011，附录B.1.2）；省略号不与“等”同用（附录A.9.2）。",
            "The rule `list-end`. No 、 before 等 (GB/T 15834-2011, B.1.2), and no …… with it (A.9.2).";
    /// A heading with a mark at its end.
    HEADING_END = "W0813", Warning,
        "标题末尾不用 `{text}`：`{quote}`", "a heading does not end with `{text}`: `{quote}`",
        hint "删去末尾的标点", "take the mark away",
        explain "规则 `heading-end`。单独成行的标题末尾通常不用标点，问号、叹号、省略号除外（GB/T 15834—2011，附录B.4）；附件名称后不加标点（GB/T 9704—2012，7.3.4）。",
            "The rule `heading-end`. A heading on its own line ends without a mark but ？！…… (GB/T 15834-2011, B.4); so does an attachment's name (GB/T 9704-2012, 7.3.4).";
    /// A paragraph without a mark at its end.
    PARAGRAPH_END = "W0814", Warning,
        "段末缺标点：`{quote}`", "the paragraph ends without its mark: `{quote}`",
        hint "一段以句号结束，主送机关以全角冒号结束", "a paragraph ends with 。, 主送机关 with ：",
        explain "规则 `paragraph-end`。陈述句末尾用句号（GB/T 15834—2011，4.1.3）；不足十个字、末尾没有标点的，可能是名称，不提醒；主送机关后标全角冒号（GB/T 9704—2012，7.3.2）。",
            "The rule `paragraph-end`. A statement ends with 。 (GB/T 15834-2011, 4.1.3); one of fewer than ten hanzi may be a name and is told where it ends with ， or 、 alone; 主送机关 with ： (GB/T 9704-2012, 7.3.2).";
    /// A number of a clause with a wrong mark.
    LABEL_MARK = "W0815", Warning,
        "序号 `{text}` 的标点不对：`{quote}`", "the number `{text}` has a wrong mark: `{quote}`",
        explain "规则 `label-mark`。一、 （一） 1. （1）：带括号的序号后不用点号，汉字数字后用顿号，阿拉伯数字后用下脚点，“第一”“首先”后用逗号，“一是”后不用（GB/T 15834—2011，附录B.3）。",
            "The rule `label-mark`. 一、 （一） 1. （1）: nothing after brackets, 、 after hanzi, a point after digits, ， after 第一 and 首先, nothing after 一是 (GB/T 15834-2011, B.3).";
    /// A number after a number.
    LABEL_DOUBLED = "E0816", Error,
        "序号重复：`{quote}`", "two numbers in a row: `{quote}`",
        hint "序号由程序加；从数据或模板里删去手写的序号", "numbers are the program's; take the one typed in the data or the template away",
        explain "规则 `single-label`。标题、分句和图表的序号由程序按次序加，数据或模板里再写就重复了；附件名称前的“附件2：”“1.”也是。",
            "The rule `single-label`. The program numbers headings, clauses, tables, charts and attachments; one typed in the data or the template comes twice.";
    /// A number out of order.
    LABEL_ORDER = "W0817", Warning,
        "序号 `{text}` 不接上文，应为 `{wanted}`：`{quote}`", "`{text}` does not follow; expected `{wanted}`: `{quote}`",
        hint "核对有没有漏掉或重复的一条", "see whether a clause is missing or came twice",
        explain "规则 `label-order`。“一是”“二是”和“第一”“第二”要从一数起，依次连续；数据里手写的标题“一、”“（一）”也是。",
            "The rule `label-order`. 一是, 二是 and 第一, 第二 count from one and leave none out; so do 一、 and （一） of headings typed in the data.";
    /// Full-width letters, digits or signs.
    CHARACTER_FULL_WIDTH = "W0818", Warning,
        "`{text}` 是全角的：`{quote}`", "`{text}` is full width: `{quote}`",
        explain "规则 `half-width-numerals`。阿拉伯数字占半个汉字位置（GB/T 15835—2011，5.1.7），字母和百分号也用半角。",
            "The rule `half-width-numerals`. Arabic digits take half a cell (GB/T 15835-2011, 5.1.7); so do letters and %.";
    /// A space beside hanzi.
    SPACE = "W0819", Warning,
        "汉字旁边有空格：`{quote}`", "a space beside hanzi: `{quote}`",
        hint "删去空格", "take the space away",
        explain "规则 `no-space`。公文的汉字、数字、标点之间不空格；章、条的序号之后可以空（GB/T 15834—2011，附录B.3.6），模板在职务和姓名之间空一字的，人名里空一字的（`钱　喆`）也可以。标题和名称里只查两个汉字之间的。看不见的零宽字符也算。",
            "The rule `no-space`. There are no spaces between hanzi, digits and marks but after 第一章 (GB/T 15834-2011, B.3.6), where a template parts a post from a name, and a whole cell in a person's name (`钱　喆`). In titles and names those between two hanzi alone are told. Characters of no width count too.";
    /// Another dot than ·.
    MIDDLE_DOT = "W0820", Warning,
        "间隔号应为 `·`：`{quote}`", "the middle dot is `·`: `{quote}`",
        explain "规则 `middle-dot`。间隔号的形式是 ·（GB/T 15834—2011，4.14.2），占半个字。",
            "The rule `middle-dot`. The dot between names is · (GB/T 15834-2011, 4.14.2), half a cell wide.";
    /// ○, O or 零 for 〇 in a year.
    NUMERAL_ZERO = "W0821", Warning,
        "年份里的零应写作 `〇`：`{quote}`", "the nought of a year is `〇`: `{quote}`",
        explain "规则 `numeral-zero`。用汉字写的年份，零写作“〇”，不写“○”“O”“零”（GB/T 15835—2011，5.2.5）。",
            "The rule `numeral-zero`. In a year written in hanzi nought is 〇, not ○, O or 零 (GB/T 15835-2011, 5.2.5).";
    /// A range with a wrong sign.
    RANGE_SIGN = "W0822", Warning,
        "数值范围 `{text}` 的连接号不对：`{quote}`", "the range `{text}` has a wrong sign: `{quote}`",
        explain "规则 `range-sign`。数值范围用浪纹线 ～ 或一字线 —（GB/T 15835—2011，5.1.3；GB/T 15834—2011，4.13.3）。",
            "The rule `range-sign`. A range has ～ or — (GB/T 15835-2011, 5.1.3; GB/T 15834-2011, 4.13.3).";
    /// A range whose first number lacks its % or scale.
    RANGE_UNIT = "W0823", Warning,
        "`{text}` 前一个数缺单位：`{quote}`", "the first number of `{text}` lacks its unit: `{quote}`",
        explain "规则 `range-unit`。省略会造成歧义的不省略：写15%～30%，不写15～30%；写13万元～17万元，不写13～17万元（GB/T 15835—2011，5.1.3）。",
            "The rule `range-unit`. What would be ambiguous is not left out: 15%～30%, not 15～30%; 13万元～17万元, not 13～17万元 (GB/T 15835-2011, 5.1.3).";
    /// A difference of rates that is not in 个百分点.
    PERCENTAGE_POINT = "W0824", Warning,
        "两个百分数的差要用“个百分点”：`{quote}`", "the difference of two rates is in 个百分点: `{quote}`",
        explain "规则 `percentage-point`。比重由65%提高到68%，是提高3个百分点；“提高3%”是另一个意思（65%的3%）。占比、城镇化率、失业率、覆盖率、增速等以百分数计的，增减和高低都用百分点；“效率”“发案率”等不一定，不提醒。",
            "The rule `percentage-point`. From 65% to 68% are 3 percentage points; 提高3% says something else. So it is of 占比, 城镇化率, 失业率, 增速 and other rates in percent, and of what one is above another; 效率 and 发案率 may be in other measures.";
    /// An estimate made twice.
    APPROXIMATION_DOUBLED = "W0825", Warning,
        "`{text}` 的约数说法重复或矛盾：`{quote}`", "`{text}` estimates twice: `{quote}`",
        hint "“约”“近”“超过”“余”“左右”“以上”只用一个", "keep one of 约, 近, 超过, 余, 左右, 以上",
        explain "规则 `single-approximation`。约70余、近30左右、超过50以上，都是两个表示约数的词说一个数。",
            "The rule `single-approximation`. 约70余, 近30左右, 超过50以上 estimate one number with two words.";
    /// 下降N倍.
    DECLINE_TIMES = "W0826", Warning,
        "减少不能用倍数：`{quote}`", "nothing falls by times: `{quote}`",
        hint "改用百分数或分数：下降75%、减少四分之三", "use a rate or a fraction",
        explain "规则 `no-decline-by-times`。减少一倍就没有了，“下降3倍”说不通。",
            "The rule `no-decline-by-times`. What falls by once is gone; 下降3倍 has no meaning.";
    /// 增长-1.2%.
    CHANGE_SIGNED = "W0827", Warning,
        "增减不带正负号：`{quote}`", "a change bears no sign: `{quote}`",
        hint "增长负数写作下降", "a negative growth is 下降",
        explain "规则 `no-signed-change`。增长-1.2% 应写作下降1.2%。“增速为-1.2%”可以。",
            "The rule `no-signed-change`. 增长-1.2% is 下降1.2%. 增速为-1.2% will do.";
    /// Arabic and Chinese numerals in one number.
    NUMERALS_MIXED = "W0828", Warning,
        "`{text}` 混用了两种数字：`{quote}`", "`{text}` mixes two kinds of numerals: `{quote}`",
        explain "规则 `unmixed-numerals`。一个数里除“万”“亿”外不同时用阿拉伯数字和汉字数字：4000或四千，不写4千（GB/T 15835—2011，5.3）。",
            "The rule `unmixed-numerals`. But for 万 and 亿 a number is Arabic or Chinese, not both: 4000 or 四千, not 4千 (GB/T 15835-2011, 5.3).";
    /// An amount in two scales.
    AMOUNT_COMPOUND = "W0829", Warning,
        "`{text}` 用了两级单位：`{quote}`", "`{text}` has two scales: `{quote}`",
        hint "只用一级：1234.5亿元", "use one: 1234.5亿元",
        explain "规则 `single-scale`。数量用一级单位和小数：1234.5亿元，不写1234亿5000万元。",
            "The rule `single-scale`. An amount has one scale and decimals: 1234.5亿元, not 1234亿5000万元.";
    /// A decimal without its 0.
    ZERO_MISSING = "W0830", Warning,
        "`{text}` 缺小数点前的0：`{quote}`", "`{text}` lacks the 0 before its point: `{quote}`",
        explain "规则 `leading-zero`。纯小数必须写出小数点前定位的0（GB/T 15835—2011，5.1.2）。",
            "The rule `leading-zero`. A decimal below one has its 0 (GB/T 15835-2011, 5.1.2).";
    /// A unit after a unit.
    UNIT_DOUBLED = "E0831", Error,
        "单位重复：`{quote}`", "a unit too many: `{quote}`",
        hint "数据的单位由程序加上；模板或文字里不再写", "the program prints a figure's unit; do not write it again",
        explain "规则 `single-unit`。亿元亿元、%%、万元元：模板写了单位，数据印出来又带单位，就重复了。只有一个字的单位，后面是标点、“的”“企业”等连不成词的才报：“12个”后面可以是“个体户”。",
            "The rule `single-unit`. 亿元亿元, %% or 万元元 come where a template adds the unit that a figure prints itself. One of a single character is told before a mark and what makes no word with it (的, 企业) alone: 12个 may be followed by 个体户.";
    /// 、 in an estimate of two neighbouring numbers.
    NUMERALS_PARTED = "W0832", Warning,
        "表示约数的两个相邻数字之间不用顿号：`{quote}`", "two neighbouring numbers that estimate take no 、: `{quote}`",
        hint "约数写作三四个；不是约数的，写全：3月、4月", "an estimate is 三四个; otherwise say both in full: 3月、4月",
        explain "规则 `approximate-numerals`。相邻两个数字连用表示概数，用汉字，不用顿号（GB/T 15835—2011，4.2.2、5.2.1；GB/T 15834—2011，4.5.3.4）；二、三产业是缩略，不算。",
            "The rule `approximate-numerals`. An estimate by two neighbouring numbers is in hanzi without 、 (GB/T 15835-2011, 4.2.2 and 5.2.1; GB/T 15834-2011, 4.5.3.4); 二、三产业 is short for two names.";
    /// 01月, 05日.
    DATE_PADDED = "W0833", Warning,
        "月、日不编虚位：`{quote}`", "months and days bear no 0: `{quote}`",
        explain "规则 `no-padded-date`。月、日不编虚位，1不编为01（GB/T 9704—2012，7.3.5.4）。",
            "The rule `no-padded-date`. Months and days are 1, not 01 (GB/T 9704-2012, 7.3.5.4).";
    /// 2025.1.5 or 25年1月.
    DATE_FORM = "W0834", Warning,
        "日期 `{text}` 的写法不对：`{quote}`", "the date `{text}` is not written so: `{quote}`",
        explain "规则 `date-form`。用阿拉伯数字将年、月、日标全，年份标全称（GB/T 9704—2012，7.3.5.4）；四位数字的年份不简写为两位（GB/T 15835—2011，5.1.4）。",
            "The rule `date-form`. A date is 2025年1月5日, with the year in full (GB/T 9704-2012, 7.3.5.4; GB/T 15835-2011, 5.1.4).";
    /// 13月, 2月30日.
    DATE_IMPOSSIBLE = "E0835", Error,
        "没有 `{text}` 这一天：`{quote}`", "there is no `{text}`: `{quote}`",
        hint "核对月和日", "see to the month and the day",
        explain "规则 `real-date`。一年十二个月，各月的天数按公历，平年二月二十八天。",
            "The rule `real-date`. A year has twelve months, each its days.";
    /// A document number in another form.
    DOCUMENT_NUMBER = "W0836", Warning,
        "发文字号 `{text}` 的写法不对：`{quote}`", "the document number `{text}` is not written so: `{quote}`",
        explain "规则 `document-number`。年份用六角括号〔〕括入，顺序号不加“第”、不编虚位，后加“号”（GB/T 9704—2012，7.2.5）。令号“第1号”也不编虚位。",
            "The rule `document-number`. The year stands in 〔〕, the number has no 第 and no 0 before it, and 号 after it (GB/T 9704-2012, 7.2.5). That of an order is 第1号, without a 0 as well.";
    /// A sentence that stands there twice.
    SENTENCE_TWICE = "E0837", Error,
        "这句话印了两次：`{text}`", "this sentence comes twice: `{text}`",
        hint "另一处在 `{other}` 一段；删去一处", "the other one is in the paragraph `{other}`; take one away",
        explain "规则 `sentence-once`。八个字以上、一字不差的句子在正文里只出现一次。多半是数据里的文字和模板的文字重复。",
            "The rule `sentence-once`. A sentence of eight hanzi or more comes once. Most often a text in the data repeats one of the template's.";
    /// A clause that stands there twice.
    CLAUSE_TWICE = "W0838", Warning,
        "这半句话印了两次：`{text}`", "this clause comes twice: `{text}`",
        hint "另一处在 `{other}` 一段；换一个说法或删去一处", "the other one is in the paragraph `{other}`; say it in other words or take one away",
        explain "规则 `clause-once`。十二个字以上、一字不差的分句在正文里只出现一次。",
            "The rule `clause-once`. A clause of twelve hanzi or more comes once.";
    /// A word that stands there twice in a row.
    WORD_TWICE = "W0839", Warning,
        "词语重复：`{quote}`", "a word comes twice: `{quote}`",
        explain "规则 `word-once`。同一个词连写两次，如“推进推进”“的的”，多半是文字相接处重复了。后一个词另起一个名称的（市政府政府采购中心）不算。",
            "The rule `word-once`. A word twice in a row, such as 推进推进 or 的的, most often comes where two texts meet. One that begins a name (`市政府政府采购中心`) is let pass.";
    /// A datum printed with two values.
    FIGURE_TWO_VALUES = "E0840", Error,
        "`{path}` 前后印的不一样：这里是 `{text}`，前面是 `{other}`", "`{path}` prints two values: `{text}` here, `{other}` before",
        hint "检查模板里印它的两处", "see to the two places in the templates that print it",
        explain "规则 `figure-one-value`。同一个数据在全文只有一个值。",
            "The rule `figure-one-value`. A datum has one value throughout.";
    /// A figure that two sentences give with two values.
    FIGURES_DISAGREE = "E0841", Error,
        "`{noun}` 前后不一致：这里是 `{text}`，另一处是 `{other}`", "`{noun}` has two values: `{text}` here, `{other}` elsewhere",
        hint "核对两处，改成一致；不是同一个数的，把名称写清楚", "make them agree; if they are two figures, say so by their names",
        explain "规则 `figures-agree`。同一部分里，同一个名称（六个字以上；一处是数据里的数、一处是自拟文字的，四个字以上）、同一个单位的数只有一个值。名称前面还有分句的，那里说的可能是谁的数，只与前面分句相同的比；写明“全市”“我市”的照比。约数、上年的数、目标不比。",
            "The rule `figures-agree`. Within one part, what is named with the same words (six hanzi or more; four where one is a figure of the data and the other stands in free text) and the same unit has one value. Clauses before the name may say whose figure it is: it is held against those with the same clauses alone, unless it begins with 全市, 我市 and the like. Estimates, last year's figures and targets are left out.";
    /// A word that is surely wrong.
    WORD_WRONG = "W0842", Warning,
        "`{text}` 是错字或误用：`{quote}`", "`{text}` is misspelt or misused: `{quote}`",
        explain "规则 `right-word`。只列肯定错的，如“布署”“幅射”“截止目前”（“截至”某时，“截止”是停止）。",
            "The rule `right-word`. Lists what is surely wrong, such as 布署 and 截止目前 (截至 is up to, 截止 is to end).";
    /// An attachment whose title 附件说明 does not give.
    ATTACHMENT_NAME = "W0843", Warning,
        "附件的标题与附件说明里的名称不一致：`{text}`", "an attachment's title is not its name in 附件说明: `{text}`",
        hint "改成一致；附件说明里写的是：{names}", "make them the same; 附件说明 says: {names}",
        explain "规则 `attachment-names`。附件说明写明附件的名称（GB/T 9704—2012，7.3.4），附件的顺序号和标题应当与附件说明的表述一致（7.3.7）。",
            "The rule `attachment-names`. 附件说明 gives the attachments' names (GB/T 9704-2012, 7.3.4), and each attachment has the number and the title that stand there (7.3.7).";
    /// 由100家增加到150家，增长10%.
    CHANGE_WRONG = "W0844", Warning,
        "`{text}` 与前面的两个数不符，算得{computed}：`{quote}`", "`{text}` does not follow from the two numbers before it, which make {computed}: `{quote}`",
        hint "核对这三个数", "check the three numbers",
        explain "规则 `change-adds-up`。“由100家增加到150家”是增长50%。升降要一致。四舍五入说得通的、约数（近、约、超过、余、左右）、另有比较基期的（同比、年均）不算。",
            "The rule `change-adds-up`. From 100 to 150 is a growth of 50%. A fall is no growth. What rounding explains is let pass, and so are estimates (近, 约, 超过, 余, 左右) and what has another base (同比, 年均).";
    /// 10亿元，其中甲12亿元.
    PART_ABOVE = "W0845", Warning,
        "其中的`{text}`比总数`{whole}`还大：`{quote}`", "the part `{text}` is more than the whole `{whole}`: `{quote}`",
        hint "核对两个数和单位", "check both numbers and their units",
        explain "规则 `part-within-whole`。“其中”后面的每一个数不大于前面的总数，万、亿换算以后比。增减额有升有降，平均数、比率、标准、指数、价格一类不是总数，都不查。",
            "The rule `part-within-whole`. Each number after 其中 is no more than the whole before it, 万 and 亿 reckoned in. Changes go both ways, and means, rates, standards, indices and prices are no wholes: none of them is judged.";
    /// 附件4 where there are three.
    ATTACHMENT_ABSENT = "W0846", Warning,
        "没有`{text}`，附件共有{count}个：`{quote}`", "there is no `{text}`, but {count} attachments: `{quote}`",
        hint "核对附件的序号，或者补上这个附件", "check the number, or add the attachment",
        explain "规则 `attachment-there`。正文提到的附件，附件说明里要有（GB/T 9704—2012，7.3.4）。别的文件的附件（《办法》附件4）和附件自己的附件不算。",
            "The rule `attachment-there`. An attachment that the text refers to stands in 附件说明 (GB/T 9704-2012, 7.3.4). Those of other documents (《办法》附件4) and of attachments are not meant.";
    /// 请示 to more than one organ.
    REQUEST_RECIPIENTS = "W0847", Warning,
        "请示只写一个主送机关，这里是 `{text}`", "a 请示 is addressed to one organ, not to `{text}`",
        hint "只主送有权批复的一个机关，其他的用抄送（`copies`）", "address it to the one that decides, and name the others in `copies`",
        explain "规则 `request-recipient`。向上级机关行文，原则上主送一个上级机关，根据需要同时抄送相关上级机关和同级机关（《党政机关公文处理工作条例》，第十五条）。",
            "The rule `request-recipient`. What goes to a higher organ is addressed to one; others have copies (`《党政机关公文处理工作条例》`, 15).";
    /// 请示 or 报告 without 签发人.
    SIGNER_MISSING = "W0848", Warning,
        "上行文没有签发人：`{text}`", "a document that goes upwards names nobody as 签发人: `{text}`",
        hint "填上签发人（`document.signers`）；不是上行文的，关闭这条规则", "give `document.signers`; switch the rule off where the document does not go upwards",
        explain "规则 `signer-named`。上行文应当标注签发人姓名（《党政机关公文处理工作条例》，第九条；GB/T 9704—2012，7.2.6）。标题以“请示”结尾、“关于……的报告”，有红头和主送机关的，看作上行文；信函没有签发人。",
            "The rule `signer-named`. What goes upwards names 签发人 (`《党政机关公文处理工作条例》`, 9; GB/T 9704-2012, 7.2.6). So are 请示 and `关于……的报告` taken that have a red head and 主送机关, but no letter.";
    /// A mark of secrecy without 份号.
    COPY_NUMBER_MISSING = "W0849", Warning,
        "标了密级 `{text}`，没有份号", "there is a mark of secrecy, `{text}`, and no 份号",
        hint "填上六位数字的份号（`document.copy_number`），如 `000001`", "give `document.copy_number` in six digits such as `000001`",
        explain "规则 `secret-numbered`。涉密公文应当标注份号（《党政机关公文处理工作条例》，第九条；GB/T 9704—2012，7.2.1）。",
            "The rule `secret-numbered`. A classified document has its 份号 (`《党政机关公文处理工作条例》`, 9; GB/T 9704-2012, 7.2.1).";
    /// 印发机关 without 印发日期, or the other way round.
    IMPRINT_HALF = "W0850", Warning,
        "版记里有 `{text}`，没有{missing}", "版记 has `{text}` and lacks {missing}",
        hint "补上{missing}", "give {missing} as well",
        explain "规则 `imprint-whole`。印发机关和印发日期印在同一行，左右各一个（GB/T 9704—2012，7.4.3）。",
            "The rule `imprint-whole`. 印发机关 and 印发日期 share a line, one at either end (GB/T 9704-2012, 7.4.3).";
    /// An organ in 主送 and 抄送.
    RECIPIENT_COPIED = "W0851", Warning,
        "`{text}` 已经是主送机关，又列在抄送里", "`{text}` is addressed already, and has a copy too",
        hint "从抄送机关里删去", "take it out of the copies",
        explain "规则 `recipient-once`。抄送机关是主送机关以外需要执行或者知晓公文内容的机关（《党政机关公文处理工作条例》，第九条）。",
            "The rule `recipient-once`. Copies go to organs other than those addressed (`《党政机关公文处理工作条例》`, 9).";
    /// A signature of another organ than the red head names.
    ORGAN_OTHER = "W0852", Warning,
        "署名 `{text}` 与红头上的发文机关不一致", "the signature `{text}` is not that of the red head's organs",
        hint "核对两处；红头上是：{organs}", "check both; the head has: {organs}",
        explain "规则 `organs-sign`。署发文机关全称或者规范化简称（《党政机关公文处理工作条例》，第九条）；联合行文的署名与红头的机关逐个对应，次序相同，红头也可以只用主办机关的名称（GB/T 9704—2012，7.2.4）。",
            "The rule `organs-sign`. The issuing organ signs, by its full name or the short one that is usual (`《党政机关公文处理工作条例》`, 9). Joint organs sign in the head's order; the head may bear the one in charge alone (GB/T 9704-2012, 7.2.4).";
    /// 固定资产投资下降1.2% of the data, and 固定资产投资增长3.5% in free text.
    RATES_DISAGREE = "W0853", Warning,
        "`{noun}`的升降前后不一致：这里是`{text}`，数据印的是`{other}`", "the growth of `{noun}` has two values: `{text}` here, `{other}` printed by the data",
        hint "核对数据和自拟的文字；说的不是全市全年的，写明是谁的、什么时候的", "check the data and the text; where it is not the whole city's or not the whole year's, say whose it is and when",
        explain "规则 `rates-agree`。同一部分里，自拟的文字说到地区生产总值、固定资产投资等主要指标的升降，与数据印的要一致。前面有别的分句的（“经开区……，固定资产投资增长20%”）、约数和区间不比。",
            "The rule `rates-agree`. Within one part, free text that tells how much a headline figure such as 地区生产总值 or 固定资产投资 grew agrees with what the data print. What has another clause before it (`经开区……，固定资产投资增长20%`), estimates and ranges are not judged.";
}

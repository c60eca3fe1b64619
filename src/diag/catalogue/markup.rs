//! Messages of parsing the filled text (`E04..`).

use super::catalogue;

catalogue! {
    /// An absent datum where the text cannot do without it.
    DATUM_ABSENT = "E0401", Error,
        "`{path}` 没有填，而这里少不了它", "`{path}` is not given, but the text cannot do without it here",
        hint "在数据里填上它；或者在模板里用 `<li>`、`<span>` 括住这一句，或用 `#given` 选择文字",
            "give it in the data; or, in the template, put the clause in `<li>` or `<span>`, or choose a text with `#given`",
        explain "没有填的数据会使它所在的 `<li>` 或 `<span>` 整个略去。它不在这样的句子里，略去它就剩下半句话，所以不印。",
            "A datum that is not given takes the `<li>` or `<span>` around it away. Outside of both, half a sentence would be left, so nothing is printed.";
    /// The filled text is not well-formed XML.
    MARKUP_MALFORMED = "E0402", Error,
        "标记写法有误：{reason}", "the markup is not well formed: {reason}",
        hint "检查标记是否成对，文字里的 `<` 和 `&` 要写成 `&lt;` 和 `&amp;`", "see that tags come in pairs; write `<` and `&` in text as `&lt;` and `&amp;`",
        explain "填写后的文字是 XML：每个 `<p>` 都要有 `</p>`，内外要套好，没有内容的写成 `<br/>`。",
            "The filled text is XML: every `<p>` has its `</p>`, elements nest, and empty ones are written `<br/>`.";
    /// An element that there is none of.
    ELEMENT_UNKNOWN = "E0403", Error,
        "没有 `<{name}>` 这个标记", "there is no element `<{name}>`",
        explain "可用的标记：article head copy-number secrecy urgency mark organ suffix number signer title byline h1 h2 h3 h4 p ol ul li b span table chart caption thead tbody tr th td note roster attachments attachment signature name post picture date imprint copies printer br img。",
            "The elements are: article head copy-number secrecy urgency mark organ suffix number signer title byline h1 h2 h3 h4 p ol ul li b span table chart caption thead tbody tr th td note roster attachments attachment signature name post picture date imprint copies printer br img.";
    /// An element where it cannot stand.
    ELEMENT_MISPLACED = "E0404", Error,
        "`<{name}>` 不能放在 `<{parent}>` 里", "`<{name}>` cannot stand in `<{parent}>`",
        hint "`<{parent}>` 里可以放：{allowed}", "`<{parent}>` may hold: {allowed}",
        explain "每个标记里能放什么是固定的，见模板手册。", "What may stand in each element is fixed; see the handbook of templates.";
    /// An element that stands twice where there is one.
    ELEMENT_REPEATED = "E0417", Error,
        "一个 `<{parent}>` 里只能有一个 `<{name}>`，这是第二个", "a `<{parent}>` holds one `<{name}>`, and this is a second one",
        hint "留一个；两种情况各要一个的，用 `#if` 或 `#given` 分开，另一个写在 `else` 后面", "keep one; where each is for other data, part them with `#if` or `#given` and `else`",
        explain "这些标记各只印一个，写了两个就会丢掉一个的文字：全文（article）里的 head、title、byline、signature、imprint，attachment 里的 title、byline，head 里的 copy-number、secrecy、urgency、mark、number，mark 里的 suffix，signature 里的 date，name 里的 post、picture，imprint 里的 copies、printer、date，表和图的 caption。题下要两行，写在一个 `<byline>` 里，用 `<br/>` 分开；两个机关署名，写两个 `<name>`。",
            "One of each of these is printed, and a second would lose its text: head, title, byline, signature and imprint of the article; title and byline of an attachment; copy-number, secrecy, urgency, mark and number of a head; suffix of a mark; date of a signature; post and picture of a name; copies, printer and date of an imprint; caption of a table or a chart. Two lines below the title stand in one `<byline>` with `<br/>` between them; two organs that sign are two `<name>`.";
    /// An element that stands after one that it stands before.
    ELEMENT_OUT_OF_ORDER = "E0418", Error,
        "`<{name}>` 不能在 `<{earlier}>` 后面", "`<{name}>` cannot stand after `<{earlier}>`",
        hint "次序是：head、title、byline、正文、attachments、signature、附注、attachment、imprint；各节都在署名前面，附件写在署名后面的模板里", "the order is head, title, byline, the text, attachments, signature, notes, attachment, imprint; the sections all stand before the signature, and an attachment belongs into a template after it",
        explain "公文各部分的次序是标准定的（GB/T 9704-2012，7.2至7.4）。附件另起页，后面的文字都会接着排在附件里，所以附件后面只能是另一个附件或者版记；版记后面什么也没有；署名后面不再有标题、正文和附件说明，附注写 `<p kind=\"note\">`；题下在正文前面。附件里面标题在最前。",
            "The order of a document's parts is the standard's (GB/T 9704-2012, 7.2 to 7.4). An attachment begins a page of its own and what follows it is printed on its pages, so another attachment or the imprint alone follows it; nothing follows the imprint; no headings, no text and no list of attachments follow the signature, 附注 being `<p kind=\"note\">`; a byline stands before the text. In an attachment, its title comes first.";
    /// Text where none can stand.
    TEXT_MISPLACED = "E0405", Error,
        "文字不能直接放在 `<{parent}>` 里", "text cannot stand directly in `<{parent}>`",
        hint "`<{parent}>` 里可以放：{allowed}", "`<{parent}>` may hold: {allowed}",
        explain "正文放在 `<p>` 里，列举的句子放在 `<li>` 里。", "Body text stands in `<p>`, clauses stand in `<li>`.";
    /// An attribute that the element does not have.
    ATTRIBUTE_UNKNOWN = "E0406", Error,
        "`<{name}>` 没有 `{attribute}` 这个属性", "`<{name}>` has no attribute `{attribute}`",
        explain "属性只有：p、chart、head、signature 的 kind，chart 的 unit，roster 的 label，ol 和 ul 的 join、end，th 和 td 的 colspan、rowspan，img 的 src、alt、height、align。", "The attributes are: kind of p, chart, head and signature, unit of chart, label of roster, join and end of ol and ul, colspan and rowspan of th and td, src, alt, height and align of img.";
    /// An attribute with a wrong value.
    ATTRIBUTE_VALUE = "E0407", Error,
        "`{attribute}` 不能是 `{value}`", "`{attribute}` cannot be `{value}`",
        hint "可以是：{wanted}", "it takes {wanted}",
        explain "p 的 kind 是 salutation 或 note，chart 的是 bar、line、share、ranking，head 的是 document、letter、order、minutes，signature 的是 plain、seal、stamp；label 是一两个词；join 和 end 是一个标点，或者空着；colspan 和 rowspan 是 1 到 100 的整数；img 的 src 是模板包里 PNG 文件的路径，alt 说明图上是什么，height 是 3mm 到 100mm，align 是 left、center、right。",
            "kind of p is salutation or note, of chart bar, line, share or ranking, of head document, letter, order or minutes, of signature plain, seal or stamp; label is a word or two; join and end are one mark or nothing; colspan and rowspan are whole numbers from 1 to 100; src of img is the path of a PNG file in the pack, alt says what it shows, height is 3mm to 100mm, align is left, center or right.";
    /// An element without an attribute that it needs.
    ATTRIBUTE_MISSING = "E0414", Error,
        "`<{name}>` 缺 `{attribute}`", "`<{name}>` has no `{attribute}`",
        hint "写成 `<img src=\"logo.png\" alt=\"图上是什么\" height=\"18mm\"/>`", "write `<img src=\"logo.png\" alt=\"what it shows\" height=\"18mm\"/>`",
        explain "图片要有 src（哪个文件）、alt（图上是什么，读屏软件读给看不见的人听，PDF/UA 要求有）、height（印多高）。",
            "A picture has src (which file), alt (what it shows: screen readers read it out, and PDF/UA asks for it) and height (how high it is printed).";
    /// A picture that the pack does not have.
    IMAGE_MISSING = "E0415", Error,
        "模板包里没有图片 `{file}`", "the pack has no picture `{file}`",
        hint "把 PNG 文件放进模板包的文件夹，src 写它在模板包里的路径", "put the PNG file into the pack's folder and write its path within the pack",
        explain "`<img>` 只印模板包（和它所改的模板包）自己的 PNG 文件。", "`<img>` prints PNG files of the pack, or of the one that it stands on, alone.";
    /// A document that is too long.
    DOCUMENT_TOO_LONG = "E0416", Error,
        "文稿太长：{limit}", "the document is too long: no more than {limit}",
        hint "检查 `#each` 里是否又对整个名单用了 `#each`", "see whether an `#each` inside another goes over the whole list again",
        explain "程序给文稿的长度设了上限（约 2400 页；一段不超过 10 万字，段落和表格的格子合计不超过 4.5 万个），免得一个写错的模板排不完、用尽内存。排版用的时间随长度而定，所以上限按长度算，在哪台机器上都一样。",
            "The document's length is limited (some 2,400 pages; a paragraph to 100,000 characters, paragraphs and cells of tables to 45,000 together), so that no template takes forever or uses up the memory. Setting takes time by length, so the limit is one of length and the same on every machine.";
    /// Elements nested too deep.
    MARKUP_TOO_DEEP = "E0408", Error,
        "标记套得太深，最多 {most} 层", "elements are nested too deep: no more than {most} levels",
        explain "公文用不着这么多层。", "No document needs so many levels.";
    /// A table whose rows are not of one length.
    TABLE_UNEVEN = "E0409", Error,
        "这一行有 {found} 列，表格有 {wanted} 列", "this row has {found} columns, the table has {wanted}",
        hint "检查 colspan 和 rowspan", "see `colspan` and `rowspan`",
        explain "表格各行的列数（合并的单元格算几列）要相同，rowspan 不能超出表格。", "All rows of a table have the same number of columns, spans counted, and no `rowspan` reaches out of it.";
    /// A chart whose table cannot be drawn.
    CHART_FORM = "E0420", Error,
        "图的表格要有一行表头、一列名称和一列以上的数字，不能合并单元格；排序图只有一列数字",
            "a chart's table has one row of heads, a column of names and one or more of figures, and no merged cells; a ranking has one column of figures",
        explain "图是照表格画的：表头是各组数字的名称，每行第一格是项目的名称，其余各格是一个数字。",
            "A chart draws a table: its head names the series, the first cell of each row the category, every other cell holds one number.";
    /// A chart's cell that holds no number, or several.
    CHART_CELL = "E0421", Error,
        "图的这一格应当是一个数字，现在是“{found}”", "this cell of a chart should hold one number and holds `{found}`",
        hint "用 `number` 印数字；没有填的行用 `#given` 略去", "print the number with `number`; leave out the row of what is not given with `#given`",
        explain "每一格画成一根柱、一个点或一段，所以只能有一个数字；下降写成负数，`growth` 印的是文字，用不得。一行里有的格没有数，可以空着；一个数也没有的行要略去。",
            "Each cell is drawn as a bar, a point or a segment, so it holds one number; a fall is a negative number, for `growth` prints words. Of a row with a figure other cells may be empty; one without any is left out.";
    /// A chart's cell in another unit than the chart's.
    CHART_UNIT = "E0422", Error,
        "图的单位是“{unit}”，这一格是“{found}”", "the chart is in `{unit}`, and this cell holds `{found}`",
        hint "用 `number` 印数字，它总按数据结构里的单位；图的 `unit` 写这个单位，别的单位的另画一张图", "print the number with `number`, which always has it in the schema's unit; the chart's `unit` is that one, and figures in another are drawn in a chart of their own",
        explain "一张图里的数字按同一个单位画。数据可以按别的单位填（8500万元），`{{路径}}` 会照样印出来；`number` 和 `rows` 换算成数据结构里的单位（0.85）。",
            "The figures of a chart are drawn in one unit. Data may be given in another (8500万元), and `{{path}}` may print it so; `number` and `rows` convert it to the schema's (0.85).";
    /// A cell that reaches below its table.
    TABLE_OVERHANG = "E0413", Error,
        "单元格的 rowspan 超出了表格", "a cell's `rowspan` reaches out of the table",
        hint "rowspan 不能大于这一格以下（含本行）的行数；表头的格子不能伸到表身", "`rowspan` is no more than the rows from the cell's own on; a cell of the head does not reach into the body",
        explain "合并的单元格要落在表格里面，否则排不出框线。", "Merged cells must lie within the table, or its rules cannot be drawn.";
    /// Something of XML that templates may not use.
    MARKUP_NOT_ALLOWED = "E0410", Error,
        "模板里不能用 {construct}", "{construct} is not allowed in templates",
        explain "实体定义、处理指令、CDATA 和手写的 `<data>` 都不用。`<data>` 由程序加在印出的数据外面，手写的会冒充数据。",
            "Entity definitions, processing instructions, CDATA and `<data>` by hand are not used. The program puts `<data>` round what it prints; written by hand it would pass for data.";
    /// A heading that is not at the beginning of its paragraph.
    HEADING_NOT_FIRST = "E0411", Error,
        "段内的 `<{name}>` 要放在段首", "`<{name}>` within a paragraph must come first",
        explain "和正文排在同一段的标题在段首，如“（一）……。”，每段最多一个。", "A heading that runs into its paragraph begins it, and there is one at most.";
    /// A signature without a name.
    SIGNATURE_UNNAMED = "E0412", Error,
        "`<signature>` 里没有署名", "`<signature>` has no name",
        explain "有成文日期就要有署名。", "Where there is a date, somebody signs.";
}

//! Messages of filling the templates (`E03..`).

use super::catalogue;

catalogue! {
    /// The template is not well formed.
    TEMPLATE_SYNTAX = "E0301", Error,
        "模板的标签写法有误：{reason}", "the template's tags are not well formed: {reason}",
        hint "对照 `shizheng helpers` 里的例子改正", "compare it with the examples of `shizheng helpers`",
        explain "模板用 Handlebars 语法：`{{路径}}` 印出数据，`{{#if …}}…{{else}}…{{/if}}` 选择文字，每个 `{{#…}}` 都要有对应的 `{{/…}}`。",
            "Templates are written in Handlebars: `{{path}}` prints a datum, `{{#if …}}…{{else}}…{{/if}}` chooses between texts, and every `{{#…}}` needs its `{{/…}}`.";
    /// A part of Handlebars that templates may not use.
    SYNTAX_NOT_ALLOWED = "E0302", Error,
        "模板中不能用 `{syntax}`", "`{syntax}` is not allowed in templates",
        hint "印数据用双花括号括住路径，引用别的模板用双花括号加 `>`", "print data with two braces round the path, include templates with two braces and `>`",
        explain "三重花括号和 `{{&` 会把数据当成标记印出来，原样块、内联模板和反斜杠转义也都没有必要，因此一律不用。",
            "Triple braces and `{{&` would print data as markup; raw blocks, inline partials and backslash escapes are not needed either.";
    /// Blocks are nested too deep.
    NESTED_TOO_DEEP = "E0303", Error,
        "嵌套太深，最多 {most} 层", "nested too deep: no more than {most} levels",
        hint "把里面的部分移到另一个模板，或者简化条件", "move the inner part to a template of its own, or simplify the conditions",
        explain "层层嵌套的块会耗尽程序的内存，也没有人读得懂。", "Deeply nested blocks use up the program's memory, and nobody can read them.";
    /// A path that the schema does not know.
    PATH_UNKNOWN = "E0304", Error,
        "数据里没有 `{path}` 这一项", "the data has no `{path}`",
        explain "模板里的路径都要在 schema.json 中有定义。路径按所在的块计算：在 `{{#with a}}` 里写 `b` 就是 `a.b`；要从头写起，用 `@root.`。",
            "Every path in a template must be in schema.json. Paths count from the block they stand in: `b` inside `{{#with a}}` is `a.b`; `@root.` starts from the top.";
    /// A helper that does not exist.
    HELPER_UNKNOWN = "E0305", Error,
        "没有 `{name}` 这个助手", "there is no helper `{name}`",
        explain "可用的助手见模板手册：growth、number、numeral、list、pattern、occurred、both、next 印文字，if、unless、each、with、given、any、equal、rose、fell、unchanged、zero、same_pattern、adds_up 选择文字。",
            "The helpers are: growth, number, numeral, list, pattern, occurred, both and next, which print, and if, unless, each, with, given, any, equal, rose, fell, unchanged, zero, same_pattern and adds_up, which choose.";
    /// A template that does not exist.
    PARTIAL_MISSING = "E0306", Error,
        "没有模板 `{name}`", "there is no template `{name}`",
        explain "`{{> 文件夹/名称}}` 引用模板包里的 `文件夹/名称.hbs`。", "`{{> folder/name}}` includes the pack's file `folder/name.hbs`.";
    /// Templates that include one another.
    PARTIAL_CIRCULAR = "E0307", Error,
        "模板互相引用，没有尽头：{circle}", "templates include one another without end: {circle}",
        explain "模板不能直接或间接地引用自己。", "A template cannot include itself, neither directly nor through others.";
    /// A figure as a condition.
    FIGURE_AS_CONDITION = "E0308", Error,
        "`{path}` 是数据，不能直接作条件", "`{path}` is a figure and cannot be a condition by itself",
        hint "问有没有填，用 `#given`；问是不是零，用 `#zero`", "use `#given` to ask whether it is there, `#zero` whether it is zero",
        explain "`{{#if}}` 会把 0 当成没有，可是 0 也是数据（如“未发生事故”）。因此 `{{#if}}` 只用于是否类的项、名单和分组。",
            "`{{#if}}` takes 0 for nothing, but 0 is a figure too. So `{{#if}}` works on flags, lists and groups only.";
    /// A wrong number of arguments.
    ARGUMENT_COUNT = "E0309", Error,
        "`{name}` 要{wanted}个参数，这里有{found}个", "`{name}` takes {wanted} arguments, here are {found}",
        explain "助手的参数写在名称之后，用空格分开，如 `{{#equal a b}}`。", "A helper's arguments follow its name, separated by spaces: `{{#equal a b}}`.";
    /// An argument of a kind that the helper cannot use.
    ARGUMENT_KIND = "E0310", Error,
        "`{name}` 要的是{wanted}，`{argument}` 是{found}", "`{name}` takes {wanted}, `{argument}` is {found}",
        explain "每个助手只认某几类数据，如 growth 只用于增长率，pattern 只用于三次产业比重。数据的类别见 schema.json 的 x-kind。",
            "Each helper knows some kinds of data only: growth takes growth rates, pattern takes the three sectors' shares. The kinds are in schema.json, `x-kind`.";
    /// An option that the helper does not have.
    OPTION_UNKNOWN = "E0311", Error,
        "`{name}` 没有 `{option}` 这个选项", "`{name}` has no option `{option}`",
        explain "选项写成 `名称=\"文字\"`，如 `{{list a open=\"《\" close=\"》\"}}`。", "Options are written `name=\"text\"`: `{{list a open=\"《\" close=\"》\"}}`.";
    /// An option that the helper cannot do without.
    OPTION_MISSING = "E0322", Error,
        "`{name}` 少了 `{option}` 这个选项", "`{name}` lacks its option `{option}`",
        hint "写成 `{option}=\"title unit value growth\"`：要哪几列就写哪几列", "write `{option}=\"title unit value growth\"` with the columns that are wanted",
        explain "`rows` 按 `columns` 逐格印出一行：`title` 是指标名称，`unit` 是单位，其余是这一组数据里的项名。",
            "`rows` prints a cell for each of its `columns`: `title` is the figure's title, `unit` its unit, any other a member of the group.";
    /// Something that cannot be printed.
    NOT_PRINTABLE = "E0312", Error,
        "`{path}` 是{found}，不能印出来", "`{path}` is {found} and cannot be printed",
        hint "分组用 `#with`，表格用 `#each`，是否类的项用 `#if`", "use `#with` for a group, `#each` for a table, `#if` for a flag",
        explain "能印出来的是数字、名称、日期和文字这些单个的数据。", "What can be printed is single data: numbers, names, dates and texts.";
    /// A block helper used to print, or the other way round.
    HELPER_FORM = "E0313", Error,
        "`{name}` 在这里应写成 `{form}`", "`{name}` is written `{form}` here",
        explain "选择文字的助手是块：`{{#given a}}…{{/given}}`；印文字的助手不是块：`{{growth a}}`。", "Helpers that choose are blocks: `{{#given a}}…{{/given}}`; helpers that print are not: `{{growth a}}`.";
    /// A partial with a computed name.
    PARTIAL_DYNAMIC = "E0314", Error,
        "引用的模板要直接写出名称", "an included template must be named as such",
        explain "`{{> (…)}}` 要到填写时才知道引用哪个模板，无法事先检查。", "`{{> (…)}}` is known only when the template is filled, so it cannot be checked before.";
    /// Too much text.
    OUTPUT_TOO_LARGE = "E0315", Error,
        "填写出来的文字太多，超过 {most} 兆字节", "the filled text is too long: more than {most} MB",
        hint "检查 `#each` 里是否又对整个名单用了 `#each`", "see whether an `#each` inside another goes over the whole list again",
        explain "程序给文字的长度设了上限，免得一个写错的模板用尽内存。", "The text's length is limited, so that no template can use up the memory.";
    /// Too many repetitions.
    TOO_MANY_STEPS = "E0316", Error,
        "重复的次数太多，超过 {most} 次", "too many repetitions: more than {most}",
        hint "检查 `#each` 里是否又对整个名单用了 `#each`，模板是否被反复引用", "see whether an `#each` inside another goes over the whole list again, or templates are included over and over",
        explain "程序给循环和引用的次数设了上限，免得一个写错的模板永远填不完。", "Loops and inclusions are limited, so that no template takes forever.";
    /// Too many data gone through.
    TOO_MUCH_DATA = "E0323", Error,
        "模板里的标签读了太多数据，超过 {most} 项", "the tags go through too many data: more than {most}",
        hint "在循环里不要用整组、整表的数据，只写用到的那一项", "within a loop, name the datum that is needed, not the whole group or table",
        explain "循环里每一次都读一大组数据，报告就填不完。程序给读取的项数设了上限。", "A loop that goes through a large group each time never ends. The data that tags go through are limited.";
    /// A block of too many tags.
    TOO_MANY_TAGS = "E0324", Error,
        "这个块里的标签太多，最多 {most} 个", "the block has too many tags: no more than {most}",
        hint "把里面的一部分移到另一个模板，在这里引用", "move a part of it to a template of its own, and include that here",
        explain "一个块从 `{{#…}}` 到 `{{/…}}` 要一次读完，标签越多越慢，所以有上限。引用另一个模板写 `{{> 文件夹/名称}}`。", "A block is read as a whole, and slowly when it is long; so its tags are limited. `{{> folder/name}}` includes another template.";
    /// A tag that is too long.
    TAG_TOO_LONG = "E0325", Error,
        "标签太长，最多 {most} 字节", "the tag is too long: no more than {most} bytes",
        hint "分成几个标签来写", "write it as several tags",
        explain "标签每用到一次就要读一次，太长的会让报告填不完。", "A tag is read each time that it is reached; one too long would take forever.";
    /// Figures that should be equal are not.
    FIGURES_UNEQUAL = "E0317", Error,
        "`both` 要几个相同的数：{figures}", "`both` needs equal figures: {figures}",
        hint "把它放进 `#equal` 块里，两数不同时另写一句", "put it inside `#equal`, with another sentence for figures that differ",
        explain "“各5家”要求两个数和单位都相同。", "各5家 says that both figures and both units are the same.";
    /// Handlebars could not fill the template.
    FILL_FAILED = "E0318", Error,
        "模板填写不了：{reason}", "the template cannot be filled: {reason}",
        explain "事先的检查没有发现问题，填写时却出了错。请把模板和这条信息一起报告给程序的作者。",
            "The check found nothing, but filling failed. Please report the template with this message.";
    /// The pack's entry template does not exist.
    ENTRY_MISSING = "E0319", Error,
        "模板包里没有入口模板 `{name}`", "the pack has no entry template `{name}`",
        explain "pack.toml 的 entry 指明从哪个模板开始。", "`entry` in pack.toml names the template to begin with.";
    /// A name after `as` that is a helper's.
    NAME_TAKEN = "E0320", Error,
        "`{name}` 是助手的名称，`as` 后面要另取一个", "`{name}` is a helper's name; take another one after `as`",
        explain "`{{#each a as |名称|}}` 里的名称不能和助手相同，否则 `{{名称}}` 说不清指哪一个。", "The name in `{{#each a as |name|}}` cannot be a helper's, for `{{name}}` would be either.";
    /// A template that the entry does not lead to.
    TEMPLATE_UNREACHABLE = "W0302", Warning,
        "没有模板引用 `{name}`，它的文字不会印出来", "no template leads to `{name}`, so it is never printed",
        hint "在该印它的地方引用它；不要的模板从模板包里删去", "include it where it belongs, or delete the file",
        explain "报告从 pack.toml 的 entry 所指的模板开始，只有它直接或间接引用的模板才会印出来。",
            "A report begins with the template that `entry` in pack.toml names; what that one does not include, directly or through others, is not printed.";
    /// A field that no template prints.
    FIELD_NOT_PRINTED = "W0301", Warning,
        "没有模板印出 `{path}`（{title}）", "no template prints `{path}` ({title})",
        explain "schema.json 里有这一项，填报的人会去填，可是报告里看不到它。", "The field is in schema.json, people will give it, but the report does not show it.";
    /// A value from which no words derive.
    WORDS_UNMATCHED = "E0321", Error,
        "“{found}”没有对应的用词", "there are no words for `{found}`",
        hint "可以写的：{known}", "it may be: {known}",
        explain "“省委”“我市”这样的说法由这一项得出，模板包的 `pack.toml` 规定了认得的写法。", "Words such as 省委 derive from this field; the pack's `pack.toml` says what it knows.";
    /// A datum that the document does not print.
    NOT_PLACED = "W0303", Warning,
        "填了“{title}”，正文没有印出", "`{title}` is given, but the document does not print it",
        hint "核对印它的那一句还要哪些数据，是否填全；用不着的，删去这一项", "see whether the other data of its sentence are given, or take it out",
        explain "有的数据要和同组的另一项一起才成句，缺了那一项，整句就不印。同组已经印了一个0的，别的0和-100%由它就知道，不提醒。",
            "Some data make a sentence only with another of their group; without that the whole sentence is left out. What follows from a 0 that is printed, another 0 of its group or a fall by 100%, is not told.";
    /// A character in a template that nothing printed can have.
    TEMPLATE_CONTROL = "E0326", Error,
        "模板里有印不出来的控制字符（U+{code}）", "the template has a control character (U+{code}), which cannot be printed",
        hint "删去它；写成 `\\u` 开头的也不行", "take it out, also where it is written with `\\u`",
        explain "控制字符多因文件损坏或误粘贴而来，印不出来；换行和制表符可以有。程序用其中几个标记文字的出处，所以引号里的也不行。",
            "Control characters come of damage or of pasting and cannot be printed; line ends and tabs are allowed. Some of them mark where text came from while a template is filled, so texts in quotes cannot have them either.";
    /// Another unit behind a bare number than the schema's.
    UNIT_OTHER = "E0327", Error,
        "`{path}` 的单位是“{unit}”，后面写的却是“{written}”", "`{path}` is in `{unit}`, but `{written}` is written behind it",
        hint "写“{unit}”，或者不用 `number`，由程序连单位一起印", "write `{unit}`, or leave `number` out to have the unit printed with it",
        explain "`{{number p}}` 印的数按schema.json里的单位换算，后面写别的单位，印出来就差成千上万倍：12.5万株印成12.5株。",
            "`{{number p}}` prints the number in the unit of schema.json; another unit behind it makes thousands of times more or less of it: 12.5株 of 12.5万株.";
    /// A figure's unit written behind it again.
    UNIT_AGAIN = "E0328", Error,
        "`{path}` 印出来已带单位“{unit}”，后面又写了一遍", "`{path}` prints its unit `{unit}`, which is written behind it again",
        hint "删去后面的“{unit}”，或者用 `number` 只印数", "take `{unit}` away, or print the number alone with `number`",
        explain "`{{p}}` 印的数带着自己的单位，模板里再写就重复了：12亿元亿元。单位只有一个字的，后面是标点或标记才报：“12个”后面可以是“个体户”。",
            "`{{p}}` prints a figure with its unit; one in the template comes twice: 12亿元亿元. Where the unit is one character, this is told before a mark or a tag alone, for 12个 may be followed by 个体户.";
}

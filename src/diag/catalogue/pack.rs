//! Messages of reading and checking a pack (`E02..`).

use super::catalogue;

catalogue! {
    /// A pack lacks a file.
    FILE_MISSING = "E0201", Error,
        "模板包缺少文件 `{file}`",
        "the pack has no file `{file}`",
        hint "补上 `{file}`，或{otherwise}", "add `{file}`, or {otherwise}",
        explain "模板包须有 `pack.toml`、`schema.json`、`style.toml` 和 `pack.toml` 的 `entry` 所指的模板。",
                "A pack has `pack.toml`, `schema.json`, `style.toml` and the template that `entry` in `pack.toml` names.";

    /// A pack's file cannot be read.
    FILE_UNREADABLE = "E0202", Error,
        "读不了模板包的文件 `{file}`：{reason}",
        "cannot read the pack's file `{file}`: {reason}",
        explain "文件存在但读不出来，多为权限或磁盘的问题。",
                "The file is there but could not be read, mostly for want of a permission.";

    /// A pack's file is not UTF-8.
    FILE_NOT_UTF8 = "E0203", Error,
        "`{file}` 不是 UTF-8 编码（第{offset}字节起）",
        "`{file}` is not UTF-8 (from byte {offset})",
        hint "用编辑器另存为 UTF-8", "save it as UTF-8",
        explain "模板包的文本文件一律用 UTF-8 编码。",
                "Every text file of a pack is UTF-8.";

    /// A name of a pack's file leads out of the pack or cannot be used everywhere.
    FILE_NAME = "E0204", Error,
        "模板包的文件名 `{file}` 不合规定",
        "the pack's file name `{file}` is not allowed",
        hint "用相对于模板包的路径，只用 `/` 分隔，不用 `..`、`\\`、`:`，也不用 `con`、`nul` 这些Windows的设备名",
             "use a path within the pack, parted by `/`, without `..`, `\\`, `:` and the names of Windows' devices",
        explain "文件名须在各种系统上都能用，且不出模板包之外。",
                "A file's name must work on every system and must not lead out of the pack.";

    /// `pack.toml` is not TOML, or has a key that there is none of.
    MANIFEST_SYNTAX = "E0210", Error,
        "`pack.toml` 写法有误：{reason}",
        "`pack.toml` is not well written: {reason}",
        hint "对照自带的模板包改正这一处", "compare it with the embedded pack",
        explain "`pack.toml` 用 TOML 书写，须有 `name`、`title`、`version`、`engine`、`entry`、`[document]`，可有 `[[words]]`、`[rules]`。",
                "`pack.toml` is TOML with `name`, `title`, `version`, `engine`, `entry`, `[document]` and, if wanted, `[[words]]` and `[rules]`.";

    /// A key of `pack.toml` has a value that will not do.
    MANIFEST_VALUE = "E0211", Error,
        "`pack.toml` 的 `{key}` 应为{expected}，现为 `{found}`",
        "`{key}` in `pack.toml` is `{found}`; expected {expected}",
        explain "`name` 由小写字母、数字和连字符组成；`version` 是三段版本号；`engine` 是版本要求；`entry` 是一个模板的名称。",
                "`name` is lower-case letters, digits and hyphens; `version` a semantic version; `engine` a requirement; `entry` a template.";

    /// The pack asks for another version of the program.
    ENGINE_VERSION = "E0212", Error,
        "模板包要求程序版本 `{required}`，本程序为 {version}",
        "the pack needs engine `{required}`; this is {version}",
        hint "换用相应版本的程序，或换用适合本版本的模板包",
             "use another version of the program or of the pack",
        explain "`pack.toml` 的 `engine` 说明模板包适用于哪些版本的程序。",
                "`engine` in `pack.toml` says which versions of the program the pack runs with.";

    /// Words hang on a field that the schema does not have.
    WORDS_FIELD = "E0213", Error,
        "`[[words]]` 的 `field` 指向 `{field}`，数据里没有这一项",
        "`[[words]]` hangs on `{field}`, which is not a field of the schema",
        explain "`[[words]]` 的 `field` 须是 `schema.json` 里的一项。",
                "`field` in `[[words]]` is a field of `schema.json`.";

    /// The entries of one field set different words.
    WORDS_KEYS = "E0214", Error,
        "`{field}` 的各组用语应设同样的词，这一组{difference}",
        "every `[[words]]` of `{field}` sets the same words; this one {difference}",
        explain "同一 `field` 的各组用语选一组使用，缺一个词，模板里就会有一处空白，所以各组须设同样的词。",
                "One of a field's entries is chosen; were a word missing in it, the template would have a gap.";

    /// Two fields set the same word.
    WORDS_TWICE = "E0215", Error,
        "用语 `{word}` 既由 `{field}` 设定，又由 `{other}` 设定",
        "the word `{word}` is set by `{field}` and by `{other}`",
        explain "一个词只能由一项数据决定。",
                "A word hangs on one field alone.";

    /// No entry matches one of the field's values.
    WORDS_UNCOVERED = "E0216", Error,
        "`{field}` 可以是“{value}”，但没有一组用语与它相配",
        "`{field}` may be `{value}`, but no `[[words]]` matches it",
        hint "为它加一组 `[[words]]`，或加一组既无 `value` 也无 `suffix` 的",
             "add a `[[words]]` for it, or one with neither `value` nor `suffix`",
        explain "数据取这个值时，模板里的用语就会缺。",
                "With this value the words of the templates would be missing.";

    /// An entry of words has more than one condition.
    WORDS_CONDITIONS = "E0217", Error,
        "一组用语只能用 `value`、`values`、`suffix` 中的一个",
        "a `[[words]]` has one of `value`, `values` and `suffix`",
        explain "`value` 与整个值相配，`values` 与其中之一相配，`suffix` 与值的末尾相配；都不写则总是相配。",
                "`value` matches the whole value, `values` one of several, `suffix` the value's end; with none of them it always matches.";

    /// `[rules]` switches a rule that there is none of.
    RULE_UNKNOWN = "E0218", Error,
        "`[rules]` 里的 `{name}` 不是规则的名称",
        "`[rules]` switches `{name}`, which is no rule",
        hint "可用的有：{known}，以及 `shizheng explain` 在方括号里列出的文字规则",
            "there are: {known}, and the rules of the text that `shizheng explain` lists in brackets",
        explain "`pack.toml` 的 `[rules]` 可开关程序自带的规则和 `schema.json` 的 `x-rules`；写错的名称不起作用，所以报错。",
                "`[rules]` in `pack.toml` switches the program's rules and the `x-rules` of `schema.json`; a mistyped name would do nothing.";

    /// `[rules]` sets a rule to something that there is none of.
    RULE_SWITCH = "E0219", Error,
        "规则 `{name}` 应设为 `off`、`note`、`warning` 或 `error`，现为 `{found}`",
        "the rule `{name}` is set to `{found}`; expected `off`, `note`, `warning` or `error`",
        explain "`off` 不查，`note` 只作说明，`warning` 照印并提醒，`error` 不合就不印。",
                "`off` does not ask the rule, `note` and `warning` only tell, `error` stops the work.";

    /// The schema is JSON but not a JSON Schema.
    SCHEMA_INVALID = "E0220", Error,
        "`schema.json` 不合 JSON Schema 2020-12：{reason}",
        "`schema.json` is not a JSON Schema 2020-12: {reason}",
        explain "`schema.json` 须先是合格的 JSON Schema，再加本程序的 `x-` 关键字。",
                "`schema.json` is a valid JSON Schema first, with the `x-` keywords of this program.";

    /// The schema has no field.
    EMPTY_SCHEMA = "E0221", Error,
        "`schema.json` 里一项数据也没有",
        "`schema.json` has no field",
        hint "在 `properties` 里写各项数据，每项有 `title` 和 `x-kind`",
             "write the fields in `properties`, each with a `title` and an `x-kind`",
        explain "没有数据项，就没有可印的内容。",
                "Without fields there is nothing to print.";

    /// A field does not say of which kind it is.
    FIELD_WITHOUT_KIND = "E0222", Error,
        "这一项没有 `x-kind`，也不是对象",
        "this is neither a field with `x-kind` nor an object",
        hint "数据项写上 `x-kind`，成组的写 `\"type\": \"object\"` 和 `properties`",
             "give a field its `x-kind`, a group its `\"type\": \"object\"` and `properties`",
        explain "程序按 `x-kind` 检查和印出每一项数据。",
                "The program checks and prints each field by its `x-kind`.";

    /// `x-kind` names no kind.
    UNKNOWN_KIND = "E0223", Error,
        "没有 `{kind}` 这种 `x-kind`",
        "there is no `x-kind` `{kind}`",
        hint "可用的有：{known}", "there are: {known}",
        explain "`x-kind` 决定一项数据怎样检查、怎样印出。",
                "`x-kind` says how a field is checked and printed.";

    /// A field has no title.
    FIELD_WITHOUT_TITLE = "E0224", Error,
        "这一项没有 `title`",
        "this field has no `title`",
        hint "写上中文名称，报错时要用", "give it its Chinese name, which messages use",
        explain "报错和核对表都用 `title` 称呼数据项。",
                "Messages and checking sheets call a field by its `title`.";

    /// A field lacks a keyword that every field has.
    KEYWORD_MISSING = "E0225", Error,
        "这一项没有 `{keyword}`",
        "this field has no `{keyword}`",
        explain "每项数据须写明由哪个部门负责（`x-source`）和印在哪一部分（`x-part`）。",
                "Every field names the department that answers for it (`x-source`) and the part that prints it (`x-part`).";

    /// A number has no unit.
    FIELD_WITHOUT_UNIT = "E0226", Error,
        "`x-kind` 为 `{kind}` 的项须有 `x-unit`",
        "a field of kind `{kind}` has an `x-unit`",
        explain "数字连同单位一起印出，没有单位就说不清是多少。",
                "A number is printed with its unit; without one it says nothing.";

    /// A keyword of our own has a value that will not do.
    KEYWORD_VALUE = "E0227", Error,
        "`{keyword}` 应为{expected}",
        "`{keyword}` should be {expected}",
        explain "`x-` 关键字的值有固定的写法。",
                "The values of the `x-` keywords are of fixed forms.";

    /// A keyword that starts with `x-` is not one of ours.
    UNKNOWN_KEYWORD = "E0228", Error,
        "没有 `{keyword}` 这个关键字",
        "there is no keyword `{keyword}`",
        explain "以 `x-` 开头的关键字都是本程序的，写错一个字母就不起作用，所以一律报错。",
                "Keywords that start with `x-` are this program's; a mistyped one would do nothing, so it is an error.";

    /// A table does not say what its rows hold.
    TABLE_WITHOUT_ROWS = "E0229", Error,
        "表格没有说明每行有哪些项",
        "the table does not say what its rows hold",
        hint "把每行各项写在 `items` 的 `properties` 里",
             "write each row's fields in `properties` of `items`",
        explain "`x-kind` 为 `table` 的项，每行是一个对象，其各项写在 `items` 的 `properties` 里。",
                "Each row of a `table` is an object whose fields stand in `properties` of `items`.";

    /// A reference leads out of the schema, or nowhere.
    FOREIGN_REFERENCE = "E0230", Error,
        "`$ref` 指向的地方不在本文件里",
        "`$ref` leads to no place in this file",
        hint "只用 `#/$defs/..` 这样的引用", "use references such as `#/$defs/..` alone",
        explain "程序不联网，也不读别的文件，所以 `$ref` 只能指向本文件。",
                "The program reaches no network and reads no other file, so `$ref` stays within this one.";

    /// A reference leads back to itself.
    LOOPING_REFERENCE = "E0231", Error,
        "`$ref` 绕回了自己，或层次太深",
        "`$ref` leads back to itself, or the schema is too deep",
        explain "数据的层次须是有限的。",
                "The depth of the data has an end.";

    /// A rule's member is missing or will not do.
    RULE_VALUE = "E0232", Error,
        "规则的 `{member}` 应为{expected}",
        "`{member}` of the rule should be {expected}",
        explain "`x-rules` 的每条规则写明 `name`、`rule`、`severity`、中英文的 `message`，以及这种规则要的各项。",
                "Each rule of `x-rules` has its `name`, `rule`, `severity`, a `message` in both languages, and what its kind asks for.";

    /// A rule is of a kind that there is none of.
    RULE_KIND = "E0233", Error,
        "没有 `{kind}` 这种规则",
        "there is no rule of the kind `{kind}`",
        hint "可用的有：{known}", "there are: {known}",
        explain "`x-rules` 的 `rule` 说明规则的种类：不超过、合计、范围、同号、增速、相等、不低于上年、有此须有彼。",
                "`rule` in `x-rules` is the kind of rule.";

    /// A rule names a field that the schema does not have.
    RULE_FIELD = "E0234", Error,
        "规则指向 `{field}`，数据里没有这一项",
        "the rule names `{field}`, which is not a field of the schema",
        hint "写数据项的完整路径，表格各行写作 `a.b[].c`", "write the field's whole path, that of a table's rows as `a.b[].c`",
        explain "规则指向的项写错了，规则就永远不起作用，所以报错。",
                "A rule on a field that is not there would never be asked.";

    /// A rule names a field of the wrong kind.
    RULE_FIELD_KIND = "E0235", Error,
        "规则里的 `{field}` 应是{expected}",
        "`{field}` in the rule should be {expected}",
        explain "能相比、能相加的才可放在一条规则里：种类相合，单位可以互相换算。",
                "A rule holds figures together that can be compared: of kinds that agree, in units that convert.";

    /// A rule has a member that its kind does not know.
    RULE_MEMBER = "E0236", Error,
        "`{kind}` 规则没有 `{name}` 这一项",
        "a rule of the kind `{kind}` has no `{name}`",
        hint "可用的有：{known}", "there are: {known}",
        explain "规则里写错的名称不起作用，所以报错。",
                "A mistyped name in a rule would do nothing, so it is an error.";

    /// Two rules have one name, or a rule has the name of one of the program's.
    RULE_TWICE = "E0237", Error,
        "规则名称 `{name}` 已有别的规则用了",
        "the name `{name}` is another rule's",
        explain "`pack.toml` 按名称开关规则，名称不能重复，也不能与程序自带的规则同名。",
                "`pack.toml` switches rules by their names, so no two have one, nor that of a rule of the program.";

    /// A text of a pack has a character that nothing printed can have.
    PACK_CONTROL = "E0261", Error,
        "这段文字里有印不出来的控制字符（U+{code}）",
        "the text has a control character (U+{code}), which cannot be printed",
        hint "删去它；写成 `\\u` 开头的也不行", "take it out, also where it is written with `\\u`",
        explain "`pack.toml` 的用词和 `schema.json` 的名称、单位都会印进文件。控制字符印不出来；换行和制表符可以有。",
                "The words of `pack.toml` and the titles and units of `schema.json` go into the document. Control characters cannot be printed; line ends and tabs are allowed.";
}

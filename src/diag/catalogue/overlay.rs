//! Messages of the order of sections, of packs that stand on other packs (`E024.`), and of what a pack may be at
//! most (`E025.`).

use super::catalogue;

catalogue! {
    /// `sections` names no template.
    SECTION_MISSING = "E0240", Error,
        "`sections` 里的 `{name}` 不是模板的名称",
        "`sections` names `{name}`, which is no template",
        hint "新的一节，文字写在 `{name}.hbs` 里", "the text of a new section is written in `{name}.hbs`",
        explain "`pack.toml` 的 `sections` 一节一个模板，按印出的次序写；模板的名称是它在模板包里的路径，不带 `.hbs`。",
                "`sections` in `pack.toml` lists the templates that the document is made of, in their order; a template's name is its path in the pack without `.hbs`.";

    /// A pack with a list of sections has a template of that name as well.
    SECTIONS_TEMPLATE = "E0241", Error,
        "有了 `sections` 这张表，就不能另有 `{file}`",
        "with the list `sections` there cannot be a `{file}` too",
        hint "给这个模板改个名称", "give the template another name",
        explain "模板里的 `{{> sections}}` 印出 `sections` 表里的各节，这个名称不能再给别的模板。",
                "`{{> sections}}` in a template prints the sections of the list; no other template can bear that name.";

    /// An overlay stands on a pack that the program does not carry.
    BASE_UNKNOWN = "E0242", Error,
        "`extends` 所指的 `{name}` 不是程序自带的模板包",
        "`extends` names `{name}`, which is no pack that the program carries",
        hint "可用的有：{known}", "there are: {known}",
        explain "在别的模板包上改动的模板包，用 `extends` 写明改的是程序自带的哪一个。",
                "A pack that changes another one says by `extends` which of the packs that the program carries it stands on.";

    /// An overlay was written for another version of its base.
    BASE_VERSION = "E0243", Error,
        "模板包是按 `{name}` 的 {wanted} 版写的，程序自带的是 {version} 版",
        "the pack was written for {wanted} of `{name}`; the program carries {version}",
        hint "用 `shizheng pack diff` 看两版之间改了什么，改好后把 `base_version` 写成 `{version}`",
             "see by `shizheng pack diff` what has changed between them, then set `base_version` to `{version}`",
        explain "版本号的第一段不同，原来的字段和模板可能已经没有了；同一段里较新的版本只有增添，可以照用。",
                "Where the first part of the version differs, fields and templates may be gone; a newer one of the same first part only adds.";

    /// Packs stand on one another in a circle, or too many do.
    BASE_CIRCULAR = "E0244", Error,
        "`extends` 绕回了自己，或层数超过{most}：{bases}",
        "`extends` leads back to itself or through more than {most} packs: {bases}",
        explain "模板包可以改在另一个之上，但总要有一个不靠别的。",
                "A pack may stand on another, but in the end there is one that stands by itself.";

    /// An overlay changes what its base does not have.
    OVERRIDE_UNMATCHED = "E0245", Error,
        "原模板包里没有 `{name}` 这个{what}",
        "the base has no {what} `{name}`",
        hint "用 `shizheng pack show` 看原模板包里有什么；新增的另写在 `add` 里",
             "see by `shizheng pack show` what the base has; what is new goes into `add`",
        explain "要改、要删、要移动的，原模板包里须有；名称写错或原模板包改了，都会报错，不会悄悄不起作用。",
                "What is replaced, removed or moved must be there in the base; a slip, or a change of the base, is told and never does nothing in silence.";

    /// An overlay adds what its base has.
    OVERRIDE_PRESENT = "E0246", Error,
        "原模板包里已有 `{name}` 这个{what}",
        "the base has the {what} `{name}` already",
        hint "要改它，写在 `replace` 里；要移动一节，写在 `move` 里", "write it in `replace` to change it, in `move` to move a section",
        explain "`add` 只用来增添原模板包里没有的。",
                "`add` is for what the base does not have.";

    /// A change of the schema is not of the form that changes have.
    OVERRIDE_FORM = "E0247", Error,
        "改动数据项的 `schema.json` 里，`{key}` 处应为{expected}，现为 {found}",
        "at `{key}` of the changes in `schema.json`, expected {expected}, found {found}",
        hint "运行 `shizheng explain E0247` 看改动的写法", "run `shizheng explain E0247` for how changes are written",
        explain "改在别的模板包之上的，`schema.json` 只写改动：`add` 和 `replace` 以路径为键，`remove` 是路径的清单，`rules` 里也有这三样；`required` 是每份数据文件必须有的组的清单。例如 `{ \"add\": { \"tourism.visitors\": { … } }, \"remove\": [\"epidemic\"] }`。",
                "The `schema.json` of a pack that stands on another holds changes alone: `add` and `replace` by paths, `remove` as a list of paths, and `rules` with the same three; `required` lists the groups that every data file has. For example: `{ \"add\": { \"tourism.visitors\": { … } }, \"remove\": [\"epidemic\"] }`.";

    /// A section is to stand nowhere in particular.
    SECTION_PLACE = "E0248", Error,
        "`[sections]` 里应有{expected}",
        "`[sections]` should have {expected}",
        explain "增添或移动一节，要说明放在哪一节之前（`before`）或之后（`after`）；`order` 里的几节在它们原来的位置上按新的次序排列。",
                "A section that is added or moved stands before or after another one; those in `order` take the places which they have together, in the new order.";

    /// A file of an overlay looks as if it changed something, and does not.
    OVERLAY_FILE = "E0249", Error,
        "模板包里的 `{file}` 不起作用",
        "the pack's file `{file}` does nothing",
        hint "改用程序认得的文件名，不要的删去", "give it a name that the program knows, or delete it",
        explain "改在别的模板包之上的，设置写在 `pack.toml`、`style.toml`、`schema.json` 里，模板的文件名以 `.hbs` 结尾，大小写也要一样；记事本常在后面加上看不见的 `.txt`。写法相近的别的文件程序不读，所以报错。",
                "A pack that stands on another has its settings in `pack.toml`, `style.toml` and `schema.json`, and templates in files that end with `.hbs`, letter by letter; editors on Windows like to add a `.txt` that does not show. The program does not read files with names like these, so they are errors.";

    /// A template of an overlay replaces nothing, and nothing leads to it.
    TEMPLATE_STRAY = "E0250", Error,
        "`{name}` 没有替换原模板包的模板，也没有模板引用它",
        "`{name}` replaces no template of the base that is printed, and nothing leads to it",
        hint "对照原模板包改正文件名；是新的一节，就写进 `[sections]` 的 `add`",
             "mend the file's name; if it is a section of its own, write it in `add` of `[sections]`",
        explain "改在别的模板包之上的，每个模板都要么替换原有的，要么是印出来的一节；两样都不是，多半是文件名写错了，或原模板包已经改名。",
                "Each template of a pack that stands on another replaces one or is printed; one that does neither has a slip in its name, or the base has renamed its own.";

    /// The entry template leaves the sections out.
    SECTIONS_UNLED = "E0260", Error,
        "`{file}` 没有引用 `sections`，`pack.toml` 里的各节印不全",
        "`{file}` does not include `sections`, so not all sections of `pack.toml` are printed",
        explain "各节由入口模板里的 `{{> sections}}` 一行按 `pack.toml` 的次序印出来；替换入口模板时要留下这一行，或者逐节引用。",
                "The line `{{> sections}}` of the entry template prints the sections in the order of `pack.toml`; one that takes its place keeps that line, or includes each section itself.";

    /// What was written down of the base cannot be read, or is of another one.
    LOCK_BROKEN = "E0259", Error,
        "`{file}` 不能用：{reason}",
        "`{file}` is of no use: {reason}",
        hint "从备份或版本库还原这个文件；确实没有了，再用 `shizheng pack diff 文件夹 --accept` 重记，以前的记录就不在了",
             "restore the file from a backup or from version control; only where there is none, write it anew by `shizheng pack diff FOLDER --accept`, and the old record is gone",
        explain "`base.lock.json` 记着写模板包时自带的模板包是什么样，`pack lint` 靠它提醒哪些所替换的模板后来改过（W0256）。它坏了（常是版本库合并时留下了冲突标记），提醒就没有了，所以报错。",
                "`base.lock.json` says what the base was when the pack was written; by it `pack lint` tells which replaced templates have changed since (W0256). When it is broken, by the marks of a merge conflict as a rule, nothing would be told, so that is an error.";

    /// A template replaces one of the base that has changed since.
    BASE_TEMPLATE_CHANGED = "W0256", Warning,
        "`{name}` 所替换的模板，在 `{base}` {version} 版之后改过了",
        "the template that `{name}` replaces has changed since version {version} of `{base}`",
        hint "用 `shizheng pack diff` 看改了什么，照着改好后用 `shizheng pack diff --accept` 记下",
             "see by `shizheng pack diff` what has changed; when it is taken over, write that down by `shizheng pack diff --accept`",
        explain "替换的模板不跟着原来的变。原模板改正了一处，这里还是旧的，所以按 `base.lock.json` 记下的样子比较，变了就提醒一次。",
                "What replaces a template does not follow its changes: a mistake that the base has mended stays here. So the base is held against what `base.lock.json` has written down.";

    /// A `.zip` is none, or is damaged.
    ARCHIVE_BROKEN = "E0251", Error,
        "`{file}` 不是完好的 zip 文件",
        "`{file}` is not a sound zip file",
        hint "把模板包的文件夹重新打包", "pack the folder anew",
        explain "模板包可以是文件夹，也可以是一个 `.zip`；程序读 2.0 版的格式，不读 4 GB 以上的和分卷的。",
                "A pack is a folder or a `.zip` of the plain format: below 4 GB, in one piece.";

    /// A file in a `.zip` must not be in a pack.
    ARCHIVE_ENTRY = "E0252", Error,
        "`{file}` 里的 `{name}` 不能用：{reason}",
        "`{name}` in `{file}` cannot be used: {reason}",
        hint "去掉它，再打包", "leave it out and pack anew",
        explain "模板包只有自己的文件：不能有指向外面的路径、链接、加密的文件和重名的文件。",
                "A pack has files of its own alone: no paths that lead out of it, no links, nothing encrypted, no name twice.";

    /// A pack is larger than a pack may be.
    PACK_TOO_LARGE = "E0253", Error,
        "`{file}` 太大：{what}最多 {most}",
        "`{file}` is too large: {what} may come to {most}",
        hint "去掉用不着的文件", "leave out what is not needed",
        explain "上限比任何写得出来的模板包都大得多，防的是把内存占满的文件。",
                "The limits are far beyond any pack that somebody writes; they are there against files made to fill the memory.";

    /// A schema comes to more fields than it may.
    SCHEMA_TOO_LARGE = "E0254", Error,
        "`schema.json` 展开后的数据项超过{most}个",
        "`schema.json` comes to more than {most} fields",
        hint "检查 `$ref`，几处互相引用会成倍地展开", "look at `$ref`: what refers to one another multiplies",
        explain "一份报告的数据项有几百个；展开成上万个，多半是引用写错了。",
                "A report has some hundreds of fields; ten thousands come of references gone wrong.";

    /// A schema's references multiply.
    SCHEMA_ENDLESS = "E0257", Error,
        "`schema.json` 的条件展开后超过{most}个",
        "`schema.json` comes to more than {most} conditions",
        hint "检查 `$ref`，几处互相引用会成倍地展开", "look at `$ref`: what refers to one another multiplies",
        explain "检查一份数据要把条件逐个走一遍，成倍展开的条件走不完。",
                "Data are held against every condition; conditions that multiply have no end.";

    /// A field has a name that templates could not say.
    FIELD_NAME = "E0255", Error,
        "数据项不能叫 `{name}`",
        "a field cannot be named `{name}`",
        hint "用字母、数字和下划线，不以数字开头，不用 `this`、`else`、`true` 这些模板里另有意思的词，也不以 `_note` 开头",
             "use letters, digits and underscores, no digit first, and no word that templates take for their own, such as `this`, `else`, `true`, and no `_note` first",
        explain "模板里用点号连起来的名称找到一项数据，名称里有点号、括号或另有意思的词，就找不到。`_note` 开头的是填表人自己的备注，不是数据项。",
                "Templates reach a field by names with dots between them; a dot, a bracket or a word with a meaning of its own in a name would hide the field. What begins with `_note` is a clerk's own remark and no field.";
}

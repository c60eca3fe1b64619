//! Messages of fonts and layout (`E05..`).

use super::catalogue;

catalogue! {
    /// A style file is not TOML of the right shape.
    STYLE_SYNTAX = "E0501", Error,
        "样式文件写法有误：{fault}",
        "the style file is not well written: {fault}",
        hint "对照自带的 `annual-report/style.toml` 改正这一处",
             "compare it with the embedded `annual-report/style.toml`",
        explain "`style.toml` 规定版面、字号和字体。键名、长度写法（`37mm`、`22pt`、`三号`）须与自带的样式文件一致。",
                "`style.toml` sets page, sizes and faces. Its keys and lengths (`37mm`, `22pt`, `三号`) are those of the embedded file.";

    /// A style file asks for what cannot be.
    STYLE_IMPOSSIBLE = "E0502", Error,
        "样式文件的数值无法排版：{what}",
        "the style file cannot be laid out: {what}",
        explain "版心须容得下行数和字数，字号、边距须为合理的数值。",
                "The type area must hold its lines and characters; sizes and margins must make sense.";

    /// A style names a face that there is none of.
    UNKNOWN_FACE = "E0503", Error,
        "样式文件要用字体 `{face}`，但没有这种字体",
        "the style asks for the face `{face}`, which there is none of",
        hint "现有字体：{known}", "known faces: {known}",
        explain "`style.toml` 中的字体名须是自带的字体，或用选项装入的字体。",
                "A face named in `style.toml` is one of the embedded ones or one that was loaded by an option.";

    /// A character that no face has.
    MISSING_GLYPH = "E0510", Error,
        "“{character}”（U+{code}）没有字体能印出，出现在“{context}”",
        "no face has `{character}` (U+{code}), which stands in `{context}`",
        hint "核对这个字是否输错；确为人名地名用字的，需另装字库",
             "check the character; a rare one in a name needs a font folder of its own",
        explain "为免印出空框，凡字库里没有的字一律报错，不生成文件。",
                "A character without a glyph would print as an empty box, so it is an error that names it.";
}

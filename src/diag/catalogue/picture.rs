//! Messages of reading the pictures of seals, signatures and logos (`E045.`).

use super::catalogue;

catalogue! {
    /// A picture's file that cannot be read.
    PICTURE_UNREADABLE = "E0450", Error,
        "读不了图片 `{file}`：{reason}", "the picture `{file}` cannot be read: {reason}",
        hint "图片和数据文件放在同一个文件夹里，数据里写它的文件名，如 `印章.png`",
            "put the picture into the folder of the data file and write its file name, such as `seal.png`",
        explain "印章和签名章的图片只从数据文件所在的文件夹里读。",
            "The pictures of seals and signatures are read from the data file's own folder alone.";
    /// A picture that is no sound PNG.
    PICTURE_BAD = "E0451", Error,
        "图片 `{file}` 不是完好的 PNG：{reason}", "the picture `{file}` is no sound PNG: {reason}",
        hint "把图片另存为 PNG，不要隔行扫描", "save the picture as PNG, not interlaced",
        explain "印章和签名章的图片用 PNG，底色白色或透明。程序只取它的形状，用公文的红色印。模板包里的图片（市标等）也用 PNG，照原来的颜色印。",
            "Pictures of seals and signatures are PNG, on white or on nothing. Their shape is taken and printed in the red of official documents. Pictures of a pack (a logo) are PNG too and keep their colours.";
    /// A picture of too many points.
    PICTURE_TOO_LARGE = "E0452", Error,
        "图片 `{file}` 太大：每边最多 {most} 点", "the picture `{file}` is too large: {most} points a side at most",
        hint "把图片缩小再存：600 DPI 就够了，四厘米约 1000 点", "make it smaller: 600 DPI are enough, and four centimetres have about 1,000 points",
        explain "再大也不会印得更清楚，只会使文件变大。", "Larger ones print no sharper and only make the file larger.";
    /// A picture that shows nothing.
    PICTURE_BLANK = "E0453", Error,
        "图片 `{file}` 是空白的", "the picture `{file}` is blank",
        hint "检查是不是放错了图片", "see whether it is the right file",
        explain "公文不得出现空白印章（GB/T 9704-2012，7.3.5.1）。", "No official document bears a blank seal (GB/T 9704-2012, 7.3.5.1).";
}

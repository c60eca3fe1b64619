//! Tells the faces of Chinese printing apart by the names of their fonts.

use crate::diag::Text;

/// A kind of face.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Face {
    /// 小标宋.
    BiaoSong,
    /// A heavy 宋体, which stands in for 小标宋.
    HeavySong,
    /// 宋体.
    Song,
    /// 仿宋.
    FangSong,
    /// 楷体.
    Kai,
    /// 黑体.
    Hei,
    /// A Latin face.
    Latin,
}

/// Parts of names in lower case, the more telling ones first.
const NAMES: &[(&str, Face)] = &[
    ("biaosong", Face::BiaoSong),
    ("标宋", Face::BiaoSong),
    ("fzxbs", Face::BiaoSong),
    ("xbs", Face::BiaoSong),
    ("dabiaosong", Face::BiaoSong),
    ("fang", Face::FangSong),
    ("仿", Face::FangSong),
    ("fzfs", Face::FangSong),
    ("stfs", Face::FangSong),
    ("kai", Face::Kai),
    ("楷", Face::Kai),
    ("fzkt", Face::Kai),
    ("zhongheng", Face::Kai),
    ("hei", Face::Hei),
    ("黑", Face::Hei),
    ("fzht", Face::Hei),
    ("sanssc", Face::Hei),
    ("sanscjk", Face::Hei),
    ("sanshans", Face::Hei),
    ("dengxian", Face::Hei),
    ("等线", Face::Hei),
    ("song", Face::Song),
    ("sun", Face::Song),
    ("宋", Face::Song),
    ("fzss", Face::Song),
    ("serifsc", Face::Song),
    ("serifcjk", Face::Song),
    ("serifhans", Face::Song),
    ("ming", Face::Song),
    ("times", Face::Latin),
    ("arial", Face::Latin),
    ("helvetica", Face::Latin),
    ("calibri", Face::Latin),
    ("liberation", Face::Latin),
    ("dejavu", Face::Latin),
];

const HEAVY: &[&str] = &["bold", "heavy", "black", "粗"];

impl Face {
    /// Returns the face that a font's name tells; nothing where it tells none.
    pub(super) fn of(name: &str) -> Option<Self> {
        let name: String =
            name.to_lowercase().chars().filter(|character| !matches!(character, ' ' | '-' | '_')).collect();
        let (_, face) = NAMES.iter().find(|(part, _)| name.contains(part))?;
        let is_heavy = HEAVY.iter().any(|part| name.contains(part));
        Some(if *face == Self::Song && is_heavy { Self::HeavySong } else { *face })
    }

    /// Returns its name in both languages.
    pub(super) fn name(self) -> Text {
        let name = match self {
            Self::BiaoSong => "小标宋体",
            Self::HeavySong => "粗宋体",
            Self::Song => "宋体",
            Self::FangSong => "仿宋体",
            Self::Kai => "楷体",
            Self::Hei => "黑体",
            Self::Latin => return Text::both("西文字体", "a Latin face"),
        };
        Text::from(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_common_fonts_tell_their_faces() {
        for (name, face) in [
            ("FangSong_GB2312", Face::FangSong),
            ("仿宋_GB2312", Face::FangSong),
            ("FZFSK--GBK1-0", Face::FangSong),
            ("STFangsong", Face::FangSong),
            ("FandolFang-Regular", Face::FangSong),
            ("KaiTi_GB2312", Face::Kai),
            ("FandolKai-Regular", Face::Kai),
            ("SimHei", Face::Hei),
            ("NotoSansSC-Medium", Face::Hei),
            ("NotoSansCJKsc-Regular", Face::Hei),
            ("SimSun", Face::Song),
            ("NotoSerifSC-Regular", Face::Song),
            ("NotoSerifSC-SemiBold", Face::HeavySong),
            ("FZXBSJW--GB1-0", Face::BiaoSong),
            ("方正小标宋简体", Face::BiaoSong),
            ("TimesNewRomanPSMT", Face::Latin),
        ] {
            assert_eq!(Face::of(name), Some(face), "{name}");
        }
        assert_eq!(Face::of("CIDFont+F1"), None);
    }
}

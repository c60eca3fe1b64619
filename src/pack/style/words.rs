//! Reads the words of a style file: lengths, faces, font files.

use std::fmt;

use serde::Deserialize;
use serde::de::{self, Deserializer};

use super::{Characters, FaceChoice, Length, OwnFace};
use crate::pack::toml_reason;
use crate::units::Abs;

/// 字号 and their sizes in points; 三号 is 15.75 so that 28 fit the type area's 156 mm.
const NAMED_SIZES: &[(&str, f64)] = &[
    ("初号", 42.0),
    ("小初", 36.0),
    ("一号", 26.0),
    ("小一", 24.0),
    ("二号", 22.0),
    ("小二", 18.0),
    ("三号", 15.75),
    ("小三", 15.0),
    ("四号", 14.0),
    ("小四", 12.0),
    ("五号", 10.5),
    ("小五", 9.0),
];

impl<'de> Deserialize<'de> for Length {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if !deserializer.is_human_readable() {
            return f64::deserialize(deserializer).map(|points| Self(Abs::pt(points)));
        }
        let text = String::deserialize(deserializer)?;
        let named = NAMED_SIZES.iter().find(|(name, _)| *name == text).map(|(_, points)| Abs::pt(*points));
        let number = |unit: &str| -> Option<f64> {
            text.strip_suffix(unit)?.trim().parse().ok().filter(|value: &f64| value.is_finite())
        };
        named
            .or_else(|| number("mm").map(Abs::mm))
            .or_else(|| number("pt").map(Abs::pt))
            .map(Self)
            .ok_or_else(|| {
                de::Error::custom(toml_reason::both(
                    &format!("`{text}` 不是长度，长度如 `37mm`、`22pt`、`三号`"),
                    &format!("`{text}` is not a length such as `37mm`, `22pt`, `三号`"),
                ))
            })
    }
}

#[cfg(test)]
impl serde::Serialize for Length {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.0.to_pt())
    }
}

impl<'de> Deserialize<'de> for FaceChoice {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let (face, kind) = text.split_once(':').unwrap_or((&text, ""));
        let characters = match kind {
            "" => Characters::All,
            "marks" => Characters::Marks,
            "dash" => Characters::Dash,
            "digits" => Characters::Digits,
            _ => {
                return Err(de::Error::custom(toml_reason::both(
                    &format!(
                        "字体名后面的 `{kind}` 应为 `marks`（标点）、`dash`（破折号）或 `digits`（数字）"
                    ),
                    &format!("`{kind}` is none of `marks`, `dash`, `digits`"),
                )));
            }
        };
        Ok(Self { face: face.to_owned(), characters })
    }
}

#[cfg(test)]
impl serde::Serialize for FaceChoice {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let kind = match self.characters {
            Characters::All => "",
            Characters::Marks => ":marks",
            Characters::Dash => ":dash",
            Characters::Digits => ":digits",
        };
        serializer.collect_str(&format_args!("{}{kind}", self.face))
    }
}

impl OwnFace {
    /// Reads a file's path, with a face's number behind `#` for a collection.
    pub fn parse(text: &str) -> Self {
        let numbered = text.rsplit_once('#').and_then(|(file, index)| Some((file, index.parse().ok()?)));
        let (file, index) = numbered.unwrap_or((text, 0));
        Self { file: file.to_owned(), index }
    }
}

impl<'de> Deserialize<'de> for OwnFace {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self::parse(&String::deserialize(deserializer)?))
    }
}

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.2}mm", self.0.to_mm())
    }
}

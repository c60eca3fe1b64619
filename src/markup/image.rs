//! Makes the pictures of the pack of their elements, and says what their attributes take.

use super::tree::Element;
use crate::diag::Text;
use crate::document::{Image, Side};
use crate::picture;
use crate::units::Abs;

/// How high a picture may be, in millimetres: from a line of text to a third of a page.
const HEIGHTS: std::ops::RangeInclusive<f64> = 3.0..=100.0;
/// The longest text that is read in a picture's stead, in characters.
const LONGEST_TEXT: usize = 200;

/// Returns a picture; its attributes have been checked.
pub(super) fn image(element: &Element) -> Image {
    let text = |name| element.attribute(name).unwrap_or_default().trim().to_owned();
    let side =
        element.attribute("align").and_then(|value| Side::NAMES.iter().find(|(name, _)| *name == value));
    Image {
        file: element.attribute("src").unwrap_or_default().to_owned(),
        alternative: text("alt"),
        height: element.attribute("height").and_then(height).unwrap_or(Abs::ZERO),
        side: side.map(|(_, side)| *side).unwrap_or_default(),
        picture: None,
    }
}

/// Returns what an attribute of a picture takes, if it does not take a value.
pub(super) fn wanted(key: &str, value: &str) -> Option<Text> {
    match key {
        "src" if !is_file(value) => Some(Text::both(
            "模板包里一个 PNG 文件的路径，如 `logo.png`、`images/logo.png`，不能有 `..`",
            "the path of a PNG file in the pack, such as `logo.png` or `images/logo.png`, without `..`",
        )),
        "alt" if value.trim().is_empty() || value.chars().count() > LONGEST_TEXT => Some(Text::both(
            format!("1到{LONGEST_TEXT}个字，说明图上是什么"),
            format!("1 to {LONGEST_TEXT} characters that say what the picture shows"),
        )),
        "height" if height(value).is_none() => {
            let (least, most) = (HEIGHTS.start(), HEIGHTS.end());
            Some(Text::both(
                format!("{least}mm 到 {most}mm，如 `18mm`"),
                format!("{least}mm to {most}mm, such as `18mm`"),
            ))
        }
        "align" if !Side::NAMES.iter().any(|(name, _)| *name == value) => {
            let names = Side::NAMES.map(|(name, _)| name);
            Some(Text::from(names.join(", ").as_str()))
        }
        _ => None,
    }
}

/// Tells whether a path may be that of a picture in a pack.
fn is_file(path: &str) -> bool {
    let parts = path.split('/').all(|part| !matches!(part, "" | "." | ".."));
    parts && picture::is_file_name(path) && !path.contains(['\\', ':'])
}

fn height(value: &str) -> Option<Abs> {
    let millimetres: f64 = value.trim().strip_suffix("mm")?.trim().parse().ok()?;
    HEIGHTS.contains(&millimetres).then(|| Abs::mm(millimetres))
}

#[cfg(test)]
mod tests {
    use super::wanted;

    #[test]
    fn attributes_take_what_can_be_printed() {
        let fits = |key: &str, value: &str| wanted(key, value).is_none();
        assert!(fits("src", "a.png") && fits("src", "图/标识.png"));
        for outside in ["../a.png", "a/../../b.png", "/a.png", "C:/a.png", "a\\b.png", "./a.png", "a.jpg", ""]
        {
            assert!(!fits("src", outside), "{outside}");
        }
        assert!(fits("height", "3mm") && fits("height", "17.5mm"));
        for height in ["2.9mm", "100.1mm", "18", "18pt", "NaNmm", "infmm", "-5mm", ""] {
            assert!(!fits("height", height), "{height}");
        }
        assert!(fits("alt", "市标") && !fits("alt", "  "));
        assert!(!fits("alt", &"标".repeat(201)));
        assert!(fits("align", "center") && !fits("align", "middle"));
    }
}

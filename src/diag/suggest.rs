//! Finds the known name that a mistyped one was meant to be.

use super::{Diagnostic, Text};

/// Returns the known name nearest to a mistyped one, or none that is near enough to be meant. What says the opposite is
/// not meant.
pub fn nearest<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // Long names bear more slips; a name of one or two letters bears none but its case.
    let allowed = typed.chars().count().max(3) / 3;
    let is_opposite =
        |name: &str| name.strip_prefix('不') == Some(typed) || typed.strip_prefix('不') == Some(name);
    known
        .into_iter()
        .filter(|name| !is_opposite(name))
        .map(|name| (strsim::damerau_levenshtein(&typed.to_lowercase(), &name.to_lowercase()), name))
        .filter(|(distance, name)| *distance <= allowed && *distance < name.chars().count())
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

impl Diagnostic {
    /// Adds a hint that names the known name nearest to a mistyped one, if one is near.
    #[must_use]
    pub fn suggest<'a>(self, typed: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        match nearest(typed, known) {
            Some(name) => {
                self.hint(Text::both(format!("是否要写 `{name}`"), format!("did you mean `{name}`?")))
            }
            None => self,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_mended_and_other_words_left_alone() {
        let known = ["growth", "value", "year"];
        assert_eq!(nearest("grwoth", known), Some("growth"));
        assert_eq!(nearest("Year", known), Some("year"));
        assert_eq!(nearest("population", known), None);
        assert_eq!(nearest("", known), None);
        let known = ["不盖章", "印章", "签名章"];
        assert_eq!(nearest("盖章", known), Some("印章"));
        assert_eq!(nearest("不盖印", known), Some("不盖章"));
    }
}

//! Looks for single members of plain JSON, without a tree of it and without places: in a sixth of the time.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::{Map, Value};

/// Returns those members of an object that have one of the names; of a name given twice the first counts.
///
/// Returns nothing for what is no object or no plain JSON: comments and trailing commas are for [`super::parse`].
pub(crate) fn members(text: &str, names: &[&str]) -> Option<Map<String, Value>> {
    let mut reader = serde_json::Deserializer::from_str(text);
    let found = Wanted(names).deserialize(&mut reader).ok()?;
    reader.end().ok()?;
    Some(found)
}

struct Wanted<'a>(&'a [&'a str]);

impl<'de> DeserializeSeed<'de> for Wanted<'_> {
    type Value = Map<String, Value>;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<Self::Value, D::Error> {
        reader.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Wanted<'_> {
    type Value = Map<String, Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self::Value, A::Error> {
        let mut found = Map::new();
        while let Some(name) = members.next_key::<String>()? {
            if self.0.contains(&name.as_str()) && !found.contains_key(&name) {
                found.insert(name, members.next_value()?);
            } else {
                members.next_value::<IgnoredAny>()?;
            }
        }
        Ok(found)
    }
}

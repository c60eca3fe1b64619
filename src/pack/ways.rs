//! Counts what a validator has to go through for one value, before one is made: a few references that lead to one
//! another several times each come to more ways than there is time for.

use std::collections::HashMap;

use serde_json::Value as Json;

/// How many subschemas a schema may come to, each counted as often as references lead to it. A report's has some
/// thousands.
pub(super) const MOST_WAYS: usize = 100_000;

/// Tells whether a schema comes to more subschemas than a validator may be given.
pub(super) fn is_endless(schema: &Json) -> bool {
    let mut anchors = HashMap::new();
    name_anchors(schema, &mut anchors);
    let mut count = Count { root: schema, anchors, done: HashMap::new() };
    count.ways(schema) > MOST_WAYS
}

/// Finds the parts that references may call by a name.
fn name_anchors<'a>(part: &'a Json, anchors: &mut HashMap<&'a str, &'a Json>) {
    match part {
        Json::Object(members) => {
            for keyword in ["$anchor", "$dynamicAnchor"] {
                if let Some(name) = members.get(keyword).and_then(Json::as_str) {
                    anchors.insert(name, part);
                }
            }
            members.values().for_each(|member| name_anchors(member, anchors));
        }
        Json::Array(items) => items.iter().for_each(|item| name_anchors(item, anchors)),
        _ => {}
    }
}

struct Count<'a> {
    root: &'a Json,
    anchors: HashMap<&'a str, &'a Json>,
    /// What the parts that references lead to come to; none while that is being found out.
    done: HashMap<*const Json, Option<usize>>,
}

impl<'a> Count<'a> {
    fn ways(&mut self, part: &'a Json) -> usize {
        match part {
            Json::Object(members) => {
                let mut ways: usize = 1;
                for (keyword, member) in members {
                    let added = match (keyword.as_str(), member) {
                        ("$ref" | "$dynamicRef", Json::String(reference)) => self.referred(reference),
                        ("$defs" | "definitions", _) => 0,
                        _ => self.ways(member),
                    };
                    ways = ways.saturating_add(added);
                }
                ways
            }
            Json::Array(items) => items.iter().fold(0, |ways, item| ways.saturating_add(self.ways(item))),
            _ => 0,
        }
    }

    fn referred(&mut self, reference: &str) -> usize {
        let Some(place) = reference.strip_prefix('#') else { return 0 };
        let root = self.root;
        let target = if place.is_empty() || place.starts_with('/') {
            root.pointer(place)
        } else {
            self.anchors.get(place).copied()
        };
        let Some(target) = target else { return 0 };
        // What leads to itself comes to as much as the values are deep, which is little.
        if let Some(known) = self.done.get(&std::ptr::from_ref(target)) {
            return known.unwrap_or(0);
        }
        self.done.insert(target, None);
        let ways = self.ways(target);
        self.done.insert(target, Some(ways));
        ways
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// A schema in which each of some parts leads several times to the next.
    fn doubling(levels: usize, reference: impl Fn(usize) -> String) -> Json {
        let part = |level: usize| {
            let next = json!({ "$ref": reference(level + 1) });
            let name = format!("p{level}");
            (name.clone(), json!({ "$anchor": name, "anyOf": [next, next, next, next] }))
        };
        let mut parts: serde_json::Map<_, _> = (0..levels).map(part).collect();
        parts.insert(format!("p{levels}"), json!({ "required": ["a"] }));
        json!({ "allOf": [{ "$ref": reference(0) }], "$defs": parts })
    }

    #[test]
    fn what_multiplies_is_endless_and_what_leads_to_itself_is_not() {
        let pointer = |level: usize| format!("#/$defs/p{level}");
        assert!(!is_endless(&doubling(4, pointer)));
        assert!(is_endless(&doubling(40, pointer)));
        assert!(is_endless(&doubling(40, |level| if level == 40 {
            pointer(40)
        } else {
            format!("#p{level}")
        })));
        assert!(!is_endless(
            &json!({ "allOf": [{ "$ref": "#" }, { "$ref": "#/none" }, { "$ref": "other" }] })
        ));
    }
}

//! Tells of members that the schema does not know, and finds what they were meant to be.

use super::check::{Check, Place};
use super::number::excerpt;
use crate::diag::catalogue::data::UNKNOWN_FIELD;
use crate::diag::{Diagnostic, Origin, Text, nearest};
use crate::json::{Json, JsonValue, Member, join, narrow};

impl Check<'_> {
    /// Tells of a member that is unknown. Returns the path, from its group on, of what it stands for, if that can
    /// be told.
    pub(super) fn unknown(&mut self, member: &Member<'_>, outer: &Place, place: &Place) -> Option<String> {
        let fault = Diagnostic::new(&UNKNOWN_FIELD).with("name", excerpt(&member.name));
        let (hint, meant) = if let Some(nested) = self.nested(member, outer) {
            let hint = Text::both(
                format!("一层一层写：`{nested}`"),
                format!("write the groups one within another: `{nested}`"),
            );
            (hint, None)
        } else {
            let paths = self.meant(member, outer);
            let inside = |path: &String| match &*outer.form {
                "" => Some(path.clone()),
                outer => Some(path.strip_prefix(outer)?.strip_prefix('.')?.to_owned()),
            };
            let only = if paths.len() == 1 { paths.first().and_then(inside) } else { None };
            let show = |path: &String| match self.schema.title(path) {
                Some(title) => Text::both(format!("`{path}`（{title}）"), format!("`{path}` ({title})")),
                None => Text::from(format!("`{path}`")),
            };
            let hint = match &paths.iter().map(show).collect::<Vec<_>>()[..] {
                [] => self.known(outer).unwrap_or_else(|| {
                    Text::both(
                        "备注可写在 `_note` 里；用不着的删去",
                        "write remarks as `_note`; take out what is not used",
                    )
                }),
                [one] => Text::both(format!("是否要写 {}", one.zh), format!("did you mean {}?", one.en)),
                several => {
                    let list = |phrase: fn(&Text) -> &str, mark: &str| {
                        several.iter().map(phrase).collect::<Vec<_>>().join(mark)
                    };
                    Text::both(
                        format!("是否要写下列之一：{}", list(|text| &text.zh, "、")),
                        format!("did you mean one of {}?", list(|text| &text.en, ", ")),
                    )
                }
            };
            (hint, only)
        };
        let title = self.schema.title(&outer.form).map(str::to_owned);
        let origin = Origin::new(self.source, member.name_span.clone()).field(&place.path, title.as_deref());
        self.found.push(fault.hint(hint).at(origin));
        self.failed.insert(place.path.clone());
        meant
    }

    /// Writes a member whose name is a path, such as `"gdp.value"`, the way it is meant.
    fn nested(&self, member: &Member<'_>, outer: &Place) -> Option<String> {
        let path = join(&outer.form, &member.name);
        if !member.name.contains('.') || (self.schema.field(&path).is_none() && !self.schema.is_object(&path))
        {
            return None;
        }
        let mut names = member.name.rsplit('.');
        let innermost = format!("\"{}\": {}", names.next()?, shown(&member.value));
        Some(names.fold(innermost, |inner, name| format!("\"{name}\": {{ {inner} }}")))
    }

    /// Says what a group of few members takes.
    fn known(&self, outer: &Place) -> Option<Text> {
        let names = self.schema.children(&outer.form);
        if outer.form.is_empty() || names.is_empty() || names.len() > LISTED {
            return None;
        }
        let shown = |name: &String| match self.schema.title(&join(&outer.form, name)) {
            Some(title) => Text::both(format!("`{name}`（{title}）"), format!("`{name}` ({title})")),
            None => Text::from(format!("`{name}`")),
        };
        let names: Vec<Text> = names.iter().map(shown).collect();
        let list =
            |phrase: fn(&Text) -> &str, mark: &str| names.iter().map(phrase).collect::<Vec<_>>().join(mark);
        Some(Text::both(
            format!("`{}` 里能写的有{}", outer.form, list(|text| &text.zh, "、")),
            format!("`{}` takes {}", outer.form, list(|text| &text.en, ", ")),
        ))
    }

    /// Finds the paths of the schema that an unknown name was likely meant to be.
    fn meant(&self, member: &Member<'_>, outer: &Place) -> Vec<String> {
        let plain = narrow(&member.name);
        let plain = plain.trim();
        let own = join(&outer.form, plain);
        let distance = |path: &String| strsim::levenshtein(path, &own);
        let last = |path: &'_ str| path.rsplit('.').next().unwrap_or_default().to_owned();
        // A Chinese title in the place of the name, perhaps with its unit behind it; in this group before others.
        let title = plain.split('(').next().unwrap_or(plain).trim_end();
        let titled = self.schema.fields().iter().filter(|field| field.title == title);
        let is_group = matches!(member.value.value, JsonValue::Object(_));
        // A group is meant by the title that it shares with its main figure.
        let of_group = |path: &str| {
            let (group, _) = path.rsplit_once('.')?;
            (is_group && self.schema.title(group) == Some(title)).then(|| group.to_owned())
        };
        let titled = titled.map(|field| of_group(&field.path).unwrap_or_else(|| field.path.clone()));
        let mut titled: Vec<_> = titled.collect();
        titled.dedup();
        if !titled.is_empty() {
            let prefix = join(&outer.form, "");
            if let Some(inside) = titled.iter().find(|path| path.starts_with(&prefix)) {
                return vec![inside.clone()];
            }
            titled.truncate(3);
            return titled;
        }
        let siblings = self.schema.children(&outer.form);
        let title_of = |name: &str| self.schema.title(&join(&outer.form, name)).unwrap_or_default();
        let group = siblings.iter().find(|name| title_of(name) == title);
        let near = || nearest(plain, siblings.iter().map(String::as_str));
        // A part of one title alone: 同比, 上年.
        let of_part = || {
            let is_part = |name: &&String| title.chars().count() >= 2 && title_of(name).contains(title);
            let mut parts = siblings.iter().filter(is_part).map(String::as_str);
            parts.next().filter(|_| parts.next().is_none())
        };
        if let Some(sibling) = group.map(String::as_str).or_else(near).or_else(of_part) {
            return vec![join(&outer.form, sibling)];
        }
        // A known name in the wrong place; of several the one in the likest place.
        let named = |name: &str| {
            let fields = self.schema.fields().iter().map(|field| field.path.clone());
            let mut paths: Vec<_> = fields.filter(|path| last(path) == name).collect();
            paths.sort_by_key(distance);
            paths
        };
        let mut elsewhere = named(plain);
        // `value` is everywhere, and what else has one is no concern of this group.
        if elsewhere.len() > FEW {
            return Vec::new();
        }
        // Short names are near to many.
        if elsewhere.is_empty() && plain.chars().count() > 5 {
            let known: Vec<String> = self.schema.fields().iter().map(|field| last(&field.path)).collect();
            elsewhere = nearest(plain, known.iter().map(String::as_str)).map(named).unwrap_or_default();
            elsewhere.truncate(1);
        }
        elsewhere.truncate(3);
        elsewhere
    }
}

/// How many groups may have a field of one name that is still known by it.
const FEW: usize = 3;

/// The most members of a group that a message lists.
const LISTED: usize = 5;

/// Returns a value as the file would have it; of what has parts only the brackets.
fn shown(json: &Json<'_>) -> String {
    match &json.value {
        JsonValue::Object(_) => "{ … }".to_owned(),
        JsonValue::Array(_) => "[ … ]".to_owned(),
        JsonValue::Number(digits) => excerpt(digits),
        JsonValue::String(text) => format!("\"{}\"", excerpt(text)),
        _ => json.to_document().to_string(),
    }
}

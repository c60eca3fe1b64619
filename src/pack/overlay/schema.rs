//! Changes the schema of a base as an overlay says: fields added, replaced keyword by keyword, removed.
//!
//! Each change names a path, and the path says which: what is added must not be there and its group must, what is
//! replaced or removed must be there. A mistyped path so never becomes a field of its own.

use std::ops::Range;
use std::sync::Arc;

use super::stack::Stacked;
use crate::diag::catalogue::overlay::{OVERRIDE_FORM, OVERRIDE_PRESENT, OVERRIDE_UNMATCHED};
use crate::diag::{Diagnostic, Origin, SourceText, Text, nearest};
use crate::json::{self, Json, JsonValue, Member};

/// What of the schema as a whole an overlay may say anew.
const WHOLE: [&str; 5] = ["$id", "title", "description", "required", "x-swing"];

/// Reads the schemas of packs that stand on one another as one. Its places are the whole's.
///
/// Fails with what is no JSON and with every change that does not match the base.
pub(in crate::pack) fn merged(stacked: &Stacked) -> Result<Json<'_>, Vec<Diagnostic>> {
    let mut faults = Vec::new();
    let mut whole: Option<Json<'_>> = None;
    for (start, source) in stacked.layers() {
        match (json::parse(source), &mut whole) {
            (Err(found), _) => faults.extend(found),
            (Ok(tree), None) => whole = Some(tree),
            (Ok(mut tree), Some(whole)) => {
                shift(&mut tree, *start);
                Change { source: stacked.whole(), whole, faults: &mut faults }.all(tree);
            }
        }
    }
    match whole {
        Some(whole) if faults.is_empty() => Ok(whole),
        _ => Err(stacked.located(faults)),
    }
}

/// How many characters are shown of what should be something else.
const LONGEST_FOUND: usize = 40;

/// The change of one schema by one overlay.
struct Change<'c, 'a> {
    source: &'c Arc<SourceText>,
    whole: &'c mut Json<'a>,
    faults: &'c mut Vec<Diagnostic>,
}

impl<'a> Change<'_, 'a> {
    fn all(&mut self, own: Json<'a>) {
        let JsonValue::Object(members) = own.value else {
            let expected = Text::both("花括号里的一组键和值", "an object, keys and values in braces");
            return self.form("schema.json", expected, own.span);
        };
        // What goes, goes first, so that its name is free.
        let (removals, others): (Vec<_>, Vec<_>) =
            members.into_iter().partition(|member| member.name == "remove");
        for member in removals {
            for (path, span) in self.names(member) {
                self.remove(&path, span);
            }
        }
        for member in others {
            let name = member.name.clone();
            match &*name {
                "add" => self.members(member).into_iter().for_each(|field| self.add(field)),
                "replace" => self.members(member).into_iter().for_each(|field| self.replace(field)),
                "rules" => self.rules(member),
                "$schema" => {}
                name if WHOLE.contains(&name) => set(self.whole, member),
                _ => {
                    let expected = Text::both(
                        "`add`、`replace`、`remove`、`rules`、`required` 或 `x-swing`",
                        "`add`, `replace`, `remove`, `rules`, `required` or `x-swing`",
                    );
                    self.form(&name, expected, member.name_span);
                }
            }
        }
    }

    fn add(&mut self, own: Member<'a>) {
        let path = own.name.to_string();
        if seek(self.whole, &path).is_some() {
            return self.present(&field(), &path, own.name_span);
        }
        let (group, name) = path.rsplit_once('.').unwrap_or(("", &path));
        let is_name = !name.is_empty() && !name.contains(['[', ']']);
        let Some(group) = seek(self.whole, group).filter(|group| is_name && group.get("x-kind").is_none())
        else {
            return self.unmatched(&Text::both("组", "group"), group, own.name_span);
        };
        let name = name.to_owned().into();
        let member = Member { name, name_span: own.name_span.clone(), value: own.value };
        let JsonValue::Object(members) = &mut group.value else { return };
        if !members.iter().any(|member| member.name == "properties") {
            let value = Json { value: JsonValue::Object(Vec::new()), span: own.name_span.clone() };
            members.push(Member { name: "properties".into(), name_span: own.name_span, value });
        }
        if let Some(JsonValue::Object(fields)) = get(group, "properties").map(|fields| &mut fields.value) {
            fields.push(member);
        }
    }

    fn replace(&mut self, own: Member<'a>) {
        let path = own.name.to_string();
        let span = own.name_span.clone();
        let keywords = self.members(own);
        let Some(known) = seek(self.whole, &path).filter(|_| !path.is_empty()) else {
            return self.unmatched(&field(), &path, span);
        };
        let mut faults = Vec::new();
        for keyword in keywords {
            if matches!(&*keyword.name, "properties" | "items" | "$ref" | "allOf") {
                faults.push((keyword.name.to_string(), keyword.name_span));
            } else if matches!(keyword.value.value, JsonValue::Null) {
                let JsonValue::Object(members) = &mut known.value else { continue };
                let before = members.len();
                members.retain(|member| member.name != keyword.name);
                if members.len() == before {
                    faults.push((keyword.name.to_string(), keyword.name_span));
                }
            } else {
                set(known, keyword);
            }
        }
        for (keyword, span) in faults {
            let expected = Text::both(
                "这一项自己的关键字；要去掉的写 `null`，组里各项另用 `add`、`replace`、`remove`",
                "a keyword of this field's own; `null` takes one away, and the fields of a group are changed one by one",
            );
            self.form(&keyword, expected, span);
        }
    }

    fn remove(&mut self, path: &str, span: Range<usize>) {
        let (group, name) = path.rsplit_once('.').unwrap_or(("", path));
        let Some(group) = seek(self.whole, group) else {
            return self.unmatched(&field(), path, span);
        };
        let mut found = false;
        if let Some(JsonValue::Object(fields)) = get(group, "properties").map(|fields| &mut fields.value) {
            let before = fields.len();
            fields.retain(|field| field.name != name);
            found = fields.len() < before;
        }
        if !found {
            return self.unmatched(&field(), path, span);
        }
        if let Some(JsonValue::Array(required)) = get(group, "required").map(|required| &mut required.value) {
            required.retain(|required| required.as_str() != Some(name));
        }
        if let Some(JsonValue::Array(rules)) = get(self.whole, "x-rules").map(|rules| &mut rules.value) {
            rules.retain_mut(|rule| forget(rule, path));
        }
    }

    fn rules(&mut self, own: Member<'a>) {
        for change in self.members(own) {
            let name = change.name.clone();
            match &*name {
                "remove" => {
                    for (name, span) in self.names(change) {
                        match self.rule(&name) {
                            Some(at) => drop(self.rule_list().map(|rules| rules.remove(at))),
                            None => self.unmatched(&rule(), &name, span),
                        }
                    }
                }
                "replace" => {
                    for change in self.members(change) {
                        let Some(at) = self.rule(&change.name) else {
                            self.unmatched(&rule(), &change.name, change.name_span);
                            continue;
                        };
                        let members = self.members(change);
                        if let Some(known) = self.rule_list().and_then(|rules| rules.get_mut(at)) {
                            for member in members {
                                set(known, member);
                            }
                        }
                    }
                }
                // Two rules of one name are told when the whole is read.
                "add" => match change.value.value {
                    JsonValue::Array(rules) => {
                        if self.rule_list().is_none() {
                            let value = Json { value: JsonValue::Array(Vec::new()), span: change.value.span };
                            let name_span = change.name_span;
                            set(self.whole, Member { name: "x-rules".into(), name_span, value });
                        }
                        self.rule_list().into_iter().for_each(|known| known.extend(rules.iter().cloned()));
                    }
                    _ => self.form(
                        "add",
                        Text::both("方括号里的一列规则", "a list of rules in brackets"),
                        change.name_span,
                    ),
                },
                _ => {
                    let expected = Text::both("`add`、`replace` 或 `remove`", "`add`, `replace` or `remove`");
                    self.form(&name, expected, change.name_span);
                }
            }
        }
    }

    fn rule_list(&mut self) -> Option<&mut Vec<Json<'a>>> {
        match get(self.whole, "x-rules").map(|rules| &mut rules.value) {
            Some(JsonValue::Array(rules)) => Some(rules),
            _ => None,
        }
    }

    fn rule(&mut self, name: &str) -> Option<usize> {
        let rules = self.rule_list()?;
        rules.iter().position(|rule| rule.get("name").and_then(Json::as_str) == Some(name))
    }

    /// Returns an object's members; complains of anything else.
    fn members(&mut self, own: Member<'a>) -> Vec<Member<'a>> {
        if let JsonValue::Object(members) = own.value.value {
            return members;
        }
        self.form(
            &own.name,
            Text::both("花括号里的一组键和值", "an object, keys and values in braces"),
            own.value.span,
        );
        Vec::new()
    }

    /// Returns a list's texts; complains of anything else.
    fn names(&mut self, own: Member<'a>) -> Vec<(String, Range<usize>)> {
        let expected = || Text::both("方括号里的一列文字", "a list of strings in brackets");
        let JsonValue::Array(items) = own.value.value else {
            self.form(&own.name, expected(), own.value.span);
            return Vec::new();
        };
        let mut names = Vec::new();
        for item in items {
            match item.as_str() {
                Some(name) => names.push((name.to_owned(), item.span)),
                None => self.form(&own.name, expected(), item.span),
            }
        }
        names
    }

    fn form(&mut self, key: &str, expected: Text, span: Range<usize>) {
        let written = self.source.text().get(span.clone()).unwrap_or_default();
        let mut found: String = written.chars().take(LONGEST_FOUND).collect();
        if found.len() < written.len() {
            found.push('…');
        }
        let fault = Diagnostic::new(&OVERRIDE_FORM).with("key", key).with("expected", expected);
        let fault = fault.with("found", format!("`{}`", found.replace(char::is_whitespace, " ")));
        self.faults.push(fault.at(Origin::new(self.source, span)));
    }

    fn present(&mut self, what: &Text, name: &str, span: Range<usize>) {
        let fault = Diagnostic::new(&OVERRIDE_PRESENT).with("what", what.clone()).with("name", name);
        self.faults.push(fault.at(Origin::new(self.source, span)));
    }

    fn unmatched(&mut self, what: &Text, name: &str, span: Range<usize>) {
        let fault = Diagnostic::new(&OVERRIDE_UNMATCHED).with("what", what.clone()).with("name", name);
        let mut known = Vec::new();
        paths(self.whole, "", &mut known);
        let fault = match nearest(name, known.iter().map(String::as_str)) {
            Some(near) => {
                fault.hint(Text::both(format!("是否要写 `{near}`"), format!("did you mean `{near}`?")))
            }
            None => fault,
        };
        self.faults.push(fault.at(Origin::new(self.source, span)));
    }
}

fn field() -> Text {
    Text::both("数据项", "field")
}

fn rule() -> Text {
    Text::both("规则", "rule")
}

/// Moves all places of a tree on by a number of bytes.
fn shift(json: &mut Json<'_>, by: usize) {
    let moved = |span: &Range<usize>| span.start + by..span.end + by;
    json.span = moved(&json.span);
    match &mut json.value {
        JsonValue::Array(items) => items.iter_mut().for_each(|item| shift(item, by)),
        JsonValue::Object(members) => {
            for member in members {
                member.name_span = moved(&member.name_span);
                shift(&mut member.value, by);
            }
        }
        _ => {}
    }
}

/// Returns the value of an object's member.
fn get<'j, 'a>(json: &'j mut Json<'a>, name: &str) -> Option<&'j mut Json<'a>> {
    match &mut json.value {
        JsonValue::Object(members) => {
            members.iter_mut().find(|member| member.name == name).map(|member| &mut member.value)
        }
        _ => None,
    }
}

/// Sets an object's member, in its place when it has one.
fn set<'a>(json: &mut Json<'a>, own: Member<'a>) {
    if let JsonValue::Object(members) = &mut json.value {
        match members.iter_mut().find(|member| member.name == own.name) {
            Some(known) => *known = own,
            None => members.push(own),
        }
    }
}

/// Finds the subschema at a path in the schema's form: `""` for the whole, `a.b[]` for a table's rows.
fn seek<'j, 'a>(whole: &'j mut Json<'a>, path: &str) -> Option<&'j mut Json<'a>> {
    let mut pointer = String::new();
    for step in path.split('.').filter(|_| !path.is_empty()) {
        let name = step.strip_suffix("[]").unwrap_or(step);
        inline(whole, &pointer);
        pointer = format!("{pointer}/properties/{}", name.replace('~', "~0").replace('/', "~1"));
        if name.len() < step.len() {
            inline(whole, &pointer);
            pointer += "/items";
        }
        whole.pointer(&pointer)?;
    }
    inline(whole, &pointer);
    at(whole, &pointer)
}

/// Puts into a subschema what it refers to (`$ref`), so that a change of it changes it alone.
fn inline(whole: &mut Json<'_>, pointer: &str) {
    let Some(target) = whole
        .pointer(pointer)
        .and_then(|json| json.get("$ref")?.as_str()?.strip_prefix('#'))
        .and_then(|target| whole.pointer(target))
        .cloned()
    else {
        return;
    };
    let (Some(json), JsonValue::Object(theirs)) = (at(whole, pointer), target.value) else { return };
    let JsonValue::Object(members) = &mut json.value else { return };
    members.retain(|member| member.name != "$ref");
    for member in theirs {
        if !members.iter().any(|own| own.name == member.name) {
            members.push(member);
        }
    }
}

/// Follows a JSON Pointer through objects.
fn at<'j, 'a>(json: &'j mut Json<'a>, pointer: &str) -> Option<&'j mut Json<'a>> {
    pointer
        .split('/')
        .skip(1)
        .try_fold(json, |json, step| get(json, &step.replace("~1", "/").replace("~0", "~")))
}

/// Lists the paths of a schema's groups, fields and rules, to suggest the one that was meant.
fn paths(json: &Json<'_>, path: &str, known: &mut Vec<String>) {
    if path.is_empty() {
        let rules = json.get("x-rules").map(|rules| &rules.value);
        if let Some(JsonValue::Array(rules)) = rules {
            known.extend(rules.iter().filter_map(|rule| Some(rule.get("name")?.as_str()?.to_owned())));
        }
    }
    if path.matches('.').count() > 16 {
        return;
    }
    for field in json.get("properties").map(Json::members).unwrap_or_default() {
        let path = json::join(path, &field.name);
        paths(&field.value, &path, known);
        if let Some(items) = field.value.get("items") {
            paths(items, &format!("{path}[]"), known);
        }
        known.push(path);
    }
}

/// Takes a removed path out of a rule; tells whether the rule is still one.
///
/// Where an operand is absent a rule is not asked; so a rule goes with its operand, and a list of figures of which
/// each is asked for itself goes on without it.
fn forget(rule: &mut Json<'_>, removed: &str) -> bool {
    let is_gone = |path: &str| {
        path.strip_prefix(removed).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
    };
    // How many figures a list must have left to say something.
    let least = match rule.get("rule").and_then(Json::as_str) {
        Some("range" | "not_below_previous") => Some(1),
        Some("same_sign" | "equal") => Some(2),
        _ => None,
    };
    let JsonValue::Object(members) = &mut rule.value else { return true };
    for member in members {
        if matches!(&*member.name, "name" | "rule" | "severity" | "message" | "is" | "basis") {
            continue;
        }
        match &mut member.value.value {
            JsonValue::String(path) if is_gone(path) => return false,
            JsonValue::Array(items) => {
                let before = items.len();
                items.retain(|item| !item.as_str().is_some_and(is_gone));
                if items.len() < before && least.is_none_or(|least| items.len() < least) {
                    return false;
                }
            }
            _ => {}
        }
    }
    true
}

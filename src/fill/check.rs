//! Checks a pack's templates against its schema before any data is seen, and tells every fault at once.
//!
//! Strict handlebars finds an unknown path only where it is printed, and only when that text is chosen;
//! `{{#if typo}}` is false and `{{helper typo}}` null. Templates that include one another in a circle
//! overflow the stack. So nothing is rendered that this check has not walked through first.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;
use std::sync::Arc;

use serde_json::Value as Json;

use super::compile::{Argument, Call, Compiled, Element, place};
use super::helpers::{self, Accept, Form, Spec};
use super::rows;
use super::scan::DEEPEST_BLOCKS;
use super::scope::{Frame, Known, Shape, is_figure};
use super::units;
use super::work::MOST_STEPS;
use crate::diag::catalogue::fill::{
    ARGUMENT_COUNT, ARGUMENT_KIND, FIGURE_AS_CONDITION, HELPER_FORM, HELPER_UNKNOWN, NAME_TAKEN,
    NESTED_TOO_DEEP, NOT_PRINTABLE, OPTION_MISSING, OPTION_UNKNOWN, PARTIAL_CIRCULAR, PARTIAL_DYNAMIC,
    PARTIAL_MISSING, PATH_UNKNOWN, TEMPLATE_UNREACHABLE, TOO_MANY_STEPS,
};
use crate::diag::catalogue::overlay::{SECTIONS_UNLED, TEMPLATE_STRAY};
use crate::diag::{Diagnostic, Origin, Severity, SourceText, Text};
use crate::pack::{Field, SECTIONS};

/// How many inclusions of templates a document may come to.
const MOST_INCLUSIONS: usize = 2_000;
/// How many tags the check looks at, those of a template as often as it is included. A long one counts for several.
const MOST_TAGS: usize = 500_000;
/// The bytes of a tag that count for one.
const TAG: usize = 32;

/// What the check found.
#[derive(Debug, Default)]
pub(super) struct Findings {
    /// Every fault, and a warning for each template that nothing leads to.
    pub(super) diagnostics: Vec<Diagnostic>,
    /// The fields that the templates use, by their paths in the schema's form: figures that are printed,
    /// names and flags that are at least asked for.
    pub(super) used: BTreeSet<String>,
    /// Whether every template that is included was there to be walked through, and was.
    pub(super) is_whole: bool,
    /// Whether every path was known, so that what is not used is meant not to be.
    pub(super) is_known: bool,
    /// The names and texts that the templates compare with something.
    pub(super) steering: BTreeSet<String>,
    /// The templates that the entry leads to, or that were walked through for themselves.
    pub(super) reached: BTreeSet<String>,
}

/// Walks through the templates from the entry on, and then through those that it does not lead to.
///
/// `broken` names the templates that could not be parsed: nobody can tell what they lead to. `inherited` names, for a
/// pack that stands on another, the templates of that one: where the pack has left one out, it is not asked for
/// faults, and one of the pack's own that nothing leads to is a fault, for it was to change something.
pub(super) fn check<'a>(
    templates: &'a BTreeMap<String, Compiled>,
    broken: &'a BTreeSet<&'a str>,
    entry: Option<&str>,
    known: &'a Known<'a>,
    inherited: Option<&BTreeSet<String>>,
) -> Findings {
    let mut check = Check {
        templates,
        broken,
        known,
        inclusions: 0,
        tags: 0,
        told: HashMap::new(),
        reached: BTreeSet::new(),
        findings: Findings { is_whole: true, is_known: true, ..Findings::default() },
    };
    if let Some((name, compiled)) = entry.and_then(|entry| templates.get_key_value(entry)) {
        check.template(name, compiled);
    }
    let leads_on = entry.is_some_and(|entry| check.reached.contains(entry))
        && check.findings.is_whole
        && broken.is_empty();
    if let Some(entry) = entry.and_then(|entry| templates.get(entry)).filter(|_| leads_on) {
        check.sections(entry, inherited.is_some());
    }
    let used = std::mem::take(&mut check.findings.used);
    let reached = check.reached.clone();

    // The rest is checked as if it were included by nothing but what includes it: heads first.
    let is_own = |name: &str| inherited.is_none_or(|inherited| !inherited.contains(name));
    let rest = || templates.iter().filter(|(name, _)| !reached.contains(name.as_str()) && is_own(name));
    let included: BTreeSet<&str> = rest().flat_map(|(_, rest)| partials(&rest.elements)).collect();
    let (inner, heads): (Vec<_>, Vec<_>) = rest().partition(|(name, _)| included.contains(name.as_str()));
    for (name, compiled) in heads.into_iter().chain(inner) {
        if !check.reached.contains(name.as_str()) {
            check.template(name, compiled);
        }
        if leads_on {
            let entry = if inherited.is_some() { &TEMPLATE_STRAY } else { &TEMPLATE_UNREACHABLE };
            let warning = Diagnostic::new(entry).with("name", name);
            check.findings.diagnostics.push(warning.at(Origin::new(&compiled.source, 0..0)));
        }
    }
    check.findings.used = used;
    check.findings.reached = check.reached.into_iter().map(str::to_owned).collect();
    check.findings
}

/// Returns the templates that a template includes.
fn partials(elements: &[Element]) -> Vec<&str> {
    let mut names = Vec::new();
    for element in elements {
        match element {
            Element::Partial(call) => names.extend(call.name.as_deref()),
            Element::Block { body, inverse, .. } => {
                names.extend(partials(body));
                names.extend(partials(inverse));
            }
            Element::Text(_) | Element::Print(_) => {}
        }
    }
    names
}

/// Where the walk stands.
struct Way<'a> {
    source: &'a Arc<SourceText>,
    frames: Vec<Frame>,
    /// The templates on the way from the entry.
    including: Vec<&'a str>,
    /// The blocks and templates on the way.
    depth: usize,
}

struct Check<'a> {
    templates: &'a BTreeMap<String, Compiled>,
    broken: &'a BTreeSet<&'a str>,
    known: &'a Known<'a>,
    inclusions: usize,
    /// The tags that were looked at.
    tags: usize,
    /// What was told of each place.
    told: HashMap<(*const SourceText, usize), Vec<Diagnostic>>,
    /// The templates that were walked through.
    reached: BTreeSet<&'a str>,
    findings: Findings,
}

impl<'a> Check<'a> {
    /// Walks through a template that nothing includes.
    fn template(&mut self, name: &'a str, compiled: &'a Compiled) {
        self.inclusions = 0;
        self.reached.insert(name);
        let mut way = Way {
            source: &compiled.source,
            frames: vec![Frame::new(Shape::Group(String::new()))],
            including: vec![name],
            depth: 0,
        };
        self.elements(&compiled.elements, &mut way);
    }

    /// Walks through the list of the pack's sections if the entry does not lead to it. What it leads to is then told
    /// of once, at the entry, and not each for itself. It is a fault of an overlay, which takes the list over.
    fn sections(&mut self, entry: &Compiled, is_overlay: bool) {
        let Some((name, list)) = self.templates.get_key_value(SECTIONS) else { return };
        if self.reached.contains(name.as_str()) || !list.source.name().ends_with("#sections") {
            return;
        }
        let is_printed = partials(&list.elements).iter().all(|section| self.reached.contains(section));
        self.template(name, list);
        if !is_printed {
            let hint = Text::both(
                "在 `<article>` 里该印各节的地方写上 `{{> sections}}`",
                "write `{{> sections}}` in its `<article>`, where the sections belong",
            );
            let mut fault = Diagnostic::new(&SECTIONS_UNLED).with("file", entry.source.name()).hint(hint);
            if !is_overlay {
                fault.severity = Severity::Warning;
            }
            self.findings.diagnostics.push(fault.at(Origin::new(&entry.source, 0..0)));
        }
    }

    fn elements(&mut self, elements: &'a [Element], way: &mut Way<'a>) {
        for (index, element) in elements.iter().enumerate() {
            if let Element::Print(call) | Element::Block { call, .. } | Element::Partial(call) = element {
                let tags = 1 + call.span.len() / TAG;
                let is_too_many = self.tags + tags > MOST_TAGS;
                if is_too_many && self.tags <= MOST_TAGS {
                    let fault = Diagnostic::new(&TOO_MANY_STEPS).with("most", MOST_TAGS);
                    self.tell(fault, call.span.clone(), way);
                }
                self.tags += tags;
                if is_too_many {
                    self.findings.is_whole = false;
                    return;
                }
            }
            match element {
                Element::Text(_) => {}
                Element::Print(call) => {
                    let shape = self.print(call, way);
                    let next = elements.get(index + 1);
                    if let (Some(shape), Some(Element::Text(span))) = (shape, next)
                        && let Some(fault) = units::behind(call, &shape, &way.source.text()[span.clone()])
                    {
                        self.tell(fault, call.span.clone(), way);
                    }
                }
                Element::Block { call, names, body, inverse } => self.block(call, names, body, inverse, way),
                Element::Partial(call) => self.partial(call, way),
            }
        }
    }

    /// Checks a tag that prints and returns what its first argument, or the path that it consists of, leads to.
    fn print(&mut self, call: &Call, way: &Way<'a>) -> Option<Shape> {
        let Some(name) = &call.name else {
            self.unknown_helper("(…)", call, way);
            return None;
        };
        let spec = helpers::find(name);
        if spec.is_none() && call.arguments.is_empty() && call.options.is_empty() {
            let shape = self.path(name, call, way);
            if !shape.is_printable() {
                let fault =
                    Diagnostic::new(&NOT_PRINTABLE).with("path", name).with("found", shape.describe());
                self.tell(fault, place(way.source, &call.span, name), way);
            }
            self.used(&shape, true);
            return Some(shape);
        }
        match spec {
            None => self.unknown_helper(name, call, way),
            Some(spec) if spec.form != Form::Print => self.wrong_form(spec, call, way),
            Some(spec) => return self.arguments(spec, call, way).into_iter().next(),
        }
        None
    }

    fn block(
        &mut self,
        call: &'a Call,
        names: &'a [String],
        body: &'a [Element],
        inverse: &'a [Element],
        way: &mut Way<'a>,
    ) {
        let name = call.name.as_deref().unwrap_or("(…)");
        let mut frame = Frame::new(Shape::Unknown);
        let mut opens_scope = false;
        match helpers::find(name) {
            None => self.unknown_helper(name, call, way),
            Some(spec) if spec.form == Form::Print => self.wrong_form(spec, call, way),
            Some(spec) => {
                let shapes = self.arguments(spec, call, way);
                for name in names.iter().filter(|name| helpers::find(name).is_some()) {
                    let fault = Diagnostic::new(&NAME_TAKEN).with("name", name);
                    self.tell(fault, place(way.source, &call.span, name), way);
                }
                opens_scope = spec.form == Form::Scope;
                let shape = shapes.into_iter().next().unwrap_or(Shape::Unknown);
                frame = Frame::of(spec.name == "each", shape, names);
                if names.len() > usize::from(opens_scope) + usize::from(frame.each) {
                    self.wrong_form(spec, call, way);
                }
            }
        }
        way.depth += 1;
        if way.depth == DEEPEST_BLOCKS + 1 {
            let fault = Diagnostic::new(&NESTED_TOO_DEEP).with("most", DEEPEST_BLOCKS);
            self.tell(fault, call.span.clone(), way);
        }
        if opens_scope {
            way.frames.push(frame);
            self.elements(body, way);
            way.frames.pop();
        } else {
            self.elements(body, way);
        }
        self.elements(inverse, way);
        way.depth -= 1;
    }

    fn partial(&mut self, call: &'a Call, way: &mut Way<'a>) {
        let Some(name) = &call.name else {
            self.findings.is_whole = false;
            return self.tell(Diagnostic::new(&PARTIAL_DYNAMIC), call.span.clone(), way);
        };
        // A scope of its own is a `#with` around it; that way there is only one rule for scopes.
        if !call.arguments.is_empty() {
            let fault = Diagnostic::new(&ARGUMENT_COUNT).with("name", format!("> {name}")).with("wanted", 0);
            self.tell(fault.with("found", call.arguments.len()), call.span.clone(), way);
        }
        for (option, _) in &call.options {
            let fault =
                Diagnostic::new(&OPTION_UNKNOWN).with("name", format!("> {name}")).with("option", option);
            self.tell(fault, place(way.source, &call.span, option), way);
        }
        let at = |way: &Way<'a>, name: &str| place(way.source, &call.span, name);
        let Some((name, compiled)) = self.templates.get_key_value(name) else {
            self.findings.is_whole = false;
            if self.broken.contains(name.as_str()) {
                return;
            }
            let fault = Diagnostic::new(&PARTIAL_MISSING).with("name", name);
            let fault = fault.suggest(name, self.templates.keys().map(String::as_str));
            return self.tell(fault, at(way, name), way);
        };
        if let Some(first) = way.including.iter().position(|including| including == name) {
            let circle = [&way.including[first..], &[name.as_str()]].concat().join(" → ");
            return self.tell(Diagnostic::new(&PARTIAL_CIRCULAR).with("circle", circle), at(way, name), way);
        }
        self.inclusions += 1;
        if self.inclusions > MOST_INCLUSIONS {
            self.findings.is_whole = false;
            if self.inclusions == MOST_INCLUSIONS + 1 {
                self.tell(Diagnostic::new(&TOO_MANY_STEPS).with("most", MOST_INCLUSIONS), at(way, name), way);
            }
            return;
        }
        if way.depth >= DEEPEST_BLOCKS {
            self.findings.is_whole = false;
            let fault = Diagnostic::new(&NESTED_TOO_DEEP).with("most", DEEPEST_BLOCKS);
            return self.tell(fault, at(way, name), way);
        }
        self.reached.insert(name);
        let source = std::mem::replace(&mut way.source, &compiled.source);
        let base = way.frames.last().map_or(Shape::Unknown, |frame| frame.base.clone());
        way.frames.push(Frame::new(base));
        way.including.push(name);
        way.depth += 1;
        self.elements(&compiled.elements, way);
        way.depth -= 1;
        way.including.pop();
        way.frames.pop();
        way.source = source;
    }

    /// Checks a helper's arguments and options and returns what the arguments are.
    fn arguments(&mut self, spec: &Spec, call: &Call, way: &Way<'a>) -> Vec<Shape> {
        let (least, found) = (spec.arguments.len(), call.arguments.len());
        if found < least || (found > least && !spec.more) {
            let wanted = if spec.more {
                Text::both(format!("至少{least}"), format!("at least {least}"))
            } else {
                Text::from(least)
            };
            let fault = Diagnostic::new(&ARGUMENT_COUNT).with("name", spec.name).with("wanted", wanted);
            let mut fault = fault.with("found", found);
            // A table's column may bear a helper's name.
            if found == 0 && self.known.resolve(spec.name, &way.frames).is_ok() {
                let name = spec.name;
                fault = fault.hint(Text::both(
                    format!("要印数据就写 `this.{name}`"),
                    format!("write `this.{name}` for the datum"),
                ));
            }
            self.tell(fault, call.span.clone(), way);
            return Vec::new();
        }
        for (option, value) in &call.options {
            if !spec.options.contains(&option.as_str()) {
                let fault = Diagnostic::new(&OPTION_UNKNOWN).with("name", spec.name).with("option", option);
                let fault = fault.suggest(option, spec.options.iter().copied());
                self.tell(fault, place(way.source, &call.span, option), way);
            } else if !matches!(value, Argument::Literal(Json::String(_) | Json::Bool(_))) {
                self.wrong_kind(
                    spec.name,
                    Accept::Literal,
                    &written(value),
                    &Text::both("别的", "not"),
                    call,
                    way,
                );
            }
        }
        let accepts =
            spec.arguments.iter().chain(std::iter::repeat(spec.arguments.last().unwrap_or(&Accept::Data)));
        let shapes: Vec<_> = call
            .arguments
            .iter()
            .zip(accepts)
            .map(|(argument, accept)| self.argument(spec, *accept, argument, call, way))
            .collect();
        match spec.name {
            "both" => self.units(spec, &shapes, call, way),
            "rows" => self.rows(spec, &shapes, call, way),
            _ => {}
        }
        shapes
    }

    fn argument(
        &mut self,
        spec: &Spec,
        accept: Accept,
        argument: &Argument,
        call: &Call,
        way: &Way<'a>,
    ) -> Shape {
        match argument {
            Argument::Path(path) => {
                let shape = self.path(path, call, way);
                if shape.is_accepted(accept) {
                    if let (Accept::Comparable, Shape::Field(field)) = (accept, &shape)
                        && !is_figure(field.kind)
                    {
                        self.findings.steering.insert(field.path.clone());
                    }
                    let prints = spec.form == Form::Print && !matches!(spec.name, "title" | "unit");
                    self.used(&shape, prints);
                } else if accept == Accept::Condition && matches!(shape, Shape::Field(_) | Shape::Item(_)) {
                    let fault = Diagnostic::new(&FIGURE_AS_CONDITION).with("path", path);
                    self.tell(fault, place(way.source, &call.span, path), way);
                } else {
                    self.wrong_kind(spec.name, accept, path, &shape.describe(), call, way);
                }
                shape
            }
            Argument::Literal(literal) => {
                let fits = match accept {
                    Accept::Literal => literal.is_string(),
                    Accept::Comparable => literal.is_string() || literal.is_number(),
                    _ => false,
                };
                if !fits {
                    let found = Text::both("写死的值", "a literal");
                    self.wrong_kind(spec.name, accept, &written(argument), &found, call, way);
                }
                Shape::Unknown
            }
            Argument::Call(inner) => {
                let name = inner.name.as_deref().unwrap_or("(…)");
                match helpers::find(name) {
                    None => self.unknown_helper(name, inner, way),
                    Some(inner_spec) if inner_spec.form == Form::Choose && accept == Accept::Condition => {
                        self.arguments(inner_spec, inner, way);
                    }
                    Some(_) => {
                        let found = Text::both("一个助手", "a helper");
                        self.wrong_kind(spec.name, accept, &format!("({name} …)"), &found, call, way);
                    }
                }
                Shape::Unknown
            }
        }
    }

    /// Takes the figures of the columns for used; each column has to be a member of some group.
    fn rows(&mut self, spec: &Spec, shapes: &[Shape], call: &Call, way: &Way<'a>) {
        let columns = call.options.iter().find_map(|(name, value)| match value {
            Argument::Literal(Json::String(columns)) if name == "columns" => Some(columns.as_str()),
            _ => None,
        });
        let columns: Vec<_> = columns.unwrap_or_default().split_whitespace().collect();
        if columns.is_empty() {
            let fault = Diagnostic::new(&OPTION_MISSING).with("name", spec.name).with("option", "columns");
            return self.tell(fault, call.span.clone(), way);
        }
        let Some(schema) = self.known.schema else { return };
        let mut members = BTreeSet::from([rows::TITLE, rows::UNIT]);
        for shape in shapes {
            match shape {
                Shape::Group(prefix) => {
                    for field in schema.fields().iter().filter(|field| field.path.starts_with(prefix)) {
                        let (group, name) = field.path.rsplit_once('.').unwrap_or(("", &field.path));
                        let has_column = columns.iter().any(|column| {
                            let path = if group.is_empty() {
                                (*column).to_owned()
                            } else {
                                format!("{group}.{column}")
                            };
                            schema.field(&path).is_some()
                        });
                        // Beside groups that are rows, a group may have figures that are rows of their own.
                        let column = if has_column { name } else { rows::VALUE };
                        members.insert(column);
                        if columns.contains(&column) {
                            self.findings.used.insert(field.path.clone());
                        }
                    }
                }
                Shape::Field(_) => drop(members.insert(rows::VALUE)),
                _ => return,
            }
        }
        for column in columns.iter().filter(|column| !members.contains(*column)) {
            let fault = Diagnostic::new(&PATH_UNKNOWN).with("path", *column);
            let fault = fault.suggest(column, members.iter().copied());
            self.tell(fault, place(way.source, &call.span, column), way);
        }
    }

    /// Equal figures share a number only when they share its unit.
    fn units(&mut self, spec: &Spec, shapes: &[Shape], call: &Call, way: &Way<'a>) {
        let fields = shapes.iter().filter_map(|shape| match shape {
            Shape::Field(field) => Some(field),
            _ => None,
        });
        let mut units = fields.map(|field: &Arc<Field>| field.unit.as_str());
        let Some(first) = units.next() else { return };
        if let Some(other) = units.find(|unit| *unit != first) {
            let fault = Diagnostic::new(&ARGUMENT_KIND)
                .with("name", spec.name)
                .with("wanted", Text::both(format!("单位为“{first}”的数"), format!("figures in {first}")))
                .with("argument", format!("… {other}"))
                .with("found", Text::both("另一种单位", "another unit"));
            self.tell(fault, call.span.clone(), way);
        }
    }

    /// Resolves a path, or complains of it.
    fn path(&mut self, path: &str, call: &Call, way: &Way<'a>) -> Shape {
        self.known.resolve(path, &way.frames).unwrap_or_else(|unknown| {
            self.findings.is_known = false;
            let fault = Diagnostic::new(&PATH_UNKNOWN).with("path", &unknown);
            let from_top = format!("@root.{path}");
            // Within a block that changes where paths begin, one from the top is meant.
            let is_known = |path: &str| {
                let found = self.known.resolve(path, &way.frames);
                found.is_ok_and(|shape| !matches!(shape, Shape::Unknown))
            };
            let fault = if path.starts_with(char::is_alphanumeric) && is_known(&from_top) {
                fault.hint(Text::both(
                    format!("这里的路径从块里的那一项算起，从头写起是 `{from_top}`"),
                    format!("paths count from the block here; from the top it is `{from_top}`"),
                ))
            } else {
                self.known.suggest(fault, &unknown)
            };
            self.tell(fault, place(way.source, &call.span, path), way);
            Shape::Unknown
        })
    }

    fn used(&mut self, shape: &Shape, printed: bool) {
        if let Shape::Field(field) | Shape::Item(field) = shape
            && (printed || !is_figure(field.kind))
        {
            self.findings.used.insert(field.path.clone());
        }
    }

    fn unknown_helper(&mut self, name: &str, call: &Call, way: &Way<'a>) {
        let fault = Diagnostic::new(&HELPER_UNKNOWN).with("name", name);
        let fault = fault.suggest(name, helpers::SPECS.iter().map(|spec| spec.name));
        self.tell(fault, place(way.source, &call.span, name), way);
    }

    fn wrong_form(&mut self, spec: &Spec, call: &Call, way: &Way<'a>) {
        let name = spec.name;
        let form = match spec.form {
            Form::Print => format!("{{{{{name} …}}}}"),
            Form::Choose | Form::Scope => format!("{{{{#{name} …}}}}…{{{{/{name}}}}}"),
        };
        let fault = Diagnostic::new(&HELPER_FORM).with("name", name).with("form", form);
        self.tell(fault, place(way.source, &call.span, name), way);
    }

    fn wrong_kind(
        &mut self,
        name: &str,
        wanted: Accept,
        argument: &str,
        found: &Text,
        call: &Call,
        way: &Way<'a>,
    ) {
        let fault = Diagnostic::new(&ARGUMENT_KIND)
            .with("name", name)
            .with("wanted", wanted.describe())
            .with("argument", argument)
            .with("found", found.clone());
        self.tell(fault, place(way.source, &call.span, argument), way);
    }

    /// Keeps a fault; a template that is included twice has its faults once.
    fn tell(&mut self, fault: Diagnostic, span: Range<usize>, way: &Way<'a>) {
        let fault = fault.at(Origin::new(way.source, span.clone()));
        let there = self.told.entry((Arc::as_ptr(way.source), span.start)).or_default();
        if !there.contains(&fault) {
            there.push(fault.clone());
            self.findings.diagnostics.push(fault);
        }
    }
}

fn written(argument: &Argument) -> String {
    match argument {
        Argument::Path(path) => path.clone(),
        Argument::Literal(literal) => literal.to_string(),
        Argument::Call(call) => format!("({} …)", call.name.as_deref().unwrap_or_default()),
    }
}

// The rendering counts its own steps; the check's limit is far below it.
const _: () = assert!(MOST_INCLUSIONS < MOST_STEPS);

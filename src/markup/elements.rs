//! Makes 版头, 署名 and 版记 of their elements.

use std::sync::Arc;

use super::blocks::end_sentence;
use super::inline::{Whole, runs};
use super::tree::Element;
use super::vocabulary::Name;
use crate::document::{
    self, DatumKind, Form, Head, Imprint, Inline, Manner, Roster, Run, Seal, Signature, Signer,
};

/// Returns 版头. Where several organs issue a letter, its mark is that of the first, and nobody is named as 签发人 (10.1). An
/// organ that is given with what follows it in the mark has it once.
pub(super) fn head(element: &Element) -> Head {
    let form = match element.attribute("kind") {
        Some("letter") => Form::Letter,
        Some("order") => Form::Order,
        Some("minutes") => Form::Minutes,
        _ => Form::Document,
    };
    let mark = element.elements().find(|part| part.name == Name::Mark);
    let mut organs = mark.map(|mark| all(mark, Name::Organ)).unwrap_or_default();
    let mut suffix = mark.map(|mark| first(mark, Name::Suffix)).unwrap_or_default();
    let mut signers = all(element, Name::Approver);
    if form == Form::Letter {
        organs.truncate(1);
        signers.clear();
    }
    let has_suffix = |organ: &[Inline]| document::text(organ).ends_with(&document::text(&suffix));
    if organs.is_empty() || matches!(&organs[..], [organ] if has_suffix(organ)) {
        suffix.clear();
    }
    Head {
        form,
        copy_number: first(element, Name::CopyNumber),
        secrecy: first(element, Name::Secrecy),
        urgency: first(element, Name::Urgency),
        organs,
        suffix,
        number: first(element, Name::Number),
        signers,
    }
}

/// Returns 署名 and 成文日期.
pub(super) fn signature(element: &Element) -> Signature {
    let manner = match element.attribute("kind") {
        Some("seal") => Manner::Sealed,
        Some("stamp") => Manner::Stamped,
        _ => Manner::Plain,
    };
    let names = element.elements().filter(|part| part.name == Name::Signer);
    let signers = names.map(|name| Signer {
        name: runs(name, Whole::Part),
        post: first(name, Name::Post),
        seal: name.elements().find(|part| part.name == Name::Picture).and_then(seal),
    });
    Signature { manner, signers: signers.collect(), date: first(element, Name::Date) }
}

/// Returns 版记; 抄送机关 end with 。 A letter's names neither who had it printed nor when (10.1).
pub(super) fn imprint(element: &Element, form: Form) -> Imprint {
    let mut copies = first(element, Name::Copies);
    end_sentence(&mut copies, element.span.end);
    let printed = |name| if form == Form::Letter { Vec::new() } else { first(element, name) };
    Imprint { recipients: Vec::new(), copies, printer: printed(Name::Printer), date: printed(Name::Date) }
}

/// Returns a list of those who took part.
pub(super) fn roster(element: &Element) -> Roster {
    let label = element.attribute("label").unwrap_or_default().trim().to_owned();
    let mut content = runs(element, Whole::Part);
    for inline in &mut content {
        if let Inline::Run(Run { datum: Some(datum), .. }) = inline {
            Arc::make_mut(datum).kind = DatumKind::Listed;
        }
    }
    Roster { label, content }
}

fn seal(picture: &Element) -> Option<Seal> {
    let content = runs(picture, Whole::Part);
    let first = document::runs(&content).next()?;
    let file = Run { text: document::text(&content), ..first.clone() };
    Some(Seal { file, picture: None })
}

fn first(element: &Element, name: Name) -> Vec<Inline> {
    let part = element.elements().find(|part| part.name == name);
    part.map(|part| runs(part, Whole::Part)).unwrap_or_default()
}

fn all(element: &Element, name: Name) -> Vec<Vec<Inline>> {
    let parts = element.elements().filter(|part| part.name == name);
    parts.map(|part| runs(part, Whole::Part)).collect()
}

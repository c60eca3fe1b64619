//! Reads a file that is no JSON as if its slips were mended, so that what else is wrong is found at the same time.

use std::ops::Range;
use std::sync::Arc;

use super::faults::{self, Fault, Slip};
use crate::diag::SourceText;

/// A text with its slips mended, and the way back to the text as it was typed.
pub(crate) struct Mended {
    /// The text as it is likely meant.
    pub(crate) source: Arc<SourceText>,
    stretches: Stretches,
    /// The values in the typed text that cannot be known.
    unknown: Vec<Range<usize>>,
}

impl Mended {
    /// Mends a text; `None` where a slip leaves open what belongs to what, such as a missing bracket.
    pub(crate) fn read(source: &Arc<SourceText>) -> Option<Self> {
        let found = faults::faults(source)?;
        let mut edits = Vec::new();
        for fault in &found {
            edits.extend(self::edits(fault)?);
        }
        let (mended, stretches) = apply(source.text(), edits);
        let source = Arc::new(SourceText::new(source.name(), mended).from_line(source.position(0).line));
        let unknown = found.into_iter().filter(|fault| is_unknown(fault.slip)).map(|fault| fault.span);
        Some(Self { source, stretches, unknown: unknown.collect() })
    }

    /// Returns where a stretch of the mended text stands in the typed one; `None` where it touches a value
    /// that cannot be known, which is told already.
    pub(crate) fn typed(&self, span: &Range<usize>) -> Option<Range<usize>> {
        let place = |at: usize| typed(&self.stretches, at);
        let typed = place(span.start)..place(span.end);
        let touches = |value: &Range<usize>| value.start <= typed.end && typed.start <= value.end;
        (!self.unknown.iter().any(touches)).then_some(typed)
    }
}

/// Where the stretches between edits begin: in the mended text and in the typed one.
type Stretches = Vec<(usize, usize)>;

/// Makes edits to a text; what two of them share is edited once.
pub(super) fn apply(text: &str, mut edits: Vec<(Range<usize>, String)>) -> (String, Stretches) {
    edits.sort_by_key(|(span, _)| (span.start, span.end));
    let (mut mended, mut stretches, mut at) = (String::with_capacity(text.len()), vec![(0, 0)], 0);
    for (span, words) in edits {
        if span.start < at {
            continue;
        }
        mended.push_str(&text[at..span.start]);
        stretches.push((mended.len(), span.start));
        mended.push_str(&words);
        stretches.push((mended.len(), span.end));
        at = span.end;
    }
    mended.push_str(&text[at..]);
    (mended, stretches)
}

/// Returns where in the typed text a byte of the mended one stands.
pub(super) fn typed(stretches: &Stretches, at: usize) -> usize {
    let after = stretches.partition_point(|(mended, _)| *mended <= at);
    let (mended, typed) = stretches[after - 1];
    let end = stretches.get(after).map_or(usize::MAX, |(_, typed)| *typed);
    (typed + (at - mended)).min(end)
}

/// Tells whether nobody can say which value is meant.
fn is_unknown(slip: Slip) -> bool {
    matches!(slip, Slip::BadNumber | Slip::MissingValue | Slip::DecimalComma)
}

/// Returns the edits that mend a slip: of what cannot be known, to a value that is still to come.
fn edits(fault: &Fault) -> Option<Vec<(Range<usize>, String)>> {
    match fault.slip {
        Slip::BadNumber | Slip::MissingValue | Slip::DecimalComma => {
            Some(vec![(fault.span.clone(), "null".to_owned())])
        }
        Slip::WideMark(..)
        | Slip::WideQuotes(_)
        | Slip::SingleQuotes
        | Slip::InnerQuotes
        | Slip::DoubledQuotes
        | Slip::BadEscape
        | Slip::OtherComment
        | Slip::MissingComma
        | Slip::MissingColon
        | Slip::ExtraMark(_)
        | Slip::UnquotedKey
        | Slip::UnquotedText
        | Slip::NumberWithUnit
        | Slip::WideDigits
        | Slip::LeadingZero
        | Slip::PlusSign
        | Slip::BarePoint
        | Slip::Thousands
        | Slip::WrongBracket(..)
        | Slip::WordCase(_) => Some(fault.edits.clone()).filter(|edits| !edits.is_empty()),
        Slip::UnclosedText
        | Slip::UnclosedComment
        | Slip::BadCode
        | Slip::Control(_)
        | Slip::Unopened
        | Slip::Unclosed(_)
        | Slip::Mismatched(..)
        | Slip::NoKey
        | Slip::AfterEnd
        | Slip::TooDeep => None,
    }
}

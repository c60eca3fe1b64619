//! Holds documents that are there against what the data give now (`render --check`).

use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;

use shizheng::compare::{PageDifferences, compare_pages};
use shizheng::diag::catalogue::{batch as catalogue, cli::INPUT_UNREADABLE};
use shizheng::diag::{Diagnostic, Origin, SourceText, Text};
use shizheng::trace::Trace;
use shizheng::{Format, Rendered, reading};

use super::fault::{Fault, with_reason};

/// How many figures of one document are told of; beyond these it is another document altogether.
const TOLD: usize = 20;

/// Fails with what a document has otherwise than the one that was made now.
pub(super) fn hold(path: &Path, made: &Rendered, format: Format) -> Result<(), Fault> {
    let shown = path.display().to_string();
    let there = fs::read(path).map_err(|error| {
        Fault::input(vec![if error.kind() == io::ErrorKind::NotFound {
            Diagnostic::new(&catalogue::CHECK_MISSING).with("path", &shown)
        } else {
            with_reason(&INPUT_UNREADABLE, &shown, &error)
        }])
    })?;
    if made.bytes == there[..] {
        return Ok(());
    }
    let bytes = made.bytes.clone().into_vec();
    Err(Fault::input(match format {
        Format::Text => vec![text(&shown, &there, &bytes)],
        Format::Pdf => pdf(&shown, &there, &bytes, &made.trace()),
    }))
}

fn text(shown: &str, there: &[u8], made: &[u8]) -> Diagnostic {
    let mut lines = there.split(|byte| *byte == b'\n').zip(made.split(|byte| *byte == b'\n'));
    let same = lines.by_ref().take_while(|(old, new)| old == new).count();
    Diagnostic::new(&catalogue::CHECK_TEXT).with("path", shown).with("line", same + 1)
}

fn pdf(shown: &str, there: &[u8], made: &[u8], trace: &Trace) -> Vec<Diagnostic> {
    let read = |bytes| {
        reading::pages(bytes).map_err(|fault| {
            let source = Arc::new(SourceText::new(shown, ""));
            vec![fault.at(Origin::new(&source, 0..0))]
        })
    };
    let (old, new) = match (read(there), read(made)) {
        (Ok(old), Ok(new)) => (old, new),
        (Err(fault), _) | (_, Err(fault)) => return fault,
    };
    let PageDifferences { counts: (had, has), pages, figures, gone } = compare_pages(&old, &new, trace);
    let counted = |diagnostic: Diagnostic| {
        if had == has {
            return diagnostic;
        }
        diagnostic.hint(Text::both(
            format!("它有{had}页，按数据应有{has}页"),
            format!("it has {had} pages and would have {has}"),
        ))
    };
    if pages.is_empty() {
        return vec![counted(Diagnostic::new(&catalogue::CHECK_SET_OTHERWISE).with("path", shown))];
    }
    let (zh, en) = listed(&pages);
    let differs = Diagnostic::new(&catalogue::CHECK_DIFFERS).with("path", shown);
    let mut differs = counted(differs.with("pages", Text::both(zh, en)));
    if let Some(more @ 1..) = (figures.len() + gone.len()).checked_sub(TOLD) {
        differs = differs.hint(Text::both(
            format!("除下面{TOLD}处外，还有{more}处数据不同"),
            format!("{more} figures differ beside the {TOLD} below"),
        ));
    }
    let mut found = vec![differs];
    for figure in figures.iter().take(TOLD) {
        let Some(leaf) = trace.data.get(figure.datum) else { continue };
        let printed = if figure.printed.is_empty() {
            Text::both("没有印", "nothing")
        } else {
            Text::both(format!("印的是 {}", figure.printed), figure.printed.clone())
        };
        let origin = Origin::new(&trace.source, leaf.span.clone());
        let diagnostic =
            Diagnostic::new(&catalogue::CHECK_FIGURE).with("path", shown).with("page", figure.page);
        let diagnostic = diagnostic.with("printed", printed).with("wanted", &figure.wanted);
        found.push(diagnostic.at(origin.field(&leaf.path, Some(&leaf.field.title))));
    }
    for (page, printed) in gone.iter().take(TOLD.saturating_sub(figures.len())) {
        let diagnostic = Diagnostic::new(&catalogue::CHECK_GONE).with("path", shown);
        found.push(diagnostic.with("page", *page).with("printed", printed));
    }
    found
}

/// Lists pages, neighbours put together: 2、4–7.
fn listed(pages: &[usize]) -> (String, String) {
    let runs = pages.chunk_by(|one, next| one + 1 == *next).map(|run| match run {
        [one] => one.to_string(),
        [first, .., last] => format!("{first}–{last}"),
        [] => String::new(),
    });
    let runs: Vec<String> = runs.collect();
    (runs.join("、"), runs.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbouring_pages_are_put_together() {
        assert_eq!(listed(&[2, 4, 5, 6, 9, 10]), ("2、4–6、9–10".to_owned(), "2, 4–6, 9–10".to_owned()));
        assert_eq!(listed(&[1]).0, "1");
    }
}

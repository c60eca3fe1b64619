//! Shows the breaks chosen to be the best there are, by trying all.

use super::*;
use crate::font::Fonts;
use crate::layout::fonts::RoleFonts;
use crate::layout::inline::shape::shape;
use crate::layout::inline::tests::{Random, letters, paragraph, style};
use crate::pack::Style;

/// Returns the cost of a way of breaking; `None` where a line does not fit.
fn cost(sums: &Sums, measure: &Measure, starts: &[usize]) -> Option<f64> {
    let ends = starts.iter().skip(1).copied().chain([sums.end()]);
    let mut total = 0.0;
    let mut before = Fit::Even as usize;
    for (start, end) in starts.iter().copied().zip(ends) {
        let span = sums.line(start, end);
        let line = judge(&span, measure, &fill(&span, measure), BEYOND_LIMIT, false)?;
        let fit = line.fit as usize;
        total += line.cost + if start > 0 && fit.abs_diff(before) > 1 { CONTRAST_COST } else { 0.0 };
        before = fit;
    }
    Some(total)
}

/// Returns the least cost of all the ways of breaking at these places.
fn least(sums: &Sums, measure: &Measure, places: &[usize]) -> Option<f64> {
    let inner = &places[..places.len() - 1];
    let ways = (0..1_u32 << inner.len()).filter_map(|chosen| {
        let chosen = |nth: &(usize, &usize)| chosen & (1 << nth.0) != 0;
        let starts =
            std::iter::once(0).chain(inner.iter().enumerate().filter(chosen).map(|(_, place)| *place));
        cost(sums, measure, &starts.collect::<Vec<_>>())
    });
    ways.min_by(f64::total_cmp)
}

/// The measure of a paragraph of a width.
fn measure(style: &Style, width: Abs) -> Measure {
    Measure { width, first: style.cell() * 2.0, rest: Abs::ZERO, line_end_marks: LineEndMarks::WhenNeeded }
}

#[test]
fn a_paragraph_of_many_pages_is_not_set_anew() {
    let (style, fonts) = (style(), Fonts::embedded());
    let mut fonts = RoleFonts::open(&style, &fonts).unwrap();
    let measure = measure(&style, style.measure());
    for (sentences, is_set) in [(150, true), (1_500, false)] {
        let text = "全市经济稳中有进，".repeat(sentences);
        let shaped = shape(&letters(&text, None), &mut fonts, 0.0).unwrap();
        let lines = break_lines(&shaped, &measure);
        let anew = break_into(&shaped, &measure, lines.len());
        assert_eq!(anew.map(|anew| anew.len()), is_set.then_some(lines.len()), "{} lines", lines.len());
    }
}

#[test]
fn no_paragraph_is_set_anew_with_a_lonely_last_line() {
    let (style, fonts) = (style(), Fonts::embedded());
    let mut fonts = RoleFonts::open(&style, &fonts).unwrap();
    let measure = measure(&style, style.measure());
    let mut set = 0;
    for length in 300..400 {
        let text: String = "全市经济稳中有进，".chars().cycle().take(length).chain(['。']).collect();
        let shaped = shape(&letters(&text, None), &mut fonts, 0.0).unwrap();
        let lines = break_lines(&shaped, &measure).len();
        for anew in
            [lines - 1, lines + 1].into_iter().filter_map(|count| break_into(&shaped, &measure, count))
        {
            let last = anew[anew.len() - 1];
            let own =
                shaped[last.start..last.end].iter().filter(|shaped| !shaped.class.punctuation()).count();
            assert!(own >= 2, "{length}: {last:?}");
            set += 1;
        }
    }
    assert!(set > 0);
}

#[test]
fn no_other_breaks_of_a_paragraph_cost_less() {
    let (style, fonts) = (style(), Fonts::embedded());
    let mut fonts = RoleFonts::open(&style, &fonts).unwrap();
    let mut random = Random::new(0x1583_4201);
    let (mut compared, mut parted) = (0, 0);
    while compared < 2_000 {
        let cells = 7.0 + random.below(6) as f64;
        let measure = measure(&style, style.cell() * cells);
        let text: String = paragraph(&mut random).chars().take(28).collect();
        let Ok(shaped) = shape(&letters(&text, None), &mut fonts, 0.0) else { continue };
        let places = places(&shaped, Bond::Free);
        if shaped.is_empty() || places.len() > 14 {
            continue;
        }
        let sums = Sums::new(&shaped);
        let chosen = cheapest(&shaped, &sums, &measure, &places);
        let chosen = chosen.map(|starts| {
            parted += usize::from(starts.len() > 1);
            cost(&sums, &measure, &starts).unwrap()
        });
        match (chosen, least(&sums, &measure, &places)) {
            (Some(chosen), Some(least)) => {
                assert!((chosen - least).abs() < 1e-6, "{text}: {chosen}, {least}");
            }
            (chosen, least) => assert_eq!(chosen, least, "{text}"),
        }
        compared += 1;
    }
    assert!(parted > 1_000, "only {parted} have more than a line");
}

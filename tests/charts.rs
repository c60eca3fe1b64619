//! Charts: what is drawn is what the figures say, and each figure is found at its place.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::Arc;

use proptest::prelude::*;
use shizheng::data::{self, Source};
use shizheng::diag::Language;
use shizheng::document::{
    Block, Cell, Chart, ChartKind, Datum, DatumKind, Document, Inline, Orientation, Paragraph, ParagraphKind,
    Row, Run, Table,
};
use shizheng::fill::{self, Filled, SourceMap};
use shizheng::font::Fonts;
use shizheng::layout::layout;
use shizheng::markup;
use shizheng::pack::Pack;
use shizheng::page::{Content, FrameItem, Pages, Paint, Shape};
use shizheng::units::Abs;

fn run(text: &str, path: Option<String>) -> Inline {
    let datum = path.map(|path| {
        Arc::new(Datum { paths: vec![path], kind: DatumKind::Figure, open: text.contains("XX") })
    });
    Inline::Run(Run { text: text.to_owned(), strong: false, datum, offset: 0 })
}

fn cell(text: &str, path: Option<String>, header: bool) -> Cell {
    Cell { content: vec![run(text, path)], header, columns: 1, rows: 1 }
}

/// A chart of figures, a row for each category, each figure under a path of its own.
fn chart(kind: ChartKind, rows: &[Vec<String>]) -> Chart {
    let series = rows[0].len();
    let head = std::iter::once(cell("年份", None, true))
        .chain((0..series).map(|nth| cell(&format!("第{nth}组"), None, true)));
    let body = rows.iter().enumerate().map(|(row, figures)| Row {
        cells: std::iter::once(cell(&format!("第{row}项"), None, true))
            .chain(
                figures
                    .iter()
                    .enumerate()
                    .map(|(column, figure)| cell(figure, Some(format!("figures.{row}.{column}")), false)),
            )
            .collect(),
    });
    Chart {
        kind,
        label: "图1".to_owned(),
        unit: "亿元".to_owned(),
        table: Table {
            label: String::new(),
            caption: Some(vec![run("各项数字", None)]),
            head: vec![Row { cells: head.collect() }],
            body: body.collect(),
            notes: vec![vec![run("数据来源：统计局。", None)]],
            columns: Vec::new(),
            orientation: Orientation::Portrait,
        },
    }
}

fn laid_out(chart: &Chart) -> Pages {
    let pack = Pack::embedded("annual-report").unwrap().unwrap();
    let document = Document { blocks: vec![Block::Chart(chart.clone())], ..Document::default() };
    layout(&document, pack.style(), &Fonts::embedded()).unwrap()
}

/// A chart of two series on its page.
pub(crate) fn drawn() -> Pages {
    let rows = [["12.5", "8.25"], ["7", "16"], ["9.75", "3"]].map(|row| row.map(str::to_owned).to_vec());
    laid_out(&chart(ChartKind::Bar, &rows))
}

/// The areas of a drawing as left, top, width, height.
fn areas(pages: &Pages) -> Vec<[f64; 4]> {
    let area = |shape: &Shape| {
        let bounds = |of: fn(&shizheng::units::Point) -> Abs| {
            let all = shape.points.iter().map(|point| of(point).to_pt());
            all.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), at| (low.min(at), high.max(at)))
        };
        let ((left, right), (top, bottom)) = (bounds(|point| point.x), bounds(|point| point.y));
        [left, top, right - left, bottom - top]
    };
    let items = pages.pages.iter().flat_map(|page| &page.items);
    let shapes = items.filter_map(|item| match item {
        FrameItem::Shape(shape) if matches!(shape.paint, Paint::Fill(_)) => Some(area(shape)),
        _ => None,
    });
    shapes.collect()
}

fn numbers(count: std::ops::Range<usize>) -> impl Strategy<Value = Vec<i64>> {
    proptest::collection::vec(prop_oneof![1i64..100_000, -40_000i64..-1], count)
}

fn figure(tenths: i64) -> String {
    format!("{}{}.{}", if tenths < 0 { "-" } else { "" }, tenths.abs() / 10, tenths.abs() % 10)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// Columns and bars are as long as their figures say, to the hundredth of a point.
    #[test]
    fn bars_are_as_long_as_their_figures(values in numbers(1..9), ranked in any::<bool>()) {
        let kind = if ranked { ChartKind::Ranking } else { ChartKind::Bar };
        let rows: Vec<_> = values.iter().map(|value| vec![figure(*value)]).collect();
        let areas = areas(&laid_out(&chart(kind, &rows)));
        prop_assert_eq!(areas.len(), values.len());
        let longest = values.iter().map(|value| value.abs()).max().unwrap();
        let length = |area: &[f64; 4]| if ranked { area[2] } else { area[3] };
        let most = areas.iter().map(&length).fold(0.0, f64::max);
        prop_assert!(most > 40.0, "{most}");
        for (area, value) in areas.iter().zip(&values) {
            let wanted = most * value.abs() as f64 / longest as f64;
            prop_assert!((length(area) - wanted).abs() < 0.03, "{value}: {area:?}, wanted {wanted}");
        }
    }

    /// The figures of a lone line stand clear of it, in a valley below their points.
    #[test]
    fn figures_of_a_line_stand_clear_of_it(values in proptest::collection::vec(1i64..2_000, 2..13)) {
        let rows: Vec<_> = values.iter().map(|value| vec![figure(*value)]).collect();
        let pages = laid_out(&chart(ChartKind::Line, &rows));
        let items = pages.pages[0].items.iter();
        let strokes = items.filter_map(|item| match item {
            FrameItem::Shape(Shape { points, paint: Paint::Stroke { width, .. }, .. }) if *width > Abs::pt(1.0) => {
                Some(points.clone())
            }
            _ => None,
        });
        let lines: Vec<_> = strokes.collect();
        for placed in &pages.placed {
            let (corner, size) = (placed.rect.origin, placed.rect.size);
            let (top, bottom) = (corner.y + size.height * 0.2, corner.y + size.height * 0.8);
            for pair in lines.iter().flat_map(|line| line.windows(2)) {
                for step in 0..=200 {
                    let along = f64::from(step) / 200.0;
                    let x = pair[0].x + (pair[1].x - pair[0].x) * along;
                    let y = pair[0].y + (pair[1].y - pair[0].y) * along;
                    let is_within = x > corner.x && x < corner.x + size.width && y > top && y < bottom;
                    prop_assert!(!is_within, "{} is crossed: {values:?}", placed.text);
                }
            }
        }
    }

    /// No guide and no axis strikes a figure that stands outside its column.
    #[test]
    fn no_level_line_strikes_a_figure(line in any::<bool>(), values in proptest::collection::vec(0i64..2_000, 1..11)) {
        let kind = if line { ChartKind::Line } else { ChartKind::Bar };
        let rows: Vec<_> = values.iter().map(|value| vec![figure(*value)]).collect();
        let pages = laid_out(&chart(kind, &rows));
        for item in &pages.pages[0].items {
            let FrameItem::Shape(Shape { points, paint: Paint::Stroke { .. }, .. }) = item else { continue };
            let [from, to] = points[..] else { continue };
            if (from.y - to.y).abs() > Abs::pt(0.01) {
                continue;
            }
            for placed in &pages.placed {
                let (corner, size) = (placed.rect.origin, placed.rect.size);
                let is_beside = to.x <= corner.x || from.x >= corner.x + size.width;
                let is_off = from.y <= corner.y + size.height * 0.25 || from.y >= corner.y + size.height * 0.75;
                prop_assert!(is_beside || is_off, "{} is struck: {values:?}", placed.text);
            }
        }
    }

    /// Whatever is drawn, each figure has one place, inside the type area, and all of it is one figure of the
    /// structure whose text is what the document says.
    #[test]
    fn each_figure_has_its_place(
        kind in prop_oneof![Just(ChartKind::Bar), Just(ChartKind::Line), Just(ChartKind::Share)],
        series in 1usize..4,
        values in numbers(1..13),
        open in any::<prop::sample::Index>(),
    ) {
        let rows = values.len().div_ceil(series);
        let mut figures = values.iter().cycle().take(rows * series).map(|value| figure(*value)).collect::<Vec<_>>();
        let at = open.index(figures.len());
        figures[at] = "XX".to_owned();
        let rows: Vec<_> = figures.chunks(series).map(<[String]>::to_vec).collect();
        let chart = chart(kind, &rows);
        let pages = laid_out(&chart);
        let mut paths: Vec<_> = pages.placed.iter().map(|placed| placed.datum.paths[0].clone()).collect();
        paths.sort();
        paths.dedup();
        prop_assert_eq!(paths.len(), figures.len());
        prop_assert_eq!(pages.placed.len(), figures.len());
        let (left, right) = (Abs::mm(28.0).to_pt(), Abs::mm(184.0).to_pt());
        let (top, bottom) = (Abs::mm(37.0).to_pt(), Abs::mm(262.0).to_pt());
        for item in &pages.pages[0].items {
            let points: Vec<_> = match item {
                FrameItem::Shape(shape) => shape.points.clone(),
                FrameItem::Text(run) if matches!(run.content, Content::Element(_)) => vec![run.origin],
                _ => continue,
            };
            for point in points {
                let (x, y) = (point.x.to_pt(), point.y.to_pt());
                prop_assert!(x > left - 0.5 && x < right + 0.5 && y > top - 0.5 && y < bottom + 0.5, "{x} {y}");
            }
        }
        let drawing = pages.structure.iter().find(|element| element.actual.is_some()).unwrap();
        prop_assert_eq!(drawing.actual.clone().unwrap(), chart.drawn_text());
        let alternative = drawing.alternative.clone().unwrap();
        for figure in &figures {
            let heard = figure.replace('-', "负");
            prop_assert!(alternative.contains(&heard), "{alternative} lacks {heard}");
        }
    }
}

/// Between years that are not next to one another there is room for those that are left out, and the names of ten years
/// stand on one line each.
#[test]
fn years_stand_where_they_belong() {
    let years = |years: &[u16]| {
        let rows: Vec<_> = years.iter().map(|year| vec![format!("{year}.5")]).collect();
        let mut chart = chart(ChartKind::Bar, &rows);
        for (row, year) in chart.table.body.iter_mut().zip(years) {
            row.cells[0] = cell(&format!("{year}年"), None, true);
        }
        laid_out(&chart)
    };
    let lefts: Vec<_> = areas(&years(&[2019, 2020, 2023, 2025])).iter().map(|area| area[0]).collect();
    let step = lefts[1] - lefts[0];
    let steps: Vec<_> = lefts.windows(2).map(|pair| ((pair[1] - pair[0]) / step).round() as i64).collect();
    assert_eq!(steps, [1, 3, 2]);
    // Years far apart are no row of years.
    let lefts: Vec<_> = areas(&years(&[1978, 2000, 2025])).iter().map(|area| area[0]).collect();
    assert!((lefts[2] - lefts[1] - (lefts[1] - lefts[0])).abs() < 0.1, "{lefts:?}");
    let ten: Vec<u16> = (2016..=2025).collect();
    let pages = years(&ten);
    let words = pages.pages[0].items.iter().filter_map(|item| match item {
        FrameItem::Text(run) => Some(run.glyphs.iter().map(|glyph| glyph.character).collect::<String>()),
        _ => None,
    });
    let all = words.collect::<Vec<_>>().concat();
    assert!(all.contains("2016年2017年"), "{all}");
}

#[test]
fn the_figure_of_a_column_keeps_off_the_higher_one_beside_it() {
    let rows: Vec<_> = (0..5).map(|year| vec![format!("{}", 36_215 + year), "16842".to_owned()]).collect();
    let pages = laid_out(&chart(ChartKind::Bar, &rows));
    let columns: Vec<_> = areas(&pages).into_iter().filter(|area| area[3] > 20.0).collect();
    assert_eq!(columns.len(), 10);
    for low in pages.placed.iter().filter(|placed| placed.text == "16842") {
        let left = low.rect.origin.x.to_pt();
        let right = left + low.rect.size.width.to_pt();
        let middle = f64::midpoint(left, right);
        let own = columns.iter().find(|area| area[0] < middle && middle < area[0] + area[2]).unwrap();
        assert!(left > own[0] + 1.0 && right < own[0] + own[2] - 1.0, "{left}..{right} in {own:?}");
    }
}

/// A page with room for nearly all of a chart takes it lower than it would be: three quarters of it at the least.
#[test]
fn a_chart_is_drawn_lower_rather_than_leave_much_of_a_page_blank() {
    let pack = Pack::embedded("annual-report").unwrap().unwrap();
    let rows = [vec!["3".to_owned()], vec!["7".to_owned()]];
    let paragraph = Block::Paragraph(Paragraph {
        kind: ParagraphKind::Body,
        heading: None,
        content: vec![run("文字。", None)],
    });
    // Of so many lines before the chart: the page that it is on, and the height of its columns.
    let laid = |lines: usize| {
        let chart = Block::Chart(chart(ChartKind::Bar, &rows));
        let blocks = std::iter::repeat_n(paragraph.clone(), lines).chain([chart]).collect();
        let pages =
            layout(&Document { blocks, ..Document::default() }, pack.style(), &Fonts::embedded()).unwrap();
        let page = pages.placed.iter().find(|placed| placed.text == "7").unwrap().page;
        let columns = areas(&pages).into_iter().filter(|area| area[2] > 50.0);
        (page, (columns.map(|area| area[3]).fold(0.0, f64::max) * 100.0).round() as i64)
    };
    let all: Vec<_> = (0..=usize::from(pack.style().grid.rows)).map(laid).collect();
    let whole = all[0].1;
    let (first, next): (Vec<_>, Vec<_>) = all.into_iter().partition(|(page, _)| *page == 0);
    let mut heights: Vec<i64> = first.into_iter().map(|(_, height)| height).collect();
    assert!(heights.is_sorted_by(|one, two| one >= two), "{heights:?}");
    heights.dedup();
    assert!(heights.len() == 3 && heights[2] * 10 > whole * 6, "{heights:?}");
    // With title and source the lowest takes eight lines, which these pages do not have.
    assert!(next.len() <= 8 && next.iter().all(|(_, height)| *height == whole), "{next:?}");
}

/// Parses the markup of a chart.
fn parsed(chart: &str) -> Result<Document, Vec<&'static str>> {
    let text = format!(
        "<article><p>文字。</p>{chart}<note>来源。</note><chart kind=\"ranking\"><tbody><tr><th>甲</th><td>3</td></tr><tr><th>乙</th><td>7</td></tr></tbody></chart></article>"
    );
    let filled = Filled { text, map: SourceMap::default() };
    markup::parse(&filled, "zh-CN").map_err(|faults| faults.iter().map(|fault| fault.entry.code).collect())
}

#[test]
fn charts_are_numbered_and_rankings_sorted() {
    let body =
        "<thead><tr><th></th><th>本年</th></tr></thead><tbody><tr><th>甲</th><td>-3.5%</td></tr></tbody>";
    let document =
        parsed(&format!("<chart kind=\"bar\" unit=\"%\"><caption>增速</caption>{body}</chart>")).unwrap();
    assert_eq!(
        document.plain_text(),
        "文字。\n%\n\t本年\n甲\t-3.5%\n图1\u{3000}增速\n来源。\n乙\t7\n甲\t3\n图2\n"
    );
}

#[test]
fn what_cannot_be_drawn_is_refused() {
    let chart = |kind: &str, rows: &str| {
        parsed(&format!("<chart kind=\"{kind}\"><tbody>{rows}</tbody></chart>")).map(|_| ()).unwrap_err()
    };
    let row = |cells: &str| format!("<tr><th>甲</th>{cells}</tr>");
    assert_eq!(chart("pie", &row("<td>1</td>")), ["E0407"]);
    assert_eq!(chart("bar", &row("")), ["E0420"]);
    assert_eq!(chart("bar", "<tr><th colspan=\"2\">甲</th><td>1</td></tr>"), ["E0420"]);
    assert_eq!(chart("ranking", &row("<td>1</td><td>2</td>")), ["E0420"]);
    let chart_of = |unit: &str, cells: &str| {
        let rows = format!("{}<tr><th>乙</th><td>7亿元</td></tr>", row(cells));
        parsed(&format!("<chart kind=\"bar\" unit=\"{unit}\"><tbody>{rows}</tbody></chart>")).map(|_| ())
    };
    for unit in ["", "亿元"] {
        assert_eq!(chart_of(unit, "<td>约70亿元以上</td>"), Ok(()));
        assert_eq!(chart_of(unit, "<td>8</td>"), Ok(()));
        assert_eq!(chart_of(unit, "<td>8500万元</td>"), Err(vec!["E0422"]));
    }
    for words in ["下降3.2%", "5%～8%", "甲", ""] {
        assert_eq!(chart("line", &row(&format!("<td>{words}</td>"))), ["E0421"], "{words}");
    }
    // A row needs a figure, and no more.
    assert_eq!(chart("line", &row("<td></td><td></td>")), ["E0421", "E0421"]);
    for kind in ["bar", "line", "share"] {
        let rows = [row("<td>3</td><td> </td>"), row("<td></td><td>4</td>")].concat();
        let text = format!("<chart kind=\"{kind}\"><caption>两组</caption><tbody>{rows}</tbody></chart>");
        let document = parsed(&text).unwrap();
        let pack = Pack::embedded("annual-report").unwrap().unwrap();
        let pages = layout(&document, pack.style(), &Fonts::embedded()).unwrap();
        let words: Vec<_> =
            pages.structure.iter().filter_map(|element| element.alternative.clone()).collect();
        assert!(words.iter().any(|words| words.ends_with("：两组。甲：3；甲：4。")), "{words:?}");
    }
}

/// The figures of columns are printed all in one size or, where one has no room, not at all, which is told.
#[test]
fn columns_have_all_their_figures_or_none() {
    let pack = Pack::embedded("annual-report").unwrap().unwrap();
    let (mut printed, mut left_out) = (0, 0);
    for (rows, series) in (1..=9).flat_map(|rows| (1..=4).map(move |series| (rows, series))) {
        let row = |row: usize| {
            (0..series).map(move |nth| format!("{}.5", 10_usize.pow(1 + (row + nth) as u32 % 4)))
        };
        let figures: Vec<Vec<String>> = (0..rows).map(|nth| row(nth).collect()).collect();
        let chart = chart(ChartKind::Bar, &figures);
        let document = Document { blocks: vec![Block::Chart(chart)], ..Document::default() };
        let pages = layout(&document, pack.style(), &Fonts::embedded()).unwrap();
        let sizes = pages.pages[0].items.iter().filter_map(|item| match item {
            FrameItem::Text(run) if run.glyphs.iter().any(|glyph| glyph.character == '.') => Some(run.size),
            _ => None,
        });
        let sizes: Vec<Abs> = sizes.collect();
        assert!(sizes.iter().all(|size| size.approx_eq(sizes[0])), "{figures:?}");
        if pages.unlettered.is_empty() {
            assert_eq!(sizes.len(), rows * series, "{figures:?}");
            printed += 1;
        } else {
            let told = &pages.unlettered[0];
            assert_eq!((told.label.as_str(), told.count, told.all), ("图1", rows * series, rows * series));
            assert_eq!(sizes, [], "{figures:?}");
            left_out += 1;
        }
        // Each is found at its place either way.
        assert_eq!(pages.placed.len(), rows * series);
    }
    assert!(printed > 5 && left_out > 5, "{printed} {left_out}");

    // A cell that is left empty is no figure.
    let mut chart = chart(ChartKind::Bar, &vec![vec!["10000.5".to_owned(); 4]; 9]);
    chart.table.body[2].cells[1].content.clear();
    let document = Document { blocks: vec![Block::Chart(chart)], ..Document::default() };
    let pages = layout(&document, pack.style(), &Fonts::embedded()).unwrap();
    assert_eq!((pages.unlettered[0].count, pages.unlettered[0].all), (35, 35));
}

/// What `number` prints has no unit of its own to be held against the chart's.
#[test]
fn figures_of_another_unit_than_the_charts_are_refused() {
    let pack = Pack::embedded("annual-report").unwrap().unwrap();
    let name = concat!(env!("CARGO_MANIFEST_DIR"), "/samples/centing.json");
    #[expect(clippy::disallowed_methods, reason = "the sample is a file")]
    let bytes = std::fs::read(name).unwrap();
    let record = data::load(&Source { name: name.to_owned(), bytes, line: 1 }, pack.schema()).unwrap();
    let found = |unit: &str, paths: &[&str]| -> Vec<String> {
        let mut chart = chart(ChartKind::Bar, &[vec!["1".to_owned()]]);
        chart.unit = unit.to_owned();
        let row = |path: &&str| Row {
            cells: vec![cell("甲", None, true), cell("318.72", Some((*path).to_owned()), false)],
        };
        chart.table.body = paths.iter().map(row).collect();
        let document = Document { blocks: vec![Block::Chart(chart)], ..Document::default() };
        let found = fill::misdrawn(&record, &document);
        found.iter().map(|fault| fault.message(Language::Chinese)).collect()
    };
    let (value, rate) = ("economy.gdp.value", "economy.gdp.growth");
    assert_eq!(found("亿元", &[value, "economy.budget_revenue.value"]), [""; 0]);
    assert_eq!(found("", &[value]), [""; 0]);
    assert_eq!(found("%", &[rate]), [""; 0]);
    assert_eq!(found("万元", &[value]), ["图的单位是“万元”，这一格是“318.72亿元”"]);
    assert_eq!(found("亿元", &[value, rate]), ["图的单位是“亿元”，这一格是“318.72%”"]);
    assert_eq!(found("", &[value, rate]), ["图的单位是“亿元”，这一格是“318.72%”"]);
}

#[test]
fn a_crowded_chart_is_refused() {
    let rows: Vec<_> = (0..60).map(|nth| vec![format!("{nth}.0")]).collect();
    let pack = Pack::embedded("annual-report").unwrap().unwrap();
    for kind in [ChartKind::Bar, ChartKind::Ranking] {
        let document = Document { blocks: vec![Block::Chart(chart(kind, &rows))], ..Document::default() };
        let faults = layout(&document, pack.style(), &Fonts::embedded()).unwrap_err();
        assert_eq!(faults.iter().map(|fault| fault.entry.code).collect::<Vec<_>>(), ["E0511"]);
    }
}

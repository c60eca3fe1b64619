//! Checking sheets: every datum once, under its department, with its places; in three formats.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use shizheng::data::{self, Record, Source};
use shizheng::document::{Block, Inline, Row};
use shizheng::fill::{Templates, fill};
use shizheng::font::Fonts;
use shizheng::layout::layout;
use shizheng::markup;
use shizheng::pack::Pack;
use shizheng::sheets::{self, Sheets};
use shizheng::trace::Trace;

use super::{Desk, sample};

const HEAD: [&str; 11] = [
    "部门",
    "序号",
    "名称",
    "报告印出",
    "数据填报",
    "上年",
    "比上年",
    "报告页行",
    "所在的句子",
    "核对意见",
    "数据路径",
];

fn record() -> Record {
    let pack = Pack::embedded("annual-report").unwrap().unwrap();
    let source = Source::new("a.json", fs::read(sample()).unwrap());
    data::load(&source, pack.schema()).unwrap()
}

/// The rows of the sheets as text, by their paths.
fn rows(desk: &Desk, more: &[&str]) -> BTreeMap<String, Vec<String>> {
    let words = [&["proof", "a.json", "--format", "tsv", "-o", "-"], more].concat();
    let bytes = desk.command(&words).output().unwrap().stdout;
    let text = String::from_utf8(bytes).unwrap();
    let mut lines = text.strip_prefix('\u{feff}').unwrap().lines();
    assert_eq!(lines.next().unwrap().split('\t').collect::<Vec<_>>(), HEAD);
    let mut rows = BTreeMap::new();
    for line in lines {
        let cells: Vec<String> = line.split('\t').map(str::to_owned).collect();
        assert_eq!(cells.len(), HEAD.len(), "{line}");
        let before = rows.insert(cells[10].clone(), cells);
        assert!(before.is_none(), "twice: {line}");
    }
    rows
}

#[test]
fn every_datum_is_on_the_sheet_of_its_department_once() {
    let (desk, record) = (Desk::with(&["a.json"]), record());
    let rows = rows(&desk, &[]);
    let mut wanted = BTreeSet::new();
    record.root.for_each_leaf(&mut |leaf| {
        wanted.insert(leaf.path.clone());
        let row = &rows[&leaf.path];
        assert_eq!(row[0], leaf.field.department, "{}", leaf.path);
        assert!(row[2].starts_with(&leaf.field.title), "{row:?}");
        let raw = &record.source.text()[leaf.span.clone()];
        assert_eq!(row[4].replace(' ', ""), raw.trim_matches('"').replace([' ', '\n'], ""), "{row:?}");
        assert_eq!(["未印出", "决定怎么写"].contains(&&*row[3]), row[7].is_empty(), "{row:?}");
        assert_eq!(row[7].is_empty(), row[8].is_empty(), "{row:?}");
    });
    assert_eq!(rows.keys().cloned().collect::<BTreeSet<_>>(), wanted);
}

#[test]
fn values_stand_as_printed_and_as_given_with_their_places() {
    let desk = Desk::with(&["a.json"]);
    let rows = rows(&desk, &[]);
    let shown = |path: &str| -> Vec<&str> { rows[path][3..5].iter().map(String::as_str).collect() };
    assert_eq!(shown("economy.gdp.value"), ["318.72亿元", "318.72"]);
    assert_eq!(shown("economy.gdp.growth"), ["同比增长6.2%", "6.2"]);
    assert_eq!(shown("economy.fixed_asset_investment.growth"), ["增长5.0%", "5.0"]);
    assert_eq!(shown("livelihood.safety.inspections"), ["300余次", "300余"]);
    assert_eq!(rows["urban_rural.city.projects[1].name"][2], "项目名称（2）");
    let places = |path: &str| rows[path][7].clone();
    assert!(places("economy.gdp.value").ends_with('行'), "{}", places("economy.gdp.value"));
    // What is printed on several pages has them all.
    assert!(places("report.year").matches('页').count() > 1, "{}", places("report.year"));
}

#[test]
fn each_datum_has_its_sentence_and_what_decides_the_wording_says_so() {
    let desk = Desk::with(&["a.json"]);
    let rows = rows(&desk, &[]);
    let said = &rows["economy.budget_revenue.value"][8];
    assert!(said.contains(&rows["economy.budget_revenue.value"][3]), "{said}");
    assert!(said.ends_with('。'), "{said}");
    // What stands in many sentences shows the first few.
    assert!(rows["report.year"][8].ends_with("处）"), "{}", rows["report.year"][8]);
    assert_eq!(rows["report.level"][3], "决定怎么写");
    let other = sample().with_file_name("centing.json");
    desk.put("a.json", fs::read_to_string(other).unwrap());
    assert_eq!(self::rows(&desk, &[])["economy.structure.first_change"][3], "决定怎么写");
}

#[test]
fn sheets_and_differences_are_made_while_figures_are_still_to_come() {
    let desk = Desk::with(&["a.json"]);
    let data = fs::read_to_string(sample()).unwrap();
    desk.put("first.json", data.replacen("318.72", "\"XX\"", 1));
    let answer = desk.call(&["proof", "first.json", "-o", "k.tsv"]);
    assert_eq!(answer.code, 0, "{answer:?}");
    let text = fs::read_to_string(desk.path("k.tsv")).unwrap();
    let row = text.lines().find(|line| line.contains("\teconomy.gdp.value")).unwrap();
    assert!(row.contains("\tXX亿元\tXX\t"), "{row}");
    let answer = desk.call(&["diff", "first.json", "a.json"]);
    assert_eq!((answer.code, answer.err.as_str()), (0, ""));
    assert!(answer.out.contains("XX亿元 → 318.72亿元"), "{answer:?}");
    // Another fault is told as ever.
    desk.put("first.json", data.replacen("318.72", "\"XX\"", 1).replacen("6.2", "\"很高\"", 1));
    assert_eq!(desk.call(&["proof", "first.json", "-o", "k.tsv", "--force"]).code, 1);
}

#[test]
fn last_years_values_and_the_change_stand_beside() {
    let desk = Desk::with(&["a.json"]);
    let mut last = fs::read_to_string(sample()).unwrap();
    for (now, before) in [
        ("\"year\": 2025", "\"year\": 2024"),
        ("318.72", "300.12"),
        ("21.05", "20.28"),
        ("\"offenders\": 36", "\"offenders\": 40"),
        ("\"unemployment_rate\": 3.1", "\"unemployment_rate\": 3.3"),
        ("\"rank\": 118", "\"rank\": 120"),
    ] {
        assert!(last.contains(now), "{now}");
        last = last.replacen(now, before, 1);
    }
    desk.put("last.json", last);
    let rows = rows(&desk, &["--previous", "last.json"]);
    let beside = |path: &str| -> Vec<&str> { rows[path][5..7].iter().map(String::as_str).collect() };
    assert_eq!(beside("economy.gdp.value"), ["300.12亿元", "+6.2%"]);
    assert_eq!(beside("economy.budget_revenue.value"), ["20.28亿元", "+3.8%"]);
    assert_eq!(beside("livelihood.order.offenders"), ["40人", "-4人"]);
    assert_eq!(beside("livelihood.employment.unemployment_rate"), ["3.3%", "-0.2个百分点"]);
    assert_eq!(beside("reform.credit_ranking.rank"), ["第120名", "前移2名"]);
    assert_eq!(beside("investment.contracts.amount"), ["88.60亿元", "持平"]);
    assert_eq!(beside("report.city"), ["", ""]);

    // What this year's file says of last year goes before, and has no row of its own.
    let data = fs::read_to_string(sample()).unwrap().replacen("318.72,", "318.72, \"previous\": 300.1,", 1);
    desk.put("a.json", data);
    let rows = self::rows(&desk, &["--previous", "last.json"]);
    assert_eq!(rows["economy.gdp.value"][5..7], ["300.1亿元", "+6.2%"]);
    assert!(!rows.contains_key("economy.gdp.previous"));
}

#[test]
fn the_name_of_the_output_says_what_it_is() {
    let desk = Desk::with(&["a.json"]);
    let answer = desk.call(&["proof", "a.json"]);
    assert!(answer.out.starts_with("已生成 a-核稿表.pdf，共"), "{answer:?}");
    assert_eq!((answer.code, answer.err.as_str()), (0, ""));
    assert!(desk.is_pdf("a-核稿表.pdf"));
    desk.call(&["--lang", "en", "proof", "a.json", "-o", "b.XLSX"]).is(0, "wrote b.XLSX\n", "");
    assert!(fs::read(desk.path("b.XLSX")).unwrap().starts_with(b"PK"));
    desk.call(&["proof", "a.json", "--format", "tsv"]).is(0, "已生成 a-核稿表.tsv\n", "");
    desk.call(&["proof", "a.json", "-o", "c.doc"]).is(
        2,
        "",
        "错误[E0780]: 从文件名 `c.doc` 看不出核稿表要写成什么\n  办法: 文件名以 `.pdf`、`.xlsx` 或 `.tsv` 结尾，或者加 `--format`\n",
    );
    desk.call(&["--lang=en", "proof", "a.json", "-o", "c"]).is(
        2,
        "",
        "error[E0780]: the name `c` does not say what the checking sheets are to be\n  hint: let the name end with `.pdf`, `.xlsx` or `.tsv`, or add `--format`\n",
    );
    desk.call(&["proof", "a.json", "--format", "tsv", "-o", "q.xlsx"]).is(
        2,
        "",
        "错误[E0705]: `--format tsv` 不能和 `-o q.xlsx` 同时用\n  办法: 参数和例子见 `shizheng proof --help`\n",
    );
    assert_eq!(desk.names(), ["a-核稿表.pdf", "a-核稿表.tsv", "a.json", "b.XLSX"]);
}

#[test]
fn a_workbook_has_a_sheet_for_each_department_and_loses_no_digit() {
    let desk = Desk::with(&["a.json"]);
    assert_eq!(desk.call(&["proof", "a.json", "-o", "a.xlsx"]).code, 0);
    let bytes = fs::read(desk.path("a.xlsx")).unwrap();
    assert_eq!(desk.call(&["proof", "a.json", "-o", "b.xlsx"]).code, 0);
    assert_eq!(bytes, fs::read(desk.path("b.xlsx")).unwrap());

    let rows = rows(&desk, &[]);
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let mut seen = 0;
    for (name, range) in book.worksheets() {
        let mut cells = range.rows();
        let head: Vec<String> = cells.next().unwrap().iter().map(ToString::to_string).collect();
        assert_eq!(head, HEAD[1..], "{name}");
        for row in cells.take_while(|row| row[9] != Data::Empty) {
            let wanted = &rows[&row[9].to_string()];
            assert_eq!(*wanted[0], name);
            for (cell, wanted) in row.iter().zip(&wanted[1..]) {
                match cell {
                    // The file holds the digits as they were typed; this reader makes a binary number of them.
                    Data::Float(number) => assert_eq!(Ok(*number), wanted.parse(), "{row:?}"),
                    other => assert_eq!(other.to_string(), *wanted, "{row:?}"),
                }
            }
            seen += 1;
        }
        let foot: String = range.rows().next_back().unwrap().iter().map(ToString::to_string).collect();
        assert_eq!(foot, "核稿人（签字）：部门负责人（签字）：日期：");
    }
    assert_eq!(seen, rows.len());
}

#[test]
fn the_form_has_a_part_for_each_department_with_room_to_sign() {
    let (pack, record) = (Pack::embedded("annual-report").unwrap().unwrap(), record());
    let templates = Templates::compile(&pack).unwrap();
    let filled = fill(&templates, &record).unwrap();
    let document = markup::parse(&filled, "zh-CN").unwrap();
    let fonts = Fonts::embedded();
    let trace = Trace::new(&record, &layout(&document, pack.style(), &fonts).unwrap());
    let gathered = Sheets::gather(&record, &document, &trace, pack.schema(), &templates);
    let form = sheets::document(&gathered);

    let mut departments = BTreeSet::new();
    record.root.for_each_leaf(&mut |leaf| departments.extend([leaf.field.department.clone()]));
    let text = |content: &[Inline]| -> String {
        let texts = content.iter().map(|inline| match inline {
            Inline::Run(run) => run.text.clone(),
            _ => String::new(),
        });
        texts.collect()
    };
    let mut told = BTreeSet::new();
    let mut blocks = form.blocks.iter().peekable();
    while let Some(block) = blocks.next() {
        let Block::Heading(heading) = block else { continue };
        let Some(Block::Table(table)) = blocks.peek() else { panic!("no table") };
        told.insert(text(&heading.content));
        let row = |row: &Row| row.cells.iter().map(|cell| text(&cell.content)).collect::<Vec<_>>();
        let head = row(table.head.last().unwrap());
        assert_eq!(head, ["序号", "名称", "报告印出", "数据填报", "上年", "比上年", "报告页行", "核对意见"]);
        // The room is as wide as the table and has a place for the hand behind each label.
        let room = table.body.last().unwrap();
        assert_eq!(
            row(room).concat(),
            "核稿人（签字）：　部门负责人（签字）：　日期：　　　　年　　月　　日　"
        );
        assert_eq!(room.cells.iter().map(|cell| cell.columns).sum::<usize>(), head.len());
    }
    assert_eq!(told, departments);

    // Each part begins on a page of its own, so that it can be sent to its department alone.
    let pages = layout(&form, &sheets::style(pack.style()), &fonts).unwrap();
    assert!(pages.pages.len() >= departments.len(), "{}", pages.pages.len());
}

#[test]
fn a_table_that_somebody_may_have_written_into_is_kept() {
    let desk = Desk::with(&["a.json"]);
    desk.put("a.xlsx", "PK, with a department's remarks");
    desk.call(&["proof", "a.json", "-o", "a.xlsx"]).is(
        2,
        "",
        "错误[E0725]: `a.xlsx` 已经存在，没有覆盖\n  办法: 确实要覆盖，加 `--force`；否则换一个文件名\n共1处错误，未生成文件\n",
    );
    desk.call(&["proof", "a.json", "-o", "a.xlsx", "--force"]).is(0, "已生成 a.xlsx\n", "");
    desk.call(&["proof", "a.json", "-o", "a.json", "--format", "tsv", "--force"]).is(
        2,
        "",
        "错误[E0724]: 输出 `a.json` 就是数据文件，不能覆盖\n  办法: 换一个输出的文件名\n",
    );
}

#[test]
fn one_data_file_is_wanted() {
    let desk = Desk::with(&["a.json", "b.json"]);
    desk.call(&["proof", "*.json"]).is(
        2,
        "",
        "错误[E0782]: `*.json` 对应2份数据，这里只能给一份\n  办法: 写出一个文件的名字\n",
    );
    assert_eq!(desk.call(&["proof", "c.json"]).code, 2);
    desk.put("a.json", "{");
    let answer = desk.call(&["proof", "a.json"]);
    assert_eq!((answer.code, answer.out.as_str()), (1, ""));
    assert_eq!(desk.names(), ["a.json", "b.json"]);
}

//! Prints what the program knows: schema, fields, licences, completions.

use std::borrow::Cow;
use std::fmt::Write;

use clap_complete::Shell;
use serde::Serialize;
use shizheng::diag::Language;
use shizheng::export;
use shizheng::font::{Licence, licences};
use shizheng::library_licences;
use shizheng::pack::{Field, Kind, Pack};
use unicode_width::UnicodeWidthStr;

use super::arguments::Listing;
use super::console::{print, print_bytes};
use super::fault::Fault;
use super::help;
use super::packs::Choice;

/// The heads of the columns of `fields`: for machines, in Chinese, in English.
const COLUMNS: [(&str, &str, &str); 7] = [
    ("path", "路径", "path"),
    ("title", "名称", "title"),
    ("unit", "单位", "unit"),
    ("form", "写法", "form"),
    ("required", "必填", "required"),
    ("part", "部分", "part"),
    ("department", "部门", "department"),
];

/// Prints a pack's schema for editors.
pub(super) fn schema(choice: &Choice) -> Result<(), Fault> {
    // It came of JSON text, so there is nothing in it that JSON cannot hold.
    print(serde_json::to_string_pretty(&choice.schema()?).unwrap_or_default() + "\n")
}

/// A field as `fields --format json` lists it.
#[derive(Serialize)]
struct Row<'a> {
    path: &'a str,
    title: &'a str,
    unit: &'a str,
    form: String,
    required: bool,
    part: &'a str,
    department: &'a str,
}

impl<'a> Row<'a> {
    fn new(field: &'a Field, language: Language) -> Self {
        let Field { path, title, unit, required, part, department, .. } = field;
        Self { path, title, unit, form: form(field, language), required: *required, part, department }
    }
}

/// Says how a field's value is written in the data file.
fn form(field: &Field, language: Language) -> String {
    let decimals = field.decimals.unwrap_or_default();
    let number = match decimals {
        0 => ("整数".to_owned(), "whole number".to_owned()),
        1 => ("数，最多1位小数".to_owned(), "number, at most 1 decimal".to_owned()),
        more => (format!("数，最多{more}位小数"), format!("number, at most {more} decimals")),
    };
    let fixed = |zh: &str, en: &str| (zh.to_owned(), en.to_owned());
    let (zh, en) = match field.kind {
        Kind::Year | Kind::Ordinal | Kind::Rank | Kind::Count => fixed("整数", "whole number"),
        Kind::Quantity | Kind::Percent => number,
        Kind::Growth => (format!("{}，下降为负", number.0), format!("{}, negative for a fall", number.1)),
        Kind::Name | Kind::Person | Kind::Grade | Kind::Text => fixed("\"文字\"", "\"text\""),
        Kind::Names | Kind::Texts => fixed("[\"甲\", \"乙\"]", "[\"one\", \"another\"]"),
        Kind::Shares => fixed("[三个数]，合计100", "[three numbers] that sum up to 100"),
        Kind::Fraction => fixed("\"1/3\"", "\"1/3\""),
        Kind::Table => fixed("[{一行}, {一行}]", "[{a row}, {a row}]"),
        Kind::Date => fixed("\"2026-01-05\"", "\"2026-01-05\""),
        Kind::Flag => fixed("true或false", "true or false"),
    };
    match language {
        Language::Chinese => zh,
        Language::English => en,
    }
}

impl Row<'_> {
    fn cells<'b>(&'b self, required: &'b str) -> [&'b str; 7] {
        [self.path, self.title, self.unit, &self.form, required, self.part, self.department]
    }
}

/// Prints the fields of a pack's data file, in the schema's order.
pub(super) fn fields(pack: &Pack, listing: Listing, language: Language) -> Result<(), Fault> {
    let rows: Vec<Row<'_>> = pack.schema().fields().iter().map(|field| Row::new(field, language)).collect();
    print(match listing {
        Listing::Table => table(&rows, language),
        Listing::Json => {
            // Strings and booleans alone: there is nothing in it that JSON cannot hold.
            serde_json::to_string_pretty(&rows).unwrap_or_default() + "\n"
        }
        Listing::Tsv => tsv(&rows),
    })
}

fn tsv(rows: &[Row<'_>]) -> String {
    let head = COLUMNS.map(|(name, ..)| name);
    let rows = rows.iter().map(|row| row.cells(if row.required { "true" } else { "false" }));
    export::tsv::table(std::iter::once(head).chain(rows).map(|cells| cells.map(Cow::from).to_vec()))
}

fn table(rows: &[Row<'_>], language: Language) -> String {
    let (head, required) = match language {
        Language::Chinese => (COLUMNS.map(|(_, zh, _)| zh), "必填"),
        Language::English => (COLUMNS.map(|(.., en)| en), "yes"),
    };
    let lines: Vec<_> = std::iter::once(head)
        .chain(rows.iter().map(|row| row.cells(if row.required { required } else { "" })))
        .collect();
    let mut widths = [0; 7];
    for cells in &lines {
        for (width, cell) in widths.iter_mut().zip(cells) {
            *width = cell.width().max(*width);
        }
    }
    let mut text = String::new();
    for cells in lines {
        let padded = cells.iter().zip(widths).map(|(cell, width)| {
            // Padding by characters would misplace everything right of Chinese, which is two columns wide.
            format!("{cell}{}", " ".repeat(width - cell.width()))
        });
        text.push_str(padded.collect::<Vec<_>>().join("  ").trim_end());
        text.push('\n');
    }
    text
}

/// Prints under which licences the program, its fonts and its libraries stand.
pub(super) fn licenses(language: Language) -> Result<(), Fault> {
    let mut text = String::from(match language {
        Language::Chinese => {
            "shizheng 的代码按 Apache-2.0 许可。\n\
             程序里带有 Fandol 字体（GPLv3 附字体例外），所以带字体的程序整个按 GPLv3 的条件传播；\n\
             用它生成的PDF不受影响。\n\n== 字体 ==\n"
        }
        Language::English => {
            "The code of shizheng is licensed under Apache-2.0.\n\
             The program carries the Fandol fonts (GPLv3 with the font exception), so a binary with the fonts\n\
             inside is passed on under the terms of the GPLv3; the PDFs that it makes are not affected.\n\n\
             == Fonts ==\n"
        }
    });
    let faces = licences();
    // Writing to a string does not fail.
    for face in &faces {
        let _ = writeln!(text, "\n{} ({}): {}", face.family, face.role, face.licence);
        let _ = writeln!(text, "  {}, {} {}", face.file, face.package, face.version);
        let _ = writeln!(text, "  {}", face.copyright);
    }
    let mut texts: Vec<_> = faces.iter().flat_map(Licence::texts).collect();
    texts.sort_unstable();
    texts.dedup();
    for (name, licence) in texts {
        let _ = writeln!(text, "\n== {name} ==\n\n{}", licence.trim_end());
    }
    let _ = writeln!(text, "\n{}", library_licences().trim_end());
    print(text)
}

/// Prints the completion script of a shell.
pub(super) fn completions(shell: Shell, language: Language) -> Result<(), Fault> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut help::command(language), "shizheng", &mut script);
    print_bytes(script)
}

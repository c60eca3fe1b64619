//! Writes a table as tab-separated values, as spreadsheets read them.
//!
//! The file begins with a byte order mark: without one, a Chinese Excel takes UTF-8 for GBK.

use std::borrow::Cow;

use crate::workbook::{Cell, Workbook};

/// The byte order mark of UTF-8.
const MARK: &str = "\u{feff}";

/// Writes the rows of all sheets below one head, each with its sheet's name in front.
pub fn write(workbook: &Workbook) -> Vec<u8> {
    let names = workbook.columns.iter().map(|column| Cow::from(&column.name));
    let head = std::iter::once(Cow::from(&workbook.parted_by)).chain(names).collect();
    let rows = workbook.sheets.iter().flat_map(|sheet| {
        sheet
            .rows
            .iter()
            .map(|row| std::iter::once(Cow::from(&sheet.name)).chain(row.iter().map(shown)).collect())
    });
    table(std::iter::once(head).chain(rows)).into_bytes()
}

/// Writes rows of cells, the head the first of them; the text is UTF-8 and begins with its byte order mark.
///
/// A tab or a line's end in a cell becomes a space. A cell that has quotation marks is put into such, and its own are
/// doubled: a spreadsheet would take one that begins a cell for the start of all that follows up to the next.
pub fn table<'a>(rows: impl IntoIterator<Item = Vec<Cow<'a, str>>>) -> String {
    let line =
        |row: Vec<Cow<'_, str>>| row.iter().map(|cell| quoted(cell)).collect::<Vec<_>>().join("\t") + "\n";
    MARK.to_owned() + &rows.into_iter().map(line).collect::<String>()
}

fn shown(cell: &Cell) -> Cow<'_, str> {
    match cell {
        Cell::Empty => "".into(),
        Cell::Text(text) => text.into(),
        Cell::Number(number) => number.to_string().into(),
    }
}

fn quoted(cell: &str) -> String {
    let cell = cell.replace(['\t', '\r', '\n'], " ");
    if cell.contains('"') { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbook::{Column, Sheet};

    #[test]
    fn cells_keep_their_digits_and_their_place() {
        let rows = vec![
            vec![Cell::Text("甲\t乙\n".to_owned()), Cell::Number("0.10".parse().unwrap())],
            vec![Cell::Text("\"丙\"丁".to_owned()), Cell::Empty],
        ];
        let columns = ["名称", "数值"].map(|name| Column { name: name.to_owned(), width: 10 }).to_vec();
        let sheets =
            vec![Sheet { name: "统计局".to_owned(), rows, foot: vec![(0, "核稿人".to_owned())] }];
        let workbook = Workbook { parted_by: "部门".to_owned(), columns, sheets, ..Workbook::default() };
        let text = String::from_utf8(write(&workbook)).unwrap();
        assert_eq!(text, "\u{feff}部门\t名称\t数值\n统计局\t甲 乙 \t0.10\n统计局\t\"\"\"丙\"\"丁\"\t\n");
    }
}

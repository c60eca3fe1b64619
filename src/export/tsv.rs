//! Writes a workbook as one table of tab-separated values.
//!
//! The file begins with a byte order mark: without one, a Chinese Excel takes UTF-8 for GBK.

use crate::workbook::{Cell, Workbook};

/// The byte order mark of UTF-8.
const MARK: &str = "\u{feff}";

/// Writes the rows of all sheets below one head, each with its sheet's name in front.
pub fn write(workbook: &Workbook) -> Vec<u8> {
    let names = workbook.columns.iter().map(|column| column.name.as_str());
    let mut text = MARK.to_owned() + &line(std::iter::once(workbook.parted_by.as_str()).chain(names));
    for sheet in &workbook.sheets {
        for row in &sheet.rows {
            let cells: Vec<String> = row.iter().map(shown).collect();
            text.push_str(&line(
                std::iter::once(sheet.name.as_str()).chain(cells.iter().map(String::as_str)),
            ));
        }
    }
    text.into_bytes()
}

fn shown(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => text.clone(),
        Cell::Number(number) => number.to_string(),
    }
}

/// Joins cells; a tab or a line's end inside of one would be taken for the end of it.
fn line<'a>(cells: impl Iterator<Item = &'a str>) -> String {
    let cells: Vec<String> = cells.map(|cell| cell.replace(['\t', '\r', '\n'], " ")).collect();
    cells.join("\t") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbook::{Column, Sheet};

    #[test]
    fn cells_keep_their_digits_and_their_place() {
        let rows = vec![vec![Cell::Text("甲\t乙\n".to_owned()), Cell::Number("0.10".parse().unwrap())]];
        let columns = ["名称", "数值"].map(|name| Column { name: name.to_owned(), width: 10 }).to_vec();
        let sheets =
            vec![Sheet { name: "统计局".to_owned(), rows, foot: vec![(0, "核稿人".to_owned())] }];
        let workbook = Workbook { parted_by: "部门".to_owned(), columns, sheets, ..Workbook::default() };
        let text = String::from_utf8(write(&workbook)).unwrap();
        assert_eq!(text, "\u{feff}部门\t名称\t数值\n统计局\t甲 乙 \t0.10\n");
    }
}

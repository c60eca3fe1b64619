//! Makes a workbook of the sheets, for departments that check on a screen.

use rust_decimal::Decimal;

use super::{Item, NAME, Sheets};
use crate::workbook::{Cell, Column, Sheet, Workbook};

/// The columns and their widths in half-width characters.
const COLUMNS: [(&str, u16); 10] = [
    ("序号", 6),
    ("名称", 28),
    ("报告印出", 28),
    ("数据填报", 28),
    ("上年", 16),
    ("比上年", 14),
    ("报告页行", 18),
    ("所在的句子", 60),
    ("核对意见", 24),
    ("数据路径", 40),
];
/// Room for a signature, by the column where it begins.
const SIGNATURE: [(usize, &str); 3] = [(1, "核稿人（签字）："), (3, "部门负责人（签字）："), (6, "日期：")];

/// Makes a workbook with a sheet for each department.
pub fn workbook(sheets: &Sheets) -> Workbook {
    let columns = COLUMNS.map(|(name, width)| Column { name: name.to_owned(), width });
    let sheet = |department: &super::Department| Sheet {
        name: department.name.clone(),
        rows: department.items.iter().enumerate().map(|(index, item)| row(index + 1, item)).collect(),
        foot: SIGNATURE.map(|(column, text)| (column, text.to_owned())).to_vec(),
    };
    Workbook {
        title: format!("{}{NAME}", sheets.title),
        author: sheets.author.clone(),
        date: sheets.date.clone(),
        parted_by: "部门".to_owned(),
        columns: columns.to_vec(),
        sheets: sheets.departments.iter().map(sheet).collect(),
    }
}

fn row(number: usize, item: &Item) -> Vec<Cell> {
    let or_empty = |text: &Option<String>| text.clone().map_or(Cell::Empty, Cell::Text);
    vec![
        Cell::Number(Decimal::from(number)),
        Cell::Text(item.title.clone()),
        Cell::Text(item.shown()),
        given(&item.given),
        or_empty(&item.previous),
        or_empty(&item.change),
        if item.places.is_empty() { Cell::Empty } else { Cell::Text(item.whereabouts()) },
        if item.sentences.is_empty() { Cell::Empty } else { Cell::Text(item.said()) },
        Cell::Empty,
        Cell::Text(item.path.clone()),
    ]
}

/// A number as the file has it is a number, so that it can be reckoned with; anything else is a text.
fn given(text: &str) -> Cell {
    // A number that would not come back as it was typed (`1e3`, `-0`) stays as it was typed.
    let number = text.parse::<Decimal>().ok().filter(|number| number.to_string() == text);
    number.map_or_else(|| Cell::Text(text.to_owned()), Cell::Number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_is_what_is_shown() {
        for text in ["0.10", "318.72", "-4.7", "0"] {
            assert_eq!(given(text), Cell::Number(text.parse().unwrap()), "{text}");
        }
        for text in ["1e3", "-0", "007", "约70", "[10.1, 41.9, 48.0]", "+5", "1_000"] {
            assert_eq!(given(text), Cell::Text(text.to_owned()), "{text}");
        }
    }
}

//! Holds tables for a spreadsheet: sheets of rows, every cell a text or an exact number.
//!
//! Made by [`crate::sheets`], read by the table formats of [`crate::export`].

use rust_decimal::Decimal;

/// Sheets with the same columns.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Workbook {
    /// The title, for metadata and the head of printed pages.
    pub title: String,
    /// Who made it; empty when nobody is named.
    pub author: String,
    /// The date of what it tells of (`2026-01-05`), the only time that its files bear.
    pub date: Option<String>,
    /// What the sheets part the rows by, such as `部门`: a column of its own in a format without sheets.
    pub parted_by: String,
    /// The columns of every sheet.
    pub columns: Vec<Column>,
    /// The sheets.
    pub sheets: Vec<Sheet>,
}

/// A column.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Its head.
    pub name: String,
    /// Its width in half-width characters.
    pub width: u16,
}

/// A sheet.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Sheet {
    /// The name on its tab.
    pub name: String,
    /// The rows below the head, each with a cell for each column.
    pub rows: Vec<Vec<Cell>>,
    /// What stands below the rows, by the column that it begins in: room for a signature.
    pub foot: Vec<(usize, String)>,
}

/// A cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing yet.
    Empty,
    /// A text.
    Text(String),
    /// A number with the decimals that it is to show (`0.10` keeps its zero).
    Number(Decimal),
}

//! Reads `schema.json`: which fields a data file has, and what each of them is.

use std::sync::Arc;

/// A pack's schema.
#[derive(Clone, Debug)]
pub struct Schema {
    fields: Vec<Arc<Field>>,
}

impl Schema {
    /// Returns every field in the schema's order.
    pub fn fields(&self) -> &[Arc<Field>] {
        &self.fields
    }

    /// Returns the field at a path in the schema's form (`urban_rural.city.projects[].name`).
    pub fn field(&self, path: &str) -> Option<&Arc<Field>> {
        self.fields.iter().find(|field| field.path == path)
    }
}

/// A field of the data file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// The path, `[]` for each item of an array, such as `urban_rural.city.projects[].name`.
    pub path: String,
    /// What kind of value it takes.
    pub kind: Kind,
    /// The Chinese title.
    pub title: String,
    /// What a clerk must know beside the title; empty when nothing.
    pub description: String,
    /// The unit (`x-unit`); empty when it has none.
    pub unit: String,
    /// The most decimals (`x-decimals`); further ones are rounded off.
    pub decimals: Option<u32>,
    /// The department that answers for the figure (`x-source`).
    pub department: String,
    /// The report's part that prints it (`x-part`).
    pub part: String,
    /// Whether the report cannot do without it (`x-required`).
    pub required: bool,
}

/// The kinds of values (`x-kind`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A year: a whole number, printed bare.
    Year,
    /// 第九届: a whole number, printed as a Chinese numeral with its unit.
    Ordinal,
    /// 第3位: a whole number.
    Rank,
    /// A whole number with its measure word.
    Count,
    /// A number with its unit.
    Quantity,
    /// A share or rate in percent.
    Percent,
    /// A rate of change in percent; may be negative.
    Growth,
    /// A name.
    Name,
    /// A person's name.
    Person,
    /// Several names.
    Names,
    /// A grade such as `5A` or `一级A`.
    Grade,
    /// Three shares in percent.
    Shares,
    /// A fraction such as `1/3`.
    Fraction,
    /// Rows with fields of their own.
    Table,
    /// A sentence.
    Text,
    /// Several sentences.
    Texts,
    /// A date such as `2026-01-05`.
    Date,
    /// A choice: true or false.
    Flag,
}

//! Writes a workbook as xlsx (ECMA-376, Office Open XML): a sheet each, the head frozen and printed again on
//! every page.
//!
//! A number is a number to the spreadsheet, and shows the decimals that it was given with; one of more digits
//! than a spreadsheet keeps is a text, so that none is lost. The same workbook makes the same bytes.

mod zip;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use rust_decimal::Decimal;

use super::xml;
use crate::diag::Diagnostic;
use crate::diag::catalogue::export::WORKBOOK_TOO_LARGE;
use crate::workbook::{Cell, Sheet, Workbook};

/// The significant digits that a spreadsheet keeps of a number (IEEE 754 binary64).
const KEPT_DIGITS: usize = 15;
/// The most UTF-16 units of a sheet's name.
const LONGEST_NAME: usize = 31;
/// The most decimals that a cell shows.
const MOST_DECIMALS: u32 = 30;
/// The most UTF-16 units of a page's head.
const LONGEST_HEAD: usize = 200;

/// The cell formats, by their places in `styles.xml`; numbers with n decimals follow.
const PLAIN: usize = 0;
const HEAD: usize = 1;
const TEXT: usize = 2;
const NUMBER: usize = 3;

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const TYPES: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/// Writes a workbook.
///
/// Fails when it is beyond what the format can hold.
pub fn write(workbook: &Workbook) -> Result<Vec<u8>, Vec<Diagnostic>> {
    let names = names(&workbook.sheets);
    let mut files = vec![
        ("[Content_Types].xml".to_owned(), content_types(names.len())),
        ("_rels/.rels".to_owned(), package_relations()),
        ("docProps/core.xml".to_owned(), properties(workbook)),
        ("xl/workbook.xml".to_owned(), book(&names)),
        ("xl/_rels/workbook.xml.rels".to_owned(), book_relations(names.len())),
        ("xl/styles.xml".to_owned(), styles(decimals(workbook))),
    ];
    for (index, (sheet, name)) in workbook.sheets.iter().zip(&names).enumerate() {
        let head = format!("{}　{name}", workbook.title);
        files.push((format!("xl/worksheets/sheet{}.xml", index + 1), page(workbook, sheet, &head)));
    }
    zip::pack(&files).map_err(|error| vec![Diagnostic::new(&WORKBOOK_TOO_LARGE).with("reason", error)])
}

/// Returns the sheets' names as the format allows them: short, without its own marks, no two the same but for their case.
fn names(sheets: &[Sheet]) -> Vec<String> {
    let mut taken = BTreeSet::new();
    let names = sheets.iter().enumerate().map(|(index, sheet)| {
        let is_kept = |c: &char| !"[]:*?/\\'\u{FFFE}\u{FFFF}".contains(*c) && !c.is_control();
        let plain: String = sheet.name.chars().filter(is_kept).collect();
        let numbers = (index + 1..).map(|number| format!("（{number}）"));
        let named = |end: String| start(&plain, LONGEST_NAME - end.chars().count()).to_owned() + &end;
        let mut choice = std::iter::once(String::new()).chain(numbers).map(named);
        // There are more numbers than sheets.
        choice.find(|name| !name.is_empty() && taken.insert(name.to_lowercase())).unwrap_or_default()
    });
    names.collect()
}

/// Returns the start of a text that has so many UTF-16 units at most.
fn start(text: &str, most: usize) -> &str {
    let mut units = 0;
    let end = text.char_indices().find(|(_, c)| {
        units += c.len_utf16();
        units > most
    });
    end.map_or(text, |(end, _)| &text[..end])
}

/// Returns the most decimals of any number.
fn decimals(workbook: &Workbook) -> u32 {
    let cells = workbook.sheets.iter().flat_map(|sheet| sheet.rows.iter().flatten());
    let scales = cells.map(|cell| match cell {
        Cell::Number(number) => number.scale().min(MOST_DECIMALS),
        Cell::Empty | Cell::Text(_) => 0,
    });
    scales.max().unwrap_or(0)
}

fn content_types(sheets: usize) -> String {
    let mut xml = format!(
        "{DECLARATION}<Types xmlns=\"{PACKAGE}/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
         <Override PartName=\"/xl/workbook.xml\" ContentType=\"{TYPES}.sheet.main+xml\"/>\
         <Override PartName=\"/xl/styles.xml\" ContentType=\"{TYPES}.styles+xml\"/>\
         <Override PartName=\"/docProps/core.xml\" \
         ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>"
    );
    // Writing to a string does not fail, here and below.
    for number in 1..=sheets {
        let _ = write!(
            xml,
            "<Override PartName=\"/xl/worksheets/sheet{number}.xml\" ContentType=\"{TYPES}.worksheet+xml\"/>"
        );
    }
    xml + "</Types>"
}

fn package_relations() -> String {
    format!(
        "{DECLARATION}<Relationships xmlns=\"{PACKAGE}/relationships\">\
         <Relationship Id=\"rId1\" Type=\"{RELATIONSHIPS}/officeDocument\" Target=\"xl/workbook.xml\"/>\
         <Relationship Id=\"rId2\" Type=\"{PACKAGE}/relationships/metadata/core-properties\" \
         Target=\"docProps/core.xml\"/></Relationships>"
    )
}

fn properties(workbook: &Workbook) -> String {
    let mut xml = format!(
        "{DECLARATION}<cp:coreProperties xmlns:cp=\"{PACKAGE}/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{}</dc:title><dc:creator>{}</dc:creator>",
        escape(&workbook.title),
        escape(&workbook.author),
    );
    if let Some(date) = &workbook.date {
        for name in ["created", "modified"] {
            let _ = write!(
                xml,
                "<dcterms:{name} xsi:type=\"dcterms:W3CDTF\">{}T00:00:00Z</dcterms:{name}>",
                escape(date)
            );
        }
    }
    xml + "</cp:coreProperties>"
}

fn book(names: &[String]) -> String {
    let mut sheets = String::new();
    let mut titles = String::new();
    for (index, name) in names.iter().enumerate() {
        let (number, name) = (index + 1, escape(name));
        let _ = write!(sheets, "<sheet name=\"{name}\" sheetId=\"{number}\" r:id=\"rId{number}\"/>");
        let _ = write!(
            titles,
            "<definedName name=\"_xlnm.Print_Titles\" localSheetId=\"{index}\">'{name}'!$1:$1</definedName>"
        );
    }
    format!(
        "{DECLARATION}<workbook xmlns=\"{MAIN}\" xmlns:r=\"{RELATIONSHIPS}\"><sheets>{sheets}</sheets>\
         <definedNames>{titles}</definedNames></workbook>"
    )
}

fn book_relations(sheets: usize) -> String {
    let mut xml = format!("{DECLARATION}<Relationships xmlns=\"{PACKAGE}/relationships\">");
    for number in 1..=sheets {
        let _ = write!(
            xml,
            "<Relationship Id=\"rId{number}\" Type=\"{RELATIONSHIPS}/worksheet\" \
             Target=\"worksheets/sheet{number}.xml\"/>"
        );
    }
    let _ = write!(
        xml,
        "<Relationship Id=\"rId{}\" Type=\"{RELATIONSHIPS}/styles\" Target=\"styles.xml\"/></Relationships>",
        sheets + 1
    );
    xml
}

/// Writes the cell formats: plain, head, text, then a number's for each count of decimals.
fn styles(decimals: u32) -> String {
    let side = |name| format!("<{name} style=\"thin\"><color auto=\"1\"/></{name}>");
    let sides: String = ["left", "right", "top", "bottom"].map(side).concat();
    let (mut formats, mut cells) = (String::new(), String::new());
    for places in 0..=decimals {
        let id = 164 + places;
        let code = if places == 0 { "0".to_owned() } else { format!("0.{}", "0".repeat(places as usize)) };
        let _ = write!(formats, "<numFmt numFmtId=\"{id}\" formatCode=\"{code}\"/>");
        let _ = write!(
            cells,
            "<xf numFmtId=\"{id}\" fontId=\"0\" fillId=\"0\" borderId=\"1\" xfId=\"0\" applyNumberFormat=\"1\" \
             applyBorder=\"1\" applyAlignment=\"1\"><alignment vertical=\"center\"/></xf>"
        );
    }
    let font = "<sz val=\"11\"/><name val=\"宋体\"/><family val=\"3\"/><charset val=\"134\"/>";
    format!(
        "{DECLARATION}<styleSheet xmlns=\"{MAIN}\"><numFmts count=\"{numbers}\">{formats}</numFmts>\
         <fonts count=\"2\"><font>{font}</font><font><b/>{font}</font></fonts>\
         <fills count=\"3\"><fill><patternFill patternType=\"none\"/></fill>\
         <fill><patternFill patternType=\"gray125\"/></fill>\
         <fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFE7E6E6\"/></patternFill></fill></fills>\
         <borders count=\"2\"><border><left/><right/><top/><bottom/><diagonal/></border>\
         <border>{sides}<diagonal/></border></borders>\
         <cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>\
         <cellXfs count=\"{count}\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>\
         <xf numFmtId=\"49\" fontId=\"1\" fillId=\"2\" borderId=\"1\" xfId=\"0\" applyNumberFormat=\"1\" \
         applyFont=\"1\" applyFill=\"1\" applyBorder=\"1\" applyAlignment=\"1\">\
         <alignment horizontal=\"center\" vertical=\"center\" wrapText=\"1\"/></xf>\
         <xf numFmtId=\"49\" fontId=\"0\" fillId=\"0\" borderId=\"1\" xfId=\"0\" applyNumberFormat=\"1\" \
         applyBorder=\"1\" applyAlignment=\"1\"><alignment vertical=\"center\" wrapText=\"1\"/></xf>\
         {cells}</cellXfs></styleSheet>",
        numbers = decimals + 1,
        count = decimals as usize + 1 + NUMBER,
    )
}

/// Writes a sheet: landscape A4, as wide as the page, its head frozen.
fn page(workbook: &Workbook, sheet: &Sheet, head: &str) -> String {
    let mut columns = String::new();
    for (index, column) in workbook.columns.iter().enumerate() {
        let (number, width) = (index + 1, column.width);
        let _ =
            write!(columns, "<col min=\"{number}\" max=\"{number}\" width=\"{width}\" customWidth=\"1\"/>");
    }
    let mut rows = String::from("<row r=\"1\">");
    for (index, column) in workbook.columns.iter().enumerate() {
        push_text(&mut rows, 1, index, HEAD, &column.name);
    }
    rows.push_str("</row>");
    for (nth, row) in sheet.rows.iter().enumerate() {
        let number = nth + 2;
        let _ = write!(rows, "<row r=\"{number}\">");
        for (index, cell) in row.iter().enumerate() {
            push_cell(&mut rows, number, index, cell);
        }
        rows.push_str("</row>");
    }
    if !sheet.foot.is_empty() {
        let number = sheet.rows.len() + 3;
        let _ = write!(rows, "<row r=\"{number}\" ht=\"36\" customHeight=\"1\">");
        for (column, text) in &sheet.foot {
            push_text(&mut rows, number, *column, PLAIN, text);
        }
        rows.push_str("</row>");
    }
    let head: String = head.chars().take(LONGEST_HEAD).collect::<String>().replace('&', "&&");
    format!(
        "{DECLARATION}<worksheet xmlns=\"{MAIN}\"><sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr>\
         <sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" \
         activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews>\
         <cols>{columns}</cols><sheetData>{rows}</sheetData>\
         <pageMargins left=\"0.6\" right=\"0.6\" top=\"0.9\" bottom=\"0.8\" header=\"0.4\" footer=\"0.4\"/>\
         <pageSetup paperSize=\"9\" orientation=\"landscape\" fitToWidth=\"1\" fitToHeight=\"0\"/>\
         <headerFooter><oddHeader>&amp;C{}</oddHeader><oddFooter>&amp;C第&amp;P页，共&amp;N页</oddFooter>\
         </headerFooter></worksheet>",
        escape(&head)
    )
}

fn push_cell(xml: &mut String, row: usize, column: usize, cell: &Cell) {
    match cell {
        Cell::Empty => {
            let _ = write!(xml, "<c r=\"{}\" s=\"{TEXT}\"/>", place(row, column));
        }
        Cell::Text(text) => push_text(xml, row, column, TEXT, text),
        Cell::Number(number) if is_kept(*number) => {
            let style = NUMBER + number.scale() as usize;
            let _ = write!(xml, "<c r=\"{}\" s=\"{style}\"><v>{number}</v></c>", place(row, column));
        }
        Cell::Number(number) => push_text(xml, row, column, TEXT, &number.to_string()),
    }
}

fn push_text(xml: &mut String, row: usize, column: usize, style: usize, text: &str) {
    let _ = write!(
        xml,
        "<c r=\"{}\" s=\"{style}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c>",
        place(row, column),
        escape(text)
    );
}

/// Tells whether a spreadsheet keeps every digit of a number.
fn is_kept(number: Decimal) -> bool {
    let digits = number.mantissa().unsigned_abs().to_string();
    digits.len() <= KEPT_DIGITS && number.scale() <= MOST_DECIMALS
}

/// Returns a cell's name: A1, B1 .. Z1, AA1.
fn place(row: usize, column: usize) -> String {
    let mut letters = String::new();
    let mut rest = column + 1;
    while rest > 0 {
        letters.insert(0, char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    format!("{letters}{row}")
}

/// Escapes text for XML. `_x0041_`, which a spreadsheet would take for a letter's code, is kept as it is by the code of its
/// own first mark; the end of a line is one character.
fn escape(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    for (at, character) in text.char_indices() {
        match character {
            '\r' => {}
            '_' if is_code(&text[at..]) => kept.push_str("_x005F_"),
            _ => kept.push(character),
        }
    }
    xml::escape(&kept)
}

fn is_code(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() >= 7
        && bytes.starts_with(b"_x")
        && bytes[2..6].iter().all(u8::is_ascii_hexdigit)
        && bytes[6] == b'_'
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sheets(names: &[impl AsRef<str>]) -> Vec<Sheet> {
        names.iter().map(|name| Sheet { name: name.as_ref().to_owned(), ..Sheet::default() }).collect()
    }

    proptest! {
        #[test]
        fn every_sheet_has_a_name_of_its_own(
            given in prop::collection::vec("(局|IT处|it处|局（[2-5]）|长{28,31}|𠀀{14,16}|[/\u{1}]?局|.{0,3})", 0..12),
        ) {
            let found = names(&sheets(&given));
            let escaped: Vec<String> = found.iter().map(|name| escape(name)).collect();
            let apart: BTreeSet<String> = escaped.iter().map(|name| name.to_lowercase()).collect();
            prop_assert_eq!(apart.len(), given.len(), "{:?}", found);
            for name in &found {
                let units = name.encode_utf16().count();
                prop_assert!((1..=LONGEST_NAME).contains(&units), "{:?}", found);
            }
        }
    }

    #[test]
    fn cells_are_named_as_spreadsheets_name_them() {
        let names = [0, 25, 26, 51, 52, 701, 702].map(|column| place(3, column));
        assert_eq!(names, ["A3", "Z3", "AA3", "AZ3", "BA3", "ZZ3", "AAA3"]);
    }

    #[test]
    fn names_of_sheets_are_sound() {
        let found = names(&sheets(&["统计局", "统计局", "a/b:c", "", &"长".repeat(40)]));
        assert_eq!(found, ["统计局", "统计局（2）", "abc", "（4）", &"长".repeat(31)]);
        let found = names(&sheets(&["局", "局（3）", "局", "IT处", "it处", &"𠀀".repeat(20)]));
        assert_eq!(found, ["局", "局（3）", "局（4）", "IT处", "it处（5）", &"𠀀".repeat(15)]);
    }

    #[test]
    fn numbers_that_a_spreadsheet_would_cut_are_texts() {
        for (number, kept) in [("0.10", true), ("123456789012.345", true), ("1234567890123456", false)] {
            assert_eq!(is_kept(number.parse().unwrap()), kept, "{number}");
        }
    }

    #[test]
    fn a_number_shows_the_decimals_that_it_was_given_with() {
        let number = |text: &str| Cell::Number(text.parse().unwrap());
        let rows = vec![vec![number("0.10"), number("12345678901234567"), Cell::Text("约70".to_owned())]];
        let sheet = Sheet { name: "甲".to_owned(), rows, foot: Vec::new() };
        let workbook = Workbook { sheets: vec![sheet.clone()], ..Workbook::default() };
        let xml = page(&workbook, &sheet, "甲&乙");
        assert!(xml.contains("<c r=\"A2\" s=\"5\"><v>0.10</v></c>"), "{xml}");
        assert!(xml.contains("<c r=\"B2\" s=\"2\" t=\"inlineStr\">"), "{xml}");
        assert!(xml.contains("&amp;C甲&amp;&amp;乙<"), "{xml}");
        // The sixth format: plain, head, text, then numbers with 0, 1 and 2 decimals.
        let styles = styles(decimals(&workbook));
        let formats: Vec<&str> = styles.split("<cellXfs").nth(1).unwrap().split("<xf ").skip(1).collect();
        assert_eq!(formats.len(), 6);
        assert!(formats[5].starts_with("numFmtId=\"166\""), "{styles}");
        assert!(styles.contains("<numFmt numFmtId=\"166\" formatCode=\"0.00\"/>"), "{styles}");
    }

    #[test]
    fn text_that_looks_like_a_code_stays_text() {
        assert_eq!(escape("_x0041_ a_x<b\u{1}"), "_x005F_x0041_ a_x&lt;b");
    }
}

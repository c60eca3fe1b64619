//! The data file inside the PDF: what comes back, and what hostile files make of it.

use proptest::prelude::*;
use shizheng::export::pdf;
use shizheng::font::Fonts;
use shizheng::page::Pages;

use super::{plain, sheet};

const DATA: &[u8] = "{\"报告\": 1}\r\n".as_bytes();

fn carrying(data: &[u8]) -> Vec<u8> {
    let fonts = Fonts::embedded();
    pdf::write(&sheet::report(&fonts), &fonts, Some(data)).unwrap().into_vec()
}

fn code(bytes: &[u8]) -> &'static str {
    pdf::extract(bytes).unwrap_err().entry.code
}

#[test]
fn data_come_back_byte_for_byte() {
    let large: Vec<u8> = (0..300_000_u32).flat_map(|n| (n * 7919).to_le_bytes()).collect();
    for data in [DATA, b"", b"\0\xFF endstream endobj", &large] {
        assert_eq!(pdf::extract(&carrying(data)).unwrap(), data);
    }
    assert_eq!(carrying(DATA), carrying(DATA));
}

#[test]
fn file_says_that_it_carries_data() {
    let fonts = Fonts::embedded();
    let pages = sheet::report(&fonts);
    let with = plain(&carrying(DATA));
    let without = plain(&pdf::write(&pages, &fonts, None).unwrap().into_vec());
    for (part, count) in [("<pdfaid:part>3<", 1), ("/AFRelationship/Source", 1), ("/EmbeddedFiles", 1)] {
        assert_eq!(with.matches(part).count(), count, "{part}");
        assert!(!without.contains(part), "{part}");
    }
    assert!(without.contains("<pdfaid:part>2<"));
    // The only time in it is the document's own.
    let undated = Pages { date: None, ..pages };
    let undated = pdf::write(&undated, &fonts, Some(DATA)).unwrap().into_vec();
    assert!(with.contains("/ModDate(D:") && !plain(&undated).contains("Date(D:"));
}

#[test]
fn files_without_data_are_told_apart() {
    let fonts = Fonts::embedded();
    assert_eq!(code(&pdf::write(&sheet::report(&fonts), &fonts, None).unwrap().into_vec()), "E0613");
    for bytes in [&b""[..], b"%PD", b"{}", &[0xFF; 2000]] {
        assert_eq!(code(bytes), "E0610");
    }
    assert_eq!(code(b"%PDF-1.7\n"), "E0611");
    let whole = carrying(DATA);
    assert_eq!(code(&whole[..whole.len() / 2]), "E0611");
    // A size that is not the file's.
    let text: Vec<u8> = whole.clone();
    let at = text.windows(6).position(|window| window == b"/Size ").unwrap();
    let mut wrong = whole;
    wrong[at + 6] = b'9';
    assert_eq!(code(&wrong), "E0614");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_bytes_make_it_panic(bytes in any::<Vec<u8>>()) {
        let bytes = [b"%PDF-1.7\n".as_slice(), &bytes].concat();
        prop_assert!(pdf::extract(&bytes).is_err());
    }

    #[test]
    fn no_change_makes_it_panic(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..40),
        from_end in any::<bool>(),
        cut in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let mut bytes = CARRYING.clone();
        // The directory stands at the end, and what it leads to before it.
        let span = if from_end { 6000 } else { bytes.len() };
        for (at, byte) in changes {
            let at = bytes.len() - 1 - at.index(span);
            bytes[at] = byte;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        drop(pdf::extract(&bytes));
    }
}

static CARRYING: std::sync::LazyLock<Vec<u8>> = std::sync::LazyLock::new(|| carrying(DATA));

//! What the annual report asks of its figures, of one another and of last year's.

use super::*;

/// What the annual report's inventory notes, as a change of the full sample that breaks it, and the rule's name.
const INVENTORY: [(&str, &str, &str); 21] = [
    (r#""provincial_parks": 5"#, r#""provincial_parks": 19"#, "provincial-parks"),
    (r#""completed": 742.35"#, r#""completed": "12806001万元""#, "key-projects-completed"),
    (r#""rank": 35,"#, r#""rank": 263,"#, "credit-rank"),
    (r#""total": 262,"#, "", "credit-total"),
    (r#""newly_listed": 7"#, r#""newly_listed": 47"#, "newly-listed"),
    (r#""previous": [9.5, 45.3, 45.2]"#, r#""previous": [9.5, 45.4, 45.3]"#, "structure-previous"),
    (r#""current": [9.3, 44.6, 46.1]"#, r#""current": [9.3, 44.6, 45.9]"#, "structure-current"),
    (r#""current": [9.3, 44.6, 46.1]"#, r#""_note": """#, "structure-pair"),
    (r#""scale_transfer_rate": 38.2"#, r#""scale_transfer_rate": 43.7"#, "scale-transfer"),
    (r#""since_year": 2021"#, r#""since_year": 2026"#, "insurance-since"),
    (r#""date": "2026-01-08""#, r#""date": "2024-12-31""#, "date-not-before"),
    (r#""date": "2026-01-08""#, r#""date": "2027-01-01""#, "date-not-late"),
    (r#""date": "2026-01-08""#, r#""date": "2025-01-08""#, "date-not-early"),
    (r#""dust_reduction": 99"#, r#""dust_reduction": 100.1"#, "rates"),
    (r#""unemployment_rate": "3.4以内""#, r#""unemployment_rate": -0.1"#, "rates"),
    (r#""investment": 1356.80"#, r#""investment": 115.14"#, "plan-projects"),
    (r#""roads_built": 612.5"#, r#""roads_built": 9861"#, "roads-built"),
    (r#""value": 23105"#, r#""value": 42187"#, "rural-below-urban"),
    (r#""value": 912.46"#, r#""value": 9124600"#, "W0173"),
    (r#""growth": 4.7"#, r#""growth": 4.8"#, "E0171"),
    (r#""growth": 5.8"#, r#""growth": -0.3"#, "W0171"),
];

/// Returns the names of the rules that a text breaks, or else the codes.
fn broken(pack: &Pack, text: &str, previous: Option<&str>) -> Vec<String> {
    let source = |text: &str| Source::new("a.json", text);
    let previous = previous.map(|text| Previous::read(&source(text), pack.schema()).unwrap());
    let found = data::load_beside(Purpose::Final, &source(text), pack.schema(), previous.as_ref());
    let found = found.map_or_else(|found| found, |record| record.warnings);
    let name = |found: &Diagnostic| {
        let rule = found.arguments.iter().find(|(name, _)| *name == "rule");
        rule.map_or(found.entry.code.to_owned(), |(_, name)| name.zh.clone())
    };
    let names = found.iter().map(name).filter(|name| name != "W0150" && name != "W0175");
    names.collect()
}

#[test]
fn the_annual_report_asks_what_its_inventory_notes() {
    let pack = Pack::embedded("annual-report").unwrap().unwrap();
    assert_eq!(broken(&pack, FULL, None), [""; 0]);
    for (old, new, rule) in INVENTORY {
        assert!(FULL.contains(old), "{old}");
        assert_eq!(broken(&pack, &FULL.replace(old, new), None), [rule], "{new}");
    }
    // What is likely in the wrong unit is not doubted for what comes of that as well.
    let revenue = FULL.replace(r#""value": 168.30"#, r#""value": 1683000"#);
    assert_eq!(broken(&pack, &revenue, None), ["W0173", "E0171"]);
    let levels = "\"value\": 168.30,\n      \"previous\": 160.74,";
    // Last year's value in the same unit bears nothing out: the whole file may be in 万元. One from last year's file does.
    let alike = FULL.replace(levels, "\"value\": 1683000,\n      \"previous\": 1607400,");
    assert_ne!(alike, FULL);
    assert_eq!(broken(&pack, &alike, None), ["W0173"]);
    let from_file = alike.replace("\n      \"previous\": 1607400,", "");
    let last = FULL.replace("\"year\": 2025", "\"year\": 2024").replace(levels, "\"value\": 1607400,");
    assert!(!broken(&pack, &from_file, Some(&last)).contains(&"W0173".to_owned()));
    // Incomes are of one size everywhere: a digit too many shows.
    let rich = FULL
        .replace("\"value\": 42186", "\"value\": 421860")
        .replace("\"previous\": 40213", "\"previous\": 402130");
    assert_eq!(rich.matches("421860").count() + rich.matches("402130").count(), 2);
    assert_eq!(broken(&pack, &rich, None), ["W0173"]);
    // What a county takes is below what is usual, and no ten thousand times; in the wrong unit it is.
    for (revenue, told) in
        [(r#""8500万元""#, false), ("0.0085", false), ("0.00008", true), ("16830000", true)]
    {
        let text = FULL.replace(levels, &format!(r#""value": {revenue},"#));
        assert_ne!(text, FULL);
        let found = broken(&pack, &text, None);
        assert_eq!(found.contains(&"W0173".to_owned()), told, "{revenue}: {found:?}");
    }
    // A contribution may be above 100 or below 0.
    for contribution in ["152.3", "-12", "\"超过120\""] {
        let text = FULL.replace("\"超过52\"", contribution);
        assert_ne!(text, FULL);
        assert_eq!(broken(&pack, &text, None), [""; 0]);
    }
}

#[test]
fn stocks_and_standards_of_the_annual_report_do_not_shrink() {
    let pack = Pack::embedded("annual-report").unwrap().unwrap();
    let last = FULL.replace("\"year\": 2025", "\"year\": 2024");
    assert_eq!(
        broken(
            &pack,
            &FULL.replace("\"previous\": ", "\"_note\": ").replace("\"_note\": [", "\"previous\": ["),
            Some(&last)
        ),
        ["E0171", "W0176"],
        "growth is asked of last year's file, and so are the shares"
    );
    for (old, new, told) in [
        ("\"listed_total\": 46", "\"listed_total\": 45", "W0174"),
        ("\"roads_total\": 9860", "\"roads_total\": 9859", "W0174"),
        ("\"monthly\": 168", "\"monthly\": 167", "pension-standard"),
        ("\"exports\": 86420", "\"exports\": 864200000", "W0173"),
    ] {
        let now = broken(&pack, &FULL.replace(old, new), Some(&last));
        assert!(now.contains(&told.to_owned()), "{now:?}");
    }
}

/// The shares that the text goes on from are those that last year's file ended with.
#[test]
fn last_years_shares_are_held_against_last_years_file() {
    let pack = Pack::embedded("annual-report").unwrap().unwrap();
    let shares = |text: &str, name: &str| {
        let value =
            text.split_once("\"structure\": {").unwrap().1.split_once(&format!("\"{name}\": [")).unwrap().1;
        value.split_once(']').unwrap().0.to_owned()
    };
    let (before, now) = (shares(FULL, "previous"), shares(FULL, "current"));
    let last = FULL.replace("\"year\": 2025", "\"year\": 2024");
    let told = |last: &str| broken(&pack, FULL, Some(last)).iter().filter(|told| *told == "W0176").count();
    let others = told(&last.replace(&now, &before));
    assert_eq!(told(&last), others + 1);
}

/// Growth is not reckoned from, and nothing held against, a file that is not last year's of the same place.
#[test]
fn a_file_of_another_place_or_year_is_not_used() {
    let pack = Pack::embedded("annual-report").unwrap().unwrap();
    let now = FULL.replace("\"previous\": 160.74,", "").replace("\"growth\": 4.7", "\"_note\": 4.7");
    let last = FULL.replace("\"year\": 2025", "\"year\": 2024");
    assert_ne!(now, FULL);
    for (last, told) in [
        (last.replace("岑汀市\"", "另一市\""), "W0183"),
        (last.replace("\"year\": 2024", "\"year\": 2023"), "W0177"),
        (FULL.to_owned(), "W0177"),
    ] {
        let mut found = broken(&pack, &now, Some(&last));
        found.sort();
        assert_eq!(found, ["E0141", told]);
    }
}

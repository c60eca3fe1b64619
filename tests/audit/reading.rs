//! Files are read however they are written, and spoiled ones lead to an end.

use lopdf::{
    Dictionary, Document, EncryptionState, EncryptionVersion, Object, ObjectId, Permissions, Stream,
    dictionary,
};
use proptest::prelude::*;
use shizheng::audit::{self, Options, Report, Verdict};

use super::models::{document, report};
use super::paper::{MM, Paper};

const EXACT: Options = Options { kind: None, exact: true };

/// What a report says, measures and places and all.
fn said(report: &Report) -> String {
    report.to_json("")
}

fn load(paper: &Paper) -> Document {
    Document::load_mem(&paper.pdf()).unwrap()
}

fn save(document: &mut Document) -> Vec<u8> {
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

fn pages(document: &Document) -> Vec<ObjectId> {
    document.page_iter().collect()
}

fn content(document: &Document, page: ObjectId) -> Vec<u8> {
    document.get_page_content(page)
}

fn page(document: &mut Document, page: ObjectId) -> &mut Dictionary {
    document.get_object_mut(page).unwrap().as_dict_mut().unwrap()
}

fn set_content(document: &mut Document, id: ObjectId, bytes: Vec<u8>) {
    let stream = document.add_object(Stream::new(dictionary! {}, bytes));
    page(document, id).set("Contents", stream);
}

/// Objects in streams, with a table of places that is a stream itself.
fn modern(document: &mut Document) -> Vec<u8> {
    document.compress();
    let mut bytes = Vec::new();
    document.save_modern(&mut bytes).unwrap();
    assert!(bytes.windows(8).any(|window| window == b"/ObjStm\n" || window.starts_with(b"/ObjStm")));
    bytes
}

/// A form on each page, moved away and back again.
fn in_forms(document: &mut Document) -> Vec<u8> {
    for id in pages(document) {
        let own = content(document, id);
        let resources = page(document, id).get(b"Resources").unwrap().clone();
        let form = document.add_object(Stream::new(
            dictionary! {
                "Type" => "XObject",
                "Subtype" => "Form",
                "BBox" => vec![(-100).into(), (-100).into(), 900.into(), 900.into()],
                "Matrix" => vec![1.into(), 0.into(), 0.into(), 1.into(), 50.into(), (-20).into()],
                "Resources" => resources,
            },
            own,
        ));
        page(document, id).set("Resources", dictionary! { "XObject" => dictionary! { "X" => form } });
        set_content(document, id, b"q 1 0 0 1 -50 20 cm /X Do Q".to_vec());
    }
    save(document)
}

/// Pages that lie on their side and are turned upright by `/Rotate`.
fn turned(document: &mut Document) -> Vec<u8> {
    for id in pages(document) {
        let mut own = format!("q 0 1 -1 0 {} 0 cm ", 297.0 * MM).into_bytes();
        own.extend(content(document, id));
        own.extend(b" Q");
        set_content(document, id, own);
        let page = page(document, id);
        page.set(
            "MediaBox",
            vec![0.into(), 0.into(), ((297.0 * MM) as f32).into(), ((210.0 * MM) as f32).into()],
        );
        page.set("Rotate", 90);
    }
    save(document)
}

/// A larger medium, cropped to the page, both said once for all pages.
fn cropped(document: &mut Document) -> Vec<u8> {
    let ids = pages(document);
    let parent = page(document, ids[0]).get(b"Parent").unwrap().as_reference().unwrap();
    let resources = page(document, ids[0]).get(b"Resources").unwrap().clone();
    for id in ids {
        let mut own = b"q 1 0 0 1 30 40 cm ".to_vec();
        own.extend(content(document, id));
        own.extend(b" Q");
        set_content(document, id, own);
        page(document, id).remove(b"MediaBox");
        page(document, id).remove(b"Resources");
    }
    let (right, top) = ((210.0 * MM + 30.0) as f32, (297.0 * MM + 40.0) as f32);
    let node = page(document, parent);
    node.set("MediaBox", vec![0.into(), 0.into(), 700.into(), 950.into()]);
    node.set("CropBox", vec![30.into(), 40.into(), right.into(), top.into()]);
    node.set("Resources", resources);
    save(document)
}

/// A bleed of 3 mm on every side, which is cut off.
fn with_bleed(document: &mut Document) -> Vec<u8> {
    let bleed = 3.0 * MM;
    for id in pages(document) {
        let sides = |by: f64| -> Vec<Object> {
            let (right, top) = (210.0 * MM + by, 297.0 * MM + by);
            [-by, -by, right, top].map(|side| (side as f32).into()).to_vec()
        };
        let page = page(document, id);
        page.set("MediaBox", sides(bleed));
        page.set("CropBox", sides(bleed));
        page.set("TrimBox", sides(0.0));
    }
    save(document)
}

/// Content in two streams, parted within an operator's values.
fn parted(document: &mut Document) -> Vec<u8> {
    for id in pages(document) {
        let own = content(document, id);
        let at = own.windows(3).position(|window| window == b" Tf").unwrap();
        let (head, tail) = own.split_at(at);
        let parts: Vec<Object> = [head, tail]
            .into_iter()
            .map(|part| document.add_object(Stream::new(dictionary! {}, part.to_vec())).into())
            .collect();
        page(document, id).set("Contents", parts);
    }
    save(document)
}

fn encrypted(document: &mut Document, user: &str) -> Vec<u8> {
    let id = || Object::string_literal("0123456789abcdef");
    document.trailer.set("ID", vec![id(), id()]);
    let state = EncryptionState::try_from(EncryptionVersion::V2 {
        document,
        owner_password: "owner",
        user_password: user,
        key_length: 128,
        permissions: Permissions::all(),
    })
    .unwrap();
    document.encrypt(&state).unwrap();
    save(document)
}

#[test]
fn a_file_is_judged_alike_however_it_is_written() {
    type Writing = (&'static str, fn(&mut Document) -> Vec<u8>);
    let writings: [Writing; 7] = [
        ("with a bleed", with_bleed),
        ("modern", modern),
        ("in forms", in_forms),
        ("turned", turned),
        ("cropped", cropped),
        ("parted", parted),
        ("encrypted", |document| encrypted(document, "")),
    ];
    for model in [report, document] {
        let mut paper = model();
        // A fault each of text, place and colour, whose places are told.
        paper.words[3].x += 5.0;
        paper.words[8].colour = "0 0 1 rg";
        let plain = audit::audit(&paper.pdf(), EXACT).unwrap();
        assert!(plain.fails());
        for (name, write) in writings {
            let bytes = write(&mut load(&paper));
            let report = audit::audit(&bytes, EXACT).unwrap_or_else(|fault| panic!("{name}: {fault:?}"));
            assert_eq!(said(&report), said(&plain), "{name}");
        }
    }
}

#[test]
fn what_cannot_be_read_is_told() {
    let code = |bytes: &[u8]| audit::audit(bytes, EXACT).map(|_| ()).map_err(|fault| fault.entry.code);
    assert_eq!(code(b""), Err("E0901"));
    assert_eq!(code(b"PK\x03\x04"), Err("E0901"));
    assert_eq!(code(b"%PDF-1.7\nnothing"), Err("E0902"));
    assert_eq!(code(&encrypted(&mut load(&report()), "secret")), Err("E0903"));
    assert_eq!(code(&Paper::new(0).pdf()), Err("E0904"));
}

#[test]
fn a_scan_is_not_judged() {
    let report = audit::audit(&Paper::new(2).pdf(), EXACT).unwrap();
    assert!(!report.fails());
    let of = |id: &str| report.judgements.iter().find(|judgement| judgement.clause.id == id).unwrap();
    assert_eq!(of("page-size").verdict, Verdict::Pass);
    assert_eq!(of("body-size").verdict, Verdict::NotJudged);
    assert!(of("body-size").reason.as_ref().unwrap().en.contains("scanned"));
}

/// What is missing of a file is told: a stream that unpacks to nothing, a page that is none.
#[test]
fn what_is_broken_in_a_file_is_told() {
    let whole = audit::audit(&report().pdf(), EXACT).unwrap();
    assert!(!whole.incomplete);
    let mut document = load(&report());
    let id = pages(&document)[1];
    let broken = Stream::new(dictionary! { "Filter" => "FlateDecode" }, b"no deflated bytes".to_vec());
    let broken = document.add_object(broken);
    page(&mut document, id).set("Contents", broken);
    let report_of = |document: &mut Document| audit::audit(&save(document), EXACT).unwrap();
    assert!(report_of(&mut document).incomplete);
    // More than any page has.
    let mut document = load(&report());
    let id = pages(&document)[1];
    let mut large = Stream::new(dictionary! {}, vec![b' '; 65 * 1024 * 1024]);
    large.compress().unwrap();
    let large = document.add_object(large);
    page(&mut document, id).set("Contents", large);
    assert!(report_of(&mut document).incomplete);
    let mut document = load(&report());
    let id = pages(&document)[2];
    document.objects.insert(id, Object::Null);
    let report = report_of(&mut document);
    assert!(report.incomplete && report.pages == 2);
}

/// A page that is turned without its text is told from a scanned one.
#[test]
fn pages_on_their_side_are_told() {
    for turn in [90, 180, 270] {
        let mut document = load(&report());
        for id in pages(&document) {
            page(&mut document, id).set("Rotate", turn);
        }
        let report = audit::audit(&save(&mut document), EXACT).unwrap();
        let of = |id: &str| report.judgements.iter().find(|judgement| judgement.clause.id == id).unwrap();
        assert_eq!(of("margins").verdict, Verdict::NotJudged);
        let reason = &of("margins").reason.as_ref().unwrap().en;
        assert!(reason.contains("turned"), "{turn}: {reason}");
    }
}

/// A form that shows itself, and many of them: the work has an end.
#[test]
fn forms_within_themselves_lead_to_an_end() {
    let mut document = load(&report());
    let form = document.new_object_id();
    let stream = Stream::new(
        dictionary! {
            "Subtype" => "Form",
            "Resources" => dictionary! { "XObject" => dictionary! { "X" => form } },
        },
        b"/X Do /X Do /X Do ".to_vec(),
    );
    document.objects.insert(form, stream.into());
    for id in pages(&document) {
        page(&mut document, id).set("Resources", dictionary! { "XObject" => dictionary! { "X" => form } });
        set_content(&mut document, id, b"/X Do".to_vec());
    }
    let report = audit::audit(&save(&mut document), EXACT).unwrap();
    assert_eq!(report.pages, 3);
    assert!(report.incomplete);
    assert!(said(&report).contains("\"incomplete\": true"));
}

/// Pages of a report whose fonts are others; returns what the audit says.
fn with_fonts(fonts: impl Fn(&mut Document) -> Vec<Dictionary>) -> Report {
    let mut document = load(&report());
    let fonts = fonts(&mut document);
    let mut own = b"BT ".to_vec();
    let mut names = Dictionary::new();
    for (nth, font) in fonts.into_iter().enumerate() {
        own.extend(format!("/F{nth} 16 Tf <00410042> Tj ").into_bytes());
        names.set(format!("F{nth}"), document.add_object(font));
    }
    own.extend(b"ET");
    let id = pages(&document)[0];
    page(&mut document, id).set("Resources", dictionary! { "Font" => names });
    set_content(&mut document, id, own);
    audit::audit(&save(&mut document), EXACT).unwrap()
}

/// Maps and widths that say the same codes over and over, in one font and in many: the work has an end.
#[test]
fn fonts_without_end_lead_to_an_end() {
    let composite = |below: Dictionary| {
        dictionary! {
            "Type" => "Font", "Subtype" => "Type0", "BaseFont" => "X", "Encoding" => "Identity-H",
            "DescendantFonts" => vec![below.into()],
        }
    };
    let widths =
        |count: usize| [0, 65535, 500].repeat(count).into_iter().map(Object::from).collect::<Vec<_>>();
    let one = with_fonts(|_| vec![composite(dictionary! { "W" => widths(20_000) })]);
    assert!(one.incomplete);
    let ranges = "1 beginbfrange <0000> <FFFF> <0041> endbfrange ";
    let mapped = |document: &mut Document, count: usize| {
        let map = document.add_object(Stream::new(dictionary! {}, ranges.repeat(count).into_bytes()));
        let mut font = composite(dictionary! {});
        font.set("ToUnicode", map);
        font
    };
    assert!(with_fonts(|document| vec![mapped(document, 20_000)]).incomplete);
    assert!(with_fonts(|document| vec![mapped(document, 20); 1000]).incomplete);
    // What fonts in use have is no more than is read.
    assert!(!with_fonts(|document| vec![mapped(document, 1); 20]).incomplete);
}

/// Many nodes of the tree of pages that lead to the same others.
#[test]
fn pages_without_end_lead_to_an_end() {
    let mut document = load(&report());
    let first = pages(&document)[0];
    let root = page(&mut document, first).get(b"Parent").unwrap().as_reference().unwrap();
    let own = page(&mut document, root).get(b"Kids").unwrap().as_array().unwrap().clone();
    let kids = document.new_object_id();
    let nodes = (0..2000).map(|_| document.add_object(dictionary! { "Type" => "Pages", "Kids" => kids }));
    let nodes: Vec<Object> = nodes.map(Object::from).collect();
    let all = own.into_iter().chain(nodes.into_iter().flat_map(|node| vec![node; 10]));
    document.objects.insert(kids, all.collect::<Vec<_>>().into());
    page(&mut document, root).set("Kids", kids);
    let report = audit::audit(&save(&mut document), EXACT).unwrap();
    assert_eq!(report.pages, 3);
    assert!(report.incomplete);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    /// Whatever bytes of a file are spoiled, there is a report or a message.
    #[test]
    fn spoiled_bytes_lead_to_an_end(
        spots in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..40),
        cut in any::<prop::sample::Index>(),
        is_cut in any::<bool>(),
        is_modern in any::<bool>(),
    ) {
        let paper = document();
        let mut bytes = if is_modern { modern(&mut load(&paper)) } else { paper.pdf() };
        for (spot, byte) in spots {
            let at = spot.index(bytes.len());
            bytes[at] = byte;
        }
        if is_cut {
            bytes.truncate(cut.index(bytes.len()).max(1));
        }
        if let Ok(report) = audit::audit(&bytes, EXACT) {
            prop_assert!(report.pages > 0);
            prop_assert!(serde_json::from_str::<serde_json::Value>(&said(&report)).is_ok());
        }
    }

    /// The same within the content, where no compression keeps the spoiled bytes from the operators.
    #[test]
    fn spoiled_operators_lead_to_an_end(
        spots in prop::collection::vec((any::<prop::sample::Index>(), "[ -~]"), 1..60),
    ) {
        let mut document = load(&report());
        for id in pages(&document) {
            let mut own = content(&document, id);
            for (spot, byte) in &spots {
                let at = spot.index(own.len());
                own[at] = byte.as_bytes()[0];
            }
            set_content(&mut document, id, own);
        }
        let report = audit::audit(&save(&mut document), EXACT).unwrap();
        prop_assert_eq!(report.pages, 3);
    }
}

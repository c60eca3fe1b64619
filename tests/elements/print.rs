//! What a printer asks of the file: pictures fine enough, seals that press what they are to, nothing secret in it.

use std::io::{self, Write as _};
use std::sync::Arc;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use lopdf::Object;
use serde_json::{Value, json};
use shizheng::data::Source;
use shizheng::diag::{Diagnostic, Language, Report};
use shizheng::seals::Beside;
use shizheng::{Options, Press};

use super::{FONTS, Folder, PACK};

/// A folder whose only picture is a black square of some points.
#[derive(Debug)]
struct Square(u32);

impl Beside for Square {
    fn read(&self, _: &str, _: &str) -> io::Result<Vec<u8>> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::new(6));
        encoder.write_all(&vec![0; (self.0 as usize + 1) * self.0 as usize])?;
        let size = self.0.to_be_bytes();
        let header = [&size[..], &size, &[8, 0, 0, 0, 0]].concat();
        let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
        for (kind, data) in [(b"IHDR", header), (b"IDAT", encoder.finish()?), (b"IEND", Vec::new())] {
            bytes.extend((data.len() as u32).to_be_bytes());
            bytes.extend_from_slice(kind);
            bytes.extend_from_slice(&data);
            bytes.extend([0; 4]);
        }
        Ok(bytes)
    }
}

/// The sample with a seal and a mark of secrecy, changed; what is null is taken out.
fn source(changes: &[(&str, &str, Value)]) -> Source {
    let mut data: Value = serde_json::from_slice(&super::source("document").bytes).unwrap();
    for (group, key, value) in changes {
        let group = data[group].as_object_mut().unwrap();
        if value.is_null() {
            group.remove(*key);
        } else {
            group.insert((*key).to_owned(), value.clone());
        }
    }
    Source::new("data.json", data.to_string())
}

fn press() -> Press {
    Press::new(PACK.clone(), FONTS.clone()).unwrap()
}

/// What is told with one code.
fn told(code: &str, found: &[Diagnostic]) -> Vec<String> {
    let own = found.iter().filter(|told| told.entry.code == code);
    own.map(|told| Report::new(told, Language::Chinese).to_string()).collect()
}

#[test]
fn pictures_too_coarse_to_print_are_told() {
    // 42 mm are 1.654 inches.
    for (points, resolution) in [(60, Some("36点")), (330, Some("199点")), (331, None), (497, None)] {
        let options = Options { beside: Some(Arc::new(Square(points))), ..Options::default() };
        let (checked, rendered) = (
            press().check(&source(&[]), &options).unwrap(),
            press().render(&source(&[]), &options).unwrap().warnings,
        );
        for found in [checked, rendered] {
            let found = told("W0518", &found);
            assert_eq!(found.len(), usize::from(resolution.is_some()), "{points}: {found:?}");
            for text in &found {
                let wanted = [
                    resolution.unwrap(),
                    "seal.png",
                    &format!("{points}×{points}点"),
                    "42×42毫米",
                    "497×497",
                ];
                assert!(wanted.iter().all(|words| text.contains(words)), "{text}");
                assert!(text.contains("document.signatories"), "{text}");
            }
        }
    }
}

#[test]
fn the_samples_have_pictures_that_print_and_names_that_their_seals_press() {
    for name in super::samples() {
        let options = Options { beside: Some(Arc::new(Folder)), ..Options::default() };
        let found = press().check(&super::source(&name), &options).unwrap();
        for code in ["W0517", "W0518"] {
            assert_eq!(told(code, &found), [""; 0], "{name}");
        }
    }
}

#[test]
fn a_seal_has_the_resolution_of_its_shape() {
    let options = Options { beside: Some(Arc::new(Folder)), ..Options::default() };
    let bytes = press().render(&super::source("document"), &options).unwrap().bytes.into_vec();
    let file = lopdf::Document::load_mem(&bytes).unwrap();
    let images: Vec<_> = file
        .objects
        .values()
        .filter_map(|object| object.as_stream().ok())
        .filter(|stream| stream.dict.get(b"Subtype").and_then(Object::as_name).ok() == Some(b"Image"))
        .collect();
    // The seal and its mask.
    assert_eq!(images.len(), 2);
    for image in &images {
        for side in [&b"Width"[..], b"Height"] {
            assert_eq!(image.dict.get(side).and_then(Object::as_i64).unwrap(), 420);
        }
    }
    let seal = images.iter().find(|image| image.dict.has(b"SMask")).unwrap();
    let palette = seal.dict.get(b"ColorSpace").and_then(Object::as_array).unwrap();
    assert_eq!(palette[1].as_name().unwrap(), b"DeviceCMYK");
    assert_eq!(palette[3].as_str().unwrap(), [0, 204, 204, 0]);
    assert!(seal.content.len() < 100, "{}", seal.content.len());
    assert_eq!(seal.decompressed_content().unwrap(), vec![0; 420_usize.div_ceil(8) * 420]);
}

#[test]
fn names_that_their_seals_cannot_press_are_told() {
    let long = "岑汀市人民政府国有资产监督管理委员会安全生产和生态环境保护工作领导小组";
    let longer = format!("{long}办公室及岑汀市城乡融合发展工作委员会办公室");
    let found = |name: &str| {
        let signatories = json!([{ "name": name, "picture": "seal.png" }]);
        let source = source(&[("document", "signatories", signatories)]);
        let options = Options { beside: Some(Arc::new(Folder)), ..Options::default() };
        told("W0517", &press().check(&source, &options).unwrap())
    };
    assert_eq!(found(long), [""; 0]);
    let found = found(&longer);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains(&longer) && found[0].contains("document.signatories"), "{found:?}");
}

#[test]
fn data_that_go_with_a_secret_document_are_told() {
    for (secrecy, embed_data, wanted) in
        [(json!("机密"), true, Some("机密★1年")), (json!("机密"), false, None), (Value::Null, true, None)]
    {
        let term = if secrecy.is_null() { Value::Null } else { json!("1年") };
        let source = source(&[("document", "secrecy", secrecy), ("document", "secrecy_term", term)]);
        let options = Options { embed_data, ..Options::default() };
        let found = told("W0615", &press().render(&source, &options).unwrap().warnings);
        assert_eq!(found.len(), usize::from(wanted.is_some()), "{found:?}");
        assert!(found.iter().all(|text| text.contains(wanted.unwrap())), "{found:?}");
    }
}

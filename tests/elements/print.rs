//! What a printer asks of the file: pictures fine enough, and seals that press what they are to.

use std::sync::Arc;

use serde_json::{Value, json};
use shizheng::data::Source;
use shizheng::diag::{Diagnostic, Language, Report};
use shizheng::{Options, Press};

use super::{FONTS, Folder, PACK};

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
fn the_samples_have_pictures_that_print_and_names_that_their_seals_press() {
    for name in super::samples() {
        let options = Options { beside: Some(Arc::new(Folder)), ..Options::default() };
        let found = press().check(&super::source(&name), &options).unwrap();
        for code in ["W0517"] {
            assert_eq!(told(code, &found), [""; 0], "{name}");
        }
    }
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

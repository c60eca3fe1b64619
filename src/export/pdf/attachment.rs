//! Puts the data file into the PDF that was made of it, and gets it back (PDF/A-3, ISO 19005-3, 6.8).
//!
//! The file is the source of the document (`AFRelationship` `Source`), listed among the catalog's associated
//! files and among the embedded files, where readers show it.

use std::io::Read as _;

use flate2::read::ZlibDecoder;
use lopdf::{Dictionary, Document, LoadOptions, Object, Stream, dictionary};

use super::deflate::Deflater;
use super::metadata::{date_string, text_string};
use crate::diag::Diagnostic;
use crate::diag::catalogue::export as messages;
use crate::page::Pages;

/// The name of the embedded file, whatever the name on the disk was: the same data make the same bytes.
const NAME: &str = "data.json";
/// What readers show beside the name.
const DESCRIPTION: &str = "生成本文件的数据";
/// The most bytes that are taken out of a file: as large as a data file may be.
const LIMIT: usize = 64 * 1024 * 1024;

/// Puts a data file into the document.
pub(super) fn attach(document: &mut Document, catalog: &mut Dictionary, pages: &Pages, data: &[u8]) {
    let mut parameters = dictionary! { "Size" => data.len() as i64 };
    if let Some(date) = date_string(pages) {
        parameters.set("ModDate", date);
    }
    let entry = dictionary! {
        "Type" => "EmbeddedFile",
        "Subtype" => "application/json",
        "Params" => parameters,
        "Filter" => "FlateDecode",
    };
    let file = document.add_object(Stream::new(entry, Deflater::pack_densely(data)));
    let specification = document.add_object(dictionary! {
        "Type" => "Filespec",
        "F" => text_string(NAME),
        "UF" => text_string(NAME),
        "Desc" => text_string(DESCRIPTION),
        "AFRelationship" => "Source",
        "EF" => dictionary! { "F" => file, "UF" => file },
    });
    catalog.set("AF", vec![Object::from(specification)]);
    let names: Vec<Object> = vec![text_string(NAME), specification.into()];
    catalog.set("Names", dictionary! { "EmbeddedFiles" => dictionary! { "Names" => names } });
}

/// Returns the data file that a PDF carries, byte for byte as it was.
///
/// # Errors
/// When the bytes are no PDF that can be read, when it carries no data file, or when that is damaged.
pub fn extract(bytes: &[u8]) -> Result<Vec<u8>, Box<Diagnostic>> {
    let fault = |entry| Box::new(Diagnostic::new(entry));
    let head = &bytes[..bytes.len().min(1024)];
    if !head.windows(5).any(|window| window == b"%PDF-") {
        return Err(fault(&messages::NOT_A_PDF));
    }
    let options = LoadOptions { max_decompressed_size: Some(LIMIT), ..LoadOptions::default() };
    let document = Document::load_mem_with_options(bytes, options)
        .map_err(|error| Box::new(Diagnostic::new(&messages::UNREADABLE_PDF).with("reason", error)))?;
    if document.is_encrypted() {
        return Err(fault(&messages::ENCRYPTED_PDF));
    }
    let file = find(&document).ok_or_else(|| fault(&messages::NO_DATA_FILE))?;
    unpack(file).ok_or_else(|| fault(&messages::DATA_FILE_DAMAGED))
}

/// Finds the embedded file that is the document's source: among the associated files, or else, where another
/// program has left those out, anywhere.
fn find(document: &Document) -> Option<&Stream> {
    let listed = document.catalog().ok().and_then(|catalog| list(document, catalog.get(b"AF").ok()?));
    let all = document.objects.values();
    listed.into_iter().flatten().chain(all).find_map(|object| source(document, object))
}

fn list<'a>(document: &'a Document, object: &'a Object) -> Option<&'a Vec<Object>> {
    document.dereference(object).ok()?.1.as_array().ok()
}

/// Returns the embedded file of a specification, if it is the source in JSON.
fn source<'a>(document: &'a Document, object: &'a Object) -> Option<&'a Stream> {
    let follow = |object: &'a Object| document.dereference(object).ok().map(|(_, object)| object);
    let entry = follow(object)?.as_dict().ok()?;
    let is = |entry: &Dictionary, key: &[u8], name: &[u8]| {
        entry.get(key).and_then(Object::as_name).is_ok_and(|found| found == name)
    };
    if !is(entry, b"Type", b"Filespec") || !is(entry, b"AFRelationship", b"Source") {
        return None;
    }
    let files = follow(entry.get(b"EF").ok()?)?.as_dict().ok()?;
    let file = [b"UF".as_slice(), b"F"].into_iter().find_map(|key| follow(files.get(key).ok()?))?;
    let file = file.as_stream().ok()?;
    is(&file.dict, b"Subtype", b"application/json").then_some(file)
}

/// Decompresses a file, never beyond the limit, and holds it to the size that it says it has.
fn unpack(file: &Stream) -> Option<Vec<u8>> {
    let bytes = match file.filters().as_deref() {
        Ok([]) | Err(_) if !file.dict.has(b"Filter") => file.content.clone(),
        Ok([filter]) if *filter == b"FlateDecode" && !file.dict.has(b"DecodeParms") => {
            let mut bytes = Vec::new();
            let limit = LIMIT as u64 + 1;
            ZlibDecoder::new(file.content.as_slice()).take(limit).read_to_end(&mut bytes).ok()?;
            bytes
        }
        _ => return None,
    };
    let parameters = file.dict.get(b"Params").and_then(Object::as_dict);
    let size = parameters.and_then(|parameters| parameters.get(b"Size")).and_then(Object::as_i64);
    let is_whole = size.map_or(true, |size| usize::try_from(size).is_ok_and(|size| size == bytes.len()));
    (bytes.len() <= LIMIT && is_whole).then_some(bytes)
}

//! Puts the parts together into one file, compresses it and names it by its own hash.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use lopdf::{Dictionary, Document, Object, ObjectId, StringFormat, dictionary};
use printpdf::{PdfDocument, PdfPage, PdfSaveOptions, Pt, Rect};
use sha2::{Digest, Sha256};

use super::content::{PageContent, place};
use super::subset::Subsets;
use super::{attachment, metadata, outline, structure};
use crate::diag::catalogue::export as messages;
use crate::diag::{Diagnostic, Text};
use crate::page::Pages;

/// Writes the file.
pub(super) fn finish(
    pages: &Pages,
    subsets: &Subsets,
    mut contents: Vec<PageContent>,
    data: Option<&[u8]>,
) -> Result<Vec<u8>, Box<Diagnostic>> {
    let mut document = draw(pages, subsets, &mut contents)?;
    let page_ids: Vec<_> = document.page_iter().collect();
    describe_fonts(&mut document, subsets);
    finish_pages(&mut document, pages, &page_ids).map_err(|error| inconsistent(&error))?;

    let mut catalog = dictionary! {
        "Type" => "Catalog",
        "Pages" => pages_root(&document).map_err(|error| inconsistent(&error))?,
        "PageLayout" => "SinglePage",
        "Lang" => metadata::text_string(metadata::language(pages)),
        "MarkInfo" => dictionary! { "Marked" => true },
        "ViewerPreferences" => dictionary! { "DisplayDocTitle" => true },
        "PageLabels" => outline::page_labels(pages),
    };
    catalog.set("StructTreeRoot", structure::write(&mut document, pages, &contents, &page_ids));
    if let Some(root) = outline::write(&mut document, pages, &page_ids) {
        catalog.set("Outlines", root);
        catalog.set("PageMode", "UseOutlines");
    }
    catalog.set("Metadata", metadata::xmp(&mut document, pages, data.is_some()));
    catalog.set("OutputIntents", metadata::output_intents(&mut document));

    if let Some(data) = data {
        attachment::attach(&mut document, &mut catalog, pages, data);
    }

    let mut trailer = Dictionary::new();
    for (key, dictionary) in [("Root", catalog), ("Info", metadata::info(pages))] {
        if let Ok(old) = document.trailer.get(key.as_bytes()).and_then(Object::as_reference) {
            document.objects.remove(&old);
        }
        trailer.set(key, document.add_object(dictionary));
    }
    document.trailer = trailer;
    "1.7".clone_into(&mut document.version);
    compress(&mut document);
    save(&mut document).map_err(|error| inconsistent(&error))
}

/// Has printpdf write the operators and the fonts.
fn draw(pages: &Pages, subsets: &Subsets, contents: &mut [PageContent]) -> Result<Document, Box<Diagnostic>> {
    let mut drawing = PdfDocument::new("");
    for subset in subsets.iter() {
        drawing.resources.fonts.map.insert(subset.id.clone(), subset.font());
    }
    for (page, content) in pages.pages.iter().zip(contents) {
        let all = Rect::from_wh(Pt(place(page.size.width.to_pt())), Pt(place(page.size.height.to_pt())));
        drawing.pages.push(PdfPage {
            media_box: all.clone(),
            trim_box: all.clone(),
            crop_box: all,
            ops: std::mem::take(&mut content.operators),
        });
    }
    let mut warnings = Vec::new();
    let document = drawing.to_lopdf_document(&PdfSaveOptions::default(), &mut warnings);
    match warnings.first() {
        Some(warning) => Err(inconsistent(&warning.msg)),
        None => Ok(document),
    }
}

/// Completes the font descriptors: the cap height, and that the font has no standard encoding.
fn describe_fonts(document: &mut Document, subsets: &Subsets) {
    let heights: Vec<_> = subsets.iter().map(|subset| (subset.name.as_bytes(), subset.cap_height)).collect();
    for object in document.objects.values_mut() {
        let Object::Dictionary(entry) = object else { continue };
        let Ok(name) = entry.get(b"FontName").and_then(Object::as_name) else { continue };
        if let Some((_, height)) = heights.iter().find(|(own, _)| *own == name) {
            let height = *height;
            entry.set("CapHeight", height);
            entry.set("Flags", 4);
        }
    }
}

/// Completes the pages and lets them share one set of resources.
fn finish_pages(document: &mut Document, pages: &Pages, page_ids: &[ObjectId]) -> lopdf::Result<()> {
    let mut shared = None;
    for (index, (id, page)) in page_ids.iter().zip(&pages.pages).enumerate() {
        let entry = document.get_dictionary(*id)?;
        let resources = entry.get(b"Resources")?.as_reference()?;
        let old = document.objects.remove(&resources);
        let shared = match shared {
            Some(shared) => shared,
            None => *shared.insert(share(document, old.as_ref())?),
        };
        let around = |by: crate::units::Abs| -> Vec<Object> {
            let (width, height) = (page.size.width + by, page.size.height + by);
            [-by, -by, width, height].iter().map(|side| Object::Real(place(side.to_pt()))).collect()
        };
        let (trim, sheet) = (around(crate::units::Abs::ZERO), around(pages.bleed));
        let entry = document.get_dictionary_mut(*id)?;
        entry.set("TrimBox", trim);
        for key in ["MediaBox", "CropBox", "BleedBox"] {
            entry.set(key, sheet.clone());
        }
        entry.remove(b"Annots");
        entry.set("Resources", shared);
        entry.set("StructParents", index as i64);
        entry.set("Tabs", "S");
    }
    Ok(())
}

/// Makes the resources that every page has: the fonts, and nothing that is empty.
fn share(document: &mut Document, resources: Option<&Object>) -> lopdf::Result<ObjectId> {
    let mut entry = Dictionary::new();
    if let Some(resources) = resources {
        for (key, value) in resources.as_dict()? {
            let id = value.as_reference()?;
            if document.get_dictionary(id)?.is_empty() {
                document.objects.remove(&id);
            } else {
                entry.set(key.clone(), id);
            }
        }
    }
    Ok(document.add_object(entry))
}

fn pages_root(document: &Document) -> lopdf::Result<ObjectId> {
    document.catalog()?.get(b"Pages")?.as_reference()
}

/// Compresses every stream but the XMP packet. Level 6 is within a hundredth of level 9 in half the time.
fn compress(document: &mut Document) {
    for object in document.objects.values_mut() {
        let Object::Stream(stream) = object else { continue };
        let is_packet =
            stream.dict.get(b"Type").and_then(Object::as_name).is_ok_and(|name| name == b"Metadata");
        if is_packet || stream.dict.has(b"Filter") {
            continue;
        }
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::new(6));
        // Writing to memory cannot fail.
        let Ok(packed) = encoder.write_all(&stream.content).and_then(|()| encoder.finish()) else { continue };
        stream.dict.set("Filter", "FlateDecode");
        stream.set_content(packed);
    }
}

/// Saves the document with the hash of all that is in it as its identifier (ISO 32000-1, 14.4).
fn save(document: &mut Document) -> lopdf::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    document.save_to(&mut bytes)?;
    let hash = Sha256::digest(&bytes);
    let id = Object::String(hash[..16].to_vec(), StringFormat::Hexadecimal);
    document.trailer.set("ID", vec![id.clone(), id]);
    bytes.clear();
    document.save_to(&mut bytes)?;
    Ok(bytes)
}

/// Says that the writer itself went wrong.
fn inconsistent(reason: &impl std::fmt::Display) -> Box<Diagnostic> {
    Box::new(
        Diagnostic::new(&messages::INCONSISTENT)
            .with("reason", Text::both(format!("写文件的库报告“{reason}”"), reason.to_string())),
    )
}

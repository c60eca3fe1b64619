//! Puts the parts together into one document and compresses its streams.

use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};
use printpdf::{FontId, Op, PdfDocument, PdfFontHandle, PdfPage, PdfSaveOptions, Pt, Rect, TextItem};

use super::super::Bytes;
use super::content::PageContent;
use super::deflate::{Deflater, Packed};
use super::subset::{Code, Subsets};
use super::syntax::place;
use super::{attachment, metadata, outline, picture, save, structure, unicode};
use crate::diag::catalogue::export as messages;
use crate::diag::{Diagnostic, Text};
use crate::page::Pages;

/// The width of what a font says nothing of, in thousandths of an em (ISO 32000-1, 9.7.4.3).
const USUAL_WIDTH: i64 = 1000;

/// Writes the file.
pub(super) fn finish(
    pages: &Pages,
    subsets: &Subsets,
    mut contents: Vec<PageContent>,
    data: Option<&[u8]>,
    deflater: &mut Deflater,
) -> Result<Bytes, Box<Diagnostic>> {
    let mut document = draw(pages, subsets)?;
    let page_ids: Vec<_> = document.page_iter().collect();
    let mut ready = describe_fonts(&mut document, subsets);
    let pictures = picture::write(&mut document, pages);
    finish_pages(&mut document, pages, &page_ids, &mut contents, &pictures)
        .map_err(|error| inconsistent(&error))?;

    let mut preferences = dictionary! { "DisplayDocTitle" => true };
    if pages.mirrored {
        preferences.set("Duplex", "DuplexFlipLongEdge");
    }
    let mut catalog = dictionary! {
        "Type" => "Catalog",
        "Pages" => pages_root(&document).map_err(|error| inconsistent(&error))?,
        "PageLayout" => if pages.mirrored { "TwoPageRight" } else { "SinglePage" },
        "Lang" => metadata::text_string(metadata::language(pages)),
        "MarkInfo" => dictionary! { "Marked" => true },
        "ViewerPreferences" => preferences,
        "PageLabels" => outline::page_labels(pages),
    };
    catalog.set("StructTreeRoot", structure::write(&mut document, pages, &contents, &page_ids));
    if let Some(root) = outline::write(&mut document, pages, &page_ids) {
        catalog.set("Outlines", root);
        catalog.set("PageMode", "UseOutlines");
    }
    catalog.set("Metadata", metadata::xmp(&mut document, pages, data.is_some()));
    let (intents, profile) = metadata::output_intents(&mut document);
    catalog.set("OutputIntents", intents);
    let packed = Packed::lent(metadata::PROFILE);
    ready.push((profile, &packed));

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
    compress(&mut document, deflater);
    Ok(save::save(&document, &ready, deflater))
}

/// Has printpdf write the pages and the fonts. It is shown a glyph of each font, on the first page, so that it knows it.
fn draw(pages: &Pages, subsets: &Subsets) -> Result<Document, Box<Diagnostic>> {
    let mut drawing = PdfDocument::new("");
    let mut specimen = vec![Op::StartTextSection];
    for subset in subsets.iter() {
        let id = FontId(subset.id.clone());
        drawing.resources.fonts.map.insert(id.clone(), subset.font());
        specimen.push(Op::SetFont { font: PdfFontHandle::External(id), size: Pt(1.0) });
        specimen.push(Op::ShowText { items: vec![TextItem::GlyphIds(vec![subset.specimen()])] });
    }
    specimen.push(Op::EndTextSection);
    for page in &pages.pages {
        let all = Rect::from_wh(Pt(place(page.size.width.to_pt())), Pt(place(page.size.height.to_pt())));
        drawing.pages.push(PdfPage {
            media_box: all.clone(),
            trim_box: all.clone(),
            crop_box: all,
            ops: std::mem::take(&mut specimen),
        });
    }
    let mut warnings = Vec::new();
    let document = {
        // The operator that shows a picture, which is put into the resources later, is none that printpdf knows.
        let options = PdfSaveOptions { secure: false, ..PdfSaveOptions::default() };
        drawing.to_lopdf_document(&options, &mut warnings)
    };
    match warnings.first() {
        Some(warning) => Err(inconsistent(&warning.msg)),
        None => Ok(document),
    }
}

/// Completes the fonts, and returns the font programs that are compressed already, to take the place of printpdf's.
///
/// printpdf writes a font's dictionaries as if it had one glyph; here follow the widths and the texts of all of them,
/// and what printpdf does not write: the cap height, and that the font has no standard encoding.
fn describe_fonts<'a>(document: &mut Document, subsets: &'a Subsets) -> Vec<(ObjectId, &'a Packed)> {
    let mut programs = Vec::new();
    let mut texts = Vec::new();
    for object in document.objects.values_mut() {
        let Object::Dictionary(entry) = object else { continue };
        let Ok(name) = entry.get(b"FontName").or_else(|_| entry.get(b"BaseFont")).and_then(Object::as_name)
        else {
            continue;
        };
        let Some(subset) = subsets.iter().find(|subset| subset.program.name.as_bytes() == name) else {
            continue;
        };
        if let Ok(text) = entry.get(b"ToUnicode").and_then(Object::as_reference) {
            texts.push((text, unicode::map(subset.codes())));
        }
        if let Ok(descendants) = entry.get_mut(b"DescendantFonts").and_then(Object::as_array_mut) {
            for font in descendants.iter_mut().filter_map(|font| font.as_dict_mut().ok()) {
                set_widths(font, subset.codes());
            }
        } else {
            let file = entry.get(b"FontFile3").or_else(|_| entry.get(b"FontFile2"));
            if let (Some(program), Ok(file)) = (&subset.program.packed, file.and_then(Object::as_reference)) {
                programs.push((file, program, subset.program.length));
            }
            entry.set("CapHeight", subset.cap_height);
            entry.set("Flags", 4);
        }
    }
    for (id, text) in texts {
        if let Some(Object::Stream(stream)) = document.objects.get_mut(&id) {
            stream.set_content(text);
        }
    }
    for (id, _, length) in &programs {
        if let Some(Object::Stream(stream)) = document.objects.get_mut(id) {
            stream.dict.set("Filter", "FlateDecode");
            if let Some(length) = length {
                stream.dict.set("Length1", *length as i64);
            }
        }
    }
    programs.into_iter().map(|(id, program, _)| (id, program)).collect()
}

/// Sets the widths of a font that are not its default: few, for hanzi are as wide as they are high.
fn set_widths(font: &mut Dictionary, codes: &[Code]) {
    let usual = font.get(b"DW").and_then(Object::as_i64).unwrap_or(USUAL_WIDTH);
    // A first code and a row of widths, in turn (ISO 32000-1, 9.7.4.3).
    let mut widths: Vec<Object> = Vec::new();
    let kept: Vec<_> = codes.iter().filter(|code| i64::from(code.width) != usual).collect();
    for row in kept.chunk_by(|one, next| one.value + 1 == next.value) {
        let row_of_widths = row.iter().map(|code| Object::from(i64::from(code.width)));
        widths.extend([i64::from(row[0].value).into(), Object::Array(row_of_widths.collect())]);
    }
    if widths.is_empty() {
        font.remove(b"W");
    } else {
        font.set("W", widths);
    }
}

/// Completes the pages: gives them their contents, and lets them share one set of resources.
fn finish_pages(
    document: &mut Document,
    pages: &Pages,
    page_ids: &[ObjectId],
    contents: &mut [PageContent],
    pictures: &Dictionary,
) -> lopdf::Result<()> {
    let mut shared = None;
    for (index, (id, page)) in page_ids.iter().zip(&pages.pages).enumerate() {
        let entry = document.get_dictionary(*id)?;
        let stream = entry.get(b"Contents")?.as_reference()?;
        let stream = document.get_object_mut(stream)?.as_stream_mut()?;
        stream.dict.set("Filter", "FlateDecode");
        stream.set_content(std::mem::take(&mut contents[index].packed));
        let entry = document.get_dictionary(*id)?;
        let resources = entry.get(b"Resources")?.as_reference()?;
        let old = document.objects.remove(&resources);
        let shared = match shared {
            Some(shared) => shared,
            None => *shared.insert(share(document, old.as_ref(), pictures)?),
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

/// Makes the resources that every page has: the fonts, the pictures, and nothing that is empty.
fn share(
    document: &mut Document,
    resources: Option<&Object>,
    pictures: &Dictionary,
) -> lopdf::Result<ObjectId> {
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
    if !pictures.is_empty() {
        entry.set("XObject", pictures.clone());
    }
    Ok(document.add_object(entry))
}

fn pages_root(document: &Document) -> lopdf::Result<ObjectId> {
    document.catalog()?.get(b"Pages")?.as_reference()
}

/// Compresses every stream but the XMP packet, and what is compressed already.
fn compress(document: &mut Document, deflater: &mut Deflater) {
    for object in document.objects.values_mut() {
        let Object::Stream(stream) = object else { continue };
        let is_packet =
            stream.dict.get(b"Type").and_then(Object::as_name).is_ok_and(|name| name == b"Metadata");
        if is_packet || stream.dict.has(b"Filter") {
            continue;
        }
        let packed = deflater.pack(&stream.content);
        stream.dict.set("Filter", "FlateDecode");
        stream.set_content(packed);
    }
}

/// Says that the writer itself went wrong.
fn inconsistent(reason: &impl std::fmt::Display) -> Box<Diagnostic> {
    Box::new(
        Diagnostic::new(&messages::INCONSISTENT)
            .with("reason", Text::both(format!("写文件的库报告“{reason}”"), reason.to_string())),
    )
}

//! Puts the parts together into one file, compresses it and names it by its own hash.

use lopdf::{Dictionary, Document, Object, ObjectId, SaveOptions, StringFormat, dictionary};
use printpdf::{FontId, Op, PdfDocument, PdfFontHandle, PdfPage, PdfSaveOptions, Pt, Rect, TextItem};
use sha2::{Digest, Sha256};

use super::content::{PageContent, place};
use super::deflate::Deflater;
use super::subset::Subsets;
use super::{attachment, metadata, outline, picture, structure};
use crate::diag::catalogue::export as messages;
use crate::diag::{Diagnostic, Text};
use crate::page::Pages;

/// Writes the file.
pub(super) fn finish(
    pages: &Pages,
    mut subsets: Subsets,
    mut contents: Vec<PageContent>,
    data: Option<&[u8]>,
    deflater: &mut Deflater,
) -> Result<Vec<u8>, Box<Diagnostic>> {
    let mut document = draw(pages, &subsets)?;
    let page_ids: Vec<_> = document.page_iter().collect();
    describe_fonts(&mut document, &mut subsets);
    let pictures = picture::write(&mut document, pages);
    finish_pages(&mut document, pages, &page_ids, &mut contents, &pictures)
        .map_err(|error| inconsistent(&error))?;

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
    compress(&mut document, deflater);
    save(&mut document).map_err(|error| inconsistent(&error))
}

/// Has printpdf write the pages and the fonts. It is shown each glyph once, on the first page, so that it knows them.
fn draw(pages: &Pages, subsets: &Subsets) -> Result<Document, Box<Diagnostic>> {
    let mut drawing = PdfDocument::new("");
    let mut specimen = vec![Op::StartTextSection];
    for subset in subsets.iter() {
        let id = FontId(subset.id.clone());
        drawing.resources.fonts.map.insert(id.clone(), subset.font());
        specimen.push(Op::SetFont { font: PdfFontHandle::External(id), size: Pt(1.0) });
        specimen.push(Op::ShowText { items: vec![TextItem::GlyphIds(subset.codepoints())] });
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

/// Completes the fonts: in their descriptors the cap height, and that the font has no standard encoding; of their
/// widths those alone that are not the usual one. The font programs that are compressed already take the place of the
/// hollow ones.
fn describe_fonts(document: &mut Document, subsets: &mut Subsets) {
    let mut subsets: Vec<_> = subsets.iter_mut().collect();
    let mut programs = Vec::new();
    for object in document.objects.values_mut() {
        let Object::Dictionary(entry) = object else { continue };
        if let Ok(descendants) = entry.get_mut(b"DescendantFonts").and_then(Object::as_array_mut) {
            descendants
                .iter_mut()
                .filter_map(|font| font.as_dict_mut().ok())
                .for_each(leave_out_usual_widths);
        }
        let Ok(name) = entry.get(b"FontName").and_then(Object::as_name) else { continue };
        let Some(subset) = subsets.iter_mut().find(|subset| subset.name.as_bytes() == name) else { continue };
        if let (Some(program), Ok(file)) =
            (subset.program.take(), entry.get(b"FontFile3").and_then(Object::as_reference))
        {
            programs.push((file, program));
        }
        entry.set("CapHeight", subset.cap_height);
        entry.set("Flags", 4);
    }
    for (file, program) in programs {
        if let Some(Object::Stream(stream)) = document.objects.get_mut(&file) {
            stream.dict.set("Filter", "FlateDecode");
            stream.set_content(program);
        }
    }
}

/// Leaves those widths out of a font that are its default: nearly all, for hanzi are as wide as they are high.
fn leave_out_usual_widths(font: &mut Dictionary) {
    let Ok(usual) = font.get(b"DW").and_then(Object::as_i64) else { return };
    let Ok(Object::Array(widths)) = font.get(b"W") else { return };
    let mut kept: Vec<Object> = Vec::new();
    for pair in widths.chunks(2) {
        // What is not a first code and a row of widths, as printpdf writes them, stays as it is.
        let [Object::Integer(first), Object::Array(row)] = pair else { return };
        let mut before_is_kept = false;
        for (code, width) in (*first..).zip(row) {
            let is_kept = width.as_i64().is_ok_and(|width| width != usual);
            if is_kept
                && before_is_kept
                && let Some(Object::Array(row)) = kept.last_mut()
            {
                row.push(width.clone());
            } else if is_kept {
                kept.extend([Object::Integer(code), Object::Array(vec![width.clone()])]);
            }
            before_is_kept = is_kept;
        }
    }
    if kept.is_empty() {
        font.remove(b"W");
    } else {
        font.set("W", kept);
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
        document
            .get_object_mut(stream)?
            .as_stream_mut()?
            .set_content(std::mem::take(&mut contents[index].operators));
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

/// The length of the identifier in bytes.
const IDENTIFIER: usize = 16;

/// What a file takes for each stream beside what is in it, at most about.
const ROOM: usize = 1024;

/// How many objects that are no streams are compressed as one: a reader who wants one of them unpacks them all.
const PACKED_TOGETHER: usize = 200;

/// Saves the document with the hash of all that is in it as its identifier (ISO 32000-1, 14.4), and what is no stream
/// in streams of objects (7.5.7): the structure of a report is written in many words that are alike.
fn save(document: &mut Document) -> lopdf::Result<Vec<u8>> {
    let blank = Object::String(vec![0; IDENTIFIER], StringFormat::Hexadecimal);
    document.trailer.set("ID", vec![blank.clone(), blank]);
    let streams = document.objects.values().filter_map(|object| object.as_stream().ok());
    let mut bytes = Vec::with_capacity(streams.map(|stream| stream.content.len() + ROOM).sum());
    let options = SaveOptions::builder()
        .use_object_streams(true)
        .use_xref_streams(true)
        .max_objects_per_stream(PACKED_TOGETHER)
        .compression_level(6);
    document.save_with_options(&mut bytes, options.build())?;
    let hash = Sha256::digest(&bytes);
    let digit = |nibble: u8| b"0123456789ABCDEF"[usize::from(nibble)];
    let identifier: Vec<u8> =
        hash[..IDENTIFIER].iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect();
    // The dictionary of the table is the last of the file that is not compressed, and its digits have the same length whatever they are.
    let blank = [b'0'; 2 * IDENTIFIER];
    for _ in 0..2 {
        if let Some(at) = bytes.windows(blank.len()).rposition(|window| window == blank) {
            bytes[at..at + blank.len()].copy_from_slice(&identifier);
        }
    }
    Ok(bytes)
}

/// Says that the writer itself went wrong.
fn inconsistent(reason: &impl std::fmt::Display) -> Box<Diagnostic> {
    Box::new(
        Diagnostic::new(&messages::INCONSISTENT)
            .with("reason", Text::both(format!("写文件的库报告“{reason}”"), reason.to_string())),
    )
}

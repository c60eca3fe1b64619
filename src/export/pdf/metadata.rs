//! Writes what the file says of itself: XMP, Info, and the colours' meaning.

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat, dictionary};

use super::super::xml::escape;
use crate::page::Pages;

/// The maker named in the file: without a version, so that the same pages stay the same bytes.
const PRODUCER: &str = "shizheng";

/// What CMYK numbers mean, compressed by the build script: see `assets/README.md`.
pub(super) static PROFILE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/profile.zlib"));

/// Returns the title that a window shows: the document's, or else the first heading's.
fn title(pages: &Pages) -> &str {
    let heading = || pages.outline.first().map(|item| item.title.as_str());
    Some(pages.title.as_str()).filter(|title| !title.is_empty()).or_else(heading).unwrap_or(PRODUCER)
}

/// Returns the language, Chinese unless the document says otherwise.
pub(super) fn language(pages: &Pages) -> &str {
    if pages.language.is_empty() { "zh-CN" } else { &pages.language }
}

/// Returns the document's date when it is one: four, two and two digits.
fn date(pages: &Pages) -> Option<&str> {
    let date = pages.date.as_deref()?;
    let shape: String = date.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    (shape == "0000-00-00").then_some(date)
}

/// Returns the document's date as PDF writes dates (ISO 32000-1, 7.9.4).
pub(super) fn date_string(pages: &Pages) -> Option<Object> {
    Some(text_string(&format!("D:{}", date(pages)?.replace('-', ""))))
}

/// Makes a text string: as it is where ASCII holds it, as UTF-16 otherwise (ISO 32000-1, 7.9.2.2).
pub(super) fn text_string(text: &str) -> Object {
    if text.is_ascii() {
        return Object::String(text.as_bytes().to_vec(), StringFormat::Literal);
    }
    let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
    Object::String(units.flat_map(u16::to_be_bytes).collect(), StringFormat::Hexadecimal)
}

/// Makes the Info dictionary, which says the same as the XMP packet.
pub(super) fn info(pages: &Pages) -> Dictionary {
    let mut info = dictionary! { "Title" => text_string(title(pages)), "Producer" => text_string(PRODUCER) };
    if !pages.author.is_empty() {
        info.set("Author", text_string(&pages.author));
    }
    if let Some(date) = date_string(pages) {
        info.set("CreationDate", date.clone());
        info.set("ModDate", date);
    }
    info
}

/// Writes the XMP packet, uncompressed as PDF/A-2 (6.6.2.1) has readers find it, and returns its object.
///
/// A file that carries another one is PDF/A-3.
pub(super) fn xmp(document: &mut Document, pages: &Pages, carries_data: bool) -> ObjectId {
    let entry = dictionary! { "Type" => "Metadata", "Subtype" => "XML" };
    let stream = Stream::new(entry, packet(pages, carries_data).into_bytes()).with_compression(false);
    document.add_object(stream)
}

fn packet(pages: &Pages, carries_data: bool) -> String {
    let mut packet = String::from(
        "<?xpacket begin=\"\u{FEFF}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n\
         <x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n\
         <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n\
         <rdf:Description rdf:about=\"\"\n\
         \x20xmlns:dc=\"http://purl.org/dc/elements/1.1/\"\n\
         \x20xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\"\n\
         \x20xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\"\n\
         \x20xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\"\n\
         \x20xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\"\n\
         \x20xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\"\n\
         \x20xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\"\n\
         \x20xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\n",
    );
    let mut line = |text: &str| {
        packet.push_str(text);
        packet.push('\n');
    };
    line("<dc:format>application/pdf</dc:format>");
    line(&format!(
        "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">{}</rdf:li></rdf:Alt></dc:title>",
        escape(title(pages))
    ));
    line(&format!(
        "<dc:language><rdf:Bag><rdf:li>{}</rdf:li></rdf:Bag></dc:language>",
        escape(language(pages))
    ));
    if !pages.author.is_empty() {
        let author = escape(&pages.author);
        line(&format!("<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>"));
    }
    line(&format!("<pdf:Producer>{PRODUCER}</pdf:Producer>"));
    if let Some(date) = date(pages) {
        line(&format!("<xmp:CreateDate>{date}</xmp:CreateDate>"));
        line(&format!("<xmp:ModifyDate>{date}</xmp:ModifyDate>"));
    }
    line(&format!("<pdfaid:part>{}</pdfaid:part>", if carries_data { 3 } else { 2 }));
    line("<pdfaid:conformance>A</pdfaid:conformance>");
    line("<pdfuaid:part>1</pdfuaid:part>");
    line(EXTENSION);
    line("</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>");
    packet.push_str("<?xpacket end=\"r\"?>");
    packet
}

/// Describes `pdfuaid`, which PDF/A-2 (6.6.2.3) does not know by itself.
const EXTENSION: &str = "<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType=\"Resource\">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of PDF/UA standard</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>";

/// Writes the output intent: printing on coated stock, for DeviceCMYK and DeviceGray alike. Returns with it where the
/// profile is to go.
pub(super) fn output_intents(document: &mut Document) -> (Object, ObjectId) {
    let parameters = dictionary! { "N" => 4, "Filter" => "FlateDecode" };
    let profile = document.add_object(Stream::new(parameters, Vec::new()));
    let intent = dictionary! {
        "Type" => "OutputIntent",
        "S" => "GTS_PDFA1",
        "OutputConditionIdentifier" => text_string("CGATS TR 001"),
        "OutputCondition" => text_string("CGATS TR 001 (SWOP)"),
        "RegistryName" => text_string("http://www.color.org"),
        "Info" => text_string("CGATS TR 001 (SWOP)"),
        "DestOutputProfile" => profile,
    };
    (Object::Array(vec![document.add_object(intent).into()]), profile)
}

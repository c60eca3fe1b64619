//! Saves a document: what is no stream packed into streams of objects, then the table of where everything is.
//!
//! The structure of a report is written in many words that are alike, so that packed together it takes a quarter of the
//! room (ISO 32000-1, 7.5.7). lopdf can write any document; to write one that is as plain as ours by its formatter took
//! more time than to write all pages.

use std::sync::Arc;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat};
use sha2::{Digest, Sha256};

use super::super::Bytes;
use super::deflate::{Deflater, Packed};
use super::syntax::{hexadecimal, integer, literal, name};

/// The version, and bytes that tell that the file is no text (7.5.2).
const HEADER: &[u8] = b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n";

/// The length of the identifier in bytes.
const IDENTIFIER: usize = 16;

/// What a file takes for each stream beside what is in it, at most about.
const ROOM: usize = 1024;

/// How many objects that are no streams are compressed as one: a reader who wants one of them unpacks them all.
const PACKED_TOGETHER: usize = 200;

/// Where an object is (7.5.8.3).
#[derive(Clone, Copy)]
enum Place {
    /// Nowhere: its number is not in use.
    Free,
    /// At a byte of the file.
    At(usize),
    /// In a stream of objects, with its index there.
    Packed { stream: u32, index: usize },
}

/// Returns the document as a file. Its identifier (14.4) is the hash of what is in it, but for what is taken whole.
///
/// What is ready, compressed already, takes the place of what its streams hold.
pub(super) fn save(document: &Document, ready: &[(ObjectId, &Packed)], deflater: &mut Deflater) -> Bytes {
    let held = document.objects.values().filter_map(|object| object.as_stream().ok());
    let room = held.map(|stream| stream.content.len() + ROOM).sum::<usize>()
        + ready.iter().map(|(_, packed)| packed.start.len()).sum::<usize>();
    let last = document.objects.last_key_value().map_or(0, |((number, _), _)| *number);
    let mut file = File { bytes: Bytes::with_capacity(room), places: vec![Place::Free; last as usize + 1] };
    file.bytes.own().extend(HEADER);
    let mut packed = Vec::new();
    for (id, object) in &document.objects {
        match object {
            Object::Stream(stream) => match ready.iter().find(|(ready, _)| ready == id) {
                Some((_, packed)) => file.ready(id.0, &stream.dict, packed),
                None => file.stream(id.0, &stream.dict, &stream.content),
            },
            _ => packed.push((id.0, object)),
        }
    }
    for objects in packed.chunks(PACKED_TOGETHER) {
        file.objects(objects, deflater);
    }
    file.finish(&document.trailer, deflater)
}

/// A file that is being written.
struct File {
    bytes: Bytes,
    /// Where each object is, by its number.
    places: Vec<Place>,
}

impl File {
    fn begin(&mut self, number: u32, dictionary: &Dictionary, length: usize) {
        self.places[number as usize] = Place::At(self.bytes.len());
        let bytes = self.bytes.own();
        integer(bytes, i64::from(number));
        bytes.extend(b" 0 obj\n<<");
        let entries = dictionary.iter().filter(|(key, _)| key.as_slice() != b"Length");
        entries.for_each(|(key, value)| entry(bytes, key, value));
        entry(bytes, b"Length", &Object::Integer(length as i64));
        bytes.extend(b">>stream\n");
    }

    fn stream(&mut self, number: u32, dictionary: &Dictionary, content: &[u8]) {
        self.begin(number, dictionary, content.len());
        self.bytes.own().extend(content);
        self.bytes.own().extend(b"\nendstream\nendobj\n");
    }

    /// Writes a stream that is compressed already.
    fn ready(&mut self, number: u32, dictionary: &Dictionary, packed: &Packed) {
        self.begin(number, dictionary, packed.len());
        self.bytes.own().extend(&packed.start);
        for group in &packed.groups {
            self.bytes.take(*group);
        }
        self.bytes.take(Arc::clone(&packed.end));
        self.bytes.own().extend(packed.checksum);
        self.bytes.own().extend(b"\nendstream\nendobj\n");
    }

    /// Writes objects as one stream.
    fn objects(&mut self, objects: &[(u32, &Object)], deflater: &mut Deflater) {
        let stream = self.places.len() as u32;
        let (mut table, mut body) = (Vec::new(), Vec::new());
        for (index, (number, object)) in objects.iter().enumerate() {
            self.places[*number as usize] = Place::Packed { stream, index };
            integer(&mut table, i64::from(*number));
            table.push(b' ');
            integer(&mut table, body.len() as i64);
            table.push(b' ');
            value(&mut body, object);
            body.push(b'\n');
        }
        let mut dictionary = Dictionary::new();
        dictionary.set("Type", "ObjStm");
        dictionary.set("N", objects.len() as i64);
        dictionary.set("First", table.len() as i64);
        dictionary.set("Filter", "FlateDecode");
        table.append(&mut body);
        self.places.push(Place::Free);
        self.stream(stream, &dictionary, &deflater.pack(&table));
    }

    /// Writes the table of all objects, which is a stream itself (7.5.8), and the identifier.
    fn finish(mut self, trailer: &Dictionary, deflater: &mut Deflater) -> Bytes {
        let start = self.bytes.len();
        let number = self.places.len() as u32;
        self.places.push(Place::At(start));
        let mut table = Vec::with_capacity(self.places.len() * 7);
        for place in &self.places {
            let (kind, field, index) = match *place {
                Place::Free => (0, 0, 0),
                Place::At(offset) => (1, offset as u32, 0),
                Place::Packed { stream, index } => (2, stream, index as u16),
            };
            table.push(kind);
            table.extend(field.to_be_bytes());
            table.extend(index.to_be_bytes());
        }
        let mut dictionary = trailer.clone();
        dictionary.set("Type", "XRef");
        dictionary.set("Size", self.places.len() as i64);
        dictionary.set("W", vec![1.into(), 4.into(), 2.into()]);
        dictionary.set("Filter", "FlateDecode");
        // Outlines are told by their face, by the tag in its name and by the checksum at the end of their stream: to hash
        // them again in each document would cost a processor that has no instructions for that as much as all the pages.
        let hash = Sha256::digest(self.bytes.own());
        let identifier = Object::String(hash[..IDENTIFIER].to_vec(), StringFormat::Hexadecimal);
        dictionary.set("ID", vec![identifier.clone(), identifier]);
        self.stream(number, &dictionary, &deflater.pack(&table));
        self.bytes.own().extend(format!("startxref\n{start}\n%%EOF\n").into_bytes());
        self.bytes
    }
}

/// Writes a key and its value.
fn entry(bytes: &mut Vec<u8>, key: &[u8], object: &Object) {
    name(bytes, key);
    // What begins with a mark of its own needs no space before it.
    if matches!(
        object,
        Object::Null | Object::Boolean(_) | Object::Integer(_) | Object::Real(_) | Object::Reference(_)
    ) {
        bytes.push(b' ');
    }
    value(bytes, object);
}

/// Writes an object that stands inside another one or in a stream of objects (7.3).
fn value(bytes: &mut Vec<u8>, object: &Object) {
    match object {
        Object::Null => bytes.extend(b"null"),
        Object::Boolean(is_true) => bytes.extend(if *is_true { b"true".as_slice() } else { b"false" }),
        Object::Integer(number) => integer(bytes, *number),
        // A shortest decimal, never with an exponent, which PDF does not know.
        Object::Real(number) => bytes.extend(number.to_string().into_bytes()),
        Object::Name(characters) => name(bytes, characters),
        Object::String(characters, StringFormat::Literal) => literal(bytes, characters),
        Object::String(characters, StringFormat::Hexadecimal) => {
            bytes.push(b'<');
            for byte in characters {
                hexadecimal(bytes, *byte);
            }
            bytes.push(b'>');
        }
        Object::Array(objects) => {
            bytes.push(b'[');
            for (index, object) in objects.iter().enumerate() {
                if index > 0 {
                    bytes.push(b' ');
                }
                value(bytes, object);
            }
            bytes.push(b']');
        }
        Object::Dictionary(dictionary) | Object::Stream(Stream { dict: dictionary, .. }) => {
            bytes.extend(b"<<");
            dictionary.iter().for_each(|(key, object)| entry(bytes, key, object));
            bytes.extend(b">>");
        }
        Object::Reference((number, generation)) => {
            integer(bytes, i64::from(*number));
            bytes.push(b' ');
            integer(bytes, i64::from(*generation));
            bytes.extend(b" R");
        }
    }
}

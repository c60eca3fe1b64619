//! Reaches into a PDF file: objects behind references, streams unpacked within limits.

use lopdf::{Dictionary, Document, Error, LoadOptions, Object, Stream};

use crate::diag::Diagnostic;
use crate::diag::catalogue::audit as messages;

/// The most bytes that one stream may unpack to.
const STREAM_LIMIT: usize = 64 * 1024 * 1024;

/// A PDF file whose objects are at hand.
pub(super) struct File {
    document: Document,
}

impl File {
    /// Takes a file apart.
    ///
    /// # Errors
    /// When the bytes are no PDF, are broken beyond reading, or want a password.
    pub(super) fn open(bytes: &[u8]) -> Result<Self, Box<Diagnostic>> {
        let fault = |entry| Box::new(Diagnostic::new(entry));
        let head = &bytes[..bytes.len().min(1024)];
        if !head.windows(5).any(|window| window == b"%PDF-") {
            return Err(fault(&messages::NOT_A_PDF));
        }
        let options = LoadOptions::with_max_decompressed_size(STREAM_LIMIT);
        let document = Document::load_mem_with_options(bytes, options).map_err(|error| match error {
            Error::Decryption(_) | Error::InvalidPassword | Error::UnsupportedSecurityHandler(_) => {
                fault(&messages::ENCRYPTED)
            }
            other => Box::new(Diagnostic::new(&messages::UNREADABLE).with("reason", other)),
        })?;
        // A file that asks no password of its readers has been decrypted by now.
        if document.is_encrypted() && !document.was_encrypted() {
            return Err(fault(&messages::ENCRYPTED));
        }
        Ok(Self { document })
    }

    /// Returns the root of the file's objects.
    pub(super) fn catalog(&self) -> Option<&Dictionary> {
        self.document.catalog().ok()
    }

    /// Follows references to the object itself.
    pub(super) fn follow<'a>(&'a self, object: &'a Object) -> Option<&'a Object> {
        self.document.dereference(object).ok().map(|(_, object)| object)
    }

    /// Returns a member of a dictionary, whatever it is.
    pub(super) fn get<'a>(&'a self, dictionary: &'a Dictionary, key: &[u8]) -> Option<&'a Object> {
        self.follow(dictionary.get(key).ok()?)
    }

    /// Returns a member that is a dictionary or a stream with one.
    pub(super) fn dictionary<'a>(&'a self, from: &'a Dictionary, key: &[u8]) -> Option<&'a Dictionary> {
        dictionary_of(self.get(from, key)?)
    }

    /// Returns a member that is a list.
    pub(super) fn list<'a>(&'a self, from: &'a Dictionary, key: &[u8]) -> Option<&'a [Object]> {
        Some(self.get(from, key)?.as_array().ok()?)
    }

    /// Returns a member that is a stream.
    pub(super) fn stream<'a>(&'a self, from: &'a Dictionary, key: &[u8]) -> Option<&'a Stream> {
        self.get(from, key)?.as_stream().ok()
    }

    /// Returns a member that is a name.
    pub(super) fn name<'a>(&'a self, from: &'a Dictionary, key: &[u8]) -> Option<&'a [u8]> {
        self.get(from, key)?.as_name().ok()
    }

    /// Returns a member that is a number.
    pub(super) fn number(&self, from: &Dictionary, key: &[u8]) -> Option<f64> {
        number(self.get(from, key)?)
    }

    /// Returns a list of numbers; whatever is none of them counts as 0.
    pub(super) fn numbers(&self, from: &Dictionary, key: &[u8]) -> Option<Vec<f64>> {
        let list = self.list(from, key)?;
        Some(list.iter().map(|item| self.follow(item).and_then(number).unwrap_or(0.0)).collect())
    }

    /// Unpacks a stream; nothing where that cannot be done within the limits.
    pub(super) fn unpack(stream: &Stream) -> Option<Vec<u8>> {
        stream.decompressed_content_with_limit(STREAM_LIMIT).ok()
    }
}

/// Returns the dictionary that an object is or has.
pub(super) fn dictionary_of(object: &Object) -> Option<&Dictionary> {
    match object {
        Object::Dictionary(dictionary) => Some(dictionary),
        Object::Stream(stream) => Some(&stream.dict),
        _ => None,
    }
}

/// Returns the number that an object is.
pub(super) fn number(object: &Object) -> Option<f64> {
    match object {
        Object::Integer(value) => Some(*value as f64),
        // By way of its digits: 0.8 stays 0.8.
        Object::Real(value) => value.to_string().parse().ok(),
        _ => None,
    }
}

//! Holds a file in memory, of which the parts that exist already are taken as they are rather than copied.

use std::io::{self, IoSlice, Write};
use std::sync::Arc;

/// A file that was made, before it stands anywhere.
///
/// Most of a document is outlines that come with the program: to copy them only to write them down would take as much
/// memory again as all the rest of the document.
#[derive(Clone, Debug, Default)]
pub struct Bytes {
    own: Vec<u8>,
    /// What is taken whole, and before which byte of `own` it stands, in order.
    whole: Vec<(usize, Piece)>,
    whole_length: usize,
}

/// What exists before the file that it is taken into.
#[derive(Clone, Debug)]
pub(crate) enum Piece {
    /// What comes with the program.
    Lent(&'static [u8]),
    /// What other files may have too.
    Shared(Arc<Vec<u8>>),
}

impl Piece {
    fn bytes(&self) -> &[u8] {
        match self {
            Self::Lent(bytes) => bytes,
            Self::Shared(bytes) => bytes,
        }
    }
}

impl From<&'static [u8]> for Piece {
    fn from(bytes: &'static [u8]) -> Self {
        Self::Lent(bytes)
    }
}

impl From<Arc<Vec<u8>>> for Piece {
    fn from(bytes: Arc<Vec<u8>>) -> Self {
        Self::Shared(bytes)
    }
}

impl Bytes {
    /// Makes an empty file with room for so many bytes of its own.
    pub(crate) fn with_capacity(room: usize) -> Self {
        Self { own: Vec::with_capacity(room), ..Self::default() }
    }

    /// Appends what exists already.
    pub(crate) fn take(&mut self, piece: impl Into<Piece>) {
        let piece = piece.into();
        self.whole_length += piece.bytes().len();
        self.whole.push((self.own.len(), piece));
    }

    /// Returns what is its own, to append to it.
    pub(crate) fn own(&mut self) -> &mut Vec<u8> {
        &mut self.own
    }

    /// Returns how many bytes there are.
    pub fn len(&self) -> usize {
        self.own.len() + self.whole_length
    }

    /// Tells whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns the parts, one after the other.
    pub fn parts(&self) -> impl Iterator<Item = &[u8]> {
        let begins = std::iter::once(0).chain(self.whole.iter().map(|(at, _)| *at));
        let ends = self.whole.iter().map(|(at, _)| *at).chain([self.own.len()]);
        let whole = self.whole.iter().map(|(_, piece)| piece.bytes()).chain([[].as_slice()]);
        let parts = begins.zip(ends).zip(whole);
        parts.flat_map(|((begin, end), whole)| [&self.own[begin..end], whole]).filter(|part| !part.is_empty())
    }

    /// Writes the file, in as few calls of the system as there can be.
    ///
    /// # Errors
    /// When the writer fails, or takes nothing more; an interruption is no failure.
    pub fn write_to(&self, writer: &mut impl Write) -> io::Result<()> {
        let mut slices: Vec<_> = self.parts().map(IoSlice::new).collect();
        let mut left = slices.as_mut_slice();
        while !left.is_empty() {
            match writer.write_vectored(left) {
                Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
                Ok(written) => IoSlice::advance_slices(&mut left, written),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// Returns all the bytes in a row.
    pub fn into_vec(self) -> Vec<u8> {
        if self.whole.is_empty() { self.own } else { self.parts().collect::<Vec<_>>().concat() }
    }
}

impl From<Vec<u8>> for Bytes {
    fn from(own: Vec<u8>) -> Self {
        Self { own, ..Self::default() }
    }
}

impl PartialEq<[u8]> for Bytes {
    fn eq(&self, other: &[u8]) -> bool {
        let mut rest = other;
        self.len() == other.len()
            && self.parts().all(|part| {
                let (begin, end) = rest.split_at(part.len());
                rest = end;
                begin == part
            })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Takes a few bytes at a time, and is interrupted now and then, as a pipe may be.
    struct Slow(Vec<u8>, usize);

    impl Write for Slow {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.1 += 1;
            if self.1.is_multiple_of(3) {
                return Err(io::ErrorKind::Interrupted.into());
            }
            let taken = bytes.len().min(2);
            self.0.extend(&bytes[..taken]);
            Ok(taken)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    proptest! {
        #[test]
        fn parts_are_one_file(
            parts in prop::collection::vec((0..3, prop::collection::vec(0_u8..4, 0..6)), 0..9),
            other in prop::collection::vec(0_u8..4, 0..12),
        ) {
            let mut bytes = Bytes::with_capacity(0);
            let mut wanted: Vec<u8> = Vec::new();
            for (kind, part) in parts {
                wanted.extend(&part);
                match kind {
                    0 => bytes.own().extend(part),
                    1 => bytes.take(Arc::new(part)),
                    _ => bytes.take(&*part.leak()),
                }
                prop_assert_eq!(bytes.len(), wanted.len());
            }
            let mut slow = Slow(Vec::new(), 0);
            bytes.write_to(&mut slow).unwrap();
            prop_assert_eq!(&slow.0, &wanted);
            prop_assert!(bytes == wanted[..]);
            prop_assert_eq!(bytes == other[..], wanted == other);
            prop_assert_eq!(bytes.is_empty(), wanted.is_empty());
            prop_assert_eq!(bytes.into_vec(), wanted);
        }
    }
}

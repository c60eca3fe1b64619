//! Knows which documents are up to date: those whose data, pack, faces, pictures, program and manner are what they
//! were made of, and whose file is still as it was written.
//!
//! What is known stands beside the documents, a line for each: its name, the hash of all that it was made of, the
//! hash of its bytes. A line is added once its document is there, so that a run that was killed is gone on with; at the
//! end of a run each document has one line. Each share of a batch writes a file of its own and reads those of all, so that any number of
//! them can go on side by side.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, BufWriter, IntoInnerError, LineWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use shizheng::Options;
use shizheng::diag::catalogue::cli as catalogue;

use super::shard::Shard;
use crate::cli::fault::{Fault, with_reason};
use crate::cli::output::{Target, open_beside};

/// What the names of manifests begin and end with.
const NAME: (&str, &str) = (".shizheng-manifest", ".jsonl");
/// The shape's name, which says its version.
const FORMAT: &str = "shizheng-manifest/1";

/// How much of a file is hashed at a time, in bytes.
const PIECE: usize = 128 * 1024;

/// A hash of anything.
pub(in crate::cli) type Hash = [u8; 32];

/// Hashes several things, each apart from the next.
pub(in crate::cli) fn hash<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> Hash {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    hash.finalize().into()
}

/// Files that were asked for, each with the hash of its bytes, or nothing for one that is not to be had.
#[derive(Debug, Default)]
pub(in crate::cli) struct Noted(Mutex<BTreeMap<String, Option<Hash>>>);

impl Noted {
    /// Notes what was read of a file.
    pub(in crate::cli) fn add(&self, file: &str, bytes: Option<&[u8]>) {
        let hash = bytes.map(|bytes| hash_of([bytes]));
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(file.to_owned(), hash);
    }

    /// Returns the files in the order of their names.
    pub(in crate::cli) fn files(&self) -> Vec<(String, Option<Hash>)> {
        let noted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        noted.iter().map(|(file, hash)| (file.clone(), *hash)).collect()
    }
}

/// Hashes files with their names.
pub(in crate::cli) fn hash_files(files: &[(String, Option<Hash>)], before: Option<&Hash>) -> Hash {
    let named = files
        .iter()
        .flat_map(|(file, bytes)| [file.as_bytes(), bytes.as_ref().map_or(&[][..], |bytes| &bytes[..])]);
    hash(before.map(|before| &before[..]).into_iter().chain(named))
}

/// Hashes the bytes of a file, given in parts.
pub(in crate::cli) fn hash_of<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> Hash {
    let mut hash = Sha256::new();
    parts.into_iter().for_each(|part| hash.update(part));
    hash.finalize().into()
}

fn hash_file(path: &Path) -> io::Result<Hash> {
    let mut file = BufReader::with_capacity(PIECE, File::open(path)?);
    let mut hash = Sha256::new();
    loop {
        let piece = file.fill_buf()?;
        if piece.is_empty() {
            return Ok(hash.finalize().into());
        }
        let length = piece.len();
        hash.update(piece);
        file.consume(length);
    }
}

/// Returns the hash of what makes all documents of a call what they are, beside their data and packs: the program
/// and the manner.
pub(in crate::cli) fn manner(options: &Options, strict: bool) -> Hash {
    // The program itself, not its version alone: a build of one's own has the version of the one before.
    let program = std::env::current_exe().and_then(|path| hash_file(&path)).map(Vec::from);
    let program = program.unwrap_or_else(|_| env!("CARGO_PKG_VERSION").as_bytes().to_vec());
    let Options { format, draft, previous, embed_data, beside: _ } = options;
    let manner = format!("{format:?} {draft} {embed_data} {strict}");
    let previous = previous.as_ref().map_or(&[][..], |previous| &previous.bytes[..]);
    hash([&program[..], manner.as_bytes(), previous])
}

/// What a document was made of.
#[derive(Clone, Debug)]
pub(in crate::cli) struct MadeOf {
    /// The hash of it all.
    pub(in crate::cli) hash: Hash,
    /// The files beside the data that are part of it.
    pub(in crate::cli) beside: Vec<String>,
}

impl MadeOf {
    /// Adds files beside the data, each with the hash of its bytes or nothing where there is none, to what is made
    /// without them.
    pub(in crate::cli) fn new(plain: &Hash, beside: Vec<(String, Option<Hash>)>) -> Self {
        if beside.is_empty() {
            return Self { hash: *plain, beside: Vec::new() };
        }
        let hash = hash_files(&beside, Some(plain));
        Self { hash, beside: beside.into_iter().map(|(file, _)| file).collect() }
    }
}

/// A document that was written.
#[derive(Debug, Deserialize, Serialize)]
struct Entry {
    /// Its name within the folder, parted by `/`.
    output: String,
    /// The hash of all that it was made of.
    made_of: String,
    /// The hash of its bytes.
    sha256: String,
    /// The files beside the data that were read for it: pictures of seals.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    beside: Vec<String>,
}

#[derive(Debug, Deserialize, Serialize)]
struct Head {
    format: String,
}

/// What is known of the documents in a folder, by fingerprints alone: of a hundred thousand it takes few megabytes.
pub(in crate::cli) struct Known {
    folder: PathBuf,
    prints: HashSet<[u8; 16]>,
    /// The files beside the data that were read for a document, where there were any, by the print of its name.
    beside: HashMap<[u8; 16], Vec<Vec<String>>>,
}

impl Known {
    /// Reads every manifest of a folder. One that cannot be made sense of knows nothing.
    pub(in crate::cli) fn read(folder: &Path) -> Self {
        let mut known = Self { folder: folder.to_owned(), prints: HashSet::new(), beside: HashMap::new() };
        let shown = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        for entry in fs::read_dir(shown).into_iter().flatten().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.starts_with(NAME.0) && name.ends_with(NAME.1) {
                for entry in entries(&entry.path()) {
                    known.prints.insert(print(&entry.output, &entry.made_of, &entry.sha256));
                    if !entry.beside.is_empty() {
                        known.beside.entry(print(&entry.output, "", "")).or_default().push(entry.beside);
                    }
                }
            }
        }
        known
    }

    /// Tells whether a document stands in its place as it was made, of the same things; `made_of` hashes them, with
    /// files beside the data that it is given.
    pub(in crate::cli) fn is_current(&self, target: &Target, made_of: impl Fn(&[String]) -> Hash) -> bool {
        let bytes = target.path().and_then(|path| hash_file(path).ok());
        let Some((bytes, name)) = bytes.zip(self.name(target)) else { return false };
        let bytes = hex(&bytes);
        let lists = self.beside.get(&print(&name, "", ""));
        let lists = lists.into_iter().flatten().map(Vec::as_slice);
        std::iter::once(&[][..])
            .chain(lists)
            .any(|files| self.prints.contains(&print(&name, &hex(&made_of(files)), &bytes)))
    }

    /// Returns a document's name within the folder; nothing for one outside.
    fn name(&self, target: &Target) -> Option<String> {
        let within = target.path()?.strip_prefix(&self.folder).ok()?;
        let parts: Vec<_> = within.iter().map(|part| part.to_string_lossy()).collect();
        Some(parts.join("/"))
    }
}

/// What is written down of the documents of a run.
pub(in crate::cli) struct Notes {
    path: PathBuf,
    /// The manifest, once there is a document; the folder may come to be only with it.
    writer: Option<LineWriter<File>>,
}

impl Notes {
    /// Begins the notes of a share.
    pub(in crate::cli) fn new(folder: &Path, shard: Shard) -> Self {
        let which =
            if shard == Shard::WHOLE { String::new() } else { format!("-{}-{}", shard.number, shard.count) };
        let path = folder.join(format!("{}{which}{}", NAME.0, NAME.1));
        Self { path, writer: None }
    }

    /// Notes a document that was written.
    pub(in crate::cli) fn add(
        &mut self,
        known: &Known,
        target: &Target,
        made_of: &MadeOf,
        bytes: &Hash,
    ) -> Result<(), Fault> {
        let Some(output) = known.name(target) else { return Ok(()) };
        let entry =
            Entry { output, made_of: hex(&made_of.hash), sha256: hex(bytes), beside: made_of.beside.clone() };
        self.line(&entry).map_err(|error| self.failed(&error))
    }

    /// Leaves a line for each document: the new one, or what was known before of one that was not made anew.
    pub(in crate::cli) fn save(mut self) -> Result<(), Fault> {
        if self.writer.take().is_none() {
            return Ok(());
        }
        self.tidy().map_err(|error| self.failed(&error))
    }

    fn tidy(&self) -> io::Result<()> {
        let mut last: HashMap<[u8; 16], usize> = HashMap::new();
        for (nth, entry) in entries(&self.path).enumerate() {
            last.insert(print(&entry.output, "", ""), nth);
        }
        let mut writer = BufWriter::new(open_beside(&self.path)?);
        write(&mut writer, &Head { format: FORMAT.to_owned() })?;
        for (nth, entry) in entries(&self.path).enumerate() {
            if last.get(&print(&entry.output, "", "")) == Some(&nth) {
                write(&mut writer, &entry)?;
            }
        }
        let file = writer.into_inner().map_err(IntoInnerError::into_error)?;
        file.persist(&self.path).map(drop).map_err(|error| error.error)
    }

    fn line(&mut self, entry: &Entry) -> io::Result<()> {
        let writer = if let Some(writer) = &mut self.writer {
            writer
        } else {
            let is_known = is_known(&self.path);
            let mut options = File::options();
            let file =
                if is_known { options.append(true) } else { options.write(true).truncate(true).create(true) };
            let mut writer = LineWriter::new(file.open(&self.path)?);
            if is_known {
                // The last line of a run that was killed may have no end.
                writer.write_all(b"\n")?;
            } else {
                write(&mut writer, &Head { format: FORMAT.to_owned() })?;
            }
            self.writer.insert(writer)
        };
        write(writer, entry)
    }

    fn failed(&self, error: &io::Error) -> Fault {
        Fault::output(with_reason(&catalogue::OUTPUT_FAILED, &self.path.display().to_string(), error))
    }
}

fn write(writer: &mut impl Write, line: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *writer, line)?;
    writer.write_all(b"\n")
}

/// Tells whether a file is a manifest of this shape.
fn is_known(path: &Path) -> bool {
    let first = File::open(path).ok().and_then(|file| BufReader::new(file).lines().next()?.ok());
    first.is_some_and(|line| serde_json::from_str::<Head>(&line).is_ok_and(|head| head.format == FORMAT))
}

/// Reads the entries of a manifest, one at a time; of one of another shape none.
fn entries(path: &Path) -> impl Iterator<Item = Entry> + use<> {
    let lines = File::open(path).ok().filter(|_| is_known(path)).map(|file| BufReader::new(file).lines());
    let lines = lines.into_iter().flatten().skip(1).map_while(Result::ok);
    lines.filter_map(|line| serde_json::from_str(&line).ok())
}

fn print(output: &str, made_of: &str, bytes: &str) -> [u8; 16] {
    let hash = hash([output.as_bytes(), made_of.as_bytes(), bytes.as_bytes()]);
    let mut print = [0; 16];
    print.copy_from_slice(&hash[..16]);
    print
}

fn hex(hash: &Hash) -> String {
    let digit = |value: u8| char::from_digit(value.into(), 16).unwrap_or_default();
    hash.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

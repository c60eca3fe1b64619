//! Has the program rebuilt when a template is added, and compresses what would take time in each document.
//!
//! `include_dir!` sees changed files, but no new ones. Of what is made:
//!
//! ```text
//! templates/        the packs: templates as they are, all else packed; src/pack/embedded.rs unpacks it
//! prepared/         the packs as they are once read, unpacked; src/pack/prepared.rs reads them
//! fallback.packed   the face that few documents need; src/font/packed.rs unpacks it
//! common.groups     the outlines that most reports print, and whole font programs of marks and headings;
//!                   src/export/pdf/common.rs puts them into files
//! libraries.packed  the licences of the libraries; src/lib.rs unpacks them
//! profile.zlib      the profile of the output intent; src/export/pdf/metadata.rs puts it into files
//! usual.glyphs      the glyphs of what documents are likely to print; src/font/usual.rs looks them up
//! used.ld           where which functions stand in the program, for the linker
//! ```

#![expect(
    clippy::disallowed_methods,
    reason = "a build script reads the sources and writes where cargo says"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::time::SystemTime;
use std::{env, fs};

use flate2::read::DeflateDecoder;
use libdeflater::{CompressionLvl, Compressor};
use skrifa::{FontRef, MetadataProvider, Tag};

#[expect(dead_code, reason = "the script takes fonts apart and makes none")]
#[path = "src/export/pdf/cff.rs"]
mod cff;

/// What the taking apart of fonts asks of the program.
mod font {
    pub(crate) type GlyphId = u16;
}

/// The face that is asked last, and most of whose characters no document has.
const FALLBACK: &str = "fonts/ShizhengFallbackKai-Light.ttf";

/// The libraries in the program and their licences' texts, made by `scripts/third-party`.
const LIBRARIES: &str = "LICENSE-THIRD-PARTY.txt";

/// The profile that every file has.
const PROFILE: &str = "src/export/pdf/assets/cmyk.icc";

/// The groups of characters: a face, and what is printed together.
const COMMON: &str = "fonts/common.tsv";

/// The faces whose outlines can be copied as they are.
const COPIED: [(&str, &str); 2] =
    [("fangsong", "fonts/FandolFang-Regular.otf"), ("kai", "fonts/FandolKai-Regular.otf")];

/// The faces with TrueType's outlines that print the same in most reports, so that a whole font program of them is made.
const WHOLE: [(&str, &str); 2] =
    [("song", "fonts/NotoSerifSC-Regular.ttf"), ("hei", "fonts/NotoSansSC-Medium.ttf")];

/// The faces whose usual glyphs are looked up beforehand, in the order in which the program has them.
const FACES: [&str; 5] = ["fonts/NotoSerifSC-SemiBold.ttf", WHOLE[0].1, COPIED[0].1, WHOLE[1].1, COPIED[1].1];

/// The hanzi that documents are likely to print.
const PRINTED: &str = "fonts/printed.txt";

/// The packs that the program carries.
const TEMPLATES: &str = "templates";

/// The packs as they are once read, and the checksum of what they were when they were.
const PREPARED: &str = "src/pack/prepared";
const CHECKSUM: &str = "src/pack/prepared/checksum";

/// The functions that documents need.
const USED: &str = "src/used.txt";

fn main() {
    // Of a folder cargo watches every file below it.
    let sources = [
        TEMPLATES,
        PREPARED,
        "build.rs",
        "src/export/pdf/cff.rs",
        FALLBACK,
        LIBRARIES,
        COMMON,
        PRINTED,
        PROFILE,
        USED,
    ];
    for watched in sources.into_iter().chain(FACES) {
        println!("cargo::rerun-if-changed={watched}");
    }
    make("fallback.packed", &[FALLBACK], || pack(&read(FALLBACK)));
    make("libraries.packed", &[LIBRARIES], || pack(&read(LIBRARIES)));
    make("profile.zlib", &[PROFILE], || zlib(&read(PROFILE)));
    let inputs: Vec<&str> = COPIED.iter().chain(&WHOLE).map(|(_, file)| *file).chain([COMMON]).collect();
    make("common.groups", &inputs, groups);
    let inputs: Vec<&str> = FACES.into_iter().chain([PRINTED]).collect();
    make("usual.glyphs", &inputs, usual_glyphs);
    let packs = files_below(TEMPLATES);
    keep_packs(&packs);
    tell_whether_prepared(&packs);
    if takes_linker_scripts() {
        make("used.ld", &[USED], || linker_script(&read(USED)));
        let folder = env::var("OUT_DIR").expect("cargo says where");
        println!("cargo::rustc-link-arg-bins=-T{folder}/used.ld");
    }
}

/// Returns the paths of all files below a folder, and their bytes.
fn files_below(folder: impl AsRef<Path>) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.as_ref().to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("the folder is there") {
            let path = entry.expect("the folder can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let bytes = read(&path);
                files.insert(path, bytes);
            }
        }
    }
    files
}

/// Puts the packs where the program takes them in.
///
/// Of a pack a document needs its templates, and what was read of it beforehand: both stand as they are. The rest, which is
/// more, is for other commands and for faults, and is packed.
fn keep_packs(packs: &BTreeMap<PathBuf, Vec<u8>>) {
    let folder = PathBuf::from(env::var_os("OUT_DIR").expect("cargo says where"));
    let mut made = BTreeMap::new();
    for (path, bytes) in packs {
        if path.extension().is_some_and(|ending| ending == "hbs") {
            made.insert(folder.join(path), bytes.clone());
        } else {
            let mut path = folder.join(path).into_os_string();
            path.push(".packed");
            made.insert(PathBuf::from(path), pack(bytes));
        }
    }
    for (path, packed) in files_below(PREPARED) {
        let is_kept = path.extension().is_some_and(|ending| ending == "pack" || ending == "templates");
        // Of what is not whole the packs are read at each start, until a test tells.
        match (is_kept, path.file_name(), unpack(&packed)) {
            (true, Some(name), Some(bytes)) => drop(made.insert(folder.join("prepared").join(name), bytes)),
            (true, ..) => println!("cargo::warning={} is damaged; run scripts/prepare-packs", path.display()),
            (false, ..) => {}
        }
    }
    // What is no longer there goes, folders too, which would be packs; what is the same stays as old as it is.
    for made_before in ["templates", "prepared"].map(|name| folder.join(name)) {
        fs::create_dir_all(&made_before).expect("the folder can be written to");
        remove_but(&made_before, &made);
    }
    for (path, bytes) in made {
        if fs::read(&path).ok().as_ref() != Some(&bytes) {
            let folder = path.parent().expect("a file stands in a folder");
            fs::create_dir_all(folder).expect("the folder can be written to");
            fs::write(path, bytes).expect("the folder can be written to");
        }
    }
}

/// Removes what is in a folder, but for some files and the folders that they are in.
fn remove_but(folder: &Path, kept: &BTreeMap<PathBuf, Vec<u8>>) {
    for entry in fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("the folder can be read").path();
        if path.is_file() && !kept.contains_key(&path) {
            fs::remove_file(path).expect("the folder can be written to");
        } else if path.is_dir() {
            if kept.keys().any(|file| file.starts_with(&path)) {
                remove_but(&path, kept);
            } else {
                fs::remove_dir_all(path).expect("the folder can be written to");
            }
        }
    }
}

/// Has the program take the packs as they were read beforehand, if they are still those that were.
fn tell_whether_prepared(packs: &BTreeMap<PathBuf, Vec<u8>>) {
    println!("cargo::rustc-check-cfg=cfg(packs_are_prepared)");
    let mut checksum = libdeflater::Crc::new();
    for (path, bytes) in packs {
        checksum.update(path.to_string_lossy().replace('\\', "/").as_bytes());
        checksum.update(bytes);
    }
    let checksum = format!("{:08x}", checksum.sum());
    println!("cargo::rustc-env=TEMPLATES_CHECKSUM={checksum}");
    if fs::read_to_string(CHECKSUM).is_ok_and(|prepared| prepared.trim_end() == checksum.trim_end()) {
        println!("cargo::rustc-cfg=packs_are_prepared");
    } else {
        println!(
            "cargo::warning=the packs are not those of {PREPARED} and are read at each start; run scripts/prepare-packs"
        );
    }
}

/// Tells whether the program is linked by GNU's linker or LLVM's, which take `INSERT`: Rust's own choice on Linux. Whoever
/// has chosen another one is left alone.
fn takes_linker_scripts() -> bool {
    let said = |name: &str| env::var(name).unwrap_or_default();
    let flags = said("CARGO_ENCODED_RUSTFLAGS");
    let chooses = |flag: &str| {
        let argument = flag.trim_start_matches("-C").trim_start().trim_start_matches("link-arg=");
        ["-fuse-ld", "-T", "-Wl,-T", "linker=", "linker-flavor="]
            .iter()
            .any(|begin| argument.starts_with(begin))
    };
    let is_chosen = flags.split('\x1f').any(chooses);
    let linker = said("RUSTC_LINKER");
    let is_known =
        ["", "cc", "gcc", "rust-lld"].contains(&linker.as_str()) || linker.ends_with("-linux-gnu-gcc");
    said("CARGO_CFG_TARGET_OS") == "linux" && said("PROFILE") == "release" && is_known && !is_chosen
}

/// Has functions stand next to one another. The system maps a program in pieces of 64 kB: of one whose functions stand as
/// they come a document needs nearly all pieces, of this one a third.
fn linker_script(list: &[u8]) -> Vec<u8> {
    let list = String::from_utf8_lossy(list);
    let mut script = "SECTIONS\n{\n  .text.used :\n  {\n".to_owned();
    for name in list.lines().filter(|line| !line.starts_with('#')) {
        script += &["    *(.text.", name, " .text.unlikely.", name, ")\n"].concat();
    }
    // What is nowhere here stands where the linker's own script has it.
    script += "  }\n}\nINSERT BEFORE .text;\n";
    script.into_bytes()
}

fn read(path: impl AsRef<Path>) -> Vec<u8> {
    let path = path.as_ref();
    fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Writes a file unless it is there and newer than what it is made of: a new template takes no time.
fn make(name: &str, inputs: &[&str], bytes: impl Fn() -> Vec<u8>) {
    let folder = env::var_os("OUT_DIR").expect("cargo says where");
    let file = Path::new(&folder).join(name);
    let script = env::current_exe().expect("a script is a file");
    let inputs = inputs.iter().map(PathBuf::from).chain([script]);
    let newest = inputs.filter_map(|input| changed(&input)).max();
    if newest.is_none() || changed(&file).is_none_or(|made| Some(made) <= newest) {
        fs::write(&file, bytes()).expect("the folder can be written to");
    }
}

fn changed(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).ok()?.modified().ok()
}

/// Compresses a file as small as libdeflate can; its length goes before it, in eight bytes, the least first.
fn pack(bytes: &[u8]) -> Vec<u8> {
    let mut packed = (bytes.len() as u64).to_le_bytes().to_vec();
    let head = packed.len();
    let mut compressor = Compressor::new(CompressionLvl::best());
    packed.resize(head + compressor.deflate_compress_bound(bytes.len()), 0);
    let length = compressor.deflate_compress(bytes, &mut packed[head..]).expect("there is room for any file");
    packed.truncate(head + length);
    packed
}

/// Unpacks what tests keep of a pack.
fn unpack(packed: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    DeflateDecoder::new(packed).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

/// Compresses a file to a stream as PDF has them (RFC 1950).
fn zlib(bytes: &[u8]) -> Vec<u8> {
    let mut packed = vec![0x78, 0xDA];
    zopfli::compress(zopfli::Options::default(), zopfli::Format::Deflate, bytes, &mut packed)
        .expect("memory can be written to");
    packed.extend(libdeflater::adler32(bytes).to_be_bytes());
    packed
}

/// Looks up the glyphs of the hanzi that documents are likely to print and of what stands before them in a face: marks,
/// digits, letters. What is written is said in src/font/usual.rs.
fn usual_glyphs() -> Vec<u8> {
    let list = String::from_utf8(read(PRINTED)).expect("the list is UTF-8");
    let printed: Vec<char> =
        list.lines().filter(|line| !line.starts_with('#')).flat_map(str::chars).collect();
    let tables = FACES.map(|file| {
        let bytes = read(file);
        let charmap = FontRef::new(&bytes).expect("the fonts are sound").charmap();
        let glyphs = ('\0'..='\u{FFFF}').filter_map(|character| {
            let glyph =
                u16::try_from(charmap.map(character)?.to_u32()).expect("a face has 65,536 glyphs at most");
            Some((character, glyph))
        });
        let mut glyphs: BTreeMap<char, u16> = glyphs.filter(|(_, glyph)| *glyph != 0).collect();
        let furthest = printed.iter().filter_map(|character| glyphs.get(character)).max().copied();
        glyphs.retain(|_, glyph| Some(*glyph) <= furthest);
        glyphs
    });
    let usual: BTreeSet<char> = tables.iter().flat_map(BTreeMap::keys).copied().collect();
    let mut written = Vec::new();
    let mut before: u16 = 0;
    for block in 0..0x1_0000 / u64::BITS {
        let is_usual = |bit: &u32| {
            char::from_u32(block * u64::BITS + bit).is_some_and(|character| usual.contains(&character))
        };
        let bits = (0..u64::BITS).filter(is_usual).fold(0_u64, |bits, bit| bits | 1 << bit);
        written.extend(bits.to_le_bytes());
        written.extend(before.to_le_bytes());
        before += bits.count_ones() as u16;
    }
    for glyphs in &tables {
        let glyphs = usual.iter().map(|character| glyphs.get(character).copied().unwrap_or_default());
        written.extend(glyphs.flat_map(u16::to_le_bytes));
    }
    written
}

/// Compresses every group: face, glyphs, length and checksum of the outlines, the outlines; numbers of four bytes,
/// glyphs of two, the least first. Of a face with TrueType's outlines it is a font program of the glyph 0 and the others,
/// a whole stream.
fn groups() -> Vec<u8> {
    let list = String::from_utf8(read(COMMON)).expect("the list is UTF-8");
    let mut packed = Vec::new();
    for line in list.lines().filter(|line| !line.starts_with('#')) {
        let (face, characters) = line.split_once('\t').expect("a face and its characters");
        let file = |faces: &[(&str, &'static str)]| {
            faces.iter().find(|(name, _)| *name == face).map(|(_, file)| *file)
        };
        let is_whole = file(&WHOLE).is_some();
        let bytes = read(file(&WHOLE).or_else(|| file(&COPIED)).expect("a face that the list may have"));
        let font = FontRef::new(&bytes).expect("the fonts are sound");
        // A character that is shown by the glyph of another, as a mark at a line's end may be, is not in the face.
        let mut glyphs: Vec<u16> = characters
            .chars()
            .filter_map(|character| u16::try_from(font.charmap().map(character)?.to_u32()).ok())
            .collect();
        glyphs.sort_unstable();
        glyphs.dedup();
        let (taken, piece) = if is_whole {
            let program = program(&bytes, &glyphs);
            let stream = zlib(&program);
            (program, stream)
        } else {
            let outlines = outlines(&font, &glyphs);
            let piece = piece(&outlines);
            (outlines, piece)
        };

        let number = |number: usize| (number as u32).to_le_bytes();
        packed.extend(number(face.len()));
        packed.extend(face.as_bytes());
        packed.extend(number(glyphs.len()));
        packed.extend(glyphs.iter().flat_map(|glyph| glyph.to_le_bytes()));
        packed.extend(number(taken.len()));
        packed.extend(libdeflater::adler32(&taken).to_le_bytes());
        packed.extend(number(piece.len()));
        packed.extend(piece);
    }
    packed
}

/// Returns the outlines of some glyphs, one after another.
fn outlines(font: &FontRef<'_>, glyphs: &[u16]) -> Vec<u8> {
    let table = font.table_data(Tag::new(b"CFF ")).expect("the face has outlines of CFF");
    let source = cff::Source::read(table.as_bytes()).expect("the outlines can be copied");
    let outlines = glyphs.iter().map(|glyph| source.char_string(*glyph).expect("the outline is whole"));
    outlines.collect::<Vec<_>>().concat()
}

/// Cuts a face down to the glyph 0 and some others, as a document does that makes its own font program.
fn program(face: &[u8], glyphs: &[u16]) -> Vec<u8> {
    let mut remapper = subsetter::GlyphRemapper::new();
    for glyph in [0].iter().chain(glyphs) {
        remapper.remap(*glyph);
    }
    subsetter::subset(face, 0, &remapper).expect("the fonts are sound")
}

/// Compresses bytes to a piece of a deflate stream: it ends with a byte, and another one may follow.
///
/// Zopfli takes a second for what zlib does in a hundredth, and makes every report some kilobytes smaller. What it makes
/// is a whole stream. One block of it is not the last when its first bit is cleared; an empty block that is stored as it
/// is then fills up the byte that the last code ends in (RFC 1951, 3.2.3 and 3.2.4).
fn piece(bytes: &[u8]) -> Vec<u8> {
    let one_block = zopfli::Options { maximum_block_splits: 1, ..zopfli::Options::default() };
    let mut block = Vec::new();
    zopfli::compress(one_block, zopfli::Format::Deflate, bytes, &mut block)
        .expect("memory can be written to");
    block[0] &= !1;
    // The empty block's head is three bits. Where the last byte has no room for them, they begin the next.
    let ends: [&[u8]; 2] = [&[0x00, 0x00, 0xFF, 0xFF], &[0x00, 0x00, 0x00, 0xFF, 0xFF]];
    let pieces = ends.map(|end| [&block, end].concat());
    pieces
        .into_iter()
        .find(|piece| unpacked(piece).is_some_and(|read| read == bytes))
        .expect("one of them fits")
}

/// Returns what a piece of a deflate stream says, if another piece can follow it.
fn unpacked(piece: &[u8]) -> Option<Vec<u8>> {
    const NOTHING_MORE: [u8; 5] = [0x01, 0x00, 0x00, 0xFF, 0xFF];
    let stream = [piece, &NOTHING_MORE].concat();
    let mut read = Vec::new();
    let mut decoder = DeflateDecoder::new(stream.as_slice());
    decoder.read_to_end(&mut read).ok()?;
    (decoder.total_in() == stream.len() as u64).then_some(read)
}

//! Holds the list of characters that most reports print (`fonts/common.tsv`) against the samples.

#![expect(clippy::disallowed_methods, reason = "reads the samples and writes the list")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use shizheng::data::{self, Source};
use shizheng::fill::{self, Templates};
use shizheng::font::Fonts;
use shizheng::layout::layout;
use shizheng::markup;
use shizheng::pack::Pack;
use shizheng::page::{FrameItem, Pages};

/// The faces whose outlines are copied as they are, so that they can be compressed before.
const COPIED: [&str; 2] = ["fangsong", "kai"];

/// The faces of which most reports print the same, so that a whole font program of them is made before.
const WHOLE: [&str; 2] = ["song", "hei"];

const HEAD: &str = "\
# The characters that most reports print, by face, in groups that are printed together: the build script compresses
# their outlines for every report that prints nearly all of a group. Of song and hei it is all that these print, and a
# whole font program is made. Written by
#   cargo test write_the_list_of_common_characters -- --ignored
# from the samples; a test tells when it no longer fits them.
";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn samples() -> Vec<PathBuf> {
    let files = fs::read_dir(root().join("samples")).unwrap().map(|entry| entry.unwrap().path());
    let mut samples: Vec<_> =
        files.filter(|path| path.extension().is_some_and(|end| end == "json")).collect();
    samples.sort();
    samples
}

/// Lays a sample out that is made for the usual pack.
fn paginate(sample: &Path, pack: &Pack, templates: &Templates, fonts: &Fonts) -> Option<Pages> {
    let source = Source { name: sample.display().to_string(), bytes: fs::read(sample).unwrap(), line: 1 };
    if data::peek(&source, &[]).pack.is_some_and(|name| name != pack.manifest().name) {
        return None;
    }
    let record = data::load(&source, pack.schema()).unwrap();
    let filled = fill::fill(templates, &record).unwrap();
    let document = markup::parse(&filled, &pack.manifest().language).unwrap();
    Some(layout(&document, pack.style(), fonts).unwrap())
}

fn printed(pages: &Pages, fonts: &Fonts, face: &str) -> BTreeSet<char> {
    let id = fonts.find(face).unwrap();
    let runs = pages.pages.iter().flat_map(|page| &page.items).filter_map(|item| match item {
        FrameItem::Text(run) if run.face == id => Some(run),
        _ => None,
    });
    runs.flat_map(|run| run.glyphs.iter().map(|glyph| glyph.character)).collect()
}

/// The characters of every sample, by face.
fn printed_by_all<const N: usize>(faces: [&'static str; N]) -> BTreeMap<&'static str, Vec<BTreeSet<char>>> {
    let pack = Pack::embedded("annual-report").unwrap().unwrap();
    let templates = Templates::compile(&pack).unwrap();
    let fonts = Fonts::embedded();
    let pages: Vec<_> =
        samples().iter().filter_map(|sample| paginate(sample, &pack, &templates, &fonts)).collect();
    assert!(pages.len() >= 3);
    faces.iter().map(|face| (*face, pages.iter().map(|it| printed(it, &fonts, face)).collect())).collect()
}

fn listed() -> BTreeMap<String, Vec<BTreeSet<char>>> {
    let list = fs::read_to_string(root().join("fonts/common.tsv")).unwrap();
    let mut groups: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for line in list.lines().filter(|line| !line.starts_with('#')) {
        let (face, characters) = line.split_once('\t').unwrap();
        groups.entry(face.to_owned()).or_default().push(characters.chars().collect());
    }
    groups
}

#[test]
fn most_of_every_sample_is_compressed_beforehand() {
    let groups = listed();
    for (face, samples) in printed_by_all(COPIED) {
        for printed in samples {
            let suits =
                |group: &&BTreeSet<char>| group.intersection(&printed).count() * 100 >= group.len() * 95;
            let taken: BTreeSet<char> = groups[face].iter().filter(suits).flatten().copied().collect();
            let covered = taken.intersection(&printed).count();
            assert!(covered * 4 >= printed.len() * 3, "{face}: {covered} of {}", printed.len());
            let idle = taken.difference(&printed).count();
            assert!(idle * 50 <= printed.len(), "{face}: {idle} of {} for nothing", printed.len());
        }
    }
}

#[test]
fn every_sample_takes_whole_programs() {
    let groups = listed();
    for (face, samples) in printed_by_all(WHOLE) {
        let [group] = groups[face].as_slice() else { panic!("{face} has several groups") };
        for printed in samples {
            assert!(printed.is_subset(group), "{face}: {:?}", printed.difference(group));
            assert!(printed.len() * 100 >= group.len() * 95, "{face}: {:?}", group.difference(&printed));
        }
    }
}

#[test]
#[ignore = "writes fonts/common.tsv"]
fn write_the_list_of_common_characters() {
    let mut list = HEAD.to_owned();
    for (face, samples) in printed_by_all(COPIED) {
        let common = |of: &[&BTreeSet<char>]| -> BTreeSet<char> {
            let first = of[0].iter().copied();
            first.filter(|character| of.iter().all(|printed| printed.contains(character))).collect()
        };
        let fullest = samples.iter().map(BTreeSet::len).max().unwrap();
        let all = common(&samples.iter().collect::<Vec<_>>());
        // What the full reports print beside.
        let full: Vec<_> = samples.iter().filter(|printed| printed.len() * 10 >= fullest * 9).collect();
        let beside: BTreeSet<char> = common(&full).difference(&all).copied().collect();
        for group in [all, beside] {
            // A few would gain less than what it costs to change from one group to the other.
            if group.len() >= 8 {
                writeln!(list, "{face}\t{}", group.iter().collect::<String>()).unwrap();
            }
        }
    }
    for (face, samples) in printed_by_all(WHOLE) {
        let all: BTreeSet<char> = samples.into_iter().flatten().collect();
        writeln!(list, "{face}\t{}", all.iter().collect::<String>()).unwrap();
    }
    fs::write(root().join("fonts/common.tsv"), list).unwrap();
}

//! Puts glyphs together to lines and shapes to rules.

use std::collections::HashMap;

use super::marks::is_hanzi;
use super::seen::{Colour, Glyph, Page, Seen};
use crate::units::{Abs, Rect, Size};

/// How far baselines of one line may be apart, in ems: faces that sit low are raised, marks of footnotes too.
const SAME_LINE: f64 = 0.3;
/// The thickest that a rule is.
const RULE_HEIGHT: Abs = Abs::pt(4.0);
/// The shortest that a rule is.
const RULE_LENGTH: Abs = Abs::mm(5.0);

/// A page in lines.
#[derive(Debug)]
pub(super) struct Sheet {
    /// Its number in the file, from 1.
    pub(super) number: usize,
    /// Its size.
    pub(super) size: Size,
    /// Its upright lines from top to bottom, the page number among them.
    pub(super) lines: Vec<Line>,
    /// Its horizontal rules from top to bottom.
    pub(super) rules: Vec<Rule>,
    /// Its vertical rules.
    pub(super) uprights: Vec<Rule>,
    /// What is coloured in, neither black nor a rule.
    pub(super) grounds: Vec<(Rect, Colour)>,
    /// The places of its pictures.
    pub(super) pictures: Vec<Rect>,
    /// The glyphs that do not stand upright.
    pub(super) turned: Vec<Glyph>,
}

/// Glyphs on one baseline.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// Its page's number.
    pub(super) page: usize,
    /// Its number on its page, from 1.
    pub(super) number: usize,
    /// Its glyphs from left to right, blanks left out.
    pub(super) glyphs: Vec<Glyph>,
    /// Its text, one character for each glyph.
    pub(super) text: Vec<char>,
    /// The size of most of its glyphs.
    pub(super) size: Abs,
    /// The baseline of the glyphs in that font.
    pub(super) baseline: Abs,
    /// The height of the middle of its cells.
    pub(super) middle: Abs,
}

/// A straight line that is drawn.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    /// What it covers.
    pub(super) bounds: Rect,
    /// Its colour.
    pub(super) colour: Colour,
}

impl Rule {
    /// Returns its left end.
    pub(super) fn left(&self) -> Abs {
        self.bounds.origin.x
    }

    /// Returns its right end.
    pub(super) fn right(&self) -> Abs {
        self.bounds.origin.x + self.bounds.size.width
    }

    /// Returns its upper edge.
    pub(super) fn top(&self) -> Abs {
        self.bounds.origin.y
    }

    /// Returns its lower edge.
    pub(super) fn bottom(&self) -> Abs {
        self.bounds.origin.y + self.bounds.size.height
    }

    /// Returns how thick a horizontal one is.
    pub(super) fn height(&self) -> Abs {
        self.bounds.size.height
    }

    /// Returns how long a horizontal one is.
    pub(super) fn length(&self) -> Abs {
        self.bounds.size.width
    }
}

impl Line {
    /// Returns where its first glyph begins.
    pub(super) fn left(&self) -> Abs {
        self.glyphs.first().map_or(Abs::ZERO, |glyph| glyph.origin.x)
    }

    /// Returns where the advance of its last glyph ends.
    pub(super) fn right(&self) -> Abs {
        self.glyphs.last().map_or(Abs::ZERO, Glyph::end)
    }

    /// Returns the upper edge of its cells.
    pub(super) fn top(&self) -> Abs {
        self.middle - self.size / 2.0
    }

    /// Returns the lower edge of its cells.
    pub(super) fn bottom(&self) -> Abs {
        self.middle + self.size / 2.0
    }

    /// Returns its first character.
    pub(super) fn first(&self) -> char {
        self.text.first().copied().unwrap_or(' ')
    }

    /// Returns its last character.
    pub(super) fn last(&self) -> char {
        self.text.last().copied().unwrap_or(' ')
    }

    /// Returns its text.
    pub(super) fn string(&self) -> String {
        self.text.iter().collect()
    }

    /// Returns its text, shortened where it is long.
    pub(super) fn short(&self) -> String {
        shorten(&self.text)
    }

    /// Returns the box of its ink; nothing where no glyph's ink is known.
    pub(super) fn ink(&self) -> Option<[Abs; 4]> {
        let inks = self.glyphs.iter().filter_map(|glyph| glyph.ink);
        inks.map(|ink| {
            [ink.origin.x, ink.origin.y, ink.origin.x + ink.size.width, ink.origin.y + ink.size.height]
        })
        .reduce(|a, b| [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])])
    }
}

/// Shortens a text for a message.
pub(super) fn shorten(text: &[char]) -> String {
    if text.len() <= 16 {
        return text.iter().collect();
    }
    let (start, end) = (text[..8].iter(), text[text.len() - 6..].iter());
    start.chain(['…'].iter()).chain(end).collect()
}

/// Puts the pages of a file into lines and rules.
pub(super) fn arrange(seen: &Seen) -> Vec<Sheet> {
    let middles = middles(seen);
    seen.pages.iter().map(|page| sheet(page, &middles)).collect()
}

/// Returns for each font by how many ems the middle of its hanzi lies above the baseline.
fn middles(seen: &Seen) -> HashMap<usize, f64> {
    let mut found: HashMap<usize, Vec<f64>> = HashMap::new();
    for glyph in seen.pages.iter().flat_map(|page| &page.glyphs).filter(|glyph| glyph.upright) {
        if let Some(ink) =
            glyph.ink.filter(|_| is_hanzi(glyph.character()) && !"一二三丶".contains(&glyph.text))
        {
            let middle = ink.origin.y + ink.size.height / 2.0;
            found.entry(glyph.font).or_default().push((glyph.origin.y - middle) / glyph.size);
        }
    }
    found.into_iter().filter_map(|(font, values)| Some((font, median(values)?))).collect()
}

/// Returns the length half way between two.
pub(super) fn mean(a: Abs, b: Abs) -> Abs {
    (a + b) / 2.0
}

/// Returns the middle one of some numbers.
pub(super) fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied()
}

fn sheet(page: &Page, middles: &HashMap<usize, f64>) -> Sheet {
    let is_shown = |glyph: &&Glyph| !glyph.text.chars().all(char::is_whitespace) && !glyph.text.is_empty();
    let (upright, turned): (Vec<&Glyph>, Vec<&Glyph>) =
        page.glyphs.iter().filter(is_shown).partition(|glyph| glyph.upright);
    let mut lines = sorted(page.number, upright, middles);
    for (at, line) in lines.iter_mut().enumerate() {
        line.number = at + 1;
    }
    let (mut rules, mut uprights, mut grounds) = (Vec::new(), Vec::new(), Vec::new());
    for shape in &page.shapes {
        let Size { width, height } = shape.bounds.size;
        let rule = Rule { bounds: shape.bounds, colour: shape.colour };
        if shape.plain && height <= RULE_HEIGHT && width >= RULE_LENGTH {
            rules.push(rule);
        } else if shape.plain && width <= RULE_HEIGHT && height >= RULE_LENGTH {
            uprights.push(rule);
        } else if !shape.colour.is_black() {
            grounds.push((shape.bounds, shape.colour));
        }
    }
    Sheet {
        number: page.number,
        size: page.size,
        lines,
        rules: joined(rules),
        uprights,
        grounds,
        pictures: page.pictures.clone(),
        turned: turned.into_iter().cloned().collect(),
    }
}

/// Puts glyphs that are none of the upright ones together to lines, as read from above down.
pub(super) fn gathered(page: usize, glyphs: Vec<&Glyph>) -> Vec<Line> {
    sorted(page, glyphs, &HashMap::new())
}

fn sorted(page: usize, glyphs: Vec<&Glyph>, middles: &HashMap<usize, f64>) -> Vec<Line> {
    let mut lines: Vec<Line> =
        clusters(glyphs).into_iter().map(|glyphs| line(page, glyphs, middles)).collect();
    lines.sort_by(|a, b| a.middle.to_pt().total_cmp(&b.middle.to_pt()));
    lines
}

/// Parts glyphs by their baselines.
fn clusters(mut glyphs: Vec<&Glyph>) -> Vec<Vec<&Glyph>> {
    glyphs.sort_by(|a, b| a.origin.y.to_pt().total_cmp(&b.origin.y.to_pt()));
    let mut clusters: Vec<Vec<&Glyph>> = Vec::new();
    for glyph in glyphs {
        let near = clusters
            .last()
            .and_then(|cluster| cluster.last())
            .is_some_and(|last| glyph.origin.y - last.origin.y <= last.size.max(glyph.size) * SAME_LINE);
        match clusters.last_mut() {
            Some(cluster) if near => cluster.push(glyph),
            _ => clusters.push(vec![glyph]),
        }
    }
    raised(clusters)
}

/// Puts small raised or lowered glyphs to the line that they belong to.
fn raised(clusters: Vec<Vec<&Glyph>>) -> Vec<Vec<&Glyph>> {
    let largest = |cluster: &[&Glyph]| cluster.iter().fold(Abs::ZERO, |size, glyph| size.max(glyph.size));
    let mut joined: Vec<Vec<&Glyph>> = Vec::new();
    for cluster in clusters {
        if let Some(before) = joined.last_mut() {
            let (own, other) = (largest(&cluster), largest(before));
            let apart = cluster[0].origin.y - before[0].origin.y;
            let small = own.min(other) < own.max(other) * 0.75 && apart < own.max(other) * 0.6;
            if small && cluster.len().min(before.len()) < 4 {
                before.extend(cluster);
                continue;
            }
        }
        joined.push(cluster);
    }
    joined
}

fn line(page: usize, mut glyphs: Vec<&Glyph>, middles: &HashMap<usize, f64>) -> Line {
    glyphs.sort_by(|a, b| a.origin.x.to_pt().total_cmp(&b.origin.x.to_pt()));
    // Bold without a bold face is the same glyph painted twice, a hair apart.
    glyphs.dedup_by(|b, a| {
        a.text == b.text
            && (b.origin.x - a.origin.x) < a.size * 0.1
            && (b.origin.y - a.origin.y).abs() < a.size * 0.1
    });
    let mut sizes: HashMap<(usize, i64), usize> = HashMap::new();
    for glyph in &glyphs {
        let weight = if is_hanzi(glyph.character()) { 4 } else { 1 };
        *sizes.entry((glyph.font, (glyph.size.to_pt() * 100.0).round() as i64)).or_default() += weight;
    }
    let most = sizes.into_iter().max_by_key(|((font, size), count)| (*count, *size, *font));
    let ((font, size), _) = most.unwrap_or(((0, 0), 0));
    let size = Abs::pt(size as f64 / 100.0);
    let baselines = glyphs.iter().filter(|glyph| glyph.font == font).map(|glyph| glyph.origin.y.to_pt());
    let baseline = Abs::pt(median(baselines.collect()).unwrap_or(0.0));
    // Without ink: the em box of hanzi reaches from 0.88 above the baseline to 0.12 below it.
    let middle = baseline - size * middles.get(&font).copied().unwrap_or(0.38);
    Line {
        page,
        number: 0,
        text: glyphs.iter().map(|glyph| glyph.character()).collect(),
        glyphs: glyphs.into_iter().cloned().collect(),
        size,
        baseline,
        middle,
    }
}

/// Joins rules that go on from one another, as borders of cells do.
fn joined(mut rules: Vec<Rule>) -> Vec<Rule> {
    rules.sort_by(|a, b| {
        (a.top().to_pt(), a.left().to_pt())
            .partial_cmp(&(b.top().to_pt(), b.left().to_pt()))
            .unwrap_or(std::cmp::Ordering::Equal)
    });
    let mut joined: Vec<Rule> = Vec::new();
    for rule in rules {
        let before = joined.iter_mut().rev().take(64).find(|before| {
            let level = (before.top() - rule.top()).abs() < Abs::pt(0.3)
                && (before.bottom() - rule.bottom()).abs() < Abs::pt(0.3);
            level
                && rule.left() <= before.right() + Abs::pt(0.6)
                && before.left() <= rule.right() + Abs::pt(0.6)
        });
        match before {
            Some(before) => {
                let (left, right) = (before.left().min(rule.left()), before.right().max(rule.right()));
                before.bounds.origin.x = left;
                before.bounds.size.width = right - left;
            }
            None => joined.push(rule),
        }
    }
    joined
}

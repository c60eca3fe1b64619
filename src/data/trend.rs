//! Questions figures that are far from what they were or from what is usual.

use std::collections::HashSet;

use rust_decimal::Decimal;

use super::facts::{Facts, in_unit, shown};
use super::growth::{self, Verdict};
use super::{Leaf, Measure, Previous, Quantity, Value, past};
use crate::diag::catalogue::data::{CONSTANT_PRICE, GROWTH_DISAGREES, MAGNITUDE, SHRUNK, SWING};
use crate::diag::catalogue::previous::PREVIOUS_DIFFERS;
use crate::diag::catalogue::trend::RATE_UNUSUAL;
use crate::diag::{Diagnostic, Severity, Text};
use crate::pack::{Field, Kind, dimension};

/// Four orders of magnitude: between 元 and 万元, 万元 and 亿元.
const MAGNITUDE_POWER: i32 = 4;

/// What last year's value is multiplied by to be nearer to four orders of magnitude than to three: the square root
/// of ten millions. A figure in the wrong unit is ten thousand times its right value, not last year's.
const FAR_FROM_LAST_YEAR: Decimal = Decimal::from_parts(3162, 0, 0, false, 0);

/// How many times the least the greatest of the usual values is, at most, where all are of about one size.
const NARROW: Decimal = Decimal::from_parts(20, 0, 0, false, 0);

/// The fastest that the figures of a place grow or fall, in percent, where the schema does not say.
const FASTEST: Decimal = Decimal::from_parts(50, 0, 0, false, 0);

/// Questions every figure.
pub(super) fn check(facts: &Facts<'_>, file: Option<&Previous>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let growth: Vec<_> =
        facts.schema.fields().iter().filter_map(|field| Some((field, growth(facts, field)?))).collect();
    // That two levels do not fit is told once: of the rate that is given of them.
    let is_told =
        |level: &Field| growth.iter().any(|(rate, _)| rate.bearing.growth_of.as_ref() == Some(&level.path));
    for field in facts.schema.fields() {
        found.extend(file.and_then(|file| revised(facts, field, file)));
        for leaf in facts.leaves(&field.path) {
            let Some(measure) = facts.measure(leaf) else { continue };
            let before = facts.before(&leaf.path).filter(|_| past::is_comparable(leaf));
            // One cause is told once: the wrong unit before the swing that it makes.
            let told = magnitude(facts, leaf, measure, before)
                .or_else(|| rate(facts, leaf, measure))
                .or_else(|| shrunk(facts, leaf, measure, before?))
                .or_else(|| swing(facts, leaf, measure, before?).filter(|_| !is_told(field)));
            found.extend(told);
        }
    }
    found.extend(growth.into_iter().map(|(_, told)| told));
    found
}

/// Returns the paths of the figures that are likely in the wrong unit: what else is odd about them comes of that.
pub(super) fn doubted(found: &[Diagnostic]) -> HashSet<&str> {
    let doubts = found.iter().filter(|found| found.entry.code == MAGNITUDE.code);
    doubts.filter_map(|found| found.origin.as_ref()?.path.as_deref()).collect()
}

/// Holds a given rate of growth against the two levels.
fn growth(facts: &Facts<'_>, field: &Field) -> Option<Diagnostic> {
    let level = facts.schema.field(field.bearing.growth_of.as_ref()?)?;
    let (leaf, given) = facts.figure(&field.path)?;
    let (now_leaf, now) = facts.figure(&level.path)?;
    let (before_shown, before) = facts.before(&level.path)?;
    let verdict = growth::judge(level, given, now, *before, (field.bearing.basis, field.bearing.bound));
    let severity = match verdict {
        Verdict::Disagrees => Severity::Error,
        _ => Severity::Warning,
    };
    let severity = facts.schema.severity("growth", severity)?;
    // A doubt that comes of a unit is told with the unit.
    let is_told = magnitude(facts, now_leaf, now, Some(&(before_shown.clone(), *before))).is_some();
    if is_told && verdict != Verdict::Disagrees {
        return None;
    }
    let told =
        disagreement(facts, verdict, severity, (leaf, given), (now_leaf, now), (before_shown, *before))?;
    let own = facts.schema.previous_of(&level.path).filter(|own| facts.figure(&own.path).is_none());
    Some(match own.map(|own| &**own) {
        Some(Field { path, .. }) => told.hint(Text::both(
            format!("上年的数取自上年的数据文件；后来核定修订过的，把修订后的数填在 `{path}`"),
            format!(
                "last year's value is from last year's file; if it was revised since, give it as `{path}`"
            ),
        )),
        None => told,
    })
}

/// Tells a verdict on a rate of growth, unless it agrees.
pub(super) fn disagreement(
    facts: &Facts<'_>,
    verdict: Verdict,
    severity: Severity,
    (leaf, given): (&Leaf, Measure),
    (now_leaf, now): (&Leaf, Measure),
    (before_shown, before): (&Quantity, Measure),
) -> Option<Diagnostic> {
    let decimals = given.number.scale().max(leaf.field.decimals.unwrap_or_default());
    let computed = growth::change(&now_leaf.field, now.number, before.number)
        .map(|change| format!("{}{}", growth::rounded(change, Some(decimals)), leaf.field.unit));
    let computed = computed.unwrap_or_default();
    let reason = match verdict {
        Verdict::Agrees => return None,
        Verdict::Disagrees => {
            return Some(
                facts
                    .tell(&GROWTH_DISAGREES, severity, leaf)
                    .with("given", facts.unrounded(leaf))
                    .with("level", facts.unrounded(now_leaf))
                    .with("previous", before_shown)
                    .with("computed", computed),
            );
        }
        Verdict::OtherSign => Text::both("一升一降", "one a rise, the other a fall"),
        Verdict::TooFar(bound) => {
            Text::both(format!("相差超过{bound}个百分点"), format!("more than {bound} points apart"))
        }
    };
    let diagnostic = facts.tell(&CONSTANT_PRICE, severity, leaf).with("given", shown(leaf));
    let diagnostic = diagnostic.with("level", facts.unrounded(now_leaf)).with("previous", before_shown);
    Some(diagnostic.with("computed", computed).with("reason", reason))
}

/// Finds last year's value given otherwise in last year's file.
fn revised(facts: &Facts<'_>, field: &Field, file: &Previous) -> Option<Diagnostic> {
    let level = field.bearing.previous_of.as_ref()?;
    let severity = facts.schema.severity("growth", Severity::Warning)?;
    if field.kind == Kind::Shares {
        let (leaf, before) = (facts.leaves(&field.path).first()?, file.shares(level)?);
        return (leaf.value != before.value).then(|| {
            let warning = facts.tell(&PREVIOUS_DIFFERS, severity, leaf);
            warning.with("given", shown(leaf)).with("found", shown(before))
        });
    }
    let (leaf, given) = facts.figure(&field.path)?;
    let (quantity, before) = file.get(level)?;
    let differs = given.number != before.number || given.approximation != before.approximation;
    differs.then(|| {
        let warning = facts.tell(&PREVIOUS_DIFFERS, severity, leaf);
        warning.with("given", shown(leaf)).with("found", quantity)
    })
}

/// Finds a figure that is ten thousand times too large or too small: the unit may be wrong.
///
/// It is held against last year's value, and where that is not known against the usual ones. A value of last year that stands
/// in the same file tells nothing where both are alike: whoever filled in the file in 万元 gave both in 万元.
fn magnitude(
    facts: &Facts<'_>,
    leaf: &Leaf,
    measure: Measure,
    before: Option<&(Quantity, Measure)>,
) -> Option<Diagnostic> {
    let field = &leaf.field;
    let severity = facts.schema.severity("magnitude", Severity::Warning)?;
    let size = measure.number.abs();
    if size.is_zero() || !matches!(field.kind, Kind::Quantity | Kind::Count) {
        return None;
    }
    let known = before.filter(|(_, before)| !before.number.is_zero());
    let (way, range) = if let Some((quantity, before)) = known {
        let before = before.number.abs();
        let is_far_above = |large: Decimal, small: Decimal| {
            small.checked_mul(FAR_FROM_LAST_YEAR).is_some_and(|far| large >= far)
        };
        let last = || Text::both(format!("上年的{quantity}"), format!("last year's {quantity}"));
        let is_from_here =
            || facts.schema.previous_of(&field.path).is_some_and(|own| facts.figure(&own.path).is_some());
        if is_far_above(size, before) {
            (far_above(&last()), (before, before))
        } else if is_far_above(before, size) {
            (far_below(&last()), (before, before))
        } else {
            // A place may be beyond the usual, year after year, but not by another order of magnitude.
            let range = field.bearing.typical.filter(|_| is_from_here())?;
            (unusual(field, size, range, 1)?, range)
        }
    } else {
        let range = field.bearing.typical?;
        (unusual(field, size, range, 0)?, range)
    };
    let warning =
        facts.tell(&MAGNITUDE, severity, leaf).with("found", facts.unrounded(leaf)).with("way", way);
    let warning = warning.with("unit", &field.unit);
    Some(match other_unit(field, measure, range) {
        Some(meant) => warning.hint(Text::both(
            format!("数若是以别的单位计的，改为：`\"{meant}\"`"),
            format!("if the number is in another unit, write: `\"{meant}\"`"),
        )),
        None => warning,
    })
}

/// Tells in which way a size is far from the usual ones: beyond the greatest by more than some powers of ten and ten thousand
/// times the least, for one in the wrong unit may have been any of them; or a ten thousandth of the least. Where all are of
/// about one size, as what people earn is, three times the greatest is far, and a third of the least.
fn unusual(field: &Field, size: Decimal, (least, most): (Decimal, Decimal), beyond: i32) -> Option<Text> {
    let name = || {
        let range = if least == most { String::new() } else { format!("{}—", least.normalize()) };
        usual(&(range + &in_unit(most, field)))
    };
    let times = |number: Decimal, factor: Decimal| number.checked_mul(factor);
    let is_narrow = least < most && times(least, NARROW).is_some_and(|far| most <= far);
    let (above, below) = if is_narrow {
        (
            times(most, Decimal::from(3)).is_some_and(|far| size > far),
            times(size, Decimal::from(3)) < Some(least),
        )
    } else {
        let is_beyond = || dimension::shift(most, beyond).is_some_and(|most| size > most);
        (is_far_above(size, least) && is_beyond(), is_far_above(least, size))
    };
    if above { Some(far_above(&name())) } else { below.then(|| far_below(&name())) }
}

fn far_above(usual: &Text) -> Text {
    Text::both(format!("比{}大得多", usual.zh), format!("far above {}", usual.en))
}

fn far_below(usual: &Text) -> Text {
    Text::both(format!("比{}小得多", usual.zh), format!("far below {}", usual.en))
}

/// Finds a rate that no aggregate has: its decimal point may be misplaced. A rate of growth that its level and the
/// year before bear out, or that was such a one last year, is none.
fn rate(facts: &Facts<'_>, leaf: &Leaf, measure: Measure) -> Option<Diagnostic> {
    let field = &leaf.field;
    let severity = facts.schema.severity("usual-rate", Severity::Warning)?;
    let (least, most) = match (field.kind, field.bearing.typical) {
        (Kind::Growth, None) => (-FASTEST, FASTEST),
        (Kind::Growth, Some((_, most))) => (-most, most),
        // What is no share at all breaks the range that shares have.
        (Kind::Percent, Some((_, most))) if is_share(measure.number) => (Decimal::ZERO, most),
        _ => return None,
    };
    let is_usual = |number: Decimal| (least..=most).contains(&number);
    let is_known = |path: &String| facts.before(path).is_some();
    let is_borne_out = field.bearing.growth_of.as_ref().is_some_and(is_known)
        || facts.before(&leaf.path).is_some_and(|(_, before)| !is_usual(before.number));
    if is_usual(measure.number) || is_borne_out {
        return None;
    }
    let warning = facts.tell(&RATE_UNUSUAL, severity, leaf).with("found", facts.unrounded(leaf));
    let (least, most) = (in_unit(least, field), in_unit(most, field));
    Some(warning.with("usual", Text::both(format!("{least}至{most}"), format!("{least} to {most}"))))
}

fn is_share(number: Decimal) -> bool {
    (Decimal::ZERO..=Decimal::ONE_HUNDRED).contains(&number)
}

/// Names what a figure usually is.
fn usual(range: &str) -> Text {
    Text::both(format!("通常的{range}"), format!("the usual {range}"))
}

/// Tells whether a number is four orders of magnitude above another, or more.
fn is_far_above(large: Decimal, small: Decimal) -> bool {
    dimension::shift(small, MAGNITUDE_POWER).is_some_and(|small| large >= small)
}

/// Returns the number in the unit of its kind in which it is nearest to the usual: 元, 万元 or 亿元.
fn other_unit(field: &Field, measure: Measure, (least, most): (Decimal, Decimal)) -> Option<String> {
    if !measure.is_exact() {
        return None;
    }
    let (own, base) = dimension::split(&field.unit);
    let words = [(0, ""), (4, "万"), (8, "亿")];
    let number = measure.number.abs();
    // How many times it is above or below the usual.
    let distance = |power: i32| {
        let number = dimension::shift(number, power - own)?;
        let (large, small) = if number > most { (number, most) } else { (least, number) };
        if large <= small { Some(Decimal::ONE) } else { large.checked_div(small) }
    };
    let near = words.into_iter().filter_map(|(power, word)| Some((distance(power)?, power, word)));
    let (_, power, word) = near.min_by_key(|(distance, ..)| *distance)?;
    // 个, 家 and the like are counted one by one.
    let is_usual = power != own && (own > 0 || matches!(base, "元" | "美元" | "人"));
    is_usual.then(|| format!("{}{word}{base}", measure.number))
}

/// Finds a stock that is less than it was.
fn shrunk(
    facts: &Facts<'_>,
    leaf: &Leaf,
    measure: Measure,
    (quantity, before): &(Quantity, Measure),
) -> Option<Diagnostic> {
    let severity = facts.schema.severity("stock", Severity::Warning)?;
    let is_less = before.bounds().least.is_some_and(|before| measure.bounds().is_below(before));
    (leaf.field.bearing.stock && is_less)
        .then(|| facts.tell(&SHRUNK, severity, leaf).with("found", shown(leaf)).with("previous", quantity))
}

/// Finds a figure that is farther from last year's than the schema expects.
fn swing(
    facts: &Facts<'_>,
    leaf: &Leaf,
    measure: Measure,
    (quantity, before): &(Quantity, Measure),
) -> Option<Diagnostic> {
    let bound = facts.schema.swing(&leaf.field).filter(|_| leaf.field.kind != Kind::Rank)?;
    let severity = facts.schema.severity("swing", Severity::Warning)?;
    let change = growth::change(&leaf.field, measure.number, before.number)?;
    if change.abs() <= bound || !matches!(leaf.value, Value::Quantity(_)) {
        return None;
    }
    let is_rate = matches!(leaf.field.kind, Kind::Percent | Kind::Growth);
    let unit = if is_rate { "个百分点" } else { "%" };
    let (zh, en) = match (change.is_sign_negative(), is_rate) {
        (true, _) => ("下降", "down"),
        (false, true) => ("提高", "up"),
        (false, false) => ("增长", "up"),
    };
    let size = growth::rounded(change.abs(), None);
    let change = Text::both(format!("{zh}{size}{unit}"), format!("{en} {size}{unit}"));
    let bound = format!("{}{unit}", bound.normalize());
    let warning = facts.tell(&SWING, severity, leaf).with("found", shown(leaf)).with("previous", quantity);
    Some(warning.with("change", change).with("bound", bound))
}

//! Asks how amounts stand to each other: parts and wholes, means, quotients, targets.
//!
//! Published figures are rounded one by one, each from its own digits. So every one is taken for all that it may have
//! been, and a rule is broken where no choice among these would keep it.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::{Ask, in_units_of, list};
use crate::data::facts::in_unit;
use crate::data::measure::Bounds;
use crate::data::{Approximation, Leaf, Measure, Value};
use crate::diag::{Diagnostic, Text};
use crate::pack::{Kind, dimension};

/// What is said of a target, as far as it can be held against what came of it.
enum Verdict {
    Missed,
    Nearly,
    Met,
    Exceeded,
}

impl Verdict {
    /// Reads what is said: 未完成, 基本完成, 完成, 超额完成.
    fn read(said: &str) -> Option<Self> {
        let says = |words: &[&str]| words.iter().any(|word| said.contains(word));
        if says(&["未", "没有"]) {
            Some(Self::Missed)
        } else if says(&["超额", "超过"]) {
            Some(Self::Exceeded)
        } else if says(&["基本", "接近"]) {
            Some(Self::Nearly)
        } else {
            says(&["完成", "达到", "实现"]).then_some(Self::Met)
        }
    }
}

impl Ask<'_> {
    pub(super) fn share_of(
        &self,
        share: &str,
        parts: &[String],
        whole: &str,
        tolerance: Decimal,
    ) -> Option<Diagnostic> {
        let facts = self.facts;
        let leaf = facts.leaves(share).first()?;
        let whole = facts.leaves(whole).first()?;
        let shares = match &leaf.value {
            Value::Shares(shares) => shares.map(Measure::exact).to_vec(),
            _ => vec![facts.measure(leaf)?],
        };
        let whole_measure = facts.measure(whole)?;
        let mut given = Vec::with_capacity(parts.len());
        let mut is_off = false;
        for (share, part) in shares.iter().zip(parts) {
            let part = facts.leaves(part).first()?;
            let measure = in_units_of(&whole.field, facts.measure(part)?, &part.field)?;
            let gap = share.unrounded().minus(percentage(measure.unrounded(), whole_measure.unrounded())?);
            is_off |= gap.is_above(tolerance) || gap.is_below(-tolerance);
            given.push((part, measure, share.number.scale()));
        }
        if !is_off {
            return None;
        }
        let mut computed = Vec::new();
        for (_, part, scale) in &given {
            let share = Decimal::ONE_HUNDRED.checked_mul(part.number)?.checked_div(whole_measure.number)?;
            computed.push(share.round_dp(*scale).to_string());
        }
        let named = [leaf].into_iter().chain(given.iter().map(|(part, ..)| *part)).chain([whole]);
        let named: Vec<_> = named.map(|leaf| facts.name(leaf)).collect();
        Some(self.broken(leaf, reckoned(&list(&named), &format!("{}%", computed.join(":")))))
    }

    pub(super) fn part_of(&self, parts: &[String], whole: &str, together: bool) -> Option<Diagnostic> {
        let facts = self.facts;
        let whole = facts.leaves(whole).first()?;
        let most = facts.measure(whole)?;
        let mut sum = Bounds { least: Some(Decimal::ZERO), most: Some(Decimal::ZERO) };
        let mut number = Decimal::ZERO;
        let mut given = Vec::new();
        for leaf in parts.iter().flat_map(|part| facts.leaves(part)) {
            let Some(measure) = facts.measure(leaf) else { continue };
            let measure = in_units_of(&whole.field, measure, &leaf.field)?;
            if measure.bounds().is_above(most.bounds().most?) {
                return Some(self.broken(leaf, list(&[facts.name(leaf), facts.name(whole)])));
            }
            sum = sum.plus(rounded(leaf, measure));
            number = number.checked_add(measure.number)?;
            given.push(leaf);
        }
        (together && sum.is_above(rounded(whole, most).most?)).then(|| {
            let sum = in_unit(number, &whole.field);
            let names: Vec<_> = given.iter().map(|leaf| facts.name(leaf)).collect();
            let (names, whole) = (list(&names), facts.name(whole));
            let found = Text::both(
                format!("{}，合计{sum}；{}", names.zh, whole.zh),
                format!("{}, together {sum}; {}", names.en, whole.en),
            );
            self.broken(given[0], found)
        })
    }

    pub(super) fn none_without(&self, parts: &[String], whole: &str) -> Option<Diagnostic> {
        let facts = self.facts;
        let whole = facts.leaves(whole).first()?;
        facts.measure(whole)?.bounds().most.filter(|most| *most <= Decimal::ZERO)?;
        let is_some = |leaf: &&Arc<Leaf>| {
            facts.measure(leaf).is_some_and(|measure| measure.bounds().is_above(Decimal::ZERO))
        };
        let part = parts.iter().flat_map(|part| facts.leaves(part)).find(is_some)?;
        Some(self.broken(part, list(&[facts.name(part), facts.name(whole)])))
    }

    pub(super) fn between(&self, figure: &str, of: &[String], tolerance: Decimal) -> Option<Diagnostic> {
        let facts = self.facts;
        let leaf = facts.leaves(figure).first()?;
        let own = facts.measure(leaf)?.unrounded();
        let (mut least, mut most) = (Decimal::MAX, Decimal::MIN);
        let mut named = vec![leaf];
        for path in of {
            let other = facts.leaves(path).first()?;
            let bounds = in_units_of(&leaf.field, facts.measure(other)?, &other.field)?.unrounded();
            least = least.min(bounds.least?);
            most = most.max(bounds.most?);
            named.push(other);
        }
        let is_out =
            own.is_above(most.checked_add(tolerance)?) || own.is_below(least.checked_sub(tolerance)?);
        is_out.then(|| {
            let named: Vec<_> = named.iter().map(|leaf| facts.name(leaf)).collect();
            self.broken(leaf, list(&named))
        })
    }

    pub(super) fn quotient(&self, figure: &str, of: &str, per: &str, within: Decimal) -> Option<Diagnostic> {
        let facts = self.facts;
        let (leaf, own) = facts.figure(figure)?;
        let (of_leaf, of) = facts.figure(of)?;
        let (per_leaf, per) = facts.figure(per)?;
        let power = |leaf: &Leaf| dimension::split(&leaf.field.unit).0;
        let quotient = of.number.checked_div(per.number)?;
        let quotient = dimension::shift(quotient, power(of_leaf) - power(per_leaf) - power(leaf))?;
        let room = quotient.abs().checked_mul(within)?.checked_div(Decimal::ONE_HUNDRED)?;
        let bounds = own.bounds();
        let is_off =
            bounds.is_above(quotient.checked_add(room)?) || bounds.is_below(quotient.checked_sub(room)?);
        is_off.then(|| {
            let names = list(&[facts.name(leaf), facts.name(of_leaf), facts.name(per_leaf)]);
            self.broken(leaf, reckoned(&names, &in_unit(quotient.round_dp(own.number.scale()), &leaf.field)))
        })
    }

    pub(super) fn rows_at_most(&self, table: &str, whole: &str) -> Option<Diagnostic> {
        let facts = self.facts;
        let (leaf, whole) = facts.figure(whole)?;
        let rows = facts.rows(table).len();
        (whole.bounds().most? < Decimal::from(rows)).then(|| {
            let (name, table) = (facts.name(leaf), facts.schema.title(table).unwrap_or_default());
            let found = Text::both(
                format!("{}，“{table}”列了{rows}项", name.zh),
                format!("{}, {rows} in {table}", name.en),
            );
            self.broken(leaf, found)
        })
    }

    pub(super) fn fulfilled(&self, actual: &str, target: &str, verdict: &str) -> Option<Diagnostic> {
        let facts = self.facts;
        let (actual, came) = facts.figure(actual)?;
        let (target, aim) = facts.figure(target)?;
        let said = facts.leaves(verdict).first()?;
        let Value::Text(words) = &said.value else { return None };
        let (mut came, mut room) = (came.bounds(), in_units_of(&actual.field, aim, &target.field)?.bounds());
        let mut number = aim.number;
        // Of an upper limit less is more.
        if matches!(aim.approximation, Approximation::Within | Approximation::LessThan) {
            let turned = |bounds: Bounds| Bounds {
                least: bounds.most.map(|most| -most),
                most: bounds.least.map(|least| -least),
            };
            (came, room, number) = (turned(came), turned(room), -number);
        }
        let is_short = |of: Decimal| came.is_below(of);
        let is_wrong = match Verdict::read(words)? {
            // 6左右 is not missed by what comes to 6.
            Verdict::Missed => came.least.is_some_and(|least| least >= number),
            Verdict::Met => is_short(room.least.unwrap_or(number)),
            // What is half as much is not nearly as much.
            Verdict::Nearly => number.checked_sub(number.abs() / Decimal::TWO).is_some_and(is_short),
            Verdict::Exceeded => came.most.is_some_and(|most| most <= number),
        };
        is_wrong.then(|| self.broken(said, list(&[facts.name(said), facts.name(actual), facts.name(target)])))
    }
}

/// Returns what a part may be of a whole, in percent.
fn percentage(part: Bounds, whole: Bounds) -> Option<Bounds> {
    whole.least.filter(|least| *least > Decimal::ZERO)?;
    let of = |part: Option<Decimal>, whole: Option<Decimal>| {
        Decimal::ONE_HUNDRED.checked_mul(part?)?.checked_div(whole?)
    };
    Some(Bounds { least: of(part.least, whole.most), most: of(part.most, whole.least) })
}

/// Returns what a figure may have been: a count is what it is, a quantity was rounded.
fn rounded(leaf: &Leaf, measure: Measure) -> Bounds {
    if leaf.field.kind == Kind::Count { measure.bounds() } else { measure.unrounded() }
}

/// Says what comes out.
fn reckoned(names: &Text, result: &str) -> Text {
    Text::both(format!("{}；算得{result}", names.zh), format!("{}; it comes to {result}", names.en))
}

//! Converts between units that measure the same thing, exactly.
//!
//! A unit is a scale (万, 亿 ..) before a base. Every factor between the bases of one dimension is a power of ten,
//! so a conversion only moves the decimal point. 亩 (2000/3 平方米) is therefore a dimension of its own.

use rust_decimal::Decimal;

use crate::diag::Text;

/// The scales that stand before a unit, and their powers of ten; of those that begin alike the longer first.
const SCALES: [(&str, i32); 12] = [
    ("万亿", 12),
    ("千亿", 11),
    ("百亿", 10),
    ("十亿", 9),
    ("亿", 8),
    ("千万", 7),
    ("百万", 6),
    ("十万", 5),
    ("万", 4),
    ("千", 3),
    ("百", 2),
    ("十", 1),
];

/// What a unit measures, by the unit that stands for it.
type Dimension = &'static str;

/// The bases that have other names or whose kind has several: name, dimension, power of ten.
///
/// A base that is not here (家, 批次 ..) measures only itself.
const BASES: [(&str, Dimension, i32); 45] = [
    ("元", "元", 0),
    ("元人民币", "元", 0),
    ("美元", "美元", 0),
    ("美金", "美元", 0),
    ("平方米", "平方米", 0),
    ("平米", "平方米", 0),
    ("㎡", "平方米", 0),
    ("m²", "平方米", 0),
    ("公顷", "平方米", 4),
    ("平方公里", "平方米", 6),
    ("平方千米", "平方米", 6),
    ("km²", "平方米", 6),
    ("亩", "亩", 0),
    ("米", "米", 0),
    ("m", "米", 0),
    ("公里", "米", 3),
    ("千米", "米", 3),
    ("km", "米", 3),
    ("立方米", "立方米", 0),
    ("m³", "立方米", 0),
    ("方", "立方米", 0),
    ("克", "克", 0),
    ("千克", "克", 3),
    ("公斤", "克", 3),
    ("kg", "克", 3),
    ("吨", "克", 6),
    ("t", "克", 6),
    ("千瓦", "千瓦", 0),
    ("kW", "千瓦", 0),
    ("千瓦时", "千瓦时", 0),
    ("度", "千瓦时", 0),
    ("kWh", "千瓦时", 0),
    ("%", "%", 0),
    ("‰", "%", -1),
    // The difference of two rates; not a rate, so not to be converted to one.
    ("百分点", "百分点", 0),
    ("个百分点", "百分点", 0),
    ("人", "人", 0),
    ("名", "人", 0),
    ("日", "日", 0),
    ("天", "日", 0),
    ("个工作日", "个工作日", 0),
    ("工作日", "个工作日", 0),
    ("个月", "个月", 0),
    ("月", "个月", 0),
    ("小时", "小时", 0),
];

/// Parts a unit into its scale, as a power of ten, and its base, which is empty for a bare 万.
pub(crate) fn split(unit: &str) -> (i32, &str) {
    if BASES.iter().any(|(name, ..)| *name == unit) {
        return (0, unit);
    }
    let scaled = SCALES.iter().find_map(|(name, power)| Some((*power, unit.strip_prefix(name)?)));
    scaled.unwrap_or((0, unit))
}

/// Returns the scale with a power of ten, if there is a single word for it.
pub(crate) fn scale(power: i32) -> Option<&'static str> {
    SCALES.iter().find(|(_, known)| *known == power).map(|(name, _)| *name)
}

/// Returns the power of ten that leads from one unit to another of the same dimension.
pub(crate) fn power_between(from: &str, to: &str) -> Option<i32> {
    let measure = |unit| {
        let (scale, base) = split(unit);
        let known = BASES.iter().find(|(name, ..)| *name == base);
        known.map_or((base, scale), |(_, dimension, power)| (*dimension, scale + power))
    };
    let ((from_dimension, from_power), (to_dimension, to_power)) = (measure(from), measure(to));
    (from_dimension == to_dimension).then_some(from_power - to_power)
}

/// Says what a unit measures; nothing of one that measures only itself, such as 家.
pub(crate) fn measured(unit: &str) -> Option<Text> {
    let (_, base) = split(unit);
    let (_, dimension, _) = BASES.iter().find(|(name, ..)| *name == base)?;
    Some(match *dimension {
        "元" => Text::both("人民币金额", "money in yuan"),
        "美元" => Text::both("美元金额", "money in dollars"),
        "平方米" | "亩" => Text::both("面积", "area"),
        "米" => Text::both("长度", "length"),
        "立方米" => Text::both("体积", "volume"),
        "克" => Text::both("质量", "mass"),
        "千瓦" => Text::both("功率", "power"),
        "千瓦时" => Text::both("电量", "energy"),
        "%" => Text::both("比率", "a rate"),
        "百分点" | "个百分点" => Text::both("比率之差", "the difference of rates"),
        "人" => Text::both("人数", "people"),
        _ => Text::both("时间", "time"),
    })
}

/// Moves a number's decimal point to the right, or to the left for a negative power.
///
/// Returns nothing when the number would have more digits than a [`Decimal`] holds.
pub(crate) fn shift(number: Decimal, power: i32) -> Option<Decimal> {
    let scale = i32::try_from(number.scale()).ok()?.checked_sub(power)?;
    let mut shifted = number;
    if let Ok(scale) = u32::try_from(scale) {
        if scale > Decimal::MAX_SCALE {
            // Zeros at the end may make room.
            let short = number.normalize();
            return (short.scale() < number.scale()).then(|| shift(short, power))?;
        }
        shifted.set_scale(scale).ok()?;
        return Some(shifted);
    }
    shifted.set_scale(0).ok()?;
    if shifted.is_zero() {
        return Some(Decimal::ZERO);
    }
    (scale..0).try_fold(shifted, |number, _| number.checked_mul(Decimal::TEN))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn decimal(text: &str) -> Decimal {
        Decimal::from_str_exact(text).expect("a number")
    }

    #[test]
    fn units_of_one_dimension_differ_by_a_power_of_ten() {
        assert_eq!(power_between("万元", "亿元"), Some(-4));
        assert_eq!(power_between("万亿元", "亿元"), Some(4));
        assert_eq!(power_between("公顷", "平方米"), Some(4));
        assert_eq!(power_between("万平方米", "平方公里"), Some(-2));
        assert_eq!(power_between("千米", "公里"), Some(0));
        assert_eq!(power_between("万千瓦", "千瓦"), Some(4));
        assert_eq!(power_between("‰", "%"), Some(-1));
        assert_eq!(power_between("万户", "户"), Some(4));
        assert_eq!(power_between("天", "日"), Some(0));
        assert_eq!(power_between("亿美金", "万美元"), Some(4));
        assert_eq!(power_between("亩", "平方米"), None);
        assert_eq!(power_between("元", "美元"), None);
        assert_eq!(power_between("家", "个"), None);
    }

    proptest! {
        #[test]
        fn any_value_in_any_unit_comes_back_unchanged(
            mantissa in -999_999_999_999_i64..999_999_999_999,
            scale in 0_u32..5,
            base in prop::sample::select(&BASES[..]),
            others in prop::sample::select(&BASES[..]),
            scales in prop::array::uniform2(prop::sample::select(&SCALES[..])),
        ) {
            let [from, to] = [format!("{}{}", scales[0].0, base.0), format!("{}{}", scales[1].0, others.0)];
            prop_assert_eq!(power_between(&from, &to).is_some(), base.1 == others.1, "{} {}", from, to);
            let number = Decimal::new(mantissa, scale);
            if let Some(power) = power_between(&from, &to) {
                prop_assert_eq!(power_between(&to, &from), Some(-power));
                let there = shift(number, power).filter(|there| there.scale() < 28);
                if let Some(there) = there {
                    prop_assert_eq!(shift(there, -power), Some(number), "{} to {}", from, to);
                }
            }
        }
    }

    #[test]
    fn moving_the_point_keeps_every_digit() {
        assert_eq!(shift(decimal("8500"), -4), Some(decimal("0.8500")));
        assert_eq!(shift(decimal("1.5"), 4), Some(decimal("15000")));
        assert_eq!(shift(decimal("-0.25"), 1), Some(decimal("-2.5")));
        assert_eq!(shift(decimal("0"), 400), Some(Decimal::ZERO));
        assert_eq!(shift(decimal("1"), 400), None);
        assert_eq!(shift(decimal("1"), -400), None);
    }

    #[test]
    fn every_known_unit_is_its_own_base() {
        for (name, ..) in BASES {
            assert_eq!(split(name), (0, name));
        }
    }
}

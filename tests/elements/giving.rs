//! Spacing that gives way so that a signature does not stand alone (7.3.5.5).

use super::*;

#[test]
fn spacing_gives_way_to_a_signature_that_would_stand_alone() {
    // As many characters as fill two pages to their last lines.
    let mut brought_back = 0;
    for length in (1_000..1_240).step_by(12) {
        let text = String::from_utf8(source("plain").bytes).unwrap();
        let mut data: serde_json::Value = serde_json::from_str(&text).unwrap();
        let long: String = "请各单位按时报送有关材料".chars().cycle().take(length).collect();
        data["document"] = serde_json::json!({ "signatories": [{ "name": "岑汀市人民政府办公室" }] });
        data["content"]["sections"][0]["paragraphs"] = vec![long, "按往年要求办理。".to_owned()].into();
        let source = Source::new("data.json", data.to_string());
        let record = data::load(&source, PACK.schema()).unwrap();
        let filled = fill::fill(&Templates::compile(&PACK).unwrap(), &record).unwrap();
        let pages = layout(&markup::parse(&filled, "zh-CN").unwrap(), PACK.style(), &FONTS).unwrap();
        let last = pages.pages.last().unwrap();
        let baselines: Vec<i64> = runs(last)
            .filter(|run| matches!(run.content, Content::Element(_)))
            .map(|run| (run.origin.y.to_pt()).round() as i64)
            .collect();
        let mut lines = baselines.clone();
        lines.dedup();
        assert!(lines.len() > 2, "{length}: the signature stands alone");
        let closest = lines.windows(2).map(|pair| (pair[1] - pair[0]).abs()).filter(|gap| *gap > 4).min();
        assert!(closest.is_none_or(|gap| gap >= 27), "{length}: lines {closest:?} pt apart");
        // Lines are counted as they stand, however close together.
        let mut counted: Vec<(i64, usize)> = runs(last)
            .filter(|run| matches!(run.content, Content::Element(_)))
            .map(|run| (run.origin.y.to_pt().round() as i64, run.line))
            .collect();
        counted.sort_unstable();
        let apart = closest.unwrap_or(30) as f64;
        for pair in counted.windows(2) {
            let steps = ((pair[1].0 - pair[0].0) as f64 / apart).round() as usize;
            assert_eq!(pair[1].1 - pair[0].1, steps, "{length}: {pair:?}, lines {apart} pt apart");
        }
        if pages.pages.len() == 2 {
            brought_back += usize::from(closest.is_some_and(|gap| gap < 29));
        }
        let lowest = runs(last).filter(|run| matches!(run.content, Content::Element(_)));
        let lowest = lowest.map(|run| run.origin.y).fold(Abs::ZERO, Abs::max);
        assert!(lowest < Abs::mm(262.0), "{length}: {lowest:?}");
    }
    assert!(brought_back > 0, "no length asked for closer lines");
}

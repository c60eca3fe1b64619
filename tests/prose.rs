//! Fills the annual report with single data and reads what it says: no word twice, nothing that is not so, no
//! figure that silently stays out.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::LazyLock;

use serde_json::{Map, Value as Json, json};
use shizheng::data::Source;
use shizheng::diag::{Diagnostic, Language};
use shizheng::font::Fonts;
use shizheng::pack::Pack;
use shizheng::{Format, Options, Press};

static PRESS: LazyLock<Press> = LazyLock::new(|| {
    let pack = Pack::embedded("annual-report").unwrap().unwrap();
    Press::new(pack, Fonts::embedded()).unwrap()
});

/// The smallest file that makes a report.
fn base() -> Json {
    json!({
        "report": { "year": 2025, "city": "青岚市", "province": "衡泽省", "level": "地级市" },
        "economy": {
            "gdp": { "value": 1234.5, "growth": 5.5 },
            "budget_revenue": { "value": 98.2, "growth": 3.1 },
            "industrial_value_added": { "growth": 6.2 },
            "fixed_asset_investment": { "growth": 4.0 },
            "retail_sales": { "value": 456.7 },
            "urban_income": { "value": 41000 },
            "rural_income": { "value": 21000 },
        },
    })
}

/// The smallest file, and some data more: paths and values.
fn with(data: &[(&str, Json)]) -> Json {
    let mut file = base();
    for (path, value) in data {
        let mut place = &mut file;
        for step in path.split('.') {
            place = place.as_object_mut().unwrap().entry(step).or_insert_with(|| Json::Object(Map::new()));
        }
        *place = value.clone();
    }
    file
}

/// The text and the warnings, or the faults.
fn render(data: &[(&str, Json)]) -> Result<(String, Vec<Diagnostic>), Vec<Diagnostic>> {
    let source = Source::new("base.json", with(data).to_string());
    let options = Options { format: Format::Text, ..Options::default() };
    let rendered = PRESS.render(&source, &options)?;
    Ok((String::from_utf8(rendered.bytes.into_vec()).unwrap(), rendered.warnings))
}

fn text(data: &[(&str, Json)]) -> String {
    render(data).unwrap_or_else(|faults| panic!("{}", told(&faults))).0
}

/// The codes, paths and messages of diagnostics.
fn told(diagnostics: &[Diagnostic]) -> String {
    let tell = |found: &Diagnostic| {
        let path = found.origin.as_ref().and_then(|origin| origin.path.clone()).unwrap_or_default();
        let hints = found.hints(Language::Chinese).join("；");
        format!("{} {path} {}（{hints}）", found.entry.code, found.message(Language::Chinese))
    };
    diagnostics.iter().map(tell).collect::<Vec<_>>().join("\n")
}

fn faults(data: &[(&str, Json)]) -> String {
    match render(data) {
        Ok((text, _)) => panic!("{data:?} is taken:\n{text}"),
        Err(faults) => told(&faults),
    }
}

fn warnings(data: &[(&str, Json)]) -> String {
    told(&render(data).unwrap_or_else(|faults| panic!("{}", told(&faults))).1)
}

#[track_caller]
fn says(data: &[(&str, Json)], wanted: &str) {
    let text = text(data);
    assert!(text.contains(wanted), "{data:?} should say {wanted}:\n{text}");
}

#[track_caller]
fn does_not_say(data: &[(&str, Json)], unwanted: &str) {
    let text = text(data);
    assert!(!text.contains(unwanted), "{data:?} should not say {unwanted}:\n{text}");
}

#[test]
fn the_smallest_file_reads_without_warnings() {
    assert_eq!(warnings(&[]), "");
    says(&[], "现将我市有关情况报告如下。");
}

#[test]
fn names_of_places_are_whole_and_fit_the_level() {
    let full = faults(&[("report.province", json!("衡泽"))]);
    assert!(full.starts_with("E0147 report.province 应写全称，结尾是“省”“自治区”"), "{full}");
    for (data, path) in [
        (vec![("report.city", json!("青岚"))], "report.city"),
        (vec![("report.level", json!("县"))], "report.city"),
        (vec![("report.level", json!("市辖区"))], "report.city"),
        (vec![("report.level", json!("直辖市"))], "report.province"),
        (vec![("report.province", json!("衡泽市"))], "report.province"),
        (vec![("report.prefecture", json!("岑汀"))], "report.prefecture"),
        (vec![("report.prefecture", json!("岑汀市"))], "report.prefecture"),
    ] {
        let found = faults(&data);
        assert!(found.contains(&format!("E0147 {path} ")), "{data:?}: {found}");
    }
    let two = [("report.level", json!("直辖市")), ("report.province", json!("衡泽市"))];
    assert!(faults(&two).contains("城市名称和省份名称相同"), "{}", faults(&two));
    let mended = warnings(&[("report.city", json!("青岚市人民政府"))]);
    assert!(mended.starts_with("W0190 report.city "), "{mended}");
    does_not_say(&[("report.city", json!("青岚市人民政府"))], "人民政府人民政府");
}

#[test]
fn the_prefecture_above_is_named() {
    let county = [
        ("report.city", json!("青岚县")),
        ("report.level", json!("县")),
        ("report.prefecture", json!("岑汀市")),
    ];
    says(&county, "在省委、省政府，岑汀市委、市政府和县委的坚强领导下");
    says(&county, "落实省委、省政府，岑汀市委、市政府工作要求和县委工作安排");
    says(&[("report.city", json!("青岚县")), ("report.level", json!("县"))], "在省委、省政府和县委的");
}

#[test]
fn every_sort_of_place_speaks_of_itself() {
    let place = |city: &str, level: &str| {
        vec![
            ("report.city", json!(city)),
            ("report.level", json!(level)),
            ("report.province", json!("朔澜自治区")),
            ("report.date", json!("2026-01-08")),
        ]
    };
    let banner = place("青岚旗", "县");
    for words in [
        "现将我旗有关情况报告如下",
        "紧紧依靠全旗人民",
        "和旗委的坚强领导下",
        "青岚旗人民政府",
        "自觉接受旗人大及其常委会的法律监督",
    ] {
        says(&banner, words);
    }
    let league = place("青岚盟", "地级市");
    for words in [
        "现将我盟有关情况报告如下",
        "在自治区党委、自治区政府和盟委的坚强领导下",
        "青岚盟行政公署",
        "自觉接受盟人大工委的法律监督和盟政协的民主监督",
    ] {
        says(&league, &words.replace("法律监督和", "法律监督、工作监督和"));
    }
    does_not_say(&league, "人民政府");
    let region = place("青岚地区", "地级市");
    for words in [
        "现将我地区有关情况报告如下",
        "紧紧依靠全地区人民",
        "和地委的坚强领导下",
        "青岚地区行政公署",
        "。全地区生产总值",
    ] {
        says(&region, words);
    }
    let under = [place("青岚旗", "县"), vec![("report.prefecture", json!("岑汀盟"))]].concat();
    says(&under, "在自治区党委、自治区政府，岑汀盟委、行署和旗委的坚强领导下");
    // A city right under the province names nothing between.
    says(&place("青岚市", "县级市"), "在自治区党委、自治区政府和市委的坚强领导下");
    let mended = warnings(&place("青岚盟行政公署", "地级市"));
    assert!(mended.starts_with("W0190 report.city "), "{mended}");
}

#[test]
fn ranks_say_among_whom() {
    let rank = ("investment.key_projects.rank", json!(3));
    says(std::slice::from_ref(&rank), "省重点项目推进情况居全省第3位");
    let municipality = [
        ("report.city", json!("衡泽市")),
        ("report.province", json!("衡泽市")),
        ("report.level", json!("直辖市")),
        ("livelihood.order.rank", json!(5)),
    ];
    says(&municipality, "战果居全国第5位");
    let district = [
        ("report.city", json!("青岚区")),
        ("report.province", json!("朔澜自治区")),
        ("report.level", json!("市辖区")),
        rank,
    ];
    says(&district, "居全自治区第3位");
    says(&district, "全区地区生产总值");
}

#[test]
fn empty_rows_are_faults() {
    for rows in [json!([{}]), json!([{ "_note": "待报" }])] {
        let found = faults(&[("urban_rural.city.projects", rows)]);
        assert!(found.starts_with("E0190 urban_rural.city.projects[0] "), "{found}");
    }
}

#[test]
fn limits_are_said_once() {
    for typed in [json!(2000), json!("2000以上"), json!("不少于2000亩")] {
        let data =
            [("industry.agriculture.park_min_area", typed), ("industry.agriculture.new_parks", json!(3))];
        says(&data, "新增2000亩以上规模现代农业园区3家");
    }
    for typed in [json!(4), json!("4以内"), json!("不超过4%")] {
        says(&[("plan.targets.unemployment_rate", typed)], "失业率控制在4%以内");
    }
    for typed in ["6～6.5", "6%～6.5%", "6-6.5", "6至6.5%"] {
        says(&[("plan.targets.gdp_growth", json!(typed))], "地区生产总值增长6%～6.5%。");
    }
    let found = faults(&[("economy.gdp.growth", json!("6～6.5"))]);
    assert!(found.starts_with("E0153 economy.gdp.growth "), "{found}");
    let found = faults(&[("plan.targets.unemployment_rate", json!("超过4"))]);
    assert!(found.starts_with("E0192 plan.targets.unemployment_rate 应为上限"), "{found}");
    let found = faults(&[("livelihood.safety.major_accidents", json!("1以内"))]);
    assert!(found.starts_with("E0156 livelihood.safety.major_accidents "), "{found}");
}

#[test]
fn what_stays_out_of_the_text_is_told() {
    for (path, value) in [
        ("economy.structure.previous", json!([9.5, 45.3, 45.2])),
        ("reform.credit_ranking.total", json!(262)),
        ("reform.credit_ranking.class", json!("地级市")),
    ] {
        let found = warnings(&[(path, value)]);
        assert!(found.contains(&format!("W0303 {path} 填了")), "{path}: {found}");
    }
    // What only steers the text is not expected in it.
    let steering = [("campaigns.poverty_relief", json!(true)), ("report.title", json!("工作报告"))];
    assert_eq!(warnings(&steering), "");
}

#[test]
fn nothing_is_said_of_naught() {
    for (path, unwanted) in [
        ("livelihood.education.dormitories", "宿舍"),
        ("epidemic.measures", "规定0条"),
        ("industry.services.a_class_scenic_areas.count", "景区"),
        ("investment.contracts.count", "签约"),
        ("plan.projects.count", "重点项目0个"),
    ] {
        does_not_say(&[(path, json!(0))], unwanted);
        let found = warnings(&[(path, json!(0))]);
        assert!(found.starts_with(&format!("W0191 {path} ")), "{path}: {found}");
    }
    let found = faults(&[("urban_rural.country.roads_award_years", json!(0))]);
    assert!(found.contains("没有的，删去这一项"), "{found}");
    for (path, wanted) in [
        ("livelihood.safety.major_accidents", "未发生较大以上安全事故"),
        ("epidemic.confirmed_cases", "未出现确诊病例"),
        ("reform.finance.newly_listed", "未新增挂牌上市企业"),
        ("environment.water.illegal_firms_removed", "饮用水水源二级保护区未发现违规企业"),
    ] {
        says(&[(path, json!(0))], wanted);
        assert_eq!(warnings(&[(path, json!(0))]), "");
    }
}

#[test]
fn growth_says_what_is_meant() {
    for (typed, wanted) in [
        (json!(0), "固定资产投资与上年持平"),
        (json!("超过0"), "固定资产投资实现正增长"),
        (json!("0左右"), "固定资产投资与上年基本持平"),
        (json!(-0.04), "固定资产投资与上年基本持平"),
        (json!("约-3"), "固定资产投资下降约3%"),
    ] {
        says(&[("economy.fixed_asset_investment.growth", typed)], wanted);
    }
    let found = warnings(&[("economy.fixed_asset_investment.growth", json!("-0.04%"))]);
    assert!(found.contains("印作 `与上年基本持平`"), "{found}");
    // Without its % it may be a spreadsheet's ratio.
    let found = warnings(&[("economy.fixed_asset_investment.growth", json!(-0.04))]);
    assert!(found.contains("印作与上年基本持平；它像是表格里的比值"), "{found}");
    for typed in ["-3以内", "超过-3", "-3以上", "不足0"] {
        let found = faults(&[("economy.fixed_asset_investment.growth", json!(typed))]);
        assert!(found.starts_with("E0193 "), "{found}");
    }
}

#[test]
fn what_the_text_adds_does_not_stand_twice() {
    for (path, typed, wanted) in [
        ("environment.air.fund_document", json!("《青岚市基金管理办法》"), "落实《青岚市基金管理办法》"),
        ("environment.water.discharge_grade", json!("一级A标准"), "执行一级A标准。"),
        ("industry.services.a_class_scenic_areas.grade", json!("4A级"), "新确定4A级景区。"),
        ("urban_rural.country.passenger_grade", json!("5A级水平"), "达到5A级水平。"),
        ("livelihood.education.titles", json!(["示范市称号"]), "获得示范市称号。"),
        ("industry.emerging.projects", json!(["储能电站等"]), "实施储能电站等高端项目。"),
        ("plan.year_theme", json!("“项目攻坚年”"), "以“项目攻坚年”为抓手"),
        ("report.difficulty", json!("面对特大旱情。"), "面对特大旱情，"),
        ("report.leadership", json!("，省委和市委的坚强领导下"), "在省委和市委的坚强领导下，"),
        ("economy.highlights", json!(["用电量增长5%."]), "用电量增长5%。"),
    ] {
        says(&[(path, typed.clone())], wanted);
        let found = warnings(&[(path, typed)]);
        assert!(found.starts_with("W0190 "), "{path}: {found}");
    }
    let found = faults(&[("environment.air.fund_document", json!("《办法》和《方案》"))]);
    assert!(found.starts_with("E0191 "), "{found}");
}

#[test]
fn placeholders_are_open() {
    for typed in
        ["园区（待定）", "某某园区", "○○园区", "〇〇园区", "**园区", "？？园区", "无", "暂无", "XX园区"]
    {
        let found = faults(&[("industry.agriculture.model_park", json!(typed))]);
        assert!(found.starts_with("E0143 "), "{typed}: {found}");
    }
    for typed in ["无锡园区", "〇号园区", "二〇〇五园区", "A*B园区", "（一期）园区"] {
        says(&[("industry.agriculture.model_park", json!(typed))], typed);
    }
}

#[test]
fn districts_without_villages_do_not_speak_of_them() {
    let district = [
        ("report.city", json!("青岚区")),
        ("report.level", json!("市辖区")),
        ("environment.air.coal_cut", json!(5)),
    ];
    does_not_say(&district, "秸秆");
    does_not_say(&district, "乡村");
    let rural = [&district[..], &[("urban_rural.country.toilets", json!(20))]].concat();
    says(&rural, "压实秸秆");
    says(&rural, "推进乡村全面振兴");
    let county = [
        ("report.city", json!("青岚县")),
        ("report.level", json!("县")),
        ("urban_rural.city.green_space", json!(2)),
        ("urban_rural.city.ecommerce.count", json!(2)),
        ("reform.credit_ranking.rank", json!(2)),
    ];
    says(&county, "县城建设管理协同推进");
    does_not_say(&county, "城市");
}

#[test]
fn headings_do_not_contradict_the_figures() {
    let fall = |path| [(path, json!(-20))];
    does_not_say(&fall("economy.fixed_asset_investment.growth"), "持续扩大有效投资");
    for path in ["economy.budget_revenue.growth", "economy.fixed_asset_investment.growth"] {
        does_not_say(&fall(path), "保持运行总体平稳");
    }
    says(&[], "保持运行总体平稳");
    does_not_say(&[("economy.gdp.growth", json!(-3))], "取得新进展");
    let structure = [
        ("economy.structure.previous", json!([9.5, 45.3, 45.2])),
        ("economy.structure.current", json!([9.3, 44.6, 46.1])),
    ];
    says(&structure, "产业格局由“二三一”转变为“三二一”");
    let first = [&structure[..], &[("economy.structure.first_change", json!(true))]].concat();
    says(&first, "产业格局首次由“二三一”转变为“三二一”");
}

#[test]
fn highlights_stand_before_the_numbered_clauses() {
    for (data, first) in [
        (
            vec![("governance.highlights", json!(["亮点一条"])), ("governance.decisions", json!(3))],
            "一是坚持廉洁",
        ),
        (
            vec![
                ("investment.highlights", json!(["亮点一条"])),
                ("investment.contracts.count", json!(3)),
                ("investment.new_loans", json!(3)),
            ],
            "一是开放合作",
        ),
    ] {
        says(&data, &format!("亮点一条。{first}"));
    }
}

#[test]
fn sentences_are_whole() {
    says(&[("environment.air.suspended_firms", json!(47))], "47家企业实施停产");
    let accidents =
        [("livelihood.safety.inspections", json!(10000)), ("livelihood.safety.major_accidents", json!(1))];
    says(&accidents, "开展安全整治活动10000次；全年发生较大以上安全事故1起。");
    says(
        &[("industry.agriculture.cooperative_title", json!("国家农民合作社示范社"))],
        "有农民合作社被确定为国家农民合作社示范社",
    );
    says(&[("industry.agriculture.new_parks", json!(2))], "优化调整产业结构。现代农业提质增效。");
}

//! Explains the language of templates to those who write them: what each helper is for, and examples.
//!
//! The examples are data, so that a test can fill every one of them and compare. What a helper takes is said in
//! [`super::helpers`]; a test holds the two lists against each other.

use crate::diag::catalogue::Phrase;

/// What a helper, or another sort of tag, is for and how it is written.
#[derive(Debug)]
pub struct Guide {
    /// The helper's name; `path`, `words` and `>` stand for the tags that have no helper.
    pub name: &'static str,
    /// How it is written, `p`, `a` and `b` standing for paths in the data.
    pub call: &'static str,
    /// What it prints or asks.
    pub purpose: Phrase,
    /// Its options, each with what it changes.
    pub options: &'static [(&'static str, Phrase)],
    /// Templates with data, and what comes of them. The fields are those of the pack `annual-report`.
    pub examples: &'static [Example],
}

/// A piece of a template, data, and the text that they make.
#[derive(Clone, Copy, Debug)]
pub struct Example {
    /// The template, a paragraph's worth.
    pub template: &'static str,
    /// The data, a JSON object with the fields in question alone.
    pub data: &'static str,
    /// The paragraph's text.
    pub output: &'static str,
}

const fn both(zh: &'static str, en: &'static str) -> Phrase {
    Phrase { zh, en }
}

const fn example(template: &'static str, data: &'static str, output: &'static str) -> Example {
    Example { template, data, output }
}

/// Every sort of tag that prints or chooses, in the order in which one learns them.
pub static GUIDES: &[Guide] = &[
    Guide {
        name: "path",
        call: "{{p}}",
        purpose: both(
            "印数据，数连同单位；名单用“、”连接",
            "prints a datum, a number with its unit, names joined by 、",
        ),
        options: &[],
        examples: &[
            example(
                "全年地区生产总值{{economy.gdp.value}}。",
                r#"{"economy": {"gdp": {"value": 318.72}}}"#,
                "全年地区生产总值318.72亿元。",
            ),
            example(
                "全年地区生产总值{{economy.gdp.value}}。",
                r#"{"economy": {"gdp": {"value": "约320"}}}"#,
                "全年地区生产总值约320亿元。",
            ),
            example(
                "三次产业比重为{{economy.structure.current}}。",
                r#"{"economy": {"structure": {"current": [9.3, 44.6, 46.1]}}}"#,
                "三次产业比重为9.3:44.6:46.1。",
            ),
        ],
    },
    Guide {
        name: "words",
        call: "{{words.w}}",
        purpose: both(
            "印 `pack.toml` 里随数据变的用语",
            "prints one of the words of `pack.toml` that derive from the data",
        ),
        options: &[],
        examples: &[
            example(
                "{{words.our}}认真落实{{words.provincial_committee}}部署。",
                r#"{"report": {"city": "岑汀市", "province": "峤南省"}}"#,
                "我市认真落实省委部署。",
            ),
            example(
                "{{words.our}}认真落实{{words.provincial_committee}}部署。",
                r#"{"report": {"city": "岑汀县", "level": "县", "province": "朔澜自治区"}}"#,
                "我县认真落实自治区党委部署。",
            ),
        ],
    },
    Guide {
        name: "growth",
        call: "{{growth p}}",
        purpose: both(
            "印增减：升、降、持平各有说法，数不带负号",
            "prints a rate of change, with a word for a rise, a fall and neither, the number without a sign",
        ),
        options: &[
            (
                "base",
                both(
                    "比什么时候，如“比上年”“比上年末”“同比”；一段里接连几项比的相同，只有印出来的第一项说",
                    "what the change is from, such as 比上年, 比上年末 or 同比; of changes from the same in a paragraph only \
                     the first one printed says it",
                ),
            ),
            ("up", both("升怎么说，不写是“增长”", "the word for a rise, 增长 by default")),
            ("down", both("降怎么说，不写是“下降”", "the word for a fall, 下降 by default")),
            ("same", both("持平怎么说，不写是“与上年持平”", "the words for neither, 与上年持平 by default")),
        ],
        examples: &[
            example(
                "工业增加值{{growth economy.industrial_value_added.growth}}。",
                r#"{"economy": {"industrial_value_added": {"growth": 6.4}}}"#,
                "工业增加值增长6.4%。",
            ),
            example(
                "工业增加值{{growth economy.industrial_value_added.growth}}。",
                r#"{"economy": {"industrial_value_added": {"growth": -3.2}}}"#,
                "工业增加值下降3.2%。",
            ),
            example(
                "工业增加值{{growth economy.industrial_value_added.growth}}。",
                r#"{"economy": {"industrial_value_added": {"growth": 0}}}"#,
                "工业增加值与上年持平。",
            ),
            example(
                "工业增加值{{growth economy.industrial_value_added.growth up=\"同比提高\" down=\"同比回落\"}}。",
                r#"{"economy": {"industrial_value_added": {"growth": 6.4}}}"#,
                "工业增加值同比提高6.4%。",
            ),
            example(
                "<ul><li>地区生产总值{{growth economy.gdp.growth base=\"比上年\"}}</li><li>工业增加值{{growth economy.industrial_value_added.growth base=\"比上年\"}}</li></ul>",
                r#"{"economy": {"gdp": {"growth": 6.2}, "industrial_value_added": {"growth": 6.4}}}"#,
                "地区生产总值比上年增长6.2%；工业增加值增长6.4%。",
            ),
        ],
    },
    Guide {
        name: "number",
        call: "{{number p}}",
        purpose: both(
            "只印数，不带单位；填的是别的单位时，换算成数据结构里的单位",
            "prints a number without its unit, brought to the schema's unit where another was given",
        ),
        options: &[],
        examples: &[example(
            "重点项目{{number investment.key_projects.count}}个以上。",
            r#"{"investment": {"key_projects": {"count": 96}}}"#,
            "重点项目96个以上。",
        )],
    },
    Guide {
        name: "numeral",
        call: "{{numeral p}}",
        purpose: both("把整数印成汉字数字", "prints a whole number as a Chinese numeral"),
        options: &[(
            "unit",
            both(
                "写 `unit=true` 连单位一起印，“二”在单位前作“两”",
                "`unit=true` prints the unit too; 二 before a unit becomes 两",
            ),
        )],
        examples: &[
            example(
                "省委第{{numeral report.provincial_committee_plenum}}次全会召开。",
                r#"{"report": {"provincial_committee_plenum": 11}}"#,
                "省委第十一次全会召开。",
            ),
            example(
                "连续{{numeral urban_rural.country.roads_award_years unit=true}}获评优秀。",
                r#"{"urban_rural": {"country": {"roads_award_years": 2}}}"#,
                "连续两年获评优秀。",
            ),
        ],
    },
    Guide {
        name: "list",
        call: "{{list p}}",
        purpose: both("印一串名称", "prints names"),
        options: &[
            ("open", both("每个名称前面的标点", "the mark before each name")),
            ("close", both("每个名称后面的标点", "the mark after each name")),
            ("join", both("名称之间的标点，不写是“、”", "the mark between names, 、 by default")),
            ("etc", both("最后加的字", "what follows the last name")),
        ],
        examples: &[
            example(
                "{{list urban_rural.city.venues}}投入使用。",
                r#"{"urban_rural": {"city": {"venues": ["东湖公园", "西山体育馆"]}}}"#,
                "东湖公园、西山体育馆投入使用。",
            ),
            example(
                "建成{{list urban_rural.city.venues open=\"“\" close=\"”\" join=\"\" etc=\"等场馆\"}}。",
                r#"{"urban_rural": {"city": {"venues": ["东湖公园", "西山体育馆"]}}}"#,
                "建成“东湖公园”“西山体育馆”等场馆。",
            ),
        ],
    },
    Guide {
        name: "pattern",
        call: "{{pattern p}}",
        purpose: both(
            "印三次产业的格局：三个比重从大到小的次序",
            "prints the order of the three sectors' shares, the largest first",
        ),
        options: &[],
        examples: &[example(
            "产业格局为“{{pattern economy.structure.current}}”。",
            r#"{"economy": {"structure": {"current": [9.3, 44.6, 46.1]}}}"#,
            "产业格局为“三二一”。",
        )],
    },
    Guide {
        name: "occurred",
        call: "{{occurred p \"较大事故\"}}",
        purpose: both(
            "说事故、病例一类的事：0说“未发生”，不是0说“发生……几起”",
            "speaks of accidents or cases: 未发生 of naught, 发生 and the count of more",
        ),
        options: &[("verb", both("动词，不写是“发生”", "the verb, 发生 by default"))],
        examples: &[
            example(
                "全年{{occurred livelihood.safety.major_accidents \"较大以上安全事故\"}}。",
                r#"{"livelihood": {"safety": {"major_accidents": 0}}}"#,
                "全年未发生较大以上安全事故。",
            ),
            example(
                "全年{{occurred livelihood.safety.major_accidents \"较大以上安全事故\"}}。",
                r#"{"livelihood": {"safety": {"major_accidents": 1}}}"#,
                "全年发生较大以上安全事故1起。",
            ),
            example(
                "全年{{occurred epidemic.confirmed_cases \"确诊病例\" verb=\"出现\"}}。",
                r#"{"epidemic": {"confirmed_cases": 0}}"#,
                "全年未出现确诊病例。",
            ),
        ],
    },
    Guide {
        name: "both",
        call: "{{both a b}}",
        purpose: both(
            "把相等的几个数合起来说，单位要相同；不相等是错误，先用 `#equal` 分开",
            "tells equal figures of one unit once; unequal ones are an error, so ask `#equal` first",
        ),
        options: &[],
        examples: &[example(
            "改造幼儿园和宿舍学校{{both livelihood.education.kindergartens livelihood.education.dormitories}}。",
            r#"{"livelihood": {"education": {"kindergartens": 5, "dormitories": 5}}}"#,
            "改造幼儿园和宿舍学校各5所。",
        )],
    },
    Guide {
        name: "next",
        call: "{{next p}}",
        purpose: both("印下一年", "prints the year after"),
        options: &[],
        examples: &[example(
            "做好{{next report.year}}年工作。",
            r#"{"report": {"year": 2025}}"#,
            "做好2026年工作。",
        )],
    },
    Guide {
        name: "title",
        call: "{{title p}}",
        purpose: both("印指标的名称，取自 `schema.json`", "prints a figure's title, as `schema.json` has it"),
        options: &[],
        examples: &[example(
            "{{title economy.gdp.value}}：{{economy.gdp.value}}。",
            r#"{"economy": {"gdp": {"value": 318.72}}}"#,
            "地区生产总值：318.72亿元。",
        )],
    },
    Guide {
        name: "unit",
        call: "{{unit p}}",
        purpose: both("印指标的单位，表头里用", "prints a figure's unit, for the heads of tables"),
        options: &[],
        examples: &[example(
            "{{title economy.gdp.value}}（{{unit economy.gdp.value}}）：{{number economy.gdp.value}}。",
            r#"{"economy": {"gdp": {"value": 318.72}}}"#,
            "地区生产总值（亿元）：318.72。",
        )],
    },
    Guide {
        name: "rows",
        call: "{{rows a b columns=\"title unit value growth\"}}",
        purpose: both(
            "印表格或图的行：每组数据一行，单个的数也各成一行（数在 `value` 一列），`columns` 里每项一格；没有数的格印“—”（图里空着），没有数的行和表格的列不印",
            "prints rows of a table or a chart: one for each group, or for a single figure (in the column `value`), a cell for each of the columns; what is not given has a dash (in a chart none), and a row or a table's column without any is left out",
        ),
        options: &[(
            "columns",
            both(
                "要哪几列：`title` 名称，`unit` 单位，其余是这一组数据里的项名",
                "the columns: `title`, `unit`, and the members of the group by their names",
            ),
        )],
        examples: &[example(
            "<table><tbody>{{rows economy.gdp economy.industrial_value_added columns=\"title unit value growth\"}}</tbody></table>",
            r#"{"economy": {"gdp": {"value": 318.72, "growth": 6.2}, "industrial_value_added": {"growth": -3.2}}}"#,
            "地区生产总值\t亿元\t318.72\t6.2\n规模以上工业增加值\t—\t—\t-3.2",
        )],
    },
    Guide {
        name: "given",
        call: "{{#given a b}}…{{else}}…{{/given}}",
        purpose: both(
            "问各项是不是都有数据；0也算有",
            "asks whether all of them are in the data; 0 counts as given",
        ),
        options: &[],
        examples: &[
            example(
                "{{#given epidemic.confirmed_cases}}报告病例{{epidemic.confirmed_cases}}。{{else}}没有报告。{{/given}}",
                r#"{"epidemic": {"confirmed_cases": 3}}"#,
                "报告病例3例。",
            ),
            example(
                "{{#given epidemic.confirmed_cases}}报告病例{{epidemic.confirmed_cases}}。{{else}}没有报告。{{/given}}",
                "{}",
                "没有报告。",
            ),
        ],
    },
    Guide {
        name: "any",
        call: "{{#any a b}}…{{else}}…{{/any}}",
        purpose: both("问其中有没有一项有数据", "asks whether at least one of them is in the data"),
        options: &[],
        examples: &[example(
            "{{#any epidemic.measures epidemic.confirmed_cases}}抓好防控<span>，出台规定{{epidemic.measures}}</span><span>，病例{{epidemic.confirmed_cases}}</span>。{{/any}}",
            r#"{"epidemic": {"measures": 12}}"#,
            "抓好防控，出台规定12条。",
        )],
    },
    Guide {
        name: "if",
        call: "{{#if p}}…{{else}}…{{/if}}",
        purpose: both(
            "问 `true`、`false` 一类的选择，也可以问一串名称、一组数据有没有；不能问数",
            "asks a flag (`true`, `false`), or whether there is anything in a list or a group; never a number",
        ),
        options: &[],
        examples: &[
            example(
                "坚决打赢{{#if campaigns.poverty_relief}}脱贫攻坚战{{else}}乡村振兴仗{{/if}}。",
                r#"{"campaigns": {"poverty_relief": true}}"#,
                "坚决打赢脱贫攻坚战。",
            ),
            example(
                "坚决打赢{{#if campaigns.poverty_relief}}脱贫攻坚战{{else}}乡村振兴仗{{/if}}。",
                r#"{"campaigns": {"poverty_relief": false}}"#,
                "坚决打赢乡村振兴仗。",
            ),
        ],
    },
    Guide {
        name: "unless",
        call: "{{#unless p}}…{{else}}…{{/unless}}",
        purpose: both("与 `#if` 相反", "asks the opposite of `#if`"),
        options: &[],
        examples: &[example(
            "推进{{#unless campaigns.poverty_relief}}乡村振兴{{else}}脱贫攻坚{{/unless}}。",
            r#"{"campaigns": {"poverty_relief": false}}"#,
            "推进乡村振兴。",
        )],
    },
    Guide {
        name: "equal",
        call: "{{#equal a b}}…{{else}}…{{/equal}}",
        purpose: both(
            "问两项是不是相等；一项可以是写死的数或带引号的文字。没有填的与什么都不相等，走`{{else}}`",
            "asks whether two are equal; one may be a literal number or text in quotation marks. What is not given equals nothing and takes `{{else}}`",
        ),
        options: &[],
        examples: &[
            example(
                "{{#equal report.level \"县\"}}县城{{else}}城区{{/equal}}面貌改善。",
                r#"{"report": {"level": "县", "city": "岑汀县"}}"#,
                "县城面貌改善。",
            ),
            example(
                "{{#given livelihood.education.kindergartens livelihood.education.dormitories}}{{#equal livelihood.education.kindergartens livelihood.education.dormitories}}各一半{{else}}有多有少{{/equal}}。{{/given}}",
                r#"{"livelihood": {"education": {"kindergartens": 5, "dormitories": 6}}}"#,
                "有多有少。",
            ),
        ],
    },
    Guide {
        name: "zero",
        call: "{{#zero p}}…{{else}}…{{/zero}}",
        purpose: both(
            "问一个数是不是0。没有填的不是0，走`{{else}}`：`{{else}}`里写事实的，外面用`#given`",
            "asks whether a number is 0. One that is not given is not and takes `{{else}}`: where that states a fact, put `#given` around",
        ),
        options: &[],
        examples: &[example(
            "{{#given livelihood.safety.major_accidents}}{{#zero livelihood.safety.major_accidents}}安全形势平稳{{else}}深刻吸取教训{{/zero}}。{{/given}}",
            r#"{"livelihood": {"safety": {"major_accidents": 0}}}"#,
            "安全形势平稳。",
        )],
    },
    Guide {
        name: "rose",
        call: "{{#rose p}}…{{else}}…{{/rose}}",
        purpose: both(
            "问是不是升了。没有填的没有升，走`{{else}}`：`{{else}}`里写事实的，外面用`#given`",
            "asks whether a rate is above 0. One that is not given is not and takes `{{else}}`: where that states a fact, put `#given` around",
        ),
        options: &[],
        examples: &[example(
            "{{#given economy.industrial_value_added.growth}}{{#rose economy.industrial_value_added.growth}}工业较快增长{{else}}工业承压前行{{/rose}}。{{/given}}",
            r#"{"economy": {"industrial_value_added": {"growth": 6.4}}}"#,
            "工业较快增长。",
        )],
    },
    Guide {
        name: "fell",
        call: "{{#fell p}}…{{else}}…{{/fell}}",
        purpose: both(
            "问是不是降了。没有填的没有降，走`{{else}}`：`{{else}}`里写事实的，外面用`#given`",
            "asks whether a rate is below 0. One that is not given is not and takes `{{else}}`: where that states a fact, put `#given` around",
        ),
        options: &[],
        examples: &[example(
            "{{#given economy.industrial_value_added.growth}}{{#fell economy.industrial_value_added.growth}}工业有所回落{{else}}工业保持稳定{{/fell}}。{{/given}}",
            r#"{"economy": {"industrial_value_added": {"growth": -1.2}}}"#,
            "工业有所回落。",
        )],
    },
    Guide {
        name: "unchanged",
        call: "{{#unchanged p}}…{{else}}…{{/unchanged}}",
        purpose: both(
            "问是不是与上年持平。没有填的不是，走`{{else}}`：`{{else}}`里写事实的，外面用`#given`",
            "asks whether a rate is 0. One that is not given is not and takes `{{else}}`: where that states a fact, put `#given` around",
        ),
        options: &[],
        examples: &[example(
            "{{#given economy.industrial_value_added.growth}}{{#unchanged economy.industrial_value_added.growth}}工业持平{{else fell economy.industrial_value_added.growth}}工业回落{{else}}工业增长{{/unchanged}}。{{/given}}",
            r#"{"economy": {"industrial_value_added": {"growth": -1.2}}}"#,
            "工业回落。",
        )],
    },
    Guide {
        name: "same_pattern",
        call: "{{#same_pattern a b}}…{{else}}…{{/same_pattern}}",
        purpose: both(
            "问两年的产业格局是不是相同",
            "asks whether the shares of two years are in the same order",
        ),
        options: &[],
        examples: &[example(
            "{{#same_pattern economy.structure.previous economy.structure.current}}格局不变{{else}}格局由“{{pattern economy.structure.previous}}”变为“{{pattern economy.structure.current}}”{{/same_pattern}}。",
            r#"{"economy": {"structure": {"previous": [9.5, 45.3, 45.2], "current": [9.3, 44.6, 46.1]}}}"#,
            "格局由“二三一”变为“三二一”。",
        )],
    },
    Guide {
        name: "adds_up",
        call: "{{#adds_up p}}…{{else}}…{{/adds_up}}",
        purpose: both(
            "问三个比重印出来合计是不是100；四舍五入后可能是99.9或100.1，正文要注明",
            "asks whether the three shares as printed make 100; rounding can leave 99.9 or 100.1, of which a report has a note",
        ),
        options: &[],
        examples: &[example(
            "比重为{{economy.structure.current}}{{#adds_up economy.structure.current}}{{else}}（因四舍五入，合计不等于100）{{/adds_up}}。",
            r#"{"economy": {"structure": {"current": [9.3, 44.6, 46.2]}}}"#,
            "比重为9.3:44.6:46.2（因四舍五入，合计不等于100）。",
        )],
    },
    Guide {
        name: "each",
        call: "{{#each p}}…{{this}}…{{/each}}",
        purpose: both(
            "逐个处理名称、句子或表格的行；句子和名称用 `{{this}}`，行里的项用自己的名称，还有 `@first`、`@last`、`@index`",
            "goes through names, sentences or rows; `{{this}}` is the name or sentence, a row's members go by their names; there are `@first`, `@last`, `@index`",
        ),
        options: &[],
        examples: &[
            example(
                "<ul>{{#each economy.highlights}}<li>{{this}}</li>{{/each}}</ul>",
                r#"{"economy": {"highlights": ["用电量保持增长", "货运量稳中有升"]}}"#,
                "用电量保持增长；货运量稳中有升。",
            ),
            example(
                "建设<ul join=\"、\" end=\"。\">{{#each urban_rural.city.projects}}<li>{{name}}<span>（{{investment}}）</span></li>{{/each}}</ul>",
                r#"{"urban_rural": {"city": {"projects": [{"name": "东湖大桥", "investment": 12.8}, {"name": "西山隧道"}]}}}"#,
                "建设东湖大桥（12.8亿元）、西山隧道。",
            ),
        ],
    },
    Guide {
        name: "with",
        call: "{{#with p}}…{{/with}}",
        purpose: both(
            "进入一组数据，里面的名称可以少写前面一截；整组没有的，里面的文字不印",
            "enters a group, whose members go by their own names in it; without the group its text is left out",
        ),
        options: &[],
        examples: &[example(
            "{{#with investment.contracts}}签约项目{{this.count}}，金额{{this.amount}}。{{else}}没有签约。{{/with}}",
            r#"{"investment": {"contracts": {"count": 128, "amount": 965.2}}}"#,
            "签约项目128个，金额965.2亿元。",
        )],
    },
    Guide {
        name: ">",
        call: "{{> folder/name}}",
        purpose: both(
            "放进同一模板包的另一个模板；写在 `#each`、`#with` 里的，它的路径也从那一项算起，从头的写 `@root.`",
            "puts another template of the pack in this place; within `#each` and `#with` its paths count from there too, and `@root.` starts from the top",
        ),
        options: &[],
        examples: &[example(
            "工作走在{{> shared/ranked_in}}前列。",
            r#"{"report": {"province": "峤南省"}}"#,
            "工作走在全省前列。",
        )],
    },
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::GUIDES;
    use crate::fill::helpers::SPECS;

    #[test]
    fn every_helper_and_option_is_explained_once() {
        let mut explained = BTreeSet::new();
        for guide in GUIDES {
            assert!(explained.insert(guide.name), "{} twice", guide.name);
            assert!(!guide.examples.is_empty(), "{} without an example", guide.name);
            for example in guide.examples {
                let tag = match guide.name {
                    "path" => "{{",
                    "words" => "{{words.",
                    name => &format!("{name} "),
                };
                assert!(example.template.contains(tag), "{}: {}", guide.name, example.template);
            }
        }
        for spec in SPECS {
            assert!(explained.remove(spec.name), "{} is not explained", spec.name);
            let guide = GUIDES.iter().find(|guide| guide.name == spec.name).unwrap();
            let options: Vec<_> = guide.options.iter().map(|(name, _)| *name).collect();
            assert_eq!(options, spec.options, "{}", spec.name);
        }
        assert_eq!(explained.into_iter().collect::<Vec<_>>(), [">", "path", "words"]);
    }
}

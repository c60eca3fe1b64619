//! The rules that hold the parts of a document against one another: its elements, and its figures and its words.

use super::cases::{Case, case};

/// They follow [`super::cases::CASES`], in whose manner their texts are written; one that begins with `<article>` is markup.
pub(super) const WHOLE: &[Case] = &[
    case(
        "attachment-there",
        &[
            "（见附件1）请按照附件2填报。\n+ 甲表\n+ 乙表",
            "请填写附件1。\n+ 甲表",
            "按照《办法》附件4执行，落实国发〔2025〕1号文件附件3，另有附件5份，省方案附件4已经废止，省方案和附件4一并报送。",
            "请填写附件1。\n+ 甲表\n+ 乙办法\n@ 甲表\n@ 乙办法\n请填写附件5。",
        ],
        &[
            ("请按照附件4填报。\n+ 甲表\n+ 乙表\n+ 丙表", "附件4"),
            ("做好工作（附件1）。", "附件1"),
            ("填报附件1和附件3。\n+ 甲表\n+ 乙表", "附件3"),
            ("附件3由各单位填报。\n+ 甲表\n+ 乙表", "附件3"),
        ],
    ),
    case(
        "request-recipient",
        &[
            "<article><head><mark><organ>岑汀市人民政府</organ><suffix>文件</suffix></mark><number>岑政发〔2026〕1号</number><signer>赵堃</signer></head><title>关于拨付资金的请示</title><p kind=\"salutation\">省财政厅：</p><p>现予印发。</p></article>",
            "<article><head><mark><organ>岑汀市人民政府</organ><suffix>文件</suffix></mark><number>岑政发〔2026〕1号</number></head><title>关于开展检查的通知</title><p kind=\"salutation\">各区人民政府，市政府各部门：</p><p>现予印发。</p></article>",
        ],
        &[(
            "<article><head><mark><organ>岑汀市人民政府</organ><suffix>文件</suffix></mark><number>岑政发〔2026〕1号</number><signer>赵堃</signer></head><title>关于拨付资金的请示</title><p kind=\"salutation\">省财政厅，省教育厅：</p><p>现予印发。</p></article>",
            "省财政厅，省教育厅",
        )],
    ),
    case(
        "signer-named",
        &[
            "<article><head><mark><organ>岑汀市人民政府</organ><suffix>文件</suffix></mark><number>岑政发〔2026〕1号</number><signer>赵堃</signer></head><title>关于拨付资金的请示</title><p kind=\"salutation\">省财政厅：</p><p>现予印发。</p></article>",
            "<article><head kind=\"letter\"><mark><organ>岑汀市人民政府</organ></mark><number>岑政发〔2026〕1号</number></head><title>关于拨付资金的请示</title><p kind=\"salutation\">省财政厅：</p><p>现予印发。</p></article>",
            "<article><head><mark><organ>岑汀市人民政府</organ><suffix>文件</suffix></mark><number>岑政发〔2026〕1号</number></head><title>关于转发工作报告的通知</title><p kind=\"salutation\">各区人民政府：</p><p>现予印发。</p></article>",
            "<article><title>关于拨付资金的请示</title><p kind=\"salutation\">省财政厅：</p><p>现予印发。</p></article>",
            "<article><title>政府工作报告</title><p>现予印发。</p></article>",
        ],
        &[
            (
                "<article><head><mark><organ>岑汀市人民政府</organ><suffix>文件</suffix></mark><number>岑政发〔2026〕1号</number></head><title>关于拨付资金的请示</title><p kind=\"salutation\">省财政厅：</p><p>现予印发。</p></article>",
                "关于拨付资金的请示",
            ),
            (
                "<article><head><mark><organ>岑汀市人民政府</organ><suffix>文件</suffix></mark><number>岑政发〔2026〕1号</number></head><title>关于整改情况的报告</title><p kind=\"salutation\">省人民政府：</p><p>现予印发。</p></article>",
                "关于整改情况的报告",
            ),
        ],
    ),
    case(
        "secret-numbered",
        &[
            "<article><head><copy-number>000001</copy-number><secrecy>机密★1年</secrecy><mark><organ>岑汀市人民政府</organ><suffix>文件</suffix></mark><number>岑政发〔2026〕1号</number></head><title>关于检查的通知</title><p>现予印发。</p></article>",
        ],
        &[(
            "<article><head><secrecy>机密★1年</secrecy><mark><organ>岑汀市人民政府</organ><suffix>文件</suffix></mark><number>岑政发〔2026〕1号</number></head><title>关于检查的通知</title><p>现予印发。</p></article>",
            "机密★1年",
        )],
    ),
    case(
        "imprint-whole",
        &[
            "<article><p>现予印发。</p><imprint><copies>市委办公室</copies><printer>市政府办公室</printer><date>2026年1月6日</date></imprint></article>",
            "<article><p>现予印发。</p><imprint><copies>市委办公室</copies></imprint></article>",
        ],
        &[
            (
                "<article><p>现予印发。</p><imprint><printer>市政府办公室</printer></imprint></article>",
                "市政府办公室",
            ),
            (
                "<article><p>现予印发。</p><imprint><date>2026年1月6日</date></imprint></article>",
                "2026年1月6日",
            ),
        ],
    ),
    case(
        "recipient-once",
        &[
            "<article><p kind=\"salutation\">各区人民政府：</p><p>现予印发。</p><imprint><copies>市委办公室，市人大常委会办公室</copies></imprint></article>",
        ],
        &[(
            "<article><p kind=\"salutation\">各区人民政府，市财政局：</p><p>现予印发。</p><imprint><copies>市委办公室，市财政局</copies></imprint></article>",
            "市财政局",
        )],
    ),
    case(
        "organs-sign",
        &[
            "<article><head kind=\"order\"><mark><organ>岑汀市人民政府</organ><suffix>令</suffix></mark><number>第1号</number></head><p>现予公布。</p><signature><name>赵堃</name><date>2026年1月5日</date></signature></article>",
            "<article><head><mark><organ>岑汀市人民政府</organ><suffix>文件</suffix></mark><number>岑政发〔2026〕1号</number></head><p>现予印发。</p><signature><name>岑汀市人民政府</name><date>2026年1月5日</date></signature></article>",
            "<article><head><mark><organ>岑汀市人民政府办公室</organ><suffix>文件</suffix></mark><number>岑政发〔2026〕1号</number></head><p>现予印发。</p><signature><name>岑汀市人民政府办公室</name><date>2026年1月5日</date></signature></article>",
            "<article><head><mark><organ>岑汀市政府文件</organ><suffix>文件</suffix></mark><number>岑政发〔2026〕1号</number></head><p>现予印发。</p><signature><name>岑汀市人民政府</name><date>2026年1月5日</date></signature></article>",
            "<article><head><mark><organ>甲市财政局</organ><suffix>文件</suffix></mark><number>岑政发〔2026〕1号</number></head><p>现予印发。</p><signature><name>甲市财政局</name><name>甲市教育局</name><date>2026年1月5日</date></signature></article>",
            "<article><head><mark><organ>甲市财政局</organ><organ>甲市教育局</organ><suffix>文件</suffix></mark><number>岑政发〔2026〕1号</number></head><p>现予印发。</p><signature><name>甲市财政局</name><name>甲市教育局</name><date>2026年1月5日</date></signature></article>",
            "<article><head><mark><organ>岑汀市人民政府</organ><suffix>文件</suffix></mark><number>岑政发〔2026〕1号</number></head><p>现予印发。</p><signature kind=\"stamp\"><name>赵堃<post>市长</post></name><date>2026年1月5日</date></signature></article>",
            "<article><p>现予印发。</p><signature><name>岑汀市人民政府</name><date>2026年1月5日</date></signature></article>",
        ],
        &[
            (
                "<article><head><mark><organ>岑汀市人民政府</organ><suffix>文件</suffix></mark><number>岑政发〔2026〕1号</number></head><p>现予印发。</p><signature><name>桐渚市人民政府</name><date>2026年1月5日</date></signature></article>",
                "桐渚市人民政府",
            ),
            (
                "<article><head><mark><organ>甲市财政局</organ><organ>甲市教育局</organ><suffix>文件</suffix></mark><number>岑政发〔2026〕1号</number></head><p>现予印发。</p><signature><name>甲市教育局</name><name>甲市财政局</name><date>2026年1月5日</date></signature></article>",
                "甲市教育局",
            ),
            (
                "<article><head><mark><organ>甲市财政局</organ><organ>甲市教育局</organ><suffix>文件</suffix></mark><number>岑政发〔2026〕1号</number></head><p>现予印发。</p><signature><name>甲市财政局</name><date>2026年1月5日</date></signature></article>",
                "甲市财政局",
            ),
        ],
    ),
    case(
        "rates-agree",
        &[
            "全市地区生产总值⟦a:1200亿元⟧，同比增长⟦b:5.8%⟧，固定资产投资下降⟦c:1.2%⟧。\n⟪h:固定资产投资下降1.2%⟫。",
            "地区生产总值达到⟦a:1200亿元⟧，增长⟦b:5.8%⟧。⟪h:全市地区生产总值同比增长5.8%，连续三年居全省第一⟫。",
            "固定资产投资增长⟦c:3.5%⟧。⟪h:经开区加快建设，固定资产投资增长20%。民间固定资产投资增长12%⟫。",
            "固定资产投资增长⟦c:3.5%⟧。⟪h:上半年，固定资产投资增长9%⟫。⟪i:固定资产投资增长3%左右⟫。",
            "规模以上工业增加值增长⟦a:6.4%⟧，其中制造业增加值增长⟦b:7%⟧。⟪h:规模以上工业增加值增长6.4%，其中制造业增长8%⟫。",
            "⟪h:2024年固定资产投资增长9%⟫。固定资产投资增长⟦c:3.5%⟧，增长⟦d:4%⟧。⟪i:青澜县固定资产投资增长10%⟫。",
            "# 总结\n固定资产投资增长⟦c:3.5%⟧。\n# 谋划\n⟪h:固定资产投资增长6%⟫。",
        ],
        &[
            ("固定资产投资下降⟦c:1.2%⟧。\n⟪h:固定资产投资增长1.2%⟫。", "固定资产投资增长1.2%"),
            (
                "全市地区生产总值⟦a:1200亿元⟧，同比增长⟦b:5.8%⟧，固定资产投资下降⟦c:1.2%⟧。⟪h:地区生产总值增长8%⟫。",
                "地区生产总值增长8%",
            ),
            (
                "⟪h:一般公共预算收入120亿元，比上年增长5%⟫。一般公共预算收入⟦a:120亿元⟧，同比增长⟦b:4.7%⟧。",
                "比上年增长5%",
            ),
            (
                "地区生产总值增长⟦b:5.8%⟧，规模以上工业增加值增长⟦c:6.4%⟧。\n⟪h:规模以上工业增加值下降6.4%⟫。",
                "规模以上工业增加值下降6.4%",
            ),
        ],
    ),
];

//! Finds words that are surely wrong: misspellings and doubled comparisons.

use std::sync::LazyLock;

use super::Finding;
use super::passage::Passage;
use super::presence::Characters;

/// A wrong word, what it should be, and the characters before and after it that make other words of its own.
type Wrong = (&'static str, &'static str, &'static str, &'static str);

/// What says how many of them stand before 座, which then goes on to 落于 as a word of its own.
const COUNTING: &str = "0123456789一二三四五六七八九十百两几数多余每这那整";

const WRONG: &[Wrong] = &[
    ("布署", "部署", "公发颁宣分遍", "名"),
    ("座落于", "坐落于", COUNTING, ""),
    ("一如继往", "一如既往", "", ""),
    ("再接再励", "再接再厉", "", ""),
    ("按步就班", "按部就班", "", ""),
    ("一愁莫展", "一筹莫展", "", ""),
    ("默守成规", "墨守成规", "", ""),
    ("名列前矛", "名列前茅", "", ""),
    ("穿流不息", "川流不息", "", ""),
    ("迫不急待", "迫不及待", "", ""),
    ("因地治宜", "因地制宜", "", ""),
    ("因地置宜", "因地制宜", "", ""),
    ("不尽人意", "不尽如人意", "", ""),
    ("统畴", "统筹", "", ""),
    ("松驰", "松弛", "", "名援骋"),
    ("幅射", "辐射", "", "击程"),
    ("震憾", "震撼", "", "事"),
    ("浮燥", "浮躁", "", "热"),
    ("急燥", "急躁", "", "热"),
    ("亲睐", "青睐", "", ""),
    ("编篡", "编纂", "", "改位夺权"),
    ("追朔", "追溯", "", "州方"),
    ("修茸", "修葺", "", ""),
    ("防碍", "妨碍", "消国边人", "于"),
    ("帐户", "账户", "", "外籍均"),
    ("结帐", "结账", "", "篷幕"),
    ("报帐", "报账", "", "篷幕"),
    ("记帐", "记账", "", "篷幕"),
    ("通迅", "通讯", "交", "速猛即捷疾"),
    ("坚难", "艰难", "攻中", "题度点关"),
    ("即然", "既然", "", "后而"),
    ("渲泄", "宣泄", "", ""),
    ("截止目前", "截至目前", "", ""),
    ("截止年底", "截至年底", "", ""),
    ("截止今年", "截至今年", "", ""),
    ("截止当前", "截至当前", "", ""),
    ("同比去年", "同比", "", ""),
    ("同比上年", "同比", "", ""),
];

/// The first and the second characters of wrong words: hardly two characters in a row of a text are among them.
static BEGINNINGS: LazyLock<[Characters; 2]> = LazyLock::new(|| {
    [0, 1].map(|nth| WRONG.iter().filter_map(|(wrong, ..)| wrong.chars().nth(nth)).collect())
});

/// Finds wrong words, and 截止 before a date.
pub(super) fn wrong(passage: &Passage<'_>) -> Vec<Finding> {
    let [first, second] = &*BEGINNINGS;
    let mut found = Vec::new();
    for (index, pair) in passage.chars.windows(2).enumerate() {
        if !first.may_have(pair[0]) || !second.may_have(pair[1]) {
            continue;
        }
        if passage.has(index, "截止") && passage.at(index + 2).is_some_and(|c| c.is_ascii_digit()) {
            found.push(Finding::new(index..index + 2).mended("截至"));
        }
        let word = WRONG.iter().find(|(wrong, _, not_after, not_before)| {
            let end = index + wrong.chars().count();
            passage.has(index, wrong)
                && !passage.before(index).is_some_and(|c| not_after.contains(c))
                && !passage.at(end).is_some_and(|c| not_before.contains(c))
        });
        if let Some((wrong, right, ..)) = word {
            found.push(Finding::new(index..index + wrong.chars().count()).mended(*right));
        }
    }
    found
}

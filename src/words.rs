//! Finds where a title may part without harm to its sense (GB/T 9704-2012, 7.3.1: 词意完整).
//!
//! The dictionary is ICU4X's of Chinese; a list of our own has the compounds of official titles that it has only in
//! parts, and rules the names that no dictionary has: 岑汀市, 青澜河, the organ that a title begins with. ICU4X's
//! dictionaries of Thai, Lao, Khmer and Burmese, which the library would bring along, are left out: they are a megabyte of
//! the program, and a report has no word in these scripts.

use std::sync::LazyLock;

use icu_provider::{DataError, DataErrorKind, DataMarker, DataProvider, DataRequest, DataResponse};
use icu_segmenter::WordSegmenter;
use icu_segmenter::options::WordBreakOptions;
use icu_segmenter::provider::{
    Baked, SegmenterBreakGraphemeClusterV1, SegmenterBreakWordOverrideV1, SegmenterBreakWordV1,
    SegmenterDictionaryAutoV2, SegmenterDictionaryExtendedV2,
};

/// How well a line ends between two characters of a title.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Parting {
    /// Between two words.
    Free,
    /// Inside a name of several words, or before a word that joins what is before it to what follows (和, 与).
    Name,
    /// Inside a part of such a name, between two words that are hardly ever parted (监督 and 管理).
    Pair,
    /// Inside a word, or before 的.
    Word,
}

use Parting::{Free, Name, Pair, Word};

/// The library's data without the dictionaries of other scripts.
struct Chinese;

macro_rules! pass_on {
    ($($marker:ty),+) => {
        $(impl DataProvider<$marker> for Chinese {
            fn load(&self, request: DataRequest<'_>) -> Result<DataResponse<$marker>, DataError> {
                Baked.load(request)
            }
        })+
    };
}

pass_on!(
    SegmenterBreakGraphemeClusterV1,
    SegmenterBreakWordV1,
    SegmenterBreakWordOverrideV1,
    SegmenterDictionaryAutoV2
);

impl DataProvider<SegmenterDictionaryExtendedV2> for Chinese {
    fn load(
        &self,
        request: DataRequest<'_>,
    ) -> Result<DataResponse<SegmenterDictionaryExtendedV2>, DataError> {
        Err(DataErrorKind::IdentifierNotFound.with_req(SegmenterDictionaryExtendedV2::INFO, request))
    }
}

/// Compounds of titles that the dictionary has only in parts. A `|` stands where one may part if nothing else helps,
/// `||` where rather elsewhere.
#[rustfmt::skip]
const COMPOUNDS: &[&str] = &[
    "上游", "中游", "下游", "高质量", "高水平", "高标准", "高品质", "高效能", "现代化", "一体化", "常态化", "新时代", "新征程",
    "总体规划", "实施方案", "实施意见", "实施办法", "实施细则", "管理办法", "若干措施", "若干意见", "政策措施", "行动方案", "行动计划",
    "工作总结", "工作谋划", "工作要点", "工作安排", "工作报告", "工作方案", "工作会议", "规划纲要", "预算执行", "预算草案", "计划草案",
    "国民经济", "社会发展", "国土空间", "营商环境", "民营经济", "数字经济", "数字政府", "安全生产",
    "乡村振兴", "共同富裕", "主体责任", "污染防治", "防汛抗旱", "防灾减灾", "除险加固", "生活垃圾", "分类处理", "专项债券", "专项资金",
    "基本养老保险", "基本医疗保险", "养老保险", "医疗保险", "失业保险金", "失业保险", "工伤保险", "生育保险", "社会保险", "缴费基数",
    "上下限", "最低工资标准", "最低生活保障", "社会保障", "公共服务", "便民热线", "政务服务", "行政许可", "行政审批", "规范性文件",
    "国有土地", "科学技术|进步奖", "科学技术奖", "先进个人", "先进集体", "获奖项目", "代表建议", "建议办理", "政协提案", "办理情况",
    "历史文化|名城", "非物质|文化遗产", "文化遗产", "装备制造", "新能源", "产业园区", "工业园区", "开发区", "高新区", "示范区",
    "职务任免", "人事任免", "先行先试", "放管服", "党中央", "国务院", "次会议",
    "人民代表大会", "人大常委会", "常务委员会", "政治协商会议", "人民政府", "人民政府|办公室", "人民政府|办公厅", "人民法院", "人民检察院", "中级人民法院", "委员会", "办公室",
    "办公厅", "联席会议", "领导小组", "指挥部", "人力资源|和|社会保障", "人力资源|社会保障", "退役军人|事务", "住房|和|城乡建设",
    "住房|城乡建设", "生态环境", "自然资源|和|规划", "自然资源", "交通运输", "农业农村", "工业|和|信息化", "信息化", "卫生健康",
    "市场监督|管理", "市场监管", "应急管理", "文化|和|旅游", "城市管理", "医疗保障", "机关事务|管理", "国有资产|监督||管理",
    "公共资源|交易", "发展|和|改革", "发展改革", "发展改革委", "消防救援", "融媒体", "自治区", "自治州", "自治县", "自治旗",
];

/// A place in a text that a compound keeps whole, and how it may part there.
type Held = (usize, Parting);

/// The compounds without their marks, in the order of their letters, and how each holds inside.
static LEXICON: LazyLock<Vec<(String, Vec<Held>)>> = LazyLock::new(|| {
    let mut words: Vec<_> = COMPOUNDS
        .iter()
        .map(|marked| {
            let mut held = Vec::new();
            let mut at = 0;
            let mut parting = None;
            for c in marked.chars() {
                if c == '|' {
                    parting = Some(if parting.is_none() { Name } else { Pair });
                    continue;
                }
                held.extend((at > 0).then(|| (at, parting.unwrap_or(Word))));
                parting = None;
                at += 1;
            }
            (marked.replace('|', ""), held)
        })
        .collect();
    words.sort();
    words
});

/// Characters that belong to the word before them: 岑汀市, 社会保障局, 青澜河.
const SUFFIXES: &str = "市县区州盟旗镇乡村省局委厅办处科院所站队组会部署社厂校馆园河湖江溪岛港湾库路桥街化性率式型者度法案奖金费税款类级届次值额量数";
/// Words that belong to the word before them where that is a name.
const LONG_SUFFIXES: [&str; 9] = ["水库", "大桥", "公路", "新区", "流域", "街道", "灌区", "林场", "机场"];
/// Of what has parts of a country for its first letter, the level of an organ: 转发|市发展改革委.
const LEVELS: &str = "市县区州省";
/// Words before the level of an organ, which its name does not go on from.
const BEFORE_LEVEL: &[&str] = &[
    "转发", "批转", "印发", "报送", "同意", "关于", "撤销", "成立", "设立", "调整", "召开", "表彰", "由",
    "对", "各", "全", "和", "与",
];
/// What stands before a word and goes over to the next line with it.
const PREPOSITIONS: &str = "由对各全向为以在从";
/// Characters that begin a word with the word after them: 非物质, 副市长.
const PREFIXES: &str = "非副准超";
/// What never begins a line: it belongs to what is before it.
const NEVER_FIRST: &str = "的了等之";
/// What joins two parts, and stays with the first.
const JOINING: [&str; 6] = ["和", "与", "及", "或", "暨", "以及"];
/// Words of one character that are no part of a name.
const SINGLES: &str =
    "的了等之和与及或暨在对为以从向由经被把将到至并而是有不也就于按因上下内外前后年月日时新各全本我";
/// Chinese numerals, which stay with what they count.
const NUMERALS: &str = "第一二三四五六七八九十百千两〇";
/// The most characters of the organ that a title begins with.
const LONGEST_ORGAN: usize = 24;

/// Returns how well a line ends before each character of a text; before the first one none does.
pub(crate) fn partings(text: &str) -> Vec<Parting> {
    let chars: Vec<char> = text.chars().collect();
    let mut partings = vec![Word; chars.len()];
    for start in words(text).into_iter().filter(|start| *start > 0) {
        partings[start] = Free;
    }
    for (at, parting) in compounds(&chars) {
        partings[at] = parting;
    }
    // The words are looked at as they are now: where they begin, and the end.
    let starts: Vec<usize> =
        (0..chars.len()).filter(|at| *at == 0 || partings[*at] != Word).chain([chars.len()]).collect();
    let mut before: Option<Part> = None;
    for pair in starts.windows(2) {
        let part = Part::new(&chars[pair[0]..pair[1]], before.as_ref());
        if let Some(before) = &before {
            let parting = before.parting(&part);
            partings[pair[0]] = partings[pair[0]].max(parting);
        }
        before = Some(part);
    }
    hold_organ(text, &mut partings);
    partings
}

/// A word of a text, and what it is beside the others.
struct Part {
    text: String,
    /// It, where it is one hanzi.
    single: Option<char>,
    /// Whether it is the level of an organ whose name follows.
    is_level: bool,
    /// Whether it belongs to the word before it.
    is_suffix: bool,
    /// Whether it is part of a name that no dictionary has.
    is_name: bool,
}

impl Part {
    fn new(word: &[char], before: Option<&Self>) -> Self {
        let single = if let [c] = word { Some(*c).filter(|c| is_hanzi(*c)) } else { None };
        let is_single_of = |characters: &str| single.is_some_and(|c| characters.contains(c));
        let begins = |before: &Self| {
            BEFORE_LEVEL.contains(&&*before.text) || !before.text.chars().next_back().is_some_and(is_hanzi)
        };
        let is_level = is_single_of(LEVELS) && before.is_none_or(begins);
        let is_suffix = is_single_of(SUFFIXES) && !is_level;
        let is_name =
            single.is_some() && !is_level && !is_suffix && !is_single_of(SINGLES) && !is_single_of(PREFIXES);
        Self { text: word.iter().collect(), single, is_level, is_suffix, is_name }
    }

    /// Tells how well a line ends between this word and the one after it.
    fn parting(&self, after: &Self) -> Parting {
        let ends_with_hanzi = self.text.chars().next_back().is_some_and(is_hanzi);
        let is_word = !self.single.is_some_and(|c| SINGLES.contains(c));
        let takes_next = self.is_level
            || self.single.is_some_and(|c| PREFIXES.contains(c) || PREPOSITIONS.contains(c))
            || self.text.chars().all(|c| NUMERALS.contains(c));
        let is_taken = after.single.is_some_and(|c| NEVER_FIRST.contains(c))
            || after.is_suffix && ends_with_hanzi && is_word
            || self.is_name && (after.is_name || LONG_SUFFIXES.contains(&&*after.text));
        if takes_next || is_taken {
            Word
        } else if JOINING.contains(&&*after.text) {
            Name
        } else {
            Free
        }
    }
}

/// Holds the organ together that a title begins with: 岑汀市人民政府办公室关于….
fn hold_organ(text: &str, partings: &mut [Parting]) {
    let Some(organ) = text.find("关于").map(|at| text[..at].chars().count()) else { return };
    if organ > LONGEST_ORGAN || text.starts_with('《') {
        return;
    }
    for parting in partings.iter_mut().take(organ) {
        *parting = (*parting).max(Name);
    }
}

/// Returns the places, in characters, where the words of the dictionary begin.
fn words(text: &str) -> Vec<usize> {
    let segmenter = WordSegmenter::try_new_dictionary_unstable(&Chinese, WordBreakOptions::default())
        .expect("the data are compiled in, and a dictionary that is not found is passed over");
    let mut places = segmenter.as_borrowed().segment_str(text).peekable();
    let mut starts = Vec::new();
    for (index, (at, _)) in text.char_indices().enumerate() {
        if places.next_if_eq(&at).is_some() {
            starts.push(index);
        }
    }
    starts
}

/// Returns where compounds hold, each as strongly as it does; of those that begin at one place the longest counts.
fn compounds(chars: &[char]) -> Vec<Held> {
    let mut found: Vec<Held> = Vec::new();
    let mut start = 0;
    while start < chars.len() {
        let mut first = [0; 4];
        let first = &*chars[start].encode_utf8(&mut first);
        let from = LEXICON.partition_point(|(word, _)| &**word < first);
        let begins = LEXICON[from..].iter().take_while(|(word, _)| word.starts_with(first));
        let fits = |word: &str| {
            let mut rest = chars[start..].iter();
            word.chars().all(|own| rest.next() == Some(&own))
        };
        match begins.filter(|(word, _)| fits(word)).max_by_key(|(word, _)| word.len()) {
            Some((word, held)) => {
                // Its ends part even where the dictionary has a word across them: 河上|游.
                found.extend((start > 0).then_some((start, Free)));
                found.extend(held.iter().map(|(at, parting)| (start + at, *parting)));
                start += word.chars().count();
                found.extend((start < chars.len()).then_some((start, Free)));
            }
            None => start += 1,
        }
    }
    found
}

/// Tells whether a character is a hanzi.
pub(crate) fn is_hanzi(character: char) -> bool {
    matches!(character,
        '\u{3007}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{323af}')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Parts a text at every place where it parts freely.
    fn parted(text: &str) -> String {
        let parts = text.chars().zip(partings(text));
        let part = |(c, parting)| if parting == Free { format!("|{c}") } else { format!("{c}") };
        parts.map(part).collect()
    }

    #[test]
    fn no_word_and_no_name_is_broken() {
        for (text, never) in [
            (
                "关于解决青澜河上游水库除险加固资金的请示",
                &["青|澜", "澜|河", "上|游", "|的", "除险|加固"][..],
            ),
            (
                "关于印发岑汀市2026年国民经济和社会发展计划的通知",
                &["岑|汀", "汀|市", "国民|经济", "经济|和", "社会|发展", "|济"],
            ),
            ("转发市发展改革委等部门关于进一步加强工作的通知", &["市|发", "发展|改", "改革|委", "|等"]),
            ("关于命名表彰2025年度岑汀市科学技术进步奖的决定", &["岑|汀", "汀|市", "进步|奖", "科学|技术"]),
            ("关于学习贯彻党的二十届四中全会精神的通知", &["党|的", "二十|届", "四|中"]),
            ("关于调整城镇职工基本养老保险缴费基数的批复", &["养老|保险", "基本|养老"]),
            ("退役军人事务局联席会议办公室文件", &["事务|局", "军人|事务", "联席|会议"]),
            ("岑汀市人力资源和社会保障局", &["岑|汀", "汀|市", "资源|和", "和|社会", "保障|局"]),
            ("关于加快上游水库建设的意见", &["上|游"]),
            ("关于赵堃等同志职务任免的通知", &["赵|堃", "|等"]),
            ("关于公布第一批市级非物质文化遗产的通知", &["第|一", "一|批", "非|物质"]),
            ("关于废止十二件规范性文件的决定", &["十二|件", "规范|性", "性|文件"]),
        ] {
            let parted = parted(text);
            for words in never {
                assert!(!parted.contains(words), "{parted}: {words}");
            }
            assert!(parted.contains('|'), "{parted}");
        }
    }

    #[test]
    fn compounds_are_told_apart_once() {
        let words: Vec<_> = COMPOUNDS.iter().map(|word| word.replace('|', "")).collect();
        for (nth, word) in words.iter().enumerate() {
            assert!(!words[..nth].contains(word), "{word}");
        }
    }

    #[test]
    fn text_in_a_script_without_dictionary_is_no_fault() {
        assert_eq!(partings("สวัสดี").first(), Some(&Word));
        assert_eq!(partings(""), []);
    }
}

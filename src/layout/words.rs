//! Finds the words of a title (7.3.1: 词意完整), which no line may break.
//!
//! The dictionary is ICU4X's of Chinese. Its dictionaries of Thai, Lao, Khmer and Burmese, which the library would
//! bring along, are left out: they are a megabyte of the program, and a report has no word in these scripts.

use icu_provider::{DataError, DataErrorKind, DataMarker, DataProvider, DataRequest, DataResponse};
use icu_segmenter::WordSegmenter;
use icu_segmenter::options::WordBreakOptions;
use icu_segmenter::provider::{
    Baked, SegmenterBreakGraphemeClusterV1, SegmenterBreakWordOverrideV1, SegmenterBreakWordV1,
    SegmenterDictionaryAutoV2, SegmenterDictionaryExtendedV2,
};

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

/// Words of titles that the dictionary has only in parts.
const COMPOUNDS: [&str; 15] = [
    "上游",
    "中游",
    "下游",
    "高质量",
    "高水平",
    "高标准",
    "高品质",
    "高效能",
    "现代化",
    "一体化",
    "常态化",
    "新时代",
    "新征程",
    "总体规划",
    "实施方案",
];

/// Returns the places, in bytes, between the words of a text, its start and its end among them.
pub(super) fn boundaries(text: &str) -> Vec<usize> {
    let segmenter = WordSegmenter::try_new_dictionary_unstable(&Chinese, WordBreakOptions::default())
        .expect("the data are compiled in, and a dictionary that is not found is passed over");
    let mut within = vec![false; text.len() + 1];
    for compound in COMPOUNDS {
        for (start, _) in text.match_indices(compound) {
            within[start + 1..start + compound.len()].fill(true);
        }
    }
    segmenter.as_borrowed().segment_str(text).filter(|&place| !within[place]).collect()
}

#[cfg(test)]
mod tests {
    use super::boundaries;

    #[test]
    fn words_of_the_dictionary_stay_whole() {
        assert!(!boundaries("解决青澜河上游水库").contains(&"解决青澜河上".len()));
        let text = "关于推进高质量发展的工作报告";
        let words: Vec<&str> = boundaries(text).windows(2).map(|place| &text[place[0]..place[1]]).collect();
        assert_eq!(words, ["关于", "推进", "高质量", "发展", "的", "工作", "报告"]);
    }

    #[test]
    fn text_in_a_script_without_dictionary_is_no_fault() {
        assert_eq!(boundaries("สวัสดี").first(), Some(&0));
        assert_eq!(boundaries(""), [0]);
    }
}

//! Sorts characters as a proof-reader sees them.

/// Tells whether a character is a hanzi.
pub(super) fn is_hanzi(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '〇' | '\u{20000}'..='\u{323af}')
}

/// The marks that part sentences and clauses (点号).
pub(super) const POINTS: &[char] = &['。', '，', '、', '；', '：', '？', '！'];

/// Tells whether a character is one of [`POINTS`].
pub(super) fn is_point(c: char) -> bool {
    matches!(c, '。' | '，' | '、' | '；' | '：' | '？' | '！')
}

/// Tells whether a character is a full-width mark.
pub(super) fn is_wide_mark(c: char) -> bool {
    is_point(c) || closing(c).is_some() || opening(c).is_some() || matches!(c, '…' | '—' | '～')
}

/// Tells whether a character belongs to Chinese text: a hanzi or a full-width mark.
pub(super) fn is_wide(c: char) -> bool {
    is_hanzi(c) || is_wide_mark(c)
}

/// Returns the closing mark of an opening one.
pub(super) fn closing(c: char) -> Option<char> {
    Some(match c {
        '“' => '”',
        '‘' => '’',
        '（' => '）',
        '《' => '》',
        '〈' => '〉',
        '【' => '】',
        '〔' => '〕',
        '「' => '」',
        '『' => '』',
        '［' => '］',
        '｛' => '｝',
        _ => return None,
    })
}

/// Returns the opening mark of a closing one.
pub(super) fn opening(c: char) -> Option<char> {
    Some(match c {
        '”' => '“',
        '’' => '‘',
        '）' => '（',
        '》' => '《',
        '〉' => '〈',
        '】' => '【',
        '〕' => '〔',
        '」' => '「',
        '』' => '『',
        '］' => '［',
        '｝' => '｛',
        _ => return None,
    })
}

/// Returns the value of a Chinese digit; 两 is 2 and 〇 is 0.
pub(super) fn digit(c: char) -> Option<u32> {
    Some(match c {
        '〇' | '零' => 0,
        '一' => 1,
        '二' | '两' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

/// Tells whether a character can stand in a Chinese number below a hundred.
pub(super) fn is_numeral(c: char) -> bool {
    c == '十' || digit(c).is_some_and(|digit| digit > 0)
}

/// Reads a Chinese number from 1 to 99 at the beginning of a text; returns it and its length.
pub(super) fn ordinal(chars: &[char]) -> Option<(u32, usize)> {
    let length = chars.iter().take_while(|c| is_numeral(**c)).count();
    let ten = chars[..length].iter().position(|c| *c == '十');
    let value = |part: &[char]| match part {
        [] => Some(None),
        [one] => digit(*one).map(Some),
        _ => None,
    };
    let number = match ten {
        None => value(&chars[..length])??,
        Some(at) => value(&chars[..at])?.unwrap_or(1) * 10 + value(&chars[at + 1..length])?.unwrap_or(0),
    };
    Some((number, length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_that_come_in_pairs_lead_to_each_other() {
        let marks: Vec<char> = ('\0'..=char::MAX).filter(|c| closing(*c).is_some()).collect();
        assert_eq!(marks.len(), 11);
        for mark in marks {
            assert_eq!(closing(mark).and_then(opening), Some(mark));
        }
        assert_eq!(('\0'..=char::MAX).filter(|c| opening(*c).is_some()).count(), 11);
        assert!(('\0'..=char::MAX).all(|c| is_point(c) == POINTS.contains(&c)));
    }
}

//! Sorts characters as Chinese typesetting does (CLREQ, GB/T 15834-2011).

/// What a character is to line breaking and justification.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Class {
    /// Hanzi, kana and whatever else fills a cell of its own.
    Ideograph,
    /// Opening brackets and quotes (前引号、前括号), blank in their left half.
    Opening,
    /// Closing brackets and quotes, blank in their right half.
    Closing,
    /// ，、；： (句内点号), blank in their right half.
    Pause,
    /// 。！？ (句末点号), blank in their right half.
    Stop,
    /// · 间隔号, half a cell.
    MiddleDot,
    /// — 破折号; two of them are one mark.
    Dash,
    /// … 省略号; two of them are one mark.
    Ellipsis,
    /// ～ 浪纹式连接号.
    Tilde,
    /// The digits 0 to 9.
    Digit,
    /// Other letters, and marks that go with them.
    Latin,
    /// A space between words.
    Space,
}

impl Class {
    /// Sorts a character.
    pub(crate) fn of(character: char) -> Self {
        // Most letters of a text are these.
        if matches!(character, '\u{4e00}'..='\u{9fff}') {
            return Self::Ideograph;
        }
        match character {
            '（' | '【' | '〔' | '《' | '〈' | '「' | '『' | '“' | '‘' | '［' | '｛' | '〖' => {
                Self::Opening
            }
            '）' | '】' | '〕' | '》' | '〉' | '」' | '』' | '”' | '’' | '］' | '｝' | '〗' => {
                Self::Closing
            }
            '，' | '、' | '；' | '：' => Self::Pause,
            '。' | '．' | '？' | '！' => Self::Stop,
            '·' | '・' => Self::MiddleDot,
            '—' => Self::Dash,
            '…' => Self::Ellipsis,
            '～' => Self::Tilde,
            '0'..='9' => Self::Digit,
            ' ' | '\u{a0}' | '\t' => Self::Space,
            _ if is_wide(character) => Self::Ideograph,
            _ => Self::Latin,
        }
    }

    /// Tells whether the right half of the cell is blank.
    pub(crate) fn blank_after(self) -> bool {
        matches!(self, Self::Closing | Self::Pause | Self::Stop)
    }

    /// Tells whether the character is a digit or letter, set by its own width.
    pub(crate) fn western(self) -> bool {
        matches!(self, Self::Digit | Self::Latin)
    }

    /// Tells whether the character is punctuation, which a lonely last line may hold beside its two
    /// characters.
    pub(crate) fn punctuation(self) -> bool {
        self.blank_after()
            || matches!(self, Self::Opening | Self::MiddleDot | Self::Dash | Self::Ellipsis | Self::Tilde)
    }
}

/// Tells whether a character that is no punctuation is set in a full cell.
fn is_wide(character: char) -> bool {
    matches!(character,
        '\u{2460}'..='\u{24ff}' // ① and their like
        | '\u{2160}'..='\u{217f}' // Ⅰ
        | '\u{2190}'..='\u{21ff}' | '\u{25a0}'..='\u{27bf}' // arrows, ★ and their like
        | '\u{2e80}'..='\u{303f}' | '\u{3041}'..='\u{33ff}' | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}'
        | '\u{ff01}'..='\u{ff5e}' | '\u{ffe0}'..='\u{ffe6}'
        | '\u{20000}'..='\u{3ffff}'
        | '‰' | '℃' | '№' | '‼' | '⁇' | '⁈' | '⁉' | '×' | '÷' | '±' | '′' | '″')
}

/// Tells whether a character, of this class, never stands at a line's start (避头).
pub(crate) fn forbidden_at_start(class: Class, character: char) -> bool {
    match class {
        Class::Closing | Class::Pause | Class::Stop => true,
        Class::MiddleDot | Class::Dash | Class::Ellipsis | Class::Tilde => true,
        Class::Ideograph => matches!(character, '‼' | '⁇' | '⁈' | '⁉' | '％' | '‰' | '℃' | '／'),
        Class::Latin => matches!(
            character,
            '–' | '-' | '‐' | '%' | '/' | ')' | ']' | '}' | ',' | '.' | ';' | ':' | '!' | '?' | '»' | '›'
        ),
        Class::Opening | Class::Digit | Class::Space => false,
    }
}

/// Tells whether a character, of this class, never stands at a line's end (避尾).
pub(crate) fn forbidden_at_end(class: Class, character: char) -> bool {
    match class {
        Class::Opening => true,
        Class::Ideograph => matches!(character, '￥' | '＄' | '№' | '／'),
        Class::Latin => matches!(character, '¥' | '$' | '/' | '(' | '[' | '{' | '«' | '‹'),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_standards_marks_are_all_forbidden() {
        for mark in "。．，、；：？！‼⁇⁈⁉）】〕》〉」』”’］｝…—–-～·％%‰℃/".chars()
        {
            assert!(forbidden_at_start(Class::of(mark), mark), "{mark}");
        }
        for mark in "（【〔《〈「『“‘［｛￥＄№/".chars() {
            assert!(forbidden_at_end(Class::of(mark), mark), "{mark}");
        }
        for letter in "市政a1〇𬭎".chars() {
            let class = Class::of(letter);
            assert!(!forbidden_at_start(class, letter) && !forbidden_at_end(class, letter), "{letter}");
        }
    }
}

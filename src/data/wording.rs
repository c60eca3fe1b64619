//! Fits a value to the words that stand around it in the text, as the field's [`Wording`] says.
//!
//! What the text adds is taken off the value, with a warning, so that it does not stand there twice: 《《…》》,
//! 4A级级, a sentence's 。 before the list's own mark. A number that makes no sentence there is refused.

use rust_decimal::Decimal;

use super::number::{Fault, excerpt};
use super::{Approximation, Value};
use crate::diag::catalogue::data::{NOT_EXACT, NUMBER_RANGE};
use crate::diag::catalogue::wording::{BOUND_ON_FALL, INNER_MARKS, TAKEN_OFF, WRONG_LIMIT};
use crate::diag::{Diagnostic, Text};
use crate::pack::{Field, Kind, Limit, Wording};

/// What no clause or sentence begins with: the text puts marks between them.
const LEADING: [char; 8] = ['，', '、', '；', '。', '：', ',', ';', '.'];

/// What no clause or sentence ends with: the text puts its own mark there.
const FINAL: [char; 8] = ['。', '；', '，', '、', '：', '．', ';', ','];

/// The marks that come in pairs and hold no other pair of their own form.
const PAIRS: [(&str, &str); 3] = [("《", "》"), ("“", "”"), ("（", "）")];

/// Takes off a text what the words around it add, with a warning that shows what is left.
pub(super) fn mend(text: String, field: &Field) -> Result<(String, Option<Diagnostic>), Fault> {
    let mut rest = text.as_str();
    if matches!(field.kind, Kind::Text | Kind::Texts) {
        rest = without_leading_marks(rest).trim();
        let whole = rest;
        loop {
            let shorter = rest.trim_end_matches(FINAL).trim_end();
            // A full stop; 3. may be the end of a number, but of none that is still going on.
            let shorter = shorter.strip_suffix('.').filter(|left| !left.ends_with('.')).unwrap_or(shorter);
            if shorter.len() == rest.len() {
                break;
            }
            rest = shorter;
        }
        // A sentence among others may lead to what follows it.
        if field.kind == Kind::Texts && whole[rest.len()..].starts_with('：') {
            rest = &whole[..rest.len() + '：'.len_utf8()];
        }
    } else {
        // A name may begin with a mark, and end with a full stop of its own: Co., Ltd.
        rest = rest.trim_end_matches(FINAL).trim_end();
    }
    let Wording { before, after, .. } = &*field.wording;
    let pair = PAIRS.iter().find(|(open, close)| is_among(before, open) && is_among(after, close));
    if let Some((open, close)) = pair {
        while let Some(inner) = rest.strip_prefix(open).and_then(|rest| rest.strip_suffix(close)) {
            if !is_balanced(inner, open, close) {
                break;
            }
            rest = inner.trim();
        }
        if rest.contains(open) || rest.contains(close) {
            let fault = Diagnostic::new(&INNER_MARKS).with("found", excerpt(&text));
            return Err(Box::new(fault.with("marks", format!("{open}{close}"))));
        }
    }
    let is_mark = |word: &str| PAIRS.iter().any(|(open, close)| word == *open || word == *close);
    for word in before.iter().filter(|word| !is_mark(word)) {
        rest = rest.strip_prefix(word.as_str()).filter(|left| !left.is_empty()).unwrap_or(rest).trim();
    }
    for word in after.iter().filter(|word| !is_mark(word)) {
        rest = rest.strip_suffix(word.as_str()).filter(|left| !left.is_empty()).unwrap_or(rest).trim();
    }
    if rest.is_empty() || rest.len() == text.len() {
        return Ok((text, None));
    }
    let warning = Diagnostic::new(&TAKEN_OFF).with("found", ends(&text)).with("printed", ends(rest));
    Ok((rest.to_owned(), Some(warning)))
}

/// Takes off the marks that no text begins with. A stop of ASCII before more of ASCII is part of what follows: .5%, ../logo.png.
fn without_leading_marks(text: &str) -> &str {
    let mut rest = text;
    while let Some(shorter) = rest.strip_prefix(LEADING) {
        if rest.starts_with('.') && shorter.starts_with(|c: char| c.is_ascii_graphic()) {
            break;
        }
        rest = shorter.trim_start();
    }
    rest
}

fn is_among(words: &[String], mark: &str) -> bool {
    words.iter().any(|word| word == mark)
}

/// Shows both ends of a text, which is where it changed.
fn ends(text: &str) -> String {
    const MOST: usize = 30;
    let length = text.chars().count();
    if length <= MOST {
        return text.to_owned();
    }
    let end: String = text.chars().skip(length - MOST / 2).collect();
    text.chars().take(MOST / 2).chain(['…']).collect::<String>() + &end
}

/// Tells whether marks pair up within a text, so that those around it are a pair of their own.
fn is_balanced(text: &str, open: &str, close: &str) -> bool {
    let mut depth = 0_i32;
    for (at, c) in text.char_indices() {
        let character = &text[at..at + c.len_utf8()];
        depth += i32::from(character == open) - i32::from(character == close);
        if depth < 0 {
            return false;
        }
    }
    depth == 0
}

/// Settles how exactly a number is known that the words around it have a say in.
pub(super) fn settle(
    approximation: Approximation,
    number: Decimal,
    field: &Field,
    typed: &str,
) -> Result<Approximation, Fault> {
    use Approximation::{
        About, Around, AtLeast, Exact, LessThan, Nearly, Odd, OddBehind, Over, OverBehind, Within,
    };
    let fault = |entry| Diagnostic::new(entry).with("found", excerpt(typed));
    if matches!(approximation, Approximation::To(_)) && !field.wording.range {
        return Err(Box::new(fault(&NUMBER_RANGE)));
    }
    if field.wording.exact && approximation != Exact {
        return Err(Box::new(fault(&NOT_EXACT)));
    }
    let wrong = |zh: &str, en: &str| {
        let example = number.abs();
        let expected = Text::both(
            format!("{zh}，如 `{example}` 或 `\"{example}{}\"`", if zh == "下限" { "以上" } else { "以内" }),
            format!("{en} such as `{example}`"),
        );
        Err(Box::new(fault(&WRONG_LIMIT).with("expected", expected)))
    };
    match (field.wording.limit, approximation) {
        (Some(Limit::Least), Exact | AtLeast) => return Ok(AtLeast),
        (Some(Limit::Least), _) => return wrong("下限", "a lower limit"),
        (Some(Limit::Most), Exact | Within) => return Ok(Within),
        (Some(Limit::Most), _) => return wrong("上限", "an upper limit"),
        (None, _) => {}
    }
    // 下降3%以内 and 下降3%以上 could both be meant; of no growth only 超过0 (some) and 0左右 say anything.
    let is_two_ways = if number.is_zero() {
        matches!(approximation, Within | LessThan | Odd | Over | OddBehind | OverBehind)
    } else {
        number.is_sign_negative() && !matches!(approximation, Exact | About | Around | Nearly)
    };
    if field.kind == Kind::Growth && is_two_ways {
        return Err(Box::new(fault(&BOUND_ON_FALL)));
    }
    Ok(approximation)
}

/// Tells whether a value is a 0 that the text leaves out.
pub(super) fn is_left_out(value: &Value, field: &Field) -> bool {
    matches!(value, Value::Quantity(quantity) if field.wording.omits_zero && quantity.number.is_zero())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(kind: Kind, before: &[&str], after: &[&str]) -> Field {
        let own = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        Field {
            path: "a".to_owned(),
            kind,
            wording: Wording { before: own(before), after: own(after), ..Wording::default() }.into(),
            ..Field::default()
        }
    }

    fn mended(field: &Field, text: &str) -> String {
        match mend(text.to_owned(), field) {
            Ok((text, warning)) => format!("{text}{}", if warning.is_some() { " !" } else { "" }),
            Err(fault) => fault.entry.code.to_owned(),
        }
    }

    #[test]
    fn what_the_text_adds_is_taken_off() {
        let document = field(Kind::Name, &["《"], &["》"]);
        assert_eq!(mended(&document, "岑汀市管理办法"), "岑汀市管理办法");
        assert_eq!(mended(&document, "《岑汀市管理办法》"), "岑汀市管理办法 !");
        assert_eq!(mended(&document, "《《岑汀市管理办法》》"), "岑汀市管理办法 !");
        assert_eq!(mended(&document, "《关于落实〈意见〉的通知》"), "关于落实〈意见〉的通知 !");
        assert_eq!(mended(&document, "《办法》和《方案》"), INNER_MARKS.code);
        assert_eq!(mended(&document, "《办法"), INNER_MARKS.code);
        let grade = field(Kind::Grade, &[], &["级", "级水平"]);
        assert_eq!(mended(&grade, "5A"), "5A");
        assert_eq!(mended(&grade, "5A级"), "5A !");
        assert_eq!(mended(&field(Kind::Grade, &[], &["标准"]), "一级A标准"), "一级A !");
        assert_eq!(mended(&field(Kind::Text, &["“"], &["”"]), "“攻坚年”"), "攻坚年 !");
        assert_eq!(mended(&field(Kind::Text, &["面对"], &[]), "，面对特大旱情。"), "特大旱情 !");
        assert_eq!(mended(&field(Kind::Names, &[], &["称号"]), "称号"), "称号");
    }

    #[test]
    fn sentences_lose_their_final_marks() {
        let sentences = field(Kind::Texts, &[], &[]);
        for (typed, wanted) in [
            ("建成投产", "建成投产"),
            ("建成投产。", "建成投产 !"),
            ("增长5%.", "增长5% !"),
            ("；建成投产；；", "建成投产 !"),
            (".5%的企业", ".5%的企业"),
            ("../岑汀/印章.png", "../岑汀/印章.png"),
            (".建成投产", "建成投产 !"),
            ("怎么办？", "怎么办？"),
            ("。", "。"),
            ("等等...", "等等..."),
            ("办法如下：", "办法如下："),
            ("办法如下：。", "办法如下： !"),
            ("办法如下。：", "办法如下 !"),
        ] {
            assert_eq!(mended(&sentences, typed), wanted);
        }
        for kind in [Kind::Name, Kind::Names, Kind::Person] {
            let name = field(kind, &[], &[]);
            assert_eq!(mended(&name, "第1期."), "第1期.");
            assert_eq!(mended(&name, "渚山茶油精炼加工项目。"), "渚山茶油精炼加工项目 !");
            assert_eq!(mended(&name, "云澜超市，"), "云澜超市 !");
        }
        assert_eq!(mended(&field(Kind::Name, &["《"], &["》"]), "《管理办法》。"), "管理办法 !");
    }
}

//! Reads dates, and says of what is none which date was likely meant.

use super::number::{Fault, excerpt};
use super::numerals::whole;
use crate::diag::catalogue::data::BAD_DATE;
use crate::diag::{Diagnostic, Text};
use crate::json::narrow;

/// Reads a date: `2026-01-05`. Of another form that is plainly a date, the hint shows the right one.
pub(super) fn date(typed: &str) -> Result<(u16, u8, u8), Fault> {
    let text = narrow(typed);
    let text = text.trim();
    let parts: Vec<&str> = text.split('-').collect();
    let is_plain = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if let [year, month, day] = parts[..]
        && (year.len(), month.len(), day.len()) == (4, 2, 2)
        && [year, month, day].into_iter().all(is_plain)
        && let Some(date) = calendar(year, month, day)
    {
        return Ok(date);
    }
    let fault = Diagnostic::new(&BAD_DATE).with("found", excerpt(typed));
    Err(Box::new(match meant_date(text).or_else(|| no_such_day(text)) {
        Some(hint) => fault.hint(hint),
        None => fault,
    }))
}

/// Says of a date that is in no calendar what is wrong with it.
fn no_such_day(text: &str) -> Option<Text> {
    let is_date = |c: char| c.is_ascii_digit() || "-/.年月日号 ".contains(c);
    let numbers: Vec<&str> =
        text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let [year, month, day] = numbers[..] else { return None };
    if !text.chars().all(is_date) || year.len() != 4 {
        return None;
    }
    let (year, month, day): (u16, u8, u8) = (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
    Some(match days_in(year, month) {
        None => Text::both(format!("没有{month}月"), format!("there is no month {month}")),
        Some(days) => Text::both(
            format!("没有这一天：{year}年{month}月只有{days}天，没有{day}日"),
            format!("there is no such day: {year}-{month:02} has {days} days"),
        ),
    })
}

/// Says which date a text or a number that is none was likely meant to be: `2026年1月5日`, `20260105`, or 46027, the
/// days since the end of 1899 that spreadsheets count.
pub(super) fn meant_date(text: &str) -> Option<Text> {
    let shown = |(year, month, day): (u16, u8, u8)| format!("{year:04}-{month:02}-{day:02}");
    let numbers: Vec<&str> =
        text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let meant = match numbers[..] {
        // What follows is the time of the day.
        [year, month, day, ..] if year.len() == 4 => calendar(year, month, day),
        [date] if date.len() == 8 && date == text => calendar(&date[..4], &date[4..6], &date[6..]),
        [date, ..] if date.len() == 5 && text.starts_with(date) && numbers.len() <= 2 => {
            let meant = serial_date(date.parse().ok()?)?;
            let meant = shown(meant);
            return Some(Text::both(
                format!("这像是表格软件里日期的序号，改为：`\"{meant}\"`"),
                format!("it looks like the number by which spreadsheets keep a date; write: `\"{meant}\"`"),
            ));
        }
        _ => numeral_date(text),
    };
    let meant = shown(meant?);
    Some(Text::both(format!("改为：`\"{meant}\"`"), format!("write: `\"{meant}\"`")))
}

/// Reads a date in Chinese numerals: 二〇二六年一月八日.
fn numeral_date(text: &str) -> Option<(u16, u8, u8)> {
    let (year, rest) = text.split_once('年')?;
    let (month, day) = rest.split_once('月')?;
    let year = whole(&year.replace('○', "〇"))?.to_string();
    let day = day.strip_suffix(['日', '号'])?;
    calendar(&year, &whole(month)?.to_string(), &whole(day)?.to_string())
}

/// Returns the date with a spreadsheet's number, of the years that reports are of.
fn serial_date(number: u32) -> Option<(u16, u8, u8)> {
    // 1950-01-01; the numbers of January and February 1900, which spreadsheets get wrong, are far below.
    let mut left = number.checked_sub(18_264)?;
    for year in 1950_u16..2100 {
        for month in 1_u8..=12 {
            let days = u32::from(days_in(year, month)?);
            if left < days {
                return Some((year, month, u8::try_from(left + 1).ok()?));
            }
            left -= days;
        }
    }
    None
}

/// Returns a date of the Gregorian calendar, if there is that day.
fn calendar(year: &str, month: &str, day: &str) -> Option<(u16, u8, u8)> {
    let (year, month, day): (u16, u8, u8) = (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
    (year > 0 && (1..=days_in(year, month)?).contains(&day)).then_some((year, month, day))
}

/// Returns how many days a month has, if there is that month.
fn days_in(year: u16, month: u8) -> Option<u8> {
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    Some(match month {
        2 => 28 + u8::from(is_leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn dates_are_days_of_the_calendar() {
        assert_eq!(date("2026-01-05"), Ok((2026, 1, 5)));
        assert_eq!(date("2024-02-29"), Ok((2024, 2, 29)));
        for text in
            ["2026-02-29", "2100-02-29", "2026-13-01", "2026-00-10", "0000-01-01", "2026-1-5", "05-01-2026"]
        {
            assert!(date(text).is_err(), "{text}");
        }
        let hints = |text: &str| date(text).map_err(|fault| fault.hints.len());
        assert_eq!(hints("2026年1月5日"), Err(1));
        assert_eq!(hints("2026/1/5"), Err(1));
        assert_eq!(hints("明年"), Err(0));
        let hint = |text: &str| date(text).map_err(|fault| fault.hints.first().map(|hint| hint.zh.clone()));
        let said = |words: &str| Err(Some(words.to_owned()));
        assert_eq!(hint("2026-02-30"), said("没有这一天：2026年2月只有28天，没有30日"));
        assert_eq!(hint("2026年4月31日"), said("没有这一天：2026年4月只有30天，没有31日"));
        assert_eq!(hint("2026-13-01"), said("没有13月"));
        assert_eq!(hint("2026-04-00"), said("没有这一天：2026年4月只有30天，没有0日"));
    }

    #[test]
    fn dates_of_spreadsheets_are_told() {
        let meant = |text: &str| meant_date(text).map(|hint| hint.en);
        for (text, date) in [
            ("46027", "2026-01-05"),
            ("46027.0", "2026-01-05"),
            ("45351", "2024-02-29"),
            ("45352", "2024-03-01"),
            ("18264", "1950-01-01"),
            ("73050", "2099-12-31"),
        ] {
            let wanted =
                format!("it looks like the number by which spreadsheets keep a date; write: `\"{date}\"`");
            assert_eq!(meant(text), Some(wanted));
        }
        for text in [
            "20260105",
            "2026-01-05 00:00:00",
            "2026/1/5 0:00",
            "2026年1月5日",
            "二〇二六年一月五日",
            "二零二六年一月五号",
        ] {
            assert_eq!(meant(text).as_deref(), Some("write: `\"2026-01-05\"`"), "{text}");
        }
        for text in
            ["18263", "73051", "99999", "20261305", "202601", "约46027", "2026-02-30", "二〇二六年二月三十日"]
        {
            assert_eq!(meant(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(typed in any::<String>()) {
            drop(date(&typed));
        }

        #[test]
        fn nothing_like_a_date_makes_it_panic(typed in "[0-9０-９/年月日 x×-]{0,14}") {
            drop(date(&typed));
        }
    }
}

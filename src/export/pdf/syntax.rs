//! Writes numbers, names and strings as PDF has them (ISO 32000-1, 7.3).

/// Rounds a place to what is far below any device's reach and still short to write.
pub(super) fn place(points: f64) -> f32 {
    // The sum turns -0 into 0.
    ((points * 1e4).round() / 1e4 + 0.0) as f32
}

/// Returns a length in ten thousandths of a point, the nearest.
pub(super) fn ten_thousandths(points: f64) -> i64 {
    // What is cut off is what `round` cuts off, which is a call of a function where processors are taken as they were.
    (points * 1e4 + 0.5_f64.copysign(points)) as i64
}

/// Returns ten thousandths of a point in points.
pub(super) fn points(ten_thousandths: i64) -> f64 {
    ten_thousandths as f64 / 1e4
}

/// Writes a byte of a string between parentheses (ISO 32000-1, 7.3.4.2).
pub(super) fn escaped(bytes: &mut Vec<u8>, byte: u8) {
    match byte {
        b'(' | b')' | b'\\' => bytes.extend([b'\\', byte]),
        // A return alone would be read as the end of a line.
        b'\r' => bytes.extend(b"\\r"),
        _ => bytes.push(byte),
    }
}

/// Writes a number that is given in units of its last decimal, of at most nineteen, without zeros at its end.
pub(super) fn number(bytes: &mut Vec<u8>, units: i64, mut decimals: u32) {
    // From the last digit to the first: a sign, a point, and the twenty digits of the largest number.
    let mut written = [0; 22];
    let mut start = written.len();
    let mut put = |byte| {
        start -= 1;
        written[start] = byte;
    };
    let mut rest = units.unsigned_abs();
    while decimals > 0 && rest.is_multiple_of(10) {
        rest /= 10;
        decimals -= 1;
    }
    let has_part = decimals > 0;
    while decimals > 0 {
        put(b'0' + (rest % 10) as u8);
        rest /= 10;
        decimals -= 1;
    }
    if has_part {
        put(b'.');
    }
    loop {
        put(b'0' + (rest % 10) as u8);
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    if units < 0 {
        put(b'-');
    }
    bytes.extend_from_slice(&written[start..]);
}

/// Writes a whole number.
pub(super) fn integer(bytes: &mut Vec<u8>, whole: i64) {
    number(bytes, whole, 0);
}

/// Writes a name; what is not a letter, a digit or a harmless mark by its number (7.3.5).
pub(super) fn name(bytes: &mut Vec<u8>, characters: &[u8]) {
    bytes.push(b'/');
    for byte in characters {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'_' | b'.' | b':') {
            bytes.push(*byte);
        } else {
            bytes.push(b'#');
            hexadecimal(bytes, *byte);
        }
    }
}

/// Writes a string between parentheses (7.3.4.2).
pub(super) fn literal(bytes: &mut Vec<u8>, characters: &[u8]) {
    bytes.push(b'(');
    for byte in characters {
        escaped(bytes, *byte);
    }
    bytes.push(b')');
}

/// Writes a byte as two digits.
pub(super) fn hexadecimal(bytes: &mut Vec<u8>, byte: u8) {
    let digit = |nibble: u8| b"0123456789ABCDEF"[usize::from(nibble)];
    bytes.extend([digit(byte >> 4), digit(byte & 15)]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_as_short_as_can_be() {
        let numbers = [
            (0, 4, "0"),
            (1, 4, "0.0001"),
            (-273, 2, "-2.73"),
            (-70, 2, "-0.7"),
            (7_176_479, 4, "717.6479"),
            (220_000, 4, "22"),
            (1_000_500, 4, "100.05"),
            (i64::MIN, 0, "-9223372036854775808"),
            (i64::MIN, 19, "-0.9223372036854775808"),
        ];
        for (units, decimals, wanted) in numbers {
            let mut bytes = Vec::new();
            number(&mut bytes, units, decimals);
            assert_eq!(String::from_utf8(bytes).unwrap(), wanted);
        }
    }
}

//! File names as bytes: kept exactly on Unix, shown as text everywhere.

use std::ffi::{OsStr, OsString};

/// The bytes of a name as the index keeps them.
pub fn to_bytes(name: &OsStr) -> Vec<u8> {
    name.as_encoded_bytes().to_vec()
}

/// The name that [`to_bytes`] was given.
#[cfg(unix)]
pub fn from_bytes(bytes: &[u8]) -> OsString {
    use std::os::unix::ffi::OsStrExt;
    OsStr::from_bytes(bytes).to_owned()
}

/// The name that [`to_bytes`] was given; unpaired surrogates are replaced.
#[cfg(not(unix))]
pub fn from_bytes(bytes: &[u8]) -> OsString {
    OsString::from(String::from_utf8_lossy(bytes).into_owned())
}

/// Text for people: invalid bytes appear as `\xNN`.
pub fn shown(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        for byte in chunk.invalid() {
            text.push_str(&format!("\\x{byte:02x}"));
        }
    }
    text
}

/// Percent-encode for a query value; bytes need not be UTF-8.
pub fn percent_encoded(bytes: &[u8], out: &mut Vec<u8>) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    for &byte in bytes {
        if byte.is_ascii_alphanumeric() || b"-_.~/".contains(&byte) {
            out.push(byte);
        } else {
            out.extend([b'%', HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]]);
        }
    }
}

/// Compare names as people do: case-insensitive, digits by value, bytes last.
pub fn natural_cmp(left: &[u8], right: &[u8]) -> std::cmp::Ordering {
    let (mut a, mut b) = (left, right);
    loop {
        let common = a
            .iter()
            .zip(b)
            .take_while(|(x, y)| x.eq_ignore_ascii_case(y) && !x.is_ascii_digit())
            .count();
        (a, b) = (&a[common..], &b[common..]);
        let (Some(x), Some(y)) = (a.first(), b.first()) else {
            return a.len().cmp(&b.len()).then_with(|| left.cmp(right));
        };
        if !(x.is_ascii_digit() && y.is_ascii_digit()) {
            return x.to_ascii_lowercase().cmp(&y.to_ascii_lowercase());
        }
        let (number_a, rest_a) = split_number(a);
        let (number_b, rest_b) = split_number(b);
        let by_value = number_a.len().cmp(&number_b.len()).then_with(|| number_a.cmp(number_b));
        if by_value.is_ne() {
            return by_value;
        }
        (a, b) = (rest_a, rest_b);
    }
}

/// The leading digits without their zeros, and what follows.
fn split_number(text: &[u8]) -> (&[u8], &[u8]) {
    let end = text.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    let zeros = digits.iter().take_while(|byte| **byte == b'0').count();
    (&digits[zeros..], rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cmp::Ordering::{Equal, Greater, Less};

    #[test]
    fn names_sort_as_people_expect() {
        for (a, b, expected) in [
            ("img_2.png", "img_10.png", Less),
            ("img_010.png", "img_9.png", Greater),
            ("B.png", "a.png", Greater),
            ("a.png", "a.png", Equal),
            ("a", "a1", Less),
            ("007", "7", Less),
        ] {
            assert_eq!(natural_cmp(a.as_bytes(), b.as_bytes()), expected, "{a} {b}");
        }
    }

    #[test]
    fn invalid_utf8_is_shown_escaped_and_encoded_exactly() {
        assert_eq!(shown(b"a\xff.png"), "a\\xff.png");
        let mut out = Vec::new();
        percent_encoded(b"a \xff&b.png", &mut out);
        assert_eq!(out, b"a%20%FF%26b.png");
    }
}

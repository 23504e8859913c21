//! JSON as Python writes it: `NaN` and infinities become `null`.

use std::borrow::Cow;

use serde_json::Value;

const WORDS: [&[u8]; 3] = [b"-Infinity", b"Infinity", b"NaN"];

/// The text with every bare `NaN`, `Infinity`, `-Infinity` made `null`, and
/// without a byte order mark.
pub fn tolerant(text: &str) -> Cow<'_, str> {
    let text = text.trim_start_matches('\u{feff}');
    if !text.contains("NaN") && !text.contains("Infinity") {
        return Cow::Borrowed(text);
    }
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let (mut at, mut inside) = (0, false);
    while at < bytes.len() {
        let word = WORDS.iter().find(|word| !inside && bytes[at..].starts_with(word));
        if let Some(word) = word {
            out.extend(b"null");
            at += word.len();
            continue;
        }
        let step = if inside && bytes[at] == b'\\' && at + 1 < bytes.len() { 2 } else { 1 };
        inside ^= step == 1 && bytes[at] == b'"';
        out.extend(&bytes[at..at + step]);
        at += step;
    }
    Cow::Owned(String::from_utf8_lossy(&out).into_owned())
}

/// Parse what [`tolerant`] makes of the text; nesting beyond 128 is refused.
pub fn parse(text: &str) -> Option<Value> {
    serde_json::from_str(&tolerant(text)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn m_01_nan_becomes_null_outside_strings_only() {
        let text = r#"{"is_changed": NaN, "a": [-Infinity, Infinity], "t": "NaN \" Infinity é"}"#;
        let expected = r#"{"is_changed": null, "a": [null, null], "t": "NaN \" Infinity é"}"#;
        assert_eq!(tolerant(text), expected);
    }

    #[test]
    fn m_04_large_seeds_keep_every_digit() {
        let value = parse(r#"{"seed": 18446744073709551615}"#).unwrap();
        assert_eq!(value["seed"].to_string(), "18446744073709551615");
    }

    #[test]
    fn m_05_deep_nesting_is_refused_not_followed() {
        assert!(parse(&"[".repeat(100_000)).is_none());
        assert!(parse(&("[".repeat(2000) + &"]".repeat(2000))).is_none());
    }

    #[test]
    fn a_byte_order_mark_is_passed_over() {
        assert!(parse("\u{feff}{}").is_some());
    }
}

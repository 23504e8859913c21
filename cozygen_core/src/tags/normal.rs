//! The normal form: what makes two spellings of a tag the same.
//!
//! NFKC, lower case, a space is an underscore, hiragana is katakana, traditional
//! Chinese is simplified, `\(` and `\)` lose their backslash. Emoticons are made
//! of characters that none of this touches.

use std::borrow::Cow;
use std::sync::LazyLock;

use hashbrown::HashMap;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

use super::fold_table::{SIMPLIFIED, TRADITIONAL};

/// No tag is longer than this, so no longer query can find one (bytes).
pub const MAX_TAG_BYTES: usize = 256;

static SIMPLIFY: LazyLock<HashMap<char, char>> =
    LazyLock::new(|| TRADITIONAL.chars().zip(SIMPLIFIED.chars()).collect());

/// Write the normal form of `text` into `out` (cleared first).
pub fn normal_into(text: &str, out: &mut String) {
    out.clear();
    if text.bytes().all(is_plain) {
        out.push_str(text);
    } else if text.is_ascii() {
        push_ascii(text.trim(), out);
    } else {
        let folded: String = nfkc(text).chars().flat_map(char::to_lowercase).map(fold).collect();
        push_unicode(nfkc(&folded).trim(), out);
    }
}

/// Is the byte, wherever it stands, its own normal form?
fn is_plain(byte: u8) -> bool {
    matches!(byte, b'!'..=b'~') && !byte.is_ascii_uppercase() && byte != b'\\'
}

/// NFKC; most text is in it already, which is quick to see.
fn nfkc(text: &str) -> Cow<'_, str> {
    match is_nfkc_quick(text.chars()) {
        IsNormalized::Yes => Cow::Borrowed(text),
        _ => Cow::Owned(text.nfkc().collect()),
    }
}

/// The normal form of `text`.
///
/// ```
/// use cozygen_core::tags::normal;
/// assert_eq!(normal("Saber \\(Fate\\)"), "saber_(fate)");
/// assert_eq!(normal("ひらがな"), normal("ヒラガナ"));
/// ```
pub fn normal(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    normal_into(text, &mut out);
    out
}

fn push_ascii(text: &str, out: &mut String) {
    let bytes = text.as_bytes();
    for (i, &byte) in bytes.iter().enumerate() {
        match byte {
            b' ' | b'\t' | b'\n' | b'\r' if !out.ends_with('_') || bytes[i - 1] == b'_' => {
                out.push('_');
            }
            b'\\' if matches!(bytes.get(i + 1), Some(b'(' | b')')) => {}
            b' ' | 0..=31 | 127 => {}
            _ => out.push(byte.to_ascii_lowercase() as char),
        }
    }
}

fn push_unicode(text: &str, out: &mut String) {
    let mut before = '\0';
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c.is_whitespace() {
            if !out.ends_with('_') || before == '_' {
                out.push('_');
            }
        } else if !(c.is_control() || c == '\\' && matches!(chars.peek(), Some('(' | ')'))) {
            out.push(c);
        }
        before = c;
    }
}

fn fold(c: char) -> char {
    match c {
        'ぁ'..='ゖ' | 'ゝ' | 'ゞ' => char::from_u32(c as u32 + 0x60).unwrap_or(c),
        c if c > '\u{2fff}' => SIMPLIFY.get(&c).copied().unwrap_or(c),
        c => c,
    }
}

/// Letters and digits; every byte outside ASCII counts as a letter.
#[inline]
pub fn is_word_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte >= 0x80
}

/// Does a word of `text` begin at `at`?
#[inline]
pub fn starts_word(text: &[u8], at: usize) -> bool {
    is_word_byte(text[at]) && (at == 0 || !is_word_byte(text[at - 1]))
}

/// The words of a tag in normal form: `saber_(fate)` has `saber` and `fate`.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c.is_ascii() && !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty())
}

/// What someone typed, cut where a word may begin: `_` and `-` separate.
///
/// A query of separators only is one token, so that `-_-` is found.
pub fn tokens(query: &str) -> Vec<&str> {
    let mut found: Vec<&str> = Vec::new();
    for token in query.split(['_', '-']).filter(|t| !t.is_empty()) {
        if !found.contains(&token) {
            found.push(token);
        }
    }
    if found.is_empty() && !query.is_empty() {
        found.push(query);
    }
    found
}

/// Take off what prompt syntax puts around a tag: `((smile))`, `(blue eyes:1.2)`, `[x]`, commas.
///
/// The result may be the name of another tag, so it is asked for only when the
/// text as typed finds nothing.
pub fn without_syntax(text: &str) -> &str {
    let mut rest = text.trim();
    loop {
        let shorter = strip_layer(rest);
        if shorter == rest {
            return rest;
        }
        rest = shorter;
    }
}

fn strip_layer(text: &str) -> &str {
    let text = text.trim_matches(|c: char| c.is_whitespace() || c == ',' || c == '"');
    let opened = text.starts_with(['(', '[', '{']);
    let closed = text.ends_with([')', ']', '}']) && !text.ends_with("\\)");
    let bare = match (opened, closed) {
        (true, true) => &text[1..text.len().max(2) - 1],
        (true, false) if !text.contains([')', ']', '}']) => &text[1..],
        (false, true) if !text.contains(['(', '[', '{']) => &text[..text.len() - 1],
        _ => text,
    };
    without_weight(bare)
}

fn without_weight(text: &str) -> &str {
    match text.rsplit_once(':') {
        Some((tag, weight)) if !tag.is_empty() && weight.trim().parse::<f32>().is_ok() => tag,
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_tag_meet() {
        for (typed, want) in [
            ("Blue Eyes", "blue_eyes"),
            ("  blue_eyes\t", "blue_eyes"),
            ("blue   eyes", "blue_eyes"),
            ("saber \\(fate\\)", "saber_(fate)"),
            (":d", ":d"),
            (">_<", ">_<"),
            ("^ ^", "^_^"),
            ("\\m/", "\\m/"),
            ("._.", "._."),
            ("ＦＵＬＬ　width", "full_width"),
            ("はつね", "ハツネ"),
            ("ﾊﾂﾈ", "ハツネ"),
            ("東方", "东方"),
            ("長髮", "长发"),
            ("a\u{0}b\u{7}c", "abc"),
            ("", ""),
            ("   ", ""),
            ("__init__", "__init__"),
        ] {
            assert_eq!(normal(typed), want, "{typed:?}");
        }
    }

    #[test]
    fn the_normal_form_is_stable() {
        for text in ["ǅ Straße İ", "ガ か\u{3099}", "ﬀ ㎏", "x\u{00a8}y", "a _ b"] {
            assert_eq!(normal(&normal(text)), normal(text), "{text:?}");
        }
    }

    #[test]
    fn tokens_are_cut_at_separators_and_said_once() {
        assert_eq!(tokens("looking_at_v"), ["looking", "at", "v"]);
        assert_eq!(tokens("ganyu_(genshin"), ["ganyu", "(genshin"]);
        assert_eq!(tokens("a_a-a"), ["a"]);
        assert_eq!(tokens("-_-"), ["-_-"]);
        assert!(tokens("").is_empty());
    }

    #[test]
    fn prompt_syntax_comes_off() {
        for (typed, want) in [
            ("(blue eyes:1.2)", "blue eyes"),
            ("((smile))", "smile"),
            ("[x]", "x"),
            ("((smile", "smile"),
            ("smile:1.1)", "smile"),
            ("saber (fate)", "saber (fate)"),
            ("\"quoted", "quoted"),
            ("()", ""),
            ("(", ""),
            ("a:b", "a:b"),
        ] {
            assert_eq!(without_syntax(typed), want, "{typed:?}");
        }
    }
}

//! One line of comma-separated values.
//!
//! Lists are read line by line: a quote that is never closed costs its own row
//! and not the rest of the file, which is what a general CSV reader would take.

use std::borrow::Cow;

/// Cut `line` into its fields; `None` if a quote is never closed.
pub fn split(line: &str) -> Option<Vec<Cow<'_, str>>> {
    let mut fields = Vec::with_capacity(4);
    let mut rest = line;
    loop {
        let (field, tail) = field(rest)?;
        fields.push(field);
        match tail.strip_prefix(',') {
            Some(next) => rest = next,
            None => return Some(fields),
        }
    }
}

fn field(text: &str) -> Option<(Cow<'_, str>, &str)> {
    if let Some(quoted) = text.strip_prefix('"') {
        return quoted_field(quoted);
    }
    let end = memchr::memchr(b',', text.as_bytes()).unwrap_or(text.len());
    Some((Cow::Borrowed(text[..end].trim()), &text[end..]))
}

fn quoted_field(text: &str) -> Option<(Cow<'_, str>, &str)> {
    let mut from = 0;
    loop {
        let end = from + memchr::memchr(b'"', &text.as_bytes()[from..])?;
        if text[end + 1..].starts_with('"') {
            from = end + 2;
            continue;
        }
        let tail = &text[end + 1..];
        let next = memchr::memchr(b',', tail.as_bytes()).unwrap_or(tail.len());
        let value = if from == 0 {
            Cow::Borrowed(&text[..end])
        } else {
            Cow::Owned(text[..end].replace("\"\"", "\""))
        };
        return tail[..next].trim().is_empty().then_some((value, &tail[next..]));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(line: &str) -> Option<Vec<String>> {
        split(line).map(|f| f.into_iter().map(Cow::into_owned).collect())
    }

    #[test]
    fn rows_are_cut_as_rfc_4180_says() {
        for (line, want) in [
            ("a,0,12,\"b,c\"", vec!["a", "0", "12", "b,c"]),
            ("a,,", vec!["a", "", ""]),
            ("\"don't_say_\"\"lazy\"\"\",4,9", vec!["don't_say_\"lazy\"", "4", "9"]),
            ("a", vec!["a"]),
            ("", vec![""]),
            ("a, 0 ,1", vec!["a", "0", "1"]),
            ("x,0,1,\"\"", vec!["x", "0", "1", ""]),
        ] {
            assert_eq!(
                fields(line),
                Some(want.iter().map(ToString::to_string).collect()),
                "{line}"
            );
        }
    }

    #[test]
    fn an_open_quote_is_a_broken_row() {
        assert_eq!(fields("a,0,1,\"b,c"), None);
        assert_eq!(fields("\"a\"x,1"), None);
    }
}

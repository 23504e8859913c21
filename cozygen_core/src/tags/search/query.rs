//! What kind of query the text is, and its words.

use super::super::normal::tokens;

/// The kinds of query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form<'q> {
    /// Letters to be found.
    Plain,
    /// `*` stands for anything.
    Wildcard,
    /// `/abbr`: initials.
    Abbreviation(&'q str),
    /// `@name`, `artist:name`, `by name`.
    Artist(&'q str),
}

/// A query in normal form.
#[derive(Debug, Clone)]
pub struct Query<'q> {
    pub text: &'q str,
    pub tokens: Vec<&'q [u8]>,
    pub form: Form<'q>,
}

impl<'q> Query<'q> {
    /// Read `text`, which is in normal form and not empty.
    pub fn new(text: &'q str) -> Self {
        let tokens = tokens(text).into_iter().map(str::as_bytes).collect();
        Self { text, tokens, form: form(text) }
    }

    /// The bytes of the query.
    pub fn bytes(&self) -> &'q [u8] {
        self.text.as_bytes()
    }

    /// The text behind `@`, `artist:`, `by ` or `/`.
    pub fn without_prefix(&self) -> &'q str {
        match self.form {
            Form::Artist(rest) | Form::Abbreviation(rest) => rest,
            _ => self.text,
        }
    }
}

fn form(text: &str) -> Form<'_> {
    if text.contains('*') && text.chars().any(char::is_alphanumeric) {
        return Form::Wildcard;
    }
    if let Some(letters) = text.strip_prefix('/')
        && letters.len() >= 2
        && letters.bytes().all(|b| b.is_ascii_alphanumeric())
    {
        return Form::Abbreviation(letters);
    }
    let rest = ["@", "artist:", "by_"].iter().find_map(|sign| text.strip_prefix(sign));
    match rest.map(|rest| rest.trim_start_matches('_')) {
        Some(rest) if rest.chars().any(char::is_alphanumeric) => Form::Artist(rest),
        _ => Form::Plain,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_told_apart() {
        for (text, want) in [
            ("long_hair", Form::Plain),
            ("*_hair", Form::Wildcard),
            ("*_*", Form::Plain),
            ("/evth", Form::Abbreviation("evth")),
            ("/", Form::Plain),
            ("/m/", Form::Plain),
            ("@wlop", Form::Artist("wlop")),
            ("@_@", Form::Plain),
            ("artist:wlop", Form::Artist("wlop")),
            ("by_wlop", Form::Artist("wlop")),
            ("by", Form::Plain),
            ("artist:", Form::Plain),
        ] {
            assert_eq!(form(text), want, "{text}");
        }
    }
}
